"""Signing in with OpenID Connect, in a real browser against a real (mock) provider; who may then do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from cchc import demo
from cchc.engine import Engine
from cchc.entries import Draft, PersonRecord, person_item
from cchc.items import from_catalog
from cchc.ledger import Ledger
from tests.browser.rig import Server, Visitors, follow, go, pick, press, settled, turn_to
from tests.browser.signing_in import cookies, open_as, running_provider, serve, sign_in

PEOPLE = (
    PersonRecord(email="qt@tinh.vn", name="Dũng Quản Trị", role="administrator"),
    PersonRecord(email="snv@tinh.vn", name="Chi Nội Vụ", role="standing_editor"),
    PersonRecord(email="stp@tinh.vn", name="An Tư Pháp", role="agency_editor", agency="so-tu-phap"),
    PersonRecord(email="xem@tinh.vn", name="Xuân Xem", role="viewer"),
    PersonRecord(email="cu@tinh.vn", name="Em Cũ", role="administrator", active=False),
)
ASKED = "Cần đăng nhập để xem"
UNKNOWN = "Tài khoản này chưa được phân quyền. Hãy liên hệ người quản trị."
NOTE = "Ghi chú, vướng mắc"
SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider() as address:
        yield address


@pytest.fixture(scope="module")
def office_server(tmp_path_factory: pytest.TempPathFactory, provider: str, read: Path) -> Iterator[Server]:
    """A server with sign-in where everybody may read."""
    yield from serve(tmp_path_factory.mktemp("open"), provider, PEOPLE, read)


@pytest.fixture(scope="module")
def closed_server(tmp_path_factory: pytest.TempPathFactory, provider: str, read: Path) -> Iterator[Server]:
    """A server where reading needs sign-in."""
    yield from serve(tmp_path_factory.mktemp("closed"), provider, PEOPLE, read, CCHC_READ="signin")


@pytest.fixture
def opened(visitors: Visitors) -> SignIn:
    """Opens an address in a session of its own, signed in as somebody when an address of a person is given."""

    def session(server: Server, path: str = "/", email: str = "") -> Page:
        return open_as(visitors, server, email, path) if email else visitors.open(server, path)

    return session


@pytest.fixture
def by_hand(visitors: Visitors) -> SignIn:
    """Signs in at the provider, on the first page of a server."""

    def session(server: Server, email: str) -> Page:
        page = visitors.open(server, person=email)
        sign_in(page, server, email)
        return page

    return session


def account(page: Page) -> str:
    """The words of the account's menu."""
    page.locator(".st-key-account").get_by_test_id("stPopoverButton").click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body).to_be_visible()
    settled(page)
    said = body.inner_text()
    page.keyboard.press("Escape")
    return said


def test_reading_is_open_and_recording_asks_for_sign_in(office_server: Server, opened: SignIn) -> None:
    page = opened(office_server)
    expect(page.locator(".cchc-cards")).to_be_visible()
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stTopNavLink").filter(has_text="Quản trị")).to_have_count(0)
    go(page, "/quan-tri")  # typed: no link leads there
    expect(page.get_by_text("Hãy đăng nhập để thực hiện việc này.")).to_be_visible()
    expect(page.get_by_text("Người dùng và quyền")).to_have_count(0)
    assert office_server.get("/api/tasks.csv")[0] == 200


def test_who_signs_in_is_known_with_role_and_agency(office_server: Server, by_hand: SignIn) -> None:
    page = by_hand(office_server, "stp@tinh.vn")
    kept = {cookie["name"] for cookie in page.context.cookies(office_server.url)}
    assert {cookie["name"] for cookie in cookies(office_server, "stp@tinh.vn")} <= kept  # what `opened` begins with
    said = account(page)
    for words in ("stp@tinh.vn", "Người cập nhật của cơ quan", "Sở Tư pháp"):
        assert words in said
    follow(page, "/quan-tri")
    expect(page.get_by_text("Chỉ người quản trị được phân quyền.")).to_be_visible()


