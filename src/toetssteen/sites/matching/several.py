"""What the whole list tells about one mention, found by the database: firms with several units, and common words."""

from __future__ import annotations

from typing import Any

from toetssteen.core.sites.context import COMMON, context_of

from .parts import Parts, Reader


def write_flags(connection: Any, parts: Parts) -> None:
    """Flag the mentions of firms that the list knows with more than one unit, plot, pit or survey number."""
    reader = Reader(parts)
    cursor = connection.execute(
        "SELECT list(unique_id) FROM mentions WHERE name IS NOT NULL GROUP BY country, name "
        "HAVING count(DISTINCT number) > 1 OR max(units)"
    )
    while rows := cursor.fetchmany(10_000):
        for (numbers,) in rows:
            group = [reader[number] for number in numbers]
            context = context_of(group)
            for number, mention in zip(numbers, group, strict=True):
                parts.several[number] = context.has_several(mention)


def write_common(connection: Any, parts: Parts) -> None:
    """Words that stand in the names of many firms."""
    cursor = connection.execute(
        "SELECT token FROM (SELECT country, name, unnest(tokens) AS token FROM mentions) "
        "GROUP BY token HAVING count(DISTINCT (country, name)) > ?",
        [COMMON],
    )
    parts.common = frozenset(token for (token,) in cursor.fetchall())
