"""The files just dropped on «Nhập văn bản»: reading them with progress, what each is, what is to become of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from cchc import entry_words, importing, library, words
from cchc.document_entries import INFO_LABELS, VALUE_LABELS
from cchc.formats import limits
from cchc.import_desk import Desk, desk
from cchc.import_review import label_of
from cchc.importing import CHOICE_LABELS, KIND_LABELS, Examined, Incoming, Step
from cchc.markup import Safe, as_markdown, el, join
from cchc.revisions import FieldChange, Revision

UPLOAD = "Thả tệp vào đây hoặc bấm để chọn"
UPLOAD_HELP = (
    "Word, Excel, PDF (cả bản quét), ảnh chụp, trang web đã lưu, văn bản thuần. Mỗi tệp tối đa {size} MB; chọn được "
    "nhiều tệp một lần. Tệp chỉ được lưu khi bấm «Ghi nhận»."
)
READING = "Đang đọc tệp {n}/{total}: {name}"
READ = "Đã đọc {n}/{total}: {name}"
COLUMNS = ("Tệp", "Nhận ra", "Đọc được", "Cần rà soát", "Khi ghi nhận")
COUNTS = (("targets", "chỉ tiêu"), ("tasks", "nhiệm vụ"), ("measures", "giải pháp"), ("duties", "trách nhiệm"))
LOT = "Các tệp vừa đọc"
WHAT_TO_DO = "Xử lý tệp «{name}»"
CHANGES = "Bản mới có gì khác: {words}"
SAME = "{count} nội dung giữ nguyên"
ADDED, REMOVED, CHANGED = "Thêm mới", "Không còn", "Thay đổi"
INFO_CHANGED = "Thông tin văn bản thay đổi"
LINK = "Số liệu đã ghi nhận của nội dung cũ chuyển sang nội dung mới:"
MOST_SHOWN = 60
AND_MORE = "và {count} nội dung nữa"


def upload() -> None:
    """The place to drop files; reads what was dropped, a file at a time, and lays it on the desk."""
    at = desk()
    size = limits.current().max_bytes // limits.MB
    with st.container(key="upload_documents"):
        files = st.file_uploader(
            UPLOAD, accept_multiple_files=True, max_upload_size=size, key=f"import_files_{at.generation}"
        )
    if not files:
        st.html(el("p", UPLOAD_HELP.format(size=size), class_="cchc-note"))
    found = tuple(f.file_id for f in files)
    if found == at.uploaded or not files:
        return
    bar = st.progress(0.0, text=as_markdown(READING.format(n=1, total=len(files), name=files[0].name)))

    def step(one: Step) -> None:
        done = one.n if one.stage == "done" else one.n - 1
        form = READ if one.stage == "done" else READING
        bar.progress(done / one.total, text=as_markdown(form.format(n=one.n, total=one.total, name=one.name)))

    lot = importing.examine(library.current(), [Incoming(f.name, f.getvalue()) for f in files], step)
    bar.empty()
    kept = {e.sha256 for e in lot}
    st.session_state["import_desk"] = Desk(
        lot=tuple(lot),
        choices={s: c for s, c in at.choices.items() if s in kept},
        links={s: c for s, c in at.links.items() if s in kept},
        records={s: r for s, r in at.records.items() if s in kept},
        generation=at.generation,
        uploaded=found,
    )


def in_order(lot: Sequence[Examined]) -> list[Examined]:
    """The files, what needs a person first: those that cannot be read, those there is something like already, then the
    ones with most to look at."""
    kinds = {kind: n for n, kind in enumerate(("unreadable", "new_version", "same_document", "again", "same_file"))}
    return sorted(lot, key=lambda one: (kinds.get(one.kind, len(kinds)), -(one.head.review if one.head else 0)))


def told(lot: Sequence[Examined]) -> str:
    """What the files are, counted: «3 văn bản mới, 1 không đọc được»."""
    counts = Counter(one.kind for one in lot)
    return ", ".join(f"{words.number(counts[k])} {name.lower()}" for k, name in KIND_LABELS.items() if counts[k])


def lot_table(lot: Sequence[Examined]) -> Safe:
    """What each file is and how much was read from it."""
    head = el("tr", join(el("th", label, scope="col") for label in COLUMNS))
    rows = []
    for one in in_order(lot):
        counts, doubtful = "", ""
        if one.head is not None:
            read = {name: getattr(one.head, name) for name, _ in COUNTS}
            counts = ", ".join(f"{words.number(read[name])} {label}" for name, label in COUNTS if read[name])
            doubtful = words.number(one.head.review)
        rows.append(
            el(
                "tr",
                el("th", one.name, scope="row", data_label=COLUMNS[0]),
                el("td", el("strong", KIND_LABELS[one.kind]), el("br"), one.message, data_label=COLUMNS[1]),
                el("td", counts or words.UNKNOWN if one.head else "", data_label=COLUMNS[2]),
                el("td", doubtful, data_label=COLUMNS[3]),
                el("td", CHOICE_LABELS[choice_of(one)], data_label=COLUMNS[4]),
            )
        )
    table = el("table", el("caption", LOT), el("thead", head), el("tbody", join(rows)), class_="cchc-table")
    return el("div", table, class_="cchc-scroll cchc-lot", tabindex=0, role="region", aria_label=LOT)


def choice_of(one: Examined) -> Any:
    """What is to become of a file: as decided, else as proposed."""
    return desk().choices.get(one.sha256, one.default)


def choose(one: Examined) -> None:
    """The ways a file can go, where there is more than one."""
    if len(one.choices) < 2:
        return
    key = f"import_choice_{one.sha256}"
    st.session_state.setdefault(key, choice_of(one))
    st.segmented_control(
        as_markdown(WHAT_TO_DO.format(name=one.name)),
        list(one.choices),
        format_func=CHOICE_LABELS.__getitem__,
        required=True,
        key=key,
        on_change=_chosen,
        args=(one.sha256, key),
        persist_state="session",
    )


def _chosen(sha256: str, key: str) -> None:
    """Before the next drawing: what stands above the choice tells it too."""
    desk().choices[sha256] = st.session_state[key]


def revision_view(one: Examined) -> None:
    """What a new version changes, before it replaces the old one."""
    revision = one.revision
    if revision is None or (revision.is_empty and not revision.info):
        return  # what the file is says so
    counts = [
        (len(revision.added), ADDED), (len(revision.removed), REMOVED), (len(revision.changed), CHANGED),
    ]  # fmt: skip
    said = ", ".join(f"{label.lower()} {words.number(n)}" for n, label in counts if n)
    same = SAME.format(count=words.number(revision.same))
    said = f"{said}; {same}" if said else same
    with st.expander(as_markdown(CHANGES.format(words=said)), expanded=True, icon=":material/difference:"):
        st.html(_changes(revision))
        links = revision.links
        if links:
            st.html(el("p", LINK, class_="cchc-note"))
            agreed = desk().links.setdefault(one.sha256, dict(links))
            for change in revision.changed:
                if change.old.id not in links:
                    continue
                kept = st.checkbox(
                    as_markdown(f"{words.short(label_of(change.old))} → {words.short(label_of(change.new))}"),
                    value=change.old.id in agreed,
                    key=f"import_link_{one.sha256}_{change.old.id}",
                )
                if kept:
                    agreed[change.old.id] = change.new.id
                else:
                    agreed.pop(change.old.id, None)


def _changes(revision: Revision) -> Safe:
    parts = []
    if revision.info:
        parts += [el("h4", INFO_CHANGED), _list([_field(f, info=True) for f in revision.info])]
    if revision.changed:
        parts += [
            el("h4", CHANGED),
            _list(
                [
                    join([words.short(label_of(c.new)), el("br"), join((_field(f) for f in c.fields), "; ")])
                    for c in revision.changed
                ]
            ),
        ]
    for label, items in ((ADDED, revision.added), (REMOVED, revision.removed)):
        if items:
            lines = [
                join([el("small", words.KINDS_SHORT[kind], class_="cchc-quiet"), " ", words.short(label_of(item))])
                for kind, item in items
            ]
            parts += [el("h4", label), _list(lines)]
    return join(parts)


def _list(lines: Sequence[object]) -> Safe:
    shown = [el("li", line) for line in lines[:MOST_SHOWN]]
    if len(lines) > MOST_SHOWN:
        shown.append(el("li", AND_MORE.format(count=words.number(len(lines) - MOST_SHOWN))))
    return el("ul", join(shown), class_="cchc-plain")


def _field(one: FieldChange, info: bool = False) -> Safe:
    label = (INFO_LABELS if info else {**VALUE_LABELS, "quote": "câu gốc có thay đổi"})[one.field]
    if one.field == "quote":
        return join([label])
    old, new = entry_words.value_text(one.field, one.old), entry_words.value_text(one.field, one.new)
    return join([label, ": ", words.short(old), " → ", el("strong", words.short(new))])
