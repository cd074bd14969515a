"""Taking documents in: the one way for the page and the command line.

`examine` reads files and tells what each is beside the documents that are there; nothing is stored. `record` stores the
files, then records them with their corrections in one transaction: who is killed in between leaves no document behind,
and what `record` returned is on disk.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from cchc import access, alike, config, corrections, identity, recording, revisions
from cchc.access import LOCAL_PERSON, Person
from cchc.corrections import Corrected, NotUsable, Reading
from cchc.document_entries import DocumentRecord, ReadingRecord, document_item
from cchc.entries import Correction, Draft, Entry, own_item
from cchc.entry_fields import MAX_SHORT, FileRef
from cchc.files import FileStore
from cchc.formats import NotAPlan
from cchc.formats.limits import check_size
from cchc.identity import Identity, identities, sought
from cchc.ledger import Ledger, Refused
from cchc.library import Document, Library
from cchc.model import Plan, PlanInfo
from cchc.periods import date_text
from cchc.reads import NOT_OPENED, Head
from cchc.revisions import Revision

Kind = Literal["new", "same_file", "again", "same_document", "new_version", "unreadable"]
Choice = Literal["take", "replace", "skip"]
Stage = Literal["read", "done"]

KIND_LABELS: dict[Kind, str] = {
    "new": "Văn bản mới",
    "same_file": "Tệp đã nhập",
    "again": "Tệp đã được đưa ra trước đây",
    "same_document": "Văn bản đã có",
    "new_version": "Bản khác của văn bản đã có",
    "unreadable": "Không đọc được",
}
TWIN_LABEL = "Trùng trong lượt này"
CHOICE_LABELS: dict[Choice, str] = {
    "take": "Nhập vào hệ thống",
    "replace": "Thay văn bản đã có",
    "skip": "Không nhập",
}
TAKE_BESIDE = "Nhập thành văn bản riêng"
REPLACE_TWIN = "Nhập thay tệp kia"
MESSAGES = {
    "new": "Văn bản chưa có trong hệ thống.",
    "same_file": "Tệp này đã có trong hệ thống: «{other}».",
    "withdrawn": "Tệp này đã được đưa ra ngày {day}; có thể nhập lại.",
    "replaced": "Tệp này đã được thay bằng tệp «{other}»; chỉ nhập lại khi muốn dùng bản này.",
    "same_document": "Cùng một văn bản với «{other}», nội dung đọc được như nhau; không cần nhập lần nữa.",
    "new_version": (
        "Cùng một văn bản với «{other}» nhưng nội dung khác: thêm {added}, bớt {removed}, sửa {changed} nội dung."
    ),
    "other": "Cùng số, ký hiệu với «{other}» nhưng nội dung khác hẳn; được coi là văn bản khác.",
    "twin": "Trùng với tệp «{other}» trong cùng lượt này.",
    "twin_document": (
        "Cùng một văn bản với tệp «{other}» trong cùng lượt này nên mặc định không nhập; có thể chọn nhập tệp này thay "
        "cho tệp kia."
    ),
    "twin_version": (
        "Cùng một văn bản với tệp «{other}» trong cùng lượt này nhưng nội dung khác: thêm {added}, bớt {removed}, sửa "
        "{changed} nội dung. Mặc định không nhập; có thể chọn nhập thay tệp kia hoặc thành văn bản riêng."
    ),
}
CHANGED_SINCE = "Văn bản «{name}» vừa được người khác nhập hoặc thay; hãy đọc lại các tệp rồi quyết định."
FILE_CHANGED = "Tệp «{name}» đã thay đổi sau khi đọc; hãy đọc lại tệp này."
NOT_ALLOWED = "Không thể chọn «{choice}» cho tệp «{name}»."
NOTHING = "Không có nội dung nào để ghi nhận."
ALREADY_OUT = "Văn bản này đã được đưa ra."
ALREADY_IN = "Văn bản này đang có trong hệ thống."
NO_REASON = "Cần nêu lý do đưa văn bản ra."
TAKEN_AGAIN = "Đưa văn bản vào lại."

_ALIEN = 0.2  # share of common items below which two documents of one number are taken for different ones
_ANYBODY = 2  # an authority of so few words («UBND tỉnh») tells nobody

Other = TypeVar("Other", "Document", "_InLot")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be examined: its name as given, and its content or where it lies."""

    name: str
    data: bytes | Path

    def load(self) -> bytes:
        """The content. Raises OSError."""
        return self.data.read_bytes() if isinstance(self.data, Path) else self.data


