"""The pages as a person meets them: real documents, a real browser."""

from __future__ import annotations

import csv
import ctypes
import io
import re
import unicodedata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pypdfium2.raw
from playwright.sync_api import Page, expect

from cchc import words
from cchc.screen import widgets
from tests.browser.rig import (
    Open,
    Server,
    Visitors,
    choose,
    follow,
    place,
    press,
    settled,
    shows_its_page_with_data,
    turn_to,
)

AGENCY = "Sở Tư pháp"
TITLES = list(words.PAGE_TITLES.values())


def rows(page: Page, key: str) -> list[list[str]]:
    """The cells of a list's table, as they are read on the screen."""
    table = page.locator(f".st-key-list_rows_{key} table")
    return [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]


def count(page: Page, key: str) -> int:
    """The number of rows that a list's head tells."""
    head = page.locator(f".st-key-list_head_{key} h3").inner_text()
    found = re.search(r"([\d.]+) dòng", head)
    assert found, head
    return int(found[1].replace(".", ""))


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


ADDRESSES = ["/tong-quan", "/chi-tieu", "/thoi-han", "/trach-nhiem", "/van-ban"]


def test_every_address_shows_its_page_with_data_in_a_narrow_window_that_folds_the_filters_away(visit: Open) -> None:
    page = visit(ADDRESSES[0], width=390)
    shows_its_page_with_data(page, 390)
    expect(page.get_by_test_id("stSidebar").get_by_label("Cơ quan", exact=True).first).not_to_be_in_viewport()
    box = place(page.locator(".st-key-list_rows_can-chu-y tbody tr").first)
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    for path in (*ADDRESSES[1:], "/"):
        before = page.locator(".cchc-title").first.inner_text()
        follow(page, path)
        expect(page.locator(".cchc-title").first).not_to_have_text(before)
        shows_its_page_with_data(page, 390)


def test_first_page_has_each_page_in_its_navigation_a_table_in_sight_and_one_sheet_on_paper(visit: Open) -> None:
    page = visit("/")
    shows_its_page_with_data(page, 1366)
    links = page.get_by_test_id("stTopNavLink")
    expect(links).to_have_count(len(TITLES))
    assert [text.splitlines()[-1] for text in links.all_inner_texts()] == TITLES
    # without scrolling, on an office screen
    box = place(page.locator(".st-key-list_rows_can-chu-y tbody tr").nth(2))
    assert box["y"] + box["height"] < 768
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))
    assert len(sheets) == 1


def test_filter_changes_rows_and_address_is_restored_by_its_copy_and_stays_across_pages(visit: Open) -> None:
    page = visit("/")
    before = count(page, "can-chu-y")
    choose(page, "Cơ quan", AGENCY)
    expect(page.locator(".cchc-sentence")).to_contain_text(AGENCY)
    page.wait_for_url("**/?agency=*")
    settled(page)
    after = count(page, "can-chu-y")
    assert 0 < after < before
    choose(page, "Lĩnh vực", "Thể chế")
    page.wait_for_url("**area=2*")
    settled(page)
    again = visit(page.url)  # a new session
    assert count(again, "can-chu-y") == count(page, "can-chu-y")
    assert rows(again, "can-chu-y") == rows(page, "can-chu-y")
    expect(again.locator(".cchc-sentence")).to_contain_text(AGENCY)
    expect(again.get_by_test_id("stSidebar")).to_contain_text("Thể chế")
    page.get_by_test_id("stTopNavLink").filter(has_text="Thời hạn").click()
    page.wait_for_url("**/thoi-han?agency=*")
    settled(page)
    expect(page.locator(".cchc-sentence")).to_contain_text(AGENCY)


def test_downloaded_csv_holds_exactly_the_rows_of_all_pages_and_cleared_filters_leave_the_address(visit: Open) -> None:
    page = visit("/?area=2&as_of=2024-03-20")
    shown = rows(page, "can-chu-y")
    total = count(page, "can-chu-y")
    while len(shown) < total:
        press(page, "Trang sau")
        expect(page.locator(".st-key-list_pages_can-chu-y")).to_contain_text(f"dòng {len(shown) + 1} -")
        shown += rows(page, "can-chu-y")
    with page.expect_download() as caught:
        page.get_by_role("button", name=words.DOWNLOAD_CSV).click()
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    written = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(written) == len(shown) == total
    assert [" ".join(row["Nội dung"].split()) for row in written] == [" ".join(row[0].split()) for row in shown]
    assert "2024-03-20" in caught.value.suggested_filename
    page.get_by_role("button", name=words.CLEAR_FILTERS).click()
    expect(page.locator(".cchc-sentence")).to_contain_text("Không lọc")
    page.wait_for_url(lambda url: "?" not in url)


