"""The items as the catalog gives them and as the reader gives them are the same."""

from __future__ import annotations

from pathlib import Path

from cchc import catalog
from cchc.config import ROOT
from cchc.engine import Engine
from cchc.items import KnownItem, agency_names, from_catalog, from_plan
from cchc.reading import read_plan

PLANS = sorted((ROOT / "data" / "plans").glob("*.txt"))


def test_catalog_and_reader_agree(tmp_path: Path) -> None:
    engine = Engine(catalog.build(PLANS, tmp_path))
    try:
        found = {i.id: i for i in from_catalog(engine)}
        known = agency_names(engine)
    finally:
        engine.close()
    read = [i for path in PLANS for i in from_plan(read_plan(path.read_bytes(), path.name))]
    assert len(read) > 200
    assert {i.id for i in read} == set(found)

    def told(item: KnownItem) -> tuple[object, ...]:
        # A duty may name several agencies in one phrase, which the catalog takes apart.
        named = (len(item.lead), len(item.support)) if item.kind == "task" else bool(item.lead)
        return item.kind, item.plan, item.label, item.area, item.deadline, item.start, named

    for item in read:
        other = found[item.id]
        assert told(other) == told(item)
        if item.target is not None and other.target is not None:
            for name in ("kind", "comparator", "value", "unit", "level", "due"):
                assert getattr(other.target, name) == getattr(item.target, name)
        assert other.reached >= {*other.lead, *other.support}
        assert other.led_by >= set(other.lead)
        assert other.reached >= other.led_by
        assert other.led_by >= set(other.members)
    expanded = [i for i in found.values() if len(i.members) > len(i.lead)]
    assert expanded
    assert all("so-ban-nganh" not in i.members for i in expanded)
    names = {key for i in found.values() for key in i.reached}
    assert names <= set(known)


def test_whom_an_item_concerns() -> None:
    item = KnownItem("p.n1", "task", "p", "x", reached=frozenset({"a", "b"}), led_by=frozenset({"a"}))
    assert [item.concerns(a) for a in ("a", "b", "c", "")] == [True, True, False, False]
    assert [item.is_led_by(a) for a in ("a", "b", "c", "")] == [True, False, False, False]
