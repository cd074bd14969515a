"""From lines to logical paragraphs: hard-wrapped lines joined, list markers split off, spans untouched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cchc.reading.blocks import Table
from cchc.reading.patterns import by_first, holds
from cchc.reference import load
from cchc.text import BULLETS

# Ranks of list markers from the outermost to the innermost; a bare paragraph has none.
# CAPITAL is «A.» below «III.»; «A.» above «I.» is a PART.
PART, ROMAN, CAPITAL, NUMBER, NUMBER2, NUMBER3, LETTER, PAREN, DASH, PLUS, NONE = range(11)


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
    rf"|(?P<dash>(?:[\-{BULLETS}]|(?<!\*)\*(?= )|o(?= ))(?=[ *_]{{0,4}}[^\s*]))"
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
_LONGEST_NUMBER = 60  # characters of it
_PAGE_WORD = re.compile(r"(?<!\w)trang \d")
_YEARS = [str(year) for year in range(2005, 2051)]
_TERMINAL = (".", ";", ":", "!", "?", "./.", "…", "|")
# Words that no paragraph ends with («... cấp huyện và trên»).
_UNFINISHED = re.compile(
    r"(?<!\w)(?:và|hoặc|của|tại|từ|trên|dưới|đạt|là|với|các|những|(?<!tiếp )(?<!kèm )theo|cho|về"
    r"|ít nhất|tối thiểu|không quá|được|số|năm"
    r"|đến|có|trong đó|bằng|do|thuộc|tỷ lệ|ngày|tháng)\Z"
)
# Words that ask for a name or an object behind them, looked at where lines are torn («Điều 2. Giao / Giám đốc Sở»).
_WANTS_MORE = re.compile(
    _UNFINISHED.pattern + r"|(?<!\w)(?:giao|phê duyệt|ban hành|triển khai|thực hiện|yêu cầu|đề nghị|giám đốc|chủ tịch"
    r"|thủ trưởng|trưởng|phó|chánh|văn phòng|sở|bộ|phòng|ban|cục|chi cục|ubnd|hđnd|ủy ban nhân dân|báo|đài|nghị quyết"
    r"|nghị định|thông tư|công văn|tối đa|giảm|tăng|trước|sau|mức|nhóm|khoảng|quý|chủ trì|phối hợp|tham mưu)\Z"
)
# A bullet inside a line, behind the end of a sentence; with what may begin an item («100% ...», «Rà soát ...»).
_RUN_ON = re.compile(r"[.;:][^\S\n]{1,3}([-–+•*][^\S\n]{1,3})(?=[^\W_])")
_BULLET_INSIDE = ("- ", "+ ", "• ", "* ")  # in matching form
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?%")
_RUN_ON_NUMBER = re.compile(r"[.;:]\s{1,3}((?:\d{1,2}(?:\.\d{1,2}){0,2}\.|[a-zđ]\)|[IVX]{1,5}\.)\s{1,3}(?=[A-ZĐÀ-Ỹ]))")
_RUN_ON_FIRST = re.compile(r"[^-–+•*.;:\s][^-–;:]{3,160}?\s{1,3}([-–+•]\s{1,3})(?=[^\W_])")
# The second half of a name ("Phòng Tài chính - Kế hoạch"), no item of a list.
_HALF_NAME = re.compile(
    r"(?:xã hội|thương binh|tb ?&|truyền (?:hình|thông)|đầu tư|đào tạo|vận tải|tôn giáo|thể thao|thông tin|phát triển"
    r"|môi trường|hạ tầng|công nghệ|tài chính|kế hoạch|kiến trúc|thống kê|hộ tịch|du lịch|tự do|hạnh phúc"
    r"|ngân sách|hành chính|quản trị|kế toán|pháp chế|nghiệp vụ|tổng hợp|kiểm tra(?! công tác| việc| cải cách"
    r"| đột xuất| tại)|thi đua|khoáng sản|thương mại|kỹ thuật"
    r"|dịch vụ|nghệ thuật|ubnd|hđnd|hội cựu|liên minh)(?!\w)"
)
_FIRST_HALF = re.compile(
    r"(?<!\w)(?:truyền thanh|phát thanh|lao động|tài chính|văn hóa|tư pháp|văn phòng"
    r"|kế hoạch)\s*\Z"
)
_LONG = 600
# "a) ...", "ii. ...": a small letter that begins an item, not the rest of a sentence.
_LETTERED = re.compile(r"(?:[a-zđ](?:\.?\d{1,2})?|[ivx]{1,5}) ?[).]")
_LABEL_ONLY = re.compile(r"[^\W\d_][\w ,/()]{2,38}:[ *_]*\Z")
_YEAR_TAIL = re.compile(r"(?:19|20)\d\d *-?\Z")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d(?!\d)|\d{1,2}/\d")
_CAPS_START = re.compile(
    r"(?:số ?:|ủy ban nhân dân|hội đồng nhân dân|cộng hòa|chủ tịch|quyết định|kế hoạch|chỉ thị|độc lập|thông báo|"
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
    width, torn = _wrap_width(text, match, lines)
    printed = [line for line in lines if line[0] < line[1]]
    spaced = 0 if width else _wrap_width(text, match, printed)[0]  # every line stands apart, also inside a sentence
    found: list[Paragraph] = []
    last_start = 0  # where the last line of the paragraph being built begins
    blank_before = True
    for start, end in lines:
        if start == end:
            blank_before = True
            continue
        marker, rank, ordinal, body = marker_of(text, match, start, end)
        if found and (
            _continues(text, match, found[-1], last_start, start, end, rank, body, blank_before, width, spaced)
            or (torn and not blank_before and rank == NONE and _torn(text, match, found[-1], last_start, start, width))
        ):
            found[-1].end = end
        else:
            found.append(Paragraph(start, end, body, marker, rank, ordinal, after_blank=blank_before))
        last_start = start
        blank_before = False
    _rank_capitals(found)
    for p in found:
        raw = text[p.start : p.end]
        p.bold = raw.startswith("#") or (raw.startswith(("**", "__")) and raw.rstrip(" :.").endswith(("**", "__")))
        p.caps = is_caps(text[p.body : p.end])
    return found


def _rank_capitals(found: Sequence[Paragraph]) -> None:
    """«III.», «A.», «B.», «IV.»: a list of capital letters between two Roman numbers that follow each other divides the
    first of them. Letters behind «E.» go on with their list («G.», «H.»)."""
    lists: list[list[Paragraph]] = []
    roman, above = 0, []  # the last Roman number, and the lists since then
    for p in found:
        letter = p.marker[:1].isupper() and p.marker.strip(" .\\/)")[1:] == "" and p.rank in (PART, LETTER)
        if letter and p.ordinal == 1 and p.rank == PART:
            lists.append([p])
            above.append(lists[-1])
        elif letter and lists and p.ordinal - lists[-1][-1].ordinal in (1, 2) and lists[-1] in above:
            lists[-1].append(p)
        elif p.rank == ROMAN:
            if roman and p.ordinal == roman + 1:
                for listed in above:
                    for q in listed:
                        q.rank = CAPITAL
            roman, above = p.ordinal, []


def is_caps(words: str) -> bool:
    """True for words set in capitals (a title or a heading), figures and brackets left aside."""
    head = words.split("(", 1)[0][:200]
    if sum(map(str.islower, head[:40])) > 20:  # of 200 letters too many for capitals to be nine times as many
        return False
    upper = sum(map(str.isupper, head))
    return upper >= 4 and upper >= 9 * sum(map(str.islower, head))


_OUTER = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "|\ufeff\u200b"  # what is no part of a line's words


def _lines(text: str, match: str, tables: Sequence[Table]) -> list[tuple[int, int]]:
    """Spans of lines without outer blanks (and cell bars); an empty span for a blank line,
    a rule, a page number, a table's place."""
    spans = sorted((t.start, t.end) for t in tables)
    out: list[tuple[int, int]] = []
    running = _running_heads(text, match)
    run_on = _runs_on(text)
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
        raw = text[start:end]
        start = end - len(raw.lstrip(_OUTER))
        end = max(start, end - len(raw) + len(raw.rstrip(_OUTER)))
        at = stop + 1
        if start < end and (
            _PAGE_NUMBER.match(match, start, end) or (running and _head_key(match[start:end]) in running)
        ):
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
        if empty:
            out.append((start, start))
        else:
            out += _unrolled(text, match, start, end, run_on)
    return out


