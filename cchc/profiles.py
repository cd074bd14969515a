"""Scoring profiles: what counts, how much, and which classes there are. One TOML file each, see docs/scoring.md.

A profile is checked when it is loaded; every mistake is told with the file, the line and the field. Nothing is filled
in: maximum points that a decision sets and that are not known are left out, and then every item counts the same.
"""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from cchc.entries import number_text

FOLDER = Path(__file__).parent / "reference" / "profiles"
UNVERIFIED = "chưa kiểm chứng"

Measure = Literal[
    "plan_completion",
    "due_completion",
    "on_time",
    "late_share",
    "task_points",
    "target_points",
    "targets_met",
    "evidence",
    "answer",
]
MEASURE_NAMES: dict[Measure, str] = {
    "plan_completion": "Tỷ lệ hoàn thành kế hoạch",
    "due_completion": "Tỷ lệ hoàn thành nhiệm vụ đến hạn",
    "on_time": "Tỷ lệ hoàn thành đúng hạn",
    "late_share": "Tỷ lệ hoàn thành quá hạn",
    "task_points": "Kết quả nhiệm vụ",
    "target_points": "Kết quả chỉ tiêu",
    "targets_met": "Tỷ lệ chỉ tiêu đạt",
    "evidence": "Tỷ lệ nhiệm vụ hoàn thành có tài liệu kiểm chứng",
    "answer": "Số liệu nhập riêng",
}
FORMULAS: dict[Measure, str] = {
    "plan_completion": "đã hoàn thành / tất cả nhiệm vụ (trừ không áp dụng)",
    "due_completion": "đã hoàn thành / (đã hoàn thành + quá hạn)",
    "on_time": "hoàn thành trước hạn và đúng hạn / (nhiệm vụ có thời hạn đã hoàn thành + quá hạn)",
    "late_share": "hoàn thành quá hạn / nhiệm vụ có thời hạn đã hoàn thành",
    "task_points": "tổng điểm của từng nhiệm vụ / số nhiệm vụ đánh giá được",
    "target_points": "tổng mức đạt của từng chỉ tiêu / số chỉ tiêu đánh giá được",
    "targets_met": "chỉ tiêu đạt / (đạt + không đạt + nguy cơ không đạt)",
    "evidence": "nhiệm vụ hoàn thành có tài liệu kiểm chứng / nhiệm vụ hoàn thành",
    "answer": "số liệu nhập riêng cho tiêu chí",
}

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Points = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=1, max_length=500)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class YesNo(_Model):
    """All points when the measure is at least (at most) a bound, else none."""

    kind: Literal["yes_no"]
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> YesNo:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("cần đúng một trong hai: at_least hoặc at_most")
        return self

    def share(self, measured: float) -> float:
        if self.at_least is not None:
            return float(measured >= self.at_least)
        return float(self.at_most is not None and measured <= self.at_most)

    @property
    def words(self) -> str:
        bound = f"từ {_pc(self.at_least)} trở lên" if self.at_least is not None else f"không quá {_pc(self.at_most)}"
        return f"{bound}: đủ điểm; còn lại: 0 điểm"


class Step(_Model):
    """From (`from`, included) or above (`above`, not included) a bound: this share of the points."""

    from_: float | None = Field(default=None, alias="from")
    above: float | None = None
    percent: Percent

    @model_validator(mode="after")
    def _one_bound(self) -> Step:
        if (self.from_ is None) == (self.above is None):
            raise ValueError("cần đúng một trong hai: from hoặc above")
        return self

    @property
    def bound(self) -> float:
        return self.from_ if self.from_ is not None else float(self.above or 0)

    def holds(self, measured: float) -> bool:
        return measured >= self.bound if self.from_ is not None else measured > self.bound


