"""PDF files as offices make and break them: what reads well is read as it is, the rest from its picture.

`python -m tests.formats.test_office_pdf` prints what each file gives, and scans of several resolutions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from cchc.formats import NotAPlan, ocr, pdf_pictures, scan
from cchc.formats.legible import Legibility, legibility
from cchc.formats.ocr import Recognised
from cchc.formats.pdf import read_pdf
from cchc.formats.printed import Sheet, Word
from cchc.formats.printed.lines import lines_of
from cchc.formats.printed.signed import without_signatures
from cchc.formats.scan import Recognition
from cchc.reading import read_plan
from tests.formats import office_pdf as made
from tests.formats import office_plan
from tests.formats.raw_pdf import Letters, pdf, text_at

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ("targets", "tasks", "measures", "duties")


@pytest.mark.parametrize("name", made.READ)
def test_pages_of_letters_give_the_items_of_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "recognise_pages", lambda *_: pytest.fail("a good page was recognised"))
    plan, text = read_plan(made.READ[name](), "x.pdf"), read_plan(office_plan.as_text(), "x.txt")
    assert office_plan.items_of(plan) == office_plan.ITEMS
    for section in SECTIONS:
        assert [i.id for i in getattr(plan, section)] == [i.id for i in getattr(text, section)]
    assert [w.split()[0] for w in plan.warnings] == (["Mục"] if name == "with contents" else [])
    assert not any(word in plan.text for word in ("Ký bởi", "quangninh.example", "DỰ", "BẢN SAO"))


# --- recognised (tesseract really reads them) -----------------------------------------------------------------------


@pytest.fixture
def installed() -> None:
    if not ocr.has_vietnamese():
        pytest.fail("Tesseract with Vietnamese data was not found: install tesseract-ocr and tesseract-ocr-vie.")


@pytest.mark.usefixtures("installed")
def test_a_file_broken_in_three_ways_is_read_page_by_page() -> None:
    """Headings without a table of letters are mended, a page without any is recognised, so is a scanned annex."""
    plan = read_plan(made.broken_in_three_ways(), "x.pdf")
    said = " ".join(plan.warnings)
    assert "Trang 3 được đọc từ ảnh quét" in said and "Trang 2: chữ trong tệp PDF bị sai mã" in said
    assert "Trang 1: một phần chữ" in said
    first = plan.text[: plan.pages[1]].split("\n")
    assert "Cải cách hành chính nhà nước tỉnh Quảng Ninh năm 2026" in first  # a heading, from the picture
    assert [one.typed for one in office_plan.PARAS[:3]] == first[8:11]  # the rest letter by letter
    assert words_right(plan.text) > 0.97
    assert [t.ordinal for t in plan.tasks] == ["1", "2", "3", "4", "5"]
    assert [t.value for t in plan.targets] == [t[2] for t in office_plan.TARGETS]
    assert max(item.confidence for section in SECTIONS for item in getattr(plan, section)) <= 0.6


@pytest.mark.usefixtures("installed")
def test_a_file_broken_in_three_other_ways_is_read_page_by_page() -> None:
    """A scan with the words of a digital signature on it, a page whose letters say other letters, one of shapes."""
    source = read_pdf(made.broken_in_three_other_ways())
    assert (source.format, source.scanned) == ("scan", (1, 2, 3))
    assert "Trang 1, 3 được đọc từ ảnh quét" in source.warnings[0] and "Trang 2: chữ" in source.warnings[1]
    assert words_right(source.text) > 0.95
    assert "Ký bởi" not in source.text and source.text.startswith("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NINH\nSố: 27/KH-UBND")


def words_right(text: str) -> float:
    """The share of the document's words that stand in the text, accents and all."""
    wanted = Counter(word.strip("|") for word in office_plan.as_text().decode().replace(";", " ").split())
    wanted.pop("", None)
    there = Counter(word.strip("|;") for word in text.replace(";", " ").split())
    return sum((wanted & there).values()) / sum(wanted.values())


