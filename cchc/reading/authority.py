"""Which body issues a document, and at which tier does it stand?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cchc.model import Level
from cchc.reading.blocks import Block, Part
from cchc.reading.letterhead import letterhead
from cchc.reading.paragraphs import is_caps
from cchc.reading.places import (
    MIDDLE,
    UNIT,
    UNIT_NAME,
    UPPER,
    committee_of,
    home_province,
    is_central,
    place_name,
    province_name,
    province_names,
    province_then,
    town_named,
)
from cchc.text import folded, matching


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues the document; `unsure`: which of the two the document does not say of itself in its place."""

    authority: str | None
    province: str | None
    level: Level | None
    unsure: frozenset[Literal["authority", "province"]] = frozenset()


_TIERS: tuple[Level, ...] = ("trung ương", "tỉnh", "huyện", "xã")
_PEOPLE = re.compile(r"(?<!\w)(?:ủy\s+ban\s+nhân\s+dân|ubnd)(?!\w)")


def issuing_body(
    text: str, match: str, title: str | None, blocks: Sequence[Block], head_end: int, issued: dt.date | None
) -> Issuer:
    """From the letterhead, the title and the enacting sentence, in this order."""
    first = [b for b in blocks if b.part is Part.HEAD][:2]
    headline = " ".join(match[b.start : min(b.end, b.start + 150)] for b in first)
    bodies = letterhead(text, match)
    home, said = home_province(match, title, head_end, headline, bodies, issued)
    authority, province, level, found = _issuer(text, match, title, blocks, bodies, home, issued)
    doubts: set[Literal["authority", "province"]] = set()
    if province is not None and province == home and not said:
        doubts.add("province")
    if authority is not None and (not found or (province in doubts and authority.endswith(f" {province}"))):
        doubts.add("authority")
    return Issuer(authority, province, level, frozenset(doubts))


def _issuer(
    text: str,
    match: str,
    title: str | None,
    blocks: Sequence[Block],
    bodies: Sequence[str],
    province: str | None,
    issued: dt.date | None,
) -> tuple[str | None, str | None, Level | None, bool]:
    """(authority, province, level, whether it stands in its own place)."""
    spots = [(b.start, b.end) for b in blocks if b.part not in (Part.FURNITURE,)][:40]
    printed = _printed(text, match, bodies, province, issued) or _enacting(text, match, spots, province, issued)
    if printed is not None:
        return *printed, True
    department = _department(text, match, spots, bodies) or _lowest(text, match, bodies, province)
    if department is not None:
        level: Level = "tỉnh" if matching(department).startswith(("sở", "ban", "thanh tra", "văn phòng")) else "huyện"
        upper = matching(" ".join(bodies[:-1]))
        if upper.startswith("sở ") or (_PROVINCE_ABOVE.search(upper) and not _DISTRICT.search(matching(department))):
            level = "huyện" if _DISTRICT.search(matching(department)) else "tỉnh"
        if matching(department).startswith(("bộ ", "tổng cục", "cục ")):
            return department, None, "trung ương", True
        return department, province, level, True
    best: tuple[int, str, Level] | None = None
    own = False  # does it stand in a letterhead or in the title?
    for start, end in spots:
        for m in _PEOPLE.finditer(match, start, min(end, start + 700)):
            unit = re.compile(r"(?:\s|\||\*|#){1,8}" + UNIT.pattern).match(match, m.end(), m.end() + 60)
            if unit is None:
                if best is None and _is_letterhead(match, start, end):
                    best = best or (0, "", "tỉnh")
                continue
            word = " ".join(unit.group("unit").split())
            if word in ("xã", "phường", "thị trấn", "đặc khu", "huyện", "thị xã", "quận") and match[
                max(0, m.start() - 4) : m.start()
            ].endswith("các "):
                continue
            found = place_name(text, match, unit.end("unit"), end)
            name = found[0] if found else None
            tier: Level = "tỉnh" if re.fullmatch(UPPER, word) else "huyện" if re.fullmatch(MIDDLE, word) else "xã"
            if tier == "tỉnh" and name and folded(name).replace(" ", "") not in province_names()[1]:
                known = province_names()[0].match(matching(name))
                if known:
                    name = province_name(known.group())
                elif word != "tỉnh":
                    tier = "huyện"  # a city that is no province belongs to one
                else:
                    name = None
            elif tier == "tỉnh" and name:
                name = province_name(name)
                if word != "tỉnh" and not is_central(name, issued):
                    tier = "huyện"  # "thành phố Vĩnh Long": the city, not the province of the same name
            if name is None and tier != "tỉnh":
                continue
            label = f"UBND {'thành phố' if word.startswith('tp') else word}" + (f" {name}" if name else "")
            candidate = (2 if name else 1, label, tier)
            # a letterhead names the upper body first: "UBND HUYỆN NHO QUAN / UBND XÃ PHÚ LONG"
            lower = (
                best is not None
                and is_caps(text[m.start() : unit.end()])
                and _TIERS.index(tier) > _TIERS.index(best[2])
            )
            if best is None or candidate[0] > best[0] or (lower and candidate[0] == best[0]):
                best = candidate
                own = is_caps(text[m.start() : unit.end()]) or matching(label) in matching(title or "")
        if best is not None and best[0] == 2 and not is_caps(text[start:end]):
            break
    if best is None or best[0] == 0:
        tier_only = _level_of_content(match, blocks) if best is None else "tỉnh"
        body = committee_of("UBND tỉnh", province) if province and best is not None else None
        return body, province, tier_only, False
    authority, level = best[1], best[2]
    if best[0] == 1 and authority == "UBND thành phố" and not (province and is_central(province, issued)):
        named = town_named(title or "")  # «UBND thành phố» of a province's town: which one the title may say
        return (f"UBND thành phố {named}" if named else None), province, "huyện", named is not None
    if level == "huyện":
        province = province_then(province, issued)
    if best[0] == 1 and province and level == "tỉnh":
        authority = committee_of(authority, province)
    if level == "tỉnh" and province is None and best[0] == 2:
        province = authority.split(" ", 2)[-1].removeprefix("phố ")
    return authority, province, level, own


