"""Saving from a page: who it is now, the ledger in use, and the answer in words. Every way of «Cập nhật» ends here."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cchc import office, recording, who
from cchc.access import REFUSALS, AccessDenied, Identity
from cchc.entries import Draft, Entry
from cchc.ledger import Conflict, LedgerError

NOTHING_SAVED = "Chưa lưu gì. "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a save: the entries that are on disk now, or why there are none. With `changes` others recorded
    something on the same items meanwhile (item -> the entries the saver had not seen)."""

    entries: tuple[Entry, ...] = ()
    refusal: str = ""
    changes: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def saved(self) -> bool:
        return bool(self.entries)


def save(drafts: Sequence[Draft], expected: Mapping[str, int]) -> Outcome:
    """Records all drafts or none, as the person who is signed in at this very moment. `expected` are the versions of
    the items that were seen. An entry of the outcome is on disk."""
    try:
        office.refresh()  # a right withdrawn a moment ago counts
        identity = who.current()
        if identity.person is None:
            return Outcome(refusal=NOTHING_SAVED + identity.reason)
        links = office.get_progress().links
        known = office.document_items()
        entries = recording.save(office.get_ledger(), identity.person, drafts, known, expected, links)
    except Conflict as conflict:
        return Outcome(refusal=str(conflict), changes=conflict.changes)
    except (AccessDenied, LedgerError) as error:
        return Outcome(refusal=str(error))
    with contextlib.suppress(LedgerError):  # it is saved all the same; the next run of a page reads it
        office.refresh()
    return Outcome(tuple(entries))


def seen_since(changes: Mapping[str, tuple[Entry, ...]], expected: Mapping[str, int]) -> dict[str, int]:
    """The versions to save against once the changes were seen. Raises LedgerError when they cannot be read."""
    silent = [item for item, entries in changes.items() if not entries]
    known = office.get_ledger().versions(silent) if silent else {}
    return {**expected, **known, **{item: entries[-1].version for item, entries in changes.items() if entries}}


def recorder() -> Identity:
    """Who may record here, or why nobody may: nobody signed in, a viewer, a foreign machine without sign-in. Raises
    LedgerError when the table of people cannot be read."""
    identity = who.current()
    person = identity.person
    if person is not None and person.role == "viewer":
        return Identity(None, REFUSALS["record"])
    return identity
