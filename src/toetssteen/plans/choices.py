"""States of a plan of action and of its actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
