"""The same promises on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from cchc.entries import (
    Assignment,
    Correction,
    Draft,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    PersonRecord,
    TargetValue,
    TaskDone,
    TaskStarted,
    Unread,
)
from cchc.files import FileRefused, FileStore, attached_name
from cchc.ledger import Conflict, Ledger, LedgerError, Refused, WrongLedger, default_url
from tests.postgres_server import Server, postgres  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
D = dt.date
MARCH = D(2024, 3, 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return URL.create("sqlite", database=str(tmp_path / "data" / "ledger.sqlite"))
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def ledger(url: URL) -> Iterator[Ledger]:
    with Ledger(url) as opened:
        yield opened


def note(item: str = "p.n1", text: str = "ghi chú", author: str = "an@x.vn", day: dt.date = MARCH) -> Draft:
    return Draft(item_id=item, payload=Note(text=text), author=author, role="agency_editor", as_of=day)


def value(item: str, number: float, day: dt.date) -> Draft:
    return Draft(item_id=item, payload=TargetValue(value=number), author="an@x.vn", as_of=day)


def done(item: str, day: dt.date) -> Draft:
    return Draft(item_id=item, payload=TaskDone(completed_on=day, product="Báo cáo"), author="an@x.vn")


# Recording and reading back


def test_entries_come_back_as_recorded(ledger: Ledger) -> None:
    drafts = [
        Draft(
            item_id="p.c1",
            payload=TargetValue(numerator=197, denominator=200, period="2024-6t"),
            author="an@x.vn",
            as_of=D(2024, 6, 14),
        ),
        Draft(item_id="p.n1", payload=TaskStarted(started_on=D(2024, 2, 1)), author="an@x.vn"),
        done("p.n1", D(2024, 3, 29)),
        Draft(
            item_id="p.n1",
            payload=Evidence(number="12/BC-SNV", date=D(2024, 3, 29), link="https://x.vn/a?b=1"),
            author="Bình",
            as_of=D(2024, 3, 29),
        ),
        Draft(item_id="p.n2", payload=NotApplicable(reason="Không có đơn vị"), author="b", as_of=D(2024, 1, 5)),
        Draft(
            item_id="p.n3",
            payload=Extension(old=D(2024, 3, 31), new=D(2024, 6, 30), reason="Chờ hướng dẫn", document="9/UBND-NC"),
            author="b",
            as_of=D(2024, 3, 20),
        ),
        Draft(item_id="p.n3", payload=Assignment(unit="Phòng CCHC"), author="b", as_of=D(2024, 1, 5)),
    ]
    stored = ledger.append_all(drafts)
    assert [e.seq for e in stored] == list(range(1, 8))
    assert [(e.item_id, e.version) for e in stored] == [
        ("p.c1", 1), ("p.n1", 1), ("p.n1", 2), ("p.n1", 3), ("p.n2", 1), ("p.n3", 1), ("p.n3", 2),
    ]  # fmt: skip
    assert ledger.since(0) == stored
    assert ledger.since(5) == stored[5:]
    assert ledger.since(0, limit=2) == stored[:2]
    assert ledger.history("p.n1") == stored[1:4]
    assert [e.payload for e in stored] == [d.payload for d in drafts]
    assert stored[0].payload.value == 98.5
    assert stored[1].as_of == D(2024, 2, 1)
    assert stored[0].recorded_at.tzinfo == dt.UTC
    assert ledger.last_seq() == 7
    assert ledger.get(stored[3].id) == stored[3]
    assert ledger.get(uuid.uuid4()) is None
    assert ledger.versions(["p.n1", "p.x"]) == {"p.n1": 3, "p.x": 0}
    assert ledger.verify() == []


def test_hostile_text_is_kept_as_text(ledger: Ledger) -> None:
    text = "'); DROP TABLE entries; -- <script>\x00\x1b[31m =cmd() \ud800 e\u0302\u0301"
    entry = ledger.append(note(text=text))
    kept = ledger.history("p.n1")[0].payload.text
    assert kept == entry.payload.text
    assert kept == "'); DROP TABLE entries; -- <script> [31m =cmd() ? \u1ebf"


def test_a_new_process_finds_the_ledger_as_it_was(url: URL) -> None:
    with Ledger(url) as first:
        first.append(note())
        identity = first.id
    with Ledger(url) as second:
        assert second.id == identity
        assert [e.item_id for e in second.since(0)] == ["p.n1"]


# Nothing is changed, nothing is deleted


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET payload = '{}'",
        "DELETE FROM entries",
        "UPDATE ledger_meta SET value = 'demo' WHERE name = 'kind'",
        "DELETE FROM ledger_meta",
        "INSERT OR REPLACE INTO entries SELECT seq, id, item_id, version, kind, 'khác', role, recorded_at, as_of,"
        " payload, hash FROM entries",
        "INSERT OR REPLACE INTO ledger_meta VALUES ('kind', 'demo')",
        "TRUNCATE entries",
    ],
)
def test_the_database_itself_refuses_changes(ledger: Ledger, url: URL, statement: str) -> None:
    if statement.startswith("TRUNCATE" if ledger.backend == "sqlite" else "INSERT OR REPLACE"):
        return  # the other database's way of saying it
    kept = ledger.append(note())
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg") if ledger.backend == "postgresql" else url)
    try:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()
    assert ledger.since(0) == [kept]
    assert ledger.verify() == []


def test_tampering_behind_the_triggers_is_found(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Ledger(path) as ledger:
        for number in range(5):
            ledger.append(note(text=f"số {number}"))
        seq, head = ledger.head()
        assert ledger.verify({seq: head}) == []
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER entries_no_update")
        raw.execute("UPDATE entries SET payload = replace(payload, 'số 2', 'số 9') WHERE seq = 3")
    with Ledger(path) as ledger:
        assert ledger.verify() == ["Nội dung số 3 không còn như lúc được ghi nhận."]
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE entries SET payload = replace(payload, 'số 9', 'số 2') WHERE seq = 3")
        raw.execute("DROP TRIGGER entries_no_delete")
        raw.execute("DELETE FROM entries WHERE seq = 5")
    with Ledger(path) as ledger:
        assert ledger.verify() == []  # a cut-off end shows only against a head noted elsewhere
        assert ledger.verify({seq: head}) == ["Không còn nội dung số 5 đã từng được ghi nhận."]
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM entries WHERE seq = 2")
    with Ledger(path) as ledger:
        assert "Thiếu nội dung từ số 2 đến số 2." in ledger.verify()


def test_what_a_newer_version_recorded_is_kept_and_does_not_stop_reading(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Ledger(path) as ledger:
        first = ledger.append(note())
        with sqlite3.connect(path) as raw:
            raw.execute(
                "INSERT INTO entries SELECT 2, 'c56a4180-65aa-42ec-a945-5fd21dec0538', item_id, 2, 'document', author,"
                ' role, recorded_at, as_of, \'{"kind":"document","x":1}\', hash FROM entries'
            )
        assert ledger.history("p.n1")[0] == first
        assert ledger.history("p.n1")[1].payload == Unread("document", '{"kind":"document","x":1}')
        assert ledger.state_at(D(2025, 1, 1))["p.n1"].notes == ("ghi chú",)


def test_a_commit_waits_for_the_disk(ledger: Ledger) -> None:
    with ledger._engine.connect() as connection:
        if ledger.backend == "sqlite":
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


# Several at once


def test_two_officials_on_different_items_both_succeed(ledger: Ledger, url: URL) -> None:
    with Ledger(url) as other:
        ledger.append(note("p.n1"), expected=0)
        other.append(note("p.n2"), expected=0)
    assert [e.item_id for e in ledger.since(0)] == ["p.n1", "p.n2"]


def test_the_second_sees_what_changed_and_decides(ledger: Ledger, url: URL) -> None:
    with Ledger(url) as other:
        seen = other.versions(["p.n1"])["p.n1"]
        first = ledger.append(note("p.n1", author="binh@x.vn"), expected=0)
        mine = note("p.n1", text="của tôi")
        with pytest.raises(Conflict) as caught:
            other.append_all([note("p.n2"), mine], expected={"p.n1": seen, "p.n2": 0})
        assert caught.value.changes == {"p.n1": (first,)}
        assert "binh@x.vn" in str(caught.value)
        assert "Chưa lưu gì" in str(caught.value)
        assert other.last_seq() == 1  # all or nothing: the good half was not saved either
        other.append(mine, expected=1)
    assert [e.payload.text for e in ledger.history("p.n1")] == ["ghi chú", "của tôi"]


def test_saving_twice_records_once(ledger: Ledger) -> None:
    draft = note()
    first = ledger.append(draft, expected=0)
    again = ledger.append(draft, expected=0)  # the answer was lost, the button was pressed again
    assert again == first
    assert ledger.last_seq() == 1
    with pytest.raises(Refused, match="đã được dùng"):
        ledger.append(draft.model_copy(update={"payload": Note(text="khác")}))
    with pytest.raises(Refused, match="hai lần"):
        other = note("p.n2")
        ledger.append_all([other, other])


def test_many_threads_and_ledgers_leave_one_unbroken_sequence(url: URL) -> None:
    errors: list[BaseException] = []
    conflicts: list[Conflict] = []

    def work(worker: int, mine: Ledger) -> None:
        try:
            for number in range(15):
                mine.append(note(f"p.own{worker}"), expected=number)
                try:
                    mine.append(note("p.shared"), expected=mine.versions(["p.shared"])["p.shared"])
                except Conflict as conflict:
                    conflicts.append(conflict)
        except BaseException as error:
            errors.append(error)

    ledgers = [Ledger(url) for _ in range(3)]
    threads = [threading.Thread(target=work, args=(n, ledgers[n % 3])) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    entries = ledgers[0].since(0)
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    shared = [e.version for e in entries if e.item_id == "p.shared"]
    assert shared == list(range(1, 6 * 15 - len(conflicts) + 1))
    assert sum(e.item_id.startswith("p.own") for e in entries) == 90
    assert ledgers[0].verify() == []
    for each in ledgers:
        each.close()


def test_a_reader_that_follows_misses_nothing_while_others_write(url: URL) -> None:
    stop = threading.Event()

    def write(worker: int) -> None:
        with Ledger(url) as mine:
            for _ in range(40):
                mine.append(note(f"p.{worker}"))

    writers = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    seen: list[int] = []

    def follow() -> None:
        with Ledger(url) as mine:
            while not (stop.is_set() and mine.last_seq() == (seen[-1] if seen else 0)):
                seen.extend(e.seq for e in mine.since(seen[-1] if seen else 0))

    Ledger(url).close()
    reader = threading.Thread(target=follow)
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    assert seen == list(range(1, 121))


# A killed process loses nothing it acknowledged

_WRITER = """
import datetime as dt, os, sys
from cchc.entries import Draft, Evidence
from cchc.files import FileStore
from cchc.ledger import Ledger
from pathlib import Path
ledger, files = Ledger(sys.argv[1]), FileStore(Path(sys.argv[2]))
os.write(1, b"ready\\n")
number = 0
while True:
    number += 1
    ref = files.put(os.urandom(5000), "a.pdf")
    payload = Evidence(number=str(number), file=ref)
    item = f"p.n{number % 7}"
    entry = ledger.append(Draft(item_id=item, payload=payload, author=sys.argv[3], as_of=dt.date(2024, 1, 1)))
    os.write(1, f"{entry.seq} {entry.id}\\n".encode())
