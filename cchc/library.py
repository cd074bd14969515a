"""Which documents this installation has: the files of the plans folder, and those taken in by officials.

The state of every file follows from the ledger (`DocumentRecord`): in, withdrawn, or replaced by another file. What was
read of a file is kept (`cchc.reads`), corrected by officials (`cchc.corrections`), and goes into the catalog.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from cchc import config, review
from cchc.corrections import Corrected, Reading, apply, gather, renamed
from cchc.document_entries import DocumentRecord, ReadingRecord, document_item
from cchc.entries import Entry
from cchc.facts import effective
from cchc.files import FileStore
from cchc.formats import NotAPlan
from cchc.formats.source import Format
from cchc.ledger import Ledger
from cchc.model import Plan
from cchc.reads import NOT_OPENED, Head, Reads

Origin = Literal["shipped", "imported"]
State = Literal["in", "withdrawn", "replaced"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is or was a document. `where` tells where it lies. `plan` is the id it stands under ("" for a file of
    the folder without a record: the id the reader makes). `replaced_by` is the hash of the file in its place. `by`,
    `role`, `at`, `note` tell who recorded its present state and when (UTC); empty for a file of the folder without a
    record."""

    sha256: str
    name: str
    where: Callable[[], Path]
    origin: Origin
    plan: str = ""
    label: str = ""
    state: State = "in"
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    by: str = ""
    role: str = ""
    at: dt.datetime | None = None
    note: str = ""
    entry: uuid.UUID | None = None  # the latest about its state
    size: int = 0  # bytes
    format: Format | None = None
    version: int = 0  # how many entries there are about the file

    def load(self) -> bytes:
        """The content. Raises OSError, or NotAPlan when it is not what was taken in."""
        data = self.where().read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise NotAPlan(CHANGED_ON_DISK)
        return data


_standings: dict[tuple[object, ...], Standing] = {}  # of documents with corrections: applying them takes milliseconds
_MOST_STANDINGS = 2000
CHANGED_ON_DISK = "Tệp trên máy chủ không còn như lúc được nhập; hãy nhập lại tệp này."


@dataclass(frozen=True, slots=True)
class Standing:
    """How many items a document has with its corrections, how many of them a person should look at, and how many
    corrections found no place."""

    targets: int
    tasks: int
    measures: int
    duties: int
    review: int
    loose: int = 0


