"""Bad input: each kind of file that could stop a server, made here, read as the import page reads it. Each is refused
with a message for people, or read within its limits, and the next file is read as if nothing had happened."""

from __future__ import annotations

import base64
import io
import re
import resource
import struct
import time
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc.formats import NotAPlan, limits, recognise
from cchc.formats.limits import MB, Limits
from cchc.formats.names import LONGEST, NAMELESS, shown_name
from cchc.reading import read_plan
from cchc.reading.apart import ReadingPool

ROOT = Path(__file__).parents[2]
GOOD = sorted((ROOT / "data" / "plans").glob("*.txt"))[0].read_bytes()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORDS = "Phấn đấu 90% hồ sơ của các sở, ban, ngành được giải quyết đúng hạn trong năm 2025."


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(1) as made:
        yield made


def refusal(pool: ReadingPool, data: bytes, name: str = "tep") -> str:
    """What people read. The process that read the file, or another one, must read the next."""
    with pytest.raises(NotAPlan) as refused:
        pool.read(data, name)
    assert pool.read(GOOD, "a.txt").plan == read_plan(GOOD, "a.txt").plan
    said = str(refused.value)
    assert limits.SAFE in said and "Hãy" in said, said
    assert "Traceback" not in said and "Error" not in said
    return said


def like(message: str) -> re.Pattern[str]:
    """A message with any figures in its places."""
    return re.compile(re.sub(r"\\\{\w+\\\}", "[\\\\d.,]+", re.escape(message)))


# --- files ---------------------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, *, head: str = "", types: str = "", more: dict[str, bytes] | None = None) -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped({
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types or main}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Target="word/document.xml" Type="'
            b'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
        ),
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}">'
            f"<w:body>{body}</w:body></w:document>"
        ).encode(),
        **(more or {}),
    })  # fmt: skip


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def word_table(rows: int) -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    line = f"<w:tr>{cell.format(1)}{cell.format('Rà soát thủ tục')}{cell.format('Sở Tư pháp')}</w:tr>"
    return word(paragraph(WORDS) + f"<w:tbl>{line * rows}</w:tbl>")


