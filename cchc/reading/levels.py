"""At which tier of government is something counted? Reads «cấp tỉnh, cấp huyện», «UBND các xã, thị trấn», «sở, ngành».

A mention counts when it belongs to what is counted. The tier in the name of a system or an index («Hệ thống ... cấp
tỉnh», «Chỉ số năng lực cạnh tranh cấp tỉnh») and the tier to which something is sent do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cchc.reading.amounts import words
from cchc.reference import load

TW, TINH, HUYEN, XA = "trung ương", "tỉnh", "huyện", "xã"
ORDER = (TW, TINH, HUYEN, XA)

_NAME = r"(?:trung\s{1,2}ương|tw|bộ|tỉnh|thành\s{1,2}phố|tp|huyện|quận|thị\s{1,2}xã|xã|phường|thị\s{1,2}trấn|đặc\s{1,2}khu)(?!\w)"
_TIERS = rf"(?P<tiers>cấp\s{{1,2}}{_NAME}(?:\s{{0,2}}(?:,|/|-|và|hoặc|;)\s{{0,2}}(?:(?:các\s{{1,2}})?cấp\s{{1,2}})?{_NAME}){{0,6}})"
_COMMUNES = (
    r"(?P<communes>(?:xã|phường|thị\s{1,2}trấn|đặc\s{1,2}khu)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:xã|phường|thị\s{1,2}trấn|đặc\s{1,2}khu)(?!\w)){1,3}"
    r"|(?:các|ubnd|ủy\s{1,2}ban\s{1,2}nhân\s{1,2}dân|mỗi|từng|số|tổng\s{1,2}số|\d{1,4})\s{1,2}(?:các\s{1,2}|đơn\s{1,2}vị\s{1,2})?(?:xã|phường|thị\s{1,2}trấn|đặc\s{1,2}khu)(?!\w)"
    r"|(?:công\s{1,2}chức|cán\s{1,2}bộ)\s{1,2}(?:xã|phường)(?!\w))"
)
_DISTRICTS = (
    r"(?P<districts>(?:huyện|quận|thị\s{1,2}xã)(?:\s{0,2}(?:,|/|-|và)\s{0,2}(?:huyện|quận|thị\s{1,2}xã|thành\s{1,2}phố)(?!\w)){1,3}"
    r"|thành\s{1,2}phố\s{0,2}(?:,|và)\s{0,2}thị\s{1,2}xã"
    r"|(?:các|ubnd|ủy\s{1,2}ban\s{1,2}nhân\s{1,2}dân|mỗi|từng|số|thuộc|\d{1,3})\s{1,2}(?:các\s{1,2})?(?:huyện|quận|thị\s{1,2}xã)(?!\w))"
)
_DEPARTMENTS = (
    r"(?P<departments>(?:ban\s{0,2},\s{0,2})?sở\s{0,2}(?:,|-|và)\s{0,2}(?:ban\s{0,2},?\s{0,2})?(?:ngành|ban)(?!\w)|(?:các|mỗi|từng|giữa\s{1,2}các|\d{1,2})\s{1,2}sở(?!\w)"
    r"|(?:thuộc\s{1,2}(?:thẩm\s{1,2}quyền\s{1,2}(?:giải\s{1,2}quyết\s{1,2})?(?:của\s{1,2})?)?|của\s{1,2}|do\s{1,2}|thuộc\s{1,2})(?:hđnd|hội\s{1,2}đồng\s{1,2}nhân\s{1,2}dân|ubnd|ủy\s{1,2}ban\s{1,2}nhân\s{1,2}dân|,|và|\s){1,8}tỉnh(?!\w))"
)
_CENTRAL = r"(?P<central>(?:các\s{1,2})?bộ\s{0,2},\s{0,2}(?:ngành|cơ\s{1,2}quan\s{1,2}ngang\s{1,2}bộ)(?!\w)|cơ\s{1,2}quan\s{1,2}trung\s{1,2}ương(?!\w))"
_WEAK = r"(?P<weak>(?:của|toàn)\s{1,2}(?:tỉnh|huyện|xã|phường|quận)(?!\w))"
_AND_PLACES = re.compile(r"\s{0,2}(?:,|;|và)\s{0,2}(?:các\s{1,2})?địa\s{1,2}phương(?!\w)")
_MENTION = re.compile(rf"(?<!\w)(?:{_TIERS}|{_CENTRAL}|{_DEPARTMENTS}|{_DISTRICTS}|{_COMMUNES}|{_WEAK})")
_ONE_TIER = re.compile(_NAME)
_TIER_OF = {"trung ương": TW, "tw": TW, "bộ": TW, "tỉnh": TINH, "huyện": HUYEN, "quận": HUYEN, "thị xã": HUYEN,
            "xã": XA, "phường": XA, "thị trấn": XA, "đặc khu": XA}
_BARE = re.compile(r"(?:(?:ở|tại|đối\s{1,2}với|cấp|các)\s{1,2}){0,2}(tỉnh|huyện|xã|phường)\s{0,2}(?:(?:là|đạt|:)\s{0,2})?$")
_EACH = re.compile(
    r"(?<!\w)(?:(?:đối\s{1,2}với|ở|tại|cho|của)\s{1,2})?(?:mỗi|từng)\s{1,2}cấp(?!\w)|(?<!\w)ở\s{1,2}cả\s{1,2}(?:2|3|02|03|hai|ba)\s{1,2}cấp(?!\w)"
)
_GOVERNED_BY = re.compile(r"(?<!\w)(?:lên|qua|với|đến|tới|cho|về|theo)\s{1,2}(?:các\s{1,2})?(?:cơ\s{1,2}quan\s{1,2})?$")
_LIST_LINK = re.compile(r"\s{0,2}(?:,|và|/|;)?\s{0,2}(?:các\s{1,2})?(?:cơ\s{1,2}quan\s{1,2}|đơn\s{1,2}vị\s{1,2}|ubnd\s{1,2})?")
_RELEASE = re.compile(
    r"[,;:()]|(?<!\w)(?:được|phải|đạt|có|đối\s{1,2}với|ở|của\s{1,2}(?:các\s{1,2})?(?:cơ\s{1,2}quan|đơn\s{1,2}vị|sở|ubnd|ủy\s{1,2}ban))(?!\w)"
)
_RELEASE_TAI = re.compile(r"(?<!\w)tại(?!\w)")


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
    return re.compile(rf"(?<!\w)(?:{words(load('figures')['system_names'])})(?!\w)")


def read_levels(m: str, start: int, end: int, *, strict: bool = False) -> Levels:
    """The tiers of what is counted in `m[start:end]`. `strict` is for sentences without a figure."""
    tiers: list[str] = []
    weak: set[str] = set()
    inferred = False
    excluded_end = -1
    for hit in _MENTION.finditer(m, start, end):
        kind = hit.lastgroup
        if excluded_end >= 0 and _LIST_LINK.fullmatch(m, excluded_end, hit.start()) or _is_name(m, start, hit.start(), strict):
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
    for last in _systems().finditer(m, low, at):  # noqa: B007 - the last one is wanted
        pass
    if last is None:
        return False
    if _RELEASE.search(m, last.end(), at):
        return False
    return strict or not _RELEASE_TAI.search(m, last.end(), at)
