"""What is each column? Roles by the words of headers, in any order; where a header ends, begins again or is divided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from cchc.reading.blocks import Cell
from cchc.reading.tables.fits import misfit
from cchc.reading.tables.shapes import ORDINAL, squash
from cchc.reading.tables.titles import area_of
from cchc.text import matching

PERIOD = (
    r"(?:quý (?:i{1,3}|iv|0?[1-4])|tháng (?:0?[1-9]|1[0-2])|(?:0?6|0?9) tháng(?: (?:đầu|cuối) năm)?)"
    r"(?: ?(?:/|-|năm|của năm)? ?20\d\d)?"
)
# Levels and bodies as columns of a two-tier head name them: «Cấp tỉnh», «UBND cấp xã», «Sở, ban, ngành», «Xã, phường».
TIER = (
    r"(?:(?:ubnd |ủy ban nhân dân )?(?:các )?(?:đơn vị )?(?:cấp )?"
    r"(?:(?P<tỉnh>sở,? (?:ban,? (?:và )?)?ngành(?: (?:cấp )?tỉnh)?|tỉnh)"
    r"|(?P<huyện>huyện(?:, (?:quận|thị xã|thành phố)){0,3})"
    r"|(?P<xã>(?:xã|phường)(?:(?:, ?| và )(?:xã|phường|thị trấn|đặc khu)){0,3})))"
)
# Everyday words, where they are all that a header says: «Việc | Ai làm | Cùng làm | Bao giờ xong | Ra cái gì».
_BODY = r"(?:cơ quan|đơn vị|bộ phận|phòng|ban|nơi|bên|người|cán bộ|công chức|ai|tổ|khoa)"
_PLAIN = {
    "support": rf"(?:{_BODY} )?(?:cùng|chung) (?:làm|thực hiện|lo)(?: với)?|(?:{_BODY} )?làm (?:cùng|chung)"
    rf"|(?:{_BODY} )?(?:giúp(?: (?:đỡ|việc|sức))?|hỗ trợ|phụ|cộng tác|kết hợp)|(?:{_BODY} )?(?:có )?liên quan",
    "lead": rf"{_BODY} (?:(?:làm|lo)(?: chính)?|chính|giao|nhận|đứng đầu|chịu)"
    r"|(?:làm|lo|bên|phụ trách) chính|giao (?:cho|ai)(?: làm)?|ai|chính",
    "product": r"(?:làm )?ra (?:cái )?gì|(?:được|có) (?:cái )?gì|(?:cái |thứ |giấy tờ |văn bản )?phải (?:có|ra|nộp)"
    r"|thành quả|làm ra|(?:văn bản|giấy tờ) ra",
    "deadline": r"(?:làm |phải |khi |ngày |mốc |hạn )?xong(?: (?:trước|ngày|lúc|vào|trong|khi nào|bao giờ))?"
    r"|(?:bao giờ|khi nào|lúc nào|chừng nào)(?: (?:làm|phải))?(?: xong)?|(?:ngày|đến) (?:đến )?hạn|mốc(?: thời gian)?"
    r"|ngày(?: làm)?|tháng|tuần",
    "content": r"(?:các |những |tên |đầu |phần |mảng )?việc(?: làm| chính| cụ thể| gì| trong năm)?|làm (?:gì|việc gì)"
    r"|công tác|hạng mục",
    "budget": r"(?:nguồn |số )?tiền",
}
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("ordinal", r"^(?:stt|tt|s\.?t\.?t|số tt|số thứ tự|thứ tự|số)$"),
        ("unit", r"^(?:đvt|đơn vị tính|đơn vị đo|đv tính|đ\.v\.t)$"),
        ("note", r"^ghi chú|^lưu ý$|^chú thích$"),
        ("begin", r"bắt đầu|^(?:thời gian |thời hạn |tiến độ )?từ (?:ngày|tháng)?$"),
        ("budget", r"kinh phí|dự toán|nguồn vốn|nguồn lực"),
        ("support", r"^(?!.*chủ trì).*(?:phối hợp|tham gia)|^(?:cơ quan|đơn vị)[^:]{0,16} thẩm định$"),
        # a calendar of visits: whom they go to is what has to be done
        ("content", r"^(?:tên )?(?:các )?(?:cơ quan|đơn vị|địa phương|địa điểm|nơi|đối tượng)"
            r"(?:(?:, ?|/| và )(?:cơ quan|đơn vị|địa phương))*"
            r" (?:được |đến |tiến hành )?(?:thanh tra|kiểm tra|giám sát|khảo sát|làm việc)$"),
        ("agency", r"chủ trì.{1,20}phối hợp|^(?:bộ phận|phòng, ban|khoa, phòng|phòng, đơn vị|cơ quan|đơn vị"
            r"|các cơ quan|cơ quan, đơn vị|cơ quan/đơn vị"
            r"|phân công|tổ chức)(?:,? ?/?(?:cơ quan|đơn vị|bộ phận))?(?: (?:tổ chức )?thực hiện| tham mưu thực hiện)?$"
                   r"|(?:cơ quan|đơn vị|bộ phận|phòng|phân công|trách nhiệm)[^:]{0,24} (?:thực hiện|triển khai|theo dõi"
                   r"|thực thi|báo cáo)"),
        ("lead", r"^người (?:thực hiện|phụ trách)|^trưởng đoàn|chủ trì|đầu mối|phụ trách|chịu trách nhiệm|(?:cơ quan"
            r"|đơn vị)[^:]{0,20}(?:tham mưu|soạn thảo|chuẩn bị|xây dựng|trình$)"
            r"|tham mưu chính|được giao|cơ quan giao|trách nhiệm$"),
        # what was reached in a year before: no goal and no product
        ("past", r"^(?:kết quả|thực hiện|ước (?:thực hiện|đạt)|ước|đã đạt|hiện trạng|thực trạng|số liệu|kq|th)\b"
            r"[^:]{0,30}(?:20\d\d|năm trước|kỳ trước|hiện nay|hiện tại)|^(?:hiện trạng|thực trạng|năm trước)$"
            r"|^(?:mức |số )?(?:hiện nay|hiện tại)$|^(?:kết quả|ước|đã đạt)\b[^:]{0,30}(?:\d tháng|quý)"
            r"|^so (?:sánh|với)\b|^tăng ?/ ?giảm"
            r"|^(?:điểm|mức|số|tỷ lệ)? ?(?:đã )?đạt (?:được )?(?:của )?năm 20\d\d$"
            r"|^(?:điểm|mức) (?:tối đa|chuẩn)$|^thang điểm|^trọng số"),
        # a quarter or a month of its own: marks («x») tell when, figures are goals of that time
        ("when", rf"^(?:[^:]{{0,60}} )?{PERIOD}$"),
        ("product", r"^sp$|sản phẩm|kết quả|đầu ra|hình thức văn bản|yêu cầu cần đạt"
            r"|(?:minh|kiểm) chứng|^(?:hồ sơ|tài liệu|văn bản)[^:]{0,20} chứng minh"),
        ("deadline", r"thời gian|thời hạn|thời điểm|tiến độ|hoàn thành|kết thúc|lộ trình|hạn (?:cuối|xử lý)"
            r"|^hạn\b(?! chế)|kỳ hạn|^đến (?:ngày|tháng)?$"),
        ("basis", r"căn cứ|cơ sở pháp lý|văn bản (?:giao|chỉ đạo|căn cứ|quy định)|^(?:theo )?văn bản$"),
        ("content", r"nội dung|nhiệm vụ|công việc|việc (?:phải|cần|sẽ) làm|hoạt động"
            r"|tên (?:đề án|chương trình|việc|chỉ|văn)|giải pháp"
            r"|^(?:tên )?(?:chỉ tiêu|mục tiêu|tiêu chí)|các chỉ tiêu|lĩnh vực|^(?:tên |các )?chỉ số"),
        ("value", r"^(?:kế hoạch|kh|mục tiêu|chỉ tiêu|giá trị|mức|tỷ lệ|tỉ lệ|số lượng|định mức)\b|phấn đấu"
            r"|^(?:(?:đến |hết |cuối )*(?:năm )?20\d\d(?: ?- ?20\d\d)?"
            rf"|giao(?: (?:các )?(?:chỉ tiêu|kế hoạch|mức))?(?:(?: năm)? 20\d\d)?)(?: {TIER})?$"
            r"|chỉ tiêu (?:giao|kế hoạch)"
            r"|mức (?:đạt|độ|phấn đấu)|^cả năm(?: 20\d\d)?$"
            r"|\bgiao(?: cho)?(?: năm)? 20\d\d$"
            r"|(?:^|\s)(?:tỉnh|trung ương|cấp trên|thành phố|bộ|huyện|sở) giao$|^giai đoạn 20\d\d ?- ?20\d\d$"),
    )
)  # fmt: skip
_IN_PLAIN_WORDS = tuple((role, re.compile(pattern)) for role, pattern in _PLAIN.items())
_EVIDENCE = re.compile(r"chứng(?: minh)?$")
_AS_VALUE = re.compile(r"^(?:kế hoạch|kh|mục tiêu|chỉ tiêu|giá trị|mức|tỷ lệ|tỉ lệ|số lượng|định mức)\b")
_WORK = re.compile(r"nội dung|nhiệm vụ|công việc|việc (?:phải|cần|sẽ) làm|hoạt động|giải pháp")
# «Việc phải làm» beside «Nhiệm vụ theo Kế hoạch»: what is to be done now of a task that is named besides
_TO_DO = re.compile(
    r"(?:việc|công việc|nội dung) (?:phải|cần|sẽ|tiếp tục|còn phải)(?: tiếp tục)? (?:làm|thực hiện|hoàn thành)"
)
_OVERSEES = re.compile(r"(?:lãnh đạo|đồng chí|đ/c|ủy viên|phó |thường trực)")
_GROUP = re.compile(r"(?:các )?(?:lĩnh vực|nhóm)(?! ?/)\b|(?:các )?(?:nội dung|nhiệm vụ|công việc) (?:chung|lớn)$")
# «Nhiệm vụ | Hoạt động», «Nội dung | Công việc cụ thể»: beside these words the other column groups.
_PARTICULAR = re.compile(r"(?:các |tên )?hoạt động\b|.* (?:cụ thể|chi tiết)$")
# A schedule of inspections: its rows are the bodies that are visited, «Nội dung» tells what is looked at there.
_VISITED = re.compile(
    r"(?:tên )?(?:các )?(?:cơ quan|đơn vị|địa phương|nơi)(?:(?:, ?|/| và )(?:cơ quan|đơn vị|địa phương))*"
    r" (?:được |chịu )(?:kiểm tra|thanh tra|giám sát|khảo sát|phúc tra)$"
)
_HOLDER = re.compile(
    r"^(?:tên )?(?:các )?(?:(?:cơ quan|đơn vị|địa phương)(?:(?:, ?|/| và )(?:cơ quan|đơn vị|địa phương))*"
    r"|(?:sở|xã|phường|huyện|quận|phòng)(?:(?:, ?|/| và )(?:sở|ban|ngành|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã"
    r"|thành phố|phòng|đơn vị|địa phương))*"
    r"|(?:tên )?(?:thôn|ấp|bản|buôn|làng|khóm|khu phố|khu dân cư|tổ dân phố|trường|trạm y tế)"
    r"(?:(?:, ?|/| và )(?:thôn|ấp|bản|buôn|làng"
    r"|khóm|khu phố|khu dân cư|tổ dân phố|trường|trạm y tế))*)$"
)
_MEASURED = re.compile(r"%|^(?:tỷ lệ|tỉ lệ|số|mức|chỉ số|điểm|chỉ tiêu|kết quả)\b|\((?:hồ sơ|điểm|ngày|lượt|người)\)")
# What is given to each body («Giao thanh toán trực tuyến (%)»), beside what it has reached or how large it is.
_ASKED = re.compile(
    r"(?:được )?(?:giao|phấn đấu|đăng ký|chỉ tiêu|kế hoạch|mục tiêu|tối thiểu)\b(?! (?:đạt|thực hiện) )"
)
_SO_FAR = re.compile(
    r"\bđến (?:hết )?(?:ngày |tháng |quý )?(?:\d{1,2}[/.]|i{1,3}\b|iv\b)"
    r"|\b(?:hiện (?:nay|có|tại|trạng)|đã|thực hiện|kết quả)\b"
    r"|\b(?:6|9|06|09) tháng\b|\bnăm (?:trước|20\d\d)$"
)
_NAMED_BODY = re.compile(
    r"^(?!.*(?:giao|phấn đấu)$)(?:sở|phòng|ubnd|ủy ban nhân dân|văn phòng|thanh tra|ban quản lý|xã|phường|huyện"
    r"|thị xã|thị trấn|đặc khu|quận"
    r"|thành phố|công an|trung tâm|cục|vụ|chi cục|cấp) \S"
)
_TASK_ROLES = {"lead", "agency", "support", "deadline", "product", "when", "body"}


_MARKS = re.compile(r"[*_#:]+")
_SLASH = re.compile(r"\s*/\s*")
_FIRST_NUMBER = re.compile(r"\W*(?:1|A|a)\W*$")


@lru_cache(maxsize=4096)
def header_form(text: str) -> str:
    plain = " ".join(_MARKS.sub(" ", matching(squash(text))).split())
    return (_SLASH.sub("/", plain) if "/" in plain else plain).strip(" .;")


@lru_cache(maxsize=2048)
def role_of(header: str) -> str | None:
    """The role of a column by its header's words; None where the words name none."""
    plain = re.sub(r"\s*\([^)]*\)?$", "", header).strip() or header
    if not plain or len(plain) > 90:
        return None
    for role, pattern in _ROLES:
        if pattern.search(plain):
            return role
    return next((role for role, pattern in _IN_PLAIN_WORDS if pattern.fullmatch(plain)), None)


