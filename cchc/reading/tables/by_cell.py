"""Tables whose cells are parted by "|" alone, one a line or wrapped: a saved page of a law portal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from cchc.reading.blocks import Cell
from cchc.reading.tables.columns import cell_header, header_form, is_header, resolve, role_of, same_header, undivided
from cchc.reading.tables.cutting import cut_rows
from cchc.reading.tables.found import Found, made_table
from cchc.reading.tables.lines import Line, ends_table
from cchc.reading.tables.shapes import ORDINAL, make_cell
from cchc.reading.tables.told import lost_header, retold


def cell_table(text: str, match: str, lines: list[Line], at: int, wrapped: bool = False) -> Found:
    """A table whose cells are parted by "|" alone; with `wrapped`, rows may be broken anywhere in a cell."""
    cells: list[Cell] = []
    ends: list[int] = []
    headers: list[str] = []
    index = at
    start_of_cell = lines[at].start
    loose = 0  # lines without a mark since the last one
    again = -1  # where a second header begins
    while index < len(lines):
        line = lines[index]
        if line.pipes == 0:
            if not line.text and (lines[index - 1].text == "|" or (loose == 0 and not wrapped)):
                index += 1  # nothing of a cell has begun
                continue
            low = match[line.start : line.end].strip()
            if loose == 0 and len(cells) > 3 and line.text and ends_table(line.text, low):
                break
            if loose == 0 and not wrapped and _text_goes_on(cells, lines, index):
                break
            loose += 1
            if loose > 25 or (wrapped and not line.text):
                break
            index += 1
            continue
        if line.pipes > 1 and not wrapped and line.text != "|" * line.pipes and len(cells) < 3:
            return None
        raw_end = line.start
        for _ in range(line.pipes):
            raw_end = text.index("|", raw_end)
            cells.append(make_cell(text, start_of_cell, raw_end))
            ends.append(index)
            raw_end += 1
            start_of_cell = raw_end
            if again < 0 and headers and len(cells[-1].text) < 12 and role_of(header_form(cells[-1].text)) == "ordinal":
                again = len(cells) - 1
        if not wrapped:
            start_of_cell = line.end + 1
        loose = 0
        index += 1
        if not headers and len(cells) >= 16:
            headers, _width = cell_header(cells)
            if not is_header(resolve(undivided(headers) or headers)):
                return None  # not a table: what follows need not be read
        if again >= 0 and len(cells) >= again + len(headers):
            if not same_header([header_form(c.text) for c in cells[again : again + len(headers)]], headers):
                del cells[again:]  # another table begins
                break
            again = -1
    headers, width = cell_header(cells)
    if not width:
        return None
    used = len(headers)
    columns = undivided(headers) or headers
    roles = resolve(columns)
    if not is_header(roles):
        return None
    rows, taken = cut_rows(cells[used:], roles, columns, text)
    told = retold(columns, [[c.text for c in row.cells] for row in rows])
    if told != columns:
        roles = resolve(told)
        rows, taken = cut_rows(cells[used:], roles, columns, text)
    if not rows:
        return None, ends[-1] + 1
    last = used + taken - 1
    return made_table(text, lines, at, cells[last].end, roles, columns, tuple(rows)), ends[last] + 1


_WIDEST = 14  # columns
_LEAST = 3  # rows that tell how wide a table is
_HEADING = 2  # cells of an area's heading
_ENOUGH = 12  # rows that tell the columns of a table that has lost its header


def headless_cells(text: str, lines: list[Line], at: int) -> Found:
    """A table without a header, a cell a line with "|" behind it, whose numbers 1, 2, 3 stand equally far apart."""
    widths = _between_numbers(_cells_below(text, lines, at, _WIDEST + 1)[0])
    told = _told_by_numbers(_cells_below(text, lines, at, _WIDEST * _ENOUGH)[0], widths) if widths else []
    roles = resolve(told)
    if not told or not is_header(roles):
        return None
    cells, ends = _cells_below(text, lines, at, len(lines))
    rows, taken = cut_rows(cells, roles, told, text)
    if not rows:
        return None
    table = made_table(text, lines, at, cells[taken - 1].end, roles, told, tuple(rows))
    return replace(table, lost_header=True), ends[taken - 1] + 1


def headless_barred(text: str, lines: list[Line], at: int) -> Found:
    """A table without a header whose cells each end with a bar on a line of its own, told by the numbers of its rows:
    they stand equally far apart but where the heading of an area, its number and its name, lies between them."""
    few, _ = _barred_cells(text, lines, at, _WIDEST * _ENOUGH)
    numbers = _running_numbers(few)
    gaps = [b - a for a, b in pairwise(numbers)]
    width = min(gaps, default=0)
    if len(numbers) < _LEAST or not 3 <= width <= _WIDEST or max(gaps) > width + _HEADING or numbers[0] > _HEADING:
        return None
    told = lost_header([[c.text for c in few[n : n + width]] for n in numbers])
    roles = resolve(told)
    if not told or not is_header(roles):
        return None
    cells, ends = _barred_cells(text, lines, at, len(lines))
    rows, taken = cut_rows(cells, roles, told, text)
    if not rows:
        return None
    table = made_table(text, lines, at, cells[taken - 1].end, roles, told, tuple(rows))
    return replace(table, lost_header=True), ends[taken - 1] + 1


def _barred_cells(text: str, lines: list[Line], at: int, most: int) -> tuple[list[Cell], list[int]]:
    """The cells that end with a bar on a line of its own, and the lines of their bars."""
    cells: list[Cell] = []
    ends: list[int] = []
    first = at  # where the present cell begins
    for index in range(at, len(lines)):
        line = lines[index]
        if len(cells) == most or index - first > _CELL_LINES or (line.pipes and line.text != "|"):
            break
        if line.text == "|":
            cells.append(make_cell(text, lines[first].start, max(lines[first].start, lines[index - 1].end)))
            ends.append(index)
            first = index + 1
    return cells, ends


def _running_numbers(cells: Sequence[Cell]) -> list[int]:
    """Which cells hold 1, 2, 3 ... in this order, the same cell of a row each."""
    found: list[int] = []
    for k, cell in enumerate(cells):
        if cell.text.strip(". ").lstrip("0") == str(len(found) + 1) and (not found or k - found[-1] >= 3):
            found.append(k)
    return found


def _cells_below(text: str, lines: list[Line], at: int, most: int) -> tuple[list[Cell], list[int]]:
    """The cells of lines that end in their only "|", and the lines they stand in."""
    cells: list[Cell] = []
    ends: list[int] = []
    for index in range(at, len(lines)):
        line = lines[index]
        if len(cells) == most or (line.text and not (line.pipes == 1 and line.text.endswith("|"))):
            break
        if line.text:
            cells.append(make_cell(text, line.start, text.rindex("|", line.start, line.end)))
            ends.append(index)
    return cells, ends


def _between_numbers(cells: Sequence[Cell]) -> list[int]:
    """How far behind the first cell a 2 stands."""
    return [k for k, c in enumerate(cells) if c.text.strip(". ").lstrip("0") == "2" and k >= 3][:3]


def _told_by_numbers(cells: Sequence[Cell], widths: Sequence[int]) -> list[str]:
    for width in widths:
        starts = range(0, min(width * _ENOUGH, len(cells) - width + 1), width)
        rows = [[c.text for c in cells[k : k + width]] for k in starts]
        told = lost_header(rows) if all(ORDINAL.match(r[0]) for r in rows[:3]) else []
        if told:
            return told
    return []


_LISTED = re.compile(r"^[#* ]{0,6}(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,2}\.|[a-zđ]\)|[-+•]) ?[^\W\d_]")


_HEADED = re.compile(r"^[#* ]{0,6}(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,2}\.|phụ lục|biểu) ?[^\W\d_]", re.IGNORECASE)
_CELL_LINES = 8  # lines of a cell
_CELL_WIDE = 100  # a line beyond this is a paragraph where no bar follows soon: cells of so many lines are narrow


def _text_goes_on(cells: Sequence[Cell], lines: list[Line], index: int) -> bool:
    """After a whole row: does the line begin a paragraph of the text (a list item, more lines without a mark below)?"""
    if lines[index - 1].text == "|" or (index > 1 and not lines[index - 1].text and lines[index - 2].text == "|"):
        # Bars on lines of their own: a cell ends with one sooner or later, a paragraph and those after it do not.
        begins = _HEADED.match(lines[index].text) or not lines[index - 1].text or len(lines[index].text) > _CELL_WIDE
        cell = list(takewhile(lambda line: not line.pipes, lines[index : index + _CELL_LINES]))
        again = len(cell) > 1 and role_of(header_form(cell[-1].text)) == "ordinal"  # another table's head
        return bool(begins) and (len(cell) == _CELL_LINES or again)
    if not _LISTED.match(lines[index].text):
        return False
    width = len(cell_header(cells)[0])
    if not width or len(cells) % width:
        return False
    below = [line for line in lines[index + 1 : index + 4] if line.text]
    return len(lines[index].text) > 120 or all(line.pipes == 0 for line in below)
