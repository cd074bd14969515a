"""Scans and photographs: tesseract really reads them. Where it is missing these tests fail and say so."""

from __future__ import annotations

import hashlib
import io
import subprocess
from collections.abc import Iterator
from functools import cache

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from cchc.formats import NotAPlan, ocr, read_source, scan
from cchc.formats.limits import Limits, use
from cchc.formats.pdf import page_image
from cchc.formats.printed import Sheet, Word
from cchc.model import Plan, PlanInfo, Task
from cchc.reading import read_plan
from cchc.reading.apart import picture_apart, read_apart
from cchc.reading.scanned import doubted
from cchc.screen import page_view
from cchc.text import folded
from tests.formats import printed_docs as made

MISSING = (
    "Tesseract with Vietnamese data was not found on PATH or named by CCHC_TESSERACT: install tesseract-ocr, "
    "tesseract-ocr-vie and tesseract-ocr-osd (Debian's names) and run the tests again."
)
HEAD = ["STT", "Nội dung, nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
ROWS = [
    ["1", "Rà soát, đơn giản hóa thủ tục hành chính thuộc thẩm quyền giải quyết của tỉnh", "Văn phòng UBND tỉnh",
     "Các sở, ban, ngành", "Quý II/2025"],
    ["2", "Tổ chức tuyên truyền về cải cách hành chính trên báo và đài của tỉnh", "Sở Nội vụ", "Báo Quảng Tân",
     "Tháng 9/2025"],
    ["3", "Kiểm tra công tác cải cách hành chính tại các cơ quan, đơn vị", "Sở Nội vụ", "Thanh tra tỉnh",
     "Quý III/2025"],
]  # fmt: skip
DRAWN = ["I.", "II.", "III.", "IV.", "VI.", "VII.", "VIII.", "1.", "HI"]
GOAL = "- Phấn đấu tối thiểu 95% hồ sơ thủ tục hành chính được giải quyết đúng hạn trong năm 2025."
BODY = (
    made.letterhead()
    + made.para("KẾ HOẠCH", "C")
    + made.para("Cải cách hành chính nhà nước tỉnh Quảng Tân năm 2025", "C")
    + made.para("I. MỤC TIÊU")
    + made.para(GOAL)
    + made.para("II. NHIỆM VỤ")
    + made.table([HEAD, *ROWS], [1.2, 6.3, 3, 3.5, 2.5])
)


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    if not ocr.has_vietnamese():
        pytest.fail(MISSING)


@pytest.fixture(scope="module", autouse=True)
def seen_once(installed: None) -> Iterator[None]:
    """The same dots asked for in the same way are recognised once: lossless files, pages turned upright and copies of a
    page give tesseract the same picture."""
    answers: dict[tuple[object, ...], subprocess.CompletedProcess[bytes]] = {}
    asked = ocr._tesseract

    def answered(picture: Image.Image, *options: str) -> subprocess.CompletedProcess[bytes]:
        dots = hashlib.sha256(picture.tobytes()).digest()
        key = (picture.mode, picture.size, picture.info.get("dpi"), dots, options)
        if key not in answers:
            answers[key] = asked(picture, *options)
        return answers[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "_tesseract", answered)
        yield


@cache
def picture() -> Image.Image:
    """The printed page as a scanner sees it: grey, a little soft."""
    page = pypdfium2.PdfDocument(made.pdf_of(BODY))[0]
    return page.render(scale=300 / 72, grayscale=True).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.8))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def scanned_pdf(*images: Image.Image) -> bytes:
    return saved(images[0], "PDF", resolution=300, save_all=True, append_images=list(images[1:]))


def words_right(text: str) -> float:
    """The share of the document's words that stand in the text, accents and all."""
    wanted = [w.strip(".,;-|") for line in (GOAL, *(" ".join(r[1:]) for r in ROWS)) for w in line.split()]
    there = {w.strip(".,;-|") for w in text.split()}
    return sum(w in there for w in wanted) / len(wanted)


def test_a_scanned_plan_gives_its_items_all_marked_for_review() -> None:
    plan = read_plan(scanned_pdf(picture()), "quet.pdf")
    assert plan.format == "scan"
    assert [t.ordinal for t in plan.tasks] == ["1", "2", "3"]
    assert [folded(t.content) for t in plan.tasks] == [folded(r[1]) for r in ROWS]
    assert [t.value for t in plan.targets] == [95]
    items = [*plan.tasks, *plan.targets, *plan.duties, *plan.measures]
    assert all(i.confidence <= 0.6 and any("bản quét" in r for r in i.reasons) for i in items)
    assert any("cần rà soát" in w for w in plan.warnings)
    assert plan.plan.number == "27/KH-UBND"


