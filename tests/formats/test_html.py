"""Saved web pages: what is seen becomes text, tables rows, lists keep their numbers, furniture that says so is gone."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import base64

import pytest

from cchc.formats import NotAPlan, read_source
from cchc.formats.source import LINE_IN_CELL
from tests.formats.typed import as_cp1258, as_tcvn3

FILLER = "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh"


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head>{head}<title>Cổng</title></head><body><p>{FILLER}</p>{body}</body></html>".encode()
    )


def lines(body: str) -> list[str]:
    source = read_source(page(body))
    assert source.format == "html"
    found = [line for line in source.text.split("\n") if line]
    assert found[0] == FILLER
    return found[1:]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>Một</p><div>Hai<p>Ba</p>Bốn</div>", ["Một", "Hai", "Ba", "Bốn"]),
        ("<p>Một<br>Hai<br/>Ba</p>", ["Một", "Hai", "Ba"]),
        ("<p>Đạt <b>tối\n thiểu</b> <i>90</i>%&nbsp;&ge; A &amp; B&#253;</p>", ["Đạt tối thiểu 90% ≥ A & Bý"]),
        ("<pre>Một\n  Hai</pre>", ["Một", "Hai"]),
        ("<ol><li>Một</li><li>Hai</li></ol>", ["1. Một", "2. Hai"]),
        ("<ol start='3'><li>Ba</li><li value='7'>Bảy</li><li>Tám</li></ol>", ["3. Ba", "7. Bảy", "8. Tám"]),
        ("<ol type='a'><li>Một</li></ol><ol type='I'><li>Một</li><li>Hai</li></ol>", ["a) Một", "I. Một", "II. Hai"]),
        ("<ol style='list-style-type: lower-roman'><li>Một</li></ol>", ["i) Một"]),
        ("<ol style='list-style: none'><li>Một</li></ol>", ["Một"]),
        ("<ul><li>Một<ol><li>Trong</li></ol></li><li>Hai</li></ul>", ["- Một", "1. Trong", "- Hai"]),
        ("<ul><li><p>- Đã có gạch</p></li><li>1.2. Đã có số</li></ul>", ["- Đã có gạch", "1.2. Đã có số"]),
        (
            "<p>A</p><script>var x = '100%';</script><style>p{}</style><nav>Trang chủ</nav><select><option>Chọn</option></select><p>B</p>",
            ["A", "B"],
        ),
        (
            "<form><input value='x'><button>Tìm</button><p>Nội dung trong biểu mẫu</p></form>",
            ["Nội dung trong biểu mẫu"],
        ),
        (
            "<ol><li>Mục đích</li><li>Điều 5. Hiệu lực</li><li>12/12 đơn vị</li></ol>",
            ["1. Mục đích", "Điều 5. Hiệu lực", "3. 12/12 đơn vị"],
        ),
        ("<footer>Bản quyền</footer>", ["Bản quyền"]),
        (
            "<p>A</p><div style='display:none'>Ẩn</div><p hidden>Ẩn</p><span style='VISIBILITY: hidden'>Ẩn</span><p>B</p>",
            ["A", "B"],
        ),
        ("<p>Cũ <del>80%</del><ins>90%</ins></p>", ["Cũ 90%"]),
        ("<p>Một<p>Hai", ["Một", "Hai"]),
        ("<!-- ẩn --><p>A<!--[if gte mso 9]><xml>rác</xml><![endif]-->B</p><o:p></o:p>", ["AB"]),
    ],
)
def test_text_of_a_page(body: str, said: list[str]) -> None:
    assert lines(body) == said


HEADER = "<tr><th>STT</th><th>Nhiệm vụ</th><th>Chủ trì</th><th>Thời hạn</th></tr>"
HEADER_LINE = "| STT | Nhiệm vụ | Chủ trì | Thời hạn |"


def test_a_table_is_a_row_a_line() -> None:
    table = f"<table>{HEADER}<tr><td colspan=4>I. CẢI CÁCH THỂ CHẾ</td></tr><tr><td>1<td><p>Rà soát</p><p>văn bản</p><td>Sở A<br>Sở B<td>Quý&nbsp;I</tr></table>"
    assert lines(table) == [
        HEADER_LINE,
        "| I. CẢI CÁCH THỂ CHẾ |",
        f"| 1 | Rà soát{LINE_IN_CELL}văn bản | Sở A{LINE_IN_CELL}Sở B | Quý I |",
    ]


def test_cells_over_rows_and_a_header_of_two() -> None:
    table = (
        "<table><tr><td rowspan=2>STT</td><td rowspan=2>Nhiệm vụ</td><td colspan=2>Cơ quan</td></tr><tr><td>Chủ trì</td><td>Phối hợp</td></tr>"
        "<tr><td>1</td><td>Rà soát</td><td rowspan=2>Sở A</td><td>Sở B</td></tr><tr><td>2</td><td>Tổng kết</td><td>Sở C</td></tr></table>"
    )
    assert lines(table) == [
        "| STT | Nhiệm vụ | Cơ quan |  |",
        "|  |  | Chủ trì | Phối hợp |",
        "| 1 | Rà soát | Sở A | Sở B |",
        "| 2 | Tổng kết | Sở A | Sở C |",
    ]


def test_tables_that_lay_out_the_page_are_none() -> None:
    inner = f"<table>{HEADER}<tr><td>1</td><td>Rà soát</td><td>Sở A</td><td>Quý I</td></tr></table>"
    head = "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH A</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr><tr><td>Số: 1/KH-UBND</td><td>A, ngày 01/01/2025</td></tr></table>"
    outer = f"<table><tr><td><ul><li>Trang chủ</li></ul></td><td>{head}<p>KẾ HOẠCH</p>{inner}</td></tr></table>"
    assert lines(outer) == [
        "- Trang chủ", "ỦY BAN NHÂN DÂN", "TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1/KH-UBND", "A, ngày 01/01/2025",
        "KẾ HOẠCH", HEADER_LINE, "| 1 | Rà soát | Sở A | Quý I |",
    ]  # fmt: skip


def test_a_page_of_two_columns_without_tables_inside() -> None:
    many = "".join(f"<p>Đoạn {n}</p>" for n in range(20))
    assert lines(f"<table><tr><td>Trình đơn</td><td>{many}</td></tr></table>") == [
        "Trình đơn",
        *(f"Đoạn {n}" for n in range(20)),
    ]


def test_properties_of_a_portal_stay_a_table() -> None:
    assert lines(
        "<table><tr><td>Số hiệu</td><td>12/KH-UBND</td></tr><tr><td>Ngày ban hành</td><td>01/01/2025</td></tr></table>"
    ) == ["| Số hiệu | 12/KH-UBND |", "| Ngày ban hành | 01/01/2025 |"]


def test_hidden_figures_are_named() -> None:
    source = read_source(page("<div style='display: none'>Phấn đấu đạt 95,5% hồ sơ</div>"))
    assert source.warnings == ("Phần bị ẩn của trang web không được đọc, trong đó có: 95,5%.",)


SOME = f"<html><head><meta http-equiv='Content-Type' content='text/html; charset={{}}'></head><body><p>{FILLER}</p></body></html>"


@pytest.mark.parametrize(
    "data",
    [
        SOME.format("utf-8").encode(),
        SOME.format("iso-8859-1").encode(),  # says one thing and is another
        b"\xef\xbb\xbf" + SOME.format("utf-8").encode(),
        SOME.format("utf-16").encode("utf-16"),
        as_cp1258(SOME.format("windows-1258")),
        as_cp1258(SOME.format("utf-8")),
        f"<?xml version='1.0' encoding='windows-1252'?>\n<!DOCTYPE html><html><body>{FILLER}</body></html>".encode(),
        f"\n\n<table><tr><td>{FILLER}</td></tr></table>".encode(),  # neither doctype nor html
        "".join(f"<p>&#{ord(c)};" if c == "K" else f"&#{ord(c)};" for c in FILLER).encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    assert read_source(data, "van-ban.doc").text == FILLER + "\n"


def test_old_font_in_a_page() -> None:
    source = read_source(SOME.format("x-user-defined").replace(FILLER, as_tcvn3(FILLER)).encode("latin-1"))
    assert source.text.casefold() == FILLER.casefold() + "\n"
    assert "TCVN3" in source.warnings[0]


def test_old_font_written_as_entities() -> None:
    words = "Sở Nội vụ chủ trì, phối hợp với các sở, ngành xây dựng kế hoạch"
    source = read_source(page("<p>" + "".join(f"&#{ord(c)};" for c in as_tcvn3(words)) + "</p>"))
    assert source.text == f"{FILLER}\n{words}\n"
    assert len(source.warnings) == 1


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_a_page_saved_as_one_file(transfer: str) -> None:
    body = page("<p>Nội dung</p>")
    if transfer == "base64":
        body = base64.encodebytes(body)
    elif transfer == "quoted-printable":
        body = b"".join(b"=%02X" % b if b > 126 or b == 61 else bytes([b]) for b in body)
    data = (
        b"From: <Saved by Blink>\r\nSubject: Van ban\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"; boundary=\"--x\"\r\n\r\n"
        b"----x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: " + transfer.encode() + b"\r\n\r\n" + body
        + b"\r\n----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----x--\r\n"
    )  # fmt: skip
    assert read_source(data).text == f"{FILLER}\nNội dung\n"


@pytest.mark.parametrize(
    "body", ["<html><body><script>x()</script></body></html>", "<html></html>", "<html><body><img src=x></body></html>"]
)
def test_a_page_without_words(body: str) -> None:
    with pytest.raises(NotAPlan, match="không có chữ"):
        read_source(body.encode())


def test_deep_nesting_neither_stops_nor_loses_the_text() -> None:
    assert lines("<div>" * 1000 + "Đáy" + "</div>" * 1000)[-1] == "Đáy"
    assert lines("<table><tr><td>" * 400 + "Đáy" + "</td></tr></table>" * 400)[-1] == "Đáy"
    with pytest.raises(NotAPlan, match="quá phức tạp"):
        read_source(page("<div>" * 5000 + "Đáy"))


def test_spans_out_of_all_bounds() -> None:
    table = f"<table>{HEADER}<tr><td colspan=999999999 rowspan=99999>1</td><td>Rà soát</td></tr><tr><td>2</td><td>B</td><td>C</td><td>D</td></tr></table>"
    assert "Rà soát" in read_source(page(table)).text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p><img src='anh/bieu-do.png' width='600' height='400'></p>", "Có 1 hình trong trang web (bieu-do.png);"),
        (
            "<img src='a.jpg' alt='Phụ lục 2'><img src='b%20c.jpg?x=1'>",
            "Có 2 hình trong trang web («Phụ lục 2», b c.jpg);",
        ),
        ("<img src='data:image/png;base64," + "A" * 9000 + "'>", "Có 1 hình trong trang web;"),
        ("<a href='trang1.jpg'><img style='width: 500.5px' src='t1.jpg'></a>", "Có 1 hình trong trang web (t1.jpg);"),
        (
            "<ul><li><img src='1.gif'><li><img src='2.gif'><li><img src='3.gif'><li><img src='4.gif'></ul>",
            "Có 4 hình trong trang web (1.gif, 2.gif, 3.gif, …);",
        ),
        ("<table><tr><td>A</td><td><img src='trang.png'></td></tr></table>", "Có 1 hình"),
        ("<iframe src='/viewer.html?file=%2Fvb%2F45-KH.pdf&x=1'></iframe>", "nhúng 1 tệp văn bản (45-KH.pdf)"),
        ("<object data='phu luc.docx'><p>không mở được</p></object>", "nhúng 1 tệp văn bản (phu luc.docx)"),
    ],
)
def test_pictures_and_documents_within_the_page_are_named(body: str, said: str) -> None:
    warnings = read_source(page(body)).warnings
    assert len(warnings) == 1 and said in warnings[0]


@pytest.mark.parametrize(
    "body",
    [
        "<img src='x.gif' width='1' height='1'>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
        "<img src='/images/icon-pdf.png'>",
        "<div class='top'><img src='banner_top.jpg'></div>",
        "<img class='emoji' src='1f600.svg'>",
        "<a href='/tin-tuc/hop-bao.html'><img src='hop-bao.jpg' width='300' height='200'></a>",
        "<img src='ky.png' style='height:40pt'>",
        "<nav><img src='a.png'></nav><div style='display:none'><img src='b.png'></div>",
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
    ],
)
def test_ornaments_are_not(body: str) -> None:
    assert read_source(page(body)).warnings == ()
