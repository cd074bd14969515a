"""Where names of bodies end: verbs that no list holds, in prose tasks, in duties and behind known fields."""

from __future__ import annotations

import pytest

from cchc.reading.doers import doer, names_agency
from cchc.text import matching

BODIES = (
    "Phòng Văn hóa - Xã hội", "Trung tâm VHTT", "Văn phòng UBND xã", "Công an phường", "Hội Liên hiệp Phụ nữ xã",
    "Đoàn Thanh niên", "Trạm Y tế xã", "Bảo hiểm xã hội cơ sở Tân An", "Khoa Dược", "Trường THCS Lê Lợi",
    "Ban Quản lý khu công nghiệp", "Tổ công nghệ số cộng đồng", "Phòng Hành chính quản trị",
    "Kho bạc Nhà nước khu vực XV", "Hạt Kiểm lâm huyện", "UBND các xã, phường", "Lãnh đạo Sở",
    "Phòng Kinh tế và Công an xã", "Đồn Biên phòng Cửa Lân", "Chi cục Hải quan cửa khẩu Mộc Bài",
)  # fmt: skip
# None of them stands in documents.toml.
VERBS = (
    "họp", "lo", "quay", "đón", "soạn", "ghi chép", "nộp", "kể", "dựng", "chiếu", "vẽ", "gom", "dọn", "chụp", "mượn",
    "dời", "tìm", "đặt", "bán", "hiến", "trồng", "gọi điện", "nhận", "thu", "chi", "khơi thông", "tri ân", "chạy thử",
    "chốt", "xin", "nối", "dạy", "bóc tách", "livestream", "thuê", "in",
)  # fmt: skip


def _doer(text: str) -> str:
    span = doer(text, matching(text), 0, len(text))
    return text[span[0] : span[1]] if span else ""


@pytest.mark.parametrize("body", BODIES)
def test_any_verb_ends_a_name(body: str) -> None:
    for verb in VERBS:
        assert _doer(f"{body} {verb} tài liệu cho các thôn.") == body, verb
        assert _doer(f"Giao {body} {verb} tài liệu cho các thôn, hoàn thành trong tháng 8.") == body, verb
        assert _doer(f"{body} {verb} tài liệu cho người dân, phối hợp với đoàn thể tuyên truyền.") == body, verb


