"""What was recognised from pictures of pages is less sure: marked for review, and gaps in the numbers of rows named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from cchc.formats.source import Source
from cchc.model import Item, Plan, Task
from cchc.words import short

FROM_SCAN = "Đọc từ bản quét, cần rà soát với ảnh gốc"
_CONFIDENCE = 0.6
_ItemT = TypeVar("_ItemT", bound=Item)
_NUMBERS = (
    "Trang {pages} là ảnh quét: {n} dòng của bảng nhiệm vụ thiếu số thứ tự hoặc số không liền với dòng trên ({rows}); "
    "có thể sót dòng, cần đối chiếu với bản gốc."
)
_NAMED, _LONGEST = 3, 60


def recognised(source: Source) -> list[tuple[int, int]]:
    """The parts of the text whose letters were told from pictures of pages."""
    ends = [*source.pages[1:], len(source.text)]
    return [(source.pages[page - 1], ends[page - 1]) for page in source.scanned if page <= len(source.pages)]


def doubted(plan: Plan, scanned: frozenset[int]) -> Plan:
    """The plan with the items of scanned pages marked, and a warning on rows whose numbers do not follow each other."""

    def marked(items: tuple[_ItemT, ...]) -> tuple[_ItemT, ...]:
        return tuple(
            item.model_copy(
                update={"confidence": min(item.confidence, _CONFIDENCE), "reasons": (*item.reasons, FROM_SCAN)}
            )
            if plan.page_of(item.start) in scanned or plan.page_of(item.end - 1) in scanned
            else item
            for item in items
        )

    sections = ("targets", "tasks", "measures", "duties")
    found = [task for task in _unnumbered(plan.tasks) if plan.page_of(task.start) in scanned]
    update: dict[str, object] = {section: marked(getattr(plan, section)) for section in sections}
    if found:
        pages = ", ".join(map(str, sorted({plan.page_of(task.start) or 1 for task in found})))
        rows = [f"«{short(task.content, _LONGEST)}»" for task in found]
        named = "; ".join(rows[:_NAMED]) + ("; …" if len(rows) > _NAMED else "")
        update["warnings"] = (*plan.warnings, _NUMBERS.format(pages=pages, n=len(found), rows=named))
    return plan.model_copy(update=update)


def _unnumbered(tasks: Sequence[Task]) -> list[Task]:
    """Tasks without a number among those that have one, or with another than the one after that of the row above. A
    list begins anew with 1."""
    numbered = [task for task in tasks if task.ordinal]
    if len(numbered) * 2 < len(tasks) or not all(_last(t.ordinal) for t in numbered[:1]):
        return []
    found, above = [], 0
    for task in tasks:
        own = _last(task.ordinal)
        if own is None or own not in (above + 1, 1):
            found.append(task)
        above = own if own is not None else above + 1
    return found


def _last(ordinal: str) -> int | None:
    """The last number of «3», «3.», «1.3»; None for others and for none."""
    parts = [part for part in ordinal.strip(" .)").split(".") if part]
    return int(parts[-1]) if parts and parts[-1].isascii() and parts[-1].isdecimal() else None
