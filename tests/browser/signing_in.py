"""A server with sign-in for browser tests: a (mock) provider, people with their roles, and how somebody signs in."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from cchc.entries import Draft, PersonRecord, person_item
from cchc.ledger import Ledger
from tests.browser.rig import Server, Visitors, settled, start

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the provider's own use of an old module
    import oidc_provider_mock

COOKIE_SECRET = "a-secret-of-the-tests-and-of-nothing-else"  # noqa: S105
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "cchc"
client_secret = "not-a-secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
FIRST_DAY = dt.date(2024, 1, 2)  # from which on the people have their rights


@contextmanager
def running_provider() -> Iterator[str]:
    """The address of a provider that takes everybody's word for who they are."""
    with oidc_provider_mock.run_server_in_thread() as running:
        yield f"http://127.0.0.1:{running.server_port}"


def serve(
    folder: Path, provider: str, people: Sequence[PersonRecord], data: Path | None = None, **environment: str
) -> Iterator[Server]:
    """A server with sign-in that knows these people, as `rig.start`. The first of them is who let the others in."""
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(provider=provider, secret=COOKIE_SECRET), encoding="utf-8")
    with Ledger(folder / "data" / "ledger.sqlite") as ledger:
        for record in people:
            ledger.append(
                Draft(
                    item_id=person_item(record.email),
                    payload=record,
                    author=people[0].email,
                    role=people[0].role,
                    as_of=FIRST_DAY,
                )
            )
    for server in start(folder, data, STREAMLIT_SECRETS_FILES=str(secrets), **environment):
        yield replace(server, provider=provider)


def sign_in(page: Page, server: Server, email: str) -> None:
    """Signs in at the provider, by hand, on a page that is open already."""
    page.get_by_role("button", name="Đăng nhập", exact=True).first.click()
    page.get_by_placeholder("sub").fill(email)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{server.url}/**")
    settled(page)


def cookies(server: Server, email: str) -> list[Any]:
    """What a browser keeps of a sign-in at this server, made by Streamlit's own code."""
    made: list[Any] = []

    def signed(name: str, value: str) -> bytes:
        return bytes(create_signed_value(COOKIE_SECRET, name, value))

    def keep(name: str, value: str) -> None:
        made.append({"name": name, "value": signed(name, value).decode(), "url": server.url})

    said = {"email": email, "is_logged_in": True, "origin": server.url}
    set_cookie_with_chunks(keep, signed, USER_COOKIE_NAME, said, cookie_attr_size=100)
    return made


def open_as(visitors: Visitors, server: Server, email: str, path: str = "/") -> Page:
    """A page in a session of its own, opened by somebody who signed in before, at a browser of their own."""
    return visitors.open(server, path, person=email, cookies=cookies(server, email))
