"""The commands `record`, `import-results`, `score`, `ledger` and `people`: what `python -m cchc` does with progress.

Each function takes its arguments and returns an exit code: 0 done, 1 refused or nothing done, 2 wrong usage. What goes
well is said on standard output, what does not on standard error, both in Vietnamese. Whoever can run commands on the
server has its files anyway: commands act with all rights, and every entry bears the name given by `--author`.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import getpass
import json
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cchc import access, answers, config, profiles, recording, results, scoring
from cchc.access import AccessDenied, Person
from cchc.commands.command import Parser
from cchc.demo import BANNER
from cchc.entries import (
    KIND_LABELS,
    PAYLOAD,
    Answer,
    Assignment,
    Correction,
    Draft,
    Entry,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    PersonRecord,
    TargetValue,
    TaskDone,
    TaskStarted,
    explain,
    number_text,
    own_day,
    own_item,
    person_item,
)
from cchc.exports import DEMO_LABEL
from cchc.files import FileRefused, FileStore
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger, LedgerError, LedgerKind
from cchc.periods import date_text, lane_text
from cchc.report_periods import parse_period
from cchc.scoring import Ranked, Score
from cchc.status import deadlines

Items = Callable[[], Sequence[KnownItem]]

_BY: dict[str, scoring.By] = {
    "tat-ca": "all",
    "ke-hoach": "plan",
    "linh-vuc": "area",
    "co-quan": "agency",
    "thoi-han": "period",
}


def catalog_items() -> Sequence[KnownItem]:
    """The items of this installation's documents."""
    from cchc.engine import get_engine  # only here: the other commands need no catalog
    from cchc.items import from_catalog

    return from_catalog(get_engine())


def catalog_names() -> Mapping[str, str]:
    """The names of agencies by key."""
    from cchc.engine import get_engine
    from cchc.items import agency_names

    return agency_names(get_engine())


def record(argv: Sequence[str], items: Items = catalog_items) -> int:
    """`record ITEM KIND ...`: one entry."""
    parser = _parser("record", "Ghi nhận một kết quả, tài liệu, ghi chú ...")
    parser.add_argument("item", metavar="MÃ", help="mã của chỉ tiêu hoặc nhiệm vụ")
    _record_options(parser)
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="LOẠI")

    value = kinds.add_parser("value", help="kết quả của chỉ tiêu")
    value.add_argument("value", type=_number, nargs="?", metavar="GIÁ_TRỊ")
    for name, text in (("numerator", "tử số"), ("denominator", "mẫu số"), ("base", "kết quả năm trước")):
        value.add_argument(f"--{name}", type=_number, help=text)
    value.add_argument("--unit", default="", help="đơn vị của kết quả, khi chỉ tiêu không nêu")
    value.add_argument("--period", type=_period, help="kỳ, ví dụ 2024-1, 2024-6t, 2024")
    value.add_argument("--note", default="")
    started = kinds.add_parser("started", help="bắt đầu thực hiện")
    started.add_argument("started_on", type=_day, metavar="NGÀY")
    done = kinds.add_parser("done", help="hoàn thành")
    done.add_argument("completed_on", type=_day, metavar="NGÀY")
    done.add_argument("--product", default="", help="sản phẩm đã hoàn thành")
    evidence = kinds.add_parser("evidence", help="tài liệu kiểm chứng")
    evidence.add_argument("--number", default="", help="số văn bản")
    evidence.add_argument("--date", type=_day, help="ngày văn bản")
    evidence.add_argument("--link", default="", help="đường dẫn")
    evidence.add_argument("--file", type=Path, help="tệp đính kèm")
    note = kinds.add_parser("note", help="ghi chú")
    note.add_argument("text")
    absent = kinds.add_parser("not-applicable", help="không áp dụng")
    absent.add_argument("reason", help="lý do")
    absent.add_argument("--again", dest="applies", action="store_true", help="áp dụng trở lại")
    extend = kinds.add_parser("extend", help="gia hạn (có văn bản cho phép) hoặc đề nghị gia hạn")
    extend.add_argument("new", type=_day, metavar="NGÀY", help="thời hạn mới")
    extend.add_argument("--reason", required=True, help="lý do")
    extend.add_argument("--document", default="", help="số văn bản cho phép")
    extend.add_argument("--document-date", type=_day)
    assign = kinds.add_parser("assign", help="phân công")
    assign.add_argument("--agency", default="", metavar="MÃ_CƠ_QUAN", help="cơ quan, khi văn bản không nêu")
    assign.add_argument("--unit", default="")
    assign.add_argument("--person", default="")
    correct = kinds.add_parser("correct", help="đính chính một nội dung đã ghi")
    correct.add_argument("corrects", type=_uuid, metavar="SỐ_NHẬN_DẠNG")
    correct.add_argument("--reason", required=True)
    either = correct.add_mutually_exclusive_group(required=True)
    either.add_argument("--withdraw", action="store_true", help="rút lại, không thay bằng gì")
    either.add_argument("--json", dest="replacement", help="nội dung thay thế dưới dạng JSON")
    for each in set(kinds.choices.values()):
        _record_options(each, again=True)

    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, known: dict[str, KnownItem], person: Person) -> int:
        payload, as_of = _payload(args, ledger, known)
        draft = Draft(item_id=args.item, payload=payload, author=person.email, role=person.role, as_of=as_of)
        expected = None if args.expected is None else {args.item: args.expected}
        (entry,) = recording.save(ledger, person, [draft], known, expected)
        print(f"Đã ghi nhận {KIND_LABELS[entry.kind].lower()}, số {entry.seq}, mã {entry.id}.")
        return 0

    return _run(args, items, act)


