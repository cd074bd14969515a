"""Agencies: cells cut to names as written, and what the register knows of them."""

from __future__ import annotations

import datetime as dt

import pytest

from cchc.reading import provinces
from cchc.reading.agencies import find_agencies, register, slug, split_agencies
from cchc.text import matching

SPLIT = [
    # ";" separates, "," belongs to a group's name
    ("Sở, ban, ngành; UBND cấp huyện", ["Sở, ban, ngành", "UBND cấp huyện"]),
    (
        "Các sở, ban, ngành, UBND các huyện, thị xã, thành phố",
        ["Các sở, ban, ngành", "UBND các huyện, thị xã, thành phố"],
    ),
    ("Các sở, ban, ngành và địa phương", ["Các sở, ban, ngành và địa phương"]),
    ("Các cơ quan, đơn vị và địa phương", ["Các cơ quan, đơn vị và địa phương"]),
    ("Sở Tài chính; các cơ quan, đơn vị có liên quan", ["Sở Tài chính", "các cơ quan, đơn vị có liên quan"]),
    # a shared head is repeated
    ("Sở, ban, ngành; UBND cấp huyện,cấp xã", ["Sở, ban, ngành", "UBND cấp huyện", "UBND cấp xã"]),
    ("Các sở, ngành, UBND cấp huyện, cấp xã", ["Các sở, ngành", "UBND cấp huyện", "UBND cấp xã"]),
    ("UBND cấp huyện, xã", ["UBND cấp huyện", "UBND cấp xã"]),
    ("Sở Nội vụ, Tài chính, Tư pháp", ["Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp"]),
    ("Các Sở: Nội vụ, Kế hoạch và Đầu tư; UBND cấp xã", ["Sở Nội vụ", "Sở Kế hoạch và Đầu tư", "UBND cấp xã"]),
    # commas and "và" inside a name
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
    ("Văn phòng Đoàn ĐBQH và HĐND tỉnh, Sở Tư pháp", ["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Sở Tư pháp"]),
    ("Ban Quản lý Khu kinh tế và các khu công nghiệp", ["Ban Quản lý Khu kinh tế và các khu công nghiệp"]),
    ("Sở Xây dựng và Giao thông", ["Sở Xây dựng và Giao thông"]),
    # names of one rank whose separator was lost; a body's part stays with it
    ("Khoa Khám bệnh Phòng Kế hoạch tổng hợp", ["Khoa Khám bệnh", "Phòng Kế hoạch tổng hợp"]),
    ("Phòng Tổ chức cán bộ Phòng Điều dưỡng", ["Phòng Tổ chức cán bộ", "Phòng Điều dưỡng"]),
    ("Vụ Pháp chế Vụ Tổ chức cán bộ Vụ Tài chính", ["Vụ Pháp chế", "Vụ Tổ chức cán bộ", "Vụ Tài chính"]),
    ("Phòng Tổ chức cán bộ Sở Nội vụ", ["Phòng Tổ chức cán bộ Sở Nội vụ"]),
    ("Trưởng Phòng Nội vụ", ["Trưởng Phòng Nội vụ"]),
    # a shortened head ends no name
    ("P. Doanh nghiệp; P. Tổ chức", ["P. Doanh nghiệp", "P. Tổ chức"]),
    ("TT. Phục vụ hành chính công, P. Nội vụ", ["TT. Phục vụ hành chính công", "P. Nội vụ"]),
    ("Phòng Nội vụ, Văn phòng", ["Phòng Nội vụ", "Văn phòng"]),
    ("Sở Nội vụ. Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    # other separators
    ("Sở Nội vụ và các cơ quan liên quan", ["Sở Nội vụ", "các cơ quan liên quan"]),
    ("UBND cấp huyện và đối tác từ Eindhoven - Hà Lan", ["UBND cấp huyện", "đối tác từ Eindhoven - Hà Lan"]),
    ("Sở Nội vụ/Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("- Sở Nội vụ\n- Các sở, ban, ngành", ["Sở Nội vụ", "Các sở, ban, ngành"]),
    ("Sở Nội vụ Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
    ("Sở Nội\nvụ", ["Sở Nội vụ"]),
    # a unit's code before its body, a head or a tail that names share, companies
    ("C06 - Bộ Công an; Cục Đăng kiểm Việt Nam", ["C06 - Bộ Công an", "Cục Đăng kiểm Việt Nam"]),
    ("PC06 - Công an tỉnh, Sở Tư pháp", ["PC06 - Công an tỉnh", "Sở Tư pháp"]),
    ("Sở Nội vụ - Công an tỉnh", ["Sở Nội vụ", "Công an tỉnh"]),
    ("Sở Nội vụ; các huyện, thị, thành đoàn", ["Sở Nội vụ", "các huyện, thị, thành đoàn"]),
    ("Tỉnh đoàn, Thành đoàn", ["Tỉnh đoàn", "Thành đoàn"]),
    ("Kho bạc Nhà nước, Vietcombank Thái Bình", ["Kho bạc Nhà nước", "Vietcombank Thái Bình"]),
    ("Bưu điện tỉnh, MobiFone, Agribank", ["Bưu điện tỉnh", "MobiFone", "Agribank"]),
    # places that begin like a body
    ("UBND các huyện Mù Cang Chải, Trạm Tấu", ["UBND các huyện Mù Cang Chải, Trạm Tấu"]),
    ("UBND các huyện Văn Yên và Trạm Tấu; Sở Y tế", ["UBND các huyện Văn Yên và Trạm Tấu", "Sở Y tế"]),
    ("UBND các thành phố Tam Kỳ, Hội An, Sở Nội vụ", ["UBND các thành phố Tam Kỳ, Hội An", "Sở Nội vụ"]),
    ("Các xã Tân Lập, Tân Phú, Trạm Y tế", ["Các xã Tân Lập, Tân Phú", "Trạm Y tế"]),
    ("UBND các huyện Văn Yên, Công an tỉnh", ["UBND các huyện Văn Yên", "Công an tỉnh"]),
    # parentheses stay with their name
    ("Văn phòng UBND tỉnh (Trung tâm Hành chính công tỉnh)", ["Văn phòng UBND tỉnh (Trung tâm Hành chính công tỉnh)"]),
    ("Sở Nội vụ (chủ trì; tổng hợp), Sở Y tế", ["Sở Nội vụ (chủ trì; tổng hợp)", "Sở Y tế"]),
    ("", []),
    (" - ; ...", []),
]


@pytest.mark.parametrize(("cell", "names"), SPLIT)
def test_splits_a_cell(cell: str, names: list[str]) -> None:
    assert list(split_agencies(cell)) == names


KNOWN = [
    ("Sở Nội vụ", "so-noi-vu"),
    ("SNV", "so-noi-vu"),
    ("Giám đốc Sở Nội vụ tỉnh Bình Dương", "so-noi-vu"),
    ("Uỷ ban nhân dân tỉnh", "ubnd-tinh"),
    ("Văn phòng Ủy ban nhân dân tỉnh", "van-phong-ubnd-tinh"),
    ("VP UBND", "van-phong-ubnd-tinh"),
    ("Sở TT&TT", "so-thong-tin-va-truyen-thong"),
    ("Sở Lao động - Thương binh và Xã hội", "so-lao-dong-thuong-binh-va-xa-hoi"),
    ("Sở Văn hoá, Thể thao và Du lịch", "so-van-hoa-the-thao-va-du-lich"),
    ("Báo Bình Dương", "bao-tinh"),
    ("Các sở, ban, ngành tỉnh", "so-ban-nganh"),
    ("Thủ trưởng các sở, ngành", "so-ban-nganh"),
    ("UBND các huyện, thị xã, thành phố", "ubnd-cap-huyen"),
    ("Ủy ban nhân dân các xã, phường, đặc khu", "ubnd-cap-xa"),
    ("các cơ quan, đơn vị có liên quan", "lien-quan"),
]


@pytest.mark.parametrize(("name", "key"), KNOWN)
def test_knows_names_aliases_and_offices(name: str, key: str) -> None:
    agency = register().identify(name)
    assert agency is not None
    assert agency.key == key
    assert not agency.generated


SPELLINGS = {
    "so-nong-nghiep-va-moi-truong": ["Sở NN&MT", "Sở NN và MT", "Sở NNMT", "Sở Nông nghiệp & Môi trường", "Sở NN-MT"],
    "so-giao-duc-va-dao-tao": ["Sở GD&ĐT", "Sở GD - ĐT", "Sở GDĐT", "Sở Giáo dục & Đào tạo", "SGDĐT"],
    "so-lao-dong-thuong-binh-va-xa-hoi": ["Sở LĐTBXH", "Sở LĐ-TB&XH", "Sở LĐTB và XH", "Sở LĐ,TB&XH"],
    "so-van-hoa-the-thao-va-du-lich": ["Sở VHTTDL", "Sở VH-TT và DL", "Sở Văn hóa, Thể thao & Du lịch"],
    "so-dan-toc-va-ton-giao": ["Sở DT&TG", "Sở Dân tộc & Tôn giáo", "Sở DT-TG"],
    "van-phong-hdnd-va-ubnd-huyen": ["VP HĐND-UBND", "Văn phòng HĐND&UBND huyện", "Văn phòng HĐND - UBND huyện"],
    "van-phong-tinh-uy": ["VP Tỉnh ủy", "Văn phòng Tỉnh uỷ"],
    "bao-hiem-xa-hoi": ["BHXH tỉnh", "BHXH khu vực XXV", "Bảo hiểm xã hội tỉnh Nghệ An"],
    "kho-bac-nha-nuoc": ["KBNN", "Kho bạc Nhà nước khu vực XII", "Kho bạc Nhà nước Bình Định"],
    "cuc-thue": ["Thuế tỉnh Gia Lai", "Chi cục Thuế khu vực XVI", "Cục Thuế tỉnh Bình Dương"],
    "cong-an-tinh": ["Công an tỉnh", "Công an TP. Hồ Chí Minh", "Giám đốc Công an tỉnh"],
    "so-ban-nganh": ["Giám đốc các sở, thủ trưởng các ban, ngành", "Thủ trưởng các sở, ban, ngành", "Giám đốc các Sở"],
    "ubnd-cap-xa": ["Chủ tịch UBND các xã, phường", "UBND các xã, phường, đặc khu", "Các xã, phường"],
    "phong-giao-duc-va-dao-tao": ["Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"],
    "bo-khoa-hoc-va-cong-nghe": ["Bộ KH&CN", "Bộ Khoa học và Công nghệ"],
}


@pytest.mark.parametrize(("key", "name"), [(k, n) for k, names in SPELLINGS.items() for n in names])
def test_knows_an_agency_in_all_its_spellings(key: str, name: str) -> None:
    agency = register().identify(name)
    assert agency is not None
    assert agency.key == key


@pytest.mark.parametrize("name", ["UBND phường Bình Tân", "Hội Luật gia tỉnh", "Trạm Y tế xã", "Tổ công tác Đề án 06"])
def test_guesses_nobody(name: str) -> None:
    agency = register().identify(name)
    assert agency is not None and agency.generated and agency.name == name


def test_a_province_chose_its_day() -> None:
    old = "so-ke-hoach-va-dau-tu"
    day = dt.date(2025, 2, 25)
    assert register().succession(old, day) is None
    assert register().succession(old, day, "Nghệ An") is None
    there = register().succession(old, day, "Bình Định")
    assert there is not None
    assert (there.agency.key, there.since, there.basis) == (
        "so-tai-chinh", dt.date(2025, 2, 20), "Nghị định 45/2025/NĐ-CP",
    )  # fmt: skip
    everywhere = register().succession(old, dt.date(2025, 3, 1))
    assert everywhere is not None and everywhere.since == dt.date(2025, 3, 1)
    assert register().succession("so-noi-vu", dt.date(2026, 1, 1)) is None
    assert register().last_day("so-noi-vu") is None


def test_what_has_no_source_says_so() -> None:
    ministry = register().succession("bo-ke-hoach-va-dau-tu", dt.date(2026, 1, 1))
    assert ministry is not None and not ministry.checked and ministry.basis


def test_a_name_that_was_only_planned_leads_to_the_body_that_was_set_up() -> None:
    planned = register().identify("Sở Xây dựng và Giao thông")
    assert planned is not None
    heir = register().succession(planned.key, dt.date(2025, 6, 1))
    assert heir is not None and heir.agency.key == "so-xay-dung"
    assert planned.key in register().forerunners("so-xay-dung")


def test_bodies_of_some_provinces_are_members_where_they_are_known_to_be() -> None:
    assert "so-quy-hoach-kien-truc" in register().members("so-ban-nganh", 2026, "Hà Nội")
    assert "so-quy-hoach-kien-truc" not in register().members("so-ban-nganh", 2026, "Sơn La")
    assert "so-quy-hoach-kien-truc" not in register().members("so-ban-nganh", 2026)
    assert "so-ban-nganh" in register().groups_of("so-quy-hoach-kien-truc", 2026)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bình Dương", "Thành phố Hồ Chí Minh"),
        ("binh dinh", "Gia Lai"),
        ("Bà Rịa - Vũng Tàu", "Thành phố Hồ Chí Minh"),
    ],
)
def test_provinces_became_part_of_others(old: str, new: str) -> None:
    change = provinces.successor(old)
    assert change is not None
    assert (change.name, change.since, change.basis) == (new, dt.date(2025, 7, 1), "Nghị quyết 202/2025/QH15")
    assert provinces.successor(old, dt.date(2025, 6, 30)) is None
    assert provinces.successor(new) is None
    assert slug(old) in map(slug, provinces.forerunners(new))


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("Công ty Becamex IDC", "cong-ty-becamex-idc", "doanh nghiệp"),
        ("UBND huyện Phú Giáo", "ubnd-huyen-phu-giao", "huyện"),
        ("UBND phường Bình Tân", "ubnd-phuong-binh-tan", "xã"),
        ("Chi cục Kiểm lâm", "chi-cuc-kiem-lam", "ngành dọc"),
    ],
)
def test_gives_unknown_names_a_key_and_a_kind_by_words(name: str, key: str, kind: str) -> None:
    agency = register().identify(name)
    assert agency is not None
    assert (agency.key, agency.kind, agency.generated) == (key, kind, True)


