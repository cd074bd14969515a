"""The plan of `office_plan` as workbooks of offices. A sheet has no chapters of text: each workbook says the plan's
letterhead, its goals in a table or as lines, and its tasks; measures and duties are those it has room for."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink

from tests.formats import office_plan as plan

DAYS = {"4": dt.date(2026, 11, 15)}


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(sheet: Any, at: int, words: list[str], column: int = 1, across: int = 6) -> int:
    """Paragraphs, each a merged row. Returns the next free row."""
    for line in words:
        sheet.cell(at, column, line).alignment = Alignment(wrap_text=True)
        sheet.merge_cells(start_row=at, end_row=at, start_column=column, end_column=column + across - 1)
        at += 1
    return at


def table(sheet: Any, at: int, rows: list[list[Any]], column: int = 1) -> int:
    for cells in rows:
        for k, words in enumerate(cells):
            sheet.cell(at, column + k, words)
        if len(cells) == 2:
            sheet.merge_cells(start_row=at, end_row=at, start_column=column + 1, end_column=column + 5)
        at += 1
    return at


def opening(sheet: Any, column: int = 1, at: int = 1) -> int:
    """Letterhead side by side, title."""
    for left, right in zip(plan.LEFT_HEAD, plan.RIGHT_HEAD, strict=True):
        sheet.cell(at, column, left)
        sheet.merge_cells(start_row=at, end_row=at, start_column=column, end_column=column + 2)
        sheet.cell(at, column + 3, right)
        sheet.merge_cells(start_row=at, end_row=at, start_column=column + 3, end_column=column + 5)
        at += 1
    return lines(sheet, at + 1, plan.TITLE, column)


def closing(sheet: Any, at: int, column: int = 1) -> int:
    for k, line in enumerate(plan.SIGNATURE):
        sheet.cell(at + k, column + 4, line)
    for k, line in enumerate(plan.RECEIVERS):
        sheet.cell(at + k, column, line)
    return at + 5


PARAGRAPHS = [one.typed for one in plan.PARAS]


def usual() -> bytes:
    """One sheet: everything one below the other, the table with its head and the headings of areas merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = lines(sheet, opening(sheet) + 1, PARAGRAPHS)
    at = lines(sheet, at + 1, plan.ANNEX)
    closing(sheet, table(sheet, at, [plan.HEAD, *plan.ROWS]) + 1)
    return saved(book)


def several_sheets() -> bytes:
    """An index of the sheets, the text, the tasks; an old draft hidden; a sheet of lists for drop-downs hidden too."""
    book = openpyxl.Workbook()
    index = book.active
    index.title = "Mục lục"
    for k, name in enumerate(["Danh mục biểu", "1. Nội dung kế hoạch", "2. Phụ lục nhiệm vụ"], 1):
        index.cell(k, 1, name)
        if k > 1:
            index.cell(k, 1).hyperlink = Hyperlink(ref=f"A{k}", location=f"'S{k}'!A1")
    text = book.create_sheet("Nội dung")
    closing(text, lines(text, opening(text) + 1, PARAGRAPHS) + 1)
    tasks = book.create_sheet("Phụ lục")
    table(tasks, lines(tasks, 1, plan.ANNEX), [plan.HEAD, *plan.ROWS])
    old = book.create_sheet("Bản cũ")
    table(
        old,
        1,
        [plan.HEAD, ["9", "Tổ chức hội thi cải cách hành chính", "Hội thi", "Sở Nội vụ", "Các sở", "Tháng 3/2026"]],
    )
    old.sheet_state = "hidden"
    kinds = book.create_sheet("DM")
    kinds.cell(1, 1, "Sở Nội vụ")
    kinds.sheet_state = "veryHidden"
    return saved(book)


