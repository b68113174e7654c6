"""The secretariat's assessment of a report: points with reasons, questions, talks, extra time, decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.assessment.choices import DecisionKind, RemarkKind
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.reporting.models import Report


class Assessment(Versioned):
    """The assessment of one report: who does it, who reads along, and until when the company may reply."""

    secrecy = Secrecy.SECRETARIAT

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    second_asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_asked_at = models.DateTimeField(null=True, blank=True)
    second_reader = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_read_at = models.DateTimeField(null=True, blank=True)
    second_note = models.TextField(_("note of the second reader, for the secretariat only"), blank=True)
    looked_at = models.PositiveSmallIntegerField(default=0)  # questions, for the queue
    to_look_at = models.PositiveSmallIntegerField(default=0)
    reply_until = models.DateField(_("reply possible until"), null=True, blank=True)
    improvement_on = models.DateField(_("agreed date of improvement"), null=True, blank=True)
    not_delivered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    not_delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_reader__isnull=True) | Q(second_read_at__isnull=False), name="second_read_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(second_reader__isnull=True)
                | Q(assessor__isnull=True)
                | ~Q(second_reader=models.F("assessor")),
                name="second_reader_is_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"

    @property
    def waits_for_second_reader(self) -> bool:
        """A second reader was asked and has not read yet."""
        return self.second_asked_at is not None and self.second_read_at is None


class QuestionScore(Versioned):
    """The level that the assessor gives to one question, with the reason that the company reads."""

    secrecy = Secrecy.COMPANY

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    question = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    reason = models.TextField(_("reason, the company reads this"), blank=True)
    submission = models.PositiveSmallIntegerField(default=1)  # number of the snapshot that was assessed
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
    answer_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answers")
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

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

    class Meta:
        ordering = ["asked_at", "pk"]

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
    # [{"code": kind of check, "subject": question or level, "nl": sentence, "en": sentence}]
    missing = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.until_on}"


class Decision(Immutable):
    """The colour of a year as a person decided it, beside the proposal of the rule; later ones stand beside earlier."""

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
                condition=(Q(colour=models.F("proposal")) & Q(meets=True)) | ~Q(reason=""), name="decision_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind} {self.colour}"


class Reminder(models.Model):
    """A reminder mailed to a company whose report of a year had not arrived."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()  # to how many people it was mailed
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id}"
