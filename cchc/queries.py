"""Filters in, pandas frames out: the only module with SELECTs for views.

Every function takes an `Engine` and, where the view can be narrowed, `Filters`; each call has a cursor of its own. All
SQL is fixed text with bound values. Conventions of all frames:

* text columns are text, "" where the document does not say; lists are joined with "; "
* `area` and `days` are Int64 (missing: <NA>), dates are datetime64 (missing: NaT), `value` is float64 (missing: NaN)
* rows stand in the order of the plans (newest year first), inside a plan in the order of the document
* `doc_id`, `plan_label` name the document, `start`/`end` are the item's characters in the document's stored text
* `review` says in Vietnamese why a person should look at the item, "" when nothing calls for it

Statuses, results and deadlines in force are derived for the reporting date from the recorded facts after the SQL, by
`status.task_status` and `status.target_status`: one source for pages and files alike.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.facts import NOTHING, Facts
from cchc.filters import (
    LEVELS,
    REVIEW,
    REVIEW_LABEL,
    STATUSES,
    UNKNOWN_AREA,
    UNKNOWN_LEVEL,
    Filters,
    ItemKind,
    area_names,
    status_label,
)
from cchc.items import heirs
from cchc.model import Deadline, Target
from cchc.reading.agencies import KINDS, register
from cchc.report_periods import parse_period
from cchc.status import DONE, LABELS, TARGET_LABELS, TargetStatus, deadlines, target_status, task_status

ITEM_KIND_LABELS: dict[str, str] = {
    "target": "Chỉ tiêu",
    "task": "Nhiệm vụ",
    "measure": "Nhiệm vụ và giải pháp",
    "duty": "Trách nhiệm",
}
_COMPARATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}

_ITEM_COLUMNS = """
    i.id, i.doc_id, i.plan_label, i.plan_year, i.area, coalesce(i.area_name, '') AS area_name,
    coalesce(i.area_from, '') AS area_from, i.confidence, array_to_string(i.reasons, '; ') AS reasons,
    array_to_string(i.review, '; ') AS review, i.span_start AS "start", i.span_end AS "end",
    i.page, coalesce(i.corrected, '') AS corrected
"""
# page: from 1, missing where the format has no pages; corrected: who put the item right and when, "" when nobody did.
_PLACE_COLUMNS = ("start", "end", "page", "corrected")


def number_text(value: float) -> str:
    """A number as officials write it: «1.234,5», «90», at most three decimals."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def goal_text(kind: str, comparator: str | None, value: float | None, unit: str | None) -> str:
    """The goal in short: «≥ 90 %», «hạng ≤ 20», «≥ 5 dịch vụ», «cải thiện so với năm trước», «hoàn thành»;
    «chưa rõ» where the figure was not understood."""
    if value is None:
        return {"improve": "cải thiện so với năm trước", "milestone": "hoàn thành"}.get(kind, "chưa rõ")
    sign = _COMPARATORS.get(comparator or "", "")
    number = number_text(value)
    if kind == "rank":
        return " ".join(x for x in ("hạng", sign, number) if x)
    return " ".join(x for x in (sign, number, unit) if x)


# --- lists -------------------------------------------------------------------------------------------------------

Row = dict[str, Any]  # one row of a frame before it becomes one: missing values are None


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
    return _frame(_task_rows(engine, filters), _TASK_COLUMNS)


_TASK_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "ordinal", "area", "area_name", "area_from", "content", "products",
    "lead", "support", "deadline_raw", "deadline_kind", "deadline_start", "deadline_end", "due_text", "first_due",
    "first_due_text", "extended", "lane", "lane_label", "status", "status_label", "status_text", "days", "recorded",
    "started_on", "done_on", "result", "evidence", "unit", "person", "via_group", "note", "confidence", "reasons",
    "review", *_PLACE_COLUMNS,
)  # fmt: skip