def test_broken_address_is_told_and_ignored(visit: Open) -> None:
    page = visit(
        "/?area=99&as_of=hom-qua&agency=khong-co&mau=%3Cscript%3Ealert(1)%3C/script%3E![x](http://example.com/a)"
    )
    alerts = page.get_by_test_id("stAlert")
    expect(alerts.filter(has_text="lĩnh vực")).to_be_visible()
    expect(alerts.filter(has_text="ngày số liệu")).to_be_visible()
    expect(alerts.filter(has_text="khong-co")).to_be_visible()
    expect(alerts.filter(has_text="mau")).to_be_visible()
    expect(page.locator(".cchc-sentence")).to_contain_text("Không lọc")
    assert page.locator("[data-testid=stAlert] img, [data-testid=stAlert] script").count() == 0


def test_a_row_leads_to_its_sentence_and_back_to_the_same_view_in_vietnamese_words(visit: Open) -> None:
    page = visit("/?area=2")
    before = rows(page, "can-chu-y")
    page.locator(".st-key-list_rows_can-chu-y tbody a").first.click()
    page.wait_for_url("**/van-ban?*item=*")
    settled(page)
    assert query(page)["area"] == ["2"]
    here = page.locator("#cau-goc")
    expect(here).to_be_in_viewport()
    marked = " ".join(" ".join(page.locator(".cchc-here").all_inner_texts()).split())
    assert " ".join(before[0][0].split()) in marked
    page.go_back()
    page.wait_for_url("**/?area=2")
    settled(page)
    expect(page.locator(".st-key-list_rows_can-chu-y tbody tr")).to_have_count(len(before))
    expect(page.locator(".cchc-sentence")).to_contain_text("thể chế")
    assert rows(page, "can-chu-y") == before
    # also those of Streamlit
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_label("Cơ quan", exact=True).and_(page.locator("input")).fill("khongcocoquannay")
    expect(page.get_by_text("Không có lựa chọn nào khớp")).to_be_visible()
    expect(page.get_by_text("No results")).to_have_count(0)
    expect(page.get_by_test_id("stTopNav")).to_have_attribute("aria-label", "Các trang")


def test_numbers_of_the_overview_lead_to_lists_and_back(visit: Open) -> None:
    page = visit("/?as_of=2024-03-20")
    card = page.locator(".cchc-card-link").filter(has_text="Đã qua hạn")
    number = int(card.locator(".cchc-number").inner_text())
    assert number > 0
    card.click()
    page.wait_for_url("**/thoi-han?*status=past_no_report*")
    settled(page)
    assert page.locator("[data-testid=stMain]").get_by_text("chưa có báo cáo").count() > 0
    page.go_back()
    page.wait_for_url("**/?as_of=2024-03-20")
    settled(page)
    expect(page.locator(".cchc-sentence")).not_to_contain_text("trạng thái")


def test_the_name_of_the_first_page_leads_to_it_and_past_plans_offer_their_own_last_day(visit: Open) -> None:
    page = visit("/tong-quan")
    shows_its_page_with_data(page, 1366)
    page.get_by_role("button", name="31/12/2024").click()
    page.wait_for_url("**/?as_of=2024-12-31")
    settled(page)
    expect(page.locator(".cchc-answer")).to_contain_text("31/12/2024")
    expect(page.get_by_role("button", name="31/12/2022")).to_have_count(0)


def test_search_needs_no_accents_and_an_empty_view_says_which_filter_to_remove(visit: Open) -> None:
    page = visit("/?q=thủ tục hành chính")
    expect(page.locator(".cchc-sentence")).to_contain_text("thủ tục hành chính")
    with_accents = count(page, "can-chu-y")
    follow(page, "/?q=thu tuc hanh chinh")
    expect(page.locator(".cchc-sentence")).to_contain_text("thu tuc hanh chinh")
    assert with_accents == count(page, "can-chu-y") > 0
    follow(page, "/?q=khongcotunaonhuthe&area=2")
    page.get_by_role("button", name=re.compile("Bỏ lọc.*khongcotunaonhuthe")).first.click()
    expect(page.locator(".cchc-sentence")).not_to_contain_text("khongcotunaonhuthe")
    page.wait_for_url("**/?area=2")


