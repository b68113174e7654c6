"""Reading private calendar addresses, and what is due for the person behind one."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from toetssteen.accounts.models import Person
from toetssteen.core.access import Actor
from toetssteen.workspace import due, mails
from toetssteen.workspace.models import CalendarKey
from toetssteen.workspace.permissions import visible_calendar_keys
from toetssteen.workspace.services import digest_of_token


def own_key(actor: Actor) -> CalendarKey | None:
    """The address that works now; the secret itself is not kept, so it cannot be shown again."""
    return visible_calendar_keys(actor).filter(ended_at__isnull=True).first()


def feed_path(token: str) -> str:
    """The path of a private address."""
    return reverse("calendar_feed", args=[token])


def person_of_feed(token: str) -> Person | None:
    """Whose address this is, as long as it works and the person can sign in."""
    rows = CalendarKey.objects.select_related("person").filter(ended_at__isnull=True, person__is_active=True)
    key = rows.filter(token_digest=digest_of_token(token)).first()
    return key.person if key else None


def language_of(person: Person) -> str:
    """The language that a person reads."""
    return person.language or settings.LANGUAGE_CODE


def due_of_person(person: Person, today: dt.date) -> list[due.Due]:
    """What is due for all companies for which the person acts today; with several, each says for which."""
    companies = mails.companies_of(person)
    many = len(companies) > 1
    rows = [
        row for pk, name in companies.items() for row in due.due_of(pk, today, organisation=name if many else "")
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.on)
