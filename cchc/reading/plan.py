"""Put together: the bytes of a file to a `Plan`, every item with its place in the stored text."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cchc.model import AreaFrom, Duty, Measure, Plan, PlanInfo, Target, Task
from cchc.reading import figures, tables
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Part, Table
from cchc.reading.duties import read_duties
from cchc.reading.info import Info, read_info, slug
from cchc.reading.outline import read_outline
from cchc.reading.sources import read_text
from cchc.reading.tasks import loose_tasks
from cchc.text import folded, matching

READER_VERSION = "1"

_NOT_FOUND = "Chưa tìm thấy trong văn bản: {fields}."
_UNREAD = "Con số {figure} không thành chỉ tiêu («…{words}…»): {why}."
_SAME_TABLE = "Một bảng được in lặp lại nguyên vẹn; chỉ đọc một lần."
_NOTHING = "Không tìm thấy chỉ tiêu, nhiệm vụ, giải pháp hay trách nhiệm nào; có thể tệp không phải là một kế hoạch."


def read_plan(data: bytes, name: str) -> Plan:
    """The plan in a text file. `name` is the file's name as given, kept for the reader's messages.

    Raises `sources.NotAPlan` for empty, binary or wordless bytes; any text whatever gives a `Plan`, with what was not
    understood named in `warnings` (Vietnamese).
    """
    text, warnings = read_text(data)
    return read_text_plan(text, name, tuple(warnings))


def read_text_plan(text: str, name: str, warnings: Sequence[str] = ()) -> Plan:
    """The plan in a text already in stored form."""
    match = _rules_text(text)
    found = tables.find_tables(text, match)
    flat = match.replace("\n", " ")
    outline = read_outline(text, flat, found)
    info = read_info(text, flat, outline.blocks)
    plan_id = _plan_id(info, text)
    ids = _Ids(plan_id)
    notes = [*warnings, *outline.warnings]
    targets = _targets(text, flat, outline.blocks, info, ids, notes)
    tasks, rows = _from_tables(text, match, found, info, ids, notes)
    targets += rows
    loose = _loose_tasks(text, flat, outline.blocks, info, ids)
    tasks += loose
    measures = _measures(text, flat, _outside(outline.blocks, loose), ids)
    duties = tuple(
        Duty(
            id=ids.item("t", d.agency, text[d.start : d.end]),
            agency=d.agency,
            agency_from=d.agency_from,
            content=_plain(text, d.start, d.end),
            start=d.start,
            end=d.end,
            confidence=1.0 if d.agency and d.agency_from != "inferred" else 0.7 if d.agency else 0.5,
            reasons=(d.reason,) if d.reason else (),
        )
        for d in read_duties(text, flat, outline.blocks)
    )
    if not (targets or tasks or measures or duties):
        notes.append(_NOTHING)
    if info.missing:
        notes.append(_NOT_FOUND.format(fields=", ".join(info.missing)))
    return Plan(
        name=name,
        plan=PlanInfo(id=plan_id, **{f: getattr(info, f) for f in PlanInfo.model_fields if f != "id"}),
        targets=tuple(targets),
        tasks=tuple(tasks),
        measures=measures,
        duties=duties,
        warnings=tuple(dict.fromkeys(notes)),
        text=text,
    )


def _rules_text(text: str) -> str:
    """The matching form without markdown's marks of emphasis (blanks in their place, so offsets stay)."""
    return matching(text).replace("**", "  ").replace("__", "  ")


def _plain(text: str, start: int, end: int) -> str:
    """The words of a span on one line, without marks of emphasis."""
    return " ".join(text[start:end].replace("**", " ").replace("__", " ").split())


def _plan_id(info: Info, text: str) -> str:
    if info.number:
        return slug(info.province, info.number, info.year)
    return "vb-" + hashlib.sha256(folded(text).encode()).hexdigest()[:10]


