"""The pages with results in the ledger: statuses in words, extensions, the history, two days, the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import office
from cchc.engine import Engine
from cchc.ledger import Ledger, LedgerError
from cchc.progress import Progress
from tests.app.rig import SCRIPT, SECONDS, clickable, figures, lists, open_page, parameter, run, words_of
from tests.sample_plans import DOC, show, task_id
from tests.sample_progress import recorded_engine, sample_ledger

DAY = f"as_of=2024-07-10&plan={DOC}"


@pytest.fixture(autouse=True)
def recorded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    """The results of sample_progress on the sample plans, as the process's own."""
    for ledger in sample_ledger(tmp_path):
        for opened in recorded_engine(ledger, tmp_path):
            show(monkeypatch, opened)
            monkeypatch.setattr(office, "get_ledger", lambda ledger=ledger: ledger)
            monkeypatch.setattr(office, "get_progress", lambda opened=opened: opened.recorded)
            yield opened


def test_overview_says_who_is_late_and_what_is_not_reported() -> None:
    told = words_of(open_page("tong-quan", DAY))
    assert "10/7/2024: 1 trong 10 nhiệm vụ quá hạn và 1 nhiệm vụ đã qua hạn mà chưa có báo cáo" in told
    assert "Quá hạn 118 ngày" in told
    assert "Đã qua hạn 117 ngày, chưa có báo cáo" in told
    assert "Nguy cơ không đạt: 40 %, mục tiêu ≥ 90 %" in told
    assert "đã hoàn thành: 2/10" in told
    assert "đạt: 2/5" in told
    assert "MINH HỌA" not in told


def test_an_earlier_day_shows_its_own_facts_and_the_way_back() -> None:
    app = open_page("tong-quan", f"as_of=2024-03-14&plan={DOC}")
    told = words_of(app)
    assert "số liệu tại ngày 14/3/2024" in told
    assert "0/10" in told
    app.button(key="as_of_today").click()
    run(app)
    assert "as_of" not in app.query_params


def test_targets_with_results_and_statuses() -> None:
    app = open_page("chi-tieu", DAY)
    told = words_of(app)
    assert "4 chỉ tiêu có số liệu kết quả: 1 nguy cơ không đạt, 2 chưa thể đánh giá, 2 đạt." in told
    bars = {trace["value"] for figure in figures(app) for trace in figure["data"] if trace.get("value") is not None}
    assert bars == {40, 15, 200}
    said = {note["text"] for figure in figures(app) for note in figure["layout"]["annotations"]}
    assert {"<b>▲ Nguy cơ không đạt</b>", "<b>✓ Đạt</b>"} <= said
    only = open_page("chi-tieu", f"{DAY}&group=at_risk")
    assert clickable(only) == [[f"{DOC}.c1"]]
    assert parameter(only, "group") == "at_risk"
    filtered = open_page("chi-tieu", f"{DAY}&status=met&view=danh-sach")
    assert lists(filtered) == {"Danh sách chỉ tiêu": 2}
    assert "hạng 15" in words_of(filtered)


def test_one_click_from_an_item_to_its_history() -> None:
    told = words_of(open_page("chi-tieu", f"{DAY}&item={DOC}.c1"))
    assert "6 tháng đầu năm 2024, 40 / 100, số liệu ngày 14/6/2024" in told
    assert "1 lần ghi nhận" in told
    document = words_of(open_page("van-ban", f"{DAY}&item={task_id(3)}"))
    assert "Tháng 6/2024" in document  # the first deadline
    assert "31/8/2024" in document  # the one in force
    assert "1 lần ghi nhận" in document


def test_an_extended_task_stands_in_its_new_quarter() -> None:
    told = words_of(open_page("thoi-han", f"{DAY}&quarter=2024-3"))
    assert "1 nhiệm vụ" in told
    assert "gia hạn, ban đầu: Tháng 6/2024" in told
    assert "Trong hạn, còn 52 ngày" in told


def test_two_days_compared() -> None:
    app = open_page("so-sanh", f"{DAY}&before=2024-03-14")
    told = words_of(app)
    assert "Từ 14/3/2024 đến 10/7/2024: 1 thành quá hạn; 1 thành đã qua hạn, chưa có báo cáo;" in told
    assert "2 đã hoàn thành" in told
    assert lists(app) == {"Thay đổi": 10}
    only = open_page("so-sanh", f"{DAY}&before=2024-03-14&kind=finished")
    assert lists(only) == {"Thay đổi": 2}


def test_the_first_day_of_a_comparison_comes_before_the_second() -> None:
    app = open_page("so-sanh", f"{DAY}&before=2024-08-01")
    assert "Ngày đầu phải trước" in app.warning[0].value
    assert "Từ 14/3/2024 đến" in words_of(app)
    app.button(key="before_2024-03-14").click()
    run(app)
    assert parameter(app, "before") == "2024-03-14"


@pytest.mark.parametrize("page", ["tong-quan", "chi-tieu", "thoi-han", "trach-nhiem", "van-ban", "so-sanh"])
def test_a_demonstration_says_so_on_every_page(page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "is_demo", lambda: True)
    assert "SỐ LIỆU MINH HỌA" in words_of(open_page(page, DAY))


def test_without_the_ledger_nothing_is_shown_as_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Progress:
        raise LedgerError("Không đọc được sổ ghi nhận.")

    monkeypatch.setattr(office, "get_progress", broken)
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_string(SCRIPT.format(page="tong-quan"), default_timeout=SECONDS).run()
    assert "Không đọc được sổ ghi nhận" in app.error[0].value
    assert "cchc-card" not in " ".join(element.proto.body for element in app.get("html")).partition("</style>")[2]


def test_what_another_process_records_comes_with_the_next_run(recorded: Engine, tmp_path: Path) -> None:
    from cchc.entries import TaskDone
    from tests.sample_progress import WHEN, D, draft

    app = open_page("tong-quan", DAY)
    assert "Quá hạn 118 ngày" in words_of(app)
    with Ledger(tmp_path / "ledger.sqlite", clock=lambda: WHEN) as other:
        other.append(draft(task_id(1), TaskDone(completed_on=D(2024, 7, 1)), D(2024, 7, 1)))
    run(app)
    assert "Quá hạn 118 ngày" not in words_of(app)
    assert "đã hoàn thành: 3/10" in words_of(app)
