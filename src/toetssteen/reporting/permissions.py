"""Who sees, fills in and submits a yearly report."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.reporting import policies
from toetssteen.reporting.models import Answer, PathStep, Report, Snapshot, VariantCase, VariantYear

EDITORS = frozenset({Role.COMPANY_ADMIN, Role.EDITOR})


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The own company's reports; the secretariat sees all that were handed in, never drafts."""
    if actor.is_secretariat:
        return Report.objects.filter(state__in=policies.HANDED_IN)
    if actor.company_id is not None:
        return Report.objects.filter(organisation_id=actor.company_id)
    return Report.objects.none()


def visible_answers(actor: Actor) -> QuerySet[Answer]:
    """Only the company itself sees its answers while they can change; others read the frozen report."""
    if actor.company_id is not None:
        return Answer.objects.filter(report__organisation_id=actor.company_id)
    return Answer.objects.none()


def visible_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """The frozen reports of the own company; the secretariat sees all."""
    if actor.is_secretariat:
        return Snapshot.objects.all()
    if actor.company_id is not None:
        return Snapshot.objects.filter(report__organisation_id=actor.company_id)
    return Snapshot.objects.none()


@permission("reporting.view_report")
def can_view_report(actor: Actor, report: Report) -> Verdict:
    """People of the reporting company see its report; the secretariat sees it once it was handed in."""
    if actor.company_id is not None and actor.company_id == report.organisation_id:
        return YES
    if actor.is_secretariat and report.state in policies.HANDED_IN:
        return YES
    return no(_("A report is seen by the company itself, and by the secretariat once it was handed in."))


@permission("reporting.view_snapshot")
def can_view_snapshot(actor: Actor, snapshot: Snapshot) -> Verdict:
    """The company itself and the secretariat see a frozen report."""
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == snapshot.report.organisation_id):
        return YES
    return no(_("A frozen report is seen by the company itself and by the secretariat only."))


@permission("reporting.open_report")
def can_open_report(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of a company may start its report."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors of this company can start its report."))


@permission("reporting.edit_report")
def can_edit_report(actor: Actor, report: Report) -> Verdict:
    """Editors of the reporting company, while it is a draft or was returned."""
    if not actor.holds_any(EDITORS, report.organisation_id):
        return no(_("Only editors of this company can change its report."))
    return policies.editable(report)


@permission("reporting.submit_report")
def can_submit_report(actor: Actor, report: Report) -> Verdict:
    """Editors of the reporting company submit its report; what is missing is checked beside this."""
    if not actor.holds_any(EDITORS, report.organisation_id):
        return no(_("Only editors of this company can submit its report."))
    return policies.editable(report)


@permission("reporting.move_report")
def can_move_report(actor: Actor, report: Report) -> Verdict:
    """The secretariat moves a handed-in report along; the company only submits it."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat moves a report along."))


def visible_path_steps(actor: Actor) -> QuerySet[PathStep]:
    """How a company plans its own way to green is seen by its own people only."""
    if actor.company_id is not None:
        return PathStep.objects.filter(organisation_id=actor.company_id)
    return PathStep.objects.none()


@permission("reporting.view_path_step")
def can_view_path_step(actor: Actor, step: PathStep) -> Verdict:
    """People of the company itself; the secretariat does not see how a company plans."""
    if actor.company_id is not None and actor.company_id == step.organisation_id:
        return YES
    return no(_("Only the company itself sees how it plans its steps."))


@permission("reporting.plan_steps")
def can_plan_steps(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of a company plan its steps to green, whatever the state of its report."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors of this company can plan its steps."))


def visible_variant_years(actor: Actor) -> QuerySet[VariantYear]:
    """Everybody who acts for a company or the secretariat sees in which years a lighter variant is tried."""
    if actor.is_secretariat or actor.company_id is not None:
        return VariantYear.objects.all()
    return VariantYear.objects.none()


def visible_variant_cases(actor: Actor) -> QuerySet[VariantCase]:
    """A company sees what it asked itself; the secretariat sees every request."""
    if actor.is_secretariat:
        return VariantCase.objects.all()
    if actor.company_id is not None:
        return VariantCase.objects.filter(organisation_id=actor.company_id)
    return VariantCase.objects.none()


@permission("reporting.view_variant_case")
def can_view_variant_case(actor: Actor, case: VariantCase) -> Verdict:
    """The company that asks for the lighter variant, and the secretariat."""
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == case.organisation_id):
        return YES
    return no(_("A request for the lighter profile is seen by the company itself and by the secretariat."))


@permission("reporting.adopt_variant")
def can_adopt_variant(actor: Actor) -> Verdict:
    """A coordinator records that the parties adopted, or ended, a lighter variant in a covenant year."""
    if actor.is_coordinator:
        return YES
    return no(_("Only a coordinator records what the parties decided about the lighter profile."))


@permission("reporting.ask_variant")
def can_ask_variant(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of a company ask for the lighter variant."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors of this company can ask for the lighter profile."))


@permission("reporting.decide_variant")
def can_decide_variant(actor: Actor) -> Verdict:
    """The secretariat decides which company may use the lighter variant."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat decides about the lighter profile."))