class _Ids:
    """Item ids: what the document says, hashed; exact repetitions are counted."""

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        self.used: dict[str, int] = {}

    def item(self, letter: str, *facts: Any) -> str:
        said = "\x1f".join(folded(str(f)) if f is not None else "" for f in facts)
        base = f"{self.plan_id}.{letter}{hashlib.sha256(said.encode()).hexdigest()[:8]}"
        n = self.used[base] = self.used.get(base, 0) + 1
        return base if n == 1 else f"{base}-{n}"


def _due(goal_year: int | None, goal_day: dt.date | None, year_above: int | None, info: Info) -> dt.date | None:
    if goal_day is not None:
        return goal_day
    year = goal_year or year_above or info.year_end or info.year
    return dt.date(year, 12, 31) if year else None


def _targets(
    text: str, match: str, blocks: Sequence[Block], info: Info, ids: _Ids, notes: list[str]
) -> list[Target]:
    out: list[Target] = []
    lead_in = ""
    for block in blocks:
        if block.part is not Part.GOALS:
            continue
        if block.heading:
            lead_in = match[block.body : block.end]
            continue
        goals = figures.read_goals(
            text, match, block.body, block.end, plan_year=info.year, in_goals=True, heading_level=None, lead_in=lead_in
        )
        for goal in goals:
            quote = _plain(text, goal.start, goal.end)
            out.append(
                Target(
                    id=ids.item("c", quote, goal.figure, goal.level, goal.subject, goal.group),
                    area=block.area,
                    area_from=block.area_from,
                    kind=goal.kind,  # type: ignore[arg-type]
                    comparator=goal.comparator,  # type: ignore[arg-type]
                    value=goal.value,
                    unit=goal.unit,
                    level=goal.level,  # type: ignore[arg-type]
                    subject=goal.subject,
                    group=goal.group,
                    except_=goal.except_,
                    due=_due(goal.due_year, goal.due_on, block.year, info),
                    quote=quote,
                    start=goal.start,
                    end=goal.end,
                    confidence=goal.confidence,
                    reasons=goal.reasons,
                )
            )
        for start, end, why in figures.unread_figures(text, match, block.body, block.end, goals):
            notes.append(_UNREAD.format(figure=_plain(text, start, end), words=_around(text, start, end), why=why))
    return out


def _around(text: str, start: int, end: int) -> str:
    """The words beside a figure, cut at the paragraph, for a warning."""
    low = max(text.rfind("\n", 0, start) + 1, start - 50)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + 50)
    return _plain(text, low, high)


def _measures(text: str, match: str, blocks: Sequence[Block], ids: _Ids) -> tuple[Measure, ...]:
    out = []
    article = not any(b.heading and b.marker for b in blocks)
    for block in blocks:
        if block.heading:
            continue
        if block.part is Part.MEASURES:
            spans = [(block.body, block.end, block.area, block.area_from)]
        elif article and block.part in (Part.HEAD, Part.OTHER, Part.PURPOSE):
            spans = _listed(match, block)
        else:
            continue
        for start, end, area, area_from in spans:
            content = _plain(text, start, end)
            if len(content.split()) >= 3:
                out.append(Measure(id=ids.item("g", content), area=area, area_from=area_from, content=content, start=start, end=end))
    return tuple(out)


def _outside(blocks: Sequence[Block], tasks: Sequence[Task]) -> list[Block]:
    """The blocks that are no part of a task: a sentence is a task or a measure, not both."""
    return [b for b in blocks if not any(t.start <= b.start < t.end for t in tasks)]


_LIST = re.compile(r"(?:nhiệm\s+vụ|giải\s+pháp)[^.;:]{0,80}:\s*(?=[^\W\d_])")


