"""What the views show, on two small plans with known facts, and on the five documents."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from cchc import queries
from cchc.engine import Engine
from cchc.filters import Filters, ItemKind
from cchc.queries.rows import framed
from tests.sample_plans import DOC, plan_2024, task_id
from tests.test_filters import filters as any_filters

D = dt.date
AS_OF = D(2024, 3, 14)
LISTS: dict[str, Callable[[Engine, Filters], pd.DataFrame]] = {
    "task": queries.tasks,
    "target": queries.targets,
    "measure": queries.measures,
    "duty": queries.duties,
    "any": queries.attention,
}


def numbers(frame: pd.DataFrame) -> list[int]:
    """Which tasks of the plan of 2024 (from 0) a frame holds; -1 for a task of another plan."""
    ids = {task_id(n): n for n in range(10)}
    return [ids.get(i, -1) for i in frame["id"]]


# --- tasks and their filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Filters(), [*range(10), -1]),
        (Filters(plan=(DOC,)), list(range(10))),
        (Filters(plan=("khong-co",)), []),
        (Filters(area=(1,)), [0, 4, 5]),
        (Filters(area=(0,)), [9]),
        (Filters(area=(0, 3)), [1, 9]),
        # agencies: directly, through groups of the plan's year, in a role
        (Filters(agency=("so-tu-phap",)), [0, 1, 2, 3, 5]),
        (Filters(agency=("so-tu-phap",), role="lead"), [2, 3, 5]),
        (Filters(agency=("so-tu-phap",), role="support"), [0, 1]),
        (Filters(agency=("so-ban-nganh",)), [0, 5]),
        (Filters(agency=("ubnd-huyen-phu-cat",)), [5, 8]),
        (Filters(agency=("ubnd-cap-huyen",)), [5]),
        (Filters(agency=("cong-ty-la",)), [6]),
        (Filters(agency=("lien-quan",)), [7]),
        (Filters(agency=("phong-tai-chinh",)), [-1]),
        (Filters(role="support"), [0, 1, 2, 7, 8, 9]),
        # a later agency: its forerunner of the plan's year, and the groups of that one
        (Filters(agency=("so-nong-nghiep-va-moi-truong",)), [0, 5]),
        # one that stood beside its forerunner in the plan's year has that one's items too
        (Filters(agency=("so-khoa-hoc-va-cong-nghe",)), [0, 5, 7]),
        (Filters(agency=("so-khoa-hoc-va-cong-nghe",), role="lead"), [5, 7]),
        (Filters(agency=("so-thong-tin-va-truyen-thong",)), [0, 5, 7]),
        # quarters: the last day decides; whole years have their own lane
        (Filters(quarter=("2024-1",)), [0, 1, 2]),
        (Filters(quarter=("2024-1",), calendar="ky"), [1]),
        (Filters(quarter=("2024-2",), calendar="ky"), [0, 2]),
        (Filters(quarter=("2024-2",)), [3, 4]),
        (Filters(quarter=("2024-4",)), []),
        (Filters(quarter=("2022-4",)), [-1]),
        (Filters(quarter=("2023-1",), calendar="ky"), [-1]),
        (Filters(quarter=("year:2024",)), [5]),
        (Filters(quarter=("years", "ongoing", "event")), [6, 7, 8]),
        (Filters(quarter=("none",)), [9]),
        (Filters(quarter=("2024-1", "year:2024")), [0, 1, 2, 5]),
        # dates: any deadline with a last day, whole years too
        (Filters(from_=D(2024, 3, 15), to=D(2024, 12, 31)), [0, 2, 3, 4, 5]),
        (Filters(from_=D(2025, 1, 1)), [6]),
        (Filters(to=D(2022, 12, 31)), [-1]),
        # search: no accents, both tone placements, all words, from the start of a word, in any text of the task
        (Filters(q="hòa giải"), [3]),
        (Filters(q="HOA GIAI"), [3]),
        (Filters(q="hoà huong"), [3]),
        (Filters(q="hoa khong"), []),
        (Filters(q="iai"), []),
        (Filters(q="tai chinh"), [3, -1]),
        (Filters(q="bao cao"), [0, 4]),
        (Filters(q="15/3/2024"), [2]),
        (Filters(q="%"), []),
        (Filters(q="_"), [*range(10), -1]),
        # statuses on a reporting date
        (Filters(status=("past_no_report",), as_of=AS_OF), [-1]),
        (Filters(status=("due_soon",), as_of=AS_OF), [0, 1, 2]),
        (Filters(status=("in_time", "ongoing"), as_of=AS_OF), [3, 4, 5, 6, 7]),
        (Filters(status=("overdue",)), []),
        (Filters(status=("review",)), [1, 9]),
        (Filters(status=("review", "event")), [1, 8, 9]),
        (Filters(level=("xã",)), [*range(10), -1]),
    ],
)
def test_tasks_found(sample: Engine, made: Filters, expected: list[int]) -> None:
    assert numbers(queries.tasks(sample, made)) == expected


def test_via_whom_an_agency_is_meant(sample: Engine) -> None:
    def via(key: str) -> dict[int, str]:
        frame = queries.tasks(sample, Filters(agency=(key,)))
        return dict(zip(numbers(frame), frame["via_group"], strict=True))

    assert via("so-tu-phap") == {0: "Sở, ban, ngành", 1: "", 2: "", 3: "", 5: "Sở, ban, ngành"}
    assert via("so-ban-nganh") == {0: "", 5: ""}
    assert via("ubnd-huyen-phu-cat") == {5: "UBND cấp huyện", 8: ""}
    later = via("so-nong-nghiep-va-moi-truong")
    assert set(later) == {0, 5}
    assert all("Sở, ban, ngành" in words and "cơ quan tiền thân" in words for words in later.values())


def test_no_agency_filter_marks_nothing(sample: Engine) -> None:
    assert set(queries.tasks(sample, Filters())["via_group"]) == {""}


def test_a_task_as_it_is_shown(sample: Engine) -> None:
    row = queries.tasks(sample, Filters(plan=(DOC,), as_of=AS_OF)).to_dict("records")[0]
    assert row == {
        "id": task_id(0), "doc_id": DOC, "plan_label": "10/KH-UBND (Mẫu, 2024)", "plan_year": 2024, "ordinal": "1",
        "area": 1, "area_name": "Công tác chỉ đạo, điều hành cải cách hành chính", "area_from": "heading",
        "content": "Ban hành kế hoạch", "products": "Kế hoạch; Báo cáo", "lead": "Sở Nội vụ",
        "support": "Các sở, ban, ngành", "deadline_raw": "Quý I/2024", "deadline_kind": "quarter",
        "deadline_start": pd.NaT, "deadline_end": pd.Timestamp(2024, 3, 31), "due_text": "Quý I/2024",
        "first_due": pd.Timestamp(2024, 3, 31), "first_due_text": "Quý I/2024", "extended": False, "recorded": False,
        "started_on": pd.NaT, "done_on": pd.NaT, "result": "", "evidence": "", "unit": "", "person": "",
        "lane": "2024-1", "lane_label": "Quý I/2024", "status": "due_soon", "status_label": "Sắp đến hạn",
        "status_text": "Sắp đến hạn, còn 17 ngày", "days": 17, "via_group": "", "note": "Ghi chú", "confidence": 1.0,
        "reasons": "", "review": "", "start": 0, "end": 5, "page": None, "corrected": "",
    }  # fmt: skip


# --- the other lists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Filters(), ["c1", "c2", "c3", "c4", "c5", "c1"]),
        (Filters(level=("xã",)), ["c4"]),
        (Filters(level=("huyện", "tỉnh")), ["c1", "c1"]),
        (Filters(level=("chưa rõ",)), ["c2", "c3", "c5"]),
        (Filters(area=(0,)), ["c3"]),
        (Filters(q="xep hang ca nuoc"), []),
        (Filters(q="chi so ca nuoc"), ["c2"]),
        (Filters(q="90%"), ["c1", "c2", "c3", "c4", "c5"]),
        (Filters(to=D(2023, 1, 1)), ["c1"]),
        (Filters(status=("review",)), ["c3"]),
        (Filters(status=("past_no_report",), quarter=("2024-1",), plan=(DOC,)), ["c1", "c2", "c3", "c4", "c5"]),
        (Filters(agency=("so-tu-phap",)), []),  # given to nobody: test_assigned_lists
    ],
)  # fmt: skip
def test_targets_found(sample: Engine, made: Filters, expected: list[str]) -> None:
    assert [i.rpartition(".")[2] for i in queries.targets(sample, made)["id"]] == expected


def test_goals_in_words(sample: Engine) -> None:
    frame = queries.targets(sample, Filters(plan=(DOC,)))
    assert list(frame["goal_text"]) == [
        "≥ 90 %", "hạng ≤ 20", "cải thiện so với năm trước", "> 1.234,5 dịch vụ", "hoàn thành",
    ]  # fmt: skip
    assert frame["value"].isna().tolist() == [False, False, True, False, True]
    assert frame["due"].isna().tolist() == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (Filters(), ["t1", "t2", "t3"]),
        (Filters(agency=("so-noi-vu",)), ["t1", "t2"]),
        (Filters(agency=("so-y-te",)), ["t2"]),
        (Filters(agency=("ubnd-cap-huyen",)), ["t2"]),
        (Filters(agency=("so-noi-vu",), role="support"), []),
        (Filters(status=("review",)), ["t3"]),
        (Filters(q="don doc"), ["t1"]),
    ],
)
def test_duties_found(sample: Engine, made: Filters, expected: list[str]) -> None:
    frame = queries.duties(sample, made)
    assert [i.rpartition(".")[2] for i in frame["id"]] == expected


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "unit", "words"),
    [
        ("ratio", ">=", 98.5, "%", "≥ 98,5 %"),
        ("ratio", None, 100.0, "%", "100 %"),
        ("count", "<", 3.0, None, "< 3"),
        ("count", "=", 1_000_000.0, "đồng", "= 1.000.000 đồng"),
        ("ratio", ">=", None, "%", "chưa rõ"),
        ("rank", ">=", None, None, "chưa rõ"),
        ("milestone", None, None, None, "hoàn thành"),
    ],
)
def test_goal_text(kind: str, comparator: str | None, value: float | None, unit: str | None, words: str) -> None:
    assert queries.goal_text(kind, comparator, value, unit) == words


def test_groups_of_equal_size_keep_their_members_apart() -> None:
    rows = [{"key": "a", "members": ("x", "y")}, {"key": "b", "members": ("z", "w")}]
    assert framed(rows, ("key", "members"))["members"].tolist() == [("x", "y"), ("z", "w")]


def test_lanes_stand_in_order_and_lose_nothing(sample: Engine) -> None:
    frame = queries.lanes(sample, Filters(as_of=AS_OF))
    assert list(dict.fromkeys(frame["lane"])) == [
        "2022-4", "2024-1", "2024-2", "year:2024", "years", "ongoing", "event", "none",
    ]  # fmt: skip
    assert numbers(frame[frame["lane"] == "2024-1"]) == [1, 2, 0]  # by deadline
    assert sorted(numbers(frame)) == sorted(numbers(queries.tasks(sample, Filters())))
    assert list(frame["lane_position"]) == [0, 0, 1, 2, 0, 1, 0, 0, 0, 0, 0]


def test_attention_begins_with_the_longest_past(sample: Engine) -> None:
    frame = queries.attention(sample, Filters(as_of=D(2024, 4, 10)))
    assert list(frame["days"].fillna(-1))[:4] == [466, 27, 26, 10]
    assert list(frame["why"])[1] == "Đã qua hạn 27 ngày, chưa có báo cáo; Đọc chưa chắc chắn: dòng bị mất ô"
    rest = frame.iloc[4:]
    assert list(rest["kind"]) == ["task", "duty", "target"]
    assert list(rest["why"]) == [
        "Chưa rõ thời hạn; Chưa rõ cơ quan chủ trì", "Chưa rõ cơ quan", "Đọc chưa chắc chắn: chưa rõ lĩnh vực",
    ]  # fmt: skip
    assert frame["id"].is_unique


def test_attention_puts_the_nearest_deadline_before_later_ones(sample: Engine) -> None:
    frame = queries.attention(sample, Filters(plan=(DOC,), as_of=AS_OF, status=("due_soon",)))
    assert numbers(frame) == [1, 2, 0]
    assert list(frame["days"]) == [0, 1, 17]


# --- responsibility ----------------------------------------------------------------------------------------------


def row_of(frame: pd.DataFrame, key: str) -> dict[str, Any]:
    found = frame[frame["key"] == key].to_dict("records")
    assert len(found) == 1, key
    return {str(k): v for k, v in found[0].items()}


def test_matrix_folded(sample: Engine) -> None:
    frame = queries.matrix_area(sample, Filters(plan=(DOC,)))
    group = row_of(frame, "so-ban-nganh")
    assert (group["lead"], group["support"], group["total"], group["is_group"]) == (1, 1, 2, True)
    assert (group["lead_1"], group["support_1"]) == (1, 1)
    assert "so-y-te" in group["members"]
    justice = row_of(frame, "so-tu-phap")
    assert (justice["lead"], justice["support"], justice["total"], justice["via"]) == (2, 1, 3, 2)
    assert (justice["lead_5"], justice["lead_2"], justice["support_3"]) == (1, 1, 1)
    assert row_of(frame, "so-noi-vu")["support_0"] == 1
    assert "so-y-te" not in set(frame["key"])


def test_matrix_expanded(sample: Engine) -> None:
    frame = queries.matrix_area(sample, Filters(plan=(DOC,)), expand=True)
    keys = set(frame["key"])
    assert "so-ban-nganh" not in keys
    assert "so-nong-nghiep-va-moi-truong" not in keys  # did not exist in 2024
    assert {"so-nong-nghiep-va-phat-trien-nong-thon", "ubnd-huyen-phu-cat", "lien-quan"} <= keys
    assert (row_of(frame, "so-y-te")["lead"], row_of(frame, "so-y-te")["support"]) == (1, 1)
    assert row_of(frame, "so-tu-phap")["total"] == 5
    assert row_of(frame, "ubnd-huyen-phu-cat")["total"] == 2


def test_each_cell_of_the_matrix_leads_to_its_tasks(sample: Engine) -> None:
    expanded = queries.matrix_area(sample, Filters(plan=(DOC,)), expand=True)
    for row in expanded.to_dict("records"):
        for role in ("lead", "support"):
            view = Filters(plan=(DOC,), agency=(row["key"],), role=role)
            found = queries.tasks(sample, view)
            assert len(found) == row[role], (row["key"], role)
            for area in range(8):
                assert (found["area"].fillna(0) == area).sum() == row[f"{role}_{area}"]
    folded = queries.matrix_area(sample, Filters(plan=(DOC,)))
    for row in folded.to_dict("records"):
        found = queries.tasks(sample, Filters(plan=(DOC,), agency=(row["key"],)))
        assert len(found) == row["total"] + row["via"], row["key"]


def test_matrix_of_one_agency_shows_it_and_its_groups(sample: Engine) -> None:
    frame = queries.matrix_area(sample, Filters(plan=(DOC,), agency=("so-tu-phap",)))
    assert list(frame["key"]) == ["so-tu-phap", "so-ban-nganh"]
    lead = queries.matrix_area(sample, Filters(plan=(DOC,), agency=("so-tu-phap",), role="lead"))
    assert (row_of(lead, "so-tu-phap")["lead"], row_of(lead, "so-tu-phap")["support"]) == (2, 0)
    expanded = queries.matrix_area(sample, Filters(plan=(DOC,), agency=("so-tu-phap",)), expand=True)
    assert list(expanded["key"]) == ["so-tu-phap"]
    assert row_of(expanded, "so-tu-phap")["total"] == 5


def test_matrix_of_tasks(sample: Engine) -> None:
    frame = queries.matrix_task(sample, Filters(plan=(DOC,)))
    cells: dict[tuple[str, int], Any] = {
        (a, n): r for a, n, r in zip(frame["agency_key"], numbers(frame), frame["role"], strict=True)
    }
    assert cells["so-noi-vu", 0] == "C"
    assert cells["so-ban-nganh", 0] == "P"
    assert cells["so-tu-phap", 3] == cells["so-tai-chinh", 3] == "C"
    assert frame["agency_order"].is_monotonic_increasing
    expanded = queries.matrix_task(sample, Filters(plan=(DOC,)), expand=True)
    keys, tasks_ = list(expanded["agency_key"]), numbers(expanded)
    marks = zip(expanded["role"], expanded["via"], strict=True)
    cells = dict(zip(zip(keys, tasks_, strict=True), marks, strict=True))
    assert cells["so-tu-phap", 0] == ("P", "Sở, ban, ngành")
    assert cells["so-tu-phap", 1] == ("P", "")
    assert cells["so-noi-vu", 0] == ("CP", "")


def test_agencies_stand_by_kind_then_in_vietnamese_order(documents: Engine) -> None:
    frame = queries.agencies(documents, Filters())
    order = list(dict.fromkeys(frame["kind"]))
    assert order == [k for k in dict.fromkeys(["sở", "văn phòng", *order]) if k in order]
    names = list(frame[frame["kind"] == "sở"]["name"])
    place = {name: n for n, name in enumerate(names)}
    assert place["Sở Công Thương"] < place["Sở Giáo dục và Đào tạo"] < place["Sở Nội vụ"] < place["Sở Y tế"]
    assert place["Sở Tài chính"] < place["Sở Tài nguyên và Môi trường"] < place["Sở Tư pháp"]


# --- documents and items -----------------------------------------------------------------------------------------


def test_documents(sample: Engine) -> None:
    frame = queries.documents(sample)
    assert list(frame["label"]) == ["10/KH-UBND (Mẫu, 2024)", "Kế hoạch (cấp huyện, 2022)"]
    row = frame.to_dict("records")[0]
    assert [row[k] for k in ("targets", "tasks", "measures", "duties", "warnings", "review")] == [5, 10, 1, 3, 1, 4]
    assert frame["number"][1] == ""
    assert frame["issued_on"].isna().tolist() == [False, True]


def test_a_document_with_its_marks(sample: Engine) -> None:
    view = queries.document(sample, DOC)
    assert view is not None
    assert view.text == plan_2024().text
    assert view.warnings == ("Một số liệu chưa được đọc",)
    assert view.info["number"] == "10/KH-UBND"
    assert len(view.marks) == 5 + 10 + 1 + 3
    assert view.marks["start"].is_monotonic_increasing
    assert set(view.marks["kind_label"]) == {"Chỉ tiêu", "Nhiệm vụ", "Nhiệm vụ và giải pháp", "Trách nhiệm"}


@pytest.mark.parametrize("doc", ["", "khong-co", "'; DROP TABLE documents; --", "../x"])
def test_no_such_document(sample: Engine, doc: str) -> None:
    assert queries.document(sample, doc) is None


def test_an_item_with_its_paragraph(sample: Engine) -> None:
    view = queries.item(sample, f"{DOC}.c1")
    assert view is not None
    assert view.kind == "target"
    assert (view.before, view.sentence, view.after) == ("- ", "90% hồ sơ được số hóa", ". Phần sau của đoạn.")
    assert view.context_before + view.before + view.sentence + view.after + view.context_after == plan_2024().text
    task = queries.item(sample, task_id(3), Filters(as_of=AS_OF))
    assert task is not None
    assert task.row["status"] == "in_time"
    assert list(zip(task.assignments["written"], task.assignments["role"], strict=True)) == [
        ("Sở Tư pháp", "lead"), ("Sở Tài chính", "lead"),
    ]  # fmt: skip


@pytest.mark.parametrize("item", ["", "x", f"{DOC}.n", "' OR 1=1"])
def test_no_such_item(sample: Engine, item: str) -> None:
    assert queries.item(sample, item) is None


def test_problems(sample: Engine) -> None:
    assert queries.problems(sample).to_dict("records") == [{"name": "hong.txt", "message": "Tệp trống."}]


# --- overview ----------------------------------------------------------------------------------------------------


def test_overview_of_a_day(sample: Engine) -> None:
    found = queries.overview(sample, Filters(plan=(DOC,), as_of=D(2024, 12, 20)))
    values = {key: n.value for key, n in found.numbers.items()}
    assert values == {
        "due_now": 0, "due_next": 0, "yearly_now": 1, "overdue": 0, "past": 5, "due_soon": 1, "done": 0,
        "at_risk": 0, "missed": 0, "met": 0, "tasks": 10, "targets": 5,
        "measures": 1, "duties": 3, "review": 4, "review_task": 2, "review_target": 1, "review_measure": 0,
        "review_duty": 1,
    }  # fmt: skip
    assert (found.quarter, found.next_quarter) == ("2024-4", "2025-1")
    reporting = queries.overview(sample, Filters(plan=(DOC,), as_of=D(2024, 12, 20), calendar="ky"))
    assert reporting.quarter_label == "Quý I/2025 (15/12 - 14/3)"
    assert reporting.numbers["yearly_now"].value == 1


@pytest.mark.parametrize("calendar", ["lich", "ky"])
@pytest.mark.parametrize("as_of", [D(2022, 12, 20), D(2024, 2, 1), D(2024, 3, 15), D(2024, 12, 31), D(2025, 12, 20)])
@pytest.mark.parametrize(
    "base", [Filters(), Filters(agency=("so-tu-phap",)), Filters(area=(1, 5)), Filters(q="bao cao")]
)
def test_every_number_is_the_length_of_its_list(sample: Engine, base: Filters, as_of: dt.date, calendar: Any) -> None:
    found = queries.overview(sample, base.but(as_of=as_of, calendar=calendar))
    for number in found.numbers.values():
        assert len(LISTS[number.kind](sample, number.filters)) == number.value, number.key
    assert found.by_area["tasks"].sum() == found.by_lane["count"].sum() == found.numbers["tasks"].value
    assert found.by_area["review"].sum() == found.numbers["review"].value
    assert list(found.by_area["area"]) == [1, 2, 3, 4, 5, 6, 7, 0]


def test_a_plan_whose_year_is_over_offers_its_last_day(sample: Engine) -> None:
    notice = queries.plan_year_notice(sample, Filters(as_of=D(2024, 5, 1)))
    assert list(notice["year"]) == [2022]
    assert list(notice["offered"]) == [pd.Timestamp(2022, 12, 31)]
    assert "31/12/2022" in notice["message"][0]
    assert queries.plan_year_notice(sample, Filters(plan=(DOC,), as_of=D(2024, 12, 31))).empty
    assert list(queries.plan_year_notice(sample, Filters(as_of=D(2025, 1, 1)))["year"]) == [2024, 2022]


def test_the_filter_bar_offers_what_there_is(sample: Engine) -> None:
    offered = queries.filter_options(sample, Filters(as_of=AS_OF))
    assert list(offered.plans["label"]) == ["10/KH-UBND (Mẫu, 2024)", "Kế hoạch (cấp huyện, 2022)"]
    assert offered.levels == ("tỉnh", "huyện", "xã", "chưa rõ")
    assert [lane for lane, _ in offered.lanes][:3] == ["2022-4", "2024-1", "2024-2"]
    assert [code for code, _ in offered.statuses][-1] == "review"
    for row in offered.agencies.to_dict("records"):
        view = Filters(agency=(row["key"],))
        assert len(queries.tasks(sample, view)) + len(queries.duties(sample, view)) == row["items"], row["key"]
    for lane, _ in offered.lanes:
        assert len(queries.tasks(sample, Filters(quarter=(lane,)))) > 0, lane


def test_unknown_plans_and_agencies_are_said_and_left_out(sample: Engine) -> None:
    made = Filters(plan=(DOC, "khong-co"), agency=("so-noi-vu", "la"), q="x")
    kept, messages = queries.checked(sample, made)
    assert kept == Filters(plan=(DOC,), agency=("so-noi-vu",), q="x")
    assert len(messages) == 2
    assert queries.checked(sample, kept) == (kept, [])


# --- promises for any filters ------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(made=any_filters())
def test_any_filters_give_the_documented_columns(sample: Engine, made: Filters) -> None:
    for name in ("tasks", "targets", "measures", "duties", "lanes", "attention", "matrix_area", "matrix_task"):
        query = getattr(queries, name)
        frame = query(sample, made)
        assert frame.dtypes.astype(str).to_dict() == query(sample, Filters()).dtypes.astype(str).to_dict(), name
        assert not frame.select_dtypes("str").isna().any().any()
    queries.overview(sample, made)


@pytest.mark.parametrize("calendar", ["lich", "ky"])
@pytest.mark.parametrize("as_of", [D(1945, 1, 1), D(2200, 10, 1), D(2200, 12, 31)])
def test_the_first_and_the_last_reporting_date_have_quarters_beside_them(
    sample: Engine, as_of: dt.date, calendar: Any
) -> None:
    found = queries.overview(sample, Filters(as_of=as_of, calendar=calendar))
    for number in found.numbers.values():
        assert Filters.from_query(number.filters.to_query()) == (number.filters, [])


@pytest.mark.parametrize("name", ["tasks", "targets", "measures", "duties", "attention", "documents", "matrix_task"])
def test_columns_are_those_of_the_docstring(sample: Engine, name: str) -> None:
    query = getattr(queries, name)
    said = (inspect.getdoc(query) or "").split("Columns:")[1] + "\n\n"
    while "(" in said:
        said = re.sub(r"\([^()]*\)", "", said)
    said = re.split(r"\.\s", re.sub(r"«[^»]*»", "", said))[0]
    assert [word.strip() for word in said.split(",") if word.strip()] == list(query(sample, Filters()).columns)


def test_types(sample: Engine) -> None:
    types = queries.tasks(sample, Filters()).dtypes.astype(str).to_dict()
    assert {types[c] for c in ("area", "days", "plan_year")} == {"Int64"}
    assert {types[c] for c in ("deadline_start", "deadline_end")} == {"datetime64[us]"}
    assert {types[c] for c in ("id", "content", "lead", "status", "via_group", "review")} == {"str"}
    assert (types["confidence"], types["start"]) == ("float64", "int64")


def test_the_five_documents_on_a_day_of_their_year(documents: Engine) -> None:
    found = queries.overview(documents, Filters(as_of=D(2024, 3, 20)))
    values = {key: n.value for key, n in found.numbers.items()}
    assert (values["due_now"], values["due_next"], values["past"]) == (13, 2, 6)
    lanes = found.by_lane.groupby("lane")["count"].sum().to_dict()
    assert lanes == {
        "2023-4": 4, "2024-1": 13, "2024-2": 2, "2024-4": 1, "year:2024": 31, "years": 2, "ongoing": 2, "event": 1,
    }  # fmt: skip
    direct = queries.matrix_area(documents, Filters()).set_index("key")
    assert (direct.loc["so-noi-vu", "lead"], direct.loc["so-tu-phap", "lead"]) == (16, 5)
    kinds: tuple[ItemKind, ...] = ("task", "target", "measure", "duty")
    assert sum(len(LISTS[k](documents, Filters())) for k in kinds) > 200
