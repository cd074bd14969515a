"""The page Báo cáo in a browser: files that open, print that holds the report alone, both themes, a small screen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.rig import Open, same_twice, settled

ADDRESS = "/bao-cao?plan=binh-duong-6898-kh-ubnd-2024&report=6-thang&year=2024"


def drawn(page: Page) -> Page:
    expect(page.locator(".cchc-report")).to_be_visible()
    settled(page)
    return page


def saved(page: Page, label: str) -> tuple[bytes, str]:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return Path(download.value.path()).read_bytes(), download.value.suggested_filename


def test_files_tell_what_the_page_tells_paper_holds_the_report_alone_and_nothing_runs_out_of_the_page(
    visit: Open,
) -> None:
    page = drawn(visit(ADDRESS))
    files_tell_what_the_page_tells(page)
    paper_holds_the_report_alone(page)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 768})
        expect(page.get_by_test_id("stApp")).to_have_css("width", f"{width}px")
        nothing_runs_out(drawn(page), width)


def files_tell_what_the_page_tells(page: Page) -> None:
    table = page.get_by_role("table", name=re.compile("Bảng 1"))
    shown = {row.locator("td").nth(1).inner_text(): row.locator("td").nth(2).inner_text()
             for row in table.locator("tbody tr").all()}  # fmt: skip
    assert shown["Tổng số"] == "56"
    word, name = saved(page, "Tải Word")
    assert name == "bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.docx"
    tables = {t.rows[0].cells[1].text: t for t in Document(io.BytesIO(word)).tables}
    assert {row.cells[1].text: row.cells[2].text for row in tables["Tình trạng"].rows[1:]} == shown
    excel, name = saved(page, "Tải Excel")
    assert name.endswith(".xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(excel))["Tình hình"]
    found = {row[1].value: str(row[2].value) for row in sheet.iter_rows(min_row=4)}
    assert found == shown


def rightmost(words: pypdfium2.PdfTextPage) -> float:
    """Where the last letter to the right ends, in mm from the left edge of the sheet."""
    return max(words.get_rect(n)[2] for n in range(words.count_rects())) / 72 * 25.4


def paper_holds_the_report_alone(page: Page) -> None:
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [p.get_textpage().get_text_range() for p in document]
    sizes = [tuple(round(side / 72 * 25.4) for side in p.get_size()) for p in document]
    ends = [rightmost(p.get_textpage()) for p in document]  # of a turned page beyond where an upright one ends
    document.close()
    whole = " ".join(texts)
    assert "CỘNG HÒA" in texts[0] and "Phụ lục II" in whole
    for words in ("Tất cả cơ quan", "Tải Word", "Kỳ báo cáo\n", "Chỗ ghi", "Đang xem"):
        assert words not in whole
    assert all(text.strip() for text in texts), "an empty sheet"
    first = next(n for n, text in enumerate(texts) if "Phụ lục I" in text and "KẾT QUẢ THỰC HIỆN CHỈ TIÊU" in text)
    assert 0 < first < len(texts) - 1
    assert set(sizes[:first]) == {(210, 297)} and max(ends[:first]) <= 196
    assert set(sizes[first:]) == {(297, 210)} and 230 < max(ends[first:]) <= 283


def nothing_runs_out(page: Page, width: int) -> None:
    assert same_twice(page, "document.documentElement.scrollWidth") <= width
    outside: Callable[[], list[str]] = page.evaluate(
        """() => [...document.querySelectorAll(".cchc-report p, .cchc-report h3")].filter((e) => {
          const box = e.getBoundingClientRect(), around = e.closest("section").getBoundingClientRect();
          return box.right > around.right + 1;
        }).map((e) => e.textContent)"""
    )
    assert outside == []


def test_in_the_dark_nothing_runs_out_and_choosing_a_period_changes_report_and_address(visit: Open) -> None:
    page = drawn(visit(ADDRESS, scheme="dark"))
    nothing_runs_out(page, 1366)
    page.get_by_role("radio", name="Quý III").or_(page.get_by_role("button", name="Quý III", exact=True)).click()
    expect(page.locator(".cchc-title").first).to_have_text("Báo cáo quý III/2024")
    settled(page)
    assert "report=quy-3" in page.url
    page.go_back()
    page.reload()
    drawn(page)
