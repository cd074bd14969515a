"""The command line: `python -m cchc COMMAND`. What it prints is Vietnamese; data goes to standard output or a file.

Exit codes: 0 done, 1 the data or a file is not usable, 2 wrong use.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from cchc import catalog, config, demo, engine, exports, library, office, queries, reminders
from cchc.commands import cli_backup, cli_import, cli_progress, reports_cli
from cchc.commands.command import Parser
from cchc.filters import NAMES, NAMES_VI, Filters
from cchc.ledger import LedgerError, default_url

EXPORTS = {
    "targets": queries.targets,
    "tasks": queries.tasks,
    "matrix": queries.matrix_area,
    "duties": queries.duties,
    "measures": queries.measures,
}
# Commands that read their own arguments: what they do, in one line.
PROGRESS: dict[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "record": (cli_progress.record, "Ghi nhận một kết quả, tài liệu, gia hạn, đính chính ...; xem: record --help."),
    "import": (cli_import.import_command, "Nhập văn bản (tệp hoặc thư mục) vào hệ thống."),
    "import-results": (cli_progress.import_results, "Nhập kết quả từ một tệp CSV."),
    "answer": (cli_progress.answer, "Nhập số liệu của tiêu chí chấm điểm mà không kết quả nào trả lời được."),
    "score": (cli_progress.score, "Chấm điểm tham khảo theo một bộ tiêu chí."),
    "report": (reports_cli.report_command, "Lập báo cáo của một kỳ (Word, Excel); xem: report --help."),
    "ledger": (cli_progress.ledger_command, "Kiểm tra sổ ghi nhận, xem lịch sử của một nội dung."),
    "people": (cli_progress.people, "Xem và phân quyền người dùng."),
    "backup": (cli_backup.backup_command, "Sao lưu sổ ghi nhận, tệp và văn bản vào một tệp."),
    "restore": (cli_backup.restore_command, "Khôi phục một bản sao lưu vào nơi chưa ghi nhận gì."),
    "remind": (reminders.remind_command, "Nhắc từng cơ quan việc sắp đến hạn, quá hạn, thiếu số liệu."),
}
DEMO_MADE = "Đã tạo {count} nội dung minh họa trong sổ riêng {path}. Đây là số liệu bịa, không lẫn với số liệu thật."
DEMO_KEPT = "Sổ minh họa đã có nội dung nên giữ nguyên; thêm --replace để tạo lại."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["parse"]:
        from cchc.reading import cli

        return int(cli.main(given[1:]))
    if given and given[0] in PROGRESS:
        return PROGRESS[given[0]][0](given[1:])
    options = _parser().parse_args(given)
    try:
        code: int = options.run(options)
    except LedgerError as error:
        return _fail(str(error))
    except (OSError, duckdb.Error) as error:
        return _fail(f"Không đọc hoặc ghi được dữ liệu: {error}")
    return code


def _parser() -> Parser:
    parser = Parser(prog="python -m cchc", description="Theo dõi kế hoạch cải cách hành chính.")
    commands = parser.add_subparsers(title="các lệnh", metavar="LỆNH", required=True)

    def command(name: str, help_: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=help_)

    command("parse", "Đọc văn bản và in kết quả (JSON); xem: parse --help.")
    build = command("build", "Đọc các văn bản và dựng lại kho dữ liệu.")
    build.add_argument(
        "files", nargs="*", type=Path, metavar="TỆP", help="văn bản (mặc định: mọi tệp trong data/plans)"
    )
    build.set_defaults(run=_build)

    export = command("export", "Xuất một danh sách ra tệp CSV hoặc Excel.")
    export.add_argument("kind", choices=EXPORTS, metavar="DANH_SÁCH", help="targets, tasks, matrix, duties, measures")
    export.add_argument("--format", choices=("csv", "xlsx"), default="csv", help="kiểu tệp (mặc định: csv)")
    export.add_argument("--output", "-o", metavar="TỆP", help="tệp ghi ra; «-» là màn hình (mặc định: tên theo bộ lọc)")
    for name in NAMES:
        dest = "filter_" + name
        export.add_argument(f"--{name.replace('_', '-')}", dest=dest, action="append", metavar="GIÁ_TRỊ",
                            help=f"lọc theo {NAMES_VI[name]}")  # fmt: skip
    export.set_defaults(run=_export)

    read = command("read-csv", "Đọc lại một tệp CSV do chương trình xuất ra và kiểm tra từng dòng.")
    read.add_argument("file", type=Path, metavar="TỆP")
    read.set_defaults(run=_read_csv)

    for name, (_, help_) in PROGRESS.items():
        command(name, help_)
    made = command("demo", "Tạo số liệu minh họa trong một sổ riêng, để xem thử chương trình.")
    made.add_argument("--replace", action="store_true", help="bỏ số liệu minh họa cũ, tạo lại đến hôm nay")
    made.set_defaults(run=_demo)
    return parser


def _build(options: argparse.Namespace) -> int:
    missing = [f for f in options.files if not f.is_file()]
    if missing:
        return _fail("Không có tệp: " + ", ".join(map(str, missing)))
    shelf: library.Library | tuple[Path, ...] = tuple(options.files) or library.current()
    if isinstance(shelf, library.Library) and not shelf.documents:
        return _fail(f"Không có văn bản nào trong {config.plans_dir()}.")
    path = catalog.build(shelf, config.data_dir())
    opened = engine.Engine(path)
    try:
        documents = queries.documents(opened)
        problems = queries.problems(opened)
    finally:
        opened.close()
    for row in documents.to_dict("records"):
        print(
            f"{row['label']}: {row['targets']} chỉ tiêu, {row['tasks']} nhiệm vụ, {row['measures']} giải pháp, "
            f"{row['duties']} trách nhiệm, {row['warnings']} lưu ý khi đọc"
        )
    for row in problems.to_dict("records"):
        print(f"{row['name']}: {row['message']}", file=sys.stderr)
    print(f"Kho dữ liệu: {path}")
    return 0 if len(documents) else 1


def _export(options: argparse.Namespace) -> int:
    query = {name: values for name in NAMES if (values := getattr(options, "filter_" + name))}
    filters, messages = Filters.from_query(query)
    opened = engine.get_engine()
    filters, unknown = queries.checked(opened, filters)
    if messages or unknown:
        # A page may leave out what it does not understand and say so; a file with more rows than asked for misleads.
        return _fail("\n".join([*messages, *unknown, "Không xuất tệp."]), 2)
    said = filters.remarks(exports.ITEM_KINDS[options.kind])
    if said:
        print(said, file=sys.stderr)
    data, name = exports.make(
        options.kind, EXPORTS[options.kind](opened, filters), filters, extension=options.format,
        names=queries.names(opened), data_version=opened.data_version, demo=opened.is_demo,
    )  # fmt: skip
    if options.output == "-":
        sys.stdout.buffer.write(data)
        return 0
    path = Path(options.output or name)
    path.write_bytes(data)
    print(f"Đã ghi {path}", file=sys.stderr)
    return 0


def _read_csv(options: argparse.Namespace) -> int:
    try:
        data = options.file.read_bytes()
        kind = exports.kind_of(data)
        frame = exports.read_csv(data, kind)
    except exports.ReadError as error:
        return _fail(f"{options.file}: {error}")
    print(f"{options.file}: danh sách «{exports.TITLES[kind]}», {len(frame)} dòng, mọi ô đọc được.")
    key = "key" if kind == "matrix" else "id"
    repeated = frame[key][frame[key].duplicated()]
    if len(repeated):
        return _fail(f"Có {len(repeated)} mã lặp lại, ví dụ «{repeated.iloc[0]}».")
    return 0


def _demo(options: argparse.Namespace) -> int:
    try:
        count = demo.make(office.document_items().values(), replace=options.replace)
    except LedgerError as error:
        if str(error) != demo.NOT_EMPTY:
            raise
        print(DEMO_KEPT)
        return 0
    print(DEMO_MADE.format(count=count, path=default_url("demo").database))
    return 0


def _fail(message: str, code: int = 1) -> int:
    print(message, file=sys.stderr)
    return code


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must get through a pipe whatever the system's code page is.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
