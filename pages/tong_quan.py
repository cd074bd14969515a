"""Tổng quan: what is due, what is late and whose, what a person should look at; each number leads to its list."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from cchc import periods, queries, status, words
from cchc.markup import Safe, el, join
from cchc.screen import widgets

TITLE = "Tổng quan"
LATE_ONE = "{late} trong {all} nhiệm vụ quá hạn"
LATE_AND = "{late} trong {all} nhiệm vụ quá hạn và {past} nhiệm vụ đã qua hạn mà chưa có báo cáo"
PAST_ONE = "{past} trong {all} nhiệm vụ đã qua hạn mà chưa có báo cáo"
MOST = ", nhiều nhất là {agency} ({count})"
NONE_PAST = "Không có nhiệm vụ nào đã qua hạn"
DUE = "{now} có {count} nhiệm vụ đến hạn"
AS_OF = "Tính đến {day}: "
DUE_NOW, DUE_NEXT = "Nhiệm vụ đến hạn {quarter}", "quý sau: {count}"
YEARLY = "cả năm, nhiều năm kết thúc trong quý: {count}"
OVERDUE, DONE = "Nhiệm vụ quá hạn", "đã hoàn thành: {count}/{all}"
PAST, WITHIN = "Đã qua hạn, chưa có báo cáo", "sắp đến hạn trong {days} ngày: {count}"
AT_RISK, TARGETS_NOTE = "Chỉ tiêu có nguy cơ không đạt", "chưa có số liệu của {count} chỉ tiêu"
MET, MISSED, NO_TARGETS = "đạt: {count}/{all}", "không đạt: {count}", "không có chỉ tiêu"
NONE_GIVEN = "chưa chỉ tiêu nào được giao cho cơ quan"
REVIEW, ALL_READ = "Nội dung cần rà soát", "mọi nội dung đều đọc rõ"
ATTENTION = "Cần chú ý"
DUE_ON, CAUSE, NO_CAUSE = "hạn {due}", "nguyên nhân: {cause}", "chưa nêu nguyên nhân"
LANES = "Nhiệm vụ theo thời hạn"
AREAS = "Bảy lĩnh vực"
REVIEW_SHORT = "Cần rà soát"
REST = "Chưa đến hạn, không có hạn hoặc không áp dụng"
DONE_WORD, MET_WORD, RISK_WORD = "Đã hoàn thành", "Đạt", "Nguy cơ không đạt hoặc không đạt"
REST_TARGETS = "Đang tiến triển hoặc chưa thể đánh giá"
NOTHING_PRESSING = "Không có việc nào cần chú ý trong phạm vi đang xem."
FIRST_VISIT = "Mới dùng lần đầu?"
START = (
    ("chi-tieu", "Xem các chỉ tiêu phải đạt"),
    ("trach-nhiem", "Tìm việc của một cơ quan"),
    ("van-ban", "Đọc văn bản gốc"),
)
# Duties and measures have no page of their own: those to be looked at stand in the list of this page.
KIND_PAGES = {"task": "thoi-han", "target": "chi-tieu", "duty": "tong-quan", "measure": "tong-quan", "any": "tong-quan"}
KIND_WORDS = {"task": "nhiệm vụ", "target": "chỉ tiêu", "measure": "giải pháp", "duty": "trách nhiệm"}
ATTENTION_FILE = {
    "kind_label": "Loại",
    "content": "Nội dung",
    "who": "Cơ quan",
    "due_text": "Thời hạn",
    "status_label": "Tình trạng",
    "days": "Số ngày",
    "why": "Vì sao",
    "cause": "Nguyên nhân, đề nghị gần nhất",
    "area_name": "Lĩnh vực",
    "plan_label": "Kế hoạch",
    "id": "Mã nội dung",
}
ROWS = 6  # as many as an office screen shows without scrolling

view = widgets.view()
data = widgets.load(queries.overview, view)
numbers = data.numbers
tasks = widgets.load(queries.tasks, view)
targets = widgets.load(queries.targets, view)


def link(key: str, label: object = None) -> Safe:
    """A number of the overview as a link to its list."""
    number = numbers[key]
    shown = words.number(number.value) if label is None else label
    return el("a", shown, href=widgets.href(KIND_PAGES[number.kind], number.filters), class_="cchc-link")


def card(key: str, label: str, notes: list[object]) -> Safe:
    """One of the five numbers: the number is the link, its words and what belongs to it below."""
    number = numbers[key]
    colour = f"cchc-status-{status_of_card[key]}" if number.value and key in status_of_card else ""
    return el(
        "div",
        el("a", el("span", words.number(number.value), class_=f"cchc-number {colour}"), el("span", label),
           href=widgets.href(KIND_PAGES[number.kind], number.filters), class_="cchc-link cchc-card-link"),
        el("div", join(notes, " · "), class_="cchc-quiet cchc-card-note"),
        class_="cchc-card",
    )  # fmt: skip


status_of_card = {"overdue": "overdue", "past": "past_no_report", "due_now": "in_time", "at_risk": "at_risk"}


def lower_first(text: str) -> str:
    """The text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def most_past() -> str:
    """«, nhiều nhất là Sở Nội vụ (9)»: whose tasks are past most often."""
    past = tasks[tasks["status"].isin(["overdue", "past_no_report"])]
    leads = Counter(name for lead in past["lead"] for name in lead.split("; ") if name)
    if not leads:
        return ""
    agency, count = leads.most_common(1)[0]
    return MOST.format(agency=agency, count=count)


