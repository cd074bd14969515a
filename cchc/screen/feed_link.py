"""On the screen: the address of the calendar, and where reading needs sign-in a person's own, with a secret key in it.

The key is shown once, when it is made; the ledger keeps only its hash. Whoever has the address reads the calendar as
that person could, until the person makes a new one, or the person or an administrator revokes it.
"""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import urlsplit

import streamlit as st

from cchc import access, config, feeds, office, saving, who
from cchc.access import Person
from cchc.entries import Draft, FeedKey, feed_item
from cchc.filters import Filters
from cchc.markup import as_markdown, el
from cchc.periods import date_text
from cchc.screen import widgets

CALENDAR = "Tải lịch thời hạn (.ics)"
HELP = "gồm các nhiệm vụ đang lọc có thời hạn{more}."
SUBSCRIBE = "; có thể dán địa chỉ của liên kết này vào Outlook hoặc điện thoại để lịch tự cập nhật"
TITLE = "Lịch riêng của bạn (Outlook, Google Calendar, điện thoại)"
WHY = (
    "Chương trình lịch không đăng nhập được nên cần địa chỉ riêng có mã bí mật. Ai có địa chỉ này đều xem được lịch; "
    "đừng gửi cho người khác."
)
HELD = "Đã có một địa chỉ riêng, tạo ngày {day}. Tạo địa chỉ mới thì địa chỉ cũ hết hiệu lực."
MAKE, RENEW, REVOKE = "Tạo địa chỉ riêng", "Tạo địa chỉ mới", "Thu hồi địa chỉ"
ONCE = "Chép địa chỉ này vào chương trình lịch ngay; sau khi rời trang sẽ không xem lại được:"


def links(filters: Filters) -> None:
    """The link to the calendar of these filters, and where reading needs sign-in what a calendar program needs."""
    href = widgets.href("calendar.ics", filters)
    link = el("a", CALENDAR, href=href, download=True, class_="cchc-link")
    is_open = config.reading_is_open()
    st.html(el("p", link, " ", HELP.format(more=SUBSCRIBE if is_open else ""), class_="cchc-note cchc-screen-only"))
    if is_open:
        return
    person = who.current().person
    if person is not None and person != access.LOCAL_PERSON:
        _own(filters, person)


def held(email: str) -> str:
    """Since when a person has an address, in words; "" for none."""
    entries = office.get_progress().history(feed_item(email))
    last = entries[-1] if entries else None
    if last is None or not isinstance(last.payload, FeedKey) or not last.payload.sha256:
        return ""
    return date_text(last.recorded_at.astimezone(config.VIETNAM).date())


def _own(filters: Filters, person: Person) -> None:
    since = held(person.email)
    state = st.session_state
    with st.expander(TITLE, icon=":material/calendar_add_on:", expanded="feed_key" in state):
        st.html(el("p", WHY, " ", HELD.format(day=since) if since else "", class_="cchc-note"))
        said = state.pop("feed_said", "")
        if said:
            st.error(as_markdown(said), icon=":material/error:")
        key = state.pop("feed_key", "")
        if key:
            st.html(el("p", ONCE))
            here = urlsplit(str(st.context.url or ""))
            path = widgets.href("calendar.ics", filters, **{feeds.KEY: key})
            st.code(f"{here.scheme}://{here.netloc}{path}", language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(RENEW if since else MAKE, on_click=_make, args=(person,), key="feed_make")
            if since:
                st.button(REVOKE, on_click=revoke, args=(person.email, person), key="feed_revoke")


def _make(person: Person) -> None:
    key = secrets.token_urlsafe(32)
    if _record(person.email, hashlib.sha256(key.encode()).hexdigest(), person):
        st.session_state["feed_key"] = key


def revoke(email: str, by: Person) -> None:
    """Callback: the address of a person is none any more."""
    _record(email, "", by)


def _record(email: str, digest: str, by: Person) -> bool:
    item = feed_item(email)
    payload = FeedKey(email=email, sha256=digest)
    draft = Draft(item_id=item, payload=payload, author=by.email, role=by.role, as_of=config.today())
    outcome = saving.save([draft], {item: len(office.get_progress().history(item))})
    if not outcome.saved:
        st.session_state["feed_said"] = outcome.refusal
    return outcome.saved
