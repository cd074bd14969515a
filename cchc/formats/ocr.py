"""The words and ruled lines of a picture of a page: turned upright, made level, recognised by tesseract."""

from __future__ import annotations

import csv
import io
import logging
import math
import os
import re
import shutil
import subprocess
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from cchc.formats.limits import current, seconds_left
from cchc.formats.oldfonts import is_syllable
from cchc.formats.printed import Rule, Sheet, Word
from cchc.formats.printed.ruled import cells_of
from cchc.formats.printed.sheet import Box
from cchc.formats.source import NotAPlan
from cchc.text import stored

log = logging.getLogger("cchc")

FAILED = (
    "Việc nhận dạng chữ trong ảnh không thành. Dữ liệu đã có không thay đổi. "
    "Hãy thử lại, hoặc chọn bản Word (.docx) hoặc PDF có chữ của văn bản."
)
_GRAIN = 35  # of 255: paper may be so much darker in places
_DARK = 150  # of 255: darker is ink
_PALE = 205  # of 255: darker may be a ruled line, which coarse scans and turned pages leave pale
_LINE = 1 / 30  # of the page's longer side: shorter dark strokes are letters
_THICK = 1 / 250  # of the page's longer side: thicker dark bars are no ruled lines
_LEAN = 3.0  # degrees a page may lie askew
_SURE_TURN = 1.5  # tesseract's certainty of the way a page lies
_LEAST = 20.0  # certainty (0-100) of a word below which it is taken for dirt
_EDGE = 8  # pixels kept free along the borders of a cell
_APART = 40  # pixels between cells put one below the other
_TALLEST = 15_000  # pixels; tesseract takes 32,767
_BEFORE, _AFTER = "So", "va"  # words a figure is put between: alone it is mistaken for anything
_FIGURE_HEIGHT = 34.0  # pixels figures are enlarged or shrunk to
_ROOM = 14  # pixels between a figure and those words
_TOGETHER = 60  # figures read in one picture
_TALL_NUMBER = 70  # pixels; figures of 14 points are 40 high
_BETWEEN = re.compile(r"\W{0,3}[s5][o0]\W{0,3}?\s?(.{0,12}?)\s?(?:v[aà]\W{0,3})?", re.IGNORECASE)
_STROKES = str.maketrans("l|!ÍÌÏíìï[]o", "IIIIIIIIIIIO")
_ONLY_FIGURES = re.compile(r"[\dIO.,%/)]{1,12}")
_SURE_UPRIGHT = 75.0  # certainty (0-100) of a page's words above which nobody asks which way it lies
_ENOUGH_WORDS = 20
_SURE = 60.0  # certainty (0-100) of a word that tells a line of words from dirt
_FIGURES = re.compile(r"[\dIVX]{1,4}/\d{4}[.,;]?|\d[\d.,/]{0,9}%?[.,;]?")
_ROMAN = re.compile(r"(V?)(?:[IlHT1|!]{2,4}|(?<=V)[Il1|!]|I)([.,]?)")
_BARE_ROMAN = re.compile(r"[IVX]{2,5}")
_DIRT = re.compile(r"[^\w%]*\Z")
_BELOW = re.compile(r"[gjpqyQ,;()\[\]|/ạặậẹệịọộợụựỵ]")  # letters that reach below the line


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page, and how sure its words are on the whole (0-100)."""

    sheet: Sheet
    certainty: float


def program() -> str | None:
    """The path of tesseract: that of CCHC_TESSERACT, else the one on PATH; None where there is none."""
    names = (os.environ.get("CCHC_TESSERACT", ""), "tesseract")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def has_vietnamese() -> bool:
    """Whether tesseract is there and knows Vietnamese."""
    found = program()
    return found is not None and "vie" in _languages(found)


@cache
def _languages(found: str) -> frozenset[str]:
    said = subprocess.run(  # noqa: S603 - a fixed program
        [found, "--list-langs"], capture_output=True, text=True, check=False, timeout=60
    )
    return frozenset(said.stdout.split())


def recognised(picture: Image.Image, number: int) -> Recognised:
    """The page on a grey picture. Raises `NotAPlan` where tesseract fails."""
    picture = _on_white(picture)
    first = _read(picture, number, 0)
    if first.certainty >= _SURE_UPRIGHT and len(first.sheet.words) >= _ENOUGH_WORDS:
        return first  # nine pages of ten; to ask which way a page lies takes a quarter of the time
    turn = _turn(picture)
    second = _read(picture, number, turn) if turn else first
    return second if second.certainty >= first.certainty else first


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture with its paper, grain and all, in white: tesseract takes the grain of an empty page for letters, and
    minutes over it."""
    paper = float(np.median(np.asarray(picture)))
    white = paper - _GRAIN
    return picture.point([min(255, round(grey * 255 / white)) for grey in range(256)]) if white > _DARK else picture


