"""Which number does a document carry, on which day was it issued, on what does it rest?

A number that stands behind «căn cứ», «thực hiện» or a higher authority is another document's; the date of a web
article is no date of issue.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence

from cchc.reading.blocks import Block, Part

HEAD = 6000  # characters at the beginning that may hold the letterhead and the portal's table
_NUMBER = (
    # 6898/KH-UBND, 18/2016/QĐ-UBND, 4418/UBND-NC1
    r"\d{1,5}[a-z]?(?:/\d{4})?\s?/\s?[A-ZĐ][A-Za-zĐđ]{0,6}(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&.]{0,14}){1,3}(?:\d{1,2}(?!\d))?"
    r"|\d{1,5}\s?[-–]\s?[A-ZĐ][A-Za-zĐđ]{0,4}/[A-ZĐ]{2,10}(?:[-–][A-ZĐ]{2,10})?(?![A-ZĐ])"  # 05-NQ/TU, 12-KH/UBKTHU
    r"|\d{1,5}/\d{4}/QH\d{2}|\d{1,5}/(?:CT|QĐ|NQ|KH|TB)(?![\w-])"
)
NUMBER_IN_TITLE = re.compile(r"(?:(?i:số)\s*:?\s*)?(?:" + _NUMBER + r")(?:\s+năm\s+20\d\d(?=\s+\D))?")
_KINDS = (
    r"(?i:kế\s+hoạch|quyết\s+định|công\s+văn|chỉ\s+thị|văn\s+bản|chương\s+trình|nghị\s+quyết|thông\s+báo|"
    r"công\s+điện|hướng\s+dẫn|nghị\s+định|thông\s+tư|luật|kết\s+luận)"
)
_ANY_NUMBER = re.compile(_NUMBER)
_LETTERHEAD_NUMBER = re.compile(r"(?:^|[\n|])[ \t*_#>|]{0,12}Số\s{0,3}:?\s{0,6}(?P<no>" + _NUMBER + r")")
_TABLE_NUMBER = re.compile(
    r"[sSkK](?i:(?<=s)ố(?:(?:/ký|\s+ký|,\s+ký)?\s+hiệu|\s+văn\s+bản)|(?<=k)ý\s+hiệu)\s{0,3}[|:\t]\s{0,4}(?P<no>"
    + _NUMBER
    + r")"
)
_NAMED_NUMBER = re.compile(_KINDS + r"\s{1,4}(?:(?i:số)\s{0,3}:?\s{0,3})?(?P<no>" + _NUMBER + r")")
_OTHERS_BEFORE = re.compile(
    r"(?<!\w)(?:căn\s+cứ|thực\s+hiện|triển\s+khai(?!\s+các)|xét|thay\s+thế|nội\s+dung|trước\s+đó|báo\s+cáo|"
    r"theo\s+đề\s+nghị|bổ\s+sung|theo\s+công\s+bố|thủ\s+tướng|của\s+(?:chính\s+phủ|bộ|quốc\s+hội|"
    r"trung\s+ương))(?!\w)"
)
_DATE_WORDS = re.compile(r"ngày\s{1,4}(\d{1,2})\s{1,4}tháng\s{1,4}(\d{1,2})\s{1,4}năm\s{1,4}(\d{4})")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_DAY_SAID = re.compile(r",\s{0,3}ngày\s{1,4}(\d{1,2})\s{1,4}tháng\s{1,4}(\d{1,2})\s{1,4}năm\s{1,4}(\d{4})")
_LONGEST_PLACE = 41
_PLACE_BEFORE = re.compile(rf"[^\W\d_][^\n,|;]{{2,{_LONGEST_PLACE - 1}}}\Z")
_NO_PLACE = re.compile(r"(?<!\w)(?:căn\s+cứ|thực\s+hiện|luật|nghị|của|chủ\s+nhật|thứ\s+\w+,)(?!\w)")
_TABLE_DATE = re.compile(r"ngày\s+(?:ban\s+hành|ký|văn\s+bản)\s{0,3}[|:\t]\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
EFFECT = re.compile(
    r"(?:ngày\s+có\s+hiệu\s+lực|ngày\s+hiệu\s+lực|hiệu\s+lực\s+từ\s+ngày|ngày\s+áp\s+dụng)\s{0,3}[|"
    r":\t]\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
)
_ISSUED_BEFORE = re.compile(
    r"ngày\s+(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*,?[^.;]{0,80}?(?:ban\s+hành|ký)[^.;]{0,40}\Z"
)


def _clean_number(number: str) -> str:
    return re.sub(r"\s+", "", number).replace("–", "-").rstrip(".-&")


def document_number(text: str, match: str, head_end: int, starts: list[int]) -> tuple[str | None, int, int, bool]:
    """(number, its place, where it ends, stands in the letterhead or the portal's table?)."""
    for pattern in (_TABLE_NUMBER, _LETTERHEAD_NUMBER):
        for m in pattern.finditer(text, 0, HEAD):
            if pattern is _TABLE_NUMBER or not _of_another(match, m.start(), starts):
                return _clean_number(m.group("no")), m.start("no"), m.end(), True
    for m in _NAMED_NUMBER.finditer(text, 0, max(head_end, 1500)):
        if not _of_another(match, m.start(), starts) and not re.match(
            r"(?i:nghị\s+định|thông\s+tư|luật|kết\s+luận)", m.group()
        ):
            return _clean_number(m.group("no")), m.start("no"), m.end(), False
    return None, 0, 0, False


def _of_another(match: str, at: int, starts: list[int]) -> bool:
    """Does "căn cứ" or "thực hiện" stand before it in the same sentence? Then it is another document's number.
    `starts`: where paragraphs begin."""
    k = bisect_right(starts, at) - 1
    paragraph = starts[k] if k >= 0 else 0
    begin = max(match.rfind(". ", 0, at), match.rfind("|", 0, at), match.rfind("- ", 0, at), at - 260, paragraph, 0)
    return bool(_OTHERS_BEFORE.search(match[begin:at]))


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def first_date(m: re.Match[str] | None) -> dt.date | None:
    return _date(*m.groups()[-3:]) if m else None


def issue_day(match: str, number_at: int, number_end: int, own: bool, head_end: int) -> dt.date | None:
    m = _TABLE_DATE.search(match, 0, HEAD)
    if m:
        return first_date(m)
    for m in _DAY_SAID.finditer(match, 0, head_end + 400):
        place = _PLACE_BEFORE.search(match[max(0, m.start() - _LONGEST_PLACE) : m.start()])
        if place and not _NO_PLACE.search(place.group() + match[m.start() : m.start(1)]):
            return first_date(m)
    if number_end and not own:
        near = match[number_end : number_end + 60]
        if re.match(r"\s*,?\s*(?:ban\s+hành\s+|ký\s+)?ngày\s", near):
            return first_date(_DATE.search(near) or _DATE_WORDS.search(near))
        begin = max(match.rfind(". ", 0, number_at), number_at - 200, 0)
        return first_date(_ISSUED_BEFORE.search(match[begin:number_at]))
    return None


def legal_bases(text: str, match: str, blocks: Sequence[Block], own: str | None) -> tuple[str, ...]:
    """Numbers cited in «Căn cứ ...» (or «Thực hiện ...») before the first part, in order, each once."""
    found: dict[str, None] = {}
    listed = False
    for b in blocks:
        if b.heading and b.marker:
            listed = bool(re.match(r"(?:các\s+)?(?:căn\s+cứ|cơ\s+sở\s+pháp\s+lý)", match[b.body : b.body + 30]))
        if b.part not in (Part.HEAD, Part.OTHER, Part.CLOSING) and not listed:
            if b.part is not Part.FURNITURE:
                break
            continue
        if listed or re.match(
            r"\W*(?:căn\s+cứ|thực\s+hiện|thi\s+hành|triển\s+khai)(?!\w)", match[b.start : b.start + 60]
        ):
            for m in _ANY_NUMBER.finditer(text, b.start, b.end):
                number = _clean_number(m.group())
                if number != own:
                    found.setdefault(number)
    return tuple(found)
