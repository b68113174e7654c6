"""Readings of what a goal measures, and evaluations of what became of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.core.progress import Amount
from toetssteen.documents.models import Evidence
from toetssteen.evaluation.choices import Conclusion, ReadingKind, Setback, Source, Stakeholder
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.plans.models import Objective


class Reading(Immutable):
    """What was measured or heard for a goal in a covenant year; written once, corrected by a later row.

    It belongs to the first goal of its line (`Objective.carried_from`), so that a goal that goes along to the next
    plan keeps its history.
    """

    secrecy = Secrecy.COMPANY

    goal = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField(_("covenant year"))
    kind = models.CharField(max_length=10, choices=ReadingKind)
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    words = models.CharField(_("what people say"), max_length=1000, blank=True)
    source = models.CharField(_("how it was measured"), max_length=20, choices=Source, blank=True)
    method = models.CharField(_("how many, where, how"), max_length=300, blank=True)
    given_by = models.CharField(_("who gave it"), max_length=160, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["goal", "year_number", "measured_on", "pk"]
        indexes = [models.Index(fields=["goal", "year_number"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="figure") | Q(value__isnull=False), name="figure_reading_has_a_value"
            ),
            models.CheckConstraint(condition=~Q(kind="words") | ~Q(words=""), name="words_reading_has_words"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="corrected_reading_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="removed") | Q(replaces__isnull=False), name="removal_says_what_it_removes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.year_number} {self.kind}"

    @property
    def amount(self) -> Amount | None:
        """The figure for the rules of the core; None for what people say."""
        return None if self.value is None else Amount(_exact(self.value), self.unit)


def _exact(value: Decimal) -> Fraction:
    return Fraction(value)


class Evaluation(Versioned):
    """What a company concludes of a goal, or of a whole year: what was reached, what not and why, and what changes."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField(_("covenant year"))
    # The first goal of its line; empty for the evaluation of the whole year.
    goal = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evaluated_on = models.DateField(_("evaluated on"))
    method = models.CharField(_("how you looked at it"), max_length=600, blank=True)
    reached = models.TextField(_("what was reached"), max_length=2000, blank=True)
    not_reached = models.TextField(_("what was not reached, and why"), max_length=2000, blank=True)
    is_setback = models.BooleanField(_("there was a setback"), default=False)
    setback_kind = models.CharField(_("kind of setback"), max_length=20, choices=Setback, blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion, blank=True)
    next_step = models.TextField(_("what the next plan does with it"), max_length=1000, blank=True)
    own_change = models.TextField(_("what changes in your own company"), max_length=1000, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "year_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "year_number"], condition=Q(goal__isnull=False), name="one_evaluation_per_goal_and_year"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year_number"], condition=Q(goal__isnull=True), name="one_evaluation_per_year"
            ),
            models.CheckConstraint(condition=Q(goal__isnull=True) | ~Q(conclusion=""), name="goal_has_a_conclusion"),
            models.CheckConstraint(
                condition=Q(is_setback=True, setback_kind__gt="") | Q(is_setback=False, setback_kind=""),
                name="setback_has_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_number} {self.goal_id or ''}"


class Consultation(models.Model):
    """Who of the people concerned gave an opinion on a result, when, how, and what they said."""

    secrecy = Secrecy.COMPANY

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="consultations")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("who they are"), max_length=20, choices=Stakeholder)
    who = models.CharField(_("who, in words"), max_length=200, blank=True)
    consulted_on = models.DateField(_("when"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=200, blank=True)
    said = models.CharField(_("what they said"), max_length=600, blank=True)

    class Meta:
        ordering = ["evaluation", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.kind}"
