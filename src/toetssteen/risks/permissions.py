"""Who sees the risks that a company reported."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.risks.models import Risk


def visible_risks(actor: Actor) -> QuerySet[Risk]:
    """The own company's risks; the secretariat sees those of all companies."""
    if actor.is_secretariat:
        return Risk.objects.all()
    if actor.company_id is not None:
        return Risk.objects.filter(organisation_id=actor.company_id)
    return Risk.objects.none()


@permission("risks.view_risk")
def can_view_risk(actor: Actor, risk: Risk) -> Verdict:
    """People of the company itself and the secretariat see a risk."""
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == risk.organisation_id):
        return YES
    return no(_("Risks are seen by the company itself and by the secretariat only."))


@permission("risks.propose_risk")
def can_propose_risk(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself."""
    if actor.holds_any((Role.COMPANY_ADMIN, Role.EDITOR), organisation_id):
        return YES
    return no(_("Only administrators and editors of the company can change its risks."))
