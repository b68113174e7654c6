"""States of a report, origins of an answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("Being assessed")
    RETURNED = "returned", _("Returned for completion")
    PROVISIONAL = "provisional", _("Provisional result")
    FINAL = "final", _("Final")


class AnswerOrigin(models.TextChoices):
    GIVEN = "given", _("Given by the company")
    DERIVED = "derived", _("Filled in from your data")
    CARRIED_OVER = "carried_over", _("Carried over from last year")


class SnapshotKind(models.TextChoices):
    SUBMISSION = "submission", _("Submission")
    DECISION = "decision", _("Decision")


class CaseState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
