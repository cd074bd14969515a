"""Entries about documents: a file was taken in or out, and what the reader read was put right.

`DocumentRecord` is the state of one file from now on; its ledger item is "document:<sha256 of the file>". A later
record of the same file replaces it (withdrawn, taken in again). `ReadingRecord` is one correction of what was read; its
ledger item is "reading:<id of the item>" ("reading:<id of the plan>" for what the document says of itself). Both can be
withdrawn or replaced by a `Correction` like any entry.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    JsonValue,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from cchc.entry_fields import MAX_TEXT, EntryModel, FileRef, Short, Text, clean
from cchc.formats.source import Format
from cchc.model import Duty, Item, Measure, PlanInfo, Target, Task

ReadingAction = Literal["change", "confirm", "strike", "restore", "add", "fill", "link"]
ReadKind = Literal["target", "task", "measure", "duty"]

MODELS: dict[str, type[Item]] = {"target": Target, "task": Task, "measure": Measure, "duty": Duty}
LETTERS: dict[ReadKind, str] = {"target": "c", "task": "n", "measure": "g", "duty": "t"}
# What an official can put right, in the order of forms; all other fields follow from these or from the text.
EDITABLE: dict[str, tuple[str, ...]] = {
    "target": ("area", "subject", "kind", "comparator", "value", "unit", "level", "group", "except_", "due"),
    "task": ("ordinal", "area", "content", "products", "lead", "support", "deadline_raw", "deadline", "note"),
    "measure": ("area", "content"),
    "duty": ("area", "agency", "content"),
}
INFO_FIELDS = tuple(name for name in PlanInfo.model_fields if name != "id")
REQUIRED: dict[str, tuple[str, ...]] = {
    "target": ("subject", "kind"), "task": ("content",), "measure": ("content",), "duty": ("content",),
}  # fmt: skip
MAX_LIST = 100
ACTION_LABELS: dict[ReadingAction, str] = {
    "change": "Sửa nội dung đọc được",
    "confirm": "Xác nhận đã đọc đúng",
    "strike": "Loại nội dung đọc nhầm",
    "restore": "Lấy lại nội dung đã loại",
    "add": "Bổ sung nội dung",
    "fill": "Sửa thông tin văn bản",
    "link": "Gắn số liệu sang nội dung khác",
}


def document_item(sha256: str) -> str:
    """The item id under which the entries about a file stand."""
    return f"document:{sha256}"


def reading_item(id_: str) -> str:
    """The item id under which the corrections of an item (or, with a plan's id, of a document's data) stand."""
    return f"reading:{id_}"


class DocumentRecord(EntryModel):
    """A file is a document of this installation from now on, or (with `withdrawn`) no longer. `plan` is the id under
    which the document stands, whatever a later reader would make of it: the ids of its items, and so all entries on
    them, hang on it («» for a file of the plans folder that is taken out: the reader's own). `replaces` are the hashes
    of the files it takes the place of."""

    kind: Literal["document"] = "document"
    file: FileRef
    format: Format | None = None
    plan: Annotated[str, BeforeValidator(clean), Field(max_length=150, pattern=r"^\S*$")] = ""
    label: Short = ""  # number or title as read when it was taken in, for the history
    replaces: tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    withdrawn: bool = False
    note: Text = ""

    @model_validator(mode="after")
    def _not_itself(self) -> DocumentRecord:
        if self.file.sha256 in self.replaces:
            raise ValueError("một tệp không thay thế chính nó")
        if self.withdrawn and not self.note:
            raise ValueError("cần nêu lý do đưa văn bản ra")
        return self


ItemRef = Annotated[str, BeforeValidator(clean), Field(max_length=190, pattern=r"^\S*$")]


class ReadingRecord(EntryModel):
    """A correction of what was read.

    `action`: change (fields of an item), confirm (read rightly), strike and restore (an item), add (an item that was
    not read), fill (what the document says of itself), link (entries of `item` belong to `to` from now on). `plan` and
    `sha256` name the document and the file it was made on; `start`, `end`, `quote` the words it speaks of, by which it
    is found again when the item's id is gone. `values` are the new values by field (those of EDITABLE or INFO_FIELDS,
    in JSON form, dates as ISO), `before` all such fields of the item (of the document) as they were.
    """

    kind: Literal["reading"] = "reading"
    action: ReadingAction
    plan: Annotated[ItemRef, StringConstraints(min_length=1)]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    item: ItemRef = ""
    item_kind: ReadKind | Literal[""] = ""
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int, Field(ge=0)] = 0
    quote: Text = ""
    values: dict[str, JsonValue] = Field(default_factory=dict)
    before: dict[str, JsonValue] = Field(default_factory=dict)
    to: ItemRef = ""
    reason: Text = ""

    @property
    def own_item(self) -> str:
        """The ledger item of this correction."""
        return reading_item(self.item or self.plan)

    @model_validator(mode="before")
    @classmethod
    def _in_form(cls, data: Any) -> Any:
        """Values in stored form, checked against the field they are for."""
        if not isinstance(data, dict) or not isinstance(data.get("values"), dict) or not data["values"]:
            return data
        action, kind = data.get("action"), str(data.get("item_kind") or "")
        allowed: tuple[str, ...] = INFO_FIELDS if action == "fill" else EDITABLE.get(kind, ())
        found = {name: checked(kind, name, value, allowed) for name, value in data["values"].items()}
        return {**data, "values": found}

    @model_validator(mode="after")
    def _whole(self) -> ReadingRecord:
        if self.action == "fill":
            if self.item or not self.values:
                raise ValueError("cần nêu thông tin văn bản được sửa")
        elif not self.item:
            raise ValueError("cần nêu nội dung được sửa")
        elif self.action == "link":
            if not self.to or self.to == self.item:
                raise ValueError("cần nêu nội dung được gắn sang")
        elif not self.item_kind:
            raise ValueError("cần nêu loại nội dung")
        if self.action in ("change", "add") and not self.values:
            raise ValueError("cần nêu ít nhất một chỗ sửa")
        if self.action == "add" and (self.end <= self.start or not self.quote):
            raise ValueError("nội dung bổ sung phải gắn với một câu của văn bản")
        if self.action not in ("change", "add", "fill") and self.values:
            raise ValueError("việc này không kèm nội dung sửa")
        if self.action != "confirm" and not self.reason:
            raise ValueError("thiếu lý do")
        for name in REQUIRED[self.item_kind] if self.item_kind else ():
            if (self.action == "add" and not self.values.get(name)) or self.values.get(name, "-") in ("", None):
                raise ValueError(f"không để trống mục «{VALUE_LABELS[name]}»")
        return self


# How forms and lists name the fields of `values`.
VALUE_LABELS = {
    "area": "lĩnh vực",
    "subject": "nội dung chỉ tiêu",
    "kind": "loại chỉ tiêu",
    "comparator": "so sánh",
    "value": "mức",
    "unit": "đơn vị tính",
    "level": "cấp",
    "group": "so với",
    "except_": "trừ",
    "due": "hạn",
    "ordinal": "số thứ tự",
    "content": "nội dung",
    "products": "sản phẩm",
    "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp",
    "deadline_raw": "thời hạn ghi trong văn bản",
    "deadline": "thời hạn hiểu là",
    "note": "ghi chú",
    "agency": "cơ quan",
}
INFO_LABELS = {
    "title": "tên văn bản",
    "number": "số, ký hiệu",
    "kind": "loại văn bản",
    "authority": "cơ quan ban hành",
    "province": "tỉnh, thành phố",
    "level": "cấp",
    "year": "năm kế hoạch",
    "year_end": "đến năm",
    "issued_on": "ngày ban hành",
    "effective_on": "ngày hiệu lực",
    "signed_by": "người ký",
    "legal_bases": "căn cứ pháp lý",
}


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    type_: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return TypeAdapter(type_)


def checked(kind: str, name: str, value: Any, allowed: tuple[str, ...]) -> JsonValue:
    """A value of a field in JSON form, texts in stored form. Raises ValueError with a message in Vietnamese."""
    if name not in allowed:
        raise ValueError(f"không sửa được mục «{name[:40]}»")
    model: type[BaseModel] = MODELS.get(kind, PlanInfo)
    label = (VALUE_LABELS if kind in MODELS else INFO_LABELS)[name]
    said = _cleaned(value)
    texts = [said] if isinstance(said, str) else [t for t in said if isinstance(t, str)] if _is_list(said) else []
    if any(len(t) > MAX_TEXT for t in texts) or (_is_list(said) and len(said) > MAX_LIST):
        raise ValueError(f"mục «{label}» quá dài")
    if _is_list(said):
        said = [t for t in said if t != ""]
    adapter = _adapter(model, name)
    if said == "" and _takes_none(adapter):
        said = None
    try:
        found = adapter.validate_python(tuple(said) if _is_list(said) else said)
    except ValidationError:
        raise ValueError(f"mục «{label}» không đúng") from None
    if isinstance(found, float) and not abs(found) < 1e15:
        raise ValueError(f"mục «{label}» không phải là một số dùng được")
    made: JsonValue = adapter.dump_python(found, mode="json")
    return made


def _takes_none(adapter: TypeAdapter[Any]) -> bool:
    try:
        return adapter.validate_python(None) is None
    except ValidationError:
        return False


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _cleaned(value: Any) -> Any:
    if _is_list(value):
        return [clean(v) for v in value]
    return clean(value)
