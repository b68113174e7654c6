"""Reading reports for pages, and for the apps above."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import get_language, ngettext

from toetssteen.core.access import Actor, Verdict, no
from toetssteen.core.frameworks import Facts, Pack, Question
from toetssteen.core.scoring import applicable
from toetssteen.covenant.queries import pack_of
from toetssteen.documents.models import Evidence
from toetssteen.documents.queries import visible_evidence
from toetssteen.foundation.prepared import prepared
from toetssteen.organisations.models import Appointment
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.models import Plan
from toetssteen.reporting import completeness, policies, presentation, snapshots, variants
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting.choices import ReportState as ReportStates
from toetssteen.reporting.choices import SnapshotKind
from toetssteen.reporting.completeness import AnswerState, Finding, ReportState
from toetssteen.reporting.estimate import Estimate, Standing, fact_level, levels_of
from toetssteen.reporting.missing import Path, path_to_green
from toetssteen.reporting.models import Answer, AnswerEvidence, Assignment, Report, Snapshot
from toetssteen.reporting.permissions import EDITORS, can_submit_report, visible_reports, visible_snapshots
from toetssteen.reporting.presentation import StepRow


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
    found = _report_before(report.organisation_id, report.year.number)
    return found[0] if found else None


@prepared
def _report_before(organisation_id: int, year_number: int) -> QuerySet[Report]:
    rows = Report.objects.filter(organisation_id=organisation_id, year__number__lt=year_number)
    return rows.select_related("year").order_by("-year__number")[:1]


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
    if facts is None or given is None:  # who gives both has read the plan as well
        plan = plan or plan_queries.plan_of(report.organisation_id, report.year_id)
    known = dict(fact_side.facts_of(report, pack, plan=plan) if facts is None else facts)
    if given is None:
        given = {question: answer.level for question, answer in answers_of(report).items()}
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


def answers_of(report: Report) -> dict[str, Answer]:
    """What the company answered, by question."""
    rows = _answers(report.pk)
    for answer in rows:
        answer.report = report
    return {answer.question: answer for answer in rows}


@prepared
def _answers(report_id: int) -> QuerySet[Answer]:
    return Answer.objects.filter(report_id=report_id).select_related("changed_by")


def evidence_counts(report: Report) -> dict[str, int]:
    """How many evidence files each question has."""
    return dict(Counter(_evidence_questions(report.pk)))


@prepared
def _evidence_questions(report_id: int) -> QuerySet[Any]:
    return AnswerEvidence.objects.filter(report_id=report_id).order_by().values_list("question", flat=True)


def live_state(report: Report, answers: Mapping[str, Answer] | None = None) -> ReportState:
    """A report as the rules on completeness look at it; the same number of queries for any report."""
    pack = pack_of(report.year)
    plan = plan_queries.plan_of(report.organisation_id, report.year_id)
    facts = fact_side.facts_of(report, pack, plan=plan)
    answers = answers_of(report) if answers is None else answers
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
        carried_goals=plan_queries.carried_goals(plan),
    )


def findings(report: Report) -> list[Finding]:
    """What is missing in a report, from today's rows."""
    return completeness.findings(live_state(report))


def is_editable(report: Report) -> bool:
    """The company can still change the report: a draft, or returned for completion."""
    return bool(policies.editable(report))


def state_of(report: Report, answers: Mapping[str, Answer] | None = None) -> ReportState:
    """The same for pages: live while the report can change, from its last frozen form afterwards."""
    if policies.editable(report):
        return live_state(report, answers)
    pack = pack_of(report.year)
    standing = standing_of(report, pack=pack)
    answers = answers_of(report) if answers is None else answers
    return ReportState(
        pack=pack,
        profile=report.situation,
        variant=report.variant or None,
        report_year=report.report_year,
        facts=standing.facts,
        answers=answer_states(answers, evidence_counts(report)),
        proposal=standing.estimate(pack).proposal,
        standing=standing,
    )


def path_of(state: ReportState, on: dt.date) -> Path:
    """What is missing for green, for a company that begins on this day."""
    return path_to_green(state.pack, state.standing, on)


def submit_verdict(actor: Actor, report: Report, found: list[Finding]) -> Verdict:
    """Whether the report can be handed in now, with what still stands in the way."""
    verdict = can_submit_report(actor, report)
    if not verdict:
        return verdict
    count = len(completeness.stops(found))
    if count:
        return no(
            ngettext(
                "You can hand in when this is done: %(count)s thing is missing.",
                "You can hand in when this is done: %(count)s things are missing.",
                count,
            )
            % {"count": count}
        )
    return verdict


def assignments(report: Report) -> dict[str, tuple[int, str]]:
    """Per sub-step the colleague who takes care of it."""
    rows = _assignments(report.pk)
    return {row.sub_step: (row.person_id, str(row.person)) for row in rows}


@prepared
def _assignments(report_id: int) -> QuerySet[Assignment]:
    return Assignment.objects.filter(report_id=report_id).select_related("person")


