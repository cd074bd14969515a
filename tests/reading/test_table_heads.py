"""Tables as formats hand them on: a row a line, cells between pipes, merged cells repeated or left empty."""

# ruff: noqa: E501  (tables read best a row a line)

from __future__ import annotations

from typing import Any

import pytest

from cchc.model import Plan
from cchc.reading.plan import read_text_plan
from cchc.reading.tables import TableRows, find_tables, table_rows
from cchc.text import matching, stored

FRAME = "KẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. NHIỆM VỤ\n\n- Rà soát văn bản.\n\nPHỤ LỤC\n\n{}\n"


def rows(text: str, mark: str = "|") -> TableRows:
    text = stored(text.replace("|", mark) if mark != "|" else text)
    match = matching(text)
    found = [table_rows(t, text, match, 2025) for t in find_tables(text, match)]
    return TableRows(
        tuple(t for r in found for t in r.tasks), tuple(t for r in found for t in r.targets),
        tuple(w for r in found for w in r.warnings),
    )  # fmt: skip


def plan(text: str) -> Plan:
    return read_text_plan(stored(FRAME.format(text)), "bang.txt")


def who_and_when(text: str, mark: str = "|") -> list[tuple[Any, ...]]:
    return [(t.lead, t.support, str(t.deadline.end)) for t in rows(text, mark).tasks]


# --- headers over two rows: repeated, empty, or only the lower cells -------------------------------------------------
TWO_ROWS = [
    "| STT | Nhiệm vụ | Cơ quan thực hiện | Cơ quan thực hiện | Thời gian | Thời gian | Sản phẩm |\n"
    "| STT | Nhiệm vụ | Chủ trì | Phối hợp | Bắt đầu | Kết thúc | Sản phẩm |\n",
    "| STT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian | | Sản phẩm |\n| | | Chủ trì | Phối hợp | Bắt đầu | Kết thúc | |\n",
    "| TT | Nội dung công việc | Phân công thực hiện | | Tiến độ | | Kết quả |\n|---|---|---|---|---|---|---|\n"
    "| | | Chủ trì | Phối hợp | Từ tháng | Đến tháng | |\n",
    "| STT | Nhiệm vụ | Cơ quan thực hiện | Thời gian | Sản phẩm |\n| Chủ trì | Phối hợp | Bắt đầu | Hoàn thành |\n",
    "| STT | Nhiệm vụ | Phân công | | Thời hạn | | Sản phẩm |\n| | | Chủ trì | Phối hợp | Bắt đầu | Kết thúc | |\n"
    "| (1) | (2) | (3) | (4) | (5) | (6) | (7) |\n",
]  # fmt: skip
BODY = (
    "| 1 | Rà soát văn bản | Sở Tư pháp | Sở, ban, ngành | Tháng 01/2025 | Tháng 3/2025 | Báo cáo |\n"
    "| 2 | Kiểm tra công vụ | Sở Nội vụ | | Tháng 4/2025 | Tháng 6/2025 | Kết luận |\n"
)


@pytest.mark.parametrize("header", TWO_ROWS)
@pytest.mark.parametrize("mark", ["|", "\t"])
def test_reads_a_header_over_two_rows(header: str, mark: str) -> None:
    text = header + BODY
    if mark == "\t":
        text = "\n".join(line.strip("| ") if "---" in line else line[2:-2] for line in text.strip().split("\n"))
        text = text.replace(" | ", "\t").replace("| ", "\t").replace("|", "\t")
    assert who_and_when(text) == [
        (("Sở Tư pháp",), ("Sở, ban, ngành",), "2025-03-31"), (("Sở Nội vụ",), (), "2025-06-30"),
    ]  # fmt: skip


def test_beginning_and_end_are_a_span() -> None:
    first = rows(TWO_ROWS[0] + BODY).tasks[0]
    assert first.deadline_raw == "Tháng 01/2025 - Tháng 3/2025"
    assert (first.deadline.kind, str(first.deadline.start)) == ("period", "2025-01-01")


