"""The plan of `office_plan` in Word files as offices, their programs and their habits make them. Each function gives one
file; each file says the same as the text."""

# ruff: noqa: E501  (markup)

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from html import escape
from itertools import count

from tests.formats import office_plan as plan
from tests.formats.office_plan import Para
from tests.formats.typed import as_tcvn3, as_vni
from tests.formats.word import docx, level, numbering, p, tbl, tc, tr

Write = Callable[[Para], str]
_ids = count(100)


def r(words: str, properties: str = "") -> str:
    """A run of a paragraph."""
    inside = words if words.startswith("<") else f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


def para(*runs: str, properties: str = "") -> str:
    made = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{made}</w:p>"


def typed(one: Para) -> str:
    return para(one.typed)


def letterhead() -> str:
    """As offices lay it out: a table of two columns without borders."""
    return tbl(tr("\n".join(plan.LEFT_HEAD), "\n".join(plan.RIGHT_HEAD)))


def title() -> str:
    return "".join(para(line, properties='<w:jc w:val="center"/>') for line in plan.TITLE)


def signature() -> str:
    return tbl(tr("\n".join(plan.RECEIVERS), "\n".join(plan.SIGNATURE)))


def row(cells: list[str]) -> str:
    """A row of the annex; the heading of an area runs across it."""
    if len(cells) == 2:
        return tr(cells[0], tc(cells[1], span=5))
    return tr(*cells)


def annex(rows: str = "") -> str:
    made = rows or row(plan.HEAD) + "".join(map(row, plan.ROWS))
    return "".join(map(para, plan.ANNEX)) + tbl(made)


def whole(write: Write = typed, head: str = "", table: str = "", end: str = "") -> str:
    """The body: each paragraph by `write`, the other parts as given or as usual."""
    paras = "".join(map(write, plan.PARAS))
    return (head or letterhead()) + title() + paras + (end or signature()) + (table or annex())


def usual() -> bytes:
    return docx(whole(), filler=False)


