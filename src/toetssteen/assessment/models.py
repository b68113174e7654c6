"""The secretariat's assessment of a report: points with reasons, questions, talks, extra time, decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.assessment.choices import DecisionKind, RemarkKind
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.reporting.models import Report


class Assessment(Versioned):
    """The assessment of one submitted report."""

    secrecy = Secrecy.SECRETARIAT

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_reader = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_read_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    reply_until = models.DateField(_("reply possible until"), null=True, blank=True)
    improvement_on = models.DateField(_("agreed date of improvement"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.report_id}"


class QuestionScore(Versioned):
    """The level that the assessor gives to one question, with the reason that the company reads."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    question = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    reason = models.TextField(_("reason, the company reads this"), blank=True)
    scored_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="one_score_per_question")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question}"


class Remark(models.Model):
    """A question of the secretariat, an answer of the company, or its reply to the provisional result."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind)
    question = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind}"


class CompletionRequest(models.Model):
    """A report sent back to the company with the list of what is missing."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="completion_requests")
    items = models.JSONField(default=list)  # [{"question": id or "", "text": what is missing}]
    due_on = models.DateField(_("complete before"))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.asked_at}"


class Talk(Versioned):
    """An assessment talk with its notes, seen by both sides."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="talks")
    held_on = models.DateField(_("date of the talk"))
    participants = models.CharField(_("who took part"), max_length=300)
    notes = models.TextField(_("notes"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.held_on}"


class Extension(models.Model):
    """Extra time for a company: until when, what is missing, why, and who decided."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="extensions")
    until_on = models.DateField(_("extra time until"))
    missing = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.until_on}"


class Decision(Immutable):
    """The colour of a year as a person decided it, beside what the rule proposed; later ones stand beside earlier ones."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=DecisionKind)
    total = models.DecimalField(max_digits=5, decimal_places=2)
    meets = models.BooleanField()
    proposal = models.CharField(max_length=10)
    colour = models.CharField(max_length=10)
    checks = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    improvement_on = models.DateField(null=True, blank=True)
    extension_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    second_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey("reporting.Snapshot", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_decision_number"),
            models.CheckConstraint(
                condition=(Q(colour=models.F("proposal")) & Q(colour="green")) | ~Q(reason=""), name="decision_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind} {self.colour}"