@dataclass(frozen=True, slots=True)
class Step:
    """How far `examine` is: file `n` of `total` (from 1) is taken up, or done. Several are read at once."""

    n: int
    total: int
    name: str
    stage: Stage


@dataclass(frozen=True)
class Examined:
    """What a file is. `of` is the document it is the same as or another version of, `twin` the name of the file of the
    same lot it repeats or competes with (`twin_of` its hash), `revision` what changes when it takes the place of `of`,
    `plan_id` the id it would stand under. `choices` are what can be done with it, `default` what is done when nothing
    is chosen."""

    name: str
    sha256: str
    size: int
    kind: Kind
    message: str
    head: Head | None = None
    of: Document | None = None
    twin: str = ""
    twin_of: str = ""
    revision: Revision | None = None
    plan_id: str = ""
    choices: tuple[Choice, ...] = ("skip",)
    default: Choice = "skip"
    incoming: Incoming | None = field(default=None, repr=False, compare=False)
    library: Library | None = field(default=None, repr=False, compare=False)

    @property
    def label(self) -> str:
        """What it is, in Vietnamese."""
        return TWIN_LABEL if self.twin else KIND_LABELS[self.kind]

    def choice_label(self, choice: Choice) -> str:
        """What a choice means for this file, in Vietnamese."""
        if self.stands_beside(choice):
            return TAKE_BESIDE
        return REPLACE_TWIN if choice == "replace" and self.of is None else CHOICE_LABELS[choice]

    def stands_beside(self, choice: Choice) -> bool:
        """Whether by this choice it becomes a document of its own beside the one it is taken for."""
        return choice == "take" and (self.of is not None or bool(self.twin))

    @property
    def corrected(self) -> Corrected:
        """What was read, with the earlier corrections of the same document. Raises NotAPlan for an unreadable file."""
        return preview(self, ())


# Examining

LOT = 64  # files read at once: progress is told, and results are kept, file by file all the same


def examine(library: Library, files: Sequence[Incoming], step: Callable[[Step], None] | None = None) -> list[Examined]:
    """What each file is, in the order given. A bad file is «unreadable» with the reason; it stops nothing. `step` is
    told of each file when it is taken up (from other threads) and when it is done. What it raises when a file is done
    ends the reading. Nothing is stored but what was read (a cache)."""
    return list(examine_each(library, files, step))


def examine_each(
    library: Library, files: Sequence[Incoming], step: Callable[[Step], None] | None = None
) -> Iterator[Examined]:
    """`examine`, one file after the other: for more files than should be held at once."""
    told = step or (lambda _: None)
    total = len(files)
    every = [_opened(incoming) for incoming in files]
    known = _Known(library, [one for one in every if isinstance(one, _Opened)])

    def taken_up(one: _Opened, n: int) -> bytes:
        told(Step(n, total, one.incoming.name, "read"))
        return one.load()

    for begin in range(0, total, LOT):
        lot, opened = files[begin : begin + LOT], every[begin : begin + LOT]
        made: dict[str, Head | NotAPlan] = {}
        places: dict[str, int] = {}
        for n, one in enumerate(opened, begin + 1):
            if isinstance(one, _Opened):
                places.setdefault(one.sha256, n)
        readable = [one for one in opened if isinstance(one, _Opened)]
        wanted = [(o.sha256, partial(taken_up, o, places[o.sha256]), o.incoming.name) for o in readable]
        for sha256, head in library.reads.plans(wanted):
            made[sha256] = head
            n = places[sha256]
            told(Step(n, total, lot[n - begin - 1].name, "done"))
        for n, one in enumerate(opened, begin + 1):
            if isinstance(one, _Opened):
                head = made[one.sha256]
                found = _unreadable(one, str(head)) if isinstance(head, NotAPlan) else known.look(one, head)
            else:
                found = one
            told(Step(n, total, found.name, "done"))
            yield found


