"""Reference data (areas, agencies, abbreviations, administrative units) as TOML files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `reference/<name>.toml`; read once a process, not to be changed by the caller."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
