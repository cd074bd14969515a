"""Items of a plan out of what the rules found: ids that hold, words on one line, the day a goal is due."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from cchc.model import AreaFrom, Target, Task
from cchc.reading import tables
from cchc.reading.areas import content_area
from cchc.reading.blocks import Block, Goal
from cchc.reading.info import Info
from cchc.text import words_only


def plain(text: str, start: int, end: int) -> str:
    """The words of a span on one line, without marks of emphasis."""
    return " ".join(text[start:end].replace("**", " ").replace("__", " ").split())


class Ids:
    """Item ids: what the document says, hashed; exact repetitions are counted."""

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        self.used: dict[str, int] = {}

    def item(self, letter: str, *facts: Any) -> str:
        said = "\x1f".join(words_only(str(f)) if f is not None else "" for f in facts)
        base = f"{self.plan_id}.{letter}{hashlib.sha256(said.encode()).hexdigest()[:8]}"
        n = self.used[base] = self.used.get(base, 0) + 1
        return base if n == 1 else f"{base}-{n}"


def due(goal_year: int | None, goal_day: dt.date | None, year_above: int | None, info: Info) -> dt.date | None:
    if goal_day is not None:
        return goal_day
    year = goal_year or year_above or info.year_end or info.year
    return dt.date(year, 12, 31) if year else None


def _of_cells(subject: str) -> str:
    """A subject read from a row between bars: the first cell that names something."""
    if "|" not in subject:
        return subject
    cells = [cell.strip() for cell in subject.split("|")]
    return next((cell for cell in cells if cell and not cell.rstrip(".").isdigit()), "")


def target_item(text: str, match: str, goal: Goal, block: Block, info: Info, ids: Ids) -> Target:
    quote = plain(text, goal.start, goal.end)
    area, area_from = block.area, block.area_from
    if area is None or area_from == "content":
        own = content_area(match[goal.start : goal.end])
        area, area_from = (own or area, "content" if own or area else None)
    return Target(
        id=ids.item("c", quote, goal.figure, goal.level, goal.subject if goal.own is None else goal.own, goal.group),
        area=area,
        area_from=area_from,
        kind=goal.kind,  # type: ignore[arg-type]
        comparator=goal.comparator,  # type: ignore[arg-type]
        value=goal.value,
        unit=goal.unit,
        level=goal.level,  # type: ignore[arg-type]
        subject=_of_cells(goal.subject),
        group=goal.group,
        **{"except": goal.except_},
        due=due(goal.due_year, goal.due_on, block.year, info),
        quote=quote,
        start=goal.start,
        end=goal.end,
        confidence=goal.confidence,
        reasons=goal.reasons,
    )


def task_item(row: tables.TaskRow, area: int | None, area_from: AreaFrom | None, ids: Ids) -> Task:
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
