"""Every percentage of a document is part of an item, or named in a warning: real, composed and assembled texts."""

# ruff: noqa: E501  (wordings read best on a line)

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reading.percentages import percentages
from cchc.reading.plan import read_text_plan
from cchc.text import matching, stored

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *sorted((ROOT / "data" / "plans").glob("*.txt")),
    *sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt")),
    *sorted((ROOT / "tests" / "corpus" / "dev2").glob("*.txt")),
    *sorted((ROOT / "tests" / "corpus" / "dev3").glob("*.txt")),
]
FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?%")
IN_WORDS = re.compile(r"\d+(?:[.,]\d+)?\s?phần trăm")


def silent(plan: Plan) -> list[str]:
    """The percentages that stand neither in a goal or a task nor in a warning."""
    spans = [(item.start, item.end) for item in (*plan.targets, *plan.tasks)]
    said = re.sub(r"\s", "", " ".join(plan.warnings))
    found = [*FIGURE.finditer(plan.text), *IN_WORDS.finditer(plan.text)]
    return [
        plan.text[max(0, m.start() - 40) : m.end()]
        for m in found
        if not any(start <= m.start() and m.end() <= end for start, end in spans)
        and re.sub(r"\s", "", m[0]) not in said
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_no_percentage_of_a_document_is_passed_over(path: Path) -> None:
    assert silent(read_plan(path.read_bytes(), path.name)) == []


# Pieces from which plans are put together: headings of every part, goals, results, measures, duties, tables, tails.
SENTENCES = [
    "Tỷ lệ hồ sơ đúng hạn đạt {n}%", "{n}% cấp tỉnh, {k} % cấp xã được số hóa", "tăng từ {k}% lên {n}%",
    "Năm 2023, tỷ lệ đạt {n}%", "bố trí {n}% kinh phí", "(cấp huyện {n}%, cấp xã {k}%)", "{n} phần trăm người dân",
    "đơn vị nào dưới {n}% thì kiểm điểm", "{n}-{k}% hồ sơ", "đạt {n},5%", "giảm 1/3 thời gian, đạt {n} %;", "{n}%", "% {n}",
    "Thủ tướng Chính phủ giao {n}%", "Sở Nội vụ chủ trì, bảo đảm {n}% xã", "Căn cứ kết quả {n}%", "Nghị quyết đặt mục tiêu {n}%",
    "Thời gian thực hiện: Quý I, đạt {n}%", "Đơn vị chủ trì: Sở Y tế ({n}%)", "hoàn thành trước ngày 15/12/2024, đạt {n}%",
]  # fmt: skip
LINES = [
    "I. MỤC TIÊU", "1. Mục tiêu chung", "2. Chỉ tiêu cụ thể: {s}", "II. KẾT QUẢ NĂM 2023", "III. NHIỆM VỤ, GIẢI PHÁP", "{s}", "- {s}.",
    "+ {s};", "a) Mục tiêu", "b) Nhiệm vụ: {s}", "IV. KINH PHÍ", "V. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "2. Sở Y tế: {s}", "PHỤ LỤC {s}",
    "| STT | Nhiệm vụ | Chủ trì | Thời hạn |", "| 1 | {s} | Sở Nội vụ | Quý I/2024 |", "| {s} |", "| 2 | Chỉ tiêu {s} | {s} | % |",
    "STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2024", "1 | Hồ sơ đúng hạn | % | {n}", "2 | Hồ sơ trực tuyến | {n}% | 80", "STT |", "Nội dung |",
    "Chủ trì |", "Thời gian |", "1 |", "{s} |", "Sở Y tế |", "Quý II |", "{n}", "Trang {n}%", "./.", "Nơi nhận: {s}", "Tin liên quan", "{s}./.",
    "KẾ HOẠCH", "Cải cách hành chính năm 2024, đạt {n}%", "Căn cứ {s};", "TM. ỦY BAN NHÂN DÂN", "", "2.1. Cải cách thể chế: {s}", "**{s}**",
]  # fmt: skip


@st.composite
def assembled(draw: st.DrawFn) -> str:
    def filled(template: str) -> str:
        for _ in range(template.count("{s}")):
            template = template.replace("{s}", draw(st.sampled_from(SENTENCES)), 1)
        for sign in ("{n}", "{k}"):
            for _ in range(template.count(sign)):
                template = template.replace(sign, str(draw(st.integers(0, 120))), 1)
        return template

    lines = [filled(line) for line in draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))]
    if lines and draw(st.booleans()):  # a passage printed twice
        at = draw(st.integers(0, len(lines) - 1))
        lines = lines + lines[at : at + 8]
    return draw(st.sampled_from(["\n", "\n\n"])).join(lines)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(assembled())
def test_no_percentage_of_an_assembled_plan_is_passed_over(text: str) -> None:
    assert silent(read_text_plan(stored(text), "x.txt")) == []


FOUND = [
    ("đạt 90%, 80 % và 7,5%", ["90%", "80 %", "7,5%"]),
    ("từ 95-98% hoặc 1.250%", ["98%", "1.250%"]),
    ("mười lăm phần trăm, 20 phần trăm", ["mười lăm phần trăm", "20 phần trăm"]),
    ("Tỷ lệ (%) tính theo phần trăm", []),
    ("%%% ., % 5 %%", ["5 %"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds_percentages(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in percentages(matching(text))] == expected


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ("III. NHIỆM VỤ\n- Rà soát quy trình, giảm 1/3 thời gian giải quyết hồ sơ đất đai.", "1/3"),
        ("III. NHIỆM VỤ\n- Rà soát để hai phần ba số thủ tục làm tại chỗ.", "hai phần ba"),
        ("III. NHIỆM VỤ\n- Tổ chức khảo sát, cắt giảm một nửa số cuộc họp.", "một nửa"),
        ("III. NHIỆM VỤ\n- Tham khảo tỉnh có Chỉ số PAPI xếp thứ nhất.", "xếp thứ nhất"),
    ],
)
def test_shares_and_ranks_outside_items_are_named(line: str, figure: str) -> None:
    plan = read_plan(f"KẾ HOẠCH\nCải cách hành chính năm 2024\n{line}\n- Rà soát thủ tục.\n".encode(), "x.txt")
    assert any(f"Con số {figure}" in w for w in plan.warnings) or any(figure in t.quote for t in plan.targets)


@pytest.mark.parametrize("line", ["- Trực ngày lễ 30/4, 1/5.", "- Họp vào 1/3 và 2/9 hằng năm.", "- Vận hành 24/7."])
def test_dates_are_no_shares(line: str) -> None:
    plan = read_plan(f"KẾ HOẠCH\nCải cách hành chính năm 2024\nI. NHIỆM VỤ\n{line}\n".encode(), "x.txt")
    assert not any(w.startswith("Con số") for w in plan.warnings)
