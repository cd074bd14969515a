"""Chỉ tiêu: what must be reached, at which level, and what is known of it."""

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from cchc import charts, periods, queries, status, words
from cchc.markup import Safe, el, join
from cchc.screen import controls, history, widgets

PAGE = "chi-tieu"
KINDS = {
    "ratio": "Tỷ lệ",
    "count": "Số lượng",
    "rank": "Thứ hạng",
    "improve": "Cải thiện so với năm trước",
    "milestone": "Mốc phải hoàn thành",
}
VIEWS = {"dong-ho": ":material/speed: Đồng hồ", "danh-sach": ":material/view_list: Danh sách"}
GAUGES, LIST = VIEWS
ANSWER = "{count} chỉ tiêu: {kinds}. {results}"
NO_RESULTS = "Chưa có số liệu kết quả của chỉ tiêu nào."
SOME_RESULTS = "{count} chỉ tiêu có số liệu kết quả: {statuses}."
KIND, VIEW, STATUS = "Loại chỉ tiêu", "Cách xem", "Tình trạng"
ON_DAY, FRACTION, EXTENDED = "số liệu ngày {day}", "{top} / {bottom}", "{due} (gia hạn, ban đầu {first})"
DETAIL, DETAIL_HINT = "Xem chi tiết chỉ tiêu", "Chọn ở đây hoặc bấm vào một ô"
LIST_TITLE = "Danh sách chỉ tiêu"
LEGEND = (
    "Vạch đậm là mức mục tiêu, phần xanh nhạt là phần đạt mục tiêu. Thang của tỷ lệ là 0 - 100 %; "
    "thứ hạng tính từ phải sang trái, hạng 1 ở bên phải."
)
GIVEN = "được giao: {agency}"
AS_TABLE = "Xem trang này dạng bảng"
PANEL = "Chỉ tiêu"
NOT_SAID = "không nêu"
CONTEXT = 500  # characters of the paragraph shown before and after the sentence
COLUMNS = {
    "area_name": "Lĩnh vực", "subject": "Chỉ tiêu", "level": "Cấp, phạm vi", "goal_text": "Mục tiêu", "scale": "Thang",
    "result": "Kết quả", "status": "Tình trạng", "plan_label": "Kế hoạch",
}  # fmt: skip
WIDTHS = {
    "area_name": "5.5rem", "level": "6rem", "goal_text": "6.5rem", "scale": "8rem", "result": "7rem", "status": "8rem",
    "plan_label": "7rem",
}  # fmt: skip
AREAS = charts.area_names()


def close_panel() -> None:
    """Forgets the selected target."""
    st.session_state[f"{PAGE}_item"] = None


def open_panel(data: list[str]) -> None:
    """A click on a gauge."""
    st.session_state[f"{PAGE}_item"] = data[0]


def result(row: dict[str, Any]) -> object:
    """The latest result with its fraction, its period and the day it speaks of."""
    if not row["value_text"]:
        return el("span", words.NO_DATA, class_="cchc-quiet")
    more = [row["value_period"]] if row["value_period"] else []
    if pd.notna(row["value_numerator"]) and pd.notna(row["value_denominator"]):
        top, bottom = words.number(row["value_numerator"]), words.number(row["value_denominator"])
        more.append(FRACTION.format(top=top, bottom=bottom))
    if pd.notna(row["value_on"]) and row["kind"] != "milestone":
        more.append(ON_DAY.format(day=periods.date_text(row["value_on"].date())))
    told = [" ", el("span", ", ".join(more), class_="cchc-quiet")] if more else []
    return join([el("strong", row["value_text"]), *told])


def due(row: dict[str, Any]) -> str:
    """The deadline in force, and the first one when it was extended; "" without one."""
    if pd.isna(row["due"]):
        return ""
    shown = periods.date_text(row["due"].date())
    if not row["extended"]:
        return shown
    first = words.UNKNOWN if pd.isna(row["first_due"]) else periods.date_text(row["first_due"].date())
    return EXTENDED.format(due=shown, first=first)


def subject(row: dict[str, Any]) -> Safe:
    """What has to be reached, as a link to its panel; below it whom it was given to."""
    link = el(
        "a", charts.first_up(row["subject"]), class_="cchc-link",
        href=widgets.href(PAGE, view.filters, item=row["id"], **own),
    )  # fmt: skip
    given = el("div", GIVEN.format(agency=row["given_to"]), class_="cchc-quiet cchc-small") if row["given_to"] else ""
    return join([link, given])


@st.dialog(PANEL, width="medium", position="right", on_dismiss=close_panel)
def panel(current: widgets.View, item_id: str) -> None:
    """Everything about one target, with its sentence in its paragraph."""
    found = queries.item(current.engine, item_id, current.filters)
    if found is None:
        st.info(widgets.NOTHING_AT_ALL)
        return
    row = found.row
    facts = {
        "Mục tiêu": el("strong", row["goal_text"]),
        "Kết quả": result(row),
        "Tình trạng": widgets.status_mark(row["status"], row["status_label"]),
        "Căn cứ": row["status_reason"],
        "Kiểm chứng": row["evidence"],
        "Cấp": words.LEVELS.get(row["level"], row["level"]) or NOT_SAID,
        "Xếp hạng trong": row["group_name"],
        "Trừ": row["except_text"],
        "Hạn": due(row),
        "Được giao cho": row["given_to"],
        "Lĩnh vực": f"{row['area_name'] or words.UNKNOWN} ({words.AREA_FROM[row['area_from']]})"
        if row["area_from"]
        else words.UNKNOWN,
        "Văn bản": row["plan_label"],
        "Cần rà soát": row["review"],
    }
    listed = join(el("div", el("dt", name), el("dd", value)) for name, value in facts.items() if value)
    before, after = found.before[-CONTEXT:], found.after[:CONTEXT]
    sentence = el(
        "p",
        "… " if len(before) < len(found.before) else "",
        before, el("mark", found.sentence, class_="cchc-item cchc-is-target"), after,
        " …" if len(after) < len(found.after) else "",
        style="white-space:pre-line",
    )  # fmt: skip
    st.html(
        join([
            el("h3", charts.first_up(row["subject"]), class_="cchc-list-title"),
            el("dl", listed, class_="cchc-pairs"),
            el("h4", "Câu gốc trong văn bản", class_="cchc-list-title"),
            sentence,
            el("p", widgets.sentence_link(current, row["doc_id"], item_id, "Mở đúng chỗ này trong văn bản")),
        ])
    )  # fmt: skip
    history.history_panel(item_id, day=current.day)