class Steps(_Model):
    """The first step that holds gives the points; below the last one there are none."""

    kind: Literal["steps"]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _descending(self) -> Steps:
        for higher, lower in pairwise(self.steps):
            if (lower.bound, lower.above is not None) >= (higher.bound, higher.above is not None):
                raise ValueError("các bậc phải xếp từ cao xuống thấp")
            if lower.percent > higher.percent:
                raise ValueError("bậc thấp hơn không được nhiều điểm hơn bậc cao")
        return self

    def share(self, measured: float) -> float:
        return next((s.percent / 100 for s in self.steps if s.holds(measured)), 0.0)

    @property
    def words(self) -> str:
        parts = [
            f"{'từ' if s.from_ is not None else 'trên'} {_pc(s.bound)}: {_pc(s.percent)} điểm tối đa"
            for s in self.steps
        ]
        return "; ".join((*parts, "thấp hơn: 0 điểm"))


class Linear(_Model):
    """In proportion to the measure from `floor` on (included), all points from `full` on, none below the floor."""

    kind: Literal["linear"]
    floor: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    full: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 100

    @model_validator(mode="after")
    def _order(self) -> Linear:
        if self.floor > self.full:
            raise ValueError("floor không được lớn hơn full")
        return self

    def share(self, measured: float) -> float:
        return 0.0 if measured < self.floor else min(measured / self.full, 1.0)

    @property
    def words(self) -> str:
        return f"từ {_pc(self.floor)}: theo tỷ lệ, {_pc(self.full)} trở lên đủ điểm; thấp hơn: 0 điểm"


class Ratio(_Model):
    """In proportion to the measure, all points from `full` on."""

    kind: Literal["ratio"]
    full: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 100

    def share(self, measured: float) -> float:
        return min(max(measured / self.full, 0.0), 1.0)

    @property
    def words(self) -> str:
        return f"theo tỷ lệ, {_pc(self.full)} trở lên đủ điểm"


Rule = Annotated[YesNo | Steps | Linear | Ratio, Field(discriminator="kind")]


class Criterion(_Model):
    """`max` is left out where the points are not known (then in the whole profile)."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,40}$")]
    name: Words
    measure: Measure
    rule: Rule
    max: Points | None = None
    verified: bool = True
    source: str = ""


class Area(_Model):
    """Criteria of one area (1-7, or 8 «tác động»); area 0 looks at the whole plan."""

    id: Annotated[int, Field(ge=0, le=8)]
    name: Words
    max: Points | None = None
    criterion: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Condition(_Model):
    """A further condition of a class. With `year_end` it is looked at only when the year is over."""

    measure: Measure
    code: str = ""  # which answer is meant, for the measure `answer`
    name: str = ""  # what the answer says, in words
    at_least: Percent | None = None
    at_most: Percent | None = None
    year_end: bool = False
    verified: bool = True
    source: str = ""

    @model_validator(mode="after")
    def _one_bound(self) -> Condition:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("cần đúng một trong hai: at_least hoặc at_most")
        if (self.measure == "answer") != bool(self.code):
            raise ValueError("điều kiện answer cần có code, điều kiện khác thì không")
        return self

    def holds(self, measured: float) -> bool:
        return measured >= self.at_least if self.at_least is not None else measured <= float(self.at_most or 0)

    @property
    def words(self) -> str:
        name = self.name or f"{MEASURE_NAMES[self.measure]}{f' «{self.code}»' if self.code else ''}"
        bound = f"từ {_pc(self.at_least)}" if self.at_least is not None else f"không quá {_pc(self.at_most)}"
        return f"{name} {bound}"


class Class(_Model):
    """`from`: points (of the total) needed; the last class has none and takes the rest."""

    label: Words
    from_: float | None = Field(default=None, alias="from", ge=0)
    condition: tuple[Condition, ...] = ()
    verified: bool = True
    source: str = ""


class TaskPoints(_Model):
    """What a task earns, as a share of its points. Work in time earns nothing yet and is not counted."""

    done_on_time: Annotated[float, Field(ge=0, le=1)] = 1
    done_late: Annotated[float, Field(ge=0, le=1)]
    overdue: Annotated[float, Field(ge=0, le=1)] = 0
    verified: bool = True
    source: str = ""


class Profile(_Model):
    """A way of scoring. `code` is the name of its file."""

    code: str = ""
    name: Words
    source: str = ""
    note: str = ""
    verified: bool = True
    total: Points = 100
    min_coverage: Percent = 50
    unreported: Literal["exclude", "overdue"] = "exclude"
    task_points: TaskPoints
    area: Annotated[tuple[Area, ...], Field(min_length=1)]
    class_: Annotated[tuple[Class, ...], Field(min_length=1, alias="class")]

    @property
    def pooled(self) -> bool:
        """Whether every item counts the same, because no maximum points are given."""
        return self.area[0].criterion[0].max is None

    @property
    def by_hand(self) -> dict[str, str]:
        """What has to be answered by hand, since no result that is recorded can: code -> words."""
        asked = {c.code: c.name for a in self.area for c in a.criterion if c.measure == "answer"}
        conditions = (c for each in self.class_ for c in each.condition if c.measure == "answer")
        return {**{c.code: c.name or f"Số liệu nhập riêng «{c.code}»" for c in conditions}, **asked}

    @property
    def unverified(self) -> tuple[str, ...]:
        """What of it is not verified, in words."""
        found = [] if self.verified else [self.name]
        found += [f"Tiêu chí «{c.name}»" for a in self.area for c in a.criterion if not c.verified]
        found += [] if self.task_points.verified else ["Điểm của nhiệm vụ hoàn thành quá hạn"]
        for each in self.class_:
            found += [] if each.verified else [f"Mức «{each.label}»"]
            found += [f"Điều kiện của mức «{each.label}»: {c.words}" for c in each.condition if not c.verified]
        return tuple(found)


class ProfileError(Exception):
    """A profile that cannot be used. `problems` are sentences in Vietnamese with line and field."""

    def __init__(self, name: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"Bộ tiêu chí «{name}» có lỗi. " + " ".join(problems))


def load(code: str, folder: Path = FOLDER) -> Profile:
    """A profile by the name of its file. Raises ProfileError."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}", code):
        raise ProfileError(code, ["Không có bộ tiêu chí tên này."])
    path = folder / f"{code}.toml"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ProfileError(code, ["Không có bộ tiêu chí tên này."]) from None
    except UnicodeDecodeError:
        raise ProfileError(code, ["Tệp phải được lưu bằng mã UTF-8."]) from None
    return parse(text, code)