def _listed(match: str, block: Block) -> list[tuple[int, int, int | None, AreaFrom | None]]:
    """ "đề ra các nhiệm vụ trọng tâm: A; B; C": the members of a list in running text, each once."""
    m = _LIST.search(match, block.body, block.end)
    if m is None or match.find(".", m.end(), block.end - 2) >= 0:
        return []
    spans, at, seen = [], m.end(), set()
    for piece in match[m.end() : block.end].split(";"):
        start, end = at, at + len(piece)
        at = end + 1
        while start < end and match[start].isspace():
            start += 1
        while end > start and match[end - 1] in " .":
            end -= 1
        key = folded(match[start:end])
        if key and key not in seen:
            seen.add(key)
            area = heading_area(match[start:end]) or content_area(match[start:end])
            spans.append((start, end, area, "content" if area else None))
    return spans if len(spans) >= 3 else []  # type: ignore[return-value]


def _from_tables(
    text: str, match: str, found: Sequence[Table], info: Info, ids: _Ids, notes: list[str]
) -> tuple[list[Task], list[Target]]:
    tasks: list[Task] = []
    targets: list[Target] = []
    seen: set[tuple[Any, ...]] = set()
    for table in found:
        rows = tables.table_rows(table, text, match, info.year)
        key = tuple(folded(r.content) for r in rows.tasks) + tuple(folded(t.subject) for t in rows.targets)
        if key and key in seen:
            notes.append(_SAME_TABLE)
            continue
        seen.add(key)
        notes += rows.warnings
        areas = _section_areas(rows.tasks, table.title)
        for row in rows.tasks:
            area, area_from = (row.area, row.area_from) if row.area else areas.get(row.section, (None, None))
            if area is None:
                area = content_area(matching(row.content))
                area_from = "content" if area else None
            tasks.append(_task(row, area, area_from, ids))
        for goal in rows.targets:
            comparator, value, unit = figures.read_value(goal.value_raw, goal.unit_raw)
            area, area_from = goal.area, goal.area_from
            if area is None:
                area = content_area(matching(goal.subject))
                area_from = "content" if area else None
            kind = "rank" if unit == "hạng" else "ratio" if unit == "%" else "count" if value is not None else "milestone"
            quote = _plain(text, goal.start, goal.end)
            targets.append(
                Target(
                    id=ids.item("c", goal.subject, goal.value_raw, goal.unit_raw),
                    area=area,
                    area_from=area_from,
                    kind=kind,  # type: ignore[arg-type]
                    comparator=comparator,  # type: ignore[arg-type]
                    value=value,
                    unit=unit,
                    subject=goal.subject,
                    due=_due(goal.year, None, None, info),
                    quote=quote,
                    start=goal.start,
                    end=goal.end,
                    confidence=goal.confidence,
                    reasons=goal.reasons,
                )
            )
    return tasks, targets


def _task(row: tables.TaskRow, area: int | None, area_from: AreaFrom | None, ids: _Ids) -> Task:
    return Task(
        id=ids.item("n", row.content, row.lead, row.deadline_raw),
        ordinal=row.ordinal,
        area=area,
        area_from=area_from,
        content=row.content,
        products=row.products,
        lead=row.lead,
        support=row.support,
        deadline_raw=row.deadline_raw,
        deadline=row.deadline,
        note=row.note,
        start=row.start,
        end=row.end,
        confidence=row.confidence,
        reasons=row.reasons,
    )


def _loose_tasks(text: str, match: str, blocks: Sequence[Block], info: Info, ids: _Ids) -> list[Task]:
    """Tasks outside tables; the area is that of the paragraph, else what its words speak of."""
    tasks = []
    for row in loose_tasks(text, match, blocks, info.year):
        area, area_from = row.area, row.area_from
        if area is None:
            area = content_area(matching(row.content))
            area_from = "content" if area else None
        tasks.append(_task(row, area, area_from, ids))
    return tasks


def _section_areas(
    rows: Sequence[tables.TaskRow], title: str
) -> dict[int, tuple[int | None, AreaFrom | None]]:
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
