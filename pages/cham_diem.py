"""Chấm điểm: scores for orientation, their ranking, and every term of the sum."""

from typing import Any

import pandas as pd
import streamlit as st

from cchc import charts, office, profiles, score_frames, scoreboard, scoring, words
from cchc.filters import NAMES_VI
from cchc.markup import Safe, as_markdown, el, join
from cchc.screen import answer_form, controls, widgets

PAGE = "cham-diem"
BY: dict[str, scoring.By] = {"co-quan": "agency", "linh-vuc": "area", "ke-hoach": "plan", "thoi-han": "period"}
VIEWS = {"co-quan": "Cơ quan", "linh-vuc": "Lĩnh vực", "ke-hoach": "Kế hoạch", "thoi-han": "Thời hạn"}
GROUPS = {"gop": "Gộp nhóm", "mo": "Mở nhóm"}
PROFILE, PERIOD, VIEW, GROUP = "Bộ tiêu chí", "Kỳ", "Chấm theo", "Nhóm cơ quan"
DEFAULT = "quoc-gia-abc"
TO_DAY = "Đến ngày số liệu"
GROUP_HELP = (
    "Gộp: «Sở, ban, ngành» là một dòng. Mở: mỗi thành viên trong năm của kế hoạch được tính nhiệm vụ giao qua nhóm."
)
ANSWER = "{told}: {score}, độ phủ số liệu {coverage}. {rest}"
SCORE = "điểm tham khảo chung {value}"
NO_SCORE = "chưa đủ số liệu để tính điểm tham khảo"
RANKED = "{count} {what} được xếp hạng; {rest} chưa xếp hạng."
REFERENCE = (
    "Điểm tham khảo: chương trình tính từ kế hoạch và kết quả đã ghi nhận, chưa có thẩm định và điều tra xã hội học."
)
PROFILE_BROKEN = "Bộ tiêu chí này chưa dùng được. Số liệu không bị ảnh hưởng; hãy chọn bộ khác hoặc báo người quản trị."
UNVERIFIED = "Chưa kiểm chứng: {count} nội dung của bộ tiêu chí «{name}»"
UNVERIFIED_TEXT = "Chưa tìm được nguồn xác nhận các nội dung sau:"
SOURCE = "Nguồn: {source}."
NO_SOURCE = "Bộ tiêu chí này không có nguồn."
PLACES = (
    "Đang tính chung kế hoạch của {count} nơi ({places}); cơ quan cùng tên của các nơi là một dòng. "
    "Chọn một kế hoạch ở thanh bên để chấm riêng."
)
NOT_HELD = "Bộ lọc {names} không áp dụng cho điểm: điểm tính trên mọi nhiệm vụ, chỉ tiêu của kế hoạch."
SHOWN_ONLY = "Chỉ hiện cơ quan đã lọc; hạng là hạng trong tất cả cơ quan."
NOTHING = "Không có nhiệm vụ, chỉ tiêu nào của kế hoạch trong kỳ này. Hãy chọn kỳ khác hoặc bỏ bớt bộ lọc."
FORMULA = "Cách tính: {formula}"
CARD_SCORE = "Điểm tham khảo, tất cả các mục"
CLASS = "Xếp loại tham khảo: {label}"
LISTS = {
    "co-quan": "Xếp hạng cơ quan",
    "linh-vuc": "Điểm theo lĩnh vực",
    "ke-hoach": "Xếp hạng kế hoạch",
    "thoi-han": "Điểm theo thời hạn",
}
LIST_NOTE = (
    "Bằng điểm thì đồng hạng. Cơ quan mới có số liệu của dưới {least} % số mục không được xếp hạng. "
    "So với kỳ trước: {before}. {year}"
)
NOT_RANKED_NOTE = "So với kỳ trước: {before}. {year}"
AGAINST_YEAR = "So với năm trước: {told}."
NO_YEAR = "Chọn một kỳ để so với năm trước."
NO_PLAN_BEFORE = "Không có kế hoạch của năm trước để so."
COLUMNS = {
    "rank": "Hạng", "name": "Đối tượng", "score": "Điểm tham khảo", "class": "Xếp loại",
    "plan_text": "Hoàn thành kế hoạch", "due_text": "Hoàn thành nhiệm vụ đến hạn", "coverage_text": "Độ phủ số liệu",
    "change": "So với kỳ trước", "change_year": "So với năm trước", "why_link": "Vì sao",
}  # fmt: skip
WIDTHS = {"rank": "7.5rem", "name": "19%", "score": "8rem", "class": "7.5rem", "why_link": "4.5rem"}
DOWNLOAD = {
    "rank": "Hạng", "tied": "Đồng hạng", "name": "Đối tượng", "score": "Điểm tham khảo",
    "class": "Xếp loại tham khảo", "points": "Điểm đạt", "maximum": "Điểm tối đa của các tiêu chí được tính",
    "plan_done": "Đã hoàn thành", "plan_all": "Tất cả nhiệm vụ (trừ không áp dụng)",
    "plan_rate": "Tỷ lệ hoàn thành kế hoạch (%)", "due_done": "Đã hoàn thành (đến hạn)",
    "due_all": "Đã hoàn thành + quá hạn", "due_rate": "Tỷ lệ hoàn thành nhiệm vụ đến hạn (%)",
    "with_data": "Mục có số liệu", "items": "Số mục", "coverage": "Độ phủ số liệu (%)",
    "counted": "Số mục được tính điểm", "overdue": "Quá hạn", "past_no_report": "Đã qua hạn, chưa có báo cáo",
    "change": "So với kỳ trước", "change_year": "So với năm trước", "why": "Lý do chưa xếp hạng",
    "unverified": "Chưa kiểm chứng", "key": "Mã",
}  # fmt: skip
CARDS = "grid-template-columns:repeat(auto-fit,minmax(13rem,1fr))"
RESTS = "tính trên {counted}/{items} mục"
UNRANKED, TIED = "chưa xếp hạng", "{rank} (đồng hạng)"
NO_CLASS = "chưa xếp loại"
WHY = "Vì sao"
AREAS_TITLE = "Theo lĩnh vực: {what}"
AREAS_NOTE = "Thanh: điểm tham khảo trên thang {total}; vạch đậm: điểm của kỳ trước ({before})."
AREAS_NOTE_ALONE = "Thanh: điểm tham khảo trên thang {total}; kỳ trước ({before}) chưa có điểm."
WHY_TITLE = "Vì sao {what} được {score}"
WHY_NONE = "Vì sao {what} chưa có điểm"
WHOLE = "Tất cả các mục"
CHOOSE = "Xem từng số hạng điểm của"
TERMS_TITLE = "Các số hạng của điểm"
TERM_COLUMNS = {
    "name": "Tiêu chí", "measured_text": "Đo được", "formula": "Cách đo", "rule": "Quy tắc điểm", "points": "Điểm",
    "maximum": "Điểm tối đa",
}  # fmt: skip
TERM_WIDTHS = {"name": "22%", "points": "5rem", "maximum": "6rem"}
TERM_DOWNLOAD = {
    "code": "Mã tiêu chí", "name": "Tiêu chí", "measure": "Đo bằng", "formula": "Cách đo", "numerator": "Tử số",
    "denominator": "Mẫu số", "measured": "Đo được (%)", "rule": "Quy tắc điểm", "points": "Điểm",
    "maximum": "Điểm tối đa", "out": "Lý do không tính", "verified": "Đã kiểm chứng", "source": "Nguồn",
}  # fmt: skip
OUT = "{count} tiêu chí không tính vào điểm, phần còn lại được quy đổi"
ITEMS_TITLE = "Từng nhiệm vụ, chỉ tiêu trong điểm"
ITEM_COLUMNS = {
    "term": "Tiêu chí", "label": "Nhiệm vụ, chỉ tiêu", "why": "Tình trạng", "share": "Phần điểm đạt (%)",
}  # fmt: skip
ITEM_WIDTHS = {"term": "18%", "label": "45%", "share": "6rem"}
ITEM_DOWNLOAD = {**ITEM_COLUMNS, "plan": "Kế hoạch", "id": "Mã nội dung"}
NOT_COUNTED = "không tính"
GIVEN = "Trong đó {count} mục do cơ quan thường trực giao; văn bản không nêu cơ quan chủ trì."
NO_TERM_ITEMS = "Các tiêu chí này không cộng từng mục mà đo trên tất cả nhiệm vụ của đối tượng."


