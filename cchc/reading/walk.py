"""Which headings are open at a paragraph? The state of the outline while it is being read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from cchc.reading.blocks import Part
from cchc.reading.drafts import Draft, Entry
from cchc.reading.paragraphs import DASH, LETTER, NONE, NUMBER, PAREN, PART, PLUS, ROMAN, Paragraph

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
# A paragraph that can be nothing but a goal: it begins with its figure, or strives for one.
_CLEAR_GOAL = re.compile(
    r"(?:phấn đấu[^.;]{0,200}?|đạt |tối thiểu |ít nhất |trên |từ |có |duy trì |bảo đảm |đảm bảo |hoàn thành "
    r")?(?:tối thiểu |ít nhất |trên |từ |đạt )?\d{1,3}(?:[.,]\d+)? ?%"
    r"|(?:phấn đấu )?(?:tỷ lệ|tỉ lệ|mức độ)[^.;]{5,200}? (?:đạt|trên|dưới|tối thiểu|ít nhất|không quá|"
    r"từ)[^.;]{0,40}?\d ?%|phấn đấu[^.;]{5,200}?\d ?%"
)


class Walk:
    """The open headings and the drafts so far; what lost headings mean for those that stand."""

    def __init__(self, text: str, match: str) -> None:
        self.text, self.match = text, match
        self.stack: list[Entry] = []
        self.drafts: list[Draft] = []
        self.segments: list[tuple[int | None, int, bool]] = [(None, 0, False)]  # area, heading number, lost?
        self.numbers: dict[int, int] = {}  # last ordinal seen at each marker rank under the open headings
        self.placed: dict[int, int] = {}  # how many paragraphs stood before that number
        self.plan_year: int | None = None  # told by the printed title
        self.plan_begins: int | None = None  # its first year, of a plan of several years
        self.report = False  # inside a report, before what it plans for the next year
        self.notice = False  # a notice of what a meeting concluded: its work is handed to bodies
        self.seen_parts: set[Part] = set()  # parts headed inside the current area
        self.lead: Part | None = None  # what a sentence ending in ":" announces
        self.group: tuple[int, str] = (NONE, "")  # rank and words of the line that introduces the present list
        self.taking_article = False  # is «Điều 2.» being read?
        self.tail = False  # inside what follows the document on a web page
        self.document = False  # a heading or list was seen: this is no bare article
        self.in_head = True
        self.duties_headed = False  # does a heading open the duties?

    def begin_again(self) -> None:
        """Here the document begins: all that stands above is its head."""
        self.stack.clear()
        self.lead, self.in_head, self.duties_headed = None, True, False
        self.seen_parts.clear()
        for draft in self.drafts:
            if draft.part is not Part.FURNITURE:
                draft.part, draft.heading, draft.area, draft.agency = Part.HEAD, False, None, None

    def open(self, name: str) -> Any:
        for entry in reversed(self.stack):
            value = getattr(entry, name)
            if value is not None and value != 0:
                return value
        return None

    def part(self) -> Part | None:
        part: Part | None = self.open("part")
        return part

    def push(self, entry: Entry) -> None:
        while self.stack and self.stack[-1].rank >= entry.rank:
            self.stack.pop()
        entry.at = len(self.drafts)
        entry.article = self.taking_article and entry.marker_rank == NUMBER
        self.stack.append(entry)
        self.group = (NONE, "")
        for rank in [r for r in self.numbers if r > entry.marker_rank]:
            del self.numbers[rank]

    def year_of(self, label: str) -> int | None:
        years = [int(y) for y in _YEAR.findall(label)]
        return max(years) if years else None

    def add(self, para: Paragraph, part: Part, end: int | None = None, heading: bool = False) -> Draft:
        stop = para.end if end is None else end
        if self.report and part not in (Part.HEAD, Part.FURNITURE, Part.CLOSING):
            part = Part.RESULTS
        draft = Draft(para.start, stop, min(para.body, stop), para.marker, para.rank, para.ordinal, heading, part)
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
        draft.unnamed = self.open("unnamed") or 0 if part is Part.OTHER else 0
        draft.mixed = bool(self.stack) and part is Part.OTHER and not draft.unnamed
        self.drafts.append(draft)
        if heading or part not in (Part.HEAD, Part.FURNITURE):
            self.in_head = False
        return draft

    def rank(self, para: Paragraph, kind: str) -> float:
        if para.rank not in (NONE, DASH, PLUS):
            return self.numbered_rank(para)
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

    def numbered_rank(self, para: Paragraph) -> float:
        """The rank of the marker's style; deeper where a list in the style of its own heading begins anew under it
        ("4. Tổ chức thực hiện" / "1. Sở Nội vụ" / "2. Sở Tài chính")."""
        for entry in reversed(self.stack):
            if entry.marker_rank != para.rank or not entry.ordinal:
                continue
            if entry.article and not para.article:
                return entry.rank + 0.5
            if entry.ordinal + 1 == para.ordinal:
                return entry.rank
            if para.ordinal == 1 and self.drafts and self.drafts[-1].heading:
                return entry.rank + 0.5
            break
        return float(para.rank)

    def close_sibling(self, para: Paragraph) -> None:
        """ "4. Sở Tài chính cân đối ..." after the heading "3. Sở Thông tin và Truyền thông" is no part of it."""
        if para.rank in (NONE, DASH, PLUS):
            return
        for k in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[k]
            if entry.marker_rank == para.rank and entry.article and not para.article:
                return
            if entry.marker_rank == para.rank and 0 < entry.ordinal < para.ordinal:
                del self.stack[k:]
                return

    def close_deeper(self, para: Paragraph) -> None:
        """ "2.2." ends what was opened below "2.1.": the area that "c) Cải cách tài chính công" set there."""
        before = self.placed.get(para.rank, 0)
        for k, entry in enumerate(self.stack):
            if entry.at > before and entry.rank > para.rank and para.rank < entry.marker_rank <= PAREN:
                del self.stack[k:]
                self.group = (NONE, "")
                return

    def restart(self, para: Paragraph) -> None:
        """Numbers begin anew without a heading above them: the heading was lost, its part is not known."""
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.heading:
            return
        if self.part() is Part.CLOSING:
            return
        while self.stack and self.stack[-1].rank >= para.rank:
            self.stack.pop()
        if para.rank == NUMBER:
            self.push(Entry(rank=ROMAN, part=Part.OTHER, marker_rank=ROMAN))

    def inside_lost(self) -> bool:
        return self.segments[-1][2]

    def lost_area(self, rank: float) -> None:
        """A second "a) Mục tiêu" under one area: the heading of the next area was lost."""
        for k in range(len(self.stack) - 1, -1, -1):
            if self.stack[k].area is not None:
                entry = self.stack[k]
                del self.stack[k:]
                self.stack.append(replace(entry, area=None, area_from=None, ordinal=0))
                break
        self.segments.append((None, 0, True))
        self.seen_parts = set()

    def turn_into_goals(self, first: int) -> None:
        for draft in self.drafts[first:]:
            draft.part = Part.GOALS
            if self.inside_lost():
                draft.segment = len(self.segments) - 1
                draft.area = draft.area_from = None
        self.seen_parts.add(Part.GOALS)

    def before_measures(self, para: Paragraph) -> None:
        """ "b) Nhiệm vụ" tells what stood before it where headings were lost.

        Paragraphs between the heading of an area and its "b)" were under a lost "a) Mục tiêu"; a second "b)" in one
        area means that the next area's heading and its "a)" were lost, and its goals begin where goal grammar does;
        "a) Mục tiêu", "b) Nhiệm vụ" without an area above were one area whose heading was lost.
        """
        drafts = self.drafts
        if Part.MEASURES in self.seen_parts and (self.open("area") is not None or self.inside_lost()):
            k = len(drafts)
            first = None
            while k and not drafts[k - 1].heading:
                k -= 1
                words = self.match[drafts[k].body : drafts[k].end]
                if _CLEAR_GOAL.match(words):
                    first = k
            if first is not None and first > k:
                rank = next((e.rank for e in reversed(self.stack) if e.area is not None), None)
                self.lost_area(rank or 0.0)
                self.turn_into_goals(first)
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
            self.turn_into_goals(k)
        elif (
            above.part is Part.GOALS
            and above.rank == para.rank
            and para.rank >= LETTER
            and self.open("area") is None
            and not self.inside_lost()
        ):
            self.segments.append((None, 0, True))
            for draft in drafts[k - 1 :]:
                draft.segment = len(self.segments) - 1
            self.seen_parts = {Part.GOALS}

    def before_bodies(self, para: Paragraph) -> None:
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