def test_a_stranger_reads_but_is_told_that_nothing_more_is_allowed_and_gets_no_form(
    office_server: Server, by_hand: SignIn, documents: Engine
) -> None:
    page = by_hand(office_server, "la@noikhac.vn")
    expect(page.locator(".cchc-cards")).to_be_visible()
    assert UNKNOWN in account(page)
    follow(page, "/quan-tri")
    expect(page.get_by_text(UNKNOWN)).to_be_visible()
    follow(page, f"/cap-nhat?item={tasks_of(documents, 'so-tu-phap', True)[0]}")
    expect(page.get_by_text("Chỉ xem, không ghi được.").first).to_be_visible()
    gets_no_form(page)


def test_signing_out_ends_the_rights(office_server: Server, by_hand: SignIn) -> None:
    page = by_hand(office_server, "qt@tinh.vn")
    turn_to(page, "quan-tri")
    expect(page.get_by_text("Người dùng và quyền")).to_be_visible()
    page.locator(".st-key-account").get_by_test_id("stPopoverButton").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/oauth2/end_session**")  # the provider asks whether its own session ends as well
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "_streamlit_user"]
    go(page, f"{office_server.url}/quan-tri")
    expect(page.get_by_text("Hãy đăng nhập để thực hiện việc này.")).to_be_visible()


def test_an_administrator_gives_a_right_that_holds_at_once(office_server: Server, opened: SignIn) -> None:
    stranger = opened(office_server, "/", "moi@tinh.vn")
    assert UNKNOWN in account(stranger)
    page = opened(office_server, "/quan-tri", "qt@tinh.vn")
    page.get_by_label("Địa chỉ thư dùng để đăng nhập").fill("Moi@Tinh.vn")
    page.get_by_label("Họ và tên").fill("Mai Mới")
    page.get_by_role("button", name="Ghi nhận phân quyền").click()
    expect(page.get_by_text("Đã ghi nhận phân quyền của Mai Mới")).to_be_visible()
    expect(page.get_by_role("cell", name="moi@tinh.vn")).to_be_visible()
    turn_to(stranger, "chi-tieu")  # in the session that was open before
    said = account(stranger)
    assert "Người xem" in said and UNKNOWN not in said


def test_without_sign_in_no_address_shows_anything_where_reading_needs_it(
    closed_server: Server, opened: SignIn
) -> None:
    page = opened(closed_server)
    for path in ("/", "/chi-tieu", "/thoi-han", "/trach-nhiem", "/van-ban", "/cap-nhat", "/quan-tri"):
        if path != "/":
            runs = page.evaluate("window.cchcRuns.asked")
            follow(page, path)
            assert page.evaluate("window.cchcRuns.asked") > runs and page.url.endswith(path), "was not asked for"
        expect(page.get_by_text(ASKED)).to_be_visible()
        shown = page.locator("body").inner_text()
        for data in ("Sở Nội vụ", "Kế hoạch", "Lĩnh vực", "nhiệm vụ"):
            assert data not in shown, path


@pytest.mark.parametrize("path", ["/api/tasks.csv", "/api/targets.csv", "/api/matrix.csv", "/api/tasks.csv?q=x"])
def test_routes_refuse_where_reading_needs_sign_in(closed_server: Server, path: str) -> None:
    status, headers, content = closed_server.get(path)
    assert status == 403 and "no-store" in headers["cache-control"]
    assert content.decode().startswith("Hãy đăng nhập")
    assert closed_server.get("/healthz")[0] == 200


