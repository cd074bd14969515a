"""How long reading files takes: `python tests/bench/bench_pool.py [FILES]`. A benchmark, no test: it does not judge.

First each format against merely extracting its text with the library it is read by: the one plan of 60 KB as text, web
page, Word file and, where LibreOffice can make it, PDF (processor time of one process, best of seven). Then FILES
(10,000 without a number) text plans through `ReadingPool` with two processes: no two alike, composed by giving the
corpus documents other names and figures. Prints the time on the clock, the processor time, and the memory of the
program and of its processes on the way.
"""

from __future__ import annotations

import io
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import docx  # noqa: E402
import pypdfium2  # noqa: E402
from lxml import etree  # noqa: E402

from cchc.formats import NotAPlan, read_source, suite  # noqa: E402
from cchc.reading import read_plan  # noqa: E402
from cchc.reading.apart import ReadingPool  # noqa: E402
from tests.formats import documents  # noqa: E402

CORPUS = sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))
NAMES = (
    "An Khê",
    "Bình Lục",
    "Cẩm Giàng",
    "Đông Hưng",
    "Hà Trung",
    "Kim Bôi",
    "Lộc Ninh",
    "Mộc Châu",
    "Phú Giáo",
    "Yên Lập",
)


def seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """The least processor time of `rounds` calls."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def formats() -> None:
    """The table of formats. `extract` is the least that gives all words with the same library; decoding a text takes
    next to nothing, so a ratio to it says nothing and is left out."""
    plan = documents.binh_duong()
    word, page, text = documents.as_docx(plan), documents.as_html(plan), documents.as_text(plan)
    text = text if isinstance(text, bytes) else text.encode()
    page = page if isinstance(page, bytes) else page.encode()

    def words_of_docx() -> int:
        body = docx.Document(io.BytesIO(word)).element.body
        return sum(len("".join(p.itertext())) for p in body.iter(f"{{{body.nsmap['w']}}}p"))

    def words_of_page() -> int:
        root = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
        return sum(map(len, root.itertext()))

    rows: list[tuple[str, bytes, Callable[[], object] | None]] = [
        ("txt", text, None), ("html, lxml", page, words_of_page), ("docx, python-docx", word, words_of_docx),
    ]  # fmt: skip
    if suite.program():
        printed = suite.converted(word, "docx", "pdf")

        def words_of_pdf() -> int:
            document = pypdfium2.PdfDocument(printed)
            return sum(len(page.get_textpage().get_text_range()) for page in document)

        rows.append((f"pdf of {len(pypdfium2.PdfDocument(printed))} pages", printed, words_of_pdf))
    print(f"{'format':18} {'bytes':>9} {'extract':>9} {'to text':>9} {'whole':>9}   whole/extract")
    for name, data, extract in rows:
        read_plan(data, name)  # patterns are compiled, libraries loaded
        least = seconds(extract) if extract else 0.0
        to_text, whole = seconds(lambda data=data: read_source(data)), seconds(lambda data=data: read_plan(data, "a"))
        ratio = f"{whole / least:6.1f}" if extract else "     -"
        times = " ".join(f"{1000 * one:6.1f} ms" for one in (least, to_text, whole))
        print(f"{name:18} {len(data):9,d} {times}   {ratio}", flush=True)


def varied(count: int) -> Iterator[tuple[int, bytes, str]]:
    """`count` plans: the documents of the corpus by turns, with other figures, numbers and names."""
    texts = [path.read_text(encoding="utf-8") for path in CORPUS]
    dice = random.Random(7)  # noqa: S311 - no secret
    for n in range(count):
        text = re.sub(r"\b\d{2}%", lambda _: f"{dice.randint(50, 99)}%", texts[n % len(texts)])
        text = re.sub(r"(Số\s{0,2}:\s{0,2})\d{0,5}/", rf"\g<1>{n + 1}/", text)
        text = re.sub(r"(huyện|thị xã|phường|xã) [A-ZĐ]\w+ [A-ZĐ]\w+", rf"\1 {dice.choice(NAMES)}", text)
        yield n, f"{text}\n- Xây dựng báo cáo chuyên đề số {n}.\n".encode(), f"ke-hoach-{n}.txt"


def many(count: int) -> None:
    """Reads `count` plans and prints what it took."""
    began, used = time.monotonic(), time.process_time()
    size = items = refused = 0
    shown = {1, count // 10, count // 2, count}
    with ReadingPool(2) as pool:
        for done, (_, outcome) in enumerate(pool.read_many(varied(count)), 1):
            if isinstance(outcome, NotAPlan):
                refused += 1
            else:
                size += len(outcome.text.encode())
                items += len(outcome.targets) + len(outcome.tasks) + len(outcome.measures) + len(outcome.duties)
            if done in shown:
                held = " + ".join(f"{memory(pid):.0f}" for pid in pool.processes())
                clock = time.monotonic() - began
                print(f"{done:7,d} files {clock:7.1f} s   memory {memory():.0f} MB, processes {held} MB", flush=True)
    took, own = time.monotonic() - began, time.process_time() - used
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{count:,d} plans, {size / 1e6:.0f} MB, {items:,d} items, {refused} refused: {took:.0f} s on the clock;")
    print(f"processor {own:.0f} s asking + {below.ru_utime + below.ru_stime:.0f} s reading")


def memory(pid: int | str = "self") -> float:
    """What a process holds now, in MB; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", told)
    return int(found[1]) / 1000 if found else 0.0


if __name__ == "__main__":
    formats()
    many(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
