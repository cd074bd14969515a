"""Frames in, Plotly figures out: gauges of targets, lanes of deadlines, matrices of responsibilities.

Pure: no Streamlit, no queries. Each function returns a `Chart`: the figure and the sentence a screen reader gets.
Figures have transparent backgrounds, one set of fills that reaches 3:1 on the light and on the dark page, and text in
`INK`. They are made as plain dictionaries and checked once, by `go.Figure`: a hundred times cheaper than Plotly's own
constructors one by one. Texts of documents go through `_safe`, so they can be neither markup nor a link.

`width` is the class of the place a figure has (see `WIDTHS`): a figure is laid out in pixels for it and then stretched.
What can be clicked carries `customdata`, said in each docstring. Vertical axes count pixels from the top.
"""

from __future__ import annotations

import datetime as dt
import html
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from cchc import periods, words
from cchc.markup import Safe, el
from cchc.reference import load

Width = Literal["narrow", "medium", "wide"]
# Pixels a figure of each class can count on.
WIDTHS: dict[Width, int] = {"narrow": 330, "medium": 620, "wide": 860}

# Streamlit's front end replaces this colour with the text colour of the page's theme; there is no other way to follow a
# switch of the theme without a new run, and `st.context.theme` may be wrong on the first run. Checked in the browser.
INK = "#000037"
CLEAR = "rgba(0,0,0,0)"
TRACK = "rgba(128,134,146,0.22)"
LINE = "rgba(128,134,146,0.38)"
BAND = "rgba(128,134,146,0.09)"
CHOSEN = "rgba(42,120,189,0.16)"
ACCEPTED = "rgba(42,120,189,0.30)"  # the part of a scale that reaches the goal
BLUE, GREEN, AMBER, RED, GREY = "#2a78bd", "#1d8660", "#ad6700", "#c93a2c", "#6b7588"
WHITE = "#ffffff"
# Fills of bars by status. Patterns and marks come from words.STATUS_LOOKS, so charts and tables say the same.
FILLS = {
    "overdue": RED, "past_no_report": GREY, "due_soon": AMBER, "in_time": BLUE, "ongoing": GREY, "event": GREY,
    "no_deadline": GREY, "done_early": GREEN, "done_on_time": GREEN, "done_late": GREEN, "done": GREEN,
    "not_applicable": GREY,
}  # fmt: skip
FONT = 12
SMALL = 11  # nothing on a chart is smaller
CHAR = 5.6  # pixels a character takes at size 12, rather too many than too few

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
GAUGES_A_PAGE = 12
TASKS_A_LANE = 16  # more than this in a lane: the last ones are only counted
FOLD_YEAR = 3  # tasks that say only a year: from the next one on they are one counted bar

GOAL = "Mục tiêu {goal}"
NO_RESULT = "chưa có<br>số liệu"
DONE, NOT_DONE = "Hoàn thành", "Chưa hoàn thành"
ANY_LEVEL = "không nêu cấp"
MILESTONE = "Mốc phải hoàn thành"
BETTER_THAN_LAST_YEAR = "cải thiện so với năm trước"
NO_TASKS = "không có nhiệm vụ"
MORE_TASKS = "… và {count} nhiệm vụ khác trong danh sách bên dưới"
ONLY_YEAR = "{count} nhiệm vụ chỉ ghi năm, không ghi quý: xem danh sách bên dưới"
TODAY = "Ngày số liệu {day}"
TOTAL = "Tổng"
NO_AREA = "Chưa rõ"


class Chart(NamedTuple):
    """A figure and its takeaway in words, for `alt=`."""

    figure: go.Figure
    alt: str


# --- small things ---------------------------------------------------------------------------------------------------


