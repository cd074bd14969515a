"""What changed between two readings of a document. Pure.

Items are matched by id first (an id is made of what the document says, so an unchanged item keeps it), then by
likeness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc import alike
from cchc.document_entries import EDITABLE, INFO_FIELDS, ReadKind
from cchc.model import Item, Plan

SIMILAR = 0.55  # from here on two items are one whose words changed


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else now; values as the models hold them (dates as dates). `field` is a name of
    `document_entries.EDITABLE` or `INFO_FIELDS`, or "quote" for the sentence itself."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in both: what it was, what it is, and the fields that differ."""

    kind: ReadKind
    old: Item
    new: Item
    fields: tuple[FieldChange, ...]
    likeness: float = 1.0


@dataclass(frozen=True, slots=True)
class Revision:
    """The way from an old plan to a new one. `same` counts the items without a change, `info` what the document says of
    itself."""

    added: tuple[tuple[ReadKind, Item], ...]
    removed: tuple[tuple[ReadKind, Item], ...]
    changed: tuple[ItemChange, ...]
    same: int
    info: tuple[FieldChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both have the same items saying the same."""
        return not (self.added or self.removed or self.changed)

    @property
    def in_common(self) -> float:
        """The share (0 to 1) of all items that both have, changed or not; 1 when neither has any."""
        both = self.same + len(self.changed)
        every = both + max(len(self.added), len(self.removed))
        return both / every if every else 1.0

    @property
    def links(self) -> Mapping[str, str]:
        """Old id to new id of the items whose words, and so whose id, changed: where entries would go on once an
        official agrees."""
        return {c.old.id: c.new.id for c in self.changed if c.old.id != c.new.id}


def diff(old: Plan, new: Plan) -> Revision:
    """What changed from `old` to `new`. The plans may stand under different ids."""
    added: list[tuple[ReadKind, Item]] = []
    removed: list[tuple[ReadKind, Item]] = []
    changed: list[ItemChange] = []
    same = 0
    news = alike.items_of(new)
    for kind, olds in alike.items_of(old).items():
        by_key = {key(item.id): item for item in news[kind]}
        matched: list[tuple[Item, Item, float]] = []
        rest_old = []
        for item in olds:
            found = by_key.pop(key(item.id), None)
            if found is None:
                rest_old.append(item)
            else:
                matched.append((item, found, 1.0))
        rest_new = [item for item in news[kind] if key(item.id) in by_key]
        found_pairs = alike.pairs(
            [alike.words_of(kind, i) for i in rest_old], [alike.words_of(kind, i) for i in rest_new], SIMILAR
        )
        matched += [(rest_old[p.old], rest_new[p.new], p.likeness) for p in found_pairs]
        for a, b, score in matched:
            fields = _fields(kind, a, b)
            if fields:
                changed.append(ItemChange(kind, a, b, fields, score))
            else:
                same += 1
        gone, come = {p.old for p in found_pairs}, {p.new for p in found_pairs}
        removed += [(kind, item) for n, item in enumerate(rest_old) if n not in gone]
        added += [(kind, item) for n, item in enumerate(rest_new) if n not in come]
    changed.sort(key=lambda c: c.new.start)
    info = tuple(
        FieldChange(name, was, now)
        for name in INFO_FIELDS
        if _form(was := getattr(old.plan, name)) != _form(now := getattr(new.plan, name))
    )
    return Revision(tuple(added), tuple(removed), tuple(changed), same, info)


def key(item_id: str) -> str:
    """The part of an item's id that does not depend on the document's."""
    return item_id.rpartition(".")[2]


def _fields(kind: ReadKind, old: Item, new: Item) -> tuple[FieldChange, ...]:
    found = [
        FieldChange(name, was, now)
        for name in EDITABLE[kind]
        if _form(was := getattr(old, name)) != _form(now := getattr(new, name))
    ]
    if kind == "target" and _form(alike.sentence(kind, old)) != _form(alike.sentence(kind, new)):
        found.append(FieldChange("quote", alike.sentence(kind, old), alike.sentence(kind, new)))
    return tuple(found)


def _form(value: Any) -> Any:
    """What counts as the same: dashes, blanks and tone placement of another copy do not matter."""
    if isinstance(value, str):
        return alike.plain(value) or value
    if isinstance(value, tuple):
        return tuple(_form(v) for v in value)
    return value
