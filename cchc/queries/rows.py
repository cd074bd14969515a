"""What all queries share: rows of the catalog, and frames of one type a column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from cchc.engine import Engine
from cchc.filters import (
    Filters,
)
from cchc.model import Deadline, Target

Row = dict[str, Any]  # one row of a frame before it becomes one: missing values are None


ITEM_KIND_LABELS: dict[str, str] = {
    "target": "Chỉ tiêu",
    "task": "Nhiệm vụ",
    "measure": "Nhiệm vụ và giải pháp",
    "duty": "Trách nhiệm",
}


ITEM_COLUMNS = """
    i.id, i.doc_id, i.plan_label, i.plan_year, i.area, coalesce(i.area_name, '') AS area_name,
    coalesce(i.area_from, '') AS area_from, i.confidence, array_to_string(i.reasons, '; ') AS reasons,
    array_to_string(i.review, '; ') AS review, i.span_start AS "start", i.span_end AS "end",
    i.page, coalesce(i.corrected, '') AS corrected
"""


# page: from 1, missing where the format has no pages; corrected: who put the item right and when, "" when nobody did.
PLACE_COLUMNS = ("start", "end", "page", "corrected")


def fetch(engine: Engine, sql: str, params: Sequence[Any] = ()) -> list[Row]:
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


def framed(rows: Sequence[Row], columns: Sequence[str], counts: Iterable[str] = ()) -> pd.DataFrame:
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


def deadline_of(row: Row) -> Deadline:
    return made_deadline(row["deadline_kind"], row["deadline_start"], row["deadline_end"])


# What the statuses look at. Making a model takes longer than judging it, and many items share theirs.
@lru_cache(maxsize=4096)
def made_deadline(kind: Any, start: dt.date | None, end: dt.date | None) -> Deadline:
    return Deadline.model_construct(kind=kind, start=start, end=end)


@lru_cache(maxsize=4096)
def made_target(kind: Any, comparator: Any, value: float | None, unit: str | None, due: dt.date | None) -> Target:
    return Target.model_construct(kind=kind, comparator=comparator, value=value, unit=unit, due=due)


def only_plan(doc_id: str) -> Filters | None:
    try:
        return Filters(plan=(doc_id,))
    except ValueError:
        return None


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
