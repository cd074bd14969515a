"""What an official can record. An entry is never changed: a mistake is put right by a correction, an entry as well.

`Draft` is what somebody wants to record, `Entry` what the ledger keeps. The payload says what is recorded, `as_of` the
day it speaks of, `recorded_at` the moment it was saved. Texts are kept in stored form (NFC, no control characters).
"""

from __future__ import annotations

import datetime as dt
import math
import uuid
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from cchc.document_entries import DocumentRecord, ReadingRecord, document_item
from cchc.entry_fields import Day, EntryModel, FileRef, Link, Number, PeriodText, Short, Text, clean
from cchc.periods import date_text

# A rate written with fewer digits than its fraction has: 50/60 is 83,3 % or 83 %, but not 85 %.
RATE_TOLERANCE = 0.51



class TargetValue(EntryModel):
    """A target's value on the day `as_of`. Without `value` it is 100 * numerator / denominator (a rate in %).
    `base` is the value it is compared with («cải thiện so với năm trước»), `unit` says what was measured where the goal
    does not («điểm», «hạng»)."""

    kind: Literal["target_value"] = "target_value"
    value: Number
    numerator: Annotated[float, Field(allow_inf_nan=False, ge=0)] | None = None
    denominator: Annotated[float, Field(allow_inf_nan=False, gt=0)] | None = None
    base: Number | None = None
    unit: Short = ""
    period: PeriodText = ""
    note: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _from_fraction(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("value") is None:
            top, bottom = data.get("numerator"), data.get("denominator")
            if isinstance(top, int | float) and isinstance(bottom, int | float) and bottom > 0:
                rate = 100 * top / bottom
                if math.isfinite(rate):
                    return {**data, "value": round(rate, 6)}
        return data

    @model_validator(mode="after")
    def _fraction(self) -> TargetValue:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("tử số và mẫu số phải có cùng nhau")
        if self.numerator is not None and self.denominator is not None:
            rate = 100 * self.numerator / self.denominator
            if abs(rate - self.value) > RATE_TOLERANCE:
                raise ValueError(
                    f"giá trị {number_text(self.value)} không khớp với {number_text(self.numerator)}/"
                    f"{number_text(self.denominator)} = {number_text(round(rate, 2))} %"
                )
        return self


class TaskStarted(EntryModel):
    """Work has begun; `as_of` of the entry is this day."""

    kind: Literal["task_started"] = "task_started"
    started_on: Day
    note: Text = ""


class TaskDone(EntryModel):
    """Work is finished; `as_of` of the entry is this day."""

    kind: Literal["task_done"] = "task_done"
    completed_on: Day
    product: Text = ""
    note: Text = ""


class Evidence(EntryModel):
    """A document that proves a result: its number and date, a link, or an attached file; at least one of the three.
    `proves` is the id of the entry it belongs to, when it belongs to one."""

    kind: Literal["evidence"] = "evidence"
    number: Short = ""
    date: Day | None = None
    link: Link = ""
    file: FileRef | None = None
    proves: uuid.UUID | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _something(self) -> Evidence:
        if not (self.number or self.link or self.file):
            raise ValueError("tài liệu kiểm chứng cần có số văn bản, đường dẫn hoặc tệp đính kèm")
        return self


class Note(EntryModel):
    kind: Literal["note"] = "note"
    text: Annotated[Text, Field(min_length=1)]


class NotApplicable(EntryModel):
    """The item does not apply from `as_of` on; with `applies` it does again."""

    kind: Literal["not_applicable"] = "not_applicable"
    applies: bool = False
    reason: Annotated[Text, Field(min_length=1)]


class Extension(EntryModel):
    """A later deadline. With the number of the approving document it is in force from `as_of` on; without one it is a
    request, which changes nothing. `old` is null where there was no date before."""

    kind: Literal["extension"] = "extension"
    old: Day | None = None
    new: Day
    reason: Annotated[Text, Field(min_length=1)]
    document: Short = ""
    document_date: Day | None = None

    @property
    def approved(self) -> bool:
        return bool(self.document)

    @model_validator(mode="after")
    def _later(self) -> Extension:
        if self.old is not None and self.new <= self.old:
            raise ValueError(f"thời hạn mới phải sau thời hạn cũ ({date_text(self.old)})")
        return self


class Assignment(EntryModel):
    """Who does the work inside the agency; with `agency` (its key) which agency does it, where no document says so."""

    kind: Literal["assignment"] = "assignment"
    unit: Short = ""
    person: Short = ""
    agency: Short = ""

    @model_validator(mode="after")
    def _somebody(self) -> Assignment:
        if not (self.unit or self.person or self.agency):
            raise ValueError("cần nêu đơn vị hoặc người được giao")
        return self


PersonRole = Literal["viewer", "agency_editor", "standing_editor", "administrator"]


def person_item(email: str) -> str:
    """The item id under which a person's entries stand."""
    return f"person:{email.strip().lower()}"


def _address(value: object) -> object:
    text = clean(value)
    return text.lower() if isinstance(text, str) else text


class PersonRecord(EntryModel):
    """What a person may do from now on. The item of the entry is "person:<e-mail>"."""

    kind: Literal["person"] = "person"
    email: Annotated[str, BeforeValidator(_address), Field(pattern=r"^[^@\s:]{1,100}@[^@\s:]{1,150}$")]
    name: Annotated[Short, Field(min_length=1)]
    role: PersonRole
    agency: Short = ""  # key of the agency; needed for an agency editor
    active: bool = True

    @model_validator(mode="after")
    def _agency(self) -> PersonRecord:
        if self.role == "agency_editor" and not self.agency:
            raise ValueError("người cập nhật của cơ quan phải thuộc một cơ quan")
        return self


AnswerBy = Literal["agency", "plan"]
Code = Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,60}$")]


