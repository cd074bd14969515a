"""Tasks that stand in no table: under label lines, in lettered blocks, in parentheses, in sentences.

A task needs what has to be done, who leads and until when. What lacks one of them stays what it is elsewhere (a
measure, a duty). Four wordings are read:
- label lines: a paragraph, then "Đơn vị chủ trì: ...", "Đơn vị phối hợp: ...", "Thời gian thực hiện: ...";
- lettered blocks: "a) Nội dung: ...", "b) Cơ quan thực hiện: ...", "c) Thời gian: ...";
- labels in one paragraph: "... (Chủ trì: Sở Nội vụ; thời gian: Quý II/2025)";
- sentences: "Giao Sở Nội vụ chủ trì, phối hợp với ..., hoàn thành trước ngày 15/12/2025".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cchc.model import AreaFrom
from cchc.reading.agencies import find_agencies, split_agencies, starts_agency
from cchc.reading.blocks import Block, Part
from cchc.reading.deadlines import FoundDeadline, find_deadline, read_deadline
from cchc.reading.doers import doer
from cchc.reading.tables import TaskRow, area_of, split_products
from cchc.reading.tables.fits import begins_task
from cchc.text import matching

# What an official reads.
FROM_PROSE = "Nhiệm vụ lấy từ câu văn, không phải từ bảng"
FROM_LABELS_WITHOUT_DEADLINE = "Không ghi thời hạn"
CONTENT_BEFORE = "Nội dung lấy từ câu đứng trước câu giao nhiệm vụ"

_BODY = (
    r"(?:các )?(?:cơ quan|đơn vị|bộ phận|phòng|cấp|sở|ngành|ban|công chức|cán bộ)(?:, (?:đơn vị|bộ phận|địa phương))?"
)
_LABEL = re.compile(
    r"(?:^|(?<=[\n;(.,\[|])|(?<=\s[-+/–]))[ \"*_]*(?:[a-eđ]\)|\d\)|[-+*•]|\(?[ivx]{1,3}\))?[ *_]*(?:"
    rf"(?P<lead>(?:{_BODY} )?(?:chịu trách nhiệm )?chủ trì(?: (?:thực hiện|tham mưu|triển khai))?"
    rf"|(?:(?:{_BODY}|người|lãnh đạo) )?(?:đầu mối|phụ trách|chịu trách nhiệm(?: chính)?|được giao)"
    rf"(?: (?:thực hiện|tham mưu|triển khai))?|(?:{_BODY}|người|lãnh đạo) chỉ đạo)"
    rf"|(?P<support>(?:{_BODY} )?(?:cùng )?(?:phối hợp|tham gia|hỗ trợ)(?: (?:thực hiện|triển khai))?)"
    rf"|(?P<agency>(?:{_BODY} |phân công |trách nhiệm )(?:tổ chức )?(?:thực hiện|triển khai|tham mưu)|phân công|giao)"
    r"|(?P<deadline>(?:thời gian|thời hạn|thời điểm|tiến độ|hạn|lộ trình|hoàn thành)"
    r"(?: (?:thực hiện|hoàn thành|triển khai|ban hành|trình|và tiến độ))*)"
    r"|(?P<product>(?:dự kiến )?(?:sản phẩm|kết quả)(?: (?:đầu ra|dự kiến|cần đạt|hoàn thành|công việc))?"
    r"|kết quả,? sản phẩm|sản phẩm,? kết quả(?: đầu ra)?)"
    r"|(?P<content>(?:nội dung|nhiệm vụ|tên nhiệm vụ|công việc)(?: (?:thực hiện|nhiệm vụ|công việc|cụ thể|chính))?)"
    r"|(?P<other>kinh phí(?: thực hiện)?|nguồn kinh phí|ghi chú|căn cứ|mục tiêu|yêu cầu|giải pháp|địa điểm|đối tượng)"
    r")[ *_]*:[ *_]*"
)
_KINDS = ("lead", "support", "agency", "deadline", "product", "content", "other")


def is_label(words: str) -> bool:
    """Whether a line's words before its colon (in matching form) are a label of a task: "đơn vị chủ trì", "kết quả"."""
    m = _LABEL.match(words.strip(" *_") + ":")
    return m is not None and m.group("other") is None and m.end() == len(words.strip(" *_")) + 1


