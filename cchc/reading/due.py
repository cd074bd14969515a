"""The year or day that a goal names as its own end («đến hết năm 2025», «trước ngày 30/6/2025»)."""

from __future__ import annotations

import calendar
import datetime as dt

from cchc.reading.patterns import holds, rx

_YEAR = rx(
    r"\b(?:(?:đến|tới|trong|hết|vào|cuối|đến hết|đến cuối|trong vòng) (?:hết |cuối )?năm |năm )"
    r"(?P<year>20\d\d)(?!\d|\s{0,2}[-/]\s{0,2}\d)"
)
_DAY = rx(
    r"\b(?:trước|đến|hết|chậm nhất|xong) (?:hết |trước |là )?(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)"
)
_DAY_WORDS = rx(
    r"\b(?:trước|đến|hết|chậm nhất|xong) (?:hết |trước |là )?ngày (?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>20\d\d)"
)
# A quarter, a month or a part of the year: «trong quý II/2025», «đến hết tháng 9 năm 2025», «6 tháng đầu năm».
_PART = rx(
    r"(?<!từ\s)(?<!của\s)(?<!kỳ\s)\b(?P<before>trước (?!hết))?(?:(?:quý|quí) (?P<q>iv|i{1,3}|[1-4])\b"
    r"|tháng (?P<mo>1[0-2]|0?[1-9])(?![\d/])"
    r"|tháng (?P<mo2>1[0-2]|0?[1-9])(?=\s?/\s?20\d\d)|(?P<half>0?6|9) tháng (?P<side>đầu|cuối)(?: năm)?)"
    r"(?:(?:\s?/\s?|,? năm | )(?P<y>20\d\d)(?!\d))?"
)
_QUARTERS = {"i": 3, "ii": 6, "iii": 9, "iv": 12, "1": 3, "2": 6, "3": 9, "4": 12}
# A year after one of these belongs to the name of a document or to the base of a comparison.
_NAMED = rx(
    r"\b(?:kế hoạch|đề án|chương trình|nghị quyết|quyết định|chiến lược|kết luận|chỉ thị|so với|tầm nhìn|định hướng"
    r"|giai đoạn|hơn|trước|kết quả)\b"
)
_OF_TIME = ("20", "tháng", "quý", "quí")  # no year, day or part of a year is without one of them
_OPENS_PART = rx(r"[\s,;:.-]*(?:(?:phấn đấu|mục tiêu|trong đó|trong|đến|hết|vào|cuối|xong)[\s,:]*){0,4}")
_ONLY_ASKING = rx(r"[\s,;:-]*(?:(?:phấn đấu|mục tiêu|trong đó)[\s,:]*)?")


def due(
    m: str, start: int, figure: int, figure_end: int, end: int, plan_year: int | None = None
) -> tuple[int | None, dt.date | None]:
    """Year and, where one is named, day of the end of the goal `m[start:end]` with its figure at `figure:figure_end`.

    A year, or a part of one (of `plan_year` where it names none), counts at the opening of the clause, right beside
    the figure or at the very end.
    """
    if not holds(m[start:end], _OF_TIME):
        return None, None
    for hit in (*_DAY.finditer(m, start, end), *_DAY_WORDS.finditer(m, start, end)):
        try:
            day = dt.date(int(hit["y"]), int(hit["m"]), int(hit["d"]))
        except ValueError:
            continue
        return day.year, day
    part = _part(m, start, figure, figure_end, end, plan_year)
    if part is not None:
        return part.year, part
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


def _part(m: str, start: int, figure: int, figure_end: int, end: int, plan_year: int | None) -> dt.date | None:
    """The last day of the quarter, month or part of the year that the clause names as its end, or None."""
    for hit in _PART.finditer(m, start, end):
        year = int(hit["y"]) if hit["y"] else plan_year
        if year is None or _NAMED.search(m, max(start, hit.start() - 12), hit.start()):
            continue
        opening = hit.start() - start < 80 and bool(_OPENS_PART.fullmatch(m, start, hit.start()))
        before = figure - 12 <= hit.end() <= figure
        ending = not m[hit.end() : end].strip(" ,;.)")
        after = figure < figure_end <= hit.start() <= figure_end + 12
        if not (opening or before or after or (ending and hit.start() >= figure_end)):
            continue
        month = _QUARTERS[hit["q"]] if hit["q"] else int(hit["mo"] or hit["mo2"] or 0)
        if hit["half"]:
            month = 12 if hit["side"] == "cuối" else int(hit["half"])
        if hit["before"]:
            month -= 3 if hit["q"] else 1
        if month < 1:
            continue
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    return None