class Answer(EntryModel):
    """What was found for a criterion of a scoring profile that no recorded result can answer, of an agency or a plan
    (`key`) in a period, in percent; without `percent` the criterion does not apply. The item is `answer_item`."""

    kind: Literal["answer"] = "answer"
    profile: Code
    criterion: Code
    by: AnswerBy
    key: Annotated[str, Field(pattern=r"^\S{1,100}$")]
    period: Annotated[PeriodText, Field(min_length=1)]
    percent: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None
    reason: Annotated[Text, Field(min_length=1)]
    document: Short = ""
    document_date: Day | None = None


def answer_item(profile: str, by: str, key: str, criterion: str) -> str:
    """The item id under which the answers for one criterion of one agency or plan stand, of all periods."""
    return f"answer:{profile}:{by}:{key}:{criterion}"


class FeedKey(EntryModel):
    """The secret part of the address of a person's calendar, as its sha256; "" for none any more. The item of the entry
    is "feed:<e-mail>", the latest one counts."""

    kind: Literal["feed_key"] = "feed_key"
    email: Annotated[str, BeforeValidator(_address), Field(pattern=r"^[^@\s:]{1,100}@[^@\s:]{1,150}$")]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


def feed_item(email: str) -> str:
    """The item id under which the keys of a person's calendar stand."""
    return f"feed:{email.strip().lower()}"


# Items of these names are no items of documents: what is recorded there are no facts of a task or target.
APART = ("person:", "answer:", "feed:", "document:", "reading:")


def own_item(payload: object) -> str | None:
    """The item that a payload itself names; None for what can be said of any item of a document."""
    if isinstance(payload, PersonRecord):
        return person_item(payload.email)
    if isinstance(payload, FeedKey):
        return feed_item(payload.email)
    if isinstance(payload, Answer):
        return answer_item(payload.profile, payload.by, payload.key, payload.criterion)
    if isinstance(payload, DocumentRecord):
        return document_item(payload.file.sha256)
    return payload.own_item if isinstance(payload, ReadingRecord) else None


