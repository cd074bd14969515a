"""The commands on progress, end to end on a ledger of their own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from cchc import config, demo
from cchc.commands import cli_progress
from cchc.files import FileStore
from cchc.items import KnownItem
from cchc.ledger import Ledger
from cchc.model import Deadline, Target

D = dt.date


def _task(number: int, agency: str, end: dt.date | None) -> KnownItem:
    return KnownItem(
        f"p.n{number}",
        "task",
        "p",
        f"Nhiệm vụ {number}",
        1,
        lead=(agency,),
        reached=frozenset({agency}),
        led_by=frozenset({agency}),
        deadline=Deadline(kind="quarter", end=end) if end else Deadline(kind="event"),
        plan_label="Kế hoạch thử",
        start=D(2024, 1, 1),
    )


RATE = Target(id="p.c1", start=0, end=1, kind="ratio", comparator=">=", value=90, unit="%", due=D(2024, 12, 31))
ITEMS = [
    _task(1, "snv", D(2024, 3, 31)),
    _task(2, "snv", D(2024, 6, 30)),
    _task(3, "stp", D(2024, 3, 31)),
    _task(4, "stp", None),
    KnownItem("p.c1", "target", "p", "Chỉ tiêu 1", 3, target=RATE, plan_label="Kế hoạch thử", start=D(2024, 1, 1)),
]


def items() -> Sequence[KnownItem]:
    return ITEMS


def names() -> dict[str, str]:
    return {"snv": "Sở Nội vụ", "stp": "Sở Tư pháp"}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)
    return tmp_path


def record(*argv: str) -> int:
    return cli_progress.record(argv, items)


def test_every_kind_can_be_recorded(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "kq.pdf").write_bytes(b"%PDF")
    commands = [
        ["p.c1", "value", "98,5", "--numerator", "197", "--denominator", "200", "--period", "6 tháng 2024"],
        ["p.n1", "started", "1/2/2024"],
        ["p.n1", "done", "28/3/2024", "--product", "Báo cáo"],
        ["p.n1", "evidence", "--number", "12/BC-SNV", "--date", "28/3/2024", "--file", str(place / "kq.pdf")],
        ["p.n2", "note", "Đang làm", "--author", "Lê An"],
        ["p.n4", "not-applicable", "Không có sự kiện"],
        ["p.n3", "extend", "30/6/2024", "--reason", "Chờ", "--document", "9/UBND-NC"],
        ["p.n3", "assign", "--unit", "Phòng A"],
    ]
    for command in commands:
        assert record("--as-of", "14/6/2024", *command) == 0
    assert "Đã ghi nhận kết quả chỉ tiêu, số 1" in capsys.readouterr().out
    with Ledger() as ledger:
        entries = ledger.since(0)
        assert [e.kind for e in entries] == [
            "target_value", "task_started", "task_done", "evidence", "note", "not_applicable", "extension",
            "assignment",
        ]  # fmt: skip
        assert [e.as_of for e in entries[:4]] == [D(2024, 6, 14), D(2024, 2, 1), D(2024, 3, 28), D(2024, 6, 14)]
        assert entries[0].payload.period == "2024-6t"
        assert FileStore().read(entries[3].payload.file) == b"%PDF"
        assert entries[4].author == "Lê An"
        assert entries[6].payload.old == D(2024, 3, 31)
        assert ledger.state_at(D(2024, 6, 14))["p.n1"].product == "Báo cáo"
    done = str(entries[2].id)
    better = json.dumps({"kind": "task_done", "completed_on": "2024-04-02", "product": "Đề án"})
    assert record("p.n1", "correct", done, "--reason", "Nhầm", "--json", better) == 0
    assert record("p.n1", "correct", done, "--reason", "Nhầm", "--withdraw") == 1
    assert "hãy đính chính bản mới nhất" in capsys.readouterr().err
    with Ledger() as ledger:
        assert ledger.state_at(D(2024, 6, 14))["p.n1"].done_on == D(2024, 4, 2)


@pytest.mark.parametrize(
    ("argv", "code", "message"),
    [
        (["p.n9", "note", "x"], 1, "Không có nội dung này"),
        (["p.n1", "value", "3"], 1, "Chỉ ghi giá trị cho chỉ tiêu"),
        (["p.c1", "value"], 1, "Thiếu giá trị"),
        (["p.c1", "value", "90", "--numerator", "1", "--denominator", "2"], 1, "không khớp"),
        (["p.n1", "done", "1/1/2124"], 1, "sau ngày hôm nay"),
        (["p.n1", "evidence"], 1, "tài liệu kiểm chứng cần có"),
        (["p.n1", "evidence", "--file", "/khong/co.pdf"], 1, "Không đọc được tệp"),
        (["p.n1", "note", "x", "--expected", "5"], 1, "vừa được"),
        (["p.n1", "extend", "1/1/2024", "--reason", "x"], 1, "sau thời hạn cũ"),
        (["p.n1", "done", "31/6/2024"], 2, "Không có ngày này"),
        (["p.n1", "bay"], 2, "bay"),
        ([], 2, ""),
    ],
)
def test_refusals(argv: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(*argv) == code
    assert message.lower() in capsys.readouterr().err.lower()
    with Ledger() as ledger:
        assert ledger.last_seq() == 0


def test_somebody_else_was_faster(capsys: pytest.CaptureFixture[str]) -> None:
    assert record("p.n1", "note", "một", "--expected", "0", "--author", "binh") == 0
    assert record("p.n1", "note", "hai", "--expected", "0") == 1
    told = capsys.readouterr().err
    assert "vừa được binh cập nhật" in told
    assert '"text": "một"' in told  # what changed is shown


CSV = """Mã;Ngày hoàn thành;Sản phẩm đã hoàn thành;Kết quả;Ngày số liệu;Số văn bản
p.n1;28/3/2024;Báo cáo;;;12/BC
p.n2;31/6/2024;;;;
p.c1;;;85,5;14/6/2024;
"""


def test_a_table_is_taken_whole_or_its_good_rows(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = place / "kq.csv"
    file.write_text(CSV, encoding="utf-8-sig")

    def run(*argv: str) -> int:
        return cli_progress.import_results([str(file), *argv], items)

    assert run("--check") == 1
    assert run() == 1
    told = capsys.readouterr()
    assert "Dòng 3, cột «Ngày hoàn thành»: Không có ngày này trong lịch." in told.out
    assert "Chưa lưu gì vì có dòng lỗi" in told.err
    with Ledger() as ledger:
        assert ledger.last_seq() == 0
    assert run("--good-rows") == 1
    assert "Đã ghi nhận 3 nội dung." in capsys.readouterr().out
    assert run("--good-rows") == 1  # again: nothing new
    assert "Đã ghi nhận 0 nội dung." in capsys.readouterr().out
    file.write_text(CSV.replace("31/6", "30/6"), encoding="utf-8-sig")
    assert run() == 0
    with Ledger() as ledger:
        facts = ledger.state_at(D(2024, 7, 1))
        assert facts["p.n2"].done_on == D(2024, 6, 30)
        assert [v.value for v in facts["p.c1"].values] == [85.5]
        assert ledger.last_seq() == 4


@pytest.fixture
def filled() -> None:
    for argv in (
        ["p.n1", "done", "28/3/2024"],
        ["p.n2", "done", "5/7/2024"],
        ["p.n3", "note", "Đang làm", "--as-of", "1/4/2024"],
        ["p.c1", "value", "45", "--as-of", "14/6/2024"],
    ):
        assert record(*argv) == 0


@pytest.mark.usefixtures("filled")
def test_scores_as_text_and_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    def run(*argv: str) -> str:
        capsys.readouterr()
        assert cli_progress.score(argv, items, names) == 0
        return capsys.readouterr().out

    text = run("--as-of", "10/7/2024", "--why", "--compare", "31/3/2024")
    assert "Điểm tham khảo theo «Quốc gia A/B/C», số liệu đến ngày 10/7/2024." in text
    # snv: both done (one late counts full here); stp: one overdue with a note, which is a report
    assert "Hạng: 1 | Đối tượng: Sở Nội vụ | Điểm: 100 | Xếp loại: Nhóm A | Hoàn thành kế hoạch: 2/2 = 100 %" in text
    assert "(2) / (2) × 100 = 100" in text
    assert "Hạng: 2 | Đối tượng: Sở Tư pháp | Điểm: 0" in text
    assert "Độ phủ số liệu: 1/2 = 50 %" in text
    assert "; Điểm của nhiệm vụ hoàn thành quá hạn; Mức «Dưới nhóm C»." in text
    found = json.loads(run("--as-of", "10/7/2024", "--format", "json", "--by", "linh-vuc"))
    by_key = {row["key"]: row for row in found}
    assert by_key["1"]["score"] == pytest.approx(66.67)
    assert by_key["1"]["formula"] == "(2) / (3) × 100 = 66,67"
    assert by_key["3"]["score"] == 50  # 45 of 90
    assert by_key["1"]["rates"][1]["numerator"] == 2
    assert by_key["1"]["demo"] is False
    table = run("--as-of", "10/7/2024", "--format", "csv", "--by", "tat-ca", "--profile", "tuy-chinh")
    assert table.splitlines()[0].startswith("Hạng,Đối tượng,Điểm,Xếp loại,")
    assert table.splitlines()[1].startswith(",Tất cả,")
    before = run("--as-of", "20/3/2024", "--format", "csv", "--by", "ke-hoach")
    assert "chưa có" in before
    assert "Kế hoạch thử" in before


@pytest.mark.usefixtures("filled")
def test_a_broken_profile_is_explained(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "tinh.toml").write_text('name = "x"\ntask_points = 3\n', encoding="utf-8")
    assert cli_progress.score(["--profile", "tinh", "--profiles", str(place)], items, names) == 1
    told = capsys.readouterr().err
    assert "Bộ tiêu chí «tinh» có lỗi." in told
    assert "Dòng 2, mục «task_points»" in told


def test_the_audit(place: Path, filled: None, capsys: pytest.CaptureFixture[str]) -> None:
    run = cli_progress.ledger_command
    assert run(["head"]) == 0
    head = capsys.readouterr().out.split("\n")[-2]
    assert head.startswith("4:")
    assert run(["verify", "--known", head]) == 0
    assert run(["verify", "--known", "9:abc"]) == 1
    told = capsys.readouterr().out
    assert "Sổ nguyên vẹn, 4 nội dung." in told
    assert "Không còn nội dung số 9" in told
    assert run(["history", "p.n1"]) == 0
    assert "Hoàn thành | số liệu ngày 28/3/2024" in capsys.readouterr().out


def test_the_demonstration_is_marked_and_apart(capsys: pytest.CaptureFixture[str]) -> None:
    demo.make(ITEMS, today=D(2024, 7, 10))
    assert cli_progress.score(["--demo", "--as-of", "10/7/2024"], items, names) == 0
    assert capsys.readouterr().out.startswith("SỐ LIỆU MINH HỌA\n")
    assert cli_progress.score(["--demo", "--as-of", "10/7/2024", "--format", "csv"], items, names) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.endswith(",Loại số liệu") and rows and all(row.endswith(",SỐ LIỆU MINH HỌA") for row in rows)
    assert cli_progress.ledger_command(["history", "p.n1", "--demo"]) == 0
    assert capsys.readouterr().out.startswith("SỐ LIỆU MINH HỌA\n")
    assert cli_progress.ledger_command(["verify", "--ledger", str(config.data_dir() / "demo-ledger.sqlite")]) == 1
    assert "sổ số liệu minh họa, không thể mở như sổ số liệu thật" in capsys.readouterr().err
    with Ledger() as real:
        assert real.last_seq() == 0


def test_people_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    run = cli_progress.people
    assert run(["set", "an@x.vn", "--name", "An", "--role", "viewer"]) == 1
    assert "ít nhất một người quản trị" in capsys.readouterr().err
    assert run(["set", "QT@x.vn", "--name", "Dũng", "--role", "administrator", "--author", "người cài đặt"]) == 0
    assert run(["set", "an@x.vn", "--name", "An", "--role", "agency_editor"]) == 1
    assert "phải thuộc một cơ quan" in capsys.readouterr().err
    assert run(["set", "an@x.vn", "--name", "An", "--role", "agency_editor", "--agency", "stp"]) == 0
    assert run(["set", "an@x.vn", "--name", "An", "--role", "agency_editor", "--agency", "stp", "--inactive"]) == 0
    assert run(["set", "qt@x.vn", "--name", "Dũng", "--role", "administrator", "--inactive"]) == 1
    capsys.readouterr()
    assert run(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "an@x.vn | An | Người cập nhật của cơ quan | stp | đã ngừng sử dụng",
        "qt@x.vn | Dũng | Quản trị | ",
    ]
    with Ledger() as ledger:
        assert ledger.history("person:qt@x.vn")[0].author == "người cài đặt"
