"""Sentences as offices write them, each alone in a small document: which goals does it set there?

`goal_sentences.txt` holds a sentence a line with its goals behind « | », separated by «; » (nothing there: no goal).
A line «@X» says in which document the lines below stand: `DOCUMENTS[X]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc.model import Target
from cchc.reading import read_plan

_HEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÒA LẠC\nSố: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\n"
_AIM = "I. MỤC TIÊU\n- Nâng cao chất lượng phục vụ người dân.\n"
DOCUMENTS = {
    "goals": _HEAD
    + "I. MỤC ĐÍCH\n1. Nâng cao chất lượng.\nII. MỤC TIÊU\n- {}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n",
    "measures": _HEAD
    + _AIM
    + "II. NHIỆM VỤ VÀ GIẢI PHÁP\n1. Cải cách thủ tục hành chính\n- {}\n- Rà soát quy trình nội bộ.\n"
    + "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n",
    "duties": _HEAD + _AIM + "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- {}\n- Theo dõi, tổng hợp báo cáo.\n",
    "purpose": _HEAD
    + "I. MỤC ĐÍCH, YÊU CẦU\n1. Yêu cầu chung\n- {}\n"
    + "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n",
    "article": "Hòa Lạc: Ban hành kế hoạch cải cách hành chính năm 2025\n"
    "UBND tỉnh Hòa Lạc vừa ban hành Kế hoạch số 15/KH-UBND về cải cách hành chính năm 2025.\n{}\n"
    "Sở Nội vụ là cơ quan thường trực theo dõi việc thực hiện.\n",
    "directive": "ỦY BAN NHÂN DÂN\nTỈNH HÒA LẠC\nSố: 05/CT-UBND\nHòa Lạc, ngày 10 tháng 02 năm 2025\nCHỈ THỊ\n"
    "Về việc đẩy mạnh cải cách hành chính năm 2025\nThời gian qua công tác cải cách hành chính có nhiều chuyển biến. "
    "Để khắc phục hạn chế, Chủ tịch UBND tỉnh yêu cầu:\n1. Các sở, ban, ngành, UBND các xã, phường\n- {}\n"
    "2. Sở Nội vụ\n- Đôn đốc, kiểm tra.\n",
}


def _sentences() -> Iterator[tuple[str, str, list[str]]]:
    document = ""
    for line in (Path(__file__).parent / "goal_sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            document = line[1:].strip()
        elif line.strip() and not line.startswith("#"):
            sentence, _, goals = line.rpartition(" |")
            yield document, sentence.strip(), [goal.strip() for goal in goals.split(";") if goal.strip()]


def _shown(goal: Target) -> str:
    level = f" @{goal.level}" if goal.level else ""
    figure = f" {goal.comparator} {goal.value:g} {goal.unit}" if goal.value is not None else ""
    return goal.kind + figure + level


@pytest.mark.parametrize(("document", "sentence", "expected"), list(_sentences()), ids=lambda v: str(v)[:50])
def test_goals_of_a_sentence_in_its_document(document: str, sentence: str, expected: list[str]) -> None:
    text = DOCUMENTS[document].format(sentence.replace("\\n", "\n"))
    plan = read_plan(text.encode(), "plan.txt")
    read = [_shown(g) for g in plan.targets if not plan.text[g.start : g.end].startswith("Nâng cao chất lượng phục vụ")]
    assert sorted(read) == sorted(expected)
