"""Tables with a cell on a line, or on several, and no mark at all: text taken out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from cchc.reading.blocks import Cell, Row
from cchc.reading.tables.columns import header_form, header_lines, is_header, resolve, role_of, undivided
from cchc.reading.tables.cutting import align, cut_rows, cut_wrapped, fill
from cchc.reading.tables.fits import DEADLINE_LIKE, agency_like, misfit
from cchc.reading.tables.found import Found, made_table
from cchc.reading.tables.lines import PAGE, Line, ends_table
from cchc.reading.tables.shapes import ORDINAL, make_cell, starts_lower
from cchc.reading.tables.titles import NUMBERED, area_of, looks_like_title
from cchc.reading.tables.told import NAMED, lost_header, retold
from cchc.text import matching


def line_table(text: str, match: str, lines: list[Line], at: int) -> Found:
    said = lines[at].text
    if len(said) > 60 or said[-1:] in ";." or ":" in said[:-1]:  # "Nhiệm vụ: ...": a label with what it tells
        return None
    first = header_form(said)
    if not _HEADER_LINE.match(first):
        return None
    header: list[Line] = []
    places: list[int] = []
    index = at
    while index < len(lines) and len(header) < 30:
        line = lines[index]
        if not line.text:
            index += 1
            continue
        if line.pipes or line.tabs or len(line.text) > 90 or ":" in line.text[:-1]:
            break
        if header and (ORDINAL.match(line.text) or _row_opens(line.text)):
            break
        if header and (
            role_of(header_form(line.text)) == "ordinal" or match.startswith(("(ban hành", "(kèm theo"), line.start)
        ):
            return None  # the header begins here or later; what came before is a title
        if header and header_form(line.text) == first:
            break  # printed again
        if header and area_of(line.text) and role_of(header_form(line.text)) is None:
            break
        header.append(line)
        places.append(index)
        index += 1
    headers = header_lines([header_form(h.text) for h in header], [h.text[:1].islower() for h in header])
    if headers is None:
        return None
    names, used = headers
    names = undivided(names) or names
    roles = resolve(names)
    if not is_header(roles) or len([r for r in roles if r]) < 3:
        return None
    first_row = places[used] if used < len(header) else places[-1] + 1  # lines after the header are the first rows
    rows, index, end = _line_rows(text, match, lines, first_row, roles, names)
    told = retold(names, [[c.text for c in row.cells] for row in rows])
    if told != names:
        roles = resolve(told)
        rows, index, end = _line_rows(text, match, lines, first_row, roles, names)
    if roles[0] == "ordinal" and {"value", "past", "when"} & set(roles):  # a figure may be a value or an ordinal
        other = _unnumbered_rows(text, match, lines, first_row, roles, names)
        if _fitting(other[0], roles) > _fitting(rows, roles):
            rows, index, end = other
    if not rows:
        return None, index
    return made_table(text, lines, at, end, roles, names, tuple(rows)), index


_FIRST = re.compile(r"\(?0?1[.)]?")
_ENOUGH = 12  # rows that tell the columns of a table that has lost its header


def headless_lines(text: str, match: str, lines: list[Line], at: int) -> Found:
    """A table without a header, a cell a line, that begins with the number 1 on a line of its own."""
    if not _FIRST.fullmatch(lines[at].text):
        return None
    groups = _numbered_groups(text, match, lines, at)
    wrapped = sum(line[:1].islower() for group in groups for line in group) > _MANY * sum(map(len, groups))
    told = (wrapped and _wrapped_columns(groups, text)) or lost_header(groups) or _wrapped_columns(groups, text)
    if not told:
        return None
    roles = resolve(told)
    if roles[0] != "ordinal" or not is_header(roles):
        return None
    rows, index, end = _line_rows(text, match, lines, at, roles, told)
    if "value" in roles:
        other = _unnumbered_rows(text, match, lines, at, roles, told)
        if _fitting(other[0], roles) > _fitting(rows, roles):
            rows, index, end = other
    if sum(len(r.cells) == len(roles) for r in rows) < 3:
        return None
    return replace(made_table(text, lines, at, end, roles, told, tuple(rows)), lost_header=True), index


# Columns behind the ordinal that tables of tasks have, as they come when nothing but the rows is left.
_ORDERS = tuple(
    ("content", *order)
    for size in (2, 3, 4)
    for order in permutations(("product", "lead", "support", "deadline"), size)
    if {"lead", "deadline"} <= set(order) and ("support" not in order or order.index("lead") < order.index("support"))
)
_FITS = 1.2  # misfit of a row that may be read in columns that were guessed


def _wrapped_columns(groups: Sequence[Sequence[str]], text: str) -> list[str]:
    """Header words for rows whose cells go over several lines: the columns that the rows fit best, [] where none do."""
    rows = [[Cell(0, 0, line) for line in group[1:]] for group in groups[:6]]
    if len(rows) < 4 or any(len(c.text) > _WIDEST_LINE for row in rows for c in row):
        return []
    if sum(any(agency_like(c.text) for c in row) for row in rows) * 3 < len(rows) * 2:
        return []
    if sum(any(DEADLINE_LIKE.match(matching(c.text)) for c in row) for row in rows) * 3 < len(rows) * 2:
        return []

    def cost(order: Sequence[str], some: Sequence[Sequence[Cell]]) -> float:
        return sum(align(row, order, text, join=True)[0] for row in some)

    likely = sorted(_ORDERS, key=lambda order: cost(order, rows[:2]))[:4]
    best = min(likely, key=lambda order: cost(order, rows))
    if cost(best, rows) > _FITS * len(rows):
        return []
    return ["stt", *(NAMED[role] for role in best)]


def _numbered_groups(text: str, match: str, lines: list[Line], at: int) -> list[list[str]]:
    """The lines between the numbers 1, 2, 3 ..., each group with its number first."""
    groups: list[list[str]] = []
    for line in lines[at : at + 25 * _ENOUGH]:
        if not line.text:
            continue
        if line.pipes or line.tabs or ends_table(line.text, match[line.start : line.end].strip()):
            break
        number = line.text.strip("(). ").lstrip("0")
        if number == str(len(groups) + 1) and (not groups or len(groups[-1]) >= 3):
            if len(groups) == _ENOUGH:
                break
            groups.append([])
        groups[-1].append(line.text)
        if len(groups[-1]) > 25 or len(line.text) > 500:
            groups.pop()
            break
    return groups


def _fitting(rows: Sequence[Row], roles: Sequence[str]) -> int:
    """How many rows have a fitting cell for each column."""
    whole = [r.cells for r in rows if len(r.cells) == len(roles)]
    return sum(sum(misfit(role, c.text) for role, c in zip(roles, row, strict=True)) < 1.5 for row in whole)


# A table may begin with when, or say in plain words what is to be done: all that a line says.
PLAIN_FIRST = (
    r"(?:thời gian|thời hạn|thời điểm)(?: (?:thực hiện|hoàn thành))?|tháng|ngày(?: tháng)?|tuần|mã (?:số|việc)"
    r"|(?:đầu |phần |mảng )?việc(?: làm| chính| cụ thể)?|làm gì|hạng mục|công tác"
)
_HEADER_LINE = re.compile(
    r"^(?:stt|tt|s\.?t\.?t|số tt|số thứ tự|(?:các |tên )?(?:nội dung|nhiệm vụ|công việc|hoạt động|chỉ tiêu"
    r"|mục tiêu|tiêu chí|chỉ số|giải pháp|lĩnh vực)|tên)(?:[ ,/(][^.;:]{0,50})?$"
    rf"|^(?:{PLAIN_FIRST})$"
)


def _row_opens(line: str) -> bool:
    found = re.match(r"^(?:1|I|A)[.)]?\s+\S", line)
    return bool(found) and len(line) > 12


_OPENS_ROW = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}(?:\.\d{1,2})?|[A-HĐ])([.)/]?)(?:\s+(\S.*))?$")


def _line_rows(
    text: str, match: str, lines: list[Line], index: int, roles: Sequence[str], headers: Sequence[str]
) -> tuple[list[Row], int, int]:
    """Rows that open with an ordinal: alone on its line, or followed by the content."""
    ordinal_first = roles and roles[0] == "ordinal"
    width = len(roles)
    rows: list[Row] = []
    end = lines[index - 1].end if index else 0
    group: list[Cell] = []
    previous = 0
    blank = 0
    spaced = False  # blank lines stand between the cells of a row
    longest = 0  # characters of the longest line of a row

    def close() -> None:
        nonlocal end
        if group:
            row = _line_row(text, group, roles)
            rows.extend(row)
            end = max(r.end for r in row) if row else end
            group.clear()

    if not ordinal_first:
        return _unnumbered_rows(text, match, lines, index, roles, headers)
    while index < len(lines):
        line = lines[index]
        if not line.text:
            blank += 1
            index += 1
            continue
        low = match[line.start : line.end].strip()
        if ends_table(line.text, low) or line.pipes >= 2 or line.tabs >= 2:
            if len(group) > width and PAGE.match(group[-1].text):
                group.pop()  # the number of the page that the table ends on
            break
        again = _header_again(lines, index, headers)
        if again:
            index = again
            continue
        if _another_header(lines, index):
            close()
            while rows and len(rows[-1].cells) <= 2:  # the title of the next table
                rows.pop()
            return rows, index, rows[-1].end if rows else end
        found = _OPENS_ROW.match(line.text)
        opens = False
        if found:
            opens, previous = _continues(found, previous, bool(rows or group))
        if opens and found and PAGE.match(line.text) and _page_number(lines, index, previous):
            index += 1
            previous = max(0, previous - 1)
            continue
        if not opens and len(group) >= width and PAGE.match(line.text) and _before_number(lines, index, previous + 1):
            index += 1
            continue
        if opens and found:
            close()
            offset = text.index(line.text[0], line.start)
            mark_end = offset + found.end(2)
            group.append(make_cell(text, offset, mark_end))
            if found.group(3):
                group.append(make_cell(text, offset + found.start(3), line.end))
        elif not group:
            if looks_like_title(line.text):
                rows.append(Row((make_cell(text, line.start, line.end),), line.start, line.end))
            else:
                break
        elif area_of(line.text) and (line.text.isupper() or NUMBERED.match(line.text)) and len(group) >= 3:
            close()
            rows.append(Row((make_cell(text, line.start, line.end),), line.start, line.end))
        elif len(group) > 60 or (len(line.text) > 500 and len(group) > width) or (
            len(group) >= width and _text_follows(line.text, bool(blank) and not spaced, longest)
        ):  # fmt: skip
            break
        else:
            group.append(make_cell(text, line.start, line.end))
        spaced = spaced or (bool(blank) and 1 < len(group) <= width)
        longest = max(longest, len(line.text))
        blank = 0
        index += 1
    close()
    return rows, index, end


_PARAGRAPH = 60  # characters of a line that may be one of running text


def _text_follows(line: str, apart: bool, longest: int) -> bool:
    """Below a whole row: does a line announce a list («Ngoài ra, UBND tỉnh giao:»), or, where a blank line stands
    before it (`apart`), run far beyond those of the table?"""
    if starts_lower(line) or looks_like_title(line):
        return False
    return (line.endswith(":") and len(line.split()) > 5) or (apart and len(line) > max(_PARAGRAPH, 1.3 * longest))


def _page_number(lines: list[Line], index: int, expected: int) -> bool:
    """A number alone on a line between two pages: the next number found is the same as expected now, and it is not
    that one which stands right before the next row."""
    for at, line in enumerate(lines[index + 1 : index + 40], index + 1):
        if ORDINAL.match(line.text) and line.text.rstrip(".").isdigit():
            return int(line.text.rstrip(".")) == expected and not _before_number(lines, at, expected + 1)
    return False


def _before_number(lines: list[Line], index: int, number: int) -> bool:
    """Is the next line of words this number?"""
    below = next((line.text for line in lines[index + 1 : index + 4] if line.text), "")
    return below.strip("(). ").lstrip("0") == str(number)


def _continues(found: re.Match[str], previous: int, started: bool) -> tuple[bool, int]:
    """Whether an ordinal opens a row here: the next number, a first one, a sub-number, a roman heading."""
    mark = found.group(1)
    rest = found.group(3)
    if mark.isdigit():
        number = int(mark)
        if rest is not None and found.group(2) in (".", ")") and number == previous + 1 and started:
            return True, number
        if rest is not None and not (found.group(2) or rest[:1].isupper()):
            return False, previous
        if rest is not None and re.match(r"\d|tháng|ngày|%", rest):
            return False, previous
        if number in (previous + 1, 1) or (previous < number <= previous + 3):
            return True, number
        return False, previous
    if "." in mark:
        return True, previous
    if rest is None:
        return True, previous
    return bool(found.group(2)) or rest.isupper() or area_of(rest) is not None, previous


def _header_again(lines: list[Line], index: int, headers: Sequence[str]) -> int:
    """Index after a header printed again on a new page, 0 where there is none."""
    if header_form(lines[index].text) not in ("stt", "tt", "số tt", "số thứ tự") and not (
        headers and headers[0].startswith(header_form(lines[index].text)) and len(lines[index].text) > 2
    ):
        return 0
    known = " ".join(headers)
    at = index
    seen = 0
    while at < len(lines) and at < index + 30:
        form = header_form(lines[at].text)
        if form and form not in known:
            break
        if form:
            seen += 1
        at += 1
    return at if seen >= 3 else 0


def _another_header(lines: list[Line], index: int) -> bool:
    """Does the header of another table begin here: «STT», then lines that name columns?"""
    if role_of(header_form(lines[index].text)) != "ordinal" or len(lines[index].text) > 12:
        return False
    below = [line.text for line in lines[index + 1 : index + 8] if line.text][:3]
    return len(below) == 3 and sum(role_of(header_form(b)) is not None for b in below) >= 2


def _line_row(text: str, group: list[Cell], roles: Sequence[str]) -> list[Row]:
    """One row (or a heading, or both) out of the lines between two ordinals."""
    start, end = group[0].start, group[-1].end
    if len(group) == 1:
        return [Row(tuple(group), start, end)]
    rest = group[1:]
    title = " ".join(c.text for c in rest)
    if (
        len(rest) >= len(roles)
        and area_of(rest[0].text)
        and len(rest[0].text) < 120
        and not re.fullmatch(r"[\d.]+", group[0].text)
    ):
        below, taken = cut_rows(rest[1:], roles[1:], (), text)  # a heading, then rows without ordinals
        if taken == len(rest) - 1 and all(len(r.cells) == len(roles) - 1 for r in below):
            blank = Cell(rest[1].start, rest[1].start, "")
            return [
                Row((group[0], rest[0]), start, rest[0].end),
                *(Row((blank, *r.cells), r.start, r.end) for r in below),
            ]
    whole = len(rest) == len(roles) - 1 and group[0].text.strip(". ").isdigit()  # a number and all cells: a row
    if (
        len(rest) <= 4
        and not whole
        and not any(agency_like(c.text) or DEADLINE_LIKE.match(matching(c.text)) for c in rest)
        and (area_of(title) or title.isupper() or re.match(r"^[IVXA-HĐ]{1,5}[.)]?$", group[0].text))
    ):
        return [Row((group[0], Cell(rest[0].start, rest[-1].end, title)), start, end)]
    cost, spans = align(rest, roles[1:], text, join=True)
    if len(rest) > len(roles) and cost > 2.5:  # a row without an ordinal may stand below
        several, taken = cut_rows(rest, roles[1:], (), text)
        if taken == len(rest) and len(several) > 1 and all(len(r.cells) == len(roles) - 1 for r in several):
            first, *others = several
            blank = Cell(others[0].start, others[0].start, "")
            return [
                Row((group[0], *first.cells), start, first.end),
                *(Row((blank, *r.cells), r.start, r.end) for r in others),
            ]
    if not spans:
        return [Row(tuple(group), start, end)]
    return [Row((group[0], *fill(rest, spans, text, end)), start, end)]


_WIDEST_LINE = 110  # no line of a narrow column


_MANY = 0.12  # share of lines in small letters from which cells are wrapped over lines


def _is_wrapped(cells: Sequence[Cell]) -> bool:
    """Whether many lines only go on with the one above. A deadline or a body in small letters may be a whole cell."""
    small = [c.text for c in cells if c.text[:1].islower()]
    if len(small) <= _MANY * len(cells):
        return False
    return sum(not (DEADLINE_LIKE.match(matching(s)) or agency_like(s)) for s in small) > _MANY * len(cells)


def _unnumbered_rows(
    text: str, match: str, lines: list[Line], index: int, roles: Sequence[str], headers: Sequence[str]
) -> tuple[list[Row], int, int]:
    """Rows of a table without ordinals, a cell a line: cut where the cells fit their columns best."""
    cells: list[Cell] = []
    at: list[int] = []
    while index < len(lines) and len(cells) < 2000:
        if len(cells) == 8 * len(roles):  # a look at the first rows tells whether there are any
            tried, _ = (cut_wrapped if _is_wrapped(cells) else cut_rows)(cells, roles, headers, text)
            if sum(len(r.cells) == len(roles) for r in tried) < 2:
                return [], index, 0
        line = lines[index]
        if line.text:
            low = match[line.start : line.end].strip()
            if ends_table(line.text, low) or line.pipes or line.tabs or len(line.text) > 900:
                break
            again = _header_again(lines, index, headers)
            if again:
                index = again
                continue
            if _another_header(lines, index):
                while cells and looks_like_title(cells[-1].text) and not agency_like(cells[-1].text):
                    cells.pop()  # the title of the next table
                    at.pop()
                break
            cells.append(make_cell(text, line.start, line.end))
            at.append(index)
        index += 1
    if _is_wrapped(cells):
        short = next((k for k, c in enumerate(cells) if len(c.text) > _WIDEST_LINE), len(cells))
        rows, taken = cut_wrapped(cells[:short], roles, headers, text)
    else:
        rows, taken = cut_rows(cells, roles, headers, text)
    if not taken or sum(len(r.cells) == len(roles) for r in rows) < 1:
        return [], index, 0
    return rows, at[taken - 1] + 1, cells[taken - 1].end
