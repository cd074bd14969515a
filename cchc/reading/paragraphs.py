"""From lines to logical paragraphs: hard-wrapped lines joined, list markers split off, spans untouched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cchc.reading.blocks import Table

# Ranks of list markers from the outermost to the innermost; a bare paragraph has none.
PART, ROMAN, NUMBER, NUMBER2, NUMBER3, LETTER, PAREN, DASH, PLUS, NONE = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9


@dataclass(slots=True)
class Paragraph:
    """`start:end` without outer blanks, `body` where the words begin; `ordinal` is the number its marker tells."""

    start: int
    end: int
    body: int
    marker: str
    rank: int
    ordinal: int = 0
    bold: bool = False  # the whole paragraph is set in markdown bold, or is a markdown heading
    caps: bool = False
    after_blank: bool = False


_SKIP = r"[ *_#>\\]{0,12}"
_MARKER = re.compile(
    _SKIP
    + r"(?:(?P<part>(?:phần|chương|mục|điều|phụ lục|tiểu mục)[ ]{1,3}(?:thứ )?(?P<partno>\d{1,2}|[ivx]{1,5}|nhất|hai|ba|tư|năm)(?:[.:)\-/ ]|$))"
    r"|(?P<num>\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=[ *)\\:]|[^\W\d])[)]?)"
    r"|(?P<one>\d{1,2} ?\\?[.)/](?=[ *_]|[^\W\d]|\d{1,3} ?%|$)|\d{1,2} ?- (?=[^\W\d])|\d{1,2}: (?=[^\W\d]))"
    r"|(?P<paren>\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\))"
    r"|(?P<roman>[ivx]{1,5} ?\\?[.)/\-:](?=[ *_]|[^\W\d]|$))"
    r"|(?P<letter>[a-zđ](?:\.\d{1,2})? ?\\?(?:\)|[./](?=[ *_]))|[a-zđ]\d{1,2}\)|[a-zđ]\d{1,2}\.(?= ))"
    r"|(?P<dash>(?:[\-•●○▪■►✓✔◦§·\uf0b7\uf02d\uf0a7\uf0fc]|(?<!\*)\*(?= )|o(?= ))(?=[ *_]{0,4}[^\s*]))"
    r"|(?P<plus>\+))"
    r"[ *_.]{0,12}"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_WORD_NUMBER = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_RULE = re.compile(r"[ \-_=*.·~|:+–—]*\Z")
_PAGE_NUMBER = re.compile(r"(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})?\Z|- ?\d{1,3} ?-\Z")
_TERMINAL = (".", ";", ":", "!", "?", "./.", "…", "|")
_YEAR_TAIL = re.compile(r"(?:19|20)\d\d *-?\Z")
_CAPS_START = re.compile(
    r"(?:ủy ban nhân dân|hội đồng nhân dân|cộng hòa|chủ tịch|quyết định|kế hoạch|chỉ thị|độc lập|thông báo|phụ lục|bộ [a-zà-ỹ]+ *\Z|sở )"
)


def marker_of(text: str, match: str, start: int, end: int) -> tuple[str, int, int, int]:
    """(marker as written, rank, ordinal, where the words begin) of the line `start:end`."""
    m = _MARKER.match(match, start, min(end, start + 60))
    if m is None or not m.lastgroup:
        return "", NONE, 0, _skip_marks(text, start, end)
    kind = next(k for k in ("part", "num", "one", "paren", "roman", "letter", "dash", "plus") if m.group(k))
    raw = text[m.start(kind) : m.end(kind)]
    low = m.group(kind).replace("\\", "").strip(" .)(:/-")
    body = min(m.end(), end)
    if kind == "part":
        number = m.group("partno")
        ordinal = int(number) if number.isdigit() else _ROMAN.get(number, _WORD_NUMBER.get(number, 0))
        rank = NUMBER if low.startswith("điều") else ROMAN if low.startswith("mục") else PART
        return raw, rank, ordinal, body
    if kind == "num":
        pieces = [p for p in low.split(".") if p]
        return raw, min(NUMBER + len(pieces) - 1, NUMBER3), int(pieces[-1]), body
    if kind == "one":
        return raw, NUMBER, int(re.sub(r"\D", "", low) or 0), body
    if kind == "paren":
        ordinal = int(low) if low.isdigit() else _ROMAN.get(low, _ALPHABET.find(low) + 1)
        return raw, PAREN, ordinal, body
    if kind == "roman":
        upper = raw[:1].isupper()
        if upper:
            return raw, ROMAN, _ROMAN.get(low, 0), body
        if len(low) > 1 or low == "i":
            return raw, PAREN, _ROMAN.get(low, 0), body
        return raw, LETTER, _ALPHABET.find(low) + 1, body
    if kind == "letter":
        letter = low[0]
        if raw[:1].isupper() and letter in "abcdđe" and not raw.rstrip().endswith(")"):
            return raw, PART, _ALPHABET.find(letter) + 1, body
        return raw, LETTER, _ALPHABET.find(letter) + 1, body
    if kind == "plus":
        return raw, PLUS, 0, body
    return raw, (PLUS if raw in "○◦o" else DASH), 0, body


def _skip_marks(text: str, start: int, end: int) -> int:
    while start < end and (text[start] in "*#_>\\" or text[start].isspace()):
        start += 1
    return start


def paragraphs(text: str, match: str, tables: Sequence[Table]) -> list[Paragraph]:
    """The paragraphs of a document in order; what tables cover is left out. Linear in the length of the text."""
    lines = _lines(text, match, tables)
    width = _wrap_width(text, match, lines)
    found: list[Paragraph] = []
    last_start = 0  # where the last line of the paragraph being built begins
    blank_before = True
    for start, end in lines:
        if start == end:
            blank_before = True
            continue
        marker, rank, ordinal, body = marker_of(text, match, start, end)
        if found and _continues(text, match, found[-1], last_start, start, end, rank, body, blank_before, width):
            found[-1].end = end
        else:
            found.append(Paragraph(start, end, body, marker, rank, ordinal, after_blank=blank_before))
        last_start = start
        blank_before = False
    for p in found:
        raw = text[p.start : p.end]
        p.bold = raw.startswith("#") or (raw.startswith(("**", "__")) and raw.rstrip(" :.").endswith(("**", "__")))
        p.caps = is_caps(text[p.body : p.end])
    return found


def is_caps(words: str) -> bool:
    """True for words set in capitals (a title or a heading), figures and brackets left aside."""
    head = words.split("(", 1)[0][:200]
    upper = sum(map(str.isupper, head))
    return upper >= 4 and upper >= 9 * sum(map(str.islower, head))


def _lines(text: str, match: str, tables: Sequence[Table]) -> list[tuple[int, int]]:
    """Spans of lines without outer blanks (and cell bars); an empty span for a blank line,
    a rule, a page number, a table's place."""
    spans = sorted((t.start, t.end) for t in tables)
    out: list[tuple[int, int]] = []
    at, k, size = 0, 0, len(text)
    while at <= size:
        stop = text.find("\n", at)
        stop = size if stop < 0 else stop
        while k < len(spans) and spans[k][1] <= at:
            k += 1
        start, end = at, stop
        if k < len(spans) and spans[k][0] < stop and spans[k][1] > at:
            before = spans[k][0]
            end = max(start, min(end, before))
        while start < end and (text[start].isspace() or text[start] in "|\ufeff\u200b"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in "|\ufeff\u200b"):
            end -= 1
        empty = start == end or _RULE.match(text, start, end) or _PAGE_NUMBER.match(match, start, end)
        out.append((start, start) if empty else (start, end))
        at = stop + 1
    return out