def sheet(rows: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    made = book.create_sheet()
    made.append(["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"])
    for n in range(rows):
        made.append([n, "Rà soát thủ tục hành chính", "Sở Tư pháp", "Quý I"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_sheet(rows: int) -> bytes:
    """The same with as many copies of its last row: a library would take longer to write them than we to read."""
    with zipfile.ZipFile(io.BytesIO(sheet(1))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    found = re.search(rb'<row r="2".*?</row>', parts[name], re.DOTALL)
    assert found
    row = re.sub(rb' r="[A-Z]?2"', b"", found.group())  # a row without a number is the next
    parts[name] = parts[name].replace(found.group(), row * rows)
    return zipped(parts)


def pdf(pages: int, encrypted: bool = False) -> bytes:
    """Pages that share one content, written by hand."""
    content = b"BT /F1 12 Tf 72 700 Td (Phan dau nam 2025 dat 90% ho so dung han cua cac so, ban, nganh.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"] * pages,
    ]
    extra = b""
    if encrypted:
        lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -44>>" % (b"ab" * 32, b"cd" * 32)
        objects.append(lock)
        extra = b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start))
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A picture whose header tells a size that a few bytes unpack to."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = b"\x00" + b"\xff" * ((width + 7) // 8)
    lines = b"".join(packer.compress(row * 1000) for _ in range(height // 1000)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def encrypted_office() -> bytes:
    """Word and Excel keep a protected file as an OLE2 container with a stream of that name."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504)
    head[30:32] = (9).to_bytes(2, "little")
    entry = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\x00") + b"\x00" * 64
    return bytes(head) + "Root Entry".encode("utf-16-le").ljust(128, b"\x00") + entry + b"\x00" * 4096


# --- too much ------------------------------------------------------------------------------------------------------


def test_a_zip_that_unpacks_to_gigabytes(pool: ReadingPool) -> None:
    bomb = word(paragraph(WORDS), more={"word/media/a.xml": b"\x00" * 320 * MB})
    assert len(bomb) < MB
    assert like(limits.UNPACKED).fullmatch(refusal(pool, bomb))


def test_a_zip_that_lies_about_what_it_unpacks_to(pool: ReadingPool) -> None:
    bomb = bytearray(word("<w:p/>" * 30_000_000))
    size = struct.pack("<I", 6 * 30_000_000)
    at = bomb.rfind(b"word/document.xml") - 46 + 24  # the size in the directory at the end
    assert bomb[at : at + 3] == struct.pack("<I", int.from_bytes(bomb[at : at + 4], "little"))[:3] and size
    bomb[at : at + 4] = struct.pack("<I", 1000)
    assert refusal(pool, bytes(bomb)) == limits.BROKEN_ZIP


def test_a_zip_of_a_hundred_thousand_parts(pool: ReadingPool) -> None:
    bomb = word(paragraph(WORDS), more={f"word/{n}": b"" for n in range(100_000)})
    assert like(limits.TOO_MANY_PARTS).fullmatch(refusal(pool, bomb))


def test_a_zip_within_a_zip(pool: ReadingPool) -> None:
    inner = zipped({"a.docx": zipped({"b": b"\x00" * 100 * MB})})
    assert refusal(pool, zipped({"a.zip": inner})) == recognise.ARCHIVE


def test_a_spreadsheet_that_unpacks_to_gigabytes(pool: ReadingPool) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(3))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = zipped({**parts, "xl/worksheets/sheet2.xml": b" " * 310 * MB})
    assert like(limits.UNPACKED).fullmatch(refusal(pool, bomb))


def test_a_pdf_of_five_thousand_pages(pool: ReadingPool) -> None:
    began = time.monotonic()
    assert refusal(pool, pdf(5000)) == limits.TOO_MANY_PAGES.format(count="5.000", most="500")
    assert time.monotonic() - began < 20
    assert pool.read(pdf(3), "a.pdf").text.count("90%") == 3  # the same file is read where it is short


HEADER = "STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn"
ROW = "{n} | Rà soát thủ tục hành chính | Sở Tư pháp | Quý I"
LONG_TABLES: dict[str, Callable[[int], bytes]] = {
    "docx": word_table,
    "xlsx": long_sheet,
    "html": lambda rows: (
        f"<html><body><p>{WORDS}</p><table>"
        + "".join(f"<tr><td>{n}<td>Rà soát thủ tục<td>Sở Tư pháp<td>Quý I" for n in range(rows))
        + "</table></body></html>"
    ).encode(),
    "txt": lambda rows: "\n".join([WORDS, HEADER, *(ROW.format(n=n) for n in range(rows))]).encode(),
    "txt with tabs": lambda rows: (
        "\n".join([WORDS, HEADER, *(ROW.format(n=n) for n in range(rows))]).replace(" | ", "\t").encode()
    ),
}


@pytest.mark.parametrize("kind", LONG_TABLES)
def test_a_table_of_a_hundred_thousand_rows(pool: ReadingPool, kind: str) -> None:
    said = refusal(pool, LONG_TABLES[kind](100_000))
    assert like(limits.TOO_MANY_ROWS).fullmatch(said) or like(limits.TOO_MUCH_TEXT).fullmatch(said), said
    assert "Rà soát" in pool.read(LONG_TABLES[kind](30), "a").text


def test_an_upload_of_two_hundred_megabytes(pool: ReadingPool, tmp_path: Path) -> None:
    path = tmp_path / "to.pdf"
    with path.open("wb") as file:
        file.truncate(200 * MB)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ((_, outcome),) = pool.read_many([(1, path, path.name)])
    assert str(outcome) == limits.TOO_LARGE.format(size="200", most="50")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB: it was not read
    assert like(limits.TOO_LARGE).fullmatch(refusal(pool, b" " * 51 * MB))


def test_the_server_takes_no_more_than_a_file_may_have() -> None:
    server = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    assert server["maxUploadSize"] * MB <= Limits().max_bytes
    assert server["maxUploadSize"] * 1024 * 1024 >= Limits().max_bytes * 0.9


def test_a_line_of_fifty_megabytes(pool: ReadingPool) -> None:
    began = time.monotonic()
    assert like(limits.TOO_MUCH_TEXT).fullmatch(refusal(pool, b"Ke hoach cai cach " * 2_777_000))
    assert time.monotonic() - began < 40


def test_pages_nested_a_hundred_thousand_deep(pool: ReadingPool) -> None:
    page = "<html><body>" + "<div>" * 100_000 + f"<p>{WORDS}</p>" + "</div>" * 100_000
    tables = "<html><body>" + "<table><tr><td>" * 100_000 + f"<p>{WORDS}</p>"
    for hostile in (page, tables):
        began = time.monotonic()
        refusal(pool, hostile.encode())
        assert time.monotonic() - began < 30


def test_word_nested_a_hundred_thousand_deep(pool: ReadingPool) -> None:
    nested = "<w:tbl><w:tr><w:tc>"
    refusal(pool, word(nested * 33_000 + paragraph(WORDS) + "</w:tc></w:tr></w:tbl>" * 33_000))


def test_a_picture_that_unpacks_to_a_gigabyte(pool: ReadingPool) -> None:
    picture = png(30_000, 30_000)
    assert len(picture) < 5 * MB
    assert like(limits.TOO_MANY_PIXELS).fullmatch(refusal(pool, picture))


# --- hostile -------------------------------------------------------------------------------------------------------


def test_entities_that_multiply(pool: ReadingPool) -> None:
    """«Billion laughs»: each entity ten times the one before."""
    entities = '<!ENTITY a0 "hahahahaha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = word(paragraph("&a9;") + paragraph(WORDS) * 3, head=f"<!DOCTYPE x [{entities}]>")
    began = time.monotonic()
    try:
        assert "haha" not in pool.read(bomb, "a.docx").text
    except NotAPlan as refused:
        assert limits.SAFE in str(refused)
    assert time.monotonic() - began < 15


def test_entities_that_read_other_files(pool: ReadingPool, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mat khau cua may chu")
    head = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    try:
        assert "mat khau" not in pool.read(word(paragraph("&s;") + paragraph(WORDS) * 3, head=head), "a.docx").text
    except NotAPlan as refused:
        assert "mat khau" not in str(refused)
    page = f'<html><body><p>{WORDS}</p><p>{WORDS}</p><iframe src="{secret.as_uri()}"></iframe></body></html>'
    assert "mat khau" not in pool.read(page.encode(), "a.html").text


def test_scripts_are_neither_run_nor_read(pool: ReadingPool) -> None:
    page = (
        f"<html><head><script>document.title = 'đạt 77%'</script></head><body onload=\"alert('đạt 66%')\">"
        f"<p>{WORDS}</p><p>{WORDS}</p><script>/* đạt 55% */</script><img src=x onerror='alert(1)'>"
        "<style>p { width: 44% }</style>"
    )
    text = pool.read(page.encode(), "a.html").text
    assert "90%" in text and not any(word in text for word in ("77", "66", "55", "44", "alert", "script"))


MACROS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)


@pytest.mark.parametrize("types", MACROS)
def test_macros_of_word_are_not_looked_at(pool: ReadingPool, types: str) -> None:
    file = word(paragraph(WORDS) * 3, types=types, more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0AutoOpen" * 99})
    plan = pool.read(file, "a.docm")
    assert "90%" in plan.text and "AutoOpen" not in plan.text


def test_macros_of_excel_are_not_looked_at(pool: ReadingPool) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(3))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert types in parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(types, macro)
    plan = pool.read(zipped({**parts, "xl/vbaProject.bin": b"AutoOpen" * 99}), "a.xlsm")
    assert "Sở Tư pháp" in plan.text and "AutoOpen" not in plan.text


def test_files_with_a_password(pool: ReadingPool) -> None:
    assert refusal(pool, encrypted_office(), "a.docx") == recognise.ENCRYPTED
    assert "mật khẩu" in refusal(pool, pdf(3, encrypted=True), "a.pdf")


def whole_files() -> dict[str, bytes]:
    out = io.BytesIO()
    written = docx.Document()
    for n in range(40):
        written.add_paragraph(f"{n}. {WORDS}")
    written.save(out)
    text = "\n".join(f"{n}. {WORDS}" for n in range(40))
    return {
        "docx": out.getvalue(),
        "xlsx": sheet(40),
        "pdf": pdf(40),
        "html": f"<html><body><p>{text}</p></body></html>".encode(),
        "png": png(3000, 3000),
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 3000,
        "rtf": ("{\\rtf1\\ansi " + "Ke hoach cai cach hanh chinh nam 2025. \\par " * 40 + "}").encode(),
        "utf-16": text.encode("utf-16"),
        "utf-8": text.encode(),
    }


@pytest.mark.parametrize("kind", whole_files())
def test_files_cut_off_anywhere(pool: ReadingPool, kind: str) -> None:
    """A refusal, or what was still there: never a fault, a stopped process or a message of a library."""
    whole = whole_files()[kind]
    for share in (0.02, 0.3, 0.7, 0.97) if kind not in ("rtf", "doc") else (0.5,):
        cut = whole[: int(len(whole) * share)]
        try:
            assert pool.read(cut, f"a.{kind}").text
        except NotAPlan as refused:
            assert limits.SAFE in str(refused)
            assert str(refused) not in (limits.FAULT, limits.CRASHED, limits.TOO_MUCH_MEMORY)


def test_bytes_that_are_nothing(pool: ReadingPool) -> None:
    import random

    dice = random.Random(1)  # noqa: S311 - no secret
    noise = dice.randbytes(300_000)
    for data in (b"", b"\x00" * 100_000, noise, b"%PDF-1.7\n" + noise, b"PK\x03\x04" + noise, b"\xff\xd8\xff" + noise,
                 b"\x89PNG\r\n\x1a\n" + noise, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise,
                 "Kế hoạch".encode() + b"\x00" * 100_000):  # fmt: skip
        assert refusal(pool, data) not in (limits.FAULT, limits.CRASHED, limits.TOO_MUCH_MEMORY)


def test_text_between_nul_bytes_is_read(pool: ReadingPool) -> None:
    text = "\n".join(f"{n}. {WORDS}" for n in range(20))
    assert "90%" in pool.read(text.replace("\n", "\x00\n").encode(), "a.txt").text


RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def test_parts_that_lie_elsewhere_are_not_fetched(pool: ReadingPool, tmp_path: Path) -> None:
    secret = tmp_path / "styles.xml"
    secret.write_text("mat khau")
    relations = RELATIONS.format(
        f'<Relationship Id="r1" Type="{_KIND}image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{_KIND}attachedTemplate" Target="http://127.0.0.1/t" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{_KIND}styles" Target="{secret.as_uri()}"/>'
        f'<Relationship Id="r4" Type="{_KIND}numbering" Target="../../../../etc/passwd"/>'
    )
    plan = pool.read(word(paragraph(WORDS), more={"word/_rels/document.xml.rels": relations.encode()}), "a.docx")
    assert "90%" in plan.text and "mat khau" not in plan.text


def test_styles_that_stand_on_each_other(pool: ReadingPool) -> None:
    styles = f'<w:styles xmlns:w="{W}">' + "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA", "CC")
    )
    relations = RELATIONS.format(f'<Relationship Id="r1" Type="{_KIND}styles" Target="styles.xml"/>')
    more = {"word/styles.xml": f"{styles}</w:styles>".encode(), "word/_rels/document.xml.rels": relations.encode()}
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{k}"/></w:pPr><w:r><w:t>{WORDS}</w:t></w:r></w:p>' for k in "ABC")
    assert pool.read(word(body, more=more), "a.docx").text.count("90%") == 3


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_of_one_name_and_names_that_are_paths(pool: ReadingPool) -> None:
    out = io.BytesIO(word(paragraph(WORDS)))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("word/document.xml", "/etc/passwd", "../../x"):
            archive.writestr(name, f'<w:document xmlns:w="{W}"><w:body>{paragraph(WORDS)}</w:body></w:document>')
    assert pool.read(out.getvalue(), "a.docx").text.count("90%") == 1


def test_a_sheet_with_many_empty_rows(pool: ReadingPool) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(3))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    rows = b"".join(b'<row r="%d"/>' % k for k in range(10, 200_000))
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    assert len(pool.read(zipped(parts), "a.docx").tasks) == 3  # and its name says another kind


def test_pages_of_any_measure_and_scripts_in_pdf(pool: ReadingPool) -> None:
    script = b"<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type/Catalog"
    assert "90%" in pool.read(pdf(2).replace(b"<</Type/Catalog", script), "a.pdf").text
    refusal(pool, pdf(2).replace(b"0 0 595 842", b"0 0 9e9 9e9"), "a.pdf")


def mail(kind: str, body: bytes, more: str = "") -> bytes:
    return f"From: a@b.vn\r\nSubject: KH\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def test_mails_are_read_and_what_came_with_them_is_named(pool: ReadingPool) -> None:
    text = "\n".join(f"{n}. {WORDS}" for n in range(20)).encode()
    packed = base64.encodebytes(text)
    alone = mail("text/plain; charset=utf-8", packed, "Content-Transfer-Encoding: base64\r\n")
    assert "90%" in pool.read(alone, "a.eml").text and "MIME-Version" not in pool.read(alone, "a.eml").text
    two = (
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + text
        + b"\r\n--b\r\nContent-Type: application/pdf\r\n"
        b'Content-Disposition: attachment; filename="../ke hoach.pdf"\r\n\r\n%PDF-1.4\r\n--b--'
    )
    plan = pool.read(mail("multipart/mixed; boundary=b", two), "a.eml")
    assert "90%" in plan.text
    assert any("1 tệp đính kèm" in w and " ke hoach.pdf." in w for w in plan.warnings)


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf'\x1c", b"\x1f\x8b\x08\x00", b"MZ\x90\x00\x03"])
def test_archives_and_programs_are_refused(pool: ReadingPool, start: bytes) -> None:
    assert "không phải là văn bản" in refusal(pool, start + bytes(range(256)) * 50)


@pytest.mark.parametrize("coding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_without_a_mark(pool: ReadingPool, coding: str) -> None:
    assert "90%" in pool.read("\n".join(f"{n}. {WORDS}" for n in range(20)).encode(coding), "a.txt").text


def test_a_folder_and_a_link_to_nowhere_are_refused_and_the_next_is_read(pool: ReadingPool, tmp_path: Path) -> None:
    (tmp_path / "link.docx").symlink_to(tmp_path / "nowhere")
    good = tmp_path / "a.txt"
    good.write_bytes(GOOD)
    outcomes = [
        one
        for _, one in pool.read_many([(k, p, p.name) for k, p in enumerate((tmp_path, tmp_path / "link.docx", good))])
    ]
    assert [isinstance(one, NotAPlan) for one in outcomes] == [True, True, False]


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\ha\\ke hoach.docx", "ke hoach.docx"),
    ("C:ke hoach.docx", "ke hoach.docx"),
    ("..", NAMELESS),
    ("", NAMELESS),
    (" . ", NAMELESS),
    ("a\x00b\x1b[31m\nc.txt", "ab[31m c.txt"),
    ("kế hoạch\u202egnp.exe", "kế hoạchgnp.exe"),
    ("\u200f\u2066a.txt", "a.txt"),
    ("ke\u0302\u0301 hoa\u0323ch.pdf", "kế hoạch.pdf"),
    ("x" * 1000 + ".docx", "x" * (LONGEST - 6) + "….docx"),
    ("\udcff.txt", "?.txt"),
    ("thư mục/", "thư mục"),
]


@pytest.mark.parametrize(("given", "shown"), NAMES, ids=[repr(given)[:20] for given, _ in NAMES])
def test_names_that_are_paths_or_play_tricks(pool: ReadingPool, given: str, shown: str) -> None:
    assert shown_name(given) == shown
    assert shown_name(shown) == shown
    assert pool.read(GOOD, given).name == shown


# --- settings ------------------------------------------------------------------------------------------------------


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.from_environment() == Limits()
    given = {"MB": 10, "PAGES": 7, "ROWS": 8, "TEXT": 9, "SECONDS": 30, "MEMORY_MB": 2000, "UNPACKED_MB": 100}
    for name, value in given.items():
        monkeypatch.setenv(f"CCHC_MAX_{name}", str(value))
    assert limits.from_environment() == Limits(
        max_bytes=10 * MB,
        max_pages=7,
        max_rows=8,
        max_text=9,
        seconds=30,
        memory_bytes=2000 * MB,
        max_unpacked=100 * MB,
    )
    with ReadingPool(1) as pool, pytest.raises(NotAPlan, match="Tệp nặng"):
        pool.read(b"x" * 11 * MB, "a")


@pytest.mark.parametrize("value", ["0", "-5", "many", "1e9", "٣"])
def test_a_limit_that_is_no_number_is_not_used(
    value: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CCHC_MAX_PAGES", value)
    assert limits.from_environment() == Limits()
    assert "CCHC_MAX_PAGES" in caplog.text


def test_every_limit_of_the_environment_is_documented() -> None:
    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    for name, (field, unit) in limits._SETTINGS.items():
        assert re.search(rf"`{name}`.*\| {int(getattr(Limits(), field) / unit)} ", page), name