@dataclass(slots=True)
class _Piece:
    """What one label says; offsets of the stored text."""

    kind: str
    start: int
    end: int
    value: str


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    ordinal: str
    content: str
    area: int | None = None
    area_from: AreaFrom | None = None
    owner: str = ""  # the body above, where the labels name none
    lead: str = ""
    support: str = ""
    deadline: str = ""
    product: str = ""
    note: str = ""
    titled: bool = False  # a numbered title above names the task; «Nội dung» then only tells more of it
    labels: int = 0
    reasons: list[str] = field(default_factory=list)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\*\*|__", " ", text).split())


def _pieces(text: str, match: str, start: int, end: int) -> tuple[str, list[_Piece]]:
    """The words before the first label, and what each label says."""
    body = match[start:end]
    if ":" not in body:  # every label ends with one
        return "", []
    within = [m.span() for m in _LABEL.finditer(body)]  # a line may end inside a label («Đơn vị / chủ trì: ...»)
    for at in (m.start() for m in re.finditer("\n", text[start:end])):  # a label may begin a line
        if not any(first < at < last for first, last in within):
            body = body[:at] + "\n" + body[at + 1 :]
    found = list(_LABEL.finditer(body))
    pieces = []
    for i, m in enumerate(found):
        kind = next(k for k in _KINDS if m.group(k) is not None)
        stop = start + (found[i + 1].start() if i + 1 < len(found) else len(body))
        raw = text[start + m.end() : stop]
        loose = raw.count("(") < raw.count(")")
        pieces.append(
            _Piece(kind, start + m.end(), stop, raw.strip(" \t\n.;,-+*_/|()[]" if loose else " \t\n.;,-+*_/|(["))
        )
    before = _plain(text[start : start + found[0].start()]).strip(" .;:,(-[") if found else ""
    return before, pieces


def _ordinal(block: Block) -> str:
    bare = block.marker.strip(".()/ ")
    return bare if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", bare) else ""


def loose_tasks(text: str, match: str, blocks: Sequence[Block], plan_year: int | None) -> list[TaskRow]:
    """All tasks outside tables, in the order of the text; each paragraph is read once, labels first."""
    rows = label_tasks(text, match, blocks, plan_year)
    taken = [(r.start, r.end) for r in rows]
    at = 0
    handed_out = False  # under a heading that hands out tasks, not duties
    for block in blocks:
        if block.heading and block.part is Part.DUTIES:
            handed_out = bool(_HANDED_OUT.search(match, block.body, block.end))
        elif block.part is not Part.DUTIES:
            handed_out = False
        while at < len(taken) and taken[at][1] <= block.start:
            at += 1
        if at == len(taken) or block.end <= taken[at][0]:
            rows += prose_tasks(text, match, block, plan_year, handed_out)
    return sorted(rows, key=lambda r: r.start)


def tells_duties(match: str, blocks: Sequence[Block]) -> bool:
    """Is there a heading like «Tổ chức thực hiện»? Where none is, «Phân công nhiệm vụ» is the part of the duties."""
    headings = (b for b in blocks if b.heading and b.part is Part.DUTIES and b.agency is None)
    return any(not _HANDED_OUT.search(match, b.body, b.end) for b in headings)


_HANDED_OUT = re.compile(
    r"(?:phân công|giao)(?: thực hiện)?(?: các)? (?:nhiệm vụ|công việc)(?: cụ thể)?(?!.{0,40}trách nhiệm)"
)
_ELSEWHERE = {Part.DUTIES, Part.GOALS, Part.FUNDING, Part.APPENDIX}
_SKIP = {Part.HEAD, Part.RESULTS, Part.FURNITURE, Part.CLOSING, Part.PURPOSE}


