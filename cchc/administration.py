"""What an administrator does: people and their rights, the audit log, checks of the ledger and of the scoring profiles,
the register of agencies, the switch to the demonstration. Knows nothing of Streamlit.

Every function takes the person who asks and refuses (access.AccessDenied) what that person may not do.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cchc import access, config, demo, entry_words, office, profiles, recording
from cchc.access import ROLE_LABELS, Person, can, require
from cchc.document_entries import DocumentRecord, ReadingRecord
from cchc.entries import (
    KIND_LABELS,
    Answer,
    Assignment,
    Correction,
    Entry,
    Evidence,
    Extension,
    FeedKey,
    NotApplicable,
    Note,
    PersonRecord,
    TargetValue,
    TaskDone,
    TaskStarted,
    Unread,
    number_text,
    person_item,
)
from cchc.items import KnownItem
from cchc.ledger import Ledger, LedgerError, Refused, default_url
from cchc.periods import date_text
from cchc.reading.agencies import KINDS, register
from cchc.report_periods import parse_period
from cchc.text import folded

UNKNOWN_AGENCY = "Không có cơ quan này trong danh sách cơ quan."
ACTIVE, INACTIVE = "đang sử dụng", "đã ngừng"
OTHER_ROLE = "khác"
NO_DOCUMENTS = "Chưa đọc được văn bản nào nên chưa có nội dung để minh họa."
BY_ENVIRONMENT = "Số liệu minh họa được bật khi khởi động chương trình; hãy khởi động lại không có CCHC_DEMO."
PEOPLE_COLUMNS = {
    "name": "Họ và tên",
    "email": "Địa chỉ thư",
    "role_label": "Vai trò",
    "agency_name": "Cơ quan",
    "state": "Trạng thái",
    "changed_on": "Phân quyền từ",
    "changed_by": "Người phân quyền",
}
AUDIT_COLUMNS = {
    "seq": "Số",
    "recorded": "Ghi lúc",
    "author": "Người ghi",
    "role_label": "Vai trò",
    "kind_label": "Loại",
    "as_of": "Ngày số liệu",
    "plan_label": "Kế hoạch",
    "item_text": "Nội dung",
    "said": "Đã ghi",
    "item_id": "Mã nội dung",
    "hash": "Mã kiểm tra",
}
AGENCY_COLUMNS = {
    "name": "Cơ quan",
    "kind": "Loại",
    "written": "Tên viết trong văn bản",
    "used": "Thời gian dùng tên",
    "successor": "Cơ quan kế thừa",
    "basis": "Căn cứ",
    "checked": "Kiểm chứng",
    "key": "Mã",
}
UNVERIFIED = profiles.UNVERIFIED
PROFILE_FOLDER = profiles.FOLDER
_ROLES: dict[str, str] = {str(code): label for code, label in ROLE_LABELS.items()}
NOT_IN_REGISTER = "chưa có trong danh mục"


# People


def people(entries: Iterable[Entry], person: Person | None) -> pd.DataFrame:
    """Everybody with rights, by name. Columns of PEOPLE_COLUMNS (text, `changed_on` a date), and `role`, `agency`
    (codes), `active` (bool). `entries` are those about people."""
    require(can(person, "manage_people"))
    entries = list(entries)
    known = access.people(entries)
    latest = {e.item_id: e for e in entries}
    rows = []
    for one in sorted(known.values(), key=lambda p: (not p.active, folded(p.name), p.email)):
        last = latest[person_item(one.email)]
        rows.append(
            {
                "name": one.name,
                "email": one.email,
                "role": one.role,
                "role_label": ROLE_LABELS[one.role],
                "agency": one.agency,
                "agency_name": agency_name(one.agency),
                "active": one.active,
                "state": ACTIVE if one.active else INACTIVE,
                "changed_on": last.recorded_at.astimezone(config.VIETNAM).date(),
                "changed_by": last.author,
            }
        )
    return pd.DataFrame(rows, columns=[*PEOPLE_COLUMNS, "role", "agency", "active"])


def change_person(
    ledger: Ledger, person: Person | None, record: PersonRecord, seen: int, known_agencies: Iterable[str]
) -> Entry:
    """Records what somebody may do from now on. `seen` is the version of that person's entries that was looked at (0
    for somebody new), `known_agencies` are the keys of `employers`. Raises AccessDenied, Refused for an agency nobody
    knows, Conflict when somebody else changed the same person meanwhile, LedgerError."""
    require(can(person, "manage_people"))
    if record.agency and record.agency not in set(known_agencies):
        raise Refused(UNKNOWN_AGENCY)
    draft = access.change_person(access.people(ledger.of_kind("person")), record, person, config.today())
    (entry,) = recording.save(ledger, person, [draft], {}, {draft.item_id: seen})
    return entry


def agency_name(key: str) -> str:
    """The name of an agency as it is shown; the key itself when it is not in the register, "" for none."""
    found = register().get(key) if key else None
    return found.name if found else key


# The audit log


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for. Empty fields ask for nothing. Days are those of recording, in Viet Nam; `text` is
    looked for in the item's text, its plan and its id, accents or not."""

    authors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    text: str = ""

    def takes(self, entry: Entry, item: KnownItem | None) -> bool:
        day = entry.recorded_at.astimezone(config.VIETNAM).date()
        if (self.authors and entry.author not in self.authors) or (self.kinds and entry.kind not in self.kinds):
            return False
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        words = f"{entry.item_id} {item.label} {item.plan_label}" if item else entry.item_id
        return not self.text.strip() or folded(self.text.strip()) in folded(words)


