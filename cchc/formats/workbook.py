"""An Excel file as sheets of shown values: read straight from its parts, so that the empty cells and rows that offices
leave in their files by the hundred thousand cost little, and a part that is a little off the standard does no harm."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from cchc.formats.drawn import Drawn, drawn_on
from cchc.formats.grids import MAX_COLUMNS
from cchc.formats.limits import BROKEN_ZIP, check_rows
from cchc.formats.oldfonts import coding_of_font, convert_run, typed_old
from cchc.formats.ooxml import Package, integer
from cchc.formats.shown import shown
from cchc.formats.source import NotAPlan

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW = 1_048_576


Runs = list[tuple[str, str]]  # the font ("" where none is named) and the words of each run of a string


@dataclass(slots=True)
class Sheet:
    """`rows` holds the filled cells, by row and column from 1, in the order of the file. `merged` has first row, first
    column, last row and last column; `formulas` counts cells whose result the file does not hold. A sheet that is a
    chart alone has no rows."""

    title: str
    visible: bool
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    linked: set[int] = field(default_factory=set)  # rows with a link to a place in the workbook
    formulas: int = 0
    converted: int = 0  # cells in a font older than Unicode
    drawn: Drawn = field(default_factory=Drawn)
    old: list[tuple[int, int, Runs]] = field(default_factory=list)  # those still to convert: row, column, runs


@dataclass(frozen=True, slots=True)
class _Style:
    form: str = "General"  # of numbers
    font: str = ""


def sheets(package: Package) -> Iterator[Sheet]:
    """The sheets in their order; the cells of visible ones only. Raises `NotAPlan` for damaged and oversized files."""
    kinds = package.related("")
    main = next((part for kind, part in kinds.values() if kind == "officeDocument"), "xl/workbook.xml")
    book = package.tree(main)
    if book is None:
        raise NotAPlan(BROKEN_ZIP)
    parts = package.related(main)

    def part(kind: str) -> Any:
        return package.tree(next((name for k, name in parts.values() if k == kind), ""))

    strings = _strings(part("sharedStrings"))
    styles = _styles(part("styles"))
    properties = book.find(S + "workbookPr")
    old = properties is not None and properties.get("date1904") in ("1", "true")
    count = 0
    for entry in book.iterfind(f"{S}sheets/{S}sheet"):
        kind, name = parts.get(entry.get(_R + "id") or "", ("", ""))
        if kind not in ("worksheet", "chartsheet") or name not in package.names:
            continue
        sheet = Sheet(entry.get("name") or "", entry.get("state") not in ("hidden", "veryHidden"))
        if sheet.visible:
            sheet.drawn = drawn_on(package, name)
        if sheet.visible and kind == "worksheet":
            _read(sheet, package.read(name), strings, styles, MAC_EPOCH if old else WINDOWS_EPOCH, count)
            count += len(sheet.rows)
        yield sheet


def _strings(root: Any) -> list[Runs]:
    return [] if root is None else [_runs(item) for item in root.iterchildren(S + "si")]


def _runs(item: Any) -> Runs:
    """A string's runs, without hints on pronunciation."""
    runs: Runs = []
    for part in item:
        if part.tag == S + "t":
            runs.append(("", part.text or ""))
        elif part.tag == S + "r":
            font = part.find(f"{S}rPr/{S}rFont")
            runs.append((font.get("val") or "" if font is not None else "", part.findtext(S + "t") or ""))
    return runs


def _styles(root: Any) -> list[_Style]:
    """The number format and the font of each cell style."""
    if root is None:
        return []
    named = {e.get("numFmtId"): e.get("formatCode") or "General" for e in root.iterfind(f"{S}numFmts/{S}numFmt")}
    fonts = [e.find(S + "name") for e in root.iterfind(f"{S}fonts/{S}font")]
    out = []
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        number, font = style.get("numFmtId"), integer(style.get("fontId"))
        form = named.get(number) or BUILTIN_FORMATS.get(integer(number) or 0) or "General"
        name = fonts[font] if font is not None and 0 <= font < len(fonts) else None
        out.append(_Style(form, name.get("val") or "" if name is not None else ""))
    return out


