"""Who may see and do what in an assessment; state is in `policies`."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.assessment.models import (
    Assessment,
    CompletionRequest,
    Decision,
    Extension,
    QuestionScore,
    Remark,
    Reminder,
    Talk,
)
from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.foundation.models import AuditEvent
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

EDITORS = frozenset({Role.COMPANY_ADMIN, Role.EDITOR})


# Rows


def visible_files(actor: Actor) -> QuerySet[Report]:
    """The secretariat sees reports that were submitted or decided without one, never a draft."""
    if not actor.is_secretariat:
        return Report.objects.none()
    return Report.objects.exclude(state=ReportState.DRAFT)


def visible_assessments(actor: Actor) -> QuerySet[Assessment]:
    """The secretariat's own rows, with who assesses and what the second reader noted; a company never sees these."""
    return Assessment.objects.all() if actor.is_secretariat else Assessment.objects.none()


def visible_scores(actor: Actor) -> QuerySet[QuestionScore]:
    """Points are the secretariat's until it gives a result; a company reads them in the frozen result only."""
    return QuestionScore.objects.all() if actor.is_secretariat else QuestionScore.objects.none()


def visible_own_assessments(actor: Actor) -> QuerySet[Assessment]:
    """The assessments of the company's own reports; its page takes only what both sides share."""
    if actor.company_id is None:
        return Assessment.objects.none()
    return Assessment.objects.filter(report__organisation_id=actor.company_id)


def visible_decisions(actor: Actor) -> QuerySet[Decision]:
    """A company sees the results of its own reports, the secretariat all."""
    if actor.is_secretariat:
        return Decision.objects.all()
    return Decision.objects.filter(assessment__in=visible_own_assessments(actor))


def visible_remarks(actor: Actor) -> QuerySet[Remark]:
    """Questions, answers and replies are seen by the company they are about and by the secretariat."""
    if actor.is_secretariat:
        return Remark.objects.all()
    return Remark.objects.filter(assessment__in=visible_own_assessments(actor))


def visible_talks(actor: Actor) -> QuerySet[Talk]:
    """Notes of a talk are seen by both sides of it."""
    if actor.is_secretariat:
        return Talk.objects.all()
    return Talk.objects.filter(assessment__in=visible_own_assessments(actor))


def visible_completion_requests(actor: Actor) -> QuerySet[CompletionRequest]:
    """What is missing is seen by the company that must complete it and by the secretariat."""
    if actor.is_secretariat:
        return CompletionRequest.objects.all()
    return CompletionRequest.objects.filter(assessment__in=visible_own_assessments(actor))


def visible_extensions(actor: Actor) -> QuerySet[Extension]:
    """Extra time is seen by the company that has it and by the secretariat."""
    if actor.is_secretariat:
        return Extension.objects.all()
    return Extension.objects.filter(assessment__in=visible_own_assessments(actor))


def visible_reminders(actor: Actor) -> QuerySet[Reminder]:
    """Whom the secretariat reminded is its own business."""
    return Reminder.objects.all() if actor.is_secretariat else Reminder.objects.none()


def visible_events(actor: Actor) -> QuerySet[AuditEvent]:
    """The trail of acts is read by coordinators and the operator."""
    if actor.is_coordinator or actor.is_operator:
        return AuditEvent.objects.all()
    return AuditEvent.objects.none()


# Verdicts: what the secretariat may do. `conflict` is true for who also acts for the company.


def _secretariat(actor: Actor, report: Report | None, conflict: bool) -> Verdict:
    if not actor.is_secretariat:
        return no(_("Only the secretariat assesses, signed in with a second factor."))
    if conflict or (report is not None and actor.holds_any(set(Role), report.organisation_id)):
        return no(_("You also act for this company, so somebody else must assess it."))
    return YES


@permission("assessment.view_file")
def can_view_file(actor: Actor, report: Report) -> Verdict:
    """The secretariat may open the file of every report that is not a draft."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat sees the file of an assessment."))
    if report.state == ReportState.DRAFT:
        return no(_("A draft belongs to the company alone."))
    return YES


@permission("assessment.take_report")
def can_take(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """Somebody of the secretariat who does not act for the company may take its report."""
    return _secretariat(actor, report, conflict)


@permission("assessment.assign_report")
def can_assign(actor: Actor, report: Report) -> Verdict:
    """Coordinators hand reports to assessors; an assessor may hand over what is his own."""
    return _secretariat(actor, report, False)


@permission("assessment.score_question")
def can_score(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """The secretariat gives points, never for a company one acts for."""
    return _secretariat(actor, report, conflict)


@permission("assessment.ask_company")
def can_ask(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """The secretariat asks the company questions and notes talks."""
    return _secretariat(actor, report, conflict)


@permission("assessment.return_report")
def can_return(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """The secretariat returns a report for completion."""
    return _secretariat(actor, report, conflict)


@permission("assessment.give_provisional")
def can_give_provisional(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """The secretariat gives a provisional result and takes it back."""
    return _secretariat(actor, report, conflict)


@permission("assessment.second_read")
def can_second_read(actor: Actor, report: Report, *, assessor_id: int | None = None, conflict: bool = False) -> Verdict:
    """Somebody of the secretariat other than the assessor reads along."""
    verdict = _secretariat(actor, report, conflict)
    if verdict and assessor_id is not None and assessor_id == actor.person_id:
        return no(_("The second reader is somebody other than the assessor."))
    return verdict


@permission("assessment.decide_result")
def can_decide(actor: Actor, report: Report, *, conflict: bool = False) -> Verdict:
    """The secretariat decides the colour of a year and gives extra time."""
    return _secretariat(actor, report, conflict)


@permission("assessment.declare_undelivered")
def can_declare_undelivered(actor: Actor) -> Verdict:
    """A coordinator establishes that a report was not delivered."""
    if actor.is_coordinator:
        return YES
    return no(_("Only a coordinator establishes that a report was not delivered."))


@permission("assessment.view_year")
def can_view_year(actor: Actor) -> Verdict:
    """The secretariat sees all companies of a covenant year with their results."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat sees the overview of a year."))


@permission("assessment.remind_companies")
def can_remind(actor: Actor) -> Verdict:
    """The secretariat mails a reminder to companies whose report has not arrived."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat sends reminders."))


@permission("assessment.view_audit_trail")
def can_view_audit(actor: Actor) -> Verdict:
    """Coordinators and the operator read the trail of acts."""
    if actor.is_coordinator or actor.is_operator:
        return YES
    return no(_("Only a coordinator or the operator reads the trail of acts."))


# Verdicts: what the company may do.


@permission("assessment.view_own_result")
def can_view_own(actor: Actor, report: Report) -> Verdict:
    """Everybody of the company sees its side of the assessment."""
    if actor.company_id is not None and actor.company_id == report.organisation_id:
        return YES
    return no(_("Only this company sees its assessment."))


@permission("assessment.answer_secretariat")
def can_answer(actor: Actor, report: Report) -> Verdict:
    """Administrators and editors of the company answer questions and reply to the provisional result."""
    if actor.holds_any(EDITORS, report.organisation_id):
        return YES
    return no(_("Only editors of this company can answer the secretariat."))


@permission("assessment.view_decision")
def can_view_decision(actor: Actor, decision: Decision) -> Verdict:
    """The company itself and the secretariat see a decision with its points and reasons."""
    own = decision.assessment.report.organisation_id
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == own):
        return YES
    return no(_("Only the company itself and the secretariat see this decision."))
