"""Tables printed in columns, cells over several lines: `pdftotext -layout`.

Columns are told by where the header's words stand and by the blanks that run down between them; each word of a line
then belongs to the column it begins in. Rows begin at their ordinal, or, where blank lines part the rows, are what
stands between two of them (an ordinal may then stand in the middle of its row).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc.reading.blocks import Cell, Row
from cchc.reading.tables.columns import header_form, is_header, numbering_row, resolve, role_of
from cchc.reading.tables.found import Found, made_table
from cchc.reading.tables.lines import PAGE, SEPARATOR_LINE, Line, ends_table
from cchc.reading.tables.shapes import ORDINAL, Missing
from cchc.reading.tables.titles import NUMBERED, area_of

_PIECE = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_PAGE_HEAD = re.compile(r"(?:^|\s)(?:Trang|trang|TRANG) \d{1,3}(?:\s?/\s?\d{1,3})?$")
_HEADER_LINES = 6
_ONE_CELL = 100  # characters in a row without a gap: a paragraph, no first line of a header
_LOOK = 300  # lines that tell where the columns are: a header without a table costs no more
_WIDEST = 400  # characters of a line that are looked at for the gaps between columns


@dataclass(slots=True)
class _Piece:
    """Words that no two blanks part; `left:right` count from the beginning of the line."""

    left: int
    right: int
    text: str


def _in_one(words: str) -> bool:
    """Is there no gap in a line? Told far quicker than by the pattern; other blanks than plain ones are left to it."""
    return "  " not in words and words.isprintable()


def _pieces(text: str, line: Line) -> list[_Piece]:
    raw = text[line.start : line.end]
    words = raw.strip()
    if words and _in_one(raw):
        left = raw.index(words)
        return [_Piece(left, left + len(words), words)]
    return [_Piece(m.start(), m.end(), m.group()) for m in _PIECE.finditer(raw)]


def printed_table(text: str, match: str, lines: list[Line], at: int) -> Found:
    """The table whose header begins at this line; None where columns do not stand under their headers."""
    if len(lines[at].text) > _ONE_CELL and _in_one(lines[at].text):
        return None
    header, first = _header(text, lines, at)
    if len(header) < 3:
        return None
    headers = [header_form(h.text) for h in header]
    roles = resolve(headers)
    if not is_header(roles):
        return None
    known = {_shape(text, lines[k]) for k in range(at, first) if lines[k].text}  # printed again on other pages

    def body(stop: int) -> list[int]:
        return [k for k in _body(text, match, lines, first, stop) if _shape(text, lines[k]) not in known]

    edges = _edges(text, lines, body(first + _LOOK), header)
    if edges is None or not _rows(text, lines, body(first + _LOOK), edges, roles):
        return None
    rows = _rows(text, lines, body(len(lines)), edges, roles)
    while rows and len(rows[-1].cells) < len(roles):  # a heading below the table
        rows.pop()
    if not rows:
        return None
    end = rows[-1].end
    after = next(k for k in range(first, len(lines)) if lines[k].end >= end) + 1
    return made_table(text, lines, at, end, roles, headers, tuple(rows)), after


def _shape(text: str, line: Line) -> str:
    return " ".join(text[line.start : line.end].split())


def _header(text: str, lines: list[Line], at: int) -> tuple[list[_Piece], int]:
    """The header's cells, those of several lines put together by the places they share, and the line after it."""
    columns: list[_Piece] = []
    index = at
    while index < min(len(lines), at + _HEADER_LINES):
        pieces = _pieces(text, lines[index])
        if index > at and SEPARATOR_LINE.match(lines[index].text):
            index += 1  # the rule below the header
            break
        if not pieces and index + 1 < len(lines) and index == at:
            break
        if not pieces or ORDINAL.match(pieces[0].text) or (index > at and len(pieces) == 1 and area_of(pieces[0].text)):
            break
        if index > at and not _adds_to(pieces, columns):
            break
        for piece in pieces:
            over = [c for c in columns if c.left < piece.right and piece.left < c.right]
            if over:
                over[0].right = max(over[0].right, piece.right)
                over[0].left = min(over[0].left, piece.left)
                over[0].text += " " + piece.text
            else:
                columns.append(piece)
        index += 1
    return sorted(columns, key=lambda c: c.left), index


