"""How Excel shows a value: percentages, decimals, dates, figures with words in their format."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_QUOTED = re.compile(r'"([^"]{0,60})"|\\(.)')
_ASIDE = re.compile(r"\[[^\]]{0,40}\]|_.|\*.")  # colours, conditions, fillers
_PATTERN = re.compile(r"[#0?][#0?,. ]*")
_MAX_DECIMALS = 10


def shown(value: Any, form: str = "General") -> str:
    """The words of a cell as an official with Vietnamese settings sees them ("80%", "15/12/2025", "1.234,5"); "" for an
    empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date):
        return _day(value, form)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _figure(value, form)
    return str(value)


def _day(value: dt.date, form: str) -> str:
    letters = _ASIDE.sub("", _QUOTED.sub("", form)).lower()
    if "d" not in letters and "y" in letters:
        return f"{value:%m/%Y}" if "m" in letters else f"{value:%Y}"
    if isinstance(value, dt.datetime) and (value.hour or value.minute) and "h" in letters:
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def _figure(value: float, form: str) -> str:
    section = form.split(";")[0] if value >= 0 or form.count(";") == 0 else form.split(";")[1]
    negative = value < 0 and form.count(";") == 0
    section = _ASIDE.sub("", section)
    words: list[str] = []

    def keep(found: re.Match[str]) -> str:
        words.append(found[1] if found[1] is not None else found[2])
        return chr(0xE000 + len(words) - 1)  # a private letter holds the place

    section = _QUOTED.sub(keep, section)
    pattern = _PATTERN.search(section)
    size = abs(value) * (100 if "%" in section else 1)
    if section.lower() in ("general", "@", "") or pattern is None:
        return ("-" if value < 0 else "") + _plain(abs(value))
    said = _by_pattern(size, pattern.group().strip())
    out = section[: pattern.start()] + said + section[pattern.end() :]
    out = re.sub("[\ue000-\uf8ff]", lambda m: words[ord(m.group()) - 0xE000], out)
    return ("-" if negative else "") + out.strip()


def _by_pattern(size: float, pattern: str) -> str:
    whole, _, rest = pattern.partition(".")
    decimals = min(len(re.findall("[0#?]", rest)), _MAX_DECIMALS)
    least = min(rest.count("0"), decimals)
    text = f"{size:.{decimals}f}"
    units, _, after = text.partition(".")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    units = units.zfill(min(whole.count("0"), 20))
    if "," in whole.rstrip(","):
        units = f"{int(units):,}".replace(",", ".")
    return f"{units},{after}" if after else units


def _plain(size: float) -> str:
    """Ten digits at most: what binary fractions add is not shown."""
    text = f"{size:.10g}"
    return text.replace(".", ",") if "e" not in text else f"{size:.0f}"