def test_a_row_below_the_header_is_no_header() -> None:
    text = "| STT | Nội dung | Cơ quan chủ trì | Thời gian |\n| I | Nhiệm vụ chung | | |\n| 1 | Rà soát văn bản | Sở Tư pháp | Quý I |"
    assert [t.content for t in rows(text).tasks] == ["Rà soát văn bản"]


# --- quarters and months with marks -----------------------------------------------------------------------------------
QUARTERS = [
    "| TT | Nội dung | Chủ trì | Quý I | Quý II | Quý III | Quý IV |\n",
    "| TT | Nội dung | Chủ trì | Quý | Quý | Quý | Quý |\n| TT | Nội dung | Chủ trì | I | II | III | IV |\n",
    "| TT | Nội dung | Chủ trì | Thời gian thực hiện (năm 2025) | | | |\n| | | | Quý I | Quý II | Quý III | Quý IV |\n",
    "| TT | Nội dung | Chủ trì | Tiến độ theo quý | | | |\n| | | | 1 | 2 | 3 | 4 |\n",
]


@pytest.mark.parametrize("header", QUARTERS)
def test_marks_in_columns_of_quarters_are_deadlines(header: str) -> None:
    text = (
        header + "| 1 | Tập huấn | Phòng Nội vụ | | x | | |\n| 2 | Kiểm tra công vụ | Phòng Nội vụ | X | x | x | x |\n"
    )
    assert [(t.deadline.kind, str(t.deadline.end)) for t in rows(text).tasks] == [
        ("quarter", "2025-06-30"), ("quarter", "2025-12-31"),
    ]  # fmt: skip


def test_figures_in_columns_of_quarters_are_goals_of_that_quarter() -> None:
    text = "| TT | Chỉ tiêu | ĐVT | Cả năm 2025 | Quý I | Quý II |\n| 1 | Hồ sơ trực tuyến | % | 80 | 50 | 60 |\n"
    found = plan(text).targets
    assert [(t.value, t.unit, str(t.due)) for t in found if t.unit] == [
        (80, "%", "2025-12-31"), (50, "%", "2025-03-31"), (60, "%", "2025-06-30"),
    ]  # fmt: skip


# --- merged cells ------------------------------------------------------------------------------------------------------
HEAD = "| STT | Nội dung | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n"
AREA_ROWS = [
    "| I | Cải cách thể chế | Cải cách thể chế | Cải cách thể chế | Cải cách thể chế | Cải cách thể chế |\n",
    "| I. CẢI CÁCH THỂ CHẾ | I. CẢI CÁCH THỂ CHẾ | I. CẢI CÁCH THỂ CHẾ | I. CẢI CÁCH THỂ CHẾ | I. CẢI CÁCH THỂ CHẾ | I. CẢI CÁCH THỂ CHẾ |\n",
    "| I | Cải cách thể chế | | | | |\n", "| II. Cải cách thể chế | | | | | |\n", "| | CẢI CÁCH THỂ CHẾ | | | | |\n",
]  # fmt: skip


@pytest.mark.parametrize("area", AREA_ROWS)
def test_an_area_merged_over_all_columns_is_a_heading(area: str) -> None:
    found = rows(HEAD + area + "| 1 | Rà soát văn bản | Báo cáo | Sở Tư pháp | | Quý I |\n")
    assert [(t.ordinal, t.content, t.area) for t in found.tasks] == [("1", "Rà soát văn bản", 2)]


def test_equal_agencies_side_by_side_are_no_heading() -> None:
    text = "| STT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp |\n| 1 | Kiểm tra | Các sở, ban, ngành | Các sở, ban, ngành |\n"
    assert len(rows(text).tasks) == 1


