"""What the page «Chấm điểm» shows: scores on one day, ranked, against the last period and last year. No Streamlit.

Scores are made by `cchc.scoring`; here is only decided which items and which days they are made of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cchc import answers, office, periods, queries, score_frames, scoring
from cchc.answers import Given
from cchc.engine import Engine
from cchc.facts import NOTHING, Facts
from cchc.filters import UNKNOWN_AREA, Filters, area_names
from cchc.items import KnownItem, as_assigned
from cchc.profiles import Profile
from cchc.reading.agencies import register
from cchc.report_periods import ReportPeriod, parse_period
from cchc.scoring import By, Change, Ranked, Record, Score

# The filters that narrow scores; the page says so of the others.
HOLDS = ("plan", "area", "agency")
RANKED: tuple[By, ...] = ("agency", "plan")  # areas and deadlines do not compete
REPORTS = ("", "3", "6t", "1")  # the report periods of a year, the latest first
NOBODY = {
    "agency": "Chưa rõ cơ quan chủ trì (gồm chỉ tiêu chưa giao cho cơ quan nào)",
    "plan": "Chưa rõ kế hoạch",
    "area": area_names()[UNKNOWN_AREA],
}
TO_DAY = "Đến ngày số liệu {day}"
CLOSED = "{period}, chốt đến {day}"
OPEN = "{period}, chưa kết thúc: tính đến ngày số liệu {day}"


@dataclass(frozen=True, slots=True)
class Board:
    """Scores of one choice. `day` is the reporting date, `told` says it in words. `whole` is the score of all items
    together, `ranked` those of the groups, `records` and `before` what they are made of now and on the day of the
    period before. `before_told` and `year_told` say what is compared with ("": nothing)."""

    profile: Profile
    by: By
    day: dt.date
    told: str
    records: tuple[Record, ...]
    whole: Score
    ranked: tuple[Ranked, ...]
    against_period: tuple[Change, ...]
    against_year: tuple[Change, ...]
    before: tuple[Record, ...]
    before_told: str
    year_told: str
    year_over: bool
    by_hand: Mapping[str, Mapping[str, Given]]  # what was answered by hand: group -> criterion -> answer

    def of(self, key: str | None) -> Score:
        """The score of a group; of all items for None. Raises KeyError for a group that is not there."""
        if key is None:
            return self.whole
        found = {r.score.key: r.score for r in self.ranked}
        return found[key]

    def given(self, key: str | None) -> int:
        """How many items of a group (of all for None) the standing body gave to an agency that no document names."""
        return sum(record.assigned for record in _group(self.records, self.by, key))

    def areas(self, key: str | None) -> pd.DataFrame:
        """One row an area of a group (of all items for None), in the order of the areas. Columns: area (int, 0 not
        known), name (str), score, before (Float64), total (float), with_data, items (int64), plan_rate, due_rate (str:
        with numerator and denominator)."""
        now = _group(self.records, self.by, key)
        old = {s.key: s.value for s in scoring.score_by(_group(self.before, self.by, key), self.profile, "area")}
        rows = [
            {
                "area": int(s.key or UNKNOWN_AREA),
                "name": area_names()[int(s.key or UNKNOWN_AREA)],
                "score": s.value,
                "before": old.get(s.key),
                "total": s.total,
                "with_data": int(s.coverage.numerator),
                "items": int(s.coverage.denominator),
                "plan_rate": s.plan_rate.text,
                "due_rate": s.due_rate.text,
            }
            for s in scoring.score_by(now, self.profile, "area", year_over=self.year_over)
        ]
        rows.sort(key=lambda row: row["area"] or 99)
        return pd.DataFrame(rows, columns=list(_AREA_TYPES)).astype(_AREA_TYPES)


_AREA_TYPES = {
    "area": "int64",
    "name": "str",
    "score": "Float64",
    "before": "Float64",
    "total": "float64",
    "with_data": "int64",
    "items": "int64",
    "plan_rate": "str",
    "due_rate": "str",
}


def report_periods(engine: Engine, filters: Filters) -> dict[str, str]:
    """The report periods of the filtered plans' years, the latest first: text form -> words."""
    years = {year for span in _years(engine, filters.plan).values() for year in span}
    made = [ReportPeriod(year, part) for year in sorted(years, reverse=True) for part in REPORTS]
    return {str(period): period.label for period in made}


