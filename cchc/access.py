"""Who may do what. Pure: a person, an action and an item in, a decision with its reason in Vietnamese out.

Every page and route asks here before it acts; a hidden button is no protection. The people themselves are entries of
the ledger (`people`), so every change of a right has its author and its date, and nothing of it is lost.

Without sign-in (OIDC) configured, only somebody at this very machine may record, as «người dùng máy này».
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cchc.document_entries import DocumentRecord, ReadingRecord
from cchc.entries import (
    Answer,
    Assignment,
    Correction,
    Draft,
    Entry,
    Extension,
    FeedKey,
    NotApplicable,
    PersonRecord,
    PersonRole,
    person_item,
)
from cchc.facts import effective
from cchc.items import KnownItem

Action = Literal[
    "view",
    "record",
    "correct",
    "approve_extension",
    "set_not_applicable",
    "assign_agency",
    "see_audit",
    "edit_documents",
    "answer_criteria",
    "manage_profiles",
    "manage_people",
    "switch_demo",
]

ROLE_LABELS: dict[PersonRole, str] = {
    "viewer": "Người xem",
    "agency_editor": "Người cập nhật của cơ quan",
    "standing_editor": "Cơ quan thường trực (Sở Nội vụ)",
    "administrator": "Quản trị",
}
# What each role may do with any item. An agency editor's rights on its own items are in `can`.
_EVERYWHERE: dict[PersonRole, frozenset[Action]] = {
    "viewer": frozenset({"view"}),
    "agency_editor": frozenset({"view"}),
    "standing_editor": frozenset(
        {
            "view",
            "record",
            "correct",
            "approve_extension",
            "set_not_applicable",
            "assign_agency",
            "see_audit",
            "edit_documents",
            "answer_criteria",
        }
    ),
    "administrator": frozenset(
        {
            "view",
            "record",
            "correct",
            "approve_extension",
            "set_not_applicable",
            "assign_agency",
            "see_audit",
            "edit_documents",
            "answer_criteria",
            "manage_profiles",
            "manage_people",
            "switch_demo",
        }
    ),
}
_OWN_ITEMS: frozenset[Action] = frozenset({"record", "correct"})

SIGN_IN = "Hãy đăng nhập để thực hiện việc này."
INACTIVE = "Tài khoản này đã ngừng sử dụng."
UNKNOWN = "Tài khoản này chưa được phân quyền. Hãy liên hệ người quản trị."
NOT_SET_UP = "Máy chủ chỉ cho người đăng nhập xem nhưng chưa cấu hình đăng nhập. Hãy liên hệ người quản trị."
READ_ONLY = "Máy chủ chưa cấu hình đăng nhập nên chỉ xem được, không ghi được từ máy khác."
OTHER_AGENCY = "Nội dung này không do cơ quan của bạn chủ trì hoặc phối hợp."
NOT_YOURS = "Nội dung này do cơ quan thường trực ghi nhận; hãy đề nghị cơ quan thường trực đính chính."
ONLY_LEAD = "Cơ quan phối hợp chỉ đính chính được nội dung do chính mình ghi nhận."
NOTHING_TO_CORRECT = "Không tìm thấy nội dung cần đính chính."
REFUSALS: dict[Action, str] = {
    "view": "Bạn không có quyền xem nội dung này.",
    "record": "Bạn chỉ có quyền xem.",
    "correct": "Bạn không có quyền đính chính nội dung này.",
    "approve_extension": "Chỉ cơ quan thường trực ghi nhận được việc gia hạn đã có văn bản cho phép.",
    "set_not_applicable": "Chỉ cơ quan thường trực ghi nhận được «không áp dụng».",
    "assign_agency": "Chỉ cơ quan thường trực giao được nội dung cho một cơ quan.",
    "see_audit": "Bạn không có quyền xem nhật ký.",
    "edit_documents": "Chỉ cơ quan thường trực được nhập và sửa văn bản.",
    "answer_criteria": "Chỉ cơ quan thường trực được nhập số liệu của tiêu chí chấm điểm.",
    "manage_profiles": "Chỉ người quản trị được sửa bộ tiêu chí.",
    "manage_people": "Chỉ người quản trị được phân quyền.",
    "switch_demo": "Chỉ người quản trị được chuyển giữa số liệu thật và số liệu minh họa.",
}
# What somebody was allowed to do at a time must stay readable: rights change from now on, not backwards.
NO_CORRECTION = "Phân quyền không đính chính; hãy ghi phân quyền mới."
NO_KEY_CORRECTION = "Địa chỉ lịch riêng không đính chính; hãy tạo địa chỉ mới hoặc thu hồi."
NOT_YOUR_KEY = "Mỗi người chỉ tạo được địa chỉ lịch riêng của mình."
LAST_ADMINISTRATOR = "Phải còn ít nhất một người quản trị đang hoạt động."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the program. `agency` is the key of the agency an agency editor works for."""

    email: str
    name: str
    role: PersonRole
    agency: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """`allowed`, or the reason why not, in Vietnamese."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)
LOCAL_PERSON = Person(email="local", name="người dùng máy này", role="administrator")


class AccessDenied(Exception):
    """What somebody wanted to do is refused. The text is in Vietnamese."""


def can(
    person: Person | None,
    action: Action,
    item: KnownItem | None = None,
    entry: Entry | None = None,
    open_reading: bool = False,
) -> Decision:
    """Whether a person (None: nobody signed in) may do something, with an item where it concerns one. `entry` is the
    one to be corrected: an agency does not correct what the standing body recorded, and who only supports does not
    correct others. `open_reading`: reading needs no sign-in."""
    if action == "view" and open_reading:
        return YES
    if person is None:
        return Decision(False, SIGN_IN)
    if not person.active:
        return Decision(False, INACTIVE)
    if action in _EVERYWHERE[person.role]:
        return YES
    if person.role == "agency_editor" and action in _OWN_ITEMS:
        if item is None or not item.concerns(person.agency):
            return Decision(False, OTHER_AGENCY)
        if action == "correct" and entry is not None:
            if entry.role != "agency_editor":
                return Decision(False, NOT_YOURS)
            if entry.author != person.email and not item.is_led_by(person.agency):
                return Decision(False, ONLY_LEAD)
        return YES
    return Decision(False, REFUSALS[action])


def can_save(person: Person | None, draft: Draft, item: KnownItem | None, corrected: Entry | None = None) -> Decision:
    """Whether a person may record this very draft. `corrected` is the entry that a correction points at. This is what
    stands before every `Ledger.append`; the draft must be signed with the person's own address and role."""
    if person is not None and (draft.author, draft.role) != (person.email, person.role):
        return Decision(False, "Nội dung phải do chính người đăng nhập ghi nhận.")
    payload: object = draft.payload
    action: Action = "record"
    if isinstance(payload, Correction):
        action = "correct"
        if corrected is None or corrected.id != payload.corrects:
            return Decision(False, NOTHING_TO_CORRECT)
        payload = payload.replacement or corrected.payload
        while isinstance(payload, Correction):
            payload = payload.replacement
    if draft.item_id.startswith("person:") or isinstance(payload, PersonRecord):
        return can(person, "manage_people")
    if draft.item_id.startswith(("document:", "reading:")) or isinstance(payload, DocumentRecord | ReadingRecord):
        return can(person, "edit_documents")
    if draft.item_id.startswith("feed:") or isinstance(payload, FeedKey):
        return _can_save_key(person, draft.payload)
    if draft.item_id.startswith("answer:") or isinstance(payload, Answer):
        return can(person, "answer_criteria")
    first = can(person, action, item, corrected)
    if not first:
        return first
    if isinstance(payload, Extension) and payload.approved:
        return can(person, "approve_extension", item)
    if isinstance(payload, NotApplicable):
        return can(person, "set_not_applicable", item)
    if isinstance(payload, Assignment) and payload.agency:
        return can(person, "assign_agency", item)
    return YES


