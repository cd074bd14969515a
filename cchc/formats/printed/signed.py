"""What programs of digital signatures write on a page («Ký bởi: ... Thời gian ký: 15.01.2026 16:20:35»): no part of the
text, though it stands among its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.formats.printed.lines import Line, Piece, lines_of
from cchc.formats.printed.sheet import Box, Word

_TIME = re.compile(
    r"(?:(?:thời gian|ngày|time|date)[^:]{0,12}:\s{0,3})?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s{1,3}\d{1,2}:\d{2}:\d{2}"
    r"|signature (?:valid|not verified|unknown)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:người |được )?ký(?: số)?(?: bởi)?|ký ngày|ngày ký|thời gian ký|chữ ký số|e-?mail|cơ quan|tổ chức|đơn vị"
    r"|chức vụ|(?:digitally )?signed by|signature|signing time|date|reason|location)\b[^:]{0,20}(?::|\Z)",
    re.IGNORECASE,
)
_MOST_LINES = 8  # of such a block
_STEP = 2.2  # of the type's height: its lines are no further apart


def without_signatures(lines: Sequence[Line]) -> list[Line]:
    """The lines without such blocks. A block is told by its time, to the second, and by a label above it; its lines
    begin on one edge and are of one size. «Ngày ký: 15/01/2026» alone is what a portal says of a document."""
    dropped = _in_blocks(lines)
    if not dropped:
        return list(lines)
    left = [Line([piece for piece in line.pieces if id(piece) not in dropped]) for line in lines]
    return [line for line in left if line.pieces]


def signature_boxes(words: Sequence[Word]) -> list[Box]:
    """Where such blocks stand among the words of a page: the box of each of their lines."""
    lines = lines_of(words)
    dropped = _in_blocks(lines)
    return [piece.box for line in lines for piece in line.pieces if id(piece) in dropped]


def _in_blocks(lines: Sequence[Line]) -> set[int]:
    """`id` of the pieces of all blocks."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        for piece in line.pieces:
            if any(word.text.count(":") > 1 or "ignature" in word.text for word in piece.words) and _TIME.match(
                piece.text
            ):
                found |= _block(lines, at, piece)
    return found


def _block(lines: Sequence[Line], at: int, time: Piece) -> set[int]:
    """`id` of the pieces of the block that ends with `time`; nothing where no label stands above or in it."""
    found, above = [time], time
    for line in reversed(lines[max(0, at - 3 * _MOST_LINES) : at]):
        if above.base - line.base > _STEP * above.size or len(found) == _MOST_LINES:
            break
        beside = next((p for p in line.pieces if _is_beside(p, time)), None)
        if beside is not None:
            found.append(beside)
            above = beside
    labelled = [k for k, piece in enumerate(found) if _LABEL.match(piece.text)]
    return set(map(id, found[: labelled[-1] + 1])) if labelled else set()


def _is_beside(piece: Piece, time: Piece) -> bool:
    return abs(piece.left - time.left) < 1.5 * time.size and 0.8 < piece.size / time.size < 1.25
