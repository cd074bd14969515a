"""The form of what was read: what it begins with, and what typed words become."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cchc import corrections, reading_form
from cchc.model import Deadline, Plan, PlanInfo, Target, Task
from cchc.reading_form import info_fields, item_fields, shown_values, typed

TARGET = Target(
    id="p.c1", area=3, start=0, end=10, kind="ratio", comparator=">=", value=97.5, unit="%", level="xã",
    subject="Hồ sơ đúng hạn", due=dt.date(2025, 12, 31), quote="Hồ sơ đúng hạn đạt 97,5%",
)  # fmt: skip
TASK = Task(
    id="p.n1", start=0, end=10, content="Rà soát", lead=("Sở Nội vụ",), products=("Kế hoạch", "Báo cáo"),
    deadline_raw="Quý I", deadline=Deadline(kind="quarter", end=dt.date(2025, 3, 31)),
)  # fmt: skip


def change(kind: str, item: Any, **now: Any) -> tuple[dict[str, Any], dict[str, str]]:
    fields = item_fields(kind)  # type: ignore[arg-type]
    start = shown_values(fields, item)
    return typed(fields, start, {**start, **now}, 2025)


def test_a_form_begins_with_what_was_read() -> None:
    shown = shown_values(item_fields("target"), TARGET)
    assert shown["value"] == "97,5"
    assert shown["area"] == "3"
    assert shown["due"] == dt.date(2025, 12, 31)
    shown = shown_values(item_fields("task"), TASK)
    assert shown["products"] == "Kế hoạch\nBáo cáo"
    assert shown["deadline"] == "Quý I/2025"
    assert shown["area"] == ""


@pytest.mark.parametrize(("kind", "item"), [("target", TARGET), ("task", TASK)])
def test_nothing_typed_changes_nothing(kind: str, item: Any) -> None:
    assert change(kind, item) == ({}, {})


@pytest.mark.parametrize(
    ("now", "values"),
    [
        ({"value": "98"}, {"value": 98.0}),
        ({"value": " 98,5 % "}, {"value": 98.5}),
        ({"value": ""}, {"value": None}),
        ({"area": "7"}, {"area": 7}),
        ({"area": ""}, {"area": None}),
        ({"level": "tỉnh", "comparator": "<="}, {"level": "tỉnh", "comparator": "<="}),
        ({"due": dt.date(2026, 6, 30)}, {"due": "2026-06-30"}),
        ({"subject": "Hồ sơ\ntrước hạn"}, {"subject": "Hồ sơ\ntrước hạn"}),
    ],
)
def test_typed_words_become_values(now: dict[str, Any], values: dict[str, Any]) -> None:
    assert change("target", TARGET, **now) == (values, {})


def test_a_list_is_a_name_a_line() -> None:
    values, _ = change("task", TASK, lead="Sở  Tư pháp\n\n Sở Y tế ", support="Công an tỉnh")
    assert values == {"lead": ["Sở Tư pháp", "Sở Y tế"], "support": ["Công an tỉnh"]}


def test_the_deadline_follows_the_words_of_the_document_unless_it_is_typed() -> None:
    followed, _ = change("task", TASK, deadline_raw="Trước ngày 15/12/2025")
    assert followed["deadline"] == {"kind": "day", "start": None, "end": "2025-12-15"}
    values, _ = change("task", TASK, deadline_raw="15/12", deadline="năm 2025")
    assert values["deadline"]["kind"] == "year"
    assert change("task", TASK, deadline="")[0]["deadline"]["kind"] == "none"


@pytest.mark.parametrize(
    ("kind", "item", "now", "field"),
    [
        ("target", TARGET, {"value": "chín mươi"}, "value"),
        ("target", TARGET, {"value": "1.234"}, "value"),  # a thousand or one and a bit: not guessed
        ("task", TASK, {"deadline": "hôm nào rảnh"}, "deadline"),
        ("task", TASK, {"deadline": "31/6/2025"}, "deadline"),
    ],
)
def test_what_cannot_be_understood_is_said_beside_its_field(
    kind: str, item: Any, now: dict[str, str], field: str
) -> None:
    values, errors = change(kind, item, **now)
    assert field not in values
    assert list(errors) == [field]
    assert errors[field].endswith((".", "này."))


def test_document_data() -> None:
    info = PlanInfo(id="p", number="12/KH-UBND", year=2025, level="tỉnh")
    fields = info_fields()
    start = shown_values(fields, info)
    now = {**start, "year": "2026", "issued_on": dt.date(2026, 1, 5), "authority": "UBND tỉnh A", "year_end": "hai"}
    values, errors = typed(fields, start, now, None)
    assert values == {"year": 2026, "issued_on": "2026-01-05", "authority": "UBND tỉnh A"}
    assert errors == {"year_end": reading_form.NOT_A_YEAR}


def test_values_of_the_form_are_fit_to_be_recorded() -> None:
    plan = Plan(name="a.txt", plan=PlanInfo(id="p", year=2025), tasks=(TASK,), text="Rà soát quy trình")
    values, _ = change("task", TASK, lead="Sở Tư pháp", deadline="thường xuyên", area="2", content="Rà soát kỹ")
    record = corrections.change(plan, "0" * 64, "p.n1", values)
    assert record.values["deadline"] == {"kind": "ongoing", "start": None, "end": None}
    assert record.values["lead"] == ["Sở Tư pháp"]