def _adds_to(pieces: Sequence[_Piece], columns: Sequence[_Piece]) -> bool:
    """Whether a line goes on with the header: each piece stands under one column, or is a column of its own."""
    for piece in pieces:
        over = [c for c in columns if c.left < piece.right and piece.left < c.right]
        if len(over) > 1 or len(piece.text) > 40:
            return False
        if over and piece.text[:1].isupper() and role_of(header_form(over[0].text)) and len(pieces) > 1:
            joined = role_of(header_form(f"{over[0].text} {piece.text}"))
            if joined != role_of(header_form(over[0].text)) or not header_form(piece.text):
                return False
            if len(piece.text) > 20:
                return False
    return True


def _body(text: str, match: str, lines: list[Line], first: int, stop: int) -> list[int]:
    """Indices of the lines that may belong to the table, blank ones too."""
    taken = []
    blank = 0
    for index in range(first, min(stop, len(lines))):
        line = lines[index]
        blank = 0 if line.text else blank + 1
        if line.pipes or line.tabs or blank > 6:
            break
        if (
            line.text
            and text[line.start : line.start + 4].strip()
            and ends_table(line.text, match[line.start : line.end].strip())
        ):
            break
        if not SEPARATOR_LINE.match(line.text):
            taken.append(index)
    return taken


