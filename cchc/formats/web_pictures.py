"""Which pictures and frames of a web page may hold a part of the document: those are named, ornaments are not."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from cchc.formats.names import shown_name

IMAGES = "Có {n} hình trong trang web{names}; chữ nằm trong hình không được đọc."
FRAMES = (
    "Trang web nhúng {n} tệp văn bản ({names}) không nằm trong tệp đã lưu nên không được đọc. "
    "Hãy tải riêng tệp đó rồi nhập thêm."
)
_LEAST = 150  # pixels: what is smaller holds no text of a document
_LEAST_DATA = 4_000  # characters of a picture written into the page itself
_NAMED = 3
_LONGEST = 60
_FAR = 30  # elements above that are looked at
_ORNAMENT = re.compile(
    r"(?:\b|_)(?:icons?|logos?|banners?|sprites?|pixel|spacer|blank|avatars?|emojis?|buttons?|btn|bullets?|arrows?"
    r"|loading|favicon|facebook|zalo|youtube|twitter|rss|print|search|menu|quoc-?huy|captcha)(?:\b|_|\d)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|bmp|tiff?)(?:[?#]|\Z)", re.IGNORECASE)
_DOCUMENT = re.compile(r"[^/?#=&]{1,200}\.(?:pdf|docx?|xlsx?|odt|rtf)(?=[?#&]|\Z)", re.IGNORECASE)
_MEASURE = re.compile(r"\s{0,3}(\d{1,5})(?:\.\d{1,9})?\s{0,3}(px|pt|)\s{0,3}\Z")
_STYLED = re.compile(r"(?<![\w-])(width|height)\s{0,3}:([^;]{1,20})", re.IGNORECASE)


class Pictures:
    """Counts them as the page is walked through."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._frames: list[str] = []

    def see(self, element: Any) -> None:
        """A picture (`img`) that is shown."""
        if not _is_ornament(element):
            self._names.append(_name(element))

    def see_frame(self, element: Any) -> None:
        """A frame or object (`iframe`, `embed`, `object`), which shows another file."""
        address = unquote((element.get("src") or element.get("data") or "")[:4000])
        found = _DOCUMENT.search(address)
        if found:
            self._frames.append(shown_name(found.group()))

    def warnings(self) -> list[str]:
        """What people should know of them."""
        said = []
        if self._names:
            named = list(dict.fromkeys(filter(None, self._names)))
            more = ", …" if len(self._names) > min(len(named), _NAMED) else ""
            names = f" ({', '.join(named[:_NAMED])}{more})" if named else ""
            said.append(IMAGES.format(n=len(self._names), names=names))
        if self._frames:
            frames = list(dict.fromkeys(self._frames))
            said.append(FRAMES.format(n=len(frames), names=", ".join(frames[:_NAMED])))
        return said


def _is_ornament(element: Any) -> bool:
    source = element.get("src") or ""
    sizes = [size for side in ("width", "height") if (size := _size(element, side)) is not None]
    if sizes and min(sizes) < _LEAST:
        return True
    inside = source.startswith("data:")
    if inside and len(source) < _LEAST_DATA:
        return True
    told = " ".join((element.get("class") or "", element.get("id") or "", "" if inside else source[-300:]))
    if _ORNAMENT.search(told):
        return True
    above = element.getparent()
    for _ in range(_FAR):
        if above is None:
            return False
        if above.tag == "a":  # a link elsewhere is an advertisement or a menu; one to the picture itself enlarges it
            return not _PICTURE.search((above.get("href") or "")[-300:])
        if above.tag in ("button", "label"):
            return True
        above = above.getparent()
    return False


def _size(element: Any, side: str) -> int | None:
    """Pixels, None where they are not told."""
    styled = {k.lower(): v for k, v in _STYLED.findall((element.get("style") or "")[:2000])}
    for said in (styled.get(side), element.get(side)):
        found = _MEASURE.match(said) if said else None
        if found:
            return int(int(found[1]) * (4 / 3 if found[2] == "pt" else 1))
    return None


def _name(element: Any) -> str:
    said = " ".join((element.get("alt") or element.get("title") or "")[:1000].split())
    if any(map(str.isalpha, said)) and not _PICTURE.search(said):
        return f"«{shown_name(said.replace('/', ' '))[:_LONGEST]}»"
    source = element.get("src") or ""
    return "" if source.startswith("data:") else shown_name(unquote(re.split("[?#]", source[:4000])[0]))[:_LONGEST]
