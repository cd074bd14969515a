"""Thời hạn: what is due when, lane by lane, and what has no date."""

from dataclasses import replace

import streamlit as st

from cchc import charts, periods, queries, words
from cchc.markup import el, join
from cchc.screen import controls, feed_link, widgets

PAGE = "thoi-han"
ANSWER = "{count} nhiệm vụ: {lanes}."
IN_QUARTERS = "{count} có hạn trong một quý"
OUTSIDE = "Ngày số liệu {day} nằm ngoài khoảng thời gian của biểu đồ nên không có vạch ngày."
LANE = "Xem danh sách của"
ALL = "Tất cả thời hạn"
LANE_HINT = "Bấm vào một hàng của biểu đồ hoặc chọn ở đây để xem danh sách bên dưới."
TITLE = "Nhiệm vụ: {lane}"
COLUMNS = {
    "ordinal": "STT", "content": "Nhiệm vụ", "lead": "Chủ trì", "support": "Phối hợp", "due_text": "Thời hạn",
    "status": "Tình trạng", "via_group": "Qua nhóm", "plan_label": "Kế hoạch",
}  # fmt: skip

WIDTHS = {"ordinal": "4%", "lead": "14%", "support": "16%", "due_text": "9%", "status": "15%"}


def open_lane(data: list[str]) -> None:
    """A click on a lane or on a task in it; a second click on the same lane shows all again."""
    key = f"{PAGE}_lane"
    st.session_state[key] = None if st.session_state.get(key) == data[0] else data[0]


view = widgets.view()
tasks = widgets.load(queries.lanes, view)
if tasks.empty:
    widgets.heading(words.PAGE_TITLES[PAGE])
    widgets.nothing(view, PAGE)
    st.stop()
calendar = view.filters.calendar
counts = charts.lane_counts(tasks)
quarters = sum(n for lane, n in counts.items() if periods.parse_quarter(lane))
told = [IN_QUARTERS.format(count=words.number(quarters))] if quarters else []
told += [
    f"{words.number(n)} {periods.lane_text(lane, calendar)[:1].lower()}{periods.lane_text(lane, calendar)[1:]}"
    for lane, n in counts.items()
    if not periods.parse_quarter(lane)
]
widgets.heading(words.PAGE_TITLES[PAGE], ANSWER.format(count=words.number(len(tasks)), lanes=", ".join(told)))
if note := view.filters.not_applied_text("task"):
    st.html(el("p", note, class_="cchc-note"))

legend = tasks.drop_duplicates("status").to_dict("records")
marks = join((widgets.status_mark(row["status"], row["status_label"]) for row in legend), " · ")
slot = st.container()
key = controls.kept(PAGE, "lane", None, controls.one_of(counts))
lane = st.pills(
    LANE, list(counts), key=key, format_func=lambda v: f"{periods.lane_text(v, calendar)} · {words.number(counts[v])}"
)
controls.keep(PAGE, "lane", lane, None)
with slot:
    st.html(el("p", marks))
    width = controls.width()
    made = controls.made(view, (width, lane or ""), charts.timeline, tasks, calendar, view.day, width, lane or "")
    controls.chart(made, f"{PAGE}_lanes", width, open_lane)
    hints = [LANE_HINT]
    if not charts.in_range(tasks, calendar, view.day):
        hints.append(OUTSIDE.format(day=periods.date_text(view.day)))
    st.html(el("p", " ".join(hints), class_="cchc-note"))

listed = tasks[tasks["lane"] == lane].reset_index(drop=True) if lane else tasks
current = replace(view, filters=view.filters.but(quarter=(lane,))) if lane else view
columns = {
    name: label
    for name, label in COLUMNS.items()
    if not (name == "via_group" and (listed["via_group"] == "").all())
    and not (name == "plan_label" and tasks["plan_label"].nunique() == 1)
}
columns["sentence"] = widgets.SENTENCE_COLUMN
widgets.listing(
    current,
    listed,
    columns,
    title=TITLE.format(lane=periods.lane_text(lane, calendar)) if lane else ALL,
    kind="tasks",
    widths=WIDTHS,
    cells={
        "due_text": widgets.due_cell,
        "status": widgets.task_status_cell,
        "sentence": lambda row: widgets.sentence_link(view, row["doc_id"], row["id"]),
    },
)
feed_link.links(view.filters.without("as_of"))
