"""Amounts as plans write them: number, comparator and unit («từ 95% trở lên», «không quá 30 phút», «nhóm 20»).

Everything here reads the matching form of `cchc.text` and returns offsets into it. One pass of compiled patterns finds
the numbers; the words around each number, in a window of fixed width, say what is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from cchc.reading.numbers import NUMBER, RANGE, Amount, number
from cchc.reading.patterns import hits_at, holds, rx, words
from cchc.reading.ranks import find_ranks, rank_at, says_rank
from cchc.reference import load

_WINDOW = 70

R_UNIT_OF_SUBJECT = "Đơn vị tính lấy từ phần nêu đối tượng của con số"
R_UNIT_AS_SAID = "Đơn vị tính lấy theo chữ đứng sau con số"


# -- comparators ------------------------------------------------------------------------------------------------

_BEFORE = [
    (
        ">=",
        r"không (?:được )?(?:dưới|thấp hơn|ít hơn|nhỏ hơn|kém)|ít nhất|tối thiểu|chí ít"
        r"|thấp nhất|bằng hoặc (?:cao hơn|lớn hơn|trên)|(?:trên|cao hơn|lớn hơn|nhiều hơn) hoặc bằng"
        r"|đạt và vượt|từ|≥|>\s?=",
    ),
    (
        "<=",
        r"không (?:được )?(?:quá|vượt quá|vượt|cao hơn|nhiều hơn|lớn hơn)"
        r"|bằng hoặc (?:thấp hơn|nhỏ hơn|ít hơn|dưới)|(?:dưới|thấp hơn|nhỏ hơn|ít hơn) hoặc bằng"
        r"|tối đa|nhiều nhất|cao nhất|≤|<\s?=",
    ),
    (">", r"trên|hơn|cao hơn|lớn hơn|nhiều hơn|vượt trên|vượt|quá|>"),
    ("<", r"dưới|thấp hơn|nhỏ hơn|ít hơn|<"),
]
_FILLERS = (
    r"đạt|đạt được|là|ở|ở mức|mức|khoảng|bình quân|trung bình|chung|t[ỷỉ] lệ|được|có|bằng|với|cho|đúng"
    r"|(?<!trở\s)lên|tới|phấn đấu"
    r"|tăng|tăng thêm|giảm|giảm bớt|cắt giảm|rút ngắn|xuống|còn|nâng|thêm|số|hoàn thành|bảo đảm|đảm bảo|chiếm|gần"
    r"|duy trì|hằng năm|hàng năm|mỗi năm|phải|gấp|tinh giản|tiết kiệm|giảm thêm"
)
_BEFORE_ALL = "|".join(f"(?:{p})" for _, p in _BEFORE)
_LEAD = rx(rf"(?:(?<!\w)(?:{_BEFORE_ALL}|{_FILLERS})(?!\w)\s{{0,2}}:?\s{{0,2}}){{1,6}}$")
_WORD_BEFORE = [(c, rx(rf"(?<!\w)(?:{p})(?!\w)")) for c, p in _BEFORE]
_AFTER = rx(r"\s{0,2}(?:/\s?năm)?\s{0,2}(trở lên|trở xuống|trở lại|hoặc cao hơn)\b")
# «không có X nào đạt dưới 75%», «không phải đi lại quá 02 lần»: the negation turns the comparator round, unless it only
# describes what is counted («tỷ lệ văn bản không có chữ ký số dưới 5%»).
_NEGATED = rx(
    r"\bkhông (?:(?:có|để|còn|phải|được để|được phép)\b|(?:[^\W\d_]{1,8} ){1,4}nào\b)[^,;.:(]{0,90}$"
)
_CLAUSE = rx(r"[,;.:(]|\bvà\b")
_DESCRIBES = rx(r"\b(?:t[ỷỉ] lệ|số|mức|tổng|trong|những|các)\b")
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_FALL = rx(r"\b(?:xuống|còn)\b")
_CHANGE = rx(
    r"\b(tăng thêm|tăng|nâng|cắt giảm|giảm thêm|giảm|tinh giản|rút ngắn|tiết kiệm|đạt|hoàn thành|bảo đảm|đảm bảo"
    r"|phấn đấu|chiếm|duy trì|là|có|còn|xuống|lên|bằng|gấp|thêm)\b"
)


def _around(m: str, start: int, end: int, floor: int) -> tuple[str, bool, int, int, str]:
    """Comparator, whether none is written, the span with its words, and the verb of asking before the figure."""
    low = max(floor, start - _WINDOW)
    lead = _LEAD.search(m, low, start)
    left, text = (lead.start(), m[lead.start() : start]) if lead else (start, "")
    # «trên địa bàn tỉnh đạt 90%»: only the run of words right before the figure is looked at.
    found = [(hit.start(), -len(hit.group()), c) for c, p in _WORD_BEFORE for hit in p.finditer(text)]
    comparator, bare = ">=", True
    if found:
        # The longest reading of the same words wins («không quá» over «quá»), then the one nearest the figure.
        found.sort()
        taken: list[tuple[int, int, str]] = []
        for at, size, c in found:
            if not taken or at >= taken[-1][0] - taken[-1][1]:
                taken.append((at, size, c))
        comparator, bare = taken[-1][2], False
    elif _FALL.search(text):
        comparator, bare = "<=", False
    if comparator in ("<", ">") and not bare:
        negated = _NEGATED.search(m, max(floor, left - 110), left)
        if negated:
            low = max(floor, negated.start() - 80)
            begin = max([low, *(hit.end() for hit in _CLAUSE.finditer(m, low, negated.start()))])
            if not _DESCRIBES.search(m, begin, negated.start()):
                comparator = _OPPOSITE[comparator]
    verbs = _CHANGE.findall(text)
    right = end
    after = _AFTER.match(m, end)
    if after:
        comparator = "<=" if "xuống" in after.group(1) or "lại" in after.group(1) else ">="
        bare, right = False, after.end()
    return comparator, bare, left, right, verbs[-1] if verbs else ""


# -- the three kinds of amounts -----------------------------------------------------------------------------------


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = load("figures")
    units = words([*data["units"], *data["not_units"]])
    stop = words([*data["not_units"], *data["no_nouns"]])
    ratio = rx(
        rf"(?<![\w.,/])(?:(?P<low>{NUMBER})\s{{0,2}}%?{RANGE}(?:dưới )?)?(?P<n>{NUMBER})\s{{0,2}}(?:%|phần trăm\b)"
        rf"(?:\s{{0,2}}/\s{{0,2}}tổng số\b)?"
    )
    count = rx(
        rf"(?<![\w/.,%])(?:(?P<low>{NUMBER}){RANGE})?(?P<n>{NUMBER}|(?<=nhất\s)(?:một|hai|ba|bốn|năm)"
        rf"|(?<=thiểu\s)(?:một|hai|ba|bốn|năm))"
        rf"(?:\s{{0,2}}/\s{{0,2}}(?P<of>\d{{1,5}}))? (?:\((?:[^()\n]{{1,20}})\)\s{{0,2}})?"
        rf"(?:(?P<times>triệu|nghìn|ngàn) )?(?P<unit>{units})\b"
    )
    other = rx(
        rf"(?<![\w/.,%-])(?:(?P<low>{NUMBER}){RANGE})?(?P<n>\d{{1,3}}(?:\.\d{{3}})+"
        rf"|\d{{1,6}}) (?P<unit>(?!(?:{stop})\b)[^\W\d_]{{2,12}}(?: (?!(?:{stop})\b)[^\W\d_]{{2,12}})?)\b"
    )
    plain = rx(
        rf"(?<![\w/.,%-])(?P<n>{NUMBER})(?:\s{{0,2}}/\s{{0,2}}(?P<of>\d{{1,5}}))?"
        rf"(?=\s{{0,2}}(?:trở lên|trên thang|[,;.)]|$))(?![.,]\d)"
    )
    return ratio, count, other, plain


_OUT_OF = rx(r"\s{0,2}\(\d{1,5}/\d{1,5}\)")  # «100% (18/18) sở»: how many that are

_ORDINALS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}


_TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}  # «1,2 triệu lượt truy cập»


def _is_share(n: float, of: float, unit: str) -> bool:
    """«9/10 văn bản», «1/3 tỉnh»: a share of something, no count of places («7/9 huyện») and no mark («4,5/5 điểm»)."""
    places = unit in load("figures")["counted_whole"] or unit in load("figures")["counted_persons"]
    return n < of <= (3 if places else 10) and unit != "điểm"


def may_count(m: str, start: int, end: int) -> bool:
    """Could an amount stand in `m[start:end]`? No digit, and no word that a numeral or a rank in words needs: no."""
    return _DIGITS.search(m, start, end) is not None or holds(m[start:end], _IN_WORDS)


def amounts(m: str, start: int, end: int) -> list[Amount]:
    """Every amount in `m[start:end]` in order of place, none overlapping another."""
    if not may_count(m, start, end):
        return []
    ratio, count, other, plain = _patterns()
    found = find_ranks(m, start, end)
    begins = _begins(m, start, end)
    if not begins:
        return _join_changes(m, _apart(found))
    for hit in hits_at(ratio, m, begins, end):
        ratio_found = _measured(m, hit, "ratio", "%", start)
        out_of = _OUT_OF.match(m, ratio_found.right, end)
        found.append(replace(ratio_found, right=out_of.end()) if out_of else ratio_found)
    data = load("figures")
    for hit in hits_at(count, m, begins, end):
        unit = " ".join(hit["unit"].split())
        padded = hit["n"].startswith("0")  # «09/10 công chức»: nobody writes a share like that
        share = hit["of"] and not padded and _is_share(number(hit["n"]), number(hit["of"]), unit)
        if share or (hit["of"] and number(hit["of"]) < number(hit["n"])):
            continue
        amount = _measured(m, hit, "count", unit, start)
        if unit not in data["not_units"] or (unit in data["asked_units"] and (not amount.bare or not amount.value)):
            found.append(amount)
    known = {a.start for a in found} | {a.end for a in found}
    for hit in hits_at(other, m, begins, end):
        if hit.start() not in known:
            amount = _measured(m, hit, "count", " ".join(hit["unit"].split()), start)
            if not 1900 <= amount.value <= 2100:
                found.append(replace(amount, named=False, reasons=(*amount.reasons, R_UNIT_AS_SAID)))
    for hit in hits_at(plain, m, begins, end):
        amount = _measured(m, hit, "count", None, start)
        if amount.value <= 100 and says_rank(m, start, hit.start()):
            if not amount.bare or m[max(start, hit.start() - 8) : hit.start()].rstrip().endswith((":", "là", "đạt")):
                found.append(rank_at(amount.value, amount.start, amount.end, amount.right))
            continue
        counted = _counted_before(m, start, amount.left)
        if counted and amount.value == int(amount.value):
            amount = replace(amount, unit=counted, reasons=(*amount.reasons, R_UNIT_OF_SUBJECT))
        told = counted and m[max(start, hit.start() - 3) : hit.start()].rstrip().endswith(":")
        if hit["of"]:  # «Số xã ... hoạt động ổn định: 22/22», no month («12/2024»)
            asked = told and amount.value <= number(hit["of"]) < 1900
        else:
            asked = amount.verb in ("đạt", "bằng") or not amount.bare or told
        if asked and not 1900 <= amount.value <= 2100:
            found.append(amount)
    return _join_changes(m, _apart(found))


@cache
def _number_of() -> re.Pattern[str]:
    data = load("figures")
    units = words([u for u in data["units"] if u not in data["measures"] and u not in data["time_units"]])
    return rx(rf"\bsố (?:lượng )?(?P<unit>{units})\b[^;.%\d]{{0,120}}(?:\btừ \d{{1,6}} )?$")


def _counted_before(m: str, floor: int, at: int) -> str | None:
    """What a number without a unit counts by the words before it: «Số thủ tục phải làm ở đất liền: giảm ... còn 4»."""
    low = max(floor, at - 160)
    if "số" not in m[low:at]:
        return None
    hit = _number_of().search(m, max(low, m.rfind(";", low, at) + 1), at)
    return " ".join(hit["unit"].split()) if hit else None


# Where an amount may begin; without a digit only «ít nhất một», «tối thiểu hai» counts anything.
_DIGITS = rx(r"\d\d*")  # a class first: the search runs from digit to digit
_AT_LEAST = ("nhất", "thiểu")
_IN_WORDS = (*_AT_LEAST, "thứ", "hạng", "đầu", "trí")  # «ít nhất một», «xếp thứ hai», «dẫn đầu»
_NUMERAL = rx(r"(?:nhất|thiểu)\s(?=một|hai|ba|bốn|năm)")


def _begins(m: str, start: int, end: int) -> list[int]:
    begins = [hit.start() for hit in _DIGITS.finditer(m, start, end)]
    if holds(m[start:end], _AT_LEAST):
        begins += [hit.end() for hit in _NUMERAL.finditer(m, start, end)]
    return sorted(begins)


def _apart(found: Sequence[Amount]) -> list[Amount]:
    """The surest of amounts that overlap: ranks, then ratios; a plain number only where nothing else was read."""
    order = {"rank": 0, "ratio": 1, "count": 2}
    taken: list[Amount] = []
    for amount in sorted(found, key=lambda a: (a.start, order[a.kind], a.unit is None, not a.named)):
        if not taken or amount.start >= taken[-1].end:
            taken.append(amount)
        elif (order[amount.kind], not amount.named) < (order[taken[-1].kind], not taken[-1].named):
            taken[-1] = amount
    return taken


def _measured(m: str, hit: re.Match[str], kind: str, unit: str | None, floor: int) -> Amount:
    raw = hit["n"]
    value = _ORDINALS[raw] if raw in _ORDINALS else number(raw)
    value *= _TIMES.get(hit.groupdict().get("times") or "", 1)
    low = hit.groupdict().get("low")
    start = hit.start()
    reasons: tuple[str, ...] = ()
    if low is not None and number(low) >= value:
        # «năm 2025 - 100% hồ sơ»: no range, the first number is of something else.
        start, low = hit.start("n"), None
    comparator, bare, left, right, verb = _around(m, start, hit.end(), floor)
    if low is not None:
        if comparator in (">=", ">"):
            value, comparator = number(low), ">=" if bare else comparator
            reasons = (f"Khoảng «{' '.join(m[start : hit.end()].split())}»: lấy mức thấp nhất",)
        else:
            reasons = (f"Khoảng «{' '.join(m[start : hit.end()].split())}»: lấy mức cao nhất",)
    if unit == "%" and comparator == ">" and value >= 100 and not verb.startswith(("tăng", "vượt")):
        comparator = ">="  # «trên 100% số xã»: the preposition, nothing is above the whole
    if unit == "%" and comparator == ">" and _OVER.search(m, left, hit.start()) and _A_PLAN.match(m, hit.end()):
        comparator = ">="  # «vượt 5% dự toán»: the printed figure is by how much
    if value == 0 and bare:
        comparator = "<="
    noun = hit.start("unit") if "unit" in hit.groupdict() else -1
    of = bool(hit.groupdict().get("of")) and unit != "điểm"
    stop = hit.end()
    return Amount(
        kind, comparator, value, unit, start, stop, left, right, bare, verb, reasons=reasons, of=of, noun=noun
    )  # fmt: skip


_OVER = rx(r"\bvượt (?:thêm |mức )?$")
_A_PLAN = rx(r"\s{0,2}(?:so với )?(?:dự toán|kế hoạch|chỉ tiêu|kinh phí)\b")
_LINK = rx(r"\b(?:(?<!trở\s)lên|xuống còn|xuống|còn|thành|tăng lên|giảm còn)\b")
_FROM = rx(r"\btừ (?:(?:mức|bình quân|trung bình|khoảng|hơn|gần|trên|dưới) ){0,2}$")
_TO = rx(r"\s{0,2}(?:-|đến|tới)\s{0,2}(?:dưới )?")


def _join_changes(m: str, found: list[Amount]) -> list[Amount]:
    """«từ 15 ngày xuống còn 10 ngày», «từ 95% đến 98%»: one amount of two figures."""
    joined: list[Amount] = []
    for amount in found:
        both = _joined(m, joined[-1], amount) if joined else None
        if both:
            joined[-1] = both
        else:
            joined.append(amount)
    return joined


def _joined(m: str, first: Amount, second: Amount) -> Amount | None:
    between = m[first.end : second.start]
    if (
        first.kind == second.kind == "rank"
        and len(between) < 30
        and _FROM.search(m, max(0, first.start - 30), first.start)
    ):
        return replace(second, start=first.start, left=first.left) if _LINK.search(m, first.end, second.end) else None
    if first.kind != second.kind or first.kind == "rank" or len(between) > 60 or ";" in between or "," in between:
        return None
    if not _FROM.search(m, max(0, first.start - 30), first.start):
        return None
    said = " ".join(m[first.start : second.end].split())
    link = _LINK.search(between)
    if link:
        fall = link.group().startswith(("xuống", "còn", "giảm"))
        comparator = second.comparator if not second.bare else "<=" if fall else ">="
        return replace(
            second,
            comparator=comparator,
            start=first.start,
            left=first.left,
            bare=False,
            verb="xuống" if fall else "lên",
            reasons=(f"Thay đổi «{said}»: lấy mức cuối",),
            noun=-1,
        )
    if _TO.fullmatch(between) and first.unit == second.unit and second.value > first.value:
        return replace(
            first,
            comparator=">=",
            end=second.end,
            right=second.right,
            bare=False,
            reasons=(f"Khoảng «{said}»: lấy mức thấp nhất",),
            noun=second.noun,
        )
    return None
