"""What happened between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.filters import (
    Filters,
    ItemKind,
)
from cchc.queries.lists import target_rows, task_rows, whose
from cchc.queries.rows import ITEM_KIND_LABELS, Row, framed
from cchc.status import DONE

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
    kinds: dict[ItemKind, Callable[[Engine, Filters], list[Row]]] = {"task": task_rows, "target": target_rows}
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
                "who": whose(row), "change": change, "change_label": CHANGES[change],
                "status_before": was["status"], "label_before": was["status_label"],
                "value_before": was.get("value_text"),
                "due_before": _due_words(was), "due_text": _due_words(row),
            }  # fmt: skip
            found.append(row)
    found.sort(key=lambda row: order.index(row["change"]))
    return framed(found, _CHANGE_COLUMNS)


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
