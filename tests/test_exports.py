"""Files: what stands in them, that no cell is a formula, and that a CSV can be read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc import exports, queries
from cchc.__main__ import EXPORTS
from cchc.engine import Engine
from cchc.exports import COLUMNS, KINDS, Kind, ReadError
from cchc.filters import Filters
from tests.sample_plans import DOC

D = dt.date
AS_OF = D(2024, 3, 14)


def frame_of(engine: Engine, kind: Kind, made: Filters | None = None) -> pd.DataFrame:
    return EXPORTS[kind](engine, made or Filters(as_of=AS_OF))


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- CSV ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_csv_reads_back_as_the_frame_it_was(sample: Engine, documents: Engine, kind: Kind) -> None:
    columns = exports.columns_of(kind)
    for engine in (sample, documents):
        frame = frame_of(engine, kind)
        data = exports.to_csv(frame, columns)
        again = exports.read_csv(data, kind)
        wanted = frame[list(columns)]
        counts = {c.name: "Int64" for c in COLUMNS[kind] if c.type == "int"}
        pd.testing.assert_frame_equal(again, wanted.astype(counts))
        assert len(frame) > 0
        assert exports.kind_of(data) == kind
        assert exports.to_csv(again, columns) == data


def test_bytes_of_a_csv(sample: Engine) -> None:
    data = exports.to_csv(frame_of(sample, "tasks"), exports.columns_of("tasks"))
    assert data.startswith(b"\xef\xbb\xbf\"STT trong v")
    assert b"\r\n" in data
    assert b"sep=" not in data
    table = cells(data)
    assert table[0] == [c.label for c in COLUMNS["tasks"]]
    assert len(table) == 1 + 11
    row = dict(zip(table[0], table[1], strict=True))
    assert row["Ngày cuối của thời hạn"] == "2024-03-31"
    assert row["Số ngày (đã qua hạn hoặc còn lại)"] == "17"
    assert row["Tình trạng"] == "Sắp đến hạn"


FIRST = st.sampled_from([*"=+-@\t\r\n＝＋－＠'a\",", "''=", "'@", " =", ""])


@given(FIRST, st.text(max_size=30))
def test_neutral_text_is_no_formula_and_comes_back(first: str, rest: str) -> None:
    text = first + rest
    safe = exports.neutral(text)
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", safe)
    assert exports._plain(safe) == text


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda a, b: a + b, FIRST, TEXTS), min_size=1, max_size=6))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = {c.name: [""] * len(texts) for c in COLUMNS["measures"] if c.type == "text"}
    frame = pd.DataFrame(
        {**rows, "content": texts, "area": pd.array([1] * len(texts), dtype="Int64"), "confidence": [0.5] * len(texts)}
    )
    data = exports.to_csv(frame, exports.columns_of("measures"))
    assert exports.read_csv(data, "measures")["content"].tolist() == texts
    for row in cells(data):
        assert not any(re.match(r"[=+\-@\t\r＝＋－＠]", cell) for cell in row)


def test_formulas_in_documents_are_neutralised(sample: Engine) -> None:
    data = exports.to_csv(frame_of(sample, "tasks"), exports.columns_of("tasks"))
    contents = [row[4] for row in cells(data)]
    assert "'=1+1 nội dung lạ" in contents
    assert "'- Việc chưa rõ hạn" in contents
    measure = exports.to_csv(frame_of(sample, "measures"), exports.columns_of("measures"))
    assert "'=cmd|' /C calc'!A0" in cells(measure)[1]


def saved_by_excel(data: bytes, delimiter: str) -> bytes:
    """What a spreadsheet of Vietnamese settings makes of the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for row in cells(data):
        writer.writerow(
            re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3/\2/\1", re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", c)) for c in row
        )
    return out.getvalue().encode("utf-8")


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("kind", ["tasks", "targets"])
def test_a_file_saved_again_by_a_spreadsheet_is_understood(sample: Engine, kind: Kind, delimiter: str) -> None:
    data = exports.to_csv(frame_of(sample, kind), exports.columns_of(kind))
    again = exports.read_csv(saved_by_excel(data, delimiter), kind)
    pd.testing.assert_frame_equal(again, exports.read_csv(data, kind))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: b"", "trống"),
        (lambda d: b"\xff\xfe\x00x", "UTF-8"),
        (lambda d: d.splitlines()[0].split(b",")[0], "Thiếu cột"),
        (lambda d: d.replace(b"2024-03-31", b"2024-02-31"), "Dòng 2, cột «Ngày cuối của thời hạn»"),
        (lambda d: d.replace(b",17,", b",x,"), "Dòng 2, cột «Số ngày"),
        (lambda d: d + b"a,b\r\n", "2 ô"),
        (lambda d: d + b'"khong dong\r\n', "hỏng"),
        (lambda d: b"a,b\r\n1,2\r\n", "Thiếu cột"),
    ],
)
def test_a_broken_file_is_told_where(sample: Engine, change: Any, message: str) -> None:
    data = exports.to_csv(frame_of(sample, "tasks"), exports.columns_of("tasks"))
    with pytest.raises(ReadError, match=re.escape(message)):
        exports.read_csv(change(data), "tasks")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8")))
def test_junk_is_refused_in_words(data: bytes) -> None:
    for read in (exports.kind_of, lambda d: exports.read_csv(d, "tasks")):
        with pytest.raises(ReadError):
            read(data)


def test_an_empty_list_is_a_header(sample: Engine) -> None:
    frame = frame_of(sample, "tasks", Filters(plan=("khong-co",)))
    data = exports.to_csv(frame, exports.columns_of("tasks"))
    assert len(cells(data)) == 1
    assert len(exports.read_csv(data, "tasks")) == 0


