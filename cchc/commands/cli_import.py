"""`python -m cchc import FILE...`: documents are taken in from the command line.

Exit codes: 0 every file is in now (or was before), 1 something was not taken in, 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from cchc import engine, importing, office
from cchc.access import AccessDenied, Person
from cchc.commands.cli_progress import author_name
from cchc.commands.command import Parser
from cchc.corrections import NotUsable
from cchc.files import FileRefused, FileStore
from cchc.importing import Choice, Examined, Incoming, Step, Touched
from cchc.ledger import Ledger, LedgerError
from cchc.library import Library, recorded
from cchc.reads import Head

DESCRIPTION = "Nhập văn bản vào hệ thống. Thư mục được nhập với mọi tệp bên trong."
NO_FILES = "Không có tệp nào để nhập."
MISSING = "Không có tệp hoặc thư mục: {names}"
LINE = "{name}: {kind}. {message}"
READ = (
    "  Đọc được {targets} chỉ tiêu, {tasks} nhiệm vụ, {measures} giải pháp, {duties} trách nhiệm; "
    "{review} chỗ cần rà soát."
)
SUMMARY = "Đã đọc {total} tệp: {parts}."
RECORDED = "Đã ghi nhận {count} văn bản."
NOTHING = "Không có văn bản nào mới để ghi nhận."
DRY = "Chỉ xem thử, chưa ghi nhận gì. Sẽ ghi nhận {count} văn bản."
LEFT = "{count} tệp chưa được nhập vì là bản khác của văn bản đã có; thêm --replace để thay."
RIVALS = (
    "{count} tệp chưa được nhập vì là bản khác của một tệp trong cùng lượt này; muốn dùng tệp nào thì nhập riêng tệp "
    "đó với --replace, hoặc chọn trên trang «Nhập văn bản»."
)
BUILDING = "Đang dựng kho dữ liệu ..."
BATCH = 200  # files recorded at once: who stops the command keeps what was said to be recorded
# Of the files in a folder, those with these endings; what a file is, its content tells.
_ENDINGS = (
    "txt md html htm mht mhtml eml doc docx docm odt rtf xls xlsx xlsm xlsb ods pdf jpg jpeg png tif tiff bmp webp"
)
SUFFIXES = frozenset(_ENDINGS.split())
PASSED = "Bỏ qua {count} tệp trong thư mục vì không có đuôi của văn bản (.txt, .docx, .pdf ...)."


def import_command(argv: Sequence[str]) -> int:
    """`import FILE...`."""
    parser = Parser(prog="python -m cchc import", description=DESCRIPTION)
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp hoặc thư mục")
    parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và cho biết, không ghi nhận")
    parser.add_argument("--replace", action="store_true", help="thay văn bản đã có bằng bản khác trong lượt này")
    parser.add_argument("--quiet", action="store_true", help="chỉ in tổng kết và các tệp có vấn đề")
    parser.add_argument("--author", default=author_name(), metavar="TÊN", help="người ghi nhận")
    options = parser.parse_args(list(argv))
    missing = [str(p) for p in options.files if not p.exists()]
    if missing:
        print(MISSING.format(names=", ".join(missing)), file=sys.stderr)
        return 1
    found, passed = _files(options.files)
    files = [Incoming(p.name, p) for p in found]
    if passed:
        print(PASSED.format(count=passed), file=sys.stderr)
    if not files:
        print(NO_FILES, file=sys.stderr)
        return 1
    try:
        return _Import(options).run(files)
    except (LedgerError, AccessDenied, FileRefused, NotUsable) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _files(given: Sequence[Path]) -> tuple[list[Path], int]:
    """The files meant, each once, those of folders by name; and how many of folders were passed over, being no
    documents by their names. A file that is named itself is always meant."""
    found: dict[Path, None] = {}
    passed = 0
    for path in given:
        if not path.is_dir():
            found[path.resolve()] = None
            continue
        for inside in sorted(p for p in path.rglob("*") if p.is_file()):
            if inside.suffix.lower().lstrip(".") in SUFFIXES and not inside.name.startswith(("~$", ".")):
                found[inside.resolve()] = None
            else:
                passed += 1
    return list(found), passed


class _Import:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.bar = Bar(sys.stderr)
        self.person = Person(options.author, "dòng lệnh", "administrator")
        self.counts: Counter[str] = Counter()  # by what the files are
        self.recorded = self.left = self.rivals = self.bad = 0
        self.waiting: list[tuple[Examined, Choice]] = []

    def run(self, files: Sequence[Incoming]) -> int:
        with Ledger(kind=office.ledger_kind()) as ledger:  # not `office.get_ledger`: that holds all that is recorded
            library = recorded(ledger)
            self._take_in(files, ledger, library)
            self.bar.clear()
            self._sum_up(len(files))
            if self.recorded and not self.options.dry_run:
                print(BUILDING, file=sys.stderr)
                engine.prepare(ledger, library)
        return 1 if self.bad or self.left or self.rivals else 0

    def _take_in(self, files: Sequence[Incoming], ledger: Ledger, library: Library) -> None:
        store = FileStore(kind=ledger.kind)
        touched = importing.Touched(ledger, library)
        for found in importing.examine_each(library, files, self.bar.step):
            self.counts[found.label] += 1
            choice = self._choice(found)
            self._tell(found, choice)
            if choice != "skip":
                self.waiting.append((found, choice))
            if len(self.waiting) >= BATCH:
                self._record(ledger, store, library, touched)
        self._record(ledger, store, library, touched)

    def _choice(self, found: Examined) -> Choice:
        if found.kind in ("new_version", "again") and "replace" in found.choices:
            return "replace" if self.options.replace and not found.twin else "skip"
        return found.default

    def _tell(self, found: Examined, choice: Choice) -> None:
        bad = found.kind == "unreadable"
        left = found.kind == "new_version" and choice == "skip"
        self.bad += bad
        self.left += left and not found.twin
        self.rivals += left and bool(found.twin)
        if self.options.quiet and not (bad or left):
            return
        self.bar.clear()
        out = sys.stderr if bad else sys.stdout
        print(LINE.format(name=found.name, kind=found.label, message=found.message), file=out)
        if found.head is not None and found.kind in ("new", "again", "new_version"):
            print(READ.format(**{n: getattr(found.head, n) for n in Head.__slots__}), file=out)

    def _record(self, ledger: Ledger, store: FileStore, library: Library, touched: Touched) -> None:
        if self.waiting and not self.options.dry_run:
            choices = {found.sha256: choice for found, choice in self.waiting}
            examined = [found for found, _ in self.waiting]
            self.bar.say(f"ghi nhận {len(examined)} văn bản")
            importing.record(ledger, store, self.person, library, examined, choices, touched=touched)
        self.recorded += len(self.waiting)
        self.waiting.clear()

    def _sum_up(self, total: int) -> None:
        parts = ", ".join(f"{n} {label.lower()}" for label, n in self.counts.items())
        print(SUMMARY.format(total=total, parts=parts))
        if self.options.dry_run:
            print(DRY.format(count=self.recorded))
        else:
            print(RECORDED.format(count=self.recorded) if self.recorded else NOTHING)
        if self.left:
            print(LEFT.format(count=self.left), file=sys.stderr)
        if self.rivals:
            print(RIVALS.format(count=self.rivals), file=sys.stderr)


class Bar:
    """A line on the terminal that tells how far it is; nothing where the output is no terminal."""

    WIDTH = 30

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.shown = out.isatty()
        self._files: set[int] = set()  # done
        self._drawn = False

    def step(self, step: Step) -> None:
        """Draws the line after each file, and when one is taken up."""
        if step.stage == "done":
            self._files.add(step.n)
        done = len(self._files)
        if self.shown:
            filled = self.WIDTH * done // max(step.total, 1)
            bar = "█" * filled + "░" * (self.WIDTH - filled)
            name = "".join(c if c.isprintable() else "?" for c in step.name)[:40]
            self._draw(f"{bar} {done}/{step.total} {name}")

    def say(self, words: str) -> None:
        """Says what is done meanwhile."""
        if self.shown:
            self._draw(words)

    def clear(self) -> None:
        """Makes room for other lines."""
        if self._drawn:
            self.out.write("\r\x1b[K")
            self.out.flush()
            self._drawn = False

    def _draw(self, line: str) -> None:
        self.out.write(f"\r\x1b[K{line}")
        self.out.flush()
        self._drawn = True
