"""Structures of plans of many kinds: each rule with several wordings it covers and some it must leave alone."""

# ruff: noqa: E501  (wordings read best on a line)

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading import read_plan

HEAD = "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\n"
TITLE = "Cải cách hành chính tỉnh Hà Nam năm 2024\n"


def _read(body: str, head: str = HEAD + TITLE) -> Plan:
    return read_plan((head + body).encode(), "x.txt")


def _values(plan: Plan) -> list[tuple[str | None, float | None, str | None]]:
    return [(t.comparator, t.value, t.unit) for t in plan.targets]


# --- results of a past year -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "goals"),
    [
        ("I. KẾT QUẢ CÁC CHỈ SỐ NĂM 2023 VÀ NGUYÊN NHÂN", 0),
        ("I. CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2023", 0),
        ("I. THỰC TRẠNG XẾP HẠNG NĂM 2023", 0),
        ("I. KHÁI QUÁT KẾT QUẢ NĂM 2023", 0),
        ("I. KẾT QUẢ CẦN ĐẠT NĂM 2024", 1),
        ("I. MỤC TIÊU NĂM 2024", 1),
    ],
)
def test_results_part(heading: str, goals: int) -> None:
    plan = _read(f"{heading}\n- Tỷ lệ hồ sơ đúng hạn đạt 98%.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n")
    assert len(plan.targets) == goals


@pytest.mark.parametrize(
    "ahead", ["PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", "MỤC TIÊU NĂM 2025", "NHIỆM VỤ TRỌNG TÂM NĂM 2025"]
)
def test_report_looks_back_until_it_plans(ahead: str) -> None:
    head = (
        "ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC\nSố: 9/BC-UBND\nBÁO CÁO\nCải cách hành chính năm 2024, phương hướng năm 2025\n"
    )
    body = f"I. CHỈ ĐẠO, ĐIỀU HÀNH\n- 100% xã ban hành kế hoạch.\nII. {ahead}\n1. Chỉ tiêu\n- 90% hồ sơ đúng hạn.\n"
    assert [t.value for t in _read(body, head).targets] == [90]


# --- nested numbering -------------------------------------------------------------------------------------------------


def test_area_of_a_deeper_heading_ends_with_the_next_number() -> None:
    body = (
        "I. NHIỆM VỤ, GIẢI PHÁP\n2.1. Chỉ số PAR INDEX\na) Cải cách thể chế: Lập danh mục văn bản phải ban hành.\n"
        "b) Cải cách tài chính công: Rà soát tiến độ từng dự án đầu tư.\n2.2. Khối xã, phường\n"
        "- Bố trí bàn ghế, nước uống cho người đến giao dịch.\n"
    )
    areas = [m.area for m in _read(body).measures]
    assert areas[:2] == [2, 6]
    assert areas[-1] != 6


@pytest.mark.parametrize(
    ("general", "named"),
    [
        ("1. Mục tiêu", "2. Chỉ tiêu cụ thể"),
        ("1- Mục tiêu", "2- Mục tiêu cụ thể"),
        ("a) Mục tiêu", "b) Chỉ tiêu cụ thể"),
    ],
)
def test_general_aim_above_named_goals(general: str, named: str) -> None:
    body = f"I. MỤC TIÊU, CHỈ TIÊU NĂM 2024\n{general}\nVận hành thông suốt bộ máy.\n{named}\n- 90% hồ sơ đúng hạn.\n"
    assert [t.value for t in _read(body).targets] == [90]


# --- tables -----------------------------------------------------------------------------------------------------------

TARGET_TABLES = [
    "Chỉ số thành phần |\nKết quả năm 2023 |\nMục tiêu năm 2024 |\nCơ quan theo dõi |\n"
    "Công khai, minh bạch |\n5,02 |\ntrên 5,3 điểm |\nSở Tư pháp |\n"
    "Quản trị điện tử |\n2,98 |\n3,3 điểm |\nSở Nội vụ |\n"
    "Cung ứng dịch vụ công |\n7,69 |\n8,0 điểm |\nSở Y tế |\n",
    "| Tiêu chí | Đơn vị theo dõi | Thực hiện năm 2023 | Kế hoạch năm 2024 |\n"
    "| Công khai, minh bạch | Sở Tư pháp | 5,02 | trên 5,3 điểm |\n| Quản trị điện tử | Sở Nội vụ | 2,98 | 3,3 điểm |\n"
    "| Cung ứng dịch vụ công | Sở Y tế | 7,69 | 8,0 điểm |\n",
    " TT   Chỉ tiêu                      Đơn vị tính   Năm 2024         Đơn vị theo dõi\n"
    " 1    Công khai, minh bạch          điểm          trên 5,3         Sở Tư pháp\n"
    " 2    Quản trị điện tử              điểm          3,3              Sở Nội vụ\n\n"
    "Kế hoạch năm 2024          Trang 2\n\n"
    " 3    Cung ứng dịch vụ công         điểm          8,0              Sở Y tế\n",
]


