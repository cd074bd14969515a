"""Imports point one way (docs/architecture.md): read from the source, so that those inside functions count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import config

ROOT = config.ROOT
SCREEN = ("streamlit", "cchc.screen", "pages")
DATA = ("duckdb", "pandas", "sqlalchemy", "cchc.engine", "cchc.catalog", "cchc.ledger")
# Whose modules may not import what.
RULES = {
    "cchc/formats": (*SCREEN, *DATA, "plotly", "cchc.reading"),
    "cchc/reading": (*SCREEN, *DATA, "plotly"),
    "cchc/model.py": (*SCREEN, *DATA, "cchc.reading"),
    "cchc/status.py": (*SCREEN, *DATA, "cchc.queries"),
    "cchc/periods.py": (*SCREEN, *DATA, "cchc.queries"),
    "cchc/scoring.py": (*SCREEN, "duckdb", "cchc.engine", "cchc.ledger"),
    "cchc/queries": (*SCREEN, "plotly", "cchc.charts"),
    "cchc/charts": (*SCREEN, "duckdb", "cchc.engine", "cchc.queries"),
    "cchc/catalog.py": (*SCREEN, "plotly", "cchc.queries"),
    "cchc/commands": (*SCREEN, "plotly"),
}


def imported(source: str) -> Iterator[str]:
    """The full names of what a module imports: «cchc.who» for `from cchc import who`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def against(source: str, forbidden: tuple[str, ...]) -> list[str]:
    return sorted({name for name in imported(source) for no in forbidden if name == no or name.startswith(f"{no}.")})


def modules(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.suffix else sorted(path.rglob("*.py"))


@pytest.mark.parametrize("place", RULES)
def test_modules_know_nothing_of_what_stands_above_them(place: str) -> None:
    assert modules(place)
    found = {p.name: names for p in modules(place) if (names := against(p.read_text("utf-8"), RULES[place]))}
    assert found == {}


def test_only_pages_draw() -> None:
    """Beside `cchc/screen` Streamlit is known where a request comes in: who asks, and the server itself."""
    known = {p.relative_to(ROOT).as_posix() for p in modules("cchc") if against(p.read_text("utf-8"), ("streamlit",))}
    assert {name for name in known if not name.startswith("cchc/screen/")} == {
        "cchc/server.py",
        "cchc/visitor.py",
        "cchc/who.py",
    }
    drawing = {p.relative_to(ROOT).as_posix() for p in modules("cchc") if against(p.read_text("utf-8"), SCREEN[1:])}
    assert {name for name in drawing if not name.startswith("cchc/screen/")} == set()


def test_an_import_against_the_way_is_found() -> None:
    assert against("def f():\n    from cchc import screen", SCREEN) == ["cchc.screen"]
    assert against("import streamlit.web.cli as x, os", SCREEN) == ["streamlit.web.cli"]
    assert against("from cchc.screenplay import a", SCREEN) == []
