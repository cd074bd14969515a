"""Build the catalog: one DuckDB file with what the documents say (schema in catalog.sql).

The catalog is a pure function of the documents, officials' corrections of what was read, the reader's code and the
reference data. Its file name carries the hash over them, so a file of that name never needs to change: it is built
under another name in the same folder, closed, then moved into place. Processes that build at the same time write the
same content; the last move wins. Readers open it read-only (an open writer would lock every other process out).

A build begins with a copy of the latest catalog of the same code and writes only the documents whose file, record or
corrections are others than those it was made of (`made_of`): what stays is what would be written again. Only the order
in which rows lie in the file tells such a catalog from one made anew, and every question to it orders its answers.

Documents pass a few at a time, what is kept of each until the end is a line of a list, and DuckDB may hold `MEMORY`: a
build of ten thousand takes little more memory than one of a thousand (docs/importing.md has the figures).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb
import pyarrow as pa

from cchc import review
from cchc.corrections import Corrected, Reading
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
_OWN_CODE = (
    "alike.py", "catalog.py", "catalog.sql", "corrections.py", "entry_words.py", "filters.py", "library.py",
    "periods.py",
)  # fmt: skip
KEEP = 2  # catalogs that stay: the new one and the one another process may still be reading
STALE_TEMP_SECONDS = 3600
CHUNK, CHUNK_ITEMS = 50, 2000  # documents and items written at once, whichever are there first
# What was written waits in memory, as it came, until a checkpoint brings it into its form on disk. That takes up the
# last group of rows of each table anew: the fewer checkpoints the faster, the smaller the groups the less memory.
CHECKPOINT_LETTERS = 16_000_000
GROUP_ROWS = 8192
PART = 2000  # letters of a text in a row
# For blocks of the file while it is built; more goes through a folder beside it. With 24 MB small joins have failed.
MEMORY = "48MB"
# No extension is fetched at run time: a query that needs one fails instead of asking the network.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

MAX_KEY = 90  # characters of an agency's key; keys stand in addresses
FORERUNNER = "{name} (cơ quan tiền thân)"
TWICE = "Cùng một văn bản với tệp «{other}»; không nhập lần nữa."

ItemT = TypeVar("ItemT", bound=Item)
Rows = dict[str, list[tuple[Any, ...]]]  # by table
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be written, no more of it than its place in the lists needs. `whole` is the document of the library
    it is taken from, or a plan without a file. `key` is the hash of what its rows are made of, "" where nobody can
    tell."""

    id: str
    label: str  # before equal ones are told apart
    year: int
    name: str
    size: int  # items
    whole: Document | Plan
    key: str = ""


class Had(NamedTuple):
    """What a document in a catalog is listed by (see `Source`)."""

    id: str
    label: str
    year: int
    size: int


def source_of(info: PlanInfo, name: str, size: int, whole: Document | Plan, key: str = "") -> Source:
    """A document by what it says of itself."""
    return Source(info.id, plan_label(info), info.year or 0, name, size, whole, key)


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

    def fill(connection: duckdb.DuckDBPyConnection, had: Mapping[str, Had]) -> None:
        documents = [(d, _key(d, library.readings_of(d))) for d in library.documents]
        failed = library.read_all(step, [d for d, key in documents if key not in had])
        problems = [*library.problems, *((d.name, failed[d.sha256]) for d, _ in documents if d.sha256 in failed)]
        readable = ((d, key) for d, key in documents if d.sha256 not in failed)
        sources = _once_each(_sources(library, readable, had), problems)
        _fill(connection, sources, problems, hash_, library, had)

    path = _made(hash_, out_dir, fill, latest(out_dir))
    library.reads.clean()
    return path


def _library(source: Library | Iterable[Path], out_dir: Path, read: Read | None) -> Library:
    return source if isinstance(source, Library) else Library(source, Reads(out_dir / "read", read))


