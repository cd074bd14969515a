"""«Cập nhật» on the screen: the grid, the form of one item, the Excel file; what was saved, what stands in the way.

What somebody typed stays until it is saved or given up: an error, a conflict or a look at another page takes nothing
away. Everything is saved through `saving.save`, in callbacks, so that the page is drawn with what came of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from cchc import access, config, entry_form, entry_words, files, grid, office, results, saving, who, widgets, words
from cchc import worksheets as workbook
from cchc.access import Person
from cchc.entries import Draft, Entry
from cchc.entry_form import Field
from cchc.facts import NOTHING, Effective, Facts
from cchc.filters import Filters
from cchc.history import history_panel
from cchc.items import ItemKind, KnownItem
from cchc.ledger import LedgerError
from cchc.markup import Safe, as_markdown, el, join
from cchc.queries import goal_text
from cchc.report_periods import ReportPeriod
from cchc.results import COLUMNS, Result
from cchc.worklist import MISSING, Work, work, worklist

PAGE = "cap-nhat"
SAVED = "Đã lưu {count} nội dung lúc {moment}. Người ghi: {author}."
SAVE = "Lưu"
SAVE_ROWS = "Lưu {count} dòng đã sửa"
DISCARD = "Bỏ các sửa đổi"
SAVE_HELP = "Phím tắt: Ctrl+S"
NO_ROWS = "Chưa có ô nào được sửa. Bấm vào ô nền trắng (hoặc dùng phím mũi tên rồi Enter) để điền, xong bấm «Lưu»."
NOTHING_NEW = "Các ô đã sửa không có gì mới so với nội dung đã ghi nhận."
MISTAKES = "Chưa lưu gì: {count} chỗ cần sửa. Nội dung đã gõ vẫn còn nguyên."
MISTAKE = "Mục cần sửa"
CONFLICT = "Nội dung này vừa có thay đổi"
SEEN_SAVE, SEEN_DROP = "Vẫn lưu nội dung của tôi", "Không lưu nữa"
YOURS = "Nội dung của bạn chưa lưu:"
THEIRS = "Thay đổi bạn chưa xem:"
READ_ONLY = "Chỉ xem, không ghi được. {reason}"
OPEN_ONE = "Mở một nội dung để ghi chi tiết, gia hạn, đính chính hoặc xem lịch sử"
OPEN_PLACEHOLDER = "Gõ vài chữ của nội dung"
BACK = "‹ Về danh sách"
GONE = "Không còn tìm thấy nội dung này trong các văn bản. Những gì đã ghi nhận vẫn được giữ nguyên dưới đây."
UNKNOWN_ADDRESS = "Không tìm thấy nội dung mà địa chỉ này dẫn đến."
WHAT = "Ghi nhận"
WHICH = "Nội dung cần đính chính"
OTHER_LIST = "Còn {count} dòng chưa lưu ở danh sách khác: {name}."
REOPEN = "Mở lại"
FILE_FIELD = "Tệp đính kèm (tối đa {size} MB)"
PERIOD_NONE = "Không ghi kỳ"
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
MORE = "và {count} dòng nữa"
SHOWN_ROWS = 200
ROW_HEIGHT = 66  # pixels: from this height on the words of a cell are wrapped
ROW, COLUMN, WHY = "Dòng", "Cột", "Cần sửa"

KIND_NAMES: dict[ItemKind, str] = {
    "task": "Nhiệm vụ",
    "target": "Chỉ tiêu",
    "measure": "Giải pháp",
    "duty": "Trách nhiệm",
}
_WIDTHS = {"content": 320, "wanted": 110, "due": 95, "state": 170, "told": 220, "product": 180, "text": 200}
_HELP = {
    "started_on": "Dạng 14/6/2024",
    "completed_on": "Dạng 14/6/2024",
    "date": "Dạng 14/6/2024",
    "as_of": "Dạng 14/6/2024. Để trống là hôm nay.",
    "period": "Quý I/2024; 6 tháng đầu năm 2024; Năm 2024",
    "value": "Dạng 98,5",
    "number": "Số, ký hiệu văn bản chứng minh",
}


@dataclass
class Desk:
    """What is being written and not saved yet, of one grid, form or file. Lives in the session."""

    sheet: grid.Sheet | None = None
    shown: pd.DataFrame | None = None
    typed: grid.Changes = field(default_factory=dict)
    version: str = ""
    generation: int = 0
    name: str = ""
    key: str = ""  # of the widget with the cells
    problems: tuple[results.Problem, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    fingerprint: str = ""
    drafts: tuple[Draft, ...] = ()
    expected: dict[str, int] = field(default_factory=dict)
    changes: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    result: Result | None = None
    file_id: str = ""
    broken: str = ""

    def forget(self) -> None:
        """All that was typed is saved or given up: the next drawing begins anew."""
        generation, name = self.generation + 1, self.name
        self.__init__(generation=generation, name=name)  # type: ignore[misc]


def _desks() -> dict[str, Desk]:
    found: dict[str, Desk] = st.session_state.setdefault("update_desks", {})
    return found


def desk(place: str) -> Desk:
    """The desk of a place: "item:<id>", "file", "grid:<list>"."""
    return _desks().setdefault(place, Desk())


# --- saving -------------------------------------------------------------------------------------------------------


def _save(place: str, drafts: Sequence[Draft], expected: Mapping[str, int]) -> None:
    at = desk(place)
    at.message, at.problems, at.errors, at.changes = "", (), {}, {}
    at.drafts, at.expected = tuple(drafts), dict(expected)
    outcome = saving.save(drafts, expected)
    if outcome.saved:
        at.forget()
        st.session_state["update_saved"] = (place, outcome.entries)
    else:
        st.session_state.pop("update_saved", None)
        at.message, at.changes = outcome.refusal, dict(outcome.changes)


def _save_anyway(place: str) -> None:
    at = desk(place)
    try:
        expected = saving.seen_since(at.changes, at.expected)
    except LedgerError as error:
        at.message = str(error)
        return
    _save(place, at.drafts, expected)


def _give_up(place: str) -> None:
    desk(place).forget()


def confirmation(place: str) -> None:
    """What was saved last in this place: who, when, what. Drawn only after it was on disk."""
    saved: tuple[str, tuple[Entry, ...]] | None = st.session_state.get("update_saved")
    if saved is None or saved[0] != place:
        return
    entries = saved[1]
    people, items = who.people(), office.known_items()
    first = entries[-1]
    author = entry_words.author_text(first.author, first.role, people)
    told = SAVED.format(count=len(entries), moment=entry_words.moment_text(first.recorded_at), author=author)
    with st.container(key="update_saved_box"):
        st.success(as_markdown(told), icon=":material/check_circle:")
        lines = [el("li", _entry_words(entry, items)) for entry in entries[:20]]
        if len(entries) > 20:
            lines.append(el("li", MORE.format(count=len(entries) - 20)))
        st.html(el("ul", join(lines), class_="cchc-plain", aria_label="Đã lưu"))


def _entry_words(entry: Entry, items: Mapping[str, KnownItem]) -> Safe:
    item = items.get(entry.item_id)
    label = item.label if item else entry.item_id
    link = el("a", short(label), href=f"/{PAGE}?item={entry.item_id}", class_="cchc-link")
    return join([link, ": ", entry_words.sentence(entry.payload)])


def obstacles(place: str) -> None:
    """Why nothing was saved: what others recorded meanwhile, with the two ways on, or the refusal."""
    at = desk(place)
    if not at.changes:
        if at.message:
            st.error(as_markdown(at.message), icon=":material/error:")
        return
    people, items = who.people(), office.known_items()
    with st.container(border=True, key="update_conflict"):
        st.warning(as_markdown(at.message), title=CONFLICT, icon=":material/sync_problem:")
        theirs = [
            el(
                "li",
                _entry_words(entry, items),
                el(
                    "p",
                    f"{entry_words.author_text(entry.author, entry.role, people)}, "
                    f"{entry_words.moment_text(entry.recorded_at)}",
                    class_="cchc-note",
                ),
            )
            for entries in at.changes.values()
            for entry in entries
        ]
        mine = [el("li", entry_words.sentence(draft.payload)) for draft in at.drafts if draft.item_id in at.changes]
        st.html(
            join(
                [
                    el("p", THEIRS),
                    el("ul", join(theirs), class_="cchc-plain"),
                    el("p", YOURS),
                    el("ul", join(mine), class_="cchc-plain"),
                ]
            )
        )
        with st.container(horizontal=True):
            st.button(SEEN_SAVE, type="primary", on_click=_save_anyway, args=(place,), key="update_anyway")
            st.button(SEEN_DROP, on_click=_give_up, args=(place,), key="update_drop")


def short(text: str, length: int = 140) -> str:
    """A text cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


