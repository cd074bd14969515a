"""Who uses the page that is being drawn. The only module that asks Streamlit about it; what follows from the answer is
decided in `access`.

A connection counts as one from this very machine only when the server listens on a loopback address, the other end is
this machine, the browser asked for it by such a name and no proxy passed the request on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cchc import access, office
from cchc.access import Connection, Identity, Person

# Whoever adds one of these has passed the request on: the other end is not the person.
PROXY_HEADERS = (
    "forwarded",
    "via",
    "x-real-ip",
    "x-original-forwarded-for",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
    "cf-ray",
    "fly-client-ip",
    "fastly-client-ip",
    "x-cluster-client-ip",
    "x-arr-ssl",
    "x-envoy-external-address",
)
PROXY_PREFIX = "x-forwarded-"
NO_ADDRESS = "tài khoản không có địa chỉ thư"


def current() -> Identity:
    """Who it is, for the running session; without a person, why nobody may record. Raises LedgerError when the table of
    people cannot be read."""
    return access.identify(
        people(), oidc_configured(), signed_in_as() or None, connection(), is_verified(st.user), office.is_trial()
    )


def signed_in_as() -> str:
    """The address somebody is signed in with, known here or not; "" when nobody is."""
    return address_of(st.user)


def address_of(claims: Mapping[str, Any]) -> str:
    """The address of a sign-in, "" when nobody is signed in. A provider that tells no address tells nobody: a name that
    people may choose themselves must not be taken for an address of ours."""
    if not claims.get("is_logged_in"):
        return ""
    return str(claims.get("email") or NO_ADDRESS)


def is_verified(claims: Mapping[str, Any]) -> bool:
    """Whether the provider vouches for the address: it does unless it says otherwise."""
    return str(claims.get("email_verified", True)).lower() != "false"


def oidc_configured() -> bool:
    """Whether sign-in is set up: Streamlit then knows whether somebody is signed in."""
    return "is_logged_in" in st.user


def people() -> dict[str, Person]:
    """The people who count, by address."""
    return people_with(oidc_configured())


def people_with(oidc: bool) -> dict[str, Person]:
    """The people who count where sign-in is configured or not: those of the ledger in use, in a demonstration with
    sign-in those of the real one. Rights are never made up."""
    return access.people(office.real_people() if oidc else office.get_progress().people())


def connection() -> Connection | None:
    """How this session reached the server; None when it has no browser."""
    headers = {str(name).lower(): str(value) for name, value in st.context.headers.to_dict().items()}
    if not headers:
        return None
    return from_headers(headers, str(st.get_option("server.address") or ""), st.context.ip_address)


def from_headers(headers: Mapping[str, str], listening_on: str, client: str | None) -> Connection:
    """The connection of a request with these headers (names in small letters). `client` None is this machine itself:
    so Streamlit writes its address."""
    forwarded = any(name in PROXY_HEADERS or name.startswith(PROXY_PREFIX) for name in headers)
    return Connection(
        listening_on, client or "127.0.0.1", headers.get("host", ""), forwarded, headers.get("origin", "")
    )
