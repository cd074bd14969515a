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
from cchc.reading.agencies import Mention, find_agencies, split_agencies
from cchc.reading.blocks import Block, Part
from cchc.reading.deadlines import find_deadline, read_deadline
from cchc.reading.tables import TaskRow, split_products

# What an official reads.
FROM_PROSE = "Nhiệm vụ lấy từ câu văn, không phải từ bảng"
FROM_LABELS_WITHOUT_DEADLINE = "Không ghi thời hạn"
CONTENT_BEFORE = "Nội dung lấy từ câu đứng trước câu giao nhiệm vụ"

_BODY = r"(?:các )?(?:cơ quan|đơn vị|bộ phận|phòng|cấp|sở|ngành)(?:, (?:đơn vị|bộ phận|địa phương))?"
_LABEL = re.compile(
    r"(?:^|(?<=[\n;(.,\[])|(?<=\s-)|(?<=\s\+))[ \"*_]*(?:[a-eđ]\)|\d\)|[-+*•]|\(?[ivx]{1,3}\))?[ *_]*(?:"
    rf"(?P<lead>(?:{_BODY} )?(?:chịu trách nhiệm )?chủ trì(?: (?:thực hiện|tham mưu|triển khai))?|{_BODY} (?:đầu mối|phụ trách|chịu trách nhiệm(?: chính)?|được giao))"
    rf"|(?P<support>(?:{_BODY} )?phối hợp(?: (?:thực hiện|triển khai))?)"
    rf"|(?P<agency>(?:{_BODY} |phân công |trách nhiệm )(?:tổ chức )?(?:thực hiện|triển khai|tham mưu)|phân công|giao)"
    r"|(?P<deadline>(?:thời gian|thời hạn|thời điểm|tiến độ|hạn)(?: (?:thực hiện|hoàn thành|triển khai|ban hành|trình|và tiến độ))*)"
    r"|(?P<product>(?:sản phẩm|kết quả)(?: (?:đầu ra|dự kiến|cần đạt|hoàn thành|công việc))?|kết quả,? sản phẩm|sản phẩm,? kết quả(?: đầu ra)?)"
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
    lead: str = ""
    support: str = ""
    deadline: str = ""
    product: str = ""
    labels: int = 0
    reasons: list[str] = field(default_factory=list)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\*\*|__", " ", text).split())


def _pieces(text: str, match: str, start: int, end: int) -> tuple[str, list[_Piece]]:
    """The words before the first label, and what each label says."""
    body = match[start:end]
    found = list(_LABEL.finditer(body))
    pieces = []
    for i, m in enumerate(found):
        kind = next(k for k in _KINDS if m.group(k) is not None)
        stop = start + (found[i + 1].start() if i + 1 < len(found) else len(body))
        raw = text[start + m.end() : stop]
        loose = raw.count("(") < raw.count(")")
        pieces.append(_Piece(kind, start + m.end(), stop, raw.strip(" \t\n.;,-+*_()[]" if loose else " \t\n.;,-+*_([")))
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
    for block in blocks:
        while at < len(taken) and taken[at][1] <= block.start:
            at += 1
        if at == len(taken) or block.end <= taken[at][0]:
            rows += prose_tasks(text, match, block, plan_year)
    return sorted(rows, key=lambda r: r.start)


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

    for block in blocks:
        if block.part in _SKIP:
            close()
            last = None
            continue
        before, pieces = _pieces(text, match, block.body, block.end)
        if not pieces or (before and not _labels_enough(pieces)):
            close()
            last = block
            continue
        if len(before) > 12:
            close()
            draft = _Draft(block.start, block.end, _ordinal(block), before, block.area, block.area_from)
        elif draft is None or (pieces[0].kind == "content" and draft.labels > 0):
            parent = draft
            close()
            if last is None and parent is None and pieces[0].kind != "content":
                continue
            if last is not None:
                content = _plain(text[last.body : last.end]).strip(" .;:")
                draft = _Draft(last.start, block.end, _ordinal(last), content, last.area, last.area_from)
                last = None
            else:
                draft = _Draft(block.start, block.end, _ordinal(block), "", block.area, block.area_from)
        _add(draft, pieces, block)
    close()
    return rows


def _labels_enough(pieces: Sequence[_Piece]) -> bool:
    """Words before a label are a task's content only where the labels say who and when."""
    kinds = {p.kind for p in pieces}
    return bool(kinds & {"lead", "agency"}) and bool(kinds & {"deadline", "product"})


def _add(draft: _Draft, pieces: Sequence[_Piece], block: Block) -> None:
    for piece in pieces:
        draft.end = max(draft.end, block.end)
        if piece.kind == "content" and piece.value:
            draft.content = _plain(piece.value).strip(" .;:")
        elif piece.kind == "lead":
            draft.lead = draft.lead or piece.value
        elif piece.kind == "agency":
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
    lead, support = draft.lead, draft.support
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
        note="",
        start=draft.start,
        end=draft.end,
        confidence=0.6 if deadline.kind == "none" else 0.95 if not reasons else 0.85,
        reasons=tuple(dict.fromkeys([*draft.reasons, *reasons])),
        area=draft.area,
        area_from=draft.area_from,
    )


