"""What do the rows of a table say? Each becomes a task, a target, a heading for those after it, or a warning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cchc.reading.agencies import split_agencies
from cchc.reading.blocks import Cell, Row, Table
from cchc.reading.deadlines import names_time, read_deadline
from cchc.reading.tables.fits import DEADLINE_LIKE, agency_like, begins_task
from cchc.reading.tables.goal_rows import add_goals, header_of, marked_periods, sentence_goal, sets_goals
from cchc.reading.tables.groups import regrouped
from cchc.reading.tables.products import split_products
from cchc.reading.tables.row_items import (
    AS_ABOVE,
    ASIDE,
    CARRIED,
    CELLS_MISSING,
    CELLS_OVER,
    COLUMN_NAMES,
    FROM_HEAD,
    FROM_LAYOUT,
    LOST_HEADER,
    NOT_A_ROW,
    READ_AS_TITLE,
    ROW,
    ROW_ONLY_CONTENT,
    ROW_WITHOUT_LEAD,
    SUM_ROW,
    State,
    TableRows,
    TaskRow,
    agencies_of,
    count,
    raw_text,
)
from cchc.reading.tables.shapes import HeadedTable, Missing, Repeated
from cchc.reading.tables.titles import area_of, heading_cells
from cchc.text import matching


def table_rows(table: Table, text: str, match: str, plan_year: int | None) -> TableRows:
    """The items of a table. Each row becomes an item, a heading for the rows after it, or a warning."""
    table = regrouped(_spelled_out(table))
    state = State(merged=_merged_columns(table))
    goals = sets_goals(table)
    ordinal_last = "ordinal" in table.columns[1:]
    for position, row in enumerate(table.rows):
        heading = _as_heading(table, row)
        if heading is not None and not _is_item(table, position, state, goals is not None):
            odd = ordinal_last and bool(heading[0])  # a number behind what it counts
            if _heads_rows(state, table, *heading):
                pass
            elif odd or not _titled(*heading, table.rows[position + 1 : position + 2]):
                state.warnings.append(READ_AS_TITLE.format(text=heading[1][:160]))
            _open_section(state, *heading)
            continue
        if heading is not None:
            row = _padded(table, row, heading)
        if len(row.cells) != len(table.columns):
            state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
            continue
        if goals is not None:
            add_goals(state, table, row, text, plan_year, goals)
        else:
            _add_task(state, table, row, text, plan_year)
    for column, figures in state.aside.items():
        if not figures:
            continue
        state.warnings.append(ASIDE.format(column=column, figures="; ".join(dict.fromkeys(figures))))
    if isinstance(table, HeadedTable) and table.lost_header:
        state.warnings.append(LOST_HEADER + ".")
        state.tasks = [
            replace(t, confidence=min(t.confidence, 0.7), reasons=(*t.reasons, LOST_HEADER)) for t in state.tasks
        ]
    return TableRows(tuple(state.tasks), tuple(state.targets), tuple(state.warnings))


# «nt», «-nt-», «n.t.», «như trên», «-//-», a lone quotation mark: the same as above
_MARK_LENGTH = 14  # characters of a mark of repetition, at most
_AGAIN = re.compile(r"[-–\s.(]*(?:n\.?\s?t|như (?:dòng )?trên|-?//-?|[\"“”″〃]{1,2})[-–\s.)]*", re.IGNORECASE)


def _spelled_out(table: Table) -> Table:
    """The table with what marks of repetition stand for."""
    if not any(
        len(c.text) <= _MARK_LENGTH and _AGAIN.fullmatch(c.text) for row in table.rows for c in row.cells if c.text
    ):
        return table
    above: dict[int, Cell] = {}
    rows = []
    for row in table.rows:
        if len(row.cells) != len(table.columns):
            rows.append(row)
            continue
        cells = list(row.cells)
        for at, (role, cell) in enumerate(zip(table.columns, cells, strict=True)):
            if (
                at in above
                and role not in ("ordinal", "content", "holder")
                and _AGAIN.fullmatch(cell.text[:_MARK_LENGTH])
            ):
                cells[at] = Repeated(above[at].start, above[at].end, above[at].text)
            if cells[at].text:
                above[at] = cells[at]
        rows.append(Row(tuple(cells), row.start, row.end))
    return replace(table, rows=tuple(rows))


def _merged_columns(table: Table) -> frozenset[str]:
    """Columns where several rows, but never the first, have an empty cell: one alone tells nothing of merging."""
    if "content" not in table.columns:
        return frozenset()
    full = [row.cells for row in table.rows if len(row.cells) == len(table.columns)]
    tasks = [cells for cells in full if sum(bool(c.text) for c in cells) > 2]
    found = set()
    for at, role in enumerate(table.columns):
        empty = [not cells[at].text for cells in tasks]
        leftmost = role in ("lead", "agency") and at < table.columns.index("content")
        if role in ("lead", "agency", "deadline") and (sum(empty) >= 2 or leftmost) and not all(empty[:1]):
            found.add(role)
    return frozenset(found)


def _as_heading(table: Table, row: Row) -> tuple[str, str] | None:
    """(ordinal, title) where a row is a heading: nothing but an ordinal and a title is filled."""
    filled = [c for c in row.cells if c.text]
    if len(row.cells) == len(table.columns):
        by_role = dict(zip(table.columns, row.cells, strict=True))
        named = "content" if "content" in by_role else "holder"
        title = by_role[named].text
        ordinal = by_role["ordinal"].text if "ordinal" in by_role else ""
        aside: tuple[str, ...] = ("ordinal", named, "")
        said = bool(title) and (area_of(title) is not None or title.isupper())
        if (said and not re.match(r"[a-zđ][.)]?$", ordinal)) or (title and re.match(r"^[IVXA-HĐ]{1,5}[.)]?$", ordinal)):
            aside = ("ordinal", named, "", "budget", "note")  # a sum of money may stand beside a heading
        if not title and (lone := _titled_elsewhere(table, row, ordinal)) is not None:
            return ordinal, lone
        if begins_task(title):
            aside = ("ordinal", named)  # work that has something beside it is a task, whatever area its words name
        others = [
            c
            for role, c in zip(table.columns, row.cells, strict=True)
            if c.text and (role not in aside or (not role and _says_more(c.text, title)))
        ]
        if others or not by_role[named].text:
            if len(filled) == 1 and (area_of(filled[0].text) or filled[0].text.isupper()) and not by_role[named].text:
                return heading_cells(filled)
            return None
        return (by_role["ordinal"].text if "ordinal" in by_role else "", by_role[named].text)
    return heading_cells(filled) if len(filled) <= 2 else None


def _says_more(cell: str, title: str) -> bool:
    """Is it something of its own, in a column nobody knows, beside what may be a heading?"""
    return len(cell) > 12 and cell != title and not re.search(r"đồng\b|ngân sách", matching(cell))


_PERCENTS = re.compile(r"\d[\d.,]{0,12}\s?%")
_PERCENT = re.compile(r"\d\s?%")


def _titled(ordinal: str, title: str, below: Sequence[Row]) -> bool:
    """Has the row the look of a heading, with rows below it?"""
    told = bool(ordinal.strip("-+• ")) or title.isupper() or area_of(title) is not None or title.endswith(":")
    return told and bool(below) and not title[:1].isdigit() and not agency_like(title)


def _titled_elsewhere(table: Table, row: Row, ordinal: str) -> str | None:
    """The title of a heading printed in another column than the content's, with nothing beside it but a sum."""
    said = [c.text for r, c in zip(table.columns, row.cells, strict=True) if c.text and r not in _ASIDE_ROLES]
    if len(said) != 1 or not (area_of(said[0]) or said[0].isupper()):
        return None
    return said[0] if re.match(r"^(?:[IVX]{1,6}|[A-HĐ])\W?$", ordinal) or not ordinal else None


