"""A PostgreSQL of our own, for tests and measurements: in an empty folder on a free port, removed at the end."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COMMON = "-c max_connections=120 -c shared_buffers=256MB"
# For tests only: nothing of it survives a power cut.
UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class NoPostgres(Exception):
    """PostgreSQL is not installed on this machine; the message says how to get it."""


def programs() -> Path:
    """The folder with initdb and pg_ctl of the newest PostgreSQL on this machine."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: float(Path(p).parts[4]))
    if found:
        return Path(found[-1]).parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).parent
    raise NoPostgres("PostgreSQL is not installed. Run: apt-get install postgresql")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postgres(*, unsafe: bool = False) -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the block; `unsafe` is quick and for tests."""
    programs_folder = programs()
    folder = Path(tempfile.mkdtemp(prefix="toetssteen-pg-"))
    as_postgres: list[str] = []
    if os.geteuid() == 0:  # initdb refuses the superuser
        as_postgres = ["runuser", "-u", "postgres", "--"]
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    port = free_port()
    control = [*as_postgres, str(programs_folder / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    try:
        subprocess.run(  # noqa: S603 - a program of the system with our own arguments
            [*as_postgres, str(programs_folder / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "postgres",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], **quiet,
        )  # fmt: skip
        listen = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        listen = f"{listen} {COMMON} {UNSAFE if unsafe else ''}"
        subprocess.run([*control, "-l", str(folder / "log"), "-o", listen, "start"], **quiet)  # noqa: S603 - as above
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/")  # noqa: S603 - as above
    finally:
        shutil.rmtree(folder, ignore_errors=True)
