"""Goals as plans word them: (text, expected), each expected goal as «kind comparator value unit @level»."""

from __future__ import annotations

import time

import pytest

from cchc.reading.blocks import Goal
from cchc.reading.figures import read_goals, read_value, why_unread
from cchc.reading.percentages import percentages
from cchc.text import matching, stored


def goals(text: str, *, year: int | None = 2025, in_goals: bool = True, **more: str) -> list[Goal]:
    text = stored(text)
    return read_goals(text, matching(text), 0, len(text), plan_year=year, in_goals=in_goals, **more)  # type: ignore[arg-type]


def shown(goal: Goal) -> str:
    level = f" @{goal.level}" if goal.level else ""
    if goal.value is None:
        return goal.kind + level
    return f"{goal.kind} {goal.comparator} {goal.value:g} {goal.unit}".rstrip() + level


def read(text: str, **more: object) -> list[str]:
    return [shown(g) for g in goals(text, **more)]  # type: ignore[arg-type]


COMPARATORS = [
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98%", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 98,5%.", ["ratio >= 98.5 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt ít nhất 98 %;", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn không dưới 98%", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn không thấp hơn 98%", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt ≥ 98%", ["ratio >= 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn đạt >98%", ["ratio > 98 %"]),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn trên tổng số hồ sơ đạt trên 98%", ["ratio > 98 %"]),
    ("Tỷ lệ hồ sơ trực tuyến trên tổng số hồ sơ đạt 98%", ["ratio >= 98 %"]),
    ("Hơn 60% người dân có tài khoản định danh điện tử.", ["ratio > 60 %"]),
    ("Tỷ lệ hồ sơ quá hạn dưới 1%", ["ratio < 1 %"]),
    ("Tỷ lệ hồ sơ trễ hạn không quá 2% tổng số hồ sơ", ["ratio <= 2 %"]),
    ("Tỷ lệ hồ sơ trễ hạn tối đa 2%", ["ratio <= 2 %"]),
    ("Giảm tỷ lệ hồ sơ trễ hạn xuống dưới 1%", ["ratio < 1 %"]),
    ("Giảm tỷ lệ hồ sơ trễ hạn xuống còn 2%", ["ratio <= 2 %"]),
    ("Giảm thời gian chờ đợi của người dân xuống còn 15 phút/lượt giao dịch", ["count <= 15 phút"]),
    ("Thời gian chờ giải quyết thủ tục không quá 30 phút", ["count <= 30 phút"]),
    ("Rút ngắn tối thiểu 30% thời gian giải quyết thủ tục hành chính", ["ratio >= 30 %"]),
    ("Cắt giảm ít nhất 30% chi phí tuân thủ thủ tục hành chính so với năm 2024", ["ratio >= 30 %"]),
    ("Tỷ lệ người dân hài lòng đạt từ 90% đến 95%", ["ratio >= 90 %"]),
    ("Tỷ lệ người dân hài lòng đạt 90 - 95%", ["ratio >= 90 %"]),
    ("Nâng tỷ lệ hồ sơ trực tuyến từ 45% lên 70%", ["ratio >= 70 %"]),
    ("Giảm số thủ tục từ 120 thủ tục xuống còn 100 thủ tục", ["count <= 100 thủ tục"]),
    ("Tỷ lệ thanh toán trực tuyến đạt 100 phần trăm", ["ratio >= 100 %"]),
    ("Được thực hiện trên 100% đơn vị hành chính cấp xã", ["ratio >= 100 % @xã"]),
    ("Tỷ lệ thanh toán trực tuyến tăng 2% so với năm 2024", ["ratio >= 2 %"]),
    ("Điểm hài lòng của người dân đạt trên 9,5 điểm", ["count > 9.5 điểm"]),
]

