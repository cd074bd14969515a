"""What stands among measures and duties and is none, and whose a duty is where offices write it in their own way."""

from __future__ import annotations

import pytest

from cchc.reading.doers import doer
from cchc.reading.plan import read_text_plan

HEAD = "ỦY BAN NHÂN DÂN HUYỆN A\n\nKẾ HOẠCH\nCải cách hành chính năm 2022\n\n"


def measures(*lines: str) -> list[str]:
    body = "\n\n".join(lines)
    plan = read_text_plan(f"{HEAD}II. NHIỆM VỤ, GIẢI PHÁP\n\n{body}\n", "a.txt")
    return [m.content for m in plan.measures]


WORK = "- Rà soát, đơn giản hóa thủ tục hành chính trong lĩnh vực đất đai."


@pytest.mark.parametrize(
    "line",
    [
        "(Nêu các nhiệm vụ trọng tâm, giải pháp khắc phục hạn chế)",
        "(Ghi rõ nguyên nhân chủ quan, khách quan)",
        "(Các đơn vị có thể bổ sung nội dung khác)",
        "Nội dung 2. Công khai, minh bạch trong quản lý đất đai",
        "Chủ đề 3: Nâng cao đạo đức công vụ",
        "Trục số 1. Chính quyền phục vụ người dân",
        "- Thay cụm từ “đạt tối thiểu 60%” bằng cụm từ “đạt tối thiểu 85%” tại điểm a khoản 7.",
        "- Điểm d khoản 3 được sửa đổi như sau:",
        "- Sửa đổi, bổ sung khoản 2 Mục II của Kế hoạch số 12/KH-UBND.",
        "- Bãi bỏ điểm c khoản 4 Mục II do đã hoàn thành.",
        "- Bổ sung các nhiệm vụ tại biểu sau vào Phụ lục kèm theo Kế hoạch.",
        "- Các nội dung khác của Kế hoạch năm 2022 không trái với Quyết định này vẫn giữ nguyên hiệu lực.",
        "- Các nhiệm vụ còn lại của Kế hoạch tiếp tục thực hiện theo Quyết định số 12/QĐ-UBND.",
        "- Chánh Văn phòng, Thủ trưởng các cơ quan và Chủ tịch UBND cấp xã chịu trách nhiệm thi hành Quyết định này.",
        "- Quyết định này thay thế Quyết định số 10/QĐ-UBND ngày 05/01/2022.",
        "Năm 2021 toàn huyện tiếp nhận 61.240 hồ sơ, giải quyết đúng hẹn 93,8%.",
        "Đến cuối năm 2021, cán bộ cấp xã có trình độ đại học chiếm phần lớn.",
        "Tính đến hết tháng 12/2021, 12 xã có máy quét tài liệu.",
    ],
)
def test_is_no_measure(line: str) -> None:
    assert measures(line, WORK) == [WORK.removeprefix("- ")]


@pytest.mark.parametrize(
    "line",
    [
        "- Rà soát (định kỳ hằng quý) các thủ tục hành chính đã công bố.",
        "- Bổ sung 02 công chức cho Bộ phận Một cửa của các xã đông dân.",
        "- Sửa đổi quy chế làm việc của UBND huyện cho phù hợp mô hình mới.",
        "- Năm 2022 đưa phần mềm một cửa vào sử dụng tại các xã, thị trấn.",
        "- Nội dung tuyên truyền phải ngắn gọn, dễ hiểu, phù hợp từng đối tượng.",
    ],
)
def test_is_a_measure(line: str) -> None:
    assert measures(line, WORK) == [line.removeprefix("- "), WORK.removeprefix("- ")]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Các sở: Tư pháp, Y tế, Giáo dục và Đào tạo ban hành cẩm nang", "Các sở: Tư pháp, Y tế, Giáo dục và Đào tạo"),
        ("UBND các xã: Hòa An, Tân Lập rà soát hồ sơ tồn", "UBND các xã: Hòa An, Tân Lập"),
        ("Giao VP.UBND tỉnh công khai hằng tuần danh sách đơn vị trễ hạn", "VP.UBND tỉnh"),
        ("Các đơn vị được kiểm tra chuẩn bị báo cáo", "Các đơn vị được kiểm tra"),
        ("UBND thị xã Vĩnh Châu, huyện Trần Đề kiểm điểm trách nhiệm", "UBND thị xã Vĩnh Châu, huyện Trần Đề"),
        ("Học viện Cán bộ quản lý xây dựng và đô thị đổi mới bài", "Học viện Cán bộ quản lý xây dựng và đô thị"),
        ("Trường Cán bộ quản lý giáo dục bồi dưỡng nghiệp vụ", "Trường Cán bộ quản lý giáo dục"),
        ("Sở Giáo dục và Đào tạo huy động nhà giáo nghỉ hưu", "Sở Giáo dục và Đào tạo"),
        ("Tổ công tác báo cáo hằng tuần. Giao Sở Nội vụ theo dõi", "Tổ công tác"),
    ],
)
def test_name_ends_before_the_verb(sentence: str, body: str) -> None:
    found = doer(sentence, sentence.lower(), 0, len(sentence))
    assert found and sentence[slice(*found)] == body


