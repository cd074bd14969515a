"""`python -m cchc backup` and `restore`: everything people gave to the installation, in one file and back.

Exit codes: 0 done, 1 not done or something is missing from it, 2 wrong use.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from cchc import backup, config
from cchc.commands.command import Parser
from cchc.entries import number_text
from cchc.files import FileStore
from cchc.ledger import Ledger, LedgerError

WRITTEN = "Đã sao lưu vào {path}: {counts}. Mã kiểm tra: {head}"
RESTORED = "Đã khôi phục từ {path}: {counts}. Hãy khởi động lại chương trình."
COUNTS = "{entries} nội dung của sổ ghi nhận, {files} tệp, {plans} văn bản trong thư mục văn bản"
THERE = "Đã có tệp {path}. Hãy chọn tên khác."
FAILED = "Không ghi hoặc đọc được: {error}"


def backup_command(argv: Sequence[str]) -> int:
    """`backup [-o FILE]`."""
    parser = Parser(prog="python -m cchc backup", description="Sao lưu sổ ghi nhận, tệp và văn bản vào một tệp.")
    now = dt.datetime.now(config.VIETNAM)
    default = Path(f"cchc-sao-luu-{now:%Y-%m-%d-%H%M%S}.zip")
    parser.add_argument("--output", "-o", type=Path, default=default, metavar="TỆP", help="tệp ghi ra (.zip)")
    options = parser.parse_args(list(argv))
    try:
        with Ledger() as ledger:
            told = backup.write(options.output, ledger, FileStore(), config.plan_files())
    except FileExistsError:
        return _fail(THERE.format(path=options.output))
    except LedgerError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(FAILED.format(error=error))
    print(WRITTEN.format(path=options.output, counts=_counts(told), head=told.head))
    for note in told.notes:
        print(note, file=sys.stderr)
    return 1 if told.notes else 0


def restore_command(argv: Sequence[str]) -> int:
    """`restore FILE`."""
    parser = Parser(
        prog="python -m cchc restore",
        description="Khôi phục một bản sao lưu vào nơi chưa ghi nhận gì. Dừng chương trình trước khi khôi phục.",
    )
    parser.add_argument("file", type=Path, metavar="TỆP")
    options = parser.parse_args(list(argv))
    try:
        told = backup.restore(options.file, None, FileStore(), config.plans_dir())
    except LedgerError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(FAILED.format(error=error))
    print(RESTORED.format(path=options.file, counts=_counts(told)))
    for note in told.notes:
        print(note, file=sys.stderr)
    return 0


def _counts(told: backup.Told) -> str:
    return COUNTS.format(
        entries=number_text(told.entries), files=number_text(told.files), plans=number_text(told.plans)
    )


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
