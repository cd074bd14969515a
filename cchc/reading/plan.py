"""Put together: the bytes of a file to a `Plan`, every item with its place in the stored text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from cchc.formats import read_source
from cchc.model import Duty, Measure, Plan, PlanInfo, Target, Task
from cchc.reading import percentages, tables
from cchc.reading.areas import content_area
from cchc.reading.blocks import Block
from cchc.reading.duties import read_duties
from cchc.reading.from_tables import from_tables
from cchc.reading.info import Info, read_info, slug
from cchc.reading.items import Ids, plain, task_item
from cchc.reading.measures import read_measures
from cchc.reading.misread import headings_meant
from cchc.reading.outline import read_outline
from cchc.reading.provinces import is_city, short
from cchc.reading.scanned import doubted, recognised
from cchc.reading.targets import read_targets
from cchc.reading.tasks import loose_tasks, tells_duties
from cchc.text import matching, words_only

READER_VERSION = "7"

_NOT_FOUND = "Chưa tìm thấy trong văn bản: {fields}."
_INFERRED = "Suy từ nội dung văn bản, cần xem lại: {fields}."
_YEARS = (
    "Kế hoạch của nhiều năm ({first} - {last}): được xếp theo năm đầu là {first}; chỉ tiêu không ghi năm được tính đến "
    "hết năm {last}."
)
_NOTHING = "Không tìm thấy chỉ tiêu, nhiệm vụ, giải pháp hay trách nhiệm nào; có thể tệp không phải là một kế hoạch."


def read_plan(data: bytes, name: str) -> Plan:
    """The plan in a file of any format. `name` is the file's name as given, kept for the reader's messages.

    Raises `NotAPlan` for bytes that hold no readable text; any text whatever gives a `Plan`, with what was not
    understood named in `warnings` (Vietnamese).
    """
    source = read_source(data, name)
    plan = read_text_plan(source.text, name, source.warnings, recognised(source))
    plan = plan.model_copy(update={"format": source.format, "pages": source.pages, "places": source.places})
    return doubted(plan, frozenset(source.scanned)) if source.scanned else plan


def read_text_plan(
    text: str, name: str, warnings: Sequence[str] = (), recognised: Sequence[tuple[int, int]] = ()
) -> Plan:
    """The plan in a text already in stored form. `recognised`: the parts whose letters were told from pictures."""
    match, meant = headings_meant(text, _rules_text(text), recognised)
    found = tables.find_tables(text, match)
    flat = match.replace("\n", " ")
    outline = read_outline(text, flat, found)
    info = read_info(text, flat, outline.blocks)
    plan_id = _plan_id(info, text)
    ids = Ids(plan_id)
    notes = [*warnings, *meant, *outline.warnings]
    tasks, rows, ordered, results = from_tables(text, match, found, outline.blocks, info, ids, notes)
    loose = _loose_tasks(text, flat, outline.blocks, info, ids)
    tasks += loose
    goals = read_targets(text, flat, outline.blocks, info, ids, loose, found)
    targets = _levels_of_cities([*goals.targets, *rows], info)
    read = [*goals.figures, *results, *((item.start, item.end) for item in (*tasks, *rows))]
    read += [(duty.start, duty.end) for duty in ordered]
    quotes = [(goal.start, goal.end) for goal in goals.targets]
    notes += percentages.unread(text, flat, outline.blocks, found, read, quotes, goals.reasons, info.year)
    measures = read_measures(text, flat, _outside(outline.blocks, loose), ids, info.year)
    whole = _title_area(info.title)
    if whole is not None:  # a plan of one area: what says nothing else belongs to it
        update = {"area": whole, "area_from": "content"}
        measures = tuple(m if _apart(m, whole) else m.model_copy(update=update) for m in measures)
        tasks = [t if t.area else t.model_copy(update=update) for t in tasks]
        targets = [t if t.area else t.model_copy(update=update) for t in targets]
    told = _outside(outline.blocks, loose) if tells_duties(flat, outline.blocks) else outline.blocks
    duties = tuple(
        Duty(
            id=ids.item("t", d.agency, text[d.start if d.said_from < 0 else d.said_from : d.end]),
            agency=d.agency,
            agency_from=d.agency_from,
            content=d.content or plain(text, d.start, d.end),
            start=d.start,
            end=d.end,
            confidence=1.0 if d.agency and d.agency_from != "inferred" else 0.7 if d.agency else 0.5,
            reasons=(d.reason,) if d.reason else (),
        )
        for d in sorted([*ordered, *read_duties(text, flat, told)], key=lambda d: d.start)
    )
    spans = [(item.start, item.end) for item in (*targets, *tasks, *measures, *duties)]
    notes += tables.unread_rows(text, found, outline.blocks, spans)
    if not (targets or tasks or measures or duties):
        notes.append(_NOTHING)
    if info.year and info.year_end and info.year_end != info.year:
        notes.append(_YEARS.format(first=info.year, last=info.year_end))
    if info.missing:
        notes.append(_NOT_FOUND.format(fields=", ".join(info.missing)))
    if info.inferred:
        notes.append(_INFERRED.format(fields=", ".join(info.inferred)))
    return Plan(
        name=name,
        plan=PlanInfo(id=plan_id, **{f: getattr(info, f) for f in PlanInfo.model_fields if f != "id"}),
        targets=tuple(targets),
        tasks=tuple(tasks),
        measures=measures,
        duties=duties,
        warnings=tuple(dict.fromkeys(notes)),
        text=text,
    )


_TITLE_AREAS = (
    (1, re.compile(r"tuyên\s+truyền|kiểm\s+tra\s+(?:công\s+tác\s+)?cải\s+cách\s+hành\s+chính")),
    (3, re.compile(r"(?:kiểm\s+soát|rà\s+soát[^.]{0,30}|cải\s+cách)\s+thủ\s+tục\s+hành\s+chính")),
    (7, re.compile(r"chuyển\s+đổi\s+số|đề\s+án\s+06|chính\s+quyền\s+(?:điện\s+tử|số)|công\s+nghệ\s+thông\s+tin")),
)


def _title_area(title: str | None) -> int | None:
    """The one area a whole plan is about by its title; None for a plan of all areas, or of several."""
    said = matching(title or "")
    found = [area for area, words in _TITLE_AREAS if words.search(said)]
    beside = found != [1] and re.search(r"cải\s+cách\s+hành\s+chính", said)  # «... và chuyển đổi số»: of all areas
    return found[0] if len(found) == 1 and not beside else None


def _apart(measure: Measure, whole: int) -> bool:
    """Has a measure of a plan of one area an area of its own: by its heading, or as work on rules in a plan of digital
    transformation? What its words speak of is else the means (communication, training) to the plan's one end."""
    return measure.area_from not in (None, "content") or (whole == 7 and measure.area == 2)