@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("JPEG", {"quality": 60}), ("WEBP", {"quality": 60}), ("TIFF", {}), ("BMP", {})]
)
def test_image_files_are_read(kind: str, options: dict[str, object]) -> None:
    source = read_source(saved(picture(), kind, **options), "anh")
    assert source.format == "scan"
    assert words_right(source.text) > 0.95


def test_a_tiff_of_several_pictures_has_pages() -> None:
    source = read_source(saved(picture(), "TIFF", save_all=True, append_images=[picture()]), "anh.tif")
    assert len(source.pages) == 2
    assert source.scanned == (1, 2)
    assert {p.page for p in source.places} == {1, 2}


def test_each_picture_of_a_tiff_is_a_page_that_can_be_looked_at() -> None:
    """Fax, grey and coloured pages of other sizes, as machines of offices make them."""
    frames = [picture().point(lambda grey: 255 if grey > 150 else 0).convert("1"), picture().resize((1240, 1754)),
              Image.new("RGB", (1754, 1240), (200, 30, 30))]  # fmt: skip
    for frame in frames[1:]:
        frame.encoderinfo = {"compression": "tiff_adobe_deflate"}
    data = saved(frames[0], "TIFF", compression="group4", save_all=True, append_images=frames[1:])
    plan = read_apart(data, "quet.tif")
    assert page_view.has_pages(plan) and page_view.page_count(plan) == 3
    assert {place.page for place in plan.places} == {1, 2}
    assert any("Trang 3" in w and "không nhận ra chữ" in w for w in plan.warnings)
    shown = [Image.open(io.BytesIO(picture_apart(data, number, 1200))).convert("L") for number in (1, 2, 3)]
    assert [page.size for page in shown] == [(1200, 1697), (1200, 1697), (1200, 848)]
    dark = [sum(p < 128 for p in page.get_flattened_data()) / (page.width * page.height) for page in shown]
    assert dark[0] > 0.01 and dark[1] > 0.01 and dark[2] == 1.0
    for place in plan.places:  # ink stands where the words are said to be, on each page
        page = shown[place.page - 1]
        sides = (place.left, place.top, place.right, place.bottom)
        box = tuple(round(side * (page.width, page.height)[k % 2]) for k, side in enumerate(sides))
        assert min(page.crop(box).get_flattened_data()) < 150
    with pytest.raises(NotAPlan, match="không có trang 4"):
        picture_apart(data, 4, 600)


@pytest.mark.parametrize("turned", [90, 180, 270, 1.7, -2.2])
def test_pages_that_lie_or_lean_are_set_upright(turned: float) -> None:
    image = picture().rotate(turned, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    data = saved(image, "PNG")
    source = read_source(data, "anh.png")
    assert words_right(source.text) > 0.9
    firsts = [line.split("|")[1].strip() for line in source.text.split("\n") if line.startswith("|")]
    assert firsts == ["STT", "1", "2", "3"]
    small = Image.open(io.BytesIO(page_image(data, 1, 1500)))
    for place in source.places[::3]:  # ink stands where the words are said to be
        box = (
            place.left * small.width,
            place.top * small.height,
            place.right * small.width,
            place.bottom * small.height,
        )
        assert min(small.crop(tuple(map(round, box))).convert("L").get_flattened_data()) < 150


def test_a_scanned_page_among_printed_ones_is_read_and_marked_alone() -> None:
    printed = pypdfium2.PdfDocument(made.pdf_of(BODY.replace("27/KH-UBND", "28/KH-UBND")))
    printed.import_pages(pypdfium2.PdfDocument(scanned_pdf(picture())))
    held = io.BytesIO()
    printed.save(held)
    source = read_source(held.getvalue(), "x.pdf")
    assert source.format == "pdf"
    assert source.scanned == (2,)
    assert "28/KH-UBND" in source.text[: source.pages[1]]
    assert "27/KH-UBND" in source.text[source.pages[1] :]


def test_without_tesseract_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "program", lambda: None)
    for data in (scanned_pdf(picture()), saved(picture(), "PNG")):
        with pytest.raises(NotAPlan, match=r"Tesseract, hiện chưa được cài đặt.*Dữ liệu đã có không thay đổi"):
            read_source(data, "x")


