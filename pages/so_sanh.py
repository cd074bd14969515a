"""So sánh: what happened between two days: what became late, what was finished, which results are new."""

import datetime as dt
from collections import Counter
from typing import Any

import streamlit as st

from cchc import periods, queries, report_periods, words
from cchc.markup import Safe, as_markdown, el, join
from cchc.screen import controls, widgets

PAGE = "so-sanh"
BEFORE = "So với ngày"
BEFORE_HELP = "Ngày cuối là ngày ở bộ lọc «Ngày số liệu»; để trống là hôm nay."
ANSWER = "Từ {before} đến {after}: {told}."
NOTHING = "không có nhiệm vụ, chỉ tiêu nào thay đổi"
BASIS = (
    "So sánh tình trạng tại hết mỗi ngày, tính theo nội dung đã ghi nhận đến nay: một kết quả ghi muộn vẫn tính cho "
    "ngày mà nó nói đến."
)
WRONG_ORDER = "Ngày đầu phải trước ngày số liệu {after}. Đang so sánh với {before}."
SHORTEST = 28  # days between the two, unless somebody chooses otherwise
PERIODS = "Kỳ báo cáo trước"
CHANGE = "Thay đổi"
TITLE = "Thay đổi"
ARROW = " → "
COLUMNS = {
    "change": "Thay đổi", "content": "Nội dung", "who": "Chủ trì", "from_to": "Tình trạng", "value": "Kết quả",
    "due": "Thời hạn", "plan_label": "Kế hoạch",
}  # fmt: skip
WIDTHS = {"change": "9rem", "content": "32%", "who": "14%", "from_to": "12rem", "value": "7rem", "due": "7rem"}
FILE = {
    "change_label": "Thay đổi", "kind_label": "Loại", "content": "Nội dung", "who": "Cơ quan chủ trì",
    "label_before": "Tình trạng ngày đầu", "status_label": "Tình trạng ngày cuối", "days": "Số ngày",
    "value_before": "Kết quả ngày đầu", "value_text": "Kết quả ngày cuối", "due_before": "Thời hạn ngày đầu",
    "due_text": "Thời hạn ngày cuối", "area_name": "Lĩnh vực", "plan_label": "Kế hoạch", "id": "Mã nội dung",
}  # fmt: skip
LOOKS = {
    "late": "overdue", "past": "past_no_report", "missed": "missed", "at_risk": "at_risk", "finished": "done",
    "met": "met", "extended": "due_soon", "not_applicable": "not_applicable", "value": "progressing",
    "started": "in_time", "status": "in_time",
}  # fmt: skip


def read_day(text: str) -> dt.date | None:
    """A day of the address; None when it is none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if periods.MIN_YEAR <= day.year <= periods.MAX_YEAR else None


def closing_days(after: dt.date) -> list[dt.date]:
    """The days on which the last reports before `after` closed, latest first."""
    days = [
        report_periods.ReportPeriod(year, part).span("ky")[1]
        for year in (after.year, after.year - 1)
        for part in ("1", "6t", "3", "")
    ]
    return sorted((day for day in days if day < after), reverse=True)[:3]


def choose(day: dt.date) -> None:
    """A button with a day was used."""
    st.session_state[f"{PAGE}_before"] = day


def moved(before: str, after: str) -> object:
    """«before → after», or one of them when nothing changed."""
    if before == after:
        return el("span", after, class_="cchc-whole")
    shown = [el("span", text or words.NO_DATA, class_="cchc-whole") for text in (before, after)]
    return join([el("span", shown[0], class_="cchc-quiet"), ARROW, shown[1]])


def from_to(row: dict[str, Any]) -> object:
    """The statuses of both days."""
    after = widgets.status_mark(row["status"], row["status_label"])
    if row["status"] == row["status_before"]:
        return after
    return join([el("span", row["label_before"], class_="cchc-quiet"), ARROW, after])


def change(row: dict[str, Any]) -> Safe:
    """What happened, with the mark of the status it led to."""
    return widgets.status_mark(LOOKS[row["change"]], row["change_label"])


view = widgets.view()
after = view.day
offered = closing_days(after)
usual = next(day for day in offered if (after - day).days >= SHORTEST)
key = controls.kept(PAGE, "before", usual, read_day)
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.date_input(
        BEFORE, key=key, format=widgets.DATE_FORMAT, min_value=dt.date(periods.MIN_YEAR, 1, 1),
        max_value=dt.date(periods.MAX_YEAR, 12, 31), width=170, help=BEFORE_HELP,
    )  # fmt: skip
    for day in offered:
        st.button(periods.date_text(day), on_click=choose, args=(day,), key=f"before_{day}", help=PERIODS)
before = chosen if isinstance(chosen, dt.date) and chosen < after else usual
controls.keep(PAGE, "before", before, None)
if before != chosen:
    st.warning(as_markdown(WRONG_ORDER.format(after=periods.date_text(after), before=periods.date_text(before))))

frame = widgets.load(queries.compare, view, before, after)
counts = Counter(frame["change"])
told = "; ".join(
    f"{words.number(counts[code])} {label[:1].lower()}{label[1:]}"
    for code, label in queries.CHANGES.items()
    if counts[code]
)
widgets.heading(
    words.PAGE_TITLES[PAGE],
    ANSWER.format(before=periods.date_text(before), after=periods.date_text(after), told=told or NOTHING),
)
st.html(el("p", BASIS, class_="cchc-note"))
shown = frame
if len(counts) > 1:
    present = [code for code in queries.CHANGES if counts[code]]
    key = controls.kept(PAGE, "kind", [], controls.some_of(present))
    kinds = st.pills(
        CHANGE, present, selection_mode="multi", key=key,
        format_func=lambda code: f"{queries.CHANGES[code]} · {words.number(counts[code])}",
    )  # fmt: skip
    controls.keep(PAGE, "kind", list(kinds), [])
    if kinds:
        shown = frame[frame["change"].isin(kinds)].reset_index(drop=True)
if shown.empty:  # the line under the title has said so
    st.stop()
columns = {name: label for name, label in COLUMNS.items() if name != "plan_label" or shown["plan_label"].nunique() > 1}
widgets.listing(
    view,
    shown,
    columns,
    title=TITLE,
    kind=f"so-sanh-{before:%Y-%m-%d}",
    key="compare",
    download=FILE,
    widths=WIDTHS,
    cells={
        "change": change,
        "from_to": from_to,
        "value": lambda row: moved(row["value_before"], row["value_text"]) if row["kind"] == "target" else "",
        "due": lambda row: moved(row["due_before"], row["due_text"]),
    },
)
