"""How long it takes to import many plans, and how much memory: `python tests/bench/bench_import.py [COUNT] [--long]`.

The plans are those of tests/corpus/dev with other numbers and names, so that no two are the same document; with
`--long` the longest of data/plans (64 KB, 178 items). All of the way is measured: reading in processes of their own,
storing the files, the ledger, the catalog; then one more import into the full library, and a build of the whole catalog
from what is kept. Processor time is what can be compared: the clock also counts what else the machine does.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
SOURCES = sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))
LONGEST = max((ROOT / "data" / "plans").glob("*.txt"), key=lambda path: path.stat().st_size)
_OWN_NUMBER = re.compile(r"(?i)(số:?\s*)(\d+)(?=\s*/)")
_NUMBER_LINE = re.compile(r"(?im)^\W*số:?\s*\d+\s*/")
_NUMBER = re.compile(r"\d+(?=/(?:KH|QĐ|CT|NQ|ĐA|CTr)-)")


def compose(count: int, folder: Path, sources: Sequence[Path] = SOURCES) -> int:
    """Writes `count` plans made of `sources`; returns their size in bytes."""
    texts = [path.read_text(encoding="utf-8") for path in sources]
    size = 0
    for n in range(count):
        text = texts[n % len(texts)]
        if not _NUMBER_LINE.search(text):  # of one title without a number all would be versions of one document
            text = f"Số: {n + 1}/KH-UBND\n" + text.replace("Số:       /KH-UBND", "")
        text = _OWN_NUMBER.sub(lambda m, n=n: m[1] + str(int(m[2]) + 3 * n), text)  # type: ignore[misc]
        text = _NUMBER.sub(lambda m, n=n: str(int(m[0]) + 3 * n), text)  # type: ignore[misc]
        data = f"{text}\n\nVăn bản lưu hồ sơ mục {n}, {n * 7919}, {n * 104729}.\n".encode()
        (folder / f"ke-hoach-{n:05}.txt").write_bytes(data)
        size += len(data)
    return size


class Peak:
    """The greatest resident memory of this process while it runs, in MB, told at each tenth of the work."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self._stop = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self.seen.append(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20)

    def stop(self) -> str:
        """The course: ten values over time."""
        self._stop.set()
        step = max(1, len(self.seen) // 10)
        return " ".join(map(str, self.seen[::step]))


def used() -> float:
    """The processor time of this process so far, in seconds."""
    return time.process_time()


def main(count: int, long: bool) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as made:
        folder = Path(made) / "plans"
        folder.mkdir()
        os.environ |= {"CCHC_DATA": str(Path(made) / "data"), "CCHC_PLANS": str(Path(made) / "none")}
        size = compose(count, folder, [LONGEST] if long else SOURCES)
        import duckdb

        from cchc import catalog, config, engine, library, office
        from cchc.commands import cli_import
        from cchc.reading import apart

        print(f"Python {platform.python_version()}, duckdb {duckdb.__version__}, {os.cpu_count()} cores")
        print(f"{count} plans, {size / count / 1024:.1f} KB each")
        peak = Peak()
        start, before = time.perf_counter(), used()
        code = cli_import.import_command([str(folder), "--quiet"])
        took, work = time.perf_counter() - start, used() - before
        apart._shared().close()  # ended processes are counted
        other = resource.getrusage(resource.RUSAGE_CHILDREN)
        reading = other.ru_utime + other.ru_stime
        print(f"import with catalog: {took:.1f} s ({1000 * took / count:.1f} ms a plan), exit code {code}")
        print(
            f"of it work of the processor: {work:.1f} s here, {reading:.1f} s in the reading processes"
            f" ({1000 * work / count:.1f} + {1000 * reading / count:.1f} ms a plan)"
        )
        print(f"memory over time, MB: {peak.stop()}")
        print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB, "
              f"of a reading process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MB")  # fmt: skip
        apart._made.cache_clear()
        one = Path(made) / "them.txt"
        one.write_bytes((folder / "ke-hoach-00000.txt").read_bytes().replace(b"/", b"7/"))
        start, before = time.perf_counter(), used()
        cli_import.import_command([str(one), "--quiet"])
        print(f"one more: {time.perf_counter() - start:.2f} s, {used() - before:.2f} s of the processor")
        office.refresh()
        shelf = library.current()
        catalog.clean(config.data_dir(), config.data_dir(), keep=0)
        start, before = time.perf_counter(), used()
        path = catalog.build(shelf, config.data_dir())
        print(
            f"whole catalog anew: {time.perf_counter() - start:.2f} s, {used() - before:.2f} s of the processor,"
            f" {path.stat().st_size >> 20} MB"
        )
        start = time.perf_counter()
        engine.get_engine()
        print(f"nothing new: {1000 * (time.perf_counter() - start):.2f} ms")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 1000, "--long" in sys.argv)
