"""Excel: each cell as it is shown, titles and signatures as paragraphs, hidden things said."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font
from PIL import Image

from cchc.formats import NotAPlan, read_source
from cchc.formats.shown import shown
from cchc.formats.source import LINE_IN_CELL
from tests.formats.typed import as_tcvn3, as_vni

FILLER = "Phụ lục nhiệm vụ cải cách hành chính năm 2025 của Ủy ban nhân dân tỉnh"
HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]


def book(*rows: list[Any]) -> Any:
    made: Any = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Nhiệm vụ"
    for row in ([FILLER], *rows):
        sheet.append(row)
    return made


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def lines(made: Any) -> list[str]:
    source = read_source(saved(made))
    assert source.format == "xlsx"
    found = [line for line in source.text.split("\n") if line]
    assert found[0] == FILLER
    return found[1:]


def test_a_table_between_title_and_signature() -> None:
    made = book(
        [],
        HEADER,
        ["I", "Cải cách thể chế"],
        [1, "Rà soát\nvăn bản", "Sở Tư pháp", dt.datetime(2025, 12, 15)],
        [],
        ["", "", "CHỦ TỊCH"],
    )
    made.active.merge_cells("A1:D1")
    made.active.merge_cells("B4:D4")
    assert lines(made) == [
        "| STT | Nhiệm vụ | Chủ trì | Thời hạn |",
        "| I | Cải cách thể chế |",
        f"| 1 | Rà soát{LINE_IN_CELL}văn bản | Sở Tư pháp | 15/12/2025 |",
        "CHỦ TỊCH",
    ]


def test_merged_cells_and_hidden_rows_and_columns() -> None:
    made = book(
        HEADER,
        [1, "Rà soát", "Sở Tư pháp", "Quý I"],
        [2, "Ẩn", "Sở A", "Quý II"],
        [3, "Tổng kết", None, "Quý IV"],
        ["", "", "", "", "x"],
    )
    sheet = made.active
    sheet.merge_cells("C3:C5")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    made.create_sheet("Tạm").append(["Nháp"])
    made["Tạm"].sheet_state = "hidden"
    assert lines(made)[1:] == ["| 1 | Rà soát | Sở Tư pháp | Quý I |", "| 3 | Tổng kết | Sở Tư pháp | Quý IV |"]
    assert read_source(saved(made)).warnings == (
        "Trang tính «Nhiệm vụ»: 1 dòng đang ẩn (hoặc đang bị lọc) không được đọc.",
        "Trang tính «Nhiệm vụ»: 1 cột đang ẩn không được đọc.",
        "Trang tính đang ẩn không được đọc: Tạm.",
    )


def test_several_sheets_one_after_another() -> None:
    made = book(HEADER, [1, "A", "B", "C"])
    made.create_sheet("Hai").append(["Chỉ tiêu", "ĐVT", "Kế hoạch"])
    made["Hai"].append(["Hồ sơ trực tuyến", "%", 0.8])
    made["Hai"]["C2"].number_format = "0%"
    assert lines(made)[-2:] == ["| Chỉ tiêu | ĐVT | Kế hoạch |", "| Hồ sơ trực tuyến | % | 80% |"]


def test_two_tables_of_one_sheet() -> None:
    made = book(
        HEADER,
        [1, "A", "B", "C"],
        [],
        [2, "D", "E", "F"],
        [],
        ["Phụ lục 2"],
        ["Chỉ tiêu", "ĐVT", "Kế hoạch"],
        ["G", "%", 90],
    )
    assert lines(made)[1:] == [
        "| 1 | A | B | C |",
        "| 2 | D | E | F |",
        "Phụ lục 2",
        "| Chỉ tiêu | ĐVT | Kế hoạch |",
        "| G | % | 90 |",
    ]


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (0.8, "0%", "80%"),
        (0.955, "0.0%", "95,5%"),
        (0.955, "0.00%", "95,50%"),
        (0.9, "0.##%", "90%"),
        (90, "General", "90"),
        (9.5, "General", "9,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567, "#,##0", "1.234.567"),
        (1234.5, "#,##0.00", "1.234,50"),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(5)"),
        (90, '0"%"', "90%"),
        (90, '"≥ "0\\%', "≥ 90%"),
        (3, "00", "03"),
        (5, "_(* #,##0_);[Red]_(* (#,##0)", "5"),
        (2025, "@", "2025"),
        (dt.datetime(2025, 12, 5), "dd/mm/yyyy", "05/12/2025"),
        (dt.datetime(2025, 12, 5), "m/d/yy", "05/12/2025"),
        (dt.datetime(2025, 6, 1), "mm/yyyy", "06/2025"),
        (dt.datetime(2025, 6, 1, 8, 30), "dd/mm/yyyy hh:mm", "01/06/2025 08:30"),
        (True, "General", "TRUE"),
        ("Quý I", "General", "Quý I"),
        (None, "General", ""),
    ],
)
def test_values_are_said_as_shown(value: Any, form: str, said: str) -> None:
    assert shown(value, form) == said
    if value is not None:
        made = book(HEADER, [1, "A", "B", value])
        made.active["D3"].number_format = form
        assert lines(made)[-1] == f"| 1 | A | B | {said} |"


def test_old_fonts_are_converted_cell_by_cell() -> None:
    made = book(HEADER, [1, as_tcvn3("Rà soát văn bản"), "Sở Tư pháp", as_vni("Trước tháng sáu")])
    made.active["B3"].font = Font(name=".VnTime")
    made.active["D3"].font = Font(name="VNI-Times")
    assert lines(made)[-1] == "| 1 | Rà soát văn bản | Sở Tư pháp | Trước tháng sáu |"
    assert "2 ô gõ bằng phông chữ cũ" in read_source(saved(made)).warnings[0]


def test_unicode_cells_that_kept_an_old_font_are_left_alone() -> None:
    made = book(HEADER, [1, "Rà soát các văn bản", "các", "Trước tháng sáu"])
    for cell in "BCD":
        made.active[f"{cell}3"].font = Font(name=".VnTime")
    assert lines(made)[-1] == "| 1 | Rà soát các văn bản | các | Trước tháng sáu |"


def test_a_formula_without_its_result_is_said() -> None:
    made = book(HEADER, [1, "A", "B", "=1+1"])
    assert read_source(saved(made)).warnings[0].startswith("Trang tính «Nhiệm vụ»: 1 ô công thức chưa có kết quả")


def _changed(data: bytes, name: str, old: str, new: str, **more: str) -> bytes:
    """The file with a part changed and parts added ("__" stands for "/")."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            words = before.read(part)
            if part == name:
                assert re.search(old, words.decode())
                words = re.sub(old, new, words.decode(), count=1).encode()
            after.writestr(part, words)
        for part, said in more.items():
            after.writestr(part.replace("__", "/") + ".xml", said)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_what_other_programs_write() -> None:
    """Shared strings with runs and hints, cells without references, the other count of days."""
    data = saved(book(HEADER, [1, "A", "B", dt.datetime(2025, 12, 15)]))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {space}><si><r><t>Rà </t></r><r><t>soát_x000D_</t></r><rPh><t>x</t></rPh></si></sst>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    related = f'<Relationship Id="x1" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    data = _changed(data, SHEET, 't="inlineStr"><is><t>A</t></is>', 't="s"><v>0</v>', xl__sharedStrings=strings)
    data = _changed(data, "xl/_rels/workbook.xml.rels", "</Relationships>", related)
    assert "| 1 | Rà soát | B | 15/12/2025 |" in read_source(data).text
    moved = _changed(data, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    assert "16/12/2029" in read_source(moved).text
    bare = _changed(data, SHEET, ' r="A3"', "")
    assert "| 1 | Rà soát |" in read_source(bare).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d[:-300], "bị hỏng"),
        (lambda d: _changed(d, SHEET, "</row>", "</rov>"), "bị hỏng"),
    ],
)
def test_damage_is_said(change: Any, said: str) -> None:
    with pytest.raises(NotAPlan, match=said):
        read_source(change(saved(book(HEADER, [1, "A", "B", "C"]))))