_CHARGE = re.compile(
    r"(?:nội dung )?(?:trách nhiệm|(?:nhiệm vụ|công việc|phần việc|nội dung|việc) (?:được )?(?:giao|phân công))"
    r"(?: cụ thể| được giao| được phân công)?"
)


def says_charge(header: str) -> bool:
    """Does a header (in its form) say that its column holds what bodies have to do («Trách nhiệm»)?"""
    return _CHARGE.fullmatch(header) is not None


def resolve(headers: Sequence[str]) -> tuple[str, ...]:
    """Roles of all columns together: "Chỉ tiêu" is the content where no other column is, "Kế hoạch" a value beside
    an unit; the first of two columns of one role keeps it."""
    roles = [role_of(h) or "" for h in headers]
    if _by_holder(headers, roles):
        asked = any(_ASKED.match(h) for h in headers)
        return tuple(
            "holder" if _HOLDER.match(h) else r if r in ("ordinal", "note", "past")
            else "past" if asked and not _ASKED.match(h) and _SO_FAR.search(h)
            else "" if asked and not _ASKED.match(h) and not _MEASURED.search(h) else "value" if h else ""
            for h, r in zip(headers, roles, strict=True)
        )  # fmt: skip
    _spans(headers, roles)
    bodies = [i for i, h in enumerate(headers) if roles[i] in ("", "support") and _NAMED_BODY.match(h)]
    if len(bodies) >= 2 and not {"lead", "deadline", "product"} & set(roles):
        for i in bodies:
            roles[i] = "value"  # a goal for each body
    elif len(bodies) >= 2 and "lead" not in roles and "agency" not in roles:
        for i in bodies:
            roles[i] = "body"  # marks tell who does it
    if "content" not in roles:
        for i, header in enumerate(headers):
            if roles[i] == "value" and _AS_VALUE.match(header):
                roles[i] = "content"
                break
    if "content" not in roles:  # «Đơn vị | Trách nhiệm»: beside the bodies it is what they have to do
        told = next((i for i, h in enumerate(headers) if roles[i] == "lead" and says_charge(h)), None)
        if told is not None and any(r in ("lead", "agency") for i, r in enumerate(roles) if i != told):
            roles[told] = "content"
    work = [i for i, r in enumerate(roles) if r == "content" and not _CRITERION.match(headers[i])]
    if not work and {"lead", "agency"} & set(roles):
        remedy = next((i for i, h in enumerate(headers) if not roles[i] and _REMEDY.search(h)), None)
        if remedy is not None:  # «Tồn tại, hạn chế | Biện pháp khắc phục | Người thực hiện»
            roles = ["" if r == "content" else r for r in roles]
            roles[remedy] = "content"
    contents = [i for i, r in enumerate(roles) if r == "content"]
    visited = next((i for i, h in enumerate(headers) if _VISITED.match(h)), None)
    if visited is not None and all(i == visited or headers[i].startswith("nội dung") for i in contents):
        for i in contents:
            roles[i] = ""
        roles[visited], contents = "content", [visited]
    for i in contents[:-1]:
        particular = _WORK.search(headers[i]) and any(_PARTICULAR.match(headers[k]) for k in contents if k > i)
        if _GROUP.match(headers[i]) or (particular and not _PARTICULAR.match(headers[i])):
            roles[i] = "field"  # what stands in the next column is the work
    contents = [i for i in contents if roles[i] == "content"]
    for i in contents[1:]:
        if _TO_DO.match(headers[i]) and not _TO_DO.match(headers[contents[0]]):
            roles[contents[0]], contents[0] = "note" if "note" not in roles else "", i
            continue
        better = re.search(r"nội dung|nhiệm vụ|công việc|hoạt động", headers[i]) and not re.search(
            r"nội dung|nhiệm vụ|công việc|hoạt động", headers[contents[0]]
        )
        better = better or _remedies(headers, roles, contents[0], i)
        if _AS_VALUE.match(headers[i]) and not better:
            roles[i] = "value"
        elif better:
            first = headers[contents[0]]
            named = re.match(r"(?:các )?(?:chỉ tiêu|mục tiêu)", first)
            roles[contents[0]] = (
                ("value" if "unit" in roles else "goal") if named else "field" if _GROUP.match(first) else ""
            )
            contents[0] = i
        else:
            roles[i] = "field" if _GROUP.match(headers[i]) else ""
    for i, role in enumerate(roles):
        others = any(r in ("lead", "agency") for k, r in enumerate(roles) if k != i)
        if role == "lead" and others and _OVERSEES.match(headers[i]):
            roles[i] = ""  # who oversees it; the body in the other column does the work
    dues = [i for i, r in enumerate(roles) if r == "deadline"]
    if len(dues) == 2 and (_FORMER_DUE.search(headers[dues[0]]) or _NEW_DUE.search(headers[dues[1]])):
        roles[dues[0]] = ""  # «Thời gian đã giao | Thời gian điều chỉnh»: the second takes the place of the first
    products = [i for i, r in enumerate(roles) if r == "product"]
    for i in products:
        if _EVIDENCE.search(headers[i]) and any(not _EVIDENCE.search(headers[k]) for k in products):
            roles[i] = ""  # what proves the product of the other column
    for role in ("ordinal", "product", "lead", "support", "begin", "deadline", "unit", "note"):
        seen = [i for i, r in enumerate(roles) if r == role]
        for i in seen[1:]:
            roles[i] = "later" if role == "deadline" and i == seen[1] else ""
    agencies = [i for i, r in enumerate(roles) if r == "agency"]
    if "lead" in roles:
        for i in agencies:
            roles[i] = "support" if "support" not in roles and not re.search("theo dõi", headers[i]) else ""
    elif agencies:
        for i in agencies[1:]:
            roles[i] = ""
    return tuple(roles)


