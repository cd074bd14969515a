"""Scanned pages and photographs to text: tesseract recognises the words, ruled lines are found in the picture, and both
are read like a printed page. Where tesseract is not installed, a message says so."""

from __future__ import annotations

import io
import logging
import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps

from cchc.formats.limits import SAFE, TOO_LONG, check_pages, check_pixels, current, seconds_left, too_many_pixels
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
NO_TIME = (
    "Trang {pages} chưa được đọc: nhận dạng chữ các trang trước đã gần hết {seconds} giây dành cho một tệp. "
    "Hãy tách các trang này thành tệp riêng rồi nhập thêm."
)
NOT_RECOGNISED = "Trang {pages} là ảnh quét, nhận dạng chữ không thành; cần đối chiếu với bản gốc."
NO_WORDS = "Trang {pages} là ảnh, không nhận ra chữ nào."
_EMPTY = f"Không nhận ra chữ nào trong ảnh. {SAFE} Hãy kiểm tra lại ảnh, hoặc quét lại rõ hơn ở 300 dpi."
_BROKEN = f"Ảnh bị hỏng hoặc tải về chưa đủ nên không mở được. {SAFE} Hãy tải hoặc sao chép lại tệp rồi nhập lại."

_KINDS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_DPI = 300  # what tesseract's models were made for
_LONGEST = 5000  # pixels of the longer side: A4 at 300 dpi has 3508
_SMALL = 1700  # pixels of the longer side: smaller pictures are enlarged twice
_FAINT = 70.0  # mean certainty (0-100) below which a page is called faint
_AT_ONCE = 2
_RESERVE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Recognition:
    """What came of the pages `numbers`: `found` are those recognised in the time there was, `refused` those that could
    not be recognised and why, both by number."""

    numbers: tuple[int, ...]
    found: dict[int, Recognised]
    refused: dict[int, NotAPlan]

    @property
    def sheets(self) -> dict[int, Sheet]:
        return {number: page.sheet for number, page in self.found.items()}

    @property
    def late(self) -> list[int]:
        """Pages there was no time for."""
        return [number for number in self.numbers if number not in self.found and number not in self.refused]

    def of(self, numbers: Collection[int]) -> Recognition:
        """The same of some of the pages."""
        return Recognition(
            tuple(n for n in self.numbers if n in numbers),
            {n: page for n, page in self.found.items() if n in numbers},
            {n: refusal for n, refusal in self.refused.items() if n in numbers},
        )

    def check(self) -> None:
        """Where there is nothing else to read: raises `NotAPlan` when no page could be recognised."""
        if not self.found:
            raise next(iter(self.refused.values()), NotAPlan(TOO_LONG.format(seconds=f"{current().seconds:.0f}")))

    def notes(self) -> list[str]:
        """What people should know: pages read from a picture, faint ones, and those that were not read."""
        empty = [number for number, page in self.found.items() if not page.sheet.words]
        read = [number for number in self.found if number not in empty]
        faint = [number for number in read if self.found[number].certainty < _FAINT]
        notes = []
        if self.late:
            notes.append(NO_TIME.format(pages=listed(self.late), seconds=f"{current().seconds:.0f}"))
        for said, which in (
            (NOT_RECOGNISED, sorted(self.refused)), (REVIEW, read), (FAINT, faint), (NO_WORDS, empty),
        ):  # fmt: skip
            if which:
                notes.append(said.format(pages=listed(which)))
        return notes


def read_image(data: bytes) -> Source:
    """The text of an image file; each picture in it is a page. Raises `NotAPlan`."""
    with _opened(data) as picture:
        count = getattr(picture, "n_frames", 1)
        check_pages(count)
        done = _recognise(range(1, count + 1), lambda number: _frame(picture, number))
    done.check()
    sheets, notes = done.sheets, done.notes()
    if not any(sheet.words for sheet in sheets.values()):
        raise NotAPlan(_EMPTY)
    # A page that was not read is one without words: those after it keep their numbers.
    text, pages, places, said = flow_text([sheets.get(n) or Sheet(n, 1.0, 1.0, []) for n in range(1, count + 1)])
    scanned = tuple(number for number, sheet in sheets.items() if sheet.words)
    return Source(stored(text), "scan", (*notes, *said), pages, places, scanned)


def recognise_pages(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Recognition:
    """The pages as they are recognised from their pictures. Raises `NotAPlan` where recognition is not installed
    (`lacking`)."""
    return _recognise(numbers, lambda number: _rendered(document[number - 1]))


def lacking() -> NotAPlan | None:
    """The refusal where recognition is not installed, None where it is."""
    if program() is None:
        return NotAPlan(MISSING)
    return None if has_vietnamese() else NotAPlan(NO_LANGUAGE)


def frame_image(data: bytes, page: int, width: int) -> Image.Image:
    """A picture (from 1) of an image file as it is shown, `width` pixels wide at most. Raises `NotAPlan`,
    `IndexError`."""
    with _opened(data) as picture:
        if not 1 <= page <= getattr(picture, "n_frames", 1):
            raise IndexError(page)
        shown = _frame(picture, page)
    shown.thumbnail((width, 2 * width))
    return shown


def _recognise(numbers: Sequence[int], picture_of: Callable[[int], Image.Image]) -> Recognition:
    refusal = lacking()
    if refusal is not None:
        raise refusal
    return Recognition(tuple(numbers), *_pages(numbers, picture_of))


def _pages(
    numbers: Sequence[int], picture_of: Callable[[int], Image.Image]
) -> tuple[dict[int, Recognised], dict[int, NotAPlan]]:
    """(what was recognised in the time there is, pages that could not be recognised and why), by number."""
    found: dict[int, Recognised] = {}
    refused: dict[int, NotAPlan] = {}
    reserve = min(_RESERVE, current().seconds / 6)  # for what comes after the pages
    longest = 0.0
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        # Pictures are made here, a few ahead: pdfium works in one thread at a time, and they are large.
        for batch in _batches(numbers, _AT_ONCE):
            if found and seconds_left() < 1.5 * longest + reserve:
                break
            began = time.monotonic()
            jobs = []
            for number in batch:
                try:
                    picture = picture_of(number)
                except NotAPlan as refusal:
                    refused[number] = refusal
                else:  # each thread knows the limits of the file
                    jobs.append((number, pool.submit(copy_context().run, recognised, picture, number)))
            for number, job in jobs:
                try:
                    found[number] = job.result()
                except NotAPlan as refusal:
                    refused[number] = refusal
            longest = max(longest, time.monotonic() - began)
    return found, refused


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
    except pypdfium2.PdfiumError as error:
        raise NotAPlan(_BROKEN) from error
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
