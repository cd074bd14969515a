"""«Cập nhật»: the standing body gives a target to an agency, which then finds and records it as its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cchc import config, office, who
from cchc.access import Identity, Person
from cchc.engine import Engine
from tests.app.rig import open_page, run, words_of
from tests.sample_plans import DOC, show

TODAY = dt.date(2024, 4, 2)
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
HEALTH = Person("syt@x.vn", "Bình", "agency_editor", "so-tai-chinh")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
TARGET = f"{DOC}.c1"


@pytest.fixture(autouse=True)
def _place(monkeypatch: pytest.MonkeyPatch, sample: Engine, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    monkeypatch.setattr(config, "today", lambda: TODAY)
    made = Engine(sample.path, office.get_progress)
    show(monkeypatch, made)
    yield
    made.close()


def be(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr(who, "current", lambda: Identity(person))


def fields(app: AppTest) -> list[str]:
    return [f.label for f in (*app.selectbox, *app.text_input, *app.text_area)]


def form(kind: str) -> AppTest:
    app = open_page("cap-nhat", f"item={TARGET}")
    next(c for c in app.button_group if c.label == "Ghi nhận").set_value(kind)
    return run(app)


def save(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Lưu").click()
    return run(app)


def label() -> str:
    return office.known_items()[TARGET].label


def test_a_target_is_given_found_and_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, JUSTICE)
    assert label() not in words_of(open_page("cap-nhat", f"plan={DOC}"))
    be(monkeypatch, HOME)
    app = form("assignment")
    next(s for s in app.selectbox if s.label == "Giao cho cơ quan").select("so-tu-phap")
    app = save(app)
    assert "Giao cho cơ quan: Sở Tư pháp" in words_of(app)
    assert "Được giao: Sở Tư pháp" in " ".join(words_of(app).split())
    (entry,) = office.get_ledger().history(TARGET)
    assert entry.payload.agency == "so-tu-phap"

    be(monkeypatch, JUSTICE)
    offered = {b.label: b.options for b in open_page("cap-nhat", f"plan={DOC}").button_group}
    assert any("Chỉ tiêu (1)" in str(o) for o in offered["Loại nội dung"]), offered
    assert "Giao cho cơ quan" not in fields(form("assignment")), "an agency gives nothing away"
    app = form("target_value")
    next(f for f in app.text_input if f.label.startswith("Kết quả")).input("45")
    next(d for d in app.date_input if d.label.startswith("Ngày số liệu")).set_value(TODAY)
    save(app)
    assert [e.author for e in office.get_ledger().history(TARGET)] == ["snv@x.vn", "stp@x.vn"]

    be(monkeypatch, HEALTH)
    app = open_page("cap-nhat", f"item={TARGET}")
    assert not [b for b in app.button if b.label == "Lưu"]
    told = words_of(open_page("chi-tieu", f"plan={DOC}&item={TARGET}"))
    assert "Giao cho" in told and "Sở Tư pháp" in told
    told = words_of(open_page("cham-diem", f"plan={DOC}&row=so-tu-phap&as_of=2024-04-02"))
    assert "cơ quan thường trực giao, văn bản không nêu cơ quan" in told


def test_what_the_document_gives_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.sample_plans import task_id

    be(monkeypatch, HOME)
    app = open_page("cap-nhat", f"item={task_id(0)}")
    next(c for c in app.button_group if c.label == "Ghi nhận").set_value("assignment")
    assert "Giao cho cơ quan" not in fields(run(app))
