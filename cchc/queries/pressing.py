"""What needs a person, most pressing first."""

from __future__ import annotations

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.facts import NOTHING, Facts
from cchc.filters import (
    REVIEW,
    Filters,
    ItemKind,
)
from cchc.queries.lists import duty_rows, measure_rows, target_rows, task_rows, whose
from cchc.queries.rows import ITEM_KIND_LABELS, Row, framed


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
        kinds["task"] = task_rows(engine, filters)
    if not filters.status or REVIEW in filters.status:
        kinds["duty"] = duty_rows(engine, filters.but(status=(REVIEW,)))
    if not filters.status or filters.statuses("target"):
        kinds["target"] = target_rows(engine, filters)
    if not filters.status or REVIEW in filters.status:
        kinds["measure"] = measure_rows(engine, filters.but(status=(REVIEW,)))
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
                "who": whose(row),
                "why": "; ".join([*why, *([row["review"]] if row["review"] else [])]),
            }
            row["cause"] = _cause(facts.get(row["id"], NOTHING))
            if kind == "target" and row["due"] is not None:
                row["due_text"] = periods.date_text(row["due"])
            found.append((order, row))
    found.sort(key=lambda entry: entry[0])  # stable: inside a group as in the documents
    return framed([row for _, row in found], _ATTENTION_COLUMNS)


def _cause(known: Facts) -> str:
    """What its agency said last of why: «chờ hướng dẫn; đề nghị gia hạn đến 30/9/2024»."""
    asked = [f"đề nghị gia hạn đến {periods.date_text(known.requests[-1].new)}"] if known.requests else []
    return "; ".join([*known.notes[-1:], *asked])


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
