"""What a ground of a question holds, and the small words that all of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class GroundRow:
    """One record: what it is, what is said of it, and a word that stands out."""

    title: str
    lines: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Ground:
    """One kind of records that a question rests on; `unknown` when the report was frozen without them."""

    id: str
    summary: str
    rows: tuple[GroundRow, ...] = ()
    unknown: bool = False

    @property
    def is_empty(self) -> bool:
        """The report holds none."""
        return not self.rows and not self.unknown


def missing(name: str, what: str) -> Ground:
    return Ground(name, what, unknown=True)


def label_of(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value))


def parts(*parts: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in parts if part)
