"""Two days compared, and the demonstration, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.rig import Server, Visitors, press


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
