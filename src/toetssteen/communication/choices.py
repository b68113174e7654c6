"""How far the file of a published report is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("file", "Being made")
    READY = "ready", pgettext_lazy("file", "Ready")
    UNAVAILABLE = "unavailable", _("Cannot be made here")