def answer() -> str:
    """The page's answer in one line."""
    late, past, everything = (numbers[key].value for key in ("overdue", "past", "tasks"))
    said = LATE_AND if late and past else LATE_ONE if late else PAST_ONE if past else NONE_PAST
    first = said.format(late=late, past=past, all=everything) + (most_past() if late or past else "")
    due = DUE.format(now=lower_first(data.quarter_label), count=numbers["due_now"].value)
    return AS_OF.format(day=periods.date_text(view.day)) + lower_first(first) + f"; {due}."


def target_notes() -> list[object]:
    """What stands below the number of targets at risk."""
    everything = numbers["targets"].value
    if not everything:
        return [NONE_GIVEN if view.filters.agency else NO_TARGETS]
    known = everything - int((targets["status"] == "not_assessed").sum())
    if not known:
        return [TARGETS_NOTE.format(count=everything)]
    notes: list[object] = [link("met", MET.format(count=numbers["met"].value, all=everything))]
    if numbers["missed"].value:
        notes.append(link("missed", MISSED.format(count=numbers["missed"].value)))
    return notes


def cards() -> Safe:
    """The five numbers."""
    name = lower_first(data.quarter_label.partition(" (")[0])
    notes_due: list[object] = [link("due_next", DUE_NEXT.format(count=numbers["due_next"].value))]
    if numbers["yearly_now"].value:
        notes_due.append(link("yearly_now", YEARLY.format(count=numbers["yearly_now"].value)))
    soon = WITHIN.format(days=status.DUE_SOON_DAYS, count=numbers["due_soon"].value)
    review: list[object] = [
        link(f"review_{kind}", f"{label}: {numbers[f'review_{kind}'].value}")
        for kind, label in KIND_WORDS.items()
        if numbers[f"review_{kind}"].value
    ]
    return el(
        "div",
        card("due_now", DUE_NOW.format(quarter=name), notes_due),
        card("overdue", OVERDUE, [link("done", DONE.format(count=numbers["done"].value, all=numbers["tasks"].value))]),
        card("past", PAST, [link("due_soon", soon)]),
        card("at_risk", AT_RISK, target_notes()),
        card("review", REVIEW, review or [ALL_READ]),
        class_="cchc-cards",
    )


def what(row: dict[str, Any]) -> Safe:
    """What the row is about, as a link to its sentence."""
    return widgets.sentence_link(view, row["doc_id"], row["id"], el("span", row["content"], class_="cchc-two-lines"))


def why(row: dict[str, Any]) -> object:
    """The status with its days, below it the deadline and what was said of the cause; or why a person should look."""
    if not row["status"]:
        return row["why"]
    told = [DUE_ON.format(due=lower_first(row["due_text"]))] if row["due_text"] else []
    if row["cause"]:
        told.append(CAUSE.format(cause=row["cause"]))
    elif row["status"] in ("overdue", "missed"):
        told.append(NO_CAUSE)
    small = el("div", "; ".join(told), class_="cchc-quiet cchc-small cchc-two-lines", title="; ".join(told))
    return join([widgets.status_mark(row["status"], row["why"]), small if told else ""])


def attention() -> None:
    """What needs a person, most pressing first."""
    frame = widgets.load(queries.attention, view)
    if frame.empty and not view.filters.set_names():
        st.html(join([el("h3", ATTENTION, class_="cchc-list-title"), el("p", NOTHING_PRESSING)]))
        return
    widgets.listing(
        view, frame, {"content": "Việc", "who": "Cơ quan", "why": "Tình trạng"}, title=ATTENTION,
        kind="can-chu-y", cells={"content": what, "why": why},
        widths={"who": "22%", "why": "34%"}, page_size=ROWS, download=ATTENTION_FILE, links=False,
    )  # fmt: skip


def bar(parts: list[tuple[str, int, str]], most: int) -> Safe:
    """A bar of stacked parts (status, count, words); the widest bar of the table has `most`."""
    pieces = []
    for code, count, label in parts:
        width = f"width:{100 * count / most:.1f}%"
        if count:
            pieces.append(el("span", title=f"{label}: {count}", class_=f"cchc-bar cchc-fill-{code}", style=width))
    return el("span", join(pieces), class_="cchc-track", aria_hidden="true")


