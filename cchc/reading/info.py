"""What a document says of itself: title, number, kind, authority, province, level, years, dates, signatory, bases.

Each field is None where the document does not say it: the date of a web article is not a date of issue, its author
no signatory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cchc.model import Level
from cchc.reading.blocks import Block, Part
from cchc.reading.paragraphs import is_caps
from cchc.reference import load
from cchc.text import folded, matching

_HEAD = 6000  # characters at the beginning that may hold the letterhead
_S = r"\s{1,4}"
_NUMBER = r"\d{1,5}(?:/\d{4})?\s?/\s?[A-ZĐ][A-Za-zĐđ]{0,6}(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&.]{0,14}){1,3}|\d{1,5}\s?[-–]\s?[A-ZĐ][A-Za-zĐđ]{0,4}/[A-ZĐ]{2,5}"
_ANY_NUMBER = re.compile(_NUMBER)
_LETTERHEAD_NUMBER = re.compile(r"(?m)^[\s|*_#>]{0,12}Số\s{0,3}:?\s{0,6}(?P<no>" + _NUMBER + r")")
_TABLE_NUMBER = re.compile(r"(?i:số hiệu|số/ký hiệu|số ký hiệu|số, ký hiệu|số văn bản)\s{0,3}[|:\t]?\s{0,4}(?P<no>" + _NUMBER + r")")
_NAMED_NUMBER = re.compile(r"(?i:kế hoạch|quyết định|công văn|chỉ thị|văn bản|chương trình|nghị quyết|thông báo|công điện|hướng dẫn)" + _S + r"(?:(?i:số)\s{0,3}:?\s{0,3})?(?P<no>" + _NUMBER + r")")
_DATE_WORDS = re.compile(r"ngày\s{1,4}(\d{1,2})\s{1,4}tháng\s{1,4}(\d{1,2})\s{1,4}năm\s{1,4}(\d{4})")
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_PLACE_DATE = re.compile(r"(?P<place>[^\W\d_][^\n,|]{2,40}),\s{0,3}ngày\s{1,4}(\d{1,2})\s{1,4}tháng\s{1,4}(\d{1,2})\s{1,4}năm\s{1,4}(\d{4})")
_TABLE_DATE = re.compile(r"ngày ban hành\s{0,3}[|:]?\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_EFFECT = re.compile(r"(?:ngày có hiệu lực|ngày hiệu lực|hiệu lực)\s{0,3}[|:]?\s{0,4}(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SIGNED_TABLE = re.compile(r"người ký\s{0,3}[|:]\s{0,4}([^\n|]{4,40})")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_PLAN_YEAR = re.compile(r"(?:trong\s+)?năm\s{1,3}(20[0-4]\d)(?!\d)")
_PLAN_YEARS = re.compile(r"(?:giai đoạn|năm|các năm)\s{1,3}(20[0-4]\d)\s{0,2}-\s{0,2}(20[0-4]\d)(?!\d)")
_BASE = re.compile(r"(?:căn cứ|thực hiện|theo|xét)(?!\w)")
_TITLE_KIND = re.compile(r"kế hoạch|quyết định|chỉ thị|chương trình|đề án|thông báo|hướng dẫn|công điện|phương án|nghị quyết")
_SUBJECT = re.compile(r"về\s+(?:việc|v/v)\s+(?P<s>[^.;\n|]{10,220})")
_ISSUES = re.compile(r"(?:ban hành|xây dựng|ban hành kèm theo)\s+(?P<t>kế hoạch\s[^.;:\n]{8,200}?)(?=\s*,?\s*(?:với|như|cụ thể|gồm|theo|\(|và giao|kèm theo|tại|\.|;|:|\"|$))")


@dataclass(frozen=True, slots=True)
class Info:
    """Fields as in `model.PlanInfo`, without the id; `missing` names the fields not found, in Vietnamese."""

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


def read_info(text: str, match: str, blocks: Sequence[Block]) -> Info:
    """What the document says of itself. `match` is `text.matching(text)`, line ends as blanks allowed."""
    head_end = _letterhead_end(match, blocks)
    number, number_end, own = _number(text, match, head_end)
    issued = _issued(text, match, number_end, own, head_end)
    title = _title(text, match, blocks)
    kind = _kind(number, title, match, blocks)
    authority, province, level = _authority(text, match, title, blocks, head_end)
    year, year_end = _years(title, match, blocks, issued)
    effect = _first_date(_EFFECT.search(match, 0, _HEAD))
    missing = tuple(
        words
        for words, value in (
            ("tên văn bản", title), ("số, ký hiệu", number), ("cơ quan ban hành", authority), ("tỉnh, thành phố", province), ("năm của kế hoạch", year),
            ("ngày ban hành", issued),
        )
        if value is None
    )  # fmt: skip
    return Info(title, number, kind, authority, province, level, year, year_end, issued, effect, _signed(text, match, blocks), _bases(text, match, blocks, number), missing)


def _letterhead_end(match: str, blocks: Sequence[Block]) -> int:
    for b in blocks:
        if b.part not in (Part.HEAD, Part.FURNITURE):
            return min(_HEAD, max(b.start, 400))
    return min(_HEAD, len(match))


def _clean(number: str) -> str:
    return re.sub(r"\s+", "", number).replace("–", "-").rstrip(".-&")


def _number(text: str, match: str, head_end: int) -> tuple[str | None, int, bool]:
    """(number, where it ends, stands in the letterhead?)."""
    for pattern in (_TABLE_NUMBER, _LETTERHEAD_NUMBER):
        m = pattern.search(text, 0, _HEAD)
        if m and (pattern is _TABLE_NUMBER or not _after_base(match, m.start())):
            return _clean(m.group("no")), m.end(), True
    for m in _NAMED_NUMBER.finditer(text, 0, max(head_end, 1500)):
        if not _after_base(match, m.start()):
            return _clean(m.group("no")), m.end(), False
    return None, 0, False


def _after_base(match: str, at: int) -> bool:
    """Does "căn cứ" or "thực hiện" stand before it in the same sentence? Then it is another document's number."""
    begin = max(match.rfind(".", 0, at), match.rfind("|", 0, at), at - 300, 0)
    before = match[begin:at]
    return bool(re.search(r"(?<!\w)(?:căn cứ|thực hiện|triển khai|xét|kèm theo|thay thế|nội dung|trước đó|báo cáo)(?!\w)", before))


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _first_date(m: re.Match[str] | None) -> dt.date | None:
    return _date(*m.groups()[-3:]) if m else None


