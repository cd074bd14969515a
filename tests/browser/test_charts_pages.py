"""The pages with charts as a person meets them: clicks, keys, the address, and words that can be read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from cchc import words
from tests.browser.rig import Open, follow, press, same_twice, settled, shows_its_page_with_data

PAGES = [
    "/chi-tieu",
    "/thoi-han?as_of=2024-02-20",
    "/trach-nhiem",
    "/trach-nhiem?group=mo",
    "/trach-nhiem?view=nhiem-vu",
]
PLAN = "plan=binh-duong-6898-kh-ubnd-2024"

# Every piece of text on the charts: its words, box, size and colour, and the box of the chart it belongs to.
TEXTS = """() => [...document.querySelectorAll(".stPlotlyChart")].flatMap((chart, n) => {
  const around = chart.getBoundingClientRect();
  return [...chart.querySelectorAll("text")].filter((t) => t.textContent.trim()).map((t) => {
    const box = t.getBoundingClientRect(), style = getComputedStyle(t);
    return {chart: n, words: t.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
            size: parseFloat(style.fontSize), fill: style.fill,
            outside: Math.max(around.left - box.left, box.right - around.right, around.top - box.top,
                              box.bottom - around.bottom)};
  });
})"""
# Ink and ground of each piece of text: words inside the cells of a matrix stand on the cell, all others on the page.
COLOURS = """() => [...document.querySelectorAll(".stPlotlyChart text")].filter((t) => t.textContent.trim())
.map((t) => {
  const cell = t.classList.contains("bartext") ? t.parentElement.querySelector("path") : null;
  const style = cell && getComputedStyle(cell);
  return [getComputedStyle(t).fill, style ? style.fill.replace(")", `, ${style.fillOpacity})`) : ""];
})"""
GROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
CLICK_TEXT = """(words) => {
  const found = [...document.querySelectorAll(".stPlotlyChart text")].find((t) => t.textContent === words);
  found.scrollIntoView({block: "center"});
  const box = found.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


def drawn(page: Page) -> Page:
    """Waits until the page's charts stand there with their words, and no longer move."""
    settled(page)
    expect(page.locator(".stPlotlyChart .main-svg").first).to_be_visible()
    page.wait_for_function("document.querySelectorAll('.stPlotlyChart text').length > 10")
    same_twice(page, TEXTS)
    return page


class Looked(NamedTuple):
    """What was seen of the charts of a page: their texts, the colours, what is told to screen readers."""

    texts: list[dict[str, Any]]
    colours: set[tuple[str, str]]
    ground: str
    label: str


WIDTHS = {"light": (390, 820, 1366, 1920), "dark": (1366,)}
_looked: dict[str, dict[tuple[str, int], Looked]] = {}


def look(visit: Open, path: str, width: int = 1366, scheme: str = "light") -> Looked:
    """What stands on a page's charts; all pages are looked at once, one after the other in one session and each in all
    widths, for all tests that only read."""
    if scheme not in _looked:
        widths = list(WIDTHS[scheme])
        page = visit(PAGES[0], width=widths[0], scheme=scheme)
        found = {}
        for each in PAGES:
            follow(page, each)
            for wide in widths:
                if has_charts(each, wide):
                    found[each, wide] = look_at(page, wide)
            widths.reverse()  # the next page begins where this one ends
        _looked[scheme] = found
    return _looked[scheme][path, width]


# Whether all charts are as wide as their places, in a window that has become another one.
FITS = """(width) => innerWidth === width && [...document.querySelectorAll(".stPlotlyChart")].every((chart) => {
  const drawn = chart.querySelector(".main-svg");
  return drawn && Math.abs(drawn.getBoundingClientRect().width - chart.getBoundingClientRect().width) < 2;
})"""


def look_at(page: Page, width: int) -> Looked:
    page.set_viewport_size({"width": width, "height": 768})
    place = "narrow" if width < 760 else "medium" if width < 1280 else "wide"
    charts = page.locator("[class*=st-key-chart_]")
    expect(page.locator(f"[class*=st-key-chart_{place}_]").first).to_be_visible()
    expect(charts.and_(page.locator(f":not([class*=st-key-chart_{place}_])"))).to_have_count(0)
    page.wait_for_function(FITS, arg=width)
    drawn(page)
    return Looked(
        page.evaluate(TEXTS),
        set(map(tuple, page.evaluate(COLOURS))),
        page.evaluate(GROUND),
        page.locator(".stPlotlyChart").first.get_attribute("aria-label") or "",
    )


def has_charts(path: str, width: int) -> bool:
    """A narrow window shows a list instead of tasks and agencies (test below)."""
    return width > 390 or "nhiem-vu" not in path


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def click_text(page: Page, text: str) -> None:
    """Clicks where these words stand on a chart. (Plotly takes a click for one on what the mouse was over before.)"""
    drawn(page)
    page.evaluate(CLICK_TEXT, text)
    same_twice(page, TEXTS)  # brought into sight, it has to come to rest again
    x, y = page.evaluate(CLICK_TEXT, text)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    settled(page)


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "width"),
    [(path, width) for path in PAGES for width in WIDTHS["light"] if has_charts(path, width)],
)
def test_words_on_charts_are_whole_and_apart(visit: Open, path: str, width: int) -> None:
    found = look(visit, path, width).texts
    assert min(text["size"] for text in found) >= 11
    assert [text["words"] for text in found if text["outside"] > 1.5] == []
    clashes = []
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if one["chart"] == other["chart"] and across > 1.5 and down > 4:
                clashes.append((one["words"], other["words"]))
    assert clashes == []