_ASIDE_ROLES = ("ordinal", "budget", "note")


def _is_item(table: Table, position: int, state: State, goals: bool) -> bool:
    """Is a row with nothing but a title an item all the same? A goal with its figure, a task whose lead and deadline
    are merged with those above, an incomplete task in the run of tasks."""
    heading = _as_heading(table, table.rows[position])
    if heading is None:
        return False
    ordinal, title = heading
    if _PERCENT.search(title) and not (area_of(title) and len(title) < 80):
        return True
    if state.above is not None and (ordinal in ("-", "+", "•") or (not ordinal and begins_task(title))):
        return not goals and not title.isupper() and area_of(title) is None
    return _is_lone_task(table, position, state)


def _is_lone_task(table: Table, position: int, state: State) -> bool:
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
    filled = {"content": row.cells[-1], "holder": row.cells[-1]}
    if len(row.cells) > 1:
        filled["ordinal"] = row.cells[0]
    return Row(tuple(filled.get(c, Missing(row.end, row.end, "")) for c in table.columns), row.start, row.end)


_TOP = re.compile(r"^(?:[IVX]{1,6}|[A-HĐ])\W?$")


def _heads_rows(state: State, table: Table, ordinal: str, title: str) -> bool:
    """Does a title tell whose the rows below are, or when they are due, in a table without a column that says it?"""
    if _TOP.match(ordinal) or not ordinal:  # the next group of its kind
        state.owner = state.when = ""
    if not {"lead", "agency", "body"} & set(table.columns) and agency_like(title) and len(title) < 120:
        state.owner = title
        return True
    if not {"deadline", "when", "begin"} & set(table.columns) and names_time(matching(title).strip(" .:*")):
        state.when = title.strip(" .:*")
        return True
    return False