SUBJECTS = [
    (
        "90% hồ sơ công việc tại cấp tỉnh, 80% hồ sơ công việc tại cấp huyện và 60% hồ sơ công việc tại cấp xã được "
        "xử lý trên môi trường mạng (trừ hồ sơ công việc thuộc phạm vi bí mật nhà nước)",
        ["ratio >= 90 % @tỉnh", "ratio >= 80 % @huyện", "ratio >= 60 % @xã"],
    ),
    (
        "Tối thiểu 90% hồ sơ công việc cấp tỉnh; 80% cấp huyện; 60% cấp xã được xử lý trên môi trường mạng",
        ["ratio >= 90 % @tỉnh", "ratio >= 80 % @huyện", "ratio >= 60 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng: cấp tỉnh đạt 100%, cấp huyện đạt 95%, cấp xã đạt 85%.",
        ["ratio >= 100 % @tỉnh", "ratio >= 95 % @huyện", "ratio >= 85 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng: tỉnh 100%, huyện 95%, xã 85%.",
        ["ratio >= 100 % @tỉnh", "ratio >= 95 % @huyện", "ratio >= 85 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ trực tuyến của cấp tỉnh, cấp huyện, cấp xã lần lượt đạt 80%, 70% và 60%",
        ["ratio >= 80 % @tỉnh", "ratio >= 70 % @huyện", "ratio >= 60 % @xã"],
    ),
    ("Tỷ lệ hồ sơ trực tuyến ở cả cấp tỉnh, cấp huyện, cấp xã đạt 80%", ["ratio >= 80 %"]),
    (
        "Tỷ lệ hồ sơ trực tuyến cấp tỉnh, cấp huyện đạt 80%, cấp xã đạt 60%",
        ["ratio >= 80 % @tỉnh", "ratio >= 80 % @huyện", "ratio >= 60 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ nộp trực tuyến đạt trên 70% đối với cấp tỉnh, trên 50% đối với cấp xã",
        ["ratio > 70 % @tỉnh", "ratio > 50 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ nộp trực tuyến đạt tối thiểu 60% (cấp tỉnh 70%, cấp xã 50%)",
        ["ratio >= 60 %", "ratio >= 70 % @tỉnh", "ratio >= 50 % @xã"],
    ),
    (
        "Tỷ lệ số hóa hồ sơ đạt từ 30% trở lên đối với từng cấp: cấp huyện, cấp xã",
        ["ratio >= 30 % @huyện", "ratio >= 30 % @xã"],
    ),
    (
        "Đối với cấp xã: 100% công chức được bồi dưỡng; 90% hồ sơ được số hóa",
        ["ratio >= 100 % @xã", "ratio >= 90 % @xã"],
    ),
    ("100% các xã, phường, thị trấn thành lập tổ công nghệ số cộng đồng", ["ratio >= 100 % @xã"]),
    ("100% UBND các huyện, thị xã, thành phố ban hành kế hoạch kiểm tra", ["ratio >= 100 % @huyện"]),
    ("100% sở, ban, ngành, UBND các huyện, thành phố ban hành kế hoạch", ["ratio >= 100 %"]),
    ("100% các sở, ban, ngành, địa phương ban hành kế hoạch", ["ratio >= 100 %"]),
    ("100% cơ quan chuyên môn thuộc UBND tỉnh được kiểm tra công vụ", ["ratio >= 100 % @tỉnh"]),
    ("100% xã, phường, đặc khu có Trung tâm phục vụ hành chính công hoạt động hiệu quả", ["ratio >= 100 % @xã"]),
    ("100% thủ tục được tiếp nhận tại Bộ phận Một cửa cấp xã", ["ratio >= 100 %"]),
    ("100% hồ sơ được đồng bộ lên Cổng Dịch vụ công cấp tỉnh", ["ratio >= 100 %"]),
    (
        "100% cơ quan nhà nước, 90% đơn vị sự nghiệp công lập phê duyệt vị trí việc làm",
        ["ratio >= 100 %", "ratio >= 90 %"],
    ),
    ("Tỷ lệ hồ sơ trực tuyến, tỷ lệ thanh toán trực tuyến đạt 80%", ["ratio >= 80 %", "ratio >= 80 %"]),
    ("Tỷ lệ người dân, doanh nghiệp hài lòng đạt 90%", ["ratio >= 90 %"]),
    (
        "Mức độ hài lòng của người dân đạt tối thiểu 90%, trong đó lĩnh vực đất đai đạt tối thiểu 85%",
        ["ratio >= 90 %", "ratio >= 85 %"],
    ),
    (
        "Giảm bình quân 10% số lượng đơn vị sự nghiệp công lập và 10% biên chế sự nghiệp so với năm 2021",
        ["ratio >= 10 %", "ratio >= 10 %"],
    ),
    (
        "Cải cách thể chế: 100% văn bản được thẩm định trước khi ban hành",
        ["ratio >= 100 %"],
    ),
    ("Kiểm tra công tác văn thư tại tối thiểu 25% cơ quan, đơn vị", ["ratio >= 25 %"]),
    ("Phấn đấu 70% cán bộ, công chức cấp xã được bồi dưỡng kỹ năng số", ["ratio >= 70 % @xã"]),
]

RANKS = [
    ("Chỉ số PAR INDEX nằm trong nhóm 15 tỉnh, thành phố dẫn đầu cả nước", ["rank <= 15 hạng"]),
    ("Phấn đấu Chỉ số PCI, PAPI và SIPAS thuộc nhóm 20 tỉnh dẫn đầu", ["rank <= 20 hạng"] * 3),
    ("Chỉ số PAR INDEX xếp thứ hạng từ 15 trở lên", ["rank <= 15 hạng"]),
    ("Chỉ số chuyển đổi số (DTI) nằm trong top 10 cả nước", ["rank <= 10 hạng"]),
    ("Chỉ số DTI xếp vị trí thứ 5 toàn quốc", ["rank <= 5 hạng"]),
    ("Giữ vững Chỉ số CCHC nằm trong 10 tỉnh, thành phố dẫn đầu", ["rank <= 10 hạng"]),
    ("Chỉ số PAPI đứng trong tốp 10 - 15 của cả nước", ["rank <= 15 hạng"]),
    (
        "Chỉ số PAR INDEX đạt từ 88% trở lên, xếp trong nhóm 10 tỉnh, thành phố dẫn đầu cả nước",
        ["ratio >= 88 %", "rank <= 10 hạng"],
    ),
    ("Chỉ số SIPAS đạt trên 85%; Chỉ số PAPI thuộc nhóm 16 tỉnh cao nhất", ["ratio > 85 %", "rank <= 16 hạng"]),
    ("Chỉ số PAR INDEX tăng ít nhất 05 bậc so với năm 2024", ["count >= 5 bậc"]),
    ("Chỉ số PCI tăng từ 3 đến 5 bậc", ["count >= 3 bậc"]),
    ("Chỉ số hiệu quả quản trị (PAPI) đạt 43,5 điểm trở lên", ["count >= 43.5 điểm"]),
    ("Chỉ số PCI đạt trên 68,5", ["count > 68.5 None"]),
    ("Đơn vị sự nghiệp nhóm 2 tiếp tục nâng mức tự chủ", ["milestone"]),
]

IMPROVEMENTS = [
    ("Chỉ số PAR INDEX năm 2024 cao hơn năm 2023", ["improve"]),
    ("Chỉ số PAR INDEX, Chỉ số SIPAS tiếp tục được cải thiện so với năm trước", ["improve", "improve"]),
    ("Cải thiện Chỉ số PCI, Chỉ số PAPI và Chỉ số DTI của tỉnh", ["improve"] * 3),
    ("Nâng cao Chỉ số hài lòng của người dân, tổ chức (SIPAS)", ["improve"]),
    ("Kết quả xếp hạng Chỉ số DDCI bằng hoặc cao hơn năm trước", ["improve"]),
    ("Tỷ lệ hồ sơ nộp trực tuyến tăng so với năm 2024", ["improve"]),
    ("Nâng cao chất lượng phục vụ người dân tại Bộ phận Một cửa", ["milestone"]),
    ("Cải thiện môi trường làm việc của cán bộ, công chức", ["milestone"]),
]

COUNTS = [
    ("Tổ chức ít nhất 02 hội nghị đối thoại với doanh nghiệp", ["count >= 2 hội nghị"]),
    ("Mỗi xã có ít nhất 01 mô hình cải cách hành chính", ["count >= 1 mô hình @xã"]),
    ("Đơn giản hóa từ 3 - 5 thủ tục hành chính", ["count >= 3 thủ tục hành chính"]),
    ("Cung cấp 1.250 dịch vụ công trực tuyến toàn trình", ["count >= 1250 dịch vụ công trực tuyến"]),
    ("Có 05 xã được công nhận xã chuyển đổi số", ["count >= 5 xã @xã"]),
    ("Rút ngắn ít nhất 02 ngày làm việc so với quy định", ["count >= 2 ngày làm việc"]),
    ("Không có hồ sơ quá hạn, phấn đấu 0 hồ sơ trễ hẹn", ["count <= 0 hồ sơ"]),
    ("Bồi dưỡng 500 lượt cán bộ, công chức về chuyển đổi số", ["count >= 500 lượt cán bộ"]),
    ("Giảm 12 đơn vị sự nghiệp công lập", ["count >= 12 đơn vị sự nghiệp công lập"]),
    ("Mỗi cơ quan có ít nhất một sáng kiến được công nhận", ["count >= 1 sáng kiến"]),
    ("Tối đa 03 lần yêu cầu bổ sung hồ sơ", ["count <= 3 lần"]),
    ("Kiên quyết không để hồ sơ quá hạn trên 5 ngày", ["milestone"]),
]

MILESTONES = [
    ("Hoàn thành sắp xếp các phòng chuyên môn.", ["milestone"]),
    ("Hoàn thiện hệ thống văn bản. Bảo đảm kỷ luật, kỷ cương hành chính.", ["milestone", "milestone"]),
    ("Rà soát quy trình nội bộ; công khai kết quả; bồi dưỡng công chức.", ["milestone"]),
    ("Hoàn thành kho dữ liệu dùng chung; 60% cơ quan cập nhật dữ liệu.", ["milestone", "ratio >= 60 %"]),
    ("Tỷ lệ hồ sơ trực tuyến đạt 60%; hoàn thành kết nối với cơ sở dữ liệu quốc gia.", ["ratio >= 60 %", "milestone"]),
    (
        "Đổi mới cách tuyển dụng, sử dụng viên chức, 100% viên chức được đánh giá theo kết quả công việc",
        ["milestone", "ratio >= 100 %"],
    ),
    ("Thực hiện 03 không: không giấy tờ, không tiền mặt, không tiếp xúc", ["milestone"]),
    ("Các chỉ tiêu cụ thể như sau:", []),
    ("(Chi tiết tại Phụ lục I kèm theo)", []),
    ("Trong năm 2024, tỉnh đã hoàn thành việc sắp xếp thôn, bản.", []),
]

NOT_GOALS = [
    "Năm 2024, tỷ lệ hồ sơ đúng hạn đạt 97%",
    "Đến nay đã có 95% cơ quan ban hành kế hoạch",
    "Tỷ lệ hồ sơ trực tuyến đã đạt 60%",
    "85% cơ quan đã hoàn thành báo cáo tự chấm điểm",
    "Nghị quyết số 76/NQ-CP đặt mục tiêu đến năm 2025 đạt 90% người dân hài lòng",
    "Thủ tướng Chính phủ giao chỉ tiêu cho các địa phương đạt 80% hồ sơ trực tuyến",
    "Ngân sách tỉnh hỗ trợ 50% kinh phí mua thiết bị",
    "Đơn vị nào hoàn thành dưới 70% nhiệm vụ thì không được xét khen thưởng",
    "Không quá 20% số cá nhân được xếp loại hoàn thành xuất sắc nhiệm vụ",
    "Mỗi tin bài chậm bị trừ 0,5 điểm",
]

ASIDE = [
    ("Tỷ lệ hồ sơ trực tuyến đạt 70% (năm 2024 đạt 62%)", ["ratio >= 70 %"]),
    ("Tỷ lệ hồ sơ trực tuyến đạt 70%, tăng 8% so với năm 2024", ["ratio >= 70 %", "ratio >= 8 %"]),
    ("Theo Quyết định số 12/QĐ-UBND, tỉnh phấn đấu tỷ lệ hồ sơ trực tuyến đạt 70%", ["ratio >= 70 %"]),
    ("100% hồ sơ được giải quyết trong 03 ngày làm việc", ["ratio >= 100 %"]),
    ("Dịch vụ công trực tuyến mức độ 3, mức độ 4 đạt 50%", ["ratio >= 50 %"]),
    ("100% phản ánh qua Hệ thống 1022 được xử lý", ["ratio >= 100 %"]),
    ("Theo khoản 2 Điều 5, 100% công chức kê khai tài sản", ["ratio >= 100 %"]),
]


LONG = [
    (
        "Tối thiểu 60% hồ sơ giải quyết trực tuyến, trong đó: cấp tỉnh đạt 70%, cấp huyện đạt 60% và cấp xã đạt 50%",
        ["ratio >= 60 %", "ratio >= 70 % @tỉnh", "ratio >= 60 % @huyện", "ratio >= 50 % @xã"],
    ),
    (
        "Số hóa 100% kết quả còn hiệu lực thuộc thẩm quyền của cấp tỉnh; tối thiểu 80% của cấp huyện; 70% của cấp xã",
        ["ratio >= 100 % @tỉnh", "ratio >= 80 % @huyện", "ratio >= 70 % @xã"],
    ),
    (
        "Mỗi sở, ban, ngành có tối thiểu 50% hồ sơ nộp trực tuyến, mỗi huyện, thành phố tối thiểu 30%",
        ["ratio >= 50 % @tỉnh", "ratio >= 30 % @huyện"],
    ),
    (
        "Trên 98% hồ sơ của cấp tỉnh và 95% hồ sơ của cấp xã được giải quyết đúng hạn",
        ["ratio > 98 % @tỉnh", "ratio > 95 % @xã"],
    ),
    (
        "Tỷ lệ hồ sơ đúng hạn tại bộ phận tiếp nhận của huyện đạt trên 98%, của các xã đạt trên 95%",
        ["ratio > 98 % @huyện", "ratio > 95 % @xã"],
    ),
    ("Tỷ lệ số hóa tại cấp tỉnh: 100%; cấp huyện: 90%", ["ratio >= 100 % @tỉnh", "ratio >= 90 % @huyện"]),
    (
        "Đến năm 2025: 80% người dân có chữ ký số; đến năm 2030: 100% người dân có hồ sơ số",
        ["ratio >= 80 %", "ratio >= 100 %"],
    ),
    (
        "Điểm số PAPI trên 43 điểm, xếp vị thứ 15/63; PCI trên 67 điểm",
        ["count > 43 điểm", "rank <= 15 hạng", "count > 67 điểm"],
    ),
    ("Bảo đảm 100% hồ sơ mới được số hóa, đạt tỷ lệ 100%", ["ratio >= 100 %"]),
    ("Ít nhất 30% thủ tục được cắt giảm từ 20% đến 50% thời gian giải quyết", ["ratio >= 30 %", "ratio >= 20 %"]),
    ("Hoàn thành 25/25 dịch vụ công thiết yếu", ["count >= 25 dịch vụ công"]),
    ("Kiểm tra ít nhất 05 xã và 02 phòng chuyên môn", ["count >= 5 xã @xã", "count >= 2 phòng"]),
    ("Xây dựng 03 tuyến phố không dùng tiền mặt", ["count >= 3 tuyến phố"]),
    ("100% xã được kiểm tra ít nhất 01 lần", ["ratio >= 100 % @xã"]),
    ("100% cán bộ từ cấp tỉnh đến cấp xã được tập huấn", ["ratio >= 100 %"]),
    ("60% cơ quan từ cấp huyện trở lên có trang thông tin điện tử", ["ratio >= 60 %"]),
    ("100% cơ quan, đơn vị, UBND xã sử dụng chữ ký số", ["ratio >= 100 %"]),
    ("Xếp hạng Chỉ số CCHC tăng từ hạng 25 lên hạng 20", ["rank <= 20 hạng"]),
    ("Số hồ sơ trễ hạn bằng 0", ["count <= 0 hồ sơ"]),
    ("Thực hiện Đề án 06 của Chính phủ", ["milestone"]),
    ("Vận hành mô hình chính quyền địa phương 02 cấp", ["milestone"]),
    ("Triển khai 07 nhóm nhiệm vụ đã đề ra", ["milestone"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    COMPARATORS + SUBJECTS + RANKS + IMPROVEMENTS + COUNTS + MILESTONES + ASIDE + LONG,
    ids=lambda v: str(v)[:60],
)
def test_reads_goals(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", NOT_GOALS)
def test_refuses_what_is_no_goal(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", [t for t in NOT_GOALS if "%" in t])
def test_refused_figures_are_named_with_a_reason(text: str) -> None:
    found = list(percentages(matching(text)))
    assert len(found) == text.count("%")
    for start, end in found:
        reason = why_unread(matching(text), 0, len(text), start, end, 2025)
        assert text[start:end].endswith("%")
        assert reason.startswith(("Kết quả", "Mức", "Mục tiêu", "Quy định", "Con số"))


def test_refusing_a_figure_does_not_depend_on_a_goal_word_elsewhere() -> None:
    assert read("Năm 2024 đạt 62%; năm 2025 phấn đấu đạt 70%") == ["ratio >= 70 %"]
    assert read("Đến hết năm 2024, 100% xã đã có mạng; 99% hồ sơ đúng hạn") == []


OUTSIDE = [
    ("Đẩy mạnh số hóa, phấn đấu 80% hồ sơ được số hóa", ["ratio >= 80 %"]),
    ("Bảo đảm ít nhất 30% hồ sơ được nộp trực tuyến", ["ratio >= 30 %"]),
    ("Tỷ lệ văn bản ký số đạt 90% ở cấp tỉnh, 80% ở cấp huyện", ["ratio >= 90 % @tỉnh", "ratio >= 80 % @huyện"]),
    ("Rà soát thủ tục hành chính; phấn đấu tỷ lệ đúng hạn trên 99%", ["ratio > 99 %"]),
    ("Tổ chức 05 lớp tập huấn cho công chức", []),
    ("Bố trí máy tính cho 100% công chức khi có kinh phí", []),
    ("Giảm 10% biên chế so với năm 2015", []),
    ("Tinh giản ít nhất 5% biên chế theo Kết luận số 28-KL/TW của Bộ Chính trị", []),
    ("Toàn tỉnh nộp trực tuyến 401.885 hồ sơ, đạt 43,9%, vượt 3,9% so với kế hoạch", []),
    ("Tiếp tục rà soát, sắp xếp tổ chức bộ máy", []),
]


@pytest.mark.parametrize(("text", "expected"), OUTSIDE)
def test_outside_the_goals_only_clear_figures_are_read(text: str, expected: list[str]) -> None:
    assert read(text, in_goals=False) == expected


VALUES = [
    ("≥ 90", "%", (">=", 90, "%")),
    ("100%", "", (">=", 100, "%")),
    ("90 trở lên", "Tỷ lệ %", (">=", 90, "%")),
    ("Trên 85", "%", (">", 85, "%")),
    ("> 85%", "", (">", 85, "%")),
    ("Dưới 2", "%", ("<", 2, "%")),
    ("không quá 30", "phút", ("<=", 30, "phút")),
    ("30-35", "thủ tục", (">=", 30, "thủ tục")),
    ("Tối đa 3 - 5", "ngày", ("<=", 5, "ngày")),
    ("9,5", "Điểm", (">=", 9.5, "điểm")),
    ("1.250", "hồ sơ", (">=", 1250, "hồ sơ")),
    ("Nhóm 10", "", ("<=", 10, "hạng")),
    ("15", "Thứ hạng", ("<=", 15, "hạng")),
    ("Tăng 5 bậc", "", (">=", 5, "bậc")),
    ("02 lớp", "", (">=", 2, "lớp")),
    ("Đạt", "", (None, None, None)),
    ("", "%", (None, None, None)),
]


@pytest.mark.parametrize(("cell", "unit", "expected"), VALUES)
def test_reads_the_value_of_a_cell(cell: str, unit: str, expected: tuple[str | None, float | None, str | None]) -> None:
    assert read_value(cell, unit) == expected


def test_tells_subject_group_exception_and_end() -> None:
    found = goals(
        "Đến hết năm 2026, Chỉ số PAPI nằm trong nhóm 15 tỉnh dẫn đầu cả nước; 90% hồ sơ công việc tại cấp tỉnh, 80% "
        "đối với cấp xã được xử lý trên mạng (trừ hồ sơ mật)"
    )
    assert [(g.subject, g.group, g.except_, g.due_year) for g in found] == [
        ("Chỉ số PAPI", "cả nước", None, 2026),
        ("hồ sơ công việc tại cấp tỉnh được xử lý trên mạng (trừ hồ sơ mật)", None, "trừ hồ sơ mật", None),
        ("hồ sơ công việc đối với cấp xã được xử lý trên mạng (trừ hồ sơ mật)", None, "trừ hồ sơ mật", None),
    ]


def test_a_year_in_the_name_of_another_plan_is_no_end() -> None:
    assert goals("Sắp xếp đơn vị sự nghiệp theo Kế hoạch của tỉnh đến năm 2027")[0].due_year is None
    assert goals("Trước ngày 30/6/2025, 100% cơ quan số hóa hồ sơ tồn")[0].due_on is not None


def test_quotes_are_the_words_of_the_text() -> None:
    text = stored("- Tỷ lệ hồ sơ\nđúng hạn đạt 98%;  cấp kết quả điện tử đạt 100%.")
    found = read_goals(text, matching(text), 0, len(text), plan_year=2025, in_goals=True)
    assert [text[g.start : g.end] for g in found] == ["Tỷ lệ hồ sơ\nđúng hạn đạt 98%", "cấp kết quả điện tử đạt 100%"]
    assert [text[g.figure_start : g.figure_end] for g in found] == ["98%", "100%"]


def test_what_is_inferred_lowers_the_confidence() -> None:
    sure, guessed = goals("Tỷ lệ hồ sơ cấp xã đạt 90%")[0], goals("100% sở, ngành ban hành kế hoạch")[0]
    assert (sure.confidence, sure.reasons) == (1.0, ())
    assert guessed.confidence < 1 and guessed.reasons


@pytest.mark.parametrize(
    "piece",
    ["90% ", "đạt 90%, ", "cấp tỉnh, ", "( ", "05 lớp ", "Chỉ số PCI, ", "từ 90% đến ", "nhóm 10 tỉnh, ", "năm 2025 "],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = stored(piece * (size // len(piece)))
        match = matching(text)
        begin = time.process_time()
        read_goals(text, match, 0, len(text), plan_year=2025, in_goals=True)
        return time.process_time() - begin

    seconds(500)  # patterns are compiled once
    assert seconds(24_000) < 12 * seconds(6_000) + 0.5


DUE = [
    ("Trong quý II/2025, hoàn thành số hóa 100% sổ hộ tịch", "2025-06-30"),
    ("Đến hết quý III năm 2025, tỷ lệ hồ sơ trực tuyến đạt 70%", "2025-09-30"),
    ("Hết quý I, tỷ lệ hồ sơ trực tuyến đạt 50%", "2025-03-31"),
    ("Đến tháng 6 năm 2025, 100% xã hoàn thành", "2025-06-30"),
    ("100% xã hoàn thành trước tháng 6/2025", "2025-05-31"),
    ("6 tháng đầu năm 2025 đạt 60% hồ sơ trực tuyến", "2025-06-30"),
    ("100% xã hoàn thành trước ngày 15 tháng 8 năm 2025", "2025-08-15"),
    ("Tỷ lệ thanh toán đạt 65% trong quý II/2025", "2025-06-30"),
    ("Quý IV/2025 giảm 10% chi phí so với quý I/2025", "2025-12-31"),
    ("Giảm 10% số hồ sơ trễ hạn so với quý I/2025", None),
    ("Từ tháng 4/2025, 100% hồ sơ tiếp nhận qua hệ thống", None),
]


@pytest.mark.parametrize(("text", "expected"), DUE)
def test_a_goal_due_inside_the_year_names_its_day(text: str, expected: str | None) -> None:
    (goal,) = goals(text)
    assert (goal.due_on.isoformat() if goal.due_on else None) == expected
