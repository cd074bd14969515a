"""The report of a period: what is to be said, in which tables. Pure; Word, Excel and the print view only draw it.

Goes out from the rows that the lists show (queries.tasks, queries.targets) on the closing day. Every table is counted
from these rows, and every number in a sentence is read from a table or from the same counts, so text and tables cannot
differ. What only people can say (causes, proposals) is left to fill in and marked «…».

The outline (steering, results by area, assessment, direction, proposals) follows the order of the plans themselves; the
form of the document is that of Nghị định 30/2020/NĐ-CP (cchc/report_docx.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cchc.entries import number_text
from cchc.periods import date_text
from cchc.profiles import FORMULAS, MEASURE_NAMES
from cchc.report_model import Block, Cell, Column, Letterhead, Line, Report, Scope, Table, Text
from cchc.report_spans import NEXT_DAYS, REPORTS, Period, any_dates, latest, parse, report_period
from cchc.scoring import Counts, Rate, Record, count, coverage, due_completion, plan_completion
from cchc.status import DONE, DUE_SOON_DAYS, TARGET_LABELS, TargetCode

Row = Mapping[str, Any]
FILL = "«…»"
MISSING = "chưa có số liệu"
GIVEN_ONLY = (
    "Kế hoạch không nêu cơ quan của từng chỉ tiêu; phần chỉ tiêu gồm chỉ tiêu được cơ quan thường trực giao cho cơ "
    "quan."
)
NONE_GIVEN = (
    "Kế hoạch không nêu cơ quan của từng chỉ tiêu và chưa chỉ tiêu nào được giao cho cơ quan nên báo cáo không có phần "
    "chỉ tiêu."
)
UNKNOWN_AREA = 0
__all__ = [
    "ALL", "DONE_ROW", "FILL", "GIVEN_ONLY", "LATE", "MISSING", "NEXT_DAYS", "NONE_GIVEN", "REPORTS", "SILENT",
    "UNKNOWN_AREA", "Block", "Cell", "Column", "Letterhead", "Line", "Period", "Report", "Row", "Scope", "Table",
    "Text", "any_dates", "build", "latest", "parse", "record", "report_period",
]  # fmt: skip


# --- building ----------------------------------------------------------------------------------------------------


def build(
    tasks: Sequence[Row],
    targets: Sequence[Row],
    documents: Sequence[Row],
    area_names: Mapping[int, str],
    period: Period,
    as_of: dt.date,
    scope: Scope,
    head: Letterhead,
    *,
    demo: bool = False,
    data_version: str = "",
    notes: Iterable[str] = (),
) -> Report:
    """The report on `tasks` and `targets`: rows of queries.tasks and queries.targets on `as_of`, dates as
    datetime.date, missing values None; tasks also tell in `asked` until when an extension was asked for that is not
    approved yet, in `cause` what was noted last about it ("" nothing), in `absent_because` why it does not apply.
    `documents` are the rows of their plans, `area_names` the areas in order (0: not
    known)."""
    made = _Builder(tasks, targets, documents, area_names, period, as_of, scope)
    return Report(
        title=made.title(),
        head=head,
        period=period,
        as_of=as_of,
        scope=scope.words,
        bases=made.bases(),
        opening=made.opening(head),
        blocks=_ended(made.blocks()),
        annexes=made.annexes(),
        recipients=("Như trên;", "«…»;", "Lưu: VT, «…»."),
        notes=(*made.notes(), *notes),
        demo=demo,
        data_version=data_version,
    )


def record(row: Row) -> Record:
    """A row of queries.tasks as scoring counts it."""
    return Record(
        id=row["id"],
        kind="task",
        label=row["content"],
        plan=row["doc_id"],
        area=row["area"],
        agencies=(),
        period=row["lane"],
        code=row["status"],
        status_label=row["status_text"],
        has_data=row["recorded"],
        dated=row["deadline_end"] is not None,
        evidence=bool(row["evidence"]),
        due=row["deadline_end"],
    )


def _n(value: float) -> str:
    return number_text(value)


def _share(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 2) if whole else None


class _Builder:
    def __init__(
        self,
        tasks: Sequence[Row],
        targets: Sequence[Row],
        documents: Sequence[Row],
        area_names: Mapping[int, str],
        period: Period,
        as_of: dt.date,
        scope: Scope,
    ) -> None:
        self.tasks, self.targets, self.documents = tasks, targets, documents
        self.area_names, self.period, self.as_of, self.scope = area_names, period, as_of, scope
        self.records = [record(row) for row in tasks]
        self.counts = count(self.records)
        self.tables = 0
        self.with_targets = bool(targets) or not scope.agencies

    # - what stands above -

    def title(self) -> str:
        whose = f" của {', '.join(self.scope.agencies)}" if self.scope.agencies else ""
        areas = ", ".join(_lower(self.area_names[a]) for a in self.scope.areas)
        return (
            f"Kết quả thực hiện công tác cải cách hành chính {self.period.label}{whose}{f' ({areas})' if areas else ''}"
        )

    def bases(self) -> tuple[str, ...]:
        found = []
        for row in self.documents:
            kind = row["kind"] or "Văn bản"
            number = f" số {row['number']}" if row["number"] else ""
            day = f" ngày {date_text(row['issued_on'])}" if row["issued_on"] else ""
            by = f" của {row['authority']}" if row["authority"] else ""
            title = row["title"] or (f"cải cách hành chính năm {row['year']}" if row["year"] else "")
            if title.casefold().startswith(kind.casefold()):
                title = title[len(kind) :].strip().removeprefix("về ")
            about = f" về {_lower(title)}" if title else ""
            if title.startswith("Kế hoạch"):  # a decision that issues a plan
                about = f" ban hành {title}"
            found.append(f"Căn cứ {kind}{number}{day}{by}{about};")
        return (*found, f"Căn cứ {FILL} (văn bản yêu cầu báo cáo);")

    def opening(self, head: Letterhead) -> str:
        who = head.authority or FILL
        return (
            f"{who} báo cáo kết quả thực hiện công tác cải cách hành chính {self.period.label} như sau "
            f"(số liệu từ ngày {date_text(self.period.start)}, tính đến hết ngày {date_text(self.as_of)}):"
        )

    def notes(self) -> list[str]:
        told = []
        if self.as_of < self.period.end:
            told.append(
                f"Kỳ báo cáo chốt ngày {date_text(self.period.end)}; số liệu mới tính đến ngày {date_text(self.as_of)}."
            )
        years = set(self.period.years)
        for row in self.documents:
            first, last = row["year"], row["year_end"] or row["year"]
            if first and not any(first <= year <= last for year in years):
                told.append(f"{row['label']} không phải kế hoạch của năm báo cáo.")
        if len({row["authority"] for row in self.documents}) > 1:
            told.append("Báo cáo gộp kế hoạch của nhiều cơ quan ban hành; chọn một kế hoạch để báo cáo riêng.")
        if self.scope.agencies:
            told.append(GIVEN_ONLY if self.with_targets else NONE_GIVEN)
        return told

    # - the body -

    def blocks(self) -> Iterable[Block]:
        yield Text("heading1", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
        yield Text("heading2", "1. Tình hình thực hiện nhiệm vụ của kế hoạch")
        yield from self._split()
        yield from self._rates()
        if self.with_targets:
            yield from self._target_split()
        steering = 2
        if self._in_scope(1):
            yield Text("heading2", f"{steering}. Kết quả chỉ đạo, điều hành")
            yield from self._area(1)
            steering += 1
        yield Text("heading2", f"{steering}. Công tác kiểm tra, thông tin, tuyên truyền và sáng kiến")
        yield _fill("Nêu số cuộc kiểm tra, hình thức tuyên truyền, sáng kiến trong kỳ")

        yield Text("heading1", "II. KẾT QUẢ THEO LĨNH VỰC")
        yield self._by_area()
        for number, area in enumerate((a for a in self.area_names if a != 1 and self._in_scope(a)), start=1):
            yield Text("heading2", f"{number}. {self.area_names[area]}")
            yield from self._area(area)

        yield Text("heading1", "III. ĐÁNH GIÁ CHUNG")
        yield from self._assessment()
        yield Text("heading1", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI")
        yield from self._ahead()
        yield Text("heading1", "V. KIẾN NGHỊ, ĐỀ XUẤT")
        yield _fill("Nêu kiến nghị với cơ quan cấp trên và các cơ quan liên quan")

    def _in_scope(self, area: int) -> bool:
        if self.scope.areas:
            return area in self.scope.areas
        # Items of an unknown area have their place only when there are any.
        return area != UNKNOWN_AREA or any(not r["area"] for r in (*self.tasks, *self.targets))

    def _numbered(self, title: str) -> str:
        self.tables += 1
        return f"Bảng {self.tables}. {title}"

    def _split(self) -> Iterable[Block]:
        table = self._split_table()
        of = {str(line.cells[1]): _n(float(line.cells[2] or 0)) for line in table.lines}
        yield Text(
            "paragraph",
            f"Đến hết ngày {date_text(self.as_of)}, trong phạm vi báo cáo có {of[ALL]} nhiệm vụ: đã hoàn thành "
            f"{of[DONE_ROW]} (trước hạn {of[_EARLY]}, đúng hạn {of[_ON_TIME]}, quá hạn {of[_DONE_LATE]}, không thời "
            f"hạn {of[_DONE_UNDATED]}); chưa hoàn thành {of[_OPEN]} (trong hạn {of[_IN_TIME]}, sắp đến hạn "
            f"{of[_SOON]}, quá hạn {of[LATE]}); đã qua hạn nhưng chưa có báo cáo {of[SILENT]}; thường xuyên "
            f"{of[_ONGOING]}; theo sự kiện {of[_EVENT]}; không thời hạn {of[_UNDATED]}; không áp dụng {of[_ABSENT]}.",
        )
        done = self._done_in_period()
        due = [r for r in self.tasks if self._within(r["deadline_end"]) and r["status"] != "not_applicable"]
        yield Text(
            "paragraph",
            f"Trong kỳ (từ {date_text(self.period.start)} đến {date_text(self.as_of)}): {_n(len(due))} nhiệm vụ đến "
            f"hạn, trong đó {_n(sum(r['status'] in DONE for r in due))} đã hoàn thành; {_n(len(done))} nhiệm vụ hoàn "
            "thành trong kỳ.",
        )
        yield table

    def _split_table(self) -> Table:
        c: Counts = self.counts
        codes = [r.code for r in self.records]
        opened = c.in_time + c.overdue
        rows: list[tuple[str, str, int]] = [
            ("1", DONE_ROW, c.done),
            ("1.1", _EARLY, c.done_early),
            ("1.2", _ON_TIME, c.done_on_time),
            ("1.3", _DONE_LATE, c.done_late),
            ("1.4", _DONE_UNDATED, c.done_undated),
            ("2", _OPEN, opened),
            ("2.1", _IN_TIME, c.in_time - c.due_soon),
            ("2.2", _SOON, c.due_soon),
            ("2.3", LATE, c.overdue),
            ("3", SILENT, c.past_no_report),
            ("4", _ONGOING, codes.count("ongoing")),
            ("5", _EVENT, codes.count("event")),
            ("6", _UNDATED, codes.count("no_deadline")),
            ("7", _ABSENT, c.not_applicable),
        ]
        lines = [
            Line((number, words, n, _share(n, c.total)), "row" if "." in number else "total")
            for number, words, n in rows
        ]
        lines.append(Line(("", ALL, c.total, _share(c.total, c.total)), "total"))
        columns = (
            Column("STT", 8, "center"),
            Column("Tình trạng", 58),
            Column("Số nhiệm vụ", 17, "right"),
            Column("Tỷ lệ (%)", 17, "right"),
        )
        return Table("split", self._numbered("Tình hình thực hiện nhiệm vụ"), "Tình hình", columns, tuple(lines))

    def _rates(self) -> Iterable[Block]:
        found = [plan_completion(self.records), due_completion(self.records), coverage(self.records)]
        names = ["Tỷ lệ hoàn thành kế hoạch", "Tỷ lệ hoàn thành nhiệm vụ đến hạn", "Độ phủ số liệu nhiệm vụ"]
        formulas = [found[0].formula, found[1].formula, "nhiệm vụ đã có báo cáo / tất cả nhiệm vụ"]
        if self.with_targets:
            codes = [r["status"] for r in self.targets]
            met = codes.count("met")
            settled = met + codes.count("missed") + codes.count("at_risk")
            found.append(Rate(MEASURE_NAMES["targets_met"], FORMULAS["targets_met"], met, settled))
            names.append(MEASURE_NAMES["targets_met"])
            formulas.append(FORMULAS["targets_met"])
        yield Text(
            "paragraph",
            f"{names[0]} ({formulas[0]}): {found[0].text}. {names[1]} ({formulas[1]}): {found[1].text}; nhiệm vụ đã "
            "qua hạn nhưng chưa có báo cáo không tính vào tỷ lệ này.",
        )
        lines = tuple(
            Line((name, formula, int(rate.numerator), int(rate.denominator), _percent(rate)))
            for name, formula, rate in zip(names, formulas, found, strict=True)
        )
        columns = (
            Column("Chỉ số", 27),
            Column("Cách tính", 37),
            Column("Tử số", 10, "right"),
            Column("Mẫu số", 10, "right"),
            Column("Tỷ lệ (%)", 16, "right"),
        )
        yield Table("rates", self._numbered("Các tỷ lệ và cách tính"), "Tỷ lệ", columns, lines)

    def _target_split(self) -> Iterable[Block]:
        codes = [r["status"] for r in self.targets]
        counts = {code: codes.count(code) for code in _TARGETS}
        parts = ", ".join(f"{TARGET_LABELS[code].lower()} {_n(n)}" for code, n in counts.items())
        whose = f"Có {_n(len(codes))} chỉ tiêu được giao cho {', '.join(self.scope.agencies)}"
        every = f"Kế hoạch có {_n(len(codes))} chỉ tiêu trong phạm vi báo cáo"
        yield Text("paragraph", f"{whose if self.scope.agencies else every}: {parts} (Phụ lục I).")
        lines = [Line((TARGET_LABELS[code], n, _share(n, len(codes)))) for code, n in counts.items()]
        lines.append(Line((ALL, len(codes), _share(len(codes), len(codes))), "total"))
        columns = (Column("Đánh giá", 60), Column("Số chỉ tiêu", 20, "right"), Column("Tỷ lệ (%)", 20, "right"))
        yield Table("targets", self._numbered("Tình hình thực hiện chỉ tiêu"), "Chỉ tiêu", columns, tuple(lines))

    def _by_area(self) -> Table:
        lines = [
            Line((name, *self._area_numbers(self._of(self.tasks, area))))
            for area, name in self.area_names.items()
            if self._in_scope(area)
        ]
        lines.append(Line((ALL, *self._area_numbers(self.tasks)), "total"))
        columns = (
            Column("Lĩnh vực", 19),
            Column("Tổng số", 6, "right"),
            Column("Hoàn thành trước, đúng hạn", 9.5, "right"),
            Column("Hoàn thành quá hạn", 9, "right"),
            Column("Hoàn thành, không thời hạn", 9.5, "right"),
            Column("Chưa hoàn thành, trong hạn", 9, "right"),
            Column("Chưa hoàn thành, quá hạn", 9, "right"),
            Column("Đã qua hạn, chưa có báo cáo", 9, "right"),
            Column("Thường xuyên, theo sự kiện, không thời hạn", 11, "right"),
            Column("Không áp dụng", 9, "right"),
        )
        return Table("areas", self._numbered("Nhiệm vụ theo lĩnh vực"), "Theo lĩnh vực", columns, tuple(lines))

    def _area_numbers(self, rows: Sequence[Row]) -> tuple[int, ...]:
        c = count(record(r) for r in rows)
        in_time = c.done_early + c.done_on_time
        return (
            c.total, in_time, c.done_late, c.done_undated, c.in_time, c.overdue, c.past_no_report, c.no_date,
            c.not_applicable,
        )  # fmt: skip

    def _of(self, rows: Sequence[Row], area: int) -> list[Row]:
        return [r for r in rows if (r["area"] or UNKNOWN_AREA) == area]

    def _area(self, area: int) -> Iterable[Block]:
        tasks, targets = self._of(self.tasks, area), self._of(self.targets, area)
        if not tasks and not targets:
            yield Text("paragraph", "Trong phạm vi báo cáo không có nhiệm vụ, chỉ tiêu của nội dung này.")
        if tasks:
            total, in_time, late, undated, opened, overdue, silent, outside, absent = self._area_numbers(tasks)
            yield Text(
                "paragraph",
                f"Có {_n(total)} nhiệm vụ: đã hoàn thành {_n(in_time + late + undated)} (trước hạn và đúng hạn "
                f"{_n(in_time)}, quá hạn {_n(late)}, không thời hạn {_n(undated)}); chưa hoàn thành "
                f"{_n(opened + overdue)} (trong hạn {_n(opened)}, quá hạn {_n(overdue)}); đã qua hạn nhưng chưa có báo "
                f"cáo {_n(silent)}; thường xuyên, theo sự kiện, không thời hạn {_n(outside)}; không áp dụng "
                f"{_n(absent)}.",
            )
        if targets:
            codes = [r["status"] for r in targets]
            parts = ", ".join(f"{TARGET_LABELS[c].lower()} {_n(n)}" for c in _TARGETS if (n := codes.count(c)))
            yield Text("paragraph", f"Có {_n(len(targets))} chỉ tiêu: {parts}.")
        done = [r for r in self._done_in_period() if (r["area"] or UNKNOWN_AREA) == area]
        if done:
            yield Text("paragraph", f"{_n(len(done))} nhiệm vụ hoàn thành trong kỳ:")
            for row in done:
                yield Text("item", _done_words(row))
        yield _fill("Nêu kết quả nổi bật")

    def _assessment(self) -> Iterable[Block]:
        yield Text("heading2", "1. Kết quả đạt được")
        yield _fill("Đánh giá kết quả nổi bật so với kế hoạch và cùng kỳ năm trước")
        yield Text("heading2", "2. Tồn tại, hạn chế")
        late = sorted((r for r in self.tasks if r["status"] == "overdue"), key=lambda r: -r["days"])
        done_late = sorted((r for r in self.tasks if r["status"] == "done_late"), key=lambda r: -r["days"])
        if late:
            yield Text("paragraph", f"{_n(len(late))} nhiệm vụ quá hạn chưa hoàn thành:")
            yield self._late("late", "Nhiệm vụ quá hạn chưa hoàn thành", "Quá hạn", late, "Nguyên nhân")
        else:
            yield Text("paragraph", "Không có nhiệm vụ nào được báo cáo là quá hạn chưa hoàn thành.")
        if done_late:
            yield Text("paragraph", f"{_n(len(done_late))} nhiệm vụ đã hoàn thành nhưng quá hạn:")
            yield self._late("done_late", "Nhiệm vụ hoàn thành quá hạn", "Hoàn thành quá hạn", done_late, "Nguyên nhân")
        if silent := self.counts.past_no_report:
            yield Text(
                "paragraph",
                f"{_n(silent)} nhiệm vụ đã qua hạn nhưng chưa có báo cáo của cơ quan chủ trì nên chưa đánh giá được "
                f"({self._annex_name()}).",
            )
        behind = [r for r in self.targets if r["status"] in ("missed", "at_risk")]
        if behind:
            yield Text("paragraph", f"{_n(len(behind))} chỉ tiêu không đạt hoặc có nguy cơ không đạt:")
            for row in behind:
                told = f"kế hoạch {row['goal_text']}, kết quả {row['value_text'] or MISSING}"
                yield Text("item", f"{_subject(row)}: {row['status_label'].lower()} ({told});")
        yield _fill("Nêu tồn tại, hạn chế khác")
        yield Text("heading2", "3. Nguyên nhân")
        yield _fill("Nêu nguyên nhân khách quan, chủ quan")

    def _annex_name(self) -> str:
        return "Phụ lục II" if self.with_targets else "Phụ lục"

    def _late(self, key: str, title: str, sheet: str, rows: Sequence[Row], cause: str) -> Table:
        lines = tuple(
            Line((n, row["content"], row["lead"] or "chưa rõ", _deadline(row), int(row["days"]), _cause(row)))
            for n, row in enumerate(rows, start=1)
        )
        columns = (
            Column("STT", 7, "center"),
            Column("Nhiệm vụ", 35),
            Column("Chủ trì", 20),
            Column("Thời hạn", 14),
            Column("Số ngày quá hạn", 10, "right"),
            Column(cause, 14),
        )
        return Table(key, self._numbered(title), sheet, columns, lines)

    def _ahead(self) -> Iterable[Block]:
        words, last = self.period.next()
        ahead = [
            r
            for r in self.tasks
            if r["status"] in ("in_time", "due_soon") and r["deadline_end"] and r["deadline_end"] <= last
        ]
        ahead.sort(key=lambda r: r["deadline_end"])
        if ahead:
            yield Text("paragraph", f"{_n(len(ahead))} nhiệm vụ chưa hoàn thành có thời hạn trong {words}:")
            for row in ahead:
                lead = f" ({row['lead']})" if row["lead"] else ""
                yield Text("item", f"{_whole(row['content'])}{lead}: {_deadline(row)};")
        else:
            yield Text("paragraph", f"Không có nhiệm vụ chưa hoàn thành nào có thời hạn trong {words}.")
        yield _fill("Nêu phương hướng, giải pháp")

    def _within(self, day: dt.date | None) -> bool:
        return day is not None and self.period.start <= day <= self.as_of

    def _done_in_period(self) -> list[Row]:
        return [r for r in self.tasks if r["status"] in DONE and self._within(r["done_on"])]

    # - annexes -

    def annexes(self) -> tuple[Table, ...]:
        tasks = Table(
            "annex_tasks",
            "Tình hình thực hiện nhiệm vụ",
            self._annex_name(),
            (
                Column("STT", 5, "center"),
                Column("Nhiệm vụ", 34),
                Column("Chủ trì", 17),
                Column("Thời hạn", 12),
                Column("Tình trạng", 18),
                Column("Tài liệu kiểm chứng", 14),
            ),
            tuple(self._lines(self.tasks, _task_cells)),
        )
        if not self.with_targets:
            return (tasks,)
        targets = Table(
            "annex_targets",
            "Kết quả thực hiện chỉ tiêu",
            "Phụ lục I",
            (
                Column("STT", 5, "center"),
                Column("Chỉ tiêu", 37),
                Column("ĐVT", 7, "center"),
                Column("Kế hoạch", 11, "center"),
                Column("Kết quả", 11, "center"),
                Column("Tỷ lệ (%)", 8, "right"),
                Column("Ghi chú", 21),
            ),
            tuple(self._lines(self.targets, _target_cells)),
        )
        return targets, tasks

    def _lines(self, rows: Sequence[Row], cells: Any) -> Iterable[Line]:
        """The rows under headings of their plan (when there are several) and area, numbered through."""
        number = 0
        several = len({r["doc_id"] for r in rows}) > 1
        labels = {r["id"]: r["label"] for r in self.documents}
        for plan in dict.fromkeys(r["doc_id"] for r in rows):
            of_plan = [r for r in rows if r["doc_id"] == plan]
            if several:
                yield Line((f"Kế hoạch: {labels.get(plan, plan)}",), "group")
            for area, name in self.area_names.items():
                found = self._of(of_plan, area)
                if found:
                    yield Line((name,), "group")
                for row in found:
                    number += 1
                    yield Line((number, *cells(row)))


_TARGETS: tuple[TargetCode, ...] = ("met", "missed", "at_risk", "progressing", "not_assessed", "not_applicable")
# Rows of the first table, also the words by which sentences find their numbers.
ALL = "Tổng số"
DONE_ROW = "Đã hoàn thành"
_EARLY = "Hoàn thành trước hạn"
_ON_TIME = "Hoàn thành đúng hạn"
_DONE_LATE = "Hoàn thành quá hạn"
_DONE_UNDATED = "Hoàn thành, không thời hạn"
_OPEN = "Chưa hoàn thành"
_IN_TIME = f"Trong hạn (còn trên {DUE_SOON_DAYS} ngày)"
_SOON = f"Sắp đến hạn (còn {DUE_SOON_DAYS} ngày trở xuống)"
LATE = "Quá hạn"
SILENT = "Đã qua hạn, chưa có báo cáo"
_ONGOING = "Thường xuyên"
_EVENT = "Theo sự kiện"
_UNDATED = "Không thời hạn (chưa rõ thời hạn)"
_ABSENT = "Không áp dụng"


def _ended(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with a full stop after the last item of each list."""
    found = list(blocks)
    for n, block in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        last = not (isinstance(after, Text) and after.kind == "item")
        if isinstance(block, Text) and block.kind == "item" and last:
            found[n] = Text("item", block.text.rstrip(";") + ".")
    return tuple(found)


