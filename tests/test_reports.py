"""Reports: every number is written by hand from the story or counted again from the annex, and read back from files."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.shared import Mm

from cchc import report_docx, report_html, report_source, report_xlsx, reports
from cchc.commands.reports_cli import report_command
from cchc.demo import BANNER
from cchc.engine import Engine
from cchc.entries import Draft, Evidence, Extension, NotApplicable, Note, TargetValue, TaskDone
from cchc.filters import Filters
from cchc.ledger import Ledger, LedgerKind
from cchc.progress import Progress
from cchc.reports import Letterhead, Report, Table, Text
from tests.office_suite import Convert, pages_of  # noqa: F401
from tests.sample_plans import DOC, sample_engine, task_id

D = dt.date
PERIOD = "2024-6t"

# The story until 14/6/2024, about the ten tasks and five targets of the sample plan (tests/sample_plans.py):
# 0 due 31/3: done 20/3 with a proof; 1 due 14/3: done on that day; 2 due 15/3: done 25/3, ten days late;
# 3 due 30/6: extended to 31/8; 4 due 30/6: nothing; 5 due 31/12: does not apply; 6 due 2025: nothing;
# 7 ongoing; 8 after an event; 9 no deadline known, done 01/4.
STORY: list[tuple[str, object, D]] = [
    (task_id(0), TaskDone(completed_on=D(2024, 3, 20), product="Kế hoạch <số> 1"), D(2024, 3, 20)),
    (task_id(0), Evidence(number="12/KH-UBND", date=D(2024, 3, 20)), D(2024, 3, 20)),
    (task_id(1), TaskDone(completed_on=D(2024, 3, 14)), D(2024, 3, 14)),
    (task_id(2), TaskDone(completed_on=D(2024, 3, 25)), D(2024, 3, 25)),
    (task_id(3), Extension(old=D(2024, 6, 30), new=D(2024, 8, 31), reason="Chờ", document="5/QĐ"), D(2024, 6, 1)),
    (task_id(5), NotApplicable(reason="Không có"), D(2024, 5, 5)),
    (task_id(9), TaskDone(completed_on=D(2024, 4, 1)), D(2024, 4, 1)),
    (f"{DOC}.c1", TargetValue(value=95, numerator=95, denominator=100, period="2024-6t"), D(2024, 6, 14)),
    (f"{DOC}.c2", TargetValue(value=40, unit="hạng"), D(2024, 6, 10)),
    # Recorded for a day after the closing: not in the report of six months.
    (task_id(4), TaskDone(completed_on=D(2024, 6, 20)), D(2024, 6, 20)),
]


def told(folder: Path, story: list[tuple[str, object, D]] = STORY, kind: LedgerKind = "real") -> Engine:
    with Ledger(folder / "l.sqlite", kind=kind, clock=lambda: dt.datetime(2024, 7, 1, 8, tzinfo=dt.UTC)) as ledger:
        for item, payload, day in story:
            draft = Draft(item_id=item, payload=payload, author="an@x.vn", role="standing_editor", as_of=day)  # type: ignore[arg-type]
            ledger.append(draft)
        progress = Progress(ledger)
        progress.pull()
    engine = sample_engine(folder)
    engine._recorded = progress
    return engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return told(tmp_path_factory.mktemp("reports"))


def made(engine: Engine, code: str = PERIOD, head: Letterhead | None = None, **filters: object) -> Report:
    period = reports.parse(code)
    assert period is not None
    return report_source.make(engine, Filters(**filters), period, head)  # type: ignore[arg-type]


def column(table: Table, words: int = 0, value: int = 1) -> dict[str, object]:
    return {str(line.cells[words]): line.cells[value] for line in table.lines if line.kind != "group"}


# --- periods ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2024-1", D(2023, 12, 15), D(2024, 3, 14), "quý I/2024"),
        ("2024-6t", D(2023, 12, 15), D(2024, 6, 14), "6 tháng đầu năm 2024"),
        ("2024-3", D(2024, 6, 15), D(2024, 9, 14), "quý III/2024"),
        ("2024", D(2023, 12, 15), D(2024, 12, 14), "năm 2024"),
        ("2024-02-01_2024-04-30", D(2024, 2, 1), D(2024, 4, 30), "từ ngày 01/02/2024 đến ngày 30/4/2024"),
    ],
)
def test_periods(code: str, start: D, end: D, label: str) -> None:
    period = reports.parse(code)
    assert period is not None
    assert (period.start, period.end, period.label, period.code) == (start, end, label, code)


@pytest.mark.parametrize("code", ["2024-2", "2024-4", "2024-9t", "2024-m05", "x", "", "2024-05-02_2024-05-01",
                                  "2024-02-30_2024-03-01", "1900-01-01_1900-02-01", "٢٠٢٤"])  # fmt: skip
def test_other_texts_are_no_period(code: str) -> None:
    assert reports.parse(code) is None


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (D(2024, 3, 13), "2023"),
        (D(2024, 3, 14), "2024-1"),
        (D(2024, 6, 13), "2024-1"),
        (D(2024, 6, 20), "2024-6t"),
        (D(2024, 12, 13), "2024-3"),
        (D(2024, 12, 31), "2024"),
    ],
)
def test_the_latest_report(day: D, code: str) -> None:
    assert reports.latest(day).code == code


def test_what_comes_next() -> None:
    ends = [reports.report_period(2024, part).next()[1] for part in reports.REPORTS]
    assert ends == [D(2024, 6, 30), D(2024, 9, 30), D(2024, 12, 31), D(2025, 3, 31)]


# --- numbers ------------------------------------------------------------------------------------------------------


def test_the_official_split_of_the_story(engine: Engine) -> None:
    report = made(engine)
    assert column(report.table("split"), 1, 2) == {
        "Đã hoàn thành": 4,
        "Hoàn thành trước hạn": 1,
        "Hoàn thành đúng hạn": 1,
        "Hoàn thành quá hạn": 1,
        "Hoàn thành, không thời hạn": 1,
        "Chưa hoàn thành": 3,
        "Trong hạn (còn trên 30 ngày)": 2,
        "Sắp đến hạn (còn 30 ngày trở xuống)": 1,
        "Quá hạn": 0,
        "Đã qua hạn, chưa có báo cáo": 0,
        "Thường xuyên": 1,
        "Theo sự kiện": 1,
        "Không thời hạn (chưa rõ thời hạn)": 0,
        "Không áp dụng": 1,
        "Tổng số": 10,
    }
    rates = {line.cells[0]: line.cells[2:] for line in report.table("rates").lines}
    assert rates == {
        "Tỷ lệ hoàn thành kế hoạch": (4, 9, 44.44),
        "Tỷ lệ hoàn thành nhiệm vụ đến hạn": (4, 4, 100),
        "Độ phủ số liệu nhiệm vụ": (6, 10, 60),
        "Tỷ lệ chỉ tiêu đạt": (1, 1, 100),
    }
    assert report.as_of == D(2024, 6, 14)
    assert report.opening.startswith("Ủy ban nhân dân tỉnh Mẫu báo cáo")


def test_late_work_is_listed_with_its_days(engine: Engine, tmp_path: Path) -> None:
    lines = made(engine).table("done_late").rows
    assert [line.cells[1:] for line in lines] == [("Kiểm tra công vụ", "Sở Tư pháp", "15/3/2024", 10, "«…»")]
    story = [
        (task_id(0), Note(text="Đang chờ"), D(2024, 3, 1)),
        (task_id(0), Note(text="Đang chờ số liệu."), D(2024, 6, 1)),
        (task_id(0), Note(text="sau ngày chốt"), D(2024, 6, 20)),
        (task_id(1), Note(text="Đang chờ"), D(2024, 3, 1)),
    ]
    late = made(told(tmp_path, story))
    assert [(line.cells[1], *line.cells[4:]) for line in late.table("late").rows] == [
        ("Rà soát thủ tục", 92, "Đang chờ"),  # the cause is what was noted
        ("Ban hành kế hoạch", 75, "Đang chờ số liệu"),
    ]
    assert column(late.table("split"), 1, 2)["Đã qua hạn, chưa có báo cáo"] == 1
    texts = [b.text for b in late.blocks if isinstance(b, Text)]
    assert "2 nhiệm vụ quá hạn chưa hoàn thành:" in texts
    assert any(t.startswith("1 nhiệm vụ đã qua hạn nhưng chưa có báo cáo") for t in texts)


def test_annexes_tell_plan_result_rate_and_evidence(engine: Engine) -> None:
    report = made(engine)
    targets = {str(line.cells[1]): line.cells[2:] for line in report.table("annex_targets").rows}
    assert targets["Hồ sơ được số hóa (cấp tỉnh)"] == (
        "%", "≥ 90", 95, 100, "Đạt; 95/100; 6 tháng đầu năm 2024; số liệu ngày 14/6/2024"
    )  # fmt: skip
    assert targets["Chỉ số cải cách hành chính"][:4] == ("hạng", "≤ 20", 40, 50)
    assert targets["Chỉ số hài lòng"][:4] == ("", "cải thiện so với năm trước", "chưa có số liệu", None)
    tasks = {str(line.cells[1]): line.cells[2:] for line in report.table("annex_tasks").rows}
    assert tasks["Ban hành kế hoạch"] == (
        "Sở Nội vụ",
        "Quý I/2024",
        "Hoàn thành trước hạn (ngày 20/3/2024). Sản phẩm: Kế hoạch <số> 1",
        "12/KH-UBND ngày 20/3/2024",
    )
    assert tasks["Hoà giải, hướng dẫn"][1] == "31/8/2024 (gia hạn từ tháng 6/2024)"
    assert tasks["- Việc chưa rõ hạn"][0] == "chưa rõ"
    assert tasks["Đo lường sự hài lòng"][2] == "Không áp dụng: Không có"


def test_an_extension_asked_for_changes_nothing_but_is_told(tmp_path: Path) -> None:
    asked = Extension(old=D(2024, 3, 31), new=D(2024, 7, 31), reason="Chờ hướng dẫn")
    report = made(told(tmp_path, [(task_id(0), asked, D(2024, 3, 20))]))
    (late,) = report.table("late").rows
    assert late.cells[3:5] == ("Quý I/2024 (đang đề nghị gia hạn đến 31/7/2024)", 75)


STATES = {
    "Hoàn thành trước hạn": "Hoàn thành trước hạn",
    "Hoàn thành đúng hạn": "Hoàn thành đúng hạn",
    "Hoàn thành quá hạn": "Hoàn thành quá hạn",
    "Hoàn thành (không thời hạn)": "Hoàn thành, không thời hạn",
    "Trong hạn": "Trong hạn (còn trên 30 ngày)",
    "Sắp đến hạn": "Sắp đến hạn (còn 30 ngày trở xuống)",
    "Quá hạn": "Quá hạn",
    "Đã qua hạn": "Đã qua hạn, chưa có báo cáo",
    "Thường xuyên": "Thường xuyên",
    "Theo sự kiện": "Theo sự kiện",
    "Chưa rõ thời hạn": "Không thời hạn (chưa rõ thời hạn)",
    "Không áp dụng": "Không áp dụng",
}


def again(report: Report) -> Counter[str]:
    """The split counted from the annex of tasks alone."""
    found: Counter[str] = Counter()
    for line in report.table("annex_tasks").rows:
        state = next(s for s in sorted(STATES, key=len, reverse=True) if str(line.cells[4]).startswith(s))
        found[STATES[state]] += 1
    return found


def numbers_of_text(texts: list[str]) -> dict[str, int]:
    """The numbers of the first paragraph by the words before them."""
    text = next(t for t in texts if "trong phạm vi báo cáo có" in t)
    pairs = re.findall(r"([^\d;,(:.]+?) ([\d.]+)(?=[ ,;).]|$)", text.split("trong phạm vi báo cáo ")[1])
    return {words.strip(): int(n.replace(".", "")) for words, n in pairs}


@pytest.mark.parametrize("code", ["2024-1", "2024-6t", "2024-3", "2024", "2022", "2022-01-01_2024-12-31"])
@pytest.mark.parametrize("filters", [{}, {"area": (1, 5)}, {"agency": ("so-tu-phap",)}], ids=["all", "area", "agency"])
def test_text_and_tables_tell_the_same(engine: Engine, code: str, filters: dict[str, object]) -> None:
    report = made(engine, code, **filters)
    split = column(report.table("split"), 1, 2)
    counted = again(report)
    assert {k: v for k, v in split.items() if v and k in STATES.values()} == dict(counted)
    assert split["Tổng số"] == sum(counted.values()) == len(report.table("annex_tasks").rows)
    areas = report.table("areas").lines
    for place in range(1, len(areas[0].cells)):
        *parts, whole = [line.cells[place] for line in areas]
        assert sum(parts) == whole  # type: ignore[arg-type]
    assert areas[-1].cells[1] == split["Tổng số"]
    texts = [b.text for b in report.blocks if isinstance(b, Text)]
    told_areas = [[int(n) for n in re.findall(r"\d+", t)] for t in texts if re.match(r"Có \d+ nhiệm vụ:", t)]
    of_table = []
    for line in areas[:-1]:
        total, in_time, late, undated, opened, overdue, silent, outside, absent = [int(c or 0) for c in line.cells[1:]]
        done = in_time + late + undated
        if total:
            of_table.append(
                [total, done, in_time, late, undated, opened + overdue, opened, overdue, silent, outside, absent]
            )
    assert told_areas == of_table
    said = numbers_of_text(texts)
    assert said["có"] == split["Tổng số"]
    assert said["chưa hoàn thành"] == split["Chưa hoàn thành"]
    assert said["đã qua hạn nhưng chưa có báo cáo"] == split["Đã qua hạn, chưa có báo cáo"]
    assert said["không áp dụng"] == split["Không áp dụng"]


@pytest.mark.parametrize(
    ("code", "due", "of_them", "done"), [("2024-1", 1, 1, 1), ("2024-6t", 3, 3, 4), ("2024-3", 2, 1, 1)]
)
def test_what_happened_in_the_period(engine: Engine, code: str, due: int, of_them: int, done: int) -> None:
    report = made(engine, code)
    texts = [b.text for b in report.blocks if isinstance(b, Text)]
    told = next(t for t in texts if t.startswith("Trong kỳ"))
    assert f"{due} nhiệm vụ đến hạn, trong đó {of_them} đã hoàn thành; {done} nhiệm vụ hoàn thành trong kỳ." in told
    states = " ".join(str(line.cells[4]) for line in report.table("annex_tasks").rows)
    days = [D(int(y), int(m), int(d)) for d, m, y in re.findall(r"\(ngày (\d+)/(\d+)/(\d+)\)", states)]
    assert sum(report.period.start <= day <= report.as_of for day in days) == done


def test_lists_end_with_a_full_stop(engine: Engine) -> None:
    blocks = made(engine).blocks
    items = [(b.text, blocks[n + 1]) for n, b in enumerate(blocks) if isinstance(b, Text) and b.kind == "item"]
    assert items
    for text, after in items:
        assert text.endswith(";" if isinstance(after, Text) and after.kind == "item" else ".")


def test_the_documentation_names_options_and_parts(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (root / "docs" / "reports.md").read_text(encoding="utf-8")
    assert report_command(["--help"]) == 0
    for option in re.findall(r"(--[a-z-]+)", capsys.readouterr().out):
        assert f"`{option}`" in text or option == "--help", option
    for label in ("Tỷ lệ hoàn thành kế hoạch", "Tỷ lệ hoàn thành nhiệm vụ đến hạn", "STT", "«…»", BANNER):
        assert label in text


def test_an_agency_reports_its_tasks_and_no_targets(engine: Engine) -> None:
    report = made(engine, agency=("so-tu-phap",), role="lead")
    assert [a.key for a in report.annexes] == ["annex_tasks"]
    assert report.title.endswith("của Sở Tư pháp")
    assert report.head == Letterhead("Sở Tư pháp", "Ủy ban nhân dân tỉnh Mẫu", "Mẫu")
    assert any("không có phần chỉ tiêu" in note for note in report.notes)
    through = [str(line.cells[1]) for line in report.table("annex_tasks").rows]
    assert "Đo lường sự hài lòng (qua nhóm: Sở, ban, ngành)" in through


def test_notes_tell_what_the_reader_must_know(engine: Engine) -> None:
    early = report_source.make(engine, Filters(as_of=D(2024, 5, 1), q="kế hoạch"), reports.report_period(2024, "6t"))
    assert early.as_of == D(2024, 5, 1)
    assert "Kỳ báo cáo chốt ngày 14/6/2024; số liệu mới tính đến ngày 01/5/2024." in early.notes
    assert any("không áp dụng cho báo cáo" in note for note in early.notes)
    assert column(early.table("split"), 1, 2)["Tổng số"] == 10, "words to search for do not narrow a report"
    other = made(engine, "2022", plan=(DOC,))
    assert any("không phải kế hoạch của năm báo cáo" in note for note in other.notes)
    with pytest.raises(report_source.NothingToReport, match="2019"):
        made(engine, "2019")


# --- files --------------------------------------------------------------------------------------------------------


def test_word_has_the_form_of_the_decree(engine: Engine) -> None:
    document = Document(io.BytesIO(report_docx.to_docx(made(engine))))
    first, *annexes = document.sections
    near = pytest.approx
    for section, (width, height) in zip((first, *annexes), [(210, 297), (297, 210), (297, 210)], strict=True):
        assert (section.page_width / Mm(1), section.page_height / Mm(1)) == near((width, height), abs=0.1)
        margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
        assert [m / Mm(1) for m in margins] == near([20, 20, 30, 15], abs=0.1)
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml and "PAGE" not in first.first_page_header._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    text = "\n".join(p.text for p in document.paragraphs)
    places = [text.index(t) for t in ("BÁO CÁO", "Căn cứ", "I. CÔNG TÁC", "II. KẾT QUẢ", "III. ĐÁNH GIÁ", "IV. PHƯƠNG",
                                      "V. KIẾN NGHỊ", "Phụ lục I\n", "Phụ lục II\n")]  # fmt: skip
    assert places == sorted(places)
    head, *_, foot = [t for t in document.tables if "Table Grid" not in str(t.style.name)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
    assert "ỦY BAN NHÂN DÂN TỈNH MẪU" in head.rows[0].cells[0].text
    assert "Nơi nhận:" in foot.rows[0].cells[0].text
    assert BANNER not in text


def test_numbers_of_the_word_text_equal_its_tables(engine: Engine) -> None:
    document = Document(io.BytesIO(report_docx.to_docx(made(engine))))
    tables = {t.rows[0].cells[1].text: t for t in document.tables if len(t.columns) > 1}
    split = {row.cells[1].text: int(row.cells[2].text) for row in tables["Tình trạng"].rows[1:]}
    said = numbers_of_text([p.text for p in document.paragraphs])
    wanted = {
        "có": "Tổng số", "đã hoàn thành": "Đã hoàn thành", "trước hạn": "Hoàn thành trước hạn",
        "chưa hoàn thành": "Chưa hoàn thành", "trong hạn": "Trong hạn (còn trên 30 ngày)",
        "sắp đến hạn": "Sắp đến hạn (còn 30 ngày trở xuống)", "không áp dụng": "Không áp dụng",
    }  # fmt: skip
    assert {words: said[words] for words in wanted} == {words: split[name] for words, name in wanted.items()}
    annex = document.tables[-1].rows[1:]
    numbered = [row for row in annex if row.cells[0].text.isdigit()]
    assert len(numbered) == split["Tổng số"]
    assert sum("Hoàn thành quá hạn" in row.cells[4].text for row in numbered) == split["Hoàn thành quá hạn"] == 1


def test_libreoffice_opens_the_word_file_and_its_words_can_be_read(engine: Engine, pages_of: Convert) -> None:  # noqa: F811
    pages = pages_of(report_docx.to_docx(made(engine)), "docx")
    text = re.sub(r"\s+", " ", " ".join(pages))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm 2024",
        "đã hoàn thành 4 (trước hạn 1, đúng hạn 1, quá hạn 1, không thời hạn 1)",
        "4/9 = 44,44 %",
        "Hồ sơ được số hóa (cấp tỉnh)",
        "Sản phẩm: Kế hoạch <số> 1",
        "=1+1 nội dung lạ",
    ):
        assert words in text, words
    numbers = [page.strip().split()[0] for page in pages]
    assert numbers[1:] == [str(n) for n in range(2, len(pages) + 1)]
    assert numbers[0] != "1"


def test_excel_holds_the_same_tables_with_numbers_and_no_formulas(engine: Engine, pages_of: Convert) -> None:  # noqa: F811
    report = made(engine)
    data = report_xlsx.to_xlsx(report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Báo cáo", *(t.sheet for t in report.tables)]
    for table in report.tables:
        rows = [[c.value for c in row] for row in book[table.sheet].iter_rows(min_row=4)]
        # openpyxl does not write empty text
        wanted = [[v if v != "" else None for v in line.cells] for line in table.lines if line.kind != "group"]
        assert [row for row in rows if row in wanted] == wanted
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    text = " ".join(pages_of(data, "xlsx"))
    assert "Đã hoàn thành" in text and "=1+1 nội dung lạ" in text
    # The last words of long texts: rows are high enough for all lines.
    whole = " ".join(text.split())
    assert "Nhiệm vụ hoàn thành quá hạn" in whole
    first = next(b.text for b in report.blocks if isinstance(b, Text) and "trong phạm vi báo cáo có" in b.text)
    assert "không áp dụng 1." in first and "không áp dụng 1." in whole


def test_print_view_escapes_what_documents_and_people_write(engine: Engine) -> None:
    html = report_html.to_html(made(engine, head=Letterhead("<script>alert(1)</script>")))
    assert "<script" not in html and "Kế hoạch &lt;số&gt; 1" in html
    assert html.count("<table") == len(made(engine).tables)


def test_control_characters_do_not_break_a_file(engine: Engine, pages_of: Convert) -> None:  # noqa: F811
    report = made(engine, head=Letterhead("Sở\x00 A\x0bB\ufffe"))
    assert "SỞ A B" in re.sub(r"\s+", " ", " ".join(pages_of(report_docx.to_docx(report), "docx")))
    report_xlsx.to_xlsx(report)


def test_made_up_data_say_so_everywhere(tmp_path: Path) -> None:
    report = made(told(tmp_path, kind="demo"))
    assert report.demo
    assert report.file_name("docx") == "so-lieu-minh-hoa_bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.docx"
    document = Document(io.BytesIO(report_docx.to_docx(report)))
    assert BANNER in "\n".join(p.text for p in document.paragraphs[:4])
    for section in document.sections:
        assert BANNER in "".join(p.text for p in section.header.paragraphs)
    assert BANNER in document.sections[0].first_page_header.paragraphs[0].text
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx.to_xlsx(report)))
    assert all(BANNER in [c.value for row in sheet.iter_rows(max_row=4) for c in row] for sheet in book)
    assert BANNER in report_html.to_html(report)


# --- command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, engine: Engine, tmp_path: Path) -> Path:
    from cchc import engine as module

    monkeypatch.setattr(module, "_engine", engine)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_a_file(commands: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_command(["--period", PERIOD, "--place", "Thành phố X"]) == 0
    path = commands / "bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.docx"
    assert "Thành phố X" in Document(str(path)).tables[0].rows[0].cells[1].text
    arguments = ["--from", "2024-01-01", "--to", "2024-03-31", "--agency", "so-tu-phap", "--format", "xlsx", "-o"]
    assert report_command([*arguments, "a.xlsx"]) == 0
    assert "Phụ lục" in openpyxl.load_workbook(commands / "a.xlsx").sheetnames
    assert "không có phần chỉ tiêu" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Cần đúng một trong hai"),
        (["--period", "2024", "--from", "2024-01-01", "--to", "2024-02-01"], 2, "Cần đúng một trong hai"),
        (["--period", "2024", "--to", "2024-02-01"], 2, "Cần đúng một trong hai"),
        (["--period", "2024-2"], 2, "không hiểu kỳ"),
        (["--from", "1/2/2024", "--to", "2024-03-01"], 2, "không hiểu ngày"),
        (["--from", "2024-03-02", "--to", "2024-03-01"], 1, "Ngày cuối kỳ"),
        (["--period", "2019"], 1, "Không có kế hoạch nào của năm 2019"),
        (["--period", "2024", "--agency", "khong-co"], 2, "Không có cơ quan"),
        (["--period", "2024", "-o", "khong/co/a.docx"], 1, "Không ghi được"),
    ],
)
def test_the_command_says_what_is_wrong(
    commands: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert report_command(arguments) == code
    assert said in capsys.readouterr().err
    assert not list(commands.glob("*.docx"))