def test_document_shows_every_item_in_its_place_and_an_unknown_one_is_told(visit: Open) -> None:
    page = visit("/van-ban")
    shows_its_page_with_data(page, 1366)
    follow(page, "/van-ban?item=khong.c00000000")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Không tìm thấy nội dung")
    follow(page, "/van-ban?plan=binh-duong-6898-kh-ubnd-2024")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    text = page.locator(".cchc-text")
    for kind in ("target", "task", "measure", "duty"):
        assert text.locator(f".cchc-tag.cchc-is-{kind}").count() > 20
    item = text.locator("a.cchc-item").nth(3)
    assert "Đọc" in (item.get_attribute("title") or "")
    item.click()
    expect(page.locator(".cchc-panel")).to_be_visible()
    expect(page.locator("#cau-goc")).to_be_in_viewport()


def test_a_page_unknown_to_the_navigation_is_told(visitors: Visitors, server: Server) -> None:
    # Streamlit says in the browser's console too that there is no such page.
    page = visitors.open(server, "/khong-co-trang-nay", ready=False, reported="does not seem to exist")
    expect(page.get_by_role("dialog")).to_contain_text("Không có trang này")


CUT = """[...document.querySelectorAll(".st-key-filter_span *")]
  .filter(e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).length"""


def test_all_filters_are_seen_without_scrolling_and_no_chosen_day_is_cut_off(visit: Open) -> None:
    page = visit("/thoi-han")
    shows_its_page_with_data(page, 1366)
    follow(page, "/thoi-han?area=1&area=3&agency=so-noi-vu&from=2024-10-28&to=2024-12-20&as_of=2024-10-28")
    expect(page.locator(".cchc-sentence")).to_contain_text("28/10/2024")
    last = place(page.locator(".st-key-filter_as_of"))
    assert last["y"] + last["height"] <= 768
    assert page.evaluate(CUT) == 0
    page.get_by_role("spinbutton", name=f"ngày, {widgets.LABELS['from']}").click()
    page.keyboard.type("01022024")
    page.keyboard.press("Escape")
    expect(page.locator(".cchc-sentence")).to_contain_text("thời hạn từ 01/02/2024")


def test_paper_is_white_and_charts_are_whole_and_in_ink_where_the_screen_is_dark(visit: Open) -> None:
    page = visit("/trach-nhiem", scheme="dark")
    shows_its_page_with_data(page, 1366)
    charts_are_whole_and_in_ink(page)
    turn_to(page, "chi-tieu")
    charts_are_whole_and_in_ink(page)
    for path, first in (("/", ".cchc-answer"), ("/bao-cao", ".cchc-report p")):
        page.emulate_media(media="screen")
        follow(page, path)
        expect(page.locator(first).first).to_be_visible()
        assert shades(page, first)[0] < 0.3
        page.emulate_media(media="print")
        ground, letters = shades(page, first)
        assert ground == 1
        assert letters < 0.3


def shades(page: Page, text: str) -> list[float]:
    """How light the ground of the page is, and what is written on it: from 0 (black) to 1 (white)."""
    found: list[float] = page.evaluate(
        """(text) => { const light = c => c.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) / 765
          return [light(getComputedStyle(document.querySelector(".stApp")).backgroundColor),
                  light(getComputedStyle(document.querySelector(text)).color)] }""",
        text,
    )
    return found


def charts_are_whole_and_in_ink(page: Page) -> None:
    expect(page.locator(".js-plotly-plot text", has_text="Chỉ đạo").first).to_be_visible()
    sheet = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))[0]
    letters = sheet.get_textpage()
    count = letters.count_chars()
    assert "Chỉ đạo" in unicodedata.normalize("NFC", letters.get_text_range())
    assert max(letters.get_charbox(n)[2] for n in range(count)) < sheet.get_width() - 25  # points; the margin is 31
    assert not [n for n in range(count) if colour(letters, n) == (250, 250, 250)]


def colour(letters: pypdfium2.PdfTextPage, at: int) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pypdfium2.raw.FPDFText_GetFillColor(letters, at, *parts)
    return tuple(part.value for part in parts[:3])
