"""Documents with everything read from them, and single items in their paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cchc.engine import Engine
from cchc.filters import (
    Filters,
    ItemKind,
)
from cchc.queries.lists import duties, measures, targets, tasks
from cchc.queries.rows import ITEM_KIND_LABELS, fetch, framed, only_plan


def documents(engine: Engine, filters: Filters | None = None) -> pd.DataFrame:
    """Documents; of the filters only the plans count.

    Columns: id, label, name (file), title, number, kind, authority, province, level, year (Int64), year_end (Int64),
    issued_on, effective_on, signed_by, legal_bases (joined "; "), sha256 (of the file), format, origin (shipped,
    imported), imported_by, imported_role, imported_at (UTC), targets, tasks, measures, duties, warnings, review (int:
    items a person should look at), characters (int), pages (int: 0 where the format has none), corrected (int: items
    officials put right, added or confirmed).
    """
    chosen = list(filters.plan) if filters else []
    rows = fetch(
        engine,
        """SELECT id, label, name, title, number, kind, authority, province, level, year, year_end, issued_on,
                  effective_on, signed_by, array_to_string(legal_bases, '; ') AS legal_bases, targets, tasks, measures,
                  duties, warnings, review, characters, sha256, format, pages, origin, imported_by,
                  imported_role, imported_at, corrected
           FROM documents WHERE len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], id) ORDER BY position""",
        [chosen, chosen],
    )
    return framed(rows, _DOCUMENT_COLUMNS, _DOCUMENT_COUNTS)


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
    only = only_plan(doc_id)
    if only is None:
        return None
    info = documents(engine, only)
    if info.empty:
        return None
    warnings = fetch(engine, "SELECT message FROM warnings WHERE doc_id = ? ORDER BY position", [doc_id])
    marks = fetch(
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
    return DocumentView(row, _text(engine, doc_id), framed(marks, columns), tuple(w["message"] for w in warnings))


def corrections(engine: Engine, doc_id: str) -> pd.DataFrame:
    """What officials put right in a document, in the order of recording, a row a field.

    Columns: item_id ("" for what the document says of itself), action (document_entries.ReadingAction), field ("" for
    an item struck out, added or confirmed), old, new (shown texts), quote, reason, author, role, recorded_at (UTC),
    placed (bool: False where its words are no longer found), entry (id of the ledger entry).
    """
    rows = fetch(
        engine,
        """SELECT item_id, action, field, coalesce(old, '') AS old, coalesce("new", '') AS "new", quote, reason, author,
                  role, recorded_at, placed, entry FROM corrections WHERE doc_id = ? ORDER BY position""",
        [doc_id],
    )
    return framed(rows, _CORRECTION_COLUMNS)


_CORRECTION_COLUMNS = (
    "item_id", "action", "field", "old", "new", "quote", "reason", "author", "role", "recorded_at", "placed", "entry",
)  # fmt: skip


def _text(engine: Engine, doc_id: str) -> str:
    parts = fetch(engine, "SELECT text FROM texts WHERE doc_id = ? ORDER BY part", [doc_id])
    return "".join(str(part["text"]) for part in parts)


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