@cache
def _body_does() -> re.Pattern[str]:
    """«2. Sở Tài chính - Tham mưu bố trí kinh phí ...»: a body's name and, on the same line, its only duty. No half of
    a name begins like these verbs."""
    words = load("documents")
    heads = by_first(re.escape(w) for w in sorted(words["agency_words"], key=len, reverse=True))
    verbs = by_first(re.escape(w) for w in sorted(words["item_verbs"], key=len, reverse=True))
    return re.compile(
        r"\s{0,3}(?:\d{1,2}(?:\.\d{1,2})?|[a-zđ])[.)]\s{1,3}(?:các |đề nghị ){0,2}"
        rf"(?:{heads})\s[^.;:]{{2,160}}?\s{{1,3}}([-–]\s)(?:{verbs})(?!\w)"
    )


def _opens_item(text: str, at: int) -> bool:
    """Does an item begin here («100% ...», «Rà soát ...»)?"""
    return text[at : at + 1].isupper() or _FIGURE.match(text, at) is not None


def _runs_on(text: str) -> bool:
    """Is this a document whose lists were run together? Then an item alone stands behind its heading as well
    («2. Sở Tài chính - Bố trí kinh phí»)."""
    items = (m for m in _RUN_ON.finditer(text) if _opens_item(text, m.end(1)))
    return sum(1 for _, _ in zip(items, range(_FEW), strict=False)) == _FEW


