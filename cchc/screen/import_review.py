"""One document under review: what was read on the left, its text on the right, doubtful things first.

A press on a line or on marked words opens the item's form; words selected in the text can become a new item. What is
put right lies on the desk (`import_desk`) until it is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from cchc import annotate, entry_words, reading_form, words
from cchc.corrections import DEFAULT_REASON, NotUsable, Struck, add, change, fill
from cchc.document_entries import INFO_LABELS, VALUE_LABELS, ReadingRecord, ReadKind
from cchc.filters import LOW_CONFIDENCE
from cchc.item_label import label_of
from cchc.markup import Safe, as_markdown, el, join
from cchc.model import Item, Plan
from cchc.reading_form import Field
from cchc.review import review_of
from cchc.screen import import_desk, loose_view, page_view, widgets
from cchc.screen.import_desk import Subject, desk
from cchc.screen.source_view import Pressed, press_list, source_view

VIEWS = {
    "review": "Cần rà soát", "target": "Chỉ tiêu", "task": "Nhiệm vụ", "measure": "Giải pháp", "duty": "Trách nhiệm",
    "loose": "Chỗ sửa chưa gắn được", "struck": "Đã loại", "info": "Thông tin văn bản", "warnings": "Lưu ý",
}  # fmt: skip
VIEW = "Xem theo"
NOTHING_DOUBTFUL = "Không còn nội dung nào cần rà soát."
NOTHING_HERE = "Không có nội dung nào."
NO_WARNINGS = "Không có lưu ý nào khi đọc văn bản này."
CHOOSE_ONE = (
    "Bấm vào một dòng hoặc một đoạn tô màu để xem và sửa. Bôi đen một câu trong văn bản để thêm nội dung chưa đọc được."
)
READ_CHOSEN = "Bấm vào một dòng hoặc một đoạn tô màu để xem đã đọc ra gì."
KEEP = "Giữ chỗ sửa này"
CONFIRM, STRIKE, RESTORE, CLOSE = "Đã đọc đúng", "Loại nội dung này", "Lấy lại", "Đóng"
REASON = "Lý do"
ADD_TITLE = "Thêm nội dung từ câu đã chọn"
ADD_KIND = "Câu này là"
ADD_SAVE = "Thêm nội dung này"
NOTHING_CHANGED = "Chưa có mục nào được sửa."
INFO_MISSING = "Chưa tìm thấy trong văn bản: {fields}. Điền vào nếu biết."
PENDING = "{count} chỗ sửa chưa ghi nhận"
TAKE_BACK = "Bỏ"
PAGE_NUMBER = "trang {page}"
SURE_WORDS = "Máy đọc {sure}"
TEXT_LABEL = "Nội dung văn bản"


def review(subject: Subject, href: Callable[[str], str], may_edit: bool) -> None:
    """Draws the review of one document. `href` gives the address of an item of it in a tab of its own."""
    plan = subject.corrected.plan
    chosen_key = f"import_chosen_{subject.sha256}"
    span_key = f"import_span_{subject.sha256}"
    items = items_of(plan)
    by_id = {item.id: (kind, item) for kind, item in items}
    chosen = st.session_state.get(chosen_key, "")
    if chosen not in by_id:
        chosen = ""
    marks = [mark_of(kind, item) for kind, item in items]
    left, right = st.columns([5, 6], gap="medium")
    with right:
        if page_view.has_pages(plan) and page_view.side(plan) == "page":
            pressed = Pressed(page_view.page_view(plan, subject.sha256, subject.load, marks, chosen))
        else:
            if plan.text:
                st.html(el("p", CHOOSE_ONE if may_edit else READ_CHOSEN, class_="cchc-note"))
            pressed = source_view(
                plan.text,
                marks,
                lambda mark: href(mark.id),
                key=f"import_text_{subject.sha256}",
                label=TEXT_LABEL,
                chosen=chosen,
                may_add=may_edit,
            )
    with left:
        _pending(subject)
        view = _views(subject, items)
        opened = ""
        if view == "info":
            _info(subject, may_edit)
        elif view == "warnings":
            st.html(el("ul", join(el("li", w) for w in plan.warnings), class_="cchc-plain") if plan.warnings
                    else el("p", NO_WARNINGS))  # fmt: skip
        elif view == "struck":
            _struck(subject, may_edit)
        elif view == "loose":
            loose_view.loose_view(subject, may_edit)
        else:
            shown = doubtful_first(items) if view == "review" else [(k, i) for k, i in items if k == view]
            opened = _list(subject, shown, chosen, view)
        if may_edit and st.session_state.get(span_key) and not chosen:
            _add_form(subject, span_key)
        elif chosen:
            _item_form(subject, *by_id[chosen], chosen_key, may_edit)
    # What was pressed in this run counts from the next drawing on.
    wanted = pressed.item or opened
    if wanted and wanted != chosen:
        st.session_state[chosen_key] = wanted
        st.session_state.pop(span_key, None)
        desk().errors = {}
        st.rerun()
    if pressed.span and may_edit:
        st.session_state[span_key] = pressed.span
        st.session_state[chosen_key] = ""
        desk().errors = {}
        st.rerun()


def items_of(plan: Plan) -> list[tuple[ReadKind, Item]]:
    """All items with their kind, as they stand in the text."""
    kinds: dict[ReadKind, Sequence[Item]] = {
        "target": plan.targets, "task": plan.tasks, "measure": plan.measures, "duty": plan.duties,
    }  # fmt: skip
    found = [(kind, item) for kind, items in kinds.items() for item in items]
    return sorted(found, key=lambda pair: (pair[1].start, pair[1].end))


def doubtful_first(items: Sequence[tuple[ReadKind, Item]]) -> list[tuple[ReadKind, Item]]:
    """The items a person should look at, the least sure first."""
    return sorted((p for p in items if review_of(p[1])), key=lambda pair: (pair[1].confidence, pair[1].start))


def mark_of(kind: ReadKind, item: Item) -> annotate.Mark:
    """The mark of an item in the text."""
    sure = SURE_WORDS.format(sure=widgets.sure(item.confidence))
    hint = f"{words.KINDS_SHORT[kind]}: {words.short(label_of(item))}. {sure}"
    reasons = "; ".join(item.reasons)
    return annotate.Mark(
        item.start, item.end, kind, item.id, f"{hint}. {reasons}" if reasons else hint, item.confidence < LOW_CONFIDENCE
    )


# --- the left side -----------------------------------------------------------------------------------------------


def _views(subject: Subject, items: Sequence[tuple[ReadKind, Item]]) -> str:
    plan = subject.corrected.plan
    counts = {kind: sum(1 for k, _ in items if k == kind) for kind in ("target", "task", "measure", "duty")}
    counts |= {
        "review": sum(1 for _, item in items if review_of(item)),
        "loose": len(subject.corrected.loose),
        "struck": len(subject.corrected.struck),
        "warnings": len(plan.warnings),
    }
    offered = [name for name in VIEWS if name == "info" or counts.get(name) or name in ("review", "target", "task")]
    key = f"import_view_{subject.sha256}"
    if st.session_state.get(key) not in offered:
        first = [name for name in ("review", "loose") if counts[name]]
        st.session_state[key] = first[0] if first else "target"
    chosen = st.segmented_control(
        VIEW,
        offered,
        format_func=lambda name: f"{VIEWS[name]} ({counts[name]})" if name in counts else VIEWS[name],
        required=True,
        wrap=True,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen or "review"


def _list(subject: Subject, shown: Sequence[tuple[ReadKind, Item]], chosen: str, view: str) -> str:
    if not shown:
        st.html(el("p", NOTHING_DOUBTFUL if view == "review" else NOTHING_HERE))
        return ""
    return press_list(
        join(_line(subject, kind, item) for kind, item in shown),
        [item.id for _, item in shown],
        key=f"import_list_{subject.sha256}",
        label=VIEWS[view],
        chosen=chosen,
        short=bool(chosen),  # its form stands below
    )


def _line(subject: Subject, kind: ReadKind, item: Item) -> Safe:
    notes = [*review_of(item)]
    corrected = subject.corrected.words(item.id)
    if corrected:
        notes = [corrected]
    page = subject.corrected.plan.page_of(item.start)
    if page:
        notes.append(PAGE_NUMBER.format(page=page))
    return el(
        "a",
        el("span", annotate.TAGS[kind], class_=f"cchc-tag cchc-is-{kind}"),
        " ",
        words.short(label_of(item)),
        el("small", " ", "; ".join(notes), class_="cchc-quiet") if notes else "",
        href="#",
        class_="cchc-press" + (" cchc-doubt" if review_of(item) else ""),
        data_item=item.id,
        data_items=item.id,
    )


def _pending(subject: Subject) -> None:
    """The corrections that are not recorded yet, each of which can be taken back."""
    records = desk().records.get(subject.sha256, [])
    if not records:
        return
    with st.expander(PENDING.format(count=len(records)), icon=":material/edit:"):
        for index, record in enumerate(records):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(as_markdown(words.short(entry_words.sentence(record), 220)))
                st.button(
                    TAKE_BACK,
                    key=f"import_back_{subject.sha256}_{index}",
                    on_click=import_desk.take_back,
                    args=(subject.sha256, index),
                )


def _struck(subject: Subject, may_edit: bool) -> None:
    for struck in subject.corrected.struck:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(as_markdown(f"{words.KINDS_SHORT[struck.kind]}: {words.short(label_of(struck.item))}"))
            st.button(
                RESTORE,
                key=f"import_restore_{struck.item.id}",
                on_click=_restore,
                args=(subject, struck),
                disabled=not may_edit,
            )


def _restore(subject: Subject, struck: Struck) -> None:
    import_desk.restore(subject, struck)


# --- forms -------------------------------------------------------------------------------------------------------


def _item_form(subject: Subject, kind: ReadKind, item: Item, chosen_key: str, may_edit: bool) -> None:
    at, plan = desk(), subject.corrected.plan
    fields = reading_form.item_fields(kind)
    start = reading_form.shown_values(fields, item)
    prefix = f"import_{item.id}_{len(at.records.get(subject.sha256, []))}"
    with st.container(border=True, key=f"import_item_{item.id}"):
        title = el("strong", words.KINDS_SHORT[kind])
        more = [said for said in review_of(item) if not any(reason in said for reason in item.reasons)]
        notes = [SURE_WORDS.format(sure=widgets.sure(item.confidence)), *item.reasons, *more]
        page = plan.page_of(item.start)
        if page:
            notes.append(PAGE_NUMBER.format(page=page))
        st.html(join([title, el("p", ". ".join(dict.fromkeys(notes)), class_="cchc-note")]))
        quote = words.short(words.cells_said(plan.text[item.start : item.end]), 400)
        st.html(el("p", f"«{quote}»", class_="cchc-quote-narrow"))
        _changes(subject, item.id)
        if may_edit:
            with st.container(horizontal=True):
                done = (subject, item.id, chosen_key)
                st.button(CONFIRM, key=f"{prefix}_confirm", on_click=_settle, args=(import_desk.confirm, *done))
                st.button(STRIKE, key=f"{prefix}_strike", on_click=_settle, args=(import_desk.strike, *done))
                st.button(CLOSE, key=f"{prefix}_close", type="tertiary", on_click=_close, args=(chosen_key,))
        with st.form(f"{prefix}_form", border=False):
            _draw(fields, prefix, start, at.errors)
            if may_edit:
                st.text_input(REASON, value=DEFAULT_REASON, key=f"import_reason_{item.id}", max_chars=300)
            st.form_submit_button(
                KEEP,
                type="primary",
                disabled=not may_edit,
                on_click=_keep_change,
                args=(subject, item.id, fields, prefix, start, chosen_key),
            )


def _settle(act: Callable[[Subject, str], None], subject: Subject, item_id: str, chosen_key: str) -> None:
    """Decides on an item and goes on to the next doubtful one."""
    act(subject, item_id)
    _go_on(subject, item_id, chosen_key)


def _go_on(subject: Subject, item_id: str, chosen_key: str) -> None:
    """From an item that is settled to the next doubtful one, or back to the list."""
    doubtful = [i.id for _, i in doubtful_first(items_of(subject.corrected.plan)) if i.id != item_id]
    if st.session_state.get(f"import_view_{subject.sha256}") == "review" and doubtful:
        st.session_state[chosen_key] = doubtful[0]
    else:
        st.session_state.pop(chosen_key, None)


def _changes(subject: Subject, item_id: str) -> None:
    """What officials put right before: old and new, who and when."""
    labels = {**INFO_LABELS, **VALUE_LABELS} if item_id else INFO_LABELS
    lines = [
        el("li", f"{labels[one.field]}: {entry_words.value_text(one.field, one.old)} → ",
           el("strong", entry_words.value_text(one.field, one.new)), el("small", f" {made.reading.words}"))
        for made in subject.corrected.changes.get(item_id, ())
        for one in made.fields
    ]  # fmt: skip
    if lines:
        st.html(el("ul", join(lines), class_="cchc-plain cchc-note"))


def _keep_change(
    subject: Subject, item_id: str, fields: tuple[Field, ...], prefix: str, start: Mapping[str, Any], chosen_key: str
) -> None:
    plan = subject.corrected.plan
    values = _typed(fields, prefix, start, plan.plan.year)
    if values is None:
        return
    reason = str(st.session_state.get(f"import_reason_{item_id}") or "").strip() or DEFAULT_REASON
    if _put(subject, lambda: change(plan, subject.sha256, item_id, values, reason)):
        _go_on(subject, item_id, chosen_key)


def _add_form(subject: Subject, span_key: str) -> None:
    at, plan = desk(), subject.corrected.plan
    start, end = st.session_state[span_key]
    sentence = words.cells_said(plan.text[start:end])
    prefix = f"import_add_{subject.sha256}_{start}_{end}"
    with st.container(border=True, key="import_add"):
        st.html(join([el("strong", ADD_TITLE), el("p", f"«{words.short(sentence, 400)}»", class_="cchc-note")]))
        kinds: list[ReadKind] = ["target", "task", "measure", "duty"]
        kind = st.segmented_control(
            ADD_KIND,
            kinds,
            format_func=words.KINDS_SHORT.__getitem__,
            default="target",
            required=True,
            key=f"{prefix}_kind",
        )
        fields = reading_form.item_fields(kind)
        main = "subject" if kind == "target" else "content"
        begun = reading_form.shown_values(fields, None)
        shown = {**begun, main: sentence}
        with st.form(f"{prefix}_{kind}_form", border=False):
            _draw(fields, f"{prefix}_{kind}", shown, at.errors)
            st.text_input(REASON, value=DEFAULT_REASON, key=f"{prefix}_reason", max_chars=300)
            st.form_submit_button(
                ADD_SAVE,
                type="primary",
                on_click=_keep_added,
                args=(subject, kind, fields, f"{prefix}_{kind}", begun, (start, end), f"{prefix}_reason", span_key),
            )
        st.button(CLOSE, key=f"{prefix}_close", type="tertiary", on_click=_close, args=(span_key,))


def _keep_added(
    subject: Subject,
    kind: ReadKind,
    fields: tuple[Field, ...],
    prefix: str,
    begun: Mapping[str, Any],
    span: tuple[int, int],
    reason_key: str,
    span_key: str,
) -> None:
    plan = subject.corrected.plan
    values = _typed(fields, prefix, begun, plan.plan.year)
    if values is None:
        return
    if kind == "target":
        values.setdefault("kind", reading_form.FIRST_KIND)
    reason = str(st.session_state.get(reason_key) or "").strip() or DEFAULT_REASON
    if _put(subject, lambda: add(plan, subject.sha256, kind, *span, values, reason)):
        st.session_state.pop(span_key, None)


def _info(subject: Subject, may_edit: bool) -> None:
    at, plan = desk(), subject.corrected.plan
    fields = reading_form.info_fields()
    start = reading_form.shown_values(fields, plan.plan)
    prefix = f"import_info_{subject.sha256}_{len(at.records.get(subject.sha256, []))}"
    missing = [one.label.lower() for one in fields if start[one.name] in ("", None) and one.name not in _RARELY_SAID]
    if missing:
        st.html(el("p", INFO_MISSING.format(fields=", ".join(missing)), class_="cchc-note"))
    _changes(subject, "")
    with st.form(f"{prefix}_form", border=False):
        _draw(fields, prefix, start, at.errors)
        if may_edit:
            st.text_input(REASON, value=DEFAULT_REASON, key=f"{prefix}_reason", max_chars=300)
        st.form_submit_button(
            KEEP, type="primary", disabled=not may_edit, on_click=_keep_info, args=(subject, fields, prefix, start)
        )


_RARELY_SAID = ("year_end", "effective_on")


def _keep_info(subject: Subject, fields: tuple[Field, ...], prefix: str, start: Mapping[str, Any]) -> None:
    values = _typed(fields, prefix, start, None)
    if values is None:
        return
    reason = str(st.session_state.get(f"{prefix}_reason") or "").strip() or DEFAULT_REASON
    _put(subject, lambda: fill(subject.corrected.plan, subject.sha256, values, reason))


def _typed(fields: tuple[Field, ...], prefix: str, start: Mapping[str, Any], year: int | None) -> dict[str, Any] | None:
    """What was changed in a form; None when nothing was or something is wrong (then said beside the field)."""
    now = {one.name: st.session_state.get(f"{prefix}_{one.name}") for one in fields}
    values, desk().errors = reading_form.typed(fields, start, now, year)
    if desk().errors:
        return None
    if not values:
        desk().errors = {"": NOTHING_CHANGED}
        return None
    return values


def _put(subject: Subject, make: Callable[[], ReadingRecord]) -> bool:
    try:
        import_desk.put(subject.sha256, make())
    except NotUsable as error:
        desk().errors = {"": str(error)}
        return False
    return True


def _close(key: str) -> None:
    st.session_state.pop(key, None)
    desk().errors = {}


_SIDE_BY_SIDE = ("lead", "support")


def _draw(fields: Sequence[Field], prefix: str, start: Mapping[str, Any], errors: Mapping[str, str]) -> None:
    """The fields of a form, short ones two in a row."""
    if "" in errors:
        st.error(as_markdown(errors[""]), icon=":material/error:")
    row: list[Field] = []

    def flush() -> None:
        for pair in (row[n : n + 2] for n in range(0, len(row), 2)):
            for column, one in zip(st.columns(2), pair, strict=False):
                with column:
                    _draw_one(one, prefix, start[one.name], errors)
        row.clear()

    for one in fields:
        if one.shape in ("text", "lines") and one.name not in _SIDE_BY_SIDE:
            flush()
            _draw_one(one, prefix, start[one.name], errors)
        else:
            row.append(one)
    flush()


def _draw_one(one: Field, prefix: str, start: Any, errors: Mapping[str, str]) -> None:
    key = f"{prefix}_{one.name}"
    if one.shape == "date":
        st.date_input(one.label, value=start, format=widgets.DATE_FORMAT, key=key, **widgets._DATES)
    elif one.shape in ("text", "lines"):
        st.text_area(one.label, value=start, height="content", max_chars=4000, key=key, help=one.hint or None)
    elif one.shape == "choice":
        labels = dict(one.choices)
        st.selectbox(
            one.label,
            list(labels),
            index=list(labels).index(start) if start in labels else 0,
            format_func=labels.__getitem__,
            key=key,
        )
    else:
        st.text_input(one.label, value=start, max_chars=400, key=key, help=one.hint or None)
    if one.name in errors:
        st.html(el("p", "▲ ", errors[one.name], class_="cchc-field-error", role="alert"))
