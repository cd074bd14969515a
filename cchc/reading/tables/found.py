"""The table as a whole: what every layout hands over."""

from __future__ import annotations

from collections.abc import Sequence

from cchc.reading.blocks import Row, Table
from cchc.reading.tables.columns import header_year
from cchc.reading.tables.lines import Line
from cchc.reading.tables.shapes import HeadedTable, squash

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
    title = ""
    for line in reversed(lines[max(0, at - 6) : at]):
        if line.text and not line.text.startswith("(") and len(line.text) < 200:
            title = squash(line.text.strip("|# *"))
            break
    years = tuple(header_year(h) for h in headers)
    return HeadedTable(lines[at].start, end, tuple(roles), rows, title, years)
