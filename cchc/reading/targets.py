"""Which paragraphs set goals, and which goals of theirs become targets?

All of a part that sets goals is read; in measures, duties and running text only what a sentence says is to be reached.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cchc.model import Target, Task
from cchc.reading import figures
from cchc.reading.asked import beside, completes
from cchc.reading.blocks import Block, Goal, Part, Table
from cchc.reading.hindsight import forward_sentences
from cchc.reading.info import Info
from cchc.reading.items import Ids, plain, target_item
from cchc.reading.levels import read_levels
from cchc.reference import load

_NO_GOALS = frozenset((Part.PURPOSE, Part.RESULTS, Part.FUNDING, Part.CLOSING, Part.FURNITURE))
_SETS_GOALS = frozenset((Part.GOALS, Part.HEAD, Part.OTHER))
R_HEADLINE = "Tiêu đề của bài nhắc trước chỉ tiêu nêu trong bài"
# A line without a full stop that is no list item: the headline of an article.
_HEADLINE = re.compile(r"[^-+•\d][^\n]{20,220}[^.;:!?/]")
_SET = re.compile(r"(?<!\w)(?:phấn đấu|đạt|bảo đảm|đảm bảo|mục tiêu|chỉ tiêu)(?!\w)")
_AT_LEAST = re.compile(r"(?:tối\s+thiểu|ít\s+nhất|từ|trên)\s+\Z")
_BOUND = re.compile(
    r"(?:(?<!\w)(?:dưới|tối\s+đa|không\s+(?:được\s+)?(?:dưới|quá|vượt\s+quá|thấp\s+hơn|cao\s+hơn|ít\s+hơn))\s+|[<>≤≥]\s*=?\s*)\Z"
)
# «từ 01/10/2025, 90% văn bản ...», «Đến hết quý II năm 2025, 80% ...»: nothing but when stands before the figure.
_WHEN = re.compile(
    r"(?:[\s,:;/.\d()-]|(?<!\w)(?:từ|kể\s+từ|đến|trong|hết|trước|vào|cuối|đầu|ngày|tháng|quý|năm|giai\s+đoạn|[ivx]{1,3}"
    r"|và|với|đạt|có|theo\s+đó)(?!\w)){0,40}\Z"
)
# «Không để tỷ lệ hồ sơ quá hạn vượt quá 2%», «không có xã nào trên 3%»
_NOT_ABOVE = re.compile(r"(?<!\w)không\s+(?:để|có|còn)(?!\w)[^;.]{0,80}?\s(?:vượt\s+quá|vượt|quá|trên)\s+\Z")
_NOUGHT = re.compile(r"(?<!\w)không\s+(?:để|có|còn|phát\s+sinh|nợ|xảy\s+ra)(?!\w)[^;.,()]{0,70}\(\s*\Z")
_REDUCES = re.compile(r"(?<!\w)(?:giảm|giảm\s+thêm|cắt\s+giảm|tinh\s+giản|tiết\s+kiệm|tăng\s+thêm|thêm)\s+\Z")
_BUYS = re.compile(r"(?<!\w)(?:mua|mua\s+sắm|sắm|trang\s+bị|lắp\s+đặt|cấp|thuê)(?:\s+(?:mới|bổ\s+sung))?\s+thêm\s+\Z")
_RAISES = re.compile(r"(?<!\w)(?:đưa|nâng|giữ|duy\s+trì|cải\s+thiện|vươn|tăng|nằm|thuộc|để)(?!\w)")
_TO = re.compile(r"(?<!trở )(?<!\w)(?:lên|xuống|còn)(?:\s+(?:còn|trên|dưới|tối\s+thiểu|ít\s+nhất|mức)){0,2}\s+\Z")
_ORDERS = re.compile(r"(?<!\w)(?:giao|chủ\s+trì|phối\s+hợp|tham\s+mưu)(?!\w)")
_STRIVE = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu)(?!\w)")
_OPENS_AIM = re.compile(r"(?:bảo đảm|đảm bảo|phấn đấu)(?!\w)")
_LONGEST = 3000  # characters; paragraphs of real plans stay far below
_BASIS = re.compile(r"(?:căn cứ|thực hiện)(?!\w)")
# "(Không tính hồ sơ ... bí mật nhà nước)" on a line of its own is said of the goals above.
_ASIDE_LINE = re.compile(
    r"\(\s*(?:(?P<except>(?:ngoại\s+trừ|loại\s+trừ|trừ|không\s+bao\s+gồm|không\s+kể|không\s+tính|không\s+áp\s+dụng)\s"
    r"[^()%]{2,400})|[^()%]{2,400})\)\s*[.;]?\s*"
)
# "Các chỉ tiêu khác thực hiện theo Phụ lục I ..." points to where goals are told.
_POINTS = re.compile(
    r"\W*(?:các\s+)?(?:chỉ\s+tiêu|mục\s+tiêu|nội\s+dung|nhiệm\s+vụ)[^.;%]{0,80}(?:theo|tại|ở)\s+(?:các\s+)?(?:phụ\s+lục|biểu)"
)
# "Đơn vị theo dõi: Phòng Nội vụ", "Nguồn số liệu: ..." tell of the goal above.
_PROPERTY = re.compile(
    r"(?:(?:đơn\s+vị|cơ\s+quan|phòng|bộ\s+phận)\s[^:.;%]{0,30}?(?:theo\s+dõi|chủ\s+trì|phối\s+hợp|phụ\s+trách|thực\s+hiện|tính)"
    r"|(?:nguồn|cách\s+tính|phương\s+pháp|tần\s+suất|ghi\s+chú|công\s+thức|tài\s+liệu\s+kiểm\s+chứng)(?:\s[^:.;%]{0,30})?)\s*:"
)


_NOTES = re.compile(r"\W*(?:ghi\s+chú|chú\s+thích|lưu\s+ý)\W*$")
_TAKES_AWAY = re.compile(r"^\W*(?:bãi\s+bỏ|hủy\s+bỏ|bỏ)(?!\w)[^.;]{0,120}(?:sau|dưới\s+đây)[^.;]{0,20}$")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoalsRead:
    """The targets of the paragraphs, the places of the figures they were read from, and why others are none."""

    targets: list[Target]
    figures: list[Span]
    reasons: dict[Span, str]


def read_targets(
    text: str,
    match: str,
    blocks: Sequence[Block],
    info: Info,
    ids: Ids,
    loose: Sequence[Task],
    tables: Sequence[Table] = (),
) -> GoalsRead:
    """The goals of the parts that set goals and, where their grammar is plain, of measures, duties and running text;
    what is part of a task in `loose` is none, nor is the title above one of the `tables`."""
    titles = _titles(match, blocks, tables)
    out: list[Target] = []
    read: list[Span] = []
    headline: list[tuple[int, Goal]] = []
    lead_in, level, looking_back = "", None, False
    last: tuple[str, int] = ("", 0)  # marker and first goal of the list that goes on above
    for block in blocks:
        if block.heading:
            lead_in = text[block.body : block.end]
            level = read_levels(match, block.body, block.end, strict=True).one if block.part is Part.GOALS else None
        if (block.part in _NO_GOALS and not _purpose_strives(match, block)) or block.start in titles:
            continue
        task = _inside(block, loose)
        # «Giao Phòng A chủ trì cắt giảm tối thiểu 25% ...» orders work; a task under labels is read like a measure.
        ordered = task and bool(_ORDERS.search(match, block.body, block.end))
        if block.heading:  # «..., phấn đấu tỷ lệ hồ sơ trực tuyến đạt 60%, đồng thời thực hiện các nội dung sau:»
            spans = _ahead(match, block, info, False)[0] if figures.aims(match, block.body, block.end) else []
        elif _is_basis(match, block):
            continue
        elif block.part is Part.HEAD:
            spans, looking_back = _ahead(match, block, info, looking_back)
        else:
            spans = _portions(match, block.body, block.end)
        noted = bool(_NOTES.match(lead_in))
        if lead_in and _TAKES_AWAY.search(lead_in):
            spans = []  # «Bãi bỏ các nội dung sau:»
        if block.part is Part.GOALS and (
            _POINTS.match(match, block.body, block.end) or _PROPERTY.match(match, block.body, block.end)
        ):
            spans = []
        aside_line = _ASIDE_LINE.fullmatch(match, block.body, block.end)
        if aside_line and block.part in _SETS_GOALS:
            if aside_line["except"]:
                _except(out, last, plain(text, *aside_line.span("except")))
            spans = []
        sets = block.part in _SETS_GOALS and not block.heading and not task
        goals = [
            goal
            for start, end in spans
            for goal in figures.read_goals(
                text,
                match,
                start,
                end,
                plan_year=info.year,
                in_goals=block.part is Part.GOALS and sets and not noted,
                heading_level=level,
                lead_in=lead_in,
                aimed=block.part is Part.HEAD,  # what is left of an article once its looks back are set aside
            )
        ]
        if not sets:
            goals = _asked(match, goals, block, _strives if ordered else _is_set)
        if goals:
            last = _above(last, len(out), block)
        if block.part is Part.HEAD and _HEADLINE.fullmatch(match, block.body, block.end):
            headline += [(len(out) + k, goal) for k, goal in enumerate(goals)]
        out += [target_item(text, match, goal, block, info, ids) for goal in goals]
        read += [(goal.figure_start, goal.figure_end) for goal in goals if goal.figure_end > 0]
    return _told_once(out, read, headline)


def _purpose_strives(match: str, block: Block) -> bool:
    """«1. Yêu cầu chung: ... phấn đấu 97% hồ sơ đúng hạn»: a purpose may set a goal, in so many words."""
    return block.part is Part.PURPOSE and bool(_STRIVES_FOR.search(match, block.body, block.end))


_STRIVES_FOR = re.compile(r"(?<!\w)phấn\s+đấu(?!\w)[^.]{0,200}?\d")


def _titles(match: str, blocks: Sequence[Block], tables: Sequence[Table]) -> set[int]:
    """Where the titles of tables begin: «Bảng 1. Chỉ tiêu theo lĩnh vực», a bare line above the first row."""
    starts = [b.start for b in blocks]
    found = set()
    for table in tables:
        k = bisect_left(starts, table.start) - 1
        if k >= 0 and table.title and not blocks[k].marker and _TITLE.fullmatch(match, blocks[k].body, blocks[k].end):
            found.add(starts[k])
    return found


_TITLE = re.compile(r"(?:bảng|biểu|(?:các |hệ thống )?chỉ tiêu|mục tiêu|danh mục)(?!\w)[^%;\n]{0,180}[^%;:.\n]")


def _told_once(out: list[Target], read: list[Span], headline: list[tuple[int, Goal]]) -> GoalsRead:
    """The goals without those of an article's headline that the article tells again."""
    again = {
        k: (goal.figure_start, goal.figure_end)
        for k, goal in headline
        if goal.value is not None
        and any((t.kind, t.value, t.unit) == (goal.kind, goal.value, goal.unit) for t in out[k + 1 :])
    }
    kept = [target for k, target in enumerate(out) if k not in again]
    spans = set(again.values())
    return GoalsRead(kept, [span for span in read if span not in spans], dict.fromkeys(spans, R_HEADLINE))


