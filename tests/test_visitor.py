"""Who asks a route beside the pages: cookies as Streamlit signs them, and forged ones."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from cchc import access, demo, office, server, visitor
from cchc.access import AccessDenied
from cchc.entries import Draft, FeedKey, PersonRecord, feed_item, person_item
from cchc.items import KnownItem
from cchc.ledger import Ledger
from cchc.recording import save

SECRET = "a-secret-of-the-tests-and-of-nothing-else"  # noqa: S105
SITE = "https://cchc.tinh.vn"
PEOPLE = (
    PersonRecord(email="qt@tinh.vn", name="Dũng", role="administrator"),
    PersonRecord(email="xem@tinh.vn", name="Xuân", role="viewer"),
    PersonRecord(email="cu@tinh.vn", name="Em", role="viewer", active=False),
)
COOKIE = "_streamlit_user"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.setenv("CCHC_READ", "signin")
    monkeypatch.delenv("CCHC_DEMO", raising=False)
    monkeypatch.setattr(office, "_opened", {})
    auth = {"cookie_secret": SECRET, "redirect_uri": f"{SITE}/oauth2callback", "client_id": "x"}
    monkeypatch.setattr(secrets_singleton, "load_if_toml_exists", lambda: True)
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": auth})
    yield tmp_path
    for opened in office._opened.values():
        opened.ledger.close()


def know(*people: PersonRecord) -> None:
    with Ledger(kind="real") as ledger:
        for one in people:
            item, day = person_item(one.email), dt.date(2024, 1, 2)
            ledger.append(Draft(item_id=item, payload=one, author="qt@tinh.vn", role="administrator", as_of=day))


def cookies(email: str, secret: str = SECRET, **claims: Any) -> dict[str, str]:
    """The cookies of a sign-in, made by Streamlit's own code."""
    said = {"email": email, "is_logged_in": True, "origin": SITE, **claims}
    made: dict[str, str] = {}

    def one(name: str, value: str) -> None:
        made[name] = create_signed_value(secret, name, value).decode()

    set_cookie_with_chunks(
        one, lambda name, value: create_signed_value(secret, name, value), COOKIE, said, cookie_attr_size=100
    )
    return made


def ask(sent: dict[str, str], **headers: str) -> tuple[int, str]:
    async def data(request: Request) -> PlainTextResponse:
        return PlainTextResponse("số liệu")

    app = Starlette(routes=[Route("/api/x.csv", server.reading(data))])
    text = "; ".join(f"{name}={value}" for name, value in sent.items())
    answer = TestClient(app).get("/api/x.csv", headers={**({"Cookie": text} if text else {}), **headers})
    return answer.status_code, answer.text


def visitor_role(sent: dict[str, str]) -> str:
    headers = [(b"cookie", "; ".join(f"{name}={value}" for name, value in sent.items()).encode())]
    found = visitor.of_request(Request({"type": "http", "headers": headers, "client": None}))
    return f"{found.person.email} {found.person.role}" if found.person else found.reason


def test_who_is_signed_in_in_the_browser_gets_the_lists() -> None:
    know(*PEOPLE)
    assert ask(cookies("XEM@tinh.vn")) == (200, "số liệu")
    assert ask(cookies("qt@tinh.vn", picture="x" * 6000)) == (200, "số liệu"), "a long one is kept in several cookies"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({}, access.SIGN_IN),
        (cookies("la@noikhac.vn"), access.UNKNOWN),
        (cookies("cu@tinh.vn"), access.INACTIVE),
        (cookies("xem@tinh.vn", email_verified=False), access.UNKNOWN),
        (cookies("xem@tinh.vn", is_logged_in=False), access.SIGN_IN),
        (cookies("xem@tinh.vn", SECRET[::-1]), access.SIGN_IN),
        (cookies("xem@tinh.vn", origin="https://noikhac.vn"), access.SIGN_IN),
        ({COOKIE: json.dumps({"email": "xem@tinh.vn", "is_logged_in": True, "origin": SITE})}, access.SIGN_IN),
        (
            {COOKIE: create_signed_value(SECRET, "another_cookie", cookies("xem@tinh.vn")[COOKIE]).decode()},
            access.SIGN_IN,
        ),
        ({COOKIE: create_signed_value(SECRET, COOKIE, "no object").decode()}, access.SIGN_IN),
        ({COOKIE: create_signed_value(SECRET, COOKIE, "[1]").decode()}, access.SIGN_IN),
    ],
)
def test_nobody_else_does(sent: dict[str, str], reason: str) -> None:
    know(*PEOPLE)
    status, text = ask(sent)
    assert status == 403
    assert text.startswith(reason)


def test_a_right_withdrawn_counts_for_the_next_request() -> None:
    know(*PEOPLE)
    assert ask(cookies("xem@tinh.vn"))[0] == 200
    know(PersonRecord(email="xem@tinh.vn", name="Xuân", role="viewer", active=False))
    assert ask(cookies("xem@tinh.vn")) == (403, f"{access.INACTIVE} {server.READ_ON_PAGES}\n")


