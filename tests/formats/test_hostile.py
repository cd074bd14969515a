"""Damaged and hostile files: read or refused with a message, in time that grows with their size, never a fault."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.formats import NotAPlan, Source, read_source
from cchc.formats.limits import Limits, use
from tests.formats import documents
from tests.formats.word import docx, p, tbl, tc, tr

PLAN: documents.Document = [
    "Kế hoạch cải cách hành chính nhà nước năm 2025 của Ủy ban nhân dân tỉnh",
    [["STT", "Nhiệm vụ", "Chủ trì"], ["I. THỂ CHẾ"], ["1", "Rà soát\nvăn bản", "Sở Tư pháp"]],
]
FILES = {"docx": documents.as_docx(PLAN), "xlsx": documents.as_xlsx(PLAN), "html": documents.as_html(PLAN)}


def read_or_refused(data: bytes) -> Source | None:
    try:
        return read_source(data)
    except NotAPlan as refusal:
        assert "không thay đổi" in str(refusal)
        return None


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return out.getvalue()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_parts_cut_and_changed_anywhere(draw: st.DataObject) -> None:
    form = draw.draw(st.sampled_from(sorted(FILES)))
    inside = form != "html" and draw.draw(st.booleans())
    parts = _parts(FILES[form]) if inside else {"": FILES[form]}
    name = draw.draw(st.sampled_from(sorted(parts)))
    words = parts[name]
    start = draw.draw(st.integers(0, len(words)))
    kind = draw.draw(st.sampled_from(["cut", "drop", "put", "twice", "gone"]))
    length = draw.draw(st.integers(1, 400))
    parts[name] = {
        "cut": words[:start],
        "drop": words[:start] + words[start + length :],
        "put": words[:start] + draw.draw(st.binary(max_size=20)) + words[start:],
        "twice": words[:start] + words[max(0, start - length) : start] + words[start:],
        "gone": b"",
    }[kind]
    read_or_refused(_packed(parts) if inside else parts[""])


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet='<>/="&; \n\u00a0-1aẠđ|\f\u2028', max_size=300),
    st.sampled_from(["table", "tr", "td", "ol", "li", "p", "br"]),
)
def test_any_markup(words: str, tag: str) -> None:
    read_or_refused(f"<html><body><p>{PLAN[0]}</p><{tag}>{words}<{tag}>{words}</{tag}>".encode())


def _grows(make: Callable[[int], bytes], small: int) -> float:
    """How much longer a file of four times the size takes (4 where time is in proportion)."""
    took = []
    for size in (small, small * 4):
        data = make(size)
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            read_or_refused(data)
            best = min(best, time.process_time() - began)
        took.append(best)
    return took[1] / max(took[0], 1e-4)


@pytest.mark.parametrize(
    ("make", "small"),
    [
        pytest.param(lambda n: ("ä " + "a" * n + " được").encode(), 100_000, id="one long word"),
        pytest.param(lambda n: ("µ" * n + " a").encode("latin-1"), 50_000, id="letters of old fonts"),
        pytest.param(lambda n: b"<html>" + b"<p " * n, 20_000, id="tags never closed"),
        pytest.param(lambda n: b"<html><table>" + b"<tr><td rowspan=1000>a<td>b" * n, 1_000, id="rows merged on"),
        pytest.param(lambda n: b"<html>" + b"<ol><li>a" * min(n, 900) + b"<li>b" * n, 2_000, id="lists in lists"),
        pytest.param(lambda n: b"a: b\n" * n, 20_000, id="lines of a mail"),
        pytest.param(
            lambda n: docx(tbl(*(tr("a", tc("b", merge="on"), "c") for _ in range(n)))), 300, id="cells merged on"
        ),
        pytest.param(lambda n: docx("<w:p><w:r>" + "<w:t>x </w:t><w:tab/>" * n + "</w:r></w:p>"), 5_000, id="runs"),
    ],
)
def test_time_grows_with_the_size_alone(make: Callable[[int], bytes], small: int) -> None:
    assert _grows(make, small) < 9


def test_merged_cells_without_end() -> None:
    parts = _parts(FILES["xlsx"])
    name = "xl/worksheets/sheet1.xml"
    merged = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 20_000))
    row = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", row + b"<mergeCells>" + merged + b"</mergeCells>", 1)
    began = time.process_time()
    read_or_refused(_packed(parts))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "make",
    [
        lambda n: docx(tbl(*[tr("1", "Rà soát", "Sở")] * n)),
        lambda n: b"<html><table>" + b"<tr><td>1<td>Ra soat<td>So" * n,
    ],
)
def test_rows_beyond_the_limit_are_refused_while_they_come_in(make: Callable[[int], bytes]) -> None:
    data = make(4_000)
    read_source(data)
    with use(Limits(max_rows=1_500)), pytest.raises(NotAPlan, match="quá dài"):
        read_source(data)


def test_tables_in_tables_without_end() -> None:
    for depth in (20, 60, 200):
        inner = p("Đáy")
        for _ in range(depth):
            inner = tbl(tr(tc(inside=inner + p()), "A"))
        found = read_or_refused(docx(inner))
        assert found is None or "Đáy" in found.text
        assert found is not None or depth > 60


def test_mails_in_mails_without_end() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n"
    assert read_or_refused(b"".join(head % (n, n) for n in range(3000))) is None


@pytest.mark.parametrize(
    "words", ["\x00", "\ud800", "\ufffe", "a" * 200_000, "]]>", "<!DOCTYPE", "%PDF-", "PK\x03\x04"]
)
def test_odd_text(words: str) -> None:
    read_or_refused((str(PLAN[0]) + words).encode("utf-8", "surrogatepass"))
    read_or_refused(f"<html><p>{PLAN[0]}{words}".encode("utf-8", "surrogatepass"))
