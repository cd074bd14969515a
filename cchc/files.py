"""Attached files, kept under the hash of their content: the same file twice is kept once, a changed one is noticed.

The folder is `files/` in the data folder (for a demonstration `demo-files/`). A file is on disk, with its folder entry,
when `put` returns. Names given by people never become paths.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from cchc import config
from cchc.entry_fields import FileRef, clean
from cchc.ledger import LedgerKind

MAX_BYTES = 20 * 1024 * 1024
# What offices attach. Nothing that a browser or a desktop would run.
SUFFIXES = (
    "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "txt", "jpg", "jpeg", "png", "tif",
    "tiff", "zip", "rar", "7z", "p7s", "xml", "eml", "msg",
)  # fmt: skip
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)


class FileRefused(Exception):
    """The file cannot be taken, or is not what it was. The text is in Vietnamese."""


def attached_name(given: str) -> str:
    """A file name for showing and downloading: no folders, no characters that mean something to a system, at most 150
    characters with the suffix kept; «tep» when nothing is left."""
    text = str(clean(given))
    bare = re.sub(r'[<>:"|?*\n\t]', "_", re.split(r"[\\/]", text)[-1]).strip(". ")
    stem, dot, suffix = bare.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: 149 - len(suffix)].strip() or 'tep'}.{suffix}"
    return bare[:150].strip() or "tep"


class FileStore:
    """The attached files of one ledger."""

    def __init__(self, folder: Path | None = None, kind: LedgerKind = "real", max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder or config.data_dir() / ("files" if kind == "real" else "demo-files")
        self.max_bytes = max_bytes

    def put(self, data: bytes, name: str) -> FileRef:
        """Keeps a file and tells how an entry refers to it. Raises FileRefused when it is empty, too large or of a kind
        that is not taken."""
        shown = attached_name(name)
        suffix = shown.rpartition(".")[2].lower() if "." in shown else ""
        if suffix not in SUFFIXES:
            raise FileRefused(f"Không nhận tệp loại «{suffix or 'không rõ'}». Hãy dùng PDF, Word, Excel hoặc ảnh.")
        if not data:
            raise FileRefused("Tệp rỗng.")
        if len(data) > self.max_bytes:
            raise FileRefused(f"Tệp lớn hơn {self.max_bytes // (1024 * 1024)} MB.")
        return self._keep(data, shown)

    def _keep(self, data: bytes, shown: str) -> FileRef:
        ref = FileRef(sha256=hashlib.sha256(data).hexdigest(), name=shown, size=len(data))
        target = self.path(ref.sha256)
        if self._whole(target, ref.sha256):
            sync_folder(target.parent)  # another process may have put it there this moment
        else:
            self._write(target, data)
        return ref

    def put_document(self, data: bytes, name: str) -> FileRef:
        """Keeps a file that was read as a document: of any name, for its content decided; of any size that is read."""
        return self._keep(data, attached_name(name))

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies, whether it is there or not."""
        if not _SHA.fullmatch(sha256):
            raise FileRefused("Mã kiểm tra của tệp không đúng.")
        return Path(f"{self.folder}/{sha256[:2]}/{sha256}")

    def read(self, ref: FileRef) -> bytes:
        """The content of a file. Raises FileRefused when it is missing or no longer what was attached."""
        try:
            data = self.path(ref.sha256).read_bytes()
        except FileNotFoundError:
            raise FileRefused(f"Không tìm thấy tệp «{ref.name}».") from None
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise FileRefused(f"Tệp «{ref.name}» không còn như lúc được đính kèm.")
        return data

    @staticmethod
    def _whole(path: Path, sha256: str) -> bool:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _write(self, target: Path, data: bytes) -> None:
        made = [p for p in (target.parent, *target.parent.parents) if not p.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as out:
            try:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
                Path(out.name).replace(target)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
        for folder in {target.parent, *(p.parent for p in made)}:
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Returns when the folder's entries (a file made or renamed in it) are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
