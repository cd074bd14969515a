"""The demonstration in a browser: Chấm điểm from the ranking to sentences of items, calendars, two days compared."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from playwright.sync_api import Page, expect

from cchc.demo import BANNER
from tests.browser.rig import Server, Visitors, press, same_twice, settled

PLAN = "plan=binh-duong-6898-kh-ubnd-2024"
DAY = "as_of=2024-12-31"
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 31)"}  # of the page, by .streamlit/config.toml


@pytest.fixture
def scores(visitors: Visitors, demonstration: Server) -> Page:
    """The page on a wide window."""
    return visitors.open(demonstration, f"/cham-diem?{PLAN}&{DAY}")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_file_has_the_rows_of_the_ranking_which_leads_to_the_sentence(scores: Page, tmp_path: Path) -> None:
    has_the_rows_of_the_page(scores, tmp_path / "scores.csv")
    expect(scores.get_by_text(BANNER).first).to_be_visible()
    expect(scores.get_by_text("Điểm tham khảo: chương trình tính")).to_be_visible()
    row = scores.get_by_role("row").filter(has_text="Sở Nội vụ")
    row.get_by_role("link", name="Vì sao").click()
    title = scores.get_by_role("heading", name=re.compile(r"Vì sao Sở Nội vụ được [\d,]+ điểm tham khảo"))
    expect(title).to_be_visible()
    expect(title).to_be_in_viewport()
    settled(scores)
    assert query(scores)["row"] == ["so-noi-vu"]
    # The formula adds up: the points over the maxima, times the total.
    formula = scores.get_by_text("Cách tính: ").inner_text().replace(",", ".")
    found = re.fullmatch(r"Cách tính: \((.+)\) / \((.+)\) × (\S+) = (\S+)", formula)
    assert found
    points, maxima = (sum(map(float, found[n].split(" + "))) for n in (1, 2))
    assert round(points / maxima * float(found[3]), 2) == float(found[4])
    expect(scores.locator(".stPlotlyChart text").filter(has_text="mục có số liệu").first).to_be_visible()
    items = scores.get_by_role("table", name="Từng nhiệm vụ, chỉ tiêu trong điểm")
    items.get_by_role("link", name="Xem câu gốc").first.click()
    expect(scores.locator(".cchc-here").first).to_be_visible()
    scores.wait_for_url("**/van-ban?*")


def test_a_choice_changes_address_and_words(scores: Page) -> None:
    scores.get_by_test_id("stMain").get_by_text("Lĩnh vực", exact=True).click()
    expect(scores.get_by_role("heading", name="Điểm theo lĩnh vực")).to_be_visible()
    settled(scores)
    assert query(scores)["view"] == ["linh-vuc"]
    scores.reload()
    settled(scores)
    expect(scores.get_by_role("heading", name="Điểm theo lĩnh vực")).to_be_visible()


def has_the_rows_of_the_page(scores: Page, file: Path) -> None:
    """The file that is offered there, saved under this name."""
    shown = scores.get_by_role("table", name="Xếp hạng cơ quan").locator("tbody tr")
    with scores.expect_download() as got:
        scores.get_by_role("button", name="Tải CSV").first.click()
    got.value.save_as(file)
    assert got.value.suggested_filename.startswith("so-lieu-minh-hoa_diem-tham-khao_")
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == shown.count() > 5
    assert all(row["Loại số liệu"] == BANNER for row in rows)
    assert all("chưa kiểm chứng" not in row["Chưa kiểm chứng"] and row["Chưa kiểm chứng"] for row in rows)
    first = shown.first.inner_text()
    assert rows[0]["Đối tượng"] in first


def test_a_narrow_window_needs_no_sideways_scrolling(visitors: Visitors, demonstration: Server) -> None:
    page = visitors.open(demonstration, f"/cham-diem?{PLAN}&{DAY}&row=so-noi-vu", width=390, height=844)
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator(".stApp")).to_have_css("background-color", ground)
        settled(page)
        expect(page.locator(".stPlotlyChart .main-svg").first).to_be_visible()
        assert same_twice(page, "document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_the_calendar_of_the_filtered_deadlines_can_be_downloaded(
    visitors: Visitors, demonstration: Server, tmp_path: Path
) -> None:
    page = visitors.open(demonstration, f"/thoi-han?{PLAN}&agency=so-noi-vu&{DAY}")
    with page.expect_download() as got:
        page.get_by_role("link", name="Tải lịch thời hạn").click()
    file = tmp_path / "calendar.ics"
    got.value.save_as(file)
    assert re.match(r"so-lieu-minh-hoa_lich-thoi-han_.*so-noi-vu.*\.ics", got.value.suggested_filename)
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    assert "cơ quan: Sở Nội vụ" in str(calendar["NAME"])


def test_what_happened_between_two_days(visitors: Visitors, demonstration: Server, tmp_path: Path) -> None:
    address = "/so-sanh?as_of=2024-09-20&before=2024-03-14&plan=binh-duong-6898-kh-ubnd-2024"
    page = visitors.open(demonstration, address, height=900)
    expect(page.get_by_text("SỐ LIỆU MINH HỌA")).to_be_visible()
    expect(page.locator(".cchc-answer")).to_contain_text("Từ 14/3/2024 đến 20/9/2024:")
    press(page, "14/6/2024")
    expect(page.locator(".cchc-answer")).to_contain_text("Từ 14/6/2024 đến 20/9/2024:")
    expect(page).to_have_url(re.compile("before=2024-06-14"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải CSV").click()
    assert download.value.suggested_filename.startswith("so-lieu-minh-hoa_so-sanh-2024-06-14")
    download.value.save_as(tmp_path / "file.csv")
    rows = (tmp_path / "file.csv").read_text(encoding="utf-8-sig").splitlines()
    assert all("SỐ LIỆU MINH HỌA" in row for row in rows[1:])
    shown = page.locator(".cchc-list-title .cchc-quiet", has_text="dòng").first.inner_text()
    assert shown == f"{len(rows) - 1} dòng"
    press(page, "Về hôm nay")
    expect(page).not_to_have_url(re.compile("as_of="))


def test_the_calendar_is_served_beside_the_pages(demonstration: Server) -> None:
    status, headers, body = demonstration.get(f"/calendar.ics?{PLAN}&agency=so-noi-vu&{DAY}")
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    calendar = icalendar.Calendar.from_ical(body)
    assert len(calendar.events) > 5
    assert all(str(event["URL"]).startswith(f"{demonstration.url}/van-ban?") for event in calendar.events)
    status, _, body = demonstration.get("/calendar.ics?agency=khong-co")
    assert (status, body.decode().splitlines()[1]) == (400, "Không có cơ quan «khong-co» trong dữ liệu.")
