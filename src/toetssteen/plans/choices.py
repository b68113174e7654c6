"""States of a plan of action, of its actions and of a corrective plan; kinds of contribution and of own practice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    DELIVERED = "delivered", _("Delivered")


class StepState(models.TextChoices):
    NOT_STARTED = "not started", _("Not started")
    IN_PROGRESS = "in progress", _("In progress")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Together(models.TextChoices):
    INDIVIDUAL = "individual", _("Alone")
    COLLECTIVE = "collective", _("Together with others")


class ContributionKind(models.TextChoices):
    """What a company adds: something new, strength to what exists, or its part in a collective action."""

    NEW = "new", _("A new initiative")
    STRENGTHENED = "strengthened", _("Strengthens an initiative that exists")
    COLLECTIVE = "collective", _("Part in a collective action")


class OwnPractice(models.TextChoices):
    """Which part of its own way of buying a company changes."""

    PRICE = "price", _("Price")
    LEAD_TIME = "lead_time", _("Lead time")
    ORDER_CHANGES = "order_changes", _("Changes in orders")
    PAYMENT = "payment", _("Payment")
    OTHER = "other", pgettext_lazy("own practice", "Something else")


class CorrectiveState(models.TextChoices):
    """How a corrective plan with a supplier stands."""

    OPEN = "open", _("Agreed")
    IMPROVING = "improving", _("Improving")
    DONE = "done", pgettext_lazy("corrective plan", "Solved")
    EXIT = "exit", _("Relation ended")


class PublicField(models.TextChoices):
    """What a company can choose to show of a goal; the goal itself is always shown with it."""

    THEME = "theme", _("Theme")
    COUNTRY = "country", _("Country")
    INDICATOR = "indicator", _("What you measure")
    BASELINE = "baseline", _("Where you started")
    TARGET = "target", _("What you want to reach")
    DEADLINE = "deadline", _("By when")
    PROGRESS = "progress", _("Measured values per year")
    ACTIONS = "actions", _("Actions and how far they are")
    CONTRIBUTION = "contribution", _("Who did what: alone or together, new or strengthened")
    PARTNERS = "partners", _("Names of partners")
    ROOT_CAUSE = "root_cause", _("Root cause")


# Free text in which a supplier may be named easily is never proposed; a company may choose it.
NOT_PROPOSED = frozenset({PublicField.PARTNERS, PublicField.ROOT_CAUSE})


def proposed_public_fields() -> list[str]:
    """The fields that a new goal shows when it becomes public, unless the company chooses otherwise."""
    return [field.value for field in PublicField if field not in NOT_PROPOSED]
