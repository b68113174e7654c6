"""Measures how fast the site is: its main pages under load, the scoring engine, and the figures of a year.

Everything is built and started for the measurement in a temporary folder, on loopback, and removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from toetssteen.config.bench import imports, matching, places, sites
from toetssteen.config.cli import CommandError
from toetssteen.config.own_postgres import NoPostgres, running_postgres

DATABASES = ("sqlite", "postgresql")
PARTS = ("pages", "engine", "figures", "matching", "places", "imports")
AIM_MS = 250
USERS = 50


def _numbers(text: str) -> tuple[int, ...]:
    try:
        found = tuple(sorted({int(n) for n in text.split(",")}))
    except ValueError as error:
        raise argparse.ArgumentTypeError("give whole numbers with commas between them, like 1,50") from error
    if not found or found[0] < 1:
        raise argparse.ArgumentTypeError("every number is 1 or more")
    return found


def _databases(text: str) -> tuple[str, ...]:
    found = tuple(text.split(","))
    if set(found) - set(DATABASES):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(DATABASES)}")
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, on what, and for how long."""
    parser.add_argument("--quick", action="store_true", help="a short run that shows that measuring works")
    parser.add_argument(
        "--times", type=_numbers, default=None, metavar="N,N", help="sizes of the world (default: 1,50)"
    )
    parser.add_argument(
        "--databases", type=_databases, default=DATABASES, metavar="D,D", help="default: sqlite,postgresql"
    )
    parser.add_argument("--seconds", type=int, default=None, metavar="S", help="length of a load (default: 20)")
    parser.add_argument("--users", type=int, default=USERS, help=f"users that load a page a second (default: {USERS})")
    parser.add_argument("--mentions", type=_numbers, metavar="N,N", help="lengths of lists to recognise sites in")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure only this; may be given again")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the JSON to a file as well")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with the measurements on standard output; progress goes to standard error."""
    quick = bool(args.quick)
    times: tuple[int, ...] = args.times or ((1,) if quick else (1, 50))
    plan = sites.Plan(
        parts=tuple(args.only or PARTS),
        users=args.users,
        seconds=args.seconds or (4 if quick else 20),
        reports=500 if quick else 10_000,
        steps=2 if quick else 12,
        warm_up=3 if quick else 10,
    )
    began = time.monotonic()
    found: dict[str, Any] = {
        "machine": _machine(),
        "users": plan.users,
        "seconds": plan.seconds,
        "warm_up_seconds": plan.warm_up,
        "aim_p95_ms": AIM_MS,
    }
    if "engine" in plan.parts:
        _say("the engine")
        found["engine"] = sites.inside("engine", str(plan.reports), environment=sites.environment(Path("/nowhere")))
    if "matching" in plan.parts:
        found["matching"] = matching.measure(args.mentions or ((1_000,) if quick else matching.SIZES), _say)
    if "places" in plan.parts:
        found["places"] = places.measure(_say)
    if "imports" in plan.parts:
        found["imports"] = {name: _imports(name, 200 if quick else imports.ROWS) for name in args.databases}
    if set(plan.parts) & {"pages", "figures"}:
        found["databases"] = {name: _database(name, times, plan) for name in args.databases}
    found["took_seconds"] = round(time.monotonic() - began, 1)
    text = json.dumps(found, indent=2)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def _imports(name: str, rows: int) -> dict[str, Any]:
    with _empty_database(name) as (home, address):
        _say(f"{name}, a spreadsheet from upload to chains: building the world")
        return imports.measure(home, address, rows, _say)


def _database(name: str, times: tuple[int, ...], plan: sites.Plan) -> dict[str, Any]:
    worlds = {}
    for number in times:
        with _empty_database(name) as (home, address):
            _say(f"{name}, the world times {number}: building")
            worlds[str(number)] = sites.measure(home, address, number, plan, say=_say)
    return {"times": worlds, "growth": _growth(worlds)}


@contextmanager
def _empty_database(name: str) -> Iterator[tuple[Path, str]]:
    """A temporary home, and the address of an empty database (empty text: the embedded one in that home)."""
    with tempfile.TemporaryDirectory(prefix="toetssteen-bench-") as folder:
        if name == "sqlite":
            yield Path(folder), ""
            return
        try:
            with running_postgres() as address:
                yield Path(folder), address
        except NoPostgres as error:
            raise CommandError(f"{error}, or measure with --databases sqlite.") from error


def _growth(worlds: dict[str, Any]) -> dict[str, Any]:
    """How many times slower the largest world is than the smallest."""
    if len(worlds) < 2:
        return {}
    numbers = sorted(worlds, key=int)
    small, large = worlds[numbers[0]], worlds[numbers[-1]]
    found: dict[str, Any] = {"from_times": int(numbers[0]), "to_times": int(numbers[-1])}
    if "pages" in small:
        found["pages_p95_ratio"] = {
            key: _ratio(large["pages"][key]["p95_ms"], row["p95_ms"])
            for key, row in small["pages"].items()
            if "p95_ms" in row and "p95_ms" in large["pages"].get(key, {})
        }
    if "figures" in small:
        found["figures_ratio"] = _ratio(large["figures"]["seconds"], small["figures"]["seconds"])
    return found


def _ratio(large: float, small: float) -> float | None:
    return round(large / small, 2) if small else None


def _machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": sys.version.split()[0],
        # Other work on the machine makes every figure worse: above a few tenths, do not compare.
        "load_average_before": round(os.getloadavg()[0], 2),
    }


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
