"""Answers by hand for criteria that no recorded result can answer: who may, which count, corrections, the command."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cchc import access, answers, config, profiles, scoring
from cchc.access import REFUSALS, AccessDenied, Person
from cchc.answers import given, of_period, percents
from cchc.commands import cli_progress
from cchc.entries import Answer, Correction, Draft, Entry, Note, answer_item
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger, Refused
from cchc.model import Deadline
from cchc.progress import Progress
from cchc.recording import save
from cchc.report_periods import ReportPeriod

D = dt.date
TODAY = D(2025, 1, 20)
HOME = Person("snv@x.vn", "Chi", "standing_editor")
ADMIN = Person("qt@x.vn", "Dũng", "administrator")
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "so-tu-phap")
VIEWER = Person("xem@x.vn", "Xem", "viewer")
YEAR, HALF = ReportPeriod(2024), ReportPeriod(2024, "6t")
PARTY = profiles.load("quy-dinh-366")
ITEM = answer_item("quy-dinh-366", "agency", "so-tu-phap", "vuot-muc")


def task(number: int) -> KnownItem:
    return KnownItem(
        f"p.n{number}", "task", "p", f"Việc {number}", 1, lead=("so-tu-phap",), members=("so-tu-phap",),
        reached=frozenset({"so-tu-phap"}), led_by=frozenset({"so-tu-phap"}),
        deadline=Deadline(kind="day", end=D(2024, 6, 30)), plan_label="KH 1", start=D(2024, 1, 1),
    )  # fmt: skip


ITEMS = {item.id: item for item in (task(1), task(2))}


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(config, "today", lambda: TODAY)
    with Ledger(tmp_path / "ledger.sqlite") as made:
        yield made


def answer(percent: float | None = 35, period: ReportPeriod = YEAR, **other: Any) -> Answer:
    said = {"profile": "quy-dinh-366", "criterion": "vuot-muc", "by": "agency", "key": "so-tu-phap",
            "reason": "Biên bản họp xét", **other}  # fmt: skip
    return Answer(percent=percent, period=str(period), **said)


def put(ledger: Ledger, made: Answer | None, period: ReportPeriod = YEAR, person: Person = HOME) -> Entry:
    history = ledger.history(ITEM)
    draft = answers.draft(made, history, period, "xem lại", person, TODAY)
    return save(ledger, person, [draft], ITEMS, {draft.item_id: len(history)})[0]


def counted(ledger: Ledger, day: dt.date, period: ReportPeriod | None = None, by: str = "agency") -> Any:
    return percents(given(ledger.of_kind("answer"), "quy-dinh-366", by, day, period))


# Who may


@pytest.mark.parametrize("person", [HOME, ADMIN, access.LOCAL_PERSON])
def test_the_standing_body_and_the_administrator_answer(ledger: Ledger, person: Person) -> None:
    entry = put(ledger, answer(), person=person)
    assert (entry.item_id, entry.kind, entry.author, entry.as_of) == (ITEM, "answer", person.email, D(2024, 12, 14))


@pytest.mark.parametrize("person", [JUSTICE, VIEWER])
def test_nobody_else_does_also_not_by_a_correction(ledger: Ledger, person: Person) -> None:
    with pytest.raises(AccessDenied, match=REFUSALS["answer_criteria"]):
        put(ledger, answer(), person=person)
    put(ledger, answer())
    for change in (answer(90), None):
        with pytest.raises(AccessDenied, match=REFUSALS["answer_criteria"]):
            put(ledger, change, person=person)
    disguised = Draft(item_id=ITEM, payload=Note(text="x"), author=person.email, role=person.role, as_of=TODAY)
    with pytest.raises(AccessDenied):
        save(ledger, person, [disguised], ITEMS)
    assert ledger.last_seq() == 1


# What is taken


@pytest.mark.parametrize(
    "other",
    [
        {"profile": "khong-co"},
        {"profile": "quoc-gia-abc"},  # it asks for nothing by hand
        {"criterion": "nv"},  # is measured
        {"key": "so-khac"},
        {"by": "plan", "key": "so-tu-phap"},
    ],
)
def test_an_answer_to_nothing_that_is_asked_is_refused(ledger: Ledger, other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        put(ledger, answer(**other))
    assert ledger.last_seq() == 0


def test_an_answer_stands_under_its_own_item_only(ledger: Ledger) -> None:
    for item in ("p.n1", answer_item("quy-dinh-366", "agency", "so-noi-vu", "vuot-muc")):
        draft = Draft(item_id=item, payload=answer(), author=HOME.email, role=HOME.role, as_of=TODAY)
        with pytest.raises(Refused):
            save(ledger, HOME, [draft], ITEMS)
    note = Draft(item_id=ITEM, payload=Note(text="x"), author=HOME.email, role=HOME.role, as_of=TODAY)
    with pytest.raises(Refused):
        save(ledger, HOME, [note], ITEMS)
    assert ledger.last_seq() == 0


@pytest.mark.parametrize(
    "wrong", [{"percent": -1}, {"percent": 101}, {"percent": float("nan")}, {"reason": " "}, {"period": "x"}]
)
def test_what_an_answer_must_say(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({**answer().model_dump(), **wrong})


# Which counts


def test_a_period_takes_its_own_answers_and_a_day_the_latest_one(ledger: Ledger) -> None:
    put(ledger, answer(20, HALF), HALF)
    put(ledger, answer(35, YEAR))
    assert counted(ledger, D(2024, 6, 30), HALF) == {"so-tu-phap": {"vuot-muc": 20}}
    assert counted(ledger, D(2024, 12, 14), YEAR) == {"so-tu-phap": {"vuot-muc": 35}}
    assert counted(ledger, D(2024, 12, 31), ReportPeriod(2024, "3")) == {}
    assert counted(ledger, D(2024, 6, 13)) == {}
    assert counted(ledger, D(2024, 7, 1)) == {"so-tu-phap": {"vuot-muc": 20}}
    assert counted(ledger, TODAY) == {"so-tu-phap": {"vuot-muc": 35}}
    assert counted(ledger, TODAY, by="plan") == {}
    progress = Progress(ledger)
    progress.pull()
    assert progress.answers() == tuple(ledger.of_kind("answer"))
    assert progress.facts(TODAY) == {} == ledger.state_at(TODAY), "an answer is no fact of an item"


def test_a_second_answer_corrects_the_first_and_a_withdrawal_leaves_none(ledger: Ledger) -> None:
    put(ledger, answer(35))
    entry = put(ledger, answer(None))
    assert isinstance(entry.payload, Correction) and entry.payload.reason == "xem lại"
    assert counted(ledger, TODAY, YEAR) == {"so-tu-phap": {"vuot-muc": None}}
    put(ledger, None)
    assert counted(ledger, TODAY, YEAR) == {}
    assert of_period(ledger.history(ITEM), "2024") is None
    assert put(ledger, answer(10)).kind == "answer", "after a withdrawal it begins anew"
    assert [e.version for e in ledger.history(ITEM)] == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="nothing"):
        answers.draft(None, ledger.history(ITEM), HALF, "x", HOME, TODAY)


def test_the_second_of_two_sees_what_the_first_answered(ledger: Ledger) -> None:
    seen = ledger.history(ITEM)
    put(ledger, answer(35))
    draft = answers.draft(answer(50), seen, YEAR, "x", ADMIN, TODAY)
    with pytest.raises(Conflict):
        save(ledger, ADMIN, [draft], ITEMS, {ITEM: len(seen)})
    assert counted(ledger, TODAY, YEAR) == {"so-tu-phap": {"vuot-muc": 35}}


@pytest.mark.parametrize(
    ("percent", "label"),
    [(30, "Hoàn thành xuất sắc nhiệm vụ"), (29.9, "Hoàn thành tốt nhiệm vụ"), (None, "Hoàn thành tốt nhiệm vụ")],
)
def test_the_class_follows_the_answer_and_says_so(ledger: Ledger, percent: float | None, label: str) -> None:
    put(ledger, answer(percent))
    record = scoring.Record(
        "p.n1", "task", "Việc", "p", 1, ("so-tu-phap",), "2024-2", "done_on_time", "xong", True, True
    )
    (found,) = scoring.score_by([record], PARTY, "agency", counted(ledger, TODAY, YEAR), year_over=True)
    assert found.class_label == label
    words = "Tỷ lệ nhiệm vụ hoàn thành vượt mức yêu cầu"
    assert any(words in note for note in found.notes), found.notes


# The command


def run(tmp_path: Path, *args: str) -> int:
    return cli_progress.answer(
        ["--ledger", str(tmp_path / "ledger.sqlite"), "--profile", "quy-dinh-366", "--criterion", "vuot-muc", *args],
        lambda: list(ITEMS.values()),
    )


def test_the_command_line_answers_and_scores(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whom = ("--agency", "so-tu-phap", "--period", "Năm 2024", "--reason", "Biên bản")
    assert run(tmp_path, *whom, "--percent", "20,5", "--document", "9/BB-SNV") == 0
    assert run(tmp_path, *whom, "--percent", "30") == 0
    assert run(tmp_path, "--agency", "khong-co", "--period", "2024", "--reason", "x", "--percent", "1") == 1
    assert run(tmp_path, *whom, "--percent", "130") == 1
    assert "không được quá 100" in capsys.readouterr().err
    assert run(tmp_path, *whom) == 2
    first, second = ledger.history(ITEM)
    assert (first.payload.percent, first.payload.document) == (20.5, "9/BB-SNV")
    assert isinstance(second.payload, Correction)
    capsys.readouterr()
    argv = ["--ledger", str(tmp_path / "ledger.sqlite"), "--profile", "quy-dinh-366", "--period", "2024",
            "--year-over", "--format", "json"]  # fmt: skip
    for number in (1, 2):
        done = ["--ledger", str(tmp_path / "ledger.sqlite"), f"p.n{number}", "done", "1/6/2024"]
        assert cli_progress.record([done[2], *done[:2], *done[3:]], lambda: list(ITEMS.values())) == 0
    capsys.readouterr()
    assert cli_progress.score(argv, lambda: list(ITEMS.values()), dict) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["key"], row["class"]) == ("so-tu-phap", "Hoàn thành xuất sắc nhiệm vụ")
    assert cli_progress.score([*argv[:-5], "--period", "2024-6t", *argv[-3:]], lambda: list(ITEMS.values()), dict) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["class"] == "Hoàn thành tốt nhiệm vụ", "the answer for the year says nothing of the half"
