"""The printed page a text was read from, with the places of what was read on it.

Files are hostile: a page becomes a picture in another process (`cchc.reading.apart`), never here. The picture is drawn
as a list that can be pressed (`source_view.press_list`), so the chosen place is emphasised and scrolled to.
"""

from __future__ import annotations

import base64
import logging
import struct
from collections.abc import Callable, Sequence

import streamlit as st

from cchc.annotate import Mark
from cchc.formats import NotAPlan
from cchc.formats.source import Place
from cchc.markup import Safe, as_markdown, el, join
from cchc.model import Plan
from cchc.reading.apart import picture_apart
from cchc.screen.source_view import press_list

log = logging.getLogger("cchc")

SIDES = {"page": "Trang gốc", "text": "Nội dung đọc được"}
SIDE = "Xem bên cạnh"
PREVIOUS, NEXT = "‹ Trang trước", "Trang sau ›"
PAGE_OF = "trang {page}/{pages}"
PAGE_LABEL = "Ảnh trang {page} của văn bản gốc"
LOADING = "Đang dựng ảnh trang…"
FAILED = "Không hiện được ảnh trang {page}; nội dung đọc được vẫn xem và sửa được. {reason}"
NOT_OPENED = "Không mở được tệp gốc trên máy chủ. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."
WIDTH = 1000  # pixels: sharp on half a wide screen
_KEPT, _KEPT_SECONDS = 40, 900  # pictures, and how long also a refusal is kept


# --- pure --------------------------------------------------------------------------------------------------------


def has_pages(plan: Plan) -> bool:
    """Whether the document has pages that can be shown."""
    return plan.format in ("pdf", "scan") and bool(plan.pages)


def page_count(plan: Plan) -> int:
    """How many pages were read, at least 1."""
    return max([1, len(plan.pages), *(place.page for place in plan.places)])


def boxes(places: Sequence[Place], start: int, end: int) -> list[Place]:
    """The places that hold a part of `text[start:end]`, in the order of the text."""
    return [place for place in places if place.start < end and start < place.end]


def page_of(plan: Plan, start: int, end: int) -> int:
    """The page (from 1) on which a span begins: by its places, else by where pages begin."""
    found = boxes(plan.places, start, end)
    return found[0].page if found else plan.page_of(start) or 1


def page_markup(png: bytes, label: str, places: Sequence[Place], marks: Sequence[Mark], page: int) -> Safe:
    """A picture with a translucent box over each line of each mark on this page; the boxes open their item."""
    width, height = struct.unpack(">II", png[16:24])
    picture = f"background-image:url(data:image/png;base64,{base64.b64encode(png).decode()})"
    over = [
        el("a", href="#", title=mark.hint, aria_label=mark.hint, style=_css(box), data_item=mark.id, data_items=mark.id,
           class_=f"cchc-box cchc-is-{mark.kind}")
        for mark in sorted(marks, key=lambda m: (m.start, -m.end))  # inner ones above outer ones
        for box in boxes(places, mark.start, mark.end)
        if box.page == page
    ]  # fmt: skip
    sheet = el("div", role="img", aria_label=label, class_="cchc-sheet", style=picture)
    return el("div", sheet, join(over), class_="cchc-paper", style=f"aspect-ratio:{width}/{height}")


def _css(box: Place) -> str:
    edges = {"left": box.left, "top": box.top, "width": box.right - box.left, "height": box.bottom - box.top}
    return ";".join(f"{name}:{100 * part:.2f}%" for name, part in edges.items())


# --- on the screen -----------------------------------------------------------------------------------------------


def side(plan: Plan) -> str:
    """Which side is looked at, "page" or "text"; the choice is kept for documents of the format."""
    key = f"import_side_{plan.format}"
    st.session_state.setdefault(key, "page" if plan.format == "scan" else "text")
    chosen = st.segmented_control(
        SIDE, list(SIDES), format_func=SIDES.__getitem__, required=True, key=key, persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen or "text"


def page_view(plan: Plan, sha256: str, load: Callable[[], bytes], marks: Sequence[Mark], chosen: str) -> str:
    """Draws a page: that of the chosen mark when it was just chosen, else the one turned to. Tells which mark was
    pressed in this run, "" for none. `load` gives the content of the file and may raise OSError or NotAPlan."""
    page_key, of_key = f"import_page_{sha256}", f"import_page_of_{sha256}"
    if st.session_state.get(of_key) != chosen:
        st.session_state[of_key] = chosen
        one = next((mark for mark in marks if mark.id == chosen), None)
        if one is not None:
            st.session_state[page_key] = page_of(plan, one.start, one.end)
    pages = page_count(plan)
    page = min(max(1, st.session_state.get(page_key, 1)), pages)
    with st.container(horizontal=True, vertical_alignment="center", key="import_turn"):
        for words, to in ((PREVIOUS, page - 1), (NEXT, page + 1)):
            st.button(
                words, key=f"import_turn_{'back' if to < page else 'on'}", type="tertiary",
                disabled=not 1 <= to <= pages, on_click=_turn, args=(page_key, to),
            )  # fmt: skip
            if to < page:
                st.markdown(as_markdown(PAGE_OF.format(page=page, pages=pages)), width="content")
    try:
        found = _picture(load, sha256, page)
    except OSError:
        log.warning("the file of a document cannot be opened", exc_info=True)
        found = NOT_OPENED
    if isinstance(found, str):
        st.warning(as_markdown(FAILED.format(page=page, reason=found)), icon=":material/image_not_supported:")
        return ""
    label = PAGE_LABEL.format(page=page)
    markup = page_markup(found, label, plan.places, marks, page)
    # A key for each page: a page turned to is seen from its top.
    key = f"import_text_{sha256}_{page}"
    return press_list(markup, [m.id for m in marks], key=key, label=label, chosen=chosen, style="cchc-text cchc-page")


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page


@st.cache_data(max_entries=_KEPT, ttl=_KEPT_SECONDS, show_spinner=LOADING)
def _picture(_load: Callable[[], bytes], sha256: str, page: int) -> bytes | str:
    """The picture, or why there is none: also a refusal is kept, so that a file that takes long is not tried again and
    again."""
    try:
        return picture_apart(_load(), page, WIDTH)
    except NotAPlan as refusal:
        return str(refusal)
