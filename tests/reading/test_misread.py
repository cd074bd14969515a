"""Headings with a mistaken tone or hat, as recognition of letters gives them."""

from __future__ import annotations

import pytest

from cchc.formats.source import Source
from cchc.reading.misread import headings_meant
from cchc.reading.plan import read_text_plan
from cchc.reading.scanned import recognised
from cchc.text import matching


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("II. MỤC TIỂU", "ii. mục tiêu"),
        ("III. NHIỆM VỤ VÀ GIÁI PHÁP", "iii. nhiệm vụ và giải pháp"),
        ("TỎ CHỨC THỰC HIỆN", "tổ chức thực hiện"),
        ("2. Muc tiêu cụ thể", "2. mục tiêu cụ thể"),
        ("MỤC TIÊU", "mục tiêu"),
        ("- mức tiểu thụ điện giảm", "- mức tiểu thụ điện giảm"),  # no heading
        ("Mục tiểu của kế hoạch", "mục tiểu của kế hoạch"),  # neither marker nor capitals
        ("I. MỤC TIỀUX", "i. mục tiềux"),
    ],
)
def test_headings_as_they_were_meant(line: str, meant: str) -> None:
    text = f"Kế hoạch\n{line}\n- Đạt 90%.\n"
    match, told = headings_meant(text, matching(text), [(0, len(text))])
    assert match.split("\n")[1] == meant
    assert len(match) == len(text)
    assert bool(told) == (meant != line.lower())


def test_only_recognised_pages_are_put_right() -> None:
    text = "I. MỤC TIỂU\n- Đạt 90% hồ sơ.\nI. MỤC TIỂU\n"
    source = Source(text, "pdf", pages=(0, 29), scanned=(2,))
    ((low, high),) = recognised(source)
    assert (low, high) == (29, len(text))
    match, told = headings_meant(text, matching(text), [(low, high)])
    assert match.count("mục tiêu") == match.count("mục tiểu") == len(told) == 1


def test_goals_under_such_a_heading_are_goals() -> None:
    goals = "KẾ HOẠCH\nCải cách hành chính năm 2025\nI. MỤC TIỂU\n- 90% hồ sơ được số hóa.\n"
    text = f"{goals}II. TỎ CHỨC THỰC HIỆN\n- Sở Nội vụ theo dõi.\n"
    (goal,) = read_text_plan(text, "a", recognised=[(0, len(text))]).targets
    assert (goal.value, goal.unit) == (90, "%")
    plan = read_text_plan(text, "a", recognised=[(0, len(text))])
    assert [duty.agency for duty in plan.duties] == ["Sở Nội vụ"]
    assert any("MỤC TIỂU" in said for said in plan.warnings)
    assert plan.text == text
