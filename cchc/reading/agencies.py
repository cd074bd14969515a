"""Who is meant? Names as written, one a member, and the register behind them (reference/agencies.toml).

`split_agencies` cuts a cell into names; it never changes a name except to repeat a shared head ("UBND cấp huyện, cấp
xã" is "UBND cấp huyện" and "UBND cấp xã"). `Register.identify` says which agency or group a name means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cchc.reading.register import KINDS, Agency, Register, normal, register, slug
from cchc.text import matching, stored


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in running text: `start:end` index the whole text."""

    start: int
    end: int
    name: str
    agency: Agency


# --- splitting a cell ------------------------------------------------------------------------------------------------

_GROUP_NOUN = (
    r"(?:sở|cơ quan|đơn vị|huyện|quận|thành phố|thị xã|xã|phường|ban\b|phòng|khoa\b|địa phương|tổ chức|ngành|bộ\b"
    r"|doanh nghiệp|hội|đoàn thể"
    r"|thành viên|bệnh viện|trạm|cơ sở|thôn|bản\b|tổ\b"
    r"|trường|vụ\b|cục\b|chi cục|tổng cục|viện\b|thị trấn|khu phố|ấp\b|buôn\b"
    r"|công ty|chủ đầu tư|nhà thầu|cấp|tập đoàn|trung tâm|cá nhân|chủ tịch"
    r"|thủ trưởng)"
)
_OFFICES = r"(?:thủ trưởng|giám đốc|chủ tịch|người đứng đầu|lãnh đạo|trưởng (?:ban|phòng|các)|cục trưởng|bí thư)\b"
_COMMITTEE = r"(?:ubnd|ủy ban nhân dân|ubmttq\w*|ủy ban mttq|ủy ban mặt trận)[ .]"
_NAMED = (
    r"(?:bộ phận|bộ chỉ huy|hội đồng nhân dân|hội đồng|p\.|tt\.|vp\.|khoa|trạm|bệnh viện|đội|chi nhánh"
    r"|sở|văn phòng|vp|thanh tra|ban|bql|phòng|trung tâm|tt|trường|viện|vụ|cục|chi cục|tổng cục|bộ|ngân hàng"
    r"|nhnn|kho bạc|kbnn|bảo hiểm|bhxh|công an"
    r"|tòa án|tand|viện kiểm sát|vksnd|bưu điện|công ty|tổng công ty|tập đoàn|viễn thông|điện lực|hội"
    r"|hiệp hội|liên đoàn|liên minh|liên hiệp"
    r"|mặt trận|mttq|công đoàn|đoàn thanh niên|đoàn|báo|đài|cổng|tổ|hđnd|đảng ủy|huyện ủy"
    r"|thị ủy|học viện|quỹ|công chức|thuế|hải quan|thi hành án|hạt|đồn|tạp chí|thư viện|bảo tàng|nhà (?:văn hóa|hát)"
    r"|cảng vụ|chi (?:bộ|đoàn|hội)|đảng bộ|phân hiệu|bộ môn)"
)
_ALONE = (
    r"(?:tỉnh đoàn|thành đoàn|huyện đoàn|thị đoàn|quận đoàn|xã đoàn|phường đoàn"
    r"|tỉnh ủy|thành ủy|huyện ủy|vnpt|viettel|fpt|mobifone|misa|vpub"
    r"|ttpvhcc|doanh nghiệp|người dân)\b"
)
_STARTS = re.compile(
    rf"(?:báo và (?:đài )?phát thanh"
    rf"|(?:các|một số|những) {_GROUP_NOUN}|{_OFFICES}|{_COMMITTEE}|{_ALONE}|sở ?, ?(?:ban|ngành)|sở ban,? ngành"
    rf"|sở ngành"
    rf"|({_NAMED}) (\S))"
)
# Whose name has no second word: the office of the very body that writes.
_BARE = re.compile(
    r"(?:văn phòng|thanh tra|công an|quân sự)(?= ?(?:[;,:)]|$)| (?:chủ trì|phối hợp|thực hiện|tham mưu)\b)"
)
_PLACE_WORD = re.compile(
    r"(?:tỉnh|thành phố|huyện|xã|tp|nhân dân|nhà nước|các|ubnd|hđnd|xã hội|khu vực"
    r"|tuyên truyền|tổ chức|cchc|chuyên môn|thị xã|quận|phường|thị trấn|đặc khu)\b"
)
_LOOSE_GROUP = re.compile(r"(?:cơ quan|đơn vị|tổ chức|địa phương|ngành|cấp|phòng|ban)\b")
_ORGANISES = re.compile(r"tổ chức (?:phi |cán bộ|biên chế|bộ máy|hành chính|nhân sự|đảng|cơ sở đảng)")
_LEVEL = re.compile(r"(?:cấp )?(huyện|xã|tỉnh)(?= |$|,|;)")
_SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:và|cùng)\s|,|/|(?<!\bP)(?<!\bTT)(?<!\bVP)\.(?=\s)|\s(?:và|cùng với|cùng|&)\s|\s-\s)\s*",
    re.IGNORECASE,
)
_PARENS = re.compile(r"\([^()]*\)?")
_BULLET = re.compile(r"(?:^|\n)\s*[-+*•–]\s*|\n+")
_LOST = re.compile(
    r"(?<=[a-zà-ỹđ)]) (?=(?:Sở [A-ZĐ]|UBND |Ủy ban nhân dân |Uỷ ban nhân dân |Văn phòng UBND"
    r"|Các (?:sở|Sở|cơ quan|đơn vị)|Công an (?:tỉnh|thành)|Thanh tra (?:tỉnh|thành)))"
)
# "Phòng Nội vụ Phòng Tư pháp": of one rank, so that neither is part of the other.
_SAME_RANK = re.compile(
    r"(?:Phòng|Khoa) .{2,80}?[a-zà-ỹđ] (?=(?:Phòng|Khoa) [A-ZĐÀ-Ỹ])|Vụ .{2,80}?[a-zà-ỹđ] (?=Vụ [A-ZĐÀ-Ỹ])"
    r"|Sở .{2,80}?[a-zà-ỹđ] (?=Sở [A-ZĐÀ-Ỹ])"
)
_JOINS = re.compile(r"(?:\b(?:và|của|thuộc|với|cùng|hoặc|các|trưởng)|[,;(]) \Z", re.IGNORECASE)
_SHARED_HEAD = re.compile(r"^(?:các )?(sở|ban|phòng|vụ|cục)s? ?: ?", re.IGNORECASE)
_DASH = re.compile(r"[-+*•–]\s*")
_EMPTY = re.compile(r"^[\W_]*$|^v\.?v\.?$")


