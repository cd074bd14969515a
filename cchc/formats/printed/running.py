"""What is printed on each page and is no part of the text: page numbers, running heads and feet; and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cchc.formats.printed.lines import Line
from cchc.formats.printed.sheet import Rule, Sheet

_OUTER = 0.12  # of the page's height, at the top and the bottom
_PAGE_NUMBER = re.compile(
    r"(?:[-–] ?)?(?:trang ?)?(?:số ?)?\d{1,4}(?: ?(?:/|trên) ?\d{1,4})?(?: ?[-–])?\Z", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NOTE = re.compile(r"(?:\(?\[?\d{1,3}\]?\)?|\*{1,3})[.:]?(?:\s|\Z|(?=[A-ZĐÀ-Ỹ]))")
_NOTE_SIZE = 0.9  # type of footnotes, of the text's


def running_lines(pages: Sequence[tuple[Sheet, Sequence[Line]]]) -> set[int]:
    """`id` of each line that is a page number or stands at the same place on several pages with the same words."""
    dropped: set[int] = set()
    seen: Counter[tuple[str, int]] = Counter()
    edge: list[tuple[tuple[str, int], Line]] = []
    for sheet, lines in pages:
        keys = set()
        for line, height in _outermost(sheet, lines):
            if _PAGE_NUMBER.match(line.text):
                dropped.add(id(line))
                continue
            key = (_DIGITS.sub("#", line.text.casefold()), round(height / 4))
            keys.add(key)
            edge.append((key, line))
        seen.update(keys)
    most = max(2, len(pages) * 0.3)
    for (words, height), line in edge:
        if sum(seen[words, near] for near in (height - 1, height, height + 1)) >= most:
            dropped.add(id(line))
    return dropped


def _outermost(sheet: Sheet, lines: Sequence[Line]) -> list[tuple[Line, float]]:
    """The first and last two lines where they stand in the page's margins, with their distance from the edge."""
    top = [(line, line.base) for line in lines[:2] if line.base < sheet.height * _OUTER]
    bottom = [(line, sheet.height - line.base) for line in lines[-2:] if line.base > sheet.height * (1 - _OUTER)]
    return top + bottom


def footnotes(lines: Sequence[Line], rules: Sequence[Rule], usual: float, height: float) -> int:
    """How many of the last lines of a page are footnotes: small type below a short stroke, the first one numbered."""
    count = 0
    for line in reversed(lines):
        if line.size > _NOTE_SIZE * usual or line.base < height * 0.4:
            break
        count += 1
    while count and not _NOTE.match(lines[-count].text):
        count -= 1
    if not count or count == len(lines):
        return 0
    first = lines[-count]
    ruled = any(lines[-count - 1].base < rule.at < first.base for rule in rules)
    return count if ruled else 0