_FORMER_DUE = re.compile(r"\b(?:đã giao|đã duyệt|cũ|ban đầu|trước đây|trước khi (?:sửa|điều chỉnh)|theo kế hoạch cũ)\b")
_NEW_DUE = re.compile(r"\b(?:điều chỉnh|gia hạn|mới|sửa đổi|thay đổi)\b")
_REMEDY = re.compile(r"giải pháp|biện pháp|(?:cách|hướng|phương án) (?:khắc phục|xử lý|giải quyết)|việc cần")
_CRITERION = re.compile(r"^(?:tên )?(?:các )?(?:tiêu chí|chỉ số|chỉ tiêu|nội dung (?:(?:bị )?(?:mất|trừ)|đánh giá))")


def _remedies(headers: Sequence[str], roles: Sequence[str], first: int, column: int) -> bool:
    """«Tiêu chí | Điểm đạt | Giải pháp khắc phục | Cơ quan chủ trì»: what has to be done for each criterion."""
    told = {"lead", "agency", "deadline"} & set(roles) and not {"value", "unit"} & set(roles)
    return bool(told and _CRITERION.match(headers[first]) and _REMEDY.search(headers[column]))


def _spans(headers: Sequence[str], roles: list[str]) -> None:
    """«Từ | Đến» beside each other: what is and what is to be reached in a table of goals, else when work begins and
    ends."""
    for i in range(len(headers) - 1):
        if not (_FROM.match(headers[i]) and UP_TO.match(headers[i + 1])) or roles[i] or roles[i + 1]:
            continue
        if "unit" in roles or ({"lead", "agency", "deadline"}.isdisjoint(roles) and any(map(goal_words, headers))):
            roles[i : i + 2] = ["past", "value"]
        elif {"lead", "agency"} & set(roles):
            roles[i : i + 2] = ["begin", "deadline"]