def label_tasks(text: str, match: str, blocks: Sequence[Block], plan_year: int | None) -> list[TaskRow]:
    """Tasks whose lead and deadline stand under labels, in the order of the text.

    `match` is `matching(text)`. A row's `start:end` covers the content and its label lines, so that a caller can take
    these blocks out of the measures and duties.
    """
    rows: list[TaskRow] = []
    draft: _Draft | None = None
    last: Block | None = None

    def close() -> None:
        nonlocal draft
        if draft is not None:
            row = _finished(draft, plan_year)
            if row is not None:
                rows.append(row)
        draft = None

    owner = ""  # the body whose name stands above these items
    marker = ""  # of the last label line
    for block in blocks:
        named = _body_named(text, match, block)
        if named or block.heading:
            owner = named
        skipped = block.part in _SKIP and not (block.part is Part.HEAD and (block.marker or draft or last))
        if skipped or (block.part is Part.HEAD and block.marker in ("-", "+") and last is None and draft is None):
            close()
            last = None
            continue
        before, pieces = _pieces(text, match, block.body, block.end)
        if block.part is Part.HEAD and not block.marker and not pieces:
            close()
            last = None
            continue
        if draft is not None and not pieces and block.marker == marker and _other_label(match, block):
            draft.end = block.end  # «Đối tượng: ...»: of the task, under a word that is none of its facts
            continue
        owned = owner if before and _only_when(pieces) else ""
        if not pieces or (before and not owned and not _labels_enough(pieces)):
            close()
            last = block
            continue
        if len(before) > 12:
            close()
            draft = _Draft(block.start, block.end, _ordinal(block), before, block.area, block.area_from, owned)
        elif draft is None or (pieces[0].kind == "content" and draft.labels > 0):
            parent = draft
            close()
            if last is None and parent is None and pieces[0].kind != "content":
                continue
            if last is not None:
                content = _plain(text[last.body : last.end]).strip(" .;:")
                draft = _Draft(last.start, block.end, _ordinal(last), content, last.area, last.area_from)
                draft.titled = (
                    bool(_ordinal(last))
                    and len(content.split()) >= 4
                    and ("." in _ordinal(last) or area_of(content) is None)
                )
                last = None
            else:
                draft = _Draft(block.start, block.end, _ordinal(block), "", block.area, block.area_from)
        _add(draft, pieces, block)
        marker = block.marker
    close()
    return rows


def _body_named(text: str, match: str, block: Block) -> str:
    """The body that a line names and nothing else («1. Sở Nội vụ», «Văn phòng UBND tỉnh:»); "" for other lines."""
    if block.end - block.body > 120 or not starts_agency(text, match, block.body):
        return ""
    name = _plain(text[block.body : block.end]).strip(" .:;")
    found = find_agencies(text, match, block.body, block.end)
    whole = len(found) == 1 and found[0].start == block.body and not match[found[0].end : block.end].strip(" .:;*")
    return name if whole else ""


_OTHER_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4} ?: ?\S")


def _other_label(match: str, block: Block) -> bool:
    return bool(block.marker) and _OTHER_LABEL.match(match, block.body, block.end) is not None


def _only_when(pieces: Sequence[_Piece]) -> bool:
    kinds = {p.kind for p in pieces}
    return "deadline" in kinds and kinds <= {"deadline", "product", "support", "other"}


def _labels_enough(pieces: Sequence[_Piece]) -> bool:
    """Words before a label are a task's content only where the labels say who and when."""
    kinds = {p.kind for p in pieces}
    return bool(kinds & {"lead", "agency"}) and bool(kinds & {"deadline", "product"})


def _add(draft: _Draft, pieces: Sequence[_Piece], block: Block) -> None:
    for piece in pieces:
        draft.end = max(draft.end, block.end)
        if piece.kind == "content" and piece.value:
            if draft.titled:
                draft.note = _plain(piece.value).strip(" .;:")
            else:
                draft.content = _plain(piece.value).strip(" .;:")
        elif piece.kind == "lead" or piece.kind == "agency":
            draft.lead = draft.lead or piece.value
        elif piece.kind == "support":
            draft.support = draft.support or piece.value
        elif piece.kind == "deadline":
            draft.deadline = draft.deadline or _plain(piece.value)
        elif piece.kind == "product":
            draft.product = draft.product or piece.value
        draft.labels += piece.kind != "content"


