"""What people see when something is wrong with the data: a plain message, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cchc import words
from tests.browser.rig import Visitors, start, turn_to


def test_a_catalog_that_cannot_be_opened_is_told_with_a_code_for_the_log(visitors: Visitors, tmp_path: Path) -> None:
    for server in start(tmp_path, healthy=503, CCHC_CATALOG=str(tmp_path / "missing.duckdb")):
        assert server.get("/api/tasks.csv")[0] == 503
        page = visitors.open(server, ready=False, failing=True)
        alert = page.get_by_test_id("stAlert")
        expect(alert).to_contain_text("Trang này chưa hiển thị được")
        expect(alert).not_to_contain_text(words.CLEAR_FILTERS)  # there is no such button on the page
        code = alert.inner_text().rsplit("mã ", 1)[1].strip(". \n")
        assert f"error {code} on the page" in server.log.read_text(encoding="utf-8")
        expect(page.get_by_text("Traceback")).to_have_count(0)
        visitors.leave()


# It says in words what such a message looks like, and has pictures of its own.
HANDBOOK = "huong-dan"
OF_DOCUMENTS = {"tong-quan", "chi-tieu", "thoi-han", "trach-nhiem", "van-ban"}


@pytest.mark.parametrize("files", [(), (b"", b"\x00\xff\xfe\x01PK\x03\x04" * 50)], ids=["none", "empty and junk"])
def test_without_a_readable_document_pages_say_so(visitors: Visitors, tmp_path: Path, files: tuple[bytes, ...]) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for number, content in enumerate(files):
        (plans / f"ke-hoach-{number}.txt").write_bytes(content)
    for server in start(tmp_path, CCHC_PLANS=str(plans)):
        page = visitors.open(server)
        for path in words.PAGE_TITLES:
            turn_to(page, path)
            if path in OF_DOCUMENTS:
                expect(page.get_by_text("Chưa có văn bản nào đọc được").first).to_be_visible()
            expect(page.locator(".cchc-title").first).to_be_visible()
            if path != HANDBOOK:
                expect(page.get_by_text("chưa hiển thị được")).to_have_count(0)
        visitors.leave()


def test_text_of_a_document_is_never_markup(visitors: Visitors, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    evil = "<script>window.evil=1</script><img src=x onerror=window.evil=1>"
    (plans / "ke-hoach.txt").write_text(
        f"ỦY BAN NHÂN DÂN TỈNH BÌNH DƯƠNG {evil}\nSố: 12/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2024 {evil}\n"
        f"I. MỤC TIÊU\n1. Cải cách thủ tục hành chính\n- 90% hồ sơ {evil} được giải quyết đúng hạn.\n",
        encoding="utf-8",
    )
    for server in start(tmp_path, CCHC_PLANS=str(plans)):
        page = visitors.open(server)
        for path in words.PAGE_TITLES:
            turn_to(page, path)
            assert page.evaluate("window.evil") is None
            assert path == HANDBOOK or page.locator("[data-testid=stMain] img").count() == 0
        visitors.leave()
