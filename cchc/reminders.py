"""Reminders: for each agency what is due soon, late, or without data; to standard output or by mail.

`digests` is pure. `remind_command` is `python -m cchc remind`; when it runs is left to the system's timer (docs/
reminders.md). Mail goes out only when asked for (`--send`) and only to people of the table of people, or to addresses
given on the command line.

CCHC_SMTP_HOST           mail server; without it nothing is sent
CCHC_SMTP_PORT           default 587 (starttls), 465 (tls), 25 (none)
CCHC_SMTP_SECURITY       starttls (default), tls, or none
CCHC_SMTP_USER           sign-in, when the server asks for one
CCHC_SMTP_PASSWORD       its password; CCHC_SMTP_PASSWORD_FILE names a file that holds it
CCHC_SMTP_FROM           sender's address
CCHC_ADDRESS             address of the dashboard, for links to the sentences (default: no links)
"""

from __future__ import annotations

import argparse
import datetime as dt
import email.utils
import os
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from cchc import access, config, office, results
from cchc.access import Person, is_loopback
from cchc.commands.command import Parser
from cchc.demo import BANNER
from cchc.facts import NOTHING, Facts
from cchc.items import KnownItem, agency_names, as_assigned
from cchc.ledger import Ledger, LedgerError
from cchc.model import Deadline
from cchc.periods import date_text
from cchc.progress import Progress
from cchc.status import DONE, target_status, task_status

STEPS = (30, 7, 3, 1)  # days before a deadline
SHARED = ""  # the digest of the standing body: all targets, and tasks that no document gives to an agency
Section = Literal["due", "late", "missing"]
SECTIONS: dict[str, Section] = {"sap-den-han": "due", "qua-han": "late", "thieu-so-lieu": "missing"}

SHARED_NAME = "Chỉ tiêu, và nhiệm vụ chưa rõ cơ quan chủ trì"
SUBJECT = "Nhắc việc cải cách hành chính ngày {day}: {name}"
GREETING = "Kính gửi: {name}"
INTRO = "Các nội dung cần chú ý, số liệu đến hết ngày {day}:"
DUE_STEP = {30: "Còn từ 8 đến 30 ngày", 7: "Còn từ 4 đến 7 ngày", 3: "Còn 2 hoặc 3 ngày", 1: "Còn 1 ngày hoặc hôm nay"}
DUE_EXACT = "Còn đúng {step} ngày"
LATE = "Quá hạn"
NO_REPORT = "Đã qua hạn, chưa có báo cáo"
NO_EVIDENCE = "Đã hoàn thành, chưa có tài liệu kiểm chứng"
NO_VALUE = "Chỉ tiêu chưa có số liệu"
LINE = "{number}. {label}"
UNTIL = "   Thời hạn: {due}{first}. {status}. Kế hoạch: {plan}."
NO_DATE = "   {status}. Kế hoạch: {plan}."
FIRST = " (đã gia hạn, ban đầu {first})"
VIA = "   Giao qua nhóm cơ quan."
FOOTER = "Thư này do chương trình theo dõi cải cách hành chính lập từ kế hoạch và kết quả đã ghi nhận."
DEMO = f"{BANNER}: mọi kết quả trong thư này là bịa để xem thử."
NOTHING_DUE = "Không có nội dung nào cần nhắc đến ngày {day}."
NOT_SET = "Chưa cấu hình máy chủ thư: đặt biến môi trường {name}."
BAD_SETTING = "Biến môi trường {name} không đúng: {why}."
PLAIN_PASSWORD = "Không gửi mật khẩu qua kết nối không mã hóa; hãy đặt CCHC_SMTP_SECURITY là starttls hoặc tls."  # noqa: S105
NO_ADDRESS = "Chưa có địa chỉ thư của: {names}. Hãy thêm người cập nhật của cơ quan ở trang Quản trị."
SENT = "Đã gửi {count} thư."
FAILED = "Chưa gửi được thư cho {name}: {why}"
NO_SERVER = "Không kết nối được máy chủ thư {host}:{port}: {why}"
REFUSED_ALL = "máy chủ thư từ chối mọi người nhận."
REFUSED_SOME = "máy chủ thư từ chối: {names}."
NOT_READ = "Không đọc hoặc ghi được thư mục dữ liệu."
BAD_TO = "phải có dạng CƠ_QUAN=ĐỊA_CHỈ_THƯ, ví dụ so-tu-phap=vanphong@example.org"


