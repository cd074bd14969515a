"""The command `python -m cchc report`: a report as a Word or Excel file.

Exit codes: 0 done, 1 nothing to report or the file cannot be written, 2 wrong use.
"""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path

import duckdb

from cchc import engine, queries, report_docx, report_source, report_xlsx, reports
from cchc.commands.command import Parser
from cchc.filters import NAMES, NAMES_VI, Filters
from cchc.ledger import LedgerError
from cchc.reports import Letterhead, Period

WRITERS = {"docx": report_docx.to_docx, "xlsx": report_xlsx.to_xlsx}
SCOPE = tuple(name for name in NAMES if name in ("plan", "agency", "role", "area", "as_of"))


def report_command(argv: Sequence[str]) -> int:
    """Writes one report; returns the exit code."""
    parser = Parser(prog="python -m cchc report", description="Lập báo cáo cải cách hành chính của một kỳ.")
    closing = "2024-1 (quý I), 2024-6t (6 tháng), 2024-3 (quý III), 2024 (năm); chốt ngày 14"
    parser.add_argument("--period", type=_period, metavar="KỲ", help=closing)
    parser.add_argument("--from", dest="start", type=_day, metavar="NGÀY", help="ngày đầu, khi kỳ là ngày bất kỳ")
    parser.add_argument("--to", dest="end", type=_day, metavar="NGÀY", help="ngày cuối, khi kỳ là ngày bất kỳ")
    for name in SCOPE:
        parser.add_argument(f"--{name.replace('_', '-')}", dest=f"filter_{name}", action="append", metavar="GIÁ_TRỊ",
                            help=f"phạm vi theo {NAMES_VI[name]}")  # fmt: skip
    parser.add_argument("--authority", default="", metavar="TÊN", help="cơ quan báo cáo (mặc định: theo phạm vi)")
    parser.add_argument("--parent", default="", metavar="TÊN", help="cơ quan chủ quản")
    parser.add_argument("--place", default="", metavar="TÊN", help="địa danh")
    parser.add_argument("--format", choices=sorted(WRITERS), default="docx", help="kiểu tệp (mặc định: docx)")
    parser.add_argument("--output", "-o", metavar="TỆP", help="tệp ghi ra; «-» là màn hình (mặc định: tên theo kỳ)")
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    both = options.start is not None and options.end is not None
    if (options.period is None) != both or (options.start is None) != (options.end is None):
        return _fail("Cần đúng một trong hai: --period, hoặc cả --from và --to.", 2)
    try:
        period = options.period or reports.any_dates(options.start, options.end)
        opened = engine.get_engine()
        query = {name: values for name in SCOPE if (values := getattr(options, f"filter_{name}"))}
        filters, messages = Filters.from_query(query)
        filters, unknown = queries.checked(opened, filters)
        if messages or unknown:
            return _fail("\n".join([*messages, *unknown, "Không lập báo cáo."]), 2)
        head = Letterhead(options.authority, options.parent, options.place)
        made = report_source.make(opened, filters, period, head)
    except (ValueError, LedgerError) as error:
        return _fail(str(error))
    except (OSError, duckdb.Error) as error:
        return _fail(f"Không đọc được dữ liệu: {error}")
    for note in made.notes:
        print(note, file=sys.stderr)
    data = WRITERS[options.format](made)
    if options.output == "-":
        sys.stdout.buffer.write(data)
        return 0
    path = Path(options.output or made.file_name(options.format))
    try:
        path.write_bytes(data)
    except OSError as error:
        return _fail(f"Không ghi được {path}: {error}")
    print(f"Đã ghi {path}", file=sys.stderr)
    return 0


def _period(text: str) -> Period:
    found = reports.parse(text)
    if found is None:
        raise ArgumentTypeError(f"không hiểu kỳ «{text}»; ví dụ 2024-1, 2024-6t, 2024-3, 2024")
    return found


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"không hiểu ngày «{text}»; viết dạng 2024-06-14") from None


def _fail(message: str, code: int = 1) -> int:
    print(message, file=sys.stderr)
    return code