_FROM = re.compile(r"(?:mức )?từ(?: mức)?$|(?:mức |số )?(?:hiện nay|hiện tại|hiện có|đang có|cũ)$")
UP_TO = re.compile(r"(?:mức )?(?:đến|lên|nâng lên|tăng lên|giảm còn|xuống|còn)(?: mức)?$|(?:mức |số )?mới$")


def holder_at(headers: Sequence[str]) -> int | None:
    """Which of the first two columns (`header_form`) names the bodies of the rows («Xã, phường»), if one does."""
    return next((k for k, h in enumerate(headers[:2]) if _HOLDER.match(h)), None)


def _by_holder(headers: Sequence[str], roles: Sequence[str]) -> bool:
    """Rows of bodies, columns of goals: "Đơn vị | Tỷ lệ hồ sơ trực tuyến (%) | Mức độ hài lòng (%)"."""
    holders = [i for i, h in enumerate(headers) if _HOLDER.match(h)]
    if len(holders) != 1 or holders[0] > 1:
        return False
    rest = [
        (h, r)
        for i, (h, r) in enumerate(zip(headers, roles, strict=True))
        if i != holders[0] and h and r not in ("ordinal", "note", "past")
    ]
    if any(_WORK.search(h) or r in _NOT_BY_HOLDER for h, r in rest):
        return False
    asked = sum(bool(_ASKED.match(h)) for h, _ in rest)
    return bool(rest) and (asked > 1 or all(r == "value" or _MEASURED.search(h) or _ASKED.match(h) for h, r in rest))


