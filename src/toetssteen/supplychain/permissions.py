"""Who may see and change chains and quarry areas."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.foundation import hooks
from toetssteen.supplychain import policies
from toetssteen.supplychain.models import AreaMerge, Chain, ChainDoubt, ChainLink, QuarryArea

EDITORS = (Role.COMPANY_ADMIN, Role.EDITOR)


def visible_chains(actor: Actor) -> QuerySet[Chain]:
    """Own company's chains; the secretariat reads those of every company; nobody else sees any."""
    if actor.is_secretariat:
        return Chain.objects.all()
    if actor.company_id is not None:
        return Chain.objects.filter(organisation_id=actor.company_id)
    return Chain.objects.none()


@permission("supplychain.view_chain")
def can_view_chain(actor: Actor, chain: Chain) -> Verdict:
    """Colleagues of the company itself, and the secretariat."""
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == chain.organisation_id):
        return YES
    return no(_("Only the company itself and the secretariat see this chain."))


@permission("supplychain.add_chain")
def can_add_chain(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only administrators and editors of the company can change its chains."))


@permission("supplychain.edit_chain")
def can_edit_chain(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company itself, while the chain is open."""
    verdict = can_add_chain(actor, chain.organisation_id)
    return verdict and policies.editable(chain)


@permission("supplychain.copy_chain")
def can_copy_chain(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company itself; a closed chain can be copied too."""
    return can_add_chain(actor, chain.organisation_id)


@permission("supplychain.close_chain")
def can_close_chain(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company itself, once."""
    verdict = can_add_chain(actor, chain.organisation_id)
    return verdict and policies.closable(chain)


@permission("supplychain.reopen_chain")
def can_reopen_chain(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company itself, as long as no report that was handed in says it is closed."""
    verdict = can_add_chain(actor, chain.organisation_id)
    return verdict and policies.reopenable(chain, frozen=hooks.any_says_yes("chain.closed_in_report", chain=chain))


@permission("supplychain.confirm_chain")
def can_confirm_chain(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company itself, while the chain is open."""
    return can_edit_chain(actor, chain)


def visible_quarry_areas(actor: Actor) -> QuerySet[QuarryArea]:
    """The list is for everybody; an area that a company added is for itself and the secretariat until it is listed."""
    areas = QuarryArea.objects.filter(merged_into__isnull=True)
    if actor.is_secretariat:
        return areas
    seen = Q(listed=True)
    if actor.company_id is not None:
        own = ChainLink.objects.filter(chain__organisation_id=actor.company_id, quarry_area__isnull=False)
        seen |= Q(pk__in=own.order_by().values("quarry_area"))
    return areas.filter(seen)


@permission("supplychain.add_own_quarry_area")
def can_add_own_quarry_area(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of a company, from the gazetteer; the secretariat decides whether it is listed."""
    return can_add_chain(actor, organisation_id)


@permission("supplychain.edit_quarry_area")
def can_edit_quarry_area(actor: Actor, area: QuarryArea | None = None) -> Verdict:
    """The secretariat keeps the list of quarry areas."""
    if actor.is_secretariat:
        return YES
    return no(_("Only the secretariat can change the list of quarry areas."))


def visible_area_merges(actor: Actor) -> QuerySet[AreaMerge]:
    """Which areas became one is for the secretariat, that keeps the list."""
    return AreaMerge.objects.all() if actor.is_secretariat else AreaMerge.objects.none()


def visible_doubts(actor: Actor) -> QuerySet[ChainDoubt]:
    """What was asked and checked about a chain is for those who see the chain."""
    return ChainDoubt.objects.filter(chain__in=visible_chains(actor))


@permission("supplychain.ask_about_chain")
def can_ask_about_chain(actor: Actor, chain: Chain) -> Verdict:
    """The secretariat asks a company about a chain that does not fit."""
    if not actor.is_secretariat:
        return no(_("Only the secretariat asks a company about its chains."))
    return policies.editable(chain)


@permission("supplychain.keep_doubt")
def can_keep_doubt(actor: Actor, chain: Chain) -> Verdict:
    """Administrators and editors of the company say that a chain is right as it stands."""
    return can_edit_chain(actor, chain)
