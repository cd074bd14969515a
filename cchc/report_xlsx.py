"""A report as an Excel workbook: the text on the first sheet, then each table on its own, numbers as numbers.

What is text stays text: nothing of it can become a formula.
"""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from cchc.demo import BANNER
from cchc.excel_rows import Rows
from cchc.exports import AS_OF_LABEL, CUT, DEMO_LABEL, EXCEL_CELL, VERSION_LABEL
from cchc.periods import date_text
from cchc.reports import Cell, Report, Table, Text
from cchc.text import stored

TEXT_SHEET = "Báo cáo"
PERIOD_LABEL = "Kỳ báo cáo"
SCOPE_LABEL = "Phạm vi"
NOTE_LABEL = "Lưu ý"
SEE = "Xem trang tính «{sheet}»."
TABLE_WIDTH = 150  # characters
FONT = "Times New Roman"

_THIN = Side(style="thin", color="9AA3B0")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_GROUP = PatternFill("solid", fgColor="EEF1F5")


def to_xlsx(report: Report) -> bytes:
    """The report as an Excel file."""
    book = Workbook(write_only=True)
    book.properties.title = ILLEGAL_CHARACTERS_RE.sub(" ", report.title)
    book.properties.creator = ""
    _text_sheet(book, report)
    for table in report.tables:
        _table_sheet(book, report, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_sheet(book: Any, report: Report) -> None:
    sheet = book.create_sheet(TEXT_SHEET)
    _paper(sheet, report, turned=False)
    rows = Rows(sheet, [18.0, 92.0])
    rows.add(_cell(sheet, report.title, bold=True, size=14, wrap=False))
    for label, value in (
        *([(DEMO_LABEL, BANNER)] if report.demo else []),
        (PERIOD_LABEL, f"{date_text(report.period.start)} - {date_text(report.period.end)}"),
        (AS_OF_LABEL, date_text(report.as_of)),
        (SCOPE_LABEL, report.scope),
        *((NOTE_LABEL, note) for note in report.notes),
        (VERSION_LABEL, report.data_version),
    ):
        rows.add(_cell(sheet, label, bold=True), _cell(sheet, value))
    rows.add()
    for block in report.blocks:
        if isinstance(block, Text):
            heading = block.kind in ("heading1", "heading2")
            text = f"- {block.text}" if block.kind == "item" else block.text
            rows.add(_cell(sheet, None), _cell(sheet, text, bold=heading))
        else:
            rows.add(_cell(sheet, None), _cell(sheet, f"{block.title}. {SEE.format(sheet=_name(block))}"))


def _table_sheet(book: Any, report: Report, table: Table) -> None:
    sheet = book.create_sheet(_name(table))
    _paper(sheet, report, turned=True)
    whole = sum(c.width for c in table.columns)
    rows = Rows(sheet, [max(9.0, TABLE_WIDTH * c.width / whole) for c in table.columns])
    above = 4 if report.demo else 3
    sheet.freeze_panes = f"A{above + 1}"
    sheet.print_title_rows = f"{above}:{above}"
    rows.add(_cell(sheet, table.title, bold=True, size=13, wrap=False))
    if report.demo:
        rows.add(_cell(sheet, BANNER, bold=True, wrap=False))
    told = f"{report.title}; số liệu đến hết ngày {date_text(report.as_of)}"
    rows.add(_cell(sheet, told, wrap=False))
    rows.add(*(_cell(sheet, c.label, bold=True, fill=_HEAD, frame=True, align="center") for c in table.columns))
    for line in table.lines:
        if line.kind == "group":
            head = _cell(sheet, line.cells[0], bold=True, fill=_GROUP, wrap=False)
            rows.add(head, *(_cell(sheet, None, fill=_GROUP) for _ in table.columns[1:]))
        else:
            bold = line.kind == "total"
            cells = zip(line.cells, table.columns, strict=True)
            rows.add(*(_cell(sheet, value, bold=bold, frame=True, align=column.align) for value, column in cells))


def _paper(sheet: Any, report: Report, *, turned: bool) -> None:
    sheet.page_setup.orientation = "landscape" if turned else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    if report.demo:
        sheet.oddHeader.center.text = BANNER


def _cell(
    sheet: Any,
    value: Cell,
    *,
    bold: bool = False,
    size: int = 11,
    fill: PatternFill | None = None,
    frame: bool = False,
    wrap: bool = True,
    align: str = "left",
) -> Any:
    made = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(" ", stored(value))
        made.value = text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - len(CUT)] + CUT
        made.data_type = "s"  # openpyxl takes a leading "=" for a formula
    made.font = Font(name=FONT, bold=bold, size=size)
    made.alignment = Alignment(vertical="top", wrap_text=wrap, horizontal=align)
    if fill is not None:
        made.fill = fill
    if frame:
        made.border = _FRAME
    return made


def _name(table: Table) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", table.sheet)[:31]
