"""Whose is what: agencies, and the two matrices of responsibility."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from cchc.engine import Engine
from cchc.facts import NOTHING
from cchc.filters import Filters
from cchc.items import heirs
from cchc.queries.lists import target_rows, targets, task_rows
from cchc.queries.rows import Row, fetch, framed
from cchc.reading.agencies import KINDS, register


def agencies(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Agencies the documents name, by kind, then name in Vietnamese order.

    Columns: key, name, short, kind (Vietnamese), is_group (bool), known (bool: in the reference list), written (the
    ways the documents write it, joined "; "), members (tuple of keys: who belongs to the group in the filtered plans),
    lead, support, duties (int: items of the filtered plans assigned directly), via_lead, via_support (int: further
    tasks through groups), given (int: targets the standing body gave to it by the reporting date). Only agencies with
    an item in the filtered plans, directly, through a group or given. Of the filters only the plans and the date count.
    """
    only = Filters(plan=filters.plan, as_of=filters.as_of)
    given = [link for link in _given(engine, only)[0] if not link.via]
    links = _links(engine, only)
    work = [link for link in links if link.kind == "task"]
    charges = [link for link in links if link.kind == "duty"]
    direct, grouped = [link for link in work if not link.via], _only_grouped(work)
    counts = {
        "lead": _items(direct, "lead"),
        "support": _items(direct, "support"),
        "duties": _items([link for link in charges if not link.via]),
        "via_lead": _items(grouped, "lead"),
        "via_support": _items(grouped, "support"),
        "given": _items(given),
    }
    present = {key for found in counts.values() for key in found} | {link.agency for link in charges}
    return _with_counts(_agency_rows(engine, filters, present), counts)


