"""From lines to logical paragraphs: hard-wrapped lines joined, list markers split off, spans untouched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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

    @property
    def article(self) -> bool:
        """«Điều 2.» of a decision."""
        return self.marker[:1] in "Đđ" and len(self.marker) > 4


_SKIP = r"[ *_#>\\]{0,12}"
_MARKER = re.compile(
    _SKIP + r"(?:(?P<part>(?:phần|chương|mục|điều|phụ lục|tiểu mục)[ ]{1,3}(?:thứ )?(?P<partno>\d{1,2}|[ivx]{1,5}|"
    r"[a-e]|nhất|hai|ba|tư|năm)(?:[.:)\-/ ]|$))"
    r"|(?P<num>\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=[ *)\\:]|[^\W\d])[)]?)"
    r"|(?P<one>\d{1,2} ?\\?[.)/](?=[ *_]|[^\W\d]|\d{1,3} ?%|$)|\d{1,2} ?- (?=[^\W\d])|\d{1,2}: (?=[^\W\d]))"
    r"|(?P<paren>\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\))"
    r"|(?P<roman>(?!v/v)[ivx]{1,5} ?\\?[.)/\-:](?=[ *_]|[^\W\d]|$))"
    r"|(?P<letter>[a-zđ](?:\.\d{1,2})? ?\\?(?:\)|[./](?=[ *_]))|[a-zđ]\d{1,2}\)|[a-zđ]\d{1,2}\.(?= ))"
    r"|(?P<dash>(?:[\-•●○▪■►✓✔◦§·\uf0b7\uf02d\uf0a7\uf0fc]|(?<!\*)\*(?= )|o(?= ))(?=[ *_]{0,4}[^\s*]))"
    r"|(?P<plus>\+))"
    r"[ *_.]{0,12}"
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_WORD_NUMBER = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_RULE = re.compile(r"[ \-_=*.·~|:+–—]*\Z")
_PAGE_NUMBER = re.compile(r"(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})?\Z|- ?\d{1,3} ?-\Z")
_DIGITS_AT_END = re.compile(r"(?:[ |/–-]{1,40}(?:trang )?\d{1,3}(?: ?/ ?\d{1,3})?)\Z")
_PAGE_WORD = re.compile(r"(?<!\w)trang \d")
_YEARS = [str(year) for year in range(2005, 2051)]
_TERMINAL = (".", ";", ":", "!", "?", "./.", "…", "|")
# Words that no paragraph ends with («... cấp huyện và trên»).
_UNFINISHED = re.compile(
    r"(?<!\w)(?:và|hoặc|của|tại|từ|trên|dưới|đạt|là|với|các|những|(?<!tiếp )(?<!kèm )theo|cho|về"
    r"|ít nhất|tối thiểu|không quá|được|số|năm"
    r"|đến|có|trong đó|bằng|do|thuộc|tỷ lệ|ngày|tháng)\Z"
)
_YEAR_TAIL = re.compile(r"(?:19|20)\d\d *-?\Z")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d(?!\d)|\d{1,2}/\d")
_CAPS_START = re.compile(
    r"(?:ủy ban nhân dân|hội đồng nhân dân|cộng hòa|chủ tịch|quyết định|kế hoạch|chỉ thị|độc lập|thông báo|"
    r"phụ lục|bộ [a-zà-ỹ]+ *\Z|sở )"
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
        ordinal = (
            int(number)
            if number.isdigit()
            else _ROMAN.get(number, _WORD_NUMBER.get(number, _ALPHABET.find(number) + 1))
        )
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
    printed = [line for line in lines if line[0] < line[1]]
    spaced = 0 if width else _wrap_width(text, match, printed)  # every line stands apart, also inside a sentence
    found: list[Paragraph] = []
    last_start = 0  # where the last line of the paragraph being built begins
    blank_before = True
    for start, end in lines:
        if start == end:
            blank_before = True
            continue
        marker, rank, ordinal, body = marker_of(text, match, start, end)
        if found and _continues(
            text, match, found[-1], last_start, start, end, rank, body, blank_before, width, spaced
        ):
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
    running = _running_heads(text, match)
    page_break = False  # a page ends here: what comes next may go on in the middle of a sentence
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
        at = stop + 1
        if start < end and (_PAGE_NUMBER.match(match, start, end) or _head_key(match[start:end]) in running):
            page_break = True
            continue
        empty = start == end or _RULE.match(text, start, end)
        if empty and page_break:
            continue
        if page_break:
            page_break = False
            while len(out) > 1 and out[-1][0] == out[-1][1]:
                out.pop()
            if out and (_ends(match, out[-1][1]) or not text[start].islower()):
                out.append((start, start))
        out.append((start, start) if empty else (start, end))
    return out


def _head_key(line: str) -> str:
    """The words of a line without the page's number."""
    return " ".join(_DIGITS_AT_END.sub("", line).split())


