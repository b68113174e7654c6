"""Builds the whole world in one go, oldest first."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from toetssteen.config.demo import (
    asking,
    collective,
    deeds,
    ground,
    history,
    live,
    places,
    planning,
    publishing,
    remedying,
    results,
    risking,
    shelving,
    sites,
    telling,
    today,
)
from toetssteen.config.demo import copies as copies_of_today
from toetssteen.config.demo.world import World

FINISHED_YEARS = 4


def _silent(line: str) -> None:
    """Say nothing."""


def build(
    *,
    folder: Path,
    pack: Path,
    copies: int = 1,
    years: int = FINISHED_YEARS,
    with_today: bool = True,
    say: Callable[[str], None] = _silent,
) -> ground.Ground:
    """Build the demonstration world in an empty database, so many times over.

    `years` finished years are loaded; `with_today` says whether the story goes on after them.
    """
    began = time.monotonic()

    def done(what: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {what}")

    with transaction.atomic():
        base = ground.lay(World(folder), pack, copies)
        done("parties, years and people")
        where = places.fill(base)
        sites.number_sites(where)
        done("places and chains")
        did = deeds.fill(base, where)
        if with_today:
            risking.last_year(base, where)
        results.set_goals(base)
        collective.fill(base, where)
        publishing.approve_plans(base)
        done("risks, plans, evidence, projects, tenders")
        for number in range(1, years + 1):
            filed = history.fill_year(base, did, number)
            publishing.publish(base, number)
            history.reassess(base, filed)
            done(f"covenant year {number}: {len(filed)} reports decided")
        if with_today:
            live.bring_up_to_date(base, where)
            done("chains as they are today")
            today.tell(base)
            results.follow(base)
            planning.enrich(base)
            asking.ask(base)
            shelving.shelve(base)
            remedying.remedy(base)
            telling.tell(base)
            copies_of_today.repeat(base)
            done("the reports that are being made now")
            sites.recognise(base)
            done("sites recognised")
    return base
