"""Rows of tables of goals: whose figure is it, in which unit, due when?

A goal stands in a column of values (one a year, a quarter or a body), or is a sentence in the cell that names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from cchc.model import Level
from cchc.reading.amounts import amounts
from cchc.reading.blocks import Cell, Row, Table
from cchc.reading.deadlines import read_deadline
from cchc.reading.tables.columns import PERIOD, UP_TO, goal_words, header_form, role_of, tier_of
from cchc.reading.tables.row_items import (
    FROM_LAYOUT,
    NOT_A_ROW,
    ROW,
    State,
    TargetRow,
    agencies_of,
    count,
)
from cchc.reading.tables.shapes import HeadedTable, Missing, is_mark, squash
from cchc.reading.tables.titles import area_of
from cchc.reading.thin import is_thin
from cchc.text import matching

# What an official reads.
NO_VALUE = "không có giá trị chỉ tiêu"
UNIT_FROM_HEADER = "Đơn vị tính lấy từ tiêu đề cột"
UNIT_FROM_CAPTION = "Đơn vị tính lấy từ dòng trên bảng"
UNIT_FROM_SUBJECT = "Đơn vị tính suy từ tên chỉ tiêu"
FROM_CELLS = "Cột «{column}» được hiểu là giá trị chỉ tiêu theo nội dung các ô"
GIVEN = "Mức cấp trên giao: {value}"

_FIGURE = re.compile(r"\d")
_PERCENT = re.compile(r"\d[\d.,]{0,12}\s?%")
_WORK_WORDS = re.compile(r"nhiệm vụ|công việc|hoạt động|giải pháp")
_UNIT_IN_HEADER = re.compile(r"\(\s*(?:đvt\s*:?|đơn vị(?: tính)?\s*:?)?\s*([^()]{1,20})\s*\)")
_UNIT_WORDS = re.compile(
    r"%|(?:điểm|hồ sơ|dịch vụ|người|ngày|lượt|xã|huyện|thủ tục|hạng|bậc|văn bản|đơn vị|cuộc|lớp|tthc|dvc|vị trí)"
    r"(?: [\w%]{1,12}){0,2}"
)
_PART = re.compile(r"[-+•*]|[a-zđ][.)]?|\([a-z]\)")
_SUB_NUMBER = re.compile(r"\d{1,3}\.\d{1,2}\.?")
_RATIO = re.compile(r"(?:tỷ|tỉ) lệ\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the value columns of a table are: told once a table."""

    sentences: bool  # the goal is a sentence in the cell that names it
    periods: bool  # the columns of quarters hold figures, no marks
    all_tiers: bool = False  # a first column of a tier filled alone is a cell merged over the tiers


def header_of(table: Table, column: int) -> str:
    """The header's words as written, "" where the layout keeps none."""
    headers = table.headers if isinstance(table, HeadedTable) else ()
    return " ".join(headers[column].replace("*", " ").split()) if column < len(headers) else ""


def sets_goals(table: Table) -> Columns | None:
    """What kind of table of goals it is; None for a table of tasks."""
    full = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    columns = table.columns
    if "holder" in columns:
        return Columns(False, False)
    said = header_form(header_of(table, columns.index("content")))
    goals = goal_words(said)
    periods = False
    if "when" in columns:
        cells = [c.text for row in full for r, c in zip(columns, row, strict=True) if r == "when" and c.text]
        figures = sum(bool(_FIGURE.match(c)) and not re.search(r"\d/\d", c) for c in cells)
        periods = figures * 2 > len(cells) and ("unit" in columns or goals or "value" in columns)
    if periods:
        return Columns(False, True)
    if "value" in columns:
        if {"unit", "past"} & set(columns) or not {"lead", "deadline"} & set(columns):
            if not ({"lead", "deadline"} <= set(columns) and _WORK_WORDS.search(said)):
                return Columns(False, False, _crosses_out(table))
        elif not _WORK_WORDS.search(said) or "deadline" not in columns:
            at = columns.index("value")
            cells = [row[at].text for row in full]
            if sum(len(c) < 60 and bool(_FIGURE.search(c)) for c in cells) * 3 >= len(cells) * 2 > 0:
                return Columns(False, False)
        return None
    if "unit" in columns and not {"product", "support", "deadline"} & set(columns):
        return Columns(False, False)
    if goals and not {"product", "when", "support"} & set(columns):
        return Columns(True, False)
    return None


