"""A header printed over several rows, or with cells merged: one name for each column.

Merged cells come repeated ("Thời gian | Thời gian") or empty ("Thời gian | "). A row below goes on with the header
where all it says stands under cells that run over several columns, or names columns itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.reading.tables.columns import header_form, role_of, undivided
from cchc.reading.tables.shapes import ORDINAL

_LONGEST = 60  # characters of a lower header cell
_DEPTH = 3  # rows of one header
_PART = re.compile(r"(?:i{1,3}|iv|v|vi{0,3}|ix|xi{0,2}|\d{1,2})")
_PERIODS = (("quý", re.compile(r"\bquý\b")), ("tháng", re.compile(r"\btháng\b")))
_DIVIDED = ("agency", "lead", "support")


def joined_header(rows: Sequence[Sequence[str]], width: int) -> tuple[list[str], int]:
    """Names of the columns as written, and how many of the rows are header. `width`: cells of most rows below."""
    names = [" ".join(cell.split()) for cell in rows[0]]
    used = 1
    if len(names) > 2 and len({n for n in names if n}) == 1:
        return names, used  # a title over all columns
    while len(names) > max(width, 3) and not names[-1]:
        names.pop()  # more empty cells behind a merged one than it covers
    while used < min(len(rows), _DEPTH):
        below = [" ".join(cell.split()) for cell in rows[used]]
        if used == 1 and len(names) < len(below) == width and not any(below[: len(names) - 1]):
            names += [""] * (width - len(names))  # the cells a merged one covers are left out
        if 3 <= len(below) < len(names) and not below[0] and len([b for b in below if b]) < len(below) - 1:
            below += [""] * (len(names) - len(below))  # each cell in its place, the last ones left out
        if len(below) == len(names):
            joined = _joined(names, below)
        elif len(below) < len(names) and used == 1:
            joined = _divided(names, below, width)
        else:
            joined = None
        if joined is None:
            break
        names = joined
        used += 1
    return names, used


def _joined(above: list[str], below: list[str]) -> list[str] | None:
    """Both rows put together column by column; None where the lower one is no header."""
    forms, lower = [header_form(a) for a in above], [header_form(b) for b in below]
    wide = _over_several(forms, lower)
    new = [k for k, b in enumerate(lower) if b and b != forms[k]]
    if not new or ORDINAL.match(below[0].upper()) or any(len(below[k]) > _LONGEST for k in new):
        return None
    inside = all(wide[k] is not None or not forms[k] for k in new) and any(wide[k] is not None for k in new)
    named = sum(role_of(lower[k]) is not None for k in new)
    if not inside:
        first_new = 0 in new and role_of(lower[0]) is None
        told = [k for k, b in enumerate(lower) if b and role_of(b) is not None]
        if first_new or named < max(1, 0.6 * len(new)) or len(told) < 0.6 * sum(map(bool, lower)):
            return None
    out = []
    for k, name in enumerate(below):
        head = wide[k]
        top = above[k if head is None else head]
        out.append(_both(top, name if lower[k] else ""))
    return out


def _over_several(forms: list[str], lower: list[str]) -> list[int | None]:
    """For each column the one whose cell runs over it and over others; None for a cell of its own."""
    wide: list[int | None] = [None] * len(forms)
    start = 0
    for k in range(1, len(forms) + 1):
        goes_on = k < len(forms) and (
            (forms[k] and forms[k] == forms[start]) or (not forms[k] and forms[start] and lower[k] and lower[start])
        )
        if goes_on:
            continue
        if k - start > 1 and forms[start]:
            for column in range(start, k):
                wide[column] = start
        start = k
    return wide


_YEAR = re.compile(r"(?:(?:kế hoạch|thực hiện|mục tiêu|kết quả) )?(?:năm )?20\d\d")  # of what the cell above names


def _both(top: str, name: str) -> str:
    above, below = header_form(top), header_form(name)
    if not below or below == above:
        return top
    if not above:
        return name
    if _PART.fullmatch(below):
        for word, said in _PERIODS:
            if said.search(above):
                return f"{word.capitalize()} {name}"
    if role_of(above) in _DIVIDED and role_of(below) in _DIVIDED:
        return name
    if role_of(above) is None and role_of(below) not in (None, "ordinal") and not _YEAR.fullmatch(below):
        return name
    return f"{top} {name}"


def _divided(names: list[str], below: list[str], width: int) -> list[str] | None:
    """A lower row that holds only the parts: they belong under the one cell (or the pairs) they divide."""
    parts = [b for b in below if b]
    forms = [header_form(b) for b in parts]
    if len(parts) < 2 or any(len(p) > _LONGEST or (ORDINAL.match(p) and not _PART.fullmatch(p.lower())) for p in parts):
        return None
    roles = [role_of(f) for f in forms]
    tops = [header_form(n) for n in names]
    if all(r is not None for r in roles):
        order = undivided([*tops, *forms])
        if order is not None:
            written = dict(zip([*tops, *forms], [*names, *parts], strict=True))
            return [written[form] for form in order]
    if width != len(names) + len(parts) - 1:
        return None
    for k, top in enumerate(tops):
        fits = (
            (role_of(top) == "deadline" and all(r in ("begin", "deadline", "when") for r in roles))
            or any(said.search(top) and all(_PART.fullmatch(f) for f in forms) for _, said in _PERIODS)
            or (role_of(top) in ("value", "content", "past") and k and all(_VALUE_PART.match(f) for f in forms))
        )
        if fits:
            return [*names[:k], *(_both(names[k], p) for p in parts), *names[k + 1 :]]
    return None


_VALUE_PART = re.compile(r"(?:năm )?20\d\d|kế hoạch|thực hiện|tỉnh|huyện|xã|thành phố|sở|ubnd|tổng|cấp|đơn vị|cả năm")
