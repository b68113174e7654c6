"""Which stones a company buys, for the texts that it fills from its own data."""

from __future__ import annotations

import datetime as dt

from toetssteen.core.access import Actor
from toetssteen.covenant.queries import choose_current, pack_of, years
from toetssteen.library.model_texts import Stone
from toetssteen.supplychain.permissions import visible_chains
from toetssteen.supplychain.queries import chains_on


def stones_bought(*, actor: Actor, on: dt.date) -> list[Stone]:
    """The stones of the chains of the own company that are open on a day; never those of another company."""
    company, year = actor.company_id, choose_current(years(), on)
    if company is None or year is None:
        return []
    own = pack_of(year).own_situations
    rows = chains_on(company, on).prefetch_related(None).filter(pk__in=visible_chains(actor))
    return [
        Stone(
            chain.material,
            chain.trade_name,
            tuple(dict.fromkeys(filter(None, (chain.extraction_country, chain.processing_country)))),
            chain.situation in own,
        )
        for chain in rows
    ]
