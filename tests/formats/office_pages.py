"""The plan of `office_plan` as files whose names say something else, and as pages of programs and portals: web pages,
mails, XML. Portals serve them as «.doc» and «.xls»."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from collections.abc import Callable
from html import escape

from tests.formats import office_plan as plan
from tests.formats import office_word
from tests.formats.typed import as_cp1258, as_vni


def _paragraph(words: str, style: str = "MsoNormal") -> str:
    return f"<p class={style}><span lang=VI style='font-size:14.0pt'>{escape(words)}<o:p></o:p></span></p>"


def _cell(words: str, more: str = "") -> str:
    return f"<td{more} valign=top style='border:solid windowtext 1.0pt'>{''.join(map(_paragraph, words.split(chr(10))))}</td>"


def annex() -> str:
    rows = ""
    for cells in [plan.HEAD, *plan.ROWS]:
        made = _cell(cells[0]) + (_cell(cells[1], " colspan=5") if len(cells) == 2 else "".join(map(_cell, cells[1:])))
        rows += f"<tr style='height:20pt'>{made}</tr>"
    return "".join(map(_paragraph, plan.ANNEX)) + f"<table class=MsoTableGrid border=1>{rows}</table>"


def letterhead() -> str:
    return f"<table border=0><tr><td>{''.join(map(_paragraph, plan.LEFT_HEAD))}</td><td>{''.join(map(_paragraph, plan.RIGHT_HEAD))}</td></tr></table>"


def signature() -> str:
    return f"<table border=0><tr><td>{''.join(map(_paragraph, plan.RECEIVERS))}</td><td>{''.join(map(_paragraph, plan.SIGNATURE))}</td></tr></table>"


def _list_item(one: plan.Para) -> str:
    """As Word writes numbers of lists: as text that old browsers see, blanks after it."""
    if not one.mark:
        return _paragraph(one.words)
    sign = one.mark.strip() if one.kind != "dash" else "·"
    font = " style='font-family:Symbol'" if one.kind == "dash" else ""
    mark = f"<![if !supportLists]><span{font}><span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{mark}<span lang=VI>{escape(one.words)}</span></p>"
    )


_WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset={charset}"><meta name=Generator content="Microsoft Word 15 (filtered)">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Font Definitions */ p.MsoNormal {{margin:0cm;}} @page WordSection1 {{size:595.3pt 841.9pt;}} --></style></head>
<body lang=VI style='tab-interval:36.0pt'><div class=WordSection1>"""


def word_page(charset: str = "utf-8") -> str:
    body = (
        letterhead()
        + "".join(map(_paragraph, plan.TITLE))
        + "".join(map(_list_item, plan.PARAS))
        + signature()
        + annex()
    )
    return _WORD_HEAD.format(charset=charset) + body + "</div></body></html>"


def filtered() -> bytes:
    """Word's «Web page, filtered», served as .doc."""
    return word_page().encode()


def with_notes() -> bytes:
    """The same with foot- and endnotes as Word writes them into pages: links to the end and back."""
    mark = '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><sup>[1]</sup></span></a>'
    note = '<div style="mso-element:footnote-list"><hr><div style="mso-element:footnote" id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=""><sup>[1]</sup></a> Theo hướng dẫn của Bộ Tư pháp.</p></div></div>'
    end = "quy phạm pháp luật.</span></p>"
    page = word_page()
    assert end in page
    return page.replace(end, f"quy phạm pháp luật.{mark}</span></p>").replace("</body>", f"{note}</body>").encode()


def said_otherwise() -> bytes:
    """UTF-8 that calls itself windows-1252, as Word's default is."""
    return word_page("windows-1252").encode()


def windows_1258() -> bytes:
    """Windows-1258, called UTF-8."""
    return as_cp1258(word_page("utf-8"))


def vni() -> bytes:
    """Typed in VNI, the page says nothing of it but its font."""
    return as_vni(word_page()).replace("lang=VI", 'lang=EN-US style="font-family:VNI-Times"').encode()


def utf_16() -> bytes:
    return word_page("unicode").encode("utf-16")


def _mail(parts: str, start: str = "text/html") -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Next"; type="{start}"\r\n\r\nThis document is a Single File Web Page.\r\n\r\n'
    return (head + parts + "------=_Next--\r\n").encode()


