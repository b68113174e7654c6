"""Recognition in the background."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from toetssteen.foundation import clock
from toetssteen.foundation.tasks import background
from toetssteen.sites.models import Run, Wanted
from toetssteen.sites.recognition import runs


@background(attempts=4)
def recognise_company(organisation_id: int) -> None:
    """Recognise the mentions of one company after its chains changed."""
    runs.recognise_company(organisation_id, now=clock.now(), today=clock.today())


@background(attempts=2, wait=dt.timedelta(minutes=2))
def recognise_everything(run_id: int) -> None:
    """Recognise everything again; the page shows how far it is."""
    try:
        runs.recognise_everything(run_id, now=clock.now(), today=clock.today(), said=clock.now)
    except Exception:
        Run.objects.filter(pk=run_id).update(failed=True, finished_at=clock.now())
        raise


def chains_changed(*, organisation_id: int, now: dt.datetime) -> None:
    """A company saved or removed links of its chains: recognise them soon, once for many changes."""
    if not settings.RECOGNISE_ON_CHANGE:
        return
    _wanted, new = Wanted.objects.get_or_create(organisation_id=organisation_id, defaults={"since": now})
    if new:
        recognise_company.enqueue(organisation_id)