_CITY = re.compile(r"cấp\s+(?:thành\s+phố|tp)(?!\w)")
_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh|sở)(?!\w)")


def _levels_of_cities(targets: Sequence[Target], info: Info) -> list[Target]:
    """«cấp thành phố» is the level of a district where the province is no city («thành phố Móng Cái»)."""
    below = info.level == "huyện" if info.province is None else not is_city(info.province, info.issued_on)
    if not below:
        return list(targets)

    def of_city(target: Target) -> bool:
        said = matching(target.quote)
        return target.level == "tỉnh" and _CITY.search(said) is not None and not _PROVINCE.search(said)

    return [t.model_copy(update={"level": "huyện"}) if of_city(t) else t for t in targets]


def _rules_text(text: str) -> str:
    """The matching form without markdown's marks of emphasis (blanks in their place, so offsets stay)."""
    return matching(text).replace("**", "  ").replace("__", "  ")


def _plan_id(info: Info, text: str) -> str:
    if info.number:
        return slug(short(info.province or ""), info.number, info.year)
    return "vb-" + hashlib.sha256(words_only(text).encode()).hexdigest()[:10]


def _outside(blocks: Sequence[Block], tasks: Sequence[Task]) -> list[Block]:
    """The blocks that are no part of a task: a sentence is a task, or else a measure or a duty."""
    return [b for b in blocks if not any(t.start <= b.start < t.end for t in tasks)]


def _loose_tasks(text: str, match: str, blocks: Sequence[Block], info: Info, ids: Ids) -> list[Task]:
    """Tasks outside tables; the area is that of the paragraph, else what its words speak of."""
    tasks = []
    for row in loose_tasks(text, match, blocks, info.year):
        area, area_from = row.area, row.area_from
        if area is None:
            area = content_area(matching(row.content))
            area_from = "content" if area else None
        tasks.append(task_item(row, area, area_from, ids))
    return tasks
