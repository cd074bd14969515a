"""Lines of a text, and which of them belong to no table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc.reading.parts import part_of


@dataclass(slots=True)
class Line:
    start: int
    end: int
    text: str  # stripped
    pipes: int = 0
    tabs: int = 0


def line_of(raw: str, at: int) -> Line:
    """The line `raw` of a text, which begins at `at`."""
    end = at + len(raw)
    body = raw.strip(" \u00a0\u200b\ufeff\r")
    if "\t" in body:
        return Line(at, end, body.strip("\t").strip(), body.count("|"), body.count("\t"))
    return Line(at, end, body.strip(), body.count("|"))


def split_lines(text: str) -> list[Line]:
    lines = []
    at = 0
    for raw in text.split("\n"):
        lines.append(line_of(raw, at))
        at += len(raw) + 1
    return lines


_END_OF_TABLE = re.compile(
    r"^(?:nơi nhận|tm\.|kt\.|tl\.|t/m|phụ lục|biểu (?:số|\d)|trên đây|ghi chú ?:|\(ban hành kèm|lưu ý ?:|người ký"
    r"|tin liên quan|các tin|nguồn ?:|tác giả"
    r"|điều \d+\.|phần (?:thứ|[ivx]+\b)|chương [ivx]+|luật sư|văn bản (?:liên quan|gốc)|lược đồ|tải về|thuộc tính"
    r"|(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)] ?(?:tổ chức (?:thực hiện|triển khai)(?: thực hiện)?(?: kế hoạch)?"
    r"|(?:nguồn )?kinh phí(?: thực hiện)?|trách nhiệm[\w ,]{0,40}|chế độ báo cáo|phân công[\w ,]{0,40}"
    r"|các giải pháp|giải pháp[\w ,]{0,30}|mục tiêu|nhiệm vụ|phân công) ?:?$"
    r"|tổ chức thực hiện$)"
)
_END_IN_CAPITALS = re.compile(
    r"^(?:PHÓ |Q\. ?)?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|BỘ TRƯỞNG|KẾ HOẠCH$|QUYẾT ĐỊNH$"
    r"|ỦY BAN|UBND|CỘNG HÒA|NGƯỜI)"
)


def ends_table(line: str, low: str) -> bool:
    return bool(_END_OF_TABLE.match(low) or (line.isupper() and _END_IN_CAPITALS.match(line)))


_SECTION = re.compile(r"[ivx]{1,5} ?[.)/-] ?(?=[^\W\d_])")


def opens_section(low: str) -> bool:
    """«III. NHIỆM VỤ, GIẢI PHÁP»: the heading of a part of the document. Above rows it may head a part of the table."""
    marker = _SECTION.match(low)
    return marker is not None and part_of(low[marker.end() :].strip(" .:*"), strong=False) is not None


SEPARATOR_LINE = re.compile(r"^[|+:\-=\s]{3,}$")
PAGE = re.compile(r"^(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})?$|^-+ ?\d{1,3} ?-+$", re.IGNORECASE)
