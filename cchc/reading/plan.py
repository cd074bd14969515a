"""Put together: the bytes of a file to a `Plan`, every item with its place in the stored text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from cchc.formats import read_source
from cchc.model import AreaFrom, Duty, Item, Measure, Plan, PlanInfo, Target, Task
from cchc.reading import figures, tables
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Goal, Part, Table
from cchc.reading.duties import read_duties
from cchc.reading.hindsight import forward_sentences
from cchc.reading.info import Info, read_info, slug
from cchc.reading.levels import read_levels
from cchc.reading.outline import read_outline
from cchc.reading.tasks import loose_tasks
from cchc.text import folded, matching

READER_VERSION = "2"

_NOT_FOUND = "Chưa tìm thấy trong văn bản: {fields}."
_UNREAD = "Con số {figure} không thành chỉ tiêu («…{words}…»): {why}."
_NO_GOALS = frozenset((Part.PURPOSE, Part.RESULTS, Part.FUNDING, Part.CLOSING, Part.FURNITURE))
_ASIDE = {
    Part.PURPOSE: "Con số trong phần mục đích, yêu cầu, mục tiêu chung không tính là chỉ tiêu: {figures}.",
    Part.RESULTS: "Con số trong phần kết quả đã đạt không tính là chỉ tiêu: {figures}.",
    Part.FUNDING: "Con số trong phần kinh phí không tính là chỉ tiêu: {figures}.",
    Part.CLOSING: "Con số trong phần kết của văn bản không tính là chỉ tiêu: {figures}.",
    Part.FURNITURE: "Con số trong phần trang tin bên ngoài văn bản không tính là chỉ tiêu: {figures}.",
}
_PERCENT = re.compile(r"\d[\d.,]{0,12}\s{0,2}%")
_SETS_GOALS = frozenset((Part.GOALS, Part.HEAD, Part.OTHER))
_SET = re.compile(r"(?<!\w)(?:phấn đấu|đạt|bảo đảm|đảm bảo|mục tiêu|chỉ tiêu)(?!\w)")
_POINTER = re.compile(
    r"\(?(?:có\s+)?(?:nội\s+dung\s+)?(?:chi\s+tiết|cụ\s+thể)?\s*(?:theo|tại|ở)?\s*(?:các\s+)?(?:phụ\s+lục|biểu)[^.;]{0,60}(?:kèm\s+theo|đính\s+kèm|ban\s+hành)"
)
_ISSUED_WITH = re.compile(r"\(?(?:ban\s+hành\s+)?(?:kèm|đính\s+kèm)\s+theo\s[^.;]{0,160}\)?\.?\s*")
_MONEY = re.compile(
    r"(?:nguồn\s+)?(?:kinh\s+phí|ngân\s+sách)\s[^.;]{0,120}(?:bố\s+trí|bảo\s+đảm|đảm\s+bảo|lấy|sử\s+dụng|cân\s+đối|chi\s)"
    r"|[^.;]{0,60}\slập\s+dự\s+toán\s[^.;]{0,60}dự\s+toán|cơ\s+cấu\s+giải\s+thưởng"
)
_AT_LEAST = re.compile(r"(?:tối\s+thiểu|ít\s+nhất|từ|trên)\s+\Z")
_STRIVE = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu)(?!\w)")
_LONGEST = 3000  # characters; paragraphs of real plans stay far below
_WORDS = re.compile(r"\w+")
_BASIS = re.compile(r"(?:căn cứ|thực hiện)(?!\w)")
_SAME_TABLE = "Một bảng được in lặp lại nguyên vẹn; chỉ đọc một lần."
_FROM_SCAN = "Đọc từ bản quét, cần rà soát với ảnh gốc"
_SCAN_CONFIDENCE = 0.6
_ItemT = TypeVar("_ItemT", bound=Item)
_NOTHING = "Không tìm thấy chỉ tiêu, nhiệm vụ, giải pháp hay trách nhiệm nào; có thể tệp không phải là một kế hoạch."


def read_plan(data: bytes, name: str) -> Plan:
    """The plan in a file of any format. `name` is the file's name as given, kept for the reader's messages.

    Raises `NotAPlan` for bytes that hold no readable text; any text whatever gives a `Plan`, with what was not
    understood named in `warnings` (Vietnamese).
    """
    source = read_source(data, name)
    plan = read_text_plan(source.text, name, source.warnings)
    plan = plan.model_copy(update={"format": source.format, "pages": source.pages, "places": source.places})
    return _doubted(plan, frozenset(source.scanned)) if source.scanned else plan


def _doubted(plan: Plan, scanned: frozenset[int]) -> Plan:
    """Items of scanned pages are less sure: what was recognised from a picture has to be looked through."""

    def doubted(items: tuple[_ItemT, ...]) -> tuple[_ItemT, ...]:
        return tuple(
            item.model_copy(
                update={"confidence": min(item.confidence, _SCAN_CONFIDENCE), "reasons": (*item.reasons, _FROM_SCAN)}
            )
            if plan.page_of(item.start) in scanned or plan.page_of(item.end - 1) in scanned
            else item
            for item in items
        )

    sections = ("targets", "tasks", "measures", "duties")
    return plan.model_copy(update={section: doubted(getattr(plan, section)) for section in sections})


def read_text_plan(text: str, name: str, warnings: Sequence[str] = ()) -> Plan:
    """The plan in a text already in stored form."""
    match = _rules_text(text)
    found = tables.find_tables(text, match)
    flat = match.replace("\n", " ")
    outline = read_outline(text, flat, found)
    info = read_info(text, flat, outline.blocks)
    plan_id = _plan_id(info, text)
    ids = _Ids(plan_id)
    notes = [*warnings, *outline.warnings]
    tasks, rows = _from_tables(text, match, found, info, ids, notes)
    loose = _loose_tasks(text, flat, outline.blocks, info, ids)
    tasks += loose
    targets = [*_targets(text, flat, outline.blocks, info, ids, notes, loose), *rows]
    measures = _measures(text, flat, _outside(outline.blocks, loose), ids)
    whole = _title_area(info.title)
    if whole is not None:  # a plan of one area: what says nothing else belongs to it
        update = {"area": whole, "area_from": "content"}
        measures = tuple(m if m.area else m.model_copy(update=update) for m in measures)
        tasks = [t if t.area else t.model_copy(update=update) for t in tasks]
        targets = [t if t.area else t.model_copy(update=update) for t in targets]
    duties = tuple(
        Duty(
            id=ids.item("t", d.agency, text[d.start : d.end]),
            agency=d.agency,
            agency_from=d.agency_from,
            content=_plain(text, d.start, d.end),
            start=d.start,
            end=d.end,
            confidence=1.0 if d.agency and d.agency_from != "inferred" else 0.7 if d.agency else 0.5,
            reasons=(d.reason,) if d.reason else (),
        )
        for d in read_duties(text, flat, outline.blocks)
    )
    if not (targets or tasks or measures or duties):
        notes.append(_NOTHING)
    if info.missing:
        notes.append(_NOT_FOUND.format(fields=", ".join(info.missing)))
    return Plan(
        name=name,
        plan=PlanInfo(id=plan_id, **{f: getattr(info, f) for f in PlanInfo.model_fields if f != "id"}),
        targets=tuple(targets),
        tasks=tuple(tasks),
        measures=measures,
        duties=duties,
        warnings=tuple(dict.fromkeys(notes)),
        text=text,
    )


_TITLE_AREAS = (
    (1, re.compile(r"tuyên\s+truyền|kiểm\s+tra\s+(?:công\s+tác\s+)?cải\s+cách\s+hành\s+chính")),
    (3, re.compile(r"(?:kiểm\s+soát|rà\s+soát[^.]{0,30}|cải\s+cách)\s+thủ\s+tục\s+hành\s+chính")),
    (7, re.compile(r"chuyển\s+đổi\s+số|đề\s+án\s+06|chính\s+quyền\s+(?:điện\s+tử|số)|công\s+nghệ\s+thông\s+tin")),
)


def _title_area(title: str | None) -> int | None:
    """The one area a whole plan is about by its title; None for a plan of all areas, or of several."""
    said = matching(title or "")
    found = [area for area, words in _TITLE_AREAS if words.search(said)]
    return found[0] if len(found) == 1 else None


def _rules_text(text: str) -> str:
    """The matching form without markdown's marks of emphasis (blanks in their place, so offsets stay)."""
    return matching(text).replace("**", "  ").replace("__", "  ")


