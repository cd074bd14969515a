"""Which part, area and agency a paragraph stands in: headings in many wordings, lost headings, wrapped lines."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import pytest

from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Part
from cchc.reading.doers import doer, names_agency
from cchc.reading.outline import read_outline
from cchc.reading.parts import part_of
from cchc.text import matching


def _blocks(text: str) -> list[Block]:
    return list(read_outline(text, matching(text).replace("\n", " "), []).blocks)


def _read(text: str) -> list[tuple[str, int | None, str]]:
    """(part, area, words) of each paragraph that is no heading."""
    return [(b.part.value, b.area, " ".join(text[b.body : b.end].split())) for b in _blocks(text) if not b.heading]


@pytest.mark.parametrize(
    ("label", "strong", "part"),
    [
        ("mục tiêu", False, Part.GOALS),
        ("mục tiêu cụ thể", False, Part.GOALS),
        ("các chỉ tiêu chủ yếu trong năm 2022", False, Part.GOALS),
        ("một số chỉ tiêu cụ thể đến năm 2025", False, Part.GOALS),
        ("hoạt động nội bộ", False, None),
        ("nội dung nội bộ", False, None),
        ("hoạt động trong nội ngành", False, None),
        ("hoạt động chủ yếu", False, Part.MEASURES),
        ("mục tiêu chung", False, Part.PURPOSE),
        ("mục đích, yêu cầu", True, Part.PURPOSE),
        ("quan điểm chỉ đạo", False, Part.PURPOSE),
        ("phương pháp, thời gian", True, Part.PURPOSE),
        ("thời gian kiểm tra", True, Part.PURPOSE),
        ("thành phần đoàn kiểm tra", True, Part.PURPOSE),
        ("đánh giá tóm tắt sau 06 tháng", True, Part.RESULTS),
        ("khái quát tình hình", True, Part.RESULTS),
        ("mục tiêu, nhiệm vụ và giải pháp", True, Part.OTHER),
        ("chỉ tiêu và nhiệm vụ", True, Part.OTHER),
        ("nhiệm vụ và giải pháp", False, Part.MEASURES),
        ("các nhiệm vụ trọng tâm", False, Part.MEASURES),
        ("những nhiệm vụ cải cách hành chính năm 2024", True, Part.MEASURES),
        ("nội dung thực hiện", False, Part.MEASURES),
        ("kinh phí thực hiện", False, Part.FUNDING),
        ("nguồn kinh phí", False, Part.FUNDING),
        ("tổ chức thực hiện", False, Part.DUTIES),
        ("phân công trách nhiệm", False, Part.DUTIES),
        ("trách nhiệm của các cơ quan, đơn vị", False, Part.DUTIES),
        ("kết quả đạt được", False, Part.RESULTS),
        ("tình hình thực hiện năm 2023", False, Part.RESULTS),
        ("tồn tại, hạn chế", False, Part.RESULTS),
        ("phụ lục", True, Part.APPENDIX),
        ("hình thức, phương pháp", True, Part.MEASURES),
        ("hình thức và phương pháp tuyên truyền", True, Part.MEASURES),
        ("hình thức, phương thức thực hiện", True, Part.MEASURES),
        ("hình thức, phương pháp kiểm tra", True, Part.PURPOSE),
        # sentences and names that only begin alike
        ("tổ chức triển khai thực hiện tốt kế hoạch tuyên truyền tại các xã", False, None),
        ("mục tiêu của đề án là nâng cao chất lượng", False, None),
        ("kết quả các chỉ số đánh giá", True, None),
        ("kinh phí được bố trí từ ngân sách nhà nước", False, None),
        ("nhiệm vụ được giao phải hoàn thành đúng hạn", False, None),
    ],
)
def test_part_of_heading(label: str, strong: bool, part: Part | None) -> None:
    assert part_of(label, strong) is part


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("công tác chỉ đạo, điều hành cải cách hành chính", 1),
        ("chỉ đạo điều hành cchc", 1),
        ("cải cách thể chế", 2),
        ("xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật", 2),
        ("về cải cách tthc", 3),
        ("cải cách thủ tục hành chính gắn với cơ chế một cửa, một cửa liên thông", 3),
        ("cải cách tổ chức bộ máy hành chính", 4),
        ("xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức", 5),
        ("cải cách chế độ công vụ", 5),
        ("cải cách tài chính công", 6),
        ("hiện đại hóa nền hành chính", 7),
        ("xây dựng và phát triển chính quyền điện tử, chính quyền số", 7),
        ("chuyển đổi số trong cơ quan nhà nước", 7),
        ("sở nội vụ", None),
        ("mục đích, yêu cầu", None),
    ],
)
def test_area_of_heading(label: str, area: int | None) -> None:
    assert heading_area(label) == area


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("tổ chức kiểm tra công tác cải cách hành chính tại 30% đơn vị", 1),
        ("chỉ số par index nằm trong nhóm 15 tỉnh dẫn đầu", 1),
        ("100% văn bản quy phạm pháp luật được ban hành đúng trình tự", 2),
        ("thực hiện phổ biến, giáo dục pháp luật", 2),
        ("tỷ lệ hồ sơ giải quyết đúng hạn đạt 98%", 3),
        ("mức độ hài lòng của người dân đạt 90%", 3),
        ("sắp xếp, tổ chức lại các đơn vị sự nghiệp công lập", 4),
        ("85% công chức cấp xã có trình độ đại học", 5),
        ("công khai dự toán, quyết toán ngân sách", 6),
        ("90% hồ sơ công việc được xử lý trên môi trường mạng", 7),
        ("hỗ trợ người dân cài đặt vneid", 7),
        ("gắn trách nhiệm của chủ tịch ubnd phường với từng chỉ tiêu", 1),
        ("phát huy vai trò của người đứng đầu trong chỉ đạo", 1),
        ("in tờ rơi, treo pa nô tại trụ sở thôn", 1),
        ("giao ban hằng tuần về các tiêu chí mất điểm", 1),
        ("lấy ý kiến doanh nghiệp về dự thảo nghị quyết", 2),
        ("thiết lập đường dây nóng tiếp nhận phản ánh về giấy phép", 3),
        ("điều chuyển công chức có thái độ hách dịch", 5),
        ("lắp máy chấm công, chấn chỉnh giờ làm việc", 5),
        ("bố trí 3% nguồn thu phí được để lại", 6),
        ("thuê dịch vụ công nghệ thông tin của doanh nghiệp", 7),
        ("phủ sóng di động tại các thôn vùng cao", 7),
        ("tăng cường phối hợp giữa các phòng", None),
    ],
)
def test_area_of_words(words: str, area: int | None) -> None:
    assert content_area(words) == area


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"),
        ("Sở Xây dựng:", "Sở Xây dựng"),
        ("Trách nhiệm của các sở, ban, ngành", "các sở, ban, ngành"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội", "Ủy ban Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội"),
        ("Giám đốc Sở Nội vụ", "Sở Nội vụ"),
        ("UBND các xã, phường, đặc khu", "UBND các xã, phường, đặc khu"),
        ("Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"),
        ("Phòng Quản lý đô thị", "Phòng Quản lý đô thị"),
        ("Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các huyện", "Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các huyện"),
        ("Sở Nội vụ chủ trì, phối hợp với các sở", None),
        ("Báo cáo định kỳ hằng quý", None),
        ("Ban hành kế hoạch kiểm tra", None),
        ("Tổ chức thực hiện", None),
        ("Bộ chỉ số đánh giá", None),
        ("Cơ quan đạt 90% chỉ tiêu", None),
    ],
)  # fmt: skip
def test_a_line_that_only_names_a_body(line: str, name: str | None) -> None:
    span = names_agency(line, matching(line), 0, len(line))
    assert (line[span[0] : span[1]] if span else None) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Sở Nội vụ có trách nhiệm theo dõi, đôn đốc.", "Sở Nội vụ"),
        ("Sở Xây dựng chủ trì, phối hợp với Sở Tư pháp rà soát.", "Sở Xây dựng"),
        ("Giao Giám đốc Sở Nội vụ chủ trì tổng hợp, báo cáo.", "Sở Nội vụ"),
        ("Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành xây dựng kế hoạch.", "các sở, ban, ngành"),
        ("Theo đó, UBND tỉnh giao Công an tỉnh hướng dẫn.", "Công an tỉnh"),
        ("Các cơ quan, đơn vị chủ trì thực hiện nhiệm vụ tại Phụ lục có trách nhiệm phối hợp.", "Các cơ quan, đơn vị chủ trì thực hiện nhiệm vụ tại Phụ lục"),
        ("Người đứng đầu các cơ quan, đơn vị phải chịu trách nhiệm trước UBND tỉnh.", "Người đứng đầu các cơ quan, đơn vị"),
        ("Đề nghị Tỉnh đoàn vận động đoàn viên tham gia.", "Tỉnh đoàn"),
        ("Chủ trì, phối hợp với Sở Nội vụ tham mưu.", None),
        ("Báo cáo kết quả về Sở Nội vụ trước ngày 10.", None),
        ("Tổ chức thực hiện nghiêm túc.", None),
    ],
)  # fmt: skip
def test_who_is_told_to_act(sentence: str, name: str | None) -> None:
    span = doer(sentence, matching(sentence), 0, len(sentence))
    assert (sentence[span[0] : span[1]] if span else None) == name


def test_seven_areas_with_goals_and_measures() -> None:
    text = """II. MỤC TIÊU, NHIỆM VỤ
