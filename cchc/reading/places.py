"""Names of provinces and units as documents write them, and in which province a document is at home."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from cchc.reading.paragraphs import is_caps
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


def place_name(text: str, match: str, at: int) -> tuple[str, int] | None:
    """The proper name that begins at `at`: up to four words with a capital (or a number: "Phường 5")."""
    known = re.compile(r"\s+" + province_names()[0].pattern).match(match, at)
    if known and text[known.start("name")].isupper():
        return province_name(known.group("name")), known.end()
    m = re.compile(r"\s+(?P<n>(?:[A-ZĐÀ-Ỹ][\w'’]*(?:\s+|-|\s-\s)?){1,5}|\d{1,2}(?!\d))").match(text, at)
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


def home_province(match: str, title: str | None, head_end: int, headline: str) -> str | None:
    pattern, _ = province_names()
    unit = re.compile(r"(?<!\w)" + UPPER + r"\s+(?:ủy\s+)?" + pattern.pattern)
    place = re.compile(pattern.pattern + r"\s*,\s{0,3}ngày\s")
    low = matching(title or "")
    m = unit.search(low)
    if m:
        return province_name(m.group("name"))
    m = place.search(match, 0, head_end + 400)
    if m:
        return province_name(m.group("name"))
    m = unit.search(match, 0, head_end + 300) or unit.search(match, 0, 20000)
    if m:
        return province_name(m.group("name"))
    host = re.search(r"(?<![\w.])([a-z]{4,20})\.gov\.vn", match[:3000])
    if host:
        return province_names()[1].get(host.group(1))
    # the headline of an article: "Thái Nguyên: Quyết tâm nâng hạng ..."
    said = {province_name(m.group("name")) for where in (low, headline) for m in pattern.finditer(where)}
    return said.pop() if len(said) == 1 else None
