"""The grid and the list of «Cập nhật» on the screen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cchc import config, grid, office, saving, words
from cchc.access import Person
from cchc.filters import Filters
from cchc.items import ItemKind, KnownItem
from cchc.markup import as_markdown, el
from cchc.results import COLUMNS
from cchc.screen import widgets
from cchc.screen.update_desk import (
    COLUMN,
    ROW,
    SAVE,
    SAVE_HELP,
    WHY,
    Desk,
    desk,
    desks,
    give_up,
    goal_words,
    obstacles,
    save_drafts,
)
from cchc.words import short
from cchc.worklist import MISSING, MISSING_OF_TARGETS, Work, worklist

SAVE_ROWS = "Lưu {count} dòng đã sửa"
DISCARD = "Bỏ các sửa đổi"
NO_ROWS = "Chưa có ô nào được sửa. Chọn một ô ở cột có hình bút (bấm hoặc phím mũi tên), gõ Enter để điền, rồi lưu."
NOTHING_NEW = "Các ô đã sửa không có gì mới so với nội dung đã ghi nhận."
MISTAKES = "Chưa lưu gì: {count} chỗ cần sửa. Nội dung đã gõ vẫn còn nguyên."
MISTAKE = "Mục cần sửa"
OPEN_ONE = "Mở một nội dung để ghi chi tiết, gia hạn, đính chính hoặc xem lịch sử"
OPEN_PLACEHOLDER = "Gõ vài chữ của nội dung"
OTHER_LIST = "Còn {count} dòng chưa lưu ở danh sách khác: {name}."
REOPEN = "Mở lại"
LINES = 4  # of words in a cell; more would be cut in the middle of a line
ROW_HEIGHT = 84  # pixels: so many lines
_LETTER = 5.7  # pixels, on average
_MARGINS = 18  # left and right in a cell
KIND_NAMES: dict[ItemKind, str] = {
    "task": "Nhiệm vụ",
    "target": "Chỉ tiêu",
    "measure": "Giải pháp",
    "duty": "Trách nhiệm",
}
_WIDTHS = {
    "content": 320,
    "lead": 140,
    "completed_on": 150,
    "started_on": 130,
    "wanted": 110,
    "due": 95,
    "state": 170,
    "told": 220,
    "product": 180,
    "text": 200,
}
_HELP = {
    "started_on": "Dạng 14/6/2024",
    "completed_on": "Dạng 14/6/2024",
    "date": "Dạng 14/6/2024",
    "as_of": "Dạng 14/6/2024. Để trống là ngày chốt của kỳ; không ghi kỳ là hôm nay.",
    "period": "Quý I/2024; 6 tháng đầu năm 2024; Năm 2024",
    "value": "Dạng 98,5",
    "number": "Số, ký hiệu văn bản chứng minh",
}


def grid_view(
    scope: str,
    name: str,
    kind: ItemKind,
    works: Sequence[Work],
    person: Person | None,
    today: dt.date,
    leads: Mapping[str, str],
) -> None:
    """The grid of items of one kind; without a person it can be read only. `scope` names the list (the filters), `name`
    tells it in words; `leads` say who leads each item, nothing where all are of one agency."""
    place = f"grid:{kind}:{scope}"
    at = desk(place)
    at.name = f"{KIND_NAMES[kind]}, {name}"
    version = f"{office.data_version()}-{today}"
    if at.sheet is None or (not at.typed and not at.changes and at.version != version):
        goals = {w.item.id: goal_words(w.item) for w in works if w.item.target is not None}
        at.sheet, at.shown, at.version = grid.draw(kind, works, goals, leads), None, version
        at.generation += 1
    sheet = at.sheet
    key = f"update_grid_{kind}_{at.generation}_{abs(hash(scope))}"
    if at.shown is None or key not in st.session_state:
        at.shown = _fitted(grid.with_changes(sheet, at.typed))
    _other_desks(place)
    obstacles(place)
    _problems(at, sheet)
    buttons = st.container(horizontal=True, vertical_alignment="center", key="update_grid_buttons")
    shown_names = [c for c in sheet.cells.columns if c in grid.SHOWN]
    columns: dict[str, Any] = {
        c: st.column_config.TextColumn(
            grid.SHOWN[c], width=_WIDTHS.get(c, 120), disabled=True, pinned=c == "content" or None
        )
        for c in shown_names
    }
    columns |= {
        c: st.column_config.TextColumn(COLUMNS[c][0], width=_WIDTHS.get(c, 120), help=_HELP.get(c))
        for c in sheet.edited
    }
    edited = st.data_editor(
        at.shown,
        key=key,
        hide_index=True,
        column_order=[*(c for c in shown_names if c != "told"), *sheet.edited, "told"],
        column_config=columns,
        disabled=person is None,
        num_rows="fixed",
        row_height=ROW_HEIGHT,
        height=min(42 + ROW_HEIGHT * max(len(sheet.cells), 1), 560),
        alt=f"{at.name}: các ô để điền kết quả",
        on_change=_take_last_cells,  # kept also when the run that shows them is given up for another page
        args=(place,),
    )
    at.key, at.typed = key, grid.changes(sheet, edited)
    if person is None:
        return
    count = len(at.typed)
    with buttons:
        st.button(
            SAVE_ROWS.format(count=count) if count else SAVE,
            type="primary",
            icon=":material/save:",
            shortcut="Ctrl+S",
            help=SAVE_HELP,
            on_click=_save_grid,
            args=(place,),
            key="update_save",
        )
        if count:
            st.button(DISCARD, on_click=give_up, args=(place,), key="update_discard")
        else:
            st.html(el("p", NO_ROWS, class_="cchc-note"))


def _fitted(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that are only read, each ended where it would run out of its row."""
    for name in cells.columns.intersection(list(grid.SHOWN)):
        letters = (_WIDTHS[name] - _MARGINS) / _LETTER
        cells[name] = [words.fitted(text, letters, LINES) for text in cells[name]]
    return cells


