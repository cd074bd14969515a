"""What a document says of itself: title, number, kind, authority, province, level, years, dates, signatory, bases.

Each field is None where the document does not say it: the date of a web article is not a date of issue, its author
no signatory.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cchc.model import Level
from cchc.reading.authority import issuing_body
from cchc.reading.blocks import Block, Part
from cchc.reading.issue import EFFECT, HEAD, document_number, first_date, issue_day, legal_bases
from cchc.reading.provinces import official
from cchc.reading.signature import signers
from cchc.reading.title import ORDERS, document_kind, document_title, plan_years, with_names
from cchc.reference import load
from cchc.text import folded, matching


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
    number, number_at, number_end, own = document_number(text, match, head_end, [b.start for b in blocks])
    issued = issue_day(match, number_at, number_end, own, head_end)
    title = document_title(text, match, blocks)
    issuer = issuing_body(text, match, title, blocks, head_end, issued)
    authority, province, level = issuer.authority, issuer.province, issuer.level
    title = with_names(title, authority, province)
    kind = document_kind(number, title, match)
    year, year_end = plan_years(title, match, blocks, issued, kind)
    signed = signers(text, match, blocks)
    missing = tuple(
        words
        for words, value in (
            ("tên văn bản", title),
            ("số, ký hiệu", number),
            ("cơ quan ban hành", authority),
            ("tỉnh, thành phố", province if level != "trung ương" else ""),
            ("năm của kế hoạch", year), ("ngày ban hành", issued), ("người ký", signed[0] if signed else None),
        )
        if value is None
    )  # fmt: skip
    return Info(
        title=title,
        number=number,
        kind=kind,
        authority=authority,
        province=official(province) if province else None,
        level=level,
        year=year,
        year_end=year_end,
        issued_on=issued,
        effective_on=first_date(EFFECT.search(match, 0, HEAD)),
        signed_by=signed[0] if signed else None,
        legal_bases=legal_bases(text, match, blocks, number),
        missing=missing,
        inferred=(
            *_inferred(title, kind, year, year_end, issued, signed, own=own or not number),
            *([f"cơ quan ban hành ({authority})"] if "authority" in issuer.unsure else []),
            *([f"tỉnh, thành phố ({official(province or '')})"] if "province" in issuer.unsure else []),
        ),
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
    latest = 0 if kind in ORDERS else 1  # a plan may be issued in December; an order is for the year it is given in
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
            return min(HEAD, max(b.start, 300))
    return min(HEAD, len(match))


def slug(*parts: object) -> str:
    """An address-safe name: "Bình Dương", "6898/KH-UBND", 2024 -> "binh-duong-6898-kh-ubnd-2024"."""
    words = " ".join(str(p) for p in parts if p)
    return re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-")
