"""Tables in flattened text: where are they, what is each column, and what do their rows say?

A table is recognised by its header: several cells one after another whose words name columns (STT, Nội dung, Cơ quan
chủ trì, Thời gian ...), in any order. What follows is read in the layout the header has:
- one cell a line, each ending in "|" (a saved page of a law portal);
- a row a line, cells parted by "|" (markdown, grids) or by tabs;
- one cell a line without any mark, cells hard-wrapped over several lines (text taken out of a PDF).
Rows are cut where each cell fits its column best (an ordinal, an agency, a deadline), so a row with a lost or an
additional cell does not shift the rows after it. Nothing is dropped in silence: what does not become an item is named
in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from cchc.model import AreaFrom, Deadline
from cchc.reading.agencies import split_agencies, starts_agency
from cchc.reading.areas import heading_area
from cchc.reading.blocks import Cell, Row, Table
from cchc.reading.deadlines import read_deadline
from cchc.text import matching

# What an official reads.
ROW = "Bảng nhiệm vụ, dòng {ordinal}«{content}»: "
CELLS_MISSING = "thiếu ô ({columns}), nội dung các ô được xếp theo cách hiểu"
CELLS_OVER = "nhiều ô hơn số cột, nội dung các ô được xếp theo cách hiểu"
CELL_UNREAD = "Bảng nhiệm vụ: không xếp được vào dòng nào: «{text}»"
ROW_WITHOUT_LEAD = "Không ghi cơ quan chủ trì"
ROW_ONLY_CONTENT = "Dòng chỉ có nội dung, không có cơ quan chủ trì và thời hạn"
CARRIED = "Ô «{column}» để trống, lấy theo dòng trên (ô gộp)"
FROM_LAYOUT = "Dòng thiếu ô, các ô được xếp theo nội dung"
LEAD_FROM_LABEL = "Cơ quan chủ trì lấy từ cột «cơ quan thực hiện»"
GAP = "Bảng nhiệm vụ: số thứ tự nhảy từ {before} sang {after}, có thể sót dòng"
NOT_A_ROW = "Bảng: dòng chưa hiểu «{text}»"
COLUMN_NAMES = {
    "ordinal": "STT", "content": "nội dung", "product": "sản phẩm", "lead": "cơ quan chủ trì",
    "support": "cơ quan phối hợp", "agency": "cơ quan thực hiện", "deadline": "thời hạn", "budget": "kinh phí",
    "note": "ghi chú", "basis": "căn cứ", "unit": "đơn vị tính", "value": "chỉ tiêu", "": "khác",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as the document gives it. `start:end` index the stored text; `section` counts how many headings or
    restarts of the numbering came before; `area` is set only where a heading row of the table names it."""

    ordinal: str
    content: str
    products: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline_raw: str
    deadline: Deadline
    note: str
    start: int
    end: int
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    area: int | None = None
    area_from: AreaFrom | None = None
    section: int = 0


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of a table of targets, as written; the figure itself is read by `figures`."""

    ordinal: str
    subject: str
    unit_raw: str
    value_raw: str
    agency: tuple[str, ...]
    start: int
    end: int
    year: int | None = None  # the year the value's column names
    deadline_raw: str = ""
    note: str = ""
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    area: int | None = None
    area_from: AreaFrom | None = None
    section: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    tasks: tuple[TaskRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Missing(Cell):
    """A cell that the row does not have (merged or lost), unlike one that is there and empty."""


@dataclass(frozen=True, slots=True)
class _HeadedTable(Table):
    """`value_years` holds the year each column's header names, if it names one."""

    value_years: tuple[int | None, ...] = ()


# --- columns ---------------------------------------------------------------------------------------------------------

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("ordinal", r"^(?:stt|tt|s\.?t\.?t|số tt|số thứ tự|thứ tự|số)$"),
        ("unit", r"^(?:đvt|đơn vị tính|đơn vị đo|đv tính|đ\.v\.t)$"),
        ("note", r"^ghi chú|^lưu ý$|^chú thích$"),
        ("budget", r"kinh phí|dự toán|nguồn vốn|nguồn lực"),
        ("support", r"^(?!.*chủ trì).*(?:phối hợp|tham gia)"),
        ("agency", r"chủ trì.{1,20}phối hợp|^(?:cơ quan|đơn vị|các cơ quan|cơ quan, đơn vị|cơ quan/đơn vị"
            r"|phân công|tổ chức)(?:,? ?/?(?:cơ quan|đơn vị|bộ phận))?(?: (?:tổ chức )?thực hiện| tham mưu thực hiện)?$"
                   r"|(?:cơ quan|đơn vị|bộ phận|phân công|trách nhiệm)[^:]{0,24} (?:thực hiện|triển khai|theo dõi"
                   r"|thực thi|báo cáo)"),
        ("lead", r"^người (?:thực hiện|phụ trách)|chủ trì|đầu mối|phụ trách|chịu trách nhiệm|(?:cơ quan"
            r"|đơn vị)[^:]{0,20}tham mưu|tham mưu chính|được giao|cơ quan giao|trách nhiệm$"),
        ("product", r"sản phẩm|kết quả|đầu ra|hình thức văn bản|yêu cầu cần đạt"),
        ("deadline", r"thời gian|thời hạn|thời điểm|tiến độ|hoàn thành|lộ trình|hạn (?:cuối|xử lý)|^hạn|kỳ hạn"),
        ("basis", r"căn cứ|cơ sở pháp lý|văn bản (?:giao|chỉ đạo|căn cứ|quy định)|^(?:theo )?văn bản$"),
        ("content", r"nội dung|nhiệm vụ|công việc|hoạt động|tên (?:đề án|chương trình|việc|chỉ|văn)|giải pháp"
            r"|^(?:tên )?(?:chỉ tiêu|mục tiêu|tiêu chí)|các chỉ tiêu|lĩnh vực"),
        ("value", r"^(?:kế hoạch|kh|mục tiêu|chỉ tiêu|giá trị|mức|tỷ lệ)\b|^(?:đến |hết |cuối )*(?:năm )?20\d\d$"
            r"|chỉ tiêu (?:giao|kế hoạch)|mức (?:đạt|độ|phấn đấu)|phấn đấu"),
    )
)  # fmt: skip
_AS_VALUE = re.compile(r"^(?:kế hoạch|kh|mục tiêu|chỉ tiêu|giá trị|mức|tỷ lệ)\b")
_TASK_ROLES = {"lead", "agency", "support", "deadline", "product"}


def _squash(text: str) -> str:
    return " ".join(text.replace("<br>", " ").replace("<br/>", " ").replace("<br />", " ").split())


def _header_form(text: str) -> str:
    plain = re.sub(r"[*_#:]+", " ", matching(_squash(text)))
    return re.sub(r"\s*/\s*", "/", " ".join(plain.split())).strip(" .;")


@lru_cache(maxsize=2048)
def _role(header: str) -> str | None:
    """The role of a column by its header's words; None where the words name none."""
    plain = re.sub(r"\s*\([^)]*\)?$", "", header).strip() or header
    if not plain or len(plain) > 90:
        return None
    for role, pattern in _ROLES:
        if pattern.search(plain):
            return role
    return None


