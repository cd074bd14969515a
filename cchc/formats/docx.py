"""Word documents (.docx, .docm): the text as it is seen, automatic numbers included, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cchc.formats import contents
from cchc.formats.contents import PAGE
from cchc.formats.drawn import SMALL
from cchc.formats.fields import CONTENTS, Fields
from cchc.formats.grids import Cell, Grid, joined, lines_of, pages_of
from cchc.formats.limits import check_rows
from cchc.formats.numbering import Numbering
from cchc.formats.oldfonts import Coding, coding_of_font, convert_run, typed_old
from cchc.formats.ooxml import MACROS, Package, W, child, integer, is_on, val
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
_SAID = {
    "hidden": "Có {n} đoạn chữ ẩn trong tệp Word; chữ ẩn không được đọc.",
    "prompt": "Có {n} chỗ của biểu mẫu chưa được điền; chữ hướng dẫn ở đó không được đọc.",
    "image": "Có {n} hình trong tệp; chữ nằm trong hình không được đọc.",
    "object": "Có {n} đối tượng nhúng (bảng tính, biểu đồ ...) trong tệp; nội dung bên trong không được đọc.",
    "comment": "Có {n} nhận xét bên lề (comment); nhận xét không thuộc lời văn bản nên không được đọc.",
    "toc": contents.SAID,
    "old": "Có {n} đoạn gõ bằng phông chữ cũ (TCVN3, VNI); đã chuyển sang Unicode, cần xem lại dấu tiếng Việt.",
}
_CHANGES = (
    "Tệp còn dấu vết chỉnh sửa (Track Changes) chưa được chấp nhận: {added} chỗ thêm được đọc như chính văn, "
    "{deleted} chỗ xóa không được đọc; cần đối chiếu với bản đã ban hành."
)
_NOTES = "Chú thích trong văn bản:"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_SKIPPED = frozenset(W + n for n in ("pPr", "rPr", "tblPr", "tblGrid", "sectPr", "sdtPr", "instrText", "delText", "rt"))
_MOVED_AWAY = frozenset((W + "del", W + "moveFrom"))
_ADDED = frozenset((W + "ins", W + "moveTo"))
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
_SYMBOL_FONT = re.compile(r"(?:wingdings|webdings|symbol|zapf ?dingbats)", re.IGNORECASE)
_ONE_SIGN = re.compile(r"(\s{0,3})([!-\u00ff])(\s{0,3})")  # letters a person would read make longer runs
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

    headers = (package.tree(name) for kind, name in parts.values() if kind == "header")
    head = next(filter(_is_letterhead, headers), None)
    footnotes, endnotes = part("footnotes"), part("endnotes")
    fields = Fields(body, head, footnotes, endnotes)
    document = _Document(body, part("styles"), part("numbering"), fields)
    blocks = document.blocks(body)
    if head is not None:
        blocks = [*document.blocks(head), *blocks]
    notes = [*document.notes(footnotes, "footnote"), *document.notes(endnotes, "endnote")]
    if notes:
        blocks += ["", _NOTES, *notes]
    text, old = modern(joined(lines_of(blocks)))
    text, entries = contents.without_contents(text)
    text, pages = pages_of(stored(text))  # pages are counted last: letters become fewer before
    seen = document.seen
    seen["toc"] += entries
    if seen["image"] and not any(map(str.isalpha, text)):
        raise NotAPlan(_NO_TEXT.format(n=seen["image"]))
    check_words(text)
    warnings = [said.format(n=seen[kind]) for kind, said in _SAID.items() if seen[kind]]
    if seen["added"] or seen["deleted"]:
        warnings.insert(0, _CHANGES.format(added=seen["added"], deleted=seen["deleted"]))
    if package.has_macros:
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

    def __init__(self, body: Any, styles: Any, numbering: Any, fields: Fields) -> None:
        self._body = body
        self.fields = fields
        self._old: dict[Coding, bool] = {}
        self.seen: Counter[str] = Counter()
        self._numbering = Numbering(numbering, styles)
        self.styles = Styles(styles)
        self._notes: dict[tuple[str, str], str] = {}
        self._cells = self._rows = 0  # cells that are open, rows so far

    def blocks(self, parent: Any) -> list[str | Grid]:
        """Paragraphs and tables under an element, in order."""
        found: list[str | Grid] = []
        carried = ""  # the words of paragraphs whose end was deleted: they belong to the next
        for element in parent.iterchildren():
            tag = element.tag
            if tag == W + "p":
                torn = _end_is_deleted(element)
                words, boxes = self._paragraph(element, carried, torn)
                carried = words if torn else ""
                found += boxes if torn else [words, *boxes]
                continue
            if tag == W + "tbl":
                inside: list[str | Grid] = [self._table(element)]
            elif self.is_dropped(element):
                continue
            elif tag == _MC + "AlternateContent":
                inside = self.blocks(_one_of(element))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self.seen["added"] += tag in _ADDED
                inside = self.blocks(element)
            else:
                continue
            if inside:
                found += [carried] * bool(carried) + inside
                carried = ""
        return found + [carried] * bool(carried)

    def is_dropped(self, element: Any) -> bool:
        """Whether an element holds what is not read: text taken out, prompts of a form, a table of contents. Counts
        them."""
        if element.tag in _MOVED_AWAY:
            self.seen["deleted"] += 1
            return True
        if element.tag != W + "sdt":
            return False
        if _is_prompt(element):
            self.seen["prompt"] += 1
            return True
        if val(child(element, "sdtPr", "docPartObj", "docPartGallery")) == CONTENTS:
            self.seen["toc"] += sum(any((t.text or "").strip() for t in p.iter(W + "t")) for p in element.iter(W + "p"))
            return True
        return False

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
            self.seen["added"] += child(row, "trPr", "ins") is not None
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
                        cell = Cell(self._inside(tc, properties), columns=span)
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

    def _inside(self, tc: Any, properties: Any) -> list[str | Grid]:
        """What stands in a cell; nothing for one that was taken out or waits to be filled in."""
        self.seen["added"] += child(properties, "cellIns") is not None
        if child(properties, "cellDel") is not None:
            self.seen["deleted"] += 1
            return []
        control = tc.getparent().getparent()
        if control.tag == W + "sdt" and _is_prompt(control):
            self.seen["prompt"] += 1
            return []
        self._cells += 1
        found = self.blocks(tc)
        self._cells -= 1
        return found

    def _paragraph(self, paragraph: Any, before: str, torn: bool) -> tuple[str, list[str | Grid]]:
        """The words of a paragraph, after those of the one before it where that one's end was deleted (`before`), and
        its boxes. `torn` tells that its own end was: it has no number then."""
        properties = child(paragraph, "pPr")
        style = val(child(properties, "pStyle")) or self.styles.default
        run = _Runs(self, style)
        run.walk(paragraph)
        words = before + run.text()
        if run.of_contents or style in self.styles.contents:
            self.seen["toc"] += run.of_contents or bool(words.strip())
            return PAGE if PAGE in words else "", run.boxes
        number = child(properties, "numPr")
        own = (val(child(number, "numId")), integer(val(child(number, "ilvl")))) if number is not None else None
        label = "" if torn else self._numbering.label(style, own)
        bare = words.lstrip(" \t\n\f")
        if label and (bare or (self._cells and label != "-")):  # a number alone is seen in the first column of tables
            words = PAGE * (PAGE in words[: len(words) - len(bare)]) + f"{label} {bare}"
        return words, run.boxes

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

    def refer(self, kind: str, note: str) -> None:
        """The text refers to a note. It is listed at the end as "⁽¹⁾", which no rule takes for a figure; in the text no
        mark stands, as on printed pages: it is no part of a sentence."""
        self._notes.setdefault((kind, note), f"⁽{str(len(self._notes) + 1).translate(_RAISED)}⁾")


class _Runs:
    """The text of one paragraph, run by run; boxes drawn in it are paragraphs after it."""

    def __init__(self, document: _Document, style: str | None) -> None:
        self._document = document
        self._style = style
        self._pieces: list[tuple[Coding | None, bool, str]] = []
        self.boxes: list[str | Grid] = []
        self.of_contents = False  # a line of a table of contents

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
            elif tag in _SKIPPED or not isinstance(tag, str) or document.is_dropped(element):
                continue
            elif tag == _MC + "AlternateContent":
                self.walk(_one_of(element))
            elif tag.startswith(_M):
                words = "".join(t.text or "" for t in element.iter(_M + "t"))
                self._pieces.append((None, False, words))
            elif tag == W + "fldSimple":
                self._simple_field(element)
            else:
                document.seen["added"] += tag in _ADDED
                self.walk(element)

    def _simple_field(self, field: Any) -> None:
        if (field.get(W + "instr") or "").split()[:1] == ["TOC"]:
            self.of_contents = True
        else:
            self.walk(field)

    def _run(self, run: Any) -> None:
        document = self._document
        properties = run.find(W + "rPr")
        if document.styles.is_hidden(properties, self._style):
            document.seen["hidden"] += any((t.text or "").strip() for t in run.iter(W + "t"))
            return
        font = document.styles.font(properties, self._style)
        known = coding_of_font(font)
        coding, capitals = known or (None, False)
        before = len(self._pieces)
        self._content(run, coding, capitals)
        if _is_of_symbols(font):
            self._pieces[before:] = [(None, False, _dingbats(words)) for *_, words in self._pieces[before:]]

    def _content(self, run: Any, coding: Coding | None, capitals: bool) -> None:
        document = self._document
        fields = document.fields
        add = self._pieces.append
        own_mark = False  # a note's mark that a person typed follows in the run
        for element in run.iterchildren():
            tag = element.tag
            if tag == W + "fldChar":
                fields.mark(element)
            elif tag == W + "instrText":
                fields.code(element.text or "")
            elif fields.in_contents and tag != W + "lastRenderedPageBreak":
                self.of_contents = self.of_contents or tag == W + "t"
            elif fields.in_code or (own_mark and tag == W + "t"):
                continue
            elif tag == W + "t":
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
                document.refer(kind, element.get(W + "id") or "")
                own_mark = element.get(W + "customMarkFollows") in ("1", "true", "on")
            elif tag == W + "commentReference":
                document.seen["comment"] += 1
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


def _end_is_deleted(paragraph: Any) -> bool:
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and any(element.tag in _MOVED_AWAY for element in mark)


def _is_prompt(control: Any) -> bool:
    """Whether a content control shows what is to be filled in, not what somebody filled in."""
    return is_on(child(control, "sdtPr", "showingPlcHdr"))


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


@lru_cache(maxsize=256)
def _is_of_symbols(font: str) -> bool:
    return _SYMBOL_FONT.match(font) is not None


def _dingbats(words: str) -> str:
    """What a run in a font of symbols shows: «q» in Wingdings is a box. Longer runs are words that kept the font."""
    one = _ONE_SIGN.fullmatch(words)
    return f"{one[1]}{_sign_of(ord(one[2]))}{one[3]}" if one else words


def _sign(found: re.Match[str]) -> str:
    return _sign_of(ord(found.group()) & 0xFF)


def _sign_of(code: int) -> str:
    return _SYMBOLS.get(code, "•")