@pytest.mark.parametrize("table", TARGET_TABLES)
def test_tables_of_targets(table: str) -> None:
    plan = _read(f"I. CHỈ TIÊU\n{table}II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi, đôn đốc việc thực hiện.\n")
    assert _values(plan) == [(">", 5.3, "điểm"), (">=", 3.3, "điểm"), (">=", 8.0, "điểm")]
    assert [d.agency for d in plan.duties] == ["Sở Nội vụ"]


def test_product_column_named_result_is_no_past() -> None:
    table = "STT | Nội dung | Cơ quan chủ trì | Kết quả | Thời gian\n"
    table += "1 | Kiểm tra 05 xã | Sở Nội vụ | Báo cáo | Quý II/2024\n"
    plan = _read(f"PHỤ LỤC\n{table}2 | Tập huấn công chức | Sở Nội vụ | Lớp tập huấn | Quý III/2024\n")
    assert [t.products for t in plan.tasks] == [("Báo cáo",), ("Lớp tập huấn",)]


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", ["\n5\n", "\n\n- 5 -\n\n", "\n5/12\n", "\nTrang 5\n"])
def test_page_number_inside_a_sentence(between: str) -> None:
    plan = _read(f"I. NHIỆM VỤ\n- Thực hiện việc xin lỗi; kết quả được cập nhật{between}lên Hệ thống thông tin.\n")
    assert len(plan.measures) == 1


def test_page_number_between_items_joins_nothing() -> None:
    plan = _read("I. NHIỆM VỤ\n- Thực hiện việc xin lỗi người dân\n5\n- Niêm yết công khai thủ tục hành chính.\n")
    assert len(plan.measures) == 2


# --- who issues -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letterhead", "authority", "level"),
    [
        (
            "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "HUYỆN ĐỒNG VANG                Độc lập - Tự do - Hạnh phúc",
            "UBND huyện Đồng Vang",
            "huyện",
        ),
        ("ỦY BAN NHÂN DÂN HUYỆN YÊN SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND huyện Yên Sơn", "huyện"),
        ("UBND TỈNH SƠN LA\nSỞ TÀI CHÍNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Sở Tài chính", "tỉnh"),
        ("UBND HUYỆN NHO QUAN\nUBND XÃ PHÚ LONG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND xã Phú Long", "xã"),
        ("BẢO HIỂM XÃ HỘI\nTỈNH NAM ĐỊNH", "Bảo hiểm xã hội tỉnh Nam Định", "tỉnh"),
        ("ĐẢNG BỘ TỈNH TIỀN GIANG   ĐẢNG CỘNG SẢN VIỆT NAM\nHUYỆN ỦY CÁI BÈ", "Huyện ủy Cái Bè", "huyện"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND thành phố Huế", "huyện"),
    ],
)
def test_letterheads(letterhead: str, authority: str, level: str) -> None:
    head = f"{letterhead}\nSố: 7/KH-X          ngày 05 tháng 01 năm 2024\nHuế, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\n"
    body = "Cải cách hành chính năm 2024\n"
    body += "Căn cứ Kế hoạch số 318/KH-UBND của UBND tỉnh Hà Giang;\nI. MỤC TIÊU\n- 90% hồ sơ.\n"
    info = _read(body, head).plan
    assert (info.authority, info.level) == (authority, level)


@pytest.mark.parametrize("verb", ["ban hành Kế hoạch", "xây dựng Kế hoạch", "ban hành Kế hoạch thực hiện"])
def test_who_enacts_is_not_who_is_cited(verb: str) -> None:
    head = "KẾ HOẠCH\nCải cách hành chính năm 2023\n"
    cited = "Kế hoạch số 318/KH-UBND của UBND tỉnh Hà Giang"
    body = f"Thực hiện {cited}, UBND huyện Quản Bạ {verb} như sau:\nI. MỤC TIÊU\n- 90%.\n"
    assert _read(body, head).plan.authority == "UBND huyện Quản Bạ"


# --- duties -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        (
            "Giao Sở Nội vụ theo dõi chung; Sở Tài chính phụ trách Chỉ số PCI; Thanh tra tỉnh phụ trách Chỉ số PAPI.",
            ["Sở Nội vụ", "Sở Tài chính", "Thanh tra tỉnh"],
        ),
        ("Sở Y tế chủ trì khảo sát bệnh viện; Sở Nội vụ tổng hợp kết quả.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Sở Nội vụ đôn đốc các sở; tổng hợp, báo cáo UBND tỉnh.", ["Sở Nội vụ"]),
        (
            "Các Sở, Ban, ngành; UBND các huyện xây dựng kế hoạch trước ngày 20/01.",
            ["Các Sở, Ban, ngành; UBND các huyện"],
        ),
    ],
)
def test_several_doers_in_one_line(line: str, agencies: list[str]) -> None:
    plan = _read(f"I. TỔ CHỨC THỰC HIỆN\n- {line}\n- Văn phòng UBND tỉnh theo dõi việc thực hiện.\n")
    assert [d.agency for d in plan.duties][:-1] == agencies


