"""Shares of a whole in words or as a fraction: «1/3 thời gian», «hai phần ba số thủ tục», «một nửa»."""

from __future__ import annotations

from collections.abc import Iterator

from cchc.reading.patterns import holds, rx

# What stands before is looked at behind the first digit: the search then runs from digit to digit.
_FRACTION = rx(
    r"(?P<n>[1-9])(?:(?<![\w/.,].)\s{0,1}/\s{0,1}(?P<of>[2-9]|10)(?![\d/%]|[.,]\d)"
    r"(?= (?:tổng )?(?:số|thời gian|thời hạn|chi phí|khối lượng|quy trình|lượng|thành phần|biên chế|dân số|đầu mối)\b)"
    r"|(?:(?<=giảm\s.)|(?<=ngắn\s.)|(?<=nhất\s.)|(?<=thiểu\s.)|(?<=quá\s.)|(?<=trên\s.)|(?<=được\s.)|(?<=đạt\s.))"
    r"\s{0,1}/\s{0,1}(?P<of2>[2-9]|10)(?![\d/%]|[.,]\d| (?:điểm|tháng|năm)\b))"
)
_IN_WORDS = rx(r"\b(?:một nửa|phân nửa|quá nửa|(?:một|hai|ba|bốn) phần (?:hai|ba|tư|bốn|năm|mười))\b")


def find_shares(m: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where shares of a whole stand («1/3 thời gian», «hai phần ba số thủ tục», «một nửa»)."""
    said = m[start:end]
    found: list[tuple[int, int]] = []
    if "/" in said:
        fractions = _FRACTION.finditer(m, start, end)
        found += [hit.span() for hit in fractions if int(hit["n"]) < int(hit["of"] or hit["of2"])]
    if holds(said, ("nửa", "phần")):
        found += [hit.span() for hit in _IN_WORDS.finditer(m, start, end)]
    yield from sorted(found)
