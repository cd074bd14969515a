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
from dataclasses import dataclass, field, replace

from cchc.model import AreaFrom
from cchc.reading.agencies import by_mark, find_agencies, split_agencies, starts_agency
from cchc.reading.blocks import Block, Part
from cchc.reading.deadlines import FoundDeadline, find_deadline, names_time, read_deadline
from cchc.reading.doers import WHEN_NEXT, doer, names_agency, names_until
from cchc.reading.parts import documents
from cchc.reading.patterns import holds
from cchc.reading.tables import TaskRow, area_of, split_products
from cchc.reading.tables.fits import agency_like, begins_task
from cchc.text import matching

# What an official reads.
FROM_PROSE = "Nhiệm vụ lấy từ câu văn, không phải từ bảng"
FROM_LABELS_WITHOUT_DEADLINE = "Không ghi thời hạn"
WHEN_ABOVE = "Thời hạn lấy từ tiêu đề thời gian đứng trên danh sách"
CONTENT_BEFORE = "Nội dung lấy từ câu đứng trước câu giao nhiệm vụ"

_BODY = (
    r"(?:các )?(?:cơ quan|đơn vị|đ[./]? ?vị|đ/?v|đ\.v|cq|c/q|bộ phận|khoa|phòng|cấp|sở|ngành|ban|tổ|trường|công chức"
    r"|cán bộ)"
    r"(?:(?:, ?|/)(?:cơ quan|đơn vị|bộ phận|phòng|địa phương))?"
)
_WHO = rf"(?:{_BODY}|người|cá nhân|(?:các )?(?:đồng chí|đ[./]?c)|lãnh đạo|viên chức|nhân viên|thành viên|ai)"
_LABEL = re.compile(
    r"(?:^|(?<=[\n;(.,\[|])|(?<=\s[-+/–]))[ \"*_]*(?:[a-eđ]\)|\d\)|[-+*•]|\(?[ivx]{1,3}\))?[ *_]*(?:"
    rf"(?P<lead>(?:đ/?v|cq|c/q) ?ct|(?:{_WHO} )?"
    r"(?:chịu trách nhiệm )?chủ trì(?: (?:thực hiện|tham mưu|triển khai))?"
    rf"|(?:{_WHO} )?(?:đầu mối|phụ trách|chịu trách nhiệm(?: chính)?|được giao)"
    rf"(?: (?:thực hiện|tham mưu|triển khai))?|{_WHO} (?:chỉ đạo|làm|lo)(?: chính)?|giao (?:cho|ai))"
    rf"|(?P<support>(?:đ/?v|cq|c/q) ?ph|(?:{_WHO} )?"
    r"(?:(?:cùng )?(?:phối hợp|tham gia|hỗ trợ|giúp(?: việc)?)|cùng làm|cùng(?= (?:thực hiện|triển khai)))"
    r"(?: (?:thực hiện|triển khai|với|cùng))?)"
    rf"|(?P<agency>(?:đ/?v|cq|c/q) ?th|(?:{_WHO} |phân công |trách nhiệm )"
    r"(?:tổ chức )?(?:thực hiện|triển khai|tham mưu)|phân công|giao"
    r"|thực hiện(?= ?: ?(?:các )?(?:sở|ubnd|ủy ban|phòng|văn phòng|ban|công chức|trung tâm|bộ phận|cơ quan|đơn vị"
    r"|thanh tra|công an|công đoàn|đoàn|hội|tổ|khoa|vụ|cục|chi cục|trường|bệnh viện|viện|báo|đài|trạm|mttq|ủy viên"
    r"|giám đốc|hiệu trưởng|chánh văn phòng|chủ tịch|lãnh đạo|kế toán|văn thư|điều dưỡng|thuế|kho bạc|bưu điện)\b))"
    r"|(?P<deadline>tg(?:th|ht)?|(?:t[/.] ?gian|t[/.] ?hạn|thời gian|thời hạn|thời điểm|tiến độ|hạn chót|hạn cuối|hạn"
    r"|ngày|lộ trình"
    r"|hoàn thành|(?:bao giờ |khi nào |phải |làm )?xong(?: (?:trước|vào|ngày))?|bao giờ|khi nào)"
    r"(?: (?:thực hiện|hoàn thành|triển khai|ban hành|trình|và tiến độ))*)"
    r"|(?P<product>sp|(?:dự kiến |yêu cầu )?(?:sản phẩm|kết quả)"
    r"(?: (?:đầu ra|dự kiến|cần đạt|phải đạt|đạt được|thực hiện|hoàn thành|công việc))?"
    r"|kết quả,? sản phẩm|sản phẩm,? kết quả(?: đầu ra)?)"
    r"|(?P<content>(?:nội dung|nhiệm vụ|tên nhiệm vụ|công việc)(?: (?:thực hiện|nhiệm vụ|công việc|cụ thể|chính))?"
    r"(?: \d{1,2}(?= ?\|))?)"
    r"|(?P<other>kinh phí(?: thực hiện)?|nguồn kinh phí|ghi chú|căn cứ|mục tiêu|yêu cầu|giải pháp|địa điểm|đối tượng)"
    r")[ *_]*(?::|\|(?=[^|\n]*\Z))[ *_]*"  # a bar parts the two columns of a card
)
_KINDS = ("lead", "support", "agency", "deadline", "product", "content", "other")