def import_results(argv: Sequence[str], items: Items = catalog_items) -> int:
    """`import-results FILE.csv`: a table of results; all of it, or with --good-rows the rows without mistakes."""
    parser = _parser("import-results", "Nhập bảng kết quả từ tệp CSV.")
    parser.add_argument("file", type=Path, metavar="TỆP")
    _common(parser)
    parser.add_argument("--as-of", type=_day, metavar="NGÀY", help="ngày số liệu của các dòng không ghi ngày")
    parser.add_argument("--good-rows", action="store_true", help="nhận các dòng đúng dù dòng khác có lỗi")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không lưu")
    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, known: dict[str, KnownItem], person: Person) -> int:
        rows = results.read_csv(args.file.read_bytes())
        today = config.today()
        read = results.read_rows(rows, known, ledger.state_at(today), person, today, args.as_of)
        for line in results.summary(read):
            print(line)
        if args.check:
            return 1 if read.problems else 0
        if read.problems and not args.good_rows:
            print(
                "Chưa lưu gì vì có dòng lỗi. Hãy sửa tệp, hoặc thêm --good-rows để nhận các dòng đúng.", file=sys.stderr
            )
            return 1
        saved = recording.save(ledger, person, read.drafts, known, read.expected)
        print(f"Đã ghi nhận {number_text(len(saved))} nội dung.")
        return 1 if read.problems else 0

    return _run(args, items, act)


