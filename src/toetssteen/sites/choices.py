"""What the recognition of a site can say, and who answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How a mention came to its site."""

    OPEN = "", _("not tied yet")
    AUTOMATIC = "automatic", _("recognised by itself")
    NEW = "new", _("first mention of its site")
    COMPANY = "company", _("the company said so")
    SECRETARIAT = "secretariat", _("the secretariat decided")
    LOADED = "loaded", _("was tied already")


class AskedOf(models.TextChoices):
    COMPANY = "company", _("the company")
    SECRETARIAT = "secretariat", _("the secretariat")


class QuestionState(models.TextChoices):
    OPEN = "open", _("open")
    WAITING = "waiting", _("waits for the company")
    ANSWERED = "answered", _("answered")
    DROPPED = "dropped", _("no longer needed")


class Answer(models.TextChoices):
    SAME = "same", _("the same place")
    DIFFERENT = "different", _("another place")
    UNSURE = "unsure", _("not sure")


class ChangeKind(models.TextChoices):
    ANSWER = "answer", _("answer to a question")
    MERGE = "merge", _("merge")
    SPLIT = "split", _("split")


class Source(models.TextChoices):
    """From whom the secretariat knows that a site has closed; only the first two may be passed on."""

    PUBLIC = "public", _("a public source")
    VISIT = "visit", _("a visit of the secretariat itself")
    COMPANY = "company", _("a company told it")
    OTHER = "other", _("another source")


# What companies may be told about: what the secretariat knows without any company.
MAY_BE_TOLD = frozenset({Source.PUBLIC, Source.VISIT})


class SiteState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged into another")


class Scheme(models.TextChoices):
    """What kind of number a site is known by elsewhere."""

    REGISTRY = "registry", _("number in a company register")
    OS_ID = "os_id", _("OS ID (Open Supply Hub)")
    LICENCE = "licence", _("licence or lease of a quarry")
    TAX = "tax", _("tax number")
    FORMER = "former", _("code used earlier")
    OTHER = "other", _("other number")
