"""The history of an item on the screen: every entry, newest first, with the corrections linked to what they correct."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from cchc import entry_words, office, who
from cchc.access import Person
from cchc.entries import Entry
from cchc.entry_fields import FileRef
from cchc.entry_words import Line
from cchc.files import FileStore
from cchc.markup import Safe, as_markdown, el, join
from cchc.periods import date_text
from cchc.screen import widgets

TITLE = "Lịch sử"
TO_FORM = "Cập nhật nội dung này"
EMPTY = "Chưa có nội dung nào được ghi nhận."
COUNT = "{count} lần ghi nhận"
RECORDED = "ghi lúc {moment}"
AS_OF = "số liệu ngày {day}"
CORRECTS = "đính chính lần ghi số {number}"
CORRECTED = "đã được đính chính ở lần ghi số {number}"
LATER = "Sau ngày số liệu, chưa tính"
SOME_LATER = "Trang đang xem số liệu tại ngày {day}: {count} lần ghi nói về ngày sau đó nên chưa tính, được ghi rõ."
DOWNLOAD = "Tải tệp {name}"
MISSING = "Không tìm thấy tệp «{name}» trong kho tệp; hãy báo người quản trị."


def panel(entries: Sequence[Entry], people: Mapping[str, Person], day: dt.date | None = None) -> Safe:
    """The entries of an item (oldest first) as HTML, newest first. With a `day` those that speak of a later one are
    marked: they do not count there."""
    lines = entry_words.history(entries, day)
    if not lines:
        return el("p", EMPTY, class_="cchc-note")
    return el("ol", join(_line(line, people) for line in lines), class_="cchc-history", aria_label=TITLE)


def _line(line: Line, people: Mapping[str, Person]) -> Safe:
    entry = line.entry
    author = entry_words.author_text(entry.author, entry.role, people)
    said = [
        el("li", el("span", f"{label}: ", class_="cchc-quiet") if label else "", value)
        for label, value in entry_words.fields(entry.payload)
    ]
    links: list[object] = []
    if line.corrects is not None:
        links.append(_link(CORRECTS, line.corrects))
    if line.corrected_by is not None:
        links.append(_link(CORRECTED, line.corrected_by))
    when = f"{RECORDED.format(moment=entry_words.moment_text(entry.recorded_at))}, "
    return el(
        "li",
        el("p", el("strong", f"{line.number}. {entry_words.title(entry.payload)}")),
        el("p", LATER, class_="cchc-history-later") if line.later else "",
        el("ul", join(said), class_="cchc-plain cchc-said"),
        el("p", author, ", ", when, AS_OF.format(day=date_text(entry.as_of)), class_="cchc-note"),
        el("p", join(links, "; "), class_="cchc-note") if links else "",
        id=f"lan-ghi-{line.number}",
        class_=" ".join(name for name, holds in (("cchc-past", not line.live), ("cchc-later", line.later)) if holds),
    )


def _link(words: str, number: int) -> Safe:
    return el("a", words.format(number=number), href=f"#lan-ghi-{number}", class_="cchc-link")


def history_panel(item_id: str, link: bool = True, day: dt.date | None = None) -> None:
    """Draws the history of an item as of the last `office.refresh`, with its attached files to download and, with
    `link`, the way to its form. `day` is the reporting date of the page (None: today). Raises LedgerError when the
    ledger could never be read."""
    entries = office.get_progress().history(item_id)
    later = sum(line.later for line in entry_words.history(entries, day))
    count = el("span", COUNT.format(count=len(entries)), class_="cchc-quiet") if entries else ""
    to_form = el("a", TO_FORM, href=widgets.href("cap-nhat", widgets.view().filters, item=item_id), class_="cchc-link")
    st.html(Path(__file__).with_name("update.css"))
    st.html(join([el("h3", TITLE, " ", count, class_="cchc-list-title"), el("p", to_form) if link else ""]))
    if later and day is not None:
        st.html(el("p", SOME_LATER.format(day=date_text(day), count=later), class_="cchc-note"))
    st.html(panel(entries, who.people(), day))
    for line in entry_words.history(entries):
        if line.file is not None:
            _download(line.file, f"file_{item_id}_{line.number}")


def _download(ref: FileRef, key: str) -> None:
    store = FileStore(kind=office.get_ledger().kind)
    if not store.path(ref.sha256).exists():
        st.warning(as_markdown(MISSING.format(name=ref.name)), icon=":material/attach_file_off:")
        return
    # Never as a type a browser would show: what people attach is data.
    st.download_button(
        as_markdown(DOWNLOAD.format(name=ref.name)),
        partial(store.read, ref),
        ref.name,
        "application/octet-stream",
        key=key,
        on_click="ignore",
        icon=":material/attach_file:",
    )
