"""What are the products that a cell names?"""

from __future__ import annotations

import re
from functools import lru_cache

from cchc.text import matching

DOC_TYPES = (
    r"(?:kế hoạch|báo cáo|quyết định|nghị quyết|công văn|văn bản|tờ trình|đề án|dự án|chương trình|chỉ thị"
    r"|thông báo|hướng dẫn|quy chế"
    r"|quy định|quy trình|danh mục|phương án|kết luận|biên bản|hồ sơ|dự thảo|thông tư|nghị định|tài liệu|kịch bản"
    r"|hợp đồng|bộ tiêu chí|bộ chỉ số|giấy mời|lịch)"
)
_TYPE_ONLY = re.compile(rf"^(?:các )?(?!dự thảo|hồ sơ|tài liệu){DOC_TYPES}$")
_TYPE_START = re.compile(rf"^{DOC_TYPES}\b")
_TYPE_INSIDE = re.compile(rf"(?<=\w) (?={DOC_TYPES}\b)")


@lru_cache(maxsize=4096)
def split_products(cell: str) -> tuple[str, ...]:
    """Products of a cell, as written. ";" and lines with a dash separate; so do "và", "," and a lost separator between
    two known kinds of documents; a list of anything else ("Các chương trình, chuyên đề") is one product."""
    pieces: list[str] = []
    for chunk in _chunks(cell):
        piece = " ".join(chunk.split()).strip(" ,.;:")
        piece = re.sub(r"^[-+*•–]\s*", "", piece)
        if re.search(r"[^\W_]", piece):
            pieces.extend(_documents(piece))
    return tuple(dict.fromkeys(pieces))


_UNFINISHED = re.compile(r"(?:[,(/-]|\b(?:của|và|các|về|cho|trong|theo|với|thuộc|hoặc|số|tại))\s*$")
_BEGINS = re.compile(rf"(?:các |\d[\d.,]* ?%? )?(?:{DOC_TYPES}|hội nghị|lớp|phần mềm|hệ thống|tờ|cuộc|phiếu|tin)\b")


def _chunks(cell: str) -> list[str]:
    """Pieces between ";", lines with a dash, and lines that begin a product; other lines are one wrapped product."""
    chunks: list[str] = []
    for piece in re.split(r";|\n\s*[-+*•–]\s*", cell):
        lines = piece.split("\n")
        chunks.append(lines[0])
        for line in lines[1:]:
            words = line.strip()
            done = not _UNFINISHED.search(matching(chunks[-1]))
            if words[:1].isupper() and done and (_BEGINS.match(matching(words)) or chunks[-1].rstrip()[-1:] == "."):
                chunks.append(words)
            else:
                chunks[-1] += " " + words
    return chunks


def _documents(piece: str) -> list[str]:
    match = matching(piece)
    for cut in _TYPE_INSIDE.finditer(match):
        if _TYPE_ONLY.match(match[: cut.start()]) and piece[cut.end()].isupper():
            return [piece[: cut.start()], *_documents(piece[cut.end() :])]
    if match.startswith("các "):
        return [piece]
    for cut in re.finditer(r"\s*(?:,\s*(?:và )?|\s(?:và|&)\s|\s-\s)\s*", match):
        left, right = match[: cut.start()], match[cut.end() :]
        if (
            _TYPE_START.match(left)
            and _TYPE_START.match(right)
            and (piece[cut.end()].isupper() or (_TYPE_ONLY.match(left) and "," not in cut.group()))
        ):
            return [piece[: cut.start()], *_documents(piece[cut.end() :])]
    return [piece]
