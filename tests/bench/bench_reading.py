"""How long reading takes: `python tests/bench/bench_reading.py`. A benchmark, no test: it prints, it does not judge.

Processor time of one process, best of five (best of two for the large ones); the first reading is shown apart because
it compiles the patterns. The longest document is read again and again, and with nothing remembered of an earlier
reading but the words of the language: what a new document takes. The large texts are the longest document with every
copy made different, so that nothing is recognised as a passage printed twice.
"""

from __future__ import annotations

import gc
import platform
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cchc.formats.limits import Limits, use  # noqa: E402
from cchc.reading import read_plan  # noqa: E402


def forget() -> None:
    """Empties what the reader remembers of cells and lines it has read (bounded caches)."""
    for module in [m for name, m in sys.modules.items() if name.startswith("cchc.")]:
        for one in vars(module).values():
            if hasattr(one, "cache_clear") and one.cache_info().maxsize:
                one.cache_clear()


def seconds(data: bytes, rounds: int, anew: bool = False) -> float:
    """The least processor time of `rounds` readings."""
    times = []
    for _ in range(rounds):
        if anew:
            forget()
        began = time.process_time()
        read_plan(data, "bench.txt")
        times.append(time.process_time() - began)
    return min(times)


def main() -> None:
    """Prints the table."""
    files = sorted((ROOT / "data" / "plans").glob("*.txt"))
    data = [f.read_bytes() for f in files]
    began = time.process_time()
    for one in data:
        read_plan(one, "bench.txt")
    first = time.process_time() - began
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(f"{len(data)} documents, first reading after import: {first * 1000:7.1f} ms")
    print(f"{len(data)} documents, again:                      {sum(seconds(one, 5) for one in data) * 1000:7.1f} ms")
    longest = max(data, key=len)
    gc.collect()
    gc.freeze()  # as in a process for reading: what stays for good is not looked through with each file
    print(f"longest, {len(longest):,d} bytes, nothing remembered:     {seconds(longest, 9, anew=True) * 1000:7.1f} ms")
    text = longest.decode()
    base = None
    for times in (1, 10, 100):
        large = "\n".join(re.sub(r"(văn bản|hồ sơ|cơ quan)", rf"\1 {n}", text) for n in range(times)).encode()
        took = seconds(large, 5 if times < 100 else 2)
        base = base or took / len(large)
        print(
            f"{times:4d} x {len(large):10,d} bytes {took * 1000:9.1f} ms"
            f"   time per byte: {took / len(large) / base:5.2f} of 1 x"
        )


if __name__ == "__main__":
    with use(Limits(max_rows=10**9, max_text=10**9)):  # a hundred documents in one are beyond the usual limits
        main()
