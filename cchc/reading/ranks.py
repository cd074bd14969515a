"""Ranks, in digits or in words: «nằm trong nhóm 20 địa phương dẫn đầu», «xếp thứ nhất», «từ hạng 12 trở lên»."""

from __future__ import annotations

import re
from dataclasses import replace

from cchc.reading.numbers import RANGE, Amount, index_names
from cchc.reading.patterns import holds, rx

_FAR = 160  # how far before a figure the index it is said of may stand
_PEERS = (
    r"(?:tỉnh|thành phố|tp|địa phương|đơn vị|cơ quan ngang bộ|cơ quan thuộc chính phủ|cơ quan"
    r"|bộ|ngành|sở|ban|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu"
    r"|nước|quốc gia)\b"
)
_PEER_LIST = rf"{_PEERS}(?:\s{{0,2}}(?:,|/|-|và)?\s{{0,2}}{_PEERS}){{0,5}}"
_TOP = (
    r"(?:dẫn đầu|đứng đầu|đi đầu|hàng đầu|đầu bảng|đầu|cao nhất|tốt nhất"
    r"|có (?:chỉ số|kết quả|chất lượng|điểm|thứ hạng|xếp hạng)[^,;.%]{0,80})\b"
)
_RANK_N = rf"(?P<n>\d{{1,3}})(?:{RANGE}(?P<high>\d{{1,3}}))?(?!\d|[.,]\d|\s{{0,2}}%)(?:\s{{0,1}}/\s{{0,1}}\d{{1,3}})?"
# Places told in words; their order is their number.
_PLACE_WORDS = {"nhất": 1, "một": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
                "tám": 8, "chín": 9, "mười": 10, "đứng đầu": 1, "dẫn đầu": 1}  # fmt: skip
_PLACES = (
    r"(?:(?<=thứ\s)|(?<=hạng\s)|(?<=số\s))(?:"
    + "|".join(w for w in _PLACE_WORDS if " " not in w)
    + r")\b(?! \d| trước| nay| qua)"
)
_NO_WORSE = r"không (?:được )?(?:thấp hơn|dưới|quá|kém hơn|kém|sau)(?: vị trí)?"
_RANKS = [
    # «nằm trong nhóm 20 địa phương dẫn đầu», «top 10», «tốp 15 - 20 tỉnh»
    rx(
        rf"\b(?:(?:top|tốp)\s{{0,2}}(?:đầu )?(?:\(?\s?)?{_RANK_N}(?: {_PEER_LIST})?(?: {_TOP})?"
        rf"|nhóm (?:các )?{_RANK_N.replace('?P<n>', '?P<n2>').replace('?P<high>', '?P<high2>')} "
        rf"(?:{_PEER_LIST}(?: {_TOP})?|{_TOP}"
        r"|(?=về (?:chỉ số|xếp hạng)|(?:của |trên |trong )?(?:cả nước|toàn quốc)\b)))"
    ),
    rx(rf"\b(?:thuộc|trong|vào) nhóm {_RANK_N} (?:của |trên |trong )?bảng xếp hạng"),
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
    rx(
        rf"\b(?:thuộc|trong|vào|lọt|nằm|ở|lên|giữ|trở lại|trở về|quay lại) (?:vào |trong |ở )?nhóm {_RANK_N}"
        r"(?= trở lên|\s{0,2}[,;.()]|\s{0,2}$| và\b| (?:trước|vào|đến|hết|năm|từ)\b"
        r"| (?:của|trong|trên) (?:toàn )?(?:tỉnh|thành phố|huyện|cả nước|khu vực|vùng|khối)\b)"
    ),
    rx(
        rf"(?<=:\s)(?:trong |thuộc )?nhóm {_RANK_N}(?= trở lên|\s{{0,2}}[,;.()]|\s{{0,2}}$| và\b)"
    ),  # «PAR INDEX: nhóm 15»
    rx(rf"\bhạng {_RANK_N}(?= trở lên)"),  # «Điểm CCHC hạng 2 trở lên trong cụm thi đua»
    rx(rf"(?:(?<=từ\s)|(?<=ở\s)|(?<=đạt\s)|(?<=giữ\s)|(?<=lên\s)|(?<=xếp\s)|(?<=vào\s))hạng {_RANK_N}"),
    rx(
        r"(?<!người\s)\b(?P<word>đứng đầu|dẫn đầu)"
        r"(?= (?:cả nước|toàn|khu vực|vùng|các|khối|trong|tỉnh|thành phố|huyện)\b|\s{0,2}[,;.)]|\s{0,2}$)"
    ),
]
# Words of which each pattern needs one: looking for them is far quicker than the pattern.
_RANKS_TOLD_BY = (("top", "tốp", "nhóm"), ("nhóm",), ("đầu", "nhất", "có"), ("thứ", "hạng", "trí"))
_INDEX_RANKS_TOLD_BY = (("nhóm",), ("nhóm",), ("trở lên",), ("hạng",), ("đầu",))
_GROUPED = rx(rf"(?:{_PEERS}|\bnhóm|\btốp|\btop|\bmột trong (?:những|các)|\btrong số|\d)[^,;.:]{{0,30}}$")
# «xếp thứ 10 và thứ 12», «xếp thứ 10, 12 và 15»
_NEXT_RANK = rx(
    r"\s{0,2}(?:,|và)\s{0,2}(?P<rank>(?:(?:xếp |đứng )?(?:vị trí )?thứ |hạng )?(?P<n>\d{1,3}))"
    r"(?!\d|[.,/]\d|\s{0,2}%| [^\W\d_]{2,})"
)
# «xếp thứ nhất hoặc thứ hai»: the lower of the two is good enough
_OR_RANK = rx(r"\s{0,2}hoặc (?:xếp )?(?:thứ |hạng )?(?P<n>\d{1,3}(?![\d%.,])|nhất|nhì|hai|ba|tư|năm)\b")
_SHARE = rx(r"\s{0,1}/\s{0,1}[2-9](?!\d)")  # «1/3»: a share of the peers, no place among them
_THING_BEFORE = rx(r"\bthứ\b|\bhạng\b|\bvị trí\b")
_GROUP = rx(
    r"\s{0,2}(?:trở lên )?(?:,\s{0,2})?(?:(?:của|trong|trên|ở) )?"
    r"(?P<g>cả nước|toàn quốc|khu vực[^,;.()%\d]{1,80}|vùng[^,;.()%\d]{1,80}|(?:toàn )?(?:tỉnh|thành phố|huyện)\b)"
)
_GROUP_END = rx(r" (?:và (?:nhóm|trong|thuộc|top|tốp|xếp|đứng|nằm)|về|theo|đối với|năm|giai đoạn|hằng|hàng)\b")
# «Thứ hạng PAR INDEX: 10; SIPAS: 15», «Thứ hạng Chỉ số PAPI không thấp hơn 20»
_SAYS_RANK = rx(r"\b(?:thứ hạng|xếp hạng|vị trí xếp hạng|xếp thứ|vị thứ)\b")

