"""Which lines make a paragraph? Told by places: how full the line above is, how far the next is set in and below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from cchc.formats.printed.lines import Line
from cchc.text import BULLETS

_ENDS = (".", ";", ":", "!", "?", "./.")
_SET_IN = 0.7  # of the type's height: a line set in further than that begins a paragraph
_MARKER = re.compile(
    rf"(?:[-–—+*{BULLETS}]\s"
    r"|\(?[a-zđ]{1,2}\d?[.)]\s|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s|\(?[IVX]{1,5}[.)/-]\s"
    r"|(?:Điều|Phần|Chương|Mục|PHẦN|CHƯƠNG|MỤC|PHỤ LỤC|Phụ lục)\s+[\dIVXA-Z]{1,5}\b)"
)


_BARE_NUMBER = re.compile(r"\d{1,2}\s+[^\W\d_]")
# Words no sentence ends with and a figure, a letter or an article follows.
_WAITS = re.compile(
    r"(?:\A|\s|\()(?:ngày|tháng|năm|quý|tuần|kỳ|số|khoản|điểm|điều|mục|chương|phần|phụ lục|biểu|từ|đến|tới|trước|sau"
    r"|trong|dưới|trên|tại|theo|của|và|với|cùng|hoặc|là|đạt|còn|gồm|có|khoảng|nhất|thiểu|đa|quá|hơn|lên|xuống|thêm|thứ|hạng)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set on a page: where its lines begin and end, how far apart they stand; `set_in` tells that
    paragraphs begin further right."""

    left: float
    right: float
    pitch: float
    set_in: bool


def setting_of(lines: Sequence[Line], reach: float = 0.0) -> Setting:
    """The setting of the lines of a page or column; at least one line. `reach` is how far right anything else on the
    page stands: a few short lines do not tell how wide the text is set."""
    rights = sorted(line.right for line in lines)
    right = rights[-1 - len(rights) // 20] if len(rights) > 20 else max(rights[-1], reach)
    lefts = sorted(line.left for line in lines)
    size = median(line.size for line in lines)
    left = lefts[len(lefts) // 20]
    gaps = [b.base - a.base for a, b in pairwise(lines) if 0 < b.base - a.base < 2.2 * size]
    inner = [
        line for line in lines if left + _SET_IN * size < line.left < left + 6 * size and line.right > right - 8 * size
    ]
    return Setting(left, right, median(gaps) if gaps else 1.25 * size, len(inner) * 12 > len(lines))


def goes_on(above: Sequence[Line], below: Line, here: Setting, there: Setting, new_page: bool = False) -> bool:
    """Does `below` go on with the paragraph of the lines `above`? `here` is how the lines above are set, `there` the
    line below, which may stand on another page."""
    last = above[-1]
    size = last.size
    if not 0.85 < below.size / size < 1.18:
        return False
    if not new_page and not 0 < below.base - last.base < _widest(above, here, size):
        return False
    ended = last.text.endswith(_ENDS)
    if ended and below.text.isupper() and not last.text.isupper():
        return False  # a heading after a sentence that happens to fill its line
    first = below.text[:1]
    if first.islower() and not ended and not _MARKER.match(below.text):
        return True
    # a line is full when the first word of the next would not have had room
    word = below.pieces[0].words[0]
    full = last.right + 0.25 * size + (word.right - word.left) > here.right - 0.15 * size
    if not full:
        return False
    inset = below.left - there.left
    if len(above) > 1 and not new_page:
        even = abs(below.left - above[1].left) < 0.5 * size
    elif len(above) > 1:
        even = abs(inset - (above[1].left - here.left)) < 0.5 * size
    else:
        even = inset < last.left - here.left - _SET_IN * size or not here.set_in
    marked = bool(_MARKER.match(below.text + " ")) and not (not ended and _completes(last.text, below.text))
    if marked:
        # "... giai đoạn 2021" / "- 2025": only where paragraphs are set in and this line is not
        return even and here.set_in and inset < _SET_IN * size and not ended
    if here.set_in and inset > _SET_IN * size and not even:
        return False
    if not even and inset < _SET_IN * size and len(above) == 1:
        return not ended or not here.set_in or last.left - here.left < _SET_IN * size
    return even or not ended


def _completes(above: str, below: str) -> bool:
    """Whether what looks like a marker is the figure or article that the line above waits for («... trước tháng» /
    «06. Các cơ quan ...», «... tại» / «Điều 5 ...»), or a number without any sign («... không quá» / «15 phút»)."""
    return bool(_WAITS.search(above[-20:]) or _BARE_NUMBER.match(below))


def _widest(above: Sequence[Line], here: Setting, size: float) -> float:
    """The widest step down to a line of the same paragraph."""
    if len(above) > 1:
        steps = [b.base - a.base for a, b in pairwise(above[-4:])]
        return 1.18 * max(*steps, min(here.pitch, 1.5 * size))
    return min(1.25 * here.pitch, 2.2 * size) if here.pitch else 1.9 * size
