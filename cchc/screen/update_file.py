"""The Excel file of «Cập nhật» on the screen: to take along, and handed in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cchc import entry_words, office, results, words
from cchc import worksheets as workbook
from cchc.access import Person
from cchc.items import KnownItem
from cchc.markup import as_markdown, el, join
from cchc.queries import goal_text
from cchc.results import Result
from cchc.screen import widgets
from cchc.screen.update_desk import COLUMN, MORE, ROW, WHY, confirmation, desk, give_up, obstacles, save_drafts
from cchc.words import short

EXCEL_DOWN = "1. Tải về và điền"
EXCEL_DOWN_NOTE = (
    "Tệp có {count} nhiệm vụ và chỉ tiêu đang lọc, nội dung còn thiếu đứng trước. Điền được khi không có mạng."
)
EXCEL_BUTTON = "Tải tệp Excel để điền"
EXCEL_UP = "2. Nộp tệp đã điền"
EXCEL_UP_LABEL = "Tệp Excel (.xlsx) hoặc CSV"
EXCEL_TAKE = "Ghi nhận {count} dòng hợp lệ"
EXCEL_DROP = "Bỏ cả tệp, không ghi gì"
EXCEL_BAD = "Lỗi trong tệp"
EXCEL_GOOD = "Sẽ ghi nhận"
EXCEL_NOTHING = "Tệp không có nội dung mới."
ITEM, WHOLE_ROW = "Nội dung", "cả dòng"
SHOWN_ROWS = 200


def file_view(items: Sequence[KnownItem], name: str, person: Person | None, today: dt.date) -> None:
    """The sheet to fill in offline, and the one that comes back."""
    place = "file"
    confirmation(place)
    obstacles(place)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.html(el("h3", EXCEL_DOWN, class_="cchc-list-title"))
        listed = [i for i in items if i.kind in ("task", "target")]
        st.html(el("p", EXCEL_DOWN_NOTE.format(count=words.number(len(listed))), class_="cchc-note"))
        st.download_button(
            EXCEL_BUTTON,
            lambda: sheet_file(listed, today),
            f"cap-nhat_{re.sub(r'[^a-z0-9-]+', '-', name) or 'tat-ca'}_{today:%Y-%m-%d}"
            f"{'_MINH-HOA' if office.is_demo() else ''}.xlsx",
            widgets.XLSX,
            on_click="ignore",
            icon=":material/download:",
            key="update_sheet",
        )
        st.html(el("ul", join(el("li", line) for line in workbook.HELP), class_="cchc-plain cchc-note"))
    with right:
        st.html(el("h3", EXCEL_UP, class_="cchc-list-title"))
        if person is None:
            return
        _upload(place, person, today)


def sheet_file(items: Sequence[KnownItem], today: dt.date) -> bytes:
    """The Excel file of items with what is known of them today."""
    facts = office.get_progress().facts(today)
    rows = results.sheet(items, facts, today, lambda t: goal_text(t.kind, t.comparator, t.value, t.unit))
    return workbook.write(rows, office.is_demo())


def _upload(place: str, person: Person, today: dt.date) -> None:
    at = desk(place)
    with st.container(key="upload_sheet"):
        given = st.file_uploader(EXCEL_UP_LABEL, key=f"update_file_{at.generation}")
    if given is None:
        if at.result is not None or at.broken:
            at.forget()
        return
    version = f"{office.data_version()}-{today}"
    if at.file_id != given.file_id or (at.version != version and not at.changes):
        at.file_id, at.version, at.result, at.broken, at.message = given.file_id, version, None, "", ""
        try:
            rows = workbook.read(given.getvalue(), given.name, office.is_demo())
            facts = office.get_progress().facts(today)
            at.result = results.read_rows(rows, office.known_items(), facts, person, today)
        except results.TableError as error:
            at.broken = str(error)
    if at.result is None:
        st.error(as_markdown(at.broken), icon=":material/error:")
        return
    _result(place, at.result)


def _result(place: str, result: Result) -> None:
    summary = next(iter(results.summary(result)))
    (st.warning if result.problems else st.info)(as_markdown(summary))
    if result.unused:
        st.html(el("p", f"Cột không dùng đến: {', '.join(result.unused)}.", class_="cchc-note"))
    good = [row for row in result.rows if row.drafts]
    with st.container(horizontal=True, key="update_file_buttons"):
        if good:
            st.button(
                EXCEL_TAKE.format(count=len(good)),
                type="primary",
                icon=":material/save:",
                on_click=save_drafts,
                args=(place, result.drafts, result.expected),
                key="update_take",
            )
        st.button(EXCEL_DROP, on_click=give_up, args=(place,), key="update_refuse")
    if result.problems:
        rows = [
            {"row": p.row, "item": _label(row.item_id), "column": p.column or WHOLE_ROW, "why": p.message}
            for row in result.rows
            for p in row.problems
        ]
        _table(EXCEL_BAD, rows, {"row": ROW, "item": ITEM, "column": COLUMN, "why": WHY})
    if good:
        rows = [
            {
                "row": row.row,
                "item": _label(row.item_id),
                "what": "; ".join(entry_words.sentence(d.payload) for d in row.drafts),
            }
            for row in good
        ]
        _table(EXCEL_GOOD, rows, {"row": ROW, "item": ITEM, "what": "Ghi nhận"})
    elif not result.problems:
        st.html(el("p", EXCEL_NOTHING, class_="cchc-note"))


def _label(item_id: str) -> str:
    """The item's words; of one that is not known its code as it stands in the file."""
    item = office.known_items().get(item_id)
    return short(item.label if item else item_id)


def _table(title: str, rows: list[dict[str, Any]], columns: Mapping[str, str]) -> None:
    count = el("span", f"{words.number(len(rows))} dòng", class_="cchc-quiet")
    st.html(el("h3", title, " ", count, class_="cchc-list-title"))
    widths = {"row": "4rem", "column": "12rem"}
    st.html(widgets.table(pd.DataFrame(rows[:SHOWN_ROWS]), columns, name=title, widths=widths))
    if len(rows) > SHOWN_ROWS:
        st.html(el("p", MORE.format(count=words.number(len(rows) - SHOWN_ROWS)), class_="cchc-note"))