def _issued(text: str, match: str, number_end: int, own: bool, head_end: int) -> dt.date | None:
    m = _TABLE_DATE.search(match, 0, _HEAD)
    if m:
        return _first_date(m)
    m = _PLACE_DATE.search(match, 0, head_end + 400)
    if m and not _BASE.search(m.group("place")):
        return _first_date(m)
    if number_end and not own:
        near = match[number_end : number_end + 60]
        m = re.match(r"\s*,?\s*(?:ban hành\s+)?ngày\s", near)
        if m:
            found = _DATE.search(near) or _DATE_WORDS.search(near)
            return _first_date(found)
    return None


def _title(text: str, match: str, blocks: Sequence[Block]) -> str | None:
    head = [b for b in blocks if b.part in (Part.HEAD, Part.OTHER, Part.PURPOSE)][:40]
    for b in head:  # the enacting sentence says it in full
        if b.heading and b.marker:
            break
        words = match[b.start : b.end]
        if words.startswith(("căn cứ", "thực hiện")) and "ban hành" not in words[-260:]:
            continue
        m = _ISSUES.search(words)
        if m and len(m.group("t")) >= 25 and not words.startswith("căn cứ"):
            raw = " ".join(text[b.start + m.start("t") : b.start + m.end("t")].split())
            return _tidy(raw)
    for k, b in enumerate(head[:25]):
        words = " ".join(match[b.start : b.end].split())
        if len(words) <= 250 and _TITLE_KIND.match(words) and (len(words) > 24 or k + 1 < len(head)):
            raw = " ".join(text[b.start : b.end].split())
            if len(words) <= 24 and is_caps(raw):
                raw += " " + " ".join(text[head[k + 1].start : head[k + 1].end].split())
            return _tidy(_ANY_NUMBER.sub("", raw))
    for b in head[:12]:
        m = _SUBJECT.search(match, b.start, b.end)
        if m:
            return _tidy(" ".join(text[m.start("s") : m.end("s")].split()))
    return None


def _tidy(title: str) -> str:
    title = " ".join(title.replace("*", " ").replace("#", " ").strip(" \"“”.,;:-").split())
    return title[:1].upper() + title[1:].lower() if is_caps(title) else title[:1].upper() + title[1:]


