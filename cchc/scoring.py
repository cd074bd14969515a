"""Scores with every step shown. Pure: records and a profile in, scores out; see docs/scoring.md.

A score is the sum of the points of its criteria over the sum of their maxima, times the total of the profile. A
criterion with nothing to measure (no item, no data, «không áp dụng») is taken out of both sums. All scores are for
orientation («điểm tham khảo»): appraisal and surveys are not in them.

Two rates stand beside every score, and differ all year: completion of the plan (done / all) and completion of what is
due (done / (done + overdue)). Coverage says how many items have data at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cchc.entries import number_text
from cchc.facts import NOTHING, Facts
from cchc.items import KnownItem, as_assigned
from cchc.model import Deadline
from cchc.periods import Calendar, lane_of
from cchc.profiles import FORMULAS, MEASURE_NAMES, UNVERIFIED, Area, Criterion, Measure, Profile
from cchc.status import DONE, DONE_IN_TIME, NO_DATE, TargetCode, TaskStatus, target_status, task_status

LABEL = "Điểm tham khảo"
NOBODY = "Không xếp hạng: các mục chưa rõ thuộc đối tượng nào."
ASSIGNED = "cơ quan thường trực giao, văn bản không nêu cơ quan"
NO_CLASS = "Chưa đủ căn cứ xếp loại"
By = Literal["all", "plan", "area", "agency", "period"]
# A target counts once its value can be judged; work under way counts with what is reached so far.
_JUDGED: frozenset[TargetCode] = frozenset({"met", "missed", "at_risk", "progressing"})
_SETTLED: frozenset[TargetCode] = frozenset({"met", "missed", "at_risk"})


@dataclass(frozen=True, slots=True)
class Record:
    """An item with its status on the reporting date. `code` is a status of cchc.status; `reach` (0 to 1) is set for
    targets that can be judged. `agencies` are the keys it counts for, `period` the lane of its deadline."""

    id: str
    kind: Literal["task", "target"]
    label: str
    plan: str
    area: int | None
    agencies: tuple[str, ...]
    period: str
    code: str
    status_label: str
    has_data: bool
    dated: bool = False
    reach: float | None = None
    evidence: bool = False
    due: dt.date | None = None
    assigned: bool = False  # the agency was named by the standing body, not by the document


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its formula; `value` in percent, None when there is nothing to divide by."""

    name: str
    formula: str
    numerator: float
    denominator: float

    @property
    def value(self) -> float | None:
        return 100 * self.numerator / self.denominator if self.denominator else None

    @property
    def text(self) -> str:
        """«12/16 = 75 %»; «chưa có số liệu» when there is nothing to divide by."""
        if self.value is None:
            return "chưa có số liệu"
        fraction = f"{number_text(round(self.numerator, 4))}/{number_text(self.denominator)}"
        return f"{fraction} = {number_text(round(self.value, 2))} %"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the sum. `points` and `maximum` are None when the criterion is taken out; `out` then says why."""

    code: str
    name: str
    area: int
    measure: Rate
    rule: str
    share: float | None
    points: float | None
    maximum: float | None
    verified: bool
    source: str
    out: str = ""
    items: tuple[ItemScore, ...] = ()

    @property
    def text(self) -> str:
        """The step in words: measured, rule, points."""
        mark = "" if self.verified else f" ({UNVERIFIED})"
        if self.points is None or self.maximum is None:
            return f"{self.name}: {self.out}, không tính vào điểm{mark}"
        got = f"{number_text(round(self.points, 2))}/{number_text(round(self.maximum, 2))} điểm"
        return f"{self.name}: {self.measure.text}; {self.rule}: {got}{mark}"


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one task or target earns, as a share of its points; None when it is not counted, and why."""

    id: str
    label: str
    share: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The official split of tasks: all = done + not done + outside (ongoing, event, no date) + not applicable."""

    total: int
    done_early: int
    done_on_time: int
    done_late: int
    done_undated: int
    in_time: int  # sắp đến hạn included
    due_soon: int
    overdue: int
    past_no_report: int
    no_date: int  # thường xuyên, theo sự kiện, chưa rõ thời hạn
    not_applicable: int

    @property
    def done(self) -> int:
        return self.done_early + self.done_on_time + self.done_late + self.done_undated


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a group. `value` is rounded to two decimals, None when nothing could be measured. `notes` tell in
    Vietnamese why a higher class was not given and what was not looked at."""

    key: str
    value: float | None
    points: float
    maximum: float
    total: float
    terms: tuple[Term, ...]
    counts: Counts
    plan_rate: Rate
    due_rate: Rate
    coverage: Rate
    counted: Rate  # how many of the items the score rests on: work in time is not counted yet
    class_label: str
    class_verified: bool
    notes: tuple[str, ...]

    @property
    def formula(self) -> str:
        """The sum written out: «(18 + 20) / (20 + 20) × 100 = 95»."""
        counted = [t for t in self.terms if t.points is not None and t.maximum is not None]
        if self.value is None:
            return "Chưa có số liệu để tính điểm."
        points = " + ".join(number_text(round(t.points or 0, 2)) for t in counted)
        maxima = " + ".join(number_text(round(t.maximum or 0, 2)) for t in counted)
        return f"({points}) / ({maxima}) × {number_text(self.total)} = {number_text(self.value)}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in a ranking; `rank` is None where `why` tells that the score is not ranked. Equal scores share a rank
    (1, 2, 2, 4)."""

    rank: int | None
    score: Score
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A score against an earlier one; `difference` is None when one of the two is missing."""

    key: str
    now: float | None
    before: float | None

    @property
    def difference(self) -> float | None:
        return None if self.now is None or self.before is None else round(self.now - self.before, 2)