def single_file() -> bytes:
    """Word's «Single file web page»: the page in quoted-printable, a list of files beside it, its theme; served as .doc."""
    body = quopri.encodestring(word_page().encode()).decode()
    page = f'------=_Next\r\nContent-Location: file:///C:/5F2A/kehoach.htm\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n{body}\r\n'
    header = "<html><body><p>Kế hoạch CCHC năm 2026: 100% đơn vị</p></body></html>"
    more = f'------=_Next\r\nContent-Location: file:///C:/5F2A/header.htm\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n{base64.encodebytes(header.encode()).decode()}\r\n'
    return _mail(page + more)


def saved_page() -> bytes:
    """A page a browser saved as one file (.mhtml), around the document all that a portal shows."""
    portal = (
        "<html><head><meta charset=utf-8><title>Cổng thông tin</title><style>.a{}</style></head><body><nav><ul><li>Trang chủ</ul></nav><div class=noidung>"
        + word_page().split("<div class=WordSection1>")[1].replace("</body></html>", "")
        + "<div class=chan>Lượt truy cập: 1.234.567</div></body></html>"
    )
    body = quopri.encodestring(portal.encode()).decode()
    page = f"------=_Next\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://quangninh.example/kh\r\n\r\n{body}\r\n"
    css = "------=_Next\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\n.a { width: 90% }\r\n"
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quangninh.example/kh\r\nSubject: KH\r\n"
    return head + _mail(page + css)


def framed() -> bytes:
    """A saved page whose document stands in a frame: the frame is a part of the same file."""
    outer = '<html><head><meta charset=utf-8></head><body><h1>Cổng thông tin điện tử tỉnh</h1><div>Văn bản chỉ đạo điều hành</div><iframe src="cid:frame-2@mhtml.blink" width=900></iframe></body></html>'
    parts = ""
    for name, page in (("1", outer), ("2", word_page())):
        parts += f"------=_Next\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <frame-{name}@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://quangninh.example/{name}\r\n\r\n{quopri.encodestring(page.encode()).decode()}\r\n"
    return b"From: <Saved by Blink>\r\nSubject: KH\r\n" + _mail(parts)


def of_divs() -> bytes:
    """A table made of <div>s told by roles and styles, as new sites make them; the rest in <div>s and <br>s."""

    def div(words: str, style: str = "") -> str:
        return f'<div style="{style}">{escape(words)}</div>'

    rows = ""
    for cells in [plan.HEAD, *plan.ROWS]:
        filled = cells if len(cells) > 2 else [*cells, "", "", "", ""]
        made = "".join(
            f'<div role="cell" style="display:table-cell">{escape(c).replace(chr(10), "<br>")}</div>' for c in filled
        )
        rows += f'<div role="row" style="display: table-row">{made}</div>'
    head = "<br>".join([*plan.LEFT_HEAD, *plan.RIGHT_HEAD])
    body = f"<div>{head}</div>" + "".join(map(div, plan.TITLE)) + "<br/>".join(escape(one.typed) for one in plan.PARAS)
    body += (
        "".join(map(div, [*plan.SIGNATURE, *plan.RECEIVERS, *plan.ANNEX]))
        + f'<div role="table" style="display:table">{rows}</div>'
    )
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><main>{body}</main></body></html>".encode()


