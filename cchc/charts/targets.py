"""Targets: gauges, one page in one figure, and bars for the cells of a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from cchc import periods, words
from cchc.charts.base import (
    ACCEPTED,
    AMBER,
    BLUE,
    CHOSEN,
    CLEAR,
    FONT,
    GREEN,
    GREY,
    INK,
    LINE,
    RED,
    SMALL,
    TRACK,
    WIDTHS,
    Chart,
    Width,
    annotation,
    area_short,
    as_day,
    as_number,
    as_text,
    clip,
    first_up,
    hidden_axis,
    make_figure,
    rectangle,
    safe,
    wrap,
)
from cchc.markup import Safe, el

GAUGES_A_PAGE = 12
GOAL = "Mục tiêu {goal}"
NO_RESULT = "chưa có<br>số liệu"
DONE, NOT_DONE = "Hoàn thành", "Chưa hoàn thành"
ANY_LEVEL = "không nêu cấp"
MILESTONE = "Mốc phải hoàn thành"
NOT_APPLICABLE = "không áp dụng"
# Fills of results by status of the target. The words of the status stand beside.
FILLS = {
    "met": GREEN, "missed": RED, "at_risk": AMBER, "progressing": BLUE, "not_assessed": GREY, "not_applicable": GREY,
}  # fmt: skip


def value_text(value: float, unit: str) -> str:
    """A figure with its unit: «98,5 %», «12 ngày», «hạng 3»."""
    if unit == "hạng":
        return f"hạng {words.number(value)}"
    return f"{words.number(value)} {unit}".rstrip()


class Scale(NamedTuple):
    """The axis of one target, from its left to its right end. For ranks left is larger: right is always better there.

    `accepted` is the part that reaches the goal, None where the goal is a single point.
    """

    left: float
    right: float
    accepted: tuple[float, float] | None

    def place(self, value: float) -> float:
        """Where a value stands between the ends, 0 to 1; beyond an end it stands at the end."""
        return min(max((value - self.left) / (self.right - self.left), 0.0), 1.0)


def _round_up(value: float) -> float:
    step = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next((m * step for m in (1, 2, 2.5, 5, 10) if m * step >= value), 10 * step)


def scale(kind: str, comparator: str | None, goal: float, value: float | None, unit: str) -> Scale:
    """The axis for a goal: 0 to 100 for percent, reversed for ranks, 0 to a round number for counts.

    No axis claims an end the document does not give: the end of a rank scale is a round number at least twice the goal
    (it is not the number of provinces), and a result beyond the end moves it.
    """
    reach = max(abs(goal), abs(value or 0.0))
    if kind == "rank" or unit == "hạng":
        return Scale(_round_up(max(2 * goal, value or 0.0, 5.0)), 1.0, (goal, 1.0))
    end = max(100.0, 0.0 if reach <= 100 else _round_up(reach)) if unit == "%" else _round_up(max(1.25 * reach, 1.0))
    if comparator in ("<=", "<"):
        return Scale(0.0, end, (0.0, goal))
    return Scale(0.0, end, None if comparator == "=" else (goal, end))


def reached(comparator: str | None, goal: float, value: float) -> bool:
    """Whether a result satisfies the goal as written."""
    match comparator:
        case ">":
            return value > goal
        case "<":
            return value < goal
        case "<=":
            return value <= goal
        case "=":
            return value == goal
        case _:
            return value >= goal


class _Goal(NamedTuple):
    """A row of the frame of targets, with nulls as None or ""."""

    id: str
    area: Any
    kind: str
    comparator: str | None
    goal: float | None
    unit: str
    subject: str
    where: str  # the level, and among whom a rank counts
    goal_text: str
    value: float | None
    value_text: str
    status: str  # "" in a frame without statuses
    status_label: str
    hover: str

    @property
    def fill(self) -> str:
        """The colour of the result."""
        return FILLS.get(self.status) or (GREEN if self.met else BLUE if self.measured else GREY)

    @property
    def said(self) -> str:
        """The status with its mark, for a line of its own: «✓ Đạt»."""
        if not self.status or (self.status == "not_assessed" and not self.measured):
            return ""  # «chưa có số liệu» says it
        return f"{words.STATUS_LOOKS[self.status].mark} {self.status_label}"

    @property
    def measured(self) -> bool:
        return self.value is not None or bool(self.value_text)

    @property
    def result(self) -> str:
        """The result in words, "" when nothing is recorded."""
        if self.status == "not_applicable":
            return NOT_APPLICABLE
        if self.value_text:
            return self.value_text
        if self.value is None:
            return ""
        if self.kind == "milestone":
            return DONE if self.value else NOT_DONE
        return value_text(self.value, self.unit)

    @property
    def met(self) -> bool:
        """Whether the goal is met: as the status says, in a frame without statuses by the figures alone."""
        if self.status:
            return self.status == "met"
        if self.value is None:
            return False
        if self.kind == "milestone":
            return bool(self.value)
        return self.goal is not None and self.kind != "improve" and reached(self.comparator, self.goal, self.value)


def _goals(targets: pd.DataFrame) -> list[_Goal]:
    return [_goal(row) for row in targets.to_dict("records")]


def _goal(row: Mapping[Any, Any]) -> _Goal:
    level = words.LEVELS.get(as_text(row["level"]), as_text(row["level"]))
    group = as_text(row.get("group_name"))
    goal = _Goal(
        str(row["id"]), row["area"], str(row["kind"]), as_text(row["comparator"]) or None, as_number(row["value"]),
        as_text(row["unit"]), first_up(as_text(row["subject"]) or as_text(row.get("quote"))),
        ", ".join(x for x in (level, f"trong {group}" if group else "") if x), as_text(row["goal_text"]),
        as_number(row.get("value_now")), as_text(row.get("value_text")), as_text(row.get("status")),
        as_text(row.get("status_label")), "",
    )  # fmt: skip
    lines = [wrap(goal.subject, 60, 6), f"<b>{safe(GOAL.format(goal=goal.goal_text))}</b>"]
    lines.append(f"Kết quả: {safe(goal.result) or words.NO_DATA}")
    if goal.said:
        lines.append(safe(goal.said))
    if reason := as_text(row.get("status_reason")):
        lines.append(wrap(reason, 60, 3))
    if goal.where:
        lines.append(wrap(goal.where, 60, 2))
    if as_text(row.get("except_text")):
        lines.append(wrap(f"Trừ: {as_text(row['except_text'])}", 60, 2))
    if due := as_day(row.get("due")):
        lines.append(f"Hạn {periods.date_text(due)}")
    if as_text(row.get("plan_label")):
        lines.append(wrap(as_text(row["plan_label"]), 60, 2))
    return goal._replace(hover="<br>".join(lines))


def where_text(row: Mapping[Any, Any]) -> str:
    """The level of a target and among whom its rank counts: «Cấp tỉnh», «trong cả nước», "" when neither is told."""
    return _goal(row).where


def _targets_alt(goals: Sequence[_Goal]) -> str:
    measured = sum(g.measured for g in goals)
    met = sum(g.met for g in goals)
    if not measured:
        return f"{len(goals)} chỉ tiêu với mức mục tiêu; chưa có số liệu kết quả nào."
    behind = sum(g.status in ("missed", "at_risk") for g in goals)
    told = f" và {behind} không đạt hoặc có nguy cơ không đạt" if behind else ""
    return f"{len(goals)} chỉ tiêu, {measured} chỉ tiêu có số liệu, trong đó {met} đã đạt mức mục tiêu{told}."


class _Cell(NamedTuple):
    """The lay-out of one gauge, in pixels from the top of its cell."""

    columns: int
    height: int
    radius: int
    base: int  # where the arc stands
    chars: int
    lines: int


_CELLS: dict[Width, _Cell] = {
    "narrow": _Cell(2, 268, 54, 168, 24, 5),
    "medium": _Cell(3, 256, 64, 166, 30, 4),
    "wide": _Cell(4, 252, 66, 166, 32, 4),
}


def gauges(targets: pd.DataFrame, width: Width = "wide", selected: str = "") -> Chart:
    """One page of targets as gauges in one figure, each in its cell of a grid.

    `targets`: the columns of `queries.targets` (id, area, kind, comparator, value, unit, subject, level, goal_text;
    group_name, except_text, due, plan_label are shown on hovering), and, when results are recorded, `value_now`
    (number or missing; 1 and 0 for a milestone done and not done), `value_text` (what to show instead of the number),
    `status`, `status_label` and `status_reason`. A missing result shows «chưa có số liệu», never a bar at zero. Ratio,
    count and rank are gauges with the goal as a marked line; an improvement and a milestone have no scale and are drawn
    as an arrow and a box to tick. `customdata` of the clickable cell: [id]. Raises ValueError for an empty frame.
    """
    goals = _goals(targets)
    if not goals:
        raise ValueError("no targets to draw")
    cell = _CELLS[width]
    rows = -(-len(goals) // cell.columns)
    total = rows * cell.height
    data: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    xs, ys = [], []
    for index, goal in enumerate(goals):
        row, column = divmod(index, cell.columns)
        middle = (column + 0.5) / cell.columns

        def y(pixels: float, row: int = row) -> float:
            return 1 - (row * cell.height + pixels) / total

        gap = 5 / WIDTHS[width]
        chosen = goal.id == selected
        across = (column / cell.columns + gap, (column + 1) / cell.columns - gap)
        frame: dict[str, Any] = {"width": 2, "color": BLUE} if chosen else {"width": 1, "color": LINE}
        shapes.append(rectangle(across, (y(cell.height - 5), y(5)), CHOSEN if chosen else CLEAR, **frame))
        xs.append(middle)
        ys.append(y(cell.height / 2))
        notes.append(
            annotation(middle, y(10), safe(clip(area_short(goal.area), cell.chars)), size=SMALL, yanchor="top")
        )
        notes.append(
            annotation(middle, y(27), f"<b>{wrap(goal.subject, cell.chars, cell.lines)}</b>", size=FONT, yanchor="top")
        )
        if goal.goal is None or goal.kind in ("improve", "milestone"):
            shapes += _sign(goal, middle, y(cell.base), cell.radius)
            result = f"<b>{wrap(goal.result, cell.chars, 1)}</b>" if goal.result else NO_RESULT.replace("<br>", " ")
            notes.append(annotation(middle, y(cell.base + 2), result, yanchor="top"))
            below = MILESTONE if goal.kind == "milestone" else wrap(first_up(goal.goal_text), cell.chars, 2)
        else:
            trace, more = _gauge(goal, goal.goal, cell, column, y)
            data.append(trace)
            notes += more
            below = safe(clip(GOAL.format(goal=goal.goal_text), cell.chars + 2))
        notes.append(annotation(middle, y(cell.base + 21), below, yanchor="top"))
        lines = below.count("<br>")
        notes.append(
            annotation(
                middle,
                y(cell.base + 39 + 15 * lines),
                safe(clip(goal.where or ANY_LEVEL, cell.chars + 4)),
                size=SMALL,
                yanchor="top",
            )
        )
        if goal.said:
            said = f"<b>{safe(clip(goal.said, cell.chars + 2))}</b>"
            notes.append(annotation(middle, y(cell.base + 55 + 15 * lines), said, yanchor="top"))
    # The cells themselves: gauges send no clicks, these invisible squares do.
    data.append({
        "type": "scatter", "mode": "markers", "x": xs, "y": ys, "customdata": [[g.id] for g in goals],
        "marker": {"symbol": "square", "size": min(cell.height, WIDTHS[width] // cell.columns) - 20, "opacity": 0},
        "selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}},
        "hovertext": [g.hover for g in goals], "hoverinfo": "text",
    })  # fmt: skip
    axes = {"xaxis": hidden_axis(0, 1), "yaxis": hidden_axis(0, 1)}
    return Chart(
        make_figure(data, total, annotations=notes, shapes=shapes, hoverdistance=30, **axes), _targets_alt(goals)
    )


def _gauge(
    goal: _Goal, figure: float, cell: _Cell, column: int, y: Callable[[float], float]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The half-circle of one target with the notes around it: the goal's figure at its line, the ends, the result."""
    s = scale(goal.kind, goal.comparator, figure, goal.value, goal.unit)
    middle, base, radius = (column + 0.5) / cell.columns, y(cell.base), cell.radius
    trace = {
        "type": "indicator", "mode": "gauge", "value": goal.value,
        "domain": {"x": [column / cell.columns, (column + 1) / cell.columns], "y": [base, y(cell.base - radius)]},
        "gauge": {
            "axis": {"range": [s.left, s.right], "visible": False}, "bgcolor": TRACK, "borderwidth": 0,
            "bar": {"color": goal.fill, "thickness": 0.62},
            "steps": [{"range": list(s.accepted), "color": ACCEPTED}] if s.accepted else [],
            "threshold": {"value": figure, "thickness": 1, "line": {"color": INK, "width": 3}},
        },
    }  # fmt: skip
    at = s.place(figure)
    unit = " %" if goal.unit == "%" else ""
    label = f"<b>{words.number(figure)}{unit}</b>"
    notes = []
    for end, place in ((s.left, 0.0), (s.right, 1.0)):
        text = label if abs(at - place) < 0.04 else words.number(end)
        size = FONT if text is label else SMALL
        notes.append(annotation(middle, base, text, xshift=(2 * place - 1) * radius * 0.875, size=size, yanchor="top"))
    if 0.04 <= at <= 0.96:
        across, up = math.cos(math.pi * (1 - at)), math.sin(math.pi * at)
        side = "left" if across > 0.3 else "right" if across < -0.3 else "center"
        more = {"xanchor": side, "yanchor": "bottom" if up > 0.95 else "middle"}
        notes.append(annotation(middle, base, label, xshift=(radius + 4) * across, yshift=(radius + 3) * up, **more))
    if goal.result:
        sign = "✓ " if goal.met else ""
        size = 15 if len(goal.result) < 12 else FONT
        text = f"<b>{sign}{safe(clip(goal.result, 14))}</b>"
        notes.append(annotation(middle, base, text, size=size, yanchor="bottom"))
    else:
        notes.append(annotation(middle, base, NO_RESULT, size=FONT, yanchor="bottom"))
    return trace, notes


