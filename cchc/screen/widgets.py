"""What every page shares on the screen: the filter bar, the address, lists with downloads, links, messages.

A page script begins with `view = widgets.view()` and asks `widgets.load(queries.tasks, view)` for frames. Whatever
comes from a document reaches the screen as text: tables are built by `markup`, which escapes it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from cchc import config, demo, engine, exports, office, periods, queries, words
from cchc.filters import LOW_CONFIDENCE, MAX_Q, NAMES, Filters, status_label
from cchc.ledger import LedgerError
from cchc.markup import Safe, as_markdown, el, join

T = TypeVar("T")
Cell = Callable[[dict[str, Any]], object]

PAGE_SIZE = 50
PLACEHOLDERS = {
    "plan": "Tất cả kế hoạch",
    "agency": "Tất cả cơ quan",
    "area": "Tất cả lĩnh vực",
    "level": "Tất cả các cấp",
    "quarter": "Mọi thời hạn",
    "status": "Mọi trạng thái",
    "q": "Gõ có dấu hoặc không dấu",
}
LABELS = {
    "plan": "Kế hoạch",
    "agency": "Cơ quan",
    "role": "Vai trò",
    "area": "Lĩnh vực",
    "level": "Cấp",
    "quarter": "Thời hạn",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "calendar": "Cách chia quý",
    "status": "Trạng thái",
    "q": "Tìm trong nội dung",
    "as_of": "Ngày số liệu",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE_FORMAT = "DD/MM/YYYY"
SENTENCE_COLUMN = "Câu gốc"
NOTHING_FOUND = "Không có dòng nào khớp với bộ lọc."
NOTHING_AT_ALL = "Chưa có dữ liệu cho danh sách này."
ROWS = "{count} dòng"
ROWS_OF_PAGE = "dòng {first} - {last} trong {count}"
SHOWN = "Đang xem:"
AS_OF_HELP = "Tình trạng được tính đến hết ngày này. Để trống là hôm nay."
PAST = "Kế hoạch năm {years} đã hết năm thực hiện nên đến {day} hầu hết thời hạn đã qua. Xem lại tại:"
TODAY = "Về hôm nay"
DEMO_NOTE = "Kết quả trên mọi trang là số liệu bịa để xem thử, không phải kết quả thật."
NO_LEDGER = "{error} Nội dung của các văn bản vẫn còn nguyên; hãy báo người quản trị rồi mở lại trang."
DONE_ON = "ngày {day}"
EXTENDED_FROM = "gia hạn, ban đầu: {first}"
BY = " bởi "  # «đã chỉnh sửa bởi ... ngày ...»
_SAYING = ("content", "subject", "quote")  # columns that tell an item: who put it right is said there
SURE, FAIRLY_SURE, UNSURE = "chắc chắn", "khá chắc chắn", "cần rà soát"
REMOVE = "Bỏ lọc {name}"
NO_DOCUMENTS = "Chưa có văn bản nào đọc được. Hãy nhập văn bản kế hoạch tại trang «{link}»."

_MANY = ("plan", "agency", "area", "level", "quarter", "status")
_EMPTY: dict[str, Any] = {
    **{name: [] for name in _MANY},
    "role": None,
    "from": None,
    "to": None,
    "calendar": "lich",
    "q": "",
    "as_of": None,
}
_DATES: dict[str, Any] = {"min_value": dt.date(periods.MIN_YEAR, 1, 1), "max_value": dt.date(periods.MAX_YEAR, 12, 31)}
_REACH: dict[str, Any] = {
    "min_value": dt.date(periods.FIRST_YEAR, 1, 1), "max_value": dt.date(periods.LAST_YEAR, 12, 31)
}  # fmt: skip
_STALE_SECONDS = 1.0  # within it an address equal to the one before ours has only not caught up yet


@dataclass(frozen=True)
class View:
    """What a page shows: the filters as the address holds them, and the reporting date they mean today."""

    engine: engine.Engine
    filters: Filters
    names: Mapping[str, str] = field(default_factory=dict)  # words for plan ids and agency keys

    @property
    def day(self) -> dt.date:
        """The reporting date."""
        return self.filters.day()

    @property
    def sentence(self) -> str:
        """The filters in words."""
        return self.filters.sentence(self.names)


# --- the address and the filter bar ------------------------------------------------------------------------------


def _key(name: str) -> str:
    return f"filter_{name}"


def _seed(filters: Filters) -> None:
    """Puts filters into the widgets' state. Only before the widgets are drawn."""
    for name in NAMES:
        value = getattr(filters, "from_" if name == "from" else name)
        st.session_state[_key(name)] = list(value) if isinstance(value, tuple) else value


