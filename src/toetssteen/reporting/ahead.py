"""The same company a year later: what it knows and answered today, beside what the next year asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from toetssteen.core.frameworks import Fact, Facts, Pack, Share, add_months
from toetssteen.covenant.models import CovenantYear
from toetssteen.covenant.queries import pack_of, year_by_number
from toetssteen.plans import queries as plan_queries
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting import variants
from toetssteen.reporting.estimate import Standing, levels_of
from toetssteen.reporting.models import Report

# Counted again for the next year, from the rows of today; everything else is taken along as it is now.
COUNTED_AGAIN = ("suppliers.", "publication.", "grievance.")
ALSO_COUNTED = frozenset({"risks.chains_scanned_share", "plan.actions_done_share"})
# What is done anew each year: what was done for this year says nothing of the next.
ANEW = frozenset({"grievance.promotion_count"})
# As soon as there are rows of the next year, they count, also where they say that there is nothing.
BY_ROWS = {
    "chains.": "chains.count",
    "coverage.": "chains.count",
    "requests.": "chains.count",
    "risks.": "risks.count",
    "plan.": "plan.objectives_smart",
    "evaluation.": "plan.objectives_smart",
}
AGE = "publication.age_months"
A_YEAR = 12


@dataclass(frozen=True)
class Ahead:
    """The year after that of a report, and how the company would stand in it if it kept what it has."""

    pack: Pack
    standing: Standing
    year: CovenantYear

    @property
    def is_open(self) -> bool:
        """The covenant year was opened, so its demands and days are sure."""
        return self.year.pk is not None


def year_after(year: CovenantYear) -> CovenantYear:
    """The covenant year that follows; before it is opened, as it would be if nothing changes."""
    found = year_by_number(year.number + 1)
    if found is not None:
        return found
    calendar = pack_of(year).settings.calendar
    return CovenantYear(
        number=year.number + 1,
        starts_on=year.ends_on + dt.timedelta(days=1),
        ends_on=calendar.next_year_end(year.ends_on),
        report_due_on=add_months(year.report_due_on, A_YEAR),
        pack_id=year.pack_id,
    )


def ahead_of(report: Report, standing: Standing) -> Ahead:
    """How the company stands in the year after its report, by that year's own rules."""
    year = year_after(report.year)
    pack = pack_of(year)
    plan = plan_queries.plan_of(report.organisation_id, year.pk) if year.pk else None
    counted = fact_side.company_facts(report.organisation_id, pack, year, plan=plan)
    known = facts_ahead(standing.facts, counted)
    known["membership.year"] = standing.report_year + 1
    known = {fact: value for fact, value in known.items() if fact in pack.framework.platform_facts}
    variant = _variant_ahead(report, standing, year, pack)
    return Ahead(
        pack=pack,
        year=year,
        standing=Standing(
            profile=standing.profile,
            variant=variant,
            report_year=standing.report_year + 1,
            year_end=year.ends_on,
            levels=levels_of(pack, standing.profile, variant, known, standing.levels),
            facts=known,
            coverage=fact_side.coverage_shares(pack, known),
            plan_delivered=plan_queries.is_present(plan),
        ),
    )


def _variant_ahead(report: Report, standing: Standing, year: CovenantYear, pack: Pack) -> str | None:
    """The lighter variant of the next year if that was decided; until then the one of this year."""
    if year.pk is not None and variants.adopted_in(year.pk) is not None:
        return variants.granted(report.organisation_id, year.pk, pack, standing.profile) or None
    return standing.variant if standing.variant in pack.variants else None


def facts_ahead(today: Facts, counted: Mapping[str, Fact]) -> dict[str, Fact]:
    """Today's facts with those counted again for the next year; a publication is a year older by then."""
    found = dict(today)
    own = tuple(start for start, sign in BY_ROWS.items() if _says_something(counted.get(sign)))
    for fact, value in counted.items():
        again = fact.startswith(COUNTED_AGAIN) or fact in ALSO_COUNTED
        by_rows = fact.startswith(own) and fact not in ALSO_COUNTED
        if fact in ANEW or by_rows or (again and _says_something(value)) or fact not in found:
            found[fact] = value
    age = today.get(AGE)
    if isinstance(age, int) and counted.get(AGE) is None:
        found[AGE] = age + A_YEAR
    return found


def _says_something(value: Fact) -> bool:
    """A share of nothing, a count of nothing, or no day says nothing of a year that has hardly begun."""
    return value.applies if isinstance(value, Share) else bool(value)
