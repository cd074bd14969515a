"""Tables with a row on a line, cells parted by "|" (markdown, grids) or by tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cchc.reading.blocks import Cell, Row, Table
from cchc.reading.tables.columns import header_form, is_header, numbering_row, resolve, role_of, same_header
from cchc.reading.tables.cutting import align, fill, unfinished
from cchc.reading.tables.fits import DEADLINE_LIKE, agency_like, misfit
from cchc.reading.tables.found import made_table
from cchc.reading.tables.headers import joined_header
from cchc.reading.tables.lines import PAGE, SEPARATOR_LINE, Line, ends_table, opens_section
from cchc.reading.tables.shapes import ORDINAL, is_mark, make_cell, starts_lower
from cchc.reading.tables.titles import NUMBERED, heading_cells, looks_like_title, parts_rows
from cchc.reading.tables.told import lost_header, retold
from cchc.text import matching


def _row_cells(text: str, line: Line, mark: str, head: Line | None = None) -> list[Cell]:
    """The cells of a line. A row with as many marks as the first line of the header, `head`, has its outer ones where
    that has them: beside a header without, a mark at a row's end stands before an empty cell."""
    raw = text[line.start : line.end]
    edges = [i for i, c in enumerate(raw) if c == mark]
    outer = head.text if head is not None and head.pipes == len(edges) else raw.strip()
    opens, closes = outer.startswith("|"), outer.endswith("|")
    if mark == "\t":
        opens = closes = False  # outer tabs are empty cells
    bounds = ([] if opens else [-1]) + edges + ([] if closes else [len(raw)])
    return [make_cell(text, line.start + a + 1, line.start + b) for a, b in pairwise(bounds)]


_NO_ROWS = 40  # lines below a header without a row: no table any more
HEADLESS = re.compile(r"^\|?[ *]*(?:1|I|A|01)[.)]?[ *]*[|\t]")


def headless(text: str, lines: list[Line], at: int, mark: str, numbered: bool = True) -> list[str]:
    """Header words for rows without a header, told by what stands in the columns; [] where that does not tell."""
    rows = []
    for line in lines[at : at + 40]:
        if not (line.pipes if mark == "|" else line.tabs):
            if line.text:
                break
            continue
        cells = _row_cells(text, line, mark)
        if len(cells) >= 3 and (not numbered or ORDINAL.match(cells[0].text)):
            rows.append([c.text for c in cells])
    told = lost_header(rows)
    return told if numbered or (told and _is_row(rows[0], told)) else []


_NUMBER_OF_DOCUMENT = re.compile(r"\d{1,5}/(?:\d{4}/)?[A-ZĐ]{1,6}-?[A-ZĐ]")


def _is_row(cells: Sequence[str], told: Sequence[str]) -> bool:
    """Is the first of these lines a row like those below, no header in words nobody knows, and no list of documents?"""
    roles = resolve(told)
    fitting = all(
        misfit(role, cell) < 0.5
        for role, cell in zip(roles, cells, strict=False)
        if role in ("lead", "deadline", "unit", "value") and cell
    )
    return len(cells) == len(roles) and fitting and not any(_NUMBER_OF_DOCUMENT.search(c) for c in cells)


