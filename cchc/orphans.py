"""Entries whose item is no longer in the documents: shown for linking to another item, never dropped.

An item vanishes when its document is withdrawn or a new version says it in other words, and seldom when the reader
improves. `find` lists such entries with the items they may belong to; `link` records what an official decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cchc import access, alike, corrections, recording
from cchc.access import LOCAL_PERSON, Person
from cchc.config import today
from cchc.document_entries import LETTERS, ReadKind
from cchc.entries import Draft, Entry
from cchc.formats import NotAPlan
from cchc.items import KnownItem
from cchc.ledger import Ledger, Refused
from cchc.library import Document, Library
from cchc.model import Item, Plan
from cchc.progress import Progress
from cchc.revisions import key

SUGGESTED = 5
_KINDS: dict[str, ReadKind] = {letter: kind for kind, letter in LETTERS.items()}
_AT_LEAST = 0.3  # likeness from which an item is suggested
UNKNOWN_ITEM = "Không có nội dung này trong các văn bản."
STILL_HERE = "Nội dung này vẫn còn trong văn bản; không cần gắn sang nội dung khác."
WITHDRAWN = "văn bản đã được đưa ra"
STRUCK = "nội dung đã được loại khi rà soát"
GONE = "không còn trong văn bản"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item the entries may belong to; `likeness` from 0 to 1."""

    item_id: str
    label: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Orphan:
    """An item of the ledger that no document has. `words` is what it said ("": not known any more), `kind` what it was,
    `plan` the id of its document, `why` it is gone, in Vietnamese; `suggestions` the most alike first, `others` all
    other items of its document and kind."""

    item_id: str
    entries: tuple[Entry, ...]
    words: str
    kind: ReadKind | None
    plan: str
    why: str
    suggestions: tuple[Suggestion, ...]
    others: tuple[Suggestion, ...] = ()


def find(progress: Progress, items: Mapping[str, KnownItem], library: Library) -> list[Orphan]:
    """The entries without an item, in the order of their latest recording, the latest first."""
    gone = [item_id for item_id in progress.items() if item_id not in items]
    if not gone:
        return []
    past = _Past(library)
    by_kind: dict[tuple[str, str], list[KnownItem]] = {}
    for item in items.values():
        by_kind.setdefault((item.plan, item.kind), []).append(item)
    found = []
    for item_id in gone:
        plan_id = item_id.rpartition(".")[0]
        was = past.item(item_id)
        kind = was[0] if was else _kind(item_id)
        words = alike.sentence(*was) if was else ""
        candidates = by_kind.get((plan_id, kind or ""), []) or [
            i for (_, k), group in by_kind.items() if k == kind for i in group if key(i.id) == key(item_id)
        ]
        history, why = progress.history(item_id), past.why(item_id, plan_id)
        scored = _scored(item_id, words, candidates)
        alike_ones = tuple(s for s in scored if s.likeness >= _AT_LEAST)[:SUGGESTED]
        others = tuple(s for s in scored if s not in alike_ones)
        found.append(Orphan(item_id, history, words, kind, plan_id, why, alike_ones, others))
    return sorted(found, key=lambda o: o.entries[-1].seq, reverse=True)


def _kind(item_id: str) -> ReadKind | None:
    return _KINDS.get(key(item_id)[:1])


def _scored(item_id: str, words: str, candidates: Sequence[KnownItem]) -> list[Suggestion]:
    """All candidates, the most alike first."""
    wanted = alike.words("measure", words, {}) if words else None
    scored = []
    for item in candidates:
        same_key = key(item.id) == key(item_id)  # only the document's id changed
        score = alike.likeness(wanted, alike.words("measure", item.label, {})) if wanted is not None else 0.0
        scored.append(Suggestion(item.id, item.label, 1.0 if same_key else score))
    return sorted(scored, key=lambda s: -s.likeness)


class _Past:
    """What the documents said before: withdrawn and replaced files, struck items, what older readers made of them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._items: dict[str, tuple[ReadKind, Item]] = {}
        self._struck: set[str] = set()
        self._withdrawn: set[str] = set()
        for document in library.all:
            self._take(document)

    def _take(self, document: Document) -> None:
        if document.state == "in":
            if not self.library.readings_of(document):
                return  # nothing of it is struck
            try:
                corrected = self.library.corrected(document)
            except NotAPlan:
                return
            self._struck |= {s.item.id for s in corrected.struck}
            for struck in corrected.struck:
                self._items[struck.item.id] = (struck.kind, struck.item)
            return
        try:
            plan = self.library.as_read(document)
        except NotAPlan:
            return
        if document.state == "withdrawn":
            self._withdrawn.add(plan.plan.id)
        self._note(plan)

    def _note(self, plan: Plan) -> None:
        for kind, items in alike.items_of(plan).items():
            for item in items:
                self._items.setdefault(item.id, (kind, item))

    def item(self, item_id: str) -> tuple[ReadKind, Item] | None:
        """The kind and the item as it was; None when it is not known any more."""
        if item_id not in self._items:
            plan = self.library.reads.forgotten(item_id)
            if plan is not None:
                self._note(plan)
        return self._items.get(item_id)

    def why(self, item_id: str, plan_id: str) -> str:
        """Why it is gone."""
        if item_id in self._struck:
            return STRUCK
        return WITHDRAWN if plan_id in self._withdrawn else GONE


def link(ledger: Ledger, person: Person | None, library: Library, old_id: str, new_id: str, reason: str) -> Entry:
    """Records that the entries of `old_id` belong to `new_id` from now on. Raises AccessDenied, Refused (no such item,
    or the old one is still there), NotUsable (no reason given), LedgerError."""
    access.require(access.can(person, "edit_documents"))
    home: tuple[Document, Plan] | None = None
    for document in library.documents:
        head = library.head(document)
        if head is None or head.info.id not in (old_id.rpartition(".")[0], new_id.rpartition(".")[0]):
            continue
        plan = library.corrected(document).plan
        ids = {item.id for items in alike.items_of(plan).values() for item in items}
        if old_id in ids:
            raise Refused(STILL_HERE)
        if new_id in ids:
            home = document, plan
    if home is None:
        raise Refused(UNKNOWN_ITEM)
    said = corrections.link(home[1], home[0].sha256, old_id, new_id, reason)
    who = person or LOCAL_PERSON
    draft = Draft(item_id=said.own_item, payload=said, author=who.email, role=who.role, as_of=today())
    return recording.save(ledger, person, [draft], {})[0]
