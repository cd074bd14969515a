"""Which province is it today? The mergers of 01/07/2025 (reference/provinces.toml)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from cchc.reference import load
from cchc.text import folded


@dataclass(frozen=True, slots=True)
class ProvinceChange:
    """The province that one became part of, since when and on what ground."""

    name: str
    since: dt.date
    basis: str


@cache
def _officials() -> dict[str, str]:
    return {p["name"]: p["official"] for p in load("provinces")["province"] if "official" in p}


def official(name: str) -> str:
    """A province's name as officials write it: "Hồ Chí Minh" -> "Thành phố Hồ Chí Minh", others as they are."""
    return _officials().get(name, name)


def short(name: str) -> str:
    """The name as the register spells it: "Thành phố Hồ Chí Minh" -> "Hồ Chí Minh"."""
    return next((plain for plain, full in _officials().items() if full == name), name)


@cache
def _mergers() -> dict[str, ProvinceChange]:
    data = load("provinces")
    return {
        folded(old): ProvinceChange(official(province["name"]), data["merged_on"], data["legal_basis"])
        for province in data["province"]
        for old in province.get("merged", ())
    }


def successor(name: str, day: dt.date | None = None) -> ProvinceChange | None:
    """The province that `name` (as the register spells it, accents or not) has become part of by a day, by today's map
    without one; None for a province that is still there, or was on that day."""
    change = _mergers().get(folded(name))
    return change if change is not None and (day is None or day >= change.since) else None


def is_city(name: str, day: dt.date | None = None) -> bool:
    """Is it a city under the central government (on a day, where one became a city later)?"""
    for province in load("provinces")["province"]:
        names = map(folded, (province["name"], *province.get("aliases", ())))
        if province.get("city") and folded(short(name)) in names:
            since = province.get("city_since")
            return since is None or day is None or day >= since
    return False


def forerunners(name: str) -> tuple[str, ...]:
    """Names of the provinces that became part of this one, as the register spells them; () where none did."""
    wanted = folded(short(name))
    for province in load("provinces")["province"]:
        if folded(province["name"]) == wanted:
            return tuple(province.get("merged", ()))
    return ()
