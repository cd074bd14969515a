"""The one way in: what a file is, recording it, and that nothing is lost or half done. On SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from cchc import catalog, corrections, importing, orphans, recording
from cchc.access import LOCAL_PERSON, AccessDenied, Person
from cchc.entries import Correction, Draft, Note, TaskDone
from cchc.files import FileStore
from cchc.importing import Choice, Examined, Incoming, Step
from cchc.items import KnownItem, from_plan
from cchc.ledger import Conflict, Ledger, LedgerError, Refused
from cchc.library import Library
from cchc.progress import Progress
from cchc.reading import read_plan
from cchc.reads import Reads
from cchc.screen import import_lot
from tests.imported_plans import data, text
from tests.postgres_server import Server, postgres  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
STANDING = Person("snv@x.vn", "Sở Nội vụ", "standing_editor")
ADMIN = Person("qt@x.vn", "Quản trị", "administrator")
AGENCY = Person("stp@x.vn", "Sở Tư pháp", "agency_editor", "so-tu-phap")
VIEWER = Person("xem@x.vn", "Người xem", "viewer")


class Desk:
    """A ledger with its store, and the plans folder beside it."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder, self.ledger = folder, ledger
        self.store = FileStore(folder / "files")
        self.plans = folder / "plans"
        self.plans.mkdir(exist_ok=True)
        self.progress = Progress(ledger)

    def library(self) -> Library:
        self.progress.pull()
        reads = Reads(self.folder / "read", read_plan)
        return Library(self.plans.iterdir(), reads, self.progress.documents(), self.store.path)

    def examine(self, *contents: bytes) -> list[Examined]:
        return importing.examine(self.library(), [Incoming(f"tep-{n}.txt", c) for n, c in enumerate(contents)])

    def take(self, content: bytes, **more: object) -> Examined:
        (found,) = self.examine(content)
        importing.record(self.ledger, self.store, STANDING, self.library(), [found], **more)  # type: ignore[arg-type]
        return found

    def states(self) -> dict[str, str]:
        return {d.sha256: d.state for d in self.library().all}

    def items(self) -> dict[str, KnownItem]:
        library = self.library()
        plans = [library.corrected(d).plan for d in library.documents]
        return {item.id: item for plan in plans for item in from_plan(plan)}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return URL.create("sqlite", database=str(tmp_path / "data" / "ledger.sqlite"))
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def desk(url: URL, tmp_path: Path) -> Iterator[Desk]:
    with Ledger(url) as opened:
        yield Desk(tmp_path, opened)


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Desk]:
    """On SQLite alone, for what no database changes."""
    with Ledger(tmp_path / "ledger.sqlite") as opened:
        yield Desk(tmp_path, opened)


# What a file is


def test_a_new_file_is_taken_in(desk: Desk) -> None:
    (found,) = desk.examine(data())
    assert (found.kind, found.default, found.choices) == ("new", "take", ("take", "skip"))
    assert found.head is not None
    assert (found.head.targets, found.head.tasks, found.head.info.number) == (2, 3, "12/KH-UBND")
    assert desk.ledger.last_seq() == 0
    assert not (desk.folder / "files").exists()
    (entry,) = importing.record(desk.ledger, desk.store, STANDING, desk.library(), [found])
    assert (entry.kind, entry.author, entry.role) == ("document", "snv@x.vn", "standing_editor")
    assert entry.payload.label == "12/KH-UBND"
    assert desk.store.read(entry.payload.file) == data()
    assert desk.states() == {found.sha256: "in"}
    assert desk.ledger.verify() == []


def test_the_same_file_again_is_known(quick: Desk) -> None:
    (quick.plans / "co-san.txt").write_bytes(data(number=9))
    quick.take(data())
    same, shipped, one, twin = quick.examine(data(), data(number=9), data(number=30), data(number=30))
    assert [e.kind for e in (same, shipped, one, twin)] == ["same_file", "same_file", "new", "same_file"]
    assert (same.choices, twin.choices) == (("skip",), ("skip",))
    assert "«tep-0.txt»" in same.message
    assert "«co-san.txt»" in shipped.message
    assert twin.twin == one.name
    with pytest.raises(Refused, match="Không có nội dung"):
        importing.record(quick.ledger, quick.store, STANDING, quick.library(), [same, shipped, twin])


