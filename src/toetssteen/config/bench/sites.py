"""Builds a world in a folder of its own, starts the real site on it, puts load on it, and stops it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toetssteen.config.cli import CommandError
from toetssteen.config.commands.demo import DEMO_DAY
from toetssteen.config.own_postgres import free_port

LIMIT_MS = 1000
STEP_SECONDS = 6
BUILD_PATIENCE = 3600


@dataclass(frozen=True)
class Plan:
    """What is measured and how long."""

    parts: tuple[str, ...]
    users: int
    seconds: int
    reports: int
    steps: int
    warm_up: int  # seconds of quiet load before anything is measured


def environment(home: Path, address: str = "") -> dict[str, str]:
    """The environment of a demonstration in this home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TOETSSTEEN_") and k != "DATABASE_URL"}
    kept |= {"TOETSSTEEN_HOME": str(home), "TOETSSTEEN_DEMO": "1", "TOETSSTEEN_TODAY": DEMO_DAY}
    return kept | ({"DATABASE_URL": address} if address else {})


def inside(task: str, *arguments: str, environment: Mapping[str, str]) -> Any:
    """Run a task of `inside.py` in a process of its own, and give its answer."""
    return json.loads(_python("toetssteen.config.bench.inside", task, *arguments, environment=environment))


def _python(module: str, *arguments: str, environment: Mapping[str, str], given: str = "", limit: int = 900) -> str:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", module, *arguments], env=environment, input=given, stdout=subprocess.PIPE, text=True,
        timeout=limit, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CommandError(f"{module} {' '.join(arguments)} ended with exit code {done.returncode}.")
    return done.stdout


def measure(home: Path, address: str, times: int, plan: Plan, *, say: Callable[[str], None]) -> dict[str, Any]:
    """Build one world and measure on it."""
    world = environment(home, address)
    found: dict[str, Any] = {"build_seconds": build(world, times)}
    prepared = inside("prepare", environment=world)
    found["rows"] = prepared["rows"]
    if "figures" in plan.parts:
        say("  the figures of a year")
        found["figures"] = inside("figures", environment=world)
    if "pages" in plan.parts:
        with running_site(world) as port:
            found |= _pages(port, prepared, plan, say)
    return found


def build(world: Mapping[str, str], times: int) -> float:
    """Build the demonstration world so many times as large, and say how many seconds that took."""
    began = time.monotonic()
    arguments = ("demo", "--no-serve", "--times", str(times))
    _python("toetssteen.config.cli", *arguments, environment=world, limit=BUILD_PATIENCE)
    return round(time.monotonic() - began, 1)


@contextmanager
def running_site(world: Mapping[str, str], *, worker: bool = False) -> Iterator[int]:
    """The real site with its web processes, and with its worker if asked, on a free port of this machine only."""
    port = free_port()
    command = [sys.executable, "-m", "toetssteen.config.cli", "serve", "--port", str(port)]
    command += [] if worker else ["--no-worker"]
    site = subprocess.Popen(command, env=dict(world), stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        _wait_for(site, f"http://127.0.0.1:{port}/health/")
        yield port
    finally:
        site.send_signal(signal.SIGTERM)
        try:
            site.wait(30)
        except subprocess.TimeoutExpired:
            site.kill()
            site.wait()


def _wait_for(site: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(600):
        if site.poll() is not None:
            raise CommandError(f"the site did not start: exit code {site.returncode}.")
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise CommandError("the site did not answer within a minute.")


def _pages(port: int, prepared: Mapping[str, Any], plan: Plan, say: Callable[[str], None]) -> dict[str, Any]:
    def put(users: int, seconds: int) -> dict[str, Any]:
        job = {"host": "127.0.0.1", "port": port, "users": users, "seconds": seconds, "visitors": prepared["visitors"]}
        limit = 3 * seconds + 60
        return dict(
            json.loads(
                _python("toetssteen.config.bench.load", environment=os.environ, given=json.dumps(job), limit=limit)
            )
        )

    # A site that runs is warm: its processes have loaded their templates and packs, and know their queries.
    put(min(20, plan.users), plan.warm_up)
    say(f"  {plan.users} users, {plan.seconds} s")
    before = processor_seconds(os.getpid())
    seen = put(plan.users, plan.seconds)
    spent = processor_seconds(os.getpid()) - before
    seen["all"]["processor_ms_per_page"] = round(1000 * spent / max(1, seen["all"]["pages"]), 1)
    for key in prepared["missing"]:
        seen["pages"][key] = {"missing": "this version has no such page"}
    say(f"  all pages: {seen['all']}")
    return {"all_pages": seen["all"], "pages": seen["pages"], "highest_rate": _highest(put, plan, say)}


def processor_seconds(parent: int) -> float:
    """Processor time that the running children of a process and theirs have used: the site, without the database."""
    parents: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        parents[int(fields[1])].append((int(stat.parent.name), used))
    total, open_ones = 0.0, [parent]
    while open_ones:
        for child, used in parents[open_ones.pop()]:
            total += used
            open_ones.append(child)
    return total


def _highest(put: Callable[[int, int], dict[str, Any]], plan: Plan, say: Callable[[str], None]) -> dict[str, Any]:
    """The highest rate without errors and with a p95 under a second: larger steps until it fails, then smaller ones."""
    good, bad, step = 0, 0, 50
    tried: list[dict[str, Any]] = []
    best: dict[str, Any] = {}
    while len(tried) < plan.steps:
        rate = good + step if not bad else (good + bad) // 2
        if bad and bad - good <= max(5, good // 20):
            break
        seen = put(rate, STEP_SECONDS)["all"]
        fine = not seen["errors"] and seen.get("p95_ms", LIMIT_MS) < LIMIT_MS
        tried.append({"pages_per_second": rate, "fine": fine, "p95_ms": seen.get("p95_ms"), "errors": seen["errors"]})
        say(f"  {rate} pages a second: p95 {seen.get('p95_ms')} ms, {seen['errors']} errors")
        if fine:
            good, best = rate, seen
        else:
            bad = rate
        time.sleep(1)
    return {"pages_per_second": good, "bounded_by_steps": not bad, "at_that_rate": best, "tried": tried}
