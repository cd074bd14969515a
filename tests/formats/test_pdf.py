"""PDF with text: what is printed on the pages, in reading order, with its place."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from cchc.formats import NotAPlan, read_source
from cchc.formats.limits import Limits, use
from cchc.formats.pdf import page_image, read_pdf
from cchc.formats.suite import converted
from cchc.reading import read_plan
from tests.formats import printed_docs as made
from tests.formats.raw_pdf import WIDE, Bytes, Letters, pdf, text_at, with_notes
from tests.formats.typed import as_tcvn3, as_vni

LONG = (
    "Tổ chức rà soát, đánh giá các thủ tục hành chính thuộc thẩm quyền giải quyết, đề xuất phương án cắt giảm thời "
    "gian và chi phí tuân thủ cho người dân, doanh nghiệp trên địa bàn tỉnh, bảo đảm đúng quy định của pháp luật"
)
HEAD = ["STT", "Nội dung, nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]
WIDTHS = [1.2, 6.3, 3, 3.5, 2.5]
WORDS = "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh Quảng Tân phấn đấu đạt 95%"


def task(number: int, content: str = LONG) -> list[str]:
    lead = "Sở Nội vụ" if number % 2 else "Văn phòng UBND tỉnh"
    return [str(number), f"{content} lần {number}", lead, "Các sở, ban, ngành", f"Tháng {number % 12 + 1}/2025"]


def rows_of(text: str) -> list[list[str]]:
    return [[c.strip() for c in line.strip("|").split("|")] for line in text.split("\n") if line.startswith("|")]


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.startswith("|")]


GOALS = [f"{k}. {LONG}; phấn đấu đạt tối thiểu {60 + k}% trong năm 2025." for k in range(1, 25)]
OPENING = (
    "Thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"
)
NOTE = "Nghị quyết ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021-2030."
BODY = (
    made.letterhead()
    + made.para("KẾ HOẠCH", "C")
    + made.para("Cải cách hành chính nhà nước tỉnh Quảng Tân năm 2025", "C")
    + made.para(OPENING, note=NOTE)
    + made.para("I. MỤC TIÊU")
    + "".join(map(made.para, GOALS))
    + made.para("II. NHIỆM VỤ")
    + made.table([HEAD, *map(task, range(1, 26))], WIDTHS)
    + made.para("Nơi nhận:", "T")
    + made.para("PHỤ LỤC", "LB")
    + made.table([HEAD, *[task(k, "Xây dựng kế hoạch tuyên truyền") for k in range(1, 9)]], [1.5, 10, 4, 5, 4])
)
FOOT = "Kế hoạch cải cách hành chính 2025 - tỉnh Quảng Tân"


@pytest.fixture(scope="module")
def printed() -> bytes:
    return made.pdf_of(BODY, FOOT)


def test_paragraphs_are_whole_also_over_the_end_of_a_page(printed: bytes) -> None:
    source = read_pdf(printed)
    lines = lines_of(source.text)
    assert [line for line in lines if line in GOALS] == GOALS
    assert OPENING in lines


def test_the_letterhead_is_read_column_by_column(printed: bytes) -> None:
    assert lines_of(read_pdf(printed).text)[:8] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH QUẢNG TÂN",
        "Số: 27/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Tân, ngày 15 tháng 01 năm 2025",
        "KẾ HOẠCH",
        "Cải cách hành chính nhà nước tỉnh Quảng Tân năm 2025",
    ]
    info = read_plan(printed, "x.pdf").plan
    assert (info.number, str(info.issued_on), info.year) == ("27/KH-UBND", "2025-01-15", 2025)


def test_page_numbers_and_running_feet_are_left_out_footnotes_stand_at_the_end(printed: bytes) -> None:
    source = read_pdf(printed)
    assert len(source.pages) >= 8
    assert not [line for line in lines_of(source.text) if line.strip().isdigit()]
    assert FOOT not in source.text
    assert lines_of(source.text)[-1] == f"1 {NOTE}"


def test_a_table_over_several_pages_is_one_with_one_heading(printed: bytes) -> None:
    rows = rows_of(read_pdf(printed).text)
    first = rows[: rows.index(HEAD, 1)]
    assert first == [HEAD, *map(task, range(1, 26))]  # rows split by the end of a page are whole
    assert [r[0] for r in rows[len(first) :]] == ["STT", *map(str, range(1, 9))]  # the landscape appendix


def test_every_task_of_the_pages_is_read(printed: bytes) -> None:
    plan = read_plan(printed, "x.pdf")
    assert plan.format == "pdf"
    assert len(plan.tasks) == 25 + 8
    assert {t.lead for t in plan.tasks} == {("Sở Nội vụ",), ("Văn phòng UBND tỉnh",)}
    assert sorted(t.value for t in plan.targets if t.value is not None) == [60 + k for k in range(1, 25)]


def test_places_cover_the_text_and_stay_on_the_page(printed: bytes) -> None:
    source = read_pdf(printed)
    for place in source.places:
        assert source.text[place.start : place.end].strip()
        assert 0 <= place.left < place.right <= 1
        assert 0 <= place.top < place.bottom <= 1
    covered = sum(p.end - p.start for p in source.places)
    assert covered > 0.9 * len(source.text)
    document = pypdfium2.PdfDocument(printed)
    for place in source.places[::40]:  # the file shows those words there
        page = document[place.page - 1]
        width, height = page.get_size()
        box = (
            place.left * width - 1,
            (1 - place.bottom) * height - 1,
            place.right * width + 1,
            (1 - place.top) * height,
        )
        there = page.get_textpage().get_text_bounded(*box)
        wanted = source.text[place.start : place.end]
        assert "".join(wanted.split()) in "".join(unicodedata.normalize("NFC", there).split())


def test_pages_begin_where_their_first_words_stand(printed: bytes) -> None:
    source = read_pdf(printed)
    assert source.pages[0] == 0
    assert list(source.pages) == sorted(source.pages)
    first = {}
    for place in source.places:
        first.setdefault(place.page, place.start)
    assert [first[k + 1] for k in range(1, len(source.pages))] == list(source.pages[1:])


def test_merged_cells_say_the_same_for_each_row() -> None:
    rows = [HEAD, task(1), task(2), task(3), ["II. CẢI CÁCH THỂ CHẾ"], task(4)]
    rows[2][2] = rows[3][2] = "^"
    read = rows_of(read_pdf(made.pdf_of(made.para(WORDS) + made.table(rows, WIDTHS))).text)
    assert [r[2] for r in read[1:4]] == ["Sở Nội vụ"] * 3
    assert read[4] == ["II. CẢI CÁCH THỂ CHẾ", "", "", "", ""]
    assert read[5][0] == "4"


def test_a_table_without_ruled_lines_is_read_by_its_columns() -> None:
    rows = [
        HEAD,
        *[task(k, "Xây dựng kế hoạch tuyên truyền cải cách hành chính trên địa bàn tỉnh") for k in range(1, 9)],
    ]
    body = (
        made.para(WORDS)
        + made.table(rows, WIDTHS, ruled=False)
        + made.para("Trên đây là Kế hoạch cải cách hành chính.")
    )
    source = read_pdf(made.pdf_of(body))
    assert rows_of(source.text) == rows
    assert lines_of(source.text) == [WORDS, "Trên đây là Kế hoạch cải cách hành chính."]


def test_paragraphs_of_a_cell_are_kept_apart() -> None:
    rows = [HEAD, ["1", LONG, "Sở Nội vụ", "- Sở Tư pháp\n- Sở Tài chính\n- Công an tỉnh", "Quý I/2025"]]
    plan = read_plan(made.pdf_of(made.letterhead() + made.para(WORDS) + made.table(rows, WIDTHS)), "x.pdf")
    assert [t.support for t in plan.tasks] == [("Sở Tư pháp", "Sở Tài chính", "Công an tỉnh")]


LETTERS = Letters()


@pytest.mark.parametrize(("rotate", "turned"), [(0, False), (90, True), (180, False), (270, False), (0, True)])
def test_turned_pages_are_read_upright(rotate: int, turned: bool) -> None:
    letters = Letters()
    content = "".join(
        text_at(letters, 60 + 20 * k if turned else 60, 60 if turned else 780 - 20 * k, words, turned=turned)
        for k, words in enumerate([WORDS[:50], WORDS[50:], "Hết."])
    )
    source = read_pdf(pdf([content], letters, rotate=rotate))
    assert "".join(source.text.split()) == "".join((WORDS + "Hết.").split())
    shown = Image.open(io.BytesIO(page_image(pdf([content], letters, rotate=rotate), 1, 600))).convert("L")
    for place in source.places:  # the picture shows ink there
        box = (
            place.left * shown.width,
            place.top * shown.height,
            place.right * shown.width,
            place.bottom * shown.height,
        )
        assert min(shown.crop(tuple(map(round, box))).get_flattened_data()) < 150


def test_torn_accents_and_ligatures_are_put_together() -> None:
    letters = Letters()
    apart = unicodedata.normalize("NFD", WORDS)
    x, content = 40.0, ""
    for char in apart:  # each sign set by itself, accents over the letter before
        if unicodedata.combining(char):
            content += text_at(letters, x - WIDE * 9, 700, char, 9)
        else:
            content += text_at(letters, x, 700, char, 9)
            x += WIDE * 9
    content += text_at(letters, 40, 660, "Sở Nội vụ ﬁn ﬂoor", 9)
    assert read_pdf(pdf([content], letters, box="0 0 900 842")).text.split("\n")[:2] == [WORDS, "Sở Nội vụ fin floor"]


@pytest.mark.parametrize(
    ("above", "below", "parted"),
    [
        ("bố trí kinh phí từ nguồn ngân sách nhà nước hằng năm.", "PHỤ LỤC", True),
        ("các sở, ban, ngành có trách nhiệm tổ chức thực hiện;", "III. TỔ CHỨC THỰC HIỆN", True),
        ("các cơ quan, đơn vị, địa phương báo cáo định kỳ:", "PHÂN CÔNG NHIỆM VỤ", True),
        ("Giao Văn phòng tham mưu, trình lãnh đạo của", "UBND", False),
        ("bố trí kinh phí từ nguồn ngân sách nhà nước hằng năm.", "Việc thực hiện do Sở Tài chính theo dõi.", False),
    ],
)
def test_capitals_after_a_sentence_that_fills_its_line_are_a_heading(above: str, below: str, parted: bool) -> None:
    letters = Letters()
    content = "".join(text_at(letters, 60, 700 - 16 * k, words, 9) for k, words in enumerate([above, below]))
    said = read_pdf(pdf([content], letters)).text.strip()
    assert said == (f"{above}\n{below}" if parted else f"{above} {below}")


@pytest.mark.parametrize(
    ("above", "below", "parted"),
    [
        ("Các cơ quan, đơn vị gửi báo cáo kết quả thực hiện trước tháng", "06. Sở Nội vụ tổng hợp.", False),
        ("Thời gian chờ của người dân đến làm thủ tục tại nơi tiếp nhận không quá", "15 phút một lượt.", False),
        ("Ủy ban nhân dân xã thực hiện chế độ báo cáo theo quy định tại", "Điều 5 Quy chế này.", False),
        ("Hồ sơ được trả lại theo trường hợp quy định ở khoản 2 điểm", "a) nêu trên.", False),
        ("Năm 2025 toàn tỉnh giảm được số cuộc họp của các cơ quan xuống còn", "12. Việc này do Văn phòng lo.", False),
        ("Các cơ quan, đơn vị gửi báo cáo kết quả thực hiện hằng tháng;", "06. Sở Nội vụ tổng hợp.", True),
        ("Nâng cao trách nhiệm người đứng đầu trong công tác cải cách hành chính", "2. Rà soát văn bản.", True),
        ("Công khai thủ tục hành chính tại nơi tiếp nhận hồ sơ, trên trang thông tin", "b) Rà soát văn bản.", True),
    ],
)
def test_a_line_that_begins_like_an_item_and_completes_a_sentence(above: str, below: str, parted: bool) -> None:
    letters = Letters()
    content = "".join(text_at(letters, 60, 700 - 16 * k, words, 9) for k, words in enumerate([above, below]))
    said = read_pdf(pdf([content], letters)).text.strip()
    assert said == (f"{above}\n{below}" if parted else f"{above} {below}")


def test_words_parted_by_place_alone_and_torn_blanks() -> None:
    letters = Letters()
    x, content = 40.0, ""
    for word in WORDS.split():  # no blanks in the file at all
        content += text_at(letters, x, 700, word, 9)
        x += WIDE * 9 * (len(word) + 1)
    assert read_pdf(pdf([content], letters, box="0 0 900 842")).text.strip() == WORDS
    letters = Letters()
    x, content = 40.0, ""
    for word in WORDS.split():  # a blank after each letter, set under the next one
        for char in word:
            content += text_at(letters, x, 700, char + " ", 9)
            x += WIDE * 9
        x += WIDE * 9
    assert read_pdf(pdf([content], letters, box="0 0 900 842")).text.strip() == WORDS


# Lines that end in a letter with the code of the soft hyphen (ư in TCVN3), in a hyphen, in a dash.
OLD_LINES = [
    "Kế hoạch cải cách hành chính nhà nước năm 2025 của tỉnh như",
    "sau: phấn đấu giải quyết thủ tục - đạt tỷ lệ 95% hồ sơ thư",
    "từ đúng hạn, các ngành Tài chính -",
    "Kế hoạch và xã hội, xếp thứ 5 trên cả nước về kinh tế-",
    "xã hội.",
]
OLD_TEXT = " ".join(OLD_LINES)


def old_page(font: str, typed: Callable[[str], str], bare: bool = False) -> bytes:
    letters = Letters() if not bare else Bytes()
    content = "".join(text_at(letters, 40, 700 - 14 * k, typed(line), 9) for k, line in enumerate(OLD_LINES))
    return pdf([content], letters, font=font)


@pytest.mark.parametrize("bare", [False, True], ids=["told in Unicode", "codes alone"])
@pytest.mark.parametrize(
    ("font", "typed", "said"),
    [
        ("VNI-Times", as_vni, "VNI"),
        ("ABCDEF+VNI-Helve-Condense", as_vni, "VNI"),
        ("Lost1", as_vni, "VNI"),
        (".VnTime", as_tcvn3, "TCVN3"),
        ("ABCDEF+.VnArial", as_tcvn3, "TCVN3"),
        ("Lost2", as_tcvn3, "TCVN3"),
    ],
)
def test_old_fonts_are_read_by_their_names_or_by_what_they_say(
    font: str, typed: Callable[[str], str], said: str, bare: bool
) -> None:
    source = read_pdf(old_page(font, typed, bare))
    assert source.text.replace("\n", " ").strip() == OLD_TEXT
    assert [w for w in source.warnings if said in w and "cần xem lại dấu" in w] == list(source.warnings) != []


def test_an_old_font_of_capitals_shows_all_its_letters_so() -> None:
    source = read_pdf(old_page("ABCDEF+.VnTimeH", as_tcvn3))
    assert source.text.replace("\n", " ").strip() == OLD_TEXT.upper()


@pytest.mark.parametrize("font", ["VNI-Times", ".VnTime", ".VnTimeH", "Courier"])
def test_unicode_is_not_converted_whatever_its_font_is_called(font: str) -> None:
    source = read_pdf(old_page(font, str))
    assert source.text.replace("\n", " ").strip() == OLD_TEXT
    assert source.warnings == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog", "bị hỏng"),
        (pdf([], LETTERS), "không có trang|bị hỏng"),
        (pdf([""], LETTERS), "không có chữ"),
    ],
)
def test_broken_and_empty_files_are_refused_in_plain_words(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan, match=said) as refused:
        read_source(data, "x.pdf")
    assert "Dữ liệu đã có không thay đổi" in str(refused.value)


def test_a_truncated_file_gives_what_is_left_or_a_message(printed: bytes) -> None:
    for share in (0.3, 0.6, 0.95):
        try:
            source = read_source(printed[: int(len(printed) * share)], "x.pdf")
        except NotAPlan as refused:
            assert re.search("hỏng|tải về chưa đủ", str(refused))
        else:
            assert source.text.strip()


def test_a_file_with_a_password_is_refused_in_plain_words() -> None:
    options = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"bi-mat"}}'
    )
    locked = converted(WORDS.encode(), "txt", options)
    with pytest.raises(NotAPlan, match="mật khẩu"):
        read_source(locked, "x.pdf")


def test_a_file_of_5000_pages_is_refused_before_it_is_read() -> None:
    letters = Letters()
    many = pdf([text_at(letters, 60, 700, WORDS)] * 5000, letters)
    with pytest.raises(NotAPlan, match=r"5\.000 trang"):
        read_source(many, "x.pdf")
    with use(Limits(max_pages=2)), pytest.raises(NotAPlan, match="3 trang"):
        read_source(pdf([text_at(letters, 60, 700, WORDS)] * 3, letters), "x.pdf")


@pytest.mark.parametrize("second", ["", None, "<< /Type /Page"], ids=["empty", "missing", "damaged"])
def test_every_page_counts_also_one_that_cannot_be_read(second: str | None) -> None:
    letters = Letters()
    pages = [text_at(letters, 60, 700, f"{words} {k}%.") for k, words in enumerate(["Phấn đấu đạt", "", "Đạt"], 91)]
    pages[1] = ""
    data = pdf(pages, letters)
    if second != "":
        at = data.index(b"7 0 obj")  # the second page
        end = data.index(b"endobj", at)
        data = data[:at] + b"7 0 obj " + (second or "null").encode().ljust(end - at - 8) + data[end:]
    plan = read_plan(data, "x.pdf")
    assert len(plan.pages) == 3
    assert plan.page_of(plan.text.index("91%")) == 1
    assert plan.page_of(plan.text.index("93%")) == 3
    assert {p.page for p in plan.places} == {1, 3}
    assert [w for w in plan.warnings if "Trang 2 " in w and "đối chiếu với bản gốc" in w]


@pytest.mark.parametrize("blank", [1, 3])
def test_an_empty_page_at_the_front_or_the_end_counts(blank: int) -> None:
    letters = Letters()
    pages = [text_at(letters, 60, 700, f"{WORDS[:60]} {k}") for k in (1, 2, 3)]
    pages[blank - 1] = ""
    source = read_pdf(pdf(pages, letters, box="0 0 900 842"))
    assert len(source.pages) == 3
    assert [p.page for p in source.places] == [k for k in (1, 2, 3) if k != blank]


def test_page_image_shows_a_page(printed: bytes) -> None:
    image = Image.open(io.BytesIO(page_image(printed, 1, 800)))
    assert image.format == "PNG"
    assert image.width == pytest.approx(800, abs=2)
    with pytest.raises(IndexError):
        page_image(printed, 99, 800)
    with pytest.raises(NotAPlan):
        page_image(b"%PDF-1.4 nothing", 1, 800)


def test_notes_and_filled_in_fields_are_named_not_read() -> None:
    letters = Letters()
    page = pdf([text_at(letters, 100, 700, "Đạt 90% hồ sơ đúng hạn")], letters)
    notes = [("Text", "Sửa thành 95%"), ("FreeText", "Đã trình"), ("Highlight", "hỏi lại"), ("Highlight", "hỏi lại")]
    nothing = [("Link", "trang chủ"), ("Text", ""), ("Popup", "Sửa thành 95%")]
    fields = [("Tx", "Sở Nội vụ"), ("Tx", ""), ("Btn", "Yes"), ("Sig", "")]
    source = read_pdf(with_notes(page, [*notes, *nothing], fields))
    assert source.text == "Đạt 90% hồ sơ đúng hạn\n"
    (said,) = source.warnings
    assert said.startswith("Trang 1: ")
    assert re.findall("«(.*?)»", said) == ["Sửa thành 95%", "Đã trình", "hỏi lại", "Sở Nội vụ"]
    assert read_pdf(with_notes(page, nothing, [("Tx", "")])).warnings == read_pdf(page).warnings == ()


def test_many_and_long_notes_are_named_in_short() -> None:
    letters = Letters()
    page = pdf([text_at(letters, 100, 700, "Kế hoạch")], letters)
    (said,) = read_pdf(with_notes(page, [("Text", f"{n} " + "dài " * 500) for n in range(400)])).warnings
    assert len(said) < 6000
    assert "380 chữ ghi chú" in said
