"""Which part, area and section does a paragraph stand in?

Headings are told by their words and their form together; what a lost heading would have said is taken from the
position (a numbering that starts anew) or left open. Nothing is guessed in silence: `area_from` and `agency_from`
say what an answer rests on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cchc.reading import lost
from cchc.reading.areas import content_area
from cchc.reading.blocks import Block, Outline, Part, Table
from cchc.reading.doers import doer, orders_someone
from cchc.reading.drafts import Draft
from cchc.reading.headings import Reader
from cchc.reading.jumps import jumps
from cchc.reading.paragraphs import DASH, LETTER, PAREN, PLUS, Paragraph, paragraphs
from cchc.reading.repeats import without_repeats
from cchc.reading.walk import Walk

_GOAL_START = re.compile(
    r"(?:phấn đấu|đạt|tối thiểu|ít nhất|trên|từ|duy trì|bảo đảm|đảm bảo|hoàn thành|có|giảm|tăng|tỷ lệ|tỉ lệ|"
    r"mức độ|dưới|không quá|\d)"
)
_GOAL_FIGURE = re.compile(r"\d\s*%|nhóm\s+\d|top\s+\d|xếp\s+(?:thứ|hạng)|(?<!\d)(\d{1,3})/\1(?!\d)")
_LOST_WARNING = "Có {n} chỗ đánh số lại từ đầu mà không thấy tiêu đề lĩnh vực; lĩnh vực được suy ra từ vị trí."
_JUMPS = "Số thứ tự các mục bị nhảy, có thể đã mất tiêu đề hoặc nội dung: {jumps}."
_UNNAMED = "Chưa rõ các mục sau là phần nào của kế hoạch, nội dung có thể chưa được đọc hết: {headings}."
_REPEATED = "Một đoạn của văn bản được in lặp lại ({n} đoạn văn); chỉ đọc một lần."


def read_outline(text: str, match: str, tables: Sequence[Table]) -> Outline:
    """The document's paragraphs with part, area, agency and year. `match` is `text.matching(text)` with every line
    end as a blank (same length); what `tables` cover is left out. Never raises; linear in the length of the text."""
    paras = paragraphs(text, match, tables)
    warnings: list[str] = []
    kept, repeated = without_repeats(match, paras)
    if repeated:
        warnings.append(_REPEATED.format(n=repeated))
    reader = Reader(text, match)
    for k, para in enumerate(kept):
        reader.take(para, kept[k + 1] if k + 1 < len(kept) else None)
    titled = _over_tables(text, kept, tables)
    for draft in reader.drafts:
        draft.heading |= draft.start in titled and draft.part in (Part.MEASURES, Part.OTHER)
    gaps = jumps(reader.drafts)
    if gaps:
        warnings.append(_JUMPS.format(jumps="; ".join(gaps)))
    count = lost.place_lost_areas(reader)
    if count:
        warnings.append(_LOST_WARNING.format(n=count))
    unread = lost.unnamed_parts(reader)
    if unread:
        warnings.append(_UNNAMED.format(headings="; ".join(f"«{_words(text, d)}»" for d in unread)))
    return Outline(tuple(_blocks(reader)), tuple(warnings))


def _words(text: str, d: Draft) -> str:
    return " ".join(text[d.start : d.end].replace("*", " ").split())


def _over_tables(text: str, paras: Sequence[Paragraph], tables: Sequence[Table]) -> set[int]:
    """Where the titles of tables begin: short, no item of a list, no sentence, and the table right below."""
    starts = [p.start for p in paras]
    found = set()
    for table in tables:
        at = bisect_left(starts, table.start) - 1
        if at < 0 or paras[at].rank in (DASH, PLUS, LETTER, PAREN):
            continue
        words = text[paras[at].body : paras[at].end].rstrip(" *_")
        between = text[paras[at].end : min(table.start, paras[at].end + 40)]
        if len(words.split()) <= _TITLE_WORDS and not words.endswith((".", ";")) and not between.strip(" *_|+-=\n:"):
            found.add(paras[at].start)
    return found


_TITLE_WORDS = 16


def _blocks(walk: Walk) -> list[Block]:
    """The finished blocks: what no heading told is inferred here from grammar and words."""
    duties_headed = any(d.heading and d.part is Part.DUTIES and d.agency is None for d in walk.drafts)
    lost.general_aims(walk)
    lost.lost_measures(walk)
    lost.lost_section(walk)
    lost.lost_goals(walk)
    article = not any(d.heading and d.marker for d in walk.drafts)
    out: list[Block] = []
    for d in walk.drafts:
        part = d.part
        words = walk.match[d.body : d.end]
        if part is Part.OTHER and not d.heading:
            part = _infer(walk, d, words, duties_headed)
        if article and part is Part.GOALS and not d.marker and not d.heading and _is_order(walk, d):
            part = Part.HEAD  # the article goes on from the goals to who must do what
        if d.area is None and not d.heading and part in (Part.GOALS, Part.MEASURES):
            d.area = content_area(f"{d.group}. {words}" if d.group else words)
            d.area_from = "content" if d.area else None
        keep_area = part in (Part.GOALS, Part.MEASURES, Part.RESULTS, Part.OTHER, Part.APPENDIX)
        out.append(
            Block(
                start=d.start,
                end=d.end,
                body=d.body,
                marker=d.marker,
                heading=d.heading,
                part=part,
                area=d.area if keep_area else None,
                area_from=d.area_from if keep_area and d.area else None,
                agency=d.agency,
                agency_from=d.agency_from,
                year=d.year,
            )
        )
    return out


def _is_order(walk: Walk, d: Draft) -> bool:
    words = walk.match[d.body : min(d.end, d.body + 260)]
    told = orders_someone(walk.match, d.body, d.end) or "có trách nhiệm" in words or "chủ trì" in words
    return told and doer(walk.text, walk.match, d.body, d.end) is not None


def _infer(walk: Walk, d: Draft, words: str, duties_headed: bool) -> Part:
    """A part no heading tells: goals by their grammar, else measures where an area is open."""
    if _GOAL_FIGURE.search(words[:200]) and _GOAL_START.match(words):
        return Part.GOALS
    if not duties_headed and d.area is None and d.marker and doer(walk.text, walk.match, d.body, d.end) is not None:
        return Part.DUTIES
    return Part.MEASURES if d.area is not None or (d.mixed and d.marker) else Part.OTHER
