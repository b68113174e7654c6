"""What time it is; read by views, tasks and commands only, and passed on."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """The moment, in UTC; in a demonstration the set day with the real time of day."""
    moment = timezone.now()
    if settings.DEMO_TODAY:
        return dt.datetime.combine(dt.date.fromisoformat(settings.DEMO_TODAY), moment.timetz())
    return moment


def today() -> dt.date:
    """The day in the time zone of the covenant."""
    return timezone.localdate(now())
