"""The plan of `office_plan` in PDF files as offices make and break them. Built from what LibreOffice prints, changed byte
by byte where no program does it on purpose."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from functools import cache

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from tests.formats import office_plan as plan
from tests.formats import printed_docs as made
from tests.formats.raw_pdf import Letters, pdf, text_at

_WIDTHS = [1.1, 4.6, 2.6, 2.9, 2.9, 2.4]


def _body(style: str = "B", contents: bool = False, apart: bool = True) -> str:
    head = made.table([["\n".join(plan.LEFT_HEAD), "\n".join(plan.RIGHT_HEAD)]], [6.5, 10], ruled=False, head=0)
    entries = [one.typed for one in plan.PARAS if one.kind in ("chapter", "section")]
    listed = "".join(made.para(f"{words} {'.' * 40} {at + 2}", "T") for at, words in enumerate(entries))
    sign = made.table([["\n".join(plan.RECEIVERS), "\n".join(plan.SIGNATURE)]], [8, 8], ruled=False, head=0)
    rows = [row if len(row) > 2 else [". ".join(row)] for row in plan.ROWS]
    return (
        head + "".join(made.para(line, "C") for line in plan.TITLE) + (made.para("MỤC LỤC", "C") + listed if contents else "")
        + "".join(made.para(one.typed, style) for one in plan.PARAS) + sign
        + made.para(plan.ANNEX[0], "LB" if apart else "C") + made.para(plan.ANNEX[1], "C")
        + made.table([plan.HEAD, *rows], [w * 1.5 for w in _WIDTHS] if apart else _WIDTHS)
    )  # fmt: skip


@cache
def printed() -> bytes:
    """As LibreOffice prints it, the annex on a landscape page of its own."""
    return made.pdf_of(_body())


def with_contents() -> bytes:
    return made.pdf_of(_body(contents=True))


def without_indents() -> bytes:
    """Paragraphs are not set in: only words and full lines tell where they end."""
    return made.pdf_of(_body("T"))


def without_tables_of_letters() -> bytes:
    """No font tells what its letters mean (/ToUnicode is missing)."""
    return printed().replace(b"/ToUnicode", b"/ToUnicodX")


def one_font_without() -> bytes:
    """Only the font of the body has lost its table, headings are whole."""
    data = printed()
    at = [m.start() for m in re.finditer(b"/ToUnicode", data)][-1]
    return data[:at] + data[at:].replace(b"/ToUnicode", b"/ToUnicodX", 1)


def with_wrong_tables() -> bytes:
    """Every letter is told to be another one, as by programs that number the letters of a part of a font anew."""
    data = printed()

    def wrong(found: re.Match[bytes]) -> bytes:
        try:
            table = zlib.decompress(found[2])
        except zlib.error:
            return found.group()
        if b"beginbfchar" not in table:
            return found.group()
        shifted = re.sub(
            rb"(<[0-9A-F]{2}> <)([0-9A-F]{4})>",
            lambda m: m[1] + b"%04X>" % (int(m[2], 16) + 5 if int(m[2], 16) > 64 else int(m[2], 16)),
            table,
        )
        packed = zlib.compress(shifted, 9)
        return found[1] + packed + b"\nendstream"

    return re.sub(rb"(stream\r?\n)(.{1,60000}?)\r?\nendstream", wrong, data, flags=re.DOTALL)


@cache
def pictures(dpi: int = 300, lean: float = 0.0, noise: float = 4.0) -> tuple[Image.Image, ...]:
    """The pages as a scanner sees them: grey, a little soft, grainy."""
    document = pypdfium2.PdfDocument(printed())
    dice = np.random.default_rng(7)
    found = []
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        image = image.filter(ImageFilter.GaussianBlur(0.8 * dpi / 300)).rotate(lean, fillcolor=255)
        grains = np.asarray(image, dtype=np.float64) + dice.normal(0, noise, (image.height, image.width))
        found.append(Image.fromarray(np.clip(grains, 0, 255).astype(np.uint8)))
    return tuple(found)


def scanned(dpi: int = 300, lean: float = 0.0) -> bytes:
    """All pages scanned, packed as JPEG."""
    return _of_pictures(pictures(dpi, lean), dpi)


def _of_pictures(images: tuple[Image.Image, ...], dpi: int) -> bytes:
    held = io.BytesIO()
    images[0].save(held, "PDF", resolution=dpi, save_all=True, append_images=list(images[1:]), quality=80)
    return held.getvalue()


def joined(*parts: tuple[bytes, list[int]]) -> bytes:
    """Pages (from 0) of several files in one."""
    document = pypdfium2.PdfDocument.new()
    for data, numbers in parts:
        document.import_pages(pypdfium2.PdfDocument(data), numbers)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def pages_of(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


def scanned_annex() -> bytes:
    """The plan printed to PDF by the program, the annex scanned: signed on paper."""
    last = pages_of(printed()) - 1
    return joined((printed(), list(range(last))), (_of_pictures(pictures()[-1:], 300), [0]))


def of_shapes(dpi: int = 150) -> bytes:
    """Letters drawn as shapes: as ink they are there, as letters not one."""
    contents = []
    boxes = []
    for image in pictures(dpi, noise=0.0):
        dark = np.asarray(image) < 140
        scale = 72 / dpi
        out = [f"{scale} 0 0 {scale} 0 0 cm\n"]
        for y, row in enumerate(dark):
            edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
            out += [f"{a} {image.height - y - 1} {b - a} 1 re\n" for a, b in zip(edges[::2], edges[1::2], strict=True)]
        contents.append("".join(out) + "f\n")
        boxes.append((image.width * scale, image.height * scale))
    files = [
        (pdf([page], Letters(), box=f"0 0 {w:.0f} {h:.0f}"), [0]) for page, (w, h) in zip(contents, boxes, strict=True)
    ]
    return joined(*files)


SIGNED = [
    "Ký bởi: Ủy ban nhân dân tỉnh Quảng Ninh",
    "Email: ubnd@quangninh.example",
    "Cơ quan: Tỉnh Quảng Ninh",
    "Thời gian ký: 15.01.2026 16:20:35 +07:00",
]


def _over(data: bytes, drawn: Callable[[Letters], str], page: int = 0) -> bytes:
    """A page with more drawn over it, as programs stamp files."""
    under = pypdfium2.PdfDocument(data)
    letters = Letters()
    content = drawn(letters)
    stamp = pypdfium2.PdfDocument(pdf([content], letters)).page_as_xobject(0, under)
    sheet = under[page]
    sheet.insert_obj(stamp.as_pageobject())
    sheet.gen_content()
    held = io.BytesIO()
    under.save(held)
    return held.getvalue()


def _block(letters: Letters, x: float, y: float, size: float = 7) -> str:
    return "".join(text_at(letters, x, y - k * size * 1.25, line, size) for k, line in enumerate(SIGNED))


def scanned_and_stamped() -> bytes:
    """A scan whose first page bears the words of a digital signature as letters, more than a few."""
    under = pypdfium2.PdfDocument(scanned())
    words = made.pdf_of("".join(made.para(line, "T") for line in SIGNED))
    stamp = pypdfium2.PdfDocument(words).page_as_xobject(0, under).as_pageobject()
    stamp.set_matrix(pypdfium2.PdfMatrix().scale(0.6, 0.6).translate(290, 345))
    sheet = under[0]
    sheet.insert_obj(stamp)
    sheet.gen_content()
    held = io.BytesIO()
    under.save(held)
    return held.getvalue()


def printed_and_signed() -> bytes:
    """The words of a digital signature drawn into the page, over the letterhead and beside the signature."""
    return _over(printed(), lambda letters: _block(letters, 330, 832) + _block(letters, 60, 30))


def with_a_watermark() -> bytes:
    """«DỰ THẢO» across the page, large, and once more upright."""

    def drawn(letters: Letters) -> str:
        slanted = f"BT /F1 90 Tf 0.7 0.7 -0.7 0.7 120 200 Tm 0.8 g {letters.shown('DỰ THẢO')} Tj ET\n"
        return slanted + f"BT /F1 70 Tf 1 0 0 1 100 400 Tm 0.8 g {letters.shown('BẢN SAO')} Tj ET\n"

    return _over(printed(), drawn)


def signed(data: bytes) -> bytes:
    """The first page with a field of a digital signature, whose picture says who signed, over the letterhead."""
    words = "".join(
        f"BT /F1 7 Tf 1 0 0 1 2 {40 - 9 * k} Tm ({line}) Tj ET\n"
        for k, line in enumerate(
            [
                "Ky boi: UBND tinh Quang Ninh",
                "Email: ubnd@quangninh.example",
                "Co quan: Tinh Quang Ninh",
                "Thoi gian ky: 15.01.2026 16:20:35 +07:00",
            ]
        )
    )
    more = f"9000 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Length {len(words)} >>\nstream\n{words}\nendstream\nendobj\n"
    field = b"/Annots [ << /Type /Annot /Subtype /Widget /FT /Sig /T (S) /F 4 /Rect [330 780 530 830] /AP << /N 9000 0 R >> >> ] "
    found = re.search(rb"/Type\s*/Page(?![a-zA-Z])", data)
    assert found
    made_ = data[: found.start()] + field + data[found.start() :]
    head, _, _ = made_.rpartition(b"startxref")
    return head.replace(b"xref\n0", more.encode() + b"xref\n0", 1) + b"startxref\n1\n%%EOF"


def scanned_and_signed() -> bytes:
    return signed(scanned())


def bold_without() -> bytes:
    """Only the font of headings has lost its table, the body is whole."""
    return printed().replace(b"/ToUnicode", b"/ToUnicodX", 1)


def broken_in_three_ways() -> bytes:
    """A page whose headings have no table of letters, one of which nothing has, a scanned annex."""
    return joined((bold_without(), [0]), (without_tables_of_letters(), [1]), (_of_pictures(pictures()[-1:], 300), [0]))


def broken_in_three_other_ways() -> bytes:
    """A scan with stamps, a page with wrong tables of letters, one of letters drawn as shapes."""
    return joined((scanned_and_stamped(), [0]), (with_wrong_tables(), [1]), (of_shapes(300), [2]))


READ: dict[str, Callable[[], bytes]] = {
    "printed": printed, "with contents": with_contents, "nothing set in": without_indents,
    "signed, words in the page": printed_and_signed, "watermarks": with_a_watermark,
}  # fmt: skip
RECOGNISED: dict[str, Callable[[], bytes]] = {
    "scanned annex": scanned_annex, "no tables of letters": without_tables_of_letters, "body without": one_font_without,
    "headings without": bold_without, "wrong tables": with_wrong_tables, "letters as shapes": of_shapes,
    "scanned": scanned, "scanned and stamped": scanned_and_stamped, "scanned and signed": scanned_and_signed,
    "broken in three ways": broken_in_three_ways, "in three other ways": broken_in_three_other_ways,
}  # fmt: skip
FILES = {**READ, **RECOGNISED}
