"""The private address of somebody's calendar, and which weekly mails were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from toetssteen.accounts.models import Person
from toetssteen.foundation.secrecy import Secrecy


class CalendarKey(models.Model):
    """A secret address at which somebody's own calendar programme reads what is due; the secret is stored hashed."""

    secrecy = Secrecy.SYSTEM

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at__isnull=True), name="one_calendar_key")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class DigestMail(models.Model):
    """The weekly mail of one person was made; there is one per week at most, also when two workers look."""

    secrecy = Secrecy.SYSTEM

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    week = models.CharField(max_length=8)  # such as 2024-W43
    things = models.PositiveIntegerField()  # how many stood in it; without any it was not sent
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_digest_per_week")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.week}"
