"""How the reader's patterns are written: a blank in a pattern stands for one to three blanks of the text.

Every repetition in these patterns is bounded and no two neighbours of a repetition can match the same characters, so
that matching takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache


@cache
def rx(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each plain blank as a run of blanks."""
    return re.compile(pattern.replace(" ", r"\s{1,3}"))


def holds(said: str, some: Sequence[str]) -> bool:
    """Does a text hold one of these? Asked before a pattern that needs one of them, for it is far quicker."""
    for one in some:  # noqa: SIM110 - half the time of `any` with a generator, in the busiest places of all
        if one in said:
            return True
    return False


def hits_at(pattern: re.Pattern[str], m: str, begins: Iterable[int], end: int) -> Iterator[re.Match[str]]:
    """`pattern.finditer`, tried only at `begins` (in order): for a pattern that is slow to fail everywhere else."""
    stop = 0
    for at in begins:
        if at >= stop and (hit := pattern.match(m, at, end)):
            stop = hit.end()
            yield hit


def words(items: Iterable[str], whole: bool = False) -> str:
    """An alternation of literal phrases for `rx`, the longest first among those of one first letter; with `whole` they
    begin where a word begins."""
    ordered = sorted(items, key=lambda item: (-len(item), item))
    return by_first((" ".join(re.escape(part) for part in item.split()) for item in ordered), whole)


def by_first(literals: Iterable[str], whole: bool = False) -> str:
    """An alternation of escaped literals, those that begin with the same letter side by side: only they can match in
    the same place, so their order among each other is all that counts, and where none begins one look tells so.

    With `whole` they begin where a word begins: that is asked behind the first letter, so that a search runs from one
    such letter to the next instead of stopping everywhere."""
    begins = r"(?<!\w.)" if whole else ""
    groups: dict[str, list[str]] = {}
    for literal in literals:
        groups.setdefault(literal[:2] if literal[:1] == "\\" else literal[:1], []).append(literal)
    return "|".join(
        first + begins + "(?:" + "|".join(literal[len(first) :] for literal in group) + ")"
        for first, group in groups.items()
    )
