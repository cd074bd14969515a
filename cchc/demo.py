"""Made-up progress for a first look that is not empty. It goes into a demonstration ledger and nowhere else.

The same items, seed and day always give the same entries (ids and times included). The figures are plausible, not
true: most work is done in time, some late, some overdue, some extended, some never reported; rates grow over the year.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc import config
from cchc.entries import (
    Assignment,
    Correction,
    Draft,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
)
from cchc.items import KnownItem
from cchc.ledger import Ledger, LedgerError, default_url
from cchc.model import Target
from cchc.reading.agencies import register

BANNER = "SỐ LIỆU MINH HỌA"
SEED = 2024
AUTHOR = "cán bộ minh họa"
STANDING = "Sở Nội vụ (minh họa)"
NOT_EMPTY = "Sổ minh họa đã có nội dung."
# Fates of a task whose deadline has passed, with their weights.
_FATES = {
    "early": 30,
    "on_time": 18,
    "late": 14,
    "overdue": 12,
    "extended": 8,
    "silent": 12,
    "absent": 3,
    "corrected": 3,
}
_UNITS = ("Phòng Cải cách hành chính", "Văn phòng", "Phòng Tổng hợp", "Phòng Nghiệp vụ")
_CAUSES = (
    "Đang chờ hướng dẫn của cơ quan cấp trên.",
    "Phải lấy ý kiến bổ sung của các đơn vị.",
    "Khối lượng công việc tăng so với dự kiến.",
)
_CODES = ("BC", "KH", "QĐ", "CV")
_REPORT_DAYS = ((3, 14), (6, 14), (9, 14), (12, 14))


@dataclass(frozen=True, slots=True)
class _Made:
    at: dt.datetime  # when it is as if recorded, UTC
    draft: Draft


def make(
    items: Iterable[KnownItem],
    path: Path | None = None,
    today: dt.date | None = None,
    seed: int = SEED,
    replace: bool = False,
) -> int:
    """Makes the demonstration ledger (the file `path`, by default that of this installation) with progress up to
    `today` (by default the real day) and returns the number of entries. The file appears whole or not at all. Raises
    WrongLedger when the file is a real ledger, LedgerError when it is a filled demonstration and `replace` is not set.
    """
    target = path or Path(str(default_url("demo").database))
    if target.exists():
        with Ledger(target, kind="demo") as old:
            if old.last_seq() and not replace:
                raise LedgerError(NOT_EMPTY)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = sorted(_all(items, today or config.today(), seed), key=lambda m: (m.at, str(m.draft.id)))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".demo-") as folder:
        new = Path(folder) / target.name
        # The ledger asks for the time once an entry: each is as if recorded at its own moment.
        times = iter([m.at for m in made])
        with Ledger(new, kind="demo", clock=lambda: next(times)) as ledger:
            ledger.append_all([m.draft for m in made])
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        new.replace(target)
    return len(made)


def _all(items: Iterable[KnownItem], today: dt.date, seed: int) -> Iterator[_Made]:
    items = list(items)
    leads = _leads(items)
    for item in items:
        # Each item has its own chance: an item more or less in the documents leaves the others as they were.
        chance = random.Random(f"{seed}:{item.id}")  # noqa: S311
        maker = _Maker(item, today, chance)
        if item.kind == "task":
            yield from maker.task()
        elif item.kind == "target" and item.target is not None:
            yield from maker.target(item.target)
            # By a chance of its own: what is reported of the target does not depend on it.
            maker.chance = random.Random(f"{seed}:given:{item.id}")  # noqa: S311
            yield from maker.given(leads.get((item.plan, item.area), ()))


def _leads(items: Iterable[KnownItem]) -> dict[tuple[str, int | None], tuple[str, ...]]:
    """The agencies (no groups) that lead tasks of an area in a plan: they may be given targets of it."""
    found: dict[tuple[str, int | None], set[str]] = {}
    for item in items:
        known = {key for key in item.lead if (agency := register().get(key)) is not None and not agency.is_group}
        if item.kind == "task":
            found.setdefault((item.plan, item.area), set()).update(known)
    return {place: tuple(sorted(keys)) for place, keys in found.items()}


class _Maker:
    def __init__(self, item: KnownItem, today: dt.date, chance: random.Random) -> None:
        self.item, self.today, self.chance = item, today, chance

    def entry(self, payload: object, day: dt.date, author: str = AUTHOR, later: int = 0) -> _Made:
        """An entry that speaks of `day` and is recorded in office hours `later` days after it, not in the future."""
        said = min(day + dt.timedelta(days=later), self.today)
        hour = dt.time(1 + self.chance.randrange(8), self.chance.randrange(60), tzinfo=dt.UTC)  # 8 to 16 in Viet Nam
        draft = Draft(
            id=uuid.UUID(int=self.chance.getrandbits(128), version=4),
            item_id=self.item.id,
            payload=payload,  # type: ignore[arg-type]
            author=author,
            role="standing_editor" if author == STANDING else "agency_editor",
            as_of=day,
        )
        return _Made(dt.datetime.combine(said, hour), draft)

    def number(self) -> str:
        return f"{self.chance.randrange(10, 900)}/{self.chance.choice(_CODES)}-MH"

    def happened(self, *made: _Made) -> Iterator[_Made]:
        """Of what is made, what speaks of a day up to today."""
        return (m for m in made if m.draft.as_of <= self.today)

    def task(self) -> Iterator[_Made]:
        chance = self.chance
        deadline = self.item.deadline
        end = deadline.end if deadline and deadline.kind not in ("ongoing", "event", "none") else None
        begin = (self.item.start or (end or self.today).replace(month=1, day=1)) + dt.timedelta(
            days=chance.randrange(5, 40)
        )
        if end is not None and begin >= end:
            begin = end - dt.timedelta(days=chance.randrange(25, 60))
        if chance.random() < 0.4:
            yield from self.happened(self.entry(Assignment(unit=chance.choice(_UNITS)), begin))
        if end is None:
            if chance.random() < 0.5:
                yield from self.happened(self.entry(TaskStarted(started_on=begin), begin, later=2))
                noted = begin + dt.timedelta(days=60)
                text = Note(text="Đã thực hiện trong kỳ theo kế hoạch.")
                yield from self.happened(self.entry(text, noted))
            return
        fate = chance.choices(list(_FATES), weights=list(_FATES.values()))[0]
        if fate == "silent":
            return
        if fate == "absent":
            reason = NotApplicable(reason="Không có đơn vị thuộc phạm vi thực hiện.")
            yield from self.happened(self.entry(reason, begin, STANDING, later=3))
            return
        yield from self.happened(self.entry(TaskStarted(started_on=begin), begin, later=chance.randrange(6)))
        if fate == "overdue":
            yield from self.happened(self.entry(Note(text=chance.choice(_CAUSES)), end - dt.timedelta(days=7)))
            return
        span = max((end - begin).days, 2)
        if fate == "extended":
            new = end + dt.timedelta(days=chance.choice((30, 60, 90)))
            asked = end - dt.timedelta(days=min(14, span - 1))
            approved = asked + dt.timedelta(days=5)
            reason_text = chance.choice(_CAUSES)
            yield from self.happened(
                self.entry(Extension(old=end, new=new, reason=reason_text), asked),
                self.entry(
                    Extension(old=end, new=new, reason=reason_text, document=self.number(), document_date=approved),
                    approved,
                    STANDING,
                    later=1,
                ),
            )
            if chance.random() < 0.6:
                yield from self.done(new - dt.timedelta(days=chance.randrange(0, 20)))
            return
        if fate == "on_time":
            finished = end
        elif fate == "late":
            finished = end + dt.timedelta(days=chance.randrange(1, 45))
        else:
            finished = end - dt.timedelta(days=chance.randrange(1, span))
        yield from self.done(finished, corrected=fate == "corrected")

    def given(self, agencies: Sequence[str]) -> Iterator[_Made]:
        """Most targets are given to an agency of their area soon after the plan begins."""
        if agencies and self.chance.random() < 0.8:
            begin = self.item.start or self.today.replace(month=1, day=1)
            day = begin + dt.timedelta(days=self.chance.randrange(10, 30))
            yield from self.happened(self.entry(Assignment(agency=self.chance.choice(agencies)), day, STANDING))

    def done(self, finished: dt.date, corrected: bool = False) -> Iterator[_Made]:
        chance = self.chance
        product = f"Văn bản số {self.number()}"
        later = chance.randrange(5)
        if corrected:
            wrong = self.entry(TaskDone(completed_on=finished, product="Dự thảo"), finished, later=later)
            right = Correction(
                corrects=wrong.draft.id,
                replacement=TaskDone(completed_on=finished, product=product),
                reason="Ghi nhầm sản phẩm.",
            )
            mended = self.entry(right, finished, STANDING, later=later + 3)
            if mended.at <= wrong.at:  # both on the reporting day itself
                mended = _Made(wrong.at + dt.timedelta(minutes=30), mended.draft)
            yield from self.happened(wrong, mended)
        else:
            yield from self.happened(
                self.entry(TaskDone(completed_on=finished, product=product), finished, later=later)
            )
        if chance.random() < 0.75:
            proof = Evidence(number=self.number(), date=finished)
            yield from self.happened(self.entry(proof, finished, later=later + 1))

    def target(self, target: Target) -> Iterator[_Made]:
        chance = self.chance
        due = target.due or dt.date((self.item.start or self.today).year, 12, 31)
        if chance.random() < 0.12:
            return  # never reported
        if target.kind == "milestone":
            begin = dt.date(due.year, 1, 1) + dt.timedelta(days=chance.randrange(10, 80))
            yield from self.happened(self.entry(TaskStarted(started_on=begin), begin))
            if chance.random() < 0.6:
                yield from self.done(due - dt.timedelta(days=chance.randrange(5, 60)))
            return
        success = chance.random() < 0.7
        for index, (month, number) in enumerate(_REPORT_DAYS):
            day = dt.date(due.year, month, number)
            yield from self.happened(self.entry(self.value(target, index, success), day, later=chance.randrange(1, 5)))

    def value(self, target: Target, index: int, success: bool) -> TargetValue:
        """The value of the report `index` (0-3) on the way to a goal that is met or just missed."""
        chance = self.chance
        year_period = ("1", "6t", "3", "")[index]
        due = target.due or self.today
        period = f"{due.year}-{year_period}" if year_period else str(due.year)
        if target.kind == "improve":
            base = round(chance.uniform(70, 88), 2)
            gained = base + (chance.uniform(0.3, 3) if success else -chance.uniform(0, 2))
            return TargetValue(value=round(gained, 2), base=base, unit="điểm", period=period)
        goal = target.value or 0
        if target.comparator in ("<=", "<"):
            final = goal * chance.uniform(0.6, 1) if success else goal * chance.uniform(1.05, 1.5) + 1
            now = final * (1 + 0.15 * (3 - index))
            whole = target.unit != "%"
            return TargetValue(value=float(int(now)) if whole else round(min(now, 100), 1), period=period)
        final = goal * chance.uniform(1.0, 1.08) if success else goal * chance.uniform(0.75, 0.98)
        now = final * (0.3, 0.55, 0.8, 1.0)[index] * chance.uniform(0.97, 1)
        if index == 3 and success:
            now = max(now, goal)
        if target.unit == "%":
            everyone = chance.choice((40, 120, 250, 800, 1500))
            reached = min(everyone, round(everyone * now / 100 + (0.5 if index == 3 and success else 0)))
            return TargetValue(
                value=round(100 * reached / everyone, 2), numerator=reached, denominator=everyone, period=period
            )
        return TargetValue(value=float(round(now)), period=period)