def token(key: str | None) -> str | None:
    """A group's key as the address holds it: «-» for the group of nobody."""
    return key if key is None else key or "-"


def points(value: Any) -> str:
    """Points, or that there are none."""
    return words.NO_DATA if pd.isna(value) else words.number(float(value))


def moved(value: Any) -> object:
    """A difference of points with its sign."""
    if pd.isna(value):
        return el("span", words.NO_DATA, class_="cchc-quiet")
    sign = "+" if value > 0 else "-" if value < 0 else ""
    return f"{sign}{words.number(abs(float(value)))}"


def unbroken(text: str) -> str:
    """A rate whose percent sign stays at its number."""
    return text.replace(" %", "\u00a0%")


def rank_cell(row: dict[str, Any]) -> object:
    """The place, with who shares it, or that there is none."""
    if pd.isna(row["rank"]):
        return el("span", UNRANKED, class_="cchc-quiet")
    return TIED.format(rank=row["rank"]) if row["tied"] else str(row["rank"])


def score_cell(row: dict[str, Any]) -> object:
    """The points; below them on how many items they rest."""
    if pd.isna(row["score"]):
        return points(row["score"])
    rests = RESTS.format(counted=row["counted"], items=row["items"])
    return join([points(row["score"]), el("span", el("br"), rests, class_="cchc-quiet")])


