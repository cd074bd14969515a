"""The page Văn bản on two plans with known facts and one file that could not be read."""

from __future__ import annotations

import pytest

from cchc.engine import Engine
from tests.app.rig import open_page, words_of
from tests.sample_plans import show


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine) -> None:
    show(monkeypatch, sample)


@pytest.mark.parametrize("query", ["", "plan=khong-co-ke-hoach-nay"], ids=["a-document", "none-left"])
def test_a_file_that_gave_no_document_is_named_with_the_reason(query: str) -> None:
    app = open_page("van-ban", query)
    assert "Tệp chưa đọc được (1)" in [expander.label for expander in app.expander]
    assert "hong.txt : Tệp trống." in " ".join(words_of(app).split())
