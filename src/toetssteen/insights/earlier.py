"""What earlier publications showed of a figure, so that the next one does not tell what the few that came said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from toetssteen.core.disclosure import difference_tells, may_show_small
from toetssteen.core.frameworks import Pack
from toetssteen.insights.definitions import Definition
from toetssteen.insights.measures import MEASURES, Counted
from toetssteen.insights.raw import Raw

KNOWN, UNKNOWN, SUPPRESSED = "known", "unknown", "suppressed"


@dataclass(frozen=True)
class Published:
    """One figure as a publication showed it, and up to when decisions counted in it."""

    value: Any
    status: str
    as_of: dt.date
    until: dt.datetime


History = Mapping[str, Sequence[Published]]  # by the id of the figure, oldest first


def is_guarded(definition: Definition, pack: Pack) -> bool:
    """It is about companies, and not public anyway by the register or by what the parties agreed."""
    if definition.protect in ("none", "register"):
        return False
    return not (definition.allow and may_show_small(pack, definition.allow))


def kept(
    raw: Raw, guarded: Sequence[Definition], counted: Mapping[str, Counted], history: History, threshold: int
) -> dict[str, Published]:
    """The figures that stay as they were published, until enough companies came in to speak of all of them again.

    As long as only a few reports were decided since, everything of that year stays: also what did not change, since
    that would tell of the few that they are not in it. Where nobody came and a number moved by few, it stays too.
    """
    found = {}
    for one in guarded:
        last = history[one.id][-1] if one.year and history.get(one.id) else None
        if last is None or one.year is None or last.status == UNKNOWN:
            continue
        came = _decided(raw, one.year) - _decided(raw.until(last.until), one.year)
        if 0 < len(came) < threshold or (not came and _moved_by_few(raw, one, counted[one.id], last, threshold)):
            found[one.id] = last
    return found


def told(
    raw: Raw,
    guarded: Sequence[Definition],
    every: Sequence[Definition],
    counted: Mapping[str, Counted],
    history: History,
    threshold: int,
) -> set[str]:
    """The figures of which an earlier one, of this year or the same of another year, would tell what few said."""
    return {
        one.id
        for one in guarded
        if any(_moved_by_few(raw, one, counted[one.id], row, threshold) for row in history.get(one.id, ()))
        or any(_few_apart(raw, counted[one.id], other, history, threshold) for other in every if _is_kin(one, other))
    }


def _decided(raw: Raw, year: int) -> set[int]:
    return {result.organisation_id for result in raw.results(year)}


def _moved_by_few(raw: Raw, one: Definition, counted: Counted, row: Published, threshold: int) -> bool:
    """The number of those behind it differs by some, but too few, from what was shown."""
    if row.status != KNOWN or one.year is None:
        return False
    before, now = row.value, counted.value
    if isinstance(before, dict) and isinstance(now, dict):
        return any(0 < abs(now.get(key, 0) - before.get(key, 0)) < threshold for key in {*before, *now})
    if one.protect == "part" and one.unit == "%":
        whole = MEASURES[one.measure](raw.until(row.until), one.chosen).whole or 0
        before, now = round(Fraction(str(before)) * whole / 100), counted.companies
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in (before, now)):
        return False
    return bool(0 < abs(now - before) < threshold)


def _is_kin(one: Definition, other: Definition) -> bool:
    """The same figure of another year. Volumes are not: each company's own differs from year to year."""

    def key(definition: Definition) -> tuple[str, dict[str, Any]]:
        return definition.measure, {name: said for name, said in definition.chosen.items() if name != "year"}

    return one.protect != "volume" and other.year not in (None, one.year) and key(one) == key(other)


def _few_apart(raw: Raw, now: Counted, other: Definition, history: History, threshold: int) -> bool:
    for row in history.get(other.id, ()):
        if row.status == KNOWN and now.who is not None:
            who = MEASURES[other.measure](raw.until(row.until), other.chosen).who
            if who is not None and difference_tells(who, now.who, threshold):
                return True
    return False