def _resolve(headers: Sequence[str]) -> tuple[str, ...]:
    """Roles of all columns together: "Chỉ tiêu" is the content where no other column is, "Kế hoạch" a value beside
    an unit; the first of two columns of one role keeps it."""
    roles = [_role(h) or "" for h in headers]
    if "content" not in roles:
        for i, header in enumerate(headers):
            if roles[i] == "value" and _AS_VALUE.match(header):
                roles[i] = "content"
                break
    contents = [i for i, r in enumerate(roles) if r == "content"]
    for i in contents[1:]:
        better = re.search(r"nội dung|nhiệm vụ|công việc|hoạt động", headers[i]) and not re.search(
            r"nội dung|nhiệm vụ|công việc|hoạt động", headers[contents[0]]
        )
        if _AS_VALUE.match(headers[i]) and not better:
            roles[i] = "value"
        elif better:
            roles[contents[0]] = (
                "value" if re.match(r"chỉ tiêu|mục tiêu", headers[contents[0]]) and "unit" in roles else ""
            )
            contents[0] = i
        else:
            roles[i] = ""
    for role in ("ordinal", "product", "lead", "support", "deadline", "unit", "note"):
        seen = [i for i, r in enumerate(roles) if r == role]
        for i in seen[1:]:
            roles[i] = ""
    agencies = [i for i, r in enumerate(roles) if r == "agency"]
    if "lead" in roles:
        for i in agencies:
            roles[i] = "support" if "support" not in roles and not re.search("theo dõi", headers[i]) else ""
    elif agencies:
        for i in agencies[1:]:
            roles[i] = ""
    return tuple(roles)


def _is_header(roles: Sequence[str]) -> bool:
    """Whether the columns are those of a table of tasks or of targets."""
    named = [r for r in roles if r]
    if "content" not in named:
        return False
    if "unit" in named and "value" in named:
        return True
    return len(_TASK_ROLES & set(named)) >= 2 or (
        "ordinal" in named and bool({"lead", "agency", "deadline"} & set(named)) and len(named) >= 3
    )


# --- how well a cell fits a column -----------------------------------------------------------------------------------

_ORDINAL = re.compile(
    r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXivx]{1,6}(?:\.\d{1,2})?|[A-Ha-h]"
    r"|[A-H]\.?[IVX\d]{1,3})[.)/]?$"
)
_DEADLINE_LIKE = re.compile(
    r"^[-+ ]*(?:trước|chậm nhất|muộn nhất|trong|đến|hết|cuối|đầu|từ|hoàn thành|thời gian|cả|giữa)? ?(?:hết |cuối "
    r"|đầu |khi |vòng )?"
    r"(?:quý|quí|tháng|ngày|năm\b|0?[69] tháng|giai đoạn|20\d\d|\d{1,2}/\d{1,4}|thường xuyên|liên tục|định kỳ"
    r"|\d{1,2} lần|hằng|hàng (?:năm|quý|tháng|tuần)|theo (?:kế hoạch|yêu cầu|quy định|tiến độ|lộ trình|hướng dẫn"
    r"|chỉ đạo|chương trình)"
    r"|sau khi|ngay sau|khi có|kể từ|đột xuất|q[1-4i]|\d{1,2} ngày)"
)
_DATE_AT_END = re.compile(r"(?:quý [ivx1-4]+|tháng \d+|20\d\d|\d/\d+|thường xuyên|hằng (?:năm|quý|tháng))[ .;)]*$")
_DOC_TYPES = (
    r"(?:kế hoạch|báo cáo|quyết định|nghị quyết|công văn|văn bản|tờ trình|đề án|dự án|chương trình|chỉ thị"
    r"|thông báo|hướng dẫn|quy chế"
    r"|quy định|quy trình|danh mục|phương án|kết luận|biên bản|hồ sơ|dự thảo|thông tư|nghị định|tài liệu|kịch bản"
    r"|hợp đồng|bộ tiêu chí|bộ chỉ số|giấy mời|lịch)"
)
_PRODUCT_LIKE = re.compile(
    rf"^[-+ ]*(?:các |\d+ |\d+% )?(?:{_DOC_TYPES}|hội nghị|lớp|phần mềm|hệ thống|cổng"
    rf"|ứng dụng|nền tảng|cuộc|phiếu|tin|bài|chuyên mục|cơ sở dữ liệu|kết quả)\b"
)
_VERB = re.compile(
    r"\b(?:xây dựng|triển khai|thực hiện|tham mưu|ban hành|rà soát|tổ chức thực hiện|đẩy mạnh"
    r"|tăng cường|nâng cao|tiếp tục|hoàn thiện|công bố)\b"
)


def _starts_lower(text: str) -> bool:
    return text[:1].islower()


@lru_cache(maxsize=16384)
def _agency_like(text: str) -> bool:
    if not text or len(text) > 400:
        return False
    match = matching(text)
    at = re.match(r"[-+*•\s]*(?:cơ quan |đơn vị )?(?:(?:chủ trì|phối hợp) ?: ?)?", match)
    at_ = at.end() if at else 0
    if at_ >= len(text):
        return False
    if (
        starts_agency(text, match, at_)
        or re.match(
            r"(?:cơ quan|đơn vị)[^.]{0,60}(?:liên quan|trực thuộc)"
            r"|[A-ZĐ]{3,7}$",
            text[at_:],
        )
        or re.match(
            r"ubnd|sở\b|cấp (?:huyện|xã)|hội đồng|ban chỉ đạo|tổ (?:công tác|giúp việc)|cán bộ|công chức|cc\b|bộ phận"
            r"|chủ tịch|thủ trưởng|lãnh đạo",
            match[at_:],
        )
    ):
        return not _VERB.search(match) or len(text) < 40
    return False


@lru_cache(maxsize=32768)
def _misfit(role: str, text: str) -> float:
    """How badly a text fits a column: 0 fits, 1 odd, 3 and more wrong."""
    if not text:
        return {
            "content": 5.0,
            "ordinal": 1.0,
            "lead": 2.2,
            "agency": 2.2,
            "support": 0.7,
            "deadline": 1.3,
            "product": 0.8,
            "note": 0.1,
        }.get(role, 0.35)
    if role == "ordinal":
        return 0.0 if _ORDINAL.match(text) else 4.0
    match = matching(text)
    deadline = bool(_DEADLINE_LIKE.match(match)) and len(text) < 160
    agency = _agency_like(text)
    if role == "content":
        if _ORDINAL.match(text):
            return 4.0
        return 3.0 if agency else 3.0 if deadline and len(text) < 40 else 1.0 if len(text) < 12 else 0.0
    if role in ("lead", "agency", "support"):
        if agency:
            return 1.8 if _DATE_AT_END.search(match) else 0.0
        return 3.0 if deadline or _ORDINAL.match(text) else 2.0 if len(text) < 60 else 3.0
    if role == "deadline":
        return 0.0 if deadline else 3.0 if agency or _ORDINAL.match(text) else 2.0 if len(text) < 60 else 3.5
    if role == "product":
        if _PRODUCT_LIKE.match(match):
            return 0.0
        return 2.5 if agency or deadline else 3.0 if _ORDINAL.match(text) else 0.6 if len(text) < 90 else 1.2
    if role == "note":
        return 2.0 if _ORDINAL.match(text) else 0.9
    if role == "value":
        return 0.0 if re.search(r"\d|%|100|đạt|hoàn thành|cải thiện|tăng|giảm|nhóm", match) and len(text) < 80 else 1.5
    if role == "unit":
        return 0.0 if len(text) < 25 and not re.search(r"\d", text) else 2.0
    if role == "budget":
        return 0.3 if re.search(r"\d|ngân sách|kinh phí|triệu|nguồn", match) else 1.0
    if role == "basis":
        return 0.1 if re.search(r"/|số \d|nghị|quyết|kế hoạch|công văn", match) else 1.0
    return 0.6


# --- pieces of text --------------------------------------------------------------------------------------------------


def _cell(text: str, start: int, end: int) -> Cell:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip())
    start, end = (start + lead, start + len(raw.rstrip())) if raw.strip() else (start, start)
    return Cell(start, end, _squash(re.sub(r"(?<!\w)\*{1,2}|\*{1,2}(?!\w)", "", text[start:end])))


