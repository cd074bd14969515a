"""«Nhập văn bản» in a real browser: files dropped, what was read put right, recorded, and there on every page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from cchc import words
from cchc.document_entries import DocumentRecord, ReadingRecord
from cchc.entries import Draft
from cchc.importing import CHOICE_LABELS, KIND_LABELS, REPLACE_TWIN, TWIN_LABEL
from cchc.ledger import Ledger
from cchc.screen import import_lot, import_review, loose_view, page_view, source_view
from tests.browser.rig import Server, Visitors, follow, place, press, same_twice, settled, start, turn_to
from tests.formats.raw_pdf import Letters, pdf, text_at

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÂM HẢI
Số: 77/KH-UBND
Lâm Hải, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Cải cách hành chính tỉnh Lâm Hải năm 2026

I. MỤC TIÊU
1. Mục tiêu cụ thể
- 100% hồ sơ thủ tục hành chính được giải quyết đúng hạn.
- {rate}% hồ sơ được nộp trực tuyến.
- Mức độ hài lòng của người dân đạt trên 90%.

II. NHIỆM VỤ
| STT | Nhiệm vụ | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
| 1 | Rà soát thủ tục hành chính nội bộ | Báo cáo | Sở Tư pháp | Sở Nội vụ | Quý II/2026 |
| 2 | Tập huấn nghiệp vụ cho công chức Bộ phận Một cửa | Lớp tập huấn | Sở Nội vụ | UBND cấp xã | Tháng 9/2026 |

III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.
2. Niêm yết đường dây nóng tại nơi tiếp công dân trước ngày 15/3/2026.
{more}
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""
TODAY = dt.date(2026, 1, 15)
HOT_LINE = "Niêm yết đường dây nóng"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, read: Path) -> Iterator[Server]:
    """A server with a ledger of its own: documents are recorded here."""
    yield from start(tmp_path_factory.mktemp("import"), read, CCHC_MAX_MB="1")


@pytest.fixture
def open_page(visitors: Visitors, own_server: Server) -> Callable[..., Page]:
    """Opens an address of that server."""

    def opened(path: str = "/nhap-van-ban", width: int = 1366) -> Page:
        return visitors.open(own_server, path, width=width, height=900)

    return opened


def plan(rate: int = 80, more: str = "") -> bytes:
    return PLAN.format(rate=rate, more=more).encode()


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    expect(row_of(page, files[-1][0])).to_be_visible()
    settled(page)


def row_of(page: Page, name: str) -> Locator:
    return page.locator(".cchc-table tr", has=page.get_by_role("rowheader", name=name, exact=True))


def view(page: Page, name: str) -> None:
    label = import_review.VIEWS[name]
    page.get_by_role("radio", name=label).first.click()
    shown = page.locator(f".cchc-press-list[aria-label='{label}']")
    expect(shown if name in words.KINDS else page.locator(".cchc-press-list")).to_have_count(int(name in words.KINDS))
    settled(page)


def lines(page: Page) -> Locator:
    return page.locator(".cchc-press-list [data-item]")


def text_pane(page: Page) -> Locator:
    return page.locator(".cchc-source.cchc-text")


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def recorded(server: Server) -> list[Any]:
    with Ledger(Path(server.log).parent / "data" / "ledger.sqlite") as ledger:
        return [entry.payload for entry in ledger.since(0)]


def select_words(page: Page, words: str) -> None:
    """Selects the rest of the line that holds the words, as a mouse would."""
    line = text_pane(page).locator("p", has_text=words)
    line.scroll_into_view_if_needed()
    line.evaluate(
        """p => { const range = document.createRange(); range.selectNodeContents(p); const s = getSelection();
        s.removeAllRanges(); s.addRange(range); p.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})) }"""
    )
    page.get_by_role("button", name=source_view.ADD).click()
    expect(page.get_by_text(import_review.ADD_TITLE)).to_be_visible()
    settled(page)


def test_a_plan_is_read_put_right_recorded_and_then_everywhere(
    open_page: Callable[..., Page], own_server: Server
) -> None:
    page = open_page()
    drop(page, ("kế hoạch của tỉnh.txt", plan()), ("ảnh.bin", bytes(range(256)) * 40))
    expect(row_of(page, "kế hoạch của tỉnh.txt")).to_contain_text(KIND_LABELS["new"])
    expect(row_of(page, "kế hoạch của tỉnh.txt")).to_contain_text("3 chỉ tiêu, 2 nhiệm vụ")
    expect(row_of(page, "ảnh.bin")).to_contain_text(KIND_LABELS["unreadable"])
    expect(row_of(page, "ảnh.bin")).to_contain_text("Dữ liệu đã có không thay đổi")
    assert recorded(own_server) == []  # looking stores nothing

    # A field is put right; a deadline nobody understands is said beside its field and loses nothing.
    view(page, "task")
    lines(page).first.click()
    expect(box(page, "Cơ quan chủ trì")).to_have_value("Sở Tư pháp")
    box(page, "Cơ quan chủ trì").fill("Sở Tư pháp\nSở Tài chính")
    box(page, "Thời hạn hiểu là").fill("một hôm đẹp trời")
    press(page, import_review.KEEP)
    expect(page.get_by_role("alert").first).to_contain_text("Không hiểu thời hạn này")
    expect(box(page, "Cơ quan chủ trì")).to_have_value("Sở Tư pháp\nSở Tài chính")
    box(page, "Thời hạn hiểu là").fill("Quý III/2026")
    press(page, import_review.KEEP)
    expect(page.get_by_text(import_review.PENDING.format(count=1))).to_be_visible()

    # A press on marked words opens their item; it is struck, and comes back by one press.
    text_pane(page).locator("a", has_text="Mức độ hài lòng").first.click()
    expect(box(page, "Mức")).to_have_value("90")
    press(page, import_review.STRIKE)
    view(page, "struck")
    expect(text_pane(page).locator("a.cchc-is-target")).to_have_count(2)
    press(page, import_review.RESTORE)
    expect(text_pane(page).locator("a.cchc-is-target")).to_have_count(3)

    # A sentence becomes an item.
    select_words(page, HOT_LINE)
    page.get_by_role("radio", name="Nhiệm vụ", exact=True).click()
    settled(page)
    box(page, "Nội dung").fill(f"Niêm yết đường dây nóng {HOSTILE}")
    box(page, "Cơ quan chủ trì").fill("Văn phòng UBND tỉnh")
    press(page, import_review.ADD_SAVE)
    expect(page.get_by_text(import_review.PENDING.format(count=2))).to_be_visible()
    assert recorded(own_server) == []

    # What is decided about the file stands in its row and on the button at once.
    name = "kế hoạch của tỉnh.txt"
    for choice, offered in (("skip", nothing_to_record()), ("take", "Ghi nhận 1 văn bản")):
        page.get_by_role("radio", name=CHOICE_LABELS[choice]).click()
        settled(page)
        expect(page.get_by_role("button", name=offered)).to_be_visible()
        expect(row_of(page, name)).to_contain_text(CHOICE_LABELS[choice])
    press(page, "Ghi nhận 1 văn bản")
    expect(page.get_by_text("Đã ghi nhận 1 văn bản, 2 chỗ sửa")).to_be_visible()
    document, *corrections = recorded(own_server)
    assert isinstance(document, DocumentRecord)
    assert document.file.name == "kế hoạch của tỉnh.txt"
    assert [c.action for c in corrections if isinstance(c, ReadingRecord)] == ["change", "add"]

    page.get_by_role("link", name="Xem văn bản", exact=True).last.click()
    page.wait_for_url(f"**/van-ban?plan={document.plan}")
    expect(page.locator(".cchc-text")).to_contain_text("Rà soát thủ tục hành chính nội bộ")
    page = open_page("/thoi-han?plan=" + document.plan)
    expect(page.get_by_text("Niêm yết đường dây nóng <img").first).to_be_visible()  # as text: nothing was loaded
    expect(page.get_by_text("Sở Tư pháp; Sở Tài chính").first).to_be_visible()
    for path, said in (("thoi-han", "đã chỉnh sửa"), ("thoi-han", "bổ sung"), ("trach-nhiem", "đã chỉnh sửa")):
        if f"/{path}?" not in page.url:
            follow(page, f"/{path}?plan={document.plan}")
        mark = page.locator(".cchc-corrected", has_text=said).first
        expect(mark).to_be_visible()
        expect(mark).to_have_attribute("title", re.compile(f"^{said} bởi .+ ngày "))


def test_a_new_version_tells_what_changed_and_corrections_stay(
    open_page: Callable[..., Page], own_server: Server
) -> None:
    page = open_page()
    drop(page, ("kế hoạch của tỉnh.txt", plan()))
    expect(row_of(page, "kế hoạch của tỉnh.txt")).to_contain_text(KIND_LABELS["same_file"])
    expect(page.get_by_role("button", name=nothing_to_record())).to_be_disabled()
    press(page, "Bỏ, không ghi nhận")
    expect(row_of(page, "kế hoạch của tỉnh.txt")).to_have_count(0)  # the uploader is a new, empty one
    settled(page)

    drop(page, ("cùng nội dung.txt", plan() + b"\n\n"))
    expect(row_of(page, "cùng nội dung.txt")).to_contain_text(KIND_LABELS["same_document"])
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    press(page, "Bỏ, không ghi nhận")
    expect(row_of(page, "cùng nội dung.txt")).to_have_count(0)
    settled(page)

    drop(page, ("sửa đổi.txt", plan(rate=85, more="3. Sở Y tế công khai giá dịch vụ khám bệnh.")))
    expect(row_of(page, "sửa đổi.txt")).to_contain_text(KIND_LABELS["new_version"])
    expect(row_of(page, "sửa đổi.txt")).to_contain_text(CHOICE_LABELS["replace"])
    expect(page.get_by_text("mức: 80 → 85")).to_be_visible()
    expect(page.get_by_text("Sở Y tế").first).to_be_visible()
    view(page, "task")
    expect(lines(page).first).to_contain_text("đã chỉnh sửa bởi")  # the correction of the first version holds here too
    press(page, "Ghi nhận 1 văn bản")
    expect(page.get_by_text("Đã ghi nhận 1 văn bản")).to_be_visible()
    expect(page.get_by_text(import_lot_out(1))).to_be_visible()

    plan_id = next(p.plan for p in recorded(own_server) if isinstance(p, DocumentRecord))
    follow(page, "/chi-tieu?view=danh-sach&plan=" + plan_id)
    expect(page.get_by_text("85 %").first).to_be_visible()

    # Later, in a session of its own: a recorded document is put right.
    page = open_page("/nhap-van-ban?doc=" + plan_id)
    view(page, "info")
    expect(box(page, "Số, ký hiệu")).to_have_value("77/KH-UBND")
    box(page, "Người ký").fill("Trần Văn Mẫu (đã đối chiếu)")
    press(page, import_review.KEEP)
    press(page, "Ghi nhận 1 chỗ sửa")
    expect(page.get_by_text("Đã ghi nhận 1 chỗ sửa")).to_be_visible()
    follow(page, "/van-ban?plan=" + plan_id)
    expect(page.get_by_text("Trần Văn Mẫu (đã đối chiếu)")).to_be_visible()


def nothing_to_record() -> str:
    return "Không có tệp nào để ghi nhận"


def import_lot_out(count: int) -> str:
    return f"Văn bản đã đưa ra hoặc đã thay ({count})"


def test_fifty_files_in_one_go_on_a_narrow_screen(open_page: Callable[..., Page], own_server: Server) -> None:
    page = open_page(width=390)
    before = len(recorded(own_server))
    drop(page, *((f"kế hoạch {n}.txt", plan().replace(b"77/KH", f"{100 + n}/KH".encode())) for n in range(50)))
    expect(page.locator(".cchc-table tbody tr")).to_have_count(50)
    assert same_twice(page, "document.documentElement.scrollWidth - window.innerWidth") <= 0
    press(page, "Ghi nhận 50 văn bản")
    expect(page.get_by_text("Đã ghi nhận 50 văn bản")).to_be_visible()
    assert len(recorded(own_server)) == before + 50


def test_a_file_that_is_too_large_is_told_beside_good_ones_and_of_two_files_of_one_document_the_chosen_one_is_taken(
    open_page: Callable[..., Page],
) -> None:
    page = open_page()
    told = page.get_by_text("Tệp tô đỏ lớn hơn 1 MB nên không nhận.")
    expect(told).to_be_hidden()
    drop(page, ("quá lớn.txt", b"x" * 1_200_000), ("vừa.txt", plan().replace(b"77/KH", b"303/KH")))
    expect(told).to_be_visible()
    expect(page.locator(".cchc-table tbody tr")).to_have_count(1)
    press(page, "Bỏ, không ghi nhận")
    expect(row_of(page, "vừa.txt")).to_have_count(0)
    settled(page)

    files = [(f"bản {n}.txt", plan(rate=n).replace(b"77/KH", b"301/KH")) for n in (70, 75)]
    drop(page, *files)
    expect(row_of(page, "bản 70.txt")).to_contain_text("301/KH-UBND")  # what document it is, not only which file
    expect(row_of(page, "bản 75.txt")).to_contain_text(TWIN_LABEL)
    expect(row_of(page, "bản 75.txt")).to_contain_text(CHOICE_LABELS["skip"])
    page.get_by_role("link", name="bản 75.txt").click()  # the name opens the file's review
    expect(page.get_by_text(import_lot.WHAT_TO_DO.format(name="bản 75.txt"))).to_be_visible()
    page.get_by_role("radio", name=REPLACE_TWIN).click()
    expect(row_of(page, "bản 70.txt")).to_contain_text(CHOICE_LABELS["skip"])
    expect(row_of(page, "bản 75.txt")).to_contain_text(REPLACE_TWIN)
    settled(page)

    # The lot outlives a look at another page, and a file dropped afterwards joins it.
    turn_to(page, "chi-tieu")
    turn_to(page, "nhap-van-ban")
    expect(row_of(page, "bản 75.txt")).to_contain_text(REPLACE_TWIN)
    drop(page, ("thêm.txt", plan().replace(b"77/KH", b"302/KH")))
    expect(page.locator(".cchc-table tbody tr")).to_have_count(3)


def test_a_correction_whose_item_is_gone_is_shown_and_finds_a_new_place(
    open_page: Callable[..., Page], own_server: Server
) -> None:
    page = open_page()
    drop(page, ("gắn lại.txt", plan().replace(b"77/KH", b"304/KH")))
    press(page, "Ghi nhận 1 văn bản")
    expect(page.get_by_text("Đã ghi nhận 1 văn bản")).to_be_visible()
    document = next(p for p in reversed(recorded(own_server)) if isinstance(p, DocumentRecord))
    record = ReadingRecord(
        action="change", plan=document.plan, sha256=document.file.sha256, item=f"{document.plan}.nffffffff",
        item_kind="task", quote="Một việc mà máy đọc nay không còn thấy", values={"note": "chỗ sửa cũ"}, reason="Sửa",
    )  # fmt: skip
    draft = Draft(item_id=record.own_item, payload=record, author="local", role="administrator", as_of=TODAY)
    with Ledger(Path(own_server.log).parent / "data" / "ledger.sqlite") as ledger:
        ledger.append_all([draft])
    turn_to(page, "van-ban")
    turn_to(page, "nhap-van-ban")
    shelf = page.locator(".cchc-table tr", has=page.get_by_text("304/KH-UBND"))
    expect(shelf).to_contain_text("1 chỗ sửa chưa gắn được")
    follow(page, "/nhap-van-ban?doc=" + document.plan)
    page.get_by_role("radio", name=import_review.VIEWS["loose"]).click()
    expect(page.get_by_text("chỗ sửa cũ")).to_be_visible()
    settled(page)
    page.get_by_label(loose_view.CHOOSE).click()
    page.get_by_role("option", name="Tập huấn nghiệp vụ").click()
    settled(page)
    press(page, loose_view.LINK)
    press(page, "Ghi nhận 1 chỗ sửa")
    expect(page.get_by_role("radio", name=import_review.VIEWS["loose"])).to_have_count(0)
    view(page, "task")
    lines(page).filter(has_text="Tập huấn nghiệp vụ").click()
    expect(box(page, "Ghi chú")).to_have_value("chỗ sửa cũ")


PRINTED = (
    ("ỦY BAN NHÂN DÂN TỈNH LÂM HẢI", "Số: 88/KH-UBND", "Lâm Hải, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH",
     "Cải cách hành chính tỉnh Lâm Hải năm 2026", "I. MỤC TIÊU", "- 90% hồ sơ được giải quyết đúng hạn."),
    ("II. NHIỆM VỤ", "1. Sở Tư pháp rà soát thủ tục hành chính nội bộ trước ngày 15/3/2026.",
     "III. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này."),
)  # fmt: skip


def printed() -> bytes:
    letters = Letters()
    pages = ["".join(text_at(letters, 60, 780 - 30 * n, line, 11) for n, line in enumerate(page)) for page in PRINTED]
    return pdf(pages, letters)


def test_the_printed_page_stands_beside_the_text_and_follows_what_is_chosen(open_page: Callable[..., Page]) -> None:
    page = open_page()
    drop(page, ("bản in.pdf", printed()))
    expect(text_pane(page)).to_contain_text("Sở Tư pháp rà soát")  # a printed text is read first
    page.get_by_role("radio", name=page_view.SIDES["page"]).click()
    settled(page)
    picture = page.get_by_role("img", name=page_view.PAGE_LABEL.format(page=1))
    expect(picture).to_be_visible()
    assert "data:image/png" in (picture.get_attribute("style") or "")
    expect(page.get_by_text(page_view.PAGE_OF.format(page=1, pages=2), exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=page_view.PREVIOUS)).to_be_disabled()
    target = page.locator(".cchc-box.cchc-is-target")
    expect(target).to_have_count(1)

    # The box lies on the line: its height is some letters', its place that of the seventh line.
    paper, mark = place(page.locator(".cchc-paper")), place(target)
    assert abs((mark["y"] + mark["height"] / 2 - paper["y"]) / paper["height"] - (842 - 600 - 4) / 842) < 0.01

    view(page, "duty")
    lines(page).first.click()
    expect(page.get_by_role("img", name=page_view.PAGE_LABEL.format(page=2))).to_be_visible()
    expect(page.locator(".cchc-box.cchc-here")).to_have_count(1)
    press(page, page_view.PREVIOUS)
    expect(page.get_by_role("img", name=page_view.PAGE_LABEL.format(page=1))).to_be_visible()
    page.locator(".cchc-box.cchc-is-target").click()  # a press on the page opens the item
    expect(box(page, "Mức")).to_have_value("90")
    page.get_by_role("radio", name=page_view.SIDES["text"]).click()
    settled(page)
    expect(text_pane(page).locator("a.cchc-here").first).to_be_visible()
