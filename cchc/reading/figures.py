"""Which numbers and sentences of a plan are goals: comparator, value, unit, level, subject, and the words that say so.

A paragraph is cut into sentences, a sentence's amounts are found (`amounts`), those that are no goals are set aside
with a reason, and the sentence is cut between the remaining figures. Each piece tells its subject and its tier
(`levels`, `subjects`); pieces that share a noun or a predicate share their quote. Rules: design, section 6.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cchc.reading import refusals, subjects
from cchc.reading.amounts import R_UNIT_AS_SAID, Amount, amounts, number
from cchc.reading.blocks import Goal
from cchc.reading.levels import HUYEN, TINH, XA, Levels, bare_tier, named_first, read_levels, sets_tiers_apart
from cchc.reading.patterns import rx, words
from cchc.reference import load
from cchc.text import matching, stored

# What an official reads.
R_LEVEL_AGENCY = "Cấp chính quyền suy từ tên cơ quan trong câu"
R_LEVEL_HEADING = "Cấp chính quyền lấy từ đề mục hoặc phần đầu câu"
R_LEVEL_EACH = "Câu đặt riêng từng cấp: tách thành một chỉ tiêu cho mỗi cấp"
R_NO_SUBJECT = "Câu không nêu đối tượng của con số"
R_SUBJECT_BEFORE = "Đối tượng lấy từ phần trước của câu"
R_SHARED = "Con số dùng chung phần vị ngữ của câu"
R_SHARED_COMPARATOR = "Mức so sánh lấy từ con số đứng trước"
R_NO_UNIT = "Văn bản không ghi đơn vị tính"
R_NEGATIVE = "Hiểu là mức tối đa vì con số nói về việc chậm, sai sót hoặc tồn đọng"
R_OUTSIDE = "Đứng ngoài mục mục tiêu, chỉ tiêu"
R_MILESTONE = "Mục tiêu không có con số"
R_OTHER_YEAR = "Đứng ngoài mục mục tiêu và nói về một năm khác năm kế hoạch"
W_UNREAD = "Con số chưa được đọc thành chỉ tiêu"

_SURE, _INFERRED, _DOUBTFUL = 1.0, 0.9, 0.7


@dataclass(slots=True)
class _Piece:
    """A figure with the stretch of the sentence that belongs to it (offsets into the paragraph)."""

    amount: Amount
    start: int
    end: int
    last: bool = False  # the subject stands before the figure («Tỷ lệ ... đạt 90%»)
    elided: bool = False  # the piece names no noun of its own («80% đối với cấp huyện»)
    complete: bool = True  # nothing is missing on its right
    levels: Levels = field(default_factory=Levels)
    level_from: str = ""
    subjects: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    comparator: str = ">="


# -- public --------------------------------------------------------------------------------------------------------


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
    para = _Paragraph(
        text[start:end], match[start:end].replace("\n", " "), start, plan_year, in_goals, heading_level, lead_in, aimed
    )
    return list(para.goals())


def aims(match: str, start: int, end: int) -> bool:
    """Does the paragraph say that goals are told («với một số chỉ tiêu sau», «năm 2024 tỉnh phấn đấu»)?"""
    return bool(_AIM.search(match[start:end].replace("\n", " ")))


def unread_figures(
    text: str, match: str, start: int, end: int, goals: list[Goal], *, plan_year: int | None = None, results: bool = False
) -> list[tuple[int, int, str]]:
    """Every % figure of `text[start:end]` that no goal covers: its span and a Vietnamese reason.

    `results`: the paragraph stands in a part on what has been reached.
    """
    m = match[start:end].replace("\n", " ")
    found: list[tuple[int, int, str]] = []
    covered = [(g.figure_start, g.figure_end) for g in goals if g.figure_end > 0]
    for hit in _PERCENT.finditer(m):
        at, stop = start + hit.start(), start + hit.end()
        if any(a <= at and stop <= b for a, b in covered):
            continue
        low, high = _sentence_around(m, hit.start())
        why = refusals.W_PAST if results else refusals.why_not(m, low, high, hit.start(), hit.end(), plan_year)
        why = why or W_UNREAD
        found.append((at, stop, why))
    return found


_PERCENT = rx(r"\d[\d.,]{0,12}\s{0,2}(?:%|phần trăm\b)")
_CELL = rx(
    r"(?P<before>[^\d]{0,40}?)\s{0,3}(?P<n>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,9}(?:[.,]\d{1,4})?)\s{0,2}%?"
    r"(?:\s{0,2}(?:-|÷|đến|tới)\s{0,2}(?:dưới )?(?P<high>\d{1,9}(?:[.,]\d{1,4})?))?\s{0,2}(?P<after>.{0,80})"
)
_CELL_RANK = rx(r"\b(?:hạng|thứ|nhóm|top|tốp|vị trí)\b")
_CELL_SIGNS = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "<": "<", "=": "="}


def read_value(value_raw: str, unit_raw: str = "") -> tuple[str | None, float | None, str | None]:
    """A cell of a table of targets and its unit cell: comparator, value, unit. No figure («Đạt»): all None."""
    m = " ".join(_flat(value_raw).split())
    unit = " ".join(_flat(unit_raw).split()).strip(" .()") or None
    unit = None if unit in ("-", "đvt", "đơn vị tính") else unit
    hit = _CELL.fullmatch(m)
    if not hit:
        return None, None, None
    before, after = hit["before"].strip(), hit["after"].strip()
    if _CELL_RANK.search(f"{before} {unit or ''}") and not re.search(r"(?:tăng|giảm)\s", before + " "):
        high = hit["high"]
        return "<=", number(high or hit["n"]), "hạng"
    if "%" in m or "phần trăm" in m or unit in ("tỷ lệ %", "tỉ lệ %", "phần trăm", "tỷ lệ", "tỉ lệ"):
        unit = "%"
    found = amounts(f"{before} {hit['n']} {'%' if unit == '%' else 'điểm'} {after}", 0, len(before) + len(hit["n"]) + len(after) + 8)
    comparator = found[0].comparator if found else ">="
    for sign, meaning in _CELL_SIGNS.items():
        if before.replace(" ", "").endswith(sign):
            comparator = ">=" if meaning == "=" else meaning
            break
    if after.startswith(("trở xuống", "trở lại")):
        comparator = "<="
    elif after.startswith("trở lên"):
        comparator = ">="
    value = number(hit["n"])
    if hit["high"] and comparator in ("<", "<="):
        value = number(hit["high"])
    if unit is None:
        named = amounts(f"{hit['n']} {after}", 0, len(hit["n"]) + 1 + len(after))
        unit = named[0].unit if named else None
    return comparator, value, unit


def _flat(raw: str) -> str:
    return matching(stored(raw)).replace("\n", " ")


# -- sentences -----------------------------------------------------------------------------------------------------

_STOP = rx(r"[.!?](?=[\s\"”)]|$)")
_ABBREVIATION = rx(r"\b(?:tp|tt|tx|q|p|h|x|st|ths|ts|gs|pgs|bs|ks|đ/c|t\.ư|vd|tr|v\.v)$")
_OPENING = rx(r"\s+[\"“'(\[+\-*•]?\s*(.)")
_EDGE = " \t\n\r\f\v.;,:/!?-*|+•"
_MARKER = rx(r"\s*(?:(?:\(\s?(?:[ivx]{1,5}|\d{1,2}|[a-zđ])\s?\)|(?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)|\d{1,2}(?:\.\d{1,2}){0,3}\.(?!\d)) |[-+*•]\s{0,3})")


def _sentence_bounds(t: str, m: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, ends with a stop) of each sentence; a stop inside parentheses ends none."""
    inside = _parentheses(m)
    begin, k = 0, 0
    for hit in _STOP.finditer(m):
        at = hit.start()
        while k < len(inside) and inside[k][1] <= at:
            k += 1
        if k < len(inside) and inside[k][0] <= at:
            continue
        if _ABBREVIATION.search(m, max(begin, at - 6), at):
            continue
        opening = _OPENING.match(t, hit.end())
        if hit.end() < len(t.rstrip()) and not (opening and (opening[1].isupper() or opening[1].isdigit() or opening[1] in "\"“(")):
            continue
        yield begin, at, True
        begin = hit.end()
    if m[begin:].strip(_EDGE):
        yield begin, len(m), False


