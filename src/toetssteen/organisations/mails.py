"""Mail to people who are invited, in their own language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from toetssteen.organisations.models import Invitation


def send_invitation(invitation: Invitation, token: str, *, inviter: str) -> None:
    """Send the link of an invitation, once the invitation is really stored."""
    with translation.override(invitation.language or settings.LANGUAGE_CODE):
        context = {
            "name": invitation.name,
            "inviter": inviter,
            "organisation": invitation.organisation.name,
            "role": invitation.get_role_display(),
            "until": invitation.expires_at,
            "link": settings.SITE_URL.rstrip("/") + reverse("invitation_accept", args=[token]),
        }
        subject = " ".join(render_to_string("organisations/mail/invitation_subject.txt", context).split())
        text = render_to_string("organisations/mail/invitation.txt", context).strip() + "\n"
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email]))
