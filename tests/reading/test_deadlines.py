"""Deadlines: phrases as plans write them, and what they mean. (kind, start, end) with the plan year 2025."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.reading import deadlines as d
from cchc.reading.deadlines import find_deadline, read_deadline
from cchc.text import matching

READ = [
    # quarters
    ("Quý IV/2023", "quarter", None, "2023-12-31"),
    ("Quý IV năm 2023", "quarter", None, "2023-12-31"),
    ("QUÝ II/2015", "quarter", None, "2015-06-30"),
    ("Quí III/2012", "quarter", None, "2012-09-30"),
    ("Quý 1/2025", "quarter", None, "2025-03-31"),
    ("Q1/2025", "quarter", None, "2025-03-31"),
    ("Quý II, III", "quarter", None, "2025-09-30"),
    ("Quý I, Quý IV năm 2025", "quarter", None, "2025-12-31"),
    ("Quý I+II/2025", "quarter", None, "2025-06-30"),
    ("Quý III/2025 và Quý I/2026", "quarter", None, "2026-03-31"),
    ("Năm 2025 (Quý II, Quý IV)", "quarter", None, "2025-12-31"),
    ("Quý II", "quarter", None, "2025-06-30"),
    # spans inside a year or over two
    ("Quý I - Quý III/2025", "period", "2025-01-01", "2025-09-30"),
    ("Quý I-IV", "period", "2025-01-01", "2025-12-31"),
    ("Quý IV/2024 - Quý I/2025", "period", "2024-10-01", "2025-03-31"),
    ("6 tháng đầu năm", "period", "2025-01-01", "2025-06-30"),
    ("06 tháng đầu năm 2025", "period", "2025-01-01", "2025-06-30"),
    ("6 tháng cuối năm 2025", "period", "2025-07-01", "2025-12-31"),
    ("9 tháng", "period", "2025-01-01", "2025-09-30"),
    ("Từ tháng 3 đến tháng 6/2025", "period", "2025-03-01", "2025-06-30"),
    ("Tháng 3 - 6/2025", "period", "2025-03-01", "2025-06-30"),
    ("từ ngày 01/3/2025 đến ngày 30/6/2025", "period", "2025-03-01", "2025-06-30"),
    # months
    ("Tháng 01/2024", "month", None, "2024-01-31"),
    ("trong tháng 6", "month", None, "2025-06-30"),
    ("tháng 3, tháng 9", "month", None, "2025-09-30"),
    ("tháng 3, 6, 9, 12/2025", "month", None, "2025-12-31"),
    ("12/2025", "month", None, "2025-12-31"),
    ("T3/2025", "month", None, "2025-03-31"),
    ("Tháng 02/2024", "month", None, "2024-02-29"),
    ("Trước tháng 12/2025", "month", None, "2025-11-30"),
    # days
    ("trước ngày 15/12/2025", "day", None, "2025-12-15"),
    ("Trước 15/12", "day", None, "2025-12-15"),
    ("chậm nhất ngày 20/11/2025", "day", None, "2025-11-20"),
    ("ngày 20 tháng 11 năm 2025", "day", None, "2025-11-20"),
    ("Trước 30.6.2025", "day", None, "2025-06-30"),
    ("Quý IV/2025 (trước ngày 15/12)", "day", None, "2025-12-15"),
    ("15/3, 15/6, 15/9 và 15/12", "day", None, "2025-12-15"),
    # years
    ("Năm 2024", "year", None, "2024-12-31"),
    ("2025", "year", None, "2025-12-31"),
    ("cả năm", "year", None, "2025-12-31"),
    ("trong năm", "year", None, "2025-12-31"),
    ("cuối năm", "year", None, "2025-12-31"),
    ("đến hết năm 2025", "year", None, "2025-12-31"),
    ("Năm 2023- 2025", "years", "2023-01-01", "2025-12-31"),
    ("2021-2025", "years", "2021-01-01", "2025-12-31"),
    ("giai đoạn 2026-2030", "years", "2026-01-01", "2030-12-31"),
    ("Từ 2024 đến 2026", "years", "2024-01-01", "2026-12-31"),
    # recurring
    *[(s, "ongoing", None, None) for s in (
        "Thường xuyên", "Thường xuyên trong năm 2025", "hằng quý", "Hàng tháng", "hàng năm", "Định kỳ hàng quý",
        "Trước 15/12 hằng năm", "Trước ngày 20 tháng cuối quý", "Tháng 6 và tháng 12 hằng năm", "Quý, 6 tháng, năm",
        "2 lần/năm",
    )],
    # hanging on something else
    *[(s, "event", None, None) for s in (
        "Sau khi Bộ Nội vụ công bố Chỉ số cải cách hành chính năm 2023", "ngay sau khi có hướng dẫn",
        "theo Kế hoạch của Bộ Nội vụ", "Theo quy định", "theo yêu cầu", "trong 15 ngày kể từ ngày ban hành",
        "Trước năm học 2020 - 2021", "Kỳ họp cuối năm của HĐND tỉnh", "Khi có phát sinh",
    )],
]  # fmt: skip


@pytest.mark.parametrize(("raw", "kind", "start", "end"), READ)
def test_reads_deadlines(raw: str, kind: str, start: str | None, end: str | None) -> None:
    deadline, _ = read_deadline(raw, 2025)
    assert deadline.model_dump(mode="json") == {"kind": kind, "start": start, "end": end}


@pytest.mark.parametrize(
    "raw", ["31/6/2025", "30/02", "Quý V", "tháng 13/2025", "chậm nhất ngày 31/4/2025", "29/2/2025"]
)
def test_reports_impossible_dates_and_repairs_none(raw: str) -> None:
    deadline, reasons = read_deadline(raw, 2025)
    assert deadline.kind == "none"
    assert reasons == (d.IMPOSSIBLE.format(raw=raw),)


@pytest.mark.parametrize("raw", ["", " - ", "...", "|"])
def test_says_that_nothing_is_written(raw: str) -> None:
    assert read_deadline(raw, 2025) == (d.Deadline(), (d.NO_DEADLINE,))


@pytest.mark.parametrize("raw", ["Đã hoàn thành", "Sở Nội vụ", "Trong quý"])
def test_says_what_it_does_not_understand(raw: str) -> None:
    deadline, reasons = read_deadline(raw, 2025)
    assert deadline.kind == "none"
    assert reasons == (d.NOT_UNDERSTOOD.format(raw=raw),)


def test_a_missing_year_is_the_plan_year_and_says_so() -> None:
    assert read_deadline("Quý II", 2021)[1] == (d.PLAN_YEAR.format(year=2021),)
    deadline, reasons = read_deadline("Quý II", None)
    assert (deadline.kind, deadline.end, reasons) == ("quarter", None, (d.NO_YEAR,))


def test_several_dates_say_that_the_last_was_taken() -> None:
    deadline, reasons = read_deadline("Kế hoạch: Tháng 01/2025; Báo cáo: Quý IV/2025", 2025)
    assert deadline.end == dt.date(2025, 12, 31)
    assert d.SEVERAL in reasons


FOUND = [
    ("Giao Sở Nội vụ chủ trì, hoàn thành trước ngày 15/12/2025.", "hoàn thành trước ngày 15/12/2025", "2025-12-15"),
    ("Thời gian thực hiện: Quý II/2025", "Quý II/2025", "2025-06-30"),
    ("thời gian ban hành chậm nhất trong tháng 01/2024", "ban hành chậm nhất trong tháng 01/2024", "2024-01-31"),
    ("tổ chức tập huấn trong tháng 6, tháng 7/2025.", "trong tháng 6, tháng 7/2025", "2025-07-31"),
    ("thẩm định phương án trong 6 tháng đầu năm 2025.", "trong 6 tháng đầu năm 2025", "2025-06-30"),
    ("báo cáo UBND tỉnh trước ngày 20 hằng tháng", "báo cáo UBND tỉnh trước ngày 20 hằng tháng"[18:], None),
    ("gửi về Sở chậm nhất ngày 31/4/2025", "chậm nhất ngày 31/4/2025", None),
]


@pytest.mark.parametrize(("sentence", "raw", "end"), FOUND)
def test_finds_the_deadline_of_a_sentence(sentence: str, raw: str, end: str | None) -> None:
    found = find_deadline(sentence, matching(sentence), 2025)
    assert found is not None
    assert sentence[found.start : found.end] == found.raw == raw
    assert found.deadline.end == (dt.date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Quyết định số 10/QĐ-UBND ngày 15/12/2025 của UBND tỉnh",
        "Tỷ lệ hồ sơ năm 2024 đạt 98%",
        "số hóa kết quả còn hiệu lực trước năm 2022 theo lộ trình",
        "các văn bản ban hành từ năm 2016 về trước còn hiệu lực",
    ],
)
def test_a_date_without_words_of_a_deadline_is_none(sentence: str) -> None:
    assert find_deadline(sentence, matching(sentence), 2025) is None


_WORDS = st.sampled_from(
    ["quý", "i", "ii", "iv", "v", "tháng", "ngày", "năm", "2024", "2025", "-", "/", ",", ";", "và", "đến", "từ",
     "trước", "hết", "đầu", "cuối", "15", "31", "6", "13", "hằng", "định kỳ", "sau khi", "(", ")", "giai đoạn"]
)  # fmt: skip


@settings(max_examples=300, deadline=500)
@given(st.lists(_WORDS, max_size=40).map(" ".join), st.sampled_from([None, 2025]))
def test_any_words_of_dates_give_a_deadline_in_order(raw: str, year: int | None) -> None:
    deadline, reasons = read_deadline(raw, year)
    if deadline.start and deadline.end:
        assert deadline.start <= deadline.end
    assert deadline.kind != "none" or reasons
    found = find_deadline(raw, matching(raw), year)
    assert found is None or 0 <= found.start < found.end <= len(raw)
