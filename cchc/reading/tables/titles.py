"""Which rows are headings, and which area of reform does a heading name?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cchc.reading.areas import heading_area
from cchc.reading.blocks import Cell
from cchc.reading.deadlines import names_time
from cchc.reading.tables.shapes import ORDINAL, squash
from cchc.text import matching


def heading_cells(filled: Sequence[Cell]) -> tuple[str, str] | None:
    """(ordinal, title) of a heading row made of one or two cells; None where they are no heading."""
    if len(filled) == 1 and not ORDINAL.match(filled[0].text):
        found = NUMBERED.match(filled[0].text)
        return (found.group(1), found.group(2)) if found else ("", filled[0].text)
    if len(filled) == 2 and ORDINAL.match(filled[0].text) and not ORDINAL.match(filled[1].text):
        return filled[0].text, filled[1].text
    return None


NUMBERED = re.compile(r"^((?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[A-HĐ])[.)/]|[IVX]{1,5}(?= ))\s*(\S.*)$")


_GROUP_OF_ROWS = re.compile(r"(?:đợt|khối|nhóm|cụm|lần|giai đoạn)(?: thứ)? [^:;.%]{1,60}")


def looks_like_title(line: str) -> bool:
    return bool(len(line) < 160 and (area_of(line) or line.isupper() or NUMBERED.match(line)))


def parts_rows(line: str) -> bool:
    """Does a line without marks between the rows of a table part them («Tháng 5», «Quý II», «Khối sở, ngành»)?"""
    low = matching(squash(line)).strip(" .:*_") if len(line) < 80 else ""
    return bool(low) and (names_time(low) or _GROUP_OF_ROWS.fullmatch(low) is not None)


@lru_cache(maxsize=4096)
def area_of(title: str) -> int | None:
    """The area of reform (1-7) a heading as written names; None where it names none or is too long for a heading."""
    plain = matching(squash(title)).strip(" .:;*#")
    return heading_area(plain) if len(plain) <= 200 else None
