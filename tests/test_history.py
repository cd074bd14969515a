"""The history of an item on a page that shows a past day: what counts there is what the facts count."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cchc import entry_words
from cchc.entries import Correction, Draft, Entry, Note, TaskDone
from cchc.facts import NOTHING, effective, fold
from cchc.ledger import Ledger
from cchc.screen import history

D = dt.date
ITEM = "p.n1"


def draft(payload: object, day: dt.date) -> Draft:
    return Draft(item_id=ITEM, payload=payload, author="an@x.vn", role="agency_editor", as_of=day)


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    """March: a note. Finished on 10 June, corrected to 20 June. A note of July that was withdrawn, one of August."""
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.append(draft(Note(text="tháng 3"), D(2024, 3, 1)))
        done = ledger.append(draft(TaskDone(completed_on=D(2024, 6, 10)), D(2024, 6, 10)))
        right = TaskDone(completed_on=D(2024, 6, 20))
        ledger.append(draft(Correction(corrects=done.id, replacement=right, reason="nhầm ngày"), D(2024, 6, 20)))
        july = ledger.append(draft(Note(text="tháng 7"), D(2024, 7, 1)))
        ledger.append(draft(Correction(corrects=july.id, reason="nhầm việc"), D(2024, 7, 5)))
        ledger.append(draft(Note(text="tháng 8"), D(2024, 8, 1)))
        return ledger.history(ITEM)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (D(2024, 2, 1), {1, 2, 3, 4, 6}),
        (
            D(2024, 6, 14),
            {3, 4, 6},
        ),  # the finish of the 10th was corrected to the 20th
        (D(2024, 6, 20), {4, 6}),
        (D(2024, 8, 1), set()),
        (None, set()),
    ],
)
def test_entries_of_a_later_day_are_marked(entries: list[Entry], day: dt.date | None, later: set[int]) -> None:
    lines = entry_words.history(entries, day)
    assert {line.number for line in lines if line.later} == later
    html = history.panel(entries, {}, day)
    assert html.count(history.LATER) == len(later)


@pytest.mark.parametrize("day", [D(2024, 1, 1) + dt.timedelta(days=n) for n in range(0, 240, 7)])
def test_what_is_not_marked_is_what_the_facts_count(entries: list[Entry], day: dt.date) -> None:
    counted = {e.last.id for e in effective(entries) if e.as_of <= day}
    assert {x.entry.id for x in entry_words.history(entries, day) if x.live and not x.later} == counted
    facts = fold(entries, day).get(ITEM, NOTHING)
    assert facts.recorded == bool(counted)
    assert (facts.done_on is not None) == (day >= D(2024, 6, 20))
