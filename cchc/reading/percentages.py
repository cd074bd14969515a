"""The last look over a plan: is every percentage of its text part of an item, or named in a warning with the reason?

The whole text is swept, not what the rules have looked at: a figure in a heading, in a passage printed twice, in the
head of a page or in a row no rule understood is named as well. So are shares («1/3 thời gian») and ranks outside items.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from cchc.reading import figures
from cchc.reading.blocks import Block, Part, Table
from cchc.reading.items import plain
from cchc.reading.patterns import rx
from cchc.reading.ranks import find_ranks
from cchc.reading.shares import find_shares

Span = tuple[int, int]

_UNREAD = "Con số {figure} không thành chỉ tiêu («…{words}…»): {why}."
_IN_TABLE = "Con số trong bảng chưa được đọc thành chỉ tiêu hay nhiệm vụ"
_TOGETHER = {
    Part.PURPOSE: "Con số trong phần mục đích, yêu cầu, mục tiêu chung không tính là chỉ tiêu: {figures}.",
    Part.RESULTS: "Con số trong phần kết quả đã đạt không tính là chỉ tiêu: {figures}.",
    Part.FUNDING: "Con số trong phần kinh phí không tính là chỉ tiêu: {figures}.",
    Part.CLOSING: "Con số trong phần kết của văn bản không tính là chỉ tiêu: {figures}.",
    Part.FURNITURE: "Con số trong phần trang tin bên ngoài văn bản không tính là chỉ tiêu: {figures}.",
    None: "Con số ở đoạn in lặp lại, ở đầu trang hoặc cuối trang không được đọc lần nữa: {figures}.",
}

_SIGN = rx(r"%|p(?<!\wp)hần trăm\b")  # what comes before is looked at last: the search runs from «p» to «p»
_DIGIT_MARKS = frozenset("0123456789.,")
_NUMERALS = "không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|nghìn|linh|lẻ|phẩy|rưỡi|nửa"
_IN_WORDS = rx(rf"(?:\b(?:{_NUMERALS})\s{{1,3}}){{1,8}}$")


def percentages(match: str) -> Iterator[Span]:
    """Every figure with «%» or «phần trăm» in `match`, number and sign, in digits or in words."""
    for sign in _SIGN.finditer(match):
        at = sign.start()
        while at and sign.start() - at < 3 and match[at - 1].isspace():
            at -= 1
        begin = at
        while begin and match[begin - 1] in _DIGIT_MARKS:
            begin -= 1
        while begin < at and not match[begin].isdigit():
            begin += 1
        if begin < at:
            yield begin, sign.end()
        elif sign.group() != "%" and (words := _IN_WORDS.search(match, max(0, sign.start() - 60), sign.start())):
            yield words.start(), sign.end()


def unread(
    text: str,
    match: str,
    blocks: Sequence[Block],
    tables: Sequence[Table],
    read: Sequence[Span],
    quotes: Sequence[Span],
    reasons: Mapping[Span, str],
    plan_year: int | None,
) -> list[str]:
    """A Vietnamese sentence for each percentage, share or rank that no item holds.

    `read`: places of the figures read as goals, of tasks and of goals in tables; `quotes`: places of all goals;
    `reasons`: why a figure is none, where that is known. Figures of a part on results and the like are named together.
    """
    starts = [b.start for b in blocks]
    held, quoted, cells = _Places(read), _Places([*read, *quotes]), _Places([(t.start, t.end) for t in tables])
    said: list[str] = []
    together: dict[Part | None, list[str]] = {}
    silent = [f for f in percentages(match) if not held.hold(*f)]
    silent += [f for f in _ranks_and_shares(match, blocks) if not quoted.hold(*f)]
    for start, end in sorted(set(silent)):
        figure = plain(text, start, end)
        k = bisect_right(starts, start) - 1
        block = blocks[k] if k >= 0 and start < blocks[k].end else None
        if block is None and cells.hold(start, end):
            said.append(_UNREAD.format(figure=figure, words=_around(text, start, end), why=_IN_TABLE))
        elif block is None or block.part in _TOGETHER:
            together.setdefault(block.part if block else None, []).append(figure.replace(" %", "%"))
        else:
            why = reasons.get((start, end)) or figures.why_unread(match, block.start, block.end, start, end, plan_year)
            said.append(_UNREAD.format(figure=figure, words=_around(text, start, end), why=why))
    said += [_TOGETHER[part].format(figures="; ".join(dict.fromkeys(named))) for part, named in together.items()]
    return said


class _Places:
    """Spans of a text, merged: is a stretch inside one of them?"""

    def __init__(self, spans: Sequence[Span]) -> None:
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self.spans, self.starts = merged, [start for start, _ in merged]

    def hold(self, start: int, end: int) -> bool:
        k = bisect_right(self.starts, start) - 1
        return k >= 0 and end <= self.spans[k][1]


def _ranks_and_shares(match: str, blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        reached = block.part in _TOGETHER and block.part is not Part.PURPOSE
        if reached or block.part is Part.APPENDIX or block.heading:
            continue
        yield from ((rank.start, rank.end) for rank in find_ranks(match, block.body, block.end))
        yield from find_shares(match, block.body, block.end)


def _around(text: str, start: int, end: int) -> str:
    """The words beside a figure, cut at the paragraph, for a warning."""
    low = max(text.rfind("\n", 0, start) + 1, start - 50)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + 50)
    return plain(text, low, high)
