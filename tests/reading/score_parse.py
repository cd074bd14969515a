#!/usr/bin/env python3
# ruff: noqa
"""Score parsed plans against gold annotations (standard library only).

usage: score_parse.py [--errors N] GOLD.json PARSED.json [GOLD.json PARSED.json ...]

PARSED.json is what `python -m cchc parse FILE --json` prints for the gold file's source: an object, or a
list holding one object, with the keys "plan", "targets", "tasks", "measures", "duties".

A target is FOUND when its figure is right (kind, value, unit) and its quote overlaps the gold quote; it is
EXACT when comparator and level are right too. A task is FOUND when its content matches; EXACT when lead,
support, products and the deadline's kind and end are right too. Sections that a gold file does not hold
are not scored. A gold item marked "optional" is neither a miss nor a false positive; "levels", "deadline_alt", "alt_lead" and
"merged_cells" name answers that are equally right. Prints one row per section, and the totals: precision, recall and F1 of FOUND and of EXACT.
"""
import json, re, sys, unicodedata
from collections import Counter


def fold(text):
    text = unicodedata.normalize("NFC", text or "").casefold()
    return re.sub(r"[^\w%]+", " ", text).strip()


def overlap(a, b):
    """Share of the shorter text's words that the longer one holds."""
    ca, cb = Counter(fold(a).split()), Counter(fold(b).split())
    small = min(sum(ca.values()), sum(cb.values()))
    return sum((ca & cb).values()) / small if small else 0.0


def names(values):
    return sorted(re.sub(r"^các ", "", fold(v)) for v in values or [])


def number(v):
    return None if v is None else round(float(v), 4)


def comparator(v):
    return {"=": ">=", "rank<=": "<=", "improve": None}.get(v, v)


def kind(t):
    if t.get("kind"):
        return t["kind"]
    if t.get("comparator") == "improve":
        return "improve"
    if t.get("unit") in ("rank", "hạng"):
        return "rank"
    return "milestone" if t.get("value") is None else "ratio" if t.get("unit") == "%" else "count"


def unit(t):
    return {"rank": "hạng", None: None}.get(t.get("unit"), t.get("unit"))


def target_found(g, p):
    if number(g.get("value")) != number(p.get("value")):
        return 0
    if g.get("value") is not None and (unit(g) == "%") != (unit(p) == "%"):
        return 0
    if kind(g) != kind(p) and {kind(g), kind(p)} != {"ratio", "count"}:
        return 0
    o = overlap(g["quote"], p["quote"])
    if o < 0.6:
        return 0
    s = overlap(g.get("subject", ""), p.get("subject", ""))
    return 1 + o + s + 2 * (g.get("level") == p.get("level")) + 0.1 * (comparator(g.get("comparator")) == comparator(p.get("comparator")))


def target_exact(g, p):
    levels = [g.get("level"), None, *g["levels"]] if g.get("levels") else [g.get("level")]
    return comparator(g.get("comparator")) == comparator(p.get("comparator")) and p.get("level") in levels


def task_found(g, p):
    a, b = fold(g["content"]).split(), fold(p["content"]).split()
    if not a or not b or min(len(a), len(b)) / max(len(a), len(b)) < 0.8:
        return 0
    o = overlap(g["content"], p["content"])
    return 1 + o + (names(g.get("lead")) == names(p.get("lead"))) if o >= 0.85 else 0


SPANS = {"range", "years", "period", "year", "quarter", "month"}


def same_deadline(g, p):
    same_kind = g.get("kind") in (None, p.get("kind")) or g.get("kind") == "range" and p.get("kind") in SPANS
    return same_kind and g.get("end") == p.get("end")


def task_exact(g, p):
    lenient = bool(g.get("merged_cells"))
    deadlines = [g.get("deadline") or {}, *(g.get("deadline_alt") or [])]
    leads = [names(g.get("lead"))] + ([names(g["alt_lead"])] if g.get("alt_lead") else [])
    return ((lenient or names(p.get("lead")) in leads)
            and (lenient or names(g.get("support")) == names(p.get("support")))
            and (lenient or names(g.get("products")) == names(p.get("products")))
            and any(same_deadline(d, p.get("deadline") or {}) for d in deadlines))


