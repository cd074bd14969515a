"""The year or day that a goal names as its own end («đến hết năm 2025», «trước ngày 30/6/2025»)."""

from __future__ import annotations

import datetime as dt

from cchc.reading.patterns import rx

_YEAR = rx(
    r"\b(?:(?:đến|tới|trong|hết|vào|cuối|đến hết|đến cuối|trong vòng) (?:hết |cuối )?năm |năm )"
    r"(?P<year>20\d\d)(?!\d|\s{0,2}[-/]\s{0,2}\d)"
)
_DAY = rx(
    r"\b(?:trước|đến|hết|chậm nhất|xong) (?:hết |trước |là )?(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)"
)
# A year after one of these belongs to the name of a document or to the base of a comparison.
_NAMED = rx(
    r"\b(?:kế hoạch|đề án|chương trình|nghị quyết|quyết định|chiến lược|kết luận|chỉ thị|so với|tầm nhìn|định hướng"
    r"|giai đoạn|hơn|trước|kết quả)\b"
)
_ONLY_ASKING = rx(r"[\s,;:-]*(?:(?:phấn đấu|mục tiêu|trong đó)[\s,:]*)?")


def due(m: str, start: int, figure: int, figure_end: int, end: int) -> tuple[int | None, dt.date | None]:
    """Year and, where one is named, day of the end of the goal `m[start:end]` with its figure at `figure:figure_end`.

    A year counts at the opening of the clause, right beside the figure or at the very end.
    """
    for hit in _DAY.finditer(m, start, end):
        try:
            day = dt.date(int(hit["y"]), int(hit["m"]), int(hit["d"]))
        except ValueError:
            continue
        return day.year, day
    opens: int | None = None
    for hit in _YEAR.finditer(m, start, end):
        opening = hit.start() - start < 80 and bool(_ONLY_ASKING.fullmatch(m, start, hit.start()))
        before = figure - 40 <= hit.end() <= figure
        beside = before or figure_end <= hit.start() <= figure_end + 30
        ending = end - hit.end() < 20 and not m[hit.end() : end].strip(" ,;.")
        if hit.group().startswith("năm") and not opening and not before:
            continue
        if (opening or beside or ending) and not _NAMED.search(m, max(start, hit.start() - 80), hit.start()):
            if not opening or before:
                return int(hit["year"]), None
            opens = opens or int(hit["year"])  # a year nearer the figure speaks before that of the opening
    return opens, None
