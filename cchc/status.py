"""From facts and a reporting date to the status officials use. Pure: statuses are never stored.

The two axes are those of the Government's task reports (1270/BC-TCTTTg): done or not, deadline kept or not. One status
is added: past the deadline and nothing recorded at all. Without a report nobody knows whether the work is late, so it
is not called late.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from cchc.model import Deadline

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

DUE_SOON_DAYS = 30  # «sắp đến hạn»: this many days left or fewer

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


@dataclass(frozen=True, slots=True)
class Facts:
    """What was recorded about a task up to the reporting date. `recorded` is False when nothing was."""

    recorded: bool = False
    done_on: dt.date | None = None
    not_applicable: bool = False


NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class TaskStatus:
    """`days`: whole days past the deadline (1 or more) for late and past statuses, days left (0 or more) for work in
    time, else None."""

    code: StatusCode
    days: int | None = None

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
            return f"Đã qua hạn {self.days} ngày, chưa có báo cáo"
        if self.code in ("due_soon", "in_time"):
            left = f"còn {self.days} ngày" if self.days else "hôm nay là ngày cuối"
            return f"{self.label}, {left}"
        return f"{self.label} {self.days} ngày"


def task_status(deadline: Deadline, facts: Facts, as_of: dt.date) -> TaskStatus:
    """The status of a task on the reporting date.

    The last day of the deadline still counts. Ongoing work and work bound to an event is never late. What was done
    after `as_of` is not done yet on that day.
    """
    if facts.not_applicable:
        return TaskStatus("not_applicable")
    end = None if deadline.kind in ("ongoing", "event", "none") else deadline.end
    if facts.done_on is not None and facts.done_on <= as_of:
        if end is None:
            return TaskStatus("done")
        if facts.done_on == end:
            return TaskStatus("done_on_time")
        if facts.done_on < end:
            return TaskStatus("done_early")
        return TaskStatus("done_late", (facts.done_on - end).days)
    if deadline.kind == "ongoing":
        return TaskStatus("ongoing")
    if deadline.kind == "event":
        return TaskStatus("event")
    if end is None:
        return TaskStatus("no_deadline")
    left = (end - as_of).days
    if left < 0:
        return TaskStatus("overdue" if facts.recorded else "past_no_report", -left)
    return TaskStatus("due_soon" if left <= DUE_SOON_DAYS else "in_time", left)
