"""What is a column by what stands in it, where the header's words do not say or the header is lost?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cchc.reading.agencies import split_agencies
from cchc.reading.tables.columns import goal_words, holder_at, is_header, resolve, role_of
from cchc.reading.tables.fits import is_unit, misfit, unit_like, value_like
from cchc.reading.tables.shapes import ORDINAL

# Headers for the columns that are told by their content.
NAMED = {
    "ordinal": "stt", "content": "nội dung", "product": "sản phẩm", "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp", "deadline": "thời gian", "unit": "đơn vị tính", "value": "giá trị", "": "khác",
}  # fmt: skip
_PERCENT = re.compile(r"(?:[<>≥≤=]{1,2} ?|trên |từ )?\d{1,3}(?:[.,]\d{1,2})? ?%(?: trở lên)?", re.IGNORECASE)
_LEAST = 3  # rows without a header that tell what the columns are
_RULED_OUT = re.compile(r"kinh phí|dự toán|ghi chú|căn cứ|điện thoại|tối đa|trọng số|hệ số|thang điểm|điểm chuẩn")


def retold(forms: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Header words (`header_form`) with those of columns put right by the cells below: a column of units («Đơn vị»
    over «%», «Hồ sơ»), and the figures of a table of goals under words nobody foresaw («Giao năm 2025»).

    `rows` are rows as wide as the header; what the cells do not tell stays as it is.
    """
    named = list(forms)
    rows = [r for r in rows if len(r) == len(forms) and sum(map(bool, r)) > 2]
    if not rows:
        return named
    columns = [[r[k] for r in rows if r[k]] for k in range(len(forms))]
    roles = resolve(named)
    holder = holder_at(named)
    if holder is not None and "holder" not in roles:  # «Xã, phường | Hồ sơ đúng hạn» over «98%»
        for k in range(holder + 1, len(named)):
            if not roles[k] and len(columns[k]) == len(rows) and all(map(_PERCENT.fullmatch, columns[k])):
                named[k] = f"{named[k]} (%)"
        roles = resolve(named)
    if "unit" not in roles:
        open_ = [k for k, role in enumerate(roles) if role in ("", "agency") or named[k] in ("đơn vị", "đv")]
        units = [k for k in open_ if _holds(columns[k], unit_like, 0.8) and len(columns[k]) * 2 >= len(rows)]
        units = [k for k in units if any(map(is_unit, columns[k]))]
        if len(units) == 1 and ("content" in roles or "value" in roles):
            named[units[0]] = NAMED["unit"]
            roles = resolve(named)
    about_work = bool({"deadline", "product", "support", "when"} & set(roles))
    if "value" in roles or "holder" in roles or "content" not in roles or about_work:
        return named
    if "unit" not in roles and not goal_words(named[roles.index("content")]):
        return named
    figures = [
        k
        for k, cells in enumerate(columns)
        if not roles[k] and not _RULED_OUT.search(named[k]) and _holds(cells, value_like, 0.7)
        and len(cells) * 2 >= len(rows)
    ]  # fmt: skip
    if figures:
        named[figures[-1]] = NAMED["value"]
    return named


def _holds(cells: Sequence[str], like: Callable[[str], bool], share: float) -> bool:
    return bool(cells) and sum(map(like, cells)) >= share * len(cells)


def lost_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Header words for rows without a header, each with a cell a column, told by what stands in the columns; [] where
    that does not tell enough: a table of tasks needs who and until when, one of goals figures and their units."""
    widths = [len(r) for r in rows]
    width = max(set(widths), key=widths.count, default=0)
    rows = [r for r in rows if len(r) == width and sum(map(bool, r)) > 2]
    if len(rows) < _LEAST or width < 3:
        return []
    columns = [[r[c] for r in rows if r[c]] for c in range(width)]
    found: dict[int, str] = {}
    if sum(bool(ORDINAL.match(r[0])) for r in rows) >= 0.8 * len(rows):
        found[0] = "ordinal"
    rest = [c for c in range(width) if c not in found and columns[c]]

    def fitting(role: str) -> list[int]:
        least = 0.6 * len(rows)
        return [c for c in rest if c not in found and sum(misfit(role, cell) < 0.1 for cell in columns[c]) >= least]

    units = [c for c in rest if _holds(columns[c], unit_like, 0.8) and any(map(is_unit, columns[c]))]
    agencies = [c for c in fitting("lead") if c not in units]
    deadlines = [c for c in fitting("deadline") if c not in agencies]
    free = [c for c in rest if c not in (*units, *agencies, *deadlines)]
    figures = [c for c in free if _holds(columns[c], value_like, 0.8)]
    contents = sorted((c for c in free if c not in figures), key=lambda c: -sum(map(len, columns[c])))
    if not contents or len(agencies) > 2:
        return []
    found[contents[0]] = "content"
    if len(figures) == 1 and len(agencies) <= 1 and len(units) <= 1:
        told = sum("%" in cell for cell in columns[figures[0]]) * 2 >= len(rows) or bool(units)
        if told and (units or not deadlines):
            found |= {figures[0]: "value", **dict.fromkeys(units, "unit"), **dict.fromkeys(agencies, "lead")}
            return ["chỉ tiêu" if found.get(c) == "content" else NAMED[found.get(c, "")] for c in range(width)]
    if units and len(figures) > 1 and not deadlines:  # goals of several years, none of which is named: rows to look at
        found |= dict.fromkeys(units[:1], "unit")
        return ["chỉ tiêu" if found.get(c) == "content" else NAMED[found.get(c, "")] for c in range(width)]
    if not agencies or len(deadlines) != 1:
        return []
    found[deadlines[0]] = "deadline"
    if len(agencies) == 2 and _crowd(columns[agencies[1]]) < 0.8 * _crowd(columns[agencies[0]]):
        agencies = agencies[::-1]
    found |= dict(zip(agencies, ("lead", "support"), strict=False))
    products = fitting("product") or contents[1:2]
    if products:
        found[products[0]] = "product"
    return [NAMED[found.get(c, "")] for c in range(width)]


def _crowd(cells: Sequence[str]) -> float:
    """How many bodies a cell names: helpers are many ("Các sở, ban, ngành; UBND cấp xã"), one leads."""
    return sum(len(split_agencies(c)) + (re.match("các |sở, ban", c.lower()) is not None) for c in cells) / len(cells)


def tells_columns(forms: Sequence[str]) -> bool:
    """Do the cells of a row name columns: most of them, and those of a table of tasks or goals?"""
    roles = resolve(forms)
    told = [role_of(f) for f in forms if f]
    return is_header(roles) and ("holder" in roles or sum(r is not None for r in told) * 2 >= len(told) >= 3)
