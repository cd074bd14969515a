"""What a document does not say of itself outright is inferred, and a warning says so."""

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading import read_plan

GOALS = "I. MỤC TIÊU\n- 95% hồ sơ được giải quyết đúng hạn.\n"
HEAD = "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 12/{kind}-UBND\nHà Nam, ngày 05 tháng 01 năm {year}\n"
SIGNED = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n{name}\n"


def read(*parts: str) -> Plan:
    return read_plan("".join(parts).encode(), "x.txt")


def inferred(plan: Plan) -> str:
    said = [w for w in plan.warnings if w.startswith("Suy từ nội dung văn bản, cần xem lại: ")]
    assert len(said) <= 1
    return said[0].partition(": ")[2].rstrip(".") if said else ""


def test_what_the_document_says_in_its_place_is_no_inference() -> None:
    head = HEAD.format(kind="KH", year=2024) + "KẾ HOẠCH\nCải cách hành chính năm 2024\n"
    assert inferred(read(head, GOALS, SIGNED.format(name="Trần Văn Bình"))) == ""


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("CT", "CHỈ THỊ\nVề việc chấn chỉnh kỷ luật, kỷ cương hành chính\n"),
        ("KH", "KẾ HOẠCH\nKiểm tra công tác cải cách hành chính\nỦy ban nhân dân tỉnh kiểm tra trong năm 2024.\n"),
        ("KH", "KẾ HOẠCH\nTuyên truyền cải cách hành chính\nNăm 2024 là năm bản lề. Năm 2024 có nhiều việc mới.\n"),
    ],
)
def test_a_year_the_title_does_not_name(kind: str, title: str) -> None:
    plan = read(HEAD.format(kind=kind, year=2024), title, GOALS)
    assert plan.plan.year == 2024
    assert inferred(plan) == "năm của kế hoạch (2024)"


@pytest.mark.parametrize(("year", "far"), [(2024, False), (2025, False), (2023, True), (2027, True)])
def test_a_year_far_from_the_day_of_issue(year: int, far: bool) -> None:
    head = HEAD.format(kind="KH", year=2024) + f"KẾ HOẠCH\nCải cách hành chính năm {year}\n"
    assert inferred(read(head, GOALS)) == (f"năm của kế hoạch ({year})" if far else "")


@pytest.mark.parametrize(("year", "far"), [(2024, False), (2025, True)])
def test_an_order_for_another_year_than_it_is_given_in(year: int, far: bool) -> None:
    head = HEAD.format(kind="CT", year=2024) + f"CHỈ THỊ\nVề việc chuẩn bị cải cách hành chính năm {year}\n"
    assert inferred(read(head, GOALS)) == (f"năm của kế hoạch ({year})" if far else "")


def test_a_phase_is_not_far_from_the_day_of_issue() -> None:
    head = HEAD.format(kind="KH", year=2021) + "KẾ HOẠCH\nCải cách hành chính giai đoạn 2021 - 2025\n"
    assert inferred(read(head, GOALS)) == ""


@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", "Y Thanh Hà", "Giàng A Páo", "Lò Văn Mừng", "Điểu K'Ré"])
def test_names_of_many_peoples_are_names(name: str) -> None:
    head = HEAD.format(kind="KH", year=2024) + "KẾ HOẠCH\nCải cách hành chính năm 2024\n"
    plan = read(head, GOALS, "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n", SIGNED.format(name=name))
    assert "người ký" not in inferred(plan)


def test_a_signature_that_begins_like_no_name() -> None:
    head = HEAD.format(kind="KH", year=2024) + "KẾ HOẠCH\nCải cách hành chính năm 2024\n"
    plan = read(head, GOALS, "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n", SIGNED.format(name="Danh Mục Việc"))
    # «Danh» is a name among the Khmer: what begins like one is taken for one
    assert inferred(plan) == ""
    plan = read(head, GOALS, "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n", SIGNED.format(name="Biểu Mẫu Số"))
    assert inferred(plan) == "người ký (Biểu Mẫu Số)"