def _edges(text: str, lines: list[Line], body: Sequence[int], header: Sequence[_Piece]) -> list[int] | None:
    """Where each column begins; None where the lines do not keep to columns."""
    filled = [0] * (_WIDEST + 1)
    several = []
    for index in body:
        pieces = _pieces(text, lines[index])
        if len(pieces) < 2 or pieces[-1].right > _WIDEST:
            continue
        several.append(pieces)
        for piece in pieces:
            for place in range(piece.left, piece.right):
                filled[place] += 1
    if len(several) < 3:
        return None
    for place in range(_WIDEST):
        for column in header:
            if column.left <= place < column.right:
                filled[place] += 1
    edges = [0]
    for a, b in pairwise(header):
        low, high = max((a.left + a.right) // 2, edges[-1] + 1), max((b.left + b.right) // 2, b.left + 1)
        if low >= high or high > _WIDEST:
            return None
        least = min(filled[low:high])
        runs = [k for k in range(low, high) if filled[k] == least]
        last = runs[-1]
        if b.left in runs or b.left - 1 in runs:
            last = max(k for k in runs if k < max(b.left, low + 1) or k == runs[0])
        edges.append(last + 1)
    crossing = sum(any(p.left < e - 1 and e + 1 < p.right for e in edges[1:]) for pieces in several for p in pieces)
    doubled = sum(len(pieces) - len({bisect_right(edges, p.left) for p in pieces}) for pieces in several)
    total = sum(map(len, several))
    return edges if crossing <= 0.12 * total and doubled <= 0.04 * total else None


def _columns(text: str, line: Line, edges: Sequence[int]) -> dict[int, Cell]:
    """The words of a line by the column they begin in."""
    found: dict[int, Cell] = {}
    for m in _WORD.finditer(text, line.start, line.end):
        column = bisect_right(edges, m.start() - line.start) - 1
        before = found.get(column)
        found[column] = (
            Cell(before.start, m.end(), f"{before.text} {m.group()}") if before else Cell(m.start(), m.end(), m.group())
        )
    return found


def _heading(text: str, line: Line, edges: Sequence[int], numbered: bool) -> Row | None:
    """A row of one title, which may run over the columns."""
    pieces = _pieces(text, line)
    if not pieces or len(pieces) > 2:
        return None
    cells = [Cell(line.start + p.left, line.start + p.right, p.text) for p in pieces]
    row = Row(tuple(cells), cells[0].start, cells[-1].end)
    title = pieces[-1]
    if len(pieces) == 2:
        marked = (
            numbered and bool(ORDINAL.match(pieces[0].text)) and title.left < (edges[2] if len(edges) > 2 else 9999)
        )
        return row if marked and (area_of(title.text) or title.text.isupper()) else None
    found = NUMBERED.match(title.text)
    named = area_of(title.text) is not None or (title.text.isupper() and len(title.text) > 12)
    return row if named and (found or title.left < edges[1] + 4 or title.text.isupper()) else None


def _rows(text: str, lines: list[Line], body: Sequence[int], edges: list[int], roles: Sequence[str]) -> list[Row]:
    numbered = roles[0] == "ordinal"
    groups = _groups(lines, body, {k for k in body if _heading(text, lines[k], edges, numbered) is not None})
    held = [sum(_opens(text, lines[k], edges, roles, numbered) for k in group) for group in groups]
    held = [
        0 if len(g) == 1 and _heading(text, lines[g[0]], edges, numbered) else n
        for g, n in zip(groups, held, strict=True)
    ]
    apart = len(groups) >= 3 and sum(n == 1 for n in held) >= 0.8 * sum(bool(n) for n in held) > 0
    rows: list[Row] = []
    cells: dict[int, Cell] = {}

    def close() -> None:
        if cells:
            start, end = min(c.start for c in cells.values()), max(c.end for c in cells.values())
            rows.append(Row(tuple(cells.get(k, Missing(end, end, "")) for k in range(len(roles))), start, end))
            cells.clear()

    for group, opening in zip(groups, held, strict=True):
        loose = not opening  # a page's head or foot, a heading, or the rest of a row broken by the page
        if apart and not loose:
            close()
        for k in group:
            line = lines[k]
            title = _heading(text, line, edges, numbered)
            if title is not None:
                close()
                rows.append(title)
                continue
            found = _columns(text, line, edges)
            if len(found) == 1 and PAGE.match(line.text) and (loose or not numbered):
                continue
            if loose and (not cells or _furniture(text, line, edges) or _PAGE_HEAD.search(line.text)):
                continue
            forms = [header_form(c.text) for c in found.values()]
            if numbering_row(forms, len(roles)):
                continue
            if not apart and _opens(text, line, edges, roles, numbered):
                close()
            elif not cells and not (apart and opening):
                continue
            for column, piece in found.items():
                above = cells.get(column)
                cells[column] = Cell(above.start, piece.end, f"{above.text} {piece.text}") if above else piece
    close()
    return rows


def _groups(lines: list[Line], body: Sequence[int], titles: set[int]) -> list[list[int]]:
    """Lines between blank lines; a title is a group of its own."""
    groups: list[list[int]] = [[]]
    for k in body:
        if k in titles:
            groups += [[k], []]
        elif lines[k].text:
            groups[-1].append(k)
        elif groups[-1]:
            groups.append([])
    return [g for g in groups if g]


def _opens(text: str, line: Line, edges: Sequence[int], roles: Sequence[str], numbered: bool) -> bool:
    found = _columns(text, line, edges)
    if numbered:
        return (
            0 in found
            and bool(ORDINAL.match(found[0].text))
            and not (len(found) == 1 and PAGE.match(line.text) is None)
        )
    return len(found) >= max(3, len(roles) - 1) and all(c.text[:1].isupper() for c in list(found.values())[:1])


def _furniture(text: str, line: Line, edges: Sequence[int]) -> bool:
    """A line between pages: one piece that runs over the columns."""
    pieces = _pieces(text, line)
    return len(pieces) == 1 and any(pieces[0].left < e - 1 and e + 1 < pieces[0].right for e in edges[1:])
