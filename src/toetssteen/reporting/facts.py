"""What the platform knows of a company by itself, so that nobody has to type it again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from toetssteen.core.frameworks import Fact, Pack, Share
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation import hooks
from toetssteen.foundation.prepared import prepared
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import Plan
from toetssteen.remedy import queries as remedy_queries
from toetssteen.reporting.models import RecordedFact, Report
from toetssteen.risks import queries as risk_queries
from toetssteen.supplychain import queries as chain_queries


def facts_of(report: Report, pack: Pack | None = None, *, plan: Plan | None = None) -> dict[str, Fact]:
    """Every platform fact of a report that is known today: computed from rows, or recorded where rows cannot give it.

    A fact that is not known is left out; `None` and a share of nothing mean that it does not apply.
    """
    pack = pack or pack_of(report.year)
    found = company_facts(report.organisation_id, pack, report.year, plan=plan)
    found["membership.year"] = report.report_year
    if report.variant:  # only a lighter variant asks for it
        about = {"organisation_id": report.organisation_id, "year_number": report.year.number}
        found["projects.joined_count"] = sum(hooks.said("projects.joined_count", **about))
    found.update(recorded_of(report))
    return {fact: value for fact, value in found.items() if fact in pack.framework.platform_facts}


def company_facts(organisation_id: int, pack: Pack, year: CovenantYear, *, plan: Plan | None = None) -> dict[str, Fact]:
    """The facts of one company in one covenant year that follow from its rows; constant in queries."""
    risks = risk_queries.risks_of_year(organisation_id, year.number)
    chains = chain_queries.chains_to_count(organisation_id, year)
    return {
        **chain_queries.chain_facts(organisation_id, pack, year, rows=chains),
        **risk_queries.facts_from(risks, pack),
        **risk_queries.scan_facts(organisation_id, pack, year, chains=chains),
        **plan_queries.plan_facts(
            organisation_id, pack, year, top_risk_ids=risk_queries.top_priority_ids(risks, pack), plan=plan
        ),
        **plan_queries.publication_facts(organisation_id, year),
        **remedy_queries.remedy_facts(organisation_id, year, pack=pack, chains=chains),
        "complaints.open_count": sum(
            hooks.said(
                "complaints_of_year", organisation_id=organisation_id, starts_on=year.starts_on, ends_on=year.ends_on
            )
        ),
    }


def recorded_of(report: Report) -> dict[str, Fact]:
    """The facts of a report that somebody recorded."""
    return recorded_facts(_recorded(report.pk))


@prepared
def _recorded(report_id: int) -> QuerySet[RecordedFact]:
    return RecordedFact.objects.filter(report_id=report_id)


def recorded_facts(rows: Iterable[RecordedFact]) -> dict[str, Fact]:
    """Facts that somebody recorded because rows do not give them."""
    return {row.fact: _value(row) for row in rows}


def _value(row: RecordedFact) -> Fact:
    if row.whole is not None:
        return Share(row.part or 0, row.whole)
    return row.number if row.number is not None else row.day


def coverage_shares(pack: Pack, facts: dict[str, Fact]) -> dict[str, Share]:
    """Per coverage level the share that the year's demand is compared with, from the facts."""
    shares: dict[str, Share] = {}
    for level in pack.coverage_levels:
        fact = facts.get(level.fact) if level.fact else None
        shares[level.id] = fact if isinstance(fact, Share) else Share(0, 0)
    return shares


def as_json(fact: Fact) -> object:
    """A fact as it stands in a frozen report."""
    if fact is None or isinstance(fact, int):
        return fact
    if isinstance(fact, Share):
        return {"part": _plain(fact.part), "whole": _plain(fact.whole)}
    if hasattr(fact, "isoformat"):
        return {"date": fact.isoformat()}
    return {"number": str(fact)}


def _plain(number: object) -> int | str:
    return number if isinstance(number, int) else str(number)


def from_json(value: object) -> Fact:
    """A fact read back from a frozen report."""
    import datetime as dt
    from fractions import Fraction

    if isinstance(value, dict):
        if "date" in value:
            return dt.date.fromisoformat(str(value["date"]))
        if "number" in value:
            return Fraction(str(value["number"]))
        return Share(_exact(value["part"]), _exact(value["whole"]))
    return value  # type: ignore[return-value]


def _exact(number: object) -> int:
    from fractions import Fraction

    if isinstance(number, int):
        return number
    exact = Fraction(str(number))
    return int(exact) if exact.denominator == 1 else exact  # type: ignore[return-value]
