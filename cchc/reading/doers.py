"""Whose name is this, and who is told to do something? Works on words and grammar, needs no list of agencies."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cchc.reading.names import GROUP, LOOSE, SURE, NameEnd, in_field, name_end
from cchc.reading.patterns import by_first
from cchc.reference import load

_MAX_NAME = 230
_LEADS = re.compile(
    r"(?:(?:trách nhiệm của|nhiệm vụ của|đối với|đề nghị|kính đề nghị|giao cho"
    r"|giao(?!\s+ban\s+(?:trực|hằng|hàng|định|tuần|tháng|quý|đầu|cuối|chuyên|với|công)(?!\w))|yêu cầu|về phía|trách "
    r"nhiệm|nhiệm vụ|phân công)\s+(?:các\s+đồng chí\s+|đồng chí\s+|ông\s+|bà\s+)?)+"
)
_OFFICE = re.compile(
    r"(?:giám đốc|chánh(?=\s+văn phòng)|chánh(?=\s+thanh tra)"
    # not «Trưởng ban nhân dân ấp», «Trưởng phòng, Chi cục trưởng»
    r"|trưởng(?=\s+(?:phòng|ban(?!\s+(?:điều hành|nhân dân|công tác|vận động)))\b(?!\s{0,3},|\s+và\s))"
    r"|cục trưởng(?=\s+cục)|chi cục trưởng(?=\s+chi cục))\s+(?!các\b|sở, |sở,"
    # the heads of many: «Giám đốc BHXH các huyện»
    r"|(?:bhxh|bảo hiểm xã hội|kho bạc(?: nhà nước)?|chi nhánh|trung tâm(?: y tế)?|bệnh viện|điện lực|bưu điện) các\b)"
)
# Not the full stop of an abbreviation («VP.UBND tỉnh», «P. Nội vụ»).
_CLAUSE = re.compile(r"[;:!?]|(?<!\bp)(?<!\btp)(?<!\btx)\.(?=\s|\Z)")
# «Các sở: Tư pháp, Y tế ban hành ...»: what follows the colon is still the name.
_GROUP_OF = re.compile(
    r"(?:ubnd\s+)?các\s+(?:sở|ban|ngành|phòng|cơ\s+quan|đơn\s+vị|ubnd|huyện|xã|phường|thành\s+phố|cục|trường)"
    r"(?:[\s,]+(?:các|sở|ban|ngành|phòng|xã|phường|huyện|thị\s+trấn|thành\s+phố|cấp|tỉnh))*\s*"
)


def group_of_bodies(text: str, match: str, start: int, colon: int, end: int) -> bool:
    """«Các sở: Tư pháp, Tài chính, Y tế»: is what stands behind the colon the rest of the name?"""
    return (
        _GROUP_OF.fullmatch(match, start, colon) is not None
        and text[colon + 1 : colon + 3].strip()[:1].isupper()
        and names_agency(text, match, start, end) is not None
    )


_ASIDE = re.compile(
    r"\s*\((?:là\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|thường\s+trực|đầu\s+mối|chủ\s+trì|qua|gửi|bên\s+[a-e]|"
    r"(?:sau\s+đây\s+)?gọi\s+(?:tắt|chung))(?!\w)[^()]{0,120}\)\s*\Z"
)


@cache
def _words(key: str) -> Any:
    return load("documents")[key]


# Words that turn the head of a name into something else: "báo cáo", "ban hành", "tổ chức thực hiện", "xã hội".
_NO_BODY = (
    r"(?<=ban)\s+hành\s|(?<=phòng)(?:,|\s+và)?\s+(?:chống|ngừa|tránh|bệnh|dịch)(?!\w)|(?<=đội)\s+ngũ|(?<=hạt)\s+nhân"
    r"|\s+(?:cáo|chỉ\s+số|tiêu|nghị|chức(?!\s+chính\s+trị)|hợp(?!\s+tác)|hội\s+hóa|gồm|bí\s+mật|thủ\s+tục|sản\s+phẩm"
    r"|lược|thời|phẩm|câu|dụng|nhiệm|tính(?!\w)|đo(?!\w))"
)


@cache
def _agency_start() -> re.Pattern[str]:
    words = sorted(_words("agency_words"), key=len, reverse=True)
    return re.compile(
        r"(?:các\s+|những\s+|mỗi\s+|từng\s+|một số\s+|(?:hai|ba|bốn)\s+(?=sở|xã|phường|huyện|thị|đơn|cơ|phòng))?(?:"
        + by_first(re.escape(w).replace(r"\ ", r"\s+") for w in words)
        + r")(?!\w)(?!"
        + _NO_BODY
        + ")"
    )


def _begins_name(text: str, match: str, at: int, end: int) -> bool:
    """Does the name of a body begin here («Phòng Chống buôn lậu»), and not a verb («Phòng, chống tham nhũng»)?"""
    return text.startswith("Phòng Chống", at) or _agency_start().match(match, at, end) is not None


@cache
def _verbs() -> re.Pattern[str]:
    words = sorted(_words("duty_verbs"), key=len, reverse=True)
    literals = (re.escape(w).replace(r"\ ", r"\s+") for w in words)
    return re.compile("(?:" + by_first(literals, whole=True) + r")(?!\w)")


def begins_with_verb(match: str, start: int, end: int) -> bool:
    """Does a sentence begin with what is to be done («Rà soát ...», «Mở ...»)?"""
    return _verbs().match(match, start, end) is not None


_FIRST_VERB = re.compile(r"(?<!\w)(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w)")
# «Tổ chức giao ban trực tuyến» holds no body that something is handed to.
_ORDER = re.compile(
    r"(?:y(?<!\wy)êu cầu|g(?<!\wg)iao(?: cho)?|đ(?<!\wđ)ề nghị|p(?<!\wp)hân công)\s+(?=[^\W\d_])(?<!bàn giao )"
    r"(?!ban(?:\s+(?!chỉ|quản|dân|tổ|nội|tuyên|thường|giám|kinh|pháp|văn|an|cán|đô|cơ|tôn|bảo|điều)|[^\w\s]|\Z))"
)


def strip_office(text: str, match: str, start: int, end: int) -> tuple[int, int]:
    """The span of the body itself: "giao Giám đốc Sở Nội vụ" -> "Sở Nội vụ", "Đề nghị Tỉnh đoàn" -> "Tỉnh đoàn"."""
    m = _LEADS.match(match, start, end)
    if m:
        start = m.end()
    m = _OFFICE.match(match, start, end)
    if m:
        start = m.end()
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:*_"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    return start, end


def names_agency(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the name when `start:end` holds nothing but a body (or a list of bodies), else None.

    "Sở Thông tin và Truyền thông", "Trách nhiệm của các sở, ban, ngành", "Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh"
    are; "Sở Nội vụ chủ trì, phối hợp ..." and "Cơ quan hành chính các cấp đạt 90%" are not.
    """
    stops = text[start:end].rstrip().endswith(".")
    start, end = strip_office(text, match, start, end)
    aside = _ASIDE.search(match, start, end)
    if aside:  # "Công an thành phố (Cơ quan thường trực Tổ công tác)": what it is besides
        end = aside.start()
    if end - start < 2 or end - start > _MAX_NAME or not _begins_name(text, match, start, end):
        return None
    if _FIGURE.search(match, start, end) or "%" in match[start:end]:
        return None
    if _ALL_CHARGED.fullmatch(match, start, end):
        return start, end
    for m in _verbs().finditer(match, start, end):
        if text[m.start()].islower() and m.start() > start and not _part_of_name(match, m):
            if match.count("(", start, m.start()) > match.count(")", start, m.start()):
                continue  # «(hoặc cơ quan tiếp nhận ...)»
            return None
    told = _name_end(text, match, start, end)
    sure = told is not None and (told.level == SURE or (told.level > LOOSE and stops))
    if told is not None and sure and len(match[told.at : end].split()) > 2:
        return None  # «Đội Tổng hợp đầu mối, thứ Sáu báo cáo.»
    return start, end