def _sentence_around(m: str, at: int) -> tuple[int, int]:
    low = max(m.rfind(". ", max(0, at - 600), at) + 1, m.rfind(";", max(0, at - 600), at) + 1, at - 600, 0)
    high = min((i for i in (m.find(". ", at), m.find(";", at)) if i >= 0), default=len(m))
    return low, min(high, at + 600)


def _parentheses(m: str) -> list[tuple[int, int]]:
    """Outermost pairs of parentheses; an unmatched one is ignored, a pair longer than 600 characters as well."""
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for hit in _PAREN.finditer(m):
        if hit.group() == "(":
            stack.append(hit.start())
        elif stack:
            begin = stack.pop()
            if hit.end() - begin <= 600:
                while pairs and pairs[-1][0] > begin:
                    pairs.pop()
                pairs.append((begin, hit.end()))
    return pairs


_PAREN = rx(r"[()]")


def _masked(m: str, pairs: list[tuple[int, int]]) -> str:
    """`m` with the insides of parentheses blanked, so that separators in them cut nothing."""
    out, at = [], 0
    for a, b in pairs:
        out += [m[at:a], "_" * (b - a)]
        at = b
    return "".join([*out, m[at:]])


# -- a paragraph ---------------------------------------------------------------------------------------------------


@cache
def _lexicon() -> dict[str, re.Pattern[str]]:
    data = load("figures")
    return {
        "predicate": rx(rf"\b(?:{words(data['predicates'])})\b"),
        "action": rx(rf"(?:(?:phấn đấu|tiếp tục|đồng thời|từng bước),? )?(?:{words(data['action_verbs'])})\b"),
        "count_verb": rx(rf"\b(?:{words(data['count_verbs'])})(?: (?:mới|được|thêm|được ít nhất|các|ra))? $"),
    }


