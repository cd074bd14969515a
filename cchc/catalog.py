"""Build the catalog: one DuckDB file with what the documents say (schema in catalog.sql).

The catalog is a pure function of the documents, officials' corrections of what was read, the reader's code and the
reference data. Its file name carries the hash over them, so a file of that name never needs to change: it is built
under another name in the same folder, closed, then moved into place. Processes that build at the same time write the
same content; the last move wins. Readers open it read-only (an open writer would lock every other process out).

Documents pass one at a time: a build of ten thousand needs no more memory than one of fifty.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from cchc import review
from cchc.corrections import Corrected
from cchc.entry_words import value_text
from cchc.filters import area_names, searchable
from cchc.formats import NotAPlan
from cchc.library import Document, Library
from cchc.model import Item, Plan, PlanInfo, Task
from cchc.reading import agencies
from cchc.reads import FAULT, NO_PLAN, NOT_OPENED, Read, Reads, reader_version
from cchc.reference import load

__all__ = ["FAULT", "NOT_OPENED", "NO_PLAN"]

log = logging.getLogger("cchc")

_HERE = Path(__file__).parent
_SCHEMA = _HERE / "catalog.sql"
_OWN_CODE = ("alike.py", "catalog.py", "catalog.sql", "corrections.py", "filters.py", "library.py", "periods.py")
KEEP = 2  # catalogs that stay: the new one and the one another process may still be reading
STALE_TEMP_SECONDS = 3600
CHUNK = 50  # documents written at once
# No extension is fetched at run time: a query that needs one fails instead of asking the network.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

MAX_KEY = 90  # characters of an agency's key; keys stand in addresses
FORERUNNER = "{name} (cơ quan tiền thân)"
TWICE = "Cùng một văn bản với tệp «{other}»; không nhập lần nữa."

ItemT = TypeVar("ItemT", bound=Item)
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be written: what it is listed by, and how to get all of it. `document` is None for a plan without
    a file."""

    info: PlanInfo
    name: str
    size: int  # items
    load: Callable[[], Corrected]
    document: Document | None = None


@cache
def _code_version() -> str:
    digest = hashlib.sha256(reader_version().encode())
    for name in _OWN_CODE:
        digest.update((_HERE / name).read_bytes())
    digest.update(duckdb.__version__.encode())
    return digest.hexdigest()


def version(source: Library | Iterable[Path]) -> str:
    """The hash (16 hex) of all that determines the catalog of a library (or of files alone): documents by name and
    content, officials' records about them, the code that reads and stores them, the reference data. Unreadable files
    count by name."""
    library = source if isinstance(source, Library) else Library(source, Reads(Path()))
    return hashlib.sha256(f"{_code_version()}\0{library.version}".encode()).hexdigest()[:16]


def path_of(hash_: str, out_dir: Path) -> Path:
    """Where the catalog of this hash lies."""
    return out_dir / f"catalog-{hash_}.duckdb"


def ensure(source: Library | Iterable[Path], out_dir: Path, read: Read | None = None) -> Path:
    """The catalog of a library (or of files alone): an existing one when it is fresh, else a new one."""
    library = _library(source, out_dir, read)
    path = path_of(version(library), out_dir)
    return path if path.is_file() else build(library, out_dir)


def build(source: Library | Iterable[Path], out_dir: Path, read: Read | None = None, step: Step | None = None) -> Path:
    """Read the documents and write their catalog; returns its path. A fresh one of the same hash is written anew.

    A file that cannot be read, or that is the same document as another, is recorded in the table `problems` and does
    not stop the rest. `step` is told how many of how many documents are read. Raises OSError when the folder cannot be
    written.
    """
    library = _library(source, out_dir, read)
    # Before reading: a document that changes meanwhile makes the catalog stale, not wrong.
    hash_ = version(library)
    failed = library.read_all(step)
    problems = [*library.problems, *((d.name, failed[d.sha256]) for d in library.documents if d.sha256 in failed)]
    sources = _once_each(_sources(library, failed), problems)
    path = write_all(sources, problems, hash_, out_dir)
    library.reads.clean()
    return path


def _library(source: Library | Iterable[Path], out_dir: Path, read: Read | None) -> Library:
    return source if isinstance(source, Library) else Library(source, Reads(out_dir / "read", read))


def _sources(library: Library, failed: dict[str, str]) -> Iterator[Source]:
    for document in library.documents:
        head = None if document.sha256 in failed else library.head(document)
        if head is None:
            continue
        info, size = head.info, head.size
        if library.readings_of(document):  # they may change what it is listed by
            plan = library.corrected(document).plan
            info, size = plan.plan.model_copy(update={"legal_bases": ()}), _size(plan)
        yield Source(info, document.name, size, _loader(library, document), document)


def _loader(library: Library, document: Document) -> Callable[[], Corrected]:
    return lambda: library.corrected(document)


