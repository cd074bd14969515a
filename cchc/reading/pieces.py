"""Cuts a sentence between its figures: which stretch belongs to which figure, and what each stretch lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from cchc.reading import subjects
from cchc.reading.levels import Levels, bare_tier, read_levels
from cchc.reading.numbers import Amount
from cchc.reading.patterns import rx, words
from cchc.reading.sentences import EDGE, HIDDEN, skip
from cchc.reference import load

_NEAR = 2000  # separators further than this before a figure cut nothing

_SEPARATOR = rx(r";|,(?!\d)|\b(?:và|(?<!so\s)với|trong đó|còn|riêng)\b")
_STARTER = rx(
    r"[;,\s]{0,4}(?:(?:và|với|trong đó|còn|riêng)[,:]? ){0,2}(?:phấn đấu )?"
    r"(?:t[ỷỉ] lệ|chỉ số|mức độ|số\s|điểm\s|cấp\s|đối với|trong đó|riêng|các\s|mỗi\s|từng\s|toàn\s|khu vực|bình quân"
    r"|trung bình|lĩnh vực|tổng số|ubnd|đến năm|năm \d|thời gian|giảm|tăng|par|papi|sipas|pci|dti|ở\s|tại\s)"
)
_ADVERB = rx(
    r"\s{0,3}(?:so với|trên tổng|trong tổng|trong năm|trong giai|trong đó|trong toàn|vào\s|trở\s|đến\s|hằng\s|hàng năm"
    r"|mỗi năm|năm \d|theo\s|cụ thể|trên địa|và\s|với\s|kể từ|/|hơn\s|nhu cầu|yêu cầu|kế hoạch)"
)
ELIDED = rx(r"\s{0,3}\(?\s{0,2}(?:đối với|ở|tại|cho|của|thuộc|cấp|là)\b")
_OF_WHAT = rx(r"\s{0,3}(?:(?:của )?(?:cả nước|toàn quốc|tỉnh|khu vực|vùng) )?về\b")
# «Ở lĩnh vực chính quyền số, 90% hồ sơ ...»: where the goals belong, no subject of theirs
_OF_AREA = rx(
    r"(?:ở|về|trong|đối với|trên)(?: các)?(?: lĩnh vực| nội dung| mảng| công tác| phương diện| mặt)?"
    r" (?:cải cách|thủ tục hành chính|thể chế|tổ chức bộ máy|bộ máy|chế độ công vụ|công vụ|tài chính công|chính quyền"
    r"|chuyển đổi số|hạ tầng số|kinh tế số|xã hội số|chỉ đạo|đội ngũ)\b[^,;:%\d]{0,60},(?: công vụ,)? "
)
_CLASS_AT_END = rx(
    r"\b(?:xếp (?:loại|hạng|mức)|(?:thuộc|vào|đạt) (?:nhóm|loại|mức)) (?:xuất sắc|tốt|khá|[ab])"
    r"(?: trở lên)?[\s.;]{0,3}$"
)
_COMPLETED = rx(r"(?:cơ bản |phấn đấu )?(?:hoàn thành|hình thành)\b")
_BOUNDARY = rx(r"\s{0,3}(?:[;,.:)_]|$)")
_HEAD = rx(
    r"\b(?:t[ỷỉ] lệ|chỉ số|mức độ|số lượng|(?<!dứt\s)(?<!địa\s)(?<!thời\s)điểm|thời gian|index"
    r"|papi|sipas|pci|dti|chi phí|biên chế)\b"
)
_RATE = rx(r"\b(?:t[ỷỉ] lệ|chỉ số)\b")
_LABEL_TIER = rx(r"\s{0,3}(?:đối với|tại|ở|riêng|về)?\s{0,3}")
_LABEL_END = rx(r"[,:]")
_WHEN = rx(r"(?:(?:đến|trong|hết|đến hết|đến cuối|phấn đấu đến|mục tiêu đến) )?(?:năm|hết năm|cuối năm) 20\d\d\s{0,3}")
_STRIVES = rx(r",\s{0,3}(?P<aim>phấn đấu)\b")
_ENDS_IN_YEAR = rx(r"\b(?:năm|hết|đến|trong) (?:năm )?\d{4}$")
_HEADLINE = rx(r"(?:về |công tác |cải cách |xây dựng và phát triển |mục tiêu|chỉ tiêu|hiện đại hóa)")
_ANNOUNCES = rx(
    r"\b(?:chỉ tiêu|mục tiêu|cụ thể|sau|sau đây)(?: (?:cụ thể|chủ yếu|cơ bản|như|sau|sau đây|là)){0,3}\s{0,2}$"
)
_TIER_WORDS = rx(
    r"\b(?:các|cơ quan|đơn vị|ubnd|ủy ban nhân dân|cấp|tỉnh|huyện|xã|phường|thị trấn|quận|thành phố|ở|tại|của|cho|riêng"
    r"|trong đó|đối với|và|hành chính|chính quyền|là|đạt|trong|sở|ban|ngành|thuộc)\b"
)
_DOERS = rx(r"\s{0,3}(?:các )?(?:cơ quan|đơn vị|sở|ubnd|ủy ban|cán bộ|công chức|tổng số (?:cơ|đơn))")
_COMPLETES = rx(r"(?:tiếp tục )?(?:hoàn thành|hình thành|không để|không có|phấn đấu|duy trì|giữ vững|chỉ số|kết quả)\b")


@dataclass(slots=True)
class Piece:
    """A figure with the stretch of the sentence that belongs to it (offsets into the paragraph)."""

    amount: Amount
    start: int
    end: int
    comparator: str
    last: bool = False  # the subject stands before the figure («Tỷ lệ ... đạt 90%»)
    elided: bool = False  # the piece names no noun of its own («80% đối với cấp huyện»)
    complete: bool = True  # no predicate is missing
    degree: bool = False  # another degree of those before («..., đại học từ 34% lên 40%»)
    own: bool = False  # nounless, with a predicate of its own («trong đó 50% có trình độ đại học»)
    levels: Levels = field(default_factory=Levels)
    subjects: list[str] = field(default_factory=list)
    before: Piece | None = None  # the figure before it in the sentence
    above: list[str] = field(default_factory=list)  # subjects told before it, the last first
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a colon: a heading run into the line, a tier, or the subject of what follows."""

    start: int  # where the text after it begins
    level: str | None = None
    subject: str = ""
    kept: bool = False  # its words belong to the quote


