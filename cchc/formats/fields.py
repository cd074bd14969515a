"""Fields of a Word document: what of them is seen (results), what is not (codes), which are tables of contents.

A field is told by marks between runs: it begins, its code follows, its result stands between two more marks, in the
same paragraph or many further on. A table of contents is a field whose result is all its lines.
"""

from __future__ import annotations

from typing import Any

from cchc.formats.ooxml import W

CONTENTS = "Table of Contents"  # the gallery of building blocks Word takes tables of contents from
_KIND = W + "fldCharType"


class Fields:
    """Follows the marks in the order of the text. A mark without its end is none: nothing after it is lost."""

    def __init__(self, *roots: Any) -> None:
        self._closed: set[Any] = set()
        self._open: list[_Field] = []
        for root in roots:
            self._look(root)

    def _look(self, root: Any) -> None:
        begun: list[Any] = []
        for mark in () if root is None else root.iter(W + "fldChar"):
            if mark.get(_KIND) == "begin":
                begun.append(mark)
            elif mark.get(_KIND) == "end" and begun:
                self._closed.add(begun.pop())
                self._closed.add(mark)

    def mark(self, mark: Any) -> None:
        """The next mark of the text."""
        kind = mark.get(_KIND)
        if kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif mark in self._closed:
            if kind == "begin":
                self._open.append(_Field())
            elif self._open:
                self._open.pop()

    def code(self, words: str) -> None:
        """The next piece of the code of the field that is open."""
        if self._open:
            self._open[-1].code += words

    @property
    def in_code(self) -> bool:
        """Whether what comes now is not seen, being part of a code."""
        return bool(self._open) and any(not field.in_result for field in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether what comes now is a line of a table of contents."""
        return bool(self._open) and any(
            field.in_result and field.code.split()[:1] in (["TOC"], ["toc"]) for field in self._open
        )


class _Field:
    __slots__ = ("code", "in_result")

    def __init__(self) -> None:
        self.code = ""
        self.in_result = False