def records(
    items: Iterable[KnownItem],
    facts: Mapping[str, Facts],
    as_of: dt.date,
    calendar: Calendar = "lich",
    expand: bool = False,
) -> list[Record]:
    """Tasks and targets with their status on a day. With `expand` an item counts for every member of a leading
    group, else for the leads as the document names them (a group is one line)."""
    found = []
    for item in items:
        known = facts.get(item.id, NOTHING)
        item = as_assigned(item, known)
        agencies = item.members if expand else item.lead
        if item.kind == "task":
            deadline = item.deadline or Deadline()
            status = task_status(deadline, known, as_of)
            current = Deadline(kind="day", end=status.due) if status.extended else deadline
            found.append(_task(item, known, status, agencies, lane_of(current, calendar)))
        elif item.kind == "target" and item.target is not None:
            judged = target_status(item.target, known, as_of, item.start)
            share = judged.reach if judged.reach is not None else float(judged.code == "met")
            found.append(
                Record(
                    id=item.id,
                    kind="target",
                    label=item.label,
                    plan=item.plan,
                    area=item.area,
                    agencies=agencies,
                    period=lane_of(Deadline(kind="year" if judged.due else "none", end=judged.due), calendar),
                    code=judged.code,
                    status_label=judged.label,
                    has_data=item.has_data(known),
                    reach=share if judged.code in _JUDGED else None,
                    evidence=bool(known.evidence),
                    due=judged.due,
                    assigned=item.assigned,
                )
            )
    return found


def _task(item: KnownItem, known: Facts, status: TaskStatus, agencies: tuple[str, ...], period: str) -> Record:
    return Record(
        id=item.id,
        kind="task",
        label=item.label,
        plan=item.plan,
        area=item.area,
        agencies=agencies,
        period=period,
        code=status.code,
        status_label=status.text,
        has_data=item.has_data(known),
        dated=status.due is not None,
        evidence=bool(known.evidence),
        due=status.due,
        assigned=item.assigned,
    )


def count(found: Iterable[Record]) -> Counts:
    """The official split of the tasks among the records."""
    codes = [r.code for r in found if r.kind == "task"]
    return Counts(
        total=len(codes),
        done_early=codes.count("done_early"),
        done_on_time=codes.count("done_on_time"),
        done_late=codes.count("done_late"),
        done_undated=codes.count("done"),
        in_time=codes.count("in_time") + codes.count("due_soon"),
        due_soon=codes.count("due_soon"),
        overdue=codes.count("overdue"),
        past_no_report=codes.count("past_no_report"),
        no_date=sum(c in NO_DATE for c in codes),
        not_applicable=codes.count("not_applicable"),
    )


def plan_completion(found: Sequence[Record]) -> Rate:
    """Done / all tasks that apply."""
    codes = [r.code for r in found if r.kind == "task" and r.code != "not_applicable"]
    return _rate("plan_completion", sum(c in DONE for c in codes), len(codes))


def due_completion(found: Sequence[Record], unreported_late: bool = False) -> Rate:
    """Done / (done + overdue). Past the deadline without a report is unknown and left out, unless it is to be taken as
    overdue."""
    codes = [r.code for r in found if r.kind == "task"]
    done, late = sum(c in DONE for c in codes), sum(_overdue(c, unreported_late) for c in codes)
    return _rate("due_completion", done, done + late)


def coverage(found: Sequence[Record]) -> Rate:
    """Items with data / items that apply or are known not to."""
    return Rate("Độ phủ số liệu", "mục có số liệu / tất cả các mục", sum(r.has_data for r in found), len(found))


