"""The files just dropped on «Nhập văn bản»: reading them with progress, what each is, what is to become of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import streamlit as st

from cchc import entry_words, office, review, words
from cchc.document_entries import INFO_LABELS, VALUE_LABELS
from cchc.formats import limits
from cchc.formats.names import shown_name
from cchc.importing import KIND_LABELS, MESSAGES, TWIN_LABEL, Examined, Incoming
from cchc.item_label import label_of
from cchc.markup import Safe, as_markdown, el, join
from cchc.periods import date_text
from cchc.revisions import FieldChange, Revision
from cchc.screen import import_desk
from cchc.screen.import_desk import choice_of, desk

UPLOAD = "Thả tệp vào đây hoặc bấm để chọn"
UPLOAD_HELP = (
    "Word, Excel, PDF (cả bản quét), ảnh chụp, trang web đã lưu, văn bản thuần. Mỗi tệp tối đa {size} MB; chọn được "
    "nhiều tệp một lần. Tệp chỉ được lưu khi bấm «Ghi nhận»."
)
TOO_BIG = (
    "Tệp tô đỏ lớn hơn {size} MB nên không nhận. Dữ liệu đã có không thay đổi. Hãy bỏ bớt hình ảnh, hoặc tách riêng "
    "phần kế hoạch và phụ lục thành một tệp rồi chọn lại."
)
READING = "Đã đọc {done}/{total} tệp"
UNDER_WAY = "{read}. Đang đọc: {names}"
MEANWHILE = "Có thể xem trang khác trong lúc chờ. Chưa có gì được lưu; đóng trình duyệt thì coi như chưa chọn tệp."
STOP = "Dừng, bỏ các tệp này"
COLUMNS = ("Tệp", "Nhận ra", "Đọc được", "Cần rà soát", "Khi ghi nhận")
COUNTS = (("targets", "chỉ tiêu"), ("tasks", "nhiệm vụ"), ("measures", "giải pháp"), ("duties", "trách nhiệm"))
LOT = "Các tệp vừa đọc"
NUMBER_DAY = "{number} ngày {day}"
NO_IDENTITY = "Chưa tìm thấy số, cơ quan ban hành và tên văn bản"
NOTHING_READ = "Không tìm thấy chỉ tiêu, nhiệm vụ nào"
ALL_SURE = "0 trên {size}"
SOME_UNSURE = "{count} trên {size}"
WARNINGS = "{count} lưu ý khi đọc"
WHAT_TO_DO = "Xử lý tệp «{name}»"
CHANGES = "Bản mới có gì khác: {words}"
SAME = "{count} nội dung giữ nguyên"
ADDED, REMOVED, CHANGED = "Thêm mới", "Không còn", "Thay đổi"
INFO_CHANGED = "Thông tin văn bản thay đổi"
LINK = "Số liệu đã ghi nhận của nội dung cũ chuyển sang nội dung mới:"
RECORDED = "(có {count} lần ghi nhận; vẫn được giữ, chờ gắn sang nội dung khác)"
MOST_SHOWN = 60
AND_MORE = "và {count} nội dung nữa"


def upload() -> None:
    """The place to drop files; what was dropped is read while the page stays in use."""
    import_desk.take_up()
    at = desk()
    size = limits.current().max_bytes // limits.MB
    with st.container(key="upload_documents"):
        files = st.file_uploader(
            UPLOAD, accept_multiple_files=True, max_upload_size=size, key=f"import_files_{at.generation}",
            on_change=_touched,
        )  # fmt: skip
        # Streamlit refuses a large file in the browser and says so in English, when the pointer stands on it.
        st.html(el("p", "▲ ", TOO_BIG.format(size=size), class_="cchc-field-error cchc-too-big", role="alert"))
    found = tuple(f.file_id for f in files)
    if found != at.uploaded and (files or at.touched):
        forgotten = bool(files) and not set(found) & set(at.uploaded)
        before = tuple(one.incoming for one in at.lot if one.incoming is not None) if forgotten else at.before
        import_desk.read([*before, *(Incoming(shown_name(f.name), f.getvalue()) for f in files)], found, before)
        import_desk.take_up()
    if at.reading is not None:
        _progress()
    elif not files and not at.lot:
        st.html(el("p", UPLOAD_HELP.format(size=size), class_="cchc-note"))


def _touched() -> None:
    desk().touched = True


@st.fragment(run_every=0.5)
def _progress() -> None:
    """How far the reading is; the page is drawn anew when it has ended."""
    reading = desk().reading
    if reading is None or reading.ended:
        st.rerun()
    done, names = reading.far()
    read = READING.format(done=words.number(done), total=words.number(reading.total))
    said = UNDER_WAY.format(read=read, names=", ".join(words.short(n, 60) for n in names)) if names else read
    st.progress(done / reading.total, text=as_markdown(said))
    with st.container(horizontal=True, vertical_alignment="center", key="import_meanwhile"):
        st.html(el("p", MEANWHILE, class_="cchc-note"))
        st.button(STOP, key="import_stop", on_click=import_desk.give_up, type="tertiary", icon=":material/cancel:")


def in_order(lot: Sequence[Examined]) -> list[Examined]:
    """The files, what needs a person first: those that cannot be read, those there is something like already, then the
    ones with most to look at."""
    kinds = {kind: n for n, kind in enumerate(("unreadable", "new_version", "same_document", "again", "same_file"))}
    return sorted(lot, key=lambda one: (kinds.get(one.kind, len(kinds)), -(one.head.review if one.head else 0)))


def told(lot: Sequence[Examined]) -> str:
    """What the files are, counted: «3 văn bản mới, 1 không đọc được»."""
    counts = Counter(one.label for one in lot)
    labels = (*KIND_LABELS.values(), TWIN_LABEL)
    return ", ".join(f"{words.number(counts[name])} {name.lower()}" for name in labels if counts[name])


def lot_table(lot: Sequence[Examined], may_look: Collection[str]) -> Safe:
    """What each file is, what was read from it and how surely; the names of those in `may_look` can be pressed."""
    head = el("tr", join(el("th", label, scope="col") for label in COLUMNS))
    rows = []
    for one in in_order(lot):
        name: object = one.name
        if one.sha256 in may_look and one.twin_of != one.sha256:
            name = el("a", one.name, href="#", class_="cchc-link", data_item=one.sha256)
        cells = (_what(one), *_read(one), one.choice_label(choice_of(one)))
        rows.append(
            el(
                "tr",
                el("th", name, scope="row", data_label=COLUMNS[0]),
                join(el("td", cell, data_label=label) for cell, label in zip(cells, COLUMNS[1:], strict=True)),
                data_items=one.sha256,
            )
        )
    return el("table", el("caption", LOT), el("thead", head), el("tbody", join(rows)), class_="cchc-table")


def _what(one: Examined) -> Safe:
    parts: list[object] = [el("strong", one.label)]
    if one.head is not None:
        info = one.head.info
        day = NUMBER_DAY.format(number=info.number, day=date_text(info.issued_on)) if info.issued_on else info.number
        named = ", ".join(filter(None, [day if info.number else None, info.authority]))
        parts.append(el("div", ": ".join(filter(None, [named, words.short(info.title or "", 140)])) or NO_IDENTITY))
    if one.head is None or one.message != MESSAGES["new"]:
        parts.append(el("div", one.message, class_="" if one.head is None else "cchc-quiet"))
    return join(parts)


def _read(one: Examined) -> tuple[object, object]:
    """What was read, and how much of it a person should look at, with the corrections on the desk."""
    if one.head is None:
        return "", ""
    head, doubtful = one.head, one.head.review
    sizes = {name: getattr(head, name) for name, _ in COUNTS}
    if desk().records.get(one.sha256) or one.of is not None:
        plan = import_desk.subject_of_lot(one).corrected.plan
        sizes, doubtful = {name: len(getattr(plan, name)) for name, _ in COUNTS}, review.count(plan)
    size = sum(sizes.values())
    counts = ", ".join(f"{words.number(sizes[name])} {label}" for name, label in COUNTS if sizes[name])
    if not size:
        return el("strong", NOTHING_READ), ""
    sure: list[object] = [ALL_SURE.format(size=words.number(size))]
    if doubtful:
        sure = [el("strong", SOME_UNSURE.format(count=words.number(doubtful), size=words.number(size)))]
    if head.warnings:
        sure.append(el("div", WARNINGS.format(count=words.number(head.warnings)), class_="cchc-quiet"))
    return counts, join(sure)


def choose(one: Examined) -> None:
    """The ways a file can go, where there is more than one."""
    if len(one.choices) < 2:
        return
    key = f"import_choice_{one.sha256}"
    st.session_state[key] = choice_of(one)
    st.segmented_control(
        as_markdown(WHAT_TO_DO.format(name=one.name)),
        list(one.choices),
        format_func=one.choice_label,
        required=True,
        wrap=True,
        key=key,
        on_change=_chosen,
        args=(one, key),
    )


def _chosen(one: Examined, key: str) -> None:
    """Before the next drawing: what stands above the choice tells it too."""
    import_desk.choose(one, st.session_state[key])


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
        st.html(el("div", _changes(revision), class_="cchc-changes"))
        links = revision.links
        if links and choice_of(one) == "replace":
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
                join([
                    el("small", words.KINDS_SHORT[kind], class_="cchc-quiet"), " ", words.short(label_of(item)),
                    _recorded(item.id) if label == REMOVED else "",
                ])
                for kind, item in items
            ]  # fmt: skip
            parts += [el("h4", label), _list(lines)]
    return join(parts)


def _recorded(item_id: str) -> Safe | str:
    """That something was recorded of an item that is going, and what becomes of it."""
    count = len(office.get_progress().history(item_id))
    return el("strong", " ", RECORDED.format(count=words.number(count))) if count else ""


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
