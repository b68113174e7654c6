"""Mail to who asked the help desk something, in their own language and without the content."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from toetssteen.library.models import HelpQuestion


def send_answered(question: HelpQuestion) -> None:
    """Say that there is an answer, once it is really stored."""
    person = question.asked_by
    if not person.is_active or not person.email:
        return
    with translation.override(person.language or settings.LANGUAGE_CODE):
        link = settings.SITE_URL.rstrip("/") + reverse("help_question", args=[question.pk])
        context = {"name": person.name, "link": link}
        subject = " ".join(render_to_string("library/mail/answered_subject.txt", context).split())
        text = render_to_string("library/mail/answered.txt", context).strip() + "\n"
    transaction.on_commit(lambda: send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email]))