class Line(NamedTuple):
    """One item of a digest. `days` are days left (negative: past), None without a deadline. `via_group`: the agency is
    meant through a group."""

    item_id: str
    doc_id: str
    label: str
    plan_label: str
    status: str
    due: dt.date | None = None
    first_due: dt.date | None = None
    days: int | None = None
    via_group: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """What one agency is to be told. `due` holds lines by step (30, 7, 3, 1), nearest last; the others are in the order
    of their deadlines. `key` is the agency's, SHARED for what belongs to nobody."""

    key: str
    name: str
    day: dt.date
    due: Mapping[int, tuple[Line, ...]]
    late: tuple[Line, ...] = ()
    no_report: tuple[Line, ...] = ()
    no_evidence: tuple[Line, ...] = ()
    no_value: tuple[Line, ...] = ()

    @property
    def count(self) -> int:
        """How many lines it has."""
        rest = (self.late, self.no_report, self.no_evidence, self.no_value)
        return sum(map(len, self.due.values())) + sum(map(len, rest))


def digests(
    items: Iterable[KnownItem],
    facts: Mapping[str, Facts],
    as_of: dt.date,
    names: Mapping[str, str],
    sections: Iterable[Section] = ("due", "late", "missing"),
    exact: bool = False,
) -> tuple[Digest, ...]:
    """The digests of all agencies that have something to be told, by name; what belongs to no agency comes last.

    A task is told to its leads; a leading group stands for its members of the plan's year. A target is told to the
    standing body, and to the agency it was given to. Due: work with 30 days or less left, each line under the nearest
    step; with `exact` only work with exactly 30, 7, 3 or 1 days left, for a run every day. Late: overdue. Missing: past
    the deadline without any report, finished without evidence, targets of a
    year that has begun without a value. «Không áp dụng» is never told.
    """
    wanted = set(sections)
    found: dict[str, dict[str, list[Line]]] = {}

    def tell(keys: Iterable[str], section: str, line: Line, direct: Iterable[str]) -> None:
        named = set(direct)
        for key in keys or (SHARED,):
            told = line._replace(via_group=bool(key) and key not in named)
            found.setdefault(key, {}).setdefault(section, []).append(told)

    for item in items:
        known = facts.get(item.id, NOTHING)
        item = as_assigned(item, known)
        if item.kind == "task":
            stands, line = _task(item, known, as_of)
            keys: tuple[str, ...] = item.members
        elif item.kind == "target":
            stands, line = _target(item, known, as_of)
            keys = (*item.members, SHARED)  # the standing body follows all of them
        else:
            continue
        for section in stands:
            if section == "due" and line.days is not None:
                step = next((s for s in sorted(STEPS) if line.days <= s), None)
                section = "" if step is None or (exact and line.days not in STEPS) else f"due {step}"
            kind: Section = "due" if section.startswith("due") else "late" if section == "late" else "missing"
            if section and kind in wanted:
                tell(keys, section, line, item.lead)
                break
    made = [_digest(key, names.get(key, key), as_of, lines) for key, lines in found.items()]
    return tuple(sorted(made, key=lambda d: (d.key == SHARED, d.name)))


def _digest(key: str, name: str, day: dt.date, lines: Mapping[str, list[Line]]) -> Digest:
    def of(section: str) -> tuple[Line, ...]:
        return tuple(sorted(lines.get(section, ()), key=lambda line: (line.due or dt.date.max, line.item_id)))

    due = {step: got for step in STEPS if (got := of(f"due {step}"))}
    shown = SHARED_NAME if key == SHARED else name
    return Digest(key, shown, day, due, of("late"), of("no_report"), of("no_evidence"), of("no_value"))


def _task(item: KnownItem, known: Facts, as_of: dt.date) -> tuple[tuple[str, ...], Line]:
    """In which section a task stands (none: in no section), and its line."""
    status = task_status(item.deadline or Deadline(), known, as_of)
    days = None if status.due is None else (status.due - as_of).days
    first = status.first_due if status.extended else None
    line = Line(item.id, item.plan, item.label, item.plan_label, status.text, status.due, first, days)
    if status.code in ("in_time", "due_soon"):
        return ("due",), line
    if status.code == "overdue":
        return ("late",), line
    if status.code == "past_no_report":
        return ("no_report",), line
    return (("no_evidence",) if status.code in DONE and not known.evidence else ()), line


