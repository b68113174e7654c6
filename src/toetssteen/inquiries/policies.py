"""What the state of a question allows, whoever asks."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.utils.translation import gettext as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.core.frameworks import Questionnaire
from toetssteen.inquiries.choices import ENDED, EXPIRED, WAITING, InquiryState
from toetssteen.inquiries.models import Inquiry

MOST_ATTACHMENTS = 6
MOST_ROWS = 12
ATTACHMENT_TYPES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic")


def new_token() -> str:
    """A token that nobody can guess; it stands in the mail only."""
    return secrets.token_urlsafe(32)


def digest_of_token(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_expired(inquiry: Inquiry, now: dt.datetime) -> bool:
    """The last day of the link has passed."""
    return inquiry.expires_at is not None and inquiry.expires_at <= now


def state_on(inquiry: Inquiry, now: dt.datetime) -> str:
    """The state as people see it: a question that waits past its last day is expired."""
    return EXPIRED if inquiry.state in WAITING and is_expired(inquiry, now) else str(inquiry.state)


def is_fillable(inquiry: Inquiry, now: dt.datetime) -> Verdict:
    """The respondent can still answer."""
    if inquiry.state in WAITING and not is_expired(inquiry, now):
        return YES
    return no(_("This was sent already. It can be read, not changed."))


def is_editable(inquiry: Inquiry) -> Verdict:
    """Only a draft can be changed."""
    return YES if inquiry.state == InquiryState.DRAFT else no(_("This question was sent. It can no longer be changed."))


def is_sendable(inquiry: Inquiry) -> Verdict:
    """A draft with an address can be mailed."""
    verdict = is_editable(inquiry)
    if verdict and not inquiry.email:
        return no(_("Fill in an e-mail address first."))
    return verdict


def is_sent_by_hand(inquiry: Inquiry) -> Verdict:
    """A draft can also be sent on paper or from one's own mailbox."""
    return is_editable(inquiry)


def is_waiting(inquiry: Inquiry) -> Verdict:
    """The question was sent and not answered, refused or withdrawn yet."""
    if inquiry.state in WAITING:
        return YES
    if inquiry.state in ENDED:
        return no(_("This question was answered already."))
    return no(_("This question has not been sent, or was withdrawn."))


def is_resendable(inquiry: Inquiry) -> Verdict:
    """A waiting question can be sent again when it has an address."""
    verdict = is_waiting(inquiry)
    if verdict and not inquiry.email:
        return no(_("Fill in an e-mail address first."))
    return verdict


def is_discardable(inquiry: Inquiry) -> Verdict:
    """A draft can be thrown away."""
    return is_editable(inquiry)


def expires(now: dt.datetime, questionnaire: Questionnaire) -> dt.datetime:
    """Until when a link that is sent now works."""
    return now + dt.timedelta(days=questionnaire.valid_days)


def reminder_due(inquiry: Inquiry, questionnaire: Questionnaire, now: dt.datetime) -> bool:
    """It is time for the next reminder; a link that is busy or expired gets none of its own accord."""
    days = questionnaire.remind_after_days
    if inquiry.state not in (InquiryState.SENT, InquiryState.OPENED, InquiryState.BUSY) or is_expired(inquiry, now):
        return False
    if not inquiry.email or inquiry.sent_at is None or inquiry.token_digest is None:
        return False
    sent = inquiry.reminders
    return sent < len(days) and now >= inquiry.sent_at + dt.timedelta(days=days[sent])