def test_a_date_told_by_a_sentence_about_the_document() -> None:
    text = (
        "Hà Nam đẩy mạnh cải cách hành chính\nUBND tỉnh Hà Nam vừa ban hành Kế hoạch số 12/KH-UBND ngày 05/01/2024 về "
        "cải cách hành chính năm 2024. Theo đó, tỉnh phấn đấu 95% hồ sơ được giải quyết đúng hạn.\n"
    )
    plan = read(text)
    assert plan.plan.issued_on is not None
    assert inferred(plan) == "ngày ban hành (05/01/2024)"


@pytest.mark.parametrize(
    "cited",
    [
        "Căn cứ Quyết định số 20/QĐ-UBND ngày 02/3/2018 của UBND tỉnh về việc phê duyệt Đề án kiểm tra công vụ;",
        "Theo đề nghị của Sở Nội vụ tại Tờ trình số 9/TTr-SNV về việc ban hành Kế hoạch rà soát thủ tục hành chính;",
        "Thực hiện Công văn số 77/BNV-CCHC về việc hướng dẫn xây dựng báo cáo cải cách hành chính định kỳ,",
    ],
)
def test_the_subject_of_a_cited_document_is_no_title(cited: str) -> None:
    head = "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 05 tháng 01 năm 2024\n"
    own = "Ủy ban nhân dân tỉnh ban hành Kế hoạch khảo sát sự hài lòng của người dân, cụ thể như sau:\n"
    assert read(head, cited, "\n", own, GOALS).plan.title == "Kế hoạch khảo sát sự hài lòng của người dân"
    assert read(head, cited, "\n", GOALS).plan.title is None


@pytest.mark.parametrize("number", ["4418/UBND-NC1", "77/KH-VP2", "1562/UBND-TH5", "12/KH-UBND"])
def test_a_number_with_the_figure_of_a_section(number: str) -> None:
    head = f"ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: {number}\nHà Nam, ngày 05 tháng 01 năm 2024\n"
    assert read(head, "KẾ HOẠCH\nCải cách hành chính năm 2024\n", GOALS).plan.number == number


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("KẾ HOẠCH\nPhát động đợt cao điểm “60 ngày đêm”\n(Từ ngày 01/10/2023 đến ngày 30/11/2023)\n", 2023),
        ("KẾ HOẠCH\nPhát động đợt thi đua\n(Thời gian: từ 05/9/2023 đến hết ngày 20/12/2023)\n", 2023),
        ("BIỂU MỤC TIÊU\nThực hiện Kế hoạch cải thiện chỉ số năm 2023\n(Ban hành kèm theo Kế hoạch số 96)\n", 2023),
        ("KẾ HOẠCH\nPhát động đợt thi đua\n(Từ ngày 01/10/2023 đến ngày 30/11/2024)\n", None),
    ],
)
def test_the_year_of_a_campaign_and_of_an_attached_table(title: str, year: int | None) -> None:
    assert read(HEAD.format(kind="KH", year=2023), title, GOALS).plan.year == year


def test_a_city_named_like_a_person_keeps_its_rank() -> None:
    """The name as officials write it; the plan's id keeps the short one, so that it does not move."""
    head = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\nSố: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\n"
    plan = read_plan(f"{head}I. MỤC TIÊU\n- 98% hồ sơ đúng hạn.\n".encode(), "van.txt").plan
    assert (plan.province, plan.authority) == ("Thành phố Hồ Chí Minh", "UBND thành phố Hồ Chí Minh")
    assert plan.id.startswith("ho-chi-minh-15-kh-ubnd")
    assert read_plan(head.replace("HỒ CHÍ MINH", "HẢI PHÒNG").encode(), "van.txt").plan.province == "Hải Phòng"


