"""Amounts as plans write them: a number, its comparator and its unit («từ 95% trở lên», «không quá 30 phút», «nhóm 20»).

Everything here reads the matching form of `cchc.text` and returns offsets into it. One pass of compiled patterns finds
the numbers; the words around each number, in a window of fixed width, say what is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cchc.reference import load

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?"
_RANGE = r"\s{0,2}(?:-|÷|~|đến|tới)\s{0,2}"
_WINDOW = 70


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount. `start:end` is the number with its unit, `left:right` also holds the comparator around it."""

    kind: str  # ratio, count, rank
    comparator: str
    value: float
    unit: str | None
    start: int
    end: int
    left: int
    right: int
    bare: bool  # no comparator is written
    verb: str = ""  # the word of asking or change before the figure: "đạt", "giảm", "không quá" ...
    group: tuple[int, int] | None = None  # span of «cả nước», «khu vực ...» after a rank
    reasons: tuple[str, ...] = ()


def words(items: Iterable[str]) -> str:
    """An alternation of literal phrases, the longest first, any blanks between words."""
    ordered = sorted(items, key=lambda w: (-len(w), w))
    return "|".join(r"\s{1,3}".join(re.escape(p) for p in item.split()) for item in ordered)


def number(raw: str) -> float:
    """The value of a Vietnamese number: "." groups thousands, "," (or a single short ".") is the decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw):
        raw = raw.replace(".", "")
    return float(raw.replace(",", "."))


# -- comparators ------------------------------------------------------------------------------------------------

_BEFORE = [
    (">=", r"không\s{1,2}(?:được\s{1,2})?(?:dưới|thấp\s{1,2}hơn|ít\s{1,2}hơn|nhỏ\s{1,2}hơn|kém)|ít\s{1,2}nhất|tối\s{1,2}thiểu|chí\s{1,2}ít"
           r"|thấp\s{1,2}nhất|bằng\s{1,2}hoặc\s{1,2}(?:cao|lớn)\s{1,2}hơn|đạt\s{1,2}và\s{1,2}vượt|từ|≥|>\s?="),
    ("<=", r"không\s{1,2}(?:được\s{1,2})?(?:quá|vượt\s{1,2}quá|vượt|cao\s{1,2}hơn|nhiều\s{1,2}hơn|lớn\s{1,2}hơn)"
           r"|tối\s{1,2}đa|nhiều\s{1,2}nhất|cao\s{1,2}nhất|≤|<\s?="),
    (">", r"trên|hơn|cao\s{1,2}hơn|lớn\s{1,2}hơn|nhiều\s{1,2}hơn|vượt\s{1,2}trên|vượt|quá|>"),
    ("<", r"dưới|thấp\s{1,2}hơn|nhỏ\s{1,2}hơn|ít\s{1,2}hơn|<"),
]
_FILLERS = (
    r"đạt|đạt\s{1,2}được|là|ở|ở\s{1,2}mức|mức|khoảng|bình\s{1,2}quân|trung\s{1,2}bình|chung|tỷ\s{1,2}lệ|tỉ\s{1,2}lệ|được|có|bằng|với|cho|đúng|lên|tới|phấn\s{1,2}đấu"
    r"|tăng|tăng\s{1,2}thêm|giảm|giảm\s{1,2}bớt|cắt\s{1,2}giảm|rút\s{1,2}ngắn|xuống|còn|nâng|thêm|số|hoàn\s{1,2}thành|bảo\s{1,2}đảm|đảm\s{1,2}bảo|chiếm|gần|duy\s{1,2}trì|hằng\s{1,2}năm|hàng\s{1,2}năm|mỗi\s{1,2}năm|phải|:"
)
_BEFORE_ALL = "|".join(f"(?:{p})" for _, p in _BEFORE)
_LEAD = re.compile(rf"(?:(?<!\w)(?:{_BEFORE_ALL}|{_FILLERS})(?!\w)\s{{0,3}}){{1,6}}$|(?:[≥≤<>]\s?=?\s{{0,2}})$")
_WORD_BEFORE = [(c, re.compile(rf"(?<!\w)(?:{p})(?!\w)")) for c, p in _BEFORE]
_AFTER = re.compile(r"\s{0,2}(?:/\s?năm)?\s{0,2}(trở\s{1,2}lên|trở\s{1,2}xuống|trở\s{1,2}lại|hoặc\s{1,2}cao\s{1,2}hơn)(?!\w)")
_FALL = re.compile(r"(?<!\w)(?:xuống|còn)(?!\w)")
_CHANGE = re.compile(
    r"(?<!\w)(tăng\s{1,2}thêm|tăng|nâng|cắt\s{1,2}giảm|giảm|rút\s{1,2}ngắn|tiết\s{1,2}kiệm|đạt|hoàn\s{1,2}thành|bảo\s{1,2}đảm|đảm\s{1,2}bảo|phấn\s{1,2}đấu|chiếm|duy\s{1,2}trì|là|có|còn|xuống|lên)(?!\w)"
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
    verbs = _CHANGE.findall(text)
    right = end
    after = _AFTER.match(m, end)
    if after:
        comparator = "<=" if "xuống" in after.group(1) or "lại" in after.group(1) else ">="
        bare, right = False, after.end()
    return comparator, bare, left, right, verbs[-1] if verbs else ""


# -- the three kinds of amounts -----------------------------------------------------------------------------------


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    data = load("figures")
    units = words([*data["units"], *data["not_units"]])
    ratio = re.compile(
        rf"(?<![\w.,/])(?:(?P<low>{NUMBER})\s{{0,2}}%?{_RANGE}(?:dưới\s{{1,2}})?)?(?P<n>{NUMBER})\s{{0,2}}(?:%|phần\s{{1,2}}trăm(?!\w))"
        rf"(?:\s{{0,2}}/\s{{0,2}}tổng\s{{1,2}}số(?!\w))?"
    )
    count = re.compile(
        rf"(?<![\w/.,%])(?:(?P<low>{NUMBER}){_RANGE})?(?P<n>{NUMBER}|(?<=nhất\s)(?:một|hai|ba|bốn|năm)|(?<=thiểu\s)(?:một|hai|ba|bốn|năm))"
        rf"(?:\s{{0,2}}/\s{{0,2}}(?:10|100)(?=\s{{0,2}}điểm))?\s{{1,3}}(?:\((?:[^()\n]{{1,20}})\)\s{{0,2}})?(?P<unit>{units})(?!\w)"
    )
    plain = re.compile(rf"(?<![\w/.,%-])(?P<n>{NUMBER})(?=\s{{0,2}}(?:trở\s{{1,2}}lên|[,;.)]|$))(?![.,]\d)")
    return ratio, count, plain, frozenset(data["not_units"])


_ORDINALS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_PEERS = (
    r"(?:tỉnh|thành\s{1,2}phố|tp|địa\s{1,2}phương|đơn\s{1,2}vị|cơ\s{1,2}quan|bộ|ngành|sở|ban|huyện|thị\s{1,2}xã|quận|xã|phường|thị\s{1,2}trấn|đặc\s{1,2}khu|nước|quốc\s{1,2}gia)(?!\w)"
)
_PEER_LIST = rf"{_PEERS}(?:\s{{0,2}}(?:,|/|-|và)?\s{{0,2}}{_PEERS}){{0,5}}"
_TOP = (
    r"(?:dẫn\s{1,2}đầu|đứng\s{1,2}đầu|đi\s{1,2}đầu|hàng\s{1,2}đầu|đầu\s{1,2}bảng|đầu|cao\s{1,2}nhất|tốt\s{1,2}nhất"
    r"|có\s{1,2}(?:chỉ\s{1,2}số|kết\s{1,2}quả|chất\s{1,2}lượng|điểm|thứ\s{1,2}hạng|xếp\s{1,2}hạng)[^,;.%]{0,80})(?!\w)"
)
_RANK_N = rf"(?P<n>\d{{1,3}})(?:{_RANGE}(?P<high>\d{{1,3}}))?(?!\d|[.,]\d|\s{{0,2}}%)"
_RANKS = [
    # «nằm trong nhóm 20 địa phương dẫn đầu», «top 10», «tốp 15 - 20 tỉnh»
    re.compile(
        rf"(?<!\w)(?:(?:top|tốp)\s{{0,2}}(?:đầu\s{{1,2}})?(?:\(?\s?)?{_RANK_N}(?:\s{{1,2}}{_PEER_LIST})?(?:\s{{1,2}}{_TOP})?"
        rf"|nhóm\s{{1,2}}(?:các\s{{1,2}})?{_RANK_N.replace('?P<n>', '?P<n2>').replace('?P<high>', '?P<high2>')}\s{{1,2}}"
        rf"(?:{_PEER_LIST}(?:\s{{1,2}}{_TOP})?|{_TOP}))"
    ),
    # «trong 10 tỉnh, thành phố dẫn đầu»
    re.compile(
        rf"(?<!\w)(?:trong|vào|thuộc|một\s{{1,2}}trong|trong\s{{1,2}}số)\s{{1,2}}(?:số\s{{1,2}})?(?:các\s{{1,2}})?{_RANK_N}\s{{1,2}}{_PEER_LIST}\s{{1,2}}{_TOP}"
    ),
    # «xếp thứ 15/63», «thứ hạng từ 15 trở lên», «vị trí thứ 5»
    re.compile(
        rf"(?<!\w)(?:xếp\s{{1,2}}thứ|đứng\s{{1,2}}thứ|vị\s{{1,2}}trí(?:\s{{1,2}}xếp\s{{1,2}}hạng)?(?:\s{{1,2}}thứ)?|thứ\s{{1,2}}hạng|xếp\s{{1,2}}hạng|đứng\s{{1,2}}hạng|đạt\s{{1,2}}hạng|giữ\s{{1,2}}hạng|hạng\s{{1,2}}thứ)"
        rf"\s{{1,2}}(?:đạt\s{{1,2}}|ở\s{{1,2}}|là\s{{1,2}}|trong\s{{1,2}}|khoảng\s{{1,2}}|từ\s{{1,2}}|trên\s{{1,2}}|thứ\s{{1,2}}|dưới\s{{1,2}}|tối\s{{1,2}}thiểu\s{{1,2}}|ít\s{{1,2}}nhất\s{{1,2}}){{0,3}}"
        rf"{_RANK_N}(?:\s{{0,2}}/\s{{0,2}}\d{{1,3}})?(?:\s{{1,2}}{_PEER_LIST})?(?:\s{{1,2}}{_TOP})?"
    ),
]
_GROUP = re.compile(
    r"\s{0,2}(?:trở\s{1,2}lên\s{1,2})?(?:,\s{0,2})?(?:(?:của|trong|trên|ở)\s{1,2})?"
    r"(?P<g>cả\s{1,2}nước|toàn\s{1,2}quốc|khu\s{1,2}vực[^,;.()%\d]{1,80}|vùng[^,;.()%\d]{1,80}|(?:toàn\s{1,2})?(?:tỉnh|thành\s{1,2}phố|huyện)(?!\w))"
)
_GROUP_END = re.compile(r"\s{1,2}(?:và\s{1,2}(?:nhóm|trong|thuộc|top|tốp|xếp|đứng|nằm)|về|theo|đối\s{1,2}với|năm|giai\s{1,2}đoạn|hằng|hàng)(?!\w)")


def _ranks(m: str, start: int, end: int) -> list[Amount]:
    found: list[Amount] = []
    for pattern in _RANKS:
        for hit in pattern.finditer(m, start, end):
            groups = hit.groupdict()
            low = groups.get("n") or groups.get("n2") or ""
            high = groups.get("high") or groups.get("high2")
            value = float(low)
            reasons: tuple[str, ...] = ()
            if high and float(high) > value:
                value = float(high)
                reasons = (f"Khoảng thứ hạng «{low} - {high}»: lấy mức thấp nhất được chấp nhận",)
            group = None
            name = _GROUP.match(m, hit.end(), end)
            if name:
                cut = _GROUP_END.search(m, name.start("g"), name.end("g"))
                stop = cut.start() if cut else name.end("g")
                group = (name.start("g"), stop)
            right = group[1] if group else hit.end()
            found.append(Amount("rank", "<=", value, "hạng", hit.start(), hit.end(), hit.start(), right, False, "", group, reasons))
    return found


def amounts(m: str, start: int, end: int) -> list[Amount]:
    """Every amount in `m[start:end]` in order of place, none overlapping another."""
    ratio, count, plain, _ = _patterns()
    found = _ranks(m, start, end)
    for hit in ratio.finditer(m, start, end):
        found.append(_measured(m, hit, "ratio", "%", start))
    stop = _stop_units()
    for hit in count.finditer(m, start, end):
        unit = " ".join(hit["unit"].split())
        if unit not in stop:
            found.append(_measured(m, hit, "count", unit, start))
    for hit in plain.finditer(m, start, end):
        amount = _measured(m, hit, "count", None, start)
        if not 1900 <= amount.value <= 2100 and (amount.verb == "đạt" or (not amount.bare and "/" not in m[amount.left : amount.start])):
            found.append(amount)
    # Ranks are the surest readings, then ratios; a plain number counts only where nothing else was read.
    order = {"rank": 0, "ratio": 1, "count": 2}
    found.sort(key=lambda a: (a.start, order[a.kind], a.unit is None, -a.end))
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda a: (order[a.kind], a.unit is None, a.start)):
        kept.append(amount)
    taken: list[Amount] = []
    last_end = -1
    for amount in sorted(kept, key=lambda a: (a.start, order[a.kind], a.unit is None)):
        if amount.start >= last_end:
            taken.append(amount)
            last_end = amount.end
        elif order[amount.kind] < order[taken[-1].kind]:
            taken[-1] = amount
            last_end = amount.end
    return _join_changes(m, taken)


@cache
def _stop_units() -> frozenset[str]:
    return frozenset(load("figures")["not_units"])


def _measured(m: str, hit: re.Match[str], kind: str, unit: str | None, floor: int) -> Amount:
    raw = hit["n"]
    value = _ORDINALS[raw] if raw in _ORDINALS else number(raw)
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
    if value == 0 and bare:
        comparator = "<="
    return Amount(kind, comparator, value, unit, start, hit.end(), left, right, bare, verb, None, reasons)


_LINK = re.compile(r"(?<!\w)(?:lên|xuống\s{1,2}còn|xuống|còn|thành|tăng\s{1,2}lên|giảm\s{1,2}còn)(?!\w)")


def _join_changes(m: str, found: list[Amount]) -> list[Amount]:
    """«từ 15 ngày xuống còn 10 ngày», «từ 95% đến 98%»: one amount of two figures."""
    joined: list[Amount] = []
    for amount in found:
        last = joined[-1] if joined else None
        if last is not None and last.kind == amount.kind and last.kind != "rank":
            between = m[last.end : amount.start]
            from_ = re.search(r"(?<!\w)từ\s{1,2}(?:mức\s{1,2})?$", m[max(0, last.start - 12) : last.start])
            if from_ and len(between) <= 60 and not re.search(r"[;.]", between):
                if link := _LINK.search(between):
                    fall = link.group().startswith(("xuống", "còn", "giảm"))
                    why = f"Thay đổi «{' '.join(m[last.start : amount.end].split())}»: lấy mức cuối"
                    joined[-1] = Amount(
                        amount.kind, "<=" if fall else ">=", amount.value, amount.unit, last.start, amount.end, last.left, amount.right,
                        False, last.verb, None, (why,),
                    )
                    continue
                if re.fullmatch(r"\s{0,2}(?:-|đến|tới)\s{0,2}(?:dưới\s{1,2})?", between) and (last.unit == amount.unit) and amount.value > last.value:
                    why = f"Khoảng «{' '.join(m[last.start : amount.end].split())}»: lấy mức thấp nhất"
                    joined[-1] = Amount(
                        last.kind, ">=", last.value, last.unit, last.start, amount.end, last.left, amount.right, False, last.verb, None, (why,)
                    )
                    continue
        joined.append(amount)
    return joined