def score_item(record: Record, profile: Profile) -> ItemScore:
    """What one task or target earns under a profile."""
    share: float | None
    if record.kind == "target":
        share, why = record.reach, record.status_label
        if share is not None and record.code != "met":
            why = f"{why}, đạt {number_text(round(100 * share, 2))} % mức đề ra"
    else:
        earned = profile.task_points
        code = record.code
        why = record.status_label
        if code in DONE:
            share = earned.done_late if code == "done_late" else earned.done_on_time
        elif _overdue(code, profile.unreported == "overdue"):
            share = earned.overdue
        else:
            share = None
    why = why if share is not None else f"{why}: không tính"
    return ItemScore(record.id, record.label, share, f"{why} ({ASSIGNED})" if record.assigned else why)


def score(
    found: Sequence[Record],
    profile: Profile,
    key: str = "",
    answers: Mapping[str, float | None] | None = None,
    year_over: bool = False,
) -> Score:
    """The score of a group of records. `answers` holds what is entered by hand for criteria and conditions with the
    measure `answer`, by code (percent; None for «không áp dụng»). `year_over`: whether conditions that look at the
    whole year apply."""
    given = answers or {}
    terms = tuple(
        _term(criterion, area, _of_area(found, area), profile, given)
        for area in profile.area
        for criterion in area.criterion
    )
    points = sum(t.points for t in terms if t.points is not None)
    maximum = sum(t.maximum for t in terms if t.maximum is not None)
    value = _round(points / maximum * profile.total) if maximum else None
    label, verified, notes = _class(found, profile, value, given, year_over)
    return Score(
        key=key,
        value=value,
        points=points,
        maximum=maximum,
        total=profile.total,
        terms=terms,
        counts=count(found),
        plan_rate=plan_completion(found),
        due_rate=due_completion(found, profile.unreported == "overdue"),
        coverage=coverage(found),
        counted=_counted(found, profile),
        class_label=label,
        class_verified=verified,
        notes=notes,
    )


def groups(found: Iterable[Record], by: By) -> dict[str, list[Record]]:
    """The records of each plan, area ("" when unknown), agency or period. An item of two lead agencies counts for each;
    one without any stands under ""."""
    made: dict[str, list[Record]] = {}
    for record in found:
        keys: tuple[str, ...]
        if by == "all":
            keys = ("",)
        elif by == "plan":
            keys = (record.plan,)
        elif by == "area":
            keys = (str(record.area) if record.area else "",)
        elif by == "period":
            keys = (record.period,)
        else:
            keys = record.agencies or ("",)
        for key in keys:
            made.setdefault(key, []).append(record)
    return made


def score_by(
    found: Iterable[Record],
    profile: Profile,
    by: By,
    answers: Mapping[str, Mapping[str, float | None]] | None = None,
    year_over: bool = False,
) -> list[Score]:
    """The scores of all groups, by key. `answers`: for each key what is entered by hand."""
    return [
        score(members, profile, key, (answers or {}).get(key), year_over)
        for key, members in sorted(groups(found, by).items())
    ]


def rank(scores: Iterable[Score], min_coverage: float = 0) -> list[Ranked]:
    """From the highest score to the lowest, equal scores sharing a rank; then those that are not ranked: without a
    score, with data for less than `min_coverage` percent of their items, or standing for nobody (key "")."""
    ranked: list[Score] = []
    rest: list[Ranked] = []
    for each in scores:
        covered = each.coverage.value or 0
        if not each.key:
            rest.append(Ranked(None, each, NOBODY))
        elif each.value is None:
            rest.append(Ranked(None, each, "Chưa có số liệu để tính điểm."))
        elif covered < min_coverage:
            text = f"Mới có số liệu của {each.coverage.text} số mục, cần từ {number_text(min_coverage)} %."
            rest.append(Ranked(None, each, text))
        else:
            ranked.append(each)
    ranked.sort(key=lambda s: (-(s.value or 0), s.key))
    values = [s.value for s in ranked]
    return [Ranked(values.index(s.value) + 1, s) for s in ranked] + sorted(rest, key=lambda r: r.score.key)


def changes(now: Iterable[Score], before: Iterable[Score]) -> list[Change]:
    """Each score against the one of the same key before; keys of both, in order."""
    new, old = {s.key: s.value for s in now}, {s.key: s.value for s in before}
    return [Change(key, new.get(key), old.get(key)) for key in sorted(new | old)]


# Inside


def _round(value: float) -> float:
    return round(value + 1e-9, 2)


def _rate(measure: Measure, numerator: float, denominator: float) -> Rate:
    return Rate(MEASURE_NAMES[measure], FORMULAS[measure], numerator, denominator)


def _overdue(code: str, unreported_late: bool) -> bool:
    return code == "overdue" or (unreported_late and code == "past_no_report")


def _counted(found: Sequence[Record], profile: Profile) -> Rate:
    shares = [score_item(r, profile).share for r in found]
    return Rate(
        "Mục được tính điểm", "mục đánh giá được / tất cả các mục", len(shares) - shares.count(None), len(shares)
    )


