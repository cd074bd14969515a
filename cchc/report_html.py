"""A report for the screen and for printing from the browser. Looks: report.css. Every text goes through `markup`."""

from __future__ import annotations

from cchc.demo import BANNER
from cchc.markup import Safe, el, join
from cchc.report_docx import ATTACHED, KIND, MOTTO, NOTHING, RECIPIENTS, ROMAN, SIGN_HERE, SIGNER, STATE, cell_text
from cchc.reports import FILL, Report, Table, Text

NAME = "Báo cáo"


def to_html(report: Report) -> Safe:
    """The report as one element."""
    body = el(
        "section",
        el("p", BANNER, class_="cchc-report-banner") if report.demo else "",
        _letterhead(report),
        _title(report),
        join(el("p", basis, class_="cchc-report-basis") for basis in (*report.bases[:-1], _end(report.bases[-1]))),
        el("p", report.opening),
        join(_table(block) if isinstance(block, Table) else _text(block) for block in report.blocks),
        _signature(report),
    )
    annexes = join(
        _annex(report, table, ROMAN[n] if len(report.annexes) > 1 else "") for n, table in enumerate(report.annexes)
    )
    return el("div", body, annexes, class_="cchc-report", role="document", aria_label=NAME)


def _end(basis: str) -> str:
    return basis.rstrip(";") + "."


def _letterhead(report: Report) -> Safe:
    head = report.head
    left = el(
        "div",
        el("p", head.parent.upper()) if head.parent else "",
        el("p", el("b", (head.authority or FILL).upper()), class_="cchc-report-office"),
        el("p", f"Số: {FILL}/BC-{FILL}"),
    )
    right = el(
        "div",
        el("p", el("b", STATE)),
        el("p", el("b", MOTTO), class_="cchc-report-motto"),
        el("p", el("em", f"{head.place or FILL}, ngày … tháng … năm {report.period.end.year}")),
    )
    return el("div", left, right, class_="cchc-report-head")


def _title(report: Report) -> Safe:
    return el(
        "div",
        el("p", el("b", KIND)),
        el("p", el("b", report.title)),
        el("p", el("b", f"({BANNER})")) if report.demo else "",
        class_="cchc-report-title",
    )


def _text(block: Text) -> Safe:
    if block.kind == "heading1":
        return el("h3", block.text)
    if block.kind == "heading2":
        return el("h4", block.text)
    if block.kind == "item":
        return el("p", f"- {block.text}", class_="cchc-report-item")
    return el("p", block.text, class_="cchc-report-fill" if block.kind == "fill" else None)


def _table(table: Table) -> Safe:
    return join([el("p", table.title, class_="cchc-report-caption"), _grid(table)])


def _grid(table: Table) -> Safe:
    whole = sum(c.width for c in table.columns)
    head = el(
        "tr",
        join(el("th", c.label, scope="col", style=f"width:{100 * c.width / whole:.1f}%") for c in table.columns),
    )
    rows = []
    for line in table.lines:
        if line.kind == "group":
            rows.append(el("tr", el("th", cell_text(line.cells[0]), colspan=len(table.columns), scope="colgroup")))
            continue
        cells = (
            el("td", cell_text(value), class_=f"cchc-report-{column.align}")
            for value, column in zip(line.cells, table.columns, strict=True)
        )
        rows.append(el("tr", join(cells), class_="cchc-report-total" if line.kind == "total" else None))
    if not rows:
        rows.append(el("tr", el("td", NOTHING, colspan=len(table.columns))))
    made = el("table", el("thead", head), el("tbody", join(rows)), aria_label=table.title)
    return el("div", made, class_="cchc-report-scroll", tabindex=0, role="region", aria_label=table.title)


def _signature(report: Report) -> Safe:
    left = el("div", el("p", el("b", el("em", RECIPIENTS))), join(el("p", f"- {r}") for r in report.recipients))
    right = el(
        "div",
        el("p", el("b", SIGNER)),
        el("p", el("em", SIGN_HERE), class_="cchc-report-sign"),
        el("p", el("b", FILL)),
    )
    return el("div", left, right, class_="cchc-report-foot")


def _annex(report: Report, table: Table, number: str) -> Safe:
    who = report.head.authority or FILL
    return el(
        "section",
        el("p", BANNER, class_="cchc-report-banner") if report.demo else "",
        el(
            "div",
            el("p", el("b", f"Phụ lục {number}".strip())),
            el("p", el("b", table.title.upper())),
            el("p", el("em", ATTACHED.format(fill=FILL, year=report.period.end.year, who=who))),
            class_="cchc-report-title",
        ),
        _grid(table),
        class_="cchc-report-annex",
    )
