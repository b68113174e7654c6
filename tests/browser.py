"""Headless Chromium for tests of pages: open, look, check.

Use in a test module that is marked as a browser test:

    from tests.browser import axe, no_overflow, shot   # functions; the fixtures come from conftest, never import them

    pytestmark = pytest.mark.browser

    def test_register(site, open_page):            # `site` is the address of a running site
        page = open_page(site.url + "/register/", width=360, language="nl")
        assert axe(page) == []                     # accessibility: a list of sentences, empty is good
        assert no_overflow(page) == 0              # how many pixels the page is wider than the window
        shot(page, "register-360")                 # test-results/register-360.png
        assert page.problems == []                 # errors in the console: scripts, fonts, content security

`open_page` gives a fresh visitor each time; give `context=` (from `browser_context`) to stay signed in.
`site` starts a server process of its own with an empty database and `TOETSSTEEN_DEMO=1`; the
journeys use one with the demonstration world.
Chromium is the one of the system; without it these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
WIDTHS = (1280, 768, 360)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running site: its address and the folder with its database and files."""

    url: str
    home: Path


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a site of its own, independent of the settings of the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TOETSSTEEN_")}
    kept.pop("DATABASE_URL", None)
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "toetssteen.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "TOETSSTEEN_HOME": str(home),
        "TOETSSTEEN_DEMO": "1",
        "TOETSSTEEN_TODAY": "2024-10-21",
        **more,
    }


def manage(home: Path, *arguments: str, **more: str) -> str:
    """Run a management command for that site and give what it said; what went wrong is shown when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "django", *arguments], env=environment(home, **more), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


def wait_until_up(url: str, process: subprocess.Popen[bytes], seconds: float = 40) -> None:
    """Wait until the site answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"the site stopped with code {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the site did not answer in time")


def run_site(home: Path, **more: str) -> Iterator[Site]:
    """Migrate, collect the static files, serve with gunicorn and stop at the end."""
    home.mkdir(parents=True, exist_ok=True)
    for command in (("migrate", "-v0"), ("createcachetable",), ("collectstatic", "--noinput", "-v0")):
        manage(home, *command, **more)
    port = free_port()
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "toetssteen.config.wsgi:application",
                "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
            ],
            env=environment(home, **more), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        # The name localhost, because passkeys refuse a bare number as the name of a site.
        wait_until_up(f"http://localhost:{port}/accessibility/", process)
        yield Site(f"http://localhost:{port}", home)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with an empty database."""
    yield from run_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the whole run."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


@pytest.fixture
def browser_context(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Make a visitor: `browser_context(width=1280, language="nl", javascript=True)`."""
    made: list[Any] = []

    def make(width: int = 1280, language: str = "nl", javascript: bool = True, height: int = 900) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=LANGUAGES.get(language, language),
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def open_page(browser_context: Callable[..., Any]) -> Callable[..., Any]:
    """Open an address as a new visitor, or with `context=` as one who is there already; see the top of this file."""

    def open_(url: str, *, context: Any = None, **visitor: Any) -> Any:
        page = (context or browser_context(**visitor)).new_page()
        watch(page)
        page.goto(url, wait_until="load")
        return page

    return open_


def watch(page: Any) -> None:
    """Keep what goes wrong in the page: `page.problems`."""
    page.problems = []
    page.on("console", lambda said: page.problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "requestfailed", lambda request: page.problems.append(f"failed: {request.url}") if _matters(request) else None
    )


def _matters(request: Any) -> bool:
    """Whether a request went wrong, and was not just given up because the reader went on."""
    return "ERR_ABORTED" not in (request.failure or "")


def axe(page: Any, *, without: tuple[str, ...] = ()) -> list[str]:
    """What the accessibility checker finds: rule, place and reason; an empty list is good."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{flaw['id']}: {node['html'][:160]} - {node['failureSummary'][:200]}"
        for flaw in found
        if flaw["id"] not in without
        for node in flaw["nodes"]
    ]


def no_overflow(page: Any) -> int:
    """How many pixels the page is wider than its window; 0 is good."""
    return int(
        page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")
    )


def shot(page: Any, name: str) -> Path:
    """A picture of the whole page in test-results/."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.png"
    page.screenshot(path=str(path), full_page=True)
    return path


def look_at(open_page: Callable[..., Any], url: str, name: str, **visitor: Any) -> list[str]:
    """Open an address at all widths and in both languages, take pictures, and say everything that is wrong."""
    wrong: list[str] = []
    for language in ("nl", "en"):
        for width in (*WIDTHS, 320):
            page = open_page(url, width=width, language=language, **visitor)
            if width != 320:
                shot(page, f"{name}-{language}-{width}")
            place = f"{name} {language} {width}: "
            wrong += [place + flaw for flaw in [*axe(page), *page.problems]]
            if no_overflow(page):
                wrong.append(f"{place}{no_overflow(page)} pixels too wide")
            page.close()
    return wrong
