"""The numbers of the page Tổng quan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.filters import (
    REVIEW,
    REVIEW_LABEL,
    UNKNOWN_AREA,
    Filters,
    ItemKind,
    area_names,
)
from cchc.queries.lists import duty_rows, measure_rows, target_rows, task_rows
from cchc.queries.rows import ITEM_KIND_LABELS, Row, fetch, framed, lower_first
from cchc.queries.texts import documents
from cchc.status import DONE, LABELS, TARGET_LABELS


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
    work = task_rows(engine, base)
    rows: dict[ItemKind, list[Row]] = {
        "task": work,
        "target": target_rows(engine, base),
        "measure": measure_rows(engine, base),
        "duty": duty_rows(engine, base),
    }
    lanes_ = Counter(r["lane"] for r in work)
    codes = Counter(r["status"] for r in work)
    goals = Counter(r["status"] for r in rows["target"])
    review = {kind: sum(1 for r in of_kind if r["review"]) for kind, of_kind in rows.items()}
    year_lanes = tuple(dict.fromkeys((f"year:{first.year}", f"year:{last.year}", periods.YEARS)))
    yearly = sum(1 for r in work if r["lane"] in year_lanes and first <= r["deadline_end"] <= last)

    def number(key: str, label: str, value: int, kind: str = "task", **changes: Any) -> Number:
        return Number(key, label, value, kind, base.but(**changes) if changes else base)

    inside = f"kết thúc trong {lower_first(now.label)}"
    listed = [
        number("due_now", f"Nhiệm vụ đến hạn {lower_first(now.label)}", lanes_[str(now)], quarter=(str(now),)),
        number("due_next", f"Nhiệm vụ đến hạn {lower_first(later.label)}", lanes_[str(later)], quarter=(str(later),)),
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
            number(code, f"Chỉ tiêu {lower_first(TARGET_LABELS[code])}", goals[code], "target", status=(code,))
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


def area_rows(engine: Engine) -> list[Row]:
    found = fetch(engine, "SELECT id AS area, name AS area_name, short AS area_short FROM areas ORDER BY id")
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
    areas = [row | {name: count[row["area"]] for name, count in counts.items()} for row in area_rows(engine)]
    return framed(areas, ("area", "area_name", "area_short", *counts), ("area", *counts))


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
    return framed(rows, ("lane", "lane_label", "lane_order", "status", "status_label", "count"), ("count",))


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
    return framed(rows, ("doc_id", "plan_label", "year", "offered", "message"), ("year",))