def _fill(prompt: str) -> Text:
    return Text("fill", f"«{prompt}: …»")


def _percent(rate: Rate) -> Cell:
    return MISSING if rate.value is None else round(rate.value, 2)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _whole(text: str) -> str:
    return " ".join(text.split()).rstrip(" ;.,")


def _subject(row: Row) -> str:
    level = f" (cấp {row['level']})" if row["level"] else ""
    subject = _whole(row["subject"] or row["quote"])
    return subject[:1].upper() + subject[1:] + level


def _deadline(row: Row) -> str:
    text = str(row["due_text"])
    told = [f"gia hạn từ {_lower(row['first_due_text'])}"] if row["extended"] else []
    if row["asked"] and row["status"] not in DONE:
        told.append(f"đang đề nghị gia hạn đến {date_text(row['asked'])}")
    return f"{text} ({'; '.join(told)})" if told else text


def _cause(row: Row) -> str:
    """What its agency noted last; otherwise to be filled in."""
    return _whole(row["cause"]) or FILL


def _done_words(row: Row) -> str:
    parts = [f"hoàn thành ngày {date_text(row['done_on'])}"]
    if row["status"] == "done_late":
        parts[0] += f", quá hạn {_n(row['days'])} ngày"
    if row["result"]:
        parts.append(f"sản phẩm: {_whole(row['result'])}")
    if row["evidence"]:
        parts.append(f"tài liệu kiểm chứng: {row['evidence']}")
    lead = f" ({row['lead']})" if row["lead"] else ""
    return f"{_whole(row['content'])}{lead}: {'; '.join(parts)};"


