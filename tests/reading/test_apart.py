"""Reading in another process: whatever a file does to it, who asked goes on and has a message for people."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from cchc.formats import NotAPlan
from cchc.formats import limits as bounds
from cchc.formats.limits import Limits
from cchc.formats.pdf import page_image
from cchc.model import Plan
from cchc.reading import apart, process, read_plan, worker
from cchc.reading.apart import ReadingPool
from tests.formats.raw_pdf import Letters, pdf, text_at

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "data" / "plans").glob("*.txt"))
GOOD = PLANS[0].read_bytes()

# A reader that does what the name of the file says, in place of the real one. Its sleeps are the fault under test: a
# reader that hangs; the limit of time ends it.
BAD_READER = """
import ctypes, os, subprocess, sys, time
sys.path.insert(0, sys.argv[1])
from cchc.reading import plan, worker
real = plan.read_plan

def read_plan(data, name):
    if name == "treo": time.sleep(600)
    if name == "quay":
        while True: pass
    if name == "nho": kept = [bytearray(50_000_000) for _ in range(1000)]
    if name == "sap": ctypes.string_at(0)
    if name == "thoat": os._exit(3)
    if name == "diet": os.kill(os.getpid(), 9)
    if name == "cpu": os.kill(os.getpid(), 24)
    if name == "loi": raise RuntimeError("a fault")
    if name == "noi":
        print("a library prints"); sys.stdout.flush(); os.write(1, b"+ and writes")
    if name == "phinh": kept = bytearray(250_000_000)
    if name.startswith("con:"):
        import tempfile
        left = tempfile.mkdtemp()
        own = subprocess.Popen(["sleep", "600"], start_new_session=True)  # as the office suite is started
        child = subprocess.Popen(["sleep", "600"])
        with open(name[4:], "w") as note: print(own.pid, child.pid, left, file=note)
        time.sleep(600)
    return real(data, name)

plan.read_plan = read_plan
sys.exit(worker.main())
"""


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingPool]:
    """A pool whose processes misbehave when a file's name asks for it."""
    monkeypatch.setattr(process, "_CODE", BAD_READER)
    # a name is shown without its path; these names carry one
    monkeypatch.setattr(apart, "shown_name", lambda name: name)
    with ReadingPool(2, Limits(seconds=3, memory_bytes=400_000_000)) as pool:
        yield pool


@pytest.fixture
def patient(bad: ReadingPool) -> Iterator[ReadingPool]:
    """The same with time enough on a busy machine, for faults that are not about time."""
    with ReadingPool(2, Limits(seconds=60, memory_bytes=400_000_000)) as pool:
        yield pool


@pytest.fixture(scope="module")
def good() -> Plan:
    """What a reader that is whole reads in `GOOD`, named a.txt."""
    return read_plan(GOOD, "a.txt")


def refused(pool: ReadingPool, name: str, data: bytes = GOOD) -> str:
    with pytest.raises(NotAPlan) as refusal:
        pool.read(data, name)
    return str(refusal.value)


def test_the_plan_is_the_same_as_without_a_process() -> None:
    for path in PLANS:
        assert apart.read_apart(path.read_bytes(), path.name) == read_plan(path.read_bytes(), path.name)


# RLIMIT_DATA and the numbers of signals differ elsewhere; docs/limits.md says what is not tested there.
@pytest.mark.skipif(sys.platform != "linux", reason="signals and limits as Linux has them")
@pytest.mark.parametrize("name", ["treo", "quay"])
def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(bad: ReadingPool, good: Plan, name: str) -> None:
    began = time.monotonic()
    assert refused(bad, name) == bounds.TOO_LONG.format(seconds=3)
    assert time.monotonic() - began < 20
    assert bad.read(GOOD, "a.txt") == good


BREAKING = {
    "cpu": bounds.TOO_LONG.format(seconds=60),
    "nho": bounds.TOO_MUCH_MEMORY,
    "diet": bounds.TOO_MUCH_MEMORY,
    "sap": bounds.CRASHED,
    "thoat": bounds.CRASHED,
    "loi": bounds.FAULT,
}


@pytest.mark.skipif(sys.platform != "linux", reason="signals and limits as Linux has them")
def test_a_file_that_breaks_the_reader_is_refused_and_the_next_is_read(patient: ReadingPool, good: Plan) -> None:
    """Each of these meets a process that lives and has just read a good file: none is taken for the one before."""
    assert patient.read(GOOD, "a.txt") == good
    said = {}
    for name in BREAKING:
        (reading,) = patient.processes()
        assert alive(reading), name
        said[name] = refused(patient, name)
        assert name == "loi" or not alive(reading), name
        assert patient.read(GOOD, "a.txt") == good, name
    assert said == BREAKING


@pytest.mark.parametrize("message", [v for k, v in vars(bounds).items() if k.isupper() and isinstance(v, str)])
def test_messages_say_what_is_safe_and_what_to_do(message: str) -> None:
    assert bounds.SAFE in message
    if message != bounds.SAFE:
        assert "Hãy" in message
        assert message.endswith(".")


