"""Amounts as plans write them: number, comparator and unit («từ 95% trở lên», «không quá 30 phút», «nhóm 20»).

Everything here reads the matching form of `cchc.text` and returns offsets into it. One pass of compiled patterns finds
the numbers; the words around each number, in a window of fixed width, say what is asked of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from cchc.reading.patterns import rx, words
from cchc.reference import load

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?"
_RANGE = r"\s{0,2}(?:-|÷|~|đến|tới)\s{0,2}"
_WINDOW = 70
_FAR = 160  # how far before a figure the index it is said of may stand

R_UNIT_AS_SAID = "Đơn vị tính lấy theo chữ đứng sau con số"


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
    of: bool = False  # all of a number are meant: «14/14 xã»
    named: bool = True  # the unit is one of those known
    noun: int = -1  # where the name of what is counted begins («hội nghị» of «02 hội nghị»); -1 for other kinds


@cache
def index_names() -> re.Pattern[str]:
    """Words that begin the name of an index."""
    return rx(rf"\b(?:{words(load('figures')['indices'])})\b")


def number(raw: str) -> float:
    """The value of a Vietnamese number: "." groups thousands, "," (or a single short ".") is the decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw):
        raw = raw.replace(".", "")
    return float(raw.replace(",", "."))


# -- comparators ------------------------------------------------------------------------------------------------

_BEFORE = [
    (
        ">=",
        r"không (?:được )?(?:dưới|thấp hơn|ít hơn|nhỏ hơn|kém)|ít nhất|tối thiểu|chí ít"
        r"|thấp nhất|bằng hoặc (?:cao|lớn) hơn|đạt và vượt|từ|≥|>\s?=",
    ),
    (
        "<=",
        r"không (?:được )?(?:quá|vượt quá|vượt|cao hơn|nhiều hơn|lớn hơn)"
        r"|tối đa|nhiều nhất|cao nhất|≤|<\s?=",
    ),
    (">", r"trên|hơn|cao hơn|lớn hơn|nhiều hơn|vượt trên|vượt|quá|>"),
    ("<", r"dưới|thấp hơn|nhỏ hơn|ít hơn|<"),
]
_FILLERS = (
    r"đạt|đạt được|là|ở|ở mức|mức|khoảng|bình quân|trung bình|chung|t[ỷỉ] lệ|được|có|bằng|với|cho|đúng|lên|tới|phấn đấu"
    r"|tăng|tăng thêm|giảm|giảm bớt|cắt giảm|rút ngắn|xuống|còn|nâng|thêm|số|hoàn thành|bảo đảm|đảm bảo|chiếm|gần"
    r"|duy trì|hằng năm|hàng năm|mỗi năm|phải"
)
_BEFORE_ALL = "|".join(f"(?:{p})" for _, p in _BEFORE)
_LEAD = rx(rf"(?:(?<!\w)(?:{_BEFORE_ALL}|{_FILLERS})(?!\w)\s{{0,2}}:?\s{{0,2}}){{1,6}}$")
_WORD_BEFORE = [(c, rx(rf"(?<!\w)(?:{p})(?!\w)")) for c, p in _BEFORE]
_AFTER = rx(r"\s{0,2}(?:/\s?năm)?\s{0,2}(trở lên|trở xuống|trở lại|hoặc cao hơn)\b")
# «không có X nào đạt dưới 75%», «không phải đi lại quá 02 lần»: the negation turns the comparator round, unless it only
# describes what is counted («tỷ lệ văn bản không có chữ ký số dưới 5%»).
_NEGATED = rx(r"\bkhông (?:có|để|còn|phải|được để|được phép)\b[^,;.:(]{0,90}$")
_CLAUSE = rx(r"[,;.:(]|\bvà\b")
_DESCRIBES = rx(r"\b(?:t[ỷỉ] lệ|số|mức|tổng|trong|những|các)\b")
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_FALL = rx(r"\b(?:xuống|còn)\b")
_CHANGE = rx(
    r"\b(tăng thêm|tăng|nâng|cắt giảm|giảm|rút ngắn|tiết kiệm|đạt|hoàn thành|bảo đảm|đảm bảo|phấn đấu|chiếm"
    r"|duy trì|là|có|còn|xuống|lên|bằng)\b"
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
        rf"(?<![\w.,/])(?:(?P<low>{NUMBER})\s{{0,2}}%?{_RANGE}(?:dưới )?)?(?P<n>{NUMBER})\s{{0,2}}(?:%|phần trăm\b)"
        rf"(?:\s{{0,2}}/\s{{0,2}}tổng số\b)?"
    )
    count = rx(
        rf"(?<![\w/.,%])(?:(?P<low>{NUMBER}){_RANGE})?(?P<n>{NUMBER}|(?<=nhất\s)(?:một|hai|ba|bốn|năm)"
        rf"|(?<=thiểu\s)(?:một|hai|ba|bốn|năm))"
        rf"(?:\s{{0,2}}/\s{{0,2}}(?P<of>\d{{1,5}}))? (?:\((?:[^()\n]{{1,20}})\)\s{{0,2}})?(?P<unit>{units})\b"
    )
    other = rx(
        rf"(?<![\w/.,%-])(?:(?P<low>{NUMBER}){_RANGE})?(?P<n>\d{{1,3}}(?:\.\d{{3}})+"
        rf"|\d{{1,6}}) (?P<unit>(?!(?:{stop})\b)[^\W\d_]{{2,12}}(?: (?!(?:{stop})\b)[^\W\d_]{{2,12}})?)\b"
    )
    plain = rx(rf"(?<![\w/.,%-])(?P<n>{NUMBER})(?=\s{{0,2}}(?:trở lên|trên thang|[,;.)]|$))(?![.,]\d)")
    return ratio, count, other, plain


