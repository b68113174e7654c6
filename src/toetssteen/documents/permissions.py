"""Who may see, keep and remove evidence."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.documents import hooks
from toetssteen.documents.models import Evidence

EDITORS = (Role.COMPANY_ADMIN, Role.EDITOR)


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Own company's files; the secretariat sees those of reports that were handed in; nobody else sees any."""
    if actor.is_secretariat:
        return Evidence.objects.filter(_opened())
    if actor.company_id is not None:
        return Evidence.objects.filter(organisation_id=actor.company_id)
    return Evidence.objects.none()


def _opened() -> Q:
    """The files that an app above opens to the secretariat; without such an app there are none."""
    found = Q(pk__in=[])
    for ask in hooks.open_to_secretariat:
        found |= Q(pk__in=ask())
    return found


@permission("documents.view_evidence")
def can_view_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Colleagues of the company itself, and the secretariat once the report it belongs to was handed in."""
    if actor.company_id is not None and actor.company_id == evidence.organisation_id:
        return YES
    if actor.is_secretariat and Evidence.objects.filter(_opened(), pk=evidence.pk).exists():
        return YES
    return no(_("Only the company itself sees this file, and the secretariat after the report was handed in."))


@permission("documents.add_evidence")
def can_add_evidence(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only administrators and editors of the company can change its evidence."))


@permission("documents.edit_evidence")
def can_edit_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Administrators and editors of the company itself, while the file is not removed."""
    verdict = can_add_evidence(actor, evidence.organisation_id)
    if verdict and evidence.removed_at is not None:
        return no(_("This file was removed."))
    return verdict


@permission("documents.remove_evidence")
def can_remove_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Administrators and editors of the company itself, as long as no report that was handed in uses the file."""
    verdict = can_edit_evidence(actor, evidence)
    if verdict and any(use.handed_in for use in hooks.usages([evidence.pk])[evidence.pk]):
        return no(_("A report that was handed in uses this file. It stays, so that the report stays complete."))
    return verdict


@permission("documents.restore_evidence")
def can_restore_evidence(actor: Actor, evidence: Evidence) -> Verdict:
    """Administrators and editors of the company itself, for a file that was removed."""
    verdict = can_add_evidence(actor, evidence.organisation_id)
    if verdict and evidence.removed_at is None:
        return no(_("This file was not removed."))
    return verdict
