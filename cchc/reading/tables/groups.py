"""Does a table's first column of work only group the rows, so that the tasks stand in the next one?

By its header where that says it («Nhiệm vụ chung | Hoạt động»: `columns`), else by what is printed: a cell merged over
rows is the same, or empty, in each of them, while the next column always says something of its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from cchc.reading.blocks import Table
from cchc.reading.tables.columns import header_form, names_work
from cchc.reading.tables.shapes import HeadedTable


def regrouped(table: Table) -> Table:
    """The table with its grouping column as "field" and the next column of work as "content"; else as it is."""
    if not isinstance(table, HeadedTable) or "content" not in table.columns or "field" in table.columns:
        return table
    group = table.columns.index("content")
    work = group + 1
    if work >= min(len(table.columns), len(table.headers)) or table.columns[work]:
        return table
    if not all(names_work(header_form(table.headers[i])) for i in (group, work)):
        return table
    full = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    said = [(cells[group].text, cells[work].text) for cells in full if sum(bool(c.text) for c in cells) > 2]
    merged = any(own and below[0] in ("", above[0]) for above, below in pairwise(said) if (own := below[1]))
    if not merged or not all(own for _, own in said) or len({own for _, own in said}) < len(said):
        return table
    columns = list(table.columns)
    columns[group], columns[work] = "field", "content"
    return replace(table, columns=tuple(columns))
