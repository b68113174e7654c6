"""The yearly plan of action of a company, and what it contributed to fewer risks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.plans.choices import PlanState, StepState, Together
from toetssteen.risks.models import Risk


class Plan(Versioned):
    """The plan of action that a company hands in with its report of a year."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=PlanState, default=PlanState.DRAFT)
    summary = models.TextField(_("summary for the public"), blank=True)
    language = models.CharField(max_length=10, default="nl")
    delivered_on = models.DateField(null=True, blank=True)
    # What the company chose and approved to become public; publishing itself is an act of the secretariat.
    public_content = models.JSONField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organisation", "year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_plan_per_year")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id}"


class Objective(Versioned):
    """What a company wants to reach: for which theme, from what baseline to what target, by when."""

    secrecy = Secrecy.COMPANY

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives")
    reference = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    risk = models.ForeignKey(Risk, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    theme = models.CharField(_("theme"), max_length=40)
    text = models.CharField(_("objective"), max_length=400)
    is_smart = models.BooleanField(default=False)
    indicator = models.CharField(_("what do you measure"), max_length=200, blank=True)
    baseline = models.CharField(_("where do you stand now"), max_length=80, blank=True)
    target = models.CharField(_("what do you want to reach"), max_length=80, blank=True)
    deadline = models.DateField(_("by when"), null=True, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(_("show this in the public plan"), default=True)

    class Meta:
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class PlannedAction(Versioned):
    """What a company does for an objective: who, with what means, by when, and how far it is."""

    secrecy = Secrecy.COMPANY

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    reference = models.CharField(max_length=20, blank=True)
    text = models.CharField(_("action"), max_length=400)
    owner = models.CharField(_("who does it"), max_length=120, blank=True)
    means = models.CharField(_("time and money"), max_length=120, blank=True)
    together = models.CharField(_("alone or together"), max_length=12, choices=Together, default=Together.INDIVIDUAL)
    contribution_type = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=StepState, default=StepState.NOT_STARTED)
    has_proof = models.BooleanField(_("there is proof"), default=False)
    is_public = models.BooleanField(_("show this in the public plan"), default=True)

    class Meta:
        ordering = ["objective", "pk"]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="action_progress_0_100")]

    def __str__(self) -> str:
        return self.text[:60]


class Contribution(models.Model):
    """What a company says it contributed to fewer risks in a covenant year, by kind."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=80)
    theme = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class PublicReport(models.Model):
    """A report or page in which a company tells the public about its due diligence."""

    secrecy = Secrecy.PUBLIC

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(_("published on"))
    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("web address"), blank=True)
    language = models.CharField(max_length=20, blank=True)
    content = models.CharField(max_length=40, default="due diligence")

    class Meta:
        ordering = ["organisation", "published_on"]

    def __str__(self) -> str:
        return self.title
