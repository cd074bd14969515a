"""A plan of a province as an office writes it, with the list of its items: the files of `office_word`, `office_pages`
and others say it in the ways of programs and of people, and each must give these items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from cchc.model import Plan

Kind = Literal["body", "chapter", "section", "letter", "dash", "centre"]
# The mark of each kind of list, as typed; `chapter` ... `dash` are lists of one another.
MARKS: dict[Kind, str] = {"chapter": "{roman}. ", "section": "{n}. ", "letter": "{letter}) ", "dash": "- "}


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph without its mark; `mark` is what stands before it when it is typed."""

    kind: Kind
    words: str
    mark: str = ""

    @property
    def typed(self) -> str:
        return self.mark + self.words


_SOURCE = """
body|Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính nhà nước tỉnh Quảng Ninh năm 2026 như sau:
chapter|MỤC ĐÍCH, YÊU CẦU
section|Mục đích
body|Tiếp tục đẩy mạnh cải cách hành chính, nâng cao chất lượng phục vụ người dân và doanh nghiệp.
section|Yêu cầu
body|Các cơ quan, đơn vị bám sát nội dung Kế hoạch, xác định rõ trách nhiệm của người đứng đầu.
chapter|MỤC TIÊU
section|Cải cách thể chế
letter|100% văn bản quy phạm pháp luật được ban hành đúng thời hạn.
letter|Tối thiểu 95% văn bản sau rà soát được xử lý trong năm.
section|Cải cách thủ tục hành chính
letter|Tỷ lệ hồ sơ giải quyết đúng hạn đạt trên 98%.
letter|Thời gian chờ của người dân không quá 15 phút một lượt giao dịch.
section|Xây dựng chính quyền điện tử, chính quyền số
letter|Ít nhất 80% hồ sơ được giải quyết trực tuyến.
letter|90% văn bản giữa các cơ quan được ký số.
chapter|NHIỆM VỤ, GIẢI PHÁP
section|Cải cách thể chế
dash|Rà soát, sửa đổi các quy định không còn phù hợp với mô hình chính quyền địa phương hai cấp.
dash|Nâng cao chất lượng thẩm định văn bản quy phạm pháp luật.
section|Cải cách thủ tục hành chính
dash|Công khai đầy đủ, kịp thời thủ tục hành chính trên Cổng dịch vụ công.
dash|Cắt giảm giấy tờ, đơn giản hóa quy trình giải quyết hồ sơ.
body|(Chi tiết tại Phụ lục kèm theo)
chapter|TỔ CHỨC THỰC HIỆN
section|Sở Nội vụ
dash|Theo dõi, đôn đốc các cơ quan thực hiện Kế hoạch.
dash|Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.
section|Sở Tài chính
dash|Bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách.
section|Sở Khoa học và Công nghệ
dash|Hướng dẫn các đơn vị khai thác nền tảng số dùng chung.
body|Trên đây là Kế hoạch cải cách hành chính nhà nước tỉnh Quảng Ninh năm 2026./.
"""  # noqa: E501
LEFT_HEAD = ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NINH", "Số: 27/KH-UBND"]
RIGHT_HEAD = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Quảng Ninh, ngày 15 tháng 01 năm 2026",
]  # fmt: skip
TITLE = ["KẾ HOẠCH", "Cải cách hành chính nhà nước tỉnh Quảng Ninh năm 2026"]
RECEIVERS = ["Nơi nhận:", "- Bộ Nội vụ;", "- Các sở, ban, ngành;", "- Lưu: VT, NC."]
SIGNATURE = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Bình"]
ANNEX = ["PHỤ LỤC", "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2026"]
HEAD = ["STT", "Nội dung nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]
# A row of one cell is the heading of an area; "\n" parts the lines of a cell.
ROWS: list[list[str]] = [
    ["I", "CẢI CÁCH THỂ CHẾ"],
    ["1", "Xây dựng kế hoạch kiểm tra văn bản quy phạm pháp luật", "Kế hoạch\nBáo cáo", "Sở Tư pháp", "Các sở, ban, ngành", "Quý I/2026"],  # noqa: E501
    ["2", "Rà soát văn bản theo chuyên đề đất đai", "Báo cáo", "Sở Tư pháp", "Sở Nông nghiệp và Môi trường", "Tháng 6/2026"],  # noqa: E501
    ["II", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"],
    ["3", "Công bố danh mục thủ tục hành chính nội bộ", "Quyết định", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Quý II/2026"],  # noqa: E501
    ["4", "Khảo sát sự hài lòng của người dân", "Báo cáo", "Sở Nội vụ", "UBND cấp xã", "Trước ngày 15/11/2026"],
    ["III", "CHÍNH QUYỀN ĐIỆN TỬ, CHÍNH QUYỀN SỐ"],
    ["5", "Nâng cấp hệ thống thông tin giải quyết thủ tục hành chính", "Hệ thống nâng cấp", "Sở Khoa học và Công nghệ", "Văn phòng UBND tỉnh", "Tháng 9/2026"],  # noqa: E501
]  # fmt: skip

_ROMAN = ("I", "II", "III", "IV", "V", "VI")


def _numbered(source: str) -> list[Para]:
    counts = {"chapter": 0, "section": 0, "letter": 0}
    made = []
    for line in source.strip().split("\n"):
        kind, words = line.split("|", 1)
        mark = ""
        if kind in counts:
            counts[kind] += 1
            for deeper in list(counts)[list(counts).index(kind) + 1 :]:
                counts[deeper] = 0
            n = counts[kind]
            mark = MARKS[kind].format(roman=_ROMAN[n - 1], n=n, letter="abcdđe"[n - 1])  # type: ignore[index]
        elif kind == "dash":
            mark = "- "
        made.append(Para(kind, words, mark))  # type: ignore[arg-type]
    return made


PARAS = _numbered(_SOURCE)


def as_text() -> bytes:
    """The plan as a text file, what all others are compared with."""
    lines = [*LEFT_HEAD, *RIGHT_HEAD, *TITLE, *(para.typed for para in PARAS), *SIGNATURE, *RECEIVERS, *ANNEX]
    lines.append(row_line(HEAD))
    lines += [row_line(row) for row in ROWS]
    return "\n".join(lines).encode()


def row_line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", "; ") for cell in cells) + " |"


# What the document says, written down by hand: the text file must give it too.
TARGETS = [(2, ">=", 100.0), (2, ">=", 95.0), (3, ">", 98.0), (3, "<=", 15.0), (7, ">=", 80.0), (7, ">=", 90.0)]
TASKS = [
    ("1", 2, ("Kế hoạch", "Báo cáo"), ("Sở Tư pháp",), ("Các sở, ban, ngành",), "2026-03-31"),
    ("2", 2, ("Báo cáo",), ("Sở Tư pháp",), ("Sở Nông nghiệp và Môi trường",), "2026-06-30"),
    ("3", 3, ("Quyết định",), ("Văn phòng UBND tỉnh",), ("Các sở, ban, ngành",), "2026-06-30"),
    ("4", 3, ("Báo cáo",), ("Sở Nội vụ",), ("UBND cấp xã",), "2026-11-15"),
    ("5", 7, ("Hệ thống nâng cấp",), ("Sở Khoa học và Công nghệ",), ("Văn phòng UBND tỉnh",), "2026-09-30"),
]
MEASURES = [
    (2, "Rà soát, sửa đổi các quy định không còn phù hợp với mô hình chính quyền địa phương hai cấp."),
    (2, "Nâng cao chất lượng thẩm định văn bản quy phạm pháp luật."),
    (3, "Công khai đầy đủ, kịp thời thủ tục hành chính trên Cổng dịch vụ công."),
    (3, "Cắt giảm giấy tờ, đơn giản hóa quy trình giải quyết hồ sơ."),
]
DUTIES = [
    ("Sở Nội vụ", "Theo dõi, đôn đốc các cơ quan thực hiện Kế hoạch."),
    ("Sở Nội vụ", "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026."),
    ("Sở Tài chính", "Bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách."),
    ("Sở Khoa học và Công nghệ", "Hướng dẫn các đơn vị khai thác nền tảng số dùng chung."),
]
INFO = ("27/KH-UBND", "2026-01-15", 2026, "UBND tỉnh Quảng Ninh", "Quảng Ninh", "Nguyễn Văn Bình")


def items_of(plan: Plan) -> dict[str, list[Any]]:
    """What a reading gave, in the form of the lists above, by section; `info` is what it says of itself."""
    info = plan.plan
    return {
        "info": [(info.number, str(info.issued_on), info.year, info.authority, info.province, info.signed_by)],
        "targets": [(t.area, t.comparator, t.value) for t in plan.targets],
        "tasks": [(t.ordinal, t.area, t.products, t.lead, t.support, str(t.deadline.end)) for t in plan.tasks],
        "measures": [(m.area, m.content) for m in plan.measures],
        "duties": [(d.agency, d.content) for d in plan.duties],
    }


ITEMS: dict[str, list[Any]] = {
    "info": [INFO], "targets": TARGETS, "tasks": TASKS, "measures": MEASURES, "duties": DUTIES,
}  # fmt: skip


def told(plan: Plan) -> str:
    """How many of the items a reading gave, and how many it gave that are none."""
    items = items_of(plan)
    parts = []
    for section, wanted in ITEMS.items():
        right = sum(item in items[section] for item in wanted)
        parts.append(f"{section} {right}/{len(wanted)} + {len(items[section]) - right}")
    return "; ".join(parts)