@dataclass(frozen=True, slots=True)
class _Opened:
    incoming: Incoming
    sha256: str
    size: int

    def load(self) -> bytes:
        data = self.incoming.load()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise NotAPlan(FILE_CHANGED.format(name=self.incoming.name))
        return data


def _opened(incoming: Incoming) -> _Opened | Examined:
    try:
        size = incoming.data.stat().st_size if isinstance(incoming.data, Path) else len(incoming.data)
        check_size(size)
        return _Opened(incoming, hashlib.sha256(incoming.load()).hexdigest(), size)
    except OSError:
        return Examined(incoming.name, "", 0, "unreadable", NOT_OPENED)
    except NotAPlan as refusal:
        return Examined(incoming.name, "", size, "unreadable", str(refusal))


def _unreadable(one: _Opened, message: str) -> Examined:
    return Examined(one.incoming.name, one.sha256, one.size, "unreadable", message)


class _InLot(NamedTuple):
    """A file of the lot that others are compared with: no more is kept of ten thousand."""

    incoming: Incoming
    sha256: str


class _Known:
    """The documents that are there and the files of this lot, by what they are known by. Both are asked in the same
    way, so that it makes no difference whether a file came in one lot with another or after it."""

    def __init__(self, library: Library, files: Iterable[_Opened]) -> None:
        """`files` are all of the lot."""
        self.library = library
        self.documents: dict[bytes, list[Document]] = {}  # by the keys of identities
        self.lot: dict[bytes, list[_InLot]] = {}
        self.files: dict[str, _InLot] = {}  # those before, by hash
        self.places: dict[str, _InLot] = {}  # who takes or holds the place of a document
        known = library.known()
        for document in library.documents:
            keys = known.get(document.sha256, ())
            stands = identity.of_id(document.plan).key if document.plan else b""
            for key in keys if stands in keys or not stands else (*keys, stands):
                self.documents.setdefault(key, []).append(document)
        for one in files:  # a document whose file is in the lot is not given up for another file of it unasked
            kept = library.get(one.sha256)
            if kept is not None and kept.state == "in":
                self.places.setdefault(one.sha256, _InLot(one.incoming, one.sha256))

    def look(self, one: _Opened, head: Head) -> Examined:
        """What a file that was read is."""
        found = self._look(one, head)
        this = _InLot(one.incoming, one.sha256)
        of = found.of
        if of is not None and found.kind in ("new_version", "again"):  # one document gives its place to one file
            holder = self.places.get(of.sha256)
            if holder is not None:
                name = holder.incoming.name
                message = MESSAGES["twin_document"].format(other=name)
                found = replace(found, message=message, twin=name, twin_of=holder.sha256, default="skip")
            elif found.default == "replace":
                self.places[of.sha256] = this
        if found.kind != "same_file":
            self.files[one.sha256] = this
        if found.default != "skip":
            keys = {said.key for said in identities(head.info, head.words)} | {identity.of_id(found.plan_id).key}
            for key in keys:
                self.lot.setdefault(key, []).append(this)
        return found

    def _look(self, one: _Opened, head: Head) -> Examined:
        base = Examined(
            one.incoming.name, one.sha256, one.size, "new", MESSAGES["new"], head,
            plan_id=head.info.id, choices=("take", "skip"), default="take", incoming=one.incoming, library=self.library,
        )  # fmt: skip
        twin = self.files.get(one.sha256)
        if twin is not None:
            message = MESSAGES["twin"].format(other=twin.incoming.name)
            return replace(base, kind="same_file", message=message, twin=twin.incoming.name, twin_of=one.sha256,
                           choices=("skip",), default="skip")  # fmt: skip
        kept = self.library.get(one.sha256)
        if kept is not None and kept.state == "in":
            message = MESSAGES["same_file"].format(other=kept.name)
            return replace(base, kind="same_file", message=message, of=kept, choices=("skip",), default="skip")
        found = self._again(base, head, kept) if kept is not None else self._beside_library(base, head)
        return found if found.of is not None else self._beside_lot(found, head)

    def _beside_library(self, base: Examined, head: Head) -> Examined:
        """What a file is beside the documents that are there: another version of one of them, or a new one."""
        found = base
        for of in _each(self.documents, sought(head.info, head.words)):
            version = self._version(base, head, of)
            if version.of is not None:
                return version
            found = version if found is base else found  # it tells that the number is the same
        return found

    def _beside_lot(self, found: Examined, head: Head) -> Examined:
        """What a file that is no document yet is beside the earlier ones of the lot."""
        asked = found
        for other in _each(self.lot, sought(head.info, head.words, asked.plan_id)):
            theirs = self.library.reads.head(other.sha256)
            if theirs is None:  # nothing can be kept, and the file went
                continue
            name = other.incoming.name
            as_read = revisions.diff(self.library.reads.plan(other.sha256, other.incoming.load, name), _plan(asked))
            kind: Kind = "new_version"
            choices: tuple[Choice, ...] = ("replace", "take", "skip")
            message = MESSAGES["twin_version"].format(other=name, **_counts(as_read))
            if head.words == theirs.words or as_read.is_empty:
                kind, choices = "same_document", ("replace", "skip")
                message = MESSAGES["twin_document"].format(other=name)
            elif _alien(head.info, theirs.info, as_read):
                if found is asked:
                    message = MESSAGES["other"].format(other=theirs.info.number or name)
                    found = replace(asked, message=message, plan_id=_own_id(asked))
                continue
            return replace(
                asked, kind=kind, message=message, twin=name, twin_of=other.sha256, choices=choices, default="skip"
            )
        return found

    def _again(self, base: Examined, head: Head, kept: Document) -> Examined:
        now = self.library.get(kept.replaced_by) if kept.state == "replaced" else None
        if now is None:  # withdrawn; another copy may have come in its place since
            now = next(_each(self.documents, sought(head.info, head.words, kept.plan)), None)
        message = MESSAGES["withdrawn"].format(day=_day(kept.at))
        if now is None:
            return replace(base, kind="again", message=message, plan_id=kept.plan or base.plan_id)
        if kept.state == "replaced":
            message = MESSAGES["replaced"].format(other=now.name)
        theirs = self.library.head(now)
        plan_id = theirs.info.id if theirs else kept.plan
        found = replace(base, kind="again", message=message, of=now, plan_id=plan_id, choices=("replace", "skip"))
        return replace(found, default="skip", revision=self._revision(found, now))

    def _version(self, base: Examined, head: Head, of: Document) -> Examined:
        theirs = self.library.head(of)
        if theirs is None:  # the file in the store vanished meanwhile
            return base
        found = replace(base, of=of, plan_id=theirs.info.id)
        as_read = revisions.diff(self.library.as_read(of), _plan(found))
        other = theirs.info.number or of.name
        if head.words == theirs.words or as_read.is_empty:
            message = MESSAGES["same_document"].format(other=other)
            return replace(
                found, kind="same_document", message=message, choices=("replace", "skip"), default="skip",
                revision=as_read,
            )  # fmt: skip
        if _alien(head.info, theirs.info, as_read):
            return replace(base, message=MESSAGES["other"].format(other=other), plan_id=_own_id(base))
        # As it would stand in the place of the other, with its corrections: they are no change of the document.
        found = replace(found, kind="new_version", choices=("replace", "take", "skip"), default="replace")
        shown = self._revision(found, of)
        message = MESSAGES["new_version"].format(other=other, **_counts(shown))
        return replace(found, message=message, revision=shown)

    def _revision(self, found: Examined, of: Document) -> Revision:
        """What an official would see change: both sides with their corrections, those of items whose words changed
        where they go once it is agreed."""
        old = self.library.corrected(of).plan
        revision = revisions.diff(old, found.corrected.plan)
        if revision.links and self.library.readings_of(of):
            revision = revisions.diff(old, preview(found, (), revision.links).plan)
        return revision