"""


@pytest.mark.timeout(600)
def test_killed_while_writing_every_acknowledged_entry_survives(url: URL, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    address = url.render_as_string(hide_password=False)
    Ledger(url).close()
    files = FileStore(tmp_path / "files")
    acknowledged: list[tuple[int, str]] = []
    kills = 6
    for round_number in range(kills):
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", _WRITER, address, str(files.folder), f"w{n}"], stdout=subprocess.PIPE, cwd=ROOT
            )
            for n in range(1 + round_number % 2)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.02, 0.4))
        for process in processes:
            os.kill(process.pid, signal.SIGKILL)
        for process in processes:
            assert process.stdout is not None
            lines = process.stdout.read().decode().splitlines(keepends=True)
            assert process.wait() == -signal.SIGKILL
            process.stdout.close()
            for line in lines:
                if line.endswith("\n"):
                    seq, entry_id = line.split()
                    acknowledged.append((int(seq), entry_id))
        with Ledger(url) as after:
            entries = after.since(0)
            stored = {(e.seq, str(e.id)) for e in entries}
            assert set(acknowledged) <= stored
            assert after.verify() == []
            # What was recorded without the answer getting through is at most one entry a killed writer.
            assert len(stored) <= len(acknowledged) + sum(1 + n % 2 for n in range(round_number + 1))
            for entry in entries[-20:]:
                assert len(files.read(entry.payload.file)) == 5000
    assert len(acknowledged) > kills


@pytest.mark.timeout(300)
def test_many_processes_make_a_new_ledger_at_once(url: URL) -> None:
    code = "import sys; from cchc.ledger import Ledger; print(Ledger(sys.argv[1]).id)"
    address = url.render_as_string(hide_password=False)
    processes = [
        subprocess.Popen([sys.executable, "-c", code, address], stdout=subprocess.PIPE, cwd=ROOT) for _ in range(4)
    ]
    ids = {p.communicate()[0].decode().strip() for p in processes}
    assert all(p.returncode == 0 for p in processes)
    assert len(ids) == 1
    with Ledger(url) as ledger:
        assert ids == {ledger.id}


# Real and demonstration


@pytest.mark.parametrize(("made", "opened"), [("real", "demo"), ("demo", "real")])
def test_a_ledger_opens_only_as_what_it_is(url: URL, made: str, opened: str) -> None:
    Ledger(url, kind=made).close()  # type: ignore[arg-type]
    with pytest.raises(WrongLedger, match=r"không thể mở như"):
        Ledger(url, kind=opened)  # type: ignore[arg-type]
    Ledger(url, kind=made).close()  # type: ignore[arg-type]


def test_entries_of_a_demonstration_do_not_pass_in_a_real_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "demo.sqlite", kind="demo") as demo:
        demo.append(note())
    Ledger(tmp_path / "real.sqlite").close()
    with sqlite3.connect(tmp_path / "real.sqlite") as raw:
        raw.execute("ATTACH ? AS demo", (str(tmp_path / "demo.sqlite"),))
        raw.execute("INSERT INTO entries SELECT * FROM demo.entries")
    with Ledger(tmp_path / "real.sqlite") as real:
        assert real.verify() == ["Nội dung số 1 không còn như lúc được ghi nhận."]


def test_where_the_ledger_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    assert default_url().database == str(tmp_path / "ledger.sqlite")
    monkeypatch.setenv("CCHC_LEDGER_URL", "postgresql://u:p@db/cchc")
    assert default_url().drivername == "postgresql+psycopg"
    assert default_url("demo").database == str(tmp_path / "demo-ledger.sqlite")  # never where the real one is


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:bimat@h/d",
        "bimat nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:bimat?mode=memory&uri=true",
    ],
)
def test_a_wrong_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger(address)
    assert "bimat" not in str(caught.value)


def test_a_server_that_cannot_be_reached_is_said_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="Không đọc được"):
        Ledger(URL.create("postgresql", username="u", database="d", query={"host": str(tmp_path)}))


# What is refused


def test_the_future_is_refused(url: URL) -> None:
    clock: Callable[[], dt.datetime] = lambda: dt.datetime(2024, 3, 1, 18, 0, tzinfo=dt.UTC)  # noqa: E731
    with Ledger(url, clock=clock) as ledger:
        ledger.append(note(day=D(2024, 3, 2)))  # 01:00 on 2 March in Viet Nam
        with pytest.raises(Refused, match=r"03/3/2024 sau ngày hôm nay 02/3/2024"):
            ledger.append(note(day=D(2024, 3, 3)))


def test_time_never_runs_backwards(url: URL) -> None:
    now = [dt.datetime(2024, 3, 1, 8, tzinfo=dt.UTC)]
    with Ledger(url, clock=lambda: now[0]) as ledger:
        first = ledger.append(note())
        now[0] -= dt.timedelta(hours=3)
        assert ledger.append(note()).recorded_at == first.recorded_at


def correct(of: uuid.UUID, replacement: object, item: str = "p.n1", day: dt.date | None = None) -> Draft:
    payload = Correction(corrects=of, replacement=replacement, reason="Ghi nhầm")  # type: ignore[arg-type]
    return Draft(item_id=item, payload=payload, author="snv@x.vn", as_of=day)  # type: ignore[arg-type]


def test_corrections_must_fit(ledger: Ledger) -> None:
    entry = ledger.append(done("p.n1", D(2024, 3, 29)))
    elsewhere = ledger.append(done("p.n2", D(2024, 3, 29)))
    with pytest.raises(Refused, match="Không tìm thấy"):
        ledger.append(correct(elsewhere.id, TaskDone(completed_on=D(2024, 4, 1))))
    with pytest.raises(Refused, match="cùng loại"):
        ledger.append(correct(entry.id, Note(text="x"), day=D(2024, 4, 1)))
    ledger.append(correct(entry.id, TaskDone(completed_on=D(2024, 4, 1))))
    with pytest.raises(Refused, match=r"đã được snv@x\.vn đính chính"):
        ledger.append(correct(entry.id, TaskDone(completed_on=D(2024, 4, 2))))


def test_a_person_stands_under_their_own_address(ledger: Ledger) -> None:
    person = PersonRecord(email="An@X.vn", name="An", role="viewer")
    ledger.append(Draft(item_id="person:an@x.vn", payload=person, author="q", as_of=D(2024, 1, 1)))
    for item in ("person:b@x.vn", "p.n1"):
        with pytest.raises(Refused, match="Phân quyền"):
            ledger.append(Draft(item_id=item, payload=person, author="q", as_of=D(2024, 1, 1)))
    with pytest.raises(Refused, match="Phân quyền"):
        ledger.append(note("person:an@x.vn"))
    assert [e.kind for e in ledger.of_kind("person")] == ["person"]
    assert ledger.state_at(D(2025, 1, 1)) == {}


# How things stood


def test_state_on_a_day(ledger: Ledger) -> None:
    ledger.append_all(
        [
            Draft(item_id="p.n1", payload=TaskStarted(started_on=D(2024, 2, 1)), author="a"),
            done("p.n1", D(2024, 3, 29)),
            value("p.c1", 40, D(2024, 3, 14)),
            value("p.c1", 70, D(2024, 6, 14)),
        ]
    )
    march = ledger.state_at(D(2024, 3, 20))
    assert march["p.n1"].started_on == D(2024, 2, 1)
    assert march["p.n1"].done_on is None
    assert march["p.c1"].value is not None
    assert march["p.c1"].value.value == 40
    july = ledger.state_at(D(2024, 7, 1))
    assert july["p.n1"].done_on == D(2024, 3, 29)
    assert july["p.n1"].product == "Báo cáo"
    assert [v.value for v in july["p.c1"].values] == [40, 70]
    assert ledger.state_at(D(2024, 7, 1), item_ids=["p.c1"]) == {"p.c1": july["p.c1"]}
    assert ledger.state_at(D(2024, 1, 1))["p.n1"].recorded is False


def test_corrections_speak_for_the_past_too(url: URL) -> None:
    now = [dt.datetime(2024, 7, 1, tzinfo=dt.UTC)]
    with Ledger(url, clock=lambda: now[0]) as ledger:
        wrong = ledger.append(done("p.n1", D(2024, 3, 29)))
        now[0] = dt.datetime(2024, 8, 1, tzinfo=dt.UTC)
        fixed = ledger.append(correct(wrong.id, TaskDone(completed_on=D(2024, 4, 2), product="Đề án")))
        now[0] = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
        assert ledger.state_at(D(2024, 4, 1))["p.n1"].done_on is None
        assert ledger.state_at(D(2024, 4, 2))["p.n1"].product == "Đề án"
        # The page as it could be seen in July still shows what was known in July.
        july = ledger.state_at(D(2024, 4, 1), known_at=dt.datetime(2024, 7, 15, tzinfo=dt.UTC))
        assert july["p.n1"].done_on == D(2024, 3, 29)
        withdrawn = ledger.append(correct(fixed.id, None, day=D(2024, 8, 20)))
        facts = ledger.state_at(D(2024, 12, 31))["p.n1"]
        assert (facts.recorded, facts.done_on, facts.version) == (False, None, 3)
        ledger.append(correct(withdrawn.id, TaskDone(completed_on=D(2024, 4, 3))))
        assert ledger.state_at(D(2024, 12, 31))["p.n1"].done_on == D(2024, 4, 3)
        assert len(ledger.history("p.n1")) == 4


def test_a_late_record_of_an_earlier_day_does_not_hide_a_later_value(ledger: Ledger) -> None:
    ledger.append(value("p.c1", 70, D(2024, 6, 14)))
    ledger.append(value("p.c1", 40, D(2024, 3, 14)))
    facts = ledger.state_at(D(2024, 12, 31))["p.c1"]
    assert [v.value for v in facts.values] == [40, 70]
    ledger.append(value("p.c1", 71, D(2024, 6, 14)))  # said again for the same day: the later word counts
    assert [v.value for v in ledger.state_at(D(2024, 12, 31))["p.c1"].values] == [40, 71]


def test_not_applicable_and_back(ledger: Ledger) -> None:
    for applies, day in ((False, D(2024, 2, 1)), (True, D(2024, 5, 1))):
        payload = NotApplicable(applies=applies, reason="Sáp nhập")
        ledger.append(Draft(item_id="p.n1", payload=payload, author="a", as_of=day))
    assert [ledger.state_at(D(2024, m, 1))["p.n1"].not_applicable for m in (1, 3, 6)] == [False, True, False]
    assert ledger.state_at(D(2024, 3, 1))["p.n1"].reason == "Sáp nhập"


def test_an_extension_counts_once_approved(ledger: Ledger) -> None:
    def extend(document: str, day: dt.date) -> None:
        payload = Extension(old=D(2024, 3, 31), new=D(2024, 6, 30), reason="Chờ hướng dẫn", document=document)
        ledger.append(Draft(item_id="p.n1", payload=payload, author="a", as_of=day))

    extend("", D(2024, 3, 20))
    extend("15/UBND-NC", D(2024, 4, 5))
    asked, approved = (ledger.state_at(day)["p.n1"] for day in (D(2024, 4, 1), D(2024, 4, 5)))
    assert (len(asked.requests), len(asked.extensions)) == (1, 0)
    assert (len(approved.requests), len(approved.extensions)) == (0, 1)


def test_an_assignment_is_no_report(ledger: Ledger) -> None:
    payload = Assignment(unit="Phòng CCHC", person="Lê An")
    ledger.append(Draft(item_id="p.n1", payload=payload, author="a", as_of=D(2024, 1, 5)))
    facts = ledger.state_at(D(2024, 12, 31))["p.n1"]
    assert (facts.recorded, facts.unit, facts.person) == (False, "Phòng CCHC", "Lê An")


# Attached files


def test_files_are_kept_by_content(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files", max_bytes=1024 * 1024)
    ref = store.put(b"%PDF noi dung", "../../etc/Báo cáo quý I.pdf")
    assert (ref.name, ref.size) == ("Báo cáo quý I.pdf", 13)
    assert store.read(ref) == b"%PDF noi dung"
    assert store.put(b"%PDF noi dung", "khac.pdf").sha256 == ref.sha256
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == [store.path(ref.sha256)]
    store.path(ref.sha256).write_bytes(b"hong")
    with pytest.raises(FileRefused, match="không còn như lúc"):
        store.read(ref)
    assert store.put(b"%PDF noi dung", "a.pdf") == ref.model_copy(update={"name": "a.pdf"})  # mended by attaching again
    assert store.read(ref) == b"%PDF noi dung"
    store.path(ref.sha256).unlink()
    with pytest.raises(FileRefused, match="Không tìm thấy"):
        store.read(ref)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.pdf", "rỗng"),
        (b"x" * 1025, "a.pdf", "lớn hơn"),
        (b"x", "a.html", "Không nhận"),
        (b"x", "a.pdf.exe", "Không nhận"),
        (b"x", "pdf", "Không nhận"),
    ],
)
def test_files_that_are_not_taken(tmp_path: Path, data: bytes, name: str, message: str) -> None:
    with pytest.raises(FileRefused, match=message):
        FileStore(tmp_path, max_bytes=1024).put(data, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sha", ["../../../etc/passwd", "A" * 64, "", "a" * 63])
def test_a_hash_is_never_a_path(tmp_path: Path, sha: str) -> None:
    with pytest.raises(FileRefused):
        FileStore(tmp_path).path(sha)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\An\\kết quả.xlsx", "kết quả.xlsx"),
        ("..", "tep"),
        ("a\x00\x1b<b>.pdf", "a_b_.pdf"),
        ("x" * 400 + ".docx", "x" * 145 + ".docx"),
    ],
)
def test_attached_names(given: str, shown: str) -> None:
    assert attached_name(given).replace(" ", "") == shown.replace(" ", "")
