"""Who writes a company's public report, and who reads what."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.communication import policies
from toetssteen.communication.models import Edition, ReportDraft
from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission

EDITORS = frozenset({Role.COMPANY_ADMIN, Role.EDITOR})


def visible_report_drafts(actor: Actor) -> QuerySet[ReportDraft]:
    """The own company's drafts; nobody else sees a draft, the secretariat neither."""
    if actor.company_id is not None:
        return ReportDraft.objects.filter(organisation_id=actor.company_id)
    return ReportDraft.objects.none()


def visible_editions(actor: Actor) -> QuerySet[Edition]:
    """Everybody reads every published version, whoever they are; of withdrawn ones only that they were there."""
    return Edition.objects.all()


@permission("communication.view_report_draft")
def can_view_report_draft(actor: Actor, draft: ReportDraft) -> Verdict:
    """People of the company itself see the draft of its public report."""
    if actor.company_id is not None and actor.company_id == draft.organisation_id:
        return YES
    return no(_("Only the company itself sees the draft of its public report."))


@permission("communication.write_report")
def can_write_report(actor: Actor, organisation_id: int) -> Verdict:
    """Editors and administrators of a company write its public report, approve it and publish it."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only editors of this company can write its public report."))


@permission("communication.withdraw_edition")
def can_withdraw_edition(actor: Actor, edition: Edition) -> Verdict:
    """Editors of the company may take a published version back, with a reason."""
    return can_write_report(actor, edition.organisation_id) and policies.withdrawable(edition)