def starts_agency(text: str, match: str, at: int) -> bool:
    """Whether a name begins at `at`: a head word followed by a capital or by a place word."""
    if _BARE.match(match, at) and text[at].isupper():
        return True
    found = _STARTS.match(match, at)
    if not found:
        return False
    if found.group(1) is None:
        return True
    after = found.start(2)
    return text[after].isupper() or bool(_PLACE_WORD.match(match, after)) or text[after].isdigit()


_LONGEST = 1500  # a cell beyond this is no list of names: only ";" and lines part it, in linear time


@lru_cache(maxsize=4096)
def split_agencies(cell: str) -> tuple[str, ...]:
    """Names as written in a cell, one a member, in order; empty for an empty cell.

    ";" and lines separate; "," and "và" separate only where a new name begins, so "Sở, ban, ngành" and "Sở Văn hóa,
    Thể thao và Du lịch" stay whole; parentheses stay with their name; a shared head is repeated.
    """
    names: list[str] = []
    if len(cell) > _LONGEST:
        names = re.split(r"[;\n]", stored(cell))
    else:
        for chunk in _chunks(stored(cell)):
            names.extend(_split_chunk(chunk))
    clean = [n for n in (_clean(n) for n in names) if not _EMPTY.match(n)]
    return tuple(dict.fromkeys(clean))


_LEADS_MARK = re.compile(r"\s*(?:\((?:cơ quan |đơn vị )?(?:chủ trì|ct)\)|(?<=\w) CT$)", re.IGNORECASE)
_HELPS_MARK = re.compile(
    r"\s*(?:\((?:cơ quan |đơn vị )?(?:cùng )?(?:phối hợp(?: thực hiện)?|ph)\)|(?<=\w) PH$)", re.IGNORECASE
)