# --- the grid -----------------------------------------------------------------------------------------------------


def grid_view(
    scope: str, name: str, kind: ItemKind, works: Sequence[Work], person: Person | None, today: dt.date
) -> None:
    """The grid of items of one kind; without a person it can be read only. `scope` names the list (the filters), `name`
    tells it in words."""
    place = f"grid:{kind}:{scope}"
    at = desk(place)
    at.name = f"{KIND_NAMES[kind]}, {name}"
    version = f"{office.data_version()}-{today}"
    if at.sheet is None or (not at.typed and not at.changes and at.version != version):
        goals = {w.item.id: goal_words(w.item) for w in works if w.item.target is not None}
        at.sheet, at.shown, at.version = grid.draw(kind, works, goals), None, version
        at.generation += 1
    sheet = at.sheet
    key = f"update_grid_{kind}_{at.generation}_{abs(hash(scope))}"
    if at.shown is None or key not in st.session_state:
        at.shown = grid.with_changes(sheet, at.typed)
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
            st.button(DISCARD, on_click=_give_up, args=(place,), key="update_discard")
        else:
            st.html(el("p", NO_ROWS, class_="cchc-note"))


def _save_grid(place: str) -> None:
    at = desk(place)
    sheet = at.sheet
    person = saving.recorder().person
    if sheet is None or person is None:
        at.message = saving.NOTHING_SAVED + saving.recorder().reason
        return
    _take_last_cells(at, sheet)
    fingerprint = repr(sorted((item, sorted(cells.items())) for item, cells in at.typed.items()))
    if fingerprint == at.fingerprint and at.drafts and not at.changes:
        _save(place, at.drafts, at.expected)  # the same again: recorded once, whatever became of the first try
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
    _save(place, result.drafts, result.expected)


