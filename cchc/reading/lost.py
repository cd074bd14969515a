"""What lost headings would have said, told from what is left once the whole text was walked."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from cchc.reading.blocks import Part
from cchc.reading.doers import begins_with_verb, doer
from cchc.reading.drafts import Draft
from cchc.reading.paragraphs import PART, ROMAN
from cchc.reading.walk import Walk

_GOAL_FIGURE = re.compile(r"\d\s*%|nhóm\s+\d|top\s+\d|xếp\s+(?:thứ|hạng)|(?<!\d)(\d{1,3})/\1(?!\d)")
# A paragraph that can be nothing but a goal: it begins with its figure, or strives for one.
_CLEAR_GOAL = re.compile(
    r"(?:phấn đấu[^.;]{0,200}?|đạt |tối thiểu |ít nhất |trên |từ |có |duy trì |bảo đảm |đảm bảo |hoàn thành "
    r")?(?:tối thiểu |ít nhất |trên |từ |đạt )?\d{1,3}(?:[.,]\d+)? ?%"
    r"|(?:phấn đấu )?(?:tỷ lệ|tỉ lệ|mức độ)[^.;]{5,200}? (?:đạt|trên|dưới|tối thiểu|ít nhất|không quá|"
    r"từ)[^.;]{0,40}?\d ?%|phấn đấu[^.;]{5,200}?\d ?%"
)


def place_lost_areas(walk: Walk) -> int:
    """Gives each segment without a heading the area its place between its neighbours leaves; returns how many."""
    segments = walk.segments
    lost = 0
    k = 0
    while k < len(segments):
        if not segments[k][2]:
            k += 1
            continue
        stop = k
        while stop < len(segments) and segments[stop][2]:
            stop += 1
        before = next((s for s in reversed(segments[:k]) if s[0] is not None), None)
        after = segments[stop] if stop < len(segments) else None
        places = _between(before, after, stop - k)
        for j in range(k, stop):
            segments[j] = (places[j - k] if places else None, 0, True)
        lost += stop - k
        k = stop
    for draft in walk.drafts:
        area, _, was_lost = segments[draft.segment]
        if (
            was_lost
            and draft.area is None
            and draft.part in (Part.GOALS, Part.MEASURES, Part.OTHER)
            and area is not None
        ):
            draft.area, draft.area_from = area, "position"
    return lost


def general_aims(walk: Walk) -> None:
    """A section «Mục tiêu» without any figure is the general aim where another section sets the goals."""
    sections: list[tuple[int, int, bool, bool]] = []  # first, last, bare?, with figures?
    for k, d in enumerate(walk.drafts):
        if not d.heading or d.part is not Part.GOALS:
            continue
        stop = next((j for j in range(k + 1, len(walk.drafts)) if walk.drafts[j].heading), len(walk.drafts))
        figures = any(_GOAL_FIGURE.search(walk.match, x.body, x.end) for x in walk.drafts[k + 1 : stop])
        bare = d.area is None and walk.match[d.body : d.end].strip(" .:*").endswith("mục tiêu")
        sections.append((k, stop, bare, figures))
    if not sections or not any(figures for *_, figures in sections[1:]):
        return
    for (first, stop, bare, figures), following in zip(sections, [*sections[1:], None], strict=True):
        sets = following is not None and following[0] == stop and _specific(walk, walk.drafts[stop])
        if bare and not figures and (first == sections[0][0] or sets):
            for d in walk.drafts[first:stop]:
                d.part = Part.PURPOSE


def _specific(walk: Walk, heading: Draft) -> bool:
    """ "2. Chỉ tiêu cụ thể", "2. Mục tiêu cụ thể": what stood under "1. Mục tiêu" was the general aim."""
    words = walk.match[heading.body : heading.end]
    return heading.part is Part.GOALS and ("chỉ tiêu" in words or "cụ thể" in words)


def lost_measures(walk: Walk) -> None:
    """An area with "a) Mục tiêu" but no "b) Nhiệm vụ", in a plan whose other areas have both: what stands after its
    last figure (or, without figures, after a change from bare paragraphs to a list) were measures."""
    parts: dict[int, set[Part]] = {}
    for d in walk.drafts:
        if d.heading and d.part in (Part.GOALS, Part.MEASURES) and d.rank not in (PART, ROMAN):
            parts.setdefault(d.segment, set()).add(d.part)
    both = {Part.GOALS, Part.MEASURES}
    pairs = sum(p == both for p in parts.values())
    alone = [segment for segment, p in parts.items() if p == {Part.GOALS} and segment]
    if pairs < 2 or not alone or len(alone) > pairs:
        return
    for segment in alone:
        items = [d for d in walk.drafts if d.segment == segment and d.part is Part.GOALS and not d.heading]
        last = max((k for k, d in enumerate(items) if _GOAL_FIGURE.search(walk.match, d.body, d.end)), default=-1)
        if last < 0:
            last = next((k for k in range(1, len(items)) if items[k].marker and not items[k - 1].marker), 0) - 1
        for d in items[last + 1 :] if last >= 0 else []:
            d.part = Part.MEASURES


def lost_section(walk: Walk) -> None:
    """Between "II. Chỉ tiêu" and "IV. Tổ chức thực hiện": sections almost without figures were those of a lost
    "III. Nhiệm vụ"."""
    tops = [k for k, d in enumerate(walk.drafts) if d.heading and d.rank in (PART, ROMAN) and d.ordinal]
    for k, after in pairwise(tops):
        here, there = walk.drafts[k], walk.drafts[after]
        if here.part is not Part.GOALS or here.rank != there.rank or there.ordinal != here.ordinal + 2:
            continue
        border = _figures_end(walk, k, after)
        for d in walk.drafts[border:after]:
            if d.part is Part.GOALS:
                d.part = Part.MEASURES


def _figures_end(walk: Walk, first: int, stop: int) -> int:
    """The heading in `first+1:stop` from which on most paragraphs hold no figure; `stop` where there is none."""
    figures = items = own = own_figures = 0
    border = stop
    for j in range(stop - 1, first, -1):
        d = walk.drafts[j]
        if d.heading:
            if own and own_figures * 2 <= own and figures * 4 <= items:
                border = j
            own = own_figures = 0
            continue
        has = bool(_GOAL_FIGURE.search(walk.match, d.body, d.end))
        items, own, figures, own_figures = items + 1, own + 1, figures + has, own_figures + has
    return border


def unnamed_parts(walk: Walk) -> list[Draft]:
    """Gives the sections under headings whose words open no part («III. THỰC HIỆN», «II. CÁCH LÀM») the part that half
    of their paragraphs tell: who acts, what is to be reached, what is to be done. Returns the others' headings."""
    sections: dict[int, list[Draft]] = {}
    for d in walk.drafts:
        if d.unnamed and d.part is Part.OTHER:
            sections.setdefault(d.unnamed, []).append(d)
    unread = []
    for section in sections.values():
        items = [d for d in section if not d.heading and len(walk.match[d.body : d.end].split()) > 2]
        told = Counter(_tells(walk, d) for d in items)
        part, often = max(told.items(), key=lambda pair: pair[1], default=(None, 0))
        if part is None or often * 2 < len(items):
            unread += section[:1] if items else []
            continue
        for d in section:
            d.part = part
    return unread