def is_label(words: str) -> bool:
    """Whether a line's words before its colon (in matching form) are a label of a task: "đơn vị chủ trì", "kết quả"."""
    m = _LABEL.match(words.strip(" *_") + ":")
    return m is not None and m.group("other") is None and m.end() == len(words.strip(" *_")) + 1


_ON_CARDS = re.compile(
    r"(?:nội dung|công việc|nhiệm vụ|đối tượng|hình thức|phương thức|số lượng|quy mô|phạm vi|địa điểm|địa bàn"
    r"|thành phần|yêu cầu|cách thức|biện pháp|giải pháp|kinh phí|nguồn kinh phí|ghi chú|chủ đề|thời lượng)"
    r"(?: (?:thực hiện|tham gia|tham dự|cụ thể|chính|triển khai|tổ chức|kiểm tra|tuyên truyền|tập huấn))?"
)


def on_cards(words: str) -> bool:
    """Whether a line's words before its colon (in matching form) tell something of one task beside who and when."""
    return _ON_CARDS.fullmatch(words.strip(" *_")) is not None


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
    titled: bool = False  # a numbered title above names the task; the fuller of it and «Nội dung» is the content
    labels: int = 0
    headed: bool = False  # label lines of their own stand below the line that names the task
    reasons: list[str] = field(default_factory=list)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\*\*|__", " ", text).split())


def _pieces(text: str, match: str, start: int, end: int) -> tuple[str, list[_Piece]]:
    """The words before the first label, and what each label says."""
    body = match[start:end]
    if ":" not in body and "|" not in body:  # every label ends with one
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
    if pieces and not any(p.kind == "deadline" for p in pieces):
        pieces = _due_at_end(pieces)
    before = _plain(text[start : start + found[0].start()]).strip(" .;:,(-[") if found else ""
    return before, pieces


_CLAUSE = re.compile(r"[;,]\s*")


def _due_at_end(pieces: list[_Piece]) -> list[_Piece]:
    """«... phối hợp: Sở Y tế; hoàn thành trước 30/6/2025»: the last clause tells until when, without a label."""
    last = pieces[-1]
    if last.kind in ("content", "other"):
        return pieces
    low = matching(last.value)
    for cut in list(_CLAUSE.finditer(low))[-2:]:
        tail = _LABEL_WORDS.sub("", low[cut.end() :])
        if not _DUE.match(tail) or read_deadline(tail, 2000)[0].kind == "none":
            continue
        told = last.value[cut.end() :]
        who = _Piece(last.kind, last.start, last.start + cut.start(), last.value[: cut.start()])
        return [*pieces[:-1], who, _Piece("deadline", last.start + cut.end(), last.end, told[len(told) - len(tail) :])]
    return pieces


def _ordinal(block: Block) -> str:
    bare = block.marker.strip(".()/ ")
    return bare if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*", bare) else ""


def loose_tasks(text: str, match: str, blocks: Sequence[Block], plan_year: int | None) -> list[TaskRow]:
    """All tasks outside tables, in the order of the text; each paragraph is read once, labels first."""
    rows = label_tasks(text, match, blocks, plan_year)
    taken = [(r.start, r.end) for r in rows]
    at = 0
    handed_out = False  # under a heading that hands out tasks, not duties
    for block, when in zip(blocks, _times_above(text, match, blocks, plan_year), strict=True):
        if block.heading and block.part is Part.DUTIES:
            handed_out = bool(_HANDED_OUT.search(match, block.body, block.end))
        elif block.part is not Part.DUTIES:
            handed_out = False
        while at < len(taken) and taken[at][1] <= block.start:
            at += 1
        if at == len(taken) or block.end <= taken[at][0]:
            own, block = _time_before(text, match, block, plan_year)
            rows += prose_tasks(text, match, block, plan_year, handed_out, own or when)
    return sorted(rows, key=lambda r: r.start)


def _times_above(
    text: str, match: str, blocks: Sequence[Block], plan_year: int | None
) -> list[FoundDeadline | None]:
    """For each block the time that stands as a heading above its list («Tháng 8/2025», «Quý I»), else None."""
    out: list[FoundDeadline | None] = []
    when: FoundDeadline | None = None
    marker = ""
    for block in blocks:
        if block.heading:
            raw = _plain(text[block.body : block.end]).strip(" .:;")
            when, marker = None, block.marker
            if names_time(matching(raw)):
                deadline, reasons = read_deadline(raw, plan_year)
                when = FoundDeadline(0, len(raw), raw, deadline, (*reasons, WHEN_ABOVE))
        elif when is not None and _list_kind(block.marker) == _list_kind(marker):
            when = None  # the list under the heading has ended
        out.append(None if block.heading else when)
    return out


