"""Tables of every format become lines of text here: a row a line, cells between pipes; merged cells; tables that only
lay out a letterhead, a signature or a page become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cchc.formats.contents import PAGE
from cchc.formats.source import LINE_IN_CELL
from cchc.text import matching

MAX_COLUMNS = 200  # of a table; wider ones come only from broken or hostile files
_LAYOUT_COLUMNS, _LAYOUT_ROWS = 4, 8
_COLUMNS = 3  # filled cells that make a row one of columns, not a title or a signature
_LONG_CELL = 12  # paragraphs; a cell of a page's layout holds more, a cell of a table of tasks less
# The state's name or the party's as a line of its own, not within a sentence.
_NAMED = (
    r"(?:\A|\n)\W{0,3}(?:cộng h\w{2,3} xã hội(?:\s{1,3}chủ nghĩa việt nam)?|(?:chủ nghĩa việt nam\s{1,3})?độc lập"
    r"\s{0,3}-\s{0,3}tự do(?:\s{0,3}-\s{0,3}hạnh phúc)?|đảng cộng sản việt nam)\W{0,60}(?:\n|\Z)"
)
_LETTERHEAD = re.compile(
    _NAMED + r"|(?:\A|\n)\W{0,3}(?:nơi nhận\s{0,3}:|(?:tm|kt|tl|tuq|q)\.\s{0,2}[^\W\d]|số\s{0,2}:[^\n]{0,40}/)"
)
_STATE = re.compile(_NAMED)
_UNDER_STATE = re.compile(_NAMED + r"|(?:\A|\n)\W{0,3}(?:số\s{0,2}:|v/v)|ngày[^\n]{0,12}tháng")
_OPENS = re.compile(_NAMED + r"|\A\W{0,3}nơi nhận\s{0,3}:")
_MOST_SIDE_BY_SIDE = 4  # filled cells of a row of a letterhead or a signature
_BLANKS = re.compile(r"[^\S\n\f\u2028]+")


@dataclass(slots=True)
class Cell:
    """What stands in a cell, in order: lines of text and tables within. `rows` and `columns` say how far it reaches."""

    blocks: list[str | Grid] = field(default_factory=list)
    rows: int = 1
    columns: int = 1

    def lines(self) -> list[str]:
        """Its lines of text; those of a table within are its rows."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, str):
                found.append(block)
            else:
                found += [" ".join(filter(None, (" ".join(c.lines()) for c in row))) for row in block.rows]
        return found

    def text(self) -> str:
        """All of it on one line, line ends as `LINE_IN_CELL`, no pipes."""
        lines = (_BLANKS.sub(" ", piece).strip() for line in self.lines() for piece in line.split("\n"))
        return LINE_IN_CELL.join(filter(None, lines)).replace("|", "¦")


@dataclass(slots=True)
class Grid:
    """A table as its format tells it: rows of cells, merged ones once, where they begin."""

    rows: list[list[Cell]] = field(default_factory=list)

    def text_lines(self) -> Iterator[str]:
        """The table as lines of the text: rows between pipes, or paragraphs where it is only laid out as a table."""
        parts = self._parts()
        for at, part in enumerate(parts):
            if at:
                yield ""
            if part._is_layout():
                for row in part.rows:
                    for cell in row:
                        yield from lines_of(cell.blocks)
                        yield ""
            else:
                yield from part._row_lines()

    def _parts(self) -> list[Grid]:
        """The tables this one is made of: office programs join tables that no paragraph parts, a letterhead to the
        table below it, a table of tasks to the signature."""
        if len(self.rows) < 2:
            return [self]
        said = [_said_in(row) for row in self.rows]
        cuts = {k for k in range(1, len(said)) if _OPENS.search(said[k]) and not _OPENS.search(said[k - 1])}
        for at in (k for k in range(len(said)) if _STATE.search(said[k])):
            end = at + 1  # below the state's name: number, date, what it is about
            while end < len(said) and end <= at + 2 and _UNDER_STATE.search(said[end]):
                end += 1
            if sum(sum(bool(c.lines()) for c in row) >= 2 for row in self.rows[end : end + 3]) >= 2:
                cuts.add(end)
        edges = [0, *sorted(cuts | self._around()), len(self.rows)]
        return [Grid(self.rows[a:b]) for a, b in pairwise(edges)]

    def _around(self) -> set[int]:
        """Where the rows of columns begin and end in a table that also lays out what stands above and below them, as
        sheets of a workbook saved as pages do: titles, paragraphs, a signature, each in cells over half of the width or
        in the first alone."""
        width = max((sum(c.columns for c in row) for row in self.rows), default=0)
        body = [k for k, row in enumerate(self.rows) if not _is_beside(row, width)]
        if sum(_filled(self.rows[k]) >= _COLUMNS for k in body) < 2:
            return set()
        return {cut for cut in (body[0], body[-1] + 1) if 0 < cut < len(self.rows)}

    def _is_layout(self) -> bool:
        width = max((sum(c.columns for c in row if c.lines()) for row in self.rows), default=0)
        filled = max(map(_filled, self.rows), default=0)
        if filled <= 1 or width <= 1:
            return True
        cells = [cell for row in self.rows for cell in row]
        few = filled <= 3 or len(self.rows) <= 2  # a small table in one of many cells leaves the outer one a table
        if few and any(isinstance(b, Grid) and b.is_table() for c in cells for b in c.blocks):
            return True
        if len(self.rows) == 1 and filled <= 2:
            return True
        if len(self.rows) <= _LAYOUT_ROWS and any(len(c.blocks) > _LONG_CELL for c in cells) and filled <= 3:
            return True
        if filled > _LAYOUT_COLUMNS or len(self.rows) > _LAYOUT_ROWS:
            return False
        return any(_LETTERHEAD.search(matching("\n".join(c.lines()))) for c in cells)

    def is_table(self) -> bool:
        """Whether it has columns and rows, so that what stands around it is no table of its own."""
        return sum(sum(bool(c.lines()) for c in row) >= 2 for row in self.rows) >= 2

    def _row_lines(self) -> Iterator[str]:
        rows = expanded(self.rows)
        width = max(map(len, rows))
        used = [k for k in range(width) if any(k < len(row) and row[k].strip() for row in rows)]
        for row, cells in zip(self.rows, rows, strict=True):
            own = [c.text() for c in row]
            filled = [text for text in own if text.strip("\f")]
            if not filled:
                continue
            # A heading across the table is one cell, or two with its number.
            across = len(filled) <= 2 and any(
                c.columns > 1 and c.columns * 2 >= width and t for c, t in zip(row, own, strict=True)
            )
            yield pipe_row(filled if across else [cells[k] if k < len(cells) else "" for k in used])


