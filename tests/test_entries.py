"""What can be recorded, and how mistakes are told."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cchc.entries import (
    FIELD_LABELS,
    KIND_LABELS,
    PAYLOAD,
    Correction,
    Draft,
    Evidence,
    Note,
    TargetValue,
    TaskDone,
    explain,
    number_text,
    read_payload,
)
from cchc.facts import effective, fold
from cchc.ledger import Ledger
from cchc.report_periods import ReportPeriod, parse_period

D = dt.date


@pytest.mark.parametrize(
    ("payload", "field", "message"),
    [
        ({"kind": "target_value"}, "value", "Thiếu giá trị."),
        ({"kind": "target_value", "value": "nan"}, "value", "Giá trị không phải là một số."),
        ({"kind": "target_value", "value": 5, "numerator": 1}, "", "Tử số và mẫu số phải có cùng nhau."),
        ({"kind": "target_value", "numerator": 1, "denominator": 0}, "denominator", "Mẫu số phải lớn hơn 0."),
        ({"kind": "target_value", "numerator": -1, "denominator": 5}, "numerator", "Tử số phải từ 0 trở lên."),
        (
            {"kind": "target_value", "value": 85, "numerator": 50, "denominator": 60},
            "",
            "Giá trị 85 không khớp với 50/60 = 83,33 %.",
        ),
        (
            {"kind": "target_value", "value": 5, "period": "quý 1"},
            "period",
            "Kỳ phải có dạng 2024, 2024-1 (quý), 2024-6t, 2024-9t hoặc 2024-m05 (tháng).",
        ),
        (
            {"kind": "task_done", "completed_on": "2024-02-30"},
            "completed_on",
            "Ngày hoàn thành không phải là một ngày đúng.",
        ),
        ({"kind": "task_done", "completed_on": "0204-02-03"}, "completed_on", "Năm phải từ 1945 đến 2200."),
        ({"kind": "evidence"}, "", "Tài liệu kiểm chứng cần có số văn bản, đường dẫn hoặc tệp đính kèm."),
        (
            {"kind": "evidence", "link": "file:///etc/passwd"},
            "link",
            "Đường dẫn phải bắt đầu bằng http:// hoặc https:// và không có dấu cách.",
        ),
        ({"kind": "evidence", "link": "http://"}, "link", None),
        ({"kind": "evidence", "link": "http://[x"}, "link", None),
        ({"kind": "evidence", "number": "x" * 301}, "number", "Số văn bản dài quá 300 ký tự."),
        ({"kind": "note", "text": " \u200b\n "}, "text", "Thiếu nội dung."),
        ({"kind": "not_applicable", "reason": ""}, "reason", "Thiếu lý do."),
        (
            {"kind": "extension", "old": "2024-06-30", "new": "2024-06-30", "reason": "x"},
            "",
            "Thời hạn mới phải sau thời hạn cũ (30/6/2024).",
        ),
        ({"kind": "assignment"}, "", "Cần nêu đơn vị hoặc người được giao."),
        ({"kind": "person", "email": "a", "name": "A", "role": "viewer"}, "email", "Địa chỉ thư không đúng."),
        ({"kind": "person", "email": "a@x", "name": "A", "role": "vua"}, "role", "Vai trò không đúng."),
        (
            {"kind": "person", "email": "a@x", "name": "A", "role": "agency_editor"},
            "",
            "Người cập nhật của cơ quan phải thuộc một cơ quan.",
        ),
        ({"kind": "note", "text": "x", "la": 1}, "", None),
        ({"kind": "la"}, "", None),
        ({"kind": "document", "file": {"sha256": "x", "name": "a", "size": 1}}, "sha256", None),
        ({"kind": "reading", "action": "strike", "plan": "p"}, "", "Cần nêu nội dung được sửa."),
    ],
)
def test_mistakes_are_told_in_vietnamese(payload: dict[str, object], field: str, message: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        PAYLOAD.validate_json(json.dumps(payload))
    told = explain(caught.value)
    assert field in [name for name, _ in told]
    assert all(text.endswith(".") for _, text in told)
    if message is not None:
        assert (field, message) in told


def test_every_kind_and_field_has_its_word() -> None:
    union = PAYLOAD.json_schema()
    assert set(union["discriminator"]["mapping"]) == set(KIND_LABELS)
    fields = {f for d in union["$defs"].values() for f in d.get("properties", {})}
    assert fields - set(FIELD_LABELS) == {"kind", "applies", "active", "proves"}


def test_a_rate_is_computed_and_checked_with_its_rounding() -> None:
    assert TargetValue(numerator=50, denominator=60).value == pytest.approx(83.333333)  # type: ignore[call-arg]
    assert TargetValue(value=83, numerator=50, denominator=60).value == 83
    assert TargetValue(value=83.3, numerator=50, denominator=60).value == 83.3


def test_the_day_an_entry_speaks_of() -> None:
    done = TaskDone(completed_on=D(2024, 3, 1))
    assert Draft(item_id="p.n1", payload=done, author="a").as_of == D(2024, 3, 1)  # type: ignore[call-arg]
    fixed = Correction(corrects=uuid.uuid4(), replacement=done, reason="x")
    assert Draft(item_id="p.n1", payload=fixed, author="a").as_of == D(2024, 3, 1)  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="01/3/2024"):
        Draft(item_id="p.n1", payload=done, author="a", as_of=D(2024, 3, 2))
    with pytest.raises(ValidationError):
        Draft(item_id="p.n1", payload=Note(text="x"), author="a")  # type: ignore[call-arg]
    with pytest.raises(ValidationError):
        Draft(item_id="p n1", payload=Note(text="x"), author="a", as_of=D(2024, 3, 2))


@given(st.text(max_size=200))
def test_texts_are_kept_in_one_form(text: str) -> None:
    try:
        note = Note(text=text)
    except ValidationError:
        return
    again = PAYLOAD.validate_json(note.model_dump_json())
    assert again == note
    assert "\x00" not in note.text
    assert note.text == note.text.strip()
    assert read_payload("note", note.model_dump_json()) == note


@pytest.mark.parametrize(
    ("value", "text"),
    [(98.5, "98,5"), (1234, "1.234"), (1234567.25, "1.234.567,25"), (0, "0"), (-0.5, "-0,5"), (100.0, "100")],
)
def test_number_text(value: float, text: str) -> None:
    assert number_text(value) == text


# Corrections, whatever their order


@given(
    st.lists(st.tuples(st.sampled_from(["new", "fix", "withdraw"]), st.integers(0, 5), st.integers(0, 99)), max_size=12)
)
@settings(max_examples=40, deadline=None)
def test_the_latest_correction_speaks(steps: list[tuple[str, int, int]]) -> None:
    """Against a plain model: a list of what each first entry says now."""
    wanted: list[float | None] = []
    chains: list[uuid.UUID] = []
    day = D(2024, 1, 1)
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.sqlite") as ledger:
        for what, which, value in steps:
            if what == "new" or not chains:
                draft = Draft(item_id=f"p.c{len(chains)}", payload=TargetValue(value=value), author="a", as_of=day)
                chains.append(draft.id)
                wanted.append(value)
            else:
                index = which % len(chains)
                replacement = TargetValue(value=value) if what == "fix" else None
                payload = Correction(corrects=chains[index], replacement=replacement, reason="x")
                draft = Draft(item_id=f"p.c{index}", payload=payload, author="a", as_of=day)
                chains[index] = draft.id
                wanted[index] = value if what == "fix" else None
            ledger.append(draft)
        entries = ledger.since(0)
    facts = fold(entries, day)
    assert [facts[f"p.c{i}"].value.value if facts[f"p.c{i}"].value else None for i in range(len(wanted))] == wanted  # type: ignore[union-attr]
    assert len(effective(entries)) == sum(w is not None for w in wanted)
    assert fold(entries, day - dt.timedelta(days=1)).keys() == facts.keys()
    assert not any(f.recorded for f in fold(entries, day - dt.timedelta(days=1)).values())


# Periods of reports


@pytest.mark.parametrize(
    ("text", "label", "calendar_span", "report_span", "before"),
    [
        ("2024-1", "Quý I/2024", (D(2024, 1, 1), D(2024, 3, 31)), (D(2023, 12, 15), D(2024, 3, 14)), "2023"),
        (
            "2024-6t",
            "6 tháng đầu năm 2024",
            (D(2024, 1, 1), D(2024, 6, 30)),
            (D(2023, 12, 15), D(2024, 6, 14)),
            "2024-1",
        ),
        ("2024-3", "Quý III/2024", (D(2024, 7, 1), D(2024, 9, 30)), (D(2024, 6, 15), D(2024, 9, 14)), "2024-6t"),
        (
            "2024-9t",
            "9 tháng đầu năm 2024",
            (D(2024, 1, 1), D(2024, 9, 30)),
            (D(2023, 12, 15), D(2024, 9, 14)),
            "2024-6t",
        ),
        ("2024", "Năm 2024", (D(2024, 1, 1), D(2024, 12, 31)), (D(2023, 12, 15), D(2024, 12, 14)), "2024-3"),
        ("2024-2", "Quý II/2024", (D(2024, 4, 1), D(2024, 6, 30)), (D(2024, 3, 15), D(2024, 6, 14)), "2024-1"),
        ("2024-m02", "Tháng 02/2024", (D(2024, 2, 1), D(2024, 2, 29)), (D(2024, 1, 15), D(2024, 2, 14)), "2024-m01"),
        ("2024-m01", "Tháng 01/2024", (D(2024, 1, 1), D(2024, 1, 31)), (D(2023, 12, 15), D(2024, 1, 14)), "2023-m12"),
    ],
)
def test_report_periods(
    text: str,
    label: str,
    calendar_span: tuple[dt.date, dt.date],
    report_span: tuple[dt.date, dt.date],
    before: str,
) -> None:
    period = parse_period(text)
    assert period is not None
    assert str(period) == text
    assert period.label == label
    assert period.span() == calendar_span
    assert period.span("ky") == report_span
    assert str(period.before()) == before
    assert period.last_year() == ReportPeriod(2023, period.part)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-5", "2024-0", "2024-12t", "2024-m13", "2024-m1", "1900", "٢٠٢٤", "2024-1 x"]
)
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


def test_evidence_may_point_at_the_entry_it_proves() -> None:
    entry = uuid.uuid4()
    made = Evidence(number="1/BC", proves=entry)
    assert PAYLOAD.validate_json(made.model_dump_json()).proves == entry