def add_goals(state: State, table: Table, row: Row, text: str, plan_year: int | None, shape: Columns) -> None:
    """A goal for each value of the row, or the one its sentence names."""
    empty = Cell(row.end, row.end, "")
    cells = {r: c for r, c in zip(table.columns, row.cells, strict=True) if r and r not in ("value", "when")}
    name = cells.get("content", cells.get("holder", empty))
    ordinal = cells.get("ordinal", empty).text.strip("*")
    if not name.text:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return
    warning = count(state, ordinal)
    if warning:
        state.warnings.append(warning)
    state.fresh = False
    said = name.text
    thin_part = bool(_SUB_NUMBER.fullmatch(ordinal) and state.parent and is_thin(said) and not shape.sentences)
    if thin_part:
        said = f"{state.parent.rstrip(' :;.')}: {said}"  # «7.1 Cấp tỉnh» below «7 Tỷ lệ số hóa hồ sơ»
    elif _PART.fullmatch(ordinal) and state.parent and not shape.sentences:
        said = f"{state.parent.rstrip(' :;.')}: {said.lstrip('-+ ')}"
    elif ordinal and not (_SUB_NUMBER.fullmatch(ordinal) and is_thin(said)):
        state.parent = name.text
    own = cells.get("unit", empty).text
    asked = cells.get("agency", empty).text
    if not own and _UNIT_WORDS.fullmatch(matching(asked)):
        own = cells.pop("agency").text  # «Đơn vị» means the unit here
    area = area_of(cells["field"].text) if "field" in cells and cells["field"].text else None
    area = area or state.area
    lead, support = agencies_of(cells, text)
    lost = [
        r for r, c in zip(table.columns, row.cells, strict=True) if isinstance(c, Missing) and r not in ("note", "")
    ]
    _set_aside(state, table, row, plan_year, shape)
    values = [] if shape.sentences else _values(table, row, plan_year, shape)
    whole = not values and (shape.sentences or bool(_PERCENT.search(name.text)))
    if not values and not whole:
        label = ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=name.text[:60])
        state.warnings.append(label + NO_VALUE)
    for column, cell in [(-1, empty)] if whole else values:
        subject, body, level = _subject(table, said, column)
        if shape.all_tiers and _merged_tiers(table, row, column):
            subject, level = said, None
        unit, why = ("", "") if whole else _unit(table, own, column, said, cell.text)
        reasons = [*([FROM_LAYOUT] if lost else []), *([why] if why else []), *_given(table, row, column)]
        told = _told_by_cells(table, column)
        if told:
            reasons.append(FROM_CELLS.format(column=header_of(table, column)))
        years = table.value_years if isinstance(table, HeadedTable) else ()
        raw = cells.get("deadline", empty).text
        due = None
        if column >= 0 and table.columns[column] == "when":
            due = read_deadline(header_of(table, column), plan_year)[0].end
        elif raw:
            due = read_deadline(raw, plan_year)[0].end
        state.targets.append(
            TargetRow(
                ordinal=ordinal.rstrip("."),
                subject=subject,
                own=subject.removeprefix(f"{state.parent.rstrip(' :;.')}: ") if thin_part else "",
                unit_raw=unit,
                value_raw=cell.text,
                agency=(body,) if body else (*lead, *support),
                start=row.start,
                end=row.end,
                year=years[column] if 0 <= column < len(years) else None,
                level=level,
                due=due,
                sentence=name if whole else None,
                deadline_raw=raw,
                note=cells.get("note", empty).text,
                confidence=0.7 if lost else 0.8 if told else 0.9 if why else 1.0,
                reasons=tuple(reasons),
                area=area,
                area_from="heading" if area is not None else None,
                section=state.section,
            )
        )


def sentence_goal(state: State, cell: Cell, row: Row, ordinal: str) -> TargetRow:
    """The goal that a task's row names in a cell of its own, a sentence."""
    return TargetRow(
        ordinal=ordinal.rstrip("."), subject=cell.text, unit_raw="", value_raw="", agency=(), start=row.start,
        end=row.end, sentence=cell, area=state.area, area_from="heading" if state.area is not None else None,
        section=state.section,
    )  # fmt: skip


