"""A running server and a real browser. A missing browser fails these tests, it does not skip them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as chromium
from tests.browser.rig import WAIT, Open, Server, foreign, settled, start


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all browser tests."""
    yield from start(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of `scripts/browser.py`."""
    problems: list[str] = []
    path = chromium.find(problems)
    if path is None:
        pytest.fail("no Chromium to test with (make test installs one where it can): " + "; ".join(problems))
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield made
        made.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Open]:
    """Opens an address in a session of its own: `visit("/van-ban", width=390)`. After the test: no request went to
    another host, the browser reported no error, no page told of a failure."""
    contexts = []
    hosts: set[str] = set()
    errors: list[str] = []

    def opened(path: str, *, width: int = 1366, height: int = 768, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: hosts.add(request.url) if foreign(request.url, server.url) else None)
        page.on("websocket", lambda socket: hosts.add(socket.url) if foreign(socket.url, server.url) else None)
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        settled(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not hosts, f"requests to other hosts: {sorted(hosts)}"
    assert not errors, f"errors in the browser: {errors}"
    assert "Traceback" not in server.log.read_text(encoding="utf-8", errors="replace")
