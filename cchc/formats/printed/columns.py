"""Lines with pieces apart: a letterhead or a signature in two columns, or a table without ruled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from cchc.formats.printed.lines import Line, Piece
from cchc.formats.printed.table import Cell, Grid
from cchc.text import BULLETS

_RIVER = 0.6  # of the type's height: a blank strip as wide as that parts columns
_BLANK = 0.38  # of the type's height: a wider gap is no blank between words
_NEAR = 2.6  # lines further apart than so many times the type's height belong to different things
_MARKER = re.compile(rf"(?:[-–+*{BULLETS}]|" r"\(?[\dA-Za-zđĐ]{1,4}(?:\.\d{1,2}){0,3}[.)/:]?|[IVX]{1,5}[.)]?)\Z")
_ROW_MARK = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-Ea-eđ])[.)]?\Z")


@dataclass(slots=True)
class Side:
    """The lines of one column, to be read before those of the next."""

    lines: list[Line]


def parted(lines: Sequence[Line], page: int) -> list[Line | Side | Grid]:
    """The lines of a page with its columns and tables without ruled lines put together; what is plain stays."""
    out: list[Line | Side | Grid] = []
    at = 0
    while at < len(lines):
        if len(lines[at].pieces) > 1:
            found = _table(lines, at, page) or _sides(lines, at)
            if found:
                start, end, made = found
                del out[len(out) - (at - start) :]
                out += made
                at = end
                continue
        out.append(Line([lines[at].joined()]))
        at += 1
    return out


def _reach(lines: Sequence[Line], at: int, least: int) -> int:
    """Where the run of near lines ends after its last line of `least` pieces or more."""
    end = at + 1
    k = at + 1
    while k < len(lines) and lines[k].base - lines[k - 1].base < _NEAR * max(lines[k].size, lines[k - 1].size):
        if len(lines[k].pieces) >= least:
            end = k + 1
        k += 1
    return end


def rivers(pieces: Sequence[Piece], size: float, least: float = _RIVER) -> list[tuple[float, float]]:
    """The blank strips between pieces, from left to right."""
    spans = sorted((p.left, p.right) for p in pieces)
    out = []
    right = spans[0][1]
    for left, end in spans[1:]:
        if left - right > least * size:
            out.append((right, left))
        right = max(right, end)
    return out


def _sides(lines: Sequence[Line], at: int) -> tuple[int, int, list[Line | Side | Grid]] | None:
    """Two columns: they hold as long as no line crosses the strip between them."""
    size = lines[at].size
    start = at
    while start and lines[start].base - lines[start - 1].base < 1.7 * size and len(lines[start - 1].pieces) == 1:
        start -= 1  # the left column may begin above the right one
    best: tuple[int, int, float] | None = None
    for begin in range(start, at + 1):
        pieces: list[Piece] = []
        split = 0
        for k in range(begin, len(lines)):
            if k > begin and lines[k].base - lines[k - 1].base > _NEAR * 1.6 * size:
                break
            pieces += lines[k].pieces
            strips = rivers(pieces, size)
            if not strips:
                break
            if len(lines[k].pieces) > 1:
                split += 1
                strip = max(strips, key=lambda s: s[1] - s[0])
                best_here = (begin, k + 1, (strip[0] + strip[1]) / 2)
        if split and (best is None or best_here[1] - best_here[0] > best[1] - best[0]):
            best = best_here
    if best is None:
        return None
    begin, end, middle = best
    left: list[Line] = []
    right: list[Line] = []
    for line in lines[begin:end]:
        for pieces_of, side in (
            ([p for p in line.pieces if p.left < middle], left),
            ([p for p in line.pieces if p.left >= middle], right),
        ):
            if pieces_of:
                side.append(Line([Line(pieces_of).joined()]))
    if all(_MARKER.match(line.text) for line in left) or not right:
        return None
    if len(left) == 1 and len(right) == 1 and begin > 2:
        return None  # a wide gap inside one line
    return begin, end, [Side(left), Side(right)]


def _table(lines: Sequence[Line], at: int, page: int) -> tuple[int, int, list[Line | Side | Grid]] | None:
    """A table told by its columns alone: several lines of three pieces or more, the strips between them kept free."""
    if len(lines[at].pieces) < 3:
        ahead = next((k for k in range(at, min(at + 3, len(lines))) if len(lines[k].pieces) >= 3), None)
        if ahead is None:
            return None
    end = _reach(lines, at, 2)
    run = lines[at:end]
    if sum(len(line.pieces) >= 3 for line in run) < 3:
        return None
    size = median(line.size for line in run)
    strips = _strips(run, size)
    if len(strips) < 2:
        return None
    cut = [_cut(line, strips) for line in lines]
    start = at
    pitch = 1.12 * min(b.base - a.base for a, b in pairwise(run))
    while start and lines[start].base - lines[start - 1].base < pitch and not _crosses(cut[start - 1], strips):
        start -= 1
    while end < len(lines) and lines[end].base - lines[end - 1].base < pitch and not _crosses(cut[end], strips):
        end += 1
    run = cut[start:end]
    left, right = min(line.left for line in run), max(line.right for line in run)
    edges = [left, *((a + b) / 2 for a, b in strips), right]
    rows: list[list[Cell]] = []
    for group in _groups(run, edges, size):
        row = [Cell() for _ in edges[1:]]
        for line in group:
            if _crosses(line, strips):
                pieces = line.pieces
                numbered = len(pieces) > 1 and pieces[0].right <= edges[1]
                if numbered:
                    row[0].pieces.append((page, pieces[0]))
                row[1].pieces.append((page, Piece([w for p in pieces[numbered:] for w in p.words])))
                continue
            for piece in line.pieces:
                for word in piece.words:
                    column = sum(word.left >= edge for edge in edges[1:-1])
                    cell = row[column].pieces
                    if cell and cell[-1][1].base == line.pieces[0].base:
                        cell[-1][1].words.append(word)
                    else:
                        cell.append((page, Piece([word])))
        rows.append(row)
    return start, end, [Grid(run[0].top, run[-1].bottom, edges, rows)]


def _strips(run: Sequence[Line], size: float) -> list[tuple[float, float]]:
    """The strips that lines of many pieces keep free; lines of fewer pieces may be headings across the table."""
    fine = [piece for line in run if len(line.pieces) >= 3 for piece in _fine(line)]
    return rivers(fine, size, _BLANK)


def _fine(line: Line) -> list[Piece]:
    """The pieces of a line parted by every gap that is wider than a blank."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        words = [piece.words[0]]
        for word in piece.words[1:]:
            if word.left - words[-1].right > _BLANK * word.size:
                pieces.append(Piece(words))
                words = []
            words.append(word)
        pieces.append(Piece(words))
    return pieces


