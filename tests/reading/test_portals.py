"""Documents as law portals and provincial sites hand them on: torn lines, bars on lines of their own, lists run on.

`python -m tests.reading.test_portals` prints the figures of docs/reading.md.
"""

from __future__ import annotations

import functools
import json
import random
from pathlib import Path

import pytest

from cchc.model import Plan
from cchc.reading import read_plan
from tests.corpus import accuracy
from tests.reading.portals import LAYOUTS

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "dev"
HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\n|\nSố: 87/KH-UBND\n|\nQuảng Trị, ngày\n10 tháng 12 năm 2023\n|\n"
)


def read(text: str) -> Plan:
    return read_plan(text.encode(), "trang.txt")


# A whole document torn as a page written by Word is; each test changes a part of it.
TORN = (
    HEAD
    + """KẾ HOẠCH
CẢI
CÁCH HÀNH CHÍNH TỈNH QUẢNG TRỊ NĂM 2024
Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về ban hành
Chương trình tổng thể cải cách hành chính nhà
nước, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC
TIÊU
1. Tỷ lệ
hồ sơ giải quyết đúng hạn đạt từ 98% trở lên ở các cơ quan chuyên môn thuộc Ủy
ban nhân dân tỉnh.
2. Tối
thiểu
85% người dân hài lòng khi giao dịch với cơ quan hành chính trên địa bàn toàn
tỉnh trong năm.
II. NHIỆM VỤ
VÀ GIẢI PHÁP
1. Cải cách
thể chế
- Rà soát,
kiểm tra văn bản quy phạm pháp luật do Hội đồng nhân dân và Ủy ban nhân dân các
cấp ban hành.
- Giao
Sở
Tư pháp hướng dẫn nghiệp vụ kiểm tra văn bản cho công chức pháp chế của các cơ
quan chuyên môn.
2. Cải cách
thủ tục hành chính
- Công khai
toàn bộ thủ tục hành chính tại nơi tiếp nhận hồ sơ và trên trang thông tin điện
tử của đơn vị.
III. TỔ
CHỨC THỰC HIỆN
1. Giám đốc
Sở
Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này, định kỳ hằng quý báo cáo
Ủy ban nhân dân tỉnh.
2. Chánh
Văn phòng Ủy ban nhân dân tỉnh kiểm soát việc công bố thủ tục hành chính của các
sở, ngành.
TM. ỦY BAN
NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Hoàng Văn
Tám
"""
)


def test_a_torn_page_is_read_as_what_it_was() -> None:
    plan = read(TORN)
    assert plan.plan.title == "Kế hoạch cải cách hành chính tỉnh Quảng Trị năm 2024"
    assert (plan.plan.number, plan.plan.authority, plan.plan.year) == ("87/KH-UBND", "UBND tỉnh Quảng Trị", 2024)
    assert plan.plan.signed_by == "Hoàng Văn Tám"
    assert [(t.value, t.comparator) for t in plan.targets] == [(98, ">="), (85, ">=")]
    assert [(m.area, m.content.split(",")[0].split(" toàn")[0]) for m in plan.measures] == [
        (2, "Rà soát"),
        (2, "Giao Sở Tư pháp hướng dẫn nghiệp vụ kiểm tra văn bản cho công chức pháp chế của các cơ quan chuyên môn."),
        (3, "Công khai"),
    ]
    assert [d.agency for d in plan.duties] == ["Sở Nội vụ", "Văn phòng Ủy ban nhân dân tỉnh"]


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("2. Chánh\nVăn phòng Ủy ban", "Chánh Văn phòng Ủy ban nhân dân tỉnh kiểm soát"),
        ("2. Chủ tịch\nUBND các huyện, thị xã và Ủy ban", "Chủ tịch UBND các huyện, thị xã và Ủy ban nhân dân"),
        ("2. Yêu cầu\nBáo Quảng Trị và Ủy ban", "Yêu cầu Báo Quảng Trị và Ủy ban nhân dân"),
        ("2. Đề nghị\nMặt trận Tổ quốc tỉnh và Ủy ban", "Đề nghị Mặt trận Tổ quốc tỉnh và Ủy ban nhân dân"),
    ],
)
def test_a_word_that_asks_for_more_is_no_end(torn: str, whole: str) -> None:
    plan = read(TORN.replace("2. Chánh\nVăn phòng Ủy ban", torn))
    assert any(d.content.startswith(whole) for d in plan.duties), [d.content for d in plan.duties]