def test_the_same_document_in_another_file_is_known(quick: Desk) -> None:
    first = quick.take(data())
    other = (text().replace("hóa", "hoá") + "\n").encode("utf-16")
    (found,) = quick.examine(other)
    assert found.sha256 != first.sha256
    assert (found.kind, found.default) == ("same_document", "skip")
    assert found.of is not None
    assert found.of.sha256 == first.sha256
    # taking the better copy keeps the items
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found], {found.sha256: "replace"})
    assert quick.states() == {first.sha256: "replaced", found.sha256: "in"}


def test_the_same_words_without_a_number_are_known(quick: Desk) -> None:
    def copy(n: int) -> bytes:
        return ("\n" * n + text().replace("Số: 12/KH-UBND\n", "")).encode()

    quick.take(copy(0))
    assert quick.examine(copy(3))[0].kind == "same_document"


def test_a_new_version_shows_what_changes_before_it_replaces(desk: Desk) -> None:
    first = desk.take(data())
    (found,) = desk.examine(data(rate=85, goal="3. Phấn đấu 70% người dân hài lòng.\n"))
    assert (found.kind, found.default) == ("new_version", "replace")
    assert found.message.endswith("thêm 1, bớt 0, sửa 1 nội dung.")
    assert found.revision is not None
    assert [f.new for c in found.revision.changed for f in c.fields if f.field == "value"] == [85.0]
    assert desk.states() == {first.sha256: "in"}
    importing.record(desk.ledger, desk.store, STANDING, desk.library(), [found])
    assert desk.states() == {first.sha256: "replaced", found.sha256: "in"}
    library = desk.library()
    before = library.get(first.sha256)
    assert before is not None
    old = {t.id for t in library.as_read(before).tasks}
    assert {t.id for t in library.corrected(library.documents[0]).plan.tasks} == old


def test_another_document_of_the_same_number_stands_beside(quick: Desk) -> None:
    first = quick.take(data())
    alien = """SỞ Y TẾ\nSố: 12/KH-UBND\nngày 10 tháng 01 năm 2025\nKẾ HOẠCH\nCông tác cải cách hành chính năm 2025
I. MỤC TIÊU\n1. Phấn đấu 60% bệnh viện dùng bệnh án điện tử.\n2. Phấn đấu 40% trạm y tế có bác sĩ.\n"""
    (found,) = quick.examine(alien.encode())
    assert found.kind == "new"
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found])
    library = quick.library()
    ids = [library.corrected(d).plan.plan.id for d in library.documents]
    assert len(set(ids)) == 2
    assert quick.states() == {first.sha256: "in", found.sha256: "in"}


def test_a_version_can_be_kept_beside_the_other(quick: Desk) -> None:
    quick.take(data())
    (found,) = quick.examine(data(rate=85))
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found], {found.sha256: "take"})
    assert len({quick.library().head(d).info.id for d in quick.library().documents}) == 2  # type: ignore[union-attr]


def test_two_versions_in_one_lot_wait_for_a_choice(quick: Desk) -> None:
    one, other = quick.examine(data(), data(rate=85))
    assert (one.default, other.default, other.twin) == ("take", "skip", one.name)


def bare(n: int) -> bytes:
    """Plan `n` without a number: authority, year and title are those of the others."""
    return text(rate=60 + n).replace("Số: 12/KH-UBND\n", "").encode()