1. Cải cách thể chế
a) Mục tiêu
- 100% văn bản được thẩm định.
b) Nhiệm vụ
- Rà soát văn bản.
2. Cải cách thủ tục hành chính: 95% hồ sơ đúng hạn.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Theo dõi, đôn đốc.
2. Sở Tài chính cân đối kinh phí.
Trên đây là Kế hoạch./.
TM. ỦY BAN NHÂN DÂN
Nguyễn Văn A"""
    assert _read(text) == [
        ("goals", 2, "100% văn bản được thẩm định."),
        ("measures", 2, "Rà soát văn bản."),
        ("goals", 3, "95% hồ sơ đúng hạn."),
        ("duties", None, "Theo dõi, đôn đốc."),
        ("duties", None, "Sở Tài chính cân đối kinh phí."),
        ("closing", None, "Trên đây là Kế hoạch./."),
        ("closing", None, "TM. ỦY BAN NHÂN DÂN"),
        ("closing", None, "Nguyễn Văn A"),
    ]
    duty = [b for b in _blocks(text) if b.part is Part.DUTIES and not b.heading]
    assert [(b.agency, b.agency_from) for b in duty] == [("Sở Nội vụ", "heading"), (None, None)]


def test_goals_and_measures_in_sections_of_their_own() -> None:
    text = """I. MỤC TIÊU
