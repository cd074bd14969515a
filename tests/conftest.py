"""Shared by all tests: the program's folder on the path, and a data folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cchc.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# No test writes into the folder of a running installation, and none reads a catalog somebody else made.
_data = tempfile.mkdtemp(prefix="cchc-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["CCHC_DATA"] = _data
for _name in ("CCHC_CATALOG", "CCHC_PLANS"):
    os.environ.pop(_name, None)


# Processes that tests start find the program compiled by the first of them: without this, each compiles all of it.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Files that take long, after those of the browser: processes of two kinds should end at the same time.
LONG = (
    "test_fuzz_patterns.py", "test_scan.py", "test_apart.py", "test_suite.py", "test_limits.py", "test_office_pdf.py",
    "test_cli_import.py", "test_cli.py", "test_memory.py", "test_hostile.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process is left alone with them in the end (`make test` runs files on two
    processes in this order): the browser's, by the length of the file, then `LONG`, then all others."""

    def turn(item: pytest.Item) -> tuple[int, int]:
        if item.path.parent.name == "browser":
            return 0, -item.path.stat().st_size
        return (1, LONG.index(item.path.name)) if item.path.name in LONG else (2, 0)

    items.sort(key=turn)


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """Streamlit's AppTest leaves the page's script as `__main__`; a process started later would run it again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def root() -> Path:
    """The program's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the two small plans of sample_plans."""
    from tests.sample_plans import sample_engine

    engine = sample_engine(tmp_path_factory.mktemp("sample"))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on the five documents of data/plans, as the reader reads them."""
    from cchc import catalog
    from cchc.engine import Engine

    plans = sorted((ROOT / "data" / "plans").iterdir())
    engine = Engine(catalog.build(plans, tmp_path_factory.mktemp("documents")))
    yield engine
    engine.close()
