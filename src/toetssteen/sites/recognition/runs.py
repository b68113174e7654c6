"""Recognising in the background: one company after a change, or everything again with its progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from django.db import transaction

from toetssteen.covenant.queries import current_year, pack_of
from toetssteen.foundation import audit
from toetssteen.sites.choices import How
from toetssteen.sites.models import Mention, Run, Wanted
from toetssteen.sites.recognition import numbers
from toetssteen.sites.recognition.deciding import Found, fresh, recognise
from toetssteen.sites.recognition.mentions import read_mentions, site_levels
from toetssteen.supplychain.models import Chain

AT_ONCE = 20  # companies per transaction when everything is recognised again


def levels_on(today: dt.date) -> frozenset[str]:
    """The levels at which sites are named now."""
    return site_levels(pack_of(current_year(today)))


def recognise_company(organisation_id: int, *, now: dt.datetime, today: dt.date) -> Found:
    """Recognise what changed in one company's chains; doing it twice changes nothing more."""
    return recognise_companies([organisation_id], now=now, today=today)


@transaction.atomic
def recognise_companies(organisation_ids: Collection[int], *, now: dt.datetime, today: dt.date) -> Found:
    """Recognise what changed in the chains of some companies."""
    numbers.lock()
    Wanted.objects.filter(organisation_id__in=list(organisation_ids)).delete()
    levels = levels_on(today)
    for organisation_id in sorted(organisation_ids):
        read_mentions(organisation_id, levels, now)
    found = recognise(list(fresh(organisation_ids).order_by("pk")), now)
    if found.looked_at:
        audit.record(
            actor=None, verb="sites.recognise", subject="supplychain.Site:all", at=now,
            looked_at=found.looked_at, tied=found.tied, made=found.made, asked=found.asked,
        )  # fmt: skip
    return found


def companies_with_chains() -> list[int]:
    """Every company that has chains."""
    return sorted(Chain.objects.order_by().values_list("organisation_id", flat=True).distinct())


def recognise_everything(run_id: int, *, now: dt.datetime, today: dt.date, said: Callable[[], dt.datetime]) -> None:
    """Look at every mention again that no person decided about; ties that stand are kept, new ones are made."""
    ids = companies_with_chains()
    Run.objects.filter(pk=run_id).update(total=len(ids), done=0, tied=0, made=0, asked=0)
    open_ones = Mention.objects.filter(organisation_id__in=ids, how=How.OPEN, questions__isnull=True)
    open_ones.update(compared_at=None)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        found = recognise_companies(some, now=now, today=today)
        run = Run.objects.get(pk=run_id)
        run.done, run.tied = start + len(some), run.tied + found.tied
        run.made, run.asked = run.made + found.made, run.asked + found.asked
        run.save()
    Run.objects.filter(pk=run_id).update(finished_at=said(), done=len(ids))
