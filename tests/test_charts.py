"""Charts: what stands on a figure, from frames made here."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc import charts, periods, status, words
from cchc.charts import base, lanes, targets
from cchc.model import Deadline

D = dt.date
TODAY = D(2024, 2, 20)
HOSTILE = '<a href="javascript:alert(1)">bấm</a> <img src=x onerror=alert(1)> %{x} $E=mc^2$ {y} "\''


# --- frames ---------------------------------------------------------------------------------------------------------


def target(id_: str = "c1", **changes: Any) -> dict[str, Any]:
    row = {
        "id": id_, "area": 3, "kind": "ratio", "comparator": ">=", "value": 90.0, "unit": "%", "level": "tỉnh",
        "subject": "hồ sơ được số hóa", "group_name": "", "except_text": "", "due": pd.Timestamp(2024, 12, 31),
        "goal_text": "≥ 90 %", "quote": "90% hồ sơ được số hóa", "plan_label": "Kế hoạch 2024",
    }  # fmt: skip
    return {**row, **changes}


RANK = {"kind": "rank", "comparator": "<=", "value": 20.0, "unit": "hạng", "goal_text": "hạng ≤ 20", "level": "",
        "group_name": "cả nước"}  # fmt: skip
IMPROVE = {"kind": "improve", "comparator": "", "value": float("nan"), "unit": "",
           "goal_text": "cải thiện so với năm trước", "level": ""}  # fmt: skip
MILESTONE = {**IMPROVE, "kind": "milestone", "goal_text": "hoàn thành"}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    made = pd.DataFrame(list(rows))
    made["area"] = made["area"].astype("Int64")
    return made


def task(n: int, due: Deadline, calendar: periods.Calendar = "lich", as_of: dt.date = TODAY) -> dict[str, Any]:
    found = status.task_status(due, status.NOTHING, as_of)
    return {
        "id": f"n{n}", "content": f"Việc số {n}", "lead": "Sở Nội vụ", "lane": periods.lane_of(due, calendar),
        "deadline_kind": due.kind, "deadline_start": pd.Timestamp(due.start) if due.start else pd.NaT,
        "deadline_end": pd.Timestamp(due.end) if due.end else pd.NaT, "due_text": periods.due_text(due),
        "status": found.code, "status_label": found.label, "days": found.days,
    }  # fmt: skip


QUARTER = Deadline(kind="quarter", end=D(2024, 3, 31))
MONTH = Deadline(kind="month", end=D(2024, 1, 31))
DAY = Deadline(kind="day", end=D(2024, 3, 15))
YEAR = Deadline(kind="year", end=D(2024, 12, 31))
YEARS = Deadline(kind="years", start=D(2023, 1, 1), end=D(2025, 12, 31))
PERIOD = Deadline(kind="period", start=D(2024, 1, 1), end=D(2024, 6, 30))
ALL_KINDS = (QUARTER, MONTH, DAY, YEAR, YEARS, PERIOD, Deadline(kind="ongoing"), Deadline(kind="event"), Deadline())


def tasks(*dues: Deadline, calendar: periods.Calendar = "lich", as_of: dt.date = TODAY) -> pd.DataFrame:
    return pd.DataFrame([task(n, due, calendar, as_of) for n, due in enumerate(dues)])


# --- what a figure holds --------------------------------------------------------------------------------------------


def spec(chart: charts.Chart) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(chart.figure.to_json())
    return found


def texts(chart: charts.Chart) -> list[str]:
    """All words drawn on the figure, as they are read."""
    made = chart.figure.to_dict()
    found = [note["text"] for note in made["layout"].get("annotations", ())]
    for trace in made["data"]:
        found += [text for text in trace.get("text") or () if text]
    return [html.unescape(re.sub(r"</?(?:b|i)>", "", text).replace("<br>", " ")) for text in found]


def traces(chart: charts.Chart, type_: str) -> list[dict[str, Any]]:
    return [trace for trace in chart.figure.to_dict()["data"] if trace["type"] == type_]


def clicks(chart: charts.Chart) -> list[list[str]]:
    return [data for trace in chart.figure.to_dict()["data"] for data in trace.get("customdata") or ()]


def every_chart(width: charts.Width = "wide") -> list[charts.Chart]:
    """One figure of each kind, with everything it can show."""
    return [
        charts.gauges(
            frame(
                target("a"), target("b", **RANK), target("c", **IMPROVE), target("d", **MILESTONE),
                target("e", value_now=98.5), target("f", value_now=1.0, **MILESTONE),
                target("g", subject=HOSTILE, level="", goal_text=HOSTILE, plan_label=HOSTILE),
            ),
            width,
            selected="a",
        ),
        charts.timeline(tasks(*ALL_KINDS, *[YEAR] * 5), "lich", D(2024, 2, 20), width, selected="2024-1"),
        charts.matrix(
            [charts.MatrixRow("a", HOSTILE, "▸"), charts.MatrixRow("b", "Sở Tư pháp")],
            {"1": "Chỉ đạo, điều hành", "2": HOSTILE},
            [charts.Cell("a", "1", 12, 3), charts.Cell("b", "2", 0, 1), charts.Cell("b", "1", 1, 0)],
            width,
            ("a", "1"),
        ),
        charts.task_matrix(
            [charts.MatrixRow("n1", HOSTILE)], {"a": "Sở Nội vụ", "b": HOSTILE},
            [charts.Cell("n1", "a", 1, 0), charts.Cell("n1", "b", 0, 1)], width,
        ),
    ]  # fmt: skip


WIDTHS: tuple[charts.Width, ...] = ("narrow", "medium", "wide")


# --- what all figures have in common --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_figures_follow_the_theme_and_stay_readable(width: charts.Width) -> None:
    for chart in every_chart(width):
        made = spec(chart)
        layout = made["layout"]
        assert len(json.dumps(layout["template"])) < 100
        assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == base.CLEAR
        assert chart.alt
        sizes = [note["font"]["size"] for note in layout["annotations"]]
        sizes += [trace["insidetextfont"]["size"] for trace in made["data"] if "insidetextfont" in trace]
        assert min(sizes) >= 11
        assert {note["font"]["color"] for note in layout["annotations"]} == {base.INK}
        assert all(axis["fixedrange"] for name, axis in layout.items() if name.startswith(("xaxis", "yaxis")))


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_of_documents_are_neither_markup_nor_links(width: charts.Width) -> None:
    for chart in every_chart(width):
        raw = json.dumps(spec(chart), ensure_ascii=False)
        tags = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", raw))
        assert tags <= {"b", "i", "br"}
        assert "template" not in {key for trace in spec(chart)["data"] for key in trace if "template" in key}
        for trace in spec(chart)["data"]:
            assert not {"hovertemplate", "texttemplate"} & set(trace)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=300), st.integers(2, 40), st.integers(1, 5))
def test_wrap_keeps_its_limits_and_escapes(text: str, length: int, lines: int) -> None:
    rows = base.wrap(text, length, lines).split("<br>")
    assert len(rows) <= lines
    assert all("<" not in row and ">" not in row for row in rows)
    assert all(len(html.unescape(row)) <= length for row in rows)


@pytest.mark.parametrize(
    ("text", "length", "lines", "expected"),
    [
        ("một hai ba", 20, 3, "một hai ba"),
        ("một hai ba bốn", 7, 3, "một hai<br>ba bốn"),
        ("một hai ba bốn năm", 7, 2, "một hai<br>ba bốn…"),
        ("dài" * 10, 6, 2, "dàidài<br>dàidà…"),
        ("a < b", 20, 1, "a &lt; b"),
        ("", 10, 2, ""),
    ],
)
def test_wrap(text: str, length: int, lines: int, expected: str) -> None:
    assert base.wrap(text, length, lines) == expected


# --- colours --------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_fills_stand_out_on_the_light_and_on_the_dark_page(root: Path) -> None:
    theme = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    pages = [theme["light"]["backgroundColor"], theme["dark"]["backgroundColor"]]
    for colour in set(lanes.FILLS.values()):
        assert min(contrast(colour, page) for page in pages) >= 3, colour


def test_every_status_has_its_fill_and_no_two_look_alike() -> None:
    assert set(lanes.FILLS) >= set(status.LABELS)
    looks = {}
    for code in ("overdue", "past_no_report", "due_soon", "in_time", "ongoing", "event", "no_deadline", "done_on_time"):
        looks[code] = (lanes.FILLS[code], words.STATUS_LOOKS[code].pattern)
        assert words.STATUS_LOOKS[code].mark
    assert len(set(looks.values())) == len(looks)
    assert [code for code, fill in lanes.FILLS.items() if fill == base.RED] == ["overdue"]


# --- targets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "comparator", "goal", "value", "unit", "expected"),
    [
        ("ratio", ">=", 90, None, "%", (0, 100, (90, 100))),
        ("ratio", ">", 90, 20, "%", (0, 100, (90, 100))),
        ("ratio", "<=", 5, None, "%", (0, 100, (0, 5))),
        ("ratio", ">=", 100, 120, "%", (0, 200, (100, 200))),
        ("ratio", "=", 100, None, "%", (0, 100, None)),
        ("rank", "<=", 20, None, "hạng", (50, 1, (20, 1))),
        ("rank", "<=", 3, None, "hạng", (10, 1, (3, 1))),
        ("rank", "<=", 20, 61, "hạng", (100, 1, (20, 1))),
        ("rank", "<=", 1, None, "hạng", (5, 1, (1, 1))),
        ("count", ">=", 20, None, "dịch vụ", (0, 25, (20, 25))),
        ("count", ">=", 1200, 900, "người", (0, 2000, (1200, 2000))),
        ("count", "<", 5, None, "ngày", (0, 10, (0, 5))),
        ("count", "<=", 0, None, "vụ", (0, 1, (0, 0))),
    ],
)
def test_scale(
    kind: str, comparator: str, goal: float, value: float | None, unit: str,
    expected: tuple[float, float, tuple[float, float] | None],
) -> None:  # fmt: skip
    assert tuple(targets.scale(kind, comparator, goal, value, unit)) == expected


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.sampled_from(["ratio", "rank", "count"]),
    st.sampled_from([">=", ">", "<=", "<", "="]),
    st.floats(0, 1e7),
    st.one_of(st.none(), st.floats(0, 1e7)),
)
def test_goal_and_result_always_lie_on_the_scale(kind: str, comparator: str, goal: float, value: float | None) -> None:
    unit = {"ratio": "%", "rank": "hạng", "count": "vụ"}[kind]
    goal, value = (max(goal, 1.0), value and max(value, 1.0)) if kind == "rank" else (goal, value)
    scale = targets.scale(kind, comparator, goal, value, unit)
    low, high = sorted((scale.left, scale.right))
    assert low < high
    assert low <= goal <= high
    assert value is None or value == 0 or low <= value <= high
    assert (scale.left > scale.right) == (kind == "rank")


@pytest.mark.parametrize(
    ("comparator", "value", "expected"),
    [(">=", 90, True), (">", 90, False), (">", 90.1, True), ("<=", 90, True), ("<", 90, False), ("=", 90, True),
     ("=", 91, False), (None, 89, False), (None, 90, True)],
)  # fmt: skip
def test_reached(comparator: str | None, value: float, expected: bool) -> None:
    assert targets.reached(comparator, 90, value) is expected


def test_a_gauge_without_result_has_no_bar_and_says_so() -> None:
    chart = charts.gauges(frame(target()))
    (gauge,) = traces(chart, "indicator")
    assert gauge.get("value") is None
    assert gauge["gauge"]["threshold"]["value"] == 90
    assert tuple(gauge["gauge"]["axis"]["range"]) == (0, 100)
    shown = texts(chart)
    assert words.NO_DATA in shown
    assert {"90 %", "Mục tiêu ≥ 90 %", "Cấp tỉnh", "Hồ sơ được số hóa", "Thủ tục hành chính"} <= set(shown)
    assert not [text for text in shown if re.fullmatch(r"0 ?%", text)]
    assert "chưa có số liệu" in chart.alt


def test_missing_results_in_any_form_are_missing() -> None:
    for missing in (None, float("nan"), pd.NA, pd.NaT):
        chart = charts.gauges(frame(target(value_now=missing, value_text=missing)))
        assert traces(chart, "indicator")[0].get("value") is None
        assert words.NO_DATA in texts(chart)


@pytest.mark.parametrize(
    ("changes", "result", "colour"),
    [
        ({"value_now": 98.5}, "✓ 98,5 %", base.GREEN),
        ({"value_now": 0.0}, "0 %", base.BLUE),
        ({"value_now": 60.0, "value_text": "60 trên 100"}, "60 trên 100", base.BLUE),
        ({**RANK, "value_now": 12.0}, "✓ hạng 12", base.GREEN),
        ({**RANK, "value_now": 31.0}, "hạng 31", base.BLUE),
        ({"kind": "count", "value": 1000.0, "unit": "hồ sơ", "value_now": 1234.0}, "✓ 1.234 hồ sơ", base.GREEN),
    ],
)
def test_a_gauge_shows_its_result(changes: dict[str, Any], result: str, colour: str) -> None:
    chart = charts.gauges(frame(target(**changes)))
    (gauge,) = traces(chart, "indicator")
    assert gauge["value"] == changes["value_now"]
    assert gauge["gauge"]["bar"]["color"] == colour
    assert result in texts(chart)
    assert words.NO_DATA not in texts(chart)


def test_ranks_run_from_high_to_one() -> None:
    chart = charts.gauges(frame(target(**RANK)))
    (gauge,) = traces(chart, "indicator")
    assert tuple(gauge["gauge"]["axis"]["range"]) == (50, 1)
    assert {"20", "50", "1", "trong cả nước"} <= set(texts(chart))


def test_improvements_and_milestones_are_no_gauges() -> None:
    chart = charts.gauges(
        frame(target("a", **IMPROVE), target("b", **MILESTONE), target("c", **MILESTONE, value_now=1))
    )
    assert not traces(chart, "indicator")
    assert texts(chart).count(words.NO_DATA) == 2
    assert {"Cải thiện so với năm trước", "Mốc phải hoàn thành", "Hoàn thành"} <= set(texts(chart))
    ticks = [s for s in spec(chart)["layout"]["shapes"] if s["line"]["color"] == base.GREEN]
    assert len(ticks) == 2  # the box and its tick, of the one that is done


def test_an_improvement_is_never_called_reached() -> None:
    chart = charts.gauges(frame(target(**IMPROVE, value_now=88.4)))
    assert "88,4" in texts(chart)
    assert "0 đã đạt" in chart.alt


def test_gauges_are_one_figure_and_each_can_be_clicked() -> None:
    rows = [target(f"c{n}") for n in range(12)]
    for width, columns in (("narrow", 2), ("medium", 3), ("wide", 4)):
        chart = charts.gauges(frame(*rows), width, "c3")  # type: ignore[arg-type]
        assert clicks(chart) == [[f"c{n}"] for n in range(12)]
        assert len({tuple(g["domain"]["x"]) for g in traces(chart, "indicator")}) == columns
        frames = [s for s in spec(chart)["layout"]["shapes"] if s["type"] == "rect"]
        assert [s["line"]["color"] == base.BLUE for s in frames] == [n == 3 for n in range(12)]


def test_gauges_do_not_overlap() -> None:
    for width in WIDTHS:
        cells = [
            g["domain"] for g in traces(charts.gauges(frame(*[target(f"c{n}") for n in range(12)]), width), "indicator")
        ]
        for i, one in enumerate(cells):
            for other in cells[i + 1 :]:
                apart_x = one["x"][1] <= other["x"][0] + 1e-9 or other["x"][1] <= one["x"][0] + 1e-9
                apart_y = one["y"][1] <= other["y"][0] or other["y"][1] <= one["y"][0]
                assert apart_x or apart_y


def test_the_figure_of_a_page_is_small() -> None:
    chart = charts.gauges(frame(*[target(f"c{n}") for n in range(12)]))
    assert len(chart.figure.to_json()) < 40_000


def test_bullets_are_for_targets_with_a_scale() -> None:
    assert charts.bullet(target(**IMPROVE)) is None
    assert charts.bullet(target(**MILESTONE)) is None
    without = charts.bullet(target())
    with_result = charts.bullet(target(value_now=45.0))
    assert without is not None
    assert with_result is not None
    assert base.GREEN not in without
    assert base.BLUE not in without
    assert f"left:0.00%;width:45.00%;top:5px;height:6px;background:{base.BLUE}" in with_result
    assert "left:calc(90.00% - 2px)" in without


# --- deadlines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (QUARTER, (D(2024, 1, 1), D(2024, 3, 31))),
        (MONTH, (D(2024, 1, 1), D(2024, 1, 31))),
        (DAY, (D(2024, 3, 15), D(2024, 3, 15))),
        (YEAR, (D(2024, 1, 1), D(2024, 12, 31))),
        (YEARS, (D(2023, 1, 1), D(2025, 12, 31))),
        (PERIOD, (D(2024, 1, 1), D(2024, 6, 30))),
        (Deadline(kind="ongoing"), None),
        (Deadline(), None),
    ],
)
def test_span(due: Deadline, expected: tuple[dt.date, dt.date] | None) -> None:
    assert lanes.span_of(due.kind, due.start, due.end) == expected


def test_lanes_stand_in_order_and_empty_quarters_between_are_named() -> None:
    later = Deadline(kind="quarter", end=D(2024, 12, 31))
    before = Deadline(kind="quarter", end=D(2023, 12, 31))
    rows = lanes.lane_rows(tasks(*ALL_KINDS, later, before), "lich", D(2024, 2, 20))
    assert [row.title for row in rows] == [
        "Quý IV/2023", "Quý I/2024 (quý này)", "Quý II/2024 (quý sau)", "Quý III/2024", "Quý IV/2024", "Cả năm 2024",
        "Nhiều năm", "Thường xuyên", "Theo sự kiện", "Chưa rõ thời hạn",
    ]  # fmt: skip
    assert [row.lane for row in rows if not row.tasks] == [""]


def test_long_runs_of_empty_quarters_are_one_row() -> None:
    old = Deadline(kind="quarter", end=D(2022, 3, 31))
    rows = lanes.lane_rows(tasks(old, QUARTER), "lich", D(2026, 11, 22))
    assert [row.title for row in rows] == ["Quý I/2022", "Quý II/2022 - Quý IV/2023", "Quý I/2024"]


def test_this_quarter_and_the_next_stand_there_when_the_plan_is_near() -> None:
    rows = lanes.lane_rows(tasks(QUARTER), "lich", D(2024, 5, 1))
    assert [row.title for row in rows] == ["Quý I/2024", "Quý II/2024 (quý này)", "Quý III/2024 (quý sau)"]
    far = lanes.lane_rows(tasks(QUARTER), "lich", D(2026, 5, 1))
    assert [row.title for row in far] == ["Quý I/2024"]


def test_the_reporting_calendar_moves_the_lane_and_not_the_bar() -> None:
    by_report = tasks(QUARTER, DAY, Deadline(kind="day", end=D(2024, 3, 14)), calendar="ky")
    rows = lanes.lane_rows(by_report, "ky", D(2024, 2, 20))
    counted = {row.title: len(row.tasks) for row in rows if row.tasks}
    assert counted == {"Quý I/2024 (15/12 - 14/3) (quý này)": 1, "Quý II/2024 (15/3 - 14/6) (quý sau)": 2}
    chart = charts.timeline(by_report, "ky", D(2024, 2, 20))
    (bar,) = [t for t in traces(chart, "bar") if t.get("width") == 9]
    low = D(2023, 12, 15)
    assert [low + dt.timedelta(days=int(start)) for start in bar["base"]] == [D(2024, 1, 1)]
    assert bar["x"] == [91] or list(bar["x"]) == [91]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_task_is_dropped(width: charts.Width) -> None:
    chart = charts.timeline(tasks(*ALL_KINDS), "lich", D(2024, 2, 20), width)
    assert {data[1] for data in clicks(chart) if data[1]} == {f"n{n}" for n in range(len(ALL_KINDS))}
    for n in range(len(ALL_KINDS)):
        assert any(f"Việc số {n}" in text for text in texts(chart))


def test_tasks_that_say_only_a_year_are_one_counted_bar() -> None:
    chart = charts.timeline(tasks(QUARTER, *[YEAR] * 31), "lich", D(2024, 2, 20))
    bars = [t for t in traces(chart, "bar") if t.get("width") == 9]
    year = [data for t in bars for data in t["customdata"] if data[0] == "year:2024"]
    assert year == [["year:2024", ""]]
    assert "31 nhiệm vụ chỉ ghi năm, không ghi quý: xem danh sách bên dưới" in texts(chart)
    assert any(text.startswith("Cả năm 2024 · 31 nhiệm vụ") for text in texts(chart))
    few = charts.timeline(tasks(QUARTER, YEAR, YEAR), "lich", D(2024, 2, 20))
    assert ["year:2024", "n1"] in clicks(few)


def test_full_lanes_count_the_rest() -> None:
    full = charts.timeline(tasks(*[QUARTER] * 16), "lich", D(2024, 2, 20))
    over = charts.timeline(tasks(*[QUARTER] * 40), "lich", D(2024, 2, 20))
    assert len([data for data in clicks(full) if data[1]]) == 16
    assert len([data for data in clicks(over) if data[1]]) == 15
    assert "… và 25 nhiệm vụ khác trong danh sách bên dưới" in texts(over)


def test_many_full_lanes_draw_fewer_tasks_each() -> None:
    quarters = [periods.Quarter(2020 + n // 4, 1 + n % 4) for n in range(24)]
    dues = [Deadline(kind="quarter", end=periods.quarter_span(quarter)[1]) for quarter in quarters for _ in range(30)]
    chart = charts.timeline(tasks(*dues), "lich", TODAY)
    assert len([data for data in clicks(chart) if data[1]]) == 24 * 3
    assert texts(chart).count("… và 27 nhiệm vụ khác trong danh sách bên dưới") == 24
    assert chart.figure.layout.height < 4000


def test_every_lane_can_be_clicked_as_a_whole() -> None:
    chart = charts.timeline(tasks(*ALL_KINDS), "lich", D(2024, 2, 20))
    found = [data[0] for data in clicks(chart) if not data[1]]
    assert found == list(charts.lane_counts(tasks(*ALL_KINDS)))


@pytest.mark.parametrize(("day", "shown"), [(D(2024, 2, 20), True), (D(2026, 11, 22), False), (D(2023, 12, 31), False)])
def test_the_reporting_date_has_a_line_only_inside_the_range(day: dt.date, shown: bool) -> None:
    chart = charts.timeline(tasks(QUARTER, as_of=day), "lich", day)
    assert any(text.startswith("Ngày số liệu") for text in texts(chart)) is shown
    assert charts.in_range(tasks(QUARTER), "lich", day) is shown


def test_status_is_told_by_colour_pattern_and_words() -> None:
    found = tasks(QUARTER, MONTH, as_of=D(2024, 2, 20))
    chart = charts.timeline(found, "lich", D(2024, 2, 20))
    looks = {
        t["marker"]["color"]: t["marker"].get("pattern", {}).get("shape")
        for t in traces(chart, "bar")
        if t["width"] == 9
    }
    assert looks == {base.BLUE: None, base.BROWN: "/"}
    assert any("1 trong hạn; 1 đã qua hạn, chưa có báo cáo" in text for text in texts(chart))
    assert any("Việc số 1 · đã qua hạn, chưa có báo cáo" in text for text in texts(chart))
    assert not any("quá hạn" in text.lower() for text in texts(chart))


def test_spans_of_years_do_not_widen_the_axis() -> None:
    chart = charts.timeline(tasks(QUARTER, YEARS), "lich", D(2024, 2, 20))
    assert tuple(chart.figure.layout.xaxis.range) == (0, 91)
    assert any("năm 2023 - 2025" in text for text in texts(chart))
    alone = charts.timeline(tasks(YEARS), "lich", D(2024, 2, 20))
    assert tuple(alone.figure.layout.xaxis.range) == (0, 365 + 366 + 365)


def test_years_outside_the_axis_are_still_shown() -> None:
    future = Deadline(kind="years", start=D(2026, 1, 1), end=D(2030, 12, 31))
    chart = charts.timeline(tasks(QUARTER, future), "lich", D(2024, 2, 20))
    assert ["years", "n1"] in clicks(chart)
    assert any("năm 2026 - 2030" in text for text in texts(chart))
    assert all(length > 0 for t in traces(chart, "bar") for length in t["x"])


@settings(deadline=None)  # how long a figure takes is measured elsewhere (tests/bench)
@given(
    st.lists(st.sampled_from(ALL_KINDS), min_size=1, max_size=30),
    st.dates(D(2022, 1, 1), D(2027, 1, 1)),
    st.sampled_from(["lich", "ky"]),
    st.sampled_from(WIDTHS),
)
def test_any_mix_of_deadlines_is_drawn_inside_the_axis(
    dues: list[Deadline], as_of: dt.date, calendar: periods.Calendar, width: charts.Width
) -> None:
    chart = charts.timeline(tasks(*dues, calendar=calendar, as_of=as_of), calendar, as_of, width)
    low, high = chart.figure.layout.xaxis.range
    for trace in traces(chart, "bar"):
        starts = [trace["base"]] * len(trace["x"]) if isinstance(trace["base"], int) else trace["base"]
        assert all(low <= a and a + b <= high and b > 0 for a, b in zip(starts, trace["x"], strict=True))
    told = sum(int(t.split(" · ")[1].split()[0]) for t in texts(chart) if re.search(r"· \d+ nhiệm vụ", t))
    assert told == len(dues)


# --- responsibilities -----------------------------------------------------------------------------------------------

ROWS = [charts.MatrixRow("a", "Sở Nội vụ"), charts.MatrixRow("g", "Sở, ban, ngành", "▸")]
AREAS = {"1": "Chỉ đạo, điều hành", "2": "Thể chế"}
CELLS = [
    charts.Cell("a", "1", 3, 5),
    charts.Cell("g", "1", 0, 2),
    charts.Cell("a", "2", 0, 0),
    charts.Cell("x", "1", 9, 9),
]


def test_matrix_tells_lead_support_and_sums() -> None:
    chart = charts.matrix(ROWS, AREAS, CELLS)
    found = {
        tuple(data): text for t in traces(chart, "bar") for data, text in zip(t["customdata"], t["text"], strict=True)
    }
    assert found == {("a", "1"): "3C 5P", ("g", "1"): "2P", ("a", ""): "3C 5P", ("g", ""): "2P", ("", "1"): "3C 7P"}
    assert {"Sở Nội vụ", "▸ Sở, ban, ngành", "Thể chế", "Tổng"} <= set(texts(chart))
    assert chart.alt == "Ma trận 2 cơ quan, nhóm cơ quan và 2 lĩnh vực. Chủ trì nhiều nhất: Sở Nội vụ, 3 nhiệm vụ."


def test_matrix_of_members_has_no_sums_of_columns() -> None:
    chart = charts.matrix(ROWS, AREAS, CELLS, column_sums=False)
    assert ["a", ""] in clicks(chart)
    assert not [data for data in clicks(chart) if not data[0]]


def test_shade_grows_with_the_number_led() -> None:
    found = []
    for lead in (1, 5, 8, 12):
        cells = [charts.Cell("a", "1", lead, 0), charts.Cell("a", "2", 12, 0)]
        chart = charts.matrix([charts.MatrixRow("a", "A")], {"1": "x", "2": "y"}, cells)
        boxes = [
            (k, c) for t in traces(chart, "bar") for k, c in zip(t["customdata"], t["marker"]["color"], strict=True)
        ]
        found += [colour for key, colour in boxes if key == ["a", "1"]]
    assert len(set(found)) == 4


def test_white_words_stand_on_dark_cells() -> None:
    chart = charts.matrix(ROWS, AREAS, [charts.Cell("a", "1", 12, 0), charts.Cell("g", "1", 1, 0)])
    for trace in traces(chart, "bar"):
        if trace["insidetextfont"]["color"] == base.WHITE:
            assert trace["customdata"] == [["a", "1"]]
            assert all(contrast(base.WHITE, colour) >= 4.5 for colour in trace["marker"]["color"])


def test_task_matrix_has_letters() -> None:
    rows = [charts.MatrixRow("n1", "1. Việc"), charts.MatrixRow("n2", "2. Việc")]
    cells = [charts.Cell("n1", "a", 1, 0), charts.Cell("n2", "a", 0, 1), charts.Cell("n2", "b", 1, 1)]
    chart = charts.task_matrix(rows, {"a": "Sở A", "b": "Sở B"}, cells)
    found = {
        tuple(data): text for t in traces(chart, "bar") for data, text in zip(t["customdata"], t["text"], strict=True)
    }
    assert found == {("n1", "a"): "C", ("n2", "a"): "P", ("n2", "b"): "C P"}


def test_a_choice_of_another_view_is_ignored() -> None:
    chart = charts.matrix(ROWS, AREAS, CELLS, selected=("không có", "1"))
    assert not [s for s in spec(chart)["layout"]["shapes"] if s["line"].get("color") == base.INK]


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="no targets"):
        charts.gauges(frame(target()).iloc[:0])
    with pytest.raises(ValueError, match="no tasks"):
        charts.timeline(tasks(QUARTER).iloc[:0], "lich", D(2024, 2, 20))
    with pytest.raises(ValueError, match="no rows"):
        charts.matrix([], AREAS, [])