# --- sentences -------------------------------------------------------------------------------------------------------

_ASSIGN = re.compile(r"(?:^|(?<=[.;:(]))\s*(?:đồng thời,? )?(?:giao(?: cho)?|yêu cầu|đề nghị|phân công|chỉ đạo)\s*:?\s+")
_BETWEEN = re.compile(r"[\s,;]*(?:và|cùng|cùng với|các)?[\s,;]*$")
_LEADS = re.compile(r"\s*(?:,\s*)?(?:là (?:cơ quan|đơn vị) )?(?:có trách nhiệm )?(?:chủ trì|làm đầu mối|chịu trách nhiệm|chịu trách nhiệm chính)(?: thực hiện(?= ?[,;.)]))?")
_TOGETHER = re.compile(r"\s*,?\s*(?:phối hợp|cùng phối hợp)(?: (?:chặt chẽ|thực hiện))?(?: (?:với|cùng))(?: với)?\s+")
_TOGETHER_BY = re.compile(r"\s*(?:,|;)?\s*(?:phối hợp)\s*")
_CONTENT_START = re.compile(r"^[\s,;:.]*(?:(?:có trách nhiệm|để|tổ chức thực hiện việc|và các (?:cơ quan|đơn vị) (?:có )?liên quan)\s+)?")


def prose_tasks(text: str, match: str, block: Block, plan_year: int | None) -> list[TaskRow]:
    """The task of a paragraph that assigns work to a named agency and says until when; else an empty list.

    Read in measures and other parts only: in «Tổ chức thực hiện» such a sentence is a duty. `match` is
    `matching(text)`.
    """
    if block.part in _SKIP or block.part in (Part.DUTIES, Part.GOALS, Part.FUNDING, Part.APPENDIX) or block.heading:
        return []
    start, end = block.body, block.end
    if end - start > 2500:
        return []
    opening = _assigned(text, match, start, end)
    if opening is None:
        return []
    begin, leads, supports, after = opening
    found = find_deadline(text[after:end], match[after:end], plan_year)
    if found is None:
        return []
    content = _CONTENT_START.sub("", text[after : after + found.start])
    content = re.sub(r"[\s,;.(]*(?:(?:và |, )?(?:báo cáo|trình)[^,;.]{0,60})?[\s,;.:(]*(?:thời gian(?: thực hiện)?|thời hạn)?[\s:]*$", "", content) if found.start else ""
    reasons = [FROM_PROSE, *found.reasons]
    content = _plain(content).strip(" ,;.:(")
    first = start
    if len(content) < 15:
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
            deadline_raw=found.raw,
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


def _run(mentions: Sequence[Mention], match: str, at: int) -> tuple[int, int] | None:
    """The run of names, parted by commas and "và" only, that begins at `at` (blanks aside): first, last+1."""
    for i, mention in enumerate(mentions):
        if mention.start < at:
            continue
        if match[at : mention.start].strip(" ,:") not in ("", "các", "lãnh đạo", "giám đốc", "chủ tịch", "thủ trưởng"):
            return None
        last = i + 1
        while last < len(mentions) and _BETWEEN.fullmatch(match[mentions[last - 1].end : mentions[last].start]):
            last += 1
        return i, last
    return None


def _assigned(text: str, match: str, start: int, end: int) -> tuple[int, tuple[str, ...], tuple[str, ...], int] | None:
    """Where the assigning words begin, who leads, who supports, and where what follows them begins."""
    mentions = find_agencies(text, match, start, min(end, start + 1500))
    if not mentions:
        return None
    ordered = _ASSIGN.search(match[start:end])
    order_at, order_end = (start + ordered.start(), start + ordered.end()) if ordered else (start, -1)
    for begin, need_word in ([(order_end, False)] if ordered else []) + [(start, True)]:
        run = _run(mentions, match, begin)
        if run is None:
            continue
        first, last = run
        after = mentions[last - 1].end
        lead_word = _LEADS.match(match, after, end)
        if lead_word is None and need_word and not re.match(r"\s+(?:có trách nhiệm|tham mưu)\b", match[after:end]):
            continue
        leads = _names(text, mentions[first].start, mentions[last - 1].end)
        if lead_word:
            after = lead_word.end()
        supports: tuple[str, ...] = ()
        together = _TOGETHER.match(match, after, end)
        if together:
            run = _run(mentions, match, together.end())
            if run is not None:
                supports = _names(text, together.end(), mentions[run[1] - 1].end)
                after = mentions[run[1] - 1].end
        return (order_at if begin == order_end else start), leads, supports, after
    return None


def _names(text: str, start: int, end: int) -> tuple[str, ...]:
    return split_agencies(_plain(text[start:end]))


__all__ = ["is_label", "label_tasks", "loose_tasks", "prose_tasks"]
