"""PDF files written part by part, for what no program prints on purpose: torn accents, turned pages, damage."""

from __future__ import annotations

from collections.abc import Sequence

WIDE = 0.6  # of the type's size: the width of every letter


class Letters:
    """Codes of one byte for any letters, told to readers by a ToUnicode table as printing programs do."""

    encoding = "/ToUnicode 4 0 R"

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def shown(self, words: str) -> str:
        """The operand of a show operator."""
        return "<" + "".join(f"{self.codes.setdefault(c, len(self.codes) + 33):02x}" for c in words) + ">"

    def table(self) -> str:
        rows = "".join(f"<{code:02x}> <{char.encode('utf-16-be').hex()}>\n" for char, code in self.codes.items())
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange {len(self.codes)} beginbfchar\n{rows}endbfchar\n"
            "endcmap end end"
        )


class Bytes(Letters):
    """Letters by their codes in Latin-1, as old programs print: nothing in the file tells what they mean."""

    encoding = "/Encoding /WinAnsiEncoding"

    def shown(self, words: str) -> str:
        return "<" + words.encode("latin-1").hex() + ">"


def text_at(letters: Letters, x: float, y: float, words: str, size: float = 12, turned: bool = False) -> str:
    """Operators that show words at a place (y upwards)."""
    matrix = f"0 1 -1 0 {x} {y}" if turned else f"1 0 0 1 {x} {y}"
    return f"BT /F1 {size} Tf {matrix} Tm {letters.shown(words)} Tj ET\n"


def pdf(
    pages: Sequence[str], letters: Letters, rotate: int = 0, box: str = "0 0 595 842", font: str = "Courier"
) -> bytes:
    """A file with the operators of each page."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * k} 0 R' for k in range(len(pages)))}] >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /FirstChar 0 /LastChar 255 "
        f"/Widths [{' '.join(['600'] * 256)}] {letters.encoding} >>",
        _stream(letters.table()),
    ]
    for k, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {rotate} /Contents {6 + 2 * k} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(_stream(content))
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return out


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def with_notes(data: bytes, notes: Sequence[tuple[str, str]] = (), fields: Sequence[tuple[str, str]] = ()) -> bytes:
    """A file of `pdf` with things laid upon its first page: notes (kind, words) and filled-in fields (kind, value)."""
    objects = [f"<< /Type /Annot /Subtype /{k} /Rect [0 0 9 9] /Contents {_string(words)} >>" for k, words in notes]
    objects += [
        f"<< /Type /Annot /Subtype /Widget /FT /{kind} /T (f{n}) /V {_string(value)} /Rect [0 0 99 9] >>"
        for n, (kind, value) in enumerate(fields)
    ]
    refs = [f"{100 + n} 0 R" for n in range(len(objects))]
    form = f"/Type /Catalog /AcroForm << /Fields [{' '.join(refs[len(notes) :])}] >>"
    made = data.replace(b"/MediaBox", f"/Annots [{' '.join(refs)}] /MediaBox".encode(), 1)
    made = made.replace(b"/Type /Catalog", form.encode(), 1)
    head, _, _ = made.rpartition(b"startxref")
    more = "".join(f"{100 + n} 0 obj\n{body}\nendobj\n" for n, body in enumerate(objects))
    return head.replace(b"xref\n0", more.encode() + b"xref\n0", 1) + b"startxref\n1\n%%EOF"  # readers mend the offsets


def _string(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex()}>"
