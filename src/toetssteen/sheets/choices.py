"""Where a spreadsheet stands on its way to chains, and what happens to its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    READING = "reading", _("being read")
    REFUSED = "refused", _("cannot be read")
    COLUMNS = "columns", _("columns to look at")
    REVIEW = "review", _("rows to look at")
    IMPORTING = "importing", _("being taken over")
    DONE = "done", _("taken over")
    UNDONE = "undone", _("undone")


class Grade(models.IntegerChoices):
    """How much a row asks of the user; the worst of its problems counts."""

    FINE = 0, _("good")
    INFO = 1, _("good, with a remark")
    WARNING = 2, _("to look at")
    ERROR = 3, _("wrong")
    BLOCKED = 4, _("cannot be taken over")


class Decision(models.TextChoices):
    """What the user wants with a row that is not simply good."""

    OPEN = "", _("not decided")
    OUT = "out", _("left out")
    KEPT = "kept", _("taken over as it is read")


class Change(models.TextChoices):
    """What a row means for the chains that the company has."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("unchanged")


class Act(models.TextChoices):
    """What an import did to a chain."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    CLOSED = "closed", _("closed")
