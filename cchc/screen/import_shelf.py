"""The documents of this installation on «Nhập văn bản»: where each comes from, taking it out and in again."""

from __future__ import annotations

import streamlit as st

from cchc import entry_words, who, words
from cchc.library import Document, Library
from cchc.markup import Safe, as_markdown, el, join
from cchc.screen import import_desk, orphans_view, widgets

DOCUMENTS = "Văn bản đang dùng ({count})"
OUT = "Văn bản đã đưa ra hoặc đã thay ({count})"
COLUMNS = ("Văn bản", "Tệp", "Nguồn", "Đọc được", "Cần rà soát")
SHIPPED = "Thư mục văn bản của máy chủ"
IMPORTED = "{who}, {when}"
REVIEW, LOOK = "Xem lại, chỉnh sửa", "Xem lại"
NONE = "Chưa có văn bản nào."
UNREAD = "chưa đọc được"
NOTHING_READ = "không có nội dung nào"
KINDS = ("chỉ tiêu", "nhiệm vụ", "giải pháp", "trách nhiệm")
LOOSE = "{count} chỗ sửa chưa gắn được"
TAKE_OUT = "Đưa ra"
TAKE_OUT_WHICH = "Đưa một văn bản ra khỏi các trang"
TAKE_OUT_HELP = "Văn bản và những gì đã ghi nhận vẫn được giữ; có thể lấy lại bất cứ lúc nào."
WHICH = "Văn bản"
CHOOSE = "Chọn văn bản"
WHY = "Lý do"
TAKE_AGAIN = "Lấy lại"
REPLACED = "đã thay bằng «{name}»"
WITHDRAWN = "đã đưa ra: {note}"


def shelf_view(shelf: Library, view: widgets.View, may_edit: bool) -> None:
    """The list of documents, those that were taken out, and recorded values that lost their item."""
    shown = shelf.documents
    st.html(_table(shelf, view, shown, may_edit) if shown else el("p", NONE, class_="cchc-none"))
    orphans_view.orphans_view(shelf, may_edit)
    if may_edit and shown:
        with st.expander(TAKE_OUT_WHICH, icon=":material/move_down:"):
            st.html(el("p", TAKE_OUT_HELP, class_="cchc-note"))
            chosen = st.selectbox(
                WHICH,
                shown,
                index=None,
                format_func=lambda d: _name(shelf, d),
                key="import_out",
                placeholder=CHOOSE,
            )
            if chosen is not None:
                st.text_input(WHY, key=f"import_withdraw_{chosen.sha256}", max_chars=300)
                st.button(TAKE_OUT, key="import_out_go", on_click=import_desk.withdraw, args=(chosen,))
    gone = [d for d in shelf.all if d.state != "in"]
    if gone:
        with st.expander(OUT.format(count=len(gone)), icon=":material/inventory_2:"):
            for document in gone:
                _gone(shelf, document, may_edit)


def _name(shelf: Library, document: Document) -> str:
    head = shelf.head(document)
    said = head.info.number or head.info.title if head else None
    return f"{said} ({document.name})" if said else document.name


def _table(shelf: Library, view: widgets.View, documents: list[Document], may_edit: bool) -> Safe:
    rows = []
    for document in documents:
        head = shelf.head(document)
        name: object = el("strong", UNREAD)
        read, doubtful = "", join([])
        if head is not None:
            place = widgets.href("nhap-van-ban", view.filters, doc=head.info.id)
            said = [head.info.number, words.short(head.info.title or "", 110)]
            first, *more = [*filter(None, said)] or [document.name]
            name = join([el("strong", first), *(el("div", one) for one in more),
                         el("div", el("a", REVIEW if may_edit else LOOK, href=place, class_="cchc-link"))])  # fmt: skip
            found = shelf.standing(document)
            counts = zip((found.targets, found.tasks, found.measures, found.duties), KINDS, strict=True)
            read = ", ".join(f"{words.number(n)} {kind}" for n, kind in counts if n) or NOTHING_READ
            doubtful = join([words.number(found.review)])
            if found.loose:
                doubtful = join([doubtful, el("div", el("strong", LOOSE.format(count=words.number(found.loose))))])
        cells = (name, document.name, _origin(document), read, doubtful)
        rows.append(
            el("tr", join(el("td", cell, data_label=label) for cell, label in zip(cells, COLUMNS, strict=True)))
        )
    table = el(
        "table",
        el("caption", DOCUMENTS.format(count=words.number(len(documents)))),
        el("thead", el("tr", join(el("th", label, scope="col") for label in COLUMNS))),
        el("tbody", join(rows)),
        class_="cchc-table",
    )
    return el("div", table, class_="cchc-scroll")


def _origin(document: Document) -> str:
    if document.at is None:
        return SHIPPED
    who_ = entry_words.author_text(document.by, document.role, who.people())
    return IMPORTED.format(who=who_, when=entry_words.moment_text(document.at))


def _gone(shelf: Library, document: Document, may_edit: bool) -> None:
    by = shelf.get(document.replaced_by)
    state = (
        REPLACED.format(name=by.name if by else "")
        if document.state == "replaced"
        else WITHDRAWN.format(note=document.note)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(as_markdown(f"{_name(shelf, document)}: {state}. {_origin(document)}"))
        st.button(
            TAKE_AGAIN, key=f"import_again_{document.sha256}", on_click=import_desk.take_again, args=(document,),
            disabled=not may_edit,
        )  # fmt: skip