_ORDINALS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_PEERS = (
    r"(?:tỉnh|thành phố|tp|địa phương|đơn vị|cơ quan|bộ|ngành|sở|ban|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu"
    r"|nước|quốc gia)\b"
)
_PEER_LIST = rf"{_PEERS}(?:\s{{0,2}}(?:,|/|-|và)?\s{{0,2}}{_PEERS}){{0,5}}"
_TOP = (
    r"(?:dẫn đầu|đứng đầu|đi đầu|hàng đầu|đầu bảng|đầu|cao nhất|tốt nhất"
    r"|có (?:chỉ số|kết quả|chất lượng|điểm|thứ hạng|xếp hạng)[^,;.%]{0,80})\b"
)
_RANK_N = rf"(?P<n>\d{{1,3}})(?:{_RANGE}(?P<high>\d{{1,3}}))?(?!\d|[.,]\d|\s{{0,2}}%)(?:\s{{0,1}}/\s{{0,1}}\d{{1,3}})?"
# Places told in words; their order is their number.
_PLACE_WORDS = {"nhất": 1, "một": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
                "tám": 8, "chín": 9, "mười": 10, "đứng đầu": 1, "dẫn đầu": 1}  # fmt: skip
_PLACES = "(?:" + "|".join(w for w in _PLACE_WORDS if " " not in w) + r")\b"
_NO_WORSE = r"không (?:được )?(?:thấp hơn|dưới|quá|kém hơn|kém|sau)(?: vị trí)?"
_RANKS = [
    # «nằm trong nhóm 20 địa phương dẫn đầu», «top 10», «tốp 15 - 20 tỉnh»
    rx(
        rf"\b(?:(?:top|tốp)\s{{0,2}}(?:đầu )?(?:\(?\s?)?{_RANK_N}(?: {_PEER_LIST})?(?: {_TOP})?"
        rf"|nhóm (?:các )?{_RANK_N.replace('?P<n>', '?P<n2>').replace('?P<high>', '?P<high2>')} "
        rf"(?:{_PEER_LIST}(?: {_TOP})?|{_TOP}"
        r"|(?=về (?:chỉ số|xếp hạng)|(?:của |trên |trong )?(?:cả nước|toàn quốc)\b)))"
    ),
    # «trong 10 tỉnh, thành phố dẫn đầu»
    rx(rf"\b(?:trong|vào|thuộc|một trong|trong số) (?:số )?(?:các )?{_RANK_N} {_PEER_LIST} {_TOP}"),
    # «xếp thứ 15/63», «thứ hạng từ 15 trở lên», «vị trí thứ 5», «xếp từ thứ nhất»
    rx(
        rf"\b(?:xếp(?: vị)? thứ|đứng(?: vị)? thứ|xếp từ (?:vị trí )?thứ|vị thứ|vị trí(?: xếp hạng)?(?: thứ)?|thứ hạng"
        rf"|thứ bậc|xếp hạng|đứng hạng|đạt hạng|giữ hạng|hạng thứ|lên (?:hạng|thứ hạng|vị trí|thứ))"
        rf" (?:đạt |ở |là |trong |khoảng |từ |trên |thứ |số |dưới |tối thiểu |ít nhất |{_NO_WORSE} ){{0,3}}"
        rf"(?:{_RANK_N}|(?P<word>{_PLACES}))(?: {_PEER_LIST})?(?: {_TOP})?"
    ),
]
# What says a rank only beside an index: «thuộc nhóm 10», «từ hạng 12 trở lên», «đứng đầu khối sở, ngành».
_INDEX_RANKS = [
    rx(rf"\b(?:thuộc|trong|vào|lọt|nằm|ở|lên|giữ) (?:vào |trong |ở ){{0,1}}nhóm {_RANK_N}(?= trở lên|\s{{0,2}}[,;.)]|\s{{0,2}}$| và\b)"),
    rx(rf"\b(?:thuộc|trong|vào) nhóm {_RANK_N} (?:của |trên |trong )?bảng xếp hạng"),
    rx(rf"(?:(?<=từ\s)|(?<=ở\s)|(?<=đạt\s)|(?<=giữ\s)|(?<=lên\s)|(?<=xếp\s)|(?<=vào\s))hạng {_RANK_N}"),
    rx(r"(?<!người\s)\b(?P<word>đứng đầu|dẫn đầu)(?= (?:cả nước|toàn|khu vực|vùng|các|khối|trong|tỉnh|thành phố|huyện)\b|\s{0,2}[,;.)]|\s{0,2}$)"),
]
_GROUPED = rx(rf"(?:{_PEERS}|\bnhóm|\btốp|\btop|\bmột trong (?:những|các)|\btrong số|\d)[^,;.:]{{0,30}}$")
# «Thứ hạng PAR INDEX: 10; SIPAS: 15», «Thứ hạng Chỉ số PAPI không thấp hơn 20»
_SAYS_RANK = rx(r"\b(?:thứ hạng|xếp hạng|vị trí xếp hạng|xếp thứ|vị thứ)\b")
# «xếp thứ 10 và thứ 12», «xếp thứ 10, 12 và 15»
_NEXT_RANK = rx(r"\s{0,2}(?:,|và|;)\s{0,2}(?:(?:xếp |đứng )?(?:vị trí )?thứ |hạng )?(?P<n>\d{1,3})(?!\d|[.,/]\d|\s{0,2}%| [^\W\d_]{2,})")
_SHARE = rx(r"\s{0,1}/\s{0,1}[2-9](?!\d)")  # «1/3»: a share of the peers, no place among them
_THING_BEFORE = rx(r"\bthứ\b|\bhạng\b|\bvị trí\b")
_GROUP = rx(
    r"\s{0,2}(?:trở lên )?(?:,\s{0,2})?(?:(?:của|trong|trên|ở) )?"
    r"(?P<g>cả nước|toàn quốc|khu vực[^,;.()%\d]{1,80}|vùng[^,;.()%\d]{1,80}|(?:toàn )?(?:tỉnh|thành phố|huyện)\b)"
)
_GROUP_END = rx(r" (?:và (?:nhóm|trong|thuộc|top|tốp|xếp|đứng|nằm)|về|theo|đối với|năm|giai đoạn|hằng|hàng)\b")


