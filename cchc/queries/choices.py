"""What the filter bar offers, the words for it, and which filters the data does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.facts import NOTHING
from cchc.filters import (
    LEVELS,
    REVIEW,
    STATUSES,
    UNKNOWN_LEVEL,
    Filters,
    status_label,
)
from cchc.queries.lists import given_keys, target_state
from cchc.queries.responsibility import with_registered
from cchc.queries.rows import Row, deadline_of, fetch, framed, made_deadline
from cchc.queries.summary import area_rows
from cchc.reading.agencies import register
from cchc.status import task_status


@dataclass(frozen=True)
class FilterOptions:
    """What the filter bar offers; only what the data holds.

    `plans`: id, label, year (Int64), authority, province, level. `areas`: area (int, 0 = not known), area_name,
    area_short. `levels`: tuple of values. `agencies`: key, name, short, kind, is_group, items (int: tasks and duties,
    directly or through a group, and targets given to it). `lanes`: (value, words) in order, for the filter's calendar.
    `statuses`: (value, words).
    """

    plans: pd.DataFrame
    areas: pd.DataFrame
    levels: tuple[str, ...]
    agencies: pd.DataFrame
    lanes: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]


def filter_options(engine: Engine, filters: Filters | None = None) -> FilterOptions:
    """The choices of the filter bar. Of the filters only the calendar and the reporting date count (statuses)."""
    calendar = filters.calendar if filters else "lich"
    day = (filters or Filters()).day()
    facts = engine.facts(day)
    found: set[str] = set()
    present: set[str] = set()
    for row in fetch(engine, "SELECT id, deadline_kind, deadline_start, deadline_end FROM tasks"):
        planned = deadline_of(row)
        status = task_status(planned, facts.get(row["id"], NOTHING), day)
        found.add(status.code)
        due = made_deadline("day", None, status.due) if status.extended else planned
        present.add(periods.lane_of(due, calendar))
    given: Counter[str] = Counter()
    for row in fetch(engine, "SELECT id, plan_year, kind, comparator, value, unit, due FROM targets"):
        known = facts.get(row["id"], NOTHING)
        found.add(target_state(row, known, day).code)
        given.update(given_keys(known))
    lanes_ = sorted(present, key=periods.lane_order)
    stated = {row["level"] or UNKNOWN_LEVEL for row in fetch(engine, "SELECT DISTINCT level FROM targets")}
    plans = fetch(engine, "SELECT id, label, year, authority, province, level FROM documents ORDER BY position")
    bodies = _with_given(
        engine, fetch(engine, "SELECT key, name, short, kind, is_group, items FROM agencies ORDER BY position"), given
    )
    return FilterOptions(
        framed(plans, ("id", "label", "year", "authority", "province", "level")),
        framed(area_rows(engine), ("area", "area_name", "area_short"), ("area",)),
        tuple(level for level in LEVELS if level in stated),
        framed(bodies, ("key", "name", "short", "kind", "is_group", "items"), ("items",)),
        tuple((lane, periods.lane_text(lane, calendar)) for lane in lanes_),
        tuple((code, status_label(code)) for code in STATUSES if code in found or code == REVIEW),
    )


def _with_given(engine: Engine, bodies: list[Row], given: Mapping[str, int]) -> list[Row]:
    """The agencies that have an item, those included that were only given targets; in the order of lists."""
    bodies = with_registered(engine, bodies, given)
    for row in bodies:
        row["items"] += given.get(row["key"], 0)
    return [row for row in bodies if row["items"]]


def names(engine: Engine) -> dict[str, str]:
    """Words for plan ids and agency keys, for `Filters.sentence`; of agencies also those that no document names but a
    target can be given to. Empty without documents."""
    frame = engine.frame("SELECT id AS k, label AS v FROM documents UNION ALL SELECT key, name FROM agencies")
    named = dict(zip(frame["k"], frame["v"], strict=True))
    return {**{a.key: a.name for a in register().agencies.values() if not a.is_group}, **named} if named else {}


def checked(engine: Engine, filters: Filters) -> tuple[Filters, list[str]]:
    """The filters without plans and agencies the data does not hold, and messages in Vietnamese about those."""
    messages: list[str] = []
    plans = set(engine.frame("SELECT id FROM documents")["id"])
    keys = {*engine.frame("SELECT key FROM agencies")["key"]}
    keys |= {a.key for a in register().agencies.values() if not a.is_group}
    gone_plans = [p for p in filters.plan if p not in plans]
    gone_keys = [a for a in filters.agency if a not in keys]
    messages += [f"Không có kế hoạch «{p}» trong dữ liệu. Đã bỏ qua." for p in gone_plans]
    messages += [f"Không có cơ quan «{a}» trong dữ liệu. Đã bỏ qua." for a in gone_keys]
    if not messages:
        return filters, []
    return filters.but(
        plan=tuple(p for p in filters.plan if p in plans), agency=tuple(a for a in filters.agency if a in keys)
    ), messages
