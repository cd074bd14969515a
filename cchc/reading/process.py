"""One process that reads files, seen from the program that asks: start it, talk to it within a time, end it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from cchc.formats import limits as bounds
from cchc.formats.limits import Limits
from cchc.formats.source import NotAPlan
from cchc.model import Plan
from cchc.reading import worker as protocol

log = logging.getLogger("cchc")

FILES_EACH = 2000  # a process reads so many files; whatever a library leaks goes with it
START_SECONDS = 60.0
_END_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[2]
_CODE = "import os, sys; sys.path.insert(0, sys.argv[1]); from cchc.reading.worker import main; os._exit(main())"

Answer = tuple[bytes, bytes] | None  # kind and content; None when the process ended instead of answering


class GoneBefore(Exception):
    """The process ended itself before it took the file."""


class Process:
    """A process that reads one file at a time; to be used by one thread at a time, `end` by any."""

    def __init__(self) -> None:
        """Starts it, with all that reading needs loaded (about half a second). Raises `NotAPlan` when it cannot be."""
        self._folder = tempfile.mkdtemp(prefix=protocol.FOLDER)  # what is left there when it is ended goes with it
        own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder)
        try:
            # -P: nothing is imported from the folder the program happens to run in.
            self._popen = subprocess.Popen(  # noqa: S603 - our own code
                [sys.executable, "-P", "-c", _CODE, str(_ROOT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env={**os.environ, **own}, start_new_session=os.name == "posix",
            )  # fmt: skip
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            log.exception("no process for reading could be started")
            raise NotAPlan(bounds.NOT_STARTED) from error
        assert self._popen.stdin is not None and self._popen.stdout is not None  # noqa: S101 - pipes were asked for
        self._to: IO[bytes] = self._popen.stdin
        self._from: IO[bytes] = self._popen.stdout
        self.id = self._popen.pid
        self._files = 0
        self._ended = False
        self._lock = threading.Lock()
        try:
            ready = self._within(START_SECONDS, self._receive)
        except TimeoutError:
            ready = None
        except BaseException:
            self.end()
            raise
        if ready is None:
            log.error("the process for reading did not start (exit code %s)", self.end())
            raise NotAPlan(bounds.NOT_STARTED)

    def fit(self) -> bool:
        """Whether it can take another file."""
        return not self._ended and self._files < FILES_EACH and self._popen.poll() is None

    def read(self, data: bytes, name: str, limits: Limits) -> Plan:
        """The plan of a file. Raises `NotAPlan`, and `GoneBefore` when another process should be asked."""
        return Plan.model_validate_json(self._ask({}, data, name, limits))

    def picture(self, data: bytes, name: str, page: int, width: int, limits: Limits) -> bytes:
        """A picture (PNG) of a page (from 1), `width` pixels wide at most. Raises as `read` does."""
        return self._ask({"picture": {"page": page, "width": width}}, data, name, limits)

    def _ask(self, work: dict[str, Any], data: bytes, name: str, limits: Limits) -> bytes:
        self._files += 1
        told = {"name": name, "size": len(data), "limits": asdict(limits), **work}
        request = json.dumps(told).encode()

        def exchange() -> Answer:
            self._to.write(protocol.SIZE.pack(len(request)) + request)
            self._to.write(data)
            self._to.flush()
            return self._receive()

        try:
            answer = self._within(limits.seconds, exchange)
        except TimeoutError as error:
            log.warning("%r took more than %s s; its process was stopped", name, limits.seconds)
            self.end()
            raise NotAPlan(bounds.TOO_LONG.format(seconds=f"{limits.seconds:.0f}")) from error
        except BaseException:  # whoever waits is stopped (Ctrl+C): an answer that comes late must meet nobody
            self.end()
            raise
        if answer is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(_END_SECONDS)  # it is about to end, with a code that tells why
            code = self.end()
            if code == protocol.LEFT:
                raise GoneBefore
            log.error("the process that read %r ended with exit code %s", name, code)
            raise NotAPlan(_said_of(code, limits))
        kind, said = answer
        if kind == protocol.DONE:
            return said
        if kind == protocol.REFUSED:
            raise NotAPlan(said.decode())
        log.error("%r cannot be read:\n%s", name, said.decode())
        raise NotAPlan(bounds.FAULT)

    def end(self) -> int | None:
        """Ends it with all programs it started; returns its exit code, None when it does not go."""
        with self._lock:
            # Once only, and before its id is free for others.
            if not self._ended:
                self._ended = True
                self._kill()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._popen.wait(_END_SECONDS)
                self._talk.join(_END_SECONDS)
                if not self._talk.is_alive():
                    for channel in (self._to, self._from):
                        with contextlib.suppress(OSError):
                            channel.close()
                shutil.rmtree(self._folder, ignore_errors=True)
            return self._popen.poll()

    def _kill(self) -> None:
        if os.name == "posix":
            # The office suite is started as a group of its own: looked up before the process it came from is gone.
            for group in [*_groups_below(self.id), self.id]:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)
        else:
            command = ["taskkill", "/T", "/F", "/PID", str(self.id)]
            with contextlib.suppress(OSError):
                subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a fixed command

    def _within(self, seconds: float, talk: Callable[[], Answer]) -> Answer:
        """What `talk` returns, None when the channel broke. Raises TimeoutError; the caller then ends the process, by
        which `talk` ends too."""
        came: queue.SimpleQueue[Answer] = queue.SimpleQueue()

        def run() -> None:
            try:
                came.put(talk())
            except (OSError, ValueError):
                came.put(None)

        self._talk = threading.Thread(target=run, daemon=True)
        self._talk.start()
        try:
            return came.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None

    def _receive(self) -> Answer:
        head = self._from.read(protocol.HEAD.size)
        if len(head) < protocol.HEAD.size:
            return None
        kind, length = protocol.HEAD.unpack(head)
        said = self._from.read(length)
        return (kind, said) if len(said) == length else None


def _groups_below(pid: int) -> set[int]:
    """Groups of processes that come from `pid`, other than its own, where the system tells (Linux)."""
    below: dict[int, list[tuple[int, int]]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent, group = map(int, path.read_text("ascii", "replace").rpartition(")")[2].split()[1:3])
            below.setdefault(parent, []).append((int(path.parent.name), group))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        for child, group in below.get(waiting.pop(), []):
            waiting.append(child)
            found.add(group)
    return found - {pid, os.getpgrp()}


def _said_of(code: int | None, limits: Limits) -> str:
    """What people read when a process ended with this exit code instead of answering."""
    if os.name == "posix" and code == -signal.SIGXCPU:
        return bounds.TOO_LONG.format(seconds=f"{limits.seconds:.0f}")
    # The system itself stops a process so only where memory runs out.
    if code == protocol.OUT_OF_MEMORY or (os.name == "posix" and code == -signal.SIGKILL):
        return bounds.TOO_MUCH_MEMORY
    return bounds.CRASHED
