"""What the styles of a Word document say of a run: its font, whether it is hidden or part of a table of contents."""

from __future__ import annotations

import re
from typing import Any

from cchc.formats.ooxml import W, child, is_on, val

_TOC = re.compile(r"(?:toc|mục lục)\s*(?:\d|heading)")
_DEPTH = 20  # styles based on styles; more are a ring


class Styles:
    """`default` is the style of paragraphs that name none, `contents` those of a table of contents."""

    def __init__(self, root: Any) -> None:
        self.default: str | None = None
        self.contents: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._based: dict[str, str] = {}
        self._font = ""
        if root is None:
            return
        self._font = _font(child(root, "docDefaults", "rPrDefault", "rPr"))
        for style in root.iterchildren(W + "style"):
            name = style.get(W + "styleId") or ""
            if _TOC.match((val(child(style, "name")) or "").casefold()):
                self.contents.add(name)
            font = _font(child(style, "rPr"))
            if font:
                self._fonts[name] = font
            if is_on(child(style, "rPr", "vanish")):
                self._hidden.add(name)
            self._based[name] = val(child(style, "basedOn")) or ""
            if style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph":
                self.default = name

    def is_hidden(self, properties: Any, style: str | None) -> bool:
        """Whether a run with these properties, in a paragraph of this style, is hidden."""
        mark = child(properties, "vanish")
        if mark is not None:
            return is_on(mark)
        return (val(child(properties, "rStyle")) or "") in self._hidden or (style or "") in self._hidden

    def font(self, properties: Any, style: str | None) -> str:
        """The font of a run: its own, its style's, the paragraph's or the document's; "" where none is named."""
        if properties is not None:
            own = _font(properties) or self._styled(val(child(properties, "rStyle")))
            if own:
                return own
        return self._styled(style) or self._font

    def _styled(self, style: str | None) -> str:
        for _ in range(_DEPTH):
            if not style:
                break
            if style in self._fonts:
                return self._fonts[style]
            style = self._based.get(style)
        return ""


def _font(properties: Any) -> str:
    fonts = child(properties, "rFonts")
    if fonts is None:
        return ""
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs") or ""
