"""Files of older programs through LibreOffice, and one document that says the same in every format it is printed in."""

from __future__ import annotations

import http.server
import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from cchc.formats import NotAPlan, read_source, suite
from cchc.formats.limits import Limits, use
from cchc.reading import read_plan
from cchc.reading.cli import as_json
from tests.formats import documents
from tests.office_suite import MISSING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "reading"))
import score_parse

GOLD = Path(__file__).resolve().parents[1] / "reading" / "gold" / f"{documents.BINH_DUONG}.json"

NO_SETTINGS = '<oor:items xmlns:oor="http://openoffice.org/2001/registry"></oor:items>'


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    if suite.program() is None:
        pytest.fail(MISSING)


@cache
def converted(extension: str) -> bytes:
    return suite.converted(documents.as_docx(documents.binh_duong()), "docx", extension)


@pytest.mark.parametrize("extension", ["pdf", "odt", "doc", "rtf"])
def test_the_same_document_gives_the_same_items(extension: str) -> None:
    plan = read_plan(converted(extension), f"ke-hoach.{extension}")
    assert plan.format == extension
    parsed = as_json("ke-hoach", plan, with_text=True)
    gold: dict[str, Any] = json.loads(GOLD.read_text(encoding="utf-8"))
    for section, count in (("targets", 52), ("tasks", 56), ("measures", 44), ("duties", 26)):
        found_rule, exact_rule = score_parse.SECTIONS[section]
        pairs, missed, _ = score_parse.pair(gold[section], parsed[section], found_rule)
        exact = sum(exact_rule(a, b) for a, b in pairs)
        assert (len(parsed[section]), len(pairs), exact, missed) == (count, count, count, []), section
    assert (plan.plan.number, plan.plan.year) == ("6898/KH-UBND", 2024)


@pytest.mark.parametrize("extension", ["xls", "ods"])
def test_sheets_of_older_programs_are_read(extension: str) -> None:
    rows = [["STT", "Nội dung, nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]]
    rows += [
        [str(k), f"Rà soát, cập nhật bộ thủ tục hành chính đợt {k}", "Sở Nội vụ", "Quý I/2025"] for k in range(1, 6)
    ]
    data = suite.converted(documents.as_xlsx(["Kế hoạch cải cách hành chính năm 2025", rows]), "xlsx", extension)
    plan = read_plan(data, f"bang.{extension}")
    assert plan.format == "xlsx"
    assert [t.ordinal for t in plan.tasks] == ["1", "2", "3", "4", "5"]


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    data = converted("rtf")
    monkeypatch.setattr(suite, "program", lambda: None)
    with pytest.raises(NotAPlan, match=r"\.rtf.*LibreOffice.*chưa được cài đặt.*\.docx"):
        read_source(data, "x.rtf")


def test_a_broken_file_gets_a_message_and_leaves_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 500
    with pytest.raises(NotAPlan, match="Dữ liệu đã có không thay đổi"):
        suite.read_suite(broken, "doc")
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_hangs_is_ended_with_what_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("a shell script stands in for the program")
    mark = tmp_path / "pid"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {mark}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("CCHC_SOFFICE", str(program))
    begun = time.monotonic()
    with use(Limits(seconds=1)), pytest.raises(NotAPlan, match="quá 1 giây"):
        suite.read_suite(b"{\\rtf1 xin chao}", "rtf")
    assert time.monotonic() - begun < 10
    child = int(mark.read_text())
    for _ in range(50):
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rpartition(") ")[2].startswith("Z"):
            return
        time.sleep(0.1)  # a process that is ended goes a moment later; looked for again, five seconds at most
    pytest.fail("the program it started still runs")


def test_no_macro_runs(tmp_path: Path) -> None:
    """A document whose opening would write a file."""
    made = tmp_path / "written"
    flat = f"""<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"
 xmlns:ooo="http://openoffice.org/2004/office" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:scripts><office:script script:language="ooo:Basic">
<ooo:libraries><ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>
Sub Main: Open "{made}" For Output As #1: Print #1, "x": Close #1: End Sub</ooo:source-code></ooo:module>
</ooo:library-embedded></ooo:libraries></office:script><office:event-listeners>
<script:event-listener script:language="ooo:script" script:event-name="dom:load"
 xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/></office:event-listeners></office:scripts>
<office:body><office:text><text:p>{documents.binh_duong()[13]}</text:p></office:text></office:body></office:document>"""
    assert b"PK" in suite.converted(flat.encode(), "fodt", "docx")
    assert not made.exists()


class _Counting(http.server.BaseHTTPRequestHandler):
    """Answers nothing and notes what is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of another server; `_Counting.asked` tells what was asked of it."""
    _Counting.asked.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_no_link_is_fetched(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with a picture and a section of another server. Without what keeps LibreOffice from it, it asks."""
    flat = f"""<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>{documents.binh_duong()[13]}<draw:frame draw:name="a" text:anchor-type="as-char" svg:width="3cm"
 svg:height="3cm"><draw:image xlink:href="{elsewhere}/picture.png" xlink:type="simple" xlink:show="embed"
 xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="S"><text:section-source xlink:href="{elsewhere}/section.odt" text:filter-name="writer8"/>
<text:p>x</text:p></text:section></office:text></office:body></office:document>"""
    assert b"PK" in suite.converted(flat.encode(), "fodt", "docx")
    assert _Counting.asked == []

    begin = subprocess.Popen

    def unguarded(command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        how["env"] = {name: value for name, value in how["env"].items() if not name.endswith("_proxy")}
        return begin(command, **how)

    monkeypatch.setattr(suite, "_SETTINGS", NO_SETTINGS)
    monkeypatch.setattr("cchc.formats.suite.subprocess.Popen", unguarded)
    assert b"PK" in suite.converted(flat.encode(), "fodt", "docx")
    assert "/picture.png" in _Counting.asked
