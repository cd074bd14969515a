"""Web pages as saved from portals of law and of provinces: the text as it is seen, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from cchc.formats.contents import SAID, without_contents
from cchc.formats.grids import Cell, Grid, joined, lines_of
from cchc.formats.limits import check_rows
from cchc.formats.numbering import letter, roman
from cchc.formats.plain import check_words, decode, modern
from cchc.formats.source import NotAPlan, Source
from cchc.formats.web_pictures import Pictures
from cchc.text import stored

HIDDEN = "Phần bị ẩn của trang web không được đọc, trong đó có: {figures}."
NO_TEXT = (
    "Trang web đã lưu không có chữ (có thể nội dung chỉ tải về khi mở trên mạng). Dữ liệu đã có không thay đổi. "
    "Hãy mở trang đó bằng trình duyệt, chép phần văn bản vào Word, lưu lại rồi nhập tệp Word."
)

TOO_DEEP = (
    "Trang web đã lưu có cấu trúc quá phức tạp nên không đọc trọn được. Dữ liệu đã có không thay đổi. "
    "Hãy mở trang đó bằng trình duyệt, chép phần văn bản vào Word, lưu lại rồi nhập tệp Word."
)

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
# Neither text nor anything a reader sees; controls of forms; menus that say so themselves.
_DROPPED = frozenset((
    "script", "style", "head", "nav", "select", "option", "button", "textarea", "input", "noscript", "template",
    "iframe", "object", "embed", "frame", "svg", "canvas", "audio", "video", "math", "del", "datalist", "dialog",
))  # fmt: skip
_FRAMES = frozenset(("iframe", "object", "embed", "frame"))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "title", "ul",
))  # fmt: skip
_HIDING = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all", re.IGNORECASE
)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}([a-z-]{3,20})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\u2028\u2029]+")  # a hard blank alone in a paragraph is an empty line
_PERCENT = re.compile(r"\d[\d.,]{0,10}\s?%")
# A paragraph that says its own number: its list need not say another.
_MARKED = re.compile(
    r"\s*(?:[-+*•–]\s|\(?(?:\d{1,3}|[ivx]{1,6}|[a-hđ])(?:\.\d{1,2}){0,3}(?:[.)](?!\d)|/\s)"
    r"|(?:điều|mục|chương|phần)\s(?:thứ\s)?(?:\d|[ivx]{1,5}\b))",
    re.IGNORECASE,
)
# Addresses of notes as Word, LibreOffice and others write them.
_NOTE = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn|cite)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[ivx]{1,6}|\*{1,3})[\])]?\s*")
_KINDS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_SIGNS = {
    "lower-alpha": lambda n: f"{letter(n)})",
    "lower-latin": lambda n: f"{letter(n)})",
    "upper-alpha": lambda n: f"{letter(n).upper()}.",
    "upper-latin": lambda n: f"{letter(n).upper()}.",
    "lower-roman": lambda n: f"{roman(n)})",
    "upper-roman": lambda n: f"{roman(n).upper()}.",
}
_WITHOUT_SIGN = ("none", "disc", "circle", "square")
_MAX_SPAN = 1000
_MAX_FRAMES = 3  # frames within frames
_MAX_NESTED = 20  # tables within tables; those further in are paragraphs


def read_html(data: bytes) -> Source:
    """The text of a saved web page, whatever its file is called. Raises `NotAPlan` for a page without words."""
    named = _CHARSET.search(data, 0, 8192)
    text, warnings = decode(data, named[1].decode("ascii") if named else "")
    return page_source(text, warnings)


def page_source(page: str, warnings: list[str], frames: Mapping[str, str] | None = None) -> Source:
    """The same from a page that is decoded already. `frames` holds pages by the addresses under which it may show them
    in frames."""
    root = _parsed(page)
    if root is None:
        raise NotAPlan(NO_TEXT)
    walk = _Walk(frames or {})
    walk.read(root)
    text, old = modern(joined(lines_of(walk.blocks)))  # letters written as entities, lines among Unicode
    text, entries = without_contents(text)
    text = stored(text)
    warnings = [*warnings, *(said for said in old if said not in warnings)]
    if not any(map(str.isalpha, text)):
        raise NotAPlan(NO_TEXT)
    check_words(text)
    if entries:
        warnings = [*warnings, SAID.format(n=entries)]
    if walk.hidden:
        warnings = [*warnings, HIDDEN.format(figures=", ".join(dict.fromkeys(walk.hidden)))]
    return Source(text, "html", (*warnings, *walk.pictures.warnings()))


def _parsed(page: str) -> Any:
    """The root of a page, None for one that holds nothing."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    page = page.replace("\x00", " ")
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser) if page.strip() else None
    except etree.XMLSyntaxError:  # nothing but comments
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise NotAPlan(TOO_DEEP)  # the parser dropped what stood deeper
    return root


