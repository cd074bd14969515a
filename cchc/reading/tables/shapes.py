"""Cells and tables as the layouts hand them on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc.reading.blocks import Cell, Table


@dataclass(frozen=True, slots=True)
class Missing(Cell):
    """A cell that the row does not have (merged or lost), unlike one that is there and empty."""


@dataclass(frozen=True, slots=True)
class Repeated(Cell):
    """What the cell above says, for one that holds only a mark of repetition («nt», «-nt-»)."""


@dataclass(frozen=True, slots=True)
class HeadedTable(Table):
    """`value_years` holds the year each column's header names, if it names one; `headers` the headers' words, as
    written where the layout keeps them; `caption` the unit a line above gives for the whole table."""

    value_years: tuple[int | None, ...] = ()
    headers: tuple[str, ...] = ()
    caption: str = ""
    lost_header: bool = False  # the columns were told by what stands in them


def squash(text: str) -> str:
    if "<" in text:
        text = text.replace("<br>", " ").replace("<br/>", " ").replace("<br />", " ")
    return " ".join(text.split())


ORDINAL = re.compile(
    r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXivx]{1,6}(?:\.\d{1,2})?|[A-Ha-hĐđ]"
    r"|[A-H]\.?[IVX\d]{1,3})[.)/]?$"
)


_MARK = re.compile(r"[x✓✔√●•*+v■▪☑×]{1,2}|có", re.IGNORECASE)


def is_mark(said: str) -> bool:
    """Is it a mark in a column of a quarter («x»)?"""
    return _MARK.fullmatch(said) is not None


def starts_lower(text: str) -> bool:
    return text[:1].islower()


_EMPHASIS = re.compile(r"(?<!\w)\*{1,2}|\*{1,2}(?!\w)")


def make_cell(text: str, start: int, end: int) -> Cell:
    raw = text[start:end]
    said = raw.strip()
    if said:
        start += len(raw) - len(raw.lstrip())
        end = start + len(said)
    else:
        end = start
    return Cell(start, end, squash(_EMPHASIS.sub("", said) if "*" in said else said))
