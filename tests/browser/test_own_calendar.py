"""Where reading needs sign-in: a person's own address of the calendar, as a calendar program uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from cchc.entries import PersonRecord
from tests.browser.rig import Server, Visitors, press, settled
from tests.browser.signing_in import open_as, running_provider, serve

PEOPLE = (
    PersonRecord(email="qt@tinh.vn", name="Dũng Quản Trị", role="administrator"),
    PersonRecord(email="xem@tinh.vn", name="Xuân Xem", role="viewer"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    with running_provider() as provider:
        yield from serve(tmp_path_factory.mktemp("calendar"), provider, PEOPLE, read, CCHC_READ="signin")


def make(page: Page, button: str) -> str:
    press(page, button)
    code = page.get_by_test_id("stCode")
    expect(code).to_be_visible()
    return code.inner_text().strip()


def test_a_calendar_program_reads_until_the_address_is_revoked(visitors: Visitors, server: Server) -> None:
    page = open_as(visitors, server, "xem@tinh.vn", "/thoi-han?area=3")
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

    admin = open_as(visitors, server, "qt@tinh.vn", "/quan-tri")
    admin.get_by_role("combobox", name="Người cần phân quyền").click()
    admin.get_by_role("option", name="Xuân Xem (xem@tinh.vn)").click()
    settled(admin)
    press(admin, "Thu hồi địa chỉ")
    expect(admin.get_by_text("Người này có địa chỉ lịch riêng")).to_have_count(0)
    assert server.get(second)[0] == 403
