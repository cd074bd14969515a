"""What is a document called, of which kind is it, for which years does it plan?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from cchc.reading.blocks import Block, Part
from cchc.reading.issue import HEAD, NUMBER_IN_TITLE
from cchc.reading.paragraphs import is_caps
from cchc.reference import load
from cchc.text import matching

_ISSUED_PLAN = re.compile(r"(?:ban\s+hành|phê\s+duyệt|về(?:\s+việc)?)\s+(?P<t>kế\s+hoạch.*)")
# «năm 2025», «năm tài chính 2025», «năm học và năm ngân sách 2025», «niên độ 2025»
_PLAN_YEAR = re.compile(
    r"(?:năm(?:\s{1,3}(?:học|tài\s{1,3}chính|công\s{1,3}tác|ngân\s{1,3}sách|kế\s{1,3}hoạch))?"
    r"|niên\s{1,3}(?:độ|khóa)(?:\s{1,3}(?:tài\s{1,3}chính|kế\s{1,3}toán|ngân\s{1,3}sách))?)"
    r"\s{1,3}(20[0-4]\d)(?!\d)"
)
_PLAN_YEARS = re.compile(
    r"(?:giai\s+đoạn|năm(?:\s{1,3}học)?|các\s+năm|niên\s{1,3}khóa)"
    r"\s{1,3}(20[0-4]\d)\s{0,2}-\s{0,2}(20[0-4]\d)(?!\d)"
)
_BARE_YEAR = re.compile(r"(?<![\w/.-])20[0-4]\d(?![\w/.])")  # «Kế hoạch cải cách hành chính 2025»
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


def document_title(text: str, match: str, blocks: Sequence[Block]) -> str | None:
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
            stated = _tidy(NUMBER_IN_TITLE.sub(" ", text[b.start + m.start("t") : b.start + m.end("t")]))
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


# «Kế hoạch ngày 25/01/2022», the number taken out
_ONLY_DATED = re.compile(r"[^\W\d_]{1,8} [^\W\d_]{1,8},? ngày [\d/.-]{1,10}(?: (?:tháng|năm|\d{1,4})){0,4}")


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
        title = _tidy(NUMBER_IN_TITLE.sub(" ", raw))
        if len(title) > 20 and not _ONLY_DATED.fullmatch(matching(title)):
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


def with_names(title: str | None, authority: str | None, province: str | None) -> str | None:
    """A title printed in capitals was made small: the names of the places known get theirs back."""
    place = re.sub(r"^(?:UBND )?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) ", "", authority or "")
    for name in {place.removeprefix("UBND "), province or ""}:
        if title and len(name) > 2 and name[:1].isupper() and name not in title:
            at = title.lower().find(" " + name.lower())
            if at >= 0 and not title[at + 1 + len(name) : at + 2 + len(name)].isalnum():
                title = title[: at + 1] + name + title[at + 1 + len(name) :]
    return title


def document_kind(number: str | None, title: str | None, match: str) -> str | None:
    if number:
        for kind in load("documents")["kind"]:
            for short in kind["abbreviations"]:
                if re.search(rf"(?:/|^\d{{1,5}}-){re.escape(short)}(?![A-Za-zĐđ])", number):
                    return str(kind["name"])
        if re.search(r"/[A-ZĐ]{2,10}-[A-ZĐ]", number):
            return "Công văn"
    found = _TITLE_KIND.search(matching(title or "")) or _TITLE_KIND.search(match, 0, 3000)
    return " ".join(found.group().split()).capitalize() if found else None


ORDERS = ("Chỉ thị", "Công văn", "Công điện")


def plan_years(
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
    bare = set(_BARE_YEAR.findall(low))
    if len(bare) == 1:
        return int(bare.pop()), None
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
        named = pattern.search(match, 0, HEAD)
        if named and len(set(named.groups())) == 1:
            return int(named.group(1)), None
    return (issued.year if issued is not None and kind in ORDERS else None), None


# «(Từ ngày 01/10/2023 đến ngày 30/11/2023)» under the title of a campaign
_CAMPAIGN = re.compile(
    r"\(\s?(?:thời\s+gian:?\s+)?từ\s+(?:ngày\s+)?\d{1,2}/\d{1,2}/(20\d\d)\s+(?:đến|-)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"\d{1,2}/\d{1,2}/(20\d\d)\s?\)"
)
# «Thực hiện Kế hoạch cải thiện Chỉ số ... năm 2025 (Ban hành kèm theo Kế hoạch số ...)»: what the attached table is of
_ATTACHED = re.compile(
    r"thực\s+hiện\s+(?:kế\s+hoạch|chương\s+trình|đề\s+án)\s[^.;]{0,250}?\snăm\s+(20\d\d)\s{1,3}"
    r"\((?:ban\s+hành\s+)?kèm\s+theo"
)
