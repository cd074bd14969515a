"""The grid for many items: what its cells hold, which were changed, and what the changes record. Pure.

All cells are text, so that a date means the same whoever types or pastes it: «05/06/2024» is the fifth of June. What is
typed is read by the rules of a filled-in sheet (cchc.results).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cchc import results
from cchc.access import Person
from cchc.facts import Facts
from cchc.items import ItemKind, KnownItem
from cchc.periods import date_text
from cchc.results import COLUMNS, Problem, Result, Row
from cchc.worklist import MISSING, Work

# Read-only columns, then those to fill in (as cchc.results names them), by kind of item.
SHOWN = {
    "content": "Nội dung", "lead": "Chủ trì", "wanted": "Mức phải đạt", "due": "Thời hạn", "state": "Tình trạng",
    "told": "Đã ghi nhận",
}  # fmt: skip
EDITED: dict[ItemKind, tuple[str, ...]] = {
    "task": ("started_on", "completed_on", "product", "number", "date", "text"),
    "target": ("value", "numerator", "denominator", "period", "as_of", "completed_on", "number", "date", "text"),
    "measure": ("completed_on", "product", "number", "date", "text"),
    "duty": ("completed_on", "product", "number", "date", "text"),
}
FACTS = ("started_on", "completed_on", "product")  # cells that begin with what is recorded
RECORDED_CHANGED = "Đã ghi «{was}». Muốn sửa hoặc rút lại, hãy mở nội dung này và chọn «Đính chính»."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grid as it was drawn: its cells by item id, and the versions they show. Later changes of the ledger do not
    move its rows; they are found when it is saved."""

    kind: ItemKind
    cells: pd.DataFrame  # index: item id; columns: those of SHOWN and EDITED, all text
    versions: Mapping[str, int]

    @property
    def edited(self) -> list[str]:
        return list(EDITED[self.kind])


Changes = dict[str, dict[str, str]]  # item id -> column -> what was typed


def draw(
    kind: ItemKind, works: Sequence[Work], goals: Mapping[str, str], leads: Mapping[str, str] | None = None
) -> Sheet:
    """The grid of items of one kind. `goals` are the goals of targets in words, `leads` who leads each item; without
    any the column is left out."""
    leads = leads or {}
    without = {"wanted"} if kind != "target" else set()
    without |= set() if any(leads.values()) else {"lead"}
    columns = [name for name in SHOWN if name not in without]
    rows = []
    for work in works:
        known = work.known
        shown = {
            "content": work.item.label,
            "lead": leads.get(work.item.id, ""),
            "wanted": goals.get(work.item.id, ""),
            "due": work.due_words,
            "state": state_words(work),
            "told": work.told,
        }
        facts = {
            "started_on": date_text(known.started_on) if known.started_on else "",
            "completed_on": date_text(known.done_on) if known.done_on else "",
            "product": known.product if known.done_on else "",
        }
        rows.append([*(shown[c] for c in columns), *(facts.get(c, "") for c in EDITED[kind])])
    cells = pd.DataFrame(rows, columns=[*columns, *EDITED[kind]], index=[w.item.id for w in works], dtype="object")
    return Sheet(kind, cells, {w.item.id: w.known.version for w in works})


def state_words(work: Work) -> str:
    """How an item stands and what is missing, in short: «Hoàn thành đúng hạn; thiếu tài liệu kiểm chứng»."""
    missing = MISSING[work.missing]
    said = ("late", "soon") if work.item.kind == "target" else ("report", "late", "soon")
    if not missing or work.missing in said:
        return work.state  # says it already
    return f"{work.state}; {missing[:1].lower()}{missing[1:]}"


def changes(sheet: Sheet, edited: pd.DataFrame) -> Changes:
    """The cells that hold something else than at first."""
    found: Changes = {}
    for column in sheet.edited:
        before, after = sheet.cells[column], edited[column]
        for item_id, was, now in zip(sheet.cells.index, before, after, strict=True):
            text = "" if now is None or pd.isna(now) else str(now).strip()
            if text != was:
                found.setdefault(str(item_id), {})[column] = text
    return found


def with_changes(sheet: Sheet, typed: Changes) -> pd.DataFrame:
    """The cells with what was typed, for a grid that is drawn anew."""
    cells = sheet.cells.copy()
    for item_id, columns in typed.items():
        for column, text in columns.items():
            cells.loc[item_id, column] = text
    return cells


def read(
    sheet: Sheet,
    typed: Changes,
    items: Mapping[str, KnownItem],
    facts: Mapping[str, Facts],
    person: Person,
    today: dt.date,
) -> Result:
    """What the changed rows record, or what is wrong in them. A row's `row` is its place in the grid, from 1."""
    header = [COLUMNS["id"][0], *(COLUMNS[c][0] for c in sheet.edited)]
    whole = with_changes(sheet, typed)
    rows: list[list[object]] = []
    places: list[int] = []
    refused: list[Row] = []
    for place, item_id in enumerate(sheet.cells.index, 1):
        if item_id not in typed:
            continue
        wrong = tuple(
            Problem(place, COLUMNS[c][0], RECORDED_CHANGED.format(was=was))
            for c in FACTS
            if c in typed[item_id] and (was := sheet.cells.loc[item_id, c])
        )
        if wrong:
            refused.append(Row(place, item_id, (), wrong))
            continue
        rows.append([item_id, *whole.loc[item_id, sheet.edited]])
        places.append(place)
    if not rows:
        return Result(tuple(refused))
    result = results.read_rows([header, *rows], items, facts, person, today, silent_day=today)
    found = [
        Row(
            places[r.row - 2],
            r.item_id,
            r.drafts,
            tuple(Problem(places[r.row - 2], p.column, p.message) for p in r.problems),
            sheet.versions.get(r.item_id),
        )
        for r in result.rows
    ]
    return Result(tuple(sorted([*refused, *found], key=lambda r: r.row)), result.unused, result.same)
