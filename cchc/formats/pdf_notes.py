"""What lies upon the pages of a PDF and is no text of theirs: margin notes, words typed over a page, fields."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as raw

from cchc.text import stored

_NOTED = "Trang {page}: chữ ghi chú hoặc điền thêm trên trang không thuộc lời văn bản nên không được đọc: {words}."
_MORE = "… và {n} chữ ghi chú, chữ điền thêm khác"
_LONGEST = 200  # characters of a note that are shown
_MOST = 20  # notes of a page that are shown

# Notes of people; links, stamps and drawn shapes without words say nothing.
_NOTES = (
    raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE,
    raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_INK,
)  # fmt: skip


def notes_warning(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> str | None:
    """In Vietnamese, what notes and filled-in fields say on the page; None where there are none."""
    said = list(dict.fromkeys(words for words in _words(document, page) if words))
    if not said:
        return None
    shown = [f"«{words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}»" for words in said[:_MOST]]
    more = [_MORE.format(n=len(said) - _MOST)] if len(said) > _MOST else []
    return _NOTED.format(page=number, words="; ".join([*shown, *more]))


def _words(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind in _NOTES:
                yield _value(raw.FPDFAnnot_GetStringValue, note, b"Contents")
            elif kind == raw.FPDF_ANNOT_WIDGET and document.formenv and _holds_words(document, note):
                yield _value(raw.FPDFAnnot_GetFormFieldValue, document.formenv, note)
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _holds_words(document: pypdfium2.PdfDocument, note: object) -> bool:
    """A field in which something is typed or chosen; boxes to tick and signatures say nothing."""
    kinds = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
    return raw.FPDFAnnot_GetFormFieldType(document.formenv, note) in kinds


def _value(ask: Callable[..., int], *of: object) -> str:
    """The string that one of pdfium's functions hands out, on one line."""
    size = ask(*of, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*of, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return " ".join(stored(buffer.raw[: size - 2].decode("utf-16-le", "replace")).split())