@cache
def action_verbs() -> re.Pattern[str]:
    verbs = words(load("figures")["action_verbs"])
    return rx(rf"(?:(?:phấn đấu|tiếp tục|đồng thời|từng bước),? )?(?:{verbs})\b")


@cache
def _predicates() -> re.Pattern[str]:
    return rx(rf"(?:{words(load('figures')['predicates'], whole=True)})\b")


def label(t: str, m: str, plain: str, start: int, first: Amount) -> Label:
    """The label of the sentence that begins at `start` and has its first figure at `first`."""
    level = None
    opening = read_levels(m, start, min(first.left, start + 60))
    prefix = _LABEL_TIER.match(m, start)
    if opening.one and prefix:
        mark = _LABEL_END.search(plain, prefix.end(), min(first.left, prefix.end() + 40))
        if mark and is_tier(m, prefix.end(), mark.start()):
            level = opening.one
            if mark.group() == ":":
                return Label(mark.end(), level, kept=True)
    colon = plain.find(":", start, first.start)
    if colon <= start or plain[colon + 1 : colon + 2].isdigit() or _WHEN.fullmatch(m, start, colon) or level:
        return Label(start, level)
    said = m[colon + 1 : first.left].strip(EDGE)
    after = m[first.right : first.right + 40]
    nameless = (
        not subjects.bare_subject(said)
        or bool(bare_tier(m, colon + 1, first.left))
        or is_tier(m, colon + 1, first.left)
    )
    if nameless and (_BOUNDARY.match(plain, first.right) or ELIDED.match(after) or _ADVERB.match(after)):
        level = None if said else read_levels(m, start, colon).one
        return Label(colon + 1, level, subjects.label(t, m, start, colon), kept=True)
    heads = len(m[start:colon].split()) <= 20 or _HEADLINE.match(m, start) or _ANNOUNCES.search(m, start, colon)
    if heads and (first.kind == "ratio" or not _RATE.search(m, start, colon)):
        return Label(skip(m, colon + 1))
    return Label(start)


def is_tier(m: str, start: int, end: int) -> bool:
    """Does the stretch say a tier and nothing more?"""
    if end - start > 200 or not read_levels(m, start, end).tiers:
        return False
    return not _TIER_WORDS.sub("", m[start:end]).strip(EDGE + "()")


