"""Counting reported risks, and what companies contributed to fewer of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from toetssteen.insights.measures.register import Counted, measure, percent
from toetssteen.insights.raw import Contributed, Raw


def _counted(who: AbstractSet[int], whole: int | None = None) -> Counted:
    return Counted(len(who), companies=len(who), whole=whole, who=frozenset(who))


def _reporters(raw: Raw, year: int) -> set[int]:
    return {risk.organisation_id for risk in raw.risks(year)}


def _assessed(raw: Raw, year: int) -> set[int]:
    return {result.organisation_id for result in raw.results(year)}


@measure
def risk_reporters(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that reported at least one risk or harm."""
    found = _reporters(raw, chosen["year"])
    return _counted(found, len(_assessed(raw, chosen["year"])))


@measure
def risk_reporters_percent(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Assessed companies that reported a risk or harm, as a percentage of those assessed."""
    whole = _assessed(raw, chosen["year"])
    found = _counted(_reporters(raw, chosen["year"]) & whole, len(whole))
    return replace(found, value=percent(len(found.who or ()), len(whole)))


@measure
def top_theme(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The theme that most companies reported."""
    by: dict[str, set[int]] = defaultdict(set)
    for risk in raw.risks(chosen["year"]):
        by[risk.theme].add(risk.organisation_id)
    if not by:
        return Counted(None)
    top = max(sorted(by), key=lambda theme: len(by[theme]))
    return replace(_counted(by[top]), value=top)


@measure
def actual_harm(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Reports of harm that really happened, of one theme."""
    found = [r for r in raw.risks(chosen["year"]) if r.theme == chosen["theme"] and r.is_actual]
    return replace(_counted({r.organisation_id for r in found}), value=len(found))


@measure
def source_minority(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Fewer than half of those who reported rely on one kind of source."""
    from_source = {r.organisation_id for r in raw.risks(chosen["year"]) if r.source_kind == chosen["source"]}
    return Counted(2 * len(from_source) < len(_reporters(raw, chosen["year"])))


@measure
def contributors(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Companies that named a contribution to fewer risks."""
    return _counted({c.organisation_id for c in raw.contributions(chosen["year"])})


def _once(rows: Iterable[Contributed]) -> Counter[str]:
    """Contributions per kind; what several companies do together counts once."""
    together = {(row.kind, row.shared) for row in rows if row.shared}
    return Counter(kind for kind, _shared in together) + Counter(row.kind for row in rows if not row.shared)


@measure
def contributions(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """Contributions that companies named."""
    rows = raw.contributions(chosen["year"])
    return replace(_counted({c.organisation_id for c in rows}), value=_once(rows).total())


@measure
def contributions_by_kind(raw: Raw, chosen: Mapping[str, Any]) -> Counted:
    """The same by kind."""
    kinds = _once(raw.contributions(chosen["year"]))
    return Counted(dict(sorted(kinds.items())), companies=min(kinds.values(), default=0))