def _chosen() -> Filters:
    """The filters that the widgets hold now. Values a changed page no longer understands are left out."""
    query: dict[str, list[str]] = {}
    for name in NAMES:
        value = st.session_state.get(_key(name), _EMPTY[name])
        values = value if isinstance(value, list | tuple) else [value]
        query[name] = [str(v) for v in values if v not in (None, "")]
    return Filters.from_query({name: values for name, values in query.items() if values})[0]


def set_filters(filters: Filters) -> None:
    """Replaces all filters; for callbacks of buttons."""
    _seed(filters)


def change(**changes: Any) -> None:
    """Changes some filters (fields of `Filters`, `from_` for the address's `from`); for callbacks of buttons."""
    _seed(_chosen().but(**changes))


def _remove(*names: str) -> None:
    _seed(_chosen().without(*names))


def href(page: str, filters: Filters, **own: str | None) -> str:
    """The local address of a page ("chi-tieu" ...) with filters and the page's own parameters."""
    query = {**filters.to_query(), **{name: [value] for name, value in own.items() if value}}
    path = "/" if page == "tong-quan" else f"/{page}"
    return path + (f"?{urlencode(query, doseq=True)}" if query else "")


def item_href(view: View, doc_id: str, item_id: str) -> str:
    """The address of an item's sentence, with the filters of the view."""
    return href("van-ban", view.filters.but(plan=(doc_id,)), item=item_id)


def page_parameter(name: str) -> str:
    """A parameter of the address that belongs to the page, "" when it is not there."""
    return st.query_params.get(name, "")


def set_page_parameter(name: str, value: str | None) -> None:
    """Writes a parameter of the page into the address; None or "" removes it."""
    if name not in words.PAGE_PARAMETERS:
        raise ValueError(f"not a parameter of a page: {name}")
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in words.PAGE_PARAMETERS}


def _follow_address() -> list[str]:
    """Takes the filters from the address when it is new: a first visit, a link, the browser's back button. Returns
    messages about what was not understood.

    The address is the truth: links and the navigation (page.js) carry the filters in it.
    """
    state = st.session_state
    address = _address()
    if "address" in state:
        touched = (
            _chosen() != state["filters"]
        )  # a widget was used: it goes before the address, which is still the old one
        behind = address == state.get("address_before") and time.monotonic() - state["address_at"] < _STALE_SECONDS
        if touched or behind or address == state["address"]:
            return []
    filters, messages = Filters.from_query(address)
    filters, unknown = queries.checked(engine.get_engine(), filters)
    _seed(filters)
    return messages + unknown


def _write_address(filters: Filters) -> None:
    state = st.session_state
    wanted = filters.to_query()
    address = _address()
    if wanted != address:
        own = {name: st.query_params.get_all(name) for name in st.query_params if name in words.PAGE_PARAMETERS}
        st.query_params.from_dict({**wanted, **own})
        state["address_before"], state["address_at"] = address, time.monotonic()
    state["address"] = wanted
    state["filters"] = filters


@st.cache_data(max_entries=64, show_spinner=False)
def _options(data_version: str, calendar: periods.Calendar, day: dt.date) -> queries.FilterOptions:
    return queries.filter_options(engine.get_engine(), Filters(calendar=calendar, as_of=day))


