"""Is it somebody at this very machine? Headers of a request in, who may record without sign-in out."""

from __future__ import annotations

import pytest

from cchc import access, config
from cchc.access import LOCAL_PERSON, READ_ONLY, Connection, identify, origin_host
from cchc.screen import signin
from cchc.who import PROXY_HEADERS, from_headers

HERE = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501", "user-agent": "Firefox"}


def person(headers: dict[str, str], listening_on: str = "127.0.0.1", client: str | None = None) -> object:
    found = identify({}, oidc=False, email=None, connection=from_headers(headers, listening_on, client))
    assert found.person is not None or found.reason == READ_ONLY
    return found.person


@pytest.mark.parametrize(
    ("headers", "listening_on", "client"),
    [
        (HERE, "127.0.0.1", None),
        (HERE, "localhost", "127.0.0.1"),
        ({"host": "localhost:8501", "origin": "http://localhost:8501"}, "127.0.0.1", None),
        ({"host": "[::1]:8501", "origin": "http://[::1]:8501"}, "::1", "::1"),
        ({"host": "127.0.0.1:8501"}, "127.0.0.1", None),
    ],
)
def test_somebody_at_this_machine_records(headers: dict[str, str], listening_on: str, client: str | None) -> None:
    assert person(headers, listening_on, client) == LOCAL_PERSON


@pytest.mark.parametrize("name", [*PROXY_HEADERS, "x-forwarded-for", "x-forwarded-host", "x-forwarded-anything"])
@pytest.mark.parametrize("value", ["127.0.0.1", "203.0.113.9", "", "::1, 127.0.0.1"])
def test_whatever_a_proxy_passes_on_is_foreign_also_when_it_claims_to_be_local(name: str, value: str) -> None:
    assert person({**HERE, name: value}) is None


@pytest.mark.parametrize(
    ("headers", "listening_on", "client"),
    [
        (HERE, "0.0.0.0", None),  # noqa: S104
        (HERE, "", None),
        (HERE, "::", None),
        (HERE, "10.0.0.5", None),
        (HERE, "unix:///run/cchc.sock", None),
        (HERE, "127.0.0.1", "10.0.0.7"),
        ({"host": "cchc.tinh.vn", "origin": "https://cchc.tinh.vn"}, "127.0.0.1", None),
        # a page elsewhere that resolves its own name to this machine
        ({"host": "evil.example:8501", "origin": "http://evil.example:8501"}, "127.0.0.1", None),
        # a proxy that writes a Host of its own and tells nothing else
        ({"host": "127.0.0.1:8501", "origin": "https://cchc.tinh.vn"}, "127.0.0.1", None),
        ({"host": "127.0.0.1:8501", "origin": "null"}, "127.0.0.1", None),
        ({"host": "127.0.0.1.evil.example", "origin": "http://127.0.0.1:8501"}, "127.0.0.1", None),
        ({"origin": "http://127.0.0.1:8501"}, "127.0.0.1", None),
    ],
)
def test_everybody_else_only_reads(headers: dict[str, str], listening_on: str, client: str | None) -> None:
    assert person(headers, listening_on, client) is None


def test_without_a_browser_nobody_is_here() -> None:
    assert identify({}, oidc=False, email=None, connection=None).person is None


def test_with_sign_in_being_here_gives_no_right() -> None:
    here = Connection("127.0.0.1", "127.0.0.1", "localhost")
    assert here.is_local
    assert identify({}, oidc=True, email=None, connection=here).person is None
    assert identify({}, oidc=True, email="ai@do.vn", connection=here).person is None


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://cchc.tinh.vn", "cchc.tinh.vn"),
        ("http://127.0.0.1:8501", "127.0.0.1"),
        ("http://[::1]:8501", "::1"),
        ("null", ""),
        ("", ""),
        ("file://", ""),
        ("ftp://127.0.0.1", ""),
    ],
)
def test_the_name_in_an_origin(origin: str, host: str) -> None:
    assert origin_host(origin) == host


@pytest.mark.parametrize(
    ("value", "is_open"),
    [("", True), ("open", True), (" Open ", True), ("signin", False), ("sign-in", False), ("1", False)],
)
def test_reading_is_closed_by_whatever_is_not_open(monkeypatch: pytest.MonkeyPatch, value: str, is_open: bool) -> None:
    monkeypatch.setenv("CCHC_READ", value)
    assert config.reading_is_open() is is_open
    assert bool(access.can(None, "view", open_reading=config.reading_is_open())) is is_open


def test_providers_of_sign_in() -> None:
    one = {"client_id": "a", "redirect_uri": "b"}
    assert signin.providers(one) == [""]
    assert signin.providers({"redirect_uri": "b", "tinh": {"client_id": "a"}, "vneid": {"client_id": "c"}}) == [
        "tinh",
        "vneid",
    ]
    assert signin.providers({**one, "tinh": {"client_id": "a"}}) == ["", "tinh"]
    assert signin.providers({}) == [""]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Nguyễn Thị Quỳnh Hương Giang", "Hương Giang"),
        ("x" * 300, "x" * 15 + "…"),
        ("", ""),
    ],
)
def test_a_long_name_fits_into_the_head_of_the_page(name: str, shown: str) -> None:
    assert signin.short_name(name) == shown
