"""Does a table tell what was reached, so that its figures set no goals?

Reports and plans print results in the same columns as goals: what tells them apart is the part they stand in, their
title, a column of results of the same year, or one that judges («Vượt», «Đạt», «Không đạt»).
"""

from __future__ import annotations

import re

from cchc.reading.blocks import Part, Table
from cchc.reading.tables.columns import header_form, header_year
from cchc.reading.tables.goal_rows import header_of
from cchc.reading.tables.shapes import HeadedTable
from cchc.text import matching

# What an official reads.
REACHED = "Bảng{title} cho biết kết quả đã đạt, không tính là chỉ tiêu: {rows}"
MORE = "; và {count} dòng nữa"

_SHOWN = 40  # rows that are named one by one
_TITLE = re.compile(
    r"[^\w]*(?:(?:bảng|biểu|phụ lục|mẫu)(?: (?:số )?[\divx.]{1,6})?[^\w]+)?"
    r"(?:(?:bảng|biểu|tổng hợp|báo cáo|số liệu|chi tiết|một số) ){0,3}"
    r"(?:kết quả|thống kê|tình hình|hiện trạng|thực trạng|số liệu)\b"
    r"(?! (?:cần|dự kiến|phấn đấu|mong đợi|đầu ra|phải|chủ yếu cần))(?:[^.;]*)"
)
_AHEAD = re.compile(
    r"(?:và|,|;) (?:các )?(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ|phương hướng|dự kiến)\b|phấn đấu"
    r"|\bgiao (?:chỉ tiêu|cho)\b"
)
_GOALS = re.compile(r"chỉ tiêu|mục tiêu|kế hoạch|phấn đấu|giao")
_JUDGED = re.compile(
    r"(?:đã |chưa |không )?(?:đạt(?: và vượt)?|vượt|hoàn thành)(?: (?:kế hoạch|chỉ tiêu|mục tiêu))?\.?"
)
_SO_FAR = re.compile(r"\btháng\b|\bquý\b|\bđến (?:ngày|hết)?\b|\bhiện\b")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def reached(table: Table, part: Part | None, plan_year: int | None, report: bool) -> bool:
    """Whether the figures of a table of goals are results. `part`: where it stands; `report`: the document is one."""
    headers = [header_form(header_of(table, k)) for k in range(len(table.columns))]
    values = [header_year(h) or 0 for h, r in zip(headers, table.columns, strict=True) if r == "value"]
    title = matching(table.title)
    years = [int(y) for y in _YEAR.findall(title)]
    if plan_year is not None and max([0, *values]) > plan_year:
        return False
    ours = plan_year is not None and max([0, *values]) >= plan_year
    if _judged(table) or _same_year(table, headers, max([0, *values])):
        return True
    if ours or _AHEAD.search(title) or (plan_year is not None and max([0, *years]) >= plan_year):
        return False
    if part is Part.RESULTS or (_TITLE.match(title) is not None and not _asks(table, headers)):
        return True
    outside = part in (Part.APPENDIX, Part.CLOSING, Part.HEAD, None)
    return report and outside and not _GOALS.search(" ".join([title, *headers]))


def _asks(table: Table, headers: list[str]) -> bool:
    """Does a column of values speak of goals, without a year that is past?"""
    return any(
        role == "value" and _GOALS.search(header) and header_year(header) is None
        for role, header in zip(table.columns, headers, strict=True)
    )


def _judged(table: Table) -> bool:
    """A column that says of each row whether the goal was reached."""
    full = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    for k, role in enumerate(table.columns):
        said = [matching(cells[k].text) for cells in full if cells[k].text]
        if role in ("", "note", "product", "past") and len(said) > 1 and all(map(_JUDGED.fullmatch, said)):
            return True
    return False


def _same_year(table: Table, headers: list[str], year: int) -> bool:
    """«Kế hoạch 2019 | Kết quả 2019»: the whole year's results beside its goals, and no later goals."""
    return year > 0 and any(
        role == "past" and header_year(header) == year and not _SO_FAR.search(header)
        for role, header in zip(table.columns, headers, strict=True)
    )


def said_of(table: Table) -> tuple[str, list[tuple[int, int]]]:
    """The warning (Vietnamese) that names the rows, and the places of those it names."""
    rows = [row for row in table.rows if any(c.text for c in row.cells)]
    named = "; ".join("«" + " | ".join(c.text for c in row.cells if c.text) + "»" for row in rows[:_SHOWN])
    more = MORE.format(count=len(rows) - _SHOWN) if len(rows) > _SHOWN else ""
    title = f" «{table.title}»" if isinstance(table, HeadedTable) and table.title else ""
    return REACHED.format(title=title, rows=named + more), [(row.start, row.end) for row in rows[:_SHOWN]]
