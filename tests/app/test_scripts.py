"""The pages as scripts, without a browser."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from cchc import words

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60


def app(page: str = "", **query: str | list[str]) -> AppTest:
    """The application after its first run on a page, with parameters in the address."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    if page:
        at.switch_page(f"pages/{page}.py").run()
    return at


def shown(at: AppTest) -> str:
    """All HTML of the page."""
    return "\n".join(element.value for element in at.html)


def count(at: AppTest, title: str) -> int:
    """The number of rows a list's head tells."""
    found = re.search(rf"<h3[^>]*>{title} <span[^>]*>([\d.]+) dòng", shown(at))
    assert found, title
    return int(found[1].replace(".", ""))


@pytest.mark.parametrize("page", ["tong_quan", "chi_tieu", "thoi_han", "trach_nhiem", "van_ban"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"as_of": "2024-03-20", "calendar": "ky"},
        {"q": "khong co tu nao nhu the"},
        {"area": ["2", "7"], "role": "lead", "level": "tỉnh", "status": ["past_no_report", "review"]},
    ],
    ids=["everything", "report-period", "nothing-found", "many-filters"],
)
def test_each_page_runs(page: str, query: dict[str, str | list[str]]) -> None:
    at = app(page, **query)
    assert not at.exception
    assert not at.error
    assert "cchc-title" in shown(at)


def test_every_page_file_is_a_page_and_has_a_title() -> None:
    files = {path.stem.replace("_", "-") for path in (ROOT / "pages").glob("*.py")}
    assert files == set(words.PAGE_TITLES)


def test_overview_tells_what_is_past_and_whose() -> None:
    at = app(as_of="2024-03-20")
    html = shown(at)
    answer = re.search(r'<p class="cchc-answer">([^<]*)', html)
    assert answer is not None
    past = r"20/3/2024: \d+ trong 56 nhiệm vụ đã qua hạn mà chưa có báo cáo, nhiều nhất là Sở Nội vụ"
    assert re.search(past, answer[1])
    assert "cchc-status-overdue" not in html.partition("</style>")[2], "nothing is recorded, so nothing is called late"


def test_address_fills_the_filter_bar() -> None:
    at = app(area=["2"], q="thủ tục", calendar="ky", as_of="2024-03-20")
    assert at.multiselect(key="filter_area").value == [2]
    assert at.text_input(key="filter_q").value == "thủ tục"
    assert str(at.date_input(key="filter_as_of").value) == "2024-03-20"
    assert at.query_params["calendar"] == "ky"


def test_filter_bar_fills_the_address_with_what_is_set_only() -> None:
    at = app()
    assert at.query_params == {}
    at.multiselect(key="filter_area").select(3).run()
    assert at.query_params == {"area": "3"}
    at.text_input(key="filter_q").set_value("một cửa").run()
    assert at.query_params == {"area": "3", "q": "một cửa"}


def test_filters_stay_when_the_page_changes() -> None:
    at = app()
    at.multiselect(key="filter_area").select(3).run()
    at.switch_page("pages/van_ban.py").run()
    assert at.query_params["area"] == "3"
    assert at.multiselect(key="filter_area").value == [3]


def test_a_filter_narrows_the_list_and_clearing_widens_it() -> None:
    at = app()
    everything = count(at, "Cần chú ý")
    at.multiselect(key="filter_area").select(2).run()
    assert 0 < count(at, "Cần chú ý") < everything
    at.button(key="clear_filters").click().run()
    assert count(at, "Cần chú ý") == everything
    assert at.query_params == {}


def test_unknown_and_broken_parameters_are_told_once_and_ignored() -> None:
    at = app(area="99", from_="x", agency="khong-co")
    told = " ".join(alert.value for alert in at.warning)
    assert "lĩnh vực" in told and "khong\\-co" in told and "from\\_" in told
    assert not at.exception
    assert at.query_params == {}
    at.run()
    assert not at.warning


def test_foreign_text_in_a_message_is_not_markup() -> None:
    at = app(area="![x](http://example.com/x.png) **a**")
    assert r"\!\[x\]\(http" in at.warning[0].value


def test_date_out_of_range_is_told() -> None:
    at = app(as_of="9999-01-01")
    assert at.warning and not at.exception


def test_past_plans_offer_their_own_last_day() -> None:
    at = app()
    at.button(key="as_of_2024").click().run()
    assert at.query_params == {"as_of": "2024-12-31"}
    assert "31/12/2024" in shown(at)


def test_document_page_shows_the_sentence_of_an_item() -> None:
    at = app(area="2")
    address = re.search(r'href="/van-ban\?([^"]*item=[^"]*)"', shown(at))
    assert address is not None
    item = re.search(r"item=([^&]+)", address[1])
    assert item is not None
    at.query_params["item"] = item[1]
    at.switch_page("pages/van_ban.py").run()
    assert not at.exception and not at.warning
    html = shown(at)
    assert html.count('id="cau-goc"') == 1
    assert "cchc-panel" in html


def test_document_page_says_what_the_document_does_not_say() -> None:
    at = app("van_ban")
    assert "chưa rõ" in shown(at)


@pytest.mark.parametrize(("card", "page", "title"), [(2, "thoi_han", "Tất cả thời hạn"), (4, "", "Cần chú ý")])
def test_a_number_of_the_overview_is_the_length_of_its_list(card: int, page: str, title: str) -> None:
    html = shown(app(as_of="2024-03-20"))
    numbers = [int(value) for value in re.findall(r'class="cchc-number[^>]*>(\d+)<', html)]
    addresses = re.findall(r'<a href="/[^?"]*\?([^"]*)" class="cchc-link cchc-card-link"', html)
    query = parse_qs(unescape(addresses[card]))
    assert numbers[card] > 0
    assert count(app(page, **query), title) == numbers[card]