_SEPARATOR = rx(r";|,(?!\d)|\b(?:và|với|trong đó|còn|riêng)\b")
_STARTER = rx(
    r"[;,\s]*(?:(?:và|với|trong đó|còn|riêng)[,:]? ){0,2}(?:phấn đấu )?(?:t[ỷỉ] lệ|chỉ số|mức độ|số\s|điểm\s|cấp\s|đối với|trong đó|riêng|các\s|ubnd|đến năm|năm \d|thời gian|giảm|tăng"
    r"|par|papi|sipas|pci|dti|ở\s|tại\s)"
)
_ADVERB = rx(
    r"\s{0,3}(?:so với|trên tổng|trong tổng|trong năm|trong giai|trong đó|trong toàn|vào\s|trở\s|đến\s|hằng\s|hàng năm|mỗi năm|năm \d|theo\s|cụ thể|trên địa|và\s|với\s|kể từ|/|hơn\s|nhu cầu|yêu cầu|kế hoạch)"
)
_ELIDED = rx(r"\s{0,3}\(?\s{0,2}(?:đối với\b|ở\b|tại\b|cho\b|của\b|thuộc\b|cấp\b|là\b)")
_BOUNDARY = rx(r"\s{0,3}(?:[;,.:)_]|$)")
_HAS_SUBJECT = rx(r"\b(?:t[ỷỉ] lệ|chỉ số|mức độ|số lượng|điểm|thời gian|index|papi|sipas|pci|dti|chi phí|biên chế)\b")
_CARRIES = rx(r"(?:[^;.:()\d]|mức độ \d){0,80}?(?:,|\bvà)\s{0,3}")
_VERB_FIRST = rx(r"[^\W\d_]+(?: [^\W\d_]+){0,2} ")
_PREPOSITION = rx(r"\b(?:tại|trong|của|theo|với|cho|các|ở|từ|về|số|năm|quý|gồm|sau|trước|đến|điều|khoản|giai đoạn|tổng) $")
_LABEL_TIER = rx(r"\s{0,3}(?:đối với|tại|ở|riêng|về)?\s{0,3}")
_EXCEPT = rx(
    r"\(\s{0,2}(?P<inner>(?:ngoại trừ|loại trừ|trừ|không bao gồm|không kể|không tính|không áp dụng)\s[^()]{2,400})\)"
    r"|(?:,\s{0,2}|(?<=\s))(?P<open>(?:ngoại trừ|loại trừ|trừ|không bao gồm|không kể|không tính)\s(?!điểm|\d)[^;.()%]{2,300})"
)
_IN_TURN = rx(r"\b(?:lần lượt|tương ứng)\b")
_NEGATIVE = rx(r"\b(?:quá hạn|trễ hạn|trễ hẹn|chậm (?:hạn|muộn|trễ)|sai sót|tồn đọng|bị trả lại)\b")
_NOT_NEGATIVE = rx(r"\b(?:không|giảm|xin lỗi|xử lý|khắc phục|trước)\b")
_CITED_AFTER = rx(
    r"\btheo (?:đúng )?(?:tinh thần )?(?:nghị quyết|kết luận|chỉ thị|quyết định|nghị định|chương trình)[^;.]{0,40}(?:-[nk][ql]/tw|/nq-cp|/ct-ttg|/qđ-ttg|-kl/tw|-nq/tw|của (?:trung ương|bộ chính trị|chính phủ|thủ tướng))"
)
_COMPLETES = rx(r"(?:tiếp tục )?(?:hoàn thành|hình thành|không để|không có|phấn đấu|duy trì|giữ vững|chỉ số|kết quả)\b")
_AIM = rx(r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|đề ra|đặt ra|yêu cầu|nêu rõ|quyết tâm)\b")
_HEADLINE = rx(r"(?:về |công tác\s|cải cách\s|xây dựng và phát triển\s|mục tiêu|chỉ tiêu|hiện đại hóa)")
_DIFFERENT_TIERS = {"xã": XA, "phường": XA, "thị trấn": XA, "đặc khu": XA, "huyện": HUYEN, "quận": HUYEN, "thị xã": HUYEN, "sở": TINH}