# «Các cơ quan được phân công chủ trì theo dõi chỉ số»: which bodies, and nothing of what they have to do
_ALL_CHARGED = re.compile(
    r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương|sở|ban|ngành|bộ\s+phận|[,\s])+được\s+(?:giao|phân\s+công)"
    r"(?:\s+(?:nhiệm\s+vụ|chủ\s+trì|phụ\s+trách|theo\s+dõi|tham\s+mưu|thực\s+hiện|quản\s+lý)){1,3}"
    r"\s+(?:(?:các|từng|những)\s+)?"
    r"(?:chỉ\s+số|tiêu\s+chí|nội\s+dung|nhiệm\s+vụ|lĩnh\s+vực|chỉ\s+tiêu|mục\s+tiêu|công\s+việc)"
    r"(?:,?\s+(?:tiêu\s+chí|thành\s+phần|cải\s+cách\s+hành\s+chính|cụ\s+thể|liên\s+quan|được\s+giao|nêu\s+trên))*"
)


def _name_end(text: str, match: str, start: int, end: int) -> NameEnd | None:
    told = name_end(text, match, start, end, _agency_start(), _verbs())
    if told is None:
        return None
    follows = _verbs().match(match, told.at + 1, end)  # behind one blank
    # «Trường Cán bộ quản lý giáo dục bồi dưỡng ...»: that verb is part of the name, which ends somewhere behind it
    return None if follows is not None and _within_name(match, follows) else told


