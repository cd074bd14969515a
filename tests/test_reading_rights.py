"""Every route that gives data refuses where reading needs sign-in, also one that is added later."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from cchc import access, server

NO_DATA = {"/healthz", "/tong-quan"}  # the state of the server, the way to the first page
ROUTES = [route for route in server.options()["routes"] if isinstance(route, Route)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.path))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_route_gives_data_without_sign_in(monkeypatch: pytest.MonkeyPatch, route: Route, method: str) -> None:
    monkeypatch.setenv("CCHC_READ", "signin")
    path = str(route.path)
    assert "{" not in path, "give this route a path of its own here"
    # Neither a cookie nor a header makes a program somebody.
    headers = {"Cookie": "_streamlit_user=x", "X-Forwarded-For": "127.0.0.1", "Authorization": "Bearer x"}
    answer = TestClient(Starlette(routes=[route])).request(method, path, headers=headers, follow_redirects=False)
    if path in NO_DATA:
        assert answer.status_code in (200, 307)
    else:
        assert answer.status_code == 403
        assert answer.headers["cache-control"] == "no-store"
        assert method == "HEAD" or answer.text.startswith(access.NOT_SET_UP)


def test_the_routes_are_those_that_are_known() -> None:
    assert {str(route.path) for route in ROUTES} >= {"/api/tasks.csv", "/api/targets.csv", "/api/matrix.csv", *NO_DATA}
    assert len(ROUTES) == len(server.options()["routes"])