def test_a_short_heading_of_a_torn_page_stays_one() -> None:
    """The line below begins a paragraph of its own: «Sở Nội vụ» asks for nothing more."""
    plan = read(TORN.replace("1. Giám đốc\nSở\nNội vụ theo dõi", "1. Sở Nội vụ\nTheo dõi"))
    assert plan.duties[0].agency == "Sở Nội vụ"
    assert plan.duties[0].content.startswith("Theo dõi, đôn đốc")


@pytest.mark.parametrize(
    "label", ["Đơn vị chủ trì", "Cơ quan chủ trì", "Cơ quan thực hiện", "Thời gian thực hiện", "Thời hạn hoàn thành"]
)
def test_a_label_torn_in_two_is_one_label(label: str) -> None:
    labels = ["Cơ quan chủ trì: Sở Nội vụ.", "Thời gian thực hiện: Quý II/2024."]
    kind = "Thời" if label.startswith("Thời") else "chủ trì"
    changed = [
        line.replace(line.split(":")[0], label.replace(" ", "\n", 2).replace("\n", " ", 1)) if kind in line else line
        for line in labels
    ]
    text = TORN.replace("- Công khai\ntoàn bộ", "2.1. Công khai\ntoàn bộ").replace(
        "tử của đơn vị.\n", "tử của đơn vị\n- " + "\n- ".join(changed) + "\n"
    )
    tasks = read(text).tasks
    assert [(t.lead, t.deadline.end.isoformat() if t.deadline.end else None) for t in tasks] == [
        (("Sở Nội vụ",), "2024-06-30")
    ]


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("CHỦ TỊCH\nNguyễn\nThị Lan", "Nguyễn Thị Lan"),
        ("CHỦ TỊCH\nNguyễn Thị\nLan", "Nguyễn Thị Lan"),
        ("CHỦ TỊCH\nMai Sơn", "Mai Sơn"),
        ("PHÓ CHỦ\nTỊCH\nY Thanh\nHà", "Y Thanh Hà"),
        ("CHỦ TỊCH\nMai Sơn\nPHỤ LỤC\nDanh mục", "Mai Sơn"),
        ("CHỦ TỊCH\nMai Sơn\nNơi nhận:\n- Lưu", "Mai Sơn"),
    ],
)
def test_a_name_over_two_lines(signed: str, name: str) -> None:
    head, _, _ = TORN.partition("TM. ỦY BAN")
    assert read(f"{head}TM. ỦY BAN NHÂN DÂN\n{signed}\n").plan.signed_by == name


