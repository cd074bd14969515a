"""How law portals and provincial sites hand on a document's text: the composed documents rewritten that way.

- `torn`: the page was written by Word, whose source breaks lines at 80 signs, tags counted in: the first line of a
  paragraph ends after a few words, later ones before the width.
- `barred`: the cells of a table one below the other, each closed by a bar on a line of its own.
- `run_on`: the items of a list run together in one paragraph, their dashes inside the line.
- `wrapped`: lines broken at 80 signs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

WIDTH = 80
CELL_WIDTH = 30


def _filled(words: Sequence[str], width: int, first: int = 0) -> list[str]:
    """Lines of at most `width` signs; the first of at most `first` words where that is not 0."""
    lines: list[str] = []
    line: list[str] = []
    for word in words:
        if line and (len(" ".join([*line, word])) > width or (not lines and first and len(line) >= first)):
            lines.append(" ".join(line))
            line = []
        line.append(word)
    return [*lines, " ".join(line)] if line else lines


def _row(line: str) -> bool:
    return "|" in line or "\t" in line


def torn(text: str, chance: random.Random) -> str:
    """The text with lines torn at chance."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.split()
        if not words or _row(paragraph):
            lines.append(paragraph)
            continue
        first = chance.choice([0, 0, 2, 3, 4]) if len(words) > 4 else chance.choice([0, 0, 1, 2])
        lines += _filled(words, WIDTH, first if len(words) > 2 else 0)
    return "\n".join(lines)


def wrapped(text: str, chance: random.Random) -> str:
    """The text with its lines broken at WIDTH."""
    return "\n".join(
        line
        for paragraph in text.split("\n")
        for line in ([paragraph] if _row(paragraph) or not paragraph.strip() else _filled(paragraph.split(), WIDTH))
    )


def barred(text: str, chance: random.Random) -> str:
    """Rows between pipes as cells one below the other."""
    lines: list[str] = []
    for line in text.split("\n"):
        if "|" in line and re.fullmatch(r"[\s|:\-]+", line):
            continue  # the rule below a head in markdown
        if line.count("|") < 2:
            lines.append(line)
            continue
        for cell in line.strip().strip("|").split("|"):
            lines += [*(_filled(cell.split(), CELL_WIDTH) or [""]), "|"]
    return "\n".join(lines)


def run_on(text: str, chance: random.Random) -> str:
    """List items behind the paragraph above them."""
    lines: list[str] = []
    for line in map(str.strip, text.split("\n")):
        if lines and lines[-1] and re.match(r"[-+•]\s", line) and "|" not in line:
            lines[-1] += " " + line
        else:
            lines.append(line)
    return "\n".join(lines)


LAYOUTS: dict[str, Callable[[str, random.Random], str]] = {
    "torn": torn,
    "wrapped": wrapped,
    "barred": barred,
    "run_on": run_on,
}
