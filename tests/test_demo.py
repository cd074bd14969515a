"""Made-up progress: plausible, repeatable, and never in a real ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from cchc import demo
from cchc.entries import Entry
from cchc.items import KnownItem
from cchc.ledger import Ledger, LedgerError, WrongLedger
from cchc.model import Deadline, Target
from cchc.scoring import count, records

D = dt.date
YEAR = D(2024, 1, 1)
ENDS = (D(2023, 12, 31), D(2024, 3, 31), D(2024, 6, 30), D(2024, 12, 31))


def items() -> list[KnownItem]:
    found = [
        KnownItem(
            f"p.n{n}",
            "task",
            "p",
            f"Nhiệm vụ {n}",
            1 + n % 7,
            lead=("snv",),
            deadline=Deadline(
                kind="quarter", end=(D(2023, 12, 31), D(2024, 3, 31), D(2024, 6, 30), D(2024, 12, 31))[n % 4]
            ),
            start=YEAR,
        )
        for n in range(72)
    ]
    found += [
        KnownItem(f"p.o{n}", "task", "p", "x", 1, deadline=Deadline(kind="ongoing"), start=YEAR) for n in range(5)
    ]
    kinds: list[dict[str, object]] = [
        {"kind": "ratio", "comparator": ">=", "value": 90, "unit": "%"},
        {"kind": "ratio", "comparator": "<=", "value": 5, "unit": "%"},
        {"kind": "rank", "comparator": "<=", "value": 20, "unit": "hạng"},
        {"kind": "count", "comparator": ">=", "value": 40, "unit": "dịch vụ"},
        {"kind": "count", "comparator": "<=", "value": 0, "unit": "hồ sơ"},
        {"kind": "improve"},
        {"kind": "milestone"},
    ]
    for n in range(42):
        target = Target(id=f"p.c{n}", start=0, end=1, due=D(2024, 12, 31), **kinds[n % 7])  # type: ignore[arg-type]
        found.append(KnownItem(f"p.c{n}", "target", "p", "x", 1, target=target, start=YEAR))
    return [*found, KnownItem("p.t1", "duty", "p", "x")]


def entries(path: Path) -> list[Entry]:
    with Ledger(path, kind="demo") as ledger:
        assert ledger.verify() == []
        return ledger.since(0)


def told(found: list[Entry]) -> list[tuple[object, ...]]:
    return [(e.id, e.item_id, e.payload, e.as_of, e.recorded_at, e.author) for e in found]


def test_the_same_seed_gives_the_same_entries(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        demo.make(items(), tmp_path / name, D(2024, 9, 30), seed)
    first = told(entries(tmp_path / "a"))
    assert first == told(entries(tmp_path / "b"))
    assert first != told(entries(tmp_path / "c"))
    # an item less leaves the others as they were
    demo.make(items()[1:], tmp_path / "d", D(2024, 9, 30), 1)
    assert told(entries(tmp_path / "d")) == [t for t in first if t[1] != "p.n0"]


@pytest.mark.parametrize("today", [D(2024, 1, 2), D(2024, 6, 20), D(2026, 11, 22)])
def test_nothing_speaks_of_or_comes_from_the_future(tmp_path: Path, today: dt.date) -> None:
    demo.make(items(), tmp_path / "a", today)
    for entry in entries(tmp_path / "a"):
        assert entry.as_of <= today
        assert entry.as_of <= (entry.recorded_at + dt.timedelta(hours=7)).date() <= today


def test_it_shows_every_status(tmp_path: Path) -> None:
    demo.make(items(), tmp_path / "a", D(2024, 9, 30))
    with Ledger(tmp_path / "a", kind="demo") as ledger:
        facts = ledger.state_at(D(2024, 9, 30))
    found = records(items(), facts, D(2024, 9, 30))
    split = count(found)
    for name in ("done_early", "done_on_time", "done_late", "in_time", "overdue", "past_no_report", "no_date"):
        assert getattr(split, name) > 0, name
    assert split.done > split.overdue + split.past_no_report
    codes = Counter(r.code for r in found if r.kind == "target")
    assert {"met", "at_risk", "progressing", "not_assessed"} <= set(codes)
    assert any(f.extensions for f in facts.values())
    assert any(f.evidence for f in facts.values())
    with Ledger(tmp_path / "a", kind="demo") as ledger:
        assert "correction" in {e.kind for e in ledger.since(0)}


def test_values_are_possible(tmp_path: Path) -> None:
    demo.make(items(), tmp_path / "a", D(2025, 3, 1))
    wanted = {i.id: i.target for i in items() if i.target}
    for entry in entries(tmp_path / "a"):
        if entry.kind == "target_value":
            target = wanted[entry.item_id]
            assert target is not None
            assert entry.payload.value >= 0
            if target.unit == "%":
                assert entry.payload.value <= 100
            elif target.kind in ("rank", "count"):
                assert entry.payload.value == int(entry.payload.value)


def test_it_stays_out_of_real_and_filled_ledgers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.setenv("CCHC_LEDGER_URL", f"sqlite:///{tmp_path / 'real.sqlite'}")
    Ledger().close()
    with pytest.raises(WrongLedger):
        demo.make(items(), tmp_path / "real.sqlite", D(2024, 9, 30))
    with Ledger() as real:
        assert real.last_seq() == 0
    made = demo.make(items(), today=D(2024, 9, 30))
    assert len(entries(tmp_path / "demo-ledger.sqlite")) == made
    with pytest.raises(LedgerError, match="đã có nội dung"):
        demo.make(items(), today=D(2024, 9, 30))
    assert demo.make(items(), today=D(2024, 3, 30), replace=True) < made
    with pytest.raises(WrongLedger):
        Ledger(tmp_path / "demo-ledger.sqlite")
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.endswith(("-wal", "-shm"))) == [
        "demo-ledger.sqlite", "real.sqlite",
    ]  # fmt: skip
