"""What all charts share: colours, sizes, texts for labels, pieces of figures."""

from __future__ import annotations

import datetime as dt
import html
import math
from typing import Any, Literal, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from cchc.reference import load

Width = Literal["narrow", "medium", "wide"]
# Pixels a figure of each class can count on.
WIDTHS: dict[Width, int] = {"narrow": 330, "medium": 560, "wide": 900}

# Streamlit's front end replaces this colour with the text colour of the page's theme; there is no other way to follow a
# switch of the theme without a new run, and `st.context.theme` may be wrong on the first run. Checked in the browser.
INK = "#000037"
CLEAR = "rgba(0,0,0,0)"
TRACK = "rgba(128,134,146,0.22)"
LINE = "rgba(128,134,146,0.38)"
BAND = "rgba(128,134,146,0.09)"
CHOSEN = "rgba(42,120,189,0.16)"
ACCEPTED = "rgba(42,120,189,0.30)"  # the part of a scale that reaches the goal
BLUE, GREEN, AMBER, RED, BROWN, GREY = "#2a78bd", "#1d8660", "#ad6700", "#c93a2c", "#a8572c", "#6b7588"
WHITE = "#ffffff"
FONT = 12
SMALL = 11  # nothing on a chart is smaller
CHAR = 5.6  # pixels a character takes at size 12, rather too many than too few

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
NO_AREA = "Chưa rõ"


class Chart(NamedTuple):
    """A figure and its takeaway in words, for `alt=`."""

    figure: go.Figure
    alt: str


def missing(value: Any) -> bool:
    """Whether a value of a frame is missing, in any of pandas' ways."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def as_text(value: Any) -> str:
    """A value of a frame as text, "" when missing."""
    return "" if missing(value) else str(value)


def as_number(value: Any) -> float | None:
    """A value of a frame as number, None when missing."""
    return None if missing(value) else float(value)


def as_day(value: Any) -> dt.date | None:
    """A value of a frame as date, None when missing."""
    if missing(value):
        return None
    return value.date() if isinstance(value, dt.datetime) else value


def safe(text: str) -> str:
    """Foreign text for a label of Plotly, which reads some HTML: escaped, so it can be neither markup nor a link."""
    return html.escape(text, quote=False)


def clip(text: str, length: int) -> str:
    """The text in at most `length` characters, cut at a blank, with «…» when something is missing."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > length // 2 else cut).rstrip(" ,;:") + "…"


def wrap(text: str, length: int, lines: int = 99) -> str:
    """The text in at most `lines` lines of about `length` characters, escaped, joined by `<br>`."""
    rows: list[str] = []
    rest = " ".join(text.split())
    while rest:
        if len(rows) == lines - 1 or len(rest) <= length:
            rows.append(clip(rest, length))
            break
        blank = rest.rfind(" ", 0, length + 1)
        cut = blank if blank > 0 else length
        rows.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return "<br>".join(safe(row) for row in rows)


def first_up(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def first_low(text: str) -> str:
    """The text with a small letter first."""
    return text[:1].lower() + text[1:]


def area_names() -> dict[int, str]:
    """Short names of the areas by number."""
    return {int(a["id"]): str(a["short"]) for a in load("areas")["area"]}


def area_short(number: Any) -> str:
    """The short name of an area, «Chưa rõ lĩnh vực» when missing."""
    return NO_AREA + " lĩnh vực" if missing(number) else area_names().get(int(number), NO_AREA)


def annotation(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """An annotation without arrow, by fractions of the figure unless told otherwise, centred."""
    font = {"size": more.pop("size", FONT), "color": more.pop("color", INK)}
    return {"x": x, "y": y, "text": text, "showarrow": False, "xref": "paper", "yref": "paper", "xanchor": "center",
            "font": font, "align": "center", **more}  # fmt: skip


def make_figure(data: list[dict[str, Any]], height: float, **layout: Any) -> go.Figure:
    """The figure of these traces, `height` pixels high, with what all figures have in common."""
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, **layout.pop("margin", {})}
    font = {"size": FONT, "color": INK}
    fixed = {
        "template": {}, "height": round(height), "margin": {**margin, "pad": 0}, "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR, "showlegend": False, "hovermode": "closest", "dragmode": False, "font": font,
        "hoverlabel": {"font": font, "align": "left"}, "barmode": "overlay",
    }  # fmt: skip
    return go.Figure({"data": data, "layout": {**fixed, **layout}})


def rectangle(
    x: tuple[float, float], y: tuple[float, float], fill: str, xref: str = "paper", **line: Any
) -> dict[str, Any]:
    """A rectangle behind the data, y by the axis."""
    return {"type": "rect", "xref": xref, "yref": "y", "layer": "below", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
            "fillcolor": fill, "line": line or {"width": 0}}  # fmt: skip


def rule(x: tuple[float, float], y: tuple[float, float], xref: str = "paper", **line: Any) -> dict[str, Any]:
    """A thin line behind the data, y by the axis."""
    return {"type": "line", "xref": xref, "yref": "y", "layer": "below", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1],
            "line": {"width": 1, "color": LINE, **line}}  # fmt: skip


def hidden_axis(low: float, high: float, **more: Any) -> dict[str, Any]:
    """An axis that is not drawn and cannot be moved."""
    return {"range": [low, high], "visible": False, "fixedrange": True, **more}
