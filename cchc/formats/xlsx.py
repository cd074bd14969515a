"""Excel workbooks: the visible sheets one after another, each cell as it is shown."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from cchc.formats.grids import Cell, Grid, joined, lines_of
from cchc.formats.ooxml import MACROS, Package
from cchc.formats.plain import check_words, modern
from cchc.formats.source import NotAPlan, Source
from cchc.formats.workbook import Sheet, sheets
from cchc.text import stored

_EMPTY = (
    "Tệp Excel không có ô nào có chữ trong các trang tính đang hiện. Dữ liệu đã có không thay đổi. "
    "Hãy kiểm tra lại tệp, bỏ ẩn trang tính cần nhập rồi nhập lại."
)
_HIDDEN_SHEETS = "Trang tính đang ẩn không được đọc: {names}."
_HIDDEN_ROWS = "Trang tính «{sheet}»: {n} dòng đang ẩn (hoặc đang bị lọc) không được đọc."
_HIDDEN_COLUMNS = "Trang tính «{sheet}»: {n} cột đang ẩn không được đọc."
_FORMULAS = (
    "Trang tính «{sheet}»: {n} ô công thức chưa có kết quả trong tệp nên để trống. "
    "Hãy mở tệp bằng Excel, lưu lại rồi nhập lại."
)
_INDEX = "Trang tính «{sheet}» chỉ liệt kê các trang tính khác nên không được đọc."
_IMAGES = "Trang tính «{sheet}»: có {n} hình; chữ nằm trong hình không được đọc."
_CHARTS = "Trang tính «{sheet}»: có {n} biểu đồ; nội dung bên trong không được đọc."
_COMMENTS = "Trang tính «{sheet}»: {n} ghi chú gắn với ô (comment) không được đọc."
_OLD_FONTS = (
    "Trang tính «{sheet}»: {n} ô gõ bằng phông chữ cũ (TCVN3, VNI) đã được chuyển sang Unicode, "
    "cần xem lại dấu tiếng Việt."
)
_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLivxl]{1,6}|[A-Za-zđ])[.)/]?")
_INDEX_CELLS = 3  # filled cells of a row of an index at most: its number, the sheet's name and title
_TABLE_CELLS = 3  # filled cells that make a row one of a table, not a title or a signature


def read_xlsx(data: bytes) -> Source:
    """The text of the visible sheets: titles and what stands below the table as paragraphs, the table row by row.

    Raises `NotAPlan` for damaged, oversized and empty workbooks.
    """
    said: list[str] = []
    blocks: list[str | Grid] = []
    hidden: list[str] = []
    package = Package(data)
    book = list(sheets(package))
    for sheet in book:
        if not sheet.visible:
            hidden.append(sheet.title)
            continue
        if _is_index(sheet, [other.title.casefold() for other in book if other is not sheet]):
            said.append(_INDEX.format(sheet=sheet.title))
            continue
        rows = sorted(number for number in sheet.rows if number not in sheet.hidden_rows)
        used = {column for number in rows for column in sheet.rows[number]}
        columns = [c for c in range(1, max(used, default=0) + 1) if c not in sheet.hidden_columns]
        for said_of, count in (
            (_HIDDEN_ROWS, len(sheet.rows) - len(rows)),
            (_HIDDEN_COLUMNS, len(used & sheet.hidden_columns)),
            (_FORMULAS, sheet.formulas),
            (_OLD_FONTS, sheet.converted),
            (_IMAGES, sheet.drawn.images),
            (_CHARTS, sheet.drawn.charts),
            (_COMMENTS, sheet.drawn.comments),
        ):
            if count:
                said.append(said_of.format(sheet=sheet.title, n=count))
        above, below = _boxes(sheet, rows)
        blocks += ["", *above, *_blocks(_with_gaps(sheet, rows, _cells(sheet, rows, columns))), *below]
    if package.has_macros:
        said.insert(0, MACROS)
    if hidden:
        said.append(_HIDDEN_SHEETS.format(names=", ".join(hidden)))
    text, old = modern(joined(lines_of(blocks)))
    text = stored(text)
    if not any(map(str.isalpha, text)):
        raise NotAPlan(_EMPTY)
    check_words(text)
    return Source(text, "xlsx", (*said, *old))


def _is_index(sheet: Sheet, others: list[str]) -> bool:
    """Whether most rows of a sheet say no more than which other sheets there are: short rows with a link to a place in
    the workbook, or with the name of a sheet."""
    entries = 0
    for number, cells in sheet.rows.items():
        if len(cells) <= _INDEX_CELLS:
            named = any(words.strip().casefold() in others for words in cells.values())
            entries += number in sheet.linked or named
    return entries >= 2 and entries * 2 > len(sheet.rows)


def _boxes(sheet: Sheet, rows: list[int]) -> tuple[list[str], list[str]]:
    """The lines of the sheet's text boxes: of those that begin above its table, as a letterhead does, and of others."""
    first = next((row for row in rows if len(sheet.rows[row]) >= _TABLE_CELLS), None)
    above: list[str] = []
    below: list[str] = []
    for row, lines in sorted(sheet.drawn.boxes, key=lambda box: box[0]):
        (above if first is None or row < first else below).extend(lines)
    return above, below


