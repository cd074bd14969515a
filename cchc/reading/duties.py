"""What «Tổ chức thực hiện» asks of whom: one duty a paragraph of a list, one a sentence of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cchc.model import AgencyFrom
from cchc.reading.areas import content_area
from cchc.reading.blocks import Block, Part
from cchc.reading.doers import doer, names_agency, orders_someone

# What an official reads.
LOST_HEADING = "Tiêu đề nêu cơ quan bị mất trong văn bản (số thứ tự bị nhảy); chưa rõ việc này của cơ quan nào"
NO_AGENCY = "Câu không nêu cơ quan thực hiện"
GOES_ON = "Cơ quan lấy từ câu đứng trước trong cùng danh sách"

_NEXT_SENTENCE = re.compile(r"([.;])\s{1,6}(?=[^\W\d_])")
_MARKER_NUMBER = re.compile(r"(?P<head>(?:\d{1,2}\.)*)(?P<last>\d{1,2})\W*\Z")
_PAST = re.compile(r"(?:trước đó|theo báo cáo|được biết|thời gian qua|trong những năm qua)(?!\w)|.{0,80}(?<!\w)đã\s+(?:có|được|ban hành|triển khai)")
_STRONG = re.compile(r"(?<!\w)(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì)(?!\w)")
_FORMULA = re.compile(r"chịu\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện)\s+(?:quyết\s+định|kế\s+hoạch|chỉ\s+thị)\s+này|nơi\s+nhận")


@dataclass(frozen=True, slots=True)
class DutyText:
    """One duty; `agency` is None with a `reason` where the document does not say whose it is."""

    agency: str | None
    agency_from: AgencyFrom
    start: int
    end: int
    reason: str = ""


def read_duties(text: str, match: str, blocks: Sequence[Block]) -> list[DutyText]:
    """The duties of a document, in order. Headings, funding, the closing formula and past deeds are none."""
    found: list[DutyText] = []
    groups = _groups(blocks)
    for k, group in enumerate(groups):
        found += _group(text, match, group, _lost_after(groups, k))
    article = not any(b.heading and b.marker for b in blocks)
    parts = (Part.HEAD, Part.OTHER, Part.PURPOSE) if article else (Part.HEAD, Part.OTHER)
    for b in blocks:
        if b.part in parts and not b.heading and b.end - b.start > 60 and (not b.marker or match.startswith("điều", b.start)):
            found += _prose(text, match, b)
    return sorted(found, key=lambda d: d.start)


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """Runs of duty blocks, each begun by its heading where there is one."""
    groups: list[list[Block]] = []
    open_run = False
    for b in blocks:
        if b.part is not Part.DUTIES:
            open_run = open_run and b.part in (Part.FURNITURE,)
            continue
        if b.heading or not open_run:
            groups.append([])
        groups[-1].append(b)
        open_run = True
    return groups


def _numbered(group: list[Block]) -> tuple[str, int] | None:
    m = _MARKER_NUMBER.search(group[0].marker.strip(" .)")) if group[0].heading else None
    return (m.group("head"), int(m.group("last"))) if m else None


def _lost_after(groups: list[list[Block]], k: int) -> int:
    """How many numbered headings are missing between this group's heading and the next one's.

    "2.3." then "2.5.": one. A heading without an agency ("2. Trách nhiệm cụ thể") then "2.3.": two.
    """
    if k + 1 >= len(groups):
        return 0
    here, after = _numbered(groups[k]), _numbered(groups[k + 1])
    if after is None:
        return 0
    if here is not None and here[0] == after[0]:
        return max(0, after[1] - here[1] - 1)
    if after[1] > 1 and (here is None or after[0] == f"{here[0]}{here[1]}."):
        return after[1] - 1
    return 0


def _name(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].replace("*", " ").split())


def _group(text: str, match: str, blocks: list[Block], lost_headings: int) -> list[DutyText]:
    out: list[DutyText] = []
    items = [b for b in blocks if not b.heading and not _FORMULA.search(match, b.body, b.end)]
    running: str | None = None  # the body the first item of a list names, whose list goes on
    lost = False
    for k, b in enumerate(items):
        if k and lost_headings and not lost and _border(match, items[0], items[k - 1], b):
            lost, running = True, None
        named = doer(text, match, b.body, b.end)
        agency: str | None
        source: AgencyFrom
        if named is not None:
            agency, source, reason = _name(text, named), "text", ""
            if b.agency is None:
                running, lost = agency, False
        elif lost:
            agency, source, reason = None, "inferred", LOST_HEADING
        elif b.agency:
            agency, source, reason = b.agency, "heading", ""
        elif running:
            agency, source, reason = running, "inferred", GOES_ON
        else:
            agency, source, reason = None, "inferred", NO_AGENCY
        pieces = _pieces(text, match, b) if not b.marker else [(b.body, b.end)]
        out += [DutyText(agency, source, s, e, reason) for s, e in pieces]
    return out


def _border(match: str, first: Block, before: Block, block: Block) -> bool:
    """Where headings are known to be missing: does another body's list begin with this paragraph?

    Yes where bare paragraphs and list items change places, where the sentence works with the very body of the
    heading, or where it speaks of another area than the first one did.
    """
    if bool(before.marker) != bool(block.marker):
        return True
    words = match[block.body : block.end]
    if block.agency and _works_with(words, " ".join(block.agency.split())):
        return True
    if block.agency is None:
        return False
    return content_area(words) != content_area(match[first.body : first.end])


def _works_with(words: str, agency: str) -> bool:
    low = " ".join(words[:160].split())
    at = low.find("phối hợp")
    return at >= 0 and agency.lower() in low[at : at + 100]


def _pieces(text: str, match: str, block: Block) -> list[tuple[int, int]]:
    """Old bullets run together ("...; Hướng dẫn ...") are parted at ";" before a capital that opens no name."""
    out: list[tuple[int, int]] = []
    start = block.body
    for m in _NEXT_SENTENCE.finditer(match, block.body, block.end):
        if m.group(1) == ";" and text[m.end()].isupper() and names_agency(text, match, m.end(), min(block.end, m.end() + 60)) is None:
            out.append((start, m.start() + 1))
            start = m.end()
    out.append((start, block.end))
    return out if len(out) > 1 and all(e - s > 30 for s, e in out) else [(block.body, block.end)]


def _prose(text: str, match: str, block: Block) -> list[DutyText]:
    """Duties in running text: each sentence that tells a body to act, and those of its paragraph that go on."""
    out: list[DutyText] = []
    running = False
    for start, end in _sentences(text, match, block.body, block.end):
        words = match[start:end]
        if _PAST.match(words) or _FORMULA.search(words):
            running = False
            continue
        named = doer(text, match, start, end)
        if named is not None and " nào" in match[named[0] : named[1]]:
            continue  # "đơn vị nào để ...": a threat, no duty
        told = named is not None and (running or orders_someone(match, start, end) or bool(_STRONG.search(words[:260])))
        if told and named is not None:
            out.append(DutyText(_name(text, named), "text", start, end))
            running = True
        elif running and named is None and len(words.split()) > 5:
            out.append(DutyText(None, "inferred", start, end, NO_AGENCY))
    return out


def _sentences(text: str, match: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at "." or ";" before a capital that opens no member of a list of bodies."""
    out: list[tuple[int, int]] = []
    at = start
    for m in _NEXT_SENTENCE.finditer(match, start, end):
        upper = text[m.end()].isupper()
        if not upper and (m.group(1) == "." or doer(text, match, m.end(), end) is None):
            continue
        if m.group(1) == "." or not _lists_bodies(text, match, at, m):
            out.append((at, m.start() + 1))
            at = m.end()
    out.append((at, end))
    return [(s, e) for s, e in out if e - s > 20]


def _lists_bodies(text: str, match: str, at: int, m: re.Match[str]) -> bool:
    """ "Các Sở, Ban, ngành; Ủy ban nhân dân các huyện ...": the ";" parts members of one list."""
    named = doer(text, match, at, min(len(match), m.end() + 300))
    return named is not None and named[0] < m.start() < named[1]