@dataclass(slots=True)
class _Paragraph:
    t: str
    m: str
    base: int
    plan_year: int | None
    in_goals: bool
    heading_level: str | None
    lead_in: str
    aimed: bool
    past: bool = False  # the sentences tell of an earlier year
    heard: list[str] = field(default_factory=list)  # subjects of the last figure, for «Trong đó ...»

    def goals(self) -> Iterator[Goal]:
        pairs = _parentheses(self.m)
        for start, end, _ in _sentence_bounds(self.t, self.m):
            inner = [p for p in pairs if start <= p[0] and p[1] <= end] if len(pairs) < 200 else []
            yield from self._sentence(start, end, inner)

    # -- one sentence --

    def _sentence(self, start: int, end: int, pairs: list[tuple[int, int]]) -> Iterator[Goal]:
        m = self.m
        leads = m[start:end].rstrip(" *").endswith(":")
        start, end = self._trim(start, end)
        if start >= end:
            return
        plain = m[:start] + _masked(m[start:end], [(a - start, b - start) for a, b in pairs if start <= a and b <= end])
        found, refused = self._figures(start, end, pairs, plain)
        if not found:
            if self.in_goals and not leads and not set(refused) - {refusals.W_ASIDE, refusals.W_BASE}:
                yield from self._figureless(start, end, plain)
            return
        begin = start
        start, default, from_label, subject_label = self._label(start, end, found, plain)
        head = self._first_with_figure(start, found[0], plain)
        if head > start and (self.in_goals or self.aimed):
            yield from self._figureless(start, head, plain)
            start = head
        elif head > start:
            start = head
        pieces = self._pieces(start, end, found, plain)
        tails = [t for piece in pieces if (t := self._tail(piece, plain))]
        self._describe(pieces, start, default, from_label, subject_label)
        yield from self._emit(pieces, begin if subject_label or from_label else None)
        if self.in_goals or self.aimed:
            for low, high in tails:
                yield from self._figureless(low, high, plain)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.m[start] in " ;,:.*|•\u00a0":
            start += 1
        while True:
            hit = _MARKER.match(self.m, start, end)
            if not hit or hit.end() == start:
                break
            start = hit.end()
        while start < end and self.m[end - 1] in _EDGE:
            end -= 1
        return start, end

    # -- figures --

    def _figures(self, start: int, end: int, pairs: list[tuple[int, int]], plain: str) -> tuple[list[Amount], list[str]]:
        found: list[Amount] = []
        refused: list[str] = []
        m = self.m
        ratio: Amount | None = None
        for amount in amounts(m, start, end):
            if ratio is not None and ";" in m[ratio.end : amount.start]:
                ratio = None
            ratios = amount.kind == "count" and ratio is not None
            ratio = amount if amount.kind == "ratio" else ratio
            if amount.kind == "count" and not self._counts(amount, start, end, ratios):
                # «02 huyện và 05 xã»: what was asked of the count before is asked of this one.
                last = found[-1] if found and found[-1].kind == "count" else None
                if last is None or amount.unit in load("figures")["time_units"] or not _CARRIES.fullmatch(m, last.end, amount.left):
                    continue
            if not self.in_goals and (why := self._unclear(amount, start, end, found[-1] if found else None)):
                refused.append(why)
                continue
            beside = not any(a < amount.start and amount.end <= b for a, b in pairs)
            why = refusals.why_not(plain if beside else m, start, end, amount.start, amount.end, self.plan_year, amount.kind, amount.comparator)
            if why is None and not beside:
                why = self._aside(amount, pairs)
            if why is None and self._still_past(amount, start, refused):
                why = refusals.W_PAST
            if why:
                refused.append(why)
                self.past = self.past or (beside and why == refusals.W_PAST)
                continue
            self.past = False
            found.append(amount)
        return found, refused

    def _still_past(self, amount: Amount, start: int, refused: list[str]) -> bool:
        """«Đến hết năm 2022, 100% ...; 99% hồ sơ ...»: the past goes on until an aim or another year is named."""
        if not self.past or (self.in_goals and refusals.W_PAST not in refused):
            return False
        clause = self.m[max(start, amount.left - 300) : amount.start]
        clause = clause[clause.rfind(";") + 1 :]
        return not _AIM.search(clause) and not re.search(r"20\d\d", clause) and amount.bare

    def _unclear(self, amount: Amount, start: int, end: int, last: Amount | None) -> str | None:
        """Outside the goals: why the figure is not clearly one."""
        m = self.m
        clause_start = max(m.rfind(";", start, amount.left) + 1, start)
        clause = m[clause_start : amount.start]
        aim = self.aimed or bool(_AIM.search(m, start, amount.start))
        year, _ = due(m, clause_start, amount.start, amount.end, end)
        if year is not None and self.plan_year is not None and year != self.plan_year and not self.aimed:
            return R_OTHER_YEAR
        if "phấn đấu" not in clause and _CITED_AFTER.search(m, amount.end, min(end, amount.end + 220)):
            return refusals.W_CITED
        if last is not None and last.unit == amount.unit and ";" not in m[last.end : amount.start]:
            return None  # «đạt 90% ở cấp tỉnh, 80% ở cấp huyện»: the first was clear
        if amount.kind == "count":
            wanted = not amount.bare or amount.value == 0 or amount.verb in ("tăng", "giảm", "rút ngắn")
            return None if wanted and (aim or amount.unit not in load("figures")["activity_units"]) else R_OUTSIDE
        if amount.kind == "rank" or not amount.bare or aim:
            return None
        if amount.verb in ("đạt", "bảo đảm", "đảm bảo", "phấn đấu", "nâng", "giảm", "tăng", "rút ngắn", "cắt giảm") or re.search(r"\b(?:bảo đảm|đảm bảo|phấn đấu)\b", clause):
            return None
        opens = not clause.strip(_EDGE) or clause.rstrip().endswith(",")
        told = rx(r"[^;.]{0,160}?\b(?:được|phải|có|đạt)\b").match(m[amount.end : min(end, amount.end + 200)])
        return None if opens and told else R_OUTSIDE

    def _aside(self, amount: Amount, pairs: list[tuple[int, int]]) -> str | None:
        """A figure inside parentheses is a goal only when the parenthesis sets tiers or parts apart."""
        a, b = next(p for p in pairs if p[0] < amount.start and amount.end <= p[1])
        inside = self.m[a:b]
        if read_levels(self.m, a + 1, b - 1).tiers or rx(r"\b(?:trong đó|tối thiểu|ít nhất|phấn đấu|được|phải)\b").search(inside) or bare_tier(self.m, a + 1, amount.left):
            return None
        return refusals.W_ASIDE

    def _counts(self, amount: Amount, start: int, end: int, ratios: bool) -> bool:
        """Is a counted number what the sentence asks for?"""
        m = self.m
        data = load("figures")
        before = m[max(start, amount.left - 40) : amount.left]
        if rx(r"\b(?:trong (?:vòng|thời hạn|thời gian)|trong|sau|kể từ|trước|điểm|khoản|điều|số|mức|mức độ|cấp độ|giai đoạn|ngày|tháng|quý) $").search(before):
            return False
        if amount.unit is None:
            return amount.verb == "đạt" or subjects.mentions_index(m, start, amount.start)
        explicit = not amount.bare and not re.fullmatch(r"\s*từ\s*", m[amount.left : amount.start])
        alone = bool(rx(r"\s*từ\s*").fullmatch(m[amount.left : amount.start]))  # «từ» alone is also a preposition
        explicit = not amount.bare and not alone
        changed = amount.verb in ("giảm", "rút ngắn", "cắt giảm", "tăng", "tăng thêm", "nâng", "tiết kiệm", "còn", "xuống", "lên")
        if amount.unit in data["time_units"]:
            return explicit or changed
        if amount.unit == "số" or (re.match(r"\s{0,2}/", m[amount.end : amount.end + 3]) and amount.unit in ("tháng",)):
            return False
        if ratios and not re.search(r"[,;](?:\s+[^\W\d_]+){0,5}\s*$", m[max(start, amount.left - 60) : amount.left]):
            return False  # «100% xã có ít nhất 01 mô hình»: the count belongs to what is said of the 100%
        if explicit or changed or amount.of or amount.value == 0:
            return True
        verb = m[max(start, amount.left - 40) : amount.left if alone else amount.start]
        if _lexicon()["count_verb"].search(verb):
            return True
        # «05 dịch vụ công được cung cấp ...», «0 hồ sơ quá hạn»: the figure opens the clause.
        if _VERB_FIRST.fullmatch(m, start, amount.left) and not _PREPOSITION.search(m, start, amount.left):
            return True
        opens = not m[start : amount.left].strip(_EDGE) or bool(re.search(r"[;,:]\s{0,2}$", m[start : amount.left]))
        return opens and (amount.value == 0 or bool(rx(r"[^;.]{0,80}?\b(?:được|đạt|có|hoàn thành)\b").match(m[amount.end : amount.end + 100])))

    # -- cutting --

    def _label(self, start: int, end: int, found: list[Amount], plain: str) -> tuple[int, str | None, bool, str]:
        """What stands before a colon: a heading run into the line, a tier, or the subject of what follows."""
        default, from_label, subject = None, False, ""
        opening = read_levels(self.m, start, min(found[0].left, start + 60))
        prefix = _LABEL_TIER.match(self.m, start)
        if opening.one and prefix:
            tail = re.search(r"[,:]", plain[prefix.end() : found[0].left])
            if tail and tail.start() <= 40 and self._is_tier(prefix.end(), prefix.end() + tail.start()):
                default = opening.one
                if tail.group() == ":":
                    return prefix.end() + tail.end(), default, True, subject
        colon = plain.find(":", start, found[0].start)
        if colon > start and not plain[colon + 1 : colon + 2].isdigit():
            label = self.m[start:colon]
            piece_text = self.m[colon + 1 : found[0].left].strip(_EDGE)
            after = self.m[found[0].right : found[0].right + 40]
            nameless = not piece_text or bool(bare_tier(self.m, colon + 1, found[0].left)) or self._is_tier(colon + 1, found[0].left)
            own = not nameless or not (_BOUNDARY.match(after) or _ELIDED.match(after) or _ADVERB.match(after))
            if not own and not default:
                subject = subjects.label(self.t, self.m, start, colon)
                default = read_levels(self.m, start, colon).one if nameless and piece_text == "" else default
                start = colon + 1
            elif own and not default and (len(label.split()) <= 20 or _HEADLINE.match(label)):
                if not rx(r"\b(?:t[ỷỉ] lệ|chỉ số)\b").search(label) or found[0].kind == "ratio":
                    start = colon + 1
                    while start < end and self.m[start] in " *":
                        start += 1
        return start, default, from_label, subject

    def _is_tier(self, start: int, end: int) -> bool:
        """Does the stretch say a tier and nothing more?"""
        tiers = read_levels(self.m, start, end)
        rest = re.sub(r"\b(?:các|cơ quan|đơn vị|ubnd|ủy ban nhân dân|cấp|tỉnh|huyện|xã|phường|thị trấn|quận|thành phố|ở|tại|của|cho|riêng|đối với|và|hành chính|chính quyền|là|đạt|trong|sở|ban|ngành|thuộc)\b", "", self.m[start:end])
        return bool(tiers.tiers) and not rest.strip(_EDGE + "()")

    def _first_with_figure(self, start: int, first: Amount, plain: str) -> int:
        """Where the clause of the first figure begins: after the last ";", or after a finished clause and a comma."""
        semicolon = plain.rfind(";", start, first.left)
        if semicolon >= 0:
            return self._skip(semicolon + 1)
        comma = plain.rfind(",", start, first.left)
        if comma < 0 or plain[comma + 1 : first.left].strip():
            return start
        clause = plain[start:comma]
        after = self.m[first.right : first.right + 200]
        told = _lexicon()["predicate"].search(after.split(";")[0].split(",")[0])
        done = _lexicon()["action"].match(clause) and len(clause.split()) >= 6 and first.kind == "ratio" and told
        if done and first.verb == "" and not _HAS_SUBJECT.search(clause) and not rx(r"\b(?:năm|hết|đến|trong) (?:năm )?\d{4}$").search(clause):
            return self._skip(comma + 1)
        return start

    def _skip(self, at: int) -> int:
        while at < len(self.m) and self.m[at] in " ,;*":
            at += 1
        return at

    def _pieces(self, start: int, end: int, found: list[Amount], plain: str) -> list[_Piece]:
        pieces: list[_Piece] = []
        begin = start
        for amount, following in zip(found, [*found[1:], None], strict=True):
            stop = end if following is None else self._cut(amount, following, plain)
            pieces.append(_Piece(amount, begin, stop, comparator=amount.comparator))
            begin = stop
        for piece in pieces:
            self._shape(piece, plain)
        for piece, following in zip(pieces, pieces[1:], strict=False):
            if plain[piece.end : piece.end + 1] == ";" and following.amount.verb:
                piece.complete = True  # «...; bảo đảm 100% ...»: a statement of its own
        return pieces

    def _cut(self, left: Amount, right: Amount, plain: str) -> int:
        """Where the piece of `left` ends and that of `right` begins."""
        low, high = left.right, max(left.right, right.left)
        if plain[right.start] == "_":
            if plain[left.start] != "_":
                return max(low, self.m.rfind("(", low, right.start))  # «đạt 80% (cấp tỉnh 85%, ...)»
            plain = self.m
        gaps = list(_SEPARATOR.finditer(plain, low, high)) if high - low < 2000 else list(_SEPARATOR.finditer(plain, high - 2000, high))
        if not gaps:
            return high  # «30% thủ tục được giảm 20% thời gian»: two figures of one statement
        strong = [g for g in gaps if g.group() == ";"]
        if strong:
            return strong[-1].start()
        last = gaps[-1]
        if not plain[last.end() : high].strip(" _:"):
            # «..., và 80%»: a run of separators belongs together.
            for gap in reversed(gaps[:-1]):
                if plain[gap.end() : last.start()].strip():
                    break
                last = gap
            return last.start()
        for gap in gaps:
            if _STARTER.match(plain, gap.start(), high):
                return gap.start()
        if _BOUNDARY.match(plain, low) or _ADVERB.match(plain, low):
            return gaps[0].start()
        return last.start()

    def _shape(self, piece: _Piece, plain: str) -> None:
        """Does the subject stand before or after the figure, is the noun missing, is the predicate missing?"""
        a = piece.amount
        said = self.m[piece.start : a.left]
        before = subjects.bare_subject(said)
        after = plain[a.right : piece.end]
        ends = bool(_BOUNDARY.match(after)) or not after.strip(_EDGE + "_")
        adverb = bool(_ADVERB.match(after))
        if a.noun >= 0 and a.unit not in load("figures")["measures"] and not _HAS_SUBJECT.search(said):
            return  # «mỗi xã có ít nhất 01 mô hình»: the noun that is counted is the subject
        has_head = bool(_HAS_SUBJECT.search(said)) or subjects.mentions_index(said, 0, len(said))
        if a.kind == "rank" or ends or adverb or (before and has_head):
            piece.last = True
            piece.elided = not before or bool(bare_tier(self.m, piece.start, a.left)) or self._is_tier(piece.start, a.left)
            piece.complete = True
            return
        noun = after.lstrip()
        piece.elided = bool(_ELIDED.match(after)) and not before
        if _ELIDED.match(after) and before and not _lexicon()["action"].fullmatch(before.strip()):
            piece.last = len(before.split()) >= 3
        predicate = _lexicon()["predicate"].search(noun)
        piece.complete = predicate is not None or piece.last or bool(before) or a.kind == "count"
        if predicate is not None and predicate.start() == 0 and not before and a.noun < 0:
            piece.elided = True

    def _tail(self, piece: _Piece, plain: str) -> tuple[int, int] | None:
        """A clause after the last figure's ";" that asks for something of its own; the piece is shortened before it."""
        semicolon = plain.find(";", piece.amount.right, piece.end)
        if semicolon < 0:
            return None
        begin = self._skip(semicolon + 1)
        opening = self.m[begin : begin + 60]
        if begin >= piece.end:
            return None
        acts = _lexicon()["action"].match(opening) or subjects.opens_with_index(self.m, begin)
        doers = rx(r"\s{0,3}(?:các )?(?:cơ quan|đơn vị|sở|ubnd|ủy ban|cán bộ|công chức|tổng số (?:cơ|đơn))").match(self.m[piece.amount.right :  piece.amount.right + 40])
        if not acts or (doers and not piece.last and not _COMPLETES.match(opening)):
            return None
        end, piece.end = piece.end, semicolon
        return begin, end

    # -- meaning --

    def _describe(self, pieces: list[_Piece], start: int, default: str | None, from_label: bool, subject_label: str) -> None:
        m = self.m
        for i, piece in enumerate(pieces):
            a = piece.amount
            before = read_levels(m, piece.start, a.left)
            after = read_levels(m, a.right, piece.end)
            if a.kind == "rank":
                after = Levels()  # «trong 10 sở, ngành dẫn đầu»: those among whom it is ranked
            first, second = (before, after) if piece.last else (after, before)
            piece.levels = first if first.tiers else second
            if a.unit in _DIFFERENT_TIERS:
                piece.levels = Levels((_DIFFERENT_TIERS[a.unit],))
            elif not piece.last and not after.tiers and (tier := named_first(m, a.right, piece.end)):
                piece.levels = Levels((tier,))
            if not piece.levels.tiers:
                tier = bare_tier(m, piece.start, a.left) or bare_tier(m, a.right, piece.end) if len(pieces) > 1 else None
                if tier:
                    piece.levels = Levels((tier,))
                elif default or self.heading_level:
                    piece.levels = Levels((default or self.heading_level or "",))
                    piece.reasons.append(R_LEVEL_HEADING)
            if piece.levels.inferred and piece.levels.one:
                piece.reasons.append(R_LEVEL_AGENCY)
            if i and a.bare and pieces[i - 1].comparator in ("<", "<=", ">") and a.unit == pieces[i - 1].amount.unit and (piece.elided or not pieces[i - 1].complete) and pieces[i - 1].amount.kind == a.kind:
                piece.comparator = pieces[i - 1].comparator
                piece.reasons.append(R_SHARED_COMPARATOR)
            if a.bare and a.unit == "%" and a.value <= 20 and piece.last:
                said = m[piece.start : a.left]
                if _NEGATIVE.search(said) and not _NOT_NEGATIVE.search(said):
                    piece.comparator = "<="
                    piece.reasons.append(R_NEGATIVE)
            if a.unit is None:
                piece.reasons.append(R_NO_UNIT)
            piece.reasons += a.reasons
        self._tell_apart(pieces)
        self._in_turn(pieces, start)
        self._name(pieces, subject_label)

    def _tell_apart(self, pieces: list[_Piece]) -> None:
        """«... tại Bộ phận Một cửa cấp tỉnh đạt 100%, cấp xã đạt 80%»: beside other tiers a name tells the tier too."""
        told = {piece.levels.one for piece in pieces if piece.levels.one}
        if not told or len(pieces) > 60:
            return
        for piece in pieces:
            if not piece.levels.tiers:
                loose = read_levels(self.m, piece.start, piece.end, loose=True)
                if loose.one and loose.one not in told and not subjects.mentions_index(self.m, piece.start, piece.end):
                    piece.levels = loose

    def _in_turn(self, pieces: list[_Piece], start: int) -> None:
        """«cấp tỉnh, cấp huyện, cấp xã lần lượt đạt 90%, 80%, 70%»"""
        first = pieces[0]
        tiers = first.levels.tiers or read_levels(self.m, first.start, first.amount.left, loose=True).tiers
        if len(tiers) != len(pieces) or len(pieces) < 2 or any(p.levels.tiers and p.levels.tiers != tiers for p in pieces[1:]):
            return
        if not _IN_TURN.search(self.m, start, pieces[-1].end):
            return
        for piece, tier in zip(pieces, tiers, strict=True):
            piece.levels = Levels((tier,))

    def _name(self, pieces: list[_Piece], subject_label: str) -> None:
        predicate = ""
        for piece in reversed(pieces):
            # «90% A, 80% B được C»: the predicate of the last serves those before it.
            if piece.last:
                predicate = ""
            elif piece.complete:
                predicate = subjects.predicate(self.t, self.m, piece.amount.right, piece.end)
            elif predicate:
                piece.reasons.append(R_SHARED)
            a = piece.amount
            named = subjects.ranked_in(self.t, self.m, a.end, piece.end) if a.kind == "rank" else ""
            piece.subjects = [named] if named else subjects.names(
                self.t, self.m, piece.start, a.left, a.noun if a.noun >= 0 else a.right, piece.end, last=piece.last,
                predicate="" if piece.complete else predicate,
            )
        heard = [subject_label] if subject_label else []
        if not heard and self.lead_in:
            heard = [" ".join(self.lead_in.split()).rstrip(" :")]
        previous = heard or self.heard
        noun = ""
        for piece in pieces:
            if piece.elided:
                own = piece.subjects[0] if piece.subjects else ""
                if noun and not piece.last:
                    piece.subjects = [subjects.join(noun, own)]
                    piece.reasons.append(R_SUBJECT_BEFORE)
                elif previous:
                    piece.subjects = [subjects.join(s, own) for s in previous]
                    if piece is not pieces[0] or not subject_label:
                        piece.reasons.append(R_SUBJECT_BEFORE)
                else:
                    piece.subjects = [own]
                    piece.reasons.append(R_NO_SUBJECT)
                if not previous or not piece.last:
                    previous = previous or piece.subjects
            else:
                previous = piece.subjects
                noun = "" if piece.last else subjects.noun(self.t, self.m, piece.amount.right, piece.end)
        self.heard = previous

    # -- results --

    def _emit(self, pieces: list[_Piece], begin: int | None) -> Iterator[Goal]:
        groups: list[list[_Piece]] = []
        said: set[tuple[object, ...]] = set()
        for piece in pieces:
            a = piece.amount
            same = (a.kind, piece.comparator, a.value, a.unit, piece.levels, tuple(piece.subjects))
            if same in said:
                continue  # «100% hồ sơ được số hóa, đạt tỷ lệ 100%»
            said.add(same)
            if groups and (not groups[-1][-1].complete or (piece.elided and (piece.last or not piece.complete or _ELIDED.match(self.m, piece.amount.right)))):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        for group in groups:
            start = subjects.skip_connectors(self.m, group[0].start, group[0].amount.start)
            if begin is not None and group[0] is pieces[0]:
                start = begin  # the words before the colon are the subject
            end = group[-1].end
            while end > start and self.m[end - 1] in _EDGE:
                end -= 1
            exception = self._exception(start, end)
            for piece in group:
                yield from self._targets(piece, pieces, start, end, exception)

    def _targets(self, piece: _Piece, pieces: list[_Piece], start: int, end: int, exception: str | None) -> Iterator[Goal]:
        a = piece.amount
        levels: tuple[str | None, ...] = (piece.levels.one,)
        reasons = list(piece.reasons)
        if len(piece.levels.tiers) > 1 and (sets_tiers_apart(self.m, piece.start, piece.end) or self._set_apart(piece, pieces)):
            levels = piece.levels.tiers
            reasons.append(R_LEVEL_EACH)
        if not self.in_goals:
            reasons.append(R_OUTSIDE)
        named = [s for s in piece.subjects if s] or [""]
        if named == [""] and R_NO_SUBJECT not in reasons:
            reasons.append(R_NO_SUBJECT)
        reasons = list(dict.fromkeys(reasons))
        doubtful = {R_NO_SUBJECT, R_OUTSIDE, R_NO_UNIT, R_NEGATIVE, R_UNIT_AS_SAID}
        confidence = _DOUBTFUL if doubtful & set(reasons) else _INFERRED if reasons else _SURE
        group = " ".join(self.t[a.group[0] : a.group[1]].split()) if a.group else None
        year, day = due(self.m, piece.start, a.start, a.end, piece.end)
        for subject in named:
            for level in levels:
                yield Goal(
                    kind=a.kind, comparator=piece.comparator, value=a.value, unit=a.unit, level=level, subject=subject, group=group,
                    except_=exception, due_year=year, start=self.base + start, end=self.base + end, figure=self.t[a.left : a.right],
                    confidence=confidence, reasons=tuple(reasons), figure_start=self.base + a.start, figure_end=self.base + a.end, due_on=day,
                )

    def _set_apart(self, piece: _Piece, pieces: list[_Piece]) -> bool:
        """Does another figure of the sentence say the same of a tier that is not among this one's?"""
        mine = set(piece.levels.tiers)
        for other in pieces[:60]:
            tiers = set(other.levels.tiers)
            if other is piece or not tiers or tiers & mine or other.amount.unit != piece.amount.unit:
                continue
            if other.elided or piece.elided or subjects.alike(" ".join(piece.subjects), " ".join(other.subjects)):
                return True
        return False

    def _exception(self, start: int, end: int) -> str | None:
        hit = _EXCEPT.search(self.m, start, end)
        if not hit:
            return None
        name = "inner" if hit["inner"] else "open"
        return " ".join(self.t[hit.start(name) : hit.end(name)].split()).strip(_EDGE)

    def _figureless(self, start: int, end: int, plain: str) -> Iterator[Goal]:
        """A stretch without a figure under a heading of goals: improvements, and one milestone of the rest."""
        start, end = self._trim(start, end)
        if start >= end or refusals.no_goal(self.m, start, end, self.plan_year):
            return
        better = subjects.improvement(self.t, self.m, start, end)
        year, day = due(self.m, start, start, start, end)
        figure = ""
        if better:
            self.heard = better
            for name in better:
                yield Goal(
                    kind="improve", comparator=None, value=None, unit=None, level=None, subject=name, group=None, except_=None,
                    due_year=year, start=self.base + start, end=self.base + end, figure=figure, due_on=day,
                )
            return
        found = read_levels(self.m, start, end, strict=True)
        level = None if found.inferred else found.one
        reasons: tuple[str, ...] = (R_MILESTONE,)
        if level is None and not found.tiers and self.heading_level:
            level, reasons = self.heading_level, (R_MILESTONE, R_LEVEL_HEADING)
        yield Goal(
            kind="milestone", comparator=None, value=None, unit=None, level=level, subject=subjects.milestone(self.t, self.m, start, end),
            group=None, except_=self._exception(start, end), due_year=year, start=self.base + start, end=self.base + end, figure=figure,
            confidence=_INFERRED if len(reasons) > 1 else _SURE, reasons=reasons, due_on=day,
        )


