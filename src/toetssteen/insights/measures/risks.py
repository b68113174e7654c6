"""Counting reported risks, and what companies contributed to fewer of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from toetssteen.insights.measures.register import Counted, measure, percent
from toetssteen.insights.raw import Raw


def _reporters(raw: Raw, year: int) -> set[int]:
    return {risk.organisation_id for risk in raw.risks(year)}


def _assessed(raw: Raw, year: int) -> set[int]:
    return {result.organisation_id for result in raw.results(year)}


@measure
def risk_reporters(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that reported at least one risk or harm."""
    found = len(_reporters(raw, chosen["year"]))
    return Counted(found, companies=found, whole=len(_assessed(raw, chosen["year"])))


@measure
def risk_reporters_percent(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Assessed companies that reported a risk or harm, as a percentage of those assessed."""
    whole = _assessed(raw, chosen["year"])
    found = len(_reporters(raw, chosen["year"]) & whole)
    return Counted(percent(found, len(whole)), companies=found, whole=len(whole))


@measure
def top_theme(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The theme that most companies reported."""
    by: dict[str, set[int]] = defaultdict(set)
    for risk in raw.risks(chosen["year"]):
        by[risk.theme].add(risk.organisation_id)
    if not by:
        return Counted(None)
    return Counted(max(sorted(by), key=lambda theme: len(by[theme])))


@measure
def actual_harm(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Reports of harm that really happened, of one theme."""
    found = [r for r in raw.risks(chosen["year"]) if r.theme == chosen["theme"] and r.is_actual]
    return Counted(len(found), companies=len({r.organisation_id for r in found}))


@measure
def source_minority(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Fewer than half of those who reported rely on one kind of source."""
    from_source = {r.organisation_id for r in raw.risks(chosen["year"]) if r.source_kind == chosen["source"]}
    return Counted(2 * len(from_source) < len(_reporters(raw, chosen["year"])))


@measure
def contributors(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that named a contribution to fewer risks."""
    found = len({c.organisation_id for c in raw.contributions(chosen["year"])})
    return Counted(found, companies=found)


@measure
def contributions(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Contributions that companies named."""
    rows = raw.contributions(chosen["year"])
    return Counted(len(rows), companies=len({c.organisation_id for c in rows}))


@measure
def contributions_by_kind(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The same by kind."""
    rows = raw.contributions(chosen["year"])
    kinds = Counter(c.kind for c in rows)
    return Counted(dict(sorted(kinds.items())), companies=min(kinds.values(), default=0))