def _each(known: Mapping[bytes, Sequence[Other]], by: Iterable[Identity]) -> Iterator[Other]:
    """Those known by one of these identities, the surest first, each once."""
    seen: set[str] = set()
    for one in by:
        for other in known.get(one.key, ()):
            if other.sha256 not in seen:
                seen.add(other.sha256)
                yield other


def _counts(revision: Revision) -> dict[str, int]:
    return {"added": len(revision.added), "removed": len(revision.removed), "changed": len(revision.changed)}


def _alien(ours: PlanInfo, theirs: PlanInfo, revision: Revision) -> bool:
    """Whether two documents of one number are different ones: of provinces or authorities that differ, or with next to
    nothing in common and no name that tells. «UBND tỉnh» alone is any province's."""
    for a, b in ((ours.province, theirs.province), (ours.authority, theirs.authority)):
        if a and b and alike.plain(a) != alike.plain(b):
            return True
    named = ours.province or len(alike.plain(ours.authority or "").split()) > _ANYBODY
    return not named and revision.in_common < _ALIEN


def _own_id(base: Examined) -> str:
    return f"{base.plan_id}-{base.sha256[:6]}"


def _plan(examined: Examined) -> Plan:
    if examined.library is None or examined.incoming is None:
        raise NotAPlan(examined.message)
    plan = examined.library.reads.plan(examined.sha256, examined.incoming.load, examined.name)
    return corrections.renamed(plan, examined.plan_id)


