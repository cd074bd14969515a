"""How well the reader reads the annotated documents: precision, recall and F1 of what is found and of what is exact.

usage: accuracy.py [--set SET|all] [--by-document] [--by-format] [--errors N], SET a folder beside this file (`SETS`)

FOUND and EXACT are what the project's scorer calls so: a target is found when kind, figure and unit are right
and its quote overlaps the annotated one, exact when comparator and level are right too; a task is found by its
content, exact when lead, support, products and the kind and end of its deadline are right too; a measure is
exact with its area, a duty with its agency. `optional` items are neither misses nor errors; `levels`,
`deadline_alt`, `alt_lead` and `merged_cells` name answers that are equally right. Errors are listed for
the open sets only: held/ is there to be measured, not to be learnt from. Its documents that exist in a format of their
own (Word, web page, PDF, Excel) are read in that format.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# whose errors may be looked at
OPEN = ("dev", "dev3", "dev-held", *(f"dev-held{n}" for n in range(2, 13)))
SETS = (*OPEN, "held")
REPO = HERE.parent.parent
sys.path.insert(0, str(REPO))

from tests.formats import documents  # noqa: E402

SPANS = {"range", "years", "period", "year", "quarter", "month"}
FIELDS = ("number", "authority", "province", "level", "year", "issued_on", "signed_by")
Item = dict[str, Any]
WRITERS = {"html": documents.as_html, "docx": documents.as_docx, "xlsx": documents.as_xlsx}


def fold(text: str | None) -> str:
    text = unicodedata.normalize("NFC", text or "").casefold()
    return re.sub(r"[^\w%]+", " ", text).strip()


def overlap(a: str, b: str) -> float:
    """Share of the shorter text's words that the longer one holds."""
    ca, cb = Counter(fold(a).split()), Counter(fold(b).split())
    small = min(ca.total(), cb.total())
    return (ca & cb).total() / small if small else 0.0


def names(values: Iterable[str] | None) -> list[str]:
    return sorted(re.sub(r"^các ", "", fold(v)) for v in values or [])


def number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


def comparator(value: str | None) -> str | None:
    return {"=": ">="}.get(value or "", value)


def target_found(g: Item, p: Item) -> float:
    if number(g["value"]) != number(p["value"]) or (
        g["value"] is not None and (g["unit"] == "%") != (p["unit"] == "%")
    ):
        return 0
    if g["kind"] != p["kind"] and {g["kind"], p["kind"]} != {"ratio", "count"}:
        return 0
    same = overlap(g["quote"], p["quote"])
    if same < 0.6:
        return 0
    subject = overlap(g.get("subject", ""), p.get("subject", ""))
    right = 2 * (g["level"] == p["level"]) + 0.1 * (comparator(g["comparator"]) == comparator(p["comparator"]))
    return float(1 + same + subject + right)


def target_exact(g: Item, p: Item) -> bool:
    levels = [g["level"], None, *g["levels"]] if g.get("levels") else [g["level"]]
    return comparator(g["comparator"]) == comparator(p["comparator"]) and p["level"] in levels


def task_found(g: Item, p: Item) -> float:
    best = 0.0
    for content in [g["content"], *g.get("content_alt", [])]:
        a, b = fold(content).split(), fold(p["content"]).split()
        if a and b and min(len(a), len(b)) / max(len(a), len(b)) >= 0.8:
            best = max(best, overlap(content, p["content"]))
    return 1 + best + (names(g["lead"]) == names(p["lead"])) if best >= 0.85 else 0


def deadline_right(g: Item, p: Item) -> bool:
    def same(want: Item) -> bool:
        got = p.get("deadline") or {}
        kind = want["kind"] == got.get("kind") or (want["kind"] == "range" and got.get("kind") in SPANS)
        return kind and want["end"] == got.get("end")

    return any(same(d) for d in [g["deadline"], *g.get("deadline_alt", [])])


def task_exact(g: Item, p: Item) -> bool:
    lenient = bool(g.get("merged_cells"))
    leads = [names(g["lead"])] + ([names(g["alt_lead"])] if g.get("alt_lead") else [])
    return (
        (lenient or names(p["lead"]) in leads)
        and (lenient or names(g["support"]) == names(p["support"]))
        and (lenient or names(g["products"]) == names(p["products"]))
        and deadline_right(g, p)
    )


def text_found(g: Item, p: Item) -> float:
    best = 0.0
    for content in [g["content"], *g.get("content_alt", [])]:
        a, b = fold(content).split(), fold(p["content"]).split()
        if a and b and min(len(a), len(b)) / max(len(a), len(b)) >= 0.7:
            best = max(best, overlap(content, p["content"]))
    return best if best >= 0.85 else 0


def measure_exact(g: Item, p: Item) -> bool:
    return g["area"] is None or g["area"] == p["area"]


def duty_exact(g: Item, p: Item) -> bool:
    return g["agency"] is None or names([g["agency"]]) == names([p["agency"] or ""])


