"""Filters in, pandas frames out: the only module with SELECTs for views.

Every function takes an `Engine` and, where the view can be narrowed, `Filters`; each call has a cursor of its own. All
SQL is fixed text with bound values. Conventions of all frames:

* text columns are text, "" where the document does not say; lists are joined with "; "
* `area` and `days` are Int64 (missing: <NA>), dates are datetime64 (missing: NaT), `value` is float64 (missing: NaN)
* rows stand in the order of the plans (newest year first), inside a plan in the order of the document
* `doc_id`, `plan_label` name the document, `start`/`end` are the item's characters in the document's stored text
* `review` says in Vietnamese why a person should look at the item, "" when nothing calls for it

Statuses are derived for the reporting date by `status.task_status` after the SQL: one source for pages and files alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cchc import periods
from cchc.engine import Engine
from cchc.filters import (
    LEVELS,
    LOW_CONFIDENCE,
    REVIEW,
    REVIEW_LABEL,
    STATUSES,
    Filters,
    ItemKind,
    area_names,
    status_label,
)
from cchc.model import Deadline
from cchc.status import LABELS, NOTHING, TaskStatus, task_status

UNCLEAR_DEADLINE = "Chưa rõ thời hạn"
UNCLEAR_LEAD = "Chưa rõ cơ quan chủ trì"
UNCLEAR_AGENCY = "Chưa rõ cơ quan"
UNSURE = "Đọc chưa chắc chắn"
ITEM_KIND_LABELS: dict[str, str] = {
    "target": "Chỉ tiêu",
    "task": "Nhiệm vụ",
    "measure": "Nhiệm vụ và giải pháp",
    "duty": "Trách nhiệm",
}
_AREA_FROM_LABELS = {"heading": "theo đề mục", "position": "theo thứ tự trong bảng", "content": "theo nội dung", "": ""}
_COMPARATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}

_ITEM_COLUMNS = """
    i.id, i.doc_id, d.label AS plan_label, d.year AS plan_year,
    i.area, coalesce(ar.name, '') AS area_name, coalesce(i.area_from, '') AS area_from,
    i.confidence, array_to_string(i.reasons, '; ') AS reasons, i.span_start AS "start", i.span_end AS "end"
"""
_JOINS = "JOIN documents d ON d.id = i.doc_id LEFT JOIN areas ar ON ar.id = i.area"
_ORDER = "ORDER BY d.position, i.position"


def number_text(value: float) -> str:
    """A number as officials write it: «1.234,5», «90», at most three decimals."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def goal_text(kind: str, comparator: str, value: float | None, unit: str) -> str:
    """The goal in short: «≥ 90 %», «hạng ≤ 20», «≥ 5 dịch vụ», «cải thiện so với năm trước», «hoàn thành»."""
    if value is None or pd.isna(value):
        return "cải thiện so với năm trước" if kind == "improve" else "hoàn thành"
    sign = _COMPARATORS.get(comparator, "")
    number = number_text(value)
    if kind == "rank":
        return " ".join(x for x in ("hạng", sign, number) if x)
    return " ".join(x for x in (sign, number, unit) if x)


# --- lists -------------------------------------------------------------------------------------------------------


