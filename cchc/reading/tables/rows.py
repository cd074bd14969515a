"""What do the rows of a table say? Each becomes a task, a target, a heading for those after it, or a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from cchc.formats.source import LINE_IN_CELL
from cchc.model import AreaFrom, Deadline
from cchc.reading.agencies import split_agencies
from cchc.reading.blocks import Cell, Row, Table
from cchc.reading.deadlines import read_deadline
from cchc.reading.tables.fits import agency_like
from cchc.reading.tables.products import split_products
from cchc.reading.tables.shapes import HeadedTable, Missing, squash
from cchc.reading.tables.titles import area_of, heading_cells

# What an official reads.
ROW = "Bảng nhiệm vụ, dòng {ordinal}«{content}»: "
CELLS_MISSING = "thiếu ô ({columns}), nội dung các ô được xếp theo cách hiểu"
CELLS_OVER = "nhiều ô hơn số cột, nội dung các ô được xếp theo cách hiểu"
CELL_UNREAD = "Bảng nhiệm vụ: không xếp được vào dòng nào: «{text}»"
ROW_WITHOUT_LEAD = "Không ghi cơ quan chủ trì"
ROW_ONLY_CONTENT = "Dòng chỉ có nội dung, không có cơ quan chủ trì và thời hạn"
LOST_HEADER = "Bảng không có dòng tiêu đề, các cột được hiểu theo nội dung"
CARRIED = "Ô «{column}» để trống, lấy theo dòng trên (ô gộp)"
FROM_LAYOUT = "Dòng thiếu ô, các ô được xếp theo nội dung"
LEAD_FROM_LABEL = "Cơ quan chủ trì lấy từ cột «cơ quan thực hiện»"
GAP = "Bảng nhiệm vụ: số thứ tự nhảy từ {before} sang {after}, có thể sót dòng"
NOT_A_ROW = "Bảng: dòng chưa hiểu «{text}»"
COLUMN_NAMES = {
    "ordinal": "STT", "content": "nội dung", "product": "sản phẩm", "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp", "agency": "cơ quan thực hiện", "deadline": "thời hạn", "budget": "kinh phí",
    "note": "ghi chú", "basis": "căn cứ", "unit": "đơn vị tính", "value": "chỉ tiêu", "": "khác",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the document gives it. `start:end` index the stored text; `section` counts how many headings or
    restarts of the numbering came before; `area` is set only where a heading row of the table names it."""

    ordinal: str
    content: str
    products: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline_raw: str
    deadline: Deadline
    note: str
    start: int
    end: int
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    area: int | None = None
    area_from: AreaFrom | None = None
    section: int = 0


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of a table of targets, as written; the figure itself is read by `figures`."""

    ordinal: str
    subject: str
    unit_raw: str
    value_raw: str
    agency: tuple[str, ...]
    start: int
    end: int
    year: int | None = None  # the year the value's column names
    deadline_raw: str = ""
    note: str = ""
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    area: int | None = None
    area_from: AreaFrom | None = None
    section: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    tasks: tuple[TaskRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    section: int = 0
    area: int | None = None
    number: int = 0
    fresh: bool = False  # a heading has just opened a section
    above: TaskRow | None = None
    merged: frozenset[str] = frozenset()  # columns whose empty cells are those of merged rows
    tasks: list[TaskRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def table_rows(table: Table, text: str, match: str, plan_year: int | None) -> TableRows:
    """The items of a table. Each row becomes an item, a heading for the rows after it, or a warning."""
    state = _State(merged=_merged_columns(table))
    is_targets = _sets_values(table)
    add: Callable[[_State, Table, Row, str, int | None], None] = _add_target if is_targets else _add_task
    for position, row in enumerate(table.rows):
        heading = _as_heading(table, row)
        if heading is not None and not _is_lone_task(table, position, state):
            _open_section(state, *heading)
            continue
        if heading is not None:
            row = _padded(table, row, heading)
        if len(row.cells) != len(table.columns):
            state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
            continue
        add(state, table, row, text, plan_year)
    if isinstance(table, HeadedTable) and table.lost_header:
        state.warnings.append(LOST_HEADER + ".")
        state.tasks = [
            replace(t, confidence=min(t.confidence, 0.7), reasons=(*t.reasons, LOST_HEADER)) for t in state.tasks
        ]
    return TableRows(tuple(state.tasks), tuple(state.targets), tuple(state.warnings))


def _merged_columns(table: Table) -> frozenset[str]:
    """Columns where several rows, but never the first, have an empty cell: one alone tells nothing of merging."""
    full = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    tasks = [cells for cells in full if sum(bool(c.text) for c in cells) > 2]
    found = set()
    for at, role in enumerate(table.columns):
        empty = [not cells[at].text for cells in tasks]
        if role in ("lead", "agency", "deadline") and sum(empty) >= 2 and not empty[0]:
            found.add(role)
    return frozenset(found)


def _sets_values(table: Table) -> bool:
    """Is it a table of targets: a column of values, and in most rows a figure in it where the columns are a task's?"""
    if "value" not in table.columns:
        return False
    if {"unit", "past"} & set(table.columns) or not {"lead", "deadline"} & set(table.columns):
        return True
    at = table.columns.index("value")
    cells = [row.cells[at].text for row in table.rows if len(row.cells) == len(table.columns)]
    return sum(len(c) < 60 and bool(_FIGURE.search(c)) for c in cells) * 3 >= len(cells) * 2 > 0