_WITH = re.compile(r"[,;.]?\s*(?:chủ trì,?\s*)?phối hợp\s*(?:với|cùng|:)?\s*", re.IGNORECASE)


def _finished(draft: _Draft, plan_year: int | None) -> TaskRow | None:
    lead, support = draft.lead or draft.owner, draft.support
    parted = _WITH.search(lead)
    if parted and not support:
        lead, support = lead[: parted.start()], lead[parted.end() :]
    leads = split_agencies(lead)
    if not draft.content or not leads or not (draft.deadline or draft.product):
        return None
    deadline, reasons = read_deadline(draft.deadline, plan_year)
    return TaskRow(
        ordinal=draft.ordinal,
        content=draft.content,
        products=split_products(draft.product),
        lead=leads,
        support=split_agencies(support),
        deadline_raw=draft.deadline,
        deadline=deadline,
        note=draft.note,
        start=draft.start,
        end=draft.end,
        confidence=0.6 if deadline.kind == "none" else 0.95 if not reasons else 0.85,
        reasons=tuple(dict.fromkeys([*draft.reasons, *reasons])),
        area=draft.area,
        area_from=draft.area_from,
    )


# --- sentences -------------------------------------------------------------------------------------------------------

_ASSIGN = re.compile(
    r"(?:^|(?<=[.;:(])|(?<=,)(?= (?:giao|phân công)))\s*(?:đồng thời,? )?(?:giao(?: cho)?|yêu cầu|đề nghị|phân công"
    r"|chỉ đạo)\s*:?\s+"
)
_LEADS = re.compile(
    r"\s*(?:,\s*)?(?:là (?:cơ quan|đơn vị) )?(?:có trách nhiệm )?(?:chủ trì|làm đầu mối"
    r"|chịu trách nhiệm|chịu trách nhiệm chính)(?: thực hiện(?= ?[,;.)]))?"
)
_DOES = re.compile(
    r"\s+(?!(?:là|và|đã|được|thì|có(?! trách nhiệm)|còn|đang|các|của|thuộc|trên|về|trong|đạt|tại"
    r"|năm|phải|sẽ|cấp|theo|cùng)\b)[a-zà-ỹđ]"
)
_TOGETHER = re.compile(r"\s*,?\s*(?:phối hợp|cùng phối hợp)(?: (?:chặt chẽ|thực hiện))?(?: (?:với|cùng))(?: với)?\s+")
_BESIDE = re.compile(r"\s*,?\s(?:cùng|phối hợp)(?: với| cùng)?\s+(?=[^\W\d_])")
_CONTENT_START = re.compile(
    r"^[\s,;:.]*(?:(?:có trách nhiệm|để|tổ chức thực hiện việc|và các (?:cơ quan"
    r"|đơn vị) (?:có )?liên quan)\s+)?"
)
# What stands between the work and its deadline and belongs to neither: ", báo cáo UBND tỉnh", ". Thời gian:".
_CONTENT_TAIL = re.compile(
    r"(?:[,;]\s*(?:và\s+)?(?:báo cáo|trình|gửi)(?:(?!phê duyệt|ban hành|thẩm định|xem xét|thông qua)[^,;.]){0,60})?"
    r"[\s,;.:(]{0,9}(?:(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành))?)?[\s:]{0,5}$",
    re.IGNORECASE,
)


