"""Kinds and states of a question to somebody in a chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InquiryKind(models.TextChoices):
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    LETTER = "letter", _("Letter to an importer")


class InquiryState(models.TextChoices):
    """How far a question is; expired follows from its last day."""

    DRAFT = "draft", pgettext_lazy("inquiry", "Draft")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    BUSY = "busy", _("Being filled in")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Asked and refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


EXPIRED = "expired"  # worked out from the last day, never stored
WAITING = (InquiryState.SENT, InquiryState.OPENED, InquiryState.BUSY)
ENDED = (InquiryState.ANSWERED, InquiryState.REFUSED)


class LineKind(models.TextChoices):
    """What a line of an answer would change."""

    LINK = "link", _("Link of the chain")
    RISK = "risk", _("Possible risk")
    REFUSAL = "refusal", _("Refusal")


class LineState(models.TextChoices):
    OPEN = "open", _("To decide")
    ACCEPTED = "accepted", _("Taken over")
    REJECTED = "rejected", _("Not taken over")
