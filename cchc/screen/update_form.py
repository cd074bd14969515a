"""The form of one item on the screen, with the item above it and its history beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from cchc import access, administration, config, entry_form, entry_words, files, grid, items, office, saving
from cchc.access import Person
from cchc.entries import APART, Draft, Entry
from cchc.entry_form import Field
from cchc.facts import NOTHING, Effective, Facts
from cchc.items import KnownItem
from cchc.markup import Safe, as_markdown, el, join
from cchc.periods import date_text, due_text
from cchc.report_periods import ReportPeriod
from cchc.screen import widgets
from cchc.screen.history import history_panel
from cchc.screen.update_desk import (
    READ_ONLY,
    SAVE,
    SAVE_HELP,
    UNKNOWN_ADDRESS,
    confirmation,
    desk,
    goal_words,
    obstacles,
    save_drafts,
)
from cchc.words import short
from cchc.worklist import Work, work

BACK = "‹ Về danh sách"
GONE = "Không còn tìm thấy nội dung này trong các văn bản. Những gì đã ghi nhận vẫn được giữ nguyên dưới đây."
WHAT = "Ghi nhận"
WHICH = "Nội dung cần đính chính"
PROOF = "Tài liệu kiểm chứng, lưu cùng lúc (nếu có)"
FILE_FIELD = "Tệp đính kèm (tối đa {size} MB)"
GIVEN_TO_NOBODY = "Không giao"
PERIOD_NONE = "Không ghi kỳ"
EXTENDED = "{due} (gia hạn từ {first})"
ASKED = "đến {day}, chưa có văn bản cho phép"


def item_view(item_id: str, identity: access.Identity, today: dt.date) -> None:
    """The form of one item and its history. Also of an item that is no longer in the documents: what was recorded about
    it stays to be seen."""
    item = office.known_items().get(item_id)
    entries = office.get_progress().history(item_id) if not item_id.startswith(APART) else ()
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
    asked = stands.known.requests
    pairs: list[tuple[str, object]] = [
        ("Kế hoạch", item.plan_label),
        ("Mức phải đạt", goal_words(item)),
        ("Thời hạn", _due(stands)),
        ("Đề nghị gia hạn", ASKED.format(day=date_text(asked[-1].new)) if asked else ""),
        ("Tình trạng", widgets.status_mark(stands.status, grid.state_words(stands))),
        (
            "Được giao" if item.assigned else "Chủ trì",
            "; ".join(names.get(key) or administration.agency_name(key) for key in item.lead),
        ),
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


def _due(stands: Work) -> str:
    """The deadline in force, with the first one when it was extended."""
    item = stands.item
    if not stands.known.extensions:
        return stands.due_words
    plan_end = item.target.due if item.target else None
    first = due_text(item.deadline) if item.deadline else date_text(plan_end) if plan_end else ""
    return EXTENDED.format(due=stands.due_words, first=first[:1].lower() + first[1:]) if first else stands.due_words


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
        fields = entry_form.form_fields(kind)
        approves = bool(access.can(person, "approve_extension", item))
        if kind == "extension" and not approves:
            fields = tuple(f for f in fields if f.name not in ("document", "document_date"))
        start = entry_form.start_values(kind, item, known, today, approves)
        prefix = f"update_{item.id}_{kind}_{at.generation}"
    fields = _with_agencies(fields, item, person)
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


def _with_agencies(fields: Sequence[Field], item: KnownItem, person: Person) -> tuple[Field, ...]:
    """The fields with the agencies an item can be given to; without them where the document names one, or the person
    may not give it."""
    if (item.lead and not item.assigned) or not access.can(person, "assign_agency", item):
        return tuple(f for f in fields if f.name != "agency")
    choices = {"": GIVEN_TO_NOBODY, **administration.employers(items.agencies(widgets.view().engine))}
    return tuple(replace(f, choices=choices) if f.name == "agency" else f for f in fields)


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
        if each is entry_form.PROOF[0]:
            flush()
            st.html(el("h4", PROOF, class_="cchc-form-part"))
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
    for name in ("file", f"{entry_form.PROOF_MARK}file"):
        upload = values.pop(name, None)
        if upload is None:
            continue
        allowed = access.can(identity.person, "record", item)
        if not allowed:
            at.message = saving.NOTHING_SAVED + allowed.reason
            return
        try:
            store = files.FileStore(kind=office.get_ledger().kind)
            values[name] = store.put(upload.getvalue(), upload.name)
        except files.FileRefused as error:
            at.errors = {name: str(error)}
            return
        except OSError:
            at.errors = {name: "Chưa lưu được tệp vào kho. Hãy thử lại hoặc báo người quản trị."}
            return
    today = config.today()
    drafts: tuple[Draft, ...]
    if kind == "correction":
        values["action"] = action
        draft, errors = entry_form.build_correction(one, values, item, identity.person, today)
        drafts = (draft,) if draft else ()
    else:
        drafts, errors = entry_form.build_all(kind, values, item, identity.person, today)
    if not drafts:
        at.errors = errors
        return
    save_drafts(place, entry_form.same_try(drafts, at.drafts), {item_id: int(at.version or 0)})
