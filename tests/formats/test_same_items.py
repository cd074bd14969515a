"""The same document gives the same items in every format; so does a table however it is made."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reading.cli import as_json
from tests.formats import documents
from tests.formats.word import docx, p, tbl, tc, tr
from tests.reading import score_parse

GOLD = json.loads((documents.ROOT / "tests" / "reading" / "gold" / f"{documents.BINH_DUONG}.json").read_text("utf-8"))
ORIGINAL = (documents.ROOT / "data" / "plans" / f"{documents.BINH_DUONG}.txt").read_bytes()
WRITERS: dict[str, Callable[[documents.Document], bytes]] = {
    "txt": documents.as_text,
    "html": documents.as_html,
    "docx": documents.as_docx,
    "xlsx": documents.as_xlsx,
}


@cache
def _plan(form: str) -> Plan:
    return read_plan(WRITERS[form](documents.binh_duong()), f"x.{form}")


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("section", ["targets", "tasks", "measures", "duties"])
def test_every_item_is_exact(form: str, section: str) -> None:
    found, exact = score_parse.SECTIONS[section]
    parsed = as_json("x", _plan(form), with_text=True)[section]
    pairs, missed, extra = score_parse.pair(GOLD[section], parsed, found)
    assert (missed, extra, [x for x in pairs if not exact(*x)]) == ([], [], [])


@pytest.mark.parametrize("form", WRITERS)
def test_ids_plan_data_and_warnings_are_those_of_the_text(form: str) -> None:
    """Ids hold the person's entries and corrections: the Word file of a document known as text must keep them."""
    first, plan = read_plan(ORIGINAL, "x.txt"), _plan(form)
    assert plan.format == form
    assert plan.plan.model_dump() == first.plan.model_dump()
    for section in ("targets", "tasks", "measures", "duties"):
        assert [i.id for i in getattr(plan, section)] == [i.id for i in getattr(first, section)]
    assert list(map(_uncounted, plan.warnings)) == list(map(_uncounted, first.warnings))


def _uncounted(warning: str) -> str:
    """A letterhead printed twice is four paragraphs, or two rows."""
    return re.sub(r"\(\d+ đoạn văn\)", "(n đoạn văn)", warning)


def _facts(data: bytes) -> list[dict[str, Any]]:
    return [t.model_dump(exclude={"id", "start", "end"}) for t in read_plan(data, "x").tasks]


TITLE = ["ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "Số: 12/KH-UBND", "KẾ HOẠCH", "Cải cách hành chính năm 2025", "I. NHIỆM VỤ"]
HEADER = ["STT", "Nội dung, nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]
ROWS = [
    ["1", "Rà soát văn bản quy phạm pháp luật", "Kế hoạch\nBáo cáo kết quả", "Sở Tư pháp\nSở Nội vụ", "Các sở, ban, ngành", "Quý I/2025"],
    ["2", "Tự kiểm tra văn bản", "Báo cáo", "Sở Tư pháp", "Sở Nội vụ", "Tháng 6/2025"],
    ["3", "Đơn giản hóa thủ tục hành chính nội bộ", "Quyết định", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Trước ngày 15/12/2025"],
]  # fmt: skip


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_lines_in_a_cell_are_products_and_agencies_of_their_own(form: str) -> None:
    tasks = _facts(WRITERS[form]([*TITLE, [HEADER, ["I. CẢI CÁCH THỂ CHẾ"], *ROWS]]))
    assert [t["ordinal"] for t in tasks] == ["1", "2", "3"]
    assert tasks[0]["products"] == ("Kế hoạch", "Báo cáo kết quả")
    assert tasks[0]["lead"] == ("Sở Tư pháp", "Sở Nội vụ")
    assert {t["area"] for t in tasks} == {2}
    assert min(t["confidence"] for t in tasks) == 1.0


def word_table(*rows: str) -> bytes:
    return docx("".join(map(p, TITLE)) + tbl(*rows), filler=False)


PLAIN = [tr(*HEADER), *(tr(*row) for row in ROWS)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([PLAIN[0], PLAIN[1], PLAIN[0], *PLAIN[2:]], id="header on each page"),
        pytest.param([tr(*HEADER, ""), *(tr(*row, "") for row in ROWS)], id="an empty column"),
        pytest.param(
            [
                tr(tc("STT", merge="start"), tc("Nội dung, nhiệm vụ", merge="start"), tc("Sản phẩm", merge="start"), tc("Cơ quan thực hiện", span=2), tc("Thời gian hoàn thành", merge="start")),
                tr(tc(merge="on"), tc(merge="on"), tc(merge="on"), "Chủ trì", "Phối hợp", tc(merge="on")),
                *PLAIN[1:],
            ],
            id="header of two rows",
        ),
        pytest.param([PLAIN[0], tr("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), *PLAIN[1:]], id="numbers of columns"),
        pytest.param([*PLAIN[:3], tr("", "", "", "", "", ""), PLAIN[3]], id="an empty row"),
        pytest.param(
            [tr(*HEADER), *(tr(*[c.replace(" ", "  ") for c in r]) for r in ROWS)],
            id="blanks",
        ),
    ],
)  # fmt: skip
def test_tables_however_they_are_made(rows: list[str]) -> None:
    assert _facts(word_table(*rows)) == _facts(word_table(*PLAIN))
    assert len(_facts(word_table(*PLAIN))) == 3


def test_agencies_merged_over_rows() -> None:
    rows = [tr(*HEADER)]
    rows += [
        tr(*row[:3], tc(ROWS[1][3], merge="start" if at == 0 else "on") if at == 0 else tc(merge="on"), *row[4:])
        for at, row in enumerate(ROWS)
    ]
    tasks = _facts(word_table(*rows))
    assert [t["lead"] for t in tasks] == [("Sở Tư pháp",)] * 3
    assert min(t["confidence"] for t in tasks) == 1.0
