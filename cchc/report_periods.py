"""Periods that results and reports speak of: a month, a quarter, 6 or 9 months, a year.

Text forms: "2024-m05", "2024-1".."2024-4", "2024-6t", "2024-9t", "2024". The reports of 6 months, of 9 months and of
the year are cumulative: they begin where the year begins. In the calendar `ky` (kỳ báo cáo) everything closes on the
14th and the year runs from 15/12 to 14/12 (Bộ Nội vụ's instruction 581/BNV-CCHC).
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from typing import NamedTuple

from cchc.periods import MAX_YEAR, MIN_YEAR, ROMAN, Calendar

_FORM = re.compile(r"(\d{4})(?:-(?:m(0[1-9]|1[0-2])|([1-4])|([69])t))?", re.ASCII)
_REPORTS = ("1", "6t", "3", "")  # the reports of a year in their order: there is none of quarter II or IV


class ReportPeriod(NamedTuple):
    """A period of a year; `part` is "" for the whole year, else "m05", "1", "6t" ..."""

    year: int
    part: str = ""

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.part}" if self.part else f"{self.year:04d}"

    @property
    def label(self) -> str:
        """«Quý I/2024», «6 tháng đầu năm 2024», «9 tháng đầu năm 2024», «Năm 2024», «Tháng 5/2024»."""
        part = self.part
        if not part:
            return f"Năm {self.year}"
        if part.startswith("m"):
            month = int(part[1:])
            return f"Tháng {month:02d}/{self.year}" if month < 3 else f"Tháng {month}/{self.year}"
        if part.endswith("t"):
            return f"{part[0]} tháng đầu năm {self.year}"
        return f"Quý {ROMAN[int(part)]}/{self.year}"

    def span(self, calendar: Calendar = "lich") -> tuple[dt.date, dt.date]:
        """First and last day."""
        part = self.part
        if part.startswith("m"):
            first, last = int(part[1:]), int(part[1:])
        elif part.endswith("t") or not part:
            first, last = 1, int(part[0]) if part else 12
        else:
            first, last = int(part) * 3 - 2, int(part) * 3
        if calendar == "ky":
            start = dt.date(self.year - 1, 12, 15) if first == 1 else dt.date(self.year, first - 1, 15)
            return start, dt.date(self.year, last, 14)
        return dt.date(self.year, first, 1), dt.date(self.year, last, _calendar.monthrange(self.year, last)[1])

    def last_year(self) -> ReportPeriod:
        """The same part of the year before."""
        return ReportPeriod(self.year - 1, self.part)

    def before(self) -> ReportPeriod:
        """The period reported before this one: for quý I the year before, for «6 tháng» quý I, for quý III «6 tháng»,
        for the year quý III; for 9 months «6 tháng»; a month or another quarter simply the one before."""
        part = self.part
        if part in _REPORTS:
            index = _REPORTS.index(part)
            return ReportPeriod(self.year, _REPORTS[index - 1]) if index else ReportPeriod(self.year - 1)
        if part == "9t":
            return ReportPeriod(self.year, "6t")
        if part.startswith("m"):
            month = int(part[1:])
            return ReportPeriod(self.year, f"m{month - 1:02d}") if month > 1 else ReportPeriod(self.year - 1, "m12")
        return ReportPeriod(self.year, str(int(part) - 1))


def parse_period(text: str) -> ReportPeriod | None:
    """ "2024-6t" as a period; None for anything else."""
    found = _FORM.fullmatch(text.strip())
    if not found or not MIN_YEAR < int(found[1]) <= MAX_YEAR:
        return None
    month, quarter, months = found[2], found[3], found[4]
    return ReportPeriod(int(found[1]), f"m{month}" if month else quarter or (f"{months}t" if months else ""))