def audit(
    entries: Iterable[Entry], items: Mapping[str, KnownItem], person: Person | None, asked: AuditFilter
) -> pd.DataFrame:
    """Entries of the ledger, newest first, with the columns of AUDIT_COLUMNS: `seq` a number, `as_of` a date, the rest
    text (`recorded` the moment in Viet Nam). Nothing is left out of an entry: its hash stands beside it."""
    require(can(person, "see_audit"))
    rows = []
    for entry in sorted(entries, key=lambda e: -e.seq):
        item = items.get(entry.item_id.removeprefix("reading:"))  # a correction is told beside its item
        if not asked.takes(entry, item):
            continue
        rows.append(
            {
                "seq": entry.seq,
                "recorded": f"{entry.recorded_at.astimezone(config.VIETNAM):%d/%m/%Y %H:%M:%S}",
                "author": entry.author,
                "role_label": _ROLES.get(entry.role, entry.role or OTHER_ROLE),
                "kind_label": KIND_LABELS.get(entry.kind, entry.kind),
                "as_of": entry.as_of,
                "plan_label": item.plan_label if item else "",
                "item_text": item.label if item else "",
                "said": said(entry.payload),
                "item_id": entry.item_id,
                "hash": entry.hash,
            }
        )
    return pd.DataFrame(rows, columns=list(AUDIT_COLUMNS))


def said(payload: object) -> str:
    """What an entry says, in one line of Vietnamese."""
    match payload:
        case Correction():
            new = said(payload.replacement) if payload.replacement else "rút lại"
            return f"{new}; lý do: {payload.reason}"
        case TargetValue():
            period = parse_period(payload.period)
            parts = [f"{number_text(payload.value)} {payload.unit}".strip()]
            if payload.numerator is not None and payload.denominator is not None:
                parts.append(f"{number_text(payload.numerator)}/{number_text(payload.denominator)}")
            if payload.base is not None:
                parts.append(f"so với {number_text(payload.base)}")
            return "; ".join([*parts, *([period.label] if period else []), *_given(payload.note)])
        case TaskStarted():
            return "; ".join([f"bắt đầu {date_text(payload.started_on)}", *_given(payload.note)])
        case TaskDone():
            return "; ".join([f"hoàn thành {date_text(payload.completed_on)}", *_given(payload.product, payload.note)])
        case Evidence():
            day = [f"ngày {date_text(payload.date)}"] if payload.date else []
            name = payload.file.name if payload.file else ""
            return "; ".join([*_given(payload.number), *day, *_given(payload.link, name, payload.note)])
        case Note():
            return payload.text
        case NotApplicable():
            return f"{'áp dụng trở lại' if payload.applies else 'không áp dụng'}: {payload.reason}"
        case Extension():
            old = f"từ {date_text(payload.old)} " if payload.old else ""
            ground = f"văn bản {payload.document}" if payload.approved else "đề nghị, chưa có văn bản cho phép"
            return f"gia hạn {old}đến {date_text(payload.new)}; {ground}; lý do: {payload.reason}"
        case Assignment():
            given = f"giao cho {agency_name(payload.agency)}" if payload.agency else ""
            return "; ".join(_given(given, payload.unit, payload.person))
        case FeedKey():
            return f"{payload.email}; {'tạo địa chỉ lịch riêng' if payload.sha256 else 'thu hồi địa chỉ lịch riêng'}"
        case Answer():
            rate = "không áp dụng" if payload.percent is None else f"{number_text(payload.percent)} %"
            spoken = parse_period(payload.period)
            day = [f"ngày {date_text(payload.document_date)}"] if payload.document_date else []
            parts = [f"tiêu chí {payload.criterion} của {_scored(payload)}", spoken.label if spoken else ""]
            return "; ".join([*_given(*parts, rate, payload.reason, payload.document), *day])
        case PersonRecord():
            state = "" if payload.active else "ngừng sử dụng"
            parts = _given(payload.name, ROLE_LABELS[payload.role], agency_name(payload.agency), state)
            return "; ".join([payload.email, *parts])
        case DocumentRecord() | ReadingRecord():
            return entry_words.sentence(payload)
        case Unread():
            return payload.raw
    return ""


