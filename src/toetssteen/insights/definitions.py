"""What each figure of the covenant counts, read from the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toetssteen.core.frameworks import Pack, Text

PROTECTIONS = ("register", "count", "part", "table", "average", "volume", "none")


@dataclass(frozen=True)
class Definition:
    """One figure: how it is counted, what it says in words, of whom, and how small groups are protected."""

    id: str
    measure: str
    text: Text
    denominator: Text
    unit: str
    public: bool
    protect: str = "count"
    chosen: Mapping[str, Any] = field(default_factory=dict)
    year: int | None = None
    as_of: dt.date | None = None
    allow: str = ""
    table: str = ""
    total: str = ""
    part: str = ""


class DefinitionError(Exception):
    """A figure of the pack cannot be used; the message names it."""


def definitions(pack: Pack) -> tuple[Definition, ...]:
    """All figures of a pack in its order; a pack without the list has none."""
    source = pack.raw.get("figures") or {}
    found: dict[str, Definition] = {}
    for row in source.get("figures", ()):
        one = _definition(row)
        if one.id in found:
            raise DefinitionError(f"figures: '{one.id}' is defined twice.")
        found[one.id] = one
    return tuple(found.values())


def _definition(row: Mapping[str, Any]) -> Definition:
    from toetssteen.insights.measures import MEASURES

    name = row.get("id", "?")
    if row.get("measure") not in MEASURES:
        raise DefinitionError(f"figures: '{name}' names the measure '{row.get('measure')}', which does not exist.")
    if row.get("protect", "count") not in PROTECTIONS:
        raise DefinitionError(f"figures: '{name}' has the unknown protection '{row['protect']}'.")
    denominator = row.get("denominator") or {}
    return Definition(
        id=name,
        measure=row["measure"],
        text=Text(row["nl"], row["en"]),
        denominator=Text(denominator.get("nl", ""), denominator.get("en", "")),
        unit=row.get("unit", ""),
        public=bool(row.get("public")),
        protect=row.get("protect", "count"),
        chosen=row.get("with") or {},
        year=row.get("year"),
        as_of=dt.date.fromisoformat(str(row["as_of"])) if row.get("as_of") else None,
        allow=row.get("allow", ""),
        table=row.get("table", ""),
        total=row.get("total", ""),
        part=row.get("part", ""),
    )
