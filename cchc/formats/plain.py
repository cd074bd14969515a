"""Plain text: which encoding is this? Bytes in, the stored text out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import islice

from cchc.formats.contents import SAID, without_contents
from cchc.formats.oldfonts import Coding, coding_of, convert, modernised
from cchc.formats.source import NotAPlan, Source
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
_WAS_OLD = "Tệp dùng {coding}; nội dung đã được chuyển sang Unicode, cần xem lại dấu tiếng Việt."
_CODINGS = {"cp1258": "bảng mã cũ Windows-1258", "tcvn3": "phông chữ cũ TCVN3 (ABC)", "vni": "phông chữ cũ VNI"}
_BROKEN = "Có {n} ký tự bị hỏng trong tệp (hiện là «\ufffd»); những chỗ đó được giữ nguyên, không tự sửa."

_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_WORD = re.compile(r"\w+")
# Letters that Vietnamese has and mistaken decodings do not bring forth in numbers.
_VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def read_plain(data: bytes) -> Source:
    """The text of a text file in stored form (NFC, line ends "\\n"), with a warning where it came in an old coding.

    UTF-8 and UTF-16 with or without BOM; bytes that are neither are read as Windows-1258, TCVN3 or VNI, whichever
    yields Vietnamese, else as UTF-8 with the broken places marked when they are few. Raises `NotAPlan` for empty,
    binary or wordless input.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise NotAPlan(_EMPTY)
    raw, warnings = decode(data)
    text, entries = without_contents(stored(raw.replace("\u2028", "\n").replace("\u2029", "\n")))
    check_words(text)
    return Source(text, "txt", (*warnings, *[SAID.format(n=entries)] * bool(entries)))


def check_words(text: str) -> None:
    """Raises `NotAPlan` for a text without letters or with less words than any document of an office."""
    if not any(map(str.isalpha, text)):
        raise NotAPlan(_NO_LETTERS if text.strip() else _EMPTY)
    if next(islice(_WORD.finditer(text), MIN_WORDS - 1, None), None) is None:
        raise NotAPlan(_SHORT)


def decode(data: bytes, named: str = "") -> tuple[str, list[str]]:
    """The text that bytes hold, and warnings in Vietnamese about how it was decoded. `named` is the encoding that the
    file names itself: believed where the bytes are not plainly Unicode."""
    text, warnings = _decode(data, named)
    text, said = modern(text.removeprefix("\ufeff"))
    return text, warnings + [warning for warning in said if warning not in warnings]


def modern(text: str) -> tuple[str, list[str]]:
    """The text with parts typed in old fonts in Unicode, and the warnings about them."""
    text, codings = modernised(text)
    return text, list(map(was_old, codings))


def was_old(coding: str) -> str:
    return _WAS_OLD.format(coding=_CODINGS[coding])


def _decode(data: bytes, named: str) -> tuple[str, list[str]]:
    wide = _utf16(data)
    if wide:
        return _printable(data.decode(wide, "replace")), []
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
    one = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if _reads_as_vietnamese(one):
        return one, [was_old("cp1258")]
    # Old fonts put their letters anywhere above ASCII: Latin-1 keeps each byte as one letter.
    plain = data.decode("latin-1")
    coding: Coding | None = coding_of(plain[:200_000])
    if coding is not None:
        return convert(plain, coding), [was_old(coding)]
    if named:
        try:
            return _printable(data.decode(codecs.lookup(named).name)), []
        except (LookupError, UnicodeError):
            pass
    raise NotAPlan(_BINARY)


def _utf16(data: bytes) -> str:
    """ "utf-16" by its BOM, or by every other byte of a text in Latin letters being zero; "" for others."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4096]
    half = len(sample) // 2
    if half < 16:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 2 > half and even * 20 < half:
        return "utf-16-le"
    if even * 2 > half and odd * 20 < half:
        return "utf-16-be"
    return ""


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


def _outside_tags(page: str) -> str:
    """What of a web page is no markup, roughly: words in tags and styles are English and would outvote the rest."""
    body = page[max(page.lower().find("<body"), 0) :]
    return " ".join(piece.rpartition(">")[2] for piece in body.split("<"))


def _reads_as_vietnamese(text: str) -> bool:
    """Vietnamese has about one letter in six with a mark of its own; a wrong decoding leaves few, or stray marks."""
    if "<" in text:
        text = _outside_tags(text)
    letters = [c for c in text.lower() if c.isalpha()]
    if not letters or "\ufffd" in text:
        return False
    own = sum(c in _VIETNAMESE for c in letters)
    stray = sum(unicodedata.combining(c) > 0 for c in text)
    return own * 14 > len(letters) and stray * 100 < len(letters)
