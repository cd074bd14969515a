"""What the browser tests share: a server of their own, and the ways of a hand on the page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
WAIT = 20_000  # milliseconds a page may take on a busy machine
Open = Callable[..., Page]

expect.set_options(timeout=WAIT)


@dataclass(frozen=True)
class Server:
    """A running server: its address and the file with what it printed."""

    url: str
    log: Path

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


def start(folder: Path, *, healthy: int = 200, **environment: str) -> Iterator[Server]:
    """A server of its own with an empty data folder, once /healthz answers `healthy`; stopped when the iterator is
    closed."""
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


def foreign(url: str, own: str) -> bool:
    """Whether an address is one of another server than `own`."""
    return not url.startswith(("data:", "blob:", "about:")) and url.split("/")[2] != own.split("/")[2]


def settled(page: Page) -> None:
    """Waits until the page is drawn and its script has ended."""
    expect(page.locator(".cchc-title").first).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def choose(page: Page, label: str, option: str) -> None:
    """Chooses one option of a filter in the side bar."""
    box = page.get_by_test_id("stSidebar").get_by_label(label, exact=True).and_(page.locator("input"))
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def pick(page: Page, name: str) -> None:
    """Chooses one of a row of choices."""
    main = page.get_by_test_id("stMainBlockContainer")
    radio = main.get_by_role("radio", name=name, exact=True)
    radio.or_(main.get_by_role("button", name=name, exact=True)).first.click()
    settled(page)
