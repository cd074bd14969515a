"""Paths and the day, from the environment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cchc import config


def test_defaults_lie_in_the_programs_folder(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    for name in ("CCHC_DATA", "CCHC_PLANS", "CCHC_CATALOG"):
        monkeypatch.setenv(name, "  ")
    assert config.data_dir() == root / "var"
    assert config.plans_dir() == root / "data" / "plans"
    assert config.catalog_file() is None
    assert len(config.plan_files()) == 5


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "d"))
    monkeypatch.setenv("CCHC_PLANS", str(tmp_path))
    monkeypatch.setenv("CCHC_CATALOG", "~/c.duckdb")
    for name in ("b.txt", "a.txt", ".hidden", "~temp.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert config.data_dir() == tmp_path / "d"
    assert config.catalog_file() == Path.home() / "c.duckdb"
    assert [p.name for p in config.plan_files()] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("utc", "day"),
    [("2024-12-31T16:59:59", dt.date(2024, 12, 31)), ("2024-12-31T17:00:00", dt.date(2025, 1, 1))],
)
def test_today_is_the_day_in_viet_nam(monkeypatch: pytest.MonkeyPatch, utc: str, day: dt.date) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC).astimezone(tz)

    monkeypatch.setattr(config.dt, "datetime", Clock)
    assert config.today() == day
