"""The form of what was read: which fields an item or a document has, how they stand in a form, what was typed. Pure.

Lists are one entry a line; a deadline and a number are typed as people write them («Quý I/2024», «98,5»).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cchc.document_entries import EDITABLE, INFO_FIELDS, INFO_LABELS, VALUE_LABELS, ReadKind
from cchc.entries import number_text
from cchc.entry_words import TARGET_KINDS
from cchc.filters import area_names
from cchc.model import Deadline, Item, PlanInfo
from cchc.periods import due_text
from cchc.reading.deadlines import read_deadline
from cchc.results import number
from cchc.words import LEVELS, UNKNOWN

Shape = Literal["line", "text", "lines", "number", "year", "date", "deadline", "choice"]

COMPARATORS = {
    ">=": "ít nhất (≥)", ">": "trên (>)", "<=": "không quá (≤)", "<": "dưới (<)", "=": "bằng (=)",
}  # fmt: skip
NO_CHOICE = "không có"
FIRST_KIND = next(iter(TARGET_KINDS))  # what the form of a new target begins with
NOT_A_YEAR = "Phải là một năm, ví dụ 2025."
NOT_A_DEADLINE = "Không hiểu thời hạn này. Ví dụ: Quý I/2025; tháng 6/2025; 15/12/2025; năm 2025; thường xuyên."
LINES_HINT = "Mỗi dòng một tên."
DEADLINE_HINT = "Ví dụ: Quý I/2025; 15/12/2025; năm 2025; thường xuyên."
_SHAPES: dict[str, Shape] = {
    "area": "choice", "kind": "choice", "comparator": "choice", "level": "choice",
    "subject": "text", "content": "text", "note": "text", "title": "text",
    "products": "lines", "lead": "lines", "support": "lines", "legal_bases": "lines",
    "value": "number", "due": "date", "issued_on": "date", "effective_on": "date", "deadline": "deadline",
    "year": "year", "year_end": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `choices` has the words of each value ("" for none)."""

    name: str
    label: str
    shape: Shape
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _choices(name: str, kind: str) -> tuple[tuple[str, str], ...]:
    if name == "area":
        return (("", UNKNOWN), *((str(n), f"{n}. {words}") for n, words in area_names().items()))
    if name == "level":
        return (("", UNKNOWN), *LEVELS.items())
    if name == "comparator":
        return (("", NO_CHOICE), *COMPARATORS.items())
    if name == "kind" and kind == "target":
        return tuple(TARGET_KINDS.items())
    return ()


def item_fields(kind: ReadKind) -> tuple[Field, ...]:
    """The fields of an item's form, in order."""
    return tuple(_field(name, VALUE_LABELS[name], kind) for name in EDITABLE[kind])


def info_fields() -> tuple[Field, ...]:
    """The fields of what a document says of itself, in order."""
    return tuple(_field(name, INFO_LABELS[name], "") for name in INFO_FIELDS)


def _field(name: str, label: str, kind: str) -> Field:
    shape = _SHAPES.get(name, "line")
    if name == "kind" and not kind:
        shape = "line"
    hint = LINES_HINT if shape == "lines" else DEADLINE_HINT if shape == "deadline" else ""
    return Field(name, _capital(label), shape, _choices(name, kind) if shape == "choice" else (), hint)


def shown_values(fields: tuple[Field, ...], of: Item | PlanInfo | None) -> dict[str, Any]:
    """What the form holds at first: text, or a day for fields of shape «date» (None for none)."""
    return {one.name: _shown(one, getattr(of, one.name) if of is not None else None) for one in fields}


def _shown(one: Field, value: Any) -> Any:
    if one.shape == "date":
        return value
    if value is None:
        return one.choices[0][0] if one.choices else ""
    if one.shape == "lines":
        return "\n".join(value)
    if one.shape == "number":
        return number_text(float(value))
    if one.shape == "deadline":
        return "" if value == Deadline() else due_text(value)
    return str(value)


def typed(
    fields: tuple[Field, ...], start: Mapping[str, Any], now: Mapping[str, Any], year: int | None
) -> tuple[dict[str, Any], dict[str, str]]:
    """What was changed in a form: values by field for `corrections`, and what is wrong by field in Vietnamese. `year`
    is the plan's, for deadlines that name none. A task's deadline follows the words of the document where only those
    were changed."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for one in fields:
        given = now.get(one.name)
        given = " ".join(given.split()) if isinstance(given, str) and one.shape in ("line", "number", "year") else given
        if given == start.get(one.name):
            continue
        try:
            values[one.name] = _value(one, given, year)
        except ValueError as error:
            errors[one.name] = str(error)
    if "deadline_raw" in values and "deadline" not in values and "deadline" not in errors:
        values["deadline"] = _dump(read_deadline(str(values["deadline_raw"] or ""), year)[0])
    return values, errors


def _value(one: Field, given: Any, year: int | None) -> Any:
    if one.shape == "date":
        return given.isoformat() if isinstance(given, dt.date) else None
    said = str(given or "").strip()
    if one.shape == "lines":
        return [line for line in (" ".join(x.split()) for x in said.splitlines()) if line]
    if one.shape == "deadline":
        found = read_deadline(said, year)[0] if said else Deadline()
        if said and found.kind == "none":
            raise ValueError(NOT_A_DEADLINE)
        return _dump(found)
    if not said:
        return "" if one.name in ("ordinal", "deadline_raw", "note", "subject", "content") else None
    if one.shape == "number":
        return number(said)
    if one.shape == "year":
        if not (said.isdigit() and len(said) == 4):
            raise ValueError(NOT_A_YEAR)
        return int(said)
    return int(said) if one.name == "area" else said


def _dump(deadline: Deadline) -> dict[str, Any]:
    return deadline.model_dump(mode="json")