view = widgets.view()
targets = widgets.load(queries.targets, view)
if targets.empty:
    widgets.heading(words.PAGE_TITLES[PAGE], view.filters.remarks("target"))
    widgets.nothing(view, PAGE)
    st.stop()
targets = targets.sort_values("area", kind="stable", na_position="last", ignore_index=True)
counts = Counter(targets["kind"])
measured = int((targets["value_text"] != "").sum())
judged = Counter(targets["status"])
told = ", ".join(
    f"{words.number(judged[code])} {label[:1].lower()}{label[1:]}"
    for code, label in status.TARGET_LABELS.items()
    if judged[code]
)
widgets.heading(
    words.PAGE_TITLES[PAGE],
    ANSWER.format(
        count=words.number(len(targets)),
        kinds=", ".join(f"{words.number(counts[k])} {name.lower()}" for k, name in KINDS.items() if counts[k]),
        results=SOME_RESULTS.format(count=words.number(measured), statuses=told) if measured else NO_RESULTS,
    ),
)  # fmt: skip
if note := view.filters.remarks("target"):
    st.html(el("p", note, class_="cchc-note"))

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    present = [kind for kind in KINDS if counts[kind]]
    key = controls.kept(PAGE, "kind", [], controls.some_of(present))
    kinds = st.pills(
        KIND,
        present,
        selection_mode="multi",
        key=key,
        wrap=True,
        format_func=lambda k: f"{KINDS[k]} · {words.number(counts[k])}",
    )
    controls.keep(PAGE, "kind", list(kinds), [])
    key = controls.kept(PAGE, "view", GAUGES, controls.one_of(VIEWS))
    shown = st.segmented_control(VIEW, list(VIEWS), format_func=VIEWS.__getitem__, key=key, required=True)
    controls.keep(PAGE, "view", shown, GAUGES)
if len(judged) > 1:
    occurring = [code for code in status.TARGET_LABELS if judged[code]]
    key = controls.kept(PAGE, "group", [], controls.some_of(occurring))
    codes = st.pills(
        STATUS, occurring, selection_mode="multi", key=key,
        format_func=lambda code: f"{words.STATUS_LOOKS[code].mark} {status.TARGET_LABELS[code]} · {judged[code]}",
    )  # fmt: skip
    controls.keep(PAGE, "group", list(codes), [])
    if codes:
        targets = targets[targets["status"].isin(codes)].reset_index(drop=True)
else:
    codes = []
if kinds:
    targets = targets[targets["kind"].isin(kinds)].reset_index(drop=True)

names = dict(zip(targets["id"], targets["subject"] + " (" + targets["goal_text"] + ")", strict=True))
key = controls.kept(PAGE, "item", None, controls.one_of(names))
chosen = st.session_state[key]
own = {"view": None if shown == GAUGES else shown, "kind": ",".join(kinds), "group": ",".join(codes)}
cells = {
    "area_name": lambda row: AREAS.get(row["area"], words.UNKNOWN) if pd.notna(row["area"]) else words.UNKNOWN,
    "subject": subject,
    "level": lambda row: charts.where_text(row) or el("span", NOT_SAID, class_="cchc-quiet"),
    "goal_text": lambda row: el(
        "strong", row["goal_text"], style="white-space:nowrap" if row["comparator"] else None
    ),
    "scale": charts.bullet,
    "result": result,
    "status": lambda row: widgets.status_mark(row["status"], row["status_label"]),
}  # fmt: skip
columns = {k: v for k, v in COLUMNS.items() if k != "plan_label" or targets["plan_label"].nunique() > 1}

if targets.empty:
    st.info(widgets.NOTHING_FOUND, icon=":material/inbox:")
    controls.keep(PAGE, "item", None, None)
    st.stop()
if shown == GAUGES:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            DETAIL, list(names), index=None, key=key, format_func=names.__getitem__, placeholder=DETAIL_HINT, width=420
        )
        widgets.downloads(view, targets, "targets", key="gauges")
    slot = st.container()
    start, end = controls.pages(PAGE, len(targets), charts.GAUGES_A_PAGE)
    part = targets.iloc[start:end]
    with slot:
        width = controls.width()
        key = (width, chosen or "", tuple(kinds), tuple(codes), start)
        made = controls.made(view, key, charts.gauges, part, width, chosen or "")
        controls.chart(made, f"{PAGE}_gauges", width, open_panel)
        st.html(el("p", LEGEND, class_="cchc-note"))
    with st.expander(AS_TABLE, icon=":material/table:"):
        st.html(widgets.table(part, columns, name=LIST_TITLE, cells=cells, widths=WIDTHS))
else:
    widgets.listing(view, targets, columns, title=LIST_TITLE, kind="targets", cells=cells, widths=WIDTHS, note=LEGEND)
controls.keep(PAGE, "item", chosen, None)
if chosen:
    panel(view, chosen)
