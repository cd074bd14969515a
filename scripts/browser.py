"""Finds a Chromium for the browser tests and the screenshots; as a command, installs one when there is none.

Order: the one named by CCHC_CHROMIUM, Playwright's own, the system's. To install: Playwright's download, then the
distribution's package (only as root, where apt-get exists). Prints what could not be had, and exits with 1 then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# The pages need none of what these switch off; a fresh profile would otherwise ask its maker's servers for things.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
WAIT = 600  # seconds for a download


def candidates() -> list[str]:
    """Paths of browsers that are there, the preferred one first."""
    found = [os.environ.get("CCHC_CHROMIUM", "")]
    with sync_playwright() as playwright:
        found.append(playwright.chromium.executable_path)
    found.extend(shutil.which(name) or "" for name in NAMES)
    return [path for path in dict.fromkeys(found) if path and Path(path).is_file()]


def works(path: str) -> str:
    """ "" when the browser starts and draws a page, else what it said."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=60_000)
            page = browser.new_page()
            page.set_content("<p>ờ</p>")
            drawn = page.inner_text("p")
            browser.close()
    except Error as error:
        return str(error).splitlines()[0]
    return "" if drawn == "ờ" else "không vẽ được trang"


def find(problems: list[str] | None = None) -> str | None:
    """The first browser that works; what the others said goes into `problems`."""
    for path in candidates():
        said = works(path)
        if not said:
            return path
        if problems is not None:
            problems.append(f"{path}: {said}")
    return None


def _run(command: list[str]) -> str:
    """ "" when the command succeeded, else the end of what it printed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT, check=False)  # noqa: S603 - fixed commands
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{' '.join(command)}: {error}"
    if done.returncode == 0:
        return ""
    last = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()][-3:]
    return f"{' '.join(command)}: " + " | ".join(last)


def install(problems: list[str]) -> str | None:
    """Installs a browser; its path, or None with the reasons in `problems`."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    apt = root and shutil.which("apt-get")
    attempts = [[[sys.executable, "-m", "playwright", "install", *(["--with-deps"] if apt else []), "chromium"]]]
    if apt:
        attempts.append([["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]])
    else:
        problems.append("apt-get: chỉ dùng được khi chạy với quyền root trên Debian, Ubuntu")
    for commands in attempts:
        for command in commands:
            said = _run(command)
            if said:
                problems.append(said)
        path = find(problems)
        if path:
            return path
    return None


def main() -> int:
    """Exit code 0 when a browser is there in the end."""
    problems: list[str] = []
    path = find(problems)
    if path is None:
        print("Chưa có Chromium, đang cài ...", flush=True)
        path = install(problems)
    if path is None:
        print("KHÔNG CÓ CHROMIUM: phần kiểm thử trên trình duyệt sẽ báo lỗi. Đã thử:", file=sys.stderr)
        for problem in problems:
            print(f"  - {problem}", file=sys.stderr)
        print("Cài Chromium rồi chạy lại, hoặc đặt CCHC_CHROMIUM=/đường/dẫn.", file=sys.stderr)
        return 1
    print(f"Trình duyệt: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