1. Mục tiêu chung
Nâng cao chất lượng phục vụ.
2. Mục tiêu cụ thể
a) Cải cách thể chế
- 100% văn bản được rà soát.
b) Cải cách tài chính công
- 10% đơn vị tự chủ.
II. NHIỆM VỤ TRỌNG TÂM
1. Cải cách thể chế
a) Rà soát văn bản.
b) Tập huấn nghiệp vụ.
2. Cải cách tài chính công
a) Giao quyền tự chủ."""
    assert _read(text) == [
        ("purpose", None, "Nâng cao chất lượng phục vụ."),
        ("goals", 2, "100% văn bản được rà soát."),
        ("goals", 6, "10% đơn vị tự chủ."),
        ("measures", 2, "Rà soát văn bản."),
        ("measures", 2, "Tập huấn nghiệp vụ."),
        ("measures", 6, "Giao quyền tự chủ."),
    ]


def test_lost_area_headings_are_told_by_position() -> None:
    text = """1. Công tác chỉ đạo, điều hành
a) Mục tiêu
- 100% đơn vị có kế hoạch.
b) Nhiệm vụ
- Kiểm tra.
a) Mục tiêu
- 100% việc xong.
b) Nhiệm vụ
- Làm việc khác.
3. Cải cách thủ tục hành chính
a) Mục tiêu
- 90% hồ sơ đúng hạn."""
    blocks = [b for b in _blocks(text) if not b.heading]
    assert [(b.part.value, b.area, b.area_from) for b in blocks] == [
        ("goals", 1, "heading"),
        ("measures", 1, "heading"),
        ("goals", 2, "position"),
        ("measures", 2, "position"),
        ("goals", 3, "heading"),
    ]


def test_a_lost_heading_of_goals_is_told_by_the_measures_after_it() -> None:
    text = """II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Cải cách thể chế
- 100% văn bản được thẩm định.
- Nâng cao chất lượng soạn thảo.
b) Nhiệm vụ
- Rà soát văn bản.
- Phấn đấu 95% hồ sơ đúng hạn.
b) Nhiệm vụ
- Công khai thủ tục.
3. Cải cách tổ chức bộ máy hành chính"""
    blocks = [b for b in _blocks(text) if not b.heading]
    assert [(b.part.value, b.area) for b in blocks] == [
        ("goals", 2),
        ("goals", 2),
        ("measures", 2),
        ("goals", 3),
        ("measures", 3),
    ]


def test_goals_under_a_lost_heading_in_the_purpose() -> None:
    text = """1. Mục tiêu chung
- Nâng cao chất lượng phục vụ nhân dân.
- 100% hồ sơ được số hóa.
- Tỷ lệ hồ sơ đúng hạn đạt 98%."""
    assert [part for part, _, _ in _read(text)] == ["purpose", "goals", "goals"]


def test_figures_of_last_year_stay_results() -> None:
    text = """I. KẾT QUẢ THỰC HIỆN NĂM 2023