def score(
    argv: Sequence[str], items: Items = catalog_items, names: Callable[[], Mapping[str, str]] = catalog_names
) -> int:
    """`score`: points, rates and ranking, as a table, CSV or JSON with every step."""
    parser = _parser("score", "Chấm điểm tham khảo theo một bộ tiêu chí.")
    _common(parser, writes=False)
    parser.add_argument("--profile", default="quoc-gia-abc", help=f"bộ tiêu chí: {', '.join(profiles.codes())}")
    parser.add_argument("--profiles", type=Path, default=profiles.FOLDER, help="thư mục chứa bộ tiêu chí")
    parser.add_argument("--by", choices=sorted(_BY), default="co-quan", help="xếp theo (mặc định: co-quan)")
    parser.add_argument("--as-of", type=_day, metavar="NGÀY", help="ngày số liệu (mặc định: hôm nay)")
    parser.add_argument("--compare", type=_day, metavar="NGÀY", help="so với điểm tại ngày này")
    parser.add_argument("--plan", action="append", default=[], metavar="KẾ_HOẠCH", help="chỉ các kế hoạch này")
    parser.add_argument("--expand", action="store_true", help="tính cả nhiệm vụ giao qua nhóm cơ quan")
    parser.add_argument("--year-over", action="store_true", help="xét cả điều kiện cuối năm")
    parser.add_argument("--period", type=_period, help="số liệu nhập riêng của kỳ này, ví dụ 2024-6t, 2024")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text")
    parser.add_argument("--why", action="store_true", help="nêu từng số hạng của điểm")
    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, known: dict[str, KnownItem], _person: Person) -> int:
        profile = profiles.load(args.profile, args.profiles)
        chosen = [i for i in known.values() if not args.plan or i.plan in args.plan]
        by = _BY[args.by]
        told = ledger.of_kind("answer")
        period = parse_period(args.period or "")

        def at(day: dt.date) -> list[Score]:
            found = scoring.records(chosen, ledger.state_at(day), day, expand=args.expand)
            by_hand = answers.given(told, profile.code, by, day, period)
            return scoring.score_by(found, profile, by, answers.percents(by_hand), args.year_over)

        as_of = args.as_of or (min(period.span()[1], config.today()) if period else config.today())
        ranked = scoring.rank(at(as_of), profile.min_coverage)
        changed = (
            {c.key: c for c in scoring.changes([r.score for r in ranked], at(args.compare))} if args.compare else {}
        )
        shown = {**names(), **{i.plan: i.plan_label for i in chosen}}
        rows = [_score_row(r, by, shown, changed.get(r.score.key)) for r in ranked]
        if args.format == "json":
            print(
                json.dumps([_score_json(r, profile, as_of, ledger.kind) for r in ranked], ensure_ascii=False, indent=1)
            )
        elif args.format == "csv":
            made_up = {DEMO_LABEL: BANNER} if ledger.kind == "demo" else {}
            writer = csv.DictWriter(sys.stdout, [*_COLUMNS, *made_up], lineterminator="\n")
            writer.writeheader()
            writer.writerows({k: _safe(v) for k, v in row.items()} | made_up for row in rows)
        else:
            if ledger.kind == "demo":
                print(BANNER)
            print(f"{scoring.LABEL} theo «{profile.name}», số liệu đến ngày {date_text(as_of)}.")
            for row, place in zip(rows, ranked, strict=True):
                _print_score(row, place, args.why)
            if profile.unverified:
                print(f"Chưa kiểm chứng: {'; '.join(profile.unverified)}.")
        return 0

    return _run(args, items, act)


def answer(argv: Sequence[str], items: Items = catalog_items) -> int:
    """`answer`: what was found for a criterion of a profile that no recorded result can answer; a second answer for the
    same criterion, object and period corrects the first."""
    parser = _parser("answer", "Nhập số liệu của tiêu chí chấm điểm mà kết quả đã ghi không trả lời được.")
    _common(parser)
    parser.add_argument("--profile", required=True, help=f"bộ tiêu chí: {', '.join(profiles.codes())}")
    parser.add_argument("--criterion", required=True, metavar="MÃ", help="mã tiêu chí hoặc điều kiện")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--agency", metavar="MÃ", help="cơ quan được chấm")
    whom.add_argument("--plan", metavar="MÃ", help="kế hoạch được chấm")
    parser.add_argument("--period", type=_period, required=True, help="kỳ, ví dụ 2024-6t, 2024")
    said = parser.add_mutually_exclusive_group(required=True)
    said.add_argument("--percent", type=_number, help="tỷ lệ, từ 0 đến 100")
    said.add_argument("--not-applicable", action="store_true", help="không áp dụng")
    parser.add_argument("--reason", required=True, help="căn cứ của số liệu; khi đính chính cũng là lý do")
    parser.add_argument("--document", default="", help="số văn bản")
    parser.add_argument("--document-date", type=_day)
    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, known: dict[str, KnownItem], person: Person) -> int:
        period = parse_period(args.period)
        if period is None:
            raise ValueError(args.period)  # _period took it
        made = Answer(
            profile=args.profile, criterion=args.criterion, by="agency" if args.agency else "plan",
            key=args.agency or args.plan, period=args.period, percent=args.percent, reason=args.reason,
            document=args.document, document_date=args.document_date,
        )  # fmt: skip
        item = own_item(made) or ""
        history = ledger.history(item)
        draft = answers.draft(made, history, period, args.reason, person, config.today())
        (entry,) = recording.save(ledger, person, [draft], known, {item: len(history)})
        print(f"Đã ghi nhận {KIND_LABELS[entry.kind].lower()}, số {entry.seq}, mã {entry.id}.")
        return 0

    return _run(args, items, act)


