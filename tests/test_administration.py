"""What an administrator does, asked beneath the page."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import administration, config, demo, office, profiles
from cchc.access import LAST_ADMINISTRATOR, NO_CORRECTION, AccessDenied, Person
from cchc.administration import AUDIT_COLUMNS, AuditFilter
from cchc.entries import Correction, Draft, Note, PersonRecord, TaskDone, person_item
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger, LedgerError, Refused
from cchc.model import Deadline
from cchc.recording import save

ADMIN = Person("qt@x.vn", "Dũng", "administrator")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
VIEWER = Person("xem@x.vn", "Xem", "viewer")
GONE = Person("cu@x.vn", "Em", "administrator", active=False)
NOT_ADMINISTRATORS = [None, VIEWER, JUSTICE, HOME, GONE]
AGENCIES = ("so-tu-phap", "so-y-te")
ITEM = KnownItem("p.n1", "task", "p", "Rà soát văn bản", plan_label="KH 01/KH-UBND")
OTHER = KnownItem("p.n2", "task", "p", "Báo cáo quý", plan_label="KH 01/KH-UBND")
ITEMS = {i.id: i for i in (ITEM, OTHER)}
DAY = dt.date(2024, 3, 14)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """An empty ledger; each entry is recorded a day after the one before, at 23:30 in Viet Nam."""
    monkeypatch.setattr(config, "today", lambda: DAY)
    moments = iter(dt.datetime(2024, 3, 14, 16, 30, tzinfo=dt.UTC) + dt.timedelta(days=n) for n in range(100))
    with Ledger(tmp_path / "ledger.sqlite", clock=lambda: next(moments)) as made:
        yield made


def record(email: str, role: str = "viewer", agency: str = "", active: bool = True) -> PersonRecord:
    return PersonRecord(email=email, name=email.split("@")[0], role=role, agency=agency, active=active)  # type: ignore[arg-type]


def change(ledger: Ledger, said: PersonRecord, by: Person | None = ADMIN, seen: int = 0) -> int:
    return administration.change_person(ledger, by, said, seen, AGENCIES).seq


# People


@pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
def test_only_an_administrator_changes_and_sees_people(ledger: Ledger, person: Person | None) -> None:
    change(ledger, record("qt@x.vn", "administrator"))
    with pytest.raises(AccessDenied):
        change(ledger, record("moi@x.vn"), by=person)
    with pytest.raises(AccessDenied):
        administration.people(ledger.of_kind("person"), person)
    assert ledger.last_seq() == 1


def test_people_are_listed_as_last_recorded(ledger: Ledger) -> None:
    change(ledger, record("qt@x.vn", "administrator"))
    change(ledger, record("an@x.vn", "agency_editor", "so-tu-phap"))
    change(ledger, record("an@x.vn", "standing_editor"), seen=1)
    change(ledger, record("binh@x.vn", active=False))
    frame = administration.people(ledger.of_kind("person"), ADMIN)
    assert frame[["email", "role_label", "agency_name", "state"]].to_numpy().tolist() == [
        ["an@x.vn", "Cơ quan thường trực (Sở Nội vụ)", "", "đang sử dụng"],
        ["qt@x.vn", "Quản trị", "", "đang sử dụng"],
        ["binh@x.vn", "Người xem", "", "đã ngừng"],
    ]
    assert frame["changed_by"].unique().tolist() == ["qt@x.vn"]
    assert frame["changed_on"].tolist()[0] == dt.date(2024, 3, 16)  # 23:30 there
    assert len(ledger.history("person:an@x.vn")) == 2  # what was, stays


def test_the_first_person_is_an_administrator_and_the_last_one_stays(ledger: Ledger) -> None:
    with pytest.raises(AccessDenied, match=LAST_ADMINISTRATOR):
        change(ledger, record("an@x.vn", "standing_editor"))
    change(ledger, record("qt@x.vn", "administrator"))
    for less in (record("qt@x.vn", "viewer"), record("qt@x.vn", "administrator", active=False)):
        with pytest.raises(AccessDenied, match=LAST_ADMINISTRATOR):
            change(ledger, less, seen=1)
    change(ledger, record("hai@x.vn", "administrator"))
    change(ledger, record("qt@x.vn", "viewer"), seen=1)


def test_the_last_administrator_stays_also_beneath(ledger: Ledger) -> None:
    """`recording.save` is what every way of recording ends in."""

    def draft(payload: object) -> Draft:
        return Draft(
            item_id=person_item("qt@x.vn"),
            payload=payload,
            author=ADMIN.email,
            role="administrator",
            as_of=DAY,  # type: ignore[arg-type]
        )

    change(ledger, record("qt@x.vn", "administrator"))
    (first,) = ledger.of_kind("person")
    with pytest.raises(AccessDenied, match=LAST_ADMINISTRATOR):
        save(ledger, ADMIN, [draft(record("qt@x.vn", "viewer"))], {})
    with pytest.raises(AccessDenied, match=NO_CORRECTION):
        save(ledger, ADMIN, [draft(Correction(corrects=first.id, reason="rút"))], {})
    change(ledger, record("hai@x.vn", "administrator"))
    both = [
        Draft(item_id=person_item(e), payload=record(e), author=ADMIN.email, role="administrator", as_of=DAY)
        for e in ("qt@x.vn", "hai@x.vn")
    ]
    with pytest.raises(AccessDenied, match=LAST_ADMINISTRATOR):
        save(ledger, ADMIN, both, {})
    assert ledger.last_seq() == 2


def test_an_agency_that_nobody_knows_is_refused(ledger: Ledger) -> None:
    change(ledger, record("qt@x.vn", "administrator"))
    with pytest.raises(Refused):
        change(ledger, record("an@x.vn", "agency_editor", "so-khong-co"))


def test_who_looked_at_an_older_version_is_told(ledger: Ledger) -> None:
    change(ledger, record("qt@x.vn", "administrator"))
    change(ledger, record("an@x.vn"))
    with pytest.raises(Conflict):
        change(ledger, record("an@x.vn", "administrator"), seen=0)


# The audit log


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Recorded on 14 (23:30), 15, 16 and 17 March in Viet Nam."""
    change(ledger, record("qt@x.vn", "administrator"))
    done = TaskDone(completed_on=DAY, product="Quyết định <b>")
    (first,) = save(
        ledger, HOME, [Draft(item_id="p.n1", payload=done, author="snv@x.vn", role="standing_editor", as_of=DAY)], ITEMS
    )
    note = Draft(item_id="p.n2", payload=Note(text="=1+1"), author="qt@x.vn", role="administrator", as_of=DAY)
    save(ledger, ADMIN, [note], ITEMS)
    right = Correction(corrects=first.id, replacement=TaskDone(completed_on=DAY, product="Báo cáo"), reason="Ghi nhầm")
    save(
        ledger, ADMIN, [Draft(item_id="p.n1", payload=right, author="qt@x.vn", role="administrator", as_of=DAY)], ITEMS
    )
    return ledger


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (AuditFilter(), [4, 3, 2, 1]),
        (AuditFilter(authors=("snv@x.vn",)), [2]),
        (AuditFilter(kinds=("note", "person")), [3, 1]),
        (AuditFilter(first=dt.date(2024, 3, 15)), [4, 3, 2]),
        (AuditFilter(last=dt.date(2024, 3, 14)), [1]),
        (AuditFilter(first=dt.date(2024, 3, 16), last=dt.date(2024, 3, 16)), [3]),
        (AuditFilter(text="ra soat"), [4, 2]),
        (AuditFilter(text="01/KH"), [4, 3, 2]),
        (AuditFilter(text="p.n2"), [3]),
        (AuditFilter(text="không có gì"), []),
        (AuditFilter(authors=("qt@x.vn",), kinds=("correction",), text="Rà"), [4]),
    ],
)
def test_the_audit_log_is_filtered(filled: Ledger, asked: AuditFilter, numbers: list[int]) -> None:
    frame = administration.audit(filled.since(0), ITEMS, HOME, asked)
    assert frame["seq"].tolist() == numbers
    assert list(frame.columns) == list(AUDIT_COLUMNS)


