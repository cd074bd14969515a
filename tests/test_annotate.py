"""A document's text with its marks: the text is whole, the marks are where the spans are."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from cchc.annotate import HERE, Mark, paragraphs, unread
from tests.test_markup import read

TEXT = "1. Mục tiêu\n\n- 90% hồ sơ trực tuyến và 80% số hóa.\n- Ít nhất 95 % người dân hài lòng; 12,5% khác"


def link(mark: Mark) -> str:
    """An address for tests."""
    return f"/van-ban?item={mark.id}"


def mark(words: str, kind: str = "target", id_: str = "a", text: str = TEXT) -> Mark:
    """The mark over these words."""
    start = text.index(words)
    return Mark(start, start + len(words), kind, id_, f"đọc: {words}")


def test_marks_stand_over_their_words_and_lead_to_their_item() -> None:
    html = paragraphs(TEXT, [mark("90% hồ sơ trực tuyến"), mark("80% số hóa", id_="b")], link)
    found = re.findall(r'<a href="/van-ban\?item=(\w)"[^>]*>(.*?)</a>', html)
    assert [(item, read(inner).text) for item, inner in found] == [("a", "90% hồ sơ trực tuyến"), ("b", "80% số hóa")]


def test_nested_marks_keep_both_kinds_and_lead_to_the_inner_one() -> None:
    outer = mark("- 90% hồ sơ trực tuyến và 80% số hóa.", "measure", "m")
    html = paragraphs(TEXT, [outer, mark("80% số hóa", id_="c")], link)
    inner = re.search(r"<a [^>]*item=c[^>]*>", html)
    assert inner is not None
    assert "cchc-is-measure" in inner[0] and "cchc-is-target" in inner[0]
    assert "đọc: 80% số hóa\nđọc: - 90%" in inner[0]


def test_the_chosen_item_is_emphasised_and_has_one_place_to_scroll_to() -> None:
    over_lines = Mark(TEXT.index("và 80%"), TEXT.index("hài lòng"), "task", "t", "")
    html = paragraphs(TEXT, [over_lines], link, chosen="t")
    assert html.count(f'id="{HERE}"') == 1
    assert html.count("cchc-here") == 2  # one piece a line


def test_figures_nobody_read_are_dotted() -> None:
    marks = [mark("90% hồ sơ trực tuyến"), mark("Ít nhất 95 % người dân hài lòng", "measure", "m")]
    assert [TEXT[start:end] for start, end in unread(TEXT, marks)] == ["80%", "95 %", "12,5%"]
    html = paragraphs(TEXT, marks, link)
    assert re.findall(r'class="cchc-unread"[^>]*>([^<]*)<', html) == ["80%", "95 %", "12,5%"]


def test_cells_of_a_flattened_table_are_told_from_paragraphs() -> None:
    html = paragraphs("Phụ lục\n1 |\nXây dựng kế hoạch |\n|\nSở Nội vụ |", [], link)
    classes = re.findall(r'<p(?: class="([^"]*)")?>', html)
    assert classes == ["", "cchc-cell cchc-row", "cchc-cell", "cchc-cell cchc-blank", "cchc-cell"]


TABLE = """Phụ lục
| STT | Nhiệm vụ | Chủ trì |
|---|:---:|---|
| 1 | Số hóa <b>hồ sơ</b> | Sở Nội vụ |
  | 2 |  | |
Hết."""


def test_a_table_stands_as_a_table_and_its_letters_stay_in_their_places() -> None:
    row = "| 1 | Số hóa <b>hồ sơ</b> | Sở Nội vụ |"
    html = paragraphs(TABLE, [mark(row, "task", "t", TABLE)], link, "t", with_places=True)
    rows = re.findall(r"<tr(?: class=\"([^\"]*)\")? data-at=\"(\d+)\">(.*?)</tr>", html)
    assert [kind for kind, _, _ in rows] == ["cchc-head", "cchc-rule", "", ""]
    for (_, at, inside), line in zip(rows, TABLE.split("\n")[1:-1], strict=True):
        said = read(re.sub(r'<span class="cchc-tag.*?</span>', "", inside)).text
        assert TABLE[int(at) :].startswith(said) and said == line  # so a place in the row is a place in the text
    cells = re.findall(r"<td>(.*?)</td>", rows[2][2])
    shown = [re.sub(r'<span class="cchc-(?:tag|pipe).*?</span>', "", cell) for cell in cells]
    assert [read(cell).text.strip() for cell in shown] == ["1", "Số hóa <b>hồ sơ</b>", "Sở Nội vụ"]
    assert all('data-items="t"' in cell for cell in cells)
    assert (html.count("cchc-tag"), html.count(f'id="{HERE}"'), html.count("<b>")) == (1, 1, 0)
    assert html.startswith("<p data-at") and html.count("<table") == 1
    assert '<td colspan="2">' in paragraphs("| A | Chính quyền số |\n| 1 | Hồ sơ | % |", [], link)


def test_lines_with_pipes_that_are_no_row_stay_paragraphs() -> None:
    html = paragraphs("| một ô |\na | b\n||\n|", [], link)
    assert "<table" not in html


SPANS = st.lists(
    st.tuples(
        st.integers(-3, 60),
        st.integers(-3, 60),
        st.sampled_from(["target", "task", "measure", "duty"]),
        st.sampled_from("abc"),
    ),
    max_size=8,
)


@given(st.text(alphabet=st.sampled_from("ab <>&\"'\n|%0đ9,"), max_size=60), SPANS)
def test_any_text_with_any_spans_is_shown_whole(text: str, spans: list[tuple[int, int, str, str]]) -> None:
    marks = [Mark(start, end, kind, id_, "<i>") for start, end, kind, id_ in spans]
    html = paragraphs(text, marks, link, chosen="a")
    seen = read(re.sub(r'<span class="cchc-tag.*?</span>', "", html))
    assert "".join(seen.text.split()) == "".join(text.split())
    assert set(seen.tags) <= {"p", "a", "span", "table", "tbody", "tr", "td"}
    assert html.count(f'id="{HERE}"') <= 1


def test_a_long_document_with_many_marks_takes_little_time() -> None:
    text = ("Phấn đấu 90% hồ sơ được giải quyết đúng hạn.\n" * 1500)[:65_000]
    marks = [Mark(start, start + 30, "target", str(start), "x") for start in range(0, 64_000, 40)]
    begun = time.perf_counter()
    paragraphs(text, marks, link)
    assert time.perf_counter() - begun < 2
