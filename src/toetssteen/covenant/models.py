"""The covenant's terms and years, the content packs they run on, and the covenant's own actions and estimates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.covenant.choices import ActionState
from toetssteen.foundation.models import Immutable
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation


class PackVersion(Immutable):
    """One immutable version of what the parties agreed on: framework, year rules, lists."""

    secrecy = Secrecy.PUBLIC

    pack_id = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pack_id", "pk"]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.version}"


class Term(models.Model):
    """One term of the covenant; an installation runs one covenant through successive terms."""

    secrecy = Secrecy.PUBLIC

    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    starts_on = models.DateField(unique=True)
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.name_en


class CovenantYear(models.Model):
    """A reporting year of the covenant and the pack version it runs on."""

    secrecy = Secrecy.PUBLIC

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="years")
    number = models.PositiveSmallIntegerField(_("covenant year"), unique=True)
    starts_on = models.DateField(unique=True)
    ends_on = models.DateField(unique=True)
    report_due_on = models.DateField(_("report due on"))
    reply_days = models.PositiveSmallIntegerField(default=14)
    pack = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="years")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="year_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.year}-{self.ends_on.year}"


class CovenantAction(models.Model):
    """One action that the parties of the covenant took upon themselves."""

    secrecy = Secrecy.PARTIES

    number = models.PositiveSmallIntegerField(unique=True)
    cluster = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    state = models.CharField(max_length=24, choices=ActionState)
    reason = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"


class MarketEstimate(models.Model):
    """An estimate of the whole market of a region in a covenant year, with who estimated it and when."""

    secrecy = Secrecy.PARTIES

    region = models.CharField(max_length=40)
    year_number = models.PositiveSmallIntegerField()
    market_tonnes = models.DecimalField(max_digits=14, decimal_places=3)
    is_estimate = models.BooleanField(default=True)
    estimator = models.CharField(max_length=120)
    estimated_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year_number"], name="one_market_estimate")]

    def __str__(self) -> str:
        return f"{self.region} {self.year_number}"


class ImportVolume(models.Model):
    """What a member imported in a covenant year, in tonnes."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    tonnes = models.DecimalField(max_digits=14, decimal_places=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year_number"], name="one_import_volume")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_number}"
