"""What a document says of itself: title, number, kind, authority, province, level, years, dates, signatory, bases.

Each field is None where the document does not say it: the date of a web article is not a date of issue, its author
no signatory.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cchc.model import Level
from cchc.reading.blocks import Block, Part
from cchc.reading.letterhead import letterhead
from cchc.reading.paragraphs import is_caps
from cchc.reference import load
from cchc.text import folded, matching

_HEAD = 6000  # characters at the beginning that may hold the letterhead and the portal's table
_NUMBER = (
    # 6898/KH-UBND, 18/2016/QĐ-UBND, 4418/UBND-NC1
    r"\d{1,5}[a-z]?(?:/\d{4})?\s?/\s?[A-ZĐ][A-Za-zĐđ]{0,6}(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&.]{0,14}){1,3}(?:\d{1,2}(?!\d))?"
    r"|\d{1,5}\s?[-–]\s?[A-ZĐ][A-Za-zĐđ]{0,4}/[A-ZĐ]{2,5}"  # 05-NQ/TU
    r"|\d{1,5}/\d{4}/QH\d{2}|\d{1,5}/(?:CT|QĐ|NQ|KH|TB)(?![\w-])"
)
_NUMBER_IN_TITLE = re.compile(r"(?:(?i:số)\s*:?\s*)?(?:" + _NUMBER + r")(?:\s+năm\s+20\d\d(?=\s+\D))?")
_ISSUED_PLAN = re.compile(r"(?:ban\s+hành|phê\s+duyệt|về(?:\s+việc)?)\s+(?P<t>kế\s+hoạch.*)")
_KINDS = (
    r"(?i:kế\s+hoạch|quyết\s+định|công\s+văn|chỉ\s+thị|văn\s+bản|chương\s+trình|nghị\s+quyết|thông\s+báo|"
    r"công\s+điện|hướng\s+dẫn|nghị\s+định|thông\s+tư|luật|kết\s+luận)"
)
_ANY_NUMBER = re.compile(_NUMBER)
_LETTERHEAD_NUMBER = re.compile(r"(?:^|[\n|])[ \t*_#>|]{0,12}Số\s{0,3}:?\s{0,6}(?P<no>" + _NUMBER + r")")
_TABLE_NUMBER = re.compile(
    r"(?i:số\s+hiệu|số/ký\s+hiệu|số\s+ký\s+hiệu|số,\s+ký\s+hiệu|số\s+văn\s+bản|ký\s+hiệu)\s{0,3}[|:\t]\s{0,4}(?P<no>"
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
_PLACE_DATE = re.compile(
    r"[^\W\d_][^\n,|;]{2,40},\s{0,3}ngày\s{1,4}(\d{1,2})\s{1,4}tháng\s{1,4}(\d{1,2})\s{1,4}năm\s{1,4}(\d{4})"
)
_TABLE_DATE = re.compile(r"ngày\s+(?:ban\s+hành|ký|văn\s+bản)\s{0,3}[|:\t]\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_EFFECT = re.compile(
    r"(?:ngày\s+có\s+hiệu\s+lực|ngày\s+hiệu\s+lực|hiệu\s+lực\s+từ\s+ngày|ngày\s+áp\s+dụng)\s{0,3}[|"
    r":\t]\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})"
)
_ISSUED_BEFORE = re.compile(
    r"ngày\s+(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*,?[^.;]{0,80}?(?:ban\s+hành|ký)[^.;]{0,40}\Z"
)
_SIGNED_TABLE = re.compile(r"người\s+ký\s{0,3}[|:\t]\s{0,4}([^\n|]{4,40})")
_PLAN_YEAR = re.compile(r"năm\s{1,3}(20[0-4]\d)(?!\d)")
_PLAN_YEARS = re.compile(r"(?:giai\s+đoạn|năm|các\s+năm)\s{1,3}(20[0-4]\d)\s{0,2}-\s{0,2}(20[0-4]\d)(?!\d)")
# «giai đoạn 2021 - 2025, định hướng đến năm 2030»: what lies beyond the plan
_OUTLOOK = re.compile(r"(?:định\s+hướng|tầm\s+nhìn|hướng\s+tới|hướng\s+đến)(?:\s+\w+){0,3}?\s+năm\s+20\d\d")
_SIGNED_ITSELF = re.compile(
    r"(?<!\w)(?:ký(?:\s+ban\s+hành)?|(?:vừa|đã|mới)\s+ban\s+hành)\s+quyết\s+định\s+(?:số\s+)?\d[^;]{0,80}\Z"
)
_TITLE_KIND = re.compile(
    r"kế\s+hoạch|quyết\s+định|chỉ\s+thị|chương\s+trình|đề\s+án|thông\s+báo|hướng\s+dẫn|công\s+điện|"
    r"phương\s+án|nghị\s+quyết"
)
_TITLE_NOT = re.compile(r"(?<!\w)(?:nhằm|được|là|đã|khi|gồm|nêu)(?!\w)")  # a sentence about the plan
_SUBJECT = re.compile(r"(?:về\s+việc|v/v)\s+(?P<t>[^.;\n|]{10,260})")
_ISSUES = re.compile(
    r"(?:ban\s+hành|xây\s+dựng)\s+(?:kèm\s+theo\s+quyết\s+định\s+này\s+)?[\"']?(?P<t>kế\s+hoạch\s[^.;:\"]{8,220}?)"
    r"(?=\s*,?\s*(?:với|như|cụ\s+thể|gồm|theo|\(|kèm|tại|trong\s+đó|[.;:\"]|\Z))"
)  # fmt: skip
_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){1,4}\Z")
_RANK_BEFORE_NAME = re.compile(r"(?i:ông|bà|đ/c|đồng\s+chí|ts\.?|ths\.?|pgs\.?)\s+")
_TIERS: tuple[Level, ...] = ("trung ương", "tỉnh", "huyện", "xã")
_UPPER = r"(?:tỉnh|thành\s+phố|tp\.?)"
_MIDDLE = r"(?:huyện|thị\s+xã|quận)"
_LOWER = r"(?:xã|phường|thị\s+trấn|đặc\s+khu)"
_PEOPLE = re.compile(r"(?<!\w)(?:ủy\s+ban\s+nhân\s+dân|ubnd)(?!\w)")
_UNIT = re.compile(rf"(?P<unit>{_UPPER}|{_MIDDLE}|{_LOWER})(?!\w)")


@dataclass(frozen=True, slots=True)
class Info:
    """Fields as in `model.PlanInfo`, without the id; `missing` names the fields not found, `inferred` those that are
    told from other things than their own place in the document."""

    title: str | None
    number: str | None
    kind: str | None
    authority: str | None
    province: str | None
    level: Level | None
    year: int | None
    year_end: int | None
    issued_on: dt.date | None
    effective_on: dt.date | None
    signed_by: str | None
    legal_bases: tuple[str, ...]
    missing: tuple[str, ...]
    inferred: tuple[str, ...]  # fields with their values, in Vietnamese, that the document does not say outright


def read_info(text: str, match: str, blocks: Sequence[Block]) -> Info:
    """What the document says of itself. `match` is `text.matching(text)` with line ends as blanks."""
    head_end = _letterhead_end(match, blocks)
    number, number_at, number_end, own = _number(text, match, head_end, [b.start for b in blocks])
    issued = _issued(match, number_at, number_end, own, head_end)
    title = _title(text, match, blocks)
    authority, province, level = _authority(text, match, title, blocks, head_end, issued)
    title = _with_names(title, authority, province)
    kind = _kind(number, title, match)
    year, year_end = _years(title, match, blocks, issued, kind)
    signed = _signed(text, match, blocks)
    missing = tuple(
        words
        for words, value in (
            ("tên văn bản", title),
            ("số, ký hiệu", number),
            ("cơ quan ban hành", authority),
            ("tỉnh, thành phố", province if level != "trung ương" else ""),
            ("năm của kế hoạch", year), ("ngày ban hành", issued),
        )
        if value is None
    )  # fmt: skip
    return Info(
        title=title,
        number=number,
        kind=kind,
        authority=authority,
        province=province,
        level=level,
        year=year,
        year_end=year_end,
        issued_on=issued,
        effective_on=_first_date(_EFFECT.search(match, 0, _HEAD)),
        signed_by=signed[0] if signed else None,
        legal_bases=_bases(text, match, blocks, number),
        missing=missing,
        inferred=_inferred(title, kind, year, year_end, issued, signed, own=own or not number),
    )


def _inferred(
    title: str | None,
    kind: str | None,
    year: int | None,
    year_end: int | None,
    issued: dt.date | None,
    signed: Sequence[str],
    *,
    own: bool,
) -> tuple[str, ...]:
    """What an official should look at again: a year no title names or far from the day of issue, a date told from
    a sentence about the document (`own` false), one of several signatures, a name that begins like none."""
    named = str(year) in (title or "") if year else True
    latest = 0 if kind in _ORDERS else 1  # a plan may be issued in December; an order is for the year it is given in
    far = year is not None and issued is not None and not 0 <= year - issued.year <= latest and not year_end
    unlike = any(matching(name).split()[0] not in load("documents")["surnames"].split() for name in signed[:1])
    return tuple(
        words
        for words, doubtful in (
            (f"năm của kế hoạch ({year})", not named or far),
            (f"ngày ban hành ({issued:%d/%m/%Y})" if issued else "", issued is not None and not own),
            (f"người ký ({signed[0]})" if signed else "", unlike or len(signed) > 1),
        )
        if doubtful
    )


def _letterhead_end(match: str, blocks: Sequence[Block]) -> int:
    """Where the letterhead, title and legal bases end."""
    for b in blocks:
        if b.part not in (Part.HEAD, Part.FURNITURE):
            return min(_HEAD, max(b.start, 300))
    return min(_HEAD, len(match))


def _clean_number(number: str) -> str:
    return re.sub(r"\s+", "", number).replace("–", "-").rstrip(".-&")


def _number(text: str, match: str, head_end: int, starts: list[int]) -> tuple[str | None, int, int, bool]:
    """(number, its place, where it ends, stands in the letterhead or the portal's table?)."""
    for pattern in (_TABLE_NUMBER, _LETTERHEAD_NUMBER):
        for m in pattern.finditer(text, 0, _HEAD):
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


def _first_date(m: re.Match[str] | None) -> dt.date | None:
    return _date(*m.groups()[-3:]) if m else None


def _issued(match: str, number_at: int, number_end: int, own: bool, head_end: int) -> dt.date | None:
    m = _TABLE_DATE.search(match, 0, _HEAD)
    if m:
        return _first_date(m)
    for m in _PLACE_DATE.finditer(match, 0, head_end + 400):
        if not re.search(
            r"(?<!\w)(?:căn\s+cứ|thực\s+hiện|luật|nghị|của|chủ\s+nhật|thứ\s+\w+,)(?!\w)", match[m.start() : m.start(1)]
        ):
            return _first_date(m)
    if number_end and not own:
        near = match[number_end : number_end + 60]
        if re.match(r"\s*,?\s*(?:ban\s+hành\s+|ký\s+)?ngày\s", near):
            return _first_date(_DATE.search(near) or _DATE_WORDS.search(near))
        begin = max(match.rfind(". ", 0, number_at), number_at - 200, 0)
        return _first_date(_ISSUED_BEFORE.search(match[begin:number_at]))
    return None


def _title(text: str, match: str, blocks: Sequence[Block]) -> str | None:
    head = [b for b in blocks if b.part in (Part.HEAD, Part.OTHER, Part.PURPOSE, Part.CLOSING)][:60]
    head = head[: next((k for k, b in enumerate(head) if b.heading and b.marker), len(head))]
    printed = _printed_title(text, match, head)
    for b in head:  # the enacting sentence says it in full, where the printed title has lost words
        if b.marker and not b.marker.lower().startswith("điều"):
            continue  # «2. Ban hành kế hoạch năm 2026 ...» of a letter orders another plan
        words = match[b.start : b.end]
        m = None
        for m in _ISSUES.finditer(words):
            before = words[max(0, m.start() - 160) : m.start()]
            cited = re.search(r"(?:quyết\s+định|nghị\s+quyết|chỉ\s+thị|công\s+văn)\s+(?:số\s+)?\d[^;]*\Z", before)
            if not cited or _SIGNED_ITSELF.search(before):
                break
        else:
            continue
        if (
            m is not None
            and len(m.group("t")) >= 25
            and _PLAN_YEAR.search(m.group("t"))
            and not words.startswith("căn cứ")
        ):
            stated = _tidy(_NUMBER_IN_TITLE.sub(" ", text[b.start + m.start("t") : b.start + m.end("t")]))
            return (
                printed if printed and len(printed) > len(stated) and _TITLE_KIND.match(matching(printed)) else stated
            )
    if printed:
        return printed
    for pattern in (_ISSUES, _SUBJECT):
        for b in head[:20]:
            m = pattern.search(match, b.start, b.end)
            if m is None or len(m.group("t")) < 25:
                continue
            own = pattern is _ISSUES and _ISSUES_ITSELF.search(match[max(b.start, m.start() - 80) : m.start()])
            if own or not _CITES.match(match, b.start):
                return _tidy(text[m.start("t") : m.end("t")])
    return None


# «Thực hiện Công văn số ..., UBND tỉnh ban hành Kế hoạch ...»: who issues stands right before.
_ISSUES_ITSELF = re.compile(r"[,;]\s{1,3}(?:ủy\s+ban\s+nhân\s+dân|ubnd|sở|bộ|phòng|ban|cục)(?!\w)[^,;.]{0,50}\Z")


_CITES = re.compile(r"[-+•*\s]{0,4}(?:căn\s+cứ|theo\s+(?:đề\s+nghị|quyết\s+định)|xét|thực\s+hiện|tiếp\s+theo)(?!\w)")


def _printed_title(text: str, match: str, head: list[Block]) -> str | None:
    for k, b in enumerate(head[:30]):
        words = " ".join(match[b.start : b.end].split()).strip(" *#_")
        if len(words) > 260 or not _TITLE_KIND.match(words) or _TITLE_NOT.search(words):
            continue
        raw = text[b.start : b.end]
        if len(words) <= 14 and k + 1 < len(head):  # "KẾ HOẠCH" alone: the next line says of what
            raw += " " + text[head[k + 1].start : head[k + 1].end]
        elif len(words) <= 14 or "số hiệu" in words:
            continue
        title = _tidy(_NUMBER_IN_TITLE.sub(" ", raw))
        if len(title) > 20:
            return title
    return None


def _tidy(title: str) -> str:
    title = " ".join(title.replace("*", " ").replace("#", " ").replace("|", " ").split()).strip(' "“”.,;:-')
    inner = _ISSUED_PLAN.search(matching(title)) if matching(title).startswith("quyết định") else None
    if inner:  # a decision that issues a plan: the plan is what is read
        title = title[inner.start("t") :]
    if is_caps(title):
        return title[:1] + title[1:].lower()
    _, _, rest = title.partition(" ")
    words = title.split(" ")
    if len(words) > 3 and is_caps(" ".join(words[:2])) and not is_caps(" ".join(words[2:])):
        title = (
            words[0].capitalize()
            + " "
            + words[1].lower()
            + " "
            + rest.partition(" ")[2][:1].lower()
            + rest.partition(" ")[2][1:]
        )
    return title[:1].upper() + title[1:]


def _with_names(title: str | None, authority: str | None, province: str | None) -> str | None:
    """A title printed in capitals was made small: the names of the places known get theirs back."""
    place = re.sub(r"^(?:UBND )?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) ", "", authority or "")
    for name in {place.removeprefix("UBND "), province or ""}:
        if title and len(name) > 2 and name[:1].isupper() and name not in title:
            at = title.lower().find(" " + name.lower())
            if at >= 0 and not title[at + 1 + len(name) : at + 2 + len(name)].isalnum():
                title = title[: at + 1] + name + title[at + 1 + len(name) :]
    return title


def _kind(number: str | None, title: str | None, match: str) -> str | None:
    if number:
        for kind in load("documents")["kind"]:
            for short in kind["abbreviations"]:
                if re.search(rf"(?:/|^\d{{1,5}}-){re.escape(short)}(?![A-Za-zĐđ])", number):
                    return str(kind["name"])
        if re.search(r"/[A-ZĐ]{2,10}-[A-ZĐ]", number):
            return "Công văn"
    found = _TITLE_KIND.search(matching(title or "")) or _TITLE_KIND.search(match, 0, 3000)
    return " ".join(found.group().split()).capitalize() if found else None


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for p in load("provinces")["province"]:
        for name in [p["name"], *p.get("merged", [])]:
            names[folded(name).replace(" ", "")] = name
        for alias in p.get("aliases", []):
            names[folded(alias).replace(" ", "")] = alias if alias.startswith("Thừa") else p["name"]
    spelled = [
        matching(n)
        for p in load("provinces")["province"]
        for n in [p["name"], *p.get("merged", []), *p.get("aliases", [])]
    ]
    longest = sorted(spelled, key=len, reverse=True)
    body = "|".join(re.escape(n).replace(r"\ \-\ ", r"\s*-\s*").replace(r"\ ", r"\s+") for n in longest)
    return re.compile(rf"(?<!\w)(?P<name>{body})(?!\w)"), names


def _province_name(found: str) -> str:
    return _provinces()[1].get(folded(found).replace(" ", ""), found)


def _place(text: str, match: str, at: int) -> tuple[str, int] | None:
    """The proper name that begins at `at`: up to four words with a capital (or a number: "Phường 5")."""
    known = re.compile(r"\s+" + _provinces()[0].pattern).match(match, at)
    if known and text[known.start("name")].isupper():
        return _province_name(known.group("name")), known.end()
    m = re.compile(r"\s+(?P<n>(?:[A-ZĐÀ-Ỹ][\w'’]*(?:\s+|-|\s-\s)?){1,5}|\d{1,2}(?!\d))").match(text, at)
    if m is None:
        return None
    words = m.group("n").strip(" -\n").split()
    words = words[
        : next((k for k, w in enumerate(words) if w in ("Số", "SỐ", "Cộng", "Độc", "Kế", "Ngày")), len(words))
    ]
    if not words:
        return None
    if is_caps(" ".join(words)):  # a letterhead in capitals runs on: "HUYỆN LÂM THAO CỘNG HÒA", "TỈNH NGHỆ AN"
        stops = (
            "UBND",
            "ỦY",
            "UỶ",
            "CỘNG",
            "SỞ",
            "PHÒNG",
            "BAN",
            "BAN,",
            "ĐỘC",
            "SỐ",
            "NĂM",
            "VỀ",
            "GIAI",
            "ĐẾN",
            "HỘI",
            "TRÊN",
            "KẾ",
            "VĂN",
            "CẢI",
        )
        words = words[: next((k for k, w in enumerate(words) if w in stops), len(words))][:4]
        if not words:
            return None
        return " ".join(w.capitalize() for w in words), m.end()
    return " ".join(words), m.end()


def _authority(
    text: str, match: str, title: str | None, blocks: Sequence[Block], head_end: int, issued: dt.date | None
) -> tuple[str | None, str | None, Level | None]:
    """(authority, province, level) from the letterhead, the title and the enacting sentence, in this order."""
    first = [b for b in blocks if b.part is Part.HEAD][:2]
    province = _province(match, title, head_end, " ".join(match[b.start : min(b.end, b.start + 150)] for b in first))
    spots = [(b.start, b.end) for b in blocks if b.part not in (Part.FURNITURE,)][:40]
    printed = _printed(text, match, province, issued) or _enacting(text, match, spots, province, issued)
    if printed is not None:
        return printed
    department = _department(text, match, spots)
    if department is not None:
        level: Level = "tỉnh" if matching(department).startswith(("sở", "ban", "thanh tra", "văn phòng")) else "huyện"
        if matching(department).startswith(("bộ ", "tổng cục", "cục ")):
            return department, None, "trung ương"
        return department, province, level
    best: tuple[int, str, Level] | None = None
    for start, end in spots:
        for m in _PEOPLE.finditer(match, start, min(end, start + 700)):
            unit = re.compile(r"(?:\s|\||\*|#){1,8}" + _UNIT.pattern).match(match, m.end(), m.end() + 60)
            if unit is None:
                if best is None and _is_letterhead(match, start, end):
                    best = best or (0, "", "tỉnh")
                continue
            word = " ".join(unit.group("unit").split())
            if word in ("xã", "phường", "thị trấn", "đặc khu", "huyện", "thị xã", "quận") and match[
                max(0, m.start() - 4) : m.start()
            ].endswith("các "):
                continue
            found = _place(text, match, unit.end("unit"))
            name = found[0] if found else None
            tier: Level = "tỉnh" if re.fullmatch(_UPPER, word) else "huyện" if re.fullmatch(_MIDDLE, word) else "xã"
            if tier == "tỉnh" and name and folded(name).replace(" ", "") not in _provinces()[1]:
                known = _provinces()[0].match(matching(name))
                if known:
                    name = _province_name(known.group())
                elif word != "tỉnh":
                    tier = "huyện"  # a city that is no province belongs to one
                else:
                    name = None
            elif tier == "tỉnh" and name:
                name = _province_name(name)
                if word != "tỉnh" and name not in _cities():
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
        if best is not None and best[0] == 2 and not is_caps(text[start:end]):
            break
    if best is None or best[0] == 0:
        tier_only = _level_of_content(match, blocks) if best is None else "tỉnh"
        return (_named("UBND tỉnh", province) if province and best is not None else None), province, tier_only
    authority, level = best[1], best[2]
    if best[0] == 1 and province and level == "tỉnh":
        authority = _named(authority, province)
    if level == "tỉnh" and province is None and best[0] == 2:
        province = authority.split(" ", 2)[-1].removeprefix("phố ")
    return authority, province, level


def _printed(
    text: str, match: str, province: str | None, issued: dt.date | None
) -> tuple[str, str | None, Level] | None:
    """(authority, province, level) from the printed letterhead; None where it names no body with its place."""
    bodies = letterhead(text, match)
    if not bodies:
        return None
    name, low = bodies[-1], matching(bodies[-1])
    people = _PEOPLE.match(low)
    if low.startswith("hội đồng nhân dân "):
        council = _of_unit(name[len("hội đồng nhân dân") :], province, issued, below=len(bodies) > 1)
        return (council[0].replace("UBND", "HĐND", 1), *council[1:]) if council else None
    if people:
        return _of_unit(name[people.end() :], province, issued, below=len(bodies) > 1)
    if low.startswith(("hội ", "văn phòng", "trung tâm", "phòng")) or (low.startswith("ban ") and len(low) < 12):
        return None
    party = _PARTY.match(low)
    if party and low[party.end() :].strip():
        place = " ".join(w.capitalize() for w in name[party.end() :].split())
        central = party.group() == "tỉnh ủy" or (party.group() == "thành ủy" and _is_central(place, issued))
        tier: Level = "tỉnh" if central else "xã" if party.group() == "đảng ủy" else "huyện"
        return f"{party.group().capitalize()} {place}", province, tier
    said = _as_in_text(name, text, match)
    if low.startswith(("bộ ", "tổng cục")):
        return said, None, "trung ương"
    if len(bodies) == 1 and not re.search(r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã|phường)(?!\w)", low):
        return None
    upper = matching(" ".join(bodies))
    level: Level = "huyện" if re.search(r"(?<!\w)(?:huyện|quận|thị xã)(?!\w)", upper) else "tỉnh"
    return said, province, level


def _of_unit(
    rest: str, province: str | None, issued: dt.date | None, below: bool = False
) -> tuple[str, str | None, Level] | None:
    """What "HUYỆN ĐỒNG VANG" after "ỦY BAN NHÂN DÂN" says. `below`: another body stands above it."""
    low = matching(rest).strip()
    unit = _UNIT.match(low)
    raw = " ".join(rest.split())
    if unit is None:
        return None
    word = " ".join(unit.group("unit").split())
    word = "thành phố" if word.startswith("tp") else word
    spoken = " ".join(raw[unit.end() :].split())
    if not spoken or len(spoken.split()) > 6:
        return None
    name = " ".join(w.capitalize() for w in spoken.split()) if is_caps(spoken) or spoken.isupper() else spoken
    if word in ("tỉnh", "thành phố"):
        known = _provinces()[1].get(folded(name).replace(" ", ""))
        if known and (word == "tỉnh" or (not below and _is_central(known, issued))):
            return f"UBND {word} {known}", known, "tỉnh"
        return (f"UBND {word} {name}", _province_then(province, issued), "huyện") if word != "tỉnh" else None
    tier: Level = "huyện" if re.fullmatch(_MIDDLE, word) else "xã"
    return f"UBND {word} {name}", province, tier


def _province_then(name: str | None, issued: dt.date | None) -> str | None:
    """The province's name on that day: Huế was Thừa Thiên Huế before it became a city."""
    if name is None or _is_central(name, issued) or name not in _cities():
        return name
    return next((str(p["aliases"][0]) for p in load("provinces")["province"] if p["name"] == name), name)


def _is_central(name: str, issued: dt.date | None) -> bool:
    """Was the city under the central government on that day (Huế: from 01/01/2025)?"""
    entry = next((p for p in load("provinces")["province"] if p["name"] == name and p.get("city")), None)
    since = entry.get("city_since") if entry else None
    return entry is not None and (since is None or issued is None or issued >= since)


_PARTY = re.compile(r"(?:tỉnh|thành|huyện|quận|thị|đảng) ủy(?!\w)")
_UNIT_NAME = r"(?:\s+[A-ZĐÀ-Ỹ][\w'’]*(?:\s-\s[A-ZĐÀ-Ỹ]\w*)?){1,5}|\s+\d{1,2}"
_ENACTING = re.compile(
    r"(?:U(?:BND)|[ỦU][Ỷỷyỳỵý]\s+ban\s+nhân\s+dân|[Ủủ]y\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân)"
    r"(?P<unit>\s+(?:huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn|đặc\s+khu|tỉnh)(?:" + _UNIT_NAME + r"))"
    r"\s*,?\s+(?:đã\s+)?(?:ban\s+hành|xây\s+dựng)\s+(?:và\s+triển\s+khai\s+)?[Kk]ế\s+hoạch"
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


def _as_in_text(name: str, text: str, match: str) -> str:
    """A name in capitals as the text writes it elsewhere: "SỞ Y TẾ" -> "Sở Y tế"; else by the register or by rule."""
    low = matching(name)
    at = match.find(low)
    while at >= 0:
        found = text[at : at + len(low)]
        stop = at + len(low)
        if not is_caps(found) and found[:1].isupper() and not match[stop : stop + 1].isalnum():
            place = re.match(r"\s+(?:tỉnh|thành\s+phố)" + _UNIT_NAME, text[stop : stop + 60])
            if low.startswith("ban ") and place:  # "Ban Quản lý Khu kinh tế tỉnh Bình Định"
                stop += place.end()
            return " ".join(text[at:stop].split())
        at = match.find(low, at + 1)
    unit = re.search(r"(?<!\w)(?:tỉnh|thành phố|huyện|quận|thị xã)(?!\w)\s*", low)
    if unit and unit.start() and unit.end() < len(name):  # "BẢO HIỂM XÃ HỘI TỈNH NAM ĐỊNH"
        body = name[: unit.start()].strip()
        listed = _name_of(body) if low.startswith(("sở", "ban ", "chi cục", "cục")) else None
        seat = " ".join(w.capitalize() for w in name[unit.end() :].split())
        return f"{listed or body.capitalize()} {unit.group().strip()} {seat}"
    return _name_of(name) or name.capitalize()


def _named(unit: str, province: str) -> str:
    return f"UBND {'thành phố' if province in _cities() else 'tỉnh'} {province}"


@cache
def _cities() -> frozenset[str]:
    return frozenset(p["name"] for p in load("provinces")["province"] if p.get("city"))


def _is_letterhead(match: str, start: int, end: int) -> bool:
    return end - start < 60


_DEPARTMENT = re.compile(
    r"(?:sở|bộ|ban\s+quản\s+lý|ban\s+dân\s+tộc|thanh\s+tra\s+(?:tỉnh|thành\s+phố)|tổng\s+cục|cục|chi\s+cục|"
    r"phòng|văn\s+phòng|kho\s+bạc|bảo\s+hiểm\s+xã\s+hội)\s+[^\W\d_]"
)
_NO_NAME = re.compile(r"(?<!\w)(?:để|đã|sẽ|cần|phải|có|được|chủ trì|tham mưu|phối hợp|hướng dẫn|theo|trình)(?!\w)")
_ENACTS = re.compile(r"(?<!\w)(?:xây\s+dựng|ban\s+hành)\s+(?:và\s+triển\s+khai\s+)?kế\s+hoạch")


def _department(text: str, match: str, spots: list[tuple[int, int]]) -> str | None:
    """A department, ministry or office that issues the document itself: in the letterhead or as the one who enacts."""
    for start, end in spots[:12]:
        words = match[start : min(end, start + 200)]
        if is_caps(text[start:end]) and end - start < 200:
            m = re.search(r"(?<!\w)(?:sở|bộ|thanh tra tỉnh|tổng cục|cục|ban dân tộc|ban quản lý)\s", words)
            stop = re.search(r"cộng hòa|độc lập|\||\n|-{3}|   ", text[start:end].lower()[m.start() :] if m else "")
            if m and not re.search(r"kế hoạch|năm \d|về việc|cải cách|chỉ số|bộ máy", words[m.start() :]):
                raw = text[start + m.start() : start + m.start() + (stop.start() if stop else end - start)]
                name = _name_of(raw.strip(" .|*#\n"))
                if name:
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
    head, _, rest = words.partition(" ")
    pieces = re.split(r"( VÀ | - |, )", rest)
    return head.capitalize() + " " + "".join(p.lower() if p in (" VÀ ",) else p[:1] + p[1:].lower() for p in pieces)


def _register_name(name: str) -> str | None:
    from cchc.reading.agencies import register

    agency = register().identify(name.capitalize())
    return (
        agency.name
        if agency is not None and folded(agency.name) == folded(name) and agency.name != name.capitalize()
        else None
    )


def _province(match: str, title: str | None, head_end: int, headline: str) -> str | None:
    pattern, _ = _provinces()
    unit = re.compile(r"(?<!\w)" + _UPPER + r"\s+(?:ủy\s+)?" + pattern.pattern)
    place = re.compile(pattern.pattern + r"\s*,\s{0,3}ngày\s")
    low = matching(title or "")
    m = unit.search(low)
    if m:
        return _province_name(m.group("name"))
    m = place.search(match, 0, head_end + 400)
    if m:
        return _province_name(m.group("name"))
    m = unit.search(match, 0, head_end + 300) or unit.search(match, 0, 20000)
    if m:
        return _province_name(m.group("name"))
    host = re.search(r"(?<![\w.])([a-z]{4,20})\.gov\.vn", match[:3000])
    if host:
        return _provinces()[1].get(host.group(1))
    # the headline of an article: "Thái Nguyên: Quyết tâm nâng hạng ..."
    said = {_province_name(m.group("name")) for where in (low, headline) for m in pattern.finditer(where)}
    return said.pop() if len(said) == 1 else None


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


_ORDERS = ("Chỉ thị", "Công văn", "Công điện")


def _years(
    title: str | None, match: str, blocks: Sequence[Block], issued: dt.date | None, kind: str | None
) -> tuple[int | None, int | None]:
    """(first, last) year of the plan; the last is None for a plan of one year.

    From the title; else the year said most, none before the year of issue; a directive or a letter that names none
    orders for the year it is issued in.
    """
    low = matching(title or "")
    low = _OUTLOOK.sub(" ", low)
    span = _PLAN_YEARS.search(low)
    rest = low.replace(span.group(), " ") if span else low
    single = _PLAN_YEAR.findall(rest)
    if single:
        return int(single[-1]), None
    if span:
        return int(span.group(1)), int(span.group(2))
    counts: dict[int, int] = {}
    for b in blocks[:80]:
        words = match[b.start : b.end]
        if b.part is Part.RESULTS or (b.part is Part.HEAD and words.startswith(("căn cứ", "thực hiện"))):
            continue
        for m in _PLAN_YEAR.finditer(words):
            before = words[max(0, m.start() - 16) : m.start()]
            if re.search(r"(?:tháng\s+\d+|đến|trước|so\s+với|hết|từ)\s*\Z", before):
                continue
            if issued is not None and int(m.group(1)) < issued.year:
                continue
            counts[int(m.group(1))] = counts.get(int(m.group(1)), 0) + (3 if b.heading else 1)
    if counts:
        return max(counts, key=lambda y: (counts[y], y)), None
    for pattern in (_CAMPAIGN, _ATTACHED):
        named = pattern.search(match, 0, _HEAD)
        if named and len(set(named.groups())) == 1:
            return int(named.group(1)), None
    return (issued.year if issued is not None and kind in _ORDERS else None), None


# «(Từ ngày 01/10/2023 đến ngày 30/11/2023)» under the title of a campaign
_CAMPAIGN = re.compile(
    r"\(\s?(?:thời\s+gian:?\s+)?từ\s+(?:ngày\s+)?\d{1,2}/\d{1,2}/(20\d\d)\s+(?:đến|-)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}/\d{1,2}/(20\d\d)\s?\)"
)
# «Thực hiện Kế hoạch cải thiện Chỉ số ... năm 2025 (Ban hành kèm theo Kế hoạch số ...)»: what the attached table is of
_ATTACHED = re.compile(
    r"thực\s+hiện\s+(?:kế\s+hoạch|chương\s+trình|đề\s+án)\s[^.;]{0,250}?\snăm\s+(20\d\d)\s{1,3}\((?:ban\s+hành\s+)?kèm\s+theo"
)
_ONE_NAME = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,6}")  # one syllable of a name in small letters
_CELLS = re.compile(r"\t|\||[ \u00a0]{4,}")
_SIGNED_MARK = re.compile(r"^[\[(]?\s?(?:đã\s+ký|daky|ký\s+tên)\s?[\])]?[\s:,]{0,3}", re.IGNORECASE)


def _signed(text: str, match: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Who signed, each once: whom the portal's table names, then the names under the offices at the end of the document
    and of what is attached to it. The first is taken."""
    m = _SIGNED_TABLE.search(match, 0, _HEAD)
    names = [" ".join(text[m.start(1) : m.end(1)].split())] if m else []
    lines: list[list[str]] = []  # of the closing parts, as cells; [] between them
    for b in blocks:
        if b.part is Part.CLOSING:
            lines += [_cells_of(line) for line in text[b.start : b.end].split("\n")]
        elif lines and lines[-1]:
            lines.append([])
    waits = 0  # lines since an office was named; 0 while none was
    beside: tuple[int, int] | None = None  # which of how many cells the office stands in
    for cells, below in pairwise([*lines, [""]]):
        if not cells:
            waits = 0
        elif beside and len(cells) == beside[1]:
            cells = [cells[beside[0]]]  # a name stands under its office
        for k, words in enumerate(cells):
            if _is_office(words):
                behind = _name_behind(words)
                if behind:
                    names.append(behind)
                    waits = 0
                    continue
                waits, beside = 1, (k, len(cells)) if len(cells) > 1 else beside
                continue
            words = _SIGNED_MARK.sub("", words)
            if not waits or not words or set(words) <= set("-_ .:"):
                continue
            rank = _RANK_BEFORE_NAME.match(words)
            name = _before_capitals((words[rank.end() :] if rank else words).strip())
            rest = " ".join(below).strip(" .")
            both = f"{name} {rest}"  # a name over two lines
            if _NAME.match(both) and len(both) < 40 and (_ONE_NAME.fullmatch(name) or _ONE_NAME.fullmatch(rest)):
                name = both
            if _NAME.match(name) and len(name) < 40:
                names.append(name)
                waits = 0
            else:
                waits = waits + 1 if waits < 4 else 0
    return tuple({matching(name): name for name in reversed(names)}.values())[::-1]


def _cells_of(line: str) -> list[str]:
    return [" ".join(cell.strip(" *_|#\t-").split()) for cell in _CELLS.split(line)]


def _before_capitals(words: str) -> str:
    """A name without the heading of the next page behind it («Trần Văn Bình PHỤ LỤC»)."""
    said = words.split()
    small = next((k for k, word in enumerate(said) if len(word) > 1 and word.isupper()), len(said))
    return " ".join(said[:small]) if small >= 2 else words


def _name_behind(words: str) -> str:
    """The name on the line of the office («KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bình»); "" where there is none."""
    said = words.split()
    first = len(said)
    while first and said[first - 1][:1].isupper() and (said[first - 1][1:].islower() or len(said[first - 1]) == 1):
        first -= 1
    name = said[first:]
    return " ".join(name) if first and said[first - 1].isupper() and 2 <= len(name) <= 5 else ""


def _is_office(words: str) -> bool:
    """«TM. ỦY BAN NHÂN DÂN», «PHÓ CHỦ TỊCH», «GIÁM ĐỐC SỞ NỘI VỤ», or a part of one that goes over two lines."""
    offices = tuple(load("documents")["signing_offices"])
    low = matching(words).strip(" .:")
    if low.startswith(("tm.", "kt.", "tl.", "tuq.", "q.", "t/m", "k/t", "t/l")) or low in offices:
        return True
    if not low or not words[:2].isupper():
        return False
    capitals = is_caps(words.removesuffix(_name_behind(words)))
    return capitals and (low.endswith(offices) or low.startswith(offices) or _office_words().issuperset(low.split()))


@cache
def _office_words() -> frozenset[str]:
    names = (*load("documents")["signing_offices"], "ủy ban nhân dân", "hội đồng nhân dân")
    return frozenset(word for name in names for word in name.split())


def _bases(text: str, match: str, blocks: Sequence[Block], own: str | None) -> tuple[str, ...]:
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


def slug(*parts: object) -> str:
    """An address-safe name: "Bình Dương", "6898/KH-UBND", 2024 -> "binh-duong-6898-kh-ubnd-2024"."""
    words = " ".join(str(p) for p in parts if p)
    return re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-")
