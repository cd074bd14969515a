"""Web pages saved as one file (.mht, .mhtml): a mail message that holds the page and its pictures."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from cchc.formats.html import NO_TEXT, TOO_DEEP, page_source
from cchc.formats.plain import decode
from cchc.formats.source import NotAPlan, Source


def read_mhtml(data: bytes) -> Source:
    """The text of the page in the message. Raises `NotAPlan` where it holds none."""
    try:
        message = message_from_bytes(data)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    except RecursionError as error:  # messages within messages without end
        raise NotAPlan(TOO_DEEP) from error
    body = _body(page) if page is not None else b""
    if not body.strip():
        raise NotAPlan(NO_TEXT)
    text, warnings = decode(body, page.get_content_charset("") if page is not None else "")
    return page_source(text, warnings)


def _body(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
