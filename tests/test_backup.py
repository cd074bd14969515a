"""A backup holds everything people gave, from either database, and comes back as it was or not at all."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from cchc import __main__, backup
from cchc.entries import Draft, Evidence, Note
from cchc.files import FileStore
from cchc.ledger import Ledger, LedgerError, Refused, WrongLedger
from tests.postgres_server import Server, postgres  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
MARCH = dt.date(2024, 3, 1)
PROOF = b"%PDF-1.4 bao cao"

# Records until it is killed; prints the number of every entry that was acknowledged.
WRITER = """
import datetime as dt
from cchc.entries import Draft, Note
from cchc.ledger import Ledger
with Ledger() as ledger:
    for n in range(100000):
        day = dt.date(2024, 3, 1)
        ledger.append(Draft(item_id=f"p.n{n % 7}", payload=Note(text="ghi chú"), author="an@x.vn", role="x", as_of=day))
        print(n, flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], URL]:
    """Addresses of new ledgers in one of the two databases."""

    def made(name: str) -> URL:
        if request.param == "sqlite":
            return URL.create("sqlite", database=str(tmp_path / name / "ledger.sqlite"))
        server: Server = request.getfixturevalue("postgres")
        return server.database()

    return made


def fill(ledger: Ledger, store: FileStore, entries: int = 5) -> None:
    ref = store.put(PROOF, "báo cáo.pdf")
    proof = Evidence(number="12/BC-SNV", file=ref)
    drafts = [Draft(item_id="p.n0", payload=proof, author="an@x.vn", role="viewer", as_of=MARCH)]
    for n in range(1, entries):
        said = Note(text=f"ghi chú «{n}» ế")
        drafts.append(Draft(item_id=f"p.n{n % 3}", payload=said, author="b", role="viewer", as_of=MARCH))
    ledger.append_all(drafts)


def made(tmp_path: Path, address: URL, entries: int = 5) -> tuple[Path, list[dict[str, object]], str]:
    """A backup, the rows and the id of the ledger it was made of."""
    target = tmp_path / "sao-luu.zip"
    plan = tmp_path / "plans-a" / "kế hoạch.txt"
    plan.parent.mkdir()
    plan.write_text("KẾ HOẠCH", encoding="utf-8")
    with Ledger(address) as ledger:
        store = FileStore(tmp_path / "files-a")
        fill(ledger, store, entries)
        told = backup.write(target, ledger, store, [plan])
        assert (told.entries, told.files, told.plans, told.notes) == (entries, 1, 1, ())
        assert told.head == "{}:{}".format(*ledger.head())
        return target, list(ledger.rows()), ledger.id