def _is_basis(match: str, block: Block) -> bool:
    """«Căn cứ Nghị quyết ...;», «Thực hiện Kế hoạch số ...»: on what the document rests, without a goal of its own."""
    return (
        block.part is Part.HEAD
        and bool(_BASIS.match(match, block.body))
        and not figures.aims(match, block.body, block.end)
    )


def _ahead(match: str, block: Block, info: Info, looking_back: bool) -> tuple[list[Span], bool]:
    """The sentences of running text that look ahead, and whether the text still looks back at its end."""
    spans, looking_back = forward_sentences(match, block.body, block.end, info.year, looking_back, info.issued_on)
    return [piece for span in spans for piece in _portions(match, *span)], looking_back


def _above(last: tuple[str, int], count: int, block: Block) -> tuple[str, int]:
    """Where the present list of deeper bullets began among the goals; other paragraphs stand alone."""
    return last if block.marker in ("+", "o", "○", "◦") and last[0] == block.marker else (block.marker, count)


def _except(out: list[Target], last: tuple[str, int], words: str) -> None:
    """Gives the goals of the list above an exception that stands on a line of its own, where they have none."""
    for k in range(last[1], len(out)):
        if out[k].except_ is None:
            out[k] = out[k].model_copy(update={"except_": words})


def _portions(match: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span, cut after a sentence where it is longer than any paragraph of a plan (time stays in proportion)."""
    out: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        cut = max(match.rfind(c, start + _LONGEST // 2, start + _LONGEST) for c in (". ", "; "))
        cut = cut + 1 if cut > 0 else start + _LONGEST
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def _asked(
    match: str, goals: Sequence[Goal], block: Block, asked: Callable[[str, Goal, Block], bool]
) -> list[Goal]:
    """The goals that the sentence says are to be reached, with the figures that go on from such a one («lên 50% ở cấp
    tỉnh, 30% ở cấp huyện và 15% ở cấp xã»)."""
    kept: list[Goal] = []
    for goal, before in zip(goals, (None, *goals), strict=False):
        last = kept[-1] if kept else None
        if before is not None and before is not last and _listed(match, before, goal):
            continue  # «Mua thêm 03 máy tính, 01 máy quét»
        shares = last is not None and (last.start, last.end, last.unit) == (goal.start, goal.end, goal.unit)
        if asked(match, goal, block) or (shares and last is not None and last.figure_start < goal.figure_start):
            kept.append(goal)
    return kept


def _listed(match: str, before: Goal, goal: Goal) -> bool:
    """Are two counts members of one list?"""
    between = match[before.figure_end : goal.figure_start]
    counts = before.kind == goal.kind == "count" and 0 <= before.figure_end <= goal.figure_start
    return counts and between.rstrip().endswith(",") and not re.search(r"[;:]|\.\s", between)


def _is_set(match: str, goal: Goal, block: Block) -> bool:
    """In measures and duties a figure is a goal where the sentence says that it is to be reached."""
    if goal.figure_start < 0 or goal.unit == "lần":
        return False
    near = match[max(block.body, goal.figure_start - 40) : goal.figure_start]
    if goal.unit == "%" and (
        goal.figure_start - goal.start < 12
        or _AT_LEAST.search(near)
        or _BOUND.search(near)
        or _WHEN.match(match[max(goal.start, goal.figure_start - 60) : goal.figure_start])
        or beside(match[goal.start : goal.figure_start])
    ):
        return True
    far = match[max(block.body, goal.figure_start - 100) : goal.figure_start]
    if (goal.unit == "%" and completes(far, goal.value)) or _TO.search(near) or _NOT_ABOVE.search(far):
        return True
    if goal.value == 0 and _NOUGHT.search(far):
        return True  # «không còn (0 hồ sơ) hồ sơ quá hạn»
    if goal.kind == "count" and goal.figure_start - goal.start < 6:
        return True  # «12 cơ quan được cấp giấy chứng nhận», «Đưa 12 thủ tục lên toàn trình»
    if goal.kind == "count" and _BUYS.search(near):
        return False
    if goal.kind in ("count", "ratio") and _REDUCES.search(near) and goal.unit not in load("figures")["time_units"]:
        return True
    if (goal.kind == "rank" or goal.unit in ("bậc", "hạng", "điểm phần trăm")) and _RAISES.search(far):
        return True
    if goal.kind == "count" and _AT_LEAST.search(near) and goal.unit not in load("figures")["activity_units"]:
        return True
    return _strives(match, goal, block)


def _strives(match: str, goal: Goal, block: Block) -> bool:
    """Does the clause of the figure say «phấn đấu», «đạt», «bảo đảm»? Of a task told in one sentence with its doer only
    such figures are goals."""
    if goal.figure_start < 0:
        return False
    begin = max(block.body, max(match.rfind(c, block.body, goal.figure_start) for c in (". ", "; ")))
    first = match.rfind(". ", block.body, goal.figure_start)
    if goal.unit != "lần" and _OPENS_AIM.match(match, first + 2 if first >= 0 else block.body):
        return True
    return bool(
        _SET.search(match, begin, goal.figure_end + 12)
        or _STRIVE.search(match, max(first, block.body), goal.figure_start)
    )


def _inside(block: Block, tasks: Sequence[Task]) -> bool:
    return any(t.start < block.end and block.start < t.end for t in tasks)
