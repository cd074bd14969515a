"""What a year before the plan's reached, beside what the plan wants: only the first is set aside."""

# ruff: noqa: E501  (wordings read best a case a line)

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading import read_plan

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÒA LẠC\nSố: 15/KH-UBND\nHòa Lạc, ngày 10 tháng 01 năm 2025\n"
    "KẾ HOẠCH\nCải cách hành chính {}\n"
)
END = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi việc thực hiện.\n"


def plan(text: str, years: str = "năm 2025") -> Plan:
    return read_plan((HEAD.format(years) + text + END).encode(), "plan.txt")


def goals(text: str, years: str = "năm 2025") -> list[float]:
    return [t.value for t in plan(text, years).targets if t.value is not None]


@pytest.mark.parametrize(
    "line",
    [
        "Kết quả năm 2024: hồ sơ đúng hạn 97,9%, hài lòng 92%.",
        "Kết quả năm 2024: hồ sơ đúng hạn 97,9%",
        "- Kết quả năm 2024: hồ sơ đúng hạn đạt 97,9%.",
        "Năm 2024 (6 tháng cuối năm) hồ sơ đúng hạn 97,9%",
        "Đến hết năm 2024, hồ sơ đúng hạn đạt 97,9%.",
    ],
)
def test_one_line_on_last_year_leaves_the_goals_below(line: str) -> None:
    text = f"II. MỤC TIÊU\n{line}\n- Hồ sơ đúng hạn đạt 98,5%.\n- Hồ sơ trực tuyến đạt 70%.\n"
    assert goals(text) == [98.5, 70.0]
    assert any("97,9%" in w for w in plan(text).warnings)


def test_a_heading_of_results_holds_its_list() -> None:
    text = "I. KẾT QUẢ NĂM 2024\n- Hồ sơ đúng hạn đạt 97%.\n- Hồ sơ trực tuyến đạt 60%.\nII. MỤC TIÊU\n- Hồ sơ đúng hạn đạt 98%.\n"
    assert goals(text) == [98.0]


def test_results_of_a_ranking_among_the_goals_are_goals() -> None:
    text = "I. MỤC TIÊU\n1. Mục tiêu chung\nNâng cao chất lượng.\n2. Kết quả xếp hạng: chỉ số CCHC của tỉnh đứng trong 20 tỉnh dẫn đầu.\n"
    assert goals(text) == [20.0]


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("Giảm 02 đơn vị sự nghiệp. Tinh giản 1,7% biên chế.", [2.0, 1.7]),
        ("Phấn đấu chỉ số CCHC của tỉnh đứng thứ 3 trở lên.", [3.0]),
        ("Năm 2024, 92% xã đạt chuẩn. Năm 2025 nâng tỷ lệ này lên 96%; 100% công chức được bồi dưỡng kỹ năng giao tiếp.", [96.0, 100.0]),
        ("Kết quả 2024: đúng hạn 98,9%.\nNăm 2025, giải quyết đúng hạn 99,5% trở lên.", [99.5]),
    ],
)  # fmt: skip
def test_goals_between_the_heading_of_an_area_and_its_list_are_no_measures(paragraph: str, wanted: list[float]) -> None:
    read = plan(f"II. NỘI DUNG\n1. Cải cách tổ chức bộ máy\n{paragraph}\n- Rà soát quy chế làm việc.\n")
    assert [t.value for t in read.targets] == wanted
    assert [m.content for m in read.measures] == ["Rà soát quy chế làm việc."]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Mở 03 lớp tập huấn cho 120 công chức. Kinh phí 50 triệu đồng.",
        "Giao Sở Nội vụ kiểm tra ít nhất 30% số xã.",
        "Tiếp tục thực hiện Nghị định số 61/2018/NĐ-CP về cơ chế một cửa.",
    ],
)
def test_work_below_the_heading_of_an_area_stays_a_measure(paragraph: str) -> None:
    read = plan(f"II. NỘI DUNG\n1. Cải cách tổ chức bộ máy\n{paragraph}\n- Rà soát quy chế làm việc.\n")
    assert len(read.measures) == 2


def test_in_a_plan_of_several_years_its_first_years_are_not_past() -> None:
    text = "II. MỤC TIÊU\nĐến hết năm 2022 có 80% hồ sơ được số hóa.\n"
    assert goals(text, "giai đoạn 2021 - 2025") == [80.0]


def test_a_plan_of_several_years_says_under_which_it_is_filed() -> None:
    said = [w for w in plan("", "giai đoạn 2021 - 2025").warnings if "nhiều năm" in w]
    assert said == [
        "Kế hoạch của nhiều năm (2021 - 2025): được xếp theo năm đầu là 2021; chỉ tiêu không ghi năm được tính đến hết năm 2025."
    ]
    assert not [w for w in plan("").warnings if "nhiều năm" in w]


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        ("đến hết tháng 8/2025", []),
        ("tính đến ngày 05/9/2025", []),
        ("đến tháng 7 năm 2025", []),
        ("đến hết tháng 11/2025 phấn đấu", [85.0]),
    ],
)  # fmt: skip
def test_a_letter_tells_how_things_stood_before_its_day(when: str, wanted: list[float]) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA LẠC\nSố: 15/UBND-NC\nHòa Lạc, ngày 06 tháng 9 năm 2025\nV/v đẩy mạnh cải cách hành chính năm 2025\n"
        f"Kính gửi: Các sở, ban, ngành tỉnh.\nThực hiện Kế hoạch số 377/KH-UBND, {when} toàn tỉnh hoàn thành 85% nhiệm vụ.\n"
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Sở Nội vụ\na) Đôn đốc việc thực hiện.\n"
    )
    assert [t.value for t in read_plan(text.encode(), "cv.txt").targets] == wanted


def test_a_labelled_task_is_one_whatever_year_it_names() -> None:
    read = plan(
        "II. NHIỆM VỤ\n**1. Tổng kết 05 năm thực hiện Kế hoạch giai đoạn 2021-2024**\na) Cơ quan chủ trì: Sở Nội vụ\n"
        "b) Thời gian: Quý II/2025\n"
    )
    assert [t.lead for t in read.tasks] == [("Sở Nội vụ",)]


def test_capital_letters_between_roman_numbers_divide_the_section() -> None:
    read = plan(
        "I. MỤC TIÊU\n- Hồ sơ đúng hạn đạt 98%.\nII. NHIỆM VỤ\nA. Cải cách thể chế\n1. Rà soát văn bản.\n"
        "B. Cải cách thủ tục hành chính\n2. Niêm yết công khai.\nC. Cải cách tổ chức bộ máy\n3. Rà soát quy chế.\n"
        "D. Cải cách chế độ công vụ\n4. Thi tuyển chức danh.\nĐ. Cải cách tài chính công\n5. Giao quyền tự chủ.\n"
        "E. Xây dựng chính quyền số\n6. Số hóa kết quả.\nG. Chỉ đạo, điều hành\n7. Giao ban hằng tháng.\n"
    )
    assert [m.area for m in read.measures] == [2, 3, 4, 5, 6, 7, 1]
    assert not [w for w in read.warnings if "bị nhảy" in w]
    assert [d.agency for d in read.duties] == ["Sở Nội vụ"]
    lettered = plan("A. MỤC TIÊU\nI. Chỉ tiêu\n- Hồ sơ đúng hạn đạt 98%.\nB. NHIỆM VỤ\nI. Cải cách thể chế\n1. Rà soát văn bản.\n")
    assert [m.area for m in lettered.measures] == [2]
    assert [t.value for t in lettered.targets] == [98.0]
