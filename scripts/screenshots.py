"""Pictures of every page from a running server into docs/img: wide and narrow, light and dark; and the steps of the
handbook (docs/so-tay.md).

usage: python scripts/screenshots.py [PAGE ...]     for instance: tong-quan van-ban so-tay

The reporting date is fixed, so that the pictures differ only when the pages do.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cchc import words  # noqa: E402
from cchc.screen import import_review  # noqa: E402
from scripts import browser as chromium  # noqa: E402
from tests.browser.rig import Server, Visitors, Windows, pick, settled, start  # noqa: E402

OUT = ROOT / "docs" / "img"
PLAN = "?plan=binh-duong-6898-kh-ubnd-2024"
QUERY = f"{PLAN}&as_of=2024-03-20"
PAGES = tuple(name for name in words.PAGE_TITLES if name != "huong-dan")  # it is made of the others' pictures
HANDBOOK = "so-tay"
SAMPLES = (("dev2", "sotuphap2025-bang.txt"), ("dev2", "huyen2023-pdf.txt"), ("dev2", "xa2026.txt"))
SIZES = {1366: 768, 390: 844}
SCHEMES = ("light", "dark")
COLOURS = 128  # of a palette: a fifth of the bytes, no difference to the eye on flat pages


def shoot(windows: Windows, server: Server, page_name: str, width: int, scheme: str) -> Path:
    """One picture; returns its file."""
    visitors = Visitors(windows)
    page = visitors.open(server, f"/{page_name}{QUERY}", width=width, height=SIZES[width], scheme=scheme)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(800)  # charts take their width after they are drawn
    path = _saved(page, f"{page_name}-{width}-{scheme}")
    visitors.check()
    return path


def _saved(page: Page, name: str) -> Path:
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = OUT / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def handbook(windows: Windows, server: Server) -> Iterator[Path]:
    """The steps of the handbook: files just read, an item put right, a result written down. Nothing is recorded."""
    visitors = Visitors(windows)
    page = visitors.open(server, "/nhap-van-ban", height=820)
    files = [ROOT / "tests" / "corpus" / folder / name for folder, name in SAMPLES]
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(files)
    page.locator(".cchc-lot tbody tr").nth(len(files) - 1).wait_for()
    settled(page)
    page.get_by_role("link", name=SAMPLES[0][1]).click()
    settled(page)
    page.mouse.move(0, 0)
    yield _saved(page, "so-tay-nhap")
    page.locator(".cchc-press-list [data-item]").first.click()
    settled(page)
    page.get_by_role("button", name=import_review.CONFIRM).evaluate("b => b.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(500)
    yield _saved(page, "so-tay-sua")
    page = visitors.open(server, f"/cap-nhat{PLAN}")
    pick(page, "Danh sách")
    page.locator(".cchc-table tbody a").first.click()
    settled(page)
    pick(page, "Hoàn thành")
    yield _saved(page, "so-tay-ghi")
    visitors.check()


def main(names: list[str]) -> int:
    """All pages, or the named ones."""
    unknown = set(names) - {*PAGES, HANDBOOK}
    if unknown:
        print(f"no such page: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    executable = chromium.find()
    if executable is None:
        print("no Chromium: run scripts/browser.py first", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        windows = Windows(browser)
        for server in start(Path(folder)):
            for name in [n for n in names or PAGES if n != HANDBOOK]:
                for width in SIZES:
                    for scheme in SCHEMES:
                        path = shoot(windows, server, name, width, scheme)
                        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB", flush=True)
            if not names or HANDBOOK in names:
                for path in handbook(windows, server):
                    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