1. Kết quả đạt được
- 100% hồ sơ được số hóa.
II. KẾ HOẠCH NĂM 2024
1. Chỉ tiêu
- 95% hồ sơ đúng hạn."""
    assert [part for part, _, _ in _read(text)] == ["results", "goals"]


def test_wrapped_lines_are_joined_and_lists_kept_apart() -> None:
    text = """Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính nhà
nước năm 2024 với những nội
dung như sau:
1. Mục tiêu
- 100% cơ quan chuyên môn cấp tỉnh, đơn vị hành chính cấp huyện, cấp
xã xây dựng Kế hoạch giai đoạn 2021
- 2025 theo quy định của Chính
phủ và của tỉnh.
- Tối thiểu 30% cơ quan được kiểm
tra;
đôn đốc thường xuyên."""
    assert [words for _, _, words in _read(text)][-2:] == [
        "100% cơ quan chuyên môn cấp tỉnh, đơn vị hành chính cấp huyện, cấp xã xây dựng Kế hoạch giai đoạn 2021 - 2025 "
        "theo quy định của Chính phủ và của tỉnh.",
        "Tối thiểu 30% cơ quan được kiểm tra; đôn đốc thường xuyên.",
    ]


def test_a_passage_printed_twice_is_read_once_and_said() -> None:
    page = "\n".join(
        ["I. MỤC TIÊU", "1. Cải cách thể chế"]
        + [
            f"- {n}% văn bản quy phạm pháp luật của tỉnh được rà soát, xử lý kịp thời theo quy định."
            for n in (70, 80, 90, 100)
        ]
    )
    outline = read_outline(f"{page}\n{page}", matching(f"{page}\n{page}").replace("\n", " "), [])
    assert sum(b.part is Part.GOALS and not b.heading for b in outline.blocks) == 4
    assert any("lặp lại" in w for w in outline.warnings)


@pytest.mark.parametrize(
    "heading",
    ["**IV. TỔ CHỨC THỰC HIỆN**", "## IV. Tổ chức thực hiện", "IV.TỔ CHỨC THỰC HIỆN", "IV/ TỔ CHỨC THỰC HIỆN", "Phần IV: TỔ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN", "4. Tổ chức thực hiện:"],
)  # fmt: skip
@pytest.mark.parametrize(
    "agency",
    [
        "1. Sở Nội vụ",
        "**1. Sở Nội vụ**",
        "1. Sở Nội vụ:",
        "a) Sở Nội vụ:",
        "1. Trách nhiệm của Sở Nội vụ",
        "(1) Sở Nội vụ",
    ],
)
def test_duties_under_headings_of_any_form(heading: str, agency: str) -> None:
    text = f"Kế hoạch cải cách hành chính\n{heading}\n{agency}\n- Theo dõi, đôn đốc việc thực hiện Kế hoạch."
    duty = [b for b in _blocks(text) if not b.heading][-1]
    assert (duty.part, duty.agency) == (Part.DUTIES, "Sở Nội vụ")


def test_pages_around_an_article_are_furniture() -> None:
    text = """Trang chủ
