"""From the entries of the ledger to what is known of each item on a day. Pure.

Corrections are applied first: what an entry says is what its latest correction says. Then an entry counts when the day
it speaks of is not after the reporting date. Two questions are kept apart: how things stood on a day as known now
(`as_of`), and as known then (`known_at`: only what had been recorded by that moment).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from cchc.entries import (
    APART,
    Assignment,
    Correction,
    Entry,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
)

# Kinds that tell nothing of the work itself: an item with only these has no report.
NO_REPORT = ("assignment", "person", "answer", "feed_key")


@dataclass(frozen=True, slots=True)
class Effective:
    """An entry as it stands after its corrections: `first` is the entry, `last` it or its latest correction."""

    first: Entry
    last: Entry
    payload: Any  # what it says now; None when withdrawn
    as_of: dt.date

    @property
    def order(self) -> tuple[dt.date, int]:
        """By the day it speaks of, then by when it was first recorded: the greatest is the one in force."""
        return self.as_of, self.first.seq


@dataclass(frozen=True, slots=True)
class Value:
    """A target's value on a day."""

    as_of: dt.date
    value: float
    numerator: float | None = None
    denominator: float | None = None
    base: float | None = None
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was recorded about an item up to the reporting date.

    `recorded` is False when nothing was reported (an assignment is no report). `values` run from the oldest to the
    latest, one a day and period. `extensions` holds approved ones, `requests` those asked for since and not yet
    approved. `version` counts the item's entries of any day: it is what an edit is checked against.
    """

    recorded: bool = False
    done_on: dt.date | None = None
    not_applicable: bool = False
    started_on: dt.date | None = None
    product: str = ""
    values: tuple[Value, ...] = ()
    reason: str = ""  # why it does not apply
    extensions: tuple[Extension, ...] = ()
    requests: tuple[Extension, ...] = ()
    unit: str = ""
    person: str = ""
    agency: str = ""  # key of the agency the standing body gave it to, where the document names none
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    recorded_at: dt.datetime | None = None  # of the latest entry taken into account, UTC
    author: str = ""  # of the same entry
    version: int = 0

    @property
    def value(self) -> Value | None:
        """The latest value; None when there is none."""
        return self.values[-1] if self.values else None


NOTHING = Facts()


@dataclass(slots=True)
class _Chain:
    first: Entry
    last: Entry
    payload: Any
    as_of: dt.date


def effective(entries: Iterable[Entry]) -> list[Effective]:
    """What the entries say after their corrections, withdrawn ones left out, in the order of first recording.

    `entries` come in the order of `seq`. A correction whose entry is not among them is left out.
    """
    chains: dict[uuid.UUID, _Chain] = {}  # by the id of an entry and of each of its corrections
    order: list[_Chain] = []
    for entry in entries:
        payload = entry.payload
        if not isinstance(payload, Correction):
            chain = _Chain(entry, entry, payload, entry.as_of)
            order.append(chain)
        else:
            known = chains.get(payload.corrects)
            if known is None:
                continue
            chain = known
            chain.last, chain.payload = entry, payload.replacement
            if payload.replacement is not None:
                chain.as_of = entry.as_of
        chains[entry.id] = chain
    return [Effective(c.first, c.last, c.payload, c.as_of) for c in order if c.payload is not None]


def fold(
    entries: Iterable[Entry],
    as_of: dt.date,
    known_at: dt.datetime | None = None,
    belongs: Callable[[str], str] | None = None,
) -> dict[str, Facts]:
    """The facts of each item on `as_of`, by item id; items without entries are missing (use NOTHING).

    `entries` come in the order of `seq`; `known_at` (UTC) leaves out what was recorded later. Entries about people,
    documents and answers for scores are not facts of items and are left out. `belongs` tells to which item the entries
    of an id belong (an item whose words changed goes on under another id).
    """
    by_item: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.item_id.startswith(APART) and (known_at is None or entry.recorded_at <= known_at):
            item = belongs(entry.item_id) if belongs else entry.item_id
            by_item.setdefault(item, []).append(entry)
    return {item: _item_facts(item, found, as_of) for item, found in by_item.items()}


@dataclass(slots=True)
class _Gathered:
    values: dict[tuple[dt.date, str], Value] = field(default_factory=dict)
    done: tuple[int, TaskDone] | None = None
    started_on: dt.date | None = None
    applies: NotApplicable | None = None
    extensions: list[Extension] = field(default_factory=list)
    requests: list[Extension] = field(default_factory=list)
    assignment: Assignment | None = None
    agency: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _item_facts(item: str, entries: list[Entry], as_of: dt.date) -> Facts:
    live = sorted((e for e in effective(entries) if e.as_of <= as_of), key=lambda e: e.order)
    got = _Gathered()
    for each in live:
        _take(got, each)
    latest = max((e.last for e in live), key=lambda e: e.seq, default=None)
    absent = got.applies is not None and not got.applies.applies
    return Facts(
        recorded=any(e.payload.kind not in NO_REPORT for e in live),
        done_on=got.done[1].completed_on if got.done else None,
        not_applicable=absent,
        started_on=got.started_on,
        product=got.done[1].product if got.done else "",
        values=tuple(got.values.values()),
        reason=got.applies.reason if absent and got.applies else "",
        extensions=tuple(got.extensions),
        requests=tuple(got.requests),
        unit=got.assignment.unit if got.assignment else "",
        person=got.assignment.person if got.assignment else "",
        agency=got.agency,
        evidence=tuple(got.evidence),
        notes=tuple(got.notes),
        recorded_at=latest.recorded_at if latest else None,
        author=latest.author if latest else "",
        version=max((e.version for e in entries if e.item_id == item), default=0),
    )


def _take(got: _Gathered, each: Effective) -> None:
    payload = each.payload
    if isinstance(payload, TargetValue):
        key = (each.as_of, payload.period)
        got.values.pop(key, None)  # the later one of the same day and period stands last
        said = payload
        got.values[key] = Value(
            each.as_of, said.value, said.numerator, said.denominator, said.base, said.unit, said.period
        )
    elif isinstance(payload, TaskDone):
        # Recorded twice without a correction: the one recorded later speaks, whatever its day.
        if got.done is None or each.first.seq > got.done[0]:
            got.done = (each.first.seq, payload)
    elif isinstance(payload, TaskStarted):
        got.started_on = min(got.started_on or payload.started_on, payload.started_on)
    elif isinstance(payload, NotApplicable):
        got.applies = payload
    elif isinstance(payload, Extension):
        if payload.approved:
            got.extensions.append(payload)
            got.requests.clear()
        else:
            got.requests.append(payload)
    elif isinstance(payload, Assignment):
        # Who distributes the work inside an agency does not take it away from the agency.
        got.agency = payload.agency or got.agency
        if payload.unit or payload.person:
            got.assignment = payload
    elif isinstance(payload, Evidence):
        got.evidence.append(payload)
    elif isinstance(payload, Note):
        got.notes.append(payload.text)