def _can_save_key(person: Person | None, payload: object) -> Decision:
    """A person makes and revokes the key of the own calendar; an administrator revokes those of others."""
    if not isinstance(payload, FeedKey):
        return Decision(False, NO_KEY_CORRECTION)
    reads = can(person, "view")
    if not reads or person is None or payload.email == person.email:
        return reads
    return can(person, "manage_people") if not payload.sha256 else Decision(False, NOT_YOUR_KEY)


def feed_holder(entries: Iterable[Entry], known: dict[str, Person], key: str) -> Person | None:
    """Whose calendar a key opens: an active person whose latest key it is; None for nobody's. `entries` are those of
    kind "feed_key"."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    latest = {e.payload.email: e.payload.sha256 for e in entries if isinstance(e.payload, FeedKey)}
    for email, held in latest.items():
        if held and hmac.compare_digest(held, digest):
            person = known.get(email)
            return person if person is not None and person.active else None
    return None


def require(decision: Decision) -> None:
    """Raises AccessDenied with the reason when something is not allowed."""
    if not decision:
        raise AccessDenied(decision.reason)


# Who is it?


@dataclass(frozen=True, slots=True)
class Connection:
    """How somebody reached the server: the address it listens on, the address of the other end, the name in the Host
    header, whether a proxy passed the request on (then the other end is not who it seems to be), and the origin the
    browser names ("" when it names none)."""

    listening_on: str
    client: str
    host: str
    forwarded: bool = False
    origin: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it comes from this very machine. A foreign Host name counts as foreign: a page elsewhere can make a
        browser here send requests to 127.0.0.1 under a name of its own. So does a foreign origin: a proxy that writes
        its own Host and tells nothing else still leaves the name the browser asked for."""
        if self.forwarded or (self.origin and not is_loopback(origin_host(self.origin))):
            return False
        return all(map(is_loopback, (self.listening_on, self.client, bare_host(self.host))))