def _read(
    sheet: Sheet, data: bytes, strings: list[Runs], styles: list[_Style], epoch: dt.datetime, before: int
) -> None:
    tags = (S + "row", S + "col", S + "mergeCell", S + "hyperlink")
    at = 0
    try:
        for _, element in etree.iterparse(
            io.BytesIO(Package.transitional(data)), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            if element.tag == S + "row":
                number = integer(element.get("r"))
                at = number if number is not None and at < number <= _LAST_ROW else at + 1
                if element.get("hidden") in ("1", "true"):
                    sheet.hidden_rows.add(at)
                _row(sheet, at, element, strings, styles, epoch)
                if at in sheet.rows and len(sheet.rows) % 1000 == 0:
                    check_rows(before + len(sheet.rows))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif element.tag == S + "col":
                if element.get("hidden") in ("1", "true"):
                    first, last = int(element.get("min") or 1), int(element.get("max") or 1)
                    sheet.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
            elif element.tag == S + "hyperlink":
                found = _REFERENCE.match(element.get("ref") or "")
                if found and element.get("location"):
                    sheet.linked.add(int(found[2]))
            else:
                left, top, right, bottom = range_boundaries(element.get("ref") or "")
                if left and top and right and bottom:
                    sheet.merged.append((top, left, bottom, right))
    except NotAPlan:
        raise
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPlan(BROKEN_ZIP) from error
    check_rows(before + len(sheet.rows))
    _modernise(sheet)


def _row(sheet: Sheet, number: int, row: Any, strings: list[Runs], styles: list[_Style], epoch: dt.datetime) -> None:
    column = 0
    cells: dict[int, str] = {}
    for cell in row.iterchildren(S + "c"):
        found = _REFERENCE.fullmatch(cell.get("r") or "")
        column = _column(found[1]) if found else column + 1
        if column > MAX_COLUMNS or not len(cell):
            continue
        at = integer(cell.get("s")) or 0
        style = styles[at] if 0 <= at < len(styles) else _Style()
        if cell.get("t") == "e" and cell.get("vm"):
            sheet.drawn.images += 1  # a picture put into the cell, an error to programs that do not know of such
            continue
        runs = _value(cell, strings, style, epoch)
        if runs is None:
            sheet.formulas += cell.find(S + "f") is not None
            continue
        runs = [(font or style.font, _ESCAPED.sub(lambda m: chr(int(m[1], 16)), words)) for font, words in runs]
        said = "".join(words for _, words in runs)
        if said.strip():
            cells[column] = said
            if not said.isascii() and any(coding_of_font(font) for font, _ in runs):
                sheet.old.append((number, column, runs))
    if cells:
        sheet.rows[number] = cells


def _modernise(sheet: Sheet) -> None:
    """Cells set in old fonts, in Unicode where they were typed for them."""
    runs = [(coding_of_font(font), words) for _, _, cell in sheet.old for font, words in cell]
    codings = {known[0] for known, _ in runs if known}
    old = {c: typed_old((words for known, words in runs if known and known[0] == c), c) for c in codings}
    for number, column, cell in sheet.old:
        words = ""
        for font, said in cell:
            known = coding_of_font(font)
            words += convert_run(said, *known, old[known[0]]) if known else said
        sheet.converted += words != sheet.rows[number][column]
        sheet.rows[number][column] = words
    sheet.old.clear()


def _column(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number


def _value(cell: Any, strings: list[Runs], style: _Style, epoch: dt.datetime) -> Runs | None:
    """The cell's words as shown; None for an empty one."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return _runs(inline) if inline is not None else None
    said = cell.findtext(S + "v")
    if not said:
        return None
    if kind == "s":
        at = integer(said)
        return strings[at] if at is not None and 0 <= at < len(strings) else None
    return [("", _shown(said, kind, style.form, epoch))]


def _shown(said: str, kind: str, form: str, epoch: dt.datetime) -> str:
    if kind == "b":
        return shown(said == "1")
    if kind in ("str", "e"):
        return said
    try:
        if kind == "d":
            return shown(dt.datetime.fromisoformat(said), form)
        figure = float(said)
        if is_date_format(form):
            return shown(from_excel(figure, epoch), form)
        return shown(int(figure) if figure.is_integer() and abs(figure) < 1e15 else figure, form)
    except (OverflowError, ValueError):
        return said