def name_cell(row: dict[str, Any]) -> object:
    """The name; below it why it is not ranked."""
    note = el("span", el("br"), row["why"], class_="cchc-quiet") if row["why"] else ""
    return join([row["name"], note])


def card(label: str, value: str, note: str) -> Safe:
    """A number with its words and its formula."""
    return el(
        "div", el("span", value, class_="cchc-number"), el("span", label, class_="cchc-card-label"),
        el("div", note, class_="cchc-quiet cchc-card-note"), class_="cchc-card",
    )  # fmt: skip


def percent(rate: scoring.Rate) -> str:
    """The rate alone; its numerator and denominator stand below."""
    return words.NO_DATA if rate.value is None else f"{words.number(round(rate.value, 2))} %"


view = widgets.view()
found: dict[str, profiles.Profile] = {}
broken: list[profiles.ProfileError] = []
for code in profiles.codes():
    try:
        found[code] = profiles.load(code)
    except profiles.ProfileError as error:
        broken.append(error)
for error in broken:
    st.error(as_markdown(f"{error} {PROFILE_BROKEN}"), icon=":material/error:")
if not found:
    widgets.heading(words.PAGE_TITLES[PAGE])
    st.stop()
head = st.container()
offered = {"": TO_DAY, **scoreboard.report_periods(view.engine, view.filters)}
with st.container(horizontal=True, vertical_alignment="bottom"):
    first = DEFAULT if DEFAULT in found else next(iter(found))
    key = controls.kept(PAGE, "profile", first, controls.one_of(found))
    code = st.selectbox(PROFILE, list(found), format_func=lambda c: found[c].name, key=key, width=250)
    controls.keep(PAGE, "profile", code, first)
    key = controls.kept(PAGE, "period", "", controls.one_of(offered))
    period = st.selectbox(PERIOD, list(offered), format_func=offered.__getitem__, key=key, width=210)
    controls.keep(PAGE, "period", period, "")
    key = controls.kept(PAGE, "view", "co-quan", controls.one_of(VIEWS))
    shown = st.segmented_control(VIEW, list(VIEWS), format_func=VIEWS.__getitem__, key=key, required=True)
    controls.keep(PAGE, "view", shown, "co-quan")
    if shown == "co-quan":
        key = controls.kept(PAGE, "group", "gop", controls.one_of(GROUPS))
        group = st.segmented_control(
            GROUP, list(GROUPS), format_func=GROUPS.__getitem__, key=key, required=True, help=GROUP_HELP
        )
        controls.keep(PAGE, "group", group, "gop")
    else:
        group = "gop"
profile = found[code]
made: scoreboard.Board = widgets.load(
    scoreboard.board, view, profile.model_dump_json(by_alias=True, exclude_none=True), BY[shown], period, group == "mo"
)
whole = made.whole
ranking = scoreboard.frame(made, view.names, view.filters.calendar)