def _cells(sheet: Sheet, rows: list[int], columns: list[int]) -> list[list[Cell]]:
    """The filled rows with their visible cells; a merged cell once, as far as it can be seen."""
    grid: list[list[Cell | None]] = [[Cell() for _ in columns] for _ in rows]
    for place, number in enumerate(rows):
        for at, column in enumerate(columns):
            words = sheet.rows[number].get(column, "")
            lines = [line for line in words.replace("\r", "").split("\n") if line.strip()]
            grid[place][at] = Cell([*lines])
    left_over = 2 * len(rows) * len(columns)  # fields; merged cells that overlap without end come only from attackers
    for top, left, bottom, right in sheet.merged:
        across = range(bisect_left(columns, left), bisect_right(columns, right))
        down = range(bisect_left(rows, top), bisect_right(rows, bottom))
        left_over -= len(across) * len(down)
        if left_over < 0:
            break
        first = grid[down[0]][across[0]] if down and across else None
        if first is None:
            continue
        if not first.blocks and top in sheet.rows:  # what it says stands in a hidden column
            first.blocks = [*sheet.rows[top].get(left, "").split("\n")]
        first.rows, first.columns = len(down), len(across)
        for row in down:
            for column in across:
                if (row, column) != (down[0], across[0]):
                    grid[row][column] = None
    return [[cell for cell in row if cell is not None] for row in grid]


def _with_gaps(sheet: Sheet, numbers: list[int], rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows with one empty row wherever the sheet shows one or more."""
    out: list[list[Cell]] = []
    last = numbers[0] - 1 if numbers else 0
    for number, row in zip(numbers, rows, strict=True):
        if number - last - 1 > len(sheet.hidden_rows.intersection(range(last + 1, number))):
            out.append([])
        out.append(row)
        last = number
    return out


def _blocks(rows: list[list[Cell]]) -> list[str | Grid]:
    """Titles above, the table, and what stands below it (signature, recipients); then the next table of the sheet."""
    filled = [sum(bool(c.blocks) for c in row) for row in rows]
    least = _TABLE_CELLS if any(n >= _TABLE_CELLS for n in filled) else 2
    body = [k for k, n in enumerate(filled) if n >= least]
    if len(body) < 2:
        return _paragraphs(rows)
    tables = [[body[0], body[0]]]
    for row, following in pairwise(body):
        apart = any(not filled[k] for k in range(row + 1, following))
        if apart and not _ORDINAL.fullmatch(_opening(rows[following])):
            tables.append([following, following])  # after an empty row another header
        tables[-1][1] = following
    found: list[str | Grid] = []
    at = 0
    for first, last in tables:
        found += [*_paragraphs(rows[at:first]), Grid(rows[first : last + 1])]
        at = last + 1
    return [*found, *_paragraphs(rows[at:])]


def _paragraphs(rows: list[list[Cell]]) -> list[str | Grid]:
    """What stands around a table: a line a cell; cells side by side (a letterhead, a list of properties) together."""
    found: list[str | Grid] = []
    for row in rows:
        filled = [cell for cell in row if cell.blocks]
        if len(filled) < 2:
            found += [line for cell in filled for line in cell.lines()] or [""]
        elif found and isinstance(found[-1], Grid):
            found[-1].rows.append(row)
        else:
            found.append(Grid([row]))
    return found


def _opening(row: list[Cell]) -> str:
    return next((line.strip() for cell in row for line in cell.lines()), "")