def _target(item: KnownItem, known: Facts, as_of: dt.date) -> tuple[tuple[str, ...], Line]:
    """In which sections a target could stand, the first that is told counts: not reached yet and due soon, or without a
    value from the beginning of its year on."""
    if item.target is None:
        return (), Line(item.id, item.plan, item.label, item.plan_label, "")
    status = target_status(item.target, known, as_of, item.start)
    days = None if status.due is None else (status.due - as_of).days
    begun = item.start is None or item.start <= as_of
    silent = begun and status.code == "not_assessed" and not item.has_data(known)
    words = status.reason.rstrip(".") if silent or not status.label else f"{status.label}: {status.reason.rstrip('.')}"
    line = Line(item.id, item.plan, item.label, item.plan_label, words, status.due, days=days)
    due = status.code in ("progressing", "at_risk", "not_assessed") and days is not None and days >= 0
    return ((*(("due",) if due else ()), *(("no_value",) if silent else ()))), line


# --- words ----------------------------------------------------------------------------------------------------------


def text(digest: Digest, *, demo: bool = False, exact: bool = False, address: str = "") -> str:
    """The digest as plain text. `address` is that of the dashboard, for links to the sentences."""
    out = [DEMO, ""] if demo else []
    out += [GREETING.format(name=digest.name), INTRO.format(day=date_text(digest.day)), ""]
    due = [
        (DUE_EXACT.format(step=step) if exact else DUE_STEP[step], digest.due[step])
        for step in sorted(STEPS)
        if step in digest.due
    ]
    missing = [(NO_REPORT, digest.no_report), (NO_EVIDENCE, digest.no_evidence), (NO_VALUE, digest.no_value)]
    parts = [(LATE, digest.late), *due, *missing]
    for title, lines in parts:
        if lines:
            out.append(f"{title.upper()} ({len(lines)})")
            for number, line in enumerate(lines, start=1):
                out += _line_text(number, line, address)
            out.append("")
    return "\n".join([*out, FOOTER, *([DEMO] if demo else [])]) + "\n"


def _line_text(number: int, line: Line, address: str) -> list[str]:
    out = [LINE.format(number=number, label=_flat(line.label))]
    if line.due is None:
        out.append(NO_DATE.format(status=line.status, plan=_flat(line.plan_label)))
    else:
        first = FIRST.format(first=date_text(line.first_due)) if line.first_due else ""
        out.append(UNTIL.format(due=date_text(line.due), first=first, status=line.status, plan=_flat(line.plan_label)))
    if line.via_group:
        out.append(VIA)
    if address:
        out.append(f"   {address}/van-ban?{urlencode({'plan': line.doc_id, 'item': line.item_id})}")
    return out


def _flat(text_: str) -> str:
    # A digest goes into mail headers and onto terminals: no line ends, no control characters.
    return " ".join("".join(c if c.isprintable() else " " for c in text_).split())


def message(digest: Digest, sender: str, to: Sequence[str], body: str, *, demo: bool = False) -> EmailMessage:
    """The digest as a mail. Raises ValueError for an address that cannot stand in a header."""
    made = EmailMessage()
    subject = SUBJECT.format(day=date_text(digest.day), name=_flat(digest.name))
    made["Subject"] = f"[{BANNER}] {subject}" if demo else subject
    made["From"] = sender
    made["To"] = ", ".join(to)
    made["Date"] = email.utils.localtime()
    made["Message-ID"] = email.utils.make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "cchc")
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies to it
    made.set_content(body)
    return made


# --- mail -----------------------------------------------------------------------------------------------------------


