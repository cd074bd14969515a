"""The process's DuckDB: one read-only connection to the catalog, one cursor a call; and the facts recorded beside it.

A connection shared by threads hands one thread's rows to another; a cursor does not. So nothing here gives the
connection away: `Engine.cursor()` is the only door.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import duckdb
import pandas as pd

from cchc import catalog, config, library, office
from cchc.entries import Entry
from cchc.facts import Facts
from cchc.ledger import Ledger, LedgerError

log = logging.getLogger("cchc")


class Recorded(Protocol):
    """What was recorded about the items (cchc.progress.Progress)."""

    @property
    def version(self) -> str: ...

    @property
    def is_demo(self) -> bool: ...

    def facts(self, as_of: dt.date) -> Mapping[str, Facts]: ...

    def answers(self) -> tuple[Entry, ...]: ...


class Engine:
    """One opened catalog, and what was recorded about its items. Safe to use from any number of threads.

    `data_version` names the data: equal versions give equal answers, so it is the key of every cache.
    `catalog_version` names the documents alone.
    """

    def __init__(self, path: Path, recorded: Recorded | Callable[[], Recorded] | None = None) -> None:
        """Opens the catalog read-only. `recorded` is where facts come from (a function is asked each time; None:
        nothing is recorded). Raises duckdb.Error when the catalog is missing or none."""
        self.path = path
        self._recorded = recorded
        self._lock = threading.Lock()
        self._connection = duckdb.connect(str(path), read_only=True, config=catalog.SETTINGS)
        try:
            found = self._connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            if found is None:
                raise duckdb.InvalidInputException("catalog without a version")
        except BaseException:
            self._connection.close()
            raise
        self.catalog_version: str = found[0]

    @property
    def recorded(self) -> Recorded | None:
        """Where facts come from; None when nothing is recorded. Raises LedgerError when it cannot be opened."""
        return self._recorded() if callable(self._recorded) else self._recorded

    @property
    def data_version(self) -> str:
        """The catalog's hash and, with a ledger, its state as last read."""
        found = self.recorded
        return self.catalog_version if found is None else f"{self.catalog_version}.{found.version}"

    @property
    def is_demo(self) -> bool:
        """Whether the facts are made up."""
        found = self.recorded
        return found is not None and found.is_demo

    def facts(self, as_of: dt.date) -> Mapping[str, Facts]:
        """What is known of the items on a day; items without entries are missing."""
        found = self.recorded
        return {} if found is None else found.facts(as_of)

    def answers(self) -> tuple[Entry, ...]:
        """The entries that answer criteria of scores by hand, with their corrections, oldest first."""
        found = self.recorded
        return () if found is None else found.answers()

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one call; closed afterwards."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def frame(self, sql: str, params: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows of one query."""
        with self.cursor() as cursor:
            return cursor.execute(sql, list(params)).df()

    def close(self) -> None:
        """Closes the catalog; only for tests and tools, the server keeps its engine."""
        with self._lock:
            self._connection.close()


_guard = threading.Lock()
_engine: Engine | None = None
_shows: _Shown | None = None  # what the opened catalog was made of
_one_build = threading.Lock()
_building: threading.Thread | None = None
_failed_at = -1e9  # when following failed last, by time.monotonic
_RETRY_SECONDS = 60.0


def get_engine() -> Engine:
    """The process's engine, opened on the first call.

    Builds the catalog when it is missing or when documents, reader or reference data have changed since it was built.
    Files of the plans folder are looked at on the first call only (`refresh` looks again); documents and corrections
    recorded since are followed: their catalog is built beside the one in use, which is shown until then. Raises OSError
    when the data folder cannot be written, LedgerError when the ledger could never be read, and duckdb.Error when
    CCHC_CATALOG names no catalog.
    """
    with _guard:
        if _engine is None or _other_ledger():
            return _change()
        if _is_behind():
            _follow()
        return _engine


def refresh() -> bool:
    """Look again whether documents have changed, and wait for their catalog; True when a new one was opened. Calls
    under way finish on the old one."""
    _build()
    with _guard:
        before = _engine
        return _change() is not before


def prepare(ledger: Ledger, before: library.Library | None = None) -> None:
    """Builds the catalog of the documents as the ledger has them now, if it is not there, and opens nothing: for a
    command that ends afterwards. `before` are the documents as they were, where that is known. Raises OSError or
    LedgerError."""
    if config.catalog_file() is None:
        catalog.ensure(library.recorded(ledger, before), config.data_dir())


class _Shown(NamedTuple):
    ledger: str
    seq: int  # of the latest entry about documents

    @classmethod
    def now(cls) -> _Shown | None:
        """What the ledger in use says of documents as last read; None for a ready catalog, which follows nothing."""
        return None if config.catalog_file() is not None else cls(*office.get_progress().documents_version)


def _other_ledger() -> bool:
    """Whether another ledger is in use now (real or demonstration): its documents must not be shown for a moment."""
    now = _Shown.now()
    return now is not None and _shows is not None and now.ledger != _shows.ledger


def _is_behind() -> bool:
    try:
        return _Shown.now() != _shows
    except LedgerError:
        return False


def _build() -> None:
    """Builds the catalog of the documents as they are now, if it is not there; others go on asking the one in use."""
    if config.catalog_file() is None:
        with _one_build:
            catalog.ensure(library.current(), config.data_dir())


def _change() -> Engine:
    """Opens the catalog of the documents as they are now, if it is another; under the guard."""
    global _engine, _shows
    shows = _Shown.now()
    ready = config.catalog_file()
    shelf = None if ready else library.current()
    path = ready or catalog.path_of(catalog.version(shelf or ()), config.data_dir())
    if _engine is not None and _engine.path == path:
        _shows = shows
        return _engine
    # The old engine is not closed here: other threads may be reading from it. It goes when the last of them lets go.
    _engine = _open(shelf, path)
    _shows = shows
    return _engine


def _open(shelf: library.Library | None, path: Path) -> Engine:
    if shelf is None:
        return Engine(path, office.get_progress)
    if not path.is_file():
        path = catalog.build(shelf, config.data_dir())
    try:
        return Engine(path, office.get_progress)
    except duckdb.Error:
        # Broken or removed between build and opening: it can always be computed again.
        return Engine(catalog.build(shelf, config.data_dir()), office.get_progress)


def _follow() -> None:
    """Builds the catalog of what was recorded meanwhile in a thread of its own; under the guard."""
    global _building
    waits = time.monotonic() < _failed_at + _RETRY_SECONDS
    if not waits and (_building is None or not _building.is_alive()):
        _building = threading.Thread(target=_catch_up, name="catalog", daemon=True)
        _building.start()


def _catch_up() -> None:
    global _failed_at
    try:
        _build()
        with _guard:
            _change()
    except Exception:
        _failed_at = time.monotonic()
        log.exception("the catalog of new documents cannot be built; the one before stays")