def _align(cells: Sequence[Cell], columns: Sequence[str], text: str, join: bool) -> tuple[float, list[tuple[int, int]]]:
    """Cells to columns, in order, with the least misfit: `(cost, [(first, last+1) a column])`.

    Without `join` a column takes at most one cell; with it, cells that stand one after another may be one cell that
    was wrapped over lines.
    """
    count, width = len(cells), len(columns)
    infinite = 1e9
    best = [[infinite] * (count + 1) for _ in range(width + 1)]
    back = [[0] * (count + 1) for _ in range(width + 1)]
    best[0][0] = 0.0
    reach = 14 if join else 1
    for column in range(width):
        role = columns[column]
        for done in range(count + 1):
            base = best[column][done]
            if base >= infinite:
                continue
            joined = ""
            glue = 0.0
            for upto in range(done, min(count, done + reach) + 1):
                if upto > done:
                    piece = cells[upto - 1].text
                    if upto - 1 > done:
                        glue += _glue(cells[upto - 2].text, piece)
                    joined = f"{joined} {piece}" if joined else piece
                cost = base + glue + _misfit(role, joined)
                if join and upto > done and done > 0 and _starts_lower(cells[done].text):
                    cost += 0.4 if role in ("support", "lead", "agency") and _agency_like(joined) else 2.0
                if (
                    join
                    and upto > done
                    and done > 0
                    and re.search(
                        r"(?:,|\b(?:và|của|các|cho|trong|theo|với|về"
                        r"|số))$",
                        cells[done - 1].text,
                    )
                ):
                    cost += 2.0
                if cost < best[column + 1][upto]:
                    best[column + 1][upto] = cost
                    back[column + 1][upto] = done
    if best[width][count] >= infinite:
        return infinite, []
    spans = []
    upto = count
    for column in range(width, 0, -1):
        done = back[column][upto]
        spans.append((done, upto))
        upto = done
    return best[width][count], spans[::-1]


def _glue(before: str, after: str) -> float:
    """The price of taking two lines as one cell."""
    if _starts_lower(after) or after[:1] in "(/&%" or after[:1].isdigit():
        return 0.02
    if before[-1:] in ",-/(&" or re.search(r"\b(?:và|của|các|cho|trong|theo|với|về|số)$", before):
        return 0.02
    return 0.25 if before[-1:] in ";" or after[:1] in "-+" else 0.75 if before[-1:] != "." else 1.2


def _fill(cells: Sequence[Cell], spans: Sequence[tuple[int, int]], text: str, row_end: int) -> tuple[Cell, ...]:
    filled: list[Cell] = []
    for first, last in spans:
        if first == last:
            filled.append(_Missing(row_end, row_end, ""))
        elif last - first == 1:
            filled.append(cells[first])
        else:
            parts = [c for c in cells[first:last] if c.text] or [cells[first]]
            filled.append(Cell(parts[0].start, parts[-1].end, " ".join(p.text for p in parts)))
    return tuple(filled)


# --- lines -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str  # stripped
    pipes: int = 0
    tabs: int = 0


def _lines(text: str) -> list[_Line]:
    lines = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(" \u00a0\u200b\ufeff\r")
        body = stripped.strip("\t")
        lines.append(_Line(at, at + len(raw), body.strip(), stripped.count("|"), stripped.count("\t")))
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


def _ends_table(line: str, low: str) -> bool:
    return bool(_END_OF_TABLE.match(low) or (line.isupper() and _END_IN_CAPITALS.match(line)))


_SEPARATOR_LINE = re.compile(r"^[|+:\-=\s]{3,}$")
_PAGE = re.compile(r"^(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})?$|^-+ ?\d{1,3} ?-+$", re.IGNORECASE)


def find_tables(text: str, match: str) -> list[Table]:
    """All tables of tasks and of targets, in order, not overlapping. `match` is `matching(text)`."""
    lines = _lines(text)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        found = _table_at(text, match, lines, at)
        if found is None:
            at += 1
        else:
            table, at = found
            tables.append(table)
    return tables


_FIRST_HEADER = re.compile(
    r"(?:^|[|\t])[\s*_#]*(?:stt|tt|s\.?t\.?t|số tt|số thứ tự)[\s*_.]*(?:$|[|\t])|nội dung"
    r"|nhiệm vụ|công việc|chỉ tiêu|chủ trì|hoạt động"
)


def _table_at(text: str, match: str, lines: list[_Line], at: int) -> tuple[Table, int] | None:
    line = lines[at]
    if not line.text or line.end - line.start > 1200:
        return None
    if not _FIRST_HEADER.search(match[line.start : line.end].strip()):
        return None
    if line.pipes >= 2:
        by_row = _row_table(text, match, lines, at, "|")
        if by_row is not None and _regular(by_row[0]) >= 0.75:
            return by_row
        by_cell = _cell_table(text, match, lines, at, wrapped=True)  # rows wrapped over several lines
        if by_cell is None or (by_row is not None and _full(by_row[0]) >= _full(by_cell[0])):
            return by_row
        return by_cell
    if line.tabs >= 2:
        return _row_table(text, match, lines, at, "\t")
    if line.pipes == 1 and line.text.endswith("|"):
        return _cell_table(text, match, lines, at)
    if line.pipes == 0 and line.tabs == 0:
        return _line_table(text, match, lines, at)
    return None


def _full(table: Table) -> int:
    """How many rows have a cell for each column."""
    return sum(
        len(r.cells) == len(table.columns)
        and not any(
            isinstance(c, _Missing) and role not in ("note", "") for c, role in zip(r.cells, table.columns, strict=True)
        )
        for r in table.rows
    )


def _regular(table: Table) -> float:
    """The share of rows that are full or a heading."""
    headings = sum(len(r.cells) <= 2 for r in table.rows)
    return (_full(table) + headings) / max(1, len(table.rows))


# --- layout: a row on a line -----------------------------------------------------------------------------------------


def _row_cells(text: str, line: _Line, mark: str) -> list[Cell]:
    raw = text[line.start : line.end]
    edges = [i for i, c in enumerate(raw) if c == mark]
    if mark == "\t":  # outer tabs are empty cells
        bounds = [-1, *edges, len(raw)]
    else:
        opens = raw.lstrip().startswith("|")
        closes = raw.rstrip().endswith("|")
        bounds = ([] if opens else [-1]) + edges + ([] if closes else [len(raw)])
    return [_cell(text, line.start + a + 1, line.start + b) for a, b in pairwise(bounds)]


