"""The annotated documents keep their own conventions (see README.md)."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def script(name: str) -> Any:
    """A script of this folder as a module (the folder is no package)."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


accuracy = script("accuracy")
check_corpus = script("check_corpus")
ANNOTATIONS = check_corpus.annotation_files()


@pytest.mark.parametrize("path", ANNOTATIONS, ids=[f"{p.parent.name}/{p.stem}" for p in ANNOTATIONS])
def test_annotation_fits_its_text(path: Path) -> None:
    assert check_corpus.check(path) == []


def test_every_text_has_an_annotation() -> None:
    texts = {p.with_suffix("") for s in check_corpus.SETS for p in (HERE / s).glob("*.txt")}
    assert texts == {p.with_suffix("") for p in ANNOTATIONS}


def test_the_check_notices_a_forgotten_figure(tmp_path: Path) -> None:
    source = ANNOTATIONS[0]
    gold = json.loads(source.read_text(encoding="utf-8"))
    text = source.with_suffix(".txt").read_text(encoding="utf-8")
    (tmp_path / gold["source"]).write_text(text + "\nTỷ lệ chưa ai ghi nhận đạt 37%.\n", encoding="utf-8")
    copy = tmp_path / source.name
    copy.write_text(json.dumps(gold), encoding="utf-8")
    assert any("37%" in problem for problem in check_corpus.check(copy))


def test_an_annotation_scores_full_against_itself_and_less_when_changed() -> None:
    """The scorer itself: identical answers are exact, a wrong level and a missing task are seen."""
    gold = json.loads((HERE / "dev" / "tinh-ha-nam-2025.json").read_text(encoding="utf-8"))
    same = accuracy.Report()
    same.add(gold, gold, 0)
    for section in accuracy.SECTIONS:
        tally = same.sections[section]
        assert tally.found == tally.exact == tally.gold == tally.parsed > 0
    changed = json.loads(json.dumps(gold))
    changed["tasks"].pop()
    changed["targets"][0]["comparator"] = "<"
    other = accuracy.Report()
    other.add(gold, changed, 0)
    assert other.sections["tasks"].found == same.sections["tasks"].found - 1
    assert other.sections["targets"].exact == same.sections["targets"].exact - 1
