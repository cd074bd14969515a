"""One document in every format: the Bình Dương plan with its appendix as a real table, and what else tests compose.

A document is a list of paragraphs (str) and tables (`Rows`: lists of cells; a row of one cell runs across the table;
"\\n" in a cell parts its paragraphs). Writers: `as_text`, `as_html`, `as_docx`, `as_xlsx`.
"""

from __future__ import annotations

import io
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import docx
import openpyxl

from cchc.reading import tables
from cchc.text import matching, stored

ROOT = Path(__file__).resolve().parents[2]
BINH_DUONG = "binh-duong-2024-6898-kh-ubnd"

Rows = list[list[str]]
Document = list["str | Rows"]


@cache
def binh_duong() -> Document:
    """The plan's text with its letterhead and its appendix as tables of cells, in their places."""
    text = stored((ROOT / "data" / "plans" / f"{BINH_DUONG}.txt").read_text(encoding="utf-8"))
    (table,) = tables.find_tables(text, matching(text))
    header = text[table.start : table.rows[0].start]
    appendix = [[" ".join(c.split()) for c in header.split("|")][: len(table.columns)]]
    appendix += [[cell.text for cell in row.cells] for row in table.rows]
    return [*_paragraphs(text[: table.start]), appendix, *_paragraphs(text[table.end :])]


def _paragraphs(text: str) -> Document:
    """Paragraphs; the portal's list of properties and the letterhead as tables of two columns."""
    text = re.sub(
        r"(ỦY BAN NHÂN DÂN) \|\n(CỘNG HÒA XÃ HỘI)\n(CHỦ NGHĨA VIỆT NAM) \|\n(Số: [^|\n]+) \|\n([^|\n]+) \|\n",
        r"\1\t\2\v\3\n\4\t\5\n",
        text,
    )
    found: Document = []
    for line in text.split("\n"):
        cells = line.split("\t") if "\t" in line else line.rstrip("| ").split(" | ")
        if len(cells) == 2:
            if not (found and isinstance(found[-1], list)) or cells[0].startswith("ỦY BAN"):
                found.append([])
            rows: Any = found[-1]
            rows.append([c.replace("\v", "\n") for c in cells])
        elif line.strip("| "):
            found.append(line.rstrip("| ").strip())
    return found


def document_of(text: str) -> Document:
    """A text with its rows between pipes or tabs as real tables; everything else a paragraph a line."""
    found: Document = []
    table: Rows = []
    for line in [*text.split("\n"), ""]:
        bare = line.strip()
        cells = []
        if bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2:
            cells = bare[1:-1].split("|")
        elif line.count("\t") >= 2:
            cells = line.split("\t")
        if cells:
            if not all(set(c.strip()) <= set("-:") and c.strip() for c in cells):  # markdown's rule under a header
                table.append([c.replace("<br>", "\n").strip() for c in cells])
        else:
            if table:
                found.append(table)
                table = []
            found.append(line)
    return found


def as_text(document: Document) -> bytes:
    lines: list[str] = []
    for block in document:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += ["| " + " | ".join(c.replace("\n", "; ") for c in row) + " |" for row in block]
    return "\n".join(lines).encode()


def as_html(document: Document, head: str = '<meta charset="utf-8">', encoding: str = "utf-8") -> bytes:
    out = [f"<!DOCTYPE html><html lang='vi'><head>{head}<title>Văn bản</title></head><body><div id='content'>"]
    for block in document:
        if isinstance(block, str):
            out.append(f"<p>{escape(block) or '&nbsp;'}</p>")
            continue
        width = max(map(len, block))
        out.append("<table border='1'><tbody>")
        for row in block:
            span = f" colspan='{width}'" if len(row) == 1 else ""
            cells = (escape(c).replace("\n", "</p><p>") for c in row)
            out.append("<tr>" + "".join(f"<td{span}><p>{c}</p></td>" for c in cells) + "</tr>")
        out.append("</tbody></table>")
    return "\n".join([*out, "</div></body></html>"]).encode(encoding)


def as_docx(document: Document) -> bytes:
    """Tables stand side by side where no paragraph parts them: office programs then make one of them."""
    file: Any = docx.Document()
    for block in document:
        if isinstance(block, str):
            file.add_paragraph(block)
            continue
        width = max(map(len, block))
        table = file.add_table(rows=len(block), cols=width)
        table.style = "Table Grid"
        grid = table._cells  # one look at the whole table: asking cell by cell takes quadratic time
        for at, row in enumerate(block):
            cells = grid[at * width : (at + 1) * width]
            first = cells[0].merge(cells[-1]) if len(row) == 1 and width > 1 else cells[0]
            for cell, words in zip([first, *cells[1:]], row, strict=False):
                lines = words.split("\n")
                cell.text = lines[0]
                for line in lines[1:]:
                    cell.add_paragraph(line)
    if not isinstance(document[-1], str):
        file.add_paragraph()  # Word ends no document with a table; without it LibreOffice's .doc loses the table
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def as_xlsx(document: Document) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    at = 1
    for block in document:
        if isinstance(block, str):
            sheet.cell(at, 1, block)
            at += 1
            continue
        width = max(map(len, block))
        for row in block:
            for column, words in enumerate(row, 1):
                sheet.cell(at, column, words).data_type = "s"
            if len(row) == 1 and width > 1:
                sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
            at += 1
        at += 1  # tables stand apart
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
