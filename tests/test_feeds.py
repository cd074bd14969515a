"""The calendar, read back by the icalendar library, and its route."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import icalendar
import pytest
from starlette.applications import Starlette

from cchc import engine, feeds, server
from cchc.demo import BANNER
from cchc.engine import Engine
from cchc.entries import Draft, Extension, NotApplicable, TaskDone
from cchc.filters import Filters
from cchc.ledger import Ledger, LedgerKind
from cchc.progress import Progress
from tests.sample_plans import DOC, task_id

D = dt.date
DAY = D(2024, 3, 1)
NOW = dt.datetime(2024, 3, 1, 2, 0, tzinfo=dt.UTC)
PLAN = Filters(plan=(DOC,), as_of=DAY)


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    """A task done, one extended, one that does not apply."""
    yield from recorded(tmp_path, "real")


def recorded(folder: Path, kind: LedgerKind) -> Iterator[Progress]:
    with Ledger(folder / f"{kind}.sqlite", kind=kind) as ledger:
        extension = Extension(old=D(2024, 3, 15), new=D(2024, 4, 20), reason="chờ hướng dẫn", document="9/QĐ")
        for number, payload, day in (
            (0, TaskDone(completed_on=D(2024, 2, 1)), D(2024, 2, 1)),
            (2, extension, D(2024, 2, 5)),
            (3, NotApplicable(reason="bãi bỏ"), D(2024, 2, 6)),
        ):
            ledger.append(Draft(item_id=task_id(number), payload=payload, author="t", as_of=day))
        made = Progress(ledger)
        made.pull()
        yield made


@pytest.fixture
def opened(sample: Engine, progress: Progress) -> Iterator[Engine]:
    made = Engine(sample.path, progress)
    yield made
    made.close()


def read(data: bytes) -> tuple[icalendar.Calendar, dict[str, icalendar.Event]]:
    """The calendar and its events by uid; fails for a file that breaks the format's rules."""
    made = icalendar.Calendar.from_ical(data)
    assert isinstance(made, icalendar.Calendar)
    assert made.errors == []
    events = {str(event["UID"]): event for event in made.events}
    assert len(events) == len(made.events)
    for event in made.events:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
    assert made.to_ical() == data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return made, events


def event(opened: Engine, number: int, filters: Filters = PLAN) -> icalendar.Event:
    return read(feeds.calendar(opened, filters, now=NOW))[1][feeds.uid(task_id(number))]


def days(found: icalendar.Event) -> tuple[dt.date, dt.date]:
    return found["DTSTART"].dt, found["DTEND"].dt


def test_dated_tasks_are_events_of_a_whole_day(opened: Engine) -> None:
    made, events = read(feeds.calendar(opened, PLAN, now=NOW))
    # 3 does not apply; 7 is ongoing, 8 waits for an event, 9 has no deadline.
    assert set(events) == {feeds.uid(task_id(n)) for n in (0, 1, 2, 4, 5, 6)}
    found = events[feeds.uid(task_id(1))]
    assert days(found) == (D(2024, 3, 14), D(2024, 3, 15))
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert str(found["SUMMARY"]) == "Rà soát thủ tục"
    assert str(found["TRANSP"]) == "TRANSPARENT"
    assert "Chủ trì: Văn phòng UBND tỉnh\nPhối hợp: Sở Tư pháp" in str(found["DESCRIPTION"])
    assert str(made["VERSION"]) == "2.0"


def test_the_calendar_says_what_is_not_in_it(opened: Engine) -> None:
    made, _ = read(feeds.calendar(opened, PLAN, now=NOW))
    told = str(made["DESCRIPTION"])
    assert told.startswith("6 nhiệm vụ có thời hạn.")
    assert "31/12" in told
    left_out = "1 nhiệm vụ thường xuyên, 1 nhiệm vụ theo sự kiện, 1 nhiệm vụ chưa rõ thời hạn, 1 nhiệm vụ không áp dụng"
    assert f"Không có trong lịch: {left_out}." in told
    assert "không có chỉ tiêu" in told
    assert BANNER not in told


def test_whole_years_stand_on_their_last_day_and_say_so(opened: Engine) -> None:
    year, years = event(opened, 5), event(opened, 6)
    assert days(year) == (D(2024, 12, 31), D(2025, 1, 1))
    assert str(year["SUMMARY"]) == "Đo lường sự hài lòng (cả năm 2024)"
    assert days(years)[0] == D(2025, 12, 31)
    assert str(years["SUMMARY"]).endswith("(giai đoạn 2023 - 2025)")


def test_an_extension_moves_the_event_and_raises_its_sequence(opened: Engine, sample: Engine) -> None:
    before, after = event(sample, 2), event(opened, 2)
    assert before["UID"] == after["UID"]
    assert (days(before)[0], days(after)[0]) == (D(2024, 3, 15), D(2024, 4, 20))
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert "Đã gia hạn, thời hạn ban đầu: " in str(after["DESCRIPTION"])
    assert "LAST-MODIFIED" in after
    assert "LAST-MODIFIED" not in before


