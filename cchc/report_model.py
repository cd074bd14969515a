"""A report as it is to be drawn: letterhead, texts and tables in order. What stands in them: cchc/reports.py."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from cchc.demo import BANNER
from cchc.report_spans import Period
from cchc.text import folded

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is its share of the table's width."""

    label: str
    width: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; `kind` group is a heading over all columns, total a sum."""

    cells: tuple[Cell, ...]
    kind: Literal["row", "group", "total"] = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is its name in code, `title` its caption, `sheet` the name of its Excel sheet."""

    key: str
    title: str
    sheet: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def rows(self) -> list[Line]:
        """Its rows without headings and sums."""
        return [line for line in self.lines if line.kind == "row"]


@dataclass(frozen=True, slots=True)
class Text:
    """A heading (level 1 or 2), a paragraph, an item of a list, or a place to fill in."""

    kind: Literal["heading1", "heading2", "paragraph", "item", "fill"]
    text: str


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who reports. What is not known stays to be filled in."""

    authority: str = ""  # the office that reports: «UBND tỉnh Bình Dương»
    parent: str = ""  # the one above it, "" when there is none
    place: str = ""  # «Bình Dương»


@dataclass(frozen=True, slots=True)
class Report:
    """A report ready to be drawn. `as_of` is the day the data speak of; `notes` are for the screen and the Excel file,
    they tell what holds for the whole report and is no part of the document."""

    title: str
    head: Letterhead
    period: Period
    as_of: dt.date
    scope: str
    bases: tuple[str, ...]
    opening: str
    blocks: tuple[Block, ...]
    annexes: tuple[Table, ...]
    recipients: tuple[str, ...]
    notes: tuple[str, ...]
    demo: bool = False
    data_version: str = ""

    @property
    def tables(self) -> list[Table]:
        """All tables, annexes last."""
        return [*(b for b in self.blocks if isinstance(b, Table)), *self.annexes]

    def table(self, key: str) -> Table:
        """The table of this name. Raises KeyError."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def file_name(self, extension: str) -> str:
        """A file name of plain ASCII: «bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.docx»."""
        banner = [BANNER] if self.demo else []
        words = ["-".join(re.findall(r"[a-z0-9]+", folded(t))) for t in (*banner, "báo cáo cchc", self.period.label)]
        return "_".join([*words, self.as_of.isoformat()]) + f".{extension}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is reported on: the words for it, the areas looked at (all when empty) and whether it is narrowed to
    agencies (then its targets are those given to them: plans set them for nobody in particular)."""

    words: str
    areas: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()  # names
