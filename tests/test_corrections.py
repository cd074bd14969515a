"""Corrections on top of what was read: they hold, they move with their words, nothing of them is lost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from pydantic import ValidationError

from cchc import corrections
from cchc.corrections import NotUsable, Reading, apply
from cchc.document_entries import ReadingRecord
from cchc.model import Plan
from cchc.reading import read_plan
from cchc.reading.deadlines import read_deadline
from tests.imported_plans import data, text

SHA = "a" * 64
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)


def plan(**changes: object) -> Plan:
    return read_plan(data(**changes), "ke-hoach.txt")


def said(*records: ReadingRecord) -> list[Reading]:
    return [Reading(r, uuid.uuid4(), "an@x.vn", "standing_editor", NOON, n) for n, r in enumerate(records, 1)]


def test_without_corrections_a_plan_is_the_same_object() -> None:
    read = plan()
    assert apply(read, ()).plan is read


def test_a_changed_field_counts_as_reviewed_and_says_who() -> None:
    read = plan()
    target = read.targets[0]
    record = corrections.change(read, SHA, target.id, {"value": 85, "due": dt.date(2025, 6, 30)}, "Gõ nhầm")
    assert record.before["value"] == 80.0
    found = apply(read, said(record))
    now = found.plan.targets[0]
    assert (now.id, now.value, now.due, now.confidence) == (target.id, 85.0, dt.date(2025, 6, 30), 1.0)
    assert now.reasons == ("đã chỉnh sửa bởi an@x.vn ngày 24/11/2026",)
    assert found.words(target.id) == now.reasons[0]
    (change,) = found.changes[target.id]
    assert [(f.field, f.old, f.new) for f in change.fields] == [
        ("value", 80.0, 85.0),
        ("due", dt.date(2025, 12, 31), dt.date(2025, 6, 30)),
    ]
    assert found.plan.targets[1] == read.targets[1]


def test_the_later_of_two_wins_field_by_field() -> None:
    read = plan()
    task = read.tasks[1]
    first = corrections.change(read, SHA, task.id, {"lead": ["Sở Tư pháp"], "note": "gấp"})
    second = corrections.change(apply(read, said(first)).plan, SHA, task.id, {"lead": ["Sở Tài chính"]})
    now = apply(read, said(first, second)).plan.tasks[1]
    assert (now.lead, now.note) == (("Sở Tài chính",), "gấp")


def test_struck_items_go_and_come_back() -> None:
    read = plan()
    task = read.tasks[0]
    strike = corrections.strike(read, SHA, task.id, "Không phải nhiệm vụ")
    found = apply(read, said(strike))
    assert task.id not in {t.id for t in found.plan.tasks}
    assert [s.item for s in found.struck] == [task]
    again = apply(read, said(strike, corrections.restore(found.struck[0])))
    assert again.plan.tasks == read.tasks
    assert again.struck == ()


def test_a_confirmed_item_is_no_longer_doubtful() -> None:
    read = plan()
    doubtful = read.tasks[0].model_copy(update={"confidence": 0.4, "reasons": ("dòng bị mất ô",)})
    read = read.model_copy(update={"tasks": (doubtful, *read.tasks[1:])})
    now = apply(read, said(corrections.confirm(read, SHA, doubtful.id))).plan.tasks[0]
    assert (now.confidence, now.reasons) == (1.0, ("đã rà soát bởi an@x.vn ngày 24/11/2026",))


def test_an_added_item_stands_on_its_sentence() -> None:
    read = plan()
    quote = "Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này"
    start = read.text.index(quote)
    record = corrections.add(read, SHA, "measure", start, start + len(quote), {"area": 1})
    found = apply(read, said(record))
    (added,) = [m for m in found.plan.measures if m.id == record.item]
    assert (added.content, added.area, added.start) == (quote, 1, start)
    # the same text with other blanks and two lines more above: the sentence is found again
    moved = read_plan(
        text().replace("theo dõi, đôn đốc", "theo  dõi,  đôn đốc").replace("I. MỤC", "x\ny\nI. MỤC").encode(), "b"
    )
    (again,) = [m for m in apply(moved, said(record)).plan.measures if m.id == record.item]
    assert " ".join(moved.text[again.start : again.end].split()) == quote
    gone = read_plan(text().replace("theo dõi, đôn đốc", "chỉ đạo").encode(), "b")
    lost = apply(gone, said(record))
    assert [r.said for r in lost.loose] == [record]
    assert record.item not in {m.id for m in lost.plan.measures}


def test_an_item_the_reader_reads_by_now_is_there_once_under_the_added_id() -> None:
    read = plan()
    target = read.targets[0]
    without = read.model_copy(update={"targets": read.targets[1:]})
    values = {"kind": "ratio", "comparator": ">=", "value": 80, "unit": "%", "subject": target.subject}
    record = corrections.add(without, SHA, "target", target.start, target.end, values)
    for reader_made in (without, read):
        found = apply(reader_made, said(record))
        assert [t.id for t in found.plan.targets] == [record.item, read.targets[1].id]


def test_a_correction_that_a_newer_reader_agrees_with_does_no_harm() -> None:
    read = plan()
    record = corrections.change(read, SHA, read.targets[0].id, {"value": 80})
    found = apply(read, said(record))
    assert found.plan.targets[0].value == 80
    assert found.loose == ()


def test_filled_data_and_what_was_dated_by_the_year_follow() -> None:
    read = plan().model_copy(update={"plan": plan().plan.model_copy(update={"year": None})})
    read = read.model_copy(
        update={
            "targets": tuple(t.model_copy(update={"due": None}) for t in read.targets),
            "tasks": (
                read.tasks[0].model_copy(update={"deadline_raw": "Quý I", "deadline": read_deadline("Quý I", None)[0]}),
                *read.tasks[1:],
            ),
        }
    )
    record = corrections.fill(read, SHA, {"year": 2026, "number": " 15/KH-UBND "}, "Theo bản giấy")
    found = apply(read, said(record))
    assert (found.plan.plan.year, found.plan.plan.number, found.plan.plan.id) == (2026, "15/KH-UBND", read.plan.id)
    assert found.plan.targets[0].due == dt.date(2026, 12, 31)
    assert found.plan.tasks[0].deadline.end == dt.date(2026, 3, 31)
    assert found.plan.tasks[1].deadline == read.tasks[1].deadline  # it names its own year
    assert [f.field for c in found.changes[""] for f in c.fields] == ["number", "year"]


def test_a_correction_follows_its_words_to_another_id() -> None:
    read = plan()
    task = read.tasks[1]
    record = corrections.change(read, SHA, task.id, {"note": "đã rà soát"})
    reworded = plan(task="Rà soát và đơn giản hóa các thủ tục hành chính")
    found = apply(reworded, said(record))
    assert found.plan.tasks[1].note == "đã rà soát"
    assert found.moved == {task.id: found.plan.tasks[1].id}
    other = apply(plan(task="Mua sắm trang thiết bị"), said(record))
    assert [r.said for r in other.loose] == [record]
    assert "đã rà soát" not in {t.note for t in other.plan.tasks}


def test_the_right_figure_of_a_sentence_keeps_its_correction() -> None:
    def two(a: int, b: int) -> Plan:
        return plan(goal=f"3. Phấn đấu {a}% hồ sơ cấp tỉnh, {b}% hồ sơ cấp xã được ký số.\n")

    read = two(70, 60)
    commune = next(t for t in read.targets if t.value == 60)
    record = corrections.change(read, SHA, commune.id, {"subject": "hồ sơ ở xã"})
    # Another reader gives all other ids: only words tell them apart.
    renamed = read.model_copy(update={"targets": tuple(t.model_copy(update={"id": f"{t.id}9"}) for t in read.targets)})
    found = apply(renamed, said(record))
    assert [t.value for t in found.plan.targets if t.subject == "hồ sơ ở xã"] == [60.0]
    assert found.loose == ()


def test_words_that_stand_twice_are_not_guessed_at() -> None:
    read = plan()
    task = read.tasks[1]
    record = corrections.change(read, SHA, task.id, {"note": "chỗ này"})
    twin = [task.model_copy(update={"id": f"p.n{n}", "start": task.start + n, "end": task.end + n}) for n in (-9, 9)]
    found = apply(read.model_copy(update={"tasks": tuple(twin)}), said(record))
    assert len(found.loose) == 1
    far = [twin[0].model_copy(update={"start": 5000, "end": 5010}), twin[1]]
    found = apply(read.model_copy(update={"tasks": tuple(far)}), said(record))
    assert [t.note for t in found.plan.tasks] == ["", "chỗ này"]


def test_a_link_moves_corrections_too() -> None:
    read = plan()
    old, new = read.tasks[1].id, read.tasks[2].id
    change = corrections.change(read, SHA, old, {"note": "theo nhiệm vụ cũ"})
    without = read.model_copy(update={"tasks": (read.tasks[0], read.tasks[2])})
    link = corrections.link(without, SHA, old, new, "Đã gộp")
    assert apply(without, said(change, link)).plan.tasks[1].note == "theo nhiệm vụ cũ"


def test_links_in_a_circle_end() -> None:
    assert corrections.follow({"a": "b", "b": "a"}, "a") == "b"
    assert corrections.follow({"a": "b", "b": "c"}, "a") == "c"


def test_a_value_the_model_no_longer_takes_is_loose_not_fatal() -> None:
    read = plan()
    good = corrections.change(read, SHA, read.targets[0].id, {"area": 3})
    stale = good.model_copy(update={"values": {"area": 12}})
    found = apply(read, said(stale))
    assert [r.said for r in found.loose] == [stale]
    assert found.plan.targets == read.targets


def test_corrections_of_a_document_under_another_id_are_found() -> None:
    read = plan()
    record = corrections.change(read, SHA, read.tasks[0].id, {"note": "x"})
    renamed = corrections.renamed(read, "tinh-an-binh-12-kh-ubnd-2025")
    assert {t.id.rpartition(".")[0] for t in renamed.tasks} == {"tinh-an-binh-12-kh-ubnd-2025"}
    assert apply(renamed, said(record)).plan.tasks[0].note == "x"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"value": "tám mươi"}, "Mục «mức» không đúng."),
        ({"kind": "khac"}, "Mục «loại chỉ tiêu» không đúng."),
        ({"id": "x"}, "Không sửa được mục «id»."),
        ({"subject": "  "}, "Không để trống mục «nội dung chỉ tiêu»."),
        ({"subject": "x" * 5000}, "Mục «nội dung chỉ tiêu» quá dài."),
        ({"value": None}, "Chỉ tiêu có mức bằng số thì phải có mức; hãy điền mức hoặc chọn loại khác."),
        ({"value": float("inf")}, "Mục «mức» không phải là một số dùng được."),
        ({"area": 9}, "Mục «lĩnh vực» không đúng."),
        ({}, "Cần nêu ít nhất một chỗ sửa."),
    ],
)
def test_what_cannot_be_is_refused_in_vietnamese(values: dict[str, object], message: str) -> None:
    read = plan()
    with pytest.raises(NotUsable) as caught:
        corrections.change(read, SHA, read.targets[0].id, values)
    assert str(caught.value) == message


def test_refusals_of_other_actions() -> None:
    read = plan()
    with pytest.raises(NotUsable, match="Không tìm thấy"):
        corrections.strike(read, SHA, "khong-co.n1")
    with pytest.raises(NotUsable, match="một câu"):
        corrections.add(read, SHA, "measure", 5, 5, {})
    with pytest.raises(NotUsable, match="Thiếu lý do"):
        corrections.strike(read, SHA, read.tasks[0].id, " ")
    with pytest.raises(NotUsable):
        corrections.fill(read, SHA, {"id": "khac"})
    with pytest.raises(ValidationError):
        ReadingRecord(action="link", plan="p", item="p.n1", to="p.n1", reason="x")


def test_hostile_text_stays_text() -> None:
    read = plan()
    record = corrections.change(read, SHA, read.tasks[0].id, {"content": "<script>'); DROP TABLE\x00 tasks;--\u200b"})
    assert apply(read, said(record)).plan.tasks[0].content == "<script>'); DROP TABLE  tasks;--"


def test_a_loose_correction_is_offered_the_items_of_its_kind_the_most_alike_first() -> None:
    read = plan()
    task = read.tasks[1]
    record = corrections.change(read, SHA, task.id, {"note": "đã rà soát"})
    other = plan(task="Mua sắm trang thiết bị")
    loose = apply(other, said(record)).loose[0].said
    offered = corrections.candidates(other, loose)
    assert {i.id for i in offered} == {t.id for t in other.tasks}
    assert corrections.candidates(read, record)[0].id == task.id
    # What is chosen holds from then on.
    new = other.tasks[1].id
    link = corrections.link(other, SHA, loose.item, new)
    found = apply(other, said(record, link))
    assert (found.loose, next(t.note for t in found.plan.tasks if t.id == new)) == ((), "đã rà soát")
    assert corrections.candidates(other, corrections.fill(other, SHA, {"signed_by": "Trần Văn Mẫu"})) == []
