"""Recorded values whose item is no longer in the documents, with the items they may belong to."""

from __future__ import annotations

import streamlit as st

from cchc import entry_words, office, orphans, words
from cchc.library import Library
from cchc.markup import el, join
from cchc.orphans import Orphan
from cchc.screen import import_desk

TITLE = "Số liệu chưa gắn được với nội dung nào ({count})"
HELP = (
    "Nội dung mà các số liệu này nói đến không còn trong văn bản. Số liệu vẫn được giữ nguyên; chọn nội dung tương ứng "
    "để gắn lại."
)
CHOOSE = "Gắn sang nội dung"
PLACEHOLDER = "Chọn nội dung tương ứng"
LINK = "Gắn lại"
UNKNOWN_WORDS = "không còn câu gốc"
NO_SUGGESTION = "Không có nội dung nào tương tự; có thể chọn trong tất cả nội dung cùng loại của văn bản."
NOTHING_TO_LINK = "Chưa có văn bản nào đang dùng có nội dung để gắn sang."


def orphans_view(shelf: Library, may_edit: bool) -> None:
    """Draws them; nothing where there are none."""
    found = orphans.find(office.get_progress(), office.known_items(), shelf)
    if not found:
        return
    with st.expander(TITLE.format(count=len(found)), icon=":material/link_off:"):
        st.html(el("p", HELP, class_="cchc-note"))
        for orphan in found:
            _orphan(orphan, may_edit)


def _orphan(orphan: Orphan, may_edit: bool) -> None:
    with st.container(border=True, key=f"import_orphan_{orphan.item_id}"):
        kind = f"{words.KINDS_SHORT[orphan.kind]}: " if orphan.kind else ""
        lines = [
            el("li", entry_words.sentence(e.payload), el("small", f" {entry_words.moment_text(e.recorded_at)}"))
            for e in orphan.entries
        ]
        head = el("p", el("strong", kind, orphan.words or UNKNOWN_WORDS), el("small", f" ({orphan.why})"))
        st.html(join([head, el("ul", join(lines), class_="cchc-plain")]))
        if not orphan.suggestions:
            st.html(el("p", NO_SUGGESTION if orphan.others else NOTHING_TO_LINK, class_="cchc-note"))
        labels = {s.item_id: s.label for s in (*orphan.suggestions, *orphan.others)}
        if not labels:
            return
        chosen = st.selectbox(
            CHOOSE, list(labels), index=None, format_func=labels.__getitem__, placeholder=PLACEHOLDER,
            key=f"import_link_to_{orphan.item_id}", disabled=not may_edit,
        )  # fmt: skip
        st.button(
            LINK, key=f"import_link_go_{orphan.item_id}", disabled=not may_edit or chosen is None,
            on_click=import_desk.link, args=(orphan.item_id, chosen),
        )  # fmt: skip
