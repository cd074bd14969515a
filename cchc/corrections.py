"""Officials' corrections of what the reader read, applied on top of its result. Pure.

A correction is found again by the item's id, which outlives most improvements of the reader; when the id is gone, by
the words it was made on. What cannot be placed is kept in `Corrected.loose` («chưa gắn được»): nothing is ever dropped.
Without a correction a plan comes out as it went in.

`change`, `confirm`, `strike`, `restore`, `add`, `fill` and `link` make the records to be saved
(`importing.correct`).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cchc import alike, config
from cchc.access import LOCAL_PERSON
from cchc.document_entries import EDITABLE, INFO_FIELDS, LETTERS, MODELS, ReadingRecord, ReadKind
from cchc.entries import Entry
from cchc.entry_fields import MAX_TEXT
from cchc.facts import effective
from cchc.model import Item, Plan, PlanInfo, Target, Task
from cchc.periods import date_text
from cchc.reading.deadlines import read_deadline
from cchc.revisions import FieldChange
from cchc.text import folded

CHANGED = "đã chỉnh sửa bởi {who} ngày {day}"
CONFIRMED = "đã rà soát bởi {who} ngày {day}"
ADDED = "bổ sung bởi {who} ngày {day}"
DEFAULT_REASON = "Đối chiếu với văn bản."
NO_ITEM = "Không tìm thấy nội dung này trong văn bản."
NO_SENTENCE = "Nội dung bổ sung phải gắn với một câu của văn bản."

_FOUND_AGAIN = 0.75  # likeness from which on a correction is placed on an item with another id
_CLEAR_LEAD = 0.05  # how much more alike than the next the item must be
_SENTENCE_AGAIN = 0.8


class NotUsable(ValueError):
    """A correction that cannot be made. The text is in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A correction in force. `entry` is the ledger entry to correct when it is to be withdrawn or replaced."""

    said: ReadingRecord
    entry: uuid.UUID
    author: str
    role: str
    at: dt.datetime  # UTC
    seq: int

    @property
    def words(self) -> str:
        """«đã chỉnh sửa bởi an@x.vn ngày 24/11/2026»."""
        form = {"add": ADDED, "confirm": CONFIRMED}.get(self.said.action, CHANGED)
        who = LOCAL_PERSON.name if self.author == LOCAL_PERSON.email else self.author
        return form.format(who=who, day=date_text(self.at.astimezone(config.VIETNAM).date()))


@dataclass(frozen=True, slots=True)
class Change:
    """A field as an official put it right: what the reader read now, what it is, which correction says so."""

    fields: tuple[FieldChange, ...]  # empty for an item only confirmed or added
    reading: Reading


@dataclass(frozen=True, slots=True)
class Struck:
    """An item that was read but taken out by an official."""

    kind: ReadKind
    item: Item
    reading: Reading


@dataclass(frozen=True, slots=True)
class Corrected:
    """A plan with its corrections. `changes` holds, by item id, what officials put right («» for the document's own
    data), in the order of recording; `loose` the corrections that found no place; `moved` the id in a record -> the id
    of the item it was placed on, where they differ."""

    plan: Plan
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    struck: tuple[Struck, ...] = ()
    loose: tuple[Reading, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    def words(self, item_id: str) -> str:
        """«đã chỉnh sửa bởi ... ngày ...» of the latest correction of an item; "" when there is none."""
        found = self.changes.get(item_id)
        return max(found, key=lambda c: c.reading.seq).reading.words if found else ""


def gather(entries: Iterable[Entry]) -> tuple[Reading, ...]:
    """The corrections in force among ledger entries (in the order of `seq`, others are passed over), the one said last
    standing last."""
    found = [
        Reading(e.payload, e.last.id, e.last.author, e.last.role, e.last.recorded_at, e.last.seq)
        for e in effective(entries)
        if isinstance(e.payload, ReadingRecord)
    ]
    return tuple(sorted(found, key=lambda r: r.seq))


def links_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Former id -> id of the items whose entries officials linked to another item (one step; see `follow`)."""
    return {r.said.item: r.said.to for r in gather(entries) if r.said.action == "link"}


