"""Where does the name of a body end? Told by the name, not by what follows: it ends where the register's longest name
ends, or a kind of unit and the words of its field, and any verb may follow («Phòng Văn hóa - Xã hội lo kinh phí»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cchc.reading.patterns import by_first
from cchc.reading.register import register
from cchc.reference import load
from cchc.text import matching

_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_BLANK = re.compile(r"\s{1,3}")
_JOIN = re.compile(r"\s{0,3}(?:,|&|/|[-–](?=\s)|(?<=\s)(?:và|cùng|hoặc)(?=\s))\s{1,3}(?:(?:và|cùng)\s{1,3})?")
_OF = re.compile(r"\s{1,3}(?:của|thuộc|trực thuộc|tại|trên địa bàn|liên)\s{1,3}")
_ASIDE = re.compile(r"\s{1,3}\([^()]{1,120}\)")
# Levels and places in small letters: part of any name.
_LEVELS = r"tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_LEVEL = re.compile(
    rf"(?:{_LEVELS}|tp|thôn|ấp|tổ dân phố|khu phố|khu vực(?! dân)|trung ương|cơ sở|nhân dân|nhà nước"
    r"|cấp (?:tỉnh|huyện|xã|trên)|cửa khẩu|cảng|bệnh viện|cơ quan|ngành|nhà trường|công ty|trực thuộc|số(?= \d))"
    r"(?!\w)(?!\s{1,3}(?:ủy|đoàn|hội|trưởng)(?!\w))"
)
_ALL = re.compile(  # «UBND các huyện, thị xã», «Trưởng các khu phố»
    rf"các\s{{1,3}}(?:{_LEVELS}|thôn|khu phố|ấp)(?!\w)"
    rf"(?:(?:,| và|, và)\s{{1,3}}(?:các\s{{1,3}})?(?:{_LEVELS}|thôn|khu phố|ấp)(?!\w)){{0,5}}"
)
# The body that a unit belongs to, named by its kind alone: «Văn phòng Sở», «Lãnh đạo Cục».
_OWNER = re.compile(r"sở|bộ|cục|tổng cục|vụ|viện|trường|ngành|bệnh viện|học viện|công ty|trung tâm|chi cục|ban")
_WHICH = re.compile(
    r"\s{1,3}(?:(?:vùng|miền) [^\W\d_]{1,6}|liên quan|có liên quan|trực thuộc|chuyên môn|phụ trách|nghiệp vụ"
    r"|chức năng|hành chính(?: nhà nước)?|sự nghiệp(?: công lập| giáo dục| y tế)?|dự toán|trung ương|ngành dọc|học"
    r"|còn lại|hữu quan"
    rf"|(?:thuộc|trên địa bàn|của|trong)(?: các| toàn)? (?:{_LEVELS}|sở|bộ|ngành|cục|trường|bệnh viện|đơn vị))(?!\w)"
)
# Words in small letters behind a name that tell which body, when or what it is, and are nothing that it does.
_NO_VERB = re.compile(
    r"(?:và|với|cùng|của|thuộc|trực thuộc|tại|ở|trên|trong|ngoài|theo(?! dõi)|là|đã|được|thì|mà"
    r"|có(?! (?:trách nhiệm|nhiệm vụ))|chưa|còn|đang|các|những|mỗi|từng|về|cho|do|để|khi|nếu|nơi|như|bị|hoặc|hay"
    r"|từ(?! chối)|đến|cũng|đều|nào|này|đó|ấy|liên quan|cấp (?:trên|dưới|ủy)|năm|quý|tháng|ngày|đạt|nhằm|vào|bằng|trước"
    r"|sau|qua|cả|riêng|một|hằng|hàng|hiện (?:có|nay|tại)|trưởng|vừa|mới|khác|nói chung|bao gồm|gồm)(?!\w)"
)
_HALF = re.compile(r"[^\W\d_]{1,8}(?:\s{1,3}[^\W\d_]{1,8})?\s{1,3}[-–]\s{1,3}(?=[^\W\d_])(?=[^a-zà-ỹđ])")
_LONGEST = 260  # characters that a list of names is looked for in
_BUILDS = re.compile(r"(?:Sở|Bộ) xây dựng\Z")  # «Thanh tra Sở xây dựng kế hoạch»: the verb, no department
# Whose kind is its whole name, in plans of its own commune or office.
_ALONE = re.compile(
    r"văn phòng|vp|công an|quân sự|công đoàn|đoàn thanh niên|(?:tỉnh|thành|huyện|thị|quận|xã|phường) đoàn"
    r"|đoàn (?:xã|phường)|mặt trận|kho bạc|bưu điện|điện lực|viễn thông|vnpt|viettel|mobifone|già làng"
    r"|(?:thôn|buôn|bản|ấp|khóm|xóm|làng|hiệu|viện|tổ|đội|trạm|điều dưỡng) trưởng"
    r"|trưởng (?:buôn|bản|khóm|xóm|làng|sóc|phum)"
)
_MEMBERS = (
    r"(?:sở|ban(?: ngành)?|ngành|phòng|khoa|vụ|cục|viện|trường|xã|phường|huyện|thị trấn|thôn|ấp|khóm|tổ(?! chức)|hội"
    r"|đoàn thể|cơ quan|đơn vị|địa phương|khu phố|thành viên|trạm|trung tâm|chi (?:bộ|đoàn|hội))(?!\w)"
)
_GROUP = re.compile(
    rf"(?:các|từng|mỗi|những)\s{{1,3}}{_MEMBERS}(?:(?:,| và|, và)\s{{1,3}}(?:các\s{{1,3}})?{_MEMBERS}){{0,5}}"
)


@dataclass(frozen=True, slots=True)
class NameEnd:
    """Where a name or list of names ends by its own words, and how far they tell so: `SURE` behind a registered name,
    an abbreviation, a place; `LIKELY` behind a known field; `LOOSE` behind an unknown one, which may go on in small
    letters («Khoa Chẩn đoán hình ảnh»); `GROUP` behind «các phòng», which more often goes on."""

    at: int
    level: int


GROUP, LOOSE, LIKELY, SURE = 0, 1, 2, 3


@cache
def _fields() -> re.Pattern[str]:
    """What bodies are there for («tư pháp», «phát triển nông thôn»): of the register's names and its list of fields."""
    found = set(load("agencies")["names"]["fields"])
    kinds = set(load("documents")["agency_words"])
    for agency in register().agencies.values():
        runs = () if agency.is_group else re.split(r" (?=[^\W\d_])(?=[^a-zà-ỹđ])|[,.&/()-]", agency.name)
        for run in map(str.strip, runs):
            words = re.sub(r" (?:và|các|tỉnh|thành phố|huyện|xã|cấp)\b.*", "", matching(run))
            if " " in words and words not in kinds and not run.isupper():
                found.add(words)
    return re.compile(rf"(?:{by_first(re.escape(f) for f in sorted(found, key=len, reverse=True))})(?!\w)")


