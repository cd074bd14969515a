"""What the outline keeps while it is being read: open headings, and the paragraphs under them."""

from __future__ import annotations

from dataclasses import dataclass

from cchc.model import AgencyFrom, AreaFrom
from cchc.reading.blocks import Part
from cchc.reading.paragraphs import NONE


@dataclass(slots=True)
class Entry:
    rank: float
    part: Part | None = None
    area: int | None = None
    area_from: AreaFrom | None = None
    agency: str | None = None
    year: int | None = None
    ordinal: int = 0
    marker_rank: int = NONE
    mixed: bool = False
    unnamed: int = 0  # of a heading whose words open no part: its number
    article: bool = False  # «Điều 2.»: the numbers below it are those of its own list
    at: int = 0  # how many paragraphs stood before it


@dataclass(slots=True)
class Draft:
    """A block while the outline is being read."""

    start: int
    end: int
    body: int
    marker: str
    rank: int
    ordinal: int = 0
    heading: bool = False
    part: Part = Part.OTHER
    area: int | None = None
    area_from: AreaFrom | None = None
    agency: str | None = None
    agency_from: AgencyFrom | None = None
    year: int | None = None
    group: str = ""  # the words of the line that introduces the list it stands in
    segment: int = 0  # number of the run of paragraphs between two area headings
    mixed: bool = False
    unnamed: int = 0  # the number of the heading above whose words open no part: what stands below tells it
