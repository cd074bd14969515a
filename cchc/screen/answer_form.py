"""On «Chấm điểm»: the answers given by hand for an agency or a plan, the form for them, and their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import streamlit as st
from pydantic import ValidationError

from cchc import access, answers, config, entry_words, office, results, saving, who
from cchc.answers import Given
from cchc.entries import Answer, AnswerBy, Entry, answer_item, explain, number_text
from cchc.markup import Safe, as_markdown, el, join
from cchc.profiles import Profile
from cchc.report_periods import parse_period
from cchc.screen import history, update_desk, widgets

TITLE = "Số liệu nhập riêng: {what}"
NOTE = (
    "Tiêu chí mà kết quả đã ghi không trả lời được; cơ quan thường trực nhập theo căn cứ và được tính vào điểm, "
    "xếp loại ở trên."
)
CHOOSE_ONE = "Bộ tiêu chí này có {count} số liệu nhập riêng: {names}. Chọn một {what} ở trên để xem và nhập."
NOT_GIVEN = "chưa nhập"
GIVEN = "{value}, {period}"
GIVEN_BY = "({author} ghi lúc {moment})"
ENTER = "Nhập, đính chính số liệu"
CRITERION, PERIOD = "Tiêu chí", "Kỳ của số liệu"
WHAT = "Số liệu"
PERCENT, ABSENT, WITHDRAW = "percent", "absent", "withdraw"
WAYS = {PERCENT: "Tỷ lệ (%)", ABSENT: "Không áp dụng", WITHDRAW: "Rút lại số liệu đã nhập"}
VALUE = "Tỷ lệ (%) *"
VALUE_HELP = "Từ 0 đến 100, ví dụ 32,5."
REASON = "Căn cứ *"
REASON_CORRECTS = "Căn cứ, lý do đính chính *"
NUMBER, DATE = "Số, ký hiệu văn bản", "Ngày văn bản"
CORRECTS = "Kỳ này đã có số liệu: lưu là đính chính, nội dung cũ vẫn còn trong lịch sử."
NEEDED = "Hãy điền ô này."
HISTORY = "Lịch sử số liệu nhập riêng"
WORDS_OF: dict[str, str] = {"agency": "cơ quan", "plan": "kế hoạch"}


def panel(
    profile: Profile,
    by: AnswerBy,
    key: str | None,
    name: str,
    told: Mapping[str, Given],
    offered: Mapping[str, str],
    period: str,
    day: dt.date,
) -> None:
    """The answers that count in the score of `key` (`told`, by criterion) and the form for new ones. `offered` are the
    periods in words, `period` the one the page shows ("": none), `day` the reporting date."""
    asked = profile.by_hand
    if not asked:
        return
    if not key:
        names = "; ".join(asked.values())
        st.html(el("p", CHOOSE_ONE.format(count=len(asked), names=names, what=WORDS_OF[by]), class_="cchc-note"))
        return
    st.html(Path(__file__).with_name("update.css"))
    st.html(
        join(
            [
                el("h3", TITLE.format(what=name), class_="cchc-list-title", id="so-lieu-nhap-rieng"),
                el("p", NOTE, class_="cchc-note"),
                el("ul", join(_line(words, told.get(code)) for code, words in asked.items()), class_="cchc-plain"),
            ]
        )
    )
    place = f"answer:{profile.code}:{by}:{key}"
    update_desk.confirmation(place)
    update_desk.obstacles(place)
    identity = saving.recorder()
    allowed = access.can(identity.person, "answer_criteria")
    if identity.person is not None and allowed:
        _form(place, profile, by, key, _open_periods(offered), period)
    else:
        reason = identity.reason if identity.person is None else allowed.reason
        st.info(as_markdown(update_desk.READ_ONLY.format(reason=reason)), icon=":material/lock:")
    _histories(profile, by, key, day)


def _line(words: str, one: Given | None) -> Safe:
    if one is None:
        return el("li", f"{words}: ", el("span", NOT_GIVEN, class_="cchc-quiet"))
    said = one.answer
    value = entry_words.NOT_ASKED if said.percent is None else f"{number_text(said.percent)} %"
    spoken = parse_period(said.period)
    author = entry_words.author_text(one.entry.author, one.entry.role, who.people())
    moment = entry_words.moment_text(one.entry.recorded_at)
    grounds = "; ".join(x for x in (said.reason, said.document) if x)
    return el(
        "li",
        f"{words}: ",
        el("strong", GIVEN.format(value=value, period=spoken.label if spoken else said.period)),
        f". {grounds}. ",
        el("span", GIVEN_BY.format(author=author, moment=moment), class_="cchc-quiet"),
    )


def _open_periods(offered: Mapping[str, str]) -> dict[str, str]:
    """The periods that have begun."""
    today = config.today()
    found = {}
    for text, words in offered.items():
        period = parse_period(text)
        if period is not None and period.span("ky")[0] <= today:
            found[text] = words
    return found


def _form(place: str, profile: Profile, by: AnswerBy, key: str, offered: Mapping[str, str], period: str) -> None:
    at = update_desk.desk(place)
    with st.expander(ENTER, expanded=bool(at.errors or at.message), icon=":material/edit_note:"):
        asked = profile.by_hand
        prefix = f"{place}:{at.generation}"
        code = next(iter(asked))
        if len(asked) > 1:
            code = st.selectbox(CRITERION, list(asked), format_func=asked.__getitem__, key=f"{prefix}:criterion")
        else:
            st.html(el("p", asked[code]))
        names = list(offered)
        spoken = st.selectbox(
            PERIOD,
            names,
            index=names.index(period) if period in names else 0,
            format_func=offered.__getitem__,
            key=f"{prefix}:period:{period}",
        )
        if not spoken:
            return
        item = answer_item(profile.code, by, key, code)
        entries = office.get_progress().history(item)
        now = answers.of_period(entries, spoken)
        fields = f"{prefix}:{code}:{spoken}"
        ways = [PERCENT, ABSENT, *([WITHDRAW] if now is not None else [])]
        start = ABSENT if now is not None and now.answer.percent is None else PERCENT
        way = st.segmented_control(
            WHAT, ways, default=start, format_func=WAYS.__getitem__, required=True, key=f"{fields}:way"
        )
        with st.form(f"{fields}:form", border=False):
            if now is not None:
                st.html(el("p", CORRECTS, class_="cchc-note"))
            if way == PERCENT:
                shown = number_text(now.answer.percent) if now is not None and now.answer.percent is not None else ""
                st.text_input(VALUE, shown, help=VALUE_HELP, key=f"{fields}:percent")
                _error(at.errors.get("percent", ""))
            label = REASON if now is None else REASON_CORRECTS
            st.text_area(label, height=90, max_chars=4000, key=f"{fields}:reason")
            _error(at.errors.get("reason", ""))
            if way != WITHDRAW:
                left, right = st.columns(2)
                number = now.answer.document if now is not None else ""
                left.text_input(NUMBER, number, max_chars=300, key=f"{fields}:document")
                written = now.answer.document_date if now is not None else None
                right.date_input(DATE, written, format=widgets.DATE_FORMAT, key=f"{fields}:document_date")
            st.form_submit_button(
                update_desk.SAVE,
                type="primary",
                icon=":material/save:",
                shortcut="Ctrl+S",
                help=update_desk.SAVE_HELP,
                on_click=_submit,
                args=(place, (profile.code, by, key, code), spoken, str(way), fields, tuple(entries)),
                key=f"{fields}:submit",
            )


def _error(message: str) -> None:
    if message:
        st.html(el("p", "▲ ", message, class_="cchc-field-error", role="alert"))


def _submit(
    place: str, whom: tuple[str, str, str, str], period: str, way: str, fields: str, seen: Sequence[Entry]
) -> None:
    """Callback: records what stands in the fields. `seen` are the entries that were on the screen."""
    at = update_desk.desk(place)
    at.errors, at.message, at.changes = {}, "", {}
    state = st.session_state
    person = saving.recorder().person or access.LOCAL_PERSON  # who may not is refused when it is saved
    made, errors = read(whom, period, way, {n: state.get(f"{fields}:{n}") for n in FIELDS})
    spoken = parse_period(period)
    if errors or spoken is None:
        at.errors = errors
        return
    draft = answers.draft(made, seen, spoken, str(state.get(f"{fields}:reason")).strip(), person, config.today())
    update_desk.save_drafts(place, [draft], {draft.item_id: len(seen)})


FIELDS = ("percent", "reason", "document", "document_date")


def read(
    whom: tuple[str, str, str, str], period: str, way: str, typed: Mapping[str, object]
) -> tuple[Answer | None, dict[str, str]]:
    """The answer that was typed, or messages by field; no answer and no message is a withdrawal. `whom` is (profile,
    agency or plan, key, criterion)."""
    errors: dict[str, str] = {}
    reason = str(typed.get("reason") or "").strip()
    if not reason:
        errors["reason"] = NEEDED
    percent: float | None = None
    if way == PERCENT:
        try:
            percent = results.number(typed.get("percent") or "")
        except results.CellError as error:
            errors["percent"] = str(error) if str(typed.get("percent") or "").strip() else NEEDED
    if errors or way == WITHDRAW:
        return None, errors
    profile, by, key, criterion = whom
    written = typed.get("document_date")
    try:
        made = Answer(
            profile=profile,
            criterion=criterion,
            by=cast(AnswerBy, by),
            key=key,
            period=period,
            percent=percent,
            reason=reason,
            document=str(typed.get("document") or ""),
            document_date=written if isinstance(written, dt.date) else None,
        )
    except ValidationError as error:
        return None, {(name if name in FIELDS else "reason"): message for name, message in explain(error)}
    return made, {}


def _histories(profile: Profile, by: str, key: str, day: dt.date) -> None:
    progress = office.get_progress()
    found = {
        words: progress.history(answer_item(profile.code, by, key, code)) for code, words in profile.by_hand.items()
    }
    if not any(found.values()):
        return
    with st.expander(HISTORY, icon=":material/history:"):
        for words, entries in found.items():
            if entries:
                st.html(join([el("h4", words, class_="cchc-list-title"), history.panel(entries, who.people(), day)]))
