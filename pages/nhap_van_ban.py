"""Nhập văn bản: files are dropped, what was read is looked at beside the text, put right, and recorded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cchc import access, config, library, saving, words
from cchc.entries import Entry
from cchc.filters import MAX_VALUES, Filters
from cchc.formats import NotAPlan
from cchc.ledger import LedgerError
from cchc.markup import as_markdown, el, join
from cchc.screen import import_desk, import_lot, import_review, import_shelf, widgets
from cchc.screen.source_view import press_list

PAGE = "nhap-van-ban"
ANSWER = "Thả tệp kế hoạch vào, xem những gì đọc được, sửa chỗ chưa đúng rồi ghi nhận."
ANSWER_READ_ONLY = "Các văn bản đang dùng và những gì đọc được từ đó."
ANSWER_LOT = "Đã đọc {count} tệp: {told}. Xem lại những chỗ cần rà soát rồi bấm «Ghi nhận»; chưa có gì được lưu."
ANSWER_NOTHING = "Đã đọc {count} tệp: {told}. Chưa có tệp nào được chọn để ghi nhận."
ANSWER_ONE = "Xem lại những gì đọc được từ văn bản này; chỗ sửa chỉ có hiệu lực khi bấm «Ghi nhận»."
READ_ONLY = "Chỉ xem, không nhập được. {reason}"
RECORD = "Ghi nhận {count} văn bản"
RECORD_CORRECTIONS = "Ghi nhận {count} chỗ sửa"
NO_CORRECTIONS = "Chưa có chỗ sửa nào"
NOTHING_TO_RECORD = "Không có tệp nào để ghi nhận"
GIVE_UP = "Bỏ, không ghi nhận"
SAVED = "Đã ghi nhận {parts}. Số liệu trên mọi trang đã theo văn bản này."
SAVED_TOAST = ("Đã lưu. Xem chi tiết ở đầu trang.", ":material/check_circle:")  # words and sign
NOT_SAVED_TOAST = ("Chưa ghi nhận được. Xem lý do ở đầu trang.", ":material/error:")
PARTS = {"document": "{count} văn bản", "reading": "{count} chỗ sửa", "link": "{count} chỗ gắn số liệu"}
BACK = "‹ Về danh sách văn bản"
UNKNOWN_DOCUMENT = (
    "Không tìm thấy văn bản mà địa chỉ này dẫn đến; có thể văn bản đã được đưa ra hoặc thay bằng bản khác."
)
TO_DOCUMENTS, TO_OVERVIEW = "Xem văn bản", "Xem trên Tổng quan"


def to_shelf() -> None:
    """Back to the list of documents."""
    widgets.set_page_parameter("doc", None)
    widgets.set_page_parameter("item", None)


for name in ("update.css", "import.css"):  # the uploader speaks Vietnamese in the first
    st.html(config.ROOT / "cchc" / "screen" / name)
view = widgets.view()
title = words.PAGE_TITLES[PAGE]
try:
    identity = saving.recorder()
    shelf = library.current()
except LedgerError as error:
    widgets.heading(title)
    st.error(as_markdown(str(error)), icon=":material/error:")
    st.stop()
allowed = access.can(identity.person, "edit_documents")
may_edit = identity.person is not None and bool(allowed)
reason = identity.reason or allowed.reason
desk = import_desk.desk()


def saved_words(entries: Sequence[Entry]) -> str:
    """What was recorded, counted by kind: «2 văn bản, 3 chỗ sửa»."""
    kinds = ["link" if getattr(e.payload, "action", "") == "link" else e.payload.kind for e in entries]
    parts = [form.format(count=kinds.count(kind)) for kind, form in PARTS.items() if kind in kinds]
    return SAVED.format(parts=", ".join(parts) or PARTS["reading"].format(count=len(entries)))


def messages() -> None:
    """What came of the last save, or why there is none; that there is news is told where the page is scrolled to as
    well, for the button stands far below."""
    news = desk.message or "".join(str(e.id) for e in desk.saved)
    if news and news != desk.told:
        said, sign = NOT_SAVED_TOAST if desk.message else SAVED_TOAST
        st.toast(as_markdown(said), icon=sign)
    desk.told = news
    if desk.message:
        st.error(as_markdown(desk.message), icon=":material/error:")
    if desk.saved:
        with st.container(key="import_saved"):
            st.success(as_markdown(saved_words(desk.saved)), icon=":material/check_circle:")
            taken = [e.payload for e in desk.saved if e.payload.kind == "document" and not e.payload.withdrawn]
            found, _ = Filters.from_query({"plan": [one.plan for one in taken[:MAX_VALUES]]})
            seen = found if found.plan else view.filters
            pages = ((TO_DOCUMENTS, "van-ban"), (TO_OVERVIEW, "tong-quan"))
            links = [el("a", label, href=widgets.href(page, seen), class_="cchc-link") for label, page in pages]
            st.html(el("p", join(links, " · ")))


def address(doc_id: str, item_id: str) -> str:
    """Where an item of a document is reviewed."""
    return widgets.href(PAGE, view.filters, doc=doc_id, item=item_id)


doc_id = widgets.page_parameter("doc")
if doc_id:
    st.button(BACK, on_click=to_shelf, type="tertiary", key="import_to_shelf")
    document = library.by_plan(shelf).get(doc_id)
    if document is None:
        widgets.heading(title)
        st.warning(UNKNOWN_DOCUMENT, icon=":material/link_off:")
        st.stop()
    try:
        subject = import_desk.subject_of_document(shelf, document)
    except NotAPlan as error:
        widgets.heading(title)
        st.warning(as_markdown(str(error)), icon=":material/unknown_document:")
        st.stop()
    widgets.heading(subject.corrected.plan.plan.title or document.name, ANSWER_ONE)
    if not may_edit:
        st.info(as_markdown(READ_ONLY.format(reason=reason)), icon=":material/lock:")
    messages()
    pending = len(desk.records.get(document.sha256, []))
    if may_edit:
        st.button(
            RECORD_CORRECTIONS.format(count=pending) if pending else NO_CORRECTIONS,
            type="primary", disabled=not pending, icon=":material/save:",
            key="import_record_one", on_click=import_desk.record_corrections, args=(document.sha256,),
        )  # fmt: skip
    first = widgets.page_parameter("item")
    if first:
        st.session_state.setdefault(f"import_chosen_{document.sha256}", first)
    import_review.review(subject, lambda item: address(doc_id, item), may_edit)
    st.stop()

above = st.container()  # filled below: it tells what was read in this very run
if not may_edit:
    st.info(as_markdown(READ_ONLY.format(reason=reason)), icon=":material/lock:")
messages()
if may_edit:
    import_lot.upload()
    desk = import_desk.desk()
with above:
    chosen = any(import_desk.choice_of(one) != "skip" for one in desk.lot)
    form = ANSWER_LOT if chosen else ANSWER_NOTHING
    read = form.format(count=words.number(len(desk.lot)), told=import_lot.told(desk.lot))
    widgets.heading(title, read if desk.lot else ANSWER if may_edit else ANSWER_READ_ONLY)
if not desk.lot:
    import_shelf.shelf_view(shelf, view, may_edit)
    st.stop()

taken = [one for one in desk.lot if import_desk.choice_of(one) != "skip"]
readable = {
    one.sha256: one for one in import_lot.in_order(desk.lot) if one.head is not None and one.twin_of != one.sha256
}
if st.session_state.get("import_look") not in readable:
    st.session_state["import_look"] = next(iter(readable), "")
look = st.session_state["import_look"]
many = len(readable) > 1
pressed = press_list(
    import_lot.lot_table(desk.lot, readable if many else ()), list(readable), key="import_lot", label=import_lot.LOT,
    chosen=look if many else "", style="cchc-scroll cchc-lot",
)  # fmt: skip
if pressed and pressed != look:
    st.session_state["import_look"] = pressed
    st.rerun()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.button(
        RECORD.format(count=len(taken)) if taken else NOTHING_TO_RECORD, type="primary", disabled=not taken,
        icon=":material/save:", key="import_record", on_click=import_desk.record_lot,
    )  # fmt: skip
    st.button(GIVE_UP, key="import_give_up", on_click=import_desk.give_up)
    if readable:
        chosen = readable[look]
        import_lot.choose(chosen)
if readable:
    import_lot.revision_view(chosen)
    subject = import_desk.subject_of_lot(chosen)
    import_review.review(subject, lambda item: address(chosen.plan_id, item), may_edit)
