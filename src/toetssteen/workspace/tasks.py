"""The weekly mail: looked for every hour, made once per person and week."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from toetssteen.accounts.models import Person
from toetssteen.core.access import COMPANY_ROLES
from toetssteen.foundation import clock
from toetssteen.foundation.tasks import background
from toetssteen.organisations.models import Appointment
from toetssteen.workspace import mails
from toetssteen.workspace.models import DigestMail

EVERY = 3600
FROM_HOUR = 6


def week_of(now: dt.datetime) -> str | None:
    """The week whose mail can go out, from Monday morning on; before that none."""
    here = timezone.localtime(now)
    if here.weekday() == 0 and here.hour < FROM_HOUR:
        return None
    year, week, _day = here.isocalendar()
    return f"{year}-W{week:02}"


def waiting_people(week: str) -> list[int]:
    """Who acts for a company, wants the mail and has not got that of this week."""
    acting = Appointment.objects.filter(ended_at__isnull=True, role__in=[role.value for role in COMPANY_ROLES])
    people = Person.objects.filter(is_active=True, wants_digest=True, pk__in=acting.values("person_id"))
    made = DigestMail.objects.filter(week=week).values("person_id")
    return list(people.exclude(pk__in=made).order_by("pk").values_list("pk", flat=True))


def look_for_digests(now: dt.datetime) -> None:
    """Queue the mails of this week that were not made yet; once an hour is enough."""
    week = week_of(now)
    if week is not None and cache.add(f"workspace.digests.{week}", "1", EVERY):
        for pk in waiting_people(week):
            make_digest.enqueue(person_id=pk, week=week)


@background(attempts=3)
def make_digest(person_id: int, week: str) -> None:
    """Make and send the mail of one person for one week."""
    send_if_not_made(person_id, week, clock.today(), clock.now())


@transaction.atomic
def send_if_not_made(person_id: int, week: str, today: dt.date, now: dt.datetime) -> bool:
    """Make the mail of one person and week, once; without anything due nothing is sent. Running it twice sends one."""
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True, wants_digest=True).first()
    if person is None or not person.email or DigestMail.objects.filter(person_id=person_id, week=week).exists():
        return False
    mail = mails.digest_of(person, today)
    DigestMail.objects.create(person=person, week=week, things=mail.things, made_at=now)
    if not mail.things:
        return False
    mails.send(person, mail)
    return True