def _printed(
    text: str, match: str, bodies: Sequence[str], province: str | None, issued: dt.date | None
) -> tuple[str, str | None, Level] | None:
    """(authority, province, level) from the printed letterhead; None where it names no body with its place."""
    if not bodies:
        return None
    name, low = bodies[-1], matching(bodies[-1])
    people = _PEOPLE.match(low)
    if low.startswith("hội đồng nhân dân "):
        council = _of_unit(name[len("hội đồng nhân dân") :], province, issued, below=len(bodies) > 1)
        return (council[0].replace("UBND", "HĐND", 1), *council[1:]) if council else None
    if people:
        rest = name[people.end() :]
        nameless = len(bodies) > 1 and UNIT.fullmatch(matching(rest).strip())
        above = _PARTY.match(matching(bodies[-2])) if nameless else None
        if above:  # «THÀNH ỦY ĐÀ LẠT» / «ỦY BAN NHÂN DÂN THÀNH PHỐ»
            rest += bodies[-2][above.end() :]
        return _of_unit(rest, province, issued, below=len(bodies) > 1)
    ministry = len(bodies) > 1 and _of_the_state(bodies[0]) and not _PLACED.search(low) and not _branch(low)
    if _CENTRAL.fullmatch(low) or ministry:
        return _as_in_text(name, text, match, None), None, "trung ương"
    if _weak(low) and not _WITH_NAME.search(low):
        return None
    party = _PARTY.match(low)
    if party and low[party.end() :].strip():
        place = " ".join(w.capitalize() for w in name[party.end() :].split())
        central = party.group() == "tỉnh ủy" or (party.group() == "thành ủy" and is_central(place, issued))
        tier: Level = "tỉnh" if central else "xã" if party.group() == "đảng ủy" else "huyện"
        return f"{party.group().capitalize()} {place}", province, tier
    said = _as_in_text(name, text, match, province)
    if low.startswith("ban ") and low.endswith(" tỉnh") and province and said.endswith(" tỉnh"):
        said = f"{said} {province}"
    if low.startswith(("bộ ", "tổng cục")):
        return said, None, "trung ương"
    if len(bodies) == 1 and not _PLACED.search(low):
        return None
    upper = matching(" ".join(bodies))
    level: Level = "huyện" if re.search(r"(?<!\w)(?:huyện|quận|thị xã)(?!\w)", upper) else "tỉnh"
    return said, province, level


_PROVINCE_ABOVE = re.compile(r"(?<!\w)tỉnh(?!\w)")
_DISTRICT = re.compile(r"(?<!\w)(?:huyện|quận|thị xã)(?!\w)")
_PLACED = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp|huyện|quận|thị xã|phường|khu vực)(?!\w)")
# Bodies of the whole country: what they sign in Hà Nội is no plan of that province.
_CENTRAL = re.compile(
    r"(?:thủ tướng |văn phòng |thanh tra )?chính phủ|văn phòng (?:quốc hội|chủ tịch nước)|kiểm toán nhà nước"
    r"|kho bạc nhà nước|ủy ban (?:dân tộc|quản lý vốn|chứng khoán)(?: .{1,80})?"
    r"|(?:tòa án|viện kiểm sát) nhân dân tối cao|ngân hàng chính sách xã hội|học viện chính trị quốc gia .{1,60}"
    r"|(?:bảo hiểm xã hội|ngân hàng|viện hàn lâm|đài|thông tấn xã|tổng liên đoàn|tập đoàn|tổng công ty|hội|đoàn)"
    r"(?: .{1,100})? việt nam"
)