def test_who_may_not_read_is_told_why(closed_server: Server, by_hand: SignIn, opened: SignIn) -> None:
    stranger, gone = "la@noikhac.vn", "cu@tinh.vn"
    for page, email, reason in (
        (by_hand(closed_server, stranger), stranger, UNKNOWN),
        (opened(closed_server, email=gone), gone, "Tài khoản này đã ngừng sử dụng."),
    ):
        expect(page.get_by_text(ASKED)).to_be_visible()
        expect(page.get_by_text(reason)).to_be_visible()
        expect(page.get_by_text(f"Đang đăng nhập: {email}")).to_be_visible()
        expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def test_who_is_known_reads_and_their_browser_gets_the_lists_and_nobody_else_with_it(
    closed_server: Server, opened: SignIn, visitors: Visitors
) -> None:
    page = opened(closed_server, email="xem@tinh.vn")
    expect(page.locator(".cchc-cards")).to_be_visible()
    assert "Người xem" in account(page)
    kept = {c["name"]: c["value"] for c in page.context.cookies() if c["name"].startswith("_streamlit_user")}
    changed = "; ".join(f"{name}={value[:-3]}AAA" for name, value in kept.items())
    # Browsers without a page drawn: only what they send counts.
    stranger = visitors.open(closed_server, "/healthz", ready=False)
    gone = "cu@tinh.vn"
    left = visitors.open(closed_server, "/healthz", person=gone, cookies=cookies(closed_server, gone), ready=False)
    for path in ("/api/tasks.csv", "/api/targets.csv", "/api/matrix.csv", "/calendar.ics"):
        address = closed_server.url + path
        answer = page.request.get(address)
        assert answer.status == 200 and len(answer.body()) > 200, path
        assert stranger.request.get(address).status == 403, path
        assert stranger.request.get(address, headers={"Cookie": changed}).status == 403, path
        assert left.request.get(address).status == 403, path


# A person's own address of the calendar, as a calendar program uses it


def make_address(page: Page, button: str) -> str:
    press(page, button)
    code = page.get_by_test_id("stCode")
    expect(code).to_be_visible()
    return code.inner_text().strip()


