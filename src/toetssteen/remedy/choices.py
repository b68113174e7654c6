"""Answers of a company about complaints and remedy."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Known(models.TextChoices):
    """Yes, no, or not known: not knowing is an answer."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class Fit(models.TextChoices):
    """How far a mechanism meets one criterion."""

    MET = "met", _("Meets it")
    PARTLY = "partly", _("Meets it partly")
    NOT = "not", _("Does not meet it")
    UNKNOWN = "unknown", _("Unknown")


class Source(models.TextChoices):
    """How a company knows what it says about a mechanism."""

    VISIT = "visit", _("Own visit")
    TALK = "talk", _("Talk with workers or a union")
    SUPPLIER = "supplier", _("Answer of the supplier")
    AUDIT = "audit", _("Audit report")
    DOCUMENT = "document", _("Document of the site itself")
    OTHER = "other", _("Other")


class Satisfied(models.TextChoices):
    """What those concerned think of the remedy."""

    YES = "yes", _("Satisfied")
    PARTLY = "partly", _("Partly satisfied")
    NO = "no", _("Not satisfied")
    NOT_ASKED = "not_asked", _("Not asked yet")


class Progress(models.TextChoices):
    """How far a remedy is."""

    TALKING = "talking", _("Being talked about")
    AGREED = "agreed", _("Agreed, not carried out yet")
    DONE = "done", _("Carried out")
    NONE = "none", _("No solution found")
