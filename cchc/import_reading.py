"""Files that are being read while the page stays in use: in a thread of its own, which tells how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from cchc import importing
from cchc.importing import Examined, Incoming, Step
from cchc.library import Library

log = logging.getLogger("cchc")


class _Stopped(Exception):
    """Nobody waits for the files any more."""


class FileReading:
    """The reading of some files. Nothing is recorded by it: who leaves in the middle leaves nothing behind."""

    def __init__(self, library: Library, files: Sequence[Incoming]) -> None:
        """`library` is used by the reading alone."""
        self.total = len(files)
        self.lot: tuple[Examined, ...] | None = None  # what the files are, once all are read
        self.failed = False
        self._library, self._files = library, tuple(files)
        self._done: set[int] = set()
        self._under_way: dict[int, str] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the files that are being read this moment; what they are is not told."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within this time."""
        self._thread.join(seconds)
        return self.ended

    @property
    def ended(self) -> bool:
        """Whether `lot` is there, or never will be."""
        return not self._thread.is_alive()

    def far(self) -> tuple[int, list[str]]:
        """How many files are done, and the names of those being read, the first taken up first."""
        with self._lock:
            return len(self._done), list(self._under_way.values())

    def _step(self, step: Step) -> None:
        with self._lock:
            if step.stage == "read":
                self._under_way[step.n] = step.name
            else:
                self._done.add(step.n)
                self._under_way.pop(step.n, None)
        if step.stage == "done" and self._stop.is_set():
            raise _Stopped

    def _run(self) -> None:
        try:
            lot = tuple(importing.examine(self._library, self._files, self._step))
        except _Stopped:
            return
        except Exception:
            log.exception("files dropped on the page cannot be read")
            self.failed = True
            return
        self.lot = lot
