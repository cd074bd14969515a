"""Pages of a PDF whose letters are not its text: scans, letters drawn as shapes, fonts that lost the meaning of their
letters. They are read from their pictures where recognition is installed, else named. Pages that read well are left
alone: where only some doubt speaks against a page, its own letters stay unless its picture plainly reads better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as raw

from cchc.formats.legible import legibility
from cchc.formats.limits import SAFE
from cchc.formats.printed import Sheet, Word, listed, signature_boxes
from cchc.formats.printed.lines import lines_of
from cchc.formats.printed.sheet import Box
from cchc.formats.source import NotAPlan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GARBLED_READ = (
    "Trang {pages}: chữ trong tệp PDF bị sai mã (phông chữ không có bảng chữ) nên được đọc từ hình của trang bằng nhận "
    "dạng chữ; cần rà soát từng mục với bản gốc."
)
GARBLED_NOT_READ = (
    "Trang {pages}: chữ trong tệp PDF bị sai mã (phông chữ không có bảng chữ) nên không được đọc; để đọc từ hình của "
    "trang, máy chủ cần phần mềm nhận dạng chữ Tesseract tiếng Việt."
)
GARBLED_FAILED = (
    "Trang {pages}: chữ trong tệp PDF (hoặc một phần) bị sai mã và nhận dạng từ hình của trang không thành nên không "
    "được đọc; cần đối chiếu với bản gốc."
)
PARTLY_READ = (
    "Trang {pages}: một phần chữ trong tệp PDF bị sai mã (phông chữ không có bảng chữ) nên phần đó được đọc từ hình "
    "của trang bằng nhận dạng chữ; cần rà soát với bản gốc."
)
PARTLY_NOT_READ = (
    "Trang {pages}: một phần chữ trong tệp PDF bị sai mã (phông chữ không có bảng chữ) nên phần đó không được đọc; để "
    "đọc từ hình của trang, máy chủ cần phần mềm nhận dạng chữ Tesseract tiếng Việt."
)
DOUBTED = "Trang {pages} có nhiều từ không phải tiếng Việt, có thể do sai mã chữ; cần đối chiếu với bản gốc."
ALL_GARBLED = (
    "Chữ trong tệp PDF bị sai mã (phông chữ không có bảng chữ) nên không đọc được; để đọc từ hình của trang, máy chủ "
    f"cần phần mềm nhận dạng chữ Tesseract tiếng Việt, hiện chưa được cài đặt. {SAFE} "
    "Hãy chọn bản Word (.docx) của văn bản, hoặc đề nghị người quản trị cài Tesseract tiếng Việt."
)

_FEW = 16  # letters: a page with fewer and ink is a picture with a stamp or a page number on it
_SOME = 600  # letters: a page with fewer may be a picture with stamps on it; one of text has three times as many
_LOST_LETTERS = 8  # of a font on a page: fewer are bullets and ornaments
_MIN_PICTURE = 0.3  # of the page: a picture as large as that may hold the page's text
_INK = 0.001  # of the page's area: less is a page number, a rule, dirt
_GREY = 40  # of 255: what is so much darker than the paper is ink
_DOTS = 50  # an inch of the picture ink is looked for in
_COVERED = 1 / 3  # of the rows with ink: less has letters, the rest is picture


@dataclass(frozen=True, slots=True)
class Seen:
    """The pages as they are to be read, those of them that were recognised from pictures, what people should know."""

    sheets: list[Sheet]
    scanned: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def is_picture(page: pypdfium2.PdfPage, sheet: Sheet) -> bool | None:
    """Whether a page's text is in a picture (or in shapes) rather than in letters: True where it surely is, False where
    its letters may be no more than stamps on a picture, None for pages of letters and for empty ones."""
    letters = sum(len(word.text) for word in sheet.words)
    if letters >= _SOME or (letters >= _FEW and not _has_picture(page)):
        return None
    ink = _ink(page)
    if ink.mean() < _INK:
        return None
    if letters < _FEW:
        return True
    return False if _lettered(ink, sheet) < _COVERED else None


def seen_pages(document: pypdfium2.PdfDocument, sheets: Sequence[Sheet], pictured: Mapping[int, bool]) -> Seen:
    """The pages with those that must be read from their pictures so read. `pictured` is what `is_picture` told of them.
    Raises `NotAPlan` where that is all the document has and recognition is not installed or fails."""
    doubts = _doubts(sheets, pictured)
    if not doubts.any:
        return Seen(list(sheets))
    from cchc.formats import scan

    refusal = scan.lacking()
    if refusal is not None:
        if doubts.alone:
            raise NotAPlan(ALL_GARBLED) if doubts.garbled else refusal
        warnings = _named(
            (scan.NOT_READ, sorted(pictured)), (GARBLED_NOT_READ, doubts.garbled), (PARTLY_NOT_READ, [*doubts.partly]),
            (DOUBTED, doubts.doubted),
        )  # fmt: skip
        return Seen([_without(sheet, doubts) for sheet in sheets], (), warnings)
    done = scan.recognise_pages(document, sorted({*pictured, *doubts.garbled, *doubts.partly, *doubts.doubted}))
    if doubts.alone:
        done.check()
    kept: list[Sheet] = []
    read: list[int] = []
    for sheet in sheets:
        found = done.sheets.get(sheet.number)
        made = _better(sheet, found, doubts) if found is not None else None
        kept.append(made or _without(sheet, doubts))
        if made is not None and made.words:
            read.append(sheet.number)
    failed = [n for n in (*doubts.garbled, *doubts.partly) if n not in read]
    warnings = (
        *done.of([n for n in pictured if n in read or pictured[n] or n not in done.found]).notes(),
        *_named(
            (GARBLED_READ, [n for n in (*doubts.garbled, *doubts.doubted) if n in read]),
            (PARTLY_READ, [n for n in doubts.partly if n in read]), (GARBLED_FAILED, failed),
            (DOUBTED, [n for n in doubts.doubted if n not in read]),
        ),
    )  # fmt: skip
    return Seen(kept, tuple(read), warnings)


@dataclass(frozen=True, slots=True)
class _Doubts:
    """Numbers of pages: `pictured` as `is_picture` told; `garbled` say nothing that can be believed, of `partly` the
    words of some fonts (by `id`), of `doubted` more words than usual are no syllables. `alone`: nothing else is there
    to read."""

    pictured: Mapping[int, bool]
    garbled: list[int]
    partly: dict[int, set[int]]
    doubted: list[int]
    alone: bool

    @property
    def any(self) -> bool:
        return bool(self.pictured or self.garbled or self.partly or self.doubted)


def _doubts(sheets: Sequence[Sheet], pictured: Mapping[int, bool]) -> _Doubts:
    garbled: list[int] = []
    partly: dict[int, set[int]] = {}
    doubted: list[int] = []
    for sheet in sheets:
        quality = legibility(word.text for word in sheet.words)
        if not quality.odd or sheet.number in pictured:
            continue
        lost = _lost_words(sheet)
        if quality.is_garbled or 2 * len(lost) > len(sheet.words):
            garbled.append(sheet.number)
        elif lost and _is_upright(sheet):
            partly[sheet.number] = lost
        elif lost or quality.is_doubted:
            doubted.append(sheet.number)
    nothing = {*garbled, *(n for n, sure in pictured.items() if sure)}
    alone = all(sheet.number in nothing for sheet in sheets if sheet.words or sheet.number in pictured)
    return _Doubts(pictured, garbled, partly, doubted, alone)


def _lost_words(sheet: Sheet) -> set[int]:
    """`id` of the words of fonts of which nothing on the page can be believed."""
    by_font: dict[str, list[Word]] = {}
    for word in sheet.words:
        by_font.setdefault(word.font, []).append(word)
    lost: set[int] = set()
    for words in by_font.values():
        quality = legibility(word.text for word in words)
        letters = sum(len(word.text) for word in words)
        if quality.is_garbled or (letters >= _LOST_LETTERS and 2 * quality.lost > len(words)):
            lost |= set(map(id, words))
    return lost


def _is_upright(sheet: Sheet) -> bool:
    """Whether places on the sheet are those of the page as shown."""
    left, top, right, bottom = sheet.shown((0.0, 0.0, sheet.width / 2, sheet.height / 4))
    return (round(left, 3), round(top, 3), round(right, 3), round(bottom, 3)) == (0.0, 0.0, 0.5, 0.25)


def _better(sheet: Sheet, found: Sheet, doubts: _Doubts) -> Sheet | None:
    """The page as it is read best with what was recognised on its picture; None where that reads no better."""
    number = sheet.number
    if number in doubts.partly:
        return _mended(sheet, found, doubts.partly[number])
    own, other = (legibility(word.text for word in one.words) for one in (sheet, found))
    if number in doubts.pictured:
        better = doubts.pictured[number] or other.words >= 2 * own.words
        found = _without_stamps(sheet, found)
    else:
        better = own.is_worse_than(other)
    return found if better else None


def _without_stamps(sheet: Sheet, found: Sheet) -> Sheet:
    """What was recognised without the words of digital signatures, whose letters tell where they stand."""
    boxes = [sheet.shown(box) for box in signature_boxes(sheet.words)]
    return replace(found, words=[word for word in found.words if not _is_in(found, word, boxes)]) if boxes else found


def _is_in(sheet: Sheet, word: Word, boxes: Sequence[Box]) -> bool:
    """Whether the middle of a word stands in one of the boxes, which are fractions of the page."""
    left, top, right, bottom = sheet.shown((word.left, word.top, word.right, word.bottom))
    x, y = (left + right) / 2, (top + bottom) / 2
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)


def _mended(sheet: Sheet, found: Sheet, lost: set[int]) -> Sheet | None:
    """The page with what was recognised in the places of its lost words; None where nothing was."""
    places = [(word, sheet.shown(box)) for word, box in _runs(sheet, lost)]
    made: list[Word] = []
    for word in found.words:
        home = next((old for old, box in places if _is_in(found, word, [box])), None)
        if home is not None:
            left, _, right, _ = found.shown((word.left, word.top, word.right, word.bottom))
            made.append(replace(home, text=word.text, left=left * sheet.width, right=right * sheet.width))
    if not made:
        return None
    return replace(sheet, words=[word for word in sheet.words if id(word) not in lost] + made)


def _runs(sheet: Sheet, lost: set[int]) -> Iterator[tuple[Word, Box]]:
    """The first of lost words that follow each other on a line, and the place they take: up to the words that are not
    lost, for some of their letters may be lost altogether."""
    for line in lines_of(sheet.words):
        words = line.joined().words
        for is_lost, run in groupby(range(len(words)), [id(word) in lost for word in words].__getitem__):
            at = [*run]
            if not is_lost:
                continue
            first, last, room = at[0], at[-1], 2 * line.size
            left = words[first - 1].right if first else words[first].left - room
            right = words[last + 1].left if last + 1 < len(words) else words[last].right + room
            yield words[first], (left, line.top, right, line.bottom)


def _without(sheet: Sheet, doubts: _Doubts) -> Sheet:
    """The page without what cannot be believed."""
    if sheet.number in doubts.garbled:
        return replace(sheet, words=[])
    lost = doubts.partly.get(sheet.number, set())
    return replace(sheet, words=[word for word in sheet.words if id(word) not in lost]) if lost else sheet


def _named(*told: tuple[str, Sequence[int]]) -> tuple[str, ...]:
    return tuple(said.format(pages=listed(which)) for said, which in told if which)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Do pictures fill a good part of the page? (Scanners cut a page into several.)"""
    left, bottom, right, top = page.get_bbox()
    area = 0.0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        area += max(0.0, x1 - x0) * max(0.0, y1 - y0)
    return bool(area > _MIN_PICTURE * (right - left) * (top - bottom))


def _ink(page: pypdfium2.PdfPage) -> NDArray[np.bool_]:
    """Where the page as shown is darker than its paper: a small picture of truth values."""
    import numpy as np  # pages of letters, nearly all, do without

    width, height = page.get_size()
    scale = min(_DOTS / 72, 1000 / max(width, height, 1.0))
    grey = np.asarray(page.render(scale=scale, grayscale=True).to_pil().convert("L"), dtype=np.int16)
    ink: NDArray[np.bool_] = grey < np.median(grey) - _GREY
    return ink


def _lettered(ink: NDArray[np.bool_], sheet: Sheet) -> float:
    """The share of the rows with ink in which letters stand."""
    inked = {row for row, line in enumerate(ink) if line.any()}
    covered: set[int] = set()
    for word in sheet.words:
        _, top, _, bottom = sheet.shown((word.left, word.top, word.right, word.bottom))
        covered.update(range(int(top * len(ink)), int(bottom * len(ink)) + 1))
    return len(inked & covered) / max(len(inked), 1)
