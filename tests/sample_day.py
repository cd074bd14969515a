"""A plan written by hand, as a text document: twelve tasks of three agencies, four targets. Small enough that every
number of a report on it can be counted on paper. Read by the reader itself, as any other document is.
"""

from __future__ import annotations

from pathlib import Path

NAME = "ke-hoach-15.txt"

# STT, task, product, lead, support, deadline
_THE_CHE = (
    ("1", "Ban hành Kế hoạch rà soát văn bản quy phạm pháp luật", "Kế hoạch", "Sở Tư pháp", "", "Quý I/2024"),
    ("2", "Kiểm tra công tác ban hành văn bản quy phạm pháp luật", "Báo cáo", "Sở Tư pháp", "", "Tháng 5/2024"),
    ("3", "Tổng kết công tác theo dõi thi hành pháp luật", "Báo cáo", "Sở Tư pháp", "", "Quý IV/2024"),
)
_THU_TUC = (
    ("1", "Rà soát thủ tục hành chính lĩnh vực y tế", "Danh mục", "Sở Y tế", "", "Quý I/2024"),
    ("2", "Xây dựng quy trình điện tử cấp giấy phép hành nghề", "Quy trình", "Sở Y tế", "", "Tháng 5/2024"),
    ("3", "Công khai thủ tục hành chính tại các bệnh viện", "Báo cáo", "Sở Y tế", "", "Quý II/2024"),
    ("4", "Tiếp nhận, xử lý phản ánh, kiến nghị của người bệnh", "Báo cáo", "Sở Y tế", "", "Thường xuyên"),
)
_TAI_CHINH = (
    ("1", "Ban hành Quyết định giao quyền tự chủ tài chính", "Quyết định", "Sở Tài chính", "", "Quý I/2024"),
    ("2", "Báo cáo giải ngân vốn đầu tư công", "Báo cáo", "Sở Tài chính", "", "Tháng 4/2024"),
    ("3", "Sửa đổi quy chế quản lý tài sản công", "Quy chế", "Sở Tài chính", "", "Sau khi Bộ Tài chính có hướng dẫn"),
    ("4", "Công khai dự toán ngân sách", "Báo cáo", "Sở Tài chính", "", "Quý I/2024"),
    ("5", "Sắp xếp lại nhà, đất dôi dư", "Phương án", "Sở Tài chính", "", "Quý III/2024"),
)


def _annex(area: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = [f"{area} |"]
    for row in rows:
        lines += [f"{cell} |" for cell in row] + ["|"]
    return lines


TEXT = "\n".join(
    [
        "Kế hoạch 15/KH-UBND năm 2024 cải cách hành chính tỉnh Bình Dương",
        "Số hiệu | 15/KH-UBND |",
        "Ngày ban hành | 05/01/2024 |",
        "Loại văn bản | Kế hoạch |",
        "Cơ quan ban hành | Tỉnh Bình Dương |",
        "ỦY BAN NHÂN DÂN |",
        "CỘNG HÒA XÃ HỘI",
        "CHỦ NGHĨA VIỆT NAM |",
        "Số: 15/KH-UBND |",
        "Bình Dương, ngày 05 tháng 01 năm 2024 |",
        "CẢI CÁCH HÀNH CHÍNH TỈNH BÌNH DƯƠNG NĂM 2024",
        "I. MỤC TIÊU, NHIỆM VỤ",
        "1. Cải cách thể chế",
        "- 100% văn bản quy phạm pháp luật được ban hành đúng tiến độ.",
        "2. Cải cách thủ tục hành chính",
        "- 90% hồ sơ thủ tục hành chính được giải quyết đúng hạn.",
        "- 60% hồ sơ thủ tục hành chính được số hóa kết quả.",
        "3. Cải cách tài chính công",
        "- 80% đơn vị sự nghiệp công lập tự chủ tài chính.",
        "II. TỔ CHỨC THỰC HIỆN",
        "Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
        "PHỤ LỤC",
        "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2024",
        "STT |",
        "Nội dung/Nhiệm vụ |",
        "Sản phẩm |",
        "Cơ quan chủ trì |",
        "Cơ quan phối hợp |",
        "Thời gian hoàn thành |",
        "|",
        *_annex("CẢI CÁCH THỂ CHẾ", _THE_CHE),
        *_annex("CẢI CÁCH THỦ TỤC HÀNH CHÍNH", _THU_TUC),
        *_annex("CẢI CÁCH TÀI CHÍNH CÔNG", _TAI_CHINH),
    ]
)


def write(folder: Path) -> Path:
    """Writes the plan into a new folder and returns the folder (for CCHC_PLANS)."""
    folder.mkdir(parents=True)
    (folder / NAME).write_text(TEXT, encoding="utf-8")
    return folder