def _plain(text: str, start: int, end: int) -> str:
    """The words of a span on one line, without marks of emphasis."""
    return " ".join(text[start:end].replace("**", " ").replace("__", " ").split())


def _plan_id(info: Info, text: str) -> str:
    if info.number:
        return slug(info.province, info.number, info.year)
    return "vb-" + hashlib.sha256(_words_only(text).encode()).hexdigest()[:10]


def _words_only(text: str) -> str:
    """Folded words without signs: dashes, quotes and blanks of another copy leave ids as they are."""
    return " ".join(_WORDS.findall(folded(text)))


class _Ids:
    """Item ids: what the document says, hashed; exact repetitions are counted."""

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        self.used: dict[str, int] = {}

    def item(self, letter: str, *facts: Any) -> str:
        said = "\x1f".join(_words_only(str(f)) if f is not None else "" for f in facts)
        base = f"{self.plan_id}.{letter}{hashlib.sha256(said.encode()).hexdigest()[:8]}"
        n = self.used[base] = self.used.get(base, 0) + 1
        return base if n == 1 else f"{base}-{n}"


def _due(goal_year: int | None, goal_day: dt.date | None, year_above: int | None, info: Info) -> dt.date | None:
    if goal_day is not None:
        return goal_day
    year = goal_year or year_above or info.year_end or info.year
    return dt.date(year, 12, 31) if year else None


