"""What is shown: one value that goes into the address, into bound SQL and into a Vietnamese sentence.

`Filters.from_query` never raises: what it does not understand it reports and leaves out. The SQL holds only `?`; every
value is bound. The conditions speak of the catalog's tables (catalog.sql) under the alias `i` for the item.

Which filter holds for which kind of item:

| filter           | tasks | targets | measures | duties |
| plan, area, q    | yes   | yes     | yes      | yes    |
| agency, role     | yes   | given   | no       | yes    |
| level            | no    | yes     | no       | no     |
| quarter          | yes   | no      | no       | no     |
| from, to         | yes   | yes     | no       | no     |
| status           | its own | its own | no     | no     |

Documents name no agency for a target; the standing body gives it to one, which is recorded. A filter of agencies leaves
the targets given to them, and to agencies they took over from (`holds_for_given`).

A filter that does not hold for a kind leaves that kind's list as it is; `not_applied` says so in words, so the page and
the file can. Tasks and targets have statuses of their own (`STATUSES_OF`): a filter of statuses holds for a kind when
it names one of that kind's. Status «cần rà soát» (`review`) holds for every kind of item.

`quarter` takes lanes (see periods): "2024-1" finds deadlines of kind day, month, quarter and period whose last day lies
in quý I/2024 of the chosen calendar; "year:2024", "years", "ongoing", "event" and "none" find the lanes of those names.
`from`/`to` compare the last day of any deadline that has one, whole years included.

Statuses, deadlines that were extended and whom a target was given to depend on what was recorded up to the reporting
date: `queries` applies them after the SQL. The SQL lets through every item whose deadline was extended (`extended`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cchc import config, periods, status
from cchc.model import Level, Role
from cchc.reference import load
from cchc.text import PerWord, folded

ItemKind = Literal["task", "target", "measure", "duty"]
REVIEW = "review"  # a value of `status`: items a person should look at
UNKNOWN_LEVEL = "chưa rõ"
UNKNOWN_AREA = 0
LEVELS: tuple[str, ...] = (*get_args(Level), UNKNOWN_LEVEL)
# The statuses of each kind of item; «không áp dụng» is one of both.
STATUSES_OF: dict[ItemKind, frozenset[str]] = {
    "task": frozenset((*status.LABELS, REVIEW)),
    "target": frozenset((*status.TARGET_LABELS, REVIEW)),
    "measure": frozenset((REVIEW,)),
    "duty": frozenset((REVIEW,)),
}
STATUSES: tuple[str, ...] = (*dict.fromkeys((*status.LABELS, *status.TARGET_LABELS)), REVIEW)
LOW_CONFIDENCE = 0.8  # below it a person should look

MAX_VALUES = 100  # values of one filter; an address with more is not one of ours
MAX_Q = 200  # characters of a search

_PLAN = re.compile(r"[a-z0-9][a-z0-9-]{0,199}", re.ASCII)
_AGENCY = re.compile(r"[a-z0-9][a-z0-9-]{0,199}", re.ASCII)
_NOT_WORD = re.compile(r"(?:[^\w%]|_)+")

GIVEN_TARGETS = (
    "Văn bản không nêu cơ quan của từng chỉ tiêu: khi lọc theo cơ quan, danh sách chỉ gồm chỉ tiêu được cơ quan thường "
    "trực giao cho cơ quan đó."
)
REVIEW_LABEL = "Cần rà soát"
ROLE_LABELS: dict[str, str] = {"lead": "chủ trì", "support": "phối hợp"}
# The address's name of each filter, in the order in which the sentence names them.
NAMES = ("plan", "agency", "role", "area", "level", "quarter", "from", "to", "calendar", "status", "q", "as_of")
_MANY = ("plan", "agency", "area", "level", "quarter", "status")
NAMES_VI = {
    "plan": "kế hoạch",
    "agency": "cơ quan",
    "role": "vai trò",
    "area": "lĩnh vực",
    "level": "cấp",
    "quarter": "thời hạn",
    "from": "thời hạn từ ngày",
    "to": "thời hạn đến ngày",
    "calendar": "cách chia quý",
    "status": "trạng thái",
    "q": "từ tìm kiếm",
    "as_of": "ngày số liệu",
}
_NOT_FOR: dict[ItemKind, tuple[str, ...]] = {
    "task": ("level",),
    "target": ("quarter",),
    "measure": ("agency", "role", "level", "quarter", "from", "to"),
    "duty": ("level", "quarter", "from", "to"),
}
KIND_LABELS: dict[ItemKind, str] = {
    "task": "nhiệm vụ",
    "target": "chỉ tiêu",
    "measure": "nhiệm vụ và giải pháp",
    "duty": "trách nhiệm",
}


_SEARCHED = PerWord(lambda word: " ".join(_NOT_WORD.sub(" ", folded(word)).split()))


def searchable(text: str) -> str:
    """Text as the catalog keeps it for searching: folded, punctuation as blanks, a blank before the first word."""
    return " " + _SEARCHED.of(text)


def area_names() -> dict[int, str]:
    """Names of the areas by number; 0 stands for items whose area is not known."""
    return {**{int(a["id"]): str(a["name"]) for a in load("areas")["area"]}, UNKNOWN_AREA: "Chưa rõ lĩnh vực"}


def status_label(code: str) -> str:
    """The Vietnamese words for a value of the status filter; those of targets alone say so."""
    if code == REVIEW:
        return REVIEW_LABEL
    if code in status.LABELS:
        return status.LABELS[code]
    return f"Chỉ tiêu {_lower_first(status.TARGET_LABELS[code])}"  # type: ignore[index]


class Filters(BaseModel):
    """One view of the data. Empty means everything. Values of one filter are alternatives, filters add up."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    plan: tuple[str, ...] = ()
    area: tuple[int, ...] = ()  # 1-7, 0: not known
    level: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()  # canonical keys
    role: Role | None = None
    quarter: tuple[str, ...] = ()  # lanes
    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date | None = None
    calendar: periods.Calendar = "lich"
    status: tuple[str, ...] = ()
    q: str = ""
    as_of: dt.date | None = None  # None: today

    @field_validator("plan", "area", "level", "agency", "quarter", "status")
    @classmethod
    def _once_each(cls, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(values) > MAX_VALUES:
            raise ValueError(f"Chỉ nhận tối đa {MAX_VALUES} giá trị.")
        return tuple(dict.fromkeys(values))

    @field_validator("plan")
    @classmethod
    def _plans(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _each(values, lambda v: bool(_PLAN.fullmatch(v)))

    @field_validator("agency")
    @classmethod
    def _agencies(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _each(values, lambda v: bool(_AGENCY.fullmatch(v)))

    @field_validator("area")
    @classmethod
    def _areas(cls, values: tuple[int, ...]) -> tuple[int, ...]:
        return _each(values, lambda v: v in area_names())

    @field_validator("level")
    @classmethod
    def _levels(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _each(values, lambda v: v in LEVELS)

    @field_validator("quarter")
    @classmethod
    def _quarters(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _each(values, lambda v: periods.parse_lane(v) is not None)

    @field_validator("status")
    @classmethod
    def _statuses(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _each(values, lambda v: v in STATUSES)

    @field_validator("from_", "to")
    @classmethod
    def _year_in_reach(cls, value: dt.date | None) -> dt.date | None:
        return _in_years(value, periods.FIRST_YEAR, periods.LAST_YEAR)

    @field_validator("as_of")
    @classmethod
    def _year_in_range(cls, value: dt.date | None) -> dt.date | None:
        return _in_years(value, periods.MIN_YEAR, periods.MAX_YEAR)

    @field_validator("q")
    @classmethod
    def _search(cls, value: str) -> str:
        value = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        if len(value) > MAX_Q:
            raise ValueError(f"Chỉ tìm được tối đa {MAX_Q} ký tự.")
        return value

    # --- address -------------------------------------------------------------------------------------------------

    @classmethod
    def from_query(cls, query: Mapping[str, Any], also: Iterable[str] = ()) -> tuple[Self, list[str]]:
        """Filters from the parameters of an address, and messages in Vietnamese about what was left out.

        `query` maps a name to its values (a single text counts as one value). `also` names parameters that belong to
        the page itself. Never raises: unknown names and broken values are reported and ignored, the rest holds.
        """
        found: dict[str, Any] = {}
        messages: list[str] = []
        own = set(also)
        for name, given in query.items():
            if name in own:
                continue
            if not isinstance(name, str) or name not in NAMES:
                messages.append(f"Địa chỉ có tham số không dùng đến: «{_shown(name)}». Đã bỏ qua.")
                continue
            texts = _texts(given)
            if name in _MANY:
                good: list[Any] = []
                if len(texts) > MAX_VALUES:
                    messages.append(f"Bộ lọc {NAMES_VI[name]} có quá nhiều giá trị; chỉ dùng {MAX_VALUES} giá trị đầu.")
                for text in texts[:MAX_VALUES]:
                    value, ok = _read(cls, name, text)
                    if not ok:
                        messages.append(_broken(name, text))
                    else:
                        good.extend(value)
                if good:
                    found[name] = tuple(dict.fromkeys(good))
                continue
            used = [t for t in texts if t.strip()]
            if len(used) > 1:
                messages.append(f"Bộ lọc {NAMES_VI[name]} chỉ nhận một giá trị; dùng «{_shown(used[0])}».")
            if used:
                value, ok = _read(cls, name, used[0])
                if ok:
                    found[name] = value
                else:
                    messages.append(_broken(name, used[0]))
        if "from" in found and "to" in found and found["from"] > found["to"]:
            messages.append("Ngày bắt đầu đứng sau ngày kết thúc; đã bỏ qua khoảng thời gian này.")
            del found["from"], found["to"]
        return cls(**found), messages

    def to_query(self) -> dict[str, list[str]]:
        """The parameters of the address: only what is set."""
        out: dict[str, list[str]] = {}
        for name in NAMES:
            value = getattr(self, "from_" if name == "from" else name)
            if value in (None, (), "") or (name == "calendar" and value == "lich"):
                continue
            if isinstance(value, tuple):
                out[name] = [str(v) for v in value]
            else:
                out[name] = [value.isoformat() if isinstance(value, dt.date) else str(value)]
        return out

    # --- derived -------------------------------------------------------------------------------------------------

    def day(self) -> dt.date:
        """The reporting date: the chosen one, else today in Viet Nam."""
        return self.as_of or config.today()

    def but(self, **changes: Any) -> Self:
        """A validated copy with other values (`from_` for the address's `from`)."""
        return type(self)(**{**{k: getattr(self, k) for k in type(self).model_fields}, **changes})

    def without(self, *names: str) -> Self:
        """A copy in which the filters of these address names are empty."""
        fields = type(self).model_fields
        return self.but(**{k: fields[k].default for n in names if (k := "from_" if n == "from" else n) in fields})

    def set_names(self) -> list[str]:
        """Address names of the filters that narrow the view; neither the calendar nor the reporting date does."""
        return [name for name in self.to_query() if name not in ("calendar", "as_of")]

    def not_applied(self, kind: ItemKind) -> list[str]:
        """Address names of filters that are set and do not hold for this kind of item (table above)."""
        return [
            name
            for name in self.set_names()
            if name in _NOT_FOR[kind] or (name == "status" and not self.statuses(kind))
        ]

    def statuses(self, kind: ItemKind) -> tuple[str, ...]:
        """The chosen statuses that items of this kind can have; empty when the filter does not hold for them."""
        return tuple(code for code in self.status if code in STATUSES_OF[kind])

    def applied(self, kind: ItemKind) -> Self:
        """Only the filters that hold for this kind of item: what a list's file may say of itself."""
        return self.without(*self.not_applied(kind)).but(status=self.statuses(kind))

    def not_applied_text(self, kind: ItemKind) -> str:
        """A sentence for the page: which of the set filters do not narrow this list; "" when all do."""
        names = [NAMES_VI[n] for n in self.not_applied(kind)]
        if not names:
            return ""
        return f"Bộ lọc {', '.join(names)} không áp dụng cho danh sách {KIND_LABELS[kind]}."

    def remarks(self, kind: ItemKind) -> str:
        """What has to be known of the set filters beside a list: which do not narrow it, and why a filter of agencies
        leaves so few targets; "" for nothing."""
        given = GIVEN_TARGETS if kind == "target" and (self.agency or self.role) else ""
        return " ".join(filter(None, (given, self.not_applied_text(kind))))

    # --- SQL -----------------------------------------------------------------------------------------------------

    def where_tasks(self, extended: Sequence[str] = ()) -> tuple[str, list[Any]]:
        """Condition and bound values for tasks, all but the status. The deadlines of `extended` (ids) are not looked
        at: the plan's are no longer in force."""
        dated = [*self._lane(), *self._between("i.deadline_end")]
        return _joined([*self._common(), *self._assigned(), *_or_one_of(dated, extended)])

    def where_targets(self, extended: Sequence[str] = ()) -> tuple[str, list[Any]]:
        """Condition and bound values for targets, all but the status and the agency they were given to; `extended` as
        in `where_tasks`."""
        parts = [*self._common(), *_or_one_of(self._between("i.due"), extended)]
        if self.level:
            known = [v for v in self.level if v != UNKNOWN_LEVEL]
            text = "list_contains(?::VARCHAR[], i.level)"
            parts.append((f"({text} OR i.level IS NULL)" if UNKNOWN_LEVEL in self.level else text, [known]))
        return _joined(parts)

    def where_measures(self) -> tuple[str, list[Any]]:
        """Condition and bound values for measures."""
        return _joined([*self._common(), *self._to_review()])

    def where_duties(self) -> tuple[str, list[Any]]:
        """Condition and bound values for duties."""
        return _joined([*self._common(), *self._to_review(), *self._assigned()])

    def _common(self) -> list[tuple[str, list[Any]]]:
        parts: list[tuple[str, list[Any]]] = []
        if self.plan:
            parts.append(("list_contains(?::VARCHAR[], i.doc_id)", [list(self.plan)]))
        if self.area:
            parts.append((f"list_contains(?::INTEGER[], coalesce(i.area, {UNKNOWN_AREA}))", [list(self.area)]))
        parts.extend(("contains(i.search, ?)", [" " + word]) for word in dict.fromkeys(searchable(self.q).split()))
        return parts

    def _to_review(self) -> list[tuple[str, list[Any]]]:
        return [("len(i.review) > 0", [])] if REVIEW in self.status else []

    def _assigned(self) -> list[tuple[str, list[Any]]]:
        if not self.agency and self.role is None:
            return []
        sql, params = self.reached()
        return [(f"i.id IN (SELECT item_id FROM ({sql}))", params)]  # noqa: S608 - fixed texts, values are bound

    def reached(self) -> tuple[str, list[Any]]:
        """Query for (item_id, via): items assigned to the agencies in the role; `via` lists through whom, sorted: ''
        stands for directly, else it names a group or a forerunner."""
        conditions: list[str] = []
        params: list[Any] = []
        if self.agency:
            conditions.append("list_contains(?::VARCHAR[], r.agency_key)")
            params.append(list(self.agency))
        else:
            conditions.append("r.via = ''")
        if self.role:
            conditions.append("a.role = ?")
            params.append(self.role)
        sql = (
            "SELECT a.item_id, list_sort(list(DISTINCT r.via)) AS via "
            "FROM assignments a JOIN reach r ON r.doc_id = a.doc_id AND r.via_key = a.agency_key "
            "WHERE " + " AND ".join(conditions) + " GROUP BY a.item_id"
        )
        return sql, params

    def holds_for_given(self, agencies: frozenset[str]) -> bool:
        """Whether an item is left that no document gives to anybody and that was given to these agencies (one and its
        successors; empty: to nobody). Whom something is given to leads."""
        if self.role == "support":
            return False
        return not agencies.isdisjoint(self.agency) if self.agency else self.role is None or bool(agencies)

    def _lane(self) -> list[tuple[str, list[Any]]]:
        if not self.quarter:
            return []
        either: list[str] = []
        params: list[Any] = []
        kinds = ", ".join(f"'{k}'" for k in periods.QUARTER_KINDS)
        for lane in self.quarter:
            quarter = periods.parse_quarter(lane)
            if quarter:
                either.append(f"(i.deadline_kind IN ({kinds}) AND i.deadline_end BETWEEN ? AND ?)")
                params.extend(periods.quarter_span(quarter, self.calendar))
            elif lane.startswith("year:"):
                either.append("(i.deadline_kind = 'year' AND year(i.deadline_end) = ?)")
                params.append(int(lane[5:]))
            elif lane == periods.YEARS:
                either.append("(i.deadline_kind = 'years' AND i.deadline_end IS NOT NULL)")
            elif lane == periods.NONE:
                without_end = "(i.deadline_kind = 'none' OR i.deadline_end IS NULL)"
                either.append(f"(i.deadline_kind NOT IN ('ongoing', 'event') AND {without_end})")
            else:
                either.append("i.deadline_kind = ?")
                params.append(lane)
        return [(f"({' OR '.join(either)})", params)]

    def in_time_span(self, day: dt.date | None) -> bool:
        """Whether a last day lies between `from` and `to`, as the SQL sees it."""
        if day is None:
            return self.from_ is None and self.to is None
        return (self.from_ is None or day >= self.from_) and (self.to is None or day <= self.to)

    def _between(self, column: str) -> list[tuple[str, list[Any]]]:
        parts: list[tuple[str, list[Any]]] = []
        if self.from_:
            parts.append((f"{column} >= ?", [self.from_]))
        if self.to:
            parts.append((f"{column} <= ?", [self.to]))
        return parts

    # --- words ---------------------------------------------------------------------------------------------------

    def parts(self, names: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """(address name, words) of each filter that is set, for a row of removable labels. `names` gives the words for
        plan ids and agency keys; a missing one shows the key."""
        names = names or {}
        out: list[tuple[str, str]] = []
        if self.plan:
            out.append(("plan", "kế hoạch: " + ", ".join(names.get(p, p) for p in self.plan)))
        if self.agency:
            role = f" {ROLE_LABELS[self.role]}" if self.role else ""
            out.append(("agency", f"cơ quan{role}: " + ", ".join(names.get(a, a) for a in self.agency)))
        elif self.role:
            out.append(("role", f"vai trò: {ROLE_LABELS[self.role]}"))
        if self.area:
            out.append(("area", "lĩnh vực: " + ", ".join(area_names()[a] for a in self.area)))
        if self.level:
            out.append(("level", "cấp: " + ", ".join(self.level)))
        if self.quarter:
            lanes = [_lower_first(periods.lane_text(lane, self.calendar)) for lane in self.quarter]
            out.append(
                ("quarter", ("thời hạn: " if not periods.parse_quarter(self.quarter[0]) else "") + ", ".join(lanes))
            )
        if self.from_:
            out.append(("from", f"thời hạn từ {periods.date_text(self.from_)}"))
        if self.to:
            out.append(("to", f"thời hạn đến {periods.date_text(self.to)}"))
        if self.calendar == "ky":
            out.append(("calendar", "quý theo kỳ báo cáo (chốt ngày 14)"))
        if self.status:
            out.append(("status", "trạng thái: " + ", ".join(_lower_first(status_label(s)) for s in self.status)))
        if self.q:
            out.append(("q", f"có từ: «{self.q}»"))
        if self.as_of:
            out.append(("as_of", f"số liệu tại ngày {periods.date_text(self.as_of)}"))
        return out

    def sentence(self, names: Mapping[str, str] | None = None) -> str:
        """All set filters as one sentence: «Cơ quan: Sở Tư pháp; quý I/2024». «Không lọc» when nothing is set."""
        text = "; ".join(words for _, words in self.parts(names))
        return text[:1].upper() + text[1:] if text else "Không lọc"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _in_years(value: dt.date | None, first: int, last: int) -> dt.date | None:
    if value is not None and not first <= value.year <= last:
        raise ValueError("Năm nằm ngoài khoảng dùng được.")
    return value


def _each(values: tuple[Any, ...], good: Any) -> tuple[Any, ...]:
    for value in values:
        if not good(value):
            raise ValueError("Giá trị không dùng được.")
    return values


def _joined(parts: Sequence[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    if not parts:
        return "TRUE", []
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _or_one_of(parts: list[tuple[str, list[Any]]], ids: Sequence[str]) -> list[tuple[str, list[Any]]]:
    """The conditions joined, or one of these items."""
    if not parts or not ids:
        return parts
    sql, params = _joined(parts)
    return [(f"(({sql}) OR list_contains(?::VARCHAR[], i.id))", [*params, list(ids)])]


def _texts(given: Any) -> list[str]:
    values = [given] if isinstance(given, str | bytes) or not isinstance(given, Iterable) else list(given)
    return [v if isinstance(v, str) else str(v) for v in values]


def _read(cls: type[Filters], name: str, text: str) -> tuple[Any, bool]:
    """One value of the address, validated by the model itself: (value, True), or (None, False) when it is broken."""
    text = text.strip()
    value: Any = text
    try:
        if name == "area":
            value = int(text) if re.fullmatch(r"\d", text, re.ASCII) else -1
        elif name in ("from", "to", "as_of"):
            value = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else text
        made = cls.model_validate({name: (value,) if name in _MANY else value})
    except ValueError:  # pydantic's ValidationError is one
        return None, False
    return getattr(made, "from_" if name == "from" else name), True


def _shown(value: object) -> str:
    """A piece of foreign text fit for a message: printable, short."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= 40 else text[:40] + "…"


def _broken(name: str, text: str) -> str:
    hint = " (ngày viết theo dạng 2024-12-31)" if name in ("from", "to", "as_of") else ""
    return f"Bộ lọc {NAMES_VI[name]} có giá trị không dùng được: «{_shown(text)}»{hint}. Đã bỏ qua."
