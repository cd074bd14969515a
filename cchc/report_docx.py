"""A report as a Word document in the form of Nghị định 30/2020/NĐ-CP (Phụ lục I: thể thức và kỹ thuật trình bày).

A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13-14; the number of the page at the top in
the middle, not on the first page; annexes on pages turned to the side. What is to be filled in stands as «…».
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cchc.demo import BANNER
from cchc.entries import number_text
from cchc.reports import FILL, Cell, Report, Table, Text
from cchc.text import stored

FONT = "Times New Roman"
BODY = Pt(14)
TABLE = Pt(11)
SMALL = Pt(9)  # headings of a table with many columns
MANY = 8
PAGE = (Mm(210), Mm(297))
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
INDENT = Mm(10)
LETTERHEAD = (65, 100)  # widths in mm
TOGETHER = 3  # so many rows at least stand together at the head and the foot of a table

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
KIND = "BÁO CÁO"
RECIPIENTS = "Nơi nhận:"
SIGNER = "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"
SIGN_HERE = "(Chữ ký, họ và tên)"
ATTACHED = "(Kèm theo Báo cáo số {fill}/BC-{fill} ngày … tháng … năm {year} của {who})"
NOTHING = "Không có."
ROMAN = ("I", "II", "III")
_ALIGN = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}


def to_docx(report: Report) -> bytes:
    """The report as a Word file."""
    document = Document()
    _set_up(document, report)
    section = document.sections[0]
    _page(section, turned=False)
    section.different_first_page_header_footer = True
    _header(section.first_page_header, number=False, demo=report.demo)
    _header(section.header, number=True, demo=report.demo)
    _letterhead(document, report)
    _title(document, report)
    for basis in report.bases[:-1]:
        _paragraph(document, basis, italic=True)
    _paragraph(document, report.bases[-1].rstrip(";") + ".", italic=True)
    _paragraph(document, report.opening)
    for block in report.blocks:
        if isinstance(block, Table):
            _caption(document, block.title)
            _table(document, block, PAGE[0] - LEFT - RIGHT)
        else:
            _text(document, block)
    _signature(document, report)
    for number, annex in enumerate(report.annexes):
        _annex(document, report, annex, ROMAN[number] if len(report.annexes) > 1 else "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def clean(text: str) -> str:
    """Text that a Word file can hold: stored form, no control characters."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", "".join(c for c in stored(text) if c not in "\ufffe\uffff"))


def cell_text(value: Cell) -> str:
    """A cell as it is read: numbers in Vietnamese writing, nothing for a missing value."""
    if value is None:
        return ""
    return value if isinstance(value, str) else number_text(value)


# --- the page ----------------------------------------------------------------------------------------------------


def _set_up(document: Any, report: Report) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    about = document.core_properties
    about.title = clean((f"{BANNER}: " if report.demo else "") + report.title)
    about.author = about.last_modified_by = about.comments = ""
    about.language = "vi-VN"
    about.created = about.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)


def _page(section: Any, *, turned: bool) -> None:
    width, height = PAGE[::-1] if turned else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = Mm(10)


def _header(header: Any, *, number: bool, demo: bool) -> None:
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    if number:
        run = paragraph.add_run()
        run.font.size = Pt(13)
        for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
            if kind == "text":
                run.add_text(text)
                continue
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._r.append(part)
    if demo:
        banner = paragraph if not number else header.add_paragraph()
        banner.alignment = ALIGN.CENTER
        run = banner.add_run(BANNER)
        run.bold, run.font.size = True, Pt(12)
        banner.paragraph_format.space_after = Pt(4)


# --- the parts of the document -----------------------------------------------------------------------------------


def _letterhead(document: Any, report: Report) -> None:
    table = _plain_table(document, 1, LETTERHEAD)
    left, right = table.rows[0].cells
    head = report.head
    if head.parent:
        _line(left, head.parent.upper(), size=13, first=True)
    _line(left, (head.authority or FILL).upper(), bold=True, size=13, first=not head.parent)
    _rule(left, Mm(LETTERHEAD[0]), 0.4)
    _line(left, f"Số: {FILL}/BC-{FILL}", size=13)
    _line(right, STATE, bold=True, size=12, first=True)
    _line(right, MOTTO, bold=True, size=13)
    _rule(right, Mm(LETTERHEAD[1]), 0.62)
    place = head.place or FILL
    _line(right, f"{place}, ngày … tháng … năm {report.period.end.year}", italic=True, size=14)


def _title(document: Any, report: Report) -> None:
    _centred(document, KIND, before=18)
    _centred(document, report.title, before=0)
    if report.demo:
        _centred(document, f"({BANNER})", before=0)
    _rule(document, PAGE[0] - LEFT - RIGHT, 0.35)
    document.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _text(document: Any, block: Text) -> None:
    if block.kind in ("heading1", "heading2"):
        paragraph = _paragraph(document, block.text, bold=True)
        paragraph.paragraph_format.keep_with_next = True
    elif block.kind == "item":
        _paragraph(document, f"- {block.text}")
    else:
        paragraph = _paragraph(document, block.text, italic=block.kind == "fill")
        paragraph.paragraph_format.keep_with_next = block.text.endswith(":") or None


