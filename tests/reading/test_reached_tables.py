"""Tables that tell what was reached set no goals, whatever their columns; tables of goals beside results do."""

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading.plan import read_text_plan
from cchc.text import stored

REPORT = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 12/BC-UBND\nAn Bình, ngày 10 tháng 12 năm 2024\n\nBÁO CÁO\n"
    "Kết quả cải cách hành chính năm 2024 và phương hướng, nhiệm vụ năm 2025\n\nI. KẾT QUẢ THỰC HIỆN NĂM 2024\n\n"
    "Tỉnh đã kiểm tra 12 cơ quan.\n\n{within}\n\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025\n\n1. Chỉ tiêu\n\n"
    "- Tỷ lệ hồ sơ đúng hạn đạt 99%.\n\n{ahead}\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\n{behind}\n"
)


def _read(within: str = "", ahead: str = "", behind: str = "") -> Plan:
    return read_text_plan(stored(REPORT.format(within=within, ahead=ahead, behind=behind)), "bc.txt")


def _values(plan: Plan) -> list[float | None]:
    return sorted(t.value or 0 for t in plan.targets)


JUDGED = (
    "TT | Chỉ tiêu | Kế hoạch | Thực hiện | Đánh giá\n1 | Hồ sơ nộp trực tuyến | 61% | 73% | Vượt\n"
    "2 | Mức độ hài lòng | 81% | 72% | Không đạt"
)
SAME_YEAR = (
    "STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2024 | Kết quả năm 2024\n1 | Hồ sơ nộp trực tuyến | % | 61 | 73\n"
    "2 | Mức độ hài lòng | % | 81 | 72"
)
TITLED = (
    "Bảng 2. Thống kê kết quả giải quyết hồ sơ\nSTT | Lĩnh vực | Tiếp nhận | Tỷ lệ đúng hạn\n"
    "1 | Đất đai | 612 | 73%\n2 | Hộ tịch | 811 | 72%"
)
COUNTED = (
    "Phụ lục 1\nSỐ LIỆU CÔNG TÁC KIỂM TRA NĂM 2024\nSTT | Nội dung | Đơn vị tính | Số lượng | Ghi chú\n"
    "1 | Cơ quan được kiểm tra | cơ quan | 61 |\n2 | Tỷ lệ công khai lịch tiếp dân | % | 72 |"
)


@pytest.mark.parametrize("table", [JUDGED, SAME_YEAR, TITLED, COUNTED])
@pytest.mark.parametrize("place", ["within", "behind"])
def test_results_set_no_goals_and_are_named(table: str, place: str) -> None:
    plan = _read(**{place: table})
    assert _values(plan) == [99.0]
    assert any("kết quả đã đạt" in w and "72" in w for w in plan.warnings)


AHEAD = (
    "Bảng kết quả năm 2024 và chỉ tiêu năm 2025\nTT | Chỉ tiêu | Kết quả năm 2024 | Kế hoạch năm 2025\n"
    "1 | Hồ sơ nộp trực tuyến | 61% | 73%\n2 | Mức độ hài lòng | 81% | 85%"
)
UNTITLED = "TT | Chỉ tiêu | ĐVT | Năm 2025\n1 | Hồ sơ nộp trực tuyến | % | 73\n2 | Mức độ hài lòng | % | 85"
SO_FAR = (
    "TT | Chỉ tiêu | ĐVT | Kế hoạch năm 2025 | Kết quả 6 tháng đầu năm 2025\n1 | Hồ sơ nộp trực tuyến | % | 73 | 40\n"
    "2 | Mức độ hài lòng | % | 85 | 71"
)


@pytest.mark.parametrize("table", [AHEAD, UNTITLED, SO_FAR])
@pytest.mark.parametrize("place", ["within", "ahead", "behind"])
def test_goals_of_the_plan_year_stay_goals(table: str, place: str) -> None:
    assert _values(_read(**{place: table})) == [73.0, 85.0, 99.0]