def test_an_entry_is_told_in_words(filled: Ledger) -> None:
    frame = administration.audit(filled.since(0), ITEMS, ADMIN, AuditFilter())
    assert frame["said"].tolist() == [
        "hoàn thành 14/3/2024; Báo cáo; lý do: Ghi nhầm",
        "=1+1",
        "hoàn thành 14/3/2024; Quyết định <b>",
        "qt@x.vn; qt; Quản trị",
    ]
    assert frame["recorded"].tolist()[-1] == "14/03/2024 23:30:00"
    assert frame["hash"].tolist()[0] == filled.head()[1]


@pytest.mark.parametrize("person", [None, VIEWER, JUSTICE, GONE])
def test_the_audit_log_and_the_check_are_not_for_everybody(filled: Ledger, person: Person | None) -> None:
    with pytest.raises(AccessDenied):
        administration.audit(filled.since(0), ITEMS, person, AuditFilter())
    with pytest.raises(AccessDenied):
        administration.verify(filled, person)


def test_a_changed_ledger_is_found(filled: Ledger, tmp_path: Path) -> None:
    assert administration.verify(filled, ADMIN) == ([], *filled.head())
    with sqlite3.connect(tmp_path / "ledger.sqlite") as raw:
        raw.execute("DROP TRIGGER entries_no_update")
        raw.execute("UPDATE entries SET author = 'ai khác' WHERE seq = 2")
    problems, number, _ = administration.verify(filled, ADMIN)
    assert problems == ["Nội dung số 2 không còn như lúc được ghi nhận."]
    assert number == 4


# Profiles and agencies


@pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
def test_profiles_and_agencies_are_for_administrators(person: Person | None) -> None:
    with pytest.raises(AccessDenied):
        administration.profile_checks(person)
    with pytest.raises(AccessDenied):
        administration.agencies((), person)


def test_every_profile_is_told_with_its_result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shipped = administration.profile_checks(ADMIN)
    assert [c.code for c in shipped] == list(profiles.codes())
    assert all(not c.problems and c.unverified for c in shipped)
    (tmp_path / "hong.toml").write_text('name = "Hỏng"\ntotal = -1\n', encoding="utf-8")
    monkeypatch.setattr(administration, "PROFILE_FOLDER", tmp_path)
    (broken,) = administration.profile_checks(ADMIN)
    assert broken.code == "hong" and any("Dòng 2" in problem for problem in broken.problems)


NAMED = (
    {
        "key": "so-noi-vu",
        "name": "Sở Nội vụ",
        "kind": "sở",
        "is_group": False,
        "known": True,
        "written": "Sở Nội vụ; SNV",
    },
    {"key": "hoi-lam-vuon", "name": "Hội Làm vườn", "kind": "khác", "is_group": False, "known": False, "written": None},
    {"key": "nhom-la", "name": "Các nhóm lạ", "kind": "nhóm", "is_group": True, "known": False, "written": None},
)


def test_agencies_stand_with_names_as_written_and_successors() -> None:
    frame = administration.agencies(NAMED, ADMIN).set_index("key")
    assert frame.loc["so-noi-vu", "written"] == "Sở Nội vụ; SNV"
    assert frame.loc["hoi-lam-vuon", "checked"] == "chưa có trong danh mục"
    assert frame.loc["so-giao-thong-van-tai", "successor"] == "Sở Xây dựng"
    assert (frame["kind"] == "sở").tolist()[:5] == [True] * 5


@pytest.mark.parametrize(
    ("search", "found"),
    [("SNV", "so-noi-vu"), ("lam vuon", "hoi-lam-vuon"), ("giao thông vận tải", "so-giao-thong-van-tai")],
)
def test_agencies_are_found_by_any_name(search: str, found: str) -> None:
    assert found in administration.agencies(NAMED, ADMIN, search)["key"].tolist()
    assert administration.agencies(NAMED, ADMIN, "xyzxyz").empty


def test_nobody_works_for_a_group() -> None:
    employers = administration.employers(NAMED)
    assert "hoi-lam-vuon" in employers and "so-noi-vu" in employers
    assert "nhom-la" not in employers and "so-ban-nganh" not in employers


# The demonstration


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty installation with one item."""
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    for name in ("CCHC_DEMO", "CCHC_LEDGER_URL"):
        monkeypatch.delenv(name, raising=False)
    item = KnownItem(
        "p.n9", "task", "p", "Việc", deadline=Deadline(kind="day", start=DAY, end=DAY), start=dt.date(2024, 1, 1)
    )
    monkeypatch.setattr(office, "known_items", lambda: {"p.n9": item})
    yield tmp_path
    for kind in ("real", "demo"):
        office.forget(kind)  # type: ignore[arg-type]


def test_the_demonstration_comes_and_goes_and_leaves_real_data_alone(installation: Path) -> None:
    assert not office.is_demo()
    administration.switch_demo(ADMIN, True)
    assert office.is_demo() and office.get_ledger().kind == "demo" and administration.can_leave_demo()
    administration.switch_demo(ADMIN, False)
    assert not office.is_demo() and office.get_ledger().kind == "real" and office.is_empty()
    administration.switch_demo(ADMIN, True)  # the one made before
    assert office.get_ledger().kind == "demo"


@pytest.mark.parametrize("person", NOT_ADMINISTRATORS)
def test_only_an_administrator_switches(installation: Path, person: Person | None) -> None:
    with pytest.raises(AccessDenied):
        administration.switch_demo(person, True)
    assert not office.is_demo() and not (installation / "demo-ledger.sqlite").exists()


def test_real_entries_are_never_hidden_behind_made_up_ones(installation: Path) -> None:
    with Ledger(kind="real") as ledger:
        change(ledger, record("qt@x.vn", "administrator"))
    with pytest.raises(LedgerError):
        administration.switch_demo(ADMIN, True)
    assert not office.is_demo()


def test_a_demonstration_by_the_environment_is_not_left_by_a_button(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_DEMO", "1")
    assert not administration.can_leave_demo()
    with pytest.raises(LedgerError):
        administration.switch_demo(ADMIN, False)


def test_an_empty_demonstration_that_is_open_already_is_filled(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_DEMO", "1")
    assert office.get_progress().version.endswith("-0")
    monkeypatch.delenv("CCHC_DEMO")
    monkeypatch.setattr(demo.random.Random, "choices", lambda *_a, **_k: ["early"])
    administration.switch_demo(ADMIN, True)
    assert len(office.get_progress().entries()) > 0
    assert config.data_dir() == installation
