"""Looks for LibreOffice and its letters, with which the tests open the reports and turn them into PDF; installs what is
missing (only as root, where apt-get exists). Prints what could not be had, and exits with 1 then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.office_suite import MISSING, MISSING_FONT, has_font, program

WAIT = 1800  # seconds for a download
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
# The parts without windows where the distribution has them, else the usual ones.
COMMANDS = (
    ["apt-get", "update"],
    [*INSTALL, "libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-liberation2"],
    [*INSTALL, "libreoffice-writer", "libreoffice-calc", "fonts-liberation2"],
)


def ready() -> bool:
    """Whether the program and its letters are there."""
    return program() is not None and has_font()


def main() -> int:
    """0 when the program and its letters are there (now)."""
    if not ready() and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in COMMANDS:
            if ready():
                break
            try:
                subprocess.run(command, timeout=WAIT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - fixed commands
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"{' '.join(command)}: {error}")
    found = program()
    print((f"LibreOffice: {found}" if has_font() else MISSING_FONT) if found else MISSING)
    return 0 if ready() else 1


if __name__ == "__main__":
    sys.exit(main())