def _values(table: Table, row: Row, plan_year: int | None, shape: Columns) -> list[tuple[int, Cell]]:
    """The columns that set this plan's goals: not those of years before, nor what a higher body has given."""
    years = table.value_years if isinstance(table, HeadedTable) else ()
    found = []
    for k, (role, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if not cell.text or not re.search(r"\w", cell.text):
            continue
        if role == "value" or (role == "when" and shape.periods):
            found.append((k, cell, years[k] if k < len(years) else None))
    if plan_year is not None and any(y is None or y >= plan_year for _, _, y in found):
        found = [(k, c, y) for k, c, y in found if y is None or y >= plan_year]
    own = [(k, c) for k, c, _ in found if not _is_given(header_of(table, k))]
    return own or [(k, c) for k, c, _ in found]


_GIVEN_BY = re.compile(r"(?:tỉnh|trung ương|cấp trên|thành phố|bộ|huyện|sở|chính phủ) giao$")


def _is_given(header: str) -> bool:
    return bool(_GIVEN_BY.search(header_form(header)))


def _given(table: Table, row: Row, column: int) -> list[str]:
    if column < 0 or _is_given(header_of(table, column)):
        return []
    return [
        GIVEN.format(value=c.text)
        for k, (r, c) in enumerate(zip(table.columns, row.cells, strict=True))
        if r == "value" and c.text and _is_given(header_of(table, k))
    ]


def _subject(table: Table, name: str, column: int) -> tuple[str, str, Level | None]:
    """What the goal is about, and the body or the level it is for where a row or a column stands for one."""
    header = header_of(table, column) if column >= 0 else ""
    if "holder" in table.columns:
        about = _GIVES.sub("", re.sub(r"\s*\([^()]*\)\s*$", "", header))
        if _WHOLE.match(matching(name)):
            return about, "", None
        return f"{about} của {name}", name, _tier_of_body(name)
    form = header_form(header)
    tier, level = tier_of(form) if column >= 0 and table.columns[column] == "value" else ("", None)
    if tier:
        written = tier if tier.startswith("cấp ") else f"của {header[-len(tier) :]}"
        return f"{name} {written}", "", cast("Level", level)
    if column >= 0 and table.columns[column] == "value" and _BODY_HEAD.match(form):
        return f"{name} của {header}", header, None
    return name, "", None


_GIVES = re.compile(r"(?i:(?:chỉ tiêu|mục tiêu|kế hoạch)(?: giao)?|(?:được )?giao|phấn đấu|đăng ký)\s+")
_COMMUNE = re.compile(r"(?:ubnd |ủy ban nhân dân )?(?:xã|phường|thị trấn|đặc khu|tt\.|p\.|x\.) ?\S")
_DISTRICT = re.compile(r"(?:ubnd |ủy ban nhân dân )?(?:huyện|quận|thị xã|tx\.|h\.) ?\S")


def _tier_of_body(name: str) -> Level | None:
    """The level of a body that its kind tells: «Phường 1», «UBND huyện ...»; None for «Thành phố ...», «Sở ...»."""
    said = matching(name)
    return "xã" if _COMMUNE.match(said) else "huyện" if _DISTRICT.match(said) else None


def _tier_columns(table: Table) -> list[int]:
    roles = enumerate(table.columns)
    return [k for k, role in roles if role == "value" and tier_of(header_form(header_of(table, k)))[0]]


def _crosses_out(table: Table) -> bool:
    """Does the table mark a tier without a goal by a dash, so that an empty cell is merged with the one before it?"""
    tiers = _tier_columns(table)
    return any(_DASH.fullmatch(row.cells[k].text) for row in table.rows for k in tiers if k < len(row.cells))


def _merged_tiers(table: Table, row: Row, column: int) -> bool:
    tiers = _tier_columns(table)
    return len(tiers) > 1 and column == tiers[0] and not any(row.cells[k].text for k in tiers[1:])


_DASH = re.compile(r"[-–—x×]{1,3}")


def _told_by_cells(table: Table, column: int) -> bool:
    """Was a column of values told by its figures alone?"""
    if column < 0 or table.columns[column] != "value" or "holder" in table.columns:
        return False
    form = header_form(header_of(table, column))
    if UP_TO.match(form):
        return False
    return bool(form) and role_of(form) is None and not _BODY_HEAD.match(form) and not tier_of(form)[0]


_WHOLE = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn (?:tỉnh|thành phố|huyện|xã)|bình quân|trung bình|chung)$")
_BODY_HEAD = re.compile(
    r"(?!.*(?:giao|phấn đấu)$)(?:sở|phòng|ubnd|ủy ban nhân dân|văn phòng|thanh tra|ban quản lý|xã|phường|huyện"
    r"|thị xã|thị trấn|đặc khu|quận"
    r"|thành phố|công an|trung tâm|cục|vụ|chi cục) \S"
)


