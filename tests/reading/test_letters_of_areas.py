"""Rows and headings of areas numbered A, B, C, D, Đ, E: the letter Đ follows D and is one of them."""

from __future__ import annotations

import pytest

from cchc.reading.plan import read_text_plan
from cchc.text import stored

PLAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\nI. MỤC TIÊU\n"
    "- 98% hồ sơ đúng hạn.\nII. NHIỆM VỤ\n{}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n"
)
HEADER = "STT\tNhiệm vụ\tCơ quan chủ trì\tThời hạn"
ROWS = (
    ("D", "Cải cách chế độ công vụ", "4", "Bồi dưỡng công chức", "Sở Nội vụ", "Quý III"),
    ("Đ", "Cải cách tài chính công", "5", "Giao tự chủ cho đơn vị", "Sở Tài chính", "Quý IV"),
    ("E", "Xây dựng chính quyền số", "6", "Tích hợp dữ liệu", "Văn phòng UBND tỉnh", "Quý IV"),
)


def _table(layout: str) -> str:
    out = [] if layout == "no header" else [HEADER]
    for letter, area, number, work, lead, due in ROWS:
        out += [f"{letter}\t{area}" + ("\t\t" if layout != "short" else ""), f"{number}\t{work}\t{lead}\t{due}"]
    text = "\n".join(out)
    if layout == "pipes":
        return "\n".join("| " + line.replace("\t", " | ") + " |" for line in out)
    return text.replace("\t\t\n", "\n").replace("\t", "\n") if layout == "a cell a line" else text


@pytest.mark.parametrize("layout", ["tabs", "short", "pipes", "a cell a line", "no header"])
def test_rows_of_areas(layout: str) -> None:
    plan = read_text_plan(stored(PLAN.format(_table(layout))), "kh.txt")
    assert [(t.area, t.content) for t in plan.tasks] == [
        (5, "Bồi dưỡng công chức"), (6, "Giao tự chủ cho đơn vị"), (7, "Tích hợp dữ liệu"),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["{})", "{}.", "({})", "{}/"])
def test_headings_of_areas(mark: str) -> None:
    lines = [f"{mark.format(row[0])} {row[1]}\n- {row[3]} trong tỉnh." for row in ROWS]
    plan = read_text_plan(stored(PLAN.format("\n".join(lines))), "kh.txt")
    assert [m.area for m in plan.measures] == [5, 6, 7]
