"""What happens to a published report after the answer to the browser."""

from __future__ import annotations

import datetime as dt

from toetssteen.communication import services
from toetssteen.foundation import clock
from toetssteen.foundation.tasks import background


@background(attempts=3, wait=dt.timedelta(seconds=10))
def make_pdf(edition_id: int) -> None:
    """Make the PDF of a published version."""
    services.make_pdf(actor=None, edition_id=edition_id, now=clock.now())