def _unit(table: Table, own: str, column: int, name: str, value: str) -> tuple[str, str]:
    """The unit as written and, where it stands elsewhere than in the row, from where it was taken."""
    if own.strip(" -.…"):
        return own, ""
    if "%" in value or re.search(r"[^\W\d_]{3,}", value):
        return "", ""
    headers = [header_of(table, column)]
    headers += [header_of(table, k) for k, r in enumerate(table.columns) if r == "content"]
    for header in headers:
        said = matching(header)
        found = _UNIT_IN_HEADER.search(said)
        if found and _UNIT_WORDS.fullmatch(found.group(1).strip()):
            return found.group(1).strip(), UNIT_FROM_HEADER
        if "%" in said:
            return "%", UNIT_FROM_HEADER
        if header == headers[0] and (_POINTS.match(_GIVES.sub("", said)) or _RANKS.search(said)):
            return "hạng" if _RANKS.search(said) else "điểm", UNIT_FROM_HEADER
        if header == headers[0] and (counted := _what_counts(said)):
            return counted, UNIT_FROM_HEADER
    said = matching(name)
    found = _UNIT_IN_HEADER.search(said)
    if found and (_UNIT_WORDS.fullmatch(found.group(1).strip()) or _counted(name, found.group(1).strip())):
        return found.group(1).strip(), ""
    caption = table.caption if isinstance(table, HeadedTable) else ""
    if caption:
        return caption, UNIT_FROM_CAPTION
    if _RATIO.match(said) or _RATIO.match(matching(headers[0])):
        return "%", UNIT_FROM_SUBJECT
    return "", ""


_NUMBER_OF = re.compile(r"(?:^|\s)số (?:lượng )?(?!liệu|hóa)(?=[^\W\d_])")


def _what_counts(header: str) -> str:
    """What a column counts, "" where it counts nothing: «Giao số tài khoản định danh mức 2» counts «tài khoản»."""
    found = _NUMBER_OF.search(header)
    said = f"1 {header[found.end() :]}" if found else ""
    amount = next(iter(amounts(said, 0, len(said))), None) if said else None
    return (amount.unit or "") if amount is not None and amount.start == 0 else ""


_RANKS = re.compile(r"\b(?:xếp|thứ) hạng\b|^hạng\b")
_POINTS = re.compile(r"(?:tổng )?(?:số )?điểm\b(?! (?:tối đa|chuẩn))")
_NO_UNIT = re.compile(
    r"(?:nếu|trừ|theo|gồm|bao|kể|cấp|so|tính|trên|toàn|không|của|do|lần|sau|trước|cả|từ|đối|ít"
    r"|tại)\b"
)


def _counted(name: str, said: str) -> bool:
    """May words in brackets behind a name be what it is counted in: «Số mô hình (mô hình)», «Thời gian chờ (giây)»?"""
    return (
        len(said.split()) <= 2
        and f"({said})" in name
        and name.rstrip().endswith(")")
        and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)?", said) is not None
        and not _NO_UNIT.match(said)
    )


def _set_aside(state: State, table: Table, row: Row, plan_year: int | None, shape: Columns) -> None:
    """Percentages of columns that are no goals (last year's results) are remembered for one warning."""
    kept = {k for k, _ in _values(table, row, plan_year, shape)}
    for k, (role, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if k in kept or role in ("content", "unit", "holder", "note") or not cell.text:
            continue
        if role == "value" and _is_given(header_of(table, k)):
            continue
        for figure in _PERCENT.findall(cell.text):
            state.aside.setdefault(header_of(table, k), []).append(squash(figure).replace(" ", ""))


def period_of(header: str) -> str:
    """The quarter or month a header names, as it is said in a deadline: "Quý II/2025"."""
    found = re.search(rf"{PERIOD}$", header_form(header))
    if not found:
        return header
    said = found.group()
    words = re.sub(r"\b(?:i{1,3}|iv)\b", lambda m: m.group().upper(), said)
    return words[:1].upper() + words[1:]


def marked_periods(table: Table, row: Row) -> str:
    """When something is due by marks in columns of quarters or months: "Quý II, Quý III"; words in a cell count too."""
    years = table.value_years if isinstance(table, HeadedTable) else ()
    said = []
    for k, (role, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if role != "when" or not cell.text:
            continue
        period = period_of(header_of(table, k)) if is_mark(cell.text) else cell.text
        year = years[k] if k < len(years) else None
        said.append(f"{period}/{year}" if year and is_mark(cell.text) and str(year) not in period else period)
    return ", ".join(said)