def _branch(low: str) -> bool:
    """Is it the office of a system in one province («Kho bạc Nhà nước Khánh Hòa»)? `low`: its name, folded."""
    named = re.match(r"(?:kho bạc|bảo hiểm|cục|chi cục|hải quan|ngân hàng|thuế|chi nhánh)", low)
    return bool(named) and any(low.endswith(m.group()) for m in province_names()[0].finditer(low))


def _of_the_state(name: str) -> bool:
    low = matching(name)
    return low.startswith(("bộ ", "tổng cục ")) or bool(_CENTRAL.fullmatch(low))


# «XÃ MƯỜNG KHOA - TỈNH LAI CHÂU»: where it lies is no part of its name
_WITHIN = re.compile(r"\s?(?:[-–,]\s?|\s)(?:tỉnh|huyện|quận|thành phố|thị xã)\s", re.IGNORECASE)


def _of_unit(
    rest: str, province: str | None, issued: dt.date | None, below: bool = False
) -> tuple[str, str | None, Level] | None:
    """What "HUYỆN ĐỒNG VANG" after "ỦY BAN NHÂN DÂN" says. `below`: another body stands above it."""
    low = matching(rest).strip()
    unit = UNIT.match(low)
    raw = " ".join(rest.split())
    if unit is None:
        return None
    word = " ".join(unit.group("unit").split())
    word = "thành phố" if word.startswith("tp") else word
    spoken = _WITHIN.split(" ".join(raw[unit.end() :].split()))[0]
    if not spoken or len(spoken.split()) > 6:
        return None
    name = " ".join(w.capitalize() for w in spoken.split()) if is_caps(spoken) or spoken.isupper() else spoken
    if word in ("tỉnh", "thành phố"):
        known = province_names()[1].get(folded(name).replace(" ", ""))
        if known and (word == "tỉnh" or (not below and is_central(known, issued))):
            return f"UBND {word} {known}", known, "tỉnh"
        return (f"UBND {word} {name}", province_then(province, issued), "huyện") if word != "tỉnh" else None
    tier: Level = "huyện" if re.fullmatch(MIDDLE, word) else "xã"
    return f"UBND {word} {name}", province, tier


_PARTY = re.compile(r"(?:tỉnh|thành|huyện|quận|thị|đảng) ủy(?!\w)")
_ENACTING = re.compile(
    r"(?:U(?:BND)|[ỦU][Ỷỷyỳỵý]\s+ban\s+nhân\s+dân|[Ủủ]y\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân)"
    r"(?P<unit>\s+(?:huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn|đặc\s+khu|tỉnh)(?:" + UNIT_NAME + r"))"
    r"\s*,?\s+(?:(?:đã|vừa|mới)\s+){0,2}(?:ban\s+hành|xây\s+dựng)\s+(?:và\s+triển\s+khai\s+)?[Kk]ế\s+hoạch"
)


def _enacting(
    text: str, match: str, spots: list[tuple[int, int]], province: str | None, issued: dt.date | None
) -> tuple[str, str | None, Level] | None:
    """The people's committee that stands right before "ban hành Kế hoạch", whichever are cited before it."""
    for start, end in spots[:30]:
        for m in _ENACTING.finditer(text, start, min(end, start + 2500)):
            before = match[max(start, m.start() - 120) : m.start()]
            if not re.search(r"(?:kế\s+hoạch|quyết\s+định)\s+(?:số\s+)?\d[^;,]*\Z", before):
                return _of_unit(m.group("unit"), province, issued)
    return None


_SEAT = re.compile(r"\s+(?P<unit>tỉnh|thành\s+phố)(?!\w)")