# «Xếp hạng cải cách hành chính của xã: từ hạng 5 trở lên»
_OWN_RANK = rx(
    r"\b(?:thứ hạng|xếp hạng|vị thứ) (?:về )?(?:kết quả )?(?:công tác )?(?:cải cách hành chính|cchc|chuyển đổi số)\b"
)


def find_ranks(m: str, start: int, end: int) -> list[Amount]:
    """The ranks in `m[start:end]`, in digits or in words; some may overlap."""
    found: list[Amount] = []
    said = m[start:end]
    for pattern, told_by in zip(_RANKS, _RANKS_TOLD_BY, strict=True):
        if holds(said, told_by):
            found += [rank for hit in pattern.finditer(m, start, end) if (rank := _rank(m, hit, end))]
    for pattern, told_by in zip(_INDEX_RANKS, _INDEX_RANKS_TOLD_BY, strict=True):
        if not holds(said, told_by):
            continue
        for hit in pattern.finditer(m, start, end):
            low = max(start, hit.start() - _FAR)
            low = max(low, m.rfind(";", low, hit.start()) + 1)
            grouped = hit.groupdict().get("word") and _GROUPED.search(m, low, hit.start())
            told = index_names().search(m, low, hit.start()) or (
                m.startswith("hạng", hit.start()) and _OWN_RANK.search(m, low, hit.start())
            )
            if not grouped and told and (rank := _rank(m, hit, end)):
                found.append(rank)
    for k, rank in enumerate(found):
        other = _OR_RANK.match(m, rank.end, end)
        if other:
            n = other["n"]
            value = max(rank.value, float(n) if n.isdigit() else float(_PLACE_WORDS[n]))
            found[k] = replace(rank, value=value, end=other.end(), right=max(rank.right, other.end()))
    for rank in list(found):
        more = _NEXT_RANK.match(m, rank.end, end)
        while more:
            found.append(rank_at(float(more["n"]), more.start("rank"), more.end(), more.end()))
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
    share = low is not None and _SHARE.match(m, hit.end("n" if groups.get("n") else "n2"))
    if share and not _THING_BEFORE.search(m, hit.start(), hit.end()):
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
    return rank_at(value, hit.start(), hit.end(), group[1] if group else hit.end(), group, reasons)


def rank_at(
    value: float,
    start: int,
    end: int,
    right: int,
    group: tuple[int, int] | None = None,
    reasons: tuple[str, ...] = (),
) -> Amount:
    return Amount("rank", "<=", value, "hạng", start, end, start, right, False, "", group, reasons)


def says_rank(m: str, floor: int, at: int) -> bool:
    """Do the words before the plain number at `at` say that it is the place of an index («Thứ hạng PAPI: 20»)?"""
    low = max(floor, at - _FAR)
    named = _SAYS_RANK.search(m, low, at) and index_names().search(m, low, at)
    return bool(named) and "điểm" not in m[max(low, at - 40) : at]