def changed(source: Path, into: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with parts changed by hand."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(into, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return into


def test_everything_comes_back_as_it_was(tmp_path: Path, place: Callable[[str], URL]) -> None:
    archive, rows, ledger_id = made(tmp_path, place("a"), entries=2101)  # more than one batch
    there, store, plans = place("b"), FileStore(tmp_path / "files-b"), tmp_path / "plans-b"
    told = backup.restore(archive, there, store, plans)
    assert (told.entries, told.files, told.plans, told.notes) == (2101, 1, 1, ())
    with Ledger(there) as ledger:
        assert ledger.id == ledger_id
        assert list(ledger.rows()) == rows
        assert ledger.verify() == []
        evidence = ledger.history("p.n0")[0].payload
        assert isinstance(evidence, Evidence) and evidence.file is not None
        assert store.read(evidence.file) == PROOF
        # It is a ledger like any other from here on: it goes on, and its guards stand.
        ledger.append(Draft(item_id="p.n0", payload=Note(text="tiếp"), author="b", role="viewer", as_of=MARCH))
        assert ledger.verify() == []
    assert (plans / "kế hoạch.txt").read_text(encoding="utf-8") == "KẾ HOẠCH"


def test_from_one_database_to_the_other(tmp_path: Path, postgres: Server) -> None:  # noqa: F811
    archive, rows, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")))
    there = postgres.database()
    backup.restore(archive, there, FileStore(tmp_path / "files-b"), tmp_path / "plans-b")
    with Ledger(there) as ledger:
        assert list(ledger.rows()) == rows
        assert ledger.verify() == []


def test_the_guards_stand_after_restoring(tmp_path: Path) -> None:
    import sqlite3

    archive, _, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")))
    file = tmp_path / "b" / "ledger.sqlite"
    backup.restore(archive, file, FileStore(tmp_path / "files-b"), tmp_path / "plans-b")
    with sqlite3.connect(file) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE entries SET author = 'x'")


def test_nothing_recorded_is_ever_replaced(tmp_path: Path, place: Callable[[str], URL]) -> None:
    archive, _, _ = made(tmp_path, place("a"))
    there = place("b")
    with Ledger(there) as ledger:
        ledger.append(Draft(item_id="p.n9", payload=Note(text="có rồi"), author="b", role="viewer", as_of=MARCH))
        before = list(ledger.rows())
    for attempt in (
        lambda: backup.restore(archive, there, FileStore(tmp_path / "files-b"), tmp_path / "plans-b"),
        lambda: Ledger.restore(there, "real", "other", []),
    ):
        with pytest.raises(Refused):
            attempt()
    with Ledger(there) as ledger:
        assert list(ledger.rows()) == before
    assert not (tmp_path / "plans-b").exists()


def test_plans_that_differ_stay(tmp_path: Path) -> None:
    archive, _, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")))
    plans = tmp_path / "plans-b"
    plans.mkdir()
    (plans / "kế hoạch.txt").write_text("BẢN KHÁC", encoding="utf-8")
    told = backup.restore(archive, tmp_path / "b.sqlite", FileStore(tmp_path / "files-b"), plans)
    assert told.notes == (backup.KEPT.format(name="kế hoạch.txt"),)
    assert (plans / "kế hoạch.txt").read_text(encoding="utf-8") == "BẢN KHÁC"


def _entry_changed(parts: dict[str, bytes]) -> None:
    parts["ledger.jsonl"] = parts["ledger.jsonl"].replace("ghi chú «2»".encode(), "ghi chú «7»".encode())


def _entry_missing(parts: dict[str, bytes]) -> None:
    parts["ledger.jsonl"] = b"".join(parts["ledger.jsonl"].splitlines(keepends=True)[:-1])


def _file_changed(parts: dict[str, bytes]) -> None:
    name = next(n for n in parts if n.startswith("files/"))
    parts[name] += b"!"


def _file_named_a_path(parts: dict[str, bytes]) -> None:
    parts["files/../../x"] = b"x"


def _demonstration(parts: dict[str, bytes]) -> None:
    parts["backup.json"] = parts["backup.json"].replace(b'"real"', b'"demo"')


def _newer(parts: dict[str, bytes]) -> None:
    parts["backup.json"] = parts["backup.json"].replace(b'"format": 1', b'"format": 2')


def _not_ours(parts: dict[str, bytes]) -> None:
    parts.pop("backup.json")


def _no_json(parts: dict[str, bytes]) -> None:
    parts["ledger.jsonl"] = b"x\n" * 5


@pytest.mark.parametrize(
    "change",
    [_entry_changed, _entry_missing, _file_changed, _file_named_a_path, _demonstration, _newer, _not_ours, _no_json],
)
def test_what_is_not_as_it_was_is_refused_whole(
    tmp_path: Path, place: Callable[[str], URL], change: Callable[[dict[str, bytes]], None]
) -> None:
    archive, _, _ = made(tmp_path, place("a"))
    bad = changed(archive, tmp_path / "hong.zip", change)
    there = place("b")
    with pytest.raises(LedgerError, match="Chưa khôi phục gì"):
        backup.restore(bad, there, FileStore(tmp_path / "files-b"), tmp_path / "plans-b")
    with Ledger(there) as ledger:
        assert ledger.last_seq() == 0
    assert not (tmp_path / "x").exists()
    # and the good one can still be restored there
    backup.restore(archive, there, FileStore(tmp_path / "files-b"), tmp_path / "plans-b")


@pytest.mark.parametrize("cut", [0, 10, 1000])
def test_a_file_cut_off_is_no_backup(tmp_path: Path, cut: int) -> None:
    archive, _, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")))
    bad = tmp_path / "hong.zip"
    bad.write_bytes(archive.read_bytes()[:cut])
    with pytest.raises(backup.BadBackup):
        backup.restore(bad, tmp_path / "b.sqlite", FileStore(tmp_path / "files-b"), tmp_path / "plans-b")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        store = FileStore(tmp_path / "files")
        fill(ledger, store)
        lost = next(p for p in store.folder.glob("??/*"))
        lost.unlink()
        told = backup.write(tmp_path / "sao-luu.zip", ledger, store)
    assert told.notes == (backup.MISSING.format(name=lost.name),)


def test_an_existing_backup_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "sao-luu.zip"
    target.write_bytes(b"cu")
    with Ledger(tmp_path / "ledger.sqlite") as ledger, pytest.raises(FileExistsError):
        backup.write(target, ledger, FileStore(tmp_path / "files"))
    assert target.read_bytes() == b"cu"
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_a_ledger_of_the_demonstration_is_not_restored_as_real(tmp_path: Path) -> None:
    with pytest.raises(WrongLedger):
        with Ledger(tmp_path / "demo.sqlite", "demo"):
            pass
        Ledger.restore(tmp_path / "demo.sqlite", "real", "id", [])


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    monkeypatch.setenv("CCHC_PLANS", str(plans))
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "one"))
    target = tmp_path / "sao-luu.zip"
    with Ledger() as ledger:
        fill(ledger, FileStore())
        head = "{}:{}".format(*ledger.head())
    assert __main__.main(["backup", "-o", str(target)]) == 0
    assert head in capsys.readouterr().out
    assert __main__.main(["backup", "-o", str(target)]) == 1
    assert "Đã có tệp" in capsys.readouterr().err
    assert __main__.main(["restore", str(target)]) == 1  # there is something in it
    assert "chỉ khôi phục được vào sổ trống" in capsys.readouterr().err
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "two"))
    assert __main__.main(["restore", str(target)]) == 0
    assert "5 nội dung của sổ ghi nhận, 1 tệp, 1 văn bản" in capsys.readouterr().out
    assert __main__.main(["ledger", "verify", "--known", head]) == 0
    assert __main__.main(["restore", str(tmp_path / "khong-co.zip")]) == 1


