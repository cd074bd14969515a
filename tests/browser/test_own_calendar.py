"""Where reading needs sign-in: a person's own address of the calendar, as a calendar program uses it."""

from __future__ import annotations

from collections.abc import Iterator

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect

from cchc.entries import PersonRecord
from tests.browser.rig import WAIT, Server, settled
from tests.browser.signing_in import running_provider, serve, sign_in

PEOPLE = (
    PersonRecord(email="qt@tinh.vn", name="Dũng Quản Trị", role="administrator"),
    PersonRecord(email="xem@tinh.vn", name="Xuân Xem", role="viewer"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_provider() as provider:
        yield from serve(tmp_path_factory.mktemp("calendar"), provider, PEOPLE, CCHC_READ="signin")


def opened(browser: Browser, server: Server, email: str, path: str) -> Page:
    page = browser.new_context(base_url=server.url, viewport={"width": 1366, "height": 768}).new_page()
    page.set_default_timeout(WAIT)
    page.goto("/")
    settled(page)
    sign_in(page, server, email)
    page.goto(path)
    settled(page)
    return page


def make(page: Page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    code = page.get_by_test_id("stCode")
    expect(code).to_be_visible()
    return code.inner_text().strip()


def test_a_calendar_program_reads_until_the_address_is_revoked(browser: Browser, server: Server) -> None:
    page = opened(browser, server, "xem@tinh.vn", "/thoi-han?area=3")
    page.get_by_text("Lịch riêng của bạn").click()
    address = make(page, "Tạo địa chỉ riêng")
    assert address.startswith(f"{server.url}/calendar.ics?area=3&key=")
    path = address.removeprefix(server.url)
    status, headers, content = server.get(path)  # no cookie, no session
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert server.get(path.replace("calendar.ics", "api/tasks.csv"))[0] == 403
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stCode")).to_have_count(0)
    page.get_by_text("Lịch riêng của bạn").click()
    second = make(page, "Tạo địa chỉ mới").removeprefix(server.url)
    assert (server.get(path)[0], server.get(second)[0]) == (403, 200)

    admin = opened(browser, server, "qt@tinh.vn", "/quan-tri")
    admin.get_by_role("combobox", name="Người cần phân quyền").click()
    admin.get_by_role("option", name="Xuân Xem (xem@tinh.vn)").click()
    admin.get_by_role("button", name="Thu hồi địa chỉ").click()
    expect(admin.get_by_text("Người này có địa chỉ lịch riêng")).to_have_count(0)
    assert server.get(second)[0] == 403
    page.context.close()
    admin.context.close()