def ledger_command(argv: Sequence[str]) -> int:
    """`ledger verify | head | history ITEM`: the audit of the ledger."""
    parser = _parser("ledger", "Kiểm tra và xem sổ ghi nhận.")
    parser.add_argument("action", choices=("verify", "head", "history"))
    parser.add_argument("item", nargs="?", default="", metavar="MÃ")
    parser.add_argument("--known", help="mã kiểm tra đã lưu trước đây, dạng SỐ:MÃ")
    _common(parser, writes=False)
    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, _known: dict[str, KnownItem], _person: Person) -> int:
        if args.action == "head":
            seq, head = ledger.head()
            print(f"{seq}:{head}")
        elif args.action == "history":
            if ledger.kind == "demo":
                print(BANNER)
            for entry in ledger.history(args.item):
                print(_entry_line(entry))
        else:
            number, _, text = (args.known or "").partition(":")
            problems = ledger.verify({int(number): text} if number.isdigit() and text else None)
            print("\n".join(problems) if problems else f"Sổ nguyên vẹn, {number_text(ledger.last_seq())} nội dung.")
            return 1 if problems else 0
        return 0

    return _run(args, lambda: (), act)


def people(argv: Sequence[str]) -> int:
    """`people list | set EMAIL ...`: who may do what. This is how the first administrator is named."""
    parser = _parser("people", "Xem và phân quyền người dùng.")
    parser.add_argument("action", choices=("list", "set"))
    parser.add_argument("email", nargs="?", default="", metavar="ĐỊA_CHỈ_THƯ")
    parser.add_argument("--name", default="", help="họ và tên")
    parser.add_argument("--role", choices=list(access.ROLE_LABELS), default="viewer", help="vai trò")
    parser.add_argument("--agency", default="", metavar="MÃ_CƠ_QUAN", help="cơ quan của người cập nhật")
    parser.add_argument("--inactive", action="store_true", help="ngừng sử dụng")
    _common(parser)
    args = _arguments(parser, argv)
    if isinstance(args, int):
        return args

    def act(ledger: Ledger, _items: dict[str, KnownItem], person: Person) -> int:
        known = access.people(ledger.of_kind("person"))
        if args.action == "list":
            for one in sorted(known.values(), key=lambda p: p.email):
                state = "" if one.active else " | đã ngừng sử dụng"
                print(f"{one.email} | {one.name} | {access.ROLE_LABELS[one.role]} | {one.agency}{state}")
            return 0
        said = PersonRecord(
            email=args.email, name=args.name, role=args.role, agency=args.agency, active=not args.inactive
        )
        seen = ledger.versions([person_item(said.email)])
        draft = access.change_person(known, said, person, config.today())
        (entry,) = recording.save(ledger, person, [draft], {}, seen)
        print(f"Đã ghi nhận phân quyền của {said.email}, số {entry.seq}.")
        return 0

    return _run(args, lambda: (), act)


# Inside


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return Parser(prog=f"python -m cchc {name}", description=description)


def _record_options(parser: argparse.ArgumentParser, again: bool = False) -> None:
    """Options that may stand before the kind and after it (`again`: the second place, which leaves the first alone)."""
    none = argparse.SUPPRESS if again else None
    _common(parser, again=again)
    parser.add_argument("--as-of", type=_day, default=none, metavar="NGÀY", help="ngày số liệu (mặc định: hôm nay)")
    parser.add_argument(
        "--expected",
        type=int,
        default=none,
        metavar="N",
        help="phiên bản đã xem; có thay đổi sau đó thì không lưu",
    )


