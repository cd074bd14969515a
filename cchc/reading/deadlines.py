"""When is it due? A small grammar of the dates that plans use; no date library knows quarters or "trước ngày".

Choices, each with its reason:
- "trước ngày 15/12/2025" ends on the 15th: offices treat the named day as the last one that counts.
  "trước tháng 12" and "trước quý IV" end with the month or quarter before: nobody reads them otherwise.
- A list ("Quý II, III", "tháng 3, 6, 9") keeps its kind and ends with its last member; a span ("Quý I - Quý III",
  "6 tháng đầu năm") is a `period` with a start. Spans of whole years are `years`.
- A finer date inside a coarser one ("Quý IV/2025 (trước ngày 15/12)") is the deadline.
- What has no year takes the year named beside it, else the plan's year, and says so.
- A week of a month is seven days counted from the first; the fourth goes on to the month's end.
- An impossible date is reported, never repaired.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from cchc.model import Deadline, DeadlineKind
from cchc.text import matching, stored

# What an official reads.
NO_DEADLINE = "Không ghi thời hạn"
NOT_UNDERSTOOD = "Chưa hiểu thời hạn «{raw}»"
IMPOSSIBLE = "Ngày tháng không có thật trong thời hạn «{raw}»"
PLAN_YEAR = "Thời hạn không ghi năm, lấy năm của kế hoạch ({year})"
NO_YEAR = "Thời hạn không ghi năm và chưa rõ năm của kế hoạch"
SEVERAL = "Thời hạn nêu nhiều mốc, lấy mốc cuối cùng"
OPEN_END = "Thời hạn chỉ nêu thời điểm bắt đầu"
AND_LATER = "Thời hạn còn kéo dài sang các năm tiếp theo, lấy hết năm được nêu"
VAGUE = "Thời hạn không nêu ngày cụ thể, tạm lấy hết năm"
SHORT_YEAR = "Năm ghi hai chữ số, hiểu là {year}"
WEEK = "Tuần trong tháng được tính từng bảy ngày kể từ ngày 1; tuần 4 tính đến hết tháng"
GLYPH = "Chữ «l» trong ngày tháng được hiểu là số 1"
BEFORE = "Thời hạn ghi «trước {word}», lấy ngày cuối của kỳ liền trước"

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "01": 1,
    "02": 2,
    "03": 3,
    "04": 4,
    "l": 1,
    "ll": 2,
    "lll": 3,
    "lv": 4,
}

# A number of days, in figures or words.
_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|bảy|mười|nửa) (?:ngày|giờ|tuần|tháng)(?: làm việc)?"
_HAPPENING = r"(?:khi|mỗi|từng|các|cuộc|đợt|kỳ|hội nghị|hội thi|lớp|phiên|buổi|lễ|lần|ngày ký|ngày họp|ngày kết thúc)"
# What makes a deadline recur: it has no last day of its own.
_RECURRING = re.compile(
    r"thường xuyên|liên tục|th\. ?xuyên|định kỳ|định kì"
    r"|(?:hằng|hàng|từng|mỗi) (?:ngày|tuần|tháng|quý|quí|năm|kỳ)"
    r"|theo (?:tuần|tháng|quý|quí|năm|kỳ|định kỳ)\b(?! (?:\d|họp|học|i|của|kế hoạch))"
    r"|\b\d{1,2} tháng ?(?:/|một|mỗi|1|01) ?lần|\b0?[369] tháng(?:,| và|/|,? cả|,? tổng kết) ?năm$"
    r"|(?:tháng|quý|quí), (?:quý|quí|6 tháng|06 tháng)[\w ,;]{0,24}năm\b(?! (?:19|20)\d\d)"
    r"|cuối (?:mỗi )?(?:quý|quí|tháng) hằng|tháng cuối (?:của )?(?:mỗi )?(?:quý|quí)"
    r"|\b\d{1,2} (?:ngày|tuần|tháng|quý|quí) ?/ ?[a-zà-ỹđ]"
    r"|\b\d{1,2} (?:số|kỳ|cuộc|đợt|buổi|lượt|phiên|bản tin|tin,? bài) ?/ ?(?:\d )?(?:ngày|tuần|tháng|quý|quí|năm)"
    r"|\bthứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])\b[^\d]{0,12}(?:tháng|tuần|quý)(?! \d)"
    r"|(?:tuần|ngày)(?: làm việc)? (?:đầu|cuối)(?: tiên| cùng)?(?: của)?(?: mỗi)? (?:tháng|quý|quí)(?! ?[\di])"
    r"|\b\d{1,2} ?lần ?(?:/|trong|mỗi|một) ?(?:\d )?(?:năm|quý|tháng)|trong suốt|suốt năm|lâu dài"
    r"|^(?:vào )?(?:đầu|giữa|cuối|hết) (?:các )?(?:tuần|tháng|quý|quí)"
    r"(?:(?:,| và) (?:đầu |cuối |hết )?(?:quý|quí|năm))?$"
)
# What makes it hang on something else. Only at the head of the phrase: "Quý I/2024 (sau khi ...)" is still a quarter.
_OCCASION = (
    r"(?:trình )?(?:(?:trước|sau|đầu|cuối|trong|vào|đến|hết|tại) )?(?:khi )?(?:bắt đầu |kết thúc )?(?:các )?"
    r"(?:năm học|khai giảng|kỳ thi|kỳ họp|mùa|vụ|dịp|hè|nghỉ hè|tết)\b"
)
# An occasion whose time is told beside it («Mùa khô (tháng 11, 12)», «kỳ họp tháng 7/2025») is that time.
_OCCASION_DATED = re.compile(_OCCASION + r"[^;]{0,60}?\b(?:tháng ?\d|quý (?:\d|i)|\d{1,2}/\d{1,2})")
_EVENT = re.compile(
    rf"{_OCCASION}|(?:ngay )?(?:trước|sau) (?:mỗi|từng) (?!ngày|tuần|tháng|quý|quí|năm)|"
    r"(?:hoàn thành |thực hiện |xong )?(?:(?:ngay )?(?:sau khi|khi|sau)\b(?! năm)"
    r"|(?:trong(?: vòng| thời hạn)? |chậm nhất(?: là)?(?: sau)? |không quá |sau "
    r"|(?:tối thiểu |ít nhất )?trước (?:tối thiểu |ít nhất )?)?\d{1,3} (?:ngày|tháng|tuần"
    r"|giờ)(?: làm việc)?[ ,]{1,2}"
    r"(?:kể từ|so với|sau|từ khi|tính từ|từ ngày|trước khi|trước ngày)"
    # the number stands in words, before «trước», or behind what has to happen
    rf"|{_COUNT},? (?:kể từ|sau|từ khi|trước)\b(?! (?:tháng|quý|quí|năm|\d))"
    rf"|(?:trước|(?:khi )?(?:kết thúc|xong)) (?!ngày|tháng|quý|quí|năm|tuần)[^\d;,]{{3,60}}? {_COUNT}$"
    r"|kể từ|từ khi|ngay khi|trước khi|theo\b(?! (?:tuần|tháng|quý|quí|năm|định kỳ)$)"
    r"|đảm bảo theo|bảo đảm theo|phù hợp|đột xuất|tùy|khi\b|căn cứ"
    r"|đúng (?:hạn|tiến độ|thời (?:hạn|gian))"
    r"|cùng với|gắn với|phụ thuộc|có yêu cầu|phát sinh|(?:trình )?(?:tại |trong |vào |trước |sau )?(?:các )?kỳ họp)"
)
_EVENT_ANYWHERE = re.compile(
    r"kể từ (?:ngày|khi|thời điểm)|sau khi|khi có|theo (?:yêu cầu|kế hoạch|quy định"
    r"|hướng dẫn|chỉ đạo|tiến độ|lộ trình|đề nghị|thời hạn|thời gian|chương trình|quyết định)|đột xuất|ngay sau"
    r"|khi phát sinh"
)

_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?: ?(?:/|-|\.|,) ?(?:năm )?({_YEAR})|,? (?:của |trong )?năm ({_YEAR})| ({_YEAR}))"
_Q = r"(?:iv|i{1,3}|lv|l{1,3}|0?[1-4]|v|[5-9])"
_SEP = r"(?: ?(?:,|;|\+|&|/|và|hoặc) ?| ?- ?| đến (?:hết )?)"
_QUARTER = re.compile(
    rf"(?:(?:quý|quí|qúy)\.? ?|\bq\.?(?=\d|i))({_Q}(?:{_SEP}(?:(?:quý|quí|qúy)\.? ?|q\.?(?=\d"
    rf"|i))?{_Q}\b(?! ?/ ?\d{{1,2}}\b)(?! tháng))*)\b(?:{_OF_YEAR})?"
)
_DAY_NUMERIC = re.compile(
    rf"(?<![\d/.\-])(\d{{1,2}})(?: ?/ ?(\d{{1,2}}) ?/ ?|\.(\d{{1,2}})\."
    rf"|-(\d{{1,2}})-)({_YEAR}|\d\d)(?![\d/])"
)
_DAY_WORDS = re.compile(rf"(?:ngày )?\b(\d{{1,2}}) (?:tháng|/) ?(\d{{1,2}})(?:{_OF_YEAR})?(?!\d)")
_DAY_SHORT = re.compile(r"(?:(ngày|trước|chậm nhất|muộn nhất|đến|hết|từ) )?(?<![\d/.])(\d{1,2}) ?/ ?(\d{1,2})(?![\d/])")
_MONTH = re.compile(
    rf"(?:tháng ?|\bt\.?(?=\d))(\d{{1,2}}(?:{_SEP}(?:tháng ?"
    rf"|t\.?(?=\d))?\d{{1,2}}\b(?! ?tháng)(?! ?/ ?\d{{1,2}}\b))*)\b(?:{_OF_YEAR})?(?!\d)"
)
_NTH = r"(?:0?[1-9]|i{1,3}|iv|v|nhất|hai|ba|tư|bốn|năm|đầu(?: tiên)?|cuối(?: cùng)?)"
_WEEK = re.compile(
    rf"tuần (?:thứ )?({_NTH}(?:{_SEP}(?:tuần )?(?:thứ )?{_NTH}\b){{0,5}}),? ?/? ?(?:của |trong )?"
    rf"tháng ?(\d{{1,2}})(?!\d)(?:{_OF_YEAR})?"
)
_NTH_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "đầu": 1, "cuối": 4, "v": 5}
_MONTH_WORDS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười một": 11, "mười hai": 12,
    "mười": 10, "chạp": 12,
}  # fmt: skip
_WORD_MONTH = re.compile(rf"tháng ({'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})\b")
_WORD_QUARTER = re.compile(r"\bqu[ýí] (đầu|cuối)(?= (?:của )?năm)")
_MONTH_NUMERIC = re.compile(rf"(?<![\d/])(\d{{1,2}}) ?/ ?({_YEAR})(?!\d)")
_PART_OF_YEAR = re.compile(
    rf"(?:(0?6|sáu|0?9|chín|0?3|ba) tháng(?: (đầu|cuối)(?: của)?)?(?: năm)?|nửa (đầu"
    rf"|cuối) năm)(?: (?:của )?(?:năm )?({_YEAR})| ?/ ?({_YEAR}))?"
)
_YEARS = re.compile(
    rf"(?:(?:trong |các |từ |giai đoạn |năm |nhiệm kỳ |đến ){{0,6}})({_YEAR})(?: ?(?:-|,|và|;|&|/) ?"
    rf"| đến (?:hết )?)(?:năm )?({_YEAR}|\d\d(?![\d/]))"
    rf"(?:(?: ?(?:-|,|và|;) ?)(?:năm )?({_YEAR}))?(?!\d)"
)
_ONE_YEAR = re.compile(rf"(?<![\d/])({_YEAR})(?![\d/])")
_WHOLE_YEAR = re.compile(
    r"(?:cả|trong|hết|cuối|đầu|giữa)(?: cả)? năm(?: (?:nay|kế hoạch))?\b|^năm$|toàn năm"
    r"|cuối kỳ|năm kế hoạch"
)
_VAGUE_YEAR = re.compile(r"(?:đầu|giữa) năm")
_OPEN_START = re.compile(r"^(?:bắt đầu )?(?:từ|kể từ)\b(?!.*(?:đến|-))")
_LATER = re.compile(r"(?:các|những) năm (?:tiếp theo|sau|kế tiếp)|trở đi|năm tiếp theo|hằng năm sau")
_NONE_WORDS = re.compile(r"^[\s\-_.…/|x0]*$")


@dataclass(frozen=True, slots=True)
class _Date:
    """One dated component of the phrase; `rank` orders fineness: day 0, month 1, quarter 2, period 3, year 4."""

    kind: DeadlineKind
    rank: int
    at: int
    first: dt.date | None
    last: dt.date | None
    span: bool = False
    year_given: bool = True


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A deadline inside a sentence: `start:end` index the sentence, `raw` is its text."""

    start: int
    end: int
    raw: str
    deadline: Deadline
    reasons: tuple[str, ...] = ()


