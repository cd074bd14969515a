"""Bytes to stored text: encodings read, what is no plan refused with a message that helps."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import unicodedata

import pytest

from cchc.formats.plain import read_text
from cchc.formats.source import NotAPlan

PLAN = "Kế hoạch cải cách hành chính năm 2024 của Ủy ban nhân dân tỉnh Quảng Ngãi\n- 100% hồ sơ được giải quyết đúng hạn, quý I/2024\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.encode("utf-16"),
        b"\xfe\xff" + PLAN.encode("utf-16-be"),
        unicodedata.normalize("NFD", PLAN).encode(),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
)
def test_unicode_in_every_dress(data: bytes) -> None:
    assert read_text(data) == (PLAN, [])


def test_windows_1258_is_read_and_said() -> None:
    data = _cp1258(PLAN)
    text, warnings = read_text(data)
    assert text == PLAN
    assert len(warnings) == 1
    assert "Windows-1258" in warnings[0]


def _cp1258(text: str) -> bytes:
    """As Windows wrote it: the letter with its hat, then the tone as a mark of its own."""
    out = []
    for char in text:
        pieces = unicodedata.normalize("NFD", char)
        tones = [c for c in pieces if c in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(c for c in pieces if c not in tones))
        out.append((base + "".join(tones)).encode("cp1258"))
    return b"".join(out)


def test_a_few_broken_bytes_are_kept_and_counted() -> None:
    data = (PLAN * 3).encode().replace("Quảng".encode(), b"Qu\xff\xfeng", 1)
    text, warnings = read_text(data)
    assert "Qu\ufffd\ufffdng" in text
    assert warnings == ["Có 2 ký tự bị hỏng trong tệp (hiện là «\ufffd»); những chỗ đó được giữ nguyên, không tự sửa."]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có nội dung"),
        (b" \r\n\t\n", "không có nội dung"),
        (b"\xef\xbb\xbf\n", "không có nội dung"),
        ("Kế hoạch năm 2024".encode(), "vài từ"),
        (bytes(range(256)) * 20, "không phải là văn bản"),
        (b"\x00\x01\x02\x03" * 500, "không phải là văn bản"),
        (b"%PDF-1.7 " + PLAN.encode(), "PDF"),
        (b"PK\x03\x04" + b"x" * 200, "Word/Excel"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 200, "Word/Excel"),
        (b"{\\rtf1 " + b"x" * 200, "RTF"),
        (b"12 34 56 78 " * 20, "không chứa chữ"),
    ],
)
def test_what_is_no_plan_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_text(data)
    assert said in str(refusal.value)
    assert "không thay đổi" in str(refusal.value)  # what is safe
    assert "Hãy" in str(refusal.value)  # what to do
