"""Trách nhiệm: who leads and who supports what."""

from dataclasses import replace

import streamlit as st

from cchc import charts, queries, words
from cchc.filters import NAMES_VI
from cchc.items import heirs
from cchc.markup import el
from cchc.screen import controls, widgets

PAGE = "trach-nhiem"
VIEWS = {"linh-vuc": "Cơ quan và lĩnh vực", "nhiem-vu": "Cơ quan và nhiệm vụ"}
AREAS, TASKS = VIEWS
GROUPS = {"gop": "Gộp nhóm", "mo": "Mở nhóm"}
FOLDED, OPENED = GROUPS
VIEW, GROUP = "Cách xem", "Nhóm cơ quan"
GROUP_HELP = (
    "Gộp: «Sở, ban, ngành» là một dòng. Mở: dòng của nhóm được thay bằng từng thành viên trong năm của kế hoạch; "
    "số của thành viên gồm cả việc được giao qua nhóm nên không cộng dồn được."
)
ANSWER = "{tasks} nhiệm vụ giao cho {agencies}. {most}"
AGENCIES = "{count} cơ quan"
AND_GROUPS = "{count} cơ quan và {groups} nhóm cơ quan"
MOST = "Chủ trì nhiều nhất: {agency} ({count} nhiệm vụ)."
MATRIX_TITLE = "Ma trận trách nhiệm"
GROUP_SIGN, CLOSED_GROUP_SIGN = "▸", "▹"
LEGEND = "C: chủ trì, P: phối hợp, kèm số nhiệm vụ. Ô càng đậm, chủ trì càng nhiều."
GIVEN = "{count} chỉ tiêu do cơ quan thường trực giao."
GIVEN_LEGEND = "CT: chỉ tiêu do cơ quan thường trực giao, không phải do văn bản nêu."
GIVEN_LEFT_OUT = "Đang lọc theo {names} nên ma trận không tính chỉ tiêu được giao."
GROUPS_LEGEND = "▸ nhóm mở được thành từng cơ quan; ▹ nhóm chưa rõ thành viên."
VIA = "* tính cả nhiệm vụ giao qua nhóm."
ROW, COLUMN = "Cơ quan", "Lĩnh vực"
ANY_ROW, ANY_COLUMN = "Tất cả cơ quan", "Tất cả lĩnh vực"
HINT = "Bấm vào một ô, hoặc chọn cơ quan và lĩnh vực, để xem các nhiệm vụ ở bên dưới."
LIST_TITLE = "Nhiệm vụ: {what}"
ALL_TASKS = "Nhiệm vụ theo cơ quan"
ON_A_PAGE = 25
MOST_COLUMNS = 24
MORE_COLUMNS = "Hình chỉ có {count} cơ quan có nhiều nhiệm vụ nhất của trang này; danh sách bên dưới có đủ."
NARROW = "Màn hình hẹp: xem cơ quan chủ trì, phối hợp của từng nhiệm vụ trong danh sách bên dưới."
COLUMNS = {
    "ordinal": "STT", "content": "Nhiệm vụ", "role": "Vai trò", "lead": "Chủ trì", "support": "Phối hợp",
    "due_text": "Thời hạn", "status": "Tình trạng", "via": "Qua nhóm", "plan_label": "Kế hoạch",
}  # fmt: skip
WIDTHS = {
    "ordinal": "4%", "role": "8%", "lead": "13%", "support": "15%", "due_text": "8%", "status": "14%", "via": "8%",
}  # fmt: skip
GIVEN_LIST = "Chỉ tiêu được giao"
GIVEN_COLUMNS = {
    "given_to": "Cơ quan", "subject": "Chỉ tiêu", "goal_text": "Mục tiêu", "due": "Hạn", "value_text": "Kết quả",
    "status": "Tình trạng", "plan_label": "Kế hoạch",
}  # fmt: skip
GIVEN_WIDTHS = {"given_to": "14%", "goal_text": "12%", "due": "9%", "value_text": "12%", "status": "14%"}
ROLES = {"C": "Chủ trì", "P": "Phối hợp", "CP": "Chủ trì, phối hợp"}


def open_cell(data: list[str]) -> None:
    """A click on a cell or a sum of the matrix of areas."""
    st.session_state[f"{PAGE}_row"], st.session_state[f"{PAGE}_column"] = data[0] or None, data[1] or None