_NOT_BY_HOLDER = ("lead", "support", "begin", "when", "unit", "basis", "budget", "deadline")


_OVER_TIERS = re.compile(
    r"(?:kế hoạch|kh|mục tiêu|chỉ tiêu|giá trị|mức|giao|phấn đấu|đạt|đến|hết|cuối|năm|cả năm|giai đoạn|20\d\d|của|theo"
    rf"|đối với|\W)+\s(?P<tier>{TIER})$"
)
_TIER_ALONE = re.compile(rf"(?P<tier>{TIER})$")


def tier_of(header: str) -> tuple[str, str | None]:
    """The body or tier a column of values stands for, and its level: «cấp xã», «năm 2026 cấp xã», «chỉ tiêu giao xã»
    (("", None) where the header, a `header_form`, names none)."""
    found = _OVER_TIERS.match(header) or (_TIER_ALONE.match(header) if header.startswith("cấp ") else None)
    if not found:
        return "", None
    level = next(t for t in ("tỉnh", "huyện", "xã") if found[t])
    said = found["tier"]
    return (f"cấp {level}" if said == level else said), level


_GOAL_WORDS = re.compile(r"chỉ tiêu|mục tiêu|^(?:các |tên )?(?:chỉ số|tiêu chí)")


def names_work(header: str) -> bool:
    """Does a header (`header_form`) name work: «nhiệm vụ», «nội dung», «hoạt động», «giải pháp»?"""
    return bool(_WORK.search(header))


