"""What is due as a calendar file, that every calendar programme reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from toetssteen.workspace.due import Due

MAKER = "-//Toetssteen//What is due//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(rows: Iterable[Due], now: dt.datetime) -> bytes:
    """A whole-day entry for each thing that is due, in the language that is active; a name stays the same for ever."""
    site = settings.SITE_URL.rstrip("/")
    host = urlsplit(site).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("What is due"))
    calendar.add("x-published-ttl", "PT12H")
    for row in rows:
        event = Event()
        event.add("uid", f"{row.key}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", row.on)
        event.add("dtend", row.on + dt.timedelta(days=1))
        title = f"{row.title}, {row.organisation}" if row.organisation else row.title
        event.add("summary", title, parameters={"language": get_language() or "nl"})
        event.add("url", site + row.url)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
