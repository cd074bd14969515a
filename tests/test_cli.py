"""The command line, called as a person calls it."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from cchc import catalog, engine
from cchc.__main__ import main
from tests.sample_plans import DOC, PLANS


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An empty folder to work in, with a ready catalog of the two small plans."""
    path = catalog.write(PLANS, [], "c" * 16, tmp_path / "catalog")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("CCHC_CATALOG", str(path))
    monkeypatch.setattr(engine, "_engine", None)
    yield work
    if engine._engine is not None:
        engine._engine.close()


def test_export_writes_a_file_named_by_its_filters(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "tasks", "--agency", "so-tu-phap", "--role", "lead", "--as-of", "2024-03-14"]) == 0
    path = place / "nhiem-vu_co-quan-chu-tri-so-tu-phap_2024-03-14.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert [r["Nội dung nhiệm vụ"] for r in rows] == [
        "Kiểm tra công vụ", "Hoà giải, hướng dẫn", "Đo lường sự hài lòng",
    ]  # fmt: skip
    assert str(path.name) in capsys.readouterr().err


def test_several_values_of_a_filter(place: Path) -> None:
    assert main(["export", "tasks", "--area", "1", "--area", "3", "-o", "a.csv", "--plan", DOC]) == 0
    assert len((place / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + 4


@pytest.mark.parametrize("kind", ["targets", "tasks", "matrix", "duties", "measures"])
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_every_list_in_both_formats(place: Path, kind: str, format_: str) -> None:
    assert main(["export", kind, "--format", format_, "--as-of", "2024-03-14", "-o", f"x.{format_}"]) == 0
    if format_ == "csv":
        assert main(["read-csv", "x.csv"]) == 0
    else:
        assert openpyxl.load_workbook(place / "x.xlsx").worksheets[0].max_row > 7


def test_read_csv_says_what_the_file_holds(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", "targets", "-o", "x.csv"])
    assert main(["read-csv", "x.csv"]) == 0
    assert "danh sách «Chỉ tiêu», 6 dòng" in capsys.readouterr().out


def test_read_csv_tells_what_is_wrong(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", "tasks", "-o", "x.csv"])
    path = place / "x.csv"
    whole = path.read_bytes()
    lines = whole.split(b"\r\n")
    path.write_bytes(b"\r\n".join([*lines[:-1], lines[1], b""]))
    assert main(["read-csv", "x.csv"]) == 1
    assert "lặp lại" in capsys.readouterr().err
    path.write_bytes(b"a,b\n1,2\n")
    assert main(["read-csv", "x.csv"]) == 1
    assert "không có đủ các cột" in capsys.readouterr().err
    assert main(["read-csv", "khong-co.csv"]) == 1
    assert "Không đọc hoặc ghi được" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--agency", "khong-co"], "Không có cơ quan «khong-co»"),
        (["--plan", "khong-co"], "Không có kế hoạch"),
        (["--area", "9"], "«9»"),
        (["--from", "hôm qua"], "2024-12-31"),
        (["--quarter", "I/2024"], "«I/2024»"),
    ],
)
def test_a_filter_that_is_not_understood_writes_no_file(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["export", "tasks", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(place.iterdir()) == []


def test_filters_that_do_not_hold_are_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "targets", "--quarter", "2024-1", "-o", "-"]) == 0
    captured = capsys.readouterr()
    assert "thời hạn không áp dụng cho danh sách chỉ tiêu" in captured.err
    assert len(captured.out.splitlines()) == 1 + 6


def test_why_a_filter_of_agencies_leaves_no_target_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "targets", "--agency", "so-tu-phap", "-o", "-"]) == 0
    captured = capsys.readouterr()
    assert "Văn bản không nêu cơ quan của từng chỉ tiêu" in captured.err
    assert len(captured.out.splitlines()) == 1