def _read(picture: Image.Image, number: int, turn: int) -> Recognised:
    upright = picture.rotate(-turn, expand=True, fillcolor=255) if turn else picture
    lean = _lean(upright)
    level = upright.rotate(lean, resample=Image.Resampling.BICUBIC, fillcolor=255) if lean else upright
    ink = np.asarray(level) < _PALE
    across, down = _strokes(ink), _strokes(ink.T)
    bare = level.copy()
    _paint(bare, across, down)
    back = _shown_box(level.size, turn, lean)
    sheet = Sheet(number, level.width, level.height, [], _rules(across), _rules(down), back)
    in_cells = _in_cells(bare, cells_of(sheet))
    around = _words(bare) if np.asarray(bare).min() < _DARK else []
    found = around + in_cells
    sheet.words = [word for word, _ in found]
    certainty = sum(sure for _, sure in found) / len(found) if found else 0.0
    return Recognised(sheet, certainty)


def _tesseract(picture: Image.Image, *options: str) -> subprocess.CompletedProcess[bytes]:
    found = program()
    if found is None:
        raise NotAPlan(FAILED)
    held = io.BytesIO()
    picture.save(held, "PNG", compress_level=1)
    # Pages go side by side: threads inside one page only get in each other's way.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, the picture on standard input
            [found, "stdin", "stdout", *options], input=held.getvalue(), capture_output=True, env=environment,
            timeout=min(current().seconds, max(1.0, seconds_left())), check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("tesseract: %s", error)
        raise NotAPlan(FAILED) from error


def _turn(picture: Image.Image) -> int:
    """By how many degrees, clockwise, the picture must be turned for its letters to stand upright."""
    if "osd" not in _languages(program() or ""):
        return 0
    small = picture.copy()
    small.thumbnail((2000, 2000))
    said = _tesseract(small, "--psm", "0", "-l", "osd", "--dpi", "170").stdout.decode("utf-8", "replace")
    told = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        sure = float(told["Orientation confidence"])
        return int(told["Rotate"]) % 360 if sure >= _SURE_TURN else 0
    except (KeyError, ValueError):
        return 0


def _lean(picture: Image.Image) -> float:
    """By how many degrees the picture must be turned (counter-clockwise) for its lines to be level."""
    small = picture.copy()
    small.thumbnail((900, 900))
    ink = (np.asarray(small) < _DARK).astype(np.float32)
    if ink.sum() < 50:
        return 0.0
    ys, xs = np.nonzero(ink)

    def sharpness(angle: float) -> float:
        rows = np.round(ys + (xs - small.width / 2) * math.tan(math.radians(-angle))).astype(np.int64)
        counts = np.bincount(np.clip(rows + 60, 0, small.height + 120), minlength=small.height + 121)
        return float(np.square(np.diff(counts)).sum())

    coarse = max(np.arange(-_LEAN, _LEAN + 0.01, 0.5), key=sharpness)
    best = max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=sharpness)
    return 0.0 if abs(best) < 0.15 or sharpness(best) < 1.05 * sharpness(0.0) else float(best)


