"""Filters: address <-> value -> bound SQL and a sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cchc.filters import LEVELS, MAX_Q, MAX_VALUES, NAMES, STATUSES, Filters, searchable

D = dt.date
NOTHING: dict[str, list[str]] = {}

KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True)
LANES = (
    st.builds(lambda y, q: f"{y}-{q}", st.integers(1945, 2200), st.integers(1, 4))
    | st.builds(lambda y: f"year:{y}", st.integers(1945, 2200))
    | st.sampled_from(["years", "ongoing", "event", "none"])
)
DATES = st.none() | st.dates(D(1945, 1, 1), D(2200, 12, 31))


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    from_, to = draw(DATES), draw(DATES)
    if from_ and to and from_ > to:
        from_, to = to, from_
    return Filters(
        plan=tuple(draw(st.lists(KEYS, max_size=3))),
        area=tuple(draw(st.lists(st.integers(0, 7), max_size=3))),
        level=tuple(draw(st.lists(st.sampled_from(LEVELS), max_size=3))),
        agency=tuple(draw(st.lists(KEYS, max_size=3))),
        role=draw(st.sampled_from([None, "lead", "support"])),
        quarter=tuple(draw(st.lists(LANES, max_size=3))),
        from_=from_,
        to=to,
        calendar=draw(st.sampled_from(["lich", "ky"])),
        status=tuple(draw(st.lists(st.sampled_from(STATUSES), max_size=3))),
        q=draw(st.text(max_size=40)),
        as_of=draw(DATES),
    )


@given(filters())
def test_the_address_gives_the_filters_back(made: Filters) -> None:
    again, messages = Filters.from_query(made.to_query())
    assert again == made
    assert messages == []
    assert again.to_query() == made.to_query()


_ALL = Filters(plan=("p",), agency=("a",), q="q")
OTHER_VALUES = (_ALL.where_tasks(), _ALL.where_targets(), _ALL.where_measures(), _ALL.where_duties())


@given(filters())
def test_every_value_is_bound_and_every_sentence_is_one_line(made: Filters) -> None:
    for sql, params in (made.where_tasks(), made.where_targets(), made.where_measures(), made.where_duties()):
        assert sql.count("?") == len(params)
        bare = "".join(other for other, _ in OTHER_VALUES)
        for text in (*made.plan, *made.agency, made.q):
            assert len(text) < 8 or text not in sql or text in bare  # the SQL's own words are no values
    sentence = made.sentence()
    assert sentence
    assert "\n" not in sentence


JUNK = st.text(max_size=60) | st.integers() | st.none() | st.floats() | st.binary(max_size=20)


@given(
    st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=20), JUNK | st.lists(JUNK, max_size=5), max_size=8
    )
)
def test_junk_never_raises_and_what_is_left_out_is_said(query: dict[str, Any]) -> None:
    made, messages = Filters.from_query(query)
    again, none = Filters.from_query(made.to_query())
    assert (again, none) == (made, [])
    unknown = [name for name in query if name not in NAMES]
    assert len(messages) >= len(unknown)
    assert all(len(m) < 300 and "\n" not in m for m in messages)


@pytest.mark.parametrize(
    ("query", "expected", "said"),
    [
        ({"plan": ["a-1"], "area": ["3"]}, {"plan": ("a-1",), "area": (3,)}, []),
        ({"area": ["3", "9", "x", "-1", "3"]}, {"area": (3,)}, ["9", "x", "-1"]),
        ({"level": ["tỉnh", "chưa rõ", "thôn"]}, {"level": ("tỉnh", "chưa rõ")}, ["thôn"]),
        ({"quarter": ["2024-1", "2024-7", "year:2024"]}, {"quarter": ("2024-1", "year:2024")}, ["2024-7"]),
        ({"from": ["2024-02-30"]}, {}, ["2024-02-30"]),
        ({"to": ["31/12/2024"]}, {}, ["31/12/2024"]),
        ({"to": ["0001-01-01"]}, {}, ["0001-01-01"]),
        ({"from": ["2024-05-01"], "to": ["2024-01-01"]}, {}, ["Ngày bắt đầu đứng sau"]),
        ({"role": ["boss"]}, {}, ["boss"]),
        ({"role": ["lead", "support"]}, {"role": "lead"}, ["một giá trị"]),
        ({"status": ["past_no_report", "late"]}, {"status": ("past_no_report",)}, ["late"]),
        ({"calendar": ["ky"]}, {"calendar": "ky"}, []),
        ({"calendar": ["lunar"]}, {}, ["lunar"]),
        ({"q": ["  hoà   giải\t"]}, {"q": "hoà giải"}, []),
        ({"q": ["x" * (MAX_Q + 1)]}, {}, ["từ tìm kiếm"]),
        ({"q": [""]}, {}, []),
        ({"agency": ["'; DROP TABLE tasks; --"]}, {}, ["DROP TABLE"]),
        ({"agency": ["so-noi-vu", "../etc"]}, {"agency": ("so-noi-vu",)}, ["../etc"]),
        ({"x": ["1"]}, {}, ["«x»"]),
        ({"plan": "one-text"}, {"plan": ("one-text",)}, []),
        ({"as_of": ["2024-12-31"]}, {"as_of": D(2024, 12, 31)}, []),
    ],
)
def test_from_query(query: dict[str, Any], expected: dict[str, Any], said: list[str]) -> None:
    made, messages = Filters.from_query(query)
    assert made == Filters(**expected)
    assert len(messages) == len(said)
    for part, message in zip(said, messages, strict=True):
        assert part in message


def test_parameters_of_the_page_are_not_reported() -> None:
    assert Filters.from_query({"item": ["a.n1"], "view": ["x"]}, also=("item", "view")) == (Filters(), [])


def test_too_many_values_are_cut_and_said() -> None:
    made, messages = Filters.from_query({"agency": [f"a-{n}" for n in range(MAX_VALUES + 5)]})
    assert len(made.agency) == MAX_VALUES
    assert str(MAX_VALUES) in messages[0]


@pytest.mark.parametrize(
    "broken",
    [
        {"area": (8,)}, {"level": ("thôn",)}, {"quarter": ("2024",)}, {"status": ("late",)}, {"plan": ("A B",)},
        {"q": "x" * 500}, {"as_of": D(1, 1, 1)}, {"unknown": 1}, {"agency": tuple(f"a{n}" for n in range(101))},
    ],
)  # fmt: skip
def test_the_model_itself_takes_nothing_broken(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Filters(**broken)


def test_filters_are_values() -> None:
    made = Filters(plan=("a",), area=(1, 1))
    assert made == Filters(plan=("a",), area=(1,))
    assert hash(made) == hash(Filters(plan=("a",), area=(1,)))
    with pytest.raises(ValidationError):
        made.q = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Filters(), "Không lọc"),
        (Filters(agency=("so-tu-phap",), quarter=("2024-1",)), "Cơ quan: Sở Tư pháp; quý I/2024"),
        (Filters(agency=("so-tu-phap",), role="lead"), "Cơ quan chủ trì: Sở Tư pháp"),
        (Filters(role="support"), "Vai trò: phối hợp"),
        (Filters(quarter=("year:2024", "ongoing")), "Thời hạn: cả năm 2024, thường xuyên"),
        (Filters(quarter=("2024-1",), calendar="ky"), "Quý I/2024 (15/12 - 14/3); quý theo kỳ báo cáo (chốt ngày 14)"),
        (Filters(from_=D(2024, 1, 1), to=D(2024, 6, 30)), "Thời hạn từ 01/01/2024; thời hạn đến 30/6/2024"),
        (Filters(area=(2, 0)), "Lĩnh vực: Cải cách thể chế, Chưa rõ lĩnh vực"),
        (Filters(level=("xã",), status=("past_no_report",)), "Cấp: xã; trạng thái: đã qua hạn, chưa có báo cáo"),
        (Filters(q="hòa giải", as_of=D(2024, 3, 20)), "Có từ: «hòa giải»; số liệu tại ngày 20/3/2024"),
        (Filters(plan=("x-1",)), "Kế hoạch: x-1"),
    ],
)
def test_sentence(made: Filters, words: str) -> None:
    assert made.sentence({"so-tu-phap": "Sở Tư pháp"}) == words


def test_each_part_of_the_sentence_can_be_removed() -> None:
    made = Filters(plan=("a",), agency=("b",), role="lead", q="x", from_=D(2024, 1, 1), as_of=D(2024, 1, 1))
    for name, _ in made.parts():
        assert name not in made.without(name).to_query()
    assert made.without(*[name for name, _ in made.parts()], "role") == Filters()


@pytest.mark.parametrize(
    ("kind", "left_out", "applied"),
    [
        ("task", ["level"], {"agency": ("b",), "role": "lead", "quarter": ("2024-1",), "status": ("in_time",)}),
        ("target", ["quarter", "status"], {"agency": ("b",), "role": "lead", "level": ("xã",)}),
        ("measure", ["agency", "role", "level", "quarter", "status"], {}),
        ("duty", ["level", "quarter", "status"], {"agency": ("b",), "role": "lead"}),
    ],
)
def test_what_does_not_hold_for_a_kind_is_said(kind: Any, left_out: list[str], applied: dict[str, Any]) -> None:
    made = Filters(
        agency=("b",), role="lead", level=("xã",), quarter=("2024-1",), status=("in_time",), q="x", area=(1,)
    )
    assert made.not_applied(kind) == left_out
    assert made.applied(kind) == Filters(q="x", area=(1,), **applied)
    assert "không áp dụng" in made.not_applied_text(kind)
    assert made.applied(kind).not_applied_text(kind) == ""


def test_review_holds_for_every_kind() -> None:
    made = Filters(status=("in_time", "review"))
    for kind in ("target", "measure", "duty"):
        assert made.not_applied(kind) == []  # type: ignore[arg-type]
        assert made.applied(kind).status == ("review",)  # type: ignore[arg-type]
    assert made.applied("task").status == ("in_time", "review")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà giải", " hoa giai"),
        ("hòa giải", " hoa giai"),
        ("Đề án số 06/ĐA-UBND", " de an so 06 da ubnd"),
        ("«Sở, ban, ngành»", " so ban nganh"),
        ("98,5%", " 98 5%"),
        ("", " "),
    ],
)
def test_searchable(text: str, folded: str) -> None:
    assert searchable(text) == folded
