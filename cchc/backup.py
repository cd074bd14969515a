"""Backups: everything people gave to the installation in one file, and the way back.

A backup is a zip with `backup.json` (what it is), `ledger.jsonl` (an entry a line, exactly as it lies in the database),
`files/<hash>` (attached files and imported documents) and `plans/<name>` (the plans folder). What is computed is not in
it. It is the same for SQLite and PostgreSQL, so it is also the way from the one to the other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from cchc import config
from cchc.files import FileStore, sync_folder
from cchc.ledger import NOT_EMPTY, Ledger, LedgerError, Refused

FORMAT = 1
_ABOUT, _LEDGER, _FILES, _PLANS = "backup.json", "ledger.jsonl", "files/", "plans/"
_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PIECE = 1 << 20

NO_BACKUP = "Tệp này không phải bản sao lưu của chương trình, hoặc đã hỏng. Chưa khôi phục gì."
NEWER = "Bản sao lưu này do phiên bản mới hơn của chương trình tạo ra. Chưa khôi phục gì."
OTHER_KIND = "Bản sao lưu này là của sổ số liệu minh họa, không khôi phục vào sổ số liệu thật. Chưa khôi phục gì."
CUT_OFF = "Bản sao lưu thiếu nội dung: chỉ có {found} trong {count} nội dung đã ghi nhận. Chưa khôi phục gì."
DAMAGED = "Tệp «{name}» trong bản sao lưu không còn như lúc được lưu. Chưa khôi phục gì."
KEPT = "Văn bản «{name}» đã có với nội dung khác nên được giữ nguyên; bản kia vẫn nằm trong tệp sao lưu (plans/{name})."
MISSING = "Sổ có nhắc tới tệp {name} nhưng tệp không còn hoặc đã hỏng; bản sao lưu không có tệp này."


class BadBackup(LedgerError):
    """The file cannot be restored; nothing was changed. The text is in Vietnamese."""


@dataclass(frozen=True)
class Told:
    """What a backup holds or what was restored: numbers of entries, attached files and plans, the head of the ledger
    (`number:hash`, as `ledger head` prints it), and sentences about what a person should know."""

    entries: int
    files: int
    plans: int
    head: str
    notes: tuple[str, ...] = ()


def write(target: Path, ledger: Ledger, store: FileStore, plans: Sequence[Path] = ()) -> Told:
    """Writes a backup; the program may go on recording meanwhile. `target` is complete and on disk when this returns,
    and not there at all when it fails. Raises FileExistsError when there is such a file, OSError, LedgerError."""
    if target.exists():
        raise FileExistsError(target)
    making = target.with_name(f".{target.name}.{os.getpid()}.new")
    notes: list[str] = []
    try:
        with making.open("xb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                count, head, wanted = _write_entries(archive, ledger)
                # Files after entries: a file is on disk before the entry that names it.
                kept = _write_files(archive, store)
                notes += [MISSING.format(name=name) for name in sorted(wanted - kept)]
                for path in plans:
                    archive.writestr(_PLANS + path.name, path.read_bytes())
                about = {
                    "format": FORMAT,
                    "kind": ledger.kind,
                    "ledger": ledger.id,
                    "entries": count,
                    "head": head,
                    "made": dt.datetime.now(config.VIETNAM).isoformat(timespec="seconds"),
                }
                archive.writestr(_ABOUT, json.dumps(about, indent=1))
            out.flush()
            os.fsync(out.fileno())
        os.link(making, target)  # unlike a rename it fails where somebody was faster
    finally:
        making.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Told(count, len(kept), len(plans), f"{count}:{head}", tuple(notes))


def _write_entries(archive: zipfile.ZipFile, ledger: Ledger) -> tuple[int, str, set[str]]:
    """Number and hash of the last entry written, and the files that entries name."""
    count, head, wanted = 0, "", set()
    with archive.open(_LEDGER, "w", force_zip64=True) as out:
        for row in ledger.rows():
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count, head = row["seq"], row["hash"]
            wanted |= set(re.findall(r'"sha256":"([0-9a-f]{64})"', row["payload"]))
    return count, head, wanted


def _write_files(archive: zipfile.ZipFile, store: FileStore) -> set[str]:
    """Adds all files of the store that are what their names say; returns their hashes."""
    kept: set[str] = set()
    for path in sorted(store.folder.glob("??/*")):
        data = path.read_bytes() if _NAME.fullmatch(path.name) else b""
        if data and hashlib.sha256(data).hexdigest() == path.name:
            archive.writestr(_FILES + path.name, data)
            kept.add(path.name)
    return kept


def restore(source: Path, address: str | Path | URL | None, store: FileStore, plans_folder: Path) -> Told:
    """Puts a backup of real data into an installation in which nothing was recorded. Files come first, entries last and
    all at once, each checked on its way, so what was cut off halfway can be repeated. A plan that is there with other
    content stays. Raises BadBackup, Refused or LedgerError with nothing recorded, OSError."""
    with _opened(source) as archive:
        about = _about(archive)
        files = [n for n in archive.namelist() if n.startswith(_FILES)]
        plans = [n for n in archive.namelist() if n.startswith(_PLANS)]
        _check_files(archive, files)
        with Ledger(address) as present:
            if present.last_seq():
                raise Refused(NOT_EMPTY)
        for name in files:
            store.put_document(archive.read(name), name.removeprefix(_FILES))
        notes = [note for name in plans if (note := _restore_plan(archive, name, plans_folder))]
        count = Ledger.restore(address, "real", str(about["ledger"]), map(json.loads, _lines(archive)))
    return Told(count, len(files), len(plans), f"{about['entries']}:{about['head']}", tuple(notes))


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError) as error:
        raise BadBackup(NO_BACKUP) from error


def _about(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    about = json.loads(archive.read(_ABOUT))
    if not isinstance(about, dict) or not {"format", "kind", "ledger", "entries", "head"} <= about.keys():
        raise BadBackup(NO_BACKUP)
    if about["format"] != FORMAT:
        raise BadBackup(NEWER)
    if about["kind"] != "real":
        raise BadBackup(OTHER_KIND)
    found, last = 0, b"{}"
    for line in _lines(archive):
        found, last = found + 1, line
    if found != about["entries"] or (found and json.loads(last)["hash"] != about["head"]):
        raise BadBackup(CUT_OFF.format(found=found, count=about["entries"]))
    return about


def _check_files(archive: zipfile.ZipFile, names: Sequence[str]) -> None:
    for name in names:
        bare = name.removeprefix(_FILES)
        digest = hashlib.sha256()
        with archive.open(name) as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
        if not _NAME.fullmatch(bare) or digest.hexdigest() != bare:
            raise BadBackup(DAMAGED.format(name=bare))


def _lines(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(_LEDGER) as content:
        yield from content


def _restore_plan(archive: zipfile.ZipFile, name: str, folder: Path) -> str:
    """Writes a plan into the folder where it is missing; says so when another one of that name is kept."""
    target = folder / Path(name).name  # a name in an archive is no path
    data = archive.read(name)
    if target.exists():
        return "" if target.read_bytes() == data else KEPT.format(name=target.name)
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / f".{target.name}.new"
    with making.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    making.replace(target)
    sync_folder(folder)
    return ""
