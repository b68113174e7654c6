"""Until when a company can still do something about its report, told to the rooms below."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from toetssteen.assessment.models import CompletionRequest, Extension


def open_until(report_id: int) -> dt.date | None:
    """The last day of extra time or of completing a returned report; None when neither was given."""
    extra = Extension.objects.filter(assessment__report_id=report_id).aggregate(last=Max("until_on"))["last"]
    asked = CompletionRequest.objects.filter(assessment__report_id=report_id, answered_at__isnull=True)
    days = [day for day in (extra, asked.aggregate(last=Max("due_on"))["last"]) if day is not None]
    return max(days, default=None)
