"""A subject says what is measured, alone: an official sees it in a list, without its sentence."""

# ruff: noqa: E501  (tables of wordings read best a case a line)

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc.reading import read_plan
from cchc.reading.thin import is_thin

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH AN BÌNH\nSố: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\nI. MỤC TIÊU\n"
CORPUS = Path(__file__).resolve().parent.parent / "corpus"
OPEN = ("dev", "dev2", "dev3", "dev-held", "dev-held2")


def subjects(goal: str) -> list[str]:
    plan = read_plan(f"{HEAD}- {goal}\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n".encode(), "van.txt")
    return [t.subject for t in plan.targets]


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        # the words of the clause before the figure
        ("Cắt giảm 12 thủ tục.", ["Cắt giảm thủ tục"]),
        ("Tập huấn kỹ năng số cho 5.000 lượt người.", ["Tập huấn kỹ năng số cho lượt người"]),
        ("Phủ sóng 4G đến 97% thôn, bản.", ["Phủ sóng 4G đến thôn, bản"]),
        ("Kinh tế số chiếm 20% GRDP.", ["Kinh tế số chiếm … GRDP"]),
        ("Kinh tế số chiếm trên 25%.", ["Kinh tế số"]),
        ("Mỗi tổ có tối thiểu 05 thành viên.", ["Mỗi tổ có … thành viên"]),
        # those of the figure before it
        ("Kiểm tra cải cách hành chính tại 10 phường và ít nhất 40% phòng, ban.", ["Kiểm tra cải cách hành chính tại phường", "Kiểm tra cải cách hành chính tại phòng, ban"]),
        ("Mạng cáp quang phủ 85% hộ gia đình, 100% xã.", ["hộ gia đình", "Mạng cáp quang phủ … xã"]),
        # the subject of the figure before it, without its place
        ("Tỷ lệ hồ sơ đúng hạn của các sở, ban, ngành tối thiểu 99%; của các xã tối thiểu 97%.", ["hồ sơ đúng hạn của các sở, ban, ngành", "hồ sơ đúng hạn của các xã"]),
        ("Bác sĩ được tập huấn bệnh án điện tử đạt 95%; điều dưỡng trên 90%.", ["Bác sĩ được tập huấn bệnh án điện tử", "Bác sĩ được tập huấn bệnh án điện tử (điều dưỡng)"]),
        ("Giải ngân vốn đầu tư công đạt 100% kế hoạch; riêng 9 tháng đạt tối thiểu 70%.", ["Giải ngân vốn đầu tư công", "Giải ngân vốn đầu tư công (9 tháng)"]),
        # a time is no subject
        ("Vận động 75% người lao động kích hoạt định danh điện tử, phấn đấu đến hết quý III đạt 60%.", ["người lao động kích hoạt định danh điện tử", "người lao động kích hoạt định danh điện tử"]),
        ("Phấn đấu đến hết quý II/2025 tỷ lệ số hóa hồ sơ khi tiếp nhận đạt 60%.", ["tỷ lệ số hóa hồ sơ khi tiếp nhận"]),
        ("Đến hết năm, tỷ lệ hộ gia đình đóng phí không dùng tiền mặt đạt 30%.", ["tỷ lệ hộ gia đình đóng phí không dùng tiền mặt"]),
        # whose rank, and in what
        ("Huyện nằm trong 03 huyện dẫn đầu tỉnh về cải cách hành chính.", ["Thứ hạng của Huyện về cải cách hành chính"]),
        ("Duy trì vị trí trong nhóm 15 tỉnh, thành phố có Chỉ số cải cách hành chính cao nhất.", ["Thứ hạng về Chỉ số cải cách hành chính"]),
        # the label of the line
        ("Giải quyết đúng hạn: 98,5% hồ sơ.", ["Giải quyết đúng hạn (hồ sơ)"]),
        ("Hồ sơ tiếp nhận trực tuyến: toàn huyện 60%.", ["Hồ sơ tiếp nhận trực tuyến (toàn huyện)"]),
        # what says enough stays as it is, an index is known by its name
        ("Tỷ lệ hồ sơ trực tuyến đạt 80%.", ["hồ sơ trực tuyến"]),
        ("PCI tăng 03 bậc.", ["PCI"]),
        ("100% trẻ em dưới 6 tuổi được cấp thẻ trong 03 ngày làm việc.", ["trẻ em dưới 6 tuổi được cấp thẻ trong 03 ngày làm việc"]),
        ("100% công chức được tập huấn trong quý II/2025.", ["công chức được tập huấn trong quý II/2025"]),
    ],
)  # fmt: skip
def test_subjects_say_what_is_measured(goal: str, expected: list[str]) -> None:
    assert subjects(goal) == expected


def test_parts_of_a_row_carry_its_name() -> None:
    table = (
        "TT\tChỉ tiêu\tĐơn vị tính\tNăm 2025\tĐơn vị theo dõi\n1\tTỷ lệ hồ sơ trực tuyến\t%\t70\tSở Nội vụ\n"
        "2\tTỷ lệ số hóa kết quả\t\t\t\n2.1\tCấp tỉnh\t%\t95\tCác sở\n2.2\tCấp xã\t%\t80\tUBND cấp xã\n"
        "3\tSố xã đạt chuẩn\txã\t12\tSở Nội vụ\n"
    )
    plan = read_plan(f"{HEAD}{table}II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ theo dõi.\n".encode(), "bang.txt")
    assert [(t.subject, t.level) for t in plan.targets] == [
        ("Tỷ lệ hồ sơ trực tuyến", None), ("Tỷ lệ số hóa kết quả: Cấp tỉnh", "tỉnh"),
        ("Tỷ lệ số hóa kết quả: Cấp xã", "xã"), ("Số xã đạt chuẩn", None),
    ]  # fmt: skip


def test_what_is_added_to_a_subject_does_not_move_its_id() -> None:
    """The id rests on the goal's own words: the same goal below another one keeps it."""

    def ids(text: str) -> list[str]:
        return [t.id for t in read_plan(f"{HEAD}- {text}\n".encode(), "van.txt").targets]

    alone = ids("Bác sĩ được tập huấn bệnh án điện tử đạt 95%; điều dưỡng trên 90%.")
    below = ids("Dược sĩ được tập huấn bệnh án điện tử đạt 95%; điều dưỡng trên 90%.")
    assert alone[1] == below[1]
    assert alone[0] != below[0]


def test_few_subjects_of_the_open_documents_say_too_little() -> None:
    """Of more than 2,000 goals those remain whose document says no more («xếp hạng», «100%»)."""
    found, thin = 0, []
    for name in OPEN:
        for annotated in sorted((CORPUS / name).glob("*.json")):
            source = CORPUS / name / Path(json.loads(annotated.read_text(encoding="utf-8"))["source"]).name
            for target in read_plan(source.read_bytes(), source.name).targets:
                found += 1
                if is_thin(target.subject) and len(target.subject.split()) < 3:
                    thin.append(f"{source.name}: {target.subject} | {target.quote}")
    assert found > 2000
    assert len(thin) * 100 < found, thin