def far_in() -> bytes:
    """The table begins at C9, with a head of two rows, hidden rows and columns, frozen panes, filters, notes below."""
    book = openpyxl.Workbook()
    sheet = book.active
    opening(sheet, 3)
    head = 9
    for k, words in enumerate(
        ["STT", "Nội dung nhiệm vụ", "Sản phẩm", "Cơ quan thực hiện", None, "Thời gian hoàn thành"]
    ):
        sheet.cell(head, 3 + k, words)
        if k not in (3, 4):
            sheet.merge_cells(start_row=head, end_row=head + 1, start_column=3 + k, end_column=3 + k)
    sheet.merge_cells(start_row=head, end_row=head, start_column=6, end_column=7)
    sheet.cell(head + 1, 6, "Cơ quan chủ trì")
    sheet.cell(head + 1, 7, "Cơ quan phối hợp")
    at = head + 2
    for cells in plan.ROWS:
        table(sheet, at, [cells], 3)
        if len(cells) > 2:
            sheet.cell(at, 9, "nội bộ")  # a hidden column
        at += 1
        if cells[0] == "2":
            table(sheet, at, [["2b", "Việc đã bỏ", "Báo cáo", "Sở Nội vụ", "Các sở", "Tháng 1/2026"]], 3)
            sheet.row_dimensions[at].hidden = True
            at += 1
    sheet.column_dimensions["I"].hidden = True
    sheet.auto_filter.ref = f"C{head + 1}:H{at}"
    sheet.freeze_panes = "D11"
    at = lines(sheet, at + 1, ["Ghi chú: Các cơ quan báo cáo kết quả về Sở Nội vụ."], 3)
    at = lines(sheet, at, PARAGRAPHS, 3)
    closing(sheet, at + 1, 3)
    return saved(book)


def typed_values() -> bytes:
    """Deadlines as dates, ordinals as numbers and as formulas with and without a result, lines with bullets in cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = lines(sheet, opening(sheet) + 1, PARAGRAPHS)
    at = lines(sheet, at + 1, plan.ANNEX)
    table(sheet, at, [plan.HEAD])
    at += 1
    for cells in plan.ROWS:
        made: list[Any] = list(cells)
        if len(cells) > 2:
            made[0] = int(cells[0])
            if cells[0] == "1":
                made[2] = "- Kế hoạch;\n- Báo cáo"
            if cells[0] in DAYS:
                made[5] = DAYS[cells[0]]
        table(sheet, at, [made])
        if cells[0] in DAYS:
            sheet.cell(at, 6).number_format = 'dd"/"mm"/"yyyy'
        at += 1
    closing(sheet, at + 1)
    data = saved(book)
    parts = _parts(data)
    name = "xl/worksheets/sheet1.xml"
    # Ordinals that count themselves: with the result Excel kept.
    for n in (2, 3):
        parts[name] = parts[name].replace(f"<v>{n}</v></c>".encode(), f"<f>A{n}+1</f><v>{n}</v></c>".encode(), 1)
    return _packed(parts)


def goals_in_a_table() -> bytes:
    """Goals as a table of indices: the figure as a number shown as a percentage, its unit in a column of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = lines(sheet, opening(sheet) + 1, ["I. MỤC TIÊU"])
    rows: list[list[Any]] = [
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Cơ quan chủ trì"],
        ["1", "Tỷ lệ hồ sơ giải quyết đúng hạn", "%", 0.98, "Văn phòng UBND tỉnh"],
        ["2", "Tỷ lệ hồ sơ giải quyết trực tuyến", "%", 0.8, "Sở Khoa học và Công nghệ"],
        ["3", "Mức độ hài lòng của người dân", "%", 0.925, "Sở Nội vụ"],
    ]
    for cells in rows:
        for k, words in enumerate(cells, 1):
            cell = sheet.cell(at, k, words)
            if isinstance(words, float):
                cell.number_format = "0.0%" if words == 0.925 else "0%"
        at += 1
    at = lines(sheet, at + 1, ["II. NHIỆM VỤ"])
    closing(sheet, table(sheet, at, [plan.HEAD, *plan.ROWS]) + 1)
    return saved(book)


GOALS = [(">=", 98.0), (">=", 80.0), (">=", 92.5)]


def with_macros() -> bytes:
    """A workbook with macros (.xlsm): they are not looked at."""
    parts = _parts(usual())
    sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        sheet, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return _packed({**parts, "xl/vbaProject.bin": b"AutoOpen 100% ho so" * 20})


def without_merging() -> bytes:
    """As exported by a program: nothing merged, a blank row between parts, areas in the second column."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for line in [*plan.LEFT_HEAD, *plan.RIGHT_HEAD, *plan.TITLE, *PARAGRAPHS, "", *plan.ANNEX]:
        sheet.cell(at, 1, line or None)
        at += 1
    for cells in [plan.HEAD, *plan.ROWS]:
        for k, words in enumerate(cells, 1):
            sheet.cell(at, k, words)
        at += 1
    for line in ["", *plan.SIGNATURE, *plan.RECEIVERS]:
        sheet.cell(at, 1, line or None)
        at += 1
    return saved(book)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "one sheet": usual, "several sheets": several_sheets, "table at C9": far_in, "dates and formulas": typed_values,
    "with macros (.xlsm)": with_macros, "nothing merged": without_merging, "goals in a table": goals_in_a_table,
}  # fmt: skip