def _save_grid(place: str) -> None:
    at = desk(place)
    sheet = at.sheet
    person = saving.recorder().person
    if sheet is None or person is None:
        at.message = saving.NOTHING_SAVED + saving.recorder().reason
        return
    _take_last_cells(place)  # a cell that was still open when the button was pressed arrives together with the press
    fingerprint = repr(sorted((item, sorted(cells.items())) for item, cells in at.typed.items()))
    if fingerprint == at.fingerprint and at.drafts and not at.changes:
        save_drafts(place, at.drafts, at.expected)  # the same again: recorded once, whatever became of the first try
        return
    today = config.today()
    result = grid.read(sheet, at.typed, office.known_items(), office.get_progress().facts(today), person, today)
    at.message, at.changes, at.problems, at.drafts = "", {}, result.problems, ()
    st.session_state.pop("update_saved", None)
    if result.problems:
        return
    if not result.drafts:
        at.message = NOTHING_NEW if at.typed else NO_ROWS
        return
    at.fingerprint = fingerprint
    save_drafts(place, result.drafts, result.expected)


def _take_last_cells(place: str) -> None:
    """Takes what the grid of this place holds before anything is drawn."""
    at = desk(place)
    state = st.session_state.get(at.key)
    if at.sheet is None or at.shown is None or not state:
        return
    cells = at.shown.copy()
    for row, columns in state["edited_rows"].items():
        for column, value in columns.items():
            cells.loc[cells.index[int(row)], column] = value
    at.typed = grid.changes(at.sheet, cells)


def _problems(at: Desk, sheet: grid.Sheet) -> None:
    if not at.problems:
        return
    st.error(as_markdown(MISTAKES.format(count=len(at.problems))), icon=":material/error:")
    rows = [
        {
            "item": short(str(sheet.cells.iloc[p.row - 1]["content"])),
            "row": p.row,
            "column": p.column,
            "why": p.message,
        }
        for p in at.problems
    ]
    st.html(
        widgets.table(pd.DataFrame(rows), {"row": ROW, "item": "Nội dung", "column": COLUMN, "why": WHY}, name=MISTAKE)
    )


def _other_desks(place: str) -> None:
    for other, at in list(desks().items()):
        if other == place or not other.startswith("grid:") or not at.typed:
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"update_other_{abs(hash(other))}"):
            st.html(el("p", OTHER_LIST.format(count=len(at.typed), name=at.name), class_="cchc-note"))
            st.button(REOPEN, on_click=_reopen, args=(other,), key=f"update_reopen_{abs(hash(other))}")


def _reopen(place: str) -> None:
    _, kind, scope = place.split(":", 2)
    st.session_state["update_kind"] = kind
    st.session_state["update_view"] = "grid"
    widgets.set_filters(Filters.model_validate_json(scope))


def list_view(works: Sequence[Work], href: Any, leads: Mapping[str, str]) -> None:
    """The items as a table with a link to each form. `href` gives an item's address; `leads` as in `grid_view`."""
    rows = [
        {
            "id": w.item.id,
            "content": w.item.label,
            "lead": leads.get(w.item.id, ""),
            "due": w.due_words,
            "status": w.status,
            "state": grid.state_words(w),
            "told": w.told,
        }
        for w in works
    ]
    frame = pd.DataFrame(rows, columns=["id", "content", "lead", "due", "status", "state", "told"])
    pages = -(-len(frame) // widgets.PAGE_SIZE)
    number = min(st.pagination(pages, key="update_list_page"), pages) if pages > 1 else 1
    part = frame.iloc[(number - 1) * widgets.PAGE_SIZE : number * widgets.PAGE_SIZE]
    shown = [name for name in ("content", "lead", "due", "state", "told") if name != "lead" or any(leads.values())]
    st.html(
        widgets.table(
            part,
            {name: grid.SHOWN[name] for name in shown},
            name="Nội dung cần cập nhật",
            cells={
                "content": lambda r: el("a", r["content"], href=href(r["id"]), class_="cchc-link"),
                "lead": lambda r: r["lead"],
                "due": lambda r: r["due"],
                "state": lambda r: widgets.status_mark(r["status"], r["state"]),
                "told": lambda r: r["told"] or el("span", words.NO_DATA, class_="cchc-quiet"),
            },
            widths={"lead": "10rem", "due": "9rem", "state": "15rem", "told": "15rem"},
        )
    )


def counts(works: Sequence[Work]) -> str:
    """How many tasks and targets miss what, in the words of their statuses: «Nhiệm vụ: 3 sắp đến hạn. Chỉ tiêu: 2 không
    đạt»; "" when nothing is missing."""
    told = []
    for kind in ("task", "target"):
        numbers = Counter(w.missing for w in works if w.item.kind == kind)
        names = MISSING | (MISSING_OF_TARGETS if kind == "target" else {})
        parts = [f"{numbers[m]} {name[:1].lower()}{name[1:]}" for m, name in names.items() if name and numbers[m]]
        if parts:
            told.append(f"{KIND_NAMES[kind]}: {'; '.join(parts)}")
    return ". ".join(told)


def lines(items: Sequence[KnownItem], today: dt.date) -> list[Work]:
    """The items as they stand today, what is missing first."""
    return worklist(items, office.get_progress().facts(today), today)
