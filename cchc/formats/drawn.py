"""What is drawn on a sheet of a workbook: pictures and charts are counted, the words of boxes are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cchc.formats.ooxml import Package, integer

SMALL = 1_800_000  # EMU (5 cm): a logo, a seal, a signature
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_SMALL_ROWS = 5  # where a picture tells no measures: rows it covers
_MOST_BOXES = 2_000


@dataclass(slots=True)
class Drawn:
    """`boxes` holds (row from 1 they begin in, their paragraphs)."""

    images: int = 0
    charts: int = 0
    comments: int = 0
    boxes: list[tuple[int, list[str]]] = field(default_factory=list)


def drawn_on(package: Package, sheet: str) -> Drawn:
    """What is drawn on the sheet of that part's name. Raises `NotAPlan` for damaged parts."""
    found = Drawn()
    for kind, name in package.related(sheet).values():
        if kind == "drawing":
            _look(found, package.tree(name))
        elif kind == "comments":
            root = package.tree(name)
            found.comments += 0 if root is None else sum(1 for _ in root.iter("{*}comment"))
    return found


def _look(found: Drawn, root: Any) -> None:
    kinds = [_X + kind for kind in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")]
    for anchor in () if root is None else root.iterchildren(*kinds):
        row = (integer(anchor.findtext(f"{_X}from/{_X}row")) or 0) + 1
        last = integer(anchor.findtext(f"{_X}to/{_X}row"))
        for pic in anchor.iter(_X + "pic"):
            found.images += not _is_small(pic, anchor, None if last is None else last + 2 - row)
        found.charts += sum(1 for _ in anchor.iter(_X + "graphicFrame"))
        for shape in anchor.iter(_X + "sp"):
            lines = list(filter(str.strip, _lines(shape)))
            if lines and len(found.boxes) < _MOST_BOXES:
                found.boxes.append((row, lines))


def _is_small(pic: Any, anchor: Any, rows: int | None) -> bool:
    size = pic.find(f"{_X}spPr/{_A}xfrm/{_A}ext")
    if size is None or not integer(size.get("cx")):
        size = anchor.find(_X + "ext")
    wide, high = (integer(size.get(k)) or 0 for k in ("cx", "cy")) if size is not None else (0, 0)
    if wide and high:
        return min(wide, high) < SMALL
    return rows is not None and rows < _SMALL_ROWS


def _lines(shape: Any) -> Iterator[str]:
    for paragraph in shape.iterfind(f"{_X}txBody/{_A}p"):
        yield "".join("\n" if e.tag == _A + "br" else e.text or "" for e in paragraph.iter(_A + "t", _A + "br"))
