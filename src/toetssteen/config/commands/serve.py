"""Start the site: make the database and static files ready, then run the web server and a worker beside it."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from toetssteen.config.cli import CommandError

PREPARES_DJANGO = True
STOP_WITHIN = 25.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: 2)")
    parser.add_argument("--threads", type=int, default=2, help="threads in each web process (default: 2)")
    parser.add_argument(
        "--no-worker", action="store_true", help="run no worker here; run `toetssteen worker` elsewhere"
    )
    parser.add_argument(
        "--no-prepare", action="store_true", help="do not touch the database structure and static files"
    )


def run(args: argparse.Namespace) -> int:
    """Refuse what is not safe, prepare, and run until told to stop."""
    import django

    from toetssteen.config.production import refuse_if_unsafe

    refuse_if_unsafe()
    django.setup()
    if not args.no_prepare:
        prepare()
    return run_site(
        host=args.host, port=args.port, workers=args.workers, threads=args.threads, with_worker=not args.no_worker,
        on_ready=lambda: print(f"Toetssteen listens on http://{args.host}:{args.port}. Ctrl+C stops it.", flush=True),
    )  # fmt: skip


def prepare() -> None:
    """Bring the database and the static files to this version of the site; quick when nothing changed."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _collect_static(Path(settings.STATIC_ROOT))
    connection.close()


def _collect_static(target: Path) -> None:
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    stamp = target / ".collected"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def port_is_free(host: str, port: int) -> bool:
    """True if nobody listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_site(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    threads: int = 2,
    with_worker: bool = True,
    on_ready: Callable[[], None] | None = None,
) -> int:
    """Run the web server and the worker as children until a signal comes (0) or the web server ends (1)."""
    if not port_is_free(host, port):
        raise CommandError(f"port {port} of {host} is taken. Stop what runs there, or choose another with --port.")
    web = [
        sys.executable, "-m", "gunicorn", "toetssteen.config.wsgi:application", "--bind", f"{host}:{port}",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads), "--timeout", "60",
        "--graceful-timeout", "15", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    if Path("/dev/shm").is_dir():  # noqa: S108 - heartbeat files belong in memory
        web += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    commands = {"web": web}
    if with_worker:
        commands["worker"] = [sys.executable, "-m", "toetssteen.config.cli", "worker"]
    return _Supervisor(commands, on_ready=on_ready, address=f"http://{_reachable(host)}:{port}/health/").run()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104


def _end_with_parent() -> None:
    """In a child: be stopped when the parent dies, even when it is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class _Supervisor:
    """Keeps children running; the first one, the web server, decides when all is over."""

    def __init__(self, commands: dict[str, list[str]], *, on_ready: Callable[[], None] | None, address: str) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self.on_ready = on_ready
        self.address = address

    def start(self, name: str) -> None:
        # Their own session, so that Ctrl+C reaches only us and we stop them in order.
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own commands
            self.commands[name], start_new_session=True, preexec_fn=_end_with_parent, env=self.environment(name)
        )

    def environment(self, name: str) -> dict[str, str]:
        """Only the web server keeps a pool of database connections; `on` is what the command line sets for itself."""
        pooled = name == "web" and os.environ.get("TOETSSTEEN_NO_POOL") == "on"
        return {key: value for key, value in os.environ.items() if not (pooled and key == "TOETSSTEEN_NO_POOL")}

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        self.stopping = True

    def run(self) -> int:
        before = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        try:
            for name in self.commands:
                self.start(name)
            if self.on_ready:
                threading.Thread(target=self._announce, daemon=True).start()
            return self._watch()
        finally:
            self._end_children()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watch(self) -> int:
        restarts = 0
        while not self.stopping:
            code = self.children["web"].poll()
            if code is not None:
                print(f"toetssteen serve: the web server ended with exit code {code}", file=sys.stderr)
                return 1
            worker = self.children.get("worker")
            if worker is not None and worker.poll() is not None:
                restarts += 1
                print(f"toetssteen serve: the worker ended ({worker.returncode}); starting it again", file=sys.stderr)
                self._pause(min(2.0**restarts, 60.0))
                if not self.stopping:
                    self.start("worker")
            self._pause(0.2)
        return 0

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end and self.children["web"].poll() is None:
            time.sleep(0.1)

    def _end_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + STOP_WITHIN
        for child in self.children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _announce(self) -> None:
        """Say that the site is there once it answers, whatever it answers."""
        for _ in range(300):
            if self.stopping:
                return
            try:
                urllib.request.urlopen(self.address, timeout=2).close()  # noqa: S310 - our own address
            except urllib.error.HTTPError:
                pass
            except OSError:
                time.sleep(0.1)
                continue
            if self.on_ready:
                self.on_ready()
            return
