"""From facts and a reporting date to the status officials use. Pure: statuses are never stored. See docs/status.md.

Tasks: the two axes are those of the Government's task reports (1270/BC-TCTTTg): done or not, deadline kept or not. One
status is added: past the deadline and nothing recorded at all. Without a report nobody knows whether the work is late,
so it is not called late.

Targets: the latest value against the goal, and while it is not reached against the time that has passed. A value that
is too old to tell, or none at all, is «chưa thể đánh giá», never a failure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cchc.entries import number_text
from cchc.facts import NOTHING as NOTHING  # re-exported: callers need one module for facts and statuses
from cchc.facts import Facts as Facts
from cchc.facts import Value
from cchc.model import Comparator, Deadline, Target
from cchc.periods import date_text

StatusCode = Literal[
    "overdue",
    "past_no_report",
    "due_soon",
    "in_time",
    "ongoing",
    "event",
    "no_deadline",
    "done_early",
    "done_on_time",
    "done_late",
    "done",
    "not_applicable",
]
TargetCode = Literal["missed", "at_risk", "progressing", "not_assessed", "met", "not_applicable"]

DUE_SOON_DAYS = 30  # «sắp đến hạn»: this many days left or fewer
CALM_SHARE = 0.25  # a goal is never at risk in the first quarter of its time
LATE_SHARE = 0.75  # a goal without a measurable way (cải thiện, hoàn thành) is at risk after this share of its time
STALE_DAYS = 100  # a value older than a quarter (and a week for reporting) does not tell how things stand
FINAL_DAYS = 31  # the year's report closes on 14/12: a value of the last month speaks for the end of the year
_EXACT = 1e-9
_SIGNS = {">=": "≥", "<=": "≤"}
_RANK_UNITS = ("hạng", "thứ hạng", "bậc")  # the smaller, the better

# In the order in which they are shown: what needs action first.
LABELS: dict[StatusCode, str] = {
    "overdue": "Quá hạn",
    "past_no_report": "Đã qua hạn, chưa có báo cáo",
    "due_soon": "Sắp đến hạn",
    "in_time": "Trong hạn",
    "ongoing": "Thường xuyên",
    "event": "Theo sự kiện",
    "no_deadline": "Chưa rõ thời hạn",
    "done_early": "Hoàn thành trước hạn",
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "done": "Hoàn thành (không thời hạn)",
    "not_applicable": "Không áp dụng",
}
TARGET_LABELS: dict[TargetCode, str] = {
    "missed": "Không đạt",
    "at_risk": "Nguy cơ không đạt",
    "progressing": "Đang tiến triển",
    "not_assessed": "Chưa thể đánh giá",
    "met": "Đạt",
    "not_applicable": "Không áp dụng",
}

DONE: frozenset[str] = frozenset({"done_early", "done_on_time", "done_late", "done"})
DONE_IN_TIME: frozenset[str] = frozenset({"done_early", "done_on_time"})
IN_TIME: frozenset[str] = frozenset({"in_time", "due_soon"})
NO_DATE: frozenset[str] = frozenset({"ongoing", "event", "no_deadline"})


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """`days`: whole days past the deadline (1 or more) for late and past statuses, days left (0 or more) for work in
    time, else None. `due` is the deadline in force, `first_due` the one before any extension (both None when there is
    no date); `started` tells whether unfinished work was reported as begun."""

    code: StatusCode
    days: int | None = None
    due: dt.date | None = None
    first_due: dt.date | None = None
    started: bool = False

    @property
    def label(self) -> str:
        """The official words, without the number of days."""
        return LABELS[self.code]

    @property
    def text(self) -> str:
        """The official words with the number of days: «Quá hạn 12 ngày», «Sắp đến hạn, còn 3 ngày»."""
        if self.days is None:
            return self.label
        if self.code == "past_no_report":
            return f"Đã qua hạn {number_text(self.days)} ngày, chưa có báo cáo"
        if self.code in ("due_soon", "in_time"):
            left = f"còn {number_text(self.days)} ngày" if self.days else "hôm nay là ngày cuối"
            return f"{self.label}, {left}"
        return f"{self.label} {number_text(self.days)} ngày"

    @property
    def extended(self) -> bool:
        """Whether an approved extension is in force."""
        return self.due != self.first_due


def deadlines(end: dt.date | None, facts: Facts) -> tuple[dt.date | None, dt.date | None]:
    """(first deadline, deadline in force): `end` is what the plan says; approved extensions change the second only."""
    if not facts.extensions:
        return end, end
    return end or facts.extensions[0].old, facts.extensions[-1].new


def task_status(deadline: Deadline, facts: Facts, as_of: dt.date) -> TaskStatus:
    """The status of a task on the reporting date. `facts` are those of that date (cchc.facts.fold).

    The last day of the deadline still counts. Ongoing work and work bound to an event is never late, unless an
    approved extension gave it a date. What was done after `as_of` is not done yet on that day.
    """
    if facts.not_applicable:
        return TaskStatus("not_applicable")
    plan_end = None if deadline.kind in ("ongoing", "event", "none") else deadline.end
    first, end = deadlines(plan_end, facts)
    if facts.done_on is not None and facts.done_on <= as_of:
        if end is None:
            return TaskStatus("done")
        if facts.done_on > end:
            return TaskStatus("done_late", (facts.done_on - end).days, end, first)
        return TaskStatus("done_on_time" if facts.done_on == end else "done_early", None, end, first)
    started = facts.started_on is not None and facts.started_on <= as_of
    if end is None:
        code: StatusCode = (
            "ongoing" if deadline.kind == "ongoing" else "event" if deadline.kind == "event" else "no_deadline"
        )
        return TaskStatus(code, started=started)
    left = (end - as_of).days
    if left < 0:
        return TaskStatus("overdue" if facts.recorded else "past_no_report", -left, end, first, started)
    return TaskStatus("due_soon" if left <= DUE_SOON_DAYS else "in_time", left, end, first, started)


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """`reason` says in Vietnamese what the status rests on. `reach` is how much of the goal is reached and `elapsed`
    how much of its time had passed when the value was measured (0 to 1, None where it cannot be said)."""

    code: TargetCode
    reason: str
    value: Value | None = None
    reach: float | None = None
    elapsed: float | None = None
    due: dt.date | None = None
    first_due: dt.date | None = None

    @property
    def label(self) -> str:
        """The words, without the reason."""
        return TARGET_LABELS[self.code]


def satisfied(comparator: Comparator, value: float, goal: float) -> bool:
    """Whether a value meets a goal; 89,9999999999 counts as 90."""
    if abs(value - goal) <= _EXACT * max(1.0, abs(goal)):
        return comparator in (">=", "<=", "=")
    if comparator in (">=", ">"):
        return value > goal
    return comparator in ("<=", "<") and value < goal


def reach(comparator: Comparator, value: float, goal: float) -> float:
    """How much of the goal is reached, 0 to 1: value/goal where more is better, goal/value where less is, the smaller
    of the two for «=»; 1 exactly when the goal is met."""
    if satisfied(comparator, value, goal):
        return 1.0
    if value <= 0 or goal <= 0:
        return 0.0
    if comparator in (">=", ">"):
        share = value / goal
    elif comparator in ("<=", "<"):
        share = goal / value
    else:
        share = min(value / goal, goal / value)
    return min(share, 1 - _EXACT)


def target_status(target: Target, facts: Facts, as_of: dt.date, start: dt.date | None = None) -> TargetStatus:
    """The status of a target on the reporting date. `facts` are those of that date. `start` is where the goal's time
    begins; without one it is 1 January of the year it is due in."""
    if facts.not_applicable:
        return TargetStatus("not_applicable", facts.reason or "Không áp dụng.")
    first, due = deadlines(target.due, facts)
    if start is None and first is not None:
        start = dt.date(first.year, 1, 1)  # an extension into the next year does not begin the goal anew
    if target.kind == "milestone":
        return _milestone(facts, as_of, start, first, due)
    latest = next((v for v in reversed(facts.values) if v.as_of <= as_of), None)
    if latest is None:
        ended = due is not None and due < as_of
        reason = "Đã hết hạn, chưa có số liệu." if ended else "Chưa có số liệu."
        return TargetStatus("not_assessed", reason, due=due, first_due=first)
    on = f"đến ngày {date_text(latest.as_of)}"
    reached: float | None = None
    if target.kind == "improve":
        better, reason = _improved(target, facts, latest)
        if better is None:
            return TargetStatus("not_assessed", reason, latest, due=due, first_due=first)
        met = better
    elif target.comparator is None or target.value is None:
        return TargetStatus("not_assessed", "Văn bản không nêu mức phải đạt.", latest, due=due, first_due=first)
    else:
        met = satisfied(target.comparator, latest.value, target.value)
        reached = reach(target.comparator, latest.value, target.value)
        sign = _SIGNS.get(target.comparator, target.comparator)
        reason = f"{number_text(latest.value)} so với {sign} {number_text(target.value)}"
    elapsed = _elapsed(start, due, latest.as_of)
    code, why = _judged(met, reached, elapsed, latest.as_of, due, as_of)
    return TargetStatus(code, f"{reason}, số liệu {on}{why}.", latest, reached, elapsed, due, first)


def _judged(
    met: bool, reached: float | None, elapsed: float | None, measured: dt.date, due: dt.date | None, as_of: dt.date
) -> tuple[TargetCode, str]:
    """The status of a valued goal, and what to add to the reason."""
    if met:
        return "met", ""
    if due is None or elapsed is None:
        return "progressing", "; chưa rõ thời hạn"
    if as_of > due:
        if (due - measured).days > FINAL_DAYS:
            return "not_assessed", "; chưa có số liệu cuối kỳ"
        return "missed", ""
    if (as_of - measured).days > STALE_DAYS:
        return "not_assessed", "; số liệu đã cũ"
    behind = elapsed >= LATE_SHARE if reached is None else reached < elapsed
    if elapsed >= CALM_SHARE and behind:
        if reached is None:
            return "at_risk", f"; đã qua {_percent(elapsed)} thời gian"
        return "at_risk", f"; mới đạt {_percent(reached)} mức đề ra khi đã qua {_percent(elapsed)} thời gian"
    return "progressing", ""


def _milestone(
    facts: Facts, as_of: dt.date, start: dt.date | None, first: dt.date | None, due: dt.date | None
) -> TargetStatus:
    """A goal without a figure: it is met when it is reported as finished."""
    if facts.done_on is not None and facts.done_on <= as_of:
        late = due is not None and facts.done_on > due
        reason = f"Hoàn thành ngày {date_text(facts.done_on)}{', sau thời hạn' if late else ''}."
        return TargetStatus("met", reason, due=due, first_due=first)
    if not facts.recorded:
        ended = due is not None and due < as_of
        reason = "Đã hết hạn, chưa có báo cáo." if ended else "Chưa có báo cáo."
        return TargetStatus("not_assessed", reason, due=due, first_due=first)
    if due is not None and as_of > due:
        return TargetStatus("missed", "Đã hết hạn, chưa báo cáo hoàn thành.", due=due, first_due=first)
    elapsed = _elapsed(start, due, as_of)
    if elapsed is not None and elapsed >= LATE_SHARE:
        reason = f"Chưa báo cáo hoàn thành khi đã qua {_percent(elapsed)} thời gian."
        return TargetStatus("at_risk", reason, elapsed=elapsed, due=due, first_due=first)
    return TargetStatus("progressing", "Đang thực hiện.", elapsed=elapsed, due=due, first_due=first)


def _improved(target: Target, facts: Facts, latest: Value) -> tuple[bool | None, str]:
    """Whether a value is better than the one it is compared with, and the words for it; None when it cannot be said."""
    base = latest.base
    if base is None:
        # The same goal a year before: the last value of that year.
        base = next((v.value for v in reversed(facts.values) if v.as_of.year == latest.as_of.year - 1), None)
    if base is None:
        return None, "Chưa có số liệu năm trước để so sánh."
    unit = (latest.unit or target.unit or "").strip().lower()
    if not unit:
        return None, "Chưa rõ số liệu là điểm hay thứ hạng."
    gain = base - latest.value if unit in _RANK_UNITS else latest.value - base
    words = f"{number_text(latest.value)} {unit} so với {number_text(base)} {unit} trước đó"
    if target.value is not None:
        if unit == "%" or target.unit not in (None, latest.unit or target.unit, "bậc"):
            return None, "Chưa rõ cách tính mức cải thiện."
        return satisfied(target.comparator or ">=", gain, target.value), words
    return gain > _EXACT, words


def _elapsed(start: dt.date | None, due: dt.date | None, day: dt.date) -> float | None:
    """The share of a goal's time that has passed at the end of `day`, 0 to 1; None when the time is not known."""
    if due is None or start is None:
        return None
    whole = (due - start).days + 1
    if whole <= 0:
        return 1.0
    return min(max(((day - start).days + 1) / whole, 0.0), 1.0)


def _percent(share: float) -> str:
    # Rounded down: a goal that is just missed must not read as 100 %.
    return f"{int(share * 100 + _EXACT)} %"
