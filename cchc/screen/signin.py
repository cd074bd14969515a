"""Signing in and out on the screen: who reads at all, the small menu of the account, the switch to the demonstration.
What follows from who somebody is, is decided in `access`; here it is only said.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import streamlit as st

from cchc import access, administration, config, office, who, words
from cchc.access import ROLE_LABELS, Identity
from cchc.ledger import LedgerError
from cchc.markup import as_markdown, el, join
from cchc.reading.agencies import register

SIGN_IN = "Đăng nhập"
SIGN_IN_WITH = "Đăng nhập bằng {provider}"
SIGN_OUT = "Đăng xuất"
LOCAL = "Máy này"
LOCAL_NOTE = (
    "Chưa cấu hình đăng nhập. Ai mở trang ngay tại máy này thì ghi nhận được, với tên «{name}»; "
    "từ máy khác chỉ xem được."
)
VIEW_ONLY = "Chỉ xem"
MAX_LABEL = 16  # characters
READ_TITLE = "Cần đăng nhập để xem"
READ_NOTE = "Đơn vị quản lý chỉ cho người được phân quyền xem số liệu của trang này."
SIGNED_IN_AS = "Đang đăng nhập: {address}"
ROLE = "Vai trò: {role}"
AGENCY = "Cơ quan: {agency}"

EMPTY_NOTE = "Chưa có kết quả nào được ghi nhận. Có thể xem thử mọi trang với số liệu bịa, để riêng khỏi số liệu thật."
SHOW_DEMO = "Xem với số liệu minh họa"
LEAVE_DEMO = "Quay về số liệu thật"


def begin() -> Identity:
    """Who uses the page that is being drawn, with rights as they are now. Nobody when that cannot be told."""
    try:
        office.refresh()
        return who.current()
    except LedgerError as error:
        return Identity(None, str(error))


def admitted(identity: Identity) -> bool:
    """Whether the person may see the pages; who may not is told why, and is shown nothing else."""
    decision = access.may_read(identity, config.reading_is_open())
    if decision:
        return True
    st.html(Path(__file__).with_name("style.css"))  # the frame, which brings it otherwise, is not drawn
    with st.container(border=True, key="sign_in"):
        st.html(join([el("h2", words.APP_NAME, class_="cchc-title"), el("h3", READ_TITLE, class_="cchc-list-title")]))
        st.html(el("p", READ_NOTE))
        if not who.signed_in_as():
            if who.oidc_configured():
                _sign_in_buttons()
            else:
                st.warning(as_markdown(decision.reason), icon=":material/lock:")
        else:
            st.warning(as_markdown(decision.reason), icon=":material/lock:")
            st.html(el("p", SIGNED_IN_AS.format(address=who.signed_in_as())))
            st.button(SIGN_OUT, on_click=st.logout, icon=":material/logout:", key="sign_out")
    return False


def menu(identity: Identity) -> None:
    """The account, at the right end of the page's head: who somebody is, signing in and out."""
    with st.container(horizontal=True, key="account"):
        if who.oidc_configured() and not who.signed_in_as():
            _sign_in_buttons()
            return
        with st.popover(as_markdown(_label(identity)), icon=":material/person:", type="tertiary"):
            st.html(join(el("p", line, class_="cchc-note") for line in _lines(identity)))
            if access.can(identity.person, "switch_demo") and administration.can_leave_demo():
                _switch(identity, on=False, key="menu_leave_demo")
            if who.signed_in_as():
                st.button(SIGN_OUT, on_click=st.logout, icon=":material/logout:", key="sign_out")


def demo_offer(identity: Identity) -> None:
    """In an installation where nothing was recorded: the way into the demonstration, and the way back."""
    if not access.can(identity.person, "switch_demo"):
        return
    on = not office.is_demo()
    if on and not _is_empty():
        return
    if not on and not administration.can_leave_demo():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="demo_offer"):
        if on:
            st.html(el("p", EMPTY_NOTE, class_="cchc-note"))
        _switch(identity, on=on, key="demo_switch")


def _switch(identity: Identity, *, on: bool, key: str) -> None:
    label, icon = (SHOW_DEMO, ":material/science:") if on else (LEAVE_DEMO, ":material/undo:")
    if st.button(label, icon=icon, key=key):
        try:
            administration.switch_demo(who.current().person, on)
        except (access.AccessDenied, LedgerError) as error:
            st.error(as_markdown(str(error)), icon=":material/error:")
            return
        st.rerun()


def _is_empty() -> bool:
    try:
        return office.is_empty()
    except LedgerError:
        return False


def _sign_in_buttons() -> None:
    for provider in providers(st.secrets.get("auth", {})):
        label = SIGN_IN_WITH.format(provider=as_markdown(provider)) if provider else SIGN_IN
        st.button(label, on_click=partial(st.login, provider or None), icon=":material/login:", key=f"login_{provider}")


def providers(auth: Mapping[str, object]) -> list[str]:
    """The providers of sign-in in the section [auth] of the secrets: "" for the one without a name."""
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value]
    return [*([""] if "client_id" in auth or not named else []), *named]


def _label(identity: Identity) -> str:
    if identity.person == access.LOCAL_PERSON:
        return LOCAL
    if identity.person is not None:
        return short_name(identity.person.name)
    return VIEW_ONLY


def short_name(name: str) -> str:
    """A name for the page's head, where room is short: of a long one the last two words, by which people are called."""
    if len(name) > MAX_LABEL:
        name = " ".join(name.split()[-2:])
    return name if len(name) <= MAX_LABEL else name[: MAX_LABEL - 1] + "…"


def _lines(identity: Identity) -> list[str]:
    person = identity.person
    if person == access.LOCAL_PERSON:
        return [LOCAL_NOTE.format(name=access.LOCAL_PERSON.name)]
    address = who.signed_in_as()
    lines = [SIGNED_IN_AS.format(address=address)] if address else []
    if person is None:
        return [*lines, identity.reason]
    lines.append(ROLE.format(role=ROLE_LABELS[person.role]))
    if person.agency:
        found = register().get(person.agency)
        lines.append(AGENCY.format(agency=found.name if found else person.agency))
    return lines