def prose_tasks(text: str, match: str, block: Block, plan_year: int | None, handed_out: bool = False) -> list[TaskRow]:
    """The task of a paragraph that assigns work to a named agency and says until when; else an empty list.

    Read in measures and other parts only: in «Tổ chức thực hiện» such a sentence is a duty, unless its heading hands
    out tasks (`handed_out`: «Phân công nhiệm vụ cụ thể»). `match` is `matching(text)`.
    """
    listed = block.part is Part.HEAD and block.marker not in ("", "-", "+")  # an official letter has no parts
    if (block.part in _SKIP and not listed) or block.heading:
        return []
    if block.part in _ELSEWHERE and not handed_out:
        return []
    start, end = block.body, block.end
    if end - start > 2500:
        return []
    bracketed = _in_brackets(text, match, block, plan_year)
    if bracketed is not None:
        return [bracketed]
    first_said = _due_first(text, match, start, end, plan_year)
    if first_said is not None:
        start, due = first_said
    opening = _assigned(text, match, start, end)
    behind = _assigned_behind(text, match, start, end) if opening is None else None
    opening = opening or behind
    if opening is None:
        return []
    begin, leads, supports, after = opening
    end_of_own = _next_body(text, match, after, end)
    found = find_deadline(text[after:end_of_own], match[after:end_of_own], plan_year)
    if first_said is not None and found is None:
        return [_due_task(text, match, block, end, opening, due)]
    if found is None:
        return []
    content = _CONTENT_START.sub("", text[after : after + found.start])
    content = _CONTENT_TAIL.sub("", content) if found.start else ""
    reasons = [FROM_PROSE, *found.reasons]
    content = _plain(content).strip(" ,;.:(")
    first = start
    if behind is not None:
        content = _plain(text[start:begin]).strip(" ,;.:(-")
    elif len(content) < 15:
        earlier = _plain(text[start:begin]).strip(" ,;.:(-")
        if len(earlier) < 15:
            tail = _plain(text[after + found.end : end]).strip(" ,;.:()")
            if len(tail) < 15:
                return []
            content = tail
        else:
            content = earlier
            reasons.append(CONTENT_BEFORE)
    return [
        TaskRow(
            ordinal=_ordinal(block),
            content=content,
            products=(),
            lead=leads,
            support=supports,
            deadline_raw=_plain(found.raw),
            deadline=found.deadline,
            note="",
            start=first if block.start > first else block.start,
            end=end,
            confidence=0.8,
            reasons=tuple(dict.fromkeys(reasons)),
            area=block.area,
            area_from=block.area_from,
        )
    ]


_DUE_FIRST = re.compile(
    r"(?:(?:chậm nhất|muộn nhất|trước|trong|đến|hết|hoàn thành|xong)(?: (?:là|vào|trước|trong|hết|cuối|đầu))*) "
    r"(?=ngày|tháng|quý|quí|tuần|\d|6 tháng)[^.;:()]{2,40}?, ?"
)
_FINISHES = re.compile(r"(?:phải )?(?:hoàn thành|hoàn tất|thực hiện)(?: xong)?(?: việc)? (?=[^\W\d_])")


def _due_first(text: str, match: str, start: int, end: int, plan_year: int | None) -> tuple[int, FoundDeadline] | None:
    """The deadline a sentence opens with («Trước ngày 31/3/2025, Sở Nội vụ ...») and where it goes on. A year alone
    («Trong năm 2025, ...») is that of the whole plan and no deadline."""
    m = _DUE_FIRST.match(match, start, end)
    if m is None:
        return None
    raw = text[start : m.end()].strip(" ,")
    deadline, reasons = read_deadline(raw, plan_year)
    if deadline.kind not in ("day", "month", "quarter", "period") or deadline.end is None:
        return None
    return m.end(), FoundDeadline(0, len(raw), raw, deadline, reasons)


def _next_body(text: str, match: str, start: int, end: int) -> int:
    """Where the sentence goes on with what another body does («...; Văn phòng UBND tỉnh công khai ...»): its deadline
    is not that of the first."""
    for n, m in enumerate(re.compile(r"; ").finditer(match, start, end)):
        if n == _PLACES:
            break
        named = doer(text, match, m.end(), end) if starts_agency(text, match, m.end()) else None
        if named is not None and named[0] == m.end() and (
            _DOES.match(match, named[1], end) or _LEADS.match(match, named[1], end)
        ):  # fmt: skip
            return m.start()
    return end


