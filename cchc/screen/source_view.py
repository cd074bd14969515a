"""The text of a document on the screen, with marks that open an item and words that can be selected for a new one; and
lists whose lines open an item in the same way, without a new page (a link would lose what is on the desk)."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from cchc import annotate
from cchc.annotate import Mark
from cchc.markup import Safe

ADD = "Thêm nội dung từ đoạn đã chọn"

_HTML = """<div class="cchc-source" tabindex="0" role="region"></div>
<button class="cchc-source-add" type="button" hidden></button>"""
_component = st.components.v2.component(
    "cchc_source_text",
    html=_HTML,
    js=(Path(__file__).parent / "source_text.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was done in the text: an item was opened (its id), or a span of the text was selected for a new item."""

    item: str = ""
    span: tuple[int, int] | None = None


def source_view(
    text: str,
    marks: Sequence[Mark],
    href: Callable[[Mark], str],
    *,
    key: str,
    label: str,
    chosen: str = "",
    may_add: bool = False,
) -> Pressed:
    """Draws the text and tells what was pressed in this run. `href` is where a mark leads when it is opened in a tab of
    its own; `chosen` is emphasised and scrolled to. A span that does not lie in the text is nothing."""
    markup = annotate.paragraphs(text, marks, href, with_places=True)
    opened, selected = _draw(markup, key, label, chosen, "cchc-text", may_add)
    return Pressed(opened if any(mark.id == opened for mark in marks) else "", _span(selected, text))


def press_list(
    markup: Safe, ids: Collection[str], *, key: str, label: str, chosen: str = "", short: bool = False, style: str = ""
) -> str:
    """Draws lines that can be pressed (each with data-item and data-items, its id); tells which was in this run, "" for
    none. With `short` only a few lines show without scrolling; `style` names other classes than those of a list."""
    style = style or ("cchc-press-list cchc-short" if short else "cchc-press-list")
    opened, _ = _draw(markup, key, label, chosen, style, False)
    return opened if opened in ids else ""


def _draw(markup: Safe, key: str, label: str, chosen: str, style: str, may_add: bool) -> tuple[str, Any]:
    found: Any = _component(
        key=key,
        data={
            "html": str(markup),
            "version": hashlib.sha256(markup.encode()).hexdigest()[:16],
            "chosen": chosen,
            "label": label,
            "style": style,
            "add": ADD,
            "may_add": may_add,
        },
        on_opened_change=_nothing,
        on_selected_change=_nothing,
    )
    return (found.opened if isinstance(found.opened, str) else ""), found.selected


def _nothing() -> None:
    """A trigger only exists where a function listens."""


def _span(selected: Any, text: str) -> tuple[int, int] | None:
    """The selected span without outer blanks and pipes of a table; the browser is not believed."""
    if not isinstance(selected, dict):
        return None
    start, end = selected.get("start"), selected.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        return None
    words = text[start:end]
    outer = string.whitespace + "\N{NO-BREAK SPACE}|"
    start += len(words) - len(words.lstrip(outer))
    end -= len(words) - len(words.rstrip(outer))
    return (start, end) if start < end else None
