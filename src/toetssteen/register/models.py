"""What was published, exactly as it was published."""

from __future__ import annotations

from collections.abc import Hashable

from django.db import models

from toetssteen.accounts.models import Person
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import Immutable
from toetssteen.foundation.secrecy import Secrecy


class Publication(Immutable):
    """One act of publishing; the public register reads the newest, earlier ones stay as they were."""

    secrecy = Secrecy.PUBLIC

    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    areas = models.JSONField(default=list)  # country, province, district, shared: bool
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def version(self) -> tuple[Hashable, ...]:
        """What tells this publication from every other, with the pack that gives its words."""
        changed = getattr(self, "shown_since", None)  # the newest plan that was taken off or put back
        return self.pk, self.number, self.sha256, self.made_at, self.year.pack_id if self.year else None, changed


class RegisterEntry(Immutable):
    """One participant as a publication shows it."""

    secrecy = Secrecy.PUBLIC

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="entries")
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=40, blank=True)
    search = models.CharField(max_length=200, blank=True)  # name without capitals and accents
    latest_colour = models.CharField(max_length=10, blank=True)
    is_current = models.BooleanField(default=True)
    situation = models.CharField(max_length=8, blank=True)
    joined_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    memberships = models.JSONField(default=list)
    results = models.JSONField(default=list)  # one per covenant year, with its colour
    plans = models.JSONField(default=list)  # [{covenant_year, content}] as approved by the company

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["publication", "reference"], name="one_entry_per_participant")]
        indexes = [models.Index(fields=["publication", "kind", "name"])]

    def __str__(self) -> str:
        return self.name
