"""Cập nhật: an agency's items, what is missing first, to be written down in place, one by one or by an Excel file."""

from __future__ import annotations

import streamlit as st

from cchc import config, office, queries, saving, words
from cchc.items import ItemKind
from cchc.ledger import LedgerError
from cchc.markup import as_markdown, el
from cchc.screen import update_desk, update_file, update_form, update_grid, widgets

PAGE = "cap-nhat"
ANSWER = "{count} nội dung. {missing}."
NOTHING_MISSING = "Không có nội dung nào còn thiếu"
WRITES_AS = "Ghi với tên: {name}."
AGENCY = "Cơ quan"
ALL_AGENCIES = "Tất cả cơ quan"
TODAY_ONLY = "Trang này luôn theo ngày hôm nay, không theo ngày số liệu đã chọn."
OWN_ONLY = "Chỉ gồm nội dung do {agency} chủ trì hoặc phối hợp."
NO_AGENCY_ITEMS = "Không có nội dung nào của cơ quan bạn khớp với bộ lọc."
VIEWS = {"grid": "Bảng nhập", "list": "Danh sách", "file": "Tệp Excel"}
VIEW, KIND = "Cách cập nhật", "Loại nội dung"
FRAMES = {"task": queries.tasks, "target": queries.targets, "measure": queries.measures, "duty": queries.duties}
KINDS: tuple[ItemKind, ...] = ("task", "target", "measure", "duty")


def choose_agency() -> None:
    """Another agency was chosen above the list: the filter bar holds it."""
    chosen = st.session_state["update_agency"]
    widgets.change(agency=(chosen,) if chosen else ())


def open_item() -> None:
    """An item was chosen by its words."""
    widgets.set_page_parameter("item", st.session_state.pop("update_open", None))


def to_list() -> None:
    """Back from an item."""
    widgets.set_page_parameter("item", None)


st.html(config.ROOT / "cchc" / "screen" / "update.css")
view = widgets.view()
today = config.today()
try:
    identity = saving.recorder()
except LedgerError as error:
    widgets.heading(words.PAGE_TITLES[PAGE])
    st.error(as_markdown(str(error)), icon=":material/error:")
    st.stop()
person = identity.person

item_id = widgets.page_parameter("item")
if item_id:
    st.button(update_form.BACK, on_click=to_list, key="update_back", type="tertiary")
    if item_id not in office.known_items():
        widgets.heading(words.PAGE_TITLES[PAGE])
    update_form.item_view(item_id, identity, today)
    st.stop()

filters = view.filters.but(as_of=None)
own = person is not None and person.role == "agency_editor"
if own and person is not None:
    filters = filters.but(agency=(person.agency,))
scoped = widgets.View(view.engine, filters, view.names)
known = office.known_items()
by_kind = {
    kind: [
        known[i]
        for i in widgets.load(FRAMES[kind], scoped)["id"]
        if i in known and (not own or person is None or known[i].concerns(person.agency))
    ]
    for kind in KINDS
}
works = {kind: update_grid.lines(items, today) for kind, items in by_kind.items()}
everything = [w for kind in ("task", "target") for w in works[kind]]
missing = update_grid.counts(everything) or NOTHING_MISSING
agency_name = "; ".join(view.names.get(key, key) for key in filters.agency)
title = f"{words.PAGE_TITLES[PAGE]}: {agency_name}" if agency_name else words.PAGE_TITLES[PAGE]
widgets.heading(title, ANSWER.format(count=words.number(len(everything)), missing=missing))

if person is None:
    st.info(as_markdown(update_desk.READ_ONLY.format(reason=identity.reason)), icon=":material/lock:")
notes = [WRITES_AS.format(name=person.name)] if person is not None else []
if own:
    notes.append(OWN_ONLY.format(agency=agency_name))
if view.filters.as_of is not None:
    notes.append(TODAY_ONLY)
if notes:
    st.html(el("p", " ".join(notes), class_="cchc-note"))

offered = [kind for kind in KINDS if by_kind[kind]]
if not offered:
    if own:
        st.info(NO_AGENCY_ITEMS, icon=":material/inbox:")
    widgets.nothing(scoped, "update")
    st.stop()

st.session_state.setdefault("update_view", "grid")
with st.container(horizontal=True, vertical_alignment="bottom", key="update_bar"):
    how = st.segmented_control(
        VIEW, list(VIEWS), format_func=VIEWS.__getitem__, required=True, key="update_view", persist_state="session"
    )
    if st.session_state.get("update_kind") not in offered:
        st.session_state["update_kind"] = offered[0]
    kind = offered[0]
    if how != "file":
        chosen = st.segmented_control(
            KIND,
            offered,
            format_func=lambda k: f"{update_grid.KIND_NAMES[k]} ({len(by_kind[k])})",
            required=True,
            wrap=True,
            key="update_kind",
            persist_state="session",
        )
        kind = chosen or kind
    if not own:
        agencies = widgets.load(
            queries.agencies, widgets.View(view.engine, filters.but(agency=(), role=None), view.names)
        )
        keys = [str(key) for key in agencies["key"]]
        st.session_state["update_agency"] = filters.agency[0] if len(filters.agency) == 1 else ""
        st.selectbox(
            AGENCY,
            ["", *dict.fromkeys([*filters.agency, *keys])],
            format_func=lambda key: view.names.get(key, key) if key else ALL_AGENCIES,
            key="update_agency",
            on_change=choose_agency,
        )

scope = filters.model_dump_json()
one_agency = own or len(filters.agency) == 1
leads = {} if one_agency else {w.item.id: "; ".join(view.names.get(k, k) for k in w.item.lead) for w in works[kind]}
if how == "file":
    update_file.file_view([w.item for w in everything], "-".join(filters.agency), person, today)
else:
    update_desk.confirmation(f"grid:{kind}:{scope}")
    if how == "grid":
        update_grid.grid_view(scope, scoped.sentence, kind, works[kind], person, today, leads)
        labels = {w.item.id: w.item.label for w in works[kind]}
        st.selectbox(
            update_grid.OPEN_ONE,
            list(labels),
            index=None,
            format_func=lambda i: words.short(labels[i]),
            placeholder=update_grid.OPEN_PLACEHOLDER,
            key="update_open",
            on_change=open_item,
        )
    else:
        update_grid.list_view(works[kind], lambda i: widgets.href(PAGE, view.filters, item=i), leads)
