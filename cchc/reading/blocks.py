"""What the modules of the reader hand to each other: paragraphs and tables with their places in the stored text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from cchc.model import AgencyFrom, AreaFrom


class Part(StrEnum):
    """The part of a plan a paragraph stands in."""

    HEAD = "head"  # letterhead, title, legal bases, metadata of a portal
    PURPOSE = "purpose"  # mục đích, yêu cầu, mục tiêu chung
    RESULTS = "results"  # what was reached last year: figures here are no goals
    GOALS = "goals"  # mục tiêu, chỉ tiêu
    MEASURES = "measures"  # nhiệm vụ và giải pháp
    FUNDING = "funding"  # kinh phí
    DUTIES = "duties"  # tổ chức thực hiện
    APPENDIX = "appendix"
    CLOSING = "closing"  # "Trên đây là ...", signature, recipients
    FURNITURE = "furniture"  # menus, counters, advertisements of the web page
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One logical paragraph or list item: hard-wrapped lines joined, spans untouched.

    `start:end` covers it without outer blanks, `body` is where the words begin after marker and blanks.
    """

    start: int
    end: int
    body: int
    marker: str = ""  # "-", "+", "a)", "1.", "2.3.", "II.", "(i)" or ""
    heading: bool = False
    part: Part = Part.OTHER
    area: int | None = None
    area_from: AreaFrom | None = None
    agency: str | None = None  # inside DUTIES: the agency whose heading this block stands under
    agency_from: AgencyFrom | None = None
    year: int | None = None  # a year that only the heading above says ("Chỉ tiêu năm 2025", "Giai đoạn 2026-2030")


@dataclass(frozen=True, slots=True)
class Cell:
    start: int
    end: int
    text: str  # blanks folded, hard wraps joined


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the text. `columns` names each column's role."""

    start: int
    end: int
    # ordinal, content, product, lead, support, agency, deadline, budget, note, basis, unit, value; "" if not understood
    columns: tuple[str, ...]
    rows: tuple[Row, ...]  # data rows and rows of area headings, without the header
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as `figures` reads it from one block; offsets are those of the stored text."""

    kind: str
    comparator: str | None
    value: float | None
    unit: str | None
    level: str | None
    subject: str
    group: str | None
    except_: str | None
    due_year: int | None  # a year the goal itself names as its end
    start: int
    end: int  # quote = text[start:end]
    own: str | None = None  # the subject in the figure's own words, of which `subject` may say more: part of the stable id
    figure: str = ""  # the figure as written: part of the item's stable id
    confidence: float = 1.0
    reasons: tuple[str, ...] = field(default=())
    figure_start: int = -1  # where the figure stands; -1 for goals without one
    figure_end: int = -1
    due_on: dt.date | None = None  # a day the goal itself names as its end
