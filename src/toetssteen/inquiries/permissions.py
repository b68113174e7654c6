"""Who may see and change the questions of a company, and what the holder of a link may do."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Actor, Role, Verdict, no, permission
from toetssteen.inquiries import policies
from toetssteen.inquiries.choices import ENDED, WAITING
from toetssteen.inquiries.models import Inquiry

EDITORS = (Role.COMPANY_ADMIN, Role.EDITOR)


def visible_inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """The own company's questions; the respondent was promised that nobody else reads the answers."""
    if actor.company_id is not None:
        return Inquiry.objects.filter(organisation_id=actor.company_id)
    return Inquiry.objects.none()


def reachable_by_token(token: str, now: dt.datetime) -> QuerySet[Inquiry]:
    """The one question that a link leads to, while the link works; every other link leads nowhere."""
    return Inquiry.objects.filter(token_digest=policies.digest_of_token(token), expires_at__gt=now).filter(
        Q(state__in=WAITING) | Q(state__in=ENDED)
    )


@permission("inquiries.view_inquiry")
def can_view_inquiry(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Colleagues of the company that asks."""
    if actor.company_id is not None and actor.company_id == inquiry.organisation_id:
        return YES
    return no(_("Only the company that asks sees this question and its answer."))


@permission("inquiries.ask")
def can_ask(actor: Actor, organisation_id: int) -> Verdict:
    """Administrators and editors of the company itself."""
    if actor.holds_any(EDITORS, organisation_id):
        return YES
    return no(_("Only administrators and editors of the company can ask its suppliers."))


@permission("inquiries.edit_inquiry")
def can_edit_inquiry(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, while it is a draft."""
    return can_ask(actor, inquiry.organisation_id) and policies.is_editable(inquiry)


@permission("inquiries.send_inquiry")
def can_send_inquiry(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, while it is a draft with an address."""
    return can_ask(actor, inquiry.organisation_id) and policies.is_sendable(inquiry)


@permission("inquiries.resend_inquiry")
def can_resend_inquiry(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, while it waits for an answer."""
    return can_ask(actor, inquiry.organisation_id) and policies.is_resendable(inquiry)


@permission("inquiries.withdraw_inquiry")
def can_withdraw_inquiry(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, while it waits for an answer."""
    return can_ask(actor, inquiry.organisation_id) and policies.is_waiting(inquiry)


@permission("inquiries.record_answer")
def can_record_answer(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, while it waits for an answer."""
    return can_ask(actor, inquiry.organisation_id) and policies.is_waiting(inquiry)


@permission("inquiries.decide_line")
def can_decide_line(actor: Actor, inquiry: Inquiry) -> Verdict:
    """Administrators and editors of the company, once an answer or a refusal came in."""
    verdict = can_ask(actor, inquiry.organisation_id)
    if verdict and inquiry.state not in ENDED:
        return no(_("There is no answer yet."))
    return verdict