def _row_table(text: str, match: str, lines: list[_Line], at: int, mark: str) -> tuple[Table, int] | None:
    def count(line: _Line) -> int:
        return line.pipes if mark == "|" else line.tabs

    cells = _row_cells(text, lines[at], mark)
    headers = [_header_form(c.text) for c in cells]
    body = at + 1
    # a header over two lines: the cells below carry on or divide those above
    ahead = body
    while ahead < len(lines) and ahead < at + 4 and (not lines[ahead].text or _SEPARATOR_LINE.match(lines[ahead].text)):
        ahead += 1
    if ahead < len(lines) and count(lines[ahead]) >= 1:
        below = [_header_form(c.text) for c in _row_cells(text, lines[ahead], mark)]
        named = [_role(h) for h in below if h]
        opens = below[0] if below else ""
        if (
            named
            and not _ORDINAL.match(opens.upper() if opens else "")
            and sum(r is not None for r in named) >= max(1, len(named) * 0.6)
            and (not opens or _role(opens) is not None or len(below) < len(headers))
        ):
            if len(below) == len(headers):
                headers = [
                    b
                    if a
                    and b
                    and _role(b)
                    and _role(b) != "ordinal"
                    and _role(a) in ("agency", None, "lead", "support")
                    else f"{a} {b}".strip()
                    for a, b in zip(headers, below, strict=True)
                ]
                body = ahead + 1
            elif len(below) < len(headers):
                headers = _divided([*headers, *[b for b in below if b]]) or headers
                body = ahead + 1
    roles = _resolve(headers)
    if not _is_header(roles):
        return None
    width = len(roles)
    rows: list[Row] = []
    end = lines[body - 1].end
    pending: list[Cell] = []
    index = body
    blank = 0
    grid = any(line.text.startswith("+-") for line in lines[max(0, at - 1) : body + 1])
    group: list[list[Cell]] = []
    while index < len(lines):
        line = lines[index]
        if not line.text or line.text == "|" * len(line.text):
            blank += 1
            if blank > 3 and not any(count(ln) >= 2 for ln in lines[index : index + 4]):
                break
            index += 1
            continue
        if _SEPARATOR_LINE.match(line.text):
            if grid and group:
                rows.append(_grid_row(group))
                end = rows[-1].end
                group = []
            index += 1
            continue
        if count(line) == 0:
            nearby = any(count(ln) >= 2 for ln in lines[index + 1 : index + 7])
            if _PAGE.match(line.text) and nearby:
                index += 1
                continue
            low = match[line.start : line.end].strip()
            if _ends_table(line.text, low):
                break
            if nearby and _looks_like_title(line.text):
                rows.append(Row((_cell(text, line.start, line.end),), line.start, line.end))
                end = line.end
                index += 1
                blank = 0
                continue
            if rows and not blank and (_starts_lower(line.text) or nearby) and not lines[index - 1].text.endswith("|"):
                last = rows[-1]  # a hard-wrapped last cell
                extra = _cell(text, line.start, line.end)
                tail = last.cells[-1]
                joined = Cell(tail.start if tail.text else extra.start, extra.end, f"{tail.text} {extra.text}".strip())
                rows[-1] = Row((*last.cells[:-1], joined), last.start, extra.end)
                end = line.end
                index += 1
                continue
            break
        blank = 0
        cells = _row_cells(text, line, mark)
        index += 1
        if grid:
            group.append(cells)
            end = line.end
            continue
        forms = [_header_form(c.text) for c in cells]
        if _same_header(forms, headers) or _numbering_row(forms, width):
            end = line.end
            continue
        if pending:
            cells = [
                *pending[:-1],
                Cell(pending[-1].start, cells[0].end, f"{pending[-1].text} {cells[0].text}".strip()),
                *cells[1:],
            ]
            pending = []
        if (
            mark == "|"
            and len(cells) < width
            and not text[line.start : line.end].rstrip().endswith("|")
            and index < len(lines)
        ):
            following = lines[index]
            follows = _row_cells(text, following, mark) if following.pipes else []
            if follows and len(cells) + len(follows) - 1 == width and not _ORDINAL.match(follows[0].text):
                pending = cells
                continue
        row = Row(tuple(cells), cells[0].start, max(c.end for c in cells))
        end = line.end
        filled = [c for c in cells if c.text]
        if not filled:
            continue
        if rows and _carries_on(row, rows[-1], roles):
            rows[-1] = _merged(rows[-1], row)
            continue
        rows.append(row)
    if group:
        rows.append(_grid_row(group))
    if not rows:
        return None
    shaped = tuple(_shaped(row, roles, text) for row in rows)
    return _table(text, lines, at, end, roles, headers, shaped), index


def _grid_row(group: list[list[Cell]]) -> Row:
    width = max(len(g) for g in group)
    cells = []
    for column in range(width):
        parts = [g[column] for g in group if column < len(g) and g[column].text]
        if parts:
            cells.append(Cell(parts[0].start, parts[-1].end, " ".join(p.text for p in parts)))
        else:
            first = group[0][min(column, len(group[0]) - 1)]
            cells.append(Cell(first.start, first.start, ""))
    return Row(tuple(cells), min(g[0].start for g in group), max(c.end for g in group for c in g))


def _carries_on(row: Row, above: Row, roles: Sequence[str]) -> bool:
    """A row that only continues the one above (a cell broken by the end of a page or by a hard wrap)."""
    if len(row.cells) != len(roles) or len(above.cells) != len(roles):
        return False
    by_role = dict(zip(roles, row.cells, strict=True))
    if "ordinal" in by_role and by_role["ordinal"].text:
        return False
    filled = [c for c in row.cells if c.text]
    return (
        bool(filled)
        and all(_starts_lower(c.text) or not c.text[:1].isalpha() for c in filled)
        and not all(c.text for c in row.cells[1:])
    )


def _merged(above: Row, row: Row) -> Row:
    cells = tuple(
        a if not b.text else Cell(a.start if a.text else b.start, b.end, f"{a.text} {b.text}".strip())
        for a, b in zip(above.cells, row.cells, strict=True)
    )
    return Row(cells, above.start, row.end)


def _shaped(row: Row, roles: Sequence[str], text: str) -> Row:
    """A row whose cells are those of the columns; a heading row keeps its one or two cells."""
    width = len(roles)
    cells = list(row.cells)
    filled = [c for c in cells if c.text]
    if len(cells) > width and all(not c.text for c in cells[width:]):
        cells = cells[:width]
    if len(cells) == width:
        return Row(tuple(cells), row.start, row.end)
    if len(filled) <= 2 and _heading_cells(filled) is not None:
        return Row(tuple(filled), row.start, row.end)
    _, spans = _align(cells, roles, text, join=len(cells) > width)
    if not spans:
        return Row(tuple(filled), row.start, row.end)
    return Row(_fill(cells, spans, text, row.end), row.start, row.end)


def _heading_cells(filled: Sequence[Cell]) -> tuple[str, str] | None:
    """(ordinal, title) of a heading row made of one or two cells; None where they are no heading."""
    if len(filled) == 1 and not _ORDINAL.match(filled[0].text):
        found = _NUMBERED.match(filled[0].text)
        return (found.group(1), found.group(2)) if found else ("", filled[0].text)
    if len(filled) == 2 and _ORDINAL.match(filled[0].text) and not _ORDINAL.match(filled[1].text):
        return filled[0].text, filled[1].text
    return None


_NUMBERED = re.compile(r"^((?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-H])[.)/]|[IVX]{1,5}(?= ))\s*(\S.*)$")


def _may_be_header(first: str) -> bool:
    """Whether a header or a numbering row could open with this cell; spares the full comparison."""
    return len(first) < 60 and (bool(re.match(r"\W*(?:1|A|a)\W*$", first)) or _role(_header_form(first)) is not None)


def _same_header(forms: Sequence[str], headers: Sequence[str]) -> bool:
    """A header printed again on the next page."""
    filled = [f for f in forms if f]
    if len(filled) < 3:
        return False
    known = " ".join(headers)
    return sum(f in known for f in filled) >= 0.7 * len(filled) and sum(
        _role(f) is not None for f in filled
    ) >= 0.7 * len(filled)


def _numbering_row(forms: Sequence[str], width: int) -> bool:
    """The row "(1) (2) (3) ..." or "A B 1 2 3" under a header."""
    numbers = [f.strip("()[]. ") for f in forms]
    if len(numbers) < 3 or len(numbers) > width:
        return False
    plain = [n for n in numbers if n]
    if len(plain) < 3 or not all(re.fullmatch(r"\d{1,2}|[a-h]", n) for n in plain):
        return False
    digits = [int(n) for n in plain if n.isdigit()]
    return all(b == a + 1 for a, b in pairwise(digits)) and digits[:1] in ([1], [2], [3])


def _divided(headers: list[str]) -> list[str] | None:
    """Headers of a table whose "Cơ quan thực hiện" stands over "Chủ trì" and "Phối hợp", flattened in reading order:
    the lower ones come last and belong where the upper one stands."""
    roles = [_role(h) for h in headers]
    for i, role in enumerate(roles):
        if role not in ("agency", "lead") or i + 2 >= len(headers):
            continue
        tail = roles[-2:]
        if tail in (["lead", "support"], ["support", "lead"]) and i < len(headers) - 3:
            return [*headers[:i], *headers[-2:], *headers[i + 1 : -2]]
    return None


def _looks_like_title(line: str) -> bool:
    return bool(len(line) < 160 and (area_of(line) or line.isupper() or _NUMBERED.match(line)))


# --- layout: a cell on a line, each ending in "|" --------------------------------------------------------------------


