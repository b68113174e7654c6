"""Submitted reports of Mason Stone and its rival, and assessors at work on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import NOW, Cast
from tests.reporting import world as reports
from toetssteen.assessment import frozen, queries, results, services
from toetssteen.assessment.models import Decision, QuestionScore
from toetssteen.covenant.queries import pack_of
from toetssteen.plans.models import Objective, Plan
from toetssteen.reporting.models import Report

SECRET = "SECRET-OF-THE-ASSESSOR"
RIVAL_SECRET = "SECRET-OF-GRANITE-HOUSE"
WEEK = dt.timedelta(days=7)


def submitted(
    cast: Cast, who: str = "editor", *, known: int = 4, level: str = "largely", plan: bool = True, year: int = 1
) -> Report:
    """A report that was handed in: two chains known down to a level, every question answered the same."""
    firm = {"editor": "mason", "rival": "granite", "euro": "euro"}[who]
    if year == 1:
        reports.chain(cast, firm, known=known)
        reports.chain(cast, firm, known=known, material="basalt", share_of_volume=None)
    if plan:
        Plan.objects.get_or_create(
            organisation=cast.organisations[firm],
            year=cast.years[year],
            defaults={"state": "delivered", "delivered_on": dt.date(2019 + year, 11, 1)},
        )
    now = NOW if year == 1 else NOW.replace(year=2019 + year)
    report = reports.open_report(cast, who, year=year, today=now.date())
    reports.answer_all(cast, report, level, who)
    reports.submit(cast, report, who, now=now)
    return Report.objects.select_related("year", "organisation").get(pk=report.pk)


def write_goal(report: Report) -> Objective:
    """A plan that was opened again counts only with a goal in it."""
    plan = Plan.objects.get(organisation_id=report.organisation_id, year_id=report.year_id)
    return Objective.objects.create(plan=plan, theme="ohs", text="Every saw runs with water.")


def take(cast: Cast, report: Report, who: str = "assessor", now: dt.datetime = NOW) -> Any:
    """Somebody of the secretariat takes a report."""
    return services.take_report(actor=cast.actor(who), report_id=report.pk, now=now)


def score(
    cast: Cast,
    report: Report,
    question: str,
    level: str = "fully",
    reason: str = "",
    who: str = "assessor",
    row_version: int | None = None,
    now: dt.datetime = NOW,
) -> QuestionScore:
    """One level; without a version given, the one that is on the screen now."""
    if row_version is None:
        known = QuestionScore.objects.filter(assessment__report=report, question=question).first()
        row_version = known.row_version if known else 0
    return services.save_score(
        actor=cast.actor(who),
        report_id=report.pk,
        question=question,
        level=level,
        reason=reason,
        row_version=row_version,
        now=now,
    )


def score_all(cast: Cast, report: Report, level: str = "fully", reason: str = "", **options: Any) -> None:
    """Every question that must be looked at gets the same level."""
    filing = frozen.filing_of(report)
    for question in results.to_assess(pack_of(report.year), filing):
        score(cast, report, question.id, level, reason, **options)


def provisional(
    cast: Cast, report: Report, colour: str = "green", reason: str = "", now: dt.datetime = NOW, **terms: Any
) -> Decision:
    """The provisional result."""
    return services.give_provisional(
        actor=cast.actor("assessor"),
        report_id=report.pk,
        terms=services.DecisionTerms(colour, reason, **terms),
        now=now,
        today=now.date(),
    )


def decide(
    cast: Cast,
    report: Report,
    colour: str = "green",
    reason: str = "",
    now: dt.datetime = NOW + 3 * WEEK,
    extension: Any = None,
    **terms: Any,
) -> Decision:
    """The decision, after the reply term."""
    return services.decide(
        actor=cast.actor("assessor"),
        report_id=report.pk,
        terms=services.DecisionTerms(colour, reason, **terms),
        extension=extension,
        now=now,
        today=now.date(),
    )


def desk(cast: Cast, report: Report, who: str = "assessor") -> queries.Desk:
    """The file as somebody of the secretariat sees it."""
    found = queries.desk(cast.actor(who), report.pk, today=NOW.date())
    assert found is not None
    return found
