"""Where do the numbers of headings and paragraphs leave one out?"""

from __future__ import annotations

from collections.abc import Sequence

from cchc.reading.blocks import Part
from cchc.reading.drafts import Draft
from cchc.reading.paragraphs import DASH, LETTER, NONE, PLUS

_JUMP = "từ «{before}» sang «{after}»"
_FIRST_JUMP = "bắt đầu từ «{after}»"
_MAX_JUMPS = 12


def jumps(drafts: Sequence[Draft]) -> list[str]:
    """Where the numbers of headings and paragraphs leave one out, in words, at most a dozen."""
    said: list[str] = []
    last: dict[int, tuple[str, int, str]] = {}  # rank -> what stands before the last number, the number, the marker
    above: dict[int, tuple[str, int, str]] = {}  # the same of the list under the heading before
    for d in drafts:
        if d.rank in (NONE, DASH, PLUS) or d.part in (Part.FURNITURE, Part.CLOSING) or not d.ordinal:
            continue
        for rank in [r for r in last if r > d.rank]:
            above[rank] = last.pop(rank)
        marker = " ".join(d.marker.split())
        prefix = marker.rstrip(" .)/:-").rpartition(".")[0]
        before = last.get(d.rank)
        step = d.ordinal - (before[1] if before is not None and before[0] == prefix else 0)
        allowed = 2 if d.rank == LETTER else 1  # some lists leave out "đ"
        if before is None and above.get(d.rank, ("", -1))[:2] == (prefix, d.ordinal - 1):
            pass  # numbers that go on across headings: «A.», «1.», «2.», «B.», «3.»
        elif step > allowed and d.ordinal > 1:
            same = before is not None and before[0] == prefix
            said.append(
                _JUMP.format(before=before[2], after=marker)
                if before is not None and same
                else _FIRST_JUMP.format(after=marker)
            )
        last[d.rank] = (prefix, d.ordinal, marker)
    return said if len(said) <= _MAX_JUMPS else [*said[:_MAX_JUMPS], "…"]
