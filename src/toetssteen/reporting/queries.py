"""Reading reports for pages, and for the apps above."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Facts, Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import Plan
from toetssteen.reporting import completeness, policies, snapshots
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting.completeness import AnswerState, Finding, ReportState
from toetssteen.reporting.estimate import Estimate, Standing, levels_of
from toetssteen.reporting.models import Answer, Report, Snapshot
from toetssteen.reporting.permissions import visible_reports, visible_snapshots


def reports(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor may see, with company and year."""
    return visible_reports(actor).select_related("organisation", "year", "submitted_by")


def frozen(actor: Actor) -> QuerySet[Snapshot]:
    """The frozen reports that the actor may see."""
    return visible_snapshots(actor).select_related("report__organisation", "report__year", "made_by")


def report_of(organisation_id: int, year_id: int) -> Report | None:
    """The report of one company on one covenant year."""
    rows = Report.objects.select_related("organisation", "year", "submitted_by")
    return rows.filter(organisation_id=organisation_id, year_id=year_id).first()


def report_before(report: Report) -> Report | None:
    """The company's last report on an earlier covenant year."""
    rows = Report.objects.filter(organisation_id=report.organisation_id, year__number__lt=report.year.number)
    return rows.select_related("year").order_by("-year__number").first()


def standing_of(report: Report, *, pack: Pack | None = None, facts: Facts | None = None) -> Standing:
    """What the proposal depends on: live while the report can change, from its last frozen form afterwards."""
    if report.state not in policies.EDITABLE:
        last = snapshots.last_submission(report)
        if last is not None:
            return snapshots.read(last).standing
    return live_standing(report, pack=pack, facts=facts)


def live_standing(
    report: Report,
    *,
    pack: Pack | None = None,
    facts: Facts | None = None,
    given: Mapping[str, str] | None = None,
    plan: Plan | None = None,
) -> Standing:
    """The same from today's rows."""
    pack = pack or pack_of(report.year)
    plan = plan or plan_queries.plan_of(report.organisation_id, report.year_id)
    known = dict(fact_side.facts_of(report, pack, plan=plan) if facts is None else facts)
    if given is None:
        given = dict(report.answers.values_list("question", "level"))
    return Standing(
        profile=report.situation,
        variant=report.variant or None,
        report_year=report.report_year,
        year_end=report.year.ends_on,
        levels=levels_of(pack, report.situation, report.variant or None, known, given),
        facts=known,
        coverage=fact_side.coverage_shares(pack, known),
        plan_delivered=plan_queries.is_present(plan),
    )


def estimate(report: Report) -> Estimate:
    """The company's own estimate of score and colour, as if it handed in today what it has now."""
    pack = pack_of(report.year)
    return standing_of(report, pack=pack).estimate(pack)


def answer_states(answers: Mapping[str, Answer], evidence: Mapping[str, int]) -> dict[str, AnswerState]:
    """What the rules on completeness need to know of the answers."""
    return {
        question: AnswerState(
            level=answer.level,
            needs_confirmation=answer.needs_confirmation,
            dont_know=answer.dont_know,
            filled_in=bool(answer.text or answer.value is not None),
            evidence=evidence.get(question, 0),
        )
        for question, answer in answers.items()
    }


def evidence_counts(report: Report) -> dict[str, int]:
    """How many evidence files each question has."""
    rows = report.evidence_links.order_by().values_list("question").annotate(files=Count("pk"))
    return dict(rows)


def live_state(report: Report) -> ReportState:
    """A report as the rules on completeness look at it; the same number of queries for any report."""
    pack = pack_of(report.year)
    plan = plan_queries.plan_of(report.organisation_id, report.year_id)
    facts = fact_side.facts_of(report, pack, plan=plan)
    answers = {answer.question: answer for answer in report.answers.all()}
    given = {question: answer.level for question, answer in answers.items()}
    standing = live_standing(report, pack=pack, facts=facts, given=given, plan=plan)
    rule = pack.rule(report.situation, report.report_year)
    problems = plan_queries.problems(plan) if plan is not None and rule.plan_required.value else ()
    return ReportState(
        pack=pack,
        profile=report.situation,
        variant=report.variant or None,
        report_year=report.report_year,
        facts=facts,
        answers=answer_states(answers, evidence_counts(report)),
        proposal=standing.estimate(pack).proposal,
        standing=standing,
        plan_problems=tuple(problems),
    )


def findings(report: Report) -> list[Finding]:
    """What is missing in a report, from today's rows."""
    return completeness.findings(live_state(report))
