"""The weekly mail: how much is due and where to look, in the reader's language, with nothing confidential in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from toetssteen.accounts.models import Person
from toetssteen.core.access import COMPANY_ROLES
from toetssteen.organisations.actors import open_appointments
from toetssteen.workspace import due

AHEAD = dt.timedelta(days=28)
OFF = "workspace.digest.off"  # what the signature is for


@dataclass(frozen=True)
class Mail:
    """The mail of one person."""

    subject: str
    text: str
    things: int


@dataclass(frozen=True)
class Part:
    """What is due for one company; named when the mail is about several."""

    name: str
    lines: list[due.Line]


def site_address(path: str) -> str:
    """The whole address of a page of this site."""
    return settings.SITE_URL.rstrip("/") + path


def off_link(person_id: int) -> str:
    """The address that switches the mail off without signing in; signed, so that nobody can make one for another."""
    return site_address(reverse("digest_off", args=[signing.dumps(person_id, salt=OFF)]))


def companies_of(person: Person) -> dict[int, str]:
    """The companies for which a person acts, each once, by name."""
    roles = {role.value for role in COMPANY_ROLES}
    return {row.organisation_id: row.organisation.name for row in open_appointments(person) if row.role in roles}


def digest_of(person: Person, today: dt.date) -> Mail:
    """What is late or due in the coming four weeks, for all companies for which the person acts, in one mail."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        companies = companies_of(person)
        parts = []
        for pk, name in companies.items():
            lines = due.lines_of(due.due_of(pk, today), today, today + AHEAD)
            if lines:
                parts.append(Part(name if len(companies) > 1 else "", lines))
        things = sum(line.count for part in parts for line in part.lines)
        context = {
            "name": person.name,
            "parts": parts,
            "things": things,
            "late": sum(line.late for part in parts for line in part.lines),
            "site": site_address(""),
            "list": site_address(reverse("due_list")),
            "off": off_link(person.pk),
        }
        subject = " ".join(render_to_string("workspace/mail/digest_subject.txt", context).split())
        text = render_to_string("workspace/mail/digest.txt", context).strip() + "\n"
    return Mail(subject, text, things)


def headers_of(person: Person) -> dict[str, str]:
    """What lets a mail programme show its own button to switch the mail off."""
    return {"List-Unsubscribe": f"<{off_link(person.pk)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def send(person: Person, mail: Mail) -> None:
    """Put it in the queue in the transaction that stores that it was made: both are kept, or neither."""
    message = EmailMessage(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [person.email], headers=headers_of(person)
    )
    message.send()
