"""At which tier of government is something counted? Reads «cấp tỉnh, cấp huyện», «UBND các xã, thị trấn», «sở, ngành».

A mention counts when it belongs to what is counted. The tier in the name of a system or an index («Hệ thống ... cấp
tỉnh», «Chỉ số năng lực cạnh tranh cấp tỉnh») and the tier to which something is sent do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cchc.reading.patterns import rx, words
from cchc.reference import load

TW, TINH, HUYEN, XA = "trung ương", "tỉnh", "huyện", "xã"
ORDER = (TW, TINH, HUYEN, XA)

_NAME = r"(?:trung ương|tw|bộ|tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b"
_TIERS = rf"(?P<tiers>cấp {_NAME}(?:\s{{0,2}}(?:,|/|-|và|hoặc|;)\s{{0,2}}(?:(?:các )?cấp )?{_NAME}){{0,6}})"
_COMMUNES = (
    r"(?P<communes>(?:xã|phường|thị trấn|đặc khu)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:xã|phường|thị trấn|đặc khu)\b){1,3}"
    r"|(?:các|ubnd|ủy ban nhân dân|mỗi|từng|số|tổng số|\d{1,4}) (?:các |đơn vị )?(?:xã|phường|thị trấn|đặc khu)\b"
    r"|(?:công chức|cán bộ) (?:xã|phường)\b)"
)
_DISTRICTS = (
    r"(?P<districts>(?:huyện|quận|thị xã)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:huyện|quận|thị xã|thành phố)\b){1,3}"
    r"|thành phố\s{0,2}(?:,|và)\s{0,2}thị xã"
    r"|(?:các|ubnd|ủy ban nhân dân|mỗi|từng|số|thuộc|\d{1,3}) (?:các )?(?:huyện|quận|thị xã)\b)"
)
_DEPARTMENTS = (
    r"(?P<departments>(?:ban\s{0,2},\s{0,2})?(?:(?:các|mỗi|từng|\d{1,2}) )?sở(?:\s{0,2}(?:,|-|và)\s{0,2}(?:ban|ngành|ban ngành)\b){1,2}"
    r"|(?:các|mỗi|từng|\d{1,2}) sở\b"
    r"|(?:thuộc thẩm quyền (?:giải quyết )?(?:của )?|của |do |thuộc )(?:hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân|,|và|\s){1,8}tỉnh\b)"
)
_CENTRAL = r"(?P<central>(?:các )?bộ\s{0,2},\s{0,2}(?:ngành|cơ quan ngang bộ)\b|cơ quan trung ương\b)"
_WEAK = r"(?P<weak>(?:của|toàn) (?:tỉnh|huyện|xã|phường|quận)\b)"
_AND_PLACES = rx(r"\s{0,2}(?:,|;|và)\s{0,2}(?:các )?địa phương\b")
_MENTION = rx(rf"\b(?:{_TIERS}|{_CENTRAL}|{_DEPARTMENTS}|{_DISTRICTS}|{_COMMUNES}|{_WEAK})")
_ONE_TIER = rx(_NAME)
_TIER_OF = {"trung ương": TW, "tw": TW, "bộ": TW, "tỉnh": TINH, "huyện": HUYEN, "quận": HUYEN, "thị xã": HUYEN,
            "xã": XA, "phường": XA, "thị trấn": XA, "đặc khu": XA}
_BARE = rx(r"(?:(?:ở|tại|đối với|cấp|các) ){0,2}(tỉnh|huyện|xã|phường)\s{0,2}(?:(?:là|đạt|:)\s{0,2})?$")
_EACH = rx(
    r"\b(?:(?:đối với|ở|tại|cho|của) )?(?:mỗi|từng) cấp\b|\bở cả (?:2|3|02|03|hai|ba) cấp\b"
)
_GOVERNED_BY = rx(r"\b(?:lên|qua|(?<!đối\s)với|đến|tới|cho|về|theo) (?:các )?(?:cơ quan )?$")
_LIST_LINK = rx(r"\s{0,2}(?:,|và|/|;)?\s{0,2}(?:các )?(?:cơ quan |đơn vị |ubnd )?")
_RELEASE = rx(
    r"[,;:()]|\b(?:được|phải|đạt|có|đối với|ở|của (?:các )?(?:cơ quan|đơn vị|sở|ubnd|ủy ban))\b"
)
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
    return rx(rf"\b(?:{words(load('figures')['system_names'])})\b")


def read_levels(m: str, start: int, end: int, *, strict: bool = False) -> Levels:
    """The tiers of what is counted in `m[start:end]`. `strict` is for sentences without a figure."""
    tiers: list[str] = []
    weak: set[str] = set()
    inferred = False
    excluded_end = -1
    for hit in _MENTION.finditer(m, start, end):
        kind = hit.lastgroup
        if (excluded_end >= 0 and _LIST_LINK.fullmatch(m, excluded_end, hit.start())) or _is_name(m, start, hit.start(), strict):
            excluded_end = hit.end()
            continue
        excluded_end = -1
        if strict and kind == "central":
            continue  # «theo hướng dẫn của bộ, ngành»: whose guidance, not whose goal
        if kind == "weak":
            word = hit.group().split()[-1]
            weak.add(_TIER_OF[word])
            continue
        new = _tiers_of(hit, kind or "")
        if kind == "departments":
            inferred = inferred or TINH not in tiers
        tiers += [t for t in new if t not in tiers]
        # «các sở, ngành, địa phương»: localities of other tiers are counted with them.
        if _AND_PLACES.match(m, hit.end(), end):
            weak.add("*")
    others = {w for w in weak if w not in tiers}
    diluted = bool(others) and (strict or "*" in others)
    return Levels(tuple(tiers), inferred, diluted)


def sets_tiers_apart(m: str, start: int, end: int) -> bool:
    """«đối với mỗi cấp hành chính»"""
    return bool(_EACH.search(m, start, end))


def bare_tier(m: str, start: int, end: int) -> str | None:
    """The tier when `m[start:end]` says nothing else («huyện 95%» after «cấp tỉnh 100%»)."""
    hit = _BARE.fullmatch(m[start:end].strip(" ,;()+-"))
    return _TIER_OF[hit.group(1)] if hit else None


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
    for name in _ONE_TIER.findall(hit.group()):
        word = " ".join(name.split())
        # «thành phố» is the district's peer after «huyện», the province's alone or after «tỉnh».
        tier = _TIER_OF.get(word) or (HUYEN if HUYEN in found else TINH)
        if tier not in found:
            found.append(tier)
    return found


def _is_name(m: str, floor: int, at: int, strict: bool) -> bool:
    """Does the mention at `at` belong to a system, an index or a receiver rather than to what is counted?"""
    low = max(floor, at - 120)
    if _GOVERNED_BY.search(m, max(floor, at - 24), at):
        return True
    last = None
    for last in _systems().finditer(m, low, at):
        pass
    if last is None:
        return False
    if _RELEASE.search(m, last.end(), at):
        return False
    return strict or not _RELEASE_TAI.search(m, last.end(), at)