def test_programs_started_by_the_reader_end_with_it(bad: ReadingPool, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("process groups are of POSIX")
    note = tmp_path / "pid"
    assert refused(bad, f"con:{note}") == bounds.TOO_LONG.format(seconds=3)
    *pids, left = note.read_text().split()
    until = time.monotonic() + 5
    while any(alive(int(pid)) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)  # the system takes a moment to end them; five seconds at most
    assert len(pids) == 2 and not any(alive(int(pid)) for pid in pids)
    assert not Path(left).exists()


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def test_what_a_library_prints_is_no_answer(patient: ReadingPool, good: Plan) -> None:
    assert patient.read(GOOD, "noi").targets == good.targets


def test_a_process_that_held_much_memory_is_replaced(patient: ReadingPool) -> None:
    patient.read(GOOD, "a.txt")
    (first,) = patient.processes()
    patient.read(GOOD, "phinh")
    patient.read(GOOD, "a.txt")
    (second,) = patient.processes()
    assert first != second


# /proc tells a process's own memory on Linux alone.
@pytest.mark.skipif(sys.platform != "linux", reason="the system tells it otherwise elsewhere")
def test_memory_of_the_program_that_asks_is_not_that_of_the_process() -> None:
    held = bytearray(700_000_000)
    with ReadingPool(1) as pool:
        pool.read(GOOD, "a.txt")
        first = pool.processes()
        pool.read(GOOD, "a.txt")
        assert first and pool.processes() == first
    del held


def test_a_process_is_kept_for_the_next_file_and_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "FILES_EACH", 3)
    ids = []
    with ReadingPool(1) as pool:
        for _ in range(5):
            pool.read(GOOD, "a.txt")
            ids += pool.processes() or ["used up"]
    assert len(set(ids[:2])) == 1 and ids[2] == "used up" and len(set(ids[3:])) == 1 and ids[0] != ids[3]


def test_a_process_without_work_ends_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    idle = "import sys; sys.path.insert(0, sys.argv[1]); from cchc.reading import worker; worker.IDLE_SECONDS = 0.2; "
    monkeypatch.setattr(process, "_CODE", idle + "sys.exit(worker.main())")
    with ReadingPool(1) as pool:
        pool.read(GOOD, "a.txt")
        until = time.monotonic() + 10
        while pool.processes() and time.monotonic() < until:
            time.sleep(0.05)
        assert pool.processes() == []
        assert pool.read(GOOD, "a.txt").text


def test_a_process_gone_while_the_file_was_on_its_way_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = iter([False, True])
    kept = process.Process.fit
    monkeypatch.setattr(process.Process, "fit", lambda self: True if next(answered, None) is False else kept(self))
    with ReadingPool(1) as pool:
        gone = process.Process()
        gone._popen.kill()
        gone._popen.wait()
        monkeypatch.setattr(gone._popen, "returncode", worker.LEFT)
        pool._free.get()
        pool._free.put(gone)
        assert pool.read(GOOD, "a.txt").text


def test_many_files_come_in_the_order_given_whatever_happens_to_some(bad: ReadingPool, tmp_path: Path) -> None:
    taken: list[int] = []

    def loader() -> bytes:
        raise OSError("gone")

    def fault() -> bytes:
        raise KeyError("a fault of the loader")

    def files() -> Iterator[tuple[int, apart.Content, str]]:
        contents = [(GOOD, "a"), (GOOD, "sap"), (PLANS[1], "b"), (loader, "c"), (fault, "d"), (tmp_path / "no", "e"),
                    (b"", "f"), (lambda: GOOD, "g")] + [(GOOD, "h")] * 12  # fmt: skip
        for n, (content, name) in enumerate(contents):
            taken.append(n)
            yield n, content, name  # type: ignore[misc]

    found = []
    for key, outcome in bad.read_many(files()):
        found.append((key, outcome))
        assert len(taken) - len(found) <= 5  # never all of them at once
    assert [key for key, _ in found] == list(range(20))
    kinds = [type(outcome) for _, outcome in found]
    assert kinds == [Plan, NotAPlan, Plan, NotAPlan, NotAPlan, NotAPlan, NotAPlan] + [Plan] * 13
    said = [str(outcome) for _, outcome in found[1:7] if isinstance(outcome, NotAPlan)]
    assert said[:1] == [bounds.CRASHED] and said[1:4] == [apart.NOT_OPENED, bounds.FAULT, apart.NOT_OPENED]


def test_stopping_in_the_middle_leaves_nothing_behind() -> None:
    with ReadingPool(2) as pool:
        for _, outcome in pool.read_many((n, GOOD, "a.txt") for n in range(1000)):
            assert isinstance(outcome, Plan)
            break
        assert pool.read(GOOD, "a.txt").text
        running = pool.processes()
    assert running and not any(alive(pid) for pid in running)


def test_a_pool_that_is_closed_lets_nobody_wait(bad: ReadingPool) -> None:
    said: list[str] = []
    waiting = threading.Thread(target=lambda: said.append(refused(bad, "treo")))
    waiting.start()
    time.sleep(1)
    bad.close()
    waiting.join(15)
    assert said == [apart.CLOSED]
    assert refused(bad, "a.txt") == apart.CLOSED


