"""Responsibilities: who leads and supports what, as a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cchc import words
from cchc.charts.base import (
    BAND,
    BLUE,
    CHAR,
    CLEAR,
    FONT,
    INK,
    SMALL,
    WHITE,
    WIDTHS,
    Chart,
    Width,
    annotation,
    clip,
    first_up,
    hidden_axis,
    make_figure,
    rectangle,
    rule,
    safe,
    wrap,
)

TOTAL = "Tổng"
LEAD, SUPPORT, GIVEN = "C", "P", "CT"
LEADS, SUPPORTS, GIVENS = "chủ trì", "phối hợp", "được giao"
TASKS, TARGETS = "nhiệm vụ", "chỉ tiêu"
# Support only, then by the share of the largest number led in the figure. The last two carry white text.
_SHADES = ("rgba(128,134,146,0.14)", "rgba(42,120,189,0.20)", "rgba(42,120,189,0.36)", BLUE, "#1f5f9e")
_FIRST_DARK = 3


class MatrixRow(NamedTuple):
    """A row of a matrix: its key, its name, and the sign before it («▸» for a group that can be unfolded)."""

    key: str
    label: str
    sign: str = ""


class Cell(NamedTuple):
    """How many tasks an agency leads and supports in one column, and how many targets were given to it."""

    row: str
    column: str
    lead: int
    support: int
    given: int = 0


class _Look(NamedTuple):
    """Pixels for the names of the rows, for a row, and for the names of the columns where they lie flat."""

    label: int
    row: int
    head: int


_LOOKS: dict[Width, _Look] = {
    "narrow": _Look(112, 34, 118),
    "medium": _Look(180, 27, 58),
    "wide": _Look(230, 27, 46),
}


_THREE_LINES = 48  # pixels of a row of the narrow matrix whose cells tell three numbers


def cell_text(lead: int, support: int, given: int = 0, between: str = " ") -> str:
    """«3C 5P», «3C 5P 2CT»; nothing for nothing."""
    told = ((lead, LEAD), (support, SUPPORT), (given, GIVEN))
    return between.join(f"{number}{sign}" for number, sign in told if number)


def matrix(
    rows: Sequence[MatrixRow],
    columns: Mapping[str, str],
    cells: Iterable[Cell],
    width: Width = "wide",
    selected: tuple[str, str] = ("", ""),
    *,
    column_sums: bool = True,
) -> Chart:
    """Agencies and areas (`columns`: key -> name): «3C 5P 2CT» in a cell, shaded by the number led, sums of the rows at
    the right edge and of the columns at the bottom.

    `column_sums` must be off where a group's task stands in the row of each member: such sums would count it once a
    member. Empty cells stay empty. `customdata`: [row, column] of a cell, [row, ""] and ["", column] of a sum. Raises
    ValueError without rows or columns.
    """
    keys = {row.key for row in rows}
    found = [cell for cell in cells if cell.row in keys and cell.column in columns]
    look, between = _LOOKS[width], "<br>" if width == "narrow" else " "
    most = max((c.lead for c in found), default=0)
    last = len(columns)
    if width == "narrow" and any(c.given for c in found):
        look = look._replace(row=_THREE_LINES)
    boxes = [
        _Box(
            c.row, c.column, cell_text(c.lead, c.support, c.given, between), _shade(c.lead, most),
            first_up(_spoken(c.lead, c.support, c.given)),
        )
        for c in found
        if c.lead or c.support or c.given
    ]  # fmt: skip
    by_row = {row.key: _sums(c for c in found if c.row == row.key) for row in rows}
    sums = [_sum_box(key, "", n, between) for key, n in by_row.items() if any(n)]
    if column_sums:
        by_column = {key: _sums(c for c in found if c.column == key) for key in columns}
        sums += [_sum_box("", key, n, between) for key, n in by_column.items() if any(n)]
    alt = f"Ma trận {len(rows)} cơ quan, nhóm cơ quan và {last} lĩnh vực."
    first = max(rows, key=lambda row: by_row[row.key][0], default=None)
    if first and by_row[first.key][0]:
        alt += f" Chủ trì nhiều nhất: {first.label}, {words.number(by_row[first.key][0])} nhiệm vụ."
    edges = (True, column_sums)
    return Chart(_drawn(rows, columns, boxes + sums, width, look, edges, selected, upright=width == "narrow"), alt)


def task_matrix(
    tasks: Sequence[MatrixRow], agencies: Mapping[str, str], cells: Iterable[Cell], width: Width = "wide"
) -> Chart:
    """A row for each task, a column for each agency (key -> short name), C where it leads and P where it supports.

    `customdata`: [task, agency]. Raises ValueError without rows or columns.
    """
    look = _LOOKS[width]._replace(label=int(WIDTHS[width] * 0.42), row=25)
    boxes = []
    for c in cells:
        told = [(letter, word) for letter, word, n in ((LEAD, LEADS, c.lead), (SUPPORT, SUPPORTS, c.support)) if n]
        text, spoken = " ".join(letter for letter, _ in told), " và ".join(word for _, word in told)
        boxes.append(_Box(c.row, c.column, text, _FIRST_DARK if c.lead else 0, first_up(spoken)))
    alt = f"Ma trận {len(tasks)} nhiệm vụ và {len(agencies)} cơ quan: C là chủ trì, P là phối hợp."
    return Chart(_drawn(tasks, agencies, boxes, width, look, (False, False), ("", ""), upright=True), alt)


class _Box(NamedTuple):
    """A cell to draw: `row` or `column` is "" for the sums; `shade` None for them."""

    row: str
    column: str
    text: str
    shade: int | None
    spoken: str


def _sum_box(row: str, column: str, counts: tuple[int, int, int], between: str) -> _Box:
    return _Box(row, column, cell_text(*counts, between=between), None, first_up(_spoken(*counts)))


def _drawn(
    rows: Sequence[MatrixRow],
    columns: Mapping[str, str],
    boxes: Sequence[_Box],
    width: Width,
    look: _Look,
    edges: tuple[bool, bool],
    selected: tuple[str, str],
    *,
    upright: bool,
) -> Any:
    if not rows or not columns:
        raise ValueError("no rows or columns to draw")
    narrow = width == "narrow"
    size = SMALL if narrow else FONT
    across, down = len(columns) + edges[0], len(rows) + edges[1]
    at_x = {key: i for i, key in enumerate(columns)} | ({"": len(columns)} if edges[0] else {})
    at_y = {row.key: i for i, row in enumerate(rows)} | ({"": len(rows)} if edges[1] else {})
    head = max(min(len(name), 30) for name in columns.values()) * 6 + 14 if upright else look.head
    room = int((WIDTHS[width] - look.label) / across / CHAR)
    notes = []
    above = {"xref": "x", "yanchor": "bottom", "yshift": 3, "size": SMALL}
    for i, name in enumerate([*columns.values(), *([TOTAL] if edges[0] else [])]):
        text = safe(clip(name, 30)) if upright else wrap(name, max(room, 6), 3)
        notes.append(annotation(i + 0.5, 1, text, textangle=-90 if upright else 0, **above))
    lines = [rule((0, across), (i, i), "x") for i in range(len(rows) + 1)]
    beside = {"yref": "y", "yanchor": "middle", "xanchor": "left", "align": "left", "xshift": -look.label, "size": size}
    chars = int(look.label / CHAR) - 3
    for i, row in enumerate(rows):
        label = wrap(f"{row.sign} {row.label}".strip(), chars, 2 if narrow else 1)
        notes.append(annotation(0, i + 0.5, label, **beside))
    if edges[0]:
        lines.append(rectangle((len(columns), across), (0, down), BAND, "x"))
    if edges[1]:
        notes.append(annotation(0, len(rows) + 0.5, f"<b>{TOTAL}</b>", **beside))
        lines.append(rectangle((0, len(columns)), (len(rows), down), BAND, "x"))
    if any(selected) and selected[0] in at_y and selected[1] in at_x:
        x, y = at_x[selected[1]], at_y[selected[0]]
        chosen = rectangle((x + 0.01, x + 0.99), (y + 0.03, y + 0.97), CLEAR, "x", color=INK, width=2)
        lines.append({**chosen, "layer": "above"})
    names = {row.key: row.label for row in rows}
    known = [box for box in boxes if box.row in at_y and box.column in at_x]
    data = []
    for ink, dark in ((INK, False), (WHITE, True)):
        group = [box for box in known if (box.shade is not None and box.shade >= _FIRST_DARK) == dark]
        # Cells are bars one unit long: unlike a heat map's, their clicks reach the page.
        still = {"marker": {"opacity": 1}, "textfont": {"color": ink}}
        told = [
            "<br>".join(x for x in (safe(names.get(b.row, "")), safe(columns.get(b.column, "")), b.spoken) if x)
            for b in group
        ]
        data.append({
            "type": "bar", "orientation": "h", "base": [at_x[b.column] + 0.02 for b in group], "x": [0.96] * len(group),
            "y": [at_y[b.row] + 0.5 for b in group], "width": 0.92,
            "marker": {"color": [CLEAR if b.shade is None else _SHADES[b.shade] for b in group]},
            "text": [b.text for b in group], "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "constraintext": "none", "insidetextfont": {"color": ink, "size": size}, "hovertext": told,
            "hoverinfo": "text", "customdata": [[b.row, b.column] for b in group], "selected": still,
            "unselected": still,
        })  # fmt: skip
    return make_figure(
        [trace for trace in data if trace["y"]], head + down * look.row + 4, annotations=notes, shapes=lines,
        margin={"l": look.label, "t": head, "b": 4}, xaxis=hidden_axis(0, across), yaxis=hidden_axis(down, 0),
    )  # fmt: skip


def _shade(lead: int, most: int) -> int:
    return 0 if not lead else min(4, 1 + int(4 * (lead - 1) / max(most, 4)))


def _sums(cells: Iterable[Cell]) -> tuple[int, int, int]:
    found = list(cells)
    return sum(c.lead for c in found), sum(c.support for c in found), sum(c.given for c in found)


def _spoken(lead: int, support: int, given: int) -> str:
    told = ((LEADS, lead, TASKS), (SUPPORTS, support, TASKS), (GIVENS, given, TARGETS))
    return ", ".join(f"{word} {words.number(n)} {what}" for word, n, what in told if n)
