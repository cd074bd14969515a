"""Names of provinces and units as documents write them, and in which province a document is at home."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from cchc.reading.paragraphs import is_caps
from cchc.reading.provinces import short, successor
from cchc.reference import load
from cchc.text import folded, matching

UPPER = r"(?:tỉnh|thành\s+phố|tp\.?)"
MIDDLE = r"(?:huyện|thị\s+xã|quận)"
LOWER = r"(?:xã|phường|thị\s+trấn|đặc\s+khu)"
UNIT = re.compile(rf"(?P<unit>{UPPER}|{MIDDLE}|{LOWER})(?!\w)")


@cache
def province_names() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for p in load("provinces")["province"]:
        for name in [p["name"], *p.get("merged", [])]:
            names[folded(name).replace(" ", "")] = name
        for alias in p.get("aliases", []):
            names[folded(alias).replace(" ", "")] = alias if alias.startswith("Thừa") else p["name"]
    spelled = [
        matching(n)
        for p in load("provinces")["province"]
        for n in [p["name"], *p.get("merged", []), *p.get("aliases", [])]
    ]
    longest = sorted(spelled, key=len, reverse=True)
    body = "|".join(re.escape(n).replace(r"\ \-\ ", r"\s*-\s*").replace(r"\ ", r"\s+") for n in longest)
    return re.compile(rf"(?<!\w)(?P<name>{body})(?!\w)"), names


def province_name(found: str) -> str:
    return province_names()[1].get(folded(found).replace(" ", ""), found)


_NAME = re.compile(r"\s+(?P<n>(?:[A-ZĐÀ-Ỹ][\w'’]*(?:\s+|-|\s-\s)?){1,5}|\d{1,2}(?!\d))")


def place_name(text: str, match: str, at: int, end: int) -> tuple[str, int] | None:
    """The proper name that begins at `at`: up to four words with a capital (or a number: "Phường 5").

    A name ends with its paragraph, at `end`; only in the capitals of a letterhead it may stand on the line below.
    """
    known = re.compile(r"\s+" + province_names()[0].pattern).match(match, at)
    if known and text[known.start("name")].isupper():
        return province_name(known.group("name")), known.end()
    m = _NAME.match(text, at)
    if m is None:
        return None
    said = m.group("n")
    if m.end() > end and not is_caps(said):
        m = _NAME.match(text, at, end)
        if m is None:
            return None
        said = m.group("n")
    if is_caps(said):
        said = said.partition("\n")[0]  # below a letterhead in capitals stands the title
    words = said.strip(" -\n").split()
    words = words[
        : next((k for k, w in enumerate(words) if w in ("Số", "SỐ", "Cộng", "Độc", "Kế", "Ngày")), len(words))
    ]
    if not words:
        return None
    if is_caps(" ".join(words)):  # a letterhead in capitals runs on: "HUYỆN LÂM THAO CỘNG HÒA", "TỈNH NGHỆ AN"
        stops = (
            "UBND",
            "ỦY",
            "UỶ",
            "CỘNG",
            "SỞ",
            "PHÒNG",
            "BAN",
            "BAN,",
            "ĐỘC",
            "SỐ",
            "NĂM",
            "VỀ",
            "GIAI",
            "ĐẾN",
            "HỘI",
            "TRÊN",
            "KẾ",
            "VĂN",
            "CẢI",
        )
        words = words[: next((k for k, w in enumerate(words) if w in stops), len(words))][:4]
        if not words:
            return None
        return " ".join(w.capitalize() for w in words), m.end()
    return " ".join(words), m.end()


def province_then(name: str | None, issued: dt.date | None) -> str | None:
    """The province's name on that day: Huế was Thừa Thiên Huế before it became a city."""
    if name is None or is_central(name, issued) or name not in cities():
        return name
    return next((str(p["aliases"][0]) for p in load("provinces")["province"] if p["name"] == name), name)


def is_central(name: str, issued: dt.date | None) -> bool:
    """Was the city under the central government on that day (Huế: from 01/01/2025)?"""
    entry = next((p for p in load("provinces")["province"] if p["name"] == name and p.get("city")), None)
    since = entry.get("city_since") if entry else None
    return entry is not None and (since is None or issued is None or issued >= since)


UNIT_NAME = r"(?:\s+[A-ZĐÀ-Ỹ][\w'’]*(?:\s-\s[A-ZĐÀ-Ỹ]\w*)?){1,5}|\s+\d{1,2}"


