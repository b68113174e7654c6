"""Keeps old years as they are: a change may not alter a report number that somebody already works with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import no
from toetssteen.foundation.pages import Refused
from toetssteen.organisations import hooks
from toetssteen.organisations.queries.years import histories

_SENTENCE = _("This would change the report of year {year}, which has already been handed in. Choose a later date.")


@contextmanager
def keeping_used_years(organisation_ids: Collection[int]) -> Iterator[None]:
    """Refuse what happens inside if it changes the report number of a year in use; to be called in a transaction."""
    used = hooks.used_years(organisation_ids)
    before = _numbers(used)
    yield
    if not before:
        return
    after = _numbers(used)
    for place, number in before.items():
        if after[place] != number:
            _organisation_id, label = place
            raise Refused(no(format_lazy(_SENTENCE, year=label)))


def _numbers(used: dict[int, list[hooks.UsedYear]]) -> dict[tuple[int, str], int | None]:
    if not used:
        return {}
    found = histories(list(used))
    return {
        (organisation_id, year.label): found[organisation_id].number(year, year.pack)
        for organisation_id, years in used.items()
        for year in years
    }
