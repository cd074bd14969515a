"""Word files written part by part, for what no library writes: lists, changes, boxes, merged cells, damage."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import io
import zipfile

_OPEN = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FILLER = "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh"


def p(words: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run; `words` may hold elements of a run after a "<"."""
    inside = words if words.startswith("<") else f'<w:t xml:space="preserve">{words}</w:t>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{inside}</w:r></w:p>"


def item(words: str, list_id: int, level: int = 0) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def tc(*words: str, span: int = 1, merge: str = "", inside: str = "") -> str:
    vertical = {"": "", "start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    body = inside or "".join(p(line) for line in words) or p()
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{body}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    made = "".join(cell if cell.startswith("<w:tc>") else tc(*cell.split("\n")) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def level(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*lists: str, nums: str = "") -> str:
    """`lists` are the levels of abstract lists 0, 1 ...; each has a list of the next number (1, 2 ...)."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{k}">{levels}</w:abstractNum>' for k, levels in enumerate(lists))
    made += "".join(f'<w:num w:numId="{k + 1}"><w:abstractNumId w:val="{k}"/></w:num>' for k in range(len(lists)))
    return f"<w:numbering {_OPEN}>{made}{nums}</w:numbering>"


def docx(body: str, filler: bool = True, **parts: str) -> bytes:
    """A file with this body; `parts` are whole or inner XML of styles, numbering, footnotes, header1 ..."""
    root = {"styles": "styles", "footnotes": "footnotes", "header1": "hdr", "numbering": "numbering"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        archive.writestr(
            "word/_rels/document.xml.rels", _relations({n.rstrip("1"): f"{n}.xml" for n in parts if n in root})
        )
        archive.writestr(
            "word/document.xml",
            f"<w:document {_OPEN}><w:body>{p(FILLER) if filler else ''}{body}<w:sectPr/></w:body></w:document>",
        )
        for name, words in parts.items():
            whole = words.startswith("<w:numbering")
            tag = root.get(name, name)
            archive.writestr(
                f"word/{name}.xml" if name in root else name, words if whole else f"<w:{tag} {_OPEN}>{words}</w:{tag}>"
            )
    return out.getvalue()


def _relations(targets: dict[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{k}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'
