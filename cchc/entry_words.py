"""What an entry says, in a sentence an official reads; and an item's entries as a history. Pure."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc import config
from cchc.access import LOCAL_PERSON, ROLE_LABELS, Person
from cchc.document_entries import ACTION_LABELS, INFO_LABELS, VALUE_LABELS, DocumentRecord, ReadingRecord
from cchc.entries import (
    KIND_LABELS,
    Answer,
    Assignment,
    Correction,
    Entry,
    Evidence,
    Extension,
    FeedKey,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
    number_text,
)
from cchc.entry_fields import FileRef
from cchc.filters import area_names
from cchc.model import Deadline
from cchc.periods import date_text, due_text
from cchc.reading.agencies import register
from cchc.report_periods import parse_period

NOT_UNDERSTOOD = "Nội dung do phiên bản mới hơn của chương trình ghi, chưa hiển thị được."
NOT_ASKED = "không áp dụng"
WITHDRAWN = "Rút lại nội dung đã ghi"
TAKEN_IN, TAKEN_OUT = "Nhập văn bản", "Đưa văn bản ra"
NOT_KNOWN = "chưa rõ"
MAX_QUOTE = 200  # characters of a sentence shown in a history
TARGET_KINDS = {
    "ratio": "tỷ lệ",
    "count": "số lượng",
    "rank": "thứ hạng",
    "improve": "cải thiện so với trước",
    "milestone": "mốc hoàn thành",
}


def fields(payload: Any) -> list[tuple[str, str]]:
    """What a payload says, as (label, value) pairs in the order in which they are read; empty ones are left out."""
    said: list[tuple[str, str]] = []
    if isinstance(payload, TargetValue):
        unit = f" {payload.unit}" if payload.unit else ""
        said = [("Kết quả", f"{number_text(payload.value)}{unit}"), ("Kỳ", _period(payload.period))]
        if payload.numerator is not None and payload.denominator is not None:
            said.append(("Tử số / mẫu số", f"{number_text(payload.numerator)} / {number_text(payload.denominator)}"))
        if payload.base is not None:
            said.append(("So với", number_text(payload.base)))
        said.append(("Ghi chú", payload.note))
    elif isinstance(payload, TaskStarted):
        said = [("Ngày bắt đầu", date_text(payload.started_on)), ("Ghi chú", payload.note)]
    elif isinstance(payload, TaskDone):
        said = [
            ("Ngày hoàn thành", date_text(payload.completed_on)),
            ("Sản phẩm", payload.product),
            ("Ghi chú", payload.note),
        ]
    elif isinstance(payload, Evidence):
        said = [
            ("Số văn bản", payload.number),
            ("Ngày văn bản", date_text(payload.date) if payload.date else ""),
            ("Đường dẫn", payload.link),
            ("Tệp", f"{payload.file.name} ({size_text(payload.file.size)})" if payload.file else ""),
            ("Ghi chú", payload.note),
        ]
    elif isinstance(payload, Note):
        said = [("Nội dung", payload.text)]
    elif isinstance(payload, NotApplicable):
        said = [("Áp dụng trở lại" if payload.applies else "Lý do không áp dụng", payload.reason)]
    elif isinstance(payload, Extension):
        said = [
            ("Thời hạn cũ", date_text(payload.old) if payload.old else "chưa có"),
            ("Thời hạn mới", date_text(payload.new)),
            ("Lý do", payload.reason),
            ("Văn bản cho phép", payload.document or "chưa có (đề nghị)"),
            ("Ngày văn bản", date_text(payload.document_date) if payload.document_date else ""),
        ]
    elif isinstance(payload, Assignment):
        found = register().get(payload.agency) if payload.agency else None
        said = [
            ("Giao cho cơ quan", found.name if found else payload.agency),
            ("Đơn vị", payload.unit),
            ("Người thực hiện", payload.person),
        ]
    elif isinstance(payload, FeedKey):
        said = [("Người dùng", payload.email), ("", "" if payload.sha256 else "đã thu hồi")]
    elif isinstance(payload, Answer):
        said = [
            ("Kỳ", _period(payload.period)),
            ("Tỷ lệ", NOT_ASKED if payload.percent is None else f"{number_text(payload.percent)} %"),
            ("Căn cứ", payload.reason),
            ("Số văn bản", payload.document),
            ("Ngày văn bản", date_text(payload.document_date) if payload.document_date else ""),
        ]
    elif isinstance(payload, DocumentRecord):
        said = [
            ("Văn bản", payload.label),
            ("Tệp", f"{payload.file.name} ({size_text(payload.file.size)})"),
            ("Thay thế", f"{len(payload.replaces)} tệp cũ" if payload.replaces else ""),
            ("Ghi chú", payload.note),
        ]
    elif isinstance(payload, ReadingRecord):
        labels = INFO_LABELS if payload.action == "fill" else VALUE_LABELS
        said = [("Câu trong văn bản", payload.quote[:MAX_QUOTE])]
        for name, value in payload.values.items():
            label = labels.get(name, name)
            was = "" if payload.action == "add" else f"{value_text(name, payload.before.get(name))} → "
            said.append((label[:1].upper() + label[1:], was + value_text(name, value)))
        said += [("Gắn sang", payload.to), ("Lý do", payload.reason)]
    elif isinstance(payload, Correction):
        said = [("Lý do đính chính", payload.reason)]
        if payload.replacement is not None:
            said = [*fields(payload.replacement), *said]
    else:
        said = [("", NOT_UNDERSTOOD)]
    return [(label, value) for label, value in said if value]


def title(payload: Any) -> str:
    """What kind of entry it is: «Hoàn thành», «Đề nghị gia hạn», «Đính chính: Hoàn thành»."""
    if isinstance(payload, Correction):
        inner = payload.replacement
        return f"{KIND_LABELS['correction']}: {title(inner)}" if inner is not None else WITHDRAWN
    if isinstance(payload, Extension) and not payload.approved:
        return "Đề nghị gia hạn"
    if isinstance(payload, NotApplicable) and payload.applies:
        return "Áp dụng trở lại"
    if isinstance(payload, DocumentRecord):
        return TAKEN_OUT if payload.withdrawn else TAKEN_IN
    if isinstance(payload, ReadingRecord):
        return ACTION_LABELS[payload.action]
    return KIND_LABELS.get(getattr(payload, "kind", ""), "Nội dung khác")


def value_text(name: str, value: Any) -> str:
    """A value of an item or a document as it is shown; `name` is one of document_entries.EDITABLE or INFO_FIELDS,
    values may be in JSON form: «Chế độ công vụ», «31/12/2024», «Sở Nội vụ; Sở Tư pháp», «chưa rõ»."""
    if value is None or value == "" or value == [] or value == ():
        return NOT_KNOWN
    if name == "area":
        return area_names().get(int(value), str(value))
    if name == "deadline":
        return due_text(value if isinstance(value, Deadline) else Deadline.model_validate(value))
    if name in ("due", "issued_on", "effective_on"):
        return date_text(value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)))
    if isinstance(value, list | tuple):
        return "; ".join(str(v) for v in value)
    if name == "value":
        return number_text(float(value))
    if name == "kind":
        return TARGET_KINDS.get(str(value), str(value))
    return str(value)


def sentence(payload: Any) -> str:
    """A payload on one line: «Hoàn thành. Ngày hoàn thành: 14/6/2024; sản phẩm: Kế hoạch»."""
    said = "; ".join(f"{label}: {value}" if label else value for label, value in fields(payload))
    return f"{title(payload)}. {said}" if said else title(payload)


def moment_text(moment: dt.datetime) -> str:
    """«10:32 ngày 14/6/2024», in Vietnamese time."""
    local = moment.astimezone(config.VIETNAM)
    return f"{local:%H:%M} ngày {date_text(local.date())}"


def author_text(author: str, role: str, people: Mapping[str, Person]) -> str:
    """Who it was: the name with the role they had then; an unknown address as it is."""
    if author == LOCAL_PERSON.email:
        return LOCAL_PERSON.name
    known = people.get(author)
    name = f"{known.name} ({author})" if known else author
    label = {str(key): text for key, text in ROLE_LABELS.items()}.get(role, "")
    return f"{name}, {label[:1].lower()}{label[1:]}" if label else name


def size_text(size: int) -> str:
    """«340 KB», «1,2 MB»."""
    if size < 1024 * 1024:
        return f"{number_text(max(1, round(size / 1024)))} KB"
    return f"{number_text(round(size / 1024 / 1024, 1))} MB"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a history. `number` counts the item's entries from 1, `corrects` and `corrected_by` name others of
    the same history (None: no such); `live` tells whether what it says is in force. `later`: it speaks of a day after
    the one that is looked at, and so does not count there (facts.fold)."""

    entry: Entry
    number: int
    corrects: int | None
    corrected_by: int | None
    later: bool = False

    @property
    def live(self) -> bool:
        return self.corrected_by is None and not _is_withdrawal(self.entry)

    @property
    def said(self) -> Any:
        """What the entry says; of a correction its replacement (None for a withdrawal)."""
        payload = self.entry.payload
        return payload.replacement if isinstance(payload, Correction) else payload

    @property
    def file(self) -> FileRef | None:
        """The file attached to it."""
        said = self.said
        return said.file if isinstance(said, Evidence) else None


def history(entries: Sequence[Entry], day: dt.date | None = None) -> list[Line]:
    """The history of an item, newest first. `entries` are all of the item, oldest first; `day` is the one that is
    looked at (None: today). A withdrawal holds for every day."""
    numbers = {entry.id: n for n, entry in enumerate(entries, 1)}
    corrected: dict[uuid.UUID, int] = {
        entry.payload.corrects: numbers[entry.id] for entry in entries if isinstance(entry.payload, Correction)
    }
    lines = [
        Line(
            entry,
            numbers[entry.id],
            numbers.get(entry.payload.corrects) if isinstance(entry.payload, Correction) else None,
            corrected.get(entry.id),
            day is not None and entry.as_of > day and not _is_withdrawal(entry),
        )
        for entry in entries
    ]
    return lines[::-1]


def _is_withdrawal(entry: Entry) -> bool:
    return isinstance(entry.payload, Correction) and entry.payload.replacement is None


def _period(text: str) -> str:
    period = parse_period(text)
    return period.label if period else text
