"""Word documents (.docx, .docm): the text as it is seen, automatic numbers included, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cchc.formats.drawn import SMALL
from cchc.formats.grids import PAGE, Cell, Grid, joined, lines_of, pages_of
from cchc.formats.limits import check_rows
from cchc.formats.numbering import Numbering
from cchc.formats.oldfonts import Coding, coding_of_font, convert_run, typed_old
from cchc.formats.ooxml import Package, W, child, integer, val
from cchc.formats.plain import check_words, modern
from cchc.formats.source import NotAPlan, Source
from cchc.formats.styles import Styles
from cchc.text import matching, stored

_NO_TEXT = (
    "Tệp Word không có chữ, chỉ có {n} hình. Dữ liệu đã có không thay đổi. "
    "Hãy lưu tệp dạng PDF (hoặc lưu từng hình ra tệp ảnh) rồi nhập lại để nhận dạng chữ trong hình."
)
_MAIN_MISSING = (
    "Tệp Word không có phần nội dung, có thể tệp bị hỏng. Dữ liệu đã có không thay đổi. "
    "Hãy mở tệp bằng Word, lưu lại rồi nhập lại."
)
MACROS = "Tệp có macro; chỉ phần chữ được đọc, macro không được chạy."
_SAID = {
    "hidden": "Có {n} đoạn chữ ẩn trong tệp Word; chữ ẩn không được đọc.",
    "deleted": "Tệp còn dấu vết chỉnh sửa (Track Changes): {n} chỗ đã xóa không được đọc, chỗ thêm mới được đọc "
    "như chính văn.",
    "image": "Có {n} hình trong tệp; chữ nằm trong hình không được đọc.",
    "object": "Có {n} đối tượng nhúng (bảng tính, biểu đồ ...) trong tệp; nội dung bên trong không được đọc.",
    "toc": "Mục lục ({n} dòng) không được đọc vì chỉ nhắc lại các đề mục.",
    "old": "Có {n} đoạn gõ bằng phông chữ cũ (TCVN3, VNI); đã chuyển sang Unicode, cần xem lại dấu tiếng Việt.",
}
_NOTES = "Chú thích trong văn bản:"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_SKIPPED = frozenset(W + n for n in ("pPr", "rPr", "tblPr", "tblGrid", "sectPr", "sdtPr", "instrText", "delText", "rt"))
_MOVED_AWAY = frozenset((W + "del", W + "moveFrom"))
# Letters of the font Symbol that say something; other signs of such fonts are bullets.
_SYMBOLS = {
    0xB3: "≥",
    0xA3: "≤",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0x25: "%",
    0x2D: "-",
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_docx(data: bytes) -> Source:
    """The text of a Word document, with pages where Word left the places they began at when it last saved the file.

    Numbers of lists are written out, text of boxes follows its paragraph, deleted and hidden text is left out, headers
    and footers too unless they hold the letterhead. Raises `NotAPlan` for damaged files and files without text.
    """
    package = Package(data)
    kinds = package.related("")
    main = next((part for kind, part in kinds.values() if kind == "officeDocument"), "word/document.xml")
    root = package.tree(main)
    body = child(root, "body")
    if body is None:
        raise NotAPlan(_MAIN_MISSING)
    parts = package.related(main)

    def part(kind: str) -> Any:
        name = next((name for k, name in parts.values() if k == kind), "")
        return package.tree(name)

    document = _Document(body, part("styles"), part("numbering"))
    blocks = document.blocks(body)
    headers = (package.tree(name) for kind, name in parts.values() if kind == "header")
    head = next(filter(_is_letterhead, headers), None)
    if head is not None:
        blocks = [*document.blocks(head), *blocks]
    notes = [*document.notes(part("footnotes"), "footnote"), *document.notes(part("endnotes"), "endnote")]
    if notes:
        blocks += ["", _NOTES, *notes]
    text, old = modern(stored(joined(lines_of(blocks))))  # before pages are counted: letters may become fewer
    text, pages = pages_of(text)
    seen = document.seen
    if seen["image"] and not any(map(str.isalpha, text)):
        raise NotAPlan(_NO_TEXT.format(n=seen["image"]))
    check_words(text)
    warnings = [said.format(n=seen[kind]) for kind, said in _SAID.items() if seen[kind]]
    if any(name.endswith("vbaProject.bin") for name in package.names):
        warnings.insert(0, MACROS)
    return Source(text, "docx", (*warnings, *old), pages)


def _is_letterhead(header: Any) -> bool:
    """Whether a page header holds the document's number or the state's name, which belong to the text."""
    if header is None:
        return False
    said = matching(stored("".join(t.text or "" for t in header.iter(W + "t"))))
    return "cộng hòa xã hội" in said or bool(re.search(r"số\s{0,2}:.{0,30}/", said))


class _Document:
    """Walks the body once, in order: lists count as they come. `seen` counts what an official should know of."""

    def __init__(self, body: Any, styles: Any, numbering: Any) -> None:
        self._body = body
        self._old: dict[Coding, bool] = {}
        self.seen: Counter[str] = Counter()
        self._numbering = Numbering(numbering, styles)
        self.styles = Styles(styles)
        self._notes: dict[tuple[str, str], str] = {}
        self._cells = self._rows = 0  # cells that are open, rows so far

    def blocks(self, parent: Any) -> list[str | Grid]:
        """Paragraphs and tables under an element, in order."""
        found: list[str | Grid] = []
        for element in parent.iterchildren():
            tag = element.tag
            if tag == W + "p":
                found += self._paragraph(element)
            elif tag == W + "tbl":
                found.append(self._table(element))
            elif tag in _MOVED_AWAY:
                self.seen["deleted"] += 1
            elif tag == _MC + "AlternateContent":
                found += self.blocks(_one_of(element))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                found += self.blocks(element)
        return found

    def notes(self, root: Any, kind: str) -> Iterator[str]:
        """The foot- or endnotes that the text refers to, each after its mark."""
        for note in () if root is None else root.iterchildren(W + kind):
            mark = self._notes.get((kind, note.get(W + "id") or ""))
            if mark:
                words = " ".join(line for line in lines_of(self.blocks(note)) if line).strip()
                yield f"{mark} {words}"

    def _table(self, table: Any) -> Grid:
        grid = Grid()
        above: dict[int, Cell] = {}  # by column: the cell that goes on below
        for row in _through(table, W + "tr"):
            mark = child(row, "trPr", "del")
            if mark is not None:
                self.seen["deleted"] += 1
                continue
            before = min(integer(val(child(row, "trPr", "gridBefore"))) or 0, 50)
            cells = [Cell(columns=1) for _ in range(before)]
            column, below = before, {}
            for tc in _through(row, W + "tc"):
                properties = child(tc, "tcPr")
                span = max(1, min(integer(val(child(properties, "gridSpan"))) or 1, 200))
                merge = child(properties, "vMerge")
                if merge is not None and val(merge) != "restart" and column in above:
                    above[column].rows += 1
                    below[column] = above[column]
                    below[column].blocks += [b for b in self.blocks(tc) if not isinstance(b, str) or b.strip()]
                else:
                    beside = child(properties, "hMerge")
                    if beside is not None and val(beside) != "restart" and cells:
                        cells[-1].columns += span
                    else:
                        self._cells += 1
                        cell = Cell(self.blocks(tc), columns=span)
                        self._cells -= 1
                        cells.append(cell)
                        if merge is not None:
                            below[column] = cell
                column += span
            above = below
            grid.rows.append(cells)
            self._rows += 1
            if self._rows % 1000 == 0:
                check_rows(self._rows)
        return grid

    def _paragraph(self, paragraph: Any) -> list[str | Grid]:
        properties = child(paragraph, "pPr")
        style = val(child(properties, "pStyle")) or self.styles.default
        run = _Runs(self, style)
        run.walk(paragraph)
        words = run.text()
        if style in self.styles.contents:
            self.seen["toc"] += bool(words.strip())
            return [PAGE] if PAGE in words else []
        number = child(properties, "numPr")
        own = (val(child(number, "numId")), integer(val(child(number, "ilvl")))) if number is not None else None
        label = self._numbering.label(style, own)
        bare = words.lstrip(" \t\n\f")
        if label and (bare or (self._cells and label != "-")):  # a number alone is seen in the first column of tables
            words = PAGE * (PAGE in words[: len(words) - len(bare)]) + f"{label} {bare}"
        return [words, *run.boxes]

    def is_old(self, coding: Coding) -> bool:
        """Whether what is set in fonts of a coding is typed for them, by all of the document."""
        if coding not in self._old:
            self._old[coding] = typed_old(self._set_in(coding), coding)
        return self._old[coding]

    def _set_in(self, coding: Coding) -> Iterator[str]:
        for paragraph in self._body.iter(W + "p"):
            style = val(child(paragraph, "pPr", "pStyle")) or self.styles.default
            for run in paragraph.iter(W + "r"):
                if (coding_of_font(self.styles.font(run.find(W + "rPr"), style)) or (None,))[0] == coding:
                    yield "".join(t.text or "" for t in run.iterchildren(W + "t"))

    def note_mark(self, kind: str, note: str) -> str:
        """The mark of a note in the text, the same each time: "⁽¹⁾", which no rule takes for a figure."""
        return self._notes.setdefault((kind, note), f"⁽{str(len(self._notes) + 1).translate(_RAISED)}⁾")


class _Runs:
    """The text of one paragraph, run by run; boxes drawn in it are paragraphs after it."""

    def __init__(self, document: _Document, style: str | None) -> None:
        self._document = document
        self._style = style
        self._pieces: list[tuple[Coding | None, bool, str]] = []
        self.boxes: list[str | Grid] = []

    def text(self) -> str:
        """What was collected; neighbours typed in one old font are converted together."""
        out: list[str] = []
        at = 0
        pieces = self._pieces
        while at < len(pieces):
            coding, capitals, words = pieces[at]
            at += 1
            while at < len(pieces) and pieces[at][:2] == (coding, capitals):
                words += pieces[at][2]
                at += 1
            if coding is not None:
                converted = convert_run(words, coding, capitals, self._document.is_old(coding))
                self._document.seen["old"] += converted != words
                words = converted
            out.append(words)
        return "".join(out)

    def walk(self, parent: Any) -> None:
        document = self._document
        for element in parent.iterchildren():
            tag = element.tag
            if tag == W + "r":
                self._run(element)
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif tag in _MOVED_AWAY:
                document.seen["deleted"] += 1
            elif tag == _MC + "AlternateContent":
                self.walk(_one_of(element))
            elif tag.startswith(_M):
                words = "".join(t.text or "" for t in element.iter(_M + "t"))
                self._pieces.append((None, False, words))
            else:
                self.walk(element)

    def _run(self, run: Any) -> None:
        document = self._document
        properties = run.find(W + "rPr")
        if document.styles.is_hidden(properties, self._style):
            document.seen["hidden"] += any((t.text or "").strip() for t in run.iter(W + "t"))
            return
        known = coding_of_font(document.styles.font(properties, self._style))
        coding, capitals = known or (None, False)
        self._content(run, coding, capitals)

    def _content(self, run: Any, coding: Coding | None, capitals: bool) -> None:
        document = self._document
        add = self._pieces.append
        for element in run.iterchildren():
            tag = element.tag
            if tag == W + "t":
                words = _PRIVATE.sub(_sign, element.text or "").replace(PAGE, " ").replace("\n", " ")
                add((coding, capitals, words))
            elif tag in (W + "tab", W + "ptab"):
                add((coding, capitals, "\t"))
            elif tag in (W + "br", W + "cr"):
                add((coding, capitals, "\n"))
            elif tag == W + "lastRenderedPageBreak":
                add((coding, capitals, PAGE))
            elif tag == W + "noBreakHyphen":
                add((coding, capitals, "-"))
            elif tag == W + "softHyphen":
                # TCVN3 keeps ư at the place of the soft hyphen.
                add((coding, capitals, "\u00ad" if coding == "tcvn3" else ""))
            elif tag == W + "sym":
                add((None, False, _symbol(element.get(W + "char") or "")))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                add((None, False, document.note_mark(kind, element.get(W + "id") or "")))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawn(element, tag == W + "object")
            elif tag == _MC + "AlternateContent":
                self._content(_one_of(element), coding, capitals)

    def _drawn(self, element: Any, is_object: bool) -> None:
        boxes = [b for b in element.iter(W + "txbxContent") if not _within_box(b, element)]
        for box in boxes:
            self.boxes += self._document.blocks(box)
        if boxes:
            return
        if is_object:
            self._document.seen["object"] += 1
        elif next(element.iter(_A + "blip", _V + "imagedata"), None) is not None and not _is_small(element):
            self._document.seen["image"] += 1


def _within_box(box: Any, drawing: Any) -> bool:
    """Whether a text box lies in another one, or is the twin kept for older programs."""
    above = box.getparent()
    while above is not None and above is not drawing:
        if above.tag in (W + "txbxContent", _MC + "Fallback"):
            return True
        above = above.getparent()
    return False


def _one_of(choice: Any) -> Any:
    """Of contents kept twice for old and new programs, the one to read."""
    for tag in (_MC + "Choice", _MC + "Fallback"):
        found = choice.find(tag)
        if found is not None:
            return found
    return choice


def _through(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, those inside content controls and marks of changes too."""
    for element in parent.iterchildren():
        if element.tag == tag:
            yield element
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED and element.tag not in _MOVED_AWAY:
            yield from _through(_one_of(element) if element.tag == _MC + "AlternateContent" else element, tag)


def _is_small(drawing: Any) -> bool:
    size = next(drawing.iter(_WP + "extent"), None)
    if size is None:
        return False
    wide, high = integer(size.get("cx")) or 0, integer(size.get("cy")) or 0
    return min(wide, high) < SMALL


def _symbol(code: str) -> str:
    return _sign_of(int(code, 16) & 0xFF) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""


def _sign(found: re.Match[str]) -> str:
    return _sign_of(ord(found.group()) & 0xFF)


def _sign_of(code: int) -> str:
    return _SYMBOLS.get(code, "•")