def _cell_table(text: str, match: str, lines: list[_Line], at: int, wrapped: bool = False) -> tuple[Table, int] | None:
    # A header cell may be wrapped; its first line is where the words begin, so look back is not needed: the cells
    # before "STT" end in "|" or belong to prose.
    cells: list[Cell] = []
    ends: list[int] = []
    index = at
    start_of_cell = lines[at].start
    loose = 0
    stop = len(lines)
    while index < stop:
        line = lines[index]
        if line.pipes == 0:
            low = match[line.start : line.end].strip()
            if loose == 0 and cells and line.text and _ends_table(line.text, low) and len(cells) > 3:
                break
            loose += 1
            if loose > 25 or (wrapped and not line.text):
                break
            index += 1
            continue
        if line.pipes > 1 and not wrapped and line.text != "|" * line.pipes and len(cells) < 3:
            return None
        raw_end = line.start
        for piece in range(line.pipes):
            raw_end = text.index("|", raw_end)
            cells.append(_cell(text, start_of_cell, raw_end))
            ends.append(index)
            raw_end += 1
            start_of_cell = raw_end
            _ = piece
        if not wrapped:
            start_of_cell = line.end + 1
        loose = 0
        index += 1
    headers, width = _cell_header(cells)
    if not width:
        return None
    used = len(headers)
    columns = _divided(headers) or headers
    roles = _resolve(columns)
    if not _is_header(roles):
        return None
    rows, taken = _cut_rows(cells[used:], roles, columns, text)
    if not rows:
        return None
    last = used + taken - 1
    return _table(text, lines, at, cells[last].end, roles, columns, tuple(rows)), ends[last] + 1


def _cell_header(cells: Sequence[Cell]) -> tuple[list[str], int]:
    """Header texts at the start of a run of cells, and how many columns they name (0: no header)."""
    forms: list[str] = []
    seen: set[str | None] = set()
    for cell in cells[:16]:
        form = _header_form(cell.text)
        role = _role(form) if _HEADER_WORDS.match(form) else None
        if forms and (_ORDINAL.match(cell.text.strip("*")) or (not form and len(forms) >= 3)):
            break
        if len(form) > 90 or (forms and role is None and area_of(cell.text)):
            break
        if (
            len(forms) >= 3
            and role is None
            and (len(form) > 25 or _misfit("lead", cell.text) == 0 or _misfit("deadline", cell.text) == 0)
        ):
            break
        if role in ("ordinal", "lead", "support", "deadline", "note") and role in seen:
            break
        seen.add(role)
        forms.append(form)
    while forms and _role(forms[-1]) is None:
        # an unknown last word may be a column of its own, but a long one is a row
        if (
            len(forms[-1]) <= 25
            and len(cells) > len(forms)
            and _ORDINAL.match(cells[len(forms)].text)
            and len(forms) > 3
        ):
            break
        forms.pop()
    return forms, len(forms)


def _cut_rows(cells: Sequence[Cell], roles: Sequence[str], headers: Sequence[str], text: str) -> tuple[list[Row], int]:
    """Rows out of a run of cells, and how many cells they use: the cutting with the least misfit in all."""
    width = len(roles)
    count = len(cells)
    infinite = 1e9
    best = [infinite] * (count + 1)
    choice: list[tuple[int, str, tuple[tuple[int, int], ...]]] = [(1, "skip", ())] * (count + 1)
    best[count] = 0.0
    for i in range(count - 1, -1, -1):
        options: list[tuple[float, int, str, tuple[tuple[int, int], ...]]] = [
            (6.0 if cells[i].text else 2.5, 1, "skip", ())
        ]
        plain = False  # nothing can fit better than a row whose cells all fit
        if i + width <= count:
            block = cells[i : i + width]
            if _may_be_header(block[0].text):
                forms = [_header_form(c.text) for c in block]
                if _same_header(forms, headers) or _numbering_row(forms, width):
                    options.append((0.0, width, "header", ()))
            filled = [c for c in block if c.text]
            if not filled:
                options.append((3.0, width, "blank", ()))
            elif len(filled) <= 2 and _heading_cells(filled) and block[0].text:
                options.append((_heading_cost(filled) * 0.5, width, "heading", ()))
            cost = sum(_misfit(role, c.text) for role, c in zip(roles, block, strict=True))
            options.append((cost, width, "row", ()))
            plain = cost < 1.2
        if cells[i].text and not plain:
            for size in (1, 2):
                block = cells[i : i + size]
                if len(block) == size and all(c.text for c in block) and _heading_cells(block):
                    options.append((_heading_cost(block) + 0.2, size, "heading", ()))
            if roles[0] != "ordinal" or _ORDINAL.match(cells[i].text):
                for size in range(max(2, width - 4), width):
                    if i + size <= count:
                        cost, spans = _align(cells[i : i + size], roles, text, join=False)
                        if spans:
                            options.append((cost + 0.6 * (width - size), size, "short", tuple(spans)))
                if i + width + 1 <= count:
                    cost, spans = _align(cells[i : i + width + 1], roles, text, join=True)
                    if spans:
                        options.append((cost + 1.5, width + 1, "long", tuple(spans)))
        for cost, size, kind, spans_ in options:
            total = cost + best[i + size]
            if total < best[i]:
                best[i] = total
                choice[i] = (size, kind, spans_)
    rows: list[Row] = []
    i = 0
    taken = 0
    skipped = 0
    while i < count:
        size, kind, spans_ = choice[i]
        block = cells[i : i + size]
        end = max(c.end for c in block)
        if kind == "row":
            rows.append(Row(tuple(block), block[0].start, end))
        elif kind == "heading":
            rows.append(Row(tuple(c for c in block if c.text), block[0].start, end))
        elif kind in ("short", "long"):
            rows.append(Row(_fill(block, spans_, text, end), block[0].start, end))
        elif kind == "skip":
            skipped += 1
            if block[0].text:
                rows.append(Row(tuple(block), block[0].start, end))
            if skipped >= 6:
                break
        if kind != "skip":
            skipped = 0
        i += size
        if kind not in ("skip", "blank"):
            taken = i
    while rows and rows[-1].end > (cells[taken - 1].end if taken else 0):
        rows.pop()
    return rows, taken


def _heading_cost(cells: Sequence[Cell]) -> float:
    title = cells[-1].text
    if area_of(title) or (title.isupper() and len(title) > 6):
        return 0.3
    if _agency_like(title) or _DEADLINE_LIKE.match(matching(title)) or len(title) > 300:
        return 4.0
    if re.match(r"^[IVX]{1,5}[.)]?$|^[A-H][.)]?$", cells[0].text) and len(cells) == 2:
        return 0.6
    return 1.6 if len(cells) == 2 else 2.4


# --- layout: a cell on a line (or on several), no mark at all ---------------------------------------------------------


def _line_table(text: str, match: str, lines: list[_Line], at: int) -> tuple[Table, int] | None:
    first = _header_form(lines[at].text)
    if not _HEADER_LINE.match(first) or len(lines[at].text) > 60 or lines[at].text[-1:] in ";.":
        return None
    header: list[_Line] = []
    index = at
    while index < len(lines) and len(header) < 30:
        line = lines[index]
        if not line.text:
            index += 1
            continue
        if line.pipes or line.tabs or len(line.text) > 90:
            break
        if header and (_ORDINAL.match(line.text) or _row_opens(line.text)):
            break
        if header and (
            _role(_header_form(line.text)) == "ordinal" or match.startswith(("(ban hành", "(kèm theo"), line.start)
        ):
            return None  # the header begins here or later; what came before is a title
        if header and area_of(line.text) and _role(_header_form(line.text)) is None:
            break
        header.append(line)
        index += 1
    headers = _header_lines([_header_form(h.text) for h in header])
    if headers is None:
        return None
    names, used = headers
    names = _divided(names) or names
    roles = _resolve(names)
    if not _is_header(roles) or len([r for r in roles if r]) < 3:
        return None
    if used < len(header):  # lines after the header that are no header: the first rows
        index = lines.index(header[used])
    else:
        following = header[-1]
        index = lines.index(following) + 1
    rows, index, end = _line_rows(text, match, lines, index, roles, names)
    if not rows:
        return None
    return _table(text, lines, at, end, roles, names, tuple(rows)), index


