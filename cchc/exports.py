"""Files from the same frames that the pages show: CSV and Excel, and reading a CSV back.

CSV: UTF-8 with a byte order mark, comma, every text quoted, CRLF, the header in Vietnamese, nothing above it. Without
the mark Excel reads Vietnamese as the system's old code page; with a first line "sep=," it would ignore the mark, and
other programs would take the line for data. Excel and LibreOffice open the file right where the system's list separator
is a comma; where it is a semicolon, Excel shows one column: the Excel file is the one to use there. Dates are ISO
(every locale reads 2024-12-31 as a date), numbers have a decimal point.

Files with made-up data say so in their name, in Excel above the table and on every printed page, in CSV on every row.

Text that a spreadsheet would take for a formula (first character = + - @, tab, carriage return, or their full-width
forms) gets an apostrophe in front; `read_csv` takes exactly that apostrophe away again. Excel files need none: their
cells are marked as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cchc.demo import BANNER
from cchc.excel_rows import Rows
from cchc.filters import Filters, ItemKind, area_names
from cchc.periods import date_text
from cchc.reference import load
from cchc.text import folded, stored

Kind = Literal["tasks", "targets", "measures", "duties", "matrix"]
Type = Literal["text", "int", "float", "date", "bool"]

KINDS: tuple[Kind, ...] = ("tasks", "targets", "measures", "duties", "matrix")
TITLES: dict[str, str] = {
    "tasks": "Nhiệm vụ",
    "targets": "Chỉ tiêu",
    "measures": "Nhiệm vụ và giải pháp",
    "duties": "Trách nhiệm",
    "matrix": "Ma trận trách nhiệm",
}
FILE_NAMES: dict[str, str] = {
    "tasks": "nhiem-vu",
    "targets": "chi-tieu",
    "measures": "giai-phap",
    "duties": "trach-nhiem",
    "matrix": "ma-tran-trach-nhiem",
}
ITEM_KINDS: dict[str, ItemKind] = {
    "tasks": "task",
    "targets": "target",
    "measures": "measure",
    "duties": "duty",
    "matrix": "task",
}
DEMO_LABEL = "Loại số liệu"
FILTERS_LABEL = "Bộ lọc"
AS_OF_LABEL = "Ngày số liệu"
VERSION_LABEL = "Phiên bản dữ liệu"
ROWS_LABEL = "Số dòng"
CUT = " … (nội dung dài hơn một ô Excel cho phép, phần sau đã cắt)"


class ReadError(ValueError):
    """A file that cannot be read back; the message is Vietnamese and says what and where."""


class Column(NamedTuple):
    """A column of a file: its name in the frame, its Vietnamese header, what its cells hold."""

    name: str
    label: str
    type: Type = "text"


_PLACE = (
    Column("plan_label", "Kế hoạch"),
    Column("area", "Lĩnh vực số", "int"),
    Column("area_name", "Lĩnh vực"),
)
_READING = (
    Column("confidence", "Độ tin cậy khi đọc", "float"),
    Column("review", "Cần rà soát"),
    Column("id", "Mã nội dung"),
)


def _matrix_columns() -> tuple[Column, ...]:
    areas = [*((int(a["id"]), str(a["short"])) for a in load("areas")["area"]), (0, area_names()[0])]
    counts = [
        Column(f"{role}_{number}", f"{f'{number}. ' if number else ''}{name} - {word}", "int")
        for number, name in areas
        for role, word in (("lead", "chủ trì"), ("support", "phối hợp"))
    ]
    return (
        Column("name", "Cơ quan"),
        Column("kind", "Loại cơ quan"),
        Column("is_group", "Là nhóm cơ quan", "bool"),
        *counts,
        Column("lead", "Chủ trì - cộng", "int"),
        Column("support", "Phối hợp - cộng", "int"),
        Column("total", "Số nhiệm vụ", "int"),
        Column("via", "Thêm qua nhóm", "int"),
        Column("key", "Mã cơ quan"),
        # Later columns stand last, where they move none of the others.
        *(Column(f"given_{number}", f"{f'{number}. ' if number else ''}{name} - chỉ tiêu được giao", "int")
          for number, name in areas),
        Column("given", "Chỉ tiêu được giao - cộng", "int"),
    )  # fmt: skip


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "tasks": (
        Column("ordinal", "STT trong văn bản"),
        *_PLACE,
        Column("content", "Nội dung nhiệm vụ"),
        Column("products", "Sản phẩm"),
        Column("lead", "Cơ quan chủ trì"),
        Column("support", "Cơ quan phối hợp"),
        Column("via_group", "Qua nhóm"),
        Column("deadline_raw", "Thời hạn ghi trong văn bản"),
        Column("due_text", "Thời hạn"),
        Column("deadline_end", "Ngày cuối của thời hạn", "date"),
        Column("first_due", "Ngày cuối của thời hạn ban đầu", "date"),
        Column("extended", "Được gia hạn", "bool"),
        Column("status_label", "Tình trạng"),
        Column("days", "Số ngày (đã qua hạn hoặc còn lại)", "int"),
        Column("recorded", "Đã có báo cáo", "bool"),
        Column("started_on", "Ngày bắt đầu", "date"),
        Column("done_on", "Ngày hoàn thành", "date"),
        Column("result", "Sản phẩm đã hoàn thành"),
        Column("evidence", "Tài liệu kiểm chứng"),
        Column("note", "Ghi chú"),
        *_READING,
    ),
    "targets": (
        *_PLACE,
        Column("subject", "Chỉ tiêu"),
        Column("goal_text", "Mục tiêu"),
        Column("value", "Giá trị", "float"),
        Column("unit", "Đơn vị tính"),
        Column("level", "Cấp"),
        Column("group_name", "Phạm vi xếp hạng"),
        Column("except_text", "Trừ"),
        Column("given_to", "Được giao cho"),
        Column("due", "Hạn", "date"),
        Column("first_due", "Hạn ban đầu", "date"),
        Column("extended", "Được gia hạn", "bool"),
        Column("status_label", "Tình trạng"),
        Column("status_reason", "Căn cứ đánh giá"),
        Column("value_now", "Kết quả (số)", "float"),
        Column("value_text", "Kết quả"),
        Column("value_numerator", "Tử số", "float"),
        Column("value_denominator", "Mẫu số", "float"),
        Column("value_period", "Kỳ của kết quả"),
        Column("value_on", "Ngày của kết quả", "date"),
        Column("recorded", "Đã có báo cáo", "bool"),
        Column("evidence", "Tài liệu kiểm chứng"),
        Column("quote", "Câu gốc"),
        *_READING,
    ),
    "measures": (*_PLACE, Column("content", "Nội dung"), *_READING),
    "duties": (
        *_PLACE,
        Column("agency", "Cơ quan"),
        Column("via_group", "Qua nhóm"),
        Column("content", "Trách nhiệm"),
        *_READING,
    ),
    "matrix": _matrix_columns(),
}

_DANGER = "=+\\-@\t\r\n＝＋－＠"
_NEEDS_APOSTROPHE = re.compile(rf"'*[{_DANGER}]")
_HAS_APOSTROPHE = re.compile(rf"'+[{_DANGER}]")


def columns_of(kind: Kind) -> dict[str, str]:
    """Frame column -> Vietnamese header of a list's files."""
    return {c.name: c.label for c in COLUMNS[kind]}


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe in front where one is needed."""
    return "'" + text if _NEEDS_APOSTROPHE.match(text) else text


def _plain(text: str) -> str:
    """The text before `neutral`."""
    return text[1:] if _HAS_APOSTROPHE.match(text) else text


# --- writing -----------------------------------------------------------------------------------------------------


def to_csv(frame: pd.DataFrame, columns: Mapping[str, str], *, demo: bool = False) -> bytes:
    """The frame's columns as CSV (see the module's head), all rows in the frame's order. `columns`: frame column ->
    header. Missing values are empty cells. With `demo` a last column says on every row that the data are made up.
    Raises KeyError for a column the frame does not have."""
    out = io.StringIO(newline="")
    # Every text is quoted: LibreOffice offers ";" as a separator too, and cells hold lists such as «Công văn; Báo cáo».
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([neutral(label) for label in (*columns.values(), *([DEMO_LABEL] if demo else []))])
    mark = [BANNER] if demo else []
    for row in _rows(frame, columns):
        writer.writerow([_csv_cell(value) for value in row] + mark)
    return out.getvalue().encode("utf-8-sig", "replace")


def _rows(frame: pd.DataFrame, columns: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    cells = [[_value(v) for v in frame[name].tolist()] for name in columns]
    return zip(*cells, strict=True)


def _value(value: Any) -> Any:
    """A cell as a plain Python value; missing ones are None, several values are joined."""
    if isinstance(value, list | tuple | set):
        return "; ".join(map(str, value))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    return value


def _csv_cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    return neutral(str(value))


def to_xlsx(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    title: str,
    sentence: str,
    as_of: dt.date,
    data_version: str = "",
    demo: bool = False,
) -> bytes:
    """The frame's columns as an Excel workbook of one sheet named `title`; with `demo` its first rows say that the data
    are made up.

    Above the table stand the title, the filters in words, the reporting date, the number of rows and the data version;
    the header stays in view and carries filter buttons. Text is stored as text, never as a formula.
    """
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = ""
    sheet = book.create_sheet(_sheet_name(title))
    if demo:
        sheet.oddHeader.center.text = BANNER
    rows = list(_rows(frame, columns))
    above = [
        *([(DEMO_LABEL, BANNER)] if demo else []),
        (FILTERS_LABEL, sentence),
        (AS_OF_LABEL, date_text(as_of)),
        (ROWS_LABEL, len(rows)),
        *([(VERSION_LABEL, data_version)] if data_version else []),
    ]
    head = len(above) + 3
    last = get_column_letter(max(len(columns), 1))
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{head + len(rows)}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    lines = Rows(sheet, _widths(list(columns.values()), rows))

    bold, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    fill = PatternFill("solid", fgColor="DCE6F1")

    def cell(value: Any, font: Font | None = None, wrap: bool = True) -> Any:
        made = WriteOnlyCell(sheet, value=None if isinstance(value, str) else value)
        if isinstance(value, str):
            made.value = _xlsx_text(value)
            made.data_type = "s"  # openpyxl takes a leading "=" for a formula
        elif isinstance(value, dt.date):
            made.number_format = "dd/mm/yyyy"
        if font is not None:
            made.font = font
        if wrap:
            made.alignment = top
        return made

    lines.add(cell(title, Font(bold=True, size=14), wrap=False))
    for label, value in above:
        lines.add(cell(label, bold, wrap=False), cell(value, wrap=False))
    lines.add()
    header = [cell(label, bold) for label in columns.values()]
    for made in header:
        made.fill = fill
    lines.add(*header)
    for row in rows:
        lines.add(*(cell(("có" if v else "không") if isinstance(v, bool) else v) for v in row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EXCEL_CELL = 32_767  # characters


def _xlsx_text(text: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub(" ", stored(text))
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - len(CUT)] + CUT


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", ILLEGAL_CHARACTERS_RE.sub(" ", title)).strip("' ")[:31] or "Danh sách"


def _widths(labels: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> list[float]:
    """Widths in characters: long texts wrap, so the longest of the first rows counts up to a limit."""
    widths = []
    for n, label in enumerate(labels):
        longest = max((len(str(row[n])) for row in rows[:200] if row[n] is not None), default=0)
        widths.append(float(min(max(longest + 2, min(len(label), 16) + 4, 8), 60)))
    return widths


def make(
    kind: Kind,
    frame: pd.DataFrame,
    filters: Filters,
    *,
    extension: str,
    names: Mapping[str, str] | None = None,
    data_version: str = "",
    columns: Mapping[str, str] | None = None,
    demo: bool = False,
) -> tuple[bytes, str]:
    """A list as a file: (content, file name). `extension` is csv or xlsx. Name and sheet tell the filters that hold for
    this kind of list, the reporting date, and with `demo` that the data are made up. `columns` default to
    `columns_of(kind)`, which `read_csv` understands. Raises ValueError for another extension."""
    columns = columns_of(kind) if columns is None else columns
    told = filters.applied(ITEM_KINDS[kind])
    name = file_name(kind, told, filters.day(), extension, names, demo=demo)
    if extension == "csv":
        return to_csv(frame, columns, demo=demo), name
    if extension != "xlsx":
        raise ValueError(f"unknown kind of file: {extension}")
    sentence = told.without("as_of").sentence(names)
    return to_xlsx(
        frame, columns, title=TITLES[kind], sentence=sentence, as_of=filters.day(), data_version=data_version, demo=demo
    ), name


def file_name(
    kind: str,
    filters: Filters,
    as_of: dt.date,
    extension: str,
    names: Mapping[str, str] | None = None,
    demo: bool = False,
) -> str:
    """A file name of plain ASCII from the list, the filters and the reporting date:
    «nhiem-vu_co-quan-so-tu-phap-quy-i-2024_2024-03-20.csv». Long filters are cut at a word; the name of a file with
    made-up data begins with «so-lieu-minh-hoa»."""
    shown = filters.without("as_of")
    words = _slug(shown.sentence(names)) if shown.to_query() else ""
    if len(words) > 80:
        words = words[:81].rpartition("-")[0] or words[:80]
    parts = [_slug(BANNER) if demo else "", _slug(FILE_NAMES.get(kind, kind)) or "danh-sach", words, as_of.isoformat()]
    return "_".join(p for p in parts if p) + "." + (_slug(extension) or "csv")


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", folded(text)))


# --- reading back ------------------------------------------------------------------------------------------------


def kind_of(data: bytes) -> Kind:
    """Which list a CSV file holds, by its header. Raises ReadError when it is none of ours."""
    header = set(_header(_decoded(data))[0])
    for kind in KINDS:
        if {c.label for c in COLUMNS[kind]} <= header:
            return kind
    raise ReadError("Tệp không có đủ các cột của một danh sách do chương trình này xuất ra.")


def read_csv(data: bytes, kind: Kind) -> pd.DataFrame:
    """The frame that `to_csv(frame, columns_of(kind))` wrote: same columns, rows, values and types (text str, numbers
    Int64 and float64, dates datetime64[us]).

    Also accepts what spreadsheets make of the file when saving it: semicolons or tabs, dates as 31/12/2024, decimal
    commas, no byte order mark. Columns may stand in any order; columns of other names are left out. Raises ReadError.
    """
    text = _decoded(data)
    header, delimiter = _header(text)
    columns = COLUMNS[kind]
    missing = [c.label for c in columns if c.label not in header]
    if missing:
        raise ReadError(f"Thiếu cột: {', '.join(missing)}.")
    places = [header.index(c.label) for c in columns]
    values: list[list[Any]] = [[] for _ in columns]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    try:
        for number, row in enumerate(reader, start=2):
            if not row:
                continue
            if len(row) != len(header):
                raise ReadError(f"Dòng {number} có {len(row)} ô, tiêu đề có {len(header)} ô.")
            for column, place, cells in zip(columns, places, values, strict=True):
                cells.append(_parsed(row[place], column, number))
    except csv.Error as error:
        raise ReadError("Tệp CSV bị hỏng: dấu ngoặc kép không khớp hoặc ô quá dài.") from error
    frame = pd.DataFrame()
    for column, cells in zip(columns, values, strict=True):
        frame[column.name] = _series(cells, column.type)
    return frame


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("Tệp không phải là văn bản UTF-8.") from error
    if not text.strip() or "\x00" in text:
        raise ReadError("Tệp trống hoặc không phải tệp CSV.")
    return text


def _header(text: str) -> tuple[list[str], str]:
    known = {c.label for columns in COLUMNS.values() for c in columns}
    best: tuple[list[str], str] = ([], ",")
    for delimiter in (",", ";", "\t"):
        try:
            row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        labels = [_plain(label.strip()) for label in row]
        if len(known & set(labels)) > len(known & set(best[0])):
            best = labels, delimiter
    return best


def _parsed(cell: str, column: Column, number: int) -> Any:
    if column.type == "text":
        return _plain(cell)
    cell = cell.strip()
    if cell == "":
        return None
    try:
        if column.type == "date":
            if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", cell, re.ASCII):
                return dt.date(int(found[3]), int(found[2]), int(found[1]))
            return dt.date.fromisoformat(cell)
        if column.type == "bool":
            return {"có": True, "không": False}[stored(cell).casefold()]
        if column.type == "int":
            return int(cell)
        return float(cell.replace(",", "."))
    except (ValueError, KeyError) as error:
        raise ReadError(f"Dòng {number}, cột «{column.label}»: không hiểu giá trị «{cell[:40]}».") from error


def _series(cells: list[Any], kind: Type) -> pd.Series:
    if kind == "date":
        return pd.Series([pd.NaT if v is None else pd.Timestamp(v) for v in cells], dtype="datetime64[us]")
    if kind == "float":
        return pd.Series([float("nan") if v is None else v for v in cells], dtype="float64")
    if kind == "int":
        return pd.Series(pd.array(cells, dtype="Int64"))
    return pd.Series(cells, dtype="bool" if kind == "bool" else "str")