def in_field(match: str, start: int, end: int) -> bool:
    """Are the words of `match[start:end]` the rest of a field («Kế hoạch tổng hợp»)?"""
    begins = [m.start() for m in _WORD.finditer(match, max(0, start - 30), start)][-3:]
    return any(_field_end(match, at, end) >= end for at in begins)


def _field_end(match: str, at: int, end: int) -> int:
    found = _fields().match(match, at, end)
    return found.end() if found else -1


def _lower(text: str, at: int, end: int) -> re.Match[str] | None:
    word = _WORD.match(text, at, end)
    return word if word and word.group()[0].islower() else None


def name_end(
    text: str, match: str, start: int, end: int, kind: re.Pattern[str], verbs: re.Pattern[str]
) -> NameEnd | None:
    """Where the names end that begin at `start`; None where their words do not tell so.

    `kind` is the pattern of what bodies are called (sở, phòng, trạm), `verbs` that of known verbs: in small letters
    they are never part of a field.
    """
    end = min(end, start + _LONGEST)
    known = {s: e for s, e, _ in register().spans(match, start, end) if not _BUILDS.search(text[s:e])}
    at, named = start, False
    while True:  # one member of the list after another
        group, head = _GROUP.match(match, at, end), kind.match(match, at, end)
        if at in known:
            at, level, told = _elements(text, match, known[at], end, SURE, kind, verbs)
        elif group is not None and (head is None or head.end() <= group.end()):
            tail = _WHICH.match(match, group.end(), end)
            at, level, told = tail.end() if tail else group.end(), GROUP, True
        elif head is not None:
            at, level, told = _elements(text, match, head.end(), end, LOOSE, kind, verbs)
            if not told and _ALONE.fullmatch(match, head.start(), at):
                level, told = LIKELY, True
        else:
            return None
        named = named or told
        join = _JOIN.match(match, at, end) or _OF.match(match, at, end)
        if join is None or not (join.end() in known or kind.match(match, join.end(), end)):
            break
        if text[join.end()].islower() and verbs.match(match, join.end(), end):
            break
        at = join.end()
    blank = _BLANK.match(match, at, end)
    following = _lower(text, blank.end(), end) if blank else None
    if following is not None and _HALF.match(text, following.start(), end):
        return None  # «Phòng Quản lý thu - Sổ, thẻ»
    if not named or following is None or _NO_VERB.match(match, following.start(), end):
        return None
    return NameEnd(at, level)