def committee_of(unit: str, province: str) -> str:
    return f"UBND {'thành phố' if province in cities() else 'tỉnh'} {province}"


@cache
def cities() -> frozenset[str]:
    return frozenset(p["name"] for p in load("provinces")["province"] if p.get("city"))


@cache
def _towns() -> dict[str, str]:
    return {matching(town): p for p, towns in load("provinces")["towns"].items() for town in towns}


_TOWN = re.compile(r"(?<!\w)(?:thành phố|tp\.?|thị xã) (?P<name>[^\W\d_]+(?:(?: - | )[^\W\d_]+){0,4})")
_LOW_UNIT = re.compile(rf"(?<!\w)(?:{MIDDLE}|{LOWER})\s+(?P<name>[^\W\d_]+(?:(?: - | )[^\W\d_]+){{0,4}})\Z")
_LOW = re.compile(rf"(?<!\w){MIDDLE}\s+\Z|(?<!\w){LOWER}\s+\Z")
_HOST = re.compile(r"(?<![\w.])([a-z]{4,20})\.gov\.vn")


def home_province(
    match: str, title: str | None, head_end: int, headline: str, bodies: Sequence[str], issued: dt.date | None
) -> tuple[str | None, bool]:
    """The province and whether the document says it of itself: in the letterhead (`bodies`), the title, before the
    day or among what it carries out. What it only mentions, the address of a site and a town's province do not."""
    name, said = _home(match, title, head_end, headline, [matching(b) for b in bodies])
    merged = successor(name, issued) if name is not None and issued is not None else None
    return (short(merged.name), False) if merged is not None else (province_then(name, issued), said)


def _home(match: str, title: str | None, head_end: int, headline: str, bodies: list[str]) -> tuple[str | None, bool]:
    pattern, names = province_names()
    unit = re.compile(r"(?<!\w)" + UPPER + r"\s+(?:ủy\s+)?" + pattern.pattern)
    place = re.compile(pattern.pattern + r"\s*,\s{0,3}ngày\s")
    low = matching(title or "")
    for said in (*bodies, low):
        m = unit.search(said)
        if m:
            return province_name(m.group("name")), True
    for said in bodies:  # «SỞ Y TẾ BẾN TRE»
        for m in pattern.finditer(said):
            if m.end() == len(said) and "khu vực" not in said and not _LOW.search(said, 0, m.start()):
                return province_name(m.group("name")), True
    m = place.search(match, 0, head_end + 400)
    own = _LOW_UNIT.search(bodies[-1]) if bodies else None
    if m and not (own and own.group("name") == m.group("name")):  # «Hòa Bình, ngày ...» of a district of that name
        return province_name(m.group("name")), True
    near = unit.search(match, 0, head_end + 300)
    town = next((p for said in (*reversed(bodies), low) for p in _province_of_town(said)), None)
    if town is not None:
        return town, near is not None and province_name(near.group("name")) == town
    if near:
        return province_name(near.group("name")), True
    m = unit.search(match, 0, 20000)
    if m:
        return province_name(m.group("name")), False
    host = _HOST.search(match[:3000])
    if host:
        return names.get(host.group(1)), False
    # the headline of an article: "Thái Nguyên: Quyết tâm nâng hạng ..."
    found = {
        province_name(m.group("name"))
        for where in (low, headline)
        for m in pattern.finditer(where)
        if not _LOW.search(where, 0, m.start())
    }
    return (found.pop() if len(found) == 1 else None), False


def town_named(said: str) -> str | None:
    """The town that words name as one, as they write it («... trên địa bàn thành phố Đà Lạt»)."""
    for m in _TOWN.finditer(matching(said)):
        words = said[m.start("name") : m.end("name")].split()
        for size in range(len(words), 0, -1):
            if matching(" ".join(words[:size])) in _towns():
                return " ".join(w[:1].upper() + w[1:] for w in words[:size])
    return None


def _province_of_town(said: str) -> Iterator[str]:
    """The province of a town named in words in matching form («... của thành phố vị thanh năm 2020»)."""
    for m in _TOWN.finditer(said):
        words = m.group("name").split()
        for size in range(len(words), 0, -1):
            known = _towns().get(" ".join(words[:size]))
            if known:
                yield known
                break
