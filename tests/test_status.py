"""Statuses from facts and a reporting date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.model import Deadline
from cchc.status import DUE_SOON_DAYS, LABELS, NOTHING, Facts, task_status

D = dt.date
DAY = Deadline(kind="day", end=D(2024, 3, 14))
YEAR = Deadline(kind="year", end=D(2024, 12, 31))
STARTED = Facts(recorded=True)


@pytest.mark.parametrize(
    ("deadline", "facts", "as_of", "code", "days"),
    [
        # nothing recorded: past is not late
        (DAY, NOTHING, D(2024, 1, 1), "in_time", 73),
        (DAY, NOTHING, D(2024, 2, 12), "in_time", 31),
        (DAY, NOTHING, D(2024, 2, 13), "due_soon", 30),
        (DAY, NOTHING, D(2024, 3, 14), "due_soon", 0),
        (DAY, NOTHING, D(2024, 3, 15), "past_no_report", 1),
        (YEAR, NOTHING, D(2024, 12, 31), "due_soon", 0),
        (YEAR, NOTHING, D(2025, 1, 1), "past_no_report", 1),
        # something recorded, not done: late
        (DAY, STARTED, D(2024, 3, 14), "due_soon", 0),
        (DAY, STARTED, D(2024, 3, 26), "overdue", 12),
        # done
        (DAY, Facts(True, D(2024, 3, 13)), D(2024, 4, 1), "done_early", None),
        (DAY, Facts(True, D(2024, 3, 14)), D(2024, 4, 1), "done_on_time", None),
        (DAY, Facts(True, D(2024, 3, 17)), D(2024, 4, 1), "done_late", 3),
        # done after the reporting date is not done yet on it
        (DAY, Facts(True, D(2024, 3, 17)), D(2024, 3, 16), "overdue", 2),
        (DAY, Facts(True, D(2024, 3, 13)), D(2024, 3, 10), "due_soon", 4),
        # no day to be late for
        (Deadline(kind="ongoing"), NOTHING, D(2030, 1, 1), "ongoing", None),
        (Deadline(kind="event"), NOTHING, D(2030, 1, 1), "event", None),
        (Deadline(kind="none"), NOTHING, D(2030, 1, 1), "no_deadline", None),
        (Deadline(kind="quarter"), NOTHING, D(2030, 1, 1), "no_deadline", None),
        (Deadline(kind="ongoing", end=D(2024, 1, 1)), STARTED, D(2030, 1, 1), "ongoing", None),
        (Deadline(kind="event", end=D(2024, 1, 1)), STARTED, D(2030, 1, 1), "event", None),
        (Deadline(kind="event"), Facts(True, D(2024, 1, 1)), D(2030, 1, 1), "done", None),
        (DAY, Facts(True, not_applicable=True), D(2030, 1, 1), "not_applicable", None),
    ],
)
def test_status(deadline: Deadline, facts: Facts, as_of: dt.date, code: str, days: int | None) -> None:
    status = task_status(deadline, facts, as_of)
    assert (status.code, status.days) == (code, days)
    assert status.label == LABELS[status.code]


@pytest.mark.parametrize(
    ("facts", "as_of", "text"),
    [
        (NOTHING, D(2024, 3, 26), "Đã qua hạn 12 ngày, chưa có báo cáo"),
        (STARTED, D(2024, 3, 26), "Quá hạn 12 ngày"),
        (NOTHING, D(2024, 3, 11), "Sắp đến hạn, còn 3 ngày"),
        (NOTHING, D(2024, 3, 14), "Sắp đến hạn, hôm nay là ngày cuối"),
        (Facts(True, D(2024, 3, 17)), D(2024, 4, 1), "Hoàn thành quá hạn 3 ngày"),
        (Facts(True, D(2024, 3, 14)), D(2024, 4, 1), "Hoàn thành đúng hạn"),
    ],
)
def test_words(facts: Facts, as_of: dt.date, text: str) -> None:
    assert task_status(DAY, facts, as_of).text == text


KINDS = st.sampled_from(["day", "month", "quarter", "year", "years", "period", "ongoing", "event", "none"])
DATES = st.dates(D(2000, 1, 1), D(2050, 1, 1))


@given(KINDS, st.none() | DATES, DATES)
def test_without_records_nothing_is_late(kind: str, end: dt.date | None, as_of: dt.date) -> None:
    status = task_status(Deadline(kind=kind, end=end), NOTHING, as_of)  # type: ignore[arg-type]
    assert status.code in {"in_time", "due_soon", "past_no_report", "ongoing", "event", "no_deadline"}
    if kind in ("ongoing", "event"):
        assert status.code == kind
    if status.code == "due_soon":
        assert status.days is not None
        assert status.days <= DUE_SOON_DAYS


@given(DATES, DATES, DATES)
def test_official_split(end: dt.date, done: dt.date, as_of: dt.date) -> None:
    """Total = done (in time + late) + not done (in time + late): with a deadline and a record, one place a task."""
    status = task_status(Deadline(kind="day", end=end), Facts(True, done), as_of)
    expected = ("done_late" if done > end else "done") if done <= as_of else ("overdue" if as_of > end else "in time")
    places = {"done_early": "done", "done_on_time": "done", "done_late": "done_late", "overdue": "overdue",
              "in_time": "in time", "due_soon": "in time"}  # fmt: skip
    assert places[status.code] == expected