def _time_before(text: str, match: str, block: Block, plan_year: int | None) -> tuple[FoundDeadline | None, Block]:
    """«Tháng 3: Ban hành kế hoạch (Sở Nội vụ).»: the time an item opens with, and the rest of it."""
    colon = match.find(":", block.body, min(block.end, block.body + 60))
    raw = _plain(text[block.body : colon]) if colon > 0 else ""
    if block.heading or not raw or not names_time(matching(raw)):
        return None, block
    after = colon + 1
    while after < block.end and text[after].isspace():
        after += 1
    return FoundDeadline(0, len(raw), raw, *read_deadline(raw, plan_year)), replace(block, body=after)


def _list_kind(marker: str) -> str:
    bare = marker.strip(" .()/")
    return "1" if bare[:1].isdigit() else "a" if bare[:1].isalpha() else bare


def tells_duties(match: str, blocks: Sequence[Block]) -> bool:
    """Is there a heading like «Tổ chức thực hiện»? Where none is, «Phân công nhiệm vụ» is the part of the duties."""
    headings = (b for b in blocks if b.heading and b.part is Part.DUTIES and b.agency is None)
    return any(not _HANDED_OUT.search(match, b.body, b.end) for b in headings)


_HANDED_OUT = re.compile(
    r"(?:(?:phân công|giao)(?: thực hiện)?(?: các| một số)? (?:nhiệm vụ|công việc)(?: cụ thể)?"
    r"|phân công(?: thực hiện)?(?:,| và) (?:tiến độ|thời gian|thời hạn|lịch)"
    r"|(?:tiến độ|thời gian|lịch trình)(?: thực hiện)?(?:,| và) phân công"
    r"|(?:nhiệm vụ|công việc)(?: trọng tâm)?"
    r" (?:\d{1,2} tháng|quý|cuối năm|thời gian tới|trong thời gian|cần tập trung))(?!.{0,40}trách nhiệm)"
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
    times = _times_above(text, match, blocks, plan_year)

    def close() -> None:
        nonlocal draft
        if draft is not None:
            row = _finished(draft, plan_year)
            if row is not None:
                rows.append(row)
        draft = None

    owner = ""  # the body whose name stands above these items
    marker = ""  # of the last label line
    for block, when in zip(blocks, times, strict=True):
        named = _body_named(text, match, block)
        if named or block.heading:
            owner = named
        skipped = block.part in _SKIP and not (block.part is Part.HEAD and (block.marker or draft or last))
        if skipped or (block.part is Part.HEAD and block.marker in ("-", "+") and last is None and draft is None):
            close()
            last = None
            continue
        before, pieces = _pieces(text, match, block.body, block.end)
        told = {p.kind for p in pieces}
        if when is not None and pieces and pieces[0].kind != "content" and "deadline" not in told:
            pieces.append(_Piece("deadline", block.end, block.end, when.raw))
        if block.part is Part.HEAD and not block.marker and not pieces:
            close()
            last = None
            continue
        if draft is not None and not pieces and block.marker == marker and _other_label(match, block):
            draft.end = block.end  # «Đối tượng: ...»: of the task, under a word that is none of its facts
            continue
        if draft is None and not pieces and last is not None and _on_card_of(match, block, last):
            continue  # «a) Số lượng: ...» between the title and «b) Cơ quan thực hiện: ...»
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
                draft.headed = last.part is Part.MEASURES or last.heading
                draft.titled = _titles_a_task(_ordinal(last), content)
                last = None
            else:
                draft = _Draft(block.start, block.end, _ordinal(block), "", block.area, block.area_from)
        _add(draft, pieces, block)
        marker = block.marker
    close()
    return rows


_FULL_TITLE = 8  # words: such a title tells the work itself, however long «Nội dung» is


def _titles_a_task(ordinal: str, title: str) -> bool:
    """Does a numbered line above labels name a task, and no area of reform («1. Công tác tuyên truyền»)?"""
    if not ordinal or len(title.split()) < 4:
        return False
    return "." in ordinal or area_of(title) is None or not matching(title).startswith(tuple(documents()["area_starts"]))


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


def _on_card_of(match: str, block: Block, title: Block) -> bool:
    if not block.marker or _list_kind(block.marker) == _list_kind(title.marker) or not _ordinal(title):
        return False
    colon = match.find(":", block.body, min(block.end, block.body + 60))
    return colon > 0 and on_cards(match[block.body : colon])


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
            said = _plain(piece.value).strip(" .;:")
            words, length = len(draft.content.split()), len(said.split())
            if draft.titled and (length < words or (words >= _FULL_TITLE and length < 1.5 * words)):
                draft.note = said
            else:  # a short title only names what «Nội dung» tells
                draft.note = draft.content if draft.titled else ""
                draft.content = said
        elif piece.kind == "lead" or piece.kind == "agency":
            draft.lead = draft.lead or piece.value
        elif piece.kind == "support":
            draft.support = draft.support or piece.value
        elif piece.kind == "deadline":
            draft.deadline = draft.deadline or _plain(piece.value)
        elif piece.kind == "product":
            draft.product = draft.product or piece.value
        draft.labels += piece.kind != "content"


_WITH = re.compile(
    r"[,;.]?\s*(?:chủ trì,?\s*)?phối hợp(?!\))\s*(?:với|cùng|:)?\s*"
    r"|\s+cùng(?: với)?\s+(?=(?:các|ubnd|sở|phòng|ban|công an|văn phòng|thanh tra|đoàn|hội)\b)",
    re.IGNORECASE,
)


# «Mở 02 lớp tập huấn (phối hợp với Trường Chính trị)»
_BESIDE_IN_BRACKETS = re.compile(r"\s*\((?:phối hợp|cùng)(?: (?:với|cùng))? ([^()]{3,200})\)\s*$", re.IGNORECASE)


def _finished(draft: _Draft, plan_year: int | None) -> TaskRow | None:
    lead, support = draft.lead or draft.owner, draft.support
    behind = _HELPS.search(lead) if not support else None
    if behind:  # «X chủ trì; Y phối hợp» under one label
        lead, support = _DOES_IT.sub("", lead[: behind.start()]), behind.group(1)
    parted = _WITH.search(lead)
    if parted and not support:
        lead, support = lead[: parted.start()], lead[parted.end() :]
    beside = _BESIDE_IN_BRACKETS.search(draft.content)
    if beside and not support:
        draft.content, support = draft.content[: beside.start()].rstrip(" ,;"), beside.group(1)
    leads, marked = by_mark(split_agencies(lead))
    if not draft.content or not leads or not (draft.deadline or draft.product or (draft.headed and draft.support)):
        return None
    if not draft.deadline:
        draft.reasons.append(FROM_LABELS_WITHOUT_DEADLINE)
    deadline, reasons = read_deadline(draft.deadline, plan_year)
    return TaskRow(
        ordinal=draft.ordinal,
        content=draft.content,
        products=split_products(draft.product),
        lead=leads,
        support=(*marked, *split_agencies(support)),
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
    r"(?:^|(?<=[.;:(])|(?<=,)(?= (?:giao|phân công)))\s*(?:đồng thời,? )?(?:giao(?! ban h[ằà]ng)(?: cho)?"
    r"|yêu cầu|đề nghị|phân công|chỉ đạo)\s*:?\s+"
)
_ORDERS = ("giao", "yêu cầu", "đề nghị", "phân công", "chỉ đạo")
_LEADS = re.compile(
    r"\s*(?:,\s*)?(?:là (?:cơ quan|đơn vị) )?(?:có trách nhiệm )?(?:chủ trì|làm đầu mối"
    r"|chịu trách nhiệm(?: chính)?(?! (?:về|trước|toàn diện|cá nhân)\b))(?: thực hiện(?= ?[,;.)]))?"
)
_DOES = re.compile(
    r"\s+(?!(?:là|và|đã|được|thì|có(?! trách nhiệm)|còn|đang|các|của|thuộc|trên|về|trong|đạt|tại"
    r"|năm|phải|sẽ|cấp|theo|cùng|chịu trách nhiệm (?:về|trước|toàn diện|cá nhân))\b)[a-zà-ỹđ]"
)
_TOGETHER = re.compile(
    r"\s*,?\s*(?:phối hợp|cùng phối hợp|cùng)(?: (?:chặt chẽ|thực hiện))?(?: (?:với|cùng))?(?: với)?\s+"
)
# «..., có sự phối hợp của Sở Tư pháp»
_WITH_HELP = re.compile(r",? (?:có|với) sự (?:phối hợp|tham gia) (?:của|với) (?P<who>[^.;:()]{3,160})")
_BESIDE = re.compile(r"\s*,?\s(?:cùng|phối hợp)(?: với| cùng)?\s+(?=[^\W\d_])")
_CONTENT_START = re.compile(
    r"^[\s,;:.]*(?:(?:có trách nhiệm|để|tổ chức thực hiện việc|và các (?:cơ quan"
    r"|đơn vị) (?:có )?liên quan)\s+)?"
)
# What stands between the work and its deadline and belongs to neither: ", báo cáo UBND tỉnh", ". Thời gian:".
_CONTENT_TAIL = re.compile(
    r"(?:[,;]\s*(?:và\s+)?(?:hoàn thành|kết thúc|thực hiện xong)(?:\s+việc(?:\s[^,;.]{1,40})?)?)?"
    r"(?:[,;]\s*(?:và\s+)?(?:báo cáo|trình|gửi)(?:(?!phê duyệt|ban hành|thẩm định|xem xét|thông qua)[^,;.]){0,60})?"
    r"[\s,;.:(]{0,9}(?:(?:thời gian|thời hạn|(?<!chậm )tiến độ)(?: (?:thực hiện|hoàn thành))?|hạn chót|hạn cuối)?"
    r"[\s:]{0,5}$",
    re.IGNORECASE,
)

# «...; việc rà soát kết thúc trong tháng 6», «... và hoàn thành trước 30/9»: said of the work once more.
_ENDS = re.compile(r"(?:kết thúc|hoàn thành|hoàn tất|xong)\b")
_WHAT_ENDS = re.compile(r"(?:[,;]\s*(?:và\s+)?việc\s[^,;.]{3,50}|,?\s+và)$", re.IGNORECASE)


def prose_tasks(
    text: str, match: str, block: Block, plan_year: int | None, handed_out: bool = False,
    when: FoundDeadline | None = None,
) -> list[TaskRow]:  # fmt: skip
    """The task of a paragraph that assigns work to a named agency and says until when; else an empty list.

    Read in measures and other parts only: in «Tổ chức thực hiện» such a sentence is a duty, unless its heading hands
    out tasks (`handed_out`: «Phân công nhiệm vụ cụ thể»). `when` is the time that stands as a heading above.
    `match` is `matching(text)`.
    """
    listed = block.part is Part.HEAD and block.marker not in ("", "-", "+")  # an official letter has no parts
    if (block.part in _SKIP and not listed) or block.heading:
        return []
    if block.part in _ELSEWHERE and not handed_out:
        return []
    start, end = block.body, block.end
    if end - start > 2500:
        return []
    bracketed = _in_brackets(text, match, block, plan_year, when) or _after_dash(text, match, block, plan_year)
    if bracketed is not None:
        return [bracketed]
    theme = _THEME.match(match, start, end)  # «Về thủ tục: Phòng Nghiệp vụ dán quy trình tại quầy ...»
    if theme and doer(text, match, theme.end(), end):
        start = theme.end()
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
    found = _first_due(text, match, after, end_of_own, plan_year)
    told = due if first_said is not None else when if behind is None else None
    if told is None and found is None and behind is None:
        told = _between(text, match, begin, after, plan_year) or _inside(text, match, after, end_of_own, plan_year)
    if told is not None and found is None:
        rest = replace(block, body=min(end_of_own + 2, end))  # «; Sở Tư pháp ...»: the next body's share
        others = prose_tasks(text, match, rest, plan_year, handed_out, told) if rest.body < end else []
        return [_due_task(text, match, block, end_of_own if others else end, opening, told), *others]
    if found is None:
        return []
    content = _CONTENT_START.sub("", text[after : after + found.start])
    content = _CONTENT_TAIL.sub("", content) if found.start else ""
    if _ENDS.match(matching(found.raw)):
        content = _WHAT_ENDS.sub("", content)
    if found.deadline.kind == "ongoing" and all(_ANY_HEAD.fullmatch(matching(name)) for name in leads):
        return []
    reasons = [FROM_PROSE, *found.reasons]
    content = _plain(content).strip(" ,;.:(")
    if behind is None and len(content) >= 15 and _SAYS_NOTHING.fullmatch(matching(content)):
        return []
    aided = _WITH_HELP.search(match, after, end_of_own) if not supports else None
    if aided and names_agency(text, match, *aided.span("who")):
        supports = _names(text, *aided.span("who"))
        if aided.start() < after + found.start:
            content = _plain(text[after : aided.start()]).strip(" ,;.:(")
    helped = _TOGETHER_LAST.search(content) if not supports else None
    if helped and names_agency(content, matching(content), helped.end(), len(content)):
        supports, content = split_agencies(content[helped.end() :]), content[: helped.start()]
    first = start
    if behind is not None:
        given = [m for m in _GIVES.finditer(match, start, begin) if m.start() == start or match[m.start() - 2] in ".;"]
        first = given[-1].end() if given else start
        content = _plain(text[first:begin]).strip(" ,;.:(-")
    elif len(content) < 15:
        earlier = _plain(text[start:begin]).strip(" ,;.:(-")
        if len(earlier) < 15:
            tail = _plain(text[after + found.end : end]).strip(" ,;.:()")
            if len(tail) < 15 and len(content.split()) < 3:
                return []
            content = tail if len(tail) >= 15 else content
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


# «Người đứng đầu đơn vị ... hằng năm»: a rhythm for whoever leads a body is a measure
_ANY_HEAD = re.compile(
    r"(?:các )?(?:người đứng đầu|thủ trưởng|lãnh đạo)(?:(?:,| và)? (?:các|cấp ủy|chính quyền|cơ quan|đơn vị|địa phương"
    r"|sở|ban|ngành|phòng|xã|phường|cấp))*"
)
# «giao Sở Tài chính tham mưu cụ thể»: what has to be done stands elsewhere.
_SAYS_NOTHING = re.compile(
    r"(?:tham mưu|báo cáo|thực hiện|triển khai|hướng dẫn|xem xét|xử lý|giải quyết|tổ chức|đề xuất)"
    r"(?:,? (?:và |để )?(?:tham mưu|thực hiện|triển khai|xem xét|giải quyết|xử lý|đề xuất|cụ thể"
    r"|theo quy định|nội dung này"
    r"|việc này|nghiêm túc|kịp thời)){0,4}"
)
_TOGETHER_LAST = re.compile(r",? (?:và )?phối hợp (?:(?:với|cùng) )*(?=[^,;]{4,150}$)")
_THEME = re.compile(r"về [^.:;,]{3,60}: ")
_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_])|;\s+")
_ONLY_WHEN = 5  # words behind a full stop that still are the deadline of what stands before («Hoàn thành trước ...»)