def _due_task(
    text: str, match: str, block: Block, end: int,
    opening: tuple[int, tuple[str, ...], tuple[str, ...], int], due: FoundDeadline,
) -> TaskRow:  # fmt: skip
    _, leads, supports, after = opening
    content = _CONTENT_START.sub("", text[after:end])
    content = _FINISHES.sub("", content, count=1) if _FINISHES.match(matching(content)) else content
    return TaskRow(
        ordinal=_ordinal(block), content=_plain(content).strip(" ,;.:("), products=(), lead=leads, support=supports,
        deadline_raw=due.raw, deadline=due.deadline, note="", start=block.start, end=end, confidence=0.8,
        reasons=tuple(dict.fromkeys([FROM_PROSE, *due.reasons])), area=block.area, area_from=block.area_from,
    )  # fmt: skip


_BEHIND = re.compile(r"(?:[;,.] (?:(?:do|giao(?: cho)?) )?| do | giao(?: cho)? )(?=[^\W\d_])")
_IN_CHARGE = re.compile(r",? (?:(?:là (?:cơ quan|đơn vị) )?chủ trì|thực hiện|phụ trách|đảm nhiệm|chịu trách nhiệm)\b")
_PLACES = 12  # where a body may begin in one paragraph


def _assigned_behind(
    text: str, match: str, start: int, end: int
) -> tuple[int, tuple[str, ...], tuple[str, ...], int] | None:
    """The body in charge where the work is said first: «Ban hành quy chế ...; Sở Tư pháp chủ trì, hoàn thành ...»."""
    for n, m in enumerate(_BEHIND.finditer(match, start, end)):
        if n == _PLACES:
            break
        if m.start() - start < 15 or not starts_agency(text, match, m.end()):
            continue
        named = _listed(text, match, m.end(), end)
        charged = _IN_CHARGE.match(match, named[1], end) if named is not None and named[0] == m.end() else None
        if named is None or charged is None:
            continue
        leads, after = _names(text, *named), charged.end()
        together = _TOGETHER.match(match, after, end)
        helpers = _listed(text, match, together.end(), end) if together else None
        supports = _names(text, *helpers) if helpers else ()
        if leads:
            return m.start(), leads, supports, helpers[1] if helpers else after
    return None


def _assigned(text: str, match: str, start: int, end: int) -> tuple[int, tuple[str, ...], tuple[str, ...], int] | None:
    """Where the assigning words begin, who leads, who supports, and where what follows them begins."""
    ordered = _ASSIGN.search(match[start:end])
    order_at, order_end = (start + ordered.start(), start + ordered.end()) if ordered else (start, -1)
    for begin in (order_end, start) if ordered else (start,):
        span = _before_chu_tri(text, match, begin, end) or doer(text, match, begin, end)
        if span is None or span[0] > begin + 60:
            continue
        after = span[1]
        lead_word = _LEADS.match(match, after, end)
        if lead_word is None and not _DOES.match(match, after, end):
            continue
        together = _BESIDE.search(match, *span)
        leads = _names(text, span[0], together.start()) if together else _names(text, *span)
        beside = _names(text, together.end(), span[1]) if together else ()
        if lead_word:
            after = lead_word.end()
        supports: tuple[str, ...] = beside
        together = _TOGETHER.match(match, after, end)
        if together:
            helpers = _helpers(text, match, together.end(), end)
            if helpers is not None:
                supports = (*beside, *_names(text, *helpers))
                after = helpers[1]
        if leads:
            return (order_at if begin == order_end else start), leads, supports, after
    return None


_CHU_TRI = re.compile(r"((?:(?!, do | giao |\bđể |\bnhằm )[^.:;()]){3,200}?),? (?=(?:có trách nhiệm )?chủ trì\b)")


