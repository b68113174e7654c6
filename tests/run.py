"""Runs all tests in stages and says at the end what passed: `python -m tests.run check|all|sqlite|postgres|browser`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [str(BIN / "pytest"), "-q", "--color=no"]
# The apps: everything but what `check` has done and what needs a browser.
EVERY_URL = "tests/house/test_every_url.py"  # a minute of work: with the apps, not in the inner loop
APPS = ["tests", "--ignore=tests/core", "--ignore=tests/journeys", "-m", "not browser"]
APPS += [
    f"--ignore={path.relative_to(PROJECT)}"
    for path in (PROJECT / "tests" / "house").glob("test_*.py")
    if path.name not in EVERY_URL
]
# What uses no database, or one of its own, says nothing new on another database.
WITHOUT = ("sheets/test_reading_*.py", "places/test_[bcg]*.py", "sites/test_matching_*.py", "test_bench.py")
APART = [f"--ignore={path.relative_to(PROJECT)}" for name in WITHOUT for path in (PROJECT / "tests").glob(name)]
# Two at a time, each with a database of its own; a file stays with one, so that its world is built once.
TWO = ["-n", "2", "--dist", "loadfile"]
SUMMARY = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s", re.MULTILINE)
BAD = {"failed", "error", "errors"}


@dataclass(frozen=True)
class Stage:
    """One command; `counts` says whether pytest counts its tests, otherwise it counts as one."""

    name: str
    command: list[str]
    counts: bool = False


CHECK = [
    Stage("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
    Stage("lint", [str(BIN / "ruff"), "check", "-q", "."]),
    Stage("types", [str(BIN / "mypy"), "--no-error-summary", "src"]),
    Stage("house and core", [*PYTEST, "tests/house", "tests/core", "--ignore", EVERY_URL, "-n", "2"], counts=True),
]
SQLITE = [Stage("apps on SQLite", [*PYTEST, *APPS, *TWO], counts=True)]
POSTGRES = [
    Stage(
        "apps on PostgreSQL",
        [sys.executable, "-m", "tests.postgres", *PYTEST, *APPS, *APART, *TWO],
        counts=True,
    )
]
BROWSER = [Stage("browser", [*PYTEST, "tests", "-m", "browser", *TWO], counts=True)]
PLANS = {
    "check": CHECK,
    "sqlite": SQLITE,
    "postgres": POSTGRES,
    "browser": BROWSER,
    "all": [*CHECK, *SQLITE, *POSTGRES, *BROWSER],
}


def surroundings(home: str) -> dict[str, str]:
    """The environment of the tests: nothing of a site that runs here, and a folder of their own for its database."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TOETSSTEEN_") and k != "DATABASE_URL"}
    return clean | {"PYTHONPATH": str(PROJECT), "TOETSSTEEN_HOME": home}


def run(stage: Stage, home: str) -> Counter[str]:
    """Run one stage, show its output, and return what was counted."""
    started = time.monotonic()
    print(f"\n--- {stage.name}", flush=True)
    process = subprocess.Popen(
        stage.command, cwd=PROJECT, env=surroundings(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout or ():
        print(line, end="", flush=True)
        lines.append(line)
    code = process.wait()
    counted: Counter[str] = Counter()
    summaries = SUMMARY.findall("".join(lines)) if stage.counts else []
    if summaries:
        for part in summaries[-1].split(", "):
            number, word = part.split(" ")
            counted[word] += int(number)
    elif code == 0 and not stage.counts:
        counted["passed"] += 1
    if code and not (BAD & set(counted)):
        counted["failed"] += 1
    print(
        f"--- {stage.name}: {'ok' if not code else f'exit code {code}'} in {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return counted


def main(arguments: list[str]) -> int:
    """All stages of a plan, also after one has failed; the last line is a summary in the manner of pytest."""
    plan = arguments[0] if arguments else "all"
    if plan not in PLANS:
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    total: Counter[str] = Counter()
    failed = []
    with tempfile.TemporaryDirectory(prefix="toetssteen-test-") as home:
        for stage in PLANS[plan]:
            counted = run(stage, home)
            total += counted
            if BAD & set(counted):
                failed.append(stage.name)
    print()
    for name in failed:
        print(f"FAILED {name}")
    others = ["skipped", "deselected", "xfailed", "xpassed", "warnings", "warning", "error", "errors"]
    counts = [f"{total[word]} {word}" for word in others if total[word]]
    said = ", ".join([f"{total['passed']} passed", f"{total['failed']} failed", *counts])
    print(f"==== {said} in {time.monotonic() - started:.2f}s ====")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
