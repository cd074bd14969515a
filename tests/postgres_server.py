"""A real PostgreSQL server of the tests' own: made in a temporary folder, reached through a socket there, and removed.

Needs the server programs (Debian: `apt-get install postgresql`; the running service is not used). Where they are
missing the tests that need them fail and say so: a suite that silently runs on SQLite only would prove nothing.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL

MISSING = (
    "PostgreSQL's server programs (initdb, pg_ctl) were not found on PATH or under /usr/lib/postgresql: "
    "install the package `postgresql` (Debian: apt-get install -y postgresql) and run the tests again."
)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version there is."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


class Server:
    """A running server. `database()` makes a new empty database and returns its address."""

    def __init__(self, bin_folder: Path) -> None:
        self.bin = bin_folder
        self.home = Path(tempfile.mkdtemp(prefix="cchc-pg-"))
        # PostgreSQL refuses to run as root: an unprivileged account does it then.
        self.account: str | None = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.account = "postgres" if "postgres" in names else "nobody"
            shutil.chown(self.home, self.account)
        self._run(
            "initdb", "-D", str(self.home / "data"), "-U", "cchc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.home}' -c max_connections=60"
        log = str(self.home / "log")
        self._run("pg_ctl", "-D", str(self.home / "data"), "-l", log, "-w", "-t", "60", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.bin / program), *arguments],
            user=self.account,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program == "initdb" else subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if done.returncode:
            log = self.home / "log"
            pytest.fail(f"{program} failed: {done.stdout or ''}{log.read_text() if log.exists() else ''}")

    def url(self, database: str) -> URL:
        return URL.create("postgresql", username="cchc", database=database, query={"host": str(self.home)})

    def database(self) -> URL:
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(host=str(self.home), user="cchc", dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return self.url(name)

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.home / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    folder = programs()
    if folder is None:
        pytest.fail(MISSING)
    server = Server(folder)
    yield server
    server.stop()
