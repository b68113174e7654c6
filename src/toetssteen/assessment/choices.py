"""Kinds of remarks and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemarkKind(models.TextChoices):
    QUESTION = "question", _("Question of the secretariat")
    ANSWER = "answer", _("Answer of the company")
    REPLY = "reply", _("Reply to the provisional result")


class DecisionKind(models.TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    FINAL = "final", _("Final")
    REASSESSED = "reassessed", _("Final after extra time")


# The kinds that give a year its colour.
RESULT_KINDS = (DecisionKind.FINAL, DecisionKind.REASSESSED)
