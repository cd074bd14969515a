"""Files read while the page stays in use: how far it is, the end, and leaving in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from cchc.formats import NotAPlan
from cchc.import_reading import FileReading
from cchc.importing import Incoming
from cchc.library import Library
from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reads import Reads
from tests.imported_plans import data

WAIT = 30.0
FILES = [Incoming(f"tep-{n}.txt", data(number=n)) for n in range(1, 5)]


class Reader:
    """Reads one file each time it is let."""

    def __init__(self) -> None:
        self.let = threading.Semaphore(0)
        self.taken = threading.Semaphore(0)
        self.read: list[str] = []

    def many(self, files: Iterable[tuple[str, Callable[[], bytes], str]]) -> Iterator[tuple[str, Plan | NotAPlan]]:
        for key, load, name in files:
            content = load()
            self.taken.release()
            assert self.let.acquire(timeout=WAIT)
            self.read.append(name)
            yield key, read_plan(content, name)


def reading(folder: Path, reader: Reader) -> FileReading:
    made = FileReading(Library((), Reads(folder, read_many=reader.many)), FILES)
    made.start()
    assert reader.taken.acquire(timeout=WAIT)
    return made


def test_it_tells_how_far_it_is_and_what_it_reads(tmp_path: Path) -> None:
    reader = Reader()
    made = reading(tmp_path, reader)
    assert (made.far(), made.ended, made.lot) == ((0, ["tep-1.txt"]), False, None)
    reader.let.release()
    assert reader.taken.acquire(timeout=WAIT)
    assert made.far() == (1, ["tep-2.txt"])
    reader.let.release(9)
    assert made.wait(WAIT)
    assert made.lot is not None
    assert [one.name for one in made.lot] == [one.name for one in FILES]
    assert (made.far(), made.failed) == ((4, []), False)


def test_who_leaves_ends_it_after_the_file_in_hand(tmp_path: Path) -> None:
    reader = Reader()
    made = reading(tmp_path, reader)
    made.stop()
    reader.let.release(9)
    assert made.wait(WAIT)
    assert (reader.read, made.lot, made.failed) == (["tep-1.txt"], None, False)


def test_a_fault_of_the_program_ends_it_and_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Reader):
        def many(self, files: object) -> Iterator[tuple[str, Plan | NotAPlan]]:
            raise RuntimeError("broken")
            yield

    made = FileReading(Library((), Reads(tmp_path, read_many=Broken().many)), FILES)
    made.start()
    assert made.wait(WAIT)
    assert (made.failed, made.lot) == (True, None)
    assert "cannot be read" in caplog.text
