"""The other side of `cchc.reading.apart`: a process that reads files one by one and answers over its standard output.

Request: 4 bytes length, a JSON object {"name", "size", "limits"}, for a picture of a page also "picture": {"page",
"width"}, then `size` bytes of the file. Answer: one letter and 4 bytes length, then so many bytes: "+" the process is
ready, or this is the plan as JSON or the picture as PNG; "-" a message for people; "!" a fault (its traceback). It ends
when its input ends, when nobody asked for a while, when a file took much memory, when the process that started it is
gone, or when the system stops it.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import struct
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from cchc.formats.limits import NO_PAGE, Limits, use
from cchc.formats.source import NotAPlan

DONE, REFUSED, FAULT = b"+", b"-", b"!"
HEAD = struct.Struct(">cI")
SIZE = struct.Struct(">I")
LEFT, OUT_OF_MEMORY = 75, 76  # exit codes: it went of its own accord, before it took a file; memory ran out
IDLE_SECONDS = 300.0
FOLDER = "cchc-reading-"  # how the folder for its temporary files is named
_WARM = "KẾ HOẠCH\nI. MỤC TIÊU\n- Phấn đấu 90% hồ sơ đúng hạn.\n"
_LOOK_SECONDS = 0.5
_CPU_MARGIN = 10  # seconds; the clock of the asking process comes first, this one counts when that process is gone


def main() -> int:
    """Serves until the input ends."""
    requests, answers = _own_channels()
    watch = _Watch()
    from cchc.reading.plan import read_text_plan

    read_text_plan(_WARM, "")  # what is made at first use is made now
    gc.collect()
    gc.freeze()  # what stays for good is not looked through again with each file
    _answer(answers, DONE, b"")
    watch.rest()
    while len(head := requests.read(SIZE.size)) == SIZE.size:
        watch.asked()
        request = json.loads(requests.read(SIZE.unpack(head)[0]))
        limits = Limits(**request["limits"])
        watch.bound(limits)
        try:
            kind, said = _done(requests.read(request["size"]), request, limits)
        except MemoryError:
            return OUT_OF_MEMORY
        _answer(answers, kind, said)
        if memory_used() * 2 > limits.memory_bytes:
            return LEFT  # what it holds would count against the next file
        watch.rest()
    # The program that asked is gone, and with it who would clear this folder.
    if (folder := Path(tempfile.gettempdir())).name.startswith(FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output as files of this module alone: what a library prints goes to the log, and programs
    started here inherit neither."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _answer(answers: BinaryIO, kind: bytes, said: bytes) -> None:
    answers.write(HEAD.pack(kind, len(said)))
    answers.write(said)
    answers.flush()


def _done(data: bytes, request: dict[str, Any], limits: Limits) -> tuple[bytes, bytes]:
    from cchc.formats.pdf import page_image
    from cchc.reading.plan import read_plan

    picture = request.get("picture")
    try:
        with use(limits):
            if picture:
                return DONE, page_image(data, picture["page"], picture["width"])
            return DONE, read_plan(data, request["name"]).model_dump_json(by_alias=True).encode()
    except NotAPlan as refusal:
        return REFUSED, str(refusal).encode("utf-8", "replace")
    except MemoryError:
        raise
    except Exception as error:  # a fault of the reader: the asking process writes it to the log
        if picture and isinstance(error, IndexError) and error.args == (picture["page"],):
            return REFUSED, NO_PAGE.format(page=picture["page"]).encode()
        return FAULT, traceback.format_exc().encode("utf-8", "replace")


class _Watch:
    """Ends this process, and on POSIX the programs it started, when it is no longer wanted or takes too much memory."""

    def __init__(self) -> None:
        self._parent = os.getppid()
        self._idle_since: float | None = None
        self._memory = 0
        threading.Thread(target=self._look, daemon=True).start()

    def asked(self) -> None:
        self._idle_since = None

    def rest(self) -> None:
        self._idle_since = time.monotonic()

    def bound(self, limits: Limits) -> None:
        """Sets the system's own bounds where it has them; where it has none for memory, this watch looks itself."""
        try:
            import resource
        except ImportError:  # Windows
            self._memory = limits.memory_bytes
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + _CPU_MARGIN)
        if sys.platform == "linux":
            # Memory of its own, not what it maps: the office suite maps gigabytes it never touches.
            _lower(resource.RLIMIT_DATA, limits.memory_bytes)
        else:
            self._memory = limits.memory_bytes

    def _look(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)  # a thread of its own that only watches: nobody waits for it
            if os.name == "posix" and os.getppid() != self._parent:
                os.killpg(0, signal.SIGKILL)
            since = self._idle_since
            if since is not None and time.monotonic() - since > IDLE_SECONDS:
                os._exit(LEFT)
            if self._memory and memory_used() > self._memory:
                os._exit(OUT_OF_MEMORY)  # its programs are ended by the asking process


def _lower(which: int, value: int) -> None:
    """The soft bound, as far as the hard one allows; it holds for programs started from here as well."""
    import resource

    hard = resource.getrlimit(which)[1]
    resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def memory_used() -> int:
    """The most memory this process has held so far, in bytes."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
                (name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "page_file", "peak_page_file")
            ]

        counters = Counters()
        counters.cb = ctypes.sizeof(counters)
        process = ctypes.windll.kernel32.GetCurrentProcess()
        ctypes.windll.psapi.GetProcessMemoryInfo(wintypes.HANDLE(process), ctypes.byref(counters), counters.cb)
        return int(counters.peak)
    if sys.platform == "linux":
        # What getrusage tells there begins with the memory of the program that started this one.
        told = Path("/proc/self/status").read_text("ascii", "replace")
        return int(told.split("VmHWM:", 1)[1].split(None, 1)[0]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