def codes(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of the profiles there are."""
    return tuple(sorted(p.stem for p in folder.glob("*.toml")))


def parse(text: str, code: str = "") -> Profile:
    """A profile from the text of its file. Raises ProfileError with all mistakes found."""
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise ProfileError(code, [f"Dòng {line}: viết sai quy tắc TOML."]) from None
    lines = _lines(text)
    try:
        profile = Profile.model_validate({**data, "code": code})
    except ValidationError as error:
        raise ProfileError(code, [_problem(lines, item) for item in error.errors(include_url=False)]) from None
    problems = _sums(profile, lines)
    if problems:
        raise ProfileError(code, problems)
    return profile


def _sums(profile: Profile, lines: dict[tuple[str | int, ...], int]) -> list[str]:
    """Mistakes between parts: points that do not add up, classes out of order, names used twice."""
    found: list[str] = []

    def problem(place: tuple[str | int, ...], message: str) -> None:
        found.append(f"Dòng {_line_of(lines, place)}, {_field_words(place)}: {message}")

    every = [(i, j, c) for i, a in enumerate(profile.area) for j, c in enumerate(a.criterion)]
    given = [c.max is not None for _, _, c in every]
    if any(given) and not all(given):
        i, j, _ = every[given.index(False)]
        problem(
            ("area", i, "criterion", j, "max"), "phải ghi điểm tối đa cho mọi tiêu chí hoặc không ghi cho tiêu chí nào."
        )
    elif all(given):
        for i, area in enumerate(profile.area):
            points = sum(c.max or 0 for c in area.criterion)
            if area.max is not None and abs(points - area.max) > 1e-6:
                problem(
                    ("area", i, "max"),
                    f"các tiêu chí cộng lại được {number_text(points)} điểm, không phải {number_text(area.max)}.",
                )
        whole = sum(c.max or 0 for _, _, c in every)
        if abs(whole - profile.total) > 1e-6:
            problem(
                ("total",),
                f"các tiêu chí cộng lại được {number_text(whole)} điểm, không phải {number_text(profile.total)}.",
            )
    else:
        for i, area in enumerate(profile.area):
            if area.max is not None:
                problem(("area", i, "max"), "lĩnh vực có điểm tối đa thì tiêu chí cũng phải có.")
        for i, j, criterion in every:
            if criterion.measure == "answer":
                problem(("area", i, "criterion", j, "measure"), "số liệu nhập riêng cần có điểm tối đa.")
    used: set[str] = set()
    for i, j, criterion in every:
        if criterion.code in used:
            problem(("area", i, "criterion", j, "code"), f"mã «{criterion.code}» đã dùng ở trên.")
        used.add(criterion.code)
    for i in range(len(profile.class_) - 1):
        higher, lower = profile.class_[i].from_, profile.class_[i + 1].from_
        if higher is None:
            problem(("class", i, "from"), "chỉ mức cuối cùng không có điểm sàn.")
        elif higher > profile.total:
            problem(("class", i, "from"), f"lớn hơn tổng điểm {number_text(profile.total)}.")
        elif lower is not None and lower >= higher:
            problem(("class", i + 1, "from"), "các mức phải xếp từ cao xuống thấp.")
    last = len(profile.class_) - 1
    if profile.class_[last].from_ is not None or profile.class_[last].condition:
        problem(("class", last), "mức cuối cùng phải nhận mọi trường hợp còn lại: không có điểm sàn và điều kiện.")
    return found


_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Where tables and keys stand: path as pydantic names it -> line, from 1."""
    found: dict[tuple[str | int, ...], int] = {(): 1}
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header:
            path: tuple[str | int, ...] = ()
            names = header[2].split(".")
            for name in names[:-1]:
                path = (*path, name)
                if path in counts:
                    path = (*path, counts[path])
            here = (*path, names[-1])
            if header[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
                here = (*here, counts[here])
            found[here] = number
        elif key:
            found.setdefault((*here, key[1]), number)
    return found


def _line_of(lines: dict[tuple[str | int, ...], int], place: tuple[str | int, ...]) -> int:
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _field_words(place: tuple[str | int, ...]) -> str:
    names = [f"{part}" if isinstance(part, str) else f"thứ {part + 1}" for part in place]
    return f"mục «{' '.join(names)}»" if names else "toàn tệp"


def _problem(lines: dict[tuple[str | int, ...], int], item: Any) -> str:
    # pydantic puts the chosen kind of a union into the path ("rule", "linear", "floor"); the file has no such level.
    kinds = ("yes_no", "steps", "linear", "ratio")
    raw = item["loc"]
    place = tuple(p for i, p in enumerate(raw) if not (p in kinds and i and raw[i - 1] == "rule"))
    kind, context = item["type"], item.get("ctx", {})
    if kind == "value_error":
        message = str(item["msg"]).removeprefix("Value error, ")
    elif kind in ("missing", "union_tag_not_found"):
        message = "thiếu nội dung này"
    elif kind == "extra_forbidden":
        message = "không có mục tên như vậy"
    elif kind in ("literal_error", "union_tag_invalid"):
        allowed = context.get("expected") or context.get("expected_tags")
        message = f"chỉ nhận một trong các giá trị {allowed}".replace(" or ", ", ")
    elif kind.startswith(("greater_than", "less_than")):
        bound = number_text(float(next(iter(context.values()))))
        word = {"greater_than": "lớn hơn", "greater_than_equal": "từ", "less_than": "nhỏ hơn"}.get(kind, "không quá")
        message = f"phải {word} {bound}"
    elif kind.startswith(("float", "int", "finite")):
        message = "phải là một số"
    elif kind.startswith("bool"):
        message = "phải là true hoặc false"
    elif kind.startswith("string"):
        message = "phải là chữ, không rỗng, không quá dài và đúng mẫu"
    elif kind in ("tuple_type", "too_short"):
        message = "phải có ít nhất một mục"
    else:
        message = "không đúng"
    return f"Dòng {_line_of(lines, place)}, {_field_words(place)}: {message}."


def _pc(value: float | None) -> str:
    return f"{number_text(value or 0)} %"
