"""The items of the documents in one form, for recording, access, scores and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from cchc.facts import Facts
from cchc.model import Deadline, Plan, Target
from cchc.reading.agencies import register
from cchc.text import folded

ItemKind = Literal["task", "target", "measure", "duty"]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item of a document. `lead` and `support` are agency keys as the document assigns them (a group is one key).
    `members` are the leads with groups replaced by their members of the plan's year. `reached` are all agencies meant,
    members and today's successors included, `led_by` those of them who lead: who may record."""

    id: str
    kind: ItemKind
    plan: str  # id of the document
    label: str  # what it says
    area: int | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    reached: frozenset[str] = frozenset()
    led_by: frozenset[str] = frozenset()
    deadline: Deadline | None = None  # of a task
    target: Target | None = None  # of a target
    plan_label: str = ""
    start: dt.date | None = None  # where the plan's time begins
    assigned: bool = False  # the lead was named by the standing body, not by the document

    def concerns(self, agency: str) -> bool:
        """Whether the agency leads or supports it, itself or through a group."""
        return bool(agency) and agency in self.reached

    def has_data(self, known: Facts) -> bool:
        """Whether it is known how the item stands: for a goal with a figure a value (or that it does not apply), for
        everything else any report. A note on an overdue task is a report: who explains is not silent."""
        if self.target is not None and self.target.kind != "milestone":
            return bool(known.values) or known.not_applicable
        return known.recorded

    def is_led_by(self, agency: str) -> bool:
        """Whether the agency leads it, itself or through a group."""
        return bool(agency) and agency in self.led_by


def as_assigned(item: KnownItem, known: Facts) -> KnownItem:
    """The item led by the agency it was given to (and its successors), where its document names none; else the item as
    it is."""
    if not known.agency or item.lead:
        return item
    keys = frozenset((known.agency, *heirs(known.agency)))
    lead = (known.agency,)
    return replace(item, lead=lead, members=lead, reached=item.reached | keys, led_by=keys, assigned=True)


def heirs(key: str) -> Iterable[str]:
    """The successors of an agency, one after the other."""
    seen = {key}
    found = register().get(key)
    while found is not None and found.successor and found.successor not in seen:
        seen.add(found.successor)
        yield found.successor
        found = register().get(found.successor)


def from_plan(plan: Plan, key: Callable[[str], str] = folded, label: str = "") -> tuple[KnownItem, ...]:
    """The items of a plan as read. `key` makes an agency's key of its name; groups are not expanded."""
    info = plan.plan
    start = dt.date(info.year, 1, 1) if info.year else None
    shown = label or info.number or info.title or plan.name

    def keys(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key(name) for name in names))

    def item(kind: ItemKind, one: Any, text: str, **more: Any) -> KnownItem:
        made = KnownItem(one.id, kind, info.id, text, one.area, plan_label=shown, start=start, **more)
        every = frozenset((*made.lead, *made.support))
        return replace(made, members=made.lead, reached=every, led_by=frozenset(made.lead))

    return (
        *(item("target", t, t.quote or t.subject, target=t) for t in plan.targets),
        *(
            item("task", t, t.content, lead=keys(t.lead), support=keys(t.support), deadline=t.deadline)
            for t in plan.tasks
        ),
        *(item("measure", m, m.content) for m in plan.measures),
        *(item("duty", d, d.content, lead=keys((d.agency,)) if d.agency else ()) for d in plan.duties),
    )


class Frames(Protocol):
    """What is needed of the catalog: rows of a query as a frame (cchc.engine.Engine)."""

    def frame(self, sql: str, params: Sequence[Any] = ()) -> Any: ...


