"""Vietnamese text: one stored form, one form for matching, one folded form for searching.

`stored` is what the catalog keeps and every span points into. `matching` has the same length, so a rule's
offsets are offsets of the stored text. `folded` is for searching and comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Both tone placements are in daily use for open syllables (hòa = hoà, thủy = thuỷ, khỏe = khoẻ). The newer one (tone
# on the second vowel) becomes the older one. Closed syllables ("hoàn") have one spelling; "qu" is a consonant ("quý").
_OLD_TONE = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
# What comes before is looked at last: the search then runs from «o» to «u» instead of stopping at every letter.
_NEW_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)(?<!q..)", re.DOTALL)


def _same_length_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(0x20, 0x3000):
        char = chr(code)
        low = char.lower()
        if len(low) == 1 and low != char:
            table[code] = low
    blanks = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
    for char in blanks + "\u2028\u2029":
        table[ord(char)] = " "
    for char in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        table[ord(char)] = " "
    for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        table[ord(char)] = "-"
    for char in "“”„‟«»″":
        table[ord(char)] = '"'
    for char in "‘’‚‛′":
        table[ord(char)] = "'"
    table[ord("％")] = "%"
    table[ord("…")] = "."
    return table


_SAME_LENGTH = _same_length_table()
# The signs of the table: `str.lower` does its letters faster, wherever it keeps the length.
_SIGNS = {chr(code): sign for code, sign in _SAME_LENGTH.items() if not chr(code).isalpha() and sign in " -\"'%."}
_SIGN = re.compile("[" + "".join(map(re.escape, _SIGNS)) + "]")


# What rules see as a blank: they look for words from each blank of a run on, so none is longer than real texts have.
_BLANK = r"[\s\u200b-\u200d\u2060\ufeff\u00ad*_]"
_LONG_BLANK = re.compile(rf"(?<!{_BLANK})({_BLANK}{{200}}){_BLANK}+")
_BLANKS = re.compile(rf"{_BLANK}{{8}}")  # of every 25th letter: no run of 201 blanks is without them


# Signs that begin the items of lists, for a class of a pattern: those of Unicode, and the private letters that stand
# for the signs of fonts of symbols (Word writes them, copies keep them).
BULLETS = "•●○◦▪▫■□◆◇❖►▶➢➤➔➜→⇒⮚✓✔❑❒☐§·\uf020-\uf0ff"

# Signs nobody sees, which programs put into words: where a word may be parted, which way it is written.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def stored(text: str) -> str:
    """The form that is kept: NFC, line ends as "\\n", no NUL, no lone surrogates, no signs without width, no more than
    200 blanks (or marks of emphasis) in a row."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "))
    if _BLANKS.search(text[::25]):
        text = _LONG_BLANK.sub(r"\1", text)
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def matching(text: str) -> str:
    """The form rules read: lower case, plain blanks, dashes and quotes, older tone placement.

    Has exactly the length of `text` (which should be in `stored` form): offsets are interchangeable.
    """
    return _matching_again(text) if len(text) <= 400 else _matching(text)


def _matching(text: str) -> str:
    low = text.lower()
    low = _SIGN.sub(lambda m: _SIGNS[m.group()], low) if len(low) == len(text) else text.translate(_SAME_LENGTH)
    return _NEW_TONE.sub(lambda m: _OLD_TONE[m.group()], low)


# The rules for tables ask for the form of the same cells over and over.
_matching_again = lru_cache(maxsize=4096)(_matching)


class _Folding(dict[int, str]):
    """What each letter folds to, found out when it first comes up (Unicode folds letter by letter)."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).casefold()).replace("đ", "d")
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        if code < 0x3000:  # no more than real texts use is kept
            self[code] = folded
        return folded


_FOLDING = _Folding()


class PerWord(dict[str, str]):
    """A form of texts that is made word by word and remembered, for few words make a language."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, word: str) -> str:
        made = self._form(word)
        if len(word) <= 24 and len(self) < 20_000:  # whatever texts hold, the memory is bounded
            self[word] = made
        return made

    def of(self, text: str) -> str:
        """The forms of a text's words with one blank between them; words without one are left out."""
        return " ".join(filter(None, map(self.__getitem__, text.split())))


_WORD = re.compile(r"\w+")
_FOLDED = PerWord(lambda word: word.translate(_FOLDING))
_BARE = PerWord(lambda word: " ".join(_WORD.findall(folded(word))))


def folded(text: str) -> str:
    """The form for searching: no accents, "đ" as "d", lower case, any run of blanks as one blank."""
    return _FOLDED.of(text)


def words_only(text: str) -> str:
    """Folded words without signs: dashes, quotes and blanks of another copy of the text change nothing."""
    return _BARE.of(text)