_FIGURE = re.compile(r"\d")


def _as_heading(table: Table, row: Row) -> tuple[str, str] | None:
    """(ordinal, title) where a row is a heading: nothing but an ordinal and a title is filled."""
    filled = [c for c in row.cells if c.text]
    if len(row.cells) == len(table.columns):
        by_role = dict(zip(table.columns, row.cells, strict=True))
        title = by_role["content"].text
        ordinal = by_role["ordinal"].text if "ordinal" in by_role else ""
        aside: tuple[str, ...] = ("ordinal", "content", "")
        if title and (area_of(title) or title.isupper() or re.match(r"^[IVXA-H]{1,5}[.)]?$", ordinal)):
            aside = ("ordinal", "content", "", "budget", "note")  # a sum of money may stand beside a heading
        others = [c for role, c in zip(table.columns, row.cells, strict=True) if c.text and role not in aside]
        if others or not by_role["content"].text:
            if (
                len(filled) == 1
                and (area_of(filled[0].text) or filled[0].text.isupper())
                and not by_role["content"].text
            ):
                return heading_cells(filled)
            return None
        return (by_role["ordinal"].text if "ordinal" in by_role else "", by_role["content"].text)
    return heading_cells(filled) if len(filled) <= 2 else None


def _is_lone_task(table: Table, position: int, state: _State) -> bool:
    """A numbered row without agency and deadline that stands in the run of tasks: an incomplete task, no heading."""
    heading = _as_heading(table, table.rows[position])
    if heading is None:
        return False
    ordinal, title = heading
    if (area_of(title) and len(title) < 120) or title.isupper():
        return False
    number = ordinal.strip("(). ")
    if not number.isdigit():
        return False
    later = [r.cells[0].text.strip("(). ") for r in table.rows[position + 1 : position + 2]]
    follows = bool(later) and (later[0] == str(int(number) + 1))
    return (int(number) == state.number + 1 and (follows or not later)) or (follows and len(title) > 100)


def _padded(table: Table, row: Row, heading: tuple[str, str]) -> Row:
    if len(row.cells) == len(table.columns):
        return row
    filled = {"ordinal": row.cells[0], "content": row.cells[-1]}
    return Row(tuple(filled.get(c, Missing(row.end, row.end, "")) for c in table.columns), row.start, row.end)


