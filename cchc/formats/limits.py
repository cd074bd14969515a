"""How much of a file is read: bounds that keep one file from stopping the machine, and what people read about them.

A format calls the helper for what it knows soonest: `check_zip` before unpacking, `check_pages` before the first page,
`check_pixels` before an image is opened, `check_rows` while rows come in, `check_text` when the text stands. Without
`limits` a helper uses those of the file at hand (`current()`): the process that reads apart (`cchc.reading.apart`) sets
them with `use`; elsewhere they are those of the installation, from the environment:

CCHC_MAX_MB           size of a file (default 50)
CCHC_MAX_UNPACKED_MB  what a Word, Excel or OpenDocument file may unpack to (300)
CCHC_MAX_PAGES        pages of a PDF or of a scan (500)
CCHC_MAX_ROWS         rows of all tables of a file (20000)
CCHC_MAX_TEXT         characters of its text (5000000)
CCHC_MAX_SECONDS      time for reading one file, also for a picture of it (120)
CCHC_MAX_MEMORY_MB    memory for reading one file, of each program that takes part (1024)
"""

from __future__ import annotations

import io
import logging
import math
import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from cchc.formats.source import NotAPlan

log = logging.getLogger("cchc")

MB = 1_000_000

SAFE = "Dữ liệu đã có không thay đổi."
TOO_LARGE = (
    f"Tệp nặng {{size}} MB, quá mức {{most}} MB cho một tệp nên không đọc. {SAFE} "
    "Hãy bỏ bớt hình ảnh, hoặc chỉ giữ phần kế hoạch và phụ lục, rồi nhập lại."
)
UNPACKED = (
    f"Tệp khi mở ra lớn bất thường (quá {{most}} MB) nên không đọc, để tránh làm treo máy. {SAFE} "
    "Hãy kiểm tra nguồn của tệp; nếu là tệp thật, hãy bỏ bớt hình ảnh hoặc chia nhỏ rồi nhập lại."
)
TOO_MANY_PARTS = (
    f"Tệp chứa {{count}} phần bên trong, quá mức {{most}} nên không đọc, để tránh làm treo máy. {SAFE} "
    "Hãy kiểm tra nguồn của tệp; nếu là tệp thật, hãy mở bằng Word hoặc Excel, lưu thành tệp mới rồi nhập lại."
)
BROKEN_ZIP = f"Tệp Word/Excel bị hỏng hoặc tải về chưa đủ. {SAFE} Hãy tải hoặc sao chép lại tệp rồi nhập lại."
TOO_MANY_PAGES = (
    f"Tệp có {{count}} trang, quá mức {{most}} trang nên không đọc. {SAFE} "
    "Hãy tách riêng phần kế hoạch và phụ lục thành một tệp rồi nhập lại."
)
TOO_MANY_ROWS = (
    f"Tệp có bảng quá dài (quá {{most}} dòng) nên không đọc. {SAFE} "
    "Hãy chỉ giữ bảng nhiệm vụ, chỉ tiêu của kế hoạch trong tệp rồi nhập lại."
)
TOO_MUCH_TEXT = (
    f"Tệp có quá nhiều chữ (quá {{most}} ký tự) nên không đọc. {SAFE} "
    "Hãy chỉ giữ phần kế hoạch và phụ lục trong tệp rồi nhập lại."
)
TOO_MANY_PIXELS = (
    f"Ảnh quá lớn (hơn {{most}} triệu điểm ảnh) nên không đọc, để tránh làm treo máy. {SAFE} "
    "Hãy quét lại ở độ phân giải 300 dpi, hoặc thu nhỏ ảnh, rồi nhập lại."
)
TOO_LONG = (
    f"Đọc tệp này quá {{seconds}} giây nên đã dừng. {SAFE} "
    "Hãy tách riêng phần kế hoạch và phụ lục thành một tệp, hoặc lưu lại dạng Word (.docx), rồi nhập lại."
)
TOO_MUCH_MEMORY = (
    f"Đọc tệp này cần quá nhiều bộ nhớ của máy chủ nên đã dừng. {SAFE} "
    "Hãy bỏ bớt hình ảnh, hoặc tách riêng phần kế hoạch và phụ lục thành một tệp, rồi nhập lại."
)
CRASHED = (
    f"Việc đọc tệp này bị dừng đột ngột; có thể tệp bị hỏng. {SAFE} "
    "Hãy mở tệp bằng phần mềm đã tạo ra nó, lưu thành tệp mới rồi nhập lại; nếu vẫn lỗi, báo người quản trị."
)
FAULT = (
    f"Có lỗi khi đọc tệp này; chi tiết ở nhật ký của máy chủ. {SAFE} "
    "Hãy lưu lại tệp dạng Word (.docx) hoặc văn bản thuần (.txt) rồi nhập lại; nếu vẫn lỗi, báo người quản trị."
)
NO_PAGE = f"Tệp không có trang {{page}}. {SAFE} Hãy chọn trang khác."
NOT_STARTED = (
    f"Máy chủ không khởi động được phần đọc tệp. {SAFE} Hãy thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds for one file; the defaults suit plans of up to some hundred pages on a machine of 4 GB."""

    max_bytes: int = 50 * MB
    max_unpacked: int = 300 * MB  # bytes of all parts of a zip together
    max_parts: int = 5_000  # entries of a zip
    max_pages: int = 500
    max_rows: int = 20_000
    max_text: int = 5_000_000  # characters
    max_pixels: int = 100_000_000  # of one image; A3 at 600 dpi has 70 million
    seconds: float = 120.0  # on the clock
    memory_bytes: int = 1_024 * MB


# Names of the environment, the field each sets, and how many of the field's units one of the given is.
_SETTINGS = {
    "CCHC_MAX_MB": ("max_bytes", MB),
    "CCHC_MAX_UNPACKED_MB": ("max_unpacked", MB),
    "CCHC_MAX_PAGES": ("max_pages", 1),
    "CCHC_MAX_ROWS": ("max_rows", 1),
    "CCHC_MAX_TEXT": ("max_text", 1),
    "CCHC_MAX_SECONDS": ("seconds", 1),
    "CCHC_MAX_MEMORY_MB": ("memory_bytes", MB),
}
_current: ContextVar[Limits | None] = ContextVar("limits", default=None)
_end: ContextVar[float] = ContextVar("end", default=math.inf)


def from_environment() -> Limits:
    """The limits of this installation. A value that is no whole number above zero is named in the log and not used."""
    given: dict[str, int] = {}
    for name, (field, unit) in _SETTINGS.items():
        said = os.environ.get(name, "").strip()
        if said.isascii() and said.isdecimal() and int(said) > 0:
            given[field] = int(said) * unit
        elif said:
            log.error("%s=%s is no whole number above zero; the default is used", name, said)
    return Limits(**given)


def current() -> Limits:
    """The limits of the file that is being read."""
    return _current.get() or from_environment()


@contextmanager
def use(limits: Limits) -> Iterator[None]:
    """Within it `current()` gives `limits`, and their time runs from now."""
    token, end = _current.set(limits), _end.set(time.monotonic() + limits.seconds)
    try:
        yield
    finally:
        _current.reset(token)
        _end.reset(end)


def seconds_left() -> float:
    """How much of the time for the file at hand is left; without end where nobody has set it limits (`use`)."""
    return _end.get() - time.monotonic()


def check_size(size: int, limits: Limits | None = None) -> None:
    """For anybody who holds a file of `size` bytes or is about to read it. Raises `NotAPlan` when it is too large."""
    most = (limits or current()).max_bytes
    if size > most:
        raise NotAPlan(TOO_LARGE.format(size=_number(-(-size // MB)), most=_number(most / MB)))


def check_zip(data: bytes, limits: Limits | None = None) -> None:
    """For every format that is a zip, before anything is unpacked. Raises `NotAPlan` for a zip that is damaged, has too
    many entries or would unpack to too much.

    The directory of a zip may lie about sizes, but Python's `zipfile` gives no more bytes than the directory says, so
    this bound holds for what is read with it. An entry that overlaps another (the trick of the best-known bombs) counts
    as often as it is listed.
    """
    limits = limits or current()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    # All that `zipfile` raises for a damaged directory; NotImplementedError is its word for a method it does not know.
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise NotAPlan(BROKEN_ZIP) from error
    if len(parts) > limits.max_parts:
        raise NotAPlan(TOO_MANY_PARTS.format(count=_number(len(parts)), most=_number(limits.max_parts)))
    if sum(part.file_size for part in parts) > limits.max_unpacked:
        raise NotAPlan(UNPACKED.format(most=_number(limits.max_unpacked / MB)))


def check_pages(count: int, limits: Limits | None = None) -> None:
    """For PDF, scans of several pages and what the office suite made, before the first page is read."""
    most = (limits or current()).max_pages
    if count > most:
        raise NotAPlan(TOO_MANY_PAGES.format(count=_number(count), most=_number(most)))


def check_rows(count: int, limits: Limits | None = None) -> None:
    """For tables: call it with the number of rows so far, now and then while they come in (each thousand will do) or
    once when it is known beforehand."""
    most = (limits or current()).max_rows
    if count > most:
        raise NotAPlan(TOO_MANY_ROWS.format(most=_number(most)))


def check_text(text: str, limits: Limits | None = None) -> None:
    """For every text, whatever the format: its length, and the rows of its tables (lines with pipes or tabs)."""
    limits = limits or current()
    if len(text) > limits.max_text:
        raise NotAPlan(TOO_MUCH_TEXT.format(most=_number(limits.max_text)))
    if max(text.count("|"), text.count("\t")) > limits.max_rows:  # fewer rows than that, whatever the lines
        check_rows(sum("|" in line or "\t" in line for line in text.split("\n")), limits)


def check_pixels(width: int, height: int, limits: Limits | None = None) -> None:
    """For images, as soon as the header tells the size, before the picture is unpacked."""
    if width * height > (limits or current()).max_pixels:
        raise too_many_pixels(limits)


def too_many_pixels(limits: Limits | None = None) -> NotAPlan:
    """The refusal, for where a library found out by its own bound."""
    return NotAPlan(TOO_MANY_PIXELS.format(most=_number((limits or current()).max_pixels / 1_000_000)))


def _number(value: float) -> str:
    """As people here write it: 5.000, 0,5."""
    whole = f"{value:,.1f}" if value < 10 and value != int(value) else f"{value:,.0f}"
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")
