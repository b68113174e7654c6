"""Who may see the stored packs and open covenant years."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Verdict, no, permission
from toetssteen.covenant.models import CovenantAction, PackVersion


def visible_packs(actor: Actor) -> QuerySet[PackVersion]:
    """The secretariat and the operator see every stored version."""
    if actor.is_secretariat or actor.is_operator:
        return PackVersion.objects.all()
    return PackVersion.objects.none()


def visible_covenant_actions(actor: Actor) -> QuerySet[CovenantAction]:
    """Everybody who acts for a party of the covenant sees what the parties agreed to do."""
    if actor.is_secretariat or actor.is_operator or actor.holdings:
        return CovenantAction.objects.all()
    return CovenantAction.objects.none()


@permission("covenant.view_pack")
def can_view_pack(actor: Actor, pack: PackVersion | None = None) -> Verdict:
    """The secretariat and the operator may look at stored versions and their differences."""
    if actor.is_secretariat or actor.is_operator:
        return YES
    return no(_("Only the secretariat sees the stored versions of the framework."))


@permission("covenant.store_pack")
def can_store_pack(actor: Actor) -> Verdict:
    """The coordinator and the operator may store a new version of what the parties agreed on."""
    if actor.is_coordinator or actor.is_operator:
        return YES
    return no(_("Only the coordinator and the operator may store a new version of the framework."))


@permission("covenant.open_year")
def can_open_year(actor: Actor) -> Verdict:
    """The coordinator and the operator may open a covenant year and choose the version it runs on."""
    if actor.is_coordinator or actor.is_operator:
        return YES
    return no(_("Only the coordinator and the operator may open a covenant year."))
