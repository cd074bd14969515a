"""The page Chấm điểm on two plans with known facts, against sums done by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cchc import office, profiles, scoreboard, words
from cchc.charts.scores import area_bars
from cchc.engine import Engine
from cchc.entries import Draft, Evidence, Note, TaskDone
from cchc.filters import Filters
from cchc.ledger import Ledger
from cchc.markup import as_markdown
from cchc.model import Deadline, Plan
from cchc.progress import Progress
from tests.app.rig import clickable, figures, lists, open_page, parameter, run, words_of
from tests.sample_plans import DOC, plan_2024, sample_engine, show, task_id

D = dt.date
DAY = "as_of=2024-07-10"
HERE = f"plan={DOC}&{DAY}"
NATIONAL = profiles.load("quoc-gia-abc").model_dump_json(by_alias=True, exclude_none=True)


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch, sample: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Until 30 June: Sở Nội vụ did one task in time and one is overdue, Sở Tư pháp did both of its tasks (one of them
    late and with Sở Tài chính), Văn phòng UBND tỉnh reported nothing."""
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for number, payload, day in (
            (0, TaskDone(completed_on=D(2024, 3, 1)), D(2024, 3, 1)),
            (2, TaskDone(completed_on=D(2024, 3, 10)), D(2024, 3, 10)),
            (3, TaskDone(completed_on=D(2024, 7, 5)), D(2024, 7, 5)),
            (4, Note(text="đang chờ"), D(2024, 6, 20)),
            (0, Evidence(number="5/BC-SNV"), D(2024, 3, 2)),
        ):
            ledger.append(Draft(item_id=task_id(number), payload=payload, author="t", as_of=day))
        progress = Progress(ledger)
        progress.pull()
        made = Engine(sample.path, progress)
        show(monkeypatch, made)
        yield made
        made.close()


