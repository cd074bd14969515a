"""Pictures of every page from a running server into docs/img: wide and narrow, light and dark.

usage: python scripts/screenshots.py [PAGE ...]     for instance: tong-quan van-ban

The reporting date is fixed, so that the pictures differ only when the pages do.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cchc import words  # noqa: E402
from scripts import browser as chromium  # noqa: E402
from tests.browser.rig import Server, Visitors, Windows, start  # noqa: E402

OUT = ROOT / "docs" / "img"
QUERY = "?as_of=2024-03-20&plan=binh-duong-6898-kh-ubnd-2024"
SIZES = {1366: 768, 390: 844}
SCHEMES = ("light", "dark")
COLOURS = 128  # of a palette: a fifth of the bytes, no difference to the eye on flat pages


def shoot(windows: Windows, server: Server, page_name: str, width: int, scheme: str) -> Path:
    """One picture; returns its file."""
    visitors = Visitors(windows)
    page = visitors.open(server, f"/{page_name}{QUERY}", width=width, height=SIZES[width], scheme=scheme)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(800)  # charts take their width after they are drawn
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = OUT / f"{page_name}-{width}-{scheme}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    visitors.check()
    return path


def main(names: list[str]) -> int:
    """All pages, or the named ones."""
    unknown = set(names) - set(words.PAGE_TITLES)
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
            for name in names or list(words.PAGE_TITLES):
                for width in SIZES:
                    for scheme in SCHEMES:
                        path = shoot(windows, server, name, width, scheme)
                        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
