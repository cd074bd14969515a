"""What a document says of itself, goals in and out of their part, ids, warnings: nothing guessed, nothing dropped."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from cchc.model import Plan
from cchc.reading.cli import parse_command
from cchc.reading.plan import read_text_plan
from cchc.text import stored


def _plan(text: str) -> Plan:
    return read_text_plan(stored(text), "x.txt")


BODY = "\nI. MỤC TIÊU\n- 100% hồ sơ được số hóa.\n"

HEADS: list[tuple[str, dict[str, Any]]] = [
    (
        "ỦY BAN NHÂN DÂN\nTỈNH KON TUM\n-------\nSố: 3335/KH-UBND\nKon Tum, ngày 08 tháng 12 năm 2017\nKẾ HOẠCH\n"
        "CẢI CÁCH HÀNH CHÍNH NĂM 2018\nCăn cứ Nghị quyết số 30c/NQ-CP ngày 08/11/2011 của Chính phủ;",
        {"authority": "UBND tỉnh Kon Tum", "province": "Kon Tum", "level": "tỉnh", "number": "3335/KH-UBND", "kind": "Kế hoạch",
         "issued_on": dt.date(2017, 12, 8), "year": 2018, "legal_bases": ("30c/NQ-CP",)},
    ),
    (
        "UBND TỈNH NAM ĐỊNH\nSỞ TÀI CHÍNH\nSố: 12/KH-STC\nNam Định, ngày 05 tháng 01 năm 2021\nKẾ HOẠCH\nCải cách hành chính năm 2021",
        {"authority": "Sở Tài chính", "province": "Nam Định", "level": "tỉnh", "number": "12/KH-STC", "year": 2021},
    ),
    (
        "UBND HUYỆN HẢI HẬU\nUBND XÃ HẢI MINH\nSố: 05/KH-UBND\nHải Minh, ngày 10 tháng 01 năm 2020\nKẾ HOẠCH\nCải cách hành chính năm 2020",
        {"authority": "UBND xã Hải Minh", "level": "xã", "province": None},
    ),
    (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI |\nSố: 01/KH-UBND |\nHà Nội, ngày 02 tháng 01 năm 2025 |\nKẾ HOẠCH\nCải cách hành chính năm 2025",
        {"authority": "UBND thành phố Hà Nội", "level": "tỉnh", "province": "Hà Nội"},
    ),
    (
        "Kế hoạch 77/KH-UBND năm 2023 cải cách hành chính tỉnh Lào Cai năm 2024\nSố hiệu | 77/KH-UBND |\nNgày ban hành | 20/12/2023 |\n"
        "Ngày có hiệu lực | 20/12/2023 |\nNgười ký | Nguyễn Thị A |",
        {"title": "Kế hoạch cải cách hành chính tỉnh Lào Cai năm 2024", "year": 2024, "signed_by": "Nguyễn Thị A",
         "issued_on": dt.date(2023, 12, 20), "effective_on": dt.date(2023, 12, 20)},
    ),
    (
        "Thứ năm - 04/01/2024 08:00\nKế hoạch cải cách hành chính tỉnh Hà Nam năm 2024\nUBND tỉnh Hà Nam vừa ban hành Kế hoạch số 9/KH-UBND "
        "ngày 03/01/2024 về cải cách hành chính.",
        {"number": "9/KH-UBND", "issued_on": dt.date(2024, 1, 3), "authority": "UBND tỉnh Hà Nam", "signed_by": None},
    ),
    (
        "Thứ năm - 04/01/2024 08:00\nUBND tỉnh Hà Nam ban hành Kế hoạch cải cách hành chính năm 2024 thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021.",
        {"number": None, "issued_on": None, "year": 2024},
    ),
    (
        "BỘ Y TẾ\nSố: 10/QĐ-BYT\nHà Nội, ngày 31 tháng 02 năm 2022\nQUYẾT ĐỊNH\nPhê duyệt Kế hoạch cải cách hành chính năm 2022",
        {"authority": "Bộ Y tế", "level": "trung ương", "kind": "Quyết định", "issued_on": None, "title": "Kế hoạch cải cách hành chính năm 2022"},
    ),
    (
        "ỦY BAN NHÂN DÂN TỈNH X\nSố: 33/UBND-KSTT\nNgày 05 tháng 01 năm 2022\nV/v triển khai các giải pháp cải cách hành chính năm 2022",
        {"kind": "Công văn", "number": "33/UBND-KSTT", "authority": "UBND tỉnh"},
    ),
    ("Kế hoạch cải cách hành chính giai đoạn 2026 - 2030 của tỉnh Quảng Ninh", {"year": 2026, "year_end": 2030, "number": None, "province": "Quảng Ninh"}),
]  # fmt: skip


@pytest.mark.parametrize(("head", "said"), HEADS, ids=[h[0][:40].replace("\n", " ") for h in HEADS])
def test_what_a_document_says_of_itself(head: str, said: dict[str, Any]) -> None:
    info = _plan(head + BODY).plan
    assert {field: getattr(info, field) for field in said} == said


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLê Văn B", "Lê Văn B"),
        ("Nơi nhận:            GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.          Trần Thị Cúc", "Trần Thị Cúc"),
        ("TM. ỦY BAN NHÂN DÂN", None),
        ("Tác giả bài viết: Nguyễn Văn D", None),
    ],
)
def test_who_signed(end: str, name: str | None) -> None:
    text = "Kế hoạch cải cách hành chính năm 2024" + BODY + "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi./.\n"
    assert _plan(text + end).plan.signed_by == name


def test_targets_end_with_the_year_of_the_plan_or_of_the_heading() -> None:
    plan = _plan(
        "Kế hoạch cải cách hành chính năm 2024\nI. CHỈ TIÊU\n- 90% hồ sơ được số hóa.\nII. CHỈ TIÊU ĐẾN NĂM 2025\n- 95% hồ sơ được số hóa."
    )
    assert [t.due for t in plan.targets] == [dt.date(2024, 12, 31), dt.date(2025, 12, 31)]


def test_a_plan_without_a_year_has_targets_without_an_end() -> None:
    assert [t.due for t in _plan("Kế hoạch cải cách hành chính" + BODY).targets] == [None]


@pytest.mark.parametrize(
    ("bullet", "values"),
    [
        ("- Phấn đấu 100% tổ dân phố có nhóm hỗ trợ.", [100.0]),
        ("- Bảo đảm ít nhất 30% hồ sơ được tiếp nhận trực tuyến.", [30.0]),
        ("- Rà soát thủ tục, tỷ lệ hồ sơ đúng hạn đạt trên 95%.", [95.0]),
        ("- Giao dự toán cho các phòng, ban ngay từ đầu năm.", []),
        ("- Diễn tập ứng cứu sự cố ít nhất 01 lần trong năm.", []),
    ],
)
def test_goals_inside_measures(bullet: str, values: list[float]) -> None:
    plan = _plan(f"Kế hoạch năm 2024\nI. NHIỆM VỤ\n1. Cải cách thủ tục hành chính\n{bullet}")
    assert [t.value for t in plan.targets] == values
    assert len(plan.measures) == 1


def test_every_percentage_is_an_item_or_named_in_a_warning() -> None:
    text = """Kế hoạch cải cách hành chính năm 2024
