"""The figure in a cell of a table of targets («≥ 90», «100%», «90 trở lên», «Đạt», «30-35»)."""

from __future__ import annotations

from cchc.reading.amounts import amounts
from cchc.reading.numbers import NUMBER, number
from cchc.reading.patterns import rx
from cchc.reading.ranks import find_ranks
from cchc.text import matching, stored

_CELL = rx(
    rf"(?P<before>[^\d]{{0,40}}?)\s{{0,3}}(?P<n>{NUMBER})\s{{0,2}}%?"
    rf"(?:\s{{0,2}}(?:-|÷|đến|tới)\s{{0,2}}(?:dưới )?(?P<high>{NUMBER}))?\s{{0,2}}(?P<after>[^\n]{{0,80}})"
)
_RANK = rx(r"\b(?:hạng|thứ|nhóm|top|tốp|vị trí)\b")
_FIRST = rx(r"(?:xếp |vị trí )?(?:đứng đầu|dẫn đầu)\b")
_AT_LEAST = rx(r">|≥|\b(?:từ|ít nhất|tối thiểu|trên)\b")
_CHANGE = rx(r"\b(?:tăng|giảm)\b")
_SIGNS = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "<": "<", "=": ">="}
_RATIO_UNITS = ("tỷ lệ %", "tỉ lệ %", "phần trăm", "tỷ lệ", "tỉ lệ", "%")
_NO_UNITS = ("-", "đvt", "đơn vị tính")


def read_value(value_raw: str, unit_raw: str = "") -> tuple[str | None, float | None, str | None]:
    """Comparator, value and unit of a cell and its unit cell; all None where there is no figure («Đạt»)."""
    said, unit = _plain(value_raw), _plain(unit_raw).strip(" .()") or None
    unit = None if unit in _NO_UNITS else unit
    if _FIRST.match(said):
        return "<=", 1.0, "hạng"
    if ranks := find_ranks(said, 0, len(said)):
        return "<=", ranks[0].value, "hạng"
    hit = _CELL.fullmatch(said)
    if not hit:
        return None, None, None
    before, after, high = hit["before"].strip(), hit["after"].strip(), hit["high"]
    posts = unit == "vị trí" and _AT_LEAST.search(before)  # «≥ 20» posts, not places
    if _RANK.search(f"{before} {unit or ''}") and not posts and not _CHANGE.search(before):
        return "<=", number(high or hit["n"]), "hạng"
    if "%" in said or "phần trăm" in said or unit in _RATIO_UNITS:
        unit = "%"
    comparator = _comparator(before, hit["n"], after)
    value = number(high) if high and comparator in ("<", "<=") else number(hit["n"])
    if unit is None:
        named = amounts(f"{hit['n']} {after}", 0, len(hit["n"]) + 1 + len(after))
        unit = named[0].unit if named else None
    return comparator, value, unit


def _comparator(before: str, figure: str, after: str) -> str:
    if after.startswith(("trở xuống", "trở lại")):
        return "<="
    if after.startswith("trở lên"):
        return ">="
    bare = before.replace(" ", "")
    for sign, meaning in _SIGNS.items():
        if bare.endswith(sign):
            return meaning
    said = f"{before} {figure} điểm"
    found = amounts(said, 0, len(said))
    return found[0].comparator if found else ">="


def _plain(raw: str) -> str:
    return " ".join(matching(stored(raw)).split())
