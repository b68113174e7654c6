"""Which chains are to be looked at for risks, and when that was long ago; the same for the fact and its ground."""

from __future__ import annotations

import datetime as dt

from toetssteen.core.frameworks import Pack
from toetssteen.core.frameworks.years import add_months

SCAN_MONTHS = 24  # the pack says in words: not older than 24 months


def asks_scan(pack: Pack, extraction_country: str | None, processing_country: str | None) -> bool:
    """A chain that touches a country outside the free area, or one that nobody named."""
    return not {extraction_country or "", processing_country or ""} <= pack.inside_codes


def is_scanned(on: dt.date | None, year_ends_on: dt.date) -> bool:
    """It was looked at in the months before the end of the covenant year."""
    return on is not None and on > add_months(year_ends_on, -SCAN_MONTHS)
