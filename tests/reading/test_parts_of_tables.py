"""The part of the document a table stands in tells what its rows are: goals, results of last year, tasks, duties."""

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading import read_plan

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\n"
FRAME = (
    HEAD + "I. {}\n{}\nII. NHIỆM VỤ, GIẢI PHÁP\n1. Cải cách thể chế\n- Rà soát văn bản.\n{}"
    "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện.\n{}"
)
REACHED = "TT | Chỉ tiêu | {} | Đạt được\n1 | Hồ sơ đúng hạn | 95% | 98,8%\n2 | Hồ sơ trực tuyến | 20% | 24,7%\n"


def read(part: str, table: str, below: str = "", duties: str = "") -> Plan:
    return read_plan(FRAME.format(part, table, below, duties).encode(), "van.txt")


@pytest.mark.parametrize(
    "part",
    ["KẾT QUẢ THỰC HIỆN NĂM 2024", "KẾT QUẢ VÀ NGUYÊN NHÂN", "THỰC TRẠNG", "KẾT QUẢ, TỒN TẠI, HẠN CHẾ NĂM 2024"],
)
def test_what_was_reached_sets_no_goal(part: str) -> None:
    plan = read(part, REACHED.format("Kế hoạch 2024"))
    assert plan.targets == ()
    assert all(figure in " ".join(plan.warnings) for figure in ("95%", "20%", "98,8%", "24,7%"))


@pytest.mark.parametrize("column", ["Mục tiêu 2025", "Phấn đấu năm 2025", "Kế hoạch năm 2025"])
def test_a_column_of_goals_beside_results_sets_goals(column: str) -> None:
    table = f"TT | Nội dung | Điểm 2024 | {column} | Cơ quan chủ trì\n1 | Công khai | 5,06 | 5,4 | Sở Nội vụ\n"
    table += "2 | Giải trình | 4,31 | 4,5 | Thanh tra tỉnh\n3 | Quản trị | 3,10 | 3,7 | Sở Tư pháp\n"
    assert [t.value for t in read("THỰC TRẠNG", table).targets] == [5.4, 4.5, 3.7]


def test_a_table_of_goals_stays_one() -> None:
    table = "TT | Chỉ tiêu | Đơn vị tính | Năm 2025\n1 | Hồ sơ đúng hạn | % | 98\n2 | Hồ sơ trực tuyến | % | 60\n"
    assert [t.value for t in read("MỤC TIÊU", table).targets] == [98, 60]


def test_an_appendix_of_results_sets_no_goal() -> None:
    table = "TT | Nội dung | Đơn vị tính | Số lượng\n1 | Cơ quan được kiểm tra | cơ quan | 7\n2 | Hội nghị | cuộc | 6\n"
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", duties=f"PHỤ LỤC\nTHỐNG KÊ KẾT QUẢ KIỂM TRA NĂM 2024\n{table}")
    assert [t.value for t in plan.targets] == [98]


@pytest.mark.parametrize("header", ["Cơ quan | Nhiệm vụ", "Đơn vị | Nội dung công việc", "Bộ phận | Nhiệm vụ"])
def test_who_does_what_without_when_is_a_duty(header: str) -> None:
    table = f"TT | {header} | Ghi chú\n1 | Sở Tài chính | Bố trí kinh phí thực hiện |\n"
    table += "2 | Sở Y tế; Sở Giáo dục và Đào tạo | Công khai các khoản thu |\n3 | Thanh tra tỉnh | Kiểm tra công vụ |\n"
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", duties=f"2. Nhiệm vụ của các cơ quan\n{table}")
    assert plan.tasks == ()
    assert [d.agency for d in plan.duties][1:] == ["Sở Tài chính", "Sở Y tế; Sở Giáo dục và Đào tạo", "Thanh tra tỉnh"]


def test_with_when_it_is_a_task() -> None:
    table = "TT | Bộ phận | Nhiệm vụ | Thời gian\n1 | Sở Tài chính | Bố trí kinh phí | Quý I/2025\n"
    table += "2 | Thanh tra tỉnh | Kiểm tra công vụ | Tháng 9/2025\n"
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", duties=f"2. Phân công\n{table}")
    assert [(t.lead, t.content) for t in plan.tasks] == [
        (("Sở Tài chính",), "Bố trí kinh phí"), (("Thanh tra tỉnh",), "Kiểm tra công vụ"),
    ]  # fmt: skip


def test_bodies_by_goals_with_what_they_had() -> None:
    table = (
        "TT | Đơn vị | Tỷ lệ trực tuyến đến 15/9/2024 (%) | Giao hồ sơ trực tuyến (%) | Giao số tài khoản mới\n"
        "1 | Phường 1 | 58 | 85 | 650\n2 | Xã Tân Trung | 29 | 75 | 980\n"
    )
    plan = read("MỤC TIÊU", table)
    assert [(t.value, t.level) for t in plan.targets] == [(85, "xã"), (650, "xã"), (75, "xã"), (980, "xã")]
    assert plan.tasks == ()


def test_from_which_figure_to_which() -> None:
    table = "TT | Chỉ tiêu | ĐVT | Từ | Đến\n1 | Văn bản ký số | % | 92 | 100\n2 | Phòng có sáng kiến | đơn vị | 6 | 12\n"
    assert [t.value for t in read("MỤC TIÊU", table).targets] == [100, 12]


def test_a_title_right_above_a_table_is_no_measure() -> None:
    table = (
        "Nội dung 1. Tham gia của người dân ở cơ sở\nTT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn\n"
        "1 | Mở lớp bồi dưỡng trưởng thôn | Sở Nội vụ | Quý II/2025\n2 | In sổ tay | Sở Tư pháp | Tháng 6/2025\n"
    )
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", table)
    assert [m.content for m in plan.measures] == ["Rà soát văn bản."]
    assert len(plan.tasks) == 2


@pytest.mark.parametrize("told", ["Năm 2024, UBND tỉnh ban hành 11 văn bản.", "Đến cuối năm 2024, 89% công chức đạt chuẩn."])
def test_a_look_back_below_an_area_is_no_measure(told: str) -> None:
    below = f"2. Cải cách chế độ công vụ\n{told}\n- Luân chuyển công chức.\nNăm 2025, tỉnh tiếp tục rà soát vị trí việc làm.\n"
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", below)
    assert [m.content for m in plan.measures] == [
        "Rà soát văn bản.", "Luân chuyển công chức.", "Năm 2025, tỉnh tiếp tục rà soát vị trí việc làm.",
    ]  # fmt: skip


def test_an_area_named_like_a_body_beside_other_areas() -> None:
    plan = read("MỤC TIÊU", "- 98% hồ sơ đúng hạn.", "2. Công chức, công vụ\n- Bố trí công chức theo cụm làng.\n")
    assert [(m.area, m.content) for m in plan.measures][1:] == [(5, "Bố trí công chức theo cụm làng.")]
