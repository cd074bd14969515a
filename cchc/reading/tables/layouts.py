"""Where are tables? Each layout has a module of its own: a row a line, a cell a line with or without marks, columns
kept apart by blanks.
"""

from __future__ import annotations

import re

from cchc.reading.blocks import Table
from cchc.reading.tables.by_cell import cell_table, headless_barred, headless_cells
from cchc.reading.tables.by_line import PLAIN_FIRST, headless_lines, line_table
from cchc.reading.tables.by_place import headless_spaced, spaced_table
from cchc.reading.tables.by_row import HEADLESS, headless, row_table
from cchc.reading.tables.columns import header_form, holder_at, role_of
from cchc.reading.tables.found import Found
from cchc.reading.tables.lines import Line, split_lines
from cchc.reading.tables.printed import printed_table
from cchc.reading.tables.shapes import ORDINAL, Missing
from cchc.reading.tables.told import tells_columns


def find_tables(text: str, match: str) -> list[Table]:
    """All tables of tasks and of targets, in order, not overlapping. `match` is `matching(text)`."""
    lines = split_lines(text)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = _table_at(text, match, lines, at)
        if found is None:
            at += 1
        else:
            table, at = found
            if table is not None:
                tables.append(table)
    return tables


_FIRST_HEADER = re.compile(r"nội dung|nhiệm vụ|công việc|chỉ tiêu|chủ trì|hoạt động")
_HEADER_BEGINS = re.compile(
    r"\W*(?:tên )?(?:các )?(?:chỉ số|tiêu chí|mục tiêu)"
    rf"|(?:{PLAIN_FIRST})$"
)
_ORDINALS = re.compile(r"(?:^|[|\t])[\s*_#]*(?:stt|tt|s\.?t\.?t|số tt|số thứ tự)[\s*_.]*(?:$|[|\t]|\s\s)")


def _begins_header(said: str) -> bool:
    """Could a line be the first of a table's header?"""
    if _FIRST_HEADER.search(said) or _HEADER_BEGINS.match(said):
        return True
    return ("tt" in said or "t.t" in said or "thứ tự" in said) and _ORDINALS.search(said) is not None


def _table_at(text: str, match: str, lines: list[Line], at: int) -> Found:
    line = lines[at]
    if not line.text or line.end - line.start > 1200:
        return None
    mark = "|" if line.pipes >= 2 else "\t" if line.tabs >= 2 else ""
    told = _begins_header(match[line.start : line.end].strip())
    forms = [header_form(c) for c in text[line.start : line.end].strip("|").split(mark)] if mark and not told else []
    if mark and (told or tells_columns(forms) or holder_at(forms) is not None):
        found = _marked_table(text, match, lines, at, mark)
        if found is not None:
            return found
    if (line.pipes or line.tabs) and HEADLESS.match(line.text):
        if line.pipes == 1 and not line.tabs:
            return headless_cells(text, lines, at)
        for mark in [m for m, count in (("|", line.pipes), ("\t", line.tabs)) if count >= 2]:
            headers = headless(text, lines, at, mark)
            if headers:
                return row_table(text, match, lines, at, mark, headers)
        return None
    if mark and (at == 0 or not (lines[at - 1].pipes or lines[at - 1].tabs)):  # rows begin here
        headers = headless(text, lines, at, mark, numbered=False)
        if len(headers) > 3:
            return row_table(text, match, lines, at, mark, headers)
    if len(line.text) < 8 and at + 1 < len(lines) and lines[at + 1].text == "|" and ORDINAL.match(line.text):
        barred = headless_barred(text, lines, at)
        if barred is not None:
            return barred
    if line.text[0] in "(01" and not (line.pipes or line.tabs):
        headless_table = headless_lines(text, match, lines, at) or headless_spaced(text, match, lines, at)
        if headless_table is not None:
            return headless_table
    if not told:
        return None
    if line.pipes == 1 and line.text.endswith("|"):
        return cell_table(text, match, lines, at)
    if line.pipes == 0 and line.tabs == 0:
        if _barred(lines, at):
            return cell_table(text, match, lines, at)
        by_place = printed_table(text, match, lines, at) or spaced_table(text, match, lines, at)
        if by_place is not None:
            return by_place
        return line_table(text, match, lines, at)
    return None


def _barred(lines: list[Line], at: int) -> bool:
    """Does a header begin here whose cells, and those of the rows below, each end with a bar on a line of its own?"""
    below = [line.text for line in lines[at + 1 : at + 16] if line.text]
    if below.count("|") < 4 or "|" not in below[:2] or lines[at].text.endswith(":"):
        return False
    return below[0] == "|" or role_of(header_form(below[0])) != "ordinal"


def _marked_table(text: str, match: str, lines: list[Line], at: int, mark: str) -> Found:
    """A table whose first row, with marks between its cells, is its header."""
    by_row = row_table(text, match, lines, at, mark)
    if mark == "\t" or (by_row is not None and _regular(by_row[0]) >= 0.75):
        return by_row
    by_cell = cell_table(text, match, lines, at, wrapped=True)  # rows wrapped over several lines
    if by_row is None or by_cell is None or by_cell[0] is None:
        return by_row or by_cell
    return by_row if _full(by_row[0]) >= _full(by_cell[0]) else by_cell


def _full(table: Table) -> int:
    """How many rows have a cell for each column."""
    return sum(
        len(r.cells) == len(table.columns)
        and not any(
            isinstance(c, Missing) and role not in ("note", "") for c, role in zip(r.cells, table.columns, strict=True)
        )
        for r in table.rows
    )


def _regular(table: Table) -> float:
    """The share of rows that are full or a heading."""
    headings = sum(len(r.cells) <= 2 for r in table.rows)
    return (_full(table) + headings) / max(1, len(table.rows))
