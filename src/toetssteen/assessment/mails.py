"""Mail about a report that has not arrived, in the language of who reads it; never with confidential content."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from toetssteen.accounts.models import Person
from toetssteen.assessment.models import Reminder


def send_reminder(reminder: Reminder, person: Person) -> None:
    """Remind one person that the report of a year is still expected."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "name": person.name,
            "organisation": reminder.organisation.name,
            "year": str(reminder.year),
            "due_on": reminder.year.report_due_on,
            "link": settings.SITE_URL.rstrip("/") + reverse("start"),
        }
        subject = " ".join(render_to_string("assessment/mail/reminder_subject.txt", context).split())
        text = render_to_string("assessment/mail/reminder.txt", context).strip() + "\n"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