def _first_due(text: str, match: str, start: int, end: int, plan_year: int | None) -> FoundDeadline | None:
    """The deadline of the first clause that has one; None where it is that of another sentence («... hằng ngày. Xử lý
    dứt điểm hồ sơ tồn trước ngày 15/7»)."""
    cuts = [m for n, m in enumerate(_SENTENCE.finditer(match, start, end)) if n < _PLACES]
    for stop in (*(m.start() for m in cuts), end):
        found = find_deadline(text[start:stop], match[start:stop], plan_year)
        if found is None or (stop != end and found.deadline.kind == "ongoing"):  # a rhythm of one clause alone
            continue
        full = [m.end() for m in cuts if match[m.start()] == "." and text[m.end()].isupper()]
        own = max((at for at in full if at <= start + found.start), default=None)
        between = match[own : start + found.start] if own is not None else ""
        return None if own is not None and len(between.split()) > _ONLY_WHEN else found
    return None


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


def _between(text: str, match: str, start: int, end: int, plan_year: int | None) -> FoundDeadline | None:
    """The time between who and what: «Giao Sở Tài chính trong quý I rà soát ...»."""
    when = WHEN_NEXT.search(match, start, end + 3)
    if when is None or when.end() != end:
        return None
    if when["when"] in ("thường xuyên", "định kỳ") and not match[start:end].lstrip(" ,").startswith("giao"):
        return None  # how a body works, no time that is set
    raw = text[when.start("when") : when.end()]
    return FoundDeadline(0, len(raw), raw, *read_deadline(raw, plan_year))


