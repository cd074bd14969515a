"""Which part, area and section does a paragraph stand in?

Headings are told by their words and their form together; what a lost heading would have said is taken from the
position (a numbering that starts anew) or left open. Nothing is guessed in silence: `area_from` and `agency_from`
say what an answer rests on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from cchc.model import AgencyFrom, AreaFrom
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Outline, Part, Table
from cchc.reading.doers import doer, names_agency, orders_someone
from cchc.reading.paragraphs import DASH, LETTER, NONE, NUMBER, PAREN, PART, PLUS, ROMAN, Paragraph, paragraphs
from cchc.reading.tasks import is_label
from cchc.reference import load

_RUN_MIN_BLOCKS, _RUN_MIN_CHARS = 3, 300
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_TITLE = re.compile(
    r"(?:kế\s+hoạch|chương\s+trình|chỉ\s+thị|đề\s+án|khắc\s+phục|cải\s+cách|nâng\s+cao|triển\s+khai|thực\s+hiện|"
    r"về\s+việc)(?!\w)"
)
_SPAN_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)\s*-\s*(20[0-4]\d)(?!\d)")
_GOAL_START = re.compile(
    r"(?:phấn đấu|đạt|tối thiểu|ít nhất|trên|từ|duy trì|bảo đảm|đảm bảo|hoàn thành|có|giảm|tăng|tỷ lệ|tỉ lệ|"
    r"mức độ|dưới|không quá|\d)"
)
_GOAL_FIGURE = re.compile(r"\d\s*%|nhóm\s+\d|top\s+\d|xếp\s+(?:thứ|hạng)|(?<!\d)(\d{1,3})/\1(?!\d)")
# A paragraph that can be nothing but a goal: it begins with its figure, or strives for one.
_CLEAR_GOAL = re.compile(
    r"(?:phấn đấu[^.;]{0,200}?|đạt |tối thiểu |ít nhất |trên |từ |có |duy trì |bảo đảm |đảm bảo |hoàn thành "
    r")?(?:tối thiểu |ít nhất |trên |từ |đạt )?\d{1,3}(?:[.,]\d+)? ?%"
    r"|(?:phấn đấu )?(?:tỷ lệ|tỉ lệ|mức độ)[^.;]{5,200}? (?:đạt|trên|dưới|tối thiểu|ít nhất|không quá|"
    r"từ)[^.;]{0,40}?\d ?%|phấn đấu[^.;]{5,200}?\d ?%"
)
_SENTENCE_WORDS = re.compile(r"(?<!\w)(?:là|được|phải|đạt|nhằm|nếu)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_LEAD_GOALS = re.compile(r"(?<!\w)(?:chỉ tiêu|mục tiêu)(?!\w)")
_LEAD_MEASURES = re.compile(r"(?<!\w)(?:nhiệm vụ|giải pháp|biện pháp|nội dung sau|công việc|một số nội dung)(?!\w)")
_AS_FOLLOWS = re.compile(r"(?:như\s+sau|sau\s+đây|dưới\s+đây|sau|như|gồm|là|cụ thể)\s*:?\s*\Z")
_LISTED = re.compile(r"(?:nhiệm vụ|giải pháp)[^.;:]{0,80}:\s*(?=[^\W\d_])")
_GOALS_OF = re.compile(r"(?:các\s+|nhóm\s+){0,2}(?:mục\s+tiêu|chỉ\s+tiêu)(?!\w)")
_MEASURES_OF = re.compile(r"(?:các\s+|nhóm\s+){0,2}(?:nhiệm\s+vụ|giải\s+pháp)(?!\w)")
_NEW_PLAN = re.compile(r"(?:phần\s+)?(?:nội\s+dung\s+)?(?:kế\s+hoạch|phương\s+hướng|chương\s+trình|nhiệm\s+vụ)(?!\w)")
# "KẾT QUẢ CÁC CHỈ SỐ NĂM 2023 VÀ NGUYÊN NHÂN", "CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2023": a look back; but what is to be
# mended, reached or compared with that year is not.
_BACK_HEADING = re.compile(
    r"(?:(?:một\s+số|những|các|về|đánh\s+giá|khái\s+quát|tổng\s+quan|sơ\s+lược)\s+)*"
    r"(?:kết\s+quả|thực\s+trạng|hiện\s+trạng|tình\s+hình|công\s+tác|việc|năm|chỉ\s+số|đánh\s+giá|nhìn\s+lại|tổng\s+kết|"
    r"tồn\s+tại|hạn\s+chế|ưu\s+điểm|thành\s+tựu|số\s+liệu)(?!\w)"
)
_AHEAD_HEADING = re.compile(
    r"(?<!\w)(?:cần\s+đạt|phấn\s+đấu|dự\s+kiến|mục\s+tiêu|chỉ\s+tiêu|nhiệm\s+vụ|giải\s+pháp|phương\s+hướng|so\s+với|"
    r"căn\s+cứ|khắc\s+phục|cải\s+thiện|nâng\s+cao|kế\s+hoạch)(?!\w)"
)
_GENERAL_GOAL = re.compile(r"(?:theo đó,?\s+)?(?:mục tiêu\s+(?:chung|tổng quát)|mục đích)(?!\w)")
_LOST_WARNING = "Có {n} chỗ đánh số lại từ đầu mà không thấy tiêu đề lĩnh vực; lĩnh vực được suy ra từ vị trí."
_JUMPS = "Số thứ tự các mục bị nhảy, có thể đã mất tiêu đề hoặc nội dung: {jumps}."
_JUMP = "từ «{before}» sang «{after}»"
_FIRST_JUMP = "bắt đầu từ «{after}»"
_MAX_JUMPS = 12
# "Yêu cầu các đơn vị, thôn, làng triển khai thực hiện./.": nothing but that the plan is to be carried out.
_CLOSING_ORDER = re.compile(
    r"(?:yêu cầu|đề nghị)\s[^.;:]{3,200}?\s(?:tổ chức|triển khai|thực hiện|chấp hành)"
    r"(?:\s(?:tổ chức|triển khai|thực hiện|nghiêm túc|nghiêm|đầy đủ|kịp thời|có hiệu quả|hiệu quả|tốt|đồng bộ|"
    r"quyết liệt|và|các|những|nội dung|nhiệm vụ|trên|nêu|của|theo|đúng|kế hoạch|chỉ thị|quyết định|văn bản|công văn|"
    r"này|,))*\s*\.\s*/\s*\.?"
)
_ORDERS = re.compile(
    r"(?<!\w)(?:yêu cầu|giao nhiệm vụ|chỉ đạo|phân công)(?:\s+(?:các|như|cụ thể|sau|đơn vị|sở|ngành|,))*\s*:\s*\Z"
)
_AHEAD_PART = re.compile(
    r"(?<!\w)(?:phương\s+hướng|nhiệm\s+vụ|kế\s+hoạch\s+(?:công\s+tác\s+)?năm|mục\s+tiêu|chỉ\s+tiêu)(?!\w)"
)
_REPORT = re.compile(r"báo\s+cáo(?!\w)")
_REPEATED = "Một đoạn của văn bản được in lặp lại ({n} đoạn văn); chỉ đọc một lần."


@cache
def _docs() -> dict[str, Any]:
    return load("documents")


@cache
def _phrases() -> list[tuple[str, Part]]:
    pairs = [(phrase, Part(part)) for part, phrases in _docs()["parts"].items() for phrase in phrases]
    return sorted(pairs, key=lambda p: -len(p[0]))


@cache
def _tail() -> frozenset[str]:
    return frozenset(_docs()["tail_words"].split())


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(r"(?:(?:" + "|".join(map(re.escape, _docs()["lead_words"])) + r")\s+)+")


def part_of(label: str, strong: bool) -> Part | None:
    """The part a heading opens, None where its words open none. `label` is in matching form, without marker.

    `strong` says that its form already marks a heading (Roman number, capitals, bold), so more words may follow:
    "nhiệm vụ và giải pháp" -> MEASURES; "mục tiêu cụ thể đến năm 2025" -> GOALS; "tổ chức triển khai thực hiện tốt
    kế hoạch kiểm tra" is a sentence -> None; several parts in one heading -> OTHER (the next headings tell).
    """
    label = " ".join(label.split())
    bare = label
    m = _leads().match(label)
    starts = [label, label[m.end() :]] if m else [label]
    for bare in starts:
        for phrase, part in _phrases():
            if bare.startswith(phrase) and not bare[len(phrase) : len(phrase) + 1].isalpha():
                rest = bare[len(phrase) :].split("(", 1)[0]
                words = _WORD.findall(rest)
                plain = all(w in _tail() for w in words)
                if not plain and ((part is Part.RESULTS and phrase == "kết quả") or not strong or _is_sentence(rest)):
                    # a longer phrase did not fit; a shorter one will not either unless the part differs
                    continue
                return _several(bare, part)
    return None


def _several(label: str, part: Part) -> Part:
    goals = "mục tiêu" in label or "chỉ tiêu" in label
    tasks = "nhiệm vụ" in label or "giải pháp" in label
    if part in (Part.GOALS, Part.MEASURES) and goals and tasks and not label.startswith(("nhiệm vụ", "giải pháp")):
        return Part.OTHER
    return part


def _is_sentence(rest: str) -> bool:
    return bool(_SENTENCE_WORDS.search(rest)) or len(rest) > 140 or "%" in rest


@dataclass(slots=True)
class _Entry:
    rank: float
    part: Part | None = None
    area: int | None = None
    area_from: AreaFrom | None = None
    agency: str | None = None
    year: int | None = None
    ordinal: int = 0
    marker_rank: int = NONE
    mixed: bool = False
    at: int = 0  # how many paragraphs stood before it


@dataclass(slots=True)
class _Draft:
    """A block while the outline is being read."""

    start: int
    end: int
    body: int
    marker: str
    rank: int
    ordinal: int = 0
    heading: bool = False
    part: Part = Part.OTHER
    area: int | None = None
    area_from: AreaFrom | None = None
    agency: str | None = None
    agency_from: AgencyFrom | None = None
    year: int | None = None
    group: str = ""  # the words of the line that introduces the list it stands in
    segment: int = 0  # number of the run of paragraphs between two area headings
    mixed: bool = False


def read_outline(text: str, match: str, tables: Sequence[Table]) -> Outline:
    """The document's paragraphs with part, area, agency and year. `match` is `text.matching(text)` with every line
    end as a blank (same length); what `tables` cover is left out. Never raises; linear in the length of the text."""
    paras = paragraphs(text, match, tables)
    warnings: list[str] = []
    kept, repeated = _once(match, paras)
    if repeated:
        warnings.append(_REPEATED.format(n=repeated))
    reader = _Reader(text, match)
    for k, para in enumerate(kept):
        reader.take(para, kept[k + 1] if k + 1 < len(kept) else None)
    jumps = _jumps(reader.drafts)
    if jumps:
        warnings.append(_JUMPS.format(jumps="; ".join(jumps)))
    lost = reader.place_lost_areas()
    if lost:
        warnings.append(_LOST_WARNING.format(n=lost))
    return Outline(tuple(reader.blocks()), tuple(warnings))


def _jumps(drafts: Sequence[_Draft]) -> list[str]:
    """Where the numbers of headings and paragraphs leave one out, in words, at most a dozen."""
    said: list[str] = []
    last: dict[int, tuple[str, int, str]] = {}  # rank -> what stands before the last number, the number, the marker
    for d in drafts:
        if d.rank in (NONE, DASH, PLUS) or d.part in (Part.FURNITURE, Part.CLOSING) or not d.ordinal:
            continue
        for rank in [r for r in last if r > d.rank]:
            del last[rank]
        marker = " ".join(d.marker.split())
        prefix = marker.rstrip(" .)/:-").rpartition(".")[0]
        before = last.get(d.rank)
        step = d.ordinal - (before[1] if before is not None and before[0] == prefix else 0)
        allowed = 2 if d.rank == LETTER else 1  # some lists leave out "đ"
        if step > allowed and d.ordinal > 1:
            same = before is not None and before[0] == prefix
            said.append(
                _JUMP.format(before=before[2], after=marker)
                if before is not None and same
                else _FIRST_JUMP.format(after=marker)
            )
        last[d.rank] = (prefix, d.ordinal, marker)
    return said if len(said) <= _MAX_JUMPS else [*said[:_MAX_JUMPS], "…"]


def _once(match: str, paras: list[Paragraph]) -> tuple[list[Paragraph], int]:
    """The paragraphs without the later copy of a passage printed twice, and how many were left out."""
    keys = [" ".join(match[p.start : p.end].split()) for p in paras]
    first: dict[str, int] = {}
    keep = [True] * len(paras)
    dropped = k = 0
    while k < len(paras):
        origin = first.get(keys[k])
        n = size = 0
        if origin is not None:
            while k + n < len(paras) and origin + n < k and keys[origin + n] == keys[k + n]:
                size += len(keys[k + n])
                n += 1
        if n >= _RUN_MIN_BLOCKS and size >= _RUN_MIN_CHARS:
            for j in range(k, k + n):
                keep[j] = False
            dropped += n
            k += n
            continue
        if origin is not None and origin < 8 and len(keys[k]) >= 20 and not paras[k].marker and k < origin + 15:
            keep[k] = False  # the headline of an article, printed again under its picture
        first.setdefault(keys[k], k)
        k += 1
    return [p for p, good in zip(paras, keep, strict=True) if good], dropped


class _Reader:
    """Walks the paragraphs once and keeps the headings that are open."""

    def __init__(self, text: str, match: str) -> None:
        self.text, self.match = text, match
        self.stack: list[_Entry] = []
        self.drafts: list[_Draft] = []
        self.segments: list[tuple[int | None, int, bool]] = [(None, 0, False)]  # area, heading number, lost?
        self.numbers: dict[int, int] = {}  # last ordinal seen at each marker rank under the open headings
        self.placed: dict[int, int] = {}  # how many paragraphs stood before that number
        self.plan_year: int | None = None  # told by the printed title
        self.report = False  # inside a report, before what it plans for the next year
        self.seen_parts: set[Part] = set()  # parts headed inside the current area
        self.lead: Part | None = None  # what a sentence ending in ":" announces
        self.group: tuple[int, str] = (NONE, "")  # rank and words of the line that introduces the present list
        self.tail = False  # inside what follows the document on a web page
        self.document = False  # a heading or list was seen: this is no bare article
        self.in_head = True
        self.duties_headed = False  # does a heading open the duties?

    # -- what is open -------------------------------------------------------------------------------------------
    def open(self, name: str) -> Any:
        for entry in reversed(self.stack):
            value = getattr(entry, name)
            if value is not None and value != 0:
                return value
        return None

    def part(self) -> Part | None:
        part: Part | None = self.open("part")
        return part

    def push(self, entry: _Entry) -> None:
        while self.stack and self.stack[-1].rank >= entry.rank:
            self.stack.pop()
        entry.at = len(self.drafts)
        self.stack.append(entry)
        self.group = (NONE, "")
        for rank in [r for r in self.numbers if r > entry.marker_rank]:
            del self.numbers[rank]

    # -- one paragraph ------------------------------------------------------------------------------------------
    def take(self, para: Paragraph, following: Paragraph | None) -> None:
        match = self.match
        words = match[para.body : para.end]
        if self._is_furniture(words, para):
            self._add(para, Part.FURNITURE)
            return
        if self._is_closing(match[para.start : para.end]):
            self.push(_Entry(rank=0.5, part=Part.CLOSING, marker_rank=PART))
            self._add(para, Part.CLOSING)
            return
        if (
            self.part() is Part.CLOSING
            and (para.caps or para.bold)
            and para.rank == NONE
            and _NEW_PLAN.match(words.strip(" *#_"))
        ):
            self.stack.clear()  # a decision and the plan it issues in one file
        if para.rank in (ROMAN, NUMBER) and para.ordinal == 1 and self.numbers.get(para.rank, 0) >= 1:
            self._restart(para)
        if para.rank <= PAREN and para.ordinal == self.numbers.get(para.rank, 0) + 1:
            self._close_deeper(para)
        self.numbers[para.rank] = para.ordinal
        self.placed[para.rank] = len(self.drafts)
        if self.in_head and self.plan_year is None and _TITLE.match(words.strip(" *#_")) and len(words) < 300:
            self.plan_year = self._year(words)
        if self.in_head and (para.caps or para.bold) and _REPORT.match(words.strip(" *#_")):
            self.report = True
        elif self.report and (para.rank in (PART, ROMAN) or para.caps) and _AHEAD_PART.search(words[:120]):
            self.report = False
        if self._run_in(para, following):
            return
        if self._heading(para, para.end, following):
            return
        self._close_sibling(para)
        self._content(para, following)

    def _close_sibling(self, para: Paragraph) -> None:
        """ "4. Sở Tài chính cân đối ..." after the heading "3. Sở Thông tin và Truyền thông" is no part of it."""
        if para.rank in (NONE, DASH, PLUS):
            return
        for k in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[k]
            if entry.marker_rank == para.rank and 0 < entry.ordinal < para.ordinal:
                del self.stack[k:]
                return

    def _close_deeper(self, para: Paragraph) -> None:
        """ "2.2." ends what was opened below "2.1.": the area that "c) Cải cách tài chính công" set there."""
        before = self.placed.get(para.rank, 0)
        for k, entry in enumerate(self.stack):
            if entry.at > before and entry.rank > para.rank and para.rank < entry.marker_rank <= PAREN:
                del self.stack[k:]
                self.group = (NONE, "")
                return

    def _is_furniture(self, words: str, para: Paragraph) -> bool:
        plain = words.strip(" *_|>#-:.")
        if not plain:
            return True
        if para.rank == NONE or para.rank == DASH:
            if plain.startswith(tuple(_docs()["furniture_tail"])) and len(plain) < 200:
                self.tail = True
                return True
            if len(plain) < 60 and plain.startswith(tuple(_docs()["furniture"])):
                return True
        if self.tail:
            if para.rank in (PART, ROMAN) and part_of(words, strong=True):
                self.tail = False
                return False
            return True
        return False

    def _is_closing(self, words: str) -> bool:
        plain = words.strip(" *_|>#-")
        if len(self.drafts) > 5 and len(plain) < 400 and _CLOSING_ORDER.fullmatch(plain):
            return True
        if plain.startswith(tuple(_docs()["closing"])) or plain.strip(" .:") in _docs()["signing_offices"]:
            return True
        return (
            len(self.drafts) > 5
            and any(all(w in plain for w in line) for line in _docs()["closing_sentences"])
            and plain.startswith(
                (
                    "trong quá trình",
                    "nếu có",
                    "căn cứ kế hoạch",
                    "yêu cầu",
                    "đề nghị",
                    "kế hoạch này",
                    "quá trình",
                    "chỉ thị này",
                    "quyết định này",
                )
            )
        )

    def _restart(self, para: Paragraph) -> None:
        """Numbers begin anew without a heading above them: the heading was lost, its part is not known."""
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.heading:
            return
        if self.part() is Part.CLOSING:
            return
        while self.stack and self.stack[-1].rank >= para.rank:
            self.stack.pop()
        if para.rank == NUMBER:
            self.push(_Entry(rank=ROMAN, part=Part.OTHER, marker_rank=ROMAN))

    def _run_in(self, para: Paragraph, following: Paragraph | None) -> bool:
        """ "2. Cải cách thể chế: 100% văn bản ...": a heading and its text in one paragraph."""
        limit = min(para.end, para.body + 240)
        colon = self.match.find(":", para.body, limit)
        if colon < 0 or not self.match[colon + 1 : para.end].strip(" *_"):
            return False
        if (para.rank in (DASH, PLUS) or self.part() is Part.MEASURES) and is_label(self.match[para.body : colon]):
            return False  # "+ Kết quả: Quyết định" belongs to the task above
        head = replace_end(para, colon)
        if not self._heading(head, colon, following, run_in=True):
            return False
        body = colon + 1
        while body < para.end and (self.text[body].isspace() or self.text[body] in "*_"):
            body += 1
        rest = Paragraph(body, para.end, body, "", NONE)
        self._content(rest, following)
        return True

    def _rank(self, para: Paragraph, kind: str) -> float:
        if para.rank not in (NONE, DASH, PLUS):
            return self._numbered_rank(para)
        if para.caps and kind == "part":
            return float(ROMAN)
        if kind == "part":
            for entry in reversed(self.stack):
                if entry.area is not None:
                    return entry.rank + 0.5
            return float(NUMBER) if self.stack and self.stack[0].part in (Part.OTHER, None) else float(ROMAN)
        for entry in reversed(self.stack):
            if kind == "area" and entry.area is not None and entry.marker_rank == para.rank:
                return entry.rank
            if kind == "agency" and entry.agency is not None and entry.marker_rank == para.rank:
                return entry.rank
        top = self.stack[-1].rank if self.stack else 0.0
        return top + 0.5

    def _numbered_rank(self, para: Paragraph) -> float:
        """The rank of the marker's style; deeper where a list in the style of its own heading begins anew under it
        ("4. Tổ chức thực hiện" / "1. Sở Nội vụ" / "2. Sở Tài chính")."""
        for entry in reversed(self.stack):
            if entry.marker_rank != para.rank or not entry.ordinal:
                continue
            if entry.ordinal + 1 == para.ordinal:
                return entry.rank
            if para.ordinal == 1 and self.drafts and self.drafts[-1].heading:
                return entry.rank + 0.5
            break
        return float(para.rank)

    def _heading(self, para: Paragraph, end: int, following: Paragraph | None, run_in: bool = False) -> bool:
        words = self.match[para.body : end].strip(" *_#\\")
        label = words.rstrip(" .:;*_-/")
        if not label and para.rank == PART and not run_in:  # "PHẦN THỨ HAI" on a line of its own
            self.push(_Entry(rank=float(PART), part=Part.OTHER, ordinal=para.ordinal, marker_rank=PART))
            self._add(para, Part.OTHER, end=end, heading=True)
            return True
        if not label or len(label) > 260:
            return False
        strong = para.rank in (PART, ROMAN) or para.caps or para.bold
        bullet = para.rank in (DASH, PLUS)
        listed = not strong and not bullet and para.rank != NONE
        if bullet and not words.endswith(":") and not run_in:
            return False
        if (words.endswith(";") or (words.endswith(".") and len(label) > 70)) and not strong:
            return False
        if para.rank == NONE and not strong and len(label) > 130:
            return False
        of_bodies = label.startswith(("trách nhiệm", "nhiệm vụ của")) and not self._introduces_bodies(following)
        if of_bodies and self._agency_heading(para, end, bullet, run_in):
            return True
        return (
            self._part_heading(para, label, end, strong and not bullet, run_in)
            or self._agency_heading(para, end, bullet, run_in)
            or self._area_heading(para, label, end, strong, listed, run_in, following)
            or self._group_heading(para, label, end, words, following, run_in)
        )

    def _part_heading(self, para: Paragraph, label: str, end: int, strong: bool, run_in: bool) -> bool:
        part = part_of(label, strong)
        if part in (None, Part.RESULTS, Part.OTHER) and self._looks_back(label, strong):
            part = Part.RESULTS
        if part is None and self.part() is Part.RESULTS and strong and _NEW_PLAN.match(label):
            part = Part.OTHER  # "KẾ HOẠCH NĂM 2022" after last year's results
        if part is None:
            return False
        if run_in and part in (Part.CLOSING, Part.APPENDIX):
            return False
        rank = self._rank(para, "part")
        inner = para.rank not in (PART, ROMAN) and not (para.caps and para.rank == NONE)
        if inner and part is Part.MEASURES:
            self._before_measures(para)
        if inner and part in (Part.GOALS, Part.MEASURES) and (self.open("area") is not None or self._inside_lost()):
            if part in self.seen_parts and (part is Part.GOALS or Part.GOALS not in self.seen_parts):
                self._lost_area(rank)
            self.seen_parts.add(part)
        else:
            self.seen_parts = set()
        if part is Part.DUTIES:
            self._before_bodies(para)
        self.push(
            _Entry(
                rank=rank,
                part=part,
                year=self._year(label),
                ordinal=para.ordinal,
                marker_rank=para.rank,
                mixed=part is Part.OTHER,
            )
        )
        self._add(para, part, end=end, heading=True)
        self.lead = None
        return True

    def _looks_back(self, label: str, strong: bool) -> bool:
        """Does a heading name a year before the plan's and what was reached in it?"""
        year = self._year(label)
        return bool(
            strong
            and year is not None
            and self.plan_year is not None
            and year < self.plan_year
            and _BACK_HEADING.match(label)
            and not _AHEAD_HEADING.search(label)
        )

    def _before_measures(self, para: Paragraph) -> None:
        """ "b) Nhiệm vụ" tells what stood before it where headings were lost.

        Paragraphs between the heading of an area and its "b)" were under a lost "a) Mục tiêu"; a second "b)" in one
        area means that the next area's heading and its "a)" were lost, and its goals begin where goal grammar does;
        "a) Mục tiêu", "b) Nhiệm vụ" without an area above were one area whose heading was lost.
        """
        drafts = self.drafts
        if Part.MEASURES in self.seen_parts and (self.open("area") is not None or self._inside_lost()):
            k = len(drafts)
            first = None
            while k and not drafts[k - 1].heading:
                k -= 1
                words = self.match[drafts[k].body : drafts[k].end]
                if _CLEAR_GOAL.match(words):
                    first = k
            if first is not None and first > k:
                rank = next((e.rank for e in reversed(self.stack) if e.area is not None), None)
                self._lost_area(rank or 0.0)
                self._turn_into_goals(first)
            return
        if para.ordinal < 2 or Part.GOALS in self.seen_parts:
            return
        k = len(drafts)
        while k and not drafts[k - 1].heading:
            k -= 1
        above = drafts[k - 1] if k else None
        if above is None or k == len(drafts):
            return
        if (
            above.area is not None
            and above.area_from == "heading"
            and above.part in (Part.MEASURES, Part.OTHER, Part.GOALS)
        ):
            self._turn_into_goals(k)
        elif (
            above.part is Part.GOALS
            and above.rank == para.rank
            and para.rank >= LETTER
            and self.open("area") is None
            and not self._inside_lost()
        ):
            self.segments.append((None, 0, True))
            for draft in drafts[k - 1 :]:
                draft.segment = len(self.segments) - 1
            self.seen_parts = {Part.GOALS}

    def _turn_into_goals(self, first: int) -> None:
        for draft in self.drafts[first:]:
            draft.part = Part.GOALS
            if self._inside_lost():
                draft.segment = len(self.segments) - 1
                draft.area = draft.area_from = None
        self.seen_parts.add(Part.GOALS)

    def _inside_lost(self) -> bool:
        return self.segments[-1][2]

    def _lost_area(self, rank: float) -> None:
        """A second "a) Mục tiêu" under one area: the heading of the next area was lost."""
        for k in range(len(self.stack) - 1, -1, -1):
            if self.stack[k].area is not None:
                entry = self.stack[k]
                del self.stack[k:]
                self.stack.append(replace(entry, area=None, area_from=None, ordinal=0))
                break
        self.segments.append((None, 0, True))
        self.seen_parts = set()

    def _agency_heading(self, para: Paragraph, end: int, bullet: bool, run_in: bool) -> bool:
        span = names_agency(self.text, self.match, para.body, end)
        if span is None:
            return False
        part = self.part()
        if para.rank == NONE and not para.bold and not para.caps and part is not Part.DUTIES and not run_in:
            return False
        if (
            part is Part.GOALS
            or (part is Part.MEASURES and (bullet or run_in))
            or part is Part.RESULTS
            or (part is Part.PURPOSE and (bullet or not run_in))
        ):
            return False
        if bullet and part not in (Part.DUTIES, None):
            return False
        if part in (None, Part.HEAD) and (self.in_head or para.caps) and para.rank == NONE and not run_in:
            return False
        if part is Part.CLOSING and (para.rank == NONE or bullet):
            return False
        if part is not Part.DUTIES:
            rank = self._rank(para, "part")
            self.push(_Entry(rank=min(rank, LETTER) - 0.5, part=Part.DUTIES, marker_rank=PART))
        self._before_bodies(para)
        rank = self._rank(para, "agency")
        name = " ".join(self.text[span[0] : span[1]].replace("*", " ").split())
        self.push(_Entry(rank=rank, agency=name, ordinal=para.ordinal, marker_rank=para.rank))
        draft = self._add(para, Part.DUTIES, end=end, heading=True)
        draft.agency, draft.agency_from = name, "heading"
        return True

    def _area_heading(
        self,
        para: Paragraph,
        label: str,
        end: int,
        strong: bool,
        listed: bool,
        run_in: bool,
        following: Paragraph | None,
    ) -> bool:
        if self.part() in (Part.DUTIES, Part.PURPOSE, Part.CLOSING, Part.FUNDING) and para.rank not in (PART, ROMAN):
            return False
        if len(label) > (140 if strong else 110) or "%" in label:
            return False
        area = heading_area(label[:90])
        if area is None:
            return False
        if para.rank == NONE and not strong and not run_in and not self._looks_like_area(label):
            return False
        if (
            (listed or para.rank in (DASH, PLUS))
            and not self._looks_like_area(label)
            and not self._has_children(para, following)
        ):
            return False
        if self.in_head and self.part() is None and para.rank == NONE:
            return False
        rank = self._rank(para, "area")
        if para.rank in (DASH, PLUS):
            rank = float(para.rank)
        own = None  # "Nhóm mục tiêu về thủ tục hành chính" names its part as well
        if self.part() in (None, Part.OTHER, Part.HEAD):
            own = Part.GOALS if _GOALS_OF.match(label) else Part.MEASURES if _MEASURES_OF.match(label) else None
        self.push(
            _Entry(rank=rank, part=own, area=area, area_from="heading", ordinal=para.ordinal, marker_rank=para.rank)
        )
        self.segments.append((area, para.ordinal, False))
        self.seen_parts = set()
        draft = self._add(para, self.part() or Part.OTHER, end=end, heading=True)
        draft.area, draft.area_from = area, "heading"
        self.lead = None
        return True

    def _looks_like_area(self, label: str) -> bool:
        """A heading names an area with a noun; a sentence about it begins with a verb and runs on."""
        label = label.removeprefix("về ").removeprefix("công tác ").removeprefix("lĩnh vực ").removeprefix("nhiệm vụ ")
        return label.startswith(tuple(_docs()["area_starts"])) and len(label) <= 130

    def _has_children(self, para: Paragraph, following: Paragraph | None) -> bool:
        return following is not None and following.rank > para.rank and following.rank != NONE

    def _before_bodies(self, para: Paragraph) -> None:
        """ "2. Sở Nội vụ" is the first heading of its kind: the list before it stood under a lost "1."."""
        if para.ordinal != 2 or para.rank in (NONE, DASH, PLUS, ROMAN, PART):
            return
        k = len(self.drafts)
        while (
            k and not self.drafts[k - 1].heading and self.drafts[k - 1].marker and self.drafts[k - 1].rank > para.rank
        ):
            k -= 1
        run = self.drafts[k:]
        if not run or any(d.part is Part.DUTIES for d in run) or (k and self.drafts[k - 1].agency):
            return
        before = self.drafts[k - 1] if k else None
        if before is not None and before.heading and before.marker and before.rank >= para.rank:
            return
        if (
            all(d.part is Part.MEASURES for d in run)
            and self.lead is not Part.MEASURES
            and self.open("area") is not None
        ):
            return
        for d in run:
            d.part, d.area, d.area_from, d.agency = Part.DUTIES, None, None, None

    def _introduces_bodies(self, following: Paragraph | None) -> bool:
        """ "2. Trách nhiệm của một số sở, ngành" stands above headings that name each of them."""
        if following is None or following.rank in (NONE, DASH, PLUS):
            return False
        return names_agency(self.text, self.match, following.body, following.end) is not None

    def _group_heading(
        self, para: Paragraph, label: str, end: int, words: str, following: Paragraph | None, run_in: bool
    ) -> bool:
        """A line that only introduces the deeper list below it, or names a period ("Giai đoạn 2026 - 2030")."""
        if run_in or following is None:
            return False
        deeper = following.rank > para.rank and following.rank != NONE
        year = self._year(label)
        if year is not None and len(label) < 60 and (label.startswith(("năm", "đến năm", "giai đoạn", "đến hết"))):
            self.push(_Entry(rank=self._rank(para, "year"), year=year, ordinal=para.ordinal, marker_rank=para.rank))
            self._add(para, self.part() or Part.OTHER, end=end, heading=True)
            return True
        if "%" in label:
            return False
        if deeper or para.bold or para.caps:
            self._close_sibling(para)
        if (
            deeper
            and words.endswith(":")
            and self.part() not in (Part.PURPOSE, Part.RESULTS, Part.GOALS)
            and self._announces(words) is Part.GOALS
        ):
            self.push(_Entry(rank=float(para.rank), part=Part.GOALS, ordinal=para.ordinal, marker_rank=para.rank))
            self._add(para, Part.GOALS, end=end, heading=True)
            return True
        if deeper and (
            words.endswith(":")
            or (para.rank not in (NONE, DASH, PLUS) and len(label) <= 120 and not words.endswith((".", ";")))
        ):
            self._add(para, self.part() or Part.OTHER, end=end, heading=True)
            self.group = (para.rank, label)
            return True
        if (para.bold or para.caps) and para.rank != NONE and len(label) <= 160 and not words.endswith((".", ";")):
            self._add(para, self.part() or Part.OTHER, end=end, heading=True)
            return True
        return False

    def _content(self, para: Paragraph, following: Paragraph | None) -> None:
        words = self.match[para.body : para.end]
        part = self.part()
        if part is None:
            part = self.lead or (Part.OTHER if self.open("area") is not None else Part.HEAD)
        if _GENERAL_GOAL.match(words) and part in (Part.HEAD, Part.OTHER):
            self.push(_Entry(rank=ROMAN, part=Part.PURPOSE, marker_rank=ROMAN))
            part = Part.PURPOSE
        elif (
            words.startswith(("kinh phí ", "nguồn kinh phí"))
            and para.rank == NUMBER
            and part in (Part.MEASURES, Part.OTHER, Part.DUTIES)
            and not self.open("agency")
        ):
            self.push(_Entry(rank=para.rank - 0.5, part=Part.FUNDING, marker_rank=ROMAN))
            part = Part.FUNDING
        draft = self._add(para, part)
        if self.text[para.start : para.end].rstrip(' *_"”').endswith("/."):  # the end mark of official documents
            self.push(_Entry(rank=0.5, part=Part.CLOSING, marker_rank=PART))
            return
        if self._orders_list(para, words, following):
            self.push(_Entry(rank=float(ROMAN), part=Part.DUTIES, marker_rank=PART))
            draft.heading, draft.part = True, Part.DUTIES
            return
        announced = self._announces(words)
        deeper = following is not None and following.rank != NONE and following.rank > para.rank
        if (
            announced is Part.GOALS
            and deeper
            and words.rstrip().endswith(":")
            and part not in (Part.PURPOSE, Part.RESULTS)
        ):
            self.push(_Entry(rank=float(para.rank), part=Part.GOALS, ordinal=para.ordinal, marker_rank=para.rank))
            draft.heading = True
            return
        if (
            announced is not None
            and part in (Part.HEAD, Part.OTHER, Part.PURPOSE, Part.RESULTS)
            and self.part() in (None, Part.OTHER, Part.PURPOSE)
        ):
            if part is Part.PURPOSE:
                self.stack.clear()
            self.lead = announced
            draft.heading = True
        if (
            draft.part in (Part.MEASURES, Part.GOALS, Part.DUTIES)
            and words.rstrip().endswith(":")
            and following is not None
            and following.rank != NONE
            and following.rank > para.rank
        ):
            draft.heading = True

    def _orders_list(self, para: Paragraph, words: str, following: Paragraph | None) -> bool:
        """ "UBND tỉnh yêu cầu:" above a list whose items begin with who is to act."""
        if (
            para.rank != NONE
            or following is None
            or following.rank not in (DASH, PLUS)
            or not _ORDERS.search(words[-80:])
        ):
            return False
        named = doer(self.text, self.match, following.body, following.end)
        return named is not None and named[0] - following.body < 20 and self.part() is not Part.DUTIES

    def _announces(self, words: str) -> Part | None:
        """ "..., với một số chỉ tiêu cụ thể như sau:" announces goals."""
        tail = words.rstrip()
        if not tail.endswith(":") and not _AS_FOLLOWS.search(tail):
            return None
        tail = tail[-160:]
        if _LEAD_GOALS.search(tail) and not _LEAD_MEASURES.search(tail):
            return Part.GOALS
        if _LEAD_MEASURES.search(words[-300:]) or "nội dung đáng chú ý" in tail:
            return Part.MEASURES
        return None

    def _year(self, label: str) -> int | None:
        years = [int(y) for y in _YEAR.findall(label)]
        return max(years) if years else None

    def _add(self, para: Paragraph, part: Part, end: int | None = None, heading: bool = False) -> _Draft:
        stop = para.end if end is None else end
        if self.report and part not in (Part.HEAD, Part.FURNITURE, Part.CLOSING):
            part = Part.RESULTS
        draft = _Draft(para.start, stop, min(para.body, stop), para.marker, para.rank, para.ordinal, heading, part)
        for entry in reversed(self.stack):
            if entry.area is not None:
                draft.area, draft.area_from = entry.area, entry.area_from
                break
        if part is Part.DUTIES:
            draft.agency = self.open("agency")
            draft.agency_from = "heading" if draft.agency else None
        draft.year = self.open("year")
        draft.segment = len(self.segments) - 1
        if not heading and para.rank <= self.group[0]:
            self.group = (NONE, "")
        draft.group = self.group[1]
        draft.mixed = bool(self.stack) and part is Part.OTHER
        self.drafts.append(draft)
        if heading or part not in (Part.HEAD, Part.FURNITURE):
            self.in_head = False
        return draft

    # -- areas whose headings were lost -------------------------------------------------------------------------
    def place_lost_areas(self) -> int:
        """Gives each segment without a heading the area its place between its neighbours leaves; returns how many."""
        segments = self.segments
        lost = 0
        k = 0
        while k < len(segments):
            if not segments[k][2]:
                k += 1
                continue
            stop = k
            while stop < len(segments) and segments[stop][2]:
                stop += 1
            before = next((s for s in reversed(segments[:k]) if s[0] is not None), None)
            after = segments[stop] if stop < len(segments) else None
            places = _between(before, after, stop - k)
            for j in range(k, stop):
                segments[j] = (places[j - k] if places else None, 0, True)
            lost += stop - k
            k = stop
        for draft in self.drafts:
            area, _, was_lost = segments[draft.segment]
            if (
                was_lost
                and draft.area is None
                and draft.part in (Part.GOALS, Part.MEASURES, Part.OTHER)
                and area is not None
            ):
                draft.area, draft.area_from = area, "position"
        return lost

    def _general_aims(self) -> None:
        """A section «Mục tiêu» without any figure is the general aim where another section sets the goals."""
        sections: list[tuple[int, int, bool, bool]] = []  # first, last, bare?, with figures?
        for k, d in enumerate(self.drafts):
            if not d.heading or d.part is not Part.GOALS:
                continue
            stop = next((j for j in range(k + 1, len(self.drafts)) if self.drafts[j].heading), len(self.drafts))
            figures = any(_GOAL_FIGURE.search(self.match, x.body, x.end) for x in self.drafts[k + 1 : stop])
            bare = d.area is None and self.match[d.body : d.end].strip(" .:*").endswith("mục tiêu")
            sections.append((k, stop, bare, figures))
        if not sections or not any(figures for *_, figures in sections[1:]):
            return
        for (first, stop, bare, figures), following in zip(sections, [*sections[1:], None], strict=True):
            sets = following is not None and following[0] == stop and self._specific(self.drafts[stop])
            if bare and not figures and (first == sections[0][0] or sets):
                for d in self.drafts[first:stop]:
                    d.part = Part.PURPOSE

    def _specific(self, heading: _Draft) -> bool:
        """ "2. Chỉ tiêu cụ thể", "2. Mục tiêu cụ thể": what stood under "1. Mục tiêu" was the general aim."""
        words = self.match[heading.body : heading.end]
        return heading.part is Part.GOALS and ("chỉ tiêu" in words or "cụ thể" in words)

    def _lost_measures(self) -> None:
        """An area with "a) Mục tiêu" but no "b) Nhiệm vụ", in a plan whose other areas have both: what stands after its
        last figure (or, without figures, after a change from bare paragraphs to a list) were measures."""
        parts: dict[int, set[Part]] = {}
        for d in self.drafts:
            if d.heading and d.part in (Part.GOALS, Part.MEASURES) and d.rank not in (PART, ROMAN):
                parts.setdefault(d.segment, set()).add(d.part)
        both = {Part.GOALS, Part.MEASURES}
        pairs = sum(p == both for p in parts.values())
        alone = [segment for segment, p in parts.items() if p == {Part.GOALS} and segment]
        if pairs < 2 or not alone or len(alone) > pairs:
            return
        for segment in alone:
            items = [d for d in self.drafts if d.segment == segment and d.part is Part.GOALS and not d.heading]
            last = max((k for k, d in enumerate(items) if _GOAL_FIGURE.search(self.match, d.body, d.end)), default=-1)
            if last < 0:
                last = next((k for k in range(1, len(items)) if items[k].marker and not items[k - 1].marker), 0) - 1
            for d in items[last + 1 :] if last >= 0 else []:
                d.part = Part.MEASURES

    def _lost_section(self) -> None:
        """Between "II. Chỉ tiêu" and "IV. Tổ chức thực hiện": sections almost without figures were those of a lost
        "III. Nhiệm vụ"."""
        tops = [k for k, d in enumerate(self.drafts) if d.heading and d.rank in (PART, ROMAN) and d.ordinal]
        for k, after in pairwise(tops):
            here, there = self.drafts[k], self.drafts[after]
            if here.part is not Part.GOALS or here.rank != there.rank or there.ordinal != here.ordinal + 2:
                continue
            border = self._figures_end(k, after)
            for d in self.drafts[border:after]:
                if d.part is Part.GOALS:
                    d.part = Part.MEASURES

    def _figures_end(self, first: int, stop: int) -> int:
        """The heading in `first+1:stop` from which on most paragraphs hold no figure; `stop` where there is none."""
        figures = items = own = own_figures = 0
        border = stop
        for j in range(stop - 1, first, -1):
            d = self.drafts[j]
            if d.heading:
                if own and own_figures * 2 <= own and figures * 4 <= items:
                    border = j
                own = own_figures = 0
                continue
            has = bool(_GOAL_FIGURE.search(self.match, d.body, d.end))
            items, own, figures, own_figures = items + 1, own + 1, figures + has, own_figures + has
        return border

    def _lost_goals(self) -> None:
        """From the first clear goal of a run under a general aim (or before the first heading) on: goals whose heading
        was lost."""
        article = not any(d.heading and d.marker for d in self.drafts)
        running: Part | None = None
        for d in self.drafts:
            if d.heading and (d.area is not None or d.part is not running):
                running = None
            if d.heading or d.part not in (Part.HEAD, Part.PURPOSE):
                if d.part is not running:
                    running = None
                continue
            if running is None and (d.marker or not article) and _CLEAR_GOAL.match(self.match, d.body, d.end):
                running = d.part
            if running is d.part:
                d.part = Part.GOALS

    def blocks(self) -> list[Block]:
        """The finished blocks: what no heading told is inferred here from grammar and words."""
        self.duties_headed = any(d.heading and d.part is Part.DUTIES and d.agency is None for d in self.drafts)
        self._general_aims()
        self._lost_measures()
        self._lost_section()
        self._lost_goals()
        article = not any(d.heading and d.marker for d in self.drafts)
        out: list[Block] = []
        for d in self.drafts:
            part = d.part
            words = self.match[d.body : d.end]
            if part is Part.OTHER and not d.heading:
                part = self._infer(d, words)
            if article and part is Part.GOALS and not d.marker and not d.heading and self._is_order(d):
                part = Part.HEAD  # the article goes on from the goals to who must do what
            if d.area is None and not d.heading and part in (Part.GOALS, Part.MEASURES):
                d.area = content_area(f"{d.group}. {words}" if d.group else words)
                d.area_from = "content" if d.area else None
            keep_area = part in (Part.GOALS, Part.MEASURES, Part.RESULTS, Part.OTHER, Part.APPENDIX)
            out.append(
                Block(
                    start=d.start,
                    end=d.end,
                    body=d.body,
                    marker=d.marker,
                    heading=d.heading,
                    part=part,
                    area=d.area if keep_area else None,
                    area_from=d.area_from if keep_area and d.area else None,
                    agency=d.agency,
                    agency_from=d.agency_from,
                    year=d.year,
                )
            )
        return out

    def _is_order(self, d: _Draft) -> bool:
        words = self.match[d.body : min(d.end, d.body + 260)]
        told = orders_someone(self.match, d.body, d.end) or "có trách nhiệm" in words or "chủ trì" in words
        return told and doer(self.text, self.match, d.body, d.end) is not None

    def _infer(self, d: _Draft, words: str) -> Part:
        """A part no heading tells: goals by their grammar, else measures where an area is open."""
        if _GOAL_FIGURE.search(words[:200]) and _GOAL_START.match(words):
            return Part.GOALS
        if (
            not self.duties_headed
            and d.area is None
            and d.marker
            and doer(self.text, self.match, d.body, d.end) is not None
        ):
            return Part.DUTIES
        return Part.MEASURES if d.area is not None or (d.mixed and d.marker) else Part.OTHER


def replace_end(para: Paragraph, end: int) -> Paragraph:
    """The paragraph cut at `end`."""
    return Paragraph(
        para.start, end, para.body, para.marker, para.rank, para.ordinal, para.bold, para.caps, para.after_blank
    )


def _between(
    before: tuple[int | None, int, bool] | None, after: tuple[int | None, int, bool] | None, count: int
) -> list[int] | None:
    """The `count` areas between two known ones, in the order of the plan (the steering stands first or last)."""
    orders = ([1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 1])
    for order in orders:
        low = order.index(before[0]) + 1 if before and before[0] else 0
        high = order.index(after[0]) if after and after[0] else None
        if high is not None and high - low == count:
            return order[low:high]
        if high is None and low + count <= 7 and before is not None:
            return order[low : low + count]
        if before is None and high is not None and high >= count:
            return order[high - count : high]
    return None
