"""How long it takes to import many plans, and how much memory: `python -m tests.bench.bench_import [COUNT]`.

The plans are those of tests/corpus/dev with other numbers and names, so that no two are the same document. All of the
way is measured: reading in processes of their own, storing the files, the ledger, the catalog; then one more import
into the full library, and a build of the catalog from what is kept.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted((ROOT / "tests" / "corpus" / "dev").glob("*.txt"))
_NUMBER = re.compile(r"\d+(?=/(?:KH|QĐ|CT|NQ|ĐA|CTr)-)")


def compose(count: int, folder: Path) -> int:
    """Writes `count` plans; returns their size in bytes."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    size = 0
    for n in range(count):
        text = texts[n % len(texts)]
        text = re.sub(r"(?i)(số:?\s*)(\d+)(?=\s*/)", lambda m, n=n: m[1] + str(int(m[2]) + 3 * n), text)  # type: ignore[misc]
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


def main(count: int) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as made:
        folder = Path(made) / "plans"
        folder.mkdir()
        os.environ |= {"CCHC_DATA": str(Path(made) / "data"), "CCHC_PLANS": str(Path(made) / "none")}
        size = compose(count, folder)
        from cchc import catalog, cli_import, config, engine, library, office
        from cchc.reading import apart

        print(f"{count} plans, {size / count / 1024:.1f} KB each, {os.cpu_count()} cores")
        peak = Peak()
        start = time.perf_counter()
        code = cli_import.import_command([str(folder), "--quiet"])
        took = time.perf_counter() - start
        own = resource.getrusage(resource.RUSAGE_SELF)
        apart._shared().close()  # ended processes are counted
        other = resource.getrusage(resource.RUSAGE_CHILDREN)
        work, reading = own.ru_utime + own.ru_stime, other.ru_utime + other.ru_stime
        print(f"import with catalog: {took:.1f} s ({1000 * took / count:.1f} ms a plan), exit code {code}")
        print(f"of it work of the processor: {work:.1f} s here, {reading:.1f} s in the reading processes")
        print(f"memory over time, MB: {peak.stop()}")
        print(f"peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB, "
              f"of a reading process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MB")  # fmt: skip
        apart._made.cache_clear()
        one = Path(made) / "them.txt"
        one.write_bytes((folder / "ke-hoach-00000.txt").read_bytes().replace(b"/", b"7/"))
        start = time.perf_counter()
        cli_import.import_command([str(one), "--quiet"])
        print(f"one more: {time.perf_counter() - start:.2f} s")
        office.refresh()
        shelf = library.current()
        start = time.perf_counter()
        path = catalog.build(shelf, config.data_dir())
        print(f"catalog alone: {time.perf_counter() - start:.2f} s, {path.stat().st_size >> 20} MB")
        start = time.perf_counter()
        engine.get_engine()
        print(f"nothing new: {1000 * (time.perf_counter() - start):.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