class _Impossible(ValueError):
    """A day, month or quarter that does not exist."""


LONGEST = 1000  # characters that are looked at; what says more is no deadline


def read_deadline(raw: str, plan_year: int | None) -> tuple[Deadline, tuple[str, ...]]:
    """The deadline a cell or phrase means, and Vietnamese reasons for what was inferred or not understood.

    `raw` is as written; `plan_year` fills in for a missing year. Never raises. With no year at all the kind stays and
    the end is null.
    """
    # A table says the same few deadlines in all its rows.
    return _read_again(raw, plan_year) if len(raw) <= 200 else _read(raw, plan_year)


def _read(raw: str, plan_year: int | None) -> tuple[Deadline, tuple[str, ...]]:
    phrase = " ".join(matching(stored(raw)).split()).strip(" .;,:*|-+")[:LONGEST]
    phrase = re.sub(
        r"^(?:thời (?:gian|hạn)(?: (?:thực hiện|hoàn thành|trình|ban hành))*|tiến độ|hoàn thành"
        r"|thực hiện) ?: ?",
        "",
        phrase,
    )
    if not phrase or _NONE_WORDS.match(phrase):
        return Deadline(), (NO_DEADLINE,)
    shown = " ".join(raw.split())
    reasons: list[str] = []
    phrase = _in_figures(phrase, reasons)
    dated = _OCCASION_DATED.match(phrase) or re.match(r"sau (?:ngày|tháng|quý) ?\d", phrase)
    if _EVENT.match(phrase) and not dated:
        return Deadline(kind="event"), ()
    try:
        dates = _dates(phrase, plan_year, reasons)
    except _Impossible:
        return Deadline(), (IMPOSSIBLE.format(raw=shown),)
    recurring = _RECURRING.search(phrase)
    if recurring:
        before = [d for d in dates if d.at < recurring.start() and d.year_given and d.rank <= 2]
        if not before:
            return Deadline(kind="ongoing"), ()
    if not dates:
        if _EVENT_ANYWHERE.search(phrase):
            return Deadline(kind="event"), ()
        return Deadline(), (NOT_UNDERSTOOD.format(raw=shown),)
    if _OPEN_START.match(phrase) and len(dates) == 1 and not dates[0].span:
        return Deadline(kind="ongoing"), (OPEN_END,)
    chosen = _choose(dates, reasons)
    if not chosen.year_given:
        reasons.append(PLAN_YEAR.format(year=plan_year) if plan_year else NO_YEAR)
    if chosen.kind == "year" and _LATER.search(phrase):
        reasons.append(AND_LATER)
    if chosen.kind == "year" and _VAGUE_YEAR.search(phrase):
        reasons.append(VAGUE)
    start = chosen.first if chosen.span else None
    return Deadline(kind=chosen.kind, start=start, end=chosen.last), tuple(dict.fromkeys(reasons))


