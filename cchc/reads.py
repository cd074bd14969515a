"""What the reader made of each file, kept: a file is read once for each version of the reader.

The folder (`read/` in the data folder) can be thrown away at any time. Results lie under the hash of the file's content
and the hash of all that decides how it is read; a file written half is noticed and read again.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cchc import alike, review
from cchc.formats import NotAPlan
from cchc.formats.source import Format
from cchc.identity import identities
from cchc.model import Plan, PlanInfo
from cchc.reading.apart import read_apart, read_many_apart

log = logging.getLogger("cchc")

Read = Callable[[bytes, str], Plan]
Load = Callable[[], bytes]
# Many files at once: (key, how to get the bytes, name) in, (key, plan or why there is none) out, in the order given.
ReadMany = Callable[[Iterable[tuple[str, Load, str]]], Iterator[tuple[str, Plan | NotAPlan]]]

FAULT = "Có lỗi khi đọc tệp này; chi tiết ở nhật ký của máy chủ."
NOT_OPENED = "Không mở được tệp."
NO_PLAN = "Không đọc được tệp này như một kế hoạch."
KEPT_VERSIONS = 2  # of the reader: the present one, and the one another process may still be using
_STALE_SECONDS = 3600
_END = "."  # of a line that is whole
# What a file written half, or by something else, may bring up.
_BROKEN = (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, zlib.error)
_HERE = Path(__file__).parent
_DECIDES = ("alike.py", "filters.py", "identity.py", "model.py", "periods.py", "reads.py", "review.py", "text.py")


@cache
def reader_version() -> str:
    """The hash (16 hex) of all that decides how a file is read: code and reference data."""
    digest = hashlib.sha256()
    code = [p for part in ("formats", "reading") for p in (_HERE / part).rglob("*.py")]
    code += (_HERE / "reference").glob("*.toml")
    code += [_HERE / name for name in _DECIDES]
    for path in sorted(code):
        digest.update(f"{path.relative_to(_HERE)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Head:
    """What is needed of a plan to list it and to know it again, without its text and items. `info` is without legal
    bases, `words` the hash of the text's folded words, `review` counts the items a person should look at."""

    info: PlanInfo
    format: Format
    pages: int
    targets: int
    tasks: int
    measures: int
    duties: int
    warnings: int
    review: int
    words: str

    @property
    def keys(self) -> tuple[bytes, ...]:
        """By what the document is known again."""
        return tuple(one.key for one in identities(self.info, self.words))

    @property
    def size(self) -> int:
        """How many items it has."""
        return self.targets + self.tasks + self.measures + self.duties


def head_of(plan: Plan) -> Head:
    """The head of a plan."""
    words = hashlib.sha256(alike.plain(plan.text).encode()).hexdigest()[:32]
    info = plan.plan.model_copy(update={"legal_bases": ()})
    counts = (
        len(plan.targets),
        len(plan.tasks),
        len(plan.measures),
        len(plan.duties),
        len(plan.warnings),
        review.count(plan),
    )
    return Head(info, plan.format, len(plan.pages), *counts, words)


def _head_in(line: bytes) -> Head:
    """The head in the first line of a kept result. Raises one of _BROKEN where it is none."""
    said = json.loads(line)
    return Head(PlanInfo.model_validate(said.pop("info")), **said)


