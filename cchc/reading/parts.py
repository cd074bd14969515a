"""Which part of a plan does a heading open? Its words and its form must agree."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cchc.reading.blocks import Part
from cchc.reference import load

# «Kết quả và nguyên nhân», «Kết quả, tồn tại, hạn chế và bài học kinh nghiệm năm 2024»
_RESULT_WORDS = (
    r"(?:kết quả|tồn tại|hạn chế|nguyên nhân|khó khăn|vướng mắc|thuận lợi|ưu điểm|bài học(?: kinh nghiệm)?"
    r"|tình hình|thực trạng"
    r"|mất điểm|đạt được)"
)
_MORE_RESULTS = re.compile(rf"(?:\s?[,-]|\s(?:và|,))\s?{_RESULT_WORDS}(?!\w)")
_ONLY_RESULTS = re.compile(
    rf"(?:(?:\s?[,-]|\s(?:và|,))\s?(?:(?:những|các|một số) )?{_RESULT_WORDS}(?: chủ quan| khách quan"
    rf"| cần khắc phục)?){{1,5}}"
    r"(?: (?:chủ yếu|chính|của|trong|năm|giai đoạn|qua|đến|20\d\d|-|–)){0,6}\W*"
)
_SENTENCE_WORDS = re.compile(r"(?<!\w)(?:là|được|phải|đạt|nhằm|nếu)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
# Of words that headings are made of one by one, and a theme together: «Hoạt động nội bộ» among the goals.
_THEME = re.compile(r"(?<!\w)nội (?:bộ|ngành|tỉnh)(?!\w)")


@cache
def documents() -> dict[str, Any]:
    return load("documents")


@cache
def _phrases() -> list[tuple[str, Part]]:
    pairs = [(phrase, Part(part)) for part, phrases in documents()["parts"].items() for phrase in phrases]
    return sorted(pairs, key=lambda p: -len(p[0]))


@cache
def _phrases_by_start() -> dict[str, list[tuple[str, Part]]]:
    """The phrases in their order, by their first two letters."""
    starts: dict[str, list[tuple[str, Part]]] = {}
    for phrase, part in _phrases():
        starts.setdefault(phrase[:2], []).append((phrase, part))
    return starts


@cache
def _tail() -> frozenset[str]:
    return frozenset(documents()["tail_words"].split())


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(r"(?:(?:" + "|".join(map(re.escape, documents()["lead_words"])) + r")\s+)+")


def part_of(label: str, strong: bool) -> Part | None:
    """The part a heading opens, None where its words open none. `label` is in matching form, without marker.

    `strong` says that its form already marks a heading (Roman number, capitals, bold), so more words may follow:
    "nhiệm vụ và giải pháp" -> MEASURES; "mục tiêu cụ thể đến năm 2025" -> GOALS; "tổ chức triển khai thực hiện tốt
    kế hoạch kiểm tra" is a sentence -> None; several parts in one heading -> OTHER (the next headings tell).
    """
    label = " ".join(label.split())
    bare = label
    m = _leads().match(label)
    starts = [label, label[m.end() :]] if m else [label]
    for bare in starts:
        for phrase, part in _phrases_by_start().get(bare[:2], ()):
            if bare.startswith(phrase) and not bare[len(phrase) : len(phrase) + 1].isalpha():
                rest = bare[len(phrase) :].split("(", 1)[0]
                words = _WORD.findall(rest)
                plain = all(w in _tail() for w in words) and not _THEME.search(rest)
                if not plain and part is Part.RESULTS and _MORE_RESULTS.match(rest):
                    return part if _ONLY_RESULTS.fullmatch(rest) else None
                if not plain and ((part is Part.RESULTS and phrase == "kết quả") or not strong or _is_sentence(rest)):
                    # a longer phrase did not fit; a shorter one will not either unless the part differs
                    continue
                return _several(bare, part)
    return None


def _several(label: str, part: Part) -> Part:
    goals = "mục tiêu" in label or "chỉ tiêu" in label
    tasks = "nhiệm vụ" in label or "giải pháp" in label
    if part in (Part.GOALS, Part.MEASURES) and goals and tasks and not label.startswith(("nhiệm vụ", "giải pháp")):
        return Part.OTHER
    return part


def _is_sentence(rest: str) -> bool:
    return bool(_SENTENCE_WORDS.search(rest)) or len(rest) > 140 or "%" in rest
