"""How fast the views answer, on the five documents and on many times as many.

usage: python tests/bench/bench_queries.py [TIMES ...]     (default: 1 10 40 copies of the five documents)

Prints the median in milliseconds for each view without and with filters, and how many times longer it takes with more
documents: a ratio well above the number of copies would mean a view does not grow linearly. The filter «results» is no
filter, with a ledger of made-up results beside the documents; «nothing new» is what a run pays to look into the ledger.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cchc import catalog, demo, exports, queries  # noqa: E402
from cchc.engine import Engine  # noqa: E402
from cchc.filters import Filters  # noqa: E402
from cchc.items import from_catalog  # noqa: E402
from cchc.ledger import Ledger  # noqa: E402
from cchc.library import of_files  # noqa: E402
from cchc.model import Plan  # noqa: E402
from cchc.progress import Progress  # noqa: E402
from cchc.reads import Reads  # noqa: E402

RUNS = 15
DAY = dt.date(2024, 9, 20)
VIEWS = {
    "no filter": Filters(),
    "agency": Filters(agency=("so-tu-phap",)),
    "quarter": Filters(quarter=("2024-1",)),
    "search": Filters(q="cai cach hanh chinh"),
}
NAMES = ("tasks", "targets", "measures", "duties", "lanes", "documents", "agencies", "plan_year_notice",
         "filter_options", "attention", "matrix_area", "matrix_task", "overview")  # fmt: skip


def copy_of(plan: Plan, number: int) -> Plan:
    """The same plan under another id."""
    if number == 0:
        return plan
    text = plan.model_dump_json(by_alias=True).replace(plan.plan.id, f"{plan.plan.id}-{number}")
    return Plan.model_validate_json(text)


def median(run: Callable[[], object]) -> float:
    """Milliseconds."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def measured(path: Path) -> dict[tuple[str, str], float]:
    """Milliseconds of each view and filter on one catalog, and of writing the list of all tasks."""
    engine = Engine(path)
    found: dict[tuple[str, str], float] = {}
    ledger_file = path.with_suffix(".sqlite")
    demo.make(from_catalog(engine), ledger_file, replace=True)
    with Ledger(ledger_file, kind="demo") as ledger:
        progress = Progress(ledger)
        progress.pull()
        recorded = Engine(path, progress)
        found["ledger", "nothing new"] = median(progress.pull)
        for name in NAMES:
            found[name, "results"] = median(partial(getattr(queries, name), recorded, Filters(as_of=DAY)))
        recorded.close()
    for name in NAMES:
        query = getattr(queries, name)
        for view, filters in VIEWS.items():
            found[name, view] = median(partial(query, engine, filters))
    frame = queries.tasks(engine, Filters())
    for extension in ("csv", "xlsx"):
        found[extension, "all tasks"] = median(partial(exports.make, "tasks", frame, Filters(), extension=extension))
    engine.close()
    return found


def main(times: list[int]) -> None:
    """Prints the table."""
    found: dict[int, dict[tuple[str, str], float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        library = of_files((ROOT / "data" / "plans").iterdir(), Reads(Path(folder) / "read"))
        failed = library.read_all()
        plans = [library.as_read(d) for d in library.documents if d.sha256 not in failed]
        for count in times:
            many = [copy_of(p, n) for n in range(count) for p in plans]
            start = time.perf_counter()
            path = catalog.write(many, [], f"{count:016x}", Path(folder))
            print(f"{len(many)} documents: catalog written in {time.perf_counter() - start:.2f} s, "
                  f"{path.stat().st_size / 1e6:.1f} MB")  # fmt: skip
            found[count] = measured(path)
    print(f"\n{'view':18}{'filter':12}" + "".join(f"{f'x{n}':>10}" for n in times) + "   longer by")
    first = times[0]
    for key in found[first]:
        row = [found[n][key] for n in times]
        ratios = " ".join(f"{value / row[0]:.1f}" for value in row[1:])
        print(f"{key[0]:18}{key[1]:12}" + "".join(f"{value:8.1f}ms" for value in row) + f"   {ratios}")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1, 10, 40])
