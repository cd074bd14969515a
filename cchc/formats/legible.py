"""Do the letters of a page say anything? PDF files may carry letters whose meaning is lost: a font without a table of
its letters gives signs by their numbers, a wrong table gives other letters. The page looks right, its text is junk."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cchc.formats.oldfonts import is_syllable

_EDGES = re.compile(r"\A[^\w\ufffd\ue000-\uf8ff\x00-\x1f]+|[^\w\ufffd\ue000-\uf8ff\x00-\x1f]+\Z")
_ADDRESS = re.compile(r"[\d@./&_:'’]")  # codes, numbers, addresses: no syllables, and nothing wrong with them
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f\x7f-\x9f]")
_TORN = re.compile(r"""[^\W\d_]["#$%*<=>?\\^`{|}~][^\W\d_]""")  # no sign stands between letters
_FEWEST = 12  # words that are enough to judge by
# Shares of words that are no syllables, and of words that cannot be. Of 200 words in a row of any of the 140 composed
# and real documents at most 4 % are no syllables (names of places in Đắk Lắk, signs of mark-up).
_DOUBTED, _GARBLED = (0.15, 0.08), (0.75, 0.3)


@dataclass(frozen=True, slots=True)
class Legibility:
    """Of `words` words, `odd` are no Vietnamese syllables (names, foreign words and junk), `lost` among them cannot be
    words of any language an office writes."""

    words: int
    odd: int
    lost: int

    @property
    def is_doubted(self) -> bool:
        """Whether a look at the picture of the page is worth while. Pages of foreign names are doubted too."""
        return self._beyond(*_DOUBTED)

    @property
    def is_garbled(self) -> bool:
        """Whether nothing of it can be believed."""
        return self._beyond(*_GARBLED)

    def is_worse_than(self, other: Legibility) -> bool:
        """Whether `other` is plainly the better reading of the same page."""
        return other.words * 2 >= _FEWEST and self.odd * other.words > 2 * other.odd * self.words

    def _beyond(self, odd: float, lost: float) -> bool:
        return self.words >= _FEWEST and (self.odd > odd * self.words or self.lost > lost * self.words)


def legibility(words: Iterable[str]) -> Legibility:
    """How much of the words can be Vietnamese. Numbers, codes, addresses and abbreviations are not counted."""
    kinds = Counter(map(_kind, words))
    odd = kinds["odd"] + kinds["lost"]
    return Legibility(kinds["syllable"] + odd, odd, kinds["lost"])


@lru_cache(maxsize=8192)
def _kind(word: str) -> Literal["syllable", "odd", "lost", "none"]:
    bare = _EDGES.sub("", word)
    if len(bare) < 2:
        return "none"
    if _is_lost(bare):
        return "lost"
    if _ADDRESS.search(bare) or (bare.isascii() and bare.isupper()) or not any(map(str.isalpha, bare)):
        return "none"
    return "syllable" if all(is_syllable(part) for part in bare.lower().split("-") if part) else "odd"


def _is_lost(word: str) -> bool:
    return bool(_LOST.search(word) or _TORN.search(word)) or any(
        char > "\u024f" and char.isalpha() and not unicodedata.name(char, "").startswith("LATIN") for char in word
    )