# Before or behind these a time tells of what the work is done on, not when: «hồ sơ phát sinh trong quý I của xã».
_INSIDE = re.compile(
    r"(?<!sinh)(?<!đặt ra)(?<!đề ra)(?<!giao)(?<!đọng)(?<!lực)(?<!hiện)(?<!diễn ra)(?<!kết quả)(?<!công tác)(?<!ngày)"
    r"(?<!từ)(?<!vụ)(?<!sơ)(?<!liệu) (?P<when>(?:trong|trước|xong trước) (?:ngày|tháng|quý) [\divx]{1,4}"
    r"(?:[/-]\d{1,4}| (?:tháng|năm) \d{1,4}){0,2})"
    r"(?= (?!(?:của|về|theo|và|tại|trên|thuộc|được|đã|có|đến|cùng|so|là|năm|nêu|do|-)(?!\w))[^\W\d_])"
)


def _inside(text: str, match: str, start: int, end: int, plan_year: int | None) -> FoundDeadline | None:
    """A day, month or quarter in the middle of what is done: «tổ chức trong quý II/2025 hội nghị đối thoại ...»."""
    found = _INSIDE.search(match, start, end)
    if found is None:
        return None
    raw = text[slice(*found.span("when"))]
    deadline, reasons = read_deadline(raw, plan_year)
    return FoundDeadline(0, len(raw), raw, deadline, reasons) if deadline.end else None


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


