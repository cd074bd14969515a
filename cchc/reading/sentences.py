"""Where a sentence begins and ends, what stands in parentheses, and the marks around both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc.reading.patterns import rx

EDGE = " \t\n\r\f\v.;,:/!?-*|+•"  # marks at the edge of a quote that do not belong to it
HIDDEN = "_"  # stands for what `masked` has blanked

_STOP = rx(r"[.!?](?=[\s\"”)]|$)")
_ABBREVIATION = rx(r"\b(?:tp|tt|tx|q|p|h|x|st|ths|ts|gs|pgs|bs|ks|đ/c|t\.ư|vd|tr|v\.v)$")
_OPENING = rx(r"\s+[\"“'(\[+\-*•]?\s*(.)")
_MARKER = rx(
    r"\s{0,9}(?:(?:\(\s?(?:[ivx]{1,5}|\d{1,2}|[a-zđ])\s?\)|(?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\.(?!\d)) "
    r"|[-+*•]\s{0,3})"
)
_PAREN = rx(r"[()]")


def sentences(t: str, m: str, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of the stored text `t` with matching form `m`; parentheses hold no end."""
    begin, k, stop = 0, 0, len(t.rstrip())
    for hit in _STOP.finditer(m):
        at = hit.start()
        while k < len(pairs) and pairs[k][1] <= at:
            k += 1
        if k < len(pairs) and pairs[k][0] <= at:
            continue
        if _ABBREVIATION.search(m, max(begin, at - 6), at):
            continue
        after = _OPENING.match(t, hit.end())
        opens = after is not None and (after[1].isupper() or after[1].isdigit() or after[1] in '"“(')
        if hit.end() < stop and not opens:
            continue
        yield begin, at
        begin = hit.end()
    if m[begin:].strip(EDGE):
        yield begin, len(m)


def sentence_around(m: str, at: int, start: int, end: int) -> tuple[int, int]:
    """The clause of the paragraph `m[start:end]` around an offset, for telling why a figure was not read."""
    floor = max(start, at - 600)
    low = max(m.rfind(". ", floor, at) + 1, m.rfind(";", floor, at) + 1, floor)
    ceiling = min(end, at + 600)
    return low, min((i for i in (m.find(". ", at, ceiling), m.find(";", at, ceiling)) if i >= 0), default=ceiling)


def parentheses(m: str) -> list[tuple[int, int]]:
    """Outermost pairs of parentheses; an unmatched one is ignored, a pair longer than 600 characters as well."""
    pairs: list[tuple[int, int]] = []
    if "(" not in m:
        return pairs
    stack: list[int] = []
    for hit in _PAREN.finditer(m):
        if hit.group() == "(":
            stack.append(hit.start())
        elif stack:
            begin = stack.pop()
            if hit.end() - begin <= 600:
                while pairs and pairs[-1][0] > begin:
                    pairs.pop()
                pairs.append((begin, hit.end()))
    return pairs


def masked(m: str, pairs: list[tuple[int, int]]) -> str:
    """`m` with the insides of parentheses hidden, so that separators in them cut nothing; as long as `m`."""
    out, at = [], 0
    for a, b in pairs:
        out += [m[at:a], HIDDEN * (b - a)]
        at = b
    return "".join([*out, m[at:]])


def trim(m: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks, list markers and closing marks."""
    while start < end and m[start] in " ;,:.*|•\u00a0":
        start += 1
    while (hit := _MARKER.match(m, start, end)) and hit.end() > start:
        start = hit.end()
    return start, trim_end(m, start, end)


def trim_end(m: str, start: int, end: int) -> int:
    while end > start and m[end - 1] in EDGE:
        end -= 1
    return end


def skip(m: str, at: int) -> int:
    """The next offset that is no blank or comma."""
    while at < len(m) and m[at] in " ,;*":
        at += 1
    return at


def edged(m: str, start: int, end: int) -> bool:
    """Is there nothing but marks between the two offsets?"""
    return end - start <= 200 and not re.sub(r"\s", "", m[start:end]).strip(EDGE)