def _signature(document: Any, report: Report) -> None:
    document.add_paragraph()
    table = _plain_table(document, 1, (82, 83))
    left, right = table.rows[0].cells
    _line(left, RECIPIENTS, bold=True, italic=True, size=12, first=True, align=ALIGN.LEFT)
    for line in report.recipients:
        _line(left, f"- {line}", size=11, align=ALIGN.LEFT)
    _line(right, SIGNER, bold=True, size=14, first=True)
    _line(right, SIGN_HERE, italic=True, size=12)
    for _ in range(4):
        _line(right, "", size=14)
    _line(right, FILL, bold=True, size=14)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _annex(document: Any, report: Report, table: Table, number: str) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, turned=True)
    section.different_first_page_header_footer = False
    _header(section.header, number=True, demo=report.demo)
    _centred(document, f"Phụ lục {number}".strip(), before=0)
    _centred(document, table.title.upper(), before=0)
    year = report.period.end.year
    attached = _centred(document, ATTACHED.format(fill=FILL, year=year, who=report.head.authority or FILL), before=0)
    attached.runs[0].bold, attached.runs[0].italic = False, True
    attached.paragraph_format.space_after = Pt(8)
    _table(document, table, PAGE[1] - LEFT - RIGHT)


# --- paragraphs and tables ---------------------------------------------------------------------------------------


def _paragraph(document: Any, text: str, *, bold: bool = False, italic: bool = False) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold or None, italic or None
    shape = paragraph.paragraph_format
    paragraph.alignment = ALIGN.JUSTIFY
    shape.first_line_indent, shape.space_before, shape.line_spacing = INDENT, Pt(6), 1.1
    return paragraph


def _centred(document: Any, text: str, *, before: int) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.add_run(clean(text)).bold = True
    return paragraph


def _caption(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(8), Pt(3), True
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = True, Pt(13)


def _line(
    cell: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float,
    first: bool = False,
    align: Any = ALIGN.CENTER,
) -> Any:
    """A line of a cell; the first one stands in the paragraph the cell begins with."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(clean(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(container: Any, width: int, share: float) -> None:
    """A thin line in the middle, `share` of the width long."""
    paragraph = container.add_paragraph()
    shape = paragraph.paragraph_format
    side = int(width * (1 - share) / 2)
    shape.left_indent = shape.right_indent = side
    shape.line_spacing, shape.space_before = Pt(4), Pt(2)
    paragraph.alignment = ALIGN.CENTER
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _plain_table(document: Any, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows, len(widths))
    _fix(table, [int(Mm(w)) for w in widths])
    return table


def _fix(table: Any, widths: Sequence[int]) -> None:
    """Columns of these widths, whatever stands in them (Word and LibreOffice look at different places)."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _table(document: Any, table: Table, width: int) -> None:
    whole = sum(c.width for c in table.columns)
    widths = [int(width * c.width / whole) for c in table.columns]
    made = document.add_table(0, len(widths))
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, w in zip(made.columns, widths, strict=True):
        column.width = w
    _narrow_padding(made)
    size = TABLE if len(widths) < MANY else SMALL
    head = _row(made, [c.label for c in table.columns], [ALIGN.CENTER] * len(widths), widths, bold=True, size=size)
    repeat = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeat)
    aligns = [_ALIGN[c.align] for c in table.columns]
    for line in table.lines:
        if line.kind == "group":
            _row(made, [cell_text(line.cells[0])], [ALIGN.LEFT], widths, bold=True, keep=True)
        else:
            cells = [cell_text(value) for value in line.cells]
            _row(made, cells, aligns, widths, bold=line.kind == "total")
    if not table.lines:
        _row(made, [NOTHING], [ALIGN.LEFT], widths, bold=False)
    for row in [*list(made.rows)[: TOGETHER - 1], *list(made.rows)[-TOGETHER:-1]]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _narrow_padding(made: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "60")  # twentieths of a point: about 1 mm
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    made._tbl.tblPr.append(margins)


def _row(
    made: Any,
    texts: Sequence[str],
    aligns: Sequence[Any],
    widths: Sequence[int],
    *,
    bold: bool,
    keep: bool = False,
    size: Any = TABLE,
) -> Any:
    """A row with these texts; a single text stands across all columns. `keep`: never the last one on a page."""
    row = made.add_row()
    cells = row.cells
    if len(texts) == 1 and len(cells) > 1:
        cells = [cells[0].merge(cells[-1])]
        widths = [sum(widths)]
    for cell, text, align, width in zip(cells, texts, aligns, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(2)
        shape.keep_with_next = keep or None
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, size
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row
