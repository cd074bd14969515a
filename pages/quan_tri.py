"""«Quản trị»: people and their rights, agencies, scoring profiles, the audit log, checks of the ledger.

What may be seen and done is decided beneath, in `administration` and `access`; whoever opens the address without the
right is told why.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from cchc import access, administration, config, exports, items, office, who, words
from cchc.access import ROLE_LABELS, AccessDenied
from cchc.administration import AGENCY_COLUMNS, AUDIT_COLUMNS, PEOPLE_COLUMNS, AuditFilter
from cchc.entries import KIND_LABELS, PersonRecord, explain, person_item
from cchc.filters import Filters
from cchc.ledger import LedgerError
from cchc.markup import as_markdown, el, join
from cchc.periods import date_text
from cchc.screen import feed_link, widgets

ANSWER = "Ai được làm gì, ai đã ghi nhận gì và khi nào."
SECTIONS = {
    "nguoi-dung": "Người dùng",
    "co-quan": "Cơ quan",
    "bo-tieu-chi": "Bộ tiêu chí",
    "nhat-ky": "Nhật ký",
    "kiem-tra": "Kiểm tra sổ",
}
PAGE_ROWS = 50
ROWS = "{count} dòng"

PEOPLE = "Người dùng và quyền"
NOBODY = "Chưa có ai được phân quyền. Người đầu tiên phải là người quản trị."
RULES = (
    "Người xem: chỉ xem. Người cập nhật của cơ quan: ghi nhận nội dung do cơ quan mình chủ trì hoặc phối hợp. "
    "Cơ quan thường trực: ghi nhận mọi nội dung, gia hạn, không áp dụng. Quản trị: thêm quyền phân quyền. "
    "Mỗi thay đổi là một dòng mới trong sổ, quyền cũ vẫn xem lại được."
)
MADE_UP = (
    "Đang xem số liệu minh họa: phân quyền ghi ở đây nằm trong sổ minh họa, không đổi quyền thật. "
    "Khi có đăng nhập, mỗi người giữ quyền trong sổ thật."
)
NEW_PERSON = "Thêm người mới"
WHO = "Người cần phân quyền"
ADDRESS = "Địa chỉ thư dùng để đăng nhập"
NAME = "Họ và tên"
ROLE = "Vai trò"
AGENCY = "Cơ quan (bắt buộc với người cập nhật của cơ quan)"
NO_AGENCY = "Không thuộc cơ quan nào"
IN_USE = "Đang sử dụng (bỏ chọn để ngừng quyền của người này)"
SAVE = "Ghi nhận phân quyền"
FEED = "Người này có địa chỉ lịch riêng, tạo ngày {day}."
SAVED = "Đã ghi nhận phân quyền của {name} ({email}), dòng số {seq} trong sổ."

AGENCIES = "Danh mục cơ quan"
AGENCIES_NOTE = (
    "Tên chuẩn, các cách viết trong văn bản, cơ quan kế thừa sau sắp xếp. "
    "«{unverified}»: chưa đối chiếu với văn bản gốc."
)
SEARCH_AGENCY = "Tìm cơ quan"
PROFILES = "Bộ tiêu chí chấm điểm"
VALID = "✓ Tệp hợp lệ"
INVALID = "■ Tệp có lỗi, không dùng được"
SOURCE = "Căn cứ: {source}"
CLASSES = "Mức xếp loại: {classes}"
ALL_VERIFIED = "Mọi quy tắc đã được đối chiếu với văn bản gốc."
SOME_UNVERIFIED = "Quy tắc {mark} ({count}):"

AUDIT = "Nhật ký ghi nhận"
AUTHORS, KINDS, FROM, TO, TEXT = "Người ghi", "Loại", "Ghi từ ngày", "Đến ngày", "Tìm theo nội dung, mã hoặc kế hoạch"
NOTHING_RECORDED = "Không có dòng nào trong sổ khớp với điều kiện này."
EVERYTHING = "Toàn bộ nhật ký"
SHORT_AUDIT = ("recorded", "author", "kind_label", "item_text", "said", "seq")

LEDGER = "Kiểm tra sổ ghi nhận"
LEDGER_NOTE = (
    "Mỗi dòng trong sổ mang mã kiểm tra tính từ nội dung của nó và mã của dòng trước. Kiểm tra tính lại mọi mã: "
    "dòng bị sửa, bị xóa hay bị chèn ngoài chương trình đều lộ ra."
)
CHECK = "Kiểm tra toàn bộ sổ"
WHOLE = "Sổ nguyên vẹn: {count} dòng, mọi mã kiểm tra khớp."
EMPTY = "Sổ chưa có dòng nào."
BROKEN = "Sổ không còn nguyên vẹn. Hãy giữ nguyên tệp sổ, ngừng ghi nhận và đối chiếu với bản sao lưu."
HEAD = "Mã của dòng cuối (số {number}), nên chép lại cùng báo cáo để đối chiếu sau này:"


def save_person(email: str, seen: int, employers: dict[str, str]) -> None:
    """Callback of the form: records what stands in its fields. `email` is "" for somebody new; `seen` is the version
    that was shown, not the one of now."""
    state = st.session_state
    field = {name: state.get(f"person_{name}_{email}") for name in ("email", "name", "role", "agency", "active")}
    try:
        record = PersonRecord(
            email=email or field["email"] or "",
            name=field["name"] or "",
            role=field["role"] or "viewer",
            agency=field["agency"] or "",
            active=bool(field["active"]),
        )
        office.refresh()  # a right withdrawn a moment ago counts
        entry = administration.change_person(office.get_ledger(), who.current().person, record, seen, employers)
    except ValidationError as error:
        state["admin_said"] = (False, " ".join(message for _, message in explain(error)))
    except (AccessDenied, LedgerError) as error:
        state["admin_said"] = (False, str(error))
    else:
        state["admin_said"] = (True, SAVED.format(name=record.name, email=record.email, seq=entry.seq))
        for name in () if email else field:
            state.pop(f"person_{name}_", None)


def people_section() -> None:
    """Who may do what, and the form that changes it."""
    entries = office.get_progress().people()
    frame = administration.people(entries, person)
    said = st.session_state.pop("admin_said", None)
    if said is not None:
        (st.success if said[0] else st.error)(as_markdown(said[1]), icon=":material/check:" if said[0] else None)
    if office.is_demo():
        st.info(as_markdown(MADE_UP), icon=":material/science:")
    listed("people", PEOPLE, frame, PEOPLE_COLUMNS, tuple(PEOPLE_COLUMNS), RULES, NOBODY)
    named = items.agencies(view.engine)
    employers = administration.employers(named)
    known = {str(row["email"]): row for row in frame.to_dict("records")}
    chosen = st.selectbox(
        WHO,
        ["", *known],
        format_func=lambda e: f"{known[e]['name']} ({e})" if e else NEW_PERSON,
        key="person_chosen",
    )
    row = known.get(chosen, {})
    agency = row.get("agency") or ""
    with st.form(f"person_form_{chosen}", border=True):
        if not chosen:
            st.text_input(ADDRESS, key="person_email_", max_chars=250)
        st.text_input(NAME, row.get("name", ""), key=f"person_name_{chosen}", max_chars=300)
        left, right = st.columns(2)
        roles = list(ROLE_LABELS)
        left.selectbox(
            ROLE,
            roles,
            index=roles.index(row["role"]) if row else 0,
            format_func=lambda role: ROLE_LABELS[role],
            key=f"person_role_{chosen}",
        )
        choices = ["", *dict.fromkeys([*([agency] if agency else []), *employers])]
        right.selectbox(
            AGENCY,
            choices,
            index=choices.index(agency),
            format_func=lambda key: employers.get(key, key) if key else NO_AGENCY,
            key=f"person_agency_{chosen}",
            filter_mode="contains",
        )
        st.checkbox(IN_USE, bool(row.get("active", True)), key=f"person_active_{chosen}")
        item = person_item(chosen) if chosen else ""
        seen = sum(entry.item_id == item for entry in entries)
        st.form_submit_button(
            SAVE, type="primary", icon=":material/save:", on_click=save_person, args=(chosen, seen, employers)
        )
    since = feed_link.held(chosen) if chosen else ""
    if since and person is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(el("p", FEED.format(day=since), class_="cchc-note"))
            st.button(feed_link.REVOKE, on_click=feed_link.revoke, args=(chosen, person), key=f"feed_{chosen}")


def agencies_section() -> None:
    """The register, to be looked up."""
    search = st.text_input(SEARCH_AGENCY, key="agency_search", max_chars=200)
    frame = administration.agencies(items.agencies(view.engine), person, search)
    note = AGENCIES_NOTE.format(unverified=administration.UNVERIFIED)
    listed("agencies", AGENCIES, frame, AGENCY_COLUMNS, tuple(AGENCY_COLUMNS)[:-1], note, widgets.NOTHING_AT_ALL)


def profiles_section() -> None:
    """Each scoring profile, whether it can be used, and what of it nobody has checked."""
    st.html(el("h3", PROFILES, class_="cchc-list-title"))
    for check in administration.profile_checks(person):
        state = el("strong", INVALID if check.problems else VALID, class_="cchc-admin-bad" if check.problems else None)
        parts: list[object] = [
            el("h4", check.name, " ", el("span", check.code, class_="cchc-quiet"), class_="cchc-list-title"),
            el("p", state),
        ]
        if check.problems:
            parts.append(el("ul", join(el("li", problem) for problem in check.problems)))
        else:
            parts += [el("p", SOURCE.format(source=check.source), class_="cchc-note")] if check.source else []
            parts.append(el("p", CLASSES.format(classes="; ".join(check.classes)), class_="cchc-note"))
            if check.unverified:
                title = SOME_UNVERIFIED.format(mark=f"«{administration.UNVERIFIED}»", count=len(check.unverified))
                rules = el("ul", join(el("li", rule) for rule in check.unverified))
                parts.append(el("details", el("summary", title), rules))
            else:
                parts.append(el("p", ALL_VERIFIED))
        with st.container(border=True):
            st.html(join(parts))


def audit_section() -> None:
    """Everything ever recorded, filtered, and as a file."""
    entries = office.get_progress().entries()
    authors = sorted({entry.author for entry in entries})
    kinds = [kind for kind in KIND_LABELS if any(entry.kind == kind for entry in entries)]
    first, second = st.columns(2)
    chosen_authors = first.multiselect(AUTHORS, authors, key="audit_authors", placeholder="Mọi người ghi")
    chosen_kinds = second.multiselect(
        KINDS, kinds, format_func=lambda k: KIND_LABELS[k], key="audit_kinds", placeholder="Mọi loại"
    )
    left, right, wide = st.columns([1, 1, 2])
    start = left.date_input(FROM, None, key="audit_from", format=widgets.DATE_FORMAT)
    end = right.date_input(TO, None, key="audit_to", format=widgets.DATE_FORMAT)
    text = wide.text_input(TEXT, key="audit_text", max_chars=200)
    asked = AuditFilter(tuple(chosen_authors), tuple(chosen_kinds), start, end, text)
    frame = administration.audit(entries, office.known_items(), person, asked)
    parts = [
        f"{AUTHORS}: {', '.join(chosen_authors)}" if chosen_authors else "",
        f"{KINDS}: {', '.join(KIND_LABELS[k] for k in chosen_kinds)}" if chosen_kinds else "",
        f"{FROM}: {date_text(start)}" if start else "",
        f"{TO}: {date_text(end)}" if end else "",
        f"{TEXT}: {text.strip()}" if text.strip() else "",
    ]
    sentence = "; ".join(filter(None, parts)) or EVERYTHING
    listed("audit", AUDIT, frame, AUDIT_COLUMNS, SHORT_AUDIT, "", NOTHING_RECORDED, sentence)


def ledger_section() -> None:
    """Is the ledger still what was recorded?"""
    st.html(join([el("h3", LEDGER, class_="cchc-list-title"), el("p", LEDGER_NOTE, class_="cchc-note")]))
    if not st.button(CHECK, icon=":material/verified:", key="verify_ledger"):
        return
    problems, number, code = administration.verify(office.get_ledger(), person)
    if problems:
        st.error(as_markdown(BROKEN), icon=":material/gpp_bad:")
        st.html(el("ul", join(el("li", problem) for problem in problems)))
    elif not number:
        st.info(EMPTY, icon=":material/inbox:")
    else:
        st.success(as_markdown(WHOLE.format(count=words.number(number))), icon=":material/verified:")
    if number:
        st.html(el("p", HEAD.format(number=words.number(number)), class_="cchc-note"))
        st.code(f"{number}:{code}", language=None, wrap_lines=True)


def listed(
    key: str,
    title: str,
    frame: pd.DataFrame,
    columns: dict[str, str],
    short: tuple[str, ...],
    note: str,
    nothing: str,
    sentence: str = "",
) -> None:
    """A list with its files, all rows and columns in them; the screen shows the columns `short`, a page at a time.
    `sentence` is what the files say about the choice of rows."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"list_head_{key}"):
        count = el("span", ROWS.format(count=words.number(len(frame))), class_="cchc-quiet")
        st.html(el("h3", title, " ", count, class_="cchc-list-title"))
        if not frame.empty:
            download(key, title, frame, columns, sentence or title)
    if note:
        st.html(el("p", note, class_="cchc-note"))
    if frame.empty:
        st.info(as_markdown(nothing), icon=":material/inbox:")
        return
    pages = -(-len(frame) // PAGE_ROWS)
    rows = st.container()
    number = min(st.pagination(pages, key=f"page_{key}"), pages) if pages > 1 else 1
    part = frame.iloc[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    rows.html(widgets.table(part, {name: columns[name] for name in short}, name=title))


def download(key: str, title: str, frame: pd.DataFrame, columns: dict[str, str], sentence: str) -> None:
    """The two files of a list."""
    made_up, today = office.is_demo(), config.today()

    def content(extension: str) -> bytes:
        if extension == "csv":
            return exports.to_csv(frame, columns, demo=made_up)
        return exports.to_xlsx(frame, columns, title=title, sentence=sentence, as_of=today, demo=made_up)

    for extension, label, mime in (
        ("csv", words.DOWNLOAD_CSV, "text/csv"),
        ("xlsx", words.DOWNLOAD_XLSX, widgets.XLSX),
    ):
        name = exports.file_name(title, Filters(), today, extension, demo=made_up)
        st.download_button(label, partial(content, extension), name, mime, key=f"{extension}_{key}", on_click="ignore")


def section() -> str:
    """The section that the address names, and the way to another one."""
    named = widgets.page_parameter("view")
    chosen: Any = st.segmented_control(
        words.PAGE_TITLES["quan-tri"],
        list(SECTIONS),
        default=named if named in SECTIONS else "nguoi-dung",
        format_func=SECTIONS.__getitem__,
        key="admin_section",
        required=True,
        label_visibility="collapsed",
    )
    widgets.set_page_parameter("view", None if chosen == "nguoi-dung" else chosen)
    return str(chosen)


DRAW = {
    "nguoi-dung": people_section,
    "co-quan": agencies_section,
    "bo-tieu-chi": profiles_section,
    "nhat-ky": audit_section,
    "kiem-tra": ledger_section,
}

widgets.heading(words.PAGE_TITLES["quan-tri"], ANSWER)
view = widgets.view()
identity = who.current()
person = identity.person
allowed = access.can(person, "manage_people")
if not allowed:
    st.warning(as_markdown(identity.reason or allowed.reason), icon=":material/lock:")
    st.stop()
DRAW[section()]()