_BEHIND = re.compile(r"(?:[;,.:] (?:(?:do|giao(?: cho)?) )?| do | giao(?: cho)? )(?=[^\W\d_])")
# «... Giao rà soát, lập danh mục văn bản: Phòng Tư pháp chủ trì, ...»: the work that is given stands before the colon
_GIVES = re.compile(r"(?<!\w)giao(?: việc| nhiệm vụ)? ")
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
        if helpers is None and (helping := _helping(text, match, after, end)) is not None:
            supports, after = helping
        if leads:
            return m.start(), leads, supports, helpers[1] if helpers else after
    return None


_HELP = re.compile(
    r",? (?:cùng )?(?:phối hợp|tham gia|hỗ trợ|hướng dẫn)(?: thực hiện)?(?=[,;.]| (?:xong|hoàn thành|trước|trong) )"
    r"|,? (?:cùng )?phối hợp(?= (?!(?:với|cùng|chặt|giữa|của|theo|thực hiện)\b)[^\W\d_])"
)


def _helping(text: str, match: str, start: int, end: int) -> tuple[tuple[str, ...], int] | None:
    """«..., các phòng chuyên môn phối hợp, ...», «..., Sở Tư pháp phối hợp xây dựng ...» behind the one in charge: who
    helps, and where what follows begins."""
    at = start
    while at < end and match[at] in " ,;":
        at += 1
    if at == start or not starts_agency(text, match, at):
        return None
    helps = _HELP.search(match, at, min(end, at + 160))
    if helps is None or ";" in match[at : helps.start()] or names_agency(text, match, at, helps.start()) is None:
        return None
    return _names(text, at, helps.start()), helps.end()