def test_a_calendar_program_reads_until_the_address_is_revoked(closed_server: Server, opened: SignIn) -> None:
    page = opened(closed_server, "/thoi-han?area=3", "xem@tinh.vn")
    page.get_by_text("Lịch riêng của bạn").click()
    address = make_address(page, "Tạo địa chỉ riêng")
    assert address.startswith(f"{closed_server.url}/calendar.ics?area=3&key=")
    path = address.removeprefix(closed_server.url)
    status, headers, content = closed_server.get(path)  # no cookie, no session
    assert (status, headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert closed_server.get(path.replace("calendar.ics", "api/tasks.csv"))[0] == 403
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stCode")).to_have_count(0)
    page.get_by_text("Lịch riêng của bạn").click()
    second = make_address(page, "Tạo địa chỉ mới").removeprefix(closed_server.url)
    assert (closed_server.get(path)[0], closed_server.get(second)[0]) == (403, 200)

    admin = opened(closed_server, "/quan-tri", "qt@tinh.vn")
    admin.get_by_role("combobox", name="Người cần phân quyền").click()
    admin.get_by_role("option", name="Xuân Xem (xem@tinh.vn)").click()
    settled(admin)
    press(admin, "Thu hồi địa chỉ")
    expect(admin.get_by_text("Người này có địa chỉ lịch riêng")).to_have_count(0)
    assert closed_server.get(second)[0] == 403


# A demonstration with sign-in


@pytest.fixture(scope="module")
def demo_server(
    tmp_path_factory: pytest.TempPathFactory, provider: str, documents: Engine, read: Path
) -> Iterator[Server]:
    """A server that shows a demonstration and knows people."""
    folder = tmp_path_factory.mktemp("demo")
    demo.make(from_catalog(documents), folder / "data" / "demo-ledger.sqlite")
    yield from serve(folder, provider, PEOPLE, read, CCHC_DEMO="1")


def test_in_the_demonstration_people_have_their_roles(demo_server: Server, opened: SignIn, documents: Engine) -> None:
    page = opened(demo_server, "/quan-tri", "qt@tinh.vn")
    expect(page.get_by_text("SỐ LIỆU MINH HỌA").first).to_be_visible()
    expect(page.get_by_text("không đổi quyền thật")).to_be_visible()
    item = tasks_of(documents, "so-tu-phap", True)[0]
    page = opened(demo_server, f"/cap-nhat?item={item}", "stp@tinh.vn")
    write_note(page, "Thử trong số liệu minh họa")
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    with ledger_of(demo_server) as ledger:
        assert ledger.history(item) == [], "nothing of it is in the real ledger"


# Recording


def tasks_of(documents: Engine, agency: str, mine: bool) -> list[str]:
    return [i.id for i in from_catalog(documents) if i.kind == "task" and i.concerns(agency) is mine]


def ledger_of(server: Server) -> Ledger:
    return Ledger(server.log.parent / "data" / "ledger.sqlite")


def write_note(page: Page, text: str) -> None:
    pick(page, NOTE)
    page.get_by_label("Nội dung, nguyên nhân, vướng mắc").fill(text)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()


def test_an_agency_records_on_its_own_items_signs_with_its_name_and_gets_no_form_for_those_of_others(
    office_server: Server, opened: SignIn, documents: Engine
) -> None:
    item = tasks_of(documents, "so-tu-phap", True)[0]
    page = opened(office_server, f"/cap-nhat?item={item}", "stp@tinh.vn")
    write_note(page, "Đã gửi lấy ý kiến")
    expect(page.get_by_text("Đã lưu 1 nội dung lúc")).to_be_visible()
    with ledger_of(office_server) as ledger:
        (entry,) = ledger.history(item)
    assert (entry.author, entry.role, entry.payload.text) == ("stp@tinh.vn", "agency_editor", "Đã gửi lấy ý kiến")
    settled(page)
    assert page.get_by_test_id("stFormSubmitButton").count() > 0
    follow(page, f"/cap-nhat?item={tasks_of(documents, 'so-tu-phap', False)[0]}")
    expect(page.get_by_text("Nội dung này không do cơ quan của bạn chủ trì hoặc phối hợp.")).to_be_visible()
    expect(page.get_by_test_id("stFormSubmitButton")).to_have_count(0)


@pytest.mark.parametrize("email", ["xem@tinh.vn", "cu@tinh.vn"])  # a stranger: above
def test_who_may_not_record_gets_no_form(office_server: Server, opened: SignIn, documents: Engine, email: str) -> None:
    item = tasks_of(documents, "so-tu-phap", True)[0]
    gets_no_form(opened(office_server, f"/cap-nhat?item={item}", email))


def gets_no_form(page: Page) -> None:
    expect(page.locator(".cchc-title").first).to_be_visible()
    expect(page.get_by_test_id("stFormSubmitButton")).to_have_count(0)


def test_a_right_withdrawn_while_the_form_was_open_counts_when_it_is_saved(
    office_server: Server, opened: SignIn, documents: Engine
) -> None:
    item = tasks_of(documents, "so-noi-vu", True)[0]
    page = opened(office_server, f"/cap-nhat?item={item}", "snv@tinh.vn")
    pick(page, NOTE)
    field = page.get_by_label("Nội dung, nguyên nhân, vướng mắc")
    field.fill("quá muộn")
    gone = PersonRecord(email="snv@tinh.vn", name="Chi Nội Vụ", role="standing_editor", active=False)
    with ledger_of(office_server) as ledger:
        before = len(ledger.history(item))
        ledger.append(
            Draft(item_id=person_item(gone.email), payload=gone, author="qt@tinh.vn", as_of=dt.date(2024, 1, 3))
        )
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    expect(page.get_by_text("Tài khoản này đã ngừng sử dụng.").first).to_be_visible()
    with ledger_of(office_server) as ledger:
        assert len(ledger.history(item)) == before
