"""Targets given to an agency in «Trách nhiệm»: counted beside the tasks, in the file and the list."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc import exports, queries
from cchc.engine import Engine
from cchc.entries import Assignment
from cchc.filters import Filters
from tests.sample_plans import DOC
from tests.sample_progress import AS_OF, draft, recorded_engine, sample_ledger

D = dt.date
JUSTICE, TRANSPORT, BUILDING, FOREIGN = "so-tu-phap", "so-giao-thong-van-tai", "so-xay-dung", "so-ngoai-vu"
GIVEN = {"c1": JUSTICE, "c2": TRANSPORT, "c3": FOREIGN}  # no document names the last one


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    for ledger in sample_ledger(tmp_path):
        for item, agency in GIVEN.items():
            ledger.append_all([draft(f"{DOC}.{item}", Assignment(agency=agency), D(2024, 2, 1))])
        yield from recorded_engine(ledger, tmp_path)


def counted(engine: Engine, expand: bool = False, **filters: Any) -> dict[str, int]:
    frame = queries.matrix_area(engine, Filters(**{"as_of": AS_OF} | filters), expand)
    areas = frame[[f"given_{n}" for n in range(8)]].sum(axis=1)
    assert (areas == frame["given"]).all()
    return {key: int(n) for key, n in zip(frame["key"], frame["given"], strict=True) if n}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {JUSTICE: 1, TRANSPORT: 1, FOREIGN: 1}),
        ({"agency": (JUSTICE,)}, {JUSTICE: 1}),
        ({"role": "lead"}, {JUSTICE: 1, TRANSPORT: 1, FOREIGN: 1}),
        ({"role": "support"}, {}),
        ({"as_of": D(2024, 1, 31)}, {}),  # not given yet
        ({"quarter": ("2024-1",)}, {}),  # a filter that does not hold for targets
        ({"status": ("overdue",)}, {}),
        ({"agency": (BUILDING,)}, {TRANSPORT: 1}),  # folded: as it was given, found through the successor
    ],
)
def test_given_targets_are_counted_where_the_filters_hold(
    engine: Engine, filters: dict[str, Any], expected: dict[str, int]
) -> None:
    assert counted(engine, **filters) == expected


def test_unfolded_a_successor_stands_for_itself_when_it_is_asked_for(engine: Engine) -> None:
    assert counted(engine, True) == {JUSTICE: 1, TRANSPORT: 1, FOREIGN: 1}
    assert counted(engine, True, agency=(BUILDING,)) == {BUILDING: 1}


def test_tasks_are_counted_as_before(engine: Engine) -> None:
    frame = queries.matrix_area(engine, Filters(as_of=AS_OF)).set_index("key")
    assert frame.loc[FOREIGN, ["lead", "support", "total", "name"]].tolist() == [0, 0, 0, "Sở Ngoại vụ"]
    names = [n for n, kind in zip(frame["name"], frame["kind"], strict=True) if kind == frame.loc[FOREIGN, "kind"]]
    assert names.index("Sở Ngoại vụ") < names.index("Sở Nội vụ"), "in its place among the others"
    without = queries.matrix_area(engine, Filters(as_of=D(2024, 1, 31))).set_index("key")
    assert FOREIGN not in without.index
    columns = ["lead", "support", "total"]
    assert (frame.loc[without.index, columns] == without[columns]).all(axis=None)


def test_the_file_has_them_behind_the_columns_it_had(engine: Engine) -> None:
    filters = Filters(as_of=AS_OF)
    data, _ = exports.make("matrix", queries.matrix_area(engine, filters), filters, extension="csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    names = list(rows[0])
    assert names[:3] == ["Cơ quan", "Loại cơ quan", "Là nhóm cơ quan"]
    assert names.index("Mã cơ quan") < names.index("Chỉ tiêu được giao - cộng")
    assert {r["Mã cơ quan"]: r["Chỉ tiêu được giao - cộng"] for r in rows}[JUSTICE] == "1"


def test_the_list_tells_whom_each_was_given_to(engine: Engine) -> None:
    found = queries.given_targets(engine, Filters(as_of=AS_OF))
    assert dict(zip(found["id"], found["agency_key"], strict=True)) == {f"{DOC}.{i}": a for i, a in GIVEN.items()}
    same = queries.targets(engine, Filters(as_of=AS_OF, role="lead"))
    assert found["id"].tolist() == same["id"].tolist(), "the file of the list tells this filter"
    assert len(queries.given_targets(engine, Filters(as_of=D(2024, 1, 31)))) == 0


def test_agencies_count_what_was_given(engine: Engine) -> None:
    found = queries.agencies(engine, Filters(as_of=AS_OF)).set_index("key")["given"]
    assert {key: int(n) for key, n in found.items() if n} == {JUSTICE: 1, TRANSPORT: 1, FOREIGN: 1}
