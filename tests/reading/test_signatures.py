"""Who signed, in the forms in which offices and portals print the end of a document."""

from __future__ import annotations

import pytest

from cchc.reading import read_plan

TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nSố: 12/KH-UBND\nHà Nam, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm "
    "2024\nI. MỤC TIÊU\n- 95% hồ sơ được giải quyết đúng hạn.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi, đôn "
    "đốc việc thực hiện.\nTrên đây là Kế hoạch cải cách hành chính năm 2024 của tỉnh./.\n"
)


@pytest.mark.parametrize(
    "end",
    [
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn Bình",
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nTrần Văn Bình",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Văn Bình",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Bình",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH Trần Văn Bình",
        "CHỦ TỊCH\n(Đã ký) Trần Văn Bình",
        "CHỦ TỊCH\nĐã ký: Trần Văn Bình",
        "CHỦ TỊCH\nTRẦN VĂN BÌNH",
        "| Nơi nhận:\n- Như trên; | TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Bình |",
        "| Nơi nhận: - Như trên; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Văn Bình |",
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tKT. CHỦ TỊCH\n- Lưu: VT.\tPHÓ CHỦ TỊCH\n\tTrần Văn Bình",
        "CHỦ TỊCH\nThS. Trần Văn Bình",
        "HIỆU TRƯỞNG\n(Đã ký)\nPGS.TS. Trần Văn Bình",
        "GIÁM ĐỐC\nBSCKII. Trần Văn Bình",
        "GIÁM ĐỐC\nTTƯT. BS. CKI Trần Văn Bình",
        "GIÁM ĐỐC\nĐại tá Trần Văn Bình",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ; KT. CHỦ TỊCH\n- Sở; PHÓ CHỦ TỊCH\n- Lưu: VT, NC. Trần Văn Bình",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bí thư; Ủy Ban Kiểm Tra\n- Lưu: VT. KT. CHỦ TỊCH\n- NC; Trần Văn Bình",
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; CHỦ TỊCH\n- UBND huyện, thị xã, thành phố; Trần Văn Bình",
        "CHỦ TỊCH\nTrần Văn Bình\n\nPHỤ LỤC\nDanh mục nhiệm vụ",
        "GIÁM ĐỐC SỞ NỘI VỤ\nTrần Văn Bình",
        "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG\nTrần Văn Bình",
        "TUQ. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG BỘ\nTrần Văn Bình",
        "CỤC TRƯỞNG\nTrần Văn Bình",
        "TM. BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nTrần Văn Bình",
        "KT. CỤC TRƯỞNG\nPHÓ CỤC TRƯỞNG PHỤ TRÁCH\nTrần Văn Bình",
        "Người ký: Trần Văn Bình",
        "Ký bởi: ỦY BAN NHÂN DÂN TỈNH HÀ NAM\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình",
        "CHỦ TỊCH\n\n\n[daky]\n\nTrần Văn Bình\n",
        "NGƯỜI LẬP BIỂU\nLê Thị Hoa\nCHỦ TỊCH\nTrần Văn Bình",
        "Người lập\nLê Thị Hoa\n\nTHỦ TRƯỞNG ĐƠN VỊ\nTrần Văn Bình",
        "Người lập biểu | GIÁM ĐỐC\nLê Thị Hoa | Trần Văn Bình",
        "| NGƯỜI LẬP BIỂU | CHỦ TỊCH |\n| Lê Thị Hoa | Trần Văn Bình |",
    ],
)
def test_the_name_under_the_office(end: str) -> None:
    plan = read_plan((TEXT + end).encode(), "x.txt")
    assert (plan.plan.signed_by or "").title() == "Trần Văn Bình"
    assert len(plan.duties) == 1


@pytest.mark.parametrize(
    "end", ["", "Nơi nhận:\n- Như trên;\n- Lưu: VT.", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH"]
)
def test_nobody_signed(end: str) -> None:
    assert read_plan((TEXT + end).encode(), "x.txt").plan.signed_by is None


@pytest.mark.parametrize(
    ("end", "several"),
    [
        ("CHỦ TỊCH\nTrần Văn Bình\nPHỤ LỤC\nDanh mục\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình", False),
        ("CHỦ TỊCH\nTrần Văn Bình\nTM. BAN CHỈ ĐẠO\nPHÓ CHỦ TỊCH\nLê Thị Hoa", True),
    ],
)
def test_several_signatures_are_to_be_looked_at(end: str, several: bool) -> None:
    plan = read_plan((TEXT + end).encode(), "x.txt")
    assert plan.plan.signed_by == "Trần Văn Bình"
    assert any("người ký (Trần Văn Bình)" in w for w in plan.warnings) == several


@pytest.mark.parametrize("heading", ["PHỤ LỤC", "PHỤ LỤC I", "DANH MỤC NHIỆM VỤ", "BIỂU 01", "KẾ HOẠCH"])
def test_a_heading_of_the_next_page_is_no_part_of_the_name(heading: str) -> None:
    for end in (f"CHỦ TỊCH\nTrần Văn Bình {heading}", f"CHỦ TỊCH\n\nTrần Văn Bình\n\n{heading}"):
        assert read_plan((TEXT + end).encode(), "x.txt").plan.signed_by == "Trần Văn Bình"
