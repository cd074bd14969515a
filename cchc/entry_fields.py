"""The fields entries are made of: texts in stored form, days, links, files."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from cchc.periods import MAX_YEAR, MIN_YEAR
from cchc.report_periods import parse_period
from cchc.text import stored

MAX_TEXT = 4000
MAX_SHORT = 300


def clean(value: object) -> object:
    """Text in stored form, without control characters (line ends and tabs stay) and outer blanks; others as is."""
    if not isinstance(value, str):
        return value
    kept = stored(value)
    if not kept.isprintable():  # nothing to look for in nearly all texts
        kept = "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return kept.strip()


def _http(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if value and (not usable or re.search(r"\s", value)):
        raise ValueError("đường dẫn phải bắt đầu bằng http:// hoặc https:// và không có dấu cách")
    return value


def _period(value: str) -> str:
    if value and parse_period(value) is None:
        raise ValueError("kỳ phải có dạng 2024, 2024-1 (quý), 2024-6t, 2024-9t hoặc 2024-m05 (tháng)")
    return value


def _day(value: dt.date) -> dt.date:
    if not MIN_YEAR <= value.year <= MAX_YEAR:
        raise ValueError(f"năm phải từ {MIN_YEAR} đến {MAX_YEAR}")
    return value


Text = Annotated[str, BeforeValidator(clean), Field(max_length=MAX_TEXT)]
Short = Annotated[str, BeforeValidator(clean), Field(max_length=MAX_SHORT)]
Link = Annotated[str, BeforeValidator(clean), Field(max_length=2000), AfterValidator(_http)]
PeriodText = Annotated[str, BeforeValidator(clean), AfterValidator(_period)]
Day = Annotated[dt.date, AfterValidator(_day)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class EntryModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRef(EntryModel):
    """An attached file. Its content lies under its hash; the name is for showing only."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    name: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=1)]
