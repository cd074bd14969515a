"""Who signed a document? The author of a web article is no signatory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from cchc.reading.blocks import Block, Part
from cchc.reading.issue import HEAD
from cchc.reading.paragraphs import is_caps
from cchc.reference import load
from cchc.text import matching

_SIGNED_TABLE = re.compile(r"người\s+ký\s{0,3}[|:\t]\s{0,4}([^\n|]{4,40})")
_NAME = re.compile(r"[A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){1,4}\Z")
# «PGS.TS. Ngô Quang Huy», «BSCKII. Phạm Hữu Nghĩa»: what somebody is, not how he is called
_RANK_BEFORE_NAME = re.compile(
    r"(?:(?i:ông|bà|đ/c|đồng\s+chí|gs|pgs|ts|tskh|ths|th\.s|bs|bsck(?:ii|i|1|2)?|bs\.?\s?ck(?:ii|i|1|2)|ck(?:ii|i|1|2)|ds|ks|cn|ls|ngưt|ngnd|ttưt|ttnd"
    r"|(?:đại|thượng|trung|thiếu)\s(?:tá|tướng))(?:\.\s?|,\s?|\s)){1,5}\s?(?=[A-ZĐÀ-Ỹ])"
)
# Two columns run into one: «- Bộ Nội vụ; KT. CHỦ TỊCH», «- Lưu: VT, NC. Hoàng Văn Nam»
_RUN_TOGETHER = re.compile(
    r"(?P<left>Nơi nhận ?:|[-+*].{0,160}?[;.,:])\s{1,3}"
    r"(?P<right>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ./]{1,9}(?:\s[A-ZĐÀ-Ỹ./]{1,9}){0,9}|[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,6}(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,6}){2,4})\s{0,3}\Z"
)
_ONE_NAME = re.compile(r"[A-ZĐÀ-Ỹ][a-zà-ỹ]{1,6}")  # one syllable of a name in small letters
_CELLS = re.compile(r"\t|\||[ \u00a0]{4,}")
_SIGNED_MARK = re.compile(r"^[\[(]?\s?(?:đã\s+ký|daky|ký\s+tên)\s?[\])]?[\s:,]{0,3}", re.IGNORECASE)


def signers(text: str, match: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Who signed, each once: whom the portal's table names, then the names under the offices at the end of the document
    and of what is attached to it. The first is taken."""
    m = _SIGNED_TABLE.search(match, 0, HEAD)
    names = [" ".join(text[m.start(1) : m.end(1)].split())] if m else []
    lines: list[list[str]] = []  # of the closing parts, as cells; [] between them
    for b in blocks:
        if b.part is Part.CLOSING:
            lines += [_cells_of(line) for line in text[b.start : b.end].split("\n")]
        elif lines and lines[-1]:
            lines.append([])
    waits = 0  # lines since an office was named; 0 while none was
    beside: tuple[int, int] | None = None  # which of how many cells the office stands in
    for cells, below in pairwise([*lines, [""]]):
        if not cells:
            waits = 0
        elif beside and len(cells) == beside[1]:
            cells = [cells[beside[0]]]  # a name stands under its office
        for k, words in enumerate(cells):
            if _is_office(words):
                behind = _name_behind(words)
                if behind:
                    names.append(behind)
                    waits = 0
                    continue
                waits, beside = 1, (k, len(cells)) if len(cells) > 1 else beside
                continue
            words = _SIGNED_MARK.sub("", words)
            if not waits or not words or set(words) <= set("-_ .:"):
                continue
            rank = _RANK_BEFORE_NAME.match(words)
            name = _before_capitals((words[rank.end() :] if rank else words).strip())
            rest = " ".join(below).strip(" .")
            both = f"{name} {rest}"  # a name over two lines
            if _NAME.match(both) and len(both) < 40 and (_ONE_NAME.fullmatch(name) or _ONE_NAME.fullmatch(rest)):
                name = both
            if _NAME.match(name) and len(name) < 40:
                names.append(name)
                waits = 0
            else:
                waits = waits + 1 if waits < 4 else 0
    return tuple({matching(name): name for name in reversed(names)}.values())[::-1]


def _cells_of(line: str) -> list[str]:
    cells = _CELLS.split(line)
    two = _RUN_TOGETHER.match(line.strip()) if len(cells) == 1 and len(line) < 200 else None
    if two and (_is_office(two["right"]) or matching(two["right"]).split()[0] in load("documents")["surnames"].split()):
        cells = [two["left"], two["right"]]
    return [" ".join(cell.strip(" *_|#\t-").split()) for cell in cells]


def _before_capitals(words: str) -> str:
    """A name without the heading of the next page behind it («Trần Văn Bình PHỤ LỤC»)."""
    said = words.split()
    small = next((k for k, word in enumerate(said) if len(word) > 1 and word.isupper()), len(said))
    return " ".join(said[:small]) if small >= 2 else words


def _name_behind(words: str) -> str:
    """The name on the line of the office («KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bình»); "" where there is none."""
    said = words.split()
    first = len(said)
    while first and said[first - 1][:1].isupper() and (said[first - 1][1:].islower() or len(said[first - 1]) == 1):
        first -= 1
    name = said[first:]
    return " ".join(name) if first and said[first - 1].isupper() and 2 <= len(name) <= 5 else ""


def _is_office(words: str) -> bool:
    """«TM. ỦY BAN NHÂN DÂN», «PHÓ CHỦ TỊCH», «GIÁM ĐỐC SỞ NỘI VỤ», or a part of one that goes over two lines."""
    offices = tuple(load("documents")["signing_offices"])
    low = matching(words).strip(" .:")
    if low.startswith(("tm.", "kt.", "tl.", "tuq.", "q.", "t/m", "k/t", "t/l")) or low in offices:
        return True
    if not low or not words[:2].isupper():
        return False
    capitals = is_caps(words.removesuffix(_name_behind(words)))
    return capitals and (low.endswith(offices) or low.startswith(offices) or _office_words().issuperset(low.split()))


@cache
def _office_words() -> frozenset[str]:
    names = (*load("documents")["signing_offices"], "ủy ban nhân dân", "hội đồng nhân dân")
    return frozenset(word for name in names for word in name.split())
