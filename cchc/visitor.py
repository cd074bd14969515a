"""Who asks a route beside the pages: by the cookie in which Streamlit keeps a sign-in, verified as Streamlit does.

A route has no session, so `who` cannot tell. The cookie is signed with the `cookie_secret` and names the site it was
made for; its signature, its age and that site are checked with Streamlit's own functions, and only then it says whose
it is. What that person may do is read from the table of people of this very moment, as on the pages.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from cchc import access, office, who
from cchc.access import Identity

WRONG_KEY = "Địa chỉ lịch riêng này không còn dùng được."
log = logging.getLogger("cchc")


def of_request(request: Request) -> Identity:
    """Who sends a request; without a person, why nobody is known. Raises LedgerError when the table of people cannot be
    read."""
    office.refresh()
    oidc = _oidc_configured()
    claims = _claims(request.cookies) if oidc else {}
    headers = {name.lower(): value for name, value in request.headers.items()}
    client = request.client.host if request.client else "unknown"  # no address is no proof of being here
    connection = who.from_headers(headers, str(st.get_option("server.address") or ""), client)
    return access.identify(
        who.people_with(oidc),
        oidc,
        who.address_of(claims) or None,
        connection,
        who.is_verified(claims),
        office.is_trial(),
    )


def by_key(key: str) -> Identity:
    """Who subscribes to a calendar with this key; without a person, nobody may. Raises LedgerError."""
    office.refresh()
    people = who.people_with(_oidc_configured())
    person = access.feed_holder(office.get_progress().feed_keys(), people, key)
    return Identity(person, "" if person else WRONG_KEY)


def _oidc_configured() -> bool:
    return bool(secrets_singleton.load_if_toml_exists() and secrets_singleton.get("auth"))


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What the provider told of the person the cookie was made for; empty when it proves nothing."""
    secret, origin = get_cookie_secret(), get_origin_from_redirect_uri()
    if not secret or not origin:
        return {}

    def part(name: str) -> bytes | None:
        value = cookies.get(name)
        try:
            return decode_signed_value(secret, name, value.encode("latin-1")) if value else None
        except UnicodeEncodeError:
            return None

    try:
        whole = get_cookie_with_chunks(part, USER_COOKIE_NAME)
        claims = json.loads(whole) if whole else {}
    except ValueError:
        log.warning("a sign-in cookie with a right signature could not be read")
        return {}
    # The same secret may serve another site; a sign-in there is none here.
    if not isinstance(claims, dict) or claims.get("origin") != origin:
        return {}
    return claims
