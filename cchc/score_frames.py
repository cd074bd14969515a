"""Scores as frames, for tables, charts and exports. Pure; numbers stay numbers, words are in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from cchc.profiles import UNVERIFIED
from cchc.scoring import Change, Ranked, Score


def scores(
    ranked: Iterable[Ranked], names: Mapping[str, str] | None = None, changed: Iterable[Change] = ()
) -> pd.DataFrame:
    """One row a score, in the order of the ranking. Columns: key, name (str), rank (Int64), score (Float64), points,
    maximum (float), class (str, with «chưa kiểm chứng» where it is not verified), plan_done, plan_all, plan_rate,
    due_done, due_all, due_rate (counts; rates in percent, Float64), with_data, items, coverage (Float64), counted (how
    many items the score rests on), overdue, past_no_report, change (Float64), why (str: why it is not ranked)."""
    known, moved = names or {}, {c.key: c.difference for c in changed}
    rows = [
        {
            "key": each.score.key,
            "name": known.get(each.score.key, each.score.key),
            "rank": each.rank,
            "score": each.score.value,
            "points": each.score.points,
            "maximum": each.score.maximum,
            "class": each.score.class_label + ("" if each.score.class_verified else f" ({UNVERIFIED})"),
            "plan_done": int(each.score.plan_rate.numerator),
            "plan_all": int(each.score.plan_rate.denominator),
            "plan_rate": each.score.plan_rate.value,
            "due_done": int(each.score.due_rate.numerator),
            "due_all": int(each.score.due_rate.denominator),
            "due_rate": each.score.due_rate.value,
            "with_data": int(each.score.coverage.numerator),
            "items": int(each.score.coverage.denominator),
            "coverage": each.score.coverage.value,
            "counted": int(each.score.counted.numerator),
            "overdue": each.score.counts.overdue,
            "past_no_report": each.score.counts.past_no_report,
            "change": moved.get(each.score.key),
            "why": each.why,
        }
        for each in ranked
    ]
    frame = pd.DataFrame(rows, columns=list(SCORE_COLUMNS))
    return frame.astype(SCORE_COLUMNS)


def terms(score: Score) -> pd.DataFrame:
    """One row a term of the sum. Columns: code, name (str), area (int, 0 the whole plan), measure, formula (str),
    numerator, denominator (float), measured (Float64, percent), rule (str), points, maximum (Float64, missing if taken
    out), verified (bool), source, out (str: why it is taken out)."""
    rows = [
        {
            "code": t.code,
            "name": t.name,
            "area": t.area,
            "measure": t.measure.name,
            "formula": t.measure.formula,
            "numerator": t.measure.numerator,
            "denominator": t.measure.denominator,
            "measured": t.measure.value,
            "rule": t.rule,
            "points": t.points,
            "maximum": t.maximum,
            "verified": t.verified,
            "source": t.source,
            "out": t.out,
        }
        for t in score.terms
    ]
    return pd.DataFrame(rows, columns=list(TERM_COLUMNS)).astype(TERM_COLUMNS)


def items(score: Score) -> pd.DataFrame:
    """One row an item that a term adds up. Columns: code (of the criterion), id, label (str), share (Float64, percent
    of its points; missing when it is not counted), why (str)."""
    rows = [
        {
            "code": t.code,
            "id": i.id,
            "label": i.label,
            "share": None if i.share is None else 100 * i.share,
            "why": i.why,
        }
        for t in score.terms
        for i in t.items
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS)).astype(ITEM_COLUMNS)


SCORE_COLUMNS = {
    "key": "str",
    "name": "str",
    "rank": "Int64",
    "score": "Float64",
    "points": "float64",
    "maximum": "float64",
    "class": "str",
    "plan_done": "int64",
    "plan_all": "int64",
    "plan_rate": "Float64",
    "due_done": "int64",
    "due_all": "int64",
    "due_rate": "Float64",
    "with_data": "int64",
    "items": "int64",
    "coverage": "Float64",
    "counted": "int64",
    "overdue": "int64",
    "past_no_report": "int64",
    "change": "Float64",
    "why": "str",
}
TERM_COLUMNS = {
    "code": "str",
    "name": "str",
    "area": "int64",
    "measure": "str",
    "formula": "str",
    "numerator": "float64",
    "denominator": "float64",
    "measured": "Float64",
    "rule": "str",
    "points": "Float64",
    "maximum": "Float64",
    "verified": "bool",
    "source": "str",
    "out": "str",
}
ITEM_COLUMNS = {"code": "str", "id": "str", "label": "str", "share": "Float64", "why": "str"}