def goal_words(header: str) -> bool:
    """Does a header (`header_form`) name goals, and no work?"""
    return bool(_GOAL_WORDS.search(header)) and not re.search(r"nhiệm vụ|công việc|hoạt động|giải pháp", header)


def is_header(roles: Sequence[str]) -> bool:
    """Whether the columns are those of a table of tasks or of targets."""
    named = [r for r in roles if r]
    if "holder" in named:
        return "value" in named
    if "content" not in named:
        return False
    if "unit" in named and (len(named) >= 3 or "when" in named):
        return True
    if "value" in named and len(named) >= 3 and {"unit", "past", "agency", "lead", "ordinal"} & set(named):
        return True
    return len(_TASK_ROLES & set(named)) >= 2 or (
        "ordinal" in named and bool({"lead", "agency", "deadline"} & set(named)) and len(named) >= 3
    )


def may_be_header(first: str) -> bool:
    """Whether a header or a numbering row could open with this cell; spares the full comparison."""
    return len(first) < 60 and (bool(_FIRST_NUMBER.match(first)) or role_of(header_form(first)) is not None)


def same_header(forms: Sequence[str], headers: Sequence[str]) -> bool:
    """A header printed again on the next page."""
    filled = [f for f in forms if f]
    if len(filled) < 3:
        return False
    known = " ".join(headers)
    return sum(f in known for f in filled) >= 0.7 * len(filled) and sum(
        role_of(f) is not None for f in filled
    ) >= 0.7 * len(filled)


