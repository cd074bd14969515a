"""Any text whatever: nothing is raised, nothing hangs, spans hold; other spellings of the same text give the same items."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import re
import time
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.model import Plan
from cchc.reading import NotAPlan, read_plan
from cchc.reading.plan import read_text_plan
from cchc.text import _OLD_TONE, stored

PLANS = sorted((Path(__file__).parents[2] / "data" / "plans").glob("*.txt"))

# The reader's own vocabulary: random text alone would never reach most rules.
PIECES = [
    "I. MỤC TIÊU", "II. NHIỆM VỤ VÀ GIẢI PHÁP", "1. Cải cách thể chế", "a) Mục tiêu", "b) Nhiệm vụ và giải pháp:",
    "2. Cải cách thủ tục hành chính:", "- 100% hồ sơ được số hóa", "+ Trên 90% cấp tỉnh, 80% cấp huyện", "- Tiếp tục rà soát;",
    "V. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "2.3. Văn phòng UBND tỉnh:", "- Chủ trì, phối hợp với Sở Tài chính", "PHỤ LỤC",
    "STT |", "Nội dung |", "Cơ quan chủ trì |", "Thời gian hoàn thành |", "1 |", "Quý I/2024 |", "Sở, ban, ngành; UBND cấp huyện |",
    "| STT | Nhiệm vụ | Chủ trì | Thời hạn |", "|---|---|---|---|", "| 1 | Xây dựng kế hoạch | Sở Nội vụ | Quý I |",
    "Số: 12/KH-UBND", "Hà Nội, ngày 31 tháng 02 năm 2024", "Căn cứ Nghị quyết số 76/NQ-CP", "KẾ HOẠCH", "./.",
    "Đơn vị chủ trì: Sở Y tế", "Thời gian thực hiện: Tháng 13/2024", "TM. ỦY BAN NHÂN DÂN", "Nơi nhận:", "Tin liên quan",
    "**", "##", "- ", "(i)", "Điều 1.", "%", "nhóm 20 địa phương dẫn đầu", "\u00a0", "\t", "\ufeff", "e\u0302\u0301", "\U0001f600", "\n\n", "\n",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=60).map("\n".join),
)


def _items(plan: Plan) -> list[Any]:
    return [*plan.targets, *plan.tasks, *plan.measures, *plan.duties]


def _check_spans(plan: Plan) -> None:
    for item in _items(plan):
        assert 0 <= item.start < item.end <= len(plan.text)
    for target in plan.targets:
        # marks of emphasis and outer blanks are no words; all else stands in the text as it is quoted
        said = " ".join(plan.text[target.start : target.end].replace("**", " ").replace("__", " ").split())
        assert said == target.quote
    ids = [item.id for item in _items(plan)]
    assert len(set(ids)) == len(ids)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_a_plan(text: str) -> None:
    _check_spans(read_text_plan(stored(text), "x.txt"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_plan_or_a_clear_refusal(data: bytes) -> None:
    try:
        plan = read_plan(data, "x.bin")
    except NotAPlan as refusal:
        assert str(refusal).endswith(".")
        assert "không thay đổi" in str(refusal)
    else:
        _check_spans(plan)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_real_plan_cut_and_broken_anywhere(data: st.DataObject) -> None:
    text = stored(data.draw(st.sampled_from(PLANS)).read_text(encoding="utf-8"))
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(0, 4000))]
    at = data.draw(st.integers(0, len(piece)))
    broken = piece[:at] + data.draw(st.text(max_size=5)) + piece[at:]
    _check_spans(read_text_plan(stored(broken), "x.txt"))


def _facts(plan: Plan) -> list[dict[str, Any]]:
    """All that was read, without places, in the newer or older tone placement alike, blanks folded."""
    dump = [{"plan": plan.plan.model_dump()}, *(i.model_dump(exclude={"start", "end"}) for i in _items(plan))]
    return [{k: _same_tone(v) for k, v in d.items()} for d in dump]


def _same_tone(value: Any) -> Any:
    if isinstance(value, str):
        for new, old in _OLD_TONE.items():
            value = re.sub(rf"(?<![qQ]){new}(?!\w)", old, value)
        return value
    if isinstance(value, dict):
        return {k: _same_tone(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_same_tone(v) for v in value]
    return value


@cache
def _bytes(index: int) -> bytes:
    return PLANS[index].read_bytes()


def _newer_tones(text: str) -> str:
    for new, old in _OLD_TONE.items():
        text = re.sub(rf"(?<![qQ]){old}(?!\w)", new, text)
    return text


SPELLINGS = {
    "decomposed letters": lambda t: unicodedata.normalize("NFD", t).encode(),
    "byte order mark": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "UTF-16": lambda t: t.encode("utf-16"),
    "Windows line ends": lambda t: t.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda t: t.replace("\n", "\r").encode(),
    "non-breaking blanks": lambda t: t.replace(" ", "\u00a0").encode(),
    "newer tone placement": lambda t: _newer_tones(t).encode(),
    "long dashes": lambda t: re.sub(r"(?m)^- ", "– ", t).encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("index", range(len(PLANS)), ids=[p.stem for p in PLANS])
def test_other_spellings_give_the_same_items(index: int, spelling: str) -> None:
    text = _bytes(index).decode()
    there = read_plan(SPELLINGS[spelling](text), "x.txt")
    assert _facts(there) == _facts(read_plan(_bytes(index), "x.txt"))
    _check_spans(there)


HOSTILE = [
    "1." * 30_000,
    "- " * 30_000,
    "(" * 30_000,
    "100% " * 12_000,
    "cấp tỉnh, " * 6_000,
    "và Sở Nội vụ, " * 4_000,
    "a) " + "Sở " * 20_000,
    "| " * 30_000,
    "|\n" * 20_000,
    "1 |\n" * 15_000,
    "STT | Nội dung | Chủ trì | Thời hạn |\n" + "1 | x | y |\n" * 5_000,
    "Phấn đấu " * 8_000 + "80%",
    "\n".join(["a) Mục tiêu", "- 100% hồ sơ"] * 3_000),
    "\n".join(["1. Sở Nội vụ", "- Chủ trì, phối hợp"] * 3_000),
    "ngày " * 15_000,
    "Số: " * 15_000,
    "năm 2024 - " * 6_000,
    "ban hành kế hoạch " * 4_000,
    "*" * 60_000,
    " " * 60_000 + "x",
    "\n" * 60_000 + "x",
    "Tỷ lệ hồ sơ " * 6_000 + "đạt 90%",
    "chủ trì: " * 8_000,
    "x" * 60_000,
]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:24]))
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    """Four times the text takes about four times the time (sixteen times would be quadratic); it stays short."""
    quarter, whole = text[: len(text) // 4], _seconds(text)
    # The least of some: a collection of the test process's whole heap falls into one of them.
    first = min(_seconds(quarter) for _ in range(3 if whole >= 0.4 else 1))
    if whole >= 0.4 and whole >= 8 * first:
        whole = min(_seconds(text) for _ in range(3))
    assert whole < 0.4 or whole < 8 * first
    assert whole < 12


def _seconds(text: str) -> float:
    began = time.process_time()
    read_text_plan(stored(text), "x.txt")
    return time.process_time() - began
