"""Digests by hand, and mail through a real SMTP server on this machine."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cchc import office, reminders
from cchc.__main__ import PROGRESS
from cchc.access import Person
from cchc.demo import BANNER
from cchc.entries import Draft, Evidence, Extension, Note, PersonRecord, TaskDone, person_item
from cchc.facts import Facts, Value
from cchc.items import KnownItem
from cchc.ledger import Ledger
from cchc.model import Deadline, Target
from cchc.reminders import SHARED, Mail, MailError, digests, message, recipients, remind_command, text

D = dt.date
DAY = D(2024, 6, 23)
NAMES = {"snv": "Sở Nội vụ", "stp": "Sở Tư pháp", "nhom": "Sở, ban, ngành"}


def task(
    number: int, end: dt.date | None, lead: tuple[str, ...] = ("snv",), members: tuple[str, ...] = ()
) -> KnownItem:
    return KnownItem(
        f"p.n{number}",
        "task",
        "p",
        f"Nhiệm vụ {number}",
        1,
        lead=lead,
        members=members or lead,
        deadline=Deadline(kind="day", end=end) if end else Deadline(kind="ongoing"),
        plan_label="Kế hoạch thử",
        start=D(2024, 1, 1),
    )


RATE = Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=D(2024, 12, 31))
TARGET = KnownItem("p.c1", "target", "p", "90% hồ sơ", 3, target=RATE, plan_label="Kế hoạch thử", start=D(2024, 1, 1))
DONE = Facts(recorded=True, done_on=D(2024, 6, 1))


def steps(left: int, exact: bool = False) -> list[int]:
    """The steps under which work with so many days left is told."""
    made = digests([task(1, DAY + dt.timedelta(days=left))], {}, DAY, NAMES, exact=exact)
    return [step for digest in made for step in digest.due]


# --- what is told -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "told", "exactly"),
    [(31, [], []), (30, [30], [30]), (29, [30], []), (8, [30], []), (7, [7], [7]), (4, [7], []), (3, [3], [3]),
     (2, [3], []), (1, [1], [1]), (0, [1], [])],
)  # fmt: skip
def test_work_stands_under_its_nearest_step(left: int, told: list[int], exactly: list[int]) -> None:
    assert steps(left) == told
    assert steps(left, exact=True) == exactly


@pytest.mark.parametrize(
    ("end", "known", "section"),
    [
        (D(2024, 6, 20), Facts(), "no_report"),
        (D(2024, 6, 20), Facts(recorded=True), "late"),
        (D(2024, 6, 20), DONE, "no_evidence"),
        (D(2024, 6, 20), replace(DONE, evidence=(Evidence(number="1/BC"),)), ""),
        (D(2024, 6, 20), Facts(recorded=True, not_applicable=True), ""),
        (None, Facts(), ""),
        (D(2024, 12, 31), Facts(), ""),
    ],
)
def test_tasks_stand_in_the_section_of_their_status(end: dt.date | None, known: Facts, section: str) -> None:
    made = digests([task(1, end)], {"p.n1": known}, DAY, NAMES)
    found = [name for d in made for name in ("late", "no_report", "no_evidence", "no_value") if getattr(d, name)]
    assert found == ([section] if section else [])
    assert not any(d.due for d in made)


def test_an_extension_moves_the_reminder_and_says_so() -> None:
    extension = Extension(old=D(2024, 6, 20), new=D(2024, 6, 24), reason="chờ hướng dẫn", document="9/QĐ")
    made = digests([task(1, D(2024, 6, 20))], {"p.n1": Facts(recorded=True, extensions=(extension,))}, DAY, NAMES)
    assert [list(d.due) for d in made] == [[1]]
    assert "Thời hạn: 24/6/2024 (đã gia hạn, ban đầu 20/6/2024)." in text(made[0])


def test_members_are_told_for_their_group_and_each_lead_for_itself() -> None:
    shared = task(1, D(2024, 6, 20), ("nhom",), ("snv", "stp"))
    own = task(2, D(2024, 6, 21), ("stp",))
    made = {d.key: d for d in digests([shared, own], {}, DAY, NAMES)}
    assert set(made) == {"snv", "stp"}
    assert [(line.item_id, line.via_group) for line in made["stp"].no_report] == [("p.n1", True), ("p.n2", False)]
    assert "Giao qua nhóm cơ quan" in text(made["snv"])


def test_targets_without_a_value_are_told_once_their_year_has_begun() -> None:
    value = {"p.c1": Facts(recorded=True, values=(Value(D(2024, 6, 1), 50),))}
    (made,) = digests([TARGET], {}, DAY, NAMES)
    assert (made.key, [line.item_id for line in made.no_value]) == (SHARED, ["p.c1"])
    assert digests([TARGET], value, DAY, NAMES) == ()
    assert digests([TARGET], {}, D(2023, 12, 31), NAMES) == ()


def test_sections_can_be_chosen() -> None:
    items = [task(1, D(2024, 6, 24)), task(2, D(2024, 6, 20)), TARGET]
    (due,) = digests(items, {}, DAY, NAMES, ["due"])
    assert (list(due.due), due.count) == ([1], 1)
    assert digests(items, {}, DAY, NAMES, ["late"]) == ()


def test_text_tells_late_work_first_and_marks_made_up_data() -> None:
    items = [task(1, D(2024, 6, 24)), task(2, D(2024, 6, 20)), task(3, D(2024, 6, 19))]
    (made,) = digests(items, {"p.n2": Facts(recorded=True)}, DAY, NAMES)
    told = text(made, demo=True, address="https://cchc.example")
    places = [told.index(words) for words in ("QUÁ HẠN (1)", "CÒN 1 NGÀY HOẶC HÔM NAY (1)", "CHƯA CÓ BÁO CÁO (1)")]
    assert places == sorted(places)
    assert told.startswith(BANNER)
    assert "https://cchc.example/van-ban?plan=p&item=p.n2" in told
    assert BANNER not in text(made)
    assert "http" not in text(made)


def test_foreign_text_cannot_add_headers_or_control_signs() -> None:
    bad = replace(task(1, D(2024, 6, 20)), label="Việc\r\nBcc: x@example.org\x1b[2J")
    (made,) = digests([bad], {}, DAY, {"snv": "Sở\r\nBcc: y@example.org"})
    mail = message(made, "a@example.org", ["b@example.org"], text(made))
    parsed = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert parsed["Bcc"] is None
    assert "\x1b" not in text(made)
    assert "Việc Bcc: x@example.org [2J" in text(made)


@pytest.mark.parametrize(
    ("key", "extra", "found"),
    [
        ("snv", {}, ("a@example.org", "c@example.org")),
        ("stp", {}, ()),
        ("snv", {"snv": ["x@example.org"]}, ("x@example.org",)),
        (SHARED, {}, ("s@example.org",)),
    ],
)
def test_recipients_are_active_editors_of_the_agency(key: str, extra: dict[str, list[str]], found: tuple[str]) -> None:
    people = [
        Person("c@example.org", "C", "agency_editor", "snv"),
        Person("a@example.org", "A", "agency_editor", "snv"),
        Person("off@example.org", "O", "agency_editor", "snv", active=False),
        Person("v@example.org", "V", "viewer", "snv"),
        Person("s@example.org", "S", "standing_editor"),
    ]
    assert recipients(reminders.Digest(key, "", DAY, {}), people, extra) == found


# --- settings -----------------------------------------------------------------------------------------------------

GOOD = {"CCHC_SMTP_HOST": "mail.example.org", "CCHC_SMTP_FROM": "cchc@example.org"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"CCHC_SMTP_HOST": ""}, "CCHC_SMTP_HOST"),
        ({"CCHC_SMTP_FROM": ""}, "CCHC_SMTP_FROM"),
        ({"CCHC_SMTP_FROM": "a b@x, c@y"}, "không phải một địa chỉ thư"),
        ({"CCHC_SMTP_SECURITY": "ssl"}, "starttls, tls hoặc none"),
        ({"CCHC_SMTP_PORT": "99999"}, "từ 1 đến 65535"),
        ({"CCHC_SMTP_PORT": "x"}, "từ 1 đến 65535"),
        ({"CCHC_SMTP_PASSWORD_FILE": "/khong/co"}, "không đọc được tệp"),
        ({"CCHC_SMTP_SECURITY": "none", "CCHC_SMTP_USER": "u"}, "Không gửi mật khẩu"),
    ],
)
def test_wrong_settings_are_told(changed: dict[str, str], told: str) -> None:
    with pytest.raises(MailError, match=told):
        Mail.from_environment({**GOOD, **changed})


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_ports_follow_the_security(security: str, port: int) -> None:
    assert Mail.from_environment({**GOOD, "CCHC_SMTP_SECURITY": security}).port == port


def test_the_password_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("bi-mat\n", encoding="utf-8")
    mail = Mail.from_environment({**GOOD, "CCHC_SMTP_USER": "u", "CCHC_SMTP_PASSWORD_FILE": str(file)})
    assert mail.password == file.read_text(encoding="utf-8").strip()
    assert "bi-mat" not in repr(mail)


# --- a real server ------------------------------------------------------------------------------------------------


class Box:
    """Keeps what arrives; refuses everybody at «khong-co.example.org»."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[list[str]] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, _: list[str]) -> str:
        if to.endswith("@khong-co.example.org"):
            return "550 no such person"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
        self.to.append(list(envelope.rcpt_tos))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder and no settings of mail."""
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    for name in ("CCHC_LEDGER_URL", "CCHC_DEMO", "CCHC_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def box(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    made = Box()
    server = Controller(made, hostname="127.0.0.1", port=free_port())
    server.start()
    for name, value in {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none",
                        "FROM": "cchc@example.org"}.items():  # fmt: skip
        monkeypatch.setenv(f"CCHC_SMTP_{name}", value)
    yield made
    server.stop()


def certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody signed but itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


ITEMS = [
    task(1, D(2024, 6, 24)),
    task(2, D(2024, 6, 20)),
    task(3, D(2024, 6, 26), ("stp",)),
    TARGET,
]


def remind(*argv: str) -> int:
    return remind_command(["--as-of", "2024-06-23", *argv], lambda: ITEMS, lambda: NAMES)


def record(*people: tuple[str, str, str], demo: bool = False) -> None:
    """Puts people (address, role, agency) and one report into the ledger."""
    with Ledger(kind="demo" if demo else "real") as ledger:
        for address, role, agency in people:
            said = PersonRecord.model_validate({"email": address, "name": "A", "role": role, "agency": agency})
            ledger.append(Draft(item_id=person_item(address), payload=said, author="t", as_of=D(2024, 1, 1)))
        ledger.append(Draft(item_id="p.n2", payload=Note(text="đang chờ"), author="t", as_of=D(2024, 6, 21)))


PEOPLE = (
    ("snv@example.org", "agency_editor", "snv"),
    ("stp@example.org", "agency_editor", "stp"),
    ("thuong-truc@example.org", "standing_editor", ""),
)


def test_each_agency_gets_its_own_mail(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    record(*PEOPLE)
    assert remind("--send") == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("Đã gửi 3 thư.\n", "")
    assert box.to == [["snv@example.org"], ["stp@example.org"], ["thuong-truc@example.org"]]
    first, second, third = (mail.get_content() for mail in box.mails)
    assert box.mails[0]["Subject"] == "Nhắc việc cải cách hành chính ngày 23/6/2024: Sở Nội vụ"
    assert box.mails[0]["From"] == "cchc@example.org"
    assert box.mails[0]["Auto-Submitted"] == "auto-generated"
    assert "QUÁ HẠN (1)" in first
    assert "Nhiệm vụ 2" in first
    assert "Nhiệm vụ 3" not in first
    assert "CÒN 2 HOẶC 3 NGÀY (1)" in second
    assert "90% hồ sơ" in third


def test_without_send_nothing_is_sent(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    record(*PEOPLE)
    assert remind() == 0
    assert box.mails == []
    told = capsys.readouterr().out
    assert told.count("Kính gửi: ") == 3
    assert "Kính gửi: Sở Tư pháp" in told


def test_who_has_no_address_is_named(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    record(PEOPLE[0])
    assert remind("--send", "--to", "=chung@example.org") == 0
    told = capsys.readouterr()
    assert told.out == "Đã gửi 2 thư.\n"
    assert "Chưa có địa chỉ thư của: Sở Tư pháp." in told.err
    assert box.to == [["snv@example.org"], ["chung@example.org"]]


def test_a_refused_recipient_does_not_stop_the_others(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    record(*PEOPLE)
    assert remind("--send", "--to", "snv=x@khong-co.example.org") == 1
    told = capsys.readouterr()
    assert told.out == "Đã gửi 2 thư.\n"
    assert told.err == "Chưa gửi được thư cho Sở Nội vụ: máy chủ thư từ chối mọi người nhận.\n"
    both = remind("--send", "--agency", "snv", "--to", "snv=x@khong-co.example.org", "--to", "snv=y@example.org")
    told = capsys.readouterr()
    assert (both, told.out) == (1, "Đã gửi 1 thư.\n")
    assert "máy chủ thư từ chối: x@khong-co.example.org." in told.err
    assert box.to[-1] == ["y@example.org"]


def test_a_demonstration_says_so_in_subject_and_text(box: Box) -> None:
    record(demo=True)
    assert remind("--demo", "--send", "--agency", "snv", "--to", "snv=a@example.org") == 0
    (mail,) = box.mails
    assert mail["Subject"].startswith(f"[{BANNER}] ")
    content = mail.get_content()
    assert content.startswith(BANNER)
    assert not office.is_demo()


def test_no_server_is_told(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    record(*PEOPLE)
    assert remind("--send") == 1
    assert "CCHC_SMTP_HOST" in capsys.readouterr().err
    for name, value in {"HOST": "127.0.0.1", "PORT": str(free_port()), "SECURITY": "none",
                        "FROM": "cchc@example.org"}.items():  # fmt: skip
        monkeypatch.setenv(f"CCHC_SMTP_{name}", value)
    assert remind("--send") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "máy chủ từ chối kết nối" in told.err


def test_encrypted_and_signed_in(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pem = certificate(place)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    seen: list[bool] = []

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        seen.append(session.ssl is not None)
        return AuthResult(success=(data.login, data.password) == (b"cchc", b"bi-mat"), handled=False)

    box = Box()
    server = Controller(
        box, hostname="localhost", port=free_port(), tls_context=context, require_starttls=True, auth_required=True,
        authenticator=authenticate,
    )  # fmt: skip
    server.start()
    try:
        record(*PEOPLE)
        for name, value in {"HOST": "localhost", "PORT": str(server.port), "FROM": "cchc@example.org", "USER": "cchc",
                            "PASSWORD": "bi-mat"}.items():  # fmt: skip
            monkeypatch.setenv(f"CCHC_SMTP_{name}", value)
        # Nobody vouches for the certificate: the password is not given away.
        assert remind("--send") == 1
        assert "chứng thư số của máy chủ không được tin cậy" in capsys.readouterr().err
        assert seen == []
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        assert remind("--send") == 0
        assert (seen, len(box.mails)) == ([True], 3)
        monkeypatch.setenv("CCHC_SMTP_PASSWORD", "khong-dung")
        assert remind("--send") == 1
        told = capsys.readouterr().err
        assert "máy chủ không nhận tài khoản hoặc mật khẩu" in told
        assert "khong-dung" not in told
    finally:
        server.stop()


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_is_known() -> None:
    assert PROGRESS["remind"][0] is remind_command


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (["--agency", "khong-co"], 1, "Không có cơ quan «khong-co»."),
        (["--plan", "khong-co"], 1, "Không có kế hoạch «khong-co»."),
        (["--only", "khac"], 2, "chỉ nhận"),
        (["--to", "snv"], 2, "CƠ_QUAN=ĐỊA_CHỈ_THƯ"),
        (["--to", "snv=a@x\nBcc: b@y"], 2, "CƠ_QUAN=ĐỊA_CHỈ_THƯ"),
        (["--as-of", "31/31/2024"], 2, "lỗi"),
    ],
)
def test_wrong_use_is_told(
    place: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: int, told: str
) -> None:
    assert remind(*argv) == code
    assert told in capsys.readouterr().err


def test_nothing_to_tell_is_no_mistake(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger() as ledger:
        done = Draft(item_id="p.n3", payload=TaskDone(completed_on=D(2024, 6, 1)), author="t")  # type: ignore[call-arg]
        ledger.append(done)
    assert remind("--agency", "stp", "--only", "sap-den-han") == 0
    assert capsys.readouterr().out == "Không có nội dung nào cần nhắc đến ngày 23/6/2024.\n"
