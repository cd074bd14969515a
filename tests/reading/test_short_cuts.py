"""Short cuts of the reader say what the long way says: each is compared with its plain definition on any text."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc import text as texts
from cchc.reading import amounts, areas, due, levels, paragraphs, patterns, ranks, shares, subjects, tasks
from cchc.reading.plan import read_plan
from cchc.reading.tables import layouts
from cchc.reference import load
from cchc.text import words_only

PLANS = sorted((Path(__file__).resolve().parents[2] / "data" / "plans").glob("*.txt"))
LINES = [line for plan in PLANS for line in plan.read_text(encoding="utf-8").split("\n") if line.strip()]
LETTERS = "aAăâđĐeêoơôuưyÝỳọỗữß\u0301\u0323ﬁ\u1e9e xyz0129.,%/-–()|*_\t\n\u00a0\u200b\u2000\ufeff"
ANY = st.one_of(st.text(LETTERS, max_size=60), st.text(max_size=40), st.sampled_from(LINES))


def long_folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", "".join(c.casefold() for c in text)).replace("đ", "d")
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@given(ANY)
def test_folding_word_by_word_is_folding_letter_by_letter(text: str) -> None:
    assert texts.folded(text) == long_folded(text)
    assert words_only(text) == " ".join(re.findall(r"\w+", long_folded(text)))


@given(ANY)
def test_the_remembered_matching_form_is_the_matching_form(text: str) -> None:
    assert texts.matching(text) == texts._matching(text)
    assert len(texts.matching(text)) == len(text)


@given(st.text("a b\u200b*", max_size=30), st.integers(190, 230), st.sampled_from([" ", "\u00a0", "*", " *"]), ANY)
def test_no_more_than_200_blanks_stand_in_a_row(before: str, count: int, blank: str, after: str) -> None:
    blanks = (blank * count)[:count]
    text = f"{before}x{blanks}x{after}"
    plain = texts._UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " "))
    long_way = texts._LONG_BLANK.sub(r"\1", plain)
    assert texts.stored(text) == unicodedata.normalize("NFC", long_way.encode("utf-8", "replace").decode("utf-8"))


@given(st.lists(st.text("abc -.", min_size=1, max_size=4), min_size=1, max_size=8), st.text("abc -.", max_size=30))
def test_literals_by_their_first_letter_match_what_they_match_in_a_row(literals: list[str], text: str) -> None:
    escaped = [re.escape(literal) for literal in sorted(literals, key=len, reverse=True)]
    found = re.findall(patterns.by_first(escaped), text)
    assert found == re.findall("|".join(escaped), text)


@given(ANY)
def test_the_area_named_first_and_longest_is_that_of_a_heading(label: str) -> None:
    names = [(name, area["id"]) for area in load("areas")["area"] for name in area["names"]]
    label = texts.matching(label)
    found = min(((label.find(n), -len(n), k) for k, (n, _) in enumerate(names) if n in label), default=None)
    assert areas.heading_area(label) == (names[found[2]][1] if found else None)


AMOUNTS = amounts._patterns()  # compiled here: no example is slow for it
FIGURES = st.lists(
    st.sampled_from(["90", "%", "1.200", "3,5", " ", "-", "/", "ít nhất ", "tối thiểu ", "một", "hai ", "từ ", "đến ",
                     "hồ sơ", "điểm", "năm 2025", "thôn", "trở lên", ",", ".", ";", "(", ")", "x", "phần trăm", "10"]),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(FIGURES, st.sampled_from(LINES).map(texts.matching)))
def test_amounts_are_looked_for_where_they_may_begin(said: str) -> None:
    begins = amounts._begins(said, 0, len(said))
    for pattern in AMOUNTS:
        quick = [hit.span() for hit in patterns.hits_at(pattern, said, begins, len(said))]
        assert quick == [hit.span() for hit in pattern.finditer(said)]


@given(st.one_of(ANY, st.tuples(ANY, ANY).map(lambda two: two[0].upper() + two[1])))
def test_capitals_are_nine_times_as_many(words: str) -> None:
    head = words.split("(", 1)[0][:200]
    upper, lower = sum(map(str.isupper, head)), sum(map(str.islower, head))
    assert paragraphs.is_caps(words) == (upper >= 4 and upper >= 9 * lower)


def said_of(words: str, between: str) -> st.SearchStrategy[str]:
    """Texts put together of words (parted by bars here)."""
    return st.lists(st.sampled_from(words.split("¦")), max_size=9).map(between.join)


RANKS = said_of(
    "xếp¦đứng¦vị¦thứ¦hạng¦vị trí¦thứ hạng¦nhóm¦trong¦thuộc¦top¦15¦10¦nhất¦tỉnh¦dẫn đầu¦đạt¦trở lên¦lên¦giữ¦từ¦các¦số"
    "¦20/63¦:¦,",
    " ",
)
LABELS = said_of("chủ trì¦đơn vị¦thời gian¦giao¦\n¦ ¦-¦a)¦kết quả¦x", "")
HEADS = said_of("stt¦tt¦s.t.t¦s.tt¦số tt¦số thứ tự¦|¦\t¦ ¦  ¦nội dung¦chỉ số¦tên ¦các ¦chủ trì¦x¦*¦#¦_¦-", "")


@given(st.one_of(RANKS, st.sampled_from(LINES).map(texts.matching)))
def test_a_rank_is_looked_for_where_a_word_tells_of_it(said: str) -> None:
    every = [*zip(ranks._RANKS, ranks._RANKS_TOLD_BY, strict=True)]
    every += zip(ranks._INDEX_RANKS, ranks._INDEX_RANKS_TOLD_BY, strict=True)
    for pattern, told_by in every:
        assert not pattern.search(said) or any(word in said for word in told_by)


@given(st.one_of(FIGURES, LABELS))
def test_no_label_is_without_a_colon(said: str) -> None:
    assert ":" in said or not tasks._LABEL.search(said)


_ANY_HEAD = re.compile(f"{layouts._ORDINALS.pattern}|{layouts._FIRST_HEADER.pattern}|^{layouts._HEADER_BEGINS.pattern}")


@given(st.one_of(HEADS, st.sampled_from(LINES).map(lambda line: texts.matching(line).strip())))
def test_a_header_may_begin_where_one_of_its_patterns_is_found(said: str) -> None:
    assert layouts._begins_header(said) == (_ANY_HEAD.search(said) is not None)


SENTENCES = said_of(
    "quý¦quí¦tháng¦năm¦ngày¦2025¦30/6/2025¦6¦ii¦đến¦trước¦hết¦trong¦đầu¦giao¦cho¦yêu cầu¦đề nghị¦phân công¦chỉ đạo"
    "¦sở¦ngành¦xã, phường¦thị trấn¦đặc khu¦các¦mỗi¦cấp tỉnh¦huyện¦cơ quan trung ương¦toàn tỉnh¦ubnd thành phố"
    "¦cao hơn¦so với¦so\nvới¦không giảm¦năm trước¦năm sau tăng¦cải thiện¦tốt¦bằng hoặc¦;¦.¦, ¦ - Rà¦. - 5%¦: • Một",
    " ",
)
_NEEDED = [
    (due._DAY, due._OF_TIME),
    (due._DAY_WORDS, due._OF_TIME),
    (due._PART, due._OF_TIME),
    (due._YEAR, due._OF_TIME),
    (levels._MENTION, levels._NAMES),
    (subjects._THAN, subjects._COMPARES),
    (tasks._ASSIGN, tasks._ORDERS),
    (tasks._CHU_TRI, ("chủ trì",)),
    (paragraphs._RUN_ON, paragraphs._BULLET_INSIDE),
    (shares._FRACTION, ("/",)),
    (shares._IN_WORDS, ("nửa", "phần")),
]


@given(st.one_of(SENTENCES, FIGURES, st.sampled_from(LINES).map(texts.matching)))
def test_no_pattern_finds_anything_without_the_words_it_needs(said: str) -> None:
    for pattern, some in _NEEDED:
        assert not pattern.search(said) or patterns.holds(said, some), pattern.pattern


@given(st.one_of(FIGURES, RANKS, st.sampled_from(LINES).map(texts.matching)))
def test_no_amount_is_without_a_digit_or_a_word_of_number_or_rank(said: str) -> None:
    found = [*ranks.find_ranks(said, 0, len(said)), *amounts._begins(said, 0, len(said))]
    assert not found or amounts.may_count(said, 0, len(said))


@given(st.lists(st.text("abcđ-", min_size=1, max_size=4), min_size=1, max_size=8), st.text("abcđ -.", max_size=30))
def test_whole_words_by_their_first_letter_begin_where_a_word_begins(literals: list[str], text: str) -> None:
    longest = sorted(filter(str.isalpha, literals), key=len, reverse=True)
    escaped = [re.escape(literal) for literal in longest]
    if escaped:
        found = re.findall(f"(?:{patterns.by_first(escaped, whole=True)})", text)
        assert found == re.findall(r"(?<!\w)(?:" + "|".join(escaped) + ")", text)


@given(st.one_of(SENTENCES, st.sampled_from(LINES).map(texts.matching)))
def test_mentions_of_tiers_are_looked_for_where_they_may_begin(said: str) -> None:
    begins = [place.start() for place in levels._BEGINS.finditer(said)]
    quick = [hit.span() for hit in patterns.hits_at(levels._MENTION, said, begins, len(said))]
    assert quick == [hit.span() for hit in re.finditer(rf"\b{levels._MENTION.pattern}", said)]


def cells(*texts: str) -> str:
    return "".join(f"{text} |\n" for text in texts)


_HEAD = cells("STT", "Nhiệm vụ", "Chủ trì", "Thời gian")
_ROWS = (
    cells("1", "Rà soát thủ tục hành chính của các đơn vị", "Sở Tư pháp", "Quý I"),
    cells("2", "Xây dựng quy chế một cửa liên thông", "Văn phòng UBND tỉnh", "Quý II"),
    cells("3", "Tập huấn nghiệp vụ cho công chức một cửa", "Sở Nội vụ", "Tháng 6"),
    cells("4", "Kiểm tra việc công khai thủ tục", "Thanh tra tỉnh", "Quý IV"),
)
_SECOND = ("Xây dựng quy chế một cửa liên thông", "Văn phòng UBND tỉnh", "Quý II")


@pytest.mark.parametrize(
    "second",
    [
        _ROWS[1] + cells("12"),  # the number of a page
        _ROWS[1] + cells("2") + _HEAD,  # ... that could be an ordinal, and the header printed again
        cells("2") + cells("", *_SECOND),
        cells("2", "Xây dựng quy chế", "một cửa liên thông", *_SECOND[1:]),
        cells("I", "CẢI CÁCH THỂ CHẾ") + _ROWS[1],
        _ROWS[1] + cells("Ghi chú trang"),
    ],
)
def test_where_a_row_fits_none_is_skipped_yet_what_is_too_much_stays_out(second: str) -> None:
    text = "KẾ HOẠCH\nCải cách hành chính năm 2025\n\nII. NHIỆM VỤ\n" + _HEAD + _ROWS[0] + second + "".join(_ROWS[2:])
    tasks_read = read_plan(text.encode(), "x.txt").tasks
    assert [(task.content, task.lead) for task in tasks_read] == [
        ("Rà soát thủ tục hành chính của các đơn vị", ("Sở Tư pháp",)),
        ("Xây dựng quy chế một cửa liên thông", ("Văn phòng UBND tỉnh",)),
        ("Tập huấn nghiệp vụ cho công chức một cửa", ("Sở Nội vụ",)),
        ("Kiểm tra việc công khai thủ tục", ("Thanh tra tỉnh",)),
    ]
