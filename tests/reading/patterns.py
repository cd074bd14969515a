"""The patterns of the reader and the formats, and text that is hard on each: made from the pattern itself."""

from __future__ import annotations

import json
import re
import re._constants as c  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

# Text that stands in for all of a pattern's kind of letters.
PUMPS = (
    " ", "\t", "\n", "\u00a0",
    ",", ".", ";", ":", "(", ")", "[", "-", "*", "_", "#", "|", "/", "%", "<", "&", '"', "1", "a",
    "ă", "A", "a ", "1 ",
    "1.", "1,", "- ", "| ", "|\n", " \n", "\n\n", "a, ", "(a", "(1", "a-", "a/", "1/1/", "1%, ", "<a ",
    "<!--", "sở nội vụ, ", "ủy ban nhân dân ", "và ", "của ", "cấp tỉnh, ", "năm 2024 ", "quý i ",
    "ngày 1 tháng 1 ", "kế hoạch ",
)  # fmt: skip

_COLLECT = """
import importlib, json, pkgutil, re, sys
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
from re import _compiler
found, real = {}, _compiler.compile

def compile(pattern, flags=0):
    frame = sys._getframe(1)
    while frame and frame.f_code.co_filename.startswith((re.__path__[0], "<")):
        frame = frame.f_back
    where = Path(frame.f_code.co_filename) if frame else root
    if isinstance(pattern, str) and (root / "cchc") in where.parents:
        if where.name == "patterns.py":
            frame = frame.f_back
            where = Path(frame.f_code.co_filename)
        found.setdefault((pattern, int(flags)), (str(where.relative_to(root)), frame.f_lineno))
    return real(pattern, flags)

_compiler.compile = compile
re.purge()
import cchc
from cchc.formats import NotAPlan
for package in ("cchc.formats", "cchc.reading"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        importlib.import_module(module.name)
from cchc.reading import read_plan
for path in [*(root / "data/plans").glob("*.txt"), *(root / "tests/corpus/dev").glob("*.txt")]:
    read_plan(path.read_bytes(), path.name)
print(json.dumps([[p, f, w] for (p, f), w in found.items()]))
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern of the code, where it stands, its name there ("" where it has none), whether it is searched for
    anywhere; those that are only matched at one place need not be quick at all places; and whether it is asked to fit
    a whole text."""

    pattern: str
    flags: int
    place: str
    name: str
    searched: bool
    whole: bool


def collected() -> list[Found]:
    """Every pattern for text that reading the plans of the corpus brings up."""
    done = subprocess.run([sys.executable, "-c", _COLLECT, str(ROOT)], capture_output=True, text=True, check=True)
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "cchc").rglob("*.py")}
    code = "\n".join(sources.values())
    found = []
    for pattern, flags, (file, line) in json.loads(done.stdout):
        text = sources[ROOT / file].split("\n")[line - 1]
        if text.startswith(("from ", "import ")):  # a library's own
            continue
        named = re.match(r"(\w+)(?:: [\w.\[\]]+)? = (?:re\.compile|rx)\(", text)
        name = named[1] if named else ""
        where = sources[ROOT / file] if name.startswith("_") else code
        uses = re.findall(rf"\b{name}\b(\.(?:match|fullmatch)\(|)", where) if name else []
        inline = re.search(r"\bre\.(?:match|fullmatch)\($|\bre\.(?:match|fullmatch)\(rf?\"", text)
        searched = uses.count("") > 1 if name else inline is None
        whole = bool(re.search(rf"\b{name}\b(?:\(\))?\.fullmatch\(", where)) if name else "re.fullmatch(" in text
        found.append(Found(pattern, flags, f"{file}:{line}", name, searched, whole))
    return found


def hard_texts(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about `length` characters: each thing the pattern repeats, many times after what stands before it; the
    beginning of what the pattern matches, many times; and `PUMPS`. All end in a letter that matches little."""
    tree = parser.parse(pattern, flags)
    seeds: dict[tuple[str, str], None] = {("", pump): None for pump in PUMPS}
    for before, body in _repeats(tree, ""):
        seeds[before, body] = None
        seeds["", before + body] = None
    whole = [_example([item]) for item in tree]
    for end in range(1, len(whole) + 1):
        seeds["", "".join(whole[:end])] = None
    for before, body in seeds:
        if body:
            yield before + body * (length // len(body)) + "\x01"


def _repeats(items: Any, before: str) -> Iterator[tuple[str, str]]:
    """(an example of what comes before, an example of what is repeated) for each repetition in the pattern."""
    for op, arg in items:
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            body = _example(arg[2])
            if arg[1] > 8:  # a few blanks between words multiply nothing
                yield before, body
                yield before, body + " "
            yield from _repeats(arg[2], before)
        elif op is c.SUBPATTERN:
            yield from _repeats(arg[3], before)
        elif op is c.ATOMIC_GROUP:
            yield from _repeats(arg, before)
        elif op is c.BRANCH:
            for branch in arg[1]:
                yield from _repeats(branch, before)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            yield from _repeats(arg[1], before)
        before += _example([(op, arg)])


def _example(items: Any) -> str:
    """A short text that the items match, roughly."""
    out = ""
    for op, arg in items:
        if op is c.LITERAL:
            out += chr(arg)
        elif op is c.NOT_LITERAL:
            out += "x" if arg != ord("x") else "y"
        elif op is c.ANY:
            out += "x"
        elif op is c.IN:
            out += _of_set(arg)
        elif op is c.BRANCH:
            out += _example(arg[1][0])
        elif op is c.SUBPATTERN:
            out += _example(arg[3])
        elif op is c.ATOMIC_GROUP:
            out += _example(arg)
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            out += _example(arg[2]) * max(1, min(arg[0], 3))
    return out


_CATEGORY = {c.CATEGORY_DIGIT: r"\d", c.CATEGORY_SPACE: r"\s", c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_DIGIT: r"\D",
             c.CATEGORY_NOT_SPACE: r"\S", c.CATEGORY_NOT_WORD: r"\W"}  # fmt: skip


def _of_set(items: Any) -> str:
    """A letter of a set; the first of a list of common ones, else the first the set names."""
    wanted = not (items and items[0][0] is c.NEGATE)
    for char in "a1 ,-.(":
        if any(_is_in(char, op, arg) for op, arg in items) is wanted:
            return char
    op, arg = items[0]
    return chr(arg) if op is c.LITERAL else chr(arg[0]) if op is c.RANGE else "x"


def _is_in(char: str, op: Any, arg: Any) -> bool:
    if op is c.LITERAL:
        return ord(char) == arg
    if op is c.RANGE:
        return bool(arg[0] <= ord(char) <= arg[1])
    return op is c.CATEGORY and re.match(_CATEGORY[arg], char) is not None