def test_keeps_the_unit_in_parentheses() -> None:
    agency = register().identify("Văn phòng UBND tỉnh (Trung tâm Hành chính công tỉnh)")
    assert agency is not None
    assert (agency.key, agency.unit) == ("van-phong-ubnd-tinh", "Trung tâm Hành chính công tỉnh")


def test_a_text_without_words_is_no_agency() -> None:
    assert register().identify(" - 12 ") is None


def test_members_follow_the_year() -> None:
    old, new = register().members("so-ban-nganh", 2024), register().members("so-ban-nganh", 2026)
    assert "so-thong-tin-va-truyen-thong" in old and "so-thong-tin-va-truyen-thong" not in new
    assert "so-nong-nghiep-va-moi-truong" in new and "so-nong-nghiep-va-moi-truong" not in old
    assert "so-noi-vu" in old and "so-noi-vu" in new
    assert register().members("lien-quan", 2024) == ()
    assert register().members("ubnd-cap-huyen", 2026) == ()


@pytest.mark.parametrize("year", [2022, 2024, 2025, 2026])
def test_members_know_their_groups(year: int) -> None:
    groups = [a.key for a in register().agencies.values() if a.is_group]
    for group in groups:
        for member in register().members(group, year):
            assert group in register().groups_of(member, year), (group, member)


