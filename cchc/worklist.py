"""What an agency has to do, what is missing first. Pure: items and facts in, lines out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cchc.entries import number_text
from cchc.facts import NOTHING, Facts
from cchc.items import KnownItem
from cchc.model import Deadline
from cchc.periods import date_text, due_text
from cchc.report_periods import parse_period
from cchc.status import DONE, IN_TIME, TARGET_LABELS, target_status, task_status

Missing = Literal["report", "final", "late", "soon", "evidence", "data", ""]

# What is missing, in the order in which it is asked for.
MISSING: dict[Missing, str] = {
    "report": "Đã qua hạn, chưa có báo cáo",
    "final": "Chưa có số liệu cuối kỳ",
    "late": "Quá hạn, chưa hoàn thành",
    "soon": "Sắp đến hạn",
    "evidence": "Thiếu tài liệu kiểm chứng",
    "data": "Chưa có số liệu",
    "": "",
}
# A target is not late but missed, and nothing of it is «đến hạn»: what its statuses call it.
MISSING_OF_TARGETS: dict[Missing, str] = {"late": TARGET_LABELS["missed"], "soon": TARGET_LABELS["at_risk"]}


@dataclass(frozen=True, slots=True)
class Work:
    """An item as it stands on a day. `status` is a code and `state` its words with days or reason; `due` the deadline
    in force (None without one), `due_words` as it is shown; `missing` what has to be added first."""

    item: KnownItem
    known: Facts
    status: str
    state: str
    due: dt.date | None
    due_words: str
    missing: Missing

    @property
    def told(self) -> str:
        """What is recorded already, in short; "" when nothing is."""
        known, parts = self.known, []
        latest = known.value
        if latest is not None:
            period = parse_period(latest.period)
            when = period.label if period else date_text(latest.as_of)
            parts.append(f"{number_text(latest.value)} ({when})")
        if known.done_on:
            parts.append(f"hoàn thành {date_text(known.done_on)}")
        elif known.started_on:
            parts.append(f"bắt đầu {date_text(known.started_on)}")
        if known.evidence:
            parts.append(f"{len(known.evidence)} tài liệu")
        if known.requests:
            parts.append(f"đề nghị gia hạn đến {date_text(known.requests[-1].new)}")
        if known.notes:
            parts.append(f"{len(known.notes)} ghi chú")
        return "; ".join(parts)


def work(item: KnownItem, known: Facts, day: dt.date) -> Work:
    """An item as it stands on `day`. `known` are its facts of that day."""
    proved = bool(known.evidence)
    if item.kind == "target" and item.target is not None:
        judged = target_status(item.target, known, day, item.start)
        past = judged.due is not None and judged.due < day
        missing: Missing = ""
        if judged.code == "not_applicable":
            pass
        elif judged.code == "not_assessed":
            missing = ("final" if known.values else "report") if past else "data"
        elif judged.code == "missed":
            missing = "late"
        elif judged.code == "at_risk":
            missing = "soon"
        elif not proved:
            missing = "evidence"
        due_words = date_text(judged.due) if judged.due else ""
        return Work(item, known, judged.code, judged.label, judged.due, due_words, missing)
    plan = item.deadline or Deadline()
    status = task_status(plan, known, day)
    due_words = date_text(status.due) if status.extended and status.due else due_text(plan) if item.deadline else ""
    missing = ""
    if status.code == "past_no_report":
        missing = "report"
    elif status.code == "overdue":
        missing = "late"
    elif status.code == "due_soon":
        missing = "soon"
    elif status.code in DONE and not proved:
        missing = "evidence"
    elif not item.has_data(known) and (status.code in IN_TIME or status.code in ("ongoing", "event", "no_deadline")):
        missing = "data"
    return Work(item, known, status.code, status.text, status.due, due_words, missing)


def worklist(items: Iterable[KnownItem], facts: Mapping[str, Facts], day: dt.date) -> list[Work]:
    """The items as they stand on `day`, what is missing first (in the order of MISSING), then by deadline."""
    order = {name: n for n, name in enumerate(MISSING)}
    lines = [work(item, facts.get(item.id, NOTHING), day) for item in items]
    return sorted(lines, key=lambda w: (order[w.missing], w.due or dt.date.max, w.item.id))
