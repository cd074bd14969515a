"""Text as it was typed before Unicode: the other way round than the reader converts, by tables of its own."""

from __future__ import annotations

import unicodedata

_TONES = "\u0300\u0301\u0309\u0303\u0323"
# TCVN 5712:1993, table 3: vowel, then grave, acute, hook, tilde, dot. Capitals with a tone have no place of their own
# (fonts ending in H show small letters as capitals).
_TCVN3 = {
    "a": "aµ¸¶·¹", "ă": "¨»¾¼½Æ", "â": "©ÇÊÈÉË", "e": "eÌÐÎÏÑ", "ê": "ªÒÕÓÔÖ", "i": "i×ÝØÜÞ", "o": "oßãáâä",
    "ô": "«åèæçé", "ơ": "¬êíëìî", "u": "uïóñòô", "ư": "\u00adõøö÷ù", "y": "yúýûüþ",
}  # fmt: skip
_TCVN3_CAPITALS = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§", "đ": "®"}
_VNI_TONES = dict(zip(_TONES, "øùûõï", strict=True))
_VNI_HAT = dict(zip(_TONES, "àáåãä", strict=True))
_VNI_BREVE = dict(zip(_TONES, "èéúüë", strict=True))
_VNI_I = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def _parts(char: str) -> tuple[str, str]:
    """The letter with its hat or horn, and its tone."""
    pieces = unicodedata.normalize("NFD", char)
    tone = next((c for c in pieces if c in _TONES), "")
    return unicodedata.normalize("NFC", pieces.replace(tone, "") if tone else pieces), tone


def as_tcvn3(text: str) -> str:
    out = []
    for char in text:
        base, tone = _parts(char)
        if char in _TCVN3_CAPITALS:
            out.append(_TCVN3_CAPITALS[char])
        elif base.lower() in _TCVN3 and (tone or (base not in _TCVN3_CAPITALS and base.islower())):
            out.append(_TCVN3[base.lower()][_TONES.index(tone) + 1 if tone else 0])
        else:
            out.append(char)
    return "".join(out)


def as_vni(text: str) -> str:
    out = []
    for char in text:
        low = char.lower()
        if low in _VNI_I:
            made = _VNI_I[low]
        else:
            base, tone = _parts(low)
            bare = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö"}.get(base, base)
            if base in ("â", "ê", "ô"):
                made = bare + (_VNI_HAT[tone] if tone else "â")
            elif base == "ă":
                made = bare + (_VNI_BREVE[tone] if tone else "ê")
            else:
                made = bare + (_VNI_TONES[tone] if tone else "")
        out.append(made.upper() if char.isupper() else made)
    return "".join(out)


def as_cp1258(text: str) -> bytes:
    """As Windows wrote it: the letter with its hat, then the tone as a mark of its own."""
    out = []
    for char in text:
        base, tone = _parts(char)
        out.append((base + tone).encode("cp1258"))
    return b"".join(out)
