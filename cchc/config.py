"""Where things lie and what day it is. Everything that differs between two installations is read here, from the
environment.

CCHC_DATA     folder for what the program writes (default: `var/` in the program's folder)
CCHC_PLANS    folder with the documents to read (default: `data/plans/` in the program's folder)
CCHC_CATALOG  a ready catalog file to open as it is, without reading any document (default: none)
CCHC_READ     who may read: `open` (everybody who reaches the pages, the default) or `signin`
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Viet Nam has one time zone and no daylight saving; a server's own zone (often UTC) must not change the reporting date.
VIETNAM = dt.timezone(dt.timedelta(hours=7), "ICT")


def _folder(name: str, default: Path) -> Path:
    given = os.environ.get(name, "").strip()
    return Path(given).expanduser() if given else default


def data_dir() -> Path:
    """The folder the program writes to. It need not exist yet."""
    return _folder("CCHC_DATA", ROOT / "var")


def plans_dir() -> Path:
    """The folder whose documents are read."""
    return _folder("CCHC_PLANS", ROOT / "data" / "plans")


def catalog_file() -> Path | None:
    """The ready catalog named by CCHC_CATALOG; None when the catalog is to be built from the documents."""
    given = os.environ.get("CCHC_CATALOG", "").strip()
    return Path(given).expanduser() if given else None


def plan_files() -> tuple[Path, ...]:
    """The documents in `plans_dir()`, by name. Empty when the folder is missing.

    Hidden files and the lock files of office programs (~$...) are no documents.
    """
    folder = plans_dir()
    if not folder.is_dir():
        return ()
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~"))))


def reading_is_open() -> bool:
    """Whether reading needs no sign-in. A value that is not understood closes rather than opens."""
    return os.environ.get("CCHC_READ", "").strip().lower() in ("", "open")


def today() -> dt.date:
    """Today's date in Viet Nam."""
    return dt.datetime.now(VIETNAM).date()
