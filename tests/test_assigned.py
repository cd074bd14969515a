"""A target that the standing body gives to an agency: who may give it, who may then record, where it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cchc import config, facts, profiles, reminders, scoring
from cchc.access import OTHER_AGENCY, REFUSALS, AccessDenied, Person
from cchc.entries import Assignment, Correction, Draft, Entry, Evidence, TargetValue
from cchc.facts import Facts
from cchc.items import KnownItem, as_assigned
from cchc.ledger import Ledger, Refused
from cchc.model import Deadline, Target
from cchc.recording import GIVEN_BY_DOCUMENT, UNKNOWN_AGENCY, save

D = dt.date
TODAY = D(2024, 6, 20)
HOME = Person("snv@x.vn", "Chi", "standing_editor")
ADMIN = Person("qt@x.vn", "Dũng", "administrator")
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
HEALTH = Person("syt@x.vn", "Bình", "agency_editor", "so-y-te")
VIEWER = Person("xem@x.vn", "Xem", "viewer")
NATIONAL = profiles.load("quoc-gia-abc")


YEAR_END = D(2024, 12, 31)


def target(number: int, due: dt.date = YEAR_END) -> KnownItem:
    made = Target(id=f"p.c{number}", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=due)
    return KnownItem(
        made.id, "target", "p", f"90% hồ sơ {number}", 3, target=made, start=D(2024, 1, 1), plan_label="KH"
    )


TASK = KnownItem(
    "p.n1", "task", "p", "Việc", 3, lead=("so-y-te",), members=("so-y-te",), reached=frozenset({"so-y-te"}),
    led_by=frozenset({"so-y-te"}), deadline=Deadline(kind="day", end=D(2024, 12, 31)), plan_label="KH",
)  # fmt: skip
ITEMS = {i.id: i for i in (target(1), target(2), TASK)}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(config, "today", lambda: TODAY)
    with Ledger(tmp_path / "ledger.sqlite", clock=lambda: dt.datetime(2024, 6, 20, 3, tzinfo=dt.UTC)) as made:
        yield made


def put(ledger: Ledger, person: Person, payload: object, item: str = "p.c1", day: dt.date = TODAY) -> Entry:
    draft = Draft(item_id=item, payload=payload, author=person.email, role=person.role, as_of=day)  # type: ignore[arg-type]
    return save(ledger, person, [draft], ITEMS)[0]


def give(ledger: Ledger, agency: str = "so-tu-phap", item: str = "p.c1", by: Person = HOME) -> Entry:
    return put(ledger, by, Assignment(agency=agency), item, D(2024, 2, 1))


VALUE = TargetValue(value=45)


def test_an_agency_records_what_was_given_to_it_and_nothing_else(ledger: Ledger) -> None:
    with pytest.raises(AccessDenied, match=OTHER_AGENCY):
        put(ledger, JUSTICE, VALUE)
    give(ledger)
    assert put(ledger, JUSTICE, VALUE).author == JUSTICE.email
    put(ledger, JUSTICE, Evidence(number="1/BC"))
    mine = put(ledger, JUSTICE, TargetValue(value=50))
    put(ledger, JUSTICE, Correction(corrects=mine.id, replacement=TargetValue(value=51), reason="nhầm"))
    for person, item in ((HEALTH, "p.c1"), (JUSTICE, "p.c2"), (VIEWER, "p.c1")):
        with pytest.raises(AccessDenied):
            put(ledger, person, VALUE, item)


@pytest.mark.parametrize("by", [HOME, ADMIN])
def test_given_to_another_agency_the_first_one_records_no_more(ledger: Ledger, by: Person) -> None:
    give(ledger, by=by)
    first = give(ledger, "so-y-te", by=by)
    put(ledger, HEALTH, VALUE)
    with pytest.raises(AccessDenied, match=OTHER_AGENCY):
        put(ledger, JUSTICE, VALUE)
    put(ledger, by, Correction(corrects=first.id, reason="giao nhầm"))
    put(ledger, JUSTICE, VALUE)


@pytest.mark.parametrize("person", [JUSTICE, HEALTH, VIEWER])
def test_only_the_standing_body_gives(ledger: Ledger, person: Person) -> None:
    given = give(ledger)
    for payload in (
        Assignment(agency=person.agency or "so-y-te"),
        Assignment(agency="so-y-te", unit="Phòng A"),
        Correction(corrects=given.id, replacement=Assignment(agency="so-y-te"), reason="x"),
        Correction(corrects=given.id, reason="x"),
    ):
        with pytest.raises(AccessDenied):
            put(ledger, person, payload)
    own = put(ledger, JUSTICE, Assignment(unit="Phòng Kiểm tra"))
    with pytest.raises(AccessDenied, match=REFUSALS["assign_agency"]):
        put(ledger, JUSTICE, Correction(corrects=own.id, replacement=Assignment(agency="so-y-te"), reason="x"))


def test_the_work_is_distributed_inside_the_agency_without_taking_it_away(ledger: Ledger) -> None:
    give(ledger)
    put(ledger, JUSTICE, Assignment(unit="Phòng Kiểm tra", person="Lan"))
    known = ledger.state_at(TODAY)["p.c1"]
    assert (known.agency, known.unit, known.person) == ("so-tu-phap", "Phòng Kiểm tra", "Lan")
    assert not known.recorded, "to give something to somebody is no report"
    assert ledger.state_at(D(2024, 1, 31))["p.c1"].agency == ""
    put(ledger, JUSTICE, VALUE)


@pytest.mark.parametrize(
    ("item", "agency", "reason"),
    [("p.n1", "so-tu-phap", GIVEN_BY_DOCUMENT), ("p.c1", "so-khong-co", UNKNOWN_AGENCY),
     ("p.c1", "so-ban-nganh", UNKNOWN_AGENCY)],
)  # fmt: skip
def test_what_cannot_be_given(ledger: Ledger, item: str, agency: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        give(ledger, agency, item)


def test_an_agency_that_has_a_successor_passes_its_targets_on() -> None:
    given = as_assigned(ITEMS["p.c1"], Facts(agency="so-giao-thong-van-tai"))
    assert given.assigned and given.lead == ("so-giao-thong-van-tai",)
    assert given.concerns("so-xay-dung") and given.is_led_by("so-xay-dung")
    assert as_assigned(TASK, Facts(agency="so-tu-phap")) is TASK


def test_it_counts_in_the_score_of_the_agency_which_says_so(ledger: Ledger) -> None:
    give(ledger)
    put(ledger, JUSTICE, TargetValue(value=90))
    found = scoring.records(ITEMS.values(), ledger.state_at(TODAY), TODAY)
    scores = {s.key: s for s in scoring.score_by(found, NATIONAL, "agency")}
    assert scores["so-tu-phap"].value == 100
    (item,) = [i for t in scores["so-tu-phap"].terms for i in t.items]
    assert (item.id, item.share) == ("p.c1", 1) and scoring.ASSIGNED in item.why
    assert {i.id for t in scores[""].terms for i in t.items} == {"p.c2"}, "the other target is still of nobody"
    assert all(scoring.ASSIGNED not in i.why for t in scores[""].terms for i in t.items)
    # On a day before it was given it counted for nobody.
    before = scoring.records(ITEMS.values(), ledger.state_at(D(2024, 1, 31)), D(2024, 1, 31))
    assert "so-tu-phap" not in {s.key for s in scoring.score_by(before, NATIONAL, "agency")}


# Reminders


def told(known: Mapping[str, Facts], day: dt.date, due: dt.date, **more: object) -> dict[str, dict[str, list[str]]]:
    """agency -> section -> items."""
    items = [target(1, due), target(2, due)]
    found = {}
    for digest in reminders.digests(items, known, day, {}, **more):  # type: ignore[arg-type]
        sections = {f"due {step}": digest.due[step] for step in digest.due}
        sections |= {"no_value": digest.no_value, "late": digest.late}
        found[digest.key] = {name: [x.item_id for x in lines] for name, lines in sections.items() if lines}
    return found


DUE = D(2024, 6, 30)
LOW = facts.Value(D(2024, 5, 31), 45)
GIVEN = {"p.c1": Facts(agency="so-tu-phap", recorded=True, values=(LOW,)), "p.c2": Facts(recorded=True, values=(LOW,))}


@pytest.mark.parametrize(("days", "step"), [(30, 30), (8, 30), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1)])
def test_a_target_that_is_due_soon_is_told_to_its_agency_and_all_to_the_standing_body(days: int, step: int) -> None:
    day = DUE - dt.timedelta(days=days)
    assert told(GIVEN, day, DUE) == {
        "so-tu-phap": {f"due {step}": ["p.c1"]}, "": {f"due {step}": ["p.c1", "p.c2"]}
    }  # fmt: skip
    exact = told(GIVEN, day, DUE, exact=True)
    assert bool(exact) == (days in reminders.STEPS)


@pytest.mark.parametrize(
    "known",
    [
        Facts(recorded=True, values=(facts.Value(D(2024, 5, 31), 95),)),
        Facts(recorded=True, not_applicable=True),
    ],
)
def test_what_is_reached_or_does_not_apply_is_not_told(known: Facts) -> None:
    assert told({"p.c1": known, "p.c2": known}, D(2024, 6, 25), DUE) == {}


def test_a_target_without_data_is_told_once_under_what_was_asked_for() -> None:
    known = {"p.c1": Facts(agency="so-tu-phap")}
    assert told(known, D(2024, 6, 25), DUE) == {
        "so-tu-phap": {"due 7": ["p.c1"]}, "": {"due 7": ["p.c1", "p.c2"]}
    }  # fmt: skip
    only = told(known, D(2024, 6, 25), DUE, sections=("missing",))
    assert only == {"so-tu-phap": {"no_value": ["p.c1"]}, "": {"no_value": ["p.c1", "p.c2"]}}
    assert told(known, D(2024, 3, 1), DUE)["so-tu-phap"] == {"no_value": ["p.c1"]}
    assert told(GIVEN, D(2024, 3, 1), DUE) == {}, "far away, and something is known"


def test_the_text_tells_the_deadline_and_how_it_stands() -> None:
    items = [target(1, DUE)]
    (own, _all) = reminders.digests(items, GIVEN, D(2024, 6, 27), {"so-tu-phap": "Sở Tư pháp"})
    text = reminders.text(own)
    assert "CÒN 2 HOẶC 3 NGÀY (1)" in text
    assert "Thời hạn: 30/6/2024" in text and "Nguy cơ không đạt" in text
