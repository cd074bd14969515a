"""What an amount is: its number, comparator, unit and place; how Vietnamese numbers are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cchc.reading.patterns import rx, words
from cchc.reference import load

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?"
RANGE = r"\s{0,2}(?:-|÷|~|đến|tới)\s{0,2}"


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


def number(raw: str) -> float:
    """The value of a Vietnamese number: "." groups thousands, "," (or a single short ".") is the decimal mark."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw):
        raw = raw.replace(".", "")
    return float(raw.replace(",", "."))


@cache
def index_names() -> re.Pattern[str]:
    """Words that begin the name of an index."""
    return rx(rf"(?:{words(load('figures')['indices'], whole=True)})\b")