TABLE_HEAD = ("STT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
ROWS = (
    ("1", "Ban hành kế hoạch tuyên truyền", "Kế hoạch", "Sở Nội vụ", "Các sở, ngành", "Tháng 1/2024"),
    ("2", "Tổ chức đối thoại\nvới doanh nghiệp", "Hội nghị", "Sở Kế hoạch và Đầu tư", "", "Quý III/2024"),
    ("3", "Số hóa hồ sơ hộ tịch", "Cơ sở dữ liệu", "Sở Tư pháp", "UBND các huyện", "Năm 2024"),
)


def cells(*rows: tuple[str, ...], between: str = "\n") -> str:
    return "".join(f"{cell}{between}|\n" for row in rows for cell in row)


@pytest.mark.parametrize("between", ["\n", " ", "\n\n"])
def test_cells_closed_by_bars_on_lines_of_their_own(between: str) -> None:
    text = TORN.replace("III. TỔ\n", cells(TABLE_HEAD, *ROWS, between=between) + "III. TỔ\n")
    plan = read(text)
    assert [(t.content, t.lead) for t in plan.tasks] == [
        ("Ban hành kế hoạch tuyên truyền", ("Sở Nội vụ",)),
        ("Tổ chức đối thoại với doanh nghiệp", ("Sở Kế hoạch và Đầu tư",)),
        ("Số hóa hồ sơ hộ tịch", ("Sở Tư pháp",)),
    ]
    assert [d.agency for d in plan.duties] == ["Sở Nội vụ", "Văn phòng Ủy ban nhân dân tỉnh"]  # the text goes on


def test_two_tables_below_each_other_stay_two() -> None:
    goals = (
        ("TT", "Chỉ tiêu", "ĐVT", "Năm 2024"),
        ("1", "Hồ sơ trực tuyến", "%", "80"),
        ("2", "Xã đạt chuẩn", "xã", "12"),
    )
    between = "IV. DANH MỤC NHIỆM VỤ\nDanh mục nhiệm vụ của năm\nnhư sau:\n"
    plan = read(TORN.replace("III. TỔ\n", cells(*goals) + between + cells(TABLE_HEAD, *ROWS) + "III. TỔ\n"))
    assert [(t.value, t.unit) for t in plan.targets[-2:]] == [(80, "%"), (12, "xã")]
    assert len(plan.tasks) == 3


def test_a_bar_on_its_own_line_makes_no_table_of_a_letterhead() -> None:
    assert read(TORN).tasks == ()


RUN_ON = (
    "KẾ HOẠCH\nCải cách hành chính năm 2024\nI. MỤC TIÊU\n{goals}\nII. NHIỆM VỤ, GIẢI PHÁP\n{measures}\n"
    "III. TỔ CHỨC THỰC HIỆN\n{duties}\n"
)


@pytest.mark.parametrize("dash", ["-", "+", "•", "–"])
def test_a_list_run_together_in_a_paragraph(dash: str) -> None:
    plan = read(
        RUN_ON.format(
            goals=f"1. Chỉ tiêu cụ thể: {dash} 95% hồ sơ đúng hạn; {dash} Tối thiểu 60% hồ sơ trực tuyến; "
            f"{dash} Giảm 20% thời gian họp.",
            measures=f"1. Cải cách thể chế {dash} Rà soát văn bản quy phạm pháp luật; kiểm tra việc thi hành. "
            f"{dash} Tập huấn công chức tư pháp xã.",
            duties=f"1. Sở Nội vụ {dash} Theo dõi, đôn đốc việc thực hiện. {dash} Báo cáo trước ngày 15/12/2024.",
        )
    )
    assert [t.value for t in plan.targets] == [95, 60, 20]
    assert [m.content for m in plan.measures] == [
        "Rà soát văn bản quy phạm pháp luật; kiểm tra việc thi hành.",
        "Tập huấn công chức tư pháp xã.",
    ]
    assert {d.agency for d in plan.duties} == {"Sở Nội vụ"}
    assert len(plan.duties) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Phòng Tài chính - Kế hoạch tham mưu bố trí kinh phí; Phòng Văn hóa - Thông tin tuyên truyền.",
        "Thực hiện Nghị quyết giai đoạn 2021 - 2025; kiểm tra 5 - 7 đơn vị trong năm.",
        "Tổ chức hội nghị; mời Liên đoàn Lao động - Hội Cựu chiến binh tham dự.",
    ],
)
def test_a_dash_between_words_begins_no_item(sentence: str) -> None:
    plan = read(RUN_ON.format(goals="- 95% hồ sơ đúng hạn.", measures=f"- {sentence}", duties="1. Sở Nội vụ theo dõi."))
    assert [m.content for m in plan.measures] == [sentence]


@pytest.mark.parametrize(
    "duty",
    [
        "1. Sở Tài chính - Tham mưu bố trí kinh phí thực hiện Kế hoạch.",
        "a) Phòng Văn hóa - Thông tin - Đẩy mạnh tuyên truyền về cải cách hành chính.",
        "1. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh – Phối hợp giám sát, phản biện xã hội.",
        "1. Công an tỉnh - Cơ quan thường trực Đề án 06; theo dõi, đôn đốc.",
    ],
)
def test_a_body_and_its_only_duty_on_one_line(duty: str) -> None:
    plan = read(RUN_ON.format(goals="- 95% hồ sơ đúng hạn.", measures="- Rà soát văn bản.", duties=duty))
    dash = max(duty.rfind(" - "), duty.rfind(" – "))
    assert [d.content for d in plan.duties] == [duty[dash + 3 :]]
    assert plan.duties[0].agency == duty[:dash].split(" ", 1)[1].removeprefix("Đề nghị ")