def _targets(
    text: str, match: str, blocks: Sequence[Block], info: Info, ids: _Ids, notes: list[str], loose: Sequence[Task]
) -> list[Target]:
    """The goals of the parts that set goals and, where their grammar is plain, of measures, duties and running text.

    Every % figure that becomes no goal is named in `notes` with the reason; those of a part on last year's results or
    the like are named together.
    """
    out: list[Target] = []
    lead_in, level, looking_back = "", None, False
    last: tuple[str, int] = ("", 0)  # marker and first goal of the list that goes on above
    aside: dict[Part, list[str]] = {}
    for block in blocks:
        if block.heading:
            lead_in = match[block.body : block.end]
            level = read_levels(match, block.body, block.end, strict=True).one if block.part is Part.GOALS else None
        if block.part in _NO_GOALS:
            aside.setdefault(block.part, []).extend(
                f.replace(" ", "") for f in _PERCENT.findall(match, block.start, block.end)
            )
            continue
        if block.heading:
            goals: list[Goal] = []
        elif _inside(block, loose) or (block.part is Part.HEAD and _BASIS.match(match, block.body)):
            continue
        else:
            spans = _portions(match, block.body, block.end)
            if block.part is Part.HEAD:
                spans, looking_back = forward_sentences(match, block.body, block.end, info.year, looking_back)
                spans = [piece for span in spans for piece in _portions(match, *span)]
            if block.part is Part.GOALS and (
                _POINTS.match(match, block.body, block.end) or _PROPERTY.match(match, block.body, block.end)
            ):
                spans = []
            aside_line = _ASIDE_LINE.fullmatch(match, block.body, block.end)
            if aside_line and block.part in _SETS_GOALS:
                if aside_line["except"]:
                    _except(out, last, _plain(text, *aside_line.span("except")))
                spans = []
            goals = [
                goal
                for start, end in spans
                for goal in figures.read_goals(
                    text,
                    match,
                    start,
                    end,
                    plan_year=info.year,
                    in_goals=block.part is Part.GOALS,
                    heading_level=level,
                    lead_in=lead_in,
                    aimed=block.part is Part.HEAD,  # what is left of an article once its looks back are set aside
                )
                if block.part in _SETS_GOALS or _is_set(match, goal, block)
            ]
        if goals:
            last = _above(last, len(out), block)
        out += [_target(text, match, goal, block, info, ids) for goal in goals]
        for start, end, why in figures.unread_figures(text, match, block.body, block.end, goals):
            notes.append(_UNREAD.format(figure=_plain(text, start, end), words=_around(text, start, end), why=why))
    for part, said in aside.items():
        if said:
            notes.append(_ASIDE[part].format(figures="; ".join(dict.fromkeys(said))))
    return out


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


