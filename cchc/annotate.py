"""A document's text as HTML with everything that was read from it marked in place. Pure: text and spans in, markup out.

Spans may overlap and nest: a target inside a measure, two targets in one sentence. The text is cut wherever a span
begins or ends; each piece says by its classes what covers it and leads to the shortest item that does. Where an
item begins stands a label in letters, so colour is not needed to tell the kinds apart. A figure in per cent that no
target or task covers is underlined with dots: the reader did not take it for a goal.

Rows of a table («| a | b |», a line each) stand as a table. The pipes stay in their places, hidden by the style sheet:
the letters of a line are those of the text, which is how words that are selected find their place in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cchc.markup import Safe, el, join

TAGS = {"target": "CT", "task": "NV", "measure": "GP", "duty": "TN"}
UNREAD = "Con số này chưa được đọc thành chỉ tiêu hay nhiệm vụ"
HERE = "cau-goc"  # id of the first piece of the chosen item

_FIGURE = re.compile(r"(?<![\d.,])\d[\d.,]{0,20}\s?%")


_ROW = re.compile(r"^[^\S\n]*\|[^\n|]*\|[^\n]*\|[^\S\n]*$", re.MULTILINE)  # of two cells or more
_RULE = re.compile(r"[|:\-\s]*-[|:\-\s]*")  # «|---|:--|» below a head
_NAME_AND_VALUE = 2  # columns; such a table has no head
_PIPE = el("span", "|", class_="cchc-pipe", aria_hidden="true")


@dataclass(frozen=True)
class Mark:
    """An item in the text: `start:end` are characters of the text, `hint` says what was read and how sure."""

    start: int
    end: int
    kind: str
    id: str
    hint: str
    unsure: bool = False


def unread(text: str, marks: Iterable[Mark]) -> list[tuple[int, int]]:
    """Places of figures in per cent that stand outside all targets and tasks."""
    covered = bytearray(len(text))
    for mark in marks:
        if mark.kind in ("target", "task"):
            covered[mark.start : mark.end] = b"\1" * (min(mark.end, len(text)) - mark.start)
    return [found.span() for found in _FIGURE.finditer(text) if not covered[found.start()]]


def paragraphs(
    text: str, marks: Sequence[Mark], href: Callable[[Mark], str], chosen: str = "", *, with_places: bool = False
) -> Safe:
    """The whole text, a paragraph a line, rows of tables as tables; empty lines are left out, nothing else is.

    `href` gives the address of an item. The pieces of the item `chosen` are emphasised, the first has the id `HERE`.
    With `with_places` each line tells where it begins in the text (data-at) and each piece its items (data-item the
    shortest, data-items all), for `source_view`.
    """
    marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    dotted = unread(text, marks)
    cuts = {0, len(text)}
    for mark in marks:
        cuts.update((mark.start, mark.end))
    for start, end in dotted:
        cuts.update((start, end))
    cuts.update(place for found in re.finditer("\n", text) for place in found.span())
    pipes = {n for row in _ROW.finditer(text) for n in range(*row.span()) if text[n] == "|"}
    cuts.update(place for n in pipes for place in (n, n + 1))
    places = sorted(cuts)
    by_start = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    numbers = iter(dotted)
    number = next(numbers, None)
    active: list[Mark] = []
    lines = _Lines(text, with_places)
    line: list[Safe] = []
    waiting: list[Mark] = []  # that began where nothing is shown: their labels stand before the next words
    following = line_start = 0
    first_of_chosen = True
    for start, end in pairwise(places):
        active = [mark for mark in active if mark.end > start]
        fresh = []
        while following < len(by_start) and by_start[following].start == start:
            fresh.append(by_start[following])
            following += 1
        active.extend(fresh)
        while number is not None and number[1] <= start:
            number = next(numbers, None)
        piece = text[start:end]
        if piece == "\n":
            lines.close(line, line_start, start)
            line, line_start = [], end
            continue
        if not piece:
            continue
        fresh = [mark for mark in waiting if mark in active] + fresh
        if start in pipes or (pipes and piece.isspace()):
            line.append(_PIPE if start in pipes else join([piece]))
            waiting = fresh
            continue
        waiting = []
        is_number = number is not None and number[0] <= start
        content: object = el("span", piece, class_="cchc-unread", title=UNREAD) if is_number else piece
        if not active:
            line.append(join([content]))
            continue
        is_here = any(mark.id == chosen for mark in active)
        here = HERE if is_here and first_of_chosen else None
        line.append(_piece(content, active, fresh, href, is_here, here, with_places))
        first_of_chosen = first_of_chosen and not is_here
    lines.close(line, line_start, len(text))
    return lines.all()


class _Lines:
    """The lines of a text as paragraphs, rows that follow each other as one table."""

    def __init__(self, text: str, with_places: bool) -> None:
        self._text, self._with_places = text, with_places
        self._made: list[Safe] = []
        self._rows: list[tuple[list[Safe], str | None, int | None]] = []  # cells, class, place

    def close(self, line: Sequence[Safe], start: int, end: int) -> None:
        """Takes a line of the text with its pieces."""
        raw = self._text[start:end]
        at = start if self._with_places else None
        bare = raw.strip()
        if _ROW.fullmatch(raw):
            self._rows.append(self._row(line, bare, at))
            return
        if not bare:
            return
        self._end_table()
        kind = None
        if bare.endswith("|"):  # a cell of a table that was flattened to one cell a line
            inside = bare.strip("| ")
            kind = "cchc-cell" + (" cchc-row" if inside.rstrip(".").isdigit() else "" if inside else " cchc-blank")
        self._made.append(el("p", join(line), class_=kind, data_at=at))

    def all(self) -> Safe:
        """All of them."""
        self._end_table()
        return join(self._made)

    def _row(self, line: Sequence[Safe], bare: str, at: int | None) -> tuple[list[Safe], str | None, int | None]:
        cells: list[list[Safe]] = []
        before: list[Safe] = []
        for piece in line:
            if piece is _PIPE:
                cells.append(before)
                before = []
            (cells[-1] if cells else before).append(piece)
        last = cells.pop()  # the pipe at the end, and blanks behind it
        cells[-1] += last
        head = not self._rows and len(cells) > _NAME_AND_VALUE and "<a " not in join(line)
        kind = "cchc-rule" if _RULE.fullmatch(bare) else "cchc-head" if head else None
        return [join(cell) for cell in cells], kind, at

    def _end_table(self) -> None:
        if not self._rows:
            return
        columns = max(len(cells) for cells, _, _ in self._rows)
        rows = []
        for cells, kind, at in self._rows:
            wide = columns - len(cells) + 1  # of the last cell, where cells were merged
            last = el("td", cells[-1], colspan=wide if wide > 1 else None)
            rows.append(el("tr", join([*(el("td", cell) for cell in cells[:-1]), last]), class_=kind, data_at=at))
        self._made.append(el("table", el("tbody", join(rows)), class_="cchc-grid"))
        self._rows = []


def _piece(
    content: object,
    active: list[Mark],
    fresh: list[Mark],
    href: Callable[[Mark], str],
    is_here: bool,
    here: str | None,
    with_places: bool,
) -> Safe:
    """One piece of marked text, linked to the shortest of its items."""
    inner = min(active, key=lambda mark: mark.end - mark.start)
    kinds = [f"cchc-is-{kind}" for kind in dict.fromkeys(mark.kind for mark in active)]
    state = ["cchc-here"] * is_here + ["cchc-unsure"] * inner.unsure
    tags = [el("span", TAGS[mark.kind], class_=f"cchc-tag cchc-is-{mark.kind}", aria_hidden="true") for mark in fresh]
    hint = "\n".join(mark.hint for mark in sorted(active, key=lambda mark: mark.end - mark.start))
    link = el(
        "a", content, href=href(inner), title=hint, id=here, class_=" ".join(["cchc-item", *kinds, *state]),
        aria_current="true" if is_here else None,
        data_item=inner.id if with_places else None,
        data_items=" ".join(dict.fromkeys(mark.id for mark in active)) if with_places else None,
    )  # fmt: skip
    return join([*tags, link])
