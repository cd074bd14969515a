"""Lists, overview, files and comparisons with results in the ledger. Expectations are written by hand."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from cchc import exports, queries
from cchc.engine import Engine
from cchc.entries import Extension, Note, TargetValue, TaskStarted
from cchc.filters import Filters
from cchc.ledger import Ledger
from tests.sample_plans import DOC, task_id
from tests.sample_progress import AS_OF, draft, recorded_engine, sample_ledger

D = dt.date


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    yield from sample_ledger(tmp_path)


@pytest.fixture
def recorded(ledger: Ledger, tmp_path: Path) -> Iterator[Engine]:
    yield from recorded_engine(ledger, tmp_path)


def tasks(engine: Engine, **filters: object) -> dict[str, dict[str, object]]:
    frame = queries.tasks(engine, Filters(**{"plan": (DOC,), "as_of": AS_OF} | filters))  # type: ignore[arg-type]
    return {row["id"]: row for row in frame.to_dict("records")}  # type: ignore[misc]


def test_statuses_of_tasks(recorded: Engine) -> None:
    said = {n: (row["status"], row["status_text"]) for n in range(10) if (row := tasks(recorded)[task_id(n)])}
    assert said == {
        0: ("done_early", "Hoàn thành trước hạn"),
        1: ("overdue", "Quá hạn 118 ngày"),
        2: ("past_no_report", "Đã qua hạn 117 ngày, chưa có báo cáo"),
        3: ("in_time", "Trong hạn, còn 52 ngày"),
        4: ("done_late", "Hoàn thành quá hạn 5 ngày"),
        5: ("not_applicable", "Không áp dụng"),
        6: ("in_time", "Trong hạn, còn 539 ngày"),
        7: ("ongoing", "Thường xuyên"),
        8: ("event", "Theo sự kiện"),
        9: ("no_deadline", "Chưa rõ thời hạn"),
    }


def test_what_was_reported_of_a_task(recorded: Engine) -> None:
    row = tasks(recorded)[task_id(0)]
    assert (row["done_on"], row["result"]) == (pd.Timestamp(2024, 3, 20), "Quyết định số 5")
    assert row["evidence"] == "5/QĐ-UBND ngày 20/3/2024"
    assert row["recorded"] is True
    assert tasks(recorded)[task_id(2)]["recorded"] is False


def test_an_extension_moves_the_task_and_keeps_the_first_deadline(recorded: Engine) -> None:
    row = tasks(recorded)[task_id(3)]
    assert (row["extended"], row["due_text"], row["first_due_text"]) == (True, "31/8/2024", "Tháng 6/2024")
    assert (row["first_due"], row["deadline_end"]) == (pd.Timestamp(2024, 6, 30), pd.Timestamp(2024, 8, 31))
    assert row["lane"] == "2024-3"
    assert set(tasks(recorded, quarter=("2024-3",))) == {task_id(3)}
    assert task_id(3) not in tasks(recorded, quarter=("2024-2",))
    assert set(tasks(recorded, from_=D(2024, 8, 1), to=D(2024, 8, 31))) == {task_id(3)}
    assert task_id(3) not in tasks(recorded, to=D(2024, 6, 30))
    before = tasks(recorded, as_of=D(2024, 6, 19), quarter=("2024-2",))[task_id(3)]
    assert (before["extended"], before["due_text"]) == (False, "Tháng 6/2024")


def test_statuses_and_results_of_targets(recorded: Engine) -> None:
    frame = queries.targets(recorded, Filters(plan=(DOC,), as_of=AS_OF))
    rows = {row["id"].rpartition(".")[2]: row for row in frame.to_dict("records")}
    assert {key: (row["status"], row["value_text"]) for key, row in rows.items()} == {
        "c1": ("at_risk", "40 %"),
        "c2": ("met", "hạng 15"),
        "c3": ("not_assessed", ""),
        "c4": ("not_assessed", "200 dịch vụ"),  # 131 days old
        "c5": ("met", "hoàn thành 01/5/2024"),
    }
    c1 = rows["c1"]
    assert (c1["value_now"], c1["value_numerator"], c1["value_denominator"]) == (40, 40, 100)
    assert (c1["value_period"], c1["value_on"]) == ("6 tháng đầu năm 2024", pd.Timestamp(2024, 6, 14))
    assert "40 so với ≥ 90" in c1["status_reason"]
    assert (rows["c3"]["recorded"], pd.isna(rows["c3"]["value_now"])) == (False, True)


def test_an_earlier_day_knows_nothing_of_later_facts(recorded: Engine) -> None:
    early = Filters(plan=(DOC,), as_of=D(2024, 3, 19))
    assert tasks(recorded, as_of=D(2024, 3, 19))[task_id(0)]["status"] == "due_soon"
    assert set(queries.targets(recorded, early)["value_text"]) == {"", "200 dịch vụ"}


def test_a_filter_of_statuses_holds_for_the_kind_that_has_them(recorded: Engine) -> None:
    assert set(tasks(recorded, status=("overdue",))) == {task_id(1)}
    only = Filters(plan=(DOC,), as_of=AS_OF, status=("at_risk",))
    assert list(queries.targets(recorded, only)["id"]) == [f"{DOC}.c1"]
    assert len(queries.tasks(recorded, only)) == 10
    assert only.not_applied_text("task") == "Bộ lọc trạng thái không áp dụng cho danh sách nhiệm vụ."
    assert only.not_applied("target") == []
    both = only.but(status=("at_risk", "review"))
    assert set(queries.targets(recorded, both)["id"]) == {f"{DOC}.c1", f"{DOC}.c3"}
    assert only.applied("task").status == ()


def test_overview_counts_late_apart_from_silent(recorded: Engine) -> None:
    found = queries.overview(recorded, Filters(plan=(DOC,), as_of=AS_OF))
    wanted = {"overdue": 1, "past": 1, "done": 2, "at_risk": 1, "missed": 0, "met": 2, "due_now": 1}
    assert {key: found.numbers[key].value for key in wanted} == wanted
    rows = found.by_area.set_index("area")
    assert rows.loc[3, ["overdue", "past", "at_risk"]].tolist() == [1, 0, 1]
    assert rows.loc[1, ["done", "met"]].tolist() == [2, 1]


def test_what_needs_a_person_comes_in_the_order_of_pressure(recorded: Engine) -> None:
    frame = queries.attention(recorded, Filters(plan=(DOC,), as_of=AS_OF))
    assert list(frame["status"][:3]) == ["overdue", "past_no_report", "at_risk"]
    assert frame["why"][2] == "Nguy cơ không đạt: 40 %, mục tiêu ≥ 90 %"
    assert frame["id"].is_unique


def test_what_presses_tells_the_cause_its_agency_named(recorded: Engine, ledger: Ledger, tmp_path: Path) -> None:
    before = queries.attention(recorded, Filters(plan=(DOC,), as_of=AS_OF)).set_index("id")["cause"]
    assert before[task_id(1)] == ""
    said = [
        (Note(text="thiếu kinh phí"), D(2024, 5, 1)),
        (Note(text="chờ hướng dẫn"), D(2024, 6, 1)),
        (Note(text="sau ngày này"), D(2024, 7, 20)),
        (Extension(old=D(2024, 3, 14), new=D(2024, 9, 30), reason="chờ"), D(2024, 6, 2)),
    ]
    ledger.append_all([draft(task_id(1), payload, day) for payload, day in said])
    for again in recorded_engine(ledger, tmp_path):
        cause = queries.attention(again, Filters(plan=(DOC,), as_of=AS_OF)).set_index("id")["cause"]
        assert cause[task_id(1)] == "chờ hướng dẫn; đề nghị gia hạn đến 30/9/2024"


def test_the_filter_bar_offers_the_statuses_there_are(recorded: Engine) -> None:
    offered = dict(queries.filter_options(recorded, Filters(as_of=AS_OF)).statuses)
    assert offered["at_risk"] == "Chỉ tiêu nguy cơ không đạt"
    assert {"overdue", "done_late", "met", "review"} <= set(offered)
    assert "missed" not in offered


def test_two_days_compared(recorded: Engine) -> None:
    frame = queries.compare(recorded, Filters(plan=(DOC,)), D(2024, 3, 14), AS_OF)
    found = {row["id"].rpartition(".")[2]: row for row in frame.to_dict("records")}
    changes = {key: row["change"] for key, row in found.items()}
    assert changes == {
        "n00000001": "late", "n00000002": "past", "c1": "at_risk", "n00000000": "finished", "n00000004": "finished",
        "c2": "met", "c5": "met", "n00000003": "extended", "n00000005": "not_applicable",
        "c4": "status",  # its value has become too old to tell
    }  # fmt: skip
    assert list(frame["change"]) == sorted(frame["change"], key=list(queries.CHANGES).index)
    assert (found["c1"]["value_before"], found["c1"]["value_text"]) == ("", "40 %")
    assert (found["n00000003"]["due_before"], found["n00000003"]["due_text"]) == ("Tháng 6/2024", "31/8/2024")
    assert found["n00000001"]["label_before"] == "Sắp đến hạn"
    assert queries.compare(recorded, Filters(), AS_OF, AS_OF).empty
    with pytest.raises(ValueError, match="earlier"):
        queries.compare(recorded, Filters(), AS_OF, D(2024, 1, 1))


def test_a_change_of_value_alone_is_told(recorded: Engine, ledger: Ledger) -> None:
    ledger.append(draft(f"{DOC}.c1", TargetValue(value=41), D(2024, 7, 9)))
    assert recorded.recorded is not None
    recorded.recorded.pull()  # type: ignore[attr-defined]
    frame = queries.compare(recorded, Filters(plan=(DOC,)), D(2024, 7, 8), D(2024, 7, 9))
    assert frame[["id", "change", "value_before", "value_text"]].values.tolist() == [
        [f"{DOC}.c1", "value", "40 %", "41 %"]
    ]


def test_the_data_version_moves_with_the_ledger(recorded: Engine, ledger: Ledger) -> None:
    before = recorded.data_version
    ledger.append(draft(task_id(2), TaskStarted(started_on=D(2024, 7, 1)), D(2024, 7, 1)))
    assert recorded.data_version == before  # not read yet
    recorded.recorded.pull()  # type: ignore[union-attr]
    assert recorded.data_version != before
    assert tasks(recorded)[task_id(2)]["status"] == "overdue"


@pytest.mark.parametrize("kind", ["tasks", "targets"])
def test_files_of_a_demonstration_say_so(recorded: Engine, kind: exports.Kind) -> None:
    frame = {"tasks": queries.tasks, "targets": queries.targets}[kind](recorded, Filters(as_of=AS_OF))
    data, name = exports.make(kind, frame, Filters(as_of=AS_OF), extension="csv", demo=True)
    lines = data.decode("utf-8-sig").splitlines()
    assert name.startswith("so-lieu-minh-hoa_")
    assert lines[0].endswith(',"Loại số liệu"')
    assert all(line.endswith(',"SỐ LIỆU MINH HỌA"') for line in lines[1:])
    back = exports.read_csv(data, kind)
    pd.testing.assert_frame_equal(back, frame[list(back.columns)], check_dtype=False)
    real, name = exports.make(kind, frame, Filters(as_of=AS_OF), extension="csv")
    assert "MINH HỌA" not in real.decode("utf-8-sig")
    assert "minh-hoa" not in name


def test_the_sheet_of_a_demonstration_says_so_first(recorded: Engine) -> None:
    frame = queries.tasks(recorded, Filters(as_of=AS_OF))
    data, name = exports.make("tasks", frame, Filters(as_of=AS_OF), extension="xlsx", demo=True)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[2][:2]] == ["Loại số liệu", "SỐ LIỆU MINH HỌA"]
    assert sheet.oddHeader.center.text == "SỐ LIỆU MINH HỌA"
    assert name.startswith("so-lieu-minh-hoa_")