Kế hoạch cải cách hành chính năm 2024
100% hồ sơ được số hóa, một số chỉ tiêu cụ thể như sau:
95% hồ sơ đúng hạn.
Tin liên quan
Huyện A đạt 100% chỉ tiêu"""
    assert [(p, w) for p, _, w in _read(text)] == [
        ("furniture", "Trang chủ"),
        ("head", "Kế hoạch cải cách hành chính năm 2024"),
        ("goals", "95% hồ sơ đúng hạn."),
        ("furniture", "Tin liên quan"),
        ("furniture", "Huyện A đạt 100% chỉ tiêu"),
    ]


def test_numbers_left_out_are_named() -> None:
    text = "1. Mục tiêu\n- A.\n2. Nhiệm vụ\n- B.\n5. Kinh phí\n- C."
    warnings = read_outline(text, matching(text).replace("\n", " "), []).warnings
    assert any("từ «2.» sang «5.»" in w for w in warnings)


@pytest.mark.parametrize(
    ("heading", "area"),
    [("B. Cán bộ", 5), ("B. Công chức, viên chức", 5), ("B. Tài chính", 6), ("B. Công nghệ thông tin", 7)],
)
def test_a_bare_word_is_an_area_in_a_series_of_areas(heading: str, area: int) -> None:
    text = (
        "Kế hoạch cải cách hành chính\nII. NHIỆM VỤ\nA. Tổ chức bộ máy\n- Sắp xếp các đơn vị sự nghiệp.\n"
        f"{heading}\n- Rà soát, đánh giá theo quy định.\n"
    )
    last = _blocks(text)[-1]
    assert (last.part, last.area) == (Part.MEASURES, area)


def test_a_bare_word_heads_the_duties_of_a_body_elsewhere() -> None:
    text = "Kế hoạch cải cách hành chính\nIV. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n2. Cán bộ, công chức\n- Học tập."
    last = _blocks(text)[-1]
    assert (last.part, last.agency, last.area) == (Part.DUTIES, "Cán bộ, công chức", None)


@pytest.mark.parametrize(
    "heading",
    ["III. NỘI DUNG KIỂM TRA", "3. Nội dung giám sát", "III. PHẠM VI, NỘI DUNG KIỂM TRA", "III. NỘI DUNG THANH TRA"],
)
def test_what_is_looked_at_in_an_inspection_is_no_measure(heading: str) -> None:
    text = f"Kế hoạch kiểm tra\n{heading}\n- Việc thực hiện cơ chế một cửa.\n- Sắp xếp tổ chức bộ máy."
    assert {b.part for b in _blocks(text) if b.marker == "-"} == {Part.PURPOSE}


def test_inspections_as_work_stay_measures() -> None:
    text = "Kế hoạch cải cách hành chính\nIII. NỘI DUNG, NHIỆM VỤ\n- Kiểm tra việc thực hiện cơ chế một cửa."
    assert _blocks(text)[-1].part is Part.MEASURES


@pytest.mark.parametrize("general", ["1. Yêu cầu chung", "1. Mục đích, yêu cầu"])
@pytest.mark.parametrize("body", ["Đối với Phòng Nội vụ", "Văn phòng HĐND và UBND huyện", "Chủ tịch UBND các xã"])
def test_bodies_behind_a_general_part_of_their_own_kind_are_given_duties(general: str, body: str) -> None:
    order = "CHỈ THỊ\nVề việc nâng cao chất lượng giải quyết thủ tục hành chính\nChủ tịch UBND huyện chỉ thị:\n"
    text = (
        f"{order}{general}\nThực hiện nghiêm quy định.\n2. {body}\na) In danh sách hồ sơ.\nb) Gửi báo cáo hằng tuần.\n"
    )
    assert [b.part for b in _blocks(text)][-2:] == [Part.DUTIES, Part.DUTIES]
    within = f"I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao trách nhiệm.\n2. {body}\n- Bám sát yêu cầu.\nII. MỤC TIÊU\n- Đạt 90%.\n"
    assert next(b.part for b in _blocks(within) if b.marker == "-") is Part.PURPOSE


@pytest.mark.parametrize(
    ("place", "joined"),
    [("huyện Đại Từ", False), ("xã Tân Đến", False), ("huyện Ba Bể từ", True), ("toàn huyện và", True)],
)
def test_the_name_of_a_place_leaves_no_line_unfinished(place: str, joined: bool) -> None:
    first = f"Về việc nâng cao chất lượng giải quyết thủ tục hành chính trên địa bàn {place}"
    blocks = _blocks(f"CHỈ THỊ\n{first}\nThời gian qua, bộ phận một cửa đã đi vào nền nếp.\n")
    assert (len(blocks) == 2) == joined


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Phòng Giám sát quản lý chủ trì rà soát các bước kiểm tra", "Phòng Giám sát quản lý"),
        ("Phòng Thuế xuất nhập khẩu tập hợp vướng mắc về chính sách", "Phòng Thuế xuất nhập khẩu"),
        ("Phòng Tổ chức cán bộ - Thanh tra xây dựng phương án sắp xếp", "Phòng Tổ chức cán bộ - Thanh tra"),
        ("Ban Tuyên giáo Tỉnh ủy định hướng nội dung cho báo chí", "Ban Tuyên giáo Tỉnh ủy"),
        ("Phòng Nội vụ quản lý hồ sơ, nhập dữ liệu", "Phòng Nội vụ"),
        ("Các sở, ban, ngành có tiêu chí bị giảm điểm xây dựng biện pháp", "Các sở, ban, ngành có tiêu chí bị giảm điểm"),
        ("Bưu điện tỉnh nhắc người hưởng mang theo căn cước", "Bưu điện tỉnh"),
        ("Sở Tư pháp từ chối thẩm định dự thảo", "Sở Tư pháp"),
        ("Sở Tư pháp xây dựng chương trình, trình UBND tỉnh", "Sở Tư pháp"),
    ],
)
def test_the_name_of_a_body_ends_where_its_work_begins(sentence: str, body: str) -> None:
    span = doer(sentence, matching(sentence), 0, len(sentence))
    assert span is not None and sentence[slice(*span)] == body
