"""Who may do what, asked beneath the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from cchc import access
from cchc.access import (
    LOCAL_PERSON,
    AccessDenied,
    Connection,
    Person,
    bare_host,
    can,
    can_save,
    change_person,
    identify,
    is_loopback,
    people,
)
from cchc.entries import Correction, Draft, Entry, Extension, NotApplicable, Note, PersonRecord, TargetValue, TaskDone
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger, Refused
from cchc.model import Target
from cchc.recording import save

D = dt.date
DAY = D(2024, 6, 14)

VIEWER = Person("xem@x.vn", "Xem", "viewer")
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
HEALTH = Person("syt@x.vn", "Bình", "agency_editor", "so-y-te")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
ADMIN = Person("qt@x.vn", "Dũng", "administrator")
GONE = Person("cu@x.vn", "Em", "administrator", active=False)

ITEM = KnownItem(
    "p.n1",
    "task",
    "p",
    "Rà soát",
    lead=("so-tu-phap",),
    support=("so-y-te",),
    reached=frozenset({"so-tu-phap", "so-y-te", "so-tai-chinh"}),
    led_by=frozenset({"so-tu-phap"}),
)
FOREIGN = KnownItem("p.n2", "task", "p", "Việc khác", lead=("so-xay-dung",), reached=frozenset({"so-xay-dung"}))
RATE = KnownItem(
    "p.c1",
    "target",
    "p",
    "90%",
    target=Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%"),
    reached=frozenset({"so-tu-phap"}),
    led_by=frozenset({"so-tu-phap"}),
)
MILESTONE = KnownItem("p.c2", "target", "p", "Xong", target=Target(id="p.c2", start=0, end=1, kind="milestone"))
ITEMS = {i.id: i for i in (ITEM, FOREIGN, RATE, MILESTONE)}

STANDING = (
    "view record correct approve_extension set_not_applicable assign_agency see_audit edit_documents answer_criteria"
)
EXTENDED = Extension(new=D(2024, 12, 31), reason="Chờ", document="9/UBND-NC")
ASKED = Extension(new=D(2024, 12, 31), reason="Chờ")


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (None, ""),
        (VIEWER, "view"),
        (JUSTICE, "view"),
        (HOME, STANDING),
        (ADMIN, f"{STANDING} manage_profiles manage_people switch_demo"),
        (GONE, ""),
    ],
)
def test_rights_without_an_item(person: Person | None, allowed: str) -> None:
    actions: tuple[access.Action, ...] = get_args(access.Action)
    decisions = {action: can(person, action) for action in actions}
    assert {action for action, decision in decisions.items() if decision} == set(allowed.split())
    for decision in decisions.values():
        assert bool(decision) != bool(decision.reason)  # a refusal always tells why


def test_open_reading_needs_no_sign_in() -> None:
    assert can(None, "view", open_reading=True)
    assert can(None, "view").reason == access.SIGN_IN
    assert can(None, "record", ITEM, open_reading=True).reason == access.SIGN_IN


@pytest.mark.parametrize(
    ("person", "item", "reason"),
    [
        (JUSTICE, ITEM, ""),
        (HEALTH, ITEM, ""),  # supports
        (Person("stc@x.vn", "G", "agency_editor", "so-tai-chinh"), ITEM, ""),  # through a group
        (JUSTICE, FOREIGN, access.OTHER_AGENCY),
        (JUSTICE, None, access.OTHER_AGENCY),
        (Person("k@x.vn", "K", "agency_editor", ""), FOREIGN, access.OTHER_AGENCY),
        (VIEWER, ITEM, access.REFUSALS["record"]),
        (GONE, ITEM, access.INACTIVE),
        (HOME, FOREIGN, ""),
    ],
)
def test_an_agency_records_on_its_own_items(person: Person, item: KnownItem | None, reason: str) -> None:
    assert can(person, "record", item).reason == reason


def draft(person: Person, payload: object, item: str = "p.n1") -> Draft:
    return Draft(item_id=item, payload=payload, author=person.email, role=person.role, as_of=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "payload", "reason"),
    [
        (JUSTICE, Note(text="x"), ""),
        (JUSTICE, ASKED, ""),  # may ask
        (JUSTICE, EXTENDED, access.REFUSALS["approve_extension"]),
        (HOME, EXTENDED, ""),
        (JUSTICE, NotApplicable(reason="x"), access.REFUSALS["set_not_applicable"]),
        (HOME, NotApplicable(reason="x"), ""),
        (HOME, PersonRecord(email="a@x.vn", name="A", role="administrator"), access.REFUSALS["manage_people"]),
        (ADMIN, PersonRecord(email="a@x.vn", name="A", role="viewer"), ""),
    ],
)
def test_what_may_be_saved(person: Person, payload: object, reason: str) -> None:
    assert can_save(person, draft(person, payload), ITEM).reason == reason


def test_nobody_signs_for_another() -> None:
    assert "chính người đăng nhập" in can_save(JUSTICE, draft(HOME, Note(text="x")), ITEM).reason
    forged = draft(JUSTICE, Note(text="x")).model_copy(update={"role": "administrator"})
    assert "chính người đăng nhập" in can_save(JUSTICE, forged, ITEM).reason
    assert can_save(None, draft(JUSTICE, Note(text="x")), ITEM).reason == access.SIGN_IN


# Beneath the pages: what `save` lets through


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "l.sqlite") as opened:
        yield opened


def fix(person: Person, entry: Entry, replacement: object) -> Draft:
    return draft(person, Correction(corrects=entry.id, replacement=replacement, reason="Nhầm"))  # type: ignore[arg-type]


def test_corrections_by_role(ledger: Ledger) -> None:
    (first,) = save(ledger, JUSTICE, [draft(JUSTICE, Note(text="một"))], ITEMS)
    with pytest.raises(AccessDenied, match="phối hợp chỉ đính chính"):
        save(ledger, HEALTH, [fix(HEALTH, first, Note(text="hai"))], ITEMS)
    (second,) = save(ledger, HOME, [fix(HOME, first, Note(text="hai"))], ITEMS)
    with pytest.raises(AccessDenied, match="cơ quan thường trực ghi nhận"):
        save(ledger, JUSTICE, [fix(JUSTICE, second, Note(text="ba"))], ITEMS)
    (own,) = save(ledger, HEALTH, [draft(HEALTH, Note(text="của y tế"))], ITEMS)
    save(ledger, JUSTICE, [fix(JUSTICE, own, Note(text="cơ quan chủ trì sửa"))], ITEMS)
    assert ledger.state_at(D(2024, 12, 31))["p.n1"].notes == ("hai", "cơ quan chủ trì sửa")


def test_a_correction_is_no_way_round(ledger: Ledger) -> None:
    (asked,) = save(ledger, JUSTICE, [draft(JUSTICE, ASKED)], ITEMS)
    with pytest.raises(AccessDenied, match="gia hạn"):
        save(ledger, JUSTICE, [fix(JUSTICE, asked, EXTENDED)], ITEMS)
    (approved,) = save(ledger, HOME, [draft(HOME, EXTENDED)], ITEMS)
    with pytest.raises(AccessDenied, match="cơ quan thường trực"):
        save(ledger, JUSTICE, [fix(JUSTICE, approved, None)], ITEMS)
    with pytest.raises(AccessDenied, match="Không tìm thấy"):
        nowhere = draft(JUSTICE, Correction(corrects=uuid.uuid4(), reason="x"))
        save(ledger, JUSTICE, [nowhere], ITEMS)
    (other,) = save(ledger, HOME, [draft(HOME, Note(text="x"), "p.n2")], ITEMS)
    with pytest.raises(AccessDenied, match="Không tìm thấy"):
        save(ledger, JUSTICE, [fix(JUSTICE, other, Note(text="y"))], ITEMS)


def test_all_or_nothing_and_conflicts(ledger: Ledger) -> None:
    with pytest.raises(AccessDenied):
        save(ledger, JUSTICE, [draft(JUSTICE, Note(text="x")), draft(JUSTICE, Note(text="x"), "p.n2")], ITEMS)
    assert ledger.last_seq() == 0
    save(ledger, JUSTICE, [draft(JUSTICE, Note(text="x"))], ITEMS, {"p.n1": 0})
    with pytest.raises(Conflict):
        save(ledger, HEALTH, [draft(HEALTH, Note(text="x"))], ITEMS, {"p.n1": 0})


@pytest.mark.parametrize(
    ("payload", "item", "message"),
    [
        (TargetValue(value=3), "p.n1", "Chỉ ghi giá trị cho chỉ tiêu"),
        (TargetValue(value=3), "p.c2", "không có mức bằng số"),
        (TargetValue(value=101), "p.c1", "từ 0 đến 100"),
        (Note(text="x"), "p.n9", "Không có nội dung này"),
    ],
)
def test_what_does_not_fit_the_item(ledger: Ledger, payload: object, item: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        save(ledger, HOME, [draft(HOME, payload, item)], ITEMS)


def test_a_finished_date_is_no_value(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="hãy ghi giá trị"):
        save(ledger, HOME, [draft(HOME, TaskDone(completed_on=DAY), "p.c1")], ITEMS)
    save(ledger, HOME, [draft(HOME, TaskDone(completed_on=DAY), "p.c2")], ITEMS)


# Without sign-in configured


@pytest.mark.parametrize(
    ("connection", "local"),
    [
        (Connection("127.0.0.1", "127.0.0.1", "localhost:8501"), True),
        (Connection("localhost", "::1", "[::1]:8501"), True),
        (Connection("127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1"), True),
        (Connection("0.0.0.0", "127.0.0.1", "localhost"), False),  # noqa: S104
        (Connection("", "127.0.0.1", "localhost"), False),
        (Connection("127.0.0.1", "192.0.2.7", "localhost"), False),
        (Connection("127.0.0.1", "127.0.0.1", "cchc.example.vn"), False),
        (Connection("127.0.0.1", "127.0.0.1", "localhost.example.vn"), False),
        (Connection("127.0.0.1", "127.0.0.1", ""), False),
        (Connection("127.0.0.1", "127.0.0.1", "localhost", forwarded=True), False),
    ],
)
def test_only_this_machine_records_without_sign_in(connection: Connection, local: bool) -> None:
    found = identify({}, oidc=False, email=None, connection=connection)
    assert (found.person == LOCAL_PERSON) is local
    assert bool(found.reason) is not local
    # a claimed address counts for nothing while sign-in is not configured
    claimed = identify({"qt@x.vn": ADMIN}, False, "qt@x.vn", Connection("10.0.0.1", "10.0.0.2", "x"))
    assert claimed.person is None


def test_with_sign_in_the_machine_does_not_matter() -> None:
    known = {p.email: p for p in (ADMIN, GONE)}
    here = Connection("127.0.0.1", "127.0.0.1", "localhost")
    assert identify(known, True, None, here).reason == access.SIGN_IN
    assert identify(known, True, "QT@x.vn ", here).person == ADMIN
    assert identify(known, True, "la@x.vn", here).reason == access.UNKNOWN
    assert identify(known, True, "cu@x.vn", here).reason == access.INACTIVE
    assert identify(known, True, "qt@x.vn", here, email_verified=False).person is None


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("LOCALHOST", True), ("localhost.", True),
        ("0.0.0.0", False), ("::", False), ("", False), ("127.0.0.1.evil.vn", False), ("2130706433", False),  # noqa: S104
        ("128.0.0.1", False), ("fe80::1%eth0", False),
    ],
)  # fmt: skip
def test_is_loopback(address: str, loopback: bool) -> None:
    assert is_loopback(address) is loopback


def test_bare_host() -> None:
    assert [bare_host(h) for h in ("a:1", "a", "[::1]:2", "::1", "")] == ["a", "a", "::1", "::1", ""]


# People in the ledger


def test_people_are_entries(ledger: Ledger) -> None:
    def change(record: PersonRecord, by: Person) -> None:
        known = people(ledger.of_kind("person"))
        save(ledger, by, [change_person(known, record, by, DAY)], {})

    with pytest.raises(AccessDenied, match="ít nhất một người quản trị"):
        change(PersonRecord(email="a@x.vn", name="A", role="viewer"), LOCAL_PERSON)
    change(PersonRecord(email="QT@x.vn", name="Dũng", role="administrator"), LOCAL_PERSON)
    admin = people(ledger.of_kind("person"))["qt@x.vn"]
    change(PersonRecord(email="stp@x.vn", name="An", role="agency_editor", agency="so-tu-phap"), admin)
    change(PersonRecord(email="stp@x.vn", name="An", role="agency_editor", agency="so-tu-phap", active=False), admin)
    assert people(ledger.of_kind("person")) == {
        "qt@x.vn": Person("qt@x.vn", "Dũng", "administrator"),
        "stp@x.vn": Person("stp@x.vn", "An", "agency_editor", "so-tu-phap", False),
    }
    assert [e.author for e in ledger.history("person:stp@x.vn")] == ["qt@x.vn", "qt@x.vn"]
    with pytest.raises(AccessDenied, match="ít nhất một người quản trị"):
        change(PersonRecord(email="qt@x.vn", name="Dũng", role="viewer"), admin)
    with pytest.raises(AccessDenied, match="phân quyền"):
        change(PersonRecord(email="a@x.vn", name="A", role="viewer"), JUSTICE)