def _sources(library: Library, documents: Iterable[tuple[Document, str]], had: Mapping[str, Had]) -> Iterator[Source]:
    """The documents (with the hash of what their rows are made of) that can be read. `had` are those already in the
    tables: nothing of them needs to be looked at."""
    for document, key in documents:
        known = had.get(key)
        if known is not None:
            yield Source(known.id, known.label, known.year, document.name, known.size, document, key)
        elif library.readings_of(document):  # they may change what it is listed by
            plan = library.corrected(document).plan
            yield source_of(plan.plan, document.name, _size(plan), document, key)
        elif head := library.head(document):
            yield source_of(head.info, document.name, head.size, document, key)


def _key(document: Document, readings: Sequence[Reading]) -> str:
    """The hash of all that decides the rows of a document, given the code; an entry stands for what it says."""
    facts = (document.sha256, document.name, document.plan, document.origin, document.entry)
    entries = (f"{reading.entry}:{reading.seq}" for reading in readings)
    return hashlib.sha256("\0".join([*map(str, facts), *entries]).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _once_each(sources: Iterable[Source], problems: list[tuple[str, str]]) -> list[Source]:
    """One document an id: of two files with the same document the fuller one stays, the other is reported."""
    kept: dict[str, Source] = {}
    for source in sources:
        other = kept.get(source.id)
        if other is None:
            kept[source.id] = source
            continue
        fuller, rest = (source, other) if source.size > other.size else (other, source)
        kept[source.id] = fuller
        problems.append((rest.name, TWICE.format(other=fuller.name)))
    return list(kept.values())


def _size(plan: Plan) -> int:
    return len(plan.targets) + len(plan.tasks) + len(plan.measures) + len(plan.duties)


def of_plan(plan: Plan) -> Source:
    """A plan without a file, as it is."""
    return source_of(plan.plan, plan.name, _size(plan), plan)


def write(plans: Sequence[Plan], problems: Sequence[tuple[str, str]], hash_: str, out_dir: Path) -> Path:
    """Write a catalog of these plans and move it into place; returns its path."""
    return write_all([of_plan(plan) for plan in plans], problems, hash_, out_dir)


def write_all(sources: Sequence[Source], problems: Sequence[tuple[str, str]], hash_: str, out_dir: Path) -> Path:
    """Write a catalog of these documents anew and move it into place; returns its path."""
    return _made(hash_, out_dir, lambda connection, had: _fill(connection, sources, problems, hash_, None, had))


class _Anew(Exception):
    """Too little of an earlier catalog stays to take it over."""


Fill = Callable[[duckdb.DuckDBPyConnection, Mapping[str, Had]], None]


def latest(out_dir: Path) -> Path | None:
    """The newest catalog of a folder; None where there is none."""
    return max(out_dir.glob("catalog-*.duckdb"), key=_age, default=None)


def _made(hash_: str, out_dir: Path, fill: Fill, before: Path | None = None) -> Path:
    """The catalog that `fill` writes, moved into place. `before` is one whose documents may be taken over."""
    out_dir.mkdir(parents=True, exist_ok=True)
    final = path_of(hash_, out_dir)
    temp = out_dir / f".building-{hash_}-{os.getpid()}-{secrets.token_hex(4)}.duckdb"
    try:
        if before is None or not _renewed(before, temp, fill):
            with _writing(temp) as connection:
                connection.execute(_SCHEMA.read_text(encoding="utf-8"))
                fill(connection, {})
                connection.execute("CHECKPOINT")
        try:
            temp.replace(final)
        except PermissionError:
            # Windows does not replace a file that someone reads; the one in place has the same content.
            if not final.is_file():
                raise
    finally:
        _remove(temp)
    clean(out_dir, final)
    return final


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes a file nobody else has open. No log of changes is kept: a file that was not written to
    its end is thrown away."""
    config = SETTINGS | {"temp_directory": str(_spilled(path)), "threads": 1, "memory_limit": MEMORY}
    with duckdb.connect(config=config) as connection:
        options = f"RECOVERY_MODE no_wal_writes, ROW_GROUP_SIZE {GROUP_ROWS}"
        connection.execute(f"ATTACH ? AS catalog ({options})", [str(path)])
        connection.execute("USE catalog")
        yield connection


def _spilled(path: Path) -> Path:
    """The folder for what a build that needs more than `MEMORY` puts aside."""
    return path.with_name(path.name + ".tmp")


def _renewed(before: Path, temp: Path, fill: Fill) -> bool:
    """Fills a copy of an earlier catalog; False, with nothing left, where it is of other code or cannot be used."""
    try:
        shutil.copyfile(before, temp)
        with _writing(temp) as connection:
            found = connection.execute("SELECT value FROM meta WHERE key = 'code'").fetchone()
            if found == (_code_version(),):
                rows = connection.execute("SELECT key, doc_id, label, year, size FROM made_of").fetchall()
                fill(connection, {key: Had(*listed) for key, *listed in rows})
                connection.execute("CHECKPOINT")
                return True
    except _Anew:
        pass
    except (OSError, duckdb.Error):
        log.warning("%s cannot be taken over; the catalog is made anew", before.name, exc_info=True)
    _remove(temp)
    return False


def _remove(temp: Path) -> None:
    with contextlib.suppress(OSError):
        temp.unlink(missing_ok=True)
    shutil.rmtree(_spilled(temp), ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def clean(out_dir: Path, current: Path, keep: int = KEEP) -> list[Path]:
    """Remove catalogs older than the `keep` newest, never `current`, and remains of builds that were cut off. A file
    that cannot be removed (in use) stays. Returns what was removed."""
    removed: list[Path] = []
    catalogs = sorted((p for p in out_dir.glob("catalog-*.duckdb") if p != current), key=_age, reverse=True)
    remains = [p for p in out_dir.glob(".building-*") if _age(p) < time.time() - STALE_TEMP_SECONDS]
    for path in [*catalogs[max(keep - 1, 0) :], *remains]:
        with contextlib.suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            removed.append(path)
    return removed


# --- content -----------------------------------------------------------------------------------------------------


_OF_DOCUMENTS = (
    "texts", "warnings", "corrections", "targets", "tasks", "measures", "duties", "assignments", "agency_names",
    "agency_members", "agency_items", "reach", "made_of",
)  # fmt: skip
_OF_ALL = ("meta", "areas", "problems", "agencies", "agency_aliases")
_ITEMS = ("targets", "tasks", "measures", "duties")
_PLACES = 1_000_000  # an item's position: its document's, then its own among so many


def _fill(
    connection: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    problems: Sequence[tuple[str, str]],
    hash_: str,
    library: Library | None,
    had: Mapping[str, Had],
) -> None:
    """Makes the tables those of `sources`, whose documents `library` has. `had` are the documents that are in them, by
    what each was made of."""
    _told_by_id([source.id for source in sources])
    labels = _told_apart([source.label for source in sources], [source.name for source in sources])
    order = sorted(range(len(sources)), key=lambda n: (-sources[n].year, labels[n]))
    kept = [(sources[n].id, position, labels[n], sources[n].key) for position, n in enumerate(order)]
    kept = [one for one in kept if (known := had.get(one[3])) and known.id == one[0]]
    if had and 2 * len(kept) < len(sources):
        raise _Anew
    stays = {key for *_, key in kept}
    _keep(connection, kept, len(had))
    del kept
    rows: Rows = {
        "meta": [("version", hash_), ("code", _code_version())],
        "areas": [(a["id"], a["name"], a["short"]) for a in load("areas")["area"]],
    }
    failed: list[tuple[str, str]] = []
    bodies = Agencies()
    documents = items = letters = 0  # that wait to be written; that wait to be put in their form on disk
    for position, n in enumerate(order):
        source = sources[n]
        if source.key in stays:
            continue
        try:
            corrected = _loaded(source, library)
        except NotAPlan as refusal:  # the file vanished since its head was read
            failed.append((source.name, str(refusal) or NO_PLAN))
            continue
        for table, more in _plan_rows(corrected, source, labels[n], position, bodies).items():
            rows.setdefault(table, []).extend(more)
        for table, more in bodies.end_of(corrected.plan).items():
            rows.setdefault(table, []).extend(more)
        documents, items = documents + 1, items + _size(corrected.plan)
        letters += len(corrected.plan.text)
        if documents >= CHUNK or items >= CHUNK_ITEMS:
            _write_chunk(connection, rows)
            documents = items = 0
        if letters >= CHECKPOINT_LETTERS:
            connection.execute("CHECKPOINT")
            letters = 0
    rows["problems"] = [*problems, *failed]
    _write_chunk(connection, rows)
    # The first document that names an agency tells how it is written.
    generated = connection.execute(
        "SELECT a.key, arg_min(a.name, (d.position, a.position)), arg_min(a.kind, (d.position, a.position))"
        " FROM agency_names a JOIN documents d ON d.id = a.doc_id GROUP BY a.key"
    ).fetchall()
    meant = connection.execute("SELECT DISTINCT agency_key FROM agency_items ORDER BY agency_key").fetchall()
    _write_chunk(connection, {"agencies": agency_rows([key for (key,) in meant], generated)})
    connection.execute(_SUMMARIES)


def _loaded(source: Source, library: Library | None) -> Corrected:
    """All of a document. Raises NotAPlan."""
    if isinstance(source.whole, Plan):
        return Corrected(source.whole)
    assert library is not None, "a document is one of a library"  # noqa: S101 - the caller's mistake
    return library.corrected(source.whole)


def _keep(connection: duckdb.DuckDBPyConnection, kept: Sequence[tuple[str, int, str, str]], count: int) -> None:
    """Empties the tables but for the documents that stay (id, position, label, what they are made of), and moves these
    to their places; `count` is how many documents there are."""
    if not count:
        return
    for table in _OF_ALL:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
    connection.execute("CREATE TEMP TABLE kept (id VARCHAR, position INTEGER, label VARCHAR, key VARCHAR)")
    _insert(connection, "kept", kept)
    if len(kept) < count:
        connection.execute(
            "CREATE TEMP TABLE gone AS SELECT doc_id AS id FROM made_of WHERE key NOT IN (SELECT key FROM kept)"
        )
        for table in _OF_DOCUMENTS:
            connection.execute(f"DELETE FROM {table} WHERE doc_id IN (SELECT id FROM gone)")  # noqa: S608 - fixed names
        connection.execute("DELETE FROM documents WHERE id IN (SELECT id FROM gone)")
    connection.execute(
        "CREATE TEMP TABLE moved AS SELECT k.* FROM kept k JOIN documents d ON d.id = k.id"
        " WHERE d.position <> k.position OR d.label <> k.label"
    )
    connection.execute(
        "UPDATE documents SET position = m.position, label = m.label FROM moved m WHERE m.id = documents.id"
    )
    for table in _ITEMS:
        connection.execute(
            f"UPDATE {table} SET position = m.position * {_PLACES}::BIGINT + {table}.position % {_PLACES},"  # noqa: S608
            f" plan_label = m.label FROM moved m WHERE m.id = {table}.doc_id"
        )


def _write_chunk(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Writes the rows and forgets them. Nobody sees the file before all of it is written."""
    connection.execute("BEGIN")
    for table, values in rows.items():
        _insert(connection, table, values)
    connection.execute("COMMIT")
    rows.clear()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Inserts rows column by column: a statement a row takes sixty times as long."""
    if values:
        columns = [pa.array(column) for column in zip(*values, strict=True)]
        connection.register("chunk", pa.table(columns, names=[str(n) for n in range(len(columns))]))
        connection.execute(f"INSERT INTO {table} SELECT * FROM chunk")  # noqa: S608 - fixed names
        connection.unregister("chunk")


# What lists of agencies show, computed once.
_SUMMARIES = """
    INSERT INTO agency_aliases SELECT DISTINCT agency_key, name FROM assignments ORDER BY ALL;
    UPDATE agencies SET written = coalesce((
        SELECT string_agg(DISTINCT alias, '; ' ORDER BY alias) FROM agency_aliases WHERE agency_key = key), '');
    UPDATE agencies SET items = (SELECT sum(g.items) FROM agency_items g WHERE g.agency_key = key);
    UPDATE agencies SET position = ordered.n FROM (
        SELECT key AS k, row_number() OVER (ORDER BY kind_order, name COLLATE vi, key) AS n FROM agencies
    ) ordered WHERE key = ordered.k;
"""


def plan_labels(plans: Sequence[tuple[PlanInfo, str]]) -> list[str]:
    """How lists name each plan (what it says of itself, file name): as `plan_label` does; equal labels get the file
    name behind them."""
    return _told_apart([plan_label(info) for info, _ in plans], [name for _, name in plans])


def plan_label(info: PlanInfo) -> str:
    """«6898/KH-UBND (Bình Dương, 2024)», «Kế hoạch (Bình Định, 2024)»; what is missing is left out."""
    years = str(info.year or "")
    if info.year and info.year_end and info.year_end != info.year:
        years = f"{info.year} - {info.year_end}"
    place = info.province or info.authority or (f"cấp {info.level}" if info.level else "")
    said = ", ".join(x for x in (place, years) if x)
    head = info.number or info.kind or "Văn bản"
    return f"{head} ({said})" if said else head


def _told_apart(labels: list[str], names: Sequence[str]) -> list[str]:
    """The labels, equal ones with the file name behind them."""
    for also in range(3):  # two files of one name are told apart by a number
        counts = Counter(labels)
        seen: Counter[str] = Counter()
        for n, (label, name) in enumerate(zip(list(labels), names, strict=True)):
            if counts[label] > 1:
                seen[label] += 1
                labels[n] = f"{label} – {name}" if also == 0 else f"{label} ({seen[label]})"
    return labels


def _plan_rows(
    corrected: Corrected, source: Source, label: str, position: int, bodies: Agencies
) -> Rows:
    plan = corrected.plan
    document = source.whole if isinstance(source.whole, Document) else None
    info = plan.plan
    doc = info.id
    areas = area_names()

    def row(n: int, item: Item, words: Iterable[str | None], *own: Any) -> tuple[Any, ...]:
        search = searchable(" ".join(w for w in words if w))
        place = (item.area, areas[item.area] if item.area else None, item.area_from)
        return (
            item.id, doc, label, info.year, position * _PLACES + n, *place, item.confidence, list(item.reasons),
            review.review_of(item), item.start, item.end, plan.page_of(item.start), corrected.words(item.id) or None,
            search, *own,
        )  # fmt: skip

    rows: Rows = {
        "documents": [
            (
                doc, position, label, plan.name, info.title, info.number, info.kind, info.authority, info.province,
                info.level, info.year, info.year_end, info.issued_on, info.effective_on, info.signed_by,
                list(info.legal_bases), len(plan.text), len(plan.targets), len(plan.tasks), len(plan.measures),
                len(plan.duties), len(plan.warnings), review.count(plan),
                *_origin(document, plan), sum(1 for item_id in corrected.changes if item_id),
            )
        ],
        "made_of": [(doc, source.key or doc, source.label, source.year, source.size)],
        "texts": [
            (doc, n, plan.text[begin : begin + PART]) for n, begin in enumerate(range(0, len(plan.text), PART))
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
    # They begin with the id of the plan, which no other plan has.
    _told_by_id([item.id for item in (*plan.targets, *plan.tasks, *plan.measures, *plan.duties)])
    return rows


def _told_by_id(ids: Sequence[str]) -> None:
    """Raises ValueError when two are the same."""
    twice = [one for one, count in Counter(ids).items() if count > 1]
    if twice:
        raise ValueError(f"{twice[0]!r} cannot be told apart by its id")


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
    """Collects the agencies a document names, and who is meant by them.

    A name the register does not hold stays an agency of its own, as written: nobody is dropped, nobody is guessed.
    """

    def __init__(self) -> None:
        self._register = agencies.register()
        # Of the document at hand, by key: the agencies it names, and the items that name them.
        self._named: dict[str, agencies.Agency] = {}
        self._items: dict[str, set[str]] = {}

    def assign(self, item: Item, plan: Plan, names: Iterable[str], role: str) -> list[tuple[Any, ...]]:
        """Rows of `assignments` for the names of one item in one role."""
        doc = plan.plan.id
        rows: list[tuple[Any, ...]] = []
        for name in names:
            agency = self._register.identify(name)
            if agency is None:  # no word in it: nobody is named
                continue
            key = key_of(agency)
            self._named.setdefault(key, agency)
            self._items.setdefault(key, set()).add(item.id)
            rows.append((item.id, "task" if isinstance(item, Task) else "duty", doc, key, name, role, len(rows)))
        return rows

    def end_of(self, plan: Plan) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of `reach`, `agency_members`, `agency_names` and `agency_items` for a document whose items are all
        assigned."""
        doc, year, province, named, items = plan.plan.id, plan.plan.year, plan.plan.province, self._named, self._items
        self._named, self._items = {}, {}
        reach: dict[tuple[str, str, str], str] = {}
        members: dict[tuple[str, str, str], None] = {}
        for key, agency in named.items():
            reach[doc, key, key] = ""
            meant = self._members(agency, year, province, named)
            for member in meant:
                member_key = key_of(member)
                members[doc, key, member_key] = None
                reach.setdefault((doc, member_key, key), agency.name)
            for inner in self._inner_groups(agency, year):
                reach.setdefault((doc, key_of(inner), key), agency.name)
            # Later agencies last: who is meant under its own name is not shown as somebody's heir.
            for member in meant:
                for heir in self._heirs(member):
                    via = f"{agency.name}; {FORERUNNER.format(name=member.name)}"
                    reach.setdefault((doc, key_of(heir), key), via)
            for heir in self._heirs(agency):
                reach.setdefault((doc, key_of(heir), key), FORERUNNER.format(name=agency.name))
        own = [(key, a.name, a.kind) for key, a in named.items() if a.generated]
        meaning: dict[str, set[str]] = {}
        for _, key, via in reach:
            meaning.setdefault(key, set()).update(items[via])
        return {
            "agency_members": list(members),
            "reach": [(*key, via) for key, via in reach.items()],
            "agency_names": [(doc, n, *said) for n, said in enumerate(own)],
            "agency_items": [(doc, key, len(found)) for key, found in meaning.items()],
        }

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


def key_of(agency: agencies.Agency) -> str:
    """The key of an agency in the catalog: never longer than an address can hold."""
    key = agency.key
    if len(key) > MAX_KEY:
        key = f"{key[: MAX_KEY - 9].strip('-')}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return key


def agency_rows(meant: Iterable[str], generated: Iterable[tuple[str, str, str]]) -> list[tuple[Any, ...]]:
    """Rows of `agencies` for the keys that any document means: as the register has them, others as the first document
    writes them (`generated`: key, name, kind)."""
    known = agencies.register().agencies
    written: dict[str, tuple[str, str]] = {}
    for key, name, kind in generated:
        written.setdefault(key, (name, kind))

    def row(key: str, name: str, short: str, kind: str) -> tuple[Any, ...]:
        order = agencies.KINDS.index(kind) if kind in agencies.KINDS else len(agencies.KINDS)
        return (key, name, short, kind, order, kind == "nhóm", key in known, None, None, None)

    return [
        row(key, a.name, a.short, a.kind) if (a := known.get(key)) else row(key, written[key][0], *written[key])
        for key in meant
    ]
