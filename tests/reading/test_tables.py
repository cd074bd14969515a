"""Tables: the same rows in every layout give the same tasks; headers in many wordings; broken rows are named."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc.reading.tables import (
    CARRIED,
    LOST_HEADER,
    TableRows,
    TaskRow,
    area_of,
    find_tables,
    split_products,
    table_rows,
)
from cchc.text import matching, stored

GOLD = json.loads((Path(__file__).parent / "gold" / "binh-duong-2024-6898-kh-ubnd.json").read_text(encoding="utf-8"))
HEADERS = {
    "ordinal": "STT", "content": "Nội dung, nhiệm vụ", "product": "Sản phẩm", "lead": "Cơ quan chủ trì",
    "support": "Cơ quan phối hợp", "deadline": "Thời gian hoàn thành", "note": "Ghi chú",
}  # fmt: skip
AREAS = [
    "Công tác chỉ đạo, điều hành", "Cải cách thể chế", "Cải cách thủ tục hành chính", "Cải cách tổ chức bộ máy",
    "Cải cách chế độ công vụ", "Cải cách tài chính công", "Xây dựng Chính quyền điện tử, Chính quyền số",
]  # fmt: skip
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]


def read(text: str, year: int | None = 2024) -> TableRows:
    text = stored(text)
    match = matching(text)
    found = [table_rows(t, text, match, year) for t in find_tables(text, match)]
    return TableRows(
        tuple(t for r in found for t in r.tasks),
        tuple(t for r in found for t in r.targets),
        tuple(w for r in found for w in r.warnings),
    )


def facts(task: TaskRow) -> tuple[Any, ...]:
    return task.ordinal, task.content, task.products, task.lead, task.support, task.deadline_raw


def _tasks() -> list[dict[str, Any]]:
    """Gold tasks with an ordinal: without it, a row in an unmarked layout cannot be told from a wrapped cell."""
    return [t for t in GOLD["tasks"] if t["ordinal"]]


def _rows(columns: list[str], headings: bool) -> list[list[str]]:
    rows = [[HEADERS[c] for c in columns]]
    area = None
    for task in _tasks():
        if headings and task["area"] != area:
            area = task["area"]
            title = {"ordinal": ROMAN[area - 1], "content": AREAS[area - 1].upper()}
            rows.append([title.get(c, "") for c in columns])
        cells = {
            "ordinal": task["ordinal"], "content": task["content"], "product": "; ".join(task["products"]), "note": "",
            "lead": "; ".join(task["lead"]), "support": "; ".join(task["support"]), "deadline": task["deadline_raw"],
        }  # fmt: skip
        rows.append([cells[c] for c in columns])
    return rows


def _grid(rows: list[list[str]]) -> str:
    widths = [34 if i == 1 else 22 for i in range(len(rows[0]))]
    rule = "+" + "+".join("-" * w for w in widths) + "+"
    lines = [rule]
    for row in rows:
        cells = [textwrap.wrap(c, w - 2) or [""] for c, w in zip(row, widths, strict=True)]
        for i in range(max(map(len, cells))):
            parts = (" " + (c[i] if i < len(c) else "").ljust(w - 1) for c, w in zip(cells, widths, strict=True))
            lines.append("|" + "|".join(parts) + "|")
        lines.append(rule)
    return "\n".join(lines)


def _lines(rows: list[list[str]], gap: str = "\n") -> str:
    return gap.join(c for row in rows for c in row if c)


LAYOUTS: dict[str, Callable[[list[list[str]]], str]] = {
    "a cell on a line, ending in a pipe": lambda rows: "\n".join(f"{c} |" if c else "|" for r in rows for c in r),
    "heading rows lose their empty cells": lambda rows: "\n".join(
        f"{c} |" if c else "|" for r in rows for c in (r if sum(map(bool, r)) > 2 else filter(None, r))
    ),
    "a row on a line": lambda rows: "\n".join(" | ".join(r) for r in rows),
    "a row on a line, closed": lambda rows: "\n".join(" | ".join(r) + " |" for r in rows),
    "markdown": lambda rows: "\n".join(
        f"| {' | '.join(r)} |" + ("\n|" + "---|" * len(r) if i == 0 else "") for i, r in enumerate(rows)
    ),
    "tabs": lambda rows: "\n".join("\t".join(r).rstrip() for r in rows),
    "grid": _grid,
    "a row wrapped over lines": lambda rows: "\n".join(
        "\n".join(textwrap.wrap(" | ".join(r) + " |", 100)) for r in rows
    ),
    "a cell on a line, unmarked": _lines,
    "a cell a paragraph, unmarked": lambda rows: _lines(rows, "\n\n"),
    "unmarked, the ordinal before the content": lambda rows: "\n".join(
        [*rows[0], *(c for r in rows[1:] for c in (f"{r[0]}. {r[1]}", *r[2:]) if c)]
    ),
}
ORDERS = [
    ["ordinal", "content", "product", "lead", "support", "deadline", "note"],
    ["ordinal", "content", "lead", "support", "deadline", "product"],
    ["ordinal", "content", "deadline", "product", "lead", "support"],
]
# Where cells have no marks a line may fall to its neighbour: the share of rows that must be right.
SHARE = {"a row wrapped over lines": 0.95, "a cell on a line, unmarked": 0.95, "a cell a paragraph, unmarked": 0.95,
         "unmarked, the ordinal before the content": 0.95}  # fmt: skip


@pytest.mark.parametrize("headings", [False, True], ids=["plain", "area rows"])
@pytest.mark.parametrize("order", ORDERS, ids=["usual", "product last", "deadline first"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_tasks(layout: str, order: list[str], headings: bool) -> None:
    text = f"PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n{LAYOUTS[layout](_rows(order, headings))}\n\nNơi nhận:\n- Như trên;\n"
    tasks = read(text).tasks
    want = [
        (t["ordinal"], t["content"], tuple(t["products"]), tuple(t["lead"]), tuple(t["support"]), t["deadline_raw"])
        for t in _tasks()
    ]
    got = [facts(t) for t in tasks]
    assert len(got) == len(want)
    right = sum(a == b for a, b in zip(want, got, strict=True))
    assert right >= SHARE.get(layout, 1.0) * len(want), [p for p in zip(want, got, strict=True) if p[0] != p[1]][:3]
    for task in tasks:
        assert text[task.start : task.end].split()[:1]
    if headings:
        assert sum(t.area == g["area"] for t, g in zip(tasks, _tasks(), strict=True)) >= 0.95 * len(want)
        assert {t.area_from for t in tasks} == {"heading"}
    else:
        assert [t.section + 1 for t in tasks][-1] == 7  # a restart of the numbering opens a section


HEADINGS = [
    "STT | Nội dung/ Nhiệm vụ | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Ghi chú",
    "TT | Tên nhiệm vụ | Kết quả, sản phẩm dự kiến | Đơn vị chủ trì tham mưu | Đơn vị phối hợp | Thời hạn | Căn cứ",
    "TT | Nội dung việc | Sản phẩm đầu ra | Cơ quan, đơn vị chủ trì | Cơ quan, đơn vị phối hợp | Tiến độ | Kinh phí",
    "STT | Nhiệm vụ cụ thể | Kết quả đầu ra | Chủ trì | Phối hợp | Thời gian thực hiện | Nguồn kinh phí",
]


@pytest.mark.parametrize("header", HEADINGS)
def test_columns_have_many_names(header: str) -> None:
    row = "1 | Xây dựng kế hoạch tuyên truyền | Kế hoạch | Sở Nội vụ | Sở Tài chính | Quý I/2024 |"
    (task,) = read(f"{header}\n{row}").tasks
    assert facts(task) == (
        "1",
        "Xây dựng kế hoạch tuyên truyền",
        ("Kế hoạch",),
        ("Sở Nội vụ",),
        ("Sở Tài chính",),
        "Quý I/2024",
    )


def test_a_divided_header_and_one_column_for_both_agencies() -> None:
    two = "| TT | Nội dung | Cơ quan thực hiện | | Thời gian |\n| | | Chủ trì | Phối hợp | |\n|---|---|---|---|---|\n"
    (task,) = read(two + "| 1 | Xây dựng kế hoạch kiểm tra | Sở Nội vụ | Sở Tư pháp | Quý I |").tasks
    assert (task.lead, task.support) == (("Sở Nội vụ",), ("Sở Tư pháp",))
    one = "STT | Nội dung | Cơ quan thực hiện | Thời gian\n"
    (task,) = read(
        one + "1 | Xây dựng kế hoạch kiểm tra | Chủ trì: Sở Nội vụ; Phối hợp: Sở Tư pháp, Sở Y tế | Quý I"
    ).tasks
    assert (task.lead, task.support) == (("Sở Nội vụ",), ("Sở Tư pháp", "Sở Y tế"))


HEAD = "STT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian\n"


def test_a_repeated_header_and_a_row_of_column_numbers_are_no_rows() -> None:
    rows = "1 | Việc thứ nhất cần làm | Sở Nội vụ | Sở Y tế | Quý I\n"
    tasks = read(HEAD + "(1) | (2) | (3) | (4) | (5)\n" + rows + HEAD + rows.replace("1 |", "2 |")).tasks
    assert [t.ordinal for t in tasks] == ["1", "2"]


def test_a_lost_cell_is_found_by_the_others_and_named() -> None:
    cells = ["STT", "Nội dung", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
    cells += ["1", "Xây dựng kế hoạch tuyên truyền năm 2024", "Kế hoạch", "Sở Nội vụ", "Sở Y tế", "Quý I/2024"]
    cells += ["2", "Xây dựng kế hoạch kiểm tra năm 2024", "Sở Nội vụ", "Sở Tư pháp", "Quý II/2024"]
    cells += ["3", "Báo cáo kết quả kiểm tra năm 2024", "Báo cáo", "Sở Nội vụ", "Sở Tư pháp", "Quý IV/2024"]
    rows = read("".join(f"{c} |\n" for c in cells))
    assert [facts(t)[2:] for t in rows.tasks] == [
        (("Kế hoạch",), ("Sở Nội vụ",), ("Sở Y tế",), "Quý I/2024"),
        ((), ("Sở Nội vụ",), ("Sở Tư pháp",), "Quý II/2024"),
        (("Báo cáo",), ("Sở Nội vụ",), ("Sở Tư pháp",), "Quý IV/2024"),
    ]
    assert [t.confidence < 1 for t in rows.tasks] == [False, True, False]
    assert len(rows.warnings) == 1 and "sản phẩm" in rows.warnings[0]


def test_merged_cells_are_carried_down_with_a_reason() -> None:
    rows = read(
        HEAD + "1 | Việc thứ nhất cần làm | Sở Nội vụ | Sở Y tế | Quý I/2024\n2 | Việc thứ hai cần làm | | | \n"
    ).tasks
    assert (rows[1].lead, rows[1].deadline_raw) == (("Sở Nội vụ",), "Quý I/2024")
    assert rows[1].confidence <= 0.6
    assert {CARRIED.format(column=c) for c in ("cơ quan chủ trì", "thời hạn")} <= set(rows[1].reasons)
    only_deadline = read(HEAD + "1 | Việc thứ nhất | Sở Nội vụ | | Quý I\n2 | Việc thứ hai | Sở Y tế | | \n").tasks
    assert only_deadline[1].deadline.kind == "none"  # a single empty cell tells nothing of merging


def test_columns_of_a_lost_header_are_told_by_their_cells() -> None:
    body = "\n".join(" | ".join(r) + " |" for r in _rows(ORDERS[1], headings=True)[1:])
    rows = read(f"BIỂU PHÂN CÔNG NHIỆM VỤ\n{body}\n")
    assert [t.content for t in rows.tasks] == [t["content"] for t in _tasks()]
    assert [list(t.lead) for t in rows.tasks] == [t["lead"] for t in _tasks()]
    assert all(LOST_HEADER in t.reasons and t.confidence < 1 for t in rows.tasks)
    assert any(LOST_HEADER in w for w in rows.warnings)


def test_a_gap_in_the_numbering_is_named() -> None:
    rows = read(HEAD + "1 | Việc thứ nhất | Sở Y tế | | Quý I\n4 | Việc thứ tư | Sở Y tế | | Quý I\n")
    assert any("từ 1 sang 4" in w for w in rows.warnings)


def test_a_row_cut_off_in_the_middle_is_named_not_guessed() -> None:
    head = "".join(f"{c} |\n" for c in ("STT", "Chủ trì", "Phối hợp", "Nội dung", "Thời hạn"))
    full = "".join(f"{c} |\n" for c in ("1", "Sở Nội vụ", "Sở Y tế", "Xây dựng kế hoạch kiểm tra", "Quý I/2024"))
    rows = read(head + full + "2 |\nSở Tư pháp |\nSở Y t")
    assert [t.ordinal for t in rows.tasks] == ["1"]
    assert any("Sở Tư pháp" in w for w in rows.warnings)


def test_a_table_of_targets() -> None:
    rows = read(
        "STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2025 | Cơ quan theo dõi\n"
        "I | Cải cách thủ tục hành chính | | | \n"
        "1 | Tỷ lệ hồ sơ giải quyết đúng hạn | % | ≥ 98 | Văn phòng UBND tỉnh\n"
        "2 | Số dịch vụ công trực tuyến toàn trình | Dịch vụ | 150 | Sở Tư pháp; Sở Y tế\n"
    )
    assert rows.tasks == ()
    assert [(t.subject, t.unit_raw, t.value_raw, t.agency, t.year, t.area) for t in rows.targets] == [
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", "%", "≥ 98", ("Văn phòng UBND tỉnh",), 2025, 3),
        ("Số dịch vụ công trực tuyến toàn trình", "Dịch vụ", "150", ("Sở Tư pháp", "Sở Y tế"), 2025, 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\nSố: 68/KH-UBND |\nHuế, ngày 29 tháng 12 năm 2023 |",
        "2. Giao nhiệm vụ cụ thể:\na) Sở Nội vụ chủ trì, phối hợp với Sở Tài chính\nthời gian hoàn thành trước 15/12",
        "- Kiểm tra công tác cải cách hành chính\n- Chủ trì, phối hợp với Sở Nội vụ\n- Thời gian thực hiện: Quý I",
        "Trang chủ | Giới thiệu | Tin tức | Liên hệ\nNội dung | Hình ảnh | Video",
        "",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert find_tables(stored(text), matching(stored(text))) == []


PRODUCTS = [
    ("Kế hoạch; Công văn", ["Kế hoạch", "Công văn"]),
    ("Kế hoạch Báo cáo", ["Kế hoạch", "Báo cáo"]),  # the separator was lost
    ("Tờ trình và Phương án", ["Tờ trình", "Phương án"]),
    ("- Kế hoạch\n- Báo cáo kết quả", ["Kế hoạch", "Báo cáo kết quả"]),
    ("Các chương trình, chuyên đề, thông tin, hình ảnh", ["Các chương trình, chuyên đề, thông tin, hình ảnh"]),
    ("Kế hoạch giai đoạn 2024-2025", ["Kế hoạch giai đoạn 2024-2025"]),
    ("Báo cáo, phương án", ["Báo cáo, phương án"]),  # only a capital begins another one behind a comma
    ("Kế hoạch, Báo cáo", ["Kế hoạch", "Báo cáo"]),
    ("Dự thảo Quyết định", ["Dự thảo Quyết định"]),
    ("Quy trình nội bộ giải quyết thủ tục hành chính", ["Quy trình nội bộ giải quyết thủ tục hành chính"]),
    ("", []),
]


@pytest.mark.parametrize(("cell", "products"), PRODUCTS)
def test_splits_products(cell: str, products: list[str]) -> None:
    assert list(split_products(cell)) == products


def test_knows_areas_by_their_headings() -> None:
    assert [area_of(a) for a in AREAS] == [1, 2, 3, 4, 5, 6, 7]
    assert area_of("Nông nghiệp và phát triển nông thôn") is None


@pytest.mark.parametrize(
    "layout", ["a cell on a line, ending in a pipe", "a row on a line", "a cell on a line, unmarked"]
)
def test_time_grows_with_the_text(layout: str) -> None:
    rows = _rows(ORDERS[0], headings=False)

    def seconds(times: int) -> float:
        text = stored(LAYOUTS[layout]([rows[0], *rows[1:] * times]))
        match = matching(text)
        begin = time.process_time()
        for table in find_tables(text, match):
            table_rows(table, text, match, 2024)
        return time.process_time() - begin

    seconds(1)  # fill caches
    once, eight = (min(seconds(times) for _ in range(3)) for times in (2, 16))  # the least: others use the machine too
    assert eight < 8 * max(once, 0.01) * 3


# --- page numbers, headings and marks at the edge ---------------------------------------------------------------------


def test_a_page_number_between_rows_of_a_cell_a_line_is_no_ordinal() -> None:
    head = "STT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời hạn\nSản phẩm\n"
    first = "1\nBan hành kế hoạch\nPhòng Nội vụ\nThanh tra quận\nTháng 3/2024\nKế hoạch\n"
    second = "2\nXây dựng mô hình\nVăn phòng UBND quận\nUBND phường\nQuý III/2024\nMô hình hoạt động\n"
    third = "3\nRà soát thủ tục\nVăn phòng UBND quận\nCác phòng chuyên môn\nQuý IV/2024\nDanh mục thủ tục\n"
    for between in ("", "II\nCải cách thể chế\n"):
        found = read(head + first + between + second + "2\n" + third).tasks
        assert [(t.ordinal, t.content, t.products) for t in found] == [
            ("1", "Ban hành kế hoạch", ("Kế hoạch",)), ("2", "Xây dựng mô hình", ("Mô hình hoạt động",)),
            ("3", "Rà soát thủ tục", ("Danh mục thủ tục",)),
        ]  # fmt: skip


@pytest.mark.parametrize("title", ["2. Cải cách thủ tục hành chính", "II. Tài chính công", "B. TỔ CHỨC BỘ MÁY"])
def test_a_heading_in_the_first_column_does_not_go_on_with_the_agency_above(title: str) -> None:
    text = (
        "| Đơn vị chủ trì | Nhiệm vụ | Thời gian |\n| Vụ Pháp chế | Rà soát quy định | Quý I |\n"
        f"| {title} | | |\n| Cục Thuế | Sửa đổi quy trình kê khai | Quý II |\n"
    )
    assert [t.lead for t in read(text).tasks] == [("Vụ Pháp chế",), ("Cục Thuế",)]


def test_the_last_cell_may_be_empty_before_a_mark() -> None:
    text = (
        "Stt | Nhiệm vụ | Thời gian | Chủ trì | Phối hợp | Ghi chú\nĐ | Cải cách tài chính công | | | |\n"
        "4 | Áp dụng cơ chế một cửa | Trong năm | Văn phòng Bộ | Các tổng cục, cục |\n"
        "5 | Xây dựng Đề án vị trí việc làm | 30/6/2024 | Vụ Tổ chức cán bộ | | Trình Bộ Nội vụ"
    )
    assert [(t.ordinal, t.area, t.support, t.note) for t in read(text).tasks] == [
        ("4", 6, ("Các tổng cục, cục",), ""), ("5", 6, (), "Trình Bộ Nội vụ"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lead", "support"),
    [
        ("Văn phòng", "Các phòng, đơn vị"), ("Cục Kinh tế số", "Bộ Thông tin và Truyền thông"),
        ("Vụ Tổ chức cán bộ", "Công đoàn Công Thương Việt Nam"), ("Thanh tra", "Văn phòng"),
        ("Cục Kinh tế hợp tác", "Các viện, trường"),
    ],
)  # fmt: skip
def test_two_bodies_on_two_lines_stand_in_two_columns(lead: str, support: str) -> None:
    text = "STT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời gian\nSản phẩm\n" + "".join(
        f"{n}\n{content}\n{lead}\n{support}\nQuý {n}/2024\nBáo cáo\n"
        for n, content in enumerate(["Cập nhật Kiến trúc dữ liệu", "Rà soát quy chế nội bộ"], 1)
    )
    assert [(t.lead, t.support) for t in read(text).tasks] == [((lead,), (support,))] * 2


def test_a_number_on_the_next_line_belongs_to_the_name_of_a_document() -> None:
    text = (
        "STT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời gian\n1\nTriển khai Nghị quyết số\n76/NQ-CP của Chính phủ\nSở Nội vụ\n"
        "Sở Tư pháp\nQuý I/2024\n2\nTổng kết thi đua\nSở Nội vụ\nCông đoàn ngành\nQuý IV/2024\n"
    )
    assert read(text).tasks[0].content == "Triển khai Nghị quyết số 76/NQ-CP của Chính phủ"