def _common(parser: argparse.ArgumentParser, writes: bool = True, again: bool = False) -> None:
    def default(value: Any) -> Any:
        return argparse.SUPPRESS if again else value

    address = "sổ ghi nhận khác với sổ của máy chủ này"
    parser.add_argument("--ledger", default=default(None), metavar="ĐỊA_CHỈ", help=address)
    parser.add_argument("--demo", action="store_true", default=default(False), help="dùng sổ số liệu minh họa")
    if writes:
        author = default(author_name())
        parser.add_argument("--author", default=author, help="người ghi nhận")


def author_name() -> str:
    """By what name a command records when none is given."""
    return f"{_login()} (dòng lệnh)"


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "không rõ"


def _arguments(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace | int:
    try:
        return parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)


def _run(args: argparse.Namespace, items: Items, act: Callable[[Ledger, dict[str, KnownItem], Person], int]) -> int:
    """Opens what a command needs, does it, and says in Vietnamese what went wrong."""
    kind: LedgerKind = "demo" if args.demo else "real"
    address = Path(args.ledger) if args.ledger and "://" not in args.ledger else args.ledger
    person = Person(getattr(args, "author", "dòng lệnh"), "dòng lệnh", "administrator")
    try:
        with Ledger(address, kind=kind) as ledger:
            return act(ledger, {i.id: i for i in items()}, person)
    except ValidationError as error:
        problems = [message for _, message in explain(error)]
    except Conflict as error:
        seen = [_entry_line(e) for found in error.changes.values() for e in found]
        problems = [str(error), *seen]
    except profiles.ProfileError as error:
        problems = [f"Bộ tiêu chí «{args.profile}» có lỗi.", *error.problems]
    except (LedgerError, AccessDenied, FileRefused, results.TableError) as error:
        problems = [str(error)]
    except OSError as error:
        problems = [f"Không đọc được tệp «{error.filename}»."]
    except json.JSONDecodeError as error:
        problems = [f"Nội dung JSON không đúng ở dòng {error.lineno}."]
    print("\n".join(problems), file=sys.stderr)
    return 1


def _payload(args: argparse.Namespace, ledger: Ledger, known: dict[str, KnownItem]) -> tuple[Any, dt.date]:
    """The payload a `record` command speaks of, and its day."""
    today = config.today()
    as_of = args.as_of or today

    def made(kind: type[BaseModel], *names: str, **more: Any) -> BaseModel:
        return kind(**{n: getattr(args, n) for n in names if getattr(args, n) is not None}, **more)

    payload: Any
    if args.kind == "value":
        payload = made(TargetValue, "value", "numerator", "denominator", "base", "unit", "period", "note")
    elif args.kind == "started":
        payload = made(TaskStarted, "started_on")
    elif args.kind == "done":
        payload = made(TaskDone, "completed_on", "product")
    elif args.kind == "evidence":
        kind: LedgerKind = "demo" if args.demo else "real"
        file = FileStore(kind=kind).put(args.file.read_bytes(), args.file.name) if args.file else None
        payload = made(Evidence, "number", "date", "link", file=file)
    elif args.kind == "note":
        payload = made(Note, "text")
    elif args.kind == "not-applicable":
        payload = made(NotApplicable, "reason", "applies")
    elif args.kind == "extend":
        item = known.get(args.item)
        end = item.deadline.end if item and item.deadline else item.target.due if item and item.target else None
        facts = ledger.state_at(as_of, item_ids=[args.item]).get(args.item)
        old = deadlines(end, facts)[1] if facts else end
        payload = made(Extension, "new", "reason", "document", "document_date", old=old)
    elif args.kind == "assign":
        payload = made(Assignment, "unit", "person", "agency")
    else:
        replacement = None if args.withdraw else PAYLOAD.validate_json(args.replacement)
        payload = Correction(corrects=args.corrects, replacement=replacement, reason=args.reason)
        earlier = ledger.get(args.corrects)
        as_of = args.as_of or (earlier.as_of if earlier else today)
    return payload, own_day(payload) or as_of