UNSAVED = "bạn (chưa ghi nhận)"


def _unsaved(records: Iterable[ReadingRecord]) -> list[Reading]:
    now = dt.datetime.now(dt.UTC)
    return [Reading(record, uuid.UUID(int=n), UNSAVED, "", now, 2**62 + n) for n, record in enumerate(records)]


def preview(
    examined: Examined, records: Iterable[ReadingRecord], links: Mapping[str, str] | None = None
) -> Corrected:
    """A file as it would stand: what was read, the earlier corrections of the same document, and on top the corrections
    that are not recorded yet and the links (old item id -> new one) that are agreed. Raises NotAPlan for an unreadable
    file."""
    plan = _plan(examined)
    if examined.library is None:
        return corrections.apply(plan, _unsaved(records))
    earlier = list(examined.library.readings_of(examined.of)) if examined.of and _takes_over(examined) else []
    earlier += [
        r for r in examined.library.homeless() if r.said.sha256 == examined.sha256 or r.said.plan == plan.plan.id
    ]
    known, records = sorted(earlier, key=lambda r: r.seq), list(records)
    found = corrections.apply(plan, [*known, *_unsaved(records)])
    agreed = []
    for old, new in (links or {}).items():
        with contextlib.suppress(NotUsable):  # the new item was struck out meanwhile
            agreed.append(corrections.link(found.plan, examined.sha256, old, new))
    return corrections.apply(plan, [*known, *_unsaved([*records, *agreed])]) if agreed else found


def _takes_over(examined: Examined) -> bool:
    return "replace" in examined.choices or examined.kind == "same_file"


def preview_document(library: Library, document: Document, records: Iterable[ReadingRecord]) -> Corrected:
    """A document with its corrections and on top those that are not recorded yet. Raises NotAPlan."""
    return corrections.apply(library.as_read(document), [*library.readings_of(document), *_unsaved(records)])


# Recording


