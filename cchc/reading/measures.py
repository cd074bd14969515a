"""The measures of a plan: list items and paragraphs of the parts of measures, and lists in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc.model import AreaFrom, Measure
from cchc.reading.areas import content_area, heading_area
from cchc.reading.blocks import Block, Part
from cchc.reading.items import Ids, plain
from cchc.text import folded

_POINTER = re.compile(
    r"\(?(?:có\s+)?(?:nội\s+dung\s+)?(?:chi\s+tiết|cụ\s+thể)?\s*(?:theo|tại|ở)?\s*(?:các\s+)?(?:phụ\s+lục|biểu)[^.;]{0,60}(?:kèm\s+theo|đính\s+kèm|ban\s+hành)"
)
_ISSUED_WITH = re.compile(r"\(?(?:ban\s+hành\s+)?(?:kèm|đính\s+kèm)\s+theo\s[^.;]{0,160}\)?\.?\s*")
_ASIDE = re.compile(r"\([^()]{0,300}\)\.?\s*")  # «(Bảng phân công khắc phục từng tiêu chí)»
_MONEY = re.compile(
    r"(?:nguồn\s+)?(?:kinh\s+phí|ngân\s+sách)\s[^.;]{0,120}(?:bố\s+trí|bảo\s+đảm|đảm\s+bảo|lấy|sử\s+dụng|cân\s+đối|chi\s)"
    r"|[^.;]{0,60}\slập\s+dự\s+toán\s[^.;]{0,60}dự\s+toán|cơ\s+cấu\s+giải\s+thưởng"
)
_LIST = re.compile(r"(?:nhiệm\s+vụ|giải\s+pháp)[^.;:]{0,80}:\s*(?=[^\W\d_])")


def read_measures(text: str, match: str, blocks: Sequence[Block], ids: Ids) -> tuple[Measure, ...]:
    out = []
    article = not any(b.heading and b.marker for b in blocks)
    for block in blocks:
        if block.heading:
            continue
        if block.part is Part.MEASURES:
            spans = [(block.body, block.end, block.area, block.area_from)]
        elif article and block.part in (Part.HEAD, Part.OTHER, Part.PURPOSE):
            spans = _listed(match, block)
        else:
            continue
        for start, end, area, area_from in spans:
            content = plain(text, start, end)
            if len(content.split()) >= 3 and not (
                _POINTER.match(match, start)
                or _MONEY.match(match, start, end)
                or _ISSUED_WITH.fullmatch(match, start, end)
                or _ASIDE.fullmatch(match, start, end)
            ):
                out.append(
                    Measure(
                        id=ids.item("g", content), area=area, area_from=area_from, content=content, start=start, end=end
                    )
                )
    return tuple(out)


def _listed(match: str, block: Block) -> list[tuple[int, int, int | None, AreaFrom | None]]:
    """ "đề ra các nhiệm vụ trọng tâm: A; B; C": the members of a list in running text, each once."""
    m = _LIST.search(match, block.body, block.end)
    if m is None or match.find(".", m.end(), block.end - 2) >= 0:
        return []
    spans, at, seen = [], m.end(), set()
    for piece in match[m.end() : block.end].split(";"):
        start, end = at, at + len(piece)
        at = end + 1
        while start < end and match[start].isspace():
            start += 1
        while end > start and match[end - 1] in " .":
            end -= 1
        key = folded(match[start:end])
        if key and key not in seen:
            seen.add(key)
            area = heading_area(match[start:end]) or content_area(match[start:end])
            spans.append((start, end, area, "content" if area else None))
    return spans if len(spans) >= 3 else []  # type: ignore[return-value]
