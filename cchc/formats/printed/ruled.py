"""Tables with ruled lines: from strokes to a grid of cells, merged cells told by the strokes that are missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from cchc.formats.printed.lines import lines_of
from cchc.formats.printed.sheet import Box, Rule, Sheet, Word
from cchc.formats.printed.table import Cell, Grid, Row

_TOUCH = 3.0  # in thousandths of the page's longer side: ends that are nearer meet
_MAX_CELLS = 20_000
_MAX_PAIRS = 1_000_000  # strokes that might meet; a drawing has more


def grids_of(sheet: Sheet) -> tuple[list[Grid], list[Word]]:
    """The ruled tables of a page from top to bottom, and the words that stand outside of them."""
    if not sheet.across or not sheet.upright:
        return [], sheet.words
    touch = _TOUCH / 1000 * max(sheet.width, sheet.height)
    words = sheet.words
    grids = []
    for across, upright in _groups(sheet, touch):
        ys, xs = _places(across, upright, touch), _places(upright, across, touch)
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MAX_CELLS:
            continue
        inside = [w for w in words if xs[0] <= (w.left + w.right) / 2 <= xs[-1] and ys[0] <= _height(w) <= ys[-1]]
        if not inside:
            continue
        taken = set(map(id, inside))
        words = [w for w in words if id(w) not in taken]
        rows = _rows(inside, across, upright, xs, ys, sheet.number)
        closed = any(abs(r.at - ys[-1]) <= touch for r in across)
        if len(rows) == 1 and sum(bool(c.text) for c in rows[0]) < 2:
            words += inside  # a frame around running text
            continue
        grids.append(Grid(ys[0], ys[-1], xs, rows, open=not closed))
    return sorted(grids, key=lambda g: g.top), words


def cells_of(sheet: Sheet) -> list[Box]:
    """The boxes of all cells of the ruled tables of a page, whether words stand in them or not."""
    touch = _TOUCH / 1000 * max(sheet.width, sheet.height)
    boxes: list[Box] = []
    for across, upright in _groups(sheet, touch):
        ys, xs = _places(across, upright, touch), _places(upright, across, touch)
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MAX_CELLS:
            continue
        made: dict[tuple[int, int], Box] = {}
        for (r, c), cell in _owners(across, upright, xs, ys).items():
            left, top, _, _ = made.get(cell, (xs[c], ys[r], 0.0, 0.0))
            made[cell] = (left, top, xs[c + 1], ys[r + 1])
        boxes += made.values()
    return boxes


def _groups(sheet: Sheet, touch: float) -> list[tuple[list[Rule], list[Rule]]]:
    across, upright = _joined(sheet.across, touch), _joined(sheet.upright, touch)
    return _meeting(across, upright, touch) if len(across) * len(upright) <= _MAX_PAIRS else []


def _height(word: Word) -> float:
    return word.base - 0.3 * word.size


def _joined(rules: Sequence[Rule], touch: float) -> list[Rule]:
    """Strokes on one line put together: borders are drawn cell by cell, and twice."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if levels and rule.at - levels[-1][-1].at <= touch * 0.7:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    out = []
    for level in levels:
        at = sum(r.at for r in level) / len(level)
        start, end = level[0].start, level[0].end
        for rule in sorted(level, key=lambda r: r.start):
            if rule.start > max(start, end) + touch:
                out.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            start, end = min(start, rule.start), max(end, rule.end)
        out.append(Rule(at, start, end))
    return out


def _meets(a: Rule, u: Rule, touch: float) -> bool:
    return a.start - touch <= u.at <= a.end + touch and u.start - touch <= a.at <= u.end + touch


def _meeting(across: list[Rule], upright: list[Rule], touch: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of strokes that meet, directly or through others."""
    group = list(range(len(across) + len(upright)))

    def head(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    for i, a in enumerate(across):
        for j, u in enumerate(upright):
            if _meets(a, u, touch):
                group[head(len(across) + j)] = head(i)
    out: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k in range(len(group)):
        found = out.setdefault(head(k), ([], []))
        (found[0] if k < len(across) else found[1]).append(across[k] if k < len(across) else upright[k - len(across)])
    return list(out.values())


def _places(rules: Sequence[Rule], crossing: Sequence[Rule], touch: float) -> list[float]:
    """Where the strokes of one direction lie; a side without a stroke is where the crossing ones end."""
    if not rules or not crossing:
        return []
    ats = sorted(r.at for r in rules)
    first, last = min(r.start for r in crossing), max(r.end for r in crossing)
    ats = [first] * (first < ats[0] - 3 * touch) + ats + [last] * (last > ats[-1] + 3 * touch)
    kept = [ats[0]]
    for at in ats[1:]:
        if at - kept[-1] > touch:
            kept.append(at)
    return kept


def _rows(
    words: Sequence[Word], across: list[Rule], upright: list[Rule], xs: list[float], ys: list[float], page: int
) -> list[Row]:
    wide, high = len(xs) - 1, len(ys) - 1
    owner = _owners(across, upright, xs, ys)
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        r = min(max(bisect_right(ys, _height(word)) - 1, 0), high - 1)
        c = min(max(bisect_right(xs, (word.left + word.right) / 2) - 1, 0), wide - 1)
        held.setdefault(owner[r, c], []).append(word)
    texts = {at: [(page, line.joined()) for line in lines_of(inside)] for at, inside in held.items()}
    padding = max(0.0, min(p.left - xs[at[1]] for at, pieces in texts.items() for _, p in pieces))
    rooms: dict[tuple[int, int], float] = {}
    for (_, c), cell in owner.items():
        rooms[cell] = max(rooms.get(cell, 0.0), xs[c + 1] - xs[cell[1]] - 2 * padding)
    head = _head(owner, wide, high)
    rows: list[Row] = []
    for r, fields in groupby(sorted(owner), key=lambda at: at[0]):
        row: Row = []
        begins = False
        for at in fields:
            cell = owner[at]
            begins = begins or cell[0] == r
            own = at == cell
            # a cell merged over several rows says the same for each of them; a heading is said once
            repeated = at[1] == cell[1] and cell[0] >= head
            row.append(Cell(list(texts.get(cell, [])), rooms[cell]) if own or repeated else Cell())
        if begins and any(c.pieces for c in row):
            rows.append(row)
    return rows


def _owners(
    across: list[Rule], upright: list[Rule], xs: list[float], ys: list[float]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The cell each field of the grid belongs to, both as (row, column); a cell has the name of its first field."""
    wide, high = len(xs) - 1, len(ys) - 1
    owner = {(r, c): (r, c) for r in range(high) for c in range(wide)}
    walls = [[u for u in upright if abs(u.at - x) <= (xs[-1] - xs[0]) / 200] for x in xs]
    floors = [[a for a in across if abs(a.at - y) <= (xs[-1] - xs[0]) / 200] for y in ys]
    for r in range(high):
        middle = (ys[r] + ys[r + 1]) / 2
        for c in range(wide):
            centre = (xs[c] + xs[c + 1]) / 2
            if r and not any(a.start <= centre <= a.end for a in floors[r]):
                owner[r, c] = owner[r - 1, c]
            elif c and not any(u.start <= middle <= u.end for u in walls[c]):
                owner[r, c] = owner[r, c - 1]
    return owner


def _head(owner: dict[tuple[int, int], tuple[int, int]], wide: int, high: int) -> int:
    """How many rows the heading has: as many as its highest cell."""
    rows = 1
    while rows < high and any(owner[rows, c][0] < rows for c in range(wide)):
        rows += 1
    return rows