class Library:
    """The documents as of one moment. Nothing is read until it is asked for."""

    def __init__(
        self,
        files: Iterable[Path],
        reads: Reads,
        entries: Iterable[Entry] = (),
        path_of: Callable[[str], Path] | None = None,
    ) -> None:
        """`files` are those of the plans folder, `entries` the ledger's about documents and readings in order,
        `path_of` tells where a taken-in file lies (`FileStore.path`)."""
        self.reads = reads
        self.problems: list[tuple[str, str]] = []  # (file name, message) of files that cannot even be opened
        entries = [_light(entry, path_of) for entry in entries]
        self._files, self._path_of, self._entries = tuple(files), path_of, entries
        self.readings = gather(entries)
        self.seq = entries[-1].seq if entries else 0  # of the latest entry about documents
        self._versions = Counter(e.item_id for e in entries)
        self._head = entries[-1].hash if entries else ""
        self.all: tuple[Document, ...] = tuple(
            d if d.version == (known := self._versions[document_item(d.sha256)]) else replace(d, version=known)
            for d in _stand(self._shipped(self._files), entries, path_of)
        )
        self._by_hash = {d.sha256: d for d in self.all}
        self._readings: dict[str, list[Reading]] | None = None

    def _shipped(self, files: Iterable[Path]) -> list[Document]:
        found = []
        for path in sorted(files, key=lambda p: p.name):
            try:
                data = path.read_bytes()
                sha256, size = hashlib.sha256(data).hexdigest(), len(data)
            except OSError:
                self.problems.append((path.name, NOT_OPENED))
            else:
                found.append(Document(sha256, path.name, partial(Path, path), "shipped", size=size))
        return found

    def with_later(self, entries: Iterable[Entry]) -> Library:
        """The library as it is after more entries, those in the ledger after `seq`."""
        return Library(self._files, self.reads, [*self._entries, *entries], self._path_of)

    @property
    def documents(self) -> list[Document]:
        """Those that are shown."""
        return [d for d in self.all if d.state == "in"]

    @property
    def version(self) -> str:
        """Equal versions have the same documents with the same corrections."""
        digest = hashlib.sha256()
        for d in self.all:
            if d.origin == "shipped":
                digest.update(f"{d.name}\0{d.sha256}\n".encode("utf-8", "surrogateescape"))
        for name, _ in self.problems:
            digest.update(f"{name}\0-\n".encode("utf-8", "surrogateescape"))
        # The chained hash of the latest entry stands for all before it.
        digest.update(f"{self.seq}\0{self._head}".encode() if self.seq else b"")
        return digest.hexdigest()

    def get(self, sha256: str) -> Document | None:
        """The document of a file, in any state."""
        return self._by_hash.get(sha256)

    def versions(self, records: Iterable[ReadingRecord]) -> dict[str, int]:
        """The versions of the items these corrections would be recorded under (see `importing.correct`)."""
        return {r.own_item: self._versions[r.own_item] for r in records}

    def lineage(self, sha256: str) -> set[str]:
        """The file and all it takes the place of, directly or through others."""
        found: set[str] = set()
        waiting = [sha256]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                known = self._by_hash.get(one)
                waiting += known.replaces if known else ()
        return found

    def read_all(
        self, step: Callable[[int, int], None] | None = None, of: Sequence[Document] | None = None
    ) -> dict[str, str]:
        """Reads what was not read yet of the documents shown, or of those named; returns for each file (hash) that
        gives no plan why, in Vietnamese. `step` is told how many of how many are done."""
        wanted = self.documents if of is None else of
        failed: dict[str, str] = {}
        for n, (sha256, made) in enumerate(self.reads.plans((d.sha256, d.load, d.name) for d in wanted), 1):
            if isinstance(made, NotAPlan):
                failed[sha256] = str(made)
            if step is not None:
                step(n, len(wanted))
        return failed

    def known(self) -> dict[str, tuple[bytes, ...]]:
        """By what each document that is shown is known again (`identity.identities` under the id the reader makes), by
        the hash of its file; unreadable ones are left out."""
        found = self.reads.known()
        for document in self.documents:
            if document.sha256 not in found and self.own_head(document) is not None:
                found[document.sha256] = self.reads.keys(document.sha256)
        return found

    def own_head(self, document: Document) -> Head | None:
        """The head of a document under the id the reader makes; None when it cannot be read."""
        found = self.reads.head(document.sha256)
        if found is None:
            try:
                self.as_read(document)
            except NotAPlan:
                return None
            found = self.reads.head(document.sha256)
        return found

    def head(self, document: Document) -> Head | None:
        """The head of a document under its own id, corrections not applied; None when it cannot be read."""
        found = self.own_head(document)
        if found is None or not document.plan or found.info.id == document.plan:
            return found
        return replace(found, info=found.info.model_copy(update={"id": document.plan}))

    def as_read(self, document: Document) -> Plan:
        """What the reader makes of a document, under its own id. Raises NotAPlan."""
        plan = self.reads.plan(document.sha256, document.load, document.name)
        return renamed(plan, document.plan) if document.plan else plan

    def corrected(self, document: Document) -> Corrected:
        """A document with its corrections. Raises NotAPlan."""
        return apply(self.as_read(document), self.readings_of(document))

    def standing(self, document: Document) -> Standing:
        """What there is of a readable document, corrections applied. Raises NotAPlan."""
        readings = self.readings_of(document)
        if not readings:
            head = self.head(document)
            if head is None:
                raise NotAPlan(NOT_OPENED)
            return Standing(head.targets, head.tasks, head.measures, head.duties, head.review)
        last = (document.sha256, document.plan, self.reads.folder, tuple(r.entry for r in readings))
        if last not in _standings:
            found = self.corrected(document)
            plan = found.plan
            sizes = (len(plan.targets), len(plan.tasks), len(plan.measures), len(plan.duties))
            if len(_standings) > _MOST_STANDINGS:
                _standings.clear()
            _standings[last] = Standing(*sizes, review.count(plan), len(found.loose))
        return _standings[last]

    def readings_of(self, document: Document) -> Sequence[Reading]:
        """The corrections of a document, in order: those made on its file, on a file it replaced, or on the same plan
        in a file that is gone."""
        if not self.readings:
            return ()
        if self._readings is None:
            self._readings = self._homes()
        return self._readings.get(document.sha256, ())

    def homeless(self) -> Sequence[Reading]:
        """Corrections of documents that are not here (withdrawn, removed from the folder), in order."""
        if self._readings is None:
            self._readings = self._homes()
        return self._readings.get("", ())

    def _homes(self) -> dict[str, list[Reading]]:
        by_file: dict[str, str] = {}
        by_plan: dict[str, str] = {}
        documents = self.documents
        for d in documents:
            for sha256 in self.lineage(d.sha256):
                by_file.setdefault(sha256, d.sha256)
        by_file |= {d.sha256: d.sha256 for d in documents}
        if any(reading.said.sha256 not in by_file for reading in self.readings):  # only then ids are asked
            for d in documents:
                head = self.head(d)
                if head is not None:
                    by_plan.setdefault(head.info.id, d.sha256)
        homes: dict[str, list[Reading]] = {}
        for reading in self.readings:
            home = by_file.get(reading.said.sha256) or by_plan.get(reading.said.plan) or ""
            homes.setdefault(home, []).append(reading)
        return homes


