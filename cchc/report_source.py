"""What a report is made of, from the engine: the rows of its scope on the closing day, and who reports.

The scope is that of the filters: plans, agencies with their role, areas. Other filters (statuses, deadlines, words)
hold for lists; in a report they would change the totals, so they are left out and named in a note.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd

from cchc import config, queries, reports
from cchc.engine import Engine
from cchc.facts import NOTHING
from cchc.filters import NAMES_VI, ROLE_LABELS, UNKNOWN_AREA, Filters, area_names
from cchc.reports import Letterhead, Period, Report, Scope

LEFT_OUT = ("level", "quarter", "from", "to", "status", "q")
NO_PLAN = "Không có kế hoạch nào của năm {years} trong phạm vi đã chọn."


class NothingToReport(ValueError):
    """There is no plan in the scope; the message is Vietnamese."""


def make(engine: Engine, filters: Filters, period: Period, head: Letterhead | None = None) -> Report:
    """The report on what the filters choose; without chosen plans, on the plans of the period's years. The data speak
    of the closing day, or of the filters' day (today when none is chosen) when that is earlier. Fields of `head` that
    are empty are taken from the documents. Raises NothingToReport."""
    kept = filters.without(*LEFT_OUT)
    notes = []
    left_out = [NAMES_VI[name] for name in LEFT_OUT if name in filters.to_query()]
    if left_out:
        notes.append(f"Bộ lọc {', '.join(left_out)} không áp dụng cho báo cáo.")
    documents = [row for row in _rows(queries.documents(engine, kept)) if kept.plan or _covers(row, period)]
    if not documents:
        raise NothingToReport(NO_PLAN.format(years=", ".join(map(str, period.years))))
    day = min(period.end, filters.as_of or config.today())
    bound = kept.but(plan=tuple(row["id"] for row in documents), as_of=day)
    names = queries.names(engine)
    agencies = tuple(names.get(key, key) for key in kept.agency)
    facts = engine.facts(day)
    tasks = _rows(queries.tasks(engine, bound))
    for row in tasks:
        known = facts.get(row["id"], NOTHING)
        row["asked"] = known.requests[-1].new if known.requests else None
        row["cause"] = known.notes[-1] if known.notes else ""
        row["absent_because"] = known.reason
    return reports.build(
        tasks,
        _rows(queries.targets(engine, bound)),
        documents,
        _areas(),
        period,
        day,
        Scope(_words(documents, agencies, kept), kept.area, agencies),
        letterhead(documents, agencies, head or Letterhead()),
        demo=engine.is_demo,
        data_version=engine.data_version,
        notes=notes,
    )


def letterhead(documents: list[dict[str, Any]], agencies: tuple[str, ...], given: Letterhead) -> Letterhead:
    """Who reports: as given, else the agency of the scope under the authority that issued its plan, else that
    authority. What several plans tell differently is left empty."""
    issuer = _common(documents, "authority")
    own = agencies[0] if len(agencies) == 1 else "" if agencies else issuer
    return Letterhead(
        authority=given.authority or _whole_name(own),
        parent=given.parent or (_whole_name(issuer) if agencies else ""),
        place=given.place or _common(documents, "province"),
    )


def of_code(engine: Engine, filters: Filters, code: str, authority: str, parent: str, place: str) -> Report:
    """`make` for the text form of a period (reports.parse); simple arguments, so that a page can keep the result.
    Raises ValueError for a text that names no period."""
    period = reports.parse(code)
    if period is None:
        raise ValueError(f"no period: {code}")
    return make(engine, filters, period, Letterhead(authority, parent, place))


def years(engine: Engine) -> list[int]:
    """The years that have a plan, newest first."""
    found: set[int] = set()
    for row in _rows(queries.documents(engine)):
        if row["year"]:
            found.update(range(row["year"], (row["year_end"] or row["year"]) + 1))
    return sorted(found, reverse=True)


def _whole_name(name: str) -> str:
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", name)


def _common(documents: list[dict[str, Any]], name: str) -> str:
    found = {row[name] for row in documents}
    return str(found.pop()) if len(found) == 1 else ""


def _covers(row: dict[str, Any], period: Period) -> bool:
    first, last = row["year"], row["year_end"] or row["year"]
    return bool(first) and any(first <= year <= last for year in period.years)


def _areas() -> dict[int, str]:
    """The areas in order, the unknown one last."""
    names = area_names()
    return {area: names[area] for area in sorted(names, key=lambda a: (a == UNKNOWN_AREA, a))}


def _words(documents: list[dict[str, Any]], agencies: tuple[str, ...], filters: Filters) -> str:
    parts = ["Kế hoạch: " + ", ".join(row["label"] for row in documents)]
    if agencies:
        role = ROLE_LABELS[filters.role] if filters.role else "chủ trì hoặc phối hợp"
        given = " và chỉ tiêu được giao" if filters.role != "support" else ""
        parts.append(f"nhiệm vụ do {', '.join(agencies)} {role}{given}")
    if filters.area:
        parts.append("lĩnh vực: " + ", ".join(area_names()[a] for a in filters.area))
    return "; ".join(parts)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with plain Python values: dates as dates, missing values None."""
    return [{str(k): _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    return value
