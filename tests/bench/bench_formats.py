"""What each format costs and what other libraries make of the same files: `python tests/bench/bench_formats.py`.

A benchmark, no test: it prints, it does not judge. Other libraries are measured where they are installed
(`pip install --target FOLDER mammoth docx2txt html2text beautifulsoup4 python-calamine viparse`, PYTHONPATH=FOLDER) and
named where they are not. Processor time of one process, best of five.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import platform
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402
from docx import Document as WordDocument  # noqa: E402
from docx.table import Table  # noqa: E402
from lxml import etree  # noqa: E402

from cchc.formats import read_source  # noqa: E402
from cchc.formats.oldfonts import coding_of, convert_run  # noqa: E402
from cchc.formats.source import LINE_IN_CELL  # noqa: E402
from cchc.reading import read_plan  # noqa: E402
from tests.formats import documents  # noqa: E402
from tests.formats.typed import as_tcvn3, as_vni  # noqa: E402
from tests.formats.word import docx, item, level, numbering, p  # noqa: E402

LABELS = ["I. Mục đích", "1. Một", "2. Hai", "a) Ba", "- Bốn", "II. Mục tiêu", "1. Năm"]


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """Milliseconds of the fastest round."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


PAGE = (
    "<p>Trang</p><ol type=I><li>Mục đích<ol><li>Một</li><li>Hai<ol type=a><li>Ba<ul><li>Bốn</li></ul></li></ol></li>"
    "</ol></li><li>Mục tiêu<ol><li>Năm</li></ol></li></ol>"
).encode()
SHOWN = ["| 1 | Hồ sơ | 80% | 15/12/2025 | Sở A |", "| 2 | Số hóa | 95,5% | 01/06/2025 | Sở A |"]