class _Walk:
    """Goes through the page once, without recursion: pages of portals nest deeply, hostile ones without end."""

    def __init__(self, frames: Mapping[str, str]) -> None:
        self._frames = dict(frames)  # those not shown yet
        self.blocks: list[str | Grid] = []
        self.hidden: list[str] = []
        self.pictures = Pictures()
        self._inline: list[str] = []
        self._sinks: list[list[str | Grid]] = [self.blocks]
        self._grids: list[Grid] = []
        self._lists: list[tuple[str, int]] = []  # kind and the next number
        self._sign = ""  # of the list item that begins
        self._pre = 0
        self._beyond = 0  # tables open beyond the bound
        self._rows = 0  # of all tables so far
        self._within = 0  # frames that are open

    def read(self, root: Any) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: Any = None
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(element) or _is_note_mark(element):
                    if tag in _FRAMES:
                        self._see_frame(element)
                    elif isinstance(tag, str) and tag not in _DROPPED:
                        self._note_hidden(element)
                    walker.skip_subtree()
                    skipped = element
                    continue
                self._open(element, tag)
                self._add(element.text)
            else:
                if element is not skipped:
                    self._close(tag)
                skipped = None
                self._add(element.tail)
        self._flush()

    def _see_frame(self, frame: Any) -> None:
        """The page of a frame stands where the frame stands; each is read once, however often it is shown."""
        page = frame.get("srcdoc") or self._frames.pop((frame.get("src") or "").strip(), None)
        root = _parsed(page) if page and self._within < _MAX_FRAMES else None
        if root is None:
            self.pictures.see_frame(frame)
            return
        self._flush()
        self._within += 1
        self.read(root)
        self._within -= 1

    def _open(self, element: Any, tag: str) -> None:
        if tag == "img":
            self.pictures.see(element)
            return
        if tag in ("br", "wbr"):
            if tag == "br":
                self._inline.append("\n")
            return
        if tag in _BLOCKS or tag in ("table", "td", "th", "tr"):
            self._flush()
        if self._beyond or (tag == "table" and len(self._grids) >= _MAX_NESTED):
            self._beyond += tag == "table"
        elif tag == "table":
            self._grids.append(Grid())
            self._sinks[-1].append(self._grids[-1])
        elif tag == "tr" and self._grids:
            self._grids[-1].rows.append([])
            self._rows += 1
            if self._rows % 1000 == 0:
                check_rows(self._rows)
        elif tag in ("td", "th") and self._grids:
            if not self._grids[-1].rows:
                self._grids[-1].rows.append([])
            cell = Cell(rows=_span(element.get("rowspan")), columns=min(_span(element.get("colspan")), 200))
            self._grids[-1].rows[-1].append(cell)
            self._sinks.append(cell.blocks)
        elif tag in ("ol", "ul"):
            self._lists.append((_kind(element, tag), _number(element.get("start"), 1)))
        elif tag == "li" and self._lists:
            kind, n = self._lists[-1]
            n = _number(element.get("value"), n)
            self._lists[-1] = (kind, n + 1)
            own = _LIST_STYLE.search(element.get("style") or "")
            kind = own[1].lower() if own else kind
            if kind in _WITHOUT_SIGN:
                self._sign = "" if kind == "none" else "-"
            else:
                self._sign = _SIGNS[kind](n) if kind in _SIGNS else f"{n}."
        elif tag == "pre":
            self._pre += 1

    def _close(self, tag: Any) -> None:
        if tag in _BLOCKS or tag in ("table", "td", "th", "tr"):
            self._flush()
        if self._beyond:
            self._beyond -= tag == "table"
        elif tag == "table" and self._grids:
            self._grids.pop()
        elif tag in ("td", "th") and len(self._sinks) > 1:
            self._sinks.pop()
            self._sign = ""
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            self._sign = ""
        elif tag == "li":
            self._sign = ""
        elif tag == "pre":
            self._pre -= 1

    def _add(self, text: str | None) -> None:
        if text:
            self._inline.append(text if self._pre > 0 else _BLANKS.sub(" ", text))

    def _flush(self) -> None:
        """The words since the last block are a paragraph."""
        if not self._inline:
            return
        words = "".join(self._inline)
        self._inline.clear()
        if not words.strip():
            if "\u00a0" in words:
                self._sinks[-1].append("")
            return
        if self._sign:
            bare = words.lstrip()
            words = bare if _MARKED.match(bare) else f"{self._sign} {bare}"
            self._sign = ""
        self._sinks[-1].append(
            words if self._pre > 0 else "\n".join(" ".join(line.split()) for line in words.split("\n"))
        )

    def _note_hidden(self, element: Any) -> None:
        said = " ".join(element.itertext())
        self.hidden += _PERCENT.findall(said[:100_000])[: 20 - len(self.hidden)]


def _is_note_mark(element: Any) -> bool:
    """Whether a link is the mark of a foot- or endnote, or leads back from one: no part of a sentence."""
    if element.tag != "a" or not _NOTE.match(element.get("href") or ""):
        return False
    return _NOTE_MARK.fullmatch("".join(element.itertext())[:20]) is not None


def _is_hidden(element: Any) -> bool:
    return "hidden" in element.attrib or bool(_HIDING.search(element.get("style") or ""))


def _kind(element: Any, tag: str) -> str:
    own = _LIST_STYLE.search(element.get("style") or "")
    if own:
        return own[1].lower()
    return "disc" if tag == "ul" else _KINDS.get(element.get("type") or "1", "decimal")


def _span(text: str | None) -> int:
    return max(1, min(_number(text, 1), _MAX_SPAN))


def _number(text: str | None, other: int) -> int:
    found = re.fullmatch(r"\s{0,5}(-?\d{1,6})\s{0,5}", text or "")
    return int(found[1]) if found else other
