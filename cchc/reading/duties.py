"""What «Tổ chức thực hiện» asks of whom: one duty a paragraph of a list, one a sentence of running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_PAST = re.compile(
    r"(?:trước đó|theo báo cáo|được biết|thời gian qua|trong những năm qua)(?!\w)|.{0,80}(?<!\w)đã\s+(?:có|"
    r"được|ban hành|triển khai)"
)
# A leader's words in the news: «Giám đốc Sở Nội vụ cho biết: “...”»
_SAYS = re.compile(
    r"[^.;]{0,160}?(?<!\w)(?:cho\s+biết|chia\s+sẻ|trao\s+đổi\s+với\s+(?:phóng\s+viên|báo)|phát\s+biểu)(?!\w)"
)
_STRONG = re.compile(r"(?<!\w)(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì)(?!\w)")
_FORMULA = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:(?:thi\s+hành|thực\s+hiện)\s+(?:quyết\s+định|kế\s+hoạch|chỉ\s+thị|nghị\s+quyết|công\s+văn)\s+"
    r"này|thi\s+hành[\s./]*\Z)|nơi\s+nhận"
)

# «Quyết định này có hiệu lực kể từ ngày ký.», «Kế hoạch này được phổ biến đến ...»: said of the document, to nobody
_OF_DOCUMENT = re.compile(
    r"(?:quyết\s+định|kế\s+hoạch|chỉ\s+thị|nghị\s+quyết|thông\s+báo|văn\s+bản)\s+này\s+(?:có\s+hiệu\s+lực|thay\s+thế"
    r"|được\s+(?:phổ\s+biến|quán\s+triệt|thông\s+báo|gửi|niêm\s+yết|công\s+khai))"
)

# «Chỉ thị này có hiệu lực từ ngày ký. Giao Văn phòng UBND tỉnh theo dõi ...»
_THEN_GIVES = re.compile(r"\.\s+(?P<order>(?:giao|phân\s+công)\s+[^\W\d_])")
# "Nhiệm vụ cụ thể của từng cơ quan nêu tại Phụ lục kèm theo."
_POINTER = re.compile(
    r"\(?[^.;]{0,120}(?:chi\s+tiết|nêu|quy\s+định|phân\s+công|cụ\s+thể|có)\s+(?:tại|theo|ở)?\s*(?:các\s+)?"
    r"(?:phụ\s+lục|biểu|danh\s+mục)[^.;]{0,80}\.?\)?\s*"
    r"|\(?(?:các\s+)?(?:nhiệm\s+vụ|nội\s+dung|trách\s+nhiệm|tiến\s+độ|công\s+việc)[^.;]{0,100}\s(?:tại|theo|ở|trong)\s+"
    r"(?:các\s+)?(?:phụ\s+lục|biểu|danh\s+mục)[^.;]{0,80}\.?\)?\s*"
)
# "(Kèm theo Kế hoạch số 02/KH-UBND ...)" below the title of an appendix
_ISSUED_WITH = re.compile(r"\(?(?:ban\s+hành\s+)?(?:kèm|đính\s+kèm)\s+theo\s[^.;]{0,160}\)?\.?\s*")
_MONEY = re.compile(
    r"(?:nguồn\s+)?kinh\s+phí\s[^.;]{0,80}(?:bố\s+trí|bảo\s+đảm|đảm\s+bảo|lấy|sử\s+dụng|chi)\s+(?:từ|trong|theo)(?!\w)"
)
_PURPOSE = re.compile(r"(?:để|nhằm)\s[^,.;:]{3,80},\s+")  # «Để thực hiện các mục tiêu trên, UBND tỉnh giao ...»
_ONLY_IS = re.compile(r"là\s+(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+(?:thường\s+trực|đầu\s+mối)[^,;.]{0,30}\.?\s*")
# «Hình thức: đăng bài, phát thanh»: how what stands above is done
_OF_FORM = re.compile(r"(?:hình\s+thức|phương\s+thức|thời\s+lượng|địa\s+điểm|thành\s+phần)(?:\s+[^\W\d_]+){0,3}\s?:")
_GIVES = re.compile(r"(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)\s+[^\W\d_]")
# "người đứng đầu cơ quan bị hạ bậc xếp loại nếu ...": what happens to whoever fails, no duty
_SUFFERS = re.compile(
    r"(?:các\s+)?(?:người\s+đứng\s+đầu|thủ\s+trưởng|lãnh\s+đạo|cơ\s+quan|đơn\s+vị|địa\s+phương|cá\s+nhân|tập\s+thể|sở|xã)"
    r"(?!\w)[^.;:]{0,80}?(?<!trang)(?<!chuẩn)(?<!thiết)\sbị\s"
)
_PUNISHED = re.compile(
    r"(?:các\s+)?(?:cán\s+bộ|công\s+chức|viên\s+chức|giáo\s+viên|đảng\s+viên|đội|phòng|đơn\s+vị|tập\s+thể|cá\s+nhân)(?!\w)"
    r"[^.;:]{0,60}?\svi\s+phạm\s[^.;:]{0,40}?(?:bị|không\s+được)\s"
)
_ANSWERS = re.compile(r"\s+(?:phải\s+)?chịu\s+trách\s+nhiệm(?!\w)")
# Who of the body named above, no body of its own: «Người đứng đầu trực tiếp đối thoại ...».
_ROLE = re.compile(
    r"(?:các\s+)?"
    r"(?:người\s+đứng\s+đầu|thủ\s+trưởng|lãnh\s+đạo|cán\s+bộ|công\s+chức|viên\s+chức|người\s+lao\s+động|[,\s]|và)++"
    r"(?:cơ\s+quan|đơn\s+vị|các\s+cấp|[,\s]|và)*+"
)
_CONDITIONAL = re.compile(r"(?:nếu|trường\s+hợp|khi)(?!\w)")


@dataclass(frozen=True, slots=True)
class DutyText:
    """One duty; `agency` is None with a `reason` where the document does not say whose it is."""

    agency: str | None
    agency_from: AgencyFrom
    start: int
    end: int
    reason: str = ""
    content: str = ""  # where it is not the whole of `start:end`: a row of a table
    said_from: int = -1  # where its sentence begins, with «Để thực hiện ..., »: part of the item's stable id


def read_duties(text: str, match: str, blocks: Sequence[Block]) -> list[DutyText]:
    """The duties of a document, in order. Headings, funding, the closing formula and past deeds are none."""
    found: list[DutyText] = []
    groups = _groups(blocks)
    for k, group in enumerate(groups):
        found += _group(text, match, group, _lost_after(groups, k))
    article = not any(b.heading and b.marker for b in blocks)
    parts = (Part.HEAD, Part.OTHER, Part.PURPOSE) if article else (Part.HEAD, Part.OTHER)
    for b in blocks:
        if b.part in parts and not b.heading and b.end - b.start > 60 and _runs(text, match, b):
            found += _prose(text, match, b)
    return sorted(found, key=lambda d: d.start)


def _runs(text: str, match: str, b: Block) -> bool:
    """Is this running text, an article («Điều 2. Giao ...»), or an item of a letter that orders («7. Giao ...»)?"""
    if not b.marker or match.startswith("điều", b.start):
        return True
    return b.part is Part.HEAD and b.marker[:1].isalnum() and _GIVES.match(match, b.body, b.end) is not None


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
    for b in groups[k][1:]:  # bodies whose duty stands on their own line, between two that head a list
        m = _MARKER_NUMBER.search(b.marker.strip(" .)")) if b.marker[:1].isdigit() else None
        if m and here is not None and m.group("head") == here[0] and int(m.group("last")) == here[1] + 1:
            here = (here[0], here[1] + 1)
    if here is not None and here[0] == after[0]:
        return max(0, after[1] - here[1] - 1)
    if after[1] > 1 and (here is None or after[0] == f"{here[0]}{here[1]}."):
        return after[1] - 1
    return 0


def _name(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].replace("*", " ").split())


def _group(text: str, match: str, blocks: list[Block], lost_headings: int) -> list[DutyText]:
    out: list[DutyText] = []
    items = [_order(match, b) for b in blocks if not b.heading and not _no_duty(match, b)]
    running: str | None = None  # the body the first item of a list names, whose list goes on
    lost = False
    for k, b in enumerate(items):
        if k and lost_headings and not lost and _border(match, items[0], items[k - 1], b):
            lost, running = True, None
        named = doer(text, match, b.body, b.end)
        if named is not None and b.agency and _ROLE.fullmatch(match, *named) and not _ANSWERS.match(match, named[1]):
            named = None
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
        several = _several(text, match, b) if named is not None else []
        if several:
            out += several
            continue
        pieces = _pieces(text, match, b) if not b.marker else [(b.body, b.end)]
        out += [DutyText(agency, source, s, e, reason) for s, e in pieces]
    return out


def _order(match: str, b: Block) -> Block:
    """The block without the sentence of form that an order stands behind."""
    gives = _THEN_GIVES.search(match, b.body, b.end) if _OF_DOCUMENT.match(match, b.body, b.end) else None
    return replace(b, start=gives.start("order"), body=gives.start("order")) if gives else b


def _no_duty(match: str, b: Block) -> bool:
    """The closing formula, a pointer to an appendix, where the money comes from, what introduces a list ("UBND tỉnh
    phân công như sau:"), or a stray word ("Số")."""
    return match[b.body : b.end].rstrip(" *_").endswith(":") or bool(
        _FORMULA.search(match[b.body : b.end])
        or (_OF_DOCUMENT.match(match, b.body, b.end) and not _THEN_GIVES.search(match, b.body, b.end))
        or (_POINTER.fullmatch(match, b.body, b.end) and not _ANSWERS.search(match, b.body, b.end))
        or _MONEY.match(match, b.body, b.end)
        or _ISSUED_WITH.fullmatch(match, b.body, b.end)
        or _OF_FORM.match(match, b.body, b.end)
        or _PUNISHED.match(match, b.body, b.end)
        or _ONLY_IS.fullmatch(match, b.body, b.end)
        or len(match[b.body : b.end].split()) < 3
    )


def _several(text: str, match: str, b: Block) -> list[DutyText]:
    """ "Giao Sở Nội vụ ...; Sở Tài chính phụ trách ...": a duty for each body that a clause begins with."""
    starts: list[tuple[int, tuple[int, int]]] = []
    first = doer(text, match, b.body, b.end)
    own = _name(text, first).lower() if first is not None else ""
    for m in _NEXT_SENTENCE.finditer(match, b.body, b.end):
        if text[m.end()].isupper() and not _lists_bodies(text, match, starts[-1][0] if starts else b.body, m):
            named = doer(text, match, m.end(), b.end)
            if named is None or named[0] - m.end() >= 40 or _CONDITIONAL.match(match, m.end()):
                continue
            if first is None or named[0] <= first[0] or _name(text, named).lower() not in own:  # else the same goes on
                starts.append((m.end(), named))
    if not starts or first is None:
        return []
    starts.insert(0, (b.body, first))
    out = []
    for (start, named), following in zip(starts, [*starts[1:], None], strict=True):
        end = b.end if following is None else following[0]
        while end > start and match[end - 1].isspace():
            end -= 1
        out.append(DutyText(_name(text, named), "text", start, end))
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
    area, led = content_area(words), content_area(match[first.body : first.end])
    return area != led and not (area is None and led == 1)  # to lead and then to report is of one body


def _works_with(words: str, agency: str) -> bool:
    low = " ".join(words[:160].split())
    at = low.find("phối hợp")
    return at >= 0 and agency.lower() in low[at : at + 100]


def _pieces(text: str, match: str, block: Block) -> list[tuple[int, int]]:
    """Old bullets run together ("...; Hướng dẫn ...") are parted at ";" before a capital that opens no name."""
    out: list[tuple[int, int]] = []
    start = block.body
    for m in _NEXT_SENTENCE.finditer(match, block.body, block.end):
        if (
            m.group(1) == ";"
            and text[m.end()].isupper()
            and names_agency(text, match, m.end(), min(block.end, m.end() + 60)) is None
        ):
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
        if _SUFFERS.match(words) or _OF_DOCUMENT.match(words):
            continue
        if words.rstrip(" *_").endswith(":") or _PAST.match(words) or _FORMULA.search(words) or _SAYS.match(words):
            running = False
            continue
        named = doer(text, match, start, end)
        if named is not None and " nào" in match[named[0] : named[1]]:
            continue  # "đơn vị nào để ...": a threat, no duty
        told = named is not None and (running or orders_someone(match, start, end) or bool(_STRONG.search(words[:260])))
        if told and named is not None:
            purpose = _PURPOSE.match(match, start, named[0])
            out.append(DutyText(_name(text, named), "text", purpose.end() if purpose else start, end, said_from=start))
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
        follows = doer(text, match, m.end(), end) is not None or _SUFFERS.match(match, m.end(), end)
        if not upper and (m.group(1) == "." or not follows):
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
