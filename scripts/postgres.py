"""Looks for PostgreSQL's server programs, which the tests of the ledger start themselves; installs them when they are
missing (only as root, where apt-get exists). Prints what could not be had, and exits with 1 then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.postgres_server import MISSING, programs

WAIT = 900  # seconds for a download
COMMANDS = (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"])


def main() -> int:
    """0 when the programs are there (now)."""
    if programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in COMMANDS:
            try:
                subprocess.run(command, timeout=WAIT, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - fixed commands
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"{' '.join(command)}: {error}")
    found = programs()
    print(f"PostgreSQL: {found}" if found else MISSING)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