def names_until(text: str, match: str, start: int, end: int) -> int | None:
    """Where the name or list of names ends that begins at `start`, where its own words tell so."""
    told = _name_end(text, match, start, end)
    return told.at if told is not None and told.level != GROUP else None


_FIELD_GOES_ON = 8  # words of a field that no list holds, between a name's end and a known verb
_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thôn)\s")


def _ends_before(text: str, match: str, start: int, verb: int, end: int) -> int | None:
    """Where the name ends that begins at `start`, where its words tell so before the first known verb (-1: none)."""
    told = _name_end(text, match, start, end)
    if told is None or (text[start : told.at].islower() and not match.startswith("các ", start)):
        return None
    if verb < 0:
        return None if _PLACE.match(match, start) else told.at  # «Thành phố Cà Mau xếp thứ ba»: no body that acts
    between = match[told.at : verb].strip(" *_\n")
    if not between or verb < told.at:
        return None
    if told.level == GROUP:  # «các phòng thu dọn kho, báo cáo»
        return told.at if between.endswith(",") and len(between.split()) > 1 else None
    words = len(between.split())  # no name goes on to a comma that a verb follows («... lo kinh phí, hướng dẫn ...»)
    comma = between.endswith(",")
    if told.level == LOOSE:
        return told.at if comma and words > 2 else None
    # one syllable is no field: «... Tài chính chi trả»
    return told.at if told.level == SURE or comma or words == 1 or words > _FIELD_GOES_ON else None


_FIGURE = re.compile(r"\d{2,}\s*%|\d{4}")
_NAME_BEFORE = re.compile(
    r"(?:ban|(?<!cán )bộ|sở|phòng|ủy ban|thanh tra|cơ quan|đơn vị|trung tâm|báo|đài|chuyên trách|thường trực|hội đồng|"
    r"tổ|kinh tế|chính trị|các|những|mọi|và|quản)\s*,?\s+\Z"
)


_SCHOOL = re.compile(
    r"(?:học\s+viện|trường|trung\s+tâm|viện)\s+(?:đào\s+tạo,?\s+)?(?:bồi\s+dưỡng\s+)?(?:cán\s+bộ\s+)?\Z"
)
_DEVELOPS = re.compile(r"(?:tư vấn|đầu tư|hỗ trợ|xúc tiến|quỹ|quản lý)\s+\Z")


