"""Bytes to stored text: encodings and old fonts told by content, what is no plan refused with a message that helps."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import unicodedata

import pytest

from cchc.formats import NotAPlan, Source, read_source
from cchc.formats.oldfonts import Coding, coding_of, coding_of_font, convert, convert_run, modernised
from tests.formats.typed import as_cp1258, as_tcvn3, as_vni

PLAN = "Kế hoạch cải cách hành chính năm 2024 của Ủy ban nhân dân tỉnh Quảng Ngãi\n- 100% hồ sơ được giải quyết đúng hạn, quý I/2024\n"
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.encode("utf-16"),
        b"\xfe\xff" + PLAN.encode("utf-16-be"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        unicodedata.normalize("NFD", PLAN).encode(),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
)
def test_unicode_in_every_dress(data: bytes) -> None:
    assert read_source(data) == Source(PLAN, "txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (as_cp1258(PLAN), "Windows-1258"),
        (as_tcvn3(PLAN).encode("latin-1"), "TCVN3"),
        (as_vni(PLAN).encode("latin-1"), "VNI"),
    ],
)
def test_old_encodings_are_told_by_content_and_said(data: bytes, said: str) -> None:
    source = read_source(data)
    assert source.text == (PLAN.replace("Ủ", "ủ") if said == "TCVN3" else PLAN)  # TCVN3 has no capital of it
    assert len(source.warnings) == 1
    assert said in source.warnings[0]


@pytest.mark.parametrize("typed", [as_tcvn3, as_vni])
def test_old_text_saved_as_unicode(typed: object) -> None:
    """Copied out of Word: the letters of the old font, each written in UTF-8."""
    source = read_source(typed(PLAN).encode())  # type: ignore[operator]
    assert source.text == (PLAN.replace("Ủ", "ủ") if typed is as_tcvn3 else PLAN)
    assert "đã được chuyển sang Unicode" in source.warnings[0]


def test_old_lines_between_unicode_ones() -> None:
    old = "Sở Nội vụ chủ trì, phối hợp với các sở, ngành xây dựng kế hoạch"
    text, codings = modernised(f"{PLAN}{as_vni(old)}\n{PLAN}")
    assert text == f"{PLAN}{old}\n{PLAN}"
    assert codings == ("vni",)


@pytest.mark.parametrize("coding", ["tcvn3", "vni"])
def test_every_letter_comes_back(coding: Coding) -> None:
    made = as_tcvn3(LETTERS) if coding == "tcvn3" else as_vni(LETTERS)
    assert convert(made, coding) == LETTERS
    if coding == "vni":
        assert convert(as_vni(LETTERS.upper()), "vni") == LETTERS.upper()


@pytest.mark.parametrize(
    "text",
    [
        PLAN,
        "Thông báo và báo cáo tháng 3 các cơ quan",
        "§ 5, 20°C, ½ số hồ sơ, «A»",
        "Façade, naïve, Zürich, señor",
        "a à á â ã é è ê í ì ó ò ô õ ú ù ý",
    ],
)
def test_unicode_is_never_converted(text: str) -> None:
    assert coding_of(text) is None
    assert modernised(text) == (text, ())
    for coding in ("tcvn3", "vni"):
        if text != "a à á â ã é è ê í ì ó ò ô õ ú ù ý" and "«" not in text and "ç" not in text:
            assert convert_run(text, coding) == text  # though the font says so


@pytest.mark.parametrize(
    ("font", "coding"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("Times New Roman", None),
        ("", None),
    ],
)
def test_fonts(font: str, coding: object) -> None:
    assert coding_of_font(font) == coding


def test_capitals_of_a_font() -> None:
    assert convert_run(as_tcvn3("Ủy ban nhân dân"), "tcvn3", capitals=True) == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("ñY BAN NH¢N D¢N TØNH QU¶NG NINH tr×nh bµy", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH trình bày"),
        ("C¬ quan, x· vµ UBND tØnh cïng thùc hiÖn", "Cơ quan, xã và UBND tỉnh cùng thực hiện"),
        ("X· ë ®ã ®· ®ñ, bé, ngµnh còng vËy", "Xã ở đó đã đủ, bộ, ngành cũng vậy"),
    ],
)
def test_capitals_whose_font_is_not_known(typed: str, shown: str) -> None:
    assert modernised(typed)[0] == shown


def test_a_few_broken_bytes_are_kept_and_counted() -> None:
    data = (PLAN * 3).encode().replace("Quảng".encode(), b"Qu\xff\xfeng", 1)
    source = read_source(data)
    assert "Qu\ufffd\ufffdng" in source.text
    assert source.warnings == (
        "Có 2 ký tự bị hỏng trong tệp (hiện là «\ufffd»); những chỗ đó được giữ nguyên, không tự sửa.",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có nội dung"),
        (b" \r\n\t\n", "không có nội dung"),
        (b"\xef\xbb\xbf\n", "không có nội dung"),
        ("Kế hoạch năm 2024".encode(), "vài từ"),
        (bytes(range(256)) * 20, "không phải là văn bản"),
        (b"\x00\x01\x02\x03" * 500, "không phải là văn bản"),
        (b"12 34 56 78 " * 20, "không chứa chữ"),
    ],
)
def test_what_is_no_plan_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        read_source(data)
    assert said in str(refusal.value)
    assert "không thay đổi" in str(refusal.value)  # what is safe
    assert "Hãy" in str(refusal.value)  # what to do
