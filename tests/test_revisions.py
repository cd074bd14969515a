"""What changed between two versions of a document."""

from __future__ import annotations

import random
import time

from cchc import revisions
from cchc.model import Measure, Plan, PlanInfo
from cchc.reading import read_plan
from tests.imported_plans import data, text


def plan(**changes: object) -> Plan:
    return read_plan(data(**changes), "ke-hoach.txt")


def test_a_plan_has_not_changed_against_itself() -> None:
    found = revisions.diff(plan(), plan())
    assert found.is_empty
    assert (found.same, found.in_common, found.info) == (6, 1.0, ())


def test_blanks_and_dashes_of_another_copy_are_no_change() -> None:
    copy = read_plan(
        text().replace("hồ sơ được", "hồ  sơ được").replace("hóa", "hoá").replace("- ", "– ").encode(), "b.txt"
    )
    assert revisions.diff(plan(), copy).is_empty


def test_a_figure_that_changed_is_one_item_with_one_field() -> None:
    old, new = plan(), plan(rate=85)
    found = revisions.diff(old, new)
    (change,) = found.changed
    assert change.old.id == old.targets[0].id
    assert {f.field: (f.old, f.new) for f in change.fields if f.field != "quote"} == {"value": (80.0, 85.0)}
    assert found.links == {old.targets[0].id: new.targets[0].id}
    assert (found.added, found.removed, found.same) == ((), (), 5)


def test_comparators_and_units_are_told_apart() -> None:
    old = plan()
    upper = old.targets[0].model_copy(update={"comparator": "<="})
    found = revisions.diff(old, old.model_copy(update={"targets": (upper, *old.targets[1:])}))
    assert [(f.field, f.old, f.new) for c in found.changed for f in c.fields] == [("comparator", ">=", "<=")]
    assert found.links == {}


def test_added_and_removed_items() -> None:
    old, new = plan(), plan(goal="3. Phấn đấu 70% người dân hài lòng.\n")
    found = revisions.diff(old, new)
    assert [(kind, item.id) for kind, item in found.added] == [("target", new.targets[2].id)]
    back = revisions.diff(new, old)
    assert [item.id for _, item in back.removed] == [new.targets[2].id]
    assert (found.changed, back.changed) == ((), ())


def test_another_lead_of_a_task_is_a_change_of_that_task() -> None:
    found = revisions.diff(plan(), plan(lead="Sở Tư pháp"))
    (change,) = found.changed
    assert [(f.field, f.old, f.new) for f in change.fields] == [("lead", ("Văn phòng UBND tỉnh",), ("Sở Tư pháp",))]


def test_other_work_is_no_change_of_the_old() -> None:
    found = revisions.diff(plan(), plan(task="Mua sắm trang thiết bị tin học cho bộ phận một cửa"))
    assert len(found.added) == len(found.removed) == 1
    assert found.changed == ()
    assert 0.8 < found.in_common < 1


def test_the_document_id_does_not_matter() -> None:
    old = plan()
    new = plan(number=13)
    assert old.plan.id != new.plan.id
    found = revisions.diff(old, new)
    assert found.is_empty
    assert [(f.field, f.new) for f in found.info] == [("number", "13/KH-UBND")]


def test_large_plans_are_compared_in_time() -> None:
    chance = random.Random(1)  # noqa: S311
    words = [f"từ{n}" for n in range(400)]

    def made(shift: int) -> Plan:
        said = [" ".join(random.Random(n).choices(words, k=20)) for n in range(3000)]  # noqa: S311
        measures = tuple(
            Measure(id=f"p.g{n}x{shift}", content=f"{content} {'mới' if shift else 'cũ'}", start=n, end=n + 1)
            for n, content in enumerate(said)
        )
        return Plan(name="x", plan=PlanInfo(id="p"), measures=tuple(chance.sample(measures, len(measures))))

    start = time.process_time()
    found = revisions.diff(made(0), made(1))
    assert time.process_time() - start < 20
    assert len(found.changed) == 3000
    assert all(c.old.id.split("x")[0] == c.new.id.split("x")[0] for c in found.changed)
