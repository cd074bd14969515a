"""The engine: one catalog, many threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from cchc import catalog, engine, queries
from cchc.engine import Engine
from cchc.filters import Filters
from tests.sample_plans import PLANS, plan_2024, sample_engine

THREADS = 8


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A process that has not opened any engine yet; its plans folder."""
    plans = tmp_path / "plans"
    plans.mkdir()
    monkeypatch.setattr(engine, "_engine", None)
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CCHC_PLANS", str(plans))
    monkeypatch.delenv("CCHC_CATALOG", raising=False)
    yield plans
    if engine._engine is not None:
        engine._engine.close()


def test_eight_threads_get_their_own_rows(documents: Engine) -> None:
    """Each thread asks for another plan or area over and over and must see nothing of its neighbours."""
    plans = list(queries.documents(documents)["id"])
    views = [Filters(plan=(p,)) for p in plans] + [Filters(area=(a,)) for a in range(1, 8)]
    expected = [
        (len(queries.targets(documents, v)), tuple(queries.measures(documents, v)["id"])) for v in views
    ]
    assert len(set(expected)) > 5
    start = threading.Barrier(THREADS, timeout=20)

    def ask(worker: int) -> int:
        start.wait()
        wrong = 0
        for step in range(25):
            n = (worker + step) % len(views)
            found = (
                len(queries.targets(documents, views[n])),
                tuple(queries.measures(documents, views[n])["id"]),
            )
            wrong += found != expected[n]
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(ask, range(THREADS))) == 0


def test_cursors_of_threads_do_not_share_results(sample: Engine) -> None:
    """What the cursor a call is for: all threads have a result open at the same time."""
    opened = threading.Barrier(THREADS, timeout=20)

    def ask(worker: int) -> list[tuple[int]]:
        with sample.cursor() as cursor:
            cursor.execute("SELECT ? FROM range(3000)", [worker])
            opened.wait()
            return cursor.fetchall()

    with ThreadPoolExecutor(THREADS) as pool:
        for worker, found in enumerate(pool.map(ask, range(THREADS))):
            assert found == [(worker,)] * 3000


def test_nothing_can_be_written(sample: Engine) -> None:
    with sample.cursor() as cursor, pytest.raises(duckdb.InvalidInputException):
        cursor.execute("DELETE FROM tasks")


def test_the_data_version_is_the_catalogs_hash(tmp_path: Path) -> None:
    made = sample_engine(tmp_path)
    assert made.data_version == "0123456789abcdef"
    assert made.path == catalog.path_of(made.data_version, tmp_path)
    made.close()


def test_no_catalog_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        Engine(tmp_path / "none.duckdb")
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    with pytest.raises(duckdb.Error):
        Engine(empty)
    junk = tmp_path / "junk.duckdb"
    junk.write_bytes(b"junk" * 5000)
    with pytest.raises(duckdb.Error):
        Engine(junk)


def test_the_process_opens_one_engine(fresh: Path) -> None:
    (fresh / "a.txt").write_text("KẾ HOẠCH Cải cách hành chính năm 2024", encoding="utf-8")
    with ThreadPoolExecutor(THREADS) as pool:
        found = set(pool.map(lambda _: id(engine.get_engine()), range(THREADS)))
    assert len(found) == 1


def test_refresh_sees_new_documents_only_when_asked(fresh: Path) -> None:
    (fresh / "a.txt").write_text("KẾ HOẠCH Cải cách hành chính năm 2024", encoding="utf-8")
    first = engine.get_engine()
    assert engine.refresh() is False
    (fresh / "b.txt").write_text("KẾ HOẠCH Cải cách hành chính năm 2023 của tỉnh", encoding="utf-8")
    assert engine.get_engine() is first
    assert engine.refresh() is True
    second = engine.get_engine()
    assert second.data_version != first.data_version
    assert len(first.frame("SELECT name FROM documents UNION ALL SELECT name FROM problems")) == 1  # still usable
    assert len(second.frame("SELECT name FROM documents UNION ALL SELECT name FROM problems")) == 2
    first.close()


