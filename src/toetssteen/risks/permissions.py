"""Who sees and changes the risks of a company."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.risks import policies
from toetssteen.risks.choices import EARLIER
from toetssteen.risks.models import Rejection, Risk, StakeholderView


def visible_risks(actor: Actor) -> QuerySet[Risk]:
    """The own company's risks; the secretariat sees those of all companies."""
    if actor.is_secretariat:
        return Risk.objects.all()
    if actor.company_id is not None:
        return Risk.objects.filter(organisation_id=actor.company_id)
    return Risk.objects.none()


def visible_removed_risks(actor: Actor) -> QuerySet[Risk]:
    """What the own company removed; nobody else sees it."""
    return Risk.with_removed.filter(organisation_id=actor.company_id or 0, removed_at__isnull=False)


def visible_stakeholder_views(actor: Actor) -> QuerySet[StakeholderView]:
    """What stakeholders told the own company; the secretariat sees it with the risks."""
    if actor.is_secretariat:
        return StakeholderView.objects.all()
    return StakeholderView.objects.filter(organisation_id=actor.company_id or 0)


def visible_endings(actor: Actor) -> QuerySet[Rejection]:
    """Why risks of last year ended; the own company's, and for the secretariat those of all companies."""
    rows = Rejection.objects.filter(key__startswith=EARLIER)
    return rows if actor.is_secretariat else rows.filter(organisation_id=actor.company_id or 0)


@permission("risks.view_risk")
def can_view_risk(actor: Actor, risk: Risk) -> Verdict:
    """People of the company itself and the secretariat see a risk, its rating and its place in the order."""
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == risk.organisation_id):
        return YES
    return no(_("Risks are seen by the company itself and by the secretariat only."))


@permission("risks.propose_risk")
def can_propose_risk(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself add risks, put proposals aside and choose the order."""
    if actor.holds_any((Role.COMPANY_ADMIN, Role.EDITOR), organisation_id):
        return YES
    return no(_("Only administrators and editors of the company can change its risks."))


@permission("risks.edit_risk")
def can_edit_risk(actor: Actor, risk: Risk) -> Verdict:
    """Administrators and editors of the company itself, until the report of the risk's year was handed in."""
    return can_propose_risk(actor, risk.organisation_id) and policies.editable(risk)


@permission("risks.restore_risk")
def can_restore_risk(actor: Actor, risk: Risk) -> Verdict:
    """Administrators and editors of the company itself bring a removed risk back."""
    return can_propose_risk(actor, risk.organisation_id) and policies.restorable(risk)


@permission("risks.record_view")
def can_record_view(actor: Actor, organisation_id: int, year_number: int = 0) -> Verdict:
    """Administrators and editors of the company itself keep what stakeholders say, until the year was handed in."""
    return can_propose_risk(actor, organisation_id) and policies.year_open(organisation_id, year_number)