_FEW = 3  # items inside lines that tell how the whole document is printed


def _unrolled(text: str, match: str, start: int, end: int, run_on: bool) -> list[tuple[int, int]]:
    """The list items of a line that a page's text was run together in («... gồm: - Kế hoạch ...; - Báo cáo ...»)."""
    cuts = []
    if holds(match[start + 3 : end], _BULLET_INSIDE):  # behind the one the line may begin with
        cuts = [m.start(1) for m in _RUN_ON.finditer(text, start, end) if _opens_item(text, m.end(1))]
    dashed = text.find(" - ", start, end) > 0 or text.find(" – ", start, end) > 0
    does = _body_does().match(match, start, min(start + 260, end)) if dashed else None
    if does and text[does.end(1)].isupper():
        cuts = sorted({*cuts, does.start(1)})
    if not cuts and not run_on:
        return [(start, end)]
    if end - start >= _LONG:  # a whole section: numbered headings too
        cuts = sorted({*cuts, *(m.start(1) for m in _RUN_ON_NUMBER.finditer(text, start, end))})
    for at in (start, *cuts):  # the first item behind a heading, which ends with no mark
        first = _RUN_ON_FIRST.match(match, at, min(at + 300, end))
        if first and _opens_item(text, first.end()) and not _HALF_NAME.match(match, first.end()):
            cuts.append(first.start(1))
    return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(sorted({start, *cuts, end}))]


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
            number = _DIGITS_AT_END.search(line, len(line) - _LONGEST_NUMBER)
            if number and _PAGE_WORD.search(line):
                paged[_head_key(line)] = paged.get(_head_key(line), 0) + 1
            elif number and number.group().strip().isdigit() and not line.endswith(tuple(_YEARS)):
                seen[_head_key(line)] = seen.get(_head_key(line), 0) + 1
    return frozenset([k for k, n in seen.items() if n >= 3 and len(k) >= 12] + [k for k, n in paged.items() if n >= 2])


def _ends(match: str, end: int) -> bool:
    tail = match[max(0, end - 4) : end].rstrip(" *_\"')")
    return tail.endswith(_TERMINAL) or match[end - 1 : end] in ";:.|"


