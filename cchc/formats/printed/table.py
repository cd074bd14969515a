"""A table on printed pages: its rows, and how a fragment on the next page goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from cchc.formats.printed.lines import Piece, glue
from cchc.formats.source import LINE_IN_CELL
from cchc.text import folded

_SAME_PLACE = 8.0  # in hundredths of the table's width: columns that differ by less are the same
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh?|gi|kh|ph|th|tr|ch|qu|[bcdđhklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)  # without accents
_BULLET = re.compile(r"[-–+•*]\s")
_ENDS = (".", ";", ":", "!", "?")


@dataclass(slots=True)
class Cell:
    """`pieces` are the printed lines of the cell with the number of the page each stands on, `room` the width it has
    for them, 0 where that is not known."""

    pieces: list[tuple[int, Piece]] = field(default_factory=list)
    room: float = 0.0

    @property
    def text(self) -> str:
        return "".join(before + piece.text for before, _, piece in self.lines())

    def lines(self) -> Iterator[tuple[str, int, Piece]]:
        """(what stands before it, page, line): a blank inside a paragraph, `LINE_IN_CELL` between paragraphs."""
        last: Piece | None = None
        for page, piece in self.pieces:
            if last is None:
                yield "", page, piece
            elif _new_line(last, piece, self.room):
                yield LINE_IN_CELL, page, piece
            elif _cut(last, piece, self.room):
                yield "", page, piece
            else:
                yield glue(last.text, piece.text), page, piece
            last = piece


Row = list[Cell]


def _cut(last: Piece, piece: Piece, room: float) -> bool:
    """Is one word, wider than the cell, cut at the cell's edge («24/6/202» + «2»)? No syllable is as wide."""
    word, rest = last.words[-1], piece.words[0]
    if len(last.words) > 1 or not room or not (word.text[-1].isalnum() and rest.text[0].isalnum()):
        return False
    if _SYLLABLE.fullmatch(folded(word.text)) or _kind(word.text[-1]) != _kind(rest.text[0]):
        return False
    letter = (rest.right - rest.left) / len(rest.text)
    return word.right - word.left + letter > room


def _kind(char: str) -> tuple[bool, bool]:
    return char.isdigit(), char.isupper()


def _new_line(last: Piece, piece: Piece, room: float) -> bool:
    """Does a line of a cell begin a paragraph? It does where its first word would have had room above."""
    if piece.text[:1].islower() and not last.text.endswith(_ENDS):
        return False
    if _BULLET.match(piece.text):
        return True
    word = piece.words[0]
    return room > 0 and (last.right - last.left) + 0.3 * last.size + (word.right - word.left) < room


@dataclass(slots=True)
class Grid:
    """`edges` are the x of the columns' borders, one more than columns; `open` tells that the last row has no lower
    border, so that it may go on on the next page."""

    top: float
    bottom: float
    edges: list[float]
    rows: list[Row]
    open: bool = False

    def same_columns(self, other: Grid) -> bool:
        """Are the columns of another page's table those of this one, shifted perhaps?"""
        if len(self.edges) != len(other.edges):
            return False
        wide, other_wide = self.edges[-1] - self.edges[0], other.edges[-1] - other.edges[0]
        return all(
            abs((a - self.edges[0]) / wide - (b - other.edges[0]) / other_wide) * 100 < _SAME_PLACE
            for a, b in zip(self.edges, other.edges, strict=True)
        )

    def go_on(self, other: Grid) -> None:
        """Takes in the rows of the table's part on the next page: without its repeated headings, a row that the end
        of the page split put together again."""
        rows = other.rows[self._repeated(other) :]
        if rows and self.rows and (self.open or _split(self.rows, rows[0])):
            for above, below in zip(self.rows[-1], rows[0], strict=True):
                above.pieces += below.pieces
            rows = rows[1:]
        self.rows += rows
        self.open = other.open

    def _repeated(self, other: Grid) -> int:
        count = 0
        for mine, theirs in zip(self.rows[:4], other.rows[:4], strict=False):
            if [_key(c) for c in mine] != [_key(c) for c in theirs]:
                break
            count += 1
        return count


def _key(cell: Cell) -> str:
    return "".join(cell.text.split()).casefold()


def _split(rows: list[Row], below: Row) -> bool:
    """Is the first row of a page the rest of the last row of the page before?

    A row that begins in its first cell is a row of its own. Else the words tell: cells that go on in the middle of a
    sentence speak for it, cells that say something where the row above has nothing speak against it.
    """
    above = rows[-1]
    if below[0].text or (len(rows) > 1 and not above[0].text and not rows[-2][0].text):
        return False
    votes = 0
    for over, under in zip_longest(above, below):
        if not under.text:
            continue
        if not over.text:
            votes -= 3
        elif under.text[:1].islower() or not over.text.endswith(_ENDS):
            votes += 2 if under.text[:1].islower() else 1
        else:
            votes += 0 if under.text[:1] in "-+•" else -1
    return votes >= 0