def _scored(answer: Answer) -> str:
    name = agency_name(answer.key) if answer.by == "agency" else f"kế hoạch {answer.key}"
    return f"{name} (bộ tiêu chí {answer.profile})"


def _given(*parts: str) -> list[str]:
    return [part for part in parts if part]


# Checks


def verify(ledger: Ledger, person: Person | None) -> tuple[list[str], int, str]:
    """Problems of the whole ledger in Vietnamese (none: all is as it was recorded), and the number and hash of its
    latest entry, to be noted elsewhere."""
    require(can(person, "see_audit"))
    problems = ledger.verify()
    number, code = ledger.head()
    return problems, number, code


@dataclass(frozen=True, slots=True)
class ProfileCheck:
    """A scoring profile: the words of its file, or what is wrong with it. `unverified`: rules without a source that was
    read, in words."""

    code: str
    name: str
    source: str = ""
    problems: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def profile_checks(person: Person | None) -> list[ProfileCheck]:
    """Each profile with the result of loading it."""
    require(can(person, "manage_profiles"))
    found = []
    for code in profiles.codes(PROFILE_FOLDER):
        try:
            profile = profiles.load(code, PROFILE_FOLDER)
        except profiles.ProfileError as error:
            found.append(ProfileCheck(code, code, problems=error.problems))
            continue
        classes = tuple(c.label for c in profile.class_)
        found.append(ProfileCheck(code, profile.name, profile.source, (), profile.unverified, classes))
    return found


def agencies(named: Iterable[Mapping[str, Any]], person: Person | None, search: str = "") -> pd.DataFrame:
    """The register of agencies and what the documents add to it, by kind and name, with the columns of AGENCY_COLUMNS
    (text). `named` are the agencies of the documents (`items.agencies`). `search` is looked for in every name an agency
    has, accents or not."""
    require(can(person, "manage_people"))
    known = register().agencies
    written = {str(row["key"]): row for row in named}
    wanted = folded(search.strip())
    rows = []
    for key in {*known, *written}:
        one, row = known.get(key), written.get(key, {})
        follower = agency_name(one.successor) if one and one.successor else ""
        used = [f"từ {date_text(one.valid_from)}"] if one and one.valid_from else []
        used += [f"đến {date_text(one.valid_to)}"] if one and one.valid_to else []
        found = {
            "name": one.name if one else str(row["name"]),
            "kind": one.kind if one else str(row["kind"]),
            "written": str(row.get("written") or ""),
            "used": " ".join(used),
            "successor": follower,
            "basis": one.basis if one else "",
            "checked": "" if one and one.checked else UNVERIFIED if one else NOT_IN_REGISTER,
            "key": key,
        }
        other = (one.short, *one.aliases) if one else ()
        if wanted in folded(" ".join([found["name"], *other, found["written"], follower])):
            rows.append(found)
    kinds = {kind: number for number, kind in enumerate(KINDS)}
    rows.sort(key=lambda r: (kinds.get(r["kind"], len(kinds)), folded(r["name"])))
    return pd.DataFrame(rows, columns=list(AGENCY_COLUMNS))


def employers(named: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The agencies somebody can work for: key -> name, without groups, by name."""
    found = {a.key: a.name for a in register().agencies.values() if not a.is_group}
    found |= {str(row["key"]): str(row["name"]) for row in named if not row["is_group"]}
    return dict(sorted(found.items(), key=lambda pair: folded(pair[1])))


# The demonstration


def can_leave_demo() -> bool:
    """Whether the demonstration is shown by a switch (and not because the program was started for it)."""
    return office.is_demo() and os.environ.get("CCHC_DEMO", "").strip() != "1"


def switch_demo(person: Person | None, on: bool) -> None:
    """Shows the demonstration, made when there is none yet, or real data again. Raises AccessDenied, LedgerError when
    there are real entries (they are never hidden behind made-up ones) or nothing to show."""
    require(can(person, "switch_demo"))
    if not on:
        if not can_leave_demo():
            raise LedgerError(BY_ENVIRONMENT)
        office.set_demo(False)
        return
    if not office.is_empty():
        raise LedgerError(office.NOT_EMPTY)
    with Ledger(default_url("demo"), kind="demo") as made:
        filled = made.last_seq() > 0
    if not filled:
        items = office.document_items()
        if not items:
            raise LedgerError(NO_DOCUMENTS)
        demo.make(items.values())
        office.forget("demo")
    office.set_demo(True)