def _is_set(match: str, goal: Goal, block: Block) -> bool:
    """In measures and duties a figure is a goal where the sentence says that it is to be reached."""
    if goal.figure_start < 0 or goal.unit == "lần":
        return False
    if goal.unit == "%" and (
        goal.figure_start - goal.start < 12
        or _AT_LEAST.search(match, max(block.body, goal.figure_start - 14), goal.figure_start)
    ):
        return True
    begin = max(block.body, max(match.rfind(c, block.body, goal.figure_start) for c in (". ", "; ")))
    first = match.rfind(". ", block.body, goal.figure_start)
    return bool(
        _SET.search(match, begin, goal.figure_end + 12)
        or _STRIVE.search(match, max(first, block.body), goal.figure_start)
    )


def _inside(block: Block, tasks: Sequence[Task]) -> bool:
    return any(t.start < block.end and block.start < t.end for t in tasks)


def _target(text: str, match: str, goal: Goal, block: Block, info: Info, ids: _Ids) -> Target:
    quote = _plain(text, goal.start, goal.end)
    area, area_from = block.area, block.area_from
    if area is None or area_from == "content":
        own = content_area(match[goal.start : goal.end])
        area, area_from = (own or area, "content" if own or area else None)
    return Target(
        id=ids.item("c", quote, goal.figure, goal.level, goal.subject, goal.group),
        area=area,
        area_from=area_from,
        kind=goal.kind,  # type: ignore[arg-type]
        comparator=goal.comparator,  # type: ignore[arg-type]
        value=goal.value,
        unit=goal.unit,
        level=goal.level,  # type: ignore[arg-type]
        subject=goal.subject,
        group=goal.group,
        **{"except": goal.except_},
        due=_due(goal.due_year, goal.due_on, block.year, info),
        quote=quote,
        start=goal.start,
        end=goal.end,
        confidence=goal.confidence,
        reasons=goal.reasons,
    )


def _around(text: str, start: int, end: int) -> str:
    """The words beside a figure, cut at the paragraph, for a warning."""
    low = max(text.rfind("\n", 0, start) + 1, start - 50)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + 50)
    return _plain(text, low, high)


def _measures(text: str, match: str, blocks: Sequence[Block], ids: _Ids) -> tuple[Measure, ...]:
    out = []
    article = not any(b.heading and b.marker for b in blocks)
    for block in blocks:
        if block.heading:
            continue
        if block.part is Part.MEASURES:
            spans = [(block.body, block.end, block.area, block.area_from)]
        elif article and block.part in (Part.HEAD, Part.OTHER, Part.PURPOSE):
            spans = _listed(match, block)
        else:
            continue
        for start, end, area, area_from in spans:
            content = _plain(text, start, end)
            if len(content.split()) >= 3 and not (
                _POINTER.match(match, start)
                or _MONEY.match(match, start, end)
                or _ISSUED_WITH.fullmatch(match, start, end)
            ):
                out.append(
                    Measure(
                        id=ids.item("g", content), area=area, area_from=area_from, content=content, start=start, end=end
                    )
                )
    return tuple(out)


def _outside(blocks: Sequence[Block], tasks: Sequence[Task]) -> list[Block]:
    """The blocks that are no part of a task: a sentence is a task or a measure, not both."""
    return [b for b in blocks if not any(t.start <= b.start < t.end for t in tasks)]


_LIST = re.compile(r"(?:nhiệm\s+vụ|giải\s+pháp)[^.;:]{0,80}:\s*(?=[^\W\d_])")


def _listed(match: str, block: Block) -> list[tuple[int, int, int | None, AreaFrom | None]]:
    """ "đề ra các nhiệm vụ trọng tâm: A; B; C": the members of a list in running text, each once."""
    m = _LIST.search(match, block.body, block.end)
    if m is None or match.find(".", m.end(), block.end - 2) >= 0:
        return []
    spans, at, seen = [], m.end(), set()
    for piece in match[m.end() : block.end].split(";"):
        start, end = at, at + len(piece)
        at = end + 1
        while start < end and match[start].isspace():
            start += 1
        while end > start and match[end - 1] in " .":
            end -= 1
        key = folded(match[start:end])
        if key and key not in seen:
            seen.add(key)
            area = heading_area(match[start:end]) or content_area(match[start:end])
            spans.append((start, end, area, "content" if area else None))
    return spans if len(spans) >= 3 else []  # type: ignore[return-value]