def figures() -> bytes:
    """An Excel file with percentages, dates and a cell merged over two rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["STT", "Nội dung của bảng", "Kế hoạch năm", "Thời hạn hoàn thành", "Cơ quan chủ trì"])
    sheet.append([1, "Hồ sơ", 0.8, dt.datetime(2025, 12, 15), "Sở A"])
    sheet.append([2, "Số hóa", 0.955, dt.datetime(2025, 6, 1)])
    sheet.merge_cells("E2:E3")
    sheet["C2"].number_format, sheet["C3"].number_format = "0%", "0.0%"
    sheet["D2"].number_format = sheet["D3"].number_format = "dd/mm/yyyy"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def numbered() -> bytes:
    """A Word file whose numbers are automatic."""
    plan = numbering(
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)")
        + level(3, "bullet", "\uf0b7")
    )
    words = [("Mục đích", 0), ("Một", 1), ("Hai", 1), ("Ba", 2), ("Bốn", 3), ("Mục tiêu", 0), ("Năm", 1)]
    return docx(p() + "".join(item(said, 1, at) for said, at in words), numbering=plan)


def parsed(data: bytes, form: str) -> Any:
    """The file through the parser alone, nothing taken out of it: the least that reading could cost."""
    if form == "html":
        return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [n for n in archive.namelist() if n.endswith("document.xml") or "sheet" in n]
        return [etree.fromstring(archive.read(name)) for name in parts]


def python_docx(data: bytes) -> str:
    file = WordDocument(io.BytesIO(data))
    lines = []
    for block in file.iter_inner_content():
        if isinstance(block, Table):
            lines += ["| " + " | ".join(cell.text for cell in row.cells) + " |" for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def with_openpyxl(data: bytes) -> str:
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        lines += ["| " + " | ".join("" if v is None else str(v) for v in row) + " |" for row in sheet.values]
    return "\n".join(lines)


def with_calamine(module: Any, data: bytes) -> str:
    book = module.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)


def others(form: str) -> Iterator[tuple[str, Callable[[bytes], str] | None]]:
    """Name and reader of the other libraries of a format; None for one that is not installed."""
    if form == "docx":
        yield f"python-docx {version('python-docx')}", python_docx
    if form == "xlsx":
        yield f"openpyxl {version('openpyxl')}", with_openpyxl
    for of, name, module, use in (
        ("docx", "mammoth", "mammoth", lambda m, d: read_source(m.convert_to_html(io.BytesIO(d)).value.encode()).text),
        ("docx", "docx2txt", "docx2txt", lambda m, d: m.process(io.BytesIO(d))),
        ("html", "beautifulsoup4", "bs4", lambda m, d: m.BeautifulSoup(d, "lxml").get_text("\n")),
        ("html", "html2text", "html2text", lambda m, d: m.HTML2Text(bodywidth=0).handle(d.decode())),
        ("xlsx", "python-calamine", "python_calamine", with_calamine),
    ):
        if of == form:
            try:
                found = importlib.import_module(module)
                yield f"{name} {version(name)}", lambda data, found=found, use=use: use(found, data)  # type: ignore[misc]
            except ImportError:
                yield name, None


def rows_kept(text: str, rows: documents.Rows) -> int:
    """How many rows of the appendix stand on a line with all their cells in order."""
    flat = {"".join(c for c in line if c.isalnum()) for line in text.replace(LINE_IN_CELL, " ").split("\n")}
    return sum("".join(c for cell in row for c in cell if c.isalnum()) in flat for row in rows)


def seen(read: Callable[[bytes], str], form: str) -> str:
    """How much of what a person sees is in the text: numbers of lists, or values of an Excel file as shown."""
    data, wanted, what = {
        "docx": (numbered(), LABELS, "list numbers"),
        "html": (PAGE, LABELS, "list numbers"),
        "xlsx": (figures(), SHOWN, "rows as shown"),
    }[form]
    lines = {line.strip() for line in read(data).split("\n")}
    return f"{what} {sum(one in lines for one in wanted)} of {len(wanted)}"


def old_fonts() -> None:
    """Lines of the real plans as typed in old fonts: how many come back, how many Unicode lines stay as they are."""
    lines = [
        line
        for file in sorted((ROOT / "data" / "plans").glob("*.txt"))
        for line in file.read_text("utf-8").split("\n")
        if len(line.split()) >= 8
    ]
    fixes: dict[str, Callable[[str], str]] = {"own": lambda t: convert_run(t, c) if (c := coding_of(t)) else t}
    try:
        from viparse.normalize.detector import detect_encoding_by_content
        from viparse.normalize.encodings import AUTO_DETECT_CHARMAPS, get_charmap
        from viparse.normalize.tables import convert

        def viparse(text: str) -> str:
            found = get_charmap(detect_encoding_by_content(text, AUTO_DETECT_CHARMAPS).encoding or "")
            return convert(text, found) if found else text

        fixes[f"viparse {version('viparse')}"] = viparse
    except ImportError:
        print("viparse is not installed")
    for name, fix in fixes.items():
        kept = sum(fix(line) == line for line in lines)
        vni = sum(fix(as_vni(line)) == line for line in lines)
        tcvn3 = sum(fix(as_tcvn3(line)).casefold() == line.casefold() for line in lines)
        took = best(lambda fix=fix: [fix(as_vni(line)) for line in lines], 1)  # type: ignore[misc]
        print(
            f"old fonts, {name:20s} of {len(lines)} lines: VNI {vni}, TCVN3 {tcvn3}, Unicode kept {kept}; {took:.0f} ms"
        )


def main() -> None:
    """Prints the tables."""
    print(f"Python {platform.python_version()}, lxml {version('lxml')}, {platform.machine()}")
    document = documents.binh_duong()
    rows = max((b for b in document if not isinstance(b, str)), key=len)
    for form, write in (("docx", documents.as_docx), ("html", documents.as_html), ("xlsx", documents.as_xlsx)):
        data = write(document)
        parse, text = best(lambda: parsed(data, form)), best(lambda: read_source(data))  # noqa: B023
        whole = best(lambda: read_plan(data, "x"))  # noqa: B023
        print(
            f"{form}: {len(data):,} bytes; parser alone {parse:.1f} ms, text {text:.1f} ms, plan {whole:.1f} ms; "
            f"rows kept {rows_kept(read_source(data).text, rows)} of {len(rows)}; "
            + seen(lambda d: read_source(d).text, form)
        )
        for name, read in others(form):
            if read is None:
                print(f"  {name} is not installed")
                continue
            took = best(lambda: read(data))  # noqa: B023
            said = f"  {name:24s} {took:7.1f} ms; rows kept {rows_kept(read(data), rows)} of {len(rows)}"
            print(f"{said}; {seen(read, form)}")
    old_fonts()


if __name__ == "__main__":
    main()
