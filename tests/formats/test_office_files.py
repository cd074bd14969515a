"""One plan in the files of offices, programs, portals: each gives the items of the text, and says what it leaves out.

`python -m tests.formats.test_office_files` prints what each file gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from cchc.formats import NotAPlan, read_source, suite
from cchc.formats.contents import contents_lines
from cchc.formats.ooxml import Package
from cchc.model import Plan
from cchc.reading import read_plan
from tests.formats import office_pages, office_plan, office_sheets, office_word
from tests.formats.word import docx, p, tbl, tc, tr

FILES: dict[str, Callable[[], bytes]] = {**office_word.FILES, **office_pages.FILES, **office_sheets.FILES}
FILES.pop("goals in a table")  # says other goals
# What a file leaves out or changes is said, in this many words and no more.
SAID: dict[str, list[str]] = {
    "tracked changes": [r"chưa được chấp nhận: 5 chỗ thêm .* 5 chỗ xóa không được đọc"],
    "open insertions": [r"chưa được chấp nhận: 6 chỗ thêm .* 0 chỗ xóa"],
    "content controls": [r"1 chỗ của biểu mẫu chưa được điền"],
    "notes and comments": [r"1 đoạn chữ ẩn", r"6 nhận xét bên lề"],
    "fields": [r"Mục lục \(14 dòng\)"],
    "contents in a control": [r"Mục lục \(15 dòng\)"],
    "contents typed": [r"Mục lục \(15 dòng\)"],
    "old fonts": [r"\d+ đoạn gõ bằng phông chữ cũ"],
    "windows-1258": [r"bảng mã cũ Windows-1258"],
    "VNI page": [r"phông chữ cũ VNI"],
    "several sheets": [r"«Mục lục» chỉ liệt kê các trang tính khác", r"đang ẩn không được đọc: Bản cũ, DM"],
    "table at C9": [r"1 dòng đang ẩn", r"1 cột đang ẩn"],
    "with macros (.xlsm)": [r"có macro"],
}
# Where a file says the same in other words («≤ 15 phút», a deadline that is a date), ids of items may differ.
OTHER_WORDS = {"symbols", "dates and formulas"}
SECTIONS = ("targets", "tasks", "measures", "duties")


@cache
def of_the_text() -> Plan:
    return read_plan(office_plan.as_text(), "ke-hoach.txt")


def test_the_text_gives_what_was_written_down() -> None:
    assert office_plan.items_of(of_the_text()) == office_plan.ITEMS
    assert of_the_text().warnings == ()


@pytest.mark.parametrize("name", FILES)
def test_a_file_gives_the_items_of_the_text(name: str) -> None:
    _same(read_plan(FILES[name](), "ke-hoach.doc"), name)


@pytest.mark.parametrize("name", office_pages.OF_THE_SUITE)
def test_a_file_of_libreoffice_gives_the_items_of_the_text(name: str) -> None:
    if suite.program() is None:
        pytest.fail("LibreOffice was not found on PATH or named by CCHC_SOFFICE: install it and run the tests again.")
    _same(read_plan(office_pages.OF_THE_SUITE[name](), "ke-hoach.doc"), name)


def _same(plan: Plan, name: str) -> None:
    assert office_plan.items_of(plan) == office_plan.ITEMS
    if name not in OTHER_WORDS:
        for section in SECTIONS:
            assert [i.id for i in getattr(plan, section)] == [i.id for i in getattr(of_the_text(), section)]
    said = SAID.get(name, [])
    assert len(plan.warnings) == len(said)
    for wanted in said:
        assert any(re.search(wanted, warning) for warning in plan.warnings), plan.warnings


def test_goals_in_a_table_of_numbers() -> None:
    plan = read_plan(office_sheets.goals_in_a_table(), "chi-tieu.xlsx")
    assert [(t.comparator, t.value) for t in plan.targets] == office_sheets.GOALS
    assert office_plan.items_of(plan)["tasks"] == office_plan.TASKS


# --- the parts, each in other ways ----------------------------------------------------------------------------------


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read_source(docx(body, **parts)).text.split("\n") if line][1:]


DEL = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            f"<w:p>{DEL}<w:r><w:t>Rà soát </w:t></w:r></w:p>{p('Văn bản')}", ["Rà soát Văn bản"], id="its end"
        ),
        pytest.param(f"<w:p>{DEL}<w:r><w:t>A </w:t></w:r></w:p>" * 2 + p("B"), ["A A B"], id="the ends of two"),
        pytest.param(
            f"<w:p>{DEL}<w:del w:id='2'><w:r><w:delText>A</w:delText></w:r></w:del></w:p>{p('B')}",
            ["B"],
            id="all of it",
        ),
        pytest.param(
            f"<w:p>{DEL}<w:r><w:t>A</w:t></w:r></w:p>" + tbl(tr("1", "2", "3"), tr("4", "5", "6")),
            ["A", "| 1 | 2 | 3 |", "| 4 | 5 | 6 |"],
            id="before a table",
        ),
        pytest.param(f"<w:p>{DEL}<w:r><w:t>A</w:t></w:r></w:p>", ["A"], id="the last"),
        pytest.param(
            tbl(tr(tc("1"), tc("2").replace("</w:tcPr>", "<w:cellDel w:id='3'/></w:tcPr>"), "3"), tr("4", "", "6")),
            ["| 1 | 3 |", "| 4 | 6 |"],
            id="a cell",
        ),
    ],
)
def test_what_is_taken_out_of_a_paragraph(body: str, said: list[str]) -> None:
    assert lines(body) == said


def field(code: str, result: str, separate: bool = True, end: bool = True) -> str:
    made = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    made += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' * separate + result
    return made + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * end


RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        pytest.param(field("REF a", RUN.format("Điều 5")), "Điều 5", id="a reference"),
        pytest.param(field("IF 1 = 1", RUN.format("mã"), separate=False), "", id="a code with words and no result"),
        pytest.param(
            field('IF "', RUN.format("mã"), end=False, separate=False) + RUN.format("chữ"),
            "mãchữ",
            id="without an end nothing is lost",
        ),
        pytest.param(
            field("TOC", RUN.format("mục"), end=False) + RUN.format("chữ"), "mụcchữ", id="contents without an end"
        ),
        pytest.param(field(" toc \\o", RUN.format("I. MỤC TIÊU")), "", id="contents"),
        pytest.param(field("TOCX", RUN.format("chữ")), "chữ", id="no contents"),
        pytest.param(field("HYPERLINK x", field("PAGEREF b", RUN.format("3"))), "3", id="one in another"),
        pytest.param(
            '<w:fldSimple w:instr="DATE">' + RUN.format("15/12/2026") + "</w:fldSimple>",
            "15/12/2026",
            id="in one element",
        ),
    ],
)
def test_results_of_fields_are_seen(inside: str, said: str) -> None:
    assert lines(f"<w:p>{inside}</w:p>{p('Hết')}") == [*filter(None, [said]), "Hết"]


@pytest.mark.parametrize(
    ("font", "words", "said"),
    [
        ("Wingdings", "q", "•"), ("Wingdings 2", " Ø ", "•"), ("Webdings", "a", "•"), ("Symbol", "\u00a3", "≤"),
        ("Symbol", "Kế hoạch", "Kế hoạch"), ("Times New Roman", "q", "q"), ("Wingdings", "Sở", "Sở"),
    ],
)  # fmt: skip
def test_letters_set_in_fonts_of_symbols(font: str, words: str, said: str) -> None:
    run = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert lines(p(words, run=run)) == [said]


@pytest.mark.parametrize("sign", ["\uf0b7", "\uf0d8", "•", "➢", "❖", "→", "□", "–"])
def test_bullets_of_copies_begin_items(sign: str) -> None:
    """As LibreOffice and portals turn the signs of Wingdings into letters."""
    said = re.sub(r"(?m)^- ", f"{sign} ", office_plan.as_text().decode())
    assert office_plan.items_of(read_plan(said.encode(), "x.txt")) == office_plan.ITEMS


def test_signs_within_a_sentence_begin_nothing() -> None:
    said = office_plan.as_text().decode().replace("Công khai đầy đủ, kịp thời", "Tiếp nhận → thẩm định ➢ công khai")
    measures = office_plan.items_of(read_plan(said.encode(), "x.txt"))["measures"]
    assert measures[2] == (3, "Tiếp nhận → thẩm định ➢ công khai thủ tục hành chính trên Cổng dịch vụ công.")


ENTRIES = [f"{k}. Đề mục {'.' * 30} {k + 2}" for k in range(1, 5)]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (["Mở đầu", "MỤC LỤC", *ENTRIES, "I. MỤC TIÊU"], ["Mở đầu", "I. MỤC TIÊU"]),
        ([e.replace(".....", "…") for e in ENTRIES] + ["Hết"], ["Hết"]),
        ([e.replace("." * 30, "_" * 12) for e in ENTRIES] + ["Hết"], ["Hết"]),
        ([e.replace("." * 30, ". " * 9) for e in ENTRIES] + ["Hết"], ["Hết"]),
        ([ENTRIES[0], "Một đề mục dài", ENTRIES[1], "", ENTRIES[2]], []),
        (ENTRIES[:2], ENTRIES[:2]),  # two lines may be anything
        ([*ENTRIES[:2], "a", "b", *ENTRIES[2:]], [*ENTRIES[:2], "a", "b", *ENTRIES[2:]]),
        (ENTRIES[::-1], ENTRIES[::-1]),  # no pages in turn: a form to be filled in
        (["Số: ............/KH-UBND", "Ngày ....... tháng ......", "Người lập ..........."],) * 2,
        (["Sở Nội vụ 12", "Sở Tài chính 15", "Sở Y tế 20"],) * 2,
        (["Đạt 80%...", "Đạt 90%...", "Đạt 95%..."],) * 2,
    ],
)
def test_tables_of_contents_by_their_dots(given: list[str], left: list[str]) -> None:
    dropped = contents_lines(given)
    assert [line for at, line in enumerate(given) if at not in dropped and line] == left


def test_a_page_that_begins_in_a_table_of_contents_still_begins_there() -> None:
    broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r></w:p>"
    body = p("Trang một") + "".join(map(p, ENTRIES[:2])) + broken.format(ENTRIES[2]) + broken.format("Trang ba")
    source = read_source(docx(body))
    assert len(source.pages) == 3 and source.text[source.pages[2] :].startswith("Trang ba")


def test_one_xml_file_of_a_word_document_is_bounded_and_damaged_ones_are_refused() -> None:
    whole = office_pages.FILES["Word XML in one file"]()
    for data in (whole[:-50], whole.replace(b"<w:body>", b"<w:x>").replace(b"</w:body>", b"</w:x>")):
        with pytest.raises(NotAPlan, match="không thay đổi"):
            read_source(data)
    assert "word/document.xml" in Package(whole).names


if __name__ == "__main__":
    for file_name, make in {**FILES, **office_pages.OF_THE_SUITE}.items():
        print(f"{file_name:28}", office_plan.told(read_plan(make(), "x")))
