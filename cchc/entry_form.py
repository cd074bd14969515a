"""The form for one entry: its fields, and from what was typed to a draft or to a message at each field. Pure."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from cchc import results
from cchc.access import Person
from cchc.entries import (
    Assignment,
    Correction,
    Draft,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
    explain,
    number_text,
)
from cchc.entry_fields import FileRef
from cchc.facts import Effective, Facts, effective
from cchc.items import KnownItem
from cchc.periods import date_text
from cchc.report_periods import parse_period
from cchc.status import deadlines

Kind = Literal[
    "target_value", "task_started", "task_done", "evidence", "note", "extension", "assignment", "not_applicable"
]
Shape = Literal["line", "text", "number", "date", "period", "choice", "file"]

KIND_WORDS: dict[str, str] = {
    "target_value": "Kết quả",
    "task_started": "Bắt đầu",
    "task_done": "Hoàn thành",
    "evidence": "Tài liệu kiểm chứng",
    "note": "Ghi chú, vướng mắc",
    "extension": "Gia hạn",
    "assignment": "Phân công",
    "not_applicable": "Không áp dụng",
    "correction": "Đính chính",
}
MODELS: dict[str, type[BaseModel]] = {
    "target_value": TargetValue,
    "task_started": TaskStarted,
    "task_done": TaskDone,
    "evidence": Evidence,
    "note": Note,
    "extension": Extension,
    "assignment": Assignment,
    "not_applicable": NotApplicable,
}
APPLIES = {"no": "Không áp dụng từ ngày này", "yes": "Áp dụng trở lại từ ngày này"}
REPLACE = {"replace": "Ghi lại cho đúng", "withdraw": "Rút lại, coi như chưa ghi"}
NEEDED = "Hãy điền ô này."
FUTURE = "Ngày này sau ngày hôm nay {day}."
CHOOSE_ENTRY = "Hãy chọn nội dung cần đính chính."


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its name in the entry, its words, how it is filled in."""

    name: str
    label: str
    shape: Shape = "line"
    needed: bool = False
    hint: str = ""
    choices: Mapping[str, str] | None = None


AS_OF = Field("as_of", "Ngày số liệu", "date", True, "Kết quả, tình hình tính đến hết ngày này.")
_NOTE = Field("note", "Ghi chú", "text")
FIELDS: dict[str, tuple[Field, ...]] = {
    "target_value": (
        Field("period", "Kỳ", "period"),
        Field("value", "Kết quả", "number", hint="Ví dụ 98,5. Có tử số và mẫu số thì để trống, chương trình tự tính."),
        Field("numerator", "Tử số", "number"),
        Field("denominator", "Mẫu số", "number"),
        Field("base", "Kết quả năm trước", "number", hint="Cho chỉ tiêu «cải thiện so với năm trước»."),
        Field("unit", "Đơn vị của kết quả", hint="Chỉ ghi khi kế hoạch không nêu: điểm, hạng."),
        replace(AS_OF, needed=False, hint="Để trống: ngày chốt của kỳ đã chọn (6 tháng: 14/6); không ghi kỳ: hôm nay."),
        _NOTE,
    ),
    "task_started": (Field("started_on", "Ngày bắt đầu", "date", True), _NOTE),
    "task_done": (
        Field("completed_on", "Ngày hoàn thành", "date", True),
        Field("product", "Sản phẩm đã hoàn thành", "text"),
        _NOTE,
    ),
    "evidence": (
        Field("number", "Số, ký hiệu văn bản", hint="Ví dụ 125/BC-STP."),
        Field("date", "Ngày văn bản", "date"),
        Field("link", "Đường dẫn", hint="Bắt đầu bằng http:// hoặc https://"),
        Field("file", "Tệp đính kèm", "file"),
        replace(AS_OF, needed=False, hint="Để trống: ngày của văn bản; văn bản không ghi ngày: hôm nay."),
        _NOTE,
    ),
    "note": (Field("text", "Nội dung, nguyên nhân, vướng mắc", "text", True), AS_OF),
    "extension": (
        Field("old", "Thời hạn hiện tại", "date"),
        Field("new", "Đề nghị gia hạn đến", "date", True),
        Field("reason", "Lý do", "text", True),
        Field("document", "Văn bản cho phép", hint="Chưa có văn bản thì để trống: được ghi là đề nghị gia hạn."),
        Field("document_date", "Ngày văn bản cho phép", "date"),
        replace(AS_OF, needed=False, hint="Để trống: ngày của văn bản cho phép; mới là đề nghị: hôm nay."),
    ),
    "assignment": (
        Field("agency", "Giao cho cơ quan", "choice"),
        Field("unit", "Đơn vị thực hiện"),
        Field("person", "Người thực hiện"),
        AS_OF,
    ),
    "not_applicable": (
        Field("applies", "Việc ghi nhận", "choice", True, choices=APPLIES),
        Field("reason", "Lý do", "text", True),
        replace(AS_OF, label="Từ ngày", hint=""),
    ),
}
CORRECTION_FIELDS = (
    Field("action", "Cách đính chính", "choice", True, choices=REPLACE),
    Field("correction_reason", "Lý do đính chính", "text", True),
)
# What proves a result, told in the same form and recorded in the same moment.
PROVEN = ("target_value", "task_done")
PROOF_MARK = "proof_"
PROOF: tuple[Field, ...] = tuple(
    replace(field, name=PROOF_MARK + field.name)
    for field in FIELDS["evidence"]
    if field.name in ("number", "date", "link", "file")
)
_OWN_DAY = ("target_value", "evidence", "extension")  # they tell by themselves which day they speak of
Errors = dict[str, str]


