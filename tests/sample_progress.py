"""Results for the two small plans of sample_plans, as a ledger: one of each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cchc.engine import Engine
from cchc.entries import Draft, Evidence, Extension, NotApplicable, TargetValue, TaskDone, TaskStarted
from cchc.ledger import Ledger
from cchc.progress import Progress
from tests.sample_plans import DOC, sample_engine, task_id

D = dt.date
AS_OF = D(2024, 7, 10)
WHEN = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
ENTRIES = [
    (task_id(0), TaskDone(completed_on=D(2024, 3, 20), product="Quyết định số 5"), D(2024, 3, 20)),
    (task_id(0), Evidence(number="5/QĐ-UBND", date=D(2024, 3, 20)), D(2024, 3, 20)),
    (task_id(1), TaskStarted(started_on=D(2024, 2, 1)), D(2024, 2, 1)),
    (task_id(3), Extension(old=D(2024, 6, 30), new=D(2024, 8, 31), reason="chờ hướng dẫn", document="9/CV",
                           document_date=D(2024, 6, 20)), D(2024, 6, 20)),
    (task_id(4), TaskDone(completed_on=D(2024, 7, 5)), D(2024, 7, 5)),
    (task_id(5), NotApplicable(reason="không có đối tượng"), D(2024, 4, 1)),
    (f"{DOC}.c1", TargetValue(value=40, numerator=40, denominator=100, period="2024-6t"), D(2024, 6, 14)),
    (f"{DOC}.c2", TargetValue(value=15), D(2024, 5, 2)),
    (f"{DOC}.c4", TargetValue(value=200), D(2024, 3, 1)),
    (f"{DOC}.c5", TaskDone(completed_on=D(2024, 5, 1)), D(2024, 5, 1)),
]  # fmt: skip


def draft(item: str, payload: object, day: dt.date) -> Draft:
    return Draft(item_id=item, payload=payload, author="a", role="standing_editor", as_of=day)  # type: ignore[arg-type]


def sample_ledger(folder: Path) -> Iterator[Ledger]:
    """A new ledger with ENTRIES; closed afterwards."""
    with Ledger(folder / "ledger.sqlite", clock=lambda: WHEN) as opened:
        opened.append_all([draft(*entry) for entry in ENTRIES])
        yield opened


def recorded_engine(ledger: Ledger, folder: Path) -> Iterator[Engine]:
    """An engine on the sample plans with the results of this ledger; closed afterwards."""
    progress = Progress(ledger)
    progress.pull()
    made = sample_engine(folder)
    made.close()
    opened = Engine(made.path, progress)
    yield opened
    opened.close()
