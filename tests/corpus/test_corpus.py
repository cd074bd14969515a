"""The annotated documents keep their own conventions (see README.md)."""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

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
NATIVES = [p for p in ANNOTATIONS if json.loads(p.read_text(encoding="utf-8"))["source"] != f"{p.stem}.txt"]
# Figures with a mark or three digits: page numbers and automatic numbers of lists are not among them.
FIGURE = re.compile(r"\d+(?:[.,/]\d+)*\s?%|\d+(?:[.,/]\d+)+|\d{3,}")


def in_cell(value: Any) -> str:
    """A value as Excel with Vietnamese settings shows it without a format of its own."""
    if value is None:
        return ""
    if hasattr(value, "year"):
        return f"{value:%-d/%-m/%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def visible(path: Path) -> str:
    """The text of a document in a format of its own, got with the format's library alone."""
    if path.suffix == ".docx":
        paragraphs = docx.Document(str(path)).element.body.iter(qn("w:p"))
        return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)
    if path.suffix == ".xlsx":
        cells = [c.value for s in openpyxl.load_workbook(path) for row in s.iter_rows() for c in row]
        return "\n".join(map(in_cell, cells))
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    return html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", ANNOTATIONS, ids=[f"{p.parent.name}/{p.stem}" for p in ANNOTATIONS])
def test_annotation_fits_its_text(path: Path) -> None:
    assert check_corpus.check(path) == []


def test_every_text_has_an_annotation() -> None:
    texts = {p.with_suffix("") for s in check_corpus.SETS for p in (HERE / s).glob("*.txt")}
    assert texts == {p.with_suffix("") for p in ANNOTATIONS}


@pytest.mark.parametrize("path", NATIVES, ids=[f"{p.parent.name}/{p.stem}" for p in NATIVES])
def test_a_native_document_holds_the_figures_of_its_text(path: Path) -> None:
    """NAME.txt is what a person sees in NAME.docx, .html, .pdf or .xlsx: no percentage, date or number differs."""
    native = visible(path.with_name(json.loads(path.read_text(encoding="utf-8"))["source"]))
    shown, held = (
        Counter(FIGURE.findall(check_corpus.folded(text)))
        for text in (path.with_suffix(".txt").read_text(encoding="utf-8"), native)
    )
    assert shown and not shown - held


def test_a_source_that_is_not_there_is_noticed(tmp_path: Path) -> None:
    source = ANNOTATIONS[0]
    gold = json.loads(source.read_text(encoding="utf-8")) | {"source": f"{source.stem}.docx"}
    (tmp_path / source.name).write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / source.name).with_suffix(".txt").write_bytes(source.with_suffix(".txt").read_bytes())
    assert check_corpus.check(tmp_path / source.name) == [f"source '{source.stem}.docx'"]


def test_errors_of_the_held_set_are_never_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reader is replaced by one that finds nothing: each goal is missed, none is named."""
    nothing = {"plan": {}, "text": "", **{section: [] for section in accuracy.SECTIONS}}
    asked: list[Path] = []

    def parse(files: Sequence[Path]) -> list[dict[str, Any]]:
        asked.extend(files)
        return [nothing for _ in files]

    monkeypatch.setattr(accuracy, "parse", parse)
    for name in accuracy.SETS:
        accuracy.main(["--set", name, "--errors", "9", "--by-document"])
        assert ("missed" in capsys.readouterr().out) == (name in accuracy.OPEN)
    assert {p.suffix for p in asked if p.parent.name == "dev-held2"} == {".txt", ".docx", ".html", ".pdf", ".xlsx"}


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