def _box(inside: str) -> str:
    """A text box as Word 2010 and later keep it: for itself, and once more for older programs."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="2000000" cy="900000"/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def boxes() -> bytes:
    """The letterhead in boxes drawn over the page, and a paragraph of the text in another one."""
    left = _box("".join(map(para, plan.LEFT_HEAD)))
    right = _box("".join(map(para, plan.RIGHT_HEAD)))
    old = (
        f"<w:pict><v:rect><v:textbox><w:txbxContent>{para(plan.TITLE[0])}</w:txbxContent></v:textbox></v:rect></w:pict>"
    )

    def write(one: Para) -> str:
        return para(r(_box(para(one.typed)))) if one.kind == "letter" else typed(one)

    body = para(r(left), r(right)) + para(r(old)) + para(plan.TITLE[1])
    return docx(body + "".join(map(write, plan.PARAS)) + signature() + annex(), filler=False)


_CHANGE = 'w:author="Lan" w:date="2026-01-10T08:00:00Z"'


def _ins(*runs: str) -> str:
    return f'<w:ins w:id="{next(_ids)}" {_CHANGE}>{"".join(runs)}</w:ins>'


def _del(words: str) -> str:
    return f'<w:del w:id="{next(_ids)}" {_CHANGE}>{r(f"<w:delText>{escape(words)}</w:delText>")}</w:del>'


def tracked() -> bytes:
    """A draft that went round: figures changed, sentences moved, paragraphs, rows and cells put in and taken out, and
    none of it accepted."""

    def write(one: Para) -> str:
        if "95%" in one.words:
            before, after = one.typed.split("95%")
            return para(r(before), _del("90%"), _ins(r("95%")), r(after))
        if one.words.startswith("Nâng cao chất lượng thẩm định"):
            moved = f'<w:moveTo w:id="{next(_ids)}" {_CHANGE}>{r(one.typed)}</w:moveTo>'
            return f'<w:p><w:pPr><w:rPr><w:moveTo w:id="9" {_CHANGE}/></w:rPr></w:pPr><w:moveToRangeStart w:id="8" w:name="m1"/>{moved}<w:moveToRangeEnd w:id="8"/></w:p>'
        if one.words.startswith("Công khai đầy đủ"):
            gone = f'<w:moveFrom w:id="{next(_ids)}" {_CHANGE}>{r("- Nâng cao chất lượng thẩm định văn bản quy phạm pháp luật.")}</w:moveFrom>'
            away = f'<w:p><w:pPr><w:rPr><w:moveFrom w:id="7" {_CHANGE}/></w:rPr></w:pPr><w:moveFromRangeStart w:id="6" w:name="m1"/>{gone}<w:moveFromRangeEnd w:id="6"/></w:p>'
            return away + typed(one)
        if one.words.startswith("Cắt giảm giấy tờ"):
            # the end of a paragraph was taken out: what follows belongs to it
            first, second = one.typed.split("đơn giản hóa")
            torn = f'<w:p><w:pPr><w:rPr><w:del w:id="{next(_ids)}" {_CHANGE}/></w:rPr></w:pPr>{r(first)}</w:p>'
            return torn + para(f"đơn giản hóa{second}")
        if one.words.startswith("Hướng dẫn các đơn vị"):
            new = f'<w:p><w:pPr><w:rPr><w:ins w:id="{next(_ids)}" {_CHANGE}/></w:rPr><w:pPrChange w:id="5" {_CHANGE}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr></w:pPrChange></w:pPr>{_ins(r(one.typed))}</w:p>'
            old = f'<w:p><w:pPr><w:rPr><w:del w:id="{next(_ids)}" {_CHANGE}/></w:rPr></w:pPr>{_del("- Phối hợp với Sở Nội vụ kiểm tra 100% cơ quan.")}</w:p>'
            return new + old
        return typed(one)

    gone = tr(
        "6",
        "Tổ chức hội thi tìm hiểu cải cách hành chính",
        "Hội thi",
        "Sở Nội vụ",
        "Đoàn Thanh niên",
        "Tháng 10/2026",
        properties=f'<w:del w:id="4" {_CHANGE}/>',
    )
    rows = row(plan.HEAD)
    for cells in plan.ROWS:
        made = row(cells)
        if cells[0] == "3":
            made = made.replace("<w:trPr></w:trPr>", f'<w:trPr><w:ins w:id="3" {_CHANGE}/></w:trPr>')
        if cells[0] == "4":
            made = made.replace(p("UBND cấp xã"), para(_del("UBND cấp huyện"), _ins(r("UBND cấp xã"))))
        rows += made
    return docx(whole(write, table=annex(rows + gone)), filler=False)


def accepted_but_for_new_words() -> bytes:
    """Only insertions are open: nothing is lost, but nobody has agreed to them."""

    def write(one: Para) -> str:
        return para(_ins(r(one.typed))) if one.kind == "letter" else typed(one)

    return docx(whole(write), filler=False)


def _sdt(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


_EMPTY = _sdt(para("Bấm vào đây để nhập 100% nội dung."), "<w:showingPlcHdr/><w:text/>")


def controls() -> bytes:
    """A form of the office: content controls around words, paragraphs, cells, rows, a table; one left unfilled."""
    state = count()

    def write(one: Para) -> str:
        if one.kind == "letter":
            return _sdt(_sdt(typed(one)), "<w:richText/>")
        if one.kind == "dash":
            listed = _sdt(
                r(one.words), '<w:dropDownList><w:listItem w:displayText="Việc khác" w:value="x"/></w:dropDownList>'
            )
            return f"<w:p><w:pPr/>{r('- ')}{listed}</w:p>" + (_EMPTY if not next(state) else "")
        return typed(one)

    rows = row(plan.HEAD)
    for cells in plan.ROWS:
        made = row(cells)
        if cells[0] == "1":
            made = _sdt(
                made, '<w15:repeatingSectionItem xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
            )
        elif cells[0] == "2":
            made = made.replace(tc(cells[3]), _sdt(tc(cells[3])))
        elif cells[0] == "3":
            made = made.replace(p(cells[5]), _sdt(p(cells[5]), '<w:date w:fullDate="2026-06-30T00:00:00Z"/>'))
        rows += made
    return docx(whole(write, table="".join(map(para, plan.ANNEX)) + _sdt(tbl(rows))), filler=False)


def torn_letters() -> bytes:
    """Copied from a page of the web: decomposed letters, hard blanks, soft hyphens, signs without width, a mark of order,
    words cut into runs at their accents."""

    def write(one: Para) -> str:
        words = unicodedata.normalize("NFD", one.typed)
        words = words.replace("hành chính", "hành\u00a0chính") if one.kind == "body" else words
        words = re.sub(r" (?=\w{4})", lambda m: " \u200b", words, count=2)
        words = words.replace("ngh", "ng\u00adh").replace("quy", "q\ufeffuy")
        half = len(words) // 2
        while half < len(words) and not unicodedata.combining(words[half]):
            half += 1
        return para(r("\u2060" + words[:half]), r(words[half:]))

    return docx(whole(write), filler=False)


def notes() -> bytes:
    """Foot- and endnotes, comments of colleagues, and hidden words."""
    state = count(1)

    def write(one: Para) -> str:
        if one.kind == "body" and one.words.startswith("Thực hiện"):
            before, after = one.typed.split(", Ủy ban", 1)
            return para(r(before), r('<w:footnoteReference w:id="2"/>'), r(", Ủy ban" + after))
        if one.kind == "letter":
            n = next(state)
            open_, close = f'<w:commentRangeStart w:id="{n}"/>', f'<w:commentRangeEnd w:id="{n}"/>'
            mark = r(f'<w:commentReference w:id="{n}"/>')
            hidden = r(" (bản cũ: 70%)", "<w:vanish/>")
            return f"<w:p><w:pPr/>{open_}{r(one.typed)}{close}{mark}{hidden if n == 1 else ''}</w:p>"
        if one.kind == "dash" and "thẩm định" in one.words:
            return para(r(one.typed), r('<w:endnoteReference w:id="3"/>'))
        return typed(one)

    foot = f'<w:footnote w:type="separator" w:id="0">{p("")}</w:footnote><w:footnote w:id="2">{para(r("<w:footnoteRef/>"), r(" Nghị quyết ban hành Chương trình tổng thể cải cách hành chính."))}</w:footnote>'
    end = f'<w:endnote w:id="3">{para(r("<w:endnoteRef/>"), r(" Theo hướng dẫn của Bộ Tư pháp."))}</w:endnote>'
    said = "".join(
        f'<w:comment w:id="{n}" w:author="Lan">{p("Đề nghị nâng lên 99%?")}</w:comment>' for n in range(1, 8)
    )
    return docx(whole(write), filler=False, footnotes=foot, endnotes=end, comments=said)


def _field(code: str, result: str, properties: str = "") -> str:
    """A field of several runs, as Word writes it."""
    return (
        r('<w:fldChar w:fldCharType="begin"/>') + r(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + r('<w:fldChar w:fldCharType="separate"/>') + result + r('<w:fldChar w:fldCharType="end"/>')
    )  # fmt: skip


def fields() -> bytes:
    """A table of contents made by Word in a program that gives it no styles, references, links, numbers of pages."""
    heads = [one for one in plan.PARAS if one.kind in ("chapter", "section")]
    entries = []
    for at, one in enumerate(heads):
        link = f'<w:hyperlink w:anchor="_Toc{at}">{r(one.typed)}{r("<w:tab/>")}{_field(f"PAGEREF _Toc{at}", r(str(at + 1)))}</w:hyperlink>'
        begin = (
            r('<w:fldChar w:fldCharType="begin"/>')
            + r('<w:instrText> TOC \\o "1-3" \\h \\z \\u </w:instrText>')
            + r('<w:fldChar w:fldCharType="separate"/>')
        )
        entries.append(para(*([begin] if not at else []), link))
    contents = para("MỤC LỤC") + "".join(entries) + para(r('<w:fldChar w:fldCharType="end"/>'))

    def write(one: Para) -> str:
        if "Nghị quyết số 76/NQ-CP" in one.words:
            before, after = one.typed.split("Nghị quyết số 76/NQ-CP")
            link = _field('HYPERLINK "https://vanban.example/76"', r("Nghị quyết số 76/NQ-CP"))
            return para(r(before), link, r(after))
        if one.kind == "chapter":
            mark = f'<w:bookmarkStart w:id="1" w:name="_Toc1"/>{r(one.typed)}<w:bookmarkEnd w:id="1"/>'
            return f"<w:p><w:pPr/>{mark}</w:p>"
        if "95%" in one.words:
            before, after = one.typed.split("95%")
            return para(r(before), f'<w:fldSimple w:instr=" REF tyle ">{r("95%")}</w:fldSimple>', r(after))
        return typed(one)

    page = f"<w:p><w:pPr/>{_field('PAGE', r('2'))}</w:p>"
    body = letterhead() + title() + contents + "".join(map(write, plan.PARAS)) + signature() + annex()
    return docx(body, filler=False, header1=page)


def contents_in_a_control() -> bytes:
    """A table of contents as a building block, with styles of the program's own and numbers of pages after dots."""
    heads = [one for one in plan.PARAS if one.kind in ("chapter", "section")]
    lines = "".join(para(r(one.typed), r("<w:tab/>"), r(str(at + 1))) for at, one in enumerate(heads))
    block = _sdt(
        para("Mục lục") + lines,
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>',
    )
    return docx(letterhead() + title() + block + "".join(map(typed, plan.PARAS)) + signature() + annex(), filler=False)


