"""How well tasks are read in layouts nobody tuned a rule to: floors for each form and each variant.

`python tests/reading/test_layouts.py` prints the table of docs/tables.md.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable

import layouts
import pytest
import score_parse

from cchc.reading import read_plan
from cchc.reading.cli import as_json
from cchc.reading.tables import find_tables
from cchc.text import matching

Counts = tuple[int, int, int, int]  # annotated, parsed, found, exact

# Exact F1 that must not be lost, over all variants but "lost header".
FLOORS = {
    "cell a line, |": 0.96,
    "cell a line": 0.92,
    "cell a line, blank between": 0.92,
    "wrapped at 24": 0.81,
    "wrapped at 40": 0.89,
    "wrapped at 60": 0.9,
    "row a line, tabs": 0.96,
    "row a line, |": 0.96,
    "markdown": 0.96,
    "row a line, blanks": 0.92,
    "printed columns": 0.96,
    "printed, rows apart": 0.96,
    "printed, centred": 0.93,
}

# The same where the header is lost: the columns are told by what stands in them.
LOST_FLOORS = {
    "cell a line, |": 0.96,
    "cell a line": 0.9,
    "cell a line, blank between": 0.9,
    "wrapped at 24": 0.78,
    "wrapped at 40": 0.85,
    "wrapped at 60": 0.85,
    "row a line, tabs": 0.96,
    "row a line, |": 0.96,
    "markdown": 0.96,
    "row a line, blanks": 0.92,
    "printed columns": 0.92,
    "printed, rows apart": 0.92,
}


def score(form: str, variant: str, group: int) -> Counts:
    year, items = layouts.groups()[group]
    sheet = layouts.sheet(items, variant)
    text = layouts.document(layouts.FORMS[form](sheet), year)
    parsed = as_json(form, read_plan(text.encode(), "bang.txt"), with_text=False)["tasks"]
    gold = [i.gold() for i in sheet.items]
    pairs, _, _ = score_parse.pair(gold, parsed, score_parse.task_found)
    return len(gold), len(parsed), len(pairs), sum(score_parse.task_exact(g, p) for g, p in pairs)


def total(counts: Iterable[Counts]) -> tuple[float, float]:
    """F1 of what is found, and of what is exact."""
    gold, parsed, found, exact = (sum(c) for c in zip(*counts, strict=True))
    return 2 * found / (gold + parsed), 2 * exact / (gold + parsed)


def measured(form: str, variants: Iterable[str], each: int) -> dict[str, list[Counts]]:
    """Counts of each variant over `each` tables: one composed, the others annotated, other ones each time."""
    number = len(layouts.groups())
    made = defaultdict(list)
    for i, variant in enumerate(variants):
        for group in [i % 4, *(4 + (i * 7 + k * 11) % (number - 4) for k in range(each - 1))]:
            made[variant].append(score(form, variant, group))
    return made


@pytest.mark.parametrize("form", layouts.FORMS)
def test_tasks_are_read_in_every_form(form: str) -> None:
    variants = [v for v in layouts.VARIANTS if v != "lost header"]
    counts = measured(form, variants, 2)
    assert total(c for several in counts.values() for c in several)[1] >= FLOORS[form]


@pytest.mark.parametrize("form", LOST_FLOORS)
def test_tasks_are_read_where_the_header_is_lost(form: str) -> None:
    counts = [score(form, "lost header", group) for group in (0, 1, 2, 5, 9, 13)]
    assert total(counts)[1] >= LOST_FLOORS[form]


def test_headers_without_a_table_cost_no_more_than_their_length() -> None:
    def seconds(times: int) -> float:
        text = "STT   Nội dung nhiệm vụ   Cơ quan chủ trì   Thời gian\nkhông phải bảng gì cả\n" * times
        begun = time.process_time()
        assert find_tables(text, matching(text)) == []
        return time.process_time() - begun

    seconds(50)  # fills caches
    long, short = (min(seconds(times) for _ in range(3)) for times in (800, 200))  # others use the machine too
    assert long < 12 * short  # 16 times were quadratic, 4 times are linear


def main() -> None:
    options = argparse.ArgumentParser(description="Measure the reader on all forms and variants.")
    options.add_argument("--each", type=int, default=4, help="tables for each form and variant")
    each = options.parse_args().each
    begun = time.process_time()
    variants: dict[str, list[Counts]] = defaultdict(list)
    print("| form | found F1 | exact F1 |\n| --- | --- | --- |")
    for form in layouts.FORMS:
        counts = measured(form, layouts.VARIANTS, each)
        kept = [c for variant, several in counts.items() for c in several if variant != "lost header"]
        print("| {} | {:.3f} | {:.3f} |".format(form, *total(kept)))
        for variant, several in counts.items():
            variants[variant] += several
    print("\n| variant | found F1 | exact F1 |\n| --- | --- | --- |")
    for variant, several in variants.items():
        print("| {} | {:.3f} | {:.3f} |".format(variant, *total(several)))
    print(f"\n{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
