"""Deadlines: lanes with a bar or a point for each task."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from cchc import periods, words
from cchc.charts.base import (
    AMBER,
    BLUE,
    BROWN,
    CHAR,
    CHOSEN,
    CLEAR,
    GREEN,
    GREY,
    RED,
    SMALL,
    WIDTHS,
    Chart,
    Width,
    annotation,
    as_day,
    as_text,
    clip,
    first_low,
    hidden_axis,
    make_figure,
    rectangle,
    rule,
    safe,
    wrap,
)

# Fills of bars by status. Patterns and marks come from words.STATUS_LOOKS, so charts and tables say the same.
FILLS = {
    "overdue": RED, "past_no_report": BROWN, "due_soon": AMBER, "in_time": BLUE, "ongoing": GREY, "event": GREY,
    "no_deadline": GREY, "done_early": GREEN, "done_on_time": GREEN, "done_late": GREEN, "done": GREEN,
    "not_applicable": GREY,
}  # fmt: skip
TASKS_A_LANE = 16  # more than this in a lane: the last ones are only counted
FOLD_YEAR = 3  # tasks that say only a year: from the next one on they are one counted bar

NO_TASKS = "không có nhiệm vụ"
MORE_TASKS = "… và {count} nhiệm vụ khác trong danh sách bên dưới"
ONLY_YEAR = "{count} nhiệm vụ chỉ ghi năm, không ghi quý: xem danh sách bên dưới"
TODAY = "Ngày số liệu {day}"


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


def _span(task: Mapping[Any, Any]) -> _Span | None:
    return span_of(str(task["deadline_kind"]), as_day(task["deadline_start"]), as_day(task["deadline_end"]))


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
    return "; ".join(f"{words.number(n)} {first_low(label)}" for label, n in counts)


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
        notes.append(annotation(0, y, text, yref="y", xanchor="left", align="left", yanchor="middle", xshift=4, **more))

    y = float(_TOP)
    for lane in lanes:
        first = y
        states = safe(status_counts(lane.tasks))
        count = f"{words.number(len(lane.tasks))} nhiệm vụ" if lane.tasks else NO_TASKS
        title = f"<b>{safe(lane.title)}</b> · {count}"
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
            notes.append(place.label(span, y + 8, safe(clip(text, int(place.pixels / CHAR)))))
            code = usual if most == len(lane.tasks) else ""
            drawn.append(_Drawn(lane.lane, "", code, y + 20, span, f"{title}<br>{states}"))
            y += _STEP
        else:
            more = len(lane.tasks) > TASKS_A_LANE
            named = lane.tasks[: TASKS_A_LANE - 1] if more else lane.tasks
            for task in named:
                whole = _span(task)
                span = place.cut(whole)
                notes.append(place.label(span, y + 8, *_label(task, place.room(span), usual, span != whole)))
                drawn.append(_Drawn(lane.lane, str(task["id"]), str(task["status"]), y + 20, span, _task_hover(task)))
                y += _STEP
            if more:
                head(y + 8, MORE_TASKS.format(count=words.number(len(lane.tasks) - len(named))))
                y += 20
        y += 6
        shapes.append(rule((0, 1), (y, y)))
        if lane.lane:
            bands.append((first, y, lane.lane))
            if lane.lane == selected:
                shapes.append(rectangle((0, 1), (first, y), CHOSEN))
    more_notes, lines = _ticks(place, calendar, narrow, y)
    notes += more_notes
    shapes += lines
    if low <= as_of <= high:
        x = place.at(as_of)
        shapes.append(rule((x, x), (16, y), "x", color=GREY, width=2, dash="dot"))
        side = "right" if x > place.days * 0.75 else "left" if x < place.days * 0.25 else "center"
        today = f"<b>{TODAY.format(day=periods.date_text(as_of))}</b>"
        notes.append(annotation(x, 8, today, xref="x", yref="y", xanchor=side, yanchor="middle", size=SMALL))
    data = _timeline_traces(drawn, bands, place)
    axes = {"xaxis": hidden_axis(0, place.days), "yaxis": hidden_axis(y + 4, 0)}
    told = "; ".join(f"{row.title}: {len(row.tasks)}" for row in lanes if row.tasks)
    figure = make_figure(data, y + 4, annotations=notes, shapes=shapes, **axes)
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
        """The part of a span that lies on the axis, None when none does."""
        if span is None or span.end < self.low or span.start > self.high:
            return None
        return _Span(max(span.start, self.low), min(span.end, self.high))

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
            return annotation(0, y, text, xanchor="left", align="left", xshift=22, **at)
        start, end = self._px(span)
        if start + len(plain or text) * CHAR <= self.pixels or self.pixels - start >= end:
            return annotation(self.at(span.start), y, text, xanchor="left", align="left", xshift=4, **at)
        return annotation(self.at(span.end) + 1, y, text, xanchor="right", align="right", xshift=-4, **at)


def in_range(tasks: pd.DataFrame, calendar: periods.Calendar, day: dt.date) -> bool:
    """Whether the timeline of these tasks shows the day."""
    low, high = _range(tasks, calendar, day)
    return low <= day <= high


def _range(tasks: pd.DataFrame, calendar: periods.Calendar, as_of: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the axis: whole quarters (whole years for «cả năm») that hold the deadlines. Spans of years
    do not widen it; they run on beyond its ends. Without any date the axis is the year of the reporting date."""
    spans: list[_Span] = []
    wide: list[_Span] = []
    for row in tasks.to_dict("records"):
        span = _span(row)
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
            lines.append(rule((x, x), (18, bottom), "x"))
        more = {"xref": "x", "yref": "y", "yanchor": "middle", "size": SMALL}
        if not by_year:
            text = f"{periods.ROMAN[quarter.number]}/{quarter.year}" if narrow else quarter.label
            notes.append(annotation((x + place.at(end) + 1) / 2, 26, text, **more))
        elif quarter.year % step == 0:
            notes.append(annotation(x, 26, str(quarter.year), xshift=3, xanchor="left", **more))
    return notes, lines


def _label(task: Mapping[Any, Any], room: int, usual: str, cut: bool) -> tuple[str, str]:
    """The words of a task, as markup and as counted: its mark, what is to be done, its status where it is not the
    `usual` one of the lane, its deadline where the bar does not show it whole, who leads where there is room."""
    look = words.STATUS_LOOKS.get(str(task["status"]))
    drawn_as_point = task["lane"] in (periods.EVENT, periods.NONE)
    mark = f"{look.mark} " if look and not drawn_as_point else ""
    end = "" if task["status"] == usual else f" · {first_low(str(task['status_label']))}"
    if cut or task["deadline_kind"] in ("day", "years", "period"):
        end += f" · {first_low(str(task['due_text']))}"
    content = clip(str(task["content"]), max(room - len(mark) - len(end), 16))
    lead = f" · {as_text(task['lead'])}" if as_text(task["lead"]) else ""
    if len(mark + content + end + lead) <= room:
        end += lead
    text = f"{mark}{content}{end}"
    return safe(text), text


def _task_hover(task: Mapping[Any, Any]) -> str:
    lines = [wrap(str(task["content"]), 60, 6), f"<b>{safe(str(task['due_text']))}</b>"]
    lines.append(safe(str(task["status_label"])))
    if as_text(task["lead"]):
        lines.append(wrap(f"Chủ trì: {as_text(task['lead'])}", 60, 3))
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
