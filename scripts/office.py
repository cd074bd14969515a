"""Looks for LibreOffice, with which the tests open the reports and turn them into PDF; installs it when it is missing
(only as root, where apt-get exists). Prints what could not be had, and exits with 1 then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.office_suite import MISSING, program

WAIT = 1800  # seconds for a download
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
# The parts without windows where the distribution has them, else the usual ones.
COMMANDS = (
    ["apt-get", "update"],
    [*INSTALL, "libreoffice-writer-nogui", "libreoffice-calc-nogui", "fonts-liberation"],
    [*INSTALL, "libreoffice-writer", "libreoffice-calc", "fonts-liberation"],
)


def main() -> int:
    """0 when the program is there (now)."""
    if program() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in COMMANDS:
            if program():
                break
            try:
                subprocess.run(command, timeout=WAIT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - fixed commands
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"{' '.join(command)}: {error}")
    found = program()
    print(f"LibreOffice: {found}" if found else MISSING)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
