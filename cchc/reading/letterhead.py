"""Which bodies does the printed letterhead name, from the upper one down to the one that issues?

Letterheads come in one column or with the state's name beside them, on one line or over several; only the left
column's words in capitals are names.
"""

from __future__ import annotations

import re

from cchc.reading.paragraphs import is_caps
from cchc.text import matching

_LINES, _CHARS = 60, 5000
_BESIDE = re.compile(r"\t|\||[ \u00a0]{3,}|(?<!\S)(?:cộng h\w{2,3} xã hội|độc lập|đảng cộng sản)|-{3,}|_{3,}|\. \. \.")
_BODY = re.compile(
    r"(?:(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|đảng bộ|ubnd|ủy ban nhân dân|ủy ban|"
    r"hội đồng nhân dân|hđnd|sở|bộ|ban|tổng cục|cục|chi cục|phòng|thanh tra|"
    r"bảo hiểm xã hội|kho bạc|văn phòng|viện|học viện|trường|đại học|công an|tòa án|ngân hàng|trung tâm|hội|liên đoàn|"
    r"tổng công ty|thuế|bệnh viện|đài|báo|quỹ|(?:thủ tướng )?chính phủ|kiểm toán nhà nước|thông tấn xã"
    r"|tổng liên đoàn|tập đoàn|công ty)(?!\w)"
)
# «UBND TỈNH THÁI BÌNH SỞ NỘI VỤ»: two lines of a cell that a copy has put on one.
_TWO = re.compile(
    r"(?:ubnd|ủy ban nhân dân) (?:tỉnh|thành phố|huyện|quận|thị xã) [^\W\d_]+(?: - [^\W\d_]+| [^\W\d_]+){0,3}?"
    r"(?P<cut> )(?=(?:ubnd|ủy ban nhân dân|sở|ban (?:quản lý|dân tộc)|thanh tra|văn phòng|chi cục|trung tâm"
    r"|(?<!hải )phòng) \w)"
)
_ORGAN = re.compile(r"(?:ban )?thường trực|ban chấp hành|ban (?:chấp hành )?đoàn|đoàn chủ tịch")
# «ĐẢNG ỦY - UBND PHƯỜNG 12»: the second acts
_BOTH = re.compile(r"(?:ĐẢNG ỦY|HĐND|HỘI ĐỒNG NHÂN DÂN)\s?(?:-|VÀ|,)\s?(?=(?:UBND|ỦY BAN NHÂN DÂN) )")
_UNIT = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?!\w)")
_GOES_ON = re.compile(r"(?:và|-|,|việt nam)(?!\w)")
_NUMBER = re.compile(r"số\s{0,3}:|số\s{1,3}\d")
_TITLE = re.compile(r"(?:kế hoạch|quyết định|chỉ thị|chương trình|công văn|nghị quyết|v/v|về việc|căn cứ)(?!\w)")
_STATE = re.compile(r"cộng h\w{2,3} xã hội|(?:h\w{2,3} )?xã hội chủ nghĩa|cộng(?: h\w{2,3})?\Z|độc lập|đảng cộng sản")


def letterhead(text: str, match: str) -> tuple[str, ...]:
    """Names in capitals as printed, blanks folded, upper body first; () where there is no letterhead.

    "UBND TỈNH SƠN LA / SỞ GIAO THÔNG VẬN TẢI" gives both; "ỦY BAN NHÂN DÂN / HUYỆN ĐỒNG VANG" is one name. `match` is
    the matching form of `text`, with or without line ends.
    """
    bodies: list[str] = []
    state = False
    last = -9  # the line the last name stood on
    between = 0  # lines of the state's name since then: of the other column
    at = number = 0
    while at < min(len(text), _CHARS) and number < _LINES:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        start, at = at, stop + 1
        while start < stop and (text[start].isspace() or text[start] in "*_#|>\\"):
            start += 1
        if start >= stop:
            continue
        number += 1
        low = match[start:stop].replace("\n", " ")
        state = state or bool(_STATE.search(low))
        beside = _BESIDE.search(low)
        end = start + (beside.start() if beside else stop - start)
        if _STATE.match(low.strip(" *|")):
            between += 1
            continue
        raw = " ".join(text[start:end].replace("*", " ").split()).strip(" .-_#:\\")
        words = " ".join(match[start:end].replace("*", " ").split()).strip(" .-_#:\\")
        if bodies and (_NUMBER.match(low) or (_TITLE.match(low) and number - last <= 8)):
            return tuple(bodies) if state or _NUMBER.match(low) else ()
        if not raw or not is_caps(raw + " " * 4 if len(raw) > 4 else raw + raw):
            continue
        apart = number - last - between
        if bodies and apart <= 2 and (_UNIT.match(words) or _GOES_ON.match(words)) and not _whole(bodies[-1]):
            bodies[-1] = f"{bodies[-1]} {raw}"
            last, between = number, 0
        elif bodies and apart <= 2 and _below(words, bodies[-1]):
            bodies.append(f"UBND {raw}")  # «ỦY BAN NHÂN DÂN QUẬN 5» / «PHƯỜNG 10»
            last, between = number, 0
        elif bodies and _ORGAN.fullmatch(words):
            last, between = number, 0  # «ỦY BAN MTTQ VIỆT NAM / TỈNH X / BAN THƯỜNG TRỰC»: the organ of the body above
        elif _BODY.match(words) and len(raw) < 120:
            two = _TWO.match(words) if len(words) == len(raw) else None
            if two:
                bodies.append(raw[: two.start("cut")])
                raw = raw[two.end("cut") :]
            raw = _BOTH.sub("", raw)
            bodies.append(f"ỦY {raw}" if words.startswith("ban nhân dân") else raw)  # "ỦY" stands on the line above
            last, between = number, 0
        elif bodies and apart == 1 and not _whole(bodies[-1]) and len(raw) < 60 and not _TITLE.match(words):
            name = f"{bodies[-1]} {raw}"  # "BAN QUẢN LÝ" / "KHU KINH TẾ"
            if between and not _said_below(match, at, name):
                continue
            bodies[-1] = name
            last, between = number, 0
    return ()


_PEOPLE = re.compile(r"(?:ubnd|ủy ban nhân dân) (?P<unit>tỉnh|thành phố|tp\.?|huyện|quận|thị xã)(?!\w)")
_UNDER = {"tỉnh": re.compile(r"(?:thành phố|tp\.?|huyện|thị xã|xã|phường|đặc khu) \w")}
_UNDER_DISTRICT = re.compile(r"(?:xã|phường|thị trấn) \w")


def _below(words: str, upper: str) -> bool:
    """Is a line a unit of the one whose committee stands above («HUYỆN X» below «UBND TỈNH Y»)?"""
    above = _PEOPLE.match(matching(upper))
    return bool(above and _UNDER.get(above["unit"], _UNDER_DISTRICT).match(words) and len(words) < 40)


def _said_below(match: str, at: int, name: str) -> bool:
    """Does the document say the name once more? Lines parted by those of the other column need not be one."""
    words = map(re.escape, matching(name).split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)").search(match, at, at + _CHARS) is not None


def _whole(name: str) -> bool:
    """Does the name say its place already ("ỦY BAN NHÂN DÂN TỈNH NGHỆ AN")?"""
    return bool(re.search(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ(?! HỘI)|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s+\S", name))
