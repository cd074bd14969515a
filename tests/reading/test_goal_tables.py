"""Tables of goals in the variety of real plans (goal_tables.txt): every goal with its figure, unit, level and end.

`python tests/reading/test_goal_tables.py` prints how many are read, and what differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc.model import Plan, Target
from cchc.reading.plan import read_text_plan
from cchc.text import folded, stored

FRAME = (
    "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\n\nKẾ HOẠCH\nCải cách hành chính năm 2025\n\nI. MỤC ĐÍCH\n\n"
    "Triển khai đồng bộ các nhiệm vụ.\n\nII. CHỈ TIÊU\n\n{}\n\n"
    "III. TỔ CHỨC THỰC HIỆN\n\n- Sở Nội vụ theo dõi, đôn đốc.\n"
)
Facts = tuple[str, float | None, str | None, str | None, str]  # comparator, value, unit, level, end


@dataclass(frozen=True)
class Case:
    name: str
    table: str
    goals: tuple[tuple[Facts, str], ...]  # and the words the quote holds


def _cases() -> Iterator[Case]:
    lines = (Path(__file__).parent / "goal_tables.txt").read_text(encoding="utf-8").split("\n")
    said = "\n".join(line for line in lines if not line.startswith("#"))
    for piece in said.split("\n== ")[1:]:
        name, _, body = piece.partition("\n")
        table, _, goals = body.partition("\n--")
        yield Case(name, table.strip("\n").replace("→", "\t"), tuple(_goal(g) for g in goals.strip().split("\n") if g))


def _goal(line: str) -> tuple[Facts, str]:
    said, _, words = line.partition(" | ")
    comparator, value, *unit = said.split()
    end, level = "2025-12-31", None
    while unit[-1][0] in "@#":
        mark = unit.pop()
        if mark[0] == "#":
            level = mark[1:]
        else:
            end = mark[1:] if "-" in mark else f"{mark[1:]}-12-31"
    named = " ".join(unit)
    return (comparator, None if value == "-" else float(value), None if named == "-" else named, level, end), words


def facts(target: Target) -> Facts:
    kind = target.comparator or ("milestone" if target.kind == "milestone" else target.kind)
    return kind, target.value, target.unit, target.level, str(target.due)


def read(case: Case) -> Plan:
    return read_text_plan(stored(FRAME.format(case.table)), "bang.txt")


def compared(case: Case, plan: Plan) -> tuple[list[tuple[Facts, str]], list[Target]]:
    """Goals that were not read as they are, and targets that are none."""
    left = list(plan.targets)
    missed = []
    for goal, words in case.goals:
        hit = next((t for t in left if facts(t) == goal and folded(words) in folded(t.quote)), None)
        if hit is None:
            missed.append((goal, words))
        else:
            left.remove(hit)
    return missed, left


CASES = list(_cases())


def test_there_are_tables_in_some_variety() -> None:
    assert len(CASES) >= 55 and sum(len(c.goals) for c in CASES) >= 195


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_reads_the_goals_of_a_table(case: Case) -> None:
    assert compared(case, read(case)) == ([], [])


def main() -> None:
    goals = read_ = right = whole = 0
    for case in CASES:
        plan = read(case)
        missed, extra = compared(case, plan)
        goals, read_, right = goals + len(case.goals), read_ + len(plan.targets), right + len(case.goals) - len(missed)
        whole += not missed and not extra
        if missed or extra:
            print(f"{case.name}:")
            for goal, words in missed:
                print(f"    not read: {goal} {words}")
            for t in extra:
                print(f"    read: {facts(t)} {t.quote[:60]}")
            for warning in plan.warnings:
                print(f"    ! {warning[:150]}")
    share = 2 * right / (goals + read_)
    print(f"{right} of {goals} goals, {read_} read, F1 {share:.3f}; {whole} of {len(CASES)} tables whole")


if __name__ == "__main__":
    main()
