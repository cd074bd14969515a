"""Vietnamese words and the few colours that several pages share. Words of one page only stand in that page."""

from __future__ import annotations

from typing import NamedTuple

APP_NAME = "Theo dõi cải cách hành chính"
UNKNOWN = "chưa rõ"
NO_DATA = "chưa có số liệu"
VIA_GROUP = "qua nhóm"

PAGE_TITLES = {
    "tong-quan": "Tổng quan",
    "chi-tieu": "Chỉ tiêu",
    "thoi-han": "Thời hạn",
    "trach-nhiem": "Trách nhiệm",
    "van-ban": "Văn bản",
    "nhap-van-ban": "Nhập văn bản",
    "cap-nhat": "Cập nhật",
    "so-sanh": "So sánh",
    "cham-diem": "Chấm điểm",
    "bao-cao": "Báo cáo",
    "huong-dan": "Hướng dẫn",
    "quan-tri": "Quản trị",
}

# Parameters of the address that belong to single pages and not to the filters.
PAGE_PARAMETERS = frozenset(
    {"item", "view", "lane", "page", "doc", "group", "kind", "row", "column", "before", "profile", "period"}
    | {"report", "year", "first", "last"}  # of a report: which one, of which year, any dates
)

TARGET, TASK, MEASURE, DUTY = "target", "task", "measure", "duty"
KINDS = {
    TARGET: "chỉ tiêu",
    TASK: "nhiệm vụ",
    MEASURE: "nhiệm vụ, giải pháp không có dòng trong bảng",
    DUTY: "trách nhiệm",
}
KINDS_SHORT = {TARGET: "Chỉ tiêu", TASK: "Nhiệm vụ", MEASURE: "Giải pháp", DUTY: "Trách nhiệm"}

LEVELS = {"trung ương": "Trung ương", "tỉnh": "Cấp tỉnh", "huyện": "Cấp huyện", "xã": "Cấp xã"}
ROLES = {"lead": "Chủ trì", "support": "Phối hợp"}
CALENDARS = {"lich": "Theo lịch", "ky": "Kỳ báo cáo"}
AREA_FROM = {"heading": "theo đề mục", "position": "theo vị trí trong bảng", "content": "theo nội dung"}

DOWNLOAD_CSV = "Tải CSV"
DOWNLOAD_XLSX = "Tải Excel"
CLEAR_FILTERS = "Xóa lọc"
TO_SENTENCE = "Xem câu gốc"

# Column labels of the shared frames, as tables show them and downloads carry them.
COLUMNS = {
    "plan_label": "Kế hoạch",
    "ordinal": "STT",
    "area_name": "Lĩnh vực",
    "content": "Nội dung",
    "products": "Sản phẩm",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "deadline_raw": "Thời hạn (nguyên văn)",
    "due_text": "Thời hạn",
    "first_due_text": "Thời hạn ban đầu",
    "deadline_end": "Ngày cuối của thời hạn",
    "done_on": "Ngày hoàn thành",
    "result": "Sản phẩm đã có",
    "evidence": "Tài liệu kiểm chứng",
    "value_text": "Kết quả",
    "value_period": "Kỳ",
    "value_on": "Ngày số liệu",
    "status_label": "Tình trạng",
    "days": "Số ngày",
    "via_group": "Qua nhóm",
    "note": "Ghi chú",
    "subject": "Chỉ tiêu",
    "goal_text": "Mục tiêu",
    "level": "Cấp",
    "due": "Hạn",
    "quote": "Câu gốc",
    "agency": "Cơ quan",
    "confidence": "Độ tin cậy khi đọc",
    "reasons": "Lý do cần rà soát",
}


class StatusLook(NamedTuple):
    """How a status is shown: a mark that can be told without its colour, colours for a light and a dark page (each
    at least 4.5:1 on the page's background), and the pattern of its bars in charts (Plotly's pattern shapes)."""

    mark: str
    light: str
    dark: str
    pattern: str


# Red stands for late and nothing else. Past a deadline without any report is not known to be late: brown, hatched.
STATUS_LOOKS = {
    "overdue": StatusLook("■", "#b42318", "#ff8a7d", ""),
    "past_no_report": StatusLook("◆", "#8a3b12", "#f0a070", "/"),
    "due_soon": StatusLook("▲", "#b26a00", "#f2b040", "."),
    "in_time": StatusLook("○", "#1f6fb2", "#7cb8ee", ""),
    "ongoing": StatusLook("↻", "#667085", "#a9b2c3", "-"),
    "event": StatusLook("◇", "#667085", "#a9b2c3", "x"),
    "no_deadline": StatusLook("?", "#667085", "#a9b2c3", "+"),
    "done_early": StatusLook("✓", "#1a7f5a", "#5fcf9f", ""),
    "done_on_time": StatusLook("✓", "#1a7f5a", "#5fcf9f", ""),
    "done_late": StatusLook("✓", "#1a7f5a", "#5fcf9f", "\\"),
    "done": StatusLook("✓", "#1a7f5a", "#5fcf9f", ""),
    "not_applicable": StatusLook("-", "#667085", "#a9b2c3", ""),
    # Of targets.
    "missed": StatusLook("■", "#b42318", "#ff8a7d", ""),
    "at_risk": StatusLook("▲", "#b26a00", "#f2b040", "."),
    "progressing": StatusLook("○", "#1f6fb2", "#7cb8ee", ""),
    "not_assessed": StatusLook("?", "#667085", "#a9b2c3", "+"),
    "met": StatusLook("✓", "#1a7f5a", "#5fcf9f", ""),
}


def short(text: str, length: int = 140) -> str:
    """A text on one line, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def cells_said(text: str) -> str:
    """A piece of a document's text on one line, without the pipes between cells of a table."""
    return "; ".join(filter(None, (" ".join(cell.split()) for cell in text.split("|"))))


def fitted(text: str, letters: float, lines: int) -> str:
    """A text on as many lines as there is room for, each of about so many small letters; what does not fit is cut at a
    word, and it shows."""
    kept: list[str] = []
    line, used = 1, 0.0
    for word in text.split():
        width = sum(1.5 if c.isupper() else 1 for c in word)
        if kept and used + 1 + width > letters:
            line, used = line + 1, 0.0
        if line > lines or (line == lines and used + width > letters):
            return " ".join(kept[:-1] or kept) + " …"
        kept.append(word)
        used += width + 1
    return " ".join(kept)


def number(value: float | int) -> str:
    """A number in Vietnamese writing: «1.234», «98,5»."""
    if float(value).is_integer():
        return f"{int(value):,}".replace(",", ".")
    whole, _, rest = f"{value:,.2f}".partition(".")
    return f"{whole.replace(',', '.')},{rest.rstrip('0')}"
