"""Tables of who has to do what: duties in the part on the organisation, tasks elsewhere or where they have a time."""

from __future__ import annotations

import pytest

from cchc.model import Plan
from cchc.reading.plan import read_text_plan
from cchc.text import stored

FRAME = (
    "KẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC TIÊU\n\n- Nâng cao chất lượng phục vụ.\n\nII. NHIỆM VỤ\n\n"
    "{measures}\n\nIII. TỔ CHỨC THỰC HIỆN\n\n{duties}\n"
)
WORK = "Theo dõi, đôn đốc việc thực hiện; tổng hợp báo cáo"
OTHER = "Công khai kết quả giải quyết hồ sơ của 100% đơn vị"


def read(duties: str, measures: str = "- Rà soát thủ tục hành chính.") -> Plan:
    return read_text_plan(stored(FRAME.format(measures=measures, duties=duties)), "thu.txt")


DUTIES = [
    f"1. Nhiệm vụ của các cơ quan\nTT | Cơ quan | Nhiệm vụ |\n1 | Sở Nội vụ | {WORK} |\n2 | Các xã; phường | {OTHER} |",
    f"| TT | Nội dung công việc | Đơn vị thực hiện |\n|---|---|---|\n| 1 | {WORK} | Sở Nội vụ |\n"
    f"| 2 | {OTHER} | Các xã; phường |",
    f"Phân công như sau:\nTT\nBộ phận\nNhiệm vụ\n1\nSở Nội vụ\n{WORK}\n2\nCác xã; phường\n{OTHER}",
]


@pytest.mark.parametrize("table", DUTIES)
def test_rows_of_bodies_are_duties(table: str) -> None:
    plan = read(table)
    assert [(d.agency, d.content) for d in plan.duties] == [("Sở Nội vụ", WORK), ("Các xã; phường", OTHER)]
    assert plan.tasks == ()
    assert all(plan.text[d.start : d.end].strip() for d in plan.duties)


def test_rows_with_a_time_are_tasks() -> None:
    rows = f"1 | Văn phòng | {WORK} | Quý II |\n2 | Công an xã | {OTHER} | Cả năm |"
    plan = read(f"TT | Bộ phận | Nhiệm vụ | Thời gian |\n{rows}")
    assert [t.lead for t in plan.tasks] == [("Văn phòng",), ("Công an xã",)]
    assert plan.duties == ()


def test_rows_among_the_measures_are_tasks() -> None:
    table = f"TT | Nhiệm vụ | Cơ quan chủ trì |\n1 | {WORK} | Sở Nội vụ |\n2 | {OTHER} | Sở Y tế |"
    plan = read("- Sở Nội vụ theo dõi chung.", table)
    assert [t.lead for t in plan.tasks] == [("Sở Nội vụ",), ("Sở Y tế",)]
    assert [d.agency for d in plan.duties] == ["Sở Nội vụ"]


TABLE = f"TT | Nhiệm vụ | Chủ trì | Thời gian |\n1 | {WORK} | Sở Nội vụ | Quý I |"


TITLES = ["Nội dung 2. Công khai, minh bạch", "Nhóm việc về số hóa", "Bảng 1: Phần việc chung"]


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_a_table_is_no_measure(title: str) -> None:
    plan = read("- Sở Nội vụ theo dõi chung.", f"{title}\n{TABLE}")
    assert (len(plan.tasks), [m.content for m in plan.measures]) == (1, [])


def test_an_item_above_a_table_stays_a_measure() -> None:
    plan = read("- Sở Nội vụ theo dõi chung.", f"- Rà soát quy trình nội bộ\n\n{TABLE}")
    assert [m.content for m in plan.measures] == ["Rà soát quy trình nội bộ"]


SAME_BODY = [
    ("- Sở Tư pháp, Sở Tài chính cân đối, bố trí vốn; Sở Tài chính chủ trì nội dung tài chính công.", 1),
    ("- Sở Nội vụ theo dõi, đôn đốc việc thực hiện. Sở Nội vụ tổng hợp, báo cáo hằng quý.", 1),
    ("- Sở Nội vụ theo dõi, đôn đốc; Sở Tài chính bố trí kinh phí thực hiện.", 2),
]


@pytest.mark.parametrize(("item", "count"), SAME_BODY)
def test_an_item_is_one_duty_unless_it_names_another_body(item: str, count: int) -> None:
    assert len(read(item).duties) == count
