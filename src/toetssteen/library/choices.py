"""Where a question to the help desk stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpState(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back")
