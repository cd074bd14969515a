"""A target given to an agency: the filter of agencies finds it in every list, file and report."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import exports, queries, report_source, reports
from cchc.engine import Engine
from cchc.entries import Assignment, Correction
from cchc.filters import Filters
from cchc.ledger import Ledger
from tests.sample_plans import DOC
from tests.sample_progress import AS_OF, draft, recorded_engine, sample_ledger

D = dt.date
GIVEN_ON = D(2024, 2, 1)
JUSTICE, TRANSPORT, BUILDING = "so-tu-phap", "so-giao-thong-van-tai", "so-xay-dung"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    for opened in sample_ledger(tmp_path):
        for item, agency in ((f"{DOC}.c1", JUSTICE), (f"{DOC}.c2", TRANSPORT)):
            opened.append_all([draft(item, Assignment(agency=agency), GIVEN_ON)])
        yield opened


@pytest.fixture
def engine(ledger: Ledger, tmp_path: Path) -> Iterator[Engine]:
    yield from recorded_engine(ledger, tmp_path)


def found(engine: Engine, **filters: object) -> list[str]:
    frame = queries.targets(engine, Filters(**{"as_of": AS_OF} | filters))  # type: ignore[arg-type]
    return [item.rpartition(".")[2] for item in frame["id"]]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"agency": (JUSTICE,)}, ["c1"]),
        ({"agency": (TRANSPORT,)}, ["c2"]),
        ({"agency": (BUILDING,)}, ["c2"]),  # its successor from 2025 on
        ({"agency": (JUSTICE, TRANSPORT)}, ["c1", "c2"]),
        ({"agency": (JUSTICE,), "role": "lead"}, ["c1"]),
        ({"agency": (JUSTICE,), "role": "support"}, []),
        ({"role": "lead"}, ["c1", "c2"]),
        ({"agency": ("so-y-te",)}, []),
        ({"agency": (JUSTICE,), "as_of": D(2024, 1, 31)}, []),  # not given yet
        ({}, ["c1", "c2", "c3", "c4", "c5", "c1"]),
    ],
)
def test_targets_of_an_agency(engine: Engine, filters: dict[str, object], expected: list[str]) -> None:
    assert found(engine, **filters) == expected


def test_a_target_given_by_mistake_is_nobodys(ledger: Ledger, engine: Engine, tmp_path: Path) -> None:
    entry = ledger.history(f"{DOC}.c1")[-1]
    taken_back = draft(f"{DOC}.c1", Correction(corrects=entry.id, reason="giao nhầm"), GIVEN_ON)
    ledger.append_all([taken_back])
    for again in recorded_engine(ledger, tmp_path):
        assert found(again, agency=(JUSTICE,)) == []


def test_it_says_whose_it_is_wherever_it_stands(engine: Engine) -> None:
    filters = Filters(plan=(DOC,), as_of=AS_OF)
    given = queries.targets(engine, filters).set_index("id")["given_to"]
    assert (given[f"{DOC}.c1"], given[f"{DOC}.c2"], given[f"{DOC}.c3"]) == ("Sở Tư pháp", "Sở Giao thông vận tải", "")
    item = queries.item(engine, f"{DOC}.c1", filters)
    assert item is not None and item.row["given_to"] == "Sở Tư pháp"
    pressing = queries.attention(engine, filters.but(agency=(JUSTICE,)))
    assert dict(zip(pressing["id"], pressing["who"], strict=True)).get(f"{DOC}.c1") == "Sở Tư pháp"
    data, name = exports.make("targets", queries.targets(engine, filters), filters, extension="csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["Được giao cho"] for row in rows][:3] == ["Sở Tư pháp", "Sở Giao thông vận tải", ""]
    _, name = exports.make("targets", queries.targets(engine, filters), filters.but(agency=(JUSTICE,)), extension="csv")
    assert "co-quan-so-tu-phap" in name, "the file tells the filter that holds"


def test_the_filter_offers_whom_only_a_target_was_given_to(ledger: Ledger, engine: Engine, tmp_path: Path) -> None:
    before = queries.filter_options(engine, Filters(as_of=AS_OF)).agencies.set_index("key")["items"]
    assert "so-ngoai-vu" not in before
    ledger.append_all([draft(f"{DOC}.c3", Assignment(agency="so-ngoai-vu"), GIVEN_ON)])
    for again in recorded_engine(ledger, tmp_path):
        offered = queries.filter_options(again, Filters(as_of=AS_OF)).agencies.set_index("key")
        assert offered.loc["so-ngoai-vu", "items"] == 1
        assert offered.loc[JUSTICE, "items"] == before[JUSTICE]
        made, messages = queries.checked(again, Filters(agency=("so-ngoai-vu",)))
        assert (made.agency, messages) == (("so-ngoai-vu",), [])
        assert queries.names(again)["so-ngoai-vu"] == "Sở Ngoại vụ"
        assert found(again, agency=("so-ngoai-vu",)) == ["c3"]


def test_the_overview_of_an_agency_counts_its_targets(engine: Engine) -> None:
    made = queries.overview(engine, Filters(plan=(DOC,), agency=(JUSTICE,), as_of=AS_OF))
    assert made.numbers["targets"].value == 1
    assert made.by_area["targets"].sum() == 1


def report(engine: Engine, *agencies: str) -> reports.Report:
    period = reports.report_period(2024, "6t")
    return report_source.make(engine, Filters(plan=(DOC,), agency=agencies), period)


def test_the_report_of_an_agency_holds_its_targets(engine: Engine) -> None:
    made = report(engine, JUSTICE)
    annex = made.table("annex_targets")
    assert len(annex.rows) == 1
    assert "được giao: Sở Tư pháp" in str(annex.rows[0].cells[-1])
    counted = made.table("targets").lines[-1]
    assert counted.cells[:2] == (reports.ALL, 1)
    said = " ".join(block.text for block in made.blocks if isinstance(block, reports.Text))
    assert "Có 1 chỉ tiêu được giao cho Sở Tư pháp" in said
    assert made.table("annex_tasks").sheet == "Phụ lục II"
    assert "chỉ tiêu được giao" in made.scope
    assert reports.GIVEN_ONLY in made.notes


def test_the_report_of_an_agency_without_targets_says_so(engine: Engine) -> None:
    made = report(engine, "so-tai-chinh")
    assert [t.key for t in made.annexes] == ["annex_tasks"]
    assert made.table("annex_tasks").sheet == "Phụ lục"
    assert reports.NONE_GIVEN in made.notes


def test_the_report_of_the_province_says_whom_a_target_was_given_to(engine: Engine) -> None:
    annex = report(engine).table("annex_targets")
    told = [str(line.cells[-1]) for line in annex.rows]
    assert len(told) == 5
    assert ["được giao" in words for words in told].count(True) == 2
