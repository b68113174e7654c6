"""Computes figures from the raw rows, and hides in the public view what would point at a few companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from toetssteen.core.disclosure import (
    Suppressed,
    protect,
    protect_average,
    protect_volume,
    threshold_for,
)
from toetssteen.core.frameworks import Pack
from toetssteen.core.scoring import rounded
from toetssteen.insights import earlier
from toetssteen.insights.definitions import Definition, definitions
from toetssteen.insights.earlier import KNOWN, SUPPRESSED, UNKNOWN, History
from toetssteen.insights.measures import MEASURES, Counted
from toetssteen.insights.raw import Raw

DECIMALS = 4


@dataclass(frozen=True)
class Figure:
    """One figure with its words; without a value it is unknown, or suppressed to protect a small group."""

    definition: Definition
    value: Any
    as_of: dt.date
    suppressed: bool = False
    decimals: int = DECIMALS
    kept_until: dt.datetime | None = None  # it stands as published before, with the decisions up to this moment

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def unit(self) -> str:
        return self.definition.unit

    @property
    def status(self) -> str:
        """known, unknown or suppressed."""
        return SUPPRESSED if self.suppressed else UNKNOWN if self.value is None else KNOWN

    @property
    def plain(self) -> Any:
        """The value as JSON knows it; a percentage with four decimals, in public with those of the pack."""
        if not isinstance(self.value, Fraction):
            return self.value
        if self.decimals == 0 or (self.value.denominator == 1 and self.unit != "%"):
            return int(rounded(self.value, 0))
        return float(rounded(self.value, self.decimals))


def compute(
    raw: Raw, wanted: Sequence[Definition], *, pack: Pack, public: bool, history: History | None = None
) -> list[Figure]:
    """The figures in the order asked; the public view leaves out what is not public and hides small groups.

    `history` is what is public already: nothing is shown that would tell something of a few together with it.
    """
    everything = [d for d in wanted if d.public or not public]
    counted = {d.id: MEASURES[d.measure](raw, d.chosen) for d in everything}
    found = {d.id: Figure(d, counted[d.id].value, _as_of(raw, d)) for d in everything}
    if public:
        _protect(found, raw, counted, pack, history or {})
    return list(found.values())


def _protect(found: dict[str, Figure], raw: Raw, counted: Mapping[str, Counted], pack: Pack, history: History) -> None:
    everything = [figure.definition for figure in found.values()]
    guarded = [d for d in everything if earlier.is_guarded(d, pack)]
    threshold = threshold_for(pack)
    kept = earlier.kept(raw, guarded, counted, history, threshold)
    fresh = [d for d in guarded if d.id not in kept]
    told = earlier.told(raw, fresh, definitions(pack), counted, history, threshold)
    hidden = hidden_figures(everything, counted, pack, told)
    decimals = pack.disclosure.percent_decimals if pack.disclosure else 0
    for key, figure in found.items():
        if key in kept:
            row = kept[key]
            value = Fraction(str(row.value)) if isinstance(row.value, float) else row.value
            figure = replace(figure, value=value, as_of=row.as_of, kept_until=row.until)
            found[key] = replace(figure, suppressed=row.status == SUPPRESSED, decimals=decimals)
        elif key in hidden:
            found[key] = replace(figure, value=None, suppressed=True)
        else:
            found[key] = replace(figure, decimals=decimals)


def _as_of(raw: Raw, definition: Definition) -> dt.date:
    """The day a figure speaks about: the one named, the end of its year, or today."""
    if definition.as_of is not None:
        return definition.as_of
    year = raw.years.get(definition.year) if definition.year else None
    return year.ends_on if year else raw.today


def hidden_figures(
    wanted: Sequence[Definition], counted: Mapping[str, Counted], pack: Pack, told: Collection[str] = ()
) -> set[str]:
    """The figures that the public may not see, by the rules of the pack, with what would give them away.

    `told` names those that would tell of a few together with what was published before.
    """
    threshold = threshold_for(pack)
    hidden = {d.id for d in wanted if d.protect != "table" and _is_small(d, counted[d.id], threshold, pack)}
    hidden |= set(told)
    for table in sorted({d.table for d in wanted if d.protect == "table"}):
        cells = [d for d in wanted if d.table == table]
        hidden |= _hidden_cells(cells, counted, threshold, told)
    return hidden


def _is_small(definition: Definition, counted: Counted, threshold: int, pack: Pack) -> bool:
    how = definition.protect
    if counted.value is None or not earlier.is_guarded(definition, pack):
        return False
    behind = counted.companies
    if how == "volume":
        limits = pack.disclosure
        largest = limits.max_share_largest_pct.value if limits and limits.max_share_largest_pct else None
        two = limits.max_share_two_largest_pct.value if limits and limits.max_share_two_largest_pct else None
        return isinstance(protect_volume(counted.amounts, threshold, largest, two), Suppressed)
    if behind is None:
        return True
    if how == "average":
        return isinstance(protect_average(Fraction(0), behind, threshold), Suppressed)
    if how == "part" and counted.whole is not None:
        return bool(protect({"part": behind, "rest": counted.whole - behind}, threshold).hidden)
    return 0 < behind < threshold


def _hidden_cells(
    cells: Sequence[Definition], counted: Mapping[str, Counted], threshold: int, told: Collection[str]
) -> set[str]:
    """The cells of one table to hide; its total is a figure of its own and stays shown."""
    counts = {d.id: counted[d.id].companies or 0 for d in cells}
    whole = counted[cells[0].id].whole or 0
    rest = whole - sum(counts.values())
    if rest > 0:
        counts["__rest__"] = rest
    hidden = set(protect(counts, threshold, also_hide=[key for key in counts if key in told]).hidden)
    if len(hidden) < 2 and hidden:
        hidden = set(counts)
    return hidden & {d.id for d in cells}
