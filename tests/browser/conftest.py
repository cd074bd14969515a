"""A running server and a real browser. A missing browser fails these tests, it does not skip them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as chromium
from tests.browser.rig import Open, Server, Visitors, start


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all browser tests that record nothing."""
    yield from start(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program file of a browser that works."""
    problems: list[str] = []
    path = chromium.find(problems)
    if path is None:
        pytest.fail("no Chromium to test with (make test installs one where it can): " + "; ".join(problems))
    return path


# Not for the whole session: while a browser is open, Playwright's loop runs in this thread, and tests of other folders
# follow in the same process.
@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The browser of `scripts/browser.py`."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium_path, args=list(chromium.FLAGS))
        yield made
        made.close()


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """People at browsers, and what must not have happened to them afterwards."""
    made = Visitors(browser)
    yield made
    made.check()


@pytest.fixture
def visit(visitors: Visitors, server: Server) -> Open:
    """Opens an address of the common server in a session of its own: `visit("/van-ban", width=390)`."""

    def opened(path: str, *, width: int = 1366, height: int = 768, scheme: str = "light") -> Page:
        return visitors.open(server, path, width=width, height=height, scheme=scheme)

    return opened
