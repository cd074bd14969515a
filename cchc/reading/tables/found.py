"""The table as a whole: what every layout hands over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.reading.blocks import Row, Table
from cchc.reading.tables.columns import header_year
from cchc.reading.tables.lines import Line
from cchc.reading.tables.shapes import HeadedTable, squash

_CAPTION = re.compile(r"^\W*(?:ĐVT|Đơn vị tính|Đơn vị)\s*:\s*([^;.)|]{1,30})\W*$", re.IGNORECASE)

# A table and the index of the line after it; without a table, lines that were read and hold none.
Found = tuple[Table | None, int] | None


def made_table(
    text: str,
    lines: list[Line],
    at: int,
    end: int,
    roles: Sequence[str],
    headers: Sequence[str],
    rows: tuple[Row, ...],
) -> HeadedTable:
    title = caption = ""
    for line in reversed(lines[max(0, at - 6) : at]):
        unit = _CAPTION.search(line.text) if len(line.text) < 200 else None
        if unit and not title:
            caption = unit.group(1).strip()
        if line.text and not unit and not line.text.startswith("(") and len(line.text) < 200:
            title = squash(line.text.strip("|# *"))
            break
    years = tuple(header_year(h) for h in headers)
    return HeadedTable(lines[at].start, end, tuple(roles), rows, title, years, tuple(headers), caption)