def _assigned(text: str, match: str, start: int, end: int) -> tuple[int, tuple[str, ...], tuple[str, ...], int] | None:
    """Where the assigning words begin, who leads, who supports, and where what follows them begins."""
    said = match[start:end]
    ordered = _ASSIGN.search(said) if holds(said, _ORDERS) else None
    order_at, order_end = (start + ordered.start(), start + ordered.end()) if ordered else (start, -1)
    for begin in (order_end, start) if ordered else (start,):
        span = _before_chu_tri(text, match, begin, end) or doer(text, match, begin, end)
        if span is None or span[0] > begin + 60:
            continue
        when = WHEN_NEXT.match(match, span[1], end)  # «Giao Sở Tài chính trong quý I rà soát ...»
        after = when.end() if when else span[1]
        lead_word = _LEADS.match(match, after, end)
        if lead_word is None and not _DOES.match(match, after, end):
            continue
        together = _BESIDE.search(match, *span)
        leads = _names(text, span[0], together.start()) if together else _names(text, *span)
        beside = _names(text, together.end(), span[1]) if together else ()
        if lead_word:
            after = lead_word.end()
        supports: tuple[str, ...] = beside
        if lead_word and not beside and (helping := _helping(text, match, after, end)) is not None:
            supports, after = helping
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
    m = _CHU_TRI.match(match, start, end) if match.find("chủ trì", start, end) > 0 else None
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
    clause = _CLAUSE.search(match, start, end)
    whole = names_agency(text, match, start, clause.start()) if clause else None
    by_grammar, listed = doer(text, match, start, end), _listed(text, match, start, end)
    if whole and listed is None and by_grammar is None and match.find("đăng ký", *whole) > 0:
        return whole  # «Chi nhánh Văn phòng đăng ký đất đai và UBND các phường, hoàn thành ...»
    if by_grammar is None or (listed and listed[1] < by_grammar[1] and begins_task(text[listed[1] : end].lstrip())):
        return listed
    return by_grammar


