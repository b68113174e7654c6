"""Our own list of stone places: other names of known places, and places that the packages lack; no Django."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parent / "data" / "stone_places.tsv"


@dataclass(frozen=True)
class OwnPlace:
    """One line of the list.

    How `anchor`, the id of a place of the packages, is meant: "same" it is that place under other names; "in" it lies
    in that district or province; "near" it lies within `radius_km` of that town. No coordinates of our own.
    """

    id: str
    name: str
    kind: str
    country: str
    how: str
    anchor: str
    radius_km: float | None
    names: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.how == "same"

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.name, *self.names)


def own_places() -> list[OwnPlace]:
    """The list as it is written."""
    with LIST.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t")
        return [
            OwnPlace(
                id=f"own.{row['id']}",
                name=row["name"],
                kind=row["kind"],
                country=row["country"],
                how=row["how"],
                anchor=row["anchor"],
                radius_km=float(row["radius_km"]) if row["radius_km"] else None,
                names=tuple(name for name in row["names"].split("|") if name),
            )
            for row in rows
        ]