def row_table(
    text: str, match: str, lines: list[Line], at: int, mark: str, told: list[str] | None = None
) -> tuple[Table, int] | None:
    def count(line: Line) -> int:
        return line.pipes if mark == "|" else line.tabs

    if told:
        names, body = told, at
    else:
        names, body = _header(text, lines, at, mark)
        if len(names) >= 3 and len({n for n in names if n}) == 1:
            return None  # a title over all columns
        if not names[0] and _numbered(text, lines, body, mark):
            names[0] = "STT"  # the header's first cell is empty
    headers = [header_form(n) for n in names]
    if not told:
        below = [ln for ln in lines[body : body + _HEADER_LOOK] if count(ln) and not SEPARATOR_LINE.match(ln.text)]
        headers = retold(headers, [[c.text for c in _row_cells(text, ln, mark)] for ln in below])
    roles = resolve(headers)
    if not is_header(roles):
        return None
    width = len(roles)
    rows: list[Row] = []
    end = lines[max(at, body - 1)].end
    printed = {tuple(header_form(c.text) for c in _row_cells(text, ln, mark)) for ln in lines[at:body]}
    pending: list[Cell] = []
    first = None if told else lines[at]
    index = body
    blank = 0
    grid = any(line.text.startswith("+-") for line in lines[max(0, at - 1) : body + 1])
    group: list[list[Cell]] = []
    while index < len(lines) and (rows or group or index - body < _NO_ROWS):
        line = lines[index]
        if not line.text or line.text == "|" * len(line.text):
            blank += 1
            if blank > 3 and not any(count(ln) >= 2 for ln in lines[index : index + 4]):
                break
            index += 1
            continue
        if SEPARATOR_LINE.match(line.text):
            if grid and group:
                rows.append(_grid_row(group))
                end = rows[-1].end
                group = []
            index += 1
            continue
        if count(line) == 0:
            nearby = any(count(ln) >= 2 for ln in lines[index + 1 : index + 7])
            if PAGE.match(line.text) and nearby:
                index += 1
                continue
            low = match[line.start : line.end].strip()
            after = next((ln for ln in lines[index + 1 : index + 4] if ln.text), None)
            if ends_table(line.text, low) or (after and not count(after) and opens_section(low)):
                break
            if nearby and (looks_like_title(line.text) or parts_rows(line.text)):
                rows.append(Row((make_cell(text, line.start, line.end),), line.start, line.end))
                end = line.end
                index += 1
                blank = 0
                continue
            if rows and not blank and (starts_lower(line.text) or nearby) and not lines[index - 1].text.endswith("|"):
                last = rows[-1]  # a hard-wrapped last cell
                extra = make_cell(text, line.start, line.end)
                tail = last.cells[-1]
                joined = Cell(tail.start if tail.text else extra.start, extra.end, f"{tail.text} {extra.text}".strip())
                rows[-1] = Row((*last.cells[:-1], joined), last.start, extra.end)
                end = line.end
                index += 1
                continue
            break
        blank = 0
        cells = _row_cells(text, line, mark, first)
        index += 1
        if grid:
            if ORDINAL.match(cells[0].text) and any(ORDINAL.match(g[0].text) for g in group):
                rows.append(_grid_row(group))  # no rule between the rows
                group = []
            group.append(cells)
            end = line.end
            continue
        forms = [header_form(c.text) for c in cells]
        if same_header(forms, headers) or tuple(forms) in printed or numbering_row(forms, width):
            end = line.end
            continue
        if _other_header(forms):
            index -= 1  # another table begins
            while rows and len(rows[-1].cells) == 1:
                rows.pop()
            break
        if pending:
            cells = [
                *pending[:-1],
                Cell(pending[-1].start, cells[0].end, f"{pending[-1].text} {cells[0].text}".strip()),
                *cells[1:],
            ]
            pending = []
        if len(cells) < width and not text[line.start : line.end].rstrip().endswith("|") and index < len(lines):
            following = lines[index]
            follows = _row_cells(text, following, mark) if count(following) else []
            goes_on = bool(follows) and not ORDINAL.match(follows[0].text)
            if mark == "\t" and goes_on:  # what stands before a tab may be a short row of its own
                goes_on = starts_lower(follows[0].text) or unfinished(cells[-1].text, follows[0].text)
            if goes_on and len(cells) + len(follows) - 1 == width:
                pending = cells
                continue
        row = Row(tuple(cells), cells[0].start, max(c.end for c in cells))
        end = line.end
        filled = [c for c in cells if c.text]
        if not filled:
            continue
        if rows and _carries_on(row, rows[-1], roles):
            rows[-1] = _merged(rows[-1], row)
            continue
        rows.append(row)
    if group:
        rows.append(_grid_row(group))
    if not rows:
        return None
    shaped = tuple(shape_row(row, roles, text) for row in rows)
    table = made_table(text, lines, at, end, roles, names, shaped)
    return (replace(table, lost_header=True) if told else table), index


def _numbered(text: str, lines: list[Line], body: int, mark: str) -> bool:
    """Do most rows below begin with a number?"""
    below = [ln for ln in lines[body : body + _HEADER_LOOK] if (ln.pipes if mark == "|" else ln.tabs) >= 2]
    first = [_row_cells(text, ln, mark)[0].text for ln in below]
    return sum(bool(ORDINAL.match(f)) for f in first) * 2 > len(first)


