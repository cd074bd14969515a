"""The package of a Word or Excel file: its parts as trees, read within bounds."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any

from lxml import etree

from cchc.formats.limits import BROKEN_ZIP, check_zip
from cchc.formats.source import NotAPlan

MACROS = "Tệp có macro; chỉ phần chữ được đọc, macro không được chạy."
ZIP = b"PK\x03\x04"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|spreadsheetml|drawingml)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


# What `zipfile` raises while a part is read: RuntimeError where it is encrypted, NotImplementedError where it is packed
# by a method that zipfile does not know.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError,
)  # fmt: skip


class Package:
    """Parts of the zip, or of the one XML file, by name. Raises `NotAPlan` for a damaged file and for one that would
    unpack to more than the limits allow."""

    def __init__(self, data: bytes) -> None:
        self._flat: dict[str, bytes] = {}
        if not data.startswith(ZIP):
            self._flat = _parts_of(data)
            self.names = frozenset(self._flat)
            return
        check_zip(data)
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())

    @property
    def has_macros(self) -> bool:
        """Whether programs (VBA) lie in the file; they are never looked at."""
        return any(name.endswith("vbaProject.bin") for name in self.names)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        try:
            return self._flat[name] if self._flat else self._zip.read(name)
        except _DAMAGED as error:
            raise NotAPlan(BROKEN_ZIP) from error

    def tree(self, name: str) -> Any:
        """A part's root element; None where the package has no such part."""
        if name not in self.names:
            return None
        data = self.transitional(self.read(name))
        return _parsed(data)

    @staticmethod
    def transitional(data: bytes) -> bytes:
        """A part with the names that all programs but strict ones write."""
        return _STRICT.sub(_TRANSITIONAL, data) if b"purl.oclc.org/ooxml" in data[:4096] else data

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" for the package): id -> (last word of the kind, the part's name)."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for relation in [] if root is None else root:
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
                found[relation.get("Id") or ""] = ((relation.get("Type") or "").rsplit("/", 1)[-1], target)
        return found


def _parsed(data: bytes) -> Any:
    # No entities, no network, and the parser's own bounds on depth and on the length of a text.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotAPlan(BROKEN_ZIP) from error


def _parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package kept as one XML file («Word XML»), pictures and other bytes left empty."""
    found = {}
    for part in _parsed(data).iterchildren(_PKG + "part"):
        inside = part.find(f"{_PKG}xmlData/*")
        found[(part.get(_PKG + "name") or "").lstrip("/")] = b"" if inside is None else etree.tostring(inside)
    return found


def child(element: Any, *path: str) -> Any:
    """The element under the Word names `path`, None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def val(element: Any) -> str | None:
    """What a Word element says in its attribute `val`."""
    return None if element is None else element.get(W + "val")


def integer(text: str | None) -> int | None:
    """A number of up to nine digits, None for anything else."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def is_on(element: Any) -> bool:
    """Whether a switch («<w:vanish/>») is there and not turned off."""
    return element is not None and val(element) not in ("0", "false", "off", "none")
