"""The deadlines as a calendar that office programs and phones subscribe to: /calendar.ics (RFC 5545).

An event a task with a last day: all day, on the deadline in force. The uid is made of the item's id, so a changed
deadline moves the event a program already has and does not add a second one. Ongoing work and work bound to an event
has no day and is not in it; the calendar's description says so and how much that is.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from icalendar import Alarm, Calendar, Event, vText
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from cchc import engine, exports, office, queries
from cchc.demo import BANNER
from cchc.facts import NOTHING, Facts
from cchc.filters import Filters
from cchc.periods import date_text
from cchc.status import DONE

log = logging.getLogger("cchc")

PRODID = "-//cchc//Theo doi cai cach hanh chinh//VI"
ALARM_DAYS = (7, 1)  # days before the deadline
ALARM_HOUR = dt.timedelta(hours=8)  # in the morning of that day, not at midnight
REFRESH = dt.timedelta(hours=12)
KEY = "key"  # the parameter with the secret of a personal address
KIND = "lich-thoi-han"  # of the file's name

NAME = "Thời hạn cải cách hành chính"
BROKEN = "Địa chỉ có tham số không dùng được, nên không có lịch nào được tạo:"
NOT_NOW = "Chưa đọc được dữ liệu văn bản."
HOLDS = "{events} nhiệm vụ có thời hạn. {sentence}. Số liệu ngày {day}."
YEARLY_RULE = "Thời hạn chỉ ghi năm được đặt vào ngày 31/12 và có ghi «cả năm»; giai đoạn nhiều năm vào ngày cuối."
LEFT_OUT = "Không có trong lịch: {what}."
LEFT_OUT_WORDS = {
    "ongoing": "{count} nhiệm vụ thường xuyên",
    "event": "{count} nhiệm vụ theo sự kiện",
    "no_deadline": "{count} nhiệm vụ chưa rõ thời hạn",
    "not_applicable": "{count} nhiệm vụ không áp dụng",
    "done": "{count} nhiệm vụ đã hoàn thành mà không có thời hạn",
}
TASKS_ONLY = "Lịch chỉ có nhiệm vụ, không có chỉ tiêu."
YEAR, YEARS = "cả năm {year}", "giai đoạn {start} - {end}"
DONE_MARK = "Đã hoàn thành: "
REMIND = "Còn {days} ngày: {what}"
FIELDS = {
    "status_text": "Tình trạng",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "via_group": "Giao qua nhóm",
    "products": "Sản phẩm",
    "deadline_raw": "Thời hạn ghi trong văn bản",
    "plan_label": "Kế hoạch",
}
EXTENDED = "Đã gia hạn, thời hạn ban đầu: {first}"
LINK = "Câu gốc"


def calendar(opened: engine.Engine, filters: Filters, base: str = "", now: dt.datetime | None = None) -> bytes:
    """The tasks of the filters as an iCalendar file. `base` is the address of this server («https://host», for the
    links to the sentences; "" leaves them out), `now` (UTC) the time it was made."""
    made = now or dt.datetime.now(dt.UTC)
    names = queries.names(opened)
    frame = queries.tasks(opened, filters)
    dated = frame[frame["deadline_end"].notna() & (frame["status"] != "not_applicable")]
    facts = opened.facts(filters.day())
    sentence = filters.applied("task").without("as_of").sentence(names)
    mark = f"{BANNER} - " if opened.is_demo else ""

    out = Calendar()
    out.add("prodid", PRODID)
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    title = mark + (NAME if sentence == Filters().sentence() else f"{NAME}: {sentence}")
    about = _about(opened, filters, frame, len(dated), sentence)
    for name, value in (("name", title), ("x-wr-calname", title), ("description", about), ("x-wr-caldesc", about)):
        out.add(name, vText(" ".join(value.split())))
    out.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    out.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    out.add("x-published-ttl", "PT12H")
    for row in dated.to_dict("records"):
        known = facts.get(str(row["id"]), NOTHING)
        out.add_component(_event(row, known, made, base, opened.is_demo))
    data: bytes = out.to_ical()
    return data


def uid(item_id: str, demo: bool = False) -> str:
    """The lasting name of an item's event. Made-up data have names of their own: they never replace a real event."""
    return f"{'minh-hoa.' if demo else ''}{item_id}@cchc"


