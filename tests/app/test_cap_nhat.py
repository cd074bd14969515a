"""The page Cập nhật on two plans with known facts and a ledger of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cchc import access, config, entry_form, office, recording, saving, who
from cchc.access import Identity, Person
from cchc.engine import Engine
from cchc.entries import Draft, Note
from cchc.ledger import LedgerError
from tests.app.rig import open_page, run, words_of
from tests.sample_plans import DOC, show, task_id

TODAY = dt.date(2024, 4, 2)
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
VIEWER = Person("xem@x.vn", "Xem", "viewer")


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine, tmp_path: Path) -> Iterator[None]:
    show(monkeypatch, sample)
    monkeypatch.setattr(config, "today", lambda: TODAY)
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    be(monkeypatch, HOME)
    yield


def be(monkeypatch: pytest.MonkeyPatch, person: Person | None, reason: str = "") -> None:
    monkeypatch.setattr(who, "current", lambda: Identity(person, reason))


def open_item(n: int) -> AppTest:
    return open_page("cap-nhat", f"item={task_id(n)}")


def press_save(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Lưu").click()
    return run(app)


def field(app: AppTest, name: str) -> object:
    """The field whose words begin with `name`."""
    return next(f for f in (*app.text_area, *app.text_input, *app.date_input) if f.label.startswith(name))


def errors(app: AppTest) -> str:
    return " ".join(e.proto.body for e in app.get("html") if "cchc-field-error" in e.proto.body)


def test_what_is_missing_is_told_first() -> None:
    told = words_of(open_page("cap-nhat", f"plan={DOC}"))
    assert "đã qua hạn, chưa có báo cáo" in told
    assert "Ghi với tên: Chi." in told


def test_an_agency_sees_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, JUSTICE)
    app = open_page("cap-nhat")
    items = next(s for s in app.selectbox if s.key == "update_open").options
    assert any("Kiểm tra công vụ" in i for i in items)
    assert any("Rà soát thủ tục" in i for i in items)  # it supports
    assert not any("Báo cáo giữa năm" in i for i in items)
    assert not [s for s in app.selectbox if s.key == "update_agency"]


@pytest.mark.parametrize(
    ("person", "reason", "told"),
    [(None, access.READ_ONLY, access.READ_ONLY), (VIEWER, "", access.REFUSALS["record"])],
)
def test_who_may_not_record_is_told_why(
    monkeypatch: pytest.MonkeyPatch, person: Person | None, reason: str, told: str
) -> None:
    be(monkeypatch, person, reason)
    for app in (open_page("cap-nhat"), open_item(2)):
        assert any(told.rstrip(".") in i.value.replace("\\", "") for i in app.info)
        assert not [b for b in app.button if b.label.startswith("Lưu")]


def test_a_foreign_item_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, JUSTICE)
    app = open_item(4)
    assert not [b for b in app.button if b.label == "Lưu"]
    draft = Draft(item_id=task_id(4), payload=Note(text="x"), author=JUSTICE.email, role=JUSTICE.role, as_of=TODAY)
    outcome = saving.save([draft], {})
    assert not outcome.saved
    assert outcome.refusal == access.OTHER_AGENCY
    assert office.get_ledger().last_seq() == 0


def test_a_result_is_saved_confirmed_and_in_the_history() -> None:
    app = open_item(2)
    field(app, "Ngày hoàn thành").set_value(dt.date(2024, 3, 14))  # type: ignore[attr-defined]
    field(app, "Sản phẩm").set_value("Báo cáo <b>số</b> 5")  # type: ignore[attr-defined]
    press_save(app)
    assert any("Đã lưu 1 nội dung" in s.value.replace("\\", "") for s in app.success)
    entry = office.get_ledger().history(task_id(2))[0]
    assert (entry.author, entry.as_of, entry.payload.product) == (
        HOME.email,
        dt.date(2024, 3, 14),
        "Báo cáo <b>số</b> 5",
    )
    told = words_of(app)
    assert "1. Hoàn thành" in told
    assert "&lt;b&gt;số&lt;/b&gt;" in told


def test_a_completion_and_its_proof_are_one_save() -> None:
    app = open_item(2)
    field(app, "Ngày hoàn thành").set_value(dt.date(2024, 3, 14))  # type: ignore[attr-defined]
    field(app, "Số, ký hiệu văn bản").set_value("12/BC-STP")  # type: ignore[attr-defined]
    press_save(app)
    assert any("Đã lưu 2 nội dung" in s.value for s in app.success)
    done, proof = office.get_ledger().history(task_id(2))
    assert (done.payload.kind, proof.payload.number, proof.payload.proves) == ("task_done", "12/BC-STP", done.id)
    assert "thiếu tài liệu kiểm chứng" not in words_of(app)


def test_a_mistake_stands_at_its_field_and_the_rest_stays() -> None:
    app = open_item(2)
    field(app, "Sản phẩm").set_value("Báo cáo")  # type: ignore[attr-defined]
    press_save(app)
    assert entry_form.NEEDED in errors(app)
    assert field(app, "Sản phẩm").value == "Báo cáo"  # type: ignore[attr-defined]
    assert office.get_ledger().last_seq() == 0


def test_a_ledger_that_is_busy_takes_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_item(2)
    field(app, "Ngày hoàn thành").set_value(dt.date(2024, 3, 14))  # type: ignore[attr-defined]
    with monkeypatch.context() as broken:

        def busy(*_: object) -> None:
            raise LedgerError("Sổ ghi nhận đang bận")

        broken.setattr(recording, "save", busy)
        press_save(app)
    assert any("đang bận" in e.value for e in app.error)
    assert not app.success
    press_save(app)  # what was typed is still there
    assert [e.payload.kind for e in office.get_ledger().history(task_id(2))] == ["task_done"]


def test_a_vanished_item_keeps_its_history() -> None:
    draft = Draft(item_id=task_id(2), payload=Note(text="từ trước"), author="x@x.vn", role="", as_of=TODAY)
    gone = draft.model_copy(update={"item_id": f"{DOC}.nffffffff"})
    office.get_ledger().append(gone)
    office.refresh()
    app = open_page("cap-nhat", f"item={gone.item_id}")
    assert "từ trước" in words_of(app)
    assert app.warning
    assert any("địa chỉ" in w.value for w in open_page("cap-nhat", "item=khong-co").warning)