I. KẾT QUẢ THỰC HIỆN NĂM 2023
- Tỷ lệ hồ sơ đúng hạn đạt 97,1%.
II. MỤC TIÊU
- 98,2% hồ sơ đúng hạn.
III. NHIỆM VỤ
- Không xét thi đua đối với đơn vị có 3,3% hồ sơ quá hạn trở lên.
IV. KINH PHÍ
Tiết kiệm 10,4% chi thường xuyên.
V. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Theo dõi, đôn đốc."""
    plan = _plan(text)
    said = " ".join([*plan.warnings, *(t.quote for t in plan.targets)])
    assert [t.value for t in plan.targets] == [98.2]
    for figure in ("97,1%", "98,2%", "3,3%", "10,4%"):
        assert figure in said


def test_duties_where_headings_are_lost_are_nobodys() -> None:
    text = """V. TỔ CHỨC THỰC HIỆN
1. Văn phòng UBND tỉnh
Chủ trì, phối hợp với các cơ quan cải cách thủ tục hành chính.
- Chủ trì, phối hợp với các cơ quan cải cách tài chính công.
3. Sở Tư pháp
- Rà soát văn bản quy phạm pháp luật.
- Phối hợp tập huấn."""
    duties = _plan("Kế hoạch cải cách hành chính năm 2024\n" + text).duties
    assert [(d.agency, d.agency_from) for d in duties] == [
        ("Văn phòng UBND tỉnh", "heading"),
        (None, "inferred"),
        ("Sở Tư pháp", "heading"),
        ("Sở Tư pháp", "heading"),
    ]
    assert duties[1].confidence < 0.6
    assert "bị mất" in duties[1].reasons[0]


def test_sections_of_a_table_without_area_rows_follow_the_order_of_the_plan() -> None:
    words = ["Kiểm tra công tác cải cách hành chính", "Rà soát văn bản quy phạm pháp luật", "Công khai thủ tục hành chính", "Sắp xếp tổ chức bộ máy",
             "Bồi dưỡng cán bộ, công chức", "Công khai ngân sách", "Nâng cấp phần mềm họp trực tuyến"]  # fmt: skip
    rows = "".join(f"{n} | {w} lần {n} | Sở Nội vụ | Quý {'I' * n}/2024 |\n" for w in words for n in (1, 2))
    plan = _plan("Kế hoạch năm 2024\nPHỤ LỤC\nSTT | Nội dung | Cơ quan chủ trì | Thời gian hoàn thành |\n" + rows)
    assert [(t.area, t.area_from) for t in plan.tasks] == [(n, "position") for n in range(1, 8) for _ in (1, 2)]


def test_ids_do_not_move_with_the_text() -> None:
    before = _plan("Kế hoạch cải cách hành chính năm 2024\nSố: 1/KH-UBND" + BODY)
    after = _plan("Trang chủ\n\n\nKế hoạch cải cách hành chính năm 2024\nSố: 1/KH-UBND" + BODY)
    assert [t.id for t in before.targets] == [t.id for t in after.targets]
    twice = _plan("Kế hoạch năm 2024\nI. MỤC TIÊU\n- 100% hồ sơ được số hóa.\n- 100% hồ sơ được số hóa.")
    assert twice.targets[1].id == twice.targets[0].id + "-2"


def test_parse_prints_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, empty = tmp_path / "kế hoạch.txt", tmp_path / "trống.txt"
    good.write_text("Kế hoạch cải cách hành chính của tỉnh năm 2024" + BODY, encoding="utf-8")
    empty.write_bytes(b"")
    assert parse_command([str(good), "--json", "--with-text"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert set(result) >= {"file", "plan", "targets", "tasks", "measures", "duties", "warnings", "text"}
    target = result["targets"][0]
    assert set(target) >= {
        "id",
        "area",
        "area_from",
        "kind",
        "comparator",
        "value",
        "unit",
        "level",
        "subject",
        "group",
        "except",
        "due",
        "quote",
        "start",
        "end",
        "confidence",
    }
    assert result["text"][target["start"] : target["end"]] == target["quote"]
    assert parse_command([str(good), str(empty), str(tmp_path / "không có.txt"), "--json"]) == 1
    said = capsys.readouterr()
    assert len(json.loads(said.out)) == 1
    assert "không có nội dung" in said.err
    assert "không mở được" in said.err


def test_parse_without_json_sums_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Kế hoạch cải cách hành chính của tỉnh năm 2024" + BODY, encoding="utf-8")
    assert parse_command([str(file)]) == 0
    assert "1 chỉ tiêu, 0 nhiệm vụ, 0 giải pháp, 0 trách nhiệm" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("title", "measure", "area"),
    [
        ("Kiểm soát thủ tục hành chính năm 2025", "Kiện toàn đội ngũ cán bộ đầu mối ở các xã.", 3),
        ("Tuyên truyền cải cách hành chính năm 2025", "Viết bài về kết quả giải quyết hồ sơ đúng hạn.", 1),
        ("Chuyển đổi số năm 2025", "Tuyên truyền lợi ích của dịch vụ trên loa truyền thanh.", 7),
        ("Chuyển đổi số năm 2025", "Sửa đổi quy định, hoàn thiện thể chế về giao dịch.", 2),
        ("Cải cách hành chính năm 2025", "Kiện toàn tổ chức bộ máy của các phòng.", 4),
        ("Cải cách hành chính và chuyển đổi số năm 2025", "Tuyên truyền cải cách hành chính trên loa.", 1),
    ],
)
def test_the_measures_of_a_plan_of_one_theme_belong_together(title: str, measure: str, area: int) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA LẠC\nSố: 15/KH-UBND\nKẾ HOẠCH\n" + title + "\nI. MỤC TIÊU\n- 95% hồ sơ đúng hạn.\n"
        "II. GIẢI PHÁP\n- " + measure + "\n- Rà soát, báo cáo kết quả.\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n"
    )
    assert _plan(text).measures[0].area == area
