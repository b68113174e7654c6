"""Who sees and writes readings and evaluations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.evaluation.models import Evaluation, Reading

EDITORS = frozenset({Role.COMPANY_ADMIN, Role.EDITOR})


def visible_readings(actor: Actor) -> QuerySet[Reading]:
    """The own company's readings; the secretariat reads them in the report as it was handed in, never here."""
    return Reading.objects.filter(goal__plan__organisation_id=actor.company_id or 0)


def visible_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """The own company's evaluations; the secretariat reads them in the report as it was handed in, never here."""
    return Evaluation.objects.filter(organisation_id=actor.company_id or 0)


@permission("evaluation.view_results")
def can_view_results(actor: Actor, organisation_id: int) -> Verdict:
    """People of the company itself see its readings and evaluations; others only what it handed in."""
    if actor.company_id is not None and actor.company_id == organisation_id:
        return YES
    return no(_("Results are seen by the company itself, and by the secretariat in the report that was handed in."))


@permission("evaluation.write_results")
def can_write_results(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of the company itself write readings and evaluations."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors and administrators of this company can write its results."))