@st.cache_data(max_entries=4, show_spinner=False)
def _names(catalog_version: str) -> dict[str, str]:
    return queries.names(engine.get_engine())


def frame(*, offer_past: bool = True, filtered: bool = True) -> None:
    """Everything around a page: styles, filter bar, messages about the address, the sentence of the filters, and (with
    `offer_past`) the offer to look at a past plan on its own last day. Once a run, before the page.

    A page without anything to filter (not `filtered`) has no bar; the address keeps the filters for the next page.
    """
    st.html(Path(__file__).with_name("style.css"))
    had_bar = st.session_state.pop("bar_drawn", False)
    _follow_ledger()
    messages = _follow_address()
    if filtered:
        if not had_bar:
            _seed(_chosen())  # a browser that has not drawn the bar in the run before has forgotten its values
        with st.sidebar:
            _filter_bar()
        st.session_state["bar_drawn"] = True
    else:
        st.html(Path(__file__).with_name("no_filters.css"))
        _seed(_chosen())  # widgets that are not drawn would lose what they hold
    _write_address(_chosen())
    if messages:  # one box: what follows stays on the screen
        st.warning("  \n".join(as_markdown(message) for message in messages), icon=":material/link_off:")
    if not filtered:
        return
    current = view()
    _sentence_row(current)
    if offer_past and current.filters.as_of is None:
        _past_plans(current)


def _follow_ledger() -> None:
    """Reads what was recorded since the last run. Without any data a page would show everything as not reported, so
    nothing is shown then. Says on every page when the data are made up."""
    try:
        problem = office.refresh()
    except LedgerError as error:
        st.error(as_markdown(NO_LEDGER.format(error=error)), icon=":material/database_off:")
        st.stop()
    if problem:
        st.warning(as_markdown(problem), icon=":material/sync_problem:")
    if office.is_demo():
        st.html(el("div", el("strong", demo.BANNER), ". ", DEMO_NOTE, class_="cchc-demo", role="note"))


def view() -> View:
    """The view of this run. Raises KeyError outside a page (before `frame`)."""
    opened = engine.get_engine()
    return View(opened, st.session_state["filters"], _names(opened.catalog_version))


def _filter_bar() -> None:
    state = st.session_state
    calendar = state[_key("calendar")]
    options = _options(engine.get_engine().data_version, calendar, state[_key("as_of")] or config.today())
    areas = dict(zip(options.areas["area"], options.areas["area_short"], strict=True))
    _multiselect("plan", dict(zip(options.plans["id"], options.plans["label"], strict=True)))
    _multiselect("agency", dict(zip(options.agencies["key"], options.agencies["name"], strict=True)))
    st.segmented_control(
        LABELS["role"],
        list(words.ROLES),
        format_func=words.ROLES.__getitem__,
        key=_key("role"),
        label_visibility="collapsed",
    )
    _multiselect("area", areas)
    _multiselect("level", {v: words.LEVELS.get(v, v) for v in options.levels}, lambda v: words.LEVELS.get(v, v))
    _multiselect("quarter", dict(options.lanes), lambda lane: periods.lane_text(lane, calendar))
    st.segmented_control(
        LABELS["calendar"],
        list(words.CALENDARS),
        format_func=words.CALENDARS.__getitem__,
        key=_key("calendar"),
        label_visibility="collapsed",
        required=True,
    )
    with st.container(key="filter_span"):
        for column, name in zip(st.columns(2, gap="xsmall"), ("from", "to"), strict=True):
            with column:
                st.date_input(LABELS[name], value=None, key=_key(name), format=DATE_FORMAT, **_REACH)
    _multiselect("status", dict(options.statuses), status_label)
    st.text_input(LABELS["q"], key=_key("q"), placeholder=PLACEHOLDERS["q"], max_chars=MAX_Q)
    st.date_input(LABELS["as_of"], value=None, key=_key("as_of"), format=DATE_FORMAT, **_DATES, help=AS_OF_HELP)


