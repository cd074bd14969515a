"""Bad files on the way in: each is told in plain words, nothing of it is taken in, and the good ones beside it are.

What each kind does to the process that reads is tested in `tests/formats/test_limits.py`; the limits are low here, so
that small files are beyond them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc import catalog, importing
from cchc.access import LOCAL_PERSON
from cchc.files import FileStore
from cchc.formats import limits, recognise
from cchc.formats.limits import MB, Limits
from cchc.formats.ooxml import MACROS
from cchc.importing import Incoming
from cchc.ledger import Ledger, Refused
from cchc.library import Library
from cchc.progress import Progress
from cchc.reading.apart import ReadingPool
from cchc.reads import Reads
from tests.formats import test_limits as files
from tests.imported_plans import data, text

ROOT = Path(__file__).resolve().parent.parent
LOW = {"CCHC_MAX_MB": "1", "CCHC_MAX_PAGES": "20", "CCHC_MAX_ROWS": "300", "CCHC_MAX_UNPACKED_MB": "8"}
LIMITS = Limits(max_bytes=MB, max_pages=20, max_rows=300, max_unpacked=8 * MB)
PARAGRAPHS = "".join(map(files.paragraph, text().split("\n")))


def truncated(make: Callable[[], bytes], share: float) -> Callable[[], bytes]:
    return lambda: make()[: int(len(make()) * share)]


def long_word() -> bytes:
    return files.word(PARAGRAPHS)


# name: (its content, what its message says)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bom.docx": (lambda: files.word(PARAGRAPHS, more={"word/media/a.xml": b"\x00" * 9 * MB}), limits.UNPACKED),
    "bom.zip.docx": (lambda: files.zipped({"a.zip": files.zipped({"b": b"\x00" * MB})}), recognise.ARCHIVE),
    "nhieu phan.xlsx": (lambda: files.word("", more={f"word/{n}": b"" for n in range(6000)}), limits.TOO_MANY_PARTS),
    "dai.pdf": (lambda: files.pdf(21), limits.TOO_MANY_PAGES),
    "khoa.pdf": (lambda: files.pdf(3, encrypted=True), "Tệp PDF được bảo vệ bằng mật khẩu"),
    "khoa.docx": (files.encrypted_office, recognise.ENCRYPTED),
    "khoa.xlsx": (files.encrypted_office, recognise.ENCRYPTED),
    "cut.docx": (truncated(long_word, 0.5), limits.BROKEN_ZIP),
    "cut.xlsx": (truncated(lambda: files.sheet(40), 0.7), limits.BROKEN_ZIP),
    "cut.pdf": (lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog", "Tệp PDF bị hỏng"),
    "bang dai.docx": (lambda: files.word_table(1_500), limits.TOO_MANY_ROWS),
    "bang dai.xlsx": (lambda: files.long_sheet(1_500), limits.TOO_MANY_ROWS),
    "bang dai.html": (lambda: files.LONG_TABLES["html"](1_500), limits.TOO_MANY_ROWS),
    "nang.txt": (lambda: b"Ke hoach " * 120_000, limits.TOO_LARGE),
    "anh.png": (lambda: files.png(30_000, 30_000)[: MB - 1], limits.TOO_MANY_PIXELS),
    "nhi phan.doc": (lambda: b"\x7fELF\x02\x01" + bytes(range(256)) * 50, "Tệp không phải là văn bản"),
    "rong.txt": (lambda: b"", "Tệp không có nội dung."),
}
SCRIPT = "<script>document.title = '100% hồ sơ'</script><img src=x onerror=\"alert('70%')\">"
# Read, but without what is hostile in them: name, content, how it is shown.
READ: list[tuple[str, bytes, str]] = [
    ("../../etc/passwd.html", f"<html>{SCRIPT}<pre>{text(number=31)}</pre></html>".encode(), "passwd.html"),
    ("macro.docm", files.word(PARAGRAPHS.replace("12/KH", "32/KH"), types=files.MACROS[0],
     more={"word/vbaProject.bin": b"AutoOpen 100%"}), "macro.docm"),
    ("C:\\Users\\ha\\ke\u202ehoach.txt", data(number=33), "kehoach.txt"),
]  # fmt: skip


class Desk:
    """A ledger, its store and a pool of one process with low limits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / "ledger.sqlite")
        self.store = FileStore(folder / "files")
        self.pool = ReadingPool(1, LIMITS)
        self.progress = Progress(self.ledger)

    def library(self) -> Library:
        self.progress.pull()
        reads = Reads(self.folder / "read", self.pool.read, self.pool.read_many)
        return Library([], reads, self.progress.documents(), self.store.path)

    def state(self) -> tuple[int, list[str], list[str]]:
        """The end of the ledger, the documents, and the files that are kept."""
        kept = sorted(str(p) for p in (self.folder / "files").rglob("*") if p.is_file())
        return self.ledger.last_seq(), [d.sha256 for d in self.library().all], kept

    def catalog(self) -> str:
        """The name of the catalog, which holds the hash of what is in it."""
        return catalog.build(self.library(), self.folder / "catalog").name


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    patch = pytest.MonkeyPatch()
    for name, value in LOW.items():
        patch.setenv(name, value)
    made = Desk(tmp_path_factory.mktemp("desk"))
    (first,) = importing.examine(made.library(), [Incoming("co-san.txt", data())])
    importing.record(made.ledger, made.store, LOCAL_PERSON, made.library(), [first])
    yield made
    made.pool.close()
    made.ledger.close()
    patch.undo()


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_told_and_leaves_nothing(desk: Desk, name: str) -> None:
    make, said = REFUSED[name]
    before = desk.state()
    good = Incoming("tot.txt", data(number=90))
    bad, beside = importing.examine(desk.library(), [Incoming(name, make()), good])
    assert (bad.kind, bad.choices, bad.default, bad.plan_id, bad.head) == ("unreadable", ("skip",), "skip", "", None)
    assert files.like(said).match(bad.message)
    assert limits.SAFE in bad.message or said == REFUSED["rong.txt"][1]
    assert "Hãy" in bad.message and not any(w in bad.message for w in ("Traceback", "Error", "Exception"))
    assert bad.message not in (limits.FAULT, limits.CRASHED)
    with pytest.raises(Refused, match=re.escape(importing.NOTHING)):
        importing.record(desk.ledger, desk.store, LOCAL_PERSON, desk.library(), [bad])
    assert desk.state() == before
    assert (beside.kind, beside.default) == ("new", "take")  # the next file is read as if nothing had happened