def test_an_empty_book_is_said() -> None:
    with pytest.raises(NotAPlan, match="không có ô nào có chữ"):
        read_source(saved(openpyxl.Workbook()))


def test_hundred_thousand_rows_are_refused_and_as_many_empty_ones_cost_nothing() -> None:
    data = saved(book(HEADER, [1, "A", "B", "C"]))
    full = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(4, 100_000))
    with pytest.raises(NotAPlan, match="quá dài"):
        read_source(_changed(data, SHEET, "</sheetData>", full + "</sheetData>"))
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 100_000))
    assert read_source(_changed(data, SHEET, "</sheetData>", empty + "</sheetData>")).text.endswith(
        "| 1 | A | B | C |\n"
    )


def picture(width: int, height: int) -> Any:
    held = io.BytesIO()
    Image.new("L", (width, height), 200).save(held, "PNG")
    return Picture(held)


def test_what_is_drawn_on_a_sheet_is_counted() -> None:
    made = book(HEADER, [1, "Rà soát văn bản", "Sở Tư pháp", "Quý I"])
    sheet = made.active
    sheet.add_image(picture(600, 500), "A6")
    sheet.add_image(picture(600, 400), "A40")
    sheet.add_image(picture(60, 60), "F1")  # a seal
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=3))
    sheet.add_chart(chart, "H5")
    sheet["B3"].comment = Comment("hạn mới: 30/6", "Hà")
    hidden = made.create_sheet("Nháp")
    hidden.sheet_state = "hidden"
    hidden.add_image(picture(600, 500), "A1")
    made.create_chartsheet("Biểu đồ").add_chart(BarChart())
    assert read_source(saved(made)).warnings == (
        "Trang tính «Nhiệm vụ»: có 2 hình; chữ nằm trong hình không được đọc.",
        "Trang tính «Nhiệm vụ»: có 1 biểu đồ; nội dung bên trong không được đọc.",
        "Trang tính «Nhiệm vụ»: 1 ghi chú gắn với ô (comment) không được đọc.",
        "Trang tính «Biểu đồ»: có 1 biểu đồ; nội dung bên trong không được đọc.",
        "Trang tính đang ẩn không được đọc: Nháp.",
    )


_XDR = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</xdr:wsDr>'
)
_BOX = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:txBody>"
    "<a:p><a:r><a:t>{words}</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
)


def test_words_of_boxes_on_a_sheet_are_read() -> None:
    made = book([], HEADER, [1, "Rà soát văn bản", "Sở Tư pháp", "Quý I"])
    made.active.add_image(picture(600, 500), "A6")
    with zipfile.ZipFile(io.BytesIO(saved(made))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    boxes = _BOX.format(row=0, words="Số: 12/KH-UBND") + _BOX.format(row=9, words="Nơi nhận: như trên")
    parts["xl/drawings/drawing1.xml"] = _XDR.format(boxes).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    source = read_source(out.getvalue())
    assert [line for line in source.text.split("\n") if line and not line.startswith("|")] == [
        "Số: 12/KH-UBND",
        FILLER,
        "Nơi nhận: như trên",
    ]
    assert source.warnings == ()
