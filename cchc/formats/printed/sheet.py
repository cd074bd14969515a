"""A page as it is printed: words and ruled lines with their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(slots=True)
class Word:
    """`base` is the line the letters stand on, `size` the height of the type; y grows downwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str = ""

    @property
    def top(self) -> float:
        return self.base - self.size * 0.8

    @property
    def bottom(self) -> float:
        return self.base + self.size * 0.22


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: `at` is its y (horizontal) or x (upright), `start:end` its reach along the other axis."""

    at: float
    start: float
    end: float


def same_box(box: Box) -> Box:
    return box


@dataclass(slots=True)
class Sheet:
    """A page in reading direction. Places are in any unit, the origin at the upper left; `shown` turns a box into
    fractions of the page as a viewer shows it."""

    number: int
    width: float
    height: float
    words: list[Word]
    across: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    shown: Callable[[Box], Box] = same_box


def listed(numbers: Sequence[int]) -> str:
    """Numbers of pages as people write them: "1, 3-5"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
