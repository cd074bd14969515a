"""Tasks outside tables: label lines, lettered blocks, brackets, sentences; and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.model import Plan
from cchc.reading.plan import read_text_plan
from cchc.reading.tasks import is_label
from cchc.text import stored

FRAME = (
    "KẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC TIÊU\n\n- Nâng cao chất lượng phục vụ.\n\nII. NHIỆM VỤ\n\n{}\n"
)


def read(body: str) -> Plan:
    return read_text_plan(stored(FRAME.format(body)), "thu.txt")


def only(body: str) -> dict[str, Any]:
    plan = read(body)
    assert len(plan.tasks) == 1, [t.content for t in plan.tasks]
    task = plan.tasks[0]
    assert not [m.content for m in plan.measures if task.start <= m.start < task.end]  # a task is no measure too
    assert plan.text[task.start : task.end].strip()
    return {
        "ordinal": task.ordinal, "content": task.content, "products": list(task.products), "lead": list(task.lead),
        "support": list(task.support), "kind": task.deadline.kind, "end": str(task.deadline.end),
    }  # fmt: skip


WORK = "Rà soát, đơn giản hóa thủ tục hành chính lĩnh vực đất đai"
LABELS = [
    f"1.1. {WORK}\n- Đơn vị chủ trì: Sở Nội vụ.\n- Phối hợp: Sở Y tế; Sở Tư pháp.\n- Thời gian thực hiện: Quý II/2025.",
    f"1.1. {WORK}.\n\n+ Chủ trì: Sở Nội vụ\n\n+ Phối hợp: Sở Y tế; Sở Tư pháp\n\n+ Thời hạn hoàn thành: Quý II/2025",
    f"1.1. {WORK}:\na) Cơ quan thực hiện: Sở Nội vụ.\nb) Phối hợp: Sở Y tế, Sở Tư pháp.\nc) Thời gian: Quý II/2025.",
    f"1.1. {WORK} (Chủ trì: Sở Nội vụ; phối hợp: Sở Y tế, Sở Tư pháp; thời gian: Quý II/2025).",
    f"1.1. {WORK} (Sở Nội vụ chủ trì, phối hợp với Sở Y tế, Sở Tư pháp; hoàn thành trong quý II/2025).",
]


@pytest.mark.parametrize("body", LABELS)
def test_reads_labels_and_brackets(body: str) -> None:
    task = only("1. Cải cách thủ tục hành chính\n\n" + body)
    assert task == {
        "ordinal": "1.1", "content": WORK, "products": [], "lead": ["Sở Nội vụ"], "support": ["Sở Y tế", "Sở Tư pháp"],
        "kind": "quarter", "end": "2025-06-30",
    }  # fmt: skip


def test_a_result_under_a_label_is_a_product_and_opens_no_part() -> None:
    task = only(f"1.1. {WORK}\n+ Chủ trì: Sở Nội vụ\n+ Kết quả: Báo cáo; Tờ trình\n+ Thời hạn: Thường xuyên")
    assert (task["products"], task["kind"]) == (["Báo cáo", "Tờ trình"], "ongoing")


def test_a_numbered_title_names_a_lettered_block() -> None:
    body = f"1.1. {WORK}\na) Nội dung: Lập danh mục.\nb) Cơ quan chủ trì: Sở Nội vụ.\nc) Thời gian: Quý I/2025."
    assert only(body)["content"] == WORK


SENTENCES = [
    ("- Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế và các cơ quan liên quan {}, hoàn thành trước ngày 15/12/2025.",
     ["Sở Nội vụ"], ["Sở Y tế", "các cơ quan liên quan"], "day", "2025-12-15"),
    ("- Sở Nội vụ, Sở Y tế chủ trì {}; hoàn thành chậm nhất ngày 31/8/2025.",
     ["Sở Nội vụ", "Sở Y tế"], [], "day", "2025-08-31"),
    ("- Giao Sở Nội vụ {}, trình UBND tỉnh trong tháng 6/2025.", ["Sở Nội vụ"], [], "month", "2025-06-30"),
    ("- Các bệnh viện, trung tâm y tế chủ trì {}; thực hiện thường xuyên.",
     ["Các bệnh viện, trung tâm y tế"], [], "ongoing", "None"),
    ("- Văn phòng UBND tỉnh chủ trì {} trong 30 ngày kể từ ngày hệ thống được nâng cấp.",
     ["Văn phòng UBND tỉnh"], [], "event", "None"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "lead", "support", "kind", "end"), SENTENCES)
def test_reads_sentences_that_assign_work(
    sentence: str, lead: list[str], support: list[str], kind: str, end: str
) -> None:
    work = WORK[0].lower() + WORK[1:]
    task = only(sentence.format(work))
    assert task["content"] == work
    assert (task["lead"], task["support"], task["kind"], task["end"]) == (lead, support, kind, end)


@pytest.mark.parametrize(
    "body",
    [
        "- Giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế rà soát vị trí việc làm.",  # no deadline: a measure
        "- Tiếp tục rà soát văn bản, hoàn thành trước ngày 15/12/2025.",  # nobody is named
        "- Thực hiện Quyết định số 10/QĐ-UBND ngày 15/12/2024 của UBND tỉnh về cải cách hành chính.",
    ],
)
def test_what_lacks_who_or_when_stays_a_measure(body: str) -> None:
    plan = read(body)
    assert plan.tasks == ()
    assert len(plan.measures) == 1


def test_what_was_done_last_year_is_neither_task_nor_measure() -> None:
    plan = read("- Năm 2024 Sở Nội vụ đã tham mưu ban hành 05 kế hoạch.")
    assert (plan.tasks, plan.measures) == ((), ())


def test_a_duty_with_a_date_stays_a_duty() -> None:
    plan = read(
        "- Rà soát văn bản.\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Xây dựng kế hoạch trước ngày 20/01/2025."
    )
    assert plan.tasks == ()
    assert [d.agency for d in plan.duties] == ["Sở Nội vụ"]


LETTER = (
    "SỞ NỘI VỤ\nSố: 12/SNV-CCHC\nV/v thực hiện cải cách hành chính năm 2025\n\nKính gửi: Các phòng, đơn vị.\n\n"
    "Thực hiện Kế hoạch của UBND tỉnh, Sở Nội vụ đề nghị các phòng, đơn vị thực hiện các nhiệm vụ sau:\n\n{}\n"
)
BLOCKS = [
    "1. Việc thứ nhất\na) Nội dung: Lập danh mục thủ tục.\nb) Đơn vị thực hiện: Văn phòng.\nc) Thời gian: Quý II/2025.",
    "1. Việc thứ nhất\na) Nội dung công việc: Lập danh mục thủ tục.\nb) Đơn vị chủ trì: Văn phòng; đơn vị phối hợp: "
    "Thanh tra Sở.\nc) Thời hạn: trước ngày 30/6/2025.\nd) Sản phẩm: Danh mục.",
    "1. Việc thứ nhất\n- Nhiệm vụ: Lập danh mục thủ tục\n- Phòng chủ trì: Văn phòng\n- Hoàn thành: Tháng 6/2025",
]


@pytest.mark.parametrize("body", BLOCKS)
@pytest.mark.parametrize("frame", [LETTER, FRAME])
def test_reads_lettered_blocks_in_letters_too(body: str, frame: str) -> None:
    second = body.replace("1. Việc thứ nhất", "2. Việc thứ hai").replace("Lập danh mục thủ tục", "Tập huấn nghiệp vụ")
    found = read_text_plan(stored(frame.format(f"{body}\n{second}")), "thu.txt").tasks
    assert [(t.content, t.lead, str(t.deadline.end)) for t in found] == [
        ("Lập danh mục thủ tục", ("Văn phòng",), "2025-06-30"), ("Tập huấn nghiệp vụ", ("Văn phòng",), "2025-06-30"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "1. {0}\nĐơn vị chủ trì: Sở Nội vụ / Đơn vị phối hợp: Sở Y tế / Thời gian thực hiện: Quý II/2025",
        "Nhiệm vụ: {0}\nPhòng chủ trì: Sở Nội vụ\nPhối hợp: Sở Y tế\nHoàn thành: Tháng 6/2025",
        "1. {0}\nTrách nhiệm thực hiện: Sở Nội vụ\nPhối hợp thực hiện: Sở Y tế\nTiến độ: Quý II",
        "1. {0}. Chủ trì: Sở Nội vụ. Phối hợp: Sở Y tế. Thời gian: Quý II/2025.",
    ],
)
def test_reads_labels_however_they_are_parted(body: str) -> None:
    task = only(body.format(WORK))
    assert (task["content"], task["lead"], task["support"], task["end"]) == (
        WORK, ["Sở Nội vụ"], ["Sở Y tế"], "2025-06-30",
    )  # fmt: skip


WITHOUT_LEADING = [
    ("- Giao Công an tỉnh phối hợp với Sở Y tế {}; hoàn thành trong tháng 9/2025.", ["Công an tỉnh"], ["Sở Y tế"]),
    ("- Phân công Thanh tra tỉnh cùng với Sở Nội vụ {} trong quý III/2025.", ["Thanh tra tỉnh"], ["Sở Nội vụ"]),
    ("- {0}; giao Sở Nội vụ làm đầu mối, hoàn thành trước ngày 30/9/2025.", ["Sở Nội vụ"], []),
    ("- {0}, giao Sở Nội vụ chủ trì, trình đề án trong quý III/2025.", ["Sở Nội vụ"], []),
    ("- {0}. Giao Sở Nội vụ thực hiện trong quý III/2025.", ["Sở Nội vụ"], []),
]


@pytest.mark.parametrize(("sentence", "lead", "support"), WITHOUT_LEADING)
def test_reads_who_helps_and_work_named_before_the_order(sentence: str, lead: list[str], support: list[str]) -> None:
    task = only(sentence.format(WORK if "{0}" in sentence else WORK[0].lower() + WORK[1:]))
    assert task["content"].lower() == WORK.lower()
    assert (task["lead"], task["support"], task["end"]) == (lead, support, "2025-09-30")


@pytest.mark.parametrize("title", ["PHÂN CÔNG NHIỆM VỤ CỤ THỂ", "PHÂN CÔNG NHIỆM VỤ", "PHÂN CÔNG THỰC HIỆN NHIỆM VỤ"])
def test_sentences_under_a_heading_that_hands_out_tasks_are_tasks(title: str) -> None:
    body = (
        "- Rà soát văn bản.\n\nIII. {}\n\n1. Giao Phòng Tư pháp chủ trì rà soát văn bản, báo cáo chậm nhất ngày "
        "30/9/2025.\n2. Giao Phòng Nội vụ phối hợp với Phòng Tư pháp tập huấn nghiệp vụ, thực hiện thường xuyên "
        "trong năm."
    )
    found = read(body.format(title)).tasks
    assert [(t.lead, t.support, t.deadline.kind) for t in found] == [
        (("Phòng Tư pháp",), (), "day"), (("Phòng Nội vụ",), ("Phòng Tư pháp",), "ongoing"),
    ]  # fmt: skip


def test_knows_labels() -> None:
    assert all(
        map(is_label, ("đơn vị chủ trì", "cơ quan phối hợp", "thời gian thực hiện", "kết quả", "sản phẩm", "nội dung"))
    )
    assert not any(map(is_label, ("kết quả đạt được năm 2024", "sở nội vụ", "mục tiêu", "kinh phí", "")))
