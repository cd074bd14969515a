"""The handbook for officials, docs/so-tay.md, in pieces that a page can draw. Pure but for reading the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cchc import config

_PICTURE = re.compile(r"^!\[([^\]]+)\]\(([\w./-]+)\)$", re.MULTILINE)
_FOLDER = config.ROOT / "docs"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the handbook: its file, and what is seen on it."""

    path: Path
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading of the second level («» before the first): Markdown and pictures in turn."""

    title: str
    anchor: str
    pieces: tuple[str | Picture, ...]


def sections(folder: Path = _FOLDER) -> tuple[Section, ...]:
    """The parts of the handbook without its own title; none when there is no handbook."""
    try:
        text = (folder / "so-tay.md").read_text(encoding="utf-8")
    except OSError:
        return ()
    parts = re.split(r"^## (.+)$", text.partition("\n")[2], flags=re.MULTILINE)
    titled = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    return tuple(Section(title, f"muc-{n}", _pieces(body, folder)) for n, (title, body) in enumerate(titled))


def _pieces(body: str, folder: Path) -> tuple[str | Picture, ...]:
    found: list[str | Picture] = []
    words = _PICTURE.split(body)
    for text, told, path in zip(words[::3], [*words[1::3], ""], [*words[2::3], ""], strict=True):
        if text.strip():
            found.append(text.strip())
        if path and (folder / path).is_file():
            found.append(Picture(folder / path, told))
    return tuple(found)
