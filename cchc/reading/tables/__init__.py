"""Tables in flattened text: where are they, what is each column, and what do their rows say?

A table is recognised by its header: several cells one after another whose words name columns (STT, Nội dung, Cơ quan
chủ trì, Thời gian ...), in any order. What follows is read in the layout the header has (`layouts`). Nothing is dropped
in silence: what does not become an item is named in a warning (`rows`).
"""

from cchc.reading.tables.goal_rows import sets_goals
from cchc.reading.tables.layouts import find_tables
from cchc.reading.tables.products import split_products
from cchc.reading.tables.reached import reached, said_of
from cchc.reading.tables.row_items import CARRIED, LOST_HEADER, TableRows, TargetRow, TaskRow
from cchc.reading.tables.rows import table_rows
from cchc.reading.tables.titles import area_of
from cchc.reading.tables.unread import unread_rows

__all__ = [
    "CARRIED", "LOST_HEADER", "TableRows", "TargetRow", "TaskRow", "area_of", "find_tables", "reached",
    "said_of", "sets_goals", "split_products", "table_rows", "unread_rows",
]  # fmt: skip
