"""Which documents there are: files of the folder, files taken in, and what was kept of reading them."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import uuid
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from cchc import catalog, corrections, queries, reads
from cchc.corrections import Corrected
from cchc.document_entries import DocumentRecord, ReadingRecord, document_item
from cchc.engine import Engine
from cchc.entries import Correction, Entry, own_item
from cchc.entry_fields import FileRef
from cchc.filters import Filters
from cchc.formats import NotAPlan
from cchc.items import from_catalog
from cchc.library import Document, Library
from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reads import Reads
from tests.imported_plans import data, text

NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entry(payload: object, seq: int, item: str = "") -> Entry:
    item = item or own_item(payload)
    who = ("an@x.vn", "standing_editor")
    return Entry(uuid.UUID(int=seq), item, payload, *who, NOON.date(), seq, seq, NOON, f"h{seq}")


class Office:
    """A plans folder, a store of taken-in files, and the entries about them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plans, self.store = folder / "plans", folder / "store"
        self.plans.mkdir()
        self.store.mkdir()
        self.entries: list[Entry] = []
        self.read = 0

    def reader(self, content: bytes, name: str) -> Plan:
        self.read += 1
        return read_plan(content, name)

    def library(self) -> Library:
        return Library(
            self.plans.iterdir(), Reads(self.folder / "read", self.reader), self.entries, lambda s: self.store / s
        )

    def ship(self, name: str, content: bytes) -> str:
        (self.plans / name).write_bytes(content)
        return sha(content)

    def take(self, content: bytes, plan: str = "", replaces: Sequence[str] = (), withdrawn: bool = False) -> str:
        (self.store / sha(content)).write_bytes(content)
        ref = FileRef(sha256=sha(content), name="nhap.txt", size=len(content))
        said = DocumentRecord(
            file=ref, format="txt", plan=plan, replaces=tuple(replaces), withdrawn=withdrawn, note="lý do"
        )
        self.entries.append(entry(said, len(self.entries) + 1))
        return ref.sha256

    def say(self, record: ReadingRecord) -> None:
        self.entries.append(entry(record, len(self.entries) + 1))

    def states(self) -> dict[str, str]:
        return {d.sha256: d.state for d in self.library().all}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_folder_and_ledger_together(office: Office) -> None:
    shipped = office.ship("a.txt", data())
    taken = office.take(data(number=13))
    found = {d.sha256: d for d in office.library().documents}
    assert {s: d.origin for s, d in found.items()} == {shipped: "shipped", taken: "imported"}
    assert (found[taken].by, found[taken].at, found[shipped].by) == ("an@x.vn", NOON, "")


def test_the_latest_record_of_a_file_is_its_state(office: Office) -> None:
    one = office.take(data())
    office.take(data(), withdrawn=True)
    assert office.states() == {one: "withdrawn"}
    assert office.library().documents == []
    office.take(data())
    assert office.states() == {one: "in"}
    office.entries.append(entry(Correction(corrects=uuid.UUID(int=3), reason="nhầm"), 4, document_item(one)))
    assert office.states() == {one: "withdrawn"}


def test_replacing_and_what_comes_back(office: Office) -> None:
    a = office.ship("a.txt", data())
    b = office.take(data(rate=81), replaces=[a])
    assert office.states() == {a: "replaced", b: "in"}
    c = office.take(data(rate=82), replaces=sorted([a, b]))
    assert office.states() == {a: "replaced", b: "replaced", c: "in"}
    assert office.library().lineage(c) == {a, b, c}
    office.take(data(rate=82), withdrawn=True)
    assert office.states() == {a: "replaced", b: "in", c: "withdrawn"}
    # the oldest is taken in again in the place of the present one
    office.take(data(), replaces=[b])
    assert office.states() == {a: "in", b: "replaced", c: "withdrawn"}


def test_a_shipped_file_that_is_gone_is_gone(office: Office) -> None:
    office.ship("a.txt", data())
    (office.plans / "a.txt").unlink()
    assert office.library().all == ()


def test_a_document_keeps_its_id_whatever_the_reader_makes(office: Office) -> None:
    one = office.take(data(), plan="vb-cu")
    library = office.library()
    document = library.get(one)
    assert document is not None
    plan = library.as_read(document)
    assert plan.plan.id == "vb-cu"
    assert {t.id.rpartition(".")[0] for t in (*plan.targets, *plan.tasks, *plan.duties)} == {"vb-cu"}
    head = library.head(document)
    assert head is not None
    assert (head.info.id, head.size) == ("vb-cu", 6)


