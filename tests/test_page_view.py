"""The printed page beside what was read: which boxes, which page."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from cchc.annotate import Mark
from cchc.formats import NotAPlan
from cchc.formats.source import Place
from cchc.markup import as_markdown
from cchc.model import Plan, PlanInfo
from cchc.screen import page_view

PLACES = (
    Place(0, 10, 1, 0.1, 0.1, 0.9, 0.2),
    Place(10, 20, 1, 0.1, 0.8, 0.9, 0.9),
    Place(21, 30, 2, 0.1, 0.1, 0.5, 0.125),
    Place(31, 40, 4, 0.1, 0.1, 0.5, 0.2),
)
PLAN = Plan(name="a.pdf", plan=PlanInfo(id="a"), text="x" * 40, format="pdf", pages=(0, 21, 31), places=PLACES)


def test_boxes_are_the_lines_a_span_touches() -> None:
    assert page_view.boxes(PLACES, 0, 10) == [PLACES[0]]
    assert page_view.boxes(PLACES, 9, 22) == [PLACES[0], PLACES[1], PLACES[2]]
    assert page_view.boxes(PLACES, 20, 21) == []


def test_the_page_of_a_span_is_that_of_its_places_else_of_its_offset() -> None:
    assert page_view.page_of(PLAN, 15, 25) == 1
    assert page_view.page_of(PLAN, 32, 33) == 4  # page 3 could not be read: the places know
    assert page_view.page_of(PLAN.model_copy(update={"places": ()}), 25, 26) == 2
    assert page_view.page_of(PLAN.model_copy(update={"places": (), "pages": ()}), 25, 26) == 1
    assert page_view.page_count(PLAN) == 4


def test_only_documents_with_pages_show_them() -> None:
    assert page_view.has_pages(PLAN)
    assert page_view.has_pages(PLAN.model_copy(update={"format": "scan"}))
    assert not page_view.has_pages(PLAN.model_copy(update={"format": "docx"}))


def test_a_page_carries_the_boxes_of_its_items_and_nothing_of_a_document_is_markup() -> None:
    out = io.BytesIO()
    Image.new("L", (300, 400)).save(out, "PNG")
    marks = [Mark(15, 25, "task", "n1", "<img src=x>"), Mark(0, 5, "target", "m1", "a")]
    markup = page_view.page_markup(out.getvalue(), "Trang <2>", PLACES, marks, 2)
    assert "aspect-ratio:300/400" in markup and "data:image/png;base64,iVBOR" in markup
    assert markup.count("data-item=") == 1 and 'data-item="n1"' in markup
    assert "left:10.00%;top:10.00%;width:40.00%;height:2.50%" in markup
    assert "<img" not in markup and "&lt;2&gt;" in markup


def refusing(*_: object) -> bytes:
    raise NotAPlan("Tệp bị hỏng. <b>")


def gone() -> bytes:
    raise FileNotFoundError("x")


def _shown(plan, load):  # type: ignore[no-untyped-def]  # its source runs alone
    import streamlit as st

    from cchc.annotate import Mark
    from cchc.screen import page_view

    page_view.page_view(plan, "ab" * 32, load, [Mark(32, 40, "task", "n1", "a")], "n1")
    st.text("after")


@pytest.mark.parametrize(
    ("load", "said"), [(lambda: b"%PDF-", "Tệp bị hỏng"), (refusing, "Tệp bị hỏng"), (gone, page_view.NOT_OPENED)]
)
def test_a_page_without_a_picture_is_a_sentence_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[], bytes], said: str
) -> None:
    monkeypatch.setattr(page_view, "picture_apart", refusing)
    page_view._picture.clear()
    shown = AppTest.from_function(_shown, default_timeout=60, args=(PLAN, load)).run()
    assert not shown.exception
    assert [element.value for element in shown.text] == ["after"]
    assert "trang 4" in shown.warning[0].value and as_markdown(said) in shown.warning[0].value
    assert "<b>" not in shown.warning[0].value  # as text
    assert shown.markdown[0].value == as_markdown("trang 4/4")
    assert [button.disabled for button in shown.button] == [False, True]
    shown.button[0].click().run()
    assert "trang 3" in shown.warning[0].value and not shown.exception