def _numbers(colour: str) -> list[float]:
    found = [float(n) for n in re.findall(r"[\d.]+", colour)]
    return found if len(found) == 4 else [*found, 1.0]


def _over(colour: str, ground: list[float]) -> list[float]:
    *rgb, alpha = _numbers(colour)
    return [alpha * c + (1 - alpha) * g for c, g in zip(rgb, ground, strict=True)]


def _contrast(one: list[float], other: list[float]) -> float:
    def light(rgb: list[float]) -> float:
        linear = [c / 3294.6 if c <= 10.02 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_on_charts_stand_out_in_both_themes(visit: Open, path: str, scheme: str) -> None:
    seen = look(visit, path, scheme=scheme)
    ground = _numbers(seen.ground)[:3]
    assert (sum(ground) < 200) == (scheme == "dark")
    assert len(seen.texts) > 10
    for ink, cell in seen.colours:
        *rgb, alpha = [float(n) for n in re.findall(r"[\d.]+", cell)] or [0.0, 0.0, 0.0, 0.0]
        under = [alpha * c + (1 - alpha) * g for c, g in zip(rgb[:3], ground, strict=True)]
        assert _contrast(_over(ink, under), under) >= 4.5, (ink, cell, scheme)


@pytest.mark.parametrize("path", PAGES)
def test_charts_tell_their_takeaway_to_screen_readers(visit: Open, path: str) -> None:
    label = look(visit, path).label
    assert len(label) > 40
    assert re.search(r"\d", label)


def test_a_chart_follows_the_window_without_a_reload_and_gives_way_to_a_list_of_tasks(visit: Open) -> None:
    page = drawn(visit("/trach-nhiem"))
    for width, place in ((600, "narrow"), (1000, "medium"), (1366, "wide")):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.locator(f"[class*=st-key-chart_{place}_]").first).to_be_visible()
        settled(page)
        assert same_twice(page, "document.scrollingElement.scrollWidth") <= width

    # A narrow window lists the tasks instead of the letters.
    follow(page, "/trach-nhiem?view=nhiem-vu")
    expect(page.locator(".stPlotlyChart")).not_to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 768})
    expect(page.get_by_text("Màn hình hẹp")).to_be_visible()
    expect(page.locator(".stPlotlyChart")).to_have_count(0)
    settled(page)
    assert page.locator(".st-key-list_rows_tasks tbody tr").count() > 10


# --- Chỉ tiêu -------------------------------------------------------------------------------------------------------


