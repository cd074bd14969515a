"""The words and ruled lines of a PDF's page, in reading direction, whichever way the page is turned.

Works on pdfium's characters one by one: where words and columns part is told by places, because the blanks of a text
layer are not reliable (missing between cells, torn into words by some printers).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from cchc.formats.printed.sheet import Box, Rule, Sheet, Word

_GAP = 0.22  # of the type's height: a wider gap parts words even without a blank
_LARGE = 2.5  # of the page's type: words as large as that may be a watermark
_MOST_MARKS = 50  # words of watermarks on a page
_ASLANT = 0.2  # tangent of the angle to the page's edges: a scan's lines lean less, words across the page more
_TORN = 0.06  # a blank narrower than this parts nothing
_THIN = 3.0  # points: a filled shape as thin as that is a ruled line
_SHORT = 4.0  # points: shorter strokes are no borders
_SLANT = 0.6  # points a straight line may lean
_MAX_STROKES = 20_000  # a page of a drawing, not of a table
_FORMS_DEEP = 3
# Accents that some writers of PDF set as signs of their own over the letter before.
_OVER = {"´": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˊ": "\u0301", "˜": "\u0303", "~": "\u0303", "ˆ": "\u0302",
         "^": "\u0302", "˘": "\u0306", "¨": "\u0308"}  # fmt: skip
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
END_HYPHEN = "\x02"  # pdfium's sign for a hyphen, soft or not, at the end of a line
# Line ends, and signs without width, which the stored form of a text does not have.
_BREAKS = frozenset((
    0, 0x0A, 0x0D, 0x0B, 0x0C, 0xFFFE, 0xFFFF, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2065), *range(0x2066, 0x2070),
))  # fmt: skip

_BLANKS = _BREAKS | {32, 0xA0, 9, *range(0x2000, 0x200B)}


class Turn(NamedTuple):
    """From the page's own places (y upwards) to places in reading direction (y downwards)."""

    x_of_x: int
    x_of_y: int
    x_plus: float
    y_of_x: int
    y_of_y: int
    y_plus: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.x_of_x * x + self.x_of_y * y + self.x_plus, self.y_of_x * x + self.y_of_y * y + self.y_plus


def sheet_of(page: pypdfium2.PdfPage, number: int) -> Sheet:
    """The page in reading direction, places in points. `END_HYPHEN` may stand in its words."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        shown = page.get_rotation() // 90 % 4
        quarter = _written(text, count)
        turn = _turn(quarter, left, bottom, width, height)
        words = _words(text, count, turn)
    finally:
        text.close()
    across, upright = _rules(page, turn) if words else ([], [])
    if quarter % 2:
        width, height = height, width
    back = _shown_box((shown - quarter) % 4, width, height)
    return Sheet(number, width, height, words, across, upright, back)


def _written(text: pypdfium2.PdfTextPage, count: int) -> int:
    """The direction most letters are written in, in quarter turns to take back."""
    step = max(1, count // 60)
    turns: Counter[int] = Counter()
    for k in range(0, count, step):
        if raw.FPDFText_GetUnicode(text, k) > 32:
            angle = raw.FPDFText_GetCharAngle(text, k)
            turns[round(-angle / (math.pi / 2)) % 4] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _turn(quarter: int, left: float, bottom: float, width: float, height: float) -> Turn:
    if quarter == 1:
        return Turn(0, 1, -bottom, 1, 0, -left)
    if quarter == 2:
        return Turn(-1, 0, left + width, 0, 1, -bottom)
    if quarter == 3:
        return Turn(0, -1, bottom + height, -1, 0, left + width)
    return Turn(1, 0, -left, 0, -1, bottom + height)


def _shown_box(quarter: int, width: float, height: float) -> Callable[[Box], Box]:
    """From a box in reading direction to fractions of the page as shown, which may be turned another way."""

    def point(x: float, y: float) -> tuple[float, float]:
        x, y = min(max(x / width, 0.0), 1.0), min(max(y / height, 0.0), 1.0)
        return ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[quarter]

    def shown(box: Box) -> Box:
        (x0, y0), (x1, y1) = point(box[0], box[1]), point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return shown


def _words(text: pypdfium2.PdfTextPage, count: int, turn: Turn) -> list[Word]:
    handle = text.raw
    rect, x_at, y_at = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(x_at), ctypes.byref(y_at)
    code_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    words: list[Word] = []
    chars: list[str] = []
    places: list[tuple[float, float]] = []
    first = 0
    left = right = base = size = 0.0
    blank = leans = False  # a blank came since the last letter; the word runs across the page, as watermarks do

    def close() -> None:
        if chars:
            if not leans:
                words.append(Word("".join(chars), left, right, base, size, _font(handle, first)))
            chars.clear()
            places.clear()

    ax, ay, a, bx, by, b = turn  # a call for each letter would take as long as all else
    for k in range(count):
        code = code_of(handle, k)
        if code in _BLANKS:
            blank = True
            continue
        box_of(handle, k, to_rect)
        origin_of(handle, k, to_x, to_y)
        x0 = ax * rect.left + ay * rect.top + a
        x1 = ax * rect.right + ay * rect.bottom + a
        if x1 < x0:
            x0, x1 = x1, x0
        foot = bx * x_at.value + by * y_at.value + b
        char, accent = _letter(code)
        if chars:
            if accent is not None and (mark := _mark_over(char, accent, x0, x1, foot - base, places, size)):
                chars[mark[0]] += mark[1]
                blank = False
                continue
            gap = x0 - right
            if abs(foot - base) > 0.08 * size or gap > (_TORN if blank else _GAP) * size or gap < -size:
                close()
        if not chars:
            first, left, right, base = k, x0, x1, foot
            size, leans = _set(handle, k)
        chars.append(_LIGATURES.get(char, char))
        places.append((x0, x1))
        right = max(right, x1)
        blank = False
    close()
    return _without_watermarks([w for w in words if w.size > 0.5])


def _without_watermarks(words: list[Word]) -> list[Word]:
    """Without large words that other words are printed over."""
    usual = median(w.size for w in words) if words else 0.0
    large = [w for w in words if w.size > _LARGE * usual]
    if not 0 < len(large) <= _MOST_MARKS:
        return words
    marks = {id(mark) for mark in large if any(w.size * 2 < mark.size and _overlap(mark, w) for w in words)}
    return [w for w in words if id(w) not in marks]


def _overlap(a: Word, b: Word) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


@lru_cache(maxsize=4096)
def _letter(code: int) -> tuple[str, str | None]:
    """The letter of a code, and the accent it may be."""
    char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return char, char if unicodedata.combining(char) else _OVER.get(char)


def _mark_over(
    char: str, accent: str, x0: float, x1: float, lower: float, places: list[tuple[float, float]], size: float
) -> tuple[int, str] | None:
    """(which letter, the accent) for an accent that is set over a letter of the present word; `lower` is how far below
    the word's foot it stands."""
    if abs(lower) > 0.8 * size:
        return None
    middle = (x0 + x1) / 2
    for k in range(len(places) - 1, -1, -1):
        if places[k][0] - 0.05 * size <= middle <= places[k][1] + 0.02 * size:
            return k, accent
    return (len(places) - 1, accent) if unicodedata.combining(char) else None


