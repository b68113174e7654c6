"""Who sees and changes what a company records about complaints and remedy."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.remedy import policies
from toetssteen.remedy.models import GivenRemedy, MadeKnown, Poster, SupplierMechanism

EDITORS = (Role.COMPANY_ADMIN, Role.EDITOR)
Row = TypeVar("Row", bound=Model)


def _visible(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """The own company's rows; the secretariat sees those of all companies."""
    if actor.is_secretariat:
        return rows
    if actor.company_id is not None:
        return rows.filter(organisation_id=actor.company_id)
    return rows.none()


def visible_made_known(actor: Actor) -> QuerySet[MadeKnown]:
    """What the own company made known; the secretariat sees that of all companies."""
    return _visible(actor, MadeKnown.objects.all())


def visible_mechanisms(actor: Actor) -> QuerySet[SupplierMechanism]:
    """The mechanisms that the own company knows of; the secretariat sees those of all companies."""
    return _visible(actor, SupplierMechanism.objects.all())


def visible_remedies(actor: Actor) -> QuerySet[GivenRemedy]:
    """The remedy that the own company took part in; the secretariat sees that of all companies."""
    return _visible(actor, GivenRemedy.objects.all())


def visible_posters(actor: Actor) -> QuerySet[Poster]:
    """The own company's posters: a code leads to a place, so nobody else sees which codes there are."""
    return Poster.objects.filter(organisation_id=actor.company_id or 0)


def _view(actor: Actor, organisation_id: int) -> Verdict:
    if actor.is_secretariat or (actor.company_id is not None and actor.company_id == organisation_id):
        return YES
    return no(_("This is seen by the company itself and by the secretariat only."))


@permission("remedy.view_made_known")
def can_view_made_known(actor: Actor, made_known: MadeKnown) -> Verdict:
    """People of the company itself and the secretariat see what it made known, where and to whom."""
    return _view(actor, made_known.organisation_id)


@permission("remedy.view_mechanism")
def can_view_mechanism(actor: Actor, mechanism: SupplierMechanism) -> Verdict:
    """People of the company itself and the secretariat see what it knows of a supplier's mechanism."""
    return _view(actor, mechanism.organisation_id)


@permission("remedy.view_remedy")
def can_view_remedy(actor: Actor, remedy: GivenRemedy) -> Verdict:
    """People of the company itself and the secretariat see the remedy that it took part in; it is never public."""
    return _view(actor, remedy.organisation_id)


@permission("remedy.view_poster")
def can_view_poster(actor: Actor, poster: Poster) -> Verdict:
    """People of the company itself see its posters and their codes; nobody else does."""
    if actor.company_id is not None and actor.company_id == poster.organisation_id:
        return YES
    return no(_("Only the company itself sees its posters."))


@permission("remedy.record")
def can_record(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself record what was made known, mechanisms and remedy."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only administrators and editors of this company can record this."))


@permission("remedy.withdraw_poster")
def can_withdraw_poster(actor: Actor, poster: Poster) -> Verdict:
    """Administrators and editors of the company itself take a poster off the list, once."""
    return can_record(actor, poster.organisation_id) and policies.withdrawable(poster)