def _ends(match: str, end: int) -> bool:
    tail = match[max(0, end - 4) : end].rstrip(" *_\"')")
    return tail.endswith(_TERMINAL) or match[end - 1 : end] in ";:.|"


def _wrap_width(text: str, match: str, lines: Sequence[tuple[int, int]]) -> int:
    """The length at which lines were broken, 0 where each paragraph is one line.

    Told by lines that a lower-case word continues: the shorter of them still were full.
    """
    lengths: list[int] = []
    total = 0
    for (start, end), (nxt, nxt_end) in zip(lines, lines[1:], strict=False):
        if start == end:
            continue
        total += 1
        if nxt < nxt_end and text[nxt].islower() and not _ends(match, end) and end - start <= 160:
            lengths.append(end - start)
    if len(lengths) < 4 or len(lengths) * 8 < total:
        return 0
    lengths.sort()
    return lengths[len(lengths) // 4]


def _continues(
    text: str,
    match: str,
    before: Paragraph,
    last_start: int,
    start: int,
    end: int,
    rank: int,
    body: int,
    blank: bool,
    width: int,
) -> bool:
    """Does the line `start:end` go on with the paragraph before it?"""
    last = text[last_start : before.end]
    if rank != NONE:
        # "giai đoạn 2021\n- 2025", "2022)\n- 15/3": a dash between two figures is no bullet.
        return rank == DASH and not blank and bool(_YEAR_TAIL.search(last[-12:])) and text[body : body + 1].isdigit()
    if match.startswith(("http", "www."), start) or text[start] in "#|":
        return False
    ended = _ends(match, before.end)
    first = text[body] if body < end else ""
    if first.islower() and not ended:
        return not blank or len(last) >= 40
    if blank:
        return False
    if first.islower() and width and last.endswith((";", ",")):
        return True
    if is_caps(last):
        if is_caps(text[start:end]):
            return (not _CAPS_START.match(match, start) and before.rank == NONE) or (before.rank != NONE and len(last) >= 30)
        return False
    if last.endswith(",") and (width or len(last) >= 40):
        return True
    if not width:
        return False
    word_end = start
    while word_end < end and not text[word_end].isspace():
        word_end += 1
    full = len(last) + 1 + (word_end - start) > width
    if ended:
        return full and not last.endswith((":", ";", "./.")) and len(last) >= width and not first.isdigit()
    return full and not (before.rank in (PART, ROMAN) and len(last) < width)
