"""Vietnamese typed for fonts older than Unicode: TCVN3 (.VnTime) and VNI (VNI-Times), told and converted.

Both put Vietnamese letters where Western fonts keep others, so the file shows "Céng hßa" or "Coäng hoøa". What is
Unicode already is never converted: a text is changed only where the result is Vietnamese and the text was not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

Coding = Literal["tcvn3", "vni"]

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
# VNI: a letter, then its marks as a second letter, here as combining marks.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _HAT, "à": _HAT + _GRAVE, "á": _HAT + _ACUTE,
    "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT, "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)
_VNI_SINGLE = re.compile(f"[{''.join(_VNI_LETTERS)}]", re.IGNORECASE)

# Runs of letters with everything the old codings use for letters (signs too).
_WORD = re.compile(r"[^\W\d_]{0,20}[\u00a1-\u00ff\u0102-\u1ef9\u0300-\u0323][\w\u00a1-\u00ff\u0300-\u0323]*")
_BEYOND = re.compile("[\u0100-\u0129\u0168-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")  # letters no old coding brings forth
_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
_VOWELS = (
    r"(?:uyê|uya|oai|oay|oeo|uôi|ươi|ươu|iêu|yêu|uây|ia|iê|ua|uô|ưa|ươ|ai|ay|ao|au|âu|ây|eo|êu|iu|oi|ôi|ơi|oa|oă|oe|ui|uy"
    r"|uâ|uê|uơ|ưi|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
_SYLLABLE = re.compile(rf"{_ONSET}{_VOWELS}(?:ng|nh|ch|c|m|n|p|t)?")
_TONES = re.compile(f"[{_GRAVE}{_ACUTE}{_HOOK}{_TILDE}{_DOT}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_ENOUGH = 3  # words that became Vietnamese before a line is believed to be old


def coding_of_font(name: str) -> tuple[Coding, bool] | None:
    """The coding a font was made for, and whether it shows small letters as capitals (".VnTimeH"); None for others."""
    low = name.lower().lstrip("@")
    if low.startswith(".vn"):
        return "tcvn3", low.endswith("h") and not low.endswith(("tech", "arabich"))
    if low.startswith(("vni-", "vni ")):
        return "vni", False
    return None


def convert(text: str, coding: Coding) -> str:
    """The text in Unicode (NFC), whatever it was: ask `coding_of` or `convert_run` first."""
    if coding == "tcvn3":
        return text.translate(_TCVN3_TABLE)
    text = _VNI_PAIR.sub(_paired, text)
    return unicodedata.normalize("NFC", _VNI_SINGLE.sub(lambda m: _single(m.group()), text))


def _paired(found: re.Match[str]) -> str:
    base, mark = found.groups()
    # The letter keeps its case; its marks are beyond what single letters below may change.
    plain = {"ô": "o" + _HORN, "ö": "u" + _HORN, "Ô": "O" + _HORN, "Ö": "U" + _HORN}.get(base, base)
    return plain + _VNI_MARKS[mark.lower()]


def _single(char: str) -> str:
    found = _VNI_LETTERS[char.lower()]
    return found if char.islower() else found.upper()


def convert_run(text: str, coding: Coding, capitals: bool = False, old: bool = True) -> str:
    """A run set in an old font: converted unless what stands there is Vietnamese in Unicode already.

    Short words may be Vietnamese either way ("các" and, converted, "cỏc"): for those `old` tells whether the document's
    runs in that font are old (`typed_old`).
    """
    if _BEYOND.search(text):
        return text
    made = convert(text, coding)
    gain = _balance(made) - _balance(text) if made != text else int(old)
    if gain < 0 or (gain == 0 and not old):
        return text
    return made.upper() if capitals else made


def typed_old(texts: Iterable[str], coding: Coding) -> bool:
    """Whether texts set in an old font are typed for it, or are Unicode that only kept the font's name (Word shows such
    runs in another font, so nobody notices)."""
    votes = 0
    for text in texts:
        if _BEYOND.search(text):
            votes -= 1
        elif not text.isascii():
            gain = _balance(convert(text, coding)) - _balance(text)
            votes += (gain > 0) - (gain < 0)
    return votes >= 0


def coding_of(text: str) -> Coding | None:
    """The old coding a piece of text is typed in, by content; None for Unicode and where too little tells."""
    if text.isascii() or _BEYOND.search(text):
        return None
    before = _balance(text)
    best: tuple[int, Coding | None] = (max(before, 0) + _ENOUGH - 1, None)
    for coding in ("tcvn3", "vni"):
        after = _balance(convert(text, coding))
        if after > best[0] and after - before >= _ENOUGH:
            best = after, coding
    return best[1]


def modernised(text: str) -> tuple[str, tuple[Coding, ...]]:
    """A text with its old parts in Unicode, and the codings found. A line goes by itself: Unicode beside it stays.

    Lines with too few words to tell are converted like the whole text where the whole is old.
    """
    if text.isascii():
        return text, ()
    lines = text.split("\n")
    unsure = [at for at, line in enumerate(lines) if not line.isascii() and not _BEYOND.search(line)]
    whole = coding_of(_sample([lines[at] for at in unsure]))
    found: dict[Coding, None] = {}
    for at in unsure:
        line = lines[at]
        coding = coding_of(line) or whole
        if coding is not None:
            made = convert_run(line, coding)
            if made != line:
                lines[at] = _in_capitals(made) if coding == "tcvn3" else made
                found[coding] = None
    return "\n".join(lines), tuple(found)


def _in_capitals(line: str) -> str:
    """A converted line as it looked. TCVN3 has no capitals with tones: a font of its own showed small letters as such,
    so headings come out as «CộNG HòA Xã HộI» where their font is no longer known."""
    words = _LETTERS.findall(line)
    if len(_CAPITAL.findall(line)) > 1 and not any(map(_SMALL.search, words)):
        return line.upper()
    return _LETTERS.sub(lambda m: m.group().upper() if _half_capital(m.group()) else m.group(), line)


def _half_capital(word: str) -> bool:
    """«CộNG», «ủY» beside other words; not «Xã», «Cơ», which may begin a sentence."""
    return not _SMALL.search(word) and (len(_CAPITAL.findall(word)) > 1 or (word[0].islower() and not word.islower()))


def _sample(lines: Sequence[str]) -> str:
    """As many of the lines as are enough to tell."""
    size = 0
    for count, line in enumerate(lines, 1):
        size += len(line)
        if size > 20000:
            return "\n".join(lines[:count])
    return "\n".join(lines)


def _balance(text: str) -> int:
    """Words with marks that are Vietnamese syllables, less those that are none."""
    return sum(1 if is_syllable(m.group().lower()) else -1 for m in _WORD.finditer(text))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word in small letters could be Vietnamese: onset, vowels, coda and at most one tone."""
    plain, tones = _TONES.subn("", unicodedata.normalize("NFD", word))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None
