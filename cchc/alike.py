"""Which items of two readings are the same, told by their words. Pure.

Likeness is Dice's coefficient over folded words and pairs of neighbouring words: 1 for the same words in the same
order, 0 for none in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from cchc.document_entries import EDITABLE, ReadKind
from cchc.model import Item, Plan
from cchc.text import words_only

Words = Counter[str]
# All pairs are compared up to this many; beyond, only those that share a word which few have.
_ALL_PAIRS = 40_000
_RARE = 30
# What an item says in words, beside its sentence: tells several figures of one sentence apart.
_SAYING = {
    "target": ("subject", "level", "group", "comparator", "value", "unit"),
    "task": ("content", "deadline_raw"),
    "measure": ("content",),
    "duty": ("agency", "content"),
}


class Pair(NamedTuple):
    """`old` and `new` are indices into the two sequences compared, `likeness` is from 0 to 1."""

    old: int
    new: int
    likeness: float


def items_of(plan: Plan) -> dict[ReadKind, Sequence[Item]]:
    """The items of a plan by kind."""
    return {"target": plan.targets, "task": plan.tasks, "measure": plan.measures, "duty": plan.duties}


def sentence(kind: str, item: Item) -> str:
    """The words of the document an item stands on."""
    said = getattr(item, "quote" if kind == "target" else "content")
    return str(said)


def snapshot(kind: str, item: Item) -> dict[str, Any]:
    """The fields of an item that can be put right, in JSON form."""
    return item.model_dump(mode="json", include=set(EDITABLE[kind]))


def plain(text: str) -> str:
    """Folded words without signs: what another copy of the same text has in common with it."""
    return words_only(text)


def words(kind: str, quote: str, fields: Mapping[str, Any]) -> Words:
    """What is compared of an item: the words of its sentence, and of its own fields."""
    found = _grams(quote)
    for name in _SAYING[kind]:
        value = fields.get(name)
        if value is not None and value != "" and value != quote:
            found.update(_grams(f"{value:g}" if isinstance(value, float) else str(value)))
    return found


def words_of(kind: str, item: Item) -> Words:
    """`words` of an item."""
    return words(kind, sentence(kind, item), {name: getattr(item, name) for name in _SAYING[kind]})


def _grams(text: str) -> Words:
    found = words_only(text).split()
    return Counter([*found, *(f"{a} {b}" for a, b in pairwise(found))])


def likeness(a: Words, b: Words) -> float:
    """From 0 (no word in common) to 1 (the same words in the same order)."""
    size = a.total() + b.total()
    return 2 * (a & b).total() / size if size else 1.0


def pairs(old: Sequence[Words], new: Sequence[Words], at_least: float) -> list[Pair]:
    """One partner at most for each, the most alike first; of equals the one nearest in order."""
    found = []
    for i, j in _candidates(old, new):
        score = likeness(old[i], new[j])
        if score >= at_least:
            found.append(Pair(i, j, score))
    scale = len(new) / max(len(old), 1)
    found.sort(key=lambda p: (-p.likeness, abs(p.old * scale - p.new), p.old, p.new))
    taken: tuple[set[int], set[int]] = (set(), set())
    kept = []
    for pair in found:
        if pair.old not in taken[0] and pair.new not in taken[1]:
            taken[0].add(pair.old)
            taken[1].add(pair.new)
            kept.append(pair)
    return kept


def _candidates(old: Sequence[Words], new: Sequence[Words]) -> Iterable[tuple[int, int]]:
    if len(old) * len(new) <= _ALL_PAIRS:
        return ((i, j) for i in range(len(old)) for j in range(len(new)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for j, said in enumerate(new):
        for gram in said:
            holders[gram].append(j)
    rare = {gram: found for gram, found in holders.items() if len(found) <= _RARE}
    return ((i, j) for i, said in enumerate(old) for j in {j for gram in said for j in rare.get(gram, ())})
