"""What «Cập nhật» records: work list, grid, form, Excel file, the words of a history. Without a screen."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc import entry_form, entry_words, grid, results, words, worksheets
from cchc.access import AccessDenied, Person
from cchc.entries import (
    Correction,
    Draft,
    Entry,
    Evidence,
    Extension,
    NotApplicable,
    Note,
    TargetValue,
    TaskDone,
    TaskStarted,
)
from cchc.facts import Facts, Value, fold
from cchc.items import KnownItem
from cchc.ledger import Conflict, Ledger
from cchc.model import Deadline, Target
from cchc.recording import save
from cchc.screen import history, update_grid
from cchc.worklist import work, worklist

D = dt.date
TODAY = D(2024, 7, 1)
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "stp")
HOME = Person("snv@x.vn", "Chi", "standing_editor")
VIEWER = Person("xem@x.vn", "Xem", "viewer")


def task(name: str, end: dt.date, agency: str = "stp") -> KnownItem:
    return KnownItem(
        name, "task", "p", f"việc {name}", lead=(agency,), reached=frozenset({agency}), led_by=frozenset({agency}),
        deadline=Deadline(kind="day", end=end),
    )  # fmt: skip


RATE = Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=D(2024, 12, 31))
GOAL = KnownItem("p.c1", "target", "p", "90% hồ sơ", target=RATE, start=D(2024, 1, 1))
PAST_GOAL = KnownItem("p.c0", "target", "p", "90% hồ sơ năm trước", start=D(2023, 1, 1),
                      target=RATE.model_copy(update={"due": D(2023, 12, 31)}))  # fmt: skip
LATE, SOON, FAR, DONE = (
    task("p.late", D(2024, 3, 31)), task("p.soon", D(2024, 7, 20)), task("p.far", D(2024, 12, 31)),
    task("p.done", D(2024, 3, 31)),
)  # fmt: skip
OTHER = task("p.other", D(2024, 3, 31), "syt")
ITEMS = {i.id: i for i in (LATE, SOON, FAR, DONE, OTHER, GOAL)}
PROOF = Evidence(number="12/BC-STP")
FACTS = {"p.done": Facts(recorded=True, done_on=D(2024, 3, 1), product="Kế hoạch", version=2)}


@pytest.mark.parametrize(
    ("item", "known", "missing"),
    [
        (LATE, Facts(), "report"),
        (LATE, Facts(recorded=True, notes=("chờ",)), "late"),
        (SOON, Facts(), "soon"),
        (FAR, Facts(), "data"),
        (FAR, Facts(recorded=True, started_on=D(2024, 2, 1)), ""),
        (DONE, FACTS["p.done"], "evidence"),
        (DONE, Facts(recorded=True, done_on=D(2024, 3, 1), evidence=(PROOF,)), ""),
        (LATE, Facts(recorded=True, not_applicable=True), ""),
        (GOAL, Facts(), "data"),
        (GOAL, Facts(recorded=True, values=(Value(D(2024, 6, 30), 95),)), "evidence"),
        (GOAL, Facts(recorded=True, values=(Value(D(2024, 6, 30), 95),), evidence=(PROOF,)), ""),
        (GOAL, Facts(recorded=True, values=(Value(D(2024, 6, 30), 10),)), "soon"),
        (PAST_GOAL, Facts(), "report"),
        (PAST_GOAL, Facts(recorded=True, values=(Value(D(2023, 6, 14), 45),)), "final"),
        (PAST_GOAL, Facts(recorded=True, values=(Value(D(2023, 12, 14), 45),)), "late"),
    ],
)
def test_what_is_missing(item: KnownItem, known: Facts, missing: str) -> None:
    assert work(item, known, TODAY).missing == missing


def test_what_is_missing_stands_first() -> None:
    order = [w.item.id for w in worklist([FAR, DONE, SOON, LATE], FACTS, TODAY)]
    assert order == ["p.late", "p.soon", "p.done", "p.far"]


MISSED = Facts(recorded=True, values=(Value(D(2023, 12, 14), 45),))


def test_what_is_missing_is_counted_apart_and_in_the_words_of_each_status() -> None:
    known = FACTS | {"p.c0": MISSED, "p.late": Facts(recorded=True, notes=("chờ",))}
    works = worklist([FAR, DONE, SOON, LATE, PAST_GOAL, GOAL], known, TODAY)
    assert update_grid.counts(works) == (
        "Nhiệm vụ: 1 quá hạn, chưa hoàn thành; 1 sắp đến hạn; 1 thiếu tài liệu kiểm chứng; 1 chưa có số liệu. "
        "Chỉ tiêu: 1 không đạt; 1 chưa có số liệu"
    )
    assert update_grid.counts([]) == ""
    (missed,) = (w for w in works if w.item is PAST_GOAL)
    assert grid.state_words(missed) == "Không đạt"


# The grid


def sheet() -> grid.Sheet:
    return grid.draw("task", worklist([FAR, DONE, LATE], FACTS, TODAY), {})


def read(typed: grid.Changes, person: Person = JUSTICE) -> results.Result:
    return grid.read(sheet(), typed, ITEMS, FACTS, person, TODAY)


def test_only_changed_rows_are_recorded() -> None:
    drawn = sheet()
    edited = drawn.cells.copy()
    edited.loc["p.late", ["completed_on", "product", "number"]] = ["5/6/2024", "Báo cáo", "7/BC"]
    edited.loc["p.far", "text"] = None
    typed = grid.changes(drawn, edited)
    assert typed == {"p.late": {"completed_on": "5/6/2024", "product": "Báo cáo", "number": "7/BC"}}
    assert grid.changes(drawn, grid.with_changes(drawn, typed)) == typed
    result = read(typed)
    assert not result.problems
    assert [d.payload for d in result.drafts] == [
        TaskDone(completed_on=D(2024, 6, 5), product="Báo cáo"), Evidence(number="7/BC"),
    ]  # fmt: skip
    assert result.expected == {"p.late": 0}


def test_mistakes_name_row_and_column_and_keep_the_rest() -> None:
    result = read({"p.late": {"completed_on": "31/6/2024"}, "p.far": {"text": "đang làm"}})
    assert [p.text for p in result.problems] == ["Dòng 1, cột «Ngày hoàn thành»: Không có ngày này trong lịch."]
    assert [d.payload for d in result.drafts] == [Note(text="đang làm")]


def test_a_recorded_cell_is_corrected_and_not_overwritten() -> None:
    for now in ("2/3/2024", ""):
        result = read({"p.done": {"completed_on": now}})
        assert not result.drafts
        assert "Đã ghi «01/3/2024»" in result.problems[0].message
    more = read({"p.done": {"number": "9/BC"}})
    assert [d.payload for d in more.drafts] == [Evidence(number="9/BC")]
    assert more.expected == {"p.done": 2}


# The form


def test_every_kind_becomes_an_entry() -> None:
    cases: list[tuple[str, KnownItem, dict[str, Any], Any]] = [
        ("target_value", GOAL, {"numerator": "45", "denominator": "50", "period": "Quý II/2024", "as_of": TODAY},
         TargetValue(value=90, numerator=45, denominator=50, period="2024-2")),
        ("task_started", LATE, {"started_on": D(2024, 2, 1)}, TaskStarted(started_on=D(2024, 2, 1))),
        ("evidence", LATE, {"number": "1/BC", "as_of": TODAY}, Evidence(number="1/BC")),
        ("note", LATE, {"text": " chờ ", "as_of": TODAY}, Note(text="chờ")),
        ("extension", LATE, {"old": D(2024, 3, 31), "new": D(2024, 9, 30), "reason": "chờ", "as_of": TODAY},
         Extension(old=D(2024, 3, 31), new=D(2024, 9, 30), reason="chờ")),
    ]  # fmt: skip
    for kind, item, values, payload in cases:
        draft, errors = entry_form.build(kind, values, item, HOME, TODAY)
        assert (draft is not None and draft.payload, errors) == (payload, {})
    left = set(entry_form.MODELS) - {c[0] for c in cases}
    assert left == {"task_done", "assignment", "not_applicable"}  # those below


@pytest.mark.parametrize(
    ("kind", "values", "errors"),
    [
        ("task_done", {}, {"completed_on": "Hãy điền ô này."}),
        ("task_done", {"completed_on": D(2024, 7, 2)}, {"completed_on": "Ngày này sau ngày hôm nay 01/7/2024."}),
        ("target_value", {"as_of": TODAY}, {"value": "Hãy điền ô này."}),
        ("target_value", {"value": "chín", "as_of": TODAY}, {"value": "Không phải là một số."}),
        ("assignment", {"as_of": TODAY}, {"": "Cần nêu đơn vị hoặc người được giao."}),
        ("not_applicable", {"applies": "no", "as_of": TODAY}, {"reason": "Hãy điền ô này."}),
        ("evidence", {"link": "javascript:alert(1)", "as_of": TODAY},
         {"link": "Đường dẫn phải bắt đầu bằng http:// hoặc https:// và không có dấu cách."}),
    ],
)  # fmt: skip
def test_mistakes_stand_at_their_field(kind: str, values: dict[str, Any], errors: dict[str, str]) -> None:
    draft, found = entry_form.build(kind, values, GOAL if kind == "target_value" else LATE, HOME, TODAY)
    assert draft is None
    assert found.keys() == errors.keys()
    for field, message in errors.items():
        assert message.rstrip(".") in found[field]


@pytest.mark.parametrize(
    ("kind", "values", "day"),
    [
        ("evidence", {"number": "1/BC", "date": D(2024, 6, 10)}, D(2024, 6, 10)),
        ("evidence", {"number": "1/BC"}, TODAY),
        ("evidence", {"number": "1/BC", "date": D(2024, 6, 10), "as_of": D(2024, 6, 20)}, D(2024, 6, 20)),
        ("extension", {"new": D(2024, 9, 30), "reason": "chờ", "document": "5/CV", "document_date": D(2024, 5, 31)},
         D(2024, 5, 31)),
        ("extension", {"new": D(2024, 9, 30), "reason": "chờ"}, TODAY),
        ("target_value", {"value": "45", "period": "6 tháng đầu năm 2024"}, D(2024, 6, 14)),
        ("target_value", {"value": "45", "period": "Quý III/2024"}, TODAY),  # not closed yet
        ("target_value", {"value": "45"}, TODAY),
    ],
)  # fmt: skip
def test_an_entry_speaks_of_its_own_day(kind: str, values: dict[str, Any], day: dt.date) -> None:
    """What is written down on the 18th about the 10th belongs into the report that closed on the 14th."""
    item = GOAL if kind == "target_value" else LATE
    assert entry_form.start_values(kind, item, Facts(), TODAY).get("as_of") is None
    draft, errors = entry_form.build(kind, values, item, HOME, TODAY)
    assert draft is not None and not errors and draft.as_of == day


def test_a_document_of_tomorrow_is_a_mistake() -> None:
    values = {"number": "1/BC", "date": D(2024, 7, 2)}
    assert entry_form.build("evidence", values, LATE, HOME, TODAY) == (
        None, {"date": "Ngày này sau ngày hôm nay 01/7/2024."},
    )  # fmt: skip


FINISHED = {"completed_on": D(2024, 6, 3), "product": "Kế hoạch"}
REACHED = {"value": "45", "as_of": TODAY}


@pytest.mark.parametrize(
    ("kind", "values", "proof", "day"),
    [
        ("task_done", FINISHED | {"proof_number": "9/BC", "proof_date": D(2024, 6, 10)},
         Evidence(number="9/BC", date=D(2024, 6, 10)), D(2024, 6, 10)),
        ("task_done", FINISHED | {"proof_link": "https://so.vn/a"}, Evidence(link="https://so.vn/a"), D(2024, 6, 3)),
        ("target_value", REACHED | {"proof_number": " 9/BC "}, Evidence(number="9/BC"), TODAY),
        ("task_done", FINISHED | {"proof_number": "  ", "proof_date": None, "proof_link": ""}, None, TODAY),
        ("note", {"text": "chờ", "as_of": TODAY}, None, TODAY),
    ],
)  # fmt: skip
def test_a_result_and_its_proof_are_one_form(kind: str, values: dict[str, Any], proof: Any, day: dt.date) -> None:
    item = GOAL if kind == "target_value" else LATE
    drafts, errors = entry_form.build_all(kind, values, item, HOME, TODAY)
    assert not errors and drafts[0].payload.kind == kind
    found = [(d.payload, d.as_of) for d in drafts[1:]]
    assert found == ([(proof.model_copy(update={"proves": drafts[0].id}), day)] if proof else [])


@pytest.mark.parametrize(
    ("values", "where"),
    [
        (FINISHED | {"proof_date": D(2024, 6, 10)}, "proof_number"),  # a date proves nothing
        (FINISHED | {"proof_number": "9/BC", "proof_date": D(2024, 7, 2)}, "proof_date"),
        (FINISHED | {"proof_link": "so.vn"}, "proof_link"),
        ({"proof_number": "9/BC"}, "completed_on"),
    ],
)
def test_a_mistake_in_the_proof_keeps_back_both(values: dict[str, Any], where: str) -> None:
    drafts, errors = entry_form.build_all("task_done", values, LATE, HOME, TODAY)
    assert (drafts, list(errors)) == ((), [where])


def test_what_has_a_proof_of_its_own_takes_none_in_its_form() -> None:
    with_proof = {k for k in entry_form.FIELDS if entry_form.PROOF[0] in entry_form.form_fields(k)}
    assert with_proof == {"target_value", "task_done"}
    names = {k: [f.name for f in entry_form.form_fields(k)] for k in entry_form.FIELDS}
    assert all(len(set(of_kind)) == len(of_kind) for of_kind in names.values())


def test_the_same_try_again_is_the_same_entries() -> None:
    values = FINISHED | {"proof_number": "9/BC"}
    first, again = (entry_form.build_all("task_done", values, LATE, HOME, TODAY)[0] for _ in range(2))
    assert first != again
    assert entry_form.same_try(again, first) == first
    other = entry_form.build_all("task_done", values | {"product": "Khác"}, LATE, HOME, TODAY)[0]
    assert entry_form.same_try(other, first) == other
    assert entry_form.same_try(first[:1], first) == first[:1]
    assert entry_form.same_try(first, ()) == first


def test_a_result_and_its_proof_are_recorded_together_or_not_at_all(tmp_path: Path) -> None:
    drafts = entry_form.build_all("task_done", FINISHED | {"proof_number": "9/BC"}, LATE, JUSTICE, TODAY)[0]
    with Ledger(tmp_path / "l.sqlite") as ledger:
        record(ledger, HOME, Note(text="chờ"))
        with pytest.raises(Conflict):
            save(ledger, JUSTICE, drafts, ITEMS, {LATE.id: 0})
        assert ledger.last_seq() == 1
        done, proof = save(ledger, JUSTICE, drafts, ITEMS, {LATE.id: 1})
        assert proof.payload.proves == done.id
        assert ledger.state_at(TODAY)[LATE.id].evidence == (proof.payload,)


def test_who_approves_begins_with_what_was_asked() -> None:
    asked = Facts(requests=(Extension(old=D(2024, 3, 31), new=D(2024, 9, 30), reason="chờ"),))
    start = entry_form.start_values("extension", LATE, asked, TODAY, approves=True)
    assert start == {"old": D(2024, 3, 31), "new": D(2024, 9, 30), "reason": "chờ"}
    assert entry_form.start_values("extension", LATE, asked, TODAY) == {"old": D(2024, 3, 31)}


def test_the_grid_tells_who_leads_where_there_are_several() -> None:
    works = worklist([LATE, OTHER], {}, TODAY)
    leads = {LATE.id: "Sở Tư pháp", OTHER.id: "Sở Y tế"}
    assert list(grid.draw("task", works, {}, leads).cells["lead"]) == ["Sở Tư pháp", "Sở Y tế"]
    assert "lead" not in grid.draw("task", works, {}).cells.columns


def test_a_row_of_the_grid_speaks_of_the_day_of_its_document() -> None:
    sheet = grid.draw("task", worklist([LATE], {}, TODAY), {})
    read = grid.read(sheet, {LATE.id: {"number": "9/BC", "date": "10/6/2024"}}, ITEMS, {}, JUSTICE, TODAY)
    proof = Evidence(number="9/BC", date=D(2024, 6, 10))
    assert [(d.payload, d.as_of) for d in read.drafts] == [(proof, D(2024, 6, 10))]
    goal = grid.draw("target", worklist([GOAL], {}, TODAY), {})
    for cells, day in (({"value": "45", "period": "Quý I/2024"}, D(2024, 3, 14)), ({"value": "45"}, TODAY)):
        (draft,) = grid.read(goal, {GOAL.id: cells}, ITEMS, {}, HOME, TODAY).drafts
        assert draft.as_of == day


def record(ledger: Ledger, person: Person, payload: Any, item: KnownItem = LATE, seen: int | None = None) -> Entry:
    draft = Draft(item_id=item.id, payload=payload, author=person.email, role=person.role, as_of=D(2024, 3, 1))
    return save(ledger, person, [draft], ITEMS, None if seen is None else {item.id: seen})[0]


def test_a_correction_is_linked_in_the_history(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        record(ledger, JUSTICE, TaskDone(completed_on=D(2024, 3, 1), product="<b>Sai</b>"))
        one = entry_form.correctable(ledger.history(LATE.id))[0]
        values = entry_form.typed(one) | {"product": "Đúng", "action": "replace"}
        assert entry_form.build_correction(one, values, LATE, JUSTICE, TODAY)[1] == {
            "correction_reason": "Hãy điền ô này."
        }
        draft, errors = entry_form.build_correction(
            one, values | {"correction_reason": "gõ nhầm"}, LATE, JUSTICE, TODAY
        )
        assert draft is not None and not errors
        save(ledger, JUSTICE, [draft], ITEMS, {LATE.id: 1})
        withdraw, _ = entry_form.build_correction(
            entry_form.correctable(ledger.history(LATE.id))[0], {"action": "withdraw", "correction_reason": "bỏ"},
            LATE, JUSTICE, TODAY,
        )  # fmt: skip
        assert withdraw is not None
        save(ledger, JUSTICE, [withdraw], ITEMS, {LATE.id: 2})
        entries = ledger.history(LATE.id)
    lines = entry_words.history(entries)
    assert [(x.number, x.corrects, x.corrected_by, x.live) for x in lines] == [
        (3, 2, None, False), (2, 1, 3, False), (1, None, 2, False),
    ]  # fmt: skip
    assert isinstance(lines[0].entry.payload, Correction)
    assert not fold(entries, TODAY)[LATE.id].recorded
    html = history.panel(entries, {})
    assert "<b>Sai" not in html and "&lt;b&gt;Sai" in html
    assert 'href="#lan-ghi-2"' in html and 'id="lan-ghi-2"' in html
    assert html.index("lan-ghi-3") < html.index('id="lan-ghi-1"')


def test_the_second_saver_sees_what_changed(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        record(ledger, JUSTICE, Note(text="một"), seen=0)
        with pytest.raises(Conflict) as caught:
            record(ledger, HOME, Note(text="hai"), seen=0)
        assert [e.payload.text for e in caught.value.changes[LATE.id]] == ["một"]
        record(ledger, HOME, Note(text="hai"), seen=1)
        assert len(ledger.history(LATE.id)) == 2


@pytest.mark.parametrize(
    ("person", "item", "payload"),
    [
        (None, LATE, Note(text="x")),
        (VIEWER, LATE, Note(text="x")),
        (JUSTICE, OTHER, Note(text="x")),
        (JUSTICE, GOAL, TargetValue(value=1)),
        (JUSTICE, LATE, Extension(old=D(2024, 3, 31), new=D(2024, 9, 30), reason="x", document="1/QĐ")),
        (JUSTICE, LATE, NotApplicable(reason="x")),
    ],
)
def test_who_may_not_is_refused_beneath_the_page(
    tmp_path: Path, person: Person | None, item: KnownItem, payload: Any
) -> None:
    signer = person or JUSTICE
    draft = Draft(item_id=item.id, payload=payload, author=signer.email, role=signer.role, as_of=TODAY)
    with Ledger(tmp_path / "l.sqlite") as ledger:
        with pytest.raises(AccessDenied):
            save(ledger, person, [draft], ITEMS)
        assert ledger.last_seq() == 0


# The Excel file


def filled(changes: dict[str, dict[str, Any]], demo: bool = False) -> bytes:
    """Our own file with cells filled in, as a person would do it offline."""
    data = worksheets.write(results.sheet(ITEMS.values(), FACTS, TODAY), demo)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book[worksheets.SHEET]
    head = 2 if demo else 1
    columns = {str(c.value): n for n, c in enumerate(page[head], 1)}
    for row in range(head + 1, page.max_row + 1):
        for name, value in changes.get(str(page.cell(row, 1).value), {}).items():
            page.cell(row, columns[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(data: bytes, demo: bool = False) -> results.Result:
    return results.read_rows(worksheets.read(data, "kq.xlsx", demo), ITEMS, FACTS, JUSTICE, TODAY)


def test_the_file_comes_back_with_nothing_new() -> None:
    result = uploaded(filled({}))
    assert (result.rows, result.unused) == ((), ())


def test_the_file_comes_back_filled_in() -> None:
    result = uploaded(filled({
        "p.late": {"Ngày hoàn thành": dt.datetime(2024, 6, 5), "Số văn bản": "7/BC-STP"},
        "p.far": {"Ngày hoàn thành": "32/13/2024"},
        "p.other": {"Ghi chú": "không phải của tôi"},
    }))  # fmt: skip
    assert {type(d.payload) for d in result.drafts} == {TaskDone, Evidence}
    assert {d.item_id for d in result.drafts} == {"p.late"}
    assert result.expected == {"p.late": 0}
    told = [p.text for p in result.problems]
    assert any("cột «Ngày hoàn thành»" in t and t.startswith("Dòng ") for t in told)
    assert any("không do cơ quan của bạn" in t for t in told)
    assert len(told) == 2


def test_a_file_of_the_demonstration_is_not_taken_for_real() -> None:
    data = filled({"p.late": {"Ghi chú": "thử"}}, demo=True)
    with pytest.raises(results.TableError, match="minh họa"):
        worksheets.read(data, "x.xlsx", demo=False)
    result = uploaded(data, demo=True)
    assert [d.payload for d in result.drafts] == [Note(text="thử")]


def test_text_of_a_document_is_no_formula() -> None:
    odd = KnownItem("p.odd", "task", "p", "=1+1 nội dung lạ", deadline=Deadline())
    data = worksheets.write(results.sheet([odd], {}, TODAY))
    cells = [c for row in openpyxl.load_workbook(io.BytesIO(data))[worksheets.SHEET] for c in row]
    assert [c.data_type for c in cells if c.value == "=1+1 nội dung lạ"] == ["s"] or all(
        c.data_type != "f" for c in cells
    )


def _archive(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x", b"\0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 broken", b"\x00\x01\x02 binary", "Tên;Số\n1;2".encode(), _archive(10), _archive(201 << 20)],
    ids=["empty", "broken", "binary", "no header", "no workbook", "bomb"],
)
def test_a_file_that_is_none_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(results.TableError):
        worksheets.read(data, "x.xlsx")


def test_periods_are_understood_again() -> None:
    from cchc.screen.update_form import periods

    for said in filter(None, periods(GOAL, TODAY)):
        assert results.period(said)


def test_words_for_every_payload() -> None:
    for payload in (TaskDone(completed_on=TODAY), PROOF, Note(text="x"), TargetValue(value=98.5, period="2024-1"),
                    Correction(corrects=uuid.uuid4(), reason="x")):  # fmt: skip
        assert entry_words.sentence(payload)
    assert entry_words.sentence(TargetValue(value=98.5, period="2024-1")) == (
        "Kết quả chỉ tiêu. Kết quả: 98,5; Kỳ: Quý I/2024"
    )


def test_a_cell_ends_where_its_row_does_and_shows_it() -> None:
    width = (320 - 18) / 5.7
    whole = (
        "Triển khai điều tra xã hội học để xác định Chỉ số cải cách hành chính năm 2023 của các sở, ban, ngành; UBND "
        "các huyện, thị xã, thành phố; UBND các xã, phường, thị trấn"
    )
    assert words.fitted(whole, width, 4) == whole
    cut = words.fitted(f"{whole}. {whole}", width, 4)
    assert cut.endswith(" …")
    assert whole in cut
    assert len(cut) < 4 * width
    assert words.fitted("", width, 4) == ""