@pytest.mark.parametrize(
    "line",
    [
        "Yêu cầu các đơn vị, thôn, làng triển khai thực hiện./.",
        "Yêu cầu Thủ trưởng các cơ quan, đơn vị triển khai nghiêm túc./.",
        "Nhiệm vụ cụ thể của từng cơ quan nêu tại Phụ lục kèm theo.",
        "Kinh phí thực hiện bố trí từ nguồn ngân sách nhà nước theo phân cấp.",
    ],
)
def test_no_duties(line: str) -> None:
    body = "I. MỤC TIÊU\n- 90% hồ sơ đúng hạn.\n- 80% hồ sơ trực tuyến.\n"
    body += "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi, đôn đốc.\n"
    assert len(_read(f"{body}- {line}\n").duties) == 1


def test_orders_above_a_list_of_bodies() -> None:
    body = "UBND tỉnh yêu cầu:\n- Sở Nội vụ chủ trì theo dõi, chấm điểm.\n- Sở Tài chính tham mưu bố trí nguồn lực.\n"
    assert [d.agency for d in _read(body).duties] == ["Sở Nội vụ", "Sở Tài chính"]


# --- goals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "values"),
    [
        ("Không có chỉ số thành phần nào đạt dưới 75%.", [(">=", 75, "%")]),
        ("Không để tỷ lệ hồ sơ quá hạn vượt 2%.", [("<=", 2, "%")]),
        ("Người dân không phải đi lại quá 02 lần.", [("<=", 2, "lần")]),
        ("Tỷ lệ văn bản không có chữ ký số dưới 5%.", [("<", 5, "%")]),
        ("Tổng điểm đạt từ 43,5 điểm trở lên.", [(">=", 43.5, "điểm")]),
        (
            "Chỉ số của huyện nằm trong tốp 05 của tỉnh, điểm số tăng ít nhất 03 điểm.",
            [("<=", 5, "hạng"), (">=", 3, "điểm")],
        ),
        ("Chỉ số SIPAS đạt từ 85 điểm trở lên, xếp loại Tốt.", [(">=", 85, "điểm"), (None, None, None)]),
        ("100% xã xếp loại Tốt trở lên.", [(">=", 100, "%")]),
        ("50/50 cơ sở lưu trú sử dụng phần mềm, đạt 100%.", [(">=", 100, "%")]),
        ("Đưa Chỉ số từ vị trí thứ 9 lên vị trí thứ 6 trở lên trong tỉnh.", [("<=", 6, "hạng")]),
        ("Phấn đấu có 100% cơ quan, địa phương có ít nhất 01 mô hình.", [(">=", 100, "%")]),
        ("Thời lượng phát sóng từ 15 phút trở lên.", [(">=", 15, "phút")]),
    ],
)
def test_figures_of_a_sentence(goal: str, values: list[tuple[str | None, float | None, str | None]]) -> None:
    assert _values(_read(f"I. CHỈ TIÊU\n- {goal}\n")) == values


def test_exception_on_a_line_of_its_own() -> None:
    body = "I. CHỈ TIÊU\n- Hồ sơ công việc:\n+ 90% cấp tỉnh;\n+ 80% cấp huyện.\n"
    body += "(Không tính hồ sơ thuộc bí mật nhà nước).\n"
    targets = _read(body).targets
    assert [t.value for t in targets] == [90, 80]
    assert {t.except_ for t in targets} == {"Không tính hồ sơ thuộc bí mật nhà nước"}


@pytest.mark.parametrize(
    "line", ["Đơn vị theo dõi: Phòng Nội vụ", "Nguồn số liệu: Báo cáo hằng năm", "Cơ quan chủ trì: Sở Y tế"]
)
def test_properties_of_a_goal_are_no_goals(line: str) -> None:
    assert len(_read(f"I. CHỈ TIÊU\n- 90% hồ sơ đúng hạn.\n{line}\n- 80% hồ sơ trực tuyến.\n").targets) == 2


# --- goals in running text and in lists -------------------------------------------------------------------------------

ARTICLE = "Trang chủ | Tin tức\n{headline}\nUBND tỉnh ban hành Kế hoạch số 5/KH-UBND ngày 10/01/2024 về cải cách hành chính.\n{body}\n"