def duties(*lines: str) -> list[tuple[str | None, str]]:
    body = "\n".join(lines)
    plan = read_text_plan(f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n{body}\n", "a.txt")
    return [(d.agency, d.content.split()[0]) for d in plan.duties]


def test_bodies_on_their_own_line_between_two_that_head_a_list_are_no_lost_headings() -> None:
    found = duties(
        "1. Phòng Nội vụ:",
        "a) Tham mưu kế hoạch kiểm tra năm 2022.",
        "b) Kiểm tra đột xuất ít nhất 03 đơn vị.",
        "2. Phòng Tư pháp thẩm định văn bản của huyện.",
        "3. Phòng Tài chính cân đối kinh phí.",
        "4. UBND các xã, thị trấn:",
        "a) Niêm yết thủ tục hành chính.",
    )
    assert [agency for agency, _ in found] == [
        "Phòng Nội vụ", "Phòng Nội vụ", "Phòng Tư pháp", "Phòng Tài chính", "UBND các xã, thị trấn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("a) Người đứng đầu trực tiếp đối thoại với người dân.", "Các phòng, ban"),
        ("a) Thủ trưởng đơn vị rà soát từng nhiệm vụ chưa xong.", "Các phòng, ban"),
        ("a) Công chức, viên chức thực hiện nghiêm giờ làm việc.", "Các phòng, ban"),
        ("a) Người đứng đầu chịu trách nhiệm trước Chủ tịch UBND huyện.", "Người đứng đầu"),
    ],
)
def test_people_of_the_body_named_above(line: str, agency: str) -> None:
    assert duties("1. Các phòng, ban:", line) == [(agency, line.split()[1])]


@pytest.mark.parametrize(
    "ending",
    [
        "HUYỆN ĐOÀN AN BIÊN\nPHÓ BÍ THƯ\nMùa A Thào\n\nPHÒNG NỘI VỤ\nTRƯỞNG PHÒNG\nLò Thị Vương",
        "SỞ NỘI VỤ\nGIÁM ĐỐC\nNguyễn Văn Bình",
        "BAN DÂN VẬN\nTRƯỞNG BAN\nTrần Thị Cúc",
    ],
)
def test_who_signs_for_two_bodies_has_no_duty_there(ending: str) -> None:
    assert duties("1. Phòng Nội vụ:", "- Tham mưu kế hoạch năm 2022.", "", ending) == [("Phòng Nội vụ", "Tham")]


def test_orders_in_numbers_below_who_orders_them() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH A\nV/v đẩy mạnh cải cách hành chính\n\nKính gửi: Các sở, ban, ngành.\n\n"
        "Sau 10 ngày vận hành, còn 12 xã chưa ổn định đường truyền. Chủ tịch UBND tỉnh yêu cầu:\n\n"
        "1. Chủ tịch UBND các xã bố trí đủ công chức tiếp nhận hồ sơ.\n\n"
        "2. Sở Tài chính khẩn trương phân bổ kinh phí mua sắm thiết bị.\n\n"
        "3. Giao Sở Nội vụ điều động công chức về các xã còn thiếu.\n"
    )
    assert [d.agency for d in read_text_plan(text, "a.txt").duties] == [
        "Chủ tịch UBND các xã", "Sở Tài chính", "Sở Nội vụ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["2. Về nhiệm vụ 6 tháng cuối năm:", "2. Nhiệm vụ trong thời gian tới:", "2. Một số công việc cần tập trung:"],
)
def test_a_conclusion_hands_out_work(heading: str) -> None:
    text = (
        "UBND TỈNH A\nSố: 146/TB-UBND\n\nTHÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại phiên họp quý II năm 2024\n\n"
        "Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:\n\n1. Về kết quả: hồ sơ đúng hạn đạt 98,64%.\n\n"
        f"{heading}\n\n2.1. Yêu cầu các sở, ngành rà soát từng chỉ tiêu trước ngày 25/7/2024.\n\n"
        "2.2. Giao Sở Nội vụ kiểm tra đột xuất công vụ tại các xã.\n\n2.3. Sở Tài chính bố trí kinh phí.\n\n"
        "2.4. Hai huyện Tân Phú, Bình Đại: Chủ tịch UBND huyện trực tiếp chỉ đạo số hóa hồ sơ.\n"
    )
    plan = read_text_plan(text, "a.txt")
    assert [d.agency for d in plan.duties] == ["các sở, ngành", "Sở Nội vụ", "Sở Tài chính", "Chủ tịch UBND huyện"]
    assert not plan.measures


def test_what_is_said_of_the_document_is_no_duty() -> None:
    said = duties(
        "1. Sở Nội vụ:", "- Theo dõi, đôn đốc việc thực hiện.", "2. Sở Tài chính:", "- Bố trí kinh phí.",
        "Kế hoạch này được phổ biến đến toàn thể công chức trong ngành.",
    )  # fmt: skip
    assert said == [("Sở Nội vụ", "Theo"), ("Sở Tài chính", "Bố")]
