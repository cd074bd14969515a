"""The table of cases behind docs/status.md."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.entries import Extension
from cchc.facts import Facts, Value
from cchc.model import Deadline, Target
from cchc.status import (
    DONE,
    IN_TIME,
    LABELS,
    NO_DATE,
    NOTHING,
    TARGET_LABELS,
    deadlines,
    reach,
    satisfied,
    target_status,
    task_status,
)

D = dt.date
QUARTER_2 = Deadline(kind="quarter", end=D(2024, 6, 30))
ONGOING, EVENT, NONE = Deadline(kind="ongoing"), Deadline(kind="event"), Deadline(kind="none")


def extension(old: dt.date | None, new: dt.date, document: str = "15/UBND-NC") -> Extension:
    return Extension(old=old, new=new, reason="Chờ hướng dẫn của Bộ", document=document)


TO_SEPTEMBER = (extension(D(2024, 6, 30), D(2024, 9, 30)),)
STARTED = Facts(recorded=True, started_on=D(2024, 2, 1))


@pytest.mark.parametrize(
    ("deadline", "facts", "as_of", "code", "days", "text"),
    [
        # not done
        (QUARTER_2, NOTHING, D(2024, 3, 1), "in_time", 121, "Trong hạn, còn 121 ngày"),
        (QUARTER_2, STARTED, D(2024, 3, 1), "in_time", 121, "Trong hạn, còn 121 ngày"),
        (QUARTER_2, NOTHING, D(2024, 5, 30), "in_time", 31, "Trong hạn, còn 31 ngày"),
        (QUARTER_2, NOTHING, D(2024, 5, 31), "due_soon", 30, "Sắp đến hạn, còn 30 ngày"),
        (QUARTER_2, STARTED, D(2024, 6, 30), "due_soon", 0, "Sắp đến hạn, hôm nay là ngày cuối"),
        (QUARTER_2, STARTED, D(2024, 7, 1), "overdue", 1, "Quá hạn 1 ngày"),
        (QUARTER_2, NOTHING, D(2024, 7, 1), "past_no_report", 1, "Đã qua hạn 1 ngày, chưa có báo cáo"),
        (QUARTER_2, Facts(recorded=False, unit="Phòng CCHC"), D(2024, 7, 1), "past_no_report", 1, None),
        # done
        (QUARTER_2, Facts(True, D(2024, 6, 29)), D(2024, 7, 1), "done_early", None, "Hoàn thành trước hạn"),
        (QUARTER_2, Facts(True, D(2024, 6, 30)), D(2024, 7, 1), "done_on_time", None, "Hoàn thành đúng hạn"),
        (QUARTER_2, Facts(True, D(2024, 7, 12)), D(2024, 8, 1), "done_late", 12, "Hoàn thành quá hạn 12 ngày"),
        # done after the reporting date: on that day it was not done
        (QUARTER_2, Facts(True, D(2024, 7, 12)), D(2024, 7, 11), "overdue", 11, None),
        (QUARTER_2, Facts(True, D(2024, 7, 12)), D(2024, 7, 12), "done_late", 12, None),
        # a thousand days have their point
        (QUARTER_2, STARTED, D(2027, 5, 23), "overdue", 1057, "Quá hạn 1.057 ngày"),
        (QUARTER_2, NOTHING, D(2027, 5, 23), "past_no_report", 1057, "Đã qua hạn 1.057 ngày, chưa có báo cáo"),
        (QUARTER_2, STARTED, D(2021, 9, 27), "in_time", 1007, "Trong hạn, còn 1.007 ngày"),
        (QUARTER_2, Facts(True, D(2027, 5, 23)), D(2027, 6, 1), "done_late", 1057, "Hoàn thành quá hạn 1.057 ngày"),
        # without a date
        (ONGOING, STARTED, D(2030, 1, 1), "ongoing", None, "Thường xuyên"),
        (EVENT, NOTHING, D(2030, 1, 1), "event", None, "Theo sự kiện"),
        (NONE, NOTHING, D(2030, 1, 1), "no_deadline", None, "Chưa rõ thời hạn"),
        (Deadline(kind="quarter"), NOTHING, D(2030, 1, 1), "no_deadline", None, None),
        (EVENT, Facts(True, D(2024, 7, 1)), D(2024, 7, 1), "done", None, "Hoàn thành (không thời hạn)"),
        (ONGOING, Facts(True, D(2024, 7, 1)), D(2024, 8, 1), "done", None, None),
        # a recurring or event deadline that carries a date is not late by itself
        (Deadline(kind="ongoing", end=D(2024, 12, 31)), NOTHING, D(2025, 2, 1), "ongoing", None, None),
        (Deadline(kind="event", end=D(2024, 12, 31)), NOTHING, D(2025, 2, 1), "event", None, None),
        # not applicable wins over everything
        (QUARTER_2, Facts(True, D(2024, 7, 12), True), D(2024, 8, 1), "not_applicable", None, "Không áp dụng"),
        (ONGOING, Facts(True, not_applicable=True), D(2024, 8, 1), "not_applicable", None, None),
        # extensions
        (QUARTER_2, Facts(True, extensions=TO_SEPTEMBER), D(2024, 7, 1), "in_time", 91, None),
        (QUARTER_2, Facts(True, extensions=TO_SEPTEMBER), D(2024, 10, 1), "overdue", 1, None),
        (QUARTER_2, Facts(True, D(2024, 8, 1), extensions=TO_SEPTEMBER), D(2024, 9, 1), "done_early", None, None),
        (QUARTER_2, Facts(True, requests=TO_SEPTEMBER), D(2024, 7, 1), "overdue", 1, None),
        (EVENT, Facts(True, extensions=(extension(None, D(2024, 9, 30)),)), D(2024, 10, 2), "overdue", 2, None),
    ],
)
def test_task_status(
    deadline: Deadline, facts: Facts, as_of: dt.date, code: str, days: int | None, text: str | None
) -> None:
    status = task_status(deadline, facts, as_of)
    assert (status.code, status.days) == (code, days)
    assert status.label == LABELS[status.code]
    if text is not None:
        assert status.text == text


def test_both_deadlines_are_kept() -> None:
    twice = (*TO_SEPTEMBER, extension(D(2024, 9, 30), D(2024, 12, 31)))
    status = task_status(QUARTER_2, Facts(True, extensions=twice), D(2024, 7, 1))
    assert (status.first_due, status.due, status.extended) == (D(2024, 6, 30), D(2024, 12, 31), True)
    plain = task_status(QUARTER_2, STARTED, D(2024, 7, 1))
    assert (plain.first_due, plain.due, plain.extended, plain.started) == (D(2024, 6, 30), D(2024, 6, 30), False, True)
    assert deadlines(None, Facts(extensions=TO_SEPTEMBER)) == (D(2024, 6, 30), D(2024, 9, 30))


DAYS = st.dates(D(2023, 1, 1), D(2026, 12, 31))


@given(
    end=st.none() | DAYS,
    kind=st.sampled_from(["day", "month", "quarter", "year", "years", "period", "ongoing", "event", "none"]),
    done=st.none() | DAYS,
    recorded=st.booleans(),
    absent=st.booleans(),
    as_of=DAYS,
)
def test_the_official_split_is_complete_and_consistent(
    end: dt.date | None, kind: str, done: dt.date | None, recorded: bool, absent: bool, as_of: dt.date
) -> None:
    deadline = Deadline(kind=kind, end=end)  # type: ignore[arg-type]
    facts = Facts(recorded or done is not None, done, absent)
    code = task_status(deadline, facts, as_of).code
    groups = [DONE, IN_TIME, NO_DATE, {"overdue", "past_no_report"}, {"not_applicable"}]
    assert sum(code in group for group in groups) == 1
    assert (code in DONE) == (not absent and done is not None and done <= as_of)
    if code in ("overdue", "past_no_report"):
        assert end is not None
        assert end < as_of
        assert (code == "overdue") == facts.recorded
    if kind in ("ongoing", "event", "none"):
        assert code not in ("overdue", "past_no_report", "done_late")


# Targets

AT_LEAST_90 = Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=D(2024, 12, 31))
NO_DUE = AT_LEAST_90.model_copy(update={"due": None})
TOP_20 = Target(id="p.c2", start=0, end=1, kind="rank", comparator="<=", value=20, unit="hạng", due=D(2024, 12, 31))
NONE_LATE = Target(id="p.c3", start=0, end=1, kind="count", comparator="<=", value=0, unit="hồ sơ", due=D(2024, 12, 31))
BETTER = Target(id="p.c4", start=0, end=1, kind="improve", due=D(2024, 12, 31))
UP_5 = Target(id="p.c5", start=0, end=1, kind="improve", comparator=">=", value=5, unit="bậc", due=D(2024, 12, 31))
MILESTONE = Target(id="p.c6", start=0, end=1, kind="milestone", due=D(2024, 12, 31))


def valued(number: float, day: dt.date, base: float | None = None, unit: str = "") -> Facts:
    return Facts(True, values=(Value(day, number, base=base, unit=unit),))


@pytest.mark.parametrize(
    ("target", "facts", "as_of", "code", "reason"),
    [
        # nothing known is no failure, at any time of the year
        (AT_LEAST_90, NOTHING, D(2024, 3, 14), "not_assessed", "Chưa có số liệu."),
        (AT_LEAST_90, NOTHING, D(2025, 2, 1), "not_assessed", "Đã hết hạn, chưa có số liệu."),
        # a yearly target in quarter I is not red, however little is done
        (AT_LEAST_90, valued(1, D(2024, 3, 14)), D(2024, 3, 20), "progressing", None),
        (AT_LEAST_90, valued(0, D(2024, 3, 14)), D(2024, 3, 31), "progressing", None),
        (
            AT_LEAST_90,
            valued(92.5, D(2024, 3, 14)),
            D(2024, 3, 20),
            "met",
            "92,5 so với ≥ 90, số liệu đến ngày 14/3/2024.",
        ),
        # later: behind the time that has passed or not
        (AT_LEAST_90, valued(50, D(2024, 6, 14)), D(2024, 6, 20), "progressing", None),
        (
            AT_LEAST_90,
            valued(30, D(2024, 6, 14)),
            D(2024, 6, 20),
            "at_risk",
            "30 so với ≥ 90, số liệu đến ngày 14/6/2024; mới đạt 33 % mức đề ra khi đã qua 45 % thời gian.",
        ),
        (AT_LEAST_90, valued(85, D(2024, 12, 14)), D(2024, 12, 20), "at_risk", None),
        # old values do not tell
        (AT_LEAST_90, valued(30, D(2024, 3, 14)), D(2024, 6, 22), "progressing", None),
        (AT_LEAST_90, valued(30, D(2024, 3, 14)), D(2024, 6, 23), "not_assessed", None),
        (AT_LEAST_90, valued(95, D(2024, 3, 14)), D(2024, 12, 31), "met", None),
        # after the end
        (AT_LEAST_90, valued(89.9, D(2024, 12, 14)), D(2024, 12, 31), "progressing", None),
        (AT_LEAST_90, valued(89.9, D(2024, 12, 14)), D(2025, 1, 1), "missed", None),
        (AT_LEAST_90, valued(90, D(2024, 12, 14)), D(2025, 1, 1), "met", None),
        (AT_LEAST_90, valued(89.9, D(2024, 6, 14)), D(2025, 1, 1), "not_assessed", None),
        (AT_LEAST_90, valued(90, D(2025, 1, 5)), D(2025, 1, 4), "not_assessed", "Đã hết hạn, chưa có số liệu."),
        # no deadline: never at risk
        (NO_DUE, valued(10, D(2024, 12, 14)), D(2024, 12, 20), "progressing", None),
        (NO_DUE, valued(90, D(2024, 12, 14)), D(2024, 12, 20), "met", None),
        # not applicable, extended
        (AT_LEAST_90, Facts(True, not_applicable=True, reason="Đã sáp nhập"), D(2024, 6, 1), "not_applicable", None),
        (
            AT_LEAST_90,
            Facts(
                True,
                values=(Value(D(2024, 12, 14), 80),),
                extensions=(extension(D(2024, 12, 31), D(2025, 6, 30)),),
            ),
            D(2025, 1, 15),
            "progressing",
            None,
        ),
        # ranks: smaller is better
        (TOP_20, valued(20, D(2024, 12, 14)), D(2025, 1, 15), "met", None),
        (TOP_20, valued(21, D(2024, 12, 14)), D(2025, 1, 15), "missed", None),
        (TOP_20, valued(21, D(2024, 6, 14)), D(2024, 7, 1), "progressing", None),
        (TOP_20, valued(60, D(2024, 6, 14)), D(2024, 7, 1), "at_risk", None),
        (NONE_LATE, valued(0, D(2024, 6, 14)), D(2024, 7, 1), "met", None),
        (NONE_LATE, valued(3, D(2024, 6, 14)), D(2024, 7, 1), "at_risk", None),
        # improvement: needs something to compare with and to know which way is up
        (BETTER, valued(88, D(2024, 6, 14)), D(2024, 7, 1), "not_assessed", "Chưa có số liệu năm trước để so sánh."),
        (
            BETTER,
            valued(88, D(2024, 6, 14), 87),
            D(2024, 7, 1),
            "not_assessed",
            "Chưa rõ số liệu là điểm hay thứ hạng.",
        ),
        (
            BETTER,
            valued(88, D(2024, 6, 14), 87, "điểm"),
            D(2024, 7, 1),
            "met",
            "88 điểm so với 87 điểm trước đó, số liệu đến ngày 14/6/2024.",
        ),
        (BETTER, valued(12, D(2024, 6, 14), 15, "hạng"), D(2024, 7, 1), "met", None),
        (BETTER, valued(15, D(2024, 6, 14), 12, "hạng"), D(2024, 7, 1), "progressing", None),
        (BETTER, valued(15, D(2024, 11, 14), 15, "hạng"), D(2024, 12, 1), "at_risk", None),
        (BETTER, valued(15, D(2024, 12, 14), 15, "hạng"), D(2025, 1, 1), "missed", None),
        (
            BETTER,
            Facts(True, values=(Value(D(2023, 12, 14), 80), Value(D(2024, 6, 14), 81, unit="điểm"))),
            D(2024, 7, 1),
            "met",
            None,
        ),
        (UP_5, valued(15, D(2024, 12, 14), 20, "hạng"), D(2025, 1, 1), "met", None),
        (UP_5, valued(16, D(2024, 12, 14), 20, "hạng"), D(2025, 1, 1), "missed", None),
        # goals without a figure
        (MILESTONE, NOTHING, D(2024, 6, 1), "not_assessed", "Chưa có báo cáo."),
        (MILESTONE, NOTHING, D(2025, 6, 1), "not_assessed", "Đã hết hạn, chưa có báo cáo."),
        (MILESTONE, STARTED, D(2024, 6, 1), "progressing", None),
        (MILESTONE, STARTED, D(2024, 11, 1), "at_risk", None),
        (MILESTONE, STARTED, D(2025, 1, 1), "missed", None),
        (MILESTONE, Facts(True, D(2024, 11, 1)), D(2024, 11, 1), "met", "Hoàn thành ngày 01/11/2024."),
        (
            MILESTONE,
            Facts(True, D(2025, 2, 1)),
            D(2025, 3, 1),
            "met",
            "Hoàn thành ngày 01/02/2025, sau thời hạn.",
        ),
    ],
)
def test_target_status(target: Target, facts: Facts, as_of: dt.date, code: str, reason: str | None) -> None:
    status = target_status(target, facts, as_of)
    assert (status.code, status.label) == (code, TARGET_LABELS[status.code])
    assert status.reason.endswith(".") or code == "not_applicable"
    if reason is not None:
        assert status.reason == reason


def test_a_goal_of_several_years_has_all_of_them() -> None:
    facts = valued(60, D(2024, 12, 14))
    several = AT_LEAST_90.model_copy(update={"due": D(2025, 12, 31)})
    assert target_status(several, facts, D(2024, 12, 20), start=D(2021, 1, 1)).code == "at_risk"
    assert target_status(several, facts, D(2024, 12, 20), start=D(2024, 1, 1)).code == "progressing"


@pytest.mark.parametrize(
    ("comparator", "value", "goal", "met"),
    [
        (">=", 90, 90, True),
        (">=", 89.99, 90, False),
        (">=", 89.9999999999, 90, True),
        (">", 90, 90, False),
        (">", 90.1, 90, True),
        ("<=", 4, 4, True),
        ("<", 4, 4, False),
        ("<", 3.9, 4, True),
        ("=", 5, 5, True),
        ("=", 6, 5, False),
        ("<=", 0, 0, True),
        (">=", 0, 0, True),
    ],
)
def test_satisfied(comparator: str, value: float, goal: float, met: bool) -> None:
    assert satisfied(comparator, value, goal) is met  # type: ignore[arg-type]


NUMBERS = st.floats(0, 1e6, allow_nan=False)


@given(comparator=st.sampled_from([">=", ">", "<=", "<", "="]), value=NUMBERS, goal=NUMBERS)
def test_reach_is_one_exactly_when_the_goal_is_met(comparator: str, value: float, goal: float) -> None:
    share = reach(comparator, value, goal)  # type: ignore[arg-type]
    assert 0 <= share <= 1
    assert (share == 1) == satisfied(comparator, value, goal)  # type: ignore[arg-type]