def test_a_broken_catalog_is_built_again(fresh: Path, tmp_path: Path) -> None:
    (fresh / "a.txt").write_text("KẾ HOẠCH Cải cách hành chính năm 2024", encoding="utf-8")
    path = catalog.path_of(catalog.version(fresh.iterdir()), tmp_path / "data")
    path.parent.mkdir()
    path.write_bytes(b"junk" * 5000)
    assert engine.get_engine().path == path


def test_a_ready_catalog_is_opened_as_it_is(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = catalog.write(PLANS, [], "a" * 16, tmp_path)
    monkeypatch.setenv("CCHC_CATALOG", str(path))
    assert engine.get_engine().path == path
    assert len(queries.tasks(engine.get_engine(), Filters())) == len(plan_2024().tasks) + 1


def test_no_plans_folder_gives_empty_pages(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_PLANS", str(fresh / "nowhere"))
    assert queries.documents(engine.get_engine()).empty
    assert queries.overview(engine.get_engine(), Filters()).numbers["tasks"].value == 0


# Documents that are taken in while the process runs


def _take(content: str) -> None:
    from cchc import importing, library, office
    from cchc.access import LOCAL_PERSON
    from cchc.files import FileStore

    office.refresh()
    shelf = library.current()
    found = importing.examine(shelf, [importing.Incoming("a.txt", content.encode())])
    importing.record(office.get_ledger(), FileStore(), LOCAL_PERSON, shelf, found)


def _names(opened: Engine) -> list[str]:
    return list(queries.documents(opened)["number"])


def test_a_document_taken_in_is_followed_without_stopping_anybody(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cchc import office
    from tests.imported_plans import text

    before = engine.get_engine()
    _take(text())
    go_on = threading.Event()
    build = catalog.build

    def slowly(*given: object, **more: object) -> Path:
        assert go_on.wait(30)
        return build(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(catalog, "build", slowly)
    office.refresh()
    for _ in range(3):
        assert engine.get_engine() is before  # nobody waits
    go_on.set()
    assert engine._building is not None
    engine._building.join(30)
    after = engine.get_engine()
    assert _names(after) == ["12/KH-UBND"]
    assert engine.get_engine() is after
    assert after.catalog_version != before.catalog_version


def test_refresh_waits_for_what_was_taken_in(fresh: Path) -> None:
    from cchc import office
    from tests.imported_plans import text

    engine.get_engine()
    _take(text())
    _take(text(number=14))
    office.refresh()
    assert engine.refresh() is True
    assert sorted(_names(engine.get_engine())) == ["12/KH-UBND", "14/KH-UBND"]
    assert engine.refresh() is False


def test_other_entries_build_nothing(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    from cchc import office
    from cchc.entries import Draft, Note

    opened = engine.get_engine()
    monkeypatch.setattr(catalog, "version", lambda *_: pytest.fail("looked at the documents"))
    note = Draft(item_id="p.n1", payload=Note(text="x"), author="x", as_of=dt.date(2025, 1, 1))
    office.get_ledger().append(note)
    office.refresh()
    assert engine.get_engine() is opened
    assert engine._building is None or not engine._building.is_alive()


def test_a_build_that_fails_is_not_tried_at_every_run(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cchc import office
    from tests.imported_plans import text

    before = engine.get_engine()
    _take(text())
    office.refresh()
    tried: list[int] = []

    def fails(*_: object, **__: object) -> Path:
        tried.append(1)
        raise OSError("no space left")

    monkeypatch.setattr(catalog, "build", fails)
    monkeypatch.setattr(engine, "_failed_at", -1e9)
    for _ in range(20):
        assert engine.get_engine() is before
        assert engine._building is not None
        engine._building.join(30)
    assert tried == [1]
