"""Which cutting of a run of cells into rows, and of rows into columns, fits best?

Rows are cut where each cell fits its column best (an ordinal, an agency, a deadline), so a row with a lost or an
additional cell does not shift the rows after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from cchc.reading.blocks import Cell, Row
from cchc.reading.tables.columns import header_form, may_be_header, numbering_row, same_header
from cchc.reading.tables.fits import DEADLINE_LIKE, agency_like, misfit
from cchc.reading.tables.lines import PAGE
from cchc.reading.tables.shapes import ORDINAL, Missing, starts_lower
from cchc.reading.tables.titles import area_of, heading_cells
from cchc.text import matching


def align(cells: Sequence[Cell], columns: Sequence[str], text: str, join: bool) -> tuple[float, list[tuple[int, int]]]:
    """Cells to columns, in order, with the least misfit: `(cost, [(first, last+1) a column])`.

    Without `join` a column takes at most one cell; with it, cells that stand one after another may be one cell that
    was wrapped over lines.
    """
    count, width = len(cells), len(columns)
    infinite = 1e9
    best = [[infinite] * (count + 1) for _ in range(width + 1)]
    back = [[0] * (count + 1) for _ in range(width + 1)]
    best[0][0] = 0.0
    reach = 14 if join else 1
    inside = _inside_brackets(cells) if join else []
    for column in range(width):
        role = columns[column]
        for done in range(count + 1):
            base = best[column][done]
            if base >= infinite:
                continue
            joined = ""
            glue = 0.0
            for upto in range(done, min(count, done + reach) + 1):
                if upto > done:
                    piece = cells[upto - 1].text
                    if upto - 1 > done:
                        glue += _glue(cells[upto - 2].text, piece)
                    joined = f"{joined} {piece}" if joined else piece
                cost = base + glue + misfit(role, joined)
                if join and upto > done > 0:
                    cost += _torn(cells[done - 1].text, cells[done].text, role, joined) + 3.0 * inside[done]
                if cost < best[column + 1][upto]:
                    best[column + 1][upto] = cost
                    back[column + 1][upto] = done
    if best[width][count] >= infinite:
        return infinite, []
    spans = []
    upto = count
    for column in range(width, 0, -1):
        done = back[column][upto]
        spans.append((done, upto))
        upto = done
    return best[width][count], spans[::-1]


_GOES_ON = re.compile(
    r"(?:[,\-/(&–]|(?<!\w)(?:và|của|các|cho|trong|theo|với|về|(?<!trực )thuộc|tại|do|từ|đến|bằng|trên"
    r"|giữa|nhằm|những))$"
)
_DATE_GOES_ON = re.compile(r"(?<!\w)(?:tháng|quý|năm|ngày|trước|hết|đoạn|và|q\.|số)$")
_SHARE = re.compile(r"\d[\d.,]* ?%")
_NUMBER = re.compile(r"(?:\d[\d.,/]*(?! ?%)\b|[IVX]{1,3}\b)")


@lru_cache(maxsize=16384)
def unfinished(before: str, after: str) -> bool:
    """Whether words at the end of a line ask for more: "của", a comma, "tháng" before a number."""
    match = matching(before)
    return bool(_GOES_ON.search(match) or (_NUMBER.match(after) and _DATE_GOES_ON.search(match)))


@lru_cache(maxsize=16384)
def _glue(before: str, after: str) -> float:
    """The price of taking two lines as one cell."""
    if unfinished(before, after):
        return 0.02
    if after[:1] in "-+•" and after[1:2] == " ":  # a list: its first line has a dash as well
        return 0.05 if before[:1] == after[:1] else 0.9
    if starts_lower(after) or after[:1] in "(/&%" or (after[:1].isdigit() and not _SHARE.match(after)):
        return 0.02
    return 0.25 if before[-1:] in ";" else 0.75 if before[-1:] != "." else 1.2


def _torn(before: str, after: str, role: str, joined: str) -> float:
    """The price of beginning a cell with `joined`, whose first line is `after`, below the line `before`."""
    cost = 0.0
    if starts_lower(after):
        body = role in ("support", "lead", "agency") and agency_like(joined)
        due = role == "deadline" and DEADLINE_LIKE.match(matching(joined)) is not None
        cost += 0.4 if body or due else 2.0
    return cost + (2.0 if unfinished(before, after) else 0.0)


def _inside_brackets(cells: Sequence[Cell]) -> list[bool]:
    """For each cell whether it begins inside brackets that close within the next lines."""
    inside = []
    opened = -99
    for at, cell in enumerate(cells):
        inside.append(at - opened <= 6 and any(")" in c.text for c in cells[at : at + 6]))
        for sign in re.findall(r"[()]", cell.text):
            opened = at if sign == "(" else -99
    return [*inside, False]


def fill(cells: Sequence[Cell], spans: Sequence[tuple[int, int]], text: str, row_end: int) -> tuple[Cell, ...]:
    filled: list[Cell] = []
    for first, last in spans:
        if first == last:
            filled.append(Missing(row_end, row_end, ""))
        elif last - first == 1:
            filled.append(cells[first])
        else:
            parts = [c for c in cells[first:last] if c.text] or [cells[first]]
            filled.append(Cell(parts[0].start, parts[-1].end, " ".join(p.text for p in parts)))
    return tuple(filled)


Way = tuple[float, int, str, tuple[tuple[int, int], ...]]  # its price, the cells it takes, what they are, their columns


def cut_rows(cells: Sequence[Cell], roles: Sequence[str], headers: Sequence[str], text: str) -> tuple[list[Row], int]:
    """Rows out of a run of cells, and how many cells they use: the cutting with the least misfit in all."""
    width = len(roles)
    count = len(cells)
    infinite = 1e9
    form = cache(header_form)  # each cell stands in as many blocks as there are columns
    best = [infinite] * (count + 1)
    choice: list[tuple[int, str, tuple[tuple[int, int], ...]]] = [(1, "skip", ())] * (count + 1)
    best[count] = 0.0
    ways: dict[int, list[Way]] = {}  # from each place where a block may begin
    begins = [True, *[False] * count]
    for i in range(count):
        if not begins[i]:
            continue
        options: list[Way] = [(1.2 if PAGE.match(cells[i].text) else 6.0 if cells[i].text else 2.5, 1, "skip", ())]
        plain = False  # nothing can fit better than a row whose cells all fit
        if i + width <= count:
            block = cells[i : i + width]
            if may_be_header(block[0].text):
                forms = [form(c.text) for c in block]
                if same_header(forms, headers) or numbering_row(forms, width):
                    options.append((0.0, width, "header", ()))
            filled = [c for c in block if c.text]
            if not filled:
                options.append((3.0, width, "blank", ()))
            elif len(filled) <= 2 and heading_cells(filled) and block[0].text:
                options.append((heading_cost(filled) * 0.5, width, "heading", ()))
            cost = sum(map(misfit, roles, [c.text for c in block]))
            options.append((cost, width, "row", ()))
            plain = cost < 1.2
            if plain and roles[0] == "ordinal" and block[0].text:
                del options[0]  # no cell is skipped where a numbered row fits
        if cells[i].text and not plain:
            for size in (1, 2):
                block = cells[i : i + size]
                if len(block) == size and all(c.text for c in block) and heading_cells(block):
                    options.append((heading_cost(block) + 0.2, size, "heading", ()))
            if roles[0] != "ordinal" or ORDINAL.match(cells[i].text):
                for size in range(max(2, width - 4), width):
                    if i + size <= count:
                        cost, spans = align(cells[i : i + size], roles, text, join=False)
                        if spans:
                            options.append((cost + 0.6 * (width - size), size, "short", tuple(spans)))
                if i + width + 1 <= count:
                    cost, spans = align(cells[i : i + width + 1], roles, text, join=True)
                    if spans:
                        options.append((cost + 1.5, width + 1, "long", tuple(spans)))
        ways[i] = options
        for way in options:
            begins[i + way[1]] = True
    for i in reversed(ways):
        for cost, size, kind, spans_ in ways[i]:
            total = cost + best[i + size]
            if total < best[i]:
                best[i] = total
                choice[i] = (size, kind, spans_)
    rows: list[Row] = []
    i = 0
    taken = 0
    skipped = 0
    while i < count:
        size, kind, spans_ = choice[i]
        block = cells[i : i + size]
        end = max(c.end for c in block)
        if kind == "row":
            rows.append(Row(tuple(block), block[0].start, end))
        elif kind == "heading":
            rows.append(Row(tuple(c for c in block if c.text), block[0].start, end))
        elif kind in ("short", "long"):
            rows.append(Row(fill(block, spans_, text, end), block[0].start, end))
        elif kind == "skip":
            skipped += 1
            if block[0].text and not PAGE.match(block[0].text):
                rows.append(Row(tuple(block), block[0].start, end))
            if skipped >= 6:
                break
        if kind != "skip":
            skipped = 0
        i += size
        if kind not in ("skip", "blank"):
            taken = i
    while rows and rows[-1].end > (cells[taken - 1].end if taken else 0):
        rows.pop()
    return rows, taken


def heading_cost(cells: Sequence[Cell]) -> float:
    title = cells[-1].text
    if area_of(title) or (title.isupper() and len(title) > 6):
        return 0.3
    if agency_like(title) or DEADLINE_LIKE.match(matching(title)) or len(title) > 300:
        return 4.0
    if re.match(r"^[IVX]{1,5}[.)]?$|^[A-HĐ][.)]?$", cells[0].text) and len(cells) == 2:
        return 0.6
    return 1.6 if len(cells) == 2 else 2.4


_REACH = 12  # lines of one cell


def cut_wrapped(
    cells: Sequence[Cell], roles: Sequence[str], headers: Sequence[str], text: str
) -> tuple[list[Row], int]:
    """Rows out of lines, a cell over any number of them, and how many lines they use: the least misfit in all.

    Only rows tell where a row begins here: the table has no ordinals.
    """
    count, width = len(cells), len(roles)
    inside = _inside_brackets(cells)
    infinite = 1e9
    best = [[infinite] * width for _ in range(count + 1)]
    back: list[list[tuple[int, int, bool]]] = [[(0, 0, False)] * width for _ in range(count + 1)]
    best[0][0] = 0.0
    for done in range(count + 1):
        for column in (*range(1, width), 0):  # a row that ends here first, then the one that begins here
            base = best[done][column]
            if base >= infinite:
                continue
            after = (column + 1) % width
            empty = base + misfit(roles[column], "") + 0.3
            if column and empty < best[done][after]:
                best[done][after], back[done][after] = empty, (done, column, False)
            if done == count:
                continue
            if column == 0:
                cost = base + heading_cost(cells[done : done + 1]) + 0.2
                if cost < best[done + 1][0]:
                    best[done + 1][0], back[done + 1][0] = cost, (done, 0, True)
            joined = ""
            glue = 0.0
            for upto in range(done + 1, min(count, done + _REACH) + 1):
                piece = cells[upto - 1].text
                if upto - 1 > done:
                    glue += _glue(cells[upto - 2].text, piece)
                    joined = f"{joined} {piece}"
                else:
                    joined = piece
                cost = base + glue + misfit(roles[column], joined)
                if done:
                    cost += _torn(cells[done - 1].text, cells[done].text, roles[column], joined) + 3.0 * inside[done]
                if cost < best[upto][after]:
                    best[upto][after], back[upto][after] = cost, (done, column, False)
    found: list[Row] = []
    upto, column = count, 0
    spans: list[tuple[int, int]] = []
    while upto or column:
        done, before, heading = back[upto][column]
        if heading:
            found.append(Row((cells[done],), cells[done].start, cells[done].end))
        else:
            spans.append((done, upto))
            if before == 0:
                used = spans[::-1]
                first, last = used[0][0], used[-1][1]
                end = cells[last - 1].end
                used += [(last, last)] * (width - len(used))
                found.append(Row(fill(cells, used, text, end), cells[first].start, end))
                spans = []
        upto, column = done, before
    return found[::-1], count
