"""The whole reader on long hostile text, made of its own words over and over, in cells, lines and paragraphs: the time
it takes grows with the text, no faster."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from cchc.reading.plan import read_text_plan
from cchc.text import stored
from tests.reading.test_properties import PIECES

MORE = [
    "1 |\n", "| a | b |\n", "²", "٣", "\u200b", "**", "__",
    "tháng 3, ", "quý I, ", "trước ngày 15/12/2025, ", "Sở Nội vụ; ", "và ", "(", "«",
    "từ 95% đến 98% ", "giảm từ 5 xuống 3, ", "a) ", "1.1. ", "đạt 90% ", "Số: 1/KH-UBND\n", "UBMTTQ", "Ban ", "9",
    "x\ty\tz\n", "trong ", "<br>",
    "15 ngày kể từ ", "STT\tNội dung\tChủ trì\n", "chủ trì, phối hợp với ", "Tỷ lệ hồ sơ ", "năm 2024 ",
    "giai đoạn 2021-2025, ", "các ", "cơ quan, đơn vị ", "UBND huyện A, ", "ngày 1 tháng 1 năm 2024 ", "1/1/2024, ",
]  # fmt: skip
WORDS = [*PIECES, *MORE]
HEADER = (
    "| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm |\n"
    "|---|---|---|---|---|---|\n"
)
CELLS = ["9", "Xây dựng kế hoạch", "Sở Nội vụ", "Sở Tài chính", "Quý I", "Kế hoạch"]


def seconds(text: str) -> float:
    began = time.process_time()
    read_text_plan(stored(text), "x.txt")
    return time.process_time() - began


def check(long: str, short: str) -> None:
    """`long` is four times `short`. Times of one run are compared; a machine with other work gets three tries."""
    for _ in range(3):
        whole, quarter = seconds(long), min(seconds(short) for _ in range(2))
        if whole < 7 * max(quarter, 0.02):
            assert whole < 20
            return
    pytest.fail(f"{whole:.2f} s against {quarter:.2f} s for a quarter of {long[:60]!r}")


def mixtures(count: int) -> Iterator[str]:
    dice = random.Random(20)  # noqa: S311 - no secret
    for _ in range(count):
        separator = dice.choice([" ", "\n", ""])
        yield separator.join(dice.choice(WORDS) for _ in range(dice.randint(2, 5))) + separator


@pytest.mark.timeout(120)
@pytest.mark.parametrize("unit", [*WORDS, *mixtures(60)], ids=lambda unit: repr(unit[:24]))
def test_words_of_the_reader_over_and_over(unit: str) -> None:
    check(unit * (24_000 // len(unit)), unit * (6_000 // len(unit)))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("unit", MORE, ids=repr)
def test_a_cell_of_a_table_that_never_ends(unit: str) -> None:
    row = "| " + " | ".join(CELLS) + " |\n"
    for column in range(len(CELLS)):
        made = []
        for length in (16_000, 4_000):
            cells = [*CELLS]
            cells[column] = unit.replace("\n", " ").replace("|", " ") * (length // len(unit))
            made.append(HEADER + row * 3 + "| " + " | ".join(cells) + " |\n" + row * 3)
        check(*made)


@pytest.mark.timeout(120)
def test_text_without_any_order() -> None:
    dice = random.Random(21)  # noqa: S311 - no secret
    for separator in (" ", "\n"):
        words = [dice.choice(WORDS) for _ in range(6_000)]
        check(separator.join(words), separator.join(words[:1_500]))
