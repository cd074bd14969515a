"""Results filled in as a table (a CSV file, a sheet): each row becomes entries, or tells what is wrong and where.

Columns are recognised by their header in any order; empty cells mean «nothing to record», never nought. What the ledger
knows already is not recorded again, so a sheet can be handed in twice. Nothing is saved here.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from cchc import access
from cchc.access import Person
from cchc.entries import (
    Draft,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
    explain,
    number_text,
)
from cchc.entry_fields import clean
from cchc.facts import NOTHING, Facts
from cchc.items import KnownItem
from cchc.model import Deadline, Target
from cchc.periods import date_text, due_text
from cchc.recording import UNKNOWN_ITEM, misfit
from cchc.report_periods import parse_period
from cchc.status import deadlines, target_status, task_status
from cchc.text import folded

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000

# Column -> headers it is recognised by; the first is the one written by our own sheets.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("Mã", "Mã nội dung", "Mã nhiệm vụ", "Mã chỉ tiêu"),
    "version": ("Phiên bản",),
    "as_of": ("Ngày số liệu",),
    "value": ("Kết quả", "Giá trị", "Kết quả đạt được"),
    "numerator": ("Tử số",),
    "denominator": ("Mẫu số",),
    "base": ("Kết quả năm trước",),
    "unit": ("Đơn vị của kết quả",),
    "period": ("Kỳ", "Kỳ báo cáo"),
    "started_on": ("Ngày bắt đầu",),
    "completed_on": ("Ngày hoàn thành",),
    "product": ("Sản phẩm đã hoàn thành", "Sản phẩm bàn giao"),
    "number": ("Số văn bản", "Tài liệu kiểm chứng"),
    "date": ("Ngày văn bản",),
    "link": ("Đường dẫn",),
    "text": ("Ghi chú", "Nguyên nhân, vướng mắc"),
    "new": ("Đề nghị gia hạn đến",),
    "reason": ("Lý do gia hạn",),
    "not_applicable": ("Không áp dụng (lý do)",),
}
# Columns of our own sheets that are there to be read, not to be filled in.
READ_ONLY = (
    "STT", "Kế hoạch", "Lĩnh vực", "Nội dung", "Chỉ tiêu", "Nhiệm vụ", "Mức phải đạt", "ĐVT", "Chủ trì", "Phối hợp",
    "Thời hạn", "Trạng thái",
)  # fmt: skip
_DATES = ("as_of", "started_on", "completed_on", "date", "new")
_NUMBERS = ("value", "numerator", "denominator", "base")

_VIETNAMESE = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", re.ASCII)
_POINT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)


class CellError(ValueError):
    """A cell that was not understood; the text is in Vietnamese."""


class TableError(ValueError):
    """A table that cannot be read at all; the text is in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row; `column` is the header as written in the file ("" for the whole row)."""

    row: int  # as a spreadsheet counts: the header is row 1
    column: str
    message: str

    @property
    def text(self) -> str:
        place = f"Dòng {self.row}{f', cột «{self.column}»' if self.column else ''}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was filled in. With problems it has no drafts. `seen` is the version of the item the sheet was made
    from (None where it does not say)."""

    row: int
    item_id: str
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All rows with something to record or something wrong. `unused` are headers that were not recognised, `same`
    counts rows that say nothing new."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()
    same: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(p for r in self.rows for p in r.problems)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The drafts of all good rows."""
        return tuple(d for r in self.rows for d in r.drafts)

    @property
    def expected(self) -> dict[str, int]:
        """The versions seen, for saving (cchc.ledger)."""
        return {r.item_id: r.seen for r in self.rows if r.drafts and r.seen is not None}


def number(cell: object) -> float:
    """A number as written in Vietnamese: «98,5», «1.234,5», also «98.5» and «85 %». A point before exactly three digits
    may be a decimal point or group thousands; it is not guessed. Raises CellError."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if math.isfinite(cell):
            return float(cell)
        raise CellError("Không phải là một số.")
    text = re.sub(r"[\s\u00a0]+", "", str(cell)).removesuffix("%").replace("\u2212", "-")
    if _VIETNAMESE.fullmatch(text):
        if re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", text):
            plain = text.replace(".", "")
            raise CellError(
                f"Chưa rõ «{text}» là {plain} hay {text.replace('.', ',')}; hãy viết lại một trong hai cách."
            )
        return float(text.replace(".", "").replace(",", "."))
    if _POINT.fullmatch(text):
        return float(text)
    raise CellError("Không phải là một số.")


