"""The process's DuckDB: one read-only connection to the catalog, one cursor a call; and the facts recorded beside it.

A connection shared by threads hands one thread's rows to another; a cursor does not. So nothing here gives the
connection away: `Engine.cursor()` is the only door.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pandas as pd

from cchc import catalog, config, office
from cchc.entries import Entry
from cchc.facts import Facts


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


def get_engine() -> Engine:
    """The process's engine, opened on the first call.

    Builds the catalog when it is missing or when documents, reader or reference data have changed since it was built;
    that is looked at on the first call only (`refresh` looks again). Raises OSError when the data folder cannot be
    written and duckdb.Error when CCHC_CATALOG names no catalog.
    """
    global _engine
    with _guard:
        if _engine is None:
            _engine = _open()
        return _engine


def refresh() -> bool:
    """Look again whether documents have changed; True when a new catalog was opened. Calls under way finish on the old
    one."""
    global _engine
    with _guard:
        if _engine is not None and _engine.path == _path():
            return False
        # The old engine is not closed here: other threads may be reading from it. It goes when the last of them lets
        # go.
        _engine = _open()
        return True


def _path() -> Path:
    ready = config.catalog_file()
    return ready or catalog.path_of(catalog.version(config.plan_files()), config.data_dir())


def _open() -> Engine:
    ready = config.catalog_file()
    if ready is not None:
        return Engine(ready, office.get_progress)
    path = catalog.ensure(config.plan_files(), config.data_dir())
    try:
        return Engine(path, office.get_progress)
    except duckdb.Error:
        # Broken or removed between build and opening: it can always be computed again.
        return Engine(catalog.build(config.plan_files(), config.data_dir()), office.get_progress)
