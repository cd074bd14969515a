"""The promise on tables: every row is an item, a heading with items under it, or named in a warning, and so is every
percentage in it: over the documents of the corpus and over tables put together at random."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reading.plan import _rules_text, read_text_plan
from cchc.reading.tables import area_of, find_tables
from cchc.text import folded, stored

HERE = Path(__file__).parents[1]
CORPUS = sorted([*HERE.glob("corpus/dev*/*.txt"), *(HERE.parent / "data" / "plans").glob("*.txt")])
FRAME = "KẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC TIÊU\n\n- Nâng cao chất lượng.\n\nII. NHIỆM VỤ\n\n{}\n\n{}"
ORDINAL = re.compile(r"\(?[\dIVXA-HĐ.]{1,6}\)?\.?")
PERCENT = re.compile(r"\d[\d.,]* ?%")

HEADERS = {
    "ordinal": ["STT", "TT", "Số TT"],
    "content": ["Nội dung nhiệm vụ", "Nhiệm vụ", "Nội dung công việc", "Tên nhiệm vụ, đề án", "Chỉ tiêu", "Hoạt động"],
    "lead": ["Cơ quan chủ trì", "Đơn vị chủ trì", "Đơn vị thực hiện", "Chủ trì", "Người thực hiện"],
    "support": ["Cơ quan phối hợp", "Phối hợp"],
    "deadline": ["Thời gian hoàn thành", "Thời hạn", "Tiến độ", "Thời gian: Bắt đầu"],
    "product": ["Sản phẩm", "Kết quả đầu ra"],
    "note": ["Ghi chú", ""],
    "budget": ["Kinh phí", "Căn cứ"],
    "unit": ["ĐVT", "Đơn vị tính"],
    "value": ["Chỉ tiêu năm 2025", "Năm 2025", "Kế hoạch", "Năm 2026", "Tỷ lệ (%)"],
    "past": ["Thực hiện năm 2024", "Kết quả năm 2024"],
    "when": ["Quý I", "Quý II", "Quý IV"],
    "other": ["Khác", "Xếp loại", "Sở Nội vụ", "Lĩnh vực"],
}
CELLS = {
    "ordinal": ["1", "2", "3", "4", "I", "1.1", "a", "-", "", "A."],
    "content": [
        "Rà soát văn bản quy phạm pháp luật do tỉnh ban hành", "Tập huấn nghiệp vụ cho 100% công chức Bộ phận Một cửa",
        "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 95%", "Cải cách thể chế", "CẢI CÁCH TÀI CHÍNH CÔNG", "Kiểm tra công vụ",
        "Mức độ hài lòng của người dân", "các đơn vị trực thuộc còn lại", "Sắp xếp tổ chức bộ máy,", "Trong đó:", "",
    ],
    "lead": ["Sở Nội vụ", "Sở Tư pháp; Sở Tài chính", "Văn phòng UBND tỉnh", "UBND cấp xã", "Sở Y tế, Sở Xây dựng", ""],
    "support": ["Các sở, ban, ngành", "UBND cấp huyện, cấp xã", "", "ngành"],
    "deadline": ["Quý I/2025", "Tháng 6", "Thường xuyên", "31/6/2025", "Trước ngày 15/12", "", "sau này"],
    "product": ["Kế hoạch", "Báo cáo; Tờ trình", "Giảm 20% thời gian", ""],
    "note": ["", "Đạt 80% khối lượng", "Theo Kế hoạch 12/KH-UBND"],
    "budget": ["50 triệu đồng", "70% ngân sách tỉnh", ""],
    "unit": ["%", "Hồ sơ", "Điểm", ""],
    "value": ["95", "≥ 90%", "100%", "Đạt", "Nhóm 10", "", "15 - 20%", "không thấp hơn năm trước"],
    "past": ["91,5%", "88", ""],
    "when": ["x", "", "X", "50%"],
    "other": ["", "Tốt", "x", "12%", "Cải cách thể chế"],
}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> str:
    roles = draw(st.lists(st.sampled_from(sorted(HEADERS)), min_size=2, max_size=8))
    header = [draw(st.sampled_from(HEADERS[r])) for r in roles]
    mark, edge = draw(st.sampled_from([(" | ", "|"), (" | ", ""), ("\t", "")]))
    rows = [header]
    for _ in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["row"] * 6 + ["title", "merged", "header", "short", "long", "same"]))
        cells = [draw(st.sampled_from(CELLS[r])) for r in roles]
        title = draw(st.sampled_from(CELLS["content"][3:7]))
        if kind == "title":
            cells = ["", title, *[""] * (len(roles) - 2)]
        elif kind == "merged":
            cells = [title] * len(roles)
        elif kind == "header":
            cells = header
        elif kind == "short":
            cells = cells[: draw(st.integers(1, len(cells)))]
        elif kind == "long":
            cells = [*cells, draw(st.sampled_from(["", "thêm một ô"]))]
        elif kind == "same":
            cells = [c if i % 2 else "" for i, c in enumerate(cells)]
        rows.append(cells)
    lines = [f"{edge} {mark.join(r)} {edge}".strip(" ") for r in rows]
    between = draw(st.sampled_from(["", "3", "\n"]))
    at = draw(st.integers(1, len(lines)))
    return "\n".join([*lines[:at], *([between] if between else []), *lines[at:]])


def unaccounted(plan: Plan) -> list[str]:
    """Rows of tables that are no item, no heading, no header and in no warning; and their percentages likewise."""
    text = plan.text
    items = [*plan.targets, *plan.tasks, *plan.measures, *plan.duties]
    spans = [(i.start, i.end) for i in items]
    warned = folded(" ".join(plan.warnings))
    found = find_tables(text, _rules_text(text))
    lost = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.count("|") >= 2 or line.count("\t") >= 2:
            cells = [c.strip(" *") for c in re.split(r"[|\t]", line) if re.search(r"[^\W_]", c)]
            held = any(s < end and start < e for s, e in spans)
            named = [c for c in cells if len(c) > 2 and folded(c)[:40] in warned]
            inside = [t for t in found if t.start <= start < t.end]
            worded = any(re.search(r"[^\W\d_]{2}", c) for c in cells)  # figures alone say nothing
            if worded and not (held or named or len(cells) < 2 or _introduces(cells, inside, start)):
                lost.append(line)
            figures = {f.replace(" ", "") for f in PERCENT.findall(line)}
            said = " ".join(text[s:e] for s, e in spans if s < end and start < e) + " ".join(plan.warnings)
            lost += [f"{f} in {line}" for f in figures if f not in said.replace(" ", "")]
        start = end + 1
    return lost


def _introduces(cells: list[str], inside: list, start: int) -> bool:  # type: ignore[type-arg]
    """A header (the first rows of a table, or the same again), a row of numbers, or a heading of rows below."""
    if not inside:
        return False
    table = inside[0]
    if start < table.rows[0].start:
        return True
    known = {folded(h) for h in getattr(table, "headers", ())}
    if sum(any(folded(c) in k for k in known) for c in cells) >= 0.6 * len(cells):
        return True
    words = [c for c in dict.fromkeys(cells) if not (ORDINAL.fullmatch(c) or re.search(r"\d (?:triệu|tỷ) đồng", c))]
    numbered = len(words) < len(cells) and bool(ORDINAL.fullmatch(cells[0]))
    return not words or (len(words) == 1 and (numbered or area_of(words[0]) is not None or words[0].isupper()))


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_every_row_of_the_corpus_is_accounted_for(path: Path) -> None:
    plan = read_plan(path.read_bytes(), path.name)
    tables_of = find_tables(plan.text, _rules_text(plan.text))
    inside = [r for r in unaccounted(plan) if any(t.start <= plan.text.find(r) < t.end for t in tables_of)]
    assert inside == []


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from(["", "III. TỔ CHỨC THỰC HIỆN\n\n- Sở Nội vụ theo dõi, đôn đốc."]))
def test_every_row_of_a_random_table_is_accounted_for(table: str, after: str) -> None:
    plan = read_text_plan(stored(FRAME.format(table, after)), "bang.txt")
    assert unaccounted(plan) == []
