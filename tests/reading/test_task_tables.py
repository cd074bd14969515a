"""Tables of tasks in the variety of real plans (task_tables.txt)."""

from __future__ import annotations

import pytest
from wordings import cases

from cchc.reading.plan import read_text_plan
from cchc.text import stored

FRAME = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nKẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC ĐÍCH\n\n"
    "Triển khai đồng bộ các nhiệm vụ.\n\nII. NHIỆM VỤ CỤ THỂ\n\n{}\n\n"
    "III. TỔ CHỨC THỰC HIỆN\n\n- Sở Nội vụ theo dõi, đôn đốc.\n"
)
CASES = cases("task_tables.txt")


@pytest.mark.parametrize("name", CASES)
def test_reads_the_tasks_of_a_table_and_no_others(name: str) -> None:
    table, expected = CASES[name]
    plan = read_text_plan(stored(FRAME.format(table)), "bang.txt")
    found = [
        f"{t.content} | {'; '.join(t.lead)} | {'; '.join(t.support)} | {t.deadline.kind} {t.deadline.end or ''} | "
        f"{'; '.join(t.products)}".strip()
        for t in plan.tasks
    ]
    assert found == expected
    assert plan.targets == ()
