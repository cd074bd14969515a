"""Files of older office programs (.doc, .odt, .rtf, .xls, .ods): LibreOffice, where it is installed, turns them into
formats that are read here. It is found, run and stopped in this place alone."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cchc.formats.limits import SAFE, check_zip, current
from cchc.formats.recognise import SuiteKind
from cchc.formats.source import NotAPlan, Source

log = logging.getLogger("cchc")

MISSING = (
    f"Tệp thuộc loại cũ ({{kind}}) mà máy chủ cần phần mềm LibreOffice để đọc, hiện chưa được cài đặt. {SAFE} "
    "Hãy mở tệp bằng Word hoặc Excel, lưu lại dạng .docx, .xlsx hoặc PDF rồi nhập lại."
)
FAILED = (
    f"LibreOffice không mở được tệp này; tệp có thể bị hỏng hoặc được bảo vệ bằng mật khẩu. {SAFE} "
    "Hãy mở tệp bằng Word hoặc Excel, lưu lại dạng .docx, .xlsx hoặc PDF không có mật khẩu rồi nhập lại."
)
SLOW = (
    f"LibreOffice mở tệp này quá {{seconds}} giây nên đã dừng. {SAFE} "
    "Hãy mở tệp bằng Word hoặc Excel, lưu lại dạng .docx, .xlsx hoặc PDF rồi nhập lại."
)
_TARGET: dict[SuiteKind, str] = {"doc": "docx", "odt": "docx", "rtf": "docx", "xls": "xlsx", "ods": "xlsx"}
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# No macro runs, no link is followed, nothing of the user's own settings is read.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableActiveContent"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""
_WAIT = 90.0  # seconds, where the limits allow as much


def program() -> str | None:
    """The path of LibreOffice's program: that of CCHC_SOFFICE, else the one on PATH; None where there is none."""
    names = (os.environ.get("CCHC_SOFFICE", ""), "soffice", "libreoffice")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def read_suite(data: bytes, kind: SuiteKind) -> Source:
    """The text of such a file. Raises `NotAPlan` where LibreOffice is missing, fails or takes too long."""
    if kind in ("odt", "ods"):
        check_zip(data)
    target = _TARGET[kind]
    made = converted(data, kind, target)
    if target == "xlsx":
        from cchc.formats.xlsx import read_xlsx

        return read_xlsx(made)
    from cchc.formats.docx import read_docx

    source = read_docx(made)
    return replace(source, format="doc" if kind == "doc" else "odt" if kind == "odt" else "rtf")


def converted(data: bytes, extension: str, target: str) -> bytes:
    """The file in another format, by LibreOffice. It works in a folder of its own that is removed, with settings of its
    own, and is stopped with all it started when it takes too long. Raises `NotAPlan`."""
    found = program()
    if found is None:
        raise NotAPlan(MISSING.format(kind=f".{extension}"))
    wait = min(_WAIT, current().seconds)
    with tempfile.TemporaryDirectory(prefix="cchc-suite-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile, out = folder / "profile", folder / "out"
        (profile / "user").mkdir(parents=True)
        out.mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"file.{extension}"
        source.write_bytes(data)
        command = [
            found, "--headless", "--norestore", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={profile.as_uri()}", "--convert-to", _FILTER.get(target, target),
            "--outdir", str(out), str(source),
        ]  # fmt: skip
        log.info("LibreOffice: %s", _run(command, folder, wait))
        made = out / f"file.{target}"
        if not made.is_file() or not made.stat().st_size:
            raise NotAPlan(FAILED)
        return made.read_bytes()


def _run(command: list[str], folder: Path, wait: float) -> str:
    """What the program said. It and all it started are ended after `wait` seconds."""
    environment = {
        **{k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH")},
        "HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder),
        "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    # It stays in the group of the process that reads, which is ended as a whole when the reading takes too long.
    running = subprocess.Popen(  # noqa: S603 - a fixed program, names of files chosen here
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, env=environment
    )
    try:
        said, _ = running.communicate(timeout=wait)
    except subprocess.TimeoutExpired as error:
        raise NotAPlan(SLOW.format(seconds=round(wait))) from error
    finally:
        _end(running)
    return said.decode("utf-8", "replace").strip()


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it started; nothing where all has ended."""
    if running.poll() is None:
        for process in reversed(_family(running.pid)):
            with suppress(OSError):
                os.kill(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        with suppress(OSError):
            running.kill()
        running.wait(timeout=10)


def _family(first: int) -> list[int]:
    """A process and those it started, by number, where the system lists them (Linux); else the process alone."""
    found = [first]
    for process in found:
        with suppress(OSError):
            for listing in Path(f"/proc/{process}/task").glob("*/children"):
                found += map(int, listing.read_text().split())
    return found
