"""The tasks, goals and duties of a document's tables: areas of rows, figures of cells, a table printed twice."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cchc.model import AreaFrom, Target, Task
from cchc.reading import figures, tables
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Part, Table
from cchc.reading.duties import NO_AGENCY, DutyText
from cchc.reading.info import Info
from cchc.reading.items import Ids, due, plain, target_item, task_item
from cchc.reading.levels import read_levels
from cchc.reading.tables.columns import header_form, says_charge
from cchc.reading.tables.goal_rows import header_of
from cchc.reading.tables.shapes import squash
from cchc.text import folded, matching

_SAME_TABLE = "Một bảng được in lặp lại nguyên vẹn; chỉ đọc một lần."


def from_tables(
    text: str, match: str, found: Sequence[Table], blocks: Sequence[Block], info: Info, ids: Ids, notes: list[str]
) -> tuple[list[Task], list[Target], list[DutyText], list[tuple[int, int]]]:
    """Tasks, goals and duties of the tables, and the places of rows that are results and named in `notes` in full.
    Who does what, without until when, is a duty where the duties stand."""
    flat = match.replace("\n", " ")
    tasks: list[Task] = []
    targets: list[Target] = []
    duties: list[DutyText] = []
    told = [b for b in blocks if b.part is not Part.FURNITURE]
    ends = [b.end for b in told]
    results: list[tuple[int, int]] = []
    seen: set[tuple[Any, ...]] = set()
    starts = [b.start for b in blocks]
    report = matching(info.kind or "") == "báo cáo"
    for table in found:
        before = bisect_left(starts, table.start) - 1
        part = blocks[before].part if before >= 0 else None
        if tables.sets_goals(table) and tables.reached(table, part, info.year, report):
            warning, spans = tables.said_of(table)
            notes.append(warning)
            results += spans
            continue
        at = bisect_right(ends, table.start)
        above = told[at - 1] if at else None
        rows = tables.table_rows(table, text, match, info.year)
        key = tuple(folded(r.content) for r in rows.tasks) + tuple(folded(t.subject) for t in rows.targets)
        if key and key in seen:
            notes.append(_SAME_TABLE)
            continue
        seen.add(key)
        notes += rows.warnings
        ordered = (above is not None and above.part is Part.DUTIES) or _says_charge(table)
        if ordered and _tells_duties(table):
            duties += [_duty(row, table) for row in rows.tasks]
            continue
        areas = _section_areas(rows.tasks, table.title)
        for row in rows.tasks:
            area, area_from = (row.area, row.area_from) if row.area else areas.get(row.section, (None, None))
            if area is None:
                area = content_area(matching(row.content))
                area_from = "content" if area else None
            tasks.append(task_item(row, area, area_from, ids))
        for goal in rows.targets:
            targets += _goals(goal, text, flat, info, ids)
    return tasks, targets, duties, results


_OF_TASKS = {"deadline", "begin", "when", "product", "support", "value", "unit"}


def _tells_duties(table: Table) -> bool:
    """Who has to do what, and nothing about until when, with whom or what comes out of it: «Cơ quan | Nhiệm vụ»."""
    columns = set(table.columns)
    return "content" in columns and bool({"lead", "agency"} & columns) and not _OF_TASKS & columns


def _says_charge(table: Table) -> bool:
    """Does the header itself say that the rows are duties («Đơn vị | Trách nhiệm»), under whatever heading?"""
    contents = (k for k, role in enumerate(table.columns) if role == "content")
    return any(says_charge(header_form(header_of(table, k))) for k in contents)


def _duty(row: tables.TaskRow, table: Table) -> DutyText:
    """The agency as its cell names it; of a cell merged with one above, the names of that."""
    role = "lead" if "lead" in table.columns else "agency"
    cells = next((r.cells for r in table.rows if r.start == row.start and len(r.cells) == len(table.columns)), ())
    written = next((c.text for c, column in zip(cells, table.columns, strict=False) if column == role), "")
    agency = written or "; ".join(row.lead)
    reason = "" if agency else NO_AGENCY
    return DutyText(agency or None, "text" if agency else "inferred", row.start, row.end, reason, row.content)


def _goals(row: tables.TargetRow, text: str, match: str, info: Info, ids: Ids) -> list[Target]:
    """The goal of a row's value, or those its sentence names (a milestone where it holds no figure)."""
    area, area_from = row.area, row.area_from
    if area is None:
        area = content_area(matching(row.subject))
        area_from = "content" if area else None
    facts = {"area": area, "area_from": area_from}
    if row.sentence is not None:
        cell = row.sentence
        if squash(text[cell.start : cell.end]) == cell.text:
            said, words, start, end = text, match, cell.start, cell.end
        else:  # the cell's lines stand apart in the text
            said, words, start, end = cell.text, matching(cell.text), 0, len(cell.text)
        block = Block(cell.start, cell.end, cell.start, part=Part.GOALS, area=area, area_from=area_from)
        goals = figures.read_goals(said, words, start, end, plan_year=info.year, in_goals=True)
        found = []
        for goal in goals:
            item = target_item(said, words, goal, block, info, ids)
            update: dict[str, Any] = {**facts, "confidence": min(item.confidence, row.confidence)}
            if row.due is not None and goal.due_on is None and goal.due_year is None:
                update["due"] = row.due
            if said is not text:
                update |= {"start": row.start, "end": row.end, "quote": plain(text, row.start, row.end)}
            found.append(item.model_copy(update=update))
        if found:
            return found
    if len(_PERCENT.findall(row.value_raw)) > 1 and (several := _several(row, text, info, ids, facts)):
        return several
    comparator, value, unit = figures.read_value(row.value_raw, row.unit_raw)
    better = _as_before(row.value_raw)
    if better:  # the year is no figure
        comparator = value = unit = None
    bare = not _SAYS_LEAST.search(matching(row.value_raw))
    if comparator == ">=" and bare and _AT_MOST.search(matching(row.subject)):
        comparator = "<="
    less = comparator == ">=" and bare and not better and _better_less(matching(row.subject), matching(row.value_raw))
    if less:
        comparator = "<="
    kind = "rank" if unit == "hạng" else "ratio" if unit == "%" else "count" if value is not None else "milestone"
    said = _NO_LEVEL.sub("", matching(row.own or row.subject))
    return [
        Target(
            id=ids.item("c", row.own or row.subject, row.value_raw, row.unit_raw),
            **facts,  # type: ignore[arg-type]
            kind="improve" if better else kind,  # type: ignore[arg-type]
            comparator=comparator,  # type: ignore[arg-type]
            value=value,
            unit=unit,
            level=row.level or read_levels(said, 0, len(said)).one,  # type: ignore[arg-type]
            subject=row.subject,
            due=due(row.year, row.due, None, info),
            quote=plain(text, row.start, row.end),
            start=row.start,
            end=row.end,
            confidence=min(row.confidence, 0.9) if less else row.confidence,
            reasons=(*row.reasons, figures.R_LIMIT) if less else row.reasons,
        )
    ]