def _listed(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The run of names, parted by commas and "và" only, that begins at `start`."""
    stop: int | None = None
    for mention in find_agencies(text, match, start, min(end, start + 600)):
        if match[stop or start : mention.start].strip(" ,;") not in ("", "và", "cùng", "các"):
            break
        stop = mention.end
    told = names_until(text, match, start, end)
    stop = max(stop or 0, told or 0)
    return (start, stop) if stop else None


_BRACKETS = re.compile(r"\(([^()]{8,300}(?:\([^()]{0,80}\)[^()]{0,120})?)\)[\s.;]*$")
_THEN = re.compile(r"[\s,;]{0,4}(?:hoàn thành|thực hiện|thời gian|thời hạn|xong)(?:\s*:)?\Z", re.IGNORECASE)
_DOES_IT = re.compile(r"\s+(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|tham mưu)\b")


_FIRST_SAID = re.compile(r"\s?[;,(]")


def _in_brackets(
    text: str, match: str, block: Block, plan_year: int | None, when: FoundDeadline | None = None
) -> TaskRow | None:
    """ "Kiểm tra ... (Phòng Nội vụ chủ trì, phối hợp với Thanh tra huyện; quý III/2019)": who and when in brackets;
    who alone where the time stands above as a heading."""
    first = max(block.body, block.end - 600)
    m = _BRACKETS.search(match[first : block.end].replace("[", "(").replace("]", ")"))
    if m is None or first + m.start() - block.body < 12:
        return None
    inner = _plain(text[first + m.start(1) : first + m.end(1)])
    low = matching(inner)
    content = _plain(text[block.body : first + m.start()]).strip(" .;:,")
    if not (starts_agency(inner, low, 0) or agency_like(_FIRST_SAID.split(inner, maxsplit=1)[0])):
        return _when_and_who(block, content, inner, low, plan_year)
    told = _who_and_when(inner, low, plan_year)
    if told is not None:
        return _bracket_task(block, content, *told)
    return _bracket_task(block, content, inner, when) if when is not None else None


def _who_and_when(inner: str, low: str, plan_year: int | None) -> tuple[str, FoundDeadline] | None:
    """«Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp; quý II»: the words on who, and until when; None without a time."""
    for c in re.finditer(r"[;,]\s*|(?:chủ trì|thực hiện)\s+", low):
        tail = _LABEL_WORDS.sub("", low[c.end() :])
        if not _DUE.match(tail):
            continue
        deadline, reasons = read_deadline(tail, plan_year)
        if deadline.kind == "none" and not reasons:
            continue
        raw = inner[len(inner) - len(tail) :].strip(" .;")
        first, *others = _THEN.sub("", inner[: c.end()].rstrip(" ,;")).split(";")
        who = ";".join((first, *(o for o in others if agency_like(o) or "phối hợp" in o)))  # not «không báo trước»
        return who, FoundDeadline(0, len(raw), raw, deadline, reasons)
    return None


_NAMED_FIRST = re.compile(r"[;,(]| (?:chủ trì|phối hợp|thực hiện)(?!\w)")
_DASHED = re.compile(r"(?: -|:) (?=[^\W\d_])")
_HEAD_OF_TEAM = re.compile(r"(?:các )?(?:trưởng|phó trưởng|thành viên|thư ký) (?:đoàn|ban|tổ|nhóm)\b|tổ trưởng\b")


def _after_dash(text: str, match: str, block: Block, plan_year: int | None) -> TaskRow | None:
    """«Ban hành thông báo kết luận - Trưởng đoàn; trong 10 ngày kể từ ...»: who and when behind a dash or colon, to the
    end."""
    body = match[block.body : block.end]
    if len(body) > 700 or not (" - " in body or (": " in body and "; " in body)):
        return None
    for m in list(_DASHED.finditer(match, block.body, block.end))[-_PLACES:]:
        at = m.end()
        content = _plain(text[block.body : m.start()]).strip(" .;:,")
        if len(content.split()) < 4:
            continue
        if match[m.start()] == ":":
            who = _NAMED_FIRST.search(match, at, block.end)
            whole = not re.search(r"[;.] |giao", content)  # no sentence before the one that ends here
            if who is None or not whole or names_agency(text, match, at, who.start()) is None:
                continue  # «Về thủ tục: Phòng Nghiệp vụ dán quy trình; ...»
        elif not text[at].isupper():
            continue
        if not (starts_agency(text, match, at) or _HEAD_OF_TEAM.match(match, at)):
            continue
        inner = _plain(text[at : block.end]).strip(" .")
        told = _who_and_when(inner, matching(inner), plan_year)
        if told is not None and ". " not in inner:
            return _bracket_task(block, content, *told)
    return None


_DECIDES = re.compile(r"\s+(?:quyết định|xem xét)\Z")


def _when_and_who(block: Block, content: str, inner: str, low: str, plan_year: int | None) -> TaskRow | None:
    """«(quý II/2025; Phòng Nội vụ phối hợp Phòng Tư pháp)»: the time first, then who."""
    cut = re.compile(r"[;,]\s*").search(low)
    if cut is None or not _DUE.match(low) or not starts_agency(inner, low, cut.end()):
        return None
    raw = inner[: cut.start()]
    deadline, reasons = read_deadline(raw, plan_year)
    if deadline.kind == "none":
        return None
    who = _DECIDES.sub("", _THEN.sub("", inner[cut.end() :].rstrip(" .;")))
    return _bracket_task(block, content, who, FoundDeadline(0, len(raw), raw, deadline, reasons))


def _bracket_task(block: Block, content: str, who: str, due: FoundDeadline) -> TaskRow | None:
    leads, helpers = _lead_and_helpers(who)
    if not leads:
        return None
    return TaskRow(
        ordinal=_ordinal(block), content=content, products=(), lead=leads, support=helpers, deadline_raw=due.raw,
        deadline=due.deadline, note="", start=block.start, end=block.end,
        confidence=0.6 if due.deadline.kind == "none" else 0.9,
        reasons=tuple(dict.fromkeys([FROM_PROSE, *due.reasons])), area=block.area, area_from=block.area_from,
    )  # fmt: skip


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
    r"|\d{1,2}/\d|0?[69] tháng|thường xuyên|liên tục|đột xuất|định kỳ|hằng|hàng (?:năm|quý|tháng|tuần)|cả năm"
    r"|(?:\d{1,2}|một|hai|ba|bốn) (?:lần|đợt|kỳ|buổi) ?(?:/|mỗi|trong|một) ?(?:ngày|tuần|tháng|quý|năm)"
    r"|mỗi (?:ngày|tuần|tháng|quý|năm))\b"
)


def _names(text: str, start: int, end: int) -> tuple[str, ...]:
    return split_agencies(_plain(text[start:end]))


__all__ = ["is_label", "label_tasks", "loose_tasks", "on_cards", "prose_tasks", "tells_duties"]
