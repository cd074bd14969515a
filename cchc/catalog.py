"""Build the catalog: one DuckDB file with what the documents say (schema in catalog.sql).

The catalog is a pure function of the documents, the reader's code and the reference data. Its file name carries the
hash over them, so a file of that name never needs to change: it is built under another name in the same folder, closed,
then moved into place. Processes that build at the same time write the same content; the last move wins. Readers open it
read-only (an open writer would lock every other process out).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from cchc import periods
from cchc.filters import LOW_CONFIDENCE, area_names, searchable
from cchc.model import Duty, Item, Plan, Task
from cchc.reading import agencies
from cchc.reference import load

log = logging.getLogger("cchc")

_HERE = Path(__file__).parent
_SCHEMA = _HERE / "catalog.sql"
KEEP = 2  # catalogs that stay: the new one and the one another process may still be reading
STALE_TEMP_SECONDS = 3600
# No extension is fetched at run time: a query that needs one fails instead of asking the network.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

MAX_KEY = 90  # characters of an agency's key; keys stand in addresses
FORERUNNER = "{name} (tên trước đây)"
NO_PLAN = "Không đọc được tệp này như một kế hoạch."
NOT_OPENED = "Không mở được tệp."
FAULT = "Có lỗi khi đọc tệp này; chi tiết ở nhật ký của máy chủ."
TWICE = "Cùng một văn bản với tệp «{other}»; không nhập lần nữa."

UNCLEAR_DEADLINE = "Chưa rõ thời hạn"
UNCLEAR_LEAD = "Chưa rõ cơ quan chủ trì"
UNCLEAR_AGENCY = "Chưa rõ cơ quan"
UNSURE = "Đọc chưa chắc chắn"

ItemT = TypeVar("ItemT", bound=Item)
Read = Callable[[bytes, str], Plan]


def version(plan_files: Iterable[Path]) -> str:
    """The hash (16 hex) of all that determines the catalog: documents by name and content, the code that reads and
    stores them, the reference data. Unreadable files count by name."""
    digest = hashlib.sha256()
    code = [p for part in ("formats", "reading") for p in (_HERE / part).rglob("*.py")]
    code += (_HERE / "reference").glob("*.toml")
    code += [_HERE / name for name in ("catalog.py", "catalog.sql", "filters.py", "model.py", "periods.py", "text.py")]
    for path in [*sorted(code), *sorted(plan_files, key=lambda p: p.name)]:
        try:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            content = "-"
        digest.update(f"{path.name}\0{content}\n".encode("utf-8", "surrogateescape"))
    digest.update(duckdb.__version__.encode())
    return digest.hexdigest()[:16]


def path_of(hash_: str, out_dir: Path) -> Path:
    """Where the catalog of this hash lies."""
    return out_dir / f"catalog-{hash_}.duckdb"


def ensure(plan_files: Iterable[Path], out_dir: Path, read: Read | None = None) -> Path:
    """The catalog of these documents: an existing one when it is fresh, else a new one."""
    files = sorted(plan_files)
    path = path_of(version(files), out_dir)
    return path if path.is_file() else build(files, out_dir, read)


def build(plan_files: Iterable[Path], out_dir: Path, read: Read | None = None) -> Path:
    """Read the documents and write their catalog; returns its path. A fresh one of the same hash is written anew.

    A file that cannot be read, or that is the same document as another, is recorded in the table `problems` and does
    not stop the rest. Raises OSError when the folder cannot be written.
    """
    files = sorted(plan_files)
    # Before reading: a document that changes meanwhile makes the catalog stale, not wrong.
    hash_ = version(files)
    plans, problems = read_all(files, read)
    return write(plans, problems, hash_, out_dir)


def read_all(files: Sequence[Path], read: Read | None = None) -> tuple[list[Plan], list[tuple[str, str]]]:
    """The plans in these files and (file name, Vietnamese message) for each file that gave none."""
    from cchc import reading
    from cchc.formats import NotAPlan

    read = read or reading.read_plan
    plans: list[Plan] = []
    problems: list[tuple[str, str]] = []
    for path in files:
        try:
            plans.append(read(path.read_bytes(), path.name))
        except NotAPlan as error:
            problems.append((path.name, str(error) or NO_PLAN))
        except OSError:
            problems.append((path.name, NOT_OPENED))
        except Exception:
            # A fault of the reader: one document must not keep all others from being shown.
            log.exception("%s cannot be read", path)
            problems.append((path.name, FAULT))
    return _once_each(plans, problems), problems


def _once_each(plans: Iterable[Plan], problems: list[tuple[str, str]]) -> list[Plan]:
    """One plan an id: of two files with the same document the fuller one stays, the other is reported."""
    kept: dict[str, Plan] = {}
    for plan in plans:
        other = kept.get(plan.plan.id)
        if other is None:
            kept[plan.plan.id] = plan
            continue
        fuller, rest = (plan, other) if _size(plan) > _size(other) else (other, plan)
        kept[plan.plan.id] = fuller
        problems.append((rest.name, TWICE.format(other=fuller.name)))
    return list(kept.values())


def _size(plan: Plan) -> int:
    return len(plan.targets) + len(plan.tasks) + len(plan.measures) + len(plan.duties)


def write(plans: Sequence[Plan], problems: Sequence[tuple[str, str]], hash_: str, out_dir: Path) -> Path:
    """Write a catalog of these plans and move it into place; returns its path."""
    out_dir.mkdir(parents=True, exist_ok=True)
    final = path_of(hash_, out_dir)
    temp = out_dir / f".building-{hash_}-{os.getpid()}-{secrets.token_hex(4)}.duckdb"
    try:
        with duckdb.connect(str(temp), config=SETTINGS) as connection:
            _fill(connection, plans, problems, hash_)
            connection.execute("CHECKPOINT")
        try:
            temp.replace(final)
        except PermissionError:
            # Windows does not replace a file that someone reads; the one in place has the same content.
            if not final.is_file():
                raise
    finally:
        for left in (temp, temp.with_name(temp.name + ".wal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    clean(out_dir, final)
    return final


def clean(out_dir: Path, current: Path, keep: int = KEEP) -> list[Path]:
    """Remove catalogs older than the `keep` newest, never `current`, and remains of builds that were cut off. A file
    that cannot be removed (in use) stays. Returns what was removed."""
    removed: list[Path] = []

    def age(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    catalogs = sorted((p for p in out_dir.glob("catalog-*.duckdb") if p != current), key=age, reverse=True)
    remains = [p for p in out_dir.glob(".building-*") if age(p) < time.time() - STALE_TEMP_SECONDS]
    for path in [*catalogs[max(keep - 1, 0) :], *remains]:
        with contextlib.suppress(OSError):
            path.unlink()
            removed.append(path)
    return removed


# --- content -----------------------------------------------------------------------------------------------------


def _fill(
    connection: duckdb.DuckDBPyConnection, plans: Sequence[Plan], problems: Sequence[tuple[str, str]], hash_: str
) -> None:
    connection.execute(_SCHEMA.read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    rows: dict[str, list[tuple[Any, ...]]] = {
        "meta": [("version", hash_)],
        "areas": [(a["id"], a["name"], a["short"]) for a in load("areas")["area"]],
        "problems": list(problems),
    }
    bodies = Agencies()
    labels = plan_labels(plans)
    order = sorted(range(len(plans)), key=lambda n: (-(plans[n].plan.year or 0), labels[n]))
    for position, n in enumerate(order):
        for table, more in _plan_rows(plans[n], labels[n], position, bodies).items():
            rows.setdefault(table, []).extend(more)
    for table, more in bodies.rows().items():
        rows.setdefault(table, []).extend(more)
    for table, values in rows.items():
        _insert(connection, table, values)
    connection.execute(_SUMMARIES)
    connection.execute("COMMIT")


def _insert(connection: duckdb.DuckDBPyConnection, table: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Inserts rows column by column: one statement, where a statement a row takes thirty times as long."""
    if not values:
        return
    types = [row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    columns = ", ".join(f"unnest(?::{type_}[])" for type_ in types)
    connection.execute(
        f"INSERT INTO {table} SELECT {columns}",
        [list(column) for column in zip(*values, strict=True)],
    )


# What lists of agencies show, computed once.
_SUMMARIES = """
    UPDATE agencies SET written = coalesce((
        SELECT string_agg(DISTINCT alias, '; ' ORDER BY alias) FROM agency_aliases WHERE agency_key = key), '');
    UPDATE agencies SET items = (
        SELECT count(DISTINCT a.item_id) FROM reach r
        JOIN assignments a ON a.doc_id = r.doc_id AND a.agency_key = r.via_key WHERE r.agency_key = key);
    UPDATE agencies SET position = ordered.n FROM (
        SELECT key AS k, row_number() OVER (ORDER BY kind_order, name COLLATE vi, key) AS n FROM agencies
    ) ordered WHERE key = ordered.k;
"""


def plan_labels(plans: Sequence[Plan]) -> list[str]:
    """How lists name each plan, from what the document says: «6898/KH-UBND (Bình Dương, 2024)»,
    «Kế hoạch (Bình Định, 2024)»; what is missing is left out. Equal labels get the file name behind them."""
    labels = []
    for plan in plans:
        info = plan.plan
        years = str(info.year or "")
        if info.year and info.year_end and info.year_end != info.year:
            years = f"{info.year} - {info.year_end}"
        place = info.province or info.authority or (f"cấp {info.level}" if info.level else "")
        said = ", ".join(x for x in (place, years) if x)
        head = info.number or info.kind or "Văn bản"
        labels.append(f"{head} ({said})" if said else head)
    return [
        label if labels.count(label) == 1 else f"{label} – {plan.name}"
        for label, plan in zip(labels, plans, strict=True)
    ]


def review_of(item: Item) -> list[str]:
    """Why a person should look at an item, in Vietnamese; empty when nothing calls for it."""
    found: list[str] = []
    if isinstance(item, Task):
        if periods.lane_of(item.deadline) == periods.NONE:
            found.append(UNCLEAR_DEADLINE)
        if not item.lead:
            found.append(UNCLEAR_LEAD)
    if isinstance(item, Duty) and not item.agency:
        found.append(UNCLEAR_AGENCY)
    if item.confidence < LOW_CONFIDENCE:
        found.append(f"{UNSURE}: {'; '.join(item.reasons)}" if item.reasons else UNSURE)
    return found


def _plan_rows(plan: Plan, label: str, position: int, bodies: Agencies) -> dict[str, list[tuple[Any, ...]]]:
    info = plan.plan
    doc = info.id
    areas = area_names()
    items: list[Item] = [*plan.targets, *plan.tasks, *plan.measures, *plan.duties]

    def row(n: int, item: Item, words: Iterable[str | None], *own: Any) -> tuple[Any, ...]:
        search = searchable(" ".join(w for w in words if w))
        place = (item.area, areas[item.area] if item.area else None, item.area_from)
        return (
            item.id, doc, label, info.year, position * 1_000_000 + n, *place, item.confidence, list(item.reasons),
            review_of(item), item.start, item.end, search, *own,
        )  # fmt: skip

    rows: dict[str, list[tuple[Any, ...]]] = {
        "documents": [
            (
                doc, position, label, plan.name, info.title, info.number, info.kind, info.authority, info.province,
                info.level, info.year, info.year_end, info.issued_on, info.effective_on, info.signed_by,
                list(info.legal_bases), plan.text, len(plan.targets), len(plan.tasks), len(plan.measures),
                len(plan.duties), len(plan.warnings), sum(1 for item in items if review_of(item)),
            )
        ],
        "warnings": [(doc, n, message) for n, message in enumerate(plan.warnings)],
        "targets": [
            row(n, t, (t.quote, t.subject, t.group, t.except_), t.kind, t.comparator, t.value, t.unit, t.level,
                t.subject, t.group, t.except_, t.due, t.quote)
            for n, t in enumerate(_in_order(plan.targets))
        ],
        "tasks": [
            row(n, t, (t.content, *t.products, *t.lead, *t.support, t.deadline_raw, t.note), t.ordinal, t.content,
                list(t.products), list(t.lead), list(t.support), t.deadline_raw, t.deadline.kind, t.deadline.start,
                t.deadline.end, t.note)
            for n, t in enumerate(_in_order(plan.tasks))
        ],
        "measures": [row(n, m, (m.content,), m.content) for n, m in enumerate(_in_order(plan.measures))],
        "duties": [
            row(n, d, (d.agency, d.content), d.agency, d.agency_from, d.content)
            for n, d in enumerate(_in_order(plan.duties))
        ],
        "assignments": [],
    }  # fmt: skip
    for task in plan.tasks:
        rows["assignments"] += bodies.assign(task, plan, task.lead, "lead")
        rows["assignments"] += bodies.assign(task, plan, task.support, "support")
    for duty in plan.duties:
        if duty.agency:
            rows["assignments"] += bodies.assign(duty, plan, agencies.split_agencies(duty.agency), "lead")
    return rows


def _in_order(items: Sequence[ItemT]) -> list[ItemT]:
    return sorted(items, key=lambda item: item.start)  # stable: several figures of one sentence keep their order


class Agencies:
    """Collects the agencies the documents name, and who is meant by them in each document.

    A name the register does not hold stays an agency of its own, as written: nobody is dropped, nobody is guessed.
    """

    def __init__(self) -> None:
        self._register = agencies.register()
        self._rows: dict[str, tuple[Any, ...]] = {}
        self._aliases: dict[tuple[str, str], None] = {}
        self._named: dict[tuple[str, int | None], dict[str, agencies.Agency]] = {}  # (document, year) -> by key

    def assign(self, item: Item, plan: Plan, names: Iterable[str], role: str) -> list[tuple[Any, ...]]:
        """Rows of `assignments` for the names of one item in one role."""
        doc, year = plan.plan.id, plan.plan.year
        rows: list[tuple[Any, ...]] = []
        for name in names:
            agency = self._register.identify(name)
            if agency is None:  # no word in it: nobody is named
                continue
            key = self._add(agency)
            self._aliases[key, name] = None
            self._named.setdefault((doc, year), {})[key] = agency
            rows.append((item.id, "task" if isinstance(item, Task) else "duty", doc, key, name, role, len(rows)))
        return rows

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of the tables about agencies; call it when all documents are in."""
        reach: dict[tuple[str, str, str], str] = {}
        members: dict[tuple[str, str, str], None] = {}
        for (doc, year), named in self._named.items():
            for key, agency in named.items():
                reach[doc, key, key] = ""
                for member in self._members(agency, year, named):
                    member_key = self._add(member)
                    members[doc, key, member_key] = None
                    reach.setdefault((doc, member_key, key), agency.name)
                    for heir in self._heirs(member, year):
                        via = f"{agency.name}; {FORERUNNER.format(name=member.name)}"
                        reach.setdefault((doc, self._add(heir), key), via)
                for inner in self._inner_groups(agency, year):
                    reach.setdefault((doc, self._add(inner), key), agency.name)
                for heir in self._heirs(agency, year):
                    reach.setdefault((doc, self._add(heir), key), FORERUNNER.format(name=agency.name))
        return {
            "agencies": list(self._rows.values()),
            "agency_aliases": list(self._aliases),
            "agency_members": list(members),
            "reach": [(*key, via) for key, via in reach.items()],
        }

    def _add(self, agency: agencies.Agency) -> str:
        """Notes an agency; returns its key."""
        key = agency.key
        if len(key) > MAX_KEY:
            key = f"{key[: MAX_KEY - 9].strip('-')}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
        if key not in self._rows:
            order = agencies.KINDS.index(agency.kind) if agency.kind in agencies.KINDS else len(agencies.KINDS)
            known = not agency.generated
            row = (key, agency.name, agency.short, agency.kind, order, agency.is_group, known, None, None, None)
            self._rows[key] = row
        return key

    def _members(
        self, group: agencies.Agency, year: int | None, named: dict[str, agencies.Agency]
    ) -> list[agencies.Agency]:
        """Who belongs to a group in a year: the registered agencies, and those the document itself names that the group
        means («UBND huyện Phù Cát» for «UBND cấp huyện»)."""
        if not group.is_group:
            return []
        registered = [self._register.agencies[key] for key in self._register.members(group.key, year)]
        have = {a.key for a in registered}
        return registered + [
            a
            for a in named.values()
            if a.key not in have and not a.is_group and group.key in self._register.groups_of(a.key, year, a.kind)
        ]

    def _inner_groups(self, group: agencies.Agency, year: int | None) -> list[agencies.Agency]:
        """Groups that are part of a group: «UBND cấp huyện» in «các cơ quan, đơn vị, địa phương»."""
        found: dict[str, agencies.Agency] = {}
        waiting = list(group.member_groups)
        while waiting:
            inner = self._register.get(waiting.pop())
            if inner is not None and inner.key not in found and inner.key != group.key and inner.exists_in(year):
                found[inner.key] = inner
                waiting.extend(inner.member_groups)
        return list(found.values())

    def _heirs(self, agency: agencies.Agency, year: int | None) -> list[agencies.Agency]:
        """Later agencies that took over this one's work and did not exist yet in the plan's year. An agency of the same
        year that later took over more stays apart: in its plan it was somebody else."""
        found: list[agencies.Agency] = []
        key = agency.successor
        while key is not None and len(found) < 10:
            heir = self._register.get(key)
            if heir is None:
                break
            if year is not None and not heir.exists_in(year):
                found.append(heir)
            key = heir.successor
        return found