def from_catalog(engine: Frames) -> tuple[KnownItem, ...]:
    """The items of all documents of the catalog, in their order. A group without known members stays a group."""
    plans = {row["id"]: row for row in _rows(engine, "SELECT id, label, year FROM documents ORDER BY position")}
    doers: dict[str, dict[str, list[str]]] = {}
    for row in _rows(engine, "SELECT item_id, agency_key, role FROM assignments ORDER BY item_id, role, position"):
        keys = doers.setdefault(row["item_id"], {}).setdefault(row["role"], [])
        if row["agency_key"] not in keys:
            keys.append(row["agency_key"])
    groups: dict[tuple[str, str], list[str]] = {}
    for row in _rows(engine, "SELECT doc_id, group_key, member_key FROM agency_members ORDER BY ALL"):
        groups.setdefault((row["doc_id"], row["group_key"]), []).append(row["member_key"])
    reached: dict[tuple[str, str], set[str]] = {}
    for row in _rows(
        engine,
        "SELECT DISTINCT a.item_id, a.role, r.agency_key FROM assignments a"
        " JOIN reach r ON r.doc_id = a.doc_id AND r.via_key = a.agency_key",
    ):
        reached.setdefault((row["item_id"], row["role"]), set()).add(row["agency_key"])

    def item(kind: ItemKind, row: Mapping[str, Any], text: str, **more: Any) -> KnownItem:
        plan, own = plans[row["doc_id"]], doers.get(row["id"], {})
        lead, support = tuple(own.get("lead", ())), tuple(own.get("support", ()))
        led_by = frozenset(lead) | reached.get((row["id"], "lead"), set())
        return KnownItem(
            id=row["id"],
            kind=kind,
            plan=row["doc_id"],
            label=text,
            area=row["area"],
            lead=lead,
            support=support,
            members=tuple(dict.fromkeys(m for key in lead for m in groups.get((row["doc_id"], key), [key]))),
            reached=led_by | frozenset(support) | reached.get((row["id"], "support"), set()),
            led_by=led_by,
            plan_label=plan["label"],
            start=dt.date(plan["year"], 1, 1) if plan["year"] else None,
            **more,
        )

    found = [
        item("target", row, row["quote"] or row["subject"], target=_target(row))
        for row in _rows(
            engine,
            "SELECT i.id, doc_id, area, i.kind, comparator, value, unit, i.level, subject, due, quote, span_start,"
            " span_end FROM targets i JOIN documents d ON d.id = i.doc_id ORDER BY d.position, i.position",
        )
    ]
    found += [
        item("task", row, row["content"], deadline=_deadline(row))
        for row in _rows(
            engine,
            "SELECT i.id, doc_id, area, content, deadline_kind, deadline_start, deadline_end"
            " FROM tasks i JOIN documents d ON d.id = i.doc_id ORDER BY d.position, i.position",
        )
    ]
    found += [
        item("measure", row, row["content"])
        for row in _rows(
            engine,
            "SELECT i.id, doc_id, area, content FROM measures i"
            " JOIN documents d ON d.id = i.doc_id ORDER BY d.position, i.position",
        )
    ]
    found += [
        item("duty", row, row["content"])
        for row in _rows(
            engine,
            "SELECT i.id, doc_id, area, content FROM duties i"
            " JOIN documents d ON d.id = i.doc_id ORDER BY d.position, i.position",
        )
    ]
    return tuple(found)


def agency_names(engine: Frames) -> dict[str, str]:
    """The name of each agency, by key."""
    return {row["key"]: row["name"] for row in _rows(engine, "SELECT key, name FROM agencies")}


def agencies(engine: Frames) -> list[dict[str, Any]]:
    """The agencies that the documents name, in the order of lists: key, name, kind (texts), is_group, known (whether
    the register holds it), written (the ways it is written, joined by "; ")."""
    return _rows(engine, "SELECT key, name, kind, is_group, known, written FROM agencies ORDER BY position")


def _rows(engine: Frames, sql: str) -> list[dict[str, Any]]:
    frame = engine.frame(sql)
    rows: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def _day(value: Any) -> dt.date | None:
    if value is None:
        return None
    day: dt.date = value.date() if isinstance(value, dt.datetime) else value
    return day


def _deadline(row: Mapping[str, Any]) -> Deadline:
    return Deadline(kind=row["deadline_kind"], start=_day(row["deadline_start"]), end=_day(row["deadline_end"]))


def _target(row: Mapping[str, Any]) -> Target:
    return Target(
        id=row["id"],
        area=row["area"],
        kind=row["kind"],
        comparator=row["comparator"],
        value=row["value"],
        unit=row["unit"],
        level=row["level"],
        subject=row["subject"],
        due=_day(row["due"]),
        quote=row["quote"],
        start=row["span_start"],
        end=row["span_end"],
    )
