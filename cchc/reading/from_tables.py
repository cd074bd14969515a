"""The tasks and goals of a document's tables: areas of rows, figures of cells, a table printed twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from cchc.model import AreaFrom, Duty, Target, Task
from cchc.reading import figures, tables
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Part, Table
from cchc.reading.duties import NO_AGENCY
from cchc.reading.info import Info
from cchc.reading.items import Ids, due, plain, target_item, task_item
from cchc.reading.levels import read_levels
from cchc.reading.tables.shapes import HeadedTable, squash
from cchc.text import folded, matching

_PAST_TABLE = "Bảng nêu kết quả đã đạt hoặc số liệu của năm trước, không đặt chỉ tiêu ({count} dòng): {rows}."
_SAME_TABLE = "Một bảng được in lặp lại nguyên vẹn; chỉ đọc một lần."


_RESULTS = re.compile(
    r"(?:phụ lục[^a-zà-ỹ]{0,6})?(?:bảng |biểu )?(?:thống kê|tổng hợp|số liệu)?(?: về)? ?kết quả (?!cần|phấn đấu"
    r"|dự kiến|phải)|thực trạng"
)
_SETS = re.compile(r"mục tiêu|phấn đấu|kế hoạch năm|giao năm")
_YEAR = re.compile(r"20\d\d")


def _looks_back(table: Table, above: Sequence[Block], match: str, year: int | None) -> bool:
    """Does the table hold what was reached: in a part of results or under such a title, with no column that sets a goal
    for the plan's year?"""
    headers = " ".join(table.headers).lower() if isinstance(table, HeadedTable) else ""
    years = [int(y) for y in _YEAR.findall(headers)]
    if _SETS.search(headers) and (not years or year is None or max(years) >= year):
        return False
    if above and above[-1].part is Part.RESULTS:
        return True
    said = [" ".join(match[b.body : b.end].split()) for b in above] + [matching(table.title)]
    return any(_RESULTS.match(words.strip(" *#_")) and _before(words, year) for words in said)


def _before(words: str, year: int | None) -> bool:
    years = [int(y) for y in _YEAR.findall(words)]
    return bool(years) and year is not None and max(years) < year


def from_tables(
    text: str, match: str, found: Sequence[Table], blocks: Sequence[Block], info: Info, ids: Ids, notes: list[str]
) -> tuple[list[Task], list[Target], list[Duty]]:
    """Tasks, goals and duties of the tables. What was reached last year sets no goal; who does what, without until
    when, is a duty where the duties stand."""
    flat = match.replace("\n", " ")
    tasks: list[Task] = []
    targets: list[Target] = []
    duties: list[Duty] = []
    told = [b for b in blocks if b.part is not Part.FURNITURE]
    ends = [b.end for b in told]
    seen: set[tuple[Any, ...]] = set()
    for table in found:
        at = bisect_right(ends, table.start)
        above = told[max(0, at - 2) : at]
        back = _looks_back(table, above, flat, info.year)
        rows = tables.table_rows(table, text, match, info.year)
        key = tuple(folded(r.content) for r in rows.tasks) + tuple(folded(t.subject) for t in rows.targets)
        if key and key in seen:
            notes.append(_SAME_TABLE)
            continue
        seen.add(key)
        notes += rows.warnings
        areas = _section_areas(rows.tasks, table.title)
        if above and above[-1].part is Part.DUTIES and not _WHEN.intersection(table.columns):
            duties += [_duty(row, ids) for row in rows.tasks]
            rows = replace(rows, tasks=())
        for row in rows.tasks:
            area, area_from = (row.area, row.area_from) if row.area else areas.get(row.section, (None, None))
            if area is None:
                area = content_area(matching(row.content))
                area_from = "content" if area else None
            tasks.append(task_item(row, area, area_from, ids))
        if back and rows.targets:
            notes.append(_told_apart(rows.targets))
            continue
        for goal in rows.targets:
            targets += _goals(goal, text, flat, info, ids)
    return tasks, targets, duties


def _told_apart(rows: Sequence[tables.TargetRow]) -> str:
    """What an official reads of rows that tell what was reached."""
    names = list(dict.fromkeys(row.subject[:60] for row in rows))
    shown = "; ".join(f"«{name}»" for name in names[:_SHOWN])
    more = f"; và {len(names) - _SHOWN} dòng nữa" if len(names) > _SHOWN else ""
    return _PAST_TABLE.format(count=len(names), rows=shown + more)


_SHOWN = 40  # rows that are named one by one
_WHEN = frozenset(("deadline", "when", "product"))


def _duty(row: tables.TaskRow, ids: Ids) -> Duty:
    agency = "; ".join(row.lead) or None
    return Duty(
        id=ids.item("t", agency, row.content), agency=agency, agency_from="text" if agency else "inferred",
        content=row.content, start=row.start, end=row.end, confidence=row.confidence if agency else 0.5,
        reasons=row.reasons if agency else (*row.reasons, NO_AGENCY),
    )  # fmt: skip


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
    bare = not _SAYS_LEAST.search(matching(row.value_raw))
    if comparator == ">=" and bare and _AT_MOST.search(matching(row.subject)):
        comparator = "<="
    kind = "rank" if unit == "hạng" else "ratio" if unit == "%" else "count" if value is not None else "milestone"
    said = _NO_LEVEL.sub("", matching(row.own or row.subject))
    return [
        Target(
            id=ids.item("c", row.own or row.subject, row.value_raw, row.unit_raw),
            **facts,  # type: ignore[arg-type]
            kind=kind,  # type: ignore[arg-type]
            comparator=comparator,  # type: ignore[arg-type]
            value=value,
            unit=unit,
            level=row.level or read_levels(said, 0, len(said)).one,  # type: ignore[arg-type]
            subject=row.subject,
            due=due(row.year, row.due, None, info),
            quote=plain(text, row.start, row.end),
            start=row.start,
            end=row.end,
            confidence=row.confidence,
            reasons=row.reasons,
        )
    ]


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
