"""Quarters in both calendars, lanes, deadlines in words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc import periods
from cchc.model import Deadline
from cchc.periods import Quarter

D = dt.date
DAYS = st.dates(D(1950, 1, 1), D(2190, 12, 31))
CALENDARS = st.sampled_from(["lich", "ky"])


@pytest.mark.parametrize(
    ("day", "calendar", "expected"),
    [
        (D(2024, 1, 1), "lich", "2024-1"),
        (D(2024, 3, 31), "lich", "2024-1"),
        (D(2024, 4, 1), "lich", "2024-2"),
        (D(2024, 12, 31), "lich", "2024-4"),
        (D(2023, 12, 14), "ky", "2023-4"),
        (D(2023, 12, 15), "ky", "2024-1"),
        (D(2024, 3, 14), "ky", "2024-1"),
        (D(2024, 3, 15), "ky", "2024-2"),
        (D(2024, 3, 31), "ky", "2024-2"),
        (D(2024, 6, 14), "ky", "2024-2"),
        (D(2024, 6, 15), "ky", "2024-3"),
        (D(2024, 9, 15), "ky", "2024-4"),
        (D(2024, 12, 14), "ky", "2024-4"),
        (D(2024, 12, 31), "ky", "2025-1"),
    ],
)
def test_quarter_of_a_day(day: dt.date, calendar: periods.Calendar, expected: str) -> None:
    assert str(periods.quarter_of(day, calendar)) == expected


@given(DAYS, CALENDARS)
def test_a_day_lies_in_the_span_of_its_quarter_and_no_other(day: dt.date, calendar: periods.Calendar) -> None:
    quarter = periods.quarter_of(day, calendar)
    first, last = periods.quarter_span(quarter, calendar)
    assert first <= day <= last
    assert periods.quarter_span(quarter.shifted(1), calendar)[0] == last + dt.timedelta(days=1)
    assert periods.quarter_of(first, calendar) == periods.quarter_of(last, calendar) == quarter


def test_reporting_periods_are_those_of_the_instruction() -> None:
    spans = [periods.span_text(*periods.quarter_span(Quarter(2024, n), "ky")) for n in (1, 2, 3, 4)]
    assert spans == ["15/12 - 14/3", "15/3 - 14/6", "15/6 - 14/9", "15/9 - 14/12"]


@given(st.integers(1950, 2190), st.integers(1, 4), st.integers(-20, 20))
def test_shifting_there_and_back(year: int, number: int, steps: int) -> None:
    quarter = Quarter(year, number)
    assert quarter.shifted(steps).shifted(-steps) == quarter
    assert periods.parse_quarter(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["2024", "2024-5", "2024-0", "24-1", "2024-1 ", "0001-1", "٢٠٢٤-1", "year:2024", ""])
def test_what_is_no_quarter(text: str) -> None:
    assert periods.parse_quarter(text) is None


@pytest.mark.parametrize(
    ("deadline", "lane", "reporting", "words"),
    [
        (Deadline(kind="quarter", end=D(2024, 3, 31)), "2024-1", "2024-2", "Quý I/2024"),
        (Deadline(kind="quarter", end=D(2023, 12, 31)), "2023-4", "2024-1", "Quý IV/2023"),
        (Deadline(kind="quarter", start=D(2024, 1, 1), end=D(2024, 6, 30)), "2024-2", "2024-3",
         "Quý I/2024 - Quý II/2024"),
        (Deadline(kind="month", end=D(2024, 1, 31)), "2024-1", "2024-1", "Tháng 01/2024"),
        (Deadline(kind="month", end=D(2024, 3, 31)), "2024-1", "2024-2", "Tháng 3/2024"),
        (Deadline(kind="day", end=D(2024, 3, 14)), "2024-1", "2024-1", "14/3/2024"),
        (Deadline(kind="day", end=D(2024, 2, 5)), "2024-1", "2024-1", "05/02/2024"),
        (Deadline(kind="period", start=D(2024, 1, 1), end=D(2024, 6, 30)), "2024-2", "2024-3",
         "01/01/2024 - 30/6/2024"),
        (Deadline(kind="period", end=D(2024, 6, 30)), "2024-2", "2024-3", "Đến 30/6/2024"),
        (Deadline(kind="year", end=D(2024, 12, 31)), "year:2024", "year:2024", "Năm 2024"),
        (Deadline(kind="years", start=D(2023, 1, 1), end=D(2025, 12, 31)), "years", "years", "Năm 2023 - 2025"),
        (Deadline(kind="years", end=D(2025, 12, 31)), "years", "years", "Đến năm 2025"),
        (Deadline(kind="ongoing"), "ongoing", "ongoing", "Thường xuyên"),
        (Deadline(kind="event"), "event", "event", "Theo sự kiện"),
        (Deadline(kind="none"), "none", "none", "Chưa rõ"),
        (Deadline(kind="quarter"), "none", "none", "Chưa rõ"),
        (Deadline(kind="year"), "none", "none", "Chưa rõ"),
    ],
)
def test_lane_and_words_of_a_deadline(deadline: Deadline, lane: str, reporting: str, words: str) -> None:
    assert periods.lane_of(deadline) == lane
    assert periods.lane_of(deadline, "ky") == reporting
    assert periods.due_text(deadline) == words
    assert periods.parse_lane(lane) == lane


def test_lanes_stand_by_time_then_by_kind() -> None:
    shuffled = ["none", "year:2025", "event", "2024-2", "years", "ongoing", "2023-4", "year:2024", "2024-1"]
    assert sorted(shuffled, key=periods.lane_order) == [
        "2023-4", "2024-1", "2024-2", "year:2024", "year:2025", "years", "ongoing", "event", "none",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lane", "calendar", "words"),
    [
        ("2024-1", "lich", "Quý I/2024"),
        ("2024-1", "ky", "Quý I/2024 (15/12 - 14/3)"),
        ("year:2024", "ky", "Cả năm 2024"),
        ("years", "lich", "Nhiều năm"),
        ("none", "lich", "Chưa rõ thời hạn"),
        ("junk", "lich", "Chưa rõ thời hạn"),
    ],
)
def test_words_of_a_lane(lane: str, calendar: periods.Calendar, words: str) -> None:
    assert periods.lane_text(lane, calendar) == words


@pytest.mark.parametrize("text", ["year:24", "year:", "year:9999", "lane", "", "Ongoing", "2024-1\n"])
def test_what_is_no_lane(text: str) -> None:
    assert periods.parse_lane(text) is None