def numbering_row(forms: Sequence[str], width: int) -> bool:
    """The row "(1) (2) (3) ..." or "A B 1 2 3" under a header."""
    numbers = [f.strip("()[]. ") for f in forms]
    if len(numbers) < 3 or len(numbers) > width:
        return False
    plain = [n for n in numbers if n]
    if len(plain) < 3 or not all(re.fullmatch(r"\d{1,2}|[a-h]", n) for n in plain):
        return False
    digits = [int(n) for n in plain if n.isdigit()]
    return all(b == a + 1 for a, b in pairwise(digits)) and digits[:1] in ([1], [2], [3])


def undivided(headers: list[str]) -> list[str] | None:
    """Headers of a table whose "Cơ quan thực hiện" stands over "Chủ trì" and "Phối hợp" (or "Thời gian" over "Bắt
    đầu" and "Kết thúc"), flattened in reading order: the lower ones come last and belong where the upper one stands."""
    left = list(headers)
    parts: list[tuple[tuple[str, ...], list[str]]] = []  # roles of the upper cell, the lower ones
    while True:
        roles = [role_of(h) for h in left]
        whens = next((k for k, r in enumerate(reversed(roles)) if r != "when"), len(roles))
        if sorted(r or "" for r in roles[-2:]) == ["lead", "support"]:
            parts.append((("agency", "lead"), left[-2:]))
        elif roles[-2:] == ["begin", "deadline"]:
            parts.append((("deadline",), left[-2:]))
        elif whens >= 2:
            parts.append((("deadline",), left[-whens:]))
        else:
            break
        left = left[: -len(parts[-1][1])]
    changed = False
    for upper, lower in reversed(parts):
        at = next((k for k, h in enumerate(left) if role_of(h) in upper), None)
        if at is None or (at == len(left) - 1 and len(parts) == 1):
            left += lower  # columns of their own
        else:
            left[at : at + 1] = lower
            changed = True
    return left if changed else None


def cell_header(cells: Sequence[Cell]) -> tuple[list[str], int]:
    """Header texts at the start of a run of cells, and how many columns they name (0: no header)."""
    forms: list[str] = []
    seen: set[str | None] = set()
    for cell in cells[:15]:
        form = header_form(cell.text)
        role = role_of(form) if _HEADER_WORDS.match(form) else None
        if forms and (ORDINAL.match(cell.text.strip("*")) or (not form and len(forms) >= 3)):
            break
        if len(form) > 90 or (forms and role is None and area_of(cell.text)):
            break
        if (
            len(forms) >= 3
            and role is None
            and (len(form) > 25 or misfit("lead", cell.text) == 0 or misfit("deadline", cell.text) == 0)
        ):
            break
        if role == "when" and "deadline" in seen and "when" not in seen:
            break  # one quarter beside «Thời gian» is the first row's
        again = role in ("ordinal", "lead", "support", "deadline", "note") and role in seen and "begin" not in seen
        if again and (role != "deadline" or form in forms or sum(role_of(f) == role for f in forms) > 1):
            break  # but two steps of one task may each have a deadline
        seen.add(role)
        forms.append(form)
    while forms and role_of(forms[-1]) is None:
        # an unknown last word may be a column of its own, but a long one is a row
        if (
            len(forms[-1]) <= 25
            and len(cells) > len(forms)
            and ORDINAL.match(cells[len(forms)].text)
            and len(forms) > 3
        ):
            break
        forms.pop()
    return forms, len(forms)