def _wrap_width(text: str, match: str, lines: Sequence[tuple[int, int]]) -> tuple[int, bool]:
    """The length at which lines were broken, 0 where each paragraph is one line; and whether many were broken before.

    Told by lines that a lower-case word continues: the shorter of them still were full. Pages written by Word break the
    source, tags counted in, so that many lines are short when the tags are gone; these tell nothing.
    """
    lengths: list[int] = []
    total = 0
    for (start, end), (nxt, nxt_end) in pairwise(lines):
        if start == end:
            continue
        total += 1
        goes_on = nxt < nxt_end and text[nxt].islower() and not _LETTERED.match(text, nxt)
        if goes_on and not _ends(match, end) and end - start <= 160:
            lengths.append(end - start)
    if len(lengths) < 4 or len(lengths) * 8 < total:
        return 0, False
    lengths.sort()
    whole = [n for n in lengths if n * 10 >= lengths[len(lengths) * 9 // 10] * 7]
    return whole[len(whole) // 4], (len(lengths) - len(whole)) * 6 >= len(lengths)


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
    first_small = text[body : body + 1].islower()
    if rank != NONE:
        # "văn phòng\n- thống kê", "Truyền thanh\n- Truyền hình": the second half of a name is no item.
        half = (
            width and rank == DASH and not blank and (first_small or _FIRST_HALF.search(match, start - 40, before.end))
        )
        if half and _HALF_NAME.match(match, body) and _full(text, last, start, end, width):
            return True
        # "giai đoạn 2021\n- 2025", "2022)\n- 15/3": a dash between two figures is no bullet.
        return rank == DASH and not blank and bool(_YEAR_TAIL.search(last[-12:])) and bool(_YEAR_HEAD.match(text, body))
    if match.startswith(("http", "www."), start) or text[start] in "#|":
        return False
    ended = _ends(match, before.end)
    first = text[body] if body < end else ""
    if first.islower() and last.count("(") > last.count(")"):
        return True  # «(Công an tỉnh chủ trì;» goes on until its bracket is closed
    if width and not blank and match[before.end - 1 : before.end] in (":", ";") and _in_bracket(text, before):
        return True  # «... xuất khẩu, nhập khẩu (ĐVCT: / Vụ Pháp chế; ĐVPH: ...)»
    if first.islower() and not ended:
        return not blank or len(last) >= 40
    unfinished = _UNFINISHED.search(match, max(last_start, before.end - 20), before.end)
    if not ended and len(last) >= 40 and unfinished and not _is_name(text, before.end):
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
    if full and _in_bracket(text, before):
        return True
    if ended:
        return full and not last.endswith((":", ";", "./.")) and len(last) >= width and not first.isdigit()
    return full and not (before.rank in (PART, ROMAN) and len(last) < width)


def _is_name(text: str, end: int) -> bool:
    """Is the last word of a line with small letters set in a capital («huyện Đại Từ»)?"""
    word = text[max(0, end - 20) : end].split()[-1:]
    return bool(word) and word[0][:1].isupper() and not word[0].isupper()


def _in_bracket(text: str, before: Paragraph) -> bool:
    """Is a bracket still open at the end of a paragraph («... (đơn vị chủ trì:», «... (Sở Nội vụ;»)?"""
    tail = text[max(before.start, before.end - _BRACKET) : before.end]
    return tail.rfind("(") > tail.rfind(")")


_BRACKET = 400  # a bracket that goes on for longer was never closed


def _torn(text: str, match: str, before: Paragraph, last_start: int, start: int, width: int) -> bool:
    """Was the short line above torn off the line that begins at `start`, and not the end of its paragraph?"""
    last = text[last_start : before.end]
    if match.startswith(("http", "www."), start) or text[start] in "#|":
        return False
    if before.body >= before.end or _LABEL_ONLY.match(match, before.body, before.end):
        return True  # a marker alone on its line, a label without what it tells
    if _ends(match, before.end):
        return False
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)]
    above, below = _capitals(text[before.body : before.end]), _capitals(line)
    if above or below:  # «I. KẾT QUẢ / ĐẠT ĐƯỢC», «KẾ HOẠCH / CẢI / CÁCH HÀNH CHÍNH»
        return above and below and not _CAPS_START.match(match, start)
    if last_start > before.start and 2 * len(last) >= width:
        return True
    return bool(_WANTS_MORE.search(match, max(last_start, before.end - 30), before.end))


def _capitals(words: str) -> bool:
    """Words in capitals only, however few."""
    return not any(map(str.islower, words)) and any(map(str.isupper, words))


def _full(text: str, last: str, start: int, end: int, width: int) -> bool:
    """Would the first word of the line `start:end` not have fitted on the line before it?"""
    word_end = start
    while word_end < end and not text[word_end].isspace():
        word_end += 1
    return len(last) + 1 + (word_end - start) > width
