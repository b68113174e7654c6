"""How much of its own chains a company knows: rows turned into the one definition of the core."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, Q, QuerySet

from toetssteen.core import coverage as core
from toetssteen.core.coverage import ChainCoverage
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.supplychain.models import Chain, ChainLink


def report_day(year: CovenantYear, today: dt.date) -> dt.date:
    """The day whose chains count for the report of a year: its last day, or today while it runs."""
    return min(today, year.ends_on)


def chains_on(organisation_id: int | Sequence[int], on: dt.date) -> QuerySet[Chain]:
    """The chains of a company, or of several, that were open on a day, with their links; two queries."""
    ids = [organisation_id] if isinstance(organisation_id, int) else list(organisation_id)
    links = ChainLink.objects.select_related("quarry_area__parent", "site").order_by("position", "pk")
    return (
        Chain.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=on), organisation_id__in=ids, opened_on__lte=on
        )
        .prefetch_related(Prefetch("links", queryset=links))
        .order_by("pk")
    )


def as_core_chain(chain: Chain) -> core.Chain:
    """A stored chain as the core counts it."""
    states: dict[str, list[str]] = defaultdict(list)
    for link in chain.links.all():
        states[link.level].append(link.state)
    return core.Chain(situation=chain.situation, links=states, volume=chain.share_of_volume)


def coverage_of_rows(pack: Pack, rows: Iterable[Chain]) -> ChainCoverage:
    """The coverage of chains that are read already."""
    return core.cover(pack, [as_core_chain(chain) for chain in rows])


def coverage_of(organisation_id: int, pack: Pack, on: dt.date) -> ChainCoverage:
    """Per level of the pack how many own chains, and how much volume, the company knows on a day; two queries."""
    return coverage_of_rows(pack, _bare(chains_on(organisation_id, on)))


def coverages_on(organisation_ids: Sequence[int], pack: Pack, on: dt.date) -> dict[int, ChainCoverage]:
    """The coverage of many companies at once; two queries however many there are."""
    rows: dict[int, list[Chain]] = {pk: [] for pk in organisation_ids}
    for chain in _bare(chains_on(organisation_ids, on)):
        rows[chain.organisation_id].append(chain)
    return {pk: coverage_of_rows(pack, found) for pk, found in rows.items()}


def _bare(chains: QuerySet[Chain]) -> QuerySet[Chain]:
    """Chains with only what counting needs."""
    links = ChainLink.objects.only("chain_id", "level", "state")
    return (
        chains.prefetch_related(None)
        .only("organisation_id", "situation", "share_of_volume")
        .prefetch_related(Prefetch("links", queryset=links))
    )