def test_broken_huge_and_empty_pictures_are_refused_in_plain_words() -> None:
    data = saved(picture(), "PNG")
    with pytest.raises(NotAPlan, match="hỏng"):
        read_source(data[: len(data) // 3], "x.png")
    with pytest.raises(NotAPlan, match="Không nhận ra chữ nào"):
        read_source(saved(Image.new("L", (1200, 1700), 255), "PNG"), "x.png")
    with use(Limits(max_pixels=1_000_000)), pytest.raises(NotAPlan, match="Ảnh quá lớn"):
        read_source(data, "x.png")
    with use(Limits(max_pages=1)), pytest.raises(NotAPlan, match="2 trang"):
        read_source(saved(picture(), "TIFF", save_all=True, append_images=[picture()]), "x.tif")


FIGURES = [
    "1",
    "2.",
    "3",
    "IV",
    "5",
    "6",
    "7",
    "8",
    "9",
    "10",
    "11",
    "12",
    "17",
    "21",
    "100",
    "95%",
    "1.1",
    "2.3",
    "II",
]


@pytest.mark.parametrize(("dpi", "lean", "noise"), [(300, 0.0, 8.0), (200, -0.8, 12.0)])
def test_figures_that_stand_alone_in_a_narrow_column_are_read(dpi: int, lean: float, noise: float) -> None:
    """Copies as machines of offices make them: a little askew, grey, grainy, packed hard."""
    rows = [["STT", "Nội dung, nhiệm vụ", "Chủ trì"]]
    rows += [[figure, f"Rà soát thủ tục hành chính lần {k}", "Sở Nội vụ"] for k, figure in enumerate(FIGURES)]
    page = pypdfium2.PdfDocument(made.pdf_of(made.para("PHỤ LỤC", "C") + made.table(rows, [1.4, 10, 4])))[0]
    clean = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    askew = clean.rotate(lean, fillcolor=255, resample=Image.Resampling.BICUBIC)
    dice = np.random.default_rng(1)
    grey = np.asarray(askew) * 0.85 + 25 + dice.normal(0, noise, (askew.height, askew.width))
    copy = Image.fromarray(grey.clip(0, 255).astype("uint8")).filter(ImageFilter.GaussianBlur(0.6))
    text = read_source(saved(copy, "JPEG", quality=45), "x.jpg").text
    firsts = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("|")]
    assert firsts[0] == "STT" and len(firsts) == len(FIGURES) + 1
    wrong = [(wanted, read) for wanted, read in zip(FIGURES, firsts[1:], strict=True) if wanted != read]
    assert len(wrong) <= 1, wrong


def fake_page(picture: Image.Image, number: int) -> ocr.Recognised:
    words = [Word(f"trang-{number}-{k}", 100.0 + 60 * k, 150.0 + 60 * k, 600.0, 20.0) for k in range(3)]
    return ocr.Recognised(Sheet(number, 1000.0, 1400.0, words), 90.0)


def test_pages_there_is_no_time_for_are_named_and_the_others_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[float] = []
    monkeypatch.setattr(scan, "seconds_left", lambda: left.pop(0))
    monkeypatch.setattr(scan, "recognised", fake_page)
    pictures = [picture().resize((300, 424))] * 9
    for data in (saved(pictures[0], "TIFF", save_all=True, append_images=pictures[1:]), scanned_pdf(*pictures)):
        left += [50.0, 25.0, 10.0]  # seconds before the third, the fifth, the seventh page
        source = read_source(data, "x")
        assert "trang-6-2" in source.text and "trang-7" not in source.text
        assert source.scanned == (1, 2, 3, 4, 5, 6)
        assert len(source.pages) == 9
        said = [w for w in source.warnings if "chưa được đọc" in w]
        assert said and "Trang 7-9 " in said[0] and "120 giây" in said[0] and "Hãy tách" in said[0]


def test_a_page_that_cannot_be_recognised_is_named_and_the_others_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(picture: Image.Image, number: int) -> ocr.Recognised:
        if number != 2:
            return fake_page(picture, number)
        raise NotAPlan(ocr.FAILED)

    monkeypatch.setattr(scan, "recognised", failing)
    pictures = [picture().resize((300, 424))] * 3
    source = read_source(scanned_pdf(*pictures), "x")
    assert source.scanned == (1, 3)
    assert any("Trang 2 là ảnh quét, nhận dạng chữ không thành" in w for w in source.warnings)
    monkeypatch.setattr(scan, "recognised", lambda picture, number: failing(picture, 2))
    with pytest.raises(NotAPlan, match="không thành"):
        read_source(scanned_pdf(*pictures), "x")


@pytest.mark.parametrize(
    ("drawn", "read", "said"),
    [
        ("III.", "II.", "III."), ("III.", "HI.", "III."), ("II.", "II.", "II."), ("II.", "I.", "II."),
        ("II.", "H.", "H."), ("VII.", "VII.", "VII."), ("VIII.", "VII.", "VIII."), ("VI.", "VI.", "VI."),
        ("I.", "I.", "I."), ("IV.", "IV.", "IV."),
        ("1.", "1.", "1."), ("HI", "HỘI", "HỘI"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("dpi", [150, 300])
def test_roman_numbers_are_told_by_their_strokes(drawn: str, read: str, said: str, dpi: int) -> None:
    """«H.» drawn as two strokes may be a letter: it is left alone."""
    page = pypdfium2.PdfDocument(made.pdf_of("".join(made.para(f"{n} MỤC TIÊU") for n in DRAWN)))[0]
    text = page.get_textpage()
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.8))
    search = text.search(drawn, match_case=True)
    left, right, top, bottom = 999.0, 0.0, 0.0, 999.0
    index, count = next(
        found
        for found in iter(search.get_next, None)
        if text.get_text_range(*found) == drawn and text.get_text_range(max(found[0] - 1, 0), 1) not in "IV"
    )
    for k in range(index, index + count):
        x0, y0, x1, y1 = text.get_charbox(k)
        left, right, top, bottom = min(left, x0), max(right, x1), max(top, y1), min(bottom, y0)
    scale, high = dpi / 72, page.get_height()
    box = (left * scale - 1, (high - top) * scale - 1, right * scale + 1, (high - bottom) * scale + 1)
    assert ocr._numeral(read, picture, box) == said


@pytest.mark.parametrize(
    ("text", "sure", "sure_line", "kept"),
    [
        ("1/2026", 15.0, True, True), ("QUYỀN", 16.0, True, True), ("95%", 10.0, True, True), ("Sở", 50.0, False, True),
        ("1/2026", 15.0, False, False), ("xzq", 15.0, True, False), ("~", 90.0, True, True), ("~", 40.0, True, False),
        ("-", 30.0, False, True), ("an", 10.0, True, False),
    ],
)  # fmt: skip
def test_unsure_words_are_kept_in_lines_of_words(text: str, sure: float, sure_line: bool, kept: bool) -> None:
    assert ocr._is_word(text, sure, ocr._LEAST, sure_line) is kept


@pytest.mark.parametrize(
    ("read", "meant"),
    [("I1", "11"), ("l0", "10"), ("1.l", "1.1"), ("9O%", "90%"), ("lÏ", "II"), ("l", "1"), ("II", "II"), ("I", "I"),
     ("%", "%"), ("IV", "IV"), ("a)", "a)"), ("x", "x"), ("1a", "1a")],
)  # fmt: skip
def test_strokes_among_figures_are_ones(read: str, meant: str) -> None:
    assert ocr._figure(read) == meant


def task(ordinal: str, start: int) -> Task:
    return Task(id=str(start), ordinal=ordinal, content=f"Nhiệm vụ ở {start}", start=start, end=start + 5)


@pytest.mark.parametrize(
    ("ordinals", "named"),
    [
        (["1", "2", "3", "1", "2"], []),
        (["1.", "2.", "3.", "4."], []),
        (["1.1", "1.2", "2.1", "2.2"], []),
        (["1", "", "3", "4"], [10]),
        (["1", "2", "8", "4"], [20, 30]),
        (["1", "2", "4", "5"], [20]),
        (["1", "2", "S", "4"], [20]),
        (["", "", "", "4"], []),  # a table without numbers
        (["a", "b", "c"], []),
    ],
)
def test_gaps_in_the_numbers_of_scanned_rows_are_named(ordinals: list[str], named: list[int]) -> None:
    tasks = tuple(task(ordinal, 10 * k) for k, ordinal in enumerate(ordinals))
    plan = Plan(name="x", plan=PlanInfo(id="x"), tasks=tasks, text="x" * 60, format="scan", pages=(0, 25))
    said = doubted(plan, frozenset({1, 2})).warnings
    assert len(said) == bool(named)
    for warning in said:
        assert [start for start in range(0, 50, 10) if f"«Nhiệm vụ ở {start}»" in warning] == named
        assert f" {len(named)} dòng" in warning
    assert doubted(plan, frozenset()).warnings == ()