def _open_section(state: State, ordinal: str, title: str) -> None:
    area = area_of(title)
    top = bool(_TOP.match(ordinal)) or not ordinal
    if area is not None:
        state.area = area
    elif top:
        state.area = None
    if area is not None or top:
        state.section += not (state.fresh or (state.section == 0 and not state.tasks and not state.targets))
        state.fresh = True
    state.number = 0 if top or area is not None else state.number
    names_goal = area is None or _GOAL_NAME.match(matching(title)) is not None
    state.parent = title if ordinal.strip(".) ").isdigit() and names_goal else ""
    state.above = None


def _open_field(state: State, title: str) -> None:
    """The area that a column «Lĩnh vực» or «Nhóm nhiệm vụ» names: it holds until another one is named."""
    area = area_of(title)
    if area is not None and area != state.area:
        state.section += bool(state.tasks)
        state.area = area


# «7 Tỷ lệ số hóa hồ sơ ...» without a value: no area, but the goal whose parts stand below
_GOAL_NAME = re.compile(r"(?:(?:tỷ|tỉ) lệ|số lượng|số|mức độ|mức|chỉ số|thời gian)\s")
_HELPS = re.compile(r"ph|p|phối hợp")


def _marked_bodies(
    table: Table, row: Row, lead: tuple[str, ...], support: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is marked in the columns of bodies: «x» and «CT» lead, «PH» helps."""
    for column, (role, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if role != "body" or not cell.text:
            continue
        name = header_of(table, column)
        if _HELPS.fullmatch(matching(cell.text)):
            support = (*support, name)
        else:
            lead = (*lead, name)
    return lead, support


def _deadline(table: Table, row: Row, cells: dict[str, Cell]) -> str:
    """Until when, as written; "beginning - end" and the quarters that are marked are put into words."""
    if "when" in cells:
        marked = marked_periods(table, row)
        if marked:
            return marked
    begin = cells["begin"].text if "begin" in cells else ""
    end = cells["deadline"].text if "deadline" in cells else ""
    later = cells["later"].text if "later" in cells else ""
    if later and later != end and DEADLINE_LIKE.match(matching(later)):
        end = f"{end}; {later}" if end else later  # a step and the next one: the last counts, and says so
    if begin and end and begin != end and read_deadline(end, None)[0].kind not in ("ongoing", "event"):
        return f"{begin} - {end}"
    return end or (f"Từ {begin[:1].lower()}{begin[1:]}" if begin else "")


def _extend(state: State, above: TaskRow, cells: dict[str, Cell], row: Row, text: str) -> None:
    """More products or helpers of the task above, in rows below its merged cells."""
    more = split_products(raw_text(text, cells["product"])) if "product" in cells else ()
    helpers = agencies_of({"support": cells["support"]}, text)[1] if "support" in cells else ()
    note = cells["note"].text if "note" in cells else ""
    known = {c.text for role, c in cells.items() if role in ("product", "support", "note")}
    rest = [c.text for c in row.cells if c.text and c.text not in known]
    if rest:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(rest)[:160]))
    state.above = state.tasks[-1] = replace(
        above,
        products=tuple(dict.fromkeys([*above.products, *more])),
        support=tuple(dict.fromkeys([*above.support, *helpers])),
        note="; ".join(n for n in (above.note, note) if n),
        end=row.end,
    )


_SUM = re.compile(r"(?:tổng(?: cộng| số| kinh phí| cộng kinh phí)?|cộng)\W*(?:\([^()]{0,40}\))?\W*")


def _add_task(state: State, table: Table, row: Row, text: str, plan_year: int | None) -> None:
    cells = {role: cell for role, cell in zip(table.columns, row.cells, strict=True) if role}
    empty = Cell(row.end, row.end, "")
    content_cell = cells.get("content", empty)
    ordinal = cells.get("ordinal", empty).text.strip("*")
    content = content_cell.text
    lead_cell = cells.get("lead", cells.get("agency", empty))
    reasons: list[str] = []
    confidence = 1.0
    label = ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=content[:60])
    above = state.above
    if not content and above is not None and not ordinal:
        if not (lead_cell.text or _deadline(table, row, cells)):
            _extend(state, above, cells, row, text)
            return
        content = above.content  # the cell is merged with the one above
        reasons.append(CARRIED.format(column=COLUMN_NAMES["content"]))
        confidence = 0.7
    if not content:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return
    if _SUM.fullmatch(matching(content)) and not lead_cell.text and not _deadline(table, row, cells):
        state.warnings.append(SUM_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return
    gap = count(state, ordinal, content)
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
        confidence = min(confidence, 0.7)
    reasons += [
        AS_ABOVE.format(column=COLUMN_NAMES[r])
        for r, c in cells.items()
        if isinstance(c, Repeated) and r in COLUMN_NAMES
    ]
    lead, support = agencies_of(cells, text)
    if "body" in cells:
        lead, support = _marked_bodies(table, row, lead, support)
    if any("|" in text[c.start : c.end] for c in row.cells if c.text and "|" not in c.text):
        state.warnings.append(label + CELLS_OVER)
        confidence = min(confidence, 0.7)
    if "field" in cells and cells["field"].text:
        _open_field(state, cells["field"].text)
    raw_deadline = _deadline(table, row, cells)
    if not lead and not raw_deadline and agency_like(content):
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return  # cut off in the middle: what is to be done is not said
    without_lead = not lead and ("lead" in cells or "agency" in cells)
    without_deadline = not raw_deadline and bool({"deadline", "when"} & cells.keys())
    whole = (without_lead and without_deadline) or not content_cell.text
    if (
        above is not None
        and without_lead
        and above.lead
        and (whole or isinstance(lead_cell, Missing) or {"lead", "agency"} & state.merged)
    ):
        lead = above.lead
        reasons.append(CARRIED.format(column=COLUMN_NAMES["lead"]))
        confidence = min(confidence, 0.6)
        if not support and (isinstance(cells.get("support"), Missing) or not isinstance(lead_cell, Missing)):
            support = above.support
    if (
        above is not None
        and without_deadline
        and above.deadline_raw
        and (whole or isinstance(cells.get("deadline"), Missing) or "deadline" in state.merged)
    ):
        raw_deadline = above.deadline_raw
        reasons.append(CARRIED.format(column=COLUMN_NAMES["deadline"]))
        confidence = min(confidence, 0.5)
    if not lead and state.owner:
        lead = split_agencies(state.owner)
        reasons.append(FROM_HEAD.format(what=state.owner))
        confidence = min(confidence, 0.9)
    if not raw_deadline and state.when:
        raw_deadline = state.when
        reasons.append(FROM_HEAD.format(what=state.when))
        confidence = min(confidence, 0.9)
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
        products=split_products(raw_text(text, cells["product"])) if "product" in cells else (),
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
    goal = cells.get("goal")
    if goal is not None and re.search(r"\d", goal.text):
        state.targets.append(sentence_goal(state, goal, row, ordinal))
    for column, (role, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if role in ("", "value", "past", "unit", "later"):
            state.aside.setdefault(header_of(table, column), []).extend(_PERCENTS.findall(cell.text))
    state.above = task
