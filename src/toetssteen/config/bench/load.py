"""The load generator, a process of its own: users who each load one page a second from this machine.

Reads a job as JSON from standard input and prints what was seen as JSON. A time counts from the moment at which the
page should have been asked for, so a site that falls behind cannot hide it.
"""

from __future__ import annotations

import asyncio
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 20.0  # seconds that a page may take
GRACE = 3.0  # seconds after the end in which a user who came late still asks for pages
LATE = "not asked for in time"


@dataclass
class Seen:
    """Milliseconds and errors per page."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Visitor:
    """One user: the cookie of the session and the pages, loaded in turn."""

    cookie: str
    pages: Sequence[tuple[str, str]]  # key, path


async def fetch(host: str, port: int, path: str, cookie: str) -> tuple[int, int]:
    """The status and the length of a page; one connection per page, as behind a proxy."""
    reader, writer = await asyncio.open_connection(host, port)
    try:
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Accept-Language: nl", "Connection: close"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        writer.write("\r\n".join([*lines, "", ""]).encode())
        await writer.drain()
        raw = await reader.read(-1)
    finally:
        writer.close()
    return int(raw.split(b" ", 2)[1]), len(raw)


async def visit(number: int, visitor: Visitor, job: dict[str, Any], begin: float, seen: Seen) -> None:
    """One user's visit: a page a second until the time is over; one that comes late goes on at once."""
    first = begin + number / job["users"]
    for turn in range(job["seconds"]):
        due = first + turn
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        key, path = visitor.pages[(number + turn) % len(visitor.pages)]
        if time.perf_counter() > begin + job["seconds"] + GRACE:
            seen.errors[key].append(LATE)
            continue
        try:
            status, length = await asyncio.wait_for(fetch(job["host"], job["port"], path, visitor.cookie), PATIENCE)
        except (OSError, TimeoutError, ValueError, IndexError) as error:
            seen.errors[key].append(type(error).__name__)
            continue
        if status == 200 and length > 500:
            seen.times[key].append((time.perf_counter() - due) * 1000)
        else:
            seen.errors[key].append(str(status))


async def load(job: dict[str, Any]) -> Seen:
    """All users at the same time."""
    seen = Seen()
    kinds = [Visitor(v["cookie"], [tuple(p) for p in v["pages"]]) for v in job["visitors"]]
    begin = time.perf_counter() + 0.2
    await asyncio.gather(*(visit(n, kinds[n % len(kinds)], job, begin, seen) for n in range(job["users"])))
    return seen


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which this share of the pages came (nearest rank)."""
    ordered = sorted(times)
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 1)


def summary(times: Sequence[float], errors: Sequence[str]) -> dict[str, Any]:
    """Percentiles in milliseconds with the number of pages and errors."""
    found: dict[str, Any] = {"pages": len(times), "errors": len(errors)}
    if errors:
        found["kinds_of_errors"] = sorted(set(errors))
    if times:
        found |= {f"p{n}_ms": percentile(times, n / 100) for n in (50, 95, 99)} | {"max_ms": round(max(times), 1)}
    return found


def report(seen: Seen) -> dict[str, Any]:
    """Everything together, and per page."""
    keys = sorted({*seen.times, *seen.errors})
    return {
        "all": summary([t for key in keys for t in seen.times[key]], [e for key in keys for e in seen.errors[key]]),
        "pages": {key: summary(seen.times[key], seen.errors[key]) for key in keys},
    }


if __name__ == "__main__":
    print(json.dumps(report(asyncio.run(load(json.load(sys.stdin))))))
