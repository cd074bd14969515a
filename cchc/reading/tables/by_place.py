"""Tables whose columns blanks keep apart: `pdftotext -layout`, plain text set by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cchc.reading.blocks import Cell, Row
from cchc.reading.tables.by_row import shape_row
from cchc.reading.tables.columns import header_form, is_header, numbering_row, resolve, same_header
from cchc.reading.tables.found import Found, made_table
from cchc.reading.tables.lines import Line, ends_table
from cchc.reading.tables.shapes import ORDINAL, HeadedTable, Missing, make_cell
from cchc.reading.tables.titles import heading_cells, looks_like_title
from cchc.reading.tables.told import lost_header

_GAP = re.compile(r"[ \u00a0][ \u00a0]+")


def _spaced_cells(text: str, line: Line) -> list[Cell]:
    """The pieces of a line that two or more blanks keep apart."""
    at = text.index(line.text[0], line.start) if line.text else line.end
    cells = []
    for gap in [*_GAP.finditer(text, at, line.end), None]:
        stop = line.end if gap is None else gap.start()
        if text[at:stop].strip():
            cells.append(make_cell(text, at, stop))
        at = stop if gap is None else gap.end()
    return cells


def spaced_table(text: str, match: str, lines: list[Line], at: int) -> Found:
    """A table printed with blanks between its columns, as text taken from a PDF has it.

    A row begins with an ordinal (or, without that column, has all its cells); lines with fewer pieces go on with the
    cells above, told by the column they stand under.
    """
    if not _GAP.search(lines[at].text):
        return None
    header = _spaced_cells(text, lines[at])
    headers = [header_form(c.text) for c in header]
    roles = resolve(headers)
    if len(header) < 3 or not is_header(roles):
        return None
    return _spaced_rows(text, match, lines, at, at + 1, headers, [c.start - lines[at].start for c in header])


def headless_spaced(text: str, match: str, lines: list[Line], at: int) -> Found:
    """A table printed with blanks between its columns that has lost its header; it begins with the number 1."""
    if not re.match(r"\(?0?1[.)]?[ \u00a0]{2,}\S", lines[at].text):
        return None
    pieces = [_spaced_cells(text, line) for line in lines[at : at + 60]]
    opened = [p for p in pieces if p and ORDINAL.match(p[0].text)]
    told = lost_header([[c.text for c in p] for p in opened])
    if not told or not is_header(resolve(told)):
        return None
    whole = next(p for p in opened if len(p) == len(told))
    line = next(ln for ln in lines[at : at + 60] if ln.start <= whole[0].start < ln.end)
    found = _spaced_rows(text, match, lines, at, at, told, [c.start - line.start for c in whole])
    if found is None or found[0] is None or sum(len(r.cells) == len(told) for r in found[0].rows) < 3:
        return None
    return replace(found[0], lost_header=True), found[1]


def _spaced_rows(
    text: str, match: str, lines: list[Line], at: int, first: int, headers: Sequence[str], places: list[int]
) -> tuple[HeadedTable, int] | None:
    """The table whose rows begin at line `first`, under columns at these places of the line."""
    roles = resolve(headers)
    numbered = roles[0] == "ordinal"
    rows: list[Row] = []
    index, end, loose = first, lines[at].end, 0
    while index < len(lines):
        line = lines[index]
        cells = _spaced_cells(text, line)
        low = match[line.start : line.end].strip()
        forms = [header_form(c.text) for c in cells]
        if line.pipes or line.tabs or (line.text and ends_table(line.text, low)):
            break
        opens = len(cells) >= 2 and (
            bool(ORDINAL.match(cells[0].text)) if numbered else len(cells) >= max(3, len(roles) - 1)
        )
        if same_header(forms, headers) or numbering_row(forms, len(roles)):
            if not rows and index > at + 8:
                break  # headers alone are no table
            loose = 0
        elif opens:
            row = _spaced_row(cells, line, places, roles, text)
            rows.append(row)
            end, loose = line.end, 0
        elif cells and rows and loose == 0 and _under(cells, line, places, rows[-1]):
            rows[-1] = _lengthened(rows[-1], cells, line, places)
            end = line.end
        elif len(cells) == 1 and looks_like_title(line.text) and not loose:
            rows.append(Row((cells[0],), cells[0].start, cells[0].end))
            end = line.end
        else:
            loose += 1  # a blank line, a page's foot and head
            if loose > 5:
                break
        index += 1
    while rows and len(rows[-1].cells) == 1:  # a heading below the table
        rows.pop()
    if sum(len(r.cells) == len(roles) for r in rows) < 1:
        return None
    end = rows[-1].end
    after = next(k for k in range(at, len(lines)) if lines[k].end >= end) + 1
    return made_table(text, lines, at, end, roles, headers, tuple(rows)), after


def _spaced_row(cells: list[Cell], line: Line, places: list[int], roles: Sequence[str], text: str) -> Row:
    if len(cells) == len(roles):
        return Row(tuple(cells), cells[0].start, cells[-1].end)
    if len(cells) <= 2 and heading_cells(cells) is not None:
        return Row(tuple(cells), cells[0].start, cells[-1].end)
    by_column = _by_column(cells, line, places)
    if by_column is None:
        return shape_row(Row(tuple(cells), cells[0].start, cells[-1].end), roles, text)
    filled = tuple(by_column.get(k, Missing(cells[-1].end, cells[-1].end, "")) for k in range(len(roles)))
    return Row(filled, cells[0].start, cells[-1].end)


def _by_column(cells: list[Cell], line: Line, places: list[int]) -> dict[int, Cell] | None:
    """Each piece under the header nearest to where it begins; None where two pieces meet in one column."""
    found: dict[int, Cell] = {}
    for cell in cells:
        at = cell.start - line.start
        column = min(range(len(places)), key=lambda k: abs(places[k] - at))
        if column in found:
            return None
        found[column] = cell
    return found


def _under(cells: list[Cell], line: Line, places: list[int], row: Row) -> bool:
    """Do the pieces of a line stand below columns of the row (within a few characters)?"""
    return len(row.cells) == len(places) and all(
        min(abs(place - (c.start - line.start)) for place in places[1:]) <= 3 for c in cells
    )


def _lengthened(row: Row, cells: list[Cell], line: Line, places: list[int]) -> Row:
    """The row with the pieces of the next line joined to the cells they go on with; spans grow with them."""
    joined = list(row.cells)
    for column, piece in (_by_column(cells, line, places) or {}).items():
        above = joined[column]
        joined[column] = Cell(
            above.start if above.text else piece.start, piece.end, f"{above.text} {piece.text}".strip()
        )
    return Row(tuple(joined), row.start, max(row.end, line.end))
