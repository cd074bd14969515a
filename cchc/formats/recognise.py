"""Which format is this? Told by the content; the file's name only decides where content says nothing."""

from __future__ import annotations

from cchc.formats.plain import read_text
from cchc.formats.source import Source


def read_source(data: bytes, name: str = "") -> Source:
    """The text of a file with its format, pages and places. Raises `NotAPlan` for what holds no readable text."""
    text, warnings = read_text(data)
    return Source(text, "txt", tuple(warnings))