LOTS: dict[str, tuple[bytes, ...]] = {
    "titles": (bare(0), bare(1), bare(2)),
    "a title and numbers": (bare(0), data(number=14, rate=70), data(number=15, rate=80)),
    "numbers, then a title": (data(number=14, rate=70), data(number=15, rate=80), bare(0)),
    "versions": (data(), data(rate=85), data(rate=90)),
    "the same words": (data(), text().encode("utf-16"), data(number=13)),
    "one number of others": (
        data(), data(rate=75).replace("TỈNH AN BÌNH".encode(), "TỈNH BẮC NINH".encode()),
        data(rate=77).replace("TỈNH AN BÌNH".encode(), "TỈNH BẮC NINH".encode()),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOTS)
def test_an_import_begun_again_ends_like_one_in_a_single_lot(tmp_path: Path, name: str) -> None:
    """However the files were cut into lots, and whatever was recorded before the import was begun again."""

    def told(*lots: tuple[bytes, ...]) -> tuple[list[bytes], list[tuple[str, str]]]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        with Ledger(folder / "ledger.sqlite") as ledger:
            desk = Desk(folder, ledger)
            for lot in lots:
                found = desk.examine(*lot)
                wanted = {e.sha256: e.default for e in found if e.kind != "new_version"}
                taken = [e for e in found if wanted.get(e.sha256, "skip") != "skip"]
                if taken:
                    importing.record(ledger, desk.store, STANDING, desk.library(), taken, wanted)
            library = desk.library()
            heads = [library.head(d) for d in library.documents]
            assert len({head.info.id for head in heads if head}) == len(library.documents)
            left = [(e.name, e.kind) for e in desk.examine(*LOTS[name]) if e.kind != "same_file"]
            return sorted(d.load() for d in library.documents), left

    files = LOTS[name]
    whole = told(files)
    assert told(files[:1], files) == whole  # killed after the first, begun again
    assert told(files[:2], files) == whole
    assert told(*((one,) for one in files)) == whole
    assert len(whole[0]) + len(whole[1]) == len(files)  # nothing is lost: in, or asked about


# Not where a title without a number may mean either of two numbers.
@pytest.mark.parametrize("name", ["titles", "versions", "the same words", "one number of others"])
def test_the_order_of_files_decides_which_is_proposed_not_how_many(quick: Desk, name: str) -> None:
    kinds = [sorted(e.kind for e in quick.examine(*files)) for files in permutations(LOTS[name])]
    assert all(found == kinds[0] for found in kinds)


def test_a_file_that_is_in_is_not_given_up_for_another_of_its_lot_unasked(quick: Desk) -> None:
    quick.take(data())
    for files in permutations((data(), data(rate=85))):
        found = {e.kind: e for e in quick.examine(*files)}
        version = found["new_version"]
        assert (version.default, version.twin_of) == ("skip", found["same_file"].sha256)
        assert version.choices == ("replace", "take", "skip")


@pytest.mark.parametrize("choices", [("skip", "replace"), ("skip", "take"), ("take", "take")])
def test_of_two_versions_in_one_lot_either_or_both_can_be_taken(quick: Desk, choices: tuple[Choice, Choice]) -> None:
    found = quick.examine(*LOTS["versions"][:2])
    by_hash = dict(zip((e.sha256 for e in found), choices, strict=True))
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), found, by_hash)
    ids = [d.plan for d in quick.library().documents]
    assert found[0].head is not None
    assert ids[0] == found[0].head.info.id  # whichever is taken alone: its items have the ids they would have anyway
    assert len(set(ids)) == len(ids) == 2 - choices.count("skip")


def test_two_files_for_the_place_of_one_document_wait_for_a_choice(quick: Desk) -> None:
    first = quick.take(data())
    one, other = quick.examine(data(rate=85), data(rate=90))
    assert (one.default, other.default, other.twin_of) == ("replace", "skip", one.sha256)
    assert "replace" in other.choices
    choices = {one.sha256: "skip", other.sha256: "replace"}
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [one, other], choices)  # type: ignore[arg-type]
    assert quick.states() == {first.sha256: "replaced", other.sha256: "in"}


def test_what_officials_put_right_is_no_change_of_a_new_version(quick: Desk) -> None:
    first = quick.take(data())
    library = quick.library()
    plan = library.corrected(library.documents[0]).plan
    record = corrections.change(plan, first.sha256, plan.tasks[1].id, {"support": ["Sở Tài chính"]})
    importing.correct(quick.ledger, STANDING, [record])
    (found,) = quick.examine(data(rate=85))
    assert found.revision is not None
    assert [f.field for c in found.revision.changed for f in c.fields if f.field != "quote"] == ["value"]
    assert found.message.endswith("thêm 0, bớt 0, sửa 1 nội dung.")


OTHER_WORDS = "Rà soát, cắt giảm, đơn giản hóa các thủ tục hành chính nội bộ của các cơ quan"


def corrected_and_worded_otherwise(desk: Desk) -> Examined:
    """A document whose second task was put right, and a version of it that has other words there."""
    first = desk.take(data())
    library = desk.library()
    plan = library.corrected(library.documents[0]).plan
    importing.correct(desk.ledger, STANDING, [
        corrections.change(plan, first.sha256, plan.tasks[1].id, {"lead": ["Sở Tài chính"]}),
    ])  # fmt: skip
    (found,) = desk.examine(data(task=OTHER_WORDS))
    return found


def test_what_was_put_right_goes_with_an_item_whose_words_change(quick: Desk) -> None:
    found = corrected_and_worded_otherwise(quick)
    assert found.revision is not None
    assert found.revision.links
    assert [f.field for c in found.revision.changed for f in c.fields] == ["content"]  # before it is recorded
    shown = importing.preview(found, (), found.revision.links)
    assert (shown.plan.tasks[1].lead, shown.loose) == (("Sở Tài chính",), ())
    links = {found.sha256: found.revision.links}
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found], links=links)
    library = quick.library()
    assert library.corrected(library.documents[0]).plan.tasks[1].lead == ("Sở Tài chính",)


