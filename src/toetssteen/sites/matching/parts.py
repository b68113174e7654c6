"""A long list in files: mentions taken apart, to be read again by number, and rows for the database."""

from __future__ import annotations

import gc
import json
import os
import pickle
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from toetssteen.core.sites import Mention
from toetssteen.core.sites.cleaning import Cleaned, cleaned

from .blocking import NAMES, row_of

CHUNK = 20_000
KEPT = 20_000


@dataclass(slots=True)
class Parts:
    """Where a list was written, and what is known of each mention by its number."""

    folder: Path
    count: int
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    several: bytearray = field(default_factory=bytearray)
    common: frozenset[str] = frozenset()

    @property
    def pattern(self) -> str:
        """The files with rows for the database."""
        return str(self.folder / "rows-*.json")

    def write_pairs(self, connection: Any, table: str, condition: str, path: Path) -> int:
        """Write pairs of numbers with their probability, the smaller first and sorted: neighbours are read together."""
        cursor = connection.execute(
            f"SELECT least(unique_id_l, unique_id_r), greatest(unique_id_l, unique_id_r), "  # noqa: S608
            f"any_value(match_probability) FROM {table} WHERE {condition} GROUP BY 1, 2 ORDER BY 1, 2"
        )
        total = 0
        with path.open("wb") as file:
            while rows := cursor.fetchmany(100_000):
                array("d", chain.from_iterable(rows)).tofile(file)
                total += len(rows)
        return total


class Reader:
    """Reads mentions that were taken apart back by number, and keeps the latest."""

    def __init__(self, parts: Parts) -> None:
        self._offsets, self._count = parts.offsets, parts.count
        # Read in pieces and not mapped: pages of a mapped file count as memory of every process that looked at them.
        self._files = []
        for position in range((parts.count + CHUNK - 1) // CHUNK):
            self._files.append((parts.folder / f"taken-{position:05d}.bin").open("rb", buffering=0))
        self._sizes = [os.fstat(file.fileno()).st_size for file in self._files]
        self._kept: dict[int, Cleaned] = {}

    def __getitem__(self, number: int) -> Cleaned:
        found = self._kept.get(number)
        if found is None:
            chunk, start = number // CHUNK, self._offsets[number]
            last = number + 1 == self._count or (number + 1) % CHUNK == 0
            end = self._sizes[chunk] if last else self._offsets[number + 1]
            found = pickle.loads(os.pread(self._files[chunk].fileno(), end - start, start))  # noqa: S301 - our own
            if len(self._kept) > KEPT:
                self._kept.clear()
            self._kept[number] = found
        return found


def write_parts(mentions: Sequence[Mention], towns: frozenset[str], folder: Path, workers: int) -> Parts:
    """Take a list apart into files, several processes at once."""
    parts = Parts(folder, len(mentions), several=bytearray(len(mentions)))
    chunks = range(0, len(mentions), CHUNK)
    jobs = ((folder, start, mentions[start : start + CHUNK], towns) for start in chunks)
    for offsets in run(_write, jobs, workers):
        parts.offsets.extend(offsets)
    return parts


def run(job: Any, jobs: Iterator[Any], workers: int, begin: Any = None, known: tuple[Any, ...] = ()) -> Iterator[Any]:
    """The results of jobs in order, here or in worker processes; `begin` is called once in each with what is known.

    Processes are started afresh: a copy of a process with the threads of a database in it may crash.
    """
    if workers == 1:
        if begin:
            begin(*known)
        yield from map(job, jobs)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), begin, known) as pool:
        waiting: list[Any] = []
        for one in jobs:
            waiting.append(pool.submit(job, one))
            if len(waiting) > workers + 1:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _write(work: tuple[Path, int, Sequence[Mention], frozenset[str]]) -> array[int]:
    folder, start, mentions, towns = work
    gc.disable()  # nothing here refers in circles, and looking for circles costs a third of the time
    offsets = array("Q")
    part = start // CHUNK
    with (folder / f"taken-{part:05d}.bin").open("wb") as taken, (folder / f"rows-{part:05d}.json").open("w") as rows:
        place = 0
        for number, mention in enumerate(mentions, start):
            ready = cleaned(mention, towns)
            offsets.append(place)
            place += taken.write(pickle.dumps(ready, protocol=pickle.HIGHEST_PROTOCOL))
            cells = {name: cell for name, cell in zip(NAMES, row_of(number, ready), strict=True) if cell is not None}
            rows.write(json.dumps(cells) + "\n")
    gc.enable()
    return offsets
