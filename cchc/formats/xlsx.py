"""Excel workbooks: the visible sheets one after another, each cell as it is shown."""

from __future__ import annotations

from cchc.formats.grids import Cell, Grid, joined, lines_of
from cchc.formats.plain import check_words
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
_TABLE_CELLS = 3  # filled cells that make a row one of a table, not a title or a signature


def read_xlsx(data: bytes) -> Source:
    """The text of the visible sheets: titles and what stands below the table as paragraphs, the table row by row.

    Raises `NotAPlan` for damaged, oversized and empty workbooks.
    """
    said: list[str] = []
    blocks: list[str | Grid] = []
    hidden: list[str] = []
    for sheet in sheets(data):
        if not sheet.visible:
            hidden.append(sheet.title)
            continue
        rows = sorted(number for number in sheet.rows if number not in sheet.hidden_rows)
        used = {column for number in rows for column in sheet.rows[number]}
        columns = [c for c in range(1, max(used, default=0) + 1) if c not in sheet.hidden_columns]
        for said_of, count in (
            (_HIDDEN_ROWS, len(sheet.rows) - len(rows)),
            (_HIDDEN_COLUMNS, len(used & sheet.hidden_columns)),
            (_FORMULAS, sheet.formulas),
        ):
            if count:
                said.append(said_of.format(sheet=sheet.title, n=count))
        blocks += ["", *_blocks(_cells(sheet, rows, columns))]
    if hidden:
        said.append(_HIDDEN_SHEETS.format(names=", ".join(hidden)))
    text = stored(joined(lines_of(blocks)))
    if not any(map(str.isalpha, text)):
        raise NotAPlan(_EMPTY)
    check_words(text)
    return Source(text, "xlsx", tuple(said))


def _cells(sheet: Sheet, rows: list[int], columns: list[int]) -> list[list[Cell]]:
    """The filled rows with their visible cells; a merged cell once, as far as it can be seen."""
    place = {number: at for at, number in enumerate(rows)}
    grid: list[list[Cell | None]] = [[Cell() for _ in columns] for _ in rows]
    for number in rows:
        for at, column in enumerate(columns):
            words = sheet.rows[number].get(column, "")
            lines = [line for line in words.replace("\r", "").split("\n") if line.strip()]
            grid[place[number]][at] = Cell([*lines])
    for top, left, bottom, right in sheet.merged:
        across = [at for at, column in enumerate(columns) if left <= column <= right]
        down = [place[number] for number in range(top, min(bottom, rows[-1] if rows else 0) + 1) if number in place]
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


def _blocks(rows: list[list[Cell]]) -> list[str | Grid]:
    """Titles above, the table, and what stands below it (signature, recipients)."""
    filled = [sum(bool(c.blocks) for c in row) for row in rows]
    least = _TABLE_CELLS if any(n >= _TABLE_CELLS for n in filled) else 2
    body = [k for k, n in enumerate(filled) if n >= least]
    if len(body) < 2:
        return [line for row in rows for cell in row for line in cell.lines()]
    first, last = body[0], body[-1]
    above = [line for row in rows[:first] for cell in row for line in cell.lines()]
    below = [line for row in rows[last + 1 :] for cell in row for line in cell.lines()]
    return [*above, Grid(rows[first : last + 1]), *below]
