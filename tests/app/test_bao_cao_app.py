"""The page Báo cáo on two plans with known facts, nothing recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from cchc.engine import Engine
from tests.app.rig import open_page, parameter, run, words_of
from tests.sample_plans import DOC, show


@pytest.fixture(autouse=True)
def _known_facts(monkeypatch: pytest.MonkeyPatch, sample: Engine) -> None:
    show(monkeypatch, sample)


def test_the_report_of_the_address_is_shown() -> None:
    told = words_of(open_page("bao-cao", f"plan={DOC}&report=6-thang&year=2024"))
    answer = "Số liệu từ 15/12/2023, tính đến hết ngày 14/6/2024: 10 nhiệm vụ, đã hoàn thành 0, quá hạn 0, "
    assert answer + "đã qua hạn chưa có báo cáo 3." in told
    assert "Báo cáo 6 tháng đầu năm 2024" in told
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN TỈNH MẪU", "Bảng 1. Tình hình", "Phụ lục II"):
        assert words in told
    assert "SỐ LIỆU MINH HỌA" not in told


def test_a_first_visit_shows_the_latest_report_and_the_address_keeps_it() -> None:
    app = open_page("bao-cao", "as_of=2024-09-20")
    assert (parameter(app, "report"), parameter(app, "year")) == ("quy-3", "2024")
    assert "Báo cáo quý III/2024" in words_of(app)


def test_another_period_is_chosen() -> None:
    app = open_page("bao-cao", "report=quy-1&year=2024")
    app.selectbox(key="bao-cao_year").select(2022)
    run(app)
    assert parameter(app, "year") == "2022"
    assert "Báo cáo quý I/2022" in words_of(app) and "Có 1 nhiệm vụ" in words_of(app)
    app.session_state["bao-cao_report"] = "nam"
    run(app)
    assert parameter(app, "report") == "nam"
    assert "Báo cáo năm 2022" in words_of(app)


def test_any_dates_and_dates_in_the_wrong_order() -> None:
    app = open_page("bao-cao", f"plan={DOC}&report=ngay&first=2024-02-01&last=2024-04-30")
    assert "từ ngày 01/02/2024 đến ngày 30/4/2024" in words_of(app)
    app.date_input(key="bao-cao_last").set_value(dt.date(2024, 1, 1))
    run(app)
    assert "Ngày cuối kỳ" in app.warning[0].value
    assert not app.get("download_button")


def test_the_filters_are_the_scope() -> None:
    told = words_of(open_page("bao-cao", "report=nam&year=2024&agency=so-tu-phap&role=lead&q=thủ tục"))
    assert "nhiệm vụ do Sở Tư pháp chủ trì" in told
    assert "không áp dụng cho báo cáo" in told
    assert "SỞ TƯ PHÁP" in told and "Phụ lục I " not in told


def test_a_year_without_a_plan_and_broken_parameters_are_no_error() -> None:
    told = words_of(open_page("bao-cao", "report=tuan&year=1&first=x&as_of=2024-06-20"))
    assert "Báo cáo 6 tháng đầu năm 2024" in told
    app = open_page("bao-cao", "report=ngay&first=2019-01-01&last=2019-12-31")
    assert "Không có kế hoạch nào của năm 2019" in app.info[0].value


def test_the_head_of_the_document_can_be_written() -> None:
    app = open_page("bao-cao", f"plan={DOC}&report=nam&year=2024")
    app.text_input(key="report_authority").set_value("Sở Nội vụ <b>")
    app.text_input(key="report_place").set_value("Thành phố X")
    run(app)
    html = " ".join(element.proto.body for element in app.get("html"))
    assert "SỞ NỘI VỤ &lt;B&gt;" in html and "Thành phố X, ngày" in html
