"""Rows of an Excel sheet with their heights.

Excel finds the height of a row by itself when it opens a file, LibreOffice does not: of a wrapped text it shows the
first line only. So every row that is written is given the height its texts need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter

LINE = 15.5  # points a line of 11 points takes
MAX_HEIGHT = 409.0  # of a row, in points: Excel allows no more


class Rows:
    """Adds rows to a write-only sheet whose columns get these widths (in characters)."""

    def __init__(self, sheet: Any, widths: Sequence[float]) -> None:
        self.sheet, self.widths, self.count = sheet, widths, 0
        for n, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(n)].width = width

    def add(self, *cells: Any) -> None:
        """Adds one row of cells (openpyxl's WriteOnlyCell), none for an empty one."""
        self.count += 1
        lines = [_lines(cell, width) for cell, width in zip(cells, self.widths, strict=False)]
        size = max((cell.font.size or 11 for cell in cells), default=11)
        self.sheet.row_dimensions[self.count].height = min(max([1, *lines]) * LINE * size / 11, MAX_HEIGHT)
        self.sheet.append(cells)


def _lines(cell: Any, width: float) -> int:
    """How many lines a text takes, generously: words do not break, bold letters are wider."""
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    room = max(width * (0.88 if cell.font.bold else 0.95) - 1, 4)
    lines = 0
    for part in cell.value.split("\n"):
        lines, used = lines + 1, 0.0
        for word in part.split(" "):
            if used and used + 1 + len(word) > room:
                lines, used = lines + 1, 0.0
            used += len(word) + (1 if used else 0)
            lines, used = lines + int(used // (room + 1)), min(used, room)
    return lines