def test_a_click_on_a_gauge_opens_its_sentence_and_so_do_keys_alone(visit: Open) -> None:
    page = drawn(visit(f"/chi-tieu?{PLAN}&kind=ratio"))
    click_text(page, "30 %")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Tối thiểu 30%/tổng số cơ quan chuyên môn cấp tỉnh")
    page.wait_for_url("**item=*")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.wait_for_url(lambda url: "item=" not in url)
    click_text(page, "30 %")  # the same one again
    expect(panel).to_be_visible()
    page.get_by_role("dialog").locator("a[href*='/van-ban']").first.click()
    page.wait_for_url("**/van-ban?*item=*")
    settled(page)
    expect(page.locator(".cchc-here").first).to_contain_text("Tối thiểu 30%")

    # A target is chosen without a mouse.
    follow(page, f"/chi-tieu?{PLAN}")
    drawn(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    box = page.get_by_label("Xem chi tiết chỉ tiêu", exact=True).and_(page.locator("input"))
    box.focus()
    page.keyboard.type("PAPI")
    expect(page.get_by_role("option").first).to_contain_text("PAPI")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("PAPI")


def test_pages_of_gauges_are_in_the_address(visit: Open) -> None:
    page = drawn(visit("/chi-tieu"))
    shows_its_page_with_data(page, 1366)
    first = {text["words"] for text in page.evaluate(TEXTS)}
    press(page, "Page 3")
    page.wait_for_url("**page=3")
    changed = (
        "(before) => [...document.querySelectorAll('.stPlotlyChart text')].some((t) => !before.includes(t.textContent))"
    )
    page.wait_for_function(changed, arg=["", *first])
    drawn(page)
    third = sorted(text["words"] for text in page.evaluate(TEXTS))
    again = drawn(visit(page.url))
    assert sorted(text["words"] for text in again.evaluate(TEXTS)) == third
    expect(again.locator("[data-testid=stPaginationPageActive]")).to_have_text("3")


def test_kinds_narrow_and_stay_in_the_address_and_the_file_of_targets_holds_the_rows_shown(visit: Open) -> None:
    page = drawn(visit("/chi-tieu"))
    page.get_by_role("button", name=re.compile("^Thứ hạng")).click()
    page.wait_for_url("**kind=rank")
    expect(page.locator(".stPlotlyChart text", has_text="trong cả nước").first).to_be_attached()
    page.get_by_role("radio", name=re.compile("Danh sách")).click()
    page.wait_for_url("**view=danh-sach*")
    settled(page)
    expect(page.locator(".st-key-list_head_targets h3")).to_contain_text("dòng")
    rows = page.locator(".st-key-list_rows_targets tbody tr")
    count = int(re.findall(r"\d+", page.locator(".st-key-list_head_targets h3").inner_text())[0])
    expect(rows).to_have_count(count)
    again = visit(page.url)
    rows = again.locator(".st-key-list_rows_targets tbody tr")
    expect(rows).to_have_count(count)

    page = again
    follow(page, f"/chi-tieu?{PLAN}&area=7&view=danh-sach")
    expect(rows).not_to_have_count(count)
    shown = page.locator(".st-key-list_rows_targets tbody tr").count()
    with page.expect_download() as caught:
        page.get_by_role("button", name=words.DOWNLOAD_CSV).click()
    written = list(csv.DictReader(io.StringIO(Path(caught.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(written) == shown > 3


# --- Thời hạn -------------------------------------------------------------------------------------------------------


def test_a_click_on_a_lane_lists_it_and_a_second_one_all_again(visit: Open) -> None:
    page = drawn(visit(f"/thoi-han?{PLAN}&as_of=2024-02-20"))
    whole = page.locator(".st-key-list_head_tasks h3").inner_text()
    click_text(page, "31 nhiệm vụ chỉ ghi năm, không ghi quý: xem danh sách bên dưới")
    expect(page.locator(".st-key-list_head_tasks h3")).to_contain_text("Cả năm 2024 31 dòng")
    assert query(page)["lane"] == ["year:2024"]
    again = visit(page.url)
    expect(again.locator(".st-key-list_head_tasks h3")).to_contain_text("Cả năm 2024 31 dòng")
    click_text(page, "31 nhiệm vụ chỉ ghi năm, không ghi quý: xem danh sách bên dưới")
    expect(page.locator(".st-key-list_head_tasks h3")).to_have_text(whole)


def test_a_lane_can_be_chosen_without_a_mouse_and_the_reporting_date_has_its_line(visit: Open) -> None:
    page = drawn(visit(f"/thoi-han?{PLAN}&as_of=2024-02-20"))
    pill = page.get_by_role("radio", name=re.compile(r"^Quý II.2024"))
    pill.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-list_head_tasks h3")).to_contain_text("Quý II/2024 2 dòng")

    follow(page, "/thoi-han?as_of=2024-02-20")
    assert any(text["words"] == "Ngày số liệu 20/02/2024" for text in drawn(page).evaluate(TEXTS))
    follow(page, "/thoi-han?as_of=2026-11-22")
    assert not any("Ngày số liệu" in text["words"] for text in drawn(page).evaluate(TEXTS))
    expect(page.get_by_text("nằm ngoài khoảng thời gian của biểu đồ")).to_be_visible()


# --- Trách nhiệm ----------------------------------------------------------------------------------------------------


def test_a_click_on_a_cell_leads_to_its_tasks_and_an_agency_can_be_chosen_without_a_mouse(visit: Open) -> None:
    page = drawn(visit("/trach-nhiem"))
    click_text(page, "12C 2P")
    head = page.locator(".st-key-list_head_tasks h3")
    expect(head).to_contain_text("Sở Nội vụ, Chỉ đạo, điều hành 14 dòng")
    assert query(page)["row"] == ["so-noi-vu"]
    assert query(page)["column"] == ["1"]
    again = visit(page.url)
    expect(again.locator(".st-key-list_head_tasks h3")).to_contain_text("14 dòng")
    click_text(page, "16C 5P")  # the sum of its row
    expect(head).to_contain_text("Nhiệm vụ: Sở Nội vụ 21 dòng")

    page = again
    follow(page, "/trach-nhiem")
    box = page.locator(".st-key-trach-nhiem_row input")
    box.focus()
    page.keyboard.type("Tư pháp")
    expect(page.get_by_role("option").first).to_contain_text("Tư pháp")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-list_head_tasks h3")).to_contain_text("Sở Tư pháp 6 dòng")
    page.wait_for_url("**row=so-tu-phap*")


def test_the_empty_view_of_each_page_offers_to_remove_the_filter(visit: Open) -> None:
    page = visit("/")
    for path, end in (("chi-tieu", "a"), ("thoi-han", "b"), ("trach-nhiem", "c")):
        missing = f"khongcotunaonhuthe{end}"  # another one each time: the pages share the filter
        follow(page, f"/{path}?q={missing}")
        assert path in page.url
        page.get_by_role("button", name=re.compile(f"Bỏ lọc.*{missing}")).first.click()
        page.wait_for_url(lambda url: "q=" not in url)
        drawn(page)
        assert path in page.url
