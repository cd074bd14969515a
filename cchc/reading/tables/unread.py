"""Rows of tables that the reader knows no table in: each is part of an item, or named in a warning.

Portals print the data of a document, and offices their letterheads and signatures, in tables too; those are no rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from cchc.reading.blocks import Block, Part, Table
from cchc.reading.tables.lines import SEPARATOR_LINE, Line, line_of
from cchc.reading.tables.shapes import squash
from cchc.text import matching

# What an official reads.
UNREAD = "Bảng chưa đọc được, cần xem lại {count} dòng: {rows}"
MORE = "và {count} dòng nữa"

_ASIDE = frozenset((Part.HEAD, Part.FURNITURE, Part.CLOSING))
# A letterhead, a signature, the data a portal gives of a document.
_FRAME = re.compile(
    r"cộng h\w{2,3} xã hội|độc lập ?- ?tự do|nơi nhận|(?:^|\| ?)(?:tm|kt|tl)\. |kính gửi|v/v |số hiệu|số: ?\d"
    r"|số ?: ?[\d.…_ ]{0,12}/"
    r"|ngày (?:ban hành|có hiệu lực)|người ký|loại văn bản|tải về|lượt xem"
)
_SHOWN = 40  # rows that are named one by one
_HEAD = 3000  # characters in which the letterhead of a document without parts stands
_WORD = re.compile(r"[^\W\d_]{2,}")


def unread_rows(
    text: str, tables: Sequence[Table], blocks: Sequence[Block], items: Sequence[tuple[int, int]]
) -> list[str]:
    """Warnings (Vietnamese) for rows outside `tables` that no span of `items` touches; one for each run of rows."""
    inside = _Spans([*((t.start, t.end) for t in tables), *items])
    first = min((b.start for b in blocks if b.part not in _ASIDE or (b.heading and b.marker)), default=_HEAD)
    aside = _Spans(
        [(b.start, b.end) for b in blocks if b.part in _ASIDE and (b.part is not Part.HEAD or b.end <= first)]
    )
    warnings: list[str] = []
    run: list[str] = []
    apart = 0

    def close() -> None:
        nonlocal apart
        if run:
            shown = "; ".join(f"«{row}»" for row in run[:_SHOWN])
            more = f"; {MORE.format(count=len(run) - _SHOWN)}" if len(run) > _SHOWN else ""
            warnings.append(UNREAD.format(count=len(run), rows=shown + more))
        run.clear()
        apart = 0

    at = 0
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        if not run and raw.count("|") < 2 and raw.count("\t") < 2:
            continue  # no row, and none above it to be told
        line = line_of(raw, start)
        mark = _mark(line)
        if not mark:
            apart += 1
            if (line.text and not SEPARATOR_LINE.match(line.text)) or apart > 2:
                close()
            continue
        apart = 0
        if inside.holds(line.start, line.end) or aside.holds(line.start, line.end):
            close()
            continue
        if _WORD.search(line.text) and not _FRAME.search(matching(line.text)):
            cells = map(squash, text[line.start : line.end].strip().strip(mark).split(mark))
            run.append(" | ".join(c for c in cells if c)[:80])
    close()
    return warnings


def _mark(line: Line) -> str:
    """What parts the cells of a line that is a row of a table; "" for any other line."""
    mark = "|" if line.pipes >= 2 else "\t" if line.tabs >= 2 else ""
    return "" if mark and SEPARATOR_LINE.match(line.text) else mark


class _Spans:
    """Does a stretch touch one of these spans?"""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        self.spans, self.starts = joined, [s for s, _ in joined]

    def holds(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, max(start, end - 1)) - 1
        return at >= 0 and self.spans[at][1] > start