def test_a_lot_of_bad_files_and_good_ones(desk: Desk) -> None:
    lot = [Incoming(name, make()) for name, (make, _) in REFUSED.items()]
    lot += [Incoming(name, content) for name, content, _ in READ]
    found = importing.examine(desk.library(), lot)
    assert [one.kind for one in found] == ["unreadable"] * len(REFUSED) + ["new"] * len(READ)
    before, as_it_was = desk.ledger.last_seq(), desk.catalog()
    with pytest.raises(Refused, match=re.escape(importing.NOTHING)):
        importing.record(desk.ledger, desk.store, LOCAL_PERSON, desk.library(), found[: len(REFUSED)])
    assert desk.catalog() == as_it_was
    entries = importing.record(desk.ledger, desk.store, LOCAL_PERSON, desk.library(), found)
    assert [entry.payload.file.name for entry in entries] == [shown for _, _, shown in READ]  # type: ignore[union-attr]
    assert desk.ledger.last_seq() == before + len(READ)
    library = desk.library()
    plans = [library.corrected(document).plan for document in library.documents]
    assert len(plans) == 1 + len(READ) and desk.catalog() != as_it_was
    assert {plan.plan.number for plan in plans} == {"12/KH-UBND", "31/KH-UBND", "32/KH-UBND", "33/KH-UBND"}
    assert not any(bad in plan.text for plan in plans for bad in ("alert", "document.title", "AutoOpen", "70%"))
    assert [MACROS in plan.warnings for plan in plans if plan.plan.number == "32/KH-UBND"] == [True]
    stored = [p for p in desk.folder.rglob("*") if p.is_file() and "passwd" in p.name]
    assert stored == [] and not (desk.folder.parent / "etc").exists()


def test_the_command_takes_in_what_is_good_and_names_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    folder.mkdir()
    for name, (make, _) in REFUSED.items():
        (folder / name).write_bytes(make())
    (folder / "tot.txt").write_bytes(data())
    (folder / "macro.docm").write_bytes(READ[1][1])
    environment = os.environ | LOW | {"CCHC_DATA": str(tmp_path / "data"), "CCHC_PLANS": str(tmp_path / "khong-co")}
    environment.pop("CCHC_LEDGER_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "cchc", "import", str(folder), "--author", "Nguyễn Văn An"], cwd=ROOT, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"Đã đọc {len(REFUSED) + 2} tệp: {len(REFUSED)} không đọc được, 2 văn bản mới." in done.stdout
    assert "Đã ghi nhận 2 văn bản." in done.stdout
    for name, (_, said) in REFUSED.items():
        (line,) = [line for line in done.stderr.split("\n") if line.startswith(f"{name}: ")]
        assert files.like(f"{name}: Không đọc được. {said}").match(line)
    assert "Traceback" not in done.stderr
    with Ledger(tmp_path / "data" / "ledger.sqlite") as ledger:
        assert ledger.last_seq() == 2