def open_task(data: list[str]) -> None:
    """A click on a cell of the matrix of tasks: shows the tasks of that agency."""
    st.session_state[f"{PAGE}_row"] = data[1] or None


view = widgets.view()
folded = widgets.load(queries.matrix_area, view)
tasks = widgets.load(queries.tasks, view)
if folded.empty:
    widgets.heading(words.PAGE_TITLES[PAGE])
    widgets.nothing(view, PAGE)
    st.stop()
groups = int(folded["is_group"].sum())
counted = words.number(len(folded) - groups)
first = folded.loc[folded["lead"].idxmax()]
told = [MOST.format(agency=first["name"], count=words.number(int(first["lead"])))] if first["lead"] else []
if count := int(folded["given"].sum()):
    told.append(GIVEN.format(count=words.number(count)))
widgets.heading(
    words.PAGE_TITLES[PAGE],
    ANSWER.format(
        tasks=words.number(len(tasks)),
        agencies=AND_GROUPS.format(count=counted, groups=words.number(groups))
        if groups
        else AGENCIES.format(count=counted),
        most=" ".join(told),
    ),
)
given = widgets.load(queries.given_targets, view)
left_out = view.filters.not_applied("target") if len(given) else []
notes = [view.filters.not_applied_text("task")]
if left_out:
    notes.append(GIVEN_LEFT_OUT.format(names=", ".join(NAMES_VI[name] for name in left_out)))
    given = given.head(0)
if any(notes):
    st.html(el("p", " ".join(filter(None, notes)), class_="cchc-note"))

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    key = controls.kept(PAGE, "view", AREAS, controls.one_of(VIEWS))
    shown = st.segmented_control(VIEW, list(VIEWS), format_func=VIEWS.__getitem__, key=key, required=True)
    controls.keep(PAGE, "view", shown, AREAS)
    key = controls.kept(PAGE, "group", FOLDED, controls.one_of(GROUPS))
    group = st.segmented_control(
        GROUP, list(GROUPS), format_func=GROUPS.__getitem__, key=key, required=True, help=GROUP_HELP
    )
    controls.keep(PAGE, "group", group, FOLDED)
expanded = group == OPENED
matrix = widgets.load(queries.matrix_area, view, True) if expanded else folded
marks = widgets.load(queries.matrix_task, view, expanded)
through = set(marks.loc[marks["via"] != "", "agency_key"])
rows = [
    charts.MatrixRow(
        line["key"],
        line["short"] + ("*" if line["key"] in through else ""),
        (GROUP_SIGN if line["members"] else CLOSED_GROUP_SIGN) if line["is_group"] else "",
    )
    for line in matrix.to_dict("records")
]
numbers = [*charts.area_names(), *([0] if matrix[["lead_0", "support_0", "given_0"]].to_numpy().any() else [])]
areas = {str(n): charts.area_names().get(n, charts.NO_AREA) for n in numbers}

with st.container(horizontal=True, vertical_alignment="center"):
    st.html(el("h3", MATRIX_TITLE, class_="cchc-list-title"))
    widgets.downloads(view, matrix, "matrix", key="matrix")
slot = st.container()
names = dict(zip(matrix["key"], matrix["name"], strict=True))
with st.container(horizontal=True, vertical_alignment="bottom"):
    key = controls.kept(PAGE, "row", None, controls.one_of(names))
    row = st.selectbox(
        ROW, list(names), index=None, key=key, format_func=names.__getitem__, placeholder=ANY_ROW, width=380
    )
    controls.keep(PAGE, "row", row, None)
    key = controls.kept(PAGE, "column", None, controls.one_of(areas))
    column = st.selectbox(
        COLUMN, list(areas), index=None, key=key, format_func=areas.__getitem__, placeholder=ANY_COLUMN, width=280
    )
    controls.keep(PAGE, "column", column, None)

width = controls.width()
if shown == AREAS:
    with slot:
        cells = [
            charts.Cell(
                str(line["key"]), str(n), int(line[f"lead_{n}"]), int(line[f"support_{n}"]), int(line[f"given_{n}"])
            )
            for line in matrix.to_dict("records")
            for n in numbers
        ]

        def area_matrix() -> charts.Chart:
            return charts.matrix(rows, areas, cells, width, (row or "", column or ""), column_sums=not expanded)

        made = controls.made(view, (width, group, row, column), area_matrix)
        controls.chart(made, f"{PAGE}_areas", width, open_cell)
        legend = [LEGEND, *([GIVEN_LEGEND] if len(given) else []), GROUPS_LEGEND, *([VIA] if through else []), HINT]
        st.html(el("p", " ".join(legend), class_="cchc-note"))

