"""PDF to text: pages with words by their places, pages that are only a picture through character recognition."""

from __future__ import annotations

import io
import logging
import re

import pypdfium2
import pypdfium2.raw as raw

from cchc.formats.legible import legibility
from cchc.formats.limits import SAFE, check_pages
from cchc.formats.oldfonts import Coding, coding_of, coding_of_font, convert, convert_run, is_syllable, typed_old
from cchc.formats.pdf_notes import notes_warning
from cchc.formats.pdf_pictures import is_picture, seen_pages
from cchc.formats.pdf_words import END_HYPHEN, sheet_of
from cchc.formats.plain import was_old
from cchc.formats.printed import Sheet, flow_text, listed
from cchc.formats.source import Format, NotAPlan, Source
from cchc.text import stored

log = logging.getLogger("cchc")

_ENCRYPTED = (
    f"Tệp PDF được bảo vệ bằng mật khẩu nên không đọc được. {SAFE} "
    "Hãy mở tệp bằng mật khẩu, in hoặc lưu lại thành PDF không có mật khẩu rồi nhập lại."
)
_BROKEN = f"Tệp PDF bị hỏng hoặc tải về chưa đủ nên không mở được. {SAFE} Hãy tải hoặc sao chép lại tệp rồi nhập lại."
_NO_PAGES = f"Tệp PDF không có trang nào. {SAFE} Hãy kiểm tra lại tệp."
_EMPTY = f"Tệp PDF không có chữ và không có hình. {SAFE} Hãy kiểm tra xem có chọn đúng tệp không."
_PAGE_FAILED = "Trang {pages} của tệp PDF bị hỏng, không đọc được; cần đối chiếu với bản gốc."
_BLANK = "Trang {pages} không có chữ nào (trang trống, hoặc bị hỏng); cần đối chiếu với bản gốc."
_LETTER = "(?:[^\\W\\d_]|[\xa1-\xff])"
_HYPHENED = re.compile(rf"(?<!{_LETTER})({_LETTER}{{0,4}})[-{END_HYPHEN}]({_LETTER}{{0,5}})(?!{_LETTER})")
_SAMPLE = 2000  # words that tell whether a text without font names is old


def read_pdf(data: bytes) -> Source:
    """The text of a PDF with the page and place of each line. Raises `NotAPlan` for files with a password, broken
    files, too many pages, and pages without text that cannot be recognised."""
    document = _opened(data)
    try:
        count = len(document)
        if not count:
            raise NotAPlan(_NO_PAGES)
        check_pages(count)
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()  # before any page is opened: pdfium tells what is filled in only then
        sheets, pictured, failed, notes = _sheets(document)
        warnings = [*notes, *_modernise(sheets)]  # before anything is judged by its words
        blank = [s.number for s in sheets if not s.words and s.number not in (*pictured, *failed)]
        told = ((_PAGE_FAILED, failed), (_BLANK, blank))
        warnings += [said.format(pages=listed(which)) for said, which in told if which]
        seen = seen_pages(document, sheets, pictured)
    finally:
        document.close()
    sheets, warnings = seen.sheets, [*warnings, *seen.warnings]
    if not any(sheet.words for sheet in sheets):
        raise NotAPlan(_BROKEN if failed else _EMPTY)
    text, pages, places, said = flow_text(sheets)
    warnings += said
    if not text.strip():  # nothing but page numbers and running heads
        raise NotAPlan(_EMPTY)
    only_scans = bool(seen.scanned) and all(s.number in seen.scanned for s in sheets if s.words)
    form: Format = "scan" if only_scans else "pdf"
    return Source(stored(text), form, tuple(warnings), pages, places, scanned=seen.scanned)


