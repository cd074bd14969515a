"""Quarters in two calendars, and the lanes in which deadlines are shown.

Calendar `lich` (lịch): quý I is 01/01 - 31/3 and so on. Calendar `ky` (kỳ báo cáo): reports on administrative reform
close on the 14th, so quý I is 15/12 of the year before - 14/3, quý II 15/3 - 14/6, quý III 15/6 - 14/9, quý IV
15/9 - 14/12 (Bộ Nội vụ's instruction 581/BNV-CCHC on periodic reports).

A deadline belongs to the quarter in which its last day lies. In the calendar `ky` «Quý I/2024» (last day 31/3)
therefore stands in the period that closes on 14/6: on 14/3 it is not due yet. Only deadlines of kind day, month,
quarter and period have a quarter. A deadline «Năm 2024» says nothing about a quarter and has the lane of its year.
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from typing import Literal, NamedTuple

from cchc.model import Deadline

Calendar = Literal["lich", "ky"]

QUARTER_KINDS = ("day", "month", "quarter", "period")
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
YEARS, ONGOING, EVENT, NONE = "years", "ongoing", "event", "none"
LANE_LABELS = {
    YEARS: "Nhiều năm",
    ONGOING: "Thường xuyên",
    EVENT: "Theo sự kiện",
    NONE: "Chưa rõ thời hạn",
}
MIN_YEAR, MAX_YEAR = 1945, 2200  # of reporting dates and of what is recorded
FIRST_YEAR, LAST_YEAR = MIN_YEAR - 1, MAX_YEAR + 1  # of filters: the quarters beside any reporting date

_QUARTER = re.compile(r"(\d{4})-([1-4])", re.ASCII)
_YEAR_LANE = re.compile(r"year:(\d{4})", re.ASCII)


class Quarter(NamedTuple):
    """A quarter of a year; its text form is "2024-1"."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number}"

    @property
    def label(self) -> str:
        """«Quý I/2024»"""
        return f"Quý {ROMAN[self.number]}/{self.year}"

    def shifted(self, steps: int) -> Quarter:
        """The quarter `steps` later (earlier when negative)."""
        index = self.year * 4 + self.number - 1 + steps
        return Quarter(index // 4, index % 4 + 1)


def parse_quarter(text: str) -> Quarter | None:
    """ "2024-1" as a quarter; None for anything else."""
    found = _QUARTER.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return Quarter(int(found[1]), int(found[2]))


def quarter_span(quarter: Quarter, calendar: Calendar = "lich") -> tuple[dt.date, dt.date]:
    """First and last day of a quarter."""
    year, number = quarter
    if calendar == "ky":
        first = dt.date(year - 1, 12, 15) if number == 1 else dt.date(year, number * 3 - 3, 15)
        return first, dt.date(year, number * 3, 14)
    last_month = number * 3
    return dt.date(year, last_month - 2, 1), dt.date(year, last_month, _calendar.monthrange(year, last_month)[1])


def quarter_of(day: dt.date, calendar: Calendar = "lich") -> Quarter:
    """The quarter in which a day lies."""
    own = Quarter(day.year, (day.month - 1) // 3 + 1)
    if calendar == "ky" and day > quarter_span(own, "ky")[1]:
        return own.shifted(1)
    return own


def span_text(start: dt.date, end: dt.date) -> str:
    """«15/12 - 14/3»: day and month, without the year."""
    return f"{_short(start)} - {_short(end)}"


def _short(day: dt.date) -> str:
    # Official style writes a leading zero for days below 10 and for January and February only (Nghị định 30/2020).
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}"


def date_text(day: dt.date) -> str:
    """«31/12/2024», «05/01/2024», «01/3/2024»."""
    return f"{_short(day)}/{day.year}"


def quarter_text(quarter: Quarter, calendar: Calendar = "lich") -> str:
    """«Quý I/2024»; in the reporting calendar with its days, «Quý I/2024 (15/12 - 14/3)»."""
    if calendar == "ky":
        return f"{quarter.label} ({span_text(*quarter_span(quarter, 'ky'))})"
    return quarter.label


def lane_of(deadline: Deadline, calendar: Calendar = "lich") -> str:
    """The lane of a deadline: "2024-1" (a quarter), "year:2024" (the whole year), "years" (several years), "ongoing",
    "event" or "none" (the document does not say, or what it says was not understood)."""
    if deadline.kind == "ongoing":
        return ONGOING
    if deadline.kind == "event":
        return EVENT
    if deadline.end is None:
        return NONE
    if deadline.kind in QUARTER_KINDS:
        return str(quarter_of(deadline.end, calendar))
    if deadline.kind == "year":
        return f"year:{deadline.end.year:04d}"
    if deadline.kind == "years":
        return YEARS
    return NONE


def parse_lane(text: str) -> str | None:
    """`text` when it names a lane, else None."""
    if text in LANE_LABELS or parse_quarter(text):
        return text
    found = _YEAR_LANE.fullmatch(text)
    return text if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else None


def lane_text(lane: str, calendar: Calendar = "lich") -> str:
    """«Quý I/2024», «Cả năm 2024», «Nhiều năm», «Thường xuyên», «Theo sự kiện», «Chưa rõ thời hạn»."""
    quarter = parse_quarter(lane)
    if quarter:
        return quarter_text(quarter, calendar)
    year = _YEAR_LANE.fullmatch(lane)
    if year:
        return f"Cả năm {year[1]}"
    return LANE_LABELS.get(lane, LANE_LABELS[NONE])


def lane_order(lane: str) -> tuple[int, str]:
    """Sort key of lanes: quarters by time, whole years, several years, ongoing, events, unknown."""
    if parse_quarter(lane):
        return 0, lane
    if _YEAR_LANE.fullmatch(lane):
        return 1, lane
    return (2 + [YEARS, ONGOING, EVENT, NONE].index(lane), lane) if lane in LANE_LABELS else (9, lane)


def due_text(deadline: Deadline) -> str:
    """The deadline in words: «Quý I/2024», «Tháng 01/2024», «Năm 2024», «Năm 2023 - 2025», «31/12/2024»,
    «01/3/2024 - 30/6/2024», «Thường xuyên», «Theo sự kiện», «Chưa rõ»."""
    kind, start, end = deadline.kind, deadline.start, deadline.end
    if kind == "ongoing":
        return LANE_LABELS[ONGOING]
    if kind == "event":
        return LANE_LABELS[EVENT]
    if end is None or kind == "none":
        return "Chưa rõ"
    if kind == "year":
        return f"Năm {end.year}"
    if kind == "years":
        return f"Năm {start.year} - {end.year}" if start and start.year != end.year else f"Đến năm {end.year}"
    quarter = quarter_of(end)
    if kind == "quarter" and end == quarter_span(quarter)[1]:
        first = quarter_of(start) if start else quarter
        return quarter.label if first == quarter else f"{first.label} - {quarter.label}"
    if kind == "month" and (start is None or (start.year, start.month) == (end.year, end.month)):
        return f"Tháng {end.month:02d}/{end.year}" if end.month < 3 else f"Tháng {end.month}/{end.year}"
    if kind != "day" and start and start != end:
        return f"{date_text(start)} - {date_text(end)}"
    return date_text(end) if kind == "day" else f"Đến {date_text(end)}"
