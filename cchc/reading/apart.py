"""Reading in processes of their own: a file that takes too long or too much memory, or that breaks a library, ends one
of them, never the program that asked.

`read_apart` is for one file, `ReadingPool.read_many` for many, `picture_apart` for how a page looks. All may be called
from any thread, also within Streamlit: nothing is forked and nobody's main module runs again. A process is kept for the
next file and replaced when it was stopped, has read `process.FILES_EACH` files, has held much memory, or had nothing to
do for five minutes.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from cchc.formats import limits as bounds
from cchc.formats.limits import Limits
from cchc.formats.names import shown_name
from cchc.formats.source import NotAPlan
from cchc.model import Plan
from cchc.reading.process import GoneBefore, Process

log = logging.getLogger("cchc")

NOT_OPENED = f"Không mở được tệp. {bounds.SAFE} Hãy kiểm tra tệp còn ở chỗ cũ và có quyền đọc, rồi thử lại."
CLOSED = f"Chương trình đang dừng nên chưa đọc tệp này. {bounds.SAFE} Hãy nhập lại sau khi chương trình chạy lại."

PICTURE_SECONDS = 30.0  # for one page; somebody is looking at the screen

Key = TypeVar("Key")
Answer = TypeVar("Answer")
Content = bytes | Path | Callable[[], bytes]


def read_apart(data: bytes, name: str, limits: Limits | None = None) -> Plan:
    """`read_plan(data, name)` in another process, within `limits` (default: those of the installation).

    Raises `NotAPlan`, with a message for people, for whatever keeps the file from being read, also a stopped process.
    """
    return _shared().read(data, name, limits)


def picture_apart(data: bytes, page: int, width: int = 1000) -> bytes:
    """A picture (PNG) of a page (from 1) of a PDF or an image file, `width` pixels wide at most, made in another
    process within the limits of the installation, and `PICTURE_SECONDS` at most.

    Raises `NotAPlan`, with a message for people, for whatever keeps the page from being shown.
    """
    return _shared("pictures").picture(data, page, width)


def read_many_apart(files: Iterable[tuple[Key, Content, str]]) -> Iterator[tuple[Key, Plan | NotAPlan]]:
    """`ReadingPool.read_many` with the processes of this program."""
    return _shared().read_many(files)


class ReadingPool:
    """At most `workers` processes that read. Close it or use it as a context manager; its processes also end with the
    program that made them."""

    def __init__(self, workers: int = 2, limits: Limits | None = None) -> None:
        self._limits = limits
        self._size = max(1, workers)
        self._free: queue.LifoQueue[Process | None] = queue.LifoQueue()
        for _ in range(self._size):
            self._free.put(None)  # started when needed
        self._running: set[Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def read(self, data: bytes, name: str, limits: Limits | None = None) -> Plan:
        """The plan of one file; waits for a free process. `name` may be anything (`shown_name`). Raises `NotAPlan`."""
        limits = limits or self._limits or bounds.from_environment()
        return self._ask(len(data), limits, lambda process: process.read(data, shown_name(name), limits))

    def picture(self, data: bytes, page: int, width: int) -> bytes:
        """A picture (PNG) of a page (from 1) of a PDF or an image file; waits for a free process. Raises `NotAPlan`."""
        limits = self._limits or bounds.from_environment()
        limits = replace(limits, seconds=min(limits.seconds, PICTURE_SECONDS))
        name = f"page {page}"  # for the log
        return self._ask(len(data), limits, lambda process: process.picture(data, name, page, width, limits))

    def _ask(self, size: int, limits: Limits, ask: Callable[[Process], Answer]) -> Answer:
        bounds.check_size(size, limits)
        process = self._free.get()
        try:
            while True:
                if process is None or not process.fit():
                    self._end(process)
                    process = None
                    process = self._start()
                try:
                    return ask(process)
                except GoneBefore:
                    continue
        except NotAPlan as refusal:
            if self._closed:
                raise NotAPlan(CLOSED) from refusal
            raise
        finally:
            self._free.put(process)

    def read_many(self, files: Iterable[tuple[Key, Content, str]]) -> Iterator[tuple[Key, Plan | NotAPlan]]:
        """(key, plan or refusal) of each (key, content, name), in the order given, each as soon as it is ready. Content
        is bytes, a path, or a function that gives the bytes; only a few files are held at a time."""
        waiting: deque[tuple[Key, Future[Plan | NotAPlan]]] = deque()
        threads = ThreadPoolExecutor(self._size, thread_name_prefix="reading")
        try:
            for key, content, name in files:
                waiting.append((key, threads.submit(self._outcome, content, name)))
                while waiting and (len(waiting) > 2 * self._size or waiting[0][1].done()):
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:  # also when the caller stops in the middle
            threads.shutdown(wait=False, cancel_futures=True)

    def processes(self) -> list[int]:
        """The ids of the processes that are ready or reading."""
        with self._lock:
            return [process.id for process in self._running if process.fit()]

    def close(self) -> None:
        """Ends all processes, also one that is reading: whoever waits for it gets a `NotAPlan`."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, set()
        for process in running:
            process.end()

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _outcome(self, content: Content, name: str) -> Plan | NotAPlan:
        try:
            if isinstance(content, Path):
                bounds.check_size(content.stat().st_size, self._limits)
                content = content.read_bytes()
            return self.read(content if isinstance(content, bytes) else content(), name)
        except NotAPlan as refusal:
            return refusal
        except OSError:
            log.warning("%r cannot be opened", name, exc_info=True)
            return NotAPlan(NOT_OPENED)
        except Exception:  # one file must not stop the others
            log.exception("%r cannot be read", name)
            return NotAPlan(bounds.FAULT)

    def _start(self) -> Process:
        if self._closed:
            raise NotAPlan(CLOSED)
        process = Process()
        with self._lock:
            closed = self._closed
            if not closed:
                self._running.add(process)
        if closed:
            process.end()
            raise NotAPlan(CLOSED)
        return process

    def _end(self, process: Process | None) -> None:
        if process is not None:
            process.end()
            with self._lock:
                self._running.discard(process)


_making = threading.Lock()


def _shared(use: str = "reading") -> ReadingPool:
    """The pool of this program for a use, made when it is first needed. Pictures have a process of their own: who
    looks at a page does not wait for files being read."""
    with _making:
        return _made(use)


@cache
def _made(use: str) -> ReadingPool:
    pool = ReadingPool(1 if use == "pictures" else 2)
    atexit.register(pool.close)
    return pool
