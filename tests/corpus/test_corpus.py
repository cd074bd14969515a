"""The annotated documents keep their own conventions (see README.md)."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("check_corpus", HERE / "check_corpus.py")
assert _SPEC and _SPEC.loader
check_corpus: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(check_corpus)
ANNOTATIONS = check_corpus.annotations()


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
