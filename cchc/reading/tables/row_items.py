"""What rows become: tasks, goals and warnings; and what is remembered from row to row."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from cchc.formats.source import LINE_IN_CELL
from cchc.model import AreaFrom, Deadline, Level
from cchc.reading.agencies import by_mark, split_agencies
from cchc.reading.blocks import Cell
from cchc.reading.tables.shapes import squash

# What an official reads.
ROW = "Bảng nhiệm vụ, dòng {ordinal}«{content}»: "
CELLS_MISSING = "thiếu ô ({columns}), nội dung các ô được xếp theo cách hiểu"
CELLS_OVER = "nhiều ô hơn số cột, nội dung các ô được xếp theo cách hiểu"
CELL_UNREAD = "Bảng nhiệm vụ: không xếp được vào dòng nào: «{text}»"
ROW_WITHOUT_LEAD = "Không ghi cơ quan chủ trì"
ROW_ONLY_CONTENT = "Dòng chỉ có nội dung, không có cơ quan chủ trì và thời hạn"
LOST_HEADER = "Bảng không có dòng tiêu đề, các cột được hiểu theo nội dung"
CARRIED = "Ô «{column}» để trống, lấy theo dòng trên (ô gộp)"
AS_ABOVE = "Ô «{column}» ghi ký hiệu lặp lại («nt»), lấy theo dòng trên"
FROM_LAYOUT = "Dòng thiếu ô, các ô được xếp theo nội dung"
LEAD_FROM_LABEL = "Cơ quan chủ trì lấy từ cột «cơ quan thực hiện»"
GAP = "Bảng nhiệm vụ: số thứ tự nhảy từ {before} sang {after}, có thể sót dòng"
ASIDE = "Bảng: con số ở cột «{column}» không tính là chỉ tiêu: {figures}"
READ_AS_TITLE = "Bảng: dòng «{text}» được hiểu là tên nhóm, không phải nhiệm vụ"
FROM_HEAD = "Lấy từ dòng tên nhóm đứng trên: {what}"
SUM_ROW = "Bảng: dòng cộng «{text}» không phải nhiệm vụ"
NOT_A_ROW = "Bảng: dòng chưa hiểu «{text}»"
COLUMN_NAMES = {
    "ordinal": "STT", "content": "nội dung", "product": "sản phẩm", "lead": "cơ quan chủ trì",
    "goal": "mục tiêu", "field": "lĩnh vực", "body": "cơ quan thực hiện",
    "begin": "thời điểm bắt đầu", "when": "quý, tháng", "past": "kết quả kỳ trước", "holder": "đơn vị",
    "support": "cơ quan phối hợp", "agency": "cơ quan thực hiện", "deadline": "thời hạn", "later": "thời hạn",
    "budget": "kinh phí", "note": "ghi chú", "basis": "căn cứ", "unit": "đơn vị tính", "value": "chỉ tiêu", "": "khác",
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
    own: str = ""  # what its own cell names, where the subject begins with the row above: part of the item's stable id
    year: int | None = None  # the year the value's column names
    level: Level | None = None  # the level the value's column names («Cấp xã»)
    due: dt.date | None = None  # the end of the quarter its column names, or of the row's deadline
    sentence: Cell | None = None  # the cell that holds the whole goal, where no column of values does
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


@dataclass(slots=True)
class State:
    section: int = 0
    area: int | None = None
    number: int = 0
    fresh: bool = False  # a heading has just opened a section
    above: TaskRow | None = None
    owner: str = ""  # the body whose name heads the rows of a table without a column of who
    when: str = ""  # the time that heads the rows of a table without a column of deadlines
    parent: str = ""  # the goal whose parts stand in the rows below it
    merged: frozenset[str] = frozenset()  # columns whose empty cells are those of merged rows
    tasks: list[TaskRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)  # percentages of columns that set no goals, by header


def count(state: State, ordinal: str, content: str = "") -> str | None:
    """Follow the numbering: a restart opens a section; a gap is worth a warning. A number printed again beside the
    same words is a cell merged over rows."""
    plain = ordinal.strip("().*/ ")
    if not plain.isdecimal() or len(plain) > 9:
        return None
    number = int(plain)
    warning = None
    if number == state.number and content and state.above is not None and state.above.content == content:
        return None
    if number <= state.number and not state.fresh:
        state.section += 1
        state.area = None
        state.above = None
    elif number > state.number + 1 and state.number:
        warning = GAP.format(before=state.number, after=number)
    state.number = number
    state.fresh = False
    return warning


_LINE_ENDS = re.compile(rf"(?:(?:<br ?/?>|{LINE_IN_CELL})\s{{0,3}})+")  # several are one: rules expect few blanks


def raw_text(text: str, cell: Cell) -> str:
    """A cell with its line breaks, where the stored text holds it in one piece."""
    raw = _LINE_ENDS.sub("\n", text[cell.start : cell.end])
    return raw if squash(raw) == cell.text else cell.text


_LEAD_LABEL = re.compile(
    r"(?:-\s*)?(?:(?:cơ quan|đơn vị|các cơ quan|các đơn vị"
    r"|cơ quan, đơn vị)\s+)?chủ trì\s*(?:thực hiện\s*|tham mưu\s*)?:\s*",
    re.IGNORECASE,
)
_SUPPORT_LABEL = re.compile(
    r"[;,.]?\s*(?:-\s*)?(?:(?:các )?(?:cơ quan|đơn vị|cơ quan, đơn vị)\s+)?(?:phối hợp\s*(?:thực hiện\s*)?(?::"
    r"|với|cùng)|chủ trì,? phối hợp (?:với|cùng)?)\s*|[;,.]\s*phối hợp\s+(?=\S)",
    re.IGNORECASE,
)


def agencies_of(cells: dict[str, Cell], text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support of a row; one column may name both ("Chủ trì: ...; Phối hợp: ...")."""
    raw_lead = (
        raw_text(text, cells["lead"])
        if "lead" in cells
        else raw_text(text, cells["agency"])
        if "agency" in cells
        else ""
    )
    raw_support = raw_text(text, cells["support"]) if "support" in cells else ""
    parted = _SUPPORT_LABEL.search(raw_lead) if "hợp" in raw_lead.lower() else None
    if parted and not raw_support.strip():
        raw_support = raw_lead[parted.end() :]
        raw_lead = raw_lead[: parted.start()]
    raw_lead = _LEAD_LABEL.sub("", raw_lead, count=1)
    raw_support = _SUPPORT_LABEL.sub("", raw_support, count=1) if _SUPPORT_LABEL.match(raw_support) else raw_support
    lead, marked = by_mark(split_agencies(raw_lead))
    return lead, (*marked, *split_agencies(raw_support))
