"""Recognises sites in a whole list: Splink on DuckDB finds the pairs worth a look, our rules answer about each.

The list never stands in memory as objects: workers take mentions apart and write them to files in a temporary folder,
the database compares rows, and workers read only the mentions of the pairs that are left.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from splink import Linker

from toetssteen.core.sites import Mention, Question
from toetssteen.core.sites.context import place_words_of
from toetssteen.core.sites.weights import FLOOR

from . import several
from .answers import Link, answers_of
from .backends import duckdb_in, table_of_files
from .clusters import clusters_of
from .model import read_model, weights
from .parts import CHUNK, Parts, write_parts
from .settings import worth_a_look


@dataclass(frozen=True, slots=True)
class Result:
    """Clusters of mentions that are one site (ids, singles left out), the links behind them, and questions."""

    clusters: list[tuple[str, ...]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    compared: int = 0


def match_all(mentions: Iterable[Mention], workers: int = 2, folder: Path | None = None) -> Result:
    """Clusters and questions of a list of any size; the same answers as `match_against` gives one by one."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    listed: Sequence[Mention] = mentions if isinstance(mentions, Sequence) else list(mentions)
    if len(listed) < 2:
        return Result()
    with tempfile.TemporaryDirectory(prefix="toetssteen-sites-", dir=folder) as temporary:
        home = Path(temporary)
        workers = max(1, workers) if len(listed) > CHUNK else 1
        towns = place_words_of(listed)
        parts = write_parts(listed, towns, home, workers)
        ids = [mention.id for mention in listed]
        del listed, mentions
        pairs = _worth_a_look(home, parts)
        links, questions, numbers = answers_of(parts, home / "pairs.bin", pairs, towns, weights(), workers, ids)
        clusters, more = clusters_of(links, numbers, ids)
        return Result(clusters, links, questions + more, pairs)


def _worth_a_look(home: Path, parts: Parts) -> int:
    """Write the numbers of the pairs above the floor, sorted; returns how many there are."""
    api = duckdb_in(home)
    linker = Linker(table_of_files(api, parts.pattern), read_model(), log_level=logging.ERROR)
    found = linker.inference.predict(threshold_match_probability=FLOOR)
    connection = api.duckdb_con
    try:
        several.write_flags(connection, parts)
        several.write_common(connection, parts)
        return parts.write_pairs(connection, found.physical_name, worth_a_look(weights()), home / "pairs.bin")
    finally:
        connection.close()