def _header(text: str, lines: list[Line], at: int, mark: str) -> tuple[list[str], int]:
    """Names of the columns as written, and the line after the header."""
    rows: list[list[str]] = []
    places: list[int] = []
    widths: list[int] = []
    for index in range(at, min(len(lines), at + _HEADER_LOOK)):
        line = lines[index]
        if not line.text or SEPARATOR_LINE.match(line.text):
            continue
        if not (line.pipes if mark == "|" else line.tabs):
            break
        cells = _row_cells(text, line, mark, lines[at])
        widths.append(len(cells))
        if len(rows) < 4:
            rows.append([c.text for c in cells])
            places.append(index)
    below = widths[2:] or widths
    names, used = joined_header(rows, max(set(below), key=below.count))
    return names, places[used - 1] + 1


_HEADER_LOOK = 12  # lines from the first one of a header that tell how wide the table is


def _grid_row(group: list[list[Cell]]) -> Row:
    width = max(len(g) for g in group)
    cells = []
    for column in range(width):
        parts = [g[column] for g in group if column < len(g) and g[column].text]
        if parts:
            cells.append(Cell(parts[0].start, parts[-1].end, " ".join(p.text for p in parts)))
        else:
            first = group[0][min(column, len(group[0]) - 1)]
            cells.append(Cell(first.start, first.start, ""))
    return Row(tuple(cells), min(g[0].start for g in group), max(c.end for g in group for c in g))


def _other_header(forms: Sequence[str]) -> bool:
    """The header of another table: it begins like one, and most of its cells name columns."""
    told = [role_of(f) for f in forms if f]
    named = sum(r is not None for r in told)
    opens = bool(forms) and role_of(forms[0]) == "ordinal"
    return named >= 3 and named >= (0.6 if opens else 0.9) * len(told) and is_header(resolve(forms))


def _carries_on(row: Row, above: Row, roles: Sequence[str]) -> bool:
    """A row that only continues the one above (a cell broken by the end of a page or by a hard wrap)."""
    if len(row.cells) != len(roles) or len(above.cells) != len(roles):
        return False
    by_role = dict(zip(roles, row.cells, strict=True))
    if "ordinal" in by_role and by_role["ordinal"].text:
        return False
    pairs = [(a, c) for a, c in zip(above.cells, row.cells, strict=True) if c.text]
    if not pairs or all(c.text for c in row.cells[1:]):
        return False
    if len(pairs) == 1 and NUMBERED.match(pairs[0][1].text) and looks_like_title(pairs[0][1].text):
        return False  # «2. Cải cách thủ tục hành chính»: a heading
    return all(
        starts_lower(c.text)
        or not c.text[:1].isalpha()
        or a.text[-1:] == ";"
        or (a.text and unfinished(a.text, c.text))
        for a, c in pairs
    ) and not any(is_mark(c.text) for _, c in pairs)


def _merged(above: Row, row: Row) -> Row:
    cells = tuple(
        a if not b.text else Cell(a.start if a.text else b.start, b.end, f"{a.text} {b.text}".strip())
        for a, b in zip(above.cells, row.cells, strict=True)
    )
    return Row(cells, above.start, row.end)


def _across(filled: Sequence[Cell], roles: Sequence[str]) -> tuple[Cell, ...] | None:
    """The cells of a heading merged over the columns and printed in each of them; None for any other row."""
    marked = bool(filled) and bool(ORDINAL.match(filled[0].text))
    body = filled[1:] if marked else filled
    if len(body) < 2 or len({c.text for c in body}) > 1 or len(body) * 2 < len(roles) - 1:
        return None
    title = body[0].text
    if len(re.findall(r"[^\W\d_]", title)) < 4 or agency_like(title) or DEADLINE_LIKE.match(matching(title)):
        return None
    return (filled[0], body[0]) if marked else (body[0],)


def shape_row(row: Row, roles: Sequence[str], text: str) -> Row:
    """A row whose cells are those of the columns; a heading row keeps its one or two cells."""
    width = len(roles)
    cells = list(row.cells)
    filled = [c for c in cells if c.text]
    if len(cells) > width and all(not c.text for c in cells[width:]):
        cells = cells[:width]
    across = _across(filled, roles) if len(cells) >= min(width, 3) else None
    if across is not None:
        return Row(across, row.start, row.end)
    if len(cells) == width:
        return Row(tuple(cells), row.start, row.end)
    if len(filled) <= 2 and heading_cells(filled) is not None:
        return Row(tuple(filled), row.start, row.end)
    _, spans = align(cells, roles, text, join=len(cells) > width)
    if not spans:
        return Row(tuple(filled), row.start, row.end)
    return Row(fill(cells, spans, text, row.end), row.start, row.end)