class MailError(Exception):
    """Mail that cannot be sent; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail is sent (head of this module)."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""
    timeout: float = 30

    def __repr__(self) -> str:
        return f"Mail({self.host}:{self.port}, {self.security})"  # never the password

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> Mail:
        """The settings. Raises MailError, which says in Vietnamese what is missing or wrong."""
        given = {k: v.strip() for k, v in (os.environ if env is None else env).items() if k.startswith("CCHC_SMTP_")}
        for name in ("CCHC_SMTP_HOST", "CCHC_SMTP_FROM"):
            if not given.get(name):
                raise MailError(NOT_SET.format(name=name))
        if not _is_address(given["CCHC_SMTP_FROM"]):
            raise MailError(BAD_SETTING.format(name="CCHC_SMTP_FROM", why="không phải một địa chỉ thư"))
        ports = {"starttls": 587, "tls": 465, "none": 25}
        security = given.get("CCHC_SMTP_SECURITY") or "starttls"
        if security not in ports:
            raise MailError(BAD_SETTING.format(name="CCHC_SMTP_SECURITY", why="chỉ nhận starttls, tls hoặc none"))
        port = given.get("CCHC_SMTP_PORT") or str(ports[security])
        if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
            raise MailError(BAD_SETTING.format(name="CCHC_SMTP_PORT", why="phải là số từ 1 đến 65535"))
        password = given.get("CCHC_SMTP_PASSWORD", "")
        if file := given.get("CCHC_SMTP_PASSWORD_FILE"):
            try:
                password = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise MailError(BAD_SETTING.format(name="CCHC_SMTP_PASSWORD_FILE", why="không đọc được tệp")) from None
        user, host = given.get("CCHC_SMTP_USER", ""), given["CCHC_SMTP_HOST"]
        if user and security == "none" and not is_loopback(host):
            raise MailError(PLAIN_PASSWORD)
        return cls(host, int(port), security, given["CCHC_SMTP_FROM"], user, password)

    def open(self) -> smtplib.SMTP:
        """A connection, signed in. Raises MailError."""
        try:
            if self.security == "tls":
                made: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=self.timeout, context=ssl.create_default_context()
                )
            else:
                made = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
            try:
                if self.security == "starttls":
                    made.starttls(context=ssl.create_default_context())
                if self.user:
                    made.login(self.user, self.password)
            except BaseException:
                made.close()
                raise
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise MailError(NO_SERVER.format(host=self.host, port=self.port, why=_why(error))) from error
        return made


def _why(error: Exception) -> str:
    """What went wrong in Vietnamese; the server's own words follow where they tell more."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "máy chủ không nhận tài khoản hoặc mật khẩu."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "máy chủ không hỗ trợ cách kết nối đã chọn."
    if isinstance(error, ssl.SSLError):
        return "chứng thư số của máy chủ không được tin cậy hoặc kết nối mã hóa không lập được."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "máy chủ ngắt kết nối."
    if isinstance(error, TimeoutError):
        return "máy chủ không trả lời."
    if isinstance(error, ConnectionRefusedError):
        return "máy chủ từ chối kết nối."
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"máy chủ trả lời {error.smtp_code} {_flat(str(said))[:200]}."
    return f"{type(error).__name__}."


def _is_address(text_: str) -> bool:
    local, _, domain = text_.rpartition("@")
    return bool(local and domain) and text_.isprintable() and not any(c in text_ for c in " ,;<>\"'()\\")


