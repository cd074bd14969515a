"""Wrapped texts are seen whole in LibreOffice, in lists and in the sheet to fill in."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from cchc import exports, results, worksheets
from cchc.excel_rows import LINE, MAX_HEIGHT, Rows
from cchc.facts import Facts
from cchc.items import KnownItem
from cchc.model import Deadline
from tests.office_suite import Convert, pages_of  # noqa: F401

LONG = " ".join(f"chữ{n}" for n in range(60))  # about 350 letters: six lines of a column of 60
DAY = dt.date(2024, 6, 14)


def in_list(text: str) -> bytes:
    frame = pd.DataFrame({"content": [text], "n": [1]})
    return exports.to_xlsx(frame, {"content": "Nội dung", "n": "Số"}, title="Nhiệm vụ", sentence="Không lọc", as_of=DAY)


def in_sheet(text: str) -> bytes:
    item = KnownItem("p.n1", "task", "p", text, lead=("stp",), deadline=Deadline(kind="day", end=DAY))
    rows = results.sheet([item], {"p.n1": Facts()}, DAY)
    return worksheets.write(rows)


@pytest.mark.parametrize("make", [in_list, in_sheet])
def test_office_shows_every_line(make: object, pages_of: Convert) -> None:  # noqa: F811
    words = " ".join(pages_of(make(LONG), "xlsx")).split()  # type: ignore[operator]
    assert [w for w in LONG.split() if w not in words] == []


def height(text: str, width: float, *, bold: bool = False, size: int = 11, wrap: bool = True) -> float:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("x")
    rows = Rows(sheet, [width])
    cell = WriteOnlyCell(sheet, value=text)
    cell.alignment, cell.font = Alignment(wrap_text=wrap), Font(bold=bold, size=size)
    rows.add(cell)
    out = io.BytesIO()
    book.save(out)
    read = openpyxl.load_workbook(out)["x"]
    assert read.column_dimensions["A"].width == width
    return float(read.row_dimensions[1].height) / LINE


@pytest.mark.parametrize(
    ("text", "lines"),
    [("ngắn", 1), ("a\nb\nc", 3), ("mười chữ nữa " * 4, 4), ("x" * 45, 3), ("", 1)],
)
def test_height_in_lines(text: str, lines: int) -> None:
    assert height(text, 16) == lines


def test_larger_letters_and_texts_that_do_not_wrap() -> None:
    assert height("ngắn", 16, size=22) == 2
    assert height("mười chữ nữa " * 4, 16, wrap=False) == 1
    assert height("dòng " * 5000, 16) == pytest.approx(MAX_HEIGHT / LINE)
