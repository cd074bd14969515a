"""Tables whose cells are parted by "|" alone, one a line or wrapped: a saved page of a law portal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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


_ENOUGH = 12  # rows that tell the columns of a table that has lost its header


def headless_cells(text: str, lines: list[Line], at: int) -> Found:
    """A table without a header, a cell a line with "|" behind it, whose numbers 1, 2, 3 stand equally far apart."""
    cells: list[Cell] = []
    ends: list[int] = []
    index = at
    while index < len(lines) and (lines[index].text.endswith("|") or not lines[index].text):
        line = lines[index]
        if line.text:
            if line.pipes != 1:
                break
            cells.append(make_cell(text, line.start, text.rindex("|", line.start, line.end)))
            ends.append(index)
        index += 1
    numbers = [k for k, c in enumerate(cells[: 20 * _ENOUGH]) if ORDINAL.match(c.text)]
    seconds = [k for k in numbers if cells[k].text.strip(". ").lstrip("0") == "2" and k >= 3]
    for width in seconds[:3]:
        starts = range(0, min(width * _ENOUGH, len(cells) - width + 1), width)
        rows = [[c.text for c in cells[k : k + width]] for k in starts]
        if not all(ORDINAL.match(r[0]) for r in rows[:3]):
            continue
        told = lost_header(rows)
        roles = resolve(told)
        if told and is_header(roles):
            found, taken = cut_rows(cells, roles, told, text)
            if not found:
                return None
            last = cells[taken - 1]
            table = made_table(text, lines, at, last.end, roles, told, tuple(found))
            return replace(table, lost_header=True), ends[taken - 1] + 1
    return None


_LISTED = re.compile(r"^(?:[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,2}\.|[a-zđ]\)|[-+•]) ?[^\W\d_]")


def _text_goes_on(cells: Sequence[Cell], lines: list[Line], index: int) -> bool:
    """After a whole row: does the line begin a paragraph of the text (a list item, more lines without a mark below)?"""
    if not _LISTED.match(lines[index].text):
        return False
    width = len(cell_header(cells)[0])
    if not width or len(cells) % width:
        return False
    below = [line for line in lines[index + 1 : index + 4] if line.text]
    return len(lines[index].text) > 120 or all(line.pipes == 0 for line in below)
