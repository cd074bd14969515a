"""The pages on statuses and scores name what the program knows, with its real limits."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from cchc import profiles, status
from cchc.profiles import Linear, Measure, Ratio, Steps, YesNo

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_status_page_names_every_status_and_limit() -> None:
    text = (DOCS / "status.md").read_text(encoding="utf-8")
    for label in (*status.LABELS.values(), *status.TARGET_LABELS.values()):
        assert label in text, label
    for days in (status.DUE_SOON_DAYS, status.FINAL_DAYS, status.STALE_DAYS):
        assert f"{days} days" in text
    assert (status.CALM_SHARE, status.LATE_SHARE) == (0.25, 0.75)  # «a quarter», «three quarters»


def test_scoring_page_names_every_profile_measure_and_rule() -> None:
    text = (DOCS / "scoring.md").read_text(encoding="utf-8")
    for measure in get_args(Measure):
        assert f"`{measure}`" in text, measure
    for code in profiles.codes():
        assert f"`{code}.toml`" in text
    for rule in (YesNo, Steps, Linear, Ratio):
        assert f'kind = "{get_args(rule.model_fields["kind"].annotation)[0]}"' in text