_ENDS = re.compile(r"\s*(?:[:.;*_]|\n|\Z)")
# Verbs that are part of a name (or of a noun) behind these words.
_IN_NAMES = {
    "cung cấp": ("nhà ",),  # «các nhà cung cấp dịch vụ»
    "điều hành": ("ban ", "tổ "),
    "giúp": ("trợ ",),  # «Trung tâm Trợ giúp pháp lý»
    "khen thưởng": ("thi đua, ", "thi đua và "),  # «Vụ Truyền thông và Thi đua, khen thưởng»
    "ký": ("đăng ",),  # «Văn phòng Đăng ký đất đai»
    "nhập": ("xuất ",),  # «Phòng Thuế xuất nhập khẩu»
    "phát thanh": ("báo và ", "báo, ", "đài "),  # «Báo và phát thanh, truyền hình Lào Cai»
    "phát triển": ("lý ",),
    "quản lý": ("giám sát ",),  # «Phòng Giám sát quản lý»
    "sử dụng": ("quyền ",),  # «Văn phòng đăng ký quyền sử dụng đất»
    # «Tổ Công nghệ thông tin», «Phòng Văn hóa thông tin»
    "thông tin": ("nghệ ", "hóa ", "toàn ", "ninh ", "cổng ", "trang "),
    "tổng hợp": ("dịch vụ ",),  # «Trung tâm Dịch vụ tổng hợp»
    "trình": ("lộ ", "chương ", "quy ", "công ", "giáo "),  # «... lộ trình»: no verb at all
    # «Học viện Cán bộ quản lý xây dựng và đô thị», «Ban Quản lý dự án đầu tư xây dựng tỉnh»
    "xây dựng": ("lý ", "dự án đầu tư "),
}


_FIELDS = ("tổng hợp", "quản lý", "thông tin", "tuyên truyền", "kiểm tra", "giám sát", "tiếp nhận", "hướng dẫn")
_IS_SAID = re.compile(
    r"\s(?:là\s+(?:cơ quan|đơn vị|đầu mối|bộ phận|thường trực|nơi)|có trách nhiệm|chịu trách nhiệm|chủ trì)(?!\w)"
)
# «Các đơn vị báo cáo kết quả ...», «Từng cơ quan, đơn vị xây dựng kế hoạch ...»: what they do, no kind of bodies
_DONE_BY_ALL = re.compile(
    r"(?:các|mọi|mỗi|từng)\s+(?:cơ quan|đơn vị|địa phương)"
    r"(?:(?:,|\s+và)\s+(?:các\s+)?(?:cơ quan|đơn vị|địa phương)){0,3}\s+\Z"
)


def _within_name(match: str, m: re.Match[str]) -> bool:
    """Is a verb part of the name by the words right before it, whatever follows?"""
    if match[max(0, m.start() - 16) : m.start()].endswith(_IN_NAMES.get(m.group(), ())):
        return True
    # «Phòng Hành chính tổng hợp là thường trực, ...», «Phòng Tổ chức tổng hợp chịu trách nhiệm ...»
    if m.group() in _FIELDS and _IS_SAID.match(match, m.end()):
        return True
    school = m.group() in ("quản lý", "đào tạo", "bồi dưỡng")
    return school and _SCHOOL.search(match[max(0, m.start() - 60) : m.start()]) is not None


_TEAM = re.compile(r"(?<!\w)(?:đội|đoàn|tổ|trạm|chốt|phòng|bộ phận|nhóm)\s+\Z")
_TEAM_FOR = (
    "kiểm tra", "kiểm soát", "giám sát", "hỗ trợ", "hướng dẫn", "tuyên truyền", "quản lý", "tiếp nhận", "thẩm định",
    "xử lý", "thanh toán", "đào tạo",
)  # fmt: skip