def _kind(number: str | None, title: str | None, match: str, blocks: Sequence[Block]) -> str | None:
    if number:
        for kind in load("documents")["kind"]:
            if any(re.search(rf"(?:/|^\d+-){re.escape(a)}(?![a-zđ])", number, re.IGNORECASE) for a in kind["abbreviations"]):
                return str(kind["name"])
        if re.search(r"/(?:UBND|SNV|VPUBND|VP|BNV)[-–]", number):
            return "Công văn"
    low = matching(title or "")
    m = _TITLE_KIND.search(low) or _TITLE_KIND.search(match, 0, 3000)
    return m.group().capitalize() if m else None


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for p in load("provinces")["province"]:
        for name in [p["name"], *p.get("merged", [])]:
            names[matching(name)] = name
        for alias in p.get("aliases", []):
            names[matching(alias)] = p["name"]
    longest = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n).replace(r"\ ", r"\s*") for n in longest) + r")(?!\w)"), names


_UNIT = r"(?:tỉnh|thành\s+phố|tp\.?)"
_LOWER_UNIT = r"(?:huyện|thị\s+xã|quận|xã|phường|thị\s+trấn|đặc\s+khu)"


def _authority(text: str, match: str, title: str | None, blocks: Sequence[Block], head_end: int) -> tuple[str | None, str | None, Level | None]:
    pattern, names = _provinces()
    head = " ".join(match[: head_end + 300].split())
    province = _province(match, title, head)
    m = re.search(r"(?:ủy ban nhân dân|ubnd)\s*(?:cộng hòa.{0,120}?)?\s*" + _LOWER_UNIT + r"\s+[^\W\d_]", head[:600])
    body = re.search(r"(?<!\w)(?:ủy ban nhân dân|ubnd)\s+(tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?!\w)", head)
    if m or body:
        return None if body is None else ("UBND " + body.group(1) + (f" {province}" if province and body.group(1) in ("tỉnh", "thành phố") else "")), province, "tỉnh" if body and body.group(1) in ("tỉnh", "thành phố") else "huyện" if body and body.group(1) in ("huyện", "thị xã", "quận") else None
    return None, province, None


def _province(match: str, title: str | None, head: str) -> str | None:
    pattern, names = _provinces()
    for where in (matching(title or ""), head):
        m = re.search(_UNIT + r"\s+(" + pattern.pattern + r")", where)
        if m:
            return names.get(" ".join(m.group(1).split()), m.group(1))
    return None


def _years(title: str | None, match: str, blocks: Sequence[Block], issued: dt.date | None) -> tuple[int | None, int | None]:
    low = matching(title or "")
    span = _PLAN_YEARS.search(low)
    if span and not _PLAN_YEAR.search(low.replace(span.group(), "")):
        return int(span.group(1)), int(span.group(2))
    years = _PLAN_YEAR.findall(low)
    if years:
        return int(years[-1]), None
    counts: dict[int, int] = {}
    for b in blocks[:60]:
        if b.part is Part.HEAD and _BASE.match(match, b.start):
            continue
        for y in _PLAN_YEAR.findall(match[b.start : b.end]):
            counts[int(y)] = counts.get(int(y), 0) + (3 if b.heading else 1)
    if counts:
        return max(counts, key=lambda y: (counts[y], y)), None
    return None, None


def _signed(text: str, match: str, blocks: Sequence[Block]) -> str | None:
    m = _SIGNED_TABLE.search(match, 0, _HEAD)
    if m:
        return " ".join(text[m.start(1) : m.end(1)].split())
    return None


def _bases(text: str, match: str, blocks: Sequence[Block], own: str | None) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for b in blocks:
        if b.part is not Part.HEAD:
            continue
        if re.match(r"\W*(?:căn cứ|thực hiện)(?!\w)", match[b.start : b.start + 40]):
            for m in _ANY_NUMBER.finditer(text, b.start, b.end):
                number = _clean(m.group())
                if number != own:
                    found.setdefault(number)
    return tuple(found)


def slug(*parts: object) -> str:
    """An address-safe name: "Bình Dương", "6898/KH-UBND", 2024 -> "binh-duong-6898-kh-ubnd-2024"."""
    words = " ".join(str(p) for p in parts if p)
    return re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-")