def matrix_area(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and areas: how many of the filtered tasks each leads and supports.

    Columns: key, name, short, kind, is_group, known, written, members (tuple of keys), lead_1 .. lead_7, lead_0 (area
    not known), support_1 .. support_7, support_0, lead, support, total (distinct tasks), via (distinct further tasks
    meant through a group; 0 when expanded), given_1 .. given_7, given_0, given (targets the standing body gave to it;
    none where a set filter does not hold for targets); all counts int. Rows by kind, then name in Vietnamese order;
    only rows with a task or a given target.

    Folded (`expand=False`), a group is one line of responsibility and an agency's counts hold what names it directly.
    Expanded, a group whose members are known is replaced by its members, whose counts then hold the group's tasks too:
    the sums of columns count a group's task once a member, so they are no totals of tasks. With an agency filter only
    the chosen agencies stand here, folded also the groups through which they are meant.
    """
    work = task_rows(engine, filters)
    everything = _links_of(engine, work, filters)
    links = _rows_of_matrix(engine, everything, filters, expand)
    areas = {row["id"]: row["area"] or 0 for row in work}
    counts: dict[str, dict[str, set[str]]] = {}
    for role in ("lead", "support"):
        of_role = [link for link in links if link.role == role]
        for area in (*range(1, 8), 0):
            counts[f"{role}_{area}"] = _items([link for link in of_role if areas[link.item] == area])
    counts |= {"lead": _items(links, "lead"), "support": _items(links, "support"), "total": _items(links)}
    counts["via"] = {} if expand else _items(_only_grouped(everything))
    given, areas = ([], {}) if filters.not_applied("target") else _given(engine, filters)
    given = _rows_of_matrix(engine, given, filters, expand)
    for area in (*range(1, 8), 0):
        counts[f"given_{area}"] = _items([link for link in given if areas[link.item] == area])
    counts["given"] = _items(given)
    return _with_counts(_agency_rows(engine, filters, {link.agency for link in [*links, *given]}), counts)


def given_targets(engine: Engine, filters: Filters) -> pd.DataFrame:
    """The filtered targets that the standing body gave to an agency: `targets` with agency_key (whom) further to the
    right. A set filter that does not hold for targets is not looked at."""
    links, _ = _given(engine, filters)
    whom = {link.item: link.agency for link in links if not link.via}
    found = targets(engine, filters)
    found = found[found["id"].isin(list(whom))].reset_index(drop=True)
    return found.assign(agency_key=found["id"].map(whom).astype("object"))


def matrix_task(engine: Engine, filters: Filters, expand: bool = False) -> pd.DataFrame:
    """Agencies and tasks: one row for each agency and filtered task it leads (C) or supports (P).

    Columns: agency_key, agency, agency_short, kind, is_group, agency_order (int, rows of the matrix), id, doc_id,
    plan_label, ordinal, content, area, task_order (int, columns of the matrix), role («C», «P», «CP»), via (text: group
    through which an expanded member is meant, "" when named directly). Folding as in `matrix_area`.
    """
    work = task_rows(engine, filters)
    links = _rows_of_matrix(engine, _links_of(engine, work, filters), filters, expand)
    listed = _agency_rows(engine, filters, {link.agency for link in links})
    rows = {row["key"]: (n, row) for n, row in enumerate(listed)}
    columns = {row["id"]: (n, row) for n, row in enumerate(work)}
    cells: dict[tuple[int, int], list[_Link]] = {}
    for link in links:
        cells.setdefault((rows[link.agency][0], columns[link.item][0]), []).append(link)
    found: list[Row] = []
    for (agency_order, task_order), of_cell in sorted(cells.items(), key=lambda cell: cell[0]):
        agency, roles, via = rows[of_cell[0].agency][1], {k.role for k in of_cell}, {k.via for k in of_cell}
        found.append(
            columns[of_cell[0].item][1]
            | {
                "agency_key": agency["key"], "agency": agency["name"], "agency_short": agency["short"],
                "kind": agency["kind"], "is_group": agency["is_group"], "agency_order": agency_order,
                "task_order": task_order,
                "role": ("C" if "lead" in roles else "") + ("P" if "support" in roles else ""),
                "via": "" if "" in via else "; ".join(sorted(via)),
            }
        )  # fmt: skip
    return framed(found, _MATRIX_TASK_COLUMNS)


_MATRIX_TASK_COLUMNS = (
    "agency_key", "agency", "agency_short", "kind", "is_group", "agency_order", "id", "doc_id", "plan_label", "ordinal",
    "content", "area", "task_order", "role", "via",
)  # fmt: skip


class _Link(NamedTuple):
    """An item is an agency's business in a role: named directly (via = "") or through the agency `through`."""

    item: str
    kind: str  # task, duty
    agency: str
    through: str
    role: str
    via: str


def _given(engine: Engine, filters: Filters) -> tuple[list[_Link], dict[str, int]]:
    """The filtered targets given to an agency, as links to it and (via it) to its successors; and the area of each
    target."""
    facts = engine.facts(filters.day())
    links: list[_Link] = []
    areas: dict[str, int] = {}
    for row in target_rows(engine, filters) if any(known.agency for known in facts.values()) else ():
        key = facts.get(row["id"], NOTHING).agency
        if key:
            links.append(_Link(row["id"], "target", key, key, "lead", ""))
            links += [_Link(row["id"], "target", heir, key, "lead", row["given_to"]) for heir in heirs(key)]
            areas[row["id"]] = row["area"] or 0
    return links, areas


def _links(engine: Engine, filters: Filters) -> list[_Link]:
    """All links of the items of the filtered plans, in the filtered role; other filters do not count."""
    with engine.cursor() as cursor:
        rows = cursor.execute(
            """SELECT a.item_id, a.kind, r.agency_key, r.via_key, a.role, r.via
               FROM assignments a JOIN reach r ON r.doc_id = a.doc_id AND r.via_key = a.agency_key
               WHERE (len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], a.doc_id)) AND coalesce(a.role = ?, true)""",
            [list(filters.plan), list(filters.plan), filters.role],
        ).fetchall()
    return [_Link(*row) for row in rows]


def _links_of(engine: Engine, items: list[Row], filters: Filters) -> list[_Link]:
    """The links of these items."""
    ids = {row["id"] for row in items}
    return [link for link in _links(engine, filters) if link.item in ids]


def _rows_of_matrix(engine: Engine, links: list[_Link], filters: Filters, expand: bool) -> list[_Link]:
    """The links that the matrix counts: folded, each agency as named; expanded, members in place of their groups."""
    chosen = set(filters.agency)
    if expand and chosen:
        return [link for link in links if link.agency in chosen]
    if not expand:
        named = {link.through for link in links if link.agency in chosen} if chosen else {link.agency for link in links}
        return [link for link in links if not link.via and link.agency in named]
    with engine.cursor() as cursor:
        pairs = set(cursor.execute("SELECT DISTINCT group_key, member_key FROM agency_members").fetchall())
    unfolded = {group for group, _ in pairs}
    # Inner groups and later names of a member reach a group's items too: they stand here only where they are named or
    # members themselves, and then with all that a filter by them finds.
    shown = {
        link.agency for link in links
        if (link.agency not in unfolded if not link.via else (link.through, link.agency) in pairs)
    }  # fmt: skip
    return [link for link in links if link.agency in shown]


def _only_grouped(links: list[_Link]) -> list[_Link]:
    """Links of items that mean an agency through a group only."""
    direct = {(link.agency, link.item) for link in links if not link.via}
    return [link for link in links if link.via and (link.agency, link.item) not in direct]


def _items(links: Iterable[_Link], role: str | None = None) -> dict[str, set[str]]:
    """The items of each agency."""
    found: dict[str, set[str]] = {}
    for link in links:
        if role is None or link.role == role:
            found.setdefault(link.agency, set()).add(link.item)
    return found


def _with_counts(listed: list[Row], counts: dict[str, dict[str, set[str]]]) -> pd.DataFrame:
    for row in listed:
        row |= {name: len(items.get(row["key"], ())) for name, items in counts.items()}
    return framed(listed, (*_AGENCY_COLUMNS, *counts), counts)


_AGENCY_COLUMNS = ("key", "name", "short", "kind", "is_group", "known", "written", "members")


def _agency_rows(engine: Engine, filters: Filters, keys: Iterable[str]) -> list[Row]:
    """These agencies in display order with _AGENCY_COLUMNS; members are those of the filtered plans."""
    wanted = set(keys)
    rows = fetch(
        engine,
        """SELECT key, name, short, kind, is_group, known, written FROM agencies
           WHERE key IN (SELECT unnest(?::VARCHAR[])) ORDER BY position""",
        [sorted(wanted)],
    )
    rows = with_registered(engine, rows, wanted)
    members: dict[str, list[str]] = {}
    for pair in fetch(
        engine,
        """SELECT DISTINCT group_key, member_key FROM agency_members
           WHERE len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], doc_id) ORDER BY ALL""",
        [list(filters.plan), list(filters.plan)],
    ):
        members.setdefault(pair["group_key"], []).append(pair["member_key"])
    for row in rows:
        row["members"] = tuple(members.get(row["key"], ()))
    return rows


def with_registered(engine: Engine, rows: list[Row], keys: Iterable[str]) -> list[Row]:
    """The agencies with those of `keys` that no document names but the register knows (a target was given to them), by
    kind, then name in Vietnamese order."""
    listed = {row["key"] for row in rows}
    added = [
        {"key": key, "name": found.name, "short": found.short, "kind": found.kind, "is_group": False, "known": True,
         "written": "", "items": 0}
        for key in sorted(set(keys) - listed)
        if (found := register().get(key)) is not None
    ]  # fmt: skip
    if not added:
        return rows
    rows, kinds = [*rows, *added], {kind: n for n, kind in enumerate(KINDS)}
    sql = "SELECT n FROM (SELECT unnest(?::VARCHAR[]) AS n) ORDER BY n COLLATE vi"
    names = {row["n"]: n for n, row in enumerate(fetch(engine, sql, [[row["name"] for row in rows]]))}
    return sorted(rows, key=lambda row: (kinds.get(row["kind"], len(kinds)), names[row["name"]]))
