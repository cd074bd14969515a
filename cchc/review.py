"""What a person should look at in a plan that was read. Pure."""

from __future__ import annotations

from cchc import periods
from cchc.filters import LOW_CONFIDENCE
from cchc.model import Duty, Item, Plan, Task

UNCLEAR_DEADLINE = "Chưa rõ thời hạn"
UNCLEAR_LEAD = "Chưa rõ cơ quan chủ trì"
UNCLEAR_AGENCY = "Chưa rõ cơ quan"
UNSURE = "Đọc chưa chắc chắn"


def review_of(item: Item) -> list[str]:
    """Why a person should look at an item, in Vietnamese; empty when nothing calls for it."""
    found: list[str] = []
    if isinstance(item, Task):
        if periods.lane_of(item.deadline) == periods.NONE:
            found.append(UNCLEAR_DEADLINE)
        if not item.lead:
            found.append(UNCLEAR_LEAD)
    if isinstance(item, Duty) and not item.agency:
        found.append(UNCLEAR_AGENCY)
    if item.confidence < LOW_CONFIDENCE:
        found.append(f"{UNSURE}: {'; '.join(item.reasons)}" if item.reasons else UNSURE)
    return found


def count(plan: Plan) -> int:
    """How many items of a plan somebody should look at."""
    every: tuple[Item, ...] = (*plan.targets, *plan.tasks, *plan.measures, *plan.duties)
    return sum(1 for item in every if review_of(item))
