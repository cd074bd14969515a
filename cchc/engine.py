"""The process's DuckDB: one read-only connection to the catalog, one cursor a call.

A connection shared by threads hands one thread's rows to another; a cursor does not. So nothing here gives the
connection away: `Engine.cursor()` is the only door.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from cchc import catalog, config


class Engine:
    """One opened catalog. Safe to use from any number of threads.

    `data_version` names the data: equal versions give equal answers, so it is the key of every cache.
    """

    def __init__(self, path: Path) -> None:
        """Opens the catalog read-only. Raises duckdb.Error when it is missing or no catalog."""
        self.path = path
        self._lock = threading.Lock()
        self._connection = duckdb.connect(str(path), read_only=True, config=catalog.SETTINGS)
        try:
            found = self._connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            if found is None:
                raise duckdb.InvalidInputException("catalog without a version")
        except BaseException:
            self._connection.close()
            raise
        self.data_version: str = found[0]

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
        return Engine(ready)
    path = catalog.ensure(config.plan_files(), config.data_dir())
    try:
        return Engine(path)
    except duckdb.Error:
        # Broken or removed between build and opening: it can always be computed again.
        return Engine(catalog.build(config.plan_files(), config.data_dir()))