def renamed(plan: Plan, plan_id: str) -> Plan:
    """The plan and its items under another id of the document."""
    old = plan.plan.id
    if old == plan_id:
        return plan

    def moved(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(i.model_copy(update={"id": item_under(i.id, (old,), plan_id)}) for i in items)

    update: dict[str, Any] = {"plan": plan.plan.model_copy(update={"id": plan_id})}
    for name in ("targets", "tasks", "measures", "duties"):
        update[name] = moved(getattr(plan, name))
    return plan.model_copy(update=update)


def item_under(item_id: str, olds: Iterable[str], plan_id: str) -> str:
    """An item's id with the document's part replaced; others as they are."""
    head, dot, tail = item_id.rpartition(".")
    return f"{plan_id}.{tail}" if dot and head in olds else item_id


def apply(plan: Plan, readings: Sequence[Reading]) -> Corrected:
    """The plan as officials corrected it. `readings` are those of this document (`gather`), in order.

    A corrected item counts as reviewed: its confidence is 1 and its reason names who did it. Corrections that no longer
    fit (a value the present model refuses, words that are gone) are `loose`.
    """
    if not readings:
        return Corrected(plan)
    return _Applying(plan, readings).done()


class _Applying:
    def __init__(self, plan: Plan, readings: Sequence[Reading]) -> None:
        self.names = {plan.plan.id, *(r.said.plan for r in readings)}
        self.readings = readings
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.struck: list[Struck] = []
        self.loose: list[Reading] = []
        self.moved: dict[str, str] = {}
        self.plan = self._filled(plan)
        self.items: dict[ReadKind, list[Item]] = {k: list(v) for k, v in alike.items_of(self.plan).items()}

    def done(self) -> Corrected:
        groups = self._groups()
        for item_id, group in groups.items():
            added = [r for r in group if r.said.action == "add"]
            if added:
                self._add(item_id, added[-1])
        present = {item.id: (kind, item) for kind, items in self.items.items() for item in items}
        claimed = {i for i in groups if i in present}
        for item_id, group in groups.items():
            placed = not any(r.said.action == "add" for r in group)
            found = present.get(item_id) or (self._again(group[-1].said, claimed) if placed else None)
            if found is None:
                self.loose += group
                continue
            kind, item = found
            claimed.add(item.id)
            if item.id != item_id:
                self.moved[item_id] = item.id
            for reading in group:
                if reading.said.item != item.id:
                    self.moved[reading.said.item] = item.id
            self._correct(kind, item, group)
        update = {
            "targets": tuple(self.items["target"]),
            "tasks": tuple(self.items["task"]),
            "measures": tuple(self.items["measure"]),
            "duties": tuple(self.items["duty"]),
        }
        self.loose.sort(key=lambda r: r.seq)
        return Corrected(
            self.plan.model_copy(update=update), self.changes, tuple(self.struck), tuple(self.loose), self.moved
        )

    # What the document says of itself

    def _filled(self, plan: Plan) -> Plan:
        info, changes = plan.plan, []
        for reading in self.readings:
            if reading.said.action != "fill":
                continue
            try:
                now = PlanInfo.model_validate({**info.model_dump(), **reading.said.values})
            except ValidationError:
                self.loose.append(reading)
                continue
            names = [n for n in INFO_FIELDS if n in reading.said.values]
            changes.append(
                Change(tuple(FieldChange(n, getattr(plan.plan, n), getattr(now, n)) for n in names), reading)
            )
            info = now
        if changes:
            self.changes[""] = tuple(changes)
        return _in_year(plan, info) if info != plan.plan else plan

    # Items

    def _id(self, item_id: str) -> str:
        return item_under(item_id, self.names, self.plan.plan.id)

    def _groups(self) -> dict[str, list[Reading]]:
        """The corrections of each item, links followed."""
        links = {self._id(r.said.item): self._id(r.said.to) for r in self.readings if r.said.action == "link"}
        groups: dict[str, list[Reading]] = {}
        for reading in self.readings:
            if reading.said.action not in ("fill", "link"):
                groups.setdefault(follow(links, self._id(reading.said.item)), []).append(reading)
        return groups

    def _add(self, item_id: str, reading: Reading) -> None:
        said = reading.said
        if any(item.id == item_id for items in self.items.values() for item in items):
            return
        kind, place = said.item_kind, find_sentence(self.plan.text, said.quote, said.start)
        if not kind or place is None:
            return
        start, end = place
        own = {"quote": " ".join(said.quote.split())} if kind == "target" else {}
        try:
            made = MODELS[kind].model_validate(
                {**own, **said.values, "id": item_id, "start": start, "end": end, "reasons": (reading.words,)}
            )
        except ValidationError:
            return
        # The reader reads it by now: the added one stays, for entries may hang on its id.
        self.items[kind] = [i for i in self.items[kind] if not (_overlap(i, made) and _says_same(kind, i, made))]
        self.items[kind].append(made)
        self.items[kind].sort(key=lambda i: i.start)

    def _again(self, said: ReadingRecord, claimed: set[str]) -> tuple[ReadKind, Item] | None:
        """The item a correction speaks of when its id is gone: the same words, else the most alike, if it is clear."""
        kind = said.item_kind
        if not kind:
            return None
        free = [item for item in self.items[kind] if item.id not in claimed]
        wanted, quote = alike.words(kind, said.quote, said.before), alike.plain(said.quote)
        same = [item for item in free if alike.plain(alike.sentence(kind, item)) == quote]
        scored = sorted(
            ((alike.likeness(wanted, alike.words_of(kind, i)), -abs(i.start - said.start), i) for i in same or free),
            key=lambda s: s[:2],
            reverse=True,
        )
        if not scored or (scored[0][0] < _FOUND_AGAIN and len(same) != 1):
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEAR_LEAD:
            # Two sentences alike: the place tells which, where it tells clearly.
            rivals = [s for s in scored if s[0] >= scored[0][0] - _CLEAR_LEAD]
            first, second = sorted((-distance, n) for n, (_, distance, _) in enumerate(rivals))[:2]
            return (kind, rivals[first[1]][2]) if first[0] * 3 < second[0] else None
        return kind, scored[0][2]

    def _correct(self, kind: ReadKind, item: Item, group: Sequence[Reading]) -> None:
        now, changes, struck_by = item, [], None
        for reading in group:
            said = reading.said
            if said.action == "strike":
                struck_by = reading
            elif said.action == "restore":
                struck_by = None
            elif said.action == "change":
                try:
                    made = MODELS[kind].model_validate({**_fields(now), **said.values})
                except ValidationError:
                    self.loose.append(reading)
                    continue
                names = [n for n in EDITABLE[kind] if n in said.values]
                changes.append(
                    Change(tuple(FieldChange(n, getattr(item, n), getattr(made, n)) for n in names), reading)
                )
                now = made
            else:
                changes.append(Change((), reading))
        at = next(n for n, i in enumerate(self.items[kind]) if i.id == item.id)
        if struck_by is not None:
            self.struck.append(Struck(kind, item, struck_by))
            del self.items[kind][at]
            return
        if not changes:  # struck and restored: as it was read
            return
        update: dict[str, Any] = {"confidence": 1.0, "reasons": (changes[-1].reading.words,)}
        touched = {f.field for c in changes for f in c.fields}
        if "area" in touched:
            update["area_from"] = None
        if "agency" in touched:
            update["agency_from"] = None
        self.items[kind][at] = now.model_copy(update=update)
        self.changes[item.id] = tuple(changes)


def follow(links: Mapping[str, str], item_id: str) -> str:
    """Where a chain of links ends; links in a circle end where they were entered."""
    seen = {item_id}
    while (onward := links.get(item_id)) is not None and onward not in seen:
        seen.add(onward)
        item_id = onward
    return item_id


def _fields(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in type(item).model_fields}


def _overlap(a: Item, b: Item) -> bool:
    return a.start < b.end and b.start < a.end


def _says_same(kind: ReadKind, a: Item, b: Item) -> bool:
    """Whether two items say the same: for a target the figure and its level, else the words."""
    if isinstance(a, Target) and isinstance(b, Target):
        return (a.value, a.unit, a.level) == (b.value, b.unit, b.level) and (
            alike.likeness(alike.words_of(kind, a), alike.words_of(kind, b)) >= 0.5
        )
    return alike.likeness(alike.words_of(kind, a), alike.words_of(kind, b)) >= _SENTENCE_AGAIN


def _in_year(plan: Plan, info: PlanInfo) -> Plan:
    """The plan with what it says of itself put right; where its year changed, what was dated by the year follows."""
    old, update = plan.plan, {"plan": info}
    if (old.year, old.year_end) == (info.year, info.year_end):
        return plan.model_copy(update=update)
    was, now = _last_day(old), _last_day(info)

    def dated(task: Task) -> Task:
        if task.deadline != read_deadline(task.deadline_raw, old.year)[0]:
            return task
        return task.model_copy(update={"deadline": read_deadline(task.deadline_raw, info.year)[0]})

    update["targets"] = tuple(t.model_copy(update={"due": now}) if t.due == was else t for t in plan.targets)  # type: ignore[assignment]
    update["tasks"] = tuple(dated(t) for t in plan.tasks)  # type: ignore[assignment]
    return plan.model_copy(update=update)


def _last_day(info: PlanInfo) -> dt.date | None:
    year = info.year_end or info.year
    return dt.date(year, 12, 31) if year else None


_WORD = re.compile(r"\w+")


def find_sentence(text: str, quote: str, near: int) -> tuple[int, int] | None:
    """Where a sentence stands in a text: exactly as it is, else by its words alone (blanks, signs, accents of another
    copy do not matter); of several places the one nearest to `near`. None when it is not there."""
    at = _nearest((m.start() for m in re.finditer(re.escape(quote), text)), near) if quote else None
    if at is not None:
        return at, at + len(quote)
    wanted = [folded(w) for w in _WORD.findall(quote)]
    if not wanted:
        return None
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    have = [folded(text[a:b]) for a, b in spans]
    size = len(wanted)
    starts = [n for n in range(len(have) - size + 1) if have[n] == wanted[0] and have[n : n + size] == wanted]
    first = min(starts, key=lambda n: abs(spans[n][0] - near), default=None)
    if first is None:
        return None
    return spans[first][0], spans[first + len(wanted) - 1][1]


def _nearest(places: Iterable[int], near: int) -> int | None:
    return min(places, key=lambda at: abs(at - near), default=None)


# Making records


def candidates(plan: Plan, said: ReadingRecord) -> list[Item]:
    """The items of `plan` a correction that found no place may belong to, the most alike first: those of its kind."""
    if not said.item_kind:
        return []
    wanted = alike.words(said.item_kind, said.quote, said.before)
    items = alike.items_of(plan)[said.item_kind]
    return sorted(items, key=lambda item: -alike.likeness(wanted, alike.words_of(said.item_kind, item)))


def _item(plan: Plan, item_id: str) -> tuple[ReadKind, Item]:
    for kind, items in alike.items_of(plan).items():
        for item in items:
            if item.id == item_id:
                return kind, item
    raise NotUsable(NO_ITEM)


def _about(plan: Plan, sha256: str, kind: ReadKind, item: Item) -> dict[str, Any]:
    return {
        "plan": plan.plan.id,
        "sha256": sha256,
        "item": item.id,
        "item_kind": kind,
        "start": item.start,
        "end": item.end,
        "quote": alike.sentence(kind, item)[:MAX_TEXT],
        "before": alike.snapshot(kind, item),
    }


def _made(**fields: Any) -> ReadingRecord:
    try:
        return ReadingRecord(**fields)
    except ValidationError as error:
        from cchc.entries import explain

        raise NotUsable(" ".join(dict.fromkeys(message for _, message in explain(error)))) from None


def change(
    plan: Plan, sha256: str, item_id: str, values: Mapping[str, Any], reason: str = DEFAULT_REASON
) -> ReadingRecord:
    """The record that puts fields of an item right. `plan` is the plan as shown (corrections applied), `sha256` its
    file, `values` new values by name (EDITABLE). Raises NotUsable."""
    kind, item = _item(plan, item_id)
    made = _made(action="change", **_about(plan, sha256, kind, item), values=dict(values), reason=reason)
    now = MODELS[kind].model_validate({**_fields(item), **made.values})
    _check_goal(now)
    return made


def _check_goal(item: Item) -> None:
    if isinstance(item, Target) and item.kind in ("ratio", "count", "rank") and item.value is None:
        raise NotUsable("Chỉ tiêu có mức bằng số thì phải có mức; hãy điền mức hoặc chọn loại khác.")


def confirm(plan: Plan, sha256: str, item_id: str, reason: str = "") -> ReadingRecord:
    """The record that an item was looked at and is right. Raises NotUsable."""
    kind, item = _item(plan, item_id)
    return _made(action="confirm", **_about(plan, sha256, kind, item), reason=reason)


def strike(plan: Plan, sha256: str, item_id: str, reason: str = DEFAULT_REASON) -> ReadingRecord:
    """The record that takes an item out. Raises NotUsable."""
    kind, item = _item(plan, item_id)
    return _made(action="strike", **_about(plan, sha256, kind, item), reason=reason)


def restore(struck: Struck, reason: str = DEFAULT_REASON) -> ReadingRecord:
    """The record that takes a struck item in again (`Corrected.struck`)."""
    said = struck.reading.said
    return said.model_copy(update={"action": "restore", "reason": reason})


def add(
    plan: Plan,
    sha256: str,
    kind: ReadKind,
    start: int,
    end: int,
    values: Mapping[str, Any],
    reason: str = DEFAULT_REASON,
) -> ReadingRecord:
    """The record of an item the reader did not read, standing on `plan.text[start:end]`. For a measure or duty without
    `content`, and a target without `subject`, the sentence itself is taken. Raises NotUsable."""
    quote = plan.text[start:end]
    if not quote.strip() or len(quote) > MAX_TEXT:
        raise NotUsable(NO_SENTENCE)
    main = "subject" if kind == "target" else "content"
    made = _made(
        action="add",
        plan=plan.plan.id,
        sha256=sha256,
        item=f"{plan.plan.id}.{LETTERS[kind]}m{uuid.uuid4().hex[:10]}",
        item_kind=kind,
        start=start,
        end=end,
        quote=quote,
        values={main: " ".join(quote.split()), **values},
        reason=reason,
    )
    _check_goal(MODELS[kind].model_validate({**made.values, "id": made.item, "start": start, "end": end}))
    return made


def fill(plan: Plan, sha256: str, values: Mapping[str, Any], reason: str = DEFAULT_REASON) -> ReadingRecord:
    """The record that puts right what the document says of itself (INFO_FIELDS). Raises NotUsable."""
    return _made(
        action="fill",
        plan=plan.plan.id,
        sha256=sha256,
        values=dict(values),
        before=plan.plan.model_dump(mode="json", exclude={"id"}),
        reason=reason,
    )


def link(plan: Plan, sha256: str, old_id: str, new_id: str, reason: str = DEFAULT_REASON) -> ReadingRecord:
    """The record that entries and corrections of `old_id` belong to `new_id`, an item of `plan`, from now on. Raises
    NotUsable."""
    kind, item = _item(plan, new_id)
    about = _about(plan, sha256, kind, item) | {"item": old_id, "before": {}}
    return _made(action="link", **about, to=new_id, reason=reason)
