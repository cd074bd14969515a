"""Checks the annotated documents of this folder against the conventions in README.md.

usage: check_corpus.py [FILE.json ...]     (all sets without arguments; exit code 1 when anything is wrong)
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETS = ("dev", "dev3", "dev-held", *(f"dev-held{n}" for n in range(2, 13)), "held")
# A document in a format of its own has its visible text beside it in NAME.txt, on which the annotation is checked.
SOURCES = {".txt", ".docx", ".html", ".pdf", ".xlsx"}
LEVELS = {None, "trung ương", "tỉnh", "huyện", "xã"}
AREA_FROM = {"heading", "position", "content"}
AGENCY_FROM = {"heading", "text", "inferred"}
PLAN_FIELDS = {"title", "number", "kind", "authority", "province", "level", "issued_on", "signed_by", "year"}
DEADLINES = {"day", "month", "quarter", "year", "years", "period", "range", "ongoing", "event", "none"}
COMPARATORS = {">=", ">", "<=", "<", "="}
ENDLESS = {"ongoing", "event", "none"}
PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
# «từ 55% lên 75%» and «từ 25% đến 35%» are one goal each.
CHANGE = re.compile(r"từ\s+(?:mức\s+)?\d+(?:[.,]\d+)?\s?%\s+(?:(?:lên|xuống|đến|tăng|giảm|còn)\b|-)", re.I)


def folded(text: str) -> str:
    """NFC, every run of blanks and line ends one blank, marks of cells and of markdown dropped: hard wraps join."""
    text = unicodedata.normalize("NFC", text).replace("<br>", " ")
    return re.sub(r"\s+", " ", re.sub(r"[|*#_]", " ", text)).strip()


def spans(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Where `part` stands in `text`, both folded."""
    at = text.find(part)
    while part and at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + 1)


def check_plan(plan: dict[str, Any]) -> Iterator[str]:
    if missing := (PLAN_FIELDS | {"legal_bases"}) - plan.keys():
        yield f"plan: fields missing {sorted(missing)}"
    if plan.get("level") not in LEVELS:
        yield f"plan: level {plan.get('level')!r}"
    if plan.get("issued_on") is not None:
        dt.date.fromisoformat(plan["issued_on"])
    if plan.get("year") is not None and not 2010 <= plan["year"] <= 2030:
        yield f"plan: year {plan['year']!r}"
    if not isinstance(plan.get("legal_bases"), list):
        yield "plan: legal_bases is no list"


def check_area(item: dict[str, Any]) -> Iterator[str]:
    area, source = item.get("area"), item.get("area_from")
    if source is not None if area is None else (area not in range(1, 8) or source not in AREA_FROM):
        yield f"area {area!r} from {source!r}"


def check_target(t: dict[str, Any], text: str) -> Iterator[str]:
    yield from check_area(t)
    kind, value, unit, comparator = t["kind"], t["value"], t["unit"], t["comparator"]
    if kind in ("improve", "milestone"):
        if (value, unit, comparator) != (None, None, None):
            yield f"{kind} with a figure"
    elif kind not in ("ratio", "count", "rank") or comparator not in COMPARATORS or value is None or not unit:
        yield f"kind {kind!r} comparator {comparator!r} value {value!r} unit {unit!r}"
    elif (kind == "ratio") != (unit == "%") or (kind == "rank") != (unit == "hạng"):
        yield f"kind {kind!r} with unit {unit!r}"
    if t["level"] not in LEVELS or any(level not in LEVELS for level in t.get("levels", [])):
        yield f"level {t['level']!r}"
    if t["due"] is not None:
        dt.date.fromisoformat(t["due"])
    if not t["subject"]:
        yield "no subject"
    if folded(t["quote"]) not in text:
        yield "quote not in the text"
    if value is not None:
        # A goal from a table keeps its figure in another cell, or the same quote says it in words.
        shown = f"{value:g}".replace(".", "[.,]") if value < 1000 else f"{value:,.0f}".replace(",", "[.]?")
        after = text[(at := text.find(folded(t["quote"]))) : at + len(folded(t["quote"])) + 120]
        if not re.search(rf"(?<![\d.,])0?{shown}(?![\d])", after):
            yield f"value {value} not in or right after the quote"


def check_deadline(d: dict[str, Any]) -> Iterator[str]:
    kind, start, end = d["kind"], d["start"], d["end"]
    if kind not in DEADLINES:
        yield f"deadline kind {kind!r}"
    if (start or end) if kind in ENDLESS else not end:
        yield f"deadline {kind} with start {start} end {end}"
    if end is None:
        return
    last = dt.date.fromisoformat(end)
    month_end = calendar.monthrange(last.year, last.month)[1] == last.day
    if kind in ("month", "quarter") and not (month_end and (kind == "month" or last.month % 3 == 0)):
        yield f"{kind} ends on {end}"
    if kind in ("year", "years") and (last.month, last.day) != (12, 31):
        yield f"{kind} ends on {end}"
    if start is not None and dt.date.fromisoformat(start) > last:
        yield f"starts {start} after its end {end}"


