"""Running text of articles and letters: which sentences look back on results, which set goals?"""

from __future__ import annotations

import re
from datetime import date

_BACK = re.compile(
    r"(?:\([^)]{2,30}\)\s*-?\s*)?(?:trong\s+)?(?:thời\s+gian\s+(?:vừa\s+)?qua|những\s+năm\s+(?:gần\s+đây|qua)|qua\s+(?:theo\s+dõi|kết\s+quả|rà\s+soát|kiểm\s+tra|đánh\s+giá|tổng\s+hợp)|theo\s+(?:báo\s+cáo|thống\s+kê|công\s+bố|kết\s+quả|đánh\s+giá\s+của)|tính\s+đến|đến\s+nay"
    r"|năm\s+(?:vừa\s+)?qua|trước\s+(?:đó|đây|khi|thời\s+điểm|sắp\s+xếp|sáp\s+nhập)|vừa\s+qua|nhờ\s+(?:đó|vậy)|theo\s+(?:bảng\s+)?xếp\s+hạng|kết\s+quả|kết\s+thúc\s+năm|(?:sau|qua)\s+(?:hơn\s+|gần\s+)?(?:\d{1,2}|một|hai|ba|bốn|sáu|chín|mười)\s+(?:năm|tháng)\s+(?:thực\s+hiện|triển\s+khai)|nhìn\s+lại|hiện\s+nay|hiện\s+tại|đây\s+là\s+năm|bên\s+cạnh\s+những\s+kết\s+quả|tuy\s+nhiên)(?!\w)"
)
# «Trong 6 tháng đầu năm, toàn tỉnh tiếp nhận ...», «Bà con phấn khởi vì 9 tháng qua ...»
_LATELY = re.compile(
    r"(?<!\w)(?:(?:\d{1,2}|sáu|chín|ba|bảy|tám|mười|mười\s+một)\s+tháng\s+(?:đầu\s+năm|năm\s+20\d\d|(?:vừa\s+)?qua)|(?:năm|tháng|tuần|quý|thời\s+gian|nhiệm\s+kỳ)\s+(?:vừa\s+)?qua"
    r"|tính\s+chung|(?:vừa|mới)\s+(?:được\s+)?công\s+bố)(?!\w)"
)
# «Ngày 22/4/2022, Chủ tịch UBND tỉnh ban hành Quyết định công bố Chỉ số ... năm 2021. Theo đó, ... đạt 79,48%»
_PUBLISHED = re.compile(
    r"(?<!\w)(?:(?:đã|được)\s+công\s+bố|công\s+bố\s+(?:kết\s+quả|chỉ\s+số|bảng\s+xếp\s+hạng"
    r"|xếp\s+hạng)[^.;]{0,120}20\d\d)(?!\w)"
)
_DONE = re.compile(
    r"(?<!\w)(?:đã(?!\s+(?:đề\s+ra|đặt|giao|ban\s+hành\s+kế\s+hoạch|xác\s+định|được\s+(?:số\s+hóa|phê\s+duyệt|công\s+bố)))|vẫn\s+còn|mới\s+(?:đạt|có|chỉ)|hiện\s+đạt|bị)(?!\w)"
)
_AHEAD = re.compile(
    r"(?<!\w)(?:phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|đặt\s+ra|đề\s+ra|yêu\s+cầu|theo\s+kế\s+hoạch|kế\s+hoạch\s+(?:nêu|đặt|xác\s+định|đề)|sẽ|phải|đặt\s+mục\s+tiêu|tiếp\s+tục(?!\s+(?:có|đạt|ghi|xếp|đứng))|nhiệm\s+vụ|tối\s+thiểu|ít\s+nhất)(?!\w)"
)
_STRIVES = re.compile(r"(?<!\w)(?:phấn\s+đấu|mục\s+tiêu|chỉ\s+tiêu|đặt\s+ra|đề\s+ra|sẽ)(?!\w)")
_OTHERS = re.compile(r"(?:thủ\s+tướng|chính\s+phủ|bộ\s+nội\s+vụ|trung\s+ương)[^.;,]{0,30}(?:yêu\s+cầu|giao|đặt)")
_YEAR = re.compile(r"năm\s+(20\d\d)")
# «..., đến hết tháng 8/2023 toàn tỉnh hoàn thành 31/58 nhiệm vụ» in a letter of September
_UNTIL = re.compile(
    r"(?<!\w)đến\s+(?:(?:hết|cuối|ngày)\s+){0,2}(?:tháng\s+)?(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>20\d\d)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def forward_sentences(
    match: str, start: int, end: int, plan_year: int | None, looking_back: bool, issued: date | None = None
) -> tuple[list[tuple[int, int]], bool]:
    """The sentences of `match[start:end]` that may set goals, and whether the text still looks back at its end.

    A sentence on results ("Năm 2023, tỷ lệ ... đạt 68%", "Thời gian qua ... đã") turns the text back; one that speaks
    of goals ("phấn đấu", "theo kế hoạch") turns it forward. `plan_year` tells which year is past, `issued` which day.
    """
    out: list[tuple[int, int]] = []
    at = start
    cuts = [m.end() for m in _SENTENCE_END.finditer(match, start, end)] + [end]
    for cut in cuts:
        words = match[at:cut]
        year = _YEAR.search(words[:70])
        old = year is not None and plan_year is not None and int(year.group(1)) < plan_year
        ahead = bool(_AHEAD.search(words))
        if ahead and old and _YEAR.match(words) and not _STRIVES.search(words):
            ahead = False  # «Năm 2022, công tác cải cách hành chính tiếp tục là điểm sáng»
        if _OTHERS.search(words[:120]):
            looking_back = True  # a goal that another authority set
        elif (
            _BACK.match(words)
            or _until_then(words, issued)
            or (not ahead and (old or _LATELY.search(words[:120]) or _published(words, plan_year)))
        ):
            looking_back = True
        elif ahead and not (old and _DONE.search(words)):
            looking_back = False
        if not looking_back and not (_DONE.search(words) and not ahead):
            out.append((at, cut))
        at = cut
    return out, looking_back


def _until_then(words: str, issued: date | None) -> bool:
    """Does the sentence tell how things stood on a day or at a month's end before the document was issued?"""
    told = _UNTIL.search(words[:300])
    if told is None or issued is None or _STRIVES.search(words):
        return False
    year, month = int(told["year"]), int(told["month"])
    if told["day"]:
        return (year, month, int(told["day"])) <= (issued.year, issued.month, issued.day)
    return (year, month) < (issued.year, issued.month)


def _published(words: str, plan_year: int | None) -> bool:
    """Does the sentence tell that an index or a ranking of a year before the plan's was published?"""
    found = _PUBLISHED.search(words[:600])
    years = [int(y) for y in _ANY_YEAR.findall(words[:600])]
    return found is not None and plan_year is not None and any(y < plan_year for y in years)


_ANY_YEAR = re.compile(r"năm\s+(20\d\d)")