def _take_last_cells(at: Desk, sheet: grid.Sheet) -> None:
    """A cell that was still open when the button was pressed arrives together with the press."""
    state = st.session_state.get(at.key)
    if at.shown is None or not state:
        return
    cells = at.shown.copy()
    for row, columns in state["edited_rows"].items():
        for column, value in columns.items():
            cells.loc[cells.index[int(row)], column] = value
    at.typed = grid.changes(sheet, cells)


def _problems(at: Desk, sheet: grid.Sheet) -> None:
    if not at.problems:
        return
    st.error(MISTAKES.format(count=len(at.problems)), icon=":material/error:")
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
    for other, at in list(_desks().items()):
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


def goal_words(item: KnownItem) -> str:
    """The goal of a target in short, "" for other items."""
    target = item.target
    return goal_text(target.kind, target.comparator, target.value, target.unit) if target else ""


# --- the list -----------------------------------------------------------------------------------------------------


def list_view(works: Sequence[Work], href: Any) -> None:
    """The items as a table with a link to each form. `href` gives an item's address."""
    rows = [
        {
            "id": w.item.id,
            "content": w.item.label,
            "due": w.due_words,
            "status": w.status,
            "state": grid.state_words(w),
            "told": w.told,
        }
        for w in works
    ]
    frame = pd.DataFrame(rows, columns=["id", "content", "due", "status", "state", "told"])
    pages = -(-len(frame) // widgets.PAGE_SIZE)
    number = min(st.pagination(pages, key="update_list_page"), pages) if pages > 1 else 1
    part = frame.iloc[(number - 1) * widgets.PAGE_SIZE : number * widgets.PAGE_SIZE]
    st.html(
        widgets.table(
            part,
            {"content": "Nội dung", "due": "Thời hạn", "state": "Tình trạng", "told": "Đã ghi nhận"},
            name="Nội dung cần cập nhật",
            cells={
                "content": lambda r: el("a", r["content"], href=href(r["id"]), class_="cchc-link"),
                "due": lambda r: r["due"],
                "state": lambda r: widgets.status_mark(r["status"], r["state"]),
                "told": lambda r: r["told"] or el("span", words.NO_DATA, class_="cchc-quiet"),
            },
            widths={"due": "9rem", "state": "15rem", "told": "15rem"},
        )
    )


# --- one item -----------------------------------------------------------------------------------------------------


def item_view(item_id: str, identity: access.Identity, today: dt.date) -> None:
    """The form of one item and its history. Also of an item that is no longer in the documents: what was recorded about
    it stays to be seen."""
    item = office.known_items().get(item_id)
    entries = office.get_progress().history(item_id) if not item_id.startswith("person:") else ()
    if item is None:
        if not entries:
            st.warning(UNKNOWN_ADDRESS, icon=":material/link_off:")
            return
        st.warning(GONE, icon=":material/link_off:")
        history_panel(item_id, link=False)
        return
    known = office.get_progress().facts(today).get(item_id, NOTHING)
    st.html(_item_head(work(item, known, today)))
    place = f"item:{item_id}"
    confirmation(place)
    obstacles(place)
    left, right = st.columns([6, 5], gap="medium")
    with right:
        history_panel(item_id, link=False)
    with left:
        allowed = access.can(identity.person, "record", item)
        if identity.person is None:
            st.info(as_markdown(READ_ONLY.format(reason=identity.reason)), icon=":material/lock:")
        elif not allowed:
            st.info(as_markdown(READ_ONLY.format(reason=allowed.reason)), icon=":material/lock:")
        else:
            _form(item, known, entries, identity.person, today)


def _item_head(stands: Work) -> Safe:
    item = stands.item
    view = widgets.view()
    names = view.names
    pairs: list[tuple[str, object]] = [
        ("Kế hoạch", item.plan_label),
        ("Mức phải đạt", goal_words(item)),
        ("Thời hạn", stands.due_words),
        ("Tình trạng", widgets.status_mark(stands.status, grid.state_words(stands))),
        ("Chủ trì", "; ".join(names.get(key, key) for key in item.lead)),
        ("Phối hợp", "; ".join(names.get(key, key) for key in item.support)),
        ("Phân công", "; ".join(x for x in (stands.known.unit, stands.known.person) if x)),
    ]
    said = [el("span", el("span", f"{k}: ", class_="cchc-quiet"), v, class_="cchc-fact") for k, v in pairs if v]
    said.append(widgets.sentence_link(view, item.plan, item.id))
    return join(
        [
            el("h2", short(item.label, 400), class_="cchc-title cchc-item-title"),
            el("p", join(said, " "), class_="cchc-facts"),
        ]
    )


def _form(item: KnownItem, known: Facts, entries: Sequence[Entry], person: Person, today: dt.date) -> None:
    place = f"item:{item.id}"
    at = desk(place)
    at.version = str(known.version)  # what is on the screen beside the form
    fixable = [e for e in entry_form.correctable(entries) if access.can(person, "correct", item, e.last)]
    offered = entry_form.kinds(item, bool(fixable))
    if not access.can(person, "set_not_applicable", item):
        offered = [k for k in offered if k != "not_applicable"]
    kind = st.segmented_control(
        WHAT,
        offered,
        default=offered[0],
        format_func=entry_form.KIND_WORDS.__getitem__,
        required=True,
        wrap=True,
        key=f"update_what_{item.id}",
        persist_state="session",
    )
    one: Effective | None = None
    fields: tuple[Field, ...]
    if kind == "correction":
        by_id = {str(e.last.id): e for e in fixable}
        chosen = st.selectbox(
            WHICH,
            list(by_id),
            format_func=lambda i: f"Lần {by_id[i].last.version}. {entry_words.sentence(by_id[i].payload)}",
            key=f"update_which_{item.id}_{at.generation}",
        )
        one = by_id.get(chosen)
        action = st.segmented_control(
            entry_form.CORRECTION_FIELDS[0].label,
            list(entry_form.REPLACE),
            default="replace",
            required=True,
            format_func=entry_form.REPLACE.__getitem__,
            key=f"update_action_{item.id}_{at.generation}",
        )
        own = entry_form.FIELDS[one.payload.kind] if one is not None and action == "replace" else ()
        fields = (*own, entry_form.CORRECTION_FIELDS[1])
        start = entry_form.typed(one) if one is not None else {}
        prefix = f"update_{item.id}_correction_{chosen}_{at.generation}"
    else:
        action = ""
        fields = entry_form.FIELDS[kind]
        if kind == "extension" and not access.can(person, "approve_extension", item):
            fields = tuple(f for f in fields if f.name not in ("document", "document_date"))
        start = entry_form.start_values(kind, item, known, today)
        prefix = f"update_{item.id}_{kind}_{at.generation}"
    with st.form(f"{prefix}_form", enter_to_submit=True):
        if "" in at.errors:
            st.error(as_markdown(at.errors[""]), icon=":material/error:")
        _draw_fields(fields, prefix, start, at.errors, item, today)
        st.form_submit_button(
            SAVE,
            type="primary",
            icon=":material/save:",
            shortcut="Ctrl+S",
            help=SAVE_HELP,
            on_click=_submit,
            args=(item.id, kind, tuple(f.name for f in fields), prefix, one, action),
            key=f"{prefix}_submit",
        )


def _draw_fields(
    fields: Sequence[Field],
    prefix: str,
    start: Mapping[str, Any],
    errors: Mapping[str, str],
    item: KnownItem,
    today: dt.date,
) -> None:
    small: list[Field] = []

    def flush() -> None:
        for pair in (small[i : i + 2] for i in range(0, len(small), 2)):
            for column, one in zip(st.columns(2), pair, strict=False):
                with column:
                    _draw_field(one, prefix, start.get(one.name), errors.get(one.name, ""), item, today)
        small.clear()

    for each in fields:
        if each.shape in ("text", "file"):
            flush()
            _draw_field(each, prefix, start.get(each.name), errors.get(each.name, ""), item, today)
        else:
            small.append(each)
    flush()


def _draw_field(one: Field, prefix: str, start: Any, error: str, item: KnownItem, today: dt.date) -> None:
    key, label = f"{prefix}_{one.name}", one.label + (" *" if one.needed else "")
    kept: dict[str, Any] = {"key": key, "help": one.hint or None, "persist_state": "session"}
    if one.shape == "date":
        st.date_input(label, value=start, format=widgets.DATE_FORMAT, **kept, **widgets._DATES)
    elif one.shape == "text":
        st.text_area(label, value=str(start or ""), height=90, max_chars=4000, **kept)
    elif one.shape == "period":
        options = periods(item, today, str(start or ""))
        st.selectbox(
            label,
            options,
            index=options.index(start) if start in options else 0,
            format_func=lambda p: p or PERIOD_NONE,
            **kept,
        )
    elif one.shape == "choice" and one.choices is not None:
        choices = dict(one.choices)
        st.selectbox(
            label,
            list(choices),
            index=list(choices).index(start) if start in choices else 0,
            format_func=choices.__getitem__,
            **kept,
        )
    elif one.shape == "file":
        size = files.MAX_BYTES // (1024 * 1024)
        with st.container(key=f"upload_{key}"):
            st.file_uploader(FILE_FIELD.format(size=size), key=key)
    else:
        st.text_input(label, value=str(start or ""), **kept)
    if error:
        st.html(el("p", "▲ ", error, class_="cchc-field-error", role="alert"))


def periods(item: KnownItem, today: dt.date, also: str = "") -> list[str]:
    """The periods a result may speak of, in words: those of the years of the item's plan up to this one, the latest
    first; "" first of all."""
    first = item.start.year if item.start else today.year
    last = max(first, min(today.year, first + 5))
    parts = ("", "4", "9t", "3", "6t", "2", "1")
    found = [ReportPeriod(year, part).label for year in range(last, first - 1, -1) for part in parts]
    return list(dict.fromkeys(["", *([also] if also else []), *found]))


def _submit(item_id: str, kind: str, names: Sequence[str], prefix: str, one: Effective | None, action: str) -> None:
    place = f"item:{item_id}"
    at = desk(place)
    at.errors, at.message, at.changes = {}, "", {}
    st.session_state.pop("update_saved", None)
    identity, item = saving.recorder(), office.known_items().get(item_id)
    if identity.person is None or item is None:
        at.message = saving.NOTHING_SAVED + (identity.reason or UNKNOWN_ADDRESS)
        return
    values = {name: st.session_state.get(f"{prefix}_{name}") for name in names}
    upload = values.pop("file", None)
    if upload is not None:
        allowed = access.can(identity.person, "record", item)
        if not allowed:
            at.message = saving.NOTHING_SAVED + allowed.reason
            return
        try:
            store = files.FileStore(kind=office.get_ledger().kind)
            values["file"] = store.put(upload.getvalue(), upload.name)
        except files.FileRefused as error:
            at.errors = {"file": str(error)}
            return
        except OSError:
            at.errors = {"file": "Chưa lưu được tệp vào kho. Hãy thử lại hoặc báo người quản trị."}
            return
    today = config.today()
    if kind == "correction":
        values["action"] = action
        draft, errors = entry_form.build_correction(one, values, item, identity.person, today)
    else:
        draft, errors = entry_form.build(kind, values, item, identity.person, today)
    if draft is None:
        at.errors = errors
        return
    # Pressed again after a failed try: the same entry, so that it is recorded once.
    if at.drafts and at.drafts[0].model_copy(update={"id": draft.id}) == draft:
        draft = replace_id(draft, at.drafts[0])
    _save(place, [draft], {item_id: int(at.version or 0)})


def replace_id(draft: Draft, earlier: Draft) -> Draft:
    """The draft under the id of an earlier try."""
    return draft.model_copy(update={"id": earlier.id})


# --- the file -----------------------------------------------------------------------------------------------------


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
    items = office.known_items()
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
                on_click=_save,
                args=(place, result.drafts, result.expected),
                key="update_take",
            )
        st.button(EXCEL_DROP, on_click=_give_up, args=(place,), key="update_refuse")
    if result.problems:
        rows = [{"row": p.row, "column": p.column or "cả dòng", "why": p.message} for p in result.problems]
        _table(EXCEL_BAD, rows, {"row": ROW, "column": COLUMN, "why": WHY})
    if good:
        rows = [
            {
                "row": row.row,
                "item": short(items[row.item_id].label) if row.item_id in items else row.item_id,
                "what": "; ".join(entry_words.sentence(d.payload) for d in row.drafts),
            }
            for row in good
        ]
        _table(EXCEL_GOOD, rows, {"row": ROW, "item": "Nội dung", "what": "Ghi nhận"})
    elif not result.problems:
        st.html(el("p", EXCEL_NOTHING, class_="cchc-note"))


def _table(title: str, rows: list[dict[str, Any]], columns: Mapping[str, str]) -> None:
    count = el("span", f"{words.number(len(rows))} dòng", class_="cchc-quiet")
    st.html(el("h3", title, " ", count, class_="cchc-list-title"))
    widths = {"row": "4rem", "column": "12rem"}
    st.html(widgets.table(pd.DataFrame(rows[:SHOWN_ROWS]), columns, name=title, widths=widths))
    if len(rows) > SHOWN_ROWS:
        st.html(el("p", MORE.format(count=words.number(len(rows) - SHOWN_ROWS)), class_="cchc-note"))


def counts(works: Sequence[Work]) -> str:
    """How many items miss what: «3 đã qua hạn, chưa có báo cáo; 2 sắp đến hạn»; "" when nothing is missing."""
    numbers = {name: sum(w.missing == name for w in works) for name in MISSING if name}
    return "; ".join(f"{n} {MISSING[name][:1].lower()}{MISSING[name][1:]}" for name, n in numbers.items() if n)


def lines(items: Sequence[KnownItem], today: dt.date) -> list[Work]:
    """The items as they stand today, what is missing first."""
    return worklist(items, office.get_progress().facts(today), today)