@pytest.mark.parametrize(
    "duty",
    [
        "1. Phòng Tuyên truyền - Hỗ trợ người nộp thuế tổ chức đối thoại với doanh nghiệp.",
        "1. Phòng Thanh tra - Kiểm tra chủ trì kiểm tra công vụ đột xuất.",
        "1. Phòng Tổ chức - Hành chính theo dõi, đôn đốc các phòng.",
        "1. Văn phòng HĐND - UBND huyện công khai thủ tục hành chính.",
    ],
)
def test_a_dash_inside_a_name_parts_nothing(duty: str) -> None:
    plan = read(RUN_ON.format(goals="- 95% hồ sơ đúng hạn.", measures="- Rà soát văn bản.", duties=duty))
    assert [d.content for d in plan.duties] == [duty.split(" ", 1)[1]]
    assert " - " in (plan.duties[0].agency or "")


def test_items_of_any_first_letter_in_a_paragraph() -> None:
    """«Đ», «Ứ», «Ă» open an item as «R» does; a heading alone with its item is cut where lists are run together."""
    measures = "1. Cải cách thể chế - Rà soát văn bản. - Đẩy mạnh phân cấp, ủy quyền. - Ứng dụng chữ ký số. - Đổi mới."
    plan = read(
        RUN_ON.format(
            goals="1. Thể chế - 95% văn bản đúng hạn. - Đạt 80% hồ sơ trực tuyến. - Đưa 12 thủ tục lên toàn trình.",
            measures=f"{measures}\n2. Chế độ công vụ - Luân chuyển công chức trong năm.",
            duties="1. Sở Nội vụ - Theo dõi, đôn đốc việc thực hiện.",
        )
    )
    assert [t.value for t in plan.targets] == [95, 80, 12]
    assert [m.content for m in plan.measures] == [
        "Rà soát văn bản.", "Đẩy mạnh phân cấp, ủy quyền.", "Ứng dụng chữ ký số.", "Luân chuyển công chức trong năm.",
    ]  # fmt: skip
    assert [(d.agency, d.content) for d in plan.duties] == [("Sở Nội vụ", "Theo dõi, đôn đốc việc thực hiện.")]


@functools.cache
def _scores(layout: str) -> tuple[accuracy.Report, int]:
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(CORPUS.glob("*.json"))]
    report = accuracy.Report()
    for gold in golds:
        text = (CORPUS / gold["source"]).read_text(encoding="utf-8")
        plan = read_plan(LAYOUTS[layout](text, random.Random(gold["source"])).encode(), gold["source"])  # noqa: S311
        report.add(gold, json.loads(plan.model_dump_json()), 0)
    return report, len(golds)


# What is reached on the development documents (found, F1); it does not fall.
REACHED = {
    "torn": {"targets": 0.98, "tasks": 0.99, "measures": 0.96, "duties": 0.96},
    "wrapped": {"targets": 0.99, "tasks": 0.99, "measures": 0.99, "duties": 0.99},
    "barred": {"targets": 0.99, "tasks": 0.96, "measures": 0.95, "duties": 0.96},
    "run_on": {"targets": 0.99, "tasks": 0.99, "measures": 0.99, "duties": 0.99},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_composed_documents_in_layouts_of_portals(layout: str) -> None:
    report, documents = _scores(layout)
    assert documents >= 30
    for section, least in REACHED[layout].items():
        tally = report.sections[section]
        assert tally.rates(tally.found)[2] >= least, f"{section}: {tally.row()}"


if __name__ == "__main__":
    for name in LAYOUTS:
        for section, tally in _scores(name)[0].sections.items():
            print(f"{name:8s} {section:9s} {tally.row()}")