def lanes() -> Safe:
    """Tasks by deadline, stacked by status: a row a lane, its number is a link."""
    frame = data.by_lane
    base = view.filters.without("quarter", "from", "to", "status")
    totals = frame.groupby("lane")["count"].sum()
    most = int(totals.max()) if len(totals) else 1
    rows = []
    for lane, group in frame.groupby("lane", sort=False):
        parts = [(r["status"], int(r["count"]), r["status_label"]) for r in group.to_dict("records")]
        address = widgets.href("thoi-han", base.but(quarter=(str(lane),)))
        spoken = "; ".join(f"{label}: {count}" for _, count, label in parts)
        rows.append(
            el("tr",
               el("th", el("a", group["lane_label"].iloc[0], href=address, class_="cchc-link"), scope="row"),
               el("td", bar(parts, most), el("span", spoken, class_="cchc-spoken"), class_="cchc-col-bar"),
               el("td", el("a", int(totals[lane]), href=address, class_="cchc-link"), class_="cchc-col-number"))
        )  # fmt: skip
    return el("table", el("tbody", join(rows)), class_="cchc-bars", aria_label=LANES)


def legend() -> Safe:
    """The statuses that occur, with their marks."""
    present = data.by_lane.drop_duplicates("status")
    marks = [widgets.status_mark(row["status"], row["status_label"]) for row in present.to_dict("records")]
    return el("p", join(marks, " "), class_="cchc-legend-line")


def areas() -> Safe:
    """The seven areas (and items without one): targets and tasks as bars, everything as numbers with links."""
    frame = data.by_area
    counted = ["targets", "tasks", "measures"]
    frame = frame[(frame["area"] > 0) | (frame[counted].sum(axis=1) > 0)]
    most = max(1, int(frame[["targets", "tasks"]].to_numpy().max()))
    base = view.filters.without("quarter", "from", "to", "status", "area")
    head = [("Lĩnh vực", 1), ("Nhiệm vụ", 2), ("Quá hạn", 1), ("Chưa báo cáo", 1), ("Chỉ tiêu", 2), ("Nguy cơ", 1),
            ("Giải pháp", 1), (REVIEW_SHORT, 1)]  # fmt: skip
    rows = []
    for row in frame.to_dict("records"):
        here = base.but(area=(int(row["area"]),))

        def cell(column: str, page: str, filters: Any, row: dict[Any, Any] = row) -> Safe:
            count = int(row[column])
            shown = el("a", count, href=widgets.href(page, filters), class_="cchc-link") if count else "0"
            return el("td", shown, class_="cchc-col-number")

        done, late, past = int(row["done"]), int(row["overdue"]), int(row["past"])
        met, risk = int(row["met"]), int(row["at_risk"])
        task_bar = [
            ("done", done, DONE_WORD),
            ("overdue", late, OVERDUE),
            ("past_no_report", past, PAST),
            ("in_time", int(row["tasks"]) - done - late - past, REST),
        ]
        target_bar = [("met", met, MET_WORD), ("at_risk", risk, RISK_WORD),
                      ("target", int(row["targets"]) - met - risk, REST_TARGETS)]  # fmt: skip
        rows.append(
            el("tr",
               el("th", row["area_name"], scope="row"),
               cell("tasks", "thoi-han", here),
               el("td", bar(task_bar, most), class_="cchc-col-bar"),
               cell("overdue", "thoi-han", here.but(status=("overdue",))),
               cell("past", "thoi-han", here.but(status=("past_no_report",))),
               cell("targets", "chi-tieu", here),
               el("td", bar(target_bar, most), class_="cchc-col-bar"),
               cell("at_risk", "chi-tieu", here.but(status=("at_risk", "missed"))),
               el("td", int(row["measures"]), class_="cchc-col-number"),
               cell("review", "tong-quan", here.but(status=("review",))))
        )  # fmt: skip
    header = el("tr", join(el("th", label, scope="col", colspan=span) for label, span in head))
    table = el("table", el("thead", header), el("tbody", join(rows)), class_="cchc-bars cchc-areas", aria_label=AREAS)
    return el("div", table, class_="cchc-scroll", tabindex=0, role="region", aria_label=AREAS)


widgets.heading(TITLE, answer())
st.html(cards())
if not (numbers["tasks"].value + numbers["targets"].value + numbers["measures"].value + numbers["duties"].value):
    widgets.nothing(view)
    st.stop()
left, right = st.columns([62, 38], gap="medium")
with left:
    attention()
with right:
    st.html(join([el("h3", LANES, class_="cchc-list-title cchc-like-list"), lanes(), legend()]))
st.html(join([el("h3", AREAS, class_="cchc-list-title"), areas()]))
links = [el("a", label, href=widgets.href(page, view.filters), class_="cchc-link") for page, label in START]
st.html(el("p", FIRST_VISIT, " ", join(links, " · "), class_="cchc-note cchc-screen-only"))