# --- Excel -------------------------------------------------------------------------------------------------------


def workbook(engine: Engine, kind: Kind, made: Filters) -> Any:
    data, _ = exports.make(
        kind, frame_of(engine, kind, made), made, extension="xlsx", names=queries.names(engine),
        data_version=engine.data_version,
    )  # fmt: skip
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_sheet_names_filters_and_date_and_holds_all_rows(documents: Engine, kind: Kind) -> None:
    made = Filters(q="hành chính", as_of=AS_OF)
    frame = frame_of(documents, kind, made)
    book = workbook(documents, kind, made)
    assert book.sheetnames == [exports.TITLES[kind]]
    rows = [list(r) for r in book.worksheets[0].iter_rows(values_only=True)]
    above = {r[0]: r[1] for r in rows[1:5]}
    assert rows[0][0] == exports.TITLES[kind]
    assert above == {
        "Bộ lọc": "Có từ: «hành chính»", "Ngày số liệu": "14/3/2024", "Số dòng": len(frame),
        "Phiên bản dữ liệu": documents.data_version,
    }  # fmt: skip
    assert rows[6] == [c.label for c in COLUMNS[kind]]
    assert len(rows) == 7 + len(frame)
    assert book.worksheets[0].freeze_panes == "A8"
    first = COLUMNS[kind][0].name
    assert [r[0] or "" for r in rows[7:]] == frame[first].tolist()


def test_text_is_text_dates_are_dates_numbers_are_numbers(sample: Engine) -> None:
    sheet = workbook(sample, "tasks", Filters(as_of=AS_OF)).worksheets[0]
    labels = [c.label for c in COLUMNS["tasks"]]
    content, last_day, days = (labels.index(x) for x in (
        "Nội dung nhiệm vụ", "Ngày cuối của thời hạn", "Số ngày (đã qua hạn hoặc còn lại)"))  # fmt: skip
    rows = list(sheet.iter_rows(min_row=8))
    odd = next(r[content] for r in rows if str(r[content].value).endswith("lạ"))
    assert (odd.value, odd.data_type) == ("=1+1 nội dung lạ", "s")
    assert rows[0][last_day].is_date
    assert rows[0][last_day].value == dt.datetime(2024, 3, 31)
    assert (rows[0][days].value, rows[0][days].data_type) == (17, "n")
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_excel_takes_any_text() -> None:
    nasty = ["\x01\x02", "x" * 40_000, "=A1", "line\nbreak"]
    frame = pd.DataFrame({"a": nasty})
    data = exports.to_xlsx(frame, {"a": "=Cột"}, title="[Tên]/dài*" * 10, sentence="=x", as_of=AS_OF)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert len(sheet.title) <= 31
    found = [row[0].value for row in sheet.iter_rows(min_row=7)]
    assert found[1].endswith(exports.CUT)
    assert len(found[1]) == exports.EXCEL_CELL
    assert found[2:4] == ["=A1", "line\nbreak"]
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "made", "name"),
    [
        ("tasks", Filters(), "nhiem-vu_2024-03-14.csv"),
        ("tasks", Filters(agency=("so-tu-phap",), quarter=("2024-1",)),
         "nhiem-vu_co-quan-so-tu-phap-quy-i-2024_2024-03-14.csv"),
        ("targets", Filters(q="=../../etc/passwd\n"), "chi-tieu_co-tu-etc-passwd_2024-03-14.csv"),
        ("matrix", Filters(plan=(DOC,)), "ma-tran-trach-nhiem_ke-hoach-10-kh-ubnd-mau-2024_2024-03-14.csv"),
        ("danh sách/khác", Filters(as_of=D(2020, 1, 1)), "danh-sach-khac_2024-03-14.csv"),
    ],
)  # fmt: skip
def test_file_names_tell_filters_and_date(sample: Engine, kind: str, made: Filters, name: str) -> None:
    assert exports.file_name(kind, made, AS_OF, "csv", queries.names(sample)) == name


@given(st.text(max_size=200))
def test_file_names_are_safe(q: str) -> None:
    made, _ = Filters.from_query({"q": [q]})
    name = exports.file_name("tasks", made, AS_OF, "xlsx")
    assert re.fullmatch(r"nhiem-vu_([a-z0-9-]+_)?2024-03-14\.xlsx", name)
    assert len(name) < 130


def test_a_file_does_not_claim_filters_that_do_not_hold(sample: Engine) -> None:
    made = Filters(quarter=("2024-1",), level=("xã",), as_of=AS_OF)
    names = queries.names(sample)
    _, name = exports.make("targets", queries.targets(sample, made), made, extension="csv", names=names)
    assert name == "chi-tieu_cap-xa_2024-03-14.csv"
    _, name = exports.make("tasks", queries.tasks(sample, made), made, extension="csv", names=names)
    assert name == "nhiem-vu_quy-i-2024_2024-03-14.csv"


def test_semicolons_of_a_cell_do_not_cut_it_where_a_program_takes_them_for_separators() -> None:
    """LibreOffice ticks comma, semicolon and tab when it opens a CSV."""
    frame = pd.DataFrame({"products": ["Công văn; Báo cáo", "Kế hoạch"], "days": [12, 3]})
    lines = exports.to_csv(frame, {"products": "Sản phẩm", "days": "Số ngày"}).decode("utf-8-sig").splitlines()
    assert lines == ['"Sản phẩm","Số ngày"', '"Công văn; Báo cáo",12', '"Kế hoạch",3']