def _of_area(found: Sequence[Record], area: Area) -> list[Record]:
    return [r for r in found if area.id in (0, r.area)]


def _measured(
    measure: Measure, found: Sequence[Record], profile: Profile, answer: float | None
) -> tuple[Rate, tuple[ItemScore, ...]]:
    """A measure over records, with the items it adds up where it adds up items."""
    unreported_late = profile.unreported == "overdue"
    tasks = [r for r in found if r.kind == "task"]
    targets = [r for r in found if r.kind == "target"]
    if measure == "plan_completion":
        return plan_completion(found), ()
    if measure == "due_completion":
        return due_completion(found, unreported_late), ()
    if measure in ("task_points", "target_points"):
        items = tuple(score_item(r, profile) for r in (tasks if measure == "task_points" else targets))
        counted = [i.share for i in items if i.share is not None]
        return _rate(measure, sum(counted), len(counted)), items
    if measure == "on_time":
        finished = [r for r in tasks if r.code in DONE and r.dated]
        late = sum(_overdue(r.code, unreported_late) for r in tasks)
        return _rate(measure, sum(r.code in DONE_IN_TIME for r in finished), len(finished) + late), ()
    if measure == "late_share":
        finished = [r for r in tasks if r.code in DONE and r.dated]
        return _rate(measure, sum(r.code == "done_late" for r in finished), len(finished)), ()
    if measure == "targets_met":
        settled = [r for r in targets if r.code in _SETTLED]
        return _rate(measure, sum(r.code == "met" for r in settled), len(settled)), ()
    if measure == "evidence":
        done = [r for r in tasks if r.code in DONE]
        return _rate(measure, sum(r.evidence for r in done), len(done)), ()
    return _rate(measure, answer if answer is not None else 0, 100 if answer is not None else 0), ()


def _term(
    criterion: Criterion, area: Area, found: Sequence[Record], profile: Profile, answers: Mapping[str, float | None]
) -> Term:
    answer = answers.get(criterion.code)
    measured, items = _measured(criterion.measure, found, profile, answer)
    value = measured.value
    share = None if value is None else criterion.rule.share(value)
    # Without maximum points every counted item is worth one point.
    maximum = None if share is None else criterion.max or measured.denominator
    out = ""
    if share is None:
        if criterion.measure == "answer":
            out = "không áp dụng" if criterion.code in answers else "chưa nhập số liệu"
        elif not found or (criterion.measure == "target_points" and not items):
            out = "không có nội dung nào"
        else:
            out = "chưa có nội dung nào đánh giá được"
    return Term(
        code=criterion.code,
        name=criterion.name,
        area=area.id,
        measure=measured,
        rule=criterion.rule.words,
        share=share,
        # Rounded as printed: whoever adds up the printed points gets the score.
        points=None if share is None or maximum is None else _round(share * maximum),
        maximum=maximum,
        verified=criterion.verified and profile.verified,
        source=criterion.source,
        out=out,
        items=items,
    )


def _class(
    found: Sequence[Record],
    profile: Profile,
    value: float | None,
    answers: Mapping[str, float | None],
    year_over: bool,
) -> tuple[str, bool, tuple[str, ...]]:
    """The highest class whose points and conditions are met, whether it is verified, and notes. Nobody falls into the
    last class for want of data: where only that stood against a higher one, there is no class."""
    if value is None:
        return "", True, ()
    notes: list[str] = []
    unknown_only = False
    for each in profile.class_:
        if each.from_ is not None and value < each.from_:
            continue
        if each.from_ is None and unknown_only:
            return NO_CLASS, True, tuple(dict.fromkeys(notes))
        fits, unknown = True, False
        met: list[str] = []
        for condition in each.condition:
            if condition.year_end and not year_over:
                notes.append(f"Chưa xét điều kiện của mức «{each.label}» vì chưa hết năm: {condition.words}.")
                continue
            measured = _measured(condition.measure, found, profile, answers.get(condition.code))[0]
            if measured.value is None:
                notes.append(f"Chưa đủ căn cứ xếp mức «{each.label}»: {condition.words} (chưa có số liệu).")
                unknown = True
            elif not condition.holds(measured.value):
                notes.append(f"Không xếp mức «{each.label}»: {condition.words}, thực tế {measured.text}.")
                fits = False
            else:
                met.append(f"Đủ điều kiện của mức «{each.label}»: {condition.words}, thực tế {measured.text}.")
        unknown_only = unknown_only or (fits and unknown)
        if fits and not unknown:
            return each.label, each.verified and profile.verified, tuple(dict.fromkeys([*met, *notes]))
    return "", True, tuple(dict.fromkeys(notes))