def test_a_backup_of_a_running_writer_holds_all_that_was_acknowledged(tmp_path: Path) -> None:
    data = tmp_path / "data"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=ROOT, env={**os.environ, "CCHC_DATA": str(data)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    try:
        for _ in range(50):
            acknowledged = int(writer.stdout.readline())
        with Ledger(data / "ledger.sqlite") as ledger:
            told = backup.write(tmp_path / "sao-luu.zip", ledger, FileStore(data / "files"))
    finally:
        writer.kill()
        writer.wait()
    assert told.entries > acknowledged
    backup.restore(tmp_path / "sao-luu.zip", tmp_path / "b.sqlite", FileStore(tmp_path / "f"), tmp_path / "p")
    with Ledger(tmp_path / "b.sqlite") as ledger:
        assert ledger.last_seq() == told.entries and ledger.verify() == []


def test_a_restore_that_is_killed_leaves_nothing_or_all(tmp_path: Path) -> None:
    """Killed at five moments of a restore: the ledger is empty or whole, and can be restored when it is empty."""
    rows = 4000
    archive, _, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")), entries=3)
    with Ledger(tmp_path / "big.sqlite") as ledger:
        ledger.append_all(
            [
                Draft(item_id=f"p.n{n}", payload=Note(text="x"), author="b", role="viewer", as_of=MARCH)
                for n in range(rows)
            ]
        )
        archive = tmp_path / "big.zip"
        backup.write(archive, ledger, FileStore(tmp_path / "none"))
    states = set()
    for attempt in range(5):
        data = tmp_path / f"data-{attempt}"
        env = {**os.environ, "CCHC_DATA": str(data), "CCHC_PLANS": str(tmp_path / "plans-b")}
        command = [sys.executable, "-m", "cchc", "restore", str(archive)]
        running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not (data / "ledger.sqlite").exists() and running.poll() is None and time.monotonic() < end:
            time.sleep(0.005)  # until it has begun
        time.sleep(0.06 * attempt)  # further into it each time
        running.send_signal(signal.SIGKILL)
        running.wait()
        try:
            with Ledger(data / "ledger.sqlite") as ledger:
                found = ledger.last_seq()
                assert ledger.verify() == []
        except LedgerError as error:
            pytest.fail(f"the ledger cannot be opened after a kill: {error}")
        assert found in (0, rows)
        states.add(found)
    assert 0 in states, "no attempt was killed before its end"


def test_the_archive_is_what_the_documentation_says(tmp_path: Path) -> None:
    archive, rows, _ = made(tmp_path, URL.create("sqlite", database=str(tmp_path / "a" / "ledger.sqlite")))
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as opened:
        names = opened.namelist()
        lines = opened.read("ledger.jsonl").decode().splitlines()
        about = json.loads(opened.read("backup.json"))
    assert [n.split("/")[0] for n in names] == ["ledger.jsonl", "files", "plans", "backup.json"]
    assert [json.loads(line) for line in lines] == rows
    assert about["entries"] == len(rows)