def text_found(g, p):
    a, b = fold(g["content"]).split(), fold(p["content"]).split()
    if not a or not b or min(len(a), len(b)) / max(len(a), len(b)) < 0.7:
        return 0
    o = overlap(g["content"], p["content"])
    return o if o >= 0.85 else 0


SECTIONS = {
    "targets": (target_found, target_exact),
    "tasks": (task_found, task_exact),
    "measures": (text_found, lambda g, p: g.get("area") == p.get("area") or g.get("area") is None),
    "duties": (text_found, lambda g, p: g.get("agency") is None or names([g["agency"]]) == names([p.get("agency")])),
}


def pair(gold, parsed, score):
    """Greedy best-first matching; returns pairs, unmatched gold, unmatched parsed."""
    cand = sorted(((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(parsed)), reverse=True)
    used_g, used_p, pairs = set(), set(), []
    for s, i, j in cand:
        if s > 0 and i not in used_g and j not in used_p:
            used_g.add(i), used_p.add(j), pairs.append((gold[i], parsed[j]))
    return pairs, [g for i, g in enumerate(gold) if i not in used_g], [p for j, p in enumerate(parsed) if j not in used_p]


def f1(hit, n_gold, n_parsed):
    p, r = hit / n_parsed if n_parsed else 1.0, hit / n_gold if n_gold else 1.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main(argv):
    shown = 0
    if argv[:1] == ["--errors"]:
        shown, argv = int(argv[1]), argv[2:]
    totals = {s: [0, 0, 0, 0] for s in SECTIONS}
    for gold_path, parsed_path in zip(argv[::2], argv[1::2]):
        with open(gold_path, encoding="utf-8") as f:
            gold = json.load(f)
        with open(parsed_path, encoding="utf-8") as f:
            parsed = json.load(f)
        parsed = parsed[0] if isinstance(parsed, list) else parsed
        for section, (found, exact) in SECTIONS.items():
            if section not in gold:
                continue
            g, p = gold[section], parsed.get(section, [])
            pairs, missed, extra = pair(g, p, found)
            n_parsed = len(p) - sum(bool(a.get("optional")) for a, _ in pairs)
            pairs = [x for x in pairs if not x[0].get("optional")]
            missed = [x for x in missed if not x.get("optional")]
            n_gold = len(pairs) + len(missed)
            good = [x for x in pairs if exact(*x)]
            for k, n in enumerate((len(pairs), len(good), n_gold, n_parsed)):
                totals[section][k] += n
            print(f"{gold_path.rsplit('/', 1)[-1]:34s} {section:9s} gold {n_gold:4d} parsed {n_parsed:4d} found {len(pairs):4d} exact {len(good):4d}")
            for label, items in (("missed", missed), ("extra", extra)):
                for x in items[:shown]:
                    print(f"    {label}: {x.get('value')} {x.get('unit')} [{x.get('level')}] {(x.get('quote') or x.get('content'))[:120]}")
            for a, b in [x for x in pairs if not exact(*x)][:shown]:
                keys = ("comparator", "level", "lead", "support", "products", "deadline", "area", "agency")
                print("    differs:", {k: (a.get(k), b.get(k)) for k in keys if k in a and a.get(k) != b.get(k)}, (a.get("quote") or a.get("content"))[:60])
        for field in ("number", "authority", "year", "issued_on", "level"):
            want, got = gold.get("plan", {}).get(field), parsed.get("plan", {}).get(field)
            if want is not None and fold(str(want)) != fold(str(got)):
                print(f"{gold_path.rsplit('/', 1)[-1]:34s} plan.{field}: gold {want!r}, parsed {got!r}")
    for section, (hit, good, n_gold, n_parsed) in totals.items():
        if n_gold or n_parsed:
            print("TOTAL {:9s} found P {:.3f} R {:.3f} F1 {:.3f} | exact P {:.3f} R {:.3f} F1 {:.3f} | gold {} parsed {}".format(
                section, *f1(hit, n_gold, n_parsed), *f1(good, n_gold, n_parsed), n_gold, n_parsed))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
