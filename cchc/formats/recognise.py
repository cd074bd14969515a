"""Which format is this? Told by the content, never by the name: portals serve web pages named .doc, offices rename."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, cast

from cchc.formats.limits import BROKEN_ZIP, SAFE, check_size, check_text, check_zip
from cchc.formats.source import NotAPlan, Source

SuiteKind = Literal["doc", "odt", "rtf", "xls", "ods"]
Kind = Literal["text", "html", "mhtml", "docx", "xlsx", "pdf", "image"] | SuiteKind

ENCRYPTED = (
    f"Tệp được bảo vệ bằng mật khẩu nên không đọc được. {SAFE} "
    "Hãy mở tệp bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi nhập lại."
)
ARCHIVE = f"Đây là tệp nén chứa các tệp khác. {SAFE} Hãy giải nén rồi chọn từng văn bản."
SLIDES = f"Đây là bài trình chiếu, không phải văn bản. {SAFE} Hãy chọn tệp văn bản của kế hoạch."
OTHER_OFFICE = (
    f"Tệp thuộc một loại chưa đọc được. {SAFE} Hãy mở tệp bằng phần mềm đã tạo ra nó, lưu lại dạng Word (.docx) "
    "hoặc PDF, rồi nhập lại."
)

_LOOK = 65536  # bytes at the beginning that are looked at
_PDF_WITHIN = 1024  # readers of PDF accept junk before its mark up to here
_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_EXCEL_XML = re.compile(
    rb'<\?mso-application\s+progid="Excel\.Sheet"|<(?:\w{1,9}:)?Workbook\s[^<>]{0,500}office:spreadsheet'
)
_ONE_XML = re.compile(rb'progid="Word\.Document"\?>\s{0,9}<pkg:package\s')  # a .docx whose parts are one XML file
_WORD_XML = re.compile(rb'<\?mso-application\s+progid="Word\.Document"|<w:wordDocument')
# A tag that only whole pages have, or several that structure text: «<b>» in a plain text makes no web page.
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta)[\s>/]", re.IGNORECASE)
_TEXT_TAG = re.compile(rb"<(?:table|t[rd]|div|p|h[1-6]|ul|ol|li)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]{0,400}\n(?:[ \t][^\n]{0,400}\n)*){2}")
_MAIL_BODY = re.compile(rb"^content-type:\s{0,5}(?:multipart/|text/(?:html|plain))", re.IGNORECASE | re.MULTILINE)
_MIME = re.compile(
    rb"^(?:mime-version|snapshot-content-location):|multipart/related|text/html", re.IGNORECASE | re.MULTILINE
)


def read_source(data: bytes, name: str = "") -> Source:
    """The text of a file with its format, pages and places. `name` is not looked at.

    Raises `NotAPlan` for what holds no readable text, is protected, belongs to another kind of file, or is larger than
    the limits allow.
    """
    check_size(len(data))
    if data.startswith(_ZIP):
        check_zip(data)
    source = _read(data)
    check_text(source.text)
    return source


def _read(data: bytes) -> Source:
    # Imported when first needed: who reads a text file waits for no library of another format.
    match kind_of(data):
        case "text":
            from cchc.formats.plain import read_plain

            return read_plain(data)
        case "html":
            from cchc.formats.html import read_html

            return read_html(data)
        case "mhtml":
            from cchc.formats.mhtml import read_mhtml

            return read_mhtml(data)
        case "docx":
            from cchc.formats.docx import read_docx

            return read_docx(data)
        case "xlsx":
            from cchc.formats.xlsx import read_xlsx

            return read_xlsx(data)
        case "pdf":
            from cchc.formats.pdf import read_pdf

            return read_pdf(data)
        case "image":
            from cchc.formats.scan import read_image

            return read_image(data)
        case suite_kind:
            from cchc.formats.suite import read_suite

            return read_suite(data, suite_kind)


def kind_of(data: bytes) -> Kind:
    """What the bytes are; "text" where nothing tells otherwise. Raises `NotAPlan` for protected files, archives and
    slides."""
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data.startswith(_OLE2):
        return _kind_of_ole2(data)
    head = data[:_LOOK]
    if head.find(b"%PDF-", 0, _PDF_WITHIN) >= 0:
        return "pdf"
    if _is_image(head):
        return "image"
    bare = _without_utf16(head).lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"{\\rtf"):
        return "rtf"
    if _ONE_XML.search(bare, 0, 4096):
        return "docx"
    if _WORD_XML.search(bare, 0, 4096):
        return "doc"  # Word 2003's XML: the office suite reads it by content as well
    if _EXCEL_XML.search(bare, 0, 4096):
        return "xls"
    if _MAIL_HEAD.match(bare) and _MAIL_BODY.search(bare, 0, 4096) and _MIME.search(bare, 0, 4096):
        return "mhtml"
    return "html" if _is_html(bare) else "text"


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
            types = archive.open("[Content_Types].xml").read(_LOOK * 16) if "[Content_Types].xml" in names else b""
    # What `zipfile` raises for damaged parts: RuntimeError for an encrypted one, NotImplementedError for a method it
    # does not know.
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise NotAPlan(BROKEN_ZIP) from error
    if "opendocument.text" in mimetype:
        return "odt"
    if "opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"wordprocessingml" in types or b"ms-word." in types:
        return "docx"
    if b"ms-excel.sheet.binary" in types:
        return "xls"  # .xlsb: no XML inside, the office suite reads it
    if b"spreadsheetml" in types or b"ms-excel." in types:
        return "xlsx"
    if b"presentationml" in types or "opendocument.presentation" in mimetype:
        raise NotAPlan(SLIDES)
    raise NotAPlan(OTHER_OFFICE if mimetype or types else ARCHIVE)


def _kind_of_ole2(data: bytes) -> Kind:
    """By the stream that comes first in the directory: a document may hold objects of other kinds further on."""
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    directory = (int.from_bytes(data[48:52], "little") + 1) * size
    kinds = {
        "EncryptedPackage": ENCRYPTED, "WordDocument": "doc", "Workbook": "xls", "Book": "xls",
        "PowerPoint Document": SLIDES,
    }  # fmt: skip
    found = []
    for stream, kind in kinds.items():
        field = stream.encode("utf-16-le").ljust(64, b"\x00")
        at = max(data.find(field, directory), data.find(field))
        if at >= 0:
            found.append((at, kind))
    if not found:
        raise NotAPlan(OTHER_OFFICE)
    kind = min(found)[1]
    if kind in ("doc", "xls"):
        return cast(Kind, kind)
    raise NotAPlan(kind)


def _is_image(head: bytes) -> bool:
    return (
        head.startswith(_IMAGES)
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or (head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00")
    )


def _without_utf16(head: bytes) -> bytes:
    """The bytes of a text in UTF-16 as if it were written in one byte a letter, other bytes as they are."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:200].count(b"\x00") * 5 > len(head[:200]) > 0:
        return head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    return head


def _is_html(bare: bytes) -> bool:
    if _PAGE_TAG.search(bare, 0, 4096) or _TEXT_TAG.match(bare):
        return True
    tags = sum(len(m.group()) for m in _TEXT_TAG.finditer(bare))
    return tags * 20 > len(bare)