def test_beside_the_other_document_entries_stay_where_they_are(quick: Desk) -> None:
    found = corrected_and_worded_otherwise(quick)
    assert found.revision is not None
    links = {found.sha256: found.revision.links}
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found], {found.sha256: "take"}, links=links)
    library = quick.library()
    leads = [library.corrected(d).plan.tasks[1].lead for d in library.documents]
    assert leads == [("Sở Tài chính",), ("Văn phòng UBND tỉnh",)]


def test_a_document_tells_what_is_doubtful_with_its_corrections(quick: Desk) -> None:
    first = quick.take(data())
    library = quick.library()
    (document,) = library.documents
    before = library.standing(document)
    assert (before.tasks, before.loose) == (3, 0)
    plan = library.corrected(document).plan
    gone = corrections.confirm(plan, first.sha256, plan.tasks[1].id)
    records = [
        corrections.strike(plan, first.sha256, plan.tasks[0].id),
        gone.model_copy(update={"item": f"{plan.plan.id}.nffffffff", "quote": "Không còn câu nào như thế này nữa"}),
    ]
    importing.correct(quick.ledger, STANDING, records)
    library = quick.library()
    after = library.standing(library.documents[0])
    assert (after.tasks, after.targets, after.loose) == (2, before.targets, 1)