def board(
    engine: Engine, filters: Filters, profile_json: str, by: By = "agency", period: str = "", expand: bool = False
) -> Board:
    """The scores under a profile (as JSON, by alias) on the reporting date of the filters, or for a report period on
    its last day.

    Of a period the plans of its year count. A period that is not over yet is looked at on the reporting date. Compared
    is with the period reported before and with the same period of the year before (with the plans of that year of the
    same places). Without a period: with the last day of the latest report period that was over before the reporting
    date, and no year before.
    """
    profile = Profile.model_validate_json(profile_json)
    chosen = parse_period(period)
    day, told = _day(chosen, filters)
    year = chosen.year if chosen else None
    items = _items(engine, filters, year)

    def at(found: Sequence[KnownItem], on: dt.date) -> list[Record]:
        return scoring.records(found, engine.facts(on), on, filters.calendar, expand)

    def by_hand(on: dt.date, of: ReportPeriod | None) -> dict[str, dict[str, Given]]:
        return answers.given(engine.answers(), profile.code, by, on, of)

    over = _year_over(chosen, day, filters)
    now = at(items, day)
    told_by_hand = by_hand(day, chosen)
    ranked = _ranked(scoring.score_by(now, profile, by, answers.percents(told_by_hand), over), profile, by)

    earlier = chosen.before() if chosen else _closed_before(day, filters.calendar)
    before_day = min(earlier.span(filters.calendar)[1], day)
    before_items = items if earlier.year == year or chosen is None else _items(engine, filters, earlier.year)
    before = at(before_items, before_day)
    before_told, year_told = f"{earlier.label}, {periods.date_text(before_day)}", ""
    hand_before = by_hand(before_day, earlier if chosen else None)
    against_period = _changes(ranked, before, profile, by, hand_before)
    against_year: tuple[Change, ...] = ()
    if chosen:
        last = chosen.last_year()
        # A period under way is compared with the same day of the year before.
        last_day = min(last.span(filters.calendar)[1], _year_earlier(day))
        last_items = _items(engine, filters, last.year)
        if last_items:
            year_told = f"{last.label}, {periods.date_text(last_day)}"
            against_year = _changes(ranked, at(last_items, last_day), profile, by, by_hand(last_day, last))

    if filters.agency:
        ranked = [r for r in ranked if by != "agency" or r.score.key in filters.agency]
        alone = by == "agency" and not expand
        now = _led(now, items, filters, alone, engine.facts(day))
        before = _led(before, before_items, filters, alone, engine.facts(before_day))
    return Board(
        profile=profile,
        by=by,
        day=day,
        told=told,
        records=tuple(now),
        whole=scoring.score(now, profile, year_over=over),
        ranked=tuple(ranked),
        against_period=against_period,
        against_year=against_year,
        before=tuple(before),
        before_told=before_told,
        year_told=year_told,
        year_over=over,
        by_hand=told_by_hand,
    )


def frame(made: Board, names: Mapping[str, str], calendar: periods.Calendar = "lich") -> pd.DataFrame:
    """The ranking as a frame: the columns of `score_frames.scores` and plan_text, due_text, coverage_text, counted_text
    (str: the rates with their numerators and denominators), change_year (Float64), tied (bool: others share the rank),
    unverified (str: what of the profile no source confirms)."""
    known = {r.score.key: name_of(made.by, r.score.key, names, calendar) for r in made.ranked}
    rows = score_frames.scores(made.ranked, known, made.against_period)
    scores = [r.score for r in made.ranked]
    rows["plan_text"] = pd.Series([s.plan_rate.text for s in scores], dtype="str")
    rows["due_text"] = pd.Series([s.due_rate.text for s in scores], dtype="str")
    rows["coverage_text"] = pd.Series([s.coverage.text for s in scores], dtype="str")
    rows["counted_text"] = pd.Series([s.counted.text for s in scores], dtype="str")
    moved = {c.key: c.difference for c in made.against_year}
    rows["change_year"] = pd.Series([moved.get(s.key) for s in scores], dtype="Float64")
    ranks = [r.rank for r in made.ranked]
    rows["tied"] = [rank is not None and ranks.count(rank) > 1 for rank in ranks]
    rows["unverified"] = pd.Series(["; ".join(made.profile.unverified)] * len(scores), dtype="str")
    return rows


def name_of(by: By, key: str, names: Mapping[str, str], calendar: periods.Calendar = "lich") -> str:
    """The words for a group."""
    if by == "period":
        return periods.lane_text(key, calendar)
    if not key:
        return NOBODY[by]
    if by == "area":
        return area_names()[int(key)]
    found = register().get(key)  # an agency that no document names may have been given something
    return names.get(key) or (found.name if found else key)


