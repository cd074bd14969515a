"""All pages to one text: paragraphs and tables in reading order, across the ends of pages, each line with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from cchc.formats.contents import SAID, contents_lines
from cchc.formats.printed.columns import Side, parted
from cchc.formats.printed.lines import Line, Piece, glue, lines_of, without_raised
from cchc.formats.printed.paragraphs import Setting, goes_on, setting_of
from cchc.formats.printed.ruled import grids_of
from cchc.formats.printed.running import footnotes, running_lines
from cchc.formats.printed.sheet import Sheet
from cchc.formats.printed.signed import without_signatures
from cchc.formats.printed.table import Grid
from cchc.formats.source import Place

_NOTE_NUMBER = re.compile(r"\A(\d{1,3})(?=[^\W\d])")


@dataclass(slots=True)
class _Paragraph:
    page: int  # where it begins
    lines: list[tuple[int, Line]]
    setting: Setting


@dataclass(slots=True)
class _Table:
    page: int
    grid: Grid


@dataclass(slots=True)
class _Flow:
    items: list[_Paragraph | _Table] = field(default_factory=list)
    notes: list[_Paragraph] = field(default_factory=list)


def flow_text(sheets: Sequence[Sheet]) -> tuple[str, tuple[int, ...], tuple[Place, ...], tuple[str, ...]]:
    """(text in stored form, offset where each page begins, place of each printed line, warnings). Page numbers, running
    heads and tables of contents are left out, footnotes stand at the end."""
    pages = []
    for sheet in sheets:
        grids, words = grids_of(sheet)
        pages.append((sheet, without_signatures(lines_of(words)), grids))
    dropped = running_lines([(sheet, lines) for sheet, lines, _ in pages])
    left = [line for _, lines, _ in pages for line in lines if id(line) not in dropped]
    entries = contents_lines([line.text for line in left])
    dropped.update(id(left[at]) for at in entries)
    flow = _Flow()
    for sheet, lines, grids in pages:
        _read_page(flow, sheet, [line for line in lines if id(line) not in dropped], grids)
    return *_written(flow, sheets), (SAID.format(n=len(entries)),) * bool(entries)


def _read_page(flow: _Flow, sheet: Sheet, lines: list[Line], grids: Sequence[Grid]) -> None:
    usual = _usual_size(lines)
    reach = max([line.right for line in lines] + [grid.edges[-1] for grid in grids], default=0.0)
    count = footnotes(lines, sheet.across, usual, sheet.height) if lines else 0
    if count:
        notes = lines[-count:]
        for line in notes:
            first_word = line.pieces[0].words[0]
            first_word.text = _NOTE_NUMBER.sub(r"\1 ", first_word.text)
        lines = [without_raised(line) for line in lines[:-count]]
        _take_lines(flow.notes, notes, setting_of(notes), sheet.number)
    first = True
    at = 0
    for grid in [*grids, None]:
        stop = at
        while stop < len(lines) and (grid is None or lines[stop].base < (grid.top + grid.bottom) / 2):
            stop += 1
        band = parted(lines[at:stop], sheet.number)
        plain = [item for item in band if isinstance(item, Line)]
        setting: Setting | None = setting_of(plain, reach) if plain else None
        for item in band:
            if isinstance(item, Line) and setting is not None:
                _take_lines(flow.items, [item], setting, sheet.number, may_go_on=first)
            elif isinstance(item, Side):
                flow.items += _side(item, sheet.number)
            elif isinstance(item, Grid):
                _take_grid(flow.items, item, sheet.number, first)
            first = False
        if grid is not None:
            _take_grid(flow.items, grid, sheet.number, first)
            first = False
        at = stop


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = [w.size for line in lines for p in line.pieces for w in p.words]
    return median(sizes) if sizes else 0.0


def _take_lines(
    items: list[_Paragraph | _Table] | list[_Paragraph],
    lines: Sequence[Line],
    setting: Setting,
    page: int,
    may_go_on: bool = False,
) -> None:
    for line in lines:
        last = items[-1] if items else None
        if isinstance(last, _Paragraph):
            last_page = last.lines[-1][0]
            near = last_page == page or (may_go_on and last_page == page - 1)
            if near and goes_on([ln for _, ln in last.lines], line, last.setting, setting, last_page != page):
                last.lines.append((page, line))
                last.setting = setting
                continue
        items.append(_Paragraph(page, [(page, line)], setting))


def _side(side: Side, page: int) -> list[_Paragraph]:
    """The paragraphs of a column of a letterhead or signature: each line its own, unless its words plainly go on."""
    setting = setting_of(side.lines)
    out: list[_Paragraph] = []
    for line in side.lines:
        above = out[-1].lines[-1][1].text if out else "."
        if line.text[:1].islower() and not above.endswith((".", ";", ":")):
            out[-1].lines.append((page, line))
        else:
            out.append(_Paragraph(page, [(page, line)], setting))
    return out


def _take_grid(items: list[_Paragraph | _Table], grid: Grid, page: int, first: bool) -> None:
    last = items[-1] if items else None
    if first and isinstance(last, _Table) and last.grid.same_columns(grid):
        last.grid.go_on(grid)
    else:
        items.append(_Table(page, grid))


class _Writer:
    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []
        self.begins: dict[int, int] = {}

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def piece(self, page: int, piece: Piece, text: str) -> None:
        self.begins.setdefault(page, self.length)
        start = self.length
        self.put(text)
        self.places.append(Place(start, self.length, page, *self.sheets[page].shown(piece.box)))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _written(flow: _Flow, sheets: Sequence[Sheet]) -> tuple[str, tuple[int, ...], tuple[Place, ...]]:
    out = _Writer(sheets)
    for item in [*flow.items, *flow.notes]:
        if isinstance(item, _Table):
            _put_table(out, item.grid)
            continue
        before = ""
        for page, line in item.lines:
            text = _clean(line.text)
            if before:
                out.put(glue(before, text))
            out.piece(page, line.joined(), text)
            before = text
        out.put("\n")
    # a page without words of its own begins where the next one does
    out.begins[sheets[0].number] = 0
    begins: list[int] = []
    following = out.length
    for sheet in sorted(sheets, key=lambda s: -s.number):
        following = min(following, out.begins.get(sheet.number, following))
        begins.append(following)
    return "".join(out.parts), tuple(reversed(begins)), tuple(out.places)


def _put_table(out: _Writer, grid: Grid) -> None:
    """A row a line, blank lines around; a heading across the table is one cell, or two with its number."""
    out.put("\n")
    for row in grid.rows:
        out.put("|")
        for cell in row:
            out.put(" " if cell.pieces else "")
            for before, page, piece in cell.lines():
                out.put(before)
                out.piece(page, piece, _clean(piece.text).replace("|", "¦"))
            out.put(" |" if cell.pieces else "  |")
        out.put("\n")
    out.put("\n")