def _once_each(sources: Iterable[Source], problems: list[tuple[str, str]]) -> list[Source]:
    """One document an id: of two files with the same document the fuller one stays, the other is reported."""
    kept: dict[str, Source] = {}
    for source in sources:
        other = kept.get(source.info.id)
        if other is None:
            kept[source.info.id] = source
            continue
        fuller, rest = (source, other) if source.size > other.size else (other, source)
        kept[source.info.id] = fuller
        problems.append((rest.name, TWICE.format(other=fuller.name)))
    return list(kept.values())


def _size(plan: Plan) -> int:
    return len(plan.targets) + len(plan.tasks) + len(plan.measures) + len(plan.duties)


def of_plan(plan: Plan) -> Source:
    """A plan without a file, as it is."""
    return Source(plan.plan, plan.name, _size(plan), lambda: Corrected(plan))


def write(plans: Sequence[Plan], problems: Sequence[tuple[str, str]], hash_: str, out_dir: Path) -> Path:
    """Write a catalog of these plans and move it into place; returns its path."""
    return write_all([of_plan(plan) for plan in plans], problems, hash_, out_dir)


def write_all(sources: Sequence[Source], problems: Sequence[tuple[str, str]], hash_: str, out_dir: Path) -> Path:
    """Write a catalog of these documents and move it into place; returns its path."""
    out_dir.mkdir(parents=True, exist_ok=True)
    final = path_of(hash_, out_dir)
    temp = out_dir / f".building-{hash_}-{os.getpid()}-{secrets.token_hex(4)}.duckdb"
    try:
        with duckdb.connect(str(temp), config=SETTINGS) as connection:
            _fill(connection, sources, problems, hash_)
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
    connection: duckdb.DuckDBPyConnection, sources: Sequence[Source], problems: Sequence[tuple[str, str]], hash_: str
) -> None:
    connection.execute(_SCHEMA.read_text(encoding="utf-8"))
    rows: dict[str, list[tuple[Any, ...]]] = {
        "meta": [("version", hash_)],
        "areas": [(a["id"], a["name"], a["short"]) for a in load("areas")["area"]],
    }
    failed: list[tuple[str, str]] = []
    bodies = Agencies()
    labels = plan_labels([(source.info, source.name) for source in sources])
    order = sorted(range(len(sources)), key=lambda n: (-(sources[n].info.year or 0), labels[n]))
    for position, n in enumerate(order):
        source = sources[n]
        try:
            corrected = source.load()
        except NotAPlan as refusal:  # the file vanished since its head was read
            failed.append((source.name, str(refusal) or NO_PLAN))
            continue
        for table, more in _plan_rows(corrected, source.document, labels[n], position, bodies).items():
            rows.setdefault(table, []).extend(more)
        for table, more in bodies.end_of(corrected.plan).items():
            rows.setdefault(table, []).extend(more)
        if position % CHUNK == CHUNK - 1:
            _write_chunk(connection, rows)
    rows["problems"] = [*problems, *failed]
    for table, more in bodies.rows().items():
        rows.setdefault(table, []).extend(more)
    _write_chunk(connection, rows)
    connection.execute(_SUMMARIES)


