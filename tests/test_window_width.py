"""The class of the window that charts are laid out for (cchc/screen/controls.py)."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from cchc.screen import controls


@pytest.mark.parametrize(("told", "wanted"), [("narrow", "narrow"), (None, "wide"), ("'><b>", "wide")])
def test_a_width_told_in_the_first_run_of_a_page_is_taken(
    monkeypatch: pytest.MonkeyPatch, told: str | None, wanted: str
) -> None:
    """The browser's word may come before the session holds the listener; what is no class of width is not believed."""
    state: dict[str, Any] = {controls._PLACE: "wide"}

    def listener(*, on_place_change: Callable[[], None], **_: object) -> dict[str, str | None]:
        on_place_change()  # nothing of the listener in the session yet
        return {"place": told}

    monkeypatch.setattr(controls, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(controls, "_window", listener)
    assert controls.width() == wanted
    assert state[controls._PLACE] == wanted