def colleagues(report: Report) -> list[tuple[int, str]]:
    """Who may take care of a part: the editors of the company."""
    rows = _editors(report.organisation_id)
    return list({row.person_id: (row.person_id, str(row.person)) for row in rows}.values())


@prepared
def _editors(organisation_id: int) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(organisation_id=organisation_id, ended_at__isnull=True, role__in=EDITORS)
    return rows.select_related("person").order_by("person__name", "person_id")


def submissions(actor: Actor, report: Report) -> list[Snapshot]:
    """The frozen submissions of a report, oldest first."""
    rows = frozen(actor).filter(report=report, kind=SnapshotKind.SUBMISSION).defer("content")
    return list(rows.order_by("number"))


def submission(actor: Actor, report: Report, number: int) -> Snapshot | None:
    """One frozen submission; frozen decisions are shown by the assessment."""
    return frozen(actor).filter(report=report, kind=SnapshotKind.SUBMISSION, number=number).first()


@dataclass(frozen=True)
class LastYear:
    """The answer of an earlier report, and what the assessor said about it once that year was decided."""

    answer: Answer
    level: str = ""
    reason: str = ""


@dataclass(frozen=True)
class QuestionPage:
    """Everything that the page of one question needs."""

    report: Report
    pack: Pack
    question: Question
    answer: Answer | None
    last_year: LastYear | None
    facts: Facts
    recorded: frozenset[str]
    derived_level: str
    evidence: list[Evidence]
    steps: list[StepRow]
    is_asked: bool


def question_of(report: Report, question_id: str) -> Question | None:
    """A question of the framework of this report's company; whether it applies this year depends on the facts."""
    asked_of = pack_of(report.year).questions_for(report.situation, report.variant or None)
    return next((q for q in asked_of if q.id == question_id), None)


def answer_of(report: Report, question_id: str) -> Answer | None:
    """What the company answered to one question."""
    return answers_of(report).get(question_id)


def question_page(report: Report, question_id: str, answers: Mapping[str, Answer] | None = None) -> QuestionPage | None:
    """One question of a report with its answer, last year's answer, facts and evidence; None if it does not apply.

    The answers may be given, where they are read already.
    """
    answers = answers_of(report) if answers is None else answers
    state = state_of(report, answers)
    pack = state.pack
    question = next(
        (q for q in applicable(pack, state.profile, state.facts, state.variant) if q.id == question_id), None
    )
    if question is None:
        return None
    level = fact_level(pack, question, state.facts) or ""
    return QuestionPage(
        report=report,
        pack=pack,
        question=question,
        answer=answers.get(question_id),
        last_year=last_year_of(report, question_id),
        facts=state.facts,
        recorded=frozenset(fact_side.recorded_of(report)),
        derived_level=pack.framework.level(level).text.in_(get_language()) if level else "",
        evidence=[link.evidence for link in _links(report.pk, question_id)],
        steps=question_lines(report, state),
        is_asked=any(q.id == question_id for q in state.asked()),
    )


@prepared
def _links(report_id: int, question: str) -> QuerySet[AnswerEvidence]:
    rows = AnswerEvidence.objects.filter(report_id=report_id, question=question)
    return rows.select_related("evidence").order_by("pk")


def question_lines(report: Report, state: ReportState | None = None) -> list[StepRow]:
    """All questions of a report with how far each is, in the order of the framework."""
    return presentation.steps(report, state or state_of(report), assignments(report), get_language() or "nl")


def last_year_of(report: Report, question_id: str) -> LastYear | None:
    """What the company answered to this question in its report before, and what the assessor said about that."""
    before = report_before(report)
    answers = _answer(before.pk, question_id) if before else []
    if before is not None and not answers:
        answers = _in_another_form(report, before, question_id)
    if before is None or not answers:
        return None
    last = answers[0]
    last.report = before
    if before.state != ReportStates.FINAL:
        return LastYear(last)
    decided = before.snapshots.filter(kind=SnapshotKind.DECISION).order_by("-number")
    said = decided.values_list(
        KT(f"content__assessed__levels__{question_id}"), KT(f"content__assessed__reasons__{question_id}")
    ).first()
    return LastYear(last, *(str(word or "") for word in said)) if said else LastYear(last)


def _in_another_form(report: Report, before: Report, question_id: str) -> list[Answer]:
    """What was answered before to the questions that this one replaces, or to the one that replaced it."""
    pack, question = pack_of(report.year), question_of(report, question_id)
    if question is None or not (question.replaces or pack.variant_questions):
        return []
    found = variants.suggestion(pack, question, {a.question: a for a in before.answers.all()})
    return [found] if found is not None else []


@prepared
def _answer(report_id: int, question: str) -> QuerySet[Answer]:
    return Answer.objects.filter(report_id=report_id, question=question)


def attachable(actor: Actor, report: Report, page: QuestionPage) -> list[Evidence]:
    """Files of the own library that can still be used at this question, newest first."""
    used = [e.pk for e in page.evidence]
    rows = visible_evidence(actor).filter(organisation_id=report.organisation_id, removed_at__isnull=True)
    return list(rows.exclude(pk__in=used).order_by("-uploaded_at")[:100])