def _multiselect(name: str, options: dict[Any, str], words_of: Callable[[Any], str] = str) -> None:
    """A choice of several. What is chosen but not offered (an address may ask for it) is offered too."""
    for value in st.session_state[_key(name)]:
        options.setdefault(value, words_of(value))
    st.multiselect(
        LABELS[name],
        list(options),
        format_func=options.__getitem__,
        key=_key(name),
        placeholder=PLACEHOLDERS[name],
        select_all=False,
        filter_mode="contains",
    )


def _sentence_row(current: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="filters_sentence"):
        st.html(el("p", el("span", SHOWN, class_="cchc-quiet"), " ", current.sentence, class_="cchc-sentence"))
        if current.filters.as_of is not None:
            st.button(
                TODAY,
                icon=":material/today:",
                on_click=change,
                kwargs={"as_of": None},
                key="as_of_today",
                help=AS_OF_HELP,
            )
        if current.filters.to_query():
            st.button(
                words.CLEAR_FILTERS,
                icon=":material/filter_alt_off:",
                on_click=set_filters,
                args=(Filters(),),
                key="clear_filters",
            )


def _past_plans(current: View) -> None:
    """A plan whose year is over is past as a whole: offers its own last day, as long as no day was chosen."""
    over = load(queries.plan_year_notice, current)
    days = sorted(set(over["offered"]), reverse=True)
    if not days:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="past_plans"):
        years = " và ".join(str(day.year) for day in sorted(days))
        st.html(el("p", PAST.format(years=years, day=periods.date_text(current.day)), class_="cchc-note"))
        for day in days:
            st.button(periods.date_text(day), on_click=change, kwargs={"as_of": day}, key=f"as_of_{day.year}")


# --- pieces of pages ----------------------------------------------------------------------------------------------


def heading(title: str, answer: str | Safe = "") -> None:
    """The page's title and the one line that answers its question."""
    st.html(join([el("h2", title, class_="cchc-title"), el("p", answer, class_="cchc-answer") if answer else ""]))


def load(query: Callable[..., T], current: View, *args: Any) -> T:
    """`query(engine, filters, *args)`, kept per data version, filters and date. The result is the caller's own."""
    bound = current.filters.but(as_of=current.day)  # today becomes part of the key
    result: T = _loaded(
        f"{query.__module__}.{query.__qualname__}",
        current.engine.data_version,
        bound.model_dump_json(),
        args,
        lambda: query(current.engine, bound, *args),
    )
    return result


@st.cache_data(max_entries=512, show_spinner=False)
def _loaded(name: str, data_version: str, filters: str, args: Any, _run: Callable[[], Any]) -> Any:
    return _run()


def status_mark(code: str, label: str) -> Safe:
    """A status as a mark and its words."""
    look = words.STATUS_LOOKS[code]
    return el(
        "span",
        el("span", look.mark, aria_hidden="true", class_="cchc-mark"),
        " ",
        label,
        class_=f"cchc-status cchc-status-{code}",
    )


def task_status_cell(row: dict[str, Any]) -> Safe:
    """A task's status with its days; below it when it was done and what proves it."""
    mark = status_mark(row["status"], row["status_text"])
    said = [DONE_ON.format(day=periods.date_text(row["done_on"].date()))] if pd.notna(row["done_on"]) else []
    said += [text for text in (row["result"] if said else "", row["evidence"]) if text]
    return join([mark, el("div", "; ".join(said), class_="cchc-quiet cchc-small")]) if said else mark


def due_cell(row: dict[str, Any]) -> object:
    """A task's deadline in force; below it the first one when it was extended."""
    if not row["extended"]:
        return row["due_text"]
    first = EXTENDED_FROM.format(first=row["first_due_text"])
    return join([row["due_text"], el("div", first, class_="cchc-quiet cchc-small")])


