"""No pattern of the reader or of the formats takes more than linear time, on text made to be hard on it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, islice

import pytest

from cchc import text as text_
from tests.reading.patterns import collected, hard_texts

LENGTH = 6000
LOOK = 0.008  # seconds of processor time from which a text is looked at again; bounded look-aheads stay below
MOST = 7.0  # linear time is four times as long for four times the text, quadratic sixteen times
FLAT = 2.0  # below this the longer text takes hardly more: the measure of the quarter would have to be off eightfold


stored = lru_cache(1000)(text_.stored)  # most texts are the same for every pattern: without this, most of the time


def seconds(work: Callable[[str], object], text: str, rounds: int) -> float:
    """The least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)


def growth(pattern: re.Pattern[str], text: str, searched: bool = True, whole: bool = False) -> float:
    """How many times longer the text takes than its first quarter, where that is not in proportion; else 0. Where a
    bounded look-ahead is not yet in its stride, four times the text tells. `whole`: also for fitting to the end."""
    long, short = stored(text), stored(text[: len(text) // 4] + "\x01")
    # A search begins with the match at the first letter: where it is quick, so is that.
    for work in (pattern.search if searched else pattern.match, *((pattern.fullmatch,) if whole else ())):
        once = seconds(work, long, 1)
        # Most that take long take as long for the quarter (what repeats is bounded): one look is enough to see that.
        if once <= LOOK or once <= FLAT * seconds(work, short, 1) or (took := seconds(work, long, 3)) <= LOOK:
            continue
        times = took / seconds(work, short, 5)
        if times > MOST and (took > 1 or seconds(work, stored(text[:-1] * 4 + "\x01"), 1) / took > MOST):
            return times
    return 0.0


def test_the_measure_finds_a_pattern_that_is_not_linear() -> None:
    for bad in (r"\d+,", r"(?:a|b)*c", r"[\w ]*:", r"(?:và |với )+x", r"\(.*\)"):
        # What is found in half the length is found in the whole, and takes a quarter of the time.
        texts = chain.from_iterable(hard_texts(bad, 0, length) for length in (LENGTH // 2, LENGTH))
        assert any(growth(re.compile(bad), text) for text in texts), bad
    for good in (r"\d{1,9},", r"(?:a|b){0,9}c", r"x[^;.]{0,120}y"):
        assert not any(growth(re.compile(good), text) for text in islice(hard_texts(good, 0, LENGTH), 60)), good
    bad = re.compile(r"[,\s]*(?:và|[,\s])*")  # begins at once, but asks often whether it ends with the text
    text = ", " * (LENGTH // 4) + "\x01"
    assert not growth(bad, text)
    assert growth(bad, text, whole=True)


# Patterns that are searched for only within some characters, by the code's own bounds: name and why.
BOUNDED = {
    "_LEAD": "amounts.py: within the window before a figure",
}


@pytest.mark.timeout(900)
def test_every_pattern_takes_time_in_proportion() -> None:
    found = collected()
    assert len(found) > 300
    slow = []
    for one in found:
        compiled = re.compile(one.pattern, one.flags)
        texts = hard_texts(one.pattern, one.flags, LENGTH) if one.name not in BOUNDED else ()
        for text in dict.fromkeys(texts):  # the branches of a pattern often give the same
            times = growth(compiled, text, one.searched, one.whole)
            if times:
                slow.append(
                    f"{one.place} {one.name}: {times:.0f} times for four times {text[:40]!r}: {one.pattern[:60]}"
                )
                break
    assert slow == []