def _write_chunk(connection: duckdb.DuckDBPyConnection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Writes the rows and forgets them. Nobody sees the file before all of it is written."""
    connection.execute("BEGIN")
    for table, values in rows.items():
        _insert(connection, table, values)
    connection.execute("COMMIT")
    rows.clear()


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


def plan_labels(plans: Sequence[tuple[PlanInfo, str]]) -> list[str]:
    """How lists name each plan (what it says of itself, file name): «6898/KH-UBND (Bình Dương, 2024)»,
    «Kế hoạch (Bình Định, 2024)»; what is missing is left out. Equal labels get the file name behind them."""
    labels = []
    for info, _ in plans:
        years = str(info.year or "")
        if info.year and info.year_end and info.year_end != info.year:
            years = f"{info.year} - {info.year_end}"
        place = info.province or info.authority or (f"cấp {info.level}" if info.level else "")
        said = ", ".join(x for x in (place, years) if x)
        head = info.number or info.kind or "Văn bản"
        labels.append(f"{head} ({said})" if said else head)
    for also in range(3):  # two files of one name are told apart by a number
        counts = Counter(labels)
        seen: Counter[str] = Counter()
        for n, (label, (_, name)) in enumerate(zip(list(labels), plans, strict=True)):
            if counts[label] > 1:
                seen[label] += 1
                labels[n] = f"{label} – {name}" if also == 0 else f"{label} ({seen[label]})"
    return labels


def _plan_rows(
    corrected: Corrected, document: Document | None, label: str, position: int, bodies: Agencies
) -> dict[str, list[tuple[Any, ...]]]:
    plan = corrected.plan
    info = plan.plan
    doc = info.id
    areas = area_names()

    def row(n: int, item: Item, words: Iterable[str | None], *own: Any) -> tuple[Any, ...]:
        search = searchable(" ".join(w for w in words if w))
        place = (item.area, areas[item.area] if item.area else None, item.area_from)
        return (
            item.id, doc, label, info.year, position * 1_000_000 + n, *place, item.confidence, list(item.reasons),
            review.review_of(item), item.start, item.end, plan.page_of(item.start), corrected.words(item.id) or None,
            search, *own,
        )  # fmt: skip

    rows: dict[str, list[tuple[Any, ...]]] = {
        "documents": [
            (
                doc, position, label, plan.name, info.title, info.number, info.kind, info.authority, info.province,
                info.level, info.year, info.year_end, info.issued_on, info.effective_on, info.signed_by,
                list(info.legal_bases), plan.text, len(plan.targets), len(plan.tasks), len(plan.measures),
                len(plan.duties), len(plan.warnings), review.count(plan),
                *_origin(document, plan), sum(1 for item_id in corrected.changes if item_id),
            )
        ],
        "corrections": list(_correction_rows(corrected)),
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


def _origin(document: Document | None, plan: Plan) -> tuple[Any, ...]:
    if document is None:
        return ("", plan.format, len(plan.pages), "shipped", None, None, None)
    told = (document.by, document.role, _utc(document.at)) if document.origin == "imported" else (None, None, None)
    return (document.sha256, plan.format, len(plan.pages), document.origin, *told)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment else None


def _correction_rows(corrected: Corrected) -> Iterator[tuple[Any, ...]]:
    doc = corrected.plan.plan.id
    found: list[tuple[str, Any, str, Any, Any, bool]] = []  # item, reading, field, old, new, placed
    for item_id, changes in corrected.changes.items():
        for change in changes:
            found += [(item_id, change.reading, f.field, f.old, f.new, True) for f in change.fields]
            if not change.fields:
                found.append((item_id, change.reading, "", None, None, True))
    found += [(s.item.id, s.reading, "", None, None, True) for s in corrected.struck]
    found += [(r.said.item, r, "", None, None, False) for r in corrected.loose]
    for n, (item_id, reading, name, old, new, placed) in enumerate(sorted(found, key=lambda f: f[1].seq)):
        texts = (value_text(name, old), value_text(name, new)) if name else (None, None)
        yield (
            doc, item_id, n, reading.said.action, name, *texts, reading.said.quote, reading.said.reason, reading.author,
            reading.role, _utc(reading.at), placed, str(reading.entry),
        )  # fmt: skip


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
        self._named: dict[str, agencies.Agency] = {}  # by key, of the document at hand

    def assign(self, item: Item, plan: Plan, names: Iterable[str], role: str) -> list[tuple[Any, ...]]:
        """Rows of `assignments` for the names of one item in one role."""
        doc = plan.plan.id
        rows: list[tuple[Any, ...]] = []
        for name in names:
            agency = self._register.identify(name)
            if agency is None:  # no word in it: nobody is named
                continue
            key = self._add(agency)
            self._aliases[key, name] = None
            self._named[key] = agency
            rows.append((item.id, "task" if isinstance(item, Task) else "duty", doc, key, name, role, len(rows)))
        return rows

    def end_of(self, plan: Plan) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of `reach` and `agency_members` for a document whose items are all assigned."""
        doc, year, province, named = plan.plan.id, plan.plan.year, plan.plan.province, self._named
        self._named = {}
        reach: dict[tuple[str, str, str], str] = {}
        members: dict[tuple[str, str, str], None] = {}
        for key, agency in named.items():
            reach[doc, key, key] = ""
            meant = self._members(agency, year, province, named)
            for member in meant:
                member_key = self._add(member)
                members[doc, key, member_key] = None
                reach.setdefault((doc, member_key, key), agency.name)
            for inner in self._inner_groups(agency, year):
                reach.setdefault((doc, self._add(inner), key), agency.name)
            # Later agencies last: who is meant under its own name is not shown as somebody's heir.
            for member in meant:
                for heir in self._heirs(member):
                    via = f"{agency.name}; {FORERUNNER.format(name=member.name)}"
                    reach.setdefault((doc, self._add(heir), key), via)
            for heir in self._heirs(agency):
                reach.setdefault((doc, self._add(heir), key), FORERUNNER.format(name=agency.name))
        return {"agency_members": list(members), "reach": [(*key, via) for key, via in reach.items()]}

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of the tables about agencies themselves; call it when all documents are in."""
        return {"agencies": list(self._rows.values()), "agency_aliases": list(self._aliases)}

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
        self, group: agencies.Agency, year: int | None, province: str | None, named: dict[str, agencies.Agency]
    ) -> list[agencies.Agency]:
        """Who belongs to a group in a year and a province: the registered agencies, and those the document itself names
        that the group means («UBND huyện Phù Cát» for «UBND cấp huyện»)."""
        if not group.is_group:
            return []
        registered = [self._register.agencies[key] for key in self._register.members(group.key, year, province)]
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

    def _heirs(self, agency: agencies.Agency) -> list[agencies.Agency]:
        """The agencies that took over this one's work since, one after another: those set up for it, and those that
        stood beside it under their own name in the plan's year."""
        found: list[agencies.Agency] = []
        key = agency.successor
        while key is not None and len(found) < 10:
            heir = self._register.get(key)
            if heir is None or heir in found:
                break
            found.append(heir)
            key = heir.successor
        return found