def test_alarms_ring_in_the_morning_a_week_and_a_day_before(opened: Engine) -> None:
    found = event(opened, 1)
    alarms = list(found.walk("VALARM"))
    start = dt.datetime(2024, 3, 14)
    assert [start + a["TRIGGER"].dt for a in alarms] == [dt.datetime(2024, 3, 7, 8), dt.datetime(2024, 3, 13, 8)]
    assert {str(a["ACTION"]) for a in alarms} == {"DISPLAY"}
    done = event(opened, 0)
    assert not done.walk("VALARM")
    assert str(done["SUMMARY"]) == "Đã hoàn thành: Ban hành kế hoạch"


def test_links_lead_to_the_sentence_of_this_server(opened: Engine) -> None:
    _, events = read(feeds.calendar(opened, PLAN, "https://cchc.example", NOW))
    found = events[feeds.uid(task_id(1))]
    assert str(found["URL"]) == f"https://cchc.example/van-ban?plan={DOC}&item={task_id(1)}"
    assert "URL" not in event(opened, 1)


def test_the_same_data_give_the_same_file(opened: Engine) -> None:
    assert feeds.calendar(opened, PLAN, now=NOW) == feeds.calendar(opened, PLAN, now=NOW)


def test_filters_narrow_it(opened: Engine) -> None:
    _, events = read(feeds.calendar(opened, PLAN.but(agency=("so-tu-phap",), role="lead"), now=NOW))
    # 2 and 3 name it (3 does not apply), 5 gives it to all departments.
    assert set(events) == {feeds.uid(task_id(n)) for n in (2, 5)}
    _, none = read(feeds.calendar(opened, PLAN.but(q="khongcotunao"), now=NOW))
    assert none == {}
    assert "Bộ lọc cấp không áp dụng" in str(read(feeds.calendar(opened, PLAN.but(level=("tỉnh",))))[0]["DESCRIPTION"])


def test_foreign_text_stays_text(opened: Engine) -> None:
    found = event(opened, 6)
    assert str(found["SUMMARY"]).startswith("=1+1 nội dung lạ")
    made, _ = read(feeds.calendar(opened, PLAN.but(q="a;b,c\\n END:VCALENDAR"), now=NOW))
    assert "END:VCALENDAR" in str(made["NAME"])


def test_a_demonstration_says_so_and_has_names_of_its_own(sample: Engine, tmp_path: Path) -> None:
    for progress in recorded(tmp_path, "demo"):
        made = Engine(sample.path, progress)
        calendar, events = read(feeds.calendar(made, PLAN, now=NOW))
        made.close()
    assert str(calendar["NAME"]).startswith(BANNER)
    assert str(calendar["DESCRIPTION"]).startswith(BANNER)
    assert all(str(found["SUMMARY"]).startswith(BANNER) for found in events.values())
    assert feeds.uid(task_id(1), demo=True) in events
    assert feeds.uid(task_id(1)) not in events


# --- the route ----------------------------------------------------------------------------------------------------


class Client:
    """Asks the program's routes without a network."""

    def get(self, address: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            app = httpx.ASGITransport(app=Starlette(routes=server.options()["routes"]))
            async with httpx.AsyncClient(transport=app, base_url="http://may-chu:8501") as client:
                return await client.get(address)

        # In a thread of its own: the browser's driver may already run a loop in this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, ask()).result()


@pytest.fixture
def client(opened: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    monkeypatch.setattr(engine, "_engine", opened)
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    return Client()


def test_the_route_answers_with_a_calendar(client: Client) -> None:
    answer = client.get("/calendar.ics?agency=so-noi-vu&as_of=2024-03-01")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert 'filename="lich-thoi-han_' in answer.headers["content-disposition"]
    _, events = read(answer.content)
    assert events
    assert all(str(found["URL"]).startswith("http://may-chu:8501/van-ban?") for found in events.values())


@pytest.mark.parametrize(
    "query",
    [
        "agency=khong-co", "plan=khong-co", "as_of=31-12", "khac=1", "quarter=2024-9", "role=x",
        "from=2024-05-01&to=2024-01-01",
    ],
)
def test_a_broken_parameter_gives_no_calendar(client: Client, query: str) -> None:
    answer = client.get(f"/calendar.ics?{query}")
    assert answer.status_code == 400
    assert answer.text.startswith(feeds.BROKEN)
    assert "BEGIN" not in answer.text
    assert "Đã bỏ qua" not in answer.text


def test_data_that_cannot_be_read_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("disk")

    monkeypatch.setattr(engine, "get_engine", broken)
    answer = client.get("/calendar.ics")
    assert (answer.status_code, answer.text) == (503, feeds.NOT_NOW + "\n")


def test_reading_by_sign_in_closes_the_route(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.config, "reading_is_open", lambda: False)
    assert client.get("/calendar.ics").status_code == 403