STATE = (
    "\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 95/KH\tĐộc lập - Tự do - Hạnh phúc\n"
    "\t{place}, ngày 10 tháng 01 năm 2024\n"
)


@pytest.mark.parametrize(
    ("head", "place", "expected"),
    [
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", "Hà Nội", ("Bảo hiểm xã hội Việt Nam", None, "trung ương")),
        ("NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM", "Hà Nội", ("Ngân hàng Nhà nước Việt Nam", None, "trung ương")),
        ("THANH TRA CHÍNH PHỦ", "Hà Nội", ("Thanh tra Chính phủ", None, "trung ương")),
        ("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "Hà Nội", ("Viện kiểm sát nhân dân tối cao", None, "trung ương")),
        ("BỘ TÀI CHÍNH\nCỤC HẢI QUAN", "Hà Nội", ("Cục Hải quan", None, "trung ương")),
        # of a province all the same
        ("KHO BẠC NHÀ NƯỚC VIỆT NAM\nKHO BẠC NHÀ NƯỚC KHÁNH HÒA", "Khánh Hòa", (None, "Khánh Hòa", "tỉnh")),
        (
            "BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH NAM ĐỊNH",
            "Nam Định",
            ("Bảo hiểm xã hội tỉnh Nam Định", "Nam Định", "tỉnh"),
        ),
        # two lines of a cell on one
        ("UBND TỈNH THÁI BÌNH SỞ NỘI VỤ", "Thái Bình", ("Sở Nội vụ", "Thái Bình", "tỉnh")),
        ("UBND THÀNH PHỐ HẢI PHÒNG SỞ NỘI VỤ", "Hải Phòng", ("Sở Nội vụ", "Hải Phòng", "tỉnh")),
        ("UBND HUYỆN TÂN PHƯỚC ỦY BAN NHÂN DÂN XÃ TÂN PHÚ", "Tân Phú", ("UBND xã Tân Phú", None, "xã")),
        ("UBND THÀNH PHỐ HẢI PHÒNG", "Hải Phòng", ("UBND thành phố Hải Phòng", "Hải Phòng", "tỉnh")),
    ],
)
def test_the_body_of_the_letterhead(head: str, place: str, expected: tuple[str | None, ...]) -> None:
    plan = read(head, STATE.format(place=place), "KẾ HOẠCH\nCải cách hành chính năm 2024\n", GOALS).plan
    if expected[0] is not None:
        assert plan.authority == expected[0]
    assert (plan.province, plan.level) == expected[1:]


@pytest.mark.parametrize(
    ("upper", "lower", "authority"),
    [
        ("SỞ NÔNG NGHIỆP VÀ PHÁT", "TRIỂN NÔNG THÔN", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("BAN QUẢN LÝ", "KHU KINH TẾ VŨNG ÁNG", "Ban Quản lý Khu kinh tế Vũng Áng"),
        # said nowhere else: it need not be of the name
        ("SỞ NỘI VỤ", "CHUNG TAY VÌ NGƯỜI DÂN", "Sở Nội vụ"),
        ("SỞ NỘI VỤ", "ĐỀ ÁN", "Sở Nội vụ"),
    ],
)
def test_a_name_goes_on_below_the_lines_of_the_other_column(upper: str, lower: str, authority: str) -> None:
    """Two columns whose lines came one after another, as out of a PDF."""
    head = (
        f"UBND TỈNH HÀ TĨNH\n{upper}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{lower}\n"
        "Hà Tĩnh, ngày 13 tháng 01 năm 2023\nSố: 37/KH-SNN\n"
    )
    plan = read(head, f"KẾ HOẠCH\nCải cách hành chính năm 2023 của {authority}\n", GOALS).plan
    assert plan.authority == authority
    assert (plan.number, plan.province) == ("37/KH-SNN", "Hà Tĩnh")


@pytest.mark.parametrize(
    ("head", "authority", "province"),
    [
        ("ỦY BAN NHÂN DÂN XÃ MƯỜNG KHOA\nPHÂN CÔNG NHIỆM VỤ NĂM 2026", "UBND xã Mường Khoa", None),
        ("ỦY BAN NHÂN DÂN XÃ MƯỜNG KHOA\nDANH MỤC NHIỆM VỤ NĂM 2026", "UBND xã Mường Khoa", None),
        ("ỦY BAN NHÂN DÂN\nXÃ MƯỜNG KHOA - TỈNH LAI CHÂU\nSố: 37/KH-UBND", "UBND xã Mường Khoa", "Lai Châu"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG 3, THÀNH PHỐ CÀ MAU\nSố: 37/KH-UBND", "UBND phường 3", "Cà Mau"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN HỘI ĐÔNG\nSố: 37/KH-UBND", "UBND xã Tân Hội Đông", None),
    ],
)
def test_where_the_name_of_a_body_ends(head: str, authority: str, province: str | None) -> None:
    plan = read(head, "KẾ HOẠCH\nCải cách hành chính năm 2026\n", GOALS).plan
    assert (plan.authority, plan.province) == (authority, province)


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def under(letterhead: str, place: str, title: str = "Cải cách hành chính năm 2022", below: str = "") -> Plan:
    head = f"{letterhead}\nSố: 12/KH-X\n{NATION}{place}, ngày 05 tháng 01 năm 2022\n\nKẾ HOẠCH\n{title}\n\n{below}\n\n"
    return read(head, GOALS)


@pytest.mark.parametrize(
    ("letterhead", "title", "authority"),
    [
        (
            "UBND TỈNH HẢI DƯƠNG\nBAN QUẢN LÝ\nCÁC KHU CÔNG NGHIỆP",
            "Cải cách hành chính năm 2022 của Ban Quản lý các khu công nghiệp tỉnh",
            "Ban Quản lý các khu công nghiệp tỉnh Hải Dương",
        ),
        (
            "UBND TỈNH HẢI DƯƠNG\nBAN DÂN TỘC",
            "Cải cách hành chính năm 2022 của Ban Dân tộc tỉnh Hải Dương",
            "Ban Dân tộc tỉnh Hải Dương",
        ),
        (
            "UBND TỈNH HẢI DƯƠNG\nBAN QUẢN LÝ KHU KINH TẾ TỈNH",
            "Cải cách năm 2022",
            "Ban Quản lý khu kinh tế tỉnh Hải Dương",
        ),
        ("UBND TỈNH HẢI DƯƠNG\nSỞ Y TẾ", "Cải cách hành chính năm 2022 của Sở Y tế", "Sở Y tế"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("below", ["Thực hiện Nghị quyết của Chính phủ.", "Hải quan phối hợp.", "Long An là bạn."])
def test_a_name_ends_with_its_paragraph(letterhead: str, title: str, authority: str, below: str) -> None:
    plan = under(letterhead, "Hải Dương", title, below)
    assert (plan.plan.authority, plan.plan.province) == (authority, "Hải Dương")
    assert inferred(plan) == ""


@pytest.mark.parametrize("title", ["Cải cách năm 2022 của UBND huyện", "Cải cách hành chính năm 2022 của UBND xã"])
def test_a_committee_without_a_name_takes_none_from_the_paragraph_below(title: str) -> None:
    plan = read(f"KẾ HOẠCH\n{title}\n\nThực hiện Nghị quyết của Chính phủ.\n\n", GOALS)
    assert plan.plan.authority is None


@pytest.mark.parametrize(
    ("letterhead", "authority", "level"),
    [
        ("SỞ Y TẾ BẾN TRE\nTRUNG TÂM Y TẾ HUYỆN BA TRI", "Trung tâm Y tế huyện Ba Tri", "huyện"),
        ("SỞ TƯ PHÁP BẾN TRE\nPHÒNG CÔNG CHỨNG SỐ 1", "Phòng Công chứng số 1", "tỉnh"),
        ("UBND HUYỆN BA TRI\nXÃ AN NGÃI TRUNG", "UBND xã An Ngãi Trung", "xã"),
        ("UBND TỈNH BẾN TRE\nHUYỆN BA TRI", "UBND huyện Ba Tri", "huyện"),
        ("UBND QUẬN 5\nPHƯỜNG 10", "UBND phường 10", "xã"),
        (
            "CỤC THUẾ TỈNH BẾN TRE\nCHI CỤC THUẾ KHU VỰC BA TRI - GIỒNG TRÔM",
            "Chi cục Thuế khu vực Ba Tri - Giồng Trôm",
            "tỉnh",
        ),
        ("SỞ Y TẾ BẾN TRE", "Sở Y tế Bến Tre", "tỉnh"),
        ("THÀNH ỦY ĐÀ LẠT\nỦY BAN NHÂN DÂN THÀNH PHỐ", "UBND thành phố Đà Lạt", "huyện"),
        ("HUYỆN ỦY BA TRI\nUBND HUYỆN", "UBND huyện Ba Tri", "huyện"),
        ("ĐẢNG ỦY - UBND PHƯỜNG 12", "UBND phường 12", "xã"),
        ("ỦY BAN MTTQ VIỆT NAM\nTỈNH NGHỆ AN\nBAN THƯỜNG TRỰC", "Ủy ban MTTQ Việt Nam tỉnh Nghệ An", "tỉnh"),
        ("TẬP ĐOÀN ĐIỆN LỰC\nCÔNG TY ĐIỆN LỰC QUẢNG NGÃI", "Công ty Điện lực Quảng Ngãi", "tỉnh"),
    ],
)  # fmt: skip
def test_the_body_below_issues_and_not_the_one_above(letterhead: str, authority: str, level: str) -> None:
    plan = under(letterhead, "Ba Tri")
    assert (plan.plan.authority, plan.plan.level) == (authority, level)


@pytest.mark.parametrize(
    ("letterhead", "province"),
    [
        ("THÀNH PHỐ VỊ THANH", "Hậu Giang"),
        ("THỊ XÃ LA GI", "Bình Thuận"),
        ("THÀNH PHỐ PHAN RANG - THÁP CHÀM", "Ninh Thuận"),
        ("THÀNH PHỐ VINH", "Nghệ An"),
        ("HUYỆN BA TRI", None),
        ("XÃ VĨNH MỸ A", None),
    ],
)
def test_the_province_of_a_town(letterhead: str, province: str | None) -> None:
    plan = under(f"ỦY BAN NHÂN DÂN\n{letterhead}", "Nơi đây", below="Học tập cách làm của bạn.")
    assert plan.plan.province == province
    assert inferred(plan) == (f"tỉnh, thành phố ({province})" if province else "")


def test_a_town_whose_province_the_document_names() -> None:
    below = "Thực hiện Kế hoạch số 02/KH-UBND của UBND tỉnh Hậu Giang."
    plan = under("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ VỊ THANH", "Vị Thanh", below=below)
    assert (plan.plan.province, inferred(plan)) == ("Hậu Giang", "")
    other = "Học tập kinh nghiệm của thành phố Cần Thơ."  # a city that is only named is no home
    plan = under("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ VỊ THANH", "Vị Thanh", below=other)
    assert (plan.plan.province, inferred(plan)) == ("Hậu Giang", "tỉnh, thành phố (Hậu Giang)")


def test_a_district_with_the_name_of_another_province() -> None:
    below = "Thực hiện Kế hoạch số 02/KH-UBND của UBND tỉnh Bạc Liêu."
    assert under("ỦY BAN NHÂN DÂN\nHUYỆN HÒA BÌNH", "Hòa Bình", below=below).plan.province == "Bạc Liêu"
    assert under("ỦY BAN NHÂN DÂN\nHUYỆN HÒA BÌNH", "Hòa Bình").plan.province is None


def test_a_ward_with_the_name_of_a_province_of_before() -> None:
    text = f"ỦY BAN NHÂN DÂN\nPHƯỜNG X\nSố: 12/KH-UBND\n{NATION}Hải Dương, ngày 05 tháng 12 năm 2025\nKẾ HOẠCH\n"
    plan = read(text, "Cải cách hành chính năm 2026\n", GOALS)
    assert (plan.plan.province, inferred(plan)) == ("Hải Phòng", "tỉnh, thành phố (Hải Phòng)")


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("năm học và năm tài chính 2021", (2021, None)),
        ("năm công tác 2021", (2021, None)),
        ("niên độ 2021", (2021, None)),
        ("niên độ kế toán 2021", (2021, None)),
        ("năm ngân sách 2021", (2021, None)),
        ("2021", (2021, None)),
        ("năm học 2021 - 2022", (2021, 2022)),
        ("theo Nghị quyết 12/2021", (2022, None)),  # of another document: the year said in the goals
    ],
)
def test_the_years_of_a_title(said: str, years: tuple[int, int | None]) -> None:
    plan = read(
        HEAD.format(kind="KH", year=2021), f"KẾ HOẠCH\nCải cách hành chính {said}\n", GOALS, "- Năm 2022 đạt 50%."
    )
    assert (plan.plan.year, plan.plan.year_end) == years


def test_an_authority_that_is_only_mentioned_is_inferred() -> None:
    plan = read("Kết quả mới\nNgười dân khen UBND xã Tân Lập.\n", GOALS)
    assert plan.plan.authority == "UBND xã Tân Lập"
    assert "cơ quan ban hành (UBND xã Tân Lập)" in inferred(plan)


def test_a_committee_of_a_town_without_its_name_is_none_of_the_province() -> None:
    title = "Nâng cao Chỉ số cải cách hành chính thành phố Đà Lạt năm 2022"
    plan = under("ỦY BAN NHÂN DÂN THÀNH PHỐ", "Đà Lạt", title)
    assert (plan.plan.authority, plan.plan.level) == ("UBND thành phố Đà Lạt", "huyện")
    assert (plan.plan.province, inferred(plan)) == ("Lâm Đồng", "tỉnh, thành phố (Lâm Đồng)")


@pytest.mark.parametrize("number", ["12-KH/UBKTHU", "05-NQ/TU", "45-KH/VPTU", "07-KH/BTCTU-VP"])
def test_a_number_of_the_party_is_read_whole(number: str) -> None:
    head = f"HUYỆN ỦY BA TRI\nSố {number}\nĐẢNG CỘNG SẢN VIỆT NAM\nBa Tri, ngày 05 tháng 01 năm 2024\n"
    assert read(head, "KẾ HOẠCH\nCải cách hành chính năm 2024\n", GOALS).plan.number == number


@pytest.mark.parametrize("office", ["CHỦ NHIỆM", "CHÁNH ÁN", "CHI CỤC TRƯỞNG", "TRƯỞNG CÔNG AN HUYỆN", "GIÁM ĐỐC"])
def test_who_signs_under_whatever_office(office: str) -> None:
    head = HEAD.format(kind="KH", year=2024) + "KẾ HOẠCH\nCải cách hành chính năm 2024\n"
    duties = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\nNơi nhận:\n- Lưu: VT.\n"
    assert read(head, GOALS, duties, f"{office}\nTrần Văn Bình\n").plan.signed_by == "Trần Văn Bình"


def test_a_number_and_a_day_are_no_title() -> None:
    text = "Sở Y tế tỉnh Bến Tre\nKế hoạch số 44/KH-SYT ngày 25/01/2022\n\nKế hoạch cải cách hành chính 2022\n"
    plan = read(text, GOALS).plan
    assert (plan.title, plan.year) == ("Kế hoạch cải cách hành chính 2022", 2022)