def _as_in_text(name: str, text: str, match: str, province: str | None) -> str:
    """A name in capitals as the text writes it elsewhere: "SỞ Y TẾ" -> "Sở Y tế"; else by the register or by rule."""
    low = matching(name)
    at = match.find(low)
    while at >= 0:
        found = text[at : at + len(low)]
        stop = at + len(low)
        if not is_caps(found) and found[:1].isupper() and not match[stop : stop + 1].isalnum():
            said = " ".join(found.split())
            seat = _SEAT.match(match, stop) if low.startswith("ban ") else None
            known = re.compile(r"\s+" + province_names()[0].pattern)
            place = known.match(match, seat.end()) if seat else None
            if place and "\n" not in text[stop : place.end()]:  # "Ban Quản lý Khu kinh tế tỉnh Bình Định"
                return " ".join(text[at : place.end()].split())
            # «... các khu công nghiệp tỉnh» at the end of a title: the letterhead tells which one
            return " ".join([said, *seat.group("unit").split(), province]) if seat and province else said
        at = match.find(low, at + 1)
    unit = re.search(r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã)(?!\w)\s*", low)
    if unit and unit.start() and unit.end() < len(name):  # "BẢO HIỂM XÃ HỘI TỈNH NAM ĐỊNH"
        body = name[: unit.start()].strip()
        listed = _name_of(body) if low.startswith(_NAMED_BY_RULE) else None
        where = " ".join(w.capitalize() for w in name[unit.end() :].split())
        named = re.sub("|".join(_STATE_WORDS), lambda m: _STATE_WORDS[m.group()], body.capitalize())
        return f"{listed or named} {unit.group().strip()} {where}"
    return _name_of(name) or name.capitalize()


_NAMED_BY_RULE = ("sở", "ban ", "chi cục", "cục", "trung tâm", "bệnh viện")
_STATE_WORDS = {"nhà nước": "Nhà nước", "việt nam": "Việt Nam", "mttq": "MTTQ", "bhxh": "BHXH", "thpt": "THPT"}


def _is_letterhead(match: str, start: int, end: int) -> bool:
    return end - start < 60


_DEPARTMENT = re.compile(
    r"(?:sở|bộ|ban\s+quản\s+lý|ban\s+dân\s+tộc|thanh\s+tra\s+(?:tỉnh|thành\s+phố)|tổng\s+cục|cục|chi\s+cục|"
    r"phòng|văn\s+phòng|kho\s+bạc|bảo\s+hiểm\s+xã\s+hội)\s+[^\W\d_]"
)
_NO_NAME = re.compile(r"(?<!\w)(?:để|đã|sẽ|cần|phải|có|được|chủ trì|tham mưu|phối hợp|hướng dẫn|theo|trình)(?!\w)")
_ENACTS = re.compile(r"(?<!\w)(?:xây\s+dựng|ban\s+hành)\s+(?:và\s+triển\s+khai\s+)?kế\s+hoạch")


def _weak(low: str) -> bool:
    """Does a printed name, folded, say too little without the words of the document («VĂN PHÒNG», «PHÒNG NỘI VỤ»)?"""
    return low.startswith(("hội ", "văn phòng", "trung tâm", "phòng")) or (low.startswith("ban ") and len(low) < 12)


_WITH_NAME = re.compile(r"(?<!\w)(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|khu vực)\s+\S")


def _lowest(text: str, match: str, bodies: Sequence[str], province: str | None) -> str | None:
    """The body printed below another one that nothing else in the document tells in full: it issues, not the upper."""
    low = matching(bodies[-1]) if len(bodies) > 1 else ""
    return _as_in_text(bodies[-1], text, match, province) if _weak(low) and len(low.split()) > 2 else None


def _department(text: str, match: str, spots: list[tuple[int, int]], bodies: Sequence[str]) -> str | None:
    """A department, ministry or office that issues the document itself: in the letterhead or as the one who enacts."""
    above = matching(" ".join(bodies[:-1]))
    for start, end in spots[:12]:
        words = match[start : min(end, start + 200)]
        if is_caps(text[start:end]) and end - start < 200:
            m = re.search(r"(?<!\w)(?:sở|bộ|thanh tra tỉnh|tổng cục|cục|ban dân tộc|ban quản lý)\s", words)
            stop = re.search(r"cộng hòa|độc lập|\||\n|-{3}|   ", text[start:end].lower()[m.start() :] if m else "")
            if m and not re.search(r"kế hoạch|năm \d|về việc|cải cách|chỉ số|bộ máy", words[m.start() :]):
                raw = text[start + m.start() : start + m.start() + (stop.start() if stop else end - start)]
                name = _name_of(raw.strip(" .|*#\n"))
                if name and matching(raw).strip(" .|*#\n") not in above:
                    return name
    for start, end in spots[:30]:
        for verb in _ENACTS.finditer(match, start, min(end, start + 1500)):
            clause = max(match.rfind(c, start, verb.start()) for c in ",;")
            clause = start if clause < 0 else clause + 1
            piece = text[clause : verb.start()]
            low = match[clause : verb.start()].strip()
            # a name may itself hold a comma: "Sở Văn hóa, Thể thao và Du lịch"
            if not _DEPARTMENT.match(low):
                again = max(
                    (
                        m.start()
                        for m in re.finditer(
                            r"(?<!\w)(?:Sở|Bộ|Phòng|Cục|Thanh tra|Ban)\s+[A-ZĐ]",
                            text[max(start, verb.start() - 90) : verb.start()],
                        )
                    ),
                    default=-1,
                )
                if again < 0:
                    continue
                begin = max(start, verb.start() - 90) + again
                between = match[begin : verb.start()]
                if re.search(r"[;.]|ngày|của|tại|ubnd", between):
                    continue
                piece = text[begin : verb.start()]
            piece = " ".join(piece.split())
            if 4 < len(piece) < 90 and piece[0].isupper() and not _NO_NAME.search(matching(piece)):
                return piece
    return None


