"""What is being written on «Cập nhật» and not saved yet; saving it, what was saved, what stands in the way.

What somebody typed stays until it is saved or given up: an error, a conflict or a look at another page takes nothing
away. Everything is saved through `saving.save`, in callbacks, so that the page is drawn with what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from cchc import entry_words, grid, office, results, saving, who
from cchc.entries import APART, Draft, Entry
from cchc.items import KnownItem
from cchc.ledger import LedgerError
from cchc.markup import Safe, as_markdown, el, join
from cchc.periods import date_text
from cchc.queries import goal_text
from cchc.results import Result
from cchc.screen import history
from cchc.words import short

PAGE = "cap-nhat"
SAVED = "Đã lưu {count} nội dung lúc {moment}. Người ghi: {author}."
SAVE = "Lưu"
SAVE_HELP = "Phím tắt: Ctrl+S"
CONFLICT = "Nội dung này vừa có thay đổi"
SEEN_SAVE, SEEN_DROP = "Vẫn lưu nội dung của tôi", "Không lưu nữa"
YOURS = "Nội dung của bạn chưa lưu:"
THEIRS = "Thay đổi bạn chưa xem:"
READ_ONLY = "Chỉ xem, không ghi được. {reason}"
UNKNOWN_ADDRESS = "Không tìm thấy nội dung mà địa chỉ này dẫn đến."
MORE = "và {count} dòng nữa"
ROW, COLUMN, WHY = "Dòng", "Cột", "Cần sửa"


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


def desks() -> dict[str, Desk]:
    found: dict[str, Desk] = st.session_state.setdefault("update_desks", {})
    return found


def desk(place: str) -> Desk:
    """The desk of a place: "item:<id>", "file", "grid:<list>"."""
    return desks().setdefault(place, Desk())


def save_drafts(place: str, drafts: Sequence[Draft], expected: Mapping[str, int]) -> None:
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
    save_drafts(place, at.drafts, expected)


def give_up(place: str) -> None:
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
    if entry.item_id.startswith(APART):  # no item of a document that a link could lead to
        return join([entry_words.sentence(entry.payload)])
    item = items.get(entry.item_id)
    label = item.label if item else entry.item_id
    link = el("a", short(label), href=f"/{PAGE}?item={entry.item_id}", class_="cchc-link")
    day = el("span", f" ({history.AS_OF.format(day=date_text(entry.as_of))})", class_="cchc-quiet")
    return join([link, ": ", entry_words.sentence(entry.payload), day])


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
            st.button(SEEN_DROP, on_click=give_up, args=(place,), key="update_drop")


def goal_words(item: KnownItem) -> str:
    """The goal of a target in short, "" for other items."""
    target = item.target
    return goal_text(target.kind, target.comparator, target.value, target.unit) if target else ""