_HEADER_LINE = re.compile(
    r"^(?:stt|tt|s\.?t\.?t|số tt|số thứ tự|(?:các |tên )?(?:nội dung|nhiệm vụ|công việc|hoạt động|chỉ tiêu"
    r"|mục tiêu|tiêu chí|giải pháp|lĩnh vực)|tên)(?:[ ,/(][^.;:]{0,50})?$"
)
_HEADER_WORDS = re.compile(
    r"^(?:stt|tt|số|nội dung|nhiệm vụ|tên|công việc|các|danh mục|hoạt động|chỉ tiêu|mục tiêu|tiêu chí|sản phẩm"
    r"|kết quả|đầu ra|cơ quan|đơn vị|chủ trì|phối hợp|người|bộ phận"
    r"|phân công|thời|tiến độ|hạn|ngày|kinh phí|dự toán|nguồn|ghi chú|căn cứ|cơ sở|văn bản|đvt|kế hoạch|năm"
    r"|lĩnh vực|giải pháp|trách nhiệm|hoàn thành|hình thức|dự kiến|yêu cầu|lãnh đạo|mức|tỷ lệ|giá trị"
    r"|lộ trình)\b[^;:]{0,60}$"
)


def _row_opens(line: str) -> bool:
    found = re.match(r"^(?:1|I|A)[.)]?\s+\S", line)
    return bool(found) and len(line) > 12


def _header_lines(forms: list[str]) -> tuple[list[str], int] | None:
    """Header lines put together to columns (a header cell may take up to four lines): names, lines used."""
    count = len(forms)
    best: list[tuple[float, list[str]]] = [(0.0, []), *[(-1e9, list[str]())] * count]
    for done in range(count):
        score, names = best[done]
        if score <= -1e8:
            continue
        for upto in range(done + 1, min(count, done + 4) + 1):
            joined = " ".join(forms[done:upto])
            role = _role(joined)
            if len(joined) > 90:
                break
            if role and not _HEADER_WORDS.match(joined):
                role = None
            gain = (2.0 if role else -3.0) - 0.3 * (upto - done - 1)
            if (
                role
                and any(_role(n) == role for n in names)
                and role in ("ordinal", "lead", "support", "deadline", "note")
            ):
                gain = -1.0
            if role and upto - done > 1 and all(_role(f) for f in forms[done:upto]):
                gain -= 1.9 if len({_role(f) for f in forms[done:upto]}) > 1 else 0.5
            if score + gain > best[upto][0]:
                best[upto] = (score + gain, [*names, joined])
    used = max(range(count + 1), key=lambda i: (best[i][0], i))
    names = best[used][1]
    return (names, used) if len(names) >= 3 else None


_OPENS_ROW = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}(?:\.\d{1,2})?|[A-H])([.)/]?)(?:\s+(\S.*))?$")


def _line_rows(
    text: str, match: str, lines: list[_Line], index: int, roles: Sequence[str], headers: Sequence[str]
) -> tuple[list[Row], int, int]:
    """Rows that open with an ordinal: alone on its line, or followed by the content."""
    ordinal_first = roles and roles[0] == "ordinal"
    width = len(roles)
    rows: list[Row] = []
    end = lines[index - 1].end if index else 0
    group: list[Cell] = []
    previous = 0
    blank = 0

    def close() -> None:
        nonlocal end
        if group:
            row = _line_row(text, group, roles)
            rows.extend(row)
            end = max(r.end for r in row) if row else end
            group.clear()

    if not ordinal_first:
        return _unnumbered_rows(text, match, lines, index, roles, headers)
    while index < len(lines):
        line = lines[index]
        if not line.text:
            blank += 1
            index += 1
            continue
        low = match[line.start : line.end].strip()
        if _ends_table(line.text, low) or line.pipes >= 2 or line.tabs >= 2:
            break
        again = _header_again(lines, index, headers)
        if again:
            index = again
            continue
        found = _OPENS_ROW.match(line.text)
        opens = False
        if found:
            opens, previous = _continues(found, previous, bool(rows or group))
        if opens and found and _PAGE.match(line.text) and _page_number(lines, index, previous):
            index += 1
            previous = max(0, previous - 1)
            continue
        if opens and found:
            close()
            offset = text.index(line.text[0], line.start)
            mark_end = offset + found.end(2)
            group.append(_cell(text, offset, mark_end))
            if found.group(3):
                group.append(_cell(text, offset + found.start(3), line.end))
        elif not group:
            if _looks_like_title(line.text):
                rows.append(Row((_cell(text, line.start, line.end),), line.start, line.end))
            else:
                break
        elif area_of(line.text) and (line.text.isupper() or _NUMBERED.match(line.text)) and len(group) >= 3:
            close()
            rows.append(Row((_cell(text, line.start, line.end),), line.start, line.end))
        elif len(group) > 60 or (len(line.text) > 500 and len(group) > width):
            break
        else:
            group.append(_cell(text, line.start, line.end))
        blank = 0
        index += 1
    close()
    return rows, index, end


def _page_number(lines: list[_Line], index: int, expected: int) -> bool:
    """A number alone on a line between two pages: the next number found is the same as expected now."""
    for line in lines[index + 1 : index + 40]:
        if _ORDINAL.match(line.text) and line.text.rstrip(".").isdigit():
            return int(line.text.rstrip(".")) == expected
    return False


def _continues(found: re.Match[str], previous: int, started: bool) -> tuple[bool, int]:
    """Whether an ordinal opens a row here: the next number, a first one, a sub-number, a roman heading."""
    mark = found.group(1)
    rest = found.group(3)
    if mark.isdigit():
        number = int(mark)
        if rest is not None and found.group(2) in (".", ")") and number == previous + 1 and started:
            return True, number
        if rest is not None and not (found.group(2) or rest[:1].isupper()):
            return False, previous
        if rest is not None and re.match(r"\d|tháng|ngày|%", rest):
            return False, previous
        if number in (previous + 1, 1) or (previous < number <= previous + 3):
            return True, number
        return False, previous
    if "." in mark:
        return True, previous
    if rest is None:
        return True, previous
    return bool(found.group(2)) or rest.isupper() or area_of(rest) is not None, previous


def _header_again(lines: list[_Line], index: int, headers: Sequence[str]) -> int:
    """Index after a header printed again on a new page, 0 where there is none."""
    if _header_form(lines[index].text) not in ("stt", "tt", "số tt", "số thứ tự") and not (
        headers and headers[0].startswith(_header_form(lines[index].text)) and len(lines[index].text) > 2
    ):
        return 0
    known = " ".join(headers)
    at = index
    seen = 0
    while at < len(lines) and at < index + 30:
        form = _header_form(lines[at].text)
        if form and form not in known:
            break
        if form:
            seen += 1
        at += 1
    return at if seen >= 3 else 0