class Touched:
    """The files that entries about documents have named since a library was taken up; who records many lots keeps it,
    so that each looks at new entries only."""

    def __init__(self, ledger: Ledger, library: Library) -> None:
        self._ledger = ledger
        self._seq = library.seq
        self._files: set[str] = set()

    def files(self) -> set[str]:
        """Their hashes, as of now."""
        for entry in self._ledger.of_kind("document", after=self._seq):
            self._seq = entry.seq
            payload = entry.payload.replacement if isinstance(entry.payload, Correction) else entry.payload
            if entry.item_id.startswith("document:"):
                self._files.add(entry.item_id.removeprefix("document:"))
            if isinstance(payload, DocumentRecord):
                self._files |= set(payload.replaces)
        return self._files


def record(
    ledger: Ledger,
    store: FileStore,
    person: Person | None,
    library: Library,
    examined: Sequence[Examined],
    choices: Mapping[str, Choice] | None = None,
    records: Mapping[str, Sequence[ReadingRecord]] | None = None,
    links: Mapping[str, Mapping[str, str]] | None = None,
    note: str = "",
    touched: Touched | None = None,
) -> list[Entry]:
    """Takes the files in, all or none; on disk when this returns. `choices`, `records` (corrections) and `links` (old
    item id -> new one, as the official confirmed) are by the file's hash; without a choice the default counts. Links
    count where the file takes the place of the other: beside it, entries stay where they are.
    `touched` is kept from lot to lot of one library.

    Raises AccessDenied, Refused (nothing to record, a choice that is not open, somebody was faster), Conflict,
    FileRefused, NotUsable, or LedgerError; then nothing is recorded.
    """
    access.require(access.can(person, "edit_documents"))
    drafts: list[Draft] = []
    expected: dict[str, int] = {}
    chosen = [(e, (choices or {}).get(e.sha256, e.default)) for e in examined]
    for one, choice in chosen:
        if choice not in one.choices:
            raise Refused(NOT_ALLOWED.format(choice=one.choice_label(choice), name=one.name))
    taken = [(e, choice) for e, choice in chosen if choice != "skip"]
    if not taken:
        raise Refused(NOTHING)
    _unchanged(touched or Touched(ledger, library), [e for e, _ in taken])
    ids = {e.plan_id for e, choice in taken if not e.stands_beside(choice)}
    for one, choice in taken:
        # Only where another document has its id does one that stands beside it get an id of its own.
        beside = one.stands_beside(choice) and (one.of is not None or one.plan_id in ids)
        ids.add(one.plan_id)
        own = _drafts(store, person, library, one, choice, beside, (records or {}).get(one.sha256, ()),
                      (links or {}).get(one.sha256, {}) if choice == "replace" else {}, note)  # fmt: skip
        drafts += own
        kept = library.get(one.sha256)
        expected[own[0].item_id] = kept.version if kept else 0
    return recording.save(ledger, person, drafts, {}, expected)


def _drafts(
    store: FileStore,
    person: Person | None,
    library: Library,
    one: Examined,
    choice: Choice,
    beside: bool,
    records: Sequence[ReadingRecord],
    links: Mapping[str, str],
    note: str,
) -> list[Draft]:
    if one.incoming is None or one.head is None:
        raise Refused(NOT_ALLOWED.format(choice=one.choice_label(choice), name=one.name))
    try:
        data = _Opened(one.incoming, one.sha256, one.size).load()
    except (OSError, NotAPlan):
        raise Refused(FILE_CHANGED.format(name=one.name)) from None
    ref = store.put_document(data, one.name)
    plan_id = _own_id(one) if beside else one.plan_id
    replaces: tuple[str, ...] = ()
    if choice == "replace" and one.of is not None:
        replaces = tuple(sorted(library.lineage(one.of.sha256) - {one.sha256}))
    info = one.head.info
    said = DocumentRecord(
        file=ref, format=one.head.format, plan=plan_id, label=(info.number or info.title or one.name)[:MAX_SHORT],
        replaces=replaces, note=note,
    )  # fmt: skip
    readings = [_under(record, one, plan_id) for record in records]
    if links:
        plan = preview(one, records).plan
        readings += [_under(corrections.link(plan, one.sha256, old, new), one, plan_id) for old, new in links.items()]
    return [_draft(person, said), *(_draft(person, reading) for reading in readings)]


