"""A working half-year, played as people would: each signed in, one after the other, until the report is issued.

The plan is that of tests/sample_day.py; what is expected is written by hand in tests/day_expected.py. The report closes
on 14/6/2024. Everybody records after that day, as offices do: what an entry speaks of decides, not when it was written.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from cchc import worksheets
from cchc.entries import PersonRecord
from cchc.ledger import Ledger
from cchc.reading import read_plan
from cchc.screen import update_file, update_grid
from tests import day_expected as expected
from tests import sample_day
from tests.browser.rig import Server, Visitors, follow, open_cell, pick, settled
from tests.browser.signing_in import open_as, running_provider, serve

JUSTICE, HEALTH, FINANCE, HOME = "an@stp.vn", "binh@syt.vn", "giang@stc.vn", "chi@snv.vn"
PEOPLE = (
    PersonRecord(email="qt@tinh.vn", name="Dũng Quản Trị", role="administrator"),
    PersonRecord(email=JUSTICE, name="Nguyễn Văn An", role="agency_editor", agency="so-tu-phap"),
    PersonRecord(email=HEALTH, name="Lê Bình", role="agency_editor", agency="so-y-te"),
    PersonRecord(email=FINANCE, name="Phạm Giang", role="agency_editor", agency="so-tai-chinh"),
    PersonRecord(email=HOME, name="Trần Thị Chi", role="standing_editor"),
)
PLAN = "binh-duong-15-kh-ubnd-2024"
ON_THE_DAY = f"plan={PLAN}&as_of=2024-06-14"
Enter = Callable[[str], Page]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Server]:
    """A server with the plan, sign-in and an empty ledger of results."""
    plans = sample_day.write(tmp_path / "plans")
    with running_provider() as provider:
        yield from serve(tmp_path, provider, PEOPLE, CCHC_PLANS=str(plans), CCHC_DEMO="", CCHC_LEDGER_URL="")


@pytest.fixture
def enter(visitors: Visitors, office: Server) -> Enter:
    """Somebody sits down, signed in, where nothing is left of who sat there before."""

    def entered(email: str) -> Page:
        visitors.leave()
        return open_as(visitors, office, email)

    return entered


# The ways of a hand on the page


def open_item(page: Page, words: str, agency: str = "") -> None:
    follow(page, f"/cap-nhat?agency={agency}" if agency else "/cap-nhat")
    pick(page, "Danh sách")
    page.get_by_role("link", name=words).click()
    expect(page.locator(".cchc-item-title")).to_contain_text(words)
    settled(page)


def write(page: Page, label: str, text: str) -> None:
    page.get_by_test_id("stForm").get_by_role("textbox", name=label).fill(text)


def write_day(page: Page, label: str, text: str) -> None:
    """Types «20/03/2024» into the field of a date."""
    form = page.get_by_test_id("stForm")
    form.get_by_role("spinbutton", name=f"ngày, {label}").click()
    page.keyboard.type(text.replace("/", ""))
    expect(form.get_by_role("spinbutton", name=f"năm, {label}")).to_have_text(text[-4:])
    page.keyboard.press("Escape")  # the calendar would cover what stands below
    expect(page.get_by_role("dialog")).to_have_count(0)


def save(page: Page, entries: int, new: int = 1) -> Locator:
    """Presses «Lưu»; the history of the item then has so many entries, `new` of them are. Gives the confirmation."""
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.locator(".cchc-history > li")).to_have_count(entries)
    expect(page.get_by_text(f"Đã lưu {new} nội dung lúc")).to_be_visible()
    settled(page)
    return page.locator(".st-key-update_saved_box")


def status(page: Page) -> Locator:
    return page.locator(".cchc-facts")


# What each of them does


def justice(page: Page) -> None:
    """Sở Tư pháp: one task by its form, one in the grid; of others it sees nothing."""
    follow(page, "/cap-nhat")
    expect(page.locator(".cchc-title").first).to_have_text("Cập nhật: Sở Tư pháp")
    expect(page.get_by_text("Chỉ gồm nội dung do Sở Tư pháp chủ trì hoặc phối hợp.")).to_be_visible()
    open_item(page, "Ban hành Kế hoạch rà soát")
    write_day(page, "Ngày hoàn thành *", "20/03/2024")
    write(page, "Sản phẩm đã hoàn thành", "Kế hoạch rà soát")
    write(page, "Số, ký hiệu văn bản", "12/KH-STP")
    write_day(page, "Ngày văn bản", "20/03/2024")
    told = save(page, 2, new=2)
    expect(told).to_contain_text("Người ghi: Nguyễn Văn An")
    expect(told).to_contain_text("Hoàn thành. Ngày hoàn thành: 20/3/2024; Sản phẩm: Kế hoạch rà soát")
    expect(told).to_contain_text("(số liệu ngày 20/3/2024)")
    expect(status(page)).to_contain_text("Hoàn thành trước hạn")
    expect(status(page)).not_to_contain_text("thiếu")

    follow(page, "/cap-nhat")
    pick(page, "Bảng nhập")
    write_row(page, ["31/5/2024", "Báo cáo kiểm tra", "40/BC-STP", "31/5/2024"])
    page.get_by_role("button", name=update_grid.SAVE_ROWS.format(count=1)).click()
    saved = page.locator(".st-key-update_saved_box")
    expect(saved).to_contain_text("Đã lưu 2 nội dung lúc")
    expect(saved).to_contain_text("Kiểm tra công tác ban hành văn bản")
    expect(saved.locator("li").nth(1)).to_contain_text("40/BC-STP")
    expect(saved.locator("li").nth(1)).to_contain_text("(số liệu ngày 31/5/2024)")


def write_row(page: Page, cells: list[str]) -> None:
    """Fills the first row of the grid from «Ngày hoàn thành» on, with the keyboard."""
    editor = open_cell(page, 765, 70)
    for number, text in enumerate(cells):
        if number:
            page.keyboard.press("Enter")
        expect(editor).to_be_visible()
        editor.fill(text)
        page.keyboard.press("Tab")
        expect(editor).to_have_count(0)
    page.wait_for_timeout(500)  # the grid hands on what was typed a moment later, and shows nothing of it
    settled(page)


def health(page: Page) -> None:
    """Sở Y tế: one task twelve days late, one request for more time, one begun."""
    open_item(page, "Rà soát thủ tục hành chính")
    write_day(page, "Ngày hoàn thành *", "12/04/2024")
    save(page, 1)
    expect(status(page)).to_contain_text("Hoàn thành quá hạn 12 ngày")
    open_item(page, "Xây dựng quy trình điện tử")
    pick(page, "Gia hạn")
    expect(page.get_by_text("Văn bản cho phép")).to_have_count(0)  # not for the agency itself
    write_day(page, "Đề nghị gia hạn đến *", "31/08/2024")
    write(page, "Lý do", "Chờ Bộ Y tế hướng dẫn")
    write_day(page, "Ngày số liệu", "20/05/2024")
    expect(save(page, 1)).to_contain_text("Đề nghị gia hạn")
    expect(status(page)).to_contain_text("Đề nghị gia hạn: đến 31/8/2024, chưa có văn bản cho phép")
    expect(status(page)).to_contain_text("Thời hạn: Tháng 5/2024")
    open_item(page, "Tiếp nhận, xử lý phản ánh")
    pick(page, "Bắt đầu")
    write_day(page, "Ngày bắt đầu *", "15/01/2024")
    save(page, 1)


def finance(page: Page, folder: Path, ledger: Path) -> None:
    """Sở Tài chính: its sheet, filled in with three mistakes; refused, handed in again, the good row taken; mended."""
    follow(page, "/cap-nhat")
    pick(page, "Tệp Excel")
    with page.expect_download() as download:
        page.get_by_role("button", name=update_file.EXCEL_BUTTON).click()
    assert re.fullmatch(r"cap-nhat_so-tai-chinh_[\d-]+\.xlsx", download.value.suggested_filename)
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book[worksheets.SHEET]
    columns = {str(cell.value): n for n, cell in enumerate(sheet[1], 1)}
    rows = {str(sheet.cell(r, columns["Nội dung"]).value): r for r in range(2, sheet.max_row + 1)}
    assert len(rows) == 5

    def fill(words: str, **cells: str | None) -> int:
        row = next(r for text, r in rows.items() if text.startswith(words))
        for name, value in cells.items():
            sheet.cell(row, columns[name.replace("_", " ")]).value = value
        return row

    def hand_in(name: str) -> None:
        book.save(folder / name)
        settled(page)  # the uploader may be about to be a new one
        page.locator(".st-key-upload_sheet input[type=file]").set_input_files(folder / name)

    fill("Ban hành Quyết định", Ngày_hoàn_thành="28/3/2024", Sản_phẩm_đã_hoàn_thành="Quyết định giao tự chủ",
         Số_văn_bản="7/QĐ-STC", Ngày_văn_bản="4/4/2024")  # fmt: skip
    wrong_day = fill("Báo cáo giải ngân", Ngày_bắt_đầu="31/4/2024", Ngày_số_liệu="10/6/2024",
                     Ghi_chú="Đang chờ số liệu của Kho bạc")  # fmt: skip
    no_day = fill("Công khai dự toán", Sản_phẩm_đã_hoàn_thành="Thông báo công khai")
    foreign_row = sheet.max_row + 1  # a row of another agency, copied from somewhere
    sheet.cell(foreign_row, columns["Mã"]).value = item_ids()["Kiểm tra công tác ban hành"]
    sheet.cell(foreign_row, columns["Ghi chú"]).value = "Không phải của mình"

    hand_in("lan-1.xlsx")
    problems = page.get_by_role("table", name=update_file.EXCEL_BAD)
    expect(problems.locator("tbody tr")).to_have_count(3)
    shown = {tuple(row.locator("td").all_inner_texts()) for row in problems.locator("tbody tr").all()}
    assert shown == {
        (str(wrong_day), "Báo cáo giải ngân vốn đầu tư công", "Ngày bắt đầu", "Không có ngày này trong lịch."),
        (str(no_day), "Công khai dự toán ngân sách", "Sản phẩm đã hoàn thành",
         "Có sản phẩm nhưng thiếu ngày hoàn thành."),
        (str(foreign_row), "Kiểm tra công tác ban hành văn bản quy phạm pháp luật", "Ghi chú",
         "Nội dung này không do cơ quan của bạn chủ trì hoặc phối hợp."),
    }  # fmt: skip
    page.get_by_role("button", name=update_file.EXCEL_DROP).click()
    expect(problems).to_have_count(0)
    assert written(ledger)[FINANCE] == 0

    hand_in("lan-2.xlsx")
    page.get_by_role("button", name=update_file.EXCEL_TAKE.format(count=1)).click()
    saved = page.locator(".st-key-update_saved_box")
    expect(saved).to_contain_text("Đã lưu 2 nội dung lúc")
    expect(saved.locator("li").nth(1)).to_contain_text("(số liệu ngày 04/4/2024)")
    assert written(ledger)[FINANCE] == 2

    # Mended: the real day of the beginning; what is not finished says nothing; the foreign row is gone.
    fill("Báo cáo giải ngân", Ngày_bắt_đầu="2/4/2024")
    fill("Công khai dự toán", Sản_phẩm_đã_hoàn_thành=None)
    sheet.delete_rows(foreign_row)
    hand_in("lan-3.xlsx")
    expect(page.get_by_role("table", name=update_file.EXCEL_GOOD)).to_contain_text("Đang chờ số liệu của Kho bạc")
    expect(problems).to_have_count(0)
    page.get_by_role("button", name=update_file.EXCEL_TAKE.format(count=1)).click()
    expect(saved).to_contain_text("Ngày bắt đầu: 02/4/2024")
    assert written(ledger)[FINANCE] == 4


def home(page: Page) -> None:
    """Sở Nội vụ: sees who asked for time and grants it, corrects a day, takes out a task, records the targets."""
    follow(page, "/cap-nhat")
    pick(page, "Danh sách")
    row = page.get_by_role("row").filter(has_text="Xây dựng quy trình điện tử")
    expect(row).to_contain_text("Sở Y tế")
    expect(row).to_contain_text("đề nghị gia hạn đến 31/8/2024")
    row.get_by_role("link").first.click()
    expect(page.locator(".cchc-item-title")).to_contain_text("Xây dựng quy trình điện tử")
    settled(page)
    pick(page, "Gia hạn")
    form = page.get_by_test_id("stForm")
    expect(form.get_by_role("textbox", name="Lý do")).to_have_value("Chờ Bộ Y tế hướng dẫn")  # as it was asked
    write(page, "Văn bản cho phép", "815/UBND-KSTT")
    write_day(page, "Ngày văn bản cho phép", "31/05/2024")
    expect(save(page, 2)).to_contain_text("(số liệu ngày 31/5/2024)")
    expect(status(page)).to_contain_text("Thời hạn: 31/8/2024 (gia hạn từ tháng 5/2024)")
    expect(status(page)).not_to_contain_text("Đề nghị gia hạn")

    open_item(page, "Ban hành Quyết định", "so-tai-chinh")
    expect(status(page)).to_contain_text("Hoàn thành trước hạn")
    pick(page, "Đính chính")
    page.get_by_role("combobox", name="Nội dung cần đính chính").click()
    page.get_by_role("option", name=re.compile("Hoàn thành")).click()
    expect(form.get_by_role("textbox", name="Sản phẩm đã hoàn thành")).to_have_value("Quyết định giao tự chủ")
    settled(page)
    write_day(page, "Ngày hoàn thành *", "04/04/2024")
    write(page, "Lý do đính chính", "Quyết định ký ngày 04/4/2024")
    save(page, 3)
    expect(status(page)).to_contain_text("Hoàn thành quá hạn 4 ngày")
    past = page.locator(".cchc-history > li.cchc-past")
    expect(past).to_have_count(1)
    expect(past).to_contain_text("28/3/2024")
    expect(past).to_contain_text("đã được đính chính ở lần ghi số 3")

    open_item(page, "Sắp xếp lại nhà, đất", "so-tai-chinh")
    pick(page, "Không áp dụng")
    write(page, "Lý do", "Nhà, đất đã bàn giao cho Trung ương")
    write_day(page, "Từ ngày *", "02/05/2024")
    save(page, 1)

    for words, value in (
        ("100% văn bản quy phạm pháp luật", {"Kết quả": "100"}),
        ("90% hồ sơ thủ tục hành chính", {"Tử số": "27", "Mẫu số": "60"}),
        ("80% đơn vị sự nghiệp công lập", {"Kết quả": "20"}),
    ):
        follow(page, "/cap-nhat")
        pick(page, "Danh sách")
        pick(page, "Chỉ tiêu (4)")
        page.get_by_role("link", name=words).click()
        expect(page.locator(".cchc-item-title")).to_contain_text(words)
        settled(page)
        form.get_by_role("combobox", name="Kỳ").click()
        page.get_by_role("option", name="6 tháng đầu năm 2024").click()
        for label, text in value.items():
            form.get_by_role("textbox", name=label, exact=True).fill(text)
        expect(save(page, 1)).to_contain_text("(số liệu ngày 14/6/2024)")


# The plan, and the ledger on the disk


def item_ids() -> dict[str, str]:
    """The beginning of each task -> its id, as the reader names it."""
    plan = read_plan(sample_day.TEXT.encode(), sample_day.NAME)
    return {" ".join(task.content.split()[:6]): task.id for task in plan.tasks}


def written(ledger: Path) -> Counter[str]:
    """How many entries about items each of them wrote."""
    with Ledger(ledger) as opened:
        assert opened.verify() == []
        return Counter(e.author for e in opened.since(0) if not e.item_id.startswith("person:"))


# What they read in the end


def texts(locator: Locator) -> list[str]:
    return [re.sub(r"\s+", " ", text).strip() for text in locator.all_inner_texts()]


def dashboard(page: Page) -> None:
    follow(page, f"/?{ON_THE_DAY}")
    cards = page.locator(".cchc-card")
    assert texts(cards) == expected.CARDS
    assert texts(page.locator(".cchc-answer").first)[0] == expected.ANSWER


def scores(page: Page) -> None:
    follow(page, f"/cham-diem?{ON_THE_DAY}")
    table = page.get_by_role("table", name="Xếp hạng cơ quan")
    expect(table).to_be_visible()
    found = [texts(row.locator("td")) for row in table.locator("tbody tr").all()]
    assert [row[:7] for row in found] == expected.RANKING
    expect(page.get_by_text(f"Cách tính: {expected.WHOLE_SCORE}")).to_be_visible()
    table.get_by_role("row").filter(has_text="Sở Tài chính").get_by_role("link", name="Vì sao").click()
    expect(page.get_by_text(f"Cách tính: {expected.FINANCE_SCORE}")).to_be_visible()
    expect(page.get_by_text("kỳ trước (Quý I/2024, 31/3/2024) chưa có điểm")).to_be_visible()  # none done, none overdue
    settled(page)
    items = page.get_by_role("table", name="Từng nhiệm vụ, chỉ tiêu trong điểm").locator("tbody tr")
    assert {tuple(texts(row.locator("td"))[1:4]) for row in items.all()} == expected.FINANCE_ITEMS


def download(page: Page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as given:
        page.get_by_role("button", name=label).click()
    return given.value.suggested_filename, Path(given.value.path()).read_bytes()


def report(page: Page) -> None:
    """The six-month report: on the screen, in Word and in Excel, every number of it."""
    follow(page, f"/bao-cao?plan={PLAN}&report=6-thang&year=2024")
    expect(page.locator(".cchc-report")).to_be_visible()
    on_screen = page.locator(".cchc-report section").first.locator(":scope > p, :scope > h3, :scope > h4")
    assert numbered(texts(on_screen)) == expected.OPENING + expected.CHAPTERS
    shown = [
        [texts(row.locator("th, td")) for row in table.locator("tbody tr").all()]
        for table in page.locator(".cchc-report table").all()
    ]
    assert shown == expected.as_texts()

    name, data = download(page, "Tải Word")
    assert name == "bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.docx"
    word = Document(io.BytesIO(data))
    paragraphs = [re.sub(r"\s+", " ", p.text) for p in word.paragraphs]
    assert numbered(paragraphs) == [expected.TITLE, *expected.OPENING, *expected.CHAPTERS, *expected.ATTACHED]
    tables = [t for t in word.tables if t.style and t.style.name == "Table Grid"]
    assert [[cells(row) for row in t.rows[1:]] for t in tables] == expected.as_texts()

    name, data = download(page, "Tải Excel")
    assert name == "bao-cao-cchc_6-thang-dau-nam-2024_2024-06-14.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = [str(row[1].value) for row in book["Báo cáo"].iter_rows(min_row=7) if row[1].value]
    assert numbered(lines) == expected.CHAPTERS
    assert [sheet.title for sheet in book.worksheets[1:]] == list(expected.TABLES)
    for title, rows in expected.TABLES.items():
        found = [[c for c in row if c is not None] for row in book[title].iter_rows(min_row=4, values_only=True)]
        assert found == [[c for c in row if c not in (None, "")] for row in rows], title


def cells(row: object) -> list[str]:
    """The texts of a row of a Word table; a cell over all columns once."""
    made = [cell.text for cell in row.cells]  # type: ignore[attr-defined]
    return made[:1] if len(made) > 1 and len({id(c._tc) for c in row.cells}) == 1 else made  # type: ignore[attr-defined]


def numbered(lines: list[str]) -> list[str]:
    """The sentences that hold a number (captions of tables and numbers of headings are none)."""
    plain = (line for line in lines if not re.match(r"Bảng \d+\.|\d+\. ", line))
    return [line for line in plain if re.search(r"\d", line)]


def test_a_quarter_from_the_first_entry_to_the_report(office: Server, enter: Enter, tmp_path: Path) -> None:
    ledger = office.log.parent / "data" / "ledger.sqlite"
    justice(enter(JUSTICE))
    health(enter(HEALTH))
    finance(enter(FINANCE), tmp_path, ledger)
    chi = enter(HOME)
    home(chi)
    # An: 2 + 2; Bình: done, asked, begun; Giang: 2 + 2; Chi: granted, corrected, taken out, three values
    assert written(ledger) == {JUSTICE: 4, HEALTH: 3, FINANCE: 4, HOME: 6}
    dashboard(chi)
    scores(chi)
    report(chi)
