"""Answers that people give for criteria of a scoring profile which no recorded result can answer. Pure.

An answer belongs to one profile, criterion, agency or plan, and period. The score of a period takes the answers of that
very period; a score on a day without a period the latest answer to each criterion up to that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cchc import profiles
from cchc.access import Person
from cchc.entries import Answer, Correction, Draft, Entry, own_item
from cchc.facts import effective
from cchc.items import KnownItem
from cchc.report_periods import ReportPeriod

NO_PROFILE = "Không có bộ tiêu chí này."
NOT_BY_HAND = "Tiêu chí này không phải là tiêu chí nhập riêng của bộ tiêu chí."
UNKNOWN_KEY = {
    "agency": "Không có cơ quan này trong các văn bản.",
    "plan": "Không có kế hoạch này.",
}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it stands after its corrections; `entry` is the one that says it last."""

    answer: Answer
    entry: Entry
    as_of: dt.date


def in_force(entries: Iterable[Entry], day: dt.date) -> list[Given]:
    """The answers that count on a day, in the order of the days they speak of; of the same day the one first recorded
    later comes last. `entries` are those of `Progress.answers`."""
    live = [e for e in effective(entries) if isinstance(e.payload, Answer) and e.as_of <= day]
    return [Given(e.payload, e.last, e.as_of) for e in sorted(live, key=lambda e: e.order)]


def given(
    entries: Iterable[Entry], profile: str, by: str, day: dt.date, period: ReportPeriod | None = None
) -> dict[str, dict[str, Given]]:
    """The answers that a score takes: key of the agency or plan -> criterion -> answer."""
    found: dict[str, dict[str, Given]] = {}
    for one in in_force(entries, day):
        said = one.answer
        if (said.profile, said.by) == (profile, by) and (period is None or said.period == str(period)):
            found.setdefault(said.key, {})[said.criterion] = one
    return found


def percents(found: Mapping[str, Mapping[str, Given]]) -> dict[str, dict[str, float | None]]:
    """The same as `scoring.score_by` takes them."""
    return {key: {code: one.answer.percent for code, one in row.items()} for key, row in found.items()}


def misfit(payload: object, items: Mapping[str, KnownItem]) -> str:
    """Why an answer cannot be recorded, in Vietnamese; "" when it can, or when it is no answer. `items` are those of
    all documents."""
    said = payload.replacement if isinstance(payload, Correction) else payload
    if not isinstance(said, Answer):
        return ""
    try:
        profile = profiles.load(said.profile)
    except profiles.ProfileError:
        return NO_PROFILE
    if said.criterion not in profile.by_hand:
        return NOT_BY_HAND
    known = (
        {i.plan for i in items.values()}
        if said.by == "plan"
        else {key for i in items.values() for key in (*i.lead, *i.members)}
    )
    return "" if said.key in known else UNKNOWN_KEY[said.by]


def of_period(history: Iterable[Entry], period: str) -> Given | None:
    """The answer in force for a period among all entries of one item, None when there is none."""
    found = [g for g in in_force(history, dt.date.max) if g.answer.period == period]
    return found[-1] if found else None


def draft(
    answer: Answer | None, history: Iterable[Entry], period: ReportPeriod, reason: str, person: Person, today: dt.date
) -> Draft:
    """The draft that records an answer for a period: a correction (with its `reason`) where there is one already. None
    withdraws the one there is. Raises ValueError when there is nothing to withdraw."""
    entries = list(history)
    now = of_period(entries, str(period))
    as_of = day_of(period, today)
    payload: Answer | Correction
    if now is not None:
        payload = Correction(corrects=now.entry.id, replacement=answer, reason=reason)
        item = now.entry.item_id
    elif answer is not None:
        payload, item = answer, str(own_item(answer))
    else:
        raise ValueError("nothing to withdraw")
    return Draft(item_id=item, payload=payload, author=person.email, role=person.role, as_of=as_of)


def day_of(period: ReportPeriod, today: dt.date) -> dt.date:
    """The day an answer about a period speaks of: the one on which its report closes, today when that is still to come.
    So it counts in the report, whichever calendar is used."""
    return min(period.span("ky")[1], today)