def test_without_sign_in_configured_a_cookie_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    know(*PEOPLE)
    monkeypatch.setattr(secrets_singleton, "_secrets", {})
    status, text = ask(cookies("xem@tinh.vn"))
    assert status == 403
    assert text.startswith(access.NOT_SET_UP)


# A demonstration with sign-in


def show_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    demo.make([KnownItem("p.n1", "task", "p", "Việc", start=dt.date(2024, 1, 1))])
    monkeypatch.setenv("CCHC_DEMO", "1")


def test_in_a_demonstration_people_keep_their_real_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    know(*PEOPLE)
    show_demo(monkeypatch)
    assert ask(cookies("xem@tinh.vn"))[0] == 200
    assert ask(cookies("cu@tinh.vn"))[0] == 403
    assert ask(cookies("la@noikhac.vn"))[0] == 403
    know(PersonRecord(email="xem@tinh.vn", name="Xuân", role="viewer", active=False))
    assert ask(cookies("xem@tinh.vn"))[0] == 403


def test_where_nobody_is_known_yet_whoever_signs_in_explores_the_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    show_demo(monkeypatch)
    assert ask(cookies("ai@tinh.vn"))[0] == 403, "reading asks for people with a role"
    monkeypatch.setenv("CCHC_READ", "open")
    assert visitor_role(cookies("Ai@tinh.vn")) == "ai@tinh.vn standing_editor"
    assert visitor_role(cookies("ai@tinh.vn", email_verified=False)) == access.UNKNOWN
    assert visitor_role(cookies("")) == access.UNKNOWN, "a provider that tells no address tells nobody"
    assert visitor_role({}) == access.SIGN_IN
    know(*PEOPLE)
    assert visitor_role(cookies("ai@tinh.vn")) == access.UNKNOWN
    assert visitor_role(cookies("qt@tinh.vn")) == "qt@tinh.vn administrator"


# A person's own address of the calendar


def keep_key(email: str, key: str, by: str = "") -> None:
    digest = hashlib.sha256(key.encode()).hexdigest() if key else ""
    with Ledger(kind="real") as ledger:
        found = access.people(ledger.of_kind("person"))
        person = found[by or email]
        draft = Draft(
            item_id=feed_item(email), payload=FeedKey(email=email, sha256=digest), author=person.email,
            role=person.role, as_of=dt.date(2024, 1, 3),
        )  # fmt: skip
        save(ledger, person, [draft], {})


def subscribe(key: str) -> tuple[int, str]:
    async def data(request: Request) -> PlainTextResponse:
        return PlainTextResponse("lịch")

    routes = [Route("/calendar.ics", server.reading(data, "key")), Route("/api/x.csv", server.reading(data))]
    client = TestClient(Starlette(routes=routes))
    assert client.get(f"/api/x.csv?key={key}").status_code == 403, "the key opens the calendar and nothing else"
    answer = client.get(f"/calendar.ics?key={key}")
    return answer.status_code, answer.text


def test_a_calendar_program_comes_in_with_the_latest_key_of_an_active_person() -> None:
    know(*PEOPLE)
    keep_key("xem@tinh.vn", "first")
    assert subscribe("first") == (200, "lịch")
    for wrong in ("First", "first ", "x", "0" * 64, hashlib.sha256(b"first").hexdigest()):
        assert subscribe(wrong) == (403, f"{visitor.WRONG_KEY} {server.READ_ON_PAGES}\n")
    assert subscribe("")[1].startswith(access.SIGN_IN)
    keep_key("xem@tinh.vn", "second")
    assert (subscribe("first")[0], subscribe("second")[0]) == (403, 200)
    know(PersonRecord(email="xem@tinh.vn", name="Xuân", role="viewer", active=False))
    assert subscribe("second")[0] == 403
    know(PEOPLE[1])
    keep_key("xem@tinh.vn", "", by="qt@tinh.vn")
    assert subscribe("second")[0] == 403
    assert subscribe("")[0] == 403, "no key is not the key of nobody"
    with Ledger(kind="real") as ledger:
        assert all("second" not in str(e.payload) for e in ledger.since(0)), "the ledger keeps no secret"


def test_nobody_makes_or_revokes_the_key_of_somebody_else() -> None:
    know(*PEOPLE)
    keep_key("qt@tinh.vn", "mine")
    for key in ("taken", ""):
        with pytest.raises(AccessDenied):
            keep_key("qt@tinh.vn", key, by="xem@tinh.vn")
    with pytest.raises(AccessDenied, match=access.NOT_YOUR_KEY):
        keep_key("xem@tinh.vn", "planted", by="qt@tinh.vn")
    with pytest.raises(AccessDenied, match=access.INACTIVE):
        keep_key("cu@tinh.vn", "back")
    assert subscribe("mine")[0] == 200