# «Không thấp hơn năm 2025», «Bằng hoặc cao hơn kết quả năm trước», «≥ năm 2024»: measured by the year before
_YEAR_BEFORE = re.compile(r"[^\d%]{1,60}\b(?:năm (?:trước|ngoái|liền trước|liền kề|20\d\d)|cùng kỳ)\b[^\d%]{0,40}")
_COMPARED = re.compile(
    r"[<>≥≤=]|\b(?:hơn|bằng|dưới|tăng|giảm|nâng|cải thiện|giữ|giữ vững|duy trì|vượt|không thua kém|như)\b"
)


def _as_before(raw: str) -> bool:
    """Does a value hold no figure but the year whose result is to be kept or bettered?"""
    said = " ".join(matching(raw).split())
    return bool(_YEAR_BEFORE.fullmatch(said) and _COMPARED.search(said))


_PERCENT = re.compile(r"\d\s?%")


def _several(row: tables.TargetRow, text: str, info: Info, ids: Ids, facts: dict[str, Any]) -> list[Target]:
    """The goals of a value that sets one for each level («Cấp tỉnh 99%; cấp xã 98%»); [] for any other value."""
    said = f"{row.subject}: {row.value_raw}"
    words = matching(said)
    goals = figures.read_goals(said, words, 0, len(said), plan_year=info.year, in_goals=True)
    if len(goals) < 2 or len({goal.level for goal in goals}) < len(goals):
        return []
    block = Block(row.start, row.end, row.start, part=Part.GOALS, area=row.area, area_from=row.area_from)
    items = [target_item(said, words, goal, block, info, ids) for goal in goals]
    update = {
        **facts, "start": row.start, "end": row.end, "quote": plain(text, row.start, row.end), "subject": row.subject,
        "due": due(row.year, row.due, None, info), "reasons": row.reasons,
    }  # fmt: skip
    return [i.model_copy(update={**update, "confidence": min(i.confidence, row.confidence)}) for i in items]


