"""Scores of areas as bars, with the score of the period before as a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from cchc import words
from cchc.charts.base import (
    BLUE,
    CHAR,
    FONT,
    INK,
    SMALL,
    TRACK,
    WIDTHS,
    Chart,
    Width,
    annotation,
    area_short,
    as_number,
    hidden_axis,
    make_figure,
    rectangle,
    safe,
    wrap,
)

ITEMS = "{known}/{items} mục có số liệu"
ITEMS_SHORT = "{known}/{items}"
BEFORE = "kỳ trước {score}"
LABEL = "điểm tham khảo"


class _Look(NamedTuple):
    """Pixels for the names at the left, the words at the right, and a row."""

    label: int
    right: int
    row: int


_LOOKS: dict[Width, _Look] = {
    "narrow": _Look(110, 92, 40),
    "medium": _Look(180, 210, 30),
    "wide": _Look(250, 230, 30),
}


def area_bars(areas: pd.DataFrame, width: Width = "wide") -> Chart:
    """One bar a row of `scoreboard.Board.areas` (area, score, before, total, with_data, items): the score on a track
    from 0 to the total, a line where it was in the period before, and at the right the score and how many items have
    data.
    An area without a score has an empty track and says so.

    `customdata`: [area]. Raises ValueError without rows.
    """
    rows = areas.to_dict("records")
    if not rows:
        raise ValueError("no areas to draw")
    look = _LOOKS[width]
    inside = WIDTHS[width] - look.label - look.right
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    drawn = []
    for n, row in enumerate(rows):
        middle = (n + 0.5) * look.row
        share, before = _share(row, "score"), _share(row, "before")
        shapes.append(rectangle((0, 1), (middle - 8, middle + 8), TRACK, "x"))
        if before is not None:
            mark = rectangle((before, before + 3 / inside), (middle - 12, middle + 12), INK, "x")
            shapes.append({**mark, "layer": "above"})
        label = wrap(area_short(row["area"] or None), int(look.label / CHAR) - 1, 2)
        place = {"xref": "paper", "yref": "y", "yanchor": "middle"}
        notes.append(annotation(0, middle, label, **place, xanchor="left", align="left", xshift=-look.label, size=FONT))
        notes.append(
            annotation(1, middle, _told(row, width), **place, xanchor="left", align="left", xshift=8, size=SMALL)
        )
        drawn.append((row, share, middle))
    bars = {
        "type": "bar", "orientation": "h", "x": [share or 0 for _, share, _ in drawn],
        "y": [middle for *_, middle in drawn], "width": 16, "marker": {"color": BLUE},
        "customdata": [[str(row["area"])] for row, *_ in drawn], "hovertext": [_hover(row) for row, *_ in drawn],
        "hoverinfo": "text",
    }  # fmt: skip
    height = len(rows) * look.row + 4
    figure = make_figure(
        [bars], height, annotations=notes, shapes=shapes, margin={"l": look.label, "r": look.right},
        xaxis=hidden_axis(0, 1), yaxis=hidden_axis(height, 0),
    )  # fmt: skip
    return Chart(figure, _alt(rows))


def _share(row: Mapping[Any, Any], column: str) -> float | None:
    value = as_number(row[column])
    return None if value is None else min(max(value / float(row["total"]), 0.0), 1.0)


def _score(row: Mapping[Any, Any], column: str = "score") -> str:
    value = as_number(row[column])
    return words.NO_DATA if value is None else words.number(value)


def _told(row: Mapping[Any, Any], width: Width) -> str:
    form = ITEMS_SHORT if width == "narrow" else ITEMS
    known = form.format(known=row["with_data"], items=row["items"])
    if as_number(row["score"]) is None:
        return f"{words.NO_DATA}<br>{known}" if width == "narrow" else f"{words.NO_DATA} · {known}"
    return f"<b>{_score(row)}</b> · {known}"


def _hover(row: Mapping[Any, Any]) -> str:
    lines = [area_short(row["area"] or None)]
    lines.append(f"{_score(row)} {LABEL}" if as_number(row["score"]) is not None else words.NO_DATA)
    if as_number(row["before"]) is not None:
        lines.append(BEFORE.format(score=_score(row, "before")))
    lines.append(ITEMS.format(known=row["with_data"], items=row["items"]))
    return "<br>".join(safe(line) for line in lines)


def _alt(rows: list[dict[Any, Any]]) -> str:
    scored = [row for row in rows if as_number(row["score"]) is not None]
    if not scored:
        return f"Điểm tham khảo của {len(rows)} lĩnh vực: {words.NO_DATA}."
    best, worst = max(scored, key=lambda r: float(r["score"])), min(scored, key=lambda r: float(r["score"]))
    told = f"Điểm tham khảo của {len(rows)} lĩnh vực. Cao nhất: {area_short(best['area'] or None)}, {_score(best)} điểm"
    if best["area"] != worst["area"]:
        told += f"; thấp nhất: {area_short(worst['area'] or None)}, {_score(worst)} điểm"
    return told + "."