def _ranks(m: str, start: int, end: int) -> list[Amount]:
    found: list[Amount] = []
    for pattern in _RANKS:
        found += [rank for hit in pattern.finditer(m, start, end) if (rank := _rank(m, hit, end))]
    for pattern in _INDEX_RANKS:
        for hit in pattern.finditer(m, start, end):
            low = max(start, hit.start() - _FAR)
            low = max(low, m.rfind(";", low, hit.start()) + 1)
            grouped = hit.groupdict().get("word") and _GROUPED.search(m, low, hit.start())
            if not grouped and index_names().search(m, low, hit.start()) and (rank := _rank(m, hit, end)):
                found.append(rank)
    for rank in list(found):
        more = _NEXT_RANK.match(m, rank.end, end)
        while more:
            found.append(_rank_at(float(more["n"]), more.start("n"), more.end(), more.end()))
            more = _NEXT_RANK.match(m, more.end(), end)
    return found


def _rank(m: str, hit: re.Match[str], end: int) -> Amount | None:
    groups = hit.groupdict()
    low = groups.get("n") or groups.get("n2")
    high = groups.get("high") or groups.get("high2")
    word = groups.get("word")
    if low is None and word is None:
        return None
    value = float(low) if low is not None else float(_PLACE_WORDS[" ".join((word or "").split())])
    if low is not None and _SHARE.match(m, hit.end("n") if groups.get("n") else hit.end("n2")):
        if not _THING_BEFORE.search(m, hit.start(), hit.end()):
            return None  # «trong nhóm 1/3 số tỉnh dẫn đầu»
    reasons: tuple[str, ...] = ()
    if high and float(high) > value:
        value = float(high)
        reasons = (f"Khoảng thứ hạng «{low} - {high}»: lấy mức thấp nhất được chấp nhận",)
    group = None
    name = _GROUP.match(m, hit.end(), end)
    if name:
        cut = _GROUP_END.search(m, name.start("g"), name.end("g"))
        group = (name.start("g"), cut.start() if cut else name.end("g"))
    return _rank_at(value, hit.start(), hit.end(), group[1] if group else hit.end(), group, reasons)