def _filled(row: Sequence[Cell]) -> int:
    return sum(any(map(str.strip, cell.lines())) for cell in row)


def _is_beside(row: Sequence[Cell], width: int) -> bool:
    """Whether a row may be a paragraph, or two side by side, rather than one of a table's rows."""
    filled = [k for k, cell in enumerate(row) if any(map(str.strip, cell.lines()))]
    if len(filled) >= _COLUMNS or any(cell.rows > 1 for cell in row):
        return False
    return filled in ([], [0]) or any(row[k].columns * 2 >= width for k in filled)


def _said_in(row: Sequence[Cell]) -> str:
    """What a row of a few cells says, in matching form; "" for longer rows, which are those of tables."""
    filled = [lines for cell in row if any(map(str.strip, lines := cell.lines()))]
    return matching("\n".join(line for lines in filled for line in lines)) if len(filled) <= _MOST_SIDE_BY_SIDE else ""


def expanded(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The text of each field. A cell merged over rows is said in each of them, but for headers, where it is said once;
    a cell merged over columns is said in the first and leaves the others empty."""
    head = max((cell.rows for cell in rows[0]), default=1) if rows else 1
    held: dict[int, tuple[int, str]] = {}  # column: rows still to come, what is said there
    out: list[list[str]] = []
    for number, row in enumerate(rows):
        fields: list[str] = []

        def carry(fields: list[str] = fields) -> None:
            while len(fields) in held and len(fields) < MAX_COLUMNS:
                left, said = held.pop(len(fields))
                if left > 1:
                    held[len(fields)] = (left - 1, said)
                fields.append(said)

        for cell in row:
            carry()
            if len(fields) >= MAX_COLUMNS:
                break
            said = cell.text()
            for step in range(min(cell.columns, MAX_COLUMNS - len(fields))):
                if cell.rows > 1:
                    again = "" if step or number < head else said.replace(PAGE, "")
                    held[len(fields)] = (cell.rows - 1, again)
                fields.append("" if step else said)
        carry()
        out.append(fields)
    return out


def pipe_row(cells: Sequence[str]) -> str:
    """«| a | b |»; a page that begins in one of the cells begins before the row, or after it when it is broken."""
    begins = any(c.startswith(PAGE) for c in cells)
    breaks = not begins and any(PAGE in c for c in cells)
    row = "".join(f"| {c.replace(PAGE, '').strip()} " for c in cells) + "|"
    return (PAGE if begins else "") + row + (PAGE if breaks else "")


def lines_of(blocks: Sequence[str | Grid]) -> Iterator[str]:
    """The lines of the text: paragraphs as they are, tables row by row between blank lines."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield ""
            yield from block.text_lines()
            yield ""


def joined(lines: Iterator[str]) -> str:
    """The text: blanks at the ends of lines and further blank lines dropped, one blank line kept."""
    out: list[str] = []
    for line in lines:
        for piece in line.split("\n"):
            words = piece.strip(" \u00a0\t\r")
            if words or (out and out[-1]):
                out.append(words)
    return "\n".join(out).strip("\n") + "\n"


def pages_of(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the marks of pages, and the offset where each page begins; () for a text without marks."""
    if PAGE not in text:
        return text, ()
    pieces = text.split(PAGE)
    starts, at = [0], 0
    for piece in pieces[:-1]:
        at += len(piece)
        starts.append(at)
    return "".join(pieces), tuple(starts)
