"""The page Chỉ tiêu on two plans with known facts."""

from __future__ import annotations

import pytest

from cchc import words
from cchc.engine import Engine
from tests.app.rig import clickable, figures, lists, open_page, parameter, run, words_of
from tests.sample_plans import DOC, show

GAUGES, LIST = "dong-ho", "danh-sach"
# By area, the one without an area last.
IN_ORDER = [f"{DOC}.c4", f"{DOC}.c5", f"{DOC}.c1", "vb-0123456789.c1", f"{DOC}.c2", f"{DOC}.c3"]


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine) -> None:
    show(monkeypatch, sample)


def test_answers_in_words_and_draws_every_target() -> None:
    app = open_page("chi-tieu")
    told = words_of(app)
    assert "6 chỉ tiêu: 2 tỷ lệ, 1 số lượng, 1 thứ hạng, 1 cải thiện so với năm trước, 1 mốc phải hoàn thành." in told
    assert "Chưa có số liệu kết quả của chỉ tiêu nào." in told
    assert clickable(app) == [[id_] for id_ in IN_ORDER]
    assert [trace for figure in figures(app) for trace in figure["data"] if trace.get("value") is not None] == []


def test_kinds_filter_and_stand_in_the_address() -> None:
    app = open_page("chi-tieu")
    assert [option.content for option in app.button_group(key="chi-tieu_kind").proto.options] == [
        "Tỷ lệ · 2", "Số lượng · 1", "Thứ hạng · 1", "Cải thiện so với năm trước · 1", "Mốc phải hoàn thành · 1"
    ]  # fmt: skip
    again = open_page("chi-tieu", "kind=rank,improve")
    assert clickable(again) == [[f"{DOC}.c2"], [f"{DOC}.c3"]]
    assert parameter(again, "kind") == "rank,improve"


def test_unknown_values_of_the_address_are_the_default() -> None:
    app = open_page("chi-tieu", "view=bang&kind=mau&page=77&item=khong")
    assert clickable(app) == [[id_] for id_ in IN_ORDER]
    for name in ("view", "kind", "page", "item"):
        assert name not in app.query_params


def test_list_has_a_bar_a_link_and_all_rows() -> None:
    app = open_page("chi-tieu", f"view={LIST}")
    assert not figures(app)
    assert lists(app) == {"Danh sách chỉ tiêu": 6}
    html = " ".join(element.proto.body for element in app.get("html"))
    assert html.count("position:relative") == 4  # the two ratios, the count and the rank
    assert html.count(words.TO_SENTENCE) == 6
    assert "&gt; 1.234,5 dịch vụ" in html
    assert f"item={DOC}.c1" in html


def test_a_target_of_the_address_opens_with_its_sentence() -> None:
    app = open_page("chi-tieu", f"item={DOC}.c1")
    told = words_of(app)
    assert "Câu gốc trong văn bản" in told
    assert "90% hồ sơ được số hóa" in told
    assert "Phần sau của đoạn." in told
    assert "chưa rõ lĩnh vực" not in told


def test_doubts_of_the_reading_are_told() -> None:
    told = words_of(open_page("chi-tieu", f"item={DOC}.c3"))
    assert "Cần rà soát" in told
    assert "chưa rõ lĩnh vực" in told


def test_filters_narrow_and_the_empty_view_offers_to_remove_them() -> None:
    app = open_page("chi-tieu", "level=xã")
    assert clickable(app) == [[f"{DOC}.c4"]]
    empty = open_page("chi-tieu", "q=khongcotunao&level=xã")
    labels = [button.label for button in empty.button]
    assert any("khongcotunao" in label for label in labels)
    assert any("cấp" in label for label in labels)
    assert not figures(empty)


def test_filters_that_do_not_hold_for_targets_are_named() -> None:
    told = words_of(open_page("chi-tieu", "quarter=2024-1"))
    assert "không áp dụng cho danh sách chỉ tiêu" in told


def test_pages_of_twelve(documents: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    show(monkeypatch, documents)
    first = open_page("chi-tieu")
    second = open_page("chi-tieu", "page=2")
    assert len(clickable(first)) == len(clickable(second)) == 12
    assert not set(map(tuple, clickable(first))) & set(map(tuple, clickable(second)))
    assert parameter(second, "page") == "2"
    assert parameter(run(second), "page") == "2"
