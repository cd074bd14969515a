"""`python -m cchc import`, as it is run."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc import engine, importing, office
from cchc.__main__ import main
from cchc.commands import cli_import
from cchc.importing import Step
from tests.imported_plans import data

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "goi"
    (made / "con").mkdir(parents=True)
    (made / "a.txt").write_bytes(data())
    (made / "con" / "b.html").write_bytes(f"<html><body><pre>{data(number=14).decode()}</pre></body></html>".encode())
    (made / "rong.txt").write_bytes(b"")
    (made / "~$a.docx").write_bytes(b"khoa")
    (made / "anh.ico").write_bytes(b"x")
    return made


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CCHC_DATA": str(tmp_path / "data"), "CCHC_PLANS": str(tmp_path / "khong-co")}
    environment.pop("CCHC_LEDGER_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "cchc", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_a_folder_goes_in_and_is_in_the_lists(tmp_path: Path, folder: Path) -> None:
    dry = run(tmp_path, "import", str(folder), "--dry-run")
    assert dry.returncode == 1  # one file cannot be read
    assert "Chỉ xem thử, chưa ghi nhận gì. Sẽ ghi nhận 2 văn bản." in dry.stdout
    assert "Bỏ qua 2 tệp" in dry.stderr
    assert not (tmp_path / "data" / "files").exists()

    done = run(tmp_path, "import", str(folder), "--author", "Nguyễn Văn An")
    assert done.returncode == 1
    assert "a.txt: Văn bản mới." in done.stdout
    assert "Đọc được 2 chỉ tiêu, 3 nhiệm vụ" in done.stdout
    assert "Đã đọc 3 tệp: 2 văn bản mới, 1 không đọc được." in done.stdout
    assert "Đã ghi nhận 2 văn bản." in done.stdout
    assert "rong.txt: Không đọc được. Tệp không có nội dung." in done.stderr
    assert "█" not in done.stderr  # no bar where nobody looks
    assert "Traceback" not in done.stderr

    (folder / "rong.txt").unlink()
    again = run(tmp_path, "import", str(folder), "--quiet")
    assert (again.returncode, "Đã ghi nhận" in again.stdout) == (0, False)
    (made,) = (tmp_path / "data").glob("catalog-*.duckdb")
    listed = run(tmp_path, "export", "tasks", "--output", "-")
    assert list((tmp_path / "data").glob("catalog-*.duckdb")) == [made]  # what the import made is what is shown
    assert listed.stdout.count("Kiểm tra kỷ luật, kỷ cương hành chính") == 2
    history = run(tmp_path, "ledger", "verify")
    assert history.returncode == 0


@pytest.fixture
def run_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Each command with nothing left of the one before but the data folder; as processes they run above."""
    monkeypatch.setenv("CCHC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CCHC_PLANS", str(tmp_path / "khong-co"))
    monkeypatch.delenv("CCHC_LEDGER_URL", raising=False)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(office, "_opened", {})
        monkeypatch.setattr(office, "_items", None)
        monkeypatch.setattr(engine, "_engine", None)
        monkeypatch.setattr(engine, "_shows", None)
        code = main(arguments)
        if engine._engine is not None:
            engine._engine.close()
        for opened in office._opened.values():
            opened.ledger.close()
        return code, *capsys.readouterr()

    return run_here


def test_another_version_waits_for_replace(folder: Path, run_here: Callable[..., tuple[int, str, str]]) -> None:
    assert run_here("import", str(folder / "a.txt"))[0] == 0
    (folder / "a.txt").write_bytes(data(rate=85))
    code, out, err = run_here("import", str(folder / "a.txt"))
    assert code == 1
    assert "Bản khác của văn bản đã có" in out
    assert "--replace" in err
    assert "≥ 85" not in run_here("export", "targets", "--output", "-")[1]
    assert run_here("import", str(folder / "a.txt"), "--replace")[0] == 0
    assert "≥ 85" in run_here("export", "targets", "--output", "-")[1]


def test_two_versions_in_one_folder_wait_and_replace_does_not_choose_between_them(
    tmp_path: Path, run_here: Callable[..., tuple[int, str, str]]
) -> None:
    folder = tmp_path / "hai-ban"
    folder.mkdir()
    for name, rate in (("a.txt", 80), ("b.txt", 85)):  # without a number: title, authority and year are the same
        (folder / name).write_bytes(data(rate=rate).replace("Số: 12/KH-UBND\n".encode(), b""))
    asked = "1 tệp chưa được nhập vì là bản khác của một tệp trong cùng lượt này"
    for n, options in enumerate(([], [], ["--replace"], ["--replace"])):  # again and again, it comes to the same
        code, out, err = run_here("import", str(folder), *options)
        assert (code, asked in err, "thêm --replace" in err) == (1, True, False)
        assert ("Đã ghi nhận 1 văn bản." in out) == (n == 0)
    assert run_here("import", str(folder / "b.txt"), "--replace")[0] == 0
    code, out, _ = run_here("import", str(folder), "--replace")  # what was decided stays
    assert (code, "Không có văn bản nào mới để ghi nhận." in out) == (0, True)


def test_wrong_use(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        cli_import.import_command([])
    assert wrong.value.code == 2
    assert cli_import.import_command([str(folder / "khong-co.txt")]) == 1
    assert "Không có tệp hoặc thư mục" in capsys.readouterr().err
    (tmp_path / "trong").mkdir()
    assert cli_import.import_command([str(tmp_path / "trong")]) == 1


def test_a_terminal_sees_how_far_it_is() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    bar = cli_import.Bar(out)
    for n in (1, 2):
        bar.step(Step(n, 2, "kế\x1bhoạch.txt", "read"))
        bar.step(Step(n, 2, "kế\x1bhoạch.txt", "done"))
    bar.clear()
    shown = out.getvalue()
    assert "░" * 30 + " 0/2 kế?hoạch.txt" in shown
    assert "█" * 15 + "░" * 15 + " 1/2" in shown
    assert "█" * 30 + " 2/2" in shown
    assert shown.endswith("\r\x1b[K")


def test_every_kind_and_choice_has_its_words() -> None:
    from typing import get_args

    assert set(importing.KIND_LABELS) == set(get_args(importing.Kind))
    assert set(importing.CHOICE_LABELS) == set(get_args(importing.Choice))