def _elements(
    text: str, match: str, at: int, end: int, level: int, kind: re.Pattern[str], verbs: re.Pattern[str]
) -> tuple[int, int, bool]:
    """The words of fields, places and levels that go on behind a kind or a known name: their end, how sure it is, and
    whether anything names the body."""
    named, proper = level == SURE, False
    while True:
        aside = _ASIDE.match(match, at, end)
        at = aside.end() if aside else at
        join = _JOIN.match(match, at, end) or _OF.match(match, at, end)
        blank = join or _BLANK.match(match, at, end)
        word = _WORD.match(text, blank.end(), end) if blank else None
        if word is None:
            return at, level, named
        begin, capital = word.start(), word.group()[0].isupper()
        field = _field_end(match, begin, end)
        place = _LEVEL.match(match, begin, end) or _ALL.match(match, begin, end)
        head = kind.match(match, begin, end) if capital else None
        if not capital and field < 0 and place is None and not word.group()[0].isdigit():
            return at, level, named
        if not capital and verbs.match(match, begin, end):
            return at, level, named
        if join and (word.group()[0].isdigit() or (head is not None and head.end() > field)):
            return at, level, named  # another name
        proper = proper and join is None
        if head is not None and head.end() > field and not place:
            owner = _OWNER.fullmatch(match, begin, head.end()) is not None
            at, level, proper = head.end(), SURE if owner else LOOSE, False
            if not owner:
                continue
        elif place is not None and place.end() > field:
            at, level, proper = place.end(), LIKELY if join and match.startswith("các", begin) else SURE, False
        elif field > 0 and (capital or " " in match[begin:field]):
            at, level, proper = field, LIKELY, False
        elif not capital and not word.group()[0].isdigit():
            return at, level, named
        else:
            at, plain = word.end(), capital and (word.group()[1:].islower() or len(word.group()) == 1)
            second = _lower(text, at + 1, end) if plain and not proper and text[at : at + 1].isspace() else None
            closed = second and (_LEVEL.match(match, second.start(), end) or _NO_VERB.match(match, second.start(), end))
            if second and not closed:
                at, level = second.end(), LOOSE  # «Hành chính», «Quản lý»: a word of two syllables
            else:
                level, proper = LOOSE if plain and not proper else SURE, True
        named = True