def _before_chu_tri(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The words before "chủ trì" where they begin like a name and hold no verb: "Các bệnh viện, trung tâm y tế"."""
    m = _CHU_TRI.match(match, start, end)
    if m is None or (not text[start].isupper() and not match.startswith("các ", start)):
        return None
    if begins_task(text[start : m.end(1)]):
        return None
    held = doer(text, match, start, end)
    if held is not None and held[1] < m.end(1):
        return None  # another verb comes first
    return start, m.end(1)


def _helpers(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The helpers named from `start` on: by grammar, or where known names end and work begins ("Thanh tra Sở kiểm tra
    ...")."""
    by_grammar, listed = doer(text, match, start, end), _listed(text, match, start, end)
    if by_grammar is None or (listed and listed[1] < by_grammar[1] and begins_task(text[listed[1] : end].lstrip())):
        return listed
    return by_grammar


def _listed(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The run of names, parted by commas and "và" only, that begins at `start`."""
    stop = None
    for mention in find_agencies(text, match, start, min(end, start + 600)):
        if match[stop or start : mention.start].strip(" ,;") not in ("", "và", "cùng", "các"):
            break
        stop = mention.end
    return (start, stop) if stop else None


_BRACKETS = re.compile(r"\(([^()]{8,300}(?:\([^()]{0,80}\)[^()]{0,120})?)\)[\s.;]*$")
_THEN = re.compile(r"[\s,;]{0,4}(?:hoàn thành|thực hiện|thời gian|thời hạn|xong)(?:\s*:)?\Z", re.IGNORECASE)
_DOES_IT = re.compile(r"\s+(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|tham mưu)\b")


def _in_brackets(text: str, match: str, block: Block, plan_year: int | None) -> TaskRow | None:
    """ "Kiểm tra ... (Phòng Nội vụ chủ trì, phối hợp với Thanh tra huyện; quý III/2019)": who and when in brackets."""
    m = _BRACKETS.search(match, max(block.body, block.end - 600), block.end)
    if m is None or m.start() - block.body < 15:
        return None
    inner = _plain(text[m.start(1) : m.end(1)])
    low = matching(inner)
    if not starts_agency(inner, low, 0):
        return None
    cuts = [c.end() for c in re.finditer(r"[;,]\s*|(?:chủ trì|thực hiện)\s+", low)]
    for cut in cuts:
        tail = _LABEL_WORDS.sub("", low[cut:])
        if not _DUE.match(tail):
            continue
        deadline, reasons = read_deadline(tail, plan_year)
        if deadline.kind == "none" and not reasons:
            continue
        leads, helpers = _lead_and_helpers(_THEN.sub("", inner[:cut].rstrip(" ,;")))
        if not leads:
            return None
        return TaskRow(
            ordinal=_ordinal(block),
            content=_plain(text[block.body : m.start()]).strip(" .;:,"),
            products=(),
            lead=leads,
            support=helpers,
            deadline_raw=inner[len(inner) - len(tail) :].strip(" .;"),
            deadline=deadline,
            note="",
            start=block.start,
            end=block.end,
            confidence=0.6 if deadline.kind == "none" else 0.9,
            reasons=tuple(dict.fromkeys([FROM_PROSE, *reasons])),
            area=block.area,
            area_from=block.area_from,
        )
    return None


_HELPS = re.compile(r"(?:[;,]|\bvà\b)\s*([^;]{3,200}?) (?:cùng )?phối hợp(?: thực hiện)?$", re.IGNORECASE)


def _lead_and_helpers(who: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ "A chủ trì, phối hợp với B" or "A chủ trì; B phối hợp"."""
    behind = _HELPS.search(who)
    if behind:
        return split_agencies(_DOES_IT.sub("", who[: behind.start()])), split_agencies(behind.group(1))
    beside = _WITH.search(who)
    lead = _DOES_IT.sub("", who[: beside.start()] if beside else who)
    return split_agencies(lead), split_agencies(who[beside.end() :]) if beside else ()


_LABEL_WORDS = re.compile(
    r"^(?:(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành))?|hoàn thành|thực hiện|xong)\s*:?\s+"
)
_DUE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|trong|đến|hết|cuối|từ|vào|sau khi|ngay|khi|theo|quý|quí|tháng|ngày"
    r"|năm(?= \d)|giai đoạn|20\d\d"
    r"|\d{1,2}/\d|0?[69] tháng|thường xuyên|định kỳ|hằng|hàng (?:năm|quý|tháng|tuần)|cả năm)\b"
)


def _names(text: str, start: int, end: int) -> tuple[str, ...]:
    return split_agencies(_plain(text[start:end]))


__all__ = ["is_label", "label_tasks", "loose_tasks", "prose_tasks", "tells_duties"]
