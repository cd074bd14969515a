"""Tables of contents as they are seen, whatever program made them: headings, dots, numbers of pages. They only repeat
the headings, and headings said twice would mislead the reader about what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

SAID = "Mục lục ({n} dòng) không được đọc vì chỉ nhắc lại các đề mục."
PAGE = "\f"  # where a page begins, until `grids.pages_of` takes these marks out
_LEADER = re.compile(r"(?:[.…·_]\s?){4}\s{0,4}(\d{1,3})\s{0,3}\Z")
_HEADING = re.compile(r"\W{0,3}(?:mục lục|nội dung)\W{0,3}", re.IGNORECASE)
_FEWEST = 3  # lines of a table of contents; a form to be filled in has dots, but no such pages in turn


def contents_lines(lines: Sequence[str]) -> list[int]:
    """Which of the lines are a table of contents: at least three that end in dots and a page, the pages in turn. A line
    between two of them is the first half of a long heading."""
    found: list[int] = []
    run: list[int] = []  # entries
    last = 0
    for at, line in enumerate(lines):
        entry = _LEADER.search(line[-80:]) if line[-4:].strip()[-1:].isdigit() else None
        if entry and run and int(entry[1]) >= last and _filled(lines, run[-1], at) <= 1:
            run.append(at)
        elif entry:
            found += _all(lines, run)
            run = [at]
        if entry:
            last = int(entry[1])
    return found + _all(lines, run)


def without_contents(text: str) -> tuple[str, int]:
    """The text without its tables of contents, and how many lines that were."""
    if "..." not in text and "…" not in text and "___" not in text and ". ." not in text:
        return text, 0
    lines = text.split("\n")
    dropped = set(contents_lines(lines))
    if not dropped:
        return text, 0
    # a page that begins within them still begins there
    kept = (PAGE * line.count(PAGE) if at in dropped else line for at, line in enumerate(lines))
    return "\n".join(kept), len(dropped)


def _filled(lines: Sequence[str], start: int, end: int) -> int:
    return sum(bool(line.strip()) for line in lines[start + 1 : end])


def _all(lines: Sequence[str], run: Sequence[int]) -> list[int]:
    """All lines of a table of contents by its entries; with a heading right above it begins there."""
    if len(run) < _FEWEST:
        return []
    first = run[0]
    above = next((k for k in range(first - 1, max(first - 4, -1), -1) if _HEADING.fullmatch(lines[k])), None)
    begin = above if above is not None and _filled(lines, above, first) <= 1 else first
    return [at for at in range(begin, run[-1] + 1) if lines[at].strip()]
