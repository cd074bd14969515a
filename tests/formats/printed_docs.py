"""Documents composed in the layouts offices print, as flat OpenDocument that LibreOffice turns into PDF: a letterhead of
two columns, the page's number at the top, running heads, footnotes, tables over several pages, a landscape appendix."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import tempfile
from functools import cache
from html import escape
from pathlib import Path

from cchc.formats.suite import converted

_OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/><style:text-properties style:font-name="Times New Roman" fo:font-family="'Times New Roman'" fo:font-size="13pt"/></style:default-style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>
<text:notes-configuration text:note-class="footnote" text:footnotes-position="page"/>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1cm" fo:margin-bottom="1cm" fo:margin-left="3cm" fo:margin-right="1.5cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>
<style:page-layout style:name="A4L"><style:page-layout-properties style:print-orientation="landscape" fo:page-width="29.7cm" fo:page-height="21cm" fo:margin-top="1cm" fo:margin-bottom="1cm" fo:margin-left="2cm" fo:margin-right="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style></style:page-layout>
<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:text-indent="1.27cm"/></style:style>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0cm"/></style:style>
<style:style style:name="LB" style:family="paragraph" style:master-page-name="Ngang"><style:paragraph-properties fo:text-align="center" fo:break-before="page"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Ruled" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="Bare" style:family="table-cell"><style:table-cell-properties fo:border="none" fo:padding="0.1cm"/></style:style>
"""
_BODY = """</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="A4"><style:header><text:p text:style-name="C"><text:page-number/></text:p></style:header>{footer}</style:master-page>
<style:master-page style:name="Ngang" style:page-layout-name="A4L"><style:header><text:p text:style-name="C"><text:page-number/></text:p></style:header></style:master-page>
</office:master-styles>
<office:body><office:text>
"""
_CLOSE = "</office:text></office:body></office:document>"


def para(words: str, style: str = "B", note: str = "") -> str:
    """A paragraph; `note` is a footnote at its end."""
    foot = ""
    if note:
        foot = (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Footnote">{escape(note)}</text:p></text:note-body></text:note>'
        )
    return f'<text:p text:style-name="{style}">{escape(words)}{foot}</text:p>'


def table(rows: list[list[str]], widths: list[float], ruled: bool = True, head: int = 1) -> str:
    """A table with columns of `widths` cm; its first `head` rows are repeated on each page. "^" continues the cell
    above, a row of one cell runs across, "\\n" parts paragraphs of a cell."""
    name = "".join(str(round(w * 10)) for w in widths)
    cell = "Ruled" if ruled else "Bare"
    columns = "".join(f'<table:table-column table:style-name="c{round(w * 100)}"/>' for w in widths)
    made = []
    for at, row in enumerate(rows):
        cells = ""
        for column, words in enumerate(row):
            if words == "^":
                cells += "<table:covered-table-cell/>"
                continue
            down = 1
            while at + down < len(rows) and column < len(rows[at + down]) and rows[at + down][column] == "^":
                down += 1
            across = len(widths) if len(row) == 1 else 1
            inside = "".join(para(line, "T") for line in words.split("\n"))
            cells += (
                f'<table:table-cell table:style-name="{cell}" table:number-rows-spanned="{down}" '
                f'table:number-columns-spanned="{across}">{inside}</table:table-cell>'
            )
            cells += "<table:covered-table-cell/>" * (across - 1)
        made.append(f"<table:table-row>{cells}</table:table-row>")
    heading = f"<table:table-header-rows>{''.join(made[:head])}</table:table-header-rows>" if head else ""
    total = sum(widths)
    style = (
        f'<style:style style:name="t{name}" style:family="table"><style:table-properties style:width="{total}cm" '
        'table:align="center"/></style:style>'
    )
    _STYLES[name] = style + "".join(
        f'<style:style style:name="c{round(w * 100)}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{w}cm"/></style:style>'
        for w in widths
    )
    return f'<table:table table:style-name="t{name}">{columns}{heading}{"".join(made[head:])}</table:table>'


_STYLES: dict[str, str] = {}


@cache
def pdf_of(body: str, footer: str = "") -> bytes:
    """The document as LibreOffice prints it. `footer` stands at the foot of each page."""
    foot = f'<style:footer><text:p text:style-name="T">{escape(footer)}</text:p></style:footer>' if footer else ""
    document = _OPEN + "".join(_STYLES.values()) + _BODY.format(footer=foot) + body + _CLOSE
    return converted(document.encode(), "fodt", "pdf")


def letterhead(body: str = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TÂN", number: str = "Số: 27/KH-UBND") -> str:
    rows = [
        [body, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        [number, "Quảng Tân, ngày 15 tháng 01 năm 2025"],
    ]
    return table(rows, [6.5, 10], ruled=False, head=0)


def saved(data: bytes) -> Path:
    """The bytes in a file, to look at by hand."""
    path = Path(tempfile.mkstemp(suffix=".pdf")[1])
    path.write_bytes(data)
    return path
