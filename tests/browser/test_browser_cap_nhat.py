"""«Cập nhật» in a real browser, on a server with an empty ledger of its own that a test may kill."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from cchc import worksheets
from cchc.ledger import Ledger
from cchc.screen import update_desk, update_file, update_grid
from tests.browser.rig import ROOT, Server, Visitors, follow, open_cell, pick, same_twice, settled, turn_to, wait_for

REASON = "Nội dung, nguyên nhân, vướng mắc"


class Office:
    """A server whose process can be killed and started again over the same data."""

    def __init__(self, folder: Path, read: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = Server(f"http://127.0.0.1:{self.port}", folder / "server.log")
        shutil.copytree(read, folder / "data")
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        environment = {k: v for k, v in os.environ.items() if k not in ("CCHC_DEMO", "CCHC_LEDGER_URL")}
        with self.server.log.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**environment, "CCHC_DATA": str(self.folder / "data")}, stdout=out, stderr=out
            )
        wait_for(self.server, self.process)

    def kill(self) -> None:
        """As a power cut would: nothing is written any more."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)

    def said(self, item_id: str) -> list[str]:
        """The notes of an item as the ledger on the disk holds them."""
        with Ledger(self.folder / "data" / "ledger.sqlite") as ledger:
            return [entry.payload.text for entry in ledger.history(item_id)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office"), read)
    yield made
    made.kill()
    assert "Traceback" not in made.server.log.read_text(encoding="utf-8", errors="replace")


def item_of(page: Page, number: int) -> str:
    """The id of the item in a row of the list (from 0)."""
    pick(page, "Danh sách")
    link = page.locator(".cchc-table tbody a").nth(number)
    expect(link).to_be_visible()
    found = re.search(r"item=([^&]+)", link.get_attribute("href") or "")
    assert found
    return found[1]


def write_note(page: Page, text: str) -> None:
    pick(page, "Ghi chú, vướng mắc")
    page.get_by_label(REASON).fill(text)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()


def test_an_entry_outlives_the_server(visitors: Visitors, office: Office) -> None:
    page = visitors.open(office.server, "/cap-nhat", height=900)
    item_id = item_of(page, 0)
    page.locator(".cchc-table tbody a").first.click()
    settled(page)
    expect(page.get_by_text("Chưa có nội dung nào được ghi nhận.")).to_be_visible()
    write_note(page, "Đang chờ ý kiến thẩm định")
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    office.kill()  # the moment the confirmation is on the screen
    assert office.said(item_id) == ["Đang chờ ý kiến thẩm định"]
    visitors.lose_connection()
    office.start()
    again = visitors.open(office.server, f"/cap-nhat?item={item_id}", height=900)
    first = again.locator(".cchc-history > li").first
    expect(first).to_contain_text("Đang chờ ý kiến thẩm định")
    expect(first).to_contain_text("người dùng máy này")


def test_a_mistake_stands_at_its_field_and_takes_nothing(visitors: Visitors, office: Office) -> None:
    page = visitors.open(office.server, "/cap-nhat", height=900)
    item_id = item_of(page, 1)
    follow(page, f"/cap-nhat?item={item_id}")
    pick(page, "Hoàn thành")
    page.get_by_label("Sản phẩm đã hoàn thành").fill("Kế hoạch đã ban hành")
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.locator(".cchc-field-error")).to_contain_text("Hãy điền ô này.")
    expect(page.get_by_label("Sản phẩm đã hoàn thành")).to_have_value("Kế hoạch đã ban hành")
    assert office.said(item_id) == []


