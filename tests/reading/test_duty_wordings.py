"""The part «Tổ chức thực hiện» in the variety of real plans (duty_wordings.txt): who is told to do what, and no more."""

from __future__ import annotations

import pytest
from wordings import cases

from cchc.reading.plan import read_text_plan
from cchc.text import stored

FRAME = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC ĐÍCH\n\n"
    "Nâng cao chất lượng.\n\nII. MỤC TIÊU\n\n- 98% hồ sơ được giải quyết đúng hạn.\n\nIII. NHIỆM VỤ, GIẢI PHÁP\n\n"
    "1. Cải cách thể chế\n\n- Rà soát văn bản còn chồng chéo.\n\n{}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
)
CASES = cases("duty_wordings.txt")


@pytest.mark.parametrize("name", CASES)
def test_reads_the_duties_and_no_others(name: str) -> None:
    text, expected = CASES[name]
    plan = read_text_plan(stored(FRAME.format(text.strip("\n"))), "van.txt")
    found = [(d.agency or "?", d.content) for d in plan.duties]
    said = [tuple(line.split(" | ")) for line in expected]
    assert [agency for agency, _ in found] == [agency for agency, _ in said]
    assert all(words in content for (_, content), (_, words) in zip(found, said, strict=True))
    assert len(plan.measures) == 1