def rows(app: AppTest) -> dict[str, list[str]]:
    """The ranking: name -> the words of its cells."""
    html = next(e.proto.body for e in app.get("html") if 'aria-label="Xếp hạng cơ quan"' in e.proto.body)
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1], re.DOTALL):
        cells = [" ".join(re.sub(r"<[^>]+>", " ", c).split()) for c in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        found[cells[1]] = cells
    return found


def test_ranking_shares_places_and_lists_who_has_too_little_data() -> None:
    found = rows(open_page("cham-diem", HERE))
    assert found["Sở Tư pháp"][0] == found["Sở Tài chính"][0] == "1 (đồng hạng)"
    assert found["Sở Nội vụ"][0] == "3"
    # Sở Nội vụ leads three tasks: one done, one overdue, one bound to an event.
    assert found["Sở Nội vụ"][2:7] == ["50 tính trên 2/3 mục", "Dưới nhóm C (chưa kiểm chứng)", "1/3 = 33,33 %",
                                       "1/2 = 50 %", "2/3 = 66,67 %"]  # fmt: skip
    office = next(cells for name, cells in found.items() if name.startswith("Văn phòng UBND tỉnh"))
    assert office[0] == "chưa xếp hạng"
    assert "Chưa có số liệu để tính điểm." in office[1]
    assert list(found)[-1] != "Sở Nội vụ"


def test_the_two_rates_stand_side_by_side_with_their_formulas() -> None:
    told = words_of(open_page("cham-diem", HERE))
    assert "3/10 = 30 % · đã hoàn thành / tất cả nhiệm vụ (trừ không áp dụng)" in told
    assert "3/4 = 75 % · đã hoàn thành / (đã hoàn thành + quá hạn)" in told
    assert "4/15 = 26,67 %" in told  # tasks and targets
    assert "Điểm tham khảo" in told


def test_what_no_source_confirms_is_told() -> None:
    app = open_page("cham-diem", HERE)
    profile = profiles.load("quoc-gia-abc")
    label = as_markdown(f"Chưa kiểm chứng: {len(profile.unverified)} nội dung của bộ tiêu chí «{profile.name}»")
    assert [e.label for e in app.expander] == [label]
    told = words_of(app)
    for what in profile.unverified:
        assert f"{what} (chưa kiểm chứng)" in told


def test_why_shows_every_term_and_its_items() -> None:
    app = open_page("cham-diem", f"{HERE}&row=so-noi-vu")
    told = words_of(app)
    assert "Vì sao Sở Nội vụ được 50 điểm tham khảo" in told
    assert "Cách tính: (1) / (2) × 100 = 50" in told
    assert lists(app)["Các số hạng của điểm"] == 1
    assert "13 tiêu chí không tính vào điểm" in told
    label = 'aria-label="Từng nhiệm vụ, chỉ tiêu trong điểm"'
    items = next(e.proto.body for e in app.get("html") if label in e.proto.body)
    assert f"item={task_id(0)}" in items
    assert f"item={task_id(4)}" in items
    assert "Quá hạn 10 ngày" in items


def test_a_link_of_the_list_asks_why() -> None:
    app = open_page("cham-diem", f"{HERE}&period=2024-6t")
    html = " ".join(e.proto.body for e in app.get("html"))
    assert f"/cham-diem?plan={DOC}&amp;as_of=2024-07-10&amp;period=2024-6t&amp;row=so-tu-phap" in html


def test_a_period_counts_to_its_last_day_and_is_compared() -> None:
    app = open_page("cham-diem", f"{HERE}&period=2024-6t")
    told = words_of(app)
    assert "6 tháng đầu năm 2024, chốt đến 30/6/2024" in told
    found = rows(app)
    # On 30 June the task of Sở Nội vụ was in time, in quarter I its other one was done: 100 and 100.
    assert found["Sở Nội vụ"][2].startswith("100 ")
    assert found["Sở Nội vụ"][7] == "0"
    assert "Không có kế hoạch của năm trước để so." in told
    assert "Quý I/2024, 31/3/2024" in told


def test_a_period_that_is_not_over_is_looked_at_on_the_reporting_date() -> None:
    app = open_page("cham-diem", f"{HERE}&period=2024")
    assert "Năm 2024, chưa kết thúc: tính đến ngày số liệu 10/7/2024" in words_of(app)
    assert rows(app)["Sở Nội vụ"][2].startswith("50 ")


def test_another_profile_gives_other_points() -> None:
    app = open_page("cham-diem", f"{HERE}&profile=tuy-chinh&row=so-noi-vu")
    told = words_of(app)
    assert "Tùy chỉnh" in " ".join(app.selectbox(key="cham-diem_profile").options)
    assert app.selectbox(key="cham-diem_profile").value == "tuy-chinh"
    assert "từ 80 %: theo tỷ lệ" in told
    assert "Bộ tiêu chí này không có nguồn." in told


def test_members_of_groups_can_be_scored() -> None:
    folded = rows(open_page("cham-diem", HERE))
    unfolded = rows(open_page("cham-diem", f"{HERE}&group=mo"))
    group = next(name for name in folded if name.startswith("Sở, ban, ngành"))
    assert group not in unfolded
    # The task of the whole year is now one of each member's.
    assert unfolded["Sở Nội vụ"][4] == "1/4 = 25 %"


@pytest.mark.parametrize(
    ("view", "title", "count"),
    [
        ("linh-vuc", "Điểm theo lĩnh vực", 7),
        ("ke-hoach", "Xếp hạng kế hoạch", 1),
        ("thoi-han", "Điểm theo thời hạn", 7),
    ],
)
def test_other_views(view: str, title: str, count: int) -> None:
    app = open_page("cham-diem", f"{HERE}&view={view}")
    assert lists(app)[title] == count


def test_areas_are_bars_with_words() -> None:
    (figure,) = figures(open_page("cham-diem", f"{HERE}&row=so-noi-vu"))
    assert clickable(open_page("cham-diem", f"{HERE}&row=so-noi-vu")) == [["1"], ["4"]]
    told = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>50</b> · 2/2 mục có số liệu" in told
    assert f"{words.NO_DATA} · 0/1 mục có số liệu" in told


def test_choices_go_into_the_address() -> None:
    app = open_page("cham-diem", HERE)
    app.selectbox(key="cham-diem_profile").select("quy-dinh-366")
    app.selectbox(key="cham-diem_row").select("so-noi-vu")
    run(app)
    assert parameter(app, "profile") == "quy-dinh-366"
    assert parameter(app, "row") == "so-noi-vu"


def test_filters_that_do_not_hold_are_named_and_an_agency_keeps_its_place() -> None:
    app = open_page("cham-diem", f"{HERE}&agency=so-noi-vu&q=kehoach")
    assert "Bộ lọc từ tìm kiếm không áp dụng cho điểm" in words_of(app)
    found = rows(app)
    assert list(found) == ["Sở Nội vụ"]
    assert found["Sở Nội vụ"][0] == "3"
    assert "1/3 = 33,33 % · đã hoàn thành" in words_of(app)
    # By area also what it leads through a group is counted, as on the other pages.
    areas = words_of(open_page("cham-diem", f"{HERE}&agency=so-noi-vu&view=linh-vuc"))
    assert "1/4 = 25 % · đã hoàn thành" in areas


def test_plans_of_several_places_are_not_mixed_in_silence() -> None:
    assert "Đang tính chung kế hoạch của 2 nơi" in words_of(open_page("cham-diem", DAY))
    assert "Đang tính chung" not in words_of(open_page("cham-diem", HERE))


def test_nothing_to_score_is_told() -> None:
    app = open_page("cham-diem", f"{HERE}&area=6")
    assert not lists(app)
    assert any("Không có nhiệm vụ, chỉ tiêu nào" in e.value for e in app.info)


def test_a_broken_profile_is_told_and_the_others_work(monkeypatch: pytest.MonkeyPatch) -> None:
    real = profiles.load

    def load(code: str) -> profiles.Profile:
        if code == "tuy-chinh":
            raise profiles.ProfileError(code, ["Dòng 3, mục «total»: phải lớn hơn 0."])
        return real(code)

    monkeypatch.setattr(profiles, "load", load)
    app = open_page("cham-diem", HERE)
    assert "Dòng 3" in app.error[0].value
    assert "tuy-chinh" not in app.selectbox(key="cham-diem_profile").options
    assert rows(app)


def test_the_file_holds_what_the_page_shows(opened: Engine) -> None:
    made = scoreboard.board(opened, Filters(plan=(DOC,), as_of=D(2024, 7, 10)), NATIONAL)
    found = scoreboard.frame(made, {"so-noi-vu": "Sở Nội vụ"}).set_index("key")
    row = found.loc["so-noi-vu"]
    assert (row["name"], row["rank"], row["score"]) == ("Sở Nội vụ", 3, 50)
    assert (row["plan_done"], row["plan_all"], row["due_done"], row["due_all"]) == (1, 3, 1, 2)
    assert (row["with_data"], row["items"], row["overdue"]) == (2, 3, 1)
    assert not row["tied"]
    assert bool(found.loc["so-tu-phap"]["tied"])
    assert "chưa kiểm chứng" in row["class"]
    # Before: quarter II is no report, so it is compared with the six months, when it was 100.
    assert row["change"] == -50


def test_last_year_is_that_of_the_same_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def earlier(plan: Plan, doc: str, province: str) -> Plan:
        """A plan of 2023 with one task of Sở Nội vụ."""
        info = plan.plan.model_copy(update={"id": doc, "year": 2023, "province": province})
        due = Deadline(kind="quarter", end=D(2023, 3, 31))
        task = plan.tasks[0].model_copy(update={"id": f"{doc}.n1", "deadline": due})
        empty = {"targets": (), "measures": (), "duties": (), "tasks": (task,)}
        return plan.model_copy(update={**empty, "plan": info, "name": f"{doc}.txt"})

    mine, other = (earlier(plan_2024(), doc, place) for doc, place in (("mau-2023", "Mẫu"), ("khac-2023", "Khác")))
    with Ledger(tmp_path / "two.sqlite") as ledger:
        for item, day in ((task_id(0), D(2024, 3, 1)), ("mau-2023.n1", D(2023, 5, 1))):
            ledger.append(Draft(item_id=item, payload=TaskDone(completed_on=day), author="t", as_of=day))
        ledger.append(Draft(item_id="khac-2023.n1", payload=Note(text="chậm"), author="t", as_of=D(2023, 5, 1)))
        progress = Progress(ledger)
        progress.pull()
        (tmp_path / "two").mkdir()
        path = sample_engine(tmp_path / "two", (plan_2024(), mine, other)).path
        made = Engine(path, progress)
        show(monkeypatch, made)
        monkeypatch.setattr(office, "_items", None)  # both catalogs of the tests bear one version
        filters = Filters(plan=(DOC,), as_of=D(2024, 7, 10))
        found = scoreboard.board(made, filters, NATIONAL, period="2024-6t")
        assert found.year_told == "6 tháng đầu năm 2023, 30/6/2023"
        (change,) = [c for c in found.against_year if c.key == "so-noi-vu"]
        # 100 in both years: the plan of another place, overdue then, is not counted.
        assert (change.now, change.before) == (100, 100)
        everywhere = scoreboard.board(made, filters.without("plan"), NATIONAL, period="2024-6t")
        (change,) = [c for c in everywhere.against_year if c.key == "so-noi-vu"]
        assert (change.now, change.before, change.difference) == (100, 50, 50)
        made.close()


def test_bars_need_rows_and_never_leave_their_track() -> None:
    types = {"area": "int64", "score": "Float64", "before": "Float64", "total": "float64", "with_data": "int64",
             "items": "int64"}  # fmt: skip
    frame = pd.DataFrame([[1, 120.0, None, 100, 1, 2], [0, None, 50.0, 100, 0, 3]], columns=list(types)).astype(types)
    made = area_bars(frame, "narrow")
    assert list(made.figure.data[0].x) == [1, 0]
    assert made.alt.startswith("Điểm tham khảo của 2 lĩnh vực. Cao nhất: ")
    with pytest.raises(ValueError, match="no areas"):
        area_bars(frame.iloc[:0])