class Reads:
    """The kept results of one folder. Safe for any number of threads and processes."""

    def __init__(
        self, folder: Path, read: Read | None = None, read_many: ReadMany | None = None, remember: bool = True
    ) -> None:
        """`read` reads one file, `read_many` many (by default one after the other with `read`). Without either files
        are read in processes of their own. `remember`: heads stay in memory, for who asks for them again and again."""
        self.folder = folder / reader_version()
        self._read = read or read_apart
        self._read_many = read_many or (in_turn(read) if read else read_many_apart)
        self._remember = remember
        self._heads: dict[str, bytes] = {}  # as they lie on disk: a third of what made heads would take

    def head(self, sha256: str) -> Head | None:
        """The head of a file read before; None when it is not kept."""
        line = self._heads.get(sha256)
        if line is not None:
            return _head_in(line)
        with contextlib.suppress(*_BROKEN), gzip.open(self._path(sha256), "rb") as lines:
            line = lines.readline()
            found = _head_in(line)
            if self._remember:
                self._heads[sha256] = line
            return found
        return None

    def kept(self, sha256: str, name: str) -> Plan | None:
        """The plan of a file read before, under the name given; None when it is not kept."""
        try:
            with gzip.open(self._path(sha256), "rb") as lines:
                lines.readline()
                plan = Plan.model_validate_json(lines.read())
        except _BROKEN:
            return None
        return plan if plan.name == name else plan.model_copy(update={"name": name})

    def plan(self, sha256: str, load: Load, name: str) -> Plan:
        """The plan of a file: as kept, else read now and kept. Raises NotAPlan."""
        found = self.kept(sha256, name)
        if found is None:
            found = _as_read(self._read, load, name)
            self.keep(sha256, found)
        return found if found.name == name else found.model_copy(update={"name": name})

    def plans(self, files: Iterable[tuple[str, Load, str]]) -> Iterator[tuple[str, Head | NotAPlan]]:
        """Reads the files (hash, how to get the bytes, name) that are not kept, and keeps them; gives (hash, head or
        why there is none) for each, kept ones first."""
        missing: dict[str, tuple[str, Load, str]] = {}
        for sha256, load, name in files:
            head = self.head(sha256)
            if head is None:
                missing.setdefault(sha256, (sha256, load, name))
            else:
                yield sha256, head
        for sha256, made in self._read_many(missing.values()) if missing else ():
            yield sha256, made if isinstance(made, NotAPlan) else self.keep(sha256, made)

    def keep(self, sha256: str, plan: Plan) -> Head:
        """Keeps a result; a folder that cannot be written only costs time later."""
        head = head_of(plan)
        path = self._path(sha256)
        temp = path.with_name(f".new-{os.getpid()}-{secrets.token_hex(4)}")
        fields: dict[str, Any] = {n: getattr(head, n) for n in Head.__slots__ if n != "info"}
        first = json.dumps({"info": head.info.model_dump(mode="json"), **fields}, ensure_ascii=False).encode()
        if self._remember:
            self._heads[sha256] = first
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temp.write_bytes(gzip.compress(b"\n".join((first, plan.model_dump_json().encode())), 1))
            temp.replace(path)
            self._note(sha256, head.keys)
        except OSError:
            log.exception("what was read of %s cannot be kept", plan.name)
            self._heads[sha256] = first  # it is nowhere else
            with contextlib.suppress(OSError):
                temp.unlink(missing_ok=True)
        return head

    def known(self) -> dict[str, tuple[bytes, ...]]:
        """By what each file is known again, by its hash: one list instead of one look into every kept result. Files it
        does not tell (a line was cut off) may be kept all the same; `keys` tells them."""
        found: dict[str, tuple[bytes, ...]] = {}
        with contextlib.suppress(OSError):
            for line in self._list.read_bytes().split(b"\n"):
                with contextlib.suppress(ValueError):  # two wrote at once, or one was stopped in the middle
                    sha256, *keys, end = line.decode("ascii").split(" ")
                    if end == _END:
                        found[sha256] = tuple(bytes.fromhex(key) for key in keys)
        return found

    def keys(self, sha256: str) -> tuple[bytes, ...]:
        """By what a file read before is known again, listed from now on; nothing when it is not kept."""
        head = self.head(sha256)
        if head is None:
            return ()
        with contextlib.suppress(OSError):
            self._note(sha256, head.keys)
        return head.keys

    def _note(self, sha256: str, keys: Iterable[bytes]) -> None:
        with self._list.open("ab", buffering=0) as out:  # a line is one write, so it stays whole beside others
            out.write(" ".join([sha256, *(key.hex() for key in keys), f"{_END}\n"]).encode())

    @property
    def _list(self) -> Path:
        return self.folder / "known.txt"

    def forgotten(self, item_id: str, limit: int = 2000) -> Plan | None:
        """A plan of any kept version of the reader, the newest first, that has an item of this id; None when there is
        none among the `limit` newest."""
        doc = item_id.rpartition(".")[0]
        paths = sorted(self.folder.parent.glob("*/*/*.json.gz"), key=_age, reverse=True)[:limit]
        for path in paths:
            with contextlib.suppress(*_BROKEN), gzip.open(path, "rb") as lines:
                if json.loads(lines.readline())["info"]["id"] == doc:
                    plan = Plan.model_validate_json(lines.read())
                    if any(i.id == item_id for items in alike.items_of(plan).values() for i in items):
                        return plan
        return None

    def clean(self) -> None:
        """Removes what older readers made, and what is left of writes that were cut off."""
        versions = sorted((p for p in self.folder.parent.glob("*") if p.is_dir()), key=_age, reverse=True)
        for old in [p for p in versions if p != self.folder][KEPT_VERSIONS - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
        for left in self.folder.glob("*/.new-*"):
            if _age(left) < time.time() - _STALE_SECONDS:
                with contextlib.suppress(OSError):
                    left.unlink()

    def _path(self, sha256: str) -> Path:
        return Path(f"{self.folder}/{sha256[:2]}/{sha256}.json.gz")


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _as_read(read: Read, load: Load, name: str) -> Plan:
    """A plan, or NotAPlan whatever went wrong: one file must not keep the others from being shown."""
    try:
        return read(load(), name)
    except NotAPlan as refusal:
        raise NotAPlan(str(refusal) or NO_PLAN) from None
    except OSError:
        raise NotAPlan(NOT_OPENED) from None
    except Exception:
        log.exception("%s cannot be read", name)
        raise NotAPlan(FAULT) from None


def in_turn(read: Read) -> ReadMany:
    """Reads files one after the other in this process."""

    def many(files: Iterable[tuple[str, Load, str]]) -> Iterator[tuple[str, Plan | NotAPlan]]:
        for key, load, name in files:
            try:
                yield key, _as_read(read, load, name)
            except NotAPlan as refusal:
                yield key, refusal

    return many