PAGE_BREAKS = [
    "| 1 | Rà soát văn bản do HĐND, | Báo cáo | Sở Tư pháp | Sở Nội vụ; Sở Tài chính; | Quý I |\n"
    "| | UBND tỉnh ban hành | | | Sở Y tế | |\n",
    "| 1 | Rà soát văn bản do HĐND, | Báo cáo | Sở Tư pháp | Sở Nội vụ; Sở Tài chính; | Quý I |\n"
    + HEAD + "| | UBND tỉnh ban hành | | | Sở Y tế | |\n",
    "| 1 | Rà soát văn bản do HĐND, | Báo cáo | Sở Tư pháp | Sở Nội vụ; Sở Tài chính; | Quý I |\n7\n"
    + HEAD + "| | UBND tỉnh ban hành | | | Sở Y tế | |\n",
]  # fmt: skip


@pytest.mark.parametrize("body", PAGE_BREAKS)
def test_a_row_broken_by_the_page_is_one(body: str) -> None:
    found = rows(HEAD + body + "| 2 | Kiểm tra công vụ | Kết luận | Sở Nội vụ | | Quý II |\n").tasks
    assert [(t.content, t.support) for t in found] == [
        ("Rà soát văn bản do HĐND, UBND tỉnh ban hành", ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế")),
        ("Kiểm tra công vụ", ()),
    ]


def test_rows_below_merged_cells_add_products_or_are_tasks_of_their_own() -> None:
    text = HEAD + (
        "| 1 | Hội thi cải cách hành chính | Kế hoạch | Sở Nội vụ | | Tháng 3 |\n| | | Báo cáo | | | |\n"
        "| | | Quyết định khen thưởng | | | Tháng 11 |\n| 2 | Kiểm tra công vụ | Kết luận | Sở Nội vụ | | Quý II |\n"
    )
    assert [(t.content, t.products, t.lead, str(t.deadline.end)) for t in rows(text).tasks] == [
        ("Hội thi cải cách hành chính", ("Kế hoạch", "Báo cáo"), ("Sở Nội vụ",), "2025-03-31"),
        ("Hội thi cải cách hành chính", ("Quyết định khen thưởng",), ("Sở Nội vụ",), "2025-11-30"),
        ("Kiểm tra công vụ", ("Kết luận",), ("Sở Nội vụ",), "2025-06-30"),
    ]


def test_a_title_over_all_columns_is_no_header() -> None:
    text = "| DANH MỤC NHIỆM VỤ NĂM 2025 | DANH MỤC NHIỆM VỤ NĂM 2025 | DANH MỤC NHIỆM VỤ NĂM 2025 |\n| Nhiệm vụ | Chủ trì | Thời hạn |\n"
    assert [t.content for t in rows(text + "| Rà soát văn bản | Phòng Tư pháp | Quý I |").tasks] == ["Rà soát văn bản"]


def test_another_table_ends_the_one_above() -> None:
    text = (
        "| TT | Mục tiêu | Phòng theo dõi |\n| 1 | 100% hồ sơ đúng hạn | Phòng Tư pháp |\n\nIII. NHIỆM VỤ\n\n"
        "| STT | Nội dung | Phân công thực hiện | | Thời gian |\n| | | Chủ trì | Phối hợp | |\n"
        "| 1 | Rà soát văn bản | Văn phòng | Các phòng | Quý I |\n"
    )
    found = rows(text)
    assert ([t.subject for t in found.targets], [t.content for t in found.tasks]) == (
        ["100% hồ sơ đúng hạn"], ["Rà soát văn bản"],
    )  # fmt: skip


# --- goals ---------------------------------------------------------------------------------------------------------------
GOALS = [
    # the % stands in the header, above the table, in the name or in the cell
    ("| TT | Chỉ tiêu | Tỷ lệ (%) | | |\n| | | 2025 | 2026 | 2027 |\n| 1 | Hồ sơ đúng hạn | 95 | 97 | 98 |", [95, 97, 98]),
    ("Đơn vị tính: %\n| STT | Chỉ tiêu | Năm 2025 | Năm 2026 |\n| 1 | Hồ sơ đúng hạn | 95 | 97 |", [95, 97]),
    ("| STT | Chỉ tiêu | Kế hoạch năm 2025 |\n| 1 | Tỷ lệ hồ sơ đúng hạn | 95 |", [95]),
    ("| STT | Chỉ tiêu | Tỷ lệ % phải đạt | Theo dõi |\n| 1 | Hồ sơ đúng hạn | 95 | Sở Nội vụ |", [95]),
    ("| STT | Chỉ tiêu | Đơn vị | Năm 2025 |\n| 1 | Hồ sơ đúng hạn | % | 95 |", [95]),
    # last year's column, what a higher body gave
    ("| STT | Chỉ tiêu | ĐVT | Thực hiện năm 2024 | Kế hoạch năm 2025 |\n| 1 | Hồ sơ đúng hạn | % | 92,5 | 95 |", [95]),
    ("| STT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025 |\n| 1 | Hồ sơ đúng hạn | % | 92,5 | 95 |", [95]),
    ("| TT | Chỉ tiêu | ĐVT | Chỉ tiêu năm 2025 | |\n| | | | Tỉnh giao | Huyện phấn đấu |\n| 1 | Hồ sơ đúng hạn | % | 95 | 98 |", [98]),
    # a goal for each body, in rows or in columns
    ("| STT | Chỉ tiêu | ĐVT | Sở Nội vụ | Sở Tư pháp |\n| 1 | Hồ sơ đúng hạn | % | 95 | 90 |", [95, 90]),
    ("| STT | Đơn vị | Hồ sơ trực tuyến (%) | Mức độ hài lòng (%) |\n| 1 | Sở Nội vụ | 80 | 95 |", [80, 95]),
    ("| STT | Xã, phường | Chỉ tiêu hồ sơ trực tuyến (%) |\n| 1 | Xã Nhơn Lý | 70 |\n| 2 | Phường Hải Cảng | 85 |", [70, 85]),
    # sentences, without a column of values; beside a task
    ("| STT | Nội dung chỉ tiêu | Đơn vị theo dõi |\n| 1 | Trên 95% hồ sơ đúng hạn | Văn phòng |", [95]),
    ("| STT | Mục tiêu | Nhiệm vụ | Chủ trì | Thời gian |\n| 1 | 95% hồ sơ đúng hạn | Đôn đốc xử lý | Văn phòng | Quý I |", [95]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "values"), GOALS)
def test_reads_the_goals_of_a_table(table: str, values: list[float]) -> None:
    found = [t for t in plan(table).targets if t.value is not None]
    assert [(t.value, t.unit) for t in found] == [(v, "%") for v in values]


def test_the_body_a_goal_is_for_is_named() -> None:
    columns = plan("| STT | Chỉ tiêu | ĐVT | Sở Nội vụ | Sở Tư pháp |\n| 1 | Hồ sơ đúng hạn | % | 95 | 90 |").targets
    lines = plan("| STT | Đơn vị | Chỉ tiêu hồ sơ đúng hạn (%) |\n| 1 | Sở Nội vụ | 95 |\n| | Toàn tỉnh | 92 |").targets
    assert [t.subject for t in columns] == ["Hồ sơ đúng hạn của Sở Nội vụ", "Hồ sơ đúng hạn của Sở Tư pháp"]
    assert [t.subject for t in lines] == ["hồ sơ đúng hạn của Sở Nội vụ", "hồ sơ đúng hạn"]


def test_parts_of_a_goal_are_told_with_it() -> None:
    head = "| STT | Chỉ tiêu | ĐVT | Năm 2025 |\n"
    for body in (
        "| 1 | Hồ sơ trực tuyến | % | 80 |\n| - | Cấp tỉnh | % | 90 |\n| 2 | Hồ sơ đúng hạn | % | 98 |",
        "| 1 | Hồ sơ trực tuyến | | |\n| a | Cấp tỉnh | % | 90 |\n| 2 | Hồ sơ đúng hạn | % | 98 |",
    ):
        found = rows(head + body).targets
        assert [t.subject for t in found][-2:] == ["Hồ sơ trực tuyến: Cấp tỉnh", "Hồ sơ đúng hạn"]


def test_a_count_of_posts_is_no_rank() -> None:
    found = plan(
        "| STT | Chỉ tiêu | ĐVT | Năm 2025 |\n| 1 | Vị trí được bổ nhiệm qua thi tuyển | Vị trí | ≥ 20 |"
    ).targets
    assert [(t.kind, t.comparator, t.value) for t in found] == [("count", ">=", 20)]


def test_a_table_of_work_with_points_is_no_table_of_goals() -> None:
    text = (
        "| TT | Tiêu chí | Điểm tối đa | Phấn đấu 2025 | Nhiệm vụ khắc phục | Cơ quan chủ trì | Thời gian |\n"
        "| 1 | Sáng kiến | 2 | 2 | Tổ chức cuộc thi sáng kiến | Phòng Nội vụ | Quý III/2025 |\n"
    )
    assert [t.content for t in rows(text).tasks] == ["Tổ chức cuộc thi sáng kiến"]


# --- who, in other columns -------------------------------------------------------------------------------------------------
def test_marks_in_columns_of_bodies_tell_who() -> None:
    text = "| STT | Nhiệm vụ | Sở Nội vụ | Sở Tư pháp | Thời gian |\n| 1 | Rà soát | CT | PH | Quý I |\n| 2 | Kiểm tra | | x | Quý II |"
    assert [(t.lead, t.support) for t in rows(text).tasks] == [
        (("Sở Nội vụ",), ("Sở Tư pháp",)), (("Sở Tư pháp",), ()),
    ]  # fmt: skip


def test_an_area_in_a_column_of_its_own_holds_until_the_next() -> None:
    text = (
        "| Lĩnh vực | Nhiệm vụ | Chủ trì | Thời gian |\n| Cải cách thể chế | Rà soát | Sở Tư pháp | Quý I |\n"
        "| | Kiểm tra văn bản | Sở Tư pháp | Quý II |\n| Cải cách tài chính công | Công khai dự toán | Sở Tài chính | Quý I |\n"
    )
    assert [t.area for t in rows(text).tasks] == [2, 2, 6]


def test_a_group_beside_the_work_is_not_the_work() -> None:
    text = (
        "| STT | Nhóm nhiệm vụ | Nội dung | Chủ trì | Thời gian |\n| 1 | Tiện ích số | Tích hợp dịch vụ công | Công an tỉnh | Quý I |\n"
        "| | | Tái cấu trúc quy trình | Văn phòng UBND tỉnh | Quý II |\n"
    )
    assert [t.content for t in rows(text).tasks] == ["Tích hợp dịch vụ công", "Tái cấu trúc quy trình"]


def test_numbers_below_an_empty_header_cell_are_ordinals() -> None:
    text = "| | Nội dung | Chủ trì | Thời gian |\n| 1 | Rà soát | Sở Tư pháp | Quý I |\n| 2 | Kiểm tra | Sở Nội vụ | Quý II |\n"
    assert [t.ordinal for t in rows(text).tasks] == ["1", "2"]


def test_columns_of_levels_are_goals_of_each_level() -> None:
    found = plan(
        "| STT | Chỉ tiêu | Cấp tỉnh | Cấp huyện | Cấp xã |\n| 1 | Hồ sơ trực tuyến | 80% | 60% | 50% |"
    ).targets
    assert [(t.value, t.level) for t in found] == [(80, "tỉnh"), (60, "huyện"), (50, "xã")]


def test_an_agency_merged_in_the_first_column_leads_the_rows_below() -> None:
    text = "| Đơn vị | Nhiệm vụ | Thời gian |\n| Sở Nội vụ | Tập huấn | Quý I |\n| | Kiểm tra công vụ | Quý II |\n"
    assert [t.lead for t in rows(text).tasks] == [("Sở Nội vụ",), ("Sở Nội vụ",)]


def test_a_label_with_what_it_tells_is_no_header() -> None:
    text = "Nhiệm vụ: Xây dựng đề án\nPhòng chủ trì: Phòng Nội vụ\nHoàn thành: Tháng 6/2025\n"
    assert find_tables(text, matching(text)) == []


def test_a_table_that_is_not_understood_is_named_row_by_row() -> None:
    text = "| TT | Nội dung chi | Số tiền | Nguồn |\n| 1 | Tuyên truyền | 1.850 | Ngân sách |\n| 2 | Khảo sát | 920 | Ngân sách |"
    warned = " ".join(read_text_plan(stored(FRAME.replace("PHỤ LỤC", "III. KINH PHÍ").format(text)), "x").warnings)
    assert "Tuyên truyền" in warned and "Khảo sát" in warned


# --- two columns of deadlines -----------------------------------------------------------------------------------------
STEPS = [
    ("Thời gian trình Bộ", "Thời gian trình Chính phủ"), ("Thời hạn dự thảo", "Thời hạn ban hành"),
    ("Tiến độ: trình UBND tỉnh", "Hoàn thành"), ("Hạn trình Sở", "Hạn trình UBND tỉnh"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), STEPS)
@pytest.mark.parametrize("form", ["|", "\t", "|\n"])
def test_of_two_columns_of_deadlines_the_last_step_counts(first: str, second: str, form: str) -> None:
    table = [
        ["STT", "Nhiệm vụ", "Chủ trì", first, second, "Sản phẩm"],
        ["1", "Xây dựng Nghị định về thú y", "Cục Thú y", "Tháng 3/2025", "Tháng 6/2025", "Nghị định"],
        ["2", "Sửa đổi Thông tư kiểm dịch", "Vụ Pháp chế", "Quý I/2025", "", "Thông tư"],
        ["3", "Đề án vị trí việc làm", "Vụ Tổ chức cán bộ", "", "Quý IV/2025", "Đề án"],
    ]
    text = "".join(f" {form}".join(row) + " |\n" for row in table) if "\n" in form else (
        "\n".join(f" {form} ".join(row) if form == "|" else form.join(row) for row in table)
    )  # fmt: skip
    found = rows(text).tasks
    assert [str(t.deadline.end) for t in found] == ["2025-06-30", "2025-03-31", "2025-12-31"]
    assert found[0].deadline_raw == "Tháng 3/2025; Tháng 6/2025"
    assert found[0].reasons and "lấy mốc cuối cùng" in found[0].reasons[0]


def test_how_far_the_work_has_come_is_no_deadline() -> None:
    text = (
        "| STT | Nhiệm vụ | Chủ trì | Thời hạn | Tiến độ thực hiện |\n"
        "| 1 | Rà soát văn bản | Sở Tư pháp | Quý I/2025 | Đạt 80% |\n"
    )
    found = rows(text)
    assert (found.tasks[0].deadline_raw, str(found.tasks[0].deadline.end)) == ("Quý I/2025", "2025-03-31")
    assert any("80%" in w for w in found.warnings)


ODD_HEADINGS = [
    "| 50 triệu | Cải cách thể chế | CẢI CÁCH TÀI CHÍNH CÔNG | | |", "| | Trong đó: | | | 1 |",
    "| | Cải cách thể chế | Rà soát văn bản do tỉnh ban hành | | |", "| | Các nhiệm vụ khác | | | 2 |",
]  # fmt: skip


@pytest.mark.parametrize("row", ODD_HEADINGS)
def test_a_heading_with_more_beside_it_is_a_row_or_named(row: str) -> None:
    head = "| Kinh phí | Nội dung nhiệm vụ | Mã số | Cơ quan chủ trì | STT |\n"
    task = "| | Rà soát văn bản quy phạm | | Sở Tư pháp | 1 |\n"
    found = rows(head + task + row + "\n" + task)
    said = row.split("|")[2].strip()
    assert said in [t.content for t in found.tasks] or any(said in w for w in found.warnings)
