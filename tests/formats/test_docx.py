"""Word files: what an official sees on the page is what the text says, whatever way Word keeps it."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import io
import zipfile

import pytest

from cchc.formats import NotAPlan, Source, read_source
from cchc.formats.source import LINE_IN_CELL
from tests.formats.typed import as_tcvn3, as_vni
from tests.formats.word import FILLER, docx, item, level, numbering, p, tbl, tc, tr


def lines(data: bytes) -> list[str]:
    """The lines of the text after the filler, blank ones left out."""
    found = [line for line in read_source(data).text.split("\n") if line]
    assert found[0] == FILLER
    return found[1:]


def test_lists_of_several_levels_count_and_begin_anew() -> None:
    plan = numbering(
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)")
        + level(3, "bullet", "\uf0b7")
    )
    body = (
        item("Mục đích", 1)
        + item("Một", 1, 1)
        + item("Hai", 1, 1)
        + item("a", 1, 2)
        + item("b", 1, 2)
        + item("gạch", 1, 3)
    )
    body += item("Ba", 1, 1) + item("a", 1, 2) + item("Mục tiêu", 1) + item("Một", 1, 1)
    assert lines(docx(body, numbering=plan)) == [
        "I. Mục đích", "1. Một", "2. Hai", "a) a", "b) b", "- gạch", "3. Ba", "a) a", "II. Mục tiêu", "1. Một",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "start", "said"),
    [
        ("decimal", "%1.", 9, ["9.", "10."]),
        ("decimalZero", "%1)", 9, ["09)", "10)"]),
        ("lowerRoman", "(%1)", 3, ["(iii)", "(iv)"]),
        ("upperLetter", "%1.", 26, ["Z.", "AA."]),
        ("decimal", "Điều %1.", 1, ["Điều 1.", "Điều 2."]),
        ("none", "%1", 1, ["", ""]),
        ("bullet", "-", 1, ["-", "-"]),
        ("bullet", "+", 1, ["+", "+"]),
        ("bullet", "o", 1, ["+", "+"]),
        ("bullet", "\uf0a7", 1, ["-", "-"]),
    ],
)
def test_forms_of_numbers(form: str, text: str, start: int, said: list[str]) -> None:
    body = item("Một", 1) + item("Hai", 1)
    found = lines(docx(body, numbering=numbering(level(0, form, text, start))))
    assert found == [f"{said[0]} Một".strip(), f"{said[1]} Hai".strip()]


def test_numbers_of_several_levels_in_one() -> None:
    plan = numbering(level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", more="<w:isLgl/>"))
    assert lines(docx(item("Một", 1) + item("Hai", 1, 1) + item("Ba", 1, 1), numbering=plan)) == [
        "I. Một",
        "1.1. Hai",
        "1.2. Ba",
    ]


def test_a_list_that_begins_anew_and_one_that_shares_the_count() -> None:
    nums = '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    nums += '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
    plan = numbering(level(0, "decimal", "%1."), nums=nums)
    body = item("a", 1) + item("b", 1) + item("c", 7) + item("d", 7) + item("đ", 8)
    assert lines(docx(body, numbering=plan)) == ["1. a", "2. b", "1. c", "2. d", "3. đ"]


def test_a_level_that_never_begins_anew() -> None:
    plan = numbering(level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'))
    body = item("I", 1) + item("a", 1, 1) + item("II", 1) + item("b", 1, 1)
    assert lines(docx(body, numbering=plan)) == ["I. I", "1. a", "II. II", "2. b"]


def test_numbers_through_styles() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    plan = numbering(level(0, "upperRoman", "%1.") + level(1, "decimal", "%2."))
    body = (
        p("Mục đích", '<w:pStyle w:val="H1"/>')
        + p("Một", '<w:pStyle w:val="H2"/>')
        + p("Không số", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(docx(body, styles=styles, numbering=plan)) == ["I. Mục đích", "1. Một", "Không số"]


def test_an_empty_item_counts_and_is_seen_in_a_table() -> None:
    plan = numbering(level(0, "decimal", "%1."))
    assert lines(docx(item("a", 1) + item("", 1) + item("b", 1), numbering=plan)) == ["1. a", "3. b"]
    number = tc(inside=item("", 1))
    table = tbl(tr("STT", "Nhiệm vụ", "Chủ trì"), tr(number, "Rà soát", "Sở A"), tr(number, "Tổng kết", "Sở B"))
    assert lines(docx(table, numbering=plan))[1:] == ["| 1. | Rà soát | Sở A |", "| 2. | Tổng kết | Sở B |"]


HEADER = tr("STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời hạn")


def test_a_table_is_a_row_a_line() -> None:
    table = tbl(
        HEADER,
        tr(tc("I"), tc("CẢI CÁCH THỂ CHẾ", span=4)),
        tr("1", "Rà soát", "Kế hoạch\nBáo cáo", "Sở Tư pháp", "Quý I"),
    )
    assert lines(docx(table)) == [
        "| STT | Nhiệm vụ | Sản phẩm | Chủ trì | Thời hạn |",
        "| I | CẢI CÁCH THỂ CHẾ |",
        f"| 1 | Rà soát | Kế hoạch{LINE_IN_CELL}Báo cáo | Sở Tư pháp | Quý I |",
    ]


def test_cells_merged_over_rows_are_said_in_each() -> None:
    table = tbl(
        HEADER,
        tr("1", "Rà soát", "Báo cáo", tc("Sở Tư pháp", merge="start"), tc("Quý I", merge="start")),
        tr("2", "Tự kiểm tra", "Văn bản", tc(merge="on"), tc(merge="on")),
        tr("3", "Tổng kết", "Báo cáo", tc(merge="on"), "Quý IV"),
    )
    assert lines(docx(table))[1:] == [
        "| 1 | Rà soát | Báo cáo | Sở Tư pháp | Quý I |",
        "| 2 | Tự kiểm tra | Văn bản | Sở Tư pháp | Quý I |",
        "| 3 | Tổng kết | Báo cáo | Sở Tư pháp | Quý IV |",
    ]


def test_a_header_of_two_rows_says_merged_heads_once() -> None:
    table = tbl(
        tr(
            tc("STT", merge="start"),
            tc("Nhiệm vụ", merge="start"),
            tc("Cơ quan thực hiện", span=2),
            tc("Thời hạn", merge="start"),
        ),
        tr(tc(merge="on"), tc(merge="on"), "Chủ trì", "Phối hợp", tc(merge="on")),
        tr("1", "Rà soát", "Sở Tư pháp", "Sở Nội vụ", "Quý I"),
    )
    assert lines(docx(table)) == [
        "| STT | Nhiệm vụ | Cơ quan thực hiện |  | Thời hạn |",
        "|  |  | Chủ trì | Phối hợp |  |",
        "| 1 | Rà soát | Sở Tư pháp | Sở Nội vụ | Quý I |",
    ]


def test_empty_columns_and_rows_are_dropped_and_pipes_part_nothing() -> None:
    table = tbl(tr("STT", "Nhiệm vụ", "", "Chủ trì"), tr("", "", "", ""), tr("1", "Rà soát A|B", "", "Sở Tư pháp"))
    assert lines(docx(table)) == ["| STT | Nhiệm vụ | Chủ trì |", "| 1 | Rà soát A¦B | Sở Tư pháp |"]


def test_letterhead_and_signature_in_tables_are_paragraphs() -> None:
    head = tbl(
        tr("ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        tr("Số: 12/KH-UBND", "Hà Giang, ngày 05 tháng 01 năm 2025"),
    )
    foot = tbl(tr("Nơi nhận:\n- Như trên;", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"))
    assert lines(docx(head + p("KẾ HOẠCH") + foot)) == [
        "ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-UBND", "Hà Giang, ngày 05 tháng 01 năm 2025", "KẾ HOẠCH", "Nơi nhận:", "- Như trên;",
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
    ]  # fmt: skip


def test_a_table_inside_a_table() -> None:
    inner = tbl(HEADER, tr("1", "Rà soát", "Báo cáo", "Sở Tư pháp", "Quý I"))
    whole = lines(docx(tbl(tr(tc(inside=p("Phụ lục") + inner)))))
    assert whole == [
        "Phụ lục",
        "| STT | Nhiệm vụ | Sản phẩm | Chủ trì | Thời hạn |",
        "| 1 | Rà soát | Báo cáo | Sở Tư pháp | Quý I |",
    ]
    small = tbl(tr("Kế hoạch", "Báo cáo"))
    cell = lines(docx(tbl(HEADER, tr("1", "Rà soát", tc(inside=small + p()), "Sở Tư pháp", "Quý I"))))
    assert cell[1] == "| 1 | Rà soát | Kế hoạch Báo cáo | Sở Tư pháp | Quý I |"
    large = tbl(tr("Kế hoạch", "Quý I"), tr("Báo cáo", "Quý II"))
    rows = [tr("2", "Tự kiểm tra", "Văn bản", "Sở Tư pháp", "Quý II")]
    cell = lines(docx(tbl(HEADER, tr("1", "Rà soát", tc(inside=large + p()), "Sở Tư pháp", "Quý I"), *rows)))
    assert cell[1] == f"| 1 | Rà soát | Kế hoạch Quý I{LINE_IN_CELL}Báo cáo Quý II | Sở Tư pháp | Quý I |"


def test_changes_deleted_is_gone_inserted_stays() -> None:
    t = '<w:p><w:r><w:t xml:space="preserve">Đạt </w:t></w:r><w:del><w:r><w:delText>80%</w:delText></w:r></w:del><w:ins><w:r><w:t>90%</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> chuyển đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> chuyển đến</w:t></w:r></w:moveTo></w:p>'
    table = tbl(
        HEADER,
        tr("1", "Cũ", "B", "C", "D", properties="<w:del/>"),
        tr("1", "Mới", "B", "C", "D", properties="<w:ins/>"),
    )
    source = read_source(docx(t + table))
    assert "Đạt 90% chuyển đến\n" in source.text
    assert "Cũ" not in source.text
    assert "| 1 | Mới |" in source.text
    assert [w for w in source.warnings if "Track Changes" in w and "3 chỗ" in w]


def test_comments_are_named_not_read() -> None:
    source = read_source(docx(p("Đạt 90%") + p('<w:commentReference w:id="0"/>') + p('<w:commentReference w:id="1"/>')))
    assert [w for w in source.warnings if w.startswith("Có 2 nhận xét")]
    assert not [w for w in read_source(docx(p("Đạt 90%"))).warnings if "nhận xét" in w]


def test_hidden_text_is_left_out_and_said() -> None:
    styles = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        p("Ẩn 45%", run="<w:vanish/>")
        + p("Ẩn theo kiểu", run='<w:rStyle w:val="An"/>')
        + p("Hiện", run='<w:rStyle w:val="An"/><w:vanish w:val="0"/>')
    )
    source = read_source(docx(body, styles=styles))
    assert "Ẩn" not in source.text
    assert "Hiện" in source.text
    assert source.warnings == ("Có 2 đoạn chữ ẩn trong tệp Word; chữ ẩn không được đọc.",)


def test_a_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('Chữ trong khung')}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>Trước khung</w:t></w:r><w:r>{drawing}</w:r></w:p>"
    assert lines(docx(body + p("Sau"))) == ["Trước khung", "Chữ trong khung", "Sau"]


def test_breaks_tabs_signs_and_marks() -> None:
    run = '<w:t>Tỷ lệ</w:t><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/><w:t xml:space="preserve"> 90%</w:t><w:noBreakHyphen/><w:t>A</w:t><w:softHyphen/><w:t>B</w:t><w:br/><w:t>Dòng hai \uf0a3 5</w:t>'
    assert lines(docx(p(run))) == ["Tỷ lệ\t≥ 90%-AB", "Dòng hai ≤ 5"]


def test_content_controls_links_and_fields() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Trong khung nhập')}</w:sdtContent></w:sdt>"
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF muc_1</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mục 1</w:t></w:r><w:hyperlink><w:r><w:t xml:space="preserve"> liên kết</w:t></w:r></w:hyperlink></w:p>'
    assert lines(docx(control + field)) == ["Trong khung nhập", "mục 1 liên kết"]


def test_notes_stand_at_the_end_and_their_marks_are_no_part_of_a_sentence() -> None:
    body = '<w:p><w:r><w:t>Theo Nghị quyết</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    notes = f'<w:footnote w:id="0">{p("dấu ngăn")}</w:footnote><w:footnote w:id="2">{p("Số 76/NQ-CP")}</w:footnote>'
    assert lines(docx(body, footnotes=notes)) == ["Theo Nghị quyết.", "Chú thích trong văn bản:", "⁽¹⁾ Số 76/NQ-CP"]


def test_headers_are_dropped_but_for_a_letterhead() -> None:
    assert lines(docx(p("Nội dung"), header1=p("Trang 1"))) == ["Nội dung"]
    text = read_source(docx(p("Nội dung"), header1=p("Số: 12/KH-UBND"))).text
    assert text.startswith("Số: 12/KH-UBND\n")


def test_contents_are_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    source = read_source(docx(p("I. MỤC TIÊU 3", '<w:pStyle w:val="TOC1"/>') + p("I. MỤC TIÊU"), styles=styles))
    assert source.text.count("MỤC TIÊU") == 1
    assert source.warnings == ("Mục lục (1 dòng) không được đọc vì chỉ nhắc lại các đề mục.",)


def test_pages_begin_where_word_left_them() -> None:
    mark = "<w:lastRenderedPageBreak/><w:t>Trang hai</w:t>"
    row = tr("1", tc(inside=p("<w:t>Rà </w:t><w:lastRenderedPageBreak/><w:t>soát</w:t>")), "Báo cáo", "Sở", "Quý I")
    source = read_source(docx(p("Trang một") + p(mark) + tbl(HEADER, row, tr("2", "Sau", "B", "C", "D"))))
    first, second, third = (source.text[a:].split("\n")[0] for a in source.pages)
    assert (first, second) == (FILLER, "Trang hai")
    assert third == ""  # a row broken by the page belongs to the page it begins on
    assert source.text[source.pages[2] :].startswith("\n| 2 | Sau |")
    assert read_source(docx(p("Không có dấu trang"))).pages == ()


def test_old_fonts_are_converted_run_by_run() -> None:
    old = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    vni = '<w:rFonts w:ascii="VNI-Times"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH"/>'
    # the letter ư may come as a soft hyphen of Word's own
    hyphen = "<w:t>ng</w:t><w:softHyphen/><w:t>êi</w:t>"
    body = (
        p(as_tcvn3("Sở Nội vụ chủ trì"), run=old)
        + p(as_vni("Ủy ban nhân dân"), run=vni)
        + p("Đã là Unicode: được", run=old)
    )
    body += p(as_tcvn3("độc lập"), run=capitals) + p(hyphen, run=old) + p("Façade", run="")
    source = read_source(docx(body))
    assert source.text.split("\n")[1:-1] == [
        "Sở Nội vụ chủ trì",
        "Ủy ban nhân dân",
        "Đã là Unicode: được",
        "ĐỘC LẬP",
        "người",
        "Façade",
    ]
    assert any("phông chữ cũ" in w for w in source.warnings)


def test_unicode_that_kept_an_old_font_is_left_alone() -> None:
    """Word shows it in another font; "các" alone could be either."""
    old = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    words = ["Căn cứ Nghị quyết", "các", "cơ quan chuyên môn", "trình", "phê duyệt"]
    source = read_source(docx("".join(p(said, run=old) for said in words)))
    assert source.text.split("\n")[1:-1] == words
    assert source.warnings == ()
    typed = read_source(docx("".join(p(as_tcvn3(said), run=old) for said in words)))
    assert typed.text.split("\n")[1:-1] == words


def test_the_font_of_a_style_counts() -> None:
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    assert read_source(docx(p(as_tcvn3("được hưởng")), styles=styles)).text.endswith("được hưởng\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (docx(p("Một"), filler=False), "vài từ"),
        (docx("", filler=False), "không có nội dung"),
        (docx("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", filler=False), "chỉ có 1 hình"),
        (docx(p("Một"))[:-200], "bị hỏng"),
        (docx(p("Một")).replace(b"PK\x01\x02", b"PK\x01\x09"), "bị hỏng"),
        (docx("<w:p>"), "bị hỏng"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_source(data)
    assert said in str(refusal.value)
    assert "không thay đổi" in str(refusal.value)
    assert "Hãy" in str(refusal.value)


def test_macros_are_not_run_and_said() -> None:
    out = io.BytesIO(docx(p("Nội dung")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    source = read_source(out.getvalue())
    assert isinstance(source, Source)
    assert "macro" in source.warnings[0]


def test_entities_are_not_resolved() -> None:
    """The document of an attacker: an entity that grows, one that reads a file."""
    data = docx(p("Nội dung"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "word/document.xml":
                part = (
                    '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
                    + part
                )
                part = part.replace("Nội dung", "Nội dung &f;&b;")
            new.writestr(name, part)
    assert "root:" not in read_source(out.getvalue()).text


HEAD_ROWS = [
    tr("ỦY BAN NHÂN DÂN\nTỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------"),
    tr("Số: 12/KH-UBND", "A, ngày 02 tháng 01 năm 2025"),
]
PROPERTIES = [tr("Số hiệu", "12/KH-UBND"), tr("Người ký", "Nguyễn Văn A"), tr("Ngày ban hành", "02/01/2025")]
TASK_ROWS = [
    tr("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
    tr("1", "Rà soát", "Sở Nội vụ", "Quý I"),
    tr("2", "Kiểm tra", "Sở Y tế", "Quý II"),
]
SIGN_ROWS = [tr("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")]


@pytest.mark.parametrize(
    "parts",
    [
        (PROPERTIES, HEAD_ROWS), (HEAD_ROWS, PROPERTIES), (HEAD_ROWS, TASK_ROWS), (TASK_ROWS, SIGN_ROWS),
        (PROPERTIES, HEAD_ROWS, TASK_ROWS, SIGN_ROWS),
    ],
)  # fmt: skip
def test_tables_that_a_program_has_joined_are_read_one_by_one(parts: tuple[list[str], ...]) -> None:
    apart = read_source(docx("".join(tbl(*rows) + p() for rows in parts))).text
    joined = read_source(docx(tbl(*(row for rows in parts for row in rows)) + p())).text
    assert joined.split() == apart.split()
    assert ("| 1 | Rà soát | Sở Nội vụ | Quý I |" in joined) == (TASK_ROWS in parts)
    assert ("\nTM. ỦY BAN NHÂN DÂN\n" in joined) == (SIGN_ROWS in parts)
    assert ("\nSố: 12/KH-UBND\n" in joined) == (HEAD_ROWS in parts)


def test_a_table_that_speaks_of_the_state_is_not_cut() -> None:
    rows = [
        TASK_ROWS[0],
        tr("1", "Tuyên truyền Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Sở Tư pháp", "Quý I"),
        tr("2", "Phát động thi đua «Độc lập - Tự do - Hạnh phúc» trong các cơ quan của Đảng Cộng sản Việt Nam", "Sở Nội vụ", "Quý II"),
        tr("3", "Báo cáo Nơi nhận: các sở", "Sở Nội vụ", "Quý III"),
    ]  # fmt: skip
    found = [line for line in read_source(docx(tbl(*rows) + p())).text.split("\n") if line]
    assert [line[:5] for line in found[1:]] == ["| STT", "| 1 |", "| 2 |", "| 3 |"]