@pytest.mark.parametrize(
    "headline",
    [
        "Hà Nam phấn đấu năm 2024 có 90% hồ sơ được nộp trực tuyến",
        "Hà Nam: Năm 2024, phấn đấu 90% hồ sơ của tỉnh được nộp trực tuyến",
        "Hà Nam đặt mục tiêu 90% hồ sơ nộp trực tuyến trong năm 2024",
    ],
)
def test_a_headline_tells_no_goal_twice(headline: str) -> None:
    body = "Theo đó, năm 2024 tỉnh phấn đấu 90% hồ sơ được nộp trực tuyến; 80% người dân hài lòng."
    plan = _read("", ARTICLE.format(headline=headline, body=body))
    assert [t.value for t in plan.targets] == [90, 80]
    assert any("Tiêu đề của bài" in w for w in plan.warnings)


def test_a_headline_of_its_own_goal_is_read() -> None:
    plan = _read(
        "", ARTICLE.format(headline="Hà Nam phấn đấu năm 2024 có 90% hồ sơ trực tuyến", body="Tỉnh sẽ rà soát.")
    )
    assert [t.value for t in plan.targets] == [90]


@pytest.mark.parametrize("ending", ["các nội dung sau:", "một số nhiệm vụ trọng tâm sau đây:", "các giải pháp sau:"])
def test_goals_in_the_sentence_that_announces_a_list(ending: str) -> None:
    body = "Để hoàn thành kế hoạch, đề nghị các huyện phấn đấu đạt các chỉ tiêu: tỷ lệ hồ sơ trực tuyến đạt tối thiểu 60%; "
    body += f"hồ sơ trễ hạn dưới 1%, đồng thời thực hiện {ending}\n1. Rà soát quy trình giải quyết.\n2. Tập huấn công chức.\n"
    assert _values(_read(body))[:2] == [(">=", 60, "%"), ("<", 1, "%")]


@pytest.mark.parametrize("label", ["- Nhiệm vụ:", "- Giải pháp:", "- Nhiệm vụ, giải pháp:"])
def test_measures_after_goals_of_the_same_list(label: str) -> None:
    body = f"II. NỘI DUNG\n1. Cải cách thể chế\n- Mục tiêu: 100% văn bản đúng quy định.\n{label} rà soát văn bản hết hiệu lực.\n"
    plan = _read(body)
    assert ([t.value for t in plan.targets], len(plan.measures)) == ([100], 1)


@pytest.mark.parametrize(
    ("task", "values"),
    [
        ("cắt giảm ít nhất 20% thời gian giải quyết thủ tục đất đai", [20]),
        ("phấn đấu tỷ lệ số hóa đạt 50%", [50]),
        ("số hóa 100% hồ sơ đầu vào", [100]),
        ("tập huấn cho công chức Bộ phận Một cửa", []),
    ],
)
def test_goals_of_tasks_under_labels(task: str, values: list[float]) -> None:
    body = f"I. NHIỆM VỤ\n1. Nâng cao kết quả\na) Nội dung: {task}.\nb) Cơ quan thực hiện: Sở Nội vụ chủ trì.\n"
    body += "c) Thời gian hoàn thành: Quý IV/2024.\n"
    assert [t.value for t in _read(body).targets] == values


def test_work_ordered_in_one_sentence_sets_no_goal() -> None:
    body = "I. NHIỆM VỤ\n1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế kiểm tra tối thiểu 30% cơ quan, hoàn thành trong Quý II.\n"
    plan = _read(body)
    assert (len(plan.tasks), [t.value for t in plan.targets]) == (1, [])


# --- lines that stand apart -------------------------------------------------------------------------------------------

SPACED = [
    "1. Phấn đấu trên 95% hồ sơ thủ tục hành chính thuộc thẩm quyền cấp huyện và trên",
    "93% hồ sơ thuộc thẩm quyền cấp xã được giải quyết đúng hạn, không có hồ sơ quá hạn",
    "tồn đọng kéo dài tại các cơ quan.",
    "2. Mức độ hài lòng của người dân, doanh nghiệp về giải quyết thủ tục hành chính tại",
    "Bộ phận Một cửa các cấp đạt tối thiểu 85%; trong đó, mức độ hài lòng về giải quyết",
    "thủ tục đất đai đạt tối thiểu 80%, không có phản ánh kéo dài chưa được trả lời tại",
    "các cơ quan, đơn vị trên địa bàn.",
]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_of_a_sentence_that_stand_apart(between: str) -> None:
    plan = _read(f"I. MỤC TIÊU CỤ THỂ{between}{between.join(SPACED)}\n")
    figures = [t for t in plan.targets if t.value is not None]
    assert [(t.comparator, t.value, t.level) for t in figures[:2]] == [(">", 95, "huyện"), (">", 93, "xã")]
    assert [t.value for t in figures] == [95, 93, 85, 80]
