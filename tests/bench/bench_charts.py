"""What a chart costs beside its query, and what keeping it saves.

usage: python tests/bench/bench_charts.py

Medians in milliseconds of processor time on the five documents. "query" makes the frame, "build" the figure from it.
The rest is what a run of the page pays when the figure is kept: "send figure" when the figure object is kept (as
cchc.screen.controls does), "send JSON" when its JSON is kept, because Streamlit then checks the figure anew.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import plotly.io  # noqa: E402
from plotly.tools import return_figure_from_figure_or_data  # noqa: E402

from cchc import catalog, charts, queries  # noqa: E402
from cchc.engine import Engine  # noqa: E402
from cchc.filters import Filters  # noqa: E402

RUNS = 15
DAY = dt.date(2024, 2, 20)


def median(run: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def sent(figure: Any) -> str:
    """What st.plotly_chart does with what it is given, up to the text it sends."""
    checked = return_figure_from_figure_or_data(figure, validate_figure=True)
    return str(plotly.io.to_json(checked, validate=False))


def cases(engine: Engine) -> dict[str, tuple[Callable[[], Any], Callable[[], charts.Chart]]]:
    """Name -> query, and building of the chart from frames that are there."""
    filters = Filters(as_of=DAY)
    targets, tasks = queries.targets(engine, filters), queries.lanes(engine, filters)
    areas = {str(number): name for number, name in charts.area_names().items()}

    def matrix(expand: bool) -> charts.Chart:
        rows = [charts.MatrixRow(r["key"], r["short"]) for r in found[expand]]
        cells = [charts.Cell(r["key"], n, r[f"lead_{n}"], r[f"support_{n}"]) for r in found[expand] for n in areas]
        return charts.matrix(rows, areas, cells)

    found = {expand: queries.matrix_area(engine, filters, expand).to_dict("records") for expand in (False, True)}
    return {
        "12 gauges": (partial(queries.targets, engine, filters), partial(charts.gauges, targets.iloc[:12])),
        "timeline": (partial(queries.lanes, engine, filters), partial(charts.timeline, tasks, "lich", DAY)),
        "matrix": (partial(queries.matrix_area, engine, filters), partial(matrix, False)),
        "matrix, groups open": (partial(queries.matrix_area, engine, filters, True), partial(matrix, True)),
    }


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(catalog.build(sorted((ROOT / "data" / "plans").iterdir()), Path(folder)))
        print(f"{'chart':22}{'query':>9}{'build':>9}{'ratio':>8}{'send figure':>13}{'send JSON':>12}{'bytes':>9}")
        for name, (query, build) in cases(engine).items():
            figure = build().figure
            text = sent(figure)
            times = [
                median(query),
                median(build),
                median(partial(sent, figure)),
                median(lambda t=text: sent(json.loads(t))),
            ]
            print(f"{name:22}{times[0]:9.1f}{times[1]:9.1f}{times[1] / times[0]:8.1f}{times[2]:13.1f}{times[3]:12.1f}"
                  f"{len(text):9}")  # fmt: skip
        engine.close()


if __name__ == "__main__":
    main()