picked = marks
if row:
    picked = picked[picked["agency_key"] == row]
if column:
    picked = picked[picked["area"].fillna(0).astype("int64") == int(column)]
listed = tasks[tasks["id"].isin(set(picked["id"]))].reset_index(drop=True)
if row:
    listed["role"] = listed["id"].map(dict(zip(picked["id"], picked["role"], strict=True)))
    listed["via"] = listed["id"].map(dict(zip(picked["id"], picked["via"], strict=True)))

if shown == TASKS:
    with slot:
        if width == "narrow":
            st.html(el("p", NARROW, class_="cchc-note"))
        else:
            start, end = controls.pages(PAGE, len(listed), ON_A_PAGE)
            part = listed.iloc[start:end]
            here = marks[marks["id"].isin(set(part["id"]))]
            many = set(here["agency_key"].value_counts().head(MOST_COLUMNS).index)
            agencies = {r.key: r.label for r in rows if r.key in many}
            lines = [
                charts.MatrixRow(id_, f"{ordinal}. {content}" if ordinal else content)
                for id_, ordinal, content in zip(part["id"], part["ordinal"], part["content"], strict=True)
            ]
            cells = [
                charts.Cell(id_, agency, int("C" in role), int("P" in role))
                for id_, agency, role in zip(here["id"], here["agency_key"], here["role"], strict=True)
                if agency in many
            ]
            if lines and agencies:
                made = controls.made(
                    view, (width, group, row, column, start, "tasks"), charts.task_matrix, lines, agencies, cells, width
                )
                controls.chart(made, f"{PAGE}_tasks", width, open_task)
            if here["agency_key"].nunique() > MOST_COLUMNS:
                st.html(el("p", MORE_COLUMNS.format(count=MOST_COLUMNS), class_="cchc-note"))

columns = {
    name: label
    for name, label in COLUMNS.items()
    if not (name in ("role", "via") and not row)
    and not (name == "via" and row and (listed["via"] == "").all())
    and not (name == "plan_label" and tasks["plan_label"].nunique() == 1)
}
columns["sentence"] = widgets.SENTENCE_COLUMN
what = ", ".join(([names[row]] if row else []) + ([areas[column]] if column else []))
changes = ({"agency": (row,)} if row else {}) | ({"area": (int(column),)} if column else {})
if row:
    keys = {row, *(str(heir) for heir in given["agency_key"].unique() if row in heirs(str(heir)))}
    given = given[given["agency_key"].isin(keys)]
if column:
    given = given[given["area"].fillna(0).astype("int64") == int(column)]
if len(listed) or not len(given):
    widgets.listing(
        replace(view, filters=view.filters.but(**changes)),
        listed,
        columns,
        title=LIST_TITLE.format(what=what) if what else ALL_TASKS,
        kind="tasks",
        widths=WIDTHS,
        cells={
            "role": lambda line: ROLES.get(line["role"], ""),
            "due_text": widgets.due_cell,
            "status": widgets.task_status_cell,
            "sentence": lambda line: widgets.sentence_link(view, line["doc_id"], line["id"]),
        },
    )
if len(given):
    shown_columns = {
        name: label
        for name, label in GIVEN_COLUMNS.items()
        if name != "plan_label" or given["plan_label"].nunique() > 1
    } | {"sentence": widgets.SENTENCE_COLUMN}
    # «Chủ trì» alone finds the targets that were given to anybody: the file then tells a filter with the same rows.
    same = view.filters.but(**changes)
    widgets.listing(
        replace(view, filters=same if same.agency or same.role else same.but(role="lead")),
        given.reset_index(drop=True),
        shown_columns,
        title=GIVEN_LIST,
        kind="targets",
        widths=GIVEN_WIDTHS,
        cells={
            "status": lambda line: widgets.status_mark(line["status"], line["status_label"]),
            "sentence": lambda line: widgets.sentence_link(view, line["doc_id"], line["id"]),
        },
    )
