"""Goals and results in short, as officials write them."""

from __future__ import annotations

_COMPARATORS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}


def number_text(value: float) -> str:
    """A number as officials write it: «1.234,5», «90», at most three decimals."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def goal_text(kind: str, comparator: str | None, value: float | None, unit: str | None) -> str:
    """The goal in short: «≥ 90 %», «hạng ≤ 20», «≥ 5 dịch vụ», «cải thiện so với năm trước», «hoàn thành»;
    «chưa rõ» where the figure was not understood."""
    if value is None:
        return {"improve": "cải thiện so với năm trước", "milestone": "hoàn thành"}.get(kind, "chưa rõ")
    sign = _COMPARATORS.get(comparator or "", "")
    number = number_text(value)
    if kind == "rank":
        return " ".join(x for x in ("hạng", sign, number) if x)
    return " ".join(x for x in (sign, number, unit) if x)


def result_text(kind: str, value: float, unit: str) -> str:
    """A result in short: «72,5 %», «hạng 12», «35 dịch vụ»."""
    if kind == "rank" or unit == "hạng":
        return f"hạng {number_text(value)}"
    return f"{number_text(value)} {unit}".rstrip()