def test_the_second_of_two_sees_what_changed_and_decides(visitors: Visitors, office: Office) -> None:
    one = visitors.open(office.server, "/cap-nhat", height=900)
    item_id = item_of(one, 2)
    follow(one, f"/cap-nhat?item={item_id}")
    two = visitors.open(office.server, f"/cap-nhat?item={item_id}", height=900)
    for each in (one, two):
        pick(each, "Ghi chú, vướng mắc")
        expect(each.get_by_label(REASON)).to_be_visible()
    one.get_by_label(REASON).fill("của người thứ nhất")
    two.get_by_label(REASON).fill("của người thứ hai")
    one.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(one.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    two.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    box = two.locator(".st-key-update_conflict")
    expect(box).to_contain_text("của người thứ nhất")
    expect(box).to_contain_text("của người thứ hai")
    assert office.said(item_id) == ["của người thứ nhất"]
    two.get_by_role("button", name=update_desk.SEEN_SAVE).click()
    expect(two.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    assert office.said(item_id) == ["của người thứ nhất", "của người thứ hai"]


def test_a_file_with_mistakes_is_told_row_by_row(visitors: Visitors, office: Office, tmp_path: Path) -> None:
    page = visitors.open(office.server, "/cap-nhat", height=900)
    pick(page, "Tệp Excel")
    with page.expect_download() as download:
        page.get_by_role("button", name=update_file.EXCEL_BUTTON).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book[worksheets.SHEET]
    columns = {str(c.value): n for n, c in enumerate(sheet[1], 1)}
    tasks = [row for row in range(2, sheet.max_row + 1) if re.search(r"\.n[0-9a-f]", str(sheet.cell(row, 1).value))]
    good, bad = tasks[5], tasks[6]
    sheet.cell(good, columns["Ghi chú"]).value = "từ tệp Excel"
    sheet.cell(bad, columns["Ngày hoàn thành"]).value = "31/6/2024"
    item_id = str(sheet.cell(good, 1).value)
    path = tmp_path / "ket-qua.xlsx"
    book.save(path)
    page.locator(".st-key-upload_sheet input[type=file]").set_input_files(path)
    problems = page.get_by_role("table", name=update_file.EXCEL_BAD)
    expect(problems).to_contain_text(str(bad))
    expect(problems).to_contain_text("Ngày hoàn thành")
    expect(problems).to_contain_text("Không có ngày này trong lịch.")
    assert office.said(item_id) == []
    page.get_by_role("button", name="Ghi nhận 1 dòng hợp lệ").click()
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    assert office.said(item_id) == ["từ tệp Excel"]


def test_a_file_is_attached_and_comes_back(visitors: Visitors, office: Office, tmp_path: Path) -> None:
    page = visitors.open(office.server, "/cap-nhat", height=900)
    follow(page, f"/cap-nhat?item={item_of(page, 8)}")
    pick(page, "Tài liệu kiểm chứng")
    upload = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    bad, good = tmp_path / "chay.exe", tmp_path / "bao-cao.pdf"
    bad.write_bytes(b"MZ")
    good.write_bytes(b"%PDF-1.4 noi dung")
    save = page.get_by_test_id("stFormSubmitButton").get_by_role("button")
    upload.set_input_files(bad)
    expect(page.get_by_role("button", name="Bỏ tệp chay.exe")).to_be_visible()
    save.click()
    expect(page.locator(".cchc-field-error")).to_contain_text("Không nhận tệp loại «exe»")
    page.get_by_role("button", name="Bỏ tệp chay.exe").click()
    upload.set_input_files(good)
    expect(page.get_by_role("button", name="Bỏ tệp bao-cao.pdf")).to_be_visible()
    save.click()
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp bao-cao.pdf").click()
    assert download.value.path().read_bytes() == good.read_bytes()


def test_a_cell_of_the_grid_is_saved(visitors: Visitors, office: Office) -> None:
    page = visitors.open(office.server, "/cap-nhat", height=900)
    editor = open_cell(page, 790, row_at(0))  # «Ngày bắt đầu»
    editor.fill("1/2/2024")
    page.keyboard.press("Enter")
    save = page.get_by_role("button", name=update_grid.SAVE_ROWS.format(count=1))
    expect(save).to_be_visible()
    pick(page, "Danh sách")  # what was typed waits, also while another page is looked at
    turn_to(page, "tong-quan")
    turn_to(page, "cap-nhat")
    pick(page, "Bảng nhập")
    expect(save).to_be_visible()
    save.click()
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    expect(page.locator(".st-key-update_saved_box")).to_contain_text("Ngày bắt đầu: 01/02/2024")


def row_at(n: int) -> int:
    """How far down the grid row `n` (from 0) is."""
    return 70 + update_grid.ROW_HEIGHT * n


def type_into(page: Page, x: float, y: float, text: str) -> None:
    """Opens a cell and types. A grid that is drawn anew beneath forgets the open cell: then it is opened again."""
    for _ in range(4):
        open_cell(page, x, y).press_sequentially(text)
        editor = page.locator("#portal textarea, #portal input").first
        if editor.is_visible() and editor.input_value() == text:
            return
        page.keyboard.press("Escape")
    raise AssertionError("the cell did not stay open")


def press_save(page: Page) -> None:
    page.locator(".st-key-update_save button").first.click()


WAYS = {
    "a press": press_save,
    "the keys": lambda page: page.keyboard.press("Control+s"),
    "the keys after Enter": lambda page: (page.keyboard.press("Enter"), page.keyboard.press("Control+s")),
    "a press after Tab": lambda page: (page.keyboard.press("Tab"), press_save(page)),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_typed_last_is_part_of_the_save(visitors: Visitors, office: Office, way: str) -> None:
    """The cell is still open, or was closed in this very moment."""
    page = visitors.open(office.server, f"/cap-nhat?area={list(WAYS).index(way) + 1}", height=900)
    type_into(page, 790, row_at(0), "5/2/2024")
    WAYS[way](page)
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    expect(page.locator(".st-key-update_saved_box")).to_contain_text("Ngày bắt đầu: 05/02/2024")


@pytest.mark.parametrize("way", ["the keys", "the keys after Enter"])
def test_keys_faster_than_the_grid_looks_after_them_lose_nothing(visitors: Visitors, office: Office, way: str) -> None:
    """On a slow machine several keys come before the timers that the grid set for the first of them."""
    page = visitors.open(office.server, "/cap-nhat?area=3", height=900)
    type_into(page, 790, row_at(list(WAYS).index(way)), "8/2/2024")
    page.evaluate("() => { const set = setTimeout; window.setTimeout = (what, ms = 0) => set(what, ms + 150); }")
    page.keyboard.press("End")
    WAYS[way](page)
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    expect(page.locator(".st-key-update_saved_box")).to_contain_text("Ngày bắt đầu: 08/02/2024")


def test_what_was_typed_last_waits_when_another_page_is_looked_at(visitors: Visitors, office: Office) -> None:
    page = visitors.open(office.server, "/cap-nhat?area=7", height=900)
    type_into(page, 790, row_at(0), "6/3/2024")
    turn_to(page, "tong-quan")
    turn_to(page, "cap-nhat")
    save = page.get_by_role("button", name=update_grid.SAVE_ROWS.format(count=1))
    expect(save).to_be_visible()
    type_into(page, 790, row_at(1), "7/3/2024")
    pick(page, "Danh sách")
    pick(page, "Bảng nhập")
    page.get_by_role("button", name=update_grid.SAVE_ROWS.format(count=2)).click()
    expect(page.get_by_text("Đã lưu 2 nội dung lúc")).to_be_visible()


def test_a_narrow_window_needs_no_scrolling_sideways(visitors: Visitors, office: Office) -> None:
    page = visitors.open(office.server, "/cap-nhat", width=390, height=900)
    for view in ("Danh sách", "Tệp Excel"):
        pick(page, view)
        assert same_twice(page, "document.documentElement.scrollWidth") <= 390