Recordable = Annotated[
    TargetValue
    | TaskStarted
    | TaskDone
    | Evidence
    | Note
    | NotApplicable
    | Extension
    | Assignment
    | PersonRecord
    | DocumentRecord
    | ReadingRecord
    | Answer
    | FeedKey,
    Field(discriminator="kind"),
]


class Correction(EntryModel):
    """Puts an earlier entry of the same item right. `corrects` is that entry, or its latest correction. `replacement`
    is what it should have said (and `as_of` of the correction the day); without one the entry is withdrawn."""

    kind: Literal["correction"] = "correction"
    corrects: uuid.UUID
    replacement: Recordable | None = None
    reason: Annotated[Text, Field(min_length=1)]


Payload = Annotated[
    TargetValue
    | TaskStarted
    | TaskDone
    | Evidence
    | Note
    | NotApplicable
    | Extension
    | Assignment
    | PersonRecord
    | DocumentRecord
    | ReadingRecord
    | Answer
    | FeedKey
    | Correction,
    Field(discriminator="kind"),
]
PAYLOAD: TypeAdapter[Any] = TypeAdapter(Payload)

KIND_LABELS = {
    "target_value": "Kết quả chỉ tiêu",
    "task_started": "Bắt đầu thực hiện",
    "task_done": "Hoàn thành",
    "evidence": "Tài liệu kiểm chứng",
    "note": "Ghi chú",
    "not_applicable": "Không áp dụng",
    "extension": "Gia hạn",
    "assignment": "Phân công",
    "person": "Phân quyền",
    "document": "Văn bản",
    "reading": "Rà soát nội dung đọc được",
    "answer": "Số liệu chấm điểm nhập riêng",
    "feed_key": "Địa chỉ lịch riêng",
    "correction": "Đính chính",
}


def own_day(payload: object) -> dt.date | None:
    """The day a payload itself names as the day it speaks of; None when it names none."""
    if isinstance(payload, Correction):
        return own_day(payload.replacement)
    if isinstance(payload, TaskStarted):
        return payload.started_on
    if isinstance(payload, TaskDone):
        return payload.completed_on
    return None


ItemId = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=200, pattern=r"^\S+$")]


