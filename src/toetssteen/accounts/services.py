"""Making an account and changing one's own."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.languages import is_known
from toetssteen.accounts.models import Person
from toetssteen.accounts.permissions import can_change_account
from toetssteen.core.access import Actor, no
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand


@transaction.atomic
def register_person(
    *, actor: Actor | None, email: str, name: str, password: str, language: str, now: dt.datetime
) -> Person:
    """Make an account for somebody whose address has been proved by a mailed link or by the operator."""
    email = email.strip().lower()
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(no(_("There is already an account with this e-mail address.")))
    if not name.strip():
        raise ValidationError(_("Fill in your name."))
    person = Person(email=email, name=name.strip(), language=language if is_known(language) else "")
    validate_password(password, person)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    audit.record(actor=actor or Actor(person_id=person.pk), verb="accounts.registered", subject=person, at=now)
    return person


def _own(actor: Actor) -> Person:
    person = Person.objects.select_for_update().get(pk=actor.person_id or 0)
    demand(can_change_account(actor, person))
    return person


@transaction.atomic
def change_account(
    *, actor: Actor, name: str, language: str, now: dt.datetime, wants_digest: bool | None = None
) -> Person:
    """Change one's own name and language, and whether one wants the weekly mail."""
    person = _own(actor)
    if not name.strip():
        raise ValidationError(_("Fill in your name."))
    if not is_known(language):
        raise ValidationError(_("Choose one of the languages."))
    person.name, person.language = name.strip(), language
    person.wants_digest = person.wants_digest if wants_digest is None else wants_digest
    person.save(update_fields=["name", "language", "wants_digest"])
    audit.record(actor=actor, verb="accounts.changed", subject=person, at=now)
    return person


@transaction.atomic
def choose_language(*, actor: Actor, language: str) -> None:
    """Remember the language that somebody reads; a matter of taste, so it leaves no trail."""
    if not is_known(language):
        raise ValidationError(_("Choose one of the languages."))
    person = _own(actor)
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def stop_digest(*, actor: Actor, now: dt.datetime) -> None:
    """Switch one's weekly mail off; the signed link in that mail says who asks."""
    person = _own(actor)
    if not person.wants_digest:
        return
    person.wants_digest = False
    person.save(update_fields=["wants_digest"])
    audit.record(actor=actor, verb="accounts.stopped_digest", subject=person, at=now)