def kinds(item: KnownItem, correctable: bool) -> list[str]:
    """What can be recorded for an item, what is needed most first."""
    valued = item.target is not None and item.target.kind != "milestone"
    first = ["target_value"] if valued else ["task_done", "task_started"]
    rest = ["evidence", "note", "extension", "assignment", "not_applicable"]
    return [*first, *rest, *(["correction"] if correctable else [])]


def form_fields(kind: str) -> tuple[Field, ...]:
    """The fields of the form for a new entry: those of its kind; of a result also those of its proof, before the
    note."""
    if kind not in PROVEN:
        return FIELDS[kind]
    return (*(f for f in FIELDS[kind] if f is not _NOTE), *PROOF, _NOTE)


def start_values(kind: str, item: KnownItem, known: Facts, today: dt.date, approves: bool = False) -> dict[str, Any]:
    """What the fields of a kind begin with. Who `approves` extensions begins with what was asked for."""
    values: dict[str, Any] = {"as_of": today} if kind not in _OWN_DAY else {}
    if kind == "extension":
        end = item.deadline.end if item.deadline else item.target.due if item.target else None
        values["old"] = deadlines(end, known)[1]
        if approves and known.requests:
            values |= {"new": known.requests[-1].new, "reason": known.requests[-1].reason}
    elif kind == "not_applicable":
        values["applies"] = "yes" if known.not_applicable else "no"
    elif kind == "assignment":
        values |= {"unit": known.unit, "person": known.person, "agency": known.agency}
    return values


def correctable(entries: Sequence[Any]) -> list[Effective]:
    """What can be corrected in a history (entries oldest first): what is in force, newest first."""
    return [e for e in effective(entries) if getattr(e.payload, "kind", "") in MODELS][::-1]


def typed(one: Effective) -> dict[str, Any]:
    """What the fields would hold for an entry as it stands: where a correction begins."""
    values: dict[str, Any] = {"as_of": one.as_of}
    for field in FIELDS[one.payload.kind]:
        if field.name == "as_of" or not hasattr(one.payload, field.name):
            continue
        value = getattr(one.payload, field.name)
        if field.name == "applies":
            value = "yes" if value else "no"
        elif field.shape == "number" and value is not None:
            value = number_text(value)
        elif field.shape == "period" and value:
            period = parse_period(value)
            value = period.label if period else value
        values[field.name] = value
    return values


def build(
    kind: str, values: Mapping[str, Any], item: KnownItem, person: Person, today: dt.date
) -> tuple[Draft | None, Errors]:
    """The draft of an entry from what was typed, or messages by field ("" for the whole form). A file is a FileRef."""
    payload, as_of, errors = _payload(kind, values, today)
    if payload is None or as_of is None:
        return None, errors
    return _draft(item, payload, as_of, person)


def build_all(
    kind: str, values: Mapping[str, Any], item: KnownItem, person: Person, today: dt.date
) -> tuple[tuple[Draft, ...], Errors]:
    """The drafts of a form with `form_fields(kind)`, to be recorded together: the entry and, when something proves it,
    its evidence, of the day of its document, else of the entry's. No draft with messages by field."""
    draft, errors = build(kind, values, item, person, today)
    told = {name.removeprefix(PROOF_MARK): v for name, v in values.items() if name.startswith(PROOF_MARK)}
    if not any(value.strip() if isinstance(value, str) else value for value in told.values()):
        return ((draft,) if draft else ()), errors
    proof, wrong = build("evidence", told, item, person, today)
    errors = errors | {PROOF_MARK + (name or "number"): message for name, message in wrong.items()}
    if draft is None or proof is None or errors:
        return (), errors
    as_of = proof.as_of if told.get("date") else draft.as_of
    payload = proof.payload.model_copy(update={"proves": draft.id})
    return (draft, proof.model_copy(update={"payload": payload, "as_of": as_of})), {}