def _tells(walk: Walk, d: Draft) -> Part | None:
    if _CLEAR_GOAL.match(walk.match, d.body, d.end):
        return Part.GOALS
    named = doer(walk.text, walk.match, d.body, d.end)
    if named is not None and named[0] - d.body < _NEAR:
        return Part.DUTIES
    return Part.MEASURES if d.area is not None or begins_with_verb(walk.match, d.body, d.end) else None


_NEAR = 20  # characters: «Đề nghị», «Giao» before who is named


def lost_goals(walk: Walk) -> None:
    """From the first clear goal of a run under a general aim (or before the first heading) on: goals whose heading
    was lost."""
    article = not any(d.heading and d.marker for d in walk.drafts)
    running: Part | None = None
    for d in walk.drafts:
        if d.heading and (d.area is not None or d.part is not running):
            running = None
        if d.heading or d.part not in (Part.HEAD, Part.PURPOSE):
            if d.part is not running:
                running = None
            continue
        if running is None and (d.marker or not article) and _CLEAR_GOAL.match(walk.match, d.body, d.end):
            running = d.part
        if running is d.part:
            d.part = Part.GOALS


def _between(
    before: tuple[int | None, int, bool] | None, after: tuple[int | None, int, bool] | None, count: int
) -> list[int] | None:
    """The `count` areas between two known ones, in the order of the plan (the steering stands first or last)."""
    orders = ([1, 2, 3, 4, 5, 6, 7], [2, 3, 4, 5, 6, 7, 1])
    for order in orders:
        low = order.index(before[0]) + 1 if before and before[0] else 0
        high = order.index(after[0]) if after and after[0] else None
        if high is not None and high - low == count:
            return order[low:high]
        if high is None and low + count <= 7 and before is not None:
            return order[low : low + count]
        if before is None and high is not None and high >= count:
            return order[high - count : high]
    return None