def test_fields_of_digital_signatures_are_neither_read_nor_recognised() -> None:
    data = made.signed(made.printed())
    page = pypdfium2.PdfDocument(data)[0]
    assert raw.FPDFPage_GetAnnotCount(page) == 1
    assert read_pdf(data).text == read_pdf(made.printed()).text
    bare = pypdfium2.PdfDocument(made.printed())[0]
    assert scan._rendered(page).tobytes() == scan._rendered(bare).tobytes()


# --- without recognition --------------------------------------------------------------------------------------------


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_TESSERACT", "")
    monkeypatch.setenv("PATH", "")


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (made.without_tables_of_letters, "Chữ trong tệp PDF bị sai mã"), (made.of_shapes, "Tệp là bản quét hoặc ảnh"),
        (made.with_wrong_tables, "Chữ trong tệp PDF bị sai mã"),
    ],
)  # fmt: skip
def test_without_tesseract_a_file_of_such_pages_is_refused(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(NotAPlan, match=said) as refused:
        read_pdf(make())
    assert all(word in str(refused.value) for word in ("Tesseract", "không thay đổi", "Hãy"))


@pytest.mark.usefixtures("missing")
def test_without_tesseract_such_pages_are_named_and_the_others_read() -> None:
    source = read_pdf(made.broken_in_three_ways())
    assert [w[: w.index("chữ") + 3] for w in source.warnings[1:]] == ["Trang 2: chữ", "Trang 1: một phần chữ"]
    assert "Trang 3 là ảnh quét, chưa đọc được" in source.warnings[0]
    assert all("Tesseract" in warning for warning in source.warnings)
    assert source.scanned == () and len(source.pages) == 3
    lines = source.text.strip().split("\n")
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NINH", "Số: 27/KH-UBND"]
    assert legibility(source.text.split()).odd == 0  # nothing of what cannot be believed


# --- whether a page is doubted, and whether its picture reads better --------------------------------------------------


def test_no_200_words_of_any_document_are_doubted() -> None:
    files = [*(ROOT / "data" / "plans").glob("*.txt"), *(ROOT / "tests" / "corpus").glob("dev*/*.txt")]
    assert len(files) > 100
    for file in files:
        words = file.read_text("utf-8", "replace").replace("|", " ").split()
        for at in range(0, len(words), 200):
            assert not legibility(words[at : at + 200]).is_doubted, (file.name, at)


JUNK = "Q\x01\x02 \x03\x04 ÿþx \ue012\ue013 a$b h%k Жук Кот"


@pytest.mark.parametrize(
    ("words", "doubted", "garbled"),
    [
        (" ".join([JUNK] * 3), True, True),
        ("Wkượn kiệp qjiển zãb fụyn jăw xuẫl dzô gkĩ wợtr" * 2, True, True),  # a table that tells other letters
        ("Buôn Ma Thuột, Krông Pắc, Ea H'leo, Cư M'gar, Krông Búk, Đắk Mil, Kon Plông, Ia Grai, Đăk Glei", True, False),
        (
            "Kế hoạch này được gửi tới UBND, HĐND, TTHC, VNPT qua dichvucong.gov.vn, email ubnd@x.vn, số 27/KH-UBND",
            False,
            False,
        ),
        ("Rà soát " * 60 + JUNK, False, False),
        (JUNK, False, False),  # too few words to judge by
        ("\uf0b7 \uf0b7 - + •" * 20, False, False),
    ],
)
def test_legibility(words: str, doubted: bool, garbled: bool) -> None:
    quality = legibility(words.split())
    assert (quality.is_doubted, quality.is_garbled) == (doubted, garbled)


def test_the_better_reading_of_a_page() -> None:
    assert Legibility(100, 60, 0).is_worse_than(Legibility(90, 5, 0))
    assert not Legibility(100, 60, 0).is_worse_than(Legibility(100, 58, 0))  # the picture says the same: a foreign page
    assert not Legibility(100, 60, 0).is_worse_than(Legibility(3, 0, 0))  # nearly nothing was recognised


FOREIGN = "Krông Pắc, Ea H'leo, Cư M'gar, Krông Búk, Đắk Mil, Kon Plông, Ia Grai, Đăk Glei, Krông Nô, Ea Kar, Buôn Đôn"


def foreign_page() -> bytes:
    letters = Letters()
    return pdf(["".join(text_at(letters, 40, 700 - 16 * k, FOREIGN, 8) for k in range(6))], letters)


def test_a_doubted_page_keeps_its_letters_unless_its_picture_reads_better(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []

    def recognised(_: object, numbers: list[int]) -> Recognition:
        asked.append(list(numbers))
        words = [Word(word, 10.0 * k, 10.0 * k + 9, 20, 10) for k, word in enumerate(FOREIGN.upper().title().split())]
        return Recognition(tuple(numbers), {n: Recognised(Sheet(n, 900, 900, words), 90.0) for n in numbers}, {})

    monkeypatch.setattr(scan, "recognise_pages", recognised)
    monkeypatch.setattr(scan, "lacking", lambda: None)
    source = read_pdf(foreign_page())
    assert asked == [[1]]
    assert source.scanned == () and source.format == "pdf"
    assert source.text.count("Ea H'leo") == 6
    assert [w for w in source.warnings if "không phải tiếng Việt" in w]


@pytest.mark.usefixtures("missing")
def test_a_doubted_page_is_kept_and_named_without_tesseract() -> None:
    source = read_pdf(foreign_page())
    assert source.text.count("Ea H'leo") == 6
    assert source.warnings == (pdf_pictures.DOUBTED.format(pages="1"),)


# --- blocks of digital signatures -----------------------------------------------------------------------------------


def block(*rows: str, size: float = 7, left: float = 400, top: float = 50) -> list[Word]:
    words = []
    for k, row in enumerate(rows):
        x = left
        for part in row.split():
            words.append(Word(part, x, x + len(part) * size * 0.5, top + k * size * 1.3, size))
            x += (len(part) + 0.4) * size * 0.5
    return words


TIME = "Thời gian ký: 15.01.2026 16:20:35 +07:00"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (made.SIGNED, []),
        (["Người ký: UBND", "tỉnh Quảng Ninh", "Ngày ký: 15/01/2026 08:00:00"], []),
        (["Digitally signed by A", "Date: 2026.01.15 08:00:00 +07'00'"], []),
        (["Chữ ký số", "Signature Valid"], []),
        (["Người ký: Nguyễn Văn A", "Ngày ký: 15/01/2026"], ["Người ký: Nguyễn Văn A", "Ngày ký: 15/01/2026"]),
        (["Khai mạc hội nghị", "15/01/2026 08:00:00"], ["Khai mạc hội nghị", "15/01/2026 08:00:00"]),
        (["Sở Nội vụ chủ trì thực hiện.", *made.SIGNED], ["Sở Nội vụ chủ trì thực hiện."]),
    ],
)
def test_blocks_of_digital_signatures_are_no_text(rows: list[str], kept: list[str]) -> None:
    assert [line.text for line in without_signatures(lines_of(block(*rows)))] == kept


def test_what_stands_beside_a_block_or_is_of_another_size_is_kept() -> None:
    beside = block(*["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NINH"], size=12, left=60, top=50)
    left = without_signatures(lines_of([*block(*made.SIGNED), *beside]))
    assert [line.text for line in left] == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NINH"]


if __name__ == "__main__":
    for file_name, make in made.FILES.items():
        print(f"{file_name:28}", office_plan.told(read_plan(make(), "x.pdf")))
    for dpi in (150, 200, 300):
        for lean in (0.0, 0.7):
            plan = read_plan(made.scanned(dpi, lean), "x.pdf")
            print(f"{dpi} dpi, {lean} degrees: words {words_right(plan.text):.3f};", office_plan.told(plan))
