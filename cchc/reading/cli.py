"""`python -m cchc parse FILE... --json [--with-text]`: what was read, as JSON or as a short summary."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cchc.formats import NotAPlan
from cchc.model import Plan
from cchc.reading.apart import read_many_apart

_DESCRIPTION = "Đọc văn bản kế hoạch và in những gì đọc được."
_FAILED = "{file}: {message}"
_CANNOT_OPEN = "không mở được tệp ({reason})."
_SUMMARY = "{file}: {targets} chỉ tiêu, {tasks} nhiệm vụ, {measures} giải pháp, {duties} trách nhiệm, {warnings} lưu ý"


def parse_command(argv: Sequence[str]) -> int:
    """Runs the command; returns 0 when every file was read, 1 when one was not, 2 for wrong use (by argparse)."""
    parser = argparse.ArgumentParser(prog="python -m cchc parse", description=_DESCRIPTION)
    parser.add_argument("files", nargs="+", metavar="TỆP", help="tệp văn bản")
    parser.add_argument("--json", action="store_true", help="in toàn bộ kết quả dạng JSON")
    parser.add_argument("--with-text", action="store_true", help="kèm nội dung văn bản trong JSON")
    options = parser.parse_args(list(argv))
    results: list[dict[str, Any]] = []
    failed = False
    for file, plan in read_many_apart((f, _load(f), Path(f).name) for f in options.files):
        if isinstance(plan, NotAPlan):
            print(_FAILED.format(file=file, message=plan), file=sys.stderr)
            failed = True
        elif options.json:
            results.append(as_json(file, plan, with_text=options.with_text))
        else:
            print(summary(file, plan))
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    return 1 if failed else 0


main = parse_command


def _load(file: str) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            return Path(file).read_bytes()
        except OSError as error:
            raise NotAPlan(_CANNOT_OPEN.format(reason=error.strerror)) from None

    return load


def as_json(file: str, plan: Plan, *, with_text: bool) -> dict[str, Any]:
    """One file's result in the shape of the public interface: dates as ISO, `except` under its own name."""
    data = plan.model_dump(mode="json", by_alias=True)
    name = data.pop("name")
    text = data.pop("text")
    places = data.pop("places")
    return {"file": file or name, **data, **({"text": text, "places": places} if with_text else {})}


def summary(file: str, plan: Plan) -> str:
    """One line in Vietnamese with the counts, and a line for each warning."""
    counts = {k: len(getattr(plan, k)) for k in ("targets", "tasks", "measures", "duties", "warnings")}
    return "\n".join([_SUMMARY.format(file=file, **counts), *(f"  - {w}" for w in plan.warnings)])