def _under(record: ReadingRecord, one: Examined, plan_id: str) -> ReadingRecord:
    """A correction made on the preview, for the file and the id the document gets."""
    update: dict[str, object] = {"sha256": one.sha256, "plan": plan_id}
    olds = {one.plan_id, record.plan}
    if record.action != "link":
        update["item"] = corrections.item_under(record.item, olds, plan_id)
    update["to"] = corrections.item_under(record.to, olds, plan_id)
    return record.model_copy(update=update)


def _draft(person: Person | None, payload: DocumentRecord | ReadingRecord | Correction, item_id: str = "") -> Draft:
    who = person or LOCAL_PERSON
    item = item_id or own_item(payload) or ""  # every payload here names its item, or is a correction with one given
    return Draft(item_id=item, payload=payload, author=who.email, role=who.role, as_of=config.today())


def _unchanged(touched: Touched, examined: Sequence[Examined]) -> None:
    """Nobody took in, out or replaced one of these documents since they were looked at."""
    names = {e.sha256: e.name for e in examined} | {e.twin_of: e.twin for e in examined if e.twin_of}
    names |= {e.of.sha256: e.of.name for e in examined if e.of}
    files = touched.files()
    for sha256, name in names.items():
        if sha256 in files:
            raise Refused(CHANGED_SINCE.format(name=name))


# Later


def correct(
    ledger: Ledger, person: Person | None, records: Sequence[ReadingRecord], expected: Mapping[str, int] | None = None
) -> list[Entry]:
    """Records corrections of documents that are in. `expected` are the versions that were seen
    (`Library.versions`)."""
    if not records:
        raise Refused(NOTHING)
    return recording.save(ledger, person, [_draft(person, r) for r in records], {}, expected)


def undo(ledger: Ledger, person: Person | None, reading: Reading, reason: str) -> Entry:
    """Withdraws a correction; what was read before it counts again."""
    return _withdrawn(ledger, person, reading.entry, reading.said.own_item, reason)


def withdraw(ledger: Ledger, person: Person | None, document: Document, reason: str) -> Entry:
    """Takes a document out: it stays in the history and can be taken in again. Its entries are kept."""
    if document.state == "withdrawn":
        raise Refused(ALREADY_OUT)
    if not reason.strip():
        raise Refused(NO_REASON)
    return _set(ledger, person, document, withdrawn=True, note=reason)


def take_again(ledger: Ledger, person: Person | None, document: Document, note: str = "") -> Entry:
    """Takes a withdrawn document in again."""
    if document.state != "withdrawn":
        raise Refused(ALREADY_IN)
    if document.origin == "shipped" and not document.plan and document.entry is not None:
        # A file of the plans folder that was only ever taken out: as if nothing had been recorded.
        return _withdrawn(ledger, person, document.entry, document_item(document.sha256), note or TAKEN_AGAIN)
    return _set(ledger, person, document, withdrawn=False, note=note)


def _set(ledger: Ledger, person: Person | None, document: Document, withdrawn: bool, note: str) -> Entry:
    size = max(document.size, 1)
    said = DocumentRecord(
        file=FileRef(sha256=document.sha256, name=document.name[:200], size=size), format=document.format,
        plan=document.plan, label=document.label, replaces=document.replaces, withdrawn=withdrawn, note=note,
    )  # fmt: skip
    draft = _draft(person, said)
    return recording.save(ledger, person, [draft], {}, {draft.item_id: document.version})[0]


def _withdrawn(ledger: Ledger, person: Person | None, entry: uuid.UUID, item: str, reason: str) -> Entry:
    draft = _draft(person, Correction(corrects=entry, reason=reason), item)
    return recording.save(ledger, person, [draft], {})[0]


def _day(moment: dt.datetime | None) -> str:
    return date_text(moment.astimezone(config.VIETNAM).date()) if moment else "trước đây"