# -- when ------------------------------------------------------------------------------------------------------------

_DUE_YEAR = rx(
    r"\b(?:(?:đến|tới|trong|hết|vào|cuối|đến hết|đến cuối|trong vòng) (?:hết |cuối )?(?:năm )|năm )(?P<year>20\d\d)(?!\d|\s{0,2}[-/]\s{0,2}\d)"
)
_DUE_DAY = rx(r"\b(?:trước|đến|hết|chậm nhất|xong) (?:hết |trước |là )?(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)")
_NAMED = rx(
    r"\b(?:kế hoạch|đề án|chương trình|nghị quyết|quyết định|chiến lược|kết luận|chỉ thị|so với|tầm nhìn|định hướng|giai đoạn|hơn|trước|kết quả)\b"
)


def due(m: str, start: int, figure: int, figure_end: int, end: int) -> tuple[int | None, dt.date | None]:
    """The year or day that a goal names as its own end; not one inside the name of another document."""
    for hit in _DUE_DAY.finditer(m, start, end):
        try:
            day = dt.date(int(hit["y"]), int(hit["m"]), int(hit["d"]))
        except ValueError:
            continue
        return day.year, day
    for hit in _DUE_YEAR.finditer(m, start, end):
        opening = not m[start : hit.start()].strip(" ,;-") or bool(rx(r"[\s,;]*(?:phấn đấu|mục tiêu|trong đó)[\s,:]*").fullmatch(m[start : hit.start()]))
        beside = figure - 40 <= hit.end() <= figure or figure_end <= hit.start() <= figure_end + 30
        ending = not m[hit.end() : end].strip(" ,;.")
        plain_year = hit.group().startswith("năm")
        if plain_year and not opening and not (beside and hit.end() <= figure):
            continue
        if (opening or beside or ending) and not _NAMED.search(m, max(start, hit.start() - 80), hit.start()):
            return int(hit["year"]), None
    return None, None
