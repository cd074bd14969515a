"""At which tier of government is something counted? Reads «cấp tỉnh, cấp huyện», «UBND các xã, thị trấn», «sở, ngành».

A mention counts when it belongs to what is counted. The tier in the name of a system or an index («Hệ thống ... cấp
tỉnh», «Chỉ số năng lực cạnh tranh cấp tỉnh») and the tier to which something is sent do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cchc.reading.patterns import hits_at, holds, rx, words
from cchc.reference import load

TW, TINH, HUYEN, XA = "trung ương", "tỉnh", "huyện", "xã"
ORDER = (TW, TINH, HUYEN, XA)

_NAME = r"(?:trung ương|tw|bộ|tỉnh|sở|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b"
_TIERS = rf"(?P<tiers>cấp {_NAME}(?:\s{{0,2}}(?:,|/|-|và|hoặc|;)\s{{0,2}}(?:(?:các )?cấp )?{_NAME}){{0,6}})"
_COMMUNES = (
    r"(?P<communes>(?:xã|phường|thị trấn|đặc khu)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:xã|phường|thị trấn|đặc khu)\b){1,3}"
    r"|(?:các|ubnd|ủy ban nhân dân|mỗi|từng|số|tổng số|\d{1,4}) (?:các |đơn vị )?(?:xã|phường|thị trấn|đặc khu)\b"
    r"|(?:công chức|cán bộ) (?:xã|phường)\b)"
)
_DISTRICTS = (
    r"(?P<districts>(?:huyện|quận|thị xã)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:huyện|quận|thị xã|thành phố)\b){1,3}"
    r"|thành phố\s{0,2}(?:,|và)\s{0,2}thị xã"
    r"|(?:các|ubnd|ủy ban nhân dân|mỗi|từng|số|thuộc|\d{1,3}) (?:các )?(?:huyện|quận|thị xã)\b"
    r"|(?:công chức|cán bộ) (?:huyện|quận)\b)"
)
_DEPARTMENTS = (
    r"(?P<departments>(?:ban\s{0,2},\s{0,2})?(?:(?:các|mỗi|từng|\d{1,2}) )?sở(?:\s{0,2}(?:,|-|và)\s{0,2}(?:ban"
    r"|ngành|ban ngành)\b){1,2}"
    r"|(?:các|mỗi|từng|\d{1,2}) sở\b"
    r"|(?:cơ quan|đơn vị|ban|tổ chức)(?: [^\W\d_]{1,8}){0,4} (?:thuộc|trực thuộc) (?:ubnd|ủy ban nhân dân) tỉnh\b)"
)
_CENTRAL = r"(?P<central>(?:các )?bộ\s{0,2},\s{0,2}(?:ngành|cơ quan ngang bộ)\b|cơ quan trung ương\b)"
_WEAK = r"(?P<weak>(?:của|toàn|ubnd|ủy ban nhân dân) (?:tỉnh|huyện|xã|phường|quận|thành phố)\b)"
_AND_ABOVE = rx(r" trở (?:lên|xuống)\b")
_FROM_FIGURE = rx(r"\btừ \d[\d.,]{0,6}\s?%?\s?$")
_AND_AGENCIES = rx(
    r"\b(?:cơ quan|đơn vị|tổ chức|phòng|ban|trường)(?: nhà nước| chuyên môn)?\s{0,2}(?:,|và)\s{0,2}(?:các )?$"
)
_AND_PLACES = rx(r"\s{0,2}(?:,|;|và)\s{0,2}(?:các )?(?:địa phương|huyện|quận|xã|phường)\b")
_MENTION = rx(rf"(?:{_TIERS}|{_CENTRAL}|{_DEPARTMENTS}|{_DISTRICTS}|{_COMMUNES}|{_WEAK})")
_BEGINS = rx(r"[bchmpqstuxđủ\d](?<!\w.)")  # where a mention may begin
# Each mention has one of these.
_NAMES = ("cấp", "sở", "tỉnh", "huyện", "xã", "bộ", "phường", "phố", "quận", "trấn", "đặc", "trung")
_ONE_TIER = rx(_NAME)
_TIER_OF = {
    "trung ương": TW,
    "tw": TW,
    "bộ": TW,
    "tỉnh": TINH,
    "sở": TINH,
    "huyện": HUYEN,
    "quận": HUYEN,
    "thị xã": HUYEN,
    "xã": XA,
    "phường": XA,
    "thị trấn": XA,
    "đặc khu": XA,
}
_BARE = rx(r"(?:(?:ở|tại|đối với|cấp|các) ){0,2}(tỉnh|huyện|xã|phường)\s{0,2}(?:(?:là|đạt|:)\s{0,2})?$")
_PLACED = rx(r"\b(?:ở|tại|đối với) (?P<tier>tỉnh|huyện|xã|phường)\s{0,2}$")
_FIRST = rx(r"\s{0,2}(?:trở lên )?(?:tổng )?(?:số )?(?:đơn vị )?(huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b")
_EACH = rx(r"\b(?:(?:đối với|ở|tại|cho|của) )?(?:mỗi|từng) cấp\b|\bở cả (?:2|3|02|03|hai|ba) cấp\b")
_GOVERNED_BY = rx(r"\b(?:lên|qua|(?<!đối\s)với|đến|tới|cho|về|theo|gửi) (?:các )?(?:cơ quan )?$")
_REACHES = rx(r"\s{0,2}(?:đến|tới|xuống)\s{0,2}(?:các )?(?:cơ quan |đơn vị |ubnd )?")
_LIST_LINK = rx(r"\s{0,2}(?:,|và|/|;)?\s{0,2}(?:các )?(?:cơ quan |đơn vị |ubnd )?")
_RELEASE = rx(r"[,;:()]|\b(?:được|phải|đạt|có|đối với|ở|của (?:các )?(?:cơ quan|đơn vị|sở|ubnd|ủy ban))\b")
_RELEASE_INDEX = rx(r"[;]|\b(?:được|phải|đạt|có|xếp|nằm|thuộc|tăng)\b")
_RELEASE_TAI = rx(r"\btại\b")


@dataclass(frozen=True, slots=True)
class Levels:
    """Tiers found, in order of mention. `inferred` tells that the tier was read from the kind of agency."""

    tiers: tuple[str, ...] = ()
    inferred: bool = False
    diluted: bool = False  # something beyond these tiers is counted as well («..., địa phương», «của tỉnh và ...»)

    @property
    def one(self) -> str | None:
        """The tier, when there is exactly one and nothing beside it."""
        return self.tiers[0] if len(self.tiers) == 1 and not self.diluted else None


@cache
def _systems() -> re.Pattern[str]:
    return rx(rf"(?:{words(load('figures')['system_names'], whole=True)})\b")


def read_levels(
    m: str, start: int, end: int, *, strict: bool = False, loose: bool = False, counted: bool = False
) -> Levels:
    """The tiers of what is counted in `m[start:end]`.

    `counted` says that the words begin with what is counted («50% bộ phận một cửa cấp xã»: the name is no place).
    `strict` is for sentences without a figure; `loose` takes the tiers in names as well, for sentences whose figures
    are told apart by nothing else.
    """
    if not holds(m[start:end], _NAMES):
        return Levels()
    tiers: list[str] = []
    weak: set[str] = set()
    inferred = bodies = False
    excluded_end = last_end = -1
    for hit in hits_at(_MENTION, m, (place.start() for place in _BEGINS.finditer(m, start, end)), end):
        kind = hit.lastgroup
        reaches = last_end >= 0 and _REACHES.fullmatch(m, last_end, hit.start())  # «từ cấp tỉnh đến cấp xã»
        listed = excluded_end >= 0 and _LIST_LINK.fullmatch(m, excluded_end, hit.start())
        if not loose and not reaches and (listed or _is_name(m, start, hit.start(), strict, counted)):
            excluded_end = hit.end()
            continue
        excluded_end = -1
        last_end = hit.end()
        if strict and kind == "central":
            continue  # «theo hướng dẫn của bộ, ngành»: whose guidance, not whose goal
        if kind == "weak" and hit.group().startswith("toàn"):
            weak.add(_TIER_OF.get(hit.group().split()[-1], "*"))  # all of it, whatever the tier
            continue
        if kind == "weak" and not loose:
            word = hit.group().split()[-1]
            # «do UBND tỉnh, UBND huyện ban hành»: a body beside another is counted with it, a bare «của tỉnh» is not.
            weak.add(_TIER_OF.get(word, "*"))
            bodies = bodies or not hit.group().startswith("của")
            continue
        if kind == "weak" and hit.group().endswith("thành phố"):
            continue  # a province's or a district's: nobody can tell
        new = _tiers_of(hit, kind or "")
        if kind == "departments":
            inferred = inferred or TINH not in tiers
        tiers += [t for t in new if t not in tiers]
        # «các sở, ngành, địa phương»: localities of other tiers are counted with them.
        others_too = kind == "departments" and _AND_PLACES.match(m, hit.end(), end)
        # «cơ quan, đơn vị, UBND xã», «từ cấp huyện trở lên»
        agencies = kind != "tiers" and _AND_AGENCIES.search(m, max(start, hit.start() - 30), hit.start())
        above = _AND_ABOVE.match(m, hit.end(), end)
        if above and counted and _FROM_FIGURE.search(m, max(0, start - 14), start):
            above = None  # «từ 96% công chức cấp xã trở lên»: so many and more of them
        if others_too or agencies or above:
            weak.add("*")
    others = {w for w in weak if w not in tiers}
    diluted = bool(others) and (strict or bodies or "*" in others)
    return Levels(tuple(tiers), inferred, diluted)


def sets_tiers_apart(m: str, start: int, end: int) -> bool:
    """«đối với mỗi cấp hành chính»"""
    return bool(_EACH.search(m, start, end))


def named_first(m: str, start: int, end: int) -> str | None:
    """The tier when the words after a figure begin with it («30% xã xếp loại tốt»)."""
    hit = _FIRST.match(m, start, end)
    return _TIER_OF[" ".join(hit.group(1).split())] if hit else None


def bare_tier(m: str, start: int, end: int) -> str | None:
    """The tier when `m[start:end]` says nothing else («huyện 95%» after «cấp tỉnh 100%»)."""
    hit = _BARE.fullmatch(m[start:end].strip(" ,;()+-"))
    return _TIER_OF[hit.group(1)] if hit else None


def placed_tier(m: str, start: int, end: int) -> str | None:
    """The tier at which something happens, said right before a figure («hồ sơ đúng hẹn tại huyện đạt 96%»)."""
    hit = _PLACED.search(m, max(start, end - 30), end)
    return _TIER_OF[hit["tier"]] if hit else None


def _tiers_of(hit: re.Match[str], kind: str) -> list[str]:
    if kind == "communes":
        return [XA]
    if kind == "districts":
        return [HUYEN]
    if kind == "departments":
        return [TINH]
    if kind == "central":
        return [TW]
    found: list[str] = []
    # Mentions of tiers by name, and (read loosely) «của huyện», «UBND tỉnh».
    for name in _ONE_TIER.findall(hit.group()):
        word = " ".join(name.split())
        # «thành phố» is the district's peer after «huyện», the province's alone or after «tỉnh».
        tier = _TIER_OF.get(word) or (HUYEN if HUYEN in found else TINH)
        if tier not in found:
            found.append(tier)
    return found


def _is_name(m: str, floor: int, at: int, strict: bool, counted: bool = False) -> bool:
    """Does the mention at `at` belong to a system, an index or a receiver rather than to what is counted?"""
    low = max(floor, at - 120)
    if _GOVERNED_BY.search(m, max(floor, at - 24), at):
        return True
    names = list(_systems().finditer(m, low, at))
    if not names:
        return False
    last = names[-1]
    if counted and not m[floor : last.start()].strip() and not m[last.end() : at].strip():
        return False
    index = last.group().endswith(("chỉ số", "index"))
    if (_RELEASE_INDEX if index else _RELEASE).search(m, last.end(), at):
        return False
    return strict or not _RELEASE_TAI.search(m, last.end(), at)
