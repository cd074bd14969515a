"""The handbook for officials: it can be drawn, its pictures are there, and it calls things as the screen calls them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cchc import config, entry_form, handbook, importing, words
from cchc.screen import import_lot, import_review, orphans_view, source_view, update_desk, update_file, widgets

TEXT = " ".join((config.ROOT / "docs" / "so-tay.md").read_text(encoding="utf-8").split())


def test_it_is_cut_into_its_parts() -> None:
    first, *rest = handbook.sections()
    assert (first.title, first.anchor) == ("", "muc-0")
    assert [one.title.split(".")[0] for one in rest] == [str(n) for n in range(1, len(rest) + 1)]
    assert all(one.pieces for one in rest)


def test_every_picture_is_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    drawn = [p.path for one in handbook.sections() for p in one.pieces if isinstance(p, handbook.Picture)]
    assert named
    assert drawn == [config.ROOT / "docs" / name for name in named]


def test_without_a_handbook_there_is_nothing(tmp_path: Path) -> None:
    assert handbook.sections(tmp_path) == ()


def test_it_names_every_page() -> None:
    (pages,) = (one for one in handbook.sections() if "Các trang" in one.title)
    table = next(p for p in pages.pieces if isinstance(p, str) and p.startswith("| Trang"))
    told = [line.split("|")[1].strip() for line in table.split("\n\n")[0].splitlines()[2:]]
    apart = {"huong-dan", "quan-tri"}  # the page that shows it, and one for administrators
    assert told == [title for path, title in words.PAGE_TITLES.items() if path not in apart]


@pytest.mark.parametrize(
    "label",
    [
        import_review.CONFIRM, import_review.STRIKE, import_review.KEEP, import_review.RESTORE, source_view.ADD,
        import_lot.LOT, import_review.VIEWS["info"], import_review.VIEWS["warnings"], import_review.VIEWS["struck"],
        import_review.VIEWS["loose"], orphans_view.TITLE.split(" (")[0], importing.TWIN_LABEL, update_desk.SEEN_SAVE,
        update_desk.SEEN_DROP, update_file.EXCEL_BUTTON, widgets.TODAY, words.CLEAR_FILTERS, words.TO_SENTENCE,
        words.DOWNLOAD_CSV, words.DOWNLOAD_XLSX, widgets.LABELS["as_of"], widgets.LABELS["q"],
        *entry_form.REPLACE.values(), "Giao cho cơ quan", *importing.KIND_LABELS.values(),
    ],
)  # fmt: skip
def test_it_calls_things_as_the_screen_does(label: str) -> None:
    assert label in TEXT