def test_build_reports_each_document(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    assert main(["build"]) == 0
    out = capsys.readouterr().out
    assert "6898/KH-UBND (Bình Dương, 2024): 52 chỉ tiêu, 56 nhiệm vụ" in out
    assert out.count("trách nhiệm") == 5
    assert len(list((tmp_path / "data").glob("catalog-*.duckdb"))) == 1


def test_build_of_bad_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    empty, junk = tmp_path / "rong.txt", tmp_path / "rac.bin"
    empty.write_bytes(b"")
    junk.write_bytes(bytes(range(256)) * 20)
    assert main(["build", str(empty), str(junk)]) == 1
    err = capsys.readouterr().err
    assert "rong.txt:" in err
    assert "rac.bin:" in err
    assert main(["build", str(tmp_path / "khong-co.txt")]) == 1
    assert "Không có tệp" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["khong-co-lenh"], ["export"], ["export", "x"], ["export", "tasks", "--x"]])
def test_wrong_use_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    err = capsys.readouterr().err
    assert "cách dùng:" in err
    assert "lỗi:" in err
    for english in ("usage", "error", "the following arguments", "invalid choice", "unrecognized"):
        assert english not in err


@pytest.mark.parametrize("command", [[], ["build"], ["export"], ["read-csv"]])
def test_help_is_vietnamese_and_names_every_option(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert "hiện hướng dẫn này rồi thoát" in out
    for english in ("usage:", "options:", "positional arguments", "show this help"):
        assert english not in out
    if command == ["export"]:
        for name in ("plan", "agency", "role", "area", "level", "quarter", "from", "to", "status", "q", "as-of"):
            assert f"--{name} " in out
    if not command:
        for name in ("parse", "build", "export", "read-csv", "record", "import-results", "score", "ledger", "people"):
            assert name in out


def test_a_demonstration_is_made_once_and_marks_its_files(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    assert main(["demo"]) == 0
    assert "nội dung minh họa" in capsys.readouterr().out
    assert main(["demo"]) == 0
    assert "giữ nguyên" in capsys.readouterr().out
    assert main(["demo", "--replace"]) == 0
    assert main(["export", "tasks", "--as-of", "2024-12-31"]) == 0
    real = (place / "nhiem-vu_2024-12-31.csv").read_text(encoding="utf-8-sig")
    assert "MINH HỌA" not in real
    assert "Hoàn thành" not in real
    monkeypatch.setenv("CCHC_DEMO", "1")
    assert main(["export", "tasks", "--as-of", "2024-12-31"]) == 0
    made_up = (place / "so-lieu-minh-hoa_nhiem-vu_2024-12-31.csv").read_text(encoding="utf-8-sig")
    assert made_up.count("SỐ LIỆU MINH HỌA") == len(made_up.splitlines()) - 1


def test_commands_on_progress_stand_beside_the_others(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    assert main(["record", f"{DOC}.n00000001", "done", "2024-03-10"]) == 0
    assert main(["ledger", "verify"]) == 0
    assert "1 nội dung" in capsys.readouterr().out
    assert main(["export", "tasks", "--as-of", "2024-03-20", "-o", "-", "--status", "done_early"]) == 0
    assert "Rà soát thủ tục" in capsys.readouterr().out
    assert main(["record", "x"]) == 2
    said = capsys.readouterr().err
    assert "lỗi: thiếu: LOẠI" in said
    assert "usage" not in said


def test_parse_is_the_readers_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "data" / "plans" / "binh-duong-2024-6898-kh-ubnd.txt"
    assert main(["parse", str(path), "--json"]) == 0
    assert '"6898/KH-UBND"' in capsys.readouterr().out


def test_as_a_process(root: Path, tmp_path: Path) -> None:
    catalog_path = catalog.write(PLANS, [], "d" * 16, tmp_path)
    environment = {**os.environ, "CCHC_CATALOG": str(catalog_path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "cchc", "export", "duties", "-o", "-"],
        cwd=root, env=environment, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert "theo dõi, đôn đốc" in done.stdout.decode("utf-8-sig")
    wrong = subprocess.run(
        [sys.executable, "-m", "cchc", "export", "tasks", "--area", "x"],
        cwd=root, env=environment, capture_output=True, timeout=60,
    )  # fmt: skip
    assert wrong.returncode == 2
    assert "lĩnh vực" in wrong.stderr.decode("utf-8")
