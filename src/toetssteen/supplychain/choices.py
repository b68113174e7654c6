"""What is known of a level of a chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkState(models.TextChoices):
    KNOWN = "known", _("Known")
    UNKNOWN = "unknown", _("Unknown")
    ASKED = "asked", _("Asked, no answer yet")
    REFUSED = "refused", _("Asked and refused")


class LevelState(models.TextChoices):
    """What a whole level of a chain comes to, with all its links."""

    KNOWN = "known", _("known")
    UNKNOWN = "unknown", _("unknown")
    ASKED = "asked", _("asked")
    REFUSED = "refused", _("refused")


class AreaPrecision(models.TextChoices):
    """How precisely a quarry area is known; a point has a radius."""

    PROVINCE = "province", _("province or state")
    DISTRICT = "district", _("district or municipality")
    TOWN = "town", _("town or village")
    POINT = "point", _("point with a radius")