_HEADER_WORDS = re.compile(
    r"^(?:stt|tt|số|nội dung|nhiệm vụ|tên|công việc|các|danh mục|hoạt động|chỉ tiêu|mục tiêu|tiêu chí|chỉ số|sản phẩm"
    r"|tài liệu|minh chứng|hồ sơ|kết quả|đầu ra|cơ quan|đơn vị|chủ trì|phối hợp|người|bộ phận"
    r"|phân công|thời|tiến độ|hạn|ngày|bắt đầu|kết thúc|quý|tháng"
    r"|phòng|đầu mối|phụ trách|theo dõi|phấn đấu|giao|hiện trạng|ước|thực hiện|điểm|đạt|số lượng|tỉnh giao|huyện giao"
    r"|kinh phí|dự toán|nguồn|ghi chú|căn cứ|cơ sở|văn bản|đvt|kế hoạch|năm"
    r"|việc|phần việc|đầu việc|làm|ai|nơi|bên|cùng|chung|giúp|hỗ trợ|liên quan|chính|phụ|xong|bao giờ|khi nào"
    r"|mốc|hạng mục|công tác|mảng|ra|phải có|tiền|tuần"
    r"|lĩnh vực|giải pháp|trách nhiệm|hoàn thành|hình thức|dự kiến|yêu cầu|lãnh đạo|mức|tỷ lệ|giá trị"
    r"|lộ trình)\b[^;:]{0,60}$"
)


# Columns of tables of remedies that are sure to be columns, though what they hold is no part of a task.
_LACKS = r"(?:tồn tại|hạn chế|khó khăn|vướng mắc|nguyên nhân|thiếu sót|vấn đề|nội dung bị trừ điểm)"
_NAMED = re.compile(
    rf"(?:các |những )?{_LACKS}(?:,?(?: và)? {_LACKS}){{0,3}}(?: cần (?:khắc phục|giải quyết))?"
    r"|(?:các )?(?:biện pháp|cách|hướng|phương án) (?:khắc phục|xử lý|giải quyết|thực hiện)"
    r"|điểm (?:tối đa|chuẩn|đạt|đạt được|trừ|bị trừ|mất|bị mất)"
)


def header_lines(forms: list[str], goes_on: Sequence[bool]) -> tuple[list[str], int] | None:
    """Header lines put together to columns (a header cell may take up to four lines): names, lines used.

    `goes_on` tells which lines begin in small letters and so belong to the cell above.
    """
    count = len(forms)
    best: list[tuple[float, list[str]]] = [(0.0, []), *[(-1e9, list[str]())] * count]
    for done in range(count):
        score, names = best[done]
        if score <= -1e8 or (done and goes_on[done]):
            continue
        for upto in range(done + 1, min(count, done + 4) + 1):
            joined = " ".join(forms[done:upto])
            role = role_of(joined)
            if len(joined) > 90:
                break
            if role and not _HEADER_WORDS.match(joined):
                role = None
            known = 2.0 if role else 1.0 if _NAMED.fullmatch(joined) else -3.0
            gain = known - 0.3 * sum(not goes_on[i] for i in range(done + 1, upto))
            if (
                role
                and sum(role_of(n) == role for n in names) > (role == "deadline" and joined not in names)
                and role in ("ordinal", "lead", "support", "deadline", "note")
            ):
                gain = -1.0
            if role and upto - done > 1 and not goes_on[upto - 1] and all(role_of(f) for f in forms[done:upto]):
                gain -= 1.9 if len({role_of(f) for f in forms[done:upto]}) > 1 else 0.5
            if score + gain > best[upto][0]:
                best[upto] = (score + gain, [*names, joined])
    used = max((i for i in range(count + 1) if i == count or not goes_on[i]), key=lambda i: (best[i][0], i))
    names = best[used][1]
    roles = [role_of(name) for name in names]
    alone = roles.count("when") == 1 and roles[-1] == "when" and names[-1] == forms[used - 1]
    if alone and "deadline" in roles:
        names, used = names[:-1], used - 1  # one quarter beside «Thời gian» is the first row's
    return (names, used) if 3 <= len(names) <= 14 else None


def header_year(header: str) -> int | None:
    """The year a header names; of a span of years the last."""
    found = re.findall(r"\b20\d\d\b", header)
    return int(found[-1 if len(found) == 2 and re.search(r"\d\s*[-–]\s*20", header) else 0]) if found else None
