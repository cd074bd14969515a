"""HTML built so that nothing of a document can become markup: every text is escaped unless it was built here.

`el("a", "Sở <x>", href="/van-ban")` gives `<a href="/van-ban">Sở &lt;x&gt;</a>`; its result can be a child of
another element. Only names of the two lists below are allowed, so a slip shows in a test and not in the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_TAGS = frozenset(
    {"a", "b", "br", "caption", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "li", "mark", "ol", "p", "section"}
    | {"small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "details", "summary"}
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@/])")
# What Streamlit makes something of although no sign of Markdown says so: addresses become links, «:tên:» a picture,
# «->» an arrow. It looks for them after the escapes are gone; a piece of no width between their parts hides them.
_MADE = re.compile(
    r"(?i)(?=@)|(?<=http)(?=s?://)|(?<=www)(?=\.)|(?<=:)(?=[\w+-]{1,60}[:/])"
    r"|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)"
)
_NO_WIDTH = ":small[]"
_VOID = frozenset({"br"})
_ATTRIBUTES = frozenset(
    {"class", "href", "id", "title", "role", "tabindex", "scope", "colspan", "rowspan", "style", "open", "lang"}
    | {"download"}
)


class Safe(str):
    """Text that is already HTML. Made by this module only."""

    __slots__ = ()


def text(value: object) -> Safe:
    """Any value as escaped text; None gives nothing."""
    if value is None:
        return Safe("")
    if isinstance(value, Safe):
        return value
    return Safe(html.escape(str(value), quote=True))


def join(children: Iterable[object], between: str = "") -> Safe:
    """The children one after the other, each escaped unless built here, with `between` (escaped too) in the gaps."""
    return Safe(text(between).join(text(child) for child in children))


def el(tag: str, *children: object, **attributes: object) -> Safe:
    """One element. `class_` gives `class`, `data_label` gives `data-label`, `aria_label` gives `aria-label`.

    An attribute that is None or False is left out, True stands without a value. Raises ValueError for a tag or an
    attribute that is not on the list, and for an address that is neither local ("/...", "?...") nor a place ("#...").
    """
    if tag not in _TAGS:
        raise ValueError(f"tag not allowed: {tag}")
    parts = [tag]
    for key, value in attributes.items():
        name = key.rstrip("_").replace("_", "-")
        if name not in _ATTRIBUTES and not name.startswith(("data-", "aria-")):
            raise ValueError(f"attribute not allowed: {name}")
        if value is None or value is False:
            continue
        if name == "href" and not _is_local(str(value)):
            raise ValueError("only addresses within the application are allowed")
        parts.append(name if value is True else f'{name}="{html.escape(str(value), quote=True)}"')
    opening = f"<{' '.join(parts)}>"
    if tag in _VOID:
        return Safe(opening)
    return Safe(f"{opening}{join(children)}</{tag}>")


def _is_local(address: str) -> bool:
    return address.startswith(("?", "#")) or (address.startswith("/") and not address.startswith(("//", "/\\")))


def as_markdown(value: str) -> str:
    """Foreign text for places that only take Markdown (messages, labels): every sign of Markdown is escaped, line ends
    become blanks, so it shows letter by letter as it is, leads nowhere and loads nothing."""
    return _NO_WIDTH.join(_MARKDOWN.sub(r"\\\1", part) for part in _MADE.split(" ".join(value.split())))
