"""What the browser tests share: a server of their own, people at browsers, and the ways of a hand on the page.

CCHC_TEST_SLOW=6 makes the processor of every page six times slower, to find what depends on luck.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from cchc import words

ROOT = Path(__file__).resolve().parents[2]
SLOW = float(os.environ.get("CCHC_TEST_SLOW", "1"))
START_SECONDS = 120
WAIT = 60_000  # milliseconds a page may take on a busy machine; who does not fail does not wait that long
Open = Callable[..., Page]

expect.set_options(timeout=WAIT)


@dataclass(frozen=True)
class Server:
    """A running server: its address, the file with what it printed, and where people sign in ("": nowhere)."""

    url: str
    log: Path
    provider: str = ""

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in small letters) and content of an answer; redirections are not followed."""
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(self.url + path, timeout=30) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def start(folder: Path, data: Path | None = None, *, healthy: int = 200, **environment: str) -> Iterator[Server]:
    """A server of its own, once /healthz answers `healthy`; stopped when the iterator is closed. Its data folder begins
    empty, or with what `data` holds (fixture `read`: then it need not read the documents before it answers)."""
    if data is not None:
        shutil.copytree(data, folder / "data", dirs_exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "CCHC_DATA": str(folder / "data"), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", log)
            wait_for(server, process, healthy)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(server: Server, process: subprocess.Popen[bytes], healthy: int = 200) -> None:
    """Returns when the server answers as expected; fails the test with its log when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if server.get("/healthz")[0] == healthy:
                return
        except OSError:
            time.sleep(0.1)  # a process that starts tells nobody: asked until it answers, START_SECONDS at most
    pytest.fail(f"the server did not start:\n{server.log.read_text(errors='replace')}")


# --- people at browsers ---------------------------------------------------------------------------------------------

# See runs.js; the numbers of the fields and of the answer that says «stopped, to begin anew».
NUMBERS = {
    "NEW_SESSION": ForwardMsg.NEW_SESSION_FIELD_NUMBER,
    "SCRIPT_FINISHED": ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER,
    "EARLY": ForwardMsg.FINISHED_EARLY_FOR_RERUN,
    "RERUN_SCRIPT": BackMsg.RERUN_SCRIPT_FIELD_NUMBER,
}
RUNS = Path(__file__).with_name("runs.js").read_text(encoding="utf-8") + f"({json.dumps(NUMBERS)});"

# True when the last run asked for has ended and all it told is drawn, for some frames in a row: what a click sets off
# is asked for, and what was told is drawn, within them.
QUIET = """() => {
  const runs = window.cchcRuns;
  if (!runs) throw new Error("a page that was not opened by rig.Visitors");
  const app = document.querySelector("[data-testid=stApp]");
  const quiet = runs.asked > 0 && runs.ended && app && app.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]");
  runs.still = quiet ? runs.still + 1 : 0;
  return runs.still > 4;
}"""


class Windows:
    """The windows of one browser, kept from test to test: in each test one for everybody without a name, and one for
    each person who signs in. A visitor is a tab of one, which costs half of what a window of its own does and is as
    much a session of its own to the server; cookies and what pages keep are forgotten after each test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: list[tuple[BrowserContext, CDPSession]] = []
        self._people: dict[str, int] = {}  # whose window is which, in this test
        self._visited: set[str] = set()

    def tab(self, server: Server, person: str = "") -> Page:
        """A new, empty tab in the window of this person."""
        self._visited.add(server.url)
        mine = self._people.setdefault(person, len(self._people))
        if mine == len(self._open):
            made = self._browser.new_context(
                locale="vi-VN",
                accept_downloads=True,
                reduced_motion="reduce",  # a third of a page's processor time is for what moves while one waits
            )
            made.add_init_script(RUNS)
            # A tab that stays keeps the window, and the process of the pages with the scripts it has compiled.
            stays = made.new_page()
            stays.goto(f"{server.url}/healthz")
            self._open.append((made, made.new_cdp_session(stays)))
        return self._open[mine][0].new_page()

    def forget(self) -> None:
        """Closes all tabs, and leaves nothing of what the pages kept."""
        for window, session in self._open:
            for page in window.pages[1:]:
                page.close()
            window.clear_cookies()
            for url in self._visited:
                session.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": "all"})
        self._visited.clear()
        self._people.clear()

    def close(self) -> None:
        """Closes the windows themselves."""
        while self._open:
            self._open.pop()[0].close()


