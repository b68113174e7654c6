"""Measures the recognition of sites in lists of growing length, each in a process of its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any

SIZES = (1_000, 10_000, 100_000)


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

    listed, truth = [], []
    for mention, site in mentions(size, seed=3):
        listed.append(mention)
        truth.append(site)
    load, began = os.getloadavg()[0], time.monotonic()
    result = match_all(listed)
    seconds = time.monotonic() - began
    wrong = sum(truth[link.first] != truth[link.second] for link in result.links)
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": round(seconds, 1),
        "processor_seconds": round(own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime, 1),
        "load_average_before": round(load, 2),
        "largest_process_mb": max(own.ru_maxrss, workers.ru_maxrss) // 1024,
        "at_most_mb": (own.ru_maxrss + 2 * workers.ru_maxrss) // 1024,
        "pairs_compared": result.compared,
        "clusters": len(result.clusters),
        "links": len(result.links),
        "wrong_links": wrong,
        "questions": len(result.questions),
    }


def main(size: int) -> None:
    """Print the measure of one list."""
    print(json.dumps(one_list(size)))