with head:
    rest = ""
    if made.by in scoreboard.RANKED and len(ranking):
        ranked = int(ranking["rank"].notna().sum())
        rest = RANKED.format(count=words.number(ranked), what=VIEWS[shown].lower(), rest=len(ranking) - ranked)
    score = NO_SCORE if whole.value is None else SCORE.format(value=words.number(whole.value))
    widgets.heading(
        words.PAGE_TITLES[PAGE],
        ANSWER.format(told=made.told, score=score, coverage=whole.coverage.text, rest=rest),
    )

st.html(el("p", el("strong", REFERENCE), " ", profile.note, class_="cchc-note"))
source = SOURCE.format(source=profile.source.rstrip(".")) if profile.source else NO_SOURCE
if profile.unverified:
    with st.expander(as_markdown(UNVERIFIED.format(count=len(profile.unverified), name=profile.name))):
        st.html(
            join([
                el("p", source, " ", UNVERIFIED_TEXT, class_="cchc-note"),
                el("ul", join(el("li", f"{what} ({profiles.UNVERIFIED})") for what in profile.unverified)),
            ])
        )  # fmt: skip
else:
    st.html(el("p", source, class_="cchc-note"))
where = scoreboard.places(view.engine, view.filters, period)
if len(where) > 1:
    st.html(el("p", PLACES.format(count=len(where), places=", ".join(where)), class_="cchc-note"))
unheld = [NAMES_VI[name] for name in view.filters.set_names() if name not in scoreboard.HOLDS]
if unheld:
    st.html(el("p", NOT_HELD.format(names=", ".join(unheld)), class_="cchc-note"))
if not made.records:
    st.info(NOTHING, icon=":material/inbox:")
    widgets.nothing(view, PAGE)
    st.stop()

note = RESTS.format(counted=int(whole.counted.numerator), items=int(whole.counted.denominator))
cards = [card(CARD_SCORE, words.NO_DATA if whole.value is None else words.number(whole.value), note)]
cards += [
    card(rate.name, percent(rate), f"{rate.text} · {rate.formula}")
    for rate in (whole.plan_rate, whole.due_rate, whole.coverage)
]
st.html(el("div", join(cards), class_="cchc-cards", style=CARDS))

year = AGAINST_YEAR.format(told=made.year_told) if made.year_told else NO_PLAN_BEFORE if period else NO_YEAR
notes = [
    (LIST_NOTE if made.by in scoreboard.RANKED else NOT_RANKED_NOTE).format(
        least=words.number(profile.min_coverage), before=made.before_told, year=year
    )
]
if view.filters.agency and shown == "co-quan":
    notes.append(SHOWN_ONLY)
columns = {
    name: label
    for name, label in COLUMNS.items()
    if not (name in ("rank", "class") and made.by not in scoreboard.RANKED)
    and not (name == "change_year" and not made.year_told)
}
columns["name"] = VIEWS[shown]
own = {"profile": code if code != first else None, "period": period, "view": shown if shown != "co-quan" else None,
       "group": group if group != "gop" else None}  # fmt: skip


def why_link(row: dict[str, Any]) -> object:
    """The link to every term of a row's score."""
    return el("a", WHY, href=widgets.href(PAGE, view.filters, **own, row=token(row["key"])), class_="cchc-link")


widgets.listing(
    view,
    ranking,
    columns,
    title=LISTS[shown],
    kind="diem-tham-khao",
    key="scores",
    widths=WIDTHS,
    note=" ".join(notes),
    download=DOWNLOAD,
    cells={
        "rank": rank_cell,
        "name": name_cell,
        "score": score_cell,
        "class": lambda row: el("span", NO_CLASS, class_="cchc-quiet") if pd.isna(row["rank"]) else row["class"],
        "plan_text": lambda row: unbroken(row["plan_text"]),
        "due_text": lambda row: unbroken(row["due_text"]),
        "coverage_text": lambda row: unbroken(row["coverage_text"]),
        "change": lambda row: moved(row["change"]),
        "change_year": lambda row: moved(row["change_year"]),
        "why_link": why_link,
    },
)

names = {token(k): n for k, n in zip(ranking["key"], ranking["name"], strict=True)}
key = controls.kept(PAGE, "row", None, controls.one_of([t for t in names if t]))
row = st.selectbox(CHOOSE, list(names), index=None, format_func=names.__getitem__, key=key, placeholder=WHOLE)
controls.keep(PAGE, "row", row, None)
what = names[row] if row else WHOLE.lower()
chosen = None if row is None else ("" if row == "-" else row)
told = made.of(chosen)

