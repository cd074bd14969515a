"""What is on the desk of «Nhập văn bản» and not recorded yet: the files just read, corrections of what was read.

It lives in the session, so that a look at another page takes nothing away. Recording goes through `importing`, in
callbacks: the page is drawn with what came of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from cchc import corrections, engine, files, importing, library, office, orphans, saving
from cchc.access import AccessDenied
from cchc.corrections import Corrected, NotUsable, Reading, Struck
from cchc.document_entries import ReadingRecord
from cchc.entries import Entry
from cchc.import_reading import FileReading
from cchc.importing import Choice, Examined, Incoming
from cchc.ledger import LedgerError
from cchc.library import Document

READING_FAULT = (
    "Có lỗi khi đọc các tệp này nên chưa đọc xong. Dữ liệu đã có không thay đổi. Hãy bỏ các tệp ra rồi chọn lại; nếu "
    "vẫn lỗi, báo người quản trị."
)
_AT_ONCE = 0.4  # seconds within which small files are shown without a progress bar
NO_PLACE = "Nội dung không còn trong văn bản."
NO_REASON = "Cần nêu lý do đưa văn bản ra."
FAULT = "Chưa ghi nhận được vì không ghi được tệp vào kho. Dữ liệu đã có không thay đổi; hãy thử lại hoặc báo quản trị."


@dataclass
class Desk:
    """The lot of files just read and what was decided about it; corrections by the hash of their file."""

    lot: tuple[Examined, ...] = ()
    choices: dict[str, Choice] = field(default_factory=dict)
    links: dict[str, dict[str, str]] = field(default_factory=dict)  # old id -> new id, by file
    records: dict[str, list[ReadingRecord]] = field(default_factory=dict)
    generation: int = 0  # of the uploader: a new one is empty
    uploaded: tuple[str, ...] = ()  # which files of the uploader the lot is made of
    before: tuple[Incoming, ...] = ()  # files of the lot that the uploader has forgotten: it does when a page is left
    touched: bool = False  # whether files were added or removed since the lot was read
    reading: FileReading | None = None
    message: str = ""  # why nothing was recorded
    errors: dict[str, str] = field(default_factory=dict)  # of the form, by field
    saved: tuple[Entry, ...] = ()
    told: str = ""

    @property
    def pending(self) -> int:
        """How many corrections are not recorded."""
        return sum(len(records) for records in self.records.values())


def desk() -> Desk:
    """The desk of this session."""
    found: Desk = st.session_state.setdefault("import_desk", Desk())
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """The document under review: one of the lot, or one that is recorded."""

    sha256: str
    name: str
    corrected: Corrected
    document: Document | None = None
    examined: Examined | None = None

    def load(self) -> bytes:
        """The content of its file. Raises OSError, or NotAPlan when it is not what was taken in."""
        if self.document is not None:
            return self.document.load()
        if self.examined is not None and self.examined.incoming is not None:
            return self.examined.incoming.load()
        raise FileNotFoundError(self.name)


def subject_of_lot(examined: Examined) -> Subject:
    """A file of the lot as it would stand with the corrections on the desk."""
    records = desk().records.get(examined.sha256, [])
    links = desk().links.get(examined.sha256) if choice_of(examined) == "replace" else None
    return Subject(examined.sha256, examined.name, importing.preview(examined, records, links), examined=examined)


def subject_of_document(shelf: library.Library, document: Document) -> Subject:
    """A recorded document with the corrections on the desk on top of the recorded ones. Raises NotAPlan."""
    records = desk().records.get(document.sha256, [])
    return Subject(document.sha256, document.name, importing.preview_document(shelf, document, records), document)


# --- reading, in callbacks -----------------------------------------------------------------------------------------


def read(incoming: Sequence[Incoming], uploaded: tuple[str, ...], before: tuple[Incoming, ...]) -> None:
    """Begins to read the files; a reading under way is given up (what it has read is kept)."""
    at = desk()
    if at.reading is not None:
        at.reading.stop()
    at.uploaded, at.before, at.touched = uploaded, before, False
    at.message, at.saved = "", ()
    at.reading = FileReading(library.current(), incoming) if incoming else None
    if at.reading is not None:
        at.reading.start()
        at.reading.wait(_AT_ONCE)
    else:
        at.lot = ()


def take_up() -> None:
    """Lays on the desk what was read, when it is."""
    at = desk()
    if at.reading is None or not at.reading.ended:
        return
    lot, at.message = at.reading.lot, READING_FAULT if at.reading.failed else at.message
    at.reading = None
    if lot is None:
        return
    kept = {one.sha256 for one in lot}
    at.lot = lot
    at.choices = {s: c for s, c in at.choices.items() if s in kept}
    at.links = {s: c for s, c in at.links.items() if s in kept}
    at.records = {s: r for s, r in at.records.items() if s in kept or library.current().get(s) is not None}


def choose(one: Examined, choice: Choice) -> None:
    """What is to become of a file. Of files that are the same document only one is taken, the one chosen last; those
    chosen to be documents of their own stand beside it."""
    at = desk()
    at.choices[one.sha256] = choice
    if choice == "skip" or one.stands_beside(choice):
        return
    for other in at.lot:
        same = (other.twin_of or other.sha256) == (one.twin_of or one.sha256)
        if same and other.sha256 != one.sha256 and not other.stands_beside(choice_of(other)):
            at.choices[other.sha256] = "skip"


def choice_of(one: Examined) -> Choice:
    """What is to become of a file: as decided, else as proposed."""
    chosen = desk().choices.get(one.sha256, one.default)
    return chosen if chosen in one.choices else one.default


# --- corrections, in callbacks -----------------------------------------------------------------------------------


def put(sha256: str, record: ReadingRecord) -> None:
    """Lays a correction on the desk."""
    at = desk()
    at.records.setdefault(sha256, []).append(record)
    at.message, at.errors, at.saved = "", {}, ()


def take_back(sha256: str, index: int) -> None:
    """Takes a correction off the desk again, with those of the same item that came after it and rest on it."""
    records = desk().records.get(sha256, [])
    if not 0 <= index < len(records):
        return
    gone = records[index]
    desk().records[sha256] = [r for n, r in enumerate(records) if n < index or (n != index and r.item != gone.item)]


def confirm(subject: Subject, item_id: str) -> None:
    """An item was looked at and is right."""
    _try(subject.sha256, lambda: corrections.confirm(subject.corrected.plan, subject.sha256, item_id))


def strike(subject: Subject, item_id: str) -> None:
    """An item was read wrongly and goes."""
    reason = str(st.session_state.get(f"import_reason_{item_id}") or "").strip() or corrections.DEFAULT_REASON
    _try(subject.sha256, lambda: corrections.strike(subject.corrected.plan, subject.sha256, item_id, reason))


def restore(subject: Subject, struck: Struck) -> None:
    """An item that was struck comes back: an unrecorded strike is taken back, a recorded one is answered."""
    records = desk().records.get(subject.sha256, [])
    for index in reversed(range(len(records))):
        if records[index].action == "strike" and records[index].item == struck.reading.said.item:
            del records[index]
            return
    _try(subject.sha256, lambda: corrections.restore(struck))


def link_reading(subject: Subject, old_id: str, new_id: str) -> None:
    """The corrections (and entries) of an item that is no longer read go on with another one."""
    _try(subject.sha256, lambda: corrections.link(subject.corrected.plan, subject.sha256, old_id, new_id))


def set_aside(reading: Reading) -> None:
    """A recorded correction that has no place any more is withdrawn; it stays in the history."""
    _save(lambda: [importing.undo(office.get_ledger(), saving.recorder().person, reading, NO_PLACE)])


def _try(sha256: str, make: Callable[[], ReadingRecord]) -> None:
    try:
        put(sha256, make())
    except NotUsable as error:
        desk().message = str(error)


# --- recording, in callbacks -------------------------------------------------------------------------------------


def record_lot() -> None:
    """Records the lot with its corrections; on disk when this returns without a message."""
    at = desk()

    def save() -> Sequence[Entry]:
        ledger = office.get_ledger()
        store = files.FileStore(kind=ledger.kind)
        lot = [one for one in at.lot if one.twin_of != one.sha256]  # a file that is there twice is recorded once
        choices = {one.sha256: choice_of(one) for one in lot}
        person = saving.recorder().person
        return importing.record(ledger, store, person, library.current(), lot, choices, at.records, at.links)

    if _save(save):
        st.session_state["import_desk"] = Desk(generation=at.generation + 1, saved=at.saved, records=_of_others(at))


def record_corrections(sha256: str) -> None:
    """Records the corrections of one recorded document."""
    at = desk()
    if _save(lambda: importing.correct(office.get_ledger(), saving.recorder().person, at.records.get(sha256, []))):
        at.records.pop(sha256, None)


def withdraw(document: Document) -> None:
    """Takes a document out, for the reason typed beside it."""
    reason = str(st.session_state.get(f"import_withdraw_{document.sha256}") or "").strip()
    if not reason:
        desk().message = NO_REASON
        return
    _save(lambda: [importing.withdraw(office.get_ledger(), saving.recorder().person, document, reason)])


def take_again(document: Document) -> None:
    """Takes a withdrawn document in again."""
    _save(lambda: [importing.take_again(office.get_ledger(), saving.recorder().person, document)])


def link(old_id: str, new_id: str) -> None:
    """Entries of an item that is gone belong to another one from now on."""
    _save(
        lambda: [
            orphans.link(
                office.get_ledger(), saving.recorder().person, library.current(), old_id, new_id,
                corrections.DEFAULT_REASON,
            )
        ]
    )  # fmt: skip


def give_up() -> None:
    """The lot and its corrections are put away, a reading is stopped; nothing was recorded."""
    at = desk()
    if at.reading is not None:
        at.reading.stop()
    st.session_state["import_desk"] = Desk(generation=at.generation + 1, records=_of_others(at))


def _of_others(at: Desk) -> dict[str, list[ReadingRecord]]:
    """The corrections of recorded documents: they wait for a button of their own."""
    return {s: r for s, r in at.records.items() if all(s != one.sha256 for one in at.lot)}


def _save(save: Callable[[], Sequence[Entry]]) -> bool:
    at = desk()
    at.message, at.saved = "", ()
    try:
        office.refresh()  # a right withdrawn a moment ago counts
        at.saved = tuple(save())
    except (AccessDenied, LedgerError, files.FileRefused, NotUsable) as error:
        at.message = str(error)
        return False
    except OSError:
        at.message = FAULT
        return False
    with contextlib.suppress(LedgerError):  # it is saved all the same; the next run of a page reads it
        office.refresh()
    engine.refresh()
    return True