def _part_of_name(match: str, m: re.Match[str]) -> bool:
    before = match[max(0, m.start() - 16) : m.start()]
    if m.group() in _TEAM_FOR and _TEAM.search(before) and _verbs().match(match, m.end() + 1):
        return True  # «Đội kiểm soát xây dựng kế hoạch»: what the team is there for, then what it does
    if before.endswith(("sở ", "bộ ")) and not before.endswith("cán bộ "):
        return False  # «Thanh tra Sở kiểm tra ...»: the name of a department goes on with a capital
    if before.endswith(("được ", "dự kiến ", "thuộc diện ")):  # «Các xã dự kiến sắp xếp phải bàn giao ...»
        return True  # «Các đơn vị được kiểm tra chuẩn bị ...»: which bodies
    if before.endswith(" và ") or _within_name(match, m):
        return True  # no name ends with «và»: «Phòng Chống buôn lậu và xử lý vi phạm»
    if in_field(match, m.start(), m.end()) and (_ENDS.match(match, m.end()) or _verbs().match(match, m.end() + 1)):
        return True  # «Phòng Kế hoạch tổng hợp theo dõi ...», «2. Phòng Kế hoạch tổng hợp:»
    if m.group() in ("báo cáo", "xây dựng", "trình"):
        whose = match[max(0, m.start() - 60) : m.start()]
        if _DONE_BY_ALL.search(whose) and not _verbs().match(match, m.end() + 1):
            return False
    if m.group() == "xây dựng" and before.endswith("thanh tra "):
        return False  # «Phòng Tổ chức cán bộ - Thanh tra xây dựng phương án»
    if m.group() in ("đào tạo", "bồi dưỡng"):
        return before.endswith(("và ", ", ")) or bool(_NAME_BEFORE.search(before))
    if m.group() == "đăng" and before.endswith("phòng ") and match.startswith("đăng ký ", m.start()):
        return True  # «Chi nhánh Văn phòng đăng ký đất đai»
    if m.group() == "phát triển" and _DEVELOPS.search(before):
        return True  # «Trung tâm Khuyến công và Tư vấn phát triển công nghiệp»
    return m.group() in (
        "tổ chức",
        "quản lý",
        "kiểm tra",
        "thông tin",
        "tuyên truyền",
        "xây dựng",
        "báo cáo",
        "chỉ đạo",
        "giám sát",
        "trình",
        "lãnh đạo",
    ) and bool(
        _NAME_BEFORE.search(match[max(0, m.start() - 16) : m.start()])
        or (m.group() in ("tổ chức", "lãnh đạo") and match[m.end() : m.end() + 1] in (",", ";", ""))
        or (match[max(0, m.start() - 2) : m.start()] == ", " and m.group() in ("tổ chức", "lãnh đạo"))
    )


# "Phân công lãnh đạo phụ trách ...": what the body of the heading does with its own people.
_OWN_STAFF = re.compile(
    r"phân\s+công\s+(?:một\s+|01\s+|các\s+|đồng\s+chí\s+)*"
    r"(?:lãnh\s+đạo|cán\s+bộ|công\s+chức|viên\s+chức|người)(?!\w)"
)
_INTRO = re.compile(
    r"(?:theo đó|đồng thời|bên cạnh đó|ngoài ra|cũng tại|cùng với đó|tại kế hoạch|theo kế hoạch|trong đó|"
    r"riêng|để (?:triển khai|thực hiện)|nhằm)[^,.;:]{0,30},\s+"
)


_PERSON = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ[./]?c|ông|bà)\s+(?=\w)")
_LONGEST_PERSON = 120


def _of_person(text: str, match: str, start: int, name: int, end: int) -> tuple[int, int] | None:
    """«Đồng chí Trần Văn A, Phó Giám đốc, phụ trách ...», «Đ/c Trưởng phòng chỉ đạo ...»: up to what is to be done."""
    clause = _CLAUSE.search(match, name, end)
    for verb in _verbs().finditer(match, name, clause.start() if clause else end):
        office = match.endswith(("trưởng phòng ", "phó phòng ", "trưởng ban ", "giám đốc "), name, verb.start())
        if text[verb.start()].islower() and (office or not _part_of_name(match, verb)):
            return strip_office(text, match, start, verb.start())
    return None


