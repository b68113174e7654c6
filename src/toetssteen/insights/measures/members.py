"""Counting who takes part, by the day of joining."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from toetssteen.insights.measures.register import Counted, measure
from toetssteen.insights.raw import Member, Raw


def _of(raw: Raw, chosen: Mapping[str, Any]) -> list[Member]:
    wanted = {key: chosen[key] for key in ("kind", "subtype", "region", "role", "size") if key in chosen}
    return [m for m in raw.members if all(getattr(m, key) == value for key, value in wanted.items())]


def _on(raw: Raw, chosen: Mapping[str, Any], day: str) -> set[int]:
    on, by = dt.date.fromisoformat(day), chosen.get("by", "joined_on")
    return {m.organisation_id for m in _of(raw, chosen) if m.takes_part(on, by)}


@measure
def members(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Parties that take part on a day."""
    found = len(_on(raw, chosen, chosen["day"]))
    return Counted(found, companies=found)


@measure
def members_change(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """How many more parties take part on one day than on another."""
    before, now = _on(raw, chosen, chosen["after"]), _on(raw, chosen, chosen["until"])
    return Counted(len(now) - len(before), companies=len(before ^ now))


@measure
def members_joined(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Parties that joined after one day, up to and including another."""
    after, until = dt.date.fromisoformat(chosen["after"]), dt.date.fromisoformat(chosen["until"])
    found = len({m.organisation_id for m in _of(raw, chosen) if after < m.joined_on <= until})
    return Counted(found, companies=found)


@measure
def leaving_reasons(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Memberships that ended up to and including a day, by the reason noted."""
    until = dt.date.fromisoformat(chosen["until"])
    ended = [m for m in _of(raw, chosen) if m.ended_on is not None and m.ended_on <= until]
    reasons = Counter(m.end_note for m in ended)
    return Counted(dict(sorted(reasons.items())), companies=len(ended))


@measure
def import_share(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """What the participants of a region import, as a percentage of the estimated market of that region and year."""
    market = raw.markets.get((chosen["region"], chosen["year"]))
    if not market:
        return Counted(None)
    volumes = raw.volumes(chosen["year"])
    taking_part = _on(raw, {"kind": "company", "region": chosen["region"]}, chosen["day"])
    amounts = tuple(volumes[key] for key in sorted(taking_part) if volumes.get(key))
    return Counted(100 * sum(amounts, Fraction(0)) / market, companies=len(amounts), amounts=amounts)
