"""Measures the recognition of sites in lists of growing length, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)


def measure(sizes: tuple[int, ...], say: Any) -> dict[str, Any]:
    """Seconds, processor seconds and memory per list, and how they grow with its length."""
    found: dict[str, Any] = {}
    for size in sizes:
        say(f"recognising sites in {size} mentions")
        command = [sys.executable, "-c", f"from {__name__} import main; main({size:d})"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own module
        found[str(size)] = json.loads(done.stdout)
    return {"mentions": found, "growth": _growth(found)}


def _growth(found: dict[str, Any]) -> dict[str, float]:
    """How many times more seconds each list takes than the one before it, per mention (1 is linear)."""
    sizes = sorted(found, key=int)
    return {
        f"{small} to {large}": round(found[large]["seconds"] / found[small]["seconds"] / (int(large) / int(small)), 2)
        for small, large in pairwise(sizes)
    }


def one_list(size: int) -> dict[str, Any]:
    """Recognise the sites of an invented list of this length, and compare with the truth."""
    from toetssteen.sites.matching import match_all
    from toetssteen.sites.matching.synthetic import mentions

    made = list(mentions(size, seed=3))
    truth = [site for _mention, site in made]
    given = iter([mention for mention, _site in made])  # lets go of the list when it has been read
    del made
    load, began = os.getloadavg()[0], time.monotonic()
    with _peak_memory() as peak:
        result = match_all(given)
    seconds = time.monotonic() - began
    wrong = sum(truth[link.first] != truth[link.second] for link in result.links)
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime, 1),
        "load_average_before": round(load, 2),
        "peak_mb": peak[0] // 1024,
        "pairs_compared": result.compared,
        "clusters": len(result.clusters),
        "links": len(result.links),
        "wrong_links": wrong,
        "questions": len(result.questions),
    }


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """The most memory (kB) that this process and its children held at one moment, looked at four times a second.

    What the system itself keeps per child (`ru_maxrss`) begins with the size of its parent, so it says too much.
    """
    peak, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.25):
            peak[0] = max(peak[0], _held(os.getpid()))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _held(parent: int) -> int:
    """Memory in kB of a process and the processes that it started."""
    total = 0
    children = Path(f"/proc/{parent}/task").glob("*/children")
    family = {parent, *(int(child) for path in children for child in path.read_text().split())}
    for process in family:
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:  # it ended just now
            continue
        total += int(status.partition("VmRSS:")[2].split()[0]) if "VmRSS:" in status else 0
    return total


def main(size: int) -> None:
    """Print the measure of one list."""
    print(json.dumps(one_list(size)))
