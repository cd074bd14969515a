"""LibreOffice for the tests: opens a file and turns it into a PDF whose words can be read.

Where it is missing the tests that need it fail and say so: that a file can be made does not prove that it opens.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from cchc.formats.suite import program

MISSING = (
    "LibreOffice (soffice) was not found on PATH or named by CCHC_SOFFICE: install it (Debian: apt-get install -y "
    "--no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation2), then test again."
)
MISSING_FONT = "No font with Vietnamese letters stands in for Times New Roman: install fonts-liberation2."
SECONDS = 180
Convert = Callable[[bytes, str], list[str]]


def has_font() -> bool:
    """Whether the stand-in for Times New Roman holds Vietnamese letters; without them a PDF has accents torn off."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    command = [listing, ":lang=vi", "family"]
    return "Liberation Serif" in subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="session")
def pages_of(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """`pages_of(data, "docx")`: the words of each page of the PDF that LibreOffice makes of a file."""
    found = program()
    if found is None:
        pytest.fail(MISSING)
    if not has_font():
        pytest.fail(MISSING_FONT)
    profile = tmp_path_factory.mktemp("office-profile")

    def convert(data: bytes, extension: str) -> list[str]:
        folder = tmp_path_factory.mktemp("office")
        source = folder / f"file.{extension}"
        source.write_bytes(data)
        command = [found, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", "--convert-to"]
        done = subprocess.run(
            [*command, "pdf", "--outdir", str(folder), str(source)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        made = Path(folder / "file.pdf")
        if not made.exists():
            pytest.fail(f"LibreOffice made no PDF: {done.stdout}{done.stderr}")
        document = pypdfium2.PdfDocument(made)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()

    return convert
