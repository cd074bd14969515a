"""Headings whose words open no part («III. THỰC HIỆN», «2. Cách làm»): what stands below tells which part it is."""

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading.plan import read_text_plan
from cchc.text import stored

PLAN = (
    "ỦY BAN NHÂN DÂN\nXÃ HÒA LẠC\nSố: 12/KH-UBND\nHòa Lạc, ngày 10 tháng 01 năm 2026\nKẾ HOẠCH\n"
    "Cải cách hành chính năm 2026\n{}\nTrên đây là kế hoạch./.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
)
GOALS = "- 98% hồ sơ đúng hạn."
WORK = "- Rà soát thủ tục, bỏ giấy tờ thừa.\n- Mở quầy hỗ trợ người già nộp hồ sơ."
DOERS = "- Văn phòng HĐND và UBND theo dõi chung.\n- Phòng Kinh tế lo tiền mua máy.\n- Công an xã cấp định danh."


def _read(body: str) -> Plan:
    return read_text_plan(stored(PLAN.format(body)), "kh.txt")


def _counts(plan: Plan) -> tuple[int, int, int]:
    return len(plan.targets), len(plan.measures), len(plan.duties)


@pytest.mark.parametrize(
    "heading",
    [
        "THỰC HIỆN", "TRIỂN KHAI", "THI HÀNH", "AI LÀM GÌ", "GIAO VIỆC", "ĐÔN ĐỐC, KIỂM TRA", "ĐIỀU HÀNH",
        "CHỈ ĐẠO, TỔ CHỨC THỰC HIỆN", "VIỆC CỦA TỪNG ĐƠN VỊ",
    ],
)  # fmt: skip
def test_a_short_heading_over_bodies_opens_the_duties(heading: str) -> None:
    numbers = (("I.", "II.", "III."), ("1.", "2.", "3."), ("", "", ""), ("Phần I.", "Phần II.", "Phần III."))
    for first, second, third in numbers:
        plan = _read(f"{first} MỤC TIÊU\n{GOALS}\n{second} NHIỆM VỤ\n{WORK}\n{third} {heading}\n{DOERS}")
        assert _counts(plan) == (1, 2, 3), (heading, first)
        assert [d.agency for d in plan.duties] == ["Văn phòng HĐND và UBND", "Phòng Kinh tế", "Công an xã"]


@pytest.mark.parametrize(
    "heading", ["NỘI DUNG VÀ CÁCH LÀM", "VIỆC LÀM", "CÁCH LÀM", "CÁC VIỆC TRONG NĂM", "LÀM GÌ", "TRỌNG TÂM", "VÀO VIỆC"]
)
def test_a_short_heading_over_work_opens_the_measures(heading: str) -> None:
    plan = _read(f"I. MỤC TIÊU\n{GOALS}\nII. {heading}\n{WORK}\nIII. TỔ CHỨC THỰC HIỆN\n{DOERS}")
    assert _counts(plan) == (1, 2, 3)
    plan = _read(f"1. Mục tiêu\n{GOALS}\n2. {heading.capitalize()}\n{WORK}\n3. Tổ chức thực hiện\n{DOERS}")
    assert _counts(plan) == (1, 2, 3)


def test_under_its_own_areas_as_well() -> None:
    work = "1. Thủ tục hành chính\n- Rà soát thủ tục.\n- Dán mã QR ở cổng.\n2. Cán bộ\n- Chấm điểm công chức."
    plan = _read(f"I. ĐÍCH CẦN ĐẠT\n{GOALS}\nII. NỘI DUNG VÀ CÁCH LÀM\n{work}\nIII. THỰC HIỆN\n{DOERS}")
    assert _counts(plan) == (1, 3, 3)
    assert [m.area for m in plan.measures] == [3, 3, 5]


def test_what_stays_unknown_is_named() -> None:
    plan = _read(f"I. MỤC TIÊU\n{GOALS}\nII. NHIỆM VỤ\n{WORK}\nIII. ĐỊA ĐIỂM\n- Tại hội trường xã, trong tháng 3.")
    assert _counts(plan) == (1, 2, 0)
    assert any("«III. ĐỊA ĐIỂM»" in w for w in plan.warnings)


def test_a_heading_inside_a_part_is_none() -> None:
    work = "1. Nhiệm vụ chung\n- Rà soát thủ tục.\n2. Máy móc\n- Máy tính cũ thay hết trong năm."
    plan = _read(f"I. MỤC TIÊU\n{GOALS}\nII. NHIỆM VỤ\n{work}\nIII. KINH PHÍ\nNgân sách xã.")
    assert _counts(plan) == (1, 2, 0) and not any("Chưa rõ" in w for w in plan.warnings)