def page_image(data: bytes, page: int, width: int = 1000) -> bytes:
    """A picture (PNG) of a page (from 1) of a PDF or an image file, `width` pixels wide at most. Raises `NotAPlan`
    where the file cannot be opened, `IndexError` for a page it does not have."""
    if b"%PDF-" not in data[:1024]:
        from cchc.formats.scan import frame_image

        picture = frame_image(data, page, width)
    else:
        document = _opened(data)
        try:
            if not 1 <= page <= len(document):
                raise IndexError(page)
            sheet = document[page - 1]
            # a page of odd measures must not become a picture of any size
            scale = min(width / sheet.get_width(), 2 * width / sheet.get_height())
            picture = sheet.render(scale=scale).to_pil()
        except pypdfium2.PdfiumError as error:
            raise NotAPlan(_BROKEN) from error
        finally:
            document.close()
    out = io.BytesIO()
    picture.convert("P" if picture.mode == "P" else "L" if picture.mode in ("1", "L") else "RGB").save(out, "PNG")
    return out.getvalue()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        log.info("PDF not opened: %s", error)
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold()
        raise NotAPlan(_ENCRYPTED if locked else _BROKEN) from error


def _sheets(document: pypdfium2.PdfDocument) -> tuple[list[Sheet], dict[int, bool], list[int], list[str]]:
    """(all pages with their words, numbers of pages whose text is in a picture, numbers of pages that could not be
    read, warnings of what lies upon pages). A page that could not be read is there without words: those after it keep
    their numbers. Of the pictured ones is told whether that is sure."""
    sheets, pictured, failed, notes = [], {}, [], []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            try:
                sheet = sheet_of(page, number)
                sure = is_picture(page, sheet)
                if sure is not None:
                    pictured[number] = sure
                if said := notes_warning(document, page, number):
                    notes.append(said)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            log.info("page %d of a PDF not read: %s", number, error)
            failed.append(number)
            sheet = Sheet(number, 1.0, 1.0, [])
        sheets.append(sheet)
    return sheets, pictured, failed, notes


def _modernise(sheets: list[Sheet]) -> list[str]:
    """Puts words set in fonts from before Unicode into Unicode; where fonts have lost their names the words tell.
    Returns warnings."""
    changed = _from_old_fonts(sheets)
    for sheet in sheets:  # hyphens that are not shown; in old fonts the same code is a letter
        for word in sheet.words:
            word.text = word.text.replace(END_HYPHEN, "-").replace("\xad", "")
        sheet.words = [w for w in sheet.words if w.text]
    return [was_old(coding) for coding in changed]


def _from_old_fonts(sheets: list[Sheet]) -> list[Coding]:
    """The codings something was converted from."""
    words = [w for s in sheets for w in s.words]
    old = [w for w in words if not w.text.isascii() or "-" in w.text or END_HYPHEN in w.text]
    fonts = {font: coding_of_font(font) for font in {w.font for w in words}}
    if not any(fonts.values()):
        sample = " ".join(w.text for w in old[:_SAMPLE])
        coding = coding_of(sample)
        if coding is None or legibility(convert(sample, coding).split()).is_garbled:
            return []  # letters that lost their meaning may look like anything
        fonts = dict.fromkeys(fonts, (coding, False))
    codings = {told[0] for told in fonts.values() if told}
    sure = {c: typed_old((w.text for w in old if (told := fonts[w.font]) and told[0] == c), c) for c in codings}
    changed: dict[Coding, None] = {}
    for word in old:
        told = fonts[word.font]
        if told:
            said = _with_letter(word.text) if told[0] == "tcvn3" and sure[told[0]] else word.text
            made = convert_run(said, told[0], old=sure[told[0]])
            if made != said:
                changed[told[0]] = None
                word.text = made
    capitals = {font for font, told in fonts.items() if told and told[1] and sure[told[0]]}
    for word in words if capitals else ():
        if word.font in capitals:
            word.text = word.text.upper()
    return list(changed)


def _with_letter(word: str) -> str:
    """A word of TCVN3, where the letter ư has the code of the soft hyphen. Fonts without Unicode tables and pdfium at
    the end of a line tell a hyphen then; spelling tells which it is («n-íc» is «nước», «nh-» «như», «tÕ-x·» is not)."""

    def letter(found: re.Match[str]) -> str:
        said = f"{found[1]}\xad{found[2]}"
        return said if len(said) > 1 and is_syllable(convert(said, "tcvn3").lower()) else found.group()

    return _HYPHENED.sub(letter, word)