def test_several_threads_get_their_own_plans() -> None:
    found: dict[int, Plan] = {}
    with ReadingPool(2) as pool:

        def one(n: int) -> None:
            found[n] = pool.read(PLANS[n % len(PLANS)].read_bytes(), f"{n}.txt")

        threads = [threading.Thread(target=one, args=(n,)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for n in range(12):
        assert found[n].name == f"{n}.txt"
        assert found[n].text == read_plan(PLANS[n % len(PLANS)].read_bytes(), "x").text


def test_a_stop_while_waiting_gives_nobody_a_late_answer(bad: ReadingPool) -> None:
    """Ctrl+C in the thread that waits: the answer to the first file must not become that of the second."""
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        pytest.skip("signals reach the main thread only")
    bad.read(GOOD, "a.txt")
    kept = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(KeyboardInterrupt):
            bad.read(GOOD, "treo")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)
    assert bad.read(PLANS[1].read_bytes(), "b.txt").text == read_plan(PLANS[1].read_bytes(), "b").text


def test_processes_end_with_a_program_that_was_killed(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("looks into /proc")
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from cchc.reading import apart\n"
        f"apart.read_apart(open({str(PLANS[0])!r}, 'rb').read(), 'a')\n"
        "pool = apart._shared()\n"
        "print(*pool.processes(), next(iter(pool._running))._folder, flush=True)\n"
        "import time; time.sleep(600)\n"
    )
    # The script has no guard of __main__, and is not run a second time: it would print twice.
    asking = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    *running, folder = asking.stdout.readline().split()
    pids = [int(pid) for pid in running]
    asking.kill()
    assert asking.stdout.read() == ""
    asking.wait()
    asking.stdout.close()
    assert len(pids) == 1
    until = time.monotonic() + 30
    while (any(map(alive, pids)) or Path(folder).exists()) and time.monotonic() < until:
        time.sleep(0.05)  # what ends on its own tells nobody: looked at until it is gone
    assert not any(map(alive, pids))
    assert not Path(folder).exists()


def test_the_watch_ends_a_process_where_the_system_has_no_bound_for_memory() -> None:
    code = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r})\n"
        "from cchc.reading.worker import _Watch\n"
        "watch = _Watch(); watch._memory = 100_000_000\n"
        "kept = bytearray(200_000_000); time.sleep(20)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert done.returncode == worker.OUT_OF_MEMORY


def test_a_page_of_streamlit_can_read_apart(good: Plan) -> None:
    """The page's script is `__main__` and runs in a thread of its own."""
    from streamlit.testing.v1 import AppTest

    def page() -> None:
        from pathlib import Path

        import streamlit as st

        from cchc.reading.apart import read_apart

        path = sorted(Path("data/plans").glob("*.txt"))[0]
        st.text(str(len(read_apart(path.read_bytes(), path.name).text)))

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert not shown.exception
    assert [element.value for element in shown.text] == [str(len(good.text))]


def test_a_picture_of_a_page_comes_from_another_process() -> None:
    letters = Letters()
    made = pdf([text_at(letters, 72, 700, "ĐỀ ÁN"), text_at(letters, 72, 700, "ĐỀ")], letters)
    second = Image.open(io.BytesIO(apart.picture_apart(made, 2, 400)))
    assert second.format == "PNG" and second.width == pytest.approx(400, abs=2)
    assert apart.picture_apart(made, 1, 400) == page_image(made, 1, 400) != apart.picture_apart(made, 2, 400)
    scan = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(scan, "JPEG")
    shown = Image.open(io.BytesIO(apart.picture_apart(scan.getvalue(), 1, 300)))
    assert shown.format == "PNG" and shown.size == (300, 200)


def test_a_page_that_cannot_be_shown_is_refused_in_words() -> None:
    made = pdf([""], Letters())
    for data, page, words in ((made, 2, "Tệp không có trang 2."), (made, 0, "Tệp không có trang 0."),
                              (b"%PDF-1.4 nothing", 1, "Tệp PDF bị hỏng"), (b"nothing", 1, bounds.SAFE)):  # fmt: skip
        with pytest.raises(NotAPlan, match=re.escape(words)):
            apart.picture_apart(data, page)


@pytest.mark.skipif(sys.platform != "linux", reason="signals and limits as Linux has them")
def test_a_picture_that_takes_too_long_is_stopped_and_the_next_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from cchc.formats import pdf; from cchc.reading import worker\n"
        "real = pdf.page_image\n"
        "pdf.page_image = lambda data, page, width: time.sleep(600) if page == 7 else real(data, page, width)\n"
        "sys.exit(worker.main())"
    )
    monkeypatch.setattr(process, "_CODE", slow)
    monkeypatch.setattr(apart, "PICTURE_SECONDS", 2.0)
    made = pdf([""], Letters())
    with ReadingPool(1) as pool:
        with pytest.raises(NotAPlan) as refusal:
            pool.picture(made, 7, 300)
        assert str(refusal.value) == bounds.TOO_LONG.format(seconds=2)
        assert pool.picture(made, 1, 300).startswith(b"\x89PNG")
