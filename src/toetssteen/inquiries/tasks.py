"""Reminders to those who have not answered yet; the days come from the pack."""

from __future__ import annotations

import datetime as dt

from django.core.cache import cache
from django.db import transaction

from toetssteen.covenant.queries import pack_by_id
from toetssteen.foundation import audit, clock
from toetssteen.foundation.tasks import background
from toetssteen.inquiries import mails, policies, queries
from toetssteen.inquiries.models import Inquiry
from toetssteen.supplychain import asking

EVERY = 3600


def look_for_reminders(now: dt.datetime) -> None:
    """Queue the reminders that may be due; the worker asks this every minute, once an hour is enough."""
    if cache.add("inquiries.reminders", "1", EVERY):
        for pk in queries.waiting_reminders(now):
            remind.enqueue(inquiry_id=pk)


@background(attempts=3)
def remind(inquiry_id: int) -> None:
    """Send the next reminder of one question if it is due."""
    remind_if_due(inquiry_id, clock.now())


@transaction.atomic
def remind_if_due(inquiry_id: int, now: dt.datetime) -> bool:
    """Send the next reminder when its day has come, with a fresh link; running it twice sends one."""
    inquiry = Inquiry.objects.select_for_update().filter(pk=inquiry_id).first()
    questionnaire = pack_by_id(inquiry.pack_id).questionnaire if inquiry else None
    if inquiry is None or questionnaire is None or not policies.reminder_due(inquiry, questionnaire, now):
        return False
    token = policies.new_token()
    inquiry.token_digest = policies.digest_of_token(token)
    inquiry.reminders += 1
    inquiry.reminded_at = now
    inquiry.save(update_fields=["token_digest", "reminders", "reminded_at"])
    audit.record(actor=None, verb="inquiries.remind", subject=inquiry, at=now, reminders=inquiry.reminders)
    for asked in inquiry.chains.exclude(letter=None):
        asking.count_reminder(actor=None, letter_id=asked.letter_id or 0, now=now)
    mails.send_question(inquiry, token, questionnaire, reminder=True)
    return True
