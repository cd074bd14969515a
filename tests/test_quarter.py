"""A working quarter, played through beneath the pages. Every number is written by hand from the story, not computed.

The plan: eleven tasks of three agencies, two targets. Until 30/6/2024: Sở Tư pháp finishes in time, Sở Y tế is late and
asks for an extension, Sở Tài chính hands in a table with mistakes, Sở Nội vụ corrects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc import profiles, results, scoring
from cchc.access import AccessDenied, Person
from cchc.entries import Correction, Draft, Evidence, Extension, NotApplicable, TargetValue, TaskDone
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger
from cchc.model import Deadline, Target
from cchc.progress import Progress
from cchc.recording import save
from tests.postgres_server import Server, postgres  # noqa: F401

D = dt.date
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "stp")
HEALTH = Person("syt@x.vn", "Bình", "agency_editor", "syt")
FINANCE = Person("stc@x.vn", "Giang", "agency_editor", "stc")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
REPORT = D(2024, 6, 30)


def task(name: str, agency: str, deadline: Deadline, area: int) -> KnownItem:
    one = frozenset({agency})
    return KnownItem(f"p.{name}", "task", "p", name, area, (agency,), (), (agency,), one, one, deadline)


def quarter(month: int) -> Deadline:
    return Deadline(kind="quarter", end=D(2024, month, 30 if month in (6, 9) else 31))


def target(name: str, comparator: str, goal: float, unit: str) -> KnownItem:
    wanted = Target(
        id=f"p.{name}", start=0, end=1, kind="ratio", comparator=comparator, value=goal, unit=unit, due=D(2024, 12, 31)
    )  # type: ignore[arg-type]
    return KnownItem(f"p.{name}", "target", "p", name, 3, target=wanted, start=D(2024, 1, 1))


ITEMS = {
    i.id: i
    for i in (
        task("tp1", "stp", quarter(3), 2),
        task("tp2", "stp", quarter(6), 2),
        task("tp3", "stp", quarter(12), 2),
        task("yt1", "syt", quarter(3), 3),
        task("yt2", "syt", quarter(6), 3),
        task("yt3", "syt", quarter(6), 3),
        task("tc1", "stc", quarter(3), 6),
        task("tc2", "stc", quarter(6), 6),
        task("tc3", "stc", Deadline(kind="event"), 6),
        task("tc4", "stc", quarter(3), 6),
        task("tc5", "stc", quarter(9), 6),
        target("c1", ">=", 90, "%"),
        target("c2", ">=", 80, "%"),
    )
}


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with Ledger(server.database() if server else tmp_path / "l.sqlite") as opened:
        yield opened


def play(ledger: Ledger) -> None:
    def put(person: Person, name: str, payload: object, day: dt.date | None = None, seen: int | None = None) -> Draft:
        draft = Draft(item_id=f"p.{name}", payload=payload, author=person.email, role=person.role, as_of=day)  # type: ignore[arg-type]
        save(ledger, person, [draft], ITEMS, None if seen is None else {draft.item_id: seen})
        return draft

    # Sở Tư pháp: one before the deadline, one on its last day, both with evidence
    put(JUSTICE, "tp1", TaskDone(completed_on=D(2024, 3, 20), product="Kế hoạch"))
    put(JUSTICE, "tp1", Evidence(number="12/KH-STP", date=D(2024, 3, 20)), D(2024, 3, 20))
    put(JUSTICE, "tp2", TaskDone(completed_on=D(2024, 6, 30), product="Báo cáo"))
    put(JUSTICE, "tp2", Evidence(number="40/BC-STP", date=D(2024, 6, 30)), D(2024, 6, 30))

    # Sở Y tế: yt1 twelve days late; yt2 asks for an extension, may not approve it itself
    put(HEALTH, "yt1", TaskDone(completed_on=D(2024, 4, 12), product="Đề án"))
    asked = Extension(old=D(2024, 6, 30), new=D(2024, 8, 31), reason="Chờ Bộ Y tế hướng dẫn")
    put(HEALTH, "yt2", asked, D(2024, 6, 10))
    approved = asked.model_copy(update={"document": "815/UBND-KSTT", "document_date": D(2024, 6, 20)})
    with pytest.raises(AccessDenied, match="cơ quan thường trực"):
        put(HEALTH, "yt2", approved, D(2024, 6, 20))
    put(HOME, "yt2", approved, D(2024, 6, 20))

    # Sở Tài chính: a table, two rows of which are wrong
    table = [
        ["Mã", "Ngày hoàn thành", "Sản phẩm bàn giao", "Số văn bản", "Ghi chú"],
        ["p.tc1", "28/3/2024", "Quyết định", "7/QĐ-STC", ""],
        ["p.tc2", "31/6/2024", "", "", ""],
        ["p.tp3", "1/6/2024", "", "", ""],
        ["p.tc4", "", "", "", "Đang chờ ý kiến"],
    ]
    read = results.read_rows(table, ITEMS, ledger.state_at(REPORT), FINANCE, REPORT)
    assert [p.text for p in read.problems] == [
        "Dòng 3, cột «Ngày hoàn thành»: Không có ngày này trong lịch.",
        "Dòng 4, cột «Ngày hoàn thành»: Nội dung này không do cơ quan của bạn chủ trì hoặc phối hợp.",
    ]
    save(ledger, FINANCE, read.drafts, ITEMS)

    # Sở Nội vụ: corrects a day (tc1 was four days late), one task does not apply, values of the targets
    wrong = next(e for e in ledger.history("p.tc1") if e.kind == "task_done")
    fixed = Correction(
        corrects=wrong.id,
        replacement=TaskDone(completed_on=D(2024, 4, 4), product="Quyết định"),
        reason="Quyết định ký ngày 04/4/2024",
    )
    with pytest.raises(Conflict):
        put(HOME, "tc1", fixed, seen=1)  # Sở Tài chính had recorded evidence as well
    put(HOME, "tc1", fixed, seen=2)
    put(HOME, "tc5", NotApplicable(reason="Đã chuyển về Trung ương"), D(2024, 5, 1))
    put(HOME, "c1", TargetValue(numerator=27, denominator=60, period="2024-6t"), D(2024, 6, 14))  # type: ignore[call-arg]
    put(HOME, "c2", TargetValue(value=20, period="2024-6t"), D(2024, 6, 14))


def test_the_six_month_report(ledger: Ledger) -> None:
    play(ledger)
    progress = Progress(ledger)
    progress.pull()
    facts = progress.facts(REPORT)
    found = scoring.records(ITEMS.values(), facts, REPORT)
    status = {r.id.removeprefix("p."): r.status_label for r in found}
    assert status == {
        "tp1": "Hoàn thành trước hạn",
        "tp2": "Hoàn thành đúng hạn",
        "tp3": "Trong hạn, còn 184 ngày",
        "yt1": "Hoàn thành quá hạn 12 ngày",
        "yt2": "Trong hạn, còn 62 ngày",  # until 31/8
        "yt3": "Sắp đến hạn, hôm nay là ngày cuối",
        "tc1": "Hoàn thành quá hạn 4 ngày",
        "tc2": "Sắp đến hạn, hôm nay là ngày cuối",
        "tc3": "Theo sự kiện",
        "tc4": "Quá hạn 91 ngày",
        "tc5": "Không áp dụng",
        "c1": "Đang tiến triển",  # 45 of 90: half, when 45 % of the year had passed
        "c2": "Nguy cơ không đạt",  # 20 of 80: a quarter
    }
    split = scoring.count(found)
    assert (split.total, split.done, split.not_applicable, split.no_date) == (11, 4, 1, 1)
    assert (split.done_early, split.done_on_time, split.done_late) == (1, 1, 2)
    assert (split.in_time, split.due_soon, split.overdue, split.past_no_report) == (4, 2, 1, 0)
    assert scoring.plan_completion(found).text == "4/10 = 40 %"
    assert scoring.due_completion(found).text == "4/5 = 80 %"

    national = profiles.load("quoc-gia-abc")
    by_agency = {r.score.key: r for r in scoring.rank(scoring.score_by(found, national, "agency"), 0)}
    # Sở Tư pháp 2 of 2; Sở Y tế 1 of 1 (late counts full in this profile); Sở Tài chính 1 of 2
    assert {k: (r.rank, r.score.value) for k, r in by_agency.items()} == {
        "stp": (1, 100), "syt": (1, 100), "stc": (3, 50), "": (None, 37.5),
    }  # fmt: skip
    whole = scoring.score(found, national)
    # tasks: 2/2 + 1/1 + 1/2, targets of area 3: 0,5 + 0,25 of 2
    assert whole.formula == "(2 + 1 + 0,75 + 1) / (2 + 1 + 2 + 2) × 100 = 67,86"
    custom = scoring.score([r for r in found if r.agencies == ("stp",)], profiles.load("tuy-chinh"))
    # plan 2/3 below the floor of 80 %: 0 of 20; on time 2/2: 20; tasks 2/2: 20; no target; evidence 2/2: 10
    assert custom.formula == "(0 + 20 + 20 + 10) / (20 + 20 + 20 + 10) × 100 = 71,43"


def test_the_same_ledger_on_other_days(ledger: Ledger) -> None:
    play(ledger)

    def codes(day: dt.date, known_at: dt.datetime | None = None) -> dict[str, str]:
        facts = ledger.state_at(day, known_at)
        return {r.id.removeprefix("p."): r.code for r in scoring.records(ITEMS.values(), facts, day)}

    march, july = codes(D(2024, 3, 31)), codes(D(2024, 7, 1))
    assert (march["tp1"], march["tc1"], march["yt1"]) == ("done_early", "due_soon", "due_soon")
    assert codes(D(2024, 4, 1))["tc4"] == "past_no_report"  # the note is of 30/6
    assert (july["yt2"], july["yt3"], july["tc2"]) == ("in_time", "past_no_report", "past_no_report")
    assert codes(D(2024, 6, 15))["yt2"] == "due_soon"  # asked, not yet approved
    assert codes(D(2024, 9, 1))["yt2"] == "overdue"
    # what became late between the two reports
    became = {
        k for k in july if july[k] in ("overdue", "past_no_report") and march[k] not in ("overdue", "past_no_report")
    }
    assert became == {"yt3", "tc2", "tc4"}
    before_correction = next(e.recorded_at for e in ledger.history("p.tc1") if e.kind == "correction")
    known = codes(REPORT, before_correction - dt.timedelta(microseconds=1))
    assert (known["tc1"], codes(REPORT)["tc1"]) == ("done_early", "done_late")
    assert ledger.verify() == []
