"""Shares of a whole in words or as a fraction: «1/3 thời gian», «hai phần ba số thủ tục», «một nửa»."""

from __future__ import annotations

from collections.abc import Iterator

from cchc.reading.patterns import rx

_SHARES = rx(
    r"(?<![\w/.,])(?P<n>[1-9])\s{0,1}/\s{0,1}(?P<of>[2-9]|10)(?![\d/%]|[.,]\d)"
    r"(?= (?:tổng )?(?:số|thời gian|thời hạn|chi phí|khối lượng|quy trình|lượng|thành phần|biên chế|dân số|đầu mối)\b)"
    r"|(?:(?<=giảm\s)|(?<=ngắn\s)|(?<=nhất\s)|(?<=thiểu\s)|(?<=quá\s)|(?<=trên\s)|(?<=được\s)|(?<=đạt\s))"
    r"(?P<n2>[1-9])\s{0,1}/\s{0,1}(?P<of2>[2-9]|10)(?![\d/%]|[.,]\d| (?:điểm|tháng|năm)\b)"
    r"|\b(?:một nửa|phân nửa|quá nửa|(?:một|hai|ba|bốn) phần (?:hai|ba|tư|bốn|năm|mười))\b"
)


def find_shares(m: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where shares of a whole stand («1/3 thời gian», «hai phần ba số thủ tục», «một nửa»)."""
    said = m[start:end]
    if not any(word in said for word in ("/", "nửa", "phần")):  # far quicker than the pattern
        return
    for hit in _SHARES.finditer(m, start, end):
        n, of = hit["n"] or hit["n2"], hit["of"] or hit["of2"]
        if n is None or int(n) < int(of):
            yield hit.start(), hit.end()
