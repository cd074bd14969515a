"""«cấp thành phố» is a province's level in a city under the central government, a district's in any other."""

from __future__ import annotations

import pytest

from cchc.reading.plan import read_text_plan
from cchc.text import stored

PLAN = (
    "ỦY BAN NHÂN DÂN\n{body}\nSố: 12/KH-UBND\n{place}, ngày 10 tháng 01 năm {year}\nKẾ HOẠCH\n"
    "Cải cách hành chính năm {year}\nI. MỤC TIÊU\n- {goal}\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi.\n"
)


@pytest.mark.parametrize(
    ("body", "place", "year", "goal", "level"),
    [
        ("THÀNH PHỐ MÓNG CÁI", "Móng Cái", 2024, "100% hồ sơ cấp thành phố xử lý trên mạng.", "huyện"),
        ("TỈNH QUẢNG NINH", "Quảng Ninh", 2024, "95% hồ sơ công việc cấp thành phố được số hóa.", "huyện"),
        ("TỈNH QUẢNG NAM", "Quảng Nam", 2024, "Hồ sơ trực tuyến cấp thành phố đạt 70%.", "huyện"),
        ("THÀNH PHỐ HẢI PHÒNG", "Hải Phòng", 2024, "100% hồ sơ cấp thành phố xử lý trên mạng.", "tỉnh"),
        ("THÀNH PHỐ HUẾ", "Huế", 2026, "100% hồ sơ cấp thành phố xử lý trên mạng.", "tỉnh"),
        ("TỈNH QUẢNG NINH", "Quảng Ninh", 2024, "95% hồ sơ công việc cấp tỉnh được số hóa.", "tỉnh"),
    ],
)
def test_the_level_of_a_city(body: str, place: str, year: int, goal: str, level: str) -> None:
    plan = read_text_plan(stored(PLAN.format(body=body, place=place, year=year, goal=goal)), "kh.txt")
    assert [t.level for t in plan.targets] == [level]


def test_a_theme_among_the_goals_is_no_heading_of_measures() -> None:
    themes = (
        "**Hoạt động nội bộ**", "**Hoạt động tại Bộ phận Một cửa**", "**Công việc tại các thôn**", "Hoạt động nội bộ",
    )  # fmt: skip
    for theme in themes:
        text = PLAN.format(body="TỈNH AN GIANG", place="An Giang", year=2024, goal="100% hồ sơ đúng hạn.")
        text = text.replace("- 100%", f"1. {theme}\n- 95% văn bản được ký số.\n2. **Phục vụ người dân**\n- 100%")
        plan = read_text_plan(stored(text), "kh.txt")
        assert len(plan.targets) == 2 and not plan.measures, theme