def first_clause(m: str, plain: str, start: int, first: Amount) -> int:
    """Where the clause of the first figure begins: after the last ";", or after a finished clause and a comma."""
    opening = _OF_AREA.match(plain, start, first.left)
    if opening and m[opening.end() : first.right].strip():
        start = opening.end()
    semicolon = plain.rfind(";", start, first.left)
    if semicolon >= 0:
        return skip(m, semicolon + 1)
    strives = [hit.start("aim") for hit in _STRIVES.finditer(plain, start, first.left)]
    if strives and len(m[start : strives[-1]].split()) >= 5:  # «Để khắc phục ..., phấn đấu năm 2025 Chỉ số A đạt 90%»
        after = m[first.right : first.right + 40]
        if subjects.bare_subject(m[strives[-1] : first.left]) or not _BOUNDARY.match(after):
            return strives[-1]
    comma = plain.rfind(",", start, first.left)
    if (
        comma > 0
        and not plain[comma + 1 : first.left].strip()
        and first.noun >= 0
        and subjects.improvement(m, m, start, comma)
    ):
        return skip(m, comma + 1)  # «Chỉ số PAPI cao hơn năm trước, có ít nhất 02 nội dung thuộc nhóm cao nhất»
    if comma < 0 or plain[comma + 1 : first.left].strip() or first.kind != "ratio":
        return start
    clause = plain[start:comma]
    if _COMPLETED.match(clause) and len(clause.split()) >= 5:  # «Hoàn thành sắp xếp các đơn vị, giảm tối thiểu 15%»
        return skip(m, comma + 1)
    if first.verb:
        return start
    said = m[first.right : first.right + 200].split(";")[0].split(",")[0]
    finished = action_verbs().match(clause) and len(clause.split()) >= 6 and _predicates().search(said)
    if finished and not _HEAD.search(clause) and not _ENDS_IN_YEAR.search(clause):
        return skip(m, comma + 1)
    return start


def cut(m: str, plain: str, start: int, end: int, found: list[Amount]) -> list[Piece]:
    """One piece for each figure of the sentence `start:end`."""
    pieces: list[Piece] = []
    begin = start
    for left, right in pairwise([*found, None]):
        if left is None:
            break
        stop = end if right is None else _cut(m, plain, left, right)
        pieces.append(Piece(left, begin, stop, left.comparator))
        begin = stop
    for piece in pieces:
        _shape(m, plain, piece)
    for piece, following in pairwise(pieces):
        if plain[piece.end : piece.end + 1] == ";" and not following.elided and not _same_noun(m, piece, following):
            piece.complete = True  # «25% lãnh đạo dưới 40 tuổi; 90% công chức có trình độ đại học»
        own = plain[piece.end + 1 : following.amount.left].strip()
        if plain[piece.end : piece.end + 1] == ";" and (following.amount.verb or own):
            piece.complete = True  # «...; bảo đảm 100% ...»: a statement of its own
    return pieces


def _same_noun(m: str, piece: Piece, following: Piece) -> bool:
    """«90% hồ sơ cấp tỉnh; 80% hồ sơ cấp xã được xử lý»: the predicate of the second is that of the first too."""
    first, second = (m[p.amount.right : p.amount.right + 24].split()[:2] for p in (piece, following))
    return first == second


def _cut(m: str, plain: str, left: Amount, right: Amount) -> int:
    """Where the piece of `left` ends and that of `right` begins."""
    low, high = left.right, max(left.right, right.left)
    if plain[right.start] == HIDDEN:
        if plain[left.start] != HIDDEN:
            opens = m.rfind("(", low, right.start)  # «đạt 80% (cấp tỉnh 85%, ...)»
            clause = plain.rfind(";", low, max(low, opens))  # «đạt 80%; không để nợ (0 văn bản) ...»
            return clause if clause >= 0 else max(low, opens)
        plain = m
    gaps = list(_SEPARATOR.finditer(plain, max(low, high - _NEAR), high))
    if not gaps:
        return high  # «30% thủ tục được giảm 20% thời gian»: two figures of one statement
    if left.kind == right.kind == "rank" and _OF_WHAT.match(plain, low):
        return gaps[-1].start()  # «nhóm 5 về Chỉ số A, B và nhóm 10 về Chỉ số C»: each rank before its indices
    strong = [g for g in gaps if g.group() == ";"]
    if strong:
        return strong[-1].start()
    last = gaps[-1]
    if not plain[last.end() : high].strip(f" {HIDDEN}:"):
        # «..., và 80%»: a run of separators belongs together.
        for gap in reversed(gaps[:-1]):
            if plain[gap.end() : last.start()].strip():
                break
            last = gap
        return last.start()
    for gap in gaps:
        if _STARTER.match(plain, gap.start(), high):
            return gap.start()
    return gaps[0].start() if _BOUNDARY.match(plain, low) or _ADVERB.match(plain, low) else last.start()