def origin_host(origin: str) -> str:
    """The name in an Origin header: "https://cchc.example.vn:8443" is "cchc.example.vn"; "" for "null" and the like."""
    scheme, mark, rest = origin.strip().partition("://")
    return bare_host(rest) if mark and scheme in ("http", "https") else ""


def bare_host(header: str) -> str:
    """The name in a Host header, without the port: "[::1]:8501" is "::1"."""
    text = header.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def is_loopback(address: str) -> bool:
    """Whether an address or name means this machine only. An unknown name does not, nor does "" or 0.0.0.0."""
    text = address.strip().rstrip(".").lower()
    if text == "localhost":
        return True
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is; without a person, why nobody may record."""

    person: Person | None
    reason: str = ""


def identify(
    people: dict[str, Person],
    oidc: bool,
    email: str | None,
    connection: Connection | None,
    email_verified: bool = True,
    trial: bool = False,
) -> Identity:
    """Who uses the program. With sign-in configured (`oidc`): the person signed in as `email`, if known and active.
    Without: «người dùng máy này» at this machine, else nobody. In an open demonstration (`trial`) of an installation
    that knows no people yet, whoever signed in tries it out as the standing body."""
    if not oidc:
        if connection is not None and connection.is_local:
            return Identity(LOCAL_PERSON)
        return Identity(None, READ_ONLY)
    if not email:
        return Identity(None, SIGN_IN)
    address = email.strip().lower()
    person = people.get(address)
    if trial and not people and email_verified and "@" in address:
        return Identity(Person(address, address, "standing_editor"))
    if person is None or not email_verified:
        return Identity(None, UNKNOWN)
    return Identity(person) if person.active else Identity(None, INACTIVE)


def may_read(identity: Identity, open_reading: bool) -> Decision:
    """Whether somebody may read, or why not."""
    decision = can(identity.person, "view", open_reading=open_reading)
    if decision or not identity.reason:
        return decision
    return Decision(False, NOT_SET_UP if identity.reason == READ_ONLY else identity.reason)


# People: entries of the ledger


def people(entries: Iterable[Entry]) -> dict[str, Person]:
    """The people by address, as last recorded. `entries` are those of kind "person" with their corrections
    (`Ledger.of_kind("person")`)."""
    found: dict[str, Person] = {}
    for each in effective(entries):
        if isinstance(each.payload, PersonRecord):
            said = each.payload
            found[said.email] = Person(said.email, said.name, said.role, said.agency, said.active)
    return found


def with_change(known: dict[str, Person], payload: object) -> dict[str, Person]:
    """The people once `payload` is recorded. Raises AccessDenied when it is no record of a person, or when nobody could
    manage people any more."""
    if not isinstance(payload, PersonRecord):
        raise AccessDenied(NO_CORRECTION)
    changed = Person(payload.email, payload.name, payload.role, payload.agency, payload.active)
    after = {**known, payload.email: changed}
    if not any(p.role == "administrator" and p.active for p in after.values()):
        raise AccessDenied(LAST_ADMINISTRATOR)
    return after


def still(person: Person | None, known: dict[str, Person], action: Action) -> Decision:
    """Whether a person may do something by the table of people as it is now: rights may have changed since the page was
    drawn. Whoever is not in the table (this machine, the command line) stands for itself."""
    return can(known.get(person.email, person) if person is not None else None, action)


def change_person(known: dict[str, Person], record: PersonRecord, by: Person | None, day: dt.date) -> Draft:
    """The draft that records what a person may do from now on. The first person of all must be an administrator and
    may be set by anybody who may manage people (at this machine, or on the command line). Raises AccessDenied."""
    require(can(by, "manage_people"))
    with_change(known, record)
    author = by or LOCAL_PERSON
    return Draft(item_id=person_item(record.email), payload=record, author=author.email, role=author.role, as_of=day)
