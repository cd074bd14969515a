"""Plans made from the hand-annotated facts, for work on catalog and pages while the reader is not finished.

usage: python tests/plans_from_gold.py [OUT_DIR]   writes a catalog and prints its path (open it with CCHC_CATALOG)
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cchc import catalog  # noqa: E402
from cchc.model import Deadline, Duty, Measure, Plan, PlanInfo, Target, Task  # noqa: E402
from cchc.reading.agencies import slug  # noqa: E402
from cchc.text import folded, stored  # noqa: E402

GOLD = ROOT.parent / "shared" / "gold"


def _span(text: str, quote: str, after: int) -> tuple[int, int]:
    for start in (text.find(quote, after), text.find(quote), text.find(quote[:40])):
        if start >= 0:
            return start, min(start + len(quote), len(text))
    return 0, 0


def plan_from_gold(path: Path) -> Plan:
    gold = json.loads(path.read_text(encoding="utf-8"))
    raw = (GOLD.parent / "seeds" / gold["source"]).read_bytes()
    name = next(p.name for p in (ROOT / "data" / "plans").iterdir() if p.read_bytes() == raw)
    text = stored(raw.decode("utf-8-sig"))
    info = {k: v for k, v in gold["plan"].items() if k in PlanInfo.model_fields}
    doc = slug(name.removesuffix(".txt"))
    info["id"] = doc
    seen: set[str] = set()

    def item_id(letter: str, *parts: object) -> str:
        base = f"{doc}.{letter}{hashlib.sha256('|'.join(folded(str(p)) for p in parts).encode()).hexdigest()[:8]}"
        found, n = base, 2
        while found in seen:
            found, n = f"{base}-{n}", n + 1
        seen.add(found)
        return found

    def keep(model: type, item: dict[str, object]) -> dict[str, object]:
        names = {f.alias or n for n, f in model.model_fields.items()}  # type: ignore[attr-defined]
        return {k: v for k, v in item.items() if k in names and k not in ("id", "start", "end")}

    at = 0
    targets, tasks, measures, duties = [], [], [], []
    for t in gold["targets"]:
        start, end = _span(text, t["quote"], at)
        at = start
        targets.append(
            Target(id=item_id("c", t["quote"], t["value"], t.get("level"), t["subject"]), start=start, end=end,
                   **keep(Target, t))  # type: ignore[arg-type]
        )  # fmt: skip
    for t in gold["tasks"]:
        start, end = _span(text, t["content"], 0)
        fields = keep(Task, t) | {"deadline": Deadline(**t["deadline"]), "note": t.get("note") or ""}
        tasks.append(Task(id=item_id("n", t["content"]), start=start, end=end, **fields))  # type: ignore[arg-type]
    for t in gold["measures"]:
        start, end = _span(text, t["content"], 0)
        measures.append(Measure(id=item_id("g", t["content"]), start=start, end=end, **keep(Measure, t)))  # type: ignore[arg-type]
    for t in gold["duties"]:
        start, end = _span(text, t["content"], 0)
        duties.append(Duty(id=item_id("t", t["content"]), start=start, end=end, **keep(Duty, t)))  # type: ignore[arg-type]
    return Plan(
        name=name, plan=PlanInfo(**info), targets=tuple(targets), tasks=tuple(tasks), measures=tuple(measures),
        duties=tuple(duties), text=text,
    )  # fmt: skip


def plans() -> list[Plan]:
    return [plan_from_gold(p) for p in sorted(GOLD.glob("*.json"))]


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var"
    print(catalog.write(plans(), [], "0" * 12 + "901d", out))