def _day(text: str) -> dt.date:
    try:
        return results.day(text)
    except results.CellError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _number(text: str) -> float:
    try:
        return results.number(text)
    except results.CellError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _period(text: str) -> str:
    try:
        return results.period(text)
    except results.CellError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError("mã nhận dạng không đúng") from None


def _entry_line(entry: Entry) -> str:
    when = f"{entry.recorded_at.astimezone(config.VIETNAM):%H:%M %d/%m/%Y}"
    said = entry.payload.model_dump(mode="json", exclude_defaults=True) if isinstance(entry.payload, BaseModel) else {}
    text = json.dumps(said, ensure_ascii=False)
    label = KIND_LABELS.get(entry.kind, entry.kind)
    return (
        f"{entry.seq} | {when} | {entry.author} | {label} | số liệu ngày {date_text(entry.as_of)} | {text} | {entry.id}"
    )


_COLUMNS = (
    "Hạng", "Đối tượng", "Điểm", "Xếp loại", "Hoàn thành kế hoạch", "Hoàn thành nhiệm vụ đến hạn", "Độ phủ số liệu",
    "Mục được tính điểm", "Thay đổi", "Ghi chú",
)  # fmt: skip


def _score_row(
    place: Ranked, by: scoring.By, names: Mapping[str, str], change: scoring.Change | None
) -> dict[str, str]:
    found = place.score
    name = found.key
    if by == "period":
        name = lane_text(name)
    elif by == "area":
        name = f"Lĩnh vực {name}" if name else "Chưa rõ lĩnh vực"
    elif by == "plan":
        name = names.get(name, name)
    elif by == "agency":
        name = names.get(name, name) or "Chưa rõ cơ quan chủ trì"
    else:
        name = "Tất cả"
    difference = change.difference if change else None
    moved = "" if difference is None else f"{'+' if difference > 0 else ''}{number_text(difference)}"
    values = (
        str(place.rank or "") if by in ("agency", "plan") else "",
        name,
        "chưa có" if found.value is None else number_text(found.value),
        found.class_label + ("" if found.class_verified else f" ({profiles.UNVERIFIED})"),
        found.plan_rate.text,
        found.due_rate.text,
        found.coverage.text,
        found.counted.text,
        moved,
        place.why if by in ("agency", "plan") else "",
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _print_score(row: dict[str, str], place: Ranked, why: bool) -> None:
    print(" | ".join(f"{name}: {value}" for name, value in row.items() if value))
    if why:
        print(f"  {place.score.formula}")
        for term in place.score.terms:
            print(f"  - {term.text}")
        for text in place.score.notes:
            print(f"  * {text}")


def _score_json(place: Ranked, profile: profiles.Profile, as_of: dt.date, kind: str) -> dict[str, Any]:
    found = place.score
    return {
        "label": scoring.LABEL,
        "demo": kind == "demo",
        "profile": profile.code,
        "as_of": as_of.isoformat(),
        "key": found.key,
        "rank": place.rank,
        "score": found.value,
        "class": found.class_label,
        "formula": found.formula,
        "why_unranked": place.why,
        "rates": [
            {"name": r.name, "formula": r.formula, "numerator": r.numerator, "denominator": r.denominator}
            for r in (found.plan_rate, found.due_rate, found.coverage, found.counted)
        ],
        "terms": [
            {
                "code": t.code,
                "name": t.name,
                "area": t.area,
                "numerator": t.measure.numerator,
                "denominator": t.measure.denominator,
                "rule": t.rule,
                "points": t.points,
                "maximum": t.maximum,
                "verified": t.verified,
                "out": t.out,
            }
            for t in found.terms
        ],
        "notes": list(found.notes),
    }


def _safe(text: str) -> str:
    # What a spreadsheet could take for a formula gets an apostrophe; plain signed numbers stay.
    if text[:1] in "=+-@\t\r" and text and not text.lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return f"'{text}"
    return text
