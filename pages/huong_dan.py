"""Hướng dẫn: the handbook for officials (docs/so-tay.md) with its pictures; nothing of it comes from elsewhere."""

from __future__ import annotations

import streamlit as st

from cchc import handbook, words
from cchc.markup import el, join
from cchc.screen import widgets

PAGE = "huong-dan"
ANSWER = "Mỗi mục là một việc thường gặp, theo từng bước. Tìm chữ trong trang: Ctrl+F."
MISSING = "Bản cài đặt này không kèm sổ tay (tệp docs/so-tay.md). Hãy hỏi người quản trị."
CONTENTS = "Mục lục"

widgets.heading(words.PAGE_TITLES[PAGE], ANSWER)
sections = handbook.sections()
if not sections:
    st.info(MISSING, icon=":material/menu_book:")
    st.stop()
left, right = st.columns([1, 3], gap="medium")
with left, st.container(key="handbook_contents"):
    links = [el("li", el("a", one.title, href=f"#{one.anchor}", class_="cchc-link")) for one in sections if one.title]
    st.html(join([el("strong", CONTENTS), el("ul", join(links), class_="cchc-plain")]))
with right:
    for one in sections:
        if one.title:
            st.html(el("h3", one.title, id=one.anchor, class_="cchc-list-title cchc-handbook"))
        for piece in one.pieces:
            if isinstance(piece, handbook.Picture):
                st.image(piece.path, caption=piece.words)
            else:
                st.markdown(piece)