def _cut(line: Line, strips: Sequence[tuple[float, float]]) -> Line:
    """The line with its pieces parted at the strips where a gap there is wider than a blank: headings of narrow columns
    stand close together."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        words = [piece.words[0]]
        for word in piece.words[1:]:
            gap = words[-1].right, word.left
            if gap[1] - gap[0] > _BLANK * word.size and any(gap[0] < b and a < gap[1] for a, b in strips):
                pieces.append(Piece(words))
                words = []
            words.append(word)
        pieces.append(Piece(words))
    return Line(pieces)


def _crosses(line: Line, strips: Sequence[tuple[float, float]]) -> bool:
    return any(p.left < a and p.right > b for p in line.pieces for a, b in strips)


def _groups(run: Sequence[Line], edges: Sequence[float], size: float) -> list[list[Line]]:
    """The lines of each row: parted by wider gaps where rows are set apart, else by what stands in the first column."""
    gaps = [b.base - a.base for a, b in pairwise(run)]
    usual = min(gaps, default=size)
    wide = [gap > 1.3 * usual for gap in gaps]
    marked = [line.left < edges[1] and bool(_ROW_MARK.match(line.pieces[0].words[0].text)) for line in run]
    by_gap = sum(wide) >= sum(marked) > 0 and any(not w for w in wide)
    groups = [[run[0]]]
    body = marked[0]
    for k, line in enumerate(run[1:], 1):
        begins = wide[k - 1] if by_gap else marked[k]
        if begins or (marked[k] and not body):
            groups.append([line])
        else:
            groups[-1].append(line)
        body = body or marked[k]
    return groups
