"""New sites with their number; taking a number also makes everybody else who recognises wait."""

from __future__ import annotations

from toetssteen.core.sites import site_identifier
from toetssteen.sites.models import SiteNumber


def lock() -> SiteNumber:
    """Hold the registry for this transaction: two workers never make a site for the same place."""
    SiteNumber.objects.get_or_create(pk=1)
    return SiteNumber.objects.select_for_update().get(pk=1)


def next_codes(count: int) -> list[str]:
    """So many codes that were never given before; call within `lock`."""
    counter = lock()
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return [site_identifier(number) for number in range(first, first + count)]
