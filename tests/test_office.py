"""Which ledger is in use, and how new entries get from it onto the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import demo, engine, office
from cchc.entries import Draft, Note
from cchc.items import KnownItem
from cchc.ledger import Ledger, LedgerError, default_url
from cchc.model import Deadline

ENTRY = Draft(item_id="p.n1", payload=Note(text="x"), author="a", as_of=dt.date(2024, 1, 1))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    monkeypatch.delenv("CCHC_DEMO", raising=False)
    monkeypatch.setattr(office, "_opened", {})
    yield tmp_path
    for opened in office._opened.values():
        opened.ledger.close()


def test_entries_of_another_process_come_with_the_next_refresh(place: Path) -> None:
    progress = office.get_progress()
    before = progress.version
    with Ledger(place / "ledger.sqlite") as other:
        other.append(ENTRY)
    assert progress.version == before
    assert office.refresh() == ""
    assert office.get_progress() is progress
    assert progress.version != before
    assert [e.item_id for e in progress.history("p.n1")] == ["p.n1"]


def test_the_demonstration_is_a_ledger_of_its_own(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.set_demo(True)
    assert office.is_demo()
    office.get_ledger().append(ENTRY)
    office.refresh()
    assert office.get_progress().is_demo
    office.set_demo(False)
    assert not office.is_demo()
    assert office.get_ledger().last_seq() == 0
    monkeypatch.setenv("CCHC_DEMO", "1")
    assert office.is_demo()
    assert office.get_ledger().last_seq() == 1
    assert {path.name for path in place.glob("*.sqlite")} == {"ledger.sqlite", "demo-ledger.sqlite"}


def test_no_demonstration_takes_the_place_of_real_results(place: Path) -> None:
    office.get_ledger().append(ENTRY)
    with pytest.raises(LedgerError):
        office.set_demo(True)
    assert not office.is_demo()


def test_another_place_is_another_ledger(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.get_ledger().append(ENTRY)
    monkeypatch.setenv("CCHC_DATA", str(place / "elsewhere"))
    assert office.get_ledger().last_seq() == 0


def test_what_was_read_stays_when_the_ledger_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office.get_ledger()
    ledger.append(ENTRY)
    office.refresh()

    def broken(seq: int, limit: int | None = None) -> list[object]:
        raise LedgerError("Không đọc được sổ ghi nhận.")

    monkeypatch.setattr(ledger, "since", broken)
    assert "lần gần nhất" in office.refresh()
    assert len(office.get_progress().history("p.n1")) == 1
    monkeypatch.undo()
    assert office.refresh() == ""


def test_a_ledger_that_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("CCHC_DATA", str(blocked))
    with pytest.raises(LedgerError):
        office.refresh()


def test_items_and_version_follow_the_catalog(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, root: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    monkeypatch.setenv("CCHC_PLANS", str(plans))
    monkeypatch.setattr(engine, "_engine", None)
    assert office.known_items() == {}
    source = root / "data" / "plans" / "binh-dinh-2022-33-ubnd-kstt.txt"
    (plans / source.name).write_bytes(source.read_bytes())
    before = office.data_version()
    engine.refresh()
    items = office.known_items()
    assert items
    assert office.known_items() is items
    assert office.data_version() != before
    office.get_ledger().append(ENTRY)
    office.refresh()
    assert office.known_items() is items, "entries change no document"


def task(number: int) -> KnownItem:
    deadline = Deadline(kind="day", start=dt.date(2024, 6, 30), end=dt.date(2024, 6, 30))
    return KnownItem(f"p.n{number}", "task", "p", f"Việc {number}", deadline=deadline, start=dt.date(2024, 1, 1))


def test_a_demonstration_made_anew_is_shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_DEMO", "1")
    first = demo.make([task(n) for n in range(20)])
    office.refresh()
    version = office.get_progress().version
    assert len(office.get_progress().entries()) == first
    # As another process does it: `python -m cchc demo --replace` while the server runs.
    second = demo.make([task(n) for n in range(60)], replace=True)
    assert second != first
    office.refresh()
    assert len(office.get_progress().entries()) == second
    assert office.get_progress().version != version
    office.get_ledger().append(ENTRY)
    with Ledger(default_url("demo"), kind="demo") as there:
        assert there.last_seq() == second + 1, "what is recorded now goes into the new file"


def test_a_ledger_whose_file_is_gone_is_not_replaced_by_an_empty_one(place: Path) -> None:
    office.get_ledger().append(ENTRY)
    office.get_ledger().close()
    file = place / "ledger.sqlite"
    kept = file.rename(place / "moved.sqlite")
    with pytest.raises(LedgerError, match="không còn ở chỗ cũ"):
        office.refresh()
    assert not file.exists()
    kept.rename(file)
    assert office.refresh() == ""
    assert office.get_ledger().last_seq() == 1
