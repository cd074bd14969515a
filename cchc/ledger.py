"""The ledger: what people recorded. Entries are only ever added; SQLite by default, PostgreSQL by an address.

- One writer at a time (BEGIN IMMEDIATE, an advisory lock), so `seq` has no gap and grows in the order of saving: who
  has read up to n gets all the rest with `since(n)`.
- Every entry carries the version of its item. Saving against an older version than the present one raises Conflict with
  what has changed; nothing is overwritten.
- An entry is on disk when `append` returns (SQLite: WAL with synchronous=FULL; PostgreSQL: synchronous_commit on). The
  same draft saved twice is recorded once, so a save whose answer was lost can safely be repeated.
- Triggers refuse to change or delete a row, also to the program itself. Each hash covers the one before it, so a row
  changed by other means is found by `verify`.
- A ledger is real or for demonstration from its first moment, and opens as nothing else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from cchc import config
from cchc.entries import APART, Correction, Draft, Entry, own_item, read_payload
from cchc.facts import Facts, fold
from cchc.periods import date_text

LedgerKind = Literal["real", "demo"]
# What is asked once nobody else can write: gets the entries of a kind, raises to refuse.
Check = Callable[[Callable[[str], list[Entry]]], None]
SCHEMA_VERSION = "1"
BUSY_SECONDS = 15
_LOCK_KEY = 0x63636863  # "cchc": the advisory lock of writers in PostgreSQL
_BATCH = 2000

_metadata = sa.MetaData()
_meta = sa.Table(
    "ledger_meta",
    _metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
_entries = sa.Table(
    "entries",
    _metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("item_id", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Text, nullable=False),  # UTC, ISO, microseconds, "+00:00"
    sa.Column("as_of", sa.Text, nullable=False),  # ISO
    sa.Column("payload", sa.Text, nullable=False),  # canonical JSON: the hash covers these very characters
    sa.Column("hash", sa.Text, nullable=False),
    sa.UniqueConstraint("item_id", "version", name="entries_item_version"),
)

# INSERT OR REPLACE would delete without firing a delete trigger, hence the third SQLite trigger.
_SQLITE_GUARDS = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION cchc_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only'; END $$
"""
_POSTGRES_GUARDS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION cchc_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION cchc_append_only()
"""
_SAME_ROW = {
    "ledger_meta": "name = NEW.name",
    "entries": "seq = NEW.seq OR id = NEW.id OR (item_id = NEW.item_id AND version = NEW.version)",
}

BUSY = "Sổ ghi nhận đang bận hoặc không truy cập được, nội dung chưa được lưu. Hãy thử lại sau ít phút."
UNREADABLE = "Không đọc được sổ ghi nhận."
NEWER = "Sổ ghi nhận này do phiên bản mới hơn của chương trình tạo ra."
NOT_EMPTY = "Sổ ghi nhận này đã có nội dung; chỉ khôi phục được vào sổ trống. Chưa thay đổi gì."
NOT_AS_RECORDED = "Nội dung số {seq} trong bản sao lưu không còn như lúc được ghi nhận. Chưa khôi phục gì."
KIND_WORDS = {"real": "sổ số liệu thật", "demo": "sổ số liệu minh họa"}


class LedgerError(Exception):
    """Something the ledger refuses or cannot do. The text is in Vietnamese and can be shown as it is."""


class WrongLedger(LedgerError):
    """The ledger is of another kind than the one asked for."""


class Refused(LedgerError):
    """The draft itself cannot be recorded; nothing was."""


class Conflict(LedgerError):
    """Somebody else recorded something on the same item; nothing was saved. `changes` holds, for each item, the
    entries the saver had not seen."""

    def __init__(self, changes: Mapping[str, tuple[Entry, ...]]) -> None:
        self.changes = dict(changes)
        lines = []
        for found in self.changes.values():
            who = ", ".join(dict.fromkeys(e.author for e in found)) or "người khác"
            local = found[-1].recorded_at.astimezone(config.VIETNAM) if found else None
            when = f" lúc {local:%H:%M} ngày {date_text(local.date())}" if local else ""
            lines.append(f"Nội dung này vừa được {who} cập nhật{when}.")
        super().__init__(" ".join(dict.fromkeys(lines)) + " Chưa lưu gì; hãy xem thay đổi rồi quyết định.")


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def default_url(kind: LedgerKind = "real") -> URL:
    """Where the ledger of this installation lies: for real data CCHC_LEDGER_URL when set, else a SQLite file in the
    data folder. The demonstration ledger is always a file of its own."""
    given = os.environ.get("CCHC_LEDGER_URL", "").strip()
    if kind == "real" and given:
        return _normal_url(given)
    name = "ledger.sqlite" if kind == "real" else "demo-ledger.sqlite"
    return URL.create("sqlite", database=str(config.data_dir() / name))


def _normal_url(given: str | Path | URL) -> URL:
    if isinstance(given, Path):
        return URL.create("sqlite", database=str(given))
    try:
        url = make_url(given)
    except sa.exc.ArgumentError:
        # The address may hold a password: it is not repeated.
        raise LedgerError("Địa chỉ sổ ghi nhận (CCHC_LEDGER_URL) không đúng.") from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    backend = url.get_backend_name()
    # A database in memory would be gone with the process.
    in_memory = backend == "sqlite" and (not url.database or url.database.startswith((":", "file:")) or url.query)
    if backend not in ("sqlite", "postgresql") or in_memory:
        raise LedgerError("Sổ ghi nhận chỉ dùng được SQLite (tệp) hoặc PostgreSQL.")
    return url


def _make_engine(url: URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

        @sa.event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # BEGIN is ours: the driver's own starts too late for a lock
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            writing = connection.get_execution_options().get("cchc_writing", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

        return engine
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "options": f"-c synchronous_commit=on -c lock_timeout={BUSY_SECONDS * 1000} -c timezone=UTC",
        },
    )


class Ledger:
    """An open ledger. Safe to share between threads; each process opens its own."""

    def __init__(
        self,
        address: str | Path | URL | None = None,
        kind: LedgerKind = "real",
        clock: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        """Opens the ledger at `address` (a path, a SQLAlchemy address, or None for this installation's own); makes it
        when there is none. Raises WrongLedger when it is of another kind, LedgerError when it cannot be opened."""
        url = default_url(kind) if address is None else _normal_url(address)
        self.kind: LedgerKind = kind
        self.backend = url.get_backend_name()
        self._clock = clock
        self._lock = threading.Lock()
        if self.backend == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        self._engine = _make_engine(url)
        try:
            self.id = self._open()
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing

    def append(self, draft: Draft, expected: int | None = None) -> Entry:
        """Records one draft; on disk when this returns. `expected` is the version of the item the author has seen (0
        for none); None saves on top of whatever is there. Raises Conflict, Refused or LedgerError, and then nothing is
        saved."""
        return self.append_all([draft], None if expected is None else {draft.item_id: expected})[0]

    def append_all(
        self, drafts: Sequence[Draft], expected: Mapping[str, int] | None = None, check: Check | None = None
    ) -> list[Entry]:
        """Records all drafts or none, in their order. `expected` gives the version seen of each item; items not in it
        are not checked. A draft recorded before (same id, same content) is returned as it was recorded. `check` is
        asked when nobody else can write any more: it gets `of_kind` as of that moment, and what it raises goes to the
        caller with nothing saved."""
        if not drafts:
            return []
        with self._lock, self._writing() as connection:
            return self._append(connection, drafts, expected or {}, check)

    def _append(
        self, connection: sa.Connection, drafts: Sequence[Draft], expected: Mapping[str, int], check: Check | None
    ) -> list[Entry]:
        again = self._recorded_before(connection, drafts)
        fresh = [d for d in drafts if d.id not in again]
        if check is not None and fresh:
            check(lambda kind: list(self._of_kind(connection, kind)))
        versions = self._versions(connection, {d.item_id for d in fresh})
        stale = {
            item: tuple(self._select(connection, _entries.c.item_id == item, _entries.c.version > seen))
            for item, seen in expected.items()
            if versions.get(item, seen) != seen
        }
        if stale:
            raise Conflict(stale)
        last = connection.execute(
            sa.select(_entries.c.seq, _entries.c.hash, _entries.c.recorded_at).order_by(_entries.c.seq.desc()).limit(1)
        ).first()
        seq, head = (last.seq, last.hash) if last else (0, self._seed())
        now = dt.datetime.fromisoformat(last.recorded_at) if last else dt.datetime.min.replace(tzinfo=dt.UTC)
        rows: list[dict[str, Any]] = []
        made: dict[uuid.UUID, Entry] = {}
        for draft in fresh:
            if draft.id in made:
                raise Refused("Cùng một nội dung được gửi hai lần trong một lần lưu.")
            # Time never runs backwards in the ledger, even when the server's clock is set back.
            moment = self._clock().astimezone(dt.UTC)
            now = max(now, moment)
            self._check(connection, draft, made, moment)
            seq += 1
            versions[draft.item_id] = versions.get(draft.item_id, 0) + 1
            row = {
                "seq": seq,
                "id": str(draft.id),
                "item_id": draft.item_id,
                "version": versions[draft.item_id],
                "kind": draft.kind,
                "author": draft.author,
                "role": draft.role,
                "recorded_at": now.isoformat(timespec="microseconds"),
                "as_of": draft.as_of.isoformat(),
                "payload": _payload_text(draft),
            }
            head = row["hash"] = _chained(head, row)
            rows.append(row)
            made[draft.id] = _entry(row)
        if rows:
            connection.execute(sa.insert(_entries), rows)
        return [again.get(d.id) or made[d.id] for d in drafts]

    def _recorded_before(self, connection: sa.Connection, drafts: Sequence[Draft]) -> dict[uuid.UUID, Entry]:
        found: dict[uuid.UUID, Entry] = {}
        by_id = {str(d.id): d for d in drafts}
        ids = list(by_id)
        for start in range(0, len(ids), 500):
            for entry in self._select(connection, _entries.c.id.in_(ids[start : start + 500])):
                draft = by_id[str(entry.id)]
                if (entry.item_id, entry.as_of, entry.author, entry.payload) != (
                    draft.item_id,
                    draft.as_of,
                    draft.author,
                    draft.payload,
                ):
                    raise Refused("Mã của nội dung này đã được dùng cho một nội dung khác.")
                found[entry.id] = entry
        return found

    def _check(
        self, connection: sa.Connection, draft: Draft, made: Mapping[uuid.UUID, Entry], now: dt.datetime
    ) -> None:
        today = now.astimezone(config.VIETNAM).date()
        if draft.as_of > today:
            raise Refused(f"Ngày số liệu {date_text(draft.as_of)} sau ngày hôm nay {date_text(today)}.")
        payload = draft.payload
        said = payload.replacement if isinstance(payload, Correction) else payload
        own = own_item(said)
        if said is not None and draft.item_id.startswith(APART) != (own is not None):
            raise Refused("Phân quyền, văn bản, số liệu chấm điểm và kết quả thực hiện phải được ghi riêng.")
        if own is not None and own != draft.item_id:
            raise Refused(
                "Phân quyền phải được ghi riêng cho từng người, văn bản từng tệp, số liệu chấm điểm từng đối tượng."
            )
        if not isinstance(payload, Correction):
            return
        history = list(self._select(connection, _entries.c.item_id == draft.item_id))
        history += [e for e in made.values() if e.item_id == draft.item_id]
        target = next((e for e in history if e.id == payload.corrects), None)
        if target is None:
            raise Refused("Không tìm thấy nội dung cần đính chính trong lịch sử của mục này.")
        later = next(
            (e for e in history if isinstance(e.payload, Correction) and e.payload.corrects == target.id), None
        )
        if later is not None:
            raise Refused(f"Nội dung này đã được {later.author} đính chính; hãy đính chính bản mới nhất.")
        first = target
        while isinstance(first.payload, Correction):
            corrected = first.payload.corrects
            first = next(e for e in history if e.id == corrected)
        if payload.replacement is not None and payload.replacement.kind != first.kind:
            raise Refused("Nội dung thay thế phải cùng loại với nội dung được đính chính.")

    # Reading

    def history(self, item_id: str) -> list[Entry]:
        """All entries of an item, oldest first."""
        with self._reading() as connection:
            return list(self._select(connection, _entries.c.item_id == item_id))

    def get(self, entry_id: uuid.UUID) -> Entry | None:
        """The entry with this id."""
        with self._reading() as connection:
            return next(iter(self._select(connection, _entries.c.id == str(entry_id))), None)

    def since(self, seq: int, limit: int | None = None) -> list[Entry]:
        """Entries after number `seq`, in order, at most `limit`."""
        with self._reading() as connection:
            return list(self._select(connection, _entries.c.seq > seq, limit=limit))

    def of_kind(self, *kinds: str, after: int = 0) -> list[Entry]:
        """Entries of these kinds after number `after`, and the corrections in the items they belong to, in order."""
        return list(self.each_of_kind(*kinds, after=after))

    def each_of_kind(self, *kinds: str, after: int = 0) -> Iterator[Entry]:
        """`of_kind`, one entry after the other: for who does not keep them."""
        with self._reading() as connection:
            yield from self._of_kind(connection, *kinds, after=after)

    def last_seq(self) -> int:
        """The number of the latest entry; 0 when there is none."""
        with self._reading() as connection:
            return connection.scalar(sa.select(sa.func.max(_entries.c.seq))) or 0

    def versions(self, item_ids: Iterable[str]) -> dict[str, int]:
        """The version of each item: how many entries it has (0 for none)."""
        wanted = set(item_ids)
        with self._reading() as connection:
            found = self._versions(connection, wanted)
        return {item: found.get(item, 0) for item in wanted}

    def state_at(
        self, as_of: dt.date, known_at: dt.datetime | None = None, item_ids: Iterable[str] | None = None
    ) -> dict[str, Facts]:
        """The facts of each item on a day, corrections applied (see cchc.facts.fold); all items or those named."""
        with self._reading() as connection:
            if item_ids is None:
                return fold(self._select(connection), as_of, known_at)
            found: list[Entry] = []
            ids = sorted(set(item_ids))
            for start in range(0, len(ids), 500):
                found += self._select(connection, _entries.c.item_id.in_(ids[start : start + 500]))
        return fold(sorted(found, key=lambda e: e.seq), as_of, known_at)

    def head(self) -> tuple[int, str]:
        """Number and hash of the latest entry. Kept elsewhere (a report, a backup), it proves that nothing up to there
        was changed or cut off since."""
        with self._reading() as connection:
            row = connection.execute(
                sa.select(_entries.c.seq, _entries.c.hash).order_by(_entries.c.seq.desc()).limit(1)
            ).first()
        return (row.seq, row.hash) if row else (0, self._seed())

    def rows(self) -> Iterator[dict[str, Any]]:
        """All entries as they lie in the database (column -> value), in order and of one moment: what a backup keeps.
        Hashes are made of these very values."""
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(sa.select(_entries).order_by(_entries.c.seq))
            for row in rows.mappings():
                yield dict(row)

    @classmethod
    def restore(
        cls, address: str | Path | URL | None, kind: LedgerKind, ledger_id: str, rows: Iterable[Mapping[str, Any]]
    ) -> int:
        """Puts a ledger back from the `rows` of the one with this id: all of it, or nothing. Returns the number of
        entries. Raises Refused when something is recorded at `address` already or the rows are not those that were
        recorded, LedgerError when the database cannot be used."""
        with cls(address, kind) as ledger:
            ledger.id = ledger_id  # the first hash is made of it
            with ledger._writing() as connection:
                if connection.scalar(sa.select(sa.func.count()).select_from(_entries)):
                    raise Refused(NOT_EMPTY)
                # An empty ledger has an id of its own, which its guards keep: it is laid anew.
                _metadata.drop_all(connection)
                if ledger.backend == "postgresql":
                    connection.exec_driver_sql("DROP FUNCTION IF EXISTS cchc_append_only")
                ledger._create(connection, ledger_id)
                seq, head = 0, ledger._seed()
                waiting = iter(rows)
                while batch := [dict(row) for row in itertools.islice(waiting, _BATCH)]:
                    for row in batch:
                        if row["seq"] != seq + 1 or row["hash"] != _chained(head, row):
                            raise Refused(NOT_AS_RECORDED.format(seq=seq + 1))
                        seq, head = row["seq"], row["hash"]
                    connection.execute(sa.insert(_entries), batch)
        return seq

    def verify(self, known: Mapping[int, str] | None = None) -> list[str]:
        """Problems of the whole ledger, in Vietnamese; empty when all is as it was recorded. `known` holds heads noted
        earlier (number -> hash)."""
        problems: list[str] = []
        noted = dict(known or {})
        seq, head = 0, self._seed()
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=_BATCH).execute(sa.select(_entries).order_by(_entries.c.seq))
            for row in rows.mappings():
                if row["seq"] != seq + 1:
                    problems.append(f"Thiếu nội dung từ số {seq + 1} đến số {row['seq'] - 1}.")
                if row["hash"] != _chained(head, row):
                    problems.append(f"Nội dung số {row['seq']} không còn như lúc được ghi nhận.")
                seq, head = row["seq"], row["hash"]
                if noted.pop(seq, head) != head:
                    problems.append(f"Nội dung số {seq} khác với mã kiểm tra đã lưu trước đây.")
        problems += [f"Không còn nội dung số {missing} đã từng được ghi nhận." for missing in sorted(noted) if missing]
        return problems

    # Inside

    def _open(self) -> str:
        with self._reading() as connection:
            made = sa.inspect(connection).has_table(_meta.name)
        if not made:
            with self._writing() as connection:
                if not sa.inspect(connection).has_table(_meta.name):  # another process may have been faster
                    self._create(connection)
        with self._reading() as connection:
            meta = {row.name: row.value for row in connection.execute(sa.select(_meta))}
        if meta.get("schema") != SCHEMA_VERSION:
            raise LedgerError(NEWER)
        if meta.get("kind") != self.kind:
            found = KIND_WORDS.get(meta.get("kind", ""), "sổ không rõ loại")
            raise WrongLedger(f"Đây là {found}, không thể mở như {KIND_WORDS[self.kind]}.")
        return str(meta["id"])

    def _create(self, connection: sa.Connection, ledger_id: str = "") -> None:
        _metadata.create_all(connection)
        rows = {"schema": SCHEMA_VERSION, "kind": self.kind, "id": ledger_id or str(uuid.uuid4())}
        connection.execute(sa.insert(_meta), [{"name": n, "value": v} for n, v in rows.items()])
        if self.backend == "postgresql":
            connection.exec_driver_sql(_POSTGRES_FUNCTION)
        guards = _POSTGRES_GUARDS if self.backend == "postgresql" else _SQLITE_GUARDS
        for table, same in _SAME_ROW.items():
            text = guards.format(table=table, same=same)
            mark = ";\nCREATE"
            for number, part in enumerate(text.split(mark)):
                connection.exec_driver_sql(part if number == 0 else "CREATE" + part)

    def _seed(self) -> str:
        # The first hash depends on the ledger: entries of a demonstration cannot be passed off as real ones.
        return hashlib.sha256(f"{self.kind}:{self.id}".encode()).hexdigest()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            raise LedgerError(UNREADABLE) from error

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect().execution_options(cchc_writing=True) as connection, connection.begin():
                if self.backend == "postgresql":
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK_KEY)))
                yield connection
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            raise LedgerError(BUSY) from error

    @classmethod
    def _of_kind(cls, connection: sa.Connection, *kinds: str, after: int = 0) -> Iterator[Entry]:
        items = sa.select(_entries.c.item_id).where(_entries.c.kind.in_(kinds))
        wanted = (_entries.c.item_id.in_(items), _entries.c.kind.in_((*kinds, "correction")))
        return cls._select(connection, _entries.c.seq > after, *wanted)

    @staticmethod
    def _versions(connection: sa.Connection, items: Iterable[str]) -> dict[str, int]:
        ids = sorted(items)
        found: dict[str, int] = {}
        for start in range(0, len(ids), 500):
            query = (
                sa.select(_entries.c.item_id, sa.func.max(_entries.c.version).label("latest"))
                .where(_entries.c.item_id.in_(ids[start : start + 500]))
                .group_by(_entries.c.item_id)
            )
            found |= {row.item_id: row.latest for row in connection.execute(query)}
        return found | {item: 0 for item in ids if item not in found}

    @staticmethod
    def _select(connection: sa.Connection, *where: sa.ColumnElement[bool], limit: int | None = None) -> Iterator[Entry]:
        query = sa.select(_entries).where(*where).order_by(_entries.c.seq).limit(limit)
        for row in connection.execute(query).mappings():
            yield _entry(row)


def _payload_text(draft: Draft) -> str:
    return json.dumps(draft.payload.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _chained(head: str, row: Mapping[str, Any] | sa.RowMapping) -> str:
    columns = [row[c.name] for c in _entries.columns if c.name != "hash"]
    text = json.dumps([head, *columns], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(row: Mapping[str, Any] | sa.RowMapping) -> Entry:
    return Entry(
        id=uuid.UUID(row["id"]),
        item_id=row["item_id"],
        payload=read_payload(row["kind"], row["payload"]),
        author=row["author"],
        role=row["role"],
        as_of=dt.date.fromisoformat(row["as_of"]),
        seq=row["seq"],
        version=row["version"],
        recorded_at=dt.datetime.fromisoformat(row["recorded_at"]),
        hash=row["hash"],
    )
