"""Who sees and changes a plan of action, a shared action and a corrective plan."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.plans import policies
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import CorrectivePlan, Plan, PublicReport, SharedAction

EDITORS = frozenset({Role.COMPANY_ADMIN, Role.EDITOR})


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """The own company's plans; the secretariat sees plans that were handed in, never drafts."""
    if actor.is_secretariat:
        return Plan.objects.filter(state=PlanState.DELIVERED)
    if actor.company_id is not None:
        return Plan.objects.filter(organisation_id=actor.company_id)
    return Plan.objects.none()


def visible_public_reports(actor: Actor) -> QuerySet[PublicReport]:
    """A company sees its own public reports; the secretariat sees all."""
    if actor.is_secretariat:
        return PublicReport.objects.all()
    return PublicReport.objects.filter(Q(organisation_id=actor.company_id) if actor.company_id else Q(pk__in=[]))


def visible_shared_actions(actor: Actor) -> QuerySet[SharedAction]:
    """Companies and the secretariat see which shared actions there are; nobody sees here who joined one."""
    if actor.is_secretariat or actor.company_id is not None:
        return SharedAction.objects.all()
    return SharedAction.objects.none()


def visible_corrective_plans(actor: Actor) -> QuerySet[CorrectivePlan]:
    """The own company's corrective plans and nobody else's: they name suppliers and stay confidential."""
    if actor.company_id is None:
        return CorrectivePlan.objects.none()
    return CorrectivePlan.objects.filter(organisation_id=actor.company_id)


@permission("plans.view_plan")
def can_view_plan(actor: Actor, plan: Plan) -> Verdict:
    """People of the company itself see its plan; the secretariat sees it once it was delivered."""
    if actor.company_id is not None and actor.company_id == plan.organisation_id:
        return YES
    if actor.is_secretariat and plan.state == PlanState.DELIVERED:
        return YES
    return no(_("A plan is seen by the company itself, and by the secretariat once it was handed in."))


@permission("plans.write_plan")
def can_write_plan(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of a company may start its plan and add its public reports."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors of this company can change its plan."))


@permission("plans.edit_plan")
def can_edit_plan(actor: Actor, plan: Plan) -> Verdict:
    """Editors of the company may change its plan while it is a draft."""
    return can_write_plan(actor, plan.organisation_id) and policies.editable(plan)


@permission("plans.tell_progress")
def can_tell_progress(actor: Actor, plan: Plan) -> Verdict:
    """Editors of the company may say how far an action is, also after the plan was handed in."""
    return can_write_plan(actor, plan.organisation_id)


@permission("plans.approve_public_plan")
def can_approve_public_plan(actor: Actor, plan: Plan) -> Verdict:
    """Editors of the company approve what becomes public of its plan."""
    return can_write_plan(actor, plan.organisation_id) and policies.has_public_part(plan)


@permission("plans.withdraw_approval")
def can_withdraw_approval(actor: Actor, plan: Plan) -> Verdict:
    """Editors of the company may take back the approval of a version that was not published."""
    return can_write_plan(actor, plan.organisation_id) and policies.approval_withdrawable(plan)


@permission("plans.keep_shared_actions")
def can_keep_shared_actions(actor: Actor) -> Verdict:
    """The secretariat adds, changes and closes shared actions."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat keeps the list of shared actions."))


@permission("plans.view_corrective_plan")
def can_view_corrective_plan(actor: Actor, corrective: CorrectivePlan) -> Verdict:
    """People of the company itself see its corrective plans; nobody else does."""
    if actor.company_id is not None and actor.company_id == corrective.organisation_id:
        return YES
    return no(_("Only the company itself sees its corrective plans."))


@permission("plans.write_corrective_plan")
def can_write_corrective_plan(actor: Actor, corrective: CorrectivePlan) -> Verdict:
    """Editors of the company may change a corrective plan until the relation was ended."""
    return can_write_plan(actor, corrective.organisation_id) and policies.corrective_open(corrective)