def _line_row(text: str, group: list[Cell], roles: Sequence[str]) -> list[Row]:
    """One row (or a heading, or both) out of the lines between two ordinals."""
    start, end = group[0].start, group[-1].end
    if len(group) == 1:
        return [Row(tuple(group), start, end)]
    rest = group[1:]
    title = " ".join(c.text for c in rest)
    if (
        len(rest) >= len(roles)
        and area_of(rest[0].text)
        and len(rest[0].text) < 120
        and not group[0].text.strip(".").isdigit()
    ):
        below, taken = _cut_rows(rest[1:], roles[1:], (), text)  # a heading, then rows without ordinals
        if taken == len(rest) - 1 and all(len(r.cells) == len(roles) - 1 for r in below):
            blank = Cell(rest[1].start, rest[1].start, "")
            return [
                Row((group[0], rest[0]), start, rest[0].end),
                *(Row((blank, *r.cells), r.start, r.end) for r in below),
            ]
    if (
        len(rest) <= 4
        and not any(_agency_like(c.text) or _DEADLINE_LIKE.match(matching(c.text)) for c in rest)
        and (area_of(title) or title.isupper() or re.match(r"^[IVXA-H]{1,5}[.)]?$", group[0].text))
    ):
        return [Row((group[0], Cell(rest[0].start, rest[-1].end, title)), start, end)]
    cost, spans = _align(rest, roles[1:], text, join=True)
    if len(rest) > len(roles) and cost > 2.5:  # a row without an ordinal may stand below
        several, taken = _cut_rows(rest, roles[1:], (), text)
        if taken == len(rest) and len(several) > 1 and all(len(r.cells) == len(roles) - 1 for r in several):
            first, *others = several
            blank = Cell(others[0].start, others[0].start, "")
            return [
                Row((group[0], *first.cells), start, first.end),
                *(Row((blank, *r.cells), r.start, r.end) for r in others),
            ]
    if not spans:
        return [Row(tuple(group), start, end)]
    return [Row((group[0], *_fill(rest, spans, text, end)), start, end)]


def _unnumbered_rows(
    text: str, match: str, lines: list[_Line], index: int, roles: Sequence[str], headers: Sequence[str]
) -> tuple[list[Row], int, int]:
    """Rows of a table without ordinals, a cell a line: cut where the cells fit their columns best."""
    cells: list[Cell] = []
    at: list[int] = []
    while index < len(lines) and len(cells) < 4000:
        line = lines[index]
        if line.text:
            low = match[line.start : line.end].strip()
            if _ends_table(line.text, low) or line.pipes or line.tabs or len(line.text) > 900:
                break
            cells.append(_cell(text, line.start, line.end))
            at.append(index)
        index += 1
    rows, taken = _cut_rows(cells, roles, headers, text)
    if not taken or sum(len(r.cells) == len(roles) for r in rows) < 1:
        return [], index, 0
    return rows, at[taken - 1] + 1, cells[taken - 1].end


# --- the table as a whole --------------------------------------------------------------------------------------------


def _table(
    text: str,
    lines: list[_Line],
    at: int,
    end: int,
    roles: Sequence[str],
    headers: Sequence[str],
    rows: tuple[Row, ...],
) -> Table:
    title = ""
    for line in reversed(lines[max(0, at - 6) : at]):
        if line.text and not line.text.startswith("(") and len(line.text) < 200:
            title = _squash(line.text.strip("|# *"))
            break
    years = tuple(_header_year(h) for h in headers)
    return _HeadedTable(lines[at].start, end, tuple(roles), rows, title, years)


def _header_year(header: str) -> int | None:
    found = re.search(r"\b(20\d\d)\b", header)
    return int(found.group(1)) if found else None


@lru_cache(maxsize=4096)
def area_of(title: str) -> int | None:
    """The area of reform (1-7) a heading as written names; None where it names none or is too long for a heading."""
    plain = matching(_squash(title)).strip(" .:;*#")
    return heading_area(plain) if len(plain) <= 200 else None


# --- rows -> items ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _State:
    section: int = 0
    area: int | None = None
    number: int = 0
    fresh: bool = False  # a heading has just opened a section
    above: TaskRow | None = None
    tasks: list[TaskRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def table_rows(table: Table, text: str, match: str, plan_year: int | None) -> TableRows:
    """The items of a table. Each row becomes an item, a heading for the rows after it, or a warning."""
    state = _State()
    is_targets = "value" in table.columns and ("unit" in table.columns or not {"lead", "deadline"} & set(table.columns))
    add: Callable[[_State, Table, Row, str, int | None], None] = _add_target if is_targets else _add_task
    for position, row in enumerate(table.rows):
        heading = _as_heading(table, row)
        if heading is not None and not _is_lone_task(table, position, state):
            _open_section(state, *heading)
            continue
        if heading is not None:
            row = _padded(table, row, heading)
        if len(row.cells) != len(table.columns):
            state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
            continue
        add(state, table, row, text, plan_year)
    return TableRows(tuple(state.tasks), tuple(state.targets), tuple(state.warnings))


def _as_heading(table: Table, row: Row) -> tuple[str, str] | None:
    """(ordinal, title) where a row is a heading: nothing but an ordinal and a title is filled."""
    filled = [c for c in row.cells if c.text]
    if len(row.cells) == len(table.columns):
        by_role = dict(zip(table.columns, row.cells, strict=True))
        title = by_role["content"].text
        ordinal = by_role["ordinal"].text if "ordinal" in by_role else ""
        aside: tuple[str, ...] = ("ordinal", "content", "")
        if title and (area_of(title) or title.isupper() or re.match(r"^[IVXA-H]{1,5}[.)]?$", ordinal)):
            aside = ("ordinal", "content", "", "budget", "note")  # a sum of money may stand beside a heading
        others = [c for role, c in zip(table.columns, row.cells, strict=True) if c.text and role not in aside]
        if others or not by_role["content"].text:
            if (
                len(filled) == 1
                and (area_of(filled[0].text) or filled[0].text.isupper())
                and not by_role["content"].text
            ):
                return _heading_cells(filled)
            return None
        return (by_role["ordinal"].text if "ordinal" in by_role else "", by_role["content"].text)
    return _heading_cells(filled) if len(filled) <= 2 else None


def _is_lone_task(table: Table, position: int, state: _State) -> bool:
    """A numbered row without agency and deadline that stands in the run of tasks: an incomplete task, no heading."""
    heading = _as_heading(table, table.rows[position])
    if heading is None:
        return False
    ordinal, title = heading
    if (area_of(title) and len(title) < 120) or title.isupper():
        return False
    number = ordinal.strip("(). ")
    if not number.isdigit():
        return False
    later = [r.cells[0].text.strip("(). ") for r in table.rows[position + 1 : position + 2]]
    follows = bool(later) and (later[0] == str(int(number) + 1))
    return (int(number) == state.number + 1 and (follows or not later)) or (follows and len(title) > 100)


def _padded(table: Table, row: Row, heading: tuple[str, str]) -> Row:
    if len(row.cells) == len(table.columns):
        return row
    filled = {"ordinal": row.cells[0], "content": row.cells[-1]}
    return Row(tuple(filled.get(c, _Missing(row.end, row.end, "")) for c in table.columns), row.start, row.end)


def _open_section(state: _State, ordinal: str, title: str) -> None:
    area = area_of(title)
    top = bool(re.match(r"^(?:[IVX]{1,6}|[A-H])\W?$", ordinal)) or not ordinal
    if area is not None:
        state.area = area
    elif top:
        state.area = None
    if area is not None or top:
        state.section += not (state.fresh or (state.section == 0 and not state.tasks and not state.targets))
        state.fresh = True
    state.number = 0 if top or area is not None else state.number
    state.above = None


def _count(state: _State, ordinal: str) -> str | None:
    """Follow the numbering: a restart opens a section; a gap is worth a warning."""
    plain = ordinal.strip("().*/ ")
    if not plain.isdigit():
        return None
    number = int(plain)
    warning = None
    if number <= state.number and not state.fresh:
        state.section += 1
        state.area = None
        state.above = None
    elif number > state.number + 1 and state.number:
        warning = GAP.format(before=state.number, after=number)
    state.number = number
    state.fresh = False
    return warning


def _raw(text: str, cell: Cell) -> str:
    """A cell with its line breaks, where the stored text holds it in one piece."""
    raw = text[cell.start : cell.end].replace("<br>", "\n").replace("<br/>", "\n")
    return raw if _squash(raw) == cell.text else cell.text


def _add_task(state: _State, table: Table, row: Row, text: str, plan_year: int | None) -> None:
    cells = {role: cell for role, cell in zip(table.columns, row.cells, strict=True) if role}
    empty = Cell(row.end, row.end, "")
    content_cell = cells.get("content", empty)
    ordinal = cells.get("ordinal", empty).text.strip("*")
    content = content_cell.text
    reasons: list[str] = []
    confidence = 1.0
    label = ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=content[:60])
    if not content:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
        return
    gap = _count(state, ordinal)
    if gap:
        state.warnings.append(gap)
    state.fresh = False
    missing = [
        COLUMN_NAMES[r]
        for r, c in zip(table.columns, row.cells, strict=True)
        if isinstance(c, _Missing) and r not in ("note", "")
    ]
    if missing:
        state.warnings.append(label + CELLS_MISSING.format(columns=", ".join(missing)))
        reasons.append(FROM_LAYOUT)
        confidence = 0.7
    lead, support = _agencies(cells, text)
    raw_deadline = cells.get("deadline", empty).text
    if not lead and not raw_deadline and _agency_like(content):
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells if c.text)[:160]))
        return  # cut off in the middle: what is to be done is not said
    above = state.above
    without_lead = not lead and ("lead" in cells or "agency" in cells)
    without_deadline = not raw_deadline and "deadline" in cells
    column = cells.get("lead", cells.get("agency", empty))
    if above is not None and without_lead and above.lead and (isinstance(column, _Missing) or without_deadline):
        lead = above.lead
        reasons.append(CARRIED.format(column=COLUMN_NAMES["lead"]))
        confidence = min(confidence, 0.6)
        if not support and isinstance(cells.get("support"), _Missing):
            support = above.support
    if (
        above is not None
        and without_deadline
        and above.deadline_raw
        and (without_lead or isinstance(cells["deadline"], _Missing))
    ):
        raw_deadline = above.deadline_raw
        reasons.append(CARRIED.format(column=COLUMN_NAMES["deadline"]))
        confidence = min(confidence, 0.5)
    deadline, why = read_deadline(raw_deadline, plan_year)
    reasons.extend(why)
    if why:
        confidence = min(confidence, 0.6 if deadline.kind == "none" else 0.9)
    if not lead:
        reasons.append(ROW_WITHOUT_LEAD)
        confidence = min(confidence, 0.5)
        if not raw_deadline:
            state.warnings.append(label + ROW_ONLY_CONTENT.lower())
    task = TaskRow(
        ordinal=ordinal.rstrip("."),
        content=content,
        products=split_products(_raw(text, cells["product"])) if "product" in cells else (),
        lead=lead,
        support=support,
        deadline_raw=raw_deadline,
        deadline=deadline,
        note=cells.get("note", empty).text,
        start=row.start,
        end=row.end,
        confidence=confidence,
        reasons=tuple(dict.fromkeys(reasons)),
        area=state.area,
        area_from="heading" if state.area is not None else None,
        section=state.section,
    )
    state.tasks.append(task)
    state.above = task


