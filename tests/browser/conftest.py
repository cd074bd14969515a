"""A running server and a real browser. A missing browser fails these tests, it does not skip them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from cchc.engine import Engine
from scripts import browser as chromium
from tests.browser.rig import ROOT, SLOW, Open, Server, Visitors, Windows, start


@pytest.fixture(scope="session")
def read(documents: Engine) -> Path:
    """A data folder in which the documents are read already, and nothing more."""
    return documents.path.parent


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    """One server for all browser tests that record nothing."""
    yield from start(tmp_path_factory.mktemp("server"), read)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    """A server that shows a demonstration, as `make demo` starts it, for all browser tests that record nothing."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(read, folder / "data")
    told = {**os.environ, "CCHC_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "-m", "cchc", "demo"], cwd=ROOT, env=told, check=True, capture_output=True)
    yield from start(folder, CCHC_DEMO="1")


# Not for the whole session: while a browser is open, Playwright's loop runs in this thread, and tests of other folders
# follow in the same process.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The first browser of `scripts/browser.py` that starts: to try one out first would start it twice."""
    # Tabs of one window share a process, and so what was compiled for the one before: the programs of a page
    # (Streamlit's, Plotly's) take most of its time. Not where pages are made slower: the process would be, not the tab.
    shared = () if SLOW > 1 else ("--process-per-site",)
    problems: list[str] = []
    paths = chromium.candidates()
    with sync_playwright() as playwright:
        for path in paths:
            try:
                made = playwright.chromium.launch(executable_path=path, args=[*chromium.FLAGS, *shared])
            except Error as error:
                problems.append(f"{path}: {str(error).splitlines()[0]}")
                continue
            yield made
            made.close()
            return
    pytest.fail("no Chromium to test with (make test installs one where it can): " + "; ".join(problems))


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[Windows]:
    """The windows that all visitors share."""
    made = Windows(browser)
    yield made
    made.close()


@pytest.fixture
def visitors(windows: Windows) -> Iterator[Visitors]:
    """People at browsers, and what must not have happened to them afterwards."""
    made = Visitors(windows)
    yield made
    made.check()


@pytest.fixture
def visit(visitors: Visitors, server: Server) -> Open:
    """Opens an address of the common server in a session of its own: `visit("/van-ban", width=390)`."""

    def opened(path: str, *, width: int = 1366, height: int = 768, scheme: str = "light") -> Page:
        return visitors.open(server, path, width=width, height=height, scheme=scheme)

    return opened
