"""Báo cáo: the report of a period, to read, to print and as Word and Excel files."""

import datetime as dt
from functools import partial
from pathlib import Path

import streamlit as st

from cchc import config, report_docx, report_html, report_source, report_xlsx, reports, words
from cchc.markup import as_markdown, el, join
from cchc.periods import date_text
from cchc.screen import controls, widgets

PAGE = "bao-cao"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KIND, YEAR, FIRST, LAST = "Kỳ báo cáo", "Năm", "Từ ngày", "Đến ngày"
KINDS = {"quy-1": "Quý I", "6-thang": "6 tháng", "quy-3": "Quý III", "nam": "Năm", "ngay": "Ngày bất kỳ"}
PARTS = dict(zip(KINDS, reports.REPORTS, strict=False))
ANY = "ngay"
ANSWER = (
    "Số liệu từ {start}, tính đến hết ngày {day}: {tasks} nhiệm vụ, đã hoàn thành {done}, quá hạn {late}, "
    "đã qua hạn chưa có báo cáo {silent}."
)
SCOPE = "Phạm vi (chọn ở bộ lọc Kế hoạch, Cơ quan, Lĩnh vực): {scope}."
TO_FILL = "Chỗ ghi «…» để cơ quan báo cáo điền. Để in, bấm Ctrl+P: bản in chỉ có nội dung báo cáo."
HEAD = "Đầu văn bản"
AUTHORITY, PARENT, PLACE = "Cơ quan báo cáo", "Cơ quan chủ quản", "Địa danh"
WORD, EXCEL = "Tải Word", "Tải Excel"
WRONG_DATES = "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."
NO_YEAR = "Chưa có kế hoạch nào để báo cáo."


def read_day(text: str) -> dt.date | None:
    """A date of the address."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def read_year(text: str) -> int | None:
    """A year of the address that has a plan."""
    return int(text) if text in map(str, years) else None


view = widgets.view()
title = words.PAGE_TITLES[PAGE]
years = report_source.years(view.engine)
if not years:
    widgets.heading(title)
    st.info(NO_YEAR)
    st.stop()
past = [year for year in years if year <= view.day.year]
due = reports.latest(view.day, past[0] if past else years[-1])
usual = next(kind for kind, part in PARTS.items() if reports.report_period(due.years[0], part) == due)
above = st.container(key="report_head")
with st.container(horizontal=True, vertical_alignment="bottom", key="report_choice"):
    key = controls.kept(PAGE, "report", usual, controls.one_of(KINDS))
    kind = st.segmented_control(KIND, list(KINDS), format_func=KINDS.__getitem__, key=key, required=True)
    # Written even when it is the usual one: which report is due changes with the day, a link must not.
    controls.keep(PAGE, "report", kind, None)
    if kind == ANY:
        key = controls.kept(PAGE, "first", due.start, read_day)
        first = st.date_input(FIRST, key=key, format=widgets.DATE_FORMAT, width=150)
        controls.keep(PAGE, "first", first, None)
        key = controls.kept(PAGE, "last", min(due.end, config.today()), read_day)
        last = st.date_input(LAST, key=key, format=widgets.DATE_FORMAT, width=150)
        controls.keep(PAGE, "last", last, None)
    else:
        key = controls.kept(PAGE, "year", due.years[0], read_year)
        year = st.selectbox(YEAR, years, key=key, width=110)
        controls.keep(PAGE, "year", year, None)
    with st.popover(HEAD, icon=":material/edit:"):
        authority = st.text_input(AUTHORITY, key="report_authority", max_chars=200)
        parent = st.text_input(PARENT, key="report_parent", max_chars=200)
        place = st.text_input(PLACE, key="report_place", max_chars=100)
if kind == ANY and last < first:
    with above:
        widgets.heading(title)
    st.warning(WRONG_DATES)
    st.stop()
period = reports.any_dates(first, last) if kind == ANY else reports.report_period(year, PARTS[kind])
try:
    report = widgets.load(report_source.of_code, view, period.code, authority.strip(), parent.strip(), place.strip())
except report_source.NothingToReport as error:
    with above:
        widgets.heading(title)
    st.info(as_markdown(str(error)), icon=":material/inbox:")
    st.stop()

numbers = {line.cells[1]: line.cells[2] for line in report.table("split").lines}
with above:
    answer = ANSWER.format(
        start=date_text(period.start),
        day=date_text(report.as_of),
        tasks=numbers[reports.ALL],
        done=numbers[reports.DONE_ROW],
        late=numbers[reports.LATE],
        silent=numbers[reports.SILENT],
    )
    widgets.heading(f"{title} {period.label}", answer)
notes = (SCOPE.format(scope=report.scope), *report.notes, TO_FILL)
st.html(el("div", join(el("p", note, class_="cchc-note") for note in notes), class_="cchc-report-above"))
with st.container(horizontal=True, key="report_downloads"):
    for label, extension, mime, write in (
        (WORD, "docx", DOCX, report_docx.to_docx),
        (EXCEL, "xlsx", widgets.XLSX, report_xlsx.to_xlsx),
    ):
        st.download_button(
            label,
            partial(write, report),
            report.file_name(extension),
            mime,
            key=f"report_{extension}",
            on_click="ignore",
            icon=":material/download:",
        )
st.html(Path(report_html.__file__).with_name("report.css"))
st.html(report_html.to_html(report))
