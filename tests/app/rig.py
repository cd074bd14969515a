"""What the tests of pages share: one page's script with the filter bar around it, on a catalog of known facts."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

# The page's own frame (cchc/screen/pages.py) needs the navigation, which AppTest does not run.
SCRIPT = """
import runpy
from cchc.screen import pages, widgets
widgets.frame()
runpy.run_path(str(pages.script({page!r})))
"""
SECONDS = 60


def open_page(page: str, query: str = "") -> AppTest:
    """The page (its address, for instance "chi-tieu") after its first run. Fails when the script failed."""
    app = AppTest.from_string(SCRIPT.format(page=page), default_timeout=SECONDS)
    for name, values in parse_qs(query).items():
        app.query_params[name] = values
    return run(app)


def run(app: AppTest) -> AppTest:
    """The page after another run."""
    app.run()
    assert not app.exception, app.exception
    return app


def words_of(app: AppTest) -> str:
    """All words of the page's own HTML, without its tags."""
    bodies = [element.proto.body for element in app.get("html")]
    return re.sub(r"<[^>]+>", " ", " ".join(body for body in bodies if "<style" not in body and "{" not in body[:200]))


def figures(app: AppTest) -> list[dict[str, Any]]:
    """The charts of the page."""
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def clickable(app: AppTest) -> list[list[str]]:
    """What the clicks on the page's charts can name."""
    return [data for figure in figures(app) for trace in figure["data"] for data in trace.get("customdata", ())]


def lists(app: AppTest) -> dict[str, int]:
    """The titles of the page's lists and how many rows each tells."""
    html = " ".join(element.proto.body for element in app.get("html"))
    found = re.findall(r"<h3[^>]*>([^<]*) <span[^>]*>([\d.]+) dòng", html)
    return {title: int(count.replace(".", "")) for title, count in found}


def parameter(app: AppTest, name: str) -> str:
    """A parameter of the page's address."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]
