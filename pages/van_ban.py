"""Văn bản: a document, what it says of itself, and its text with everything that was read from it marked in place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from cchc import annotate, queries, words
from cchc.filters import LOW_CONFIDENCE
from cchc.markup import Safe, el, join
from cchc.screen import history, widgets

TITLE = "Văn bản"
CHOOSE = "Chọn văn bản"
NO_ITEM = "Không tìm thấy nội dung mà địa chỉ này dẫn đến. Có thể văn bản đã được đọc lại hoặc địa chỉ bị cắt bớt."
ANSWER = "Đọc được {parts}. Bấm vào một đoạn tô màu để xem đã đọc ra gì."
WHOLE_TEXT = "Trang này luôn hiện toàn văn; trong các bộ lọc chỉ bộ lọc kế hoạch có tác dụng."
LEGEND = "Chú giải"
UNREAD_LEGEND = "con số chưa đọc thành chỉ tiêu"
INFO = "Thông tin văn bản"
BASES = "Căn cứ pháp lý"
WARNINGS = "Lưu ý khi đọc văn bản này"
UNREAD_FILES = "Tệp chưa đọc được"
BACK = "Bỏ chọn"
REVIEW = "Sửa nội dung đọc được"
PREVIOUS, NEXT = "‹ Nội dung trước", "Nội dung sau ›"
ALL_OF_KIND = {"target": "chi-tieu", "task": "thoi-han"}
FIELDS = {
    "number": "Số, ký hiệu",
    "kind": "Loại văn bản",
    "authority": "Cơ quan ban hành",
    "province": "Tỉnh, thành phố",
    "level": "Cấp",
    "year": "Năm kế hoạch",
    "issued_on": "Ngày ban hành",
    "effective_on": "Ngày hiệu lực",
    "signed_by": "Người ký",
    "name": "Tệp gốc",
}
ITEM_FIELDS = {
    "subject": "Chỉ tiêu",
    "goal_text": "Mục tiêu",
    "level": "Cấp",
    "group_name": "So với",
    "except_text": "Trừ",
    "due": "Hạn",
    "value_text": "Kết quả",
    "value_on": "Ngày số liệu",
    "ordinal": "STT",
    "content": "Nội dung",
    "agency": "Cơ quan",
    "products": "Sản phẩm",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "deadline_raw": "Thời hạn ghi trong văn bản",
    "first_due_text": "Thời hạn hiểu là",
    "extended_to": "Gia hạn đến",
    "status_text": "Tình trạng",
    "done_on": "Hoàn thành ngày",
    "result": "Sản phẩm đã có",
    "evidence": "Tài liệu kiểm chứng",
    "note": "Ghi chú",
    "area_name": "Lĩnh vực",
    "page": "Trang",
    "corrected": "Rà soát",
}
RECORDED = ("target", "task")  # kinds whose results are recorded
ALWAYS = {"goal_text", "lead", "first_due_text", "agency", "area_name"}  # missing ones are said, not left out


def pairs(row: dict[str, Any], fields: dict[str, str], always: set[str]) -> Safe:
    """A list of terms and values; what is missing and not in `always` is left out."""
    entries = []
    for name, label in fields.items():
        value = row.get(name)
        missing = value is None or value == "" or (pd.api.types.is_scalar(value) and pd.isna(value))
        if name not in row or (missing and name not in always):
            continue
        shown = widgets.shown(None if missing else str(value) if name == "year" else value)
        entries.append(el("div", el("dt", label), el("dd", shown)))
    return el("dl", join(entries), class_="cchc-pairs")


def marks_of(frame: pd.DataFrame) -> list[annotate.Mark]:
    """The marks of a document; the hint says what was read and how sure."""
    made = []
    for row in frame.to_dict("records"):
        parts = [f"{row['kind_label']}: {row['label']}" if row["label"] else row["kind_label"]]
        parts.append(f"Đọc {widgets.sure(row['confidence'])}")
        if row["reasons"]:
            parts.append(row["reasons"])
        made.append(
            annotate.Mark(
                row["start"], row["end"], row["kind"], row["id"], ". ".join(parts), row["confidence"] < LOW_CONFIDENCE
            )
        )
    return made


def item_panel(chosen: queries.ItemView, order: list[str]) -> Safe:
    """What was read from the chosen sentence, and the ways to its neighbours."""
    row = dict(chosen.row)
    if row.get("extended"):
        row["extended_to"] = row["due_text"] if chosen.kind == "task" else row["due"]
        row["due"] = row["first_due"]
    if chosen.kind == "target":
        row["status_text"] = f"{row['status_label']}. {row['status_reason']}"
    place = order.index(row["id"]) if row["id"] in order else -1
    links = []
    for label, index in ((PREVIOUS, place - 1), (NEXT, place + 1)):
        if place >= 0 and 0 <= index < len(order):
            links.append(widgets.sentence_link(view, row["doc_id"], order[index], label))
    links.append(
        el(
            "a",
            REVIEW,
            href=widgets.href("nhap-van-ban", view.filters, doc=row["doc_id"], item=row["id"]),
            class_="cchc-link",
        )
    )
    links.append(el("a", BACK, href=widgets.href(PAGE, view.filters, doc=row["doc_id"]), class_="cchc-link"))
    return el(
        "section",
        el("h3", el("span", annotate.TAGS[chosen.kind], class_=f"cchc-tag cchc-is-{chosen.kind}"), " ",
           words.KINDS_SHORT[chosen.kind], class_="cchc-list-title"),
        pairs(row, ITEM_FIELDS, ALWAYS),
        el("p", f"Máy đọc {widgets.sure(row['confidence'])}", f": {row['reasons']}" if row["reasons"] else "",
           class_="cchc-note"),
        el("p", join(links, " · ")),
        class_="cchc-panel",
        aria_label=words.KINDS_SHORT[chosen.kind],
    )  # fmt: skip


def unread_files() -> None:
    """The files that gave no document, with the reason and what to do; nothing where all were read."""
    files = queries.problems(view.engine).to_dict("records")
    if files:
        with st.expander(f"{UNREAD_FILES} ({len(files)})", icon=":material/unknown_document:"):
            lines = (el("li", el("strong", row["name"]), ": ", row["message"]) for row in files)
            st.html(el("ul", join(lines), class_="cchc-plain"))


PAGE = "van-ban"
view = widgets.view()
documents = widgets.load(queries.documents, view)
labels = dict(zip(documents["id"], documents["label"], strict=True))

item_id = widgets.page_parameter("item")
chosen = queries.item(view.engine, item_id, view.filters) if item_id else None
if item_id and chosen is None:
    st.warning(NO_ITEM, icon=":material/link_off:")
if not labels:
    widgets.heading(TITLE)
    unread_files()
    widgets.nothing(view)
    st.stop()


def turn_page() -> None:
    """Another document was chosen: the address names it, and no longer an item of the old one."""
    widgets.set_page_parameter("item", None)
    widgets.set_page_parameter("doc", st.session_state["document"])


wanted = chosen.row["doc_id"] if chosen else widgets.page_parameter("doc")
if wanted not in labels:
    wanted = next(iter(labels))
st.session_state["document"] = wanted

left, right = st.columns([3, 7], gap="medium")
with left:
    doc_id = st.selectbox(CHOOSE, list(labels), format_func=labels.__getitem__, key="document", on_change=turn_page)
    document = queries.document(view.engine, doc_id)
    if document is None:  # the list above is of the same data, so this only happens between two versions of it
        widgets.nothing(view)
        st.stop()
    marks = marks_of(document.marks)
    if chosen is not None:
        st.html(item_panel(chosen, [mark.id for mark in marks]))
        if chosen.kind in RECORDED:
            history.history_panel(item_id, day=view.day)
    counts = document.marks["kind"].value_counts().to_dict()
    legend = [
        el("li", el("span", tag, class_=f"cchc-tag cchc-is-{kind}"), " ", el("strong", counts.get(kind, 0)), " ",
           words.KINDS[kind])
        for kind, tag in annotate.TAGS.items()
    ]  # fmt: skip
    open_figures = annotate.unread(document.text, marks)
    if open_figures:
        legend.append(el("li", el("span", "00%", class_="cchc-unread"), " ", el("strong", len(open_figures)), " ",
                         UNREAD_LEGEND))  # fmt: skip
    st.html(el("ul", join(legend), class_="cchc-legend", aria_label=LEGEND))
    if document.warnings:
        with st.expander(f"{WARNINGS} ({len(document.warnings)})", icon=":material/report:"):
            st.html(el("ul", join(el("li", warning) for warning in document.warnings), class_="cchc-plain"))
    with st.expander(INFO, expanded=chosen is None):
        st.html(pairs(document.info, FIELDS, set(FIELDS)))
    bases = document.info["legal_bases"]
    if bases:
        with st.expander(BASES):
            st.html(el("ul", join(el("li", base) for base in bases.split("; ")), class_="cchc-plain"))
    unread_files()

with right:
    widgets.heading(document.info["title"] or labels[doc_id])
    if [name for name in view.filters.set_names() if name != "plan"]:
        st.html(el("p", WHOLE_TEXT, class_="cchc-note"))
    text = annotate.paragraphs(
        document.text, marks, lambda mark: widgets.item_href(view, doc_id, mark.id), item_id if chosen else ""
    )
    st.html(el("div", text, class_="cchc-text", tabindex=0, role="region", aria_label=labels[doc_id]))
