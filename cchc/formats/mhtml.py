"""Web pages saved as one file (.mht, .mhtml), a mail message that holds the page and its pictures; and saved mails
(.eml): the page or text of the message, files sent with it are named."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from cchc.formats.html import NO_TEXT, TOO_DEEP, page_source
from cchc.formats.names import shown_name
from cchc.formats.plain import decode, read_plain
from cchc.formats.source import NotAPlan, Source

ATTACHED = "Thư có {n} tệp đính kèm không được đọc: {names}. Hãy lưu riêng từng tệp rồi nhập."
_NAMED = 5


def read_mhtml(data: bytes) -> Source:
    """The text of the page in the message, else its plain text. Raises `NotAPlan` where it holds none."""
    try:
        message = message_from_bytes(data)
        parts = [part for part in message.walk() if not part.get_filename()]
        names = [part.get_filename("") for part in message.walk() if part.get_content_disposition() == "attachment"]
    except RecursionError as error:  # messages within messages without end
        raise NotAPlan(TOO_DEEP) from error
    by_kind = {part.get_content_type(): part for part in reversed(parts)}
    page = by_kind.get("text/html") or by_kind.get("text/plain")
    body = _body(page) if page is not None else b""
    if page is None or not body.strip():
        raise NotAPlan(NO_TEXT)
    if page.get_content_type() == "text/plain":
        source = read_plain(body)
    else:
        text, warnings = decode(body, page.get_content_charset(""))
        source = page_source(text, warnings, _frames(parts, page))
    if not names:
        return source
    told = ", ".join(shown_name(name) for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return replace(source, warnings=(*source.warnings, ATTACHED.format(n=len(names), names=told)))


def _frames(parts: list[Message], page: Message) -> dict[str, str]:
    """The other pages of the file by the addresses under which frames show them."""
    found: dict[str, str] = {}
    for part in parts:
        if part is page or part.get_content_type() != "text/html":
            continue
        named = [part.get("Content-Location", "").strip()]
        named.append("cid:" + part.get("Content-ID", "").strip().strip("<>"))
        wanted = [name for name in named if name not in ("", "cid:") and name not in found]
        if wanted and (body := _body(part)).strip():
            found.update(dict.fromkeys(wanted, decode(body, part.get_content_charset(""))[0]))
    return found


def _body(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