_matrix = raw.FS_MATRIX()


def _set(handle: raw.FPDF_TEXTPAGE, index: int) -> tuple[float, bool]:
    """The height of the type of a letter, the page's scaling reckoned in, and whether it is set aslant."""
    size: float = raw.FPDFText_GetFontSize(handle, index)
    leans = False
    if raw.FPDFText_GetMatrix(handle, index, ctypes.byref(_matrix)):
        size *= math.hypot(_matrix.c, _matrix.d)
        across, up = sorted((abs(_matrix.a), abs(_matrix.b)))
        leans = across > _ASLANT * up
    return abs(size), leans


_name = ctypes.create_string_buffer(128)
_flags = ctypes.c_int()


def _font(handle: raw.FPDF_TEXTPAGE, index: int) -> str:
    size = raw.FPDFText_GetFontInfo(handle, index, _name, 128, ctypes.byref(_flags))
    return _name.value.decode("utf-8", "replace").rpartition("+")[2] if 0 < size <= 128 else ""


def _rules(page: pypdfium2.PdfPage, turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """Straight strokes along the page's edges, borders drawn as thin filled shapes among them."""
    across: list[Rule] = []
    upright: list[Rule] = []
    seen = 0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=_FORMS_DEEP):
        segments = raw.FPDFPath_CountSegments(item)
        seen += segments
        if seen > _MAX_STROKES:
            return [], []
        for x0, y0, x1, y1 in _strokes(item, segments, turn):
            if abs(y0 - y1) <= _SLANT and abs(x0 - x1) >= _SHORT:
                across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _SLANT and abs(y0 - y1) >= _SHORT:
                upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, upright


def _strokes(item: pypdfium2.PdfObject, segments: int, turn: Turn) -> list[Box]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not (fill.value or stroke.value):
        return []
    matrix, form = item.get_matrix(), item.container
    while form is not None:
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    px, py = ctypes.c_float(), ctypes.c_float()
    strokes: list[Box] = []
    shape: list[tuple[float, float]] = []

    def finish() -> None:
        if not shape:
            return
        if stroke.value:
            strokes.extend((*a, *b) for a, b in pairwise(shape))
        elif len(shape) >= 4:
            xs, ys = [x for x, _ in shape], [y for _, y in shape]
            wide, high = max(xs) - min(xs), max(ys) - min(ys)
            if high <= _THIN < wide:
                strokes.append((min(xs), sum(ys) / len(ys), max(xs), sum(ys) / len(ys)))
            elif wide <= _THIN < high:
                strokes.append((sum(xs) / len(xs), min(ys), sum(xs) / len(xs), max(ys)))
        shape.clear()

    for k in range(segments):
        segment = raw.FPDFPath_GetPathSegment(item, k)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(px), ctypes.byref(py))
        x, y = matrix.on_point(px.value, py.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            finish()
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            shape.clear()
            continue
        shape.append(turn(x, y))
        if raw.FPDFPathSegment_GetClose(segment) and len(shape) > 1:
            shape.append(shape[0])
    finish()
    return strokes