@pytest.mark.parametrize(
    ("text", "body"),
    [
        # a field that no list holds goes on in small letters up to a known verb
        ("Khoa Chẩn đoán hình ảnh rà soát quy trình.", "Khoa Chẩn đoán hình ảnh"),
        ("Trung tâm Chăm sóc sức khỏe sinh sản báo cáo kết quả.", "Trung tâm Chăm sóc sức khỏe sinh sản"),
        ("Cục Giải quyết khiếu nại, tố cáo và tư vấn nâng cấp.", "Cục Giải quyết khiếu nại, tố cáo và tư vấn"),
        ("Bưu điện văn hóa xã nhận hồ sơ tại nhà.", "Bưu điện văn hóa xã"),
        ("MTTQ xã và các tổ chức chính trị - xã hội vận động.", "MTTQ xã và các tổ chức chính trị - xã hội"),
        ("Phòng Chống buôn lậu và xử lý vi phạm lập hồ sơ.", "Phòng Chống buôn lậu và xử lý vi phạm"),
        ("Phòng Kế hoạch tổng hợp theo dõi tiến độ.", "Phòng Kế hoạch tổng hợp"),
        ("Phòng Kế hoạch - Tài chính chi trả qua tài khoản.", "Phòng Kế hoạch - Tài chính"),
        ("Đoàn Thanh niên bệnh viện cắt cử tình nguyện viên.", "Đoàn Thanh niên bệnh viện"),
        ("Công đoàn ngành phát động thi đua.", "Công đoàn ngành"),
        ("Sở Tài chính trong quý I rà soát các khoản phí.", "Sở Tài chính"),
        ("Văn phòng hằng tuần tổng hợp số liệu.", "Văn phòng"),
        ("Các phòng trước ngày 15/6/2025 gửi báo cáo.", "Các phòng"),
        # a group ends before a verb that no list holds and a comma, where it says which bodies by a known word as well
        ("Các phòng thu dọn hồ sơ, báo cáo Giám đốc Sở.", "Các phòng"),
        ("Các đơn vị sự nghiệp lo hậu cần, phối hợp với Văn phòng.", "Các đơn vị sự nghiệp"),
        ("Các cơ quan, đơn vị dự toán chốt số liệu, báo cáo Phòng Tài chính.", "Các cơ quan, đơn vị dự toán"),
        ("Các ban, ngành dọn kho lưu trữ, lập danh mục.", "Các ban, ngành"),
        ("Các xã chưa có mạng, báo cáo huyện trước 30/6.", "Các xã chưa có mạng"),
        ("Các phòng khám, tiếp nhận bệnh nhân theo lịch.", "Các phòng khám"),
        # what a team is there for, then what it does
        ("Các Chi cục Hải quan, Đội kiểm soát xây dựng kế hoạch.", "Các Chi cục Hải quan, Đội kiểm soát"),
        ("Tổ kiểm tra lập biên bản.", "Tổ kiểm tra"),
        ("Bộ phận tiếp nhận hướng dẫn người dân.", "Bộ phận tiếp nhận"),
        ("Trạm kiểm soát gửi báo cáo.", "Trạm kiểm soát"),
        ("Đội tích cực tuyên truyền.", "Đội"),
        # who heads a place, in one word
        ("Trưởng thôn, buôn trưởng chuyển nội dung đến từng hộ.", "Trưởng thôn, buôn trưởng"),
        ("Già làng, trưởng bản nhắc bà con đi khai sinh.", "Già làng, trưởng bản"),
        ("Hiệu trưởng các trường học trên địa bàn triển khai học bạ số.", "Hiệu trưởng các trường học trên địa bàn"),
        ("Tổ trưởng, xóm trưởng vận động nhân dân.", "Tổ trưởng, xóm trưởng"),
        ("Phòng Quản lý thu - Sổ, thẻ chốt dữ liệu.", "Phòng Quản lý thu - Sổ, thẻ"),
        ("Phòng Thu - Sổ, thẻ in lại thẻ hỏng.", "Phòng Thu - Sổ, thẻ"),
        ("Phòng Nội vụ mỗi quý tham mưu một cuộc giao ban; tổng hợp kết quả.", "Phòng Nội vụ mỗi quý"),
        # no body that acts: what is said of a place, of whoever it is, of a time
        ("Thành phố Cà Mau xếp thứ ba toàn tỉnh.", ""),
        ("Bệnh viện hiện có 1.150 giường.", ""),
        ("Người đứng đầu cơ quan ở xa.", ""),
        ("Sở Nội vụ đạt 95%.", ""),
        ("Phòng, chống tham nhũng phải đi vào nền nếp.", ""),
        ("Phòng ngừa sai phạm, kiểm tra đột xuất.", ""),
        ("Phòng chống cháy nổ, bảo đảm an toàn.", ""),
        ("Đội ngũ công chức thực hiện nghiêm kỷ luật.", ""),
    ],
)
def test_what_goes_on_and_what_does_not(text: str, body: str) -> None:
    assert _doer(text) == body


def test_a_sentence_is_no_heading() -> None:
    for text in ("Sở Nội vụ họp giao ban", "Công an xã lo trật tự", "Trường THCS Lê Lợi đón đoàn về"):
        assert names_agency(text, matching(text), 0, len(text)) is None, text
    for text in ("Sở Nội vụ tỉnh Lâm Đồng", "UBND các xã biên giới", "Khoa Chẩn đoán hình ảnh"):
        assert names_agency(text, matching(text), 0, len(text)) is not None, text
