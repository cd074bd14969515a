"""The page Thời hạn on two plans with known facts."""

from __future__ import annotations

import pytest

from cchc.engine import Engine
from tests.app.rig import clickable, figures, lists, open_page, parameter, words_of
from tests.sample_plans import DOC, show, task_id


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine) -> None:
    show(monkeypatch, sample)


def test_answers_in_words() -> None:
    told = words_of(open_page("thoi-han", f"plan={DOC}&as_of=2024-02-20"))
    answer = "10 nhiệm vụ: 5 có hạn trong một quý, 1 cả năm 2024, 1 nhiều năm, 1 thường xuyên, 1 theo sự kiện"
    assert answer in told


def test_every_task_stands_in_a_lane() -> None:
    app = open_page("thoi-han", f"plan={DOC}&as_of=2024-02-20")
    found = {data[1]: data[0] for data in clickable(app) if data[1]}
    assert found == {
        task_id(0): "2024-1", task_id(1): "2024-1", task_id(2): "2024-1", task_id(3): "2024-2", task_id(4): "2024-2",
        task_id(5): "year:2024", task_id(6): "years", task_id(7): "ongoing", task_id(8): "event", task_id(9): "none",
    }  # fmt: skip
    assert lists(app) == {"Tất cả thời hạn": 10}


def test_the_reporting_calendar_moves_what_ends_after_the_14th() -> None:
    app = open_page("thoi-han", f"plan={DOC}&as_of=2024-02-20&calendar=ky")
    found = {data[1]: data[0] for data in clickable(app) if data[1]}
    assert [found[task_id(n)] for n in (0, 1, 2)] == ["2024-2", "2024-1", "2024-2"]
    assert "Quý II/2024 (15/3 - 14/6)" in str(figures(app))


def test_a_lane_of_the_address_is_listed() -> None:
    app = open_page("thoi-han", f"plan={DOC}&as_of=2024-02-20&lane=2024-1")
    assert lists(app) == {"Nhiệm vụ: Quý I/2024": 3}
    assert parameter(app, "lane") == "2024-1"
    gone = open_page("thoi-han", f"plan={DOC}&as_of=2024-02-20&lane=2019-1")
    assert lists(gone) == {"Tất cả thời hạn": 10}
    assert "lane" not in gone.query_params


def test_nothing_is_called_late() -> None:
    app = open_page("thoi-han", f"plan={DOC}&as_of=2026-11-22")
    told = words_of(app) + str(figures(app))
    assert "chưa có báo cáo" in told
    assert "quá hạn" not in told.lower()
    assert "nằm ngoài khoảng thời gian của biểu đồ" in told


def test_a_group_is_named_where_it_is_the_reason() -> None:
    app = open_page("thoi-han", "agency=so-tu-phap&as_of=2024-02-20")
    assert "Qua nhóm" in words_of(app)
    assert "Qua nhóm" not in words_of(open_page("thoi-han", "as_of=2024-02-20"))


def test_the_empty_view_offers_to_remove_filters() -> None:
    app = open_page("thoi-han", "q=khongcotunao&area=2")
    assert not figures(app)
    assert any("khongcotunao" in button.label for button in app.button)