def sentence_link(current: View, doc_id: str, item_id: str, label: object = words.TO_SENTENCE) -> Safe:
    """The link from an item to its sentence."""
    return el("a", label, href=item_href(current, doc_id, item_id), class_="cchc-link")


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    name: str,
    cells: Mapping[str, Cell] | None = None,
    widths: Mapping[str, str] | None = None,
) -> Safe:
    """A frame as an accessible table; in a narrow window each row is a card with the column's words before its cell.

    `columns` maps the frame's columns (or names that only `cells` knows) to Vietnamese headings, `name` is what a
    screen reader calls the table, `cells` gives a cell's content from its row where it is not simply the value,
    `widths` are CSS widths. Missing values show «chưa rõ».
    """
    cells = cells or {}
    widths = widths or {}
    head = el(
        "tr",
        join(
            el("th", label, scope="col", style=f"width:{widths[column]}" if column in widths else None)
            for column, label in columns.items()
        ),
    )
    rows = [
        el("tr", join(_cell(row, column, label, cells) for column, label in columns.items()))
        for row in ({str(name): value for name, value in row.items()} for row in frame.to_dict("records"))
    ]
    body = el("table", el("thead", head), el("tbody", join(rows)), class_="cchc-table", aria_label=name)
    return el("div", body, class_="cchc-scroll", tabindex=0, role="region", aria_label=name)


def _cell(row: dict[str, Any], column: str, label: str, cells: Mapping[str, Cell]) -> Safe:
    content = cells[column](row) if column in cells else shown(row[column])
    if column in _SAYING and (by := row.get("corrected")) and isinstance(by, str):
        content = join([content, " ", el("small", by.partition(BY)[0], title=by, class_="cchc-corrected")])
    return el("td", content, data_label=label, class_=f"cchc-col-{column.replace('_', '-')}")


def sure(confidence: float) -> str:
    """How sure the reader is, in words with the figure."""
    word = SURE if confidence >= 0.95 else FAIRLY_SURE if confidence >= LOW_CONFIDENCE else UNSURE
    return f"{word} ({words.number(round(confidence * 100))} %)"