_read_again = lru_cache(maxsize=2048)(_read)


def _in_figures(phrase: str, reasons: list[str]) -> str:
    """The phrase with months and quarters in words as figures, and blanks around the dash between two dates."""
    phrase = _WORD_MONTH.sub(lambda m: f"tháng {_MONTH_WORDS[m.group(1)]}", phrase)
    phrase = _WORD_QUARTER.sub(lambda m: "quý " + ("i" if m.group(1) == "đầu" else "iv"), phrase)
    clear = re.sub(r"(?<![^\W\d_])l(?=\d?/\d{1,2}/)", "1", phrase)
    if clear != phrase:
        reasons.append(GLYPH)
    return re.sub(r"(?<=\d)-(?=\d{1,2}/\d{1,2}/)", " - ", clear)


def _choose(dates: list[_Date], reasons: list[str]) -> _Date:
    """The date that decides: finer ones inside coarser ones win, then the last end."""
    kept = [d for d in dates if not any(o.rank < d.rank and _inside(o, d) for o in dates)]
    latest = max(kept, key=lambda d: (d.last or dt.date.min, -d.rank))
    if len({(d.kind, d.last) for d in kept}) > 1:
        reasons.append(SEVERAL)
    return latest


def _inside(fine: _Date, coarse: _Date) -> bool:
    if fine.last is None or coarse.first is None or coarse.last is None:
        return fine.last is None and coarse.last is None
    return coarse.first <= fine.last <= coarse.last


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise _Impossible(str(error)) from error


