"""What a plan is made of. Everything the reader finds is one of these; everything else is computed from them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cchc.formats.source import Format, Place

TargetKind = Literal["ratio", "count", "rank", "improve", "milestone"]
Comparator = Literal[">=", ">", "<=", "<", "="]
Level = Literal["trung ương", "tỉnh", "huyện", "xã"]
DeadlineKind = Literal["day", "month", "quarter", "year", "years", "period", "ongoing", "event", "none"]
AreaFrom = Literal["heading", "position", "content"]
AgencyFrom = Literal["heading", "text", "inferred"]
Role = Literal["lead", "support"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Deadline(_Model):
    """When something is due. `start` is set only where the document gives a span (years, period); `end` is the last
    day that still counts. Both are null for ongoing, event and none."""

    kind: DeadlineKind = "none"
    start: dt.date | None = None
    end: dt.date | None = None


class Item(_Model):
    """Anything read from a document. `start`/`end` index the stored text of the plan, `text[start:end]` holds it."""

    id: str
    area: int | None = Field(default=None, ge=1, le=7)
    area_from: AreaFrom | None = None
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    reasons: tuple[str, ...] = ()  # Vietnamese: why the confidence is below 1, what was inferred and from what


class Target(Item):
    """One figure, subject and level («90% cấp tỉnh, 80% cấp huyện» are two)."""

    kind: TargetKind
    comparator: Comparator | None = None
    value: float | None = None
    unit: str | None = None  # "%", "hạng", "điểm", "ngày", "dịch vụ" ...; None for improve and milestone
    level: Level | None = None
    subject: str = ""
    group: str | None = None  # among whom a rank counts: «cả nước»
    except_: str | None = Field(default=None, alias="except")
    due: dt.date | None = None
    quote: str = ""


class Task(Item):
    """A row of the table of tasks: content, products, who leads, who supports, until when."""

    ordinal: str = ""
    content: str
    products: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()  # names as written, one a member
    support: tuple[str, ...] = ()
    deadline_raw: str = ""
    deadline: Deadline = Deadline()
    note: str = ""


class Measure(Item):
    """A bullet of «nhiệm vụ và giải pháp» without a row of its own."""

    content: str


class Duty(Item):
    """What «Tổ chức thực hiện» asks of an agency. `agency` is null where the document does not name it."""

    agency: str | None = None
    agency_from: AgencyFrom | None = None
    content: str


class PlanInfo(_Model):
    """What the document says of itself; null where it does not say."""

    id: str
    title: str | None = None
    number: str | None = None
    kind: str | None = None
    authority: str | None = None
    province: str | None = None
    level: Level | None = None
    year: int | None = None
    year_end: int | None = None  # set when the plan covers several years
    issued_on: dt.date | None = None
    effective_on: dt.date | None = None
    signed_by: str | None = None
    legal_bases: tuple[str, ...] = ()


class Plan(_Model):
    """One document as read. `text` is the stored text every span points into; `warnings` are in Vietnamese; `format`,
    `pages` and `places` tell where the text came from (`cchc.formats.Source`)."""

    name: str  # file name as given
    plan: PlanInfo
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    duties: tuple[Duty, ...] = ()
    warnings: tuple[str, ...] = ()
    text: str = ""
    format: Format = "txt"
    pages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page (from 1) a place of the text stands on; None where the format has no pages."""
        return bisect_right(self.pages, offset) or None
