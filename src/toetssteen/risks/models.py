"""Risks and actual harm that a company reported in its chains, and the order in which it takes them up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.risks.choices import CarriedAs, SourceKind
from toetssteen.supplychain.models import Chain, QuarryArea


class PresentRisks(models.Manager["Risk"]):
    """The risks that nobody removed; what counts and what pages show."""

    def get_queryset(self) -> models.QuerySet[Risk]:
        """Without the removed ones."""
        return super().get_queryset().filter(removed_at__isnull=True)


class Risk(Versioned):
    """A risk or an actual harm in a chain, with its severity and likelihood where somebody rated them."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    chain = models.ForeignKey(Chain, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    other_chains = models.ManyToManyField(Chain, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    theme = models.CharField(_("theme"), max_length=40)
    description = models.CharField(_("description"), max_length=600, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    quarry_area = models.ForeignKey(QuarryArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site_text = models.CharField(_("site"), max_length=200, blank=True)
    is_actual = models.BooleanField()
    source_kind = models.CharField(max_length=60, blank=True)  # that of its first source, which the figures count
    profile = models.CharField(max_length=40, blank=True)  # an id of the pack's risk profiles
    harmed = models.CharField(_("who is harmed"), max_length=300, blank=True)
    involvement = models.CharField(max_length=40, blank=True)
    scale = models.PositiveSmallIntegerField(null=True, blank=True)
    scope = models.PositiveSmallIntegerField(null=True, blank=True)
    irremediable = models.PositiveSmallIntegerField(null=True, blank=True)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    severity_reason = models.CharField(max_length=400, blank=True)
    prioritised_by = models.CharField(max_length=40, blank=True)
    found_on = models.DateField(null=True, blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    carried_as = models.CharField(max_length=10, choices=CarriedAs, blank=True)
    carried_note = models.CharField(_("what changed"), max_length=400, blank=True)
    look_again = models.BooleanField(default=False)  # taken along as changed; nobody changed or rated it since
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PresentRisks()
    with_removed = models.Manager["Risk"]()

    class Meta:
        ordering = ["organisation", "pk"]
        indexes = [models.Index(fields=["year_number", "theme"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.theme}"


class RiskSource(Versioned):
    """How a company knows of a risk: what kind of source, of which day, what it says, and the file that shows it."""

    secrecy = Secrecy.COMPANY

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind of source"), max_length=60, choices=SourceKind)
    said_on = models.DateField(_("date of the source"), null=True, blank=True)
    text = models.CharField(_("what it says"), max_length=600, blank=True)
    profile = models.CharField(max_length=40, blank=True)  # an id of the pack's risk profiles, where it came from there
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["risk", "pk"]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.kind}"


class Rejection(models.Model):
    """A proposed risk that a company put aside, and why; remembered until somebody undoes it."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # profile:<id of the pack>, with /2 and so on for later chains, or earlier:<id of last year's risk>
    key = models.CharField(max_length=60)
    chains = models.ManyToManyField(Chain, related_name="+")  # for which it was put aside; none: for all of then
    year_number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=400)
    rejected_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rejected_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_rejection_per_proposal")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.key}"


class Move(models.Model):
    """One risk put right above or below another, with who and when, and the reason where it goes against severity.

    The order of a year is that by severity and likelihood with the moves that were not undone applied to it.
    """

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="+")
    passed = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="+")
    up = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=400, blank=True)  # empty where severity says nothing against it
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "year_number", "pk"]

    def __str__(self) -> str:
        return f"{self.risk_id} {'up' if self.up else 'down'}"


class StakeholderView(models.Model):
    """What a stakeholder said about the order of the risks of a year, and what the company changed.

    A correction is a new row; the one before it stays, so that nothing of what was recorded is lost.
    """

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    who = models.CharField(_("who"), max_length=200)
    said_on = models.DateField(_("date"))
    said = models.CharField(_("what they said"), max_length=1000)
    changed = models.CharField(_("what you changed"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "year_number", "said_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.said_on}"