def test_bad_files_are_told_and_stop_nothing(quick: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_MAX_MB", "1")
    good = tmp_path / "tot.txt"
    good.write_bytes(data())
    files = [
        Incoming("rong.txt", b""),
        Incoming("lon.txt", b"x" * 1_100_000),
        Incoming("mat.txt", tmp_path / "khong-co.txt"),
        Incoming("../../etc/passwd.exe", good),
        Incoming("nhi-phan", bytes(range(256)) * 40),
    ]
    told: list[Step] = []
    found = importing.examine(quick.library(), files, told.append)
    assert [e.kind for e in found] == ["unreadable"] * 3 + ["new", "unreadable"]
    assert all(e.message for e in found)
    assert [e.choices for e in found if e.kind == "unreadable"] == [("skip",)] * 4
    assert {(s.n, s.total) for s in told if s.stage == "done"} == {(n, 5) for n in range(1, 6)}
    (entry,) = importing.record(quick.ledger, quick.store, STANDING, quick.library(), found)
    assert entry.payload.file.name == "passwd.exe"
    assert sorted(p.name for p in (tmp_path / "files").rglob("*") if p.is_file()) == [entry.payload.file.sha256]


def test_a_file_that_changed_after_it_was_read_is_refused(quick: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data())
    found = importing.examine(quick.library(), [Incoming("a.txt", path)])
    path.write_bytes(data(rate=99))
    with pytest.raises(Refused, match="đã thay đổi"):
        importing.record(quick.ledger, quick.store, STANDING, quick.library(), found)
    assert quick.ledger.last_seq() == 0


def test_fifty_files_in_one_go(quick: Desk) -> None:
    found = quick.examine(*(data(number=100 + n, rate=30 + n) for n in range(50)))
    assert {e.kind for e in found} == {"new"}
    entries = importing.record(quick.ledger, quick.store, STANDING, quick.library(), found)
    assert len(entries) == len(quick.library().documents) == 50


def test_of_many_files_those_that_need_a_person_stand_first(quick: Desk) -> None:
    quick.take(data(number=1))
    doubtful = data(number=4) + "\nKẾT QUẢ: tỷ lệ hồ sơ trực tuyến đạt từ 31% đến\n".encode()
    lot = quick.examine(data(number=3), data(number=1, rate=99), b"", doubtful)
    assert [one.kind for one in lot] == ["new", "new_version", "unreadable", "new"]
    ordered = import_lot.in_order(lot)
    assert [one.kind for one in ordered] == ["unreadable", "new_version", "new", "new"]
    reviews = [one.head.review for one in ordered[2:] if one.head]
    assert reviews == sorted(reviews, reverse=True)
    assert import_lot.told(lot) == "2 văn bản mới, 1 bản khác của văn bản đã có, 1 không đọc được"


def test_one_more_file_looks_at_nothing_that_was_read_of_the_others(
    quick: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to know it again nor for the catalog: else each import costs more the more documents there are."""
    found = quick.examine(*(data(number=n) for n in range(20, 25)))
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), found)
    catalog.build(quick.library(), quick.folder)
    looked: list[str] = []
    path = Reads._path
    monkeypatch.setattr(Reads, "_path", lambda reads, sha256: looked.append(sha256) or path(reads, sha256))
    library = quick.library()
    (one,) = importing.examine(library, [Incoming("mot.txt", data(number=25))])
    importing.record(quick.ledger, quick.store, STANDING, library, [one])
    after = library.with_later(quick.ledger.each_of_kind("document", "reading", after=library.seq))
    assert [d.sha256 for d in after.documents] == [d.sha256 for d in quick.library().documents]
    assert after.version == quick.library().version
    catalog.build(after, quick.folder)
    assert set(looked) == {one.sha256}


def test_a_list_of_what_is_known_that_was_cut_off_is_made_good(quick: Desk) -> None:
    quick.take(data())
    quick.take(data(number=14))
    (listed,) = quick.folder.glob("read/*/known.txt")
    whole = listed.read_bytes()
    listed.write_bytes(whole[: len(whole) // 2 + 40])  # the second line in its middle
    assert [e.kind for e in quick.examine(data(number=14, rate=81), data(rate=82))] == ["new_version"] * 2
    listed.unlink()
    assert [e.kind for e in quick.examine(data(number=14, rate=81), data(rate=82))] == ["new_version"] * 2


# Out and in again


def test_out_and_in_again(desk: Desk) -> None:
    found = desk.take(data())
    document = desk.library().documents[0]
    with pytest.raises(Refused, match="lý do"):
        importing.withdraw(desk.ledger, STANDING, document, " ")
    importing.withdraw(desk.ledger, STANDING, document, "Nhập nhầm")
    assert desk.states() == {found.sha256: "withdrawn"}
    gone = desk.library().all[0]
    assert (gone.note, gone.by) == ("Nhập nhầm", "snv@x.vn")
    with pytest.raises(Refused):
        importing.withdraw(desk.ledger, STANDING, gone, "lần nữa")
    (again,) = desk.examine(data())
    assert (again.kind, again.default) == ("again", "take")
    importing.take_again(desk.ledger, STANDING, gone)
    assert desk.states() == {found.sha256: "in"}
    assert len(desk.ledger.history(f"document:{found.sha256}")) == 3


def test_a_withdrawn_file_can_be_dropped_again(quick: Desk) -> None:
    first = quick.take(data())
    importing.withdraw(quick.ledger, STANDING, quick.library().documents[0], "Nhập nhầm")
    assert quick.take(data()).sha256 == first.sha256
    assert quick.states() == {first.sha256: "in"}


def test_a_replaced_file_can_take_its_place_again(quick: Desk) -> None:
    first = quick.take(data())
    second = quick.take(data(rate=85))
    (again,) = quick.examine(data())
    assert (again.kind, again.default, again.choices) == ("again", "skip", ("replace", "skip"))
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [again], {again.sha256: "replace"})
    assert quick.states() == {first.sha256: "in", second.sha256: "replaced"}


def test_a_shipped_document_goes_and_comes_back(quick: Desk) -> None:
    path = quick.plans / "a.txt"
    path.write_bytes(data())
    (document,) = quick.library().documents
    importing.withdraw(quick.ledger, STANDING, document, "Hết hiệu lực")
    (gone,) = quick.library().all
    assert (gone.state, gone.origin) == ("withdrawn", "shipped")
    importing.take_again(quick.ledger, STANDING, gone)
    assert [d.state for d in quick.library().all] == ["in"]
    path.unlink()
    assert quick.library().all == ()


# Who may, and who was faster


@pytest.mark.parametrize("person", [VIEWER, AGENCY, None, Person("cu@x.vn", "Cũ", "standing_editor", active=False)])
def test_who_may_not_is_refused_everywhere(desk: Desk, person: Person | None) -> None:
    (found,) = desk.examine(data())
    with pytest.raises(AccessDenied):
        importing.record(desk.ledger, desk.store, person, desk.library(), [found])
    assert not (desk.folder / "files").exists()
    desk.take(data())
    before = desk.ledger.last_seq()
    library = desk.library()
    document = library.documents[0]
    plan = library.corrected(document).plan
    record = corrections.strike(plan, document.sha256, plan.tasks[0].id)
    with pytest.raises(AccessDenied):
        importing.correct(desk.ledger, person, [record])
    with pytest.raises(AccessDenied):
        importing.withdraw(desk.ledger, person, document, "x")
    with pytest.raises(AccessDenied):
        orphans.link(desk.ledger, person, library, "p.n1", plan.tasks[0].id, "x")
    importing.correct(desk.ledger, STANDING, [record])
    (reading,) = desk.library().readings
    with pytest.raises(AccessDenied):
        importing.undo(desk.ledger, person, reading, "x")
    assert desk.ledger.last_seq() == before + 1


@pytest.mark.parametrize("person", [STANDING, ADMIN, LOCAL_PERSON])
def test_who_may(quick: Desk, person: Person) -> None:
    (found,) = quick.examine(data())
    (entry,) = importing.record(quick.ledger, quick.store, person, quick.library(), [found])
    assert entry.author == person.email


def test_only_one_of_two_takes_the_same_file_in(desk: Desk) -> None:
    mine, theirs = desk.library(), desk.library()
    (one,) = importing.examine(mine, [Incoming("a.txt", data())])
    (other,) = importing.examine(theirs, [Incoming("b.txt", data())])
    importing.record(desk.ledger, desk.store, STANDING, mine, [one])
    with pytest.raises(Refused, match="vừa được người khác"):
        importing.record(desk.ledger, desk.store, ADMIN, theirs, [other])


def test_only_one_of_two_versions_replaces(desk: Desk) -> None:
    desk.take(data())
    mine, theirs = desk.library(), desk.library()
    (one,) = importing.examine(mine, [Incoming("a.txt", data(rate=85))])
    (other,) = importing.examine(theirs, [Incoming("b.txt", data(rate=86))])
    importing.record(desk.ledger, desk.store, STANDING, mine, [one])
    with pytest.raises(Refused, match="vừa được người khác"):
        importing.record(desk.ledger, desk.store, ADMIN, theirs, [other])


def test_two_correct_the_same_item(desk: Desk) -> None:
    desk.take(data())
    library = desk.library()
    document = library.documents[0]
    plan = library.corrected(document).plan
    mine = [corrections.change(plan, document.sha256, plan.tasks[0].id, {"note": "một"})]
    theirs = [corrections.change(plan, document.sha256, plan.tasks[0].id, {"note": "hai"})]
    seen = library.versions(mine)
    importing.correct(desk.ledger, STANDING, mine, seen)
    with pytest.raises(Conflict):
        importing.correct(desk.ledger, ADMIN, theirs, seen)
    assert desk.library().corrected(document).plan.tasks[0].note == "một"


def test_entries_stand_where_they_belong(desk: Desk) -> None:
    found = desk.take(data())
    document = desk.library().documents[0]
    plan = desk.library().corrected(document).plan
    record = corrections.strike(plan, document.sha256, plan.tasks[0].id)
    wrong = [
        ("p.n1", record),
        (f"document:{'0' * 64}", desk.ledger.since(0)[0].payload),
        (f"reading:{plan.tasks[0].id}", Note(text="x")),
        (f"document:{found.sha256}", Note(text="x")),
    ]
    for item, payload in wrong:
        with pytest.raises(Refused, match="phải được ghi riêng"):
            desk.ledger.append(Draft(item_id=item, payload=payload, author="x", as_of=dt.date(2025, 1, 1)))


# Corrections with the import, and later


def test_corrections_are_recorded_with_the_file(desk: Desk) -> None:
    (found,) = desk.examine(data())
    plan = found.corrected.plan
    record = corrections.change(plan, found.sha256, plan.targets[0].id, {"value": 82}, "Xem bản giấy")
    assert importing.preview(found, [record]).plan.targets[0].value == 82
    entries = importing.record(
        desk.ledger, desk.store, STANDING, desk.library(), [found], records={found.sha256: [record]}
    )
    assert [e.kind for e in entries] == ["document", "reading"]
    said = entries[1].payload
    assert (said.before["value"], said.values, said.reason) == (80.0, {"value": 82.0}, "Xem bản giấy")
    library = desk.library()
    assert library.corrected(library.documents[0]).plan.targets[0].value == 82


def test_corrections_made_on_a_preview_follow_the_id_that_is_chosen(quick: Desk) -> None:
    quick.take(data())
    (found,) = quick.examine(data(rate=85))
    plan = found.corrected.plan
    record = corrections.change(plan, found.sha256, plan.targets[0].id, {"unit": "%"})
    importing.record(
        quick.ledger, quick.store, STANDING, quick.library(), [found], {found.sha256: "take"}, {found.sha256: [record]}
    )
    library = quick.library()
    corrected = {d.sha256: library.corrected(d) for d in library.documents}
    assert len(corrected[found.sha256].changes) == 1
    assert all(not c.changes for s, c in corrected.items() if s != found.sha256)
    assert library.homeless() == ()


def test_a_correction_can_be_withdrawn_and_corrected_again(desk: Desk) -> None:
    desk.take(data())
    library = desk.library()
    document = library.documents[0]
    plan = library.corrected(document).plan
    item = plan.targets[0].id
    for value in (81, 82):
        importing.correct(desk.ledger, STANDING, [corrections.change(plan, document.sha256, item, {"value": value})])
    importing.undo(desk.ledger, ADMIN, desk.library().readings[-1], "Nhầm")
    assert desk.library().corrected(document).plan.targets[0].value == 81
    importing.undo(desk.ledger, ADMIN, desk.library().readings[-1], "Nhầm")
    found = desk.library().corrected(document)
    assert (found.plan.targets[0].value, found.changes) == (80, {})
    assert len(desk.ledger.history(f"reading:{item}")) == 4


def test_corrections_outlive_an_import_again(quick: Desk) -> None:
    quick.take(data())
    library = quick.library()
    document = library.documents[0]
    plan = library.corrected(document).plan
    importing.correct(
        quick.ledger, STANDING, [corrections.change(plan, document.sha256, plan.tasks[0].id, {"note": "giữ lại"})]
    )
    (found,) = quick.examine(data(rate=85))
    assert found.corrected.plan.tasks[0].note == "giữ lại"
    importing.record(quick.ledger, quick.store, STANDING, quick.library(), [found])
    library = quick.library()
    assert library.corrected(library.documents[0]).plan.tasks[0].note == "giữ lại"


# Entries stay attached


def done(item: str) -> Draft:
    return Draft(item_id=item, payload=TaskDone(completed_on=dt.date(2025, 6, 1)), author="snv@x.vn")


def test_entries_stay_with_what_did_not_change_and_move_with_what_did(desk: Desk) -> None:
    desk.take(data())
    plan = desk.library().corrected(desk.library().documents[0]).plan
    kept, changed = plan.tasks[0].id, plan.tasks[1].id
    first, second = desk.ledger.append_all([done(kept), done(changed)])
    (found,) = desk.examine(data(task="Rà soát và đơn giản hóa các thủ tục hành chính"))
    assert found.revision is not None
    new = found.revision.links[changed]
    importing.record(desk.ledger, desk.store, STANDING, desk.library(), [found], links={found.sha256: {changed: new}})
    desk.progress.pull()
    facts = desk.progress.facts(dt.date(2025, 12, 31))
    assert facts[kept].done_on == facts[new].done_on == dt.date(2025, 6, 1)
    assert changed not in facts
    assert (facts[kept].version, facts[new].version) == (1, 0)
    assert desk.progress.history(new) == (second,)
    assert desk.progress.history(kept) == (first,)
    fresh = Progress(desk.ledger)
    fresh.pull()
    assert fresh.facts(dt.date(2025, 12, 31)) == facts
    assert orphans.find(desk.progress, desk.items(), desk.library()) == []


def test_entries_of_a_former_id_can_be_corrected(desk: Desk) -> None:
    test_entries_stay_with_what_did_not_change_and_move_with_what_did(desk)
    items = desk.items()
    (new,) = [i for i, old in desk.progress.links.items()]
    target = desk.progress.links[new]
    (wrong,) = desk.progress.history(target)
    said = Correction(corrects=wrong.id, replacement=TaskDone(completed_on=dt.date(2025, 6, 5)), reason="Nhầm ngày")
    draft = Draft(item_id=target, payload=said, author=STANDING.email, role=STANDING.role)
    recording.save(desk.ledger, STANDING, [draft], items, {target: 0}, desk.progress.links)
    desk.progress.pull()
    assert desk.progress.facts(dt.date(2025, 12, 31))[target].done_on == dt.date(2025, 6, 5)


def test_entries_whose_item_vanished_are_shown_for_linking(desk: Desk) -> None:
    desk.take(data())
    plan = desk.library().corrected(desk.library().documents[0]).plan
    gone = plan.tasks[1]
    (entry,) = desk.ledger.append_all([done(gone.id)])
    desk.take(data(task="Rà soát và đơn giản hóa các thủ tục hành chính"))
    library, items = desk.library(), desk.items()
    (orphan,) = orphans.find(desk.progress, items, library)
    assert (orphan.item_id, orphan.entries, orphan.words) == (gone.id, (entry,), gone.content)
    assert orphan.why == orphans.GONE
    best = orphan.suggestions[0]
    assert best.label == "Rà soát và đơn giản hóa các thủ tục hành chính"
    with pytest.raises(Refused, match="vẫn còn"):
        orphans.link(desk.ledger, STANDING, library, plan.tasks[0].id, best.item_id, "x")
    with pytest.raises(Refused, match="Không có"):
        orphans.link(desk.ledger, STANDING, library, gone.id, "p.n1", "x")
    tasks = {i.id for i in items.values() if i.kind == "task"}
    assert {s.item_id for s in (*orphan.suggestions, *orphan.others)} == tasks  # a person may choose any
    orphans.link(desk.ledger, STANDING, library, gone.id, best.item_id, "Cùng một việc")
    assert orphans.find(desk.progress, desk.items(), desk.library()) == []
    assert desk.progress.facts(dt.date(2025, 12, 31))[best.item_id].done_on == dt.date(2025, 6, 1)


def test_entries_of_struck_items_and_withdrawn_documents_are_kept(quick: Desk) -> None:
    quick.take(data())
    document = quick.library().documents[0]
    plan = quick.library().corrected(document).plan
    quick.ledger.append_all([done(plan.tasks[0].id), done(plan.tasks[1].id)])
    importing.correct(quick.ledger, STANDING, [corrections.strike(plan, document.sha256, plan.tasks[0].id)])
    (orphan,) = orphans.find(quick.progress, quick.items(), quick.library())
    assert (orphan.why, orphan.words) == (orphans.STRUCK, plan.tasks[0].content)
    importing.withdraw(quick.ledger, STANDING, document, "Nhầm")
    found = orphans.find(quick.progress, quick.items(), quick.library())
    assert {o.why for o in found} == {orphans.WITHDRAWN}
    assert len(found) == 2


def test_a_demonstration_has_documents_of_its_own(tmp_path: Path) -> None:
    with Ledger(tmp_path / "demo.sqlite", kind="demo") as demo, Ledger(tmp_path / "real.sqlite") as real:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
        made_up, other = Desk(tmp_path / "a", demo), Desk(tmp_path / "b", real)
        made_up.take(data())
        assert other.library().all == ()
        assert made_up.progress.documents_version[0].startswith("demo-")
        with pytest.raises(LedgerError):
            Ledger(tmp_path / "demo.sqlite")


# Killed in the middle

KILLED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from cchc import corrections, importing
from cchc.access import LOCAL_PERSON
from cchc.files import FileStore
from cchc.ledger import Ledger
from cchc.library import Library
from cchc.progress import Progress
from cchc.reading import read_plan
from cchc.reads import Reads
from tests.imported_plans import data

folder = Path(sys.argv[2])
with Ledger(sys.argv[3]) as ledger:
    progress, store = Progress(ledger), FileStore(folder / "files")
    for lot in range(10_000):
        progress.pull()
        library = Library((), Reads(folder / "read", read_plan), progress.documents(), store.path)
        files = [importing.Incoming("a.txt", data(number=1000 * (lot + 1) + n, rate=n + 20)) for n in range(4)]
        found = importing.examine(library, files)
        plan = found[0].corrected.plan
        record = corrections.change(plan, found[0].sha256, plan.targets[0].id, {"value": 99})
        importing.record(ledger, store, LOCAL_PERSON, library, found, records={found[0].sha256: [record]})
        print(lot, flush=True)
"""


def test_who_is_killed_leaves_nothing_half_imported(url: URL, tmp_path: Path) -> None:
    address = url.render_as_string(hide_password=False)
    Ledger(url).close()
    acknowledged = 0
    for pause in (0.0, 0.006, 0.015, 0.03):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(ROOT), str(tmp_path), address], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        said = first + child.stdout.read()
        child.wait()
        acknowledged += len(said.split())
        with Ledger(url) as ledger:
            assert ledger.verify() == []
            desk = Desk(tmp_path, ledger)
            documents = desk.library().documents
            entries = ledger.since(0)
        # lots of four with one correction: all of a lot or nothing
        assert len(documents) % 4 == 0
        assert len(documents) >= 4 * acknowledged
        assert sum(e.kind == "reading" for e in entries) == len(documents) // 4
        for document in documents:
            assert document.load()  # the whole file is there
        # what was said to be recorded, and at most one lot more that was not said
        assert len(documents) <= 4 * (acknowledged + 1)
        acknowledged = len(documents) // 4