def _running_heads(text: str, match: str) -> frozenset[str]:
    """Lines printed on every page (head or foot): the same words, three times or more but for the page's number, or
    twice with «Trang N»."""
    seen: dict[str, int] = {}
    paged: dict[str, int] = {}
    at = 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = match[at:stop].strip()
        at = stop + 1
        if 12 <= len(line) <= 200 and "|" not in line and not line.startswith(("-", "+")):
            number = _DIGITS_AT_END.search(line)
            if number and _PAGE_WORD.search(line):
                paged[_head_key(line)] = paged.get(_head_key(line), 0) + 1
            elif number and number.group().strip().isdigit() and not line.endswith(tuple(_YEARS)):
                seen[_head_key(line)] = seen.get(_head_key(line), 0) + 1
    return frozenset([k for k, n in seen.items() if n >= 3 and len(k) >= 12] + [k for k, n in paged.items() if n >= 2])


def _ends(match: str, end: int) -> bool:
    tail = match[max(0, end - 4) : end].rstrip(" *_\"')")
    return tail.endswith(_TERMINAL) or match[end - 1 : end] in ";:.|"


def _wrap_width(text: str, match: str, lines: Sequence[tuple[int, int]]) -> int:
    """The length at which lines were broken, 0 where each paragraph is one line.

    Told by lines that a lower-case word continues: the shorter of them still were full.
    """
    lengths: list[int] = []
    total = 0
    for (start, end), (nxt, nxt_end) in pairwise(lines):
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
    spaced: int,
) -> bool:
    """Does the line `start:end` go on with the paragraph before it?"""
    last = text[last_start : before.end]
    if rank != NONE:
        # "giai đoạn 2021\n- 2025", "2022)\n- 15/3": a dash between two figures is no bullet.
        return rank == DASH and not blank and bool(_YEAR_TAIL.search(last[-12:])) and bool(_YEAR_HEAD.match(text, body))
    if match.startswith(("http", "www."), start) or text[start] in "#|":
        return False
    ended = _ends(match, before.end)
    first = text[body] if body < end else ""
    if first.islower() and last.count("(") > last.count(")"):
        return True  # «(Công an tỉnh chủ trì;» goes on until its bracket is closed
    if first.islower() and not ended:
        return not blank or len(last) >= 40
    if not ended and len(last) >= 40 and _UNFINISHED.search(match, max(last_start, before.end - 20), before.end):
        return True
    if blank:
        return bool(spaced) and not ended and not is_caps(last) and _full(text, last, start, end, spaced)
    if first.islower() and width and last.endswith((";", ",")):
        return True
    if is_caps(last):
        if is_caps(text[start:end]):
            return (not _CAPS_START.match(match, start) and before.rank == NONE) or (
                before.rank != NONE and len(last) >= 30
            )
        return False
    if last.endswith(",") and (width or len(last) >= 40):
        return True
    if not width:
        return False
    full = _full(text, last, start, end, width)
    if ended:
        return full and not last.endswith((":", ";", "./.")) and len(last) >= width and not first.isdigit()
    return full and not (before.rank in (PART, ROMAN) and len(last) < width)


def _full(text: str, last: str, start: int, end: int, width: int) -> bool:
    """Would the first word of the line `start:end` not have fitted on the line before it?"""
    word_end = start
    while word_end < end and not text[word_end].isspace():
        word_end += 1
    return len(last) + 1 + (word_end - start) > width
