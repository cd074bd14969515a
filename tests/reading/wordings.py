"""Cases in a text file: a name behind «== », the lines of a document, and below «--» what has to be read of them."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def cases(name: str) -> dict[str, tuple[str, list[str]]]:
    """The cases of `name`, a file beside this one: lines of the document («→» stands for a tab), lines expected."""
    found = {}
    for piece in (_HERE / name).read_text(encoding="utf-8").split("\n== ")[1:]:
        title, _, body = piece.partition("\n")
        text, _, expected = body.partition("\n--")
        assert title not in found, title
        found[title] = (text.replace("→", "\t"), [line.strip() for line in expected.splitlines() if line.strip()])
    return found