def _none(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def _text(value: Any) -> str:
    return "" if _none(value) else str(value)


def _number(value: Any) -> float | None:
    return None if _none(value) else float(value)


def _day(value: Any) -> dt.date | None:
    if _none(value):
        return None
    return value.date() if isinstance(value, dt.datetime) else value


def _safe(text: str) -> str:
    return html.escape(text, quote=False)


def clip(text: str, length: int) -> str:
    """The text in at most `length` characters, cut at a blank, with «…» when something is missing."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > length // 2 else cut).rstrip(" ,;:") + "…"


def wrap(text: str, length: int, lines: int = 99) -> str:
    """The text in at most `lines` lines of about `length` characters, escaped, joined by `<br>`."""
    rows: list[str] = []
    rest = " ".join(text.split())
    while rest:
        if len(rows) == lines - 1 or len(rest) <= length:
            rows.append(clip(rest, length))
            break
        blank = rest.rfind(" ", 0, length + 1)
        cut = blank if blank > 0 else length
        rows.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return "<br>".join(_safe(row) for row in rows)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first_low(text: str) -> str:
    return text[:1].lower() + text[1:]


def value_text(value: float, unit: str) -> str:
    """A figure with its unit: «98,5 %», «12 ngày», «hạng 3»."""
    if unit == "hạng":
        return f"hạng {words.number(value)}"
    return f"{words.number(value)} {unit}".rstrip()


def area_names() -> dict[int, str]:
    """Short names of the areas by number."""
    return {int(a["id"]): str(a["short"]) for a in load("areas")["area"]}


def _area_short(number: Any) -> str:
    return NO_AREA + " lĩnh vực" if _none(number) else area_names().get(int(number), NO_AREA)


def _note(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """An annotation without arrow, by fractions of the figure unless told otherwise, centred."""
    font = {"size": more.pop("size", FONT), "color": more.pop("color", INK)}
    return {"x": x, "y": y, "text": text, "showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "center",
            "font": font, "align": "center", **more}  # fmt: skip


def _figure(data: list[dict[str, Any]], height: float, **layout: Any) -> go.Figure:
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, **layout.pop("margin", {})}
    font = {"size": FONT, "color": INK}
    fixed = {
        "template": None, "height": round(height), "margin": {**margin, "pad": 0}, "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR, "showlegend": False, "hovermode": "closest", "dragmode": False, "font": font,
        "hoverlabel": {"font": font, "align": "left"}, "barmode": "overlay",
    }  # fmt: skip
    return go.Figure({"data": data, "layout": {**fixed, **layout}})


def _rect(
    x: tuple[float, float], y: tuple[float, float], fill: str, xref: str = "paper", **line: Any
) -> dict[str, Any]:
    """A rectangle behind the data, y by the axis."""
    return {"type": "rect", "xref": xref, "yref": "y", "layer": "below", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
            "fillcolor": fill, "line": line or {"width": 0}}  # fmt: skip


def _line(x: tuple[float, float], y: tuple[float, float], xref: str = "paper", **line: Any) -> dict[str, Any]:
    """A thin line behind the data, y by the axis."""
    return {"type": "line", "xref": xref, "yref": "y", "layer": "below", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
            "line": {"width": 1, "color": LINE, **line}}  # fmt: skip


def _hidden_axis(low: float, high: float, **more: Any) -> dict[str, Any]:
    return {"range": [low, high], "visible": False, "fixedrange": True, **more}


# --- targets --------------------------------------------------------------------------------------------------------


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
    hover: str

    @property
    def measured(self) -> bool:
        return self.value is not None or bool(self.value_text)

    @property
    def result(self) -> str:
        """The result in words, "" when nothing is recorded."""
        if self.value_text:
            return self.value_text
        if self.value is None:
            return ""
        if self.kind == "milestone":
            return DONE if self.value else NOT_DONE
        return value_text(self.value, self.unit)

    @property
    def met(self) -> bool:
        """Whether the result is there and satisfies the goal; never true of an improvement, which needs last year's."""
        if self.value is None:
            return False
        if self.kind == "milestone":
            return bool(self.value)
        return self.goal is not None and self.kind != "improve" and reached(self.comparator, self.goal, self.value)


def _goals(targets: pd.DataFrame) -> list[_Goal]:
    return [_goal(row) for row in targets.to_dict("records")]


def _goal(row: Mapping[Any, Any]) -> _Goal:
    level = words.LEVELS.get(_text(row["level"]), _text(row["level"]))
    group = _text(row.get("group_name"))
    goal = _Goal(
        str(row["id"]), row["area"], str(row["kind"]), _text(row["comparator"]) or None, _number(row["value"]),
        _text(row["unit"]), _first_up(_text(row["subject"]) or _text(row.get("quote"))),
        ", ".join(x for x in (level, f"trong {group}" if group else "") if x), _text(row["goal_text"]),
        _number(row.get("value_now")), _text(row.get("value_text")), "",
    )  # fmt: skip
    lines = [wrap(goal.subject, 60, 6), f"<b>{_safe(GOAL.format(goal=goal.goal_text))}</b>"]
    lines.append(f"Kết quả: {_safe(goal.result) or words.NO_DATA}")
    if goal.where:
        lines.append(wrap(goal.where, 60, 2))
    if _text(row.get("except_text")):
        lines.append(wrap(f"Trừ: {_text(row['except_text'])}", 60, 2))
    if due := _day(row.get("due")):
        lines.append(f"Hạn {periods.date_text(due)}")
    if _text(row.get("plan_label")):
        lines.append(wrap(_text(row["plan_label"]), 60, 2))
    return goal._replace(hover="<br>".join(lines))


def _targets_alt(goals: Sequence[_Goal]) -> str:
    measured = sum(g.measured for g in goals)
    met = sum(g.met for g in goals)
    if not measured:
        return f"{len(goals)} chỉ tiêu với mức mục tiêu; chưa có số liệu kết quả nào."
    return f"{len(goals)} chỉ tiêu, {measured} chỉ tiêu có số liệu, trong đó {met} đã đạt mức mục tiêu."


class _Cell(NamedTuple):
    """The lay-out of one gauge, in pixels from the top of its cell."""

    columns: int
    height: int
    radius: int
    base: int  # where the arc stands
    chars: int
    lines: int


_CELLS: dict[Width, _Cell] = {
    "narrow": _Cell(2, 252, 54, 168, 24, 5),
    "medium": _Cell(3, 240, 64, 166, 30, 4),
    "wide": _Cell(4, 236, 66, 166, 32, 4),
}


def gauges(targets: pd.DataFrame, width: Width = "wide", selected: str = "") -> Chart:
    """One page of targets as gauges in one figure, each in its cell of a grid.

    `targets`: the columns of `queries.targets` (id, area, kind, comparator, value, unit, subject, level, goal_text;
    group_name, except_text, due, plan_label are shown on hovering), and, when results are recorded, `value_now`
    (number or missing; 1 and 0 for a milestone done and not done) and `value_text` (what to show instead of the
    number). A missing result shows «chưa có số liệu», never a bar at zero. Ratio, count and rank are gauges with the
    goal as a marked line; an improvement and a milestone have no scale and are drawn as an arrow and a box to tick.
    `customdata` of the clickable cell: [id]. Raises ValueError for an empty frame.
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
        shapes.append(_rect(across, (y(cell.height - 5), y(5)), CHOSEN if chosen else CLEAR, **frame))
        xs.append(middle)
        ys.append(y(cell.height / 2))
        notes.append(_note(middle, y(10), _safe(clip(_area_short(goal.area), cell.chars)), size=SMALL, yanchor="top"))
        notes.append(
            _note(middle, y(27), f"<b>{wrap(goal.subject, cell.chars, cell.lines)}</b>", size=FONT, yanchor="top")
        )
        if goal.goal is None or goal.kind in ("improve", "milestone"):
            shapes += _sign(goal, middle, y(cell.base), cell.radius)
            result = f"<b>{wrap(goal.result, cell.chars, 1)}</b>" if goal.measured else NO_RESULT.replace("<br>", " ")
            notes.append(_note(middle, y(cell.base + 2), result, yanchor="top"))
            below = MILESTONE if goal.kind == "milestone" else wrap(_first_up(goal.goal_text), cell.chars, 2)
        else:
            trace, more = _gauge(goal, goal.goal, cell, column, y)
            data.append(trace)
            notes += more
            below = _safe(clip(GOAL.format(goal=goal.goal_text), cell.chars + 2))
        notes.append(_note(middle, y(cell.base + 21), below, yanchor="top"))
        lines = below.count("<br>")
        notes.append(
            _note(
                middle,
                y(cell.base + 39 + 15 * lines),
                _safe(clip(goal.where or ANY_LEVEL, cell.chars + 4)),
                size=SMALL,
                yanchor="top",
            )
        )
    # The cells themselves: gauges send no clicks, these invisible squares do.
    data.append({
        "type": "scatter", "mode": "markers", "x": xs, "y": ys, "customdata": [[g.id] for g in goals],
        "marker": {"symbol": "square", "size": min(cell.height, WIDTHS[width] // cell.columns) - 20, "opacity": 0},
        "selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}},
        "hovertext": [g.hover for g in goals], "hoverinfo": "text",
    })  # fmt: skip
    axes = {"xaxis": _hidden_axis(0, 1), "yaxis": _hidden_axis(0, 1)}
    return Chart(_figure(data, total, annotations=notes, shapes=shapes, hoverdistance=30, **axes), _targets_alt(goals))


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
            "bar": {"color": GREEN if goal.met else BLUE, "thickness": 0.62},
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
        notes.append(_note(middle, base, text, xshift=(2 * place - 1) * radius * 0.875, size=size, yanchor="top"))
    if 0.04 <= at <= 0.96:
        across, up = math.cos(math.pi * (1 - at)), math.sin(math.pi * at)
        side = "left" if across > 0.3 else "right" if across < -0.3 else "center"
        more = {"xanchor": side, "yanchor": "bottom" if up > 0.95 else "middle"}
        notes.append(_note(middle, base, label, xshift=(radius + 4) * across, yshift=(radius + 3) * up, **more))
    if goal.measured:
        sign = "✓ " if goal.met else ""
        notes.append(_note(middle, base, f"<b>{sign}{_safe(clip(goal.result, 14))}</b>", size=15, yanchor="bottom"))
    else:
        notes.append(_note(middle, base, NO_RESULT, size=FONT, yanchor="bottom"))
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
    colour = GREEN if goal.met else BLUE if goal.measured else GREY
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
        parts.append(part(0.0, s.place(goal.value), 5, 6, GREEN if goal.met else BLUE))
    at = f"left:calc({s.place(goal.goal):.2%} - 2px)"
    parts.append(el("span", style=f"position:absolute;{at};width:3px;top:0;height:16px;background:currentColor"))
    track = f"position:relative;display:block;min-width:7rem;height:16px;background:{TRACK}"
    return el("span", *parts, style=track, aria_hidden="true")


# --- deadlines ------------------------------------------------------------------------------------------------------


class _Span(NamedTuple):
    start: dt.date
    end: dt.date


def span_of(kind: str, start: dt.date | None, end: dt.date | None) -> _Span | None:
    """What a deadline covers, as the document says it: its month, its quarter, its year, its day. None without a date.

    The bar of «Quý I/2024» is 01/01 - 31/3 in both calendars: the calendar decides in which lane it stands.
    """
    if end is None:
        return None
    if start is not None:
        return _Span(min(start, end), end)
    match kind:
        case "month":
            return _Span(end.replace(day=1), end)
        case "quarter":
            return _Span(periods.quarter_span(periods.quarter_of(end))[0], end)
        case "year":
            return _Span(dt.date(end.year, 1, 1), end)
        case _:
            return _Span(end, end)


def lane_counts(tasks: pd.DataFrame) -> dict[str, int]:
    """How many tasks each lane holds, lanes in the order of showing."""
    found = tasks["lane"].value_counts()
    return {str(lane): int(found[lane]) for lane in sorted(found.index, key=periods.lane_order)}


class LaneRow(NamedTuple):
    """A lane of the timeline: its key ("" for a run of quarters without tasks), its title, its tasks."""

    lane: str
    title: str
    tasks: list[dict[Any, Any]]


def lane_rows(tasks: pd.DataFrame, calendar: periods.Calendar, as_of: dt.date) -> list[LaneRow]:
    """The lanes of the timeline from top to bottom: quarters by time, then whole years, several years, ongoing, events,
    unknown. Quarters without tasks between others are named too (runs of three and more as one row); the quarter of
    the reporting date and the next one stand there when they touch the range."""
    by_lane: dict[str, list[dict[Any, Any]]] = {}
    for row in tasks.to_dict("records"):
        by_lane.setdefault(str(row["lane"]), []).append(row)
    quarters = sorted(q for lane in by_lane if (q := periods.parse_quarter(lane)))
    rows: list[LaneRow] = []
    if quarters:
        now = periods.quarter_of(as_of, calendar)
        first, last = quarters[0], quarters[-1]
        if first.shifted(-1) <= now <= last.shifted(1):
            first, last = min(first, now), max(last, now.shifted(1))
        empty: list[periods.Quarter] = []

        def flush() -> None:
            if len(empty) > 2:
                rows.append(LaneRow("", f"{empty[0].label} - {empty[-1].label}", []))
            else:
                rows.extend(LaneRow("", _quarter_title(q, calendar, now), []) for q in empty)
            empty.clear()

        quarter = first
        while quarter <= last:
            found = by_lane.get(str(quarter))
            if found is None:
                empty.append(quarter)
            else:
                flush()
                rows.append(LaneRow(str(quarter), _quarter_title(quarter, calendar, now), found))
            quarter = quarter.shifted(1)
        flush()
    rest = sorted((lane for lane in by_lane if not periods.parse_quarter(lane)), key=periods.lane_order)
    rows.extend(LaneRow(lane, periods.lane_text(lane, calendar), by_lane[lane]) for lane in rest)
    return rows


def _quarter_title(quarter: periods.Quarter, calendar: periods.Calendar, now: periods.Quarter) -> str:
    which = " (quý này)" if quarter == now else " (quý sau)" if quarter == now.shifted(1) else ""
    return periods.quarter_text(quarter, calendar) + which


def status_counts(tasks: Iterable[Mapping[Any, Any]]) -> str:
    """«11 đã qua hạn, chưa có báo cáo»: the tasks by the words of their status, most frequent first."""
    counts = Counter(str(task["status_label"]) for task in tasks).most_common()
    return "; ".join(f"{words.number(n)} {_first_low(label)}" for label, n in counts)


class _Drawn(NamedTuple):
    """One bar or point of the timeline."""

    lane: str
    task: str
    status: str
    y: float
    span: _Span | None
    hover: str


_HEAD, _STEP, _TOP = 27, 29, 34  # pixels: title of a lane, one task, names of the quarters


def timeline(
    tasks: pd.DataFrame, calendar: periods.Calendar, as_of: dt.date, width: Width = "wide", selected: str = ""
) -> Chart:
    """Deadlines by lanes: a bar over its quarter, month or span for each task, a point for a day, one counted bar for
    the tasks that say only a year. Lanes without dates (thường xuyên, theo sự kiện, chưa rõ) have a row a task as well.

    `tasks`: id, content, lead, lane, deadline_kind, deadline_start, deadline_end, due_text, status, status_label, in
    the order of showing inside a lane. `selected` is a lane. `customdata` of a click: [lane, task id or ""].
    Raises ValueError for an empty frame.
    """
    if tasks.empty:
        raise ValueError("no tasks to draw")
    lanes = lane_rows(tasks, calendar, as_of)
    low, high = _range(tasks, calendar, as_of)
    place = _Place(low, high, WIDTHS[width])
    narrow = width == "narrow"
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    drawn: list[_Drawn] = []
    bands: list[tuple[float, float, str]] = []

    def head(y: float, text: str, **more: Any) -> None:
        notes.append(_note(0, y, text, yref="y", xanchor="left", align="left", yanchor="middle", xshift=4, **more))

    y = float(_TOP)
    for lane in lanes:
        first = y
        states = _safe(status_counts(lane.tasks))
        count = f"{words.number(len(lane.tasks))} nhiệm vụ" if lane.tasks else NO_TASKS
        title = f"<b>{_safe(lane.title)}</b> · {count}"
        if narrow and states:
            head(y + 13, title)
            head(y + 29, clip(states, 58), size=SMALL)
            y += 16
        else:
            head(y + 14, f"{title} · {states}" if states else title)
        y += _HEAD
        counted = Counter(str(t["status"]) for t in lane.tasks).most_common(1)
        usual, most = counted[0] if counted else ("", 0)
        if lane.lane.startswith("year:") and len(lane.tasks) > FOLD_YEAR:
            year = int(lane.lane[5:])
            span = place.cut(_Span(dt.date(year, 1, 1), dt.date(year, 12, 31)))
            text = ONLY_YEAR.format(count=words.number(len(lane.tasks)))
            notes.append(place.label(span, y + 8, _safe(clip(text, int(place.pixels / CHAR)))))
            code = usual if most == len(lane.tasks) else ""
            drawn.append(_Drawn(lane.lane, "", code, y + 20, span, f"{title}<br>{states}"))
            y += _STEP
        else:
            more = len(lane.tasks) > TASKS_A_LANE
            named = lane.tasks[: TASKS_A_LANE - 1] if more else lane.tasks
            for task in named:
                whole = span_of(str(task["deadline_kind"]), _day(task["deadline_start"]), _day(task["deadline_end"]))
                span = place.cut(whole)
                notes.append(place.label(span, y + 8, *_label(task, place.room(span), usual, span != whole)))
                drawn.append(_Drawn(lane.lane, str(task["id"]), str(task["status"]), y + 20, span, _task_hover(task)))
                y += _STEP
            if more:
                head(y + 8, MORE_TASKS.format(count=words.number(len(lane.tasks) - len(named))))
                y += 20
        y += 6
        shapes.append(_line((0, 1), (y, y)))
        if lane.lane:
            bands.append((first, y, lane.lane))
            if lane.lane == selected:
                shapes.append(_rect((0, 1), (first, y), CHOSEN))
    more_notes, lines = _ticks(place, calendar, narrow, y)
    notes += more_notes
    shapes += lines
    if low <= as_of <= high:
        x = place.at(as_of)
        shapes.append(_line((x, x), (16, y), "x", color=GREY, width=2, dash="dot"))
        side = "right" if x > place.days * 0.75 else "left" if x < place.days * 0.25 else "center"
        today = f"<b>{TODAY.format(day=periods.date_text(as_of))}</b>"
        notes.append(_note(x, 8, today, xref="x", yref="y", xanchor=side, yanchor="middle", size=SMALL))
    data = _timeline_traces(drawn, bands, place)
    axes = {"xaxis": _hidden_axis(0, place.days), "yaxis": _hidden_axis(y + 4, 0)}
    told = "; ".join(f"{row.title}: {len(row.tasks)}" for row in lanes if row.tasks)
    figure = _figure(data, y + 4, annotations=notes, shapes=shapes, **axes)
    return Chart(figure, f"{len(tasks)} nhiệm vụ theo thời hạn. {told}.")


class _Place(NamedTuple):
    """The horizontal axis of the timeline: days from `low` on, and how many pixels it can count on."""

    low: dt.date
    high: dt.date
    pixels: int

    @property
    def days(self) -> int:
        return (self.high - self.low).days + 1

    def at(self, day: dt.date) -> int:
        return (day - self.low).days

    def cut(self, span: _Span | None) -> _Span | None:
        """The part of a span that lies on the axis."""
        return _Span(max(span.start, self.low), min(span.end, self.high)) if span else None

    def _px(self, span: _Span) -> tuple[float, float]:
        scale_ = self.pixels / self.days
        return self.at(span.start) * scale_, (self.at(span.end) + 1) * scale_

    def room(self, span: _Span | None) -> int:
        """How many characters fit beside the bar: to the right from its start, or to the left from its end."""
        if span is None:
            return int((self.pixels - 22) / CHAR)
        start, end = self._px(span)
        return int((max(self.pixels - start, end) - 6) / CHAR)

    def label(self, span: _Span | None, y: float, text: str, plain: str = "") -> dict[str, Any]:
        """The words above a bar: they begin with it, or end with it where the right edge is too near."""
        at = {"xref": "x", "yref": "y", "yanchor": "middle"}
        if span is None:
            return _note(0, y, text, xanchor="left", align="left", xshift=22, **at)
        start, end = self._px(span)
        if start + len(plain or text) * CHAR <= self.pixels or self.pixels - start >= end:
            return _note(self.at(span.start), y, text, xanchor="left", align="left", xshift=4, **at)
        return _note(self.at(span.end) + 1, y, text, xanchor="right", align="right", xshift=-4, **at)


def _range(tasks: pd.DataFrame, calendar: periods.Calendar, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the axis: whole quarters (whole years for «cả năm») that hold the deadlines. Spans of years
    do not widen it; they run on beyond its ends. Without any date the axis is the year of the reporting date."""
    spans: list[_Span] = []
    wide: list[_Span] = []
    for row in tasks.to_dict("records"):
        span = span_of(str(row["deadline_kind"]), _day(row["deadline_start"]), _day(row["deadline_end"]))
        if span:
            (wide if row["lane"] == periods.YEARS else spans).append(span)
    spans = spans or wide or [_Span(dt.date(as_of.year, 1, 1), dt.date(as_of.year, 12, 31))]
    low = periods.quarter_span(periods.quarter_of(min(s.start for s in spans), calendar), calendar)[0]
    high = periods.quarter_span(periods.quarter_of(max(s.end for s in spans), calendar), calendar)[1]
    return low, high


def _ticks(
    place: _Place, calendar: periods.Calendar, narrow: bool, bottom: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Names of the quarters on top and lines between them; years where there are too many quarters to name."""
    quarters = []
    quarter = periods.quarter_of(place.low, calendar)
    while (span := periods.quarter_span(quarter, calendar))[0] <= place.high:
        quarters.append((quarter, span))
        quarter = quarter.shifted(1)
    by_year = len(quarters) > (6 if narrow else 10)
    step = math.ceil(len(quarters) / 4 / (8 if narrow else 16))
    notes, lines = [], []
    for quarter, (start, end) in quarters:
        if by_year and quarter.number != 1:
            continue
        x = place.at(start)
        if x:
            lines.append(_line((x, x), (18, bottom), "x"))
        more = {"xref": "x", "yref": "y", "yanchor": "middle", "size": SMALL}
        if not by_year:
            text = f"{periods.ROMAN[quarter.number]}/{quarter.year}" if narrow else quarter.label
            notes.append(_note((x + place.at(end) + 1) / 2, 26, text, **more))
        elif quarter.year % step == 0:
            notes.append(_note(x, 26, str(quarter.year), xshift=3, xanchor="left", **more))
    return notes, lines


def _label(task: Mapping[Any, Any], room: int, usual: str, cut: bool) -> tuple[str, str]:
    """The words of a task, as markup and as counted: its mark, what is to be done, its status where it is not the
    `usual` one of the lane, its deadline where the bar does not show it whole, who leads where there is room."""
    look = words.STATUS_LOOKS.get(str(task["status"]))
    drawn_as_point = task["lane"] in (periods.EVENT, periods.NONE)
    mark = f"{look.mark} " if look and not drawn_as_point else ""
    end = "" if task["status"] == usual else f" · {_first_low(str(task['status_label']))}"
    if cut or task["deadline_kind"] in ("day", "years", "period"):
        end += f" · {_first_low(str(task['due_text']))}"
    content = clip(str(task["content"]), max(room - len(mark) - len(end), 16))
    lead = f" · {_text(task['lead'])}" if _text(task["lead"]) else ""
    if len(mark + content + end + lead) <= room:
        end += lead
    text = f"{mark}{content}{end}"
    return _safe(text), text


def _task_hover(task: Mapping[Any, Any]) -> str:
    lines = [wrap(str(task["content"]), 60, 6), f"<b>{_safe(str(task['due_text']))}</b>"]
    lines.append(_safe(str(task["status_label"])))
    if _text(task["lead"]):
        lines.append(wrap(f"Chủ trì: {_text(task['lead'])}", 60, 3))
    return "<br>".join(lines)


_STILL = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}


def _timeline_traces(
    drawn: Sequence[_Drawn], bands: Sequence[tuple[float, float, str]], place: _Place
) -> list[dict[str, Any]]:
    # Behind everything: a click anywhere in a lane selects it.
    data: list[dict[str, Any]] = [{
        "type": "bar", "orientation": "h", "base": 0, "x": [place.days] * len(bands), "hoverinfo": "none",
        "y": [(a + b) / 2 for a, b, _ in bands], "width": [b - a for a, b, _ in bands], "marker": {"color": CLEAR},
        "customdata": [[lane, ""] for *_, lane in bands], **_STILL,
    }]  # fmt: skip
    for code in dict.fromkeys(d.status for d in drawn):
        look, fill = words.STATUS_LOOKS.get(code), FILLS.get(code, GREY)
        bars: list[tuple[_Drawn, float, float]] = []
        points: list[tuple[_Drawn, float, float, str]] = []
        for d in drawn:
            if d.status != code:
                continue
            if d.span is None and d.lane != periods.ONGOING:
                symbol = "diamond-open" if d.lane == periods.EVENT else "circle-open"
                points.append((d, 11 * place.days / place.pixels, d.y - 12, symbol))
            elif d.span is None:
                bars.append((d, 0, place.days))
            elif d.span.start == d.span.end:
                points.append((d, place.at(d.span.start) + 0.5, d.y, "diamond"))
            else:
                bars.append((d, place.at(d.span.start), place.at(d.span.end) + 1))
        if bars:
            marker: dict[str, Any] = {"color": fill, "line": {"color": fill, "width": 1}}
            if look and look.pattern:
                # The pattern stands on the page's own ground: a hatched bar can be told from a full one without colour.
                shape = {"shape": look.pattern, "size": 5, "solidity": 0.4}
                marker["pattern"] = {**shape, "fgcolor": fill, "bgcolor": CLEAR}
            data.append({
                "type": "bar", "orientation": "h", "base": [a for _, a, _ in bars], "x": [b - a for _, a, b in bars],
                "y": [d.y for d, *_ in bars], "width": 9, "marker": marker, "hoverinfo": "text",
                "customdata": [[d.lane, d.task] for d, *_ in bars], "hovertext": [d.hover for d, *_ in bars], **_STILL,
            })  # fmt: skip
        if points:
            look_of_points = {"size": 11, "color": fill, "line": {"width": 2, "color": fill}}
            data.append({
                "type": "scatter", "mode": "markers", "x": [p[1] for p in points], "y": [p[2] for p in points],
                "marker": {**look_of_points, "symbol": [p[3] for p in points]},
                "customdata": [[p[0].lane, p[0].task] for p in points], "hovertext": [p[0].hover for p in points],
                "hoverinfo": "text", "cliponaxis": False, **_STILL,
            })  # fmt: skip
    return data


# --- responsibilities -----------------------------------------------------------------------------------------------


class MatrixRow(NamedTuple):
    """A row of a matrix: its key, what stands before it, and whether it is a member shown under its group.

    `opened` is None for an agency, False for a folded and True for an unfolded group.
    """

    key: str
    label: str
    member: bool = False
    opened: bool | None = None


class Cell(NamedTuple):
    """How many tasks (or whether one) an agency leads and supports in one column."""

    row: str
    column: str
    lead: int
    support: int


def cell_text(lead: int, support: int, between: str = " ") -> str:
    """«3C 5P»; nothing for nothing."""
    return between.join(t for t in (f"{lead}C" if lead else "", f"{support}P" if support else "") if t)


class _Matrix(NamedTuple):
    label: int  # pixels for the names of the rows
    row: int
    head: int
    chars: int


_MATRIX: dict[Width, _Matrix] = {
    "narrow": _Matrix(112, 34, 118, 17),
    "medium": _Matrix(190, 27, 58, 27),
    "wide": _Matrix(250, 27, 46, 37),
}


def matrix(
    rows: Sequence[MatrixRow],
    columns: Mapping[str, str],
    cells: Iterable[Cell],
    width: Width = "wide",
    selected: tuple[str, str] = ("", ""),
    *,
    totals: bool = True,
    letters: bool = False,
    upright: bool | None = None,
    alt: str = "",
) -> Chart:
    """Who has what: a row for each agency, a column for each area (key -> name), «3C 5P» in a cell, shaded by the lead.

    `totals` adds the sums of a row and of a column; members shown under an unfolded group are not added again.
    `letters` is for a single task a row: «C», «P» or «C P» without numbers, and no shades but two.
    `upright` turns the column names by 90 degrees (default: in a narrow figure). Empty cells stay empty.
    `customdata` of a cell: [row, column], of a sum: [row, ""] or ["", column]. Raises ValueError without rows or
    columns.
    """
    if not rows or not columns:
        raise ValueError("no rows or columns to draw")
    look = _MATRIX[width]
    narrow = width == "narrow"
    upright = narrow if upright is None else upright
    between = "<br>" if narrow else " "
    keys = list(columns)
    at_x = {key: i for i, key in enumerate(keys)}
    at_y = {row.key: i for i, row in enumerate(rows)}
    found = {(c.row, c.column): c for c in cells if c.row in at_y and c.column in at_x and (c.lead or c.support)}
    members = {row.key for row in rows if row.member}
    most = max((c.lead for c in found.values()), default=0)
    across = len(keys) + (1 if totals else 0)
    down = len(rows) + (1 if totals else 0)
    head = max((min(len(name), 30) for name in columns.values()), default=0) * 6 + 14 if upright else look.head
    plot_px = (WIDTHS[width] - look.label) / across
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []

    def note(x: float, y: float, text: str, **more: Any) -> None:
        notes.append(_note(x, y, text, **{"xref": "x", "yref": "y", "yanchor": "middle", **more}))

    headers = [*columns.values(), TOTAL] if totals else list(columns.values())
    above = {"yref": "paper", "yanchor": "bottom", "yshift": 3, "size": SMALL}
    for i, name in enumerate(headers):
        if upright:
            note(i + 0.5, 1, _safe(clip(name, 30)), textangle=-90, **above)
        else:
            note(i + 0.5, 1, wrap(name, max(int(plot_px / CHAR), 6), 3), **above)
    for i, row in enumerate(rows):
        sign = "" if row.opened is None else "▾ " if row.opened else "▸ "
        indent = "  └ " if row.member else ""
        label = wrap(sign + row.label, look.chars - 3 * row.member, 2 if narrow else 1)
        note(0, i + 0.5, _safe(indent) + label, xref="paper", xshift=-look.label, xanchor="left", align="left",
             size=SMALL if narrow else FONT)  # fmt: skip
        shapes.append(_line((0, across), (i, i), "x"))
    shapes.append(_line((0, across), (len(rows), len(rows)), "x"))
    if totals:
        note(0, len(rows) + 0.5, f"<b>{TOTAL}</b>", xref="paper", xshift=-look.label, xanchor="left")

    light: list[tuple[Cell, int]] = []
    dark: list[tuple[Cell, int]] = []
    for cell in found.values():
        step = (3 if cell.lead else 0) if letters else _shade(cell.lead, most)
        (dark if step >= 3 else light).append((cell, step))
    by_row = {row.key: _sums(c for c in found.values() if c.row == row.key) for row in rows}
    by_column = {key: _sums(c for c in found.values() if c.column == key and c.row not in members) for key in keys}
    names = {row.key: row.label for row in rows}

    def shown(cell: Cell) -> str:
        if letters:
            return between.join(letter for letter, n in (("C", cell.lead), ("P", cell.support)) if n)
        return cell_text(cell.lead, cell.support, between)

    def spoken(cell: Cell) -> str:
        if letters:
            return " và ".join(word for word, n in (("Chủ trì", cell.lead), ("Phối hợp", cell.support)) if n)
        return _spoken(cell.lead, cell.support)

    def trace(group: list[tuple[Cell, int]], colour: str) -> dict[str, Any]:
        return _boxes(
            [at_x[c.column] for c, _ in group], [at_y[c.row] for c, _ in group], [_SHADES[s] for _, s in group],
            [shown(c) for c, _ in group], [[c.row, c.column] for c, _ in group],
            [f"<b>{_safe(names[c.row])}</b><br>{_safe(columns[c.column])}<br>{spoken(c)}" for c, _ in group],
            colour, SMALL if narrow else FONT,
        )  # fmt: skip

    data = [trace(light, INK), trace(dark, WHITE)]
    size = SMALL if narrow else FONT
    if totals:
        edge = [(len(keys), at_y[key], key, "", sums) for key, sums in by_row.items() if any(sums)]
        edge += [(at_x[key], len(rows), "", key, sums) for key, sums in by_column.items() if any(sums)]
        data.append(_boxes(
            [e[0] for e in edge], [e[1] for e in edge], [CLEAR] * len(edge), [cell_text(*e[4], between) for e in edge],
            [[e[2], e[3]] for e in edge], [_spoken(*e[4]) for e in edge], INK, size,
        ))  # fmt: skip
        shapes.append(_rect((len(keys), across), (0, down), BAND, "x"))
        shapes.append(_rect((0, len(keys)), (len(rows), down), BAND, "x"))
    known = (not selected[0] or selected[0] in at_y) and (not selected[1] or selected[1] in at_x)
    if any(selected) and known and (all(selected) or totals):
        x, y = at_x.get(selected[1], len(keys)), at_y.get(selected[0], len(rows))
        chosen = _rect((x + 0.01, x + 0.99), (y + 0.03, y + 0.97), CLEAR, "x", color=INK, width=2)
        shapes.append({**chosen, "layer": "above"})
    figure = _figure(
        [t for t in data if t["y"]] or [_boxes([0], [0], [CLEAR], [""], [["", ""]], [""], INK, FONT)],
        head + down * look.row + 4, annotations=notes, shapes=shapes, margin={"l": look.label, "t": head, "b": 4},
        xaxis=_hidden_axis(0, across), yaxis=_hidden_axis(down, 0),
    )  # fmt: skip
    return Chart(figure, alt or _matrix_alt(rows, columns, found, by_row, members))


_SHADES = ("rgba(128,134,146,0.14)", "rgba(42,120,189,0.20)", "rgba(42,120,189,0.36)", BLUE, "#1f5f9e")


def _shade(lead: int, most: int) -> int:
    """0 for support only, 1 to 4 by the share of the largest number led in the figure."""
    return 0 if not lead else min(4, 1 + int(4 * (lead - 1) / max(most, 4)))


def _sums(cells: Iterable[Cell]) -> tuple[int, int]:
    found = list(cells)
    return sum(c.lead for c in found), sum(c.support for c in found)


def _boxes(
    x: list[int], y: list[int], colours: list[str], texts: list[str], keys: list[list[str]], hover: list[str], ink: str,
    size: int,
) -> dict[str, Any]:  # fmt: skip
    """Cells as bars one unit long: unlike a heat map's, their clicks reach the page."""
    return {
        "type": "bar", "orientation": "h", "base": [v + 0.02 for v in x], "x": [0.96] * len(x), "width": 0.92,
        "y": [v + 0.5 for v in y], "marker": {"color": colours}, "text": texts, "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "constraintext": "none", "insidetextfont": {"color": ink, "size": size},
        "customdata": keys,
        "hovertext": hover, "hoverinfo": "text", "selected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
    }  # fmt: skip


def _spoken(lead: int, support: int) -> str:
    counted = (("chủ trì", lead), ("phối hợp", support))
    return _first_up(", ".join(f"{word} {words.number(n)} nhiệm vụ" for word, n in counted if n))


def _matrix_alt(
    rows: Sequence[MatrixRow], columns: Mapping[str, str], found: Mapping[tuple[str, str], Cell],
    by_row: Mapping[str, tuple[int, int]], members: set[str],
) -> str:  # fmt: skip
    agencies = [row for row in rows if row.key not in members]
    text = f"Ma trận {len(agencies)} cơ quan, nhóm cơ quan và {len(columns)} lĩnh vực."
    most = max(agencies, key=lambda row: by_row[row.key][0], default=None)
    if most and by_row[most.key][0]:
        text += f" Chủ trì nhiều nhất: {most.label}, {by_row[most.key][0]} nhiệm vụ."
    return text
