"""Which numbers and sentences of a plan are goals: comparator, value, unit, level, subject, and the words that say so.

A paragraph is cut into sentences, a sentence's amounts are found (`amounts`), those that are no goals are set aside
with a reason (`asked`, `refusals`), and the sentence is cut between the remaining figures (`pieces`). Each piece tells
its subject and its tier (`subjects`, `levels`); pieces that share a noun or a predicate share their quote. The rules
are those of the annotated documents: docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from cchc.reading import refusals, subjects
from cchc.reading.amounts import R_UNIT_AS_SAID, may_count
from cchc.reading.asked import W_OUTSIDE, Asked, aims, beside, limit_told
from cchc.reading.blocks import Goal
from cchc.reading.cells import read_value
from cchc.reading.due import due
from cchc.reading.levels import (
    HUYEN,
    TINH,
    XA,
    Levels,
    bare_tier,
    named_first,
    placed_tier,
    read_levels,
    sets_tiers_apart,
)
from cchc.reading.patterns import rx
from cchc.reading.pieces import ELIDED, Label, Piece, cut, first_clause, label, take_tail
from cchc.reading.sentences import EDGE, masked, parentheses, sentence_around, sentences, trim, trim_end
from cchc.reading.shares import find_shares
from cchc.reading.thin import lead, whole, whole_milestone
from cchc.text import matching

__all__ = ["aims", "read_goals", "read_value", "why_unread"]

# What an official reads.
R_LEVEL_AGENCY = "Cấp chính quyền suy từ tên cơ quan trong câu"
R_LEVEL_HEADING = "Cấp chính quyền lấy từ đề mục hoặc phần đầu câu"
R_LEVEL_EACH = "Câu đặt riêng từng cấp: tách thành một chỉ tiêu cho mỗi cấp"
R_NO_SUBJECT = "Câu không nêu đối tượng của con số"
R_SUBJECT_BEFORE = "Đối tượng lấy từ phần trước của câu"
R_SHARED = "Con số dùng chung phần vị ngữ của câu"
R_SHARED_COMPARATOR = "Mức so sánh lấy từ con số đứng trước"
R_NO_UNIT = "Văn bản không ghi đơn vị tính"
R_LIMIT = "Mức so sánh lấy từ phần nêu đối tượng của câu"
R_NEGATIVE = "Hiểu là mức tối đa vì con số nói về việc chậm, sai sót hoặc tồn đọng"
R_MILESTONE = "Mục tiêu không có con số"
W_UNREAD = "Con số chưa được đọc thành chỉ tiêu"

_SURE, _INFERRED, _DOUBTFUL = 1.0, 0.9, 0.7
_DOUBTS = frozenset((R_NO_SUBJECT, W_OUTSIDE, R_NO_UNIT, R_NEGATIVE, R_UNIT_AS_SAID))
_MANY = 60  # figures of one sentence that are compared with each other; more are no prose

_PERCENT = rx(r"\d[\d.,]{0,12}\s{0,2}(?:%|phần trăm\b)")
_EXCEPT = rx(
    r"\(\s{0,2}(?P<inner>(?:ngoại trừ|loại trừ|trừ|không bao gồm|không kể|không tính|không áp dụng)\s[^()]{2,400})\)"
    r"|(?:,\s{0,2}|(?<=\s))(?P<open>(?:ngoại trừ|loại trừ|trừ|không bao gồm|không kể|không tính)\s(?!điểm"
    r"|\d)[^;.()%]{2,300})"
)
# A class of a ranking: letters, words of merit or a place in the order, but no number.
_CLASS = rx(
    r"\b(?:nằm trong|thuộc|xếp|vào|giữ|giữ vững|duy trì|đạt|được)\s{1,2}"
    r"(?:nhóm|loại|mức|hạng|xếp loại|xếp hạng|xếp mức)\s{1,2}"
    r"(?:[abcd]|xuất sắc|tốt|khá|trung bình(?: cao| khá)?|rất cao|cao|dẫn đầu)\b"
    r"(?!\s{0,2}\d)(?:\s{1,2}trở lên)?|\bxếp (?:loại|hạng|mức) (?:[abcd]|xuất sắc|tốt|khá)\b(?:\s{1,2}trở lên)?"
)
_LAST_YEAR = rx(r"\((?:kết quả |thực hiện )?năm 20\d\d\b")
_TOLD_RANK = rx(r"\b(?:xếp hạng|xếp loại|thứ hạng|chỉ số|index)\b")
_CLAUSE_STARTS = rx(r"[,;](?!\d)\s{0,2}|\bvà\s{1,2}")
_PURPOSE = rx(r"(?:để|nhằm)\b")
# «Đối với chính quyền số, hoàn thành ...»: where a goal belongs, no part of it
_PLACED = rx(r"(?:đối với|về|trong|ở|trên|cùng với|bên cạnh)\b[^,;]{0,100},\s{0,3}")  # «Để khắc phục ..., phấn đấu ...»
_IN_TURN = rx(r"\b(?:lần lượt|tương ứng)\b")
_EACH_ALIKE = rx(r"\b(?:cùng|đều) (?:phải )?$")  # «cấp huyện và cấp xã cùng đạt 80%»
_NONE = rx(r"(?:,(?: và)?|\bvà) (?P<none>không (?:có|để|còn|phát sinh)\b[^,;\d%]{8,160})$")
# «... nằm trong nhóm 7 bộ dẫn đầu, giá trị Chỉ số cao hơn năm 2022»
_BETTER_TOO = rx(
    r"(?:,(?: và| đồng thời)?|\bvà) "
    r"(?P<none>(?:giá trị|điểm|điểm số|tổng điểm|kết quả|thứ hạng|chỉ số|mức độ|t[ỷỉ] lệ)\b[^,;\d%]{0,60}"
    r"\b(?:bằng hoặc )?(?:cao|tốt|không thấp|không kém) hơn (?:so với )?(?:mức |kết quả )?(?:của )?"
    r"(?:năm|kỳ) (?:trước|20\d\d))$"
)
_BETWEEN = rx(r"\s{0,3}(?:,|và|, và|/|-)\s{0,3}(?:đạt )?")
# Headings of goals that name no subject: «Mục tiêu cụ thể», «Các chỉ tiêu chủ yếu năm 2025 như sau:»
_ONLY_GOALS = rx(
    r"(?:\b(?:các|những|một số|về|mục tiêu|chỉ tiêu|cụ thể|chủ yếu|chính|cơ bản|trọng tâm|chung|phấn đấu|kết quả|cần"
    r"|đạt|đề ra|đến|hết|cuối|trong|năm|quý|giai đoạn|và|như|sau|sau đây|là|của|tỉnh|thành phố|huyện|xã|phường|sở)\b"
    r"|[\s,.:;()*\d-]){1,60}"
)
_PART_OF = rx(r"\btrong (?:số )?(?:đó|này)\b")
_NEGATIVE = rx(r"\b(?:quá hạn|trễ hạn|trễ hẹn|chậm (?:hạn|muộn|trễ)|sai sót|tồn đọng|bị trả lại)\b")
_NOT_NEGATIVE = rx(r"\b(?:không|giảm|xin lỗi|xử lý|khắc phục|trước)\b")
# Reasons that leave the sentence a goal without a figure.
_NO_MATTER = frozenset((refusals.W_ASIDE, refusals.W_BASE))
_TIER_OF_UNIT = {
    "xã": XA, "phường": XA, "thị trấn": XA, "đặc khu": XA, "huyện": HUYEN, "quận": HUYEN, "thị xã": HUYEN, "sở": TINH,
}  # fmt: skip


def read_goals(
    text: str,
    match: str,
    start: int,
    end: int,
    *,
    plan_year: int | None,
    in_goals: bool,
    heading_level: str | None = None,
    lead_in: str = "",
    aimed: bool = False,
) -> list[Goal]:
    """The goals of the paragraph `text[start:end]`, in order of place; offsets are those of `text`.

    `match` is `cchc.text.matching(text)`. `in_goals`: the paragraph stands under a heading of goals, where a sentence
    without a figure is a goal as well; elsewhere only clear figures are read. `heading_level` is a tier the headings
    above name; `lead_in` is the paragraph above that ends in ":" (it may hold the subject of figures that have none).
    `aimed`: an earlier paragraph of an article or a letter has begun to tell the goals (see `aims`), so that sentences
    with a figure are read as under a heading of goals.
    """
    if not (in_goals or aimed or may_count(match, start, end)):
        return []
    m = match[start:end].replace("\n", " ")
    plain = masked(m, parentheses(m))
    asked = Asked(m, plain, plan_year, in_goals, aimed)
    return list(_Paragraph(text[start:end], m, plain, start, asked, heading_level, lead_in).goals())


def why_unread(match: str, start: int, end: int, figure: int, figure_end: int, plan_year: int | None) -> str:
    """Why the figure at `match[figure:figure_end]` in the paragraph `match[start:end]` is no goal, in Vietnamese."""
    low, high = sentence_around(match, figure, start, end)
    return refusals.why_not(match, low, high, figure, figure_end, plan_year) or W_UNREAD


def _runs(m: str, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    """The runs of figures that nothing parts but commas and «và», as first and last + 1."""
    i = 0
    while i < len(pieces):
        j = i + 1
        while j < len(pieces) and _BETWEEN.fullmatch(m, pieces[j - 1].amount.right, pieces[j].amount.left):
            j += 1
        if j - i > 1:
            yield i, j
        i = j


@dataclass(slots=True)
class _Paragraph:
    t: str
    m: str
    plain: str  # `m` with the insides of parentheses hidden
    base: int
    asked: Asked
    heading_level: str | None
    lead_in: str
    labelled: str = ""  # the words before a colon in the present sentence
    heard: list[str] = field(default_factory=list)  # subjects of the last figure, for «Trong đó ...»

    def goals(self) -> Iterator[Goal]:
        for start, end in sentences(self.t, self.m, parentheses(self.m)):
            yield from self._sentence(start, end)

    def _sentence(self, start: int, end: int) -> Iterator[Goal]:
        leads = self.m[start:end].rstrip(" *").endswith(":")
        start, end = trim(self.m, start, end)
        if start >= end:
            return
        found, refused = self.asked.sort(start, end)
        figureless = self.asked.in_goals or self.asked.aimed
        if not found:
            if self.asked.in_goals and not leads and _NO_MATTER.issuperset(refused):
                yield from self._figureless(start, end)  # no figure but in parentheses
            return
        head = label(self.t, self.m, self.plain, start, found[0])
        self.labelled = subjects.label(self.t, self.m, start, head.start) if head.start > start else ""
        clause = first_clause(self.m, self.plain, head.start, found[0])
        placed = _PLACED.match(self.m, head.start, clause)
        before = placed.end() if placed else head.start
        told = start  # up to where the words are read
        if (
            clause > before
            and refusals.W_PAST in refused
            and (index := subjects.index_told(self.t, self.m, before, clause))
        ):
            self.heard = [index]  # «Năm 2023, PAR INDEX xếp thứ 34; năm 2024 phấn đấu lọt vào nhóm 25»
        elif clause > before and figureless and not _PURPOSE.match(self.m, before):
            yield from self._figureless(before, clause)
            told = clause
        pieces = cut(self.m, self.plain, clause, end, found)
        tails = [tail for piece in pieces for tail in take_tail(self.m, self.plain, piece)]
        self._find_levels(pieces, head)
        self._compare(pieces, start if head.kept else None)
        self._name(pieces, head.subject)
        yield from self._emit(pieces, start if head.kept else None)
        if figureless:
            for low, high in self._none_left(pieces):
                yield from self._figureless(low, high)
            for low, high in (*self._classes(start, end, pieces), *self._shares(told, end, pieces)):
                if not any(a <= low < b for a, b in tails):
                    mine = next((p for p in pieces if p.start <= low < p.end), pieces[-1])
                    yield self._milestone(low, high, mine.levels.one)
            for low, high in tails:
                yield from self._figureless(low, high)

    def _classes(self, start: int, end: int, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
        """«..., xếp loại Tốt trở lên», «... và nằm trong nhóm B»: a class beside a figure said of the same subject."""
        index = subjects.mentions_index(self.m, start, end)
        for hit in _CLASS.finditer(self.plain, start, end):
            mine = next((p for p in pieces if p.start <= hit.start() < p.end), pieces[-1])
            if mine.amount.unit == "điểm" and self.m[hit.end() : mine.amount.left].strip() == "(":
                continue  # «loại Tốt (từ 85 điểm trở lên)»: the figure says what the class means
            low = max([start, *(b.end() for b in _CLAUSE_STARTS.finditer(self.m, start, hit.start()))])
            own = self.m[low : hit.start()].strip(EDGE)
            ranked = mine.amount.kind == "rank" and _TOLD_RANK.search(self.m, start, hit.start())
            if ranked and hit.end() <= mine.amount.left:
                yield trim(self.m, low if subjects.opens_with_index(self.m, low) else start, hit.end())
            elif (index or mine.last) and "nhóm" not in own and (not own or subjects.opens_with_index(self.m, low)):
                yield trim(self.m, low, hit.end())

    def _none_left(self, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
        """«Tỷ lệ đúng hạn đạt 100%, không có hồ sơ quá hạn»: what there shall be none of, or what shall be better than
        before, behind a figure."""
        for piece in pieces:
            right = piece.amount.right
            hit = _NONE.search(self.plain, right, piece.end) or _BETTER_TOO.search(self.plain, right, piece.end)
            if hit and len(self.m[hit.start("none") : piece.end].split()) >= 5:
                low, high = trim(self.m, hit.start("none"), piece.end)
                piece.end = hit.start()
                yield low, high

    def _shares(self, start: int, end: int, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
        """«..., phấn đấu 1/2 số này là cán bộ trẻ»: a share in words or as a fraction, in a clause of its own."""
        for at, stop in find_shares(self.plain, start, end):
            low = max([start, *(b.end() for b in _CLAUSE_STARTS.finditer(self.m, start, at))])
            high = min([end, *(b.start() for b in _CLAUSE_STARTS.finditer(self.m, stop, end))])
            if not any(low <= p.amount.start < high for p in pieces):
                yield trim(self.m, low, high)

    def _milestone(self, low: int, high: int, level: str | None) -> Goal:
        return Goal(
            kind="milestone",
            comparator=None,
            value=None,
            unit=None,
            level=level,
            subject=whole_milestone(own := subjects.milestone(self.t, self.m, low, high), self.heard),
            own=own,
            group=None,
            except_=None,
            due_year=None,
            start=self.base + low,
            end=self.base + high,
            confidence=_INFERRED,
            reasons=(R_MILESTONE,),
        )

    # -- levels --

    def _find_levels(self, pieces: list[Piece], head: Label) -> None:
        before: Piece | None = None
        for piece in pieces:
            piece.levels = self._levels(piece)
            alone = len(pieces) == 1
            if not piece.levels.tiers and not alone and piece.amount.kind != "rank" and (tier := self._bare(piece)):
                piece.levels = Levels((tier,))
            elif not piece.levels.tiers and (above := head.level or self.heading_level):
                piece.levels = Levels((above,))
                piece.reasons.append(R_LEVEL_HEADING)
            if piece.levels.inferred and piece.levels.one:
                piece.reasons.append(R_LEVEL_AGENCY)
            elif not piece.levels.tiers and piece.elided and before and self._goes_on(before, piece):
                piece.levels = before.levels
            before = piece
        if 1 < len(pieces) <= _MANY:
            self._tell_apart(pieces)
            self._in_turn(pieces)
            self._run_in_turn(pieces)

    def _goes_on(self, whole: Piece, piece: Piece) -> bool:
        """«80% công chức cấp xã đạt chuẩn, trong đó 50% có ...», «..., đại học 40%»: said of those before."""
        if piece.degree:
            return whole.levels.one is not None
        return bool(whole.levels.one and _PART_OF.search(self.m, whole.amount.right, piece.amount.left))

    def _levels(self, piece: Piece) -> Levels:
        a = piece.amount
        if a.unit in _TIER_OF_UNIT:
            whole = read_levels(self.m, a.start, piece.end)
            return Levels() if whole.diluted else Levels((_TIER_OF_UNIT[a.unit],))
        before = Levels() if beside(self.m[piece.start : a.left]) else read_levels(self.m, piece.start, a.left)
        # «trong 10 sở, ngành dẫn đầu» are those among whom it is ranked
        after = Levels() if a.kind == "rank" else read_levels(self.m, a.right, self._said_until(piece), counted=True)
        if not piece.last and not after.tiers and (tier := named_first(self.m, a.right, piece.end)):
            return Levels((tier,))
        first, second = (before, after) if piece.last else (after, before)
        if not first.tiers and not second.tiers and a.left < a.start and not self.m[a.left].isdigit():
            return read_levels(self.m, a.left, a.start)  # «Tất cả các xã, phường (100%) ...»
        return first if first.tiers else second

    def _said_until(self, piece: Piece) -> int:
        """Where what is said of the figure ends: at the piece's end, before a clause behind a semicolon, or before what
        last year was («(năm 2024 đạt 83 điểm, xếp thứ 14/19 sở, ngành)»)."""
        semicolon = self.plain.find(";", piece.amount.right, piece.end)
        stop = piece.end if semicolon < 0 else semicolon
        base = _LAST_YEAR.search(self.m, piece.amount.right, stop)
        return base.start() if base else stop

    def _bare(self, piece: Piece) -> str | None:
        a = piece.amount
        if self.m.startswith("phấn đấu", a.left):
            return None  # «tỉnh phấn đấu 100% văn bản ...»: who strives
        return bare_tier(self.m, piece.start, a.left) or bare_tier(self.m, a.right, piece.end)

    def _tell_apart(self, pieces: list[Piece]) -> None:
        """«... tại Bộ phận Một cửa cấp tỉnh đạt 100%, cấp xã đạt 80%»: beside other tiers a name tells the tier too."""
        told = {piece.levels.one for piece in pieces if piece.levels.one}
        for piece in pieces:
            if told and not piece.levels.tiers and not subjects.mentions_index(self.m, piece.start, piece.end):
                loose = read_levels(self.m, piece.start, piece.end, loose=True)
                near = placed_tier(self.m, piece.start, piece.amount.left)
                if near and near not in told:
                    piece.levels = Levels((near,))
                elif loose.one and loose.one not in told:
                    piece.levels = loose

    def _in_turn(self, pieces: list[Piece]) -> None:
        """«cấp tỉnh, cấp huyện, cấp xã lần lượt đạt 90%, 80%, 70%»"""
        first = pieces[0]
        tiers = first.levels.tiers or read_levels(self.m, first.start, first.amount.left, loose=True).tiers
        if len(tiers) != len(pieces) or any(p.levels.tiers not in ((), tiers) for p in pieces[1:]):
            return
        if _IN_TURN.search(self.m, first.start, pieces[-1].end):
            for piece, tier in zip(pieces, tiers, strict=True):
                piece.levels = Levels((tier,))

    def _run_in_turn(self, pieces: list[Piece]) -> None:
        """«90%, 80% và 70% hồ sơ ở cấp tỉnh, cấp huyện, cấp xã»: a run of figures, and as many tiers behind it."""
        for i, j in _runs(self.m, pieces):
            tiers = read_levels(self.m, pieces[j - 1].amount.right, pieces[j - 1].end, loose=True).tiers
            if len(tiers) == j - i:
                for piece, tier in zip(pieces[i:j], tiers, strict=True):
                    piece.levels = Levels((tier,))

    def _set_apart(self, piece: Piece, pieces: list[Piece]) -> bool:
        """Does the sentence say the same of a tier that is not among this piece's, or of each tier?"""
        if sets_tiers_apart(self.m, piece.start, piece.end):
            return True
        mine = set(piece.levels.tiers)
        noun: Piece | None = None  # whose noun an elided piece goes on with
        mine_noun = next((p for p in reversed(pieces[: pieces.index(piece) + 1]) if not p.elided), None)
        for other in pieces[:_MANY]:
            noun = noun if other.elided else other
            tiers = set(other.levels.tiers)
            if other is piece or not tiers or tiers & mine or other.amount.unit != piece.amount.unit:
                continue
            if (other.elided or piece.elided) and noun is not mine_noun:
                continue
            if other.elided or piece.elided or subjects.alike(" ".join(piece.subjects), " ".join(other.subjects)):
                return True
        return False

    # -- comparators and subjects --

    def _compare(self, pieces: list[Piece], label: int | None) -> None:
        """`label` is where the words before a colon begin that say of what the figures are."""
        for i, piece in enumerate(pieces):
            a = piece.amount
            earlier = pieces[i - 1] if i else None
            if (
                earlier
                and a.bare
                and earlier.comparator in ("<", "<=", ">")
                and (a.kind, a.unit) == (earlier.amount.kind, earlier.amount.unit)
                and ((piece.elided and not piece.own) or not earlier.complete)
            ):
                piece.comparator = earlier.comparator
                piece.reasons.append(R_SHARED_COMPARATOR)
            elif a.bare and piece.last and (limit := limit_told(self.m, piece.start if label is None else label, a)):
                piece.comparator = limit
                piece.reasons.append(R_LIMIT)
            elif a.bare and a.unit == "%" and a.value <= 20 and piece.last:
                said = self.m[piece.start : a.left]
                if _NEGATIVE.search(said) and not _NOT_NEGATIVE.search(said):
                    piece.comparator = "<="
                    piece.reasons.append(R_NEGATIVE)
            if a.unit is None:
                piece.reasons.append(R_NO_UNIT)
            piece.reasons += a.reasons

    def _name(self, pieces: list[Piece], told: str) -> None:
        """The subjects of each piece; `told` is the subject before a colon."""
        predicate = ""
        for piece in reversed(pieces):
            # «90% A, 80% B được C»: the predicate of the last serves those before it.
            a = piece.amount
            if piece.last:
                predicate = ""
            elif piece.complete:
                predicate = subjects.predicate(self.t, self.m, a.right, piece.end)
            elif predicate:
                piece.reasons.append(R_SHARED)
            named = subjects.ranked_in(self.t, self.m, a.end, piece.end) if a.kind == "rank" else []
            shared = "" if piece.complete else predicate
            after = a.noun if a.noun >= 0 else a.right
            piece.elided = piece.elided and not named
            piece.subjects = named or subjects.names(
                self.t, self.m, piece.start, a.left, after, self._said_until(piece), last=piece.last, predicate=shared
            )  # fmt: skip
        leads = " ".join(self.lead_in.split()).rstrip(" :")
        above = "" if _ONLY_GOALS.fullmatch(matching(self.lead_in)) else leads
        for i, j in _runs(self.m, pieces):
            whole = pieces[j - 1]
            if not whole.last and whole.subjects and pieces[i].elided:
                for piece in pieces[i : j - 1]:
                    piece.subjects, piece.elided, piece.complete, piece.last = (
                        whole.subjects,
                        whole.elided,
                        False,
                        False,
                    )
        previous = [told] if told else [above] if above else self.heard
        noun = ""
        for earlier, piece in zip([None, *pieces], pieces, strict=False):
            over = earlier.above if earlier else [self.labelled] if self.labelled else []
            piece.above = [s for s in (*previous, *over) if self.asked.in_goals or s != leads][:_MANY]
            piece.before = earlier
            if not piece.elided:
                previous = piece.subjects
                noun = "" if piece.last else subjects.noun(self.t, self.m, piece.amount.right, piece.end)
                continue
            own = piece.subjects[0] if piece.subjects else ""
            if noun and not piece.last:
                piece.subjects = [subjects.join(noun, own)]
            elif previous:
                piece.subjects = [subjects.join(subject, own) for subject in previous]
            else:
                piece.reasons.append(R_NO_SUBJECT)
                continue
            if piece is not pieces[0] or not told:
                piece.reasons.append(R_SUBJECT_BEFORE)
        self.heard = previous
        for i, first in enumerate(pieces):
            run = pieces[i : i + len(first.subjects)]
            in_turn = 1 < len(run) == len(first.subjects) and all(p.subjects == first.subjects for p in run[1:])
            if in_turn and _IN_TURN.search(self.m, first.start, run[-1].end):
                for piece, subject in zip(run, list(first.subjects), strict=True):
                    piece.subjects = [subject]  # «Chỉ số A và Chỉ số B lần lượt xếp thứ 10 và thứ 12»

    # -- results --

    def _emit(self, pieces: list[Piece], begin: int | None) -> Iterator[Goal]:
        groups: list[list[Piece]] = []
        said: set[tuple[object, ...]] = set()
        for piece in pieces:
            a = piece.amount
            same = (a.kind, piece.comparator, a.value, a.unit, piece.levels, tuple(piece.subjects))
            if same in said:
                continue  # «100% hồ sơ được số hóa, đạt tỷ lệ 100%»
            said.add(same)
            nounless = piece.elided and (piece.last or not piece.complete or ELIDED.match(self.m, a.right))
            shared = bool(groups) and piece is pieces[-1] and self._shares_verb(groups[-1][-1], piece)
            if groups and len(groups[-1]) < _MANY and (nounless or shared or not groups[-1][-1].complete):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        for group in groups:
            start = subjects.skip_connectors(self.m, group[0].start, group[0].amount.start)
            if begin is not None and group[0] is pieces[0]:
                start = begin  # the words before the colon say of what
            end = trim_end(self.m, start, group[-1].end)
            exception = self._exception(start, end)
            for piece in group:
                yield from self._targets(piece, pieces, start, end, exception)

    def _shares_verb(self, before: Piece, piece: Piece) -> bool:
        """«kiểm tra tối thiểu 30% số phòng, 50% số xã»: what is done to the first is done to the second."""
        between = self.m[before.amount.right : piece.amount.left]
        return not piece.complete and ";" not in between and before.amount.unit == piece.amount.unit

    def _targets(
        self, piece: Piece, pieces: list[Piece], start: int, end: int, exception: str | None
    ) -> Iterator[Goal]:
        a = piece.amount
        levels: tuple[str | None, ...] = (piece.levels.one,)
        reasons = list(piece.reasons)
        each = piece.last and _EACH_ALIKE.search(self.m, piece.start, a.left)
        if len(piece.levels.tiers) > 1 and (each or self._set_apart(piece, pieces)):
            levels = piece.levels.tiers
            reasons.append(R_LEVEL_EACH)
        if not self.asked.in_goals:
            reasons.append(W_OUTSIDE)
        named = [s for s in piece.subjects if s] or [""]
        if named == [""]:
            reasons.append(R_NO_SUBJECT)
        reasons = list(dict.fromkeys(reasons))
        confidence = _DOUBTFUL if _DOUBTS.intersection(reasons) else _INFERRED if reasons else _SURE
        year, day = due(self.m, piece.start, a.start, a.end, piece.end, self.asked.plan_year)
        quote = " ".join(self.t[start:end].split())
        for own in named:
            subject = whole(
                self.t, self.m, piece.end, a, own, partial(self._lead, piece),
                before=piece.last, above=piece.above, quote=quote,
            )  # fmt: skip
            for level in levels:
                yield Goal(
                    kind=a.kind,
                    comparator=piece.comparator,
                    value=a.value,
                    unit=a.unit,
                    level=level,
                    subject=subject,
                    own=own,
                    group=" ".join(self.t[a.group[0] : a.group[1]].split()) if a.group else None,
                    except_=exception,
                    due_year=year,
                    start=self.base + start,
                    end=self.base + end,
                    figure=self.t[a.left : a.right],
                    confidence=confidence,
                    reasons=tuple(reasons),
                    figure_start=self.base + a.start,
                    figure_end=self.base + a.end,
                    due_on=day,
                )

    def _lead(self, piece: Piece) -> str:
        """What leads to the figure; of «kiểm tra tại 5 huyện và 8 sở» the words before the first serve the second."""
        said = lead(self.t, self.m, piece.start, piece.amount)
        for _ in range(_MANY):
            if said or piece.last or piece.before is None:
                break
            piece = piece.before
            said = lead(self.t, self.m, piece.start, piece.amount)
        return said

    def _exception(self, start: int, end: int) -> str | None:
        hit = _EXCEPT.search(self.m, start, end)
        if not hit:
            return None
        name = "inner" if hit["inner"] else "open"
        return " ".join(self.t[hit.start(name) : hit.end(name)].split()).strip(EDGE)

    def _figureless(self, start: int, end: int) -> Iterator[Goal]:
        """A stretch without a figure under a heading of goals: what is to become better, or one milestone."""
        start, end = trim(self.m, start, end)
        if start >= end or _PERCENT.search(self.plain, start, end):
            return
        if refusals.no_goal(self.m, start, end, self.asked.plan_year):
            return
        share = next(find_shares(self.m, start, end), None)  # «giảm một nửa ... so với năm 2024» is more than «giảm»
        better = [] if share else subjects.improvement(self.t, self.m, start, end)
        level: str | None = None
        reasons: tuple[str, ...] = ()
        if better:
            self.heard = better
        else:
            found = read_levels(self.m, start, end, strict=True)
            level, reasons = None if found.inferred else found.one, (R_MILESTONE,)
            if not found.tiers and self.heading_level:
                level, reasons = self.heading_level, (R_MILESTONE, R_LEVEL_HEADING)
        year, day = due(self.m, start, start, start, end, self.asked.plan_year)
        for own in better or [subjects.milestone(self.t, self.m, start, end)]:
            yield Goal(
                kind="improve" if better else "milestone",
                comparator=None,
                value=None,
                unit=None,
                level=level,
                subject=own if better else whole_milestone(own, self.heard),
                own=own,
                group=None,
                except_=None if better else self._exception(start, end),
                due_year=year,
                start=self.base + start,
                end=self.base + end,
                confidence=_INFERRED if len(reasons) > 1 else _SURE,
                reasons=reasons,
                due_on=day,
            )
