"""A mention as one row of the table that Splink compares, and the blocks in which rows meet."""

from __future__ import annotations

from typing import Any

from toetssteen.core.sites.cleaning import Cleaned
from toetssteen.core.sites.weights import START, number_key, town_key

COLUMNS = {
    "unique_id": "BIGINT",
    "country": "VARCHAR",
    "name": "VARCHAR",
    "local": "VARCHAR",
    "sound": "VARCHAR",
    "start": "VARCHAR",
    "tokens": "VARCHAR[]",
    "longest": "VARCHAR",
    "firm": "VARCHAR",
    "number": "VARCHAR",
    "town": "VARCHAR",
    "street": "VARCHAR[]",
    "postcode": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "family": "VARCHAR",
    "registry": "VARCHAR[]",
    "registry_first": "VARCHAR",
    "units": "BOOLEAN",
}
NAMES = list(COLUMNS)
# Two mentions are laid side by side when all columns of one rule are equal in both.
RULES = (
    ("country", "name"),
    ("country", "sound"),
    ("country", "longest", "town"),
    ("country", "local"),
    ("country", "start", "town"),
    ("country", "start", "number"),
    ("country", "town", "number"),
    ("country", "postcode", "number"),
    ("registry_first",),
    ("name", "number"),
)


def row_of(number: int, mention: Cleaned) -> tuple[Any, ...]:
    """The cells of a mention in the order of `COLUMNS`; an empty cell is None."""
    name = mention.name
    return (
        number,
        mention.country or None,
        name.joined or None,
        mention.local.joined or None,
        name.sound or None,
        name.joined[:START] or None,
        list(name.core) or None,
        max(name.core, key=len, default="") or None,
        "|".join(sorted(name.firm)) or None,
        number_key(mention) or None,
        town_key(mention) or None,
        sorted(mention.street) or None,
        mention.numbers.postcode or None,
        mention.lat,
        mention.lon,
        mention.family or None,
        sorted(mention.registry) or None,
        min(mention.registry, default=None),
        bool(mention.numbers.units),
    )


_POSITIONS = [[NAMES.index(column) for column in columns] for columns in RULES]


def block_keys(mention: Cleaned) -> list[tuple[Any, ...]]:
    """The blocks that a mention falls in, one key per rule; mentions without a shared key are never compared."""
    row = row_of(0, mention)
    keys: list[tuple[Any, ...]] = []
    for rule, positions in enumerate(_POSITIONS):
        values = [row[position] for position in positions]
        if None not in values:
            keys.append((rule, *values))
    return keys
