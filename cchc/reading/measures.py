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
_MONEY = re.compile(
    r"(?:nguồn\s+)?(?:kinh\s+phí|ngân\s+sách)\s[^.;]{0,120}(?:bố\s+trí|bảo\s+đảm|đảm\s+bảo|lấy|sử\s+dụng|cân\s+đối|chi\s)"
    r"|[^.;]{0,60}\slập\s+dự\s+toán\s[^.;]{0,60}dự\s+toán|cơ\s+cấu\s+giải\s+thưởng"
)
# "(Nêu các nhiệm vụ trọng tâm, giải pháp khắc phục hạn chế)": a whole paragraph in brackets speaks about the text.
_ASIDE = re.compile(r"\([^()]{3,400}\)\W*")
# "Nội dung 2. Công khai, minh bạch": the title of what follows.
_TITLED = re.compile(r"(?:nội\s+dung|chủ\s+đề|trục|trụ\s+cột|hợp\s+phần)\s+(?:số\s+)?\d{1,2}\s?[.:]\s[^.;:]{3,90}")
# What changes the wording of another document is no work to be done: "Thay cụm từ ... bằng ...", "Điểm b khoản 1 được
# sửa đổi như sau:", "Bổ sung điểm đ vào sau điểm d khoản 6".
_CLAUSE = (
    r"(?:tiết|điểm|khoản|mục|tiểu\s+mục|điều|gạch\s+đầu\s+dòng|tiêu\s+đề|nhiệm\s+vụ\s+số|phụ\s+lục|biểu)\s+"
    r"(?:thứ\s+)?[\divxa-zđ.]{1,6}(?!\w)"
)
_AMENDS = re.compile(
    rf"(?:(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|bãi\s+bỏ|hủy\s+bỏ|thay\s+thế|thay),?\s+(?:sửa\s+đổi|bổ\s+sung)?\s{{0,2}})"
    rf"(?:các\s+|một\s+số\s+|đoạn\s+)?(?:{_CLAUSE}|cụm\s+từ\s|từ\s+[“\"]|"
    rf"(?:nội\s+dung|nhiệm\s+vụ|chỉ\s+tiêu)\s+(?:sau|tại\s+biểu|tại\s+{_CLAUSE}))|{_CLAUSE}\s+(?:{_CLAUSE}|được\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)|\()"
)
_LAST_YEAR = re.compile(
    r"(?:(?:đến|tính\s+đến|trong|kết\s+thúc)\s+)?(?:(?:hết|cuối)\s+)?(?:(?:ngày\s+)?\d{1,2}/\d{1,2}/|tháng\s+\d{1,2}/|"
    r"(?:6\s+tháng(?:\s+cuối)?\s+|tháng\s+\d{1,2}\s+)?năm\s+)(?P<year>20\d\d)(?!\d)\s?[,:]?\s(?!(?:đã\s+)?(?:đề\s+ra|giao)|cần|phải)"
)
# The closing articles of a decision: who carries it out, what stays in force.
_CLOSES = re.compile(
    r"[^;]{0,300}\schịu\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện)\s+(?:quyết\s+định|kế\s+hoạch|nghị\s+quyết|chỉ\s+thị)\s+này"
    r"|(?:các\s+)?(?:nội\s+dung|nhiệm\s+vụ|chỉ\s+tiêu|quy\s+định|điều\s+khoản)\s+(?:khác|còn\s+lại)[^;.]{0,160}"
    r"(?:giữ\s+nguyên|(?:vẫn|tiếp\s+tục)\s+(?:được\s+)?(?:thực\s+hiện|có\s+hiệu\s+lực|áp\s+dụng)|không\s+thay\s+đổi)"
    r"|(?:quyết\s+định|kế\s+hoạch|nghị\s+quyết|chỉ\s+thị)\s+này\s+(?:có\s+hiệu\s+lực|thay\s+thế)"
)
_LIST = re.compile(r"(?:nhiệm\s+vụ|giải\s+pháp)[^.;:]{0,80}:\s*(?=[^\W\d_])")


def read_measures(
    text: str, match: str, blocks: Sequence[Block], ids: Ids, plan_year: int | None = None
) -> tuple[Measure, ...]:
    """The measures of a document, in order. Notes in brackets, titles, funding, pointers to an appendix, changes of
    another document's wording and, where the year of the plan is known, results of earlier years are none."""
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
            if len(content.split()) >= 3 and not _no_measure(match, start, end, plan_year):
                out.append(
                    Measure(
                        id=ids.item("g", content), area=area, area_from=area_from, content=content, start=start, end=end
                    )
                )
    return tuple(out)


def _no_measure(match: str, start: int, end: int, plan_year: int | None) -> bool:
    back = _LAST_YEAR.match(match, start, end)
    return bool(
        _POINTER.match(match, start)
        or _MONEY.match(match, start, end)
        or _ISSUED_WITH.fullmatch(match, start, end)
        or _ASIDE.fullmatch(match, start, end)
        or _TITLED.fullmatch(match, start, end)
        or _AMENDS.match(match, start, end)
        or _CLOSES.match(match, start, end)
        or (back and plan_year is not None and int(back["year"]) < plan_year)
    )


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
