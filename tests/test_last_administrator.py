"""Two administrators withdraw each other at the same instant: one of them stays. On SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import URL

from cchc import access, recording
from cchc.access import LAST_ADMINISTRATOR, REFUSALS, AccessDenied, Person
from cchc.entries import Draft, Entry, PersonRecord, person_item
from cchc.ledger import Ledger
from tests.postgres_server import Server, postgres  # noqa: F401

DAY = dt.date(2024, 3, 14)
AN = Person("an@x.vn", "An", "administrator")
BINH = Person("binh@x.vn", "Bình", "administrator")
CHI = Person("chi@x.vn", "Chi", "administrator")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return URL.create("sqlite", database=str(tmp_path / "ledger.sqlite"))
    server: Server = request.getfixturevalue("postgres")
    return server.database()


class Together(Ledger):
    """A ledger that begins to write only when the other one does: all that was asked before was asked too early."""

    gate: threading.Barrier

    def append_all(self, *args: Any, **more: Any) -> list[Entry]:
        self.gate.wait(timeout=20)
        return super().append_all(*args, **more)


def right(of: Person, by: Person, role: str = "administrator", active: bool = True) -> Draft:
    said = PersonRecord(email=of.email, name=of.name, role=role, active=active)  # type: ignore[arg-type]
    return Draft(item_id=person_item(of.email), payload=said, author=by.email, role=by.role, as_of=DAY)


def at_once(url: URL, *tries: tuple[Person, Draft]) -> list[str]:
    """Each person's save in a thread and with connections of its own, all writing at the same moment; "" for a save
    that succeeded, else the refusal."""
    gate = threading.Barrier(len(tries))

    def save(person: Person, draft: Draft) -> str:
        with Together(url) as ledger:
            ledger.gate = gate  # type: ignore[attr-defined]
            try:
                recording.save(ledger, person, [draft], {})
            except AccessDenied as refusal:
                return str(refusal)
        return ""

    with ThreadPoolExecutor(len(tries)) as pool:
        return [f.result() for f in [pool.submit(save, *one) for one in tries]]


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"active": False}])
def test_two_administrators_cannot_withdraw_each_other(url: URL, change: dict[str, Any]) -> None:
    with Ledger(url) as ledger:
        ledger.append_all([right(AN, AN), right(BINH, AN)])
        answers = at_once(url, (AN, right(BINH, AN, **change)), (BINH, right(AN, BINH, **change)))
        assert sorted(map(bool, answers)) == [False, True]
        admins = [p for p in access.people(ledger.of_kind("person")).values() if p.active and p.role == "administrator"]
    assert len(admins) == 1


def test_both_stepping_down_leaves_one(url: URL) -> None:
    with Ledger(url) as ledger:
        ledger.append_all([right(AN, AN), right(BINH, AN)])
        answers = at_once(url, (AN, right(AN, AN, role="viewer")), (BINH, right(BINH, BINH, role="viewer")))
        assert sorted(answers) == ["", LAST_ADMINISTRATOR]
        assert ledger.last_seq() == 3


def test_who_was_withdrawn_a_moment_ago_changes_no_rights(url: URL) -> None:
    with Ledger(url) as ledger:
        ledger.append_all([right(AN, AN), right(BINH, AN), right(CHI, AN)])
        answers = at_once(url, (AN, right(BINH, AN, role="viewer")), (BINH, right(AN, BINH, role="viewer")))
        assert sorted(answers) == ["", REFUSALS["manage_people"]]
        assert ledger.verify() == []