def _strokes(ink: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Runs of ink along the rows that are long enough for a ruled line: (row, start, end)."""
    height, width = ink.shape
    longest = max(height, width)
    least = max(20, int(longest * _LINE))
    if width <= least:
        return []
    # a place belongs to a long run when a window of that length around it is nearly all ink
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    filled = sums[:, least:] - sums[:, :-least] >= 0.95 * least
    found: list[tuple[int, int, int]] = []
    for row in np.flatnonzero(filled.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], filled[row].astype(np.int8), [0]))))
        found += [(int(row), int(a), int(b) + least - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return _thin(found, longest * _THICK)


def _thin(runs: list[tuple[int, int, int]], most: float) -> list[tuple[int, int, int]]:
    """Without the runs of dark areas (stamps, shaded rows, black edges of a copy), which are thicker than lines."""
    kept: list[tuple[int, int, int]] = []
    open_areas: list[list[tuple[int, int, int]]] = []
    for run in runs:
        home = next((a for a in open_areas if run[0] - a[-1][0] <= 1 and run[1] < a[-1][2] and a[-1][1] < run[2]), None)
        if home is None:
            open_areas.append([run])
        else:
            home.append(run)
        closed = [a for a in open_areas if run[0] - a[-1][0] > 1]
        open_areas = [a for a in open_areas if run[0] - a[-1][0] <= 1]
        kept += [r for a in closed if a[-1][0] - a[0][0] < most for r in a]
    return kept + [r for a in open_areas if a[-1][0] - a[0][0] < most for r in a]


def _rules(runs: Sequence[tuple[int, int, int]]) -> list[Rule]:
    return [Rule(row, start, end) for row, start, end in runs]


def _paint(picture: Image.Image, across: Sequence[tuple[int, int, int]], down: Sequence[tuple[int, int, int]]) -> None:
    """Takes ruled lines out of the picture: letters beside them are recognised better, and no line becomes a sign."""
    for row, start, end in across:
        picture.paste(255, (start, max(0, row - 1), end, row + 2))
    for column, start, end in down:
        picture.paste(255, (max(0, column - 1), start, column + 2, end))


def _in_cells(picture: Image.Image, cells: Sequence[Box]) -> list[tuple[Word, float]]:
    """The words of a table's cells, each with its certainty; what was read is painted out.

    Read as a page, a table loses the figures that stand alone in a narrow column, and lines of neighbours run into each
    other. So the cells are put one below the other, and read as one column.
    """
    found: list[tuple[int, int, Image.Image]] = []  # where it stands on the page, and its picture
    numbers: list[tuple[int, int, Image.Image]] = []
    for box in cells:
        left, top = int(box[0]) + _EDGE, int(box[1]) + _EDGE
        inside = picture.crop((left, top, max(left + 1, int(box[2]) - _EDGE), max(top + 1, int(box[3]) - _EDGE)))
        ink = inside.point(lambda grey: 255 if grey < _DARK else 0).getbbox()
        if ink and ink[2] - ink[0] >= 5 and ink[3] - ink[1] >= 14:
            wide, high = ink[2] - ink[0], ink[3] - ink[1]
            kind = numbers if wide < 2.2 * high and high < _TALL_NUMBER else found  # «1», «12.», «II», «90%»
            kind.append((left + ink[0], top + ink[1], inside.crop(ink)))
        picture.paste(255, (int(box[0]), int(box[1]), int(box[2]) + 1, int(box[3]) + 1))
    words: list[tuple[Word, float]] = []
    for strip, places in _strips(found):
        tops = [top for top, *_ in places]
        for word, sure in _words(strip, "6"):
            top, left_on_page, top_on_page = places[max(0, bisect_right(tops, word.base - word.size / 3) - 1)]
            shift = left_on_page - _APART
            word.left, word.right, word.base = word.left + shift, word.right + shift, word.base - top + top_on_page
            words.append((word, sure))
    for at in range(0, len(numbers), _TOGETHER):
        words += _figures(numbers[at : at + _TOGETHER])
    return words


def _figures(numbers: Sequence[tuple[int, int, Image.Image]]) -> list[tuple[Word, float]]:
    """What cells of a figure or two say. A line of text is what tesseract knows, so each figure is put into one."""
    heights = [inside.height for *_, inside in numbers]
    scale = _FIGURE_HEIGHT / median(heights)
    font = ImageFont.load_default(size=_FIGURE_HEIGHT * 1.4)
    indent = _APART + int(font.getlength(_BEFORE)) + _ROOM
    step = int(max(heights) * scale) + _APART
    widest = max(inside.width for *_, inside in numbers)
    page = Image.new("L", (int(widest * scale) + 2 * indent, step * len(numbers) + _APART), 255)
    pen = ImageDraw.Draw(page)
    for k, (_, _, inside) in enumerate(numbers):
        bare = inside.resize((max(1, round(inside.width * scale)), max(1, round(inside.height * scale))))
        foot = step * (k + 1)
        pen.text((_APART, foot), _BEFORE, font=font, anchor="ls", fill=0)
        page.paste(bare, (indent, foot - bare.height))
        pen.text((indent + bare.width + _ROOM, foot), _AFTER, font=font, anchor="ls", fill=0)
    lines: dict[int, list[tuple[Word, float]]] = {}
    for word, sure in _words(page, "6", least=0.0):
        lines.setdefault(round(word.base / step) - 1, []).append((word, sure))
    made = []
    for k, read in sorted(lines.items()):
        said = " ".join(word.text for word, _ in sorted(read, key=lambda one: one[0].left))
        between = _BETWEEN.fullmatch(said)
        if between is None or not between[1] or not 0 <= k < len(numbers):
            continue  # the row is named as one without its number
        left, top, inside = numbers[k]
        size = inside.height * 1.5  # figures are two thirds of the type's height
        text = _figure(between[1].replace(" ", ""))
        word = Word(text, float(left), float(left + inside.width), float(top + inside.height), size)
        made.append((word, min(sure for _, sure in read)))
    return made


def _figure(text: str) -> str:
    """Strokes among figures are ones, strokes alone Roman numbers."""
    if text in ("l", "|", "!", *"ÍÌÏíìï"):
        return "1"
    strokes = text.translate(_STROKES)
    if re.search(r"\d", text) and _ONLY_FIGURES.fullmatch(strokes):
        return strokes.replace("I", "1").replace("O", "0")
    return strokes if set(strokes) == {"I"} and len(strokes) > 1 else text


def _strips(
    found: Sequence[tuple[int, int, Image.Image]],
) -> Iterator[tuple[Image.Image, list[tuple[int, int, int]]]]:
    """Pictures one below the other, as many as tesseract takes in one; with each (its top there, its left and top on
    the page)."""
    at = 0
    while at < len(found):
        places: list[tuple[int, int, int]] = []
        height, first = _APART, at
        while at < len(found) and (at == first or height + found[at][2].height + _APART <= _TALLEST):
            left, top, inside = found[at]
            places.append((height, left, top))
            height += inside.height + _APART
            at += 1
        strip = Image.new("L", (max(p.width for *_, p in found[first:at]) + 2 * _APART, height), 255)
        for (top, _, _), (_, _, inside) in zip(places, found[first:at], strict=True):
            strip.paste(inside, (_APART, top))
        yield strip, places


def _ask(picture: Image.Image, layout: str) -> str:
    """tesseract's table of what stands where."""
    done = _tesseract(picture, "-l", "vie", "--psm", layout, "--dpi", "300", "tsv")
    if done.returncode:
        log.warning("tesseract: %s", done.stderr.decode("utf-8", "replace")[:500])
        raise NotAPlan(FAILED)
    return done.stdout.decode("utf-8", "replace")


def _words(picture: Image.Image, layout: str = "3", least: float = _LEAST) -> list[tuple[Word, float]]:
    """The words on a picture with their places, each with how sure it is (0-100); `layout` is 3 for a page, 6 for one
    column."""
    lines: dict[tuple[str, str, str], list[tuple[str, Box, float]]] = {}
    for row in csv.DictReader(io.StringIO(_ask(picture, layout)), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = stored((row.get("text") or "").strip())
        if row["level"] != "5" or not text:
            continue
        left, top, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).append((text, (left, top, left + width, top + height), float(row["conf"])))
    for key, said in [*lines.items()]:
        number = _numeral(said[0][0], picture, said[0][1])
        if _BARE_ROMAN.fullmatch(number) and len(said) > 1 and said[1][0][:2].isupper():
            number += "."  # of a heading, too small to be seen
        said[0] = (number, *said[0][1:])
        sure_line = any(sure >= _SURE for _, _, sure in said)
        lines[key] = [word for word in said if _is_word(word[0], word[2], least, sure_line)]
        if not lines[key]:
            del lines[key]
    if not lines:
        return []
    heights = {key: max(b[3] for _, b, _ in ws) - min(b[1] for _, b, _ in ws) for key, ws in lines.items()}
    usual = median(heights.values())
    words: list[tuple[Word, float]] = []
    for line, inside in lines.items():
        # ink of a Vietnamese line reaches from the accents to the feet, a little more than the type's height
        size = (usual if 0.7 * usual < heights[line] < 1.35 * usual else heights[line]) / 1.1
        feet = [b[3] for text, b, _ in inside if not _BELOW.search(text)]
        foot = median(feet) if feet else median(b[3] for _, b, _ in inside) - 0.2 * size
        for text, (left, top, right, bottom), sure in inside:
            own = foot if top < foot + 0.3 * size and bottom > foot - 0.9 * size else bottom
            words.append((Word(text, left, right, own, size), sure))
    return words


def _is_word(text: str, sure: float, least: float, sure_line: bool) -> bool:
    """Whether what was recognised is a word, not dirt. In a line of words one that spells a word or a figure is one,
    however unsure: a deadline must not lose its quarter."""
    if _DIRT.match(text):
        return sure >= max(least, _SURE) or (sure >= least and text in "-–+")
    return sure >= least or (sure_line and (_FIGURES.fullmatch(text) is not None or _spells(text)))


def _spells(text: str) -> bool:
    bare = text.strip(".,;:()").lower()
    return len(bare) > 2 and is_syllable(bare)


def _numeral(text: str, picture: Image.Image, box: Box) -> str:
    """The Roman number of a heading by its strokes: «III.» is often recognised as «II.» or «HI.»."""
    found = _ROMAN.fullmatch(text)
    if found is None:
        return text
    ink = np.asarray(picture.crop((int(box[0]), int(box[1]), int(box[2]) + 1, int(box[3]) + 1))) < _DARK
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 12:
        return text
    height = rows[-1] - rows[0] + 1
    # between the serifs and the bar of an H, above full stops: there each stroke stands alone
    band = ink[rows[0] + height // 4 : rows[0] + height * 9 // 20].mean(axis=0) > 0.5
    strokes = int(np.count_nonzero(np.diff(np.concatenate(([0], band.astype(np.int8)))) == 1))
    ones = strokes - 2 * len(found[1])  # a V has two
    if found[1]:
        return f"V{'I' * ones}{found[2]}" if 1 <= ones <= 3 else text
    return f"{'I' * ones}{found[2]}" if 2 <= ones <= 3 else text


def _shown_box(size: tuple[int, int], turn: int, lean: float) -> Callable[[Box], Box]:
    """From a box on the level picture to fractions of the picture as it came."""
    width, height = size
    sine, cosine = math.sin(math.radians(lean)), math.cos(math.radians(lean))

    def point(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - width / 2, y - height / 2
        x = min(max((cosine * dx - sine * dy) / width + 0.5, 0.0), 1.0)
        y = min(max((sine * dx + cosine * dy) / height + 0.5, 0.0), 1.0)
        return ((x, y), (y, 1 - x), (1 - x, 1 - y), (1 - y, x))[turn // 90 % 4]

    def shown(box: Box) -> Box:
        (x0, y0), (x1, y1) = point(box[0], box[1]), point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return shown