def contents_typed() -> bytes:
    """A table of contents somebody typed, with dots and numbers of pages."""
    heads = [one for one in plan.PARAS if one.kind in ("chapter", "section")]
    lines = "".join(para(f"{one.typed}{'.' * 40}{at + 1}") for at, one in enumerate(heads))
    body = letterhead() + title() + para("MỤC LỤC") + lines + "".join(map(typed, plan.PARAS)) + signature() + annex()
    return docx(body, filler=False)


def symbols() -> bytes:
    """Bullets put in from the fonts Symbol and Wingdings: as symbols, as private letters, as letters set in the font."""
    kinds = [
        r('<w:sym w:font="Symbol" w:char="F0B7"/>'),
        r('<w:sym w:font="Wingdings" w:char="F0FC"/>'),
        r("\uf0d8", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        r("Ø", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        r("q", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        r("§", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
    ]
    state = count()

    def write(one: Para) -> str:
        if one.kind == "dash":
            return para(kinds[next(state) % len(kinds)], r(" " + one.words))
        if "không quá 15" in one.words:
            before, after = one.typed.split("không quá ")
            return para(r(before), r('<w:sym w:font="Symbol" w:char="F0A3"/>'), r(" " + after))
        return typed(one)

    return docx(whole(write), filler=False)


def laid_out() -> bytes:
    """The whole plan within a table that only frames the page, the letterhead in a table of its own within it."""
    inner = letterhead() + title() + "".join(map(typed, plan.PARAS)) + signature()
    frame = tbl(tr(tc(inside=inner + p())))
    return docx(frame + p() + annex(), filler=False)


def merged() -> bytes:
    """A head of two rows, cells merged over rows and columns, rows set in from the left, a landscape annex, running heads
    that say goals."""
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    head = tr(
        tc("STT", merge="start"),
        tc("Nội dung nhiệm vụ", merge="start"),
        tc("Sản phẩm", merge="start"),
        tc("Cơ quan thực hiện", span=2),
        tc("Thời gian hoàn thành", merge="start"),
        properties="<w:tblHeader/>",
    )
    head += tr(
        tc(merge="on"),
        tc(merge="on"),
        tc(merge="on"),
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        tc(merge="on"),
        properties="<w:tblHeader/>",
    )
    rows = head
    for cells in plan.ROWS:
        if cells[0] == "1":
            rows += tr(*cells[:3], tc(cells[3], merge="start"), *cells[4:])
        elif cells[0] == "2":
            rows += tr(*cells[:3], tc(merge="on"), *cells[4:])
        elif len(cells) == 2:
            rows += tr(
                tc(f"{cells[0]}. {cells[1]}", span=5),
                properties='<w:gridBefore w:val="1"/><w:wBefore w:w="500" w:type="dxa"/>',
            )
        else:
            rows += row(cells)
    head1 = para("Kế hoạch cải cách hành chính năm 2026: 100% đơn vị thực hiện")
    body = whole(table=para("", properties=section) + annex(rows))
    return docx(body, filler=False, header1=head1)


def lists() -> bytes:
    """Automatic numbers through styles of headings, restarts, a level overridden, legal numbers."""
    levels = level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Heading1"/>')
    levels += level(1, "decimal", "%2.", more='<w:pStyle w:val="Heading2"/>')
    levels += level(2, "lowerLetter", "%3)")
    bullets = level(0, "bullet", "\uf0b7")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2)
    )

    def write(one: Para) -> str:
        if one.kind in ("chapter", "section"):
            return para(one.words, properties=f'<w:pStyle w:val="Heading{1 if one.kind == "chapter" else 2}"/>')
        if one.kind == "letter":
            return para(one.words, properties='<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
        if one.kind == "dash":
            return para(one.words, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>')
        return typed(one)

    number = count(1)
    rows = row(plan.HEAD)
    for cells in plan.ROWS:
        if len(cells) == 2:
            rows += row(cells)
            continue
        # each area has a list of its own that goes on from the last: started by an override
        n = next(number)
        own = tc(inside=para("", properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{20 + n}"/></w:numPr>'))
        rows += tr(own, *cells[1:])
    nums = "".join(
        f'<w:num w:numId="{20 + n}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{n}"/></w:lvlOverride></w:num>'
        for n in range(1, 6)
    )
    made = numbering(levels, bullets, level(0, "decimal", "%1"), nums=nums)
    return docx(whole(write, table=annex(rows)), filler=False, styles=styles, numbering=made)


def old_fonts() -> bytes:
    """A draft of many hands: runs in .VnTime, headings in .VnTimeH, a chapter in VNI-Times, the rest in Unicode."""
    tcvn3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    capitals = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    vni = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
    state = count()

    def write(one: Para) -> str:
        n = next(state)
        if one.kind == "chapter":
            return para(r(one.mark), r(as_tcvn3(one.words.lower()), capitals))
        if "Ủy" in one.words:  # capitals with a tone have no place of their own there
            return typed(one)
        if n % 3 == 0:
            return para(r(as_tcvn3(one.typed), tcvn3))
        if n % 3 == 1:
            cut = one.typed.index(" ", 3)
            return para(r(as_vni(one.typed[:cut]), vni), r(as_vni(one.typed[cut:]), vni + "<w:b/>"))
        cut = one.typed.index(" ", len(one.typed) // 2) if len(one.typed) > 20 else len(one.typed)
        return para(r(one.typed[:cut]), r(as_tcvn3(one.typed[cut:]), tcvn3))

    return docx(whole(write), filler=False)


def google() -> bytes:
    """As Google Docs writes it: an anchor of its own around runs, every list its own, tables without a grid, blanks."""
    levels = "".join(
        level(k, form, f"%{k + 1}{end}")
        for k, (form, end) in enumerate([("upperRoman", "."), ("decimal", "."), ("lowerLetter", ")")])
    )
    anchor = '<w:id w:val="-12"/><w:tag w:val="goog_rdk_0"/>'
    at = {"chapter": 0, "section": 1, "letter": 2}

    def write(one: Para) -> str:
        run = f'<w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">{escape(one.words)}</w:t></w:r>'
        if one.kind in at:
            props = f'<w:numPr><w:ilvl w:val="{at[one.kind]}"/><w:numId w:val="1"/></w:numPr><w:ind w:left="720"/>'
            return para(_sdt(run, anchor) if one.kind == "letter" else run, properties=props)
        if one.kind == "dash":
            return para(run, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>')
        return para(run)

    made = numbering(levels, level(0, "bullet", "●"))
    return docx(whole(write), filler=False, numbering=made)


def wps() -> bytes:
    """As WPS Office writes it: styles named by numbers, lists through them, attributes of its own."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="7"><w:name w:val="gach dau dong"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )

    def write(one: Para) -> str:
        if one.kind == "chapter":
            return para(one.words, properties='<w:pStyle w:val="2"/>')
        if one.kind == "dash":
            return para(one.words, properties='<w:pStyle w:val="7"/>')
        return para(
            r(one.typed, '<w:rFonts w:hint="default" w:ascii="Times New Roman"/><w:lang w:val="vi-VN"/>'),
            properties='<w:pStyle w:val="1"/>',
        )

    made = numbering(
        level(0, "upperRoman", "%1.", more='<w:pStyle w:val="2"/><w:suff w:val="space"/>'), level(0, "bullet", "-")
    )
    return docx(whole(write), filler=False, styles=styles, numbering=made)


def _changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def strict() -> bytes:
    """«Strict Open XML»: other namespaces for the same words."""

    def change(_: str, words: bytes) -> bytes:
        words = words.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        words = words.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        words = words.replace(
            b"http://schemas.openxmlformats.org/drawingml/2006/", b"http://purl.oclc.org/ooxml/drawingml/"
        )
        return words.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/math",
            b"http://purl.oclc.org/ooxml/officeDocument/math",
        )

    return _changed(lists(), change)


def other_prefixes() -> bytes:
    """As programs of the web write it: prefixes of their own."""

    def change(name: str, words: bytes) -> bytes:
        return re.sub(rb"(</?|\s|xmlns:)w(?=[:=])", rb"\1ns0", words) if name == "word/document.xml" else words

    return _changed(usual(), change)


FILES: dict[str, Callable[[], bytes]] = {
    "usual": usual, "boxes": boxes, "tracked changes": tracked, "open insertions": accepted_but_for_new_words,
    "content controls": controls, "torn letters": torn_letters, "notes and comments": notes, "fields": fields,
    "contents in a control": contents_in_a_control, "contents typed": contents_typed, "symbols": symbols,
    "laid out in a table": laid_out, "merged cells": merged, "automatic lists": lists, "old fonts": old_fonts,
    "Google Docs": google, "WPS Office": wps, "strict": strict, "other prefixes": other_prefixes,
}  # fmt: skip
