"""Tasks outside tables in many wordings (task_wordings.txt): what, who, with whom and until when."""

from __future__ import annotations

import pytest
from wordings import cases

from cchc.reading.plan import read_text_plan
from cchc.text import stored

FRAME = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC ĐÍCH\n\n"
    "Nâng cao chất lượng.\n\nII. NHIỆM VỤ, GIẢI PHÁP\n\n1. Cải cách thể chế\n\n{}\n\nIII. TỔ CHỨC THỰC HIỆN\n\n"
    "- Sở Nội vụ theo dõi, đôn đốc.\n"
)
CASES = cases("task_wordings.txt")


@pytest.mark.parametrize("name", CASES)
def test_reads_the_tasks_and_no_others(name: str) -> None:
    text, expected = CASES[name]
    plan = read_text_plan(stored(FRAME.format(text)), "van.txt")
    found = [
        f"{t.content} | {'; '.join(t.lead)} | {'; '.join(t.support)} | {t.deadline.kind} {t.deadline.end or ''}".strip()
        for t in plan.tasks
    ]
    assert found == expected
    measures = [(m.start, m.end) for m in plan.measures]  # a task is no measure as well
    assert not [t for t in plan.tasks if any(s < t.end and t.start < e for s, e in measures)]