def _rank_at(
    value: float,
    start: int,
    end: int,
    right: int,
    group: tuple[int, int] | None = None,
    reasons: tuple[str, ...] = (),
) -> Amount:
    return Amount("rank", "<=", value, "hạng", start, end, start, right, False, "", group, reasons)


def _is_share(n: float, of: float, unit: str) -> bool:
    """«9/10 văn bản», «1/3 tỉnh»: a share of something, no count of places («7/9 huyện») and no mark («4,5/5 điểm»)."""
    places = unit in load("figures")["counted_whole"]
    return n < of <= (3 if places else 10) and unit != "điểm"


def amounts(m: str, start: int, end: int) -> list[Amount]:
    """Every amount in `m[start:end]` in order of place, none overlapping another."""
    ratio, count, other, plain = _patterns()
    found = _ranks(m, start, end)
    for hit in ratio.finditer(m, start, end):
        found.append(_measured(m, hit, "ratio", "%", start))
    data = load("figures")
    for hit in count.finditer(m, start, end):
        unit = " ".join(hit["unit"].split())
        if hit["of"] and (number(hit["of"]) < number(hit["n"]) or _is_share(number(hit["n"]), number(hit["of"]), unit)):
            continue
        amount = _measured(m, hit, "count", unit, start)
        if unit not in data["not_units"] or (unit in data["asked_units"] and not amount.bare):
            found.append(amount)
    known = {a.start for a in found} | {a.end for a in found}
    for hit in other.finditer(m, start, end):
        if hit.start() not in known:
            amount = _measured(m, hit, "count", " ".join(hit["unit"].split()), start)
            if not 1900 <= amount.value <= 2100:
                found.append(replace(amount, named=False, reasons=(*amount.reasons, R_UNIT_AS_SAID)))
    for hit in plain.finditer(m, start, end):
        amount = _measured(m, hit, "count", None, start)
        low = max(start, hit.start() - _FAR)
        if _SAYS_RANK.search(m, low, hit.start()) and "điểm" not in m[max(low, hit.start() - 40) : hit.start()]:
            sure = not amount.bare or m[low : hit.start()].rstrip().endswith((":", "là", "đạt"))
            if sure and amount.value <= 100 and index_names().search(m, low, hit.start()):
                found.append(_rank_at(amount.value, amount.start, amount.end, amount.right))
                continue
        asked = amount.verb in ("đạt", "bằng") or not amount.bare
        if asked and not 1900 <= amount.value <= 2100:
            found.append(amount)
    # Ranks are the surest readings, then ratios; a plain number counts only where nothing else was read.
    order = {"rank": 0, "ratio": 1, "count": 2}
    taken: list[Amount] = []
    for amount in sorted(found, key=lambda a: (a.start, order[a.kind], a.unit is None, not a.named)):
        if not taken or amount.start >= taken[-1].end:
            taken.append(amount)
        elif (order[amount.kind], not amount.named) < (order[taken[-1].kind], not taken[-1].named):
            taken[-1] = amount
    return _join_changes(m, taken)


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
    noun = hit.start("unit") if "unit" in hit.groupdict() else -1
    of = bool(hit.groupdict().get("of")) and unit != "điểm"
    stop = hit.end()
    return Amount(
        kind, comparator, value, unit, start, stop, left, right, bare, verb, reasons=reasons, of=of, noun=noun
    )  # fmt: skip


_LINK = rx(r"\b(?:(?<!trở\s)lên|xuống còn|xuống|còn|thành|tăng lên|giảm còn)\b")
_FROM = rx(r"\btừ (?:mức )?$")
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
        and _FROM.search(m, max(0, first.start - 12), first.start)
    ):
        return replace(second, start=first.start, left=first.left) if _LINK.search(m, first.end, second.end) else None
    if first.kind != second.kind or first.kind == "rank" or len(between) > 60 or ";" in between or "," in between:
        return None
    if not _FROM.search(m, max(0, first.start - 12), first.start):
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