def by_mark(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who leads and who helps where the names say it: «Sở Nội vụ (chủ trì); Sở Tư pháp (phối hợp)»."""
    if not any("(" in n or n[-2:].lower() in ("ct", "ph") for n in names):
        return names, ()
    lead = tuple(_LEADS_MARK.sub("", n) for n in names if not _HELPS_MARK.search(n))
    helpers = tuple(_HELPS_MARK.sub("", n) for n in names if _HELPS_MARK.search(n))
    return (lead, helpers) if lead else (names, ())

_BEFORE_NAME = re.compile(r"^(?:[-+*•–\s.,:;]|và )+")
_AFTER_NAME = re.compile(r"\s{0,3}(?:,|\.|…|;|:|v\.v| chủ trì| phối hợp){1,60}\s{0,3}$")
_AFTER_ENDS = (",", ".", "…", ";", ":", "v.v", " chủ trì", " phối hợp")


def _clean(name: str) -> str:
    name = _BEFORE_NAME.sub("", name)
    name = name.rstrip()
    name = _AFTER_NAME.sub("", name).strip() if name.endswith(_AFTER_ENDS) else name
    if name.count("(") < name.count(")"):
        name = name.rstrip(")").strip()
    return name


def _chunks(cell: str) -> list[str]:
    """Cut at ";" and at lines that open a new name, outside parentheses."""
    hidden = _PARENS.sub(lambda m: "\x01" * len(m.group()), cell)
    match = matching(cell)
    known = register().spans(match) if "\n" in cell else []  # a name wrapped over two lines is one
    cuts = [0]
    for m in re.finditer(r";|\n\s*", hidden):
        if m.group()[0] == ";":
            cuts += [m.start(), m.end()]
            continue
        after = m.end()
        bullet = _DASH.match(hidden, after)
        if bullet and (
            _DASH.match(cell.lstrip()) or starts_agency(cell, match, bullet.end()) or cell[after] not in "-–"
        ):
            cuts += [m.start(), bullet.end()]
        elif (
            after < len(cell)
            and (starts_agency(cell, match, after) and cell[after].isupper())
            and not re.search(
                r"(?:,|\b(?:và|của|thuộc|các|quản lý|hỗ trợ|phát triển|hiệp hội))\s*$", match[: m.start()]
            )
            and not any(s < m.start() and after < e for s, e, _ in known)
        ):
            cuts += [m.start(), m.end()]
    cuts.append(len(cell))
    chunks = [" ".join(cell[a:b].split()) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    split: list[str] = []
    for chunk in chunks:
        bare = re.sub(r"^[-+*•–]\s*", "", chunk)
        if bare != chunk:  # "- Sở A - Sở B": bullets that lost their line breaks
            split.extend(
                re.split(r"(?:\s|(?<=;))[-+*•–]\s+(?=[A-ZĐÀ-Ỹ])", bare)
                if not re.search(r"\w - \w", bare) or re.search(r" - (?:Sở|UBND|Các|Văn phòng|Ủy ban) ", bare)
                else [bare]
            )
        else:
            split.append(bare)
    return [piece for chunk in split for piece in _lost_separators(chunk)]


def _lost_separators(chunk: str) -> list[str]:
    """ "Sở Nội vụ Sở Tài chính": two registered names whose separator was lost."""
    match = matching(chunk)
    spans = register().spans(match)
    pieces = []
    last = 0
    while (same := _SAME_RANK.match(chunk, last)) and not _JOINS.search(same.group()):
        pieces.append(same.group().rstrip())
        last = same.end()
    for m in _LOST.finditer(chunk, last):
        at = m.start()
        if chunk[:at].count("(") > chunk[:at].count(")"):
            continue
        ends_name = any(e == at and a.kind in ("sở", "văn phòng", "ngành dọc") for s, e, a in spans if s >= last)
        ends_group = re.search(
            r"(?:ngành|đoàn thể|thị trấn|đặc khu|cấp (?:huyện|xã)|liên quan|[,)] (?:thành phố"
            r"|thị xã))$",
            match[last:at],
        )
        inside = any(s < at < e for s, e, _ in spans)
        if (ends_name or ends_group) and not inside:
            pieces.append(chunk[last:at])
            last = m.end()
    return [*pieces, chunk[last:]]


def _split_chunk(chunk: str) -> list[str]:
    shared = _SHARED_HEAD.match(chunk)
    head = ""
    if shared:
        head = shared.group(1).capitalize() + " "
        chunk = chunk[shared.end() :]
    match = matching(chunk)
    hidden = _PARENS.sub(lambda m: "\x01" * len(m.group()), chunk)
    known = register().spans(match)
    names: list[str] = []
    last = 0
    prefix = head
    for m in _SEPARATOR.finditer(hidden):
        if any(s < m.start() and m.end() < e + 1 and m.end() <= e for s, e, _ in known):
            continue
        if m.end() >= len(chunk):
            continue
        left = prefix + chunk[last : m.start()]
        new_prefix = _cut_prefix(left, chunk, match, m, head)
        if new_prefix is None:
            continue
        names.append(left)
        last = m.end()
        prefix = new_prefix
    names.append(prefix + chunk[last:])
    return names


_UNIT_CODE = re.compile(r"[a-z]{1,3}\d{2}")
_SHARED_TAIL = re.compile(r"\bhuyện(?:, thị(?: xã)?)?$")
_COMPANY = re.compile(r"[A-Z][a-zA-Z]{2,12}(?:bank|fone|phone|tel|Bank|Fone|Phone)\b")


_PLACES_LISTED = re.compile(r"\bcác (?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|thôn|bản) [^\W\d_]")
_PLACE_ALONE = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹ]{0,7}(?: [A-ZĐÀ-Ỹ][a-zà-ỹ]{0,7}){1,3}(?=\s*(?:[,;()]|và |$))")


def _cut_prefix(left: str, chunk: str, match: str, separator: re.Match[str], head: str) -> str | None:
    """What to put before the part right of the separator when it is a name of its own ("" mostly); None: no cut."""
    at = separator.end()
    right = match[at:]
    low = matching(left)
    word = separator.group().strip().lower()
    if word == "-" and _UNIT_CODE.fullmatch(low.strip()):
        return None  # «C06 - Bộ Công an»: a unit and the body it belongs to
    if right.startswith(("thành đoàn", "thị đoàn")) and _SHARED_TAIL.search(low):
        return None  # «các huyện, thị, thành đoàn»
    if word == "-" and right.startswith(("chi nhánh ", "văn phòng đại diện ")):
        return None  # "Liên đoàn Thương mại và Công nghiệp Việt Nam - Chi nhánh Khánh Hòa"
    if _PLACES_LISTED.search(low) and _PLACE_ALONE.match(chunk, at):
        return None  # «UBND các huyện Mù Cang Chải, Trạm Tấu»: a place that begins like a body
    if starts_agency(chunk, match, at):
        if re.fullmatch(r"(?:các )?(?:hđnd|hội đồng nhân dân|đảng ủy|thường trực hđnd)", low):
            return None  # "HĐND, UBND các cấp" is one
        if word == "-" and _BARE.match(match, at) and re.match(r"(?:phòng|ban|khoa|tổ|công chức) ", low):
            return None  # "Phòng Pháp chế - Thanh tra" is one
        return ""
    if word in ("-", "."):
        return None
    level = _LEVEL.match(right)
    if level and re.match(r"(?:các )?(?:ubnd|ủy ban nhân dân|hđnd|hđnd và ubnd)\b", low) and re.search(r"\bcấp ", low):
        written = re.match(
            r"(?:các )?(?:hđnd,? ?(?:và )?)?(?:ubnd|ủy ban nhân dân|hđnd)",
            low,
        )
        base = left[: written.end()] if written else "UBND"
        return base + (" " if right.startswith("cấp") else " cấp ")
    part = re.split(r"[,;(/]", right, maxsplit=1)[0].strip()
    if head:
        whole = f"{head}{_last_part(left.removeprefix(head))} và {part}" if word == "và" else ""
        agency = register().known(normal(whole)) if whole else None
        return None if agency is not None and not agency.is_group else head
    first = re.match(r"(sở|phòng|bộ|vụ|cục|ban) ", low.removeprefix("các "))
    if first and part and chunk[at].isupper():
        for candidate in (part, part.split(" và ")[0]):
            name = f"{first.group(1)} {candidate}"
            agency = register().known(normal(name))
            if agency is not None and not agency.is_group:
                return first.group(1).capitalize() + " "
    if chunk[at].isupper() and (
        (re.match(r"[A-ZĐ&]{3,}\b", chunk[at:]) and word != "và") or _COMPANY.match(chunk, at)
    ):
        return ""  # "Sở Nội vụ, VNPT"
    if word == "và" and _ORGANISES.match(right) and re.match(r"(?:phòng|ban|vụ|cục|khoa) ", low):
        return None  # "Phòng Tổ chức biên chế và Tổ chức phi chính phủ" is one
    if _LOOSE_GROUP.match(right):
        left_agency = register().identify(left)
        if (
            left_agency is not None
            and not left_agency.is_group
            and word != "&"
            and not low.startswith(("các ", "sở,", "cơ quan", "đơn vị"))
        ):
            return ""
        return None
    if word.endswith(("và", "cùng", "cùng với")) and not chunk[at].isupper():
        left_agency = register().identify(left)
        if (
            left_agency is not None
            and not left_agency.generated
            and not re.match(
                r"(?:thị xã|thành phố|thị trấn"
                r"|đặc khu|phường|xã|đoàn thể|trực thuộc|các khu)\b",
                right,
            )
        ):
            return ""
    return None


def _last_part(left: str) -> str:
    return left.rsplit(",", maxsplit=1)[-1].strip()


def find_agencies(text: str, match: str, start: int, end: int) -> list[Mention]:
    """Agencies and groups named in `text[start:end]`, in order, longest names first, none inside another.

    `match` is `matching(text)`; the offsets index `text`. Names not in the register are found by a head word and
    capitals ("Trung tâm Giám sát ..."); groups by their fixed wordings.
    """
    found = []
    for s, e, a in register().spans(match, start, end):
        if _BUILDS.match(text, s) and re.match(r" [^\W\d_]", text[e : min(e + 2, end)]):
            continue
        if a.kind in ("báo đài", "doanh nghiệp", "ngành dọc", "đoàn thể") and not match.startswith("tỉnh", e - 4):
            place = _PLACE_NAME.match(text, e, end)
            e = place.end() if place else e
        found.append(Mention(s, e, text[s:e], a))
    taken = [(m.start, m.end) for m in found]

    def free(s: int, e: int) -> bool:
        return not any(a < e and s < b for a, b in taken)

    for m in _GROUP_TEXT.finditer(match, start, end):
        s, e = m.span()
        taken_by = [x for x in found if x.start < e and s < x.end]
        if taken_by and not all(s <= x.start and x.end <= e for x in taken_by):
            continue
        agency = register().identify(text[s:e])
        if agency is not None:
            found = [x for x in found if x not in taken_by]
            found.append(Mention(s, e, text[s:e], agency))
            taken = [(x.start, x.end) for x in found]
    for m in _NAMED_TEXT.finditer(text, start, end):
        s, e = m.span()
        overlapping = [x for x in found if x.start < e and s < x.end]
        if overlapping and not (len(overlapping) == 1 and s == overlapping[0].start and e > overlapping[0].end):
            continue
        if overlapping:
            continue
        agency = register().identify(m.group())
        if agency is not None:
            found.append(Mention(s, e, m.group(), agency))
            taken.append((s, e))
    return sorted(found, key=lambda x: x.start)


_GROUP_TEXT = re.compile(
    r"(?:các |thủ trưởng (?:các )?|chủ tịch )?(?:"
    r"(?:sở|cơ quan chuyên môn)(?:,? ban)?,? ngành(?:, đoàn thể"
    r"| và đoàn thể)?(?:,? (?:và )?địa phương)?(?: cấp tỉnh| thuộc tỉnh| tỉnh| của tỉnh)?"
    r"|(?:ubnd|ủy ban nhân dân) (?:các )?(?:huyện|quận|thị xã|xã|phường|thành phố)(?:(?:,| và) (?:các )?(?:huyện"
    r"|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)){1,3}"
    r"|(?:ubnd|ủy ban nhân dân) (?:các cấp|cấp huyện|cấp xã|các (?:huyện|xã|phường|quận))"
    r"|cơ quan, đơn vị(?:, địa phương| và địa phương)?"
    r"|cơ quan chuyên môn(?: thuộc (?:ubnd|ủy ban nhân dân) (?:tỉnh|thành phố)| cấp tỉnh)?"
    r"|đơn vị, địa phương"
    r")(?:,? (?:có )?liên quan)?(?: trên địa bàn(?: tỉnh| thành phố)?)?"
)
_BUILDS = re.compile(r"(?:Sở|Bộ) xây dựng")  # «Thanh tra Sở xây dựng kế hoạch»: the verb, no department
_CAP = r"[A-ZĐÀ-ỸĂÂÊÔƠƯ]\w*"
_PLACE_NAME = re.compile(rf"(?: (?:tỉnh|thành phố|huyện|khu vực))?(?: {_CAP}){{1,4}}")
_NAMED_TEXT = re.compile(
    rf"(?:Sở|Văn phòng|Thanh tra|Ban|Phòng|Trung tâm|Trường|Viện|Vụ|Cục|Chi cục|Bộ|Ngân hàng|Kho bạc|Bảo hiểm"
    rf"|Công an|Tòa án|Bưu điện|Công ty|Tập đoàn|Hội|Hiệp hội"
    rf"|Liên đoàn|Báo|Đài|Hội đồng|UBND|Ủy ban nhân dân|Uỷ ban nhân dân)(?: (?:huyện|quận|thị xã|thành phố|xã"
    rf"|phường|thị trấn|tỉnh|nhân dân|xã hội|Nhà nước))?"
    rf"(?: (?:Tổ chức(?: (?:cán bộ|nhân sự|hành chính))?|{_CAP}(?: [a-zà-ỹđ]{{1,6}}(?= (?:{_CAP}|và {_CAP})))?)){{1,8}}"
)

__all__ = ["KINDS", "Agency", "Mention", "Register", "by_mark", "find_agencies", "register", "slug", "split_agencies"]
