"""Corrections whose item is no longer read: kept, and shown to be put on another item or set aside by a person."""

from __future__ import annotations

import streamlit as st

from cchc import corrections, entry_words, words
from cchc.corrections import Reading
from cchc.item_label import label_of
from cchc.markup import as_markdown, el
from cchc.screen import import_desk
from cchc.screen.import_desk import Subject

HELP = (
    "Nội dung mà các chỗ sửa này nói đến không còn đọc được như trước. Chỗ sửa vẫn được giữ nguyên nhưng chưa có hiệu "
    "lực: chọn nội dung tương ứng để gắn lại, hoặc bỏ nếu không còn đúng."
)
CHOOSE = "Gắn sang nội dung"
PLACEHOLDER = "Chọn nội dung tương ứng"
LINK, SET_ASIDE = "Gắn lại", "Bỏ chỗ sửa này"


def loose_view(subject: Subject, may_edit: bool) -> None:
    """Draws the corrections of a document that found no place."""
    st.html(el("p", HELP, class_="cchc-note"))
    for reading in subject.corrected.loose:
        _loose(subject, reading, may_edit)


def _loose(subject: Subject, reading: Reading, may_edit: bool) -> None:
    said, key = reading.said, f"import_loose_{reading.seq}"
    with st.container(border=True, key=key):
        st.html(el("p", entry_words.sentence(said), " ", el("small", reading.words)))
        labels = {item.id: label_of(item) for item in corrections.candidates(subject.corrected.plan, said)}
        chosen = None
        if labels:
            chosen = st.selectbox(
                CHOOSE, list(labels), index=None, format_func=lambda i: words.short(labels[i]), placeholder=PLACEHOLDER,
                key=f"{key}_to", disabled=not may_edit,
            )  # fmt: skip
        with st.container(horizontal=True):
            if labels:
                st.button(
                    LINK, key=f"{key}_link", disabled=not may_edit or chosen is None, on_click=import_desk.link_reading,
                    args=(subject, said.item, chosen),
                )  # fmt: skip
            if subject.document is not None:  # what lies on the desk of a new file is taken back there
                st.button(
                    as_markdown(SET_ASIDE), key=f"{key}_aside", type="tertiary", disabled=not may_edit,
                    on_click=import_desk.set_aside, args=(reading,),
                )  # fmt: skip
