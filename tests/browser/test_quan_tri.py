"""«Quản trị» at this machine, the way into the demonstration and back, and a server that other machines can reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc import words
from cchc.access import READ_ONLY
from cchc.ledger import Ledger
from cchc.screen import pages
from tests.browser.rig import Server, Visitors, follow, pick, place, press, same_twice, settled, start, turn_to

BANNER = "SỐ LIỆU MINH HỌA"
ASK = "Xem với số liệu minh họa"
BACK = "Quay về số liệu thật"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    """An empty installation, for whoever sits at it."""
    yield from start(tmp_path_factory.mktemp("own"), read, CCHC_DEMO="")


@pytest.fixture(scope="module")
def reachable_server(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    """A server that other machines can reach, without sign-in."""
    yield from start(tmp_path_factory.mktemp("reachable"), read, STREAMLIT_SERVER_ADDRESS="0.0.0.0")  # noqa: S104


def arrive(page: Page, path: str) -> None:
    """Follows a link from another page: a choice that was made on the same one goes before its address."""
    follow(page, "/huong-dan")
    follow(page, path)


def test_the_demonstration_is_one_click_away_and_so_is_the_way_back(own_server: Server, visitors: Visitors) -> None:
    page = visitors.open(own_server, "/")
    expect(page.locator(".cchc-demo")).to_have_count(0)
    press(page, ASK, exact=True)
    expect(page.locator(".cchc-demo")).to_contain_text(BANNER)
    other = visitors.open(own_server, "/")  # and for everybody else, on every page
    for path in words.PAGE_TITLES:
        turn_to(other, path)
        expect(other.locator(".cchc-demo")).to_contain_text(BANNER)
    _, headers, content = own_server.get("/api/tasks.csv")
    assert "so-lieu-minh-hoa" in headers["content-disposition"] and BANNER in content.decode("utf-8-sig")
    arrive(other, "/quan-tri?view=nhat-ky")
    with other.expect_download() as wanted:
        press(other, "Tải CSV", exact=True)
    rows = list(csv.DictReader(io.StringIO(wanted.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) > 100 and {row["Loại số liệu"] for row in rows} == {BANNER}
    follow(other, "/")
    press(other, BACK, exact=True)
    expect(other.locator(".cchc-demo")).to_have_count(0)
    expect(other.get_by_role("button", name=ASK)).to_be_visible()


def test_people_log_and_check(own_server: Server, visitors: Visitors) -> None:
    page = visitors.open(own_server, "/quan-tri")
    page.get_by_label("Địa chỉ thư dùng để đăng nhập").fill("an@tinh.vn")
    page.get_by_label("Họ và tên").fill("Nguyễn <b>An</b>")
    press(page, "Ghi nhận phân quyền", exact=True)
    expect(page.get_by_text("Phải còn ít nhất một người quản trị đang hoạt động.")).to_be_visible()
    page.get_by_role("combobox", name="Vai trò").click()
    page.get_by_role("option", name="Quản trị", exact=True).click()
    settled(page)
    press(page, "Ghi nhận phân quyền", exact=True)
    expect(page.get_by_text("dòng số 1 trong sổ")).to_be_visible()
    expect(page.get_by_role("cell", name="Nguyễn <b>An</b>")).to_be_visible()
    data = own_server.log.parent / "data" / "ledger.sqlite"
    with Ledger(data) as ledger:
        (entry,) = ledger.since(0)
        head = ledger.head()
    assert (entry.payload.email, entry.payload.role, entry.author) == ("an@tinh.vn", "administrator", "local")
    arrive(page, "/quan-tri?view=nhat-ky")
    expect(page.get_by_role("cell", name="an@tinh.vn; Nguyễn <b>An</b>; Quản trị")).to_be_visible()
    arrive(page, "/quan-tri?view=kiem-tra")
    press(page, "Kiểm tra toàn bộ sổ", exact=True)
    expect(page.get_by_text("Sổ nguyên vẹn: 1 dòng, mọi mã kiểm tra khớp.")).to_be_visible()
    expect(page.get_by_text(f"{head[0]}:{head[1]}")).to_be_visible()
    # Something real is recorded now: the demonstration is no longer offered.
    follow(page, "/")
    expect(page.locator(".cchc-cards")).to_be_visible()
    expect(page.get_by_role("button", name=ASK)).to_have_count(0)


def test_agencies_and_profiles_are_shown(own_server: Server, visitors: Visitors) -> None:
    page = visitors.open(own_server, "/quan-tri?view=co-quan", width=390)
    page.get_by_label("Tìm cơ quan").fill("giao thong")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("cell", name="Sở Giao thông vận tải")).to_be_visible()
    expect(page.get_by_role("cell", name="Sở Y tế", exact=True)).to_have_count(0)
    assert same_twice(page, "document.documentElement.scrollWidth - window.innerWidth") <= 0
    arrive(page, "/quan-tri?view=bo-tieu-chi")
    expect(page.get_by_text("Tệp hợp lệ").first).to_be_visible()
    expect(page.get_by_text("«chưa kiểm chứng»").first).to_be_visible()


def test_a_server_that_others_can_reach_is_read_only_and_says_so_and_its_first_visitor_finds_every_page(
    reachable_server: Server, visitors: Visitors
) -> None:
    """Before any session has named the pages, Streamlit would look for them in pages/ and not find this address."""
    page = visitors.open(reachable_server, "/van-ban")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".cchc-text")).to_be_visible()
    follow(page, "/")
    expect(page.locator(".cchc-cards")).to_be_visible()
    expect(page.get_by_role("button", name=ASK)).to_have_count(0)
    page.locator(".st-key-account").get_by_test_id("stPopoverButton").click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text(READ_ONLY)
    for path in ("/quan-tri", "/cap-nhat"):
        follow(page, path)
        expect(page.get_by_test_id("stMain").get_by_text(READ_ONLY).first).to_be_visible()
    expect(page.get_by_role("button", name="Lưu")).to_have_count(0)


def test_every_page_has_its_place_beside_the_account_and_a_filter_bar_where_it_has_an_effect(
    own_server: Server, visitors: Visitors
) -> None:
    page = visitors.open(own_server, "/chi-tieu?area=3&as_of=2024-06-14")
    links = page.get_by_test_id("stTopNav").locator("[data-testid=stTopNavLink] span[label]")
    named = [title for path, title in words.PAGE_TITLES.items() if pages.script(path).exists()]
    expect(links).to_have_text(named)
    account, last = place(page.locator(".st-key-account")), place(links.last)
    assert last["x"] + last["width"] <= account["x"]
    # The filter bar is gone on a page where it would have no effect, and not forgotten.
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    turn_to(page, "quan-tri")
    expect(page.get_by_text("Người dùng và quyền")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".cchc-sentence")).to_have_count(0)
    pick(page, "Cơ quan")
    expect(page.get_by_text("Danh mục cơ quan")).to_be_visible()
    assert "area=3" in page.url and "as_of=2024-06-14" in page.url
    turn_to(page, "chi-tieu")
    expect(page.locator(".cchc-sentence")).to_contain_text("14/6/2024")
    assert "area=3" in page.url and "as_of=2024-06-14" in page.url
    expect(page.locator(".cchc-sentence")).to_contain_text("thủ tục hành chính")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    turn_to(page, "thoi-han")  # the bar that came back holds its values also for the page after
    expect(page.locator(".cchc-sentence")).to_contain_text("thủ tục hành chính")
    expect(page.get_by_test_id("stSidebar")).to_contain_text("Thủ tục hành chính")
    assert "area=3" in page.url and "as_of=2024-06-14" in page.url
    page.set_viewport_size({"width": 1000, "height": 768})
    rest = page.get_by_test_id("stTopNavSection")
    expect(rest).to_be_visible()
    shown = rest.locator("p").evaluate("p => [getComputedStyle(p).fontSize, getComputedStyle(p, '::after').content]")
    assert shown == ["0px", '"Trang khác"']
