"""Which words make a line, and which pieces of a line stand apart from each other?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from cchc.formats.printed.sheet import Box, Word

APART = 1.2  # a gap of so many times the type's height parts two pieces of a line
_SAME_LINE = 0.45  # words whose feet differ by less, in the type's height, stand on one line
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|\*{1,3})[\])]?\Z")
_RAISED = 0.8  # type smaller than this share of its line, and higher than its foot, is a raised figure


@dataclass(slots=True)
class Piece:
    """Words of a line without a wide gap between them."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)

    @property
    def box(self) -> Box:
        return (self.left, min(w.top for w in self.words), self.right, max(w.bottom for w in self.words))


@dataclass(slots=True)
class Line:
    """The pieces on one height, from left to right."""

    pieces: list[Piece]

    @property
    def text(self) -> str:
        return " ".join(p.text for p in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def base(self) -> float:
        return max((w for p in self.pieces for w in p.words), key=lambda w: w.size).base

    @property
    def size(self) -> float:
        return max(p.size for p in self.pieces)

    @property
    def top(self) -> float:
        return min(p.box[1] for p in self.pieces)

    @property
    def bottom(self) -> float:
        return max(p.box[3] for p in self.pieces)

    def joined(self) -> Piece:
        """The whole line as one piece."""
        return Piece([w for p in self.pieces for w in p.words])


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of words from top to bottom. Raised figures stay with the line they are raised from."""
    words = list(words)
    usual = median(w.size for w in words) if words else 0.0
    marks = [w for w in words if w.size < _RAISED * usual and _MARK.match(w.text)]
    small = set(map(id, marks))
    groups: list[_Group] = []
    for word in sorted(words, key=lambda w: (w.base, w.left)):
        if id(word) in small:
            continue
        home = next((g for g in groups[:-4:-1] if g.holds(word)), None)
        if home is None:
            groups.append(_Group(word))
        else:
            home.add(word)
    for mark in marks:
        home = next((g for g in groups if any(_raised(mark, w) for w in g.words)), None)
        home = home or next((g for g in groups if g.holds(mark)), None)
        if home is None:
            groups.append(_Group(mark))
        else:
            home.add(mark)
    made = [Line(_pieces(sorted(group.words, key=lambda w: w.left))) for group in groups]
    return sorted(made, key=lambda line: line.base)


class _Group:
    """The words of a line so far, and the first of the largest among them: where it stands the line stands."""

    __slots__ = ("big", "words")

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.big = word

    def add(self, word: Word) -> None:
        self.words.append(word)
        if word.size > self.big.size:
            self.big = word

    def holds(self, word: Word) -> bool:
        big = self.big
        return abs(word.base - big.base) < _SAME_LINE * min(word.size, big.size)


def _raised(mark: Word, word: Word) -> bool:
    """Is the small figure set at the shoulder of the word?"""
    beside = min(abs(mark.left - word.right), abs(word.left - mark.right)) < 0.3 * word.size
    return beside and mark.size < _RAISED * word.size and 0.1 * word.size < word.base - mark.base < 0.7 * word.size


def _pieces(words: Sequence[Word]) -> list[Piece]:
    pieces = [Piece([words[0]])]
    for word in words[1:]:
        before = pieces[-1].words[-1]
        if word.left - before.right > APART * max(word.size, before.size):
            pieces.append(Piece([word]))
        else:
            pieces[-1].words.append(word)
    return pieces


def without_raised(line: Line) -> Line:
    """The line without small raised figures (marks of footnotes); a line of nothing else stays."""
    size = line.size
    foot = max(w.base for p in line.pieces for w in p.words if w.size >= _RAISED * size)

    def is_mark(word: Word) -> bool:
        return word.size < _RAISED * size and word.base < foot - 0.1 * size and bool(_MARK.match(word.text))

    kept = [[w for w in piece.words if not is_mark(w)] for piece in line.pieces]
    return Line([Piece(words) for words in kept if words]) if any(kept) else line


# "6898/KH-" + "UBND", "3287/QĐ" + "-UBND", "2021-" + "2025": a break inside a sign or a span of years takes no blank.
_BROKEN_SIGN = re.compile(r"[\w)][/-]\Z")
_SIGN_GOES_ON = re.compile(r"[A-ZĐ\d]")
_SIGN_AFTER = re.compile(r"[/-][A-ZĐ\d]")


def glue(before: str, after: str) -> str:
    """What stands between the end of one line and the beginning of the next of the same paragraph."""
    inside = _BROKEN_SIGN.search(before[-2:]) and _SIGN_GOES_ON.match(after)
    return "" if inside or (before[-1:].isalnum() and _SIGN_AFTER.match(after)) else " "