_LEAD_LABEL = re.compile(
    r"(?:-\s*)?(?:(?:cơ quan|đơn vị|các cơ quan|các đơn vị"
    r"|cơ quan, đơn vị)\s+)?chủ trì\s*(?:thực hiện\s*|tham mưu\s*)?:\s*",
    re.IGNORECASE,
)
_SUPPORT_LABEL = re.compile(
    r"[;,.]?\s*(?:-\s*)?(?:(?:các )?(?:cơ quan|đơn vị|cơ quan, đơn vị)\s+)?(?:phối hợp\s*(?:thực hiện\s*)?(?::"
    r"|với)|chủ trì,? phối hợp với)\s*",
    re.IGNORECASE,
)


def _agencies(cells: dict[str, Cell], text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support of a row; one column may name both ("Chủ trì: ...; Phối hợp: ...")."""
    raw_lead = (
        _raw(text, cells["lead"]) if "lead" in cells else _raw(text, cells["agency"]) if "agency" in cells else ""
    )
    raw_support = _raw(text, cells["support"]) if "support" in cells else ""
    parted = _SUPPORT_LABEL.search(raw_lead)
    if parted and not raw_support.strip():
        raw_support = raw_lead[parted.end() :]
        raw_lead = raw_lead[: parted.start()]
    raw_lead = _LEAD_LABEL.sub("", raw_lead, count=1)
    raw_support = _SUPPORT_LABEL.sub("", raw_support, count=1) if _SUPPORT_LABEL.match(raw_support) else raw_support
    return split_agencies(raw_lead), split_agencies(raw_support)


def _add_target(state: _State, table: Table, row: Row, text: str, plan_year: int | None) -> None:
    empty = Cell(row.end, row.end, "")
    cells = {role: cell for role, cell in zip(table.columns, row.cells, strict=True) if role and role != "value"}
    subject = cells.get("content", empty).text
    ordinal = cells.get("ordinal", empty).text
    if not subject:
        state.warnings.append(NOT_A_ROW.format(text=" | ".join(c.text for c in row.cells)[:160]))
        return
    _count(state, ordinal)
    state.fresh = False
    years = table.value_years if isinstance(table, _HeadedTable) else (None,) * len(table.columns)
    lead, support = _agencies(cells, text)
    values = [(c, y) for role, c, y in zip(table.columns, row.cells, years, strict=True) if role == "value" and c.text]
    if not values:
        state.warnings.append(
            ROW.format(ordinal=f"{ordinal} " if ordinal else "", content=subject[:60]) + "không có giá trị chỉ tiêu"
        )
    reasons = (
        (FROM_LAYOUT,)
        if any(isinstance(c, _Missing) for r, c in zip(table.columns, row.cells, strict=True) if r != "note")
        else ()
    )
    for cell, year in values:
        state.targets.append(
            TargetRow(
                ordinal=ordinal.rstrip("."),
                subject=subject,
                unit_raw=cells.get("unit", empty).text,
                value_raw=cell.text,
                agency=(*lead, *support),
                start=row.start,
                end=row.end,
                year=year,
                deadline_raw=cells.get("deadline", empty).text,
                note=cells.get("note", empty).text,
                confidence=0.7 if reasons else 1.0,
                reasons=reasons,
                area=state.area,
                area_from="heading" if state.area is not None else None,
                section=state.section,
            )
        )


_TYPE_ONLY = re.compile(rf"^(?:các )?(?!dự thảo|hồ sơ|tài liệu){_DOC_TYPES}$")
_TYPE_START = re.compile(rf"^{_DOC_TYPES}\b")
_TYPE_INSIDE = re.compile(rf"(?<=\w) (?={_DOC_TYPES}\b)")


@lru_cache(maxsize=4096)
def split_products(cell: str) -> tuple[str, ...]:
    """Products of a cell, as written. ";" and lines with a dash separate; so do "và", "," and a lost separator between
    two known kinds of documents; a list of anything else ("Các chương trình, chuyên đề") is one product."""
    pieces: list[str] = []
    for chunk in re.split(r";|\n\s*[-+*•–]\s*|\n(?=\s*[A-ZĐÀ-Ỹ])", cell):
        piece = " ".join(chunk.split()).strip(" ,.;:")
        piece = re.sub(r"^[-+*•–]\s*", "", piece)
        if re.search(r"[^\W_]", piece):
            pieces.extend(_documents(piece))
    return tuple(dict.fromkeys(pieces))


def _documents(piece: str) -> list[str]:
    match = matching(piece)
    for cut in _TYPE_INSIDE.finditer(match):
        if _TYPE_ONLY.match(match[: cut.start()]) and piece[cut.end()].isupper():
            return [piece[: cut.start()], *_documents(piece[cut.end() :])]
    if match.startswith("các "):
        return [piece]
    for cut in re.finditer(r"\s*(?:,\s*(?:và )?|\s(?:và|&)\s|\s-\s)\s*", match):
        left, right = match[: cut.start()], match[cut.end() :]
        if (
            _TYPE_START.match(left)
            and _TYPE_START.match(right)
            and (_TYPE_ONLY.match(left) or piece[cut.end()].isupper())
        ):
            return [piece[: cut.start()], *_documents(piece[cut.end() :])]
    return [piece]


__all__ = ["TableRows", "TargetRow", "TaskRow", "area_of", "find_tables", "split_products", "table_rows"]