def places(engine: Engine, filters: Filters, period: str = "") -> list[str]:
    """The places (province and level) whose plans are scored together: agencies of several places that share a name
    are one line then."""
    chosen = parse_period(period)
    rows = queries.documents(engine, filters)
    spans = _years(engine, filters.plan)
    used = [r for r in rows.to_dict("records") if not chosen or chosen.year in spans[r["id"]]]
    return sorted({r["province"] or r["authority"] or r["label"] for r in used})


def _day(chosen: ReportPeriod | None, filters: Filters) -> tuple[dt.date, str]:
    today = filters.day()
    if chosen is None:
        return today, TO_DAY.format(day=periods.date_text(today))
    end = chosen.span(filters.calendar)[1]
    words = OPEN if end > today else CLOSED
    day = min(end, today)
    return day, words.format(period=chosen.label, day=periods.date_text(day))


def _closed_before(day: dt.date, calendar: periods.Calendar) -> ReportPeriod:
    """The latest report period that ended before `day`."""
    made = [ReportPeriod(year, part) for year in (day.year, day.year - 1) for part in REPORTS]
    return max((p for p in made if p.span(calendar)[1] < day), key=lambda p: p.span(calendar)[1])


def _year_over(chosen: ReportPeriod | None, day: dt.date, filters: Filters) -> bool:
    """Whether conditions that look at the whole year apply: only to the report of a year, once the year is over."""
    return chosen is not None and not chosen.part and day >= chosen.span(filters.calendar)[1]


def _year_earlier(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _years(engine: Engine, plans: Iterable[str] = ()) -> dict[str, range]:
    """The years of each document; empty where they are not known."""
    rows = queries.documents(engine, Filters(plan=tuple(plans)))
    spans = {}
    for row in rows.to_dict("records"):
        first, last = row["year"], row["year_end"]
        if pd.isna(first):
            spans[str(row["id"])] = range(0)
        else:
            spans[str(row["id"])] = range(int(first), int(first if pd.isna(last) else last) + 1)
    return spans


def _items(engine: Engine, filters: Filters, year: int | None) -> list[KnownItem]:
    """Tasks and targets of the filtered plans and areas; with a year those of its plans. A filter of plans that names
    none of that year stands for the plans of that year of the same places."""
    spans = _years(engine)
    if year is None:
        plans = set(filters.plan or spans)
    else:
        plans = {p for p in filters.plan or spans if year in spans.get(p, range(0))}
        if not plans and filters.plan:
            rows = {row["id"]: row for row in queries.documents(engine).to_dict("records")}
            same = {(rows[p]["province"], rows[p]["level"]) for p in filters.plan if p in rows and rows[p]["province"]}
            plans = {p for p, row in rows.items() if year in spans[p] and (row["province"], row["level"]) in same}
    return [
        item
        for item in office.document_items().values()
        if item.kind in ("task", "target")
        and item.plan in plans
        and (not filters.area or (item.area or UNKNOWN_AREA) in filters.area)
    ]


def _led(
    found: Iterable[Record], items: Iterable[KnownItem], filters: Filters, alone: bool, facts: Mapping[str, Facts]
) -> list[Record]:
    """The records of items that the filtered agencies lead: as on every page also through a group; `alone` only those
    that name them, as where a group is one line of the ranking."""
    chosen = set(filters.agency)
    given = (as_assigned(item, facts.get(item.id, NOTHING)) for item in items)
    led = {item.id for item in given if chosen & (set(item.lead) if alone else item.led_by)}
    return [record for record in found if record.id in led]


def _group(found: Iterable[Record], by: By, key: str | None) -> list[Record]:
    if key is None:
        return list(found)
    return scoring.groups(found, by).get(key, [])


def _ranked(scores: list[Score], profile: Profile, by: By) -> list[Ranked]:
    if by in RANKED:
        return scoring.rank(scores, profile.min_coverage)
    if by == "period":
        scores.sort(key=lambda s: periods.lane_order(s.key))
    else:
        scores.sort(key=lambda s: int(s.key or 99))
    return [Ranked(None, each) for each in scores]


def _changes(
    ranked: Iterable[Ranked],
    before: Sequence[Record],
    profile: Profile,
    by: By,
    by_hand: Mapping[str, Mapping[str, Given]],
) -> tuple[Change, ...]:
    """Against the scores of the records of another day."""
    earlier = scoring.score_by(before, profile, by, answers.percents(by_hand))
    return tuple(scoring.changes([r.score for r in ranked], earlier))