def _light(entry: Entry, path_of: Callable[[str], Path] | None) -> Entry:
    """The entry with the document in the place of the record, which takes three times as much memory."""
    said = entry.payload
    return replace(entry, payload=_document(said, entry, path_of)) if isinstance(said, DocumentRecord) else entry


def _document(said: DocumentRecord, last: Entry, path_of: Callable[[str], Path] | None) -> Document:
    where = partial(path_of, said.file.sha256) if path_of else partial(Path, said.file.name)
    return Document(
        said.file.sha256, said.file.name, where, "imported", said.plan, said.label,
        "withdrawn" if said.withdrawn else "in", said.replaces, "", last.author, last.role, last.recorded_at,
        said.note, last.id, said.file.size, said.format, last.version,
    )  # fmt: skip


def _stand(
    shipped: Sequence[Document], entries: Sequence[Entry], path_of: Callable[[str], Path] | None
) -> Iterable[Document]:
    """All documents with their state: files of the folder by name, then the others in the order they were first taken
    in."""
    latest: dict[str, tuple[int, Document]] = {}
    for each in effective(entries):
        said, last = each.payload, each.last
        if isinstance(said, DocumentRecord):  # in a correction
            said = _document(said, last, path_of)
        if isinstance(said, Document):
            before = latest.get(said.sha256)
            if before is None or last.seq > before[0]:
                latest[said.sha256] = (last.seq, said)
    in_place: dict[str, str] = {}
    # The latest says who takes whose place: a file taken in again is not replaced by what once replaced it.
    for seq, document in sorted(latest.values(), key=lambda pair: pair[0]):
        if document.state == "in":
            for old in document.replaces:
                if latest.get(old, (0, None))[0] < seq:
                    in_place[old] = document.sha256
    merged = [
        replace(latest[d.sha256][1], where=d.where, name=d.name, origin="shipped") if d.sha256 in latest else d
        for d in shipped
    ]
    here = {d.sha256 for d in shipped}
    for document in [*merged, *(d for _, d in latest.values() if d.sha256 not in here)]:
        if document.state == "in" and document.sha256 in in_place:
            yield replace(document, state="replaced", replaced_by=in_place[document.sha256])
        else:
            yield document


def of_files(files: Iterable[Path], reads: Reads) -> Library:
    """A library of files alone."""
    return Library(files, reads)


_reads: dict[Path, Reads] = {}


def current() -> Library:
    """The documents of this installation as of the last `office.refresh`. Raises LedgerError when the ledger could
    never be read."""
    from cchc import office  # stands beside this module: it knows which ledger is in use

    progress = office.get_progress()
    folder = config.data_dir() / "read"
    reads = _reads.setdefault(folder, Reads(folder))
    return _installed(office.get_ledger(), reads, progress.documents())


def recorded(ledger: Ledger, before: Library | None = None) -> Library:
    """The documents of this installation as its ledger has them now: for a command, which needs nothing else that is
    recorded and should not hold it. `before` is what it was given earlier: only entries after that are read then.
    Raises LedgerError."""
    if before is not None:
        return before.with_later(ledger.each_of_kind("document", "reading", after=before.seq))
    reads = Reads(config.data_dir() / "read", remember=False)
    return _installed(ledger, reads, ledger.each_of_kind("document", "reading"))


def _installed(ledger: Ledger, reads: Reads, entries: Iterable[Entry]) -> Library:
    return Library(config.plan_files(), reads, entries, FileStore(kind=ledger.kind).path)


def by_plan(library: Library) -> Mapping[str, Document]:
    """The documents that are shown, by the id they stand under; unreadable ones are left out."""
    found: dict[str, Document] = {}
    for document in library.documents:
        head = library.head(document)
        if head is not None:
            found.setdefault(head.info.id, document)
    return found
