"""How the reader's patterns are written: a blank in a pattern stands for one to three blanks of the text.

Every repetition in these patterns is bounded and no two neighbours of a repetition can match the same characters, so
that matching takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


@cache
def rx(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled, each plain blank as a run of blanks."""
    return re.compile(pattern.replace(" ", r"\s{1,3}"))


def words(items: Iterable[str]) -> str:
    """An alternation of literal phrases for `rx`, the longest first."""
    ordered = sorted(items, key=lambda item: (-len(item), item))
    return "|".join(" ".join(re.escape(part) for part in item.split()) for item in ordered)