if told.value is None:
    title = WHY_NONE.format(what=what)
else:
    title = WHY_TITLE.format(what=what, score=f"{words.number(told.value)} điểm tham khảo")
# A place of this name comes into sight when it is drawn (page.js): what the click asked for stands far below the list.
st.html(el("h3", title, class_="cchc-list-title", id="vi-sao" if row else None))
lines = [FORMULA.format(formula=told.formula),
         f"{told.plan_rate.name}: {told.plan_rate.text} ({told.plan_rate.formula}).",
         f"{told.due_rate.name}: {told.due_rate.text} ({told.due_rate.formula}).",
         f"{told.coverage.name}: {told.coverage.text} ({told.coverage.formula})."]  # fmt: skip
if given := made.given(chosen):
    lines.append(GIVEN.format(count=words.number(given)))
if made.by in scoreboard.RANKED:
    mark = "" if told.class_verified else f" ({profiles.UNVERIFIED})"
    if told.class_label:
        lines.insert(0, CLASS.format(label=told.class_label + mark))
    lines += told.notes
st.html(el("ul", join(el("li", line) for line in lines), class_="cchc-plain"))

if made.by == "agency" or made.by == "plan":
    periods_offered = {text: label for text, label in offered.items() if text}
    told_by_hand = made.by_hand.get(chosen, {}) if chosen else {}
    answer_form.panel(profile, made.by, chosen, what, told_by_hand, periods_offered, period, made.day)

if made.by != "area":
    areas = made.areas(chosen)
    if len(areas):
        width = controls.width()
        st.html(el("h3", AREAS_TITLE.format(what=what), class_="cchc-list-title"))
        bars = controls.made(view, (width, code, shown, period, group, row), charts.area_bars, areas, width)
        controls.chart(bars, f"{PAGE}_areas", width)
        total = words.number(profile.total)
        areas_note = AREAS_NOTE if areas["before"].notna().any() else AREAS_NOTE_ALONE
        st.html(el("p", areas_note.format(total=total, before=made.before_told), class_="cchc-note"))

terms = score_frames.terms(told)
titles = dict(zip(terms["code"], terms["name"], strict=True))


def term_cell(term: dict[str, Any]) -> object:
    """The criterion, and whether no source confirms it."""
    mark = "" if term["verified"] else el("span", f" ({profiles.UNVERIFIED})", class_="cchc-quiet")
    return join([term["name"], mark])


summed, out = terms[terms["points"].notna()], terms[terms["points"].isna()]
with st.container(horizontal=True, vertical_alignment="center", key="list_head_terms"):
    count = el("span", widgets.ROWS.format(count=words.number(len(summed))), class_="cchc-quiet")
    st.html(el("h3", TERMS_TITLE, " ", count, class_="cchc-list-title"))
    widgets.downloads(view, terms, "so-hang-diem", key="terms", title=TERMS_TITLE, columns=TERM_DOWNLOAD)
if len(summed):
    cells: dict[str, widgets.Cell] = {
        "name": term_cell,
        "measured_text": lambda t: scoring.Rate("", "", t["numerator"], t["denominator"]).text,
        "points": lambda t: points(t["points"]),
        "maximum": lambda t: points(t["maximum"]),
    }
    st.html(widgets.table(summed, TERM_COLUMNS, name=TERMS_TITLE, cells=cells, widths=TERM_WIDTHS))
if len(out):
    rows = [el("li", term_cell(t), f": {t['out']}") for t in out.to_dict("records")]
    st.html(el("details", el("summary", OUT.format(count=len(rows))), el("ul", join(rows)), class_="cchc-note"))

items = score_frames.items(told)
known = office.known_items()
items["term"] = items["code"].map(titles)
items["doc_id"] = [known[i].plan for i in items["id"]]
items["plan"] = [known[i].plan_label for i in items["id"]]
if items.empty:
    st.html(el("p", NO_TERM_ITEMS, class_="cchc-note"))
else:
    widgets.listing(
        view,
        items,
        ITEM_COLUMNS,
        title=ITEMS_TITLE,
        kind="muc-trong-diem",
        key="score_items",
        widths=ITEM_WIDTHS,
        download=ITEM_DOWNLOAD,
        cells={"share": lambda i: NOT_COUNTED if pd.isna(i["share"]) else points(i["share"])},
    )
