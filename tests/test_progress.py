"""The process's copy of the ledger says what the ledger says."""

from __future__ import annotations

import datetime as dt
import random
import threading
from pathlib import Path

from cchc.entries import Correction, Draft, Note, TargetValue
from cchc.ledger import Ledger
from cchc.progress import KEPT_DAYS, Progress

D = dt.date


def value(item: str, number: float, day: dt.date) -> Draft:
    return Draft(item_id=item, payload=TargetValue(value=number), author="a", as_of=day)


def test_it_follows_the_ledger_entry_by_entry(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    days = [D(2024, m, 1) for m in (2, 6, 12)]
    with Ledger(tmp_path / "l") as mine, Ledger(tmp_path / "l") as other:
        progress = Progress(mine)
        empty = progress.pull()
        assert progress.facts(days[0]) == {}
        for step in range(60):
            entry = other.append(value(f"p.c{chance.randrange(9)}", step, D(2024, chance.randrange(1, 13), 15)))
            if step % 7 == 0:
                payload = Correction(corrects=entry.id, reason="x")
                other.append(Draft(item_id=entry.item_id, payload=payload, author="b", as_of=entry.as_of))
            day = chance.choice(days)
            before = progress.version
            assert progress.pull() != before
            assert progress.facts(day) == other.state_at(day)
        for day in days:
            assert progress.facts(day) == other.state_at(day)
        moment = other.since(0)[20].recorded_at
        assert progress.facts(days[2], moment) == other.state_at(days[2], moment)
        assert list(progress.entries()) == other.since(0)
        assert list(progress.history("p.c1")) == other.history("p.c1")
        assert progress.pull() == progress.version != empty


def test_facts_given_out_stay_as_they_were(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        progress = Progress(ledger)
        ledger.append(value("p.c1", 1, D(2024, 1, 1)))
        progress.pull()
        first = progress.facts(D(2024, 6, 1))
        kept = dict(first)
        ledger.append(value("p.c2", 1, D(2024, 1, 1)))
        assert progress.facts(D(2024, 6, 1)) == kept  # nothing new before it is pulled
        progress.pull()
        assert set(progress.facts(D(2024, 6, 1))) == {"p.c1", "p.c2"}
        assert first == kept


def test_days_do_not_pile_up(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        progress = Progress(ledger)
        ledger.append(Draft(item_id="p.n1", payload=Note(text="x"), author="a", as_of=D(2024, 1, 1)))
        progress.pull()
        for n in range(KEPT_DAYS * 3):
            progress.facts(D(2024, 1, 1) + dt.timedelta(days=n))
        assert len(progress._days) == KEPT_DAYS


def test_many_threads(tmp_path: Path) -> None:
    day = D(2024, 6, 1)
    with Ledger(tmp_path / "l") as ledger:
        progress = Progress(ledger)
        seen: list[int] = []
        errors: list[BaseException] = []

        def work(name: int) -> None:
            try:
                for n in range(15):
                    ledger.append(value(f"p.c{name}", n, D(2024, 1, 1)))
                    progress.pull()
                    mine = progress.facts(day)[f"p.c{name}"].value
                    assert mine is not None
                    seen.append(int(mine.value) - n)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert set(seen) == {0}  # everybody sees what they have just saved
        assert progress.facts(day) == ledger.state_at(day)