def same_try(drafts: Sequence[Draft], earlier: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, under the ids of an earlier try that said the same: pressed twice, an entry is recorded once."""
    ids = dict(zip((d.id for d in drafts), (d.id for d in earlier), strict=False))
    renamed = []
    for draft in drafts:
        proves = getattr(draft.payload, "proves", None)
        payload = draft.payload.model_copy(update={"proves": ids.get(proves, proves)}) if proves else draft.payload
        renamed.append(draft.model_copy(update={"id": ids.get(draft.id, draft.id), "payload": payload}))
    return tuple(renamed) if renamed == list(earlier) else tuple(drafts)


def build_correction(
    one: Effective | None, values: Mapping[str, Any], item: KnownItem, person: Person, today: dt.date
) -> tuple[Draft | None, Errors]:
    """The draft that corrects an entry: `values` hold its fields anew, `action` and `correction_reason`."""
    if one is None:
        return None, {"": CHOOSE_ENTRY}
    reason = str(values.get("correction_reason") or "").strip()
    errors: Errors = {} if reason else {"correction_reason": NEEDED}
    replacement: Any = None
    as_of: dt.date | None = one.as_of
    if values.get("action") != "withdraw":
        kept = dict(values)
        file = getattr(one.payload, "file", None)
        if file is not None and kept.get("file") is None:
            kept["file"] = file  # no new file given: the one attached stays
        replacement, as_of, more = _payload(one.payload.kind, kept, today)
        if replacement is not None and getattr(one.payload, "proves", None):
            replacement = replacement.model_copy(update={"proves": one.payload.proves})
        errors |= more
    if errors or as_of is None:
        return None, errors
    try:
        payload = Correction(corrects=one.last.id, replacement=replacement, reason=reason)
    except ValidationError as error:
        return None, {("correction_reason" if f == "reason" else f): m for f, m in explain(error)}
    return _draft(item, payload, as_of, person)


def _draft(item: KnownItem, payload: Any, as_of: dt.date, person: Person) -> tuple[Draft | None, Errors]:
    try:
        draft = Draft(
            id=uuid.uuid4(), item_id=item.id, payload=payload, author=person.email, role=person.role, as_of=as_of
        )
    except ValidationError as error:
        return None, dict(explain(error))
    return draft, {}


def _payload(kind: str, values: Mapping[str, Any], today: dt.date) -> tuple[Any, dt.date | None, Errors]:
    errors: Errors = {}
    said: dict[str, Any] = {}
    for field in FIELDS[kind]:
        raw = values.get(field.name)
        if isinstance(raw, str):
            raw = raw.strip()
        if raw in (None, ""):
            if field.needed:
                errors[field.name] = NEEDED
            continue
        try:
            said[field.name] = _read(field, raw)
        except results.CellError as error:
            errors[field.name] = str(error)
    if kind == "target_value" and not {"value", "numerator", "denominator"} & (said.keys() | errors.keys()):
        errors["value"] = NEEDED
    for name in ("as_of", "started_on", "completed_on", "date", "document_date"):
        day = said.get(name)
        if day is not None and day > today:
            errors[name] = FUTURE.format(day=date_text(today))
    as_of = said.pop("as_of", None) or _day_of(said, today)
    if errors:
        return None, None, errors
    try:
        return MODELS[kind](**said), as_of, {}
    except ValidationError as error:
        known = {field.name for field in FIELDS[kind]}
        return None, None, {(name if name in known else ""): message for name, message in explain(error)}


def _day_of(said: Mapping[str, Any], today: dt.date) -> dt.date:
    """The day an entry speaks of when nobody says: that of the work, of the document, of the period's closing."""
    own = (said.get(name) for name in ("started_on", "completed_on", "date", "document_date"))
    return next((day for day in own if day), None) or results.closing_day(said.get("period", ""), today) or today


def _read(field: Field, raw: Any) -> Any:
    if field.shape == "number":
        return results.number(raw)
    if field.shape == "period":
        return results.period(raw)
    if field.shape == "date":
        return raw if isinstance(raw, dt.date) else results.day(raw)
    if field.name == "applies":
        return raw == "yes"
    if field.shape == "file":
        return raw if isinstance(raw, FileRef) else None
    return str(raw)