def _from_tables(
    text: str, match: str, found: Sequence[Table], info: Info, ids: _Ids, notes: list[str]
) -> tuple[list[Task], list[Target]]:
    tasks: list[Task] = []
    targets: list[Target] = []
    seen: set[tuple[Any, ...]] = set()
    for table in found:
        rows = tables.table_rows(table, text, match, info.year)
        key = tuple(folded(r.content) for r in rows.tasks) + tuple(folded(t.subject) for t in rows.targets)
        if key and key in seen:
            notes.append(_SAME_TABLE)
            continue
        seen.add(key)
        notes += rows.warnings
        areas = _section_areas(rows.tasks, table.title)
        for row in rows.tasks:
            area, area_from = (row.area, row.area_from) if row.area else areas.get(row.section, (None, None))
            if area is None:
                area = content_area(matching(row.content))
                area_from = "content" if area else None
            tasks.append(_task(row, area, area_from, ids))
        for goal in rows.targets:
            comparator, value, unit = figures.read_value(goal.value_raw, goal.unit_raw)
            area, area_from = goal.area, goal.area_from
            if area is None:
                area = content_area(matching(goal.subject))
                area_from = "content" if area else None
            kind = (
                "rank" if unit == "hạng" else "ratio" if unit == "%" else "count" if value is not None else "milestone"
            )
            quote, said = _plain(text, goal.start, goal.end), matching(goal.subject)
            targets.append(
                Target(
                    id=ids.item("c", goal.subject, goal.value_raw, goal.unit_raw),
                    area=area,
                    area_from=area_from,
                    kind=kind,  # type: ignore[arg-type]
                    comparator=comparator,  # type: ignore[arg-type]
                    value=value,
                    unit=unit,
                    level=read_levels(said, 0, len(said)).one,  # type: ignore[arg-type]
                    subject=goal.subject,
                    due=_due(goal.year, None, None, info),
                    quote=quote,
                    start=goal.start,
                    end=goal.end,
                    confidence=goal.confidence,
                    reasons=goal.reasons,
                )
            )
    return tasks, targets


def _task(row: tables.TaskRow, area: int | None, area_from: AreaFrom | None, ids: _Ids) -> Task:
    return Task(
        id=ids.item("n", row.content, row.lead, row.deadline_raw),
        ordinal=row.ordinal,
        area=area,
        area_from=area_from,
        content=row.content,
        products=row.products,
        lead=row.lead,
        support=row.support,
        deadline_raw=row.deadline_raw,
        deadline=row.deadline,
        note=row.note,
        start=row.start,
        end=row.end,
        confidence=row.confidence,
        reasons=row.reasons,
    )


def _loose_tasks(text: str, match: str, blocks: Sequence[Block], info: Info, ids: _Ids) -> list[Task]:
    """Tasks outside tables; the area is that of the paragraph, else what its words speak of."""
    tasks = []
    for row in loose_tasks(text, match, blocks, info.year):
        area, area_from = row.area, row.area_from
        if area is None:
            area = content_area(matching(row.content))
            area_from = "content" if area else None
        tasks.append(_task(row, area, area_from, ids))
    return tasks


def _section_areas(rows: Sequence[tables.TaskRow], title: str) -> dict[int, tuple[int | None, AreaFrom | None]]:
    """The area of each section of a table without heading rows, from the number of sections and the words of the rows.

    Seven sections are the seven areas in the order of the plan, six are those of Nghị quyết 76/NQ-CP or 30c/NQ-CP;
    what the rows speak of must not speak against it.
    """
    sections = sorted({r.section for r in rows})
    if any(r.area for r in rows):
        return {}
    if len(sections) == 1:
        area = heading_area(matching(title)) if title else None
        return {sections[0]: (area, "heading")} if area else {}
    votes = {s: _votes(r.content for r in rows if r.section == s) for s in sections}
    for order in ([1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 1], [2, 3, 4, 5, 6, 7]):
        if len(order) != len(sections):
            continue
        agreeing = sum(1 for s, area in zip(sections, order, strict=True) if area in votes[s])
        if agreeing * 2 >= len(sections):
            return {s: (area, "position") for s, area in zip(sections, order, strict=True)}
    return {}


def _votes(contents: Iterable[str]) -> set[int]:
    """The areas most rows of a section speak of."""
    counts = Counter(content_area(matching(c)) for c in contents)
    counts.pop(None, None)
    best = max(counts.values(), default=0)
    return {area for area, n in counts.items() if area and n == best}
