"""The process's copy of the ledger: pulls what is new, keeps the facts of the days that are asked for.

One for each ledger and process, shared by all threads. `version` names the state: equal versions give equal facts, so
together with the catalog's hash it is the key of every cache.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping

from cchc.corrections import follow, links_of
from cchc.entries import APART, Entry
from cchc.facts import Facts, fold
from cchc.ledger import Ledger

KEPT_DAYS = 8  # reporting dates kept in memory, the least recently used is dropped first


class Progress:
    """Facts from a ledger that is still being written to, also by others."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._seq = 0
        self._by_item: dict[str, list[Entry]] = {}
        # For each day the facts, and the number of the latest entry they contain.
        self._days: OrderedDict[dt.date, tuple[int, dict[str, Facts]]] = OrderedDict()
        self._changed: list[str] = []  # the item of every entry: entry n stands at n - 1
        self._people: list[Entry] = []
        self._documents: list[Entry] = []
        self._links: Mapping[str, str] = {}
        self._answers: list[Entry] = []
        self._feeds: list[Entry] = []

    @property
    def version(self) -> str:
        """The state as last pulled: the ledger and the number of its latest entry."""
        return f"{self._ledger.kind}-{self._ledger.id[:8]}-{self._seq}"

    @property
    def is_demo(self) -> bool:
        return self._ledger.kind == "demo"

    def pull(self) -> str:
        """Reads what was recorded since the last time and returns the version. Raises LedgerError when the ledger
        cannot be read; what was read before stays usable."""
        with self._lock:
            linking = False
            for entry in self._ledger.since(self._seq):
                item = self._belongs(entry.item_id)
                self._by_item.setdefault(item, []).append(entry)
                self._changed.append(item)
                if entry.item_id.startswith("person:"):
                    self._people.append(entry)
                elif entry.item_id.startswith(("document:", "reading:")):
                    self._documents.append(entry)
                    linking = linking or entry.item_id.startswith("reading:")
                elif entry.item_id.startswith("answer:"):
                    self._answers.append(entry)
                elif entry.item_id.startswith("feed:"):
                    self._feeds.append(entry)
                self._seq = entry.seq
            if linking:
                self._follow_links()
            return self.version

    def _belongs(self, item_id: str) -> str:
        return follow(self._links, item_id)

    def _follow_links(self) -> None:
        links = links_of(self._documents)
        if links == self._links:
            return
        self._links = links
        every = sorted((e for found in self._by_item.values() for e in found), key=lambda e: e.seq)
        self._by_item = {}
        for entry in every:
            self._by_item.setdefault(self._belongs(entry.item_id), []).append(entry)
        self._changed = [self._belongs(entry.item_id) for entry in every]
        self._days.clear()

    def facts(self, as_of: dt.date, known_at: dt.datetime | None = None) -> Mapping[str, Facts]:
        """The facts of every item on a day, as of the last `pull`; not to be changed by the caller. `known_at` gives
        them as they were known at a moment (computed anew each time)."""
        with self._lock:
            if known_at is not None:
                every = (e for found in self._by_item.values() for e in found)
                return fold(every, as_of, known_at, self._belongs)
            seq, kept = self._days.get(as_of, (0, {}))
            items = set(self._changed[seq:])
            if items:
                fresh = fold((e for item in items for e in self._by_item[item]), as_of, None, self._belongs)
                kept = {**kept, **fresh}
            self._days[as_of] = (self._seq, kept)
            self._days.move_to_end(as_of)
            while len(self._days) > KEPT_DAYS:
                self._days.popitem(last=False)
            return kept

    def history(self, item_id: str) -> tuple[Entry, ...]:
        """All entries of an item as of the last `pull`, oldest first, with those of former ids linked to it."""
        with self._lock:
            return tuple(self._by_item.get(item_id, ()))

    def documents(self) -> tuple[Entry, ...]:
        """All entries about documents and what was read of them as of the last `pull`, oldest first (for
        `library.Library`)."""
        with self._lock:
            return tuple(self._documents)

    @property
    def documents_version(self) -> tuple[str, int]:
        """The ledger, and the number of its latest entry about documents: what the catalog depends on."""
        with self._lock:
            return f"{self._ledger.kind}-{self._ledger.id}", self._documents[-1].seq if self._documents else 0

    @property
    def links(self) -> Mapping[str, str]:
        """Former id -> id of the items whose entries an official linked to another item."""
        return self._links

    def items(self) -> tuple[str, ...]:
        """The ids of the items of documents that have entries, links followed."""
        with self._lock:
            return tuple(item for item in self._by_item if not item.startswith(APART))

    def people(self) -> tuple[Entry, ...]:
        """All entries about people as of the last `pull`, oldest first (for `access.people`)."""
        with self._lock:
            return tuple(self._people)

    def answers(self) -> tuple[Entry, ...]:
        """All answers for scores as of the last `pull`, oldest first (for `answers.given`)."""
        with self._lock:
            return tuple(self._answers)

    def feed_keys(self) -> tuple[Entry, ...]:
        """All entries about keys of calendars as of the last `pull`, oldest first (for `access.feed_holder`)."""
        with self._lock:
            return tuple(self._feeds)

    def entries(self) -> tuple[Entry, ...]:
        """All entries as of the last `pull`, oldest first: the audit log."""
        with self._lock:
            found = [e for entries in self._by_item.values() for e in entries]
        return tuple(sorted(found, key=lambda e: e.seq))
