"""Headings in which the recognition of letters mistook a tone or a hat («II. MỤC TIỂU»), told by the words of headings.
Only the form that rules read is put right, at the same length; the stored text stays as it was recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cchc.reading.parts import documents
from cchc.text import folded

_MEANT = "Tiêu đề nhận dạng từ ảnh sai dấu, được hiểu theo nghĩa thường gặp, cần đối chiếu với bản gốc: {headings}."
_MARKER = re.compile(r"[ *_#>]{0,6}(?:(?:[ivxl\d]{1,5}|[a-zđ]) ?[.)/:\-] ?){1,3}|[ *_#>]{0,6}")
_FEWEST = 7  # letters and blanks of words that are told without their accents


@cache
def _by_start() -> dict[str, list[tuple[str, str]]]:
    """(without accents, the words), the longest first, by the first two letters."""
    words = sorted((w for group in documents()["parts"].values() for w in group if len(w) >= _FEWEST), key=len)
    starts: dict[str, list[tuple[str, str]]] = {}
    for said in reversed(words):
        starts.setdefault(folded(said)[:2], []).append((folded(said), said))
    return starts


def headings_meant(text: str, match: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[str, ...]]:
    """(`match` with the headings inside the spans as they were meant, warnings in Vietnamese). A heading has a marker
    or is set in capitals."""
    put_right: list[tuple[int, str]] = []
    for low, high in spans:
        start = low
        while start < high:
            end = match.find("\n", start, high)
            end = high if end < 0 else end
            if end - start < 120 and (found := _meant(text, match, start, end)):
                put_right.append(found)
            start = end + 1
    told = []
    for at, said in put_right:
        told.append(f"«{text[at : at + len(said)]}» là «{said}»")
        match = match[:at] + said + match[at + len(said) :]
    return match, (_MEANT.format(headings="; ".join(dict.fromkeys(told))),) if told else ()


def _meant(text: str, match: str, start: int, end: int) -> tuple[int, str] | None:
    marker = _MARKER.match(match, start, end)
    at = marker.end() if marker else start
    if not (match[start:at].strip() or text[at:end].isupper()):
        return None
    for bare, said in _by_start().get(folded(match[at : at + 2]), ()):
        written = match[at : at + len(said)]
        if folded(written) == bare and not match[at + len(said) : at + len(said) + 1].isalpha():
            return (at, said) if written != said else None
    return None
