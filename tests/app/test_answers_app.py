"""«Chấm điểm»: answers by hand are entered, corrected and shown beside the score they decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cchc import access, config, engine, office, who
from cchc.access import Identity, Person
from cchc.engine import Engine
from cchc.entries import Correction, Draft, TaskDone, answer_item
from cchc.markup import as_markdown
from tests.app.rig import open_page, run, words_of
from tests.sample_plans import DOC, show, task_id

HOME = Person("snv@x.vn", "Chi", "standing_editor")
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
ITEM = answer_item("quy-dinh-366", "agency", "so-tu-phap", "vuot-muc")
PAGE = f"plan={DOC}&profile=quy-dinh-366&period=2024&row=so-tu-phap"
BEST, GOOD = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"


@pytest.fixture(autouse=True)
def _place(monkeypatch: pytest.MonkeyPatch, sample: Engine, tmp_path: Path) -> Iterator[None]:
    """Sở Tư pháp did both of its tasks in time; it is January of the next year."""
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    monkeypatch.setattr(config, "today", lambda: dt.date(2025, 1, 20))
    show(monkeypatch, Engine(sample.path, office.get_progress))
    for number in (2, 3):
        done = TaskDone(completed_on=dt.date(2024, 3, 10))
        office.get_ledger().append(Draft(item_id=task_id(number), payload=done, author="t", as_of=dt.date(2024, 3, 10)))
    be(monkeypatch, HOME)
    yield
    engine.get_engine().close()


def be(monkeypatch: pytest.MonkeyPatch, person: Person | None) -> None:
    monkeypatch.setattr(who, "current", lambda: Identity(person, "" if person else access.SIGN_IN))


def field(app: AppTest, label: str) -> AppTest:
    return next(f for f in (*app.text_input, *app.text_area, *app.date_input) if f.label.startswith(label))


def press_save(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Lưu").click()
    return run(app)


def enter(app: AppTest, percent: str, reason: str, document: str = "") -> AppTest:
    field(app, "Tỷ lệ (%)").input(percent)
    field(app, "Căn cứ").input(reason)
    if document:
        field(app, "Số, ký hiệu").input(document)
    return press_save(app)


def test_an_answer_is_entered_decides_the_class_and_is_corrected() -> None:
    app = open_page("cham-diem", PAGE)
    told = words_of(app)
    assert "Tỷ lệ nhiệm vụ hoàn thành vượt mức yêu cầu: chưa nhập" in " ".join(told.split())
    assert f"Xếp loại tham khảo: {GOOD}" in told
    app = enter(app, "32,5", "Biên bản <b>họp</b>", "9/BB-SNV")
    told = " ".join(words_of(app).split())
    assert f"Xếp loại tham khảo: {BEST}" in told
    assert "vượt mức yêu cầu: 32,5 %, Năm 2024 . Biên bản &lt;b&gt;họp&lt;/b&gt;; 9/BB-SNV." in told
    assert "Chi (snv@x.vn)" in told or "snv@x.vn" in told
    assert "Đủ điều kiện của mức «Hoàn thành xuất sắc nhiệm vụ»: Tỷ lệ nhiệm vụ hoàn thành vượt mức" in told
    (entry,) = office.get_ledger().history(ITEM)
    assert (entry.payload.percent, entry.payload.period, entry.author) == (32.5, "2024", "snv@x.vn")
    assert (entry.as_of, entry.payload.document) == (dt.date(2024, 12, 14), "9/BB-SNV")

    assert field(app, "Tỷ lệ (%)").value == "32,5"
    app = enter(app, "12", "Đếm nhầm")
    _, second = office.get_ledger().history(ITEM)
    assert isinstance(second.payload, Correction) and second.payload.replacement.percent == 12
    assert f"Xếp loại tham khảo: {GOOD}" in words_of(app)
    assert "đính chính lần ghi số 1" in words_of(app), "the history is on the page"

    # Without a reason nothing is saved, and what is missing is said at its field.
    app = press_save(app)
    assert "Hãy điền ô này." in words_of(app)
    assert len(office.get_ledger().history(ITEM)) == 2


def test_an_agency_sees_the_answers_and_enters_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for person in (JUSTICE, None):
        be(monkeypatch, person)
        app = open_page("cham-diem", PAGE)
        assert "Số liệu nhập riêng: Sở Tư pháp" in words_of(app)
        assert not [b for b in app.button if b.label == "Lưu"]
        why = access.REFUSALS["answer_criteria"] if person else access.SIGN_IN
        assert any(as_markdown(why) in i.value for i in app.info)


def test_a_right_that_is_gone_when_it_is_saved_is_refused_beneath(monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page("cham-diem", PAGE)
    be(monkeypatch, JUSTICE)
    field(app, "Tỷ lệ (%)").input("40")
    field(app, "Căn cứ").input("x")
    press_save(app)
    assert office.get_ledger().history(ITEM) == []


def test_a_profile_that_asks_nothing_by_hand_shows_no_form() -> None:
    told = words_of(open_page("cham-diem", PAGE.replace("quy-dinh-366", "quoc-gia-abc")))
    assert "nhập riêng" not in told


def test_without_an_agency_the_page_says_what_is_asked() -> None:
    told = words_of(open_page("cham-diem", PAGE.replace("&row=so-tu-phap", "")))
    assert "1 số liệu nhập riêng: Tỷ lệ nhiệm vụ hoàn thành vượt mức yêu cầu" in told