class Visitors:
    """People at browsers during one test. `check` tells afterwards that no request went to another host, that no
    browser reported an error, and that no server's log tells of a failure."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._hosts: set[str] = set()
        self._errors: list[str] = []
        self._servers: set[Server] = set()

    def open(
        self,
        server: Server,
        path: str = "/",
        *,
        width: int = 1366,
        height: int = 768,
        scheme: str = "light",
        person: str = "",
        cookies: Sequence[Any] = (),
        ready: bool = True,
        failing: bool = False,
        reported: str = "\0",
    ) -> Page:
        """A page in a session of its own, drawn (unless not `ready`), at the browser of `person`. The server's log may
        tell of a failure when it is `failing`, and the browser of an error with the words `reported`. Where the server
        sends people to sign in, nothing is looked at."""
        if not failing:
            self._servers.add(server)
        page = self._windows.tab(server, person)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.context.add_cookies(list(cookies))
        page.set_default_timeout(WAIT)
        if SLOW > 1:
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})

        def elsewhere(url: str) -> bool:
            return bool(server.provider) and any(at.startswith(server.provider) for at in (url, page.url))

        def asked(request: Request | WebSocket) -> None:
            if foreign(request.url, server.url) and not elsewhere(request.url):
                self._hosts.add(request.url)

        def told(message: ConsoleMessage) -> None:
            own = not elsewhere(message.location.get("url", ""))
            if message.type == "error" and own and reported not in message.text:
                self._errors.append(message.text)

        page.on("request", asked)
        page.on("websocket", asked)
        page.on("console", told)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.goto(urljoin(server.url, path))
        if ready:
            settled(page)
        return page

    def leave(self) -> None:
        """Closes the browsers, before a server ends that is the test's own."""
        self._windows.forget()

    def lose_connection(self) -> None:
        """After a server was killed: the browsers are closed, and what they said to that is no error."""
        self.leave()
        lost = ("ERR_CONNECTION", "WebSocket")
        self._errors = [error for error in self._errors if not any(word in error for word in lost)]

    def check(self) -> None:
        self.leave()
        assert not self._hosts, f"requests to other hosts: {sorted(self._hosts)}"
        assert not self._errors, f"errors in the browser: {self._errors}"
        for server in self._servers:
            assert "Traceback" not in server.log.read_text(encoding="utf-8", errors="replace")


def foreign(url: str, own: str) -> bool:
    """Whether an address is one of another server than `own`."""
    return not url.startswith(("data:", "blob:", "about:")) and url.split("/")[2] != own.split("/")[2]


# --- the ways of a hand on the page ---------------------------------------------------------------------------------


def settled(page: Page) -> None:
    """Waits until the run of the script that was asked for last has ended and the page is drawn."""
    expect(page.locator(".cchc-title").first).to_be_visible()
    page.wait_for_function(QUIET)


def go(page: Page, path: str) -> None:
    """Types an address into a page that is open, and waits."""
    page.goto(urljoin(page.url, path))
    settled(page)


def follow(page: Page, path: str) -> None:
    """Follows a link to an address, as page.js does: in the same session, no script of the browser is loaded again."""
    page.evaluate(
        """(path) => {
          history.pushState({}, "", path);
          dispatchEvent(new PopStateEvent("popstate", { state: {} }));
        }""",
        path,
    )
    settled(page)


def turn_to(page: Page, path: str) -> None:
    """Turns to another page by the navigation, in the same session; no script of the browser is loaded again."""
    link = page.get_by_test_id("stTopNavLink").nth(list(words.PAGE_TITLES).index(path))
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settled(page)


def choose(page: Page, label: str, option: str) -> None:
    """Chooses one option of a filter in the side bar."""
    box = page.get_by_test_id("stSidebar").get_by_label(label, exact=True).and_(page.locator("input"))
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    settled(page)


def pick(page: Page, name: str) -> None:
    """Chooses one of a row of choices."""
    main = page.get_by_test_id("stMainBlockContainer")
    radio = main.get_by_role("radio", name=name, exact=True)
    radio.or_(main.get_by_role("button", name=name, exact=True)).first.click()
    settled(page)


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Presses a button, and waits for what it sets off."""
    page.get_by_role("button", name=name, exact=exact).first.click()
    settled(page)


def shows_its_page_with_data(page: Page, width: int) -> None:
    """What holds on every page that was just opened, whatever it shows."""
    assert page.locator("html").get_attribute("lang") == "vi"
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(page.locator("[data-testid=stMain]").inner_text()) > 300
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def same_twice(page: Page, expression: str) -> Any:
    """What an expression of the page gives, once it gives the same a tenth of a second later: places and sizes follow
    fonts and the width of the window by some frames."""
    before = page.evaluate(expression)
    for _ in range(WAIT // 100):
        page.wait_for_timeout(100)
        now = page.evaluate(expression)
        if now == before:
            return now
        before = now
    raise AssertionError(f"the page does not come to rest: {expression}")


def place(locator: Locator) -> dict[str, float]:
    """Where something stands on the screen, once it stays there: x, y, width, height."""
    expect(locator).to_be_visible()
    before = locator.bounding_box()
    for _ in range(WAIT // 100):
        locator.page.wait_for_timeout(100)
        now = locator.bounding_box()
        if now == before and now is not None:
            return dict(now)
        before = now
    raise AssertionError(f"{locator} does not come to rest")


def open_cell(page: Page, x: float, y: float) -> Locator:
    """Opens the cell of the grid at this place (from the grid's corner) and gives its editor.

    The grid is a picture that tells nothing of itself: it takes no click before it has measured itself, and forgets
    the chosen cell when it is drawn anew. So it is pressed again until an editor is there and stays, some times at
    most; but never beside an editor that only came late, which a press would close.
    """
    settled(page)
    canvas = page.get_by_test_id("stDataFrame").locator("canvas").first
    editor = page.locator("#portal textarea, #portal input").first
    for _ in range(8):
        corner = place(canvas)
        if not editor.is_visible():
            page.mouse.click(corner["x"] + x, corner["y"] + y)
            page.keyboard.press("Enter")
        try:
            expect(editor).to_be_visible(timeout=WAIT / 12)
        except AssertionError:
            continue
        settled(page)
        page.wait_for_timeout(300)  # nothing tells that an editor stays: looked at again, and pressed again if need be
        if editor.is_visible():
            return editor
    raise AssertionError("no cell of the grid opened")
