"""The yearly plan of action of a company, and what it contributed to fewer risks."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.plans.choices import (
    ContributionKind,
    CorrectiveState,
    OwnPractice,
    PlanState,
    StepState,
    Together,
    proposed_public_fields,
)
from toetssteen.risks.models import Risk
from toetssteen.supplychain.models import Chain

Row = TypeVar("Row", bound=models.Model)


class Present(models.Manager[Row]):
    """What nobody removed; what counts and what pages show."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Without the removed ones."""
        return super().get_queryset().filter(removed_at__isnull=True)


class Removable(models.Model):
    """A row that can be removed and brought back: it no longer counts, and its trace stays."""

    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True


class Plan(Versioned):
    """The plan of action that a company hands in with its report of a year."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=PlanState, default=PlanState.DRAFT)
    summary = models.TextField(_("summary for the public"), blank=True)
    summary_is_public = models.BooleanField(_("show the summary in the public plan"), default=False)
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


class PlanVisibility(Immutable):
    """The company took its published plan off the public pages, with the reason, or put it back; the newest counts."""

    secrecy = Secrecy.COMPANY

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="visibility")
    is_shown = models.BooleanField()
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.is_shown}"


class SharedAction(Versioned):
    """A collective action that several companies stand behind; kept by the secretariat and counted once."""

    secrecy = Secrecy.PARTIES

    reference = models.CharField(max_length=20, unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=40)
    country = models.CharField(_("country"), max_length=2, blank=True)
    note = models.CharField(_("what it is"), max_length=600, blank=True)
    started_on = models.DateField(_("started on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name_nl", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("started_on")),
                name="shared_action_closed_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name_nl


class Objective(Removable, Versioned):
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
    root_cause = models.TextField(_("root cause"), blank=True)
    own_practice = models.CharField(_("own way of buying"), max_length=20, choices=OwnPractice, blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    needs_confirmation = models.BooleanField(default=False)  # carried over, and not looked at yet
    is_public = models.BooleanField(_("show this in the public plan"), default=True)
    public_fields = models.JSONField(default=proposed_public_fields)  # ids of PublicField

    objects = Present["Objective"]()
    with_removed = models.Manager["Objective"]()

    class Meta:
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class PlannedAction(Removable, Versioned):
    """What a company does for an objective: who, with what means, by when, and how far it is."""

    secrecy = Secrecy.COMPANY

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    reference = models.CharField(max_length=20, blank=True)
    text = models.CharField(_("action"), max_length=400)
    owner = models.CharField(_("who does it"), max_length=120, blank=True)
    means = models.CharField(_("time and money"), max_length=120, blank=True)
    together = models.CharField(_("alone or together"), max_length=12, choices=Together, default=Together.INDIVIDUAL)
    contribution_type = models.CharField(_("what you add"), max_length=20, choices=ContributionKind, blank=True)
    partners = models.CharField(_("with whom"), max_length=200, blank=True)
    cost = models.DecimalField(_("cost in euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    shared = models.ForeignKey(SharedAction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ManyToManyField(Evidence, related_name="+")
    template = models.CharField(max_length=60, blank=True)  # an id of the pack's examples of actions
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=StepState, default=StepState.NOT_STARTED)
    has_proof = models.BooleanField(_("there is proof"), default=False)
    is_public = models.BooleanField(_("show this in the public plan"), default=True)

    objects = Present["PlannedAction"]()
    with_removed = models.Manager["PlannedAction"]()

    class Meta:
        ordering = ["objective", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="action_progress_0_100"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="action_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ActionUpdate(models.Model):
    """How far an action was on a day, in whose words; the newest one says how the action stands."""

    secrecy = Secrecy.COMPANY

    action = models.ForeignKey(PlannedAction, on_delete=models.CASCADE, related_name="updates")
    said_on = models.DateField(_("date"))
    progress = models.PositiveSmallIntegerField(_("progress (%)"))
    state = models.CharField(_("state"), max_length=12, choices=StepState)
    note = models.CharField(_("what happened"), max_length=600, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action", "said_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="update_progress_0_100")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.said_on} {self.progress}"


class CorrectivePlan(Removable, Versioned):
    """What a company agreed with a supplier to put right, and how the relation ended if that failed; never public."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    supplier_name = models.CharField(_("supplier"), max_length=200)
    chain = models.ForeignKey(Chain, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    problem = models.CharField(_("what has to be put right"), max_length=600)
    agreed_on = models.DateField(_("agreed on"))
    review_on = models.DateField(_("review on"))
    state = models.CharField(_("state"), max_length=12, choices=CorrectiveState, default=CorrectiveState.OPEN)
    exit_reasons = models.TextField(_("reasons for ending the relation"), blank=True)
    exit_effects = models.TextField(_("effects on workers that were considered"), blank=True)
    exit_measures = models.TextField(_("measures against those effects"), blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)

    objects = Present["CorrectivePlan"]()
    with_removed = models.Manager["CorrectivePlan"]()

    class Meta:
        ordering = ["organisation", "-agreed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gte=models.F("agreed_on")), name="review_after_agreement"),
            models.CheckConstraint(
                condition=~Q(state="exit") | ~Q(exit_reasons="") & ~Q(exit_effects="") & Q(decided_on__isnull=False),
                name="exit_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.supplier_name


class CorrectiveStep(Removable, Versioned):
    """One step of a corrective plan: what, by when, how it stands and what proves it."""

    secrecy = Secrecy.COMPANY

    plan = models.ForeignKey(CorrectivePlan, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(_("step"), max_length=400)
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=12, choices=StepState, default=StepState.NOT_STARTED)
    proof = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = Present["CorrectiveStep"]()
    with_removed = models.Manager["CorrectiveStep"]()

    class Meta:
        ordering = ["plan", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class CorrectiveReview(Immutable):
    """What was found when a corrective plan was looked at again, or decided about the relation; written once."""

    secrecy = Secrecy.COMPANY

    plan = models.ForeignKey(CorrectivePlan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("date"))
    state = models.CharField(_("state"), max_length=12, choices=CorrectiveState)
    finding = models.TextField(_("what you found"), blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.held_on} {self.state}"


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
