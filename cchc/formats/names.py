"""A file's name as people may see it: it comes from outside and may be anything."""

from __future__ import annotations

import re
import unicodedata

NAMELESS = "van-ban"
LONGEST = 120  # characters; a stored name must also fit the 255 bytes of file systems
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def shown_name(name: str) -> str:
    """The last part of a path or name, without signs that cannot be seen or that turn the direction of writing, at most
    `LONGEST` characters with its ending kept. Never empty, never «.» or «..»; not fit to be a path on its own: stored
    files are named by their content."""
    last = name[-4096:].encode("utf-8", "replace").decode().replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C")
    plain = " ".join(unicodedata.normalize("NFC", re.sub(r"\A[A-Za-z]:", "", seen)).split()).strip(". ")
    if len(plain) > LONGEST:
        ending = _ENDING.search(plain)
        kept = ending.group() if ending else ""
        plain = plain[: LONGEST - len(kept) - 1].rstrip() + "…" + kept
    return plain or NAMELESS
