"""The page Trách nhiệm on two plans with known facts."""

from __future__ import annotations

import pytest

from cchc.engine import Engine
from tests.app.rig import clickable, figures, lists, open_page, words_of
from tests.sample_plans import DOC, show, task_id


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine) -> None:
    show(monkeypatch, sample)


def cells(query: str) -> dict[tuple[str, str], str]:
    """What the chart says in each cell: (row, column) -> words."""
    found = {}
    for figure in figures(open_page("trach-nhiem", query)):
        for trace in figure["data"]:
            found.update({tuple(k): t for k, t in zip(trace["customdata"], trace["text"], strict=True)})
    return found


def test_answers_in_words() -> None:
    told = words_of(open_page("trach-nhiem", f"plan={DOC}"))
    assert "10 nhiệm vụ giao cho" in told
    assert "nhóm cơ quan. Chủ trì nhiều nhất: Sở Nội vụ (3 nhiệm vụ)." in told


def test_cells_count_lead_and_support_by_area() -> None:
    found = cells(f"plan={DOC}")
    assert found["so-noi-vu", "1"] == "2C"
    assert found["so-noi-vu", "4"] == "1C"
    assert found["so-noi-vu", "5"] == "1P"
    assert found["so-noi-vu", "0"] == "1P"  # its area is not known
    assert found["so-noi-vu", ""] == "3C 2P"
    assert found["so-tu-phap", ""] == "2C 1P"


def test_unfolded_groups_are_their_members_and_have_no_sums_of_columns() -> None:
    folded, unfolded = cells(f"plan={DOC}"), cells(f"plan={DOC}&group=mo")
    group = next(row for row, _ in folded if row.startswith("so-ban-nganh"))
    assert group not in {row for row, _ in unfolded}
    assert any(row == "" for row, _ in folded)
    assert not any(row == "" for row, _ in unfolded)
    assert unfolded["so-tu-phap", "1"] != folded.get(("so-tu-phap", "1"))
    assert "tính cả nhiệm vụ giao qua nhóm" in words_of(open_page("trach-nhiem", f"plan={DOC}&group=mo"))


def test_a_cell_of_the_address_lists_its_tasks() -> None:
    app = open_page("trach-nhiem", f"plan={DOC}&row=so-noi-vu&column=1")
    assert lists(app) == {"Nhiệm vụ: Sở Nội vụ, Chỉ đạo, điều hành": 2}
    told = words_of(app)
    assert "Ban hành kế hoạch" in told
    assert "Báo cáo giữa năm" in told
    assert "Sắp xếp đơn vị" not in told
    assert app.selectbox(key="trach-nhiem_row").value == "so-noi-vu"


def test_without_a_choice_all_tasks_are_listed() -> None:
    assert lists(open_page("trach-nhiem", f"plan={DOC}")) == {"Nhiệm vụ theo cơ quan": 10}


def test_tasks_and_agencies_have_letters() -> None:
    app = open_page("trach-nhiem", f"plan={DOC}&view=nhiem-vu")
    found = cells(f"plan={DOC}&view=nhiem-vu")
    assert found[task_id(0), "so-noi-vu"] == "C"
    assert found[task_id(2), "so-noi-vu"] == "P"
    assert {data[0] for data in clickable(app)} == {task_id(n) for n in range(10)}


def test_unknown_rows_and_columns_are_no_choice() -> None:
    app = open_page("trach-nhiem", f"plan={DOC}&row=khong-co&column=77")
    assert lists(app) == {"Nhiệm vụ theo cơ quan": 10}
    assert "row" not in app.query_params


def test_the_empty_view_offers_to_remove_filters() -> None:
    app = open_page("trach-nhiem", "q=khongcotunao")
    assert not figures(app)
    assert any("khongcotunao" in button.label for button in app.button)