def _open_section(state: _State, ordinal: str, title: str) -> None:
    area = area_of(title)
    top = bool(re.match(r"^(?:[IVX]{1,6}|[A-H])\W?$", ordinal)) or not ordinal
    if area is not None:
        state.area = area
    elif top:
        state.area = None
    if area is not None or top:
        state.section += not (state.fresh or (state.section == 0 and not state.tasks and not state.targets))
        state.fresh = True
    state.number = 0 if top or area is not None else state.number
    state.above = None


def _count(state: _State, ordinal: str) -> str | None:
    """Follow the numbering: a restart opens a section; a gap is worth a warning."""
    plain = ordinal.strip("().*/ ")
    if not plain.isdigit():
        return None
    number = int(plain)
    warning = None
    if number <= state.number and not state.fresh:
        state.section += 1
        state.area = None
        state.above = None
    elif number > state.number + 1 and state.number:
        warning = GAP.format(before=state.number, after=number)
    state.number = number
    state.fresh = False
    return warning


def _raw(text: str, cell: Cell) -> str:
    """A cell with its line breaks, where the stored text holds it in one piece."""
    raw = text[cell.start : cell.end].replace("<br>", "\n").replace("<br/>", "\n").replace(LINE_IN_CELL, "\n")
    return raw if squash(raw) == cell.text else cell.text


def _add_task(state: _State, table: Table, row: Row, text: str, plan_year: int | None) -> None:
    cells = {role: cell for role, cell in zip(table.columns, row.cells, strict=True) if role}
    empty = Cell(row.end, row.end, "")
    content_cell = cells.get("content", empty)
    ordinal = cells.get("ordinal", empty).text.strip("*")
    content = content_cell.text
    reasons: list[str] = []
    confidence = 1.0
    label = ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=content[:60])
    if not content:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
        return
    gap = _count(state, ordinal)
    if gap:
        state.warnings.append(gap)
    state.fresh = False
    missing = [
        COLUMN_NAMES[r]
        for r, c in zip(table.columns, row.cells, strict=True)
        if isinstance(c, Missing) and r not in ("note", "")
    ]
    if missing:
        state.warnings.append(label + CELLS_MISSING.format(columns=", ".join(missing)))
        reasons.append(FROM_LAYOUT)
        confidence = 0.7
    lead, support = _agencies(cells, text)
    raw_deadline = cells.get("deadline", empty).text
    if not lead and not raw_deadline and agency_like(content):
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return  # cut off in the middle: what is to be done is not said
    above = state.above
    without_lead = not lead and ("lead" in cells or "agency" in cells)
    without_deadline = not raw_deadline and "deadline" in cells
    column = cells.get("lead", cells.get("agency", empty))
    whole = without_lead and without_deadline
    if (
        above is not None
        and without_lead
        and above.lead
        and (whole or isinstance(column, Missing) or {"lead", "agency"} & state.merged)
    ):
        lead = above.lead
        reasons.append(CARRIED.format(column=COLUMN_NAMES["lead"]))
        confidence = min(confidence, 0.6)
        if not support and (isinstance(cells.get("support"), Missing) or not isinstance(column, Missing)):
            support = above.support
    if (
        above is not None
        and without_deadline
        and above.deadline_raw
        and (whole or isinstance(cells["deadline"], Missing) or "deadline" in state.merged)
    ):
        raw_deadline = above.deadline_raw
        reasons.append(CARRIED.format(column=COLUMN_NAMES["deadline"]))
        confidence = min(confidence, 0.5)
    deadline, why = read_deadline(raw_deadline, plan_year)
    reasons.extend(why)
    if why:
        confidence = min(confidence, 0.6 if deadline.kind == "none" else 0.9)
    if not lead:
        reasons.append(ROW_WITHOUT_LEAD)
        confidence = min(confidence, 0.5)
        if not raw_deadline:
            state.warnings.append(label + ROW_ONLY_CONTENT.lower())
    task = TaskRow(
        ordinal=ordinal.rstrip("."),
        content=content,
        products=split_products(_raw(text, cells["product"])) if "product" in cells else (),
        lead=lead,
        support=support,
        deadline_raw=raw_deadline,
        deadline=deadline,
        note=cells.get("note", empty).text,
        start=row.start,
        end=row.end,
        confidence=confidence,
        reasons=tuple(dict.fromkeys(reasons)),
        area=state.area,
        area_from="heading" if state.area is not None else None,
        section=state.section,
    )
    state.tasks.append(task)
    state.above = task


