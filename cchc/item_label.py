"""What an item that was read says, on one line. Pure."""

from __future__ import annotations

from cchc import words
from cchc.model import Duty, Item, Measure, Target, Task
from cchc.queries.figures import goal_text


def label_of(item: Item) -> str:
    """«Tỷ lệ hồ sơ nộp trực tuyến: ≥ 80 %», «Sở Nội vụ: theo dõi việc thực hiện Kế hoạch»."""
    if isinstance(item, Target):
        goal = goal_text(item.kind, item.comparator, item.value, item.unit)
        return f"{item.subject or item.quote}: {goal}" if goal else item.subject or item.quote
    if isinstance(item, Duty):
        return f"{item.agency or words.UNKNOWN}: {item.content}"
    return item.content if isinstance(item, Task | Measure) else ""