def day(cell: object) -> dt.date:
    """A date: «14/6/2024», «14-06-2024», «14.6.2024», «2024-06-14», or a date cell. Raises CellError."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = str(cell).strip()
    found = _DAY_FIRST.fullmatch(text)
    parts = (int(found[3]), int(found[2]), int(found[1])) if found else None
    iso = _ISO.fullmatch(text)
    if iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    if parts is None:
        raise CellError("Ngày phải viết theo dạng 14/6/2024.")
    try:
        return dt.date(*parts)
    except ValueError:
        raise CellError("Không có ngày này trong lịch.") from None


def period(cell: object) -> str:
    """A period as stored ("2024-1"), from that or from words: «Quý I/2024», «6 tháng năm 2024», «Năm 2024»."""
    text = str(cell).strip()
    if parse_period(text):
        return text
    words = folded(text).replace("/", " ").replace("dau", " ").replace("nam", " ")
    found = re.fullmatch(
        r"(?:(?:quy (iv|i{1,3}|[1-4]))|(?:([69]) thang)|(?:thang (\d{1,2})))?\s*(\d{4})", " ".join(words.split())
    )
    if not found:
        raise CellError("Kỳ phải viết theo dạng Quý I/2024, 6 tháng đầu năm 2024 hoặc Năm 2024.")
    quarter, months, month, year = found.groups()
    part = ""
    if quarter:
        part = str({"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(quarter, quarter))
    elif months:
        part = f"{months}t"
    elif month:
        part = f"m{int(month):02d}"
    made = f"{year}-{part}" if part else year
    if parse_period(made) is None:
        raise CellError("Không có kỳ này.")
    return made


def closing_day(period: str, today: dt.date) -> dt.date | None:
    """The day a result speaks of that names its period only: the one on which the report of the period closes, today
    while it is still open; None without a period. What is written down on the 18th belongs into the report that
    closed on the 14th."""
    found = parse_period(period)
    return min(found.span("ky")[1], today) if found else None


def read_csv(data: bytes) -> list[list[str]]:
    """The rows of a CSV file as Excel and LibreOffice write it: UTF-8 or UTF-16, separated by comma, semicolon or tab.
    Raises TableError."""
    if len(data) > MAX_BYTES:
        raise TableError(f"Tệp lớn hơn {MAX_BYTES // (1024 * 1024)} MB.")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("Tệp phải được lưu bằng mã UTF-8 (trong Excel chọn «CSV UTF-8»).") from None
    if not text.strip():
        raise TableError("Tệp rỗng.")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise TableError("Tệp không đúng dạng CSV (có thể thiếu dấu ngoặc kép).") from None
    if len(rows) > MAX_ROWS:
        raise TableError(f"Tệp có nhiều hơn {MAX_ROWS} dòng.")
    return rows


def read_rows(
    rows: Sequence[Sequence[object]],
    items: Mapping[str, KnownItem],
    facts: Mapping[str, Facts],
    person: Person,
    today: dt.date,
    default_day: dt.date | None = None,
    silent_day: dt.date | None = None,
) -> Result:
    """Reads a table; its first row that is not empty is the header. `facts` are the present ones (what they say already
    is not recorded again), `default_day` is the date of values whose row does not give one, `silent_day` that of values
    whose row tells neither a date nor a period. Raises TableError when there is no header or no column with the items'
    codes."""
    start = next((i for i, row in enumerate(rows) if any(_text(c) for c in row)), None)
    if start is None:
        raise TableError("Bảng không có nội dung.")
    columns, unused = _columns(rows[start])
    found: list[Row] = []
    same = 0
    used: dict[str, int] = {}
    for number_, row in enumerate(rows[start + 1 :], start + 2):
        reader = _RowReader(number_, row, columns, items, facts, person, today, default_day, silent_day)
        made = reader.read()
        if made is None:
            same += reader.said_something
            continue
        if made.item_id in used and made.item_id:
            text = f"Mã này đã có ở dòng {used[made.item_id]}."
            made = Row(number_, made.item_id, (), (Problem(number_, reader.header("id"), text),))
        used.setdefault(made.item_id, number_)
        found.append(made)
    return Result(tuple(found), unused, same)


def _text(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    text = str(clean(str(cell)))
    # Our own files put an apostrophe before what a spreadsheet could take for a formula.
    return text[1:] if re.match(r"'[=+\-@\t]", text) else text


def _columns(header: Sequence[object]) -> tuple[dict[str, tuple[int, str]], tuple[str, ...]]:
    known = {folded(name): key for key, names in COLUMNS.items() for name in names}
    read_only = {folded(name) for name in READ_ONLY}
    columns: dict[str, tuple[int, str]] = {}
    unused: list[str] = []
    for index, cell in enumerate(header):
        shown = _text(cell)
        key = known.get(folded(shown))
        if key is None:
            if shown and folded(shown) not in read_only:
                unused.append(shown)
        elif key in columns:
            raise TableError(f"Có hai cột «{shown}» và «{columns[key][1]}» cùng nghĩa.")
        else:
            columns[key] = (index, shown)
    if "id" not in columns:
        raise TableError("Bảng không có cột «Mã».")
    return columns, tuple(unused)


@dataclass(slots=True)
class _RowReader:
    row: int
    cells: Sequence[object]
    columns: Mapping[str, tuple[int, str]]
    items: Mapping[str, KnownItem]
    facts: Mapping[str, Facts]
    person: Person
    today: dt.date
    default_day: dt.date | None
    silent_day: dt.date | None
    problems: list[Problem] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    said_something: bool = False

    def header(self, key: str) -> str:
        return self.columns[key][1] if key in self.columns else ""

    def problem(self, key: str, message: str) -> None:
        self.problems.append(Problem(self.row, self.header(key), message))

    def cell(self, key: str) -> object:
        index = self.columns[key][0] if key in self.columns else len(self.cells)
        raw = self.cells[index] if index < len(self.cells) else None
        return raw if isinstance(raw, int | float | dt.date) and _text(raw) else _text(raw)

    def values(self) -> dict[str, Any]:
        """The filled cells, understood; what was not becomes a problem."""
        found: dict[str, Any] = {}
        for key in COLUMNS:
            cell = self.cell(key)
            if cell == "":
                continue
            try:
                if key in _DATES:
                    found[key] = day(cell)
                elif key in _NUMBERS:
                    found[key] = number(cell)
                elif key == "period":
                    found[key] = period(cell)
                elif key == "version":
                    found[key] = int(number(cell))
                else:
                    found[key] = str(cell)
            except CellError as error:
                self.problem(key, str(error))
                found[key] = None
        return found

    def read(self) -> Row | None:
        """The row, or None when it says nothing (new)."""
        said = self.values()
        item_id = said.pop("id", "")
        seen = said.pop("version", None)
        as_of = said.pop("as_of", None)
        self.said_something = bool(said)
        if not said and not self.problems:
            return None
        item = self.items.get(item_id)
        if item is None:
            self.problem("id", UNKNOWN_ITEM if item_id else "Thiếu mã.")
        elif not self.problems:
            self._results(item, said, as_of)
        if self.problems:
            return Row(self.row, item_id, (), tuple(self.problems), seen)
        return Row(self.row, item_id, tuple(self.drafts), (), seen) if self.drafts else None

    def _results(self, item: KnownItem, said: Mapping[str, Any], as_of: dt.date | None) -> None:
        known = self.facts.get(item.id, NOTHING)

        def some(*keys: str) -> dict[str, Any]:
            return {k: said[k] for k in keys if k in said}

        value = some("value", "numerator", "denominator", "base", "unit", "period")
        if "value" in value or "numerator" in value or "denominator" in value:
            when = as_of or self.default_day or closing_day(said.get("period", ""), self.today) or self.silent_day
            if when is None:
                self.problem("value", "Cần có ngày số liệu hoặc kỳ.")
            else:
                column = "value" if "value" in value else next(iter(value))
                self._add(item, column, TargetValue, value, when, known)
        elif value:
            self.problem(next(iter(value)), "Thiếu kết quả.")
        if "started_on" in said:
            self._add(item, "started_on", TaskStarted, some("started_on"), said["started_on"], known)
        if "completed_on" in said:
            self._add(item, "completed_on", TaskDone, some("completed_on", "product"), said["completed_on"], known)
        elif "product" in said:
            self.problem("product", "Có sản phẩm nhưng thiếu ngày hoàn thành.")
        # The date of a value that is known already says nothing of what is new in the row.
        stale = bool(value) and not any(d.kind == "target_value" for d in self.drafts)
        given = None if stale else as_of
        day_of_rest = given or said.get("completed_on") or self.default_day or self.today
        if "number" in said or "link" in said:
            self._add(
                item,
                "number" if "number" in said else "link",
                Evidence,
                some("number", "date", "link"),
                given or said.get("date") or day_of_rest,
                known,
            )
        elif "date" in said:
            self.problem("date", "Có ngày văn bản nhưng thiếu số văn bản.")
        if "text" in said:
            self._add(item, "text", Note, some("text"), day_of_rest, known)
        if "new" in said:
            plan_end = item.deadline.end if item.deadline else item.target.due if item.target else None
            current = deadlines(plan_end, known)[1]
            self._add(item, "new", Extension, {**some("new", "reason"), "old": current}, day_of_rest, known)
        elif "reason" in said:
            self.problem("reason", "Có lý do gia hạn nhưng thiếu ngày đề nghị gia hạn đến.")
        if "not_applicable" in said:
            self._add(item, "not_applicable", NotApplicable, {"reason": said["not_applicable"]}, day_of_rest, known)

    def _add(
        self,
        item: KnownItem,
        column: str,
        kind: type[BaseModel],
        fields: Mapping[str, Any],
        as_of: dt.date,
        known: Facts,
    ) -> None:
        try:
            payload: Any = kind(**fields)
            draft = Draft(
                item_id=item.id, payload=payload, author=self.person.email, role=self.person.role, as_of=as_of
            )
        except ValidationError as error:
            for name, message in explain(error):
                self.problem(name if name in self.columns else column, message)
            return
        if as_of > self.today:
            where = column if column in _DATES or self.cell("as_of") == "" else "as_of"
            if kind is Evidence and fields.get("date") == as_of:
                where = "date"
            self.problem(where, f"Ngày {as_of:%d/%m/%Y} sau ngày hôm nay.")
            return
        if _known_already(payload, as_of, known):
            return
        reason = misfit(item, payload) or access.can_save(self.person, draft, item).reason
        if reason:
            self.problem(column, reason)
            return
        self.drafts.append(draft)


def _known_already(payload: Any, as_of: dt.date, known: Facts) -> bool:
    if isinstance(payload, TargetValue):
        return any(
            (v.as_of, v.period, v.value, v.numerator, v.denominator, v.base, v.unit)
            == (
                as_of,
                payload.period,
                payload.value,
                payload.numerator,
                payload.denominator,
                payload.base,
                payload.unit,
            )
            for v in known.values
        )
    if isinstance(payload, TaskStarted):
        return known.started_on == payload.started_on
    if isinstance(payload, TaskDone):
        return known.done_on == payload.completed_on and known.product == payload.product
    if isinstance(payload, Evidence):
        return any((e.number, e.date, e.link) == (payload.number, payload.date, payload.link) for e in known.evidence)
    if isinstance(payload, Note):
        return payload.text in known.notes
    if isinstance(payload, Extension):
        return any((x.new, x.reason) == (payload.new, payload.reason) for x in (*known.requests, *known.extensions))
    if isinstance(payload, NotApplicable):
        return known.not_applicable and known.reason == payload.reason
    return False


def sheet(
    items: Iterable[KnownItem],
    facts: Mapping[str, Facts],
    as_of: dt.date,
    goal: Callable[[Target], str] | None = None,
) -> list[list[object]]:
    """A table to be filled in, its header first: tasks and targets with what is known of them, those without data
    first, then by deadline. Handed in unchanged it says nothing new. `goal` writes a target's goal."""
    header = ["Kế hoạch", "Nội dung", "Mức phải đạt", "Thời hạn", "Trạng thái"]
    keys = [k for k in COLUMNS if k not in ("id", "version")]
    rows: list[tuple[tuple[bool, dt.date, str], list[object]]] = []
    for item in items:
        known = facts.get(item.id, NOTHING)
        filled: dict[str, object] = {"started_on": known.started_on, "completed_on": known.done_on}
        if known.done_on and known.product:
            filled["product"] = known.product
        if item.kind == "task":
            plan = item.deadline or Deadline()
            status = task_status(plan, known, as_of)
            due, state, wanted = status.due, status.text, ""
            shown = date_text(due) if status.extended and due else due_text(plan)
        elif item.kind == "target" and item.target is not None:
            judged = target_status(item.target, known, as_of, item.start)
            due, state = judged.due, judged.label
            wanted = goal(item.target) if goal else ""
            shown = date_text(due) if due else ""
            latest = known.value
            if latest is not None:
                filled |= {k: getattr(latest, k) for k in ("as_of", "numerator", "denominator", "base", "unit")}
                filled |= {"value": latest.value, "period": latest.period}
        else:
            continue
        row = [item.id, item.plan_label or item.plan, item.label, wanted, shown, state]
        cells = [filled.get(k) for k in keys]
        order = (item.has_data(known), due or dt.date.max, item.id)
        rows.append((order, [*row, *("" if c is None else c for c in cells), known.version]))
    titles: list[object] = [COLUMNS["id"][0], *header, *(COLUMNS[k][0] for k in keys), COLUMNS["version"][0]]
    return [titles, *(row for _, row in sorted(rows, key=lambda r: r[0]))]


def summary(result: Result) -> Iterable[str]:
    """What was read, in sentences: counts first, then every problem."""
    good = sum(bool(r.drafts) for r in result.rows)
    bad = len(result.rows) - good
    yield (
        f"{number_text(good)} dòng hợp lệ ({number_text(len(result.drafts))} nội dung mới), "
        f"{number_text(bad)} dòng có lỗi, {number_text(result.same)} dòng không có gì mới."
    )
    if result.unused:
        yield f"Cột không dùng đến: {', '.join(f'«{name}»' for name in result.unused)}."
    yield from (p.text for p in result.problems)
