"""Which of the seven areas does a heading name, or a sentence speak of?"""

from __future__ import annotations

import re
from functools import cache

from cchc.reading.patterns import by_first
from cchc.reference import load

_MIN_SCORE = 3
_FIRST = 160  # a sentence says first what it is about


@cache
def _names() -> tuple[re.Pattern[str], dict[str, int]]:
    areas: dict[str, int] = {}
    for area in load("areas")["area"]:
        for name in area["names"]:
            areas.setdefault(name, area["id"])
    longest = sorted(areas, key=len, reverse=True)
    return re.compile(by_first(map(re.escape, longest))), areas


@cache
def _words() -> tuple[re.Pattern[str], dict[str, list[tuple[int, int]]]]:
    weights: dict[str, list[tuple[int, int]]] = {}
    for area in load("areas")["area"]:
        for entry in area["words"]:
            word, _, weight = entry.partition("*")
            weights.setdefault(word, []).append((area["id"], int(weight or 2)))
    longest = sorted(weights, key=len, reverse=True)
    return re.compile("(?:" + by_first(map(re.escape, longest), whole=True) + r")(?!\w)"), weights


def area_name(area: int) -> str:
    """The full Vietnamese name of area 1-7."""
    return str(next(a["name"] for a in load("areas")["area"] if a["id"] == area))


def heading_area(label: str) -> int | None:
    """The area a heading names. `label` is in matching form, without marker; None where it names none.

    "công tác chỉ đạo, điều hành cải cách hành chính" -> 1; "về cải cách tthc" -> 3; "sở nội vụ" -> None.
    The name that stands first wins, of those the longest: "cải cách thủ tục hành chính, hiện đại hóa" -> 3.
    """
    pattern, areas = _names()
    found = pattern.search(label)
    return areas[found.group()] if found else None


@cache
def _bare() -> dict[str, int]:
    return {name: area["id"] for area in load("areas")["area"] for name in area["bare"]}


def bare_area(label: str) -> int | None:
    """The area a word says only in a series of areas («C. Bộ máy», «D. Cán bộ»), None for other words."""
    return _bare().get(label)


def content_area(words: str) -> int | None:
    """The area a sentence in matching form speaks of most; None where nothing tells. Early words weigh double."""
    pattern, weights = _words()
    score = [0.0] * 8
    first: dict[int, int] = {}
    seen: set[str] = set()
    for m in pattern.finditer(words[:1200]):
        word = m.group()
        factor = 2.0 if m.start() < _FIRST else 1.0
        if word in seen:
            factor *= 0.25
        seen.add(word)
        for area, weight in weights[word]:
            score[area] += weight * factor
            first.setdefault(area, m.start())
    best = max(range(1, 8), key=lambda a: (score[a], -first.get(a, 10_000)))
    return best if score[best] >= _MIN_SCORE else None