class Draft(EntryModel):
    """Something to be recorded. The id is made here, so that saving the same draft twice records it once."""

    id: uuid.UUID = Field(default_factory=uuid.uuid4)
    item_id: ItemId
    payload: Payload
    author: Annotated[Short, Field(min_length=1)]  # e-mail of the signed-in person, or who else it was
    role: Short = ""
    as_of: Day

    @model_validator(mode="before")
    @classmethod
    def _day_of_payload(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("as_of") is None:
            day = own_day(data.get("payload"))
            if day is not None:
                return {**data, "as_of": day}
        return data

    @model_validator(mode="after")
    def _one_day(self) -> Draft:
        day = own_day(self.payload)
        if day is not None and day != self.as_of:
            raise ValueError(f"ngày số liệu phải là {date_text(day)}, ngày bắt đầu hoặc hoàn thành đã ghi")
        return self

    @property
    def kind(self) -> str:
        return str(self.payload.kind)


@dataclass(frozen=True, slots=True)
class Unread:
    """What an entry says that this version of the program does not understand (made by a newer one)."""

    kind: str
    raw: str  # JSON


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger keeps. `seq` counts all entries from 1 without a gap, `version` those of one item. `hash` covers
    the entry and, through the hash before it, all earlier ones. What was once recorded is read without being judged
    again: a rule that became stricter makes the payload `Unread` at worst."""

    id: uuid.UUID
    item_id: str
    payload: Any  # one of the payload types above, or Unread
    author: str
    role: str
    as_of: dt.date
    seq: int
    version: int
    recorded_at: dt.datetime  # UTC
    hash: str

    @property
    def kind(self) -> str:
        return str(self.payload.kind)


def read_payload(kind: str, text: str) -> Any:
    """A payload from the JSON the ledger keeps; Unread when it is not understood."""
    try:
        return PAYLOAD.validate_json(text)
    except ValidationError:
        return Unread(kind, text)


def number_text(value: float) -> str:
    """«98,5», «1.234»: a number as it is written in Vietnamese, up to 6 decimals."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


FIELD_LABELS = {
    "value": "giá trị",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "base": "giá trị so sánh",
    "unit": "đơn vị",
    "period": "kỳ",
    "note": "ghi chú",
    "text": "nội dung",
    "started_on": "ngày bắt đầu",
    "completed_on": "ngày hoàn thành",
    "product": "sản phẩm",
    "number": "số văn bản",
    "date": "ngày văn bản",
    "link": "đường dẫn",
    "file": "tệp đính kèm",
    "reason": "lý do",
    "old": "thời hạn cũ",
    "new": "thời hạn mới",
    "document": "văn bản cho phép",
    "document_date": "ngày văn bản cho phép",
    "person": "người được giao",
    "percent": "tỷ lệ",
    "profile": "bộ tiêu chí",
    "criterion": "tiêu chí",
    "by": "loại đối tượng",
    "key": "đối tượng chấm điểm",
    "email": "địa chỉ thư",
    "name": "tên",
    "role": "vai trò",
    "agency": "cơ quan",
    "as_of": "ngày số liệu",
    "author": "người ghi",
    "item_id": "mã nội dung",
    "replacement": "nội dung thay thế",
    "corrects": "nội dung được đính chính",
    "sha256": "mã kiểm tra của tệp",
    "size": "dung lượng tệp",
    "format": "dạng tệp",
    "plan": "mã văn bản",
    "label": "tên văn bản",
    "replaces": "tệp được thay thế",
    "withdrawn": "đã đưa ra",
    "action": "việc rà soát",
    "item": "mã nội dung",
    "item_kind": "loại nội dung",
    "start": "vị trí đầu",
    "end": "vị trí cuối",
    "quote": "câu trong văn bản",
    "values": "nội dung sửa",
    "before": "nội dung trước khi sửa",
    "to": "nội dung được gắn sang",
}


def explain(error: ValidationError) -> list[tuple[str, str]]:
    """A validation error in Vietnamese: (field as named in code, message) for each mistake; field "" for the whole."""
    found = []
    for item in error.errors(include_url=False):
        names = [part for part in _fields(item["loc"], item["type"]) if part in FIELD_LABELS]
        field = names[-1] if names else ""
        found.append((field, _sentence(FIELD_LABELS.get(field, ""), item["type"], item.get("ctx", {}), item["msg"])))
    return found


def _fields(place: tuple[int | str, ...], kind: str) -> list[str]:
    """The names of fields in a place. pydantic puts the kind of a payload among them, which may be a field's name."""
    parts = [part for part in place if isinstance(part, str)]
    whole = kind == "value_error" or len(parts) > 1
    return [
        part
        for i, part in enumerate(parts)
        if part not in KIND_LABELS
        or (i == 0 and not whole)
        or (i > 0 and parts[i - 1] not in ("payload", "replacement"))
    ]


def _sentence(label: str, kind: str, context: dict[str, Any], message: str) -> str:
    if kind == "value_error":
        text = message.removeprefix("Value error, ")
        return text[:1].upper() + text[1:] + "."
    subject = label or "nội dung"
    if kind in ("missing", "string_too_short", "too_short"):
        words = f"thiếu {subject}"
    elif kind in ("string_too_long", "too_long"):
        words = f"{subject} dài quá {context.get('max_length')} ký tự"
    elif kind.startswith("date"):
        words = f"{subject} không phải là một ngày đúng"
    elif kind.startswith(("float", "int", "finite")):
        words = f"{subject} không phải là một số"
    elif kind == "greater_than_equal":
        words = f"{subject} phải từ {number_text(float(context['ge']))} trở lên"
    elif kind == "less_than_equal":
        words = f"{subject} không được quá {number_text(float(context['le']))}"
    elif kind == "greater_than":
        words = f"{subject} phải lớn hơn {number_text(float(context['gt']))}"
    else:
        words = f"{subject} không đúng"
    return words[:1].upper() + words[1:] + "."