def tasks(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Tasks.

    Columns: id, doc_id, plan_label, plan_year, ordinal, area, area_name, area_from, content, products, lead, support,
    deadline_raw, deadline_kind, deadline_start, deadline_end, due_text («Quý I/2024»), lane, lane_label, status,
    status_label, status_text (with the days), days (Int64: days past for past and late, days left for in time),
    via_group (text: the group or forerunner through which the filtered agency is meant, "" when directly), note,
    confidence, reasons, review, start, end.
    """
    where, params = filters.where_tasks()
    via, via_join = "''", ""
    bound: list[Any] = []
    if filters.agency:
        reached, bound = filters.reached()
        via, via_join = "coalesce(v.via, '')", f"LEFT JOIN ({reached}) v ON v.item_id = i.id"
    frame = engine.frame(
        f"""SELECT {_ITEM_COLUMNS}, i.ordinal, i.content, array_to_string(i.products, '; ') AS products,
            array_to_string(i.lead, '; ') AS lead, array_to_string(i.support, '; ') AS support,
            i.deadline_raw, i.deadline_kind, i.deadline_start, i.deadline_end, {via} AS via_group, i.note
            FROM tasks i {_JOINS} {via_join} WHERE {where} {_ORDER}""",  # noqa: S608 - fixed texts, values are bound
        [*bound, *params],
    )
    deadlines = _deadlines(frame)
    as_of = filters.day()
    statuses = [task_status(d, NOTHING, as_of) for d in deadlines]
    lanes = [periods.lane_of(d, filters.calendar) for d in deadlines]
    frame["due_text"] = _texts(periods.due_text(d) for d in deadlines)
    frame["lane"] = _texts(lanes)
    frame["lane_label"] = _texts(periods.lane_text(lane, filters.calendar) for lane in lanes)
    frame["status"] = _texts(s.code for s in statuses)
    frame["status_label"] = _texts(s.label for s in statuses)
    frame["status_text"] = _texts(s.text for s in statuses)
    frame["days"] = pd.array([s.days for s in statuses], dtype="Int64")
    frame["review"] = _texts(
        _joined(
            UNCLEAR_DEADLINE if lane == periods.NONE else "",
            "" if lead else UNCLEAR_LEAD,
            _unsure(confidence, reasons),
        )
        for lane, lead, confidence, reasons in zip(
            lanes, frame["lead"], frame["confidence"], frame["reasons"], strict=True
        )
    )
    return _by_status(_clean(frame, _TASK_COLUMNS), filters)


_TASK_COLUMNS = [
    "id",
    "doc_id",
    "plan_label",
    "plan_year",
    "ordinal",
    "area",
    "area_name",
    "area_from",
    "content",
    "products",
    "lead",
    "support",
    "deadline_raw",
    "deadline_kind",
    "deadline_start",
    "deadline_end",
    "due_text",
    "lane",
    "lane_label",
    "status",
    "status_label",
    "status_text",
    "days",
    "via_group",
    "note",
    "confidence",
    "reasons",
    "review",
    "start",
    "end",
]


def targets(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Targets.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, kind, comparator, value, unit, level,
    subject, group_name, except_text, due, goal_text («≥ 90 %»), quote, confidence, reasons, review, start, end.
    """
    where, params = filters.where_targets()
    frame = engine.frame(
        f"""SELECT {_ITEM_COLUMNS}, i.kind, coalesce(i.comparator, '') AS comparator, i.value,
            coalesce(i.unit, '') AS unit, coalesce(i.level, '') AS level, i.subject,
            coalesce(i.group_name, '') AS group_name, coalesce(i.except_text, '') AS except_text, i.due, i.quote
            FROM targets i {_JOINS} WHERE {where} {_ORDER}""",  # noqa: S608 - fixed texts, values are bound
        params,
    )
    frame["goal_text"] = _texts(
        goal_text(*row) for row in zip(frame["kind"], frame["comparator"], frame["value"], frame["unit"], strict=True)
    )
    _review_unsure(frame)
    return _by_review(_clean(frame, _TARGET_COLUMNS), filters)


_TARGET_COLUMNS = [
    "id",
    "doc_id",
    "plan_label",
    "plan_year",
    "area",
    "area_name",
    "area_from",
    "kind",
    "comparator",
    "value",
    "unit",
    "level",
    "subject",
    "group_name",
    "except_text",
    "due",
    "goal_text",
    "quote",
    "confidence",
    "reasons",
    "review",
    "start",
    "end",
]


def measures(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Measures: what is to be done without a row of lead and deadline.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, content, confidence, reasons, review, start,
    end.
    """
    where, params = filters.where_measures()
    frame = engine.frame(
        f"SELECT {_ITEM_COLUMNS}, i.content FROM measures i {_JOINS} WHERE {where} {_ORDER}",  # noqa: S608
        params,
    )
    _review_unsure(frame)
    return _by_review(_clean(frame, _MEASURE_COLUMNS), filters)


_MEASURE_COLUMNS = [
    "id",
    "doc_id",
    "plan_label",
    "plan_year",
    "area",
    "area_name",
    "area_from",
    "content",
    "confidence",
    "reasons",
    "review",
    "start",
    "end",
]


def duties(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Duties: what «Tổ chức thực hiện» asks of an agency.

    Columns: id, doc_id, plan_label, plan_year, area, area_name, area_from, agency (as written, "" when not named),
    agency_from (heading, text, inferred), content, via_group, confidence, reasons, review, start, end.
    """
    where, params = filters.where_duties()
    via, via_join = "''", ""
    bound: list[Any] = []
    if filters.agency:
        reached, bound = filters.reached()
        via, via_join = "coalesce(v.via, '')", f"LEFT JOIN ({reached}) v ON v.item_id = i.id"
    frame = engine.frame(
        f"""SELECT {_ITEM_COLUMNS}, coalesce(i.agency, '') AS agency, coalesce(i.agency_from, '') AS agency_from,
            i.content, {via} AS via_group
            FROM duties i {_JOINS} {via_join} WHERE {where} {_ORDER}""",  # noqa: S608 - fixed texts, values are bound
        [*bound, *params],
    )
    frame["review"] = _texts(
        _joined("" if agency else UNCLEAR_AGENCY, _unsure(confidence, reasons))
        for agency, confidence, reasons in zip(frame["agency"], frame["confidence"], frame["reasons"], strict=True)
    )
    return _by_review(_clean(frame, _DUTY_COLUMNS), filters)


_DUTY_COLUMNS = [
    "id",
    "doc_id",
    "plan_label",
    "plan_year",
    "area",
    "area_name",
    "area_from",
    "agency",
    "agency_from",
    "content",
    "via_group",
    "confidence",
    "reasons",
    "review",
    "start",
    "end",
]


def lanes(engine: Engine, filters: Filters) -> pd.DataFrame:
    """The tasks lane by lane: quarters by time, whole years, several years, ongoing, events, unknown.

    Columns: those of `tasks`, and lane_order (int: 0 for the first lane present, 1 for the next ...), lane_position
    (int: place of the task inside its lane, from 0; by deadline, then as in the document).
    """
    frame = tasks(engine, filters)
    present = sorted(set(frame["lane"]), key=periods.lane_order)
    frame["lane_order"] = frame["lane"].map({lane: n for n, lane in enumerate(present)}).astype("int64")
    frame = frame.sort_values(["lane_order", "deadline_end"], kind="stable", ignore_index=True)
    frame["lane_position"] = frame.groupby("lane_order").cumcount().astype("int64")
    return frame


def attention(engine: Engine, filters: Filters) -> pd.DataFrame:
    """What needs a person, most pressing first: past or late tasks (longest first), tasks due soon (nearest first),
    then what is unclear (tasks, duties, targets, measures).

    Columns: id, doc_id, plan_label, kind (task, target, measure, duty), kind_label, content, area, area_name, who (lead
    agencies or the agency of a duty), due_text, status, status_label, days (Int64), why (Vietnamese), start, end. An
    item stands here once. Filters hold as in each kind's own list.
    """
    frames = {
        "task": tasks(engine, filters),
        "duty": duties(engine, filters),
        "target": targets(engine, filters),
        "measure": measures(engine, filters),
    }
    rows: list[dict[str, Any]] = []
    for kind, frame in frames.items():
        for row in frame.to_dict("records"):
            status = row.get("status", "")
            pressing = {"overdue": 0, "past_no_report": 0, "due_soon": 1}.get(status)
            if pressing is None and not row["review"]:
                continue
            days = None if pd.isna(row.get("days", pd.NA)) else int(row["days"])
            why = _joined(row["status_text"] if pressing is not None else "", row["review"])
            rows.append(
                {
                    "id": row["id"], "doc_id": row["doc_id"], "plan_label": row["plan_label"],
                    "kind": kind, "kind_label": ITEM_KIND_LABELS[kind],
                    "content": row["quote"] if kind == "target" else row["content"],
                    "area": row["area"], "area_name": row["area_name"],
                    "who": row.get("lead", row.get("agency", "")), "due_text": row.get("due_text", ""),
                    "status": status, "status_label": row.get("status_label", ""), "days": days, "why": why,
                    "start": row["start"], "end": row["end"],
                    "_order": (2, 0) if pressing is None else (pressing, -(days or 0) if pressing == 0 else days or 0),
                }
            )  # fmt: skip
    rows.sort(key=lambda r: r["_order"])  # stable: inside a group as in the documents
    frame = pd.DataFrame([{k: v for k, v in r.items() if k != "_order"} for r in rows], columns=_ATTENTION_COLUMNS)
    frame["days"] = pd.array([r["days"] for r in rows], dtype="Int64")
    return _clean(frame, _ATTENTION_COLUMNS)


_ATTENTION_COLUMNS = [
    "id",
    "doc_id",
    "plan_label",
    "kind",
    "kind_label",
    "content",
    "area",
    "area_name",
    "who",
    "due_text",
    "status",
    "status_label",
    "days",
    "why",
    "start",
    "end",
]


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
    base = _assigned(engine, tasks(engine, only), only)
    other = _assigned(engine, duties(engine, only), only)
    listed = _agency_rows(engine, only)
    direct = base[base["via"] == ""]
    listed["lead"] = _distinct(direct[direct["role"] == "lead"], listed["key"])
    listed["support"] = _distinct(direct[direct["role"] == "support"], listed["key"])
    listed["duties"] = _distinct(other[other["via"] == ""], listed["key"])
    grouped = _via_only(base)
    listed["via_lead"] = _distinct(grouped[grouped["role"] == "lead"], listed["key"])
    listed["via_support"] = _distinct(grouped[grouped["role"] == "support"], listed["key"])
    counted = listed[["lead", "support", "duties", "via_lead", "via_support"]].sum(axis=1) > 0
    return listed[counted].reset_index(drop=True)


def matrix_area(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and areas: how many of the filtered tasks each leads and supports.

    Columns: key, name, short, kind, is_group, known, written, members (tuple of keys), lead_1 .. lead_7, lead_0 (area
    not known), support_1 .. support_7, support_0, lead, support, total (distinct tasks), via (distinct further tasks
    meant through a group); all counts int. Rows by kind, then name in Vietnamese order; only rows with a task.

    Folded (`expand=False`), a group is one line of responsibility and an agency's counts hold what names it directly.
    Expanded, a group whose members are known is replaced by its members, whose counts then hold the group's tasks too:
    the sums of columns count a group's task once a member, so they are no totals of tasks.
    With an agency filter only the chosen agencies stand here, folded also the groups through which they are meant.
    """
    shown = tasks(engine, filters)
    base = _assigned(engine, shown, filters)
    base = _folded_or_expanded(engine, base, filters, expand)
    listed = _agency_rows(engine, filters)
    listed = listed[listed["key"].isin(set(base["agency_key"]))].reset_index(drop=True)
    numbers = [*range(1, 8), 0]
    for role in ("lead", "support"):
        of_role = base[base["role"] == role]
        for number in numbers:
            listed[f"{role}_{number}"] = _distinct(of_role[of_role["area"] == number], listed["key"])
    listed["lead"] = _distinct(base[base["role"] == "lead"], listed["key"])
    listed["support"] = _distinct(base[base["role"] == "support"], listed["key"])
    listed["total"] = _distinct(base, listed["key"])
    grouped = _via_only(_assigned(engine, shown, filters))
    listed["via"] = 0 if expand else _distinct(grouped, listed["key"])
    return listed


def matrix_task(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and tasks: one row for each agency and filtered task it leads (C) or supports (P).

    Columns: agency_key, agency, agency_short, kind, is_group, agency_order (int, rows of the matrix), id, doc_id,
    plan_label, ordinal, content, area, task_order (int, columns of the matrix), role («C», «P», «CP»), via (text: group
    through which an expanded member is meant, "" when named directly). Folding as in `matrix_area`.
    """
    shown = tasks(engine, filters)
    base = _folded_or_expanded(engine, _assigned(engine, shown, filters), filters, expand)
    listed = _agency_rows(engine, filters)
    listed = listed[listed["key"].isin(set(base["agency_key"]))].reset_index(drop=True)
    listed["agency_order"] = range(len(listed))
    marks = (
        base.groupby(["agency_key", "item_id"], sort=False)
        .agg(
            role=("role", lambda r: ("C" if "lead" in set(r) else "") + ("P" if "support" in set(r) else "")),
            via=("via", lambda v: "" if "" in set(v) else "; ".join(sorted(set(v)))),
        )
        .reset_index()
    )
    columns = shown[["id", "doc_id", "plan_label", "ordinal", "content", "area"]].copy()
    columns["task_order"] = range(len(columns))
    rows = listed.rename(columns={"key": "agency_key", "name": "agency", "short": "agency_short"})
    frame = marks.merge(rows, on="agency_key").merge(columns, left_on="item_id", right_on="id")
    frame = frame.sort_values(["agency_order", "task_order"], ignore_index=True)
    return frame[_MATRIX_TASK_COLUMNS]


_MATRIX_TASK_COLUMNS = [
    "agency_key",
    "agency",
    "agency_short",
    "kind",
    "is_group",
    "agency_order",
    "id",
    "doc_id",
    "plan_label",
    "ordinal",
    "content",
    "area",
    "task_order",
    "role",
    "via",
]


def _assigned(engine: Engine, items: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """(item_id, agency_key, role, via, area) of these items: directly (via = "") and through groups and forerunners."""
    frame = engine.frame(
        """SELECT DISTINCT a.item_id, r.agency_key, r.via_key, a.role, r.via
           FROM assignments a JOIN reach r ON r.doc_id = a.doc_id AND r.via_key = a.agency_key
           WHERE a.item_id IN (SELECT unnest(?::VARCHAR[]))""",
        [list(items["id"])],
    )
    areas = dict(zip(items["id"], items["area"].fillna(0).astype("int64"), strict=True))
    frame["area"] = frame["item_id"].map(areas).astype("Int64")
    if filters.role:
        frame = frame[frame["role"] == filters.role]
    return frame.reset_index(drop=True)


def _folded_or_expanded(engine: Engine, base: pd.DataFrame, filters: Filters, expand: bool) -> pd.DataFrame:
    """The rows of the matrix: folded, each agency as named; expanded, members in place of their groups."""
    chosen = set(filters.agency)
    if not expand:
        keys = set(base[base["agency_key"].isin(chosen)]["via_key"]) if chosen else None
        direct = base[base["via"] == ""]
        return direct if keys is None else direct[direct["agency_key"].isin(keys)]
    if chosen:
        return base[base["agency_key"].isin(chosen)]
    pairs = engine.frame("SELECT DISTINCT group_key, member_key FROM agency_members")
    members = set(zip(pairs["group_key"], pairs["member_key"], strict=True))
    unfolded = set(pairs["group_key"])
    # Inner groups and later names of a member also reach a group's items, but the members themselves stand here
    # already.
    keep = [
        key not in unfolded if not via else (via_key, key) in members
        for key, via_key, via in zip(base["agency_key"], base["via_key"], base["via"], strict=True)
    ]
    return base[keep]


def _via_only(base: pd.DataFrame) -> pd.DataFrame:
    """Rows of items that mean an agency through a group only."""
    direct = base[base["via"] == ""]
    pairs = set(zip(direct["agency_key"], direct["item_id"], strict=True))
    keep = [
        bool(via) and pair not in pairs
        for via, pair in zip(base["via"], zip(base["agency_key"], base["item_id"], strict=True), strict=True)
    ]
    return base[keep]


def _distinct(base: pd.DataFrame, keys: Iterable[str]) -> list[int]:
    """Distinct items for each key."""
    counts = base.groupby("agency_key")["item_id"].nunique().to_dict() if len(base) else {}
    return [int(counts.get(key, 0)) for key in keys]


def _agency_rows(engine: Engine, filters: Filters) -> pd.DataFrame:
    """All agencies in display order with the columns key, name, short, kind, is_group, known, written, members."""
    frame = engine.frame(
        """SELECT g.key, g.name, g.short, g.kind, g.is_group, g.known,
                  coalesce((SELECT string_agg(DISTINCT alias, '; ' ORDER BY alias) FROM agency_aliases x
                            WHERE x.agency_key = g.key), '') AS written,
                  coalesce((SELECT list(DISTINCT member_key ORDER BY member_key) FROM agency_members m
                            WHERE m.group_key = g.key
                              AND (len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], m.doc_id))),
                           []) AS members
           FROM agencies g ORDER BY g.kind_order, g.name COLLATE vi""",
        [list(filters.plan), list(filters.plan)],
    )
    frame["members"] = pd.Series([tuple(m) for m in frame["members"]], dtype="object", index=frame.index)
    return frame


# --- documents and single items ----------------------------------------------------------------------------------


def documents(engine: Engine, filters: Filters | None = None) -> pd.DataFrame:
    """Documents; of the filters only the plans count.

    Columns: id, label, name (file), title, number, kind, authority, province, level, year (Int64), year_end (Int64),
    issued_on, effective_on, signed_by, legal_bases (joined "; "), targets, tasks, measures, duties, warnings, review
    (int: items a person should look at), characters (int).
    """
    chosen = list(filters.plan) if filters else []
    frame = engine.frame(
        """SELECT d.id, d.label, d.name, d.title, d.number, d.kind, d.authority, d.province, d.level,
                  d.year, d.year_end, d.issued_on, d.effective_on, d.signed_by,
                  array_to_string(d.legal_bases, '; ') AS legal_bases,
                  (SELECT count(*) FROM targets t WHERE t.doc_id = d.id) AS targets,
                  (SELECT count(*) FROM tasks t WHERE t.doc_id = d.id) AS tasks,
                  (SELECT count(*) FROM measures t WHERE t.doc_id = d.id) AS measures,
                  (SELECT count(*) FROM duties t WHERE t.doc_id = d.id) AS duties,
                  (SELECT count(*) FROM warnings t WHERE t.doc_id = d.id) AS warnings,
                  length(d.text) AS characters
           FROM documents d WHERE len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], d.id) ORDER BY d.position""",
        [chosen, chosen],
    )
    for column in ("title", "number", "kind", "authority", "province", "level", "signed_by"):
        frame[column] = frame[column].fillna("").astype("str")
    for column in ("year", "year_end"):
        frame[column] = frame[column].astype("Int64")
    only = Filters(plan=tuple(chosen), status=(REVIEW,))
    calls = pd.concat([f(engine, only)["doc_id"] for f in (tasks, targets, measures, duties)]).value_counts()
    frame["review"] = [int(calls.get(doc, 0)) for doc in frame["id"]]
    return frame


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
    text = engine.frame("SELECT text FROM documents WHERE id = ?", [doc_id])["text"][0]
    warnings = engine.frame("SELECT message FROM warnings WHERE doc_id = ? ORDER BY position", [doc_id])["message"]
    marks = engine.frame(
        """SELECT span_start AS "start", span_end AS "end", kind, id, label, confidence, reasons FROM (
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
    marks["reasons"] = _texts("; ".join(r) for r in marks["reasons"])
    marks["kind_label"] = _texts(ITEM_KIND_LABELS[k] for k in marks["kind"])
    row = {str(column): value for column, value in info.to_dict("records")[0].items()}
    return DocumentView(row, str(text), marks, tuple(warnings))


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
    text = str(engine.frame("SELECT text FROM documents WHERE id = ?", [doc_id])["text"][0])
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
    (whole-year and several-year deadlines that end in this quarter), past (tasks past their deadline without a report),
    due_soon, tasks, targets, measures, duties, review (all kinds), review_task, review_target, review_measure,
    review_duty.
    `by_area`: area (int, 0 not known), area_name, area_short, targets, tasks, measures, duties, past, review; all
    areas.
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
    work, goals = tasks(engine, base), targets(engine, base)
    bullets, charges = measures(engine, base), duties(engine, base)
    year_lanes = (f"year:{first.year}", f"year:{last.year}", periods.YEARS)
    in_quarter = (work["deadline_end"] >= pd.Timestamp(first)) & (work["deadline_end"] <= pd.Timestamp(last))
    frames: dict[ItemKind, pd.DataFrame] = {"task": work, "target": goals, "measure": bullets, "duty": charges}
    review = {kind: int((frame["review"] != "").sum()) for kind, frame in frames.items()}

    def number(key: str, label: str, value: Any, kind: str = "task", **changes: Any) -> Number:
        return Number(key, label, int(value), kind, base.but(**changes) if changes else base)

    listed = [
        number("due_now", f"Nhiệm vụ đến hạn {_lower(now.label)}", (work["lane"] == str(now)).sum(),
               quarter=(str(now),)),
        number("due_next", f"Nhiệm vụ đến hạn {_lower(later.label)}", (work["lane"] == str(later)).sum(),
               quarter=(str(later),)),
        number("yearly_now", f"Nhiệm vụ cả năm, nhiều năm kết thúc trong {_lower(now.label)}",
               (work["lane"].isin(year_lanes) & in_quarter).sum(), quarter=year_lanes, from_=first, to=last),
        number("past", LABELS["past_no_report"], (work["status"] == "past_no_report").sum(),
               status=("past_no_report",)),
        number("due_soon", LABELS["due_soon"], (work["status"] == "due_soon").sum(), status=("due_soon",)),
        number("tasks", "Nhiệm vụ", len(work)),
        number("targets", "Chỉ tiêu", len(goals), "target"),
        number("measures", "Nhiệm vụ và giải pháp", len(bullets), "measure"),
        number("duties", "Trách nhiệm", len(charges), "duty"),
        number("review", REVIEW_LABEL, sum(review.values()), "any", status=(REVIEW,)),
        *(
            number(f"review_{kind}", f"{ITEM_KIND_LABELS[kind]} cần rà soát", count, kind, status=(REVIEW,))
            for kind, count in review.items()
        ),
    ]  # fmt: skip
    return Overview(
        as_of, str(now), periods.quarter_text(now, filters.calendar), str(later),
        periods.quarter_text(later, filters.calendar), {n.key: n for n in listed},
        _by_area(engine, frames), _by_lane(work),
    )  # fmt: skip


def _by_area(engine: Engine, frames: dict[ItemKind, pd.DataFrame]) -> pd.DataFrame:
    frame = engine.frame("SELECT id AS area, name AS area_name, short AS area_short FROM areas ORDER BY id")
    unknown = {"area": 0, "area_name": area_names()[0], "area_short": "Chưa rõ"}
    frame = pd.concat([frame, pd.DataFrame([unknown])], ignore_index=True)

    def count(items: pd.DataFrame) -> list[int]:
        found = items["area"].fillna(0).astype("int64").value_counts().to_dict()
        return [int(found.get(area, 0)) for area in frame["area"]]

    for kind, column in (("target", "targets"), ("task", "tasks"), ("measure", "measures"), ("duty", "duties")):
        frame[column] = count(frames[kind])  # type: ignore[index]
    work = frames["task"]
    frame["past"] = count(work[work["status"] == "past_no_report"])
    frame["review"] = count(pd.concat([f[f["review"] != ""][["area"]] for f in frames.values()]))
    return frame


def _by_lane(work: pd.DataFrame) -> pd.DataFrame:
    frame = work.groupby(["lane", "lane_label", "status", "status_label"], as_index=False).size()
    frame = frame.rename(columns={"size": "count"})
    present = sorted(set(frame["lane"]), key=periods.lane_order)
    frame["lane_order"] = frame["lane"].map({lane: n for n, lane in enumerate(present)}).astype("int64")
    rank = {code: n for n, code in enumerate(LABELS)}
    frame["_status"] = frame["status"].map(rank).astype("int64")
    frame = frame.sort_values(["lane_order", "_status"], ignore_index=True)
    return frame[["lane", "lane_label", "lane_order", "status", "status_label", "count"]]


def plan_year_notice(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Plans in the filter whose year is over on the reporting date.

    Columns: doc_id, plan_label, year (int: last year of the plan), offered (date: its own 31 December), message
    (Vietnamese).
    """
    frame = documents(engine, filters)
    last = frame["year_end"].fillna(frame["year"])
    over = frame[last.notna() & (last.fillna(0) < filters.day().year)]
    years = [int(y) for y in last[over.index]]
    return pd.DataFrame(
        {
            "doc_id": _texts(over["id"]),
            "plan_label": _texts(over["label"]),
            "year": pd.array(years, dtype="int64"),
            "offered": pd.Series([dt.date(y, 12, 31) for y in years], dtype="object"),
            "message": _texts(
                f"Năm kế hoạch của {label} đã kết thúc; có thể xem theo ngày số liệu 31/12/{year}."
                for label, year in zip(over["label"], years, strict=True)
            ),
        }
    )


# --- the filter bar ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FilterOptions:
    """What the filter bar offers; only what the data holds.

    `plans`: id, label, year (Int64), authority, province, level. `areas`: area (int, 0 = not known), area_name,
    area_short. `levels`: tuple of values. `agencies`: key, name, short, kind, is_group, items (int: tasks and duties,
    directly or through a group). `lanes`: (value, words) in order, for the filter's calendar. `statuses`: (value,
    words).
    """

    plans: pd.DataFrame
    areas: pd.DataFrame
    levels: tuple[str, ...]
    agencies: pd.DataFrame
    lanes: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]


def filter_options(engine: Engine, filters: Filters | None = None) -> FilterOptions:
    """The choices of the filter bar. Of the filters only the calendar and the reporting date count (statuses)."""
    view = Filters(
        calendar=filters.calendar if filters else "lich",
        as_of=filters.as_of if filters else None,
    )
    work = tasks(engine, view)
    found_levels = set(engine.frame("SELECT DISTINCT coalesce(level, 'chưa rõ') AS level FROM targets")["level"])
    agency = engine.frame(
        """SELECT g.key, g.name, g.short, g.kind, g.is_group, count(DISTINCT a.item_id) AS items
           FROM agencies g JOIN reach r ON r.agency_key = g.key
           JOIN assignments a ON a.doc_id = r.doc_id AND a.agency_key = r.via_key
           GROUP BY g.key, g.name, g.short, g.kind, g.is_group, g.kind_order
           ORDER BY g.kind_order, g.name COLLATE vi"""
    )
    areas = engine.frame("SELECT id AS area, name AS area_name, short AS area_short FROM areas ORDER BY id")
    unknown = pd.DataFrame([{"area": 0, "area_name": area_names()[0], "area_short": "Chưa rõ"}])
    present = set(work["status"])
    return FilterOptions(
        documents(engine)[["id", "label", "year", "authority", "province", "level"]],
        pd.concat([areas, unknown], ignore_index=True),
        tuple(level for level in LEVELS if level in found_levels),
        agency,
        tuple(
            (lane, periods.lane_text(lane, view.calendar)) for lane in sorted(set(work["lane"]), key=periods.lane_order)
        ),
        tuple((code, status_label(code)) for code in STATUSES if code in present or code == REVIEW),
    )


def names(engine: Engine) -> dict[str, str]:
    """Words for plan ids and agency keys, for `Filters.sentence`."""
    frame = engine.frame("SELECT id AS k, label AS v FROM documents UNION ALL SELECT key, name FROM agencies")
    return dict(zip(frame["k"], frame["v"], strict=True))


def checked(engine: Engine, filters: Filters) -> tuple[Filters, list[str]]:
    """The filters without plans and agencies the data does not hold, and messages in Vietnamese about those."""
    messages: list[str] = []
    plans = set(engine.frame("SELECT id FROM documents")["id"])
    keys = set(engine.frame("SELECT key FROM agencies")["key"])
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


def _only_plan(doc_id: str) -> Filters | None:
    try:
        return Filters(plan=(doc_id,))
    except ValueError:
        return None


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _texts(values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")


def _joined(*parts: str) -> str:
    return "; ".join(p for p in parts if p)


def _unsure(confidence: float, reasons: str) -> str:
    if confidence >= LOW_CONFIDENCE:
        return ""
    return f"{UNSURE}: {reasons}" if reasons else UNSURE


def _review_unsure(frame: pd.DataFrame) -> None:
    frame["review"] = _texts(_unsure(c, r) for c, r in zip(frame["confidence"], frame["reasons"], strict=True))


def _deadlines(frame: pd.DataFrame) -> list[Deadline]:
    def day(value: Any) -> dt.date | None:
        return None if pd.isna(value) else value.date()

    return [
        Deadline.model_construct(kind=kind, start=day(start), end=day(end))
        for kind, start, end in zip(frame["deadline_kind"], frame["deadline_start"], frame["deadline_end"], strict=True)
    ]


def _clean(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The documented columns in order, with the documented types."""
    frame = frame[list(columns)].copy()
    for column in ("area", "plan_year", "days"):
        if column in columns:
            frame[column] = frame[column].astype("Int64")
    return frame


def _by_status(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    if not filters.status:
        return frame
    keep = frame["status"].isin(filters.status)
    if REVIEW in filters.status:
        keep |= frame["review"] != ""
    return frame[keep].reset_index(drop=True)


def _by_review(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    return frame[frame["review"] != ""].reset_index(drop=True) if REVIEW in filters.status else frame


def status_of(row: dict[str, Any], as_of: dt.date) -> TaskStatus:
    """The status of one row of `tasks` on another reporting date."""
    return task_status(_deadlines(pd.DataFrame([row]))[0], NOTHING, as_of)