def _task_rows(engine: Engine, filters: Filters) -> list[Row]:
    others, via, join, bound = _via(filters)
    as_of = filters.day()
    facts = engine.facts(as_of)
    moved = _extended(facts)
    where, params = others.where_tasks(sorted(moved))
    rows = _fetch(
        engine,
        f"""SELECT {_ITEM_COLUMNS}, i.ordinal, i.content, array_to_string(i.products, '; ') AS products,
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
    planned = due = _deadline(row)
    status = task_status(planned, known, as_of)
    if status.extended:
        due = _made_deadline("day", None, status.due)
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
    return _frame(_target_rows(engine, filters), _TARGET_COLUMNS)


_TARGET_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "kind", "comparator", "value", "unit",
    "level", "subject", "group_name", "except_text", "due", "first_due", "extended", "goal_text", "value_now",
    "value_text", "value_period", "value_on", "value_numerator", "value_denominator", "status", "status_label",
    "status_reason", "reach", "recorded", "done_on", "evidence", "given_to", "quote", "confidence", "reasons", "review",
    *_PLACE_COLUMNS,
)  # fmt: skip


def _target_rows(engine: Engine, filters: Filters) -> list[Row]:
    as_of = filters.day()
    facts = engine.facts(as_of)
    moved = _extended(facts)
    where, params = filters.where_targets(sorted(moved))
    rows = _fetch(
        engine,
        f"""SELECT {_ITEM_COLUMNS}, i.kind, i.comparator, i.value, i.unit, i.level, i.subject, i.group_name,
            i.except_text, i.due, i.quote
            FROM targets i WHERE {where} ORDER BY i.position""",  # noqa: S608 - fixed texts, values are bound
        params,
    )
    rows = [row for row in rows if filters.holds_for_given(_given(facts.get(row["id"], NOTHING)))]
    names_ = _agency_names(engine, {facts.get(row["id"], NOTHING).agency for row in rows})
    for row in rows:
        known = facts.get(row["id"], NOTHING)
        row["goal_text"] = goal_text(row["kind"], row["comparator"], row["value"], row["unit"])
        row["given_to"] = names_.get(known.agency, "")
        _add_target_status(row, known, as_of)
    chosen = filters.statuses("target")
    return [row for row in rows if _kept(row, chosen) and (row["id"] not in moved or filters.in_time_span(row["due"]))]


def _given(known: Facts) -> frozenset[str]:
    """The agency an item was given to and its successors; empty for nobody."""
    return frozenset((known.agency, *heirs(known.agency))) if known.agency else frozenset()


def _agency_names(engine: Engine, keys: Iterable[str]) -> dict[str, str]:
    """The names of agencies, whether the documents name them or only the register does."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    registered = {key: found.name for key in wanted if (found := register().get(key))}
    sql = "SELECT key, name FROM agencies WHERE list_contains(?::VARCHAR[], key)"
    named = {row["key"]: row["name"] for row in _fetch(engine, sql, [sorted(wanted)])}
    return {key: named.get(key) or registered.get(key) or key for key in wanted}


def _add_target_status(row: Row, known: Facts, as_of: dt.date) -> None:
    """Adds deadline in force, status and the latest result to a row of the table of targets."""
    status = _target_status(row, known, as_of)
    row["first_due"], row["due"] = deadlines(row["due"], known)
    row["extended"] = row["due"] != row["first_due"]
    row["status"], row["status_label"], row["status_reason"] = status.code, status.label, status.reason
    row["reach"], row["recorded"] = status.reach, known.recorded
    if known is not NOTHING:
        row["evidence"] = _evidence_text(known)
        _add_result(row, known, status, as_of)


def _target_status(row: Row, known: Facts, as_of: dt.date) -> TargetStatus:
    target = _target(row["kind"], row["comparator"], row["value"], row["unit"], row["due"])
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


def result_text(kind: str, value: float, unit: str) -> str:
    """A result in short: «72,5 %», «hạng 12», «35 dịch vụ»."""
    if kind == "rank" or unit == "hạng":
        return f"hạng {number_text(value)}"
    return f"{number_text(value)} {unit}".rstrip()


def measures(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Measures: what is to be done without a row of lead and deadline.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, content, confidence, reasons, review, start,
    end, page (Int64), corrected (text).
    """
    return _frame(_measure_rows(engine, filters), _MEASURE_COLUMNS)


_MEASURE_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "content", "confidence", "reasons",
    "review", *_PLACE_COLUMNS,
)  # fmt: skip


def _measure_rows(engine: Engine, filters: Filters) -> list[Row]:
    where, params = filters.where_measures()
    return _fetch(
        engine,
        f"SELECT {_ITEM_COLUMNS}, i.content FROM measures i WHERE {where} ORDER BY i.position",  # noqa: S608
        params,
    )


def duties(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Duties: what «Tổ chức thực hiện» asks of an agency.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, agency (as written, "" when not named),
    agency_from (heading, text, inferred), content, via_group, confidence, reasons, review, start, end,
    page (Int64), corrected (text).
    """
    return _frame(_duty_rows(engine, filters), _DUTY_COLUMNS)


_DUTY_COLUMNS = (
    "id", "doc_id", "plan_label", "plan_year", "area", "area_name", "area_from", "agency", "agency_from", "content",
    "via_group", "confidence", "reasons", "review", *_PLACE_COLUMNS,
)  # fmt: skip


def _duty_rows(engine: Engine, filters: Filters) -> list[Row]:
    others, via, join, bound = _via(filters)
    where, params = others.where_duties()
    rows = _fetch(
        engine,
        f"""SELECT {_ITEM_COLUMNS}, i.agency, i.agency_from, i.content, {via} AS via_group
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
    rows = _task_rows(engine, filters)
    rows.sort(key=lambda r: (periods.lane_order(r["lane"]), r["deadline_end"] or dt.date.max))
    order, place = -1, 0
    previous = None
    for row in rows:
        order, place = (order, place + 1) if row["lane"] == previous else (order + 1, 0)
        previous = row["lane"]
        row["lane_order"], row["lane_position"] = order, place
    return _frame(rows, (*_TASK_COLUMNS, "lane_order", "lane_position"))


def attention(engine: Engine, filters: Filters) -> pd.DataFrame:
    """What needs a person, most pressing first: overdue tasks (longest first), tasks past their deadline without a
    report (longest first), targets missed, then at risk, tasks due soon (nearest first), then what is unclear (tasks,
    duties, targets, measures).

    Columns: id, doc_id, plan_label, kind (task, target, measure, duty), kind_label, content, area, area_name, who (lead
    agencies, the agency of a duty, the one a target was given to), due_text, status, status_label, days (Int64), why
    (Vietnamese), cause (what was noted last about it and the extension asked for, "" nothing), start, end. An item
    stands here once. Filters hold as in each kind's own list; a filter of statuses
    leaves the tasks and targets it names and, with «cần rà soát» or without such a filter, what is unclear.
    """
    found: list[tuple[tuple[int, int], Row]] = []
    kinds: dict[ItemKind, list[Row]] = {}
    facts = engine.facts(filters.day())
    if not filters.status or filters.statuses("task"):
        kinds["task"] = _task_rows(engine, filters)
    if not filters.status or REVIEW in filters.status:
        kinds["duty"] = _duty_rows(engine, filters.but(status=(REVIEW,)))
    if not filters.status or filters.statuses("target"):
        kinds["target"] = _target_rows(engine, filters)
    if not filters.status or REVIEW in filters.status:
        kinds["measure"] = _measure_rows(engine, filters.but(status=(REVIEW,)))
    for kind, rows in kinds.items():
        for row in rows:
            rank = _PRESSING.get(row.get("status", ""))
            if rank is None and not row["review"]:
                continue
            days = row.get("days") if rank is not None else None
            order = (_UNCLEAR, 0) if rank is None else (rank, -(days or 0) if rank < _SOON else days or 0)
            why = [row["status_text"] if kind == "task" else _against_goal(row)] if rank is not None else []
            row |= {
                "kind": kind,
                "kind_label": ITEM_KIND_LABELS[kind],
                "content": row["quote"] if kind == "target" else row["content"],
                "who": _who(row),
                "why": "; ".join([*why, *([row["review"]] if row["review"] else [])]),
            }
            row["cause"] = _cause(facts.get(row["id"], NOTHING))
            if kind == "target" and row["due"] is not None:
                row["due_text"] = periods.date_text(row["due"])
            found.append((order, row))
    found.sort(key=lambda entry: entry[0])  # stable: inside a group as in the documents
    return _frame([row for _, row in found], _ATTENTION_COLUMNS)


def _cause(known: Facts) -> str:
    """What its agency said last of why: «chờ hướng dẫn; đề nghị gia hạn đến 30/9/2024»."""
    asked = [f"đề nghị gia hạn đến {periods.date_text(known.requests[-1].new)}"] if known.requests else []
    return "; ".join([*known.notes[-1:], *asked])


def _who(row: Row) -> str:
    """Whose an item is: the leads of a task, the agency of a duty, the one a target was given to."""
    return str(row.get("lead") or row.get("agency") or row.get("given_to") or "")


def _against_goal(row: Row) -> str:
    """«Nguy cơ không đạt: 67 %, mục tiêu ≥ 90 %»"""
    result = row.get("value_text") or "chưa hoàn thành"
    goal = "" if row["kind"] == "milestone" else f", mục tiêu {row['goal_text']}"
    return f"{row['status_label']}: {result}{goal}"


_SOON, _UNCLEAR = 4, 5
_PRESSING = {"overdue": 0, "past_no_report": 1, "missed": 2, "at_risk": 3, "due_soon": _SOON}
_ATTENTION_COLUMNS = (
    "id", "doc_id", "plan_label", "kind", "kind_label", "content", "area", "area_name", "who", "due_text", "status",
    "status_label", "days", "why", "cause", "start", "end",
)  # fmt: skip


# --- responsibility ----------------------------------------------------------------------------------------------


def agencies(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Agencies the documents name, by kind, then name in Vietnamese order.

    Columns: key, name, short, kind (Vietnamese), is_group (bool), known (bool: in the reference list), written (the
    ways the documents write it, joined "; "), members (tuple of keys: who belongs to the group in the filtered plans),
    lead, support, duties (int: items of the filtered plans assigned directly), via_lead, via_support (int: further
    tasks through groups). Only agencies with an item in the filtered plans, directly or through a group. Of the filters
    only the plans count.
    """
    only = Filters(plan=filters.plan)
    links = _links(engine, only)
    work = [link for link in links if link.kind == "task"]
    charges = [link for link in links if link.kind == "duty"]
    direct, grouped = [link for link in work if not link.via], _only_grouped(work)
    counts = {
        "lead": _items(direct, "lead"),
        "support": _items(direct, "support"),
        "duties": _items([link for link in charges if not link.via]),
        "via_lead": _items(grouped, "lead"),
        "via_support": _items(grouped, "support"),
    }
    present = {key for found in counts.values() for key in found} | {link.agency for link in charges}
    return _with_counts(_agency_rows(engine, filters, present), counts)


def matrix_area(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and areas: how many of the filtered tasks each leads and supports.

    Columns: key, name, short, kind, is_group, known, written, members (tuple of keys), lead_1 .. lead_7, lead_0 (area
    not known), support_1 .. support_7, support_0, lead, support, total (distinct tasks), via (distinct further tasks
    meant through a group; 0 when expanded); all counts int. Rows by kind, then name in Vietnamese order; only rows with
    a task.

    Folded (`expand=False`), a group is one line of responsibility and an agency's counts hold what names it directly.
    Expanded, a group whose members are known is replaced by its members, whose counts then hold the group's tasks too:
    the sums of columns count a group's task once a member, so they are no totals of tasks. With an agency filter only
    the chosen agencies stand here, folded also the groups through which they are meant.
    """
    work = _task_rows(engine, filters)
    everything = _links_of(engine, work, filters)
    links = _rows_of_matrix(engine, everything, filters, expand)
    areas = {row["id"]: row["area"] or 0 for row in work}
    counts: dict[str, dict[str, set[str]]] = {}
    for role in ("lead", "support"):
        of_role = [link for link in links if link.role == role]
        for area in (*range(1, 8), 0):
            counts[f"{role}_{area}"] = _items([link for link in of_role if areas[link.item] == area])
    counts |= {"lead": _items(links, "lead"), "support": _items(links, "support"), "total": _items(links)}
    counts["via"] = {} if expand else _items(_only_grouped(everything))
    return _with_counts(_agency_rows(engine, filters, {link.agency for link in links}), counts)


def matrix_task(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and tasks: one row for each agency and filtered task it leads (C) or supports (P).

    Columns: agency_key, agency, agency_short, kind, is_group, agency_order (int, rows of the matrix), id, doc_id,
    plan_label, ordinal, content, area, task_order (int, columns of the matrix), role («C», «P», «CP»), via (text: group
    through which an expanded member is meant, "" when named directly). Folding as in `matrix_area`.
    """
    work = _task_rows(engine, filters)
    links = _rows_of_matrix(engine, _links_of(engine, work, filters), filters, expand)
    listed = _agency_rows(engine, filters, {link.agency for link in links})
    rows = {row["key"]: (n, row) for n, row in enumerate(listed)}
    columns = {row["id"]: (n, row) for n, row in enumerate(work)}
    cells: dict[tuple[int, int], list[_Link]] = {}
    for link in links:
        cells.setdefault((rows[link.agency][0], columns[link.item][0]), []).append(link)
    found: list[Row] = []
    for (agency_order, task_order), of_cell in sorted(cells.items(), key=lambda cell: cell[0]):
        agency, roles, via = rows[of_cell[0].agency][1], {k.role for k in of_cell}, {k.via for k in of_cell}
        found.append(
            columns[of_cell[0].item][1]
            | {
                "agency_key": agency["key"], "agency": agency["name"], "agency_short": agency["short"],
                "kind": agency["kind"], "is_group": agency["is_group"], "agency_order": agency_order,
                "task_order": task_order,
                "role": ("C" if "lead" in roles else "") + ("P" if "support" in roles else ""),
                "via": "" if "" in via else "; ".join(sorted(via)),
            }
        )  # fmt: skip
    return _frame(found, _MATRIX_TASK_COLUMNS)


_MATRIX_TASK_COLUMNS = (
    "agency_key", "agency", "agency_short", "kind", "is_group", "agency_order", "id", "doc_id", "plan_label", "ordinal",
    "content", "area", "task_order", "role", "via",
)  # fmt: skip


class _Link(NamedTuple):
    """An item is an agency's business in a role: named directly (via = "") or through the agency `through`."""

    item: str
    kind: str  # task, duty
    agency: str
    through: str
    role: str
    via: str


def _links(engine: Engine, filters: Filters) -> list[_Link]:
    """All links of the items of the filtered plans, in the filtered role; other filters do not count."""
    with engine.cursor() as cursor:
        rows = cursor.execute(
            """SELECT a.item_id, a.kind, r.agency_key, r.via_key, a.role, r.via
               FROM assignments a JOIN reach r ON r.doc_id = a.doc_id AND r.via_key = a.agency_key
               WHERE (len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], a.doc_id)) AND coalesce(a.role = ?, true)""",
            [list(filters.plan), list(filters.plan), filters.role],
        ).fetchall()
    return [_Link(*row) for row in rows]


def _links_of(engine: Engine, items: list[Row], filters: Filters) -> list[_Link]:
    """The links of these items."""
    ids = {row["id"] for row in items}
    return [link for link in _links(engine, filters) if link.item in ids]


def _rows_of_matrix(engine: Engine, links: list[_Link], filters: Filters, expand: bool) -> list[_Link]:
    """The links that the matrix counts: folded, each agency as named; expanded, members in place of their groups."""
    chosen = set(filters.agency)
    if expand and chosen:
        return [link for link in links if link.agency in chosen]
    if not expand:
        named = {link.through for link in links if link.agency in chosen} if chosen else {link.agency for link in links}
        return [link for link in links if not link.via and link.agency in named]
    with engine.cursor() as cursor:
        pairs = set(cursor.execute("SELECT DISTINCT group_key, member_key FROM agency_members").fetchall())
    unfolded = {group for group, _ in pairs}
    # Inner groups and later names of a member reach a group's items too: they stand here only where they are named or
    # members themselves, and then with all that a filter by them finds.
    shown = {
        link.agency for link in links
        if (link.agency not in unfolded if not link.via else (link.through, link.agency) in pairs)
    }  # fmt: skip
    return [link for link in links if link.agency in shown]


def _only_grouped(links: list[_Link]) -> list[_Link]:
    """Links of items that mean an agency through a group only."""
    direct = {(link.agency, link.item) for link in links if not link.via}
    return [link for link in links if link.via and (link.agency, link.item) not in direct]


def _items(links: Iterable[_Link], role: str | None = None) -> dict[str, set[str]]:
    """The items of each agency."""
    found: dict[str, set[str]] = {}
    for link in links:
        if role is None or link.role == role:
            found.setdefault(link.agency, set()).add(link.item)
    return found


def _with_counts(listed: list[Row], counts: dict[str, dict[str, set[str]]]) -> pd.DataFrame:
    for row in listed:
        row |= {name: len(items.get(row["key"], ())) for name, items in counts.items()}
    return _frame(listed, (*_AGENCY_COLUMNS, *counts), counts)


_AGENCY_COLUMNS = ("key", "name", "short", "kind", "is_group", "known", "written", "members")


def _agency_rows(engine: Engine, filters: Filters, keys: Iterable[str]) -> list[Row]:
    """These agencies in display order with _AGENCY_COLUMNS; members are those of the filtered plans."""
    rows = _fetch(
        engine,
        """SELECT key, name, short, kind, is_group, known, written FROM agencies
           WHERE key IN (SELECT unnest(?::VARCHAR[])) ORDER BY position""",
        [sorted(keys)],
    )
    members: dict[str, list[str]] = {}
    for pair in _fetch(
        engine,
        """SELECT DISTINCT group_key, member_key FROM agency_members
           WHERE len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], doc_id) ORDER BY ALL""",
        [list(filters.plan), list(filters.plan)],
    ):
        members.setdefault(pair["group_key"], []).append(pair["member_key"])
    for row in rows:
        row["members"] = tuple(members.get(row["key"], ()))
    return rows


# --- documents and single items ----------------------------------------------------------------------------------


def documents(engine: Engine, filters: Filters | None = None) -> pd.DataFrame:
    """Documents; of the filters only the plans count.

    Columns: id, label, name (file), title, number, kind, authority, province, level, year (Int64), year_end (Int64),
    issued_on, effective_on, signed_by, legal_bases (joined "; "), sha256 (of the file), format, origin (shipped,
    imported), imported_by, imported_role, imported_at (UTC), targets, tasks, measures, duties, warnings, review (int:
    items a person should look at), characters (int), pages (int: 0 where the format has none), corrected (int: items
    officials put right, added or confirmed).
    """
    chosen = list(filters.plan) if filters else []
    rows = _fetch(
        engine,
        """SELECT id, label, name, title, number, kind, authority, province, level, year, year_end, issued_on,
                  effective_on, signed_by, array_to_string(legal_bases, '; ') AS legal_bases, targets, tasks, measures,
                  duties, warnings, review, length(text) AS characters, sha256, format, pages, origin, imported_by,
                  imported_role, imported_at, corrected
           FROM documents WHERE len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], id) ORDER BY position""",
        [chosen, chosen],
    )
    return _frame(rows, _DOCUMENT_COLUMNS, _DOCUMENT_COUNTS)


_DOCUMENT_COUNTS = (
    "targets", "tasks", "measures", "duties", "warnings", "review", "characters", "pages", "corrected",
)  # fmt: skip
_DOCUMENT_COLUMNS = (
    "id", "label", "name", "title", "number", "kind", "authority", "province", "level", "year", "year_end", "issued_on",
    "effective_on", "signed_by", "legal_bases", "sha256", "format", "origin", "imported_by", "imported_role",
    "imported_at", *_DOCUMENT_COUNTS,
)  # fmt: skip


@dataclass(frozen=True)
class DocumentView:
    """One document: `info` is its row of `documents` (column -> value), `marks` has the columns start, end, kind
    (target, task, measure, duty), kind_label, id, label (short words), confidence, reasons; sorted by place, longer
    ones first."""

    info: dict[str, Any]
    text: str
    marks: pd.DataFrame
    warnings: tuple[str, ...]


def document(engine: Engine, doc_id: str) -> DocumentView | None:
    """A document with its stored text and everything read from it; None when there is no such document."""
    only = _only_plan(doc_id)
    if only is None:
        return None
    info = documents(engine, only)
    if info.empty:
        return None
    warnings = _fetch(engine, "SELECT message FROM warnings WHERE doc_id = ? ORDER BY position", [doc_id])
    marks = _fetch(
        engine,
        """SELECT span_start AS "start", span_end AS "end", kind, id, label, confidence,
                  array_to_string(reasons, '; ') AS reasons FROM (
             SELECT 'target' AS kind, subject AS label, id, doc_id, span_start, span_end, confidence, reasons
             FROM targets
             UNION ALL
             SELECT 'task', content, id, doc_id, span_start, span_end, confidence, reasons FROM tasks
             UNION ALL
             SELECT 'measure', content, id, doc_id, span_start, span_end, confidence, reasons FROM measures
             UNION ALL
             SELECT 'duty', coalesce(agency, ''), id, doc_id, span_start, span_end, confidence, reasons FROM duties
           ) WHERE doc_id = ? ORDER BY span_start, span_end DESC, kind, id""",
        [doc_id],
    )
    for mark in marks:
        mark["kind_label"] = ITEM_KIND_LABELS[mark["kind"]]
    row = {str(column): value for column, value in info.to_dict("records")[0].items()}
    columns = ("start", "end", "kind", "kind_label", "id", "label", "confidence", "reasons")
    return DocumentView(row, _text(engine, doc_id), _frame(marks, columns), tuple(w["message"] for w in warnings))


def corrections(engine: Engine, doc_id: str) -> pd.DataFrame:
    """What officials put right in a document, in the order of recording, a row a field.

    Columns: item_id ("" for what the document says of itself), action (document_entries.ReadingAction), field ("" for
    an item struck out, added or confirmed), old, new (shown texts), quote, reason, author, role, recorded_at (UTC),
    placed (bool: False where its words are no longer found), entry (id of the ledger entry).
    """
    rows = _fetch(
        engine,
        """SELECT item_id, action, field, coalesce(old, '') AS old, coalesce("new", '') AS "new", quote, reason, author,
                  role, recorded_at, placed, entry FROM corrections WHERE doc_id = ? ORDER BY position""",
        [doc_id],
    )
    return _frame(rows, _CORRECTION_COLUMNS)


_CORRECTION_COLUMNS = (
    "item_id", "action", "field", "old", "new", "quote", "reason", "author", "role", "recorded_at", "placed", "entry",
)  # fmt: skip


def _text(engine: Engine, doc_id: str) -> str:
    return str(_fetch(engine, "SELECT text FROM documents WHERE id = ?", [doc_id])[0]["text"])


@dataclass(frozen=True)
class ItemView:
    """One item with its place. `row` is its row of `tasks`, `targets`, `measures` or `duties` (column -> value).
    `before + sentence + after` is its paragraph; `context_before`, `context_after` are the text around the paragraph.
    `assignments` has the columns key, name (canonical), short, written (as in the document), role (lead, support),
    is_group."""

    kind: ItemKind
    row: dict[str, Any]
    before: str
    sentence: str
    after: str
    context_before: str
    context_after: str
    assignments: pd.DataFrame = field(default_factory=pd.DataFrame)


CONTEXT = 600  # characters shown around a paragraph


def item(engine: Engine, item_id: str, filters: Filters | None = None) -> ItemView | None:
    """Everything about one item; None when the id is unknown. Of the filters only the reporting date and calendar
    count."""
    found = engine.frame(
        """SELECT kind, doc_id FROM (
             SELECT 'task' AS kind, id, doc_id FROM tasks UNION ALL SELECT 'target', id, doc_id FROM targets
             UNION ALL SELECT 'measure', id, doc_id FROM measures UNION ALL SELECT 'duty', id, doc_id FROM duties
           ) WHERE id = ?""",
        [item_id],
    )
    if found.empty:
        return None
    kind, doc_id = found["kind"][0], found["doc_id"][0]
    only = Filters(
        plan=(doc_id,),
        as_of=filters.as_of if filters else None,
        calendar=filters.calendar if filters else "lich",
    )
    rows = {"task": tasks, "target": targets, "measure": measures, "duty": duties}[kind](engine, only)
    row = {str(k): v for k, v in rows[rows["id"] == item_id].to_dict("records")[0].items()}
    text = _text(engine, doc_id)
    start, end = int(row["start"]), int(row["end"])
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    assigned = engine.frame(
        """SELECT g.key, g.name, g.short, a.name AS written, a.role, g.is_group FROM assignments a
           JOIN agencies g ON g.key = a.agency_key WHERE a.item_id = ? ORDER BY a.role, a.position""",
        [item_id],
    )
    return ItemView(
        kind, row, text[first:start], text[start:end], text[end:last],
        text[max(0, first - CONTEXT) : first], text[last : last + CONTEXT], assigned,
    )  # fmt: skip


def problems(engine: Engine) -> pd.DataFrame:
    """Files that gave no document. Columns: name (file), message (Vietnamese)."""
    return engine.frame("SELECT name, message FROM problems ORDER BY name")


# --- overview ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A number and the list behind it: `value` equals the number of rows of `kind`'s list under `filters`. The kind
    "any" stands for `attention` under these filters."""

    key: str
    label: str
    value: int
    kind: str  # task, target, measure, duty, any
    filters: Filters


@dataclass(frozen=True)
class Overview:
    """The page Tổng quan.

    `numbers` by key: due_now, due_next (tasks with a strict deadline in this and the next quarter), yearly_now
    (whole-year and several-year deadlines that end in this quarter), overdue (late tasks), past (tasks past their
    deadline without a report), due_soon, done (tasks), at_risk, missed, met (targets), tasks, targets, measures,
    duties, review (all kinds), review_task, review_target, review_measure, review_duty.
    `by_area`: area (int, 0 not known), area_name, area_short, targets, tasks, measures, duties, done, overdue, past,
    at_risk (targets at risk or missed), met, review; all areas.
    `by_lane`: lane, lane_label, lane_order, status, status_label, count: tasks by lane and status, present ones only.
    """

    as_of: dt.date
    quarter: str  # lane of the quarter the reporting date lies in
    quarter_label: str
    next_quarter: str
    next_quarter_label: str
    numbers: dict[str, Number]
    by_area: pd.DataFrame
    by_lane: pd.DataFrame


def overview(engine: Engine, filters: Filters) -> Overview:
    """The numbers of the page Tổng quan. Filters of quarter, dates and status are replaced by those of each number;
    all others hold."""
    base = filters.without("quarter", "from", "to", "status")
    as_of = filters.day()
    now = periods.quarter_of(as_of, filters.calendar)
    later = now.shifted(1)
    first, last = periods.quarter_span(now, filters.calendar)
    work = _task_rows(engine, base)
    rows: dict[ItemKind, list[Row]] = {
        "task": work,
        "target": _target_rows(engine, base),
        "measure": _measure_rows(engine, base),
        "duty": _duty_rows(engine, base),
    }
    lanes_ = Counter(r["lane"] for r in work)
    codes = Counter(r["status"] for r in work)
    goals = Counter(r["status"] for r in rows["target"])
    review = {kind: sum(1 for r in of_kind if r["review"]) for kind, of_kind in rows.items()}
    year_lanes = tuple(dict.fromkeys((f"year:{first.year}", f"year:{last.year}", periods.YEARS)))
    yearly = sum(1 for r in work if r["lane"] in year_lanes and first <= r["deadline_end"] <= last)

    def number(key: str, label: str, value: int, kind: str = "task", **changes: Any) -> Number:
        return Number(key, label, value, kind, base.but(**changes) if changes else base)

    inside = f"kết thúc trong {_lower(now.label)}"
    listed = [
        number("due_now", f"Nhiệm vụ đến hạn {_lower(now.label)}", lanes_[str(now)], quarter=(str(now),)),
        number("due_next", f"Nhiệm vụ đến hạn {_lower(later.label)}", lanes_[str(later)], quarter=(str(later),)),
        number("yearly_now", f"Nhiệm vụ cả năm, nhiều năm {inside}", yearly, quarter=year_lanes, from_=first, to=last),
        number("overdue", "Nhiệm vụ quá hạn", codes["overdue"], status=("overdue",)),
        number("past", LABELS["past_no_report"], codes["past_no_report"], status=("past_no_report",)),
        number("due_soon", LABELS["due_soon"], codes["due_soon"], status=("due_soon",)),
        number(
            "done",
            "Nhiệm vụ đã hoàn thành",
            sum(codes[code] for code in DONE),
            status=tuple(code for code in LABELS if code in DONE),
        ),
        *(
            number(code, f"Chỉ tiêu {_lower(TARGET_LABELS[code])}", goals[code], "target", status=(code,))
            for code in ("at_risk", "missed", "met")
        ),
        number("tasks", "Nhiệm vụ", len(work)),
        number("targets", "Chỉ tiêu", len(rows["target"]), "target"),
        number("measures", "Nhiệm vụ và giải pháp", len(rows["measure"]), "measure"),
        number("duties", "Trách nhiệm", len(rows["duty"]), "duty"),
        number("review", REVIEW_LABEL, sum(review.values()), "any", status=(REVIEW,)),
        *(
            number(f"review_{kind}", f"{ITEM_KIND_LABELS[kind]} cần rà soát", count, kind, status=(REVIEW,))
            for kind, count in review.items()
        ),
    ]
    return Overview(
        as_of, str(now), periods.quarter_text(now, filters.calendar), str(later),
        periods.quarter_text(later, filters.calendar), {n.key: n for n in listed},
        _by_area(engine, rows), _by_lane(work),
    )  # fmt: skip


_UNKNOWN_AREA_ROW: Row = {"area": UNKNOWN_AREA, "area_name": area_names()[UNKNOWN_AREA], "area_short": "Chưa rõ"}


def _area_rows(engine: Engine) -> list[Row]:
    found = _fetch(engine, "SELECT id AS area, name AS area_name, short AS area_short FROM areas ORDER BY id")
    return [*found, dict(_UNKNOWN_AREA_ROW)]


def _by_area(engine: Engine, rows: dict[ItemKind, list[Row]]) -> pd.DataFrame:
    counts = {
        "targets": Counter(r["area"] or 0 for r in rows["target"]),
        "tasks": Counter(r["area"] or 0 for r in rows["task"]),
        "measures": Counter(r["area"] or 0 for r in rows["measure"]),
        "duties": Counter(r["area"] or 0 for r in rows["duty"]),
        "done": Counter(r["area"] or 0 for r in rows["task"] if r["status"] in DONE),
        "overdue": Counter(r["area"] or 0 for r in rows["task"] if r["status"] == "overdue"),
        "past": Counter(r["area"] or 0 for r in rows["task"] if r["status"] == "past_no_report"),
        "at_risk": Counter(r["area"] or 0 for r in rows["target"] if r["status"] in ("at_risk", "missed")),
        "met": Counter(r["area"] or 0 for r in rows["target"] if r["status"] == "met"),
        "review": Counter(r["area"] or 0 for of_kind in rows.values() for r in of_kind if r["review"]),
    }
    areas = [row | {name: count[row["area"]] for name, count in counts.items()} for row in _area_rows(engine)]
    return _frame(areas, ("area", "area_name", "area_short", *counts), ("area", *counts))


def _by_lane(work: list[Row]) -> pd.DataFrame:
    counts = Counter((r["lane"], r["lane_label"], r["status"], r["status_label"]) for r in work)
    present = sorted({lane for lane, *_ in counts}, key=periods.lane_order)
    codes = list(LABELS)
    rows = [
        {"lane": lane, "lane_label": label, "lane_order": present.index(lane), "status": code, "status_label": words,
         "count": count}
        for (lane, label, code, words), count in counts.items()
    ]  # fmt: skip
    rows.sort(key=lambda r: (r["lane_order"], codes.index(r["status"])))
    return _frame(rows, ("lane", "lane_label", "lane_order", "status", "status_label", "count"), ("count",))


def plan_year_notice(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Plans in the filter whose year is over on the reporting date.

    Columns: doc_id, plan_label, year (int: last year of the plan), offered (datetime64: its own 31 December), message
    (Vietnamese).
    """
    rows: list[Row] = []
    for row in documents(engine, filters).to_dict("records"):
        year = row["year"] if pd.isna(row["year_end"]) else row["year_end"]
        if pd.isna(year) or year >= filters.day().year:
            continue
        message = f"Năm kế hoạch của {row['label']} đã kết thúc; có thể xem theo ngày số liệu 31/12/{year}."
        offered = dt.date(int(year), 12, 31)
        rows.append(
            {"doc_id": row["id"], "plan_label": row["label"], "year": year, "offered": offered, "message": message}
        )
    return _frame(rows, ("doc_id", "plan_label", "year", "offered", "message"), ("year",))


# --- two days ----------------------------------------------------------------------------------------------------

# What can have happened to an item between two days, what needs action first.
CHANGES: dict[str, str] = {
    "late": "Thành quá hạn",
    "past": "Thành đã qua hạn, chưa có báo cáo",
    "missed": "Chỉ tiêu không đạt",
    "at_risk": "Chỉ tiêu có nguy cơ không đạt",
    "finished": "Đã hoàn thành",
    "met": "Chỉ tiêu đạt",
    "extended": "Được gia hạn",
    "not_applicable": "Không áp dụng",
    "value": "Có kết quả mới",
    "started": "Đã bắt đầu thực hiện",
    "status": "Đổi tình trạng khác",
}


def compare(engine: Engine, filters: Filters, before: dt.date, after: dt.date) -> pd.DataFrame:
    """The tasks and targets whose status, deadline or result on `after` is not that on `before`, both as recorded now.
    Filters of status and reporting date do not count; filters of deadlines look at the deadline on `after`.

    Columns: id, doc_id, plan_label, kind (task, target), kind_label, content (of a target its subject and goal), who
    (lead agencies of a task), area, area_name, change (a key of CHANGES), change_label, status_before, label_before,
    status, status_label (on `after`), value_before, value_text (results of targets, «72,5 %», "" when there is none),
    due_before, due_text, days (Int64: on `after`), start, end. In the order of CHANGES, inside as in the documents.
    Raises ValueError when `before` is after `after`.
    """
    if before > after:
        raise ValueError("the earlier day comes first")
    now = filters.without("status").but(as_of=after)
    then = filters.without("status", "quarter", "from", "to").but(as_of=before)
    order = list(CHANGES)
    found: list[Row] = []
    kinds: dict[ItemKind, Callable[[Engine, Filters], list[Row]]] = {"task": _task_rows, "target": _target_rows}
    for kind, rows_of in kinds.items():
        old = {row["id"]: row for row in rows_of(engine, then)}
        for row in rows_of(engine, now):
            change = _change(old[row["id"]], row)
            if not change:
                continue
            was = old[row["id"]]
            row |= {
                "kind": kind, "kind_label": ITEM_KIND_LABELS[kind],
                "content": f"{row['subject']} ({row['goal_text']})" if kind == "target" else row["content"],
                "who": _who(row), "change": change, "change_label": CHANGES[change],
                "status_before": was["status"], "label_before": was["status_label"],
                "value_before": was.get("value_text"),
                "due_before": _due_words(was), "due_text": _due_words(row),
            }  # fmt: skip
            found.append(row)
    found.sort(key=lambda row: order.index(row["change"]))
    return _frame(found, _CHANGE_COLUMNS)


_CHANGE_COLUMNS = (
    "id", "doc_id", "plan_label", "kind", "kind_label", "content", "who", "area", "area_name", "change", "change_label",
    "status_before", "label_before", "status", "status_label", "value_before", "value_text", "due_before", "due_text",
    "days", "start", "end",
)  # fmt: skip
_BECAME = {
    "overdue": "late", "past_no_report": "past", "missed": "missed", "at_risk": "at_risk", "met": "met",
    "not_applicable": "not_applicable", **dict.fromkeys(DONE, "finished"),
}  # fmt: skip


def _change(was: Row, row: Row) -> str:
    """The key of CHANGES that says most of what happened; "" when nothing did."""
    moved = row["first_due"] is not None and row["extended"] and _due_words(was) != _due_words(row)
    if row["status"] != was["status"] and not (row["status"] in DONE and was["status"] in DONE):
        became = _BECAME.get(row["status"], "")
        return became or ("extended" if moved else "value" if _new_value(was, row) else "status")
    if moved:
        return "extended"
    if _new_value(was, row):
        return "value"
    return "started" if row.get("started_on") and not was.get("started_on") else ""


def _new_value(was: Row, row: Row) -> bool:
    return bool(row.get("value_text", "") != was.get("value_text", ""))


def _due_words(row: Row) -> str:
    if "due_text" in row:
        return str(row["due_text"])
    return periods.date_text(row["due"]) if row["due"] else ""


# --- the filter bar ----------------------------------------------------------------------------------------------


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
    for row in _fetch(engine, "SELECT id, deadline_kind, deadline_start, deadline_end FROM tasks"):
        planned = _deadline(row)
        status = task_status(planned, facts.get(row["id"], NOTHING), day)
        found.add(status.code)
        due = _made_deadline("day", None, status.due) if status.extended else planned
        present.add(periods.lane_of(due, calendar))
    given: Counter[str] = Counter()
    for row in _fetch(engine, "SELECT id, plan_year, kind, comparator, value, unit, due FROM targets"):
        known = facts.get(row["id"], NOTHING)
        found.add(_target_status(row, known, day).code)
        given.update(_given(known))
    lanes_ = sorted(present, key=periods.lane_order)
    stated = {row["level"] or UNKNOWN_LEVEL for row in _fetch(engine, "SELECT DISTINCT level FROM targets")}
    plans = _fetch(engine, "SELECT id, label, year, authority, province, level FROM documents ORDER BY position")
    bodies = _with_given(
        _fetch(engine, "SELECT key, name, short, kind, is_group, items FROM agencies ORDER BY position"), given
    )
    return FilterOptions(
        _frame(plans, ("id", "label", "year", "authority", "province", "level")),
        _frame(_area_rows(engine), ("area", "area_name", "area_short"), ("area",)),
        tuple(level for level in LEVELS if level in stated),
        _frame(bodies, ("key", "name", "short", "kind", "is_group", "items"), ("items",)),
        tuple((lane, periods.lane_text(lane, calendar)) for lane in lanes_),
        tuple((code, status_label(code)) for code in STATUSES if code in found or code == REVIEW),
    )


def _with_given(bodies: list[Row], given: Mapping[str, int]) -> list[Row]:
    """The agencies that have an item, those included that were only given targets; in the order of lists."""
    listed = {row["key"] for row in bodies}
    for key in sorted(given.keys() - listed):
        found = register().get(key)
        if found is not None:
            bodies.append({"key": key, "name": found.name, "short": found.short, "kind": found.kind,
                           "is_group": False, "items": 0})  # fmt: skip
    for row in bodies:
        row["items"] += given.get(row["key"], 0)
    kinds = {kind: n for n, kind in enumerate(KINDS)}
    return sorted((row for row in bodies if row["items"]), key=lambda row: kinds.get(row["kind"], len(kinds)))


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


# --- helpers -----------------------------------------------------------------------------------------------------


def _fetch(engine: Engine, sql: str, params: Sequence[Any] = ()) -> list[Row]:
    with engine.cursor() as cursor:
        cursor.execute(sql, list(params))
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


# Types of the columns that are not text, by name; counts (plain int64) are named where a frame is made.
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("area", "days", "page", "plan_year", "year", "year_end"), "Int64"),
    **dict.fromkeys(("start", "end", "lane_order", "lane_position", "agency_order", "task_order"), "int64"),
    **dict.fromkeys(("value", "confidence", "value_now", "value_numerator", "value_denominator", "reach"), "float64"),
    **dict.fromkeys(("is_group", "known", "recorded", "extended", "placed"), "bool"),
    **dict.fromkeys(
        (
            "deadline_start",
            "deadline_end",
            "due",
            "first_due",
            "started_on",
            "done_on",
            "value_on",
            "issued_on",
            "imported_at",
            "recorded_at",
            "effective_on",
            "offered",
        ),
        "datetime64[us]",
    ),
    "members": "object",
}


def _frame(rows: Sequence[Row], columns: Sequence[str], counts: Iterable[str] = ()) -> pd.DataFrame:
    """Rows as a frame of these columns; a column that a row lacks is missing there."""
    whole = set(counts)
    return pd.DataFrame(
        {c: _column([row.get(c) for row in rows], "int64" if c in whole else _TYPES.get(c, "str")) for c in columns}
    )


def _column(values: list[Any], kind: str) -> Any:
    if kind == "str":
        return pd.array([v or "" for v in values], dtype="str")
    if kind == "Int64":
        return pd.array(values, dtype="Int64")
    if kind == "object":
        return pd.Series(values, dtype="object").array  # not numpy: it takes tuples of one length for a table
    return np.array(values, dtype=kind)  # None is NaN among floats, NaT among dates


def _deadline(row: Row) -> Deadline:
    return _made_deadline(row["deadline_kind"], row["deadline_start"], row["deadline_end"])


# What the statuses look at. Making a model takes longer than judging it, and many items share theirs.
@lru_cache(maxsize=4096)
def _made_deadline(kind: Any, start: dt.date | None, end: dt.date | None) -> Deadline:
    return Deadline.model_construct(kind=kind, start=start, end=end)


@lru_cache(maxsize=4096)
def _target(kind: Any, comparator: Any, value: float | None, unit: str | None, due: dt.date | None) -> Target:
    return Target.model_construct(kind=kind, comparator=comparator, value=value, unit=unit, due=due)


def _only_plan(doc_id: str) -> Filters | None:
    try:
        return Filters(plan=(doc_id,))
    except ValueError:
        return None


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
