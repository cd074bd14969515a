"""The lists of tasks, targets, measures and duties, with statuses, deadlines and results of the reporting date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.facts import NOTHING, Facts
from cchc.filters import (
    REVIEW,
    Filters,
)
from cchc.items import heirs
from cchc.queries.figures import goal_text, result_text
from cchc.queries.rows import ITEM_COLUMNS, PLACE_COLUMNS, Row, deadline_of, fetch, framed, made_deadline, made_target
from cchc.reading.agencies import register
from cchc.report_periods import parse_period
from cchc.status import DONE, TargetStatus, deadlines, target_status, task_status


def tasks(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Tasks.

    Columns: id, doc_id, plan_label, plan_year, ordinal, area, area_name, area_from, content, products, lead, support,
    deadline_raw, deadline_kind, deadline_start, deadline_end (the deadline in force, extensions respected), due_text
    («Quý I/2024», «30/6/2024»), first_due (last day of the deadline before any extension), first_due_text, extended
    (bool), lane, lane_label (of the deadline in force), status, status_label, status_text (with the days), days (Int64:
    days past for past, late and done late, days left for in time), recorded (bool: something was reported), started_on,
    done_on, result (text: the product delivered), evidence (text), unit, person (to whom it is assigned), via_group
    (text: the group or forerunner through which the filtered agency is meant, "" when directly), note, confidence,
    reasons, review, start, end, page (Int64), corrected (text).
    """
    return framed(task_rows(engine, filters), _TASK_COLUMNS)


_TASK_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "ordinal", "area", "area_name", "area_from", "content", "products",
    "lead", "support", "deadline_raw", "deadline_kind", "deadline_start", "deadline_end", "due_text", "first_due",
    "first_due_text", "extended", "lane", "lane_label", "status", "status_label", "status_text", "days", "recorded",
    "started_on", "done_on", "result", "evidence", "unit", "person", "via_group", "note", "confidence", "reasons",
    "review", *PLACE_COLUMNS,
)  # fmt: skip


def task_rows(engine: Engine, filters: Filters) -> list[Row]:
    others, via, join, bound = _via(filters)
    as_of = filters.day()
    facts = engine.facts(as_of)
    moved = _extended(facts)
    where, params = others.where_tasks(sorted(moved))
    rows = fetch(
        engine,
        f"""SELECT {ITEM_COLUMNS}, i.ordinal, i.content, array_to_string(i.products, '; ') AS products,
            array_to_string(i.lead, '; ') AS lead, array_to_string(i.support, '; ') AS support,
            i.deadline_raw, i.deadline_kind, i.deadline_start, i.deadline_end, {via} AS via_group, i.note
            FROM tasks i {join} WHERE {where} ORDER BY i.position""",  # noqa: S608 - fixed texts, values are bound
        [*bound, *params],
    )
    for row in rows:
        row["via_group"] = _through(row["via_group"])
        _add_task_status(row, facts.get(row["id"], NOTHING), as_of, filters.calendar)
    chosen = filters.statuses("task")
    return [row for row in rows if _kept(row, chosen) and (row["id"] not in moved or _due_within(row, filters))]


def _add_task_status(row: Row, known: Facts, as_of: dt.date, calendar: periods.Calendar) -> None:
    """Adds deadline in force, lane, status and what was reported to a row of the table of tasks."""
    planned = due = deadline_of(row)
    status = task_status(planned, known, as_of)
    if status.extended:
        due = made_deadline("day", None, status.due)
        row["deadline_kind"], row["deadline_start"], row["deadline_end"] = "day", None, status.due
    lane = periods.lane_of(due, calendar)
    row["due_text"], row["first_due_text"] = periods.due_text(due), periods.due_text(planned)
    row["first_due"], row["extended"] = status.first_due, status.extended
    row["lane"], row["lane_label"] = lane, periods.lane_text(lane, calendar)
    row["status"], row["status_label"], row["status_text"] = status.code, status.label, status.text
    row["days"], row["recorded"] = status.days, known.recorded
    if known is not NOTHING:
        row["done_on"] = known.done_on if status.code in DONE else None
        row["started_on"], row["result"], row["evidence"] = known.started_on, known.product, _evidence_text(known)
        row["unit"], row["person"] = known.unit, known.person


def _extended(facts: Mapping[str, Facts]) -> set[str]:
    """The items with an approved extension: the deadline of the plan is no longer the one in force."""
    return {item_id for item_id, known in facts.items() if known.extensions}


def _kept(row: Row, chosen: Sequence[str]) -> bool:
    return not chosen or row["status"] in chosen or (REVIEW in chosen and bool(row["review"]))