def _name_of(caps: str) -> str | None:
    """ "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG" -> "Sở Tài nguyên và Môi trường"."""
    words = " ".join(caps.split())
    if not 5 < len(words) < 80:
        return None
    known = _register_name(words)
    if known:
        return known
    tail = province_names()[0].search(matching(words), len(words) - 25 if len(words) > 25 else 0)
    if tail and tail.end() == len(words) and tail.start() > 5:  # «SỞ Y TẾ BẾN TRE»
        head = words[: tail.start()].rstrip()
        return f"{_name_of(head) or head.capitalize()} {province_name(tail.group())}"
    region = _REGION.search(words)
    if region:  # «CHI CỤC THUẾ KHU VỰC ĐỒNG XOÀI - ĐỒNG PHÚ»
        proper = " ".join(w if _ROMAN.fullmatch(w) else w.capitalize() for w in words[region.end() :].split())
        return f"{_name_of(words[: region.start()])} khu vực {proper}"
    two = _TWO_WORDS.match(words)
    head, rest = (two.group().rstrip(), words[two.end() :]) if two else words.split(" ", 1)
    pieces = re.split(r"( VÀ | - |, )", rest)
    said = head.capitalize() + " " + "".join(p.lower() if p in (" VÀ ",) else p[:1] + p[1:].lower() for p in pieces)
    return re.sub(r"\b[Vv]iệt nam\b", "Việt Nam", said).replace(" Tối cao", " tối cao")


_REGION = re.compile(r" KHU VỰC (?=\S)")
_ROMAN = re.compile(r"[IVX]{1,6}")
_TWO_WORDS = re.compile(
    r"(?:TỔNG CỤC|CHI CỤC|CÔNG TY|CÔNG AN|ỦY BAN|KHO BẠC|BỆNH VIỆN|TRUNG TÂM|HỌC VIỆN|VIỆN HÀN LÂM|NGÂN HÀNG"
    r"|TẬP ĐOÀN|TỔNG LIÊN ĐOÀN|VĂN PHÒNG|KIỂM TOÁN|BẢO HIỂM XÃ HỘI|TÒA ÁN NHÂN DÂN|VIỆN KIỂM SÁT NHÂN DÂN) "
)


def _register_name(name: str) -> str | None:
    from cchc.reading.agencies import register

    agency = register().identify(name.capitalize())
    return (
        agency.name
        if agency is not None and folded(agency.name) == folded(name) and agency.name != name.capitalize()
        else None
    )


_XA_GOALS = re.compile(
    r"cơ\s+quan\s+chuyên\s+môn\s+cấp\s+huyện|ubnd\s+các\s+xã,\s+(?:phường,\s+)?thị\s+trấn|"
    r"ủy\s+ban\s+nhân\s+dân\s+các\s+xã,\s+(?:phường,\s+)?thị\s+trấn|ubnd\s+cấp\s+xã"
)
_TINH_GOALS = re.compile(r"cấp\s+tỉnh|các\s+sở|sở,\s+ban|ubnd\s+các\s+huyện|ubnd\s+tỉnh|ủy\s+ban\s+nhân\s+dân\s+tỉnh")


def _level_of_content(match: str, blocks: Sequence[Block]) -> Level | None:
    """The tier of a plan that names no authority, from whom its goals speak of; None where that does not tell."""
    communes = districts = 0
    for b in blocks:
        if b.part in (Part.GOALS, Part.MEASURES, Part.DUTIES):
            communes += len(_XA_GOALS.findall(match, b.start, b.end))
            districts += len(_TINH_GOALS.findall(match, b.start, b.end))
    if communes >= 3 and districts == 0:
        return "huyện"
    return "tỉnh" if districts >= 3 else None
