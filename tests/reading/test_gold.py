"""The five real documents against their annotations, copied into `gold/`; the scorer is `score_parse.py`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import score_parse

from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reading.cli import as_json

HERE = Path(__file__).parent
PLANS = HERE.parents[1] / "data" / "plans"
GOLD = sorted((HERE / "gold").glob("*.json"))
NAMES = [g.stem for g in GOLD]


@cache
def _gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


@cache
def _plan(name: str) -> Plan:
    return read_plan((PLANS / _gold(name)["source"]).read_bytes(), _gold(name)["source"])


@cache
def _parsed(name: str) -> dict[str, Any]:
    return as_json(name, _plan(name), with_text=True)


def _score(section: str) -> tuple[int, int, int, int]:
    """(found, exact, annotated, parsed) over all five documents."""
    found_rule, exact_rule = score_parse.SECTIONS[section]
    found = exact = annotated = parsed = 0
    for name in NAMES:
        gold, items = _gold(name)[section], _parsed(name)[section]
        pairs, missed, _ = score_parse.pair(gold, items, found_rule)
        found += len(pairs)
        exact += sum(exact_rule(a, b) for a, b in pairs)
        annotated += len(pairs) + len(missed)
        parsed += len(items)
    return found, exact, annotated, parsed


def test_five_documents_are_annotated() -> None:
    assert len(GOLD) == 5


def test_every_task_is_read_exactly() -> None:
    assert _score("tasks") == (56, 56, 56, 56)


def test_every_target_is_found_and_97_are_exact() -> None:
    found, exact, annotated, parsed = _score("targets")
    assert (found, annotated) == (99, 99)
    assert exact >= 97
    assert parsed <= 101


@pytest.mark.parametrize(("section", "annotated"), [("measures", 55), ("duties", 35)])
def test_measures_and_duties_are_found(section: str, annotated: int) -> None:
    found, _, gold, parsed = _score(section)
    assert gold == annotated
    assert 2 * found / (gold + parsed) >= 0.97


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "field", ["number", "kind", "authority", "province", "level", "year", "issued_on", "signed_by", "legal_bases"]
)
def test_no_plan_field_is_wrong(name: str, field: str) -> None:
    assert _parsed(name)["plan"][field] == _gold(name)["plan"].get(field, [] if field == "legal_bases" else None)


@pytest.mark.parametrize("name", NAMES)
def test_area_and_its_origin(name: str) -> None:
    """Areas of all paired targets, tasks and measures; where the area comes from is part of the promise."""
    for section in ("targets", "tasks", "measures"):
        pairs, _, _ = score_parse.pair(_gold(name)[section], _parsed(name)[section], score_parse.SECTIONS[section][0])
        wrong = [
            (a["area"], a["area_from"], b["area"], b["area_from"], b.get("quote") or b["content"])
            for a, b in pairs
            if (a["area"], a["area_from"]) != (b["area"], b["area_from"])
        ]
        assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_agency_of_each_duty(name: str) -> None:
    pairs, _, _ = score_parse.pair(_gold(name)["duties"], _parsed(name)["duties"], score_parse.SECTIONS["duties"][0])
    assert [(b["agency"], b["agency_from"]) for _, b in pairs] == [(a["agency"], a["agency_from"]) for a, _ in pairs]


@pytest.mark.parametrize("name", NAMES)
def test_spans_hold_their_words(name: str) -> None:
    plan = _plan(name)
    for target in plan.targets:
        assert " ".join(plan.text[target.start : target.end].split()) == target.quote
    for item in (*plan.measures, *plan.duties):
        assert " ".join(plan.text[item.start : item.end].split()) == item.content
    for task in plan.tasks:
        assert task.content.split()[0] in plan.text[task.start : task.end]


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_repeatable(name: str) -> None:
    plan = _plan(name)
    ids = [i.id for i in (*plan.targets, *plan.tasks, *plan.measures, *plan.duties)]
    assert len(set(ids)) == len(ids)
    again = read_plan((PLANS / _gold(name)["source"]).read_bytes(), "another name.txt")
    assert [i.id for i in (*again.targets, *again.tasks, *again.measures, *again.duties)] == ids