def check_task(t: dict[str, Any], text: str) -> Iterator[str]:
    yield from check_area(t)
    for d in [t["deadline"], *t.get("deadline_alt", [])]:
        yield from check_deadline(d)
    for field in ("content", "deadline_raw"):
        if t[field] and folded(t[field]) not in text:
            yield f"{field} not in the text: {t[field][:60]}"
    if not t["content"]:
        yield "no content"
    for field in ("lead", "support", "products"):
        for name in t[field]:
            # «UBND cấp huyện, cấp xã» is two groups with one head: the last words must be there.
            if folded(name) not in text and folded(name.split(" ", 1)[-1]) not in text:
                yield f"{field} not in the text: {name}"
    if t["deadline"]["end"] and not t["deadline_raw"]:
        yield "a deadline without its words"


def check_text_item(item: dict[str, Any], text: str) -> Iterator[str]:
    if not item["content"] or folded(item["content"]) not in text:
        yield "content not in the text"


def check_figures(gold: dict[str, Any], text: str) -> Iterator[str]:
    """Every percentage of the text is a goal, a part of a task or named as not a goal."""
    known = [t["quote"] for t in gold["targets"]] + gold.get("not_targets", []) + [t["content"] for t in gold["tasks"]]
    covered = [s for part in dict.fromkeys(map(folded, known)) for s in spans(text, part)]
    for m in PERCENT.finditer(text):
        if not any(a <= m.start() and m.end() <= b for a, b in covered):
            yield f"figure neither a goal nor explained: …{text[max(0, m.start() - 50) : m.end() + 30]}…"
    for part in gold.get("not_targets", []):
        if folded(part) not in text:
            yield f"not_targets not in the text: {part[:60]}"
    for quote in dict.fromkeys(t["quote"] for t in gold["targets"]):
        own = [t for t in gold["targets"] if t["quote"] == quote]
        figures = len(PERCENT.findall(quote)) - len(CHANGE.findall(quote))
        goals = len({(t["value"], t["subject"], t["level"]) for t in own if t["unit"] == "%"})
        explained = any(folded(part) in folded(quote) for part in gold.get("not_targets", []))
        if figures > goals and not explained and all(t["kind"] == "ratio" for t in own):
            yield f"{figures} percentages but {goals} goals in: {quote[:80]}"


def check(path: Path) -> list[str]:
    """What is wrong with one annotation; empty when all is well."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    source = path.with_suffix(".txt")
    found: list[str] = []
    native = path.with_suffix(Path(gold.get("source", "")).suffix)
    if gold.get("source") != native.name or native.suffix not in SOURCES or not native.is_file():
        found.append(f"source {gold.get('source')!r}")
    raw = source.read_text(encoding="utf-8")
    if raw != unicodedata.normalize("NFC", raw):
        found.append("text is not NFC")
    text = folded(raw)
    found += check_plan(gold["plan"])
    for n, t in enumerate(gold["targets"]):
        found += [f"target {n} «{t['quote'][:60]}»: {x}" for x in check_target(t, text)]
    keys = [(t["quote"], t["value"], t["unit"], t["level"], t["subject"], t["group"]) for t in gold["targets"]]
    found += [f"target twice: {k[0][:60]} {k[1:]}" for k in dict.fromkeys(k for k in keys if keys.count(k) > 1)]
    for n, t in enumerate(gold["tasks"]):
        found += [f"task {n} «{t['content'][:60]}»: {x}" for x in check_task(t, text)]
    for section in ("measures", "duties"):
        for n, item in enumerate(gold[section]):
            problems = [*check_text_item(item, text), *(check_area(item) if section == "measures" else ())]
            if section == "duties" and item["agency_from"] not in AGENCY_FROM:
                problems.append(f"agency_from {item['agency_from']!r}")
            if section == "duties" and item["agency"] is None and item["agency_from"] != "inferred":
                problems.append("no agency, but not inferred")
            found += [f"{section} {n} «{item['content'][:60]}»: {x}" for x in problems]
    found += check_figures(gold, text)
    return found


def annotation_files() -> list[Path]:
    return sorted(p for s in SETS for p in (HERE / s).glob("*.json"))


def main(argv: list[str]) -> int:
    bad = 0
    paths = [Path(a) for a in argv] or annotation_files()
    for path in paths:
        for problem in check(path):
            bad += 1
            print(f"{path.parent.name}/{path.stem}: {problem}")
    for s in SETS:
        golds = [json.loads(p.read_text(encoding="utf-8")) for p in paths if p.parent.name == s]
        counts = " ".join(f"{k} {sum(len(g[k]) for g in golds)}" for k in ("targets", "tasks", "measures", "duties"))
        print(f"{s}: {len(golds)} documents, {counts}")
    print("all is well" if not bad else f"{bad} problems")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
