"""The period a report is about: one that closes on the 14th, or any dates; its words and its text form."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from cchc.periods import MAX_YEAR, MIN_YEAR, date_text
from cchc.report_periods import ReportPeriod, parse_period

REPORTS = ("1", "6t", "3", "")  # the reports of a year, as parts of a ReportPeriod
NEXT_DAYS = 90  # «thời gian tới» of a report over any dates
_CUSTOM = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: first and last day, the words for it, and the text form for addresses ("2024-6t",
    "2024-01-01_2024-03-10")."""

    start: dt.date
    end: dt.date
    label: str  # «6 tháng đầu năm 2024», within a sentence
    code: str

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose plans it reports on: for a period of reporting its own year, for any dates those touched."""
        found = parse_period(self.code)
        return (found.year,) if found else tuple(range(self.start.year, self.end.year + 1))

    def next(self) -> tuple[str, dt.date]:
        """What comes after it: words and last day."""
        found = parse_period(self.code)
        if found is None or found.part not in REPORTS:
            return f"{NEXT_DAYS} ngày tiếp theo", self.end + dt.timedelta(days=NEXT_DAYS)
        at = REPORTS.index(found.part)
        after = ReportPeriod(found.year, REPORTS[at + 1]) if at < 3 else ReportPeriod(found.year + 1, REPORTS[0])
        # To the end of its last month: «Quý III» is due on 30/9, and nobody plans the last days of a quarter anew.
        last = after.span("lich")[1]
        return f"kỳ tới (đến hết ngày {date_text(last)})", last


def report_period(year: int, part: str) -> Period:
    """A period of reporting that closes on the 14th; `part` is one of REPORTS."""
    period = ReportPeriod(year, part)
    start, end = period.span("ky")
    return Period(start, end, _lower(period.label), str(period))


def any_dates(start: dt.date, end: dt.date) -> Period:
    """The period from `start` to `end`. Raises ValueError (Vietnamese) when it ends before it begins."""
    if end < start:
        raise ValueError("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
    words = f"từ ngày {date_text(start)} đến ngày {date_text(end)}"
    return Period(start, end, words, f"{start.isoformat()}_{end.isoformat()}")


def parse(code: str) -> Period | None:
    """The period of a text form; None for anything else."""
    if found := _CUSTOM.fullmatch(code):
        try:
            start, end = dt.date.fromisoformat(found[1]), dt.date.fromisoformat(found[2])
            usable = start.year >= MIN_YEAR and end.year <= MAX_YEAR
            return any_dates(start, end) if usable else None
        except ValueError:
            return None
    period = parse_period(code)
    return report_period(period.year, period.part) if period and period.part in REPORTS else None


def latest(day: dt.date, year: int | None = None) -> Period:
    """The report that is due: the latest period closed on `day` (that of quý I from 14/3 on, and so on), within `year`
    when given (its first when none is closed yet)."""
    if year is None:
        year = day.year if day >= report_period(day.year, REPORTS[0]).end else day.year - 1
    closed = [p for part in REPORTS if (p := report_period(year, part)).end <= day]
    return closed[-1] if closed else report_period(year, REPORTS[0])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
