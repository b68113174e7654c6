"""A company's yearly due-diligence report: answers, facts, evidence and frozen snapshots."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.accounts.models import Person
from toetssteen.covenant.models import CovenantYear
from toetssteen.documents.models import Evidence
from toetssteen.foundation.models import Immutable, Versioned
from toetssteen.foundation.secrecy import Secrecy
from toetssteen.organisations.models import Organisation
from toetssteen.reporting.choices import AnswerOrigin, CaseState, ReportState, SnapshotKind


class Report(Versioned):
    """The report of one company on one covenant year."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    report_year = models.PositiveSmallIntegerField(_("which report of the company this is"))
    situation = models.CharField(max_length=8)  # the profile of the framework that is asked
    variant = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "organisation"]
        indexes = [models.Index(fields=["year", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_report_per_year"),
            # A report that was never handed in can be decided on as not delivered.
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submitted_report_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id}"


class Answer(Versioned):
    """What a company answers to one question, with its own estimate of the level."""

    secrecy = Secrecy.COMPANY

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)  # an id of the framework
    level = models.CharField(max_length=20, blank=True)  # own estimate; empty is not answered
    value = models.JSONField(null=True, blank=True)  # by answer kind: bool, list of ids, rows of a table, number, date
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=14, choices=AnswerOrigin, default=AnswerOrigin.GIVEN)
    needs_confirmation = models.BooleanField(default=False)  # carried over and not yet looked at
    dont_know = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.question}"


class AnswerEvidence(models.Model):
    """An evidence file used at a question of a report."""

    secrecy = Secrecy.COMPANY

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence_links")
    question = models.CharField(max_length=40)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "question", "evidence"], name="one_evidence_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.question} {self.evidence_id}"


class Assignment(models.Model):
    """Which colleague takes care of a sub-step of the report."""

    secrecy = Secrecy.COMPANY

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="assignments")
    sub_step = models.CharField(max_length=10)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "sub_step"], name="one_colleague_per_sub_step")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.sub_step}"


class RecordedFact(models.Model):
    """A platform fact of a report that does not follow from other rows, such as one of a year before this platform."""

    secrecy = Secrecy.COMPANY

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="recorded_facts")
    fact = models.CharField(max_length=60)
    part = models.IntegerField(null=True, blank=True)
    whole = models.IntegerField(null=True, blank=True)
    number = models.IntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "fact"], name="one_recorded_fact")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.fact}"


class Snapshot(Immutable):
    """A report frozen at a moment: all answers, facts, chains and the plan, with their hash; nobody can change it."""

    secrecy = Secrecy.COMPANY

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=12, choices=SnapshotKind)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_snapshot_number")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind} {self.number}"


class PathStep(Versioned):
    """What a company itself says of one step of its way to green: how long it takes, and when it does it."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_number = models.PositiveSmallIntegerField()  # the covenant year whose demands it is a step to
    key = models.CharField(max_length=60)  # what is to be done, such as `key:q-2-3-01`
    minutes = models.PositiveIntegerField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation", "year_number", "key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year_number", "key"], name="one_path_step")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_number} {self.key}"


class VariantYear(models.Model):
    """The covenant tries a lighter variant of the pack in one covenant year, from a day on."""

    secrecy = Secrecy.PUBLIC

    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(max_length=60)  # an id of the pack
    adopted_on = models.DateField(_("adopted on"))
    reason = models.CharField(_("decision of the parties"), max_length=300)
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(ended_at__isnull=True), name="one_variant_in_a_year"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False), name="ended_variant_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id} {self.variant}"


class VariantCase(Versioned):
    """A small company asks for the lighter variant in one year: what it declares, and what the secretariat decided."""

    secrecy = Secrecy.COMPANY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(CovenantYear, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(max_length=60)
    staff_fte = models.DecimalField(_("full-time staff"), max_digits=7, decimal_places=1)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=CaseState, default=CaseState.ASKED)
    known = models.JSONField(default=dict)  # what was known of the conditions when it was decided
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["year", "organisation"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="one_variant_case_per_year"),
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="decided_case_has_moment_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year_id} {self.state}"