def doer(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the body a sentence names as the one who acts, None where it names none.

    "Sở Nội vụ có trách nhiệm ..." -> "Sở Nội vụ"; "Chủ tịch UBND tỉnh yêu cầu các sở xây dựng ..." -> "các sở";
    "Chủ trì, phối hợp với Sở Nội vụ ..." -> None (the heading above names who).
    """
    intro = _INTRO.match(match, start, end)
    if intro:
        start = intro.end()
    if _OWN_STAFF.match(match, start, end):
        return None
    ordered = _ordered(text, match, start, end)
    if ordered is not None:
        return ordered
    person = _PERSON.match(match, start, end)
    if person and text[person.end()].isupper():
        return _of_person(text, match, start, person.end(), min(end, start + _LONGEST_PERSON))
    stop = min(end, start + _MAX_NAME + 60)
    begin, _ = strip_office(text, match, start, stop)
    if not _begins_name(text, match, begin, stop):
        return None
    cut = _CLAUSE.search(match, begin, stop)
    # ";" may stand between the members of a list ("Các Sở, Ban, ngành; UBND các huyện"): only "." and ":" end it.
    while cut and cut.group() == ";" and _agency_start().match(match[cut.end() : cut.end() + 40].lstrip()):
        cut = _CLAUSE.search(match, cut.end(), stop)
    listed = cut and cut.group() == ":" and _GROUP_OF.fullmatch(match, begin, cut.start())
    if cut and listed and text[cut.end() + 1 : cut.end() + 2].isupper():
        cut = _CLAUSE.search(match, cut.end(), stop)
    limit = cut.start() if cut else stop
    anchor = _FIRST_VERB.search(match, begin, limit)
    verb = anchor
    for m in _verbs().finditer(match, begin, limit):
        if anchor and m.start() >= anchor.start():
            break
        if m.start() > begin and text[m.start()].islower() and not _part_of_name(match, m):
            told = _after_what_describes(text, match, m, begin, limit)
            if told is not None or anchor is None or not _relative(match, begin, m.start()):
                verb = told or m
            break
    by_name = _ends_before(text, match, begin, verb.start() if verb else -1, limit)
    if by_name is not None:
        return strip_office(text, match, begin, by_name)
    if verb is None or verb.start() - begin < 2 or verb.start() - begin > _MAX_NAME:
        return None
    ends = _without_when(match, begin, verb.start())
    tail = re.search(
        r"\s+(?:đã|sẽ|cần|phải|cần phải|có nhiệm vụ|thường xuyên|chủ động|được giao|được phân công"
        r"|không(?: được)?)\s*\Z",
        match[begin:ends],
    )
    if tail:
        ends = begin + tail.start()
    what = _IS.search(match, begin, ends)
    if what:  # "Văn phòng là đơn vị đầu mối, theo dõi ..."
        ends = what.start()
    span = strip_office(text, match, begin, ends)
    if match[span[0] : span[1]] == "thường trực":  # «Thường trực tham mưu ...»: as what, not who
        return None
    return span if span[1] - span[0] >= 2 and not _PAST.match(match, verb.start() - 4, end) else None


# «Sở Tài chính hằng quý rà soát ...», «giao Thanh tra trong tháng 4 kiểm tra ...»: when, between who and what
WHEN_NEXT = re.compile(
    r",?\s+(?P<when>(?:thường\s+xuyên|định\s+kỳ)(?:\s+h[ằà]ng\s+(?:ngày|tuần|tháng|quý|năm))?"
    r"|h[ằà]ng\s+(?:ngày|tuần|tháng|quý|năm)"
    r"|(?:trong|trước|đến\s+hết|chậm\s+nhất(?:\s+là)?)\s+(?:ngày|tháng|quý)\s+[\divx]{1,4}"
    r"(?:[/-]\d{1,4}|\s+(?:tháng|năm)\s+\d{1,4}){0,2})(?=,?\s+[^\W\d_])"
)


def _without_when(match: str, start: int, end: int) -> int:
    """The end of a name without the time behind it."""
    when = WHEN_NEXT.search(match, start, end + 2)
    return when.start() if when and end - when.end() <= 1 else end


_IS = re.compile(r"\s+là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|bộ\s+phận|thường\s+trực|nơi)(?!\w)")
_PAST = re.compile(r"\s*(?:đã)\s")


# «các cơ quan phụ trách từng lĩnh vực báo cáo ...», «Các cơ quan được giao phụ trách nội dung, tiêu chí chuẩn bị ...»
_CHARGED_WITH = (
    r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|địa\s+phương|bộ\s+phận|cá\s+nhân|công\s+chức|cán\s+bộ|lãnh\s+đạo|thành\s+viên"
    r"|(?:[^\W\d_]{2,6}\s+)?ủy\s+viên|(?:sở|ban|ngành|phòng|huyện|xã)(?:,\s+(?:sở|ban|ngành|phòng|huyện|xã|đơn\s+vị)){0,3})\s+"
    r"(?:có\s+(?:thành\s+viên|công\s+chức|cán\s+bộ|đại\s+diện|người)\s+(?:tham\s+gia|thuộc|trong)\s+[^,.;:]{2,40}?"
    r"|có\s+(?:tiêu\s+chí|nội\s+dung|chỉ\s+số|chỉ\s+tiêu|nhiệm\s+vụ)\s+(?:bị|chưa|còn|được)\s+[^,.;:]{2,40}?"
    r"|được\s+(?:giao|phân\s+công)\s+(?:nhiệm\s+vụ\s+)?(?:phụ\s+trách|chủ\s+trì|theo\s+dõi|thực\s+hiện|quản\s+lý)"
    r"\s+[^,.;:]{3,40}?(?:,\s[^,.;:]{3,40}?)?|phụ\s+trách\s+[^,.;:]{3,60}?)(?<!,)\s+(?="
)


@cache
def _charged_with() -> re.Pattern[str]:
    return re.compile(_CHARGED_WITH + _verbs().pattern + ")")


def _after_what_describes(text: str, match: str, verb: re.Match[str], start: int, end: int) -> re.Match[str] | None:
    """The verb of a sentence whose first one only tells which bodies are meant; None where the first one is it."""
    told = _charged_with().match(match, start, end)
    if told is None or not start < verb.start() < told.end():
        return None
    found = _verbs().match(match, told.end(), end)
    return found if found and text[found.start()].islower() and not _part_of_name(match, found) else None


_HEAD_OF_BODY = re.compile(r"(?:các\s+)?(?:thủ\s+trưởng|người\s+đứng\s+đầu|lãnh\s+đạo)(?!\w)")


def _relative(match: str, start: int, verb: int) -> bool:
    """ "Các cơ quan, đơn vị chủ trì thực hiện những nhiệm vụ ... có trách nhiệm": the first verb only describes. What
    a head of one does («Thủ trưởng đơn vị trực tiếp chỉ đạo, chịu trách nhiệm ...») never does."""
    told = ("đơn vị", "cơ quan", "địa phương", "được giao", "được phân công")
    return not _HEAD_OF_BODY.match(match, start) and match[start:verb].strip().endswith(told)


def _ordered(text: str, match: str, start: int, end: int) -> tuple[int, int] | None:
    """ "(X) yêu cầu Y làm ...", "giao Y chủ trì ...": Y."""
    stop = min(end, start + 260)
    for m in _ORDER.finditer(match, start, stop):
        head = match[start : m.start()].strip()
        if ". " in f"{head} ":  # another sentence
            return None
        if len(head) > 120:
            return None
        if m.group().startswith("phân công") and (not head or _OWN_STAFF.match(match, m.start(), stop)):
            continue  # "Phân công lãnh đạo phụ trách ...": what the body of the heading does itself
        rest = m.end()
        if not _begins_name(text, match, rest, stop):
            return None
        limit = min(end, rest + _MAX_NAME + 60)
        verbs = (v for v in _verbs().finditer(match, rest, limit) if v.start() > rest and text[v.start()].islower())
        verb = next((v for v in verbs if not _part_of_name(match, v)), None)
        begin, _ = strip_office(text, match, rest, limit)
        clause = _CLAUSE.search(match, begin, limit)
        stop = min(limit, clause.start()) if clause else limit
        ends = _ends_before(text, match, begin, verb.start() if verb else -1, stop)
        if ends is None:
            if verb is None:
                return None
            what = _IS.search(match, rest, verb.start())
            ends = what.start() if what else _without_when(match, rest, verb.start())
        span = strip_office(text, match, rest, ends)
        return span if 2 <= span[1] - span[0] <= _MAX_NAME else None
    return None


def orders_someone(match: str, start: int, end: int) -> bool:
    """Does the sentence hand a duty on ("yêu cầu các sở ...", "giao Sở Nội vụ ...")?"""
    stop = min(end, start + 260)
    return any(_agency_start().match(match, m.end(), stop) for m in _ORDER.finditer(match, start, stop))
