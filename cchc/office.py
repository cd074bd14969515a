"""What this process knows of the office: its ledger, the progress read from it, the items, and whether all of it is a
demonstration. Knows nothing of Streamlit.

Real entries and those of a demonstration lie in ledgers of their own; which one is shown is decided here and nowhere
else: by CCHC_DEMO=1, or by the mark that `set_demo` leaves in the data folder.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.engine import URL

from cchc import config
from cchc.entries import Entry
from cchc.ledger import Ledger, LedgerError, LedgerKind, default_url
from cchc.progress import Progress

if TYPE_CHECKING:
    from cchc.items import KnownItem

MARK = "demo-mode"  # a file of this name in the data folder: the demonstration is shown
NOT_EMPTY = "Đã có số liệu thật nên không chuyển sang số liệu minh họa."
GONE = "Tệp sổ ghi nhận không còn ở chỗ cũ. Hãy đưa tệp trở lại, hoặc khởi động lại chương trình để lập sổ mới."


class _Open(NamedTuple):
    """An opened ledger. `place` tells when another one is meant (the environment changed), `file` when another file
    lies there (a demonstration made anew, a backup put back): who holds a replaced file open reads the old one."""

    place: str
    file: tuple[int, int] | None
    ledger: Ledger
    progress: Progress


_guard = threading.Lock()
_opened: dict[LedgerKind, _Open] = {}
_items: tuple[str, dict[str, KnownItem]] | None = None
_problem = ""


def is_demo() -> bool:
    """Whether what is shown and recorded is a demonstration."""
    return os.environ.get("CCHC_DEMO", "").strip() == "1" or (config.data_dir() / MARK).exists()


def ledger_kind() -> LedgerKind:
    """Which ledger is in use."""
    return "demo" if is_demo() else "real"


def is_trial() -> bool:
    """Whether it is a demonstration that everybody may read: who is not known yet may explore it then."""
    return is_demo() and config.reading_is_open()


def set_demo(on: bool) -> None:
    """Shows the demonstration from now on, or real data again. Raises LedgerError when there are real entries already,
    or none can be told: who records real results must never find a demonstration in their place."""
    mark = config.data_dir() / MARK
    if not on:
        mark.unlink(missing_ok=True)
        return
    if not is_empty():
        raise LedgerError(NOT_EMPTY)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def forget(kind: LedgerKind) -> None:
    """Closes a ledger whose file was made anew; the next question opens the new one."""
    with _guard:
        found = _opened.pop(kind, None)
    if found is not None:
        found.ledger.close()


def is_empty() -> bool:
    """Whether nothing real was ever recorded (people and their rights count as recorded)."""
    return _open("real").ledger.last_seq() == 0


def get_ledger() -> Ledger:
    """The ledger in use, opened on the first call. Raises LedgerError when it cannot be opened."""
    return _open(ledger_kind()).ledger


def get_progress() -> Progress:
    """The progress of the ledger in use as last read (`refresh`). Raises LedgerError when it could never be read."""
    return _open(ledger_kind()).progress


def real_people() -> tuple[Entry, ...]:
    """The entries about people of the real ledger, also while a demonstration is shown. Raises LedgerError."""
    if not is_demo():
        return get_progress().people()
    progress = _open("real").progress  # `refresh` follows the demonstration only
    progress.pull()
    return progress.people()


def refresh() -> str:
    """Reads what was recorded meanwhile; once a run of a page or an answer of a route. Returns a sentence in Vietnamese
    when it could not be read now and older data are shown, else "". Raises LedgerError when there are no older data."""
    global _problem
    progress = get_progress()
    try:
        progress.pull()
        _problem = ""
    except LedgerError as error:
        _problem = f"{error} Số liệu đang hiện là số liệu đọc được lần gần nhất."
    return _problem


def _open(kind: LedgerKind) -> _Open:
    url = default_url(kind)
    place = url.render_as_string(hide_password=False)
    found = _opened.get(kind)
    if found is not None and (found.place, found.file) == (place, _file(url)):
        return found
    with _guard:
        found, file = _opened.get(kind), _file(url)
        if found is not None and (found.place, found.file) == (place, file):
            return found
        if found is not None:
            if found.place == place and file is None:
                raise LedgerError(GONE)  # an empty new one in its place would show everything as never reported
            del _opened[kind]
            found.ledger.close()
        try:
            ledger = Ledger(kind=kind)
        except OSError as error:
            raise LedgerError("Không mở được sổ ghi nhận trong thư mục dữ liệu.") from error
        progress = Progress(ledger)
        try:
            progress.pull()
        except BaseException:
            ledger.close()
            raise
        found = _opened[kind] = _Open(place, file or _file(url), ledger, progress)
        return found


def _file(url: URL) -> tuple[int, int] | None:
    """Which file lies where a ledger's file should be; None when there is none, or the ledger is no file."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    try:
        found = Path(url.database).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def known_items() -> Mapping[str, KnownItem]:
    """The items of all documents by id, led by whom they were given to (as of today and the last `refresh`)."""
    from cchc.items import as_assigned

    found = document_items()
    try:
        facts = get_progress().facts(config.today())
    except LedgerError:
        return found  # the pages say that it cannot be read
    given = {i: as_assigned(found[i], f) for i, f in facts.items() if f.agency and i in found}
    return {**found, **given} if given else found


def document_items() -> Mapping[str, KnownItem]:
    """The items by id as the documents have them, kept until the documents change: what `recording.save`, scores and
    reminders take, which know themselves to whom an item was given on a day."""
    from cchc.engine import get_engine  # the engine stands above this module: it shows this progress
    from cchc.items import from_catalog

    global _items
    engine = get_engine()
    kept = _items
    if kept is None or kept[0] != engine.catalog_version:
        kept = _items = (engine.catalog_version, {item.id: item for item in from_catalog(engine)})
    return kept[1]


def data_version() -> str:
    """The catalog's hash and the state of the ledger as last read: the key of every cache."""
    from cchc.engine import get_engine

    return get_engine().data_version