def shown(value: Any) -> object:
    """A value as a table shows it: dates as 31/12/2024, numbers with a decimal comma, missing as «chưa rõ»."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return el("span", words.UNKNOWN, class_="cchc-quiet")
    if isinstance(value, dt.datetime):
        return periods.date_text(value.date())
    if isinstance(value, dt.date):
        return periods.date_text(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        return words.number(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)


def listing(
    current: View,
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    title: str,
    kind: str,
    key: str = "",
    cells: Mapping[str, Cell] | None = None,
    widths: Mapping[str, str] | None = None,
    note: str = "",
    page_size: int = PAGE_SIZE,
    download: Mapping[str, str] | None = None,
    links: bool = True,
) -> None:
    """A list: title left, downloads right, the rows below, pages under them when there are many.

    `kind` says what the rows are, `key` tells two lists of one kind on a page apart. The files hold all rows of
    `frame`, in its order, with all columns of that kind. A row leads to its sentence by a last column when the
    frame has `id` and `doc_id`, unless `links` is false because a cell already does.
    """
    key = key or kind
    count = el("span", ROWS.format(count=words.number(len(frame))), class_="cchc-quiet")
    with st.container(horizontal=True, vertical_alignment="center", key=f"list_head_{key}"):
        st.html(el("h3", title, " ", count, class_="cchc-list-title"))
        downloads(current, frame, kind, key=key, title=title, columns=download)
    if note:
        st.html(el("p", note, class_="cchc-note"))
    if frame.empty:
        nothing(current, key)
        return
    pages = -(-len(frame) // page_size)
    rows = st.container(key=f"list_rows_{key}")
    number = 1
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key=f"list_pages_{key}"):
            number = min(st.pagination(pages, key=f"page_{key}"), pages)
            first, last = (number - 1) * page_size + 1, min(number * page_size, len(frame))
            st.html(el("span", ROWS_OF_PAGE.format(first=first, last=last, count=len(frame)), class_="cchc-quiet"))
    part = frame.iloc[(number - 1) * page_size : number * page_size]
    columns = dict(columns)
    cells = dict(cells or {})
    if links and "id" in frame and "doc_id" in frame:
        columns["sentence"] = SENTENCE_COLUMN
        cells["sentence"] = partial(_sentence_cell, current)
    rows.html(table(part, columns, name=title, cells=cells, widths=widths))


def _sentence_cell(current: View, row: dict[str, Any]) -> Safe:
    return sentence_link(current, row["doc_id"], row["id"])


def downloads(
    current: View,
    frame: pd.DataFrame,
    kind: str,
    *,
    key: str = "",
    title: str = "",
    columns: Mapping[str, str] | None = None,
    query: Filters | None = None,
) -> None:
    """The two buttons of a list. The files are made when asked for and hold exactly the rows of `frame`, in order.

    `kind` is one of `exports.KINDS`; for a list of another kind (a name for files) `title` and `columns` are needed.
    `columns` are those of the file (default: all columns of the kind, which can be read back). `query` are the filters
    the file names, where the list has others than the page.
    """
    if frame.empty:
        return
    filters = query or current.filters
    if kind in exports.ITEM_KINDS:
        filters = filters.applied(exports.ITEM_KINDS[kind])
    for extension, label, mime in (("csv", words.DOWNLOAD_CSV, "text/csv"), ("xlsx", words.DOWNLOAD_XLSX, XLSX)):
        st.download_button(
            label,
            partial(_file, current, frame, kind, title, columns, filters, extension),
            exports.file_name(kind, filters, current.day, extension, current.names, demo=current.engine.is_demo),
            mime,
            key=f"{extension}_{key or kind}",
            on_click="ignore",
        )


def _file(
    current: View,
    frame: pd.DataFrame,
    kind: str,
    title: str,
    columns: Mapping[str, str] | None,
    filters: Filters,
    extension: str,
) -> bytes:
    version, made_up = current.engine.data_version, current.engine.is_demo
    if kind in exports.KINDS:
        bound = filters.but(as_of=current.day)
        return exports.make(
            kind,
            frame,
            bound,
            extension=extension,
            names=current.names,
            data_version=version,
            columns=columns,
            demo=made_up,
        )[0]
    if columns is None:
        raise ValueError(f"a list of kind {kind} needs columns")
    if extension == "csv":
        return exports.to_csv(frame, columns, demo=made_up)
    sentence = filters.without("as_of").sentence(current.names)
    return exports.to_xlsx(
        frame, columns, title=title, sentence=sentence, as_of=current.day, data_version=version, demo=made_up
    )


def nothing(current: View, kind: str = "") -> None:
    """The empty state: says that the filters leave nothing and offers to remove each of them."""
    parts = [(name, label) for name, label in current.filters.parts(current.names) if name not in ("calendar", "as_of")]
    if not parts:
        if current.names:
            st.info(NOTHING_AT_ALL, icon=":material/inbox:")
        else:
            no_documents(current)
        return
    with st.container(border=True, key=f"nothing_{kind}"):
        st.html(el("p", NOTHING_FOUND))
        with st.container(horizontal=True):
            for name, label in parts:
                st.button(
                    REMOVE.format(name=as_markdown(label)),
                    key=f"remove_{kind}_{name}",
                    on_click=_remove,
                    args=(name, "role") if name == "agency" else (name,),
                    icon=":material/close:",
                )


def no_documents(current: View) -> None:
    """Nothing was taken in yet: says where that is done."""
    before, after = NO_DOCUMENTS.split("{link}")
    place = href("nhap-van-ban", current.filters)
    link = el("a", words.PAGE_TITLES["nhap-van-ban"], href=place, class_="cchc-link")
    st.html(el("p", before, link, after, class_="cchc-none", role="status"))