def _due_within(row: Row, filters: Filters) -> bool:
    """Whether a task's deadline in force is among those filtered for, as the SQL asks of the plan's deadline."""
    in_lane = not filters.quarter or row["lane"] in filters.quarter
    return in_lane and filters.in_time_span(row["deadline_end"])


def _evidence_text(known: Facts) -> str:
    """The proofs in short: «12/BC-SNV ngày 05/6/2024; https://...»."""
    shown = []
    for proof in known.evidence:
        name = proof.number or proof.link or (proof.file.name if proof.file else "")
        shown.append(f"{name} ngày {periods.date_text(proof.date)}" if proof.date and name else name)
    return "; ".join(dict.fromkeys(text for text in shown if text))


def targets(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Targets.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, kind, comparator, value (the goal's figure),
    unit, level, subject, group_name, except_text, due (in force), first_due, extended (bool), goal_text («≥ 90 %»),
    value_now (float: the latest result; for a milestone 1 done, 0 not done, missing when nothing is reported),
    value_text («72,5 %», «hoàn thành 12/3/2024»), value_period («Quý I/2024», "" when not said), value_on (date the
    result speaks of), value_numerator, value_denominator, status, status_label, status_reason (Vietnamese), reach
    (float 0-1: how much of the goal is reached), recorded (bool), done_on (milestones), evidence (text), given_to
    (text: the agency the standing body gave it to, "" none), quote, confidence, reasons, review, start, end, page
    (Int64), corrected (text).
    """
    return framed(target_rows(engine, filters), _TARGET_COLUMNS)


_TARGET_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "kind", "comparator", "value", "unit",
    "level", "subject", "group_name", "except_text", "due", "first_due", "extended", "goal_text", "value_now",
    "value_text", "value_period", "value_on", "value_numerator", "value_denominator", "status", "status_label",
    "status_reason", "reach", "recorded", "done_on", "evidence", "given_to", "quote", "confidence", "reasons", "review",
    *PLACE_COLUMNS,
)  # fmt: skip


def target_rows(engine: Engine, filters: Filters) -> list[Row]:
    as_of = filters.day()
    facts = engine.facts(as_of)
    moved = _extended(facts)
    where, params = filters.where_targets(sorted(moved))
    rows = fetch(
        engine,
        f"""SELECT {ITEM_COLUMNS}, i.kind, i.comparator, i.value, i.unit, i.level, i.subject, i.group_name,
            i.except_text, i.due, i.quote
            FROM targets i WHERE {where} ORDER BY i.position""",  # noqa: S608 - fixed texts, values are bound
        params,
    )
    rows = [row for row in rows if filters.holds_for_given(given_keys(facts.get(row["id"], NOTHING)))]
    names_ = _agency_names(engine, {facts.get(row["id"], NOTHING).agency for row in rows})
    for row in rows:
        known = facts.get(row["id"], NOTHING)
        row["goal_text"] = goal_text(row["kind"], row["comparator"], row["value"], row["unit"])
        row["given_to"] = names_.get(known.agency, "")
        _add_target_status(row, known, as_of)
    chosen = filters.statuses("target")
    return [row for row in rows if _kept(row, chosen) and (row["id"] not in moved or filters.in_time_span(row["due"]))]


def given_keys(known: Facts) -> frozenset[str]:
    """The agency an item was given to and its successors; empty for nobody."""
    return frozenset((known.agency, *heirs(known.agency))) if known.agency else frozenset()


def _agency_names(engine: Engine, keys: Iterable[str]) -> dict[str, str]:
    """The names of agencies, whether the documents name them or only the register does."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    registered = {key: found.name for key in wanted if (found := register().get(key))}
    sql = "SELECT key, name FROM agencies WHERE list_contains(?::VARCHAR[], key)"
    named = {row["key"]: row["name"] for row in fetch(engine, sql, [sorted(wanted)])}
    return {key: named.get(key) or registered.get(key) or key for key in wanted}


def _add_target_status(row: Row, known: Facts, as_of: dt.date) -> None:
    """Adds deadline in force, status and the latest result to a row of the table of targets."""
    status = target_state(row, known, as_of)
    row["first_due"], row["due"] = deadlines(row["due"], known)
    row["extended"] = row["due"] != row["first_due"]
    row["status"], row["status_label"], row["status_reason"] = status.code, status.label, status.reason
    row["reach"], row["recorded"] = status.reach, known.recorded
    if known is not NOTHING:
        row["evidence"] = _evidence_text(known)
        _add_result(row, known, status, as_of)


def target_state(row: Row, known: Facts, as_of: dt.date) -> TargetStatus:
    target = made_target(row["kind"], row["comparator"], row["value"], row["unit"], row["due"])
    year = row["plan_year"]
    return target_status(target, known, as_of, dt.date(year, 1, 1) if year else None)


def _add_result(row: Row, known: Facts, status: TargetStatus, as_of: dt.date) -> None:
    if row["kind"] == "milestone":
        done = known.done_on if known.done_on is not None and known.done_on <= as_of else None
        row["done_on"] = row["value_on"] = done
        if done is not None:
            row["value_now"], row["value_text"] = 1.0, f"hoàn thành {periods.date_text(done)}"
        elif known.recorded and not known.not_applicable:
            row["value_now"], row["value_text"] = 0.0, "đang thực hiện" if known.started_on else "chưa hoàn thành"
        return
    latest = next((v for v in reversed(known.values) if v.as_of <= as_of), None)
    if latest is None:
        return
    period = parse_period(latest.period)
    row["value_now"], row["value_on"] = latest.value, latest.as_of
    row["value_text"] = result_text(row["kind"], latest.value, latest.unit or row["unit"] or "")
    row["value_period"] = period.label if period else ""
    row["value_numerator"], row["value_denominator"] = latest.numerator, latest.denominator


def measures(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Measures: what is to be done without a row of lead and deadline.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, content, confidence, reasons, review, start,
    end, page (Int64), corrected (text).
    """
    return framed(measure_rows(engine, filters), _MEASURE_COLUMNS)


_MEASURE_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "content", "confidence", "reasons",
    "review", *PLACE_COLUMNS,
)  # fmt: skip


def measure_rows(engine: Engine, filters: Filters) -> list[Row]:
    where, params = filters.where_measures()
    return fetch(
        engine,
        f"SELECT {ITEM_COLUMNS}, i.content FROM measures i WHERE {where} ORDER BY i.position",  # noqa: S608
        params,
    )


def duties(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Duties: what «Tổ chức thực hiện» asks of an agency.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, agency (as written, "" when not named),
    agency_from (heading, text, inferred), content, via_group, confidence, reasons, review, start, end,
    page (Int64), corrected (text).
    """
    return framed(duty_rows(engine, filters), _DUTY_COLUMNS)


_DUTY_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "agency", "agency_from", "content",
    "via_group", "confidence", "reasons", "review", *PLACE_COLUMNS,
)  # fmt: skip


def duty_rows(engine: Engine, filters: Filters) -> list[Row]:
    others, via, join, bound = _via(filters)
    where, params = others.where_duties()
    rows = fetch(
        engine,
        f"""SELECT {ITEM_COLUMNS}, i.agency, i.agency_from, i.content, {via} AS via_group
            FROM duties i {join} WHERE {where} ORDER BY i.position""",  # noqa: S608 - fixed texts, values are bound
        [*bound, *params],
    )
    for row in rows:
        row["via_group"] = _through(row["via_group"])
    return rows


def _via(filters: Filters) -> tuple[Filters, str, str, list[Any]]:
    """The condition on agencies as a join, which also says through whom an item is meant: the other filters, the
    expression of the column via_group, the join and its bound values."""
    if not filters.agency and filters.role is None:
        return filters, "NULL", "", []
    reached, bound = filters.reached()
    return filters.without("agency", "role"), "v.via", f"JOIN ({reached}) v ON v.item_id = i.id", bound


def _through(via: Sequence[str] | None) -> str:
    """Words of the column via_group: "" when the item names the agency itself."""
    return "; ".join(via) if via and "" not in via else ""


def lanes(engine: Engine, filters: Filters) -> pd.DataFrame:
    """The tasks lane by lane: quarters by time, whole years, several years, ongoing, events, unknown.

    Columns: those of `tasks`, and lane_order (int: 0 for the first lane present, 1 for the next ...), lane_position
    (int: place of the task inside its lane, from 0; by deadline, then as in the document).
    """
    rows = task_rows(engine, filters)
    rows.sort(key=lambda r: (periods.lane_order(r["lane"]), r["deadline_end"] or dt.date.max))
    order, place = -1, 0
    previous = None
    for row in rows:
        order, place = (order, place + 1) if row["lane"] == previous else (order + 1, 0)
        previous = row["lane"]
        row["lane_order"], row["lane_position"] = order, place
    return framed(rows, (*_TASK_COLUMNS, "lane_order", "lane_position"))


def whose(row: Row) -> str:
    """Whose an item is: the leads of a task, the agency of a duty, the one a target was given to."""
    return str(row.get("lead") or row.get("agency") or row.get("given_to") or "")
