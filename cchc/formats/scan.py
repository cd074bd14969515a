"""Scanned pages and photographs to text: tesseract recognises the words, ruled lines are found in the picture, and both
are read like a printed page. Where tesseract is not installed, a message says so."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
from PIL import Image, ImageOps

from cchc.formats.limits import SAFE, check_pages, check_pixels, too_many_pixels
from cchc.formats.ocr import Recognised, has_vietnamese, program, recognised
from cchc.formats.printed import Sheet, flow_text, listed
from cchc.formats.source import NotAPlan, Source
from cchc.text import stored

log = logging.getLogger("cchc")

MISSING = (
    f"Tệp là bản quét hoặc ảnh; để đọc chữ trong ảnh, máy chủ cần phần mềm Tesseract, hiện chưa được cài đặt. {SAFE} "
    "Hãy chọn bản Word (.docx) hoặc PDF có chữ của văn bản, hoặc đề nghị người quản trị cài Tesseract tiếng Việt."
)
NO_LANGUAGE = (
    "Tệp là bản quét hoặc ảnh; phần mềm Tesseract trên máy chủ chưa có dữ liệu tiếng Việt nên không đọc được. "
    f"{SAFE} Hãy chọn bản Word (.docx) hoặc PDF có chữ, hoặc đề nghị người quản trị cài dữ liệu tiếng Việt (vie)."
)
NOT_READ = "Trang {pages} là ảnh quét, chưa đọc được vì máy chủ chưa có phần mềm nhận dạng chữ Tesseract tiếng Việt."
REVIEW = "Trang {pages} được đọc từ ảnh quét bằng nhận dạng chữ: cần rà soát từng mục với ảnh gốc."
FAINT = "Trang {pages} mờ hoặc bị nghiêng nhiều, chữ nhận dạng được có thể sai: cần đối chiếu kỹ với bản gốc."
NO_WORDS = "Trang {pages} là ảnh, không nhận ra chữ nào."
_EMPTY = f"Không nhận ra chữ nào trong ảnh. {SAFE} Hãy kiểm tra lại ảnh, hoặc quét lại rõ hơn ở 300 dpi."
_BROKEN = f"Ảnh bị hỏng hoặc tải về chưa đủ nên không mở được. {SAFE} Hãy tải hoặc sao chép lại tệp rồi nhập lại."

_KINDS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_DPI = 300  # what tesseract's models were made for
_LONGEST = 5000  # pixels of the longer side: A4 at 300 dpi has 3508
_SMALL = 1700  # pixels of the longer side: smaller pictures are enlarged twice
_FAINT = 70.0  # mean certainty (0-100) below which a page is called faint
_AT_ONCE = 2


def read_image(data: bytes) -> Source:
    """The text of an image file; each picture in it is a page. Raises `NotAPlan`."""
    with _opened(data) as picture:
        count = getattr(picture, "n_frames", 1)
        check_pages(count)
        sheets, notes = _recognise(range(1, count + 1), lambda number: _frame(picture, number), alone=True)
    if not any(sheet.words for sheet in sheets.values()):
        raise NotAPlan(_EMPTY)
    text, pages, places = flow_text(list(sheets.values()))
    return Source(stored(text), "scan", tuple(notes), pages, places, tuple(sheets))


def recognise_pages(
    document: pypdfium2.PdfDocument, numbers: Sequence[int], alone: bool
) -> tuple[dict[int, Sheet], list[str]]:
    """(the pages that could be recognised by number, warnings). `alone` tells that the document has nothing else:
    `NotAPlan` is raised then where recognition is not installed."""
    return _recognise(numbers, lambda number: _rendered(document[number - 1]), alone)


def frame_image(data: bytes, page: int, width: int) -> Image.Image:
    """A picture (from 1) of an image file as it is shown, `width` pixels wide at most. Raises `NotAPlan`,
    `IndexError`."""
    with _opened(data) as picture:
        if not 1 <= page <= getattr(picture, "n_frames", 1):
            raise IndexError(page)
        shown = _frame(picture, page)
    shown.thumbnail((width, 2 * width))
    return shown


def _recognise(
    numbers: Sequence[int], picture_of: Callable[[int], Image.Image], alone: bool
) -> tuple[dict[int, Sheet], list[str]]:
    if program() is None or not has_vietnamese():
        if alone:
            raise NotAPlan(MISSING if program() is None else NO_LANGUAGE)
        return {}, [NOT_READ.format(pages=listed(numbers))]
    found: dict[int, Recognised] = {}
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        # Pictures are made here, a few ahead: pdfium works in one thread at a time, and they are large.
        for batch in _batches(numbers, _AT_ONCE):
            pictures = [(number, picture_of(number)) for number in batch]
            found.update(zip(batch, pool.map(lambda item: recognised(item[1], item[0]), pictures), strict=True))
    notes = []
    empty = [number for number, page in found.items() if not page.sheet.words]
    read = [number for number in found if number not in empty]
    faint = [number for number in read if found[number].certainty < _FAINT]
    for said, which in ((REVIEW, read), (FAINT, faint), (NO_WORDS, empty)):
        if which and not (said is NO_WORDS and alone and not read):
            notes.append(said.format(pages=listed(which)))
    return {number: page.sheet for number, page in found.items()}, notes


def _batches(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


def _rendered(page: pypdfium2.PdfPage) -> Image.Image:
    try:
        width, height = page.get_size()
        scale = min(_DPI / 72, _LONGEST / max(width, height))
        check_pixels(int(width * scale), int(height * scale))
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        return picture
    finally:
        page.close()


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=_KINDS)
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotAPlan(_BROKEN) from error
    check_pixels(*picture.size)
    return picture


def _frame(picture: Image.Image, number: int) -> Image.Image:
    """A picture of the file in grey, upright as its camera tells, of a size that suits recognition."""
    try:
        picture.seek(number - 1)
        check_pixels(*picture.size)
        if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            ground = Image.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture.convert("RGBA"))
            made = ImageOps.exif_transpose(ground).convert("L")
        else:
            made = ImageOps.exif_transpose(picture).convert("L")
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotAPlan(_BROKEN) from error
    longest = max(made.size)
    if longest > _LONGEST:
        made.thumbnail((_LONGEST, _LONGEST))
    elif longest < _SMALL:
        made = made.resize((made.width * 2, made.height * 2), Image.Resampling.LANCZOS)
    return made