def _task_cells(row: Row) -> tuple[Cell, ...]:
    content = row["content"] + (f" (qua nhóm: {row['via_group']})" if row["via_group"] else "")
    state = row["status_text"]
    if row["done_on"]:
        state += f" (ngày {date_text(row['done_on'])})"
    if row["result"]:
        state += f". Sản phẩm: {row['result']}"
    if row["status"] == "not_applicable" and row["absent_because"]:
        state += f": {_whole(row['absent_because'])}"
    return content, row["lead"] or "chưa rõ", _deadline(row), state, row["evidence"]


def _target_cells(row: Row) -> tuple[Cell, ...]:
    unit = row["unit"] or ""
    told = [row["status_label"]]
    if row["given_to"]:
        told.append(f"được giao: {row['given_to']}")
    if row["value_numerator"] is not None and row["value_denominator"] is not None:
        told.append(f"{_n(row['value_numerator'])}/{_n(row['value_denominator'])}")
    if row["value_period"]:
        told.append(_lower(row["value_period"]))
    if row["value_on"]:
        told.append(f"số liệu ngày {date_text(row['value_on'])}")
    if row["evidence"]:
        told.append(row["evidence"])
    # Rounded down: a goal that is just missed must not read as 100 %.
    rate = None if row["reach"] is None else int(row["reach"] * 100 + 1e-9)
    return (
        _subject(row),
        unit,
        _bare(row["goal_text"], unit),
        _result(row, unit),
        rate,
        "; ".join(told),
    )


def _result(row: Row, unit: str) -> Cell:
    """A result as a number where its words say nothing else."""
    text, value = _bare(row["value_text"], unit), row["value_now"]
    return value if value is not None and text == _n(value) else text or MISSING


def _bare(text: str, unit: str) -> str:
    """A figure without its unit, which has a column of its own."""
    if not unit:
        return text
    return text.removeprefix(f"{unit} ").removesuffix(f" {unit}")