def test_groups_of_units_named_only_in_documents_go_by_kind() -> None:
    assert "ubnd-cap-huyen" in register().groups_of("ubnd-huyen-phu-giao", 2024, "huyện")
    assert register().groups_of("ubnd-huyen-phu-giao", 2026, "huyện") == ()
    assert register().groups_of("khong-co", 2024) == ()


def test_successors_have_dates_and_a_legal_basis() -> None:
    successor = register().successor("so-thong-tin-va-truyen-thong", 2026)
    assert successor is not None and successor.key == "so-khoa-hoc-va-cong-nghe"
    assert register().successor("so-thong-tin-va-truyen-thong", 2024) is None
    assert "so-ke-hoach-va-dau-tu" in register().forerunners("so-tai-chinh")
    for agency in register().agencies.values():
        if agency.successor:
            assert agency.successor in register().agencies
            assert agency.valid_to is not None and agency.basis


def test_each_name_means_one_agency() -> None:
    for agency in register().agencies.values():
        found = register().identify(agency.name)
        assert found is not None and found.key == agency.key


def test_finds_names_in_running_text_longest_first() -> None:
    text = (
        "Giao Sở Nội vụ phối hợp với các sở, ban, ngành và UBND các huyện, thị xã, thành phố, "
        "Đài Phát thanh và Truyền hình Bình Dương"
    )
    found = find_agencies(text, matching(text), 0, len(text))
    assert [m.agency.key for m in found] == [
        "so-noi-vu",
        "so-ban-nganh",
        "ubnd-cap-huyen",
        "dai-phat-thanh-va-truyen-hinh-tinh",
    ]
    assert all(text[m.start : m.end] == m.name for m in found)
    assert found[-1].name.endswith("Bình Dương")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Phòng Pháp chế - Thanh tra", ["Phòng Pháp chế - Thanh tra"]),
        ("Phòng Tổ chức biên chế và Tổ chức phi chính phủ", ["Phòng Tổ chức biên chế và Tổ chức phi chính phủ"]),
        ("Vụ Pháp chế và Tổ chức cán bộ", ["Vụ Pháp chế và Tổ chức cán bộ"]),
        ("Phòng Nội vụ, Thanh tra", ["Phòng Nội vụ", "Thanh tra"]),
        ("Sở Nội vụ - Thanh tra tỉnh", ["Sở Nội vụ", "Thanh tra tỉnh"]),
        ("Sở Nội vụ và tổ chức có liên quan", ["Sở Nội vụ", "tổ chức có liên quan"]),
    ],
)
def test_names_that_hold_another_name(cell: str, names: list[str]) -> None:
    assert list(split_agencies(cell)) == names
