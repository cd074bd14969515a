"""An agency's sheet as an Excel workbook: made to be filled in offline, read back as rows. Pure; nothing is saved here.

The rows are those of `cchc.results`. The workbook has the sheet to fill in and one that tells how. A sheet of the
demonstration says so in its first row, and is not taken for real data.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cchc import results
from cchc.demo import BANNER as DEMO
from cchc.excel_rows import Rows
from cchc.periods import date_text
from cchc.results import COLUMNS, MAX_BYTES, MAX_ROWS, READ_ONLY, TableError
from cchc.text import folded

SHEET = "Kết quả"
HELP_SHEET = "Hướng dẫn"
HELP = (
    "Chỉ điền các cột có nền trắng. Không sửa cột «Mã» và cột «Phiên bản».",
    "Ô để trống nghĩa là không có gì để ghi nhận, không phải bằng 0.",
    "Ngày viết dạng 14/6/2024. Số viết dạng 98,5 hoặc 1.234,5.",
    "Kỳ viết: Quý I/2024; 6 tháng đầu năm 2024; Năm 2024.",
    "«Kết quả» dành cho chỉ tiêu có mức bằng số; nhiệm vụ thì ghi ngày hoàn thành và sản phẩm.",
    "«Đề nghị gia hạn đến» chỉ là đề nghị, chưa đổi thời hạn cho đến khi có văn bản cho phép.",
    "Nội dung đã ghi nhận được điền sẵn; nộp lại nguyên như cũ thì không ghi thêm gì.",
    "Điền xong, lưu tệp rồi nộp ở trang «Cập nhật», mục «Tệp Excel».",
)
NOT_EXCEL = "Tệp không phải là Excel (.xlsx) hoặc CSV dùng được."
TOO_LARGE = f"Tệp lớn hơn {MAX_BYTES // (1024 * 1024)} MB."
TOO_MANY = f"Tệp có nhiều hơn {MAX_ROWS} dòng."
IS_DEMO = "Đây là tệp số liệu minh họa, không nộp được vào số liệu thật."
NO_HEADER = "Không tìm thấy dòng tiêu đề có cột «Mã»."
MAX_UNPACKED = 200 * 1024 * 1024
MAX_COLUMNS = 60
_WIDE = {"Nội dung": 60.0, "Ghi chú": 36.0, "Sản phẩm đã hoàn thành": 30.0, "Kế hoạch": 24.0, "Đường dẫn": 24.0}


def write(rows: Sequence[Sequence[object]], demo: bool = False) -> bytes:
    """The workbook of a sheet (`results.sheet`, header first). What is there to be read has a grey ground."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    sheet = book.create_sheet(SHEET)
    head = 2 if demo else 1
    titles = [str(t) for t in rows[0]]
    fixed = {n for n, t in enumerate(titles) if t in READ_ONLY or t in (COLUMNS["id"][0], COLUMNS["version"][0])}
    sheet.freeze_panes = f"C{head + 1}"
    last = get_column_letter(len(titles))
    sheet.auto_filter.ref = f"A{head}:{last}{head + len(rows) - 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    lines = Rows(sheet, [_WIDE.get(name, 15.0) for name in titles])
    grey, blue = PatternFill("solid", fgColor="EEF1F5"), PatternFill("solid", fgColor="DCE6F1")
    thin = Side(style="thin", color="C5CCD6")
    frame, wrap = Border(left=thin, right=thin, top=thin, bottom=thin), Alignment(vertical="top", wrap_text=True)

    # Cells to fill in hold text: Excel would take «5/6/2024» for the sixth of May on an English machine, and «12/5» in
    # the number of a document for a day.
    numbers = {COLUMNS[c][0] for c in ("value", "numerator", "denominator", "base")}
    as_text = {n for n, t in enumerate(titles) if n not in fixed and t not in numbers}

    def cell(value: Any, fill: PatternFill | None = None, bold: bool = False, text: bool = False) -> Any:
        if isinstance(value, dt.date):
            value = date_text(value)
        made = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
        if isinstance(value, str):
            made.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:32_000]
            made.data_type = "s"  # openpyxl takes a leading "=" for a formula
        if text:
            made.number_format = "@"
        made.alignment, made.border = wrap, frame
        if fill is not None:
            made.fill = fill
        if bold:
            made.font = Font(bold=True)
        return made

    if demo:
        banner = cell(DEMO, bold=True)
        banner.font = Font(bold=True, color="B42318", size=14)
        lines.add(banner)
    lines.add(*(cell(t, blue, bold=True) for t in titles))
    for row in rows[1:]:
        lines.add(
            *(cell(v if v != "" else None, grey if n in fixed else None, text=n in as_text) for n, v in enumerate(row))
        )
    guide = book.create_sheet(HELP_SHEET)
    guide.column_dimensions["A"].width = 110.0
    for line in HELP:
        guide.append([line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, name: str, demo: bool = False) -> list[list[object]]:
    """The rows of a filled-in file, Excel or CSV by its content; row n of the file stands at n - 1, rows above the
    header are empty. `demo` tells whether the ledger in use is that of the demonstration. Raises TableError."""
    if not data:
        raise TableError("Tệp rỗng.")
    if len(data) > MAX_BYTES:
        raise TableError(TOO_LARGE)
    rows = _excel(data) if data[:2] == b"PK" else _csv(data, name)
    return _below_banner(rows, demo)


def _csv(data: bytes, name: str) -> list[list[object]]:
    if b"\0" in data[:1000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise TableError(NOT_EXCEL)
    return [list(row) for row in results.read_csv(data)]


def _excel(data: bytes) -> list[list[object]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MAX_UNPACKED:
                raise TableError(TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
            rows: list[list[object]] = []
            for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True):
                if len(rows) > MAX_ROWS:
                    raise TableError(TOO_MANY)
                rows.append([_cell(value) for value in row])
        finally:
            book.close()
    except TableError:
        raise
    except Exception as error:  # a broken archive or workbook: openpyxl has no error of its own for it
        raise TableError(NOT_EXCEL) from error
    while rows and not any(v is not None and v != "" for v in rows[-1]):
        rows.pop()
    return rows


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, bool):
        return "có" if value else "không"
    return value


def _below_banner(rows: list[list[object]], demo: bool) -> list[list[object]]:
    names = {folded(n) for n in COLUMNS["id"]}
    for place, row in enumerate(rows[:50]):
        if any(folded(str(v).strip()) in names for v in row if v is not None):
            above = " ".join(str(v) for r in rows[:place] for v in r if v is not None)
            if not demo and re.search(folded(DEMO), folded(above)):
                raise TableError(IS_DEMO)
            return [*([] for _ in range(place)), *rows[place:]]
    raise TableError(NO_HEADER)