SECTIONS: dict[str, tuple[Callable[[Item, Item], float], Callable[[Item, Item], bool]]] = {
    "targets": (target_found, target_exact),
    "tasks": (task_found, task_exact),
    "measures": (text_found, measure_exact),
    "duties": (text_found, duty_exact),
}


def pair(
    gold: list[Item], parsed: list[Item], score: Callable[[Item, Item], float]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Greedy best-first matching: pairs, gold items left over, parsed items left over."""
    scored = sorted(((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(parsed)), reverse=True)
    used_g: set[int] = set()
    used_p: set[int] = set()
    pairs = []
    for s, i, j in scored:
        if s > 0 and i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
            pairs.append((gold[i], parsed[j]))
    return (
        pairs,
        [g for i, g in enumerate(gold) if i not in used_g],
        [p for j, p in enumerate(parsed) if j not in used_p],
    )


class Tally:
    """Hits of one row of the report."""

    def __init__(self) -> None:
        self.found = self.exact = self.gold = self.parsed = 0

    def add(self, found: int, exact: int, gold: int, parsed: int) -> None:
        self.found += found
        self.exact += exact
        self.gold += gold
        self.parsed += parsed

    def rates(self, hits: int) -> tuple[float, float, float]:
        p = hits / self.parsed if self.parsed else 1.0
        r = hits / self.gold if self.gold else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def row(self) -> str:
        found = "P {:.3f} R {:.3f} F1 {:.3f}".format(*self.rates(self.found))
        exact = "P {:.3f} R {:.3f} F1 {:.3f}".format(*self.rates(self.exact))
        return f"gold {self.gold:4d} parsed {self.parsed:4d} | found {found} | exact {exact}"

    def recall(self) -> str:
        return f"gold {self.gold:4d} | found {self.found / self.gold:.3f} | exact {self.exact / self.gold:.3f}"


class Report:
    def __init__(self) -> None:
        self.sections: dict[str, Tally] = defaultdict(Tally)
        self.layouts: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self.figures: dict[str, Tally] = defaultdict(Tally)
        self.deadlines: dict[str, Tally] = defaultdict(Tally)
        self.parts: Counter[str] = Counter()
        self.fields: dict[str, Counter[str]] = defaultdict(Counter)
        self.silence: Counter[str] = Counter()
        self.errors: list[str] = []

    def add(self, gold: Item, parsed: Item, shown: int) -> dict[str, Tally]:
        rows: dict[str, Tally] = {}
        for section, (found, exact) in SECTIONS.items():
            pairs, missed, extra = pair(gold[section], parsed[section], found)
            ignored = sum(bool(g.get("optional")) for g, _ in pairs)
            pairs = [x for x in pairs if not x[0].get("optional")]
            missed = [g for g in missed if not g.get("optional")]
            good = [x for x in pairs if exact(*x)]
            counts = (len(pairs), len(good), len(pairs) + len(missed), len(parsed[section]) - ignored)
            rows[section] = Tally()
            for tally in (rows[section], self.sections[section]):
                tally.add(*counts)
            for layout in gold["layout"].split(", "):
                self.layouts[layout, section].add(*counts)
            self.break_down(section, pairs, missed, exact)
            name = Path(gold["source"]).stem
            for label, items in (("missed", missed), ("extra", extra)):
                for x in items[:shown]:
                    figure = f"{x['value']} {x['unit']} [{x['level']}] " if section == "targets" else ""
                    self.errors.append(f"{name} {section} {label}: {figure}{(x.get('quote') or x['content'])[:130]}")
            for g, p in [x for x in pairs if not exact(*x)][:shown]:
                keys = ("comparator", "level", "lead", "support", "products", "deadline", "area", "agency")
                differs = {k: (g[k], p.get(k)) for k in keys if k in g and g[k] != p.get(k)}
                self.errors.append(f"{name} {section} differs: {differs} {(g.get('quote') or g['content'])[:70]}")
        self.account(parsed)
        for field in FIELDS:
            want, got = gold["plan"].get(field), parsed["plan"].get(field)
            right = [want, *gold["plan"].get(f"{field}_alt", [])]
            state = (
                "right"
                if fold(str(got)) in [fold(str(x)) for x in right]
                else "missing"
                if got is None
                else "wrong"
                if want is not None
                else "invented"
            )
            self.fields[field][state] += 1
            if state != "right":
                self.errors.append(f"{gold['source']} plan.{field} {state}: {want!r}, read {got!r}")
        return rows

    def account(self, parsed: Item) -> None:
        """Is every percentage of the text a part of a target or a task, or named in a warning?"""
        spans = [(x["start"], x["end"]) for section in ("targets", "tasks") for x in parsed[section] if "start" in x]
        warned = re.sub(r"\s", "", " ".join(parsed.get("warnings", [])))
        for m in re.finditer(r"\d+(?:[.,]\d+)?\s?%", parsed.get("text", "")):
            item = any(start <= m.start() and m.end() <= end for start, end in spans)
            named = re.sub(r"\s", "", m[0]) in warned
            self.silence["item" if item else "warning" if named else "silent"] += 1

    def break_down(
        self,
        section: str,
        pairs: list[tuple[Item, Item]],
        missed: list[Item],
        exact: Callable[[Item, Item], bool],
    ) -> None:
        if section not in ("targets", "tasks"):
            return
        for g, p in [*pairs, *((g, None) for g in missed)]:
            if section == "targets":
                tally = self.figures[g["kind"] + (f" {g['comparator']}" if g["comparator"] else "")]
                tally.add(p is not None, p is not None and exact(g, p), 1, 0)
            else:
                tally = self.deadlines[g["deadline"]["kind"]]
                tally.add(p is not None, p is not None and deadline_right(g, p), 1, 0)
                if p is not None and not g.get("merged_cells"):
                    self.parts["tasks"] += 1
                    self.parts["deadline"] += deadline_right(g, p)
                    for part in ("lead", "support", "products"):
                        self.parts[part] += names(g[part]) == names(p[part])

    def text(self, title: str) -> str:
        lines = [f"## {title}", ""]
        lines += [f"{s:28s} {t.row()}" for s, t in self.sections.items()]
        lines += ["", "By layout (targets, tasks):"]
        for (layout, section), t in sorted(self.layouts.items()):
            if section in ("targets", "tasks") and (t.gold or t.parsed):
                lines.append(f"{layout[:34]:34s} {section:8s} {t.row()}")
        lines += ["", "By kind of figure (recall):"]
        lines += [f"{kind:28s} {t.recall()}" for kind, t in sorted(self.figures.items())]
        lines += ["", "By kind of deadline (recall; exact: kind and end right):"]
        lines += [f"{kind:28s} {t.recall()}" for kind, t in sorted(self.deadlines.items())]
        if total := self.parts["tasks"]:
            shares = ", ".join(f"{p} {self.parts[p] / total:.3f}" for p in ("lead", "support", "products", "deadline"))
            lines += ["", f"Parts of the tasks found: {shares}"]
        counts = ", ".join(f"{state} {self.silence[state]}" for state in ("item", "warning", "silent"))
        lines += ["", f"Percentages of the texts (in a target or task, named in a warning, neither): {counts}"]
        lines += ["", "Plan data:"]
        for field, states in self.fields.items():
            lines.append(f"{field:28s} " + ", ".join(f"{k} {n}" for k, n in states.most_common()))
        return "\n".join(lines)


def parse(files: Sequence[Path]) -> list[Item]:
    """What the command line reads from the files, in their order."""
    command = [sys.executable, "-m", "cchc", "parse", *map(str, files), "--json", "--with-text"]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True, encoding="utf-8")
    read: list[Item] = json.loads(done.stdout)
    return read


def written(golds: Sequence[Item], folder: Path, form: str, into: Path) -> list[Path]:
    """The texts of the documents in another format, rows between pipes or tabs as real tables."""
    files = []
    for gold in golds:
        document = documents.document_of((folder / gold["source"]).with_suffix(".txt").read_text(encoding="utf-8"))
        files.append(into / f"{Path(gold['source']).stem}.{form}")
        files[-1].write_bytes(WRITERS[form](document))
    return files


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--set", choices=(*SETS, "all"), default="all")
    options.add_argument("--by-document", action="store_true", help="one row for each document of open sets")
    options.add_argument("--by-format", action="store_true", help="the same documents written as web page, Word, Excel")
    options.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list up to N errors of each kind (open sets only)"
    )
    chosen = options.parse_args(argv)
    print(f"Accuracy of the reader on the composed documents, {dt.date.today():%d.%m.%Y}\n")
    for name in SETS if chosen.set == "all" else (chosen.set,):
        golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((HERE / name).glob("*.json"))]
        report = Report()
        open_set = name in OPEN
        for gold, parsed in zip(golds, parse([HERE / name / g["source"] for g in golds]), strict=True):
            rows = report.add(gold, parsed, chosen.errors if open_set else 0)
            if chosen.by_document and open_set:
                for section, tally in rows.items():
                    if tally.gold or tally.parsed:
                        print(f"{gold['source']:34s} {section:9s} {tally.row()}")
        print(report.text(f"{name}: {len(golds)} documents"), "\n")
        if chosen.errors and open_set:
            print("\n".join(report.errors), "\n")
        for form in WRITERS if chosen.by_format else ():
            other = Report()
            with tempfile.TemporaryDirectory() as folder:
                for gold, parsed in zip(golds, parse(written(golds, HERE / name, form, Path(folder))), strict=True):
                    other.add(gold, parsed, 0)
            print(
                "\n".join(f"{form:5s} {section:22s} {tally.row()}" for section, tally in other.sections.items()), "\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