def recipients(digest: Digest, people: Iterable[Person], extra: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Who gets a digest: the addresses given for the agency, else its active editors; what belongs to nobody goes to
    the editors of the standing body."""
    if digest.key in extra:
        return tuple(extra[digest.key])
    role = "standing_editor" if digest.key == SHARED else "agency_editor"
    return tuple(
        sorted(
            p.email
            for p in people
            if p.active and p.role == role and (digest.key == SHARED or p.agency == digest.key) and _is_address(p.email)
        )
    )


def send(mail: Mail, messages: Sequence[tuple[str, EmailMessage]]) -> tuple[int, list[str]]:
    """Sends the mails (name of the agency, mail) over one connection. Returns how many the server took, and a sentence
    for each that did not go out, or not to everyone. Raises MailError when the server cannot be reached at all; when
    it cannot be reached again later, the mails left are among the problems."""
    sent = 0
    problems: list[str] = []
    connection: smtplib.SMTP | None = None
    try:
        for name, each in messages:
            try:
                if connection is None:
                    connection = mail.open()
                refused = connection.send_message(each)
            except MailError as error:
                if not sent and not problems:
                    raise
                problems.append(FAILED.format(name=name, why=error))
            except smtplib.SMTPRecipientsRefused:
                problems.append(FAILED.format(name=name, why=REFUSED_ALL))
            except (OSError, smtplib.SMTPException, UnicodeError) as error:
                problems.append(FAILED.format(name=name, why=_why(error)))
                if connection is not None:
                    connection.close()
                connection = None  # what a broken connection still takes is not known: the next one gets a new one
            else:
                sent += 1
                if refused:
                    problems.append(FAILED.format(name=name, why=REFUSED_SOME.format(names=", ".join(sorted(refused)))))
    finally:
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()
    return sent, problems


# --- the command ----------------------------------------------------------------------------------------------------


def _items() -> Iterable[KnownItem]:
    return office.document_items().values()


def _names() -> Mapping[str, str]:
    from cchc.engine import get_engine

    return agency_names(get_engine())


def remind_command(
    argv: Sequence[str],
    items: Callable[[], Iterable[KnownItem]] = _items,
    names: Callable[[], Mapping[str, str]] = _names,
) -> int:
    """`remind`: prints the digests, or sends them with --send. Returns 0 when all went well (also when there is nothing
    to tell), 1 when something could not be read or sent, 2 for wrong use."""
    parser = _parser()
    try:
        options = parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return _remind(options, items(), names())
    except (LedgerError, MailError) as error:
        print(error, file=sys.stderr)
    except OSError:
        print(NOT_READ, file=sys.stderr)
    return 1


def _parser() -> Parser:
    parser = Parser(prog="python -m cchc remind", description="Nhắc việc: sắp đến hạn, quá hạn, thiếu số liệu.")
    parser.add_argument("--send", action="store_true", help="gửi thư; không có thì chỉ in ra màn hình")
    parser.add_argument("--agency", action="append", default=[], metavar="MÃ", help="chỉ cơ quan này (lặp lại được)")
    parser.add_argument("--plan", action="append", default=[], metavar="MÃ", help="chỉ kế hoạch này (lặp lại được)")
    parser.add_argument("--only", action="append", default=[], choices=list(SECTIONS), help="chỉ phần này")
    parser.add_argument(
        "--exact", action="store_true", help="chỉ việc còn đúng 30, 7, 3, 1 ngày; dùng khi chạy hằng ngày"
    )
    parser.add_argument("--as-of", type=_day, metavar="NGÀY", help="ngày số liệu (mặc định: hôm nay)")
    parser.add_argument(
        "--to", action="append", default=[], type=_to, metavar="MÃ=THƯ",
        help="gửi phần của cơ quan đến địa chỉ này thay cho người cập nhật; «=THƯ» là phần chưa rõ cơ quan",
    )  # fmt: skip
    parser.add_argument("--demo", action="store_true", help="dùng số liệu minh họa")
    return parser


def _remind(options: argparse.Namespace, items: Iterable[KnownItem], names: Mapping[str, str]) -> int:
    mail = Mail.from_environment() if options.send else None  # a wrong setting shows before anything is sent
    if options.demo and not office.is_demo():
        with Ledger(kind="demo") as ledger:
            progress = Progress(ledger)
            progress.pull()
            return _tell(options, progress, items, names, mail)
    office.refresh()
    return _tell(options, office.get_progress(), items, names, mail)


def _tell(
    options: argparse.Namespace,
    progress: Progress,
    items: Iterable[KnownItem],
    names: Mapping[str, str],
    mail: Mail | None,
) -> int:
    day = options.as_of or config.today()
    chosen = [i for i in items if not options.plan or i.plan in options.plan]
    unknown = [f"Không có cơ quan «{_flat(a)}»." for a in options.agency if a not in names]
    unknown += [f"Không có kế hoạch «{_flat(p)}»." for p in options.plan if all(i.plan != p for i in chosen)]
    unknown += [f"Không có cơ quan «{_flat(key)}»." for key, _ in options.to if key and key not in names]
    if unknown:
        print("\n".join(unknown), file=sys.stderr)
        return 1
    sections = [SECTIONS[name] for name in options.only] or list(SECTIONS.values())
    made = digests(chosen, progress.facts(day), day, names, sections, options.exact)
    made = tuple(d for d in made if not options.agency or d.key in options.agency)
    if not made:
        print(NOTHING_DUE.format(day=date_text(day)))
        return 0
    address = os.environ.get("CCHC_ADDRESS", "").strip().rstrip("/")
    demo = progress.is_demo
    bodies = [(d, text(d, demo=demo, exact=options.exact, address=address)) for d in made]
    if mail is None:
        print(f"\n{'-' * 72}\n\n".join(body for _, body in bodies), end="")
        return 0
    return _send(mail, bodies, progress, options.to, demo)


def _send(
    mail: Mail, bodies: Sequence[tuple[Digest, str]], progress: Progress, to: Sequence[tuple[str, str]], demo: bool
) -> int:
    extra: dict[str, list[str]] = {}
    for key, address in to:
        extra.setdefault(key, []).append(address)
    people = access.people(progress.people()).values()
    messages, nobody = [], []
    for digest, body in bodies:
        addresses = recipients(digest, people, extra)
        if addresses:
            messages.append((digest.name, message(digest, mail.sender, addresses, body, demo=demo)))
        else:
            nobody.append(digest.name)
    sent, problems = send(mail, messages)
    print(SENT.format(count=sent))
    if nobody:
        print(NO_ADDRESS.format(names="; ".join(nobody)), file=sys.stderr)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _day(given: str) -> dt.date:
    try:
        return results.day(given)
    except results.CellError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _to(given: str) -> tuple[str, str]:
    key, sign, address = given.partition("=")
    if not sign or not _is_address(address.strip()):
        raise argparse.ArgumentTypeError(BAD_TO)
    return key.strip(), address.strip()