def _shape(m: str, plain: str, piece: Piece) -> None:
    """Does the subject stand before or after the figure, is the noun missing, is the predicate missing?"""
    a = piece.amount
    said = m[piece.start : a.left]
    if a.noun >= 0 and a.unit not in load("figures")["measures"] and not _HEAD.search(said):
        return  # «mỗi xã có ít nhất 01 mô hình»: the noun that is counted is the subject
    before = subjects.bare_subject(said)
    piece.degree = _DEGREE.fullmatch(before.strip(EDGE)) is not None
    after = plain[a.right : piece.end]
    ends = bool(_BOUNDARY.match(after)) or not after.strip(EDGE + HIDDEN)
    has_head = bool(_HEAD.search(said)) or subjects.mentions_index(said, 0, len(said))
    if a.kind == "rank" or ends or _ADVERB.match(after) or (before and has_head):
        piece.last = True
        tier = bool(bare_tier(m, piece.start, a.left)) or is_tier(m, piece.start, a.left)
        piece.elided = not before or piece.degree or tier
        return
    nounless = bool(ELIDED.match(after))
    piece.elided = nounless and not before
    if nounless and before and not action_verbs().fullmatch(before):
        piece.last = len(before.split()) >= 3
    predicate = _predicates().search(after.lstrip())
    piece.complete = predicate is not None or piece.last or bool(before) or a.kind == "count"
    if predicate is not None and predicate.start() == 0 and not before and a.noun < 0:
        piece.elided = piece.own = True


# «...; không nợ đọng văn bản», «...; đến năm 2020 hệ thống văn bản được pháp điển»: a statement with its own subject
_OWN = rx(
    r"không (?:để|còn|có|phát sinh|nợ đọng|xảy ra)\b(?! hồ sơ nào khác)"
    r"|(?:đến|hết|trước|cuối|trong) (?:hết |cuối |đầu )?(?:năm|quý|tháng|ngày) [^;.]{0,80}?\b(?:được|có|đạt"
    r"|hoàn thành|phải)\b"
    r"|(?:huyện|tỉnh|xã|thành phố|sở|đơn vị) đã\b"
)
_DEGREE = rx(
    r"(?:và |có )?(?:trình độ )?(?:(?:trên|sau) đại học|đại học|cao đẳng|trung cấp|sơ cấp|thạc sĩ|tiến sĩ"
    r"|cao cấp|cử nhân)"
    r"(?: lý luận chính trị)?(?: trở lên)?"
)


_MANY_TAILS = 20


def take_tail(m: str, plain: str, piece: Piece) -> list[tuple[int, int]]:
    """The clauses after the figure's ";" that ask for something of their own; the piece is shortened before them.

    «100% cơ quan hoàn thiện đề án; rà soát, bố trí công chức» goes on with what the 100% do: no clause of its own.
    """
    semicolon = plain.find(";", piece.amount.right, piece.end)
    if semicolon < 0:
        return []
    begin, end = skip(m, semicolon + 1), piece.end
    if begin >= end:
        return []
    classed = _CLASS_AT_END.search(m, begin, end)
    asks = classed or action_verbs().match(m, begin) or subjects.opens_with_index(m, begin) or _OWN.match(m, begin, end)
    doers = not piece.last and _DOERS.match(m, piece.amount.right)
    if not asks or (doers and not classed and not _COMPLETES.match(m, begin)):
        return []
    piece.end = semicolon
    tails = [(begin, end)]
    while len(tails) < _MANY_TAILS and (semicolon := plain.find(";", tails[-1][0], end)) >= 0:
        begin = skip(m, semicolon + 1)
        named = subjects.opens_with_index(m, begin) or _CLASS_AT_END.search(m, begin, end)
        if begin >= end or not (named or _OWN.match(m, begin, end)):
            break  # «...; xếp hạng chuyển đổi số thuộc nhóm A» says another thing of its own
        tails[-1:] = [(tails[-1][0], semicolon), (begin, end)]
    return tails