def _sign(goal: _Goal, x: float, y: float, radius: int) -> list[dict[str, Any]]:
    """What stands for a target without a scale: a rising arrow, or a box, ticked when the milestone is reached."""
    at: dict[str, Any] = {
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": x,
        "yanchor": y,
    }
    colour = goal.fill
    if goal.kind == "improve":
        return [
            {"type": "path", "path": path, **at, "line": {"color": colour, "width": 4}}
            for path in ("M -28,12 L -8,26 L 4,18 L 27,42", "M 13,43 L 28,43 L 28,28")
        ]
    half = min(20, radius // 3)
    at["line"] = {"color": colour, "width": 3}
    box = {"type": "rect", **at, "x0": -half, "x1": half, "y0": 8, "y1": 8 + 2 * half}
    tick = f"M -{half * 0.55},{8 + half} L -2,{8 + half * 0.5} L {half * 0.6},{8 + half * 1.6}"
    return [box, {"type": "path", "path": tick, **at}] if goal.met else [box]


def bullet(row: Mapping[Any, Any]) -> Safe | None:
    """One target of the frame of `gauges` as a bar for a cell of a table: the scale, the part that reaches the goal,
    the goal as a line, the result as a narrower bar. None for targets without a scale (improvement, milestone).

    Percent targets share the scale 0 to 100, so goal lines stand under each other; a rank or a count has its own scale.
    The bar repeats what the columns beside it say in words, so a screen reader gets no more than that.
    """
    goal = _goal(row)
    if goal.goal is None or goal.kind in ("improve", "milestone"):
        return None
    s = scale(goal.kind, goal.comparator, goal.goal, goal.value, goal.unit)

    def part(left: float, right: float, top: int, height: int, colour: str) -> Safe:
        across = f"left:{left:.2%};width:{right - left:.2%}"
        return el("span", style=f"position:absolute;{across};top:{top}px;height:{height}px;background:{colour}")

    parts = []
    if s.accepted:
        low, high = sorted(s.place(v) for v in s.accepted)
        parts.append(part(low, high, 2, 12, ACCEPTED))
    if goal.value is not None:
        parts.append(part(0.0, s.place(goal.value), 5, 6, goal.fill))
    at = f"left:calc({s.place(goal.goal):.2%} - 2px)"
    parts.append(el("span", style=f"position:absolute;{at};width:3px;top:0;height:16px;background:currentColor"))
    track = f"position:relative;display:block;width:8rem;height:16px;background:{TRACK}"
    return el("span", *parts, style=track, aria_hidden="true")