_SHEET_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>KH 100%</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><body link=blue><table border=0 cellpadding=0 width=1200>"""


def excel_page() -> bytes:
    """A report of a program «as Excel»: a page of one table in which each paragraph is a merged row; served as .xls."""

    def across(words: str) -> str:
        return f"<tr height=20><td colspan=6 class=xl65 style='mso-ignore:colspan'>{escape(words)}</td></tr>"

    rows = "".join(
        map(across, [*plan.LEFT_HEAD, *plan.RIGHT_HEAD, *plan.TITLE, *(one.typed for one in plan.PARAS), *plan.ANNEX])
    )
    for cells in [plan.HEAD, *plan.ROWS]:
        filled = "".join(
            f"<td class=xl66 x:str>{escape(c).replace(chr(10), '<br style=mso-data-placement:same-cell>')}</td>"
            for c in cells[1:]
        )
        rows += f"<tr><td x:num>{cells[0]}</td>{filled if len(cells) > 2 else filled.replace('<td', '<td colspan=5', 1)}</tr>"
    rows += "".join(map(across, [*plan.SIGNATURE, *plan.RECEIVERS]))
    return (_SHEET_HEAD + rows + "</table></body></html>").encode()


def flat() -> bytes:
    """«Word XML»: all parts of a .docx in one XML file."""
    parts = ""
    with zipfile.ZipFile(io.BytesIO(office_word.usual())) as archive:
        for name in archive.namelist():
            if name != "[Content_Types].xml":
                kind = (
                    "application/vnd.openxmlformats-package.relationships+xml"
                    if name.endswith(".rels")
                    else "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
                )
                parts += f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}"><pkg:xmlData>{archive.read(name).decode()}</pkg:xmlData></pkg:part>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>'.encode()


FILES: dict[str, Callable[[], bytes]] = {
    "Word page, filtered (.doc)": filtered, "Word page with notes": with_notes, "charset told wrongly": said_otherwise,
    "windows-1258": windows_1258, "VNI page": vni, "UTF-16 page": utf_16, "single file page (.doc)": single_file,
    "page saved by a browser": saved_page, "document in a frame": framed, "tables of <div>s": of_divs,
    "Excel page (.xls)": excel_page, "Word XML in one file": flat,
}  # fmt: skip


# --- what only LibreOffice reads -----------------------------------------------------------------------------------


def _rtf(words: str) -> str:
    """Letters beyond ASCII as RTF of Word writes them."""
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in words).replace("\n", "\\par ")


def rtf() -> bytes:
    """RTF, served as .doc by programs that make documents from forms."""
    width = [900, 4500, 6000, 7700, 9400, 11000]

    def row(cells: list[str]) -> str:
        edges = width if len(cells) > 2 else [900, 11000]
        return (
            "\\trowd"
            + "".join(f"\\cellx{at}" for at in edges)
            + "".join(f"\\pard\\intbl {_rtf(c)}\\cell" for c in cells)
            + "\\row\n"
        )

    lines = [
        *plan.LEFT_HEAD,
        *plan.RIGHT_HEAD,
        *plan.TITLE,
        *(one.typed for one in plan.PARAS),
        *plan.SIGNATURE,
        *plan.RECEIVERS,
        *plan.ANNEX,
    ]
    body = "".join(f"\\pard {_rtf(line)}\\par\n" for line in lines) + row(plan.HEAD) + "".join(map(row, plan.ROWS))
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Times New Roman;}}\n" + body + "\\pard\\par}").encode()


def word_2003() -> bytes:
    """Word 2003's XML."""

    def para(words: str) -> str:
        return (
            "<w:p>"
            + "<w:r><w:br/></w:r>".join(f"<w:r><w:t>{escape(line)}</w:t></w:r>" for line in words.split("\n"))
            + "</w:p>"
        )

    rows = ""
    for cells in [plan.HEAD, *plan.ROWS]:
        span = '<w:tcPr><w:gridSpan w:val="5"/></w:tcPr>' if len(cells) == 2 else ""
        rows += (
            "<w:tr>" + "".join(f"<w:tc>{span if k else ''}{para(c)}</w:tc>" for k, c in enumerate(cells)) + "</w:tr>"
        )
    lines = [
        *plan.LEFT_HEAD,
        *plan.RIGHT_HEAD,
        *plan.TITLE,
        *(one.typed for one in plan.PARAS),
        *plan.SIGNATURE,
        *plan.RECEIVERS,
        *plan.ANNEX,
    ]
    grid = '<w:gridCol w:w="1500"/>' * 6
    body = "".join(map(para, lines)) + f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>" + para("")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{body}<w:sectPr/></w:body></w:wordDocument>'.encode()


def excel_2003() -> bytes:
    """Excel 2003's XML, what many programs give as «.xls»."""

    def cell(words: str, more: str = "") -> str:
        return f'<Cell{more}><Data ss:Type="String">{escape(words).replace(chr(10), "&#10;")}</Data></Cell>'

    lines = [*plan.LEFT_HEAD, *plan.RIGHT_HEAD, *plan.TITLE, *(one.typed for one in plan.PARAS), *plan.ANNEX]
    across, further = ' ss:MergeAcross="5"', ' ss:MergeAcross="4"'
    rows = "".join(f"<Row>{cell(line, across)}</Row>" for line in lines)
    for cells in [plan.HEAD, *plan.ROWS]:
        rows += f"<Row>{cell(cells[0])}{cell(cells[1], further) if len(cells) == 2 else ''.join(map(cell, cells[1:]))}</Row>"
    rows += "<Row></Row>" + "".join(f"<Row>{cell(line)}</Row>" for line in [*plan.SIGNATURE, *plan.RECEIVERS])
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="KH"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


OF_THE_SUITE: dict[str, Callable[[], bytes]] = {
    "RTF (.doc)": rtf, "Word 2003 XML": word_2003, "Excel 2003 XML (.xls)": excel_2003,
}  # fmt: skip
