"""Plain text: which encoding is this? Bytes in, the stored text out."""

from __future__ import annotations

import re
import unicodedata

from cchc.formats.source import NotAPlan
from cchc.text import stored

MIN_WORDS = 12  # shorter than any plan, letter or article about one

_ADVICE = (
    "Dữ liệu đã có không thay đổi. Hãy mở tệp bằng Word hoặc trình duyệt, chọn toàn bộ nội dung và lưu lại "
    "dạng văn bản thuần (.txt, mã UTF-8), rồi nhập lại."
)
_EMPTY = "Tệp không có nội dung. Dữ liệu đã có không thay đổi. Hãy kiểm tra lại tệp và chọn tệp có nội dung văn bản."
_SHORT = (
    "Tệp chỉ có vài từ, không đủ để đọc thành một kế hoạch. Dữ liệu đã có không thay đổi. "
    "Hãy kiểm tra xem tệp có bị cắt mất nội dung không."
)
_BINARY = "Tệp không phải là văn bản đọc được (có thể là ảnh, tệp nén hoặc tệp hỏng). " + _ADVICE
_NO_LETTERS = "Tệp không chứa chữ viết. " + _ADVICE
_FORMATS = (
    (b"%PDF", "Tệp là PDF, chưa đọc trực tiếp được. " + _ADVICE),
    (b"PK\x03\x04", "Tệp là Word/Excel mới hoặc tệp nén, chưa đọc trực tiếp được. " + _ADVICE),
    (b"\xd0\xcf\x11\xe0", "Tệp là Word/Excel đời cũ, chưa đọc trực tiếp được. " + _ADVICE),
    (b"{\\rtf", "Tệp là RTF, chưa đọc trực tiếp được. " + _ADVICE),
)
_WAS_1258 = "Tệp dùng bảng mã cũ Windows-1258; nội dung đã được chuyển sang Unicode, cần xem lại dấu tiếng Việt."
_BROKEN = "Có {n} ký tự bị hỏng trong tệp (hiện là «\ufffd»); những chỗ đó được giữ nguyên, không tự sửa."

_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_WORD = re.compile(r"\w+")
# Letters that Vietnamese has and mistaken decodings do not bring forth in numbers.
_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def read_text(data: bytes) -> tuple[str, list[str]]:
    """The text of a file in stored form (NFC, line ends "\\n") and Vietnamese warnings about how it was decoded.

    UTF-8 with or without BOM and UTF-16 with BOM; bytes that are not UTF-8 are read as Windows-1258 where that yields
    plausible Vietnamese, else as UTF-8 with the broken places marked when they are few. Raises `NotAPlan` for empty,
    binary or wordless input.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise NotAPlan(_EMPTY)
    for magic, message in _FORMATS:
        if data.startswith(magic):
            raise NotAPlan(message)
    raw, warnings = _decode(data)
    text = stored(raw.removeprefix("\ufeff"))
    words = _WORD.findall(text)
    if not any(c.isalpha() for c in text):
        raise NotAPlan(_NO_LETTERS)
    if len(words) < MIN_WORDS:
        raise NotAPlan(_SHORT)
    return text, warnings


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _printable(data.decode("utf-16", "replace")), []
    try:
        return _printable(data.decode("utf-8")), []
    except UnicodeDecodeError:
        pass
    if _is_binary(data):
        raise NotAPlan(_BINARY)
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 50 <= len(text):
        return _printable(text), [_BROKEN.format(n=broken)]
    old = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if _reads_as_vietnamese(old):
        return old, [_WAS_1258]
    raise NotAPlan(_BINARY)


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    control = sum(b < 32 and b not in (9, 10, 11, 12, 13) for b in sample)
    return control * 100 > len(sample)


def _printable(text: str) -> str:
    sample = text[:65536]
    control = len(_CONTROL.findall(sample))
    if control * 50 > len(sample) or text.count("\x00") * 10 > len(text):
        raise NotAPlan(_BINARY)
    return text


def _reads_as_vietnamese(text: str) -> bool:
    """Vietnamese has about one letter in six with a mark of its own; a wrong decoding leaves few, or stray marks."""
    letters = [c for c in text.lower() if c.isalpha()]
    if not letters or "\ufffd" in text:
        return False
    own = sum(c in _VIETNAMESE for c in letters)
    stray = sum(unicodedata.combining(c) > 0 for c in text)
    return own * 14 > len(letters) and stray * 100 < len(letters)
