"""What a file is stands in its bytes; the name is not asked."""

from __future__ import annotations

import io
import zipfile

import pytest

from cchc.formats import NotAPlan, read_source
from cchc.formats.recognise import Kind, kind_of
from tests.formats import documents
from tests.formats.word import docx, p

PLAN: documents.Document = [
    "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh",
    [["STT", "Việc"]],
]
TEXT = documents.as_text(PLAN)


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in parts.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name), words)
    return out.getvalue()


def ole2(*streams: str) -> bytes:
    """The header of an OLE2 file and its directory in the first sector."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30:32] = (9).to_bytes(2, "little")
    return bytes(head) + b"".join(s.encode("utf-16-le").ljust(128, b"\x00") for s in ("Root Entry", *streams))


OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TEXT, "text"),
        (b"\xef\xbb\xbf" + TEXT, "text"),
        (TEXT.decode().encode("utf-16"), "text"),
        (b"So sanh <b>dam</b> va a < b, c > d trong van ban thuong", "text"),
        (b"# De muc\n\n| STT | Viec |<br>\n| 1 | A<br>B |\n" * 3, "text"),
        (documents.as_html(PLAN), "html"),
        (documents.as_html(PLAN).decode().encode("utf-16"), "html"),
        (b"<p>Khong co dau trang</p>", "html"),
        (b"  \r\n<TABLE border=1><tr><td>A", "html"),
        (b"<!-- x --><HTML><p>A", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mhtml"),
        (documents.as_docx(PLAN), "docx"),
        (docx(p("A")), "docx"),
        (packed(types="application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
        (documents.as_xlsx(PLAN), "xlsx"),
        (packed(types="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "xlsx"),
        (packed(types="application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "xls"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\nHTTP/1.1 200 OK\r\n\r\n%PDF-1.4", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\xef\xbb\xbf\n{\\rtf1", "rtf"),
        (ole2("Data", "WordDocument", "Workbook"), "doc"),
        (ole2("Workbook", "WordDocument"), "xls"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "doc"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\x00", "image"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image"),
        (b"BM\x00\x00\x00\x00\x00\x00\x00\x00", "image"),
        ("BM của tỉnh".encode(), "text"),
    ],
)
def test_kinds(data: bytes, kind: Kind) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize("name", ["ke-hoach.doc", "ke-hoach.txt", "ke-hoach.pdf", "", "../../etc/passwd"])
@pytest.mark.parametrize("data", [TEXT, documents.as_html(PLAN), documents.as_docx(PLAN), documents.as_xlsx(PLAN)])
def test_the_name_is_not_asked(data: bytes, name: str) -> None:
    assert read_source(data, name) == read_source(data, "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ole2("EncryptedPackage"), "mật khẩu"),
        (ole2("PowerPoint Document"), "trình chiếu"),
        (ole2("Khac"), "chưa đọc được"),
        (packed(types=OOXML + "presentationml.presentation.main+xml"), "trình chiếu"),
        (packed(types="x"), "chưa đọc được"),
        (packed(**{"ke-hoach.docx": "x"}), "tệp nén"),
        (b"PK\x03\x04" + b"x" * 200, "bị hỏng"),
        (documents.as_docx(PLAN)[:3000], "bị hỏng"),
    ],
)
def test_what_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_source(data)
    assert said in str(refusal.value)
    assert "không thay đổi" in str(refusal.value)
    assert "Hãy" in str(refusal.value)
