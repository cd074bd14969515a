"""Automatic numbers of a Word document as text: levels, formats, restarts, numbering through styles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cchc.formats.ooxml import W, child, integer, val

LEVELS = 9
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_MAX_TEXT = 60  # characters of a level's pattern
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


def roman(n: int) -> str:
    """The Roman number in small letters; the plain number where there is none."""
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for value, letters in _ROMAN:
        while n >= value:
            out += letters
            n -= value
    return out


def letter(n: int) -> str:
    """Word's letters: a..z, aa, bb ..."""
    return _ALPHABET[(n - 1) % 26] * min((n - 1) // 26 + 1, 10) if n > 0 else str(n)


NUMBERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": letter,
    "upperLetter": lambda n: letter(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "ordinal": str,
    "none": lambda _: "",
}


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level after which it begins anew; 0: never
    legal: bool = False  # all numbers in it as decimals


@dataclass(slots=True)
class List:
    """A list of numbering.xml: several may share the counters of one `abstract` list."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that this list begins anew
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Hands out the numbers of a document's lists in the order of its paragraphs."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._lists: dict[str, List] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._of_style: dict[tuple[str, str], int] = {}  # (abstract list, style): the level tied to the style
        self._counts: dict[str, dict[int, int]] = {}
        self._read_styles(styles)
        self._read_lists(numbering)

    def label(self, style: str | None, own: tuple[str | None, int | None] | None) -> str:
        """The number or bullet of the next paragraph ("1.", "a)", "-"), "" without one.

        `own` is the paragraph's own list and level, None where only its style says them.
        """
        list_id, level = self._place(style, own)
        numbered = self._lists.get(list_id or "")
        if numbered is None or level is None or level not in numbered.levels:
            return ""
        shape = numbered.levels[level]
        if shape.form == "bullet":
            return _bullet(shape.text)
        counts = self._counts.setdefault(numbered.abstract, {})
        if level in numbered.starts and level not in numbered.begun:
            counts[level] = numbered.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = shape.start
        numbered.begun.add(level)
        for deeper in [k for k in counts if k > level]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or 0 < level + 1 <= restart:
                del counts[deeper]

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            above = numbered.levels.get(at, Level())
            form = "decimal" if shape.legal and above.form != "none" else above.form
            return NUMBERS.get(form, str)(counts.get(at, above.start))

        return _PLACE.sub(number, shape.text[:_MAX_TEXT]).strip()

    def _place(self, style: str | None, own: tuple[str | None, int | None] | None) -> tuple[str | None, int | None]:
        list_id, level = own or (None, None)
        if list_id == "0":
            return None, None
        seen = 0
        tied = style
        while style and (list_id is None or level is None) and seen < 20:
            said_list, said_level, above = self._styles.get(style, (None, None, None))
            list_id = said_list if list_id is None else list_id
            level = said_level if level is None else level
            style, seen = above, seen + 1
        if list_id in (None, "0"):
            return None, None
        if own is None or own[1] is None:
            known = self._lists.get(list_id or "")
            if known is not None and tied and (known.abstract, tied) in self._of_style:
                level = self._of_style[known.abstract, tied]
        return list_id, level or 0

    def _read_styles(self, styles: Any) -> None:
        if styles is None:
            return
        for style in styles.iterchildren(W + "style"):
            number = child(style, "pPr", "numPr")
            list_id = val(child(number, "numId")) if number is not None else None
            level = integer(val(child(number, "ilvl"))) if number is not None else None
            self._styles[style.get(W + "styleId") or ""] = (list_id, level, val(child(style, "basedOn")))

    def _read_lists(self, numbering: Any) -> None:
        if numbering is None:
            return
        abstracts: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        for abstract in numbering.iterchildren(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId") or ""
            abstracts[name] = {}
            for level in abstract.iterchildren(W + "lvl"):
                at = integer(level.get(W + "ilvl"))
                if at is not None and 0 <= at < LEVELS:
                    abstracts[name][at] = _level(level)
                    style = val(child(level, "pStyle"))
                    if style:
                        self._of_style[name, style] = at
            link = val(child(abstract, "numStyleLink"))
            if link and not abstracts[name]:
                links[name] = link
        lists: dict[str, str] = {}
        changes: dict[str, Any] = {}
        for num in numbering.iterchildren(W + "num"):
            list_id = num.get(W + "numId") or ""
            lists[list_id] = val(child(num, "abstractNumId")) or ""
            changes[list_id] = num
        for list_id, name in lists.items():
            if name in links:  # a list style names the list that holds the levels
                name = lists.get(self._styles.get(links[name], (None, None, None))[0] or "", name)
            made = List(name, dict(abstracts.get(name, {})))
            for change in changes[list_id].iterchildren(W + "lvlOverride"):
                at = integer(change.get(W + "ilvl"))
                if at is None or not 0 <= at < LEVELS:
                    continue
                own = child(change, "lvl")
                if own is not None:
                    made.levels[at] = _level(own)
                begin = integer(val(child(change, "startOverride")))
                if begin is not None:
                    made.starts[at] = begin
            self._lists[list_id] = made


def _level(level: Any) -> Level:
    start = integer(val(child(level, "start")))
    form = child(level, "numFmt")
    if form is None:  # newer formats stand behind a choice for older programs
        form = next(level.iter(W + "numFmt"), None)
    custom = form.get(W + "format") if form is not None else None
    name = val(form) or "decimal"
    legal = child(level, "isLgl")
    return Level(
        1 if start is None else start,
        "decimalZero" if name == "custom" and custom and custom.startswith("01") else name,
        val(child(level, "lvlText")) or "",
        integer(val(child(level, "lvlRestart"))),
        legal is not None and val(legal) not in ("0", "false"),
    )


def _bullet(text: str) -> str:
    """A bullet as the reader knows it: the sign itself where it is one, else "-"."""
    sign = text.strip()[:1]
    return sign if sign and sign in "-+*•" else "+" if sign in ("o", "○", "◦") else "-"
