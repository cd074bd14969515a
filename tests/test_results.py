"""Tables of results: what is understood, what is told to be wrong, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.access import Person
from cchc.entries import Evidence, Extension, NotApplicable, Note, TargetValue, TaskDone, TaskStarted, number_text
from cchc.facts import Facts, Value
from cchc.items import KnownItem
from cchc.model import Deadline, Target
from cchc.results import CellError, Result, TableError, day, number, period, read_csv, read_rows, sheet, summary

D = dt.date
TODAY = D(2024, 7, 1)
JUSTICE = Person("stp@x.vn", "An", "agency_editor", "stp")
HOME = Person("snv@x.vn", "Chi", "standing_editor")


def item(name: str, agency: str = "stp", target: Target | None = None) -> KnownItem:
    return KnownItem(
        name,
        "target" if target else "task",
        "p",
        "nội dung",
        lead=(agency,),
        reached=frozenset({agency}),
        led_by=frozenset({agency}),
        deadline=None if target else Deadline(kind="quarter", end=D(2024, 6, 30)),
        target=target,
    )


RATE = Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=D(2024, 12, 31))
MILESTONE = Target(id="p.c2", start=0, end=1, kind="milestone")
ITEMS = {
    i.id: i for i in (item("p.n1"), item("p.n2", "syt"), item("p.c1", target=RATE), item("p.c2", target=MILESTONE))
}


def read(
    header: Sequence[object], *rows: Sequence[object], facts: dict[str, Facts] | None = None, person: Person = JUSTICE
) -> Result:
    return read_rows([header, *rows], ITEMS, facts or {}, person, TODAY)


# Cells


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("98,5", 98.5), ("98.5", 98.5), ("1.234,5", 1234.5), ("1.234.567", 1234567), ("0", 0), ("-3,25", -3.25),
        ("85 %", 85), ("85%", 85), (" 1 234 ", 1234), ("12,345", 12.345), (98.5, 98.5), (7, 7), ("95.25", 95.25),
        ("\u22125", -5), ("1234", 1234), ("0.5", 0.5), ("1234.5678", 1234.5678),
    ],
)  # fmt: skip
def test_number(cell: object, value: float) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("95.125", "95125 hay 95,125"), ("0.985", "hay 0,985"), ("chín", "Không phải"), ("1,234.5", "Không phải"),
        ("", "Không phải"), ("1.23.456", "Không phải"), (float("nan"), "Không phải"), (True, "Không phải"),
        ("1e5", "Không phải"), ("٣", "Không phải"), ("--5", "Không phải"),
    ],
)  # fmt: skip
def test_what_is_no_number_or_could_be_two(cell: object, message: str) -> None:
    with pytest.raises(CellError, match=message):
        number(cell)


@given(st.integers(-(10**9), 10**9), st.integers(0, 2))
def test_a_number_written_by_us_is_read_back(whole: int, digits: int) -> None:
    value = whole / 10**digits
    text = number_text(value)
    try:
        assert number(text) == value
    except CellError:
        assert 1000 <= abs(value) < 10**6  # «1.234» is the one writing that is not guessed
        assert value == int(value)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("14/6/2024", D(2024, 6, 14)), ("01/02/2024", D(2024, 2, 1)), ("14-06-2024", D(2024, 6, 14)),
        ("14.6.2024", D(2024, 6, 14)), ("2024-06-14", D(2024, 6, 14)), ("2024-06-14 00:00:00", D(2024, 6, 14)),
        (dt.datetime(2024, 6, 14, 7), D(2024, 6, 14)), (D(2024, 6, 14), D(2024, 6, 14)),
    ],
)  # fmt: skip
def test_day(cell: object, wanted: dt.date) -> None:
    assert day(cell) == wanted


@pytest.mark.parametrize("cell", ["31/6/2024", "6/2024", "14/6/24", "hôm qua", "45457", "2024-13-01", "0/1/2024"])
def test_what_is_no_day(cell: str) -> None:
    with pytest.raises(CellError):
        day(cell)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2024-1", "2024-1"), ("Quý I/2024", "2024-1"), ("quý 3 năm 2024", "2024-3"), ("QUÝ IV - 2024", None),
        ("6 tháng đầu năm 2024", "2024-6t"), ("9 tháng năm 2024", "2024-9t"), ("Tháng 5/2024", "2024-m05"),
        ("Năm 2024", "2024"), ("2024", "2024"), ("Quý V/2024", None), ("tháng 13/2024", None), ("Quý I", None),
    ],
)  # fmt: skip
def test_period(cell: str, wanted: str | None) -> None:
    if wanted is None:
        with pytest.raises(CellError):
            period(cell)
    else:
        assert period(cell) == wanted


# Rows


def test_a_row_becomes_entries() -> None:
    header = [
        "STT", "MÃ", "Nội dung", "Ngày bắt đầu", "Ngày hoàn thành", "Sản phẩm đã hoàn thành", "Số văn bản",
        "Ngày văn bản", "Ghi chú", "Ngày số liệu", "Kết quả", "Tử số", "Mẫu số", "Kỳ", "Phiên bản",
    ]  # fmt: skip
    result = read(
        header,
        [
            1,
            "p.n1",
            "x",
            "1/2/2024",
            "28/6/2024",
            "Báo cáo",
            "12/BC-STP",
            "28/6/2024",
            "'=đã gửi",
            "",
            "",
            "",
            "",
            "",
            3,
        ],
        [2, "p.c1", "x", "", "", "", "", "", "", "14/6/2024", "", "197", "200", "6 tháng đầu năm 2024", ""],
        ["", "", "", "", "", "", "", "", "", "", "", "", "", "", ""],
        [3, "p.c2", "x", "", "", "", "", "", "", "", "", "", "", "", "0"],
    )
    assert result.problems == ()
    assert [(d.item_id, d.payload, d.as_of) for d in result.drafts] == [
        ("p.n1", TaskStarted(started_on=D(2024, 2, 1)), D(2024, 2, 1)),
        ("p.n1", TaskDone(completed_on=D(2024, 6, 28), product="Báo cáo"), D(2024, 6, 28)),
        ("p.n1", Evidence(number="12/BC-STP", date=D(2024, 6, 28)), D(2024, 6, 28)),
        ("p.n1", Note(text="=đã gửi"), D(2024, 6, 28)),
        ("p.c1", TargetValue(value=98.5, numerator=197, denominator=200, period="2024-6t"), D(2024, 6, 14)),
    ]
    assert {(d.author, d.role) for d in result.drafts} == {("stp@x.vn", "agency_editor")}
    assert result.expected == {"p.n1": 3}
    assert result.unused == ()


@pytest.mark.parametrize(
    ("column", "cell", "item_id", "message"),
    [
        ("Ngày hoàn thành", "31/6/2024", "p.n1", "Không có ngày này"),
        ("Ngày hoàn thành", "2/7/2024", "p.n1", "sau ngày hôm nay"),
        ("Ngày hoàn thành", "28/6/2024", "p.c1", "hãy ghi giá trị"),
        ("Kết quả", "chín mươi", "p.c1", "Không phải là một số"),
        ("Kết quả", "101", "p.c1", "từ 0 đến 100"),
        ("Kết quả", "50", "p.n1", "Chỉ ghi giá trị cho chỉ tiêu"),
        ("Kết quả", "50", "p.c2", "không có mức bằng số"),
        ("Tử số", "5", "p.c1", "Thiếu giá trị"),
        ("Kỳ", "2024-1", "p.c1", "Thiếu kết quả"),
        ("Sản phẩm đã hoàn thành", "Báo cáo", "p.n1", "thiếu ngày hoàn thành"),
        ("Ngày văn bản", "1/6/2024", "p.n1", "thiếu số văn bản"),
        ("Đường dẫn", "javascript:alert(1)", "p.n1", "http://"),
        ("Ghi chú", "x" * 5000, "p.n1", "dài quá 4000"),
        ("Ghi chú", "x", "p.n2", "không do cơ quan của bạn"),
        ("Không áp dụng (lý do)", "x", "p.n1", "Chỉ cơ quan thường trực"),
        ("Đề nghị gia hạn đến", "30/6/2024", "p.n1", "sau thời hạn cũ"),
        ("Lý do gia hạn", "Chờ", "p.n1", "thiếu ngày đề nghị"),
    ],
)
def test_a_mistake_is_told_with_row_and_column(column: str, cell: str, item_id: str, message: str) -> None:
    header = ["Mã", "Ngày số liệu", *(["Lý do gia hạn"] if column.startswith("Đề nghị") else []), column]
    row = [item_id, "14/6/2024", *(["Chờ"] if column.startswith("Đề nghị") else []), cell]
    result = read(["", "", ""], header, ["p.c2", "", ""], row)  # the header may stand lower
    assert result.drafts == ()
    (problem,) = result.problems
    assert message in problem.text
    assert problem.text.startswith(f"Dòng 4, cột «{column}»: ")


def test_unknown_and_repeated_codes() -> None:
    result = read(["Mã", "Ghi chú"], ["p.n9", "x"], ["", "x"], ["p.n1", "x"], ["p.n1", "y"])
    assert [p.text for p in result.problems] == [
        "Dòng 2, cột «Mã»: Không có nội dung này trong các văn bản.",
        "Dòng 3, cột «Mã»: Thiếu mã.",
        "Dòng 5, cột «Mã»: Mã này đã có ở dòng 4.",
    ]
    assert [d.payload for d in result.drafts] == [Note(text="x")]  # good rows can be taken
    assert next(iter(summary(result))) == "1 dòng hợp lệ (1 nội dung mới), 3 dòng có lỗi, 0 dòng không có gì mới."


def test_a_row_with_a_mistake_gives_nothing_at_all() -> None:
    result = read(["Mã", "Ghi chú", "Ngày bắt đầu"], ["p.n1", "x", "32/1/2024"])
    assert result.drafts == ()
    assert len(result.rows) == 1


def test_what_is_known_already_is_not_recorded_again() -> None:
    facts = {
        "p.n1": Facts(
            True,
            D(2024, 6, 28),
            product="Báo cáo",
            started_on=D(2024, 2, 1),
            evidence=(Evidence(number="12/BC-STP", date=D(2024, 6, 28)),),
            notes=("đã gửi",),
        ),
        "p.c1": Facts(True, values=(Value(D(2024, 6, 14), 98.5, 197, 200, period="2024-6t"),)),
    }
    header = ["Mã", "Ngày bắt đầu", "Ngày hoàn thành", "Sản phẩm bàn giao", "Số văn bản", "Ngày văn bản", "Ghi chú"]
    same = ["p.n1", "1/2/2024", "28/6/2024", "Báo cáo", "12/BC-STP", "28/6/2024", "đã gửi"]
    again = read(header, same, facts=facts)
    assert (again.rows, again.same) == ((), 1)
    more = read(header, [*same[:-1], "gửi lại"], facts=facts)
    assert [d.payload for d in more.drafts] == [Note(text="gửi lại")]
    rates = ["Mã", "Ngày số liệu", "Tử số", "Mẫu số", "Kỳ"]
    assert read(rates, ["p.c1", "14/6/2024", "197", "200", "2024-6t"], facts=facts).same == 1
    assert len(read(rates, ["p.c1", "15/6/2024", "197", "200", "2024-6t"], facts=facts).drafts) == 1


def test_an_extension_starts_from_the_deadline_in_force() -> None:
    before = Extension(old=D(2024, 6, 30), new=D(2024, 9, 30), reason="Chờ", document="9/UBND")
    header = ["Mã", "Đề nghị gia hạn đến", "Lý do gia hạn", "Không áp dụng (lý do)"]
    (draft,) = read(header, ["p.n1", "31/12/2024", "Chờ", ""], facts={"p.n1": Facts(True, extensions=(before,))}).drafts
    assert draft.payload == Extension(old=D(2024, 9, 30), new=D(2024, 12, 31), reason="Chờ")
    assert not draft.payload.approved
    (absent,) = read(header, ["p.n2", "", "", "Sáp nhập"], person=HOME).drafts
    assert absent.payload == NotApplicable(reason="Sáp nhập")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "không có nội dung"),
        ([["", None]], "không có nội dung"),
        ([["Ghi chú"], ["x"]], "không có cột «Mã»"),
        ([["Mã", "Kết quả", "Giá trị"], ["p.c1", "1", "2"]], "cùng nghĩa"),
    ],
)
def test_tables_that_cannot_be_read(rows: list[list[object]], message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_rows(rows, ITEMS, {}, JUSTICE, TODAY)


def test_rows_without_a_date_speak_of_their_own_day() -> None:
    header = ["Mã", "Kết quả", "Kỳ", "Ngày hoàn thành", "Số văn bản", "Ngày văn bản", "Ghi chú"]
    result = read(
        header,
        ["p.n1", "", "", "28/3/2024", "7/QĐ", "4/4/2024", "xong"],
        ["p.c1", "45", "6 tháng đầu năm 2024", "", "", "", ""],
        person=HOME,
    )
    assert [(d.kind, d.as_of) for d in result.drafts] == [
        ("task_done", D(2024, 3, 28)), ("evidence", D(2024, 4, 4)), ("note", D(2024, 3, 28)),
        ("target_value", D(2024, 6, 14)),
    ]  # fmt: skip
    (bad,) = read(header, ["p.n1", "", "", "", "7/QĐ", "2/7/2024", ""]).problems
    assert bad.text == "Dòng 2, cột «Ngày văn bản»: Ngày 02/07/2024 sau ngày hôm nay."
    (silent,) = read(header, ["p.c1", "45", "", "", "", "", ""], person=HOME).problems
    assert silent.message == "Cần có ngày số liệu hoặc kỳ."


def test_columns_nobody_uses_are_named() -> None:
    result = read(["Mã", "Ghi chú", "Người ký", "STT"], ["p.n1", "x", "y", "1"])
    assert result.unused == ("Người ký",)
    assert "Cột không dùng đến: «Người ký»." in list(summary(result))


def test_our_own_sheet_handed_in_unchanged_says_nothing_new() -> None:
    facts = {
        "p.n1": Facts(True, D(2024, 6, 28), product="Báo cáo", started_on=D(2024, 2, 1), notes=("x",), version=4),
        "p.c1": Facts(True, values=(Value(D(2024, 6, 14), 98.5, 197, 200, period="2024-6t"),), version=1),
        "p.c2": Facts(True, started_on=D(2024, 2, 1), version=1),
    }
    table = sheet(ITEMS.values(), facts, TODAY, lambda t: f">= {t.value}")
    assert [row[0] for row in table[1:]] == ["p.n2", "p.n1", "p.c1", "p.c2"]  # what has no data comes first
    again = read_rows(table, ITEMS, facts, HOME, TODAY)
    assert (again.rows, again.unused) == ((), ())
    # as it comes back from a file: everything is text, and one cell was filled in
    column = [str(c) for c in table[0]].index("Ghi chú")

    def text(cell: object) -> str:
        if isinstance(cell, dt.date):
            return f"{cell:%d/%m/%Y}"
        return number_text(cell) if isinstance(cell, float) else str(cell)

    texts = [[text(c) for c in row] for row in table]
    texts[3][column] = "Số liệu của Sở"
    (draft,) = read_rows(texts, ITEMS, facts, HOME, TODAY).drafts
    assert (draft.item_id, draft.payload, draft.as_of) == ("p.c1", Note(text="Số liệu của Sở"), TODAY)
    assert read_rows(texts, ITEMS, facts, HOME, TODAY).expected == {"p.c1": 1}


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_offices_write_it(encoding: str, separator: str) -> None:
    text = separator.join(["Mã", "Ghi chú"]) + "\r\n" + separator.join(["p.n1", '"nhiều\r\ndòng, ""lời"""']) + "\r\n"
    assert read_csv(text.encode(encoding)) == [["Mã", "Ghi chú"], ["p.n1", 'nhiều\r\ndòng, "lời"']]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "rỗng"),
        (b" \n", "rỗng"),
        ("Mã;Ghi chú\np.n1;ế".encode("cp1258", "replace") + b"\xff", "UTF-8"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        (b"a,b\n" * 20_001, "20000"),
        (b'a,"b\n', "CSV"),
    ],
)
def test_csv_that_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_csv(data)


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_message(data: bytes) -> None:
    try:
        rows = read_csv(data)
        read_rows(rows, ITEMS, {}, JUSTICE, TODAY)
    except TableError as error:
        assert str(error)