def _event(row: Mapping[Any, Any], known: Facts, made: dt.datetime, base: str, demo: bool) -> Event:
    day: dt.date = row["deadline_end"].date()
    done = row["status"] in DONE
    content = " ".join(str(row["content"]).split())
    spans = _span(row, day)
    before = (f"{BANNER} - " if demo else "") + (DONE_MARK if done else "")
    summary = before + content + (f" ({spans})" if spans else "")
    lines = [f"{label}: {row[name]}" for name, label in FIELDS.items() if row[name]]
    if row["extended"]:
        first = row["first_due"]
        lines.insert(1, EXTENDED.format(first=row["first_due_text"] if pd.isna(first) else date_text(first.date())))
    event = Event()
    event.add("uid", uid(str(row["id"]), demo))
    event.add("dtstamp", known.recorded_at or made)
    if known.recorded_at:
        event.add("last-modified", known.recorded_at)
    event.add("sequence", known.version)  # grows with each entry: an extension moves the event
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy for the whole day
    event.add("status", "CONFIRMED")
    if row["area_name"]:
        event.add("categories", [row["area_name"]])
    if base:
        address = f"{base}/van-ban?{urlencode({'plan': row['doc_id'], 'item': row['id']})}"
        event.add("url", address)
        lines.append(f"{LINK}: {address}")
    event.add("description", "\n".join(lines))
    if not done:
        for days in ALARM_DAYS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", REMIND.format(days=days, what=summary))
            alarm.add("trigger", ALARM_HOUR - dt.timedelta(days=days))
            event.add_component(alarm)
    return event


def _span(row: Mapping[Any, Any], day: dt.date) -> str:
    """What a deadline of a whole year or of several years says, "" for others."""
    if row["deadline_kind"] == "year":
        return YEAR.format(year=day.year)
    if row["deadline_kind"] == "years":
        start = row["deadline_start"]
        return YEARS.format(start="..." if pd.isna(start) else start.year, end=day.year)
    return ""


def _about(opened: engine.Engine, filters: Filters, frame: pd.DataFrame, events: int, sentence: str) -> str:
    """The description of the calendar: what is in it and what is not."""
    said = [BANNER + "."] if opened.is_demo else []
    said.append(HOLDS.format(events=events, sentence=sentence, day=date_text(filters.day())))
    said += [YEARLY_RULE, TASKS_ONLY]
    rest = frame[frame["deadline_end"].isna() | (frame["status"] == "not_applicable")]
    counts = [
        words.format(count=count)
        for code, words in LEFT_OUT_WORDS.items()
        if (count := int(rest["status"].isin(DONE if code == "done" else {code}).sum()))
    ]
    if counts:
        said.append(LEFT_OUT.format(what=", ".join(counts)))
    if other := filters.not_applied_text("task"):
        said.append(other)
    return " ".join(said)


async def answer(request: Request) -> Response:
    """The answer of /calendar.ics: the parameters are the filters of the pages' addresses. 400 and a sentence in
    Vietnamese when one of them cannot be used: a calendar with other deadlines than asked for misleads."""
    query = {name: request.query_params.getlist(name) for name in request.query_params if name != KEY}
    base = str(request.base_url).rstrip("/")
    try:
        data, name, messages = await asyncio.to_thread(_file, query, base)
    except Exception:
        log.exception("the calendar cannot be made")
        return PlainTextResponse(NOT_NOW + "\n", status_code=503)
    if messages:
        return PlainTextResponse("\n".join([BROKEN, *messages]) + "\n", status_code=400)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="text/calendar; charset=utf-8", headers=headers)


def _file(query: dict[str, list[str]], base: str) -> tuple[bytes, str, list[str]]:
    """The file, its name (plain ASCII), and messages about the address; with messages there is no file."""
    office.refresh()
    opened = engine.get_engine()
    filters, messages = Filters.from_query(query)
    filters, unknown = queries.checked(opened, filters)
    if messages or unknown:
        return b"", "", [text.removesuffix(" Đã bỏ qua.") for text in (*messages, *unknown)]
    name = exports.file_name(
        KIND, filters.applied("task"), filters.day(), "ics", queries.names(opened), demo=opened.is_demo
    )
    return calendar(opened, filters, base), name, []