def test_files_are_read_once_for_a_reader(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.ship("a.txt", data())
    office.take(data(number=13))
    assert office.library().read_all() == {}
    assert office.read == 2
    office.take(data(number=14))
    library = office.library()
    assert library.read_all() == {}
    assert office.read == 3
    for document in library.documents:
        library.corrected(document)
    assert office.read == 3
    monkeypatch.setattr(reads, "reader_version", lambda: "another")
    office.library().read_all()
    assert office.read == 6


def test_a_kept_result_that_is_broken_is_read_again(office: Office) -> None:
    office.ship("a.txt", data())
    office.library().read_all()
    (path,) = (office.folder / "read").rglob("*.json.gz")
    whole = path.read_bytes()
    for broken in (b"", whole[:50], whole[: len(whole) // 2], b"junk", gzip.compress(b"[]\n{}")):
        path.write_bytes(broken)
        library = office.library()
        assert library.read_all() == {}
        (document,) = library.documents
        assert len(library.as_read(document).tasks) == 3


def test_results_are_kept_as_they_were_read(office: Office) -> None:
    office.ship("a.txt", data())
    library = office.library()
    (document,) = library.documents
    first = library.as_read(document)
    assert first == read_plan(data(), "a.txt")
    assert office.library().as_read(document) == first


def test_a_folder_that_cannot_be_written_costs_only_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.folder / "read").write_text("no folder")
    office.ship("a.txt", data())
    library = office.library()
    (document,) = library.documents
    assert len(library.corrected(document).plan.tasks) == 3


def test_old_readers_results_go_but_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.ship("a.txt", data())
    for n, name in enumerate(("v1", "v2", "v3")):
        monkeypatch.setattr(reads, "reader_version", lambda name=name: name)
        library = office.library()
        library.read_all()
        os.utime(office.folder / "read" / name, (n, n))
        library.reads.clean()
    assert sorted(p.name for p in (office.folder / "read").iterdir()) == ["v2", "v3"]


def test_a_file_changed_behind_the_programs_back_is_not_shown(office: Office) -> None:
    one = office.take(data())
    (office.store / one).write_bytes(b"khac")
    library = office.library()
    assert list(library.read_all()) == [one]
    with pytest.raises(NotAPlan, match="không còn như lúc được nhập"):
        library.corrected(library.documents[0])


# Corrections find their document


def test_corrections_go_on_with_the_file_that_replaces(office: Office) -> None:
    a = office.ship("a.txt", data())
    plan = read_plan(data(), "a.txt")
    office.say(corrections.change(plan, a, plan.tasks[0].id, {"note": "đã sửa"}))
    b = office.take(data(rate=85), plan=plan.plan.id, replaces=[a])
    library = office.library()
    (document,) = library.documents
    assert document.sha256 == b
    assert library.corrected(document).plan.tasks[0].note == "đã sửa"


def test_corrections_wait_while_their_document_is_out(office: Office) -> None:
    a = office.take(data(), plan="p")
    plan = corrections.renamed(read_plan(data(), "a.txt"), "p")
    office.say(corrections.change(plan, a, plan.tasks[0].id, {"note": "đã sửa"}))
    office.take(data(), plan="p", withdrawn=True)
    assert len(office.library().homeless()) == 1
    office.take(data(), plan="p")
    library = office.library()
    assert library.homeless() == ()
    assert library.corrected(library.documents[0]).plan.tasks[0].note == "đã sửa"


# In the catalog


def test_the_catalog_shows_origin_pages_and_corrections(office: Office, tmp_path: Path) -> None:
    a = office.take(data(), plan="p")
    plan = corrections.renamed(read_plan(data(), "nhap.txt"), "p")
    task, struck, lost = plan.tasks[0].id, plan.tasks[1].id, plan.tasks[2].id
    office.say(corrections.change(plan, a, task, {"lead": ["Sở Tư pháp"]}, "Theo bản giấy"))
    office.say(corrections.strike(plan, a, struck, "Đọc nhầm"))
    office.say(corrections.fill(plan, a, {"province": "An Bình"}))
    office.say(
        corrections.change(plan, a, lost, {"note": "x"}).model_copy(
            update={"item": "p.n0", "quote": "câu khác hẳn", "before": {}}
        )
    )
    engine = Engine(catalog.build(office.library(), tmp_path / "out"))
    try:
        document = engine.frame("SELECT * FROM documents").to_dict("records")[0]
        said = queries.corrections(engine, "p").to_dict("records")
        tasks = engine.frame("SELECT id, lead, corrected, confidence, page FROM tasks ORDER BY position")
        leads = engine.frame("SELECT agency_key FROM assignments WHERE role = 'lead' AND kind = 'task'")
        assert list(leads["agency_key"]) == ["so-tu-phap", "thanh-tra-tinh"]
    finally:
        engine.close()
    assert (document["id"], document["sha256"], document["origin"], document["imported_by"]) == (
        "p",
        a,
        "imported",
        "an@x.vn",
    )
    assert (document["label"], document["corrected"], document["format"]) == ("12/KH-UBND (An Bình, 2025)", 1, "txt")
    assert list(tasks["id"]) == [task, lost]
    assert tasks["corrected"][0] == "đã chỉnh sửa bởi an@x.vn ngày 24/11/2026"
    assert [(c["item_id"], c["action"], c["field"], c["old"], c["new"], c["placed"]) for c in said] == [
        (task, "change", "lead", "Sở Nội vụ", "Sở Tư pháp", True),
        (struck, "strike", "", "", "", True),
        ("", "fill", "province", "chưa rõ", "An Bình", True),
        ("p.n0", "change", "", "", "", False),
    ]


def test_any_record_about_documents_gives_another_catalog(office: Office) -> None:
    shipped = office.ship("a.txt", data())
    seen = [catalog.version(office.library())]
    plan = read_plan(data(), "a.txt")
    office.take(data(number=13))
    seen.append(catalog.version(office.library()))
    office.say(corrections.confirm(plan, shipped, plan.tasks[0].id))
    seen.append(catalog.version(office.library()))
    office.take(data(number=13), withdrawn=True)
    seen.append(catalog.version(office.library()))
    assert len(set(seen)) == 4
    assert catalog.version(office.library()) == seen[-1]


def test_chunks_do_not_show_in_the_catalog(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        office.take(data(number=20 + n))
    library = office.library()

    def content(name: str) -> dict[str, object]:
        engine = Engine(catalog.build(library, tmp_path / name))
        try:
            return {
                t: engine.frame(f"SELECT * FROM {t} ORDER BY ALL").to_json(date_format="iso")  # noqa: S608 - fixed names
                for t in (
                    "documents",
                    "targets",
                    "tasks",
                    "duties",
                    "assignments",
                    "reach",
                    "agencies",
                    "agency_members",
                )
            }
        finally:
            engine.close()

    whole = content("one")
    monkeypatch.setattr(catalog, "CHUNK", 2)
    assert content("two") == whole


TABLES = (*catalog._OF_DOCUMENTS, *catalog._OF_ALL, "documents")


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(path), read_only=True, config=catalog.SETTINGS) as connection:
        every = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert every == set(TABLES)
        return {t: connection.execute(f"FROM {t} ORDER BY ALL").fetchall() for t in TABLES}


def answers_of(path: Path) -> list[object]:
    """What the pages ask of a catalog."""
    engine = Engine(path)
    asked: list[object] = [repr(queries.overview(engine, Filters())), repr(queries.filter_options(engine))]
    try:
        lists = (
            queries.tasks, queries.targets, queries.measures, queries.duties, queries.lanes, queries.attention,
            queries.agencies, queries.matrix_area, queries.matrix_task, queries.documents,
        )  # fmt: skip
        frames = [ask(engine, Filters(as_of=dt.date(2025, 6, 30))) for ask in lists]
        asked += [frame.to_json(date_format="iso") for frame in (*frames, queries.problems(engine))]
        asked += from_catalog(engine)
    finally:
        engine.close()
    return asked


class Follower:
    """Builds the catalog after each change twice: from the one before, and anew in a folder of its own."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.loaded, self.count = office, 0, 0
        corrected = Library.corrected

        def counted(library: Library, document: Document) -> Corrected:
            self.loaded += 1
            return corrected(library, document)

        monkeypatch.setattr(Library, "corrected", counted)

    def written(self) -> int:
        """How many documents the build from the one before has taken up, after both have given the same."""
        self.loaded, self.count = 0, self.count + 1
        followed = catalog.build(self.office.library(), self.office.folder / "out")
        taken_up = self.loaded
        anew = catalog.build(self.office.library(), self.office.folder / f"anew-{self.count}")
        assert rows_of(followed) == rows_of(anew)
        assert answers_of(followed) == answers_of(anew), "the order of rows in the file shows in an answer"
        return taken_up


def test_a_catalog_that_follows_is_the_catalog_made_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.ship("a.txt", data(lead="Công ty Lạ"))
    first = office.ship("b.txt", data(number=20, year=2024, lead="công ty lạ"))
    for n in range(4):
        office.take(data(number=30 + n, goal="3. Duy trì 100% cơ quan có trang tin."))
    follower = Follower(office, monkeypatch)
    assert follower.written() == 6
    assert follower.written() == 0, "nothing is new"

    taken = office.take(data(number=5, year=2026))  # added before all others
    assert follower.written() == 1
    again = office.take(data(number=5, year=2026, rate=85), plan="", replaces=[taken])
    assert follower.written() == 1
    office.take(data(number=30), withdrawn=True)
    office.take(data(number=31, goal="3. Duy trì 100% cơ quan có trang tin."), withdrawn=True)
    assert follower.written() == 0
    office.take(data(number=31, goal="3. Duy trì 100% cơ quan có trang tin."))
    assert follower.written() == 1, "what came back was recorded by somebody at another time"

    plan = read_plan(data(number=20, year=2024, lead="công ty lạ"), "b.txt")
    office.say(corrections.change(plan, first, plan.tasks[1].id, {"lead": ["Sở Tư pháp"]}, "Theo bản giấy"))
    assert follower.written() == 2, "once for what it is listed by, once for its rows"
    office.say(corrections.fill(plan, first, {"year": 2027, "province": "An Bình"}))
    assert follower.written() == 2, "it stands before all others now"
    office.say(corrections.strike(plan, first, plan.tasks[0].id, "Đọc nhầm"))
    assert follower.written() == 2

    twin = office.ship("c.txt", data(number=33, goal="3. Duy trì 100% cơ quan có trang tin."))  # the same document
    follower.written()
    (office.plans / "c.txt").rename(office.plans / "d.txt")
    assert office.states()[twin] == "in"
    follower.written()
    (office.plans / "d.txt").unlink()
    (office.plans / "a.txt").unlink()  # the other «công ty lạ» names the agency now
    follower.written()
    office.take(data(number=5, year=2026, rate=85), withdrawn=True)
    assert again not in {d.sha256 for d in office.library().documents}
    follower.written()


def test_labels_and_places_of_documents_that_stay_follow(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        office.ship(f"{n}.txt", data(number=12 + n, year=2020 + n))
    follower = Follower(office, monkeypatch)
    follower.written()
    other = text(number=14, year=2022).replace("Phấn đấu 95%", "Phấn đấu 96%").replace("AN BÌNH", "AN  BÌNH")
    office.take(other.encode(), plan="khac-14-kh-ubnd-2022")  # another document of the same number, place and year
    assert follower.written() == 1
    with duckdb.connect(str(catalog.latest(office.folder / "out")), read_only=True, config=catalog.SETTINGS) as found:
        labels = [label for (label,) in found.execute("SELECT label FROM documents WHERE year = 2022").fetchall()]
        shown = found.execute("SELECT DISTINCT plan_label FROM tasks WHERE plan_year = 2022").fetchall()
    assert len(set(labels)) == 2 and all("14/KH-UBND" in label and "txt" in label for label in labels)
    assert {label for (label,) in shown} == set(labels)


def test_what_cannot_be_taken_over_is_made_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        office.ship(f"{n}.txt", data(number=12 + n))
    follower = Follower(office, monkeypatch)
    follower.written()
    office.ship("4.txt", data(number=16))
    before = catalog.latest(office.folder / "out")
    assert before is not None
    before.write_bytes(b"no catalog")
    assert follower.written() == 5
    office.ship("5.txt", data(number=17))
    monkeypatch.setattr(catalog, "_code_version", lambda: "of another day")
    assert follower.written() == 6
    for n in range(6, 20):
        office.ship(f"{n}.txt", data(number=12 + n))
    assert follower.written() == 20, "most of it is new"
    assert not list((office.folder / "out").glob(".building-*"))
