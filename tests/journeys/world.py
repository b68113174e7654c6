"""The demonstration world for the journeys: built once, copied and served for each story.

Building takes a minute, so it is kept in the folder of pytest's cache until the code or the data that it comes from
changes. `TOETSSTEEN_TEST_WORLD=<folder>` uses a world that was built before with `toetssteen demo --no-serve`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser import ROOT, Site, environment, free_port, wait_until_up

PASSWORD = "toetssteen-demo"
CACHE = ROOT / ".pytest_cache" / "demonstration"
# What the world comes out of; words and looks do not change it.
SOURCES = ("demo/**/*", "packs/**/*", "src/**/*.py")


def build_world(into: Path) -> Path:
    """A folder with the demonstration world, built now or kept from before."""
    ready = os.environ.get("TOETSSTEEN_TEST_WORLD")
    if ready:
        return Path(ready)
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with (CACHE.parent / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two test processes one builds it, the other waits
        return _kept_world(into)


def _kept_world(into: Path) -> Path:
    kept = CACHE / _fingerprint()
    if (kept / "toetssteen.sqlite3").is_file():
        return kept
    made = into / "built"
    toetssteen(made, "demo", "--no-serve")
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True)
    copy_world(made, into / "kept").rename(kept) if into.stat().st_dev == CACHE.stat().st_dev else copy_world(
        made, kept
    )
    return kept


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def toetssteen(home: Path, *arguments: str, **more: str) -> str:
    """Run one command of the operator's door for a world, and give what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "toetssteen.config.cli", *arguments],
        env=environment(home, **more), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def copy_world(source: Path, target: Path) -> Path:
    """A copy in which a story may change everything."""
    return Path(shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.log")))


def serve(home: Path, *, worker: bool = False, **more: str) -> Iterator[Site]:
    """Serve a world as an operator does, until the tests are done; mails are in `server.log`."""
    port = free_port()
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [
            sys.executable, "-u", "-m", "toetssteen.config.cli", "serve", "--port", str(port), "--workers", "1",
            "--threads", "4", *([] if worker else ["--no-worker"]),
        ],
        env=environment(home, TOETSSTEEN_URL=f"http://localhost:{port}", **more), stdout=log, stderr=log,
    )  # fmt: skip
    try:
        wait_until_up(f"http://localhost:{port}/health/", process, seconds=90)
        yield Site(f"http://localhost:{port}", home)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def sign_in(page: Any, site: Site, who: str) -> Any:
    """Sign in as a person of the demonstration, with the second step where the role demands one."""
    page.goto(f"{site.url}/account/login/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/account/login/'] button.btn")
    page.wait_for_load_state()
    if "/2fa/authenticate/" in page.url:
        page.fill("[name=code]", page.inner_text("[data-demo-code]").strip())
        page.click("form[action='/account/2fa/authenticate/'] button.btn")
        page.wait_for_load_state()
    assert "/account/" not in page.url, f"{who} could not sign in: {page.url}"
    return page


def speak(page: Any, language: str) -> None:
    """Read on in a language, as a person chooses it at the top of the page."""
    if page.get_attribute("html", "lang") != language:
        page.locator(f"form[action='/language/'] button[lang={language}]").first.click()
        page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == language