_LEAD_LABEL = re.compile(
    r"(?:-\s*)?(?:(?:cơ quan|đơn vị|các cơ quan|các đơn vị"
    r"|cơ quan, đơn vị)\s+)?chủ trì\s*(?:thực hiện\s*|tham mưu\s*)?:\s*",
    re.IGNORECASE,
)
_SUPPORT_LABEL = re.compile(
    r"[;,.]?\s*(?:-\s*)?(?:(?:các )?(?:cơ quan|đơn vị|cơ quan, đơn vị)\s+)?(?:phối hợp\s*(?:thực hiện\s*)?(?::"
    r"|với)|chủ trì,? phối hợp với)\s*",
    re.IGNORECASE,
)


def _agencies(cells: dict[str, Cell], text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support of a row; one column may name both ("Chủ trì: ...; Phối hợp: ...")."""
    raw_lead = (
        _raw(text, cells["lead"]) if "lead" in cells else _raw(text, cells["agency"]) if "agency" in cells else ""
    )
    raw_support = _raw(text, cells["support"]) if "support" in cells else ""
    parted = _SUPPORT_LABEL.search(raw_lead)
    if parted and not raw_support.strip():
        raw_support = raw_lead[parted.end() :]
        raw_lead = raw_lead[: parted.start()]
    raw_lead = _LEAD_LABEL.sub("", raw_lead, count=1)
    raw_support = _SUPPORT_LABEL.sub("", raw_support, count=1) if _SUPPORT_LABEL.match(raw_support) else raw_support
    return split_agencies(raw_lead), split_agencies(raw_support)


def _add_target(state: _State, table: Table, row: Row, text: str, plan_year: int | None) -> None:
    empty = Cell(row.end, row.end, "")
    cells = {role: cell for role, cell in zip(table.columns, row.cells, strict=True) if role and role != "value"}
    subject = cells.get("content", empty).text
    ordinal = cells.get("ordinal", empty).text
    if not subject:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
        return
    _count(state, ordinal)
    state.fresh = False
    years = table.value_years if isinstance(table, HeadedTable) else (None,) * len(table.columns)
    lead, support = _agencies(cells, text)
    values = [(c, y) for role, c, y in zip(table.columns, row.cells, years, strict=True) if role == "value" and c.text]
    if plan_year is not None and any(y is None or y >= plan_year for _, y in values):
        values = [(c, y) for c, y in values if y is None or y >= plan_year]  # a year before is shown to compare with
    if not values:
        state.warnings.append(
            ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=subject[:60]) + "không có giá trị chỉ tiêu"
        )
    reasons = (
        (FROM_LAYOUT,)
        if any(isinstance(c, Missing) for r, c in zip(table.columns, row.cells, strict=True) if r != "note")
        else ()
    )
    for cell, year in values:
        state.targets.append(
            TargetRow(
                ordinal=ordinal.rstrip("."),
                subject=subject,
                unit_raw=cells.get("unit", empty).text,
                value_raw=cell.text,
                agency=(*lead, *support),
                start=row.start,
                end=row.end,
                year=year,
                deadline_raw=cells.get("deadline", empty).text,
                note=cells.get("note", empty).text,
                confidence=0.7 if reasons else 1.0,
                reasons=reasons,
                area=state.area,
                area_from="heading" if state.area is not None else None,
                section=state.section,
            )
        )