def _numbers(listed: str) -> tuple[list[int], bool]:
    """The members of "i, ii", "3 - tháng 6" and whether they are the ends of a span."""
    found = re.findall(
        r"(?<![a-zà-ỹ])(?:iv|i{1,3}|lv|l{1,3}|v"
        r"|\d{1,2})(?![a-zà-ỹ])",
        re.sub(r"quý|quí|qúy|tháng|q\.?(?=[\di])|t\.?(?=\d)", " ", listed),
    )
    numbers = [_ROMAN[f] if f in _ROMAN else 5 if f == "v" else int(f) for f in found]
    span = len(numbers) == 2 and bool(re.search(r"-|đến", listed)) and numbers[1] > numbers[0]
    return numbers, span


def _dates(phrase: str, plan_year: int | None, reasons: list[str]) -> list[_Date]:
    """All dated components, left to right; each regex blanks what it has read so that no part is read twice."""
    left = phrase
    years = [(m.start(1), int(m.group(1))) for m in _ONE_YEAR.finditer(re.sub(r"/", " ", phrase))]
    found: list[_Date] = []

    def year_near(at: int, own: str | None) -> tuple[int | None, bool]:
        if own:
            return int(own), True
        after = [y for p, y in years if p >= at]
        before = [y for p, y in years if p < at]
        if after:
            return after[0], True
        if before:
            return before[-1], True
        return plan_year, False

    def take(pattern: re.Pattern[str]) -> list[re.Match[str]]:
        nonlocal left
        matches = list(pattern.finditer(left))
        for m in matches:
            left = left[: m.start()] + "\x01" * (m.end() - m.start()) + left[m.end() :]
        return matches

    def add_day(at: int, day: int, month: int, year: int | None, given: bool) -> None:
        if year is None:
            _day(2000, month, day)  # 29/2 may exist
            found.append(_Date("day", 0, at, None, None, year_given=False))
        else:
            date = _day(year, month, day)
            found.append(_Date("day", 0, at, date, date, year_given=given))

    for m in take(_WEEK):
        said = [w.split()[0] for w in re.findall(rf"(?<!\w){_NTH}(?!\w)", m.group(1))]
        weeks = [_NTH_WORDS.get(w) or _ROMAN.get(w) or int(w) for w in said]
        month = int(m.group(2))
        if not weeks or any(not 1 <= w <= 5 for w in weeks) or not 1 <= month <= 12:
            raise _Impossible(m.group())
        year_, given = year_near(m.end(), m.group(3) or m.group(4) or m.group(5))
        if year_ is None:
            found.append(_Date("period", 1, m.start(), None, None, True, False))
            continue
        last = _month_end(year_, month)
        if max(weeks) == 5 and last.day < 29:
            raise _Impossible(m.group())
        reasons.append(WEEK)
        end = last if max(weeks) >= 4 else dt.date(year_, month, 7 * max(weeks))
        found.append(_Date("period", 1, m.start(), dt.date(year_, month, 7 * min(weeks) - 6), end, True, given))
    for m in take(_DAY_NUMERIC):
        year = int(m.group(5))
        if year < 100:
            year += 2000
            reasons.append(SHORT_YEAR.format(year=year))
        add_day(m.start(), int(m.group(1)), int(m.group(2) or m.group(3) or m.group(4)), year, True)
    for m in take(_DAY_WORDS):
        year_, given = year_near(m.end(), m.group(3) or m.group(4) or m.group(5))
        add_day(m.start(), int(m.group(1)), int(m.group(2)), year_, given)

    for m in take(_PART_OF_YEAR):
        year_, given = year_near(m.end(), m.group(4) or m.group(5))
        count = {"6": 6, "sáu": 6, "9": 9, "chín": 9, "3": 3, "ba": 3}.get((m.group(1) or "6").lstrip("0"), 6)
        late = "cuối" in (m.group(2), m.group(3))
        if year_ is None:
            found.append(_Date("period", 3, m.start(), None, None, True, False))
        else:
            first = dt.date(year_, 13 - count, 1) if late else dt.date(year_, 1, 1)
            last = dt.date(year_, 12, 31) if late else _month_end(year_, count)
            found.append(_Date("period", 3, m.start(), first, last, True, given))

    plain: tuple[tuple[re.Pattern[str], DeadlineKind, int, int, int], ...] = (
        (_QUARTER, "quarter", 2, 3, 4), (_MONTH, "month", 1, 1, 12),
    )  # fmt: skip
    for pattern, simple, fineness, width, most in plain:
        for m in take(pattern):
            numbers, span = _numbers(m.group(1))
            if not numbers or any(not 1 <= n <= most for n in numbers):
                raise _Impossible(m.group())
            year_, given = year_near(m.end(), m.group(2) or m.group(3) or m.group(4))
            kind: DeadlineKind = "period" if span else simple
            rank = 3 if span else fineness
            if year_ is None:
                found.append(_Date(kind, rank, m.start(), None, None, span, False))
                continue
            for n in numbers[-1:] if span else numbers:
                opening = numbers[0] if span else n
                first = dt.date(year_, (opening - 1) * width + 1, 1)
                last = _month_end(year_, n * width)
                found.append(_Date(kind, rank, m.start(), first, last, span, given))

    for m in take(_MONTH_NUMERIC):
        if not 1 <= int(m.group(1)) <= 12:
            raise _Impossible(m.group())
        year, month = int(m.group(2)), int(m.group(1))
        found.append(_Date("month", 1, m.start(), dt.date(year, month, 1), _month_end(year, month)))
    for m in take(_YEARS):
        ends = [int(g) for g in m.groups() if g]
        ends = [e if e > 99 else ends[0] // 100 * 100 + e for e in ends]
        if ends[-1] <= ends[0]:
            if ends[-1] < ends[0]:
                raise _Impossible(m.group())
            found.append(_Date("year", 4, m.start(), dt.date(ends[0], 1, 1), dt.date(ends[0], 12, 31)))
            continue
        found.append(_Date("years", 5, m.start(), dt.date(ends[0], 1, 1), dt.date(ends[-1], 12, 31), True))
    longer = bool(found)
    left_before = left
    for m in take(_DAY_SHORT):
        if not m.group(1) and longer and not re.match(r" ?(?:-|đến(?: hết)?(?: ngày)?) ?\x01", left_before[m.end() :]):
            continue
        year_, given = year_near(m.end(), None)
        add_day(m.start(2), int(m.group(2)), int(m.group(3)), year_, given)
    for m in take(_ONE_YEAR):
        year = int(m.group(1))
        found.append(_Date("year", 4, m.start(), dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if not found and _WHOLE_YEAR.search(left):
        if plan_year is None:
            found.append(_Date("year", 4, 0, None, None, year_given=False))
        else:
            found.append(_Date("year", 4, 0, dt.date(plan_year, 1, 1), dt.date(plan_year, 12, 31), year_given=False))
    found.sort(key=lambda d: d.at)
    return _before(phrase, _joined(phrase, found), reasons)


def _joined(phrase: str, found: list[_Date]) -> list[_Date]:
    """Two dates bound by "từ ... đến" or a dash are one span: "từ ngày 01/3/2025 đến ngày 30/6/2025"."""
    if len(found) != 2:
        return found
    first, last = found
    between = phrase[first.at : last.at]
    bound = re.search(r" đến | ?- ?(?:ngày|tháng|quý|năm)? ?$", between) and not re.search(r"\(", between)
    if not bound or first.first is None or last.last is None or first.first >= last.last:
        return found
    if first.rank >= 4 and last.rank >= 4:
        return [_Date("years", 5, first.at, first.first, last.last, True)]
    return [_Date("period", 3, first.at, first.first, last.last, True, last.year_given)]


def _before(phrase: str, found: list[_Date], reasons: list[str]) -> list[_Date]:
    """ "trước tháng 6" ends with May; "trước ngày" keeps its day (see the module's choices)."""
    result = []
    for date in found:
        head = re.search(r"trước (?:(tháng|quý|quí|năm) ?)?$", phrase[: date.at])
        named = head and (head.group(1) or re.match(r"tháng|quý|quí|năm", phrase[date.at :]))
        if named and date.kind in ("month", "quarter", "year") and date.first is not None and not date.span:
            end = date.first - dt.timedelta(days=1)
            reasons.append(BEFORE.format(word=named if isinstance(named, str) else named.group()))
            result.append(replace(date, first=end.replace(day=1), last=end))
        else:
            result.append(date)
    return result


_TIME_TOKEN = re.compile(r"[^\s,;:()\-–/.]+")
_TIME_WORDS = frozenset((
    "trong", "từ", "đến", "trước", "sau", "cuối", "đầu", "giữa", "hết", "ngày", "tháng", "quý", "quí", "tuần", "năm",
    "và", "thứ", "nửa", "đợt", "giai", "đoạn", "i", "ii", "iii", "iv", "v",
))  # fmt: skip


def names_time(words: str) -> bool:
    """Do these words (in matching form) name a part of a year and nothing else («tháng 8/2025», «quý i - ii»)?"""
    if len(words) > 60:
        return False
    tokens = _TIME_TOKEN.findall(words)
    timed = {"tháng", "quý", "quí", "tuần", "ngày", "đợt"} & set(tokens) or re.search(r"\d/\d", words)
    return bool(timed) and any(t.isdigit() or t in _ROMAN for t in tokens) and all(
        t.isdigit() or t in _TIME_WORDS for t in tokens
    )


_LABEL = re.compile(
    r"(?:thời (?:gian|hạn)(?: (?:thực hiện|hoàn thành|ban hành|trình|triển khai|tổ chức))*"
    r"|tiến độ(?: (?:thực hiện|hoàn thành))?|hoàn thành|\b(?:thời )?hạn (?:cuối(?: cùng)?|chót|hoàn thành)) ?: ?"
)
# Words of a date, one after another: "quý II, III/2025", "tháng 6, tháng 7/2024", "ngày 25 hằng tháng".
_DATE_WORDS = (
    r"(?:(?:hết|đầu|cuối|giữa|ngày|tháng|quý|quí|năm|và|đến|hằng|hàng|mỗi|giai đoạn|i{1,3}\b|iv\b|\d{1,4}|l\d(?=/)"
    r"|[,/-](?= ?(?:\d|tháng|quý|quí|năm|ngày|i|hết)))[ ]?){1,24}"
)
_DONE = r"(?:xong|hoàn thành|hoàn tất|kết thúc|thực hiện|triển khai|ban hành|trình|báo cáo|gửi)"
_CLAUSE_END = r"(?=[ ]*(?:[.;)]|,[ ]\D|$|theo (?:đúng )?(?:tiến độ|lộ trình) ))"
_DAYS = r"\d{1,3} (?:ngày|giờ|tuần)(?: làm việc)?"
_PROSE = re.compile(
    rf"(?:(?:chậm nhất|muộn nhất|không quá|trong|sau)(?: là)?(?: vòng| thời hạn)? )?(?<!giảm ){_COUNT},?"
    rf" (?:kể từ|sau|từ) {_HAPPENING}(?!\w)[^.;,()]{{0,80}}"
    rf"|(?:ngay )?sau {_HAPPENING}(?!\w)(?: [^.;,()\d]{{2,60}}?)?(?:,? (?:chậm nhất|không quá|trong(?: vòng)?))?"
    rf" {_COUNT}(?=[ .;)]*$)|"
    rf"(?:(?:chậm nhất|muộn nhất|ít nhất|tối thiểu|trong|không quá)(?: là)? )?{_DAYS},? trước"
    r" (?:khi|mỗi|từng) [^.;,()]{2,80}"
    rf"|trước (?:mỗi|từng) [^.;,()\d]{{2,40}}(?: ít nhất| tối thiểu)? {_DAYS}|"
    r"(?:trong|chậm nhất|không quá|sau)(?: là)?(?: vòng| thời hạn)? \d{1,3} (?:ngày|giờ)(?: làm việc)?,?"
    r" (?:kể )?(?:từ|sau) (?:ngày|khi)[^.;,)]{0,80}"
    rf"|(?:{_DONE}(?: việc này)?,? )?(?:chậm nhất|muộn nhất|không muộn hơn|đến hết)"
    rf"(?: là)?(?: vào)?(?: trước)? (?:trong )?{_DATE_WORDS}"
    rf"|(?:xong|hoàn thành|hoàn tất|kết thúc)(?: việc này)?,? (?:trước |trong |vào |tại |đến |từ )?{_DATE_WORDS}"
    rf"|(?:{_DONE},? |bắt đầu )?(?:trước|trong|vào|tại|đến|từ) {_DATE_WORDS}{_CLAUSE_END}"
    rf"|{_DONE},? {_DATE_WORDS}{_CLAUSE_END}"
    rf"|\b(?:thời )?hạn (?:cuối(?: cùng)?|chót)(?: là)?(?: trước)? {_DATE_WORDS}"
    rf"|(?:thời gian|thời hạn|(?<!chậm )tiến độ)"
    rf"(?: (?:thực hiện|hoàn thành|tổ chức|triển khai|kiểm tra|ban hành|trình)){{0,2}}"
    rf"(?: (?:là|vào|trong|trước)){{0,2}} {_DATE_WORDS}{_CLAUSE_END}"
    rf"|giai đoạn {_DATE_WORDS}{_CLAUSE_END}"
    r"|ngay (?:sau )?khi [^.;,)]{6,120}"
    r"|(?<=\w )(?:sau|trước) khi (?:có|được|hoàn thành|giao|phê duyệt) [^.;,()]{4,80}(?=[ .;)]*$)"
    r"|(?<=\w )theo (?:đúng )?(?:tiến độ|lộ trình) (?!thực hiện\b)[^.;,()]{4,60}(?=[ .;)]*$)"
    r"|(?<=[\w,] )(?:xong |hoàn thành )?trước (?:mùa|vụ|dịp|tết) "
    r"(?:(?! (?:cho|tại|ở|của|trong|trước|vào|xong|đến|chậm) )[^.;,()]){2,40}(?=[ .;)]*$)"
    rf"|(?<=, )(?=(?:ngày|tháng|quý) ){_DATE_WORDS}(?=[ .;)]*$)"
    r"|định kỳ (?:(?:hằng|hàng) )?(?:tháng|quý|năm|0?6 tháng)"
    r"|(?<!sang )(?<!thành )(?<!xuống )h[ằà]ng (?:ngày|tuần|tháng|quý|năm)"
    r"(?=[ .;)]*$|, (?:mỗi|ít nhất|tối thiểu|không dưới) )"
    r"|(?:trình )?(?:tại |trong |vào )?(?:các )?kỳ họp[^.;,)]{0,60}"
    r"|(?:(?:thực hiện|duy trì|tiến hành) )?(?:thường xuyên|định kỳ)"
    r"(?: trong (?:cả )?năm(?: \d{4})?| h[ằà]ng (?:năm|quý|tháng|tuần))?(?=[ .;,)]*$)"
)
_DONE_FIRST = re.compile(
    rf"^{_DONE}(?: việc này)?,? (?:tại )?"
    r"|^(?:thời gian|thời hạn|tiến độ)(?: (?:thực hiện|hoàn thành|tổ chức|triển khai|kiểm tra|ban hành|trình)){0,2} "
    r"(?:(?:là|vào) )?"
)


def find_deadline(sentence: str, match: str, plan_year: int | None) -> FoundDeadline | None:
    """The deadline that a sentence states, or None: after a label ("Thời gian thực hiện: Quý II/2025") or in words
    ("hoàn thành trước ngày 15/12/2025"). A date without such words (of a law, of last year) is no deadline.

    `match` is `matching(sentence)`; the offsets returned index `sentence`.
    """
    label = _LABEL.search(match)
    if label:
        stop = re.search(
            r"[\n;)]|\.(?=\s|$)|\. |(?:, )?(?:cơ quan|đơn vị) (?:chủ trì|phối hợp|thực hiện)"
            r"|sản phẩm ?:",
            match[label.end() :],
        )
        end = label.end() + (stop.start() if stop else len(match) - label.end())
        raw = sentence[label.end() : end].strip(" .;,")
        if raw:
            start = sentence.index(raw, label.end())
            deadline, reasons = read_deadline(raw, plan_year)
            return FoundDeadline(start, start + len(raw), raw, deadline, reasons)
    best: FoundDeadline | None = None
    for found in _PROSE.finditer(match):
        raw = sentence[found.start() : found.end()].rstrip(" ,;-")
        deadline, reasons = read_deadline(_DONE_FIRST.sub("", match[found.start() : found.end()]), plan_year)
        impossible = any(r.startswith(IMPOSSIBLE[:20]) for r in reasons)
        if deadline.kind == "none" and not impossible:
            continue
        if best is not None and raw.startswith("theo"):
            continue  # «hoàn thành trước 30/6 theo tiến độ Chính phủ giao»: the day counts
        if best is not None and match.startswith("giai đoạn", found.start()):
            continue  # «hoàn thành trước 30/6 việc số hóa hồ sơ giai đoạn 2015 - 2020»: of what the work is done on
        best = FoundDeadline(found.start(), found.start() + len(raw), raw, deadline, reasons)  # the last one counts
    return best