_AT_MOST = re.compile(r"\b(?:tối đa|không quá)\b")  # in the name: «Thời gian chờ tối đa»
# Of these the less is the better: what is late or wrong, and how long somebody has to wait.
_FAILS = re.compile(
    r"\b(?:quá hạn|trễ hạn|trễ hẹn|chậm (?:hạn|muộn|trễ)|sai sót|tồn đọng|bị trả lại)\b"
    r"|^(?:tổng )?thời gian (?:trung bình |bình quân )?(?:chờ|giải quyết|xử lý|cấp|trả|khắc phục|gián đoạn"
    r"|phản hồi|thông quan|thẩm định|tiếp nhận|đăng ký|làm thủ tục)\b"
)
_MENDS = re.compile(r"\b(?:không|giảm|rút ngắn|cắt|xin lỗi|xử lý dứt|khắc phục xong|trước hạn|đúng hạn|tăng)\b")


def _better_less(subject: str, value: str) -> bool:
    return bool(_FAILS.search(subject)) and not _MENDS.search(subject) and not _MENDS.search(value)


_SAYS_LEAST = re.compile(r"[<>≥≤=]|\b(?:tối thiểu|ít nhất|trở lên|trên|từ)\b")
# Among whom a rank counts, and what is counted, are no level of their own.
_NO_LEVEL = re.compile(r"(?:trong |của )?khối [^;.]{3,60}$|^(?:tổng )?số (?:lượng )?(?:xã|phường|huyện|tỉnh)\b")


def _section_areas(rows: Sequence[tables.TaskRow], title: str) -> dict[int, tuple[int | None, AreaFrom | None]]:
    """The area of each section of a table without heading rows, from the number of sections and the words of the rows.

    Seven sections are the seven areas in the order of the plan, six are those of Nghị quyết 76/NQ-CP or 30c/NQ-CP;
    what the rows speak of must not speak against it.
    """
    sections = sorted({r.section for r in rows})
    if any(r.area for r in rows):
        return {}
    if len(sections) == 1:
        area = heading_area(matching(title)) if title else None
        return {sections[0]: (area, "heading")} if area else {}
    votes = {s: _votes(r.content for r in rows if r.section == s) for s in sections}
    for order in ([1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 1], [2, 3, 4, 5, 6, 7]):
        if len(order) != len(sections):
            continue
        agreeing = sum(1 for s, area in zip(sections, order, strict=True) if area in votes[s])
        if agreeing * 2 >= len(sections):
            return {s: (area, "position") for s, area in zip(sections, order, strict=True)}
    return {}


def _votes(contents: Iterable[str]) -> set[int]:
    """The areas most rows of a section speak of."""
    counts = Counter(content_area(matching(c)) for c in contents)
    counts.pop(None, None)
    best = max(counts.values(), default=0)
    return {area for area, n in counts.items() if area and n == best}
