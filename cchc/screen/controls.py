"""What the pages with charts share: the width of their place, choices kept in the address, charts kept and clicked.

A choice that belongs to one page (its view, its page number, the selected lane) lives in a parameter of the address, so
a copied link shows it again. `kept` gives the key of its widget; call `keep` with the widget's value afterwards.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

import streamlit as st

from cchc import charts
from cchc.screen import widgets

T = TypeVar("T")

# Widths of the window from which a chart in the main column is medium and wide; the side bar takes its part.
_MEDIUM, _WIDE = 760, 1280
_COOKIE = "cchc_width"  # set by page.js
_PLACE, _WINDOW = "window_place", "cchc_window"  # in the session: the class the browser told; the key of the listener
_PHONE = "Mobi"  # stands in the User-Agent of phones
_STALE_SECONDS = 1.0  # within it the address may not have caught up yet with what was written into it


_window = st.components.v2.component(
    "cchc_window_width",
    js=Path(__file__).with_name("window_width.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def width() -> charts.Width:
    """The class of width charts are laid out for: that of the window. The browser tells when it is another one, which
    draws the page anew; until then a chart scrolls inside its place (style.css). Once a run."""
    state = st.session_state
    place: charts.Width = state.get(_PLACE) or _width_at_first()

    def take(window: Mapping[str, object]) -> None:
        told = window.get("place")
        if told in get_args(charts.Width):  # the browser is not believed
            state[_PLACE] = told

    def changed() -> None:
        take(state.get(_WINDOW) or {})  # told during a page's first run, it is not there yet

    take(_window(key=_WINDOW, data={"medium": _MEDIUM, "wide": _WIDE, "told": place}, on_place_change=changed))
    now: charts.Width = state.get(_PLACE, place)
    return now


def _width_at_first() -> charts.Width:
    """The class of the window when the session began; where nobody told, that of the machine."""
    told = str(st.context.cookies.get(_COOKIE, ""))  # without a browser (in tests) it is no text
    if re.fullmatch(r"\d{2,5}", told, re.ASCII):
        return "narrow" if int(told) < _MEDIUM else "medium" if int(told) < _WIDE else "wide"
    return "narrow" if _PHONE in str(st.context.headers.get("User-Agent")) else "wide"


def kept(page: str, name: str, default: T, read: Callable[[str], T | None]) -> str:
    """The session's key for a widget whose value the parameter `name` of the address holds, seeded from it.

    `read` gives the value for a text of the address, None when it is none of the choices of today. Call before the
    widget, and `keep` after it.
    """
    state = st.session_state
    key = f"{page}_{name}"
    address = widgets.page_parameter(name)
    behind = address == state.get(f"{key}_before") and time.monotonic() - state[f"{key}_at"] < _STALE_SECONDS
    if key not in state or (address != state.get(f"{key}_written", "") and not behind):
        value = read(address) if address else default
        state[key] = default if value is None else value
        state[f"{key}_written"] = address
    elif read(_written(state[key])) is None:
        state[key] = default
    return key


def keep(page: str, name: str, value: object, default: object) -> None:
    """Writes the value of a kept choice into the address; the default leaves it short."""
    state = st.session_state
    key = f"{page}_{name}"
    wanted = "" if value == default else _written(value)
    address = widgets.page_parameter(name)
    if wanted != address:
        widgets.set_page_parameter(name, wanted)
        state[f"{key}_before"], state[f"{key}_at"] = address, time.monotonic()
    state[f"{key}_written"] = wanted


def _written(value: object) -> str:
    if value is None:
        return ""
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def one_of(options: Collection[str]) -> Callable[[str], str | None]:
    """Reads one of these values from the address."""
    return lambda text: text if text in options else None


def some_of(options: Collection[str]) -> Callable[[str], list[str] | None]:
    """Reads several of these values, joined by commas, from the address; others are left out."""
    return lambda text: [value for value in text.split(",") if value in options]


def pages(page: str, count: int, size: int) -> tuple[int, int]:
    """First row and end of the chosen page of `count` rows, its number kept in the address. Draws the pager when there
    are several pages."""
    number = -(-count // size)
    if number < 2:
        keep(page, "page", 1, 1)
        return 0, count

    def read(text: str) -> int | None:
        return int(text) if re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII) and int(text) <= number else None

    key = kept(page, "page", 1, read)
    state = st.session_state
    if state.get(f"{key}_drawn") != (number, state[key]):
        # The pager does not take its value from the session's state; a new key makes it begin with the wanted page.
        state[f"{key}_pager"] = state.get(f"{key}_pager", 0) + 1
    shown = st.pagination(number, default=state[key], key=f"{key}_pager_{state[f'{key}_pager']}")
    state[key], state[f"{key}_drawn"] = shown, (number, shown)
    keep(page, "page", shown, 1)
    return (shown - 1) * size, min(shown * size, count)


def made(current: widgets.View, key: tuple[Any, ...], build: Callable[..., charts.Chart], *args: Any) -> charts.Chart:
    """`build(*args)`, kept per data version, filters, reporting date and `key`, from which `args` must follow.

    Kept as the figure itself and not as its JSON: Streamlit checks a figure made of JSON anew on every run, which costs
    about as much as making it. A kept figure is read only, and shared by all sessions.
    """
    filters = current.filters.but(as_of=current.day).model_dump_json()
    return _made(build.__qualname__, current.engine.data_version, filters, key, lambda: build(*args))


@st.cache_resource(max_entries=128, show_spinner=False)
def _made(
    name: str, data_version: str, filters: str, key: tuple[Any, ...], _build: Callable[[], charts.Chart]
) -> charts.Chart:
    return _build()


def chart(
    made: charts.Chart, key: str, place: charts.Width, on_click: Callable[[list[str]], None] | None = None
) -> None:
    """Draws a chart made for `place`. `on_click` gets the `customdata` of what was clicked, before the next run."""

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        data = points[-1].get("customdata") if points else None
        if on_click and data:
            on_click(
                [str(data[str(n)]) for n in range(len(data))] if isinstance(data, dict) else [str(v) for v in data]
            )

    with st.container(key=f"chart_{place}_{key}"):
        st.plotly_chart(
            made.figure, key=key, config=charts.CONFIG, alt=made.alt,
            on_select=clicked if on_click else "ignore", selection_mode="points",
        )  # fmt: skip
