"""Looks for Tesseract and its Vietnamese data, with which the tests read scans; installs what is missing (only as
root, where apt-get exists). Prints what could not be had, and exits with 1 then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cchc.formats.ocr import has_vietnamese, program

WAIT = 1800  # seconds for a download
PACKAGES = ["tesseract-ocr", "tesseract-ocr-vie", "tesseract-ocr-osd"]
COMMANDS = (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES])
MISSING = f"Tesseract with Vietnamese data was not found: install {' '.join(PACKAGES)} (as Debian calls them)."


def main() -> int:
    """0 when the program and its Vietnamese data are there (now)."""
    if not has_vietnamese() and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in COMMANDS:
            try:
                subprocess.run(command, timeout=WAIT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"{' '.join(command)}: {error}")
    print(f"Tesseract: {program()}" if has_vietnamese() else MISSING)
    return 0 if has_vietnamese() else 1


if __name__ == "__main__":
    sys.exit(main())
