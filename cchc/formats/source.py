"""What every format gives: one text the reader reads, and where in the file it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Stands in the text where a line ends inside a cell: a blank to every rule, an end of line where names or products are
# told apart.
LINE_IN_CELL = "\u2028"

Format = Literal["txt", "html", "docx", "xlsx", "pdf", "scan", "doc", "odt", "rtf"]


class NotAPlan(ValueError):
    """The bytes hold no text that could be read. Its message, in Vietnamese, is fit to be shown: what happened, that
    nothing was changed, and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of the text stands on a page: `text[start:end]` fills the box on page `page` (from 1). The box is in
    fractions of the page's width and height, the origin at the upper left."""

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text.

    `text` is in stored form (`cchc.text.stored`). A paragraph is a line; a table is one line a row, cells between
    pipes («| 1 | Rà soát ... | Sở Tư pháp |»), line ends inside a cell as `LINE_IN_CELL`. A cell merged over rows is
    said in each of them, one merged over columns in the first; a heading across the table is a row of one cell.
    `pages` holds the offset where each page begins, empty where the format has no pages; `places` the lines of a page
    where the format tells them. `warnings` are in Vietnamese.
    """

    text: str
    format: Format
    warnings: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    scanned: tuple[int, ...] = ()  # pages whose text was recognised from a picture
